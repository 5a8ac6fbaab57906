"""Records of delimited text found on its bytes: where rows end, how many fields they have, and which are blank."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from kepuasan.errors import DataError, some

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Block", "Rows", "last_records", "records"]

_LF, _CR, _QUOTE, _ZERO = b'\n\r"0'
_SIGNS = b"+- "
#: stands behind the last line, where it is a record of its own unless a quote is open
_LAST = "\ue000"
#: rows with a wrong number of fields that are kept for the message
_KEPT = 100
#: rows of a single field that are looked at, whether they are blank
_LONE = 10_000
#: blanks, and the mark of old systems for the end of a file
_NOTHING = b" \t\r\x1a"
_LEADING = re.compile(r"\s*[+-]?0[0-9]")


@dataclass(frozen=True)
class Block:
    """Whole records.

    Attributes
    ----------
    data : bytes
        Blank records left out.
    rows : int
        How many records that are.
    zeros : set of int
        Columns in which a number may have a leading zero.
    """

    data: bytes
    rows: int
    zeros: frozenset[int] = frozenset()


@dataclass
class Rows:
    """The rows of a file as they are found.

    Attributes
    ----------
    name : str
        Of the file, for messages.
    separator : bytes
    width : int
        Fields a row must have.
    before : int
        Rows of the file above the first record.
    seen : int
        Records so far, blank ones too.
    skipped : list of int
        Positions of blank lines.
    empty : list of int
        Positions of records that have no more than separators.
    ragged : list of (int, int)
        Positions and numbers of fields of the first rows with another number of fields.
    wrong : int
        How many of those there are.
    open_at : int or None
        The position of the record in which a quote is opened and never closed.
    broken : bool
        Whether a ragged row has a cell with line breaks, as an unclosed quote leaves it.
    """

    name: str
    separator: bytes
    width: int
    before: int = 0
    seen: int = 0
    skipped: list[int] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    ragged: list[tuple[int, int]] = field(default_factory=list)
    wrong: int = 0
    open_at: int | None = None
    broken: bool = False

    def add_empty(self, empty: NDArray[np.bool_]) -> None:
        """Keep the positions of empty records of a block."""
        if empty.any():
            self.empty += (np.flatnonzero(empty) + self.seen).tolist()

    def add_ragged(self, positions: NDArray[np.int64], widths: NDArray[np.int64]) -> None:
        """Keep rows that have another number of fields."""
        self.wrong += len(positions)
        room = _KEPT - len(self.ragged)
        self.ragged += [(self.seen + int(place), int(width)) for place, width in zip(positions[:room], widths[:room], strict=True)]

    def refuse(self, separator: str) -> None:
        """Refuse a file with a quote that is not closed, or rows with another number of fields than the header.

        Raises
        ------
        DataError
            With the rows of the file.
        """
        if self.open_at is not None:
            raise DataError(f"{self.name}: a quote opened in row {self.before + self.open_at + 1} is never closed; close it, or delete it")
        if not self.wrong:
            return
        hint = "; or a quote is opened there and not closed" if self.broken else ""
        rows = some([self.before + place + 1 for place, _ in self.ragged] + [0] * (self.wrong - len(self.ragged)))
        raise DataError(
            f"{self.name}: the header has {self.width} fields, but {self.wrong} rows have another number, the first {self.ragged[0][1]} "
            f"(rows {rows}); quote fields that contain {separator}, or complete the rows{hint}"
        )


def records(blocks: Iterable[bytes], rows: Rows) -> Iterator[Block]:
    """Blocks of whole records, the next one sought while one is used; what is wrong with rows is kept in `rows`."""
    found = _records(blocks, rows)
    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(next, found, None)
        while (block := following.result()) is not None:
            following = pool.submit(next, found, None)
            yield block


def _records(blocks: Iterable[bytes], rows: Rows) -> Iterator[Block]:
    """Blocks of whole records, the last line with those before it. Line ends behind the last record are none."""
    rest, held, wanted = b"", b"", 0
    for block, following in pairwise(chain(blocks, [None])):
        text = held + (block or b"")
        kept = text.rstrip(b"\r\n")
        held = text[len(kept) :]
        rest += kept
        if following is not None and len(rest) >= wanted:
            made, rest, wanted = _taken(rest, rows)
            if made is not None:
                yield made
    if rest:
        made, rest, _ = _taken(rest + b"\n", rows)
        if made is not None:
            yield made
        if rest:
            rows.open_at = rows.seen


def _taken(data: bytes, rows: Rows) -> tuple[Block | None, bytes, int]:
    """The whole records at the beginning of the data, what is left over, and how long that must grow before it is looked at again."""
    bytes_ = np.frombuffer(data, dtype=np.uint8)
    inside = None
    if b'"' in data:
        inside = np.bitwise_xor.accumulate((bytes_ == _QUOTE).view(np.uint8)).view(bool)
    ends = _line_ends(bytes_, data)
    if inside is not None:
        ends &= ~inside
    last = len(ends) - int(np.argmax(ends[::-1])) if ends.any() else 0
    if inside is not None and not _regular(bytes_, inside, rows.separator[0], last):
        return _taken_slowly(data, rows)
    if not last:
        return None, data, 2 * len(data)
    made = _block(data[:last], bytes_[:last], ends[:last], None if inside is None else inside[:last], rows)
    return made, data[last:], 0


def _line_ends(bytes_: NDArray[np.uint8], data: bytes) -> NDArray[np.bool_]:
    """Where line feeds are, and carriage returns without one; a carriage return at the very end may still get one."""
    ends: NDArray[np.bool_] = bytes_ == _LF
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        lone = bytes_ == _CR
        lone[:-1] &= ~ends[1:]
        lone[-1] = False
        ends |= lone
    return ends


def _regular(bytes_: NDArray[np.uint8], inside: NDArray[np.bool_], separator: int, last: int) -> bool:
    """Whether quotes open where fields begin, close where they end, and are doubled elsewhere."""
    places = np.flatnonzero(bytes_[: last + 1] == _QUOTE) if last else np.flatnonzero(bytes_ == _QUOTE)
    opening = places[inside[places]]
    closing = places[~inside[places]]
    edges = np.array([separator, _LF, _CR, _QUOTE], dtype=np.uint8)
    before = bytes_[opening[opening > 0] - 1]
    after = bytes_[closing[closing + 1 < len(bytes_)] + 1]
    return bool(np.isin(before, edges).all() and np.isin(after, edges).all())


def _block(data: bytes, bytes_: NDArray[np.uint8], ends: NDArray[np.bool_], inside: NDArray[np.bool_] | None, rows: Rows) -> Block | None:
    """The records of data that ends with one, held against the width."""
    marks = bytes_ == rows.separator[0]
    if inside is not None:
        marks &= ~inside
    marks |= ends
    places = np.flatnonzero(marks)
    count, left = divmod(len(places), rows.width)
    stops = places[rows.width - 1 :: rows.width]
    if not left and bool(ends[stops].all()) and int(np.count_nonzero(ends)) == count:
        rows.add_empty(_empty(bytes_, stops, rows, quoted=inside is not None))
        return _kept(data, stops + 1, np.zeros(count, dtype=bool), _zero_columns(bytes_, places, rows), rows)
    ending = np.flatnonzero(ends[places])
    stops, widths = places[ending], np.diff(ending, prepend=-1)
    lengths = _lengths(bytes_, stops)
    blank = lengths == 0
    rows.add_empty(_empty(bytes_, stops, rows, quoted=inside is not None) & (widths == rows.width))
    lone = np.flatnonzero((widths == 1) & ~blank)
    blank[lone] = [not data[stops[place] - lengths[place] : stops[place]].strip(_NOTHING) for place in lone[:_LONE]] + [False] * len(lone[_LONE:])
    bad = (widths != rows.width) & ~blank
    rows.add_ragged(np.flatnonzero(bad), widths[bad])
    cleaned = _kept(data, stops + 1, blank, frozenset(), rows)
    if bad.any() or cleaned is None:
        return cleaned
    return _again(cleaned, rows)


def _again(cleaned: Block, rows: Rows) -> Block:
    """A block that lost its blank records, with the columns of zeros."""
    other = Rows(rows.name, rows.separator, rows.width)
    whole, _, _ = _taken(cleaned.data[:-1] + b"\n", other)
    return cleaned if whole is None else whole


def _empty(bytes_: NDArray[np.uint8], stops: NDArray[np.int64], rows: Rows, *, quoted: bool) -> NDArray[np.bool_]:
    """Which records have no more than separators, and quotes with nothing in them; a single field is never one."""
    if rows.width == 1:
        return np.zeros(len(stops), dtype=bool)
    if not quoted:
        return np.equal(_lengths(bytes_, stops), rows.width - 1)
    marks = np.array([rows.separator[0], _QUOTE, _LF, _CR], dtype=np.uint8)
    starts = np.concatenate([[0], stops[:-1] + 1])
    return np.equal(np.add.reduceat(~np.isin(bytes_, marks), starts), 0)


def _lengths(bytes_: NDArray[np.uint8], stops: NDArray[np.int64]) -> NDArray[np.int64]:
    """Bytes of records, without the line ends at `stops`."""
    lengths: NDArray[np.int64] = np.diff(stops, prepend=-1) - 1
    lengths -= (bytes_[stops - 1] == _CR) & (lengths > 0) & (bytes_[stops] == _LF)
    return lengths


def _kept(data: bytes, after: NDArray[np.int64], blank: NDArray[np.bool_], zeros: frozenset[int], rows: Rows) -> Block | None:
    """A block without its blank records."""
    if blank.any():
        rows.skipped += (np.flatnonzero(blank) + rows.seen).tolist()
        data = np.frombuffer(data, dtype=np.uint8)[np.repeat(~blank, np.diff(after, prepend=0))].tobytes()
    rows.seen += len(after)
    left = len(after) - int(np.count_nonzero(blank))
    return Block(data, left, zeros) if left else None


def _zeros(bytes_: NDArray[np.uint8], separator: int) -> NDArray[np.int64]:
    """Where a field begins, past a quote, sign or blank, with a zero and another digit."""
    zeros = np.flatnonzero((bytes_[:-1] == _ZERO) & (bytes_[1:] - np.uint8(_ZERO) < 10))
    edges = np.array([separator, _LF, _CR, _QUOTE], dtype=np.uint8)
    before = bytes_[zeros - 1]
    begins = np.isin(before, edges) | (zeros == 0)
    signed = np.isin(before, np.frombuffer(_SIGNS, dtype=np.uint8)) & ~begins
    begins[signed] = np.isin(bytes_[zeros[signed] - 2], edges) | (zeros[signed] < 2)
    found: NDArray[np.int64] = zeros[begins]
    return found


def _zero_columns(bytes_: NDArray[np.uint8], places: NDArray[np.int64], rows: Rows) -> frozenset[int]:
    """Columns in which a field may begin with a leading zero; `places` are the ends of all fields."""
    return frozenset(np.unique(np.searchsorted(places, _zeros(bytes_, rows.separator[0])) % rows.width).tolist())


def _taken_slowly(data: bytes, rows: Rows) -> tuple[Block | None, bytes, int]:
    """As `_taken`, record by record, for quotes that stand within fields."""
    cut = max(data.rfind(b"\n"), data.rfind(b"\r", 0, -1)) + 1
    lines = data[:cut].splitlines(keepends=True)
    after: list[int] = []
    found: list[list[str]] = []
    reader = csv.reader(_decoded([*lines, f"{_LAST}\n".encode()]), delimiter=rows.separator.decode())
    ends, line = np.cumsum([0, *map(len, lines)]), 0
    try:
        for record in reader:
            if reader.line_num > len(lines):
                break
            _refuse_loose(lines[line : reader.line_num], rows, len(found))
            line = reader.line_num
            found.append(record)
            after.append(int(ends[line]))
    except csv.Error as error:
        row = rows.before + rows.seen + len(found) + 1
        raise DataError(f"{rows.name}, row {row}: {error}; a quote opened there is probably not closed") from error
    if not found:
        return None, data, 2 * len(data)
    widths = np.array([len(record) for record in found], dtype=np.int64)
    empty = np.array([not any(record) for record in found], dtype=bool)
    blank = (widths == 0) & (rows.width > 1)
    rows.add_empty(empty & (widths == rows.width) & (rows.width > 1))
    bad = (widths != rows.width) & ~blank & ~((widths == 0) & (rows.width == 1))
    rows.broken |= any("\n" in cell or "\r" in cell for place in np.flatnonzero(bad)[:_KEPT] for cell in found[place])
    rows.add_ragged(np.flatnonzero(bad), widths[bad])
    whole = np.frombuffer(data[: after[-1]], dtype=np.uint8)
    near = np.unique(np.searchsorted(after, _zeros(whole, rows.separator[0]), side="right"))
    columns = zip(*(found[place] for place in near if not bad[place] and found[place]), strict=False)
    zeros = frozenset(place for place, cells in enumerate(columns) if any(map(_LEADING.match, cells)))
    return _kept(data[: after[-1]], np.array(after, dtype=np.int64), blank, zeros, rows), data[after[-1] :], 0


def _refuse_loose(lines: Sequence[bytes], rows: Rows, place: int) -> None:
    """Refuse a record of several lines in which a quote closes within a field: it was meant to close before.

    Raises
    ------
    DataError
        With the row.
    """
    if len(lines) == 1:
        return
    try:
        list(csv.reader(_decoded(lines), delimiter=rows.separator.decode(), strict=True))
    except csv.Error as error:
        row = rows.before + rows.seen + place + 1
        raise DataError(f"{rows.name}: a quote opened in row {row} is not closed where its cell ends; close it, or delete it") from error


def last_records(block: bytes, separator: str, count: int) -> list[list[str]]:
    """The last records of a block, NA as an empty cell."""
    cut = len(block) - 1
    for _ in range(count):
        cut = max(block.rfind(b"\n", 0, cut), 0)
    while cut and block.count(b'"', cut) % 2:
        cut = max(block.rfind(b"\n", 0, cut), 0)
    records = list(csv.reader(_decoded(block[cut:].splitlines(keepends=True)), delimiter=separator))
    return [["" if cell == "NA" else cell for cell in record] for record in records if record][-count:]


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    return (line.decode() for line in lines)
