"""How sure ranks and quadrants are: ranges from tests of pairs, probabilities from draws, and from normal pairs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import special

from kepuasan.numerics.totals import Floats, Integers

__all__ = ["normal_draws", "positive_quadrant", "rank_probabilities", "rank_ranges", "ranks"]

_DRAWS = 10_000
#: values that are compared with as many others at once; part of the variances below which a difference has none
_BLOCK, _NO_ERROR = 1_500, 1e-18


def normal_draws(value: Floats, covariance: Floats) -> Floats:
    """Draws (10,000, k) of a normal distribution, the same for the same numbers; every draw has its mirror image."""
    values, vectors = np.linalg.eigh(covariance)
    half = np.random.default_rng(0).standard_normal((_DRAWS // 2, len(value))) @ (vectors * np.sqrt(values.clip(0.0))).T
    return np.asarray(value + np.concatenate([half, -half]))


def ranks(values: Floats) -> Integers:
    """Ranks (..., k) of values, 1 for the largest; of equal ones the earlier comes first."""
    order = np.argsort(-values, axis=-1, kind="stable")
    found = np.empty(values.shape, dtype=np.intp)
    np.put_along_axis(found, order, np.broadcast_to(np.arange(1, values.shape[-1] + 1), values.shape), axis=-1)
    return found


def rank_probabilities(draws: Floats) -> Floats:
    """Shares (k, ranks) of the draws (draws, k) in which each value has each rank; NaN without any draw."""
    k = draws.shape[1]
    if not len(draws):
        return np.full((k, k), np.nan)
    place = ranks(draws) - 1 + np.arange(k) * k
    return np.bincount(place.ravel(), minlength=k * k).reshape(k, k) / len(draws)


def positive_quadrant(first: Floats, second: Floats, correlation: Floats) -> Floats:
    """Probability (n,) that two normal variables are both positive, from their means over standard deviations and their correlation.

    References
    ----------
    Owen, D. B. (1956). Tables for computing bivariate normal probabilities. *Annals of Mathematical Statistics* 27, 1075-1090.
    """
    h, k = (np.where(one == 0, 1e-300, one).clip(-1e6, 1e6) for one in (first, second))
    rho = correlation.clip(-1 + 1e-12, 1 - 1e-12)
    root = np.sqrt(1 - rho**2)
    opposite = np.where((h < 0) != (k < 0), 0.5, 0.0)
    both = (special.ndtr(h) + special.ndtr(k)) / 2 - special.owens_t(h, (k / h - rho) / root) - special.owens_t(k, (h / k - rho) / root)
    return np.asarray((both - opposite).clip(0.0, 1.0))


def rank_ranges(
    value: Floats, se: Floats, covariance: Callable[[Integers, Integers], Floats], critical: float
) -> tuple[Integers, Integers, Integers]:
    """Ranks, 1 for the largest, and the lowest and highest rank that comparisons of pairs do not rule out (k,) each.

    Parameters
    ----------
    value, se : array (k,)
    covariance : callable
        Gives the covariances (a, b) between the values in two lists of places; it is asked for blocks, never for all.
    critical : float
        How many standard errors a difference must exceed. A difference without any error exceeds nothing.

    Notes
    -----
    The rank is 1 + the number of larger values, the lowest 1 + the number of values significantly larger, the highest k less the number of those
    significantly smaller.
    """
    k = len(value)
    above, below = np.zeros((2, k), dtype=np.intp)
    blocks = [np.arange(start, min(start + _BLOCK, k)) for start in range(0, k, _BLOCK)]
    for first, a in enumerate(blocks):
        for b in blocks[first:]:
            sum_of_squares = (se[a] ** 2)[:, None] + se[b] ** 2
            square = sum_of_squares - 2.0 * covariance(a, b)
            square[square <= _NO_ERROR * sum_of_squares] = np.inf
            apart = (value[b] - value[a][:, None]) / np.sqrt(square)
            higher, lower = apart > critical, apart < -critical
            above[a] += higher.sum(axis=1)
            below[a] += lower.sum(axis=1)
            if a is not b:
                above[b] += lower.sum(axis=0)
                below[b] += higher.sum(axis=0)
    larger = k - np.searchsorted(np.sort(value), value, side="right")
    return larger + 1, above + 1, k - below
