"""Where drivers stand: their ranks, and their quadrants on the importance-performance map, each with its probability."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import pandas as pd

from kepuasan.columns import QUADRANTS
from kepuasan.errors import EstimateError
from kepuasan.estimates import taken
from kepuasan.numerics.ranking import normal_draws, positive_quadrant, rank_probabilities, ranks
from kepuasan.numerics.spread import Replicated
from kepuasan.numerics.totals import divided

if TYPE_CHECKING:
    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats

__all__ = ["Crosshair", "quadrants", "rank_table"]

Crosshair: TypeAlias = Literal["mean", "median"] | tuple[float, float]

_QUADRANTS = np.array(QUADRANTS)
#: probability that a rank lies between its ends
_LEVEL = 0.95


def rank_table(importance: Estimates, k: int) -> pd.DataFrame:
    """The ranks of `Drivers.ranks`; every k rows are the drivers of one domain."""
    rows = []
    for start in range(0, len(importance), k):
        here = taken(importance, np.arange(start, start + k))
        probability, rank = rank_probabilities(_draws(here)), ranks(here.value)
        own = probability[np.arange(k), rank - 1]
        rows.append(np.column_stack([rank, own, probability[:, 0], [_narrowest(one) for one in probability]]))
    names = ["rank", "probability", "probability_first", "rank_low", "rank_high"]
    table = pd.DataFrame(np.concatenate(rows), columns=names).astype(dict.fromkeys(("rank", "rank_low", "rank_high"), int))
    return pd.concat([importance.key, table], axis=1)


def _draws(importance: Estimates) -> Floats:
    """Values the estimates might have had (draws, k): bootstrap replicates, or normal draws."""
    spread = importance.spread
    if isinstance(spread, Replicated) and spread.rule.drawn:
        return importance.value + spread.gaps[np.isfinite(spread.gaps).all(axis=1)]
    return normal_draws(importance.value, importance.vcov)


def _narrowest(probability: Floats) -> tuple[int, int]:
    """The narrowest run of ranks with 95 % probability, as its ends."""
    k = len(probability)
    if np.isnan(probability).any():
        return 1, k
    sums = np.concatenate([[0.0], np.cumsum(probability)])
    low, high = np.triu_indices(k)
    enough = sums[high + 1] - sums[low] >= _LEVEL - 1e-12
    width = np.where(enough, high - low, k) - (sums[high + 1] - sums[low]) / 2
    best = int(np.argmin(width))
    return int(low[best]) + 1, int(high[best]) + 1


def quadrants(performance: Estimates, importance: Estimates, k: int, crosshair: Crosshair, level: float) -> pd.DataFrame:
    """The table of `Drivers.map`; every k rows are the drivers of one domain."""
    n = len(importance)
    both = performance.join(importance)
    cross = np.repeat(_crosshairs(both.value.reshape(2, -1, k), crosshair), k, axis=1)
    average = np.full((k, k), 1.0 / k) if crosshair == "mean" else np.zeros((k, k))
    key = pd.concat([importance.key] * 2, ignore_index=True)
    gap = both.linear(np.kron(np.eye(2 * n // k), np.eye(k) - average), key)
    distance = both.value.reshape(2, n) - cross
    size = gap.se.reshape(2, n)
    together = gap.linear(np.hstack([np.eye(n), np.eye(n)]), importance.key).se
    pair = (together**2 - size[0] ** 2 - size[1] ** 2) / 2
    side = np.where(distance >= 0, 1.0, -1.0)
    sure = divided(np.abs(distance), size)
    sure = np.where(np.isnan(sure), np.where(distance == 0, 0.0, np.inf), sure)
    correlation = np.nan_to_num(divided(pair, size[0] * size[1]))
    columns: dict[str, Floats] = {}
    for name, estimates, own in (("performance", performance, cross[0]), ("importance", importance, cross[1])):
        limits = estimates.ci(level)
        columns |= {name: estimates.value, f"{name}_low": limits[:, 0], f"{name}_high": limits[:, 1], f"{name}_crosshair": own}
    quadrant = _QUADRANTS[(distance[1] >= 0).astype(int), (distance[0] >= 0).astype(int)]
    probability = positive_quadrant(sure[0], sure[1], correlation * side[0] * side[1])
    return importance.key.assign(**columns, quadrant=quadrant, probability=probability)


def _crosshairs(values: Floats, crosshair: Crosshair) -> Floats:
    """Where the quadrants meet (2, domains), from performance and importance (2, domains, k)."""
    if crosshair == "mean":
        return np.asarray(values.mean(axis=2))
    if crosshair == "median":
        return np.asarray(np.median(values, axis=2))
    numbers = (
        [one for one in crosshair if isinstance(one, (int, float)) and not isinstance(one, bool) and np.isfinite(one)]
        if isinstance(crosshair, (tuple, list))
        else []
    )
    if len(numbers) != 2 or len(numbers) != len(crosshair):
        raise EstimateError(f'crosshair is {crosshair!r}; give "mean", "median" or two numbers (performance, importance)')
    return np.repeat(np.array(numbers, dtype=np.float64)[:, None], values.shape[1], axis=1)
