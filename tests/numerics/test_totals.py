"""Sums by cell against a loop over rows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from kepuasan.numerics import totals
from kepuasan.numerics.totals import Rows, blocks, sum_cells, unit_cells


@pytest.fixture
def answers() -> np.ndarray:
    rng = np.random.default_rng(3)
    values = rng.normal(size=(50, 3))
    values[rng.random((50, 3)) < 0.2] = np.nan
    return values


def test_sums_of_a_cell_are_those_of_its_rows(answers: np.ndarray) -> None:
    rng = np.random.default_rng(4)
    code, weight = rng.integers(0, 6, 50), np.where(rng.random(50) < 0.2, 0.0, rng.uniform(1.0, 2.0, 50))
    sums = sum_cells(code, 7, weight, lambda start, stop: answers[start:stop].copy(), 3)
    for cell in range(7):
        rows = code == cell
        np.testing.assert_allclose(sums.value[cell], np.nansum(weight[rows, None] * answers[rows], axis=0))
        np.testing.assert_allclose(sums.answered_weight()[cell], (weight[rows, None] * ~np.isnan(answers[rows])).sum(axis=0), atol=1e-12)
        assert sums.answered_count()[cell].tolist() == ((weight[rows, None] > 0) & ~np.isnan(answers[rows])).sum(axis=0).tolist()
        assert sums.count[cell] == (weight[rows] > 0).sum()


def test_groups_of_cells_have_the_sums_of_their_rows(answers: np.ndarray) -> None:
    code, weight, group = np.arange(50) % 10, np.ones(50), np.arange(10) // 5
    read = lambda start, stop: answers[start:stop].copy()  # noqa: E731
    fine, coarse = sum_cells(code, 10, weight, read, 3).gathered(group, 2), sum_cells(group[code], 2, weight, read, 3)
    np.testing.assert_allclose(fine.value, coarse.value)
    np.testing.assert_allclose(fine.answered_weight(), coarse.answered_weight())
    np.testing.assert_allclose(fine.answered_count(), coarse.answered_count())


@pytest.mark.parametrize("n_rows", [1, 5, 32_768, 32_769, 300_000])
def test_blocks_cover_every_row_once(n_rows: int) -> None:
    bounds = blocks(n_rows, 3)
    assert bounds[0][0] == 0
    assert bounds[-1][1] == n_rows
    assert all(stop == start for (_, stop), (start, _) in pairwise(bounds))


def test_many_units_and_domains_are_cells_only_where_rows_fall() -> None:
    n = 1_000
    rows = Rows(np.ones(n), np.arange(n), n, np.arange(n) % 500, 500)
    cells = unit_cells(rows)
    assert len(cells.unit) == n
    assert np.array_equal(cells.unit[cells.code], rows.unit)
    assert np.array_equal(cells.domain[cells.code], rows.domain)


def test_few_units_and_domains_are_a_whole_grid() -> None:
    cells = unit_cells(Rows(np.ones(6), np.arange(6) // 2, 3, np.arange(6) % 2, 2))
    assert len(cells.unit) == 6
    assert totals.blocks(0, 3) == []
