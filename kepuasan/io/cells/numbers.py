"""Numbers written as text: decimal signs and thousands marks, settled for a whole file."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.io.raw import Raw
from kepuasan.problems import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "Evidence",
    "Settled",
    "WrittenRaw",
    "as_numbers",
    "decimal_of",
    "evidence_in",
    "evidence_of",
    "evidence_of_columns",
    "is_text_column",
    "numbers_or_empty",
    "settled_decimal",
    "settled_numbers",
]

#: whole numbers up to here are exact as floating point
EXACT = 2**53
TRUTH = {"true": 1, "false": 0}
#: blank, no-break space, thin space and narrow no-break space, which separate thousands
_BLANKS = " \u00a0\u2009\u202f"
_GROUPING = {".": f",{_BLANKS}", ",": f".{_BLANKS}"}
_LONG = re.compile(r"[+-]?[0-9]{16,}")
_WHOLE = re.compile(r"[+-]?[0-9]+")
#: lists of codes such as 1,3; so many different ones show that they are lists
_LISTS = 4
_PAIR = re.compile(r"([1-9][0-9]?),([1-9][0-9]?)")
#: texts looked at before all of them
_FIRST = 100
#: cells of a column looked at before all of them
_PART = 1000
#: share of a column's cells that must be numbers for its signs to count as evidence
_MOSTLY = 0.8


@dataclass(frozen=True)
class WrittenRaw(Raw):
    """A file whose numbers were written as text, or some of them.

    Attributes
    ----------
    decimal : {".", ","}
        The decimal sign of the file.
    """

    decimal: str = "."


def decimal_of(raw: Raw) -> str:
    """The decimal sign of a file; a point where its reader had none to settle."""
    return raw.decimal if isinstance(raw, WrittenRaw) else "."


# ---------------------------------------------------------------- one text


@cache
def _plain(decimal: str, *, zeros: bool) -> str:
    whole = "[0-9]+" if zeros else "(?:0|[1-9][0-9]*)"
    mark = re.escape(decimal)
    return rf"[+-]?(?:{whole}(?:{mark}[0-9]*)?|{mark}[0-9]+)(?:[eE][+-]?[0-9]+)?"


@cache
def _grouped(decimal: str) -> str:
    return rf"[+-]?[1-9][0-9]{{0,2}}(?:([{re.escape(_GROUPING[decimal])}])[0-9]{{3}}(?:\1[0-9]{{3}})*)(?:{re.escape(decimal)}[0-9]+)?"


@cache
def _number(decimal: str, *, zeros: bool = False) -> re.Pattern[str]:
    """A number under a decimal sign, with thousands marks or without."""
    return re.compile(rf"\s*(?:{_grouped(decimal)}|{_plain(decimal, zeros=zeros)})\s*")


@cache
def _cleaner(decimal: str) -> dict[int, str | None]:
    return {**dict.fromkeys(map(ord, _GROUPING[decimal])), ord(decimal): "."}


def _all(pattern: re.Pattern[str], words: Sequence[str]) -> bool:
    return all(map(pattern.fullmatch, words[:_FIRST])) and all(map(pattern.fullmatch, words[_FIRST:]))


def _lists_codes(words: Sequence[str], decimal: str) -> bool:
    """Whether marks stand between codes rather than in numbers: ``101 102``, or ``1,3`` and ``2,4``, ascending in every cell."""
    marked = [word.strip() for word in words if not _WHOLE.fullmatch(word.strip())]
    marks = f"[,{_BLANKS}]" if decimal == "." else f"[{_BLANKS}]"
    apart = [parts for parts in (re.split(marks, word) for word in marked) if len(parts) > 1]
    if apart and all(len(parts[0]) == 3 and decimal not in parts[-1] and all(part[0] != "0" for part in parts) for parts in apart):
        return True
    if decimal == ".":
        return False
    pairs = [_PAIR.fullmatch(word) for word in marked]
    if len(pairs) < _LISTS or not all(pairs):
        return False
    ends = [(int(pair[1]), int(pair[2])) for pair in pairs if pair]
    return all(low < high for low, high in ends) and len({high for _, high in ends}) > 1


# ---------------------------------------------------------------- distinct texts


def as_numbers(words: Sequence[str], decimal: str, *, sure: bool = False) -> NDArray[Any] | None:
    """Distinct texts as numbers, correctly rounded; None unless every one is a number under the decimal sign.

    Parameters
    ----------
    words : sequence of str
    decimal : {".", ","}
    sure : bool
        Whether texts that could be lists of codes (``1,3``, ``101 102``) are numbers.

    Returns
    -------
    array or None
        int64 where all are written as whole numbers, else float64. Texts with leading zeros, words such as "inf", and whole numbers that would lose
        their last digits are no numbers.

    Examples
    --------
    >>> as_numbers(["1.250,75", "3"], ",").tolist()
    [1250.75, 3.0]
    >>> as_numbers(["007", "12"], ".") is None
    True
    """
    if not len(words) or not _all(_number(decimal), words) or (not sure and _lists_codes(words, decimal)):
        return None
    plain = [word.strip().translate(_cleaner(decimal)) for word in words]
    whole = _all(_WHOLE, plain)
    numbers = np.array(plain, dtype=object)
    if whole:
        try:
            return numbers.astype(np.int64)
        except OverflowError:
            return None
    if any(_LONG.fullmatch(text) and abs(int(text)) > EXACT for text in plain):
        return None
    floats = numbers.astype(np.float64)
    return floats if np.isfinite(floats).all() else None


def numbers_or_empty(words: Sequence[str], decimal: str) -> NDArray[np.float64]:
    """Distinct texts as numbers where their item is declared so: leading zeros and true and false allowed, NaN for what is none."""
    pattern, cleaner = _number(decimal, zeros=True), _cleaner(decimal)
    found = [float(word.strip().translate(cleaner)) if pattern.fullmatch(word) else TRUTH.get(word.strip().casefold(), np.nan) for word in words]
    numbers = np.array(found, dtype=np.float64)
    return np.where(np.isfinite(numbers), numbers, np.nan)


# ---------------------------------------------------------------- columns


@dataclass(frozen=True)
class Evidence:
    """What a column of text says of the decimal sign.

    Attributes
    ----------
    decides : {"", ".", ","}
        The sign that its cells have beyond doubt; empty where they have none, or are no numbers.
    unsure : tuple of str
        Distinct texts that are different numbers under either sign.
    number : bool
        Whether every cell is a number under one sign at least.
    lists : bool
        Whether its cells may be lists of codes.
    """

    decides: str = ""
    unsure: tuple[str, ...] = ()
    number: bool = False
    lists: bool = False


def evidence_of(words: Sequence[str], *, mostly: bool = False) -> Evidence:
    """What the distinct texts of a column say of the decimal sign.

    Parameters
    ----------
    words : sequence of str
    mostly : bool
        Whether a column counts of which only most texts are numbers.
    """
    sides = {decimal: [word for word in words if _number(decimal).fullmatch(word)] for decimal in ".,"} if mostly else {}
    if mostly:
        kept = {word for side in sides.values() for word in side}
        if len(kept) < _MOSTLY * len(words):
            return Evidence()
        words = [word for word in words if word in kept]
    point, comma = (_all(_number(decimal), words) for decimal in ".,")
    if not words or not (point or comma or mostly):
        return Evidence()
    either = [(word, bool(_number(".").fullmatch(word)), bool(_number(",").fullmatch(word))) for word in words]
    decisive = {"." if as_point else "," for _, as_point, as_comma in either if as_point != as_comma}
    unsure = tuple(word for word, as_point, as_comma in either if as_point and as_comma and _unsure(word))
    lists = _lists_codes(words, "," if comma and not point else ".")
    decides = decisive.pop() if len(decisive) == 1 and not lists else ""
    return Evidence(decides, unsure, number=point or comma, lists=lists)


def _unsure(word: str) -> bool:
    """Whether a number has a sign that is a decimal sign or a thousands mark."""
    return any(mark in word for mark in ".,") and not any(exponent in word for exponent in "eE")


def settled_decimal(found: Mapping[Hashable, Evidence]) -> str | None:
    """The sign most columns have beyond doubt (a point where both are in as many); None where no column has one."""
    signs = [one.decides for one in found.values() if one.decides]
    if not signs:
        return None
    return "," if signs.count(",") > signs.count(".") else "."


@dataclass(frozen=True)
class Settled:
    """Columns of text, those that are numbers as numbers.

    Attributes
    ----------
    frame : DataFrame
    decimal : {".", ","}
        The decimal sign of the file.
    problems : tuple of Problem
        KP111 and the like, with their column and without file and sheet.
    """

    frame: pd.DataFrame
    decimal: str
    problems: tuple[Problem, ...] = ()


def settled_numbers(frame: pd.DataFrame, decimal: str | None = None, *, settled: str | None = None) -> Settled:
    """The columns of a file, with numbers written as text as numbers where all cells of a column are (text, or text and numbers).

    Parameters
    ----------
    frame : DataFrame
        Columns of other kinds stay as they are.
    decimal : {".", ","}, optional
        The decimal sign the caller states; otherwise all columns together settle it.
    settled : {".", ","}, optional
        The sign that other columns of the file settle.

    Examples
    --------
    >>> made = settled_numbers(pd.DataFrame({"cost": ["1.250,75", "3,5"], "city": ["Bali", "Aceh"]}))
    >>> made.decimal, made.frame["cost"].tolist()
    (',', [1250.75, 3.5])
    """
    found = evidence_in(frame)
    known = decimal or settled or settled_decimal(found)
    sign = known or "."
    columns = {name: _column_as_numbers(frame[name], sign, sure=decimal is not None) for name, one in found.items() if one.number}
    numbers = {name: column for name, column in columns.items() if column is not None}
    said = _problems(found, frame, sign, given=decimal is not None, known=known is not None)
    if not numbers:
        return Settled(frame, sign, said)
    whole = {name: numbers.get(name, column) for name, column in frame.items()}
    return Settled(pd.DataFrame(whole, index=frame.index, columns=frame.columns, copy=False), sign, said)


def evidence_in(frame: pd.DataFrame) -> dict[Hashable, Evidence]:
    """What columns of text say of the decimal sign; columns in which texts are no numbers only where no other column settles it."""
    texts = {name: column for name, column in frame.items() if is_text_column(column)}
    first = {name: _words(column.iloc[:_PART]) for name, column in texts.items()}
    may = [name for name, words in first.items() if not words or evidence_of(words).number]
    return _weighed({name: evidence_of(_words(texts[name])) for name in may}, first)


def evidence_of_columns(columns: Mapping[Hashable, Iterable[str]]) -> dict[Hashable, Evidence]:
    """What columns of plain texts say of the decimal sign."""
    words = {name: [word for word in dict.fromkeys(column) if word.strip() and word != "NA"] for name, column in columns.items()}
    return _weighed({name: evidence_of(texts) for name, texts in words.items()}, words)


def _weighed(found: dict[Hashable, Evidence], words: Mapping[Hashable, Sequence[str]]) -> dict[Hashable, Evidence]:
    """Evidence of columns that are numbers; where none decides, of those too that mostly are."""
    kept = {name: one for name, one in found.items() if one.number}
    if any(one.decides for one in kept.values()):
        return kept
    mostly = {name: evidence_of(texts, mostly=True) for name, texts in words.items() if name not in kept}
    return kept | {name: one for name, one in mostly.items() if one.decides}


def is_text_column(column: pd.Series[Any]) -> bool:
    """Whether a column may hold text: of objects, of text, of categories of text."""
    return bool(column.dtype == object or isinstance(column.dtype, pd.StringDtype))


def _words(column: pd.Series[Any]) -> list[str]:
    """Distinct texts of a column of text, or of text and numbers; none where it has other cells."""
    values = [value for value in np.asarray(column.unique(), dtype=object).tolist() if value is not None and value is not pd.NA]
    plain = all(isinstance(value, (str, int, float)) and not isinstance(value, bool) for value in values)
    return [value for value in values if isinstance(value, str) and value.strip()] if plain else []


def _column_as_numbers(column: pd.Series[Any], decimal: str, *, sure: bool) -> pd.Series[Any] | None:
    """Text, or text and numbers, as numbers; None where one cell is none."""
    words = _words(column)
    numbers = as_numbers(words, decimal, sure=sure)
    if numbers is None:
        return None
    known: dict[Any, Any] = dict(zip(words, numbers.tolist(), strict=True))
    place, values = pd.factorize(column)
    cells = [known.get(value, np.nan) if isinstance(value, str) else value for value in values]
    if numbers.dtype == np.int64 and not (place < 0).any() and all(isinstance(cell, int) for cell in cells):
        return pd.Series(np.array(cells, dtype=np.int64)[place], index=column.index, name=column.name)
    if any(isinstance(cell, int) and abs(cell) > EXACT for cell in cells):
        return None
    return pd.Series(np.append(np.array(cells, dtype=np.float64), np.nan)[place], index=column.index, name=column.name)


# ---------------------------------------------------------------- what is said of them


def _problems(found: Mapping[Hashable, Evidence], frame: pd.DataFrame, sign: str, *, given: bool, known: bool) -> tuple[Problem, ...]:
    """What must be said of the decimal sign: unsettled, of two kinds in one file, or lists that look like numbers."""
    problems: list[Problem] = []
    for name, one in found.items():
        column = frame[name]
        if one.lists and not given:
            problems.append(Problem("KP116", {"example": _example(column)}, column=str(name)))
        elif one.number and one.decides and one.decides != sign:
            problems.append(Problem("KP115", {"sign": one.decides, "decimal": sign, "example": _example(column)}, column=str(name)))
        elif one.unsure and not known:
            problems.append(_unsettled(str(name), one.unsure, int(column.isin(one.unsure).sum())))
    return tuple(problems)


def _unsettled(name: str, unsure: Sequence[str], count: int) -> Problem:
    """The warning that nothing settles what these numbers mean."""
    point, comma = (as_numbers([unsure[0]], decimal, sure=True) for decimal in ".,")
    values = {"example": unsure[0], "point": _shown(point), "comma": _shown(comma)}
    return Problem("KP111", {**values, "cells": count}, column=name, count=count)


def _shown(numbers: NDArray[Any] | None) -> str:
    return "-" if numbers is None else f"{numbers[0]:g}" if abs(numbers[0]) < 1e6 else str(numbers[0])


def _example(column: pd.Series[Any]) -> str:
    return str(next((value for value in column.dropna() if isinstance(value, str) and any(mark in value for mark in f".,{_BLANKS}")), ""))
