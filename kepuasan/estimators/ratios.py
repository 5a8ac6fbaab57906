"""The road from a request to `Estimates` for everything that is a ratio of totals."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kepuasan.errors import DataError, DataWarning, refuse_infinite, some
from kepuasan.estimates import Estimates
from kepuasan.estimators.spreads import credit_influence, grown, warn_of_lost
from kepuasan.numerics.ratios import ByDomain, Form, Ratios, ratios, replicate_gaps, row_scores, simple_random_variance
from kepuasan.numerics.spread import Replicated

if TYPE_CHECKING:
    from kepuasan.design import BoundDesign
    from kepuasan.estimates import Kind
    from kepuasan.numerics.replication import ReplicatePlan
    from kepuasan.numerics.spread import Spread
    from kepuasan.numerics.totals import Floats, Read, Rows
    from kepuasan.survey import Domains, Survey

__all__ = ["Request", "domain_key", "estimate"]


@dataclass(frozen=True)
class Request:
    """What is to be estimated: a reader of columns, their number, the ratios, their labels, and what they are."""

    read: Read
    n_columns: int
    form: Form
    labels: pd.DataFrame
    kind: Kind


def estimate(survey: Survey, domains: Domains, request: Request) -> Estimates:
    """The estimates of a request in every domain, ordered by domain, then label.

    Raises
    ------
    SinglePSUError
        Strata with one unit, where the design says "fail".
    DataError
        A statistic without any answer.
    """
    design = survey.design
    design.require_variance()
    rows = domains.rows(design)
    with np.errstate(invalid="ignore", over="ignore"):
        found = ratios(rows, request.read, request.n_columns, request.form)
    statistics = found.by_domain
    _check_answers(survey, statistics, request, domains)
    n_domains, k = statistics.value.shape
    degrees = design.degrees(found.member_unit, found.member_domain, n_domains)
    spread = _linearised(design, rows, request, found) if design.plan is None else _replicated(design, design.plan, rows, request, found)
    return Estimates(
        key=domain_key(domains.key, request.labels),
        value=statistics.value.ravel(),
        n=statistics.n.ravel(),
        df=np.repeat(degrees, k),
        spread=spread,
        kind=request.kind,
        design_df=design.df,
        token=design.token,
        simple=partial(_simple, rows, request, statistics),
    )


def _linearised(design: BoundDesign, rows: Rows, request: Request, found: Ratios) -> Spread:
    """The spread by linearisation; under single_psu="average" the first stage grows by a scale of each estimate."""
    n_domains, k = found.by_domain.value.shape

    def scores(start: int, stop: int) -> Floats:
        return row_scores(rows, request.read, request.form, found.by_domain, start, stop)

    spread = credit_influence(design, found.members, rows, scores, k)
    averaged = design.declaration.single_psu == "average"
    scale = design.average_scale(found.member_unit, found.member_domain, found.answered(), n_domains) if averaged else None
    return grown(design, spread, None if scale is None else scale.ravel())


def _replicated(design: BoundDesign, plan: ReplicatePlan, rows: Rows, request: Request, found: Ratios) -> Replicated:
    """The spread by replicates; those without an estimate are counted in a warning and left out."""
    gaps = replicate_gaps(plan, design.unit_psu, rows, request.read, request.form, found)
    known = np.isfinite(found.by_domain.value).ravel()
    warn_of_lost(gaps[:, known], "a domain without rows in them, or targets they cannot meet", stacklevel=4)
    return Replicated(gaps, plan.rule)


def _simple(rows: Rows, request: Request, found: ByDomain) -> Floats:
    return simple_random_variance(rows, request.read, found, request.form).ravel()


def domain_key(domains: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """The key of every label in every domain: ``item`` first, then the domain columns, then what else the labels say."""
    n_domains, k = len(domains), len(labels)
    if not len(domains.columns):
        return labels
    repeated = domains.iloc[np.repeat(np.arange(n_domains), k)].reset_index(drop=True)
    tiled = labels.iloc[np.tile(np.arange(k), n_domains)].reset_index(drop=True)
    return pd.concat([tiled.iloc[:, :1], repeated, tiled.iloc[:, 1:]], axis=1)


def _check_answers(survey: Survey, found: ByDomain, request: Request, domains: Domains) -> None:
    """Refuse a statistic nobody answered; warn of domains where nobody did; refuse infinite numbers."""
    empty = found.n == 0
    if empty.any():
        never = request.labels[empty.all(axis=0)]
        if len(never):
            raise DataError(f"nobody answered {_named(never)}: no answer with a weight; leave it out")
        domain, label = np.nonzero(empty)
        places = domains.key.iloc[domain].astype(str).agg(" ".join, axis=1).to_numpy() + ": " + request.labels.iloc[label, 0].astype(str).to_numpy()
        warnings.warn(f"{len(places)} estimates have no answer and are empty ({some(places)})", DataWarning, stacklevel=4)
    broken = ~np.isfinite(found.value) & ~empty
    if broken.any():
        _refuse_infinite(survey, request.labels[broken.any(axis=0)])
        if broken.all(axis=0).any():
            named = _named(request.labels[broken.all(axis=0)])
            raise DataError(f"{named}: the denominator's total is 0, so there is no ratio; choose a denominator or a domain where it is not")
        warnings.warn(
            f"{int(broken.sum())} ratios have a denominator of 0 and are empty ({_named(request.labels[broken.any(axis=0)])})",
            DataWarning,
            stacklevel=4,
        )


def _refuse_infinite(survey: Survey, labels: pd.DataFrame) -> None:
    for name in (name for name in pd.unique(labels.to_numpy().ravel()) if name in survey.frame.columns):
        refuse_infinite(name, survey.frame.index[np.isinf(survey.numbers(name).astype(np.float64))])


def _named(labels: pd.DataFrame) -> str:
    return some(labels.astype(str).agg(" / ".join, axis=1) if labels.shape[1] > 1 else labels.iloc[:, 0])
