"""Cells of workbooks and CSV files: numbers in full, text that is never a formula, names of sheets."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import re
from collections.abc import Iterable
from decimal import Decimal
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MADE", "free_names", "looks_run", "open_book", "plain_text", "sheet_name", "write_cell", "write_text"]

#: a cell of text that begins with one of these would be run as a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: stands for the time of writing, so that the same results give the same bytes
MADE = dt.datetime(2000, 1, 1)
#: letters that a cell holds, and those of the name of a sheet
_LONGEST, _SHEET = 32_767, 31
#: digits of a whole number that a cell keeps
_DIGITS = 15
#: what no file of a report can hold: controls but for tab and line feed, halves of letters, marks of byte order, code points that are no letters
_UNHELD = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff"
#: signs that turn what follows them: 49,3 would be read as 3,94
_TURNING = "\u202a-\u202e\u2066-\u2069"
_LEFT_OUT = re.compile(f"[{_UNHELD}{_TURNING}]")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\s]+")
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": False, "in_memory": True}


def plain_text(text: str) -> str:
    r"""A text without what files cannot hold and signs that turn what follows them, and lines that end as they do everywhere.

    Examples
    --------
    >>> plain_text("a\x00b\r\nc")
    'ab\nc'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(letter for letter in _LEFT_OUT.sub("", lines) if ord(letter) & 0xFFFE != 0xFFFE)


def looks_run(text: str) -> bool:
    r"""Whether a text, as files hold it, would be run as a formula by whoever opens a CSV file.

    Examples
    --------
    >>> looks_run("=1+1"), looks_run("\x00 =1+1"), looks_run("1=1")
    (True, True, False)
    """
    held = plain_text(text)
    return held.startswith(_FORMULA) or held.lstrip().startswith(_FORMULA)


def open_book(target: Any, title: str) -> Any:
    """A new workbook in a file or in memory; what it says of itself holds no times."""
    import xlsxwriter

    book = xlsxwriter.Workbook(target, _OPTIONS)
    book.set_properties({"title": plain_text(title)[:255], "created": MADE, "author": "kepuasan"})
    return book


def write_text(sheet: Any, row: int, place: int, text: str, look: Any = None) -> None:
    """Write a text as text, whatever it begins with; what a cell cannot hold is cut off with a mark."""
    held = plain_text(text)
    sheet.write_string(row, place, held if len(held) <= _LONGEST else f"{held[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}", look)


def write_cell(sheet: Any, row: int, place: int, cell: Any, look: Any = None) -> None:
    """Write a number as a number and anything else as text; an empty cell where there is none.

    Whole numbers with more digits than a cell keeps are text, and so are infinite ones.
    """
    if cell is None:
        return
    plain = getattr(cell, "item", lambda: cell)() if getattr(cell, "shape", None) == () else cell
    if isinstance(plain, bool):
        sheet.write_boolean(row, place, plain, look)
    elif isinstance(plain, Real | Decimal) and not (isinstance(plain, Integral) and abs(plain) >= 10**_DIGITS):
        if math.isfinite(plain):
            sheet.write_number(row, place, float(plain), look)
        elif plain == plain:
            write_text(sheet, row, place, str(plain), look)
    elif not _lacks(plain):
        write_text(sheet, row, place, str(plain), look)


def _lacks(cell: Any) -> bool:
    """Whether a cell that is no number stands for nothing."""
    import pandas as pd

    return bool(pd.api.types.is_scalar(cell) and pd.isna(cell))


def sheet_name(name: str) -> str:
    """A name that a sheet can have: short enough, and without forbidden letters.

    Examples
    --------
    >>> sheet_name("1 Indeks [a/b]: menurut jenis kelamin responden")
    '1 Indeks a b menurut jenis'
    """
    plain = _FORBIDDEN.sub(" ", plain_text(name)).strip()
    while len(plain.encode("utf-16-le")) > 2 * _SHEET:
        plain = plain.rpartition(" ")[0] if " " in plain[8:] else plain[:-1]
    return plain.strip()


def free_names(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Names of sheets for texts, no two alike, none of those that are taken.

    Examples
    --------
    >>> free_names(["a/b", "a:b", "C", "c"], taken=["c"])
    ['a b', 'a b 2', 'C 2', 'c 3']
    """
    used, found = {one.casefold() for one in taken}, []
    for name in names:
        free = next(one for one in _tried(name) if one and one.casefold() not in used)
        used.add(free.casefold())
        found.append(free)
    return found


def _tried(name: str) -> Iterator[str]:
    """The name, then the name with a number."""
    yield sheet_name(name)
    for number in itertools.count(2):
        end = f" {number}"
        yield sheet_name(name)[: _SHEET - len(end) - 2].strip() + end
