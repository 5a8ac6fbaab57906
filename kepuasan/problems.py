"""What is wrong, odd or done with data: a stable code, where it is, and the words for it in either language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from kepuasan.errors import some
from kepuasan.wording import say
from kepuasan.wording.problems import ERRORS, NOTES, WORDS

__all__ = ["Problem", "Severity"]

Severity: TypeAlias = Literal["error", "warning", "note"]

#: rows of a problem that are listed
_LISTED = 8
#: what stands for a name where none is near; such problems may have words of their own, ``code + ".lone"``
_NONE = "-"


@dataclass(frozen=True)
class Problem:
    """A finding about data.

    Parameters
    ----------
    code : str
        Such as ``"KP110"``; the same finding has the same code in every version. Its words are ``wording.problems.WORDS[code]`` (what is so) and
        ``WORDS[code + ".advice"]`` (what to do).
    values : mapping
        What fills the places of the words.
    file, sheet, column : str
        Where it is; empty where it is everywhere.
    rows : tuple of int
        Rows as the file counts them (as a spreadsheet shows them, its first line is 1; cases of statistical files from 1), the first ones at least.
    count : int
        How many rows or cells it is about; that of `rows` where none is given.

    Examples
    --------
    >>> Problem("KP001", {"text": "no rows"}, file="a.csv").where
    'a.csv'
    """

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    sheet: str = ""
    column: str = ""
    rows: tuple[int, ...] = ()
    count: int = 0

    @property
    def severity(self) -> Severity:
        """``"error"`` where numbers cannot be trusted before it is mended, ``"note"`` where it only says what was done, else ``"warning"``."""
        return "error" if self.code in ERRORS else "note" if self.code in NOTES else "warning"

    @property
    def where(self) -> str:
        """File, and sheet of a workbook."""
        return f"{self.file}#{self.sheet}" if self.sheet else self.file

    def said(self, language: str = "en") -> str:
        """What is so, in a language."""
        lone = f"{self.code}.lone"
        return say(lone if lone in WORDS and _NONE in self.values.values() else self.code, language, **self.values)

    def advice(self, language: str = "en") -> str:
        """What to do, in a language."""
        return say(f"{self.code}.advice", language, **self.values)

    def listed_rows(self) -> str:
        """The first rows, and how many more there are."""
        more = max(self.count, len(self.rows)) - min(len(self.rows), _LISTED)
        return ", ".join(map(str, self.rows[:_LISTED])) + (f" (+{more})" if more > 0 else "") if self.rows else ""

    def message(self, language: str = "en") -> str:
        """One line: where, what is so, what to do."""
        column = f", {some([self.column])}" if self.column else ""
        rows = f", {say('problem.rows', language, rows=self.listed_rows())}" if self.rows else ""
        return f"{self.where}{column}{rows}: {self.said(language)}; {self.advice(language)} [{self.code}]"
