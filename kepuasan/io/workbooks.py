"""Workbooks (.xlsx, .ods): a sheet with a header in its first row; the only door to calamine."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pandas as pd

from kepuasan.errors import DataError, nearest, some
from kepuasan.io.drafting import Raw, check_names

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_workbook"]


def read_workbook(path: Path, sheet: str | None = None) -> Raw:
    """The cells of a sheet below its header; the first sheet unless another is named.

    Raises
    ------
    DataError
        A file that is no workbook or is locked, an unknown sheet, an empty sheet, columns without a name or of one name.
    """
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        name = _chosen(workbook.sheet_names, sheet, path)
        rows = workbook.get_sheet_by_name(name).to_python()
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"{path.name} cannot be read as a workbook: {error}; the file is damaged, locked or of another format") from error
    return Raw(_frame(rows, path, name), f"{path.name}, sheet {name!r} of a workbook")


def _chosen(names: list[str], sheet: str | None, path: Path) -> str:
    if not names:
        raise DataError(f"{path.name} has no sheets; give a workbook with data")
    if sheet is None:
        return names[0]
    if sheet not in names:
        raise DataError(f"{path.name} has no sheet {sheet!r}{nearest(sheet, names)}; the sheets are {some(names, 20)}")
    return sheet


def _frame(rows: list[list[Any]], path: Path, sheet: str) -> pd.DataFrame:
    """The rows below the header; wholly empty rows at the end are no rows."""
    if not rows:
        raise DataError(f"{path.name}: the sheet {sheet!r} is empty; give a sheet with a header and rows")
    header = [_title(cell) for cell in rows[0]]
    check_names(header, path)
    body = [[None if cell == "" else cell for cell in row] for row in rows[1:]]
    while body and all(cell is None for cell in body[-1]):
        body.pop()
    return pd.DataFrame(body, columns=pd.Index(header), dtype=object)


def _title(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
