"""Least squares of weighted rows, read in blocks; and the only door to statsmodels, which gives logistic models their first fit.

Columns are centred and scaled before they are fitted, so that large means cost no digits; `Scaled.back` leads to the coefficients of the columns as
they are.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from kepuasan.numerics.totals import Floats, Integers, Read

__all__ = [
    "LeastSquares",
    "Moments",
    "Scaled",
    "by_narrow_blocks",
    "dependent",
    "kept_columns",
    "least_squares",
    "logistic",
    "moments",
    "narrow_blocks",
    "scaled",
    "wald",
]

#: a column varies if its spread is more than this share of its mean; it is free if others leave more than this share of its variance
_CONSTANT, _FREE = 1e-12, 1e-11
#: condition of the scaled cross-products from which on least squares take a second step
_ROUGH = 1e4
#: log-odds beyond which a fit is taken to be on its way to infinity
_RUNAWAY = 15.0
#: multiplications of a product of two blocks that stay in the cache and in one thread; rows of a block at least, otherwise, and at most
_CACHED, _FEWEST, _WIDE, _MOST = 262_144, 128, 8_192, 32_768


@dataclass(frozen=True)
class Moments:
    """Weighted moments of p columns and an outcome.

    ``weight``: sum of weights; ``mean`` (p,) and ``product`` (p, p): means and sums of cross-products about them; ``outcome``, ``crossed`` (p,) and
    ``square``: the outcome's mean, its cross-products with the columns and its sum of squares, about the means.
    """

    weight: float
    mean: Floats
    product: Floats
    outcome: float
    crossed: Floats
    square: float


@dataclass(frozen=True)
class Scaled:
    """Columns as they are fitted: less `shift`, over `scale`; an intercept stays 1.

    ``gram`` (p, p): their weighted cross-products; ``back`` (p, p): from their coefficients to those of the columns as they are.
    """

    read: Read
    intercept: int | None
    shift: Floats
    scale: Floats
    gram: Floats

    def block(self, start: int, stop: int) -> Floats:
        """Rows start..stop as they are fitted."""
        block = self.read(start, stop)
        block -= self.shift
        block /= self.scale
        return block

    @property
    def back(self) -> Floats:
        """From the coefficients of the scaled columns to those of the columns as they are."""
        matrix = np.diag(1.0 / self.scale)
        if self.intercept is not None:
            matrix[self.intercept] -= self.shift / self.scale
        return matrix

    def without_intercept(self) -> tuple[Read, Floats]:
        """A reader of the other columns, and the way back (p - 1, p - 1); thresholds take the intercept's place."""
        kept = np.delete(np.arange(len(self.scale)), [] if self.intercept is None else [self.intercept])
        return partial(kept_columns, self.block, kept), np.diag(1.0 / self.scale[kept])


def kept_columns(read: Read, columns: Integers, start: int, stop: int) -> Floats:
    """Rows start..stop of a reader, some of its columns."""
    return read(start, stop)[:, columns]


def narrow_blocks(n_rows: int, n_columns: int) -> list[tuple[int, int]]:
    """Bounds of blocks of rows whose cross-products are formed in the cache: for 12 columns several times as fast as larger ones."""
    size = min(_CACHED // max(n_columns, 1) ** 2, _MOST)
    size = size if size >= _FEWEST else _WIDE
    return [(start, min(start + size, n_rows)) for start in range(0, n_rows, size)]


def by_narrow_blocks(read: Read, n_columns: int, start: int, stop: int) -> Floats:
    """Rows start..stop of a reader, read in narrow blocks."""
    block = np.empty((stop - start, n_columns))
    for first, last in narrow_blocks(stop - start, n_columns):
        block[first:last] = read(start + first, start + last)
    return block


def moments(weight: Floats, read: Read, n_columns: int, outcome: Floats | None = None) -> Moments:
    """The moments in one pass, as differences from the mean of the first rows.

    Parameters
    ----------
    weight : array (rows,)
        Weights; rows of weight 0 count nothing, but must hold finite numbers.
    read : callable
        ``read(start, stop)`` gives the columns; the block may be overwritten.
    n_columns : int
        Number of columns.
    outcome : array (rows,), optional
        The outcome; 0 where none is given.
    """
    bounds = narrow_blocks(len(weight), n_columns)
    shift, start_outcome = _first_means(weight, read, outcome, bounds)
    product, sums, crossed = np.zeros((n_columns, n_columns)), np.zeros(n_columns), np.zeros(n_columns)
    total = above = square = 0.0
    for start, stop in bounds:
        block, share = read(start, stop), weight[start:stop]
        block -= shift
        weighted = block * share[:, None]
        product += weighted.T @ block
        sums += share @ block
        total += float(share.sum())
        if outcome is not None:
            y = outcome[start:stop] - start_outcome
            crossed += y @ weighted
            above += float(share @ y)
            square += float((share * y) @ y)
    mean, outcome_mean = sums / total, above / total
    product -= np.outer(mean, sums)
    return Moments(total, shift + mean, product, start_outcome + outcome_mean, crossed - outcome_mean * sums, square - outcome_mean * above)


def _first_means(weight: Floats, read: Read, outcome: Floats | None, bounds: list[tuple[int, int]]) -> tuple[Floats, float]:
    """Means of the first block that has rows with a weight."""
    for start, stop in bounds:
        counted = weight[start:stop] != 0
        if counted.any():
            return read(start, stop)[counted].mean(axis=0), 0.0 if outcome is None else float(outcome[start:stop][counted].mean())
    return np.zeros(read(0, 0).shape[1]), 0.0


def scaled(read: Read, found: Moments, intercept: int | None) -> Scaled:
    """The columns as they are fitted: about their means where there is an intercept, with a root mean square of 1."""
    product, shift = found.product, found.mean.copy()
    if intercept is None:
        product, shift = product + found.weight * np.outer(shift, shift), np.zeros(len(shift))
    else:
        shift[intercept] = 0.0
    square = np.diag(product) / found.weight
    varies = square > (_CONSTANT * found.mean) ** 2
    scale = np.sqrt(np.where(varies, square, 1.0))
    gram = np.where(np.outer(varies, varies), product, 0.0) / np.outer(scale, scale)
    if intercept is not None:
        gram[intercept, intercept] = found.weight
    return Scaled(read, intercept, shift, scale, gram)


def dependent(gram: Floats) -> Integers:
    """Positions of the columns that those before them determine, from cross-products of scaled columns."""
    left = gram / max(float(np.diag(gram).max(initial=0.0)), 1e-300)
    found = []
    for place in range(len(left)):
        rest = left[place, place]
        if rest < _FREE:
            found.append(place)
            continue
        left = left - np.outer(left[:, place], left[place]) / rest
    return np.array(found, dtype=np.intp)


# ------------------------------------------------------------ linear


@dataclass(frozen=True)
class LeastSquares:
    """A weighted least-squares fit.

    ``coefficient`` (p,) is of the scaled columns, for the outcome (rows,) less ``centre``.
    """

    columns: Scaled
    outcome: Floats
    centre: float
    coefficient: Floats
    r_squared: float

    @property
    def value(self) -> Floats:
        """Coefficients (p,) of the columns as they are."""
        return self._back(self.coefficient)

    def _back(self, coefficient: Floats) -> Floats:
        value = coefficient @ self.columns.back.T
        if self.columns.intercept is not None:
            value[..., self.columns.intercept] += self.centre
        return np.asarray(value)

    def residual(self, start: int, stop: int, block: Floats) -> Floats:
        """Residuals of the rows whose scaled columns are given."""
        return self.outcome[start:stop] - self.centre - block @ self.coefficient

    @property
    def solving(self) -> Floats:
        """From sums of scores to the influence on the coefficients (p, p)."""
        return np.asarray(self.columns.back @ np.linalg.inv(self.columns.gram), dtype=np.float64)

    def scores(self, start: int, stop: int) -> Floats:
        """Scores (rows, p) by unit of weight: the residual times the scaled columns."""
        block = self.columns.block(start, stop)
        block *= self.residual(start, stop, block)[:, None]
        return block

    def cross_products(self, start: int, stop: int) -> Floats:
        """Products of each two of the scaled columns and the outcome, the upper triangle row by row."""
        block = np.column_stack([self.columns.block(start, stop), self.outcome[start:stop] - self.centre])
        left, right = np.triu_indices(block.shape[1])
        return np.asarray(block[:, left] * block[:, right])

    @property
    def n_products(self) -> int:
        """Number of columns that `cross_products` gives."""
        width = len(self.coefficient) + 1
        return width * (width + 1) // 2

    def refitted(self, totals: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """Coefficients (replicates, p) from totals of the cross-products, and where columns determine each other."""
        width = len(self.coefficient) + 1
        left, right = np.triu_indices(width)
        whole = np.empty((len(totals), width, width))
        whole[:, left, right] = whole[:, right, left] = totals
        lost = ~np.isfinite(whole).all(axis=(1, 2))
        whole[lost] = 0.0
        gram, crossed = whole[:, :-1, :-1], whole[:, :-1, -1]
        singular = lost | ~(np.linalg.cond(gram) < 1 / _FREE)
        gram[singular] = np.eye(width - 1)
        return self._back(_solved(gram, crossed)), singular


def least_squares(weight: Floats, outcome: Floats, found: Moments, columns: Scaled) -> LeastSquares:
    """The least-squares fit from its moments.

    Notes
    -----
    b = (sum of w x x')^-1 sum of w x y. Where the columns nearly determine each other, a second pass adds the coefficients of the residuals.
    """
    centred = columns.intercept is not None
    crossed = (found.crossed if centred else found.crossed + found.weight * found.mean * found.outcome) / columns.scale
    square = found.square if centred else found.square + found.weight * found.outcome**2
    coefficient = _solved(columns.gram, crossed)
    r_squared = float(crossed @ coefficient / square) if square > 0 else np.nan
    fit = LeastSquares(columns, outcome, found.outcome if centred else 0.0, coefficient, r_squared)
    if np.linalg.cond(columns.gram / found.weight) < _ROUGH:
        return fit
    rest = np.zeros(len(coefficient))
    for start, stop in narrow_blocks(len(weight), len(coefficient)):
        block = columns.block(start, stop)
        rest += (weight[start:stop] * fit.residual(start, stop, block)) @ block
    return LeastSquares(columns, outcome, fit.centre, coefficient + _solved(columns.gram, rest), r_squared)


def _solved(matrix: Floats, right: Floats) -> Floats:
    return np.asarray(np.linalg.solve(matrix, right[..., None])[..., 0], dtype=np.float64)


def logistic(block: Floats, answer: Integers, weight: Floats) -> Floats | None:
    """Coefficients (p,) of the log-odds of answer 1 by statsmodels; None where they run away, as with separated answers."""
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            model = GLM(answer, block, family=Binomial(), freq_weights=weight / weight.mean())
            found = np.asarray(model.fit(tol=1e-12, tol_criterion="params", maxiter=50).params, dtype=np.float64)
        except (ValueError, ArithmeticError, np.linalg.LinAlgError):
            return None
    steady = bool(np.isfinite(found).all()) and float(np.abs(block @ found).max()) < _RUNAWAY
    return found if steady else None


def wald(value: Floats, covariance: Floats, df: float) -> tuple[float, float] | None:
    """F of the hypothesis that all values are 0, and its p; None where the covariance is singular.

    Notes
    -----
    F = b' V^-1 b / q with q and `df` degrees of freedom.
    """
    from scipy import special

    size = np.sqrt(np.diag(covariance))
    if not (size > 0).all() or not np.linalg.cond(covariance / np.outer(size, size)) < 1 / _FREE:
        return None
    statistic = float(value @ np.linalg.solve(covariance, value)) / len(value)
    return statistic, float(special.fdtrc(len(value), df, statistic)) if df > 0 else np.nan
