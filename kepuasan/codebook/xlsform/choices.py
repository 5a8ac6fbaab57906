"""Lists of choices in an XLSForm: their codes, labels, spellings and missing codes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kepuasan.codebook.codes import closed_codes, reads_as_number
from kepuasan.codebook.parts import AnswerScale, Code, Label, both
from kepuasan.codebook.spellings import folded
from kepuasan.codebook.xlsform.cells import Token, name_of, pieces, token_of
from kepuasan.codebook.xlsform.code_cells import answers_in
from kepuasan.codebook.xlsform.rows import Row
from kepuasan.errors import ScaleError
from kepuasan.scales import Scale

__all__ = ["Choices", "bounds_in", "choices_in", "lists_of", "scale_of_codes"]

_NUMBER = r"([+-]?\d+(?:\.\d+)?)"
_SPAN = re.compile(rf"{_NUMBER}\s*(?::|-|\u2013|\.\.|to|sampai|s/d|s\.?d\.?)\s*{_NUMBER}", re.IGNORECASE | re.ASCII)


@dataclass
class Choices:
    """One list.

    Attributes
    ----------
    name : str
    names : list of Token
        As the form has them: the options of a question with several answers.
    codes : list of Token
        What is stored, which is the name unless the sheet gives a code.
    labels : list of label
    missing : list of bool
    spellings : mapping of place to texts
    rows : list of Row
    places : mapping of name to place
    """

    name: str = ""
    names: list[Token] = field(default_factory=list)
    codes: list[Token] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    missing: list[bool] = field(default_factory=list)
    spellings: dict[int, tuple[str, ...]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    @cached_property
    def kind(self) -> str:
        """What an item with these codes holds: numbers where every code is a number or a tag of empty cells, else text."""
        return "number" if all(token.numeric for token in self.codes) else "text"

    def labelled(self, kind: str, *, missing: bool) -> dict[Code, Label]:
        """The answers, or the missing codes, and their labels."""
        return {token.of(kind): label for token, label, gone in zip(self.codes, self.labels, self.missing, strict=True) if gone == missing}

    def spelled(self, kind: str) -> dict[Code, tuple[str, ...]]:
        """The spellings by code."""
        return {self.codes[place].of(kind): texts for place, texts in self.spellings.items()}


def lists_of(rows: Iterable[Row], *, repeated: bool = False) -> dict[str, Choices]:
    """The lists by name; faults are noted with their rows.

    Where the form allows it (`repeated`), a choice that stands in its list with several labels, as in cascades, is called by its name.
    """
    lists: dict[str, Choices] = {}
    for row in rows:
        listed, name = row.name("list_name"), row.token("name")
        if listed is None and name is None:
            continue
        if listed is None or name is None:
            row.say("is empty; each choice has a list and a name", "list_name" if listed is None else "name")
            continue
        _add(lists.setdefault(listed, Choices(listed)), row, name, repeated=repeated)
    for choices in lists.values():
        _check(choices)
    return lists


def _check(choices: Choices) -> None:
    """Note codes that stand in a list twice."""
    kind, seen = choices.kind, set[Code]()
    for token, row in zip(choices.codes, choices.rows, strict=True):
        if token.of(kind) in seen:
            column = "name" if row.token("code") is None else "code"
            row.say(f"the code {token.text} stands in its list twice; give each choice a code of its own", column)
        seen.add(token.of(kind))


def _add(choices: Choices, row: Row, name: Token, *, repeated: bool) -> None:
    code, label, missing = row.token("code") or name, row.label(), row.truth("missing")
    if name.text in choices.places:
        place = choices.places[name.text]
        if label not in (None, choices.labels[place]):
            if not repeated:
                remedy = "give each choice a name of its own, or write yes under allow_choice_duplicates in settings, where the form means it so"
                row.say(f"{name.text!r} stands in its list twice, with two labels; {remedy}", "name")
            choices.labels[place] = both(name.text)
        return
    choices.places[name.text] = len(choices.names)
    choices.rows.append(row)
    choices.names.append(name)
    choices.codes.append(code)
    choices.labels.append(label if label is not None else both("" if missing else name.text))
    choices.missing.append(missing)
    texts = [text for text in (token_of(piece) for piece in pieces(row.text("spellings") or "", ",;|\n\r")) if text is not None]
    spelled = [token.text for token in texts]
    if code is not name and not reads_as_number(name.text) and folded(name.text) not in {folded(text) for text in choices.labels[-1].values()}:
        spelled = [name.text, *spelled]
    if spelled:
        choices.spellings[len(choices.names) - 1] = tuple(dict.fromkeys(spelled))


def choices_in(row: Row) -> Choices | None:
    """The answers that a question lists itself in the column `values`; None where it lists none."""
    found = answers_in(row)
    if not found:
        return None
    names = [code for code, _ in found]
    return Choices("", names, names, [label for _, label in found], [False] * len(names))


# ---------------------------------------------------------------- scales


def bounds_in(cell: Any) -> tuple[float, float] | None:
    """Bounds written in a cell, such as ``1-4`` or ``1:4``; also where a spreadsheet has taken them for a day or a time.

    Examples
    --------
    >>> bounds_in("1-4"), bounds_in("0 to 10"), bounds_in(dt.time(1, 4)), bounds_in("puas4")
    ((1.0, 4.0), (0.0, 10.0), (1, 4), None)
    """
    if isinstance(cell, dt.timedelta):
        minutes = int(cell.total_seconds() // 60)
        return minutes // 60, minutes % 60
    if isinstance(cell, dt.time):
        return cell.hour, cell.minute
    if isinstance(cell, dt.date):
        return min(cell.day, cell.month), max(cell.day, cell.month)
    written = _SPAN.fullmatch((name_of(cell) or "").strip())
    return None if written is None else (float(written[1]), float(written[2]))


def scale_of_codes(name: str, low: float, high: float, labels: Mapping[Code, Label]) -> AnswerScale | None:
    """The scale from low to high, closed where every whole number on it has a label; None where it runs nowhere."""
    on: dict[Code, Label] = {code: label for code, label in labels.items() if not isinstance(code, str) and low <= code <= high}
    try:
        return AnswerScale(name, Scale(low, high, closed_codes(low, high, on)), on)
    except ScaleError:
        return None
