"""A codebook as TOML, such that reading it gives the same codebook."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.codes import closed_codes, file_code
from kepuasan.codebook.parts import LANGUAGES, AnswerScale, Code, Item, Label, Multiple
from kepuasan.errors import CodebookError

if TYPE_CHECKING:
    from pathlib import Path

    from kepuasan.codebook.book import Codebook

__all__ = ["write_toml"]

_LINE = 120
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_SPECIAL = re.compile(r'[\x00-\x1f\x7f\\"]')


def write_toml(book: Codebook, path: Path) -> None:
    """Write a codebook to a file in UTF-8."""
    try:
        path.write_text("\n".join(_lines(book)) + "\n", encoding="utf-8", newline="\n")
    except (OSError, UnicodeEncodeError) as error:
        raise CodebookError(f"the codebook cannot be written to {str(path)!r}: {error}") from error


def _lines(book: Codebook) -> Iterator[str]:
    """The document, a section after the other; empty sections are left out."""
    if book.source:
        yield f"source = {_value(book.source)}"
    if book.mode:
        yield f"mode = {_value(book.mode)}"
    for name, answers in book.scales.items():
        yield from _table(("scales", name), _scale(answers))
    for name, label in book.dimensions.items():
        yield from _table(("dimensions", name), {"label": _label(label)})
    for name, item in book.items.items():
        yield from _table(("items", name), _item(item, book))
    for name, multiple in book.multiples.items():
        yield from _table(("multiples", name), _multiple(multiple))
    if book.index is not None:
        yield from _table(("index",), book.index)
    for name, driver in book.drivers.items():
        yield from _table(("drivers", name), {"label": _label(driver.label), "items": driver.items})
    if book.design is not None:
        yield from _table(("design",), book.design)


def _scale(answers: AnswerScale) -> dict[str, Any]:
    scale = answers.scale
    written: dict[str, Any] = {"low": scale.low, "high": scale.high}
    if scale.codes != closed_codes(scale.low, scale.high, answers.labels):
        written["codes"] = scale.codes or ()
    if answers.labels:
        written["labels"] = _labels(answers.labels)
    if answers.spellings:
        written["spellings"] = _by_code(answers.spellings)
    return written


def _multiple(multiple: Multiple) -> dict[str, Any]:
    table: dict[str, Any] = {"label": _label(multiple.label), "items": _pairs(multiple.items)}
    if multiple.counted is None:
        table["mentions"] = True
    elif multiple.counted != 1:
        table["counted"] = multiple.counted
    if multiple.joined is not None:
        table["joined"] = multiple.joined
    return table if multiple.separator == " " else {**table, "separator": multiple.separator}


def _item(item: Item, book: Codebook) -> dict[str, Any]:
    """An item's keys; what reading would fill in is left out."""
    inherited: Mapping[Any, Label] = {} if item.scale is None else book.scales[item.scale].labels
    table: dict[str, Any] = {"label": _label(item.label)}
    texts = any(isinstance(code, str) for code in (*item.values, *item.missing, *item.spellings))
    if item.type != "number" or texts:
        table["type"] = item.type
    table |= {key: value for key, value in (("scale", item.scale), ("dimension", item.dimension)) if value is not None}
    if item.reverse:
        table["reverse"] = True
    if list(item.values.items()) != list(inherited.items()):
        table["values"] = _labels(item.values)
    if item.missing:
        table["missing"] = _labels(item.missing)
    if item.missing_ranges:
        table["missing_range"] = item.missing_ranges
    if item.question is not None:
        table["question"] = _label(item.question)
    return table | _in_files(item)


def _in_files(item: Item) -> dict[str, Any]:
    """How data files have the item."""
    table: dict[str, Any] = {
        key: value for key, value in (("column", item.column), ("asked_scale", item.asked_scale), ("role", item.role)) if value is not None
    }
    if item.recode:
        table["recode"] = _pairs(item.recode)
    if item.spellings:
        table["spellings"] = _by_code(item.spellings)
    return {**table, "guessed": item.guessed} if item.guessed else table


def _label(label: Label) -> Any:
    """A plain text where the languages agree."""
    return label[LANGUAGES[0]] if len(set(label.values())) == 1 else dict(label)


def _labels(labels: Mapping[Any, Label]) -> dict[str, Any]:
    return {code if isinstance(code, str) else _value(code): _label(label) for code, label in labels.items()}


def _by_code(values: Mapping[Code, Any]) -> dict[str, Any]:
    return {code if isinstance(code, str) else _value(code): value for code, value in values.items()}


def _pairs(values: Mapping[Code, Any]) -> Any:
    """A table; pairs where a text would read as a number."""
    if any(isinstance(code, str) and not isinstance(file_code(code), str) for code in values):
        return [[code, value] for code, value in values.items()]
    return _by_code(values)


# ---------------------------------------------------------------- TOML


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    """A table under its heading; mappings too long for a line become tables below it, whose entries keep their order."""
    yield _heading(path)
    below = {}
    for key, value in table.items():
        line = f"{_key(key)} = {_value(value)}"
        if isinstance(value, Mapping) and len(line) > _LINE:
            below[key] = value
        else:
            yield line
    for key, value in below.items():
        yield _heading((*path, key))
        yield from (f"{_key(str(name))} = {_value(inner)}" for name, inner in value.items())


def _heading(path: tuple[str, ...]) -> str:
    return f"\n[{'.'.join(map(_key, path))}]"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)


def _value(value: Any) -> str:
    """A value as TOML writes it, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04X}"), value) + '"'
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float) and not math.isnan(value):
        return _number(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(str(key))} = {_value(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    raise CodebookError(f"TOML cannot hold {value!r}; give texts, numbers, lists and tables")


def _number(value: float) -> str:
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
