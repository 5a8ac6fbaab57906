"""Delimited text: encoding, separator, header and decimal sign found out, every row held against the header."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kepuasan.io.cells.numbers import Evidence, WrittenRaw, evidence_in, evidence_of_columns, settled_decimal, settled_numbers
from kepuasan.io.raw import Raw
from kepuasan.io.table.totals import columns_above, suspected, totals_at_end, totals_problem
from kepuasan.io.text.columns import Table, Typed
from kepuasan.io.text.encoding import opened
from kepuasan.io.text.layout import Layout, check_titles, column_letters, laid_out
from kepuasan.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["read_text"]


def read_text(path: Path, *, decimal: str | None = None) -> Raw:
    """The columns of a delimited text file: numbers where every cell is one, else text; empty fields and NA are empty cells.

    Parameters
    ----------
    path : Path
    decimal : {".", ","}, optional
        The decimal sign; otherwise the cells of the whole file settle it.

    Raises
    ------
    DataError
        No text, a ragged row, a quote that is not closed, columns without a name or of one name.
    """
    file = opened(path)
    layout = laid_out(file)
    table = Table(file, layout.separator, layout.separator_word, layout.width, layout.start, layout.before)
    read = _settled(table, layout, decimal)
    names = layout.header.names
    kept = [place for place in range(layout.width) if names[place].strip() or read.typed.columns[place].notna().any()]
    gone = sorted(set(range(layout.width)) - set(kept))
    check_titles({place: names[place] for place in kept}, path)
    frame = pd.DataFrame({names[place]: read.typed.columns[place] for place in kept}, copy=False)
    rows = _Rows.of(layout.before, read.typed)
    said = (*_left_out(gone), *rows.problems(), *read.problems)
    return WrittenRaw(
        frame,
        f"{path.name}, text separated by {layout.separator_word}, {file.encoding}",
        labels=layout.header.labels,
        platform=layout.header.platform,
        file=path.name,
        first_row=rows.first,
        skipped=rows.skipped,
        problems=tuple(replace(one, file=path.name) for one in said),
        texts=_written(read.table, {names[place]: place for place in kept}),
        decimal=read.decimal,
    )


def _written(table: Table, places: dict[str, int]) -> Callable[[Sequence[str]], pd.DataFrame]:
    """What reads columns as they are written."""

    def texts(columns: Sequence[str]) -> pd.DataFrame:
        found = table.written([places[name] for name in columns])
        return pd.DataFrame({name: found[places[name]] for name in columns}, copy=False)

    return texts


# ---------------------------------------------------------------- rows and columns that are none


@dataclass(frozen=True)
class _Rows:
    """Where rows stand in the file.

    Attributes
    ----------
    first, last : int
        The rows of the first and the last row of data.
    skipped : tuple of int
        Rows below the first that are none.
    empty : tuple of int
        Rows without a cell.
    """

    first: int
    last: int
    skipped: tuple[int, ...]
    empty: tuple[int, ...]

    @classmethod
    def of(cls, before: int, typed: Typed) -> _Rows:
        """From the rows above the first record, and what was read."""
        there = np.ones(typed.seen + 1, dtype=bool)
        there[list(typed.skipped)] = False
        rows = np.flatnonzero(there)[: typed.rows + 1] + before + 1
        first, last = int(rows[0]), int(rows[max(0, typed.rows - 1)])
        skipped = tuple(row for row in (before + place + 1 for place in typed.skipped) if row > first)
        return cls(first, last, skipped, tuple(row for row in (before + place + 1 for place in typed.empty) if row <= last))

    def problems(self) -> tuple[Problem, ...]:
        """That blank lines between rows were left out, and that rows without a cell were not."""
        found = {"KP118": tuple(row for row in self.skipped if row < self.last), "KP117": self.empty}
        return tuple(Problem(code, {"rows": len(rows)}, rows=rows[:100], count=len(rows)) for code, rows in found.items() if rows)


def _left_out(gone: list[int]) -> tuple[Problem, ...]:
    """That columns without a name and without a cell were left out."""
    return (Problem("KP110", {"columns": _listed(gone)}, count=len(gone)),) if gone else ()


def _listed(gone: list[int]) -> str:
    shown = ", ".join(f"{place + 1} ({column_letters(place + 1)})" for place in gone[:8])
    return f"{shown} (+{len(gone) - 8})" if len(gone) > 8 else shown


def _without_totals(table: Table, typed: Typed, sign: str) -> tuple[Table, Typed, tuple[Problem, ...]]:
    """The table without the rows at its end that are no respondents, and what is said of them."""
    if not suspected(typed.last):
        return table, typed, ()
    above = typed.seen - len(typed.last)
    gaps = set(typed.skipped)
    filled = [place not in gaps for place in range(above, typed.seen)]
    body = replace(table, limit=typed.rows - sum(filled))
    totals = totals_at_end(typed.last, columns_above(pd.DataFrame(body.typed(sign).columns, copy=False)))
    if totals is None:
        return table, typed, ()
    rows = [table.before + above + place + 1 for place in totals.positions]
    shorter = replace(table, limit=typed.rows - sum(filled[totals.first :]))
    return shorter, shorter.typed(sign), (totals_problem(totals, rows, table.file.path.name),)


# ---------------------------------------------------------------- numbers


@dataclass(frozen=True)
class _Read:
    """Columns in the numbers of the file."""

    table: Table
    typed: Typed
    decimal: str
    problems: tuple[Problem, ...]


def _settled(table: Table, layout: Layout, given: str | None) -> _Read:
    """The columns, read under the decimal sign that the caller states or that all of them settle."""
    sample = zip(*(record for record in layout.sample if len(record) == layout.width), strict=True)
    first = evidence_of_columns(dict(enumerate(sample)))
    sign = given or settled_decimal(first) or "."
    table, typed, said = _without_totals(table, table.typed(sign), sign)
    settled = given
    if given is None:
        found, typed = _evidence(table, typed, sign, {place for place, one in first.items() if one.decides == sign})
        settled = settled_decimal(found)
        if (settled or ".") != sign:
            sign = settled or "."
            typed = table.typed(sign)
    made = settled_numbers(_texts(typed), given, settled=settled)
    columns = typed.columns | {int(str(place)): column for place, column in made.frame.items()}
    problems = [*said, *(replace(one, column=layout.header.names[int(one.column)]) for one in made.problems)]
    if sign == "," and given is None:
        problems.append(Problem("KP114" if layout.separator == "," else "KP112"))
    return _Read(table, replace(typed, columns=columns), sign, tuple(problems))


def _evidence(table: Table, typed: Typed, sign: str, certain: set[Hashable]) -> tuple[dict[Hashable, Evidence], Typed]:
    """What all columns say of the decimal sign, and the columns, those whose numbers are unsure as text.

    Columns of numbers whose first cells have the sign beyond doubt are `certain`.
    """
    columns = typed.columns
    floats = [place for place, column in columns.items() if column.dtype == np.float64]
    found: dict[Hashable, Evidence] = {
        place: Evidence(sign, number=True) for place in floats if place in certain or _decisive(columns[place].to_numpy())
    }
    found |= evidence_in(_texts(typed))
    if settled_decimal(found) is None and floats and table.has_marks(sign):
        as_text = replace(typed, columns=columns | table.written(floats))
        found = evidence_in(_texts(as_text))
        return found, as_text if settled_decimal(found) is None else typed
    return found, typed


def _texts(typed: Typed) -> pd.DataFrame:
    return pd.DataFrame({place: column for place, column in typed.columns.items() if column.dtype.kind not in "if"}, copy=False)


def _decisive(numbers: NDArray[np.float64]) -> bool:
    """Whether some number has decimals that no thousands mark explains: below one, or not three of them."""
    for part in (numbers[:1000], numbers[1000:]):
        filled = part[~np.isnan(part)]
        fractions = filled[filled != np.round(filled)]
        if bool(((np.abs(fractions) < 1) | (np.round(fractions, 3) != fractions) | (np.abs(fractions) >= 1000)).any()):
            return True
    return False
