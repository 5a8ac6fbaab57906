"""Ratios that make weighted totals meet targets: distances as data, one Newton solver, raking on the table of crossed cells.

Rows enter as cells: the weights of a cell's rows change by one ratio. Where an auxiliary is continuous, each row is a cell. Every function works on
several tables at once, one a replicate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kepuasan.numerics.totals import Floats, Integers, divided, gathering, summed

__all__ = [
    "DISTANCES",
    "LINEAR",
    "Distance",
    "DistanceName",
    "Margin",
    "Solution",
    "cross_products",
    "distance_of",
    "fit_margins",
    "solve",
    "whitened",
]

DistanceName: TypeAlias = Literal["linear", "raking", "logit"]
DISTANCES: tuple[DistanceName, ...] = ("linear", "raking", "logit")

_BLOCK_CELLS = 2_000_000
_LARGEST_EXPONENT = 500.0
_NULL = 1e-11
_RIDGE = 1e-12
#: eigenvalue of the scaled cross-products below which one turn is not enough
_ROUGH = 1e-4
#: a gap that no further step could close
_CLOSED = 1e-14


@dataclass(frozen=True)
class Distance:
    """How far a ratio moves for a push u = x'lambda: ``ratio(u)``, for calibration with ratio(0) = 1, and its derivative."""

    ratio: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]


#: 1 + u, without bounds: one step solves it, and weights are linear in it
LINEAR = Distance(lambda u: 1.0 + u, np.ones_like)


def distance_of(name: DistanceName, bounds: tuple[float, float] | None) -> Distance:
    """The distance of that name within bounds (low, high) of the ratio, low < 1 < high; logit has none without.

    References
    ----------
    Deville, J.-C. and Särndal, C.-E. (1992). Calibration estimators in survey sampling. *JASA* 87, 376-382.
    """
    if name == "logit":
        if bounds is None:
            raise ValueError("the logit distance needs bounds")
        return _logit(*bounds)
    free = {"linear": LINEAR, "raking": Distance(_exponential, _exponential)}[name]
    return free if bounds is None else _clipped(free, *bounds)


def _exponential(u: Floats) -> Floats:
    return np.asarray(np.exp(u.clip(-_LARGEST_EXPONENT, _LARGEST_EXPONENT)))


def _clipped(free: Distance, low: float, high: float) -> Distance:
    def inside(u: Floats) -> Floats:
        ratio = free.ratio(u)
        return np.where((ratio > low) & (ratio < high), free.slope(u), 0.0)

    return Distance(lambda u: np.asarray(free.ratio(u).clip(low, high)), inside)


def _logit(low: float, high: float) -> Distance:
    pace = (high - low) / ((1.0 - low) * (high - 1.0))

    def ratio(u: Floats) -> Floats:
        odds = (1.0 - low) / (high - 1.0) * _exponential(pace * u)
        return (low + high * odds) / (1.0 + odds)

    def slope(u: Floats) -> Floats:
        g = ratio(u)
        return pace * (g - low) * (high - g) / (high - low)

    return Distance(ratio, slope)


@dataclass(frozen=True)
class Solution:
    """Ratios (tables, cells), which tables met their targets, how far off the totals are (tables, targets), and the steps taken."""

    ratio: Floats
    met: NDArray[np.bool_]
    gap: Floats
    steps: int


# ---------------------------------------------------------------- Newton


def whitened(totals: Floats, table: Floats) -> tuple[Floats, Floats]:
    r"""Auxiliaries turned so that sum of \|totals\| x x' = I, and the map (p, r) that turns them: ``table @ map``; r < p where they are collinear.

    Turned twice where columns are alike, as orthogonalising by cross-products then loses half the digits the first time.
    """
    turn = _centring(totals, table)
    for _ in range(2):
        turned = table @ turn
        gram = cross_products(np.abs(totals)[None, :], turned)[0]
        size = np.sqrt(np.diag(gram)).clip(np.finfo(float).tiny)
        value, vector = np.linalg.eigh(gram / np.outer(size, size))
        kept = value > _NULL * value[-1]
        turn = turn @ (vector[:, kept] / np.sqrt(value[kept]) / size[:, None])
        if value[kept].min(initial=1.0) > _ROUGH:
            break
    return table @ turn, turn


def _centring(totals: Floats, table: Floats) -> Floats:
    """The map (p, p) that takes the mean from columns where one is constant, so that large numbers lose no digits."""
    turn = np.eye(table.shape[1])
    constant = np.flatnonzero((table == table[:1]).all(axis=0) & (table[:1] != 0).all(axis=0))
    if constant.size and len(table):
        weights, one = np.abs(totals), int(constant[0])
        mean = (weights @ table) / max(float(weights.sum()), np.finfo(float).tiny) / table[0, one]
        mean[one] = 0.0
        turn[one] -= mean
    return turn


def solve(totals: Floats, table: Floats, targets: Floats, distance: Distance, *, tolerance: float = 1e-10, max_steps: int = 100) -> Solution:
    """Ratios g = F(x'lambda) for which the sums of totals x g x meet the targets.

    Parameters
    ----------
    totals : array (tables, cells)
        Weight of each cell.
    table : array (cells, r)
        Auxiliaries of each cell, turned by `whitened`.
    targets : array (r,) or (tables, r)
        Totals to meet, turned alike.
    distance : Distance
    tolerance : float
        Largest gap, over the size of the targets.
    max_steps : int

    Notes
    -----
    Newton's method, its steps halved while they overshoot, and one step more where it has arrived. A linear distance without bounds takes one step.
    """
    push = np.zeros((len(totals), table.shape[1]))
    targets = np.broadcast_to(targets, push.shape)
    scale = max(float(np.abs(targets).max(initial=0.0)), np.finfo(float).tiny)
    gap = targets - _sums(totals, push, table, distance)
    moving = np.ones(len(totals), dtype=bool)
    step = 0
    while step < max_steps and moving.any():
        open_ = np.flatnonzero(moving)
        found, new_gap = _moved(totals[open_], push[open_], gap[open_], table, targets[open_], distance)
        before, after = (np.abs(one).max(axis=1, initial=0.0) for one in (gap[open_], new_gap))
        arrived = before <= tolerance * scale
        better = ~arrived | (after < before)
        moving[open_] = ~arrived & (after > _CLOSED * scale) & (found != push[open_]).any(axis=1)
        push[open_[better]], gap[open_[better]] = found[better], new_gap[better]
        step += int((~arrived).any())
    ratio = distance.ratio(push @ table.T)
    return Solution(ratio, np.abs(gap).max(axis=1, initial=0.0) <= np.maximum(tolerance, 1e-9) * scale, gap, step)


def _moved(totals: Floats, push: Floats, gap: Floats, table: Floats, targets: Floats, distance: Distance) -> tuple[Floats, Floats]:
    """One Newton step of each table, halved while it overshoots: the new pushes and gaps.

    The gap is the gradient of a concave function of the push; its slope along the step falls, and may end at most half as far below 0 as it
    began above.
    """
    gram = cross_products(distance.slope(push @ table.T) * totals, table)
    gram += _RIDGE * np.eye(table.shape[1])
    step = np.linalg.solve(gram, gap[:, :, None])[:, :, 0]
    rise = (step * gap).sum(axis=1)
    found = push + step
    new_gap = targets - _sums(totals, found, table, distance)
    for _ in range(0 if distance is LINEAR else 60):
        over = np.flatnonzero(~((step * new_gap).sum(axis=1) >= -0.5 * rise))
        if not over.size:
            break
        step[over] /= 2.0
        rise[over] /= 2.0
        found[over] = push[over] + step[over]
        new_gap[over] = targets[over] - _sums(totals[over], found[over], table, distance)
    return found, new_gap


def _sums(totals: Floats, push: Floats, table: Floats, distance: Distance) -> Floats:
    """Sums (tables, r) of totals x ratio x auxiliaries."""
    return np.asarray((totals * distance.ratio(push @ table.T)) @ table)


def cross_products(weights: Floats, table: Floats) -> Floats:
    """Cross-products (tables, r, r) of the auxiliaries under each table's weights, in blocks of cells."""
    n_cells, r = table.shape
    if len(weights) == 1:
        size = max(1, _BLOCK_CELLS // max(r, 1))
        parts = (slice(start, start + size) for start in range(0, n_cells, size))
        return np.asarray(np.sum([(table[part] * weights[0, part, None]).T @ table[part] for part in parts], axis=0)).reshape(1, r, r)
    total, size = np.zeros((len(weights), r * r)), max(1, _BLOCK_CELLS // max(r * r, 1))
    for start in range(0, n_cells, size):
        x = table[start : start + size]
        total += weights[:, start : start + size] @ (x[:, :, None] * x[:, None, :]).reshape(len(x), r * r)
    return total.reshape(-1, r, r)


# ---------------------------------------------------------------- raking


@dataclass(frozen=True)
class Margin:
    """One margin: the level of each cell, and the target of each level."""

    level: Integers
    target: Floats

    def sums(self, totals: Floats) -> Floats:
        """The totals (tables, cells) by level, (tables, levels)."""
        return summed(totals, self.level, len(self.target))

    def indicator(self) -> sparse.csr_array:
        """0/1 (cells, levels)."""
        return sparse.csr_array(gathering(self.level, len(self.target)).T)


def fit_margins(totals: Floats, margins: Sequence[Margin], *, tolerance: float, max_steps: int) -> Solution:
    """Ratios that bring every margin to its target, by iterative proportional fitting.

    Parameters
    ----------
    totals : array (tables, cells)
        Weight of each crossed cell.
    margins : sequence of Margin
    tolerance : float
        Largest gap of a margin, over its target.
    max_steps : int
        Most rounds over all margins.

    Notes
    -----
    A table in which a level with a target has no weight cannot meet it: its ratios are NaN.

    References
    ----------
    Deming, W. E. and Stephan, F. F. (1940). On a least squares adjustment of a sampled frequency table when the expected marginal totals are known.
    *Annals of Mathematical Statistics* 11, 427-444.
    """
    current, steps = totals.copy(), 0
    factors = [np.ones((len(totals), len(margin.target))) for margin in margins]
    while True:
        sums = [margin.sums(current) for margin in margins]
        gap = _largest_gap(sums, margins)
        open_ = np.flatnonzero(gap > tolerance)
        if steps == max_steps or not open_.size:
            break
        steps += 1
        every = len(open_) == len(current)
        moving = current if every else current[open_]
        for margin, factor in zip(margins, factors, strict=True):
            change = divided(np.broadcast_to(margin.target, (len(moving), len(margin.target))), margin.sums(moving))
            factor[open_] *= change
            moving *= change[:, margin.level]
        if not every:
            current[open_] = moving
    ratio = np.ones(totals.shape)
    for margin, factor in zip(margins, factors, strict=True):
        ratio *= factor[:, margin.level]
    off = np.concatenate([margin.target - found for margin, found in zip(margins, sums, strict=True)], axis=1)
    return Solution(ratio, np.asarray(gap <= tolerance), off, steps)


def _largest_gap(sums: Sequence[Floats], margins: Sequence[Margin]) -> Floats:
    """The largest gap of each table over its target (tables,); NaN where a table cannot meet it."""
    return np.asarray(np.max([np.abs(found / margin.target - 1.0).max(axis=1) for found, margin in zip(sums, margins, strict=True)], axis=0))
