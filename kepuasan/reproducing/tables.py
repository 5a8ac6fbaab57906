"""Published tables: one row an item, or one row a unit; columns are told by their headers, Indonesian or English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import spelled
from kepuasan.errors import DataError, nearest, some
from kepuasan.reproducing.cells import GIVEN, Cells, Recipe
from kepuasan.reproducing.checks import Finding, class_finding, weighted_findings
from kepuasan.reproducing.dimensions import MIN_MAX, RAW, SHARE
from kepuasan.reproducing.means import by_tariff, ends_of, means_source, require_different, require_on_scale, scale_notes, spec_of_means, unsur_of
from kepuasan.reproducing.printed import Printed, Published, read_printed, written
from kepuasan.reproducing.sources import POOLING, Source, from_means, from_units, named_weights
from kepuasan.specification import IndexSpec

if TYPE_CHECKING:
    from kepuasan.numerics.totals import Floats
    from kepuasan.standards.standard import Standard

__all__ = ["HEADERS", "table_source"]

#: what a column is called, in small letters with single blanks
HEADERS: dict[str, tuple[str, ...]] = {
    "item": ("item", "unsur", "unsur pelayanan", "nama unsur", "butir", "indikator", "element", "indicator"),
    "mean": ("mean", "nrr", "nrr unsur", "nrr per unsur", "rata rata", "nilai rata rata", "rata rata unsur", "nilai unsur", "average"),
    "weight": ("weight", "bobot", "penimbang", "bobot nilai"),
    "weighted": ("weighted", "nrr weighted", "weighted mean", "nrr tertimbang", "nrrt", "nilai tertimbang", "rata rata tertimbang"),
    "unit": (
        *("unit", "unit kerja", "unit pelayanan", "unit layanan", "nama unit", "layanan", "jenis layanan", "pelayanan", "service"),
        *("opd", "perangkat daerah", "instansi", "agency", "dinas"),
    ),
    "index": ("ikm", "skm", "index", "indeks", "value", "nilai", "nilai ikm", "nilai skm", "score", "skor"),
    "n": ("n", "responden", "jumlah responden", "respondents", "number of respondents", "jml responden"),
    "volume": ("volume", "volume layanan", "volume pelayanan", "jumlah layanan", "jumlah pelayanan", "jumlah pengguna"),
    "class": ("mutu", "mutu pelayanan", "mutu layanan", "class", "kelas"),
}
_MUST_HAVE = (
    "a table must have one row an item with the columns item (unsur) and mean (nrr), or one row a unit with the column ikm (index, nilai), or "
    "with unit (unit kerja) and a column for each unsur (u1, u2, ..., or their names); microdata is given as a Survey"
)


@dataclass(frozen=True)
class Columns:
    """The columns of a table by role, and those that are unsur."""

    table: pd.DataFrame
    role: Mapping[str, Any]
    unsur: tuple[Any, ...]

    def printed(self, role: str) -> list[Printed]:
        """The numbers of a column."""
        return self.numbers(self.role[role])

    def numbers(self, name: Any) -> list[Printed]:
        """The numbers of any column."""
        return [read_printed(_plain(value), f"{name!r} in row {row!r}") for row, value in self.table[name].items()]

    def counts(self, role: str) -> Floats | None:
        """Numbers of respondents or of services, where the column is there."""
        if role not in self.role:
            return None
        values = np.array([read_printed(_plain(value), f"{self.role[role]!r} in row {row!r}", counts=True).value for row, value in self.column(role)])
        if (values < 0).any() or values.sum() <= 0:
            raise DataError(f"{self.role[role]!r} is {some(values)}; give numbers of 0 or more that do not all vanish")
        return values

    def column(self, role: str) -> list[tuple[Any, Any]]:
        """Row labels and cells of a column."""
        return list(self.table[self.role[role]].items())

    def names(self) -> list[Any]:
        """The units, or the row labels where no column names them."""
        return self.table[self.role["unit"]].tolist() if "unit" in self.role else self.table.index.tolist()


def table_source(
    frame: pd.DataFrame, published: Published, spec: IndexSpec | None, known: Any, standard: Standard, *, unit: Any = None, volume: Any = None
) -> Source:
    """A published table as a source.

    Raises
    ------
    DataError
        No rows; columns that are not known; names twice; cells that are no numbers; volumes of some units only.
    """
    if not len(frame):
        raise DataError("the table has no rows; give at least one")
    columns = _columns(frame, standard, unit, volume)
    if "mean" in columns.role and "item" in columns.role:
        if unit is not None or volume is not None:
            raise DataError("unit= and volume= belong to a table of units, but this one has a row an item; leave them out")
        return _items(columns, published, spec, known, standard)
    names = columns.names()
    require_different(names, "unit")
    volumes = _volumes(columns, names, volume)
    findings = _classes(columns, names, standard)
    if not columns.unsur:
        ends = _index_ends(columns)
        source = from_units(ends, columns.counts("n"), volumes, known)
        source.findings.extend(findings)
        return source
    return _unsur(columns, spec, known, standard, volumes, findings)


def _columns(frame: pd.DataFrame, standard: Standard, unit: Any, volume: Any) -> Columns:
    twice = frame.columns[frame.columns.duplicated()].unique()
    if len(twice):
        raise DataError(f"{some(twice)} is the name of two columns; rename one of them")
    role: dict[str, Any] = {} if unit is None else {"unit": unit}
    if isinstance(volume, str):
        role["volume"] = volume
    for name in role.values():
        if name not in frame.columns:
            raise DataError(f"{name!r} is not a column of the table{nearest(name, frame.columns)}; it has {some(frame.columns, 20)}")
    plain = {name: re.sub(r"[\s_\-/.]+", " ", str(name)).strip().casefold() for name in frame.columns}
    for one, headers in HEADERS.items():
        there = sorted((headers.index(text), place) for place, text in enumerate(plain.values()) if text in headers)
        if one not in role and there:
            role[one] = frame.columns[there[0][1]]
    rest = [name for name in frame.columns if name not in role.values()]
    unsur = tuple(name for name, element in zip(rest, unsur_of(rest, standard), strict=True) if element is not None and _numeric(frame[name]))
    if "item" in role and "mean" not in role and "index" in role:
        role["mean"] = role.pop("index")
    of_items, of_units = {"item", "mean"} <= set(role), "index" in role or (len(unsur) > 1 and {"unit", "n"} & set(role))
    if not of_items and not of_units:
        raise DataError(f"the columns {some(frame.columns, 20)} make no table that is known: {_MUST_HAVE}")
    return Columns(frame, role, unsur if len(unsur) > 1 else ())


def _numeric(column: pd.Series[Any]) -> bool:
    """Whether every cell is a number, or text of one."""
    try:
        for value in column:
            read_printed(_plain(value), "a cell")
    except DataError:
        return False
    return True


def _plain(value: Any) -> Any:
    """A cell as Python has it."""
    return value.item() if isinstance(value, np.generic) else value


def _items(columns: Columns, published: Published, spec: IndexSpec | None, known: Any, standard: Standard) -> Source:
    """One row an item."""
    items = [_plain(value) for _, value in columns.column("item")]
    require_different(items)
    means = dict(zip(items, columns.printed("mean"), strict=True))
    if spec is None and "weight" in columns.role:
        weights = {item: one.value for item, one in zip(items, columns.printed("weight"), strict=True)}
        if len(set(weights.values())) > 1:
            of_rule = None not in unsur_of(items, standard)
            spec = IndexSpec(items, weights=weights, scoring="share-of-max" if of_rule else "raw", scale=standard.scale if of_rule else None)
    source = means_source(means, spec, known, standard)
    if "weighted" in columns.role:
        weighted = dict(zip(items, columns.printed("weighted"), strict=True))
        weights = {f"1/{len(items)}": 1.0 / len(items), **named_weights(standard, len(items))}
        if spec is None or spec.weights == "equal":
            top = 100.0 / standard.scale[1] if None not in unsur_of(items, standard) else 1.0
            source.findings.extend(weighted_findings(means, weighted, weights, published, top))
    return source


def _volumes(columns: Columns, names: Sequence[Any], volume: Any) -> Floats | None:
    """The volume of each unit, from its column or a mapping."""
    if not isinstance(volume, (Mapping, pd.Series)):
        return columns.counts("volume")
    given = {spelled(name): value for name, value in volume.items()}
    lacking = [name for name in names if spelled(name) not in given]
    if lacking:
        raise DataError(f"volume has none for unit {some(lacking)}{nearest(lacking[0], given)}; give every unit its volume of services")
    values = np.array([read_printed(_plain(given[spelled(name)]), f"the volume of {name!r}", counts=True).value for name in names])
    if (values < 0).any() or values.sum() <= 0:
        raise DataError(f"volumes are {some(values)}; give numbers of 0 or more that do not all vanish")
    return values


def _index_ends(columns: Columns) -> Floats:
    """The printed indices of units with their rounding, (3, units)."""
    printed = columns.printed("index")
    return ends_of(np.array([one.value for one in printed]), max(one.decimals for one in printed), None)


def _classes(columns: Columns, names: Sequence[Any], standard: Standard) -> list[Finding]:
    """Units whose printed class is not that of their printed index."""
    if not {"class", "index"} <= set(columns.role):
        return []
    printed, grades = columns.printed("index"), [value for _, value in columns.column("class")]
    decimals = max(one.decimals for one in printed)
    return [
        finding
        for name, one, grade in zip(names, printed, grades, strict=True)
        if isinstance(grade, str) and grade.strip()
        for finding in class_finding(Printed(one.value, decimals), grade.strip(), standard, f"{name!r}: ")
    ]


def _unsur(columns: Columns, spec: IndexSpec | None, known: Any, standard: Standard, volumes: Floats | None, findings: list[Finding]) -> Source:
    """One row a unit, with its means of every item."""
    named = sorted(columns.unsur, key=str)
    chosen, scale, optional = spec_of_means(named, spec, standard)
    printed = [columns.numbers(name) for name in chosen.items]
    decimals = max(one.decimals for column in printed for one in column)
    values = np.array([[one.value for one in column] for column in printed]).T
    require_on_scale(values, [f"{name!r}" for name in chosen.items], scale)
    sizes = columns.counts("n")
    amount = np.repeat((np.ones(len(values)) if sizes is None else sizes)[:, None], values.shape[1], axis=1)
    cells = by_tariff(ends_of(values, decimals, scale), amount, chosen, scale, optional, standard)
    pooling = [name for name, there in zip(POOLING, (sizes is not None, True, volumes is not None), strict=True) if there]
    notes = scale_notes(named, scale, standard)
    source = from_means("units", cells, chosen, scale, known, decimals=decimals, pooling=pooling, volume=volumes, notes=notes)
    if "index" in columns.role:
        findings = [*findings, *_recomputed(columns, cells["in"], chosen, columns.names())]
    source.findings.extend(findings)
    return source


def _recomputed(columns: Columns, cells: Cells, spec: IndexSpec, names: Sequence[Any]) -> list[Finding]:
    """Units whose printed index no weights of the items make of their printed means."""
    scoring = {"minmax": MIN_MAX, "raw": RAW}.get(spec.scoring, SHARE)
    own = "equal" if spec.weights == "equal" else GIVEN
    weights = [own, *(cells.named if scoring == SHARE else ())]
    ends = [cells.index(Recipe(item_weights=one, scoring=scoring)) for one in weights]
    low, high = np.min([one[1] for one in ends], axis=0), np.max([one[2] for one in ends], axis=0)
    printed = columns.printed("index")
    half = 0.5 * 10.0 ** -max(one.decimals for one in printed) + 1e-9
    values = np.array([one.value for one in printed])
    wrong = np.flatnonzero((values + half < low) | (values - half > high)).tolist()
    return [
        Finding(
            "unit index",
            printed[row].value,
            float(ends[0][0, row]),
            float(values[row] - ends[0][0, row]),
            f"{names[row]!r}: {written(values[row], printed[row].decimals)} is printed, but its item means make {low[row]:.2f} to {high[row]:.2f}",
        )
        for row in wrong
    ]
