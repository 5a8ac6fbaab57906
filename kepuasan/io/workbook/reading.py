"""Workbooks (.xlsx, .ods): the cells of a sheet below its header, without the rows and columns around the table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kepuasan.errors import DataError, some
from kepuasan.files.workbooks import read_sheet
from kepuasan.io.cells.numbers import WrittenRaw, settled_numbers
from kepuasan.io.table.headers import found_header, header_problems
from kepuasan.io.table.shape import printed_again
from kepuasan.io.table.totals import LAST, columns_above, suspected, totals_at_end, totals_problem
from kepuasan.io.workbook.body import Body, plain_cells
from kepuasan.io.workbook.problems import about_cells, about_shape, about_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from kepuasan.problems import Problem

__all__ = ["read_workbook"]


def read_workbook(path: Path, sheet: str | None = None, decimal: str | None = None, *, totals: bool = False) -> WrittenRaw:
    """The cells of a sheet below its header; the first sheet that is not hidden unless another is named.

    Parameters
    ----------
    path : Path
    sheet : str, optional
    decimal : {".", ","}, optional
        The decimal sign of numbers written as text, where the caller states it.
    totals : bool
        Whether rows of totals at the end are kept, as a printed table needs them.

    Returns
    -------
    WrittenRaw
        Texts without blanks at their end; errors such as ``#N/A`` are empty cells, and reported. Numbers written as text are numbers where
        all cells of their column are; `texts` gives the columns before that.

    Raises
    ------
    DataError
        A file that is no workbook, has a password or is damaged, an unknown sheet, an empty sheet, columns without a name or of one name.
    """
    cells = read_sheet(path, sheet)
    header = found_header(cells.top, cells.merged)
    if not header.names:
        more = f"; other sheets hold tables: {some(cells.tables)}, give {path.name}#{cells.tables[0]}" if cells.tables else ""
        raise DataError(f"{path.name}: the sheet {cells.name!r} is empty; give a sheet with a header and rows{more}")
    body = Body.of(cells, header.first)
    cut = None if totals else _totals(body, path.name, cells.name)
    table = body.upto(cut[0] if cut else body.height()).named(header, f"{path.name}, sheet {cells.name!r}")
    blank = table.blank()
    again = np.empty(0, dtype=np.intp) if totals else printed_again(cells.top[: table.first], table.by_place())
    gone = np.union1d(blank, again)
    written = table.typed(gone)
    settled = settled_numbers(written, decimal)
    shape = [] if totals else about_shape(cells, table, settled.frame, blank, again)
    others = [one for one in about_sheets(cells, path.name) if sheet is None or one.code != "KP130"]
    found = [*others, *about_cells(cells, table), *shape, *settled.problems]
    problems = tuple(replace(problem, file=path.name, sheet=cells.name) for problem in found)
    return WrittenRaw(
        settled.frame,
        f"{path.name}, sheet {cells.name!r} of a workbook",
        labels=header.labels,
        platform=header.platform,
        file=path.name,
        sheet=cells.name,
        first_row=header.first + 1,
        skipped=(*table.rows_of(gone), *(cut[1].rows if cut else ())),
        problems=(*header_problems(header, path.name, cells.name), *problems, *((cut[1],) if cut else ())),
        texts=lambda names: written[list(names)],
        decimal=settled.decimal,
    )


def _totals(body: Body, file: str, sheet: str) -> tuple[int, Problem] | None:
    """Where rows begin, by position, that are no respondents, and what to say of them."""
    height = body.height()
    start = max(height - LAST, 0)
    last = [list(row) for row in zip(*(plain_cells(column[start:height]) for column in body.cells.values()), strict=True)]
    found = totals_at_end(last, columns_above(body.upto(start).frame())) if suspected(last) else None
    if found is None:
        return None
    first = found.first
    while first and all(cell is None for cell in last[first - 1]):
        first -= 1
    return start + first, totals_problem(found, body.rows_of([start + position for position in found.positions]), file, sheet)
