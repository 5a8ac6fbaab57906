"""The cells of a sheet below its header, as columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.errors import DataError
from kepuasan.files.zipped import column_letters
from kepuasan.io.raw import file_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.files.workbooks import Sheet
    from kepuasan.io.raw import Header

__all__ = ["Body", "is_empty", "plain_cells"]

_BLANKS = " \t\r\n\u00a0\u2007\u2009\u202f\u200b\ufeff"
_ERROR = re.compile(r"#(?:N/A(?: N/A)?|DIV/0!|NAME\?|GETTING_DATA|(?:REF|VALUE|NUM|NULL|SPILL|CALC|BUSY|FIELD|BLOCKED|CONNECT|UNKNOWN)!)|Err:\d{3}")
_EXACT = 2**53


@dataclass(frozen=True)
class Body:
    """The cells below a header.

    Attributes
    ----------
    first : int
        The row of the sheet, from 0, in which they begin.
    cells : dict of key to array
        By the column of the sheet, from 0, at first; later by name. float64 where all are numbers or empty, else objects.
    errors : dict of key to {row from 0: text}
        Texts that are errors; their cells are None.
    places : dict of column of the sheet to name
    """

    first: int
    cells: dict[Any, NDArray[Any]]
    errors: dict[Any, dict[int, str]]
    places: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet, first: int) -> Body:
        """The cells of a sheet from a row on."""
        cleaned = {place: _cleaned(_column(sheet, place, first)) for place in range(len(sheet.below))}
        errors = {place: found for place, (_, found) in cleaned.items() if found}
        return cls(first, {place: column for place, (column, _) in cleaned.items()}, errors)

    def rows_of(self, positions: Any) -> tuple[int, ...]:
        """Rows of the sheet, from 1, in which these rows stand."""
        return file_rows(positions, self.first + 1, ())

    @property
    def tall(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.cells.values()), ()))

    def filled(self) -> NDArray[np.bool_]:
        """Rows that are not wholly empty."""
        return ~np.logical_and.reduce([is_empty(column) for column in self.cells.values()]) if self.cells else np.zeros(0, dtype=bool)

    def height(self) -> int:
        """Rows up to the last one that is not wholly empty."""
        return int(np.flatnonzero(self.filled()).max(initial=-1)) + 1

    def upto(self, end: int) -> Body:
        """The rows above one."""
        errors = {key: {row: text for row, text in found.items() if row < end} for key, found in self.errors.items()}
        return replace(self, cells={key: column[:end] for key, column in self.cells.items()}, errors=errors)

    def named(self, header: Header, where: str) -> Body:
        """The columns by name; those without a name and cells are left out."""
        names = dict.fromkeys(self.cells, "") | dict(enumerate(header.names))
        kept = {place: names[place] for place, column in self.cells.items() if names[place].strip() or not is_empty(column).all()}
        _check_names(kept, header, where)
        cells = {name: self.cells[place] for place, name in kept.items()}
        return Body(self.first, cells, {kept[place]: found for place, found in self.errors.items() if place in kept}, kept)

    def blank(self) -> NDArray[np.intp]:
        """Rows that are wholly empty; none where there is but one column, whose empty cells are answers not given."""
        return np.flatnonzero(~self.filled()) if len(self.cells) > 1 else np.empty(0, dtype=np.intp)

    def by_place(self) -> dict[int, NDArray[Any]]:
        """The columns by their place in the sheet."""
        return {place: self.cells[name] for place, name in self.places.items()}

    def frame(self) -> pd.DataFrame:
        """The cells as they are."""
        return pd.DataFrame({key: pd.Series(column) for key, column in self.cells.items()})

    def typed(self, gone: NDArray[np.intp]) -> pd.DataFrame:
        """The columns without some rows, whole numbers as int64 where no cell is empty."""
        columns = {name: pd.Series(_settled(np.delete(column, gone))) for name, column in self.cells.items()}
        return pd.DataFrame(columns, columns=pd.Index(list(columns), dtype=object) if not columns else list(columns))


# ---------------------------------------------------------------- columns


def _column(sheet: Sheet, place: int, first: int) -> NDArray[Any]:
    """The cells of a column from a row on."""
    top, below = [row[place] for row in sheet.top[first:]], sheet.below[place]
    if below.dtype == np.float64 and set(map(type, top)) <= {float, type(None)}:
        return np.concatenate([np.array(top, dtype=np.float64), below])
    cells = np.empty(len(top) + len(below), dtype=object)
    cells[: len(top)] = top
    cells[len(top) :] = plain_cells(below)
    return cells


def plain_cells(column: NDArray[Any]) -> list[Any]:
    """Cells as Python objects, empty ones as None."""
    return column.tolist() if column.dtype == object else [None if cell != cell else cell for cell in column.tolist()]


def is_empty(column: NDArray[Any]) -> NDArray[np.bool_]:
    """Which cells of a column are empty."""
    return np.asarray(pd.isna(column), dtype=bool)


def _cleaned(column: NDArray[Any]) -> tuple[NDArray[Any], dict[int, str]]:
    """Cells without blanks at the end of texts; empty texts and texts that are errors are None; and the errors by row."""
    if column.dtype != object:
        return column, {}
    cells = np.empty(len(column), dtype=object)
    cells[:] = [(cell.rstrip(_BLANKS) or None) if cell.__class__ is str else cell for cell in column.tolist()]
    wrong = {cell for cell in set(map(str, cells)) if cell[0] in "#E" and _ERROR.fullmatch(cell)}
    rows = [row for row, cell in enumerate(cells) if cell in wrong] if wrong else []
    found = {row: str(cells[row]) for row in rows}
    cells[rows] = None
    return cells, found


def _settled(column: NDArray[Any]) -> NDArray[Any]:
    """Numbers as int64 where all are whole and none is empty, else as float64; other cells as they are."""
    if column.dtype == object and set(map(type, column)) - {type(None)} != {float}:
        return column
    numbers = column.astype(np.float64)
    whole = len(numbers) and np.isfinite(numbers).all() and not (numbers % 1).any() and np.abs(numbers).max() < _EXACT
    return numbers.astype(np.int64) if whole else numbers


def _check_names(names: dict[int, str], header: Header, where: str) -> None:
    """Refuse columns with cells but without a name, and names that occur twice; all of them at once."""
    nameless = [column_letters(place) for place, name in names.items() if not name.strip()]
    columns: dict[str, list[str]] = {}
    for place, name in names.items():
        columns.setdefault(name, []).append(column_letters(place))
    twice = [f"{name!r} ({', '.join(letters)})" for name, letters in columns.items() if len(letters) > 1 and name.strip()]
    faults = [f"{len(nameless)} columns have cells but no name (column {', '.join(nameless[:8])})"] if nameless else []
    faults += [f"{len(twice)} column names occur twice: {', '.join(twice[:8])}"] if twice else []
    if faults:
        raise DataError(f"{where}: {'; '.join(faults)}; name every column, each differently, in row {header.first}")
