"""Columns of delimited text: numbers gathered block by block into arrays of their final size, all else as text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.errors import DataError
from kepuasan.io.cells.numbers import EXACT
from kepuasan.io.table.totals import LAST
from kepuasan.io.text.rows import Rows, last_records, records

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.io.text.encoding import TextFile

__all__ = ["Table", "Typed"]

#: until pandas 3.1 its default was not correctly rounded
_EXACTLY: dict[str, Any] = {} if tuple(map(int, pd.__version__.split(".")[:2])) >= (3, 1) else {"float_precision": "round_trip"}
_EMPTY = ["", "NA"]
#: pandas takes one at the beginning away, where it is part of a cell
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Typed:
    """Columns as they were read.

    Attributes
    ----------
    columns : mapping of position to Series
        Numbers (int64 or float64) where every cell of a column is one; others as text.
    rows : int
    seen : int
        Records, those that are no rows too.
    skipped : tuple of int
        Positions, among all records, of those that are no rows.
    empty : tuple of int
        Positions of rows without a cell.
    last : list of rows
        The last records, as text; empty those that are no rows.
    """

    columns: dict[int, pd.Series[Any]]
    rows: int
    seen: int
    skipped: tuple[int, ...]
    empty: tuple[int, ...]
    last: list[list[str]]


@dataclass(frozen=True)
class Table:
    """The part of a text file that holds its data.

    Attributes
    ----------
    file : TextFile
    separator : str
    separator_word : str
        For people.
    width : int
        How many columns there are.
    start : int
        Bytes, as UTF-8, before the first record.
    before : int
        Rows before the first record.
    limit : int or None
        How many rows, blank ones not counted, are read; all of them by default.
    """

    file: TextFile
    separator: str
    separator_word: str
    width: int
    start: int
    before: int
    limit: int | None = None

    def typed(self, decimal: str) -> Typed:
        """All columns, numbers under a decimal sign as numbers.

        Raises
        ------
        DataError
            Rows with another number of fields, a quote that is never closed.
        """
        columns = [_Column() for _ in range(self.width)]
        bound = self.file.ends if self.limit is None else self.limit
        rows, count = self._rows(), 0
        recent: list[tuple[bytes, int]] = []
        for block, length, zeros in self._blocks(rows):
            recent = [*recent[-LAST:], (block, length)] if length < LAST else [(block, length)]
            for place in zeros:
                columns[place].doubt()
            wanted = [place for place, column in enumerate(columns) if not column.doubtful]
            texts = [place for place in wanted if columns[place].is_text]
            if not rows.wrong and wanted:
                chunk = self._parsed(block, length, wanted, dict.fromkeys(texts, str), decimal)
                for place in wanted:
                    columns[place].add(chunk[place], count, bound)
            count += length
        rows.refuse(self.separator_word)
        doubtful = [place for place, column in enumerate(columns) if column.doubtful]
        made = {place: column.whole(count) for place, column in enumerate(columns) if not column.doubtful}
        again = self.written(doubtful) if doubtful else {}
        columns_read = {place: made[place] if place in made else again[place] for place in range(self.width)}
        last = self._last(recent, rows) if self.limit is None else []
        return Typed(columns_read, count, rows.seen, tuple(rows.skipped), tuple(rows.empty), last)

    def written(self, places: Sequence[int]) -> dict[int, pd.Series[Any]]:
        """Columns as they are written, as text."""
        parts: list[pd.DataFrame] = []
        rows = self._rows()
        for block, length, _ in self._blocks(rows):
            if not rows.wrong:
                parts.append(self._parsed(block, length, sorted(places), str, "."))
        rows.refuse(self.separator_word)
        return {place: _joined([part[place] for part in parts]) for place in places}

    def has_marks(self, decimal: str) -> bool:
        """Whether anywhere a decimal sign stands behind or before a digit."""
        for block, _, _ in self._blocks(self._rows()):
            cells = np.frombuffer(block, dtype=np.uint8)
            marks = np.flatnonzero(cells[1:-1] == ord(decimal)) + 1
            if bool((cells[np.concatenate([marks - 1, marks + 1])] - np.uint8(ord("0")) < 10).any()):
                return True
        return False

    def _last(self, recent: list[tuple[bytes, int]], rows: Rows) -> list[list[str]]:
        """The last records of recent blocks."""
        filled = [record for block, _ in recent for record in last_records(block, self.separator, LAST)]
        skipped = set(rows.skipped[-LAST:])
        places = range(rows.seen - 1, max(-1, rows.seen - 1 - LAST), -1)
        return [[""] * self.width if place in skipped else filled.pop() if filled else [] for place in places][::-1]

    def _rows(self) -> Rows:
        return Rows(self.file.path.name, self.separator.encode(), self.width, self.before)

    def _blocks(self, rows: Rows) -> Iterator[tuple[bytes, int, Iterable[int]]]:
        """Blocks of records, how many of them are read, and the columns that may have leading zeros."""
        left = self.limit
        for block in records(self.file.blocks(self.start), rows):
            if left is None:
                yield block.data, block.rows, block.zeros
            elif left > 0:
                yield block.data, min(left, block.rows), block.zeros
                left -= block.rows

    def _parsed(self, block: bytes, length: int, places: list[int], dtype: Any, decimal: str) -> pd.DataFrame:
        """A block of records as a frame, columns called by their positions."""
        try:
            chunk: pd.DataFrame = pd.read_csv(
                io.BytesIO(_MARK + block if block.startswith(_MARK) else block),
                sep=self.separator,
                header=None,
                names=range(self.width),
                usecols=places,
                dtype=dtype,
                index_col=False,
                keep_default_na=False,
                na_values=_EMPTY,
                skip_blank_lines=False,
                decimal=decimal,
                low_memory=False,
                nrows=length,
                **_EXACTLY,
            )
        except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
            raise DataError(f"{self.file.path.name} cannot be read as delimited text: {str(error).strip()}") from error
        if len(chunk) != length:
            raise DataError(f"{self.file.path.name} cannot be read as delimited text: {length} rows are {len(chunk)}; check its quotes")
        return chunk


@dataclass
class _Column:
    """A column as its blocks come in."""

    numbers: NDArray[Any] | None = None
    texts: list[pd.Series[Any]] = field(default_factory=list)
    doubtful: bool = False

    @property
    def is_text(self) -> bool:
        return bool(self.texts)

    def doubt(self) -> None:
        """Text is needed to tell what the cells are; text that is there already is enough."""
        if not self.texts:
            self.doubtful, self.numbers = True, None

    def add(self, chunk: pd.Series[Any], start: int, bound: int) -> None:
        """The cells of a block, which begin at row `start` of at most `bound`."""
        kind = chunk.dtype.kind
        if self.texts or kind not in "iufb":
            self._add_text(chunk, start)
        elif kind == "i":
            self._add_numbers(chunk.to_numpy(), start, bound)
        elif kind == "f":
            cells = chunk.to_numpy()
            empty = np.isnan(cells)
            if empty.all():
                self._add_empty(start, start + len(cells))
            elif bool((np.abs(cells[~empty]) >= EXACT).any()):
                self.doubt()
            else:
                self._add_numbers(cells, start, bound)
        else:
            self.doubt()

    def _add_text(self, chunk: pd.Series[Any], start: int) -> None:
        first = chunk.dropna()
        if self.numbers is not None or (not self.texts and len(first) and not isinstance(first.iloc[0], str)):
            self.doubt()
            return
        if not self.texts and start:
            self.texts.append(pd.Series(np.nan, index=range(start), dtype=chunk.dtype))
        self.texts.append(chunk)

    def _add_empty(self, start: int, end: int) -> None:
        if self.numbers is not None:
            self._as_floats(start)
            if self.numbers is not None:
                self.numbers[start:end] = np.nan

    def _add_numbers(self, cells: NDArray[Any], start: int, bound: int) -> None:
        if self.numbers is None:
            self.numbers = np.empty(bound, dtype=np.float64 if start else cells.dtype)
            self.numbers[:start] = np.nan if start else 0
        if self.numbers.dtype != cells.dtype and cells.dtype == np.float64:
            self._as_floats(start)
        if self.numbers is None:
            return
        if self.numbers.dtype != cells.dtype and _beyond(cells):
            self.doubt()
        else:
            self.numbers[start : start + len(cells)] = cells

    def _as_floats(self, end: int) -> None:
        """Whole numbers so far as floating point, where that loses nothing."""
        if self.numbers is None or self.numbers.dtype == np.float64:
            return
        if _beyond(self.numbers[:end]):
            self.doubt()
            return
        floats = np.empty(len(self.numbers), dtype=np.float64)
        floats[:end] = self.numbers[:end]
        self.numbers = floats

    def whole(self, rows: int) -> pd.Series[Any]:
        """The column when all its blocks are in."""
        if self.texts:
            return _joined(self.texts)
        if self.numbers is None:
            return pd.Series(np.full(rows, np.nan))
        return pd.Series(self.numbers[:rows] if rows > len(self.numbers) // 2 else self.numbers[:rows].copy(), copy=False)


def _beyond(whole: NDArray[Any]) -> bool:
    return len(whole) > 0 and (int(whole.max()) > EXACT or int(whole.min()) < -EXACT)


def _joined(parts: list[pd.Series[Any]]) -> pd.Series[Any]:
    """Blocks of a column of text as one."""
    if not parts:
        return pd.Series([], dtype=object)
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
