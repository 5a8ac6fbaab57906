"""Symmetric matrices as their upper triangles."""

from __future__ import annotations

import numpy as np
import pytest

from kepuasan.numerics.triangles import entries, packed, products, unpacked


@pytest.mark.parametrize("shape", [(), (3,), (2, 4)])
@pytest.mark.parametrize("m", [1, 2, 5])
def test_a_symmetric_matrix_comes_back_from_its_triangle(m: int, shape: tuple[int, ...]) -> None:
    root = np.random.default_rng(m).normal(size=(*shape, m, m))
    matrices = root + root.swapaxes(-1, -2)
    triangles = packed(matrices)
    assert triangles.shape == (*shape, entries(m)) == (*shape, len(np.triu_indices(m)[0]))
    np.testing.assert_array_equal(unpacked(triangles, m), matrices)
    np.testing.assert_array_equal(packed(unpacked(triangles, m)), triangles)


def test_entries_come_row_by_row_from_the_upper_triangle() -> None:
    assert packed(np.arange(9.0).reshape(3, 3)).tolist() == [0.0, 1.0, 2.0, 4.0, 5.0, 8.0]
    assert unpacked(np.array([0.0, 1.0, 2.0, 4.0, 5.0, 8.0]), 3).tolist() == [[0.0, 1.0, 2.0], [1.0, 4.0, 5.0], [2.0, 5.0, 8.0]]


def test_complex_steps_are_kept() -> None:
    triangle = np.array([1.0, 2.0 + 1e-30j, 3.0])
    assert unpacked(triangle, 2)[1, 0] == unpacked(triangle, 2)[0, 1] == 2.0 + 1e-30j


@pytest.mark.parametrize("m", [1, 4])
def test_products_are_the_triangles_of_outer_products(m: int) -> None:
    columns = np.random.default_rng(m).normal(size=(m, 7))
    expected = packed(np.array([np.outer(row, row) for row in columns.T])).T
    np.testing.assert_array_equal(products(columns), expected)
    room = np.full((entries(m), 7), np.nan)
    assert products(columns, room) is room
    np.testing.assert_array_equal(room, expected)
