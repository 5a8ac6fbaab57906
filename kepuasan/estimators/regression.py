"""Regression of survey answers: linear, logistic, proportional odds."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import ITEM
from kepuasan.errors import DataWarning, EstimateError, choose, nearest, some
from kepuasan.estimates import Estimates, html_of
from kepuasan.estimators.fitting import FAMILIES, Family, fitted, read_answers
from kepuasan.estimators.spreads import linearised, replicated
from kepuasan.formulas import design_matrix, read_formula
from kepuasan.numerics.regression import by_narrow_blocks, wald
from kepuasan.survey import require_survey

if TYPE_CHECKING:
    from kepuasan.design import BoundDesign
    from kepuasan.estimators.fitting import Model
    from kepuasan.numerics.spread import Spread
    from kepuasan.numerics.totals import Floats, Integers, Rows
    from kepuasan.survey import Survey

__all__ = ["Regression", "TermTest", "regress"]


@dataclass(frozen=True)
class TermTest:
    """A Wald test that the coefficients of some terms are all 0.

    Attributes
    ----------
    terms : tuple of str
        The terms.
    statistic : float
        F = b' V^-1 b / q.
    df : tuple of float
        q, the number of coefficients, and the degrees of freedom of each.
    p_value : float
        NaN where no degrees of freedom are left.
    """

    terms: tuple[str, ...]
    statistic: float
    df: tuple[float, float]
    p_value: float

    def _repr_html_(self) -> str:
        from kepuasan.display.html_tables import html_facts

        facts = {"terms": self.terms, "statistic": self.statistic, "df": self.df, "p_value": self.p_value}
        return html_facts(facts, "Wald test that the coefficients of the terms are all 0")


@dataclass(frozen=True, eq=False, repr=False)
class Regression(Estimates):
    """Coefficients with their joint covariance, as `Estimates`, and what the model says as a whole.

    Attributes
    ----------
    family : {"linear", "logit", "ordinal"}
    formula : str
    r_squared : float
        Weighted R² of a linear model; McFadden's for the others.
    event : object
        The answer whose log-odds a logistic model gives; None for the others.
    terms : dict of str to array
        The coefficients of each term of the formula, by position.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> fit = regress(Survey(pd.DataFrame({"speed": [2, 3, 3, 4, 5.0], "ease": [1, 2, 3, 4, 5]})), "speed ~ ease")
    >>> fit["ease"].value.round(6), round(fit.r_squared, 6)
    (array([0.7]), 0.942308)
    """

    family: Family = "linear"
    formula: str = ""
    r_squared: float = np.nan
    event: Any = None
    terms: Mapping[str, Integers] = field(default_factory=dict)

    def __repr__(self) -> str:
        kind = f"logit of answer {self.event!r}" if self.family == "logit" else self.family
        measure = "R-squared" if self.family == "linear" else "McFadden's R-squared"
        rows = repr(self.coefficients).partition("\n")[2]
        return f"<Regression: {self.formula!r}, {kind}, n {int(self.n[0]):,}, {measure} {self.r_squared:.4g}>\n{rows}"

    def _repr_html_(self) -> str:
        return html_of(self.coefficients, repr(self).partition("\n")[0][1:-1])

    @property
    def coefficients(self) -> Estimates:
        """The coefficients as plain estimates."""
        return Estimates(**{one.name: getattr(self, one.name) for one in fields(Estimates)})

    def __getitem__(self, wanted: Any) -> Estimates:
        """The coefficients that a selector names, as of `Estimates`."""
        return self.coefficients[wanted]

    def linear(self, matrix: Any, labels: Sequence[Any] | pd.DataFrame) -> Estimates:
        """Linear combinations of the coefficients, as of `Estimates`."""
        return self.coefficients.linear(matrix, labels)

    def contrast(self, minuend: Any, subtrahend: Any) -> Estimates:
        """Differences of coefficients, as of `Estimates`."""
        return self.coefficients.contrast(minuend, subtrahend)

    def join(self, other: Estimates, *, independent_designs: bool = False) -> Estimates:
        """The coefficients followed by other estimates, as of `Estimates`."""
        return self.coefficients.join(other, independent_designs=independent_designs)

    def test(self, terms: str | Sequence[str]) -> TermTest:
        """The Wald test that all coefficients of these terms are 0.

        Parameters
        ----------
        terms : str or list of str
            Terms as they stand in the formula: ``"ell"``, ``"C(stype)"``, ``"ell:meals"``.

        Raises
        ------
        EstimateError
            A term that the formula does not have, with the nearest one; coefficients whose covariance is singular.

        Examples
        --------
        >>> import pandas as pd
        >>> from kepuasan import Survey
        >>> frame = pd.DataFrame({"y": [1, 2, 4, 3, 6, 5.0], "x": [1, 2, 3, 4, 5, 6], "z": [2, 1, 2, 1, 1, 2]})
        >>> regress(Survey(frame), "y ~ x + z").test(["x", "z"]).df
        (2, 3.0)
        """
        asked = [terms] if isinstance(terms, str) else list(terms)
        known = {name.replace(" ", ""): name for name in self.terms}
        wrong = [name for name in asked if str(name).replace(" ", "") not in known]
        if wrong or not asked:
            what = f"{wrong[0]!r} is no term of {self.formula!r}{nearest(wrong[0], self.terms)}" if wrong else "no term is named"
            raise EstimateError(f"{what}; its terms are {some(self.terms, 20)}")
        names = tuple(dict.fromkeys(known[str(name).replace(" ", "")] for name in asked))
        place = np.concatenate([self.terms[name] for name in names])
        df = float(self.df[place].min())
        found = wald(self.value[place], self.vcov[np.ix_(place, place)], df)
        if found is None:
            raise EstimateError(
                f"the covariance of the {len(place)} coefficients of {some(names)} is singular, so they have no joint test; the design has too few "
                "units for it: test fewer terms"
            )
        return TermTest(names, found[0], (len(place), df), found[1])


def regress(survey: Survey, formula: str, *, family: Family = "linear") -> Regression:
    """Coefficients of a regression, weighted, with their design-based covariance.

    Parameters
    ----------
    survey : Survey
        The microdata.
    formula : str
        Such as ``"y ~ x1 + C(x2)"``: numeric columns, categories as ``C(column)`` with the first level in sorted order as the baseline, text columns
        bare; interactions, ``log(x)``, ``poly(x, 2)``, ``bs(x, df=4)`` as formulaic reads them.
    family : {"linear", "logit", "ordinal"}
        "logit": the outcome is 0/1 or has two values, of which the later in sorted order is the event. "ordinal": proportional odds; the outcome is
        numbers, or categories in order.

    Returns
    -------
    Regression
        `Estimates` with one row a coefficient, its name in ``item``; of "ordinal" the slopes, then the thresholds ``1|2``, ``2|3``, ... It has
        `r_squared` and `test`. Its ``n`` counts the rows used: those of the domain that have a weight and a value in every column.

    Raises
    ------
    DataError
        Unknown columns; a formula that cannot be read; an outcome of the wrong kind; columns that determine each other, all named.
    ConvergenceError
        A logistic or ordinal model whose answers a column tells apart, with its name.
    SinglePSUError
        A stratum with one unit, where the design says "fail".

    Warns
    -----
    DataWarning
        Replicates in which the model cannot be fitted, with their count; the variance is of the others.

    Notes
    -----
    Coefficients solve the weighted score equations sum of w u(b) = 0; their influence is w A^-1 u, with A the information (Binder 1983). Rows that
    lack a value leave as a domain: their units still count. Degrees of freedom are those of the units used, plus 1, less the columns of the matrix;
    with replicates those of the units asked for, as replicates are of the whole.
    An ordinal model gives the log-odds of answers up to j as t_j - x b, so that positive slopes go with higher answers.

    References
    ----------
    Binder, D. A. (1983). On the variances of asymptotically normal estimators from complex surveys. *International Statistical Review* 51, 279-292.
    McCullagh, P. (1980). Regression models for ordinal data. *Journal of the Royal Statistical Society B* 42, 109-142.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> fit = regress(Survey(pd.DataFrame({"y": [1, 2, 4, 3.0], "sex": list("LPPL")})), "y ~ C(sex)")
    >>> fit.key["item"].tolist(), fit.value.round(6).tolist()
    (['Intercept', 'C(sex)[T.P]'], [2.0, 1.0])
    """
    require_survey(survey)
    choose("family", family, FAMILIES)
    read, design = read_formula(formula), survey.design
    design.require_variance()
    rows = survey.domains(None).rows(design)
    answers = read_answers(survey, read, family, rows.weight != 0)
    matrix = design_matrix(survey, read, answers.present)
    asked, rows = rows, replace(rows, weight=np.where(matrix.complete, rows.weight, 0.0))
    model = fitted(design, rows, matrix, answers.among(matrix.complete))
    k, n = len(model.value), int(np.count_nonzero(rows.weight))
    unit, domain = (rows if design.plan is None else asked).members()
    degrees = float(design.degrees(unit, domain, 1)[0]) + 1.0 - len(matrix.names)
    return Regression(
        key=pd.DataFrame({ITEM: model.names}),
        value=model.value,
        n=np.full(k, float(n)),
        df=np.full(k, degrees),
        spread=_linearised(design, rows, model) if design.plan is None else _replicated(design, model),
        kind="coefficient",
        design_df=design.df,
        token=design.token,
        family=family,
        formula=read.text,
        r_squared=model.r_squared,
        event=answers.levels[1] if family == "logit" else None,
        terms=model.terms,
    )


def _replicated(design: BoundDesign, model: Model) -> Spread:
    """The spread by replicates; those in which the model cannot be fitted are counted in a warning and left out."""
    replicates = model.again()
    lost = int(np.isnan(replicates).any(axis=1).sum())
    if lost:
        warnings.warn(
            f"the model cannot be fitted in {lost} of {len(replicates)} replicates (in them columns determine each other, or tell answers apart); "
            "the variance is of the others, and too small where they are many",
            DataWarning,
            stacklevel=3,
        )
    return replicated(design, replicates, model.value)


def _linearised(design: BoundDesign, rows: Rows, model: Model) -> Spread:
    """The spread by linearisation."""
    k, own = len(model.value), rows.unit is None
    read = partial(_solved, model) if own else model.scores
    spread = linearised(design, rows, partial(by_narrow_blocks, read, k), k)
    return spread if own else spread.combined(model.solving)


def _solved(model: Model, start: int, stop: int) -> Floats:
    return np.asarray(model.scores(start, stop) @ model.solving.T, dtype=np.float64)
