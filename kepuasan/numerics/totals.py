"""Weighted sums by variance unit and domain, formed in one pass over the rows.

Rows are read in blocks, each block is one sparse product, and answers that are missing are corrected for where they
occur; no array of rows x domains is formed, and nothing loops over rows or domains.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

__all__ = [
    "CellSums",
    "Floats",
    "Integers",
    "Read",
    "Rows",
    "UnitCells",
    "blocks",
    "compacted",
    "divided",
    "first_rows",
    "gathering",
    "sliced",
    "sum_cells",
    "sum_values",
    "summed",
    "unit_cells",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

#: gives the values of rows start..stop as (rows, columns), missing answers as NaN; the block may be overwritten
Read = Callable[[int, int], Floats]

_SMALL_BLOCK = 32_768
_LARGE_BLOCK = 131_072
_BLOCK_CELLS = 4_000_000


@dataclass(frozen=True)
class Rows:
    """The rows of a survey as the sums see them.

    Parameters
    ----------
    weight : array (rows,)
        Weights; a row outside the domain asked for has weight 0.
    unit : array (rows,) or None
        Variance unit of each row; None where every row is a unit of its own.
    n_units : int
        Number of units, those without rows of the domain included.
    domain : array (rows,) or None
        Domain of each row; None where there is one domain only.
    n_domains : int
        Number of domains.
    """

    weight: Floats
    unit: Integers | None
    n_units: int
    domain: Integers | None = None
    n_domains: int = 1

    def domains(self) -> Integers:
        """The domain of each row."""
        return np.zeros(len(self.weight), dtype=np.intp) if self.domain is None else self.domain

    def members(self) -> tuple[Integers, Integers]:
        """The unit and the domain of every row with a weight."""
        rows = np.flatnonzero(self.weight)
        return rows if self.unit is None else self.unit[rows], self.domains()[rows]


@dataclass(frozen=True)
class UnitCells:
    """The cells in which rows are added up: one for each variance unit and domain.

    ``code`` is the cell of each row; ``unit`` and ``domain`` say which each cell is, sorted by unit, then domain; some may hold no row.
    """

    code: Integers
    unit: Integers
    domain: Integers


@dataclass(frozen=True)
class CellSums:
    """Sums by cell.

    ``weight`` and ``count`` (cells,): sum of weights and number of rows with a weight; ``value`` (cells, columns): sum of
    weight x value over the answers; ``answered`` and ``lost_count`` (cells, columns): weight of the answers and number of rows
    without one, or None where every row has every answer. Weights of answers are added up as the values are, never found by
    subtraction: the share of those who all answered alike is exactly 1, and nothing is left over where nobody answered.
    """

    weight: Floats
    count: Floats
    value: Floats
    answered: Floats | None
    lost_count: Floats | None

    def answered_weight(self) -> Floats:
        """Sum of weights of the rows with an answer, (cells, columns)."""
        return np.broadcast_to(self.weight[:, None], self.value.shape) if self.answered is None else self.answered

    def answered_count(self) -> Floats:
        """Number of rows with a weight and an answer, (cells, columns)."""
        whole = np.broadcast_to(self.count[:, None], self.value.shape)
        return whole if self.lost_count is None else whole - self.lost_count

    def gathered(self, group: Integers, n_groups: int) -> CellSums:
        """The same sums over groups of cells."""
        gather = gathering(group, n_groups)
        answered, lost = (None if part is None else gather @ part for part in (self.answered, self.lost_count))
        return CellSums(gather @ self.weight, gather @ self.count, gather @ self.value, answered, lost)

    def taken(self, cells: Integers) -> CellSums:
        """The sums of some of the cells."""
        answered, lost = (None if part is None else part[cells] for part in (self.answered, self.lost_count))
        return CellSums(self.weight[cells], self.count[cells], self.value[cells], answered, lost)


def divided(top: Floats, below: Floats) -> Floats:
    """The quotient, NaN where there is nothing to divide by."""
    return np.asarray(np.divide(top, below, out=np.full(top.shape, np.nan), where=below != 0))


def gathering(group: Integers, n_groups: int, weight: Floats | None = None) -> sparse.csc_array:
    """The matrix (groups, members) that adds members up by group, each times its weight where weights are given."""
    data = np.ones(len(group)) if weight is None else weight
    return sparse.csc_array((data, group, np.arange(len(group) + 1)), shape=(n_groups, len(group)))


def summed(tables: Floats, group: Integers, n_groups: int) -> Floats:
    """Tables (tables, members) added up by group, (tables, groups)."""
    return np.asarray((gathering(group, n_groups) @ tables.T).T)


def blocks(n_rows: int, n_columns: int, n_cells: int = 0) -> list[tuple[int, int]]:
    """Bounds of the blocks in which rows are read: small enough for the cache, large against the cells they add to."""
    wide = max(1, _BLOCK_CELLS // max(n_columns, 1))
    size = min(wide, _LARGE_BLOCK if n_cells * 4 > _SMALL_BLOCK else _SMALL_BLOCK)
    return [(start, min(start + size, n_rows)) for start in range(0, n_rows, size)]


def unit_cells(rows: Rows) -> UnitCells:
    """The cells of the rows: the whole grid of units and domains where it is small, else the pairs that occur."""
    n_rows, domain = len(rows.weight), rows.domains()
    if rows.unit is None:
        own = np.arange(n_rows)
        return UnitCells(own, own, domain)
    code = rows.unit if rows.n_domains == 1 else rows.unit * rows.n_domains + domain
    n_grid = rows.n_units * rows.n_domains
    if n_grid <= 4 * n_rows + 100_000:
        every = np.arange(n_grid)
        return UnitCells(code, every // rows.n_domains, every % rows.n_domains)
    pairs, code = np.unique(code, return_inverse=True)
    return UnitCells(code, pairs // rows.n_domains, pairs % rows.n_domains)


def sum_cells(code: Integers, n_cells: int, weight: Floats, read: Read, n_columns: int) -> CellSums:
    """Sums of weights, rows and weighted values by cell, in one pass.

    Parameters
    ----------
    code : array (rows,)
        Cell of each row, 0 .. n_cells - 1.
    n_cells : int
        Number of cells.
    weight : array (rows,)
        Weights; rows of weight 0 add nothing and are not counted.
    read : callable
        ``read(start, stop)`` gives the values of those rows, missing ones as NaN.
    n_columns : int
        Number of columns that `read` gives.
    """
    total = np.zeros((n_cells, n_columns))
    weight_sum, answered, lost = np.zeros(n_cells), None, None
    for start, stop in blocks(len(weight), n_columns, n_cells):
        values, here, share = read(start, stop), code[start:stop], weight[start:stop]
        empty = np.isnan(values)
        gather = gathering(here, n_cells, share)
        block_weight = np.bincount(here, weights=share, minlength=n_cells)
        if empty.any():
            if answered is None or lost is None:
                answered, lost = np.repeat(weight_sum[:, None], n_columns, axis=1), np.zeros((n_cells, n_columns))
            answered += gather @ (~empty).astype(np.float64)
            _add_lost(lost, empty, here, share)
            values[empty] = 0.0
        elif answered is not None:
            answered += block_weight[:, None]
        weight_sum += block_weight
        if not share.all():  # an infinite answer outside the domain counts 0, not NaN
            values[share == 0] = 0.0
        total += gather @ values
    count = np.bincount(code[weight != 0], minlength=n_cells).astype(np.float64)
    return CellSums(weight_sum, count, total, answered, lost)


def sum_values(code: Integers, n_cells: int, weight: Floats, read: Read, n_columns: int) -> Floats:
    """Weighted sums of values alone (columns, cells), also where cells are nearly as many as rows; a missing value adds nothing."""
    total = np.zeros((n_columns, n_cells))
    for start, stop in blocks(len(weight), n_columns, n_cells):
        values, here, share = read(start, stop), code[start:stop], weight[start:stop]
        values *= share[:, None]
        values[np.isnan(values) | (share == 0)[:, None]] = 0.0
        if n_cells > stop - start:
            for column, own in enumerate(np.ascontiguousarray(values.T)):
                np.add.at(total[column], here, own)
        else:
            total += (gathering(here, n_cells) @ values).T
    return total


def compacted(code: Integers) -> tuple[Integers, Integers]:
    """The codes of 0 and more that occur, sorted, and the place of each row's code among them; -1 where the code is negative."""
    top = int(code.max(initial=-1)) + 1
    if top > max(1_000_000, 4 * len(code)):
        used = np.unique(code[code >= 0])
        return used, np.where(code < 0, -1, np.searchsorted(used, code))
    seen = np.zeros(top + 1, dtype=bool)
    seen[code] = True
    seen[-1] = False
    place = np.cumsum(seen) - 1
    place[-1] = -1
    return np.flatnonzero(seen), place[code]


def first_rows(code: Integers) -> Integers:
    """A row of each code 0, 1, ...: the first."""
    first = np.empty(int(code.max()) + 1, dtype=np.intp)
    first[code[::-1]] = np.arange(len(code) - 1, -1, -1)
    return first


def sliced(table: Floats, start: int, stop: int) -> Floats:
    """Rows start..stop of a table, which the caller may overwrite."""
    return table[start:stop].copy()


def _add_lost(lost: Floats, empty: NDArray[np.bool_], code: Integers, weight: Floats) -> None:
    """Add the count of the missing answers of a block to what was lost."""
    row, column = np.nonzero(empty)
    counted = weight[row] != 0
    place = code[row[counted]] * empty.shape[1] + column[counted]
    lost += np.bincount(place, minlength=lost.size).reshape(lost.shape)
