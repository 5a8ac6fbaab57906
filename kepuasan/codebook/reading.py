"""A codebook out of TOML: unknown keys, wrong types and contradictions are all found before one error names them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.book import Codebook
from kepuasan.codebook.contradictions import contradictions, refusal
from kepuasan.codebook.parts import TYPES, AnswerScale, Code, Driver, Item, ItemType, Label, is_tag
from kepuasan.codebook.values import NUMBER, Values
from kepuasan.errors import CodebookError, ScaleError, nearest
from kepuasan.scales import Scale

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["closed_codes", "read_toml"]

_SECTIONS = ("source", "mode", "scales", "dimensions", "items", "index", "drivers", "design")
_KEYS = {
    "scale": ("low", "high", "codes", "labels"),
    "dimension": ("label",),
    "item": ("label", "type", "scale", "reverse", "dimension", "values", "missing", "missing_range", "question"),
    "driver": ("label", "items"),
}


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
    if path.suffix.lower() != ".toml":
        workbook = " Workbooks are not read as codebooks yet." if path.suffix.lower() in (".xlsx", ".xls", ".ods") else ""
        raise CodebookError(f"the codebook {path.name!r} has the suffix {path.suffix!r}; give a .toml file.{workbook}")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CodebookError(f"there is no codebook {path.name!r} in {str(path.parent)!r}; correct the path") from error
    except OSError as error:
        raise CodebookError(f"the codebook {path.name!r} cannot be opened: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CodebookError(f"the codebook {path.name!r} is not in UTF-8 (byte {error.start + 1}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"the codebook {path.name!r} is no TOML: {error}") from error


def closed_codes(low: float, high: float, labels: Mapping[Code, Any]) -> tuple[float, ...] | None:
    """The codes of a scale whose labels name every whole number from low to high; None where they do not.

    Examples
    --------
    >>> closed_codes(1, 3, {1: "a", 2: "b", 3: "c"}), closed_codes(1, 5, {1: "a", 5: "b"})
    ((1, 2, 3), None)
    """
    codes = sorted(code for code in labels if not isinstance(code, str))
    if len(codes) == high - low + 1 and all(code == low + place for place, code in enumerate(codes)):
        return tuple(codes)
    return None


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
        }

    def section(self, document: Mapping[str, Any], key: str) -> list[tuple[str, dict[str, Any]]]:
        tables = self.values.table(key, document.get(key, {}))
        return [(name, self.values.table(f"{key}.{name}", table)) for name, table in tables.items()]

    def scale(self, name: str, table: Mapping[str, Any]) -> AnswerScale | None:
        key = f"scales.{name}"
        self.values.known(key, table, _KEYS["scale"])
        low, high = (self.values.number(f"{key}.{end}", table.get(end)) for end in ("low", "high"))
        labels = self.values.labels(f"{key}.labels", table.get("labels", {}), "number")
        codes = self.values.codes(f"{key}.codes", table["codes"]) if "codes" in table else None
        if low is None or high is None:
            self.broken.add(name)
            return None
        try:
            scale = Scale(low, high, closed_codes(low, high, labels) if codes is None else codes or None)
        except ScaleError as error:
            self.broken.add(name)
            self.values.say(key, str(error))
            return None
        return AnswerScale(name, scale, labels)

    def dimension(self, name: str, table: Mapping[str, Any]) -> Label:
        self.values.known(f"dimensions.{name}", table, _KEYS["dimension"])
        return self.values.label(f"dimensions.{name}.label", table.get("label", name))

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
        return "text" if any(NUMBER.fullmatch(code) is None and not is_tag(code) for code in codes) else "number"


def _as_codes(value: Any) -> list[str]:
    """The codes of a table or a list, as texts."""
    return [str(code) for code in value] if isinstance(value, (dict, list)) else []
