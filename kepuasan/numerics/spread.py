"""How estimates vary together: one small protocol, whatever the covariance comes from.

Linear combinations, selections and joins act on what the covariance is made of, so that no k x k matrix is formed unasked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

import numpy as np
from scipy import sparse

from kepuasan.numerics.layers import Members, layers_of
from kepuasan.numerics.totals import Floats, Integers
from kepuasan.numerics.variance import Influence, Matrix, VarianceRule, combine, dense, join

__all__ = [
    "Added",
    "Credited",
    "Function",
    "Known",
    "Layered",
    "Linearised",
    "ReplicateRule",
    "Replicated",
    "Spread",
    "credited",
    "independent",
    "linearised",
]

#: from values (..., k) to functions of them (..., f)
Function: TypeAlias = Callable[[Floats], Floats]

_DENSE_LIMIT = 8_000_000
#: auxiliaries beyond which influences are formed in blocks rather than cross-products of auxiliaries
_WIDE = 1000


class Spread(Protocol):
    """What an `Estimates` needs to know of its covariance."""

    @property
    def size(self) -> int:
        """Number of estimates."""

    def variances(self) -> Floats:
        """Variances (k,)."""

    def covariance(self) -> Floats:
        """Covariance matrix (k, k)."""

    def take(self, rows: Integers) -> Spread:
        """The spread of some of the estimates."""

    def combined(self, matrix: Matrix) -> Spread:
        """The spread of linear combinations, `matrix` (combinations, k)."""

    def joined(self, other: Spread) -> Spread:
        """The spread of these estimates followed by others of the same design."""

    def mapped(self, value: Floats, function: Function, jacobian: Matrix) -> Spread:
        """The spread of smooth functions of the estimates, whose values (k,) are given."""


@dataclass(frozen=True)
class Linearised:
    """Taylor linearisation: the influence of variance units, and the rule of the design."""

    influence: Influence
    rule: VarianceRule

    @property
    def size(self) -> int:
        """Number of estimates."""
        return int(self.influence.shape[1])

    def variances(self) -> Floats:
        """Variances (k,)."""
        return self.rule.variances(self.influence)

    def covariance(self) -> Floats:
        """Covariance matrix (k, k)."""
        return self.rule.covariance(self.influence)

    def take(self, rows: Integers) -> Linearised:
        """The spread of some of the estimates."""
        return Linearised(self.influence[:, rows], self.rule)

    def combined(self, matrix: Matrix) -> Linearised:
        """The spread of linear combinations."""
        if not isinstance(matrix, np.ndarray):
            return Linearised(combine(self.influence, matrix), self.rule)
        used = np.flatnonzero((matrix != 0).any(axis=0))
        return Linearised(combine(self.influence[:, used], matrix[:, used]), self.rule)

    def joined(self, other: Spread) -> Linearised | Credited:
        """The spread of these estimates followed by others of the same design."""
        if isinstance(other, Credited):
            return Credited(self.influence, other.shared, np.zeros((other.shared.shape[1], self.size)), self.rule).joined(other)
        if isinstance(other, Layered):
            return self.joined(other.formed())
        if not isinstance(other, Linearised):
            raise TypeError("estimates with linearised and with other variances cannot be joined")
        return Linearised(join(self.influence, other.influence), self.rule)

    def under(self, rule: VarianceRule) -> Linearised:
        """The same influence under another rule."""
        return replace(self, rule=rule)

    def mapped(self, value: Floats, function: Function, jacobian: Matrix) -> Linearised:  # noqa: ARG002
        """The spread of smooth functions of the estimates, to first order."""
        return self.combined(jacobian)


@dataclass(frozen=True)
class Layered:
    """Linearisation where every unit lies in one domain, units and domains are many, and no weighting step reaches them all.

    ``members`` hold the scores of units on the statistics of their own domain; ``coefficients`` (k, domains x width) say what estimates are made of.
    """

    members: Members
    coefficients: sparse.csr_array
    rule: VarianceRule

    @property
    def size(self) -> int:
        """Number of estimates."""
        return int(self.coefficients.shape[0])

    def formed(self) -> Linearised:
        """The same with its influence formed."""
        return Linearised(self.members.formed(self.coefficients), self.rule)

    def variances(self) -> Floats:
        """Variances (k,)."""
        layer = layers_of(self.coefficients, self.members.width)
        if layer is None or any(stage.cluster is not None for stage in self.rule.stages):
            return self.formed().variances()
        return np.asarray(np.sum([self.members.variances(stage, layer, self.coefficients) for stage in self.rule.stages], axis=0))

    def covariance(self) -> Floats:
        """Covariance matrix (k, k)."""
        return self.formed().covariance()

    def take(self, rows: Integers) -> Layered:
        """The spread of some of the estimates."""
        return replace(self, coefficients=self.coefficients[rows])

    def combined(self, matrix: Matrix) -> Layered:
        """The spread of linear combinations."""
        return replace(self, coefficients=sparse.csr_array(sparse.csr_array(matrix) @ self.coefficients))

    def joined(self, other: Spread) -> Spread:
        """The spread of these estimates followed by others of the same design."""
        if isinstance(other, Layered) and other.members is self.members:
            return replace(self, coefficients=sparse.csr_array(sparse.vstack([self.coefficients, other.coefficients])))
        return self.formed().joined(other)

    def under(self, rule: VarianceRule) -> Layered:
        """The same scores under another rule."""
        return replace(self, rule=rule)

    def mapped(self, value: Floats, function: Function, jacobian: Matrix) -> Layered:  # noqa: ARG002
        """The spread of smooth functions of the estimates, to first order."""
        return self.combined(jacobian)


@dataclass(frozen=True)
class Credited:
    """Linearisation where weighting steps reach every unit: the influence ``own - shared @ slope``, not formed as units and domains are many.

    ``own`` (units, k), ``shared`` (units, p), ``slope`` (p, k).
    """

    own: Influence
    shared: Influence
    slope: Floats
    rule: VarianceRule

    @property
    def size(self) -> int:
        """Number of estimates."""
        return int(self.own.shape[1])

    def variances(self) -> Floats:
        """Variances (k,)."""
        if len(self.slope) > _WIDE:
            return np.concatenate([self.rule.variances(self._formed(part)) for part in self._parts()])
        crossed, within = self.rule.crossed(self.own, self.shared), self.rule.covariance(self.shared)
        both = 2.0 * np.einsum("kp,pk->k", crossed, self.slope) - np.einsum("pk,pq,qk->k", self.slope, within, self.slope, optimize=True)
        return np.asarray((self.rule.variances(self.own) - both).clip(0.0))

    def covariance(self) -> Floats:
        """Covariance matrix (k, k)."""
        if len(self.slope) > _WIDE:
            parts = self._parts()
            return np.block([[self.rule.crossed(self._formed(one), self._formed(two)) for two in parts] for one in parts])
        crossed, within = self.rule.crossed(self.own, self.shared) @ self.slope, self.rule.covariance(self.shared)
        return self.rule.covariance(self.own) - crossed - crossed.T + self.slope.T @ within @ self.slope

    def _parts(self) -> list[slice]:
        """Estimates in blocks whose influence is small enough to be formed."""
        size = max(1, _DENSE_LIMIT // self.own.shape[0])
        return [slice(start, start + size) for start in range(0, self.size, size)]

    def _formed(self, part: slice) -> Floats:
        return np.asarray(dense(self.own[:, part]) - dense(self.shared @ self.slope[:, part]))

    def take(self, rows: Integers) -> Spread:
        """The spread of some of the estimates."""
        return credited(self.own[:, rows], self.shared, self.slope[:, rows], self.rule)

    def combined(self, matrix: Matrix) -> Spread:
        """The spread of linear combinations."""
        return credited(combine(self.own, matrix), self.shared, np.asarray((matrix @ self.slope.T).T), self.rule)

    def joined(self, other: Spread) -> Credited:
        """The spread of these estimates followed by others of the same design."""
        if isinstance(other, Layered):
            other = other.formed()
        if isinstance(other, Linearised):
            other = Credited(other.influence, self.shared, np.zeros((self.shared.shape[1], other.size)), other.rule)
        if not isinstance(other, Credited):
            raise TypeError("estimates with linearised and with other variances cannot be joined")
        return Credited(join(self.own, other.own), self.shared, np.hstack([self.slope, other.slope]), self.rule)

    def under(self, rule: VarianceRule) -> Credited:
        """The same influence under another rule."""
        return replace(self, rule=rule)

    def mapped(self, value: Floats, function: Function, jacobian: Matrix) -> Spread:  # noqa: ARG002
        """The spread of smooth functions of the estimates, to first order."""
        return self.combined(jacobian)


def linearised(members: Members, rule: VarianceRule) -> Linearised | Layered:
    """The spread of the statistics of members, whose influence is formed where that is small or units lie in several domains."""
    small = members.shape[0] * members.size <= max(_DENSE_LIMIT, 2 * len(members.unit) * members.width)
    if small or (members.unit[1:] <= members.unit[:-1]).any():
        return Linearised(members.influence, rule)
    return Layered(members, sparse.csr_array(sparse.eye_array(members.size)), rule)


def credited(own: Influence, shared: Influence, slope: Floats, rule: VarianceRule) -> Linearised | Credited:
    """The spread of the influence ``own - shared @ slope``, formed where that is small or as large as what is there already."""
    if isinstance(own, np.ndarray) or own.shape[0] * own.shape[1] <= max(_DENSE_LIMIT, 2 * own.nnz):
        influence = own.copy() if isinstance(own, np.ndarray) else own.toarray()
        size = max(1, _DENSE_LIMIT // max(influence.shape[1], 1))
        for start in range(0, len(influence), size):
            part = slice(start, start + size)
            influence[part] -= shared[part] @ slope
        return Linearised(influence, rule)
    return Credited(own, shared, slope, rule)


@dataclass(frozen=True)
class ReplicateRule:
    """How replicates make a variance: sum of ``scale`` x (replicate - centre)², centre the mean of the replicates, or the estimate (`mse`).

    ``scale`` (replicates,). ``resampled``: replicates are alike, so that those that are there stand for those without an estimate. ``drawn``: they
    vary as estimates do, as those of a bootstrap, so that their percentiles are limits.
    """

    scale: Floats
    mse: bool
    resampled: bool = False
    drawn: bool = False

    def deviations(self, gaps: Floats) -> Floats:
        """Scaled deviations (replicates, k) of replicates given as gaps to their estimate, whose cross-products are covariances; 0 where NaN."""
        known = np.isfinite(gaps)
        filled = np.where(known, gaps, 0.0)
        if not self.mse:
            counted = known & (self.scale > 0)[:, None]
            filled -= np.where(counted, filled, 0.0).sum(axis=0) / np.maximum(counted.sum(axis=0), 1)
        deviations = np.where(known, filled, 0.0) * np.sqrt(self.scale)[:, None]
        if self.resampled and not known.all():
            deviations *= np.sqrt(len(known) / np.maximum(known.sum(axis=0), 1))
        return np.asarray(deviations)


@dataclass(frozen=True)
class Replicated:
    """Replicates of each estimate, as ``gaps`` (replicates, k) to the estimate; NaN where a replicate has none."""

    gaps: Floats
    rule: ReplicateRule

    @property
    def size(self) -> int:
        """Number of estimates."""
        return int(self.gaps.shape[1])

    def variances(self) -> Floats:
        """Variances (k,); NaN without any replicate."""
        variance = (self.rule.deviations(self.gaps) ** 2).sum(axis=0)
        return np.asarray(np.where(np.isfinite(self.gaps).any(axis=0), variance, np.nan))

    def covariance(self) -> Floats:
        """Covariance matrix (k, k)."""
        deviations = self.rule.deviations(self.gaps)
        return np.asarray(deviations.T @ deviations)

    def take(self, rows: Integers) -> Replicated:
        """The spread of some of the estimates."""
        return replace(self, gaps=self.gaps[:, rows])

    def combined(self, matrix: Matrix) -> Replicated:
        """The spread of linear combinations."""
        return replace(self, gaps=np.asarray((sparse.csr_array(matrix) @ self.gaps.T).T))

    def joined(self, other: Spread) -> Replicated:
        """The spread of these estimates followed by others of the same design."""
        if not isinstance(other, Replicated) or len(other.gaps) != len(self.gaps):
            raise TypeError("estimates with replicates and with other variances cannot be joined")
        return replace(self, gaps=np.hstack([self.gaps, other.gaps]))

    def mapped(self, value: Floats, function: Function, jacobian: Matrix) -> Replicated:  # noqa: ARG002
        """The spread of functions of the estimates: the functions of every replicate."""
        return replace(self, gaps=function(value + self.gaps) - function(value))


@dataclass(frozen=True)
class Known:
    """Linear combinations of numbers whose covariance matrix is given.

    ``matrix`` (m, m) is the covariance of those numbers, ``coefficients`` (k, m) what each estimate is made of; so selections and combinations of
    one set know each other when they are joined again.
    """

    matrix: Floats
    coefficients: Floats

    @property
    def size(self) -> int:
        """Number of estimates."""
        return len(self.coefficients)

    def variances(self) -> Floats:
        """Variances (k,)."""
        return np.asarray(np.einsum("km,mn,kn->k", self.coefficients, self.matrix, self.coefficients, optimize=True))

    def covariance(self) -> Floats:
        """Covariance matrix (k, k)."""
        return np.asarray(self.coefficients @ self.matrix @ self.coefficients.T)

    def take(self, rows: Integers) -> Known:
        """The spread of some of the estimates."""
        return Known(self.matrix, self.coefficients[rows])

    def combined(self, matrix: Matrix) -> Known:
        """The spread of linear combinations."""
        return Known(self.matrix, np.asarray(matrix @ self.coefficients))

    def joined(self, other: Spread) -> Known:
        """The spread of these estimates followed by others of the same set."""
        if not isinstance(other, Known) or not np.array_equal(other.matrix, self.matrix):
            raise TypeError("estimates whose covariance is given and others cannot be joined")
        return Known(self.matrix, np.vstack([self.coefficients, other.coefficients]))

    def mapped(self, value: Floats, function: Function, jacobian: Matrix) -> Known:  # noqa: ARG002
        """The spread of smooth functions of the estimates, to first order."""
        return self.combined(jacobian)


@dataclass(frozen=True)
class Added:
    """Parts of one covariance that add up, such as stages that are scaled apart."""

    parts: tuple[Spread, ...]

    @property
    def size(self) -> int:
        """Number of estimates."""
        return self.parts[0].size

    def variances(self) -> Floats:
        """Variances (k,)."""
        return np.asarray(np.sum([part.variances() for part in self.parts], axis=0), dtype=np.float64)

    def covariance(self) -> Floats:
        """Covariance matrix (k, k)."""
        return np.asarray(np.sum([part.covariance() for part in self.parts], axis=0), dtype=np.float64)

    def take(self, rows: Integers) -> Added:
        """The spread of some of the estimates."""
        return Added(tuple(part.take(rows) for part in self.parts))

    def combined(self, matrix: Matrix) -> Added:
        """The spread of linear combinations."""
        return Added(tuple(part.combined(matrix) for part in self.parts))

    def joined(self, other: Spread) -> Added:
        """The spread of these estimates followed by others of the same design."""
        if not isinstance(other, Added):
            raise TypeError("estimates whose stages are scaled apart and others cannot be joined")
        return Added(tuple(mine.joined(theirs) for mine, theirs in zip(self.parts, other.parts, strict=True)))

    def mapped(self, value: Floats, function: Function, jacobian: Matrix) -> Added:  # noqa: ARG002
        """The spread of smooth functions of the estimates, to first order."""
        return self.combined(jacobian)


def independent(left: Spread, right: Spread) -> Known:
    """The spread of two independent sets of estimates."""
    matrix = np.zeros((left.size + right.size,) * 2)
    matrix[: left.size, : left.size] = left.covariance()
    matrix[left.size :, left.size :] = right.covariance()
    return Known(matrix, np.eye(len(matrix)))
