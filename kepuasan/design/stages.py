"""The stages of a design: clusters within strata within the clusters above, and the share of each that was sampled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kepuasan.design.codes import first_rows, nested
from kepuasan.errors import DesignError, SinglePSUError, some
from kepuasan.numerics.variance import Stage, VarianceRule

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.design.bound import Labels
    from kepuasan.design.declaration import SinglePSU
    from kepuasan.numerics.totals import Floats, Integers

__all__ = ["Level", "contributing", "implied_weights", "levels_of", "lone_names", "variance_rule"]

_CENSUS = 1e-7


@dataclass(frozen=True)
class Level:
    """One stage: cluster of each row (None: rows are the clusters), stratum of each cluster, sampled share of each stratum.

    ``carry`` is the fraction sampled above each stratum, ``parent`` the cluster above it; ``counts`` says whether the stage contributes to the
    variance.
    """

    stage: int
    row_cluster: Integers | None
    cluster_row: Integers
    cluster_stratum: Integers
    size: Floats
    fraction: Floats
    carry: Floats
    parent: Integers
    counts: bool

    def of(self, finer: Level) -> Integers:
        """The cluster at this stage of each cluster of a finer one."""
        return finer.cluster_row if self.row_cluster is None else self.row_cluster[finer.cluster_row]

    def lone(self) -> NDArray[np.bool_]:
        """Strata with one cluster that was not taken with certainty."""
        return np.asarray((self.size == 1) & (1.0 - self.fraction > _CENSUS))


def levels_of(labels: Labels, n_rows: int) -> list[Level]:
    """The stages, from the first; a last one of rows where nothing is clustered or an fpc says that rows were sampled."""
    n_stages = max(1, len(labels.psu), len(labels.fpc))
    levels: list[Level] = []
    parent: Integers | None = None
    for stage in range(n_stages):
        stratum = nested(labels.strata[stage] if stage < len(labels.strata) else (), parent, n_rows)
        row_cluster = nested((labels.psu[stage],), stratum, n_rows) if stage < len(labels.psu) else None
        levels.append(_level(stage, row_cluster, stratum, labels, levels))
        parent = row_cluster
    return levels


def _level(stage: int, row_cluster: Integers | None, stratum: Integers, labels: Labels, above: list[Level]) -> Level:
    n_rows = len(stratum)
    cluster_row = np.arange(n_rows) if row_cluster is None else first_rows(row_cluster)
    cluster_stratum = stratum[cluster_row]
    n_strata = int(stratum.max()) + 1
    size = np.bincount(cluster_stratum, minlength=n_strata).astype(np.float64)
    stratum_row = cluster_row[first_rows(cluster_stratum)]
    fraction = np.zeros(n_strata)
    if stage < len(labels.fpc):
        fraction = _fractions(stage, labels, stratum, size, stratum_row)
    carry, parent = np.ones(n_strata), np.zeros(n_strata, dtype=np.intp)
    if above:
        last = above[-1]
        parent = stratum_row if last.row_cluster is None else last.row_cluster[stratum_row]
        within = last.cluster_stratum[parent]
        carry = last.carry[within] * last.fraction[within]
    counts = stage == 0 or stage < len(labels.fpc)
    return Level(stage, row_cluster, cluster_row, cluster_stratum, size, fraction, carry, parent, counts)


def contributing(levels: Sequence[Level]) -> list[Level]:
    """The stages that contribute to the variance: the first, and those with an fpc."""
    return [level for level in levels if level.counts]


def lone_names(levels: Sequence[Level], labels: Labels) -> tuple[str, ...]:
    """What the strata with a single unit are called, at every stage that contributes."""
    names = []
    for level in contributing(levels):
        for stratum in np.flatnonzero(level.lone()):
            row = int(level.cluster_row[np.flatnonzero(level.cluster_stratum == stratum)[0]])
            names.append(_place(level.stage, labels, row) + (f", stage {level.stage + 1}" if level.stage else ""))
    return tuple(names)


def _place(stage: int, labels: Labels, row: int) -> str:
    """The stratum of a row at a stage, and the units above it, in words."""
    strata = [column.iloc[row] for columns in labels.strata[: stage + 1] for column in columns]
    units = [column.iloc[row] for column in labels.psu[:stage]]
    parts = [f"{word} {some(codes)}" for word, codes in (("stratum", strata), ("unit", units)) if codes]
    return ", ".join(parts) or "the whole sample"


def _fractions(stage: int, labels: Labels, stratum: Integers, size: Floats, stratum_row: Integers) -> Floats:
    """Sampled share of each stratum of a stage from counts or fractions; 0 where the population is infinite."""
    fpc = labels.fpc[stage]
    given = fpc[stratum_row]
    uneven = np.flatnonzero(fpc != given[stratum])
    if uneven.size:
        row = int(uneven[0])
        raise DesignError(
            f"the fpc differs within {_place(stage, labels, row)}: {given[stratum[row]]:g} and {fpc[row]:g} "
            f"(row {some([labels.index[row]])}); one population size a stratum and stage"
        )
    if _are_fractions(labels.fpc, size):
        return np.where(np.isinf(given), 0.0, given)
    small = np.flatnonzero(given < size)
    if small.size:
        h = int(small[0])
        raise DesignError(
            f"the fpc of {_place(stage, labels, int(stratum_row[h]))} says {given[h]:g} units in the population, but {size[h]:g} were sampled; "
            "give the number of units the stratum has, not of those drawn"
        )
    return np.where(np.isinf(given), 0.0, size / given)


def _are_fractions(fpc: Sequence[Floats], size: Floats) -> bool:
    """Whether the fpc of all stages and waves are sampling fractions rather than counts; all ones are whichever the sample allows."""
    below = [float(column[column < 1][0]) for column in fpc if (column < 1).any()]
    above = [float(column[(column > 1) & np.isfinite(column)][0]) for column in fpc if ((column > 1) & np.isfinite(column)).any()]
    if below and above:
        raise DesignError(
            f"the fpc mix sampling fractions (such as {below[0]:g}) with counts of units (such as {above[0]:g}); "
            "give the same kind in every stage and wave"
        )
    return bool(below) or (not above and bool((size > 1).any()))


def implied_weights(levels: Sequence[Level], labels: Labels, n_rows: int) -> Floats:
    """The inverse of the product of the sampled shares of all stages; 1 without fpc."""
    if not labels.fpc:
        return np.ones(n_rows)
    if len(labels.fpc) < len(labels.psu):
        raise DesignError(
            f"weights follow from fpc only where every stage has one: there are {len(labels.psu)} stages of units and {len(labels.fpc)} of fpc; "
            "name a weight column"
        )
    weights = np.ones(n_rows)
    for level in levels:
        cluster = np.arange(n_rows) if level.row_cluster is None else level.row_cluster
        share = level.fraction[level.cluster_stratum[cluster]]
        if (share == 0).any():
            raise DesignError(f"the fpc of stage {level.stage + 1} is infinite, so no weight follows from it; name a weight column")
        weights = weights / share
    return weights


def variance_rule(levels: Sequence[Level], single_psu: SinglePSU) -> VarianceRule:
    """The stages as the variance needs them, single units treated by the rule."""
    used = contributing(levels)
    return VarianceRule(tuple(_stage(level, used[-1], single_psu) for level in used))


def _stage(level: Level, finest: Level, single_psu: SinglePSU) -> Stage:
    lone = level.lone()
    spread = np.where(level.size > 1, level.size / np.maximum(level.size - 1, 1), 0.0)
    factor = level.carry * (1.0 - level.fraction) * spread
    centred = np.ones(len(factor), dtype=bool)
    if single_psu == "adjust":
        factor, centred = np.where(lone, level.carry * (1.0 - level.fraction), factor), ~lone
    if single_psu == "average" and level.stage > 0 and lone.any():
        factor = factor * _averaged(level)
    return Stage(None if level is finest else level.of(finest), level.cluster_stratum, level.size, factor.clip(0), centred)


def _averaged(level: Level) -> Floats:
    """What strata of a later stage grow by so that lone ones in the same unit above count as their mean, (strata,).

    The first stage's growth depends on the domain and is applied to the influence (`BoundDesign.average_scale`).
    """
    lone = level.lone()
    strata = np.bincount(level.parent).astype(np.float64)
    alone = np.bincount(level.parent, weights=lone.astype(np.float64))
    if (strata == alone).any():
        raise SinglePSUError(
            f"{int((strata == alone).sum())} units of stage {level.stage} hold only strata with one sampled unit, so there is no other to average; "
            'use Design(single_psu="certainty" or "adjust")'
        )
    return np.asarray((strata / (strata - alone))[level.parent])
