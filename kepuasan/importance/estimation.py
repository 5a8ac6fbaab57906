"""Which drivers carry satisfaction, with design-based errors."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import ITEM, spelled
from kepuasan.errors import DataError, DataWarning, choose, some
from kepuasan.estimates import taken
from kepuasan.estimators.fitting import FAMILIES, Family
from kepuasan.estimators.moments import complete_rows
from kepuasan.estimators.predictors import grouped, read_predictors, refuse_dependent
from kepuasan.importance.record import Drivers
from kepuasan.numerics.importance import METHODS, Importance, Layout, Method
from kepuasan.numerics.lattice import MOST_DRIVERS
from kepuasan.numerics.orders import drawn_orders
from kepuasan.numerics.spread import Replicated
from kepuasan.survey import require_survey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats
    from kepuasan.survey import Survey

__all__ = ["driver_importance"]

#: methods whose importance is never negative, so that limits below 0 say that the normal approximation fails
_NEVER_NEGATIVE = ("lmg", "relative-weights", "first", "last", "beta")
_R_SQUARED, _ALWAYS = "R-squared", "R-squared of what is always in"


def driver_importance(
    survey: Survey,
    outcome: str,
    drivers: Sequence[str] | Mapping[str, Sequence[str]],
    *,
    method: Method = "lmg",
    shares: bool = False,
    always: Sequence[str] = (),
    family: Family = "linear",
    by: Any = None,
    orders: int = 2000,
) -> Drivers:
    """What each driver accounts for of the differences between respondents in an outcome.

    Parameters
    ----------
    survey : Survey
        The microdata.
    outcome : str
        A column of numbers, such as overall satisfaction; of "logit" two values, of "ordinal" three or more in order.
    drivers : list of str, or {name: [items]}
        Columns of numbers. Text, categories and ``C(column)`` are factors, whose dummies enter whole; so do the items under one name.
    method : {"lmg", "relative-weights", "first", "last", "beta", "pratt"}
        The mean over all orders of what a driver adds to R²; Johnson's relative weights; R² of the driver alone; what it adds to all others; the
        squared standardised coefficient; that coefficient times the correlation.
    shares : bool
        Whether importances are made to sum to 1.
    always : list of str
        Covariates that are in every model, factors among them; importance is of what drivers add to them.
    family : {"linear", "logit", "ordinal"}
        The last two by McFadden's R², for "lmg", "first" and "last".
    by : str or list of str, optional
        Domain columns; each domain has its own importances, with their joint covariance.
    orders : int
        Orders to sample for "lmg" with more than 25 drivers; up to there all are visited.

    Returns
    -------
    Drivers
        ``importance``, ``r_squared`` and ``performance`` are `Estimates`; ``ranks()``, ``map()``, ``plot()``.

    Raises
    ------
    DataError
        Unknown columns; an outcome among the drivers; columns that never vary in a domain, or that others determine, all of them by name; factors or
        named drivers of several items under a method that has no answer for them.

    Warns
    -----
    DataWarning
        Importances whose limits reach 0, where they cannot be negative: normal limits are wrong there, percentiles of bootstrap replicates are not.

    Notes
    -----
    Importance is a function of the weighted covariance of drivers and outcome; its error follows from the influence of every row on that
    covariance, drivers being random as the outcome is, or from the covariance of every replicate. Bootstrap replicates give percentile limits.
    Importance is a share of *variance between respondents*; it accounts for no change in a mean and names no cause. Rows that lack an answer leave
    as a domain.

    References
    ----------
    Grömping, U. (2007). Estimators of relative importance in linear regression based on variance decomposition. *The American Statistician* 61,
    139-147.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> frame = pd.DataFrame({"overall": [1, 2, 4, 3, 5, 5.0], "speed": [1, 2, 3, 4, 5, 5], "ease": [2, 1, 4, 2, 4, 5]})
    >>> driver_importance(Survey(frame), "overall", ["speed", "ease"]).importance.value.round(3)
    array([0.466, 0.437])
    """
    require_survey(survey)
    for name, given, known in (("method", method, METHODS), ("family", family, FAMILIES)):
        choose(name, given, known)
    named, covariates = grouped(drivers), [always] if isinstance(always, str) else list(always)
    _check_covariates(named, covariates)
    domains = survey.domains(by)
    items = [*covariates, *(item for members in named.values() for item in members)]
    read = read_predictors(survey, items, outcome, domains.weight)
    sizes = dict(zip(read.items, read.sizes, strict=True))
    layout = Layout(sum(sizes[item] for item in covariates), tuple(sum(sizes[item] for item in members) for members in named.values()))
    _check_method(method, named, read.factors)
    rows = complete_rows(survey, domains, read, read.width, n_free=read.width - 1)
    where = [" ".join(f"{name} {spelled(code)}" for name, code in row.items()) for row in domains.key.to_dict("records")]
    refuse_dependent(rows.moments, read.names, where, outcome)
    statistic = Importance(method, layout, shares, drawn_orders(len(named), orders, 0) if method == "lmg" and len(named) > MOST_DRIVERS else None)
    found = rows.estimates(statistic, pd.DataFrame({ITEM: [*named, _R_SQUARED, _ALWAYS]}))
    error = None if statistic.orders is None else statistic.monte_carlo_error(rows.moments.covariance)
    k = len(named)
    place = np.arange(len(found)).reshape(-1, k + 2)
    importance = _with_limits(taken(found, place[:, :k].ravel()))
    _warn_of_zero(importance, method)
    base = taken(found, place[:, k + 1]) if covariates else None
    return Drivers(importance, taken(found, place[:, k]), base, method, family, shares, error, rows.lost, named, survey, by)


def _check_covariates(named: Mapping[str, Sequence[str]], covariates: Sequence[str]) -> None:
    twice = [item for item in covariates if any(item in members for members in named.values())] + [
        item for item in covariates if covariates.count(item) > 1
    ]
    if twice:
        raise DataError(f"{some(dict.fromkeys(twice))} stand in always and again among the drivers or in always; name each once")


def _check_method(method: Method, named: Mapping[str, Sequence[str]], factors: Sequence[str]) -> None:
    """Refuse drivers of several columns where a method has no answer for them, or one that depends on the omitted level."""
    several = [name for name, items in named.items() if len(items) > 1]
    mixed = [name for name, items in named.items() if any(item in factors for item in items)]
    if method == "beta" and (several or mixed):
        raise DataError(f'{some(several or mixed)} have several columns, and so no one standardised coefficient; use method="lmg"')
    if method == "relative-weights" and mixed:
        raise DataError(f'relative weights of factors ({some(mixed)}) depend on the level left out; use method="lmg"')


def _with_limits(importance: Estimates) -> Estimates:
    """The same with percentile limits where replicates are those of a bootstrap."""
    spread = importance.spread
    if not isinstance(spread, Replicated) or not spread.rule.resampled:
        return importance
    return replace(importance, limits=partial(_percentiles, importance.value + spread.gaps))


def _percentiles(replicates: Floats, level: float) -> Floats:
    """Limits (k, 2) between which the replicates (replicates, k) lie."""
    return np.asarray(np.nanquantile(replicates, [(1 - level) / 2, (1 + level) / 2], axis=0).T)


def _warn_of_zero(importance: Estimates, method: Method) -> None:
    if method not in _NEVER_NEGATIVE or importance.limits is not None:
        return
    reached = importance.ci()[:, 0] <= 0
    if reached.any():
        rows = importance.key[reached].astype(str).agg(" ".join, axis=1)
        warnings.warn(
            f"the limits of importance reach 0 ({some(rows)}), below which none can lie: limits by t are wrong there; "
            'take percentiles of replicates: add_replicates(survey, "bootstrap", n=1000)',
            DataWarning,
            stacklevel=3,
        )
