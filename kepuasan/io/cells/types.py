"""Cells to types: what the cells of a column suggest, or what its item declares; and the dtype of each type."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.errors import DataError
from kepuasan.io.cells.dates import clock_times, serial_days, serial_times, written_moments
from kepuasan.io.cells.numbers import EXACT, TRUTH, as_numbers, is_text_column, numbers_or_empty
from kepuasan.problems import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.codebook.parts import ItemType

__all__ = ["Conversion", "converted", "guessed", "in_type", "tidy_text"]

_DTYPES = {"date": "datetime64[ms]", "datetime": "datetime64[ms]", "time": "timedelta64[ms]"}


def tidy_text(column: pd.Series[Any], *, strip: bool = False) -> pd.Series[Any]:
    """A column of text in which an empty text is an empty cell; trailing blanks go where `strip` says so."""
    text = column.str.rstrip(" ") if strip and column.notna().any() else column
    blank = (text == "").to_numpy(dtype=bool, na_value=False)
    return text.mask(blank) if blank.any() else text


# ---------------------------------------------------------------- dtypes


def in_type(column: pd.Series[Any], kind: ItemType) -> pd.Series[Any]:
    """A column whose cells are of a type already, in the dtype of that type.

    Numbers: int64 where whole and without empty cells, else float64. Text: pandas' own text dtype where it is the default, else object. Dates and
    datetimes: datetime64[ms]. Times: timedelta64[ms]. A column that cannot be of the type stays as it is.

    Examples
    --------
    >>> in_type(pd.Series([1.0, 2.0]), "number").dtype
    dtype('int64')
    """
    if kind == "number":
        return _settled_numbers(column)
    if kind == "text":
        return _text(column)
    dtype: Any = _DTYPES[kind]
    try:
        return column if column.dtype == dtype else column.astype(dtype)
    except (TypeError, ValueError, OverflowError):
        return column


def _text(column: pd.Series[Any]) -> pd.Series[Any]:
    """Text in the dtype that pandas gives text."""
    default = pd.Series([""]).dtype
    if isinstance(default, pd.StringDtype) and column.dtype == default:
        return column
    text = column.astype(object)
    return text.where(text.notna(), np.nan).astype(default)


def _settled_numbers(column: pd.Series[Any]) -> pd.Series[Any]:
    """Numbers as int64 where they are whole and no cell is empty, else as float64."""
    if column.dtype in (np.int64, object) or is_text_column(column):
        return column
    if pd.api.types.is_integer_dtype(column.dtype) and not column.hasnans and not _beyond(column):
        return column.astype(np.int64)
    numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
    if len(numbers) and _whole(numbers):
        return pd.Series(numbers.astype(np.int64), index=column.index, name=column.name)
    return column if column.dtype == np.float64 else pd.Series(numbers, index=column.index, name=column.name)


def _beyond(column: pd.Series[Any]) -> bool:
    """Whether unsigned integers do not fit int64."""
    return pd.api.types.is_unsigned_integer_dtype(column.dtype) and len(column) > 0 and int(column.max()) > np.iinfo(np.int64).max


def _whole(numbers: NDArray[np.float64]) -> bool:
    """Whether all numbers are whole, finite and exact; the first ones are looked at first."""
    return all(bool((part == np.round(part)).all() and (np.abs(part) <= EXACT).all()) for part in (numbers[:1000], numbers[1000:]))


# ---------------------------------------------------------------- what cells suggest


def guessed(column: pd.Series[Any], where: str, decimal: str = ".") -> tuple[pd.Series[Any], ItemType]:
    """A column in the type its cells suggest, and that type.

    Text is read as numbers where every cell is one and none has a leading zero; words true and false become 1 and 0.

    Parameters
    ----------
    column : Series
    where : str
        File and column, for the message.
    decimal : {".", ","}
        The decimal sign of numbers written as text.

    Raises
    ------
    DataError
        Cells that are lists or tables.
    """
    found, kind = _guessed(column, where, decimal)
    return in_type(found, kind), kind


def _guessed(column: pd.Series[Any], where: str, decimal: str) -> tuple[pd.Series[Any], ItemType]:
    if pd.api.types.is_bool_dtype(column.dtype):
        return _truth(column), "number"
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column, "number"
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column, "date" if _all_midnight(column) else "datetime"
    if pd.api.types.is_timedelta64_dtype(column.dtype):
        return column, "time"
    if isinstance(column.dtype, pd.CategoricalDtype):
        return _guessed(column.astype(column.cat.categories.dtype), where, decimal)
    if not column.notna().any():
        return pd.Series(np.nan, index=column.index, name=column.name), "number"
    if column.dtype != object:
        return _guessed_text(tidy_text(column), decimal)
    return _guessed_mixture(column, {_kind(value) for value in column.dropna()}, where, decimal)


def _guessed_mixture(column: pd.Series[Any], kinds: set[str], where: str, decimal: str) -> tuple[pd.Series[Any], ItemType]:
    """A column of objects by the kinds of cell in it."""
    if "nested" in kinds:
        raise DataError(f"{where} holds lists or tables, not single values; leave it out, or give each part a column of its own")
    if kinds <= {"number", "truth"}:
        return _from_objects(column), "number"
    if kinds <= {"date", "datetime"}:
        moments = _moments(column)
        return moments, "date" if kinds == {"date"} or _all_midnight(moments) else "datetime"
    if kinds == {"time"}:
        return _spans(column), "time"
    if kinds == {"text"}:
        return _guessed_text(tidy_text(column), decimal)
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


def _guessed_text(column: pd.Series[Any], decimal: str) -> tuple[pd.Series[Any], ItemType]:
    """A column of text as numbers where it holds nothing else; each distinct text is looked at once."""
    few = [str(text) for text in column.iloc[:1000].dropna().unique()[:50]]
    if few and _numbers_of(few, decimal) is None and not _may_grow(few, decimal):
        return column, "text"
    place, texts = pd.factorize(column)
    words = [str(text) for text in texts]
    numbers = _numbers_of(words, decimal)
    if numbers is None:
        return (column, "text") if len(words) else (pd.Series(np.nan, index=column.index, name=column.name), "number")
    empty = place < 0
    if empty.any():
        if numbers.dtype == np.int64 and (np.abs(numbers) > EXACT).any():
            return column, "text"
        cells = np.where(empty, np.nan, numbers.astype(np.float64)[place])
        return pd.Series(cells, index=column.index, name=column.name), "number"
    return pd.Series(numbers[place], index=column.index, name=column.name), "number"


def _numbers_of(words: list[str], decimal: str) -> NDArray[Any] | None:
    """Distinct texts as numbers, true and false as 1 and 0; None where one is none."""
    if words and all(word.casefold() in TRUTH for word in words):
        return np.array([TRUTH[word.casefold()] for word in words], dtype=np.int64)
    return as_numbers(words, decimal)


def _may_grow(few: list[str], decimal: str) -> bool:
    """Whether further texts could make numbers of these, which look like lists of codes alone."""
    return as_numbers(few, decimal, sure=True) is not None


def _truth(column: pd.Series[Any]) -> pd.Series[Any]:
    return column.astype(np.float64) if column.isna().any() else column.astype(np.int64)


def _from_objects(column: pd.Series[Any]) -> pd.Series[Any]:
    """Numbers, truths and decimals as one column of numbers, whole ones as integers where no cell is empty."""
    numbers = np.array([np.nan if pd.isna(value) else float(value) for value in column], dtype=np.float64)
    whole = np.isfinite(numbers).all() and (numbers == np.round(numbers)).all() and (np.abs(numbers) < EXACT).all()
    return pd.Series(numbers.astype(np.int64) if whole and len(numbers) else numbers, index=column.index, name=column.name)


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


@dataclass(frozen=True)
class Conversion:
    """A column brought to the type its item declares.

    Attributes
    ----------
    column : Series
        In the dtype of its type, with the index of the column given; cells that are not of the type are empty.
    wrong : integer array
        Positions (not index labels) of the cells that are filled but not of the type, ascending.
    problems : tuple of Problem
        What was found on the way (KP113, KP119), without file, sheet and column: ``dataclasses.replace`` puts them in.
    """

    column: pd.Series[Any]
    wrong: NDArray[np.int64]
    problems: tuple[Problem, ...] = ()


def converted(column: pd.Series[Any], kind: ItemType, decimal: str = ".") -> Conversion:
    """A column in the type its item declares; cells that are not of it are reported, not refused.

    Parameters
    ----------
    column : Series
        Cells as a reader leaves them. For items declared text, and for dates and times of delimited text, give it as written (``Raw.texts``).
    kind : {"number", "text", "date", "datetime", "time"}
        Numbers: under the decimal sign, with thousands marks or without; leading zeros are allowed. Dates: day before month, or ISO; a number is a
        day as Excel counts them. A date with a time of day other than midnight is no date. Times: ``23:59:59``, ``07.30``.
    decimal : {".", ","}
        The decimal sign of numbers written as text: ``numbers.decimal_of(raw)``.

    Examples
    --------
    >>> made = converted(pd.Series(["31/12/2022", "2022-01-31", "today"]), "date")
    >>> [str(day)[:10] for day in made.column], made.wrong.tolist()
    (['2022-12-31', '2022-01-31', 'NaT'], [2])
    """
    if kind == "text":
        return Conversion(_text(_declared_text(column)), np.array([], dtype=np.int64))
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.cat.categories.dtype)
    elif pd.api.types.is_bool_dtype(column.dtype):
        column = _truth(column)
    made = _declared_numbers(column, decimal) if kind == "number" else _declared_moments(column, kind)
    filled = tidy_text(column).notna() if is_text_column(column) else column.notna()
    result = in_type(made.column, kind)
    wrong = np.flatnonzero((result.isna() & filled).to_numpy(dtype=bool))
    return Conversion(result, wrong, made.problems)


def _declared_text(column: pd.Series[Any]) -> pd.Series[Any]:
    if pd.api.types.is_bool_dtype(column.dtype) or not (pd.api.types.is_numeric_dtype(column.dtype) or column.dtype == object):
        return tidy_text(column.astype(str).astype(object).where(column.notna()))
    place, values = pd.factorize(column)
    texts = np.array([*(_as_text(value) for value in values), np.nan], dtype=object)
    return tidy_text(pd.Series(texts[place], index=column.index, name=column.name, dtype=object))


def _declared_numbers(column: pd.Series[Any], decimal: str) -> Conversion:
    if pd.api.types.is_numeric_dtype(column.dtype):
        return _made(column, column.to_numpy(dtype=np.float64, na_value=np.nan) if column.dtype != np.int64 else column.to_numpy())
    if not is_text_column(column):
        return _made(column, np.full(len(column), np.nan))
    place, distinct = pd.factorize(column)
    values = np.asarray(distinct, dtype=object)
    cells = np.full(len(values) + 1, np.nan)
    texts = np.array([isinstance(value, str) for value in values], dtype=bool)
    cells[:-1][texts] = numbers_or_empty([str(value) for value in values[texts]], decimal)
    cells[:-1][~texts] = [float(value) if _kind(value) in ("number", "truth") else np.nan for value in values[~texts]]
    return _made(column, cells[place])


def _declared_moments(column: pd.Series[Any], kind: ItemType) -> Conversion:
    """Dates, datetimes or times of day; what is none is empty."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype) or pd.api.types.is_timedelta64_dtype(column.dtype):
        moments = column.dt.tz_localize(None) if isinstance(column.dtype, pd.DatetimeTZDtype) else column
        return _made(column, _checked(moments.to_numpy(), kind))
    if pd.api.types.is_numeric_dtype(column.dtype):
        return _made(column, _from_serials(column.to_numpy(dtype=np.float64, na_value=np.nan), kind))
    place, distinct = pd.factorize(column)
    values = np.asarray(distinct, dtype=object)
    cells = np.full(len(values) + 1, "NaT", dtype=_DTYPES[kind])
    kinds = np.array([_kind(value) for value in values], dtype=object)
    texts, numbers = kinds == "text", kinds == "number"
    cells[:-1][texts], problems = _from_texts([str(value) for value in values[texts]], kind)
    cells[:-1][numbers] = _from_serials(np.array(values[numbers], dtype=np.float64), kind)
    for rest in np.flatnonzero(~texts & ~numbers):
        cells[rest] = _from_object(values[rest], kind)
    return Conversion(pd.Series(cells[place], index=column.index, name=column.name), np.array([], dtype=np.int64), problems)


def _from_texts(words: list[str], kind: ItemType) -> tuple[NDArray[Any], tuple[Problem, ...]]:
    if kind == "time":
        return clock_times(words), ()
    found = written_moments(words)
    cells = _checked(found.cells, kind)
    said = {"KP113": found.month_first, "KP119": found.zoned if kind == "datetime" else ""}
    return cells, tuple(Problem(code, {"example": example}) for code, example in said.items() if example)


def _from_serials(numbers: NDArray[np.float64], kind: ItemType) -> NDArray[Any]:
    return serial_times(numbers) if kind == "time" else serial_days(numbers, "date" if kind == "date" else "datetime")


def _from_object(value: Any, kind: ItemType) -> Any:
    """A date, datetime or time of day of Python as a cell of the type; NaT where it is none."""
    if kind == "time":
        span = _seconds(value) if isinstance(value, (dt.time, dt.timedelta)) else np.nan
        return _milliseconds(np.array([span], dtype=np.float64))[0]
    if not isinstance(value, dt.date):
        return np.datetime64("NaT", "ms")
    plain = value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
    return _checked(np.array([plain], dtype="datetime64[ms]"), kind)[0]


def _checked(moments: NDArray[Any], kind: ItemType) -> NDArray[Any]:
    """Moments that are of the type; others NaT."""
    if (moments.dtype.kind == "m") != (kind == "time"):
        return np.full(len(moments), "NaT", dtype=_DTYPES[kind])
    cells = moments.astype(_DTYPES[kind])
    return np.where(cells == cells.astype("datetime64[D]"), cells, np.datetime64("NaT", "ms")) if kind == "date" else cells


def _made(column: pd.Series[Any], cells: NDArray[Any]) -> Conversion:
    return Conversion(pd.Series(cells, index=column.index, name=column.name), np.array([], dtype=np.int64))
