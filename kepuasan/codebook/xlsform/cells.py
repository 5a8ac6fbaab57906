"""Cells of a codebook's workbook: what is text, what is a code, and lists and pairs within one cell.

A text in double quotes is taken as it stands: ``"1"`` is a text code, ``""`` is an empty label; a quote within is doubled.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kepuasan.codebook.codes import file_code, reads_as_number
from kepuasan.codebook.parts import Code, is_tag, plain_code

__all__ = [
    "Token",
    "code_shown",
    "listed",
    "name_of",
    "name_shown",
    "names_shown",
    "number_shown",
    "pairs_shown",
    "pieces",
    "quoted",
    "tag_or_code",
    "text_of",
    "text_shown",
    "token_of",
]

#: whole numbers below are exact in a workbook
_EXACT = 2**53
_HOLLOW = re.compile(r'["\s]*|#(N/A|NULL!|NUM!|NAME\?|REF!|VALUE!|DIV/0!)', re.IGNORECASE)
_SPECIAL = re.compile(r'[;,=|":\n\r]')


@dataclass(frozen=True)
class Token:
    """A text of a cell, and whether it stood in quotes.

    Examples
    --------
    >>> Token("1").code, Token("1", quoted=True).code, Token("01").code
    (1, '1', '01')
    """

    text: str
    quoted: bool = False

    @cached_property
    def numeric(self) -> bool:
        """Whether it may be a code of a number: a number or a tag."""
        return not self.quoted and (reads_as_number(self.text) or is_tag(self.text))

    @cached_property
    def code(self) -> Code:
        """A number where it reads as one, unless it stood in quotes."""
        return self.text if self.quoted else file_code(self.text)

    def of(self, kind: str) -> Code:
        """The code in an item of a type."""
        return self.text if kind == "text" else self.code


# ---------------------------------------------------------------- reading


def _plain(cell: Any) -> str:
    """A cell that is no text, as text."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        return str(plain_code(cell))
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else str(cell)


def text_of(cell: Any) -> str | None:
    """The text of a cell as it stands, blanks at its ends included; None where there is none.

    Examples
    --------
    >>> text_of(" Puas"), text_of(4.0), text_of("  "), text_of('""')
    (' Puas', '4', None, '')
    """
    if cell is None:
        return None
    text = _plain(cell)
    if len(text) > 1 and text[0] == text[-1] == '"' and _HOLLOW.fullmatch(text[1:-1]):
        return text[1:-1].replace('""', '"')
    return text if text.strip() else None


def token_of(cell: Any) -> Token | None:
    """The name or code in a cell, without blanks at its ends; None where there is none."""
    text = "" if cell is None else _plain(cell).strip()
    if not text:
        return None
    if len(text) > 1 and text[0] == text[-1] == '"':
        return Token(text[1:-1].replace('""', '"'), quoted=True)
    return Token(text)


def name_of(cell: Any) -> str | None:
    """The name in a cell."""
    token = token_of(cell)
    return None if token is None else token.text


def pieces(text: str, separators: str) -> list[str]:
    """A text cut at separators that do not stand in quotes; empty pieces are left out.

    Examples
    --------
    >>> pieces('4 = SP; 3 = "a;b"', ";")
    ['4 = SP', '3 = "a;b"']
    """
    found, start, inside = [], 0, False
    for place, sign in enumerate(text):
        if sign == '"':
            inside = not inside
        elif sign in separators and not inside:
            found.append(text[start:place])
            start = place + 1
    return [piece.strip() for piece in (*found, text[start:]) if piece.strip()]


def listed(cell: Any, separators: str = ",;\n\r") -> list[Token]:
    """The names or codes that a cell lists."""
    text = "" if cell is None else _plain(cell)
    return [token for piece in pieces(text, separators) if (token := token_of(piece)) is not None]


# ---------------------------------------------------------------- writing


def quoted(text: str) -> str:
    """A text in quotes."""
    return '"' + text.replace('"', '""') + '"'


def text_shown(text: str) -> str:
    """A text as a cell holds it, such that `text_of` gives it back."""
    return quoted(text) if _HOLLOW.fullmatch(text) else text


def name_shown(text: str) -> str:
    """A name as a cell holds it, such that `name_of` gives it back."""
    return quoted(text) if _HOLLOW.fullmatch(text) or text != text.strip() or text[0] == text[-1] == '"' else text


def number_shown(number: float) -> float | str:
    """A number as a cell holds it; as text where a workbook would round it.

    Examples
    --------
    >>> number_shown(0.5), number_shown(0.1 + 0.2)
    (0.5, '0.30000000000000004')
    """
    held = float(number) == float(f"{number:.16G}") and abs(number) < _EXACT
    return plain_code(number) if held else str(plain_code(number))


def code_shown(code: Code) -> float | str:
    """A code as a cell holds it, such that `token_of` tells numbers from texts."""
    if not isinstance(code, str):
        return number_shown(code)
    return quoted(code) if reads_as_number(code) or is_tag(code) else name_shown(code)


def tag_or_code(code: Code, kind: str) -> float | str:
    """The code of an item of a type as a cell holds it: tags of numbers stand bare."""
    return code if kind != "text" and isinstance(code, str) and is_tag(code) else code_shown(code)


def _within(text: str | float) -> str:
    """A name or code as it stands in a list within a cell."""
    if not isinstance(text, str):
        return repr(text)
    plain = text == text.strip() and text.isprintable() and not _SPECIAL.search(text) and not reads_as_number(text) and not is_tag(text)
    return text if text and plain else quoted(text)


def names_shown(names: Iterable[str]) -> str:
    """Names as a cell lists them."""
    return ", ".join(_within(name) for name in names)


def pairs_shown(pairs: Mapping[Code, Any]) -> str:
    """Codes and what stands for them, as a cell holds them: ``4 = SP, puas; 3 = P``."""
    entries = ((code, value if isinstance(value, tuple) else (value,)) for code, value in pairs.items())
    return "; ".join(f"{_within(code)} = {', '.join(_within(one) for one in many)}" for code, many in entries)
