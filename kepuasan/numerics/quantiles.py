"""Weighted quantiles by domain, and the interval of Woodruff: limits of the share, read back on the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kepuasan.numerics.totals import Floats, Integers

__all__ = ["CLOSE", "Distribution", "Woodruff", "distribution"]

#: shares that differ by no more are one; cumulated weights carry rounding of their own
CLOSE = 1e-12


@dataclass(frozen=True)
class Distribution:
    """The answers to one item, by domain.

    ``value`` (m,): distinct answers, ascending within each domain, the domains one after the other; ``share`` (m,): weight of the answers up to each,
    over that of the domain; ``first`` (domains + 1,): where each domain begins; ``n_distinct``: distinct answers of all domains together.
    """

    value: Floats
    share: Floats
    first: Integers
    n_distinct: int

    def reaching(self, wanted: Floats) -> Floats:
        """The smallest answers whose cumulated share is that wanted, or more (domains, q); NaN without answers, or for no share between 0 and 1."""
        if not len(self.value):
            return np.full(wanted.shape, np.nan)
        first, end = (np.broadcast_to(bound[:, None], wanted.shape) for bound in (self.first[:-1], self.first[1:]))
        low, high = np.minimum(first, len(self.value) - 1), np.maximum(end - 1, 0)
        while (low < high).any():
            middle = (low + high) // 2
            reached = (self.share[middle] >= wanted - CLOSE) | (low >= high)
            low, high = np.where(reached, low, middle + 1), np.where(reached & (low < high), middle, high)
        known = (first < end) & (wanted >= -CLOSE) & (wanted <= 1.0 + CLOSE)
        return np.where(known, self.value[low], np.nan)


def distribution(value: Floats, weight: Floats, domain: Integers | None, n_domains: int) -> Distribution:
    """The distribution of the answers that have a weight, by domain.

    Parameters
    ----------
    value : array (rows,)
        Answers, NaN where missing.
    weight : array (rows,)
        Weights; rows of weight 0 count nothing.
    domain : array (rows,) or None
        Domain of each row; None where there is one.
    n_domains : int
    """
    answered = (weight != 0) & ~np.isnan(value)
    if not answered.all():
        value, weight = value[answered], weight[answered]
        domain = None if domain is None else domain[answered]
    order = np.argsort(value)
    value, weight = value[order], weight[order]
    n_distinct = int(np.count_nonzero(_starts(value)))
    starts = _starts(value)
    if domain is not None:
        by_domain = domain[order].astype(np.min_scalar_type(n_domains))
        order = np.argsort(by_domain, kind="stable")
        value, weight, by_domain = value[order], weight[order], by_domain[order]
        starts = _starts(value) | _starts(by_domain)
        first = np.searchsorted(by_domain, np.arange(n_domains + 1))
    else:
        first = np.array([0, len(value)])
    return _cumulated(value, weight, np.flatnonzero(starts), first, n_distinct)


def _starts(value: Floats | Integers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Where a run of equal values begins."""
    starts = np.ones(len(value), dtype=bool)
    np.not_equal(value[1:], value[:-1], out=starts[1:])
    return starts


def _cumulated(value: Floats, weight: Floats, start: Integers, first: Integers, n_distinct: int) -> Distribution:
    """Shares at the last row of each distinct answer; weights are added up in the longest floats there are."""
    sums = np.concatenate([[0.0], np.cumsum(weight, dtype=np.longdouble)])
    stop, domain_first = np.append(start[1:], len(value)), np.searchsorted(start, first)
    size = np.diff(domain_first)
    before, whole = np.repeat(sums[first[:-1]], size), np.repeat(np.diff(sums[first]), size)
    share = ((sums[stop[: len(start)]] - before) / whole).astype(np.float64)
    return Distribution(value[start], share, domain_first, n_distinct)


@dataclass(frozen=True)
class Woodruff:
    """Confidence limits of quantiles, at any level.

    ``items``: a distribution each; ``share``, ``se``, ``df`` (domains x items x q,): the share of answers up to each quantile, its standard error and
    degrees of freedom.

    References
    ----------
    Woodruff, R. S. (1952). Confidence intervals for medians and other position measures. *Journal of the American Statistical Association* 47,
    635-646.
    """

    items: Sequence[Distribution]
    share: Floats
    se: Floats
    df: Floats

    def __call__(self, level: float) -> Floats:
        """Limits (k, 2): the answers at which the share's own t limits are reached; NaN where these lie below 0 or above 1."""
        from kepuasan.numerics.intervals import t_quantile

        half = t_quantile(level, self.df) * self.se
        return np.column_stack([self._read_back(self.share - half), self._read_back(self.share + half)])

    def _read_back(self, wanted: Floats) -> Floats:
        by_item = wanted.reshape(len(self.items[0].first) - 1, len(self.items), -1)
        return np.stack([item.reaching(by_item[:, place]) for place, item in enumerate(self.items)], axis=1).ravel()
