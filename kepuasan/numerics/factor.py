"""One common factor of a battery of items in closed form, and what of it differs between two groups.

All of it is plain functions of means and covariances, so that their errors follow from those of the moments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from kepuasan.numerics.derivatives import jacobian
from kepuasan.numerics.totals import Floats

__all__ = ["FactorChange", "FactorDifferences", "factor_change", "squared_loadings"]


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

    ``loadings`` (..., 2, p): rescaled in each group to the mean loading of both, as the factor's own scale is arbitrary; ``loading`` (..., p): their
    difference, the second group less the first; ``intercept`` (..., p): what the difference of means has beyond the factor's; ``share`` (..., 2):
    how much of the items' variance the factor carries in each group; ``deviation`` (..., p): the pooled standard deviations.
    """

    loadings: Any
    loading: Any
    intercept: Any
    share: Any
    deviation: Any


def factor_change(means: Any, covariances: Any) -> FactorChange:
    """What differs in the factor of two groups, out of means (..., 2, p) and covariances (..., 2, p, p); NaN where a squared loading is not positive.

    Notes
    -----
    Items that run against the others are turned before loadings are found. With loadings a_gj of group g on covariances over the pooled deviations
    s_j, and abar_g their mean, the loadings compared are b_gj = a_gj (abar_1 + abar_2) / (2 abar_g), whose differences sum to 0. With b_j their mean
    over groups and d_j the difference of means over s_j, the factor accounts for b_j sum(d) / sum(b), and d_j less that is the difference of
    intercepts; these sum to 0 too. One item that differs thus lends its difference, over the number of items and with the other sign, to each of
    the others.
    """
    variance = np.diagonal(covariances, axis1=-2, axis2=-1)
    deviation = np.sqrt(variance.mean(axis=-2))
    standard = covariances / (deviation[..., :, None] * deviation[..., None, :])[..., None, :, :]
    side = np.where((standard.sum(axis=-1) - np.diagonal(standard, axis1=-2, axis2=-1)).real < 0, -1.0, 1.0)
    square = squared_loadings(standard * (side[..., :, None] * side[..., None, :]))
    raw = np.sqrt(np.where(square.real > 0, square, np.nan)) * side
    level = raw.mean(axis=-1)
    loadings = raw * (level.mean(axis=-1)[..., None] / np.where(level.real > 0, level, np.nan))[..., None]
    common, shift = loadings.mean(axis=-2), (means[..., 1, :] - means[..., 0, :]) / deviation
    intercept = shift - common * (shift.sum(axis=-1) / common.sum(axis=-1))[..., None]
    share = square.sum(axis=-1) / np.diagonal(standard, axis1=-2, axis2=-1).sum(axis=-1)
    return FactorChange(loadings, loadings[..., 1, :] - loadings[..., 0, :], intercept, share, deviation)


class FactorDifferences:
    """Differences of loadings, then of intercepts, of two groups, as a `MomentStatistic` of two domains: half of each (2 p,) in either domain.

    The two halves add up to the difference, and their influences to its influence.
    """

    def values(self, mean: Floats, covariance: Floats) -> Floats:
        """Half of the differences (..., 2, 2 p) out of means (..., 2, p) and covariances (..., 2, p, p)."""
        half = _differences(mean, covariance) / 2.0
        return np.stack([half, half], axis=-2)

    def gradients(self, mean: Floats, covariance: Floats) -> tuple[Floats, Floats]:
        """The derivatives of the differences by the means (2, 2 p, p) and by the covariances (2, 2 p, p, p) of each group, these symmetric."""
        p = mean.shape[1]

        def function(both: Any) -> Any:
            return _differences(both[..., : 2 * p].reshape(*both.shape[:-1], 2, p), both[..., 2 * p :].reshape(*both.shape[:-1], 2, p, p))

        found = jacobian(function, np.concatenate([mean.ravel(), covariance.ravel()]))
        by_mean = found[:, : 2 * p].reshape(-1, 2, p).swapaxes(0, 1)
        by_covariance = found[:, 2 * p :].reshape(-1, 2, p, p).swapaxes(0, 1)
        return by_mean, (by_covariance + by_covariance.swapaxes(-1, -2)) / 2.0


def _differences(means: Any, covariances: Any) -> Any:
    found = factor_change(means, covariances)
    return np.concatenate([found.loading, found.intercept], axis=-1)
