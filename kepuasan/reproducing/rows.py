"""The rows of a published table: items or units, and those below them that sum up the others, count respondents, or say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from kepuasan.errors import DataError
from kepuasan.reproducing.headers import is_area, sums_up
from kepuasan.reproducing.printed import printed_or_none
from kepuasan.reproducing.remarks import Figure, Remark, listed
from kepuasan.reproducing.summaries import Span, Total

if TYPE_CHECKING:
    from kepuasan.reproducing.tables import Columns
    from kepuasan.standards.standard import Standard

__all__ = ["blank_cell", "sorted_rows"]

#: cells that say that there is no number
_DASHES = ("", "-", "--", "\N{EN DASH}", "\N{EM DASH}", "n/a", "na", "nihil", "tidak ada")
#: what a row of respondents holds, and one whose name is that of an area
_COUNT, _PLACE = "count", "place"


class _Row(NamedTuple):
    """What a row holds, "" where it is an item or a unit, and the words that tell it."""

    kind: str
    told: Remark | str


def blank_cell(value: Any) -> bool:
    """Whether a cell says nothing, or that there is nothing."""
    return value.strip().casefold() in _DASHES if isinstance(value, str) else bool(pd.isna(value))


def sorted_rows(columns: Columns, standard: Standard, what: str) -> tuple[Columns, list[Total], list[Remark]]:
    """The rows of items or units, those that sum up with what they hold, and what is to be noted of the others.

    Raises
    ------
    DataError
        No row of an item or a unit with a number.
    """
    told = columns.role.get(what)
    numeric = [name for one, name in columns.role.items() if one not in ("item", "unit", "class")] + list(columns.unsur)
    names = [] if told is None else [value for _, value in columns.cells(told)]
    blank = columns.table[numeric].map(blank_cell).all(axis=1).tolist()
    empty = [gone and (not names or blank_cell(names[place])) for place, gone in enumerate(blank)]
    rows = _kinds(columns, names, empty, standard, what) or [_Row("", "")] * len(empty)
    empty = [gone and not row.kind for gone, row in zip(empty, rows, strict=True)]
    idle = [not (gone or row.kind) and what == "unit" and _idle(columns, place) for place, (gone, row) in enumerate(zip(empty, rows, strict=True))]
    kept = columns.rows([not (gone or row.kind or none) for gone, row, none in zip(empty, rows, idle, strict=True)])
    if not len(kept.table):
        raise DataError(
            f"the table has no row of {'an item' if what == 'item' else 'a unit'} with a number; give one row each, with its name and its number"
        )
    totals = [
        Total(row.kind, row.told, columns.rows([place == one for one in range(len(rows))]))
        for place, row in enumerate(rows)
        if row.kind not in ("", _COUNT)
    ]
    notes = [Remark("note.blank", {"count": Figure(sum(empty), 0)})] if any(empty) else []
    if totals:
        notes.append(Remark("note.totals", {"rows": listed(one.told for one in totals), "what": Remark(f"note.totals.{what}s")}))
    if counts := [row.told for row in rows if row.kind == _COUNT]:
        notes.append(Remark("note.counts", {"rows": listed(counts)}))
    if any(idle):
        notes.append(Remark("note.idle", {"units": listed(name for name, none in zip(columns.names(), idle, strict=True) if none)}))
    return kept, totals, notes


def _kinds(columns: Columns, names: Sequence[Any], empty: Sequence[bool], standard: Standard, what: str) -> list[_Row]:
    """What each row holds: told by its name, by another cell where it has none, or by its numbers."""
    if not names:
        return []
    labels = columns.table.index.tolist()
    nameless = [blank_cell(name) for name in names]
    few = 2 * sum(one and not gone for one, gone in zip(nameless, empty, strict=True)) <= len(names) - sum(empty)
    rows = []
    for place, name in enumerate(names):
        if not nameless[place]:
            rows.append(_Row(sums_up(name, standard), str(name).strip()))
        elif spoken := _spoken(columns, place, standard):
            rows.append(spoken)
        else:
            unnamed = few and not empty[place]
            rows.append(_Row("total" if unnamed else "", Remark("note.nameless", {"row": labels[place]})))
    places = [place for place, row in enumerate(rows) if row.kind == _PLACE]
    for place in places:
        rows[place] = rows[place]._replace(kind="index" if len(places) == 1 else "")
    if what == "unit":
        left = [place for place, row in enumerate(rows) if not (row.kind or empty[place])]
        areas = [place for place in left if is_area(names[place])]
        if len(left) > 2 and areas == left[-1:] and _sums_others(columns, left):
            rows[left[-1]] = rows[left[-1]]._replace(kind="total")
    return rows


def _spoken(columns: Columns, place: int, standard: Standard) -> _Row | None:
    """What a row without a name holds, by another cell of it: tables put "Jumlah" into the column of numbers too."""
    texts = [value for value in columns.table.iloc[place] if isinstance(value, str)]
    return next((_Row(kind, value.strip()) for value in texts if (kind := sums_up(value, standard))), None)


def _sums_others(columns: Columns, places: Sequence[int]) -> bool:
    """Whether the last of these rows has the respondents of the others together, or their mean, simple or by respondents."""
    table = columns.table.iloc[list(places)]
    sizes: list[float] = []
    if "n" in columns.role:
        counts = [printed_or_none(value, counts=True) for value in table[columns.role["n"]].array]
        sizes = [one.value for one in counts if one is not None]
        if len(sizes) == len(counts) and sum(sizes[:-1]) == sizes[-1] > 0:
            return True
    name = columns.role["index"] if "index" in columns.role else columns.unsur[0]
    numbers = [one for value in table[name].array if (one := printed_or_none(value)) is not None]
    if len(numbers) < len(table):
        return False
    weights = [np.ones(len(numbers) - 1), *([np.array(sizes[:-1])] if len(sizes) == len(table) and sum(sizes[:-1]) > 0 else [])]
    means = [float(np.average([one.value for one in numbers[:-1]], weights=one)) for one in weights]
    return any(Span(mean, mean, mean).holds(numbers[-1]) for mean in means)


def _idle(columns: Columns, place: int) -> bool:
    """Whether a unit has no value, and no respondents or a dash for a value."""
    row = columns.table.iloc[place]
    values = [row[columns.role["index"]]] if "index" in columns.role else [row[name] for name in columns.unsur]
    n = row[columns.role["n"]] if "n" in columns.role else None
    none = "n" in columns.role and (blank_cell(n) or ((count := printed_or_none(n)) is not None and count.value == 0))
    nothing = all(blank_cell(value) for value in values)
    zero = all(blank_cell(value) or ((one := printed_or_none(value)) is not None and one.value == 0) for value in values)
    return (none and zero) or (nothing and "n" not in columns.role and any(isinstance(value, str) for value in values))
