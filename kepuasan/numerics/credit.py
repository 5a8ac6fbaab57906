"""The credit for weighting steps: what they take off the influence of every statistic, domain and contrast at once.

Steps are swept newest first. A statistic enters by its scores (the influence of a row per unit of weight); what the steps take off the influence of a
unit is ``shared @ slope``, with the unit totals `shared` of the steps' auxiliaries, one for all statistics, and a slope of each statistic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from kepuasan.numerics.adjustments import Adjustment, Correction
from kepuasan.numerics.totals import Floats, Integers, Read, Rows, blocks, gathering
from kepuasan.numerics.variance import Influence

__all__ = ["Credit"]


@dataclass(frozen=True, eq=False)
class Credit:
    """The second parts of a chain of weighting steps, ready for any statistic.

    Parameters
    ----------
    adjustments : sequence of Adjustment
        Oldest first.
    unit : array (rows,) or None
        Variance unit of each row.
    n_units : int
    """

    adjustments: Sequence[Adjustment]
    unit: Integers | None
    n_units: int

    @cached_property
    def steps(self) -> list[tuple[Adjustment, Correction]]:
        """The steps that have a second part, oldest first."""
        return [(step, step.correction) for step in self.adjustments if step.correction is not None]

    def _later(self, number: int) -> Floats:
        """What later steps multiply the weights of a step's rows by."""
        step = self.steps[number][0]
        product = np.ones(len(step.before))
        for later in self.adjustments[self.adjustments.index(step) + 1 :]:
            mine, theirs = _overlap(step, later)
            product[mine] *= later.ratio[theirs]
        return product

    @cached_property
    def right(self) -> list[Floats]:
        """By step, the scale of its rows in the moments of a score."""
        return [correction.right * self._later(number) for number, (_, correction) in enumerate(self.steps)]

    @cached_property
    def shared(self) -> Influence:
        """Unit totals of the auxiliaries of all steps (units, sum of widths)."""
        parts = [_unit_totals(step, correction.left * step.before, self.unit, self.n_units) for step, correction in self.steps]
        if all(isinstance(part, np.ndarray) for part in parts):
            return np.hstack(parts)
        return sparse.csr_array(sparse.hstack([sparse.csr_array(part) for part in parts]))

    def _link(self, early: int, late: int) -> Floats:
        """Moments of a later step's second part under an earlier step (p early, p late)."""
        (one, first), (two, second) = self.steps[early], self.steps[late]
        between = np.ones(len(one.before))
        order = [self.adjustments.index(step) for step in (one, two)]
        for step in self.adjustments[order[0] + 1 : order[1]]:
            mine, theirs = _overlap(one, step)
            between[mine] *= step.ratio[theirs]
        mine, theirs = _overlap(one, two)
        scale = (first.right * between)[mine] * second.left[theirs]
        product = one.matrix()[mine].T @ (sparse.diags_array(scale).tocsr() @ two.matrix()[theirs])
        return product if isinstance(product, np.ndarray) else product.toarray()

    @cached_property
    def links(self) -> dict[tuple[int, int], Floats]:
        """`_link` of every pair of steps."""
        n = len(self.steps)
        return {(early, late): self._link(early, late) for early in range(n) for late in range(early + 1, n)}

    def slopes(self, rows: Rows, scores: Read, k: int) -> Floats:
        """The slope (sum of widths, domains x k) of every statistic in every domain.

        Parameters
        ----------
        rows : Rows
            Rows with their domains; those of weight 0 count nothing.
        scores : callable
            ``scores(start, stop)`` gives the scores (rows, k) of those rows in their own domain, 0 where there is none.
        k : int
        """
        moments = [_Moments(step, correction, right, rows, k) for (step, correction), right in zip(self.steps, self.right, strict=True)]
        for start, stop in blocks(len(rows.weight), k):
            block = scores(start, stop)
            block[rows.weight[start:stop] == 0] = 0.0
            for moment in moments:
                moment.add(start, stop, block)
        slopes: list[Floats] = [np.empty(0)] * len(moments)
        for number in reversed(range(len(moments))):
            left = moments[number].result()
            for late in range(number + 1, len(moments)):
                left -= self.links[number, late] @ slopes[late]
            slopes[number] = self.steps[number][1].slopes(left)
        by_domain = np.concatenate(slopes, axis=1)
        return np.ascontiguousarray(by_domain.transpose(1, 0, 2)).reshape(by_domain.shape[1], -1)


def _overlap(one: Adjustment, two: Adjustment) -> tuple[slice, slice]:
    """Rows of one step that another touches, as slices of both."""
    start = max(one.rows.start, two.rows.start)
    stop = max(start, min(one.rows.stop, two.rows.stop))
    return slice(start - one.first, stop - one.first), slice(start - two.first, stop - two.first)


def _unit_totals(step: Adjustment, scale: Floats, unit: Integers | None, n_units: int) -> Influence:
    """Totals (units, p) of scale x auxiliaries by variance unit."""
    table = step.correction.table if step.correction is not None else np.zeros((0, 0))
    own = np.arange(step.rows.start, step.rows.stop) if unit is None else unit[step.rows]
    if step.code is not None and n_units * step.n_cells <= 4 * len(scale) + 100_000:
        by_cell = np.bincount(own * step.n_cells + step.code, weights=scale, minlength=n_units * step.n_cells).reshape(n_units, step.n_cells)
        return np.asarray(by_cell @ table)
    if isinstance(table, np.ndarray) and unit is not None:
        total = np.zeros((n_units, table.shape[1]))
        for start, stop in blocks(len(scale), table.shape[1]):
            rows = slice(start, stop)
            total += gathering(own[rows], n_units, scale[rows]) @ (table[rows] if step.code is None else table[step.code[rows]])
        return total
    if isinstance(table, np.ndarray) and len(scale) == n_units:
        return np.asarray((table if step.code is None else table[step.code]) * scale[:, None])
    return sparse.csr_array(gathering(own, n_units, scale) @ sparse.csr_array(step.matrix()))


class _Moments:
    """Moments (domains, p, k) of scores with the auxiliaries of a step, added up block by block."""

    def __init__(self, step: Adjustment, correction: Correction, right: Floats, rows: Rows, k: int) -> None:
        self.step, self.table, self.right, self.n_domains, self.k = step, correction.table, right, rows.n_domains, k
        self.domain = None if rows.n_domains == 1 else rows.domains()
        self.pairs, self.pair = self._pairs()
        n = self.table.shape[1] * rows.n_domains if step.code is None else len(self.pairs)
        self.sums = np.zeros((n, k))

    def _pairs(self) -> tuple[Integers, Integers]:
        """The pairs of domain and cell, and the pair of each row of the step."""
        code, n_cells = self.step.code, self.step.n_cells
        if code is None:
            return np.arange(0), np.arange(0)
        if self.domain is None:
            return np.arange(n_cells), code
        pair = self.domain[self.step.rows] * n_cells + code
        if self.n_domains * n_cells <= len(pair) + 100_000:
            return np.arange(self.n_domains * n_cells), pair
        return np.unique(pair, return_inverse=True)

    def add(self, start: int, stop: int, scores: Floats) -> None:
        """Add a block of rows."""
        first, last = max(start, self.step.rows.start), min(stop, self.step.rows.stop)
        if first >= last:
            return
        here, block = slice(first - self.step.first, last - self.step.first), scores[first - start : last - start]
        if self.step.code is not None:
            self.sums += gathering(self.pair[here], len(self.pairs), self.right[here]) @ block
            return
        weighted = self.table[here] * self.right[here][:, None]
        if self.domain is None:
            self.sums += weighted.T @ block
            return
        p, domain = weighted.shape[1], self.domain[first:last]
        for column in range(p):
            self.sums[column::p] += gathering(domain, self.n_domains, weighted[:, column]) @ block

    def result(self) -> Floats:
        """The moments (domains, p, k)."""
        p = self.table.shape[1]
        if self.step.code is None:
            return self.sums.reshape(self.n_domains, p, self.k)
        if self.domain is None:
            return np.asarray(self.table.T @ self.sums)[None]
        n_cells = self.step.n_cells
        if len(self.pairs) == self.n_domains * n_cells and isinstance(self.table, np.ndarray):
            return np.asarray(np.einsum("cp,dck->dpk", self.table, self.sums.reshape(self.n_domains, n_cells, self.k), optimize=True))
        member = sparse.csr_array(self.table)[self.pairs % n_cells].tocoo()
        place = (self.pairs // n_cells)[member.row] * p + member.col
        matrix = sparse.csr_array((member.data, (place, member.row)), shape=(self.n_domains * p, len(self.pairs)))
        return np.asarray(matrix @ self.sums).reshape(self.n_domains, p, self.k)
