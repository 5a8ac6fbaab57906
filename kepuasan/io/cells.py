"""Cells to types: what the cells of a column suggest, or what its item declares."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.errors import DataError, some

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.codebook.parts import ItemType

__all__ = ["converted", "guessed", "tidy_text"]

_TRUTH = {"true": 1, "false": 0}
_HINTS = {
    "number": "correct the cells (decimals take a point, not a comma), or declare the item as text",
    "date": "write dates as 2022-12-31, or declare the item as text",
    "datetime": "write them as 2022-12-31 23:59:59, or declare the item as text",
    "time": "write times as 23:59:59, or declare the item as text",
}
#: texts that Python or pandas would take for numbers: leading zeros, underscores, hexadecimals
_NO_NUMBER = re.compile(r"\s*[+-]?0\d|.*[_xX]")
_LONG = re.compile(r"\s*[+-]?\d{16,}\s*")
_CLOCK = r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?"
#: whole numbers up to here are exact as floating point
_EXACT = 2**53


def tidy_text(column: pd.Series[Any], *, strip: bool = False) -> pd.Series[Any]:
    """A column of text in which an empty text is an empty cell; trailing blanks go where `strip` says so."""
    text = column.str.rstrip(" ") if strip and column.notna().any() else column
    return text.mask((text == "").to_numpy(dtype=bool, na_value=False))


# ---------------------------------------------------------------- what cells suggest


def guessed(column: pd.Series[Any], where: str) -> tuple[pd.Series[Any], ItemType]:
    """A column in the type its cells suggest, and that type.

    Text is read as numbers where every cell is one and none has a leading zero; words true and false become 1 and 0.

    Raises
    ------
    DataError
        Cells that are lists or tables.
    """
    if pd.api.types.is_bool_dtype(column.dtype):
        return _truth(column), "number"
    if pd.api.types.is_numeric_dtype(column.dtype):
        return _plain_numbers(column), "number"
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column, "date" if _all_midnight(column) else "datetime"
    if pd.api.types.is_timedelta64_dtype(column.dtype):
        return column, "time"
    if isinstance(column.dtype, pd.CategoricalDtype):
        return guessed(column.astype(column.cat.categories.dtype), where)
    filled = column.dropna()
    kinds = {_kind(value) for value in filled} if column.dtype == object else {"text"}
    return _guessed_mixture(column, kinds if len(filled) else set(), where)


def _guessed_mixture(column: pd.Series[Any], kinds: set[str], where: str) -> tuple[pd.Series[Any], ItemType]:
    """A column of objects or text by the kinds of cell in it."""
    if "nested" in kinds:
        raise DataError(f"{where} holds lists or tables, not single values; leave it out, or give each part a column of its own")
    if not kinds:
        return pd.Series(np.nan, index=column.index, name=column.name), "number"
    if kinds <= {"number", "truth"}:
        return _from_objects(column), "number"
    if kinds <= {"date", "datetime"}:
        return _moments(column), "date" if kinds == {"date"} else "datetime"
    if kinds == {"time"}:
        return _spans(column), "time"
    if kinds == {"text"}:
        return _read_text(tidy_text(column))
    return tidy_text(column.map(_as_text, na_action="ignore").astype(object)), "text"


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "text"
    if isinstance(value, (bool, np.bool_)):
        return "truth"
    if isinstance(value, (int, float, np.number, Decimal)):
        return "number"
    if isinstance(value, dt.datetime):
        return "datetime"
    if isinstance(value, dt.date):
        return "date"
    if isinstance(value, (dt.time, dt.timedelta)):
        return "time"
    return "nested" if isinstance(value, (list, tuple, dict, set, np.ndarray)) else "other"


def _read_text(column: pd.Series[Any]) -> tuple[pd.Series[Any], ItemType]:
    """A column of text as numbers where it holds nothing else; each distinct text is looked at once."""
    place, texts = pd.factorize(column)
    words = [str(text) for text in texts]
    truths = bool(words) and all(word.casefold() in _TRUTH for word in words)
    numbers = np.array([_TRUTH[word.casefold()] for word in words], dtype=np.int64) if truths else _as_numbers(pd.Series(words, dtype=object))
    if numbers is None:
        return column, "text"
    empty = place < 0
    if empty.any():
        if numbers.dtype == np.int64 and (np.abs(numbers) > _EXACT).any():
            return column, "text"
        cells = np.where(empty, np.nan, numbers.astype(np.float64)[place])
        return pd.Series(cells, index=column.index, name=column.name), "number"
    return pd.Series(numbers[place], index=column.index, name=column.name), "number"


def _as_numbers(texts: pd.Series[Any]) -> NDArray[Any] | None:
    """Texts as numbers; None where one is not, or would lose its leading zeros or its last digits."""
    numbers = pd.to_numeric(texts, errors="coerce")
    if not pd.api.types.is_numeric_dtype(numbers.dtype) or not np.isfinite(numbers.to_numpy(dtype=np.float64)).all():
        return None
    if any(_NO_NUMBER.match(text) for text in texts):
        return None
    if numbers.dtype == np.int64:
        return numbers.to_numpy()
    if any(_LONG.fullmatch(text) and abs(float(text)) > _EXACT for text in texts):
        return None
    return texts.to_numpy(dtype=object).astype(np.float64)


def _truth(column: pd.Series[Any]) -> pd.Series[Any]:
    return column.astype(np.float64) if column.isna().any() else column.astype(np.int64)


def _from_objects(column: pd.Series[Any]) -> pd.Series[Any]:
    """Numbers, truths and decimals as one column of numbers, whole ones as integers where no cell is empty."""
    numbers = np.array([np.nan if pd.isna(value) else float(value) for value in column], dtype=np.float64)
    whole = np.isfinite(numbers).all() and (numbers == np.round(numbers)).all() and (np.abs(numbers) < _EXACT).all()
    return pd.Series(numbers.astype(np.int64) if whole and len(numbers) else numbers, index=column.index, name=column.name)


def _plain_numbers(column: pd.Series[Any]) -> pd.Series[Any]:
    """Numbers in a numpy dtype."""
    if isinstance(column.dtype, np.dtype):
        return column
    return column.astype(np.float64) if column.isna().any() else column.astype(column.to_numpy().dtype)


def _all_midnight(column: pd.Series[Any]) -> bool:
    filled = column.dropna()
    return bool(len(filled)) and bool((filled == filled.dt.normalize()).all())


def _moments(column: pd.Series[Any]) -> pd.Series[Any]:
    values = np.array([None if pd.isna(value) else value for value in column], dtype="datetime64[ms]")
    return pd.Series(values, index=column.index, name=column.name)


def _spans(column: pd.Series[Any]) -> pd.Series[Any]:
    seconds = [np.nan if pd.isna(value) else _seconds(value) for value in column]
    return pd.Series(_milliseconds(np.array(seconds, dtype=np.float64)), index=column.index, name=column.name)


def _seconds(value: dt.time | dt.timedelta) -> float:
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6


def _milliseconds(seconds: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, Any]:
    empty = np.isnan(seconds)
    spans = np.where(empty, 0, np.round(seconds * 1000)).astype("timedelta64[ms]")
    spans[empty] = np.timedelta64("NaT", "ms")
    return spans


def _as_text(value: Any) -> str:
    """A cell as text, whole numbers without a decimal point."""
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value)


# ---------------------------------------------------------------- what an item declares


def converted(column: pd.Series[Any], kind: ItemType, where: str) -> pd.Series[Any]:
    """A column in the type its item declares.

    Parameters
    ----------
    column : Series
    kind : {"number", "text", "date", "datetime", "time"}
    where : str
        File and item, for the message.

    Raises
    ------
    DataError
        Cells that cannot be read so, with their rows in the frame.
    """
    if kind == "text":
        return _declared_text(column)
    plain, found = guessed(column, where) if column.notna().any() else (column, kind)
    if found == kind or (found == "date" and kind == "datetime"):
        return plain
    if column.notna().sum() == 0:
        return column
    result = _parsed(column, kind) if found == "text" or kind == "number" else pd.Series(pd.NaT, index=column.index)
    bad = np.flatnonzero((result.isna() & tidy_text(column.astype(object)).notna()).to_numpy())
    if bad.size:
        raise DataError(
            f"{where} is declared as {kind}, but {bad.size} cells are not: {some(column.iloc[bad].unique())} "
            f"(rows {some(column.index[bad])}); {_HINTS[kind]}"
        )
    result.name = column.name
    return result


def _declared_text(column: pd.Series[Any]) -> pd.Series[Any]:
    if pd.api.types.is_numeric_dtype(column.dtype) or column.dtype == object:
        return tidy_text(column.map(_as_text, na_action="ignore").astype(object))
    return tidy_text(column.astype(str).where(column.notna()))


def _parsed(column: pd.Series[Any], kind: ItemType) -> pd.Series[Any]:
    """Texts as numbers, ISO dates or clock times; what is none becomes empty."""
    if kind == "number":
        if not (column.dtype == object or isinstance(column.dtype, pd.StringDtype)):
            return pd.Series(np.nan, index=column.index)
        return pd.to_numeric(column, errors="coerce")
    text = column.astype(object).map(str, na_action="ignore")
    if kind == "time":
        clock = text.where(text.str.fullmatch(_CLOCK, na=False).astype(bool))
        return pd.to_timedelta(clock.where(clock.str.count(":") != 1, clock + ":00"), errors="coerce")
    pattern = r"\d{4}-\d\d-\d\d" if kind == "date" else r"\d{4}-\d\d-\d\d[ T].*"
    shaped = text.where(text.str.fullmatch(pattern, na=False).astype(bool))
    return pd.to_datetime(shaped, format="ISO8601", errors="coerce")
