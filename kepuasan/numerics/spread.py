"""How estimates vary together: one small protocol, whatever the covariance comes from.

Linear combinations, selections and joins act on what the covariance is made of, so that no k x k matrix is formed unasked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from kepuasan.numerics.totals import Floats, Integers
from kepuasan.numerics.variance import Influence, Matrix, VarianceRule, combine, join

__all__ = ["Added", "Known", "Linearised", "Spread", "independent"]


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

    def joined(self, other: Spread) -> Linearised:
        """The spread of these estimates followed by others of the same design."""
        if not isinstance(other, Linearised):
            raise TypeError("estimates with linearised and with other variances cannot be joined")
        return Linearised(join(self.influence, other.influence), self.rule)


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


@dataclass(frozen=True)
class Added:
    """Parts of one covariance that add up, such as stages that are scaled apart."""

    parts: tuple[Linearised, ...]

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


def independent(left: Spread, right: Spread) -> Known:
    """The spread of two independent sets of estimates."""
    matrix = np.zeros((left.size + right.size,) * 2)
    matrix[: left.size, : left.size] = left.covariance()
    matrix[left.size :, left.size :] = right.covariance()
    return Known(matrix, np.eye(len(matrix)))
