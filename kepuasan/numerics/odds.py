"""Models of categories, logistic and of proportional odds, by Newton's steps for many sets of weights at once, which is what replicates need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from kepuasan.numerics.regression import logistic, narrow_blocks
from kepuasan.numerics.totals import Floats, Integers, Read

__all__ = ["Categories", "Sums", "joined_cells", "logit_start", "maximised", "ordinal_start"]

_MOST_STEPS, _SMALL_STEP = 30, 1e-7
#: rows that the first fit of a logistic model looks at, at most
_START_ROWS = 10_000


@dataclass(frozen=True)
class Sums:
    """Log-likelihood (r,), its gradient (r, k) and the information (r, k, k), for r sets of weights and parameters."""

    likelihood: Floats
    gradient: Floats
    information: Floats


@dataclass(frozen=True)
class _Piece:
    """A linear predictor of rows: its columns (n, k), and the first and (negative) second derivative of the log-likelihood by it, (r, n)."""

    columns: Floats
    slope: Floats
    curvature: Floats


@dataclass(frozen=True)
class Categories:
    """Rows whose answer is a category, under a logistic model (no thresholds) or one of proportional odds.

    ``block`` reads the columns; ``answer`` (rows,) is the category of each row. The logistic model gives answer 1 the log-odds x b. Proportional odds
    give the answers up to j the log-odds t_j - x b; their parameters are b, then the thresholds t.
    """

    block: Read
    answer: Integers
    n_thresholds: int

    def sums(self, weights: Floats, parameters: Floats) -> Sums:
        """The sums over rows for each set of weights (r, rows) and parameters (r, k)."""
        r, k = parameters.shape
        likelihood, gradient, information = np.zeros(r), np.zeros((r, k)), np.zeros((r, k, k))
        for start, stop in narrow_blocks(len(self.answer), k):
            weight = weights[:, start:stop]
            rows, pieces = self._pieces(start, stop, parameters)
            likelihood += np.einsum("rn,rn->r", weight, rows)
            for piece in pieces:
                gradient += (weight * piece.slope) @ piece.columns
                information += ((weight * piece.curvature)[:, None, :] * piece.columns.T) @ piece.columns
        return Sums(likelihood, gradient, information)

    def scores(self, parameters: Floats, start: int, stop: int) -> Floats:
        """Derivatives (rows, k) of the log-likelihood of each row by the parameters (k,)."""
        pieces = self._pieces(start, stop, parameters[None])[1]
        return np.asarray(np.sum([piece.slope[0][:, None] * piece.columns for piece in pieces], axis=0), dtype=np.float64)

    def separated_by(self, direction: Floats, weight: Floats) -> bool:
        """Whether going on in a direction makes every answer likelier, or none less so: then no finite parameters are the most likely."""
        low, high = np.inf, 0.0
        for start, stop in narrow_blocks(len(self.answer), len(direction)):
            margins = self._margins(start, stop, direction)[weight[start:stop] > 0]
            low, high = min(low, float(margins.min(initial=np.inf))), max(high, float(margins.max(initial=0.0)))
        return high > 0 and low > -1e-4 * high

    def _margins(self, start: int, stop: int, direction: Floats) -> Floats:
        """How much likelier each row's answer becomes in a direction, at the least."""
        block, answer = self.block(start, stop), self.answer[start:stop]
        if not self.n_thresholds:
            return np.asarray((2 * answer - 1) * (block @ direction))
        upper, lower = self._predictors(block, answer, direction[None])
        return np.asarray(np.minimum(upper[0], -lower[0]), dtype=np.float64)

    def _pieces(self, start: int, stop: int, parameters: Floats) -> tuple[Floats, list[_Piece]]:
        """Log-likelihood (r, n) of rows, and what it is made of."""
        block, answer = self.block(start, stop), self.answer[start:stop]
        if self.n_thresholds:
            return self._ordered(block, answer, parameters)
        sign = 2.0 * answer - 1.0
        rows, against = _odds(parameters @ block.T * sign)
        return rows, [_Piece(block, sign * against, against * (1.0 - against))]

    def _ordered(self, block: Floats, answer: Integers, parameters: Floats) -> tuple[Floats, list[_Piece]]:
        """Proportional odds: with F logistic and u, l the predictors of the thresholds around the answer, the likelihood is F(u) - F(l)."""
        upper, lower = self._predictors(block, answer, parameters)
        gap = upper - lower
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            inverse, between = 1.0 / np.expm1(gap), np.log1p(-np.exp(-gap))
        (up, above), (down, below) = _odds(upper), _odds(-lower)
        columns = [np.hstack([-block, answer[:, None] - step == np.arange(self.n_thresholds)]) for step in (0, 1)]
        return up + down + between, [
            _Piece(columns[0], above + inverse, above * (1.0 - above)),
            _Piece(columns[1], -below - inverse, below * (1.0 - below)),
            _Piece(columns[0] - columns[1], np.zeros(gap.shape), inverse * (1.0 + inverse)),
        ]

    def _predictors(self, block: Floats, answer: Integers, parameters: Floats) -> tuple[Floats, Floats]:
        """Log-odds (r, n) of the thresholds above and below each answer; infinite beyond the last and the first."""
        width = block.shape[1]
        slopes, thresholds = parameters[:, :width] @ block.T, parameters[:, width:]
        ends = np.full((len(parameters), 1), np.inf)
        bounds = np.hstack([-ends, thresholds, ends])
        return bounds[:, answer + 1] - slopes, bounds[:, answer] - slopes


def _odds(predictor: Floats) -> tuple[Floats, Floats]:
    """Log F of log-odds, and 1 - F, with F logistic; neither overflows."""
    small = np.exp(-np.abs(predictor))
    return np.minimum(predictor, 0.0) - np.log1p(small), np.where(predictor >= 0, small, 1.0) / (1.0 + small)


def joined_cells(code: Integers, answer: Integers, used: NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """A row of each combination of code and answer that occurs among the rows used, and the combination of each row."""
    pairs = np.where(used, code * (int(answer.max(initial=0)) + 1) + answer, -1)
    found, first, place = np.unique(pairs, return_index=True, return_inverse=True)
    return (first, place) if found[0] >= 0 else (first[1:], (place - 1).clip(0))


def maximised(sample: Categories, weights: Floats, start: Floats) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """The most likely parameters for each set of weights.

    Parameters
    ----------
    sample : Categories
        The rows and their model.
    weights : array (r, rows)
        Sets of weights.
    start : array (r, k)
        Where the steps begin.

    Returns
    -------
    parameters : array (r, k)
        The most likely ones.
    step : array (r, k)
        The last step of each set.
    arrived : array of bool (r,)
        Whether that step was small.

    Notes
    -----
    Newton's method, by half a step where the likelihood falls; the log-likelihood is concave (Pratt 1981), so that it arrives where there is a
    maximum.

    References
    ----------
    Pratt, J. W. (1981). Concavity of the log likelihood. *Journal of the American Statistical Association* 76, 103-106.
    """
    parameters, step, best = start.copy(), np.zeros(start.shape), np.full(len(start), -np.inf)
    arrived: NDArray[np.bool_] = np.zeros(len(start), dtype=np.bool_)
    for _ in range(_MOST_STEPS):
        sums = sample.sums(weights, parameters)
        fell: NDArray[np.bool_] = np.less(sums.likelihood, best - 1e-9 * np.abs(best)) | np.isnan(sums.likelihood)
        whole = _newton_step(sums)
        step = np.where(fell[:, None], step / 2, whole)
        parameters = np.where(fell[:, None], parameters - step, parameters + step)
        best = np.where(fell, best, sums.likelihood)
        arrived = ~fell & np.all(np.abs(whole) <= _SMALL_STEP * (1.0 + np.abs(parameters)), axis=1)
        if arrived.all():
            break
    return parameters, step, arrived


def _newton_step(sums: Sums) -> Floats:
    """The information's inverse times the gradient, a generalised one where it is singular."""
    known: NDArray[np.bool_] = np.asarray(np.isfinite(sums.information).all(axis=(1, 2)))
    information = np.where(known[:, None, None], sums.information, np.eye(sums.information.shape[1]))
    try:
        return np.asarray(np.linalg.solve(information, sums.gradient[..., None])[..., 0])
    except np.linalg.LinAlgError:
        return np.asarray((np.linalg.pinv(information, hermitian=True) @ sums.gradient[..., None])[..., 0])


def ordinal_start(shares: Floats, n_columns: int) -> Floats:
    """Parameters of proportional odds without any effect: thresholds at the log-odds of the cumulated shares."""
    return np.concatenate([np.zeros(n_columns), special.logit(np.cumsum(shares)[:-1])])


def logit_start(sample: Categories, weight: Floats, n_columns: int) -> Floats:
    """Parameters (k,) of a logistic model, from which Newton's steps go on.

    They are those of all rows, or of evenly spaced ones where there are more than 10,000; 0 where that fit runs away.
    """
    rows = np.flatnonzero(weight > 0)
    rows = rows[:: -(-len(rows) // _START_ROWS)]
    block = np.empty((len(rows), n_columns))
    for start, stop in narrow_blocks(len(weight), n_columns):
        first, last = np.searchsorted(rows, [start, stop])
        if first < last:
            block[first:last] = sample.block(start, stop)[rows[first:last] - start]
    found = logistic(block, sample.answer[rows], weight[rows])
    return np.zeros(n_columns) if found is None else found
