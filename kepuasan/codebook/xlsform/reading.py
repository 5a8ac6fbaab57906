"""A codebook out of a workbook: all faults are found, with sheet, row and column, before one error names them.

Sheets: ``survey`` (one question a row), ``choices`` and ``settings`` of an XLSForm, and for what a form has no place for ``scales``, ``dimensions``,
``multiples``, ``drivers``, ``index``, ``design``. A workbook with none of these may list items on its first sheet.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.book import Codebook
from kepuasan.codebook.codes import closed_codes
from kepuasan.codebook.contradictions import contradictions, refusal
from kepuasan.codebook.parts import AnswerScale, Code, Driver, Item, Label, Multiple, both
from kepuasan.codebook.xlsform.cells import listed
from kepuasan.codebook.xlsform.choices import Choices, bounds_in, lists_of, scale_of_codes
from kepuasan.codebook.xlsform.code_cells import spelled_in
from kepuasan.codebook.xlsform.key_sheets import entries
from kepuasan.codebook.xlsform.questions import DESIGN_ROLES, Form
from kepuasan.codebook.xlsform.rows import Faults, Row
from kepuasan.codebook.xlsform.sheets import ALSO, OTHERS, SHEETS, rows_of, says_items
from kepuasan.errors import CodebookError, DataError, DataWarning, ScaleError, nearest, some
from kepuasan.scales import Scale

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_workbook"]

#: in the column `codes` of scales: every number between the bounds
_ANY = "any"


def read_workbook(path: Path) -> Codebook:
    """The codebook in a workbook; one CodebookError with all that is wrong in it."""
    faults = Faults()
    page = _Page(_tables(path, faults), faults)
    parts = page.parts()
    faults.found += [page.placed(text) for text in contradictions(SimpleNamespace(**parts))]  # type: ignore[arg-type]
    if faults.found:
        raise refusal(f"codebook {path.name}", faults.found)
    for text in page.left_out():
        warnings.warn(f"codebook {path.name}: {text}", DataWarning, stacklevel=4)
    return Codebook(**parts)


def _tables(path: Path, faults: Faults) -> dict[str, list[Row]]:
    """The rows of the sheets that are there, by what they are."""
    from kepuasan.files.workbooks import read_sheet, sheet_names

    try:
        names = sheet_names(path)
        known = _known(names)
        sheets = {kind: read_sheet(path, known[kind]) for kind in SHEETS if kind in known}
        if "survey" not in known:
            first = read_sheet(path)
            if not says_items(first):
                has = f"its sheets are {some(names, 20)}, and none of them"
                remedy = "a codebook is an XLSForm, or has a sheet with the columns name, label and values (1=Tidak puas; 2=Puas)"
                raise CodebookError(f"the codebook {path.name!r} has no sheet 'survey'{nearest('survey', names)}: {has} lists items; {remedy}")
            sheets["survey"] = first
    except DataError as error:
        raise CodebookError(f"the codebook {path.name!r} cannot be read: {error}") from error
    except OSError as error:
        raise CodebookError(f"the codebook {path.name!r} cannot be opened: {error.strerror}") from error
    for name in names:
        plain = name.strip().casefold()
        hint = nearest(plain, SHEETS) if name not in known.values() and name != sheets["survey"].name and plain not in OTHERS else ""
        if hint and hint.split("'")[1] not in known:
            faults.say(name, f"the sheet is not known{hint}")
    return {kind: rows_of(sheet, kind, faults) for kind, sheet in sheets.items()}


def _known(names: Iterable[str]) -> dict[str, str]:
    """The names of the sheets that are read, by what they are; by another name only where none has its own."""
    plain = {name.strip().casefold(): name for name in names}
    return {**{kind: plain[also] for also, kind in ALSO.items() if also in plain}, **{kind: plain[kind] for kind in SHEETS if kind in plain}}


class _Page:
    """The parts of one workbook, and where each stands."""

    def __init__(self, tables: Mapping[str, list[Row]], faults: Faults) -> None:
        self.tables, self.faults = tables, faults
        self.settings = tables.get("settings", [])[:1]
        self.lists = lists_of(tables.get("choices", []), repeated=any(row.truth("allow_choice_duplicates") for row in self.settings))
        self.form = Form(self.lists)
        self.rows: dict[str, dict[str, Row]] = {"items": self.form.rows}
        self.broken: set[str] = set()

    def parts(self) -> dict[str, Any]:
        """The arguments of a codebook."""
        self.form.read(self.tables["survey"])
        scales = {name: scale for name, row in self._named("scales").items() if (scale := self._scale(name, row)) is not None}
        multiples = {**self.form.multiples, **self._multiples()}
        items = {name: self._scaled(item, scales) for name, item in self.form.items.items()}
        if not items and not self.faults.found:
            self.faults.say("survey", "there are no questions; describe each column in a row")
        source = next((text for row in self.settings for text in (row.text("source"), row.text("form_title")) if text is not None), "")
        return {
            "items": items,
            "scales": scales,
            "dimensions": self._dimensions(items),
            "index": self._with_roles("index", ("index",)),
            "drivers": {name: self._driver(name, row) for name, row in self._named("drivers").items()},
            "design": self._with_roles("design", DESIGN_ROLES),
            "source": source,
            "mode": next((text for row in self.settings if (text := row.text("mode")) is not None), ""),
            "multiples": multiples,
        }

    def _named(self, sheet: str, *, once: bool = True) -> dict[str, Row]:
        """The rows of a sheet by name."""
        rows = self.rows.setdefault(sheet, {})
        for row in self.tables.get(sheet, []):
            name = row.name("name")
            if name is None:
                row.say("is empty; give it a name", "name")
            elif name not in rows:
                rows[name] = row
            elif once:
                row.say(f"{name!r} stands there twice; give each a name of its own", "name")
        return rows

    # ------------------------------------------------------------ scales

    def _scale(self, name: str, row: Row) -> AnswerScale | None:
        """A scale with the labels of the list of its name."""
        low, high = row.number_in("low"), row.number_in("high")
        choices = self.lists.get(name, Choices())
        labels, codes = choices.labelled("number", missing=False), self._codes(row)
        self.broken.add(name)
        if low is None or high is None:
            return None
        try:
            scale = Scale(low, high, closed_codes(low, high, labels) if codes is None else codes or None)
        except ScaleError as error:
            row.say(str(error))
            return None
        self.broken.discard(name)
        return AnswerScale(name, scale, labels, {**choices.spelled("number"), **spelled_in(row, "number")})

    @staticmethod
    def _codes(row: Row) -> tuple[float, ...] | None:
        """The codes of a scale; none of them where every number is meant, None where its labels tell them."""
        tokens = listed(row.cells.get("codes"), " ,;\n\r")
        if not tokens or [token.text for token in tokens] == [_ANY]:
            return () if tokens else None
        wrong = [token.text for token in tokens if isinstance(token.code, str)]
        if wrong:
            row.say(f"{some(wrong)} are no numbers; list the codes of the scale, or write {_ANY}", "codes")
        return tuple(token.code for token in tokens if not isinstance(token.code, str))

    def _scaled(self, item: Item, scales: dict[str, AnswerScale]) -> Item:
        """An item on the scale that its row names or writes; its labels are those of the scale where it has none of its own."""
        row, has_own = self.form.rows[item.name], item.name in self.form.own_labels
        cell, asked = self.form.scale_cells.get(item.name), item.asked_scale
        name = None if cell is None else self._named_scale(row.name("scale"), cell, item.values if has_own else {}, scales)
        if name is not None:
            asked = self._named_scale(asked, row.cells.get("asked_scale"), {}, scales)
        inherited = scales[name].labels if name in scales and not has_own else {}
        held = {one: None if one in self.broken else one for one in (name, asked)}
        return replace(item, scale=held[name], values=item.values or inherited, asked_scale=None if name in self.broken else held[asked])

    def _named_scale(self, name: str | None, cell: Any, labels: Mapping[Code, Label], scales: dict[str, AnswerScale]) -> str | None:
        """The name of a scale; one that is written as its bounds, or is a list of numbers, is added to the scales."""
        if name is None or name in scales or name in self.broken:
            return name
        bounds, choices = bounds_in(cell), self.lists.get(name)
        if choices is not None and choices.kind != "number":
            self.broken.add(name)
            self.faults.say("choices", f"the list {name!r} is a scale, but its codes are no numbers; give numbers in the column code")
        elif choices is not None:
            listed_labels = choices.labelled("number", missing=False)
            numbers = [code for code in listed_labels if not isinstance(code, str)]
            made = scale_of_codes(name, min(numbers), max(numbers), listed_labels) if numbers else None
            scales |= {} if made is None else {name: replace(made, spellings=choices.spelled("number"))}
        elif bounds is not None:
            name = f"{bounds[0]:g}-{bounds[1]:g}"
            made = scales.get(name) or scale_of_codes(name, *bounds, labels)
            if made is not None and made.labels and dict(made.labels) != dict(labels):
                made = replace(made, labels={})
            scales |= {} if made is None else {name: made}
        return name

    # ------------------------------------------------------------ the other sheets

    def _dimensions(self, items: Mapping[str, Item]) -> dict[str, Label]:
        """The dimensions; without a sheet those that the questions name."""
        if "dimensions" in self.tables:
            return {name: row.label() or both(name) for name, row in self._named("dimensions").items()}
        return {item.dimension: both(item.dimension) for item in items.values() if item.dimension is not None}

    def _driver(self, name: str, row: Row) -> Driver:
        return Driver(name, row.label() or both(name), tuple(row.names("items")))

    def _multiples(self) -> dict[str, Multiple]:
        """The questions with several answers of their own sheet, one option a row."""
        firsts = self._named("multiples", once=False)
        found = {}
        for name, first in firsts.items():
            items: dict[Code, str] = {}
            for row in self.tables["multiples"]:
                option, item = row.token("option"), row.name("item")
                if row.name("name") != name or (option is None and item is None):
                    continue
                if option is None or item is None:
                    row.say("is empty; each option has its item", "option" if option is None else "item")
                elif option.code in items:
                    row.say(f"the option {option.text} stands there twice", "option")
                else:
                    items[option.code] = item
            if name in self.form.multiples:
                first.say(f"{name!r} is a select_multiple of the sheet survey already; leave it out here", "name")
            counted = first.token("counted")
            plain: Code | None = None if first.truth("mentions") else 1 if counted is None else counted.code
            found[name] = Multiple(name, first.label() or both(name), items, plain, first.name("joined"), first.name("separator") or " ")
        return found

    def _with_roles(self, sheet: str, roles: tuple[str, ...]) -> dict[str, Any] | None:
        """The keys of a sheet, and what the column `role` of the questions says."""
        rows = self.tables.get(sheet)
        found: dict[str, Any] = {} if rows is None else entries(rows)
        given = {role: [item for one, item in self.form.roles if one == role] for role in roles}
        for role, items in given.items():
            key = "items" if role == "index" else role
            if items and key in found:
                self.faults.say(sheet, f"{key} is given there and by the role {role} of {some(items)} as well; give it once")
            elif len(items) > 1 and role in ("weight", "fpc"):
                self.faults.say("survey", f"{some(items)} have the role {role}; one column has it", column="role")
            elif items:
                found[key] = items[0] if role in ("weight", "fpc") or (role != "index" and len(items) == 1) else items
        return found if found or rows is not None else None

    # ------------------------------------------------------------ what is left out, and places

    def left_out(self) -> Iterator[str]:
        """Questions that are asked repeatedly; columns that are not read, where the sheet is no form, whose own columns say nothing of answers."""
        repeats, first = self.form.repeats, self.tables["survey"][0]
        if repeats:
            yield f"{len(repeats)} questions are asked repeatedly and are left out ({some(repeats)}); they are no columns of a respondent's row"
        columns = self.faults.passed_over.get(first.sheet, [])
        if columns and "type" not in first.cells:
            known = ", ".join(column for column in SHEETS["survey"].columns if not column.startswith("kobo"))
            yield f"the columns {some(columns)} of the sheet {first.sheet!r} are not read; a codebook has the columns {known}"

    def placed(self, text: str) -> str:
        """A contradiction, by sheet, row and column where it is about a row."""
        section, _, rest = text.partition(".")
        rows = {**self.form.rows, **self.rows.get(section, {})} if section == "multiples" else self.rows.get(section, {})
        ends = [place.start() for place in re.finditer(r"[.:]", rest)]
        name = next((rest[:end] for end in reversed(ends) if rest[:end] in rows), None)
        if name is None:
            return text
        row, (key, _, message) = rows[name], rest[len(name) :].partition(": ")
        values = "type" if row.name("values") is None else "values"
        column = {"missing_range": "missing", "values": values, "labels": "name"}.get(key.strip("."), key.strip("."))
        return f"{row.sheet} row {row.number}{f', column {column}' if column else ''} ({name}): {message}"
