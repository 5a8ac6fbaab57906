"""What a reader hands over, and how columns get their type and a first codebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from kepuasan.codebook import Codebook, Item
from kepuasan.errors import CodebookError, DataError, nearest, some
from kepuasan.io.cells import converted, guessed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Raw", "check_names", "settled"]


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
    """

    frame: pd.DataFrame
    taken_for: str
    items: Mapping[str, Item] = field(default_factory=dict)


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


def settled(raw: Raw, path: Path, given: Codebook | None = None) -> tuple[pd.DataFrame, Codebook]:
    """The frame with its types settled, and the codebook for it.

    Parameters
    ----------
    raw : Raw
    path : Path
        For messages.
    given : Codebook, optional
        Its types are held against the cells; columns it does not list get a drafted item after its own.

    Raises
    ------
    CodebookError
        Items of the given codebook that are no column of the file; all of them are named.
    DataError
        Cells that do not fit the type their item declares.
    """
    if given is not None:
        _check_items(given, raw, path)
    columns: dict[str, pd.Series[Any]] = {}
    drafted: list[Item] = []
    for name in raw.frame.columns:
        item = given.items.get(name) if given is not None else None
        columns[name], draft = _settled_column(raw.frame[name], raw.items.get(name), item, path)
        drafted.append(draft)
    frame = pd.DataFrame(columns, index=raw.frame.index, columns=raw.frame.columns)
    if given is not None:
        return frame, given.with_items(drafted)
    return frame, Codebook({item.name: item for item in drafted}, source=raw.taken_for)


def _settled_column(column: pd.Series[Any], known: Item | None, declared: Item | None, path: Path) -> tuple[pd.Series[Any], Item]:
    """A column of the type declared, else of the type the file states, else of the type its cells suggest; and its item."""
    name = str(column.name)
    if declared is not None:
        if known is None or known.type != declared.type:
            column = converted(column, declared.type, f"{path.name}: item {name!r}")
        return column, declared
    if known is not None:
        return column, known
    column, kind = guessed(column, f"{path.name}: column {name!r}")
    return column, Item(name, type=kind)


def _check_items(given: Codebook, raw: Raw, path: Path) -> None:
    absent = [name for name in given.items if name not in raw.frame.columns]
    if absent:
        lines = "".join(f"\n  {name!r}{nearest(name, raw.frame.columns)}" for name in absent)
        raise CodebookError(f"{path.name}: {len(absent)} items of the codebook are no column of the file; correct or remove them:{lines}")
