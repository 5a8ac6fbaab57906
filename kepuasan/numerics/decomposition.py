"""Exact parts of a change, with the Jacobian that gives them standard errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kepuasan.numerics.totals import Floats

__all__ = ["ItemParts", "item_parts", "stated_weights"]


@dataclass(frozen=True)
class ItemParts:
    """Parts of the change of an index by item.

    ``level`` and ``weights`` (k,) sum to the change; their Jacobians (k, 4 k) are over item means of the base wave, of the
    current one, then item weights of the base wave, of the current one.
    """

    level: Floats
    weights: Floats
    level_jacobian: Floats
    weights_jacobian: Floats


def item_parts(base: Floats, current: Floats, base_weights: Floats, current_weights: Floats) -> ItemParts:
    """Parts of the change of sum_j a_j m_j between two waves.

    Parameters
    ----------
    base, current : array (k,)
        Scored item means m of the two waves.
    base_weights, current_weights : array (k,)
        Item weights a of the two waves; each sums to 1.

    Notes
    -----
    With bars for averages over the waves, item j contributes abar_j dm_j by its level and da_j (mbar_j - mbar) by its weight,
    mbar = sum abar_j mbar_j. The centring changes no sum, as the da_j sum to 0 (Kitagawa 1955).
    """
    k = len(base)
    one = np.eye(k)
    step, middle = current - base, (base + current) / 2
    weight_step, weight = current_weights - base_weights, (base_weights + current_weights) / 2
    centre = weight @ middle
    level_jacobian = np.hstack([-weight * one, weight * one, step * one / 2, step * one / 2])
    gap = middle - centre
    by_mean = (weight_step[:, None] * (one - weight)) / 2
    by_weight = np.outer(weight_step, middle) / 2
    weights_jacobian = np.hstack([by_mean, by_mean, -gap * one - by_weight, gap * one - by_weight])
    return ItemParts(weight * step, weight_step * gap, level_jacobian, weights_jacobian)


def stated_weights(importance: Floats) -> tuple[Floats, Floats]:
    """Item weights (k,) in proportion to mean importance, and their Jacobian (k, k)."""
    total = importance.sum()
    weights = importance / total
    return weights, (np.eye(len(importance)) - weights[:, None]) / total
