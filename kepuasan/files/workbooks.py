"""The cells of a workbook's sheet (.xlsx, .ods), as they are written: the only door to calamine."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.errors import DataError, nearest, some
from kepuasan.files.confinement import confined
from kepuasan.files.open_document import marks_of_table, tables_of, with_plain_breaks
from kepuasan.files.zipped import Area, Cell, Marks, Package, check_extent, holds_table, marks_of, opened, with_known_errors

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["TOP", "Sheet", "read_sheet", "sheet_names"]

#: rows that are given as rows
TOP = 40
_SPAN = re.compile(r"(-?)PT(\d{1,7})H(\d{1,2})M(\d{1,2}(?:[.,]\d+)?)S")
_TASKS = "kepuasan.files.workbooks"


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet.

    Attributes
    ----------
    name : str
    top : list of list
        The first `TOP` rows, from row 1, column A on, all equally long: None, text, number, bool, date, datetime, time, timedelta.
        Texts are never empty. Cells that hold an error are None, and are listed in `errors`.
    below : list of arrays
        The cells of each column below those: float64 (NaN for empty cells) where all are numbers or empty, else objects as in `top`.
    merged : tuple of ((row, column), (row, column))
        First and last cell of merged areas, counted from 0.
    names : tuple of str
        All worksheets of the workbook, in order.
    hidden : tuple of str
        Those that are hidden.
    tables : tuple of str
        Other sheets, not hidden, that hold something of several rows and columns.
    errors : tuple of ((row, column), text)
        Cells, counted from 0, that hold an error such as ``#DIV/0!``.
    uncomputed : tuple of (row, column)
        Cells, counted from 0, with a formula whose result was not saved; they are None.
    hidden_rows : tuple of (int, int)
        Rows that are hidden, from one to before another, counted from 0.
    """

    name: str
    top: list[list[Any]]
    below: list[NDArray[Any]]
    merged: tuple[Area, ...]
    names: tuple[str, ...]
    hidden: tuple[str, ...]
    tables: tuple[str, ...] = ()
    errors: tuple[tuple[Cell, str], ...] = ()
    uncomputed: tuple[Cell, ...] = ()
    hidden_rows: tuple[tuple[int, int], ...] = ()

    @cached_property
    def rows(self) -> list[list[Any]]:
        """All rows, as in `top`; slow for large sheets."""
        columns = [[None if cell != cell else cell for cell in column.tolist()] for column in self.below]
        return self.top + [list(row) for row in zip(*columns, strict=True)]


def sheet_names(path: Path) -> tuple[str, ...]:
    """All worksheets of a workbook, in order; read in a second process.

    Raises
    ------
    DataError
        A file that is no workbook, has a password or is damaged.
    """
    names: tuple[str, ...] = confined(f"{_TASKS}:listed", path)
    return names


def read_sheet(path: Path, sheet: str | None = None) -> Sheet:
    """A sheet by its name, without a name the first that is not hidden; read in a second process.

    Raises
    ------
    DataError
        A file that is no workbook, has a password or is damaged; an unknown sheet, with the names there are; a sheet that reaches far
        beyond its cells.
    """
    cells: Sheet = confined(f"{_TASKS}:cells_of", path, sheet=sheet)
    return cells


# ---------------------------------------------------------------- in the second process


def listed(path: Path) -> tuple[str, ...]:
    """What `sheet_names` gives."""
    data = path.read_bytes()
    _looked_at(opened(data, path.name), path.name)
    return tuple(name for name, _ in _worksheets(_workbook(data, path)))


def cells_of(path: Path, sheet: str | None = None) -> Sheet:
    """What `read_sheet` gives."""
    data = path.read_bytes()
    package = opened(data, path.name)
    tables = _looked_at(package, path.name)
    workbook = _workbook((with_plain_breaks(package) if package.open_document else None) or data, path)
    sheets = dict(_worksheets(workbook))
    name = _chosen(sheets, sheet, path)
    marks = tables.get(name, Marks()) if package.open_document else _damaged(path.name, marks_of, package, name)
    check_extent(marks, path.name, name)
    rows = _spans(_rows(workbook, name, path)) if package.open_document else _known_rows(workbook, package, name, path)
    for (row, column), _ in marks.errors:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = ""
    top = [[None if cell == "" else cell for cell in row] for row in rows[:TOP]]
    below = [_packed(column) for column in zip(*rows[TOP:], strict=True)] or [np.empty(0) for _ in (rows[0] if rows else ())]
    hidden = tuple(other for other, is_hidden in sheets.items() if is_hidden)
    others = [other for other, is_hidden in sheets.items() if not is_hidden and other != name]
    full = tuple(other for other in others if (tables[other].table if other in tables else holds_table(package, other)))
    return Sheet(name, top, below, marks.merged, tuple(sheets), hidden, full, marks.errors, marks.uncomputed, marks.hidden)


def _packed(column: Sequence[Any]) -> NDArray[Any]:
    """Cells of a column as float64 where all are numbers or empty, else as objects."""
    kinds = set(map(type, column))
    if kinds == {float}:
        return np.array(column, dtype=np.float64)
    if kinds <= {float, str} and {cell for cell in column if cell.__class__ is str} == {""}:
        return np.array([np.nan if cell.__class__ is str else cell for cell in column], dtype=np.float64)
    cells = np.empty(len(column), dtype=object)
    cells[:] = [None if cell.__class__ is str and not cell else cell for cell in column]
    return cells


def _workbook(data: bytes, path: Path) -> Any:
    import io

    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise DataError(f"{path.name} cannot be read as a workbook: {error}; the file is damaged, locked or of another format") from error


def _worksheets(workbook: Any) -> list[tuple[str, bool]]:
    """Worksheets and whether each is hidden; sheets of charts and macros are none."""
    import python_calamine

    kind, visible = python_calamine.SheetTypeEnum.WorkSheet, python_calamine.SheetVisibleEnum.Visible
    return [(sheet.name, sheet.visible != visible) for sheet in workbook.sheets_metadata if sheet.typ == kind]


def _chosen(sheets: dict[str, bool], sheet: str | None, path: Path) -> str:
    if not sheets:
        raise DataError(f"{path.name} has no sheets of cells; give a workbook with data")
    if sheet is None:
        return next((name for name, hidden in sheets.items() if not hidden), next(iter(sheets)))
    if sheet not in sheets:
        raise DataError(f"{path.name} has no sheet {sheet!r}{nearest(sheet, sheets)}; the sheets are {some(sheets, 20)}")
    return sheet


def _looked_at(package: Package, file: str) -> dict[str, Marks]:
    """The marks of all sheets of an .ods, which calamine unpacks as soon as it opens it; none of an .xlsx."""
    tables = _damaged(file, tables_of, package) if package.open_document else {}
    marks = {name: _damaged(file, marks_of_table, table) for name, table in tables.items()}
    for name, found in marks.items():
        check_extent(found, file, name)
    return marks


def _damaged(file: str, look: Callable[..., Any], *what: Any) -> Any:
    """What a look at parts of a workbook gives; parts that cannot be unpacked are damage."""
    try:
        return look(*what)
    except Exception as error:
        raise DataError(f"{file} cannot be read as a workbook: {error}; the file is damaged, save it again as .xlsx") from error


def _rows(workbook: Any, name: str, path: Path) -> list[list[Any]]:
    import python_calamine

    try:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise DataError(f"{path.name}: the sheet {name!r} cannot be read: {error}; the file is damaged, save it again") from error
    cells: list[list[Any]] = rows
    return cells


def _known_rows(workbook: Any, package: Package, name: str, path: Path) -> list[list[Any]]:
    """The rows of an .xlsx sheet; cells with an error that calamine does not know would end the reading of all."""
    try:
        return _rows(workbook, name, path)
    except DataError as error:
        if "cell error value" not in str(error):
            raise
        return _rows(_workbook(with_known_errors(package, name), path), name, path)


def _spans(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows of an .ods sheet with times beyond a day as such: calamine gives them as they are written, ``PT36H00M00S``."""
    for row in rows:
        for place, cell in enumerate(row):
            if cell.__class__ is str and (span := _SPAN.fullmatch(cell)):
                sign, hours, minutes, seconds = span.groups()
                time = dt.timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds.replace(",", ".")))
                row[place] = -time if sign else time
    return rows
