"""Frames of any kind as pandas, columns as numbers, and one column more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from kepuasan.errors import DataError, some

__all__ = ["as_pandas", "broken_texts", "require_whole_codes", "to_numbers", "with_column"]


def as_pandas(frame: Any) -> pd.DataFrame:
    """Any eager frame as pandas; pandas itself without copying its data."""
    if isinstance(frame, pd.DataFrame):
        broken = broken_texts(frame.columns)
        if broken:
            names = [frame.columns[place] for place in broken]
            raise DataError(f"{len(names)} column names hold half of a character (a lone surrogate): {some(names)}; rename them")
        return frame.copy(deep=False)
    import narwhals as nw

    try:
        wrapped = nw.from_native(frame, eager_only=True)
    except TypeError as error:
        hint = "collect the lazy frame first" if "azy" in type(frame).__name__ else "give a pandas, polars or pyarrow frame"
        raise DataError(f"a survey is built from a frame, not from {type(frame).__name__}; {hint}") from error
    if not isinstance(wrapped, nw.DataFrame):
        raise DataError(f"a survey is built from a frame, not from {type(frame).__name__}; a single column must become a frame first")
    return pd.DataFrame({name: _values(wrapped[name]) for name in wrapped.columns})


def broken_texts(texts: Iterable[Any]) -> list[int]:
    r"""Positions of texts with half of a character, a lone surrogate, which no file and no screen can show.

    Examples
    --------
    >>> broken_texts(["Ambon", "Am\ud800bon", 3])
    [1]
    """
    plain = [text if isinstance(text, str) else "" for text in texts]
    try:
        "".join(plain).encode()
    except UnicodeEncodeError:
        return [place for place, text in enumerate(plain) if any("\ud800" <= letter <= "\udfff" for letter in text)]
    return []


def require_whole_codes(column: pd.Series[Any], code: Sequence[int] | np.ndarray[Any, Any], labels: pd.Index[Any]) -> None:
    """Refuse codes of a column with half of a character, with the first row.

    Raises
    ------
    DataError
        Column, row, code.
    """
    arrow = isinstance(labels.dtype, pd.StringDtype) and labels.dtype.storage == "pyarrow"
    broken = broken_texts(labels) if not arrow and not pd.api.types.is_numeric_dtype(labels.dtype) else []
    if broken:
        rows = np.flatnonzero(np.isin(code, broken))
        raise DataError(
            f"{column.name!r} holds {labels[broken[0]]!r} in {rows.size} rows ({some(column.index[rows])}): half of a character (a lone surrogate), "
            "as a text read in the wrong encoding has it; read the file anew as UTF-8, or correct the cells"
        )


def _values(column: Any) -> Any:
    """The values of a narwhals column; whole numbers stay whole where some are missing."""
    if column.dtype.is_integer() and column.null_count():
        return pd.array(column.to_list(), dtype="Int64")
    return column.to_numpy()


def to_numbers(column: pd.Series[Any]) -> pd.Series[Any]:
    """A column of truth values or of objects as numbers.

    Raises
    ------
    DataError
        A column of text or dates, with some of its values.
    """
    if pd.api.types.is_bool_dtype(column.dtype):
        return column.astype("Float64") if column.isna().any() else column.astype(np.float64)
    plain = column.dtype == object and not column.map(lambda value: isinstance(value, complex)).any()
    numbers = pd.to_numeric(column, errors="coerce") if plain else None
    if numbers is not None and (numbers.isna() == column.isna()).all() and not column.map(lambda value: isinstance(value, str)).any():
        return numbers
    text = column.dropna()
    raise DataError(
        f"{column.name!r} holds {column.dtype} values such as {some(text.unique()[:3])}, not numbers; "
        "give an item coded in numbers, or kepuasan.proportion for shares of its categories"
    )


def with_column(frame: pd.DataFrame, name: str, value: Any) -> pd.DataFrame:
    """The frame with one more column, or another in the place of one.

    Raises
    ------
    DataError
        A Series with another index than the frame; another number of values than there are rows.
    """
    if isinstance(value, pd.Series) and not value.index.equals(frame.index):
        raise DataError(f"the values of {name!r} have another index than the survey's frame; build them from survey.frame, or give an array")
    if pd.api.types.is_list_like(value) and len(value) != len(frame):
        raise DataError(f"{name!r} has {len(value):,} values, but the survey {len(frame):,} rows; give one a row")
    return frame.assign(**{name: value})
