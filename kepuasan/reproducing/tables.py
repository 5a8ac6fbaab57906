"""Published tables: one row an item, or one row a unit; columns are told by their headers, Indonesian or English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import spelled
from kepuasan.errors import DataError, nearest, some
from kepuasan.reproducing.checks import Finding, class_finding
from kepuasan.reproducing.headers import roles_of
from kepuasan.reproducing.means import (
    by_tariff,
    ends_of,
    means_source,
    of_rule,
    require_different,
    require_on_scale,
    scale_notes,
    spec_of_means,
    unsur_of,
)
from kepuasan.reproducing.printed import Printed, Published, decimal_sign, evened, printed_or_none, read_printed
from kepuasan.reproducing.rows import blank_cell, sorted_rows
from kepuasan.reproducing.sources import POOLING, Source, from_means, from_units
from kepuasan.reproducing.summaries import Total, class_totals, item_totals, recomputed, unit_totals, weighted_findings, weights_in_use
from kepuasan.specification import IndexSpec

if TYPE_CHECKING:
    from kepuasan.numerics.totals import Floats
    from kepuasan.standards.standard import Standard

__all__ = ["Columns", "table_source"]

_MUST_HAVE = (
    "a table must have one row an item with the columns item (unsur) and mean (nrr), or one row a unit with the column ikm (index, nilai), or "
    "with unit (unit kerja) and a column for each unsur (u1, u2, ..., or their names); microdata is given as a Survey"
)


@dataclass(frozen=True)
class Columns:
    """The rows of a table, its columns by role, those that are unsur, and the decimal sign of its texts where they show it."""

    table: pd.DataFrame
    role: Mapping[str, Any]
    unsur: tuple[Any, ...]
    sign: str

    def printed(self, role: str) -> list[Printed]:
        """The numbers of a column."""
        return self.numbers(self.role[role])

    def numbers(self, name: Any) -> list[Printed]:
        """The numbers of any column."""
        return evened([read_printed(value, f"{name!r} in row {row!r}") for row, value in self.cells(name)])

    def counts(self, role: str) -> Floats | None:
        """Numbers of respondents or of services, where the column is there."""
        if role not in self.role:
            return None
        name, sign = self.role[role], self.count_sign(role)
        numbers = [(row, read_printed(value, f"{name!r} in row {row!r}", counts=True, sign=sign)) for row, value in self.cells(name)]
        parts = [f"{one.value:g} in row {row!r}" for row, one in numbers if not one.value.is_integer()]
        if role == "n" and parts:
            hint = "give 1250, or the text '1.250' where the sign sets thousands apart"
            raise DataError(f"{name!r} is {parts[0]}, but respondents are whole numbers; {hint}")
        values = np.array([one.value for _, one in numbers])
        _require_sizes(values, repr(name))
        return values

    def count_sign(self, role: str) -> str:
        """The decimal sign of counts: respondents have none, so that what sets off three digits sets thousands apart."""
        return "" if role == "n" else self.sign

    def cells(self, name: Any) -> Iterator[tuple[Any, Any]]:
        """Row labels and cells of a column, numbers in the width that they are stored with."""
        return zip(self.table.index.tolist(), self.table[name].array, strict=True)

    def column(self, role: str) -> list[Any]:
        """The cells of a column as Python has them."""
        return list(self.table[self.role[role]].tolist())

    def names(self) -> list[Any]:
        """The units, or the row labels where no column names them."""
        return self.column("unit") if "unit" in self.role else self.table.index.tolist()

    def rows(self, kept: Sequence[bool]) -> Columns:
        """The table of some of its rows."""
        return replace(self, table=self.table[np.array(kept, dtype=bool)])


def table_source(
    frame: pd.DataFrame, published: Published, spec: IndexSpec | None, known: Any, standard: Standard, *, unit: Any = None, volume: Any = None
) -> Source:
    """A published table as a source; rows of totals are held against the others.

    Raises
    ------
    DataError
        No rows; columns that are not known; names twice; cells that are no numbers; volumes of some units only.
    """
    if not len(frame):
        raise DataError("the table has no rows; give at least one")
    whole = _columns(frame, standard, unit, volume)
    of_items = {"item", "mean"} <= set(whole.role)
    if of_items and (unit is not None or volume is not None):
        raise DataError("unit= and volume= belong to a table of units, but this one has a row an item; leave them out")
    columns, totals, notes = sorted_rows(whole, standard, "item" if of_items else "unit")
    rest = (spec, known, standard)
    source = _items(columns, totals, published, *rest) if of_items else _units(columns, totals, *rest, volume)
    return replace(source, notes=(*source.notes, *notes))


# ---------------------------------------------------------------- columns and rows


def _columns(frame: pd.DataFrame, standard: Standard, unit: Any, volume: Any) -> Columns:
    twice = frame.columns[frame.columns.duplicated()].unique()
    if len(twice):
        raise DataError(f"{some(twice)} is the name of two columns; rename one of them")
    given: dict[str, Any] = {} if unit is None else {"unit": unit}
    if isinstance(volume, str):
        given["volume"] = volume
    for name in given.values():
        if name not in frame.columns:
            raise DataError(f"{name!r} is not a column of the table{nearest(name, frame.columns)}; it has {some(frame.columns, 20)}")
    role = roles_of(frame.columns, given)
    rest = [name for name in frame.columns if name not in role.values()]
    unsur = tuple(name for name, element in zip(rest, unsur_of(rest, standard), strict=True) if element is not None and _numeric(frame[name]))
    if "item" in role and "mean" not in role and "index" in role:
        role["mean"] = role.pop("index")
    of_items, of_units = {"item", "mean"} <= set(role), "index" in role or (len(unsur) > 1 and {"unit", "n"} & set(role))
    if not of_items and not of_units:
        raise DataError(f"the columns {some(frame.columns, 20)} make no table that is known: {_MUST_HAVE}")
    used = [*(name for one, name in role.items() if one not in ("item", "unit", "class")), *unsur]
    return Columns(frame, role, unsur if len(unsur) > 1 else (), decimal_sign(value for name in used for value in frame[name]))


def _numeric(column: pd.Series[Any]) -> bool:
    """Whether every cell that is not blank is a number, or text of one."""
    filled = [value for value in column if not blank_cell(value)]
    return bool(filled) and all(printed_or_none(value) is not None for value in filled)


def _require_sizes(values: Floats, where: str) -> None:
    if (values < 0).any() or values.sum() <= 0:
        raise DataError(f"{where} is {some(values)}; give numbers of 0 or more that do not all vanish")


# ---------------------------------------------------------------- a row an item


def _items(columns: Columns, totals: Sequence[Total], published: Published, spec: IndexSpec | None, known: Any, standard: Standard) -> Source:
    """One row an item."""
    items = columns.column("item")
    require_different(items)
    means = dict(zip(items, columns.printed("mean"), strict=True))
    printed = dict(zip(items, columns.printed("weight"), strict=True)) if "weight" in columns.role else None
    of_standard = of_rule(items, np.array([one.value for one in means.values()]), standard)
    differ = printed is not None and len({one.value for one in printed.values()}) > 1
    if spec is None and printed is not None and differ:
        weights = {item: one.value for item, one in printed.items()}
        spec = IndexSpec(items, weights=weights, scoring="share-of-max" if of_standard else "raw", scale=standard.scale if of_standard else None)
        source = means_source(means, spec, known, standard, weights=printed, printed=printed)
    else:
        source = means_source(means, spec, known, standard, printed=printed)
    weighted = dict(zip(items, columns.printed("weighted"), strict=True)) if "weighted" in columns.role else {}
    top = 100.0 / standard.scale[1] if of_standard else 1.0
    used = weights_in_use(items, spec, printed, standard)
    if weighted:
        source.findings.extend(weighted_findings(means, weighted, used, published, top))
    for total in totals:
        source.findings.extend(item_totals(total, {"mean": means, "weighted": weighted, "weight": printed or {}}, used, top))
    source.findings.extend(class_totals(totals, "mean", published, standard))
    return source


# ---------------------------------------------------------------- a row a unit


def _units(columns: Columns, totals: Sequence[Total], spec: IndexSpec | None, known: Any, standard: Standard, volume: Any) -> Source:
    """One row a unit, with its index or its means of every item."""
    names = columns.names()
    require_different(names, "unit")
    sizes, volumes = columns.counts("n"), _volumes(columns, names, volume)
    findings = _classes(columns, names, standard)
    if columns.unsur:
        source = _unsur(columns, spec, known, standard, sizes, volumes)
    else:
        printed = columns.printed("index")
        ends = ends_of(np.array([one.value for one in printed]), np.array([one.decimals for one in printed]), None)
        source = from_units(ends, sizes, volumes, known)
    for total in totals:
        findings += unit_totals(total, columns, sizes, volumes)
    findings += class_totals(totals, "index", None, standard)
    source.findings[:0] = findings
    return source


def _volumes(columns: Columns, names: Sequence[Any], volume: Any) -> Floats | None:
    """The volume of each unit, from its column or a mapping."""
    if not isinstance(volume, (Mapping, pd.Series)):
        return columns.counts("volume")
    given = {spelled(name): value for name, value in volume.items()}
    lacking = [name for name in names if spelled(name) not in given]
    if lacking:
        raise DataError(f"volume has none for unit {some(lacking)}{nearest(lacking[0], given)}; give every unit its volume of services")
    sign = decimal_sign(given.values())
    values = np.array([read_printed(given[spelled(name)], f"the volume of {name!r}", counts=True, sign=sign).value for name in names])
    _require_sizes(values, "volume")
    return values


def _classes(columns: Columns, names: Sequence[Any], standard: Standard) -> list[Finding]:
    """Units whose printed class no value that is printed so has."""
    if not {"class", "index"} <= set(columns.role):
        return []
    return [
        finding
        for name, one, grade in zip(names, columns.printed("index"), columns.column("class"), strict=True)
        if isinstance(grade, str) and grade.strip()
        for finding in class_finding(one, grade.strip(), standard, name)
    ]


def _unsur(columns: Columns, spec: IndexSpec | None, known: Any, standard: Standard, sizes: Floats | None, volumes: Floats | None) -> Source:
    """One row a unit, with its means of every item."""
    named = sorted(columns.unsur, key=str)
    printed = {name: columns.numbers(name) for name in named}
    found = np.array([[one.value for one in printed[name]] for name in named]).T
    chosen, scale, optional = spec_of_means(named, spec, standard, found)
    values, decimals = (np.array([[getattr(one, what) for one in printed[name]] for name in chosen.items]).T for what in ("value", "decimals"))
    require_on_scale(values, [f"{name!r}" for name in chosen.items], scale)
    amount = np.repeat((np.ones(len(values)) if sizes is None else sizes)[:, None], values.shape[1], axis=1)
    cells = by_tariff(ends_of(values, decimals, scale), amount, chosen, scale, optional, standard)
    pooling = [name for name, there in zip(POOLING, (sizes is not None, True, volumes is not None), strict=True) if there]
    notes = scale_notes(named, scale, standard, spec)
    source = from_means("units", cells, chosen, scale, known, decimals=int(decimals.max()), pooling=pooling, volume=volumes, notes=notes)
    if "index" in columns.role:
        source.findings.extend(recomputed(columns.names(), columns.printed("index"), cells["in"], chosen))
    return source
