"""Two items crossed: shares of cells, rows and columns, and the test of their independence."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from scipy import special

from kepuasan.errors import DataError, DataWarning, choose, some
from kepuasan.estimates import derived
from kepuasan.estimators.proportions import Indicators, categories_of
from kepuasan.estimators.ratios import Request, estimate
from kepuasan.numerics.ratios import ANSWERED, Form
from kepuasan.numerics.totals import divided
from kepuasan.survey import RESERVED, require_survey

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.survey import Survey

__all__ = ["Crosstab", "crosstab", "rao_scott"]

#: the sum of generalised design effects over n, below which it is rounding
_NO_VARIANCE = 1e-24

Part = Literal["shares", "row_shares", "column_shares", "test"]


_MOST_CELLS = 2_500


@dataclass(frozen=True, eq=False, repr=False)
class Crosstab:
    """A table of two items with the test of their independence.

    Attributes
    ----------
    rows, columns : str
        The items; both are key columns of the shares and hold their codes.
    shares : Estimates (cells,)
        Shares of the cells in the whole, columns varying fastest.
    counts : array (rows, columns)
        Rows of the survey in each cell that have a weight.
    statistic : float
        F, the Pearson statistic with the second-order correction of Rao and Scott.
    df : (float, float)
        Its degrees of freedom, fractional.
    p_value : float
        P(F or more) under independence.
    chi_square : float
        The Pearson statistic of the weighted shares with `n` rows, not corrected.
    design_effect : float
        The mean of its generalised design effects, by which a first-order correction divides it.
    n, left_out : int
        Rows with a weight that have both codes, and those that lack one.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> table = crosstab(Survey(pd.DataFrame({"sex": list("LLPPLP"), "channel": ["app", "web", "web", "web", "app", "app"]})), "sex", "channel")
    >>> table.row_shares[{"sex": "L", "channel": "app"}].value.round(3)
    array([0.667])
    """

    rows: Any
    columns: Any
    shares: Estimates
    counts: Floats
    statistic: float
    df: tuple[float, float]
    p_value: float
    chi_square: float
    design_effect: float
    n: int
    left_out: int
    margin_df: tuple[Floats, Floats]

    @cached_property
    def row_shares(self) -> Estimates:
        """Shares of the columns within each row (cells,), with their joint covariance; the same as proportions by the row item."""
        return _within(self, 0)

    @cached_property
    def column_shares(self) -> Estimates:
        """Shares of the rows within each column (cells,), with their joint covariance."""
        return _within(self, 1)

    def to_frame(self, part: Part = "shares", *, level: float = 0.95) -> pd.DataFrame:
        """A tidy table: of cell, row or column shares, one row a cell; or the test, in one row.

        Parameters
        ----------
        part : {"shares", "row_shares", "column_shares", "test"}
        level : float
            Confidence level of the limits.
        """
        choose("part", part, ("shares", "row_shares", "column_shares", "test"))
        if part != "test":
            shares: Estimates = getattr(self, part)
            return shares.to_frame(level)
        numbers = {
            "statistic": self.statistic,
            "df": self.df[0],
            "df_denominator": self.df[1],
            "p_value": self.p_value,
            "chi_square": self.chi_square,
        }
        return pd.DataFrame(
            [{"rows": self.rows, "columns": self.columns, **numbers, "deff": self.design_effect, "n": self.n, "left_out": self.left_out}]
        )

    def __repr__(self) -> str:
        return f"<Crosstab: {self.rows} by {self.columns}>\n{_shown(self).to_string()}\n{_sentence(self)}"

    def _repr_html_(self) -> str:
        from kepuasan.display.html_tables import html_table

        table = _shown(self)
        shown = table.reset_index(drop=True).rename(columns=str)
        shown.insert(0, str(self.rows), list(table.index), allow_duplicates=True)
        return html_table(shown, f"Crosstab: {self.rows} by {self.columns}", notes=[_sentence(self)])


def crosstab(survey: Survey, rows: Any, columns: Any) -> Crosstab:
    """Weighted shares of two crossed items and the design-based test that they are independent.

    Parameters
    ----------
    survey : Survey
        The microdata, or a domain of it.
    rows, columns : str
        Columns of codes. Rows of the survey that lack either are left out as a domain is, and counted; codes that then do not occur are no rows or
        columns of the table.

    Returns
    -------
    Crosstab

    Raises
    ------
    DataError
        Unknown columns; the same column twice; a table of one row or one column.

    Notes
    -----
    With the shares p, their covariance V, and C the contrasts that span the interaction, the generalised design effects are the eigenvalues of
    (C' D C)⁻¹ C' D V D C n, where D = diag(1 / p), 0 for empty cells. With their sum s1 and the sum of their squares s2, F = X² / s1 has
    d = s1² / s2 and d x design df degrees of freedom. Empty cells may leave fewer interactions than (rows - 1)(columns - 1); those that are left are
    tested.

    References
    ----------
    Rao, J. N. K. and Scott, A. J. (1984). On chi-squared tests for multiway contingency tables with cell proportions estimated from survey data.
    *Annals of Statistics* 12, 46-60.
    Thomas, D. R. and Rao, J. N. K. (1987). Small-sample comparisons of level and power for simple goodness-of-fit statistics under cluster sampling.
    *Journal of the American Statistical Association* 82, 630-636.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> table = crosstab(Survey(pd.DataFrame({"sex": list("LLPP") * 5, "channel": ["app", "web"] * 10})), "sex", "channel")
    >>> round(table.statistic, 6), table.df, round(table.p_value, 6)
    (0.0, (1.0, 19.0), 1.0)
    """
    require_survey(survey)
    _require_two(survey, rows, columns)
    domains = survey.domains(None)
    counted = domains.weight != 0
    read = [categories_of(survey, name) for name in (rows, columns)]
    complete = counted & (read[0][0] >= 0) & (read[1][0] >= 0)
    if not complete.any():
        raise DataError(f"no row with a weight has a code of both {rows!r} and {columns!r}; there is no table")
    down, across = (_side(survey, name, found, complete, counted) for name, found in zip((rows, columns), read, strict=True))
    shape = len(down.codes), len(across.codes)
    k = shape[0] * shape[1]
    if k > _MOST_CELLS:
        raise DataError(
            f"the table of {rows!r} and {columns!r} has {shape[0]:,} x {shape[1]:,} cells; cut what has many values into classes first: pandas.cut"
        )
    cell = np.where(complete, down.code * shape[1] + across.code, -1)
    key = pd.DataFrame({rows: np.repeat(down.codes, shape[1]), columns: np.tile(across.codes, shape[0])}).infer_objects()
    shares = estimate(survey, domains, Request(Indicators(cell, k), k, Form(np.arange(k), np.full(k, ANSWERED)), key, "proportion"))
    counts = np.bincount(cell[complete], minlength=k).reshape(shape).astype(np.float64)
    test = rao_scott(shares.value.reshape(shape), shares.vcov, int(complete.sum()), float(shares.df[0]))
    return Crosstab(rows, columns, shares, counts, *test, int(complete.sum()), int((counted & ~complete).sum()), (down.df, across.df))


def rao_scott(shares: Floats, covariance: Floats, n: int, df: float) -> tuple[float, tuple[float, float], float, float, float]:
    """F, its degrees of freedom, p, the Pearson statistic and the mean design effect of a table.

    Parameters
    ----------
    shares : array (rows, columns)
        Without empty rows or columns.
    covariance : array (rows x columns, rows x columns)
    n : int
        Size of the sample, for the Pearson statistic.
    df : float
        Degrees of freedom of the design.
    """
    expected = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    distance = float(((shares - expected) ** 2 / expected).sum())
    contrasts = np.kron(*(np.eye(size)[:, 1:] - 1.0 / size for size in shares.shape))
    scaled = divided(np.ones(shares.size), shares.ravel())[:, None] * contrasts
    scaled[shares.ravel() == 0] = 0.0
    simple = contrasts.T @ scaled
    inverse = np.linalg.pinv(simple, rcond=1e-12, hermitian=True)
    effects = inverse @ (scaled.T @ covariance @ scaled)
    total, squares, n_tested = float(np.trace(effects)), float(np.einsum("ij,ji->", effects, effects)), round(float(np.trace(inverse @ simple)))
    design_effect = n * total / n_tested if n_tested else np.nan
    if not (total > _NO_VARIANCE and df > 0):
        warnings.warn("the table has no test: its shares have no sampling variance, or the design no degrees of freedom", DataWarning, stacklevel=3)
        return np.nan, (np.nan, np.nan), np.nan, n * distance, design_effect
    statistic, numerator = distance / total, total**2 / squares
    denominator = numerator * df
    below = denominator / (denominator + numerator * statistic)
    p_value = float(special.betainc(denominator / 2.0, numerator / 2.0, below))
    return statistic, (numerator, denominator), p_value, n * distance, design_effect


def _require_two(survey: Survey, rows: Any, columns: Any) -> None:
    for argument, name in (("rows", rows), ("columns", columns)):
        if isinstance(name, (list, tuple)):
            raise DataError(f"{argument} takes one item, not {len(name)}; cross two items at a time")
        if name in RESERVED:
            raise DataError(f"{argument} names {name!r}, which is a column of every table of results; rename the column of the data")
    survey.require([rows, columns])
    if rows == columns:
        raise DataError(f"rows and columns are both {rows!r}; name two items")


@dataclass(frozen=True)
class _Side:
    """One item of a table: the place of each row's code (rows,), -1 where it has none; the codes; degrees of freedom of the rows with each."""

    code: Integers
    codes: NDArray[Any]
    df: Floats


def _side(survey: Survey, name: Any, found: tuple[Integers, list[Any]], complete: NDArray[np.bool_], counted: NDArray[np.bool_]) -> _Side:
    """The codes of an item that occur in complete rows."""
    code, names = found
    used = np.unique(code[complete])
    codes = np.empty(len(used), dtype=object)
    codes[:] = [names[one] for one in used]
    if len(used) < 2:
        raise DataError(f"{name!r} has the code {some(codes)} only, where both items are answered; a table needs two codes or more of each")
    place = np.full(len(names) + 1, -1)
    place[used] = np.arange(len(used))
    code = place[code]
    members = np.flatnonzero(counted & (code >= 0))
    unit = members if survey.design.unit is None else survey.design.unit[members]
    return _Side(code, codes, survey.design.degrees(unit, code[members], len(used)))


def _within(table: Crosstab, axis: int) -> Estimates:
    """Shares within the rows of the table (axis 0) or within its columns (axis 1)."""
    shape, k = table.counts.shape, table.counts.size
    margin = np.arange(k).reshape(shape)
    margin = (margin // shape[1] if axis == 0 else margin % shape[1]).ravel()
    same = (margin[:, None] == margin).astype(np.float64)

    def within(shares: Floats) -> Floats:
        return divided(shares, shares @ same)

    value = within(table.shares.value)
    jacobian = same * (np.eye(k) - value[:, None]) / (same @ table.shares.value)[:, None]
    n = table.counts.sum(axis=1 - axis)[margin]
    return derived(
        table.shares, within, jacobian, table.shares.key, kind="proportion", n=n, df=table.margin_df[axis][margin], simple=partial(_simple, value, n)
    )


def _simple(share: Floats, n: Floats) -> Floats:
    """The variance of a share in a simple random sample with replacement."""
    return divided(share * (1.0 - share), n - 1.0)


def _shown(table: Crosstab) -> pd.DataFrame:
    """Shares in percent, crossed, with their sums."""
    codes = [pd.unique(table.shares.key[name]) for name in (table.rows, table.columns)]
    grid = pd.DataFrame(
        table.shares.value.reshape(table.counts.shape), index=pd.Index(codes[0], name=table.rows), columns=pd.Index(codes[1], name=table.columns)
    )
    grid = grid.astype(np.float64).rename(index=str, columns=str)
    grid["total"] = grid.sum(axis=1)
    grid.loc["total"] = grid.sum(axis=0)
    return grid.map("{:.1%}".format)


def _sentence(table: Crosstab) -> str:
    left = f"; {table.left_out:,} rows lack a code" if table.left_out else ""
    return f"F {table.statistic:.4g} on {table.df[0]:.4g} and {table.df[1]:.4g} df, p {table.p_value:.3g}; n {table.n:,}{left}"
