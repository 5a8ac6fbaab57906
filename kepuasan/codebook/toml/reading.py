"""A codebook out of TOML: unknown keys, wrong types and contradictions are all found before one error names them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.book import Codebook
from kepuasan.codebook.codes import closed_codes, is_number, reads_as_number
from kepuasan.codebook.contradictions import contradictions, refusal
from kepuasan.codebook.parts import TYPES, AnswerScale, Driver, Item, ItemType, Label, Multiple, is_tag, plain_code
from kepuasan.codebook.toml.values import Values, is_text
from kepuasan.errors import CodebookError, ScaleError, nearest
from kepuasan.scales import Scale

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_toml"]

_SECTIONS = ("source", "mode", "scales", "dimensions", "items", "multiples", "index", "drivers", "design")
_KEYS = {
    "scale": ("low", "high", "codes", "labels", "spellings"),
    "dimension": ("label",),
    "item": (
        *("label", "type", "scale", "reverse", "dimension", "values", "missing", "missing_range", "question"),
        *("column", "recode", "asked_scale", "spellings", "role", "guessed"),
    ),
    "multiple": ("label", "items", "counted", "mentions", "joined", "separator"),
    "driver": ("label", "items"),
}

#: characters of a line that a message shows
_SHOWN = 80


def read_toml(path: Path) -> Codebook:
    """The codebook of a TOML file; one CodebookError with all that is wrong in it."""
    document = _document(path)
    page = _Page()
    parts = page.parts(document)
    page.values.found += contradictions(SimpleNamespace(**parts))  # type: ignore[arg-type]
    if page.values.found:
        raise refusal(f"codebook {path.name}", page.values.found)
    return Codebook(**parts)


def _document(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CodebookError(f"the codebook {path.name!r} cannot be opened: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CodebookError(f"the codebook {path.name!r} is not in UTF-8 (byte {error.start + 1}); save it as UTF-8") from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"the codebook {path.name!r} is no TOML: {error}{_line_shown(text, str(error))}") from error
    except (RecursionError, ValueError) as error:
        raise CodebookError(f"the codebook {path.name!r} is no TOML that can be read: {error}") from error


def _line_shown(text: str, error: str) -> str:
    """The line at which a document could not be read, and what is usually wrong with such a line."""
    place = re.search(r"at line (\d+)", error)
    lines = text.splitlines()
    if place is None or int(place[1]) > len(lines):
        return ""
    line = lines[int(place[1]) - 1].strip()[:_SHOWN]
    if any(sign in line for sign in "\u201c\u201d\u2018\u2019"):
        hint = "write straight quotes"
    elif line.startswith("["):
        hint = 'a name with blanks, dots or slashes stands in quotes, as in [items."Nama lengkap"], and only once'
    else:
        hint = "a line is key = value, and texts stand in quotes"
    return f": {line}; {hint}"


class _Page:
    """The parts of one document, and what was found wrong in it."""

    def __init__(self) -> None:
        self.values = Values()
        self.broken: set[str] = set()

    # ------------------------------------------------------------ sections

    def parts(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments of a codebook."""
        self.values.known("", document, _SECTIONS)
        scales = {name: scale for name, table in self.section(document, "scales") if (scale := self.scale(name, table)) is not None}
        dimensions = {name: self.dimension(name, table) for name, table in self.section(document, "dimensions")}
        items = {name: self.item(name, table, scales) for name, table in self.section(document, "items")}
        multiples = {name: self.multiple(name, table) for name, table in self.section(document, "multiples")}
        drivers = {name: self.driver(name, table) for name, table in self.section(document, "drivers")}
        if not items and not self.values.found:
            self.values.say("items", "there are none; describe each column under [items.NAME]")
        return {
            "items": items,
            "scales": scales,
            "dimensions": dimensions,
            "index": self.values.table("index", document["index"]) if "index" in document else None,
            "drivers": {name: driver for name, driver in drivers.items() if driver is not None},
            "design": self.values.table("design", document["design"]) if "design" in document else None,
            "source": self.values.text("source", document.get("source", "")) or "",
            "mode": self.values.text("mode", document.get("mode", "")) or "",
            "multiples": multiples,
        }

    def section(self, document: Mapping[str, Any], key: str) -> list[tuple[str, dict[str, Any]]]:
        tables = self.values.table(key, document.get(key, {}))
        return [(name, self.values.table(f"{key}.{name}", table)) for name, table in tables.items()]

    def scale(self, name: str, table: Mapping[str, Any]) -> AnswerScale | None:
        key = f"scales.{name}"
        self.values.known(key, table, _KEYS["scale"])
        low, high = (self.values.number(f"{key}.{end}", table.get(end)) for end in ("low", "high"))
        labels = self.values.labels(f"{key}.labels", table.get("labels", {}), "number")
        codes = self.values.listing(f"{key}.codes", table["codes"], is_number, "the codes of the scale as numbers") if "codes" in table else None
        if low is None or high is None:
            self.broken.add(name)
            return None
        try:
            scale = Scale(low, high, closed_codes(low, high, labels) if codes is None else codes or None)
        except ScaleError as error:
            self.broken.add(name)
            self.values.say(key, str(error))
            return None
        return AnswerScale(name, scale, labels, self.values.spellings(f"{key}.spellings", table.get("spellings", {}), "number"))

    def dimension(self, name: str, table: Mapping[str, Any]) -> Label:
        self.values.known(f"dimensions.{name}", table, _KEYS["dimension"])
        return self.values.label(f"dimensions.{name}.label", table.get("label", name))

    def multiple(self, name: str, table: Mapping[str, Any]) -> Multiple:
        key = f"multiples.{name}"
        self.values.known(key, table, _KEYS["multiple"])
        counted, mentions = table.get("counted", 1), self.values.truth(f"{key}.mentions", table.get("mentions", False))
        if not isinstance(counted, str) and not is_number(counted):
            self.values.say(f"{key}.counted", f"is {counted!r}; give the code that says that an option was chosen")
            counted = 1
        if mentions and "counted" in table:
            self.values.say(f"{key}.counted", "is given beside mentions = true, whose items hold the options themselves; leave one of them out")
        return Multiple(
            name,
            self.values.label(f"{key}.label", table.get("label", name)),
            self.values.pairs(f"{key}.items", table.get("items", {}), names=True),
            None if mentions else plain_code(counted),
            self.values.text(f"{key}.joined", table.get("joined")),
            self.values.text(f"{key}.separator", table.get("separator", " ")) or "",
        )

    def driver(self, name: str, table: Mapping[str, Any]) -> Driver | None:
        key = f"drivers.{name}"
        self.values.known(key, table, _KEYS["driver"])
        items = table.get("items")
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            self.values.say(f"{key}.items", f"is {items!r}; list the names of its items")
            return None
        return Driver(name, self.values.label(f"{key}.label", table.get("label", name)), tuple(items))

    def item(self, name: str, table: Mapping[str, Any], scales: Mapping[str, AnswerScale]) -> Item:
        key = f"items.{name}"
        self.values.known(key, table, _KEYS["item"])
        kind = self.kind(key, table)
        scale = self.values.text(f"{key}.scale", table.get("scale"))
        inherited = scales[scale].labels if scale is not None and scale in scales else {}
        return Item(
            name,
            label=self.values.label(f"{key}.label", table.get("label", name)),
            type=kind,
            values=self.values.labels(f"{key}.values", table["values"], kind) if "values" in table else inherited,
            missing=self.values.missing(f"{key}.missing", table.get("missing", {}), kind),
            missing_ranges=self.values.ranges(f"{key}.missing_range", table.get("missing_range", [])),
            scale=None if scale in self.broken else scale,
            reverse=self.values.truth(f"{key}.reverse", table.get("reverse", False)),
            dimension=self.values.text(f"{key}.dimension", table.get("dimension")),
            question=self.values.label(f"{key}.question", table["question"]) if "question" in table else None,
            column=self.values.text(f"{key}.column", table.get("column")),
            recode=self.values.pairs(f"{key}.recode", table.get("recode", {}), names=False),
            asked_scale=None if {scale, asked := self.values.text(f"{key}.asked_scale", table.get("asked_scale"))} & self.broken else asked,
            spellings=self.values.spellings(f"{key}.spellings", table.get("spellings", {}), kind),
            role=self.values.text(f"{key}.role", table.get("role")),  # type: ignore[arg-type]
            guessed=self.values.listing(f"{key}.guessed", table.get("guessed", []), is_text, "names of attributes as texts"),
        )

    def kind(self, key: str, table: Mapping[str, Any]) -> ItemType:
        """The type an item states; where it states none, text if a code is one, else number."""
        stated = table.get("type")
        for one in TYPES:
            if stated == one:
                return one
        if stated is not None:
            self.values.say(f"{key}.type", f"is {stated!r}{nearest(stated, TYPES)}; choose one of {', '.join(TYPES)}")
        codes = [*_as_codes(table.get("values")), *_as_codes(table.get("missing"))]
        return "text" if any(not reads_as_number(code, padded=True) and not is_tag(code) for code in codes) else "number"


def _as_codes(value: Any) -> list[str]:
    """The codes of a table or a list, as texts."""
    return [str(code) for code in value] if isinstance(value, (dict, list)) else []
