"""Numbers that know each other: estimates with their joint covariance, and the algebra on them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from scipy import sparse

from kepuasan.columns import ESTIMATES, ITEM, TESTED
from kepuasan.errors import EstimateError, choose
from kepuasan.numerics.spread import independent
from kepuasan.numerics.totals import divided
from kepuasan.selectors import paired_rows, rows_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kepuasan.numerics.intervals import Method
    from kepuasan.numerics.spread import Function, Spread
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.numerics.variance import Matrix

__all__ = ["Estimates", "Kind", "derived", "html_of", "rescaled", "taken"]

Kind = Literal["mean", "total", "ratio", "proportion", "quantile", "coefficient", "index", "importance", "difference", "combination"]

#: kinds whose tables test the value against 0
WITH_TEST: tuple[Kind, ...] = ("difference", "coefficient")

_LARGEST_COVARIANCE = 2_000_000_000
_ROUNDING = 1e-18


def _t(estimates: Estimates) -> Floats:
    """The estimates over their standard errors (k,); NaN where these are 0."""
    return divided(estimates.value, estimates.se)


def _p_value(estimates: Estimates) -> Floats:
    """Two-sided p (k,) of the hypothesis that the value is 0, by t with `df` degrees of freedom."""
    from kepuasan.numerics.intervals import two_sided_p

    return two_sided_p(estimates.t, estimates.df)


@dataclass(frozen=True, eq=False, repr=False)
class Estimates:
    """k estimates with their joint covariance.

    Verbs of the library make them; nothing in them changes, and every method gives a new object.

    Attributes
    ----------
    key : DataFrame (k rows)
        What each estimate is of: ``item``, the domain columns, ``category``, ... as codes of the data.
    value : array (k,)
        The estimates, not rounded.
    n : array (k,)
        Answers with a weight behind each; NaN for combinations.
    df : array (k,)
        Degrees of freedom of each: PSUs minus strata that hold members of its domain; the whole design's for combinations.
    spread : Spread
        What the covariance is made of.
    kind : str
        What the estimates are; it decides which limits `ci` gives unless told.
    limits : callable or None
        Limits (k, 2) of a level, where estimates have limits of their own, as quantiles have.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey, mean
    >>> e = mean(Survey(pd.DataFrame({"sex": list("LPLP"), "speed": [3, 4, 2, 4]})), "speed", by="sex")
    >>> e.value
    array([2.5, 4. ])
    >>> e.contrast({"sex": "P"}, {"sex": "L"}).value
    array([1.5])
    """

    key: pd.DataFrame
    value: Floats
    n: Floats
    df: Floats
    spread: Spread
    kind: Kind
    design_df: float
    token: str
    simple: Callable[[], Floats] | None = field(default=None)
    limits: Callable[[float], Floats] | None = field(default=None)

    def __post_init__(self) -> None:
        for name in ("value", "n", "df"):
            array = np.asarray(getattr(self, name), dtype=np.float64).view()
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def __len__(self) -> int:
        return len(self.value)

    def __repr__(self) -> str:
        shown = _table(self, 0.95)[[*self.key.columns, *_shown(self)]]
        return f"<Estimates: {len(self)} of kind {self.kind!r}>\n{shown.to_string(max_rows=20, index=False)}"

    def _repr_html_(self) -> str:
        return html_of(self, f"Estimates: {len(self):,} of kind {self.kind!r}")

    # ------------------------------------------------------------ numbers

    @cached_property
    def se(self) -> Floats:
        """Standard errors (k,); NaN where there is no estimate."""
        return np.where(np.isnan(self.value), np.nan, np.sqrt(self.spread.variances().clip(0.0)))

    @cached_property
    def vcov(self) -> Floats:
        """Covariance matrix (k, k), formed when it is first asked for.

        Raises
        ------
        EstimateError
            Where it would take more than 2 GB; its size is named. `se`, `contrast` and `linear` need no such matrix.
        """
        size = 8 * len(self) ** 2
        if size > _LARGEST_COVARIANCE:
            raise EstimateError(
                f"the covariance of {len(self):,} estimates takes {size / 1e9:.0f} GB; select rows first, "
                "or use .se, .contrast or .linear, which do not need it"
            )
        return self.spread.covariance()

    @cached_property
    def deff(self) -> Floats:
        """Design effects (k,): variance over that of a simple random sample *with* replacement; NaN for combinations.

        A variance that is 0 but for rounding, as of a domain within one PSU, has the design effect 0.
        """
        if self.simple is None:
            return np.full(len(self), np.nan)
        ratio = divided(self.se**2, self.simple())
        return np.where(ratio < 0, np.nan, np.where(ratio < _ROUNDING, 0.0, ratio))

    t = cached_property(_t)
    p_value = cached_property(_p_value)

    def ci(self, level: float = 0.95, method: Method | None = None) -> Floats:
        """Confidence limits (k, 2).

        Parameters
        ----------
        level : float
            Confidence level, between 0 and 1.
        method : {None, "t", "logit", "wilson", "beta"}
            None: logit for proportions, t otherwise. The other three are for proportions. A proportion of 0 or 1 has no
            estimable variance: these three give the limits of Clopper and Pearson with n, and "t", as R does, no width.

        References
        ----------
        Korn, E. L. and Graubard, B. I. (1998). Confidence intervals for proportions with small expected number of positive
        counts estimated from survey data. *Survey Methodology* 24, 193-201.
        """
        from kepuasan.numerics import intervals

        if not isinstance(level, (int, float)) or not 0 < level < 1:
            raise EstimateError(f"level is {level!r}; give a number between 0 and 1, such as 0.95")
        if method is not None:
            choose("method", method, intervals.METHODS)
        if method in ("logit", "wilson", "beta") and self.kind != "proportion" and not ((self.value >= 0) & (self.value <= 1)).all():
            raise EstimateError(
                f"{method} limits are for proportions between 0 and 1; these estimates run from {self.value.min():g} to {self.value.max():g}"
            )
        if self.limits is not None and method in (None, "t"):
            return self.limits(level)
        method = method or ("logit" if self.kind == "proportion" else "t")
        if method == "logit":
            return intervals.logit_limits(self.value, self.se, self.df, self.n, level)
        if method == "wilson":
            return intervals.wilson_limits(self.value, self.se, self.df, self.n, level)
        if method == "beta":
            return intervals.beta_limits(self.value, self.se, self.df, self.n, level)
        return intervals.t_limits(self.value, self.se, self.df, level)

    def to_frame(self, level: float = 0.95) -> pd.DataFrame:
        """The estimates as a tidy table, one row each, nothing rounded.

        Returns
        -------
        DataFrame
            The key, then ``estimate, se, ci_low, ci_high, level, df, n, n_eff, deff, cv``; differences and coefficients have ``t, p_value`` too.
            ``n_eff`` is n / deff, ``cv`` is se / |estimate|.
        """
        table = _table(self, level)
        table["n_eff"] = divided(self.n, self.deff)
        table["deff"] = self.deff
        table["cv"] = divided(self.se, np.abs(self.value))
        return table[[*self.key.columns, *ESTIMATES, *(TESTED if self.kind in WITH_TEST else ())]]

    def plot(
        self,
        ax: Axes | None = None,
        *,
        kind: Literal["dots", "gaps", "slopes"] = "dots",
        group: str | None = None,
        title: str = "",
        unit: str = "",
        language: Literal["id", "en"] = "id",
        labels: Mapping[Any, str] | None = None,
    ) -> Axes:
        """The estimates with their limits of 95 %; ``get_label()`` of the axes is the text for those who do not see them.

        Parameters
        ----------
        ax : Axes, optional
            Drawn into; without it a figure of its own, outside pyplot.
        kind : {"dots", "gaps", "slopes"}
            "dots": one row each; "gaps": two codes of a key column, and the second less the first; "slopes": lines of items over two to four waves.
        group : str, optional
            The key column of gaps.
        title, unit : str
            Above the axes, and below them.
        language : {"id", "en"}
            Of words and numbers.
        labels : mapping of code to text, optional
            What codes of the key are called.

        Raises
        ------
        DataError
            Gaps without a key column of two codes, or a group without gaps; fewer waves than slopes need, or more; an item twice in a group or wave.

        Examples
        --------
        >>> from kepuasan import load_sample, mean
        >>> by_sex = mean(load_sample("users"), "overall", by="sex")
        >>> by_sex.plot(kind="gaps", group="sex", labels={"L": "men", "P": "women"}, language="en").get_label()
        'Gaps between men and women. overall: men 2.93 (2.89 to 2.98), women 2.85 (2.79 to 2.92), gap −0.08 (−0.16 to −0.00).'
        """
        from kepuasan.display.kinds import drawn

        look = {"ax": ax, "title": title, "unit": unit, "language": language, "labels": labels}
        return drawn(_table(self, 0.95), kind, group, lambda one, other: _table(self.contrast({group: one}, {group: other}), 0.95), **look)

    # ------------------------------------------------------------ algebra

    def __getitem__(self, wanted: Any) -> Estimates:
        """The rows of an item, or those whose key has the values of a mapping: ``e["speed"]``, ``e[{"wave": "2022"}]``."""
        return taken(self, rows_of(self.key, wanted))

    def linear(self, matrix: Any, labels: Sequence[Any] | pd.DataFrame) -> Estimates:
        """Linear combinations of the estimates, with their joint covariance.

        Parameters
        ----------
        matrix : array (combinations, k)
            Coefficients; a vector (k,) is one combination.
        labels : list of str, or DataFrame
            What each combination is called (the key column ``item``), or its whole key.
        """
        try:
            coefficients = np.atleast_2d(np.asarray(matrix, dtype=np.float64))
        except (TypeError, ValueError) as error:
            raise EstimateError(f"the matrix holds what is no number ({error}); give coefficients, one row a combination") from error
        if not np.isfinite(coefficients).all():
            raise EstimateError("the matrix holds coefficients that are missing or infinite; give finite numbers")
        if coefficients.ndim != 2 or coefficients.shape[1] != len(self):
            raise EstimateError(f"the matrix has shape {coefficients.shape}; give one column for each of the {len(self)} estimates")
        key = labels.reset_index(drop=True) if isinstance(labels, pd.DataFrame) else pd.DataFrame({ITEM: list(labels)})
        if len(key) != len(coefficients):
            raise EstimateError(f"{len(coefficients)} combinations, but {len(key)} labels; give one label a row of the matrix")
        return derived(self, None, sparse.csr_array(coefficients), key, kind="combination")

    def contrast(self, minuend: Any, subtrahend: Any) -> Estimates:
        """Differences of estimates, through their covariance: ``e.contrast({"wave": "2022"}, {"wave": "2020"})``.

        Parameters
        ----------
        minuend, subtrahend : mapping or key
            Selectors as in ``e[...]``. Each names one row, or as many as the other, which are paired by the rest of their key.

        Returns
        -------
        Estimates
            Of kind "difference", with t and p-values; degrees of freedom are the whole design's.
        """
        plus, minus = rows_of(self.key, minuend), rows_of(self.key, subtrahend)
        plus, minus, key = paired_rows(self.key, plus, minus)
        matrix = np.zeros((len(plus), len(self)))
        matrix[np.arange(len(plus)), plus] += 1.0
        matrix[np.arange(len(plus)), minus] -= 1.0
        return replace(self.linear(matrix, key), kind="difference")

    def join(self, other: Estimates, *, independent_designs: bool = False) -> Estimates:
        """These estimates followed by others, with the covariance between them.

        Parameters
        ----------
        other : Estimates
            Of the same survey and design; or of another one, where `independent_designs` says so.
        independent_designs : bool
            Declares that the two come from independent samples, so that their covariance is 0.

        Raises
        ------
        EstimateError
            Estimates of different designs that are not declared independent.
        """
        if not isinstance(other, Estimates):
            raise EstimateError(f"{type(other).__name__} cannot be joined to estimates; give Estimates")
        if self.token != other.token and not independent_designs:
            raise EstimateError(
                "these estimates come from different designs, so their covariance is unknown; estimate both from one survey (stack_waves), "
                "or declare independent_designs=True"
            )
        one_design = self.token == other.token
        spread = self.spread.joined(other.spread) if one_design else independent(self.spread, other.spread)
        return replace(
            self,
            key=pd.concat([self.key, other.key], ignore_index=True),
            value=np.concatenate([self.value, other.value]),
            n=np.concatenate([self.n, other.n]),
            df=np.concatenate([self.df, other.df]),
            spread=spread,
            kind=self.kind if self.kind == other.kind else "combination",
            design_df=self.design_df if one_design else self.design_df + other.design_df,
            token=self.token if one_design else uuid.uuid4().hex,
            simple=partial(_joined, self, other),
            limits=None if self.limits is None and other.limits is None else partial(_joined_limits, (self, other)),
        )


def derived(estimates: Estimates, function: Function | None, jacobian: Matrix, key: pd.DataFrame, *, kind: Kind, **fields: Any) -> Estimates:
    """Smooth functions of the estimates: `function` of values (..., k), one row a replicate where there are any, and its Jacobian (functions, k).

    Without a function they are the linear ones of the Jacobian.

    Degrees of freedom are the whole design's, n is unknown and there is no design effect, unless `fields` (``df``, ``n``, ``simple``) say so.
    """
    unknown, df = np.full(len(key), np.nan), np.full(len(key), float(estimates.design_df))
    given = {"n": unknown, "df": df, "simple": None, "limits": None} | fields
    if function is None:
        value, spread = np.asarray(jacobian @ estimates.value), estimates.spread.combined(jacobian)
    else:
        value, spread = function(estimates.value), estimates.spread.mapped(estimates.value, function, jacobian)
    return replace(estimates, key=key, value=value, spread=spread, kind=kind, **given)


def rescaled(estimates: Estimates, factor: float, item: str | None = None) -> Estimates:
    """The estimates times a known number, called `item` where that is given; n, degrees of freedom and design effects stay."""
    scaling = sparse.diags_array(np.full(len(estimates), float(factor))).tocsr()
    simple = None if estimates.simple is None else partial(_rescaled_simple, estimates.simple, factor)
    key = estimates.key if item is None else estimates.key.assign(**{ITEM: item})
    return derived(estimates, None, scaling, key, kind=estimates.kind, n=estimates.n, df=estimates.df, simple=simple)


def html_of(estimates: Estimates, title: str, notes: Sequence[str] = ()) -> str:
    """The key, then values, errors, limits and n, as a table of HTML under a title."""
    from kepuasan.display.html_tables import html_table

    columns = [*estimates.key.columns, *_shown(estimates), "n"]
    return html_table(_table(estimates, 0.95)[columns], title, heads=len(estimates.key.columns), notes=notes)


def taken(estimates: Estimates, rows: Integers) -> Estimates:
    """Some of the estimates, by position."""
    return replace(
        estimates,
        key=estimates.key.iloc[rows].reset_index(drop=True),
        value=estimates.value[rows],
        n=estimates.n[rows],
        df=estimates.df[rows],
        spread=estimates.spread.take(rows),
        simple=None if estimates.simple is None else partial(_taken_simple, estimates.simple, rows),
        limits=None if estimates.limits is None else partial(_taken_limits, estimates.limits, rows),
    )


def _table(estimates: Estimates, level: float) -> pd.DataFrame:
    """The key with values, errors and limits: what needs no second pass over the rows."""
    e, limits = estimates, estimates.ci(level)
    table = e.key.reset_index(drop=True).copy()
    table = table.assign(estimate=e.value, se=e.se, ci_low=limits[:, 0], ci_high=limits[:, 1], level=level, df=e.df, n=e.n)
    return table.assign(t=e.t, p_value=e.p_value) if e.kind in WITH_TEST else table


def _taken_simple(simple: Callable[[], Floats], rows: Integers) -> Floats:
    return simple()[rows]


def _rescaled_simple(simple: Callable[[], Floats], factor: float) -> Floats:
    return simple() * factor**2


def _taken_limits(limits: Callable[[float], Floats], rows: Integers, level: float) -> Floats:
    return limits(level)[rows]


def _joined_limits(parts: Sequence[Estimates], level: float) -> Floats:
    return np.vstack([part.ci(level) for part in parts])


def _joined(*parts: Estimates) -> Floats:
    return np.concatenate([np.full(len(part), np.nan) if part.simple is None else part.simple() for part in parts])


def _shown(estimates: Estimates) -> tuple[str, ...]:
    return ("estimate", "se", "ci_low", "ci_high", *(TESTED if estimates.kind in WITH_TEST else ()))
