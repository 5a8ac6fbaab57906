"""What passes between a reader, the codebook and the survey."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.codebook import Codebook, Item
from kepuasan.errors import DataError, some
from kepuasan.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from kepuasan.codebook.parts import Multiple

__all__ = ["Header", "Raw", "Reading", "check_names", "file_rows"]


@dataclass(frozen=True)
class Header:
    """The header of a table.

    Attributes
    ----------
    names : tuple of str
        One a column.
    first : int
        Index, from 0, of the row in which the data begin.
    labels : mapping of name to text
        Question or group of a column, where header rows state more than its name.
    platform : str
        The survey platform whose header this is; empty where it is none's.
    """

    names: tuple[str, ...]
    first: int = 1
    labels: Mapping[str, str] = field(default_factory=dict)
    platform: str = ""


@dataclass(frozen=True)
class Raw:
    """A file as its reader leaves it.

    Attributes
    ----------
    frame : DataFrame
        The columns, by name, in the file's order.
    taken_for : str
        What the file was read as, for people.
    items : mapping of name to Item
        What the file itself says of its columns. Columns that are not among them get a type from their cells.
    labels : mapping of name to text
        The question of a column, where header rows state it.
    multiples : mapping of name to Multiple
        Questions with several answers that the file itself declares.
    platform : str
        The survey platform whose export this is, such as "Qualtrics"; empty where none was recognised.
    file, sheet : str
        For messages.
    first_row : int
        The row of the file, counted from 1, in which the first row of `frame` stands.
    skipped : tuple of int
        Rows of the file below that which are no rows of `frame` (blank lines, rows left out).
    problems : tuple of Problem
        What was found and done while reading.
    texts : callable, optional
        Columns by name -> the same columns as they are written, as text; None where cells are as they were written.
    """

    frame: pd.DataFrame
    taken_for: str
    items: Mapping[str, Item] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    multiples: Mapping[str, Multiple] = field(default_factory=dict)
    platform: str = ""
    file: str = ""
    sheet: str = ""
    first_row: int = 1
    skipped: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    texts: Callable[[Sequence[str]], pd.DataFrame] | None = None

    def rows_of(self, positions: Any) -> tuple[int, ...]:
        """The rows of the file in which rows of the frame, by position, stand."""
        return file_rows(positions, self.first_row, self.skipped)


def file_rows(positions: Any, first_row: int, skipped: Sequence[int]) -> tuple[int, ...]:
    """Rows of a file from positions of its data rows, past rows that are skipped.

    Examples
    --------
    >>> file_rows([0, 1, 2], 2, (3,))
    (2, 4, 5)
    """
    rows: NDArray[np.int64] = np.asarray(positions, dtype=np.int64) + first_row
    gaps = np.sort(np.asarray(skipped, dtype=np.int64))
    rows = rows + np.searchsorted(gaps - np.arange(len(gaps)), rows, side="right")
    return tuple(int(row) for row in rows)


def check_names(names: list[str], path: Path) -> None:
    """Refuse columns without a name and names that occur twice.

    Raises
    ------
    DataError
        With the file, and the names or places.
    """
    nameless = [place for place, name in enumerate(names, start=1) if not name.strip()]
    if nameless:
        raise DataError(f"{path.name}: {len(nameless)} columns have no name (column {some(nameless)}); name every column in the first row")
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1] if len(set(names)) < len(names) else []
    if twice:
        raise DataError(f"{path.name}: {len(twice)} column names occur twice: {some(twice)}; rename or delete all but one of each")


@dataclass(frozen=True)
class Reading:
    """A file read whole: columns in their types, the codebook for them, and what was found on the way.

    Attributes
    ----------
    frame : DataFrame
    codebook : Codebook
        Its ``source`` says what the file was taken for.
    raw : Raw
        Without its cells.
    problems : tuple of Problem
        All of them, those of `raw` first.
    """

    frame: pd.DataFrame
    codebook: Codebook
    raw: Raw
    problems: tuple[Problem, ...] = ()
