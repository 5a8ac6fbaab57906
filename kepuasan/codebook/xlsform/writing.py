"""A codebook as a workbook in the shape of an XLSForm, such that reading it gives the same codebook."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.codes import closed_codes
from kepuasan.codebook.parts import LANGUAGES, AnswerScale, Item, Label, Multiple, plain_code
from kepuasan.codebook.xlsform.cells import code_shown, name_shown, names_shown, number_shown, pairs_shown, tag_or_code, text_shown
from kepuasan.codebook.xlsform.key_sheets import keyed_rows
from kepuasan.codebook.xlsform.questions import NO_LIST
from kepuasan.errors import CodebookError

if TYPE_CHECKING:
    from pathlib import Path

    from kepuasan.codebook.book import Codebook

__all__ = ["write_workbook"]

_HEADS = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
_LABEL = tuple(f"label::{_HEADS[language]}" for language in LANGUAGES)
_QUESTION = tuple(f"question::{_HEADS[language]}" for language in LANGUAGES)
_TYPES = {"number": "decimal", "text": "text", "date": "date", "datetime": "datetime", "time": "time"}
#: what is written, so that the same codebook gives the same bytes
_MADE = dt.datetime(2000, 1, 1)
_LONGEST = 32_767
#: widest column, in characters
_WIDEST = 50
_MOST_ROWS = 1_048_576
_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: a list name that a type can hold
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.]*")

Table = list[list[Any]]


def write_workbook(book: Codebook, path: Path) -> None:
    """Write a codebook to an .xlsx file."""
    tables = _tables(book)
    for sheet, table in tables.items():
        _check(sheet, table)
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        with xlsxwriter.Workbook(str(path), options) as workbook:
            workbook.set_properties({"title": "kepuasan", "created": _MADE})
            head = workbook.add_format({"bold": True, "bottom": 1, "valign": "top"})
            text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
            for sheet, table in tables.items():
                _write(workbook.add_worksheet(sheet), table, head, text)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise CodebookError(f"the codebook cannot be written to {str(path)!r}: {error}") from error


def _check(sheet: str, table: Table) -> None:
    """Refuse what a workbook cannot hold, by sheet and the name of its row."""
    if len(table) > _MOST_ROWS:
        raise CodebookError(f"the sheet {sheet} would have {len(table)} rows, and a workbook holds {_MOST_ROWS}; write the codebook as .toml")
    for row in table:
        for column, cell in zip(table[0], row, strict=True):
            if not isinstance(cell, str):
                continue
            unheld = _UNHELD.search(cell)
            if unheld is None and len(cell.encode("utf-16-le")) // 2 <= _LONGEST:
                continue
            names = (row[table[0].index("name")] if "name" in table[0] else None, *row)
            owner = next((str(one) for one in names if one is not None), "")[:40]
            fault = (
                f"{len(cell)} characters, and a cell holds {_LONGEST}" if unheld is None else f"a workbook cannot hold the character {unheld[0]!r}"
            )
            raise CodebookError(f"{sheet}, {owner!r}, column {column}: {fault}; change the text, or write the codebook as .toml")


def _write(sheet: Any, table: Table, head: Any, text: Any) -> None:
    """Fill a sheet: header and names stay in sight, long texts are wrapped."""
    for place in range(len(table[0])):
        lines = (line for row in table if row[place] is not None for line in str(row[place]).splitlines())
        sheet.set_column(place, place, min(max(map(len, lines), default=8) + 2, _WIDEST), text)
    for number, row in enumerate(table):
        for place, cell in enumerate(row):
            if isinstance(cell, bool):
                sheet.write_boolean(number, place, cell, text)
            elif isinstance(cell, str):
                sheet.write_string(number, place, cell, head if number == 0 else text)
            elif cell is not None:
                sheet.write_number(number, place, cell, text)
    sheet.freeze_panes(1, table[0].index("name") + 1 if "name" in table[0] else 0)


# ---------------------------------------------------------------- the sheets


def _tables(book: Codebook) -> dict[str, Table]:
    """Header and rows by sheet; columns and sheets that hold nothing are left out."""
    lists = _Lists(book)
    survey = [_question(item, book, lists) for item in book.items.values()]
    scales = [_scale(answers) for answers in book.scales.values()]
    settings = {key: text_shown(value) for key, value in (("source", book.source), ("mode", book.mode)) if value}
    tables = {
        "survey": _table(survey, ("type", "name", *_LABEL)),
        "choices": _table(lists.rows, ("list_name", "name", *_LABEL)),
        "settings": _table([settings] if settings else [], ()),
        "scales": _table(scales, ("name", "low", "high")),
        "dimensions": _table([{"name": name_shown(name), **_label(_LABEL, label)} for name, label in book.dimensions.items()], ("name", *_LABEL)),
        "multiples": _table([row for multiple in book.multiples.values() for row in _multiple(multiple)], ("name", *_LABEL, "option", "item")),
        "drivers": _table(
            [{"name": name_shown(name), **_label(_LABEL, one.label), "items": names_shown(one.items)} for name, one in book.drivers.items()],
            ("name", *_LABEL, "items"),
        ),
    }
    tables = {sheet: table for sheet, table in tables.items() if len(table) > 1}
    for sheet, keys in (("index", book.index), ("design", book.design)):
        if keys is not None:
            tables[sheet] = [["key", "name", "no", "value"], *(list(row) for row in keyed_rows(sheet, keys))]
    return tables


def _table(rows: Iterable[Mapping[str, Any]], first: tuple[str, ...]) -> Table:
    """Rows under a header of the columns that always stand there and those that hold something."""
    listed = list(rows)
    columns = list(dict.fromkeys([*first, *(column for row in listed for column, cell in row.items() if cell is not None)]))
    return [list(columns), *([row.get(column) for column in columns] for row in listed)]


def _label(columns: tuple[str, ...], label: Label | None) -> dict[str, str]:
    return {} if label is None else {column: text_shown(label[language]) for column, language in zip(columns, LANGUAGES, strict=True)}


def _names(**names: str | None) -> dict[str, str | None]:
    return {column: None if name is None else name_shown(name) for column, name in names.items()}


def _question(item: Item, book: Codebook, lists: _Lists) -> dict[str, Any]:
    """A row of the survey."""
    kind, listed = lists.of(item, book)
    return {
        "type": kind,
        "name": name_shown(item.name),
        **_label(_LABEL, item.label),
        "list": listed,
        **_names(scale=item.scale, dimension=item.dimension),
        "reverse": "yes" if item.reverse else None,
        "missing": "; ".join(f"{_end(low)}:{_end(high)}" for low, high in item.missing_ranges) or None,
        **_label(_QUESTION, item.question),
        **_names(role=item.role, column=item.column, asked_scale=item.asked_scale),
        "recode": pairs_shown(item.recode) or None,
        "spellings": pairs_shown(item.spellings) or None,
        "guessed": ", ".join(item.guessed) or None,
    }


def _end(value: Any) -> str:
    return repr(value) if not isinstance(value, float) or not math.isinf(value) else ("inf" if value > 0 else "-inf")


def _scale(answers: AnswerScale) -> dict[str, Any]:
    scale, codes = answers.scale, None
    if scale.codes != closed_codes(scale.low, scale.high, answers.labels):
        codes = ", ".join(str(plain_code(code)) for code in scale.codes or ()) or "any"
    low, high = number_shown(scale.low), number_shown(scale.high)
    return {"name": name_shown(answers.name), "low": low, "high": high, "codes": codes, "spellings": pairs_shown(answers.spellings) or None}


def _multiple(multiple: Multiple) -> Iterator[dict[str, Any]]:
    """A row an option; what belongs to the question stands in the first."""
    of_question: dict[str, Any] = {
        **_label(_LABEL, multiple.label),
        "counted": None if multiple.counted in (None, 1) else code_shown(multiple.counted),
        "mentions": "yes" if multiple.counted is None else None,
        "joined": None if multiple.joined is None else name_shown(multiple.joined),
        "separator": None if multiple.separator == " " else name_shown(multiple.separator),
    }
    for option, item in multiple.items.items():
        yield {"name": name_shown(multiple.name), **of_question, "option": code_shown(option), "item": name_shown(item)}
        of_question = {}


class _Lists:
    """The lists of choices: one a scale with labels, and one for all items whose codes and labels are the same.

    The list of a scale holds the missing codes of the first item on it that has its labels and missing codes.
    """

    def __init__(self, book: Codebook) -> None:
        self.rows: list[dict[str, Any]] = []
        self.names: dict[Any, str] = {}
        self.taken = {*book.scales}
        self.missing: dict[str, Mapping[Any, Label]] = {name: {} for name in book.scales}
        for item in book.items.values():
            if item.scale is not None and not self.missing[item.scale] and _has_labels_of_scale(item, book):
                self.missing[item.scale] = item.missing
        for name, answers in book.scales.items():
            self._add(name, answers.labels, self.missing[name], "number")

    def of(self, item: Item, book: Codebook) -> tuple[str, str | None]:
        """The type of an item's row, and its list where the type cannot hold it."""
        plain = _TYPES[item.type]
        if _has_labels_of_scale(item, book):
            if item.values and _PLAIN.fullmatch(str(item.scale)) and _frozen(item.missing) == _frozen(self.missing[str(item.scale)]):
                return f"select_one {item.scale}", None
            if not item.missing:
                return plain, None
        elif not item.values and not item.missing:
            return plain, NO_LIST
        name = self._named(item)
        return (f"select_one {name}", None) if item.type in ("number", "text") else (plain, name)

    def _named(self, item: Item) -> str:
        """The list of an item's codes, written where there is none yet."""
        content = (item.type == "text", _frozen(item.values), _frozen(item.missing))
        if content not in self.names:
            plain = re.sub(r"[^A-Za-z0-9_]+", "_", item.name).strip("_") or "codes"
            name, number = plain, 1
            while name in self.taken:
                number += 1
                name = f"{plain}_{number}"
            self.taken.add(name)
            self.names[content] = name
            self._add(name, item.values, item.missing, item.type)
        return self.names[content]

    def _add(self, name: str, values: Mapping[Any, Label], missing: Mapping[Any, Label], kind: str) -> None:
        for codes, gone in ((values, None), (missing, "yes")):
            for code, label in codes.items():
                shown = tag_or_code(code, kind)
                self.rows.append({"list_name": name_shown(name), "name": shown, **_label(_LABEL, label), "missing": gone})


def _has_labels_of_scale(item: Item, book: Codebook) -> bool:
    """Whether the answers of an item are those that its scale labels; none, where it has no scale."""
    labels = {} if item.scale is None else book.scales[item.scale].labels
    return list(item.values.items()) == list(labels.items())


def _frozen(labels: Mapping[Any, Label]) -> tuple[Any, ...]:
    return tuple((code, *label.items()) for code, label in labels.items())
