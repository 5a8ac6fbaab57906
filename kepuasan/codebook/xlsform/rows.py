"""Rows of a codebook's sheets: named cells, and every fault noted with its sheet, row and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kepuasan.codebook.parts import LANGUAGES
from kepuasan.codebook.xlsform.cells import Token, listed, name_of, text_of, token_of

__all__ = ["Faults", "Row"]

_YES = frozenset({"yes", "ya", "true", "y", "1", "x", "true()"})
_NO = frozenset({"no", "tidak", "false", "n", "0", "t", "false()"})


@dataclass
class Faults:
    """What is wrong in a workbook, and the columns of its sheets that are not read."""

    found: list[str] = field(default_factory=list)
    passed_over: dict[str, list[str]] = field(default_factory=dict)

    def say(self, sheet: str, text: str, *, row: int | None = None, column: str = "") -> None:
        """Note a fault."""
        place = sheet if row is None else f"{sheet} row {row}"
        self.found.append(f"{place}{f', column {column}' if column else ''}: {text}")


@dataclass(frozen=True)
class Row:
    """A row of a sheet.

    Attributes
    ----------
    sheet : str
    number : int
        As the spreadsheet shows it.
    cells : mapping of column to cell
        Columns as the codebook calls them, labels as ``label::id``.
    faults : Faults
    """

    sheet: str
    number: int
    cells: Mapping[str, Any]
    faults: Faults

    def say(self, text: str, column: str = "") -> None:
        """Note a fault of the row."""
        self.faults.say(self.sheet, text, row=self.number, column=column)

    def name(self, column: str) -> str | None:
        """A name, without blanks at its ends."""
        return name_of(self.cells.get(column))

    def token(self, column: str) -> Token | None:
        """A name or code, and whether it stands in quotes."""
        return token_of(self.cells.get(column))

    def text(self, column: str) -> str | None:
        """A text as it stands."""
        return text_of(self.cells.get(column))

    def names(self, column: str, separators: str = ",;\n\r") -> list[str]:
        """Several names."""
        return [token.text for token in listed(self.cells.get(column), separators)]

    def label(self, column: str = "label") -> dict[str, str] | None:
        """A label in both languages; None where the row has none."""
        texts = {language: self.text(f"{column}::{language}") for language in LANGUAGES}
        first = next((text for text in (self.text(column), *texts.values(), self.text(f"{column}::")) if text is not None), None)
        return None if first is None else {language: first if text is None else text for language, text in texts.items()}

    def truth(self, column: str) -> bool:
        """Yes or no; no where the cell is empty."""
        text = self.name(column)
        if text is None or text.casefold() in _NO:
            return False
        if text.casefold() not in _YES:
            self.say(f"is {text!r}; write yes or no", column)
        return text.casefold() in _YES

    def number_in(self, column: str) -> float | None:
        """A number, noted as a fault where there is none."""
        token = self.token(column)
        if token is None:
            self.say("is empty; give a number", column)
            return None
        code = token.code
        if isinstance(code, str):
            self.say(f"is {token.text!r}; give a number", column)
            return None
        return code
