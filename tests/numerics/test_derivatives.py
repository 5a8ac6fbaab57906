"""Derivatives by complex steps against those worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from kepuasan.numerics import derivatives
from kepuasan.numerics.derivatives import jacobian


def algebra(values: Any) -> Any:
    x, y, z = values[..., 0], values[..., 1], values[..., 2]
    return np.stack([x * y, x / z, x**2 * z**-0.5, np.sqrt(y) - 3 * z], axis=-1)


def slopes(x: float, y: float, z: float) -> np.ndarray:
    return np.array(
        [
            [y, x, 0.0],
            [1 / z, 0.0, -x / z**2],
            [2 * x * z**-0.5, 0.0, -(x**2) * z**-1.5 / 2],
            [0.0, 0.5 / np.sqrt(y), -3.0],
        ]
    )


def solution(values: Any) -> Any:
    """b of A b = c, with A (3, 3) and c (3,) side by side."""
    return np.linalg.solve(values[..., :9].reshape(*values.shape[:-1], 3, 3), values[..., 9:, None])[..., 0]


@pytest.mark.parametrize("point", [(1.5, 2.0, 0.7), (-4e6, 3e-5, 8.0)])
def test_sums_products_quotients_and_powers_have_all_digits(point: tuple[float, float, float]) -> None:
    np.testing.assert_allclose(jacobian(algebra, np.array(point)), slopes(*point), rtol=1e-14)


def test_a_solution_of_equations_changes_by_the_inverse() -> None:
    stream = np.random.default_rng(2)
    matrix, right = stream.normal(size=(3, 3)) + 3 * np.eye(3), stream.normal(size=3)
    inverse = np.linalg.inv(matrix)
    found = jacobian(solution, np.concatenate([matrix.ravel(), right]))
    # db = A^-1 (dc - dA b)
    by_matrix = -np.einsum("fj,k->fjk", inverse, inverse @ right).reshape(3, 9)
    np.testing.assert_allclose(found, np.hstack([by_matrix, inverse]), rtol=1e-12, atol=1e-14)


def test_of_nearly_equal_numbers_no_digit_is_lost() -> None:
    """A difference of two values would leave none of this slope."""
    found = jacobian(lambda values: (values - 1.0) ** 2 * 1e12, np.array([1.0 + 1e-9]))
    assert found[0, 0] == pytest.approx(2e12 * ((1.0 + 1e-9) - 1.0), rel=1e-14)


def test_a_linear_function_has_its_matrix() -> None:
    matrix = np.random.default_rng(0).normal(size=(5, 3))
    found = jacobian(lambda values: values @ matrix.T, np.array([1.0, -2.0, 1e9]))
    assert (found.shape, found.dtype) == ((5, 3), np.float64)
    np.testing.assert_allclose(found, matrix, rtol=1e-15)


@pytest.mark.parametrize("cells", [1, 3, 6, 7, 100])
def test_blocks_of_steps_give_what_one_block_gives(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derivatives, "_BLOCK_VALUES", cells)
    seen = []

    def counted(values: Any) -> Any:
        seen.append(len(values))
        return algebra(values)

    np.testing.assert_allclose(jacobian(counted, np.array([1.5, 2.0, 0.7])), slopes(1.5, 2.0, 0.7), rtol=1e-14)
    assert seen == {1: [1, 1, 1], 3: [1, 1, 1], 6: [2, 1], 7: [2, 1], 100: [3]}[cells]


def test_the_values_given_are_not_touched() -> None:
    value = np.array([1.5, 2.0, 0.7])
    value.flags.writeable = False
    jacobian(algebra, value)
    assert value.tolist() == [1.5, 2.0, 0.7]
