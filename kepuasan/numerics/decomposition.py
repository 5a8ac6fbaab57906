"""Exact parts of the change of an index, as one plain function of totals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kepuasan.numerics.totals import Floats, Integers

__all__ = ["KITAGAWA", "SHAPLEY", "Averages", "ChangeOfTotals", "IndexParts"]


@dataclass(frozen=True)
class Averages:
    """How much of each corner of the other two factors a part takes: both of one wave, or one of each.

    ``same`` and ``crossed`` stand for parts by level and by mix, ``weights_same`` and ``weights_crossed`` for those by index weight.
    """

    same: float
    crossed: float
    weights_same: float
    weights_crossed: float


#: index weights against means first, then the means of cells against the mix; every part takes the average of the two waves (Kitagawa 1955)
KITAGAWA = Averages(1 / 4, 1 / 4, 1 / 2, 0.0)
#: the average over all orders in which the three factors pass from one wave to the other (Shapley 1953)
SHAPLEY = Averages(1 / 3, 1 / 6, 1 / 3, 1 / 6)


@dataclass(frozen=True)
class IndexParts:
    """Two waves side by side: means ``m`` (..., cells, k) of both, shares ``p`` of both, index weights ``a`` (..., k) of both."""

    m: tuple[Any, Any]
    p: tuple[Any, Any]
    a: tuple[Any, Any]
    averages: Averages

    def _bracket(self, one: tuple[Any, Any], other: tuple[Any, Any]) -> Any:
        """The products of two factors, averaged as parts take them."""
        same = one[0] * other[0] + one[1] * other[1]
        return self.averages.same * same + self.averages.crossed * (one[0] * other[1] + one[1] * other[0])

    @cached_property
    def _a(self) -> tuple[Any, Any]:
        return self.a[0][..., None, :], self.a[1][..., None, :]

    def _mean(self, shares: int, means: int) -> Any:
        """Item means (..., k) of the cells of one wave under the shares of one."""
        return (self.p[shares] * self.m[means]).sum(axis=-2)

    def level(self) -> Any:
        """What each cell and item accounts for by its mean (..., cells, k)."""
        return (self.m[1] - self.m[0]) * self._bracket(self._a, self.p)

    def mix(self) -> Any:
        """What each cell and item accounts for by its share (..., cells, k), centred at the item's mean, which changes no sum."""
        middle = self._bracket(self.a, (self._mean(0, 0), self._mean(1, 1)))
        return (self.p[1] - self.p[0]) * (self._bracket(self._a, self.m) - middle[..., None, :])

    def weights(self, beyond: Floats) -> Any:
        """What each item accounts for by its index weight (..., k), centred at the index; `beyond` (k,) is added to the item means."""
        same, crossed = self._mean(0, 0) + self._mean(1, 1), self._mean(0, 1) + self._mean(1, 0)
        means = self.averages.weights_same * same + self.averages.weights_crossed * crossed + beyond
        middle = ((self.a[0] + self.a[1]) / 2 * means).sum(axis=-1, keepdims=True)
        return (self.a[1] - self.a[0]) * (means - middle)


@dataclass(frozen=True)
class ChangeOfTotals:
    """From totals by wave and cell to the indices of both waves, their change, and the parts of it.

    Parameters
    ----------
    place : array (domains,)
        Where each domain stands among wave x slot; slots are the cells, then, where `frame`, one for the groups asked in one wave only.
    n_cells, n_items : int
    weights : pair of array (items,) or None
        Index weights of each wave; None where they are in proportion to mean importance.
    centre : array (items,)
        What was taken off the scores before they were added up, so that large means keep their digits.
    answered : array (cells, items) of bool
        Whether anybody in the cell answered the item.
    averages : Averages
    frame, mix, changed : bool
        Whether there are parts of the frame, of the mix and of index weights.

    Notes
    -----
    The totals of a domain are those of scores less the centre, of importance where some is stated, and of the weights of those who answered each.
    With m_gj the mean of item j in cell g, p_gj the share of cell g in the weight of those who answered item j and a_j index weights,
    I = sum_j a_j sum_g p_gj m_gj is multilinear, and exact with missing answers. In a replicate in which a cell is empty parts are NaN.

    References
    ----------
    Kitagawa, E. M. (1955). Components of a difference between two rates. *JASA* 50, 1168-1194.
    Shapley, L. S. (1953). A value for n-person games. *Contributions to the Theory of Games* 2, 307-317.
    """

    place: Integers
    n_cells: int
    n_items: int
    weights: tuple[Floats | None, Floats | None]
    centre: Floats
    answered: NDArray[np.bool_]
    averages: Averages
    frame: bool
    mix: bool
    changed: bool

    @property
    def stated(self) -> bool:
        """Whether importance is among the totals."""
        return any(one is None for one in self.weights)

    def whole(self, values: Any) -> Any:
        """The index of the base wave, of the current one, and the change (..., 3)."""
        means, weights = self._whole(values)
        indices = (weights * (means + self.centre)).sum(axis=-1)
        return np.concatenate([indices, self._change(means, weights)[..., None]], axis=-1)

    def parts(self, values: Any) -> Any:
        """The parts: of the frame, of the mix by cell and item, of the weights by item, of the level by cell and item."""
        table = self._table(values)
        scores, answered = table[..., : self.n_cells, 0, : self.n_items], table[..., : self.n_cells, 1, : self.n_items]
        within = table[..., : self.n_cells, :, :].sum(axis=-3)
        means, weights = self._means(within), self._weights(within)
        m, p = _over(scores, answered), _over(answered, within[..., None, 1, : self.n_items])
        split = IndexParts(_waves(m, 3), _waves(p, 3), _waves(weights, 2), self.averages)
        found = []
        if self.frame:
            found.append((self._change(*self._whole(values)) - self._change(means, weights))[..., None])
        if self.mix:
            found.append(_flat(split.mix()))
        if self.changed:
            found.append(split.weights(self._beyond))
        parts = np.concatenate([*found, _flat(split.level())], axis=-1)
        lost = ((answered.real == 0) & self.answered).any(axis=(-1, -2, -3))
        return np.where(lost[..., None], np.nan, parts) if lost.any() else parts

    def _table(self, values: Any) -> Any:
        """The totals (..., wave, slot, scores or weights, columns), 0 where there is no domain."""
        n_columns, n_slots = self.n_items * (2 if self.stated else 1), self.n_cells + int(self.frame)
        table = np.zeros((*values.shape[:-1], 2 * n_slots, 2, n_columns), dtype=values.dtype)
        table[..., self.place, :, :] = values.reshape(*values.shape[:-1], len(self.place), 2, n_columns)
        return table.reshape(*values.shape[:-1], 2, n_slots, 2, n_columns)

    def _whole(self, values: Any) -> tuple[Any, Any]:
        """Item means less the centre, and index weights, of both waves."""
        sums = self._table(values).sum(axis=-3)
        return self._means(sums), self._weights(sums)

    def _means(self, sums: Any) -> Any:
        """Item means (..., 2, items) less the centre."""
        return _quotient(sums[..., 0, : self.n_items], sums[..., 1, : self.n_items])

    def _weights(self, sums: Any) -> Any:
        """Index weights (..., 2, items) that sum to 1."""
        found = []
        for wave, known in enumerate(self.weights):
            if known is not None:
                found.append(np.broadcast_to(known, (*sums.shape[:-3], self.n_items)))
                continue
            stated = _quotient(sums[..., wave, 0, self.n_items :], sums[..., wave, 1, self.n_items :])
            found.append(_quotient(stated, stated.sum(axis=-1, keepdims=True)))
        return np.stack(found, axis=-2)

    @property
    def _beyond(self) -> Floats:
        """What item means have beyond what is common to all items and was taken off them."""
        return np.asarray(self.centre - self.centre.mean())

    def _change(self, means: Any, weights: Any) -> Any:
        """The change of the index (...), small numbers only being subtracted."""
        by_mean = weights.sum(axis=-2) / 2 * (means[..., 1, :] - means[..., 0, :])
        by_weight = (weights[..., 1, :] - weights[..., 0, :]) * (means.sum(axis=-2) / 2 + self._beyond)
        return (by_mean + by_weight).sum(axis=-1)


def _over(top: Any, below: Any) -> Any:
    """The quotient, and the numerator where there is nothing to divide by."""
    return top / np.where(below.real == 0, 1.0, below)


def _quotient(top: Any, below: Any) -> Any:
    """The quotient, NaN where there is nothing to divide by, as may be in a replicate."""
    return np.where(below.real == 0, np.nan, _over(top, below))


def _waves(table: Any, axes: int) -> tuple[Any, Any]:
    """Both waves of a table, whose axis is that many from the end."""
    first, second = np.moveaxis(table, -axes, 0)
    return first, second


def _flat(table: Any) -> Any:
    return table.reshape(*table.shape[:-2], -1)
