"""Rows at the end of a table that are no respondents: totals, means, the index, remarks, signatures.

What a row begins with, its label, may tell it; so may words in a column of numbers, such as the respondents' numbers. Its numbers must not
look like answers: they are sums or means, or lie outside those of all other rows. A respondent whose name is Total is none of these rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.io.table.totals_rows import LONGEST, SURE, Above, Body, Row, Rows, columns_above, heads_remarks, is_plain, labelled_rows
from kepuasan.problems import Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LAST", "Above", "Totals", "columns_above", "suspected", "totals_at_end", "totals_problem", "totals_within"]

#: so many rows at the end of a table are looked at
LAST = 40
#: fewer rows show no groups
_FEW = 6
#: a single number that is none is so many times all others at least
_FAR = 5


@dataclass(frozen=True)
class Totals:
    """Rows that are no respondents.

    Attributes
    ----------
    first : int
        The position, among the last rows given, from which on all rows are left out.
    positions : tuple of int
        Those of them that are not empty.
    labels : tuple of str
        Their first filled cells.
    """

    first: int
    positions: tuple[int, ...]
    labels: tuple[str, ...]


def suspected(last: Sequence[Sequence[Any]]) -> bool:
    """Whether the last rows of a table (`LAST` of them, empty rows kept) may end in rows that are no respondents; cheap, nearly always False.

    Examples
    --------
    >>> suspected([["1", "3"], ["2", "4"], ["Jumlah", "7"]]), suspected([["1", "3"], ["2", "4"]])
    (True, False)
    """
    rows = Rows.of(last)
    filled = np.flatnonzero(rows.first >= 0)
    return bool(rows.labelled.any()) or (len(filled) > 1 and rows.is_odd(filled[-1], filled[: max(len(filled) // 3, 1)]))


def totals_at_end(last: Sequence[Sequence[Any]], above: Sequence[Above]) -> Totals | None:
    """The rows at the end that are no respondents, or None.

    Parameters
    ----------
    last : sequence of rows
        The last rows of the table, `LAST` at most, without its header; cells of any type, empty rows kept.
    above : sequence of Above
        One a column, for the rows between the header and `last`; those of `last` itself are added here.

    Examples
    --------
    >>> totals_at_end([["1", "3"], ["2", "4"], ["", ""], ["Rata-rata", "3,5"], ["Sumber: survei", ""]], [Above(), Above()])
    Totals(first=3, positions=(3, 4), labels=('Rata-rata', 'Sumber: survei'))
    """
    rows = Rows.of(last, len(above))
    filled = np.flatnonzero(rows.first >= 0)
    for start in filled.tolist():
        body = Body.of(rows, start, above)
        if _is_none(Row(rows, start, body)) and not any(_is_ordinary(Row(rows, row, body)) for row in filled[filled > start].tolist()):
            kept = tuple(filled[filled >= start].tolist())
            return Totals(start, kept, tuple(rows.labels[row] for row in kept))
    return None


def totals_within(frame: pd.DataFrame) -> tuple[int, ...]:
    """Positions of rows with a label of totals whose numbers are no answers: those that stand below groups of rows.

    Examples
    --------
    >>> import pandas as pd
    >>> totals_within(pd.DataFrame({"unit": ["A", None, None, "Jumlah A", "B", None], "u1": [3, 4, 4, 11, 4, 3], "u2": [3, 3, 3, 9, 4, 4]}))
    (3,)
    """
    found = np.flatnonzero(labelled_rows(frame))
    if not len(found) or 3 * len(found) > len(frame) or len(frame) < _FEW:
        return ()
    above = columns_above(frame)
    rows = Rows.of([list(row) for row in frame.iloc[found].itertuples(index=False)], len(above))
    body = Body.of(rows, 0, above)
    return tuple(int(position) for row, position in enumerate(found) if _sums_up(Row(rows, row, body)))


def totals_problem(totals: Totals, rows: Sequence[int], file: str, sheet: str = "") -> Problem:
    """What to say of rows left out, which are these rows of the file."""
    labels = ", ".join(repr(label if len(label) <= LONGEST else f"{label[:LONGEST]}...") for label in totals.labels[:8])
    more = f" (+{len(totals.labels) - 8})" if len(totals.labels) > 8 else ""
    return Problem("KP132", {"count": len(rows), "labels": labels + more}, file=file, sheet=sheet, rows=tuple(rows), count=len(rows))


# ---------------------------------------------------------------- what tells


def _is_none(row: Row) -> bool:
    """Whether a row is no respondent's: by its label, by what else it holds, or by where it stands."""
    if row.body.rows == 0 or row.chosen or row.counted:
        return False
    plain = is_plain(row.label) or heads_remarks(row.label)
    apart = row.row > 0 and bool(row.rows.first[row.row - 1] < 0) and len(row.body.filled) > 1
    if plain and row.strange:
        return True
    if row.full:
        return _sums_up(row)
    if not row.label:
        begun = row.strange and row.place <= row.body.lead
        return not row.given.any() and (apart or begun) and (row.sparse or (apart and begun))
    wrong = bool((row.words & row.body.answers).any())
    bare = not row.given.any() and row.body.usual >= SURE > row.filled.sum()
    return not row.worded and (wrong or (apart and row.sparse) or (plain and (apart or row.sparse or bool(bare))))


def _sums_up(row: Row) -> bool:
    """Whether the numbers of a row are no answers: sums or means of the columns, or unlike all others."""
    count, alike = int(row.given.sum()), int(row.like.sum())
    if count == 0 or heads_remarks(row.label) or row.chosen or row.worded or row.counted:
        return False
    if row.label and (row.strange or is_plain(row.label)):
        far = count > 1 or bool((row.rows.numbers[row.row, row.given, 0] > _FAR * row.body.high[row.given]).all())
        return (2 * alike < count and far) or 2 * row.hits() >= count
    bare = row.place > row.body.lead and not row.words.any()
    if row.body.rows < SURE or count < 2 or not (row.label or bare or row.strange):
        return False
    if count < SURE and not row.label:
        return alike == 0 and row.hits() == count
    return 3 * alike <= (count if row.label else 0) or 10 * row.hits() >= 9 * count


def _is_ordinary(row: Row) -> bool:
    """Whether a row looks like a respondent's: begun like others, numbers where others have theirs, and like theirs."""
    if row.counted:
        return True
    if row.body.rows == 0 or row.place > row.body.lead or row.strange:
        return False
    if row.label and not row.worded and (not row.full or 2 * row.hits() >= row.given.sum()):
        return False
    if not row.body.answers.any():
        return bool(2 * row.filled.sum() > row.body.usual)
    return row.full and bool(3 * row.like.sum() > row.given.sum())
