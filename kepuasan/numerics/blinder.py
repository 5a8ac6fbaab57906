"""Oaxaca-Blinder parts out of the means and least-squares coefficients of two groups: plain functions of arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from scipy.linalg import block_diag

from kepuasan.numerics.totals import Floats

__all__ = ["BlinderParts", "MeansAndSlopes", "Terms", "terms"]


# ------------------------------------------------------------ one group


@dataclass(frozen=True)
class MeansAndSlopes:
    """The means of all m columns, then the slopes of the last column on the first ones (all others, or fewer).

    A statistic of moments, ``values`` (..., m + slopes); ``means`` False leaves the slopes alone.
    """

    n_slopes: int
    means: bool = True

    def values(self, mean: Floats, covariance: Floats) -> Floats:
        """The means and slopes."""
        slopes = _solved(covariance, self.n_slopes)[0]
        return np.concatenate([mean, slopes], axis=-1) if self.means else slopes

    def gradients(self, mean: Floats, covariance: Floats) -> tuple[Floats, Floats]:
        """Their derivatives by the means and by the covariances.

        Notes
        -----
        With A the inverse of the columns' covariance and b the slopes, db = A (dc - dC b): the row j of A on one side of dC, (-b, 1) on the other.
        """
        (n_domains, m), p = mean.shape, self.n_slopes
        slopes, inverse = _solved(covariance, p)
        left, right = np.zeros((n_domains, p, m)), np.zeros((n_domains, 1, m))
        left[..., :p] = inverse
        right[:, 0, :p], right[..., -1] = -slopes, 1.0
        both = left[..., :, None] * right[..., None, :]
        by_covariance = (both + both.swapaxes(-1, -2)) / 2
        if not self.means:
            return np.zeros((n_domains, p, m)), by_covariance
        by_mean = np.concatenate([np.eye(m), np.zeros((p, m))])
        return np.tile(by_mean, (n_domains, 1, 1)), np.concatenate([np.zeros((n_domains, m, m, m)), by_covariance], axis=1)


def _solved(covariance: Floats, p: int) -> tuple[Floats, Floats]:
    """Slopes (..., p) of the last column on the first p, and the inverse (..., p, p) of the covariance of these."""
    scale = np.sqrt(np.einsum("...ii->...i", covariance[..., :p, :p]))
    within = covariance[..., :p, :p] / (scale[..., :, None] * scale[..., None, :])
    inverse = np.linalg.inv(within)
    slopes = np.linalg.solve(within, (covariance[..., :p, -1] / scale)[..., None])[..., 0] / scale
    return slopes, inverse / (scale[..., :, None] * scale[..., None, :])


# ------------------------------------------------------------ columns and the rows they make


@dataclass(frozen=True)
class Terms:
    """From p columns to the rows of a decomposition: one of a plain column, one a level of a factor, whose first level has no column.

    ``offset`` (rows,) and ``level`` (rows, p): means of the rows are offset + level @ means of the columns. ``effect`` (rows, p): their coefficients,
    those of a factor as deviations from the mean of its levels, which ``shift`` (p,) gives to the constant.
    """

    offset: Floats
    level: Floats
    effect: Floats
    shift: Floats


def terms(n_levels: Sequence[int]) -> Terms:
    """The terms of plain columns (0 levels) and factors.

    References
    ----------
    Yun, M.-S. (2005). A simple solution to the identification problem in detailed wage decompositions. *Economic Inquiry* 43, 766-772.
    Gardeazabal, J. and Ugidos, A. (2004). More on identification in detailed wage decompositions. *Review of Economics and Statistics* 86, 1034-1036.
    """
    made = [_factor(k) if k else Terms(np.zeros(1), np.eye(1), np.eye(1), np.zeros(1)) for k in n_levels]
    level, effect = (np.asarray(block_diag(*[getattr(one, name) for one in made])) for name in ("level", "effect"))
    return Terms(np.concatenate([one.offset for one in made]), level, effect, np.concatenate([one.shift for one in made]))


def _factor(k: int) -> Terms:
    """A factor of k levels."""
    first, others = np.eye(k)[:, 0], np.eye(k)[:, 1:]
    return Terms(first, others - first[:, None], others - 1 / k, np.full(k - 1, 1 / k))


# ------------------------------------------------------------ two groups


class _Group(NamedTuple):
    mean: Any
    slope: Any
    constant: Any


@dataclass(frozen=True)
class BlinderParts:
    """The parts (..., parts) that account for the gap between the outcome means of two groups, of values (..., k).

    The values are those of `MeansAndSlopes` in the base group and in the current one, columns in the order of `terms`, outcome last; then, for the
    references "pooled", "neumark" and "gelbach", the slopes of both groups together, followed by the coefficient of the current group's indicator for
    "gelbach".

    Two folds: explained (rows), unexplained (constant, rows; for "gelbach" the indicator alone). Three: endowments (rows), coefficients (constant,
    rows), interaction (rows). ``share``: the current group's share in the coefficients of "cotton".
    """

    terms: Terms
    fold: int
    reference: str
    share: float

    def __call__(self, values: Any) -> Any:
        """The parts; complex values are taken as they are."""
        p = len(self.terms.shift)
        size = 2 * p + 1
        base, current, rest = self._group(values[..., :size]), self._group(values[..., size : 2 * size]), values[..., 2 * size :]
        step, constant = current.mean - base.mean, current.constant - base.constant
        if self.fold == 3:
            gap = current.slope - base.slope
            return np.concatenate([step * base.slope, constant, base.mean * gap, step * gap], axis=-1)
        slope = self._reference(base, current, rest[..., :p])
        if self.reference == "gelbach":
            return np.concatenate([step * slope, rest[..., p:]], axis=-1)
        unexplained = current.mean * (current.slope - slope) + base.mean * (slope - base.slope)
        return np.concatenate([step * slope, constant, unexplained], axis=-1)

    def _group(self, values: Any) -> _Group:
        """Means and slopes of the rows, and the constant, of the values of one group."""
        p = len(self.terms.shift)
        means, outcome, slopes = values[..., :p], values[..., p : p + 1], values[..., p + 1 :]
        constant = outcome - (means * slopes).sum(axis=-1, keepdims=True) + slopes @ self.terms.shift[:, None]
        return _Group(self.terms.offset + means @ self.terms.level.T, slopes @ self.terms.effect.T, constant)

    def _reference(self, base: _Group, current: _Group, pooled: Any) -> Any:
        """The coefficients of the rows that a change of means is valued at."""
        if self.reference in ("base", "current"):
            return base.slope if self.reference == "base" else current.slope
        if self.reference in ("half", "cotton"):
            share = 0.5 if self.reference == "half" else self.share
            return (1 - share) * base.slope + share * current.slope
        return pooled @ self.terms.effect.T
