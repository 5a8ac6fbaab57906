"""Columns that look like personal data, by their names and by their cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kepuasan.codebook.names_of_persons import addresses, mostly_of_offices, names_of_persons
from kepuasan.codebook.roles import (
    ACCOUNTS,
    INTERVIEWERS,
    NUMBERED,
    OF_OFFICES,
    OF_PERSONS,
    PERSONS,
    PLACES,
    REACHED,
    compact,
    kind_of,
    words,
)

__all__ = ["personal_kind", "shows_personal"]

#: cells that are looked at, spread over the column
_READ = 20_000
#: cells that must be of a kind for the column to be of it
_MOST = 0.8

_NIK = re.compile(r"(?:1[1-9]|2[1]|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])\d{4}(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}")
_MOBILE = re.compile(r"(?:\+?62|0)8[1-9]\d{7,10}|\+[1-9]\d{8,14}|\(0\d{2,3}\)\d{6,8}")
_NPWP = re.compile(r"\d{2}\.\d{3}\.\d{3}\.\d[-.]\d{3}\.\d{3}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PLACE = re.compile(r"-?\d{1,3}\.\d{3,}[ ,;]+-?\d{1,3}\.\d{3,}(?:[ ,;]+-?[\d.]+){0,2}")
_IP = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)")
#: words beside "alamat" of where somebody lives, those of a name, and names of columns that say "name" in one word
_HOME = frozenset({"rumah", "tinggal", "domisili", "responden", "pemohon", "anda", "home", "your"})
_NAME = frozenset({"nama", "name", "surname"})
_WHOLE_NAMES = frozenset({"namalengkap", "fullname", "username"})
#: telephone numbers within longer texts
_MOBILE_WITHIN = re.compile(r"(?<!\d)(?:\+?62[ -]?|0)8[1-9]\d(?:[ -]?\d){6,9}(?!\d)")


@dataclass(frozen=True)
class _Kind:
    """A kind of personal data: what names tell of it, and what its cells must be."""

    reason: str
    named: Callable[[frozenset[str], str], bool]
    fits: Callable[[pd.Series[Any], frozenset[str]], bool]


def personal_kind(name: Any, column: pd.Series[Any]) -> str:
    """The kind of personal data that a column looks like, as ``problem.personal.KIND`` of the words; nothing where it looks like none.

    Examples
    --------
    >>> personal_kind("Nama lengkap", pd.Series(["Ani", "Budi"])), personal_kind("nama", pd.Series([1, 2]))
    ('name', '')
    """
    cells = _some_cells(column)
    if cells.empty:
        return ""
    if kind_of(cells) != "date":
        whole = _whole_pattern(cells)
        if whole:
            return whole
    called = [(_unnumbered(one), compact(one)) for one in dict.fromkeys((str(name), str(name).rpartition("/")[2]))]
    named = next((kind.reason for kind in _KINDS if any(kind.named(*one) and kind.fits(cells, one[0]) for one in called)), "")
    return named or (_within(cells) if kind_of(cells) == "text" else "")


def _unnumbered(name: str) -> frozenset[str]:
    """The words of a column's name, without the numbers behind them."""
    return frozenset(filter(None, (word.rstrip("0123456789") for word in words(name))))


def _some_cells(column: pd.Series[Any]) -> pd.Series[Any]:
    """Cells that are not empty, up to the limit."""
    if len(column) > 2 * _READ:
        column = column.iloc[np.linspace(0, len(column) - 1, 2 * _READ).astype(np.intp)]
    column = column.dropna()
    return column.iloc[:: max(1, len(column) // _READ)]


def _whole_pattern(cells: pd.Series[Any]) -> str:
    """A kind whose pattern nearly all cells follow."""
    if kind_of(cells) == "number":
        values = cells.to_numpy(dtype=np.float64)
        large = (values > 1e8) & (values < 2**63) & (values == np.floor(values))
        if large.mean() < _MOST:
            return ""
        texts = cells[large].astype("int64").astype(str)
        amounts = texts.str.endswith("000").mean() > 0.5
        return "nik" if _match(texts, _NIK) else "phone" if not amounts and _match(texts, re.compile(r"(?:62)?8[1-35-9]\d{7,9}")) else ""
    texts = cells.astype(str).str.strip()
    bare = texts.str.replace(r"[\s.'-]", "", regex=True)
    kinds = (
        ("email", texts, _EMAIL),
        ("nik", bare, _NIK),
        ("nik", texts, _NPWP),
        ("phone", bare, _MOBILE),
        ("coordinates", texts, _PLACE),
        ("ip", texts, _IP),
    )
    found = next((reason for reason, one, pattern in kinds if _match(one, pattern)), "")
    return "" if found == "coordinates" and not _vary(texts) else found


def _match(texts: pd.Series[Any], pattern: re.Pattern[str]) -> bool:
    return (len(texts) > 1 or pattern in (_NIK, _NPWP)) and bool(texts.str.fullmatch(pattern.pattern).mean() >= _MOST)


def _within(cells: pd.Series[Any]) -> str:
    """A kind that stands within longer texts."""
    texts = cells.astype(str)
    if texts.str.contains(_EMAIL.pattern, regex=True).any():
        return "email.within"
    return "phone.within" if texts.str.contains(_MOBILE_WITHIN.pattern, regex=True).any() else ""


def shows_personal(text: str) -> bool:
    """Whether a text holds an identity number, a telephone number or an e-mail address.

    Examples
    --------
    >>> shows_personal("hubungi 0812 3456 7890"), shows_personal("pukul 08.12")
    (True, False)
    """
    return any(pattern.search(text) for pattern in (_EMAIL, _MOBILE_WITHIN, _NPWP)) or _NIK.search(re.sub(r"[\s.-]", "", text)) is not None


# ---------------------------------------------------------------- by name


def _digits(cells: pd.Series[Any], least: int = 6) -> bool:
    """Whether most cells have as many digits as numbers of persons have."""
    if kind_of(cells) == "number":
        return bool((cells.abs() >= 10 ** (least - 1)).mean() >= _MOST)
    return kind_of(cells) == "text" and bool((cells.astype(str).str.count(r"\d") >= least).mean() >= _MOST)


def _vary(cells: pd.Series[Any]) -> bool:
    """Whether cells are of many kinds, as those of persons are, and not of a few offices."""
    return bool(cells.nunique() >= min(20, 0.3 * len(cells)))


def _texts(cells: pd.Series[Any]) -> bool:
    """Whether cells are texts of many kinds."""
    return kind_of(cells) == "text" and _vary(cells) and bool(cells.astype(str).str.contains(r"[^\W\d]").mean() > _MOST)


def _long_texts(cells: pd.Series[Any]) -> bool:
    return _texts(cells) and float(cells.astype(str).str.len().mean()) >= 8


def _days(cells: pd.Series[Any]) -> bool:
    """Whether cells are dates, or texts such as them."""
    if kind_of(cells) == "date":
        return True
    pattern = r"\d{1,4}[-/. ](?:\d{1,2}|[^\W\d]{3,9})[-/. ]\d{1,4}(?:[ T].*)?"
    return kind_of(cells) == "text" and bool(cells.astype(str).str.strip().str.fullmatch(pattern).mean() >= _MOST)


def _degrees(cells: pd.Series[Any]) -> bool:
    """Whether cells are coordinates with decimals, of many places."""
    numbers = pd.to_numeric(cells, errors="coerce").dropna()
    return len(numbers) > 0.5 * len(cells) and _vary(cells) and bool((numbers.abs() <= 180).all()) and bool((numbers != numbers.round()).mean() > 0.5)


def _addresses(cells: pd.Series[Any], parts: frozenset[str]) -> bool:
    """Whether cells are addresses of persons: streets, or long texts of many kinds that are not regions alone."""
    if kind_of(cells) != "text" or (parts & OF_OFFICES and not parts & _HOME):
        return False
    streets = addresses(cells.astype(str).unique())
    return _long_texts(cells) if streets is None else streets


def _of_persons(parts: frozenset[str], short: str) -> bool:
    return bool(parts & (_NAME | PERSONS)) or short in _WHOLE_NAMES


def _names(cells: pd.Series[Any], parts: frozenset[str]) -> bool:
    """Whether cells are names of persons, by the name of their column and by what names look like."""
    if kind_of(cells) != "text":
        return False
    texts = cells.astype(str).unique()
    alone = parts <= OF_PERSONS or bool(parts & _WHOLE_NAMES)
    if alone and (parts & _NAME or not parts & PERSONS) and _texts(cells):
        return not mostly_of_offices(texts)
    if not alone and parts & OF_OFFICES:
        return False
    return names_of_persons(texts, sure=alone and bool(parts & INTERVIEWERS or (parts & _NAME and len(parts) > 1)))


_KINDS = (
    _Kind("nik", lambda parts, short: bool(parts & NUMBERED) or short in ("nomorkk", "nokk"), lambda cells, _: _digits(cells)),
    _Kind("account", lambda parts, _: bool(parts & ACCOUNTS), lambda cells, _: _digits(cells)),
    _Kind(
        "email",
        lambda parts, _: bool(parts & {"email", "surel"}) or {"e", "mail"} <= parts,
        lambda cells, _: kind_of(cells) == "text" and bool(cells.astype(str).str.contains("@").any()),
    ),
    _Kind("ip", lambda _, short: short in ("ip", "ipaddress", "alamatip"), lambda cells, _: kind_of(cells) == "text"),
    _Kind("phone", lambda parts, _: bool(parts & REACHED), lambda cells, _: _digits(cells)),
    _Kind("address", lambda parts, _: bool(parts & {"alamat", "address", "jalan"}), _addresses),
    _Kind("coordinates", lambda parts, _: bool(parts & PLACES), lambda cells, _: _degrees(cells)),
    _Kind("birth", lambda parts, _: bool(parts & {"dob", "birthdate", "birthday", "lahir", "birth"}), lambda cells, _: _days(cells)),
    _Kind("name", _of_persons, _names),
)
