"""Variances by domain where every unit lies in one domain, from a score of each unit; no array of units x domains, sparse or not.

Statistics of different domains never meet in a unit, so one pass over the units serves one statistic of every domain: a layer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kepuasan.numerics.totals import Floats, Integers, Read, blocks, compacted
from kepuasan.numerics.variance import Influence, Stage, combine, influence_of_cells

__all__ = ["Members", "layers_of"]

#: passes over the units beyond which the sparse influence is formed
_MOST_LAYERS = 40
#: influences of members held at once, in layers that share a pass
_MOST_VALUES = 40_000_000


@dataclass(frozen=True, eq=False)
class Members:
    """Units of which each lies in one domain, with their influence on the `width` statistics of it, read in blocks when it is needed.

    ``unit`` and ``domain`` (members,); ``read(start, stop)`` gives the influence of those members (rows, width); ``shape``: number of units and of
    domains; ``kept`` (members,): those whose influence can be other than 0, None for all.
    """

    unit: Integers
    domain: Integers
    read: Read
    width: int
    shape: tuple[int, int]
    kept: NDArray[np.bool_] | None = None

    @property
    def size(self) -> int:
        """Number of statistics of all domains."""
        return self.shape[1] * self.width

    @cached_property
    def influence(self) -> Influence:
        """The influence (units, domains x width) itself."""
        score = np.empty((len(self.unit), self.width))
        for start, stop in blocks(len(score), self.width):
            score[start:stop] = self.read(start, stop)
        if self.kept is None:
            return influence_of_cells(self.unit, self.domain, score, self.shape)
        return influence_of_cells(self.unit[self.kept], self.domain[self.kept], score[self.kept], self.shape)

    def formed(self, coefficients: sparse.csr_array) -> Influence:
        """The influence on combinations of the statistics."""
        return combine(self.influence, coefficients)

    def variances(self, stage: Stage, layer: Integers, coefficients: sparse.csr_array) -> Floats:
        """Variances (k,) that a stage whose clusters are the units adds, for combinations (k, domains x width) in layers."""
        entries, n_layers, n_domains = coefficients.tocoo(), int(layer.max(initial=-1)) + 1, self.shape[1]
        place, statistic = entries.col // self.width, np.full((n_layers, n_domains), -1, dtype=np.intp)
        table = np.zeros((n_layers, n_domains, self.width))
        table[layer[entries.row], place, entries.col % self.width] = entries.data
        statistic[layer[entries.row], place] = entries.row
        variance, (pair, cells) = np.zeros(coefficients.shape[0]), self._cells(stage)
        size = max(1, _MOST_VALUES // max(len(self.unit), 1))
        for start in range(0, n_layers, size):
            part = slice(start, start + size)
            for z, of in zip(self._along(table[part]), statistic[part], strict=True):
                np.add.at(variance, of[of >= 0], _squares(z, pair, cells, stage, of))
        return variance

    def _along(self, table: Floats) -> Floats:
        """The influence (layers, members) on one statistic of each domain, out of the domains' coefficients (layers, domains, width)."""
        z = np.empty((len(table), len(self.unit)))
        used = [np.flatnonzero(column) for column in (table != 0).any(axis=1)]
        narrow = [coefficients[:, columns] for coefficients, columns in zip(table, used, strict=True)]
        for start, stop in blocks(len(self.unit), self.width):
            score, domain = self.read(start, stop), self.domain[start:stop]
            for own, coefficients, columns in zip(z, narrow, used, strict=True):
                np.einsum("um,um->u", score[:, columns], coefficients[domain], out=own[start:stop])
        return z

    def _cells(self, stage: Stage) -> tuple[Integers, tuple[Integers, Integers]]:
        """The pair of stratum and domain of each member, and the stratum and the domain of each pair."""
        stratum, n_domains = stage.stratum[self.unit], self.shape[1]
        if len(stage.size) == 1:
            return self.domain, (np.zeros(n_domains, dtype=np.intp), np.arange(n_domains))
        owner = np.zeros(len(stage.size), dtype=np.intp)
        owner[stratum] = self.domain
        if (owner[stratum] == self.domain).all():
            return stratum, (np.arange(len(stage.size)), owner)
        used, pair = compacted(stratum * n_domains + self.domain)
        return pair, (used // n_domains, used % n_domains)


def _squares(z: Floats, pair: Integers, cells: tuple[Integers, Integers], stage: Stage, of: Integers) -> Floats:
    """What each domain's statistic, or the one statistic of several domains, gathers over strata: factor x sum of squared deviations.

    ``of`` (domains,): the statistic of each domain, -1 where there is none. Given by domain, for those that have one.
    """
    stratum, domain = cells
    n_pairs, statistic = len(stratum), of[domain]
    if len(np.unique(of[of >= 0])) < (of >= 0).sum():  # one statistic of several domains: its strata are whole
        return _whole(z, stratum[pair], stage, of)
    sums, count = np.bincount(pair, weights=z, minlength=n_pairs), np.bincount(pair, minlength=n_pairs)
    mean = np.where(stage.centred[stratum], sums / stage.size[stratum], 0.0)
    square = np.bincount(pair, weights=(z - mean[pair]) ** 2, minlength=n_pairs) + (stage.size[stratum] - count) * mean**2
    known = statistic >= 0
    total = np.bincount(domain[known], weights=(stage.factor[stratum] * square)[known], minlength=len(of))
    return np.asarray(total[of >= 0])


def _whole(z: Floats, stratum: Integers, stage: Stage, of: Integers) -> Floats:
    """The same for one statistic that several domains make, at the first of them."""
    n_strata = len(stage.size)
    mean = np.where(stage.centred, np.bincount(stratum, weights=z, minlength=n_strata) / stage.size, 0.0)
    rest = stage.size - np.bincount(stratum, minlength=n_strata)
    square = np.bincount(stratum, weights=(z - mean[stratum]) ** 2, minlength=n_strata) + rest * mean**2
    total = np.zeros(int((of >= 0).sum()))
    total[0] = stage.factor @ square
    return total


def layers_of(coefficients: sparse.csr_array, m: int) -> Integers | None:
    """The layer of each combination (k,): of those of one domain, the first of every domain are layer 0; one of several domains has its own.

    None where that makes too many passes.
    """
    k = coefficients.shape[0]
    entries = coefficients.tocoo()
    domain = entries.col // m
    low, high = np.full(k, np.iinfo(np.intp).max), np.full(k, -1, dtype=np.intp)
    np.minimum.at(low, entries.row, domain)
    np.maximum.at(high, entries.row, domain)
    several, single = np.flatnonzero(high > low), np.flatnonzero(high == low)
    order = single[np.argsort(low[single], kind="stable")]
    start = np.concatenate([[True], low[order][1:] != low[order][:-1]]) if order.size else np.zeros(0, dtype=bool)
    rank = np.arange(order.size) - np.maximum.accumulate(np.where(start, np.arange(order.size), 0))
    layer = np.full(k, -1, dtype=np.intp)
    layer[order] = rank
    n_layers = int(rank.max(initial=-1)) + 1
    if n_layers + several.size > _MOST_LAYERS:
        return None
    layer[several] = n_layers + np.arange(several.size)
    return layer
