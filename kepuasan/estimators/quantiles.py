"""Quantiles of items, with the interval of Woodruff."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from kepuasan.columns import ITEM, QUANTILE
from kepuasan.errors import DataError, DataWarning, refuse_infinite, some
from kepuasan.estimators.ratios import Request, estimate
from kepuasan.estimators.reading import item_names, read_items
from kepuasan.numerics.quantiles import Woodruff, distribution
from kepuasan.numerics.ratios import ANSWERED, Form
from kepuasan.numerics.totals import divided

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from kepuasan.estimates import Estimates
    from kepuasan.numerics.quantiles import Distribution
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.survey import Domains, Survey

__all__ = ["quantile"]

#: the level at which the width of the interval gives the standard error
_LEVEL = 0.95
_FEW = 10


@dataclass(frozen=True)
class _UpTo:
    """Reads rows start..stop as 0/1 columns, items x quantiles: whether the answer is at most the quantile of its domain; NaN where missing."""

    columns: tuple[NDArray[Any], ...]
    point: Floats
    domain: Integers | None

    def __call__(self, start: int, stop: int) -> Floats:
        point = self.point if self.domain is None else self.point[self.domain[start:stop]]
        block = np.empty((stop - start, *self.point.shape[1:]))
        for place, column in enumerate(self.columns):
            values = column[start:stop]
            np.less_equal(values[:, None], point[:, place], out=block[:, place])
            block[np.isnan(values), place] = np.nan
        return block.reshape(len(block), -1)


def quantile(survey: Survey, items: Any, q: Any, *, by: Any = None) -> Estimates:
    """Weighted quantiles of items, with Woodruff's limits and their joint covariance over items, quantiles and domains.

    Parameters
    ----------
    survey : Survey
        The microdata.
    items : str or list of str
        Numeric columns; each is taken over those who answered it.
    q : float or list of float
        Shares between 0 and 1: 0.5 is the median.
    by : str or list of str, optional
        Domain columns.

    Returns
    -------
    Estimates
        Key columns ``item``, those of `by`, ``q``. ``ci`` gives Woodruff's limits at any level. ``se`` is the width of those at 95 % over twice the
        t quantile; the covariance is that of the shares of answers up to each quantile, rescaled so that its errors are those.

    Raises
    ------
    DataError
        As `mean`; a `q` that is no share between 0 and 1; infinite answers.

    Notes
    -----
    The quantile is the smallest answer x at which the weighted share F(x) of answers up to x reaches q. Shares that differ from q by less than 1e-12
    reach it, as cumulated weights are rounded. The limits are read in the same way where the t limits of the share F(x) lie; one of these below 0 or
    above 1 leaves a limit, and the standard error, empty.

    Where answers are few and often tied, as on a scale of five, limits jump from one answer to the next; a warning says so.

    References
    ----------
    Woodruff, R. S. (1952). Confidence intervals for medians and other position measures. *Journal of the American Statistical Association* 47,
    635-646.
    Francisco, C. A. and Fuller, W. A. (1991). Quantile estimation with a complex survey design. *Annals of Statistics* 19, 454-469.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> survey = Survey(pd.DataFrame({"days": range(1, 41)}))
    >>> median = quantile(survey, "days", 0.5)
    >>> median.value, median.ci()
    (array([20.]), array([[14., 27.]]))
    """
    names, shares = item_names(items), _shares(q)
    read, domains = read_items(survey, names), survey.domains(by)
    if QUANTILE in domains.key.columns:
        raise DataError(f"by names {QUANTILE!r}, which is a column of every table of quantiles; rename the column of the data")
    found = [_distribution(name, column, domains, survey.frame.index) for name, column in zip(names, read.columns, strict=True)]
    wanted = np.broadcast_to(shares, (len(domains.key), len(shares)))
    point = np.stack([one.reaching(wanted) for one in found], axis=1)
    k = len(names) * len(shares)
    labels = pd.DataFrame({ITEM: np.repeat(np.array(names, dtype=object), len(shares)), QUANTILE: np.tile(shares, len(names))}).infer_objects()
    form = Form(np.arange(k), np.full(k, ANSWERED))
    up_to = estimate(survey, domains, Request(_UpTo(read.columns, point, domains.code), k, form, labels, "quantile"))
    result = _read_back(up_to, point.ravel(), found)
    _warn_of_ties(result, names, found)
    return result


def _shares(q: Any) -> Floats:
    """The shares asked for (q,), each once."""
    listed = list(q) if isinstance(q, (list, tuple, set, frozenset, np.ndarray, pd.Index, pd.Series)) else [q]
    wrong = [one for one in listed if not isinstance(one, (int, float, np.integer, np.floating)) or not 0 < one < 1]
    if wrong or not listed:
        what = f"q holds {some(wrong[:1])}" if wrong else "q is empty"
        raise DataError(f"{what}; give shares between 0 and 1, such as 0.5 for the median")
    if len(set(listed)) < len(listed):
        raise DataError(f"q names a share twice: {some(listed)}; name each once")
    return np.array(listed, dtype=np.float64)


def _distribution(name: Any, column: NDArray[Any], domains: Domains, index: pd.Index[Any]) -> Distribution:
    """The distribution of an item by domain; infinite answers are refused, with their rows."""
    value = column.astype(np.float64, copy=False)
    refuse_infinite(name, index[np.isinf(value) & (domains.weight != 0)])
    negative = int(np.count_nonzero(domains.weight < 0))
    if negative:
        warnings.warn(
            f"{negative:,} weights are negative, so that shares do not rise with the answers of {name!r}; quantiles are rough",
            DataWarning,
            stacklevel=3,
        )
    return distribution(value, domains.weight, domains.code, len(domains.key))


def _read_back(up_to: Estimates, point: Floats, found: Sequence[Distribution]) -> Estimates:
    """From the shares of answers up to the quantiles to the quantiles."""
    from kepuasan.numerics.intervals import t_quantile

    limits = Woodruff(found, up_to.value, up_to.se, up_to.df)
    at_95 = limits(_LEVEL)
    se = (at_95[:, 1] - at_95[:, 0]) / (2.0 * t_quantile(_LEVEL, up_to.df))
    scale = np.where(up_to.se > 0, divided(se, up_to.se), 0.0 * se)
    spread = up_to.spread.combined(sparse.diags_array(scale).tocsr())
    simple = None if up_to.simple is None else partial(_rescaled, up_to.simple, scale)
    return replace(up_to, value=point, spread=spread, simple=simple, limits=limits)


def _rescaled(simple: Callable[[], Floats], scale: Floats) -> Floats:
    return simple() * scale**2


def _warn_of_ties(result: Estimates, names: Sequence[Any], found: Sequence[Distribution]) -> None:
    """Warn of items with few distinct answers, of intervals without width, and of limits that are not there."""
    few = {name: one.n_distinct for name, one in zip(names, found, strict=True) if one.n_distinct < _FEW}
    if few:
        counted = some(f"{name}: {count}" for name, count in few.items())
        text = "a quantile of so few distinct answers has no useful standard error; use mean or proportion"
        warnings.warn(f"{text} (distinct answers of {counted})", DataWarning, stacklevel=3)
    usable = np.isfinite(result.value) & (result.df > 0) & ~result.key[ITEM].isin(list(few)).to_numpy()
    for rows, text in (
        (usable & (result.se == 0), "quantiles have an interval without width, as their limits are one and the same answer"),
        (usable & np.isnan(result.se), "quantiles lack a limit and a standard error, as that of the share lies below 0 or above 1"),
    ):
        if rows.any():
            places = result.key[rows].astype(str).agg(" ".join, axis=1)
            warnings.warn(f"{int(rows.sum())} {text} ({some(places)})", DataWarning, stacklevel=3)
