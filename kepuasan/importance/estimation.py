"""Which drivers carry satisfaction, with design-based errors."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import ITEM
from kepuasan.errors import DataError, DataWarning, choose, some
from kepuasan.estimates import derived, taken
from kepuasan.estimators.fitting import FAMILIES, Family, read_categories
from kepuasan.estimators.moments import complete_rows
from kepuasan.estimators.predictors import grouped, read_predictors, refuse_dependent
from kepuasan.estimators.reading import item_names
from kepuasan.importance.record import Drivers
from kepuasan.numerics.derivatives import jacobian
from kepuasan.numerics.importance import METHODS, Importance, Layout, Method
from kepuasan.numerics.lattice import MOST_DRIVERS
from kepuasan.numerics.orders import drawn_orders
from kepuasan.numerics.spread import Replicated
from kepuasan.numerics.subsets import subset_plan
from kepuasan.survey import require_survey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kepuasan.estimates import Estimates
    from kepuasan.estimators.fitting import Answers
    from kepuasan.estimators.moments import CompleteRows
    from kepuasan.estimators.predictors import Predictors
    from kepuasan.numerics.totals import Floats
    from kepuasan.survey import Survey

__all__ = ["driver_importance"]

#: methods whose importance is never negative, so that limits below 0 say that the normal approximation fails
_NEVER_NEGATIVE = ("lmg", "relative-weights", "first", "last", "beta")
#: methods that compare fits, which models of categories have too
_BY_FIT = ("lmg", "first", "last")
#: sampled orders, in pairs, whose spread still says how sure their mean is
_FEWEST_ORDERS = 20
#: orders sampled unless told, of a linear model and where every step is a fit
_ORDERS, _FITTED_ORDERS = 2000, 300
#: part of R² below which drivers account for nothing but rounding
_NOTHING = 1e-10
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
    orders: int | None = None,
) -> Drivers:
    """What each driver accounts for of the differences between respondents in an outcome.

    Parameters
    ----------
    survey : Survey
        The microdata.
    outcome : str
        A column of numbers, such as overall satisfaction; of "logit" two values, of "ordinal" three or more in order.
    drivers : list of str, or {name: [items]}
        Columns of numbers. Text, categories and ``C(column)`` are factors, whose dummies enter whole; so do the items under one name. What drivers
        account for depends on what the others are: three items carry more beside seven others that are one driver than beside these seven singly.
    method : {"lmg", "relative-weights", "first", "last", "beta", "pratt"}
        * "lmg": what a driver adds to R², averaged over all orders in which drivers can enter;
        * "relative-weights": Johnson's, equal to "lmg" for two drivers and near it for more;
        * "first": R² of the driver alone; "last": what it adds to all others;
        * "beta": the squared standardised coefficient; "pratt": that coefficient times the correlation, which may be negative.
    shares : bool
        Whether importances are made to sum to 1.
    always : list of str
        Covariates that are in every model, factors among them; importance is of what drivers add to them.
    family : {"linear", "logit", "ordinal"}
        The last two by McFadden's R², for "lmg", "first" and "last".
    by : str or list of str, optional
        Domain columns; each domain has its own importances, with their joint covariance. A domain may lack levels of a factor.
    orders : int, optional
        Orders to sample for "lmg" with more than 25 drivers, 2,000 unless told; up to there all are visited. Where the outcome is a category every
        step is a fit: from 13 drivers on, 300 unless told.

    Returns
    -------
    Drivers
        ``importance``, ``r_squared`` and ``performance`` are `Estimates`; ``ranks()``, ``map()``, ``plot()``.

    Raises
    ------
    DataError
        Unknown columns; an outcome among the drivers; columns that never vary in a domain, or that others determine, all of them by name; factors or
        named drivers of several items under a method that has no answer for them; shares of nothing; negative weights under which variances have no
        meaning.
    ChoiceError
        Another method or family.
    ConvergenceError
        Drivers that tell the answers of a logistic or ordinal outcome apart, by name.
    SinglePSUError
        A stratum with one unit, where the design says "fail".

    Warns
    -----
    DataWarning
        Importances whose limits reach 0, where they cannot be negative: normal limits are wrong there, percentiles of bootstrap replicates are not.
        Replicates without an estimate, with their count.

    Notes
    -----
    With R²(S) that of the drivers S and what is always in, and p drivers, "lmg" is the sum over all S without driver j of
    |S|! (p - |S| - 1)! / p! (R²(S and j) - R²(S)), "first" R²(j) - R²(none) and "last" R²(all) - R²(all but j); "beta" is b_j² var(x_j) / var(y) and
    "pratt" b_j cov(x_j, y) / var(y).

    All are functions of the weighted covariance of drivers and outcome; errors follow from the influence of every row on that covariance, drivers
    being random as the outcome is, or from the covariance of every replicate. Bootstrap replicates give percentile limits. Models of categories are
    fitted anew to every replicate where that is little work; else the likelihood of a replicate is found by one step from the sample's fit, which is
    exact to the second order. Rows that lack an answer leave as a domain.

    Importance is a share of the *variance between respondents*; it accounts for no change in a mean and names no cause.

    References
    ----------
    Lindeman, R. H., Merenda, P. F. and Gold, R. Z. (1980). *Introduction to Bivariate and Multivariate Analysis*. Scott, Foresman.
    Grömping, U. (2007). Estimators of relative importance in linear regression based on variance decomposition. *The American Statistician* 61,
    139-147.
    Johnson, J. W. (2000). A heuristic method for estimating the relative weight of predictor variables in multiple regression. *Multivariate
    Behavioral Research* 35, 1-19.
    McFadden, D. (1974). Conditional logit analysis of qualitative choice behavior. *Frontiers in Econometrics*, 105-142. Academic Press.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey, load_sample
    >>> frame = pd.DataFrame({"overall": [1, 2, 4, 3, 5, 5.0], "speed": [1, 2, 3, 4, 5, 5], "ease": [2, 1, 4, 2, 4, 5]})
    >>> driver_importance(Survey(frame), "overall", ["speed", "ease"]).importance.value.round(3)
    array([0.523, 0.423])
    >>> drivers = {"answers": ["response_speed", "answer_quality"], "updates": ["ease_of_updates"]}
    >>> found = driver_importance(load_sample("users"), "overall", drivers, by="wave", shares=True)
    >>> found.importance.contrast({"wave": "2022"}, {"wave": "2020"}).p_value.round(2)
    array([0.18, 0.18])
    """
    require_survey(survey)
    for name, given, known in (("method", method, METHODS), ("family", family, FAMILIES)):
        choose(name, given, known)
    named, covariates = grouped(drivers), item_names(always, "always") if always else []
    _check_covariates(named, covariates)
    if orders is not None and (isinstance(orders, bool) or not isinstance(orders, int) or orders < _FEWEST_ORDERS):
        raise DataError(f"orders is {orders!r}; give a whole number of {_FEWEST_ORDERS} or more orders to sample")
    asked = _read(survey, outcome, named, covariates, family, by)
    _check_method(method, named, asked.read.factors, family)
    if asked.answers is None:
        found, error = _linear(asked, method, shares, orders or _ORDERS)
    else:
        found, error = _pseudo(asked, asked.answers, method, shares, orders or _FITTED_ORDERS)
    k = len(named)
    place = np.arange(len(found)).reshape(-1, k + 2)
    importance = _with_limits(taken(found, place[:, :k].ravel()))
    _warn_of_zero(importance, method)
    base = taken(found, place[:, k + 1]) if covariates else None
    return Drivers(importance, taken(found, place[:, k]), base, method, family, shares, error, asked.rows.left_out, named, survey, by)


@dataclass(frozen=True)
class _Question:
    """What was asked for, read: the columns, where they stand, the complete rows, and the outcome where it is a category."""

    labels: tuple[str, ...]
    read: Predictors
    layout: Layout
    rows: CompleteRows
    answers: Answers | None


def _read(survey: Survey, outcome: str, named: Mapping[str, Sequence[str]], covariates: Sequence[str], family: Family, by: Any) -> _Question:
    domains = survey.domains(by)
    answers = None if family == "linear" else read_categories(survey.column(outcome), family, domains.weight != 0)
    codes = None if answers is None else np.where(answers.code < 0, np.nan, answers.code)
    items = [*covariates, *(item for members in named.values() for item in members)]
    read = read_predictors(survey, items, outcome, domains.weight, codes)
    sizes = dict(zip(read.items, read.sizes, strict=True))
    layout = Layout(sum(sizes[item] for item in covariates), tuple(sum(sizes[item] for item in members) for members in named.values()))
    rows = complete_rows(survey, domains, read, read.width, n_free=read.width - 1)
    rows = rows.with_factors(read.dummies) if read.factors else rows
    refuse_dependent(rows, read.names, outcome)
    return _Question((*named, _R_SQUARED, _ALWAYS), read, layout, rows, answers)


def _linear(asked: _Question, method: Method, shares: bool, n_orders: int) -> tuple[Estimates, Floats | None]:
    """Importance and both R² of a linear model, and the error of sampling orders where they are sampled."""
    n_drivers = len(asked.layout.sizes)
    orders = drawn_orders(n_drivers, n_orders, 0) if method == "lmg" and n_drivers > MOST_DRIVERS else None
    statistic = Importance(method, asked.layout, shares, orders)
    if shares:
        _refuse_nothing(asked, statistic.without_shares(asked.rows.moments.covariance).sum(axis=1))
    found = asked.rows.estimates(statistic, pd.DataFrame({ITEM: asked.labels}), kind="importance")
    return found, None if orders is None else statistic.monte_carlo_error(asked.rows.moments.covariance)


def _pseudo(asked: _Question, answers: Answers, method: Method, shares: bool, n_orders: int) -> tuple[Estimates, Floats | None]:
    """The same of a model of categories."""
    from kepuasan.importance.categories import pseudo_r_squared

    plan = subset_plan(len(asked.layout.sizes), method, n_orders)
    found, error = pseudo_r_squared(asked.rows, answers, asked.layout, plan, asked.labels)
    if shares:
        shared = partial(_shared, len(asked.labels))
        sums = found.value.reshape(-1, len(asked.labels))[:, :-2].sum(axis=1, keepdims=True)
        _refuse_nothing(asked, sums[:, 0])
        found = derived(found, shared, jacobian(shared, found.value), found.key, kind=found.kind, n=found.n, df=found.df)
        error = error / sums
    return found, None if plan.steps is None else error


def _refuse_nothing(asked: _Question, sums: Floats) -> None:
    """Refuse shares of what drivers account for where that is nothing."""
    for place in np.flatnonzero(np.abs(sums) < _NOTHING)[:1]:
        raise DataError(f"the drivers account for nothing{asked.rows.where(int(place))}, so that there are no shares of it; leave out shares=True")


def _shared(k: int, values: Any) -> Any:
    """Values (..., domains x k) with all but the last two of each domain made to sum to 1."""
    table = values.reshape(*values.shape[:-1], -1, k)
    parts = table[..., :-2]
    return np.concatenate([parts / parts.sum(axis=-1, keepdims=True), table[..., -2:]], axis=-1).reshape(values.shape)


def _check_covariates(named: Mapping[str, Sequence[str]], covariates: Sequence[str]) -> None:
    twice = [item for item in covariates if any(item in members for members in named.values())] + [
        item for item in covariates if covariates.count(item) > 1
    ]
    if twice:
        raise DataError(f"{some(dict.fromkeys(twice))} in always: named twice, there or among the drivers; name each once")


def _check_method(method: Method, named: Mapping[str, Sequence[str]], factors: Sequence[str], family: Family) -> None:
    """Refuse what a method has no answer for: models of categories, drivers of several columns, results that depend on the omitted level."""
    several = [name for name, items in named.items() if len(items) > 1]
    mixed = [name for name, items in named.items() if any(item in factors for item in items)]
    if family != "linear" and method not in _BY_FIT:
        raise DataError(f"method={method!r} is made of correlations, which models of categories do not have; use one of {some(_BY_FIT)}")
    if method == "beta" and (several or mixed):
        raise DataError(f'no one standardised coefficient stands for several columns ({some(several or mixed)}); use method="lmg"')
    if method == "relative-weights" and mixed:
        raise DataError(f'relative weights of factors ({some(mixed)}) depend on the level left out; use method="lmg"')


def _with_limits(importance: Estimates) -> Estimates:
    """The same with percentile limits where replicates are those of a bootstrap."""
    spread = importance.spread
    if not isinstance(spread, Replicated) or not spread.rule.drawn:
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
