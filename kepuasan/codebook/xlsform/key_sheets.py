"""Sheets of keys and values, such as the arguments of the index: one value a row, lists and tables over several rows.

A row has `key`, `name` where the key holds values by name, `no` where it is one of a list, and `value`.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kepuasan.codebook.codes import is_number, reads_as_number
from kepuasan.codebook.parts import plain_code
from kepuasan.codebook.xlsform.cells import Token, name_shown, number_shown, quoted, token_of
from kepuasan.codebook.xlsform.rows import Row
from kepuasan.errors import CodebookError

__all__ = ["entries", "keyed_rows"]

#: keys that hold a list, even of one value
_LISTS = frozenset({"items"})
_INFINITE = {"inf": math.inf, "-inf": -math.inf}


def entries(rows: Sequence[Row]) -> dict[str, Any]:
    """The values by key; faults are noted with their rows."""
    found: dict[str, Any] = {}
    values: dict[tuple[str, str | None], list[Any]] = {}
    in_list: set[tuple[str, str | None]] = set()
    for row in rows:
        key, cell = row.name("key"), row.cells.get("value")
        if key is None or token_of(cell) is None:
            row.say("is empty; each row has a key and a value", "key" if key is None else "value")
            continue
        place = (key, row.name("name"))
        if place[1] is None and any(other == key and name is not None for other, name in values):
            row.say(f"{key!r} has values by name above and one without a name here; name each, or none", "name")
            continue
        values.setdefault(place, []).append(_value(cell))
        if row.name("no") is not None or (key in _LISTS and place[1] is None):
            in_list.add(place)
    for place, many in values.items():
        value = many if place in in_list or len(many) > 1 else many[0]
        if place[1] is None:
            found[place[0]] = value
        elif isinstance(found.setdefault(place[0], {}), dict):
            found[place[0]][place[1]] = value
        else:
            rows[0].faults.say(rows[0].sheet, f"{place[0]!r} has values with and without a name; name each, or none")
    return found


def _value(cell: Any) -> Any:
    """A value; a text that reads as a number is one unless it stands in quotes."""
    if isinstance(cell, bool):
        return cell
    token = token_of(cell) or Token("")
    if not token.quoted and token.text in _INFINITE:
        return _INFINITE[token.text]
    return token.code


def keyed_rows(sheet: str, table: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Rows (key, name, no, value) such that `entries` gives the table back.

    Raises
    ------
    CodebookError
        A value that such rows cannot hold.
    """
    for key, value in table.items():
        if isinstance(value, Mapping) and value and all(isinstance(name, str) for name in value):
            for name, inner in value.items():
                yield from _rows(sheet, key, name, inner)
        else:
            yield from _rows(sheet, key, None, value)


def _rows(sheet: str, key: str, name: str | None, value: Any) -> Iterator[tuple[Any, ...]]:
    shown = None if name is None else name_shown(name)
    if isinstance(value, (list, tuple)) and value:
        for place, one in enumerate(value, start=1):
            yield name_shown(key), shown, place, _shown(sheet, key, one)
    else:
        yield name_shown(key), shown, None, _shown(sheet, key, value)


def _shown(sheet: str, key: str, value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return quoted(value) if reads_as_number(value) or value in _INFINITE else name_shown(value)
    if is_number(value) and not math.isnan(value):
        return str(plain_code(value)) if abs(value) > sys.float_info.max else number_shown(value)
    raise CodebookError(f"{sheet}.{key}: a workbook cannot hold {value!r}; give texts, numbers, lists and tables of them, or write a .toml file")
