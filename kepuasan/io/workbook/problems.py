"""What must be said of a sheet: other sheets, cells without a value, merged and hidden ones, rows that may be no respondents."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from kepuasan.io.raw import file_rows
from kepuasan.io.table.shape import about_rows
from kepuasan.io.workbook.body import is_empty
from kepuasan.problems import Problem

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from kepuasan.files.workbooks import Sheet
    from kepuasan.io.workbook.body import Body

__all__ = ["about_cells", "about_shape", "about_sheets"]

#: problems of one kind that are told column by column
_APART = 5


def about_sheets(sheet: Sheet, file: str) -> list[Problem]:
    """Other sheets with tables, and hidden ones."""
    hidden = [name for name in sheet.hidden if name != sheet.name]
    told = [("KP130", sheet.tables), ("KP131", hidden)]
    return [Problem(code, {"sheets": ", ".join(map(repr, names)), "path": f"{file}#{names[0]}"}) for code, names in told if names]


def about_cells(sheet: Sheet, body: Body) -> list[Problem]:
    """Cells that hold an error, and formulas without a result."""
    errors = {name: dict(found) for name, found in body.errors.items() if found}
    formulas: dict[str, dict[int, str]] = {}
    marked = [*((errors, cell, text) for cell, text in sheet.errors), *((formulas, cell, "") for cell in sheet.uncomputed)]
    for found, (row, place), text in marked:
        if body.first <= row < body.first + body.tall and place in body.places:
            found.setdefault(body.places[place], {})[row - body.first] = text
    return [*_told("KP133", body, errors), *_told("KP134", body, formulas)]


def about_shape(sheet: Sheet, body: Body, frame: pd.DataFrame, blank: NDArray[np.intp], again: NDArray[np.intp]) -> list[Problem]:
    """Empty rows, headers printed again, merged cells, hidden rows, cells beside the table, and rows that may be no respondents.

    Parameters
    ----------
    sheet : Sheet
    body : Body
        With the names of its columns.
    frame : DataFrame
        What was read of it.
    blank, again : arrays
        Rows of the body that are empty, and those that repeat the header.
    """
    gone = np.union1d(blank, again)
    merged = _merged(sheet, body)
    hidden = [row - body.first for first, end in sheet.hidden_rows for row in range(max(first, body.first), min(end, body.first + body.tall))]
    found = {"KP135": blank, "KP139": again, "KP142": np.setdiff1d(np.array(hidden, dtype=np.intp), gone), "KP144": _beside(body)}
    told = [Problem(code, {"count": len(rows)}, rows=body.rows_of(rows), count=len(rows)) for code, rows in found.items() if len(rows)]
    skipped = body.rows_of(gone)
    return [*told, *merged, *about_rows(frame, lambda kept: file_rows(kept, body.first + 1, skipped), [one.column for one in merged])]


def _told(code: str, body: Body, found: dict[str, dict[int, str]]) -> list[Problem]:
    """One problem a column; a single one where there are many columns."""
    groups = [(name, [one]) for name, one in found.items()] if len(found) <= _APART else [("", list(found.values()))]
    problems = []
    for name, cells in groups:
        texts = sorted({text for one in cells for text in one.values()})
        rows, count = body.rows_of(sorted({row for one in cells for row in one})), sum(map(len, cells))
        problems.append(Problem(code, {"count": count, "texts": ", ".join(texts)}, column=name, rows=rows, count=count))
    return problems


def _merged(sheet: Sheet, body: Body) -> list[Problem]:
    """Merged cells among the data, of which the first alone has a value, by column."""
    found: dict[str, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in sheet.merged:
        start, end, name = top - body.first, min(bottom - body.first + 1, body.tall), body.places.get(left)
        if 0 <= start < body.tall and name is not None and not is_empty(body.cells[name][start : start + 1]).all():
            found.setdefault(name, []).append((start, end))
    rows = {name: sorted({row for start, end in areas for row in range(start, end)}) for name, areas in found.items()}
    return [Problem("KP138", {"count": len(found[name])}, column=name, rows=body.rows_of(one), count=len(one)) for name, one in rows.items()]


def _beside(body: Body) -> NDArray[np.intp]:
    """Rows in which only columns are filled that stand apart from the table, behind an empty column."""
    places = sorted(body.places)
    gap = next((place + 1 for place, after in pairwise(places) if after > place + 1), 0)
    table = [is_empty(body.cells[name]) for place, name in body.places.items() if place < gap]
    return np.flatnonzero(np.logical_and.reduce(table) & body.filled()) if len(table) > 1 else np.empty(0, dtype=np.intp)
