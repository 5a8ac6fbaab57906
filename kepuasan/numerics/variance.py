"""From the influence of variance units to covariances: strata, stages, finite populations, single units.

The variance of a total over the stages of a design is (Särndal, Swensson and Wretman 1992, chapter 4)

    V = sum over stages s and their strata h of  c_h (1 - f_h) n_h / (n_h - 1)  sum over clusters i of (z_i - mean_h)²

with z_i the total of the influence over cluster i, f_h the fraction of clusters sampled and c_h the product of the
fractions of the stages above. Without finite population corrections the first stage alone is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kepuasan.numerics.totals import Floats, Integers, gathering

__all__ = ["Influence", "Matrix", "Stage", "VarianceRule", "combine", "dense", "influence_of_cells", "join"]

#: (units, k): dense, or sparse where few units reach each statistic
Influence: TypeAlias = "Floats | sparse.csr_array"

#: (combinations, k)
Matrix: TypeAlias = "Floats | sparse.csr_array"

_DENSE_LIMIT = 8_000_000
_BLOCK_VALUES = 4_000_000


@dataclass(frozen=True)
class Stage:
    """One stage of sampling, as its variance needs it.

    Parameters
    ----------
    cluster : array (units,) or None
        Cluster of each variance unit; None where the units are the clusters.
    stratum : array (clusters,)
        Stratum of each cluster; a later stage's strata lie within the clusters above.
    size : array (strata,)
        Clusters sampled in each stratum.
    factor : array (strata,)
        What the sum of squared deviations is multiplied by.
    centred : array (strata,) of bool
        Whether deviations are from the mean of the stratum, or from 0.
    """

    cluster: Integers | None
    stratum: Integers
    size: Floats
    factor: Floats
    centred: NDArray[np.bool_]

    def clusters(self, influence: Influence) -> Influence:
        """The influence added up by cluster."""
        if self.cluster is None:
            return influence
        return gathering(self.cluster, len(self.stratum)) @ influence

    def means(self, clustered: Influence) -> Influence:
        """The mean of the clusters of each stratum, 0 where deviations are from 0."""
        sums = gathering(self.stratum, len(self.size)) @ clustered
        inverse = np.where(self.centred, 1.0 / self.size, 0.0)
        return sums * inverse[:, None] if isinstance(sums, np.ndarray) else sparse.diags_array(inverse).tocsr() @ sums


@dataclass(frozen=True)
class VarianceRule:
    """The stages whose contributions add up to the variance."""

    stages: tuple[Stage, ...]

    def variances(self, influence: Influence) -> Floats:
        """The variances (k,) alone."""
        return np.asarray(np.sum([_stage_variances(stage, stage.clusters(influence)) for stage in self.stages], axis=0))

    def covariance(self, influence: Influence) -> Floats:
        """The covariance matrix (k, k)."""
        return np.asarray(np.sum([_stage_covariance(stage, stage.clusters(influence)) for stage in self.stages], axis=0))

    def crossed(self, influence: Influence, other: Influence) -> Floats:
        """The covariances (k, m) with another influence (units, m)."""
        return np.asarray(np.sum([_stage_crossed(stage, stage.clusters(influence), stage.clusters(other)) for stage in self.stages], axis=0))


def dense(influence: Influence) -> Floats:
    """The influence as a plain array."""
    return influence if isinstance(influence, np.ndarray) else influence.toarray()


def influence_of_cells(unit: Integers, domain: Integers, scores: Floats, shape: tuple[int, int]) -> Influence:
    """The influence (units, domains x k) from the scores (cells, k) of the pairs of unit and domain that hold rows, sorted by unit."""
    n_units, n_domains = shape
    k = scores.shape[1]
    if n_domains == 1 and len(unit) == n_units:
        return scores
    if n_units * n_domains * k <= max(_DENSE_LIMIT, 2 * scores.size):
        full = np.zeros((n_units, n_domains, k))
        full[unit, domain] = scores
        return full.reshape(n_units, n_domains * k)
    column = domain[:, None] * k + np.arange(k)
    ends = np.concatenate([[0], np.cumsum(np.bincount(unit, minlength=n_units))]) * k
    return sparse.csr_array((scores.ravel(), column.ravel(), ends), shape=(n_units, n_domains * k))


def combine(influence: Influence, matrix: Matrix) -> Influence:
    """The influence on linear combinations, `matrix` (combinations, k)."""
    product = influence @ matrix.T
    if isinstance(product, np.ndarray):
        return product
    return product.toarray() if product.shape[0] * product.shape[1] <= max(_DENSE_LIMIT, 2 * product.nnz) else sparse.csr_array(product)


def join(left: Influence, right: Influence) -> Influence:
    """Two influences of the same units side by side."""
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        return np.hstack([left, right])
    return sparse.csr_array(sparse.hstack([sparse.csr_array(left), sparse.csr_array(right)]))


def _deviations(stage: Stage, clustered: Floats, means: Floats, part: slice) -> Floats:
    """Scaled deviations of some clusters, whose cross-products are contributions to the variance."""
    stratum = stage.stratum[part]
    deviation = clustered[part] - means[stratum]
    deviation *= np.sqrt(stage.factor)[stratum, None]
    return deviation


def _parts(n: int, k: int) -> list[slice]:
    size = max(1, _BLOCK_VALUES // max(k, 1))
    return [slice(start, start + size) for start in range(0, n, size)]


def _stage_variances(stage: Stage, clustered: Influence) -> Floats:
    if not isinstance(clustered, np.ndarray):
        return _sparse_variances(stage, clustered)
    means, total = dense(stage.means(clustered)), np.zeros(clustered.shape[1])
    for part in _parts(*clustered.shape):
        deviation = _deviations(stage, clustered, means, part)
        total += np.einsum("uk,uk->k", deviation, deviation)
    return total


def _stage_covariance(stage: Stage, clustered: Influence) -> Floats:
    if not isinstance(clustered, np.ndarray):
        return _sparse_covariance(stage, clustered)
    means, total = dense(stage.means(clustered)), np.zeros((clustered.shape[1],) * 2)
    for part in _parts(*clustered.shape):
        deviation = _deviations(stage, clustered, means, part)
        total += deviation.T @ deviation
    return total


def _stage_crossed(stage: Stage, clustered: Influence, other: Influence) -> Floats:
    """Cross-products of one influence with the deviations of another; its own deviations would add nothing."""
    means, total = dense(stage.means(other)), np.zeros((clustered.shape[1], other.shape[1]))
    for part in _parts(*other.shape):
        stratum = stage.stratum[part]
        deviation = (dense(other[part]) - np.where(stage.centred[stratum, None], means[stratum], 0.0)) * stage.factor[stratum, None]
        total += clustered[part].T @ deviation
    return total


def _sparse_variances(stage: Stage, clustered: sparse.csr_array) -> Floats:
    """Variances from the entries that are not 0: each deviates from its stratum's mean, and the zeros deviate by the mean."""
    k, entries = clustered.shape[1], clustered.tocoo()
    place: Integers = stage.stratum[entries.row] * k + entries.col
    pairs = np.arange(len(stage.size) * k)
    if len(pairs) > 4 * len(place) + 1_000_000:
        pairs, place = np.unique(place, return_inverse=True)
    h, column, n_pairs = pairs // k, pairs % k, len(pairs)
    mean = np.where(stage.centred[h], np.bincount(place, weights=entries.data, minlength=n_pairs) / stage.size[h], 0.0)
    zeros = stage.size[h] - np.bincount(place, minlength=n_pairs)
    square = np.bincount(place, weights=(entries.data - mean[place]) ** 2, minlength=n_pairs) + zeros * mean**2
    return np.asarray(np.bincount(column, weights=stage.factor[h] * square, minlength=k), dtype=np.float64)


def _filled_deviations(stage: Stage, clustered: sparse.csr_array) -> sparse.csr_array | None:
    """Scaled deviations of every cluster of the strata that a statistic reaches; None where they are far more than the entries."""
    means = sparse.coo_array(stage.means(clustered))
    size = stage.size[means.row].astype(np.intp)
    if size.sum() > 8 * clustered.nnz + 1_000_000:
        return None
    order = np.argsort(stage.stratum, kind="stable")
    first = np.concatenate([[0], np.cumsum(stage.size.astype(np.intp))])[means.row]
    within = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    row, column = order[np.repeat(first, size) + within], np.repeat(means.col, size)
    mean = sparse.csr_array((np.repeat(means.data, size), (row, column)), shape=clustered.shape)
    return sparse.csr_array(sparse.diags_array(np.sqrt(stage.factor)[stage.stratum]).tocsr() @ (clustered - mean))


def _sparse_covariance(stage: Stage, clustered: sparse.csr_array) -> Floats:
    """Cross-products of the deviations; where these would fill up too much, of the entries less those of the means."""
    filled = _filled_deviations(stage, clustered)
    if filled is not None:
        crossed: Floats = (filled.T @ filled).toarray()
        return crossed
    scaled = sparse.diags_array(np.sqrt(stage.factor)[stage.stratum]).tocsr() @ clustered
    means = sparse.diags_array(np.sqrt(stage.factor * stage.size)).tocsr() @ sparse.csr_array(stage.means(clustered))
    total: Floats = (scaled.T @ scaled - means.T @ means).toarray()
    np.fill_diagonal(total, _sparse_variances(stage, clustered))
    return total
