"""Models of categories, logistic and of proportional odds, by Newton's steps for many sets of weights at once, which is what replicates need."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

import numpy as np
from numpy.typing import NDArray
from scipy import special

from kepuasan.numerics.regression import logistic, narrow_blocks
from kepuasan.numerics.totals import Floats, Integers, Read, summed
from kepuasan.numerics.triangles import products, unpacked

__all__ = [
    "Categories",
    "Fit",
    "Sums",
    "joined_cells",
    "logit_start",
    "masked_information",
    "maximised",
    "newton",
    "ordinal_start",
    "product_by_slices",
    "solutions",
]

_MOST_STEPS, _SMALL_STEP = 30, 1e-7
#: rows that the first fit of a logistic model looks at, at most
_START_ROWS = 10_000
#: columns from which on blocks of rows are as short as they get
_WIDEST = 45
#: multiplications of a product of matrices that stays in one thread; rows, at least, of which a product is worth its while
_ONE_THREAD, _FEWEST_ROWS = 262_144, 4


@dataclass(frozen=True)
class Sums:
    """Log-likelihood (r,), its gradient (r, k) and the information (r, k, k), for r sets of weights and parameters."""

    likelihood: Floats
    gradient: Floats
    information: Floats


@dataclass(frozen=True)
class Categories:
    """Rows whose answer is a category, under a logistic model (no thresholds) or one of proportional odds.

    ``block`` reads the columns; ``answer`` (rows,) is the category of each row. The logistic model gives answer 1 the log-odds x b. Proportional odds
    give the answers up to j the log-odds t_j - x b; their parameters are b, then the thresholds t.

    Notes
    -----
    With F logistic, the likelihood of a row is F(c b), c being x or -x; under proportional odds it is F(u) - F(l) = F(u) F(-l) (1 - exp(l - u)), with
    u and l the log-odds of the thresholds around its answer. So it has one or two logistic factors, and one of thresholds alone.
    """

    block: Read
    answer: Integers
    n_thresholds: int

    def sums(self, weights: Floats, parameters: Floats) -> Sums:
        """The sums over rows for each set of weights (r, rows), or one for all (1, rows), and parameters (r, k)."""
        r, k = parameters.shape
        packed = 2 * r > k > 1
        width = k if r == 1 else min(isqrt(max(4 * r, 8 * k * (k + 1) if packed else r * k)), _WIDEST)
        likelihood, gradient = np.zeros(r), np.zeros((r, k))
        information = np.zeros((r, k * (k + 1) // 2) if packed else (r, k, k))
        bounds = narrow_blocks(len(self.answer), width)
        room = np.empty((4, r * max((stop - start for start, stop in bounds), default=0)))
        for start, stop in bounds:
            for rows, columns in self._factors(start, stop):
                weight = weights[:, start:stop][:, rows]
                fit, slope, curvature, _ = _odds(parameters, columns, room)
                likelihood += _weighted_sums(weight, fit)
                np.subtract(1.0, slope, out=curvature)
                curvature *= slope
                slope *= weight
                curvature *= weight
                gradient += product_by_slices(slope, columns)
                if packed:
                    information += product_by_slices(curvature, products(np.ascontiguousarray(columns.T)).T)
                else:
                    information += (curvature[:, None, :] * columns.T) @ columns
        found = Sums(likelihood, gradient, unpacked(information, k) if packed else information)
        return self._with_gaps(found, weights, parameters) if self.n_thresholds > 1 else found

    def likelihoods(self, parameters: Floats, start: int, stop: int) -> Floats:
        """Log-likelihood (r, rows) of rows start..stop under each set of parameters (r, k)."""
        found = self._gaps(parameters)[0][:, self.answer[start:stop]]
        room = np.empty((3, found.size))
        for rows, columns in self._factors(start, stop):
            found[:, rows] += _odds(parameters, columns, room)[0]
        return found

    def scores(self, parameters: Floats, start: int, stop: int) -> Floats:
        """Derivatives of the log-likelihood of rows start..stop: (rows, k) by parameters (k,), (rows, r, k) by sets of them (r, k)."""
        sets = np.atleast_2d(parameters)
        width = sets.shape[1] - self.n_thresholds
        inverse, answer = self._gaps(sets)[1].T, self.answer[start:stop]
        found = np.zeros((stop - start, *sets.shape))
        if self.n_thresholds > 1:
            found[:, :, width:] = (inverse[:, :, None] * self._around()[:, None, :])[answer]
        room = np.empty((3, len(sets) * (stop - start)))
        for rows, columns in self._factors(start, stop):
            found[rows] += _odds(sets, columns, room)[1].T[:, :, None] * columns[:, None, :]
        return found if parameters.ndim > 1 else found[:, 0]

    def separated_by(self, direction: Floats, weight: Floats) -> bool:
        """Whether going on in a direction makes every answer likelier, or none less so: then no finite parameters are the most likely."""
        low, high = np.inf, 0.0
        for start, stop in narrow_blocks(len(self.answer), len(direction)):
            margins = self._margins(start, stop, direction)[weight[start:stop] > 0]
            low, high = min(low, float(margins.min(initial=np.inf))), max(high, float(margins.max(initial=0.0)))
        return high > 0 and low > -1e-4 * high

    def _margins(self, start: int, stop: int, direction: Floats) -> Floats:
        """How much likelier each row's answer becomes in a direction, at the least."""
        margins = np.full(stop - start, np.inf)
        for rows, columns in self._factors(start, stop):
            margins[rows] = np.minimum(margins[rows], columns @ direction)
        return margins

    def _factors(self, start: int, stop: int) -> list[tuple[Integers | slice, Floats]]:
        """The logistic factors of rows start..stop: which of these rows have one, and the columns c of its log-odds."""
        block, answer = self.block(start, stop), self.answer[start:stop]
        if not self.n_thresholds:
            return [(slice(None), block * (2.0 * answer - 1.0)[:, None])]
        below, above = np.flatnonzero(answer < self.n_thresholds), np.flatnonzero(answer > 0)
        step = np.eye(self.n_thresholds)
        return [(below, np.hstack([-block[below], step[answer[below]]])), (above, np.hstack([block[above], -step[answer[above] - 1]]))]

    def _around(self) -> Floats:
        """The gap between the thresholds around each answer as a sum of thresholds (answers, thresholds); 0 for the first and the last answer."""
        gaps = np.diff(np.eye(self.n_thresholds), axis=0)
        return np.vstack([gaps[:0].sum(axis=0), gaps, gaps[:0].sum(axis=0)])

    def _gaps(self, parameters: Floats) -> tuple[Floats, Floats]:
        """The factor of the gap for each set of parameters and answer: its logarithm and the derivative of that (r, answers)."""
        log, inverse = np.zeros((2, len(parameters), max(self.n_thresholds, 1) + 1))
        if self.n_thresholds > 1:
            gap = np.diff(parameters[:, -self.n_thresholds :], axis=1)
            with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                log[:, 1:-1], inverse[:, 1:-1] = np.log1p(-np.exp(-gap)), 1.0 / np.expm1(gap)
        return log, inverse

    def _with_gaps(self, sums: Sums, weights: Floats, parameters: Floats) -> Sums:
        """The sums with the factors of the gaps."""
        answers, around = summed(weights, self.answer, self.n_thresholds + 1), self._around()
        (log, inverse), own = self._gaps(parameters), slice(-self.n_thresholds, None)
        with np.errstate(invalid="ignore"):
            likelihood = sums.likelihood + (answers * log).sum(axis=1)
            sums.gradient[:, own] += (answers * inverse) @ around
            sums.information[:, own, own] += around.T @ ((answers * inverse * (1.0 + inverse))[:, :, None] * around)
        return Sums(likelihood, sums.gradient, sums.information)


def _odds(parameters: Floats, columns: Floats, room: Floats) -> Floats:
    """Of log-odds (r, n), parameters (r, k) times columns (n, k): log F, and 1 - F, with F logistic; neither overflows.

    They are the first two of the arrays (r, n) that `room` (3 or more, r n or more) is cut into; the others hold anything. Room that serves again
    saves making memory anew, which takes several times as long as the sums.
    """
    shape = len(parameters), len(columns)
    cut = room[:, : shape[0] * shape[1]].reshape(len(room), *shape)
    fit, against, small = cut[:3]
    product_by_slices(parameters, columns.T, fit)
    np.abs(fit, out=small)
    np.negative(small, out=small)
    np.exp(small, out=small)
    np.less(fit, 0.0, out=against, casting="unsafe")
    np.maximum(against, small, out=against)
    np.minimum(fit, 0.0, out=fit)
    fit -= np.log1p(small)
    small += 1.0
    against /= small
    return cut


def product_by_slices(left: Floats, right: Floats, out: Floats | None = None) -> Floats:
    """The product of matrices (r, n) and (n, m), some rows of the first at a time, so few that it stays in one thread.

    Products of this size gain little by threads, and wait long for them where processors are shared.
    """
    (r, n), m = left.shape, right.shape[1]
    found = np.empty((r, m)) if out is None else out
    size = _ONE_THREAD // max(right.size, 1)
    whole = r // size * size if size >= _FEWEST_ROWS else 0
    if whole:
        np.matmul(left[:whole].reshape(-1, size, n), right, out=found[:whole].reshape(-1, size, m))
    if whole < r:
        np.matmul(left[whole:], right, out=found[whole:])
    return found


def _weighted_sums(weight: Floats, rows: Floats) -> Floats:
    """Sums (r,) of rows (r, n) under their own weights (r, n), or one set for all (1, n)."""
    return np.asarray(rows @ weight[0] if len(weight) == 1 else np.einsum("rn,rn->r", weight, rows), dtype=np.float64)


def joined_cells(code: Integers, answer: Integers, used: NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """A row of each combination of code and answer that occurs among the rows used, and the combination of each row."""
    pairs = np.where(used, code * (int(answer.max(initial=0)) + 1) + answer, -1)
    found, first, place = np.unique(pairs, return_index=True, return_inverse=True)
    return (first, place) if found[0] >= 0 else (first[1:], (place - 1).clip(0))


@dataclass(frozen=True)
class Fit:
    """Maximum-likelihood estimates of r sets of k parameters.

    ``parameters`` (r, k); ``likelihood`` (r,): the log-likelihood there; ``step`` (r, k): Newton's last step; ``arrived`` (r,): whether it was small,
    that is, whether the method converged.
    """

    parameters: Floats
    likelihood: Floats
    step: Floats
    arrived: NDArray[np.bool_]


def maximised(sample: Categories, weights: Floats, start: Floats) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """The maximum-likelihood estimates (r, k) for each set of weights, the last step (r, k) and whether it was small (r,), as `newton` finds them."""
    fit = newton(sample, weights, start)
    return fit.parameters, fit.step, fit.arrived


def newton(
    sample: Categories,
    weights: Floats,
    start: Floats,
    *,
    free: NDArray[np.bool_] | None = None,
    origin: tuple[Floats, Floats] | None = None,
    small: float = _SMALL_STEP,
) -> Fit:
    """Maximum-likelihood estimates by Newton's method, one for each set of weights or of free parameters.

    Parameters
    ----------
    sample : Categories
        The rows and their model.
    weights : array (r, rows) or (1, rows)
        Sets of weights, or one for all.
    start : array (r, k)
        Where the steps begin.
    free : array of bool (r, k), optional
        Parameters that move; the others stay at their start. All do where it is not given.
    origin : tuple of arrays (r, k) and (r,), optional
        Parameters from which the steps begin where the log-likelihood at the start is below theirs, which is given.
    small : float
        The last step, against 1 and the parameter, from which on the steps end; their error is about its square.

    Notes
    -----
    A step that lowers the likelihood is halved; the log-likelihood is concave (Pratt 1981), so that the steps arrive where there is a maximum. The
    last step adds half its product with the gradient to the likelihood, whose error is then of the third order.

    References
    ----------
    Pratt, J. W. (1981). Concavity of the log likelihood. *Journal of the American Statistical Association* 76, 103-106.
    """
    parameters, gain, likelihood = start.copy(), np.zeros(len(start)), np.full(len(start), -np.inf)
    step = np.zeros(start.shape)
    if origin is not None:
        step, likelihood = 2 * (start - origin[0]), origin[1].copy()
    active = np.arange(len(start))
    for _ in range(_MOST_STEPS):
        sums = sample.sums(weights if len(weights) == 1 or len(active) == len(start) else weights[active], parameters[active])
        whole, before = _newton_step(sums, None if free is None else free[active]), likelihood[active]
        fell: NDArray[np.bool_] = np.less(sums.likelihood, before - 1e-9 * np.abs(before)) | np.isnan(sums.likelihood)
        step[active] = np.where(fell[:, None], step[active] / 2, whole)
        parameters[active] += np.where(fell[:, None], -step[active], whole)
        likelihood[active] = np.where(fell, before, sums.likelihood)
        gain[active] = np.where(fell, 0.0, np.einsum("rk,rk->r", sums.gradient, whole) / 2)
        active = active[fell | np.any(np.abs(whole) > small * (1.0 + np.abs(parameters[active])), axis=1)]
        if not active.size:
            break
    return Fit(parameters, likelihood + gain, step, ~np.isin(np.arange(len(start)), active))


def _newton_step(sums: Sums, free: NDArray[np.bool_] | None) -> Floats:
    """The information's inverse times the gradient, a generalised one where it is singular; 0 for parameters that are not free."""
    known: NDArray[np.bool_] = np.asarray(np.isfinite(sums.information).all(axis=(1, 2)))
    information, gradient = np.where(known[:, None, None], sums.information, np.eye(sums.information.shape[1])), sums.gradient
    if free is not None:
        information, gradient = masked_information(information, free), np.where(free, gradient, 0.0)
    return solutions(information, gradient)


def masked_information(information: Floats, free: NDArray[np.bool_]) -> Floats:
    """Information (r, k, k) with the rows and columns of the identity for parameters that are not free (r, k)."""
    return np.where(free[:, :, None] & free[:, None, :], information, np.eye(free.shape[1]))


def solutions(information: Floats, gradient: Floats) -> Floats:
    """The solutions (r, k) of information (r, k, k) times them equals gradient (r, k), by a generalised inverse where it is singular."""
    try:
        return np.asarray(np.linalg.solve(information, gradient[..., None])[..., 0])
    except np.linalg.LinAlgError:
        return np.asarray((np.linalg.pinv(information, hermitian=True) @ gradient[..., None])[..., 0])


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
