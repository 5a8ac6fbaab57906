"""The layout of delimited text: its separator, its first records, its header and where the data begin."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kepuasan.errors import DataError, some
from kepuasan.io.raw import Header
from kepuasan.io.table.headers import found_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kepuasan.io.text.encoding import TextFile

__all__ = ["Layout", "check_titles", "column_letters", "laid_out"]

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
#: records looked at to find the separator, and the header
_SAMPLE, _SCORE = 200, 20
#: columns a spreadsheet has at most
_WIDEST = 16_384
_TOLD = re.compile(rb'"?sep=([^\r\n"]?)"?[;,\t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """How a text is laid out.

    Attributes
    ----------
    separator : str
    header : Header
        With a name for every column; empty where it has none.
    width : int
        Columns of the data.
    start : int
        Bytes before the record in which the data begin.
    before : int
        Rows before that record.
    sample : sequence of rows
        Records of the data.
    """

    separator: str
    header: Header
    width: int
    start: int
    before: int
    sample: Sequence[Sequence[str]]

    @property
    def separator_word(self) -> str:
        """The separator, for people."""
        return SEPARATORS.get(self.separator, repr(self.separator))


def laid_out(file: TextFile) -> Layout:
    """The layout of a text, by its first records.

    Raises
    ------
    DataError
        Records that cannot be told apart, or none.
    """
    head = file.head()
    told = _TOLD.match(head)
    above = told.end() if told else 0
    lines = head[above:].splitlines(keepends=True)
    separator = told[1].decode() if told and told[1] else _separator(lines, tabs_first=file.path.suffix.lower() == ".tsv")
    found: list[tuple[list[str], int]] = []
    try:
        found += islice(_records(lines, separator), _SAMPLE)
    except csv.Error as error:
        raise DataError(f"{file.path.name}, row {len(found) + 1}: {error}; a quote opened there is probably not closed") from error
    leading = next((place for place, (record, _) in enumerate(found) if any(record)), None)
    if leading is None:
        raise DataError(f"{file.path.name} is empty: none of its first {_SAMPLE} rows has a filled cell; give a file with a header and rows")
    records = [record for record, _ in found]
    header, width = _header(records[leading:])
    if width > _WIDEST:
        raise DataError(f"{file.path.name} has {width} columns; {_WIDEST} can be read: leave out those that are not needed")
    first = leading + header.first
    start = found[first - 1][1] if first <= len(found) else sum(map(len, lines))
    return Layout(separator, header, width, above + start, first, records[first:])


def _records(lines: Sequence[bytes], separator: str) -> Iterator[tuple[list[str], int]]:
    """Records and how many bytes end with them."""
    reader = csv.reader((line.decode("utf-8", "replace") for line in lines), delimiter=separator)
    line, end = 0, 0
    for record in reader:
        end += sum(map(len, lines[line : reader.line_num]))
        line = reader.line_num
        yield record, end


def _separator(lines: Sequence[bytes], *, tabs_first: bool) -> str:
    """The separator under which most records have as many fields as the header; among equals the one with most fields."""
    order = sorted(SEPARATORS, key=lambda separator: separator != "\t") if tabs_first else list(SEPARATORS)
    return max(order, key=lambda separator: _agreement(lines, separator))


def _agreement(lines: Sequence[bytes], separator: str) -> tuple[bool, bool, float, int]:
    try:
        widths = [len(record) for record, _ in islice(_records(lines, separator), _SAMPLE) if any(record)]
    except csv.Error:
        return (False, False, 0.0, 0)
    if not widths:
        return (False, False, 0.0, 0)
    usual, times = Counter(widths).most_common(1)[0]
    if widths[0] > 1:
        return (True, True, sum(width == widths[0] for width in widths) / len(widths), widths[0])
    return (usual > 1, False, times / len(widths), usual)


def _header(records: Sequence[list[str]]) -> tuple[Header, int]:
    """The header and how many columns there are; an empty last field behind every row is a column without a name."""
    filled = [record for record in records if any(record)]
    usual = Counter(map(len, filled)).most_common(1)[0][0] if filled else 1
    width = len(records[0])
    titled = width < usual and len(filled) > 2
    padded = [record + [""] * (max(usual if titled else width, width) - len(record)) for record in records[:_SCORE]]
    header = found_header(padded)
    if header.first > 1:
        width = max(len(header.names), usual)
    elif titled and width == usual - 1 and all(len(record) == usual and not record[-1].strip() for record in filled[1:]):
        width = usual
    elif titled:
        header = found_header(records[:_SCORE])
    names = (*header.names, *[""] * (width - len(header.names)))[:width]
    return Header(names, header.first, header.labels, header.platform), width


def column_letters(place: int) -> str:
    """The letters of a column as a spreadsheet shows them, counted from 1.

    Examples
    --------
    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def check_titles(names: Mapping[int, str], path: Path) -> None:
    """Refuse columns, by position, without a name and names that occur twice, all of them at once.

    Raises
    ------
    DataError
        With the columns, by number and letter.
    """
    places: dict[str, list[int]] = {}
    for place, name in names.items():
        places.setdefault(name if name.strip() else "", []).append(place + 1)
    nameless = places.pop("", [])
    faults = []
    if nameless:
        faults.append(f"{len(nameless)} columns have no name (column {_listed(nameless)}); name every column in the first row")
    twice = {name: found for name, found in places.items() if len(found) > 1}
    if twice:
        shown = "; ".join(f"{name!r} (column {_listed(found)})" for name, found in list(twice.items())[:5])
        more = f" and {len(twice) - 5} more" if len(twice) > 5 else ""
        faults.append(f"{len(twice)} column names occur twice: {shown}{more}; rename or delete all but one of each")
    if faults:
        raise DataError(f"{path.name}: {'; '.join(faults)}")


def _listed(places: Sequence[int]) -> str:
    return some([_Place(place) for place in places])


class _Place(int):
    """A column's number, shown with its letters."""

    def __repr__(self) -> str:
        return f"{int(self)} ({column_letters(int(self))})"
