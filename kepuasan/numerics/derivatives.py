"""Exact derivatives of functions that numpy computes on complex numbers as it does on real ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from kepuasan.numerics.totals import Floats

__all__ = ["jacobian"]

_STEP = 1e-30
_BLOCK_VALUES = 4_000_000


def jacobian(function: Callable[[Any], Any], value: Floats) -> Floats:
    """The Jacobian (functions, k) of a function from values (..., k) to (..., functions).

    Parameters
    ----------
    function : callable
        Made of sums, products, quotients, powers and solutions of linear equations; it takes no absolute value, maximum or conjugate, and compares
        nothing but real parts.
    value : array (k,)
        Where the derivatives are taken.

    Notes
    -----
    df/dx = Im f(x + ih) / h: nothing is subtracted, so that a step h of 1e-30 leaves all digits.

    References
    ----------
    Squire, W. and Trapp, G. (1998). Using complex variables to estimate derivatives of real functions. *SIAM Review* 40, 110-112.
    """
    k = len(value)
    size = max(1, _BLOCK_VALUES // max(k, 1))
    found = []
    for start in range(0, k, size):
        stop = min(start + size, k)
        here = np.tile(value.astype(np.complex128), (stop - start, 1))
        here[np.arange(stop - start), np.arange(start, stop)] += 1j * _STEP
        found.append(np.asarray(function(here)).imag / _STEP)
    return np.asarray(np.concatenate(found).T, dtype=np.float64)
