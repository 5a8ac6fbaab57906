"""Where the names of columns stand: in one row or several, below titles, under merged cells.

A first row that names every column, each differently, is the header, whatever stands below it. Only where it does not, or where merged
cells reach below it, further rows are looked at: such a file would be refused otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from typing import Any, TypeAlias

from kepuasan.io.platforms import header_of
from kepuasan.io.raw import Header
from kepuasan.problems import Problem

__all__ = ["found_header", "header_problems", "title"]

#: a header has so many rows at most
_DEPTH = 4
#: rows below a header that show which columns there are
_SHOWN = 12
#: so many columns at least, and so many of them unlike the rows below, make a row of column numbers
_NUMBERED, _UNLIKE = 5, 3
#: fewer columns show too little to tell a second header row from the first data
_WIDE = 4
#: a title and what it says, beside each other
_PAIR = 2

_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"[+-]?\d[\d.,\s\u00a0]*%?|\(\d+\)")
_PLACEHOLDERS = frozenset({"-", "--", "---", "n/a", "na", "nan", "null", "none", ".", "?"})

_Area: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
_Merged: TypeAlias = Sequence[_Area]


def found_header(rows: Sequence[Sequence[Any]], merged: _Merged = ()) -> Header:
    """The header in the first rows of a table (a score of them is enough), and where the data begin.

    Parameters
    ----------
    rows : sequence of rows
        Cells of any type; empty ones are None or "".
    merged : sequence of areas
        First and last cell of merged areas, counted from 0.

    Examples
    --------
    >>> found_header([["Hasil survei", "", ""], ["No", "U1", "U2"], ["1", "3", "4"], ["2", "4", "4"]]).names
    ('No', 'U1', 'U2')
    """
    known = header_of(rows)
    if known is not None:
        return known
    top = _Top.of(rows, merged)
    start, end = _header_rows(top)
    if start < 0:
        return Header(())
    first = end + 1 + _numbers_columns(top, end + 1)
    if start == end:
        return Header(tuple(top.texts[start]), first)
    paths = _paths(top, start, end)
    names = _names(paths)
    return Header(names, first, _labels(names, paths))


def _labels(names: Sequence[str], paths: Sequence[Sequence[str]]) -> dict[str, str]:
    """What stands above the name of one column alone and says more than it does, such as "Persyaratan" above U1; groups of columns are no labels."""
    held = Counter(part for path in paths for part in set(path))
    labels = {}
    for name, path in zip(names, paths, strict=True):
        own = [part for part in path[:-1] if held[part] == 1 and len(part) > len(name)]
        if name and own:
            labels[name] = own[-1]
    return labels


def header_problems(header: Header, file: str, sheet: str = "") -> tuple[Problem, ...]:
    """What to say of a header that is not the first row alone."""
    if header.first == 1 or header.platform or not header.names:
        return ()
    names = ", ".join(repr(name) for name in [name for name in header.names if name][:4])
    return (Problem("KP136", {"row": header.first + 1, "names": names}, file=file, sheet=sheet, rows=tuple(range(1, header.first + 1))),)


def title(cell: Any) -> str:
    """A cell as the name of a column: whole numbers without a decimal point.

    Examples
    --------
    >>> title(2022.0), title(None)
    ('2022', '')
    """
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _names(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The lowest text of each column where it tells it apart, else the whole path."""
    lowest = [path[-1] if path else "" for path in paths]
    counts = Counter(lowest)
    return tuple(_joined(path) if counts[name] > 1 else name for name, path in zip(lowest, paths, strict=True))


def _joined(path: Sequence[str]) -> str:
    return " / ".join(path)


@dataclass(frozen=True)
class _Top:
    """The first rows of a table.

    Attributes
    ----------
    texts : list of list of str
        All rows equally long.
    wordy : list of list of bool
        Cells that are words: neither empty, nor numbers, nor marks of empty cells.
    merged : areas
    """

    texts: list[list[str]]
    wordy: list[list[bool]]
    merged: _Merged

    @classmethod
    def of(cls, rows: Sequence[Sequence[Any]], merged: _Merged) -> _Top:
        width = max((len(row) for row in rows), default=0)
        cells = [[*row, *[None] * (width - len(row))] for row in rows]
        return cls([[title(cell) for cell in row] for row in cells], [[_is_word(cell) for cell in row] for row in cells], merged)

    def filled(self, row: int) -> list[int]:
        """Columns that a row fills."""
        return [place for place, text in enumerate(self.texts[row]) if text.strip()]

    def used(self, row: int) -> list[int]:
        """Columns that a quarter of the rows below a row fill."""
        below = (self.filled(one) for one in range(row + 1, len(self.texts)))
        shown = list(islice(filter(None, below), _SHOWN))
        counts = Counter(chain.from_iterable(shown))
        return sorted(place for place, count in counts.items() if 4 * count >= len(shown))

    def is_wordy(self, row: int) -> bool:
        """Whether all cells of a row are words, years among them."""
        words = [self.wordy[row][place] or _YEAR.fullmatch(self.texts[row][place]) is not None for place in self.filled(row)]
        return all(words) and any(self.wordy[row])

    def over_numbers(self, row: int) -> list[int]:
        """Columns in which a row has a word, and all rows below numbers."""
        return [place for place in self.used(row) if self.wordy[row][place] and not any(one[place] for one in self.wordy[row + 1 :])]

    def areas(self, row: int) -> list[_Area]:
        """Merged areas that begin in a row."""
        return [area for area in self.merged if area[0][0] == row]


# ---------------------------------------------------------------- which rows


def _header_rows(top: _Top) -> tuple[int, int]:
    """First and last row of the header; the first filled row where nothing better is certain; -1 where all rows are empty."""
    filled = [row for row in range(len(top.texts)) if top.filled(row)]
    paired = False
    for row in filled:
        end = _end(top, row, filled[0])
        if end is not None and (not paired or len(top.over_numbers(end)) > 1):
            return row, end
        if _is_title(top, row):
            continue
        if not _is_pair(top, row):
            break
        paired = True
    return (filled[0], filled[0]) if filled else (-1, -1)


def _end(top: _Top, row: int, start: int) -> int | None:
    """The last row of a header that begins in a row; None where none does for certain."""
    plain = _names_all(top, row, row)
    below = _merged_end(top, row)
    lower = range(row + 1, below + 1)
    worded = not plain or all(top.is_wordy(one) or not top.filled(one) for one in lower)
    if lower and worded and not _is_title(top, row) and _names_all(top, row, below):
        return below
    if plain:
        return row if row == start or _is_below_titles(top, row, start) else None
    ends = range(row + 1, min(row + _DEPTH - 1, len(top.texts) - 1))
    whole = [end for end in ends if _names_all(top, row, end)]
    locked = next((end for end in whole if _interlock(top, row, end)), None)
    if locked is not None or _is_title(top, row):
        return locked
    return next((end for end in whole if end == row + 1 and _is_unlike_data(top, row)), None)


def _is_title(top: _Top, row: int) -> bool:
    """Whether a row fills so few of the columns below that it is no header."""
    filled, used, areas = top.filled(row), top.used(row), top.areas(row)
    if not used or any(area[1][0] > row and len(top.filled(min(area[1][0], len(top.texts) - 1))) > 0 for area in areas):
        return False
    if len(filled) == 1 and len(used) > 1:
        return filled[0] <= used[0] or not areas
    reaches = any(left < right and right >= used[-1] for (_, left), (_, right) in areas)
    return 3 * len(filled) <= len(used) and not reaches


def _is_pair(top: _Top, row: int) -> bool:
    """Whether a row may be a title such as ``Unit | Dinas A``, above a table of numbers: two cells at most, of four columns at least."""
    return len(top.filled(row)) <= _PAIR and len(top.used(row)) >= 2 * _PAIR


def _merged_end(top: _Top, row: int) -> int:
    """The last row that merged cells of a header beginning in a row reach, the row below those that are merged across included."""
    end = row
    for (first, left), (last, right) in sorted(top.merged):
        if row <= first <= end:
            end = max(end, last + (right > left))
    return end if end - row < _DEPTH and end < len(top.texts) else row


def _names_all(top: _Top, start: int, end: int) -> bool:
    """Whether header rows give every used column a name of its own."""
    names = _names(_paths(top, start, end)) if end > start else tuple(text.strip() for text in top.texts[start])
    known = [name for name in names if name]
    return bool(known) and len(set(known)) == len(known) and all(names[place] for place in top.used(end))


def _is_below_titles(top: _Top, row: int, start: int) -> bool:
    """Whether a row of words below title lines is the header, and no data below a header that lacks names."""
    if not top.is_wordy(row) or len(top.filled(row)) < 2:
        return False
    apart = not all(top.filled(one) for one in range(start, row))
    joined = any(start <= first < row and right > left for (first, left), (_, right) in top.merged)
    return apart or joined or len(top.used(row)) > 2 or bool(top.over_numbers(row))


def _interlock(top: _Top, start: int, end: int) -> bool:
    """Whether the last row fills just the columns under groups, and is empty under names that stand alone."""
    upper, lower = set(top.filled(start)), set(top.filled(end))
    if not all(set(top.filled(row)) <= lower for row in range(start + 1, end)):
        return False
    if not top.is_wordy(end) and [top.texts[end][place] for place in sorted(lower)] != [str(one + 1) for one in range(len(lower))]:
        return False
    groups = upper & lower
    followed = all(place + 1 in lower - upper for place in groups)
    led = all(any(set(range(group, place + 1)) <= lower for group in groups if group <= place) for place in lower)
    return bool(groups) and followed and led and bool(upper - lower)


def _is_unlike_data(top: _Top, row: int) -> bool:
    """Whether the row below alone names all columns, in words over columns of numbers, and a row holds groups of them."""
    used, numbers = top.used(row + 1), top.over_numbers(row + 1)
    if len(used) < _WIDE or not top.is_wordy(row + 1) or not _names_all(top, row + 1, row + 1):
        return False
    texts = [top.texts[row][place].strip() for place in used]
    for place in range(1, len(texts)):
        texts[place] = texts[place] or texts[place - 1]
    groups = [group for group, _ in groupby(texts)]
    return len(groups) == len(set(groups)) < len(texts) and len(numbers) > 1 and 3 * len(numbers) >= len(used)


# ---------------------------------------------------------------- what they say


def _paths(top: _Top, start: int, end: int) -> list[tuple[str, ...]]:
    """The texts over each column in header rows, from the upper to the lower; those of merged cells and groups for all their columns."""
    texts = [[" ".join(text.split()) for text in row] for row in top.texts[start : end + 1]]
    for (first, left), (last, right) in top.merged:
        if start <= first <= end:
            for row in range(first, min(last, end) + 1):
                texts[row - start][left : right + 1] = [texts[first - start][left]] * (min(right + 1, len(texts[0])) - left)
    if not top.merged:
        _spread(texts)
    return [tuple(dict.fromkeys(text for text in column if text)) for column in zip(*texts, strict=True)]


def _spread(texts: list[list[str]]) -> None:
    """Let texts of groups stand over the columns right of them that only lower rows name."""
    for number, row in enumerate(texts[:-1]):
        lower = [any(column) for column in zip(*texts[number + 1 :], strict=True)]
        for place in range(1, len(row)):
            if not row[place] and lower[place] and lower[place - 1]:
                row[place] = row[place - 1]


def _numbers_columns(top: _Top, row: int) -> bool:
    """Whether a row is the numbers 1, 2, 3 ... of the columns, and not like the rows below it."""
    filled = top.filled(row) if row < len(top.texts) else []
    cells = [top.texts[row][place].strip() for place in filled]
    if len(filled) < len(top.used(row)) - 1:
        return False
    numbers = range(1, len(cells) + 1)
    if len(cells) > 1 and cells == [f"({number})" for number in numbers]:
        return True
    counted = len(cells) >= _NUMBERED and cells == [str(number) for number in numbers]
    return counted and sum(_unlike_below(top, place, row) for place in filled) >= _UNLIKE


def _unlike_below(top: _Top, place: int, row: int) -> bool:
    """Whether the cells below one are words, or all smaller numbers; three at least."""
    below = [one for one in range(row + 1, len(top.texts)) if top.texts[one][place].strip()]
    words = [top.wordy[one][place] for one in below]
    return len(below) > 2 and (all(words) or all(_value(top.texts[one][place]) < _value(top.texts[row][place]) for one in below))


def _is_word(cell: Any) -> bool:
    text = cell.strip() if isinstance(cell, str) else ""
    return bool(text) and text.casefold() not in _PLACEHOLDERS and _NUMBER.fullmatch(text) is None


def _value(text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return float("inf")
