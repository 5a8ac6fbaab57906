"""Importance where the outcome is a category: by McFadden's R² of a model of every subset of drivers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kepuasan.columns import ITEM
from kepuasan.errors import ConvergenceError, DataError, some
from kepuasan.estimates import Estimates
from kepuasan.estimators.ratios import domain_key
from kepuasan.estimators.spreads import linearised, replicate_totals, replicate_weight_blocks, replicated, warn_of_lost
from kepuasan.numerics.likelihoods import by_cell, distinct, refitted_likelihoods, replicate_likelihoods, row_likelihoods, subset_fits
from kepuasan.numerics.moments import dropped_levels
from kepuasan.numerics.odds import Categories, logit_start, ordinal_start
from kepuasan.numerics.regression import moments, scaled
from kepuasan.numerics.totals import divided, summed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kepuasan.design import BoundDesign
    from kepuasan.estimators.fitting import Answers
    from kepuasan.estimators.moments import CompleteRows
    from kepuasan.numerics.importance import Layout
    from kepuasan.numerics.likelihoods import SubsetFits
    from kepuasan.numerics.spread import Spread
    from kepuasan.numerics.subsets import SubsetPlan
    from kepuasan.numerics.totals import Floats, Integers, Read, Rows

__all__ = ["pseudo_r_squared"]


#: share of the rows from which on their distinct ones are not worth gathering
_MOSTLY_DISTINCT = 0.5
#: replicates x subsets x rows up to which every model is fitted to every replicate
_MOST_REFITTED = 50_000_000


@dataclass(frozen=True)
class _Sample:
    """The rows of a domain under their model, or the distinct ones among them, of which ``cell`` (rows,) says which is whose.

    ``masks`` (subsets + 1, k): the parameters that each subset of drivers leaves free, those of the model without any column last;
    ``factors``: where the dummies of each factor stand among the parameters.
    """

    categories: Categories
    weight: Floats
    cell: Integers | None
    masks: NDArray[np.bool_]
    factors: tuple[slice, ...]

    def by_row(self, read: Read) -> Read:
        """A reader of all rows, from one of those of the sample."""
        return read if self.cell is None else by_cell(read, self.cell, len(self.weight))


@dataclass(frozen=True)
class _Model:
    """A model of one domain.

    ``layout``: where columns stand; ``plan``: which subsets of drivers are fitted; ``labels``: what drivers are called; ``where``: the domain, in
    words; ``dropped`` (columns,): those it does without; ``factors``: where the dummies of each factor stand.
    """

    layout: Layout
    plan: SubsetPlan
    labels: Sequence[str]
    where: str
    dropped: NDArray[np.bool_]
    factors: tuple[slice, ...]


def pseudo_r_squared(complete: CompleteRows, answers: Answers, layout: Layout, plan: SubsetPlan, labels: Sequence[str]) -> tuple[Estimates, Floats]:
    """Importance of every driver in every domain, then both R², with their joint covariance; and the errors (domains, drivers) of sampling orders.

    Parameters
    ----------
    complete : CompleteRows
        Of the drivers' columns, the outcome last.
    answers : Answers
        The outcome.
    layout : Layout
    plan : SubsetPlan
    labels : sequence of str
        What the drivers and both R² are called.

    Raises
    ------
    DataError
        Negative weights, with which there is no likelihood; a domain without two answers, or without three for an ordinal model.
    ConvergenceError
        Drivers that tell the answers apart, by name.

    Notes
    -----
    R² is 1 - L / L0, with L0 the log-likelihood of a model without any column. The influence of a row on a likelihood at its maximum is the row's own
    log-likelihood.
    """
    if (complete.rows.weight < 0).any():
        raise DataError(
            f"{int((complete.rows.weight < 0).sum()):,} rows have a negative weight, with which an {answers.family} model has no likelihood; "
            'calibrate with bounds=(0.1, 5.0) or distance="raking", which keep weights positive'
        )
    complete.design.require_variance()
    found, errors = [], []
    for place in range(len(complete.key)):
        rows = replace(complete.rows, weight=np.where(complete.rows.domains() == place, complete.rows.weight, 0.0), domain=None, n_domains=1)
        own = answers.among(rows.weight != 0)
        dropped = np.zeros(layout.width, dtype=np.bool_) if complete.dropped is None else complete.dropped[place]
        model = _Model(layout, plan, labels, complete.where(place), dropped[:-1], complete.factors)
        sample, fits = _fitted(rows, complete.read, own, model)
        estimates = _estimates(complete.design, rows, sample, fits, plan)
        found.append(replace(estimates, key=domain_key(complete.key.iloc[[place]], pd.DataFrame({ITEM: labels}))))
        errors.append(plan.monte_carlo_error(fits.likelihood[:-1]) / -fits.likelihood[-1])
    whole = found[0]
    for estimates in found[1:]:
        whole = whole.join(estimates)
    return whole, np.array(errors)


def _fitted(rows: Rows, read: Read, answers: Answers, model: _Model) -> tuple[_Sample, SubsetFits]:
    """The fits of all subsets, and of the model without any column last."""
    sample = _sampled(rows.weight, read, answers, model)
    width = sample.masks.shape[1] - sample.categories.n_thresholds
    shares = np.bincount(answers.code, weights=rows.weight) / rows.weight.sum()
    ordinal = sample.categories.n_thresholds > 0
    start = ordinal_start(shares, width) if ordinal else logit_start(sample.categories, sample.weight, width)
    whole = subset_fits(sample.categories, sample.weight, sample.masks[[model.plan.full]], start)
    fits = subset_fits(sample.categories, sample.weight, sample.masks, whole.parameters[0])
    if not fits.arrived.all():
        _refuse(fits, answers, model)
    return sample, fits


def _sampled(weight: Floats, read: Read, answers: Answers, model: _Model) -> _Sample:
    """The rows as their model takes them: columns about their means, with an intercept or with thresholds in its place."""
    layout, columns = model.layout, partial(_with_intercept, read, weight)
    fitted = scaled(columns, moments(weight, columns, layout.width), 0)
    n_thresholds = len(answers.levels) - 1 if answers.family == "ordinal" else 0
    block, width = (fitted.without_intercept()[0], layout.width - 1) if n_thresholds else (fitted.block, layout.width)
    categories = Categories(block, answers.code, n_thresholds)
    masks = np.ones((len(model.plan.members), width + n_thresholds), dtype=np.bool_)
    first = width - len(model.dropped)
    masks[:, first + layout.n_always : width] = np.repeat(model.plan.members, layout.sizes, axis=1)
    masks[:, first:width] &= ~model.dropped
    factors = tuple(slice(part.start + first, part.stop + first) for part in model.factors)
    null = np.zeros((1, masks.shape[1]), dtype=np.bool_)
    null[0, width:] = True
    null[0, 0] = n_thresholds == 0
    masks = np.concatenate([masks, null])
    found, weights, cell = distinct(categories, weight, width)
    if len(weights) > _MOSTLY_DISTINCT * np.count_nonzero(weight):
        return _Sample(categories, weight, None, masks, factors)
    return _Sample(found, weights, cell, masks, factors)


def _with_intercept(read: Read, weight: Floats, start: int, stop: int) -> Floats:
    """1 and the columns but the outcome, all of them 0 in rows without a weight."""
    block = read(start, stop)
    block = np.column_stack([np.ones(stop - start), block[:, :-1]])
    block[weight[start:stop] == 0] = 0.0
    return block


def _refuse(fits: SubsetFits, answers: Answers, model: _Model) -> None:
    """Refuse a model without finite solution, with the fewest drivers that tell its answers apart."""
    failed = model.plan.members[~fits.arrived[:-1]]
    fewest = failed[failed.sum(axis=1).argmin()]
    named = [name for name, inside in zip(model.labels, fewest, strict=False) if inside] or ["what is always in"]
    raise ConvergenceError(
        f"the {answers.family} model of {answers.name!r} has no finite solution{model.where}: its answers are told apart by {some(named, 8)}; "
        "leave that out, or merge levels"
    )


def _estimates(design: BoundDesign, rows: Rows, sample: _Sample, fits: SubsetFits, plan: SubsetPlan) -> Estimates:
    """Importance, then both R², of one domain."""
    likelihood = fits.likelihood
    ends = np.zeros((len(likelihood), 3))
    ends[plan.full, 0] = ends[plan.none, 1] = ends[-1, 2] = 1.0
    ends[-1, :2] -= 1.0
    mixing = np.hstack([np.vstack([plan.mixing, np.zeros(plan.mixing.shape[1])]), ends])
    sums = likelihood @ mixing
    value, k = -sums[:-1] / sums[-1], mixing.shape[1] - 1
    unit, domain = rows.members()
    spread: Spread
    if design.plan is None:
        read = sample.by_row(row_likelihoods(sample.categories, fits.parameters, mixing))

        def scores(start: int, stop: int) -> Floats:
            block = read(start, stop)
            return np.asarray(-(block[:, :-1] + value * block[:, -1:]) / sums[-1])

        spread = linearised(design, rows, scores, k)
    else:
        redone = _redone(design, rows, sample, fits) @ mixing
        replicates = divided(-redone[:, :-1], np.broadcast_to(redone[:, -1:], redone[:, :-1].shape))
        warn_of_lost(replicates, "in them drivers tell answers apart, or an answer is missing", stacklevel=5)
        spread = replicated(design, replicates, value)
    return Estimates(
        key=pd.DataFrame(index=range(k)),
        value=value,
        n=np.full(k, float(len(unit))),
        df=np.full(k, float(design.degrees(unit, domain, 1)[0])),
        spread=spread,
        kind="importance",
        design_df=design.df,
        token=design.token,
    )


def _redone(design: BoundDesign, rows: Rows, sample: _Sample, fits: SubsetFits) -> Floats:
    """The likelihoods (replicates, subsets + 1) of the fits to every replicate: of fits made anew where that is little work, else by one step."""
    n_replicates = 0 if design.plan is None else design.plan.n_replicates
    if n_replicates * len(fits.likelihood) * len(sample.weight) > _MOST_REFITTED:

        def totals(columns: Read, n: int) -> Floats:
            return replicate_totals(design, rows, sample.by_row(columns), n)[:, 0]

        return replicate_likelihoods(sample.categories, sample.weight, sample.masks, fits, totals)
    found = []
    for weights in replicate_weight_blocks(design, rows):
        own = weights if sample.cell is None else summed(weights, sample.cell, len(sample.weight))
        found.append(refitted_likelihoods(sample.categories, own, sample.masks, fits, _lacking(sample, own)))
    return np.vstack(found)


def _lacking(sample: _Sample, weights: Floats) -> NDArray[np.bool_]:
    """Parameters (replicates, k) of levels that nobody has under sets of weights (replicates, rows), and of the level that stands for a first one."""
    dropped = np.zeros((len(weights), sample.masks.shape[1]), dtype=np.bool_)
    for part in sample.factors:
        dummies = sample.categories.block(0, len(sample.weight))[:, part]
        here = dummies > (dummies.min(axis=0) + dummies.max(axis=0)) / 2
        share = weights @ np.column_stack([~here.any(axis=1), here]).astype(np.float64)
        dropped[:, part] = dropped_levels(share / share.sum(axis=1, keepdims=True))
    return dropped
