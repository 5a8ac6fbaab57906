"""A report as a workbook: cover, contents, notes, and a sheet for each table with its numbers in full."""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

from kepuasan.report.cells import free_names, looks_run, open_book, plain_text, write_cell, write_text
from kepuasan.report.document import Code, Listing, Paragraph, Section, Table
from kepuasan.wording import CATALOGUE, say

if TYPE_CHECKING:
    from kepuasan.report.document import Document

__all__ = ["column_name", "workbook_bytes"]

#: columns of counts, of places in an order, and of probabilities
_COUNTS = {"n", "n_eff", "rows", "count", "rank", "rank_low", "rank_high", "respondents", "units_existing", "units_reported"}
_CHANCES = {"p_value", "p_holm", "p", "probability", "p_other"}
#: columns of keys that are written in words, and where these stand; that of reasons is left out where all are shown
_SUPPRESSED = "suppressed"
_WORDED = {_SUPPRESSED: f"frame.{_SUPPRESSED}", "tested": "frame.tested", "reason": "frame.reason"}
_WORDED |= {"quadrant": "quadrant", "who": "frame.side", "step": "step"}
#: letters of a column, least and most; lines of a header
_NARROW, _WIDE = 9, 60
#: columns that have words in tables whose names begin so, and in no other: columns of the data may be called the same
_OWN = {"group": "group", "who": "group", "file": "inputs", "step": "steps", "number": "headline", "tile": "provinces", "answer": "answers"}
_OWN |= dict.fromkeys(("programme", "time", "unit"), "follow_up") | dict.fromkeys(("frame", "dates", "mode"), "fieldwork")
_OWN |= dict.fromkeys(("code", "meaning"), "dispositions") | dict.fromkeys(("rate", "formula"), "rates")
_OWN |= dict.fromkeys(("question", "answers", "missing"), "questionnaire")
#: rows above the header of a table
_ABOVE = 3
_A4 = 9
#: points of the highest row; size of the letters by which columns are measured, those of words taking a little more
_HIGHEST, _LETTERS = 400.0, 10.5
#: steps that a header to the right keeps off the button of its filter; letters of a printed page's line
_BUTTON, _PRINTED = 2, 230


@dataclass(frozen=True)
class _Looks:
    """How cells look."""

    title: Any
    heading: Any
    kicker: Any
    text: Any
    note: Any
    head: Any
    over_text: Any
    over_numbers: Any
    cell: Any
    link: Any
    code: Any
    quoted: Any
    value: Any


def workbook_bytes(document: Document) -> bytes:
    """The report as the bytes of an .xlsx file; the same report gives the same bytes."""
    target, language = io.BytesIO(), document.language
    first = [say(f"book.{key}", language) for key in ("cover", "contents", "notes")]
    tables = document.tables
    names = free_names([*first, *(f"{place} {table.caption}" for place, table in enumerate(tables, start=1))])
    with open_book(target, document.title or document.finding) as book:
        looks = _looks(book)
        sheets = [book.add_worksheet(name) for name in names]
        for sheet in sheets:
            sheet.set_paper(_A4)
            sheet.hide_gridlines(2)
        _cover(sheets[0], document, looks)
        _contents(sheets[1], document, names[3:], looks)
        _notes(sheets[2], document, looks)
        for sheet, table in zip(sheets[3:], tables, strict=True):
            _TableSheet(book, sheet, table, language, looks, names[1]).write()
    return target.getvalue()


def _looks(book: Any) -> _Looks:
    top: dict[str, Any] = {"valign": "top"}
    head: dict[str, Any] = {"bold": True, "bottom": 2, "top": 1, "valign": "bottom", "text_wrap": True, "bg_color": "#EAF1F8"}
    return _Looks(
        title=book.add_format({**top, "bold": True, "font_size": 16, "text_wrap": True}),
        heading=book.add_format({**top, "bold": True, "font_size": 12, "text_wrap": True}),
        kicker=book.add_format({**top, "font_color": "#4A4A4A", "text_wrap": True}),
        text=book.add_format({**top, "text_wrap": True}),
        note=book.add_format({**top, "text_wrap": True, "italic": True}),
        head=book.add_format(head),
        over_text=book.add_format({**head, "indent": 1}),
        over_numbers=book.add_format({**head, "align": "right", "indent": _BUTTON}),
        cell=book.add_format({**top, "text_wrap": True, "indent": 1}),
        link=book.add_format({**top, "font_color": "#0B3D66", "underline": 1, "text_wrap": True}),
        code=book.add_format({**top, "font_name": "Consolas", "font_size": 9, "quote_prefix": True}),
        quoted=book.add_format({**top, "text_wrap": True, "indent": 1, "quote_prefix": True}),
        value=book.add_format({**top, "bold": True, "font_size": 14, "text_wrap": True}),
    )


# ---------------------------------------------------------------- the sheets before the tables


def _cover(sheet: Any, document: Document, looks: _Looks) -> None:
    """What was found, what must have been seen, and the numbers that are read first."""
    page = _Page(sheet, (34, 26, 60), looks)
    if document.title:
        page.across(document.title, looks.kicker)
    page.across(document.finding, looks.title)
    for note in document.notes:
        page.across(note, looks.note)
    page.skip()
    if document.cards:
        page.put(*(say(f"book.head.{key}", document.language) for key in ("number", "value", "details")), look=looks.head)
    for card in document.cards:
        page.put(card.label, card.value, "\n".join(card.details), at={1: looks.value})


def _contents(sheet: Any, document: Document, names: Sequence[str], looks: _Looks) -> None:
    """Tables with links to their sheets, then the parts that are not there."""
    language, page = document.language, _Page(sheet, (36, 44, 60), looks)
    page.put(say("book.contents", language), look=looks.heading)
    page.skip()
    page.put(*(say(f"book.head.{key}", language) for key in ("sheet", "section", "table")), look=looks.head)
    of = [(section.heading, block) for section in document.sections for block in section.blocks if isinstance(block, Table)]
    for name, (heading, table) in zip(names, of, strict=True):
        sheet.write_url(page.row, 0, f"internal:'{name}'!A1", looks.link, name)
        page.put("", heading, table.caption)
    if document.absent:
        page.skip()
        page.put(say("file.absent", language), look=looks.heading)
    for absent in document.absent:
        page.put(absent.heading, absent.reason)


def _notes(sheet: Any, document: Document, looks: _Looks) -> None:
    """All that the report says beside its tables: sentences, listings, code."""
    page = _Page(sheet, (44, 90), looks)
    page.put(say("book.notes", document.language), look=looks.heading)
    for section in document.sections:
        lines = list(_lines(section, looks))
        if lines:
            page.skip()
            page.put(section.heading, look=looks.heading)
        for term, text, look in lines:
            page.put(term, text, at={1: look})


class _Page:
    """A sheet of texts, written row by row; rows are as high as their texts take."""

    def __init__(self, sheet: Any, widths: Sequence[int], looks: _Looks) -> None:
        self.sheet, self.widths, self.looks, self.row = sheet, widths, looks, 0
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        _as_pages(sheet)

    def skip(self) -> None:
        """Leave a row empty."""
        self.row += 1

    def put(self, *texts: str, look: Any = None, at: Mapping[int, Any] | None = None) -> None:
        """Write the texts of a row; those in some places have looks of their own."""
        looks = [(at or {}).get(place, look or self.looks.text) for place in range(len(texts))]
        for place, (text, one) in enumerate(zip(texts, looks, strict=True)):
            if text:
                write_text(self.sheet, self.row, place, text, one)
        self._end(max(_height(text, width, one) for text, width, one in zip(texts, self.widths, looks, strict=False)))

    def across(self, text: str, look: Any) -> None:
        """Write a text over all columns."""
        self.sheet.merge_range(self.row, 0, self.row, len(self.widths) - 1, "", look)
        write_text(self.sheet, self.row, 0, text, look)
        self._end(_height(text, sum(self.widths), look))

    def _end(self, height: float) -> None:
        self.sheet.set_row(self.row, min(height, _HIGHEST))
        self.row += 1


def _height(text: str, width: int, look: Any) -> float:
    """Points that a text takes in a column of so many letters."""
    size = look.font_size
    held = max(width * _LETTERS / size, 1.0)
    return float(sum(1 + int(len(line) / held) for line in plain_text(text).split("\n")) * size * 1.35)


def _lines(section: Section, looks: _Looks) -> Iterator[tuple[str, str, Any]]:
    """A term (or nothing), a text and its look, for each line of a section that is in no table."""
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield "", block.text, looks.note if block.kind == "note" else looks.text
        elif isinstance(block, Listing):
            yield from (("", text, looks.text) for text in block.items)
            yield from ((term, text, looks.text) for term, text in block.terms)
        elif isinstance(block, Code):
            yield from (("", line, looks.code) for line in [block.language, *block.text.split("\n")])


def _as_pages(sheet: Any, letters: int = 0) -> None:
    """Printed on paper as wide as a page, or as several where so many letters could not be read."""
    sheet.set_landscape()
    sheet.fit_to_pages(max(math.ceil(letters / _PRINTED), 1), 0)


# ---------------------------------------------------------------- a table


def column_name(name: object, language: str, table: str = "") -> str:
    """What a column of a table in full is called; its own name where there are no words for it.

    Examples
    --------
    >>> column_name("ci_low", "id"), column_name("base_n", "id"), column_name("region", "id")
    ('Batas bawah', 'n, gelombang awal', 'region')
    >>> column_name("unit", "id", "units_1"), column_name("unit", "id", "follow_up")
    ('unit', 'Penanggung jawab')
    """
    side, column = _split(str(name))
    called = say(f"frame.{column}", language) if _known(column, table) else column
    return say("frame.of", language, column=called, side=say(f"frame.side.{side}", language)) if side else called


def _known(column: str, table: str = "") -> bool:
    """Whether there are words for a column in tables of a name."""
    return f"frame.{column}" in CATALOGUE and table.startswith(_OWN.get(column, ""))


def _split(name: str) -> tuple[str, str]:
    """The side of a comparison that a column is of, where it is of one, and the column: "base_se", "n_eff_base"."""
    first, last = name.partition("_"), name.rpartition("_")
    for side, column in ((first[0], first[2]), (last[2], last[0])):
        if f"frame.side.{side}" in CATALOGUE and _known(column):
            return side, column
    return "", name


class _TableSheet:
    """The sheet of one table: its caption, its rows as they are, its notes."""

    def __init__(self, book: Any, sheet: Any, table: Table, language: str, looks: _Looks, contents: str) -> None:
        self.book, self.sheet, self.table, self.language, self.looks, self.contents = book, sheet, table, language, looks, contents

    def write(self) -> None:
        """Write all of it."""
        header, columns, looks = self._columns()
        write_text(self.sheet, 0, 0, self.table.caption, self.book.add_format({"bold": True, "font_size": 12}))
        self.sheet.write_url(1, 0, f"internal:'{self.contents}'!A1", self.book.add_format({"font_color": "#0B3D66", "underline": 1}), self._back)
        widths: list[int] = []
        for place, (name, cells, look) in enumerate(zip(header, columns, looks, strict=True)):
            write_text(self.sheet, _ABOVE, place, name, self.looks.over_text if look is self.looks.cell else self.looks.over_numbers)
            widths.append(_width(name, cells))
            self.sheet.set_column(place, place, widths[-1])
            for row, cell in enumerate(cells, start=_ABOVE + 1):
                write_cell(self.sheet, row, place, cell, self.looks.quoted if isinstance(cell, str) and looks_run(cell) else look)
        if header:
            self.sheet.set_row(_ABOVE, _head_height(header, widths))
        last = _ABOVE + max(map(len, columns), default=0)
        self._finish(last, widths)

    @property
    def _back(self) -> str:
        return say("book.back", self.language)

    def _finish(self, last: int, widths: Sequence[int]) -> None:
        """Notes below the table; its header and its names stay in sight and on every page."""
        for row, note in enumerate(self.table.notes, start=last + 2):
            write_text(self.sheet, row, 0, note, self.book.add_format({"italic": True}))
        heads = min(self.table.heads, 1) if self.table.frame is None else 1
        self.sheet.freeze_panes(_ABOVE + 1, heads if len(widths) > 3 else 0)
        if widths and last > _ABOVE:
            self.sheet.autofilter(_ABOVE, 0, last, len(widths) - 1)
        self.sheet.repeat_rows(_ABOVE)
        if sum(widths) > _PRINTED:
            self.sheet.repeat_columns(0, 1)
        _as_pages(self.sheet, sum(widths))

    def _columns(self) -> tuple[list[str], list[list[Any]], list[Any]]:
        """Headers, cells and looks of the columns: of the table in full, where there is one."""
        if self.table.frame is None:
            columns = [[row[place] for row in self.table.rows] for place in range(len(self.table.header))]
            return list(self.table.header), columns, [self.looks.cell for _ in columns]
        frame = self.table.frame
        columns = [list(frame.iloc[:, place]) for place in range(frame.shape[1])]
        shown = [(name, cells) for name, cells in zip(frame.columns, columns, strict=True) if name != _SUPPRESSED or any(cells)]
        header = [column_name(name, self.language, self.table.name) for name, _ in shown]
        cells = [self._said(_WORDED[name], one) if name in _WORDED and _known(name, self.table.name) else one for name, one in shown]
        return header, cells, [self._look(name, one) for name, one in shown]

    def _said(self, words: str, keys: Sequence[Any]) -> list[str]:
        """Keys in words; what has none stays as it is."""
        named = [f"{words}.{key}" for key in keys]
        return [say(name, self.language) if name in CATALOGUE else str(key or "") for name, key in zip(named, keys, strict=True)]

    def _look(self, name: Any, cells: Sequence[Any]) -> Any:
        """The format of the numbers of a column; texts are wrapped."""
        numbers = [abs(float(cell)) for cell in cells if isinstance(cell, Real) and not isinstance(cell, bool) and math.isfinite(cell)]
        if not numbers:
            return self.looks.cell
        return self.book.add_format({"num_format": _number_format(str(name), max(numbers), all(one == int(one) for one in numbers)), "valign": "top"})


def _head_height(header: Sequence[str], widths: Sequence[int]) -> float:
    """Points of a row of headers, whose words stand in lines beside the button of the filter."""
    lines = [len(textwrap.wrap(plain_text(name), max(width - 4, 4))) for name, width in zip(header, widths, strict=True)]
    return min(16.0 * max(*lines, 1) + 4, _HIGHEST)


def _number_format(name: str, largest: float, whole: bool) -> str:
    """How the numbers of a column are shown; the cells hold them in full."""
    name = _split(name)[1]
    if name == "level":
        return "0 %"
    if name in _CHANCES:
        return "0.000"
    if name in _COUNTS or (whole and name not in ("estimate", "se", "ci_low", "ci_high")):
        return "#,##0" if name in _COUNTS else "0"
    return "0.0000" if largest < 1.5 else "0.000" if largest < 10 else "#,##0.00"


def _width(name: str, cells: Sequence[Any]) -> int:
    """Letters that a column is wide."""
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    word = max((len(part) for part in name.split()), default=0)
    return min(max(longest + 2, word + 4, min(len(name) + 4, 16), _NARROW), _WIDE)
