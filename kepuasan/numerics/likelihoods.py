"""Models of categories on many subsets of their columns at once: their likelihoods, what each row adds to them, and their replicates.

A likelihood at its maximum changes with the weight of a row by the row's own log-likelihood there, whatever the parameters do (the envelope theorem).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from kepuasan.numerics.odds import Categories, masked_information, newton, ordinal_start, product_by_slices, solutions
from kepuasan.numerics.regression import by_narrow_blocks, narrow_blocks
from kepuasan.numerics.totals import Floats, Integers, Read, divided, sliced

__all__ = ["SubsetFits", "by_cell", "distinct", "refitted_likelihoods", "replicate_likelihoods", "row_likelihoods", "subset_fits"]

#: subsets fitted at once; subsets whose scores are added up at once
_FITTED, _SCORED = 256, 64
#: the last step of a fit; the error of parameters is about its square
_SMALL_STEP = 1e-6


@dataclass(frozen=True)
class SubsetFits:
    """The maximum-likelihood fits of s subsets of k parameters.

    ``likelihood`` (s,): weighted log-likelihood; ``parameters`` (s, k): 0 where one is not free; ``arrived`` (s,): whether Newton's method converged,
    as it does not where columns tell answers apart.
    """

    likelihood: Floats
    parameters: Floats
    arrived: NDArray[np.bool_]


def distinct(sample: Categories, weight: Floats, n_columns: int) -> tuple[Categories, Floats, Integers]:
    """The distinct rows of a sample, which has `n_columns` columns.

    Returns
    -------
    sample : Categories
        A row of each combination of columns and answer among the rows with a weight, sorted.
    weight : array (cells,)
        Their sums of weights.
    cell : array (rows,)
        The combination of each row; that of a row without a weight is 0, whatever it holds.
    """
    used = np.flatnonzero(weight)
    rows = np.column_stack([by_narrow_blocks(sample.block, n_columns, 0, len(weight))[used], sample.answer[used]])
    mixed = np.zeros(len(rows))
    for column, factor in zip(rows.T, np.sqrt(np.arange(2.0, 2.0 + rows.shape[1]) + 0.1), strict=True):
        mixed += factor * column
    order = np.argsort(mixed, kind="stable")
    ordered = rows[order]
    new = np.concatenate([np.ones(min(len(rows), 1), dtype=np.bool_), np.any(ordered[1:] != ordered[:-1], axis=1)])
    cell = np.zeros(len(weight), dtype=np.intp)
    cell[used[order]] = np.cumsum(new) - 1
    table = np.ascontiguousarray(ordered[new, :-1])
    found = replace(sample, block=partial(sliced, table), answer=ordered[new, -1].astype(np.intp))
    return found, np.bincount(cell, weights=weight, minlength=len(table)).astype(np.float64), cell


def by_cell(read: Read, cell: Integers, n_cells: int) -> Read:
    """A reader of rows, from that of their distinct ones, all of which are read at once."""
    table = read(0, n_cells)

    def rows(start: int, stop: int) -> Floats:
        return table[cell[start:stop]]

    return rows


def subset_fits(sample: Categories, weight: Floats, masks: NDArray[np.bool_], start: Floats) -> SubsetFits:
    """The maximum-likelihood fit of each subset.

    Parameters
    ----------
    sample : Categories
        The rows and their model; its columns are about as large as 1, as the scaled ones of `numerics.regression` are.
    weight : array (rows,)
        Weights, none negative; every answer has some.
    masks : array of bool (s, k)
        Parameters that are free in each subset; those of the intercept or the thresholds always are.
    start : array (k,)
        Parameters from which all subsets are sought, best those of the whole model.

    Notes
    -----
    With g the gradient and I the information at the start b, a subset S begins at the maximum of the parabola there, I_SS^-1 (g + I b)_S, or without
    effects where that is likelier; then come Newton's steps, for many subsets at once: the information of all is one product of the curvatures of
    rows with the products of their columns.
    """
    k, shares = masks.shape[1], np.bincount(sample.answer, weights=weight) / weight.sum()
    level = ordinal_start(shares, k - sample.n_thresholds) if sample.n_thresholds else np.zeros(k)
    sums = sample.sums(weight[None], np.stack([level, start]))
    information, target = sums.information[1], sums.gradient[1] + sums.information[1] @ start
    found = []
    for first in range(0, len(masks), _FITTED):
        free = masks[first : first + _FITTED]
        begin = solutions(masked_information(np.broadcast_to(information, (len(free), k, k)), free), np.where(free, target, 0.0))
        origin = np.tile(level, (len(free), 1)), np.full(len(free), sums.likelihood[0])
        found.append(newton(sample, weight[None], begin, free=free, origin=origin, small=_SMALL_STEP))
    return SubsetFits(
        np.concatenate([one.likelihood for one in found]),
        np.concatenate([one.parameters for one in found]),
        np.concatenate([one.arrived for one in found]),
    )


def row_likelihoods(sample: Categories, parameters: Floats, mixing: Floats) -> Read:
    """A reader of sums (rows, q) of the log-likelihoods of rows under sets of parameters (s, k), each times its column of `mixing` (s, q).

    At the parameters of `subset_fits` these are the influence, per unit of weight, of rows on the same sums of likelihoods.
    """

    def read(start: int, stop: int) -> Floats:
        found = np.zeros((stop - start, mixing.shape[1]))
        for first, last in narrow_blocks(stop - start, 2 * isqrt(_FITTED)):
            for begin in range(0, len(parameters), _FITTED):
                some = slice(begin, begin + _FITTED)
                found[first:last] += product_by_slices(mixing[some].T, sample.likelihoods(parameters[some], start + first, start + last)).T
        return found

    return read


def replicate_likelihoods(
    sample: Categories, weight: Floats, masks: NDArray[np.bool_], fits: SubsetFits, totals: Callable[[Read, int], Floats]
) -> Floats:
    """The likelihoods (replicates, s) of the subsets' fits to replicates of the weights.

    Parameters
    ----------
    sample, weight, masks
        As `subset_fits` took them.
    fits : SubsetFits
        What it gave.
    totals : callable
        ``totals(read, n)`` gives totals (replicates, n) of the n columns that ``read(start, stop)`` gives for rows of the sample.

    Notes
    -----
    One step from the sample's parameters: L_r + U_r' I_r^-1 U_r / 2, with L_r and U_r the likelihood and the scores there under the replicate's
    weights, and I_r the sample's information times the replicate's share of its sum of weights. What it leaves out is of the third order in what the
    replicate moves: by a jackknife of 100 units, under a ten-thousandth of a standard error; by a bootstrap of as many, under a hundredth.
    """
    whole, found = float(weight.sum()), []
    for begin in range(0, len(masks), _SCORED):
        parameters, free = fits.parameters[begin : begin + _SCORED], masks[begin : begin + _SCORED]
        inverse = np.linalg.pinv(
            np.where(free[:, :, None] & free[:, None, :], sample.sums(weight[None], parameters).information, 0.0), hermitian=True
        )
        total = totals(partial(_score_columns, sample, parameters, free), 1 + len(free) + int(free.sum()))
        share, likelihood = total[:, :1] / whole, total[:, 1 : 1 + len(free)]
        scores = np.zeros((len(free), len(total), free.shape[1]))
        scores.swapaxes(0, 1)[:, free] = total[:, 1 + len(free) :]
        gain = np.einsum("srk,srk->rs", scores @ inverse, scores) / 2
        found.append(likelihood + divided(gain, np.broadcast_to(share, gain.shape)))
    return np.hstack(found)


def refitted_likelihoods(sample: Categories, weights: Floats, masks: NDArray[np.bool_], fits: SubsetFits, dropped: NDArray[np.bool_]) -> Floats:
    """The likelihoods (replicates, s) of the subsets' models fitted anew to sets of weights (replicates, rows), none of them negative.

    ``dropped`` (replicates, k): parameters that a replicate does without. NaN where a fit does not arrive, as where the columns of a replicate tell
    its answers apart.
    """
    found = np.empty((len(weights), len(masks)))
    for place, (parameters, free) in enumerate(zip(fits.parameters, masks, strict=True)):
        own = free & ~dropped
        start = np.where(own, parameters, 0.0)
        fit = newton(sample, weights, start, free=own, small=_SMALL_STEP)
        found[:, place] = np.where(fit.arrived, fit.likelihood, np.nan)
    return found


def _score_columns(sample: Categories, parameters: Floats, free: NDArray[np.bool_], start: int, stop: int) -> Floats:
    """Of rows start..stop: 1, the log-likelihood under each set of parameters, its derivatives by each set's free parameters."""
    found = np.ones((stop - start, 1 + len(free) + int(free.sum())))
    for first, last in narrow_blocks(stop - start, free.shape[1]):
        rows = start + first, start + last
        found[first:last, 1 : 1 + len(free)] = sample.likelihoods(parameters, *rows).T
        found[first:last, 1 + len(free) :] = sample.scores(parameters, *rows)[:, free]
    return found
