"""The road from complete rows to `Estimates` for every function of their means and covariances."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kepuasan.columns import spelled
from kepuasan.errors import DataError, some
from kepuasan.estimates import Estimates
from kepuasan.estimators.ratios import domain_key
from kepuasan.estimators.spreads import linearised, replicate_totals, replicated, warn_of_lost
from kepuasan.numerics.moments import domain_moments, dropped_levels, from_totals, row_scores, total_columns, without_columns
from kepuasan.numerics.totals import blocks

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from kepuasan.design import BoundDesign
    from kepuasan.estimates import Kind
    from kepuasan.numerics.moments import DomainMoments, MomentStatistic
    from kepuasan.numerics.spread import Spread
    from kepuasan.numerics.totals import Floats, Read, Rows
    from kepuasan.survey import Domains, Survey

__all__ = ["CompleteRows", "complete_rows"]

#: least eigenvalue of a correlation matrix from which on columns do not determine each other; least share of its variance that a column keeps
_SINGULAR = 1e-11


@dataclass(frozen=True)
class CompleteRows:
    """Rows that lack none of some columns, by domain, with the moments of these columns.

    ``rows``: those that lack one have weight 0, so that they leave as a domain; ``left_out``: how many they are; ``n_free``: as many of the first
    columns must not determine each other in a replicate that counts; ``factors``: where the dummies of each factor stand, whose
    levels domains and replicates may lack; ``dropped`` (domains, m): columns that a domain does without.
    """

    design: BoundDesign
    key: pd.DataFrame
    rows: Rows
    read: Read
    moments: DomainMoments
    left_out: int
    n_free: int
    factors: tuple[slice, ...] = ()
    dropped: NDArray[np.bool_] | None = None

    def with_factors(self, factors: tuple[slice, ...]) -> CompleteRows:
        """The same where domains and replicates may lack levels of factors, given by where their dummies stand: absent levels explain nothing."""
        dropped = _dropped(self.moments.mean, factors)
        moments = replace(self.moments, covariance=without_columns(self.moments.covariance, dropped))
        return replace(self, factors=factors, dropped=dropped, moments=moments)

    def _known(self, statistic: MomentStatistic, mean: Floats, covariance: Floats) -> Floats:
        """The statistics (..., k) of every replicate and domain, NaN where a column does not vary or the first ones determine each other."""
        variance = np.einsum("...ii->...i", covariance)
        whole = np.einsum("dii->di", self.moments.covariance)
        regular: NDArray[np.bool_] = np.asarray(np.isfinite(covariance).all(axis=(-1, -2)) & (variance > _SINGULAR * whole).all(axis=-1))
        safe = np.where(regular[..., None, None], covariance, np.eye(mean.shape[-1]))
        free = safe[..., : self.n_free, : self.n_free]
        size = np.sqrt(np.einsum("...ii->...i", free))
        regular &= np.linalg.eigvalsh(free / (size[..., :, None] * size[..., None, :]))[..., 0] > _SINGULAR
        safe = np.where(regular[..., None, None], covariance, np.eye(mean.shape[-1]))
        values = statistic.values(np.where(regular[..., None], mean, 0.0), safe)
        return np.where(regular[..., None], values, np.nan)

    def where(self, place: int) -> str:
        """A domain as messages name it: " in wave 2020"; empty where there is one only."""
        named = " ".join(f"{name} {spelled(code)}" for name, code in self.key.iloc[place].items())
        return f" in {named}" if named else ""

    def estimates(self, statistic: MomentStatistic, labels: pd.DataFrame, *, kind: Kind = "combination") -> Estimates:
        """The functions of the moments in every domain, ordered by domain, then label (k rows).

        Raises
        ------
        SinglePSUError
            Strata with one unit, where the design says "fail".

        Warns
        -----
        DataWarning
            Replicates without some of the functions, with their count; the variance is of the others.
        """
        self.design.require_variance()
        value = statistic.values(self.moments.mean, self.moments.covariance)
        n_domains, k = value.shape
        unit, domain = self.rows.members()
        return Estimates(
            key=domain_key(self.key, labels),
            value=value.ravel(),
            n=np.repeat(self.moments.n, k),
            df=np.repeat(self.design.degrees(unit, domain, n_domains), k),
            spread=self._linearised(statistic, k) if self.design.plan is None else self._replicated(statistic, value),
            kind=kind,
            design_df=self.design.df,
            token=self.design.token,
        )

    def _linearised(self, statistic: MomentStatistic, k: int) -> Spread:
        gradients = statistic.gradients(self.moments.mean, self.moments.covariance)
        return linearised(self.design, self.rows, row_scores(self.rows, self.read, self.moments, gradients), k)

    def _replicated(self, statistic: MomentStatistic, value: Floats) -> Spread:
        columns, n_columns = total_columns(self.rows, self.read, self.moments)
        totals = replicate_totals(self.design, self.rows, columns, n_columns)
        mean, covariance = from_totals(totals, self.moments)
        if self.factors:
            covariance = without_columns(covariance, _dropped(mean, self.factors))
        replicates = self._known(statistic, mean, covariance).reshape(len(totals), -1)
        warn_of_lost(replicates, "in them a domain is empty, or columns do not vary or determine each other", stacklevel=5)
        return replicated(self.design, replicates, value.ravel())


def _dropped(mean: Floats, factors: tuple[slice, ...]) -> NDArray[np.bool_]:
    """Dummies (..., m) of levels that are absent, and of the level that stands for an absent first one, from the means (..., m) of all columns."""
    dropped = np.zeros(mean.shape, dtype=np.bool_)
    for part in factors:
        share = mean[..., part]
        dropped[..., part] = dropped_levels(np.concatenate([1.0 - share.sum(axis=-1, keepdims=True), share], axis=-1))
    return dropped


def complete_rows(survey: Survey, domains: Domains, read: Read, m: int, *, n_free: int | None = None) -> CompleteRows:
    """The rows of the domains that lack none of m columns, and the moments of these.

    Parameters
    ----------
    survey : Survey
    domains : Domains
        Of `Survey.domains`.
    read : callable
        ``read(start, stop)`` gives the columns (rows, m), missing answers as NaN, none of them infinite.
    m : int
    n_free : int, optional
        How many of the first columns must not determine each other in a replicate that counts; all, unless told.

    Raises
    ------
    DataError
        A domain in which no row is complete; it is named.
    """
    asked = domains.rows(survey.design)
    weight = asked.weight.copy()
    for start, stop in blocks(len(weight), m):
        weight[start:stop][np.isnan(read(start, stop)).any(axis=1)] = 0.0
    left_out = int(np.count_nonzero(asked.weight) - np.count_nonzero(weight))
    rows = replace(asked, weight=weight)
    found = domain_moments(rows, read, m)
    empty = found.n == 0
    if empty.any():
        names = domains.key.astype(str).agg(" ".join, axis=1)[empty] if domains.key.shape[1] else ["the survey"]
        raise DataError(f"no row of {some(names)} has an answer to every column used; leave out the column that was not asked there")
    return CompleteRows(survey.design, domains.key, rows, read, found, left_out, m if n_free is None else n_free)
