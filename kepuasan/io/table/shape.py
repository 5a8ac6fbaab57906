"""Signs that a sheet is more than one table with a row for each respondent: headers printed again, totals of groups, groups named once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from kepuasan.codebook.personal import personal_kind
from kepuasan.io.table.totals import totals_within
from kepuasan.io.table.totals_rows import Body, Row, Rows, columns_above, labelled_rows
from kepuasan.problems import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["about_rows", "printed_again"]

RowsOf: TypeAlias = Callable[[Any], tuple[int, ...]]

#: the first columns, which may name groups
_LEADING = 2
#: rows and groups that show it
_ENOUGH, _GROUPS = 6, 2
#: rows that show what columns hold
_SHOWN = 200
#: how much of the other columns is filled there
_MOSTLY = 0.8
_NUMBERED = re.compile(r"\(?\d+\)?")
_PIVOTS = frozenset({"row labels", "label baris", "column labels", "label kolom"})


def printed_again(header: Sequence[Sequence[Any]], columns: Mapping[int, NDArray[Any]]) -> NDArray[np.intp]:
    """Rows of data that repeat a row of the header or a title above it, as sheets do that were made page by page.

    Parameters
    ----------
    header : sequence of rows
        Those above the data; empty cells are None.
    columns : mapping of place in those rows to cells
        Empty cells are None or NaN.

    Examples
    --------
    >>> printed_again([["No", "U1"]], {0: np.array([1, "No", 2], dtype=object), 1: np.array([3, "U1", 4], dtype=object)}).tolist()
    [1]
    """
    found = np.zeros(len(next(iter(columns.values()), ())), dtype=bool)
    if len(columns) < 2:
        return np.flatnonzero(found)
    worded = [row for row in header if any(isinstance(cell, str) and not _NUMBERED.fullmatch(cell.strip()) for cell in row)]
    for row in worded:
        found |= _alike(row, columns)
    for row in (row for row in header if row not in worded and any(cell is not None for cell in row)):
        found[1:] |= _alike(row, columns)[1:] & found[:-1]
    return np.flatnonzero(found)


def _alike(row: Sequence[Any], columns: Mapping[int, NDArray[Any]]) -> NDArray[np.bool_]:
    """Rows with just these cells."""
    alike = np.ones(len(next(iter(columns.values()))), dtype=bool)
    for place, column in columns.items():
        wanted = row[place].strip() if isinstance(row[place], str) else row[place]
        if isinstance(wanted, str) and column.dtype != object:
            return np.zeros(len(alike), dtype=bool)
        alike &= pd.isna(column) if wanted is None else np.asarray(column == wanted, dtype=bool)
        if not alike.any():
            break
    return alike


def about_rows(frame: pd.DataFrame, rows_of: RowsOf, merged: Sequence[str] = ()) -> list[Problem]:
    """What to say of rows of a sheet that are read as respondents though they look like none, or like parts of groups.

    Parameters
    ----------
    frame : DataFrame
        Without empty rows.
    rows_of : callable
        Positions -> rows of the file.
    merged : sequence of str
        Columns with merged cells, of which that is said elsewhere.
    """
    return [*_first_row(frame, rows_of), *_of_groups(frame, rows_of), *_named_once(frame, rows_of, merged), *_pivot(frame)]


def _first_row(frame: pd.DataFrame, rows_of: RowsOf) -> list[Problem]:
    """That the first row holds names, units or weights of the columns: words where all other rows have numbers."""
    if len(frame) < _ENOUGH or not any(isinstance(cell, str) for cell in frame.iloc[0]):
        return []
    above, cells = columns_above(frame.iloc[1:_SHOWN]), list(frame.iloc[0])
    rows = Rows.of([cells], len(above))
    if not _is_heading(Row(rows, 0, Body.of(rows, 0, above))):
        return []
    named = zip(frame.columns[:4], cells, strict=False)
    shown = ", ".join("***" if personal_kind(name, frame[name].iloc[1:]) else repr(cell) for name, cell in named)
    return [Problem("KP145", {"cells": shown}, rows=rows_of([0]))]


def _is_heading(row: Row) -> bool:
    """Whether a row has words where others have numbers, or begins with one and has numbers unlike theirs."""
    words = int((row.words & row.body.answers).sum())
    unlike = row.strange and row.given.sum() > 1 and not row.like.any()
    return bool(unlike) or (words > 1 and 2 * words >= int(row.body.answers.sum()))


def _of_groups(frame: pd.DataFrame, rows_of: RowsOf) -> list[Problem]:
    """Totals among the rows."""
    found = totals_within(frame)
    if not found:
        return []
    first = frame.iloc[list(found)].bfill(axis=1).iloc[:, 0]
    labels = ", ".join(repr(str(label)) for label in first.unique()[:4])
    return [Problem("KP140", {"count": len(found), "labels": labels}, rows=rows_of(found), count=len(found))]


def _named_once(frame: pd.DataFrame, rows_of: RowsOf, merged: Sequence[str]) -> list[Problem]:
    """Leading columns with a text in the first row of each group alone."""
    leading = [name for name in frame.columns[:_LEADING] if name not in merged and frame[name].dtype.kind not in "iufbmM"]
    leading = [name for name in leading if 0 < 2 * frame[name].notna().sum() <= len(frame)]
    if len(frame) < _ENOUGH or frame.shape[1] < _LEADING + 1 or not leading:
        return []
    kept, problems = np.flatnonzero(~labelled_rows(frame)), []
    for name in leading:
        filled = frame[name].notna().to_numpy(dtype=bool)[kept]
        texts = frame[name].iloc[kept[filled]]
        apart = filled[:1].any() and not (filled[1:] & filled[:-1]).any()
        if apart and _GROUPS <= len(texts) == texts.nunique() and frame.iloc[kept].drop(columns=name).notna().to_numpy().mean() > _MOSTLY:
            empty = kept[~filled]
            problems.append(Problem("KP141", {"count": len(empty), "groups": len(texts)}, column=str(name), rows=rows_of(empty), count=len(empty)))
    return problems


def _pivot(frame: pd.DataFrame) -> list[Problem]:
    """That the sheet is a pivot table."""
    heads = [str(name) for name in frame.columns if str(name).strip().casefold() in _PIVOTS]
    return [Problem("KP143", {"name": heads[0]}, column=heads[0])] if heads else []
