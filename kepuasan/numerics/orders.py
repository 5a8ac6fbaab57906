"""Shapley values of explained variance over sampled orders, for more drivers than all subsets can be visited of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kepuasan.numerics.totals import Floats, Integers

__all__ = ["drawn_orders", "sampled_gradients", "sampled_values"]

_BLOCK_VALUES = 2_000_000


def drawn_orders(n_drivers: int, n_orders: int, seed: int) -> Integers:
    """Random orders (orders, drivers), each followed by its reverse, which halves much of the error."""
    stream = np.random.default_rng(seed)
    half = stream.permuted(np.tile(np.arange(n_drivers), ((n_orders + 1) // 2, 1)), axis=1)
    return np.stack([half, half[:, ::-1]], axis=1).reshape(-1, n_drivers)


@dataclass(frozen=True)
class _Entering:
    """Columns in some orders: ``place`` (orders, m) the columns, ``start`` (orders, drivers) where each driver's columns begin there."""

    place: Integers
    start: Integers


def _entering(orders: Integers, sizes: Sequence[int], n_always: int) -> _Entering:
    """The columns in the order in which they enter: always in, then each driver's, the outcome."""
    widths = np.asarray(sizes)
    first = n_always + np.cumsum([0, *sizes[:-1]])
    begin = n_always + np.cumsum(widths[orders], axis=1) - widths[orders]
    start = np.empty_like(begin)
    np.put_along_axis(start, orders, begin, axis=1)
    m = n_always + int(widths.sum()) + 1
    place = np.tile(np.arange(m), (len(orders), 1))
    for driver, width in enumerate(sizes):
        for step in range(width):
            np.put_along_axis(place, start[:, [driver]] + step, first[driver] + step, axis=1)
    return _Entering(place, start)


def sampled_values(matrices: Floats, sizes: Sequence[int], n_always: int, orders: Integers) -> tuple[Floats, Floats]:
    """Values (..., drivers) as of `lattice.shapley` over sampled orders, and their standard errors of sampling.

    Notes
    -----
    The last row of the Cholesky factor of the matrix in one order holds the roots of what each column adds. An order and its reverse count as one
    draw.
    """
    flat = matrices.reshape(-1, *matrices.shape[-2:])
    n_drivers, n_pairs = len(sizes), len(orders) // 2
    total, squares = np.zeros((2, len(flat), n_drivers))
    for one, entering in _blocks(flat, sizes, n_always, orders):
        added = _added(_factored(flat[one], entering.place)[1], entering.start, sizes)
        pairs = added.reshape(len(added), -1, 2, n_drivers).mean(axis=2)
        total[one] += pairs.sum(axis=1)
        squares[one] += (pairs**2).sum(axis=1)
    mean = total / n_pairs
    error = np.sqrt((squares / n_pairs - mean**2).clip(0.0) / max(n_pairs - 1, 1))
    return mean.reshape(*matrices.shape[:-2], n_drivers), error.reshape(*matrices.shape[:-2], n_drivers)


def sampled_gradients(matrices: Floats, sizes: Sequence[int], n_always: int, orders: Integers) -> tuple[Floats, Floats]:
    """The values (matrices, drivers), and their derivatives (matrices, drivers, m, m): means of b b' before a driver enters less b b' after."""
    m = matrices.shape[-1]
    gradient = np.zeros((len(matrices), len(sizes), m, m))
    for one, entering in _blocks(matrices, sizes, n_always, orders):
        factor, last = _factored(matrices[one], entering.place)
        after = np.zeros((*factor.shape[:2], m, m))
        after[:, :, 1:, :-1] = -np.cumsum(np.linalg.inv(factor) * last[..., None], axis=2)
        after[..., -1] = 1.0
        back = np.argsort(entering.place, axis=1)
        residual = np.take_along_axis(after, back[None, :, None, :], axis=3)
        for driver, width in enumerate(sizes):
            start = entering.start[:, driver]
            before, then = (residual[:, np.arange(len(start)), start + step] for step in (0, width))
            gradient[one, driver] += before.swapaxes(1, 2) @ before - then.swapaxes(1, 2) @ then
    gradient /= len(orders)
    return np.einsum("djkl,dkl->dj", gradient, matrices), gradient


def _blocks(matrices: Floats, sizes: Sequence[int], n_always: int, orders: Integers) -> Iterator[tuple[slice, _Entering]]:
    """Matrices and orders, some of each at a time."""
    room = max(2, _BLOCK_VALUES // matrices[0].size)
    some_orders = min(len(orders), room - room % 2)
    some_matrices = max(1, room // some_orders)
    for first in range(0, len(orders), some_orders):
        entering = _entering(orders[first : first + some_orders], sizes, n_always)
        for start in range(0, len(matrices), some_matrices):
            yield slice(start, start + some_matrices), entering


def _factored(matrices: Floats, place: Integers) -> tuple[Floats, Floats]:
    """Cholesky factors of all columns but the outcome in each order (matrices, orders, m - 1, m - 1), and the row that the outcome would add."""
    ordered = matrices[:, place[:, :, None], place[:, None, :]]
    factor = np.linalg.cholesky(ordered[..., :-1, :-1])
    return np.asarray(factor, dtype=np.float64), np.asarray(np.linalg.solve(factor, ordered[..., :-1, -1:])[..., 0], dtype=np.float64)


def _added(last: Floats, start: Integers, sizes: Sequence[int]) -> Floats:
    """What each driver adds (matrices, orders, drivers), from the last rows of Cholesky factors."""
    sums = np.concatenate([np.zeros((*last.shape[:2], 1)), np.cumsum(last**2, axis=2)], axis=2)
    row = np.arange(len(start))[:, None]
    return np.asarray(sums[:, row, start + np.asarray(sizes)] - sums[:, row, start])
