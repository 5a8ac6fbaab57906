"""Plain numbers that a caller gives for items: scores, means, importance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.errors import DataError, some

if TYPE_CHECKING:
    from kepuasan.numerics.totals import Floats

__all__ = ["as_mapping", "finite", "real"]


def real(value: Any) -> bool:
    """Whether a value is one number, not yes or no."""
    return isinstance(value, (Real, Decimal)) and not isinstance(value, (bool, np.bool_))


def finite(values: Iterable[Any], names: Iterable[Any], what: str) -> Floats:
    """Values as floats (n,).

    Raises
    ------
    DataError
        Text, yes or no, missing or infinite values: all of them, with their names.
    """
    pairs = list(zip(names, values, strict=True))
    wrong = {name: value for name, value in pairs if not (real(value) and np.isfinite(float(value)))}
    if wrong:
        raise DataError(f"{what} of {some(wrong)} is {some(wrong.values())}; give a finite number for each")
    return np.array([float(value) for _, value in pairs], dtype=np.float64)


def as_mapping(given: Any, what: str) -> dict[Any, Any]:
    """A mapping or Series of items to numbers as a dict.

    Raises
    ------
    DataError
        Another kind; nothing in it; an item twice.
    """
    if not isinstance(given, (Mapping, pd.Series)):
        raise DataError(f"{what} is {type(given).__name__}; give a mapping or Series of items to numbers")
    if not len(given):
        raise DataError(f"{what} is empty; give at least one item with its number")
    if isinstance(given, pd.Series) and not given.index.is_unique:
        raise DataError(f"{what} names {some(given.index[given.index.duplicated()].unique())} twice; give each item once")
    return dict(given.items())
