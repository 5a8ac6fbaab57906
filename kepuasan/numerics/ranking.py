"""How sure ranks and quadrants are: probabilities from draws, and from normal pairs."""

from __future__ import annotations

import numpy as np
from scipy import special

from kepuasan.numerics.totals import Floats, Integers

__all__ = ["normal_draws", "positive_quadrant", "rank_probabilities", "ranks"]

_DRAWS = 10_000


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
