"""Estimates of several completed data sets, combined by Rubin's rules."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.errors import EstimateError, some
from kepuasan.estimates import Estimates
from kepuasan.numerics.spread import Known
from kepuasan.numerics.totals import divided

if TYPE_CHECKING:
    from kepuasan.numerics.totals import Floats

__all__ = ["combine_imputations", "missing_information"]


@dataclass(frozen=True)
class _Rubin:
    """What m imputations say of k estimates.

    ``value`` (k,); ``within`` and ``between`` (k, k): mean covariance, and covariance of the estimates; ``df_complete`` (k,): degrees of freedom that
    complete data would have, the smallest of the imputations; ``m``: their number.
    """

    value: Floats
    within: Floats
    between: Floats
    df_complete: Floats
    m: int

    @property
    def total(self) -> Floats:
        """The covariance (k, k), T = W + (1 + 1 / m) B; 0 where there is no estimate."""
        total = self.within + (1.0 + 1.0 / self.m) * self.between
        return np.where(np.isnan(total), 0.0, total)

    @property
    def missing(self) -> Floats:
        """Share of each variance (k,) that is due to what is missing: (1 + 1 / m) B / T; 0 where there is no variance."""
        added, whole = (1.0 + 1.0 / self.m) * np.diag(self.between), np.diag(self.total)
        return np.where(whole > 0, divided(added, whole), 0.0)

    @property
    def df(self) -> Floats:
        """Degrees of freedom (k,) of Barnard and Rubin."""
        complete, missing = self.df_complete, self.missing
        with np.errstate(divide="ignore", invalid="ignore"):
            observed = np.where(np.isinf(complete), np.inf, (complete + 1.0) / (complete + 3.0) * complete * (1.0 - missing))
            return np.where(complete > 0, 1.0 / (missing**2 / (self.m - 1.0) + 1.0 / observed), complete)


def combine_imputations(estimates: Sequence[Estimates]) -> Estimates:
    """The estimates of several imputed data sets as one, by Rubin's rules, with their joint covariance.

    Parameters
    ----------
    estimates : list of Estimates
        The same rows in each, from surveys that differ in what was imputed. A contrast, a share or an index is best formed in each and combined then,
        so that its own degrees of freedom are found.

    Returns
    -------
    Estimates
        Of the same key. ``n`` is the mean over the imputations; there is no design effect. Their design is one of their own: they are joined with
        other estimates only where these are declared independent.

    Raises
    ------
    EstimateError
        Fewer than two; rows that are not the same in all, or are of another kind.

    Notes
    -----
    With the mean W of the m covariances and the covariance B of the m estimates, the variance is T = W + (1 + 1 / m) B. Where lambda is the share of
    a variance that is (1 + 1 / m) B, and v the degrees of freedom of complete data, those of the estimate are

        1 / (1 / v_m + 1 / v_o),   v_m = (m - 1) / lambda²,   v_o = (1 - lambda) v (v + 1) / (v + 3).

    The large-sample rule, v_m alone, can give more degrees of freedom than complete data have. `missing_information` gives lambda for each row.

    References
    ----------
    Rubin, D. B. (1987). *Multiple Imputation for Nonresponse in Surveys*. New York: Wiley, section 3.1.
    Barnard, J. and Rubin, D. B. (1999). Small-sample degrees of freedom with multiple imputation. *Biometrika* 86, 948-955.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey, mean
    >>> filled = [pd.DataFrame({"speed": [3, 4, 2, 4, answer]}) for answer in (2, 3, 4)]
    >>> combined = combine_imputations([mean(Survey(frame), "speed") for frame in filled])
    >>> combined.value.round(3), combined.se.round(3)
    (array([3.2]), array([0.469]))
    """
    parts = _checked(estimates)
    found = _rubin(parts)
    df = found.df
    usable = df[np.isfinite(df)]
    return replace(
        parts[0],
        value=found.value,
        n=np.mean([part.n for part in parts], axis=0),
        df=df,
        spread=Known(found.total, np.eye(len(found.value))),
        design_df=float(usable.min()) if usable.size else float(parts[0].design_df),
        token=uuid.uuid4().hex,
        simple=None,
        limits=None,
    )


def missing_information(estimates: Sequence[Estimates]) -> pd.DataFrame:
    """What is missing costs each estimate of several imputed data sets.

    Parameters
    ----------
    estimates : list of Estimates
        As `combine_imputations`.

    Returns
    -------
    DataFrame
        The key, then ``estimate``; ``within`` and ``between``, the two parts of its variance W and B; ``missing_share`` of the variance, lambda;
        ``relative_increase`` of the variance, lambda / (1 - lambda); ``missing_information``, the fraction (r + 2 / (df + 3)) / (r + 1) with that
        increase r; ``efficiency`` against infinitely many imputations, 1 / (1 + fraction / m); ``df``.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey, mean
    >>> filled = [pd.DataFrame({"speed": [3, 4, 2, 4, answer]}) for answer in (2, 3, 4)]
    >>> float(missing_information([mean(Survey(frame), "speed") for frame in filled])["missing_share"].round(3).iloc[0])
    0.242
    """
    parts = _checked(estimates)
    found = _rubin(parts)
    share, df = found.missing, found.df
    increase = divided(share, 1.0 - share)
    fraction = (increase + 2.0 / (df + 3.0)) / (increase + 1.0)
    return parts[0].key.assign(
        estimate=found.value,
        within=np.diag(found.within),
        between=np.diag(found.between),
        missing_share=share,
        relative_increase=increase,
        missing_information=fraction,
        efficiency=1.0 / (1.0 + fraction / found.m),
        df=df,
    )


def _rubin(parts: Sequence[Estimates]) -> _Rubin:
    values = np.array([part.value for part in parts])
    value = values.mean(axis=0)
    gaps = values - value
    within = np.mean([part.vcov for part in parts], axis=0)
    return _Rubin(value, within, gaps.T @ gaps / (len(parts) - 1.0), np.min([part.df for part in parts], axis=0), len(parts))


def _checked(estimates: Any) -> list[Estimates]:
    """The estimates as a list, of the same rows."""
    if isinstance(estimates, Estimates) or not isinstance(estimates, (list, tuple)):
        raise EstimateError(f"{type(estimates).__name__} is no list of estimates; give one Estimates for each imputed data set")
    wrong = [one for one in estimates if not isinstance(one, Estimates)]
    if wrong:
        raise EstimateError(f"{type(wrong[0]).__name__} cannot be combined; give Estimates, one for each imputed data set")
    if len(estimates) < 2:
        raise EstimateError(f"{len(estimates)} imputation is given; what differs between imputations needs two or more")
    first = estimates[0]
    for number, other in enumerate(estimates[1:], start=2):
        if other.kind != first.kind:
            raise EstimateError(
                f"imputation number {number} gives estimates of kind {other.kind!r}, the first of kind {first.kind!r}; give the same of each"
            )
        _check_rows(first.key, other.key, number)
    return list(estimates)


def _check_rows(first: pd.DataFrame, other: pd.DataFrame, number: int) -> None:
    """Refuse rows that are not those of the first imputation, in its order."""
    if list(first.columns) != list(other.columns):
        raise EstimateError(
            f"imputation number {number} has the key columns {some(other.columns)}, the first {some(first.columns)}; give the same of each"
        )
    rows, others = (list(key.itertuples(index=False, name=None)) for key in (first, other))
    if rows == others:
        return
    for there, here, lacking in (
        ("number 1", f"number {number}", set(rows) - set(others)),
        (f"number {number}", "number 1", set(others) - set(rows)),
    ):
        if lacking:
            named = some(sorted(" ".join(map(str, row)) for row in lacking))
            raise EstimateError(
                f"imputation {there} has rows that {here} lacks: {named}; estimate the same rows of each, or declare all codes in a codebook"
            )
    raise EstimateError(f"imputation number {number} has its rows in another order than the first; sort them alike")
