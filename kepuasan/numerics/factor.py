"""One common factor of a set of items in closed form, and what of it differs between two groups.

All of it is plain functions of means and covariances, so that their errors follow from those of the moments.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import Any

import numpy as np

from kepuasan.numerics.totals import Floats
from kepuasan.numerics.triangles import entries, packed, unpacked

__all__ = ["FactorChange", "MeansAndCovariances", "factor_change", "factor_differences", "squared_loadings"]


def squared_loadings(covariance: Any) -> Any:
    """The squares (..., p) of the loadings of items on one factor, out of their covariances (..., p, p); NaN where these do not determine them.

    Notes
    -----
    Under one factor every triad of items gives c_jk c_jl / c_kl for the square of the loading of item j; here the numerators and the denominators of
    all triads are added up: with S_j the sum of row j without its diagonal, Q_j that of its squares, and T the sum of all S,

        loading_j² = (S_j² - Q_j) / (T - 2 S_j).

    References
    ----------
    Spearman, C. (1927). *The Abilities of Man*. London: Macmillan, appendix.
    Harman, H. H. (1976). *Modern Factor Analysis*, 3rd ed. University of Chicago Press, section 7.2.
    """
    others = 1.0 - np.eye(covariance.shape[-1])
    apart = covariance * others
    sums = apart.sum(axis=-1)
    below = sums.sum(axis=-1)[..., None] - 2.0 * sums
    return (sums**2 - (apart**2).sum(axis=-1)) / np.where(below.real == 0, np.nan, below)


@dataclass(frozen=True)
class FactorChange:
    """One factor in two groups of rows, in pooled standard deviations of the items.

    ``loadings`` (..., 2, p): negative where an item runs against most others, rescaled in each group to the root mean square of both, as the
    factor's own scale is arbitrary; ``loading`` (..., p): their difference, the second group less the first; ``intercept`` (..., p): what the
    difference of means has beyond the factor's; ``shift`` (...): the difference of the factor's means; ``share`` (..., 2): how much of the items'
    variance the factor carries in each group; ``deviation`` (..., p): the pooled standard deviations.
    """

    loadings: Any
    loading: Any
    intercept: Any
    shift: Any
    share: Any
    deviation: Any


def factor_change(means: Any, covariances: Any) -> FactorChange:
    """What differs in the factor of two groups, out of means (..., 2, p) and covariances (..., 2, p, p); NaN where a squared loading is not positive.

    Notes
    -----
    Items are turned by the signs of the first eigenvector, of each group's covariances for its loadings and of the pooled ones to compare them, so
    that it does not matter which way an item is worded. With loadings a_gj of group g on covariances over the pooled deviations s_j, and r_g their
    root mean square, those compared are b_gj = a_gj (r_1 + r_2) / (2 r_g). With b_j their mean over groups and d_j the difference of means over
    s_j, turned, the factor's mean differs by sum(d) / sum(b) and accounts for b_j times that; d_j less it is the difference of intercepts. One item
    that differs thus lends its difference, over the number of items and with the other sign, to each of the others.
    """
    variance = np.diagonal(covariances, axis1=-2, axis2=-1)
    deviation = np.sqrt(variance.mean(axis=-2))
    standard = covariances / (deviation[..., :, None] * deviation[..., None, :])[..., None, :, :]
    pooled = _sides(standard.mean(axis=-3))
    own = _sides(standard)
    own = own * np.where((own * pooled[..., None, :]).sum(axis=-1, keepdims=True) < 0, -1.0, 1.0)
    square = squared_loadings(standard * (own[..., :, None] * own[..., None, :]))
    raw = np.sqrt(np.where(square.real > 0, square, np.nan)) * (own * pooled[..., None, :])
    level = np.sqrt(square.mean(axis=-1))
    loadings = raw * (level.mean(axis=-1)[..., None] / level)[..., None]
    common, step = loadings.mean(axis=-2), pooled * (means[..., 1, :] - means[..., 0, :]) / deviation
    shift = step.sum(axis=-1) / common.sum(axis=-1)
    intercept = pooled * (step - common * shift[..., None])
    share = square.sum(axis=-1) / np.diagonal(standard, axis1=-2, axis2=-1).sum(axis=-1)
    loadings = loadings * pooled[..., None, :]
    return FactorChange(loadings, loadings[..., 1, :] - loadings[..., 0, :], intercept, shift, share, deviation)


def _sides(covariances: Any) -> Floats:
    """Which way items run (..., p), 1 or -1, by the first eigenvector; 1 is the way of most, or of the first item where both are as many."""
    first = np.linalg.eigh(np.where(np.isfinite(covariances), covariances.real, 0.0))[1][..., -1]
    side = np.where(first < 0, -1.0, 1.0)
    most = side.sum(axis=-1, keepdims=True)
    return np.asarray(side * np.where(np.where(most == 0, side[..., :1], most) < 0, -1.0, 1.0))


class MeansAndCovariances:
    """The means of all m columns, then the upper triangle of their covariances: a statistic of moments, ``values`` (..., m + entries)."""

    def values(self, mean: Floats, covariance: Floats) -> Floats:
        """The means and covariances."""
        return np.concatenate([mean, packed(covariance)], axis=-1)

    def gradients(self, mean: Floats, covariance: Floats) -> tuple[Floats, Floats]:  # noqa: ARG002
        """Their derivatives: 1 by itself, half of it on either side of the diagonal."""
        n_domains, m = mean.shape
        k = entries(m)
        by_mean = np.concatenate([np.eye(m), np.zeros((k, m))])
        by_covariance = np.concatenate([np.zeros((m, m, m)), unpacked(np.eye(k), m) * (1.0 + np.eye(m)) / 2.0])
        return np.tile(by_mean, (n_domains, 1, 1)), np.tile(by_covariance, (n_domains, 1, 1, 1))


def factor_differences(values: Any) -> Any:
    """Differences of loadings, then of intercepts (..., 2 p), out of the `MeansAndCovariances` of two groups, one after the other."""
    size = values.shape[-1] // 2
    p = (isqrt(8 * size + 9) - 3) // 2
    both = values.reshape(*values.shape[:-1], 2, size)
    found = factor_change(both[..., :p], unpacked(both[..., p:], p))
    return np.concatenate([found.loading, found.intercept], axis=-1)
