"""One weighting step as variances see it: what it does to weights, in the sample and in every replicate, and to a linearised variable.

With d the weights before a step, g its ratios and v the influence of a row per unit of the weight it leaves, the influence per unit of d is

    v  ->  g v - l x' inverse sum(r x v)

with x the step's auxiliaries and l, r scales of the rows. Calibration: l = g, r = d, inverse of sum(d x x') (Deville and Särndal 1992). Weighting
cells of nonresponse and response propensities have other scales, a trimmed weight has no second part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse, special

from kepuasan.numerics.calibration import Distance, Margin, fit_margins, solve
from kepuasan.numerics.totals import Floats, Integers, divided, summed

__all__ = [
    "LOGISTIC",
    "Adjustment",
    "Calibrated",
    "CellsAnswered",
    "Correction",
    "Propensity",
    "Raked",
    "Reweighting",
    "Table",
    "Trimmed",
    "cell_sums",
]

#: auxiliaries (cells, p)
Table: TypeAlias = "Floats | sparse.csr_array"

#: the logistic curve, so that one solver serves score equations too
LOGISTIC = Distance(special.expit, lambda u: special.expit(u) * special.expit(-u))

_CERTAIN = 1e-8
_NULL, _RIDGE, _KEPT = 1e-11, 1e-13, 1e-9
#: cross-products beyond this are solved by a decomposition that takes a tenth of a pseudo-inverse
_MANY = 400


class Reweighting(Protocol):
    """How weights are changed, cell by cell."""

    def ratios(self, totals: Floats, own: Floats) -> Floats:
        """Ratios (tables, cells) for totals (tables, cells); `own` is the weight of a row that is a cell, without its replicate factor."""


@dataclass(frozen=True, eq=False)
class Correction:
    """The second part of a step.

    ``table`` (cells, p): the auxiliaries x of each cell; ``gram`` (p, p), or its diagonal (p,): what is inverted; ``left``, ``right`` (rows,): l, r.
    """

    table: Table
    gram: Floats
    left: Floats
    right: Floats

    @cached_property
    def inverse(self) -> Floats:
        """The inverse of the cross-products, or the pseudo-inverse where auxiliaries determine each other, as margins do."""
        if self.gram.ndim == 1:
            return np.asarray(np.divide(1.0, self.gram, out=np.zeros(self.gram.shape), where=self.gram > 0))
        size = np.outer(self._size, self._size)
        return np.asarray(np.linalg.pinv(self.gram / size, rcond=_NULL, hermitian=True) / size)

    def slopes(self, moments: Floats) -> Floats:
        """The inverse times moments (domains, p, k)."""
        if self._factor is not None:
            p = len(self.gram)
            solved = linalg.cho_solve(self._factor, moments.transpose(1, 0, 2).reshape(p, -1) / self._size[:, None]) / self._size[:, None]
            return np.asarray(solved.reshape(p, len(moments), -1).transpose(1, 0, 2))
        return self.inverse[:, None] * moments if self.inverse.ndim == 1 else np.asarray(self.inverse @ moments)

    @cached_property
    def _size(self) -> Floats:
        return np.sqrt(np.where(np.diag(self.gram) > 0, np.diag(self.gram), 1.0))

    @cached_property
    def _factor(self) -> tuple[Floats, bool] | None:
        """The Cholesky factor of many scaled cross-products; a ridge bears what margins leave singular, which moments do not reach.

        None of few, and where negative weights leave them without one.
        """
        if self.gram.ndim == 1 or len(self.gram) <= _MANY:
            return None
        scaled = self.gram / np.outer(self._size, self._size)
        try:
            factor, lower = linalg.cho_factor(scaled + _RIDGE * len(scaled) * np.eye(len(scaled)))
        except linalg.LinAlgError:
            return None
        return np.asarray(factor), bool(lower)


@dataclass(frozen=True, eq=False)
class Adjustment:
    """A weighting step on consecutive rows.

    ``first``: its first row; ``code``: cell of each row, None where every row is a cell; ``before``: weights before it; ``ratio``: what it multiplied
    them by; ``correction``: None where the linearised variable is only scaled.
    """

    first: int
    code: Integers | None
    n_cells: int
    before: Floats
    ratio: Floats
    correction: Correction | None
    reweighting: Reweighting

    @property
    def rows(self) -> slice:
        """The rows it touches."""
        return slice(self.first, self.first + len(self.before))

    def shifted(self, rows: int) -> Adjustment:
        """The same step of rows that now stand further down."""
        return replace(self, first=self.first + rows)

    def matrix(self) -> Table:
        """The auxiliaries of each row (rows, p)."""
        if self.correction is None:
            return np.zeros((len(self.before), 0))
        return self.correction.table if self.code is None else self.correction.table[self.code]


def cell_sums(code: Integers | None, n_cells: int, weights: Floats) -> Floats:
    """Weights added up by cell (cells,)."""
    return weights if code is None else np.bincount(code, weights=weights, minlength=n_cells).astype(np.float64, copy=False)


# ---------------------------------------------------------------- ways of reweighting


@dataclass(frozen=True)
class Raked:
    """Iterative proportional fitting to margins; one margin is poststratification."""

    margins: Sequence[Margin]
    tolerance: float
    max_steps: int

    def ratios(self, totals: Floats, own: Floats) -> Floats:  # noqa: ARG002
        """Ratios (tables, cells); NaN for a table that cannot meet the margins."""
        found = fit_margins(totals, self.margins, tolerance=self.tolerance, max_steps=self.max_steps)
        return np.where(found.met[:, None], found.ratio, np.nan)


@dataclass(frozen=True)
class Calibrated:
    """Calibration on auxiliaries (cells, r) and their targets (r,), both turned by `whitened`, under a distance."""

    table: Floats
    targets: Floats
    distance: Distance
    tolerance: float = 1e-10
    max_steps: int = 100

    def ratios(self, totals: Floats, own: Floats) -> Floats:  # noqa: ARG002
        """Ratios (tables, cells); NaN for a table that cannot meet the targets."""
        known = np.isfinite(totals).all(axis=1)
        ratio = np.full(totals.shape, np.nan)
        found = solve(totals[known], self.table, self.targets, self.distance, tolerance=self.tolerance, max_steps=self.max_steps)
        ratio[known] = np.where(found.met[:, None], found.ratio, np.nan)
        return ratio


@dataclass(frozen=True)
class CellsAnswered:
    """Weighting cells: those who answered carry the weight of all in their cell. ``group`` (cells,), ``answered`` (cells,) of bool."""

    group: Integers
    answered: NDArray[np.bool_]

    def ratios(self, totals: Floats, own: Floats) -> Floats:  # noqa: ARG002
        """Ratios (tables, cells): 0 for those who did not answer, 1 in a group without weight, NaN in one with weight that nobody can carry."""
        n_groups = int(self.group.max(initial=-1)) + 1
        whole, part = summed(totals, self.group, n_groups), summed(totals * self.answered, self.group, n_groups)
        grown = np.where(whole == 0, 1.0, divided(whole, part))[:, self.group]
        return np.where(self.answered | np.isnan(grown), grown, 0.0)


@dataclass(frozen=True)
class Propensity:
    """Those who answered carry their weight over the fitted probability to answer, by a weighted logistic regression on auxiliaries (cells, r)."""

    table: Floats
    answered: NDArray[np.bool_]

    def ratios(self, totals: Floats, own: Floats) -> Floats:  # noqa: ARG002
        """Ratios (tables, cells), 0 for those who did not answer; NaN for a table whose answers are separated."""
        chance, met, _ = self.chances(totals)
        return np.where(met[:, None], np.where(self.answered, 1.0 / np.where(self.answered, chance, 1.0), 0.0), np.nan)

    def chances(self, totals: Floats) -> tuple[Floats, NDArray[np.bool_], int]:
        """Fitted probabilities (tables, cells), whether each fit arrived, and the steps taken."""
        totals = np.where(np.isfinite(totals).all(axis=1, keepdims=True), totals, 0.0)
        found = solve(totals, self.table, (totals * self.answered) @ self.table, LOGISTIC, tolerance=1e-11)
        unlikely = (found.ratio < _CERTAIN) | (found.ratio > 1.0 - _CERTAIN)
        return found.ratio, found.met & totals.any(axis=1) & ~np.any(unlikely & (totals != 0), axis=1), found.steps


@dataclass(frozen=True)
class Trimmed:
    """Weights brought within bounds; what is cut off is spread evenly over the others, until all lie inside."""

    low: float
    high: float
    max_steps: int = 1000

    def ratios(self, totals: Floats, own: Floats) -> Floats:
        """Ratios (tables, rows); NaN where the bounds cannot hold the sum.

        In a replicate the bounds hold for the weight without the replicate's factor, and the sum of the replicate is kept.
        """
        return self.trimmed(totals, own)[0]

    def trimmed(self, totals: Floats, own: Floats) -> tuple[Floats, int]:
        """The ratios, and the rounds it took."""
        factor = divided(totals, own)
        factor[np.isnan(factor)] = 0.0
        counted = (own != 0) & (factor > 0)
        weight, rounds = own.copy(), 0
        while rounds < self.max_steps:
            outside = counted & ((weight < self.low) | (weight > self.high))
            if not outside.any():
                break
            rounds += 1
            bounded = weight.clip(self.low, self.high)
            cut = np.where(outside, weight - bounded, 0.0)
            free = counted & ~outside
            with np.errstate(divide="ignore", invalid="ignore"):
                share = (factor * cut).sum(axis=1) / (factor * free).sum(axis=1)
            weight = np.where(free, weight + share[:, None], np.where(outside, bounded, weight))
        held = ~np.any(counted & ((weight < self.low) | (weight > self.high)), axis=1) & np.isfinite(weight).all(axis=1)
        held &= np.abs((factor * weight).sum(axis=1) - totals.sum(axis=1)) <= _KEPT * np.abs(totals).sum(axis=1)
        return np.where(held[:, None], np.where(own != 0, divided(weight, own), 1.0), np.nan), rounds
