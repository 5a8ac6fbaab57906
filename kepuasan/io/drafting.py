"""Columns in the types that a codebook declares, or that their cells suggest, and the codebook for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.codebook import Codebook, Item, joined_sources
from kepuasan.codebook.parts import both
from kepuasan.codebook.personal import personal_kind
from kepuasan.codebook.roles import says_no_answer
from kepuasan.columns import spelled
from kepuasan.errors import some
from kepuasan.io.answers import coded, has_answers, read_two_ways, unknown_texts
from kepuasan.io.cells.numbers import decimal_of
from kepuasan.io.cells.types import converted, guessed, in_type
from kepuasan.io.matching import names_for
from kepuasan.io.multiple.splitting import drafted
from kepuasan.io.raw import Reading
from kepuasan.io.withheld import without_personal_cells
from kepuasan.problems import Problem

if TYPE_CHECKING:
    from kepuasan.codebook import Multiple
    from kepuasan.io.raw import Raw

__all__ = ["settled"]

#: rows of a problem that are kept, and different cells that are named
_ROWS, _CELLS = 100, 8
_NO_CELLS = np.array([], dtype=np.intp)


def settled(raw: Raw, given: Codebook | None = None) -> Reading:
    """The columns in their types and codes, and the codebook for them; personal columns whose cells are not of their type stay text.

    Parameters
    ----------
    raw : Raw
        Its columns called as the items of the codebook given.
    given : Codebook, optional
        Decides types and codes; columns it does not list get an item drafted from the file after its own.

    Problems
    --------
    KP170 options of a question without a column, KP173 answers that no code has, KP174 cells of another type, KP175 answers off the scale,
    KP177 no rows, KP179 answers that are a code and the label of another one.
    """
    settling = _Settling(raw, given)
    columns: dict[str, pd.Series[Any]] = {}
    drafts: list[Item] = []
    for name in raw.frame.columns:
        if given is not None and name in given.items:
            columns[name] = settling.declared(str(name), given.items[name], given)
        else:
            columns[name], draft = _drafted_column(raw, str(name))
            drafts.append(draft)
    frame = pd.DataFrame(columns, index=raw.frame.index, columns=raw.frame.columns, copy=False)
    if not len(frame):
        settling.note("KP177", "", ())
    settling.problems.extend(_absent_options(raw, given))
    book = Codebook({item.name: item for item in drafts}, multiples=_multiples(raw, drafts)) if given is None else given
    part, shown = _part_of_source(raw)
    whole = replace(book.with_items(drafts), source=joined_sources(book.source, part), read_as={part: shown}, design=_design(book, raw))
    problems = without_personal_cells((*raw.problems, *settling.problems), raw, given)
    return Reading(frame, whole, replace(raw, frame=raw.frame.iloc[:0], texts=None), tuple(problems))


def _part_of_source(raw: Raw) -> tuple[str, str]:
    """What a file was taken for, as one part of a source, and what readers of a report are told of it: its name, and what it calls itself."""
    taken_for = raw.taken_for.replace("; ", ", ")
    before, name, _ = taken_for.partition(raw.file)
    return taken_for, f"{before}{name}" + (")" if before.endswith("(") else "")


def _multiples(raw: Raw, drafts: Iterable[Item]) -> dict[str, Multiple]:
    """Questions with several answers that the file declares or its columns show; a column is an option of one of them."""
    free = {item.name for item in drafts}
    found: dict[str, Multiple] = {}
    for name, one in {**drafted(raw), **raw.multiples}.items():
        if set(one.items.values()) <= free:
            found[name] = one
            free -= set(one.items.values())
    return found


def _design(book: Codebook, raw: Raw) -> dict[str, Any] | None:
    """The design of a codebook by the columns of the frame, which may be listed as the file has them."""
    if book.design is None:
        return None
    names = {item.column: name for name, item in book.items.items() if item.column is not None}
    names |= {problem.values["column"]: problem.column for problem in raw.problems if problem.code == "KP172"}
    roles = ("weight", "strata", "psu", "fpc")
    return {key: names_for(value, names, raw.frame.columns) if key in roles else value for key, value in book.design.items()}


def _absent_options(raw: Raw, given: Codebook | None) -> Iterator[Problem]:
    """Options of questions with several answers that have no column though others do."""
    said = {problem.column for problem in raw.problems if problem.code in ("KP170", "KP171", "KP176")}
    for multiple in () if given is None else given.multiples.values():
        for item in multiple.items.values():
            if item not in raw.frame.columns and item not in said:
                yield Problem("KP170", {"item": item, "nearest": "-"}, raw.file, raw.sheet, item)


# ---------------------------------------------------------------- columns


def _drafted_column(raw: Raw, name: str) -> tuple[pd.Series[Any], Item]:
    """A column of the type the file states, else of the type its cells suggest; and its item."""
    known = raw.items.get(name)
    if known is not None:
        return in_type(raw.frame[name], known.type), known
    column, kind = guessed(raw.frame[name], f"{raw.file}: column {name!r}", decimal_of(raw))
    label = raw.labels.get(name, "").strip()
    return column, Item(name, both(label or name), type=kind)


@dataclass
class _Settling:
    """Declared columns of one file, and what is wrong with their cells."""

    raw: Raw
    given: Codebook | None
    problems: list[Problem] = field(default_factory=list)
    written: pd.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        """Read again, as they are written, the columns whose first reading may have lost something that their declared type needs."""
        items = {} if self.given is None else self.given.items
        needed = [
            str(name)
            for name in self.raw.frame.columns
            if name in items and name not in self.raw.items and items[name].type != "number" and not _exact(self.raw.frame[name])
        ]
        self.written = self.raw.texts(needed) if needed and self.raw.texts is not None else pd.DataFrame()

    def declared(self, name: str, item: Item, book: Codebook) -> pd.Series[Any]:
        """A column as its item declares it."""
        column = self.written[name].set_axis(self.raw.frame.index) if name in self.written else self.raw.frame[name]
        known = self.raw.items.get(name)
        if item.type in ("number", "text") and (item.scale is not None or has_answers(item, book)):
            return self._coded(column, item, book)
        return in_type(column, item.type) if known is not None and known.type == item.type else self._converted(column, item)

    def _converted(self, column: pd.Series[Any], item: Item) -> pd.Series[Any]:
        conversion = converted(column, item.type, decimal_of(self.raw))
        name = item.name
        self.problems += [replace(one, file=self.raw.file, sheet=self.raw.sheet, column=name) for one in conversion.problems]
        if conversion.wrong.size:
            cells = some(dict.fromkeys(column.iloc[conversion.wrong].astype(str)), _CELLS)
            self.note("KP174", name, conversion.wrong, type=item.type, cells=cells)
            if item.role == "personal" or personal_kind(name, column):
                return converted(column, "text").column
        return conversion.column

    def _coded(self, column: pd.Series[Any], item: Item, book: Codebook) -> pd.Series[Any]:
        answers = coded(column, item, book, decimal_of(self.raw))
        unknown = column.iloc[answers.unknown]
        twofold = _NO_CELLS if item.name in self.raw.items else read_two_ways(column, item, book)
        if twofold.size:
            self.note("KP179", item.name, twofold, cells=some(dict.fromkeys(spelled(cell) for cell in column.iloc[twofold]), _CELLS))
        if len(unknown) and has_answers(item, book, missing=False):
            self.note("KP173", item.name, answers.unknown, texts=_listed_texts(*unknown_texts(unknown, item, book, _CELLS)))
        elif len(unknown):
            self.note("KP174", item.name, answers.unknown, type=item.type, cells=some(dict.fromkeys(unknown.astype(str)), _CELLS))
        if answers.off.size:
            scale = book.scales[str(item.asked_scale or item.scale)].scale
            cells = some(dict.fromkeys(spelled(cell) for cell in column.iloc[answers.off]), _CELLS)
            self.note("KP175", item.name, answers.off, codes=cells.replace("'", ""), low=f"{scale.low:g}", high=f"{scale.high:g}")
        return answers.column

    def note(self, code: str, column: str, positions: Any, **values: Any) -> None:
        """A problem of cells."""
        rows = self.raw.rows_of(positions[:_ROWS]) if len(positions) else ()
        self.problems.append(Problem(code, values, self.raw.file, self.raw.sheet, column, rows, len(positions)))


def _exact(column: pd.Series[Any]) -> bool:
    """Whether cells are what their type says, and not what a text was taken for."""
    return pd.api.types.is_datetime64_any_dtype(column.dtype) or pd.api.types.is_timedelta64_dtype(column.dtype)


def _listed_texts(texts: Iterable[tuple[str, int, str]], count: int) -> str:
    """The first of so many spellings, how often each is there, and the label nearest to it, or that it may be a missing code."""
    shown = [f"{text!r} {times}x" + (" (missing?)" if says_no_answer(text) else f" (~ {near!r})" if near else "") for text, times, near in texts]
    return ", ".join(shown) + (f" (+{count - len(shown)})" if count > len(shown) else "")
