"""Means and covariances of columns by domain, and the scores of rows on functions of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kepuasan.numerics.totals import Floats, Integers, Read, Rows, blocks, divided, gathering, sum_cells
from kepuasan.numerics.triangles import entries, packed, products, unpacked

__all__ = ["DomainMoments", "MomentStatistic", "domain_moments", "dropped_levels", "from_totals", "row_scores", "total_columns", "without_columns"]

#: domains up to which the scores of every domain are formed, and a row's own are picked
_FEW_DOMAINS = 8
#: share below which nobody has a level
_ABSENT = 1e-12
#: values of a block of rows with all their products that stay in the cache
_CACHED = 65_536


class MomentStatistic(Protocol):
    """Functions of the mean and the covariance of columns."""

    def values(self, mean: Floats, covariance: Floats) -> Floats:
        """The functions (..., k) of means (..., m) and covariances (..., m, m)."""

    def gradients(self, mean: Floats, covariance: Floats) -> tuple[Floats, Floats]:
        """Their derivatives by the means (domains, k, m) and by the covariances (domains, k, m, m), these symmetric."""


@dataclass(frozen=True)
class DomainMoments:
    """Weighted moments of m columns by domain.

    ``weight``, ``n`` (domains,): sum of weights and number of rows with one; ``mean`` (domains, m); ``covariance`` (domains, m, m): sums of
    cross-products over the sum of weights.
    """

    weight: Floats
    n: Floats
    mean: Floats
    covariance: Floats


def domain_moments(rows: Rows, read: Read, m: int) -> DomainMoments:
    """The moments of columns none of which is missing where a row has a weight; cross-products are about the domain's own means."""
    domain, n_domains = rows.domains(), rows.n_domains
    sums = sum_cells(domain, n_domains, rows.weight, read, m)
    mean = divided(sums.value, np.broadcast_to(sums.weight[:, None], sums.value.shape))
    whole = np.zeros((n_domains, entries(m)))
    for start, stop in blocks(len(rows.weight), entries(m), n_domains):
        columns, weight = _centred(rows, read, np.nan_to_num(mean), start, stop), rows.weight[start:stop]
        if n_domains == 1:
            whole[0] += packed((columns * weight) @ columns.T)
        else:
            whole += gathering(domain[start:stop], n_domains, weight) @ np.ascontiguousarray(products(columns).T)
    covariance = unpacked(divided(whole, np.broadcast_to(sums.weight[:, None], whole.shape)), m)
    return DomainMoments(sums.weight, sums.count, mean, covariance)


def row_scores(rows: Rows, read: Read, found: DomainMoments, gradients: tuple[Floats, Floats]) -> Read:
    """A reader of the influence (rows, k) of rows on the functions of their own domain, per unit of weight.

    Notes
    -----
    With z the row less the mean, g the gradient by the mean and G that by the covariance C, it is (g z + z' G z - <G, C>) / W.
    """
    by_mean, by_covariance = gradients
    m = by_mean.shape[2]
    doubled = packed(2.0 - np.eye(m))
    slope = np.concatenate([by_mean, packed(by_covariance) * doubled], axis=2) / found.weight[:, None, None]
    level = np.einsum("dkp,dp->dk", slope[:, :, m:], packed(found.covariance))
    domain = rows.domains()

    def scores(start: int, stop: int) -> Floats:
        score = np.empty((stop - start, slope.shape[1]))
        size = max(1, _CACHED // slope.shape[2])
        for first in range(start, stop, size):
            last = min(first + size, stop)
            columns = _centred(rows, read, found.mean, first, last)
            both = np.empty((slope.shape[2], last - first))
            both[:m] = columns
            products(columns, both[m:])
            score[first - start : last - start] = _by_domain(slope, both, domain[first:last]) - level[domain[first:last]]
        return score

    return scores


def _by_domain(slope: Floats, both: Floats, domain: Integers) -> Floats:
    """Scores (rows, k) by the slopes (domains, k, columns) of each row's domain."""
    if len(slope) == 1:
        return np.asarray((slope[0] @ both).T)
    if len(slope) <= _FEW_DOMAINS:
        return np.asarray(np.einsum("dkp,pr->rdk", slope, both, optimize=True)[np.arange(both.shape[1]), domain])
    return np.asarray((slope[domain] @ both.T[:, :, None])[:, :, 0])


def total_columns(rows: Rows, read: Read, found: DomainMoments) -> tuple[Read, int]:
    """A reader of the columns whose totals determine the moments of any weights, and their number: 1, columns, products."""
    m = found.mean.shape[1]

    def columns(start: int, stop: int) -> Floats:
        centred = _centred(rows, read, found.mean, start, stop)
        both = np.concatenate([np.ones((1, stop - start)), centred, products(centred)])
        both[:, rows.weight[start:stop] == 0] = 0.0
        return np.ascontiguousarray(both.T)

    return columns, 1 + m + entries(m)


def from_totals(totals: Floats, found: DomainMoments) -> tuple[Floats, Floats]:
    """Means (..., domains, m) and covariances (..., domains, m, m) from totals (..., domains, columns) of `total_columns`."""
    m = found.mean.shape[1]
    parts = divided(totals[..., 1:], np.broadcast_to(totals[..., :1], totals[..., 1:].shape))
    gap = parts[..., :m]
    return found.mean + gap, unpacked(parts[..., m:], m) - gap[..., :, None] * gap[..., None, :]


def without_columns(covariance: Floats, dropped: NDArray[np.bool_]) -> Floats:
    """Covariances (..., m, m) in which columns that are dropped (..., m) vary on their own, so that they explain nothing."""
    either = dropped[..., :, None] | dropped[..., None, :]
    return np.where(either, np.eye(dropped.shape[-1]), covariance)


def dropped_levels(share: Floats) -> NDArray[np.bool_]:
    """Which dummies (..., k - 1) of a factor are dropped, from the shares (..., k) of its levels: of absent ones, and of the first one present."""
    present = np.abs(share) > _ABSENT
    first = present.argmax(axis=-1)[..., None] == np.arange(share.shape[-1])
    return np.asarray((~present | first)[..., 1:])


def _centred(rows: Rows, read: Read, mean: Floats, start: int, stop: int) -> Floats:
    """Columns (m, rows) of rows start..stop less the means of their domain; 0 in rows without a weight."""
    columns = np.ascontiguousarray(read(start, stop).T)
    columns -= mean[0][:, None] if rows.domain is None else mean[rows.domain[start:stop]].T
    weight = rows.weight[start:stop]
    if not weight.all():
        columns[:, weight == 0] = 0.0
    return columns
