"""Rows of a key by what their columns say, and the pairs of rows that differences are taken of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import CATEGORY, ITEM, spelled
from kepuasan.errors import EstimateError, nearest, some

if TYPE_CHECKING:
    from kepuasan.numerics.totals import Integers

__all__ = ["paired_rows", "rows_of"]


def rows_of(key: pd.DataFrame, wanted: Any) -> Integers:
    """Positions of the rows that a selector names: an item or another code, or codes by column.

    Raises
    ------
    EstimateError
        A code or a column that is not there, with the nearest one; codes that no row has together.
    """
    if not isinstance(wanted, Mapping):
        columns = [name for name in (ITEM, CATEGORY, *key.columns) if name in key.columns and _same(key[name], wanted).any()]
        if not columns:
            known = "; ".join(f"{name} {some(key[name].unique(), 12)}" for name in key.columns)
            raise EstimateError(f"no estimate of {wanted!r}{nearest(wanted, pd.unique(key.astype(object).to_numpy().ravel()))}; the key has {known}")
        wanted = {columns[0]: wanted}
    mask = np.ones(len(key), dtype=bool)
    for name, value in wanted.items():
        if name not in key.columns:
            raise EstimateError(f"{name!r} is no column of the key{nearest(name, key.columns)}; it has {some(key.columns)}")
        here = _same(key[name], value)
        if not here.any():
            raise EstimateError(f"no estimate has {name} {value!r}{nearest(value, key[name])}; there are {some(key[name].unique(), 12)}")
        mask &= here
    if not mask.any():
        raise EstimateError(f"no estimate has {wanted!r} together")
    return np.flatnonzero(mask)


def paired_rows(keys: pd.DataFrame, plus: Integers, minus: Integers) -> tuple[Integers, Integers, pd.DataFrame]:
    """Rows of both sides in the order in which they pair, and the key of their differences.

    Raises
    ------
    EstimateError
        Sides that do not pair off.
    """
    left, right = keys.iloc[plus].astype(str), keys.iloc[minus].astype(str)
    rest = [name for name in keys.columns if set(left[name]) == set(right[name])]
    if len(plus) == len(minus) == 1:
        rest = [name for name in keys.columns if left[name].iloc[0] == right[name].iloc[0]]
    place = {tuple(row): position for row, position in zip(right[rest].to_numpy(), minus, strict=True)}
    pairs = [place.get(tuple(row)) for row in left[rest].to_numpy()]
    if None in pairs or len(place) != len(minus) or len(plus) != len(minus):
        raise EstimateError(
            f"{len(plus)} estimates minus {len(minus)} do not pair off by {some(rest) or 'any key'}; name one row on each side, "
            "or the same rows of both"
        )
    minus = np.array(pairs, dtype=np.intp)
    first, second = keys.iloc[plus].reset_index(drop=True), keys.iloc[minus].reset_index(drop=True)
    key = {name: first[name] if name in rest else first[name].astype(str) + " - " + second[name].astype(str) for name in keys.columns}
    return plus, minus, pd.DataFrame(key)


def _same(column: pd.Series[Any], wanted: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Where a key column has a value; 2, 2.0 and "2" are one code."""
    texts = {spelled(value) for value in (wanted if isinstance(wanted, (list, tuple, set)) else [wanted])}
    return np.array([spelled(value) in texts for value in column], dtype=bool)
