"""Shapley values of explained variance (LMG) over all subsets of drivers, by eliminating one driver at a time from all subsets at once.

A level of the tree holds, for every subset of the drivers decided so far, the covariance of the others and the outcome given that subset: symmetric
matrices as packed upper triangles (entries, subsets). Deciding the next driver either drops its row or sweeps it out. What is left of the outcome's
variance at the end is the residual variance of every subset, at O(1) operations a subset.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np

from kepuasan.numerics.totals import Floats
from kepuasan.numerics.triangles import packed, unpacked

__all__ = ["MOST_DRIVERS", "shapley", "shapley_gradients"]

#: drivers up to which the tree goes breadth first; beyond, it branches on the first ones depth first
_BREADTH = 20
#: drivers up to which all subsets are visited
MOST_DRIVERS = 25
#: subsets x matrices of one pass
_BLOCK_VALUES = 4_000_000


@dataclass(frozen=True)
class _Lattice:
    """``sizes``: columns of each driver left, in the order of the matrix; ``below``: drivers in the subset already; ``n``: drivers in all."""

    sizes: tuple[int, ...]
    below: int
    n: int

    def seeds(self, batch: int) -> Floats:
        """Weights (2, subsets x batch) of the residual variance of a subset: in what every driver has, and in what its members have less.

        Notes
        -----
        With w(s) = s! (n - s - 1)! / n! the value of driver j is the sum over all subsets of w(s) v less the sum over those that hold j of
        (w(s) + w(s - 1)) v, v their residual variance.
        """
        size = np.full(1, self.below)
        for _ in self.sizes:
            size = np.concatenate([size, size + 1])
        shares = np.array([factorial(s) * factorial(self.n - s - 1) / factorial(self.n) for s in range(self.n)] + [0.0])
        before = np.concatenate([[0.0], shares[:-1]])
        return np.repeat(np.array([shares[size], (shares + before)[size]]), batch, axis=1)


def shapley(matrices: Floats, sizes: Sequence[int], n_always: int = 0) -> Floats:
    """What each driver accounts for of the outcome's variance, averaged over all orders in which drivers can enter.

    Parameters
    ----------
    matrices : array (..., m, m)
        Covariances: columns that are always in, the drivers' columns, the outcome last.
    sizes : sequence of int
        Columns of each driver; a driver enters whole.
    n_always : int
        Number of columns that are always in.

    Returns
    -------
    array (..., drivers)
        They sum to what all drivers account for beyond the columns that are always in, in units of the outcome's variance.

    References
    ----------
    Lindeman, R. H., Merenda, P. F. and Gold, R. Z. (1980). *Introduction to Bivariate and Multivariate Analysis*. Scott, Foresman.
    """
    flat = matrices.reshape(-1, *matrices.shape[-2:])
    found = [_values(_swept_all(np.ascontiguousarray(packed(some).T), n_always), sizes) for some in _in_blocks(flat, len(sizes))]
    return np.concatenate(found).reshape(*matrices.shape[:-2], len(sizes))


def shapley_gradients(matrices: Floats, sizes: Sequence[int], n_always: int = 0) -> tuple[Floats, Floats]:
    """The values (matrices, drivers) of `shapley`, and their derivatives (matrices, drivers, m, m) by the covariances, symmetric.

    Notes
    -----
    The derivative of a subset's residual variance is b b', b the outcome's residual as a combination of columns. Going back up the tree, a driver
    that is decided asks for the adjoint of all drivers on its own branch, so that one pass serves all of them.
    """
    gradient = np.concatenate([_gradients(some, sizes, n_always) for some in _in_blocks(matrices, len(sizes))])
    return np.einsum("djkl,dkl->dj", gradient, matrices), gradient


def _in_blocks(matrices: Floats, n_drivers: int) -> list[Floats]:
    """Matrices, so many at a time that their last levels take little memory."""
    size = max(1, _BLOCK_VALUES >> min(n_drivers, _BREADTH))
    return [matrices[start : start + size] for start in range(0, len(matrices), size)]


def _gradients(matrices: Floats, sizes: Sequence[int], n_always: int) -> Floats:
    """Derivatives (matrices, drivers, m, m)."""
    states = [np.ascontiguousarray(packed(matrices).T)]
    for _ in range(n_always):
        states.append(_swept(states[-1]))
    adjoint = _adjoint(states[-1], _Lattice(tuple(sizes), 0, len(sizes)))
    for state in reversed(states[:-1]):
        adjoint = _pulled_back(state, adjoint)
    both = unpacked(np.moveaxis(adjoint, 2, 0), matrices.shape[-1])
    return both[:, :1] - both[:, 2:]


# ---------------------------------------------------------------- values


def _values(state: Floats, sizes: Sequence[int]) -> Floats:
    """Values (matrices, drivers)."""
    sums = _sums(state, _Lattice(tuple(sizes), 0, len(sizes)))
    return np.ascontiguousarray((sums[0] - sums[2:]).T)


def _sums(state: Floats, lattice: _Lattice) -> Floats:
    """Sums (2 + drivers, matrices) of residual variances: over all subsets with both weights, then over those that hold each driver."""
    if len(lattice.sizes) > _BREADTH:
        first, rest = lattice.sizes[0], lattice.sizes[1:]
        without = _sums(_dropped(state, first), _Lattice(rest, lattice.below, lattice.n))
        within = _sums(_swept_all(state, first), _Lattice(rest, lattice.below + 1, lattice.n))
        return np.concatenate([without[:2] + within[:2], within[1:2], without[2:] + within[2:]])
    batch, residual = state.shape[1], state
    for size in lattice.sizes:
        residual = _both_branches(residual, size)
    sums = lattice.seeds(batch) * residual
    for _ in lattice.sizes:
        half = sums.reshape(len(sums), 2, -1)
        sums = np.concatenate([half[:2, 0] + half[:2, 1], half[1:2, 1], half[2:, 0] + half[2:, 1]])
    return sums


# ---------------------------------------------------------------- derivatives


def _adjoint(state: Floats, lattice: _Lattice) -> Floats:
    """Derivatives (2 + drivers, entries, matrices) of the same sums by each matrix, as entries of symmetric matrices."""
    if len(lattice.sizes) > _BREADTH:
        first, rest = lattice.sizes[0], lattice.sizes[1:]
        without = _embedded(_adjoint(_dropped(state, first), _Lattice(rest, lattice.below, lattice.n)), len(state))
        within = _group_pulled_back(state, first, _adjoint(_swept_all(state, first), _Lattice(rest, lattice.below + 1, lattice.n)))
        return np.concatenate([without[:2] + within[:2], within[1:2], without[2:] + within[2:]])
    levels = [state]
    for size in lattice.sizes:
        levels.append(_both_branches(levels[-1], size))
    adjoint = lattice.seeds(state.shape[1])[:, None, :]
    for level, size in zip(reversed(levels[:-1]), reversed(lattice.sizes), strict=True):
        half = adjoint.reshape(len(adjoint), adjoint.shape[1], 2, -1)
        within = _group_pulled_back(level, size, half[:, :, 1])
        own = within[1:2].copy()
        within[:, len(level) - adjoint.shape[1] :] += half[:, :, 0]
        adjoint = np.concatenate([within[:2], own, within[2:]])
    return adjoint


def _embedded(adjoint: Floats, entries: int) -> Floats:
    """The adjoint of a matrix from that of what was left of it when its first rows were dropped."""
    whole = np.zeros((len(adjoint), entries, adjoint.shape[2]))
    whole[:, entries - adjoint.shape[1] :] = adjoint
    return whole


def _group_pulled_back(state: Floats, size: int, adjoint: Floats) -> Floats:
    """The adjoint of a matrix from that of what was left of it when its first rows were swept out."""
    states = [state]
    for _ in range(size - 1):
        states.append(_swept(states[-1]))
    for before in reversed(states):
        adjoint = _pulled_back(before, adjoint)
    return adjoint


def _pulled_back(state: Floats, adjoint: Floats) -> Floats:
    """The same for one row: with u the first row over its diagonal and N the adjoint, [-u, I]' N [-u, I]."""
    width = _width(len(state))
    whole = np.empty((len(adjoint), len(state), state.shape[1]))
    whole[:, width:] = adjoint
    slope = state[1:width] / state[0]
    first = np.zeros((len(adjoint), width - 1, state.shape[1]))
    place = 0
    for row in range(width - 1):
        entries = adjoint[:, place : place + width - 1 - row]
        first[:, row] += np.einsum("sjn,jn->sn", entries, slope[row:])
        first[:, row + 1 :] += entries[:, 1:] * slope[row]
        place += width - 1 - row
    np.negative(first, out=whole[:, 1:width])
    np.einsum("sjn,jn->sn", first, slope, out=whole[:, 0])
    return whole


# ---------------------------------------------------------------- packed matrices


def _width(entries: int) -> int:
    return int((np.sqrt(8 * entries + 1) - 1) / 2 + 0.5)


def _dropped(state: Floats, size: int) -> Floats:
    """The matrices without their first rows and columns."""
    for _ in range(size):
        state = state[_width(len(state)) :]
    return state


def _swept(state: Floats, out: Floats | None = None) -> Floats:
    """The covariance of the other columns given the first."""
    width = _width(len(state))
    out = np.empty((len(state) - width, state.shape[1])) if out is None else out
    first = state[1:width]
    slope = first / state[0]
    place = 0
    for row in range(width - 1):
        part = slice(place, place + width - 1 - row)
        np.multiply(first[row:], slope[row], out=out[part])
        np.subtract(state[width + part.start : width + part.stop], out[part], out=out[part])
        place = part.stop
    return out


def _swept_all(state: Floats, size: int) -> Floats:
    for _ in range(size):
        state = _swept(state)
    return state


def _both_branches(state: Floats, size: int) -> Floats:
    """The next level: the subsets without the driver, then those with it."""
    dropped = _dropped(state, size)
    both = np.empty((len(dropped), 2, state.shape[1]))
    both[:, 0] = dropped
    _swept(_swept_all(state, size - 1), both[:, 1])
    return both.reshape(len(dropped), -1)
