"""The road from a request to `Estimates` for everything that is a ratio of totals."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.errors import DataError, DataWarning, some
from kepuasan.estimates import Estimates
from kepuasan.numerics.ratios import ByDomain, Form, ratios, simple_random_variance
from kepuasan.numerics.spread import Added, Linearised
from kepuasan.numerics.variance import VarianceRule

if TYPE_CHECKING:
    from kepuasan.estimates import Kind
    from kepuasan.numerics.spread import Spread
    from kepuasan.numerics.totals import Floats, Read, Rows
    from kepuasan.numerics.variance import Influence
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
    scale = design.average_scale(found.member_unit, found.member_domain, found.member_answered, n_domains)
    return Estimates(
        key=domain_key(domains.key, request.labels),
        value=statistics.value.ravel(),
        n=statistics.n.ravel(),
        df=np.repeat(degrees, k),
        spread=Linearised(found.influence, design.rule) if scale is None else _grown(found.influence, design.rule, scale.ravel()),
        kind=request.kind,
        design_df=design.df,
        token=design.token,
        simple=partial(_simple, rows, request, statistics),
    )


def _grown(influence: Influence, rule: VarianceRule, scale: Floats) -> Spread:
    """The spread whose first stage grows by a scale of each estimate, the later ones not."""
    first = Linearised(_scaled(influence, scale), VarianceRule(rule.stages[:1]))
    return first if len(rule.stages) == 1 else Added((first, Linearised(influence, VarianceRule(rule.stages[1:]))))


def _scaled(influence: Any, scale: Floats) -> Any:
    """The influence with each column multiplied by its scale."""
    return influence * scale[None, :] if isinstance(influence, np.ndarray) else influence.multiply(scale[None, :]).tocsr()


def _simple(rows: Rows, request: Request, found: ByDomain) -> Floats:
    return simple_random_variance(rows, request.read, found, request.form).ravel()


def domain_key(domains: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """The key of every label in every domain: ``item`` first, then the domain columns, then what else the labels say."""
    n_domains, k = len(domains), len(labels)
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
        rows = np.flatnonzero(np.isinf(survey.numbers(name).astype(np.float64)))
        if rows.size:
            raise DataError(
                f"{name!r} is infinite in {rows.size} rows ({some(survey.frame.index[rows])}); give finite numbers, or leave the cells empty"
            )


def _named(labels: pd.DataFrame) -> str:
    return some(labels.astype(str).agg(" / ".join, axis=1) if labels.shape[1] > 1 else labels.iloc[:, 0])
