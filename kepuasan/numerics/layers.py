"""Variances by domain where every unit lies in one domain, from a score of each unit; no array of units x domains, sparse or not.

Statistics of different domains never meet in a unit, so one pass over the units serves one statistic of every domain: a layer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from kepuasan.numerics.totals import Floats, Integers, blocks, compacted
from kepuasan.numerics.variance import Influence, Stage, combine, influence_of_cells

__all__ = ["Members", "layers_of"]

#: passes over the units beyond which the sparse influence is formed
_MOST_LAYERS = 40


@dataclass(frozen=True, eq=False)
class Members:
    """Units of which each lies in one domain, with their influence (members, m) on the m statistics of it.

    ``unit`` and ``domain`` (members,), units ascending; ``shape``: number of units and of domains.
    """

    unit: Integers
    domain: Integers
    score: Floats
    shape: tuple[int, int]

    @property
    def size(self) -> int:
        """Number of statistics of all domains."""
        return int(self.shape[1] * self.score.shape[1])

    @cached_property
    def influence(self) -> Influence:
        """The influence (units, domains x m) itself."""
        return influence_of_cells(self.unit, self.domain, self.score, self.shape)

    def formed(self, coefficients: sparse.csr_array) -> Influence:
        """The influence on combinations of the statistics."""
        return combine(self.influence, coefficients)

    def variances(self, stage: Stage, layer: Integers, coefficients: sparse.csr_array) -> Floats:
        """Variances (k,) that a stage whose clusters are the units adds, for combinations (k, domains x m) in layers."""
        m, entries = self.score.shape[1], coefficients.tocoo()
        pair, cells = self._cells(stage)
        variance = np.zeros(coefficients.shape[0])
        for own in range(int(layer.max(initial=-1)) + 1):
            here = layer[entries.row] == own
            column, row, value = entries.col[here], entries.row[here], entries.data[here]
            table, of = np.zeros((self.shape[1], m)), np.full(self.shape[1], -1, dtype=np.intp)
            table[column // m, column % m], of[column // m] = value, row
            total = _squares(self._along(table), pair, cells, stage, of)
            np.add.at(variance, of[of >= 0], total)
        return variance

    def _along(self, table: Floats) -> Floats:
        """The influence (members,) on one statistic of each domain, out of the domain's coefficients (domains, m)."""
        z = np.empty(len(self.unit))
        for start, stop in blocks(len(z), self.score.shape[1]):
            np.einsum("um,um->u", self.score[start:stop], table[self.domain[start:stop]], out=z[start:stop])
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
