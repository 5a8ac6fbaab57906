"""How far two groups of rows lie apart in what describes them, in standard deviations."""

from __future__ import annotations

import numpy as np

from kepuasan.numerics.totals import Floats

__all__ = ["standardised_difference", "standardised_shares"]

#: condition of the scaled covariance of shares from which on a category tells the groups apart for certain
_SINGULAR = 1e12
#: share of a mean below which a standard deviation is rounding
_CONSTANT = 1e-12


def standardised_difference(first: float, second: float, first_variance: float, second_variance: float) -> float:
    """(m1 - m0) / sqrt((s1² + s0²) / 2); infinite where constants differ.

    Examples
    --------
    >>> standardised_difference(40.0, 45.0, 90.0, 110.0)
    0.5
    """
    gap, spread = second - first, np.sqrt((first_variance + second_variance) / 2.0)
    if spread > _CONSTANT * max(abs(first), abs(second)):
        return float(gap / spread)
    return 0.0 if gap == 0 else float(np.copysign(np.inf, gap))


def standardised_shares(first: Floats, second: Floats) -> float:
    """The distance of two rows of shares (categories,) that sum to 1 each; infinite where no row of one group could be of the other.

    Notes
    -----
    The Mahalanobis distance of the shares of all categories but one, by the mean of the two multinomial covariances; it does not depend on the
    category left out, and of two categories it is the standardised difference of either.

    References
    ----------
    Yang, D. and Dalton, J. E. (2012). A unified approach to measuring the effect size between two groups using SAS. *SAS Global Forum 2012*,
    paper 335.

    Examples
    --------
    >>> round(standardised_shares(np.array([0.8, 0.2]), np.array([0.6, 0.4])), 6)
    0.447214
    """
    gap, both = (second - first)[:-1], np.stack([first, second])[:, :-1]
    if not len(gap):
        return 0.0
    covariance = (np.diag(both.sum(axis=0)) - both.T @ both) / 2.0
    size = np.sqrt(np.diag(covariance).clip(1e-300))
    scaled = covariance / np.outer(size, size)
    if not np.linalg.cond(scaled) < _SINGULAR:
        return float(np.inf) if gap.any() else 0.0
    return float(np.sqrt((gap / size) @ np.linalg.solve(scaled, gap / size)))
