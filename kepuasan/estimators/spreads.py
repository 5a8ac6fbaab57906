"""From scores of rows, or replicates of a statistic, to what an `Estimates` knows of its covariance."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from kepuasan.errors import DataWarning
from kepuasan.numerics.layers import Members
from kepuasan.numerics.spread import Added, Credited, Layered, Linearised, Replicated, credited
from kepuasan.numerics.spread import linearised as linearised_members
from kepuasan.numerics.totals import blocks, gathering, sliced, unit_cells
from kepuasan.numerics.variance import VarianceRule

if TYPE_CHECKING:
    from kepuasan.design import BoundDesign
    from kepuasan.numerics.replication import ReplicatePlan
    from kepuasan.numerics.spread import Spread
    from kepuasan.numerics.totals import Floats, Read, Rows

__all__ = ["credit_influence", "grown", "linearised", "replicate_totals", "replicate_weight_blocks", "replicated", "scored", "warn_of_lost"]


def scored(design: BoundDesign, rows: Rows, scores: Read, k: int) -> Linearised | Layered | Credited:
    """The spread of k statistics of every domain by linearisation, ordered by domain.

    Parameters
    ----------
    design : BoundDesign
    rows : Rows
        Rows of the survey; those of weight 0 count nothing, whatever their score.
    scores : callable
        ``scores(start, stop)`` gives the influence of those rows on the statistics of their own domain (rows, k), per unit of weight, none of it NaN.
    k : int
    """
    cells = unit_cells(rows)
    influence = np.zeros((len(cells.unit), k))
    for start, stop in blocks(len(rows.weight), k):
        weight, block = rows.weight[start:stop], scores(start, stop)
        if not weight.all():
            block = np.where(weight[:, None] != 0, block, 0.0)
        if rows.unit is None:
            influence[start:stop] = block * weight[:, None]
        else:
            influence += gathering(cells.code[start:stop], len(cells.unit), weight) @ block
    members = Members(cells.unit, cells.domain, partial(sliced, influence), k, (rows.n_units, rows.n_domains))
    return credit_influence(design, members, rows, scores, k)


def linearised(design: BoundDesign, rows: Rows, scores: Read, k: int) -> Spread:
    """The spread of `scored`; its first stage grows where single_psu="average" gives strata without a variance the mean of the others."""
    unit, domain = rows.members()
    scale = design.average_scale(unit, domain, np.ones((len(unit), 1), dtype=bool), rows.n_domains)
    return grown(design, scored(design, rows, scores, k), None if scale is None else np.repeat(scale[:, 0], k))


def credit_influence(design: BoundDesign, members: Members, rows: Rows, scores: Read, k: int) -> Linearised | Layered | Credited:
    """The spread of the statistics of members (domains x k), after what the design's weighting steps take off their influence."""
    if design.credit is None:
        return linearised_members(members, design.rule)
    return credited(members.influence, design.credit.shared, design.credit.slopes(rows, scores, k), design.rule)


def grown(design: BoundDesign, spread: Linearised | Layered | Credited, scale: Floats | None) -> Spread:
    """The spread whose first stage grows by a scale of each estimate (k,), as single_psu="average" has it; the same without a scale."""
    if scale is None:
        return spread
    stages = design.rule.stages
    first = spread.under(VarianceRule(stages[:1])).combined(sparse.diags_array(scale).tocsr())
    return first if len(stages) == 1 else Added((first, spread.under(VarianceRule(stages[1:]))))


def _plan(design: BoundDesign) -> ReplicatePlan:
    if design.plan is None:
        raise TypeError("the design has no replicates")
    return design.plan


def replicate_totals(design: BoundDesign, rows: Rows, read: Read, n_columns: int) -> Floats:
    """Totals (replicates, domains, columns) of columns under the weights of every replicate; a missing value adds 0."""
    return _plan(design).totals(rows, read, n_columns)


def replicate_weight_blocks(design: BoundDesign, rows: Rows) -> Iterator[Floats]:
    """Blocks (replicates, rows) of the weights of every replicate in order, 0 for rows of weight 0."""
    return _plan(design).weights(rows.weight)


def replicated(design: BoundDesign, replicates: Floats, value: Floats) -> Replicated:
    """The spread of statistics whose replicates (replicates, k) and values (k,) are known; a replicate without them is NaN."""
    return Replicated(replicates - value, _plan(design).rule)


def warn_of_lost(replicates: Floats, why: str, *, stacklevel: int) -> None:
    """Say how many replicates (replicates, k) lack some of the statistics, and why that can be."""
    lost = int((~np.isfinite(replicates)).any(axis=1).sum())
    if lost:
        warnings.warn(
            f"{lost} of {len(replicates)} replicates have no estimate of every statistic ({why}); the variance is of the others, and too small where "
            "these differ much",
            DataWarning,
            stacklevel=stacklevel + 1,
        )
