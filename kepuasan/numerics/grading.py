"""Published numbers: rounded as the rule says, and put into classes on the grid of their decimals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kepuasan.numerics.intervals import t_below
from kepuasan.numerics.totals import Floats, Integers

__all__ = ["cut_off", "grade_probabilities", "graded", "half_even", "half_up", "steps"]

#: of a step of the grid: a number this near to a tie was meant to be one, and is off by the rounding of floats
_TIE = 1e-7
#: of the spacing of floats: how far the arithmetic before may have moved a number
_ULPS = 16


def steps(values: Floats, decimals: int) -> Floats:
    """Values as whole steps of the grid of so many decimals, ties upwards; NaN where there is no value.

    Examples
    --------
    >>> steps(np.array([95.325, 95.32499999999999, 76.6049]), 2)
    array([9533., 9533., 7660.])
    """
    scaled = np.asarray(values, dtype=np.float64) * 10.0**decimals
    return np.asarray(np.floor(scaled + 0.5 + _TIE))


def half_up(values: Floats, decimals: int) -> Floats:
    """Values rounded to decimals, ties upwards, as a person with pencil and paper does it.

    Examples
    --------
    >>> half_up(np.array([95.325, 2.675, 0.125]), 2)
    array([95.33,  2.68,  0.13])
    """
    return np.asarray(steps(values, decimals) / 10.0**decimals)


def half_even(values: Floats, decimals: int) -> Floats:
    """Values rounded to decimals, ties to the even digit, as many programs do it.

    Examples
    --------
    >>> half_even(np.array([95.325, 95.335]), 2)
    array([95.32, 95.34])
    """
    scaled = np.asarray(values, dtype=np.float64) * 10.0**decimals
    down = np.floor(scaled)
    with np.errstate(invalid="ignore"):
        tie = np.abs(scaled - down - 0.5) <= _TIE
        return np.asarray(np.where(tie, down + np.mod(down, 2.0), np.round(scaled)) / 10.0**decimals)


def cut_off(values: Floats, decimals: int) -> Floats:
    """Values without the digits beyond the decimals; one that floats put just below a step is on it.

    Examples
    --------
    >>> cut_off(np.array([95.329, -95.329, 0.29]), 2)
    array([ 95.32, -95.32,   0.29])
    """
    scaled = np.asarray(values, dtype=np.float64) * 10.0**decimals
    slack = np.maximum(_TIE, _ULPS * np.spacing(np.abs(scaled)))
    return np.asarray(np.trunc(scaled + np.copysign(slack, scaled)) / 10.0**decimals)


def graded(values: Floats, lows: Floats, decimals: int) -> Integers:
    """The class of each value: the last whose lower bound its rounded value reaches; -1 below the first, or without a value.

    Parameters
    ----------
    values : array (n,)
    lows : array (classes,)
        Lower bounds, ascending, on the grid of `decimals`.
    decimals : int
    """
    rounded = steps(values, decimals)
    place = np.searchsorted(steps(lows, decimals), np.where(np.isnan(rounded), -np.inf, rounded), side="right") - 1
    return np.asarray(place, dtype=np.intp)


def grade_probabilities(values: Floats, se: Floats, df: Floats, lows: Floats, decimals: int, counted: NDArray[np.bool_] | None = None) -> Floats:
    """The probability of each class (n, classes) for the true value, given the estimate; NaN without a standard error.

    Notes
    -----
    (true value - estimate) / se is taken as t with `df` degrees of freedom. A class begins where values are rounded up to its lower bound, half a
    step below it; the first class has all below, the last all above. Of a complete count (``counted``, se = 0) the class is certain; where se is 0
    otherwise, or there are no degrees of freedom, nothing is known.
    """
    edges = steps(lows, decimals)[1:] / 10.0**decimals - 0.5 * 10.0**-decimals
    sure = np.zeros(len(values), dtype=bool) if counted is None else (se == 0) & counted & np.isfinite(values)
    with np.errstate(invalid="ignore"):
        usable = np.where((se > 0) & (df > 0), se, np.nan)
        below = t_below((edges - values[:, None]) / usable[:, None], df[:, None])
    below = np.where(sure[:, None], steps(values, decimals)[:, None] < steps(lows, decimals)[1:], below)
    found = np.diff(np.column_stack([np.zeros(len(values)), below, np.ones(len(values))]), axis=1)
    unknown = np.isnan(below).any(axis=1) | np.isnan(values)
    return np.asarray(np.where(unknown[:, None], np.nan, found))
