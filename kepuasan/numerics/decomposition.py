"""Exact parts of a change, with the Jacobian that gives them standard errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kepuasan.numerics.totals import Floats

__all__ = ["ItemParts", "stated_weights"]


@dataclass(frozen=True)
class ItemParts:
    """Parts of the change of an index by item.

    ``level`` and ``weights`` (..., k) sum to the change; their Jacobians (k, 4 k), of one set of arguments, are over item means of the base wave,
    of the current one, then item weights of the base wave, of the current one (Kitagawa 1955).
    """

    base: Floats
    current: Floats
    base_weights: Floats
    current_weights: Floats

    @property
    def level(self) -> Floats:
        """What each item accounts for by its mean: abar_j dm_j."""
        return np.asarray((self.base_weights + self.current_weights) / 2 * (self.current - self.base))

    @property
    def weights(self) -> Floats:
        """What each item accounts for by its weight: da_j (mbar_j - mbar), mbar = sum abar_j mbar_j; the centring changes no sum."""
        middle, weight = (self.base + self.current) / 2, (self.base_weights + self.current_weights) / 2
        return np.asarray((self.current_weights - self.base_weights) * (middle - (weight * middle).sum(axis=-1, keepdims=True)))

    @property
    def level_jacobian(self) -> Floats:
        """Derivatives of `level`."""
        one, step = np.eye(len(self.base)), self.current - self.base
        weight = (self.base_weights + self.current_weights) / 2
        return np.hstack([-weight * one, weight * one, step * one / 2, step * one / 2])

    @property
    def weights_jacobian(self) -> Floats:
        """Derivatives of `weights`."""
        one, weight_step = np.eye(len(self.base)), self.current_weights - self.base_weights
        middle, weight = (self.base + self.current) / 2, (self.base_weights + self.current_weights) / 2
        gap = middle - weight @ middle
        by_mean = (weight_step[:, None] * (one - weight)) / 2
        by_weight = np.outer(weight_step, middle) / 2
        return np.hstack([by_mean, by_mean, -gap * one - by_weight, gap * one - by_weight])


def stated_weights(importance: Floats) -> tuple[Floats, Floats]:
    """Item weights (k,) in proportion to mean importance, and their Jacobian (k, k)."""
    total = importance.sum()
    weights = importance / total
    return weights, (np.eye(len(importance)) - weights[:, None]) / total
