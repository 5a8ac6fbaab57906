"""Replicate weights as factors of sampled units, never of rows: how they are made, and the totals they give.

The weight of a row in replicate r is its base weight x the factor of its unit x the ratios that the weighting steps, done again in that replicate,
give its cell. So totals by (unit, cell) are enough: factors' @ totals, times the ratios, added up over cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import linalg

from kepuasan.numerics.adjustments import Adjustment, Calibrated
from kepuasan.numerics.calibration import LINEAR
from kepuasan.numerics.spread import ReplicateRule
from kepuasan.numerics.totals import Floats, Integers, Read, Rows, compacted, first_rows, gathering, sum_values, summed, unit_cells
from kepuasan.numerics.variance import influence_of_cells

__all__ = ["Factors", "ReplicatePlan", "balanced", "bootstrap", "jackknife", "successive_differences"]

_BLOCK_VALUES = 2_000_000
_CELL_VALUES = 32_000_000
_NULL, _MET = 1e-11, 1e-9


@dataclass(frozen=True)
class Factors:
    """Factors (units, replicates) and what each squared gap is multiplied by (replicates,)."""

    factor: Floats
    scale: Floats


# ---------------------------------------------------------------- how factors are made


def jackknife(stratum: Integers, fraction: Floats) -> Factors:
    """One unit left out at a time, the others of its stratum carrying its weight: JKn, and JK1 where there is one stratum.

    Parameters
    ----------
    stratum : array (units,)
        Stratum of each unit; a stratum with one unit has no replicate.
    fraction : array (strata,)
        Sampled share of each stratum's units.

    Notes
    -----
    The scale is (1 - f) (n - 1) / n in a stratum of n units.
    """
    size = np.bincount(stratum, minlength=len(fraction))
    left_out = np.flatnonzero(size[stratum] > 1)
    mine = stratum[left_out]
    factor = np.ones((len(stratum), len(left_out)))
    same = stratum[:, None] == mine[None, :]
    np.copyto(factor, (size / np.maximum(size - 1, 1))[mine][None, :], where=same)
    factor[left_out, np.arange(len(left_out))] = 0.0
    return Factors(factor, ((1.0 - fraction) * (size - 1) / np.maximum(size, 1))[mine])


def balanced(stratum: Integers, fraction: Floats, fay_rho: float, n: int | None = None) -> Factors:
    """Half of each stratum's two units: factors 2 - rho and rho by the rows of a Hadamard matrix other than that of ones.

    Parameters
    ----------
    stratum : array (units,)
        Stratum of each unit, two units in each.
    fraction : array (strata,)
        Sampled share of each stratum's units; factors deviate from 1 by sqrt(1 - f) times as much.
    fay_rho : float
        0 for balanced repeated replication, between 0 and 1 for Fay's way.
    n : int, optional
        Replicates: a power of two above the number of strata.

    References
    ----------
    Judkins, D. R. (1990). Fay's method for variance estimation. *Journal of Official Statistics* 6, 223-239.
    """
    order = n or 1 << len(fraction).bit_length()
    signs = linalg.hadamard(order, dtype=np.int8)[1 : len(fraction) + 1] * np.sqrt(1.0 - fraction)[:, None]
    first = np.zeros(len(stratum), dtype=bool)
    first[np.unique(stratum, return_index=True)[1]] = True
    sign = np.where(first[:, None], signs[stratum], -signs[stratum])
    return Factors(1.0 + (1.0 - fay_rho) * sign, np.full(order, 1.0 / (order * (1.0 - fay_rho) ** 2)))


def successive_differences(stratum: Integers, fraction: Floats, n: int | None = None) -> Factors:
    """Neighbours in the order of their codes, within strata, by two successive rows of a Hadamard matrix.

    Notes
    -----
    The factor of unit i is 1 + 2^(-3/2) sqrt(1 - f) (a_i - a_i') with rows a_i and a_i' of the matrix, those of the next unit being a_i' and so on
    around the stratum, and the scale is 4 / R. The row of ones is never used.

    References
    ----------
    Fay, R. E. and Train, G. F. (1995). Aspects of survey and model-based postcensal estimation of income and poverty characteristics for states and
    counties. *Proceedings of the Government Statistics Section*, American Statistical Association, 154-159.
    """
    n_units = len(stratum)
    order = n or 1 << int(n_units).bit_length()
    signs, rows = linalg.hadamard(order, dtype=np.int8)[1:], np.arange(n_units) % (order - 1)
    sorted_units = np.argsort(stratum, kind="stable")
    ranked = stratum[sorted_units]
    following, starts = np.roll(np.arange(n_units), -1), np.flatnonzero(np.diff(ranked, prepend=-1))
    ends = np.append(starts[1:], n_units) - 1
    following[ends] = starts
    one, two = np.empty(n_units, dtype=np.intp), np.empty(n_units, dtype=np.intp)
    one[sorted_units], two[sorted_units] = rows, rows[following]
    return Factors(1.0 + (signs[one] - signs[two]).astype(np.float64) * np.sqrt((1.0 - fraction) / 8.0)[stratum, None], np.full(order, 4.0 / order))


def bootstrap(stratum: Integers, fraction: Floats, n: int, streams: Sequence[np.random.Generator]) -> Factors:
    """One unit fewer than there are drawn with replacement in each stratum, rescaled so that the variance is that of the design.

    Parameters
    ----------
    stratum : array (units,)
        Stratum of each unit, strata 0, 1, ... in the order of their names; a stratum of one unit keeps the factor 1.
    fraction : array (strata,)
        Sampled share of each stratum's units.
    n : int
        Replicates.
    streams : sequence of Generator
        The stream of each stratum.

    Notes
    -----
    With m = n_h - 1 draws the factor is 1 - lambda + lambda n_h / m x count, lambda = sqrt(m (1 - f_h) / (n_h - 1)); the scale is 1 / (R - 1), as
    replicates are centred at their mean.

    References
    ----------
    Rao, J. N. K., Wu, C. F. J. and Yue, K. (1992). Some recent work on resampling methods for complex surveys. *Survey Methodology* 18, 209-217.
    """
    size = np.bincount(stratum, minlength=len(fraction))
    order = np.argsort(stratum, kind="stable")
    ends = np.concatenate([[0], np.cumsum(size)])
    factor = np.ones((len(stratum), n))
    for h, stream in enumerate(streams):
        if size[h] < 2:
            continue
        draws = size[h] - 1
        count = stream.multinomial(draws, np.full(size[h], 1.0 / size[h]), size=n).T
        shrink = np.sqrt(draws * (1.0 - fraction[h]) / (size[h] - 1))
        factor[order[ends[h] : ends[h + 1]]] = 1.0 - shrink + shrink * size[h] / draws * count
    return Factors(factor, np.full(n, 1.0 / (n - 1)))


# ---------------------------------------------------------------- totals under replicate weights


@dataclass(frozen=True, eq=False)
class ReplicatePlan:
    """Factors of a sample, and the weighting steps that each replicate does again.

    Parameters
    ----------
    factor : array (units, replicates)
    unit : array (rows,) or None
        Unit of each row among the factors; None where every row is one.
    base : array (rows,)
        Weights before any step.
    adjustments : sequence of Adjustment
        Oldest first.
    rule : ReplicateRule
    """

    factor: Floats
    unit: Integers | None
    base: Floats
    adjustments: Sequence[Adjustment]
    rule: ReplicateRule

    @property
    def n_replicates(self) -> int:
        """Number of replicates."""
        return int(self.factor.shape[1])

    @cached_property
    def by_row(self) -> bool:
        """Whether ratios differ from row to row, so that rows must be passed over once a block of replicates."""
        return any(step.code is None for step in self.adjustments)

    @cached_property
    def _cells(self) -> tuple[Integers | None, int, list[Integers]]:
        """Crossed cell of each row, number of cells, and by step the cell of each crossed cell (one more: untouched)."""
        if len(self.adjustments) == 1 and self.adjustments[0].rows == slice(0, len(self.base)):
            only = self.adjustments[0]
            return only.code, only.n_cells, [np.arange(only.n_cells)]
        code, inner = np.zeros(len(self.base), dtype=np.intp), []
        for step in self.adjustments:
            own = np.full(len(self.base), step.n_cells, dtype=np.intp)
            if step.code is not None:
                own[step.rows] = step.code
            inner.append(own)
            code = compacted(code * (step.n_cells + 1) + own)[1]
        first = first_rows(code)
        return code, len(first), [own[first] for own in inner]

    @cached_property
    def ratio(self) -> Floats:
        """Ratios (replicates, crossed cells) of all steps together; NaN in replicates that cannot meet their targets."""
        code, n_cells, inner = self._cells
        totals = self._factored(Rows(self.base, self.unit, len(self.factor), code, n_cells), _ones, 1)[:, :, 0]
        product = np.ones(totals.shape)
        for step, place in zip(self.adjustments, inner, strict=True):
            whole = summed(totals * product, place, step.n_cells + 1)
            ratio = step.reweighting.ratios(whole[:, :-1], whole[:, :-1])
            product *= np.column_stack([ratio, np.ones(len(ratio))])[:, place]
        return product

    def weights(self, counted: Floats) -> Iterator[Floats]:
        """Blocks (replicates, rows) of replicate weights, 0 where `counted` (rows,) is 0."""
        base = np.where(counted != 0, self.base, 0.0)
        size = max(1, _BLOCK_VALUES // max(len(base), 1))
        for start in range(0, self.n_replicates, size):
            part = slice(start, start + size)
            factor = np.asarray((self.factor[:, part] if self.unit is None else self.factor[self.unit, part]).T)
            yield np.where(base == 0, 0.0, self._row_ratios(part, factor)) * base * factor

    def _row_ratios(self, part: slice, factor: Floats) -> Floats:
        """Ratios of all steps together (replicates of the part, rows), for the factors of the rows in these replicates."""
        if not self.adjustments:
            return np.ones((len(factor), 1))
        if not self.by_row:
            return self.ratio[part][:, self._cells[0]]
        ratio = np.ones(factor.shape)
        for step in self.adjustments:
            own = self.base[step.rows] * ratio[:, step.rows]
            totals = own * factor[:, step.rows]
            if step.code is None:
                ratio[:, step.rows] *= step.reweighting.ratios(totals, own)
                continue
            by_cell = summed(totals, step.code, step.n_cells)
            ratio[:, step.rows] *= step.reweighting.ratios(by_cell, by_cell)[:, step.code]
        return ratio

    def sums(self, unit: Integers, domain: Integers, values: Floats, n_domains: int) -> Floats:
        """Sums (replicates, domains, k) of what pairs of unit and domain hold (pairs, k), before any step."""
        order = np.argsort(unit, kind="stable")
        pair, place = compacted((unit * n_domains + domain)[order])
        added = gathering(place, len(pair)) @ values[order]
        by_unit = influence_of_cells(pair // n_domains, pair % n_domains, added, (len(self.factor), n_domains))
        return np.asarray((by_unit.T @ self.factor).T).reshape(self.n_replicates, n_domains, -1)

    def totals(self, rows: Rows, read: Read, n_columns: int) -> Floats:
        """Totals (replicates, domains, columns) of columns under every replicate's weights; a missing answer adds nothing."""
        if self._linear is not None:
            return self._totals_by_moment(*self._linear, rows, read, n_columns)
        if self.by_row:
            return self._totals_by_row(rows, read, n_columns)
        base = np.where(rows.weight != 0, self.base, 0.0)
        code, n_cells = (self._cells[:2]) if self.adjustments else (None, 1)
        domain: Integers | None = rows.domain
        if n_cells > 1 and code is not None:
            domain = rows.domains() * n_cells + code
        cells = Rows(base, self.unit, len(self.factor), domain, rows.n_domains * n_cells)
        found = np.empty((self.n_replicates, rows.n_domains, n_columns))
        width = n_columns if n_cells == 1 else max(1, _CELL_VALUES // (max(self.n_replicates, len(self.factor)) * cells.n_domains))
        for start in range(0, n_columns, width):
            part = slice(start, min(start + width, n_columns))
            chosen: Callable[[int, int], Floats] = read if width >= n_columns else _columns(read, part)
            found[:, :, part] = self._totals_by_cell(cells, chosen, part.stop - start, n_cells)
        return found

    def _totals_by_cell(self, cells: Rows, read: Read, n_columns: int, n_cells: int) -> Floats:
        by_cell = self._factored(cells, read, n_columns)
        if n_cells == 1:
            return by_cell
        by_cell = by_cell.reshape(self.n_replicates, -1, n_cells, n_columns)
        lost = np.isnan(self.ratio)
        if not lost.any():
            return np.asarray(np.einsum("rdck,rc->rdk", by_cell, self.ratio, optimize=True))
        found = np.einsum("rdck,rc->rdk", by_cell, np.where(lost, 0.0, self.ratio), optimize=True)
        found[np.einsum("rdc,rc->rd", (by_cell != 0).any(axis=3), lost)] = np.nan
        return np.asarray(found)

    def _factored(self, cells: Rows, read: Read, n_columns: int) -> Floats:
        """Totals (replicates, cells, columns) before any step."""
        place, shape = unit_cells(cells), (cells.n_units, cells.n_domains)
        sums = sum_values(place.code, len(place.unit), cells.weight, read, n_columns)
        found = np.empty((n_columns, self.n_replicates, cells.n_domains))
        for own, total in zip(found, sums, strict=True):
            whole = len(total) == shape[0] * shape[1]
            by_unit = total.reshape(shape) if whole else influence_of_cells(place.unit, place.domain, total[:, None], shape)
            own[:] = (by_unit.T @ self.factor).T
        return found.transpose(1, 2, 0)

    @cached_property
    def _linear(self) -> tuple[Floats, Floats] | None:
        """Where the only step is a linear calibration of all rows, its auxiliaries (rows, r) and what they are multiplied by (replicates, r)."""
        step = self.adjustments[0].reweighting if len(self.adjustments) == 1 and self.by_row else None
        if not isinstance(step, Calibrated) or step.distance is not LINEAR or len(step.table) != len(self.base):
            return None
        x, r = step.table, step.table.shape[1]

        def moments(start: int, stop: int) -> Floats:
            return np.column_stack([x[start:stop], (x[start:stop, :, None] * x[start:stop, None, :]).reshape(-1, r * r)])

        sums = self._factored(Rows(self.base, self.unit, len(self.factor)), moments, r + r * r)[:, 0]
        gap, gram = step.targets - sums[:, :r], sums[:, r:].reshape(-1, r, r)
        push = np.einsum("tij,tj->ti", np.linalg.pinv(gram, rcond=_NULL, hermitian=True), gap)
        left = np.abs(np.einsum("tij,tj->ti", gram, push) - gap).max(axis=1)
        return x, np.where((left <= _MET * np.abs(step.targets).max())[:, None], push, np.nan)

    def _totals_by_moment(self, x: Floats, push: Floats, rows: Rows, read: Read, n_columns: int) -> Floats:
        """Totals of w (1 + x'push) y out of those of w y and w x y, by unit."""
        r = x.shape[1]

        def moments(start: int, stop: int) -> Floats:
            values = np.nan_to_num(read(start, stop), nan=0.0)
            return np.column_stack([values, (x[start:stop, :, None] * values[:, None, :]).reshape(len(values), -1)])

        cells = Rows(np.where(rows.weight != 0, self.base, 0.0), self.unit, len(self.factor), rows.domain, rows.n_domains)
        sums = self._factored(cells, moments, (1 + r) * n_columns)
        crossed = sums[:, :, n_columns:].reshape(*sums.shape[:2], r, n_columns)
        return np.asarray(sums[:, :, :n_columns] + np.einsum("tr,tdrk->tdk", push, crossed))

    def _totals_by_row(self, rows: Rows, read: Read, n_columns: int) -> Floats:
        values = np.nan_to_num(read(0, len(rows.weight)), nan=0.0)
        found, done = np.empty((self.n_replicates, rows.n_domains, n_columns)), 0
        gather = None if rows.n_domains == 1 else gathering(rows.domains(), rows.n_domains)
        for weights in self.weights(rows.weight):
            part = slice(done, done + len(weights))
            done = part.stop
            if gather is None:
                found[part, 0] = weights @ values
                continue
            for column in range(n_columns):
                found[part, :, column] = (gather @ (weights * values[:, column]).T).T
        return found


def _ones(start: int, stop: int) -> Floats:
    return np.ones((stop - start, 1))


def _columns(read: Read, part: slice) -> Read:
    return lambda start, stop: read(start, stop)[:, part]
