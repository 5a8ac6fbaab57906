"""The sheets of a codebook: what they and their columns are called, and their rows below the header."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.xlsform.cells import name_of
from kepuasan.codebook.xlsform.rows import Faults, Row
from kepuasan.errors import nearest

if TYPE_CHECKING:
    from kepuasan.files.workbooks import Sheet

__all__ = ["ALSO", "OTHERS", "SHEETS", "rows_of", "says_items"]

_HEAD = re.compile(r"(label|question)(\s*::?\s*|[\s_]*)(.+)", re.DOTALL)
_CODED = re.compile(r".*\(\s*([a-z]{2,3})([-_][a-z]+)?\s*\)")
_LANGUAGES = {
    **dict.fromkeys(("id", "in", "ind", "bahasa indonesia", "bahasa", "indonesia", "indonesian"), "id"),
    **dict.fromkeys(("en", "eng", "english", "inggris", "bahasa inggris"), "en"),
}
#: how like a column of ours an unknown one must be to be taken for it misspelt
_ALIKE = 0.8
#: rows that are looked through for the header
_TITLES = 20


@dataclass(frozen=True)
class _Shape:
    """The columns of a sheet.

    Attributes
    ----------
    columns : tuple of str
        Those that are read.
    needed : tuple of str
        Those without which it cannot be read.
    also : mapping of text to column
        What else columns are called, where no column has its own name.
    ignored : set of str, optional
        Columns of a form that are near in spelling to those that are read; any other column may stand there too. None where none may.
    days : set of str
        Columns in which a spreadsheet may have made a day of bounds such as 1-4.
    """

    columns: tuple[str, ...]
    needed: tuple[str, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] | None = None
    days: frozenset[str] = frozenset()

    def column_of(self, cell: Any) -> str | None:
        """The column that a cell of the header names, None where it is none of them; ``label::`` in a language that is none of a codebook's."""
        plain = " ".join((name_of(cell) or "").casefold().split())
        labelled = _HEAD.fullmatch(plain)
        if labelled is not None and labelled[1] in self.columns:
            coded = _CODED.fullmatch(labelled[3])
            known = _LANGUAGES.get(coded[1] if coded else labelled[3], "")
            return f"{labelled[1]}::{known}" if known or ":" in labelled[2] else None
        joined = plain.replace(" ", "_")
        return next((one for one in (plain, joined, self.also.get(plain), self.also.get(joined)) if one in self.columns), None)

    def is_own(self, cell: Any) -> bool:
        """Whether a cell of the header names a column by its own name."""
        return "_".join((name_of(cell) or "").casefold().split()) not in self.also


_KEYS = _Shape(("key", "name", "no", "value"), ("key", "value"), {"kunci": "key", "nama": "name", "nilai": "value"})
_NAME = {"nama": "name"}

#: the sheets that are read
SHEETS: dict[str, _Shape] = {
    "survey": _Shape(
        (
            *("type", "name", "label", "question", "list", "values", "scale", "reverse", "dimension", "missing"),
            *("role", "column", "recode", "asked_scale", "spellings", "guessed", "disabled", "appearance"),
            *("kobo--score-choices", "kobo--rank-items", "kobo--matrix_list"),
        ),
        ("name",),
        {
            "tipe": "type",
            "jenis": "type",
            "nama": "name",
            "variabel": "name",
            "variable": "name",
            "pertanyaan": "question",
            "daftar": "list",
            "nilai": "values",
            "skala": "scale",
            "terbalik": "reverse",
            "dimensi": "dimension",
            "hilang": "missing",
            "kosong": "missing",
            "peran": "role",
            "kolom": "column",
            "ejaan": "spellings",
            "skala_asal": "asked_scale",
        },
        frozenset(
            {
                *("hint", "guidance_hint", "relevant", "relevance", "constraint", "constraint_message", "required", "required_message"),
                *("default", "choice_filter", "calculate", "calculation", "repeat_count", "read_only", "readonly", "parameters", "trigger"),
                *("media", "image", "audio", "video", "note", "notes", "autoplay", "body", "bind", "instance", "minimum_seconds"),
                *("publishable", "response_note", "save_to", "columns"),
            }
        ),
        frozenset({"scale", "asked_scale"}),
    ),
    "choices": _Shape(
        ("list_name", "name", "label", "code", "spellings", "missing"),
        ("list_name", "name"),
        {**_NAME, "value": "name", "nama_daftar": "list_name", "daftar": "list_name", "ejaan": "spellings", "hilang": "missing", "kosong": "missing"},
        frozenset({"order", "image", "audio", "video", "media", "geometry", "filter"}),
    ),
    "settings": _Shape(
        ("form_title", "source", "mode", "allow_choice_duplicates"),
        also={"sumber": "source", "cara": "mode"},
        ignored=frozenset({"version", "form_id", "default_language", "style"}),
    ),
    "scales": _Shape(("name", "low", "high", "codes", "spellings"), ("name", "low", "high"), {**_NAME, "ejaan": "spellings", "kode": "codes"}),
    "dimensions": _Shape(("name", "label"), ("name",), _NAME),
    "multiples": _Shape(("name", "label", "option", "item", "counted", "mentions", "joined", "separator"), ("name", "option", "item"), _NAME),
    "drivers": _Shape(("name", "label", "items"), ("name", "items"), _NAME),
    "index": _KEYS,
    "design": _KEYS,
}
#: what else sheets are called
ALSO = {
    "survei": "survey",
    "pilihan": "choices",
    "pengaturan": "settings",
    "skala": "scales",
    "dimensi": "dimensions",
    "faktor": "drivers",
    "indeks": "index",
    "desain": "design",
}
#: sheets of forms that are none of ours
OTHERS = ("external_choices", "entities", "osm", "cascades", "notes", "instructions")


def says_items(sheet: Sheet) -> bool:
    """Whether a sheet says by its header that it lists items: it has names, and labels, types or values of answers."""
    shape = SHEETS["survey"]
    found = {shape.column_of(cell) for cell in sheet.top[_header_row(sheet, shape)]} if sheet.top else set()
    return "name" in found and bool(found & {"type", "values", "label", "label::id", "label::en"})


def rows_of(sheet: Sheet, kind: str, faults: Faults) -> list[Row]:
    """The rows of a sheet below its header that hold something.

    Parameters
    ----------
    sheet : Sheet
    kind : str
        Which of `SHEETS` it is.
    faults : Faults

    Notes
    -----
    The header is the first row, below titles and blank rows, that names two of the columns. What a cell merged over several rows holds stands in
    each of them.
    """
    shape, name = SHEETS[kind], sheet.name.strip()
    if not sheet.rows:
        return []
    head = _header_row(sheet, shape)
    columns = dict(_columns(name, head, sheet.rows[head], shape, faults))
    absent = [column for column in shape.needed if column not in columns.values()]
    if absent:
        faults.say(name, f"there is no column {' and no column '.join(map(repr, absent))}; its header names the columns {', '.join(shape.columns)}")
        return []
    _note_unheld(sheet, head, columns, shape, faults)
    merged = _merged_down(sheet, columns)
    rows = []
    for number, cells in enumerate(sheet.rows[head + 1 :], start=head + 1):
        if any(cell is not None and not (isinstance(cell, str) and not cell.strip()) for cell in cells):
            named = {column: merged.get((number, place), cells[place]) for place, column in columns.items()}
            rows.append(Row(name, number + 1, named, faults))
    return rows


def _header_row(sheet: Sheet, shape: _Shape) -> int:
    """The place of the row that names the columns."""
    for number, row in enumerate(sheet.top[:_TITLES]):
        if len({shape.column_of(cell) for cell in row} - {None}) > 1:
            return number
    return 0


def _merged_down(sheet: Sheet, columns: Mapping[int, str]) -> dict[tuple[int, int], Any]:
    """What stands in the further cells of areas that are merged over several rows of one column."""
    return {
        (row, place): sheet.rows[top][place]
        for (top, place), (bottom, last) in sheet.merged
        if place == last and place in columns
        for row in range(top + 1, min(bottom + 1, len(sheet.rows)))
    }


def _note_unheld(sheet: Sheet, head: int, columns: Mapping[int, str], shape: _Shape, faults: Faults) -> None:
    """Note cells that do not hold what was written there: errors, formulas without a result, days and times made of texts such as 1-3."""
    unheld = {**dict(sheet.errors), **dict.fromkeys(sheet.uncomputed, "a formula whose result was not saved")}
    told = {cell: f"{what}; write the value itself" for cell, what in unheld.items()}
    remedy = "such as spreadsheets make of texts like 1-3; format the cell as text, and write it again"
    for place in (place for place, column in columns.items() if column not in shape.days):
        for number, row in enumerate(sheet.rows[head + 1 :], start=head + 1):
            if isinstance(row[place], (dt.date, dt.time, dt.timedelta)):
                told[number, place] = f"{_shown(row[place])}, {remedy}"
    for (number, place), text in told.items():
        if place in columns:
            faults.say(sheet.name.strip(), f"the cell holds {text}", row=number + 1, column=columns[place])


def _shown(cell: dt.date | dt.time | dt.timedelta) -> str:
    return f"the day {cell:%d/%m/%Y}" if isinstance(cell, dt.date) else f"the time {cell}"


def _columns(sheet: str, head: int, header: Sequence[Any], shape: _Shape, faults: Faults) -> Iterator[tuple[int, str]]:
    """Places and names of the columns that are read."""
    named = [(place, cell, shape.column_of(cell)) for place, cell in enumerate(header) if name_of(cell) is not None]
    own = {column for _, cell, column in named if shape.is_own(cell)}
    taken: set[str] = set()
    for place, cell, column in named:
        if column is None:
            _unknown(sheet, head, str(name_of(cell)), shape, faults)
        elif column not in taken and (column not in own or shape.is_own(cell)):
            taken.add(column)
            yield place, column
        elif not column.endswith("::") and (column not in own or shape.is_own(cell)):
            faults.say(sheet, "stands there twice; keep one of the two", row=head + 1, column=str(name_of(cell)))


def _unknown(sheet: str, head: int, name: str, shape: _Shape, faults: Faults) -> None:
    """Note an unknown column: as a fault any of a sheet of ours, of a form one that is nearly one of ours; others are passed over."""
    plain = name.casefold()
    if shape.ignored is None:
        faults.say(sheet, f"is not known{nearest(plain, shape.columns)}; the columns are {', '.join(shape.columns)}", row=head + 1, column=name)
    elif plain not in shape.ignored and (close := difflib.get_close_matches(plain, shape.columns, n=1, cutoff=_ALIKE)):
        faults.say(sheet, f"is not known; did you mean {close[0]!r}?", row=head + 1, column=name)
    else:
        faults.passed_over.setdefault(sheet, []).append(name)
