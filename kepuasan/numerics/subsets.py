"""Which subsets of drivers are fitted, and importance as sums of what these fits give."""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

from kepuasan.numerics.orders import drawn_orders
from kepuasan.numerics.totals import Floats, Integers

__all__ = ["MOST_FITTED", "SubsetPlan", "subset_plan"]

#: drivers up to which models of all subsets are fitted
MOST_FITTED = 12


@dataclass(frozen=True)
class SubsetPlan:
    """Subsets of drivers, and importance as sums over them.

    ``members`` (subsets, drivers); ``mixing`` (subsets, drivers): importance is the sum of a fit's worth times its column; ``steps`` (orders,
    drivers + 1): the subsets that sampled orders go through, and ``entered`` (orders, drivers) the driver of each step; None where all are visited.
    """

    members: NDArray[np.bool_]
    mixing: Floats
    steps: Integers | None = None
    entered: Integers | None = None

    @property
    def full(self) -> int:
        """The place of the subset of all drivers."""
        return int(self.members.sum(axis=1).argmax())

    @property
    def none(self) -> int:
        """The place of the subset of no driver."""
        return int(self.members.sum(axis=1).argmin())

    def monte_carlo_error(self, worth: Floats) -> Floats:
        """Standard error (drivers,) of sampling orders, from the worth (subsets,) of each fit; an order and its reverse count as one draw."""
        if self.steps is None or self.entered is None:
            return np.zeros(self.members.shape[1])
        added = np.empty((len(self.entered), self.members.shape[1]))
        np.put_along_axis(added, self.entered, np.diff(worth[self.steps], axis=1), axis=1)
        pairs = added.reshape(-1, 2, added.shape[1]).mean(axis=1)
        return np.asarray(pairs.std(axis=0, ddof=1) / np.sqrt(len(pairs)))


def subset_plan(n_drivers: int, method: str, n_orders: int = 300) -> SubsetPlan:
    """The subsets that "first", "last" or "lmg" needs, those of all drivers and of none among them; "lmg" samples orders beyond 12 drivers."""
    own = np.eye(n_drivers, dtype=np.bool_)
    ends = np.stack([np.zeros(n_drivers, dtype=np.bool_), np.ones(n_drivers, dtype=np.bool_)])
    if method == "first":
        return SubsetPlan(np.concatenate([ends, own]), np.concatenate([-np.ones((1, n_drivers)), np.zeros((1, n_drivers)), own]))
    if method == "last":
        return SubsetPlan(np.concatenate([ends, ~own]), np.concatenate([np.zeros((1, n_drivers)), np.ones((1, n_drivers)), -1.0 * own]))
    if n_drivers <= MOST_FITTED:
        members = (np.arange(1 << n_drivers)[:, None] >> np.arange(n_drivers)) & 1 == 1
        size = members.sum(axis=1)
        share = np.array([factorial(s) * factorial(n_drivers - s - 1) / factorial(n_drivers) for s in range(n_drivers)] + [0.0])
        return SubsetPlan(members, np.where(members, np.concatenate([[0.0], share[:-1]])[size, None], -share[size, None]))
    return _sampled(n_drivers, n_orders)


def _sampled(n_drivers: int, n_orders: int) -> SubsetPlan:
    orders = drawn_orders(n_drivers, n_orders, 0)
    place = np.empty_like(orders)
    np.put_along_axis(place, orders, np.broadcast_to(np.arange(n_drivers), orders.shape), axis=1)
    inside = place[:, None, :] < np.arange(n_drivers + 1)[None, :, None]
    members, code = np.unique(inside.reshape(-1, n_drivers), axis=0, return_inverse=True)
    steps = code.reshape(len(orders), n_drivers + 1)
    mixing = np.zeros(members.shape)
    np.add.at(mixing, (steps[:, 1:], orders), 1.0 / len(orders))
    np.add.at(mixing, (steps[:, :-1], orders), -1.0 / len(orders))
    return SubsetPlan(members, mixing, steps, orders)
