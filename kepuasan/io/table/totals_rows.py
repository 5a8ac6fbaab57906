"""Whether a row is a respondent's: its label, and its numbers held against those of the rows above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["LONGEST", "SURE", "Above", "Body", "Row", "Rows", "columns_above", "heads_remarks", "is_plain", "labelled_rows"]

#: a label is no longer than this, unless it has no word but those of totals
LONGEST = 60
#: so many rows, and columns, show what answers look like where no word does
SURE = 3

_LABEL = re.compile(
    r"(?:grand\s*|sub\s*-?\s*)?totals?\b|jumlah\b|sum\b|[σ∑]|n\s*=|(?:nilai\s+)?(?:rata\W{0,3}rata|rerata|nrr|ikm)\b|means?\b|averages?\b|x̄"
    r"|nilai\s*(?:/|per\b)\s*unsur|(?:nilai\s+)?indeks\b|mutu\s+pelayanan\b|kinerja\s+unit\b"
)
#: a label of these words alone is nobody's name and no remark of a respondent
_OF_TOTALS = re.compile(
    r"grand|sub|totals?|jumlah|sum|rata|rerata|means?|averages?|nilai|nrr|ikm|indeks|index|kepuasan|masyarakat|mutu|pelayanan"
    r"|kinerja|unit|unsur|per|tertimbang|tertbg|terbobot|bobot|konversi|interval|keseluruhan|semua|seluruh|responden|kuesioner|yang"
    r"|terisi|dibagi|kali|dan|dari|skor|akhir|umum|survei|skm|indikator|dimensi|pertanyaan|butir|kolom|n|of|all|overall|scores?"
    r"|respondents|responses|x|σ"
)
_REMARKS = re.compile(r"(?:keterangan|catatan|sumber|source|notes?|remarks?)\s*(?::|$)")
_WORD = re.compile(r"[^\W\d_]+")
_POINT = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_COMMA = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?")
_BLANKS = " \t\r\n\u00a0\u2009\u202f"
_NOTHING = frozenset({"-", "--", "---", "n/a", "na", "nan", "null", "none", ".", "?"})


@dataclass(frozen=True)
class Above:
    """What a column holds in the rows above the last ones, rows of totals excepted.

    Attributes
    ----------
    total : float
        Sum of its numbers.
    numbers : int
        How many cells are numbers.
    filled : int
        How many cells are not empty.
    low, high : float
        The least and the greatest number.
    whole : bool
        Whether all numbers are whole.
    """

    total: float = 0.0
    numbers: int = 0
    filled: int = 0
    low: float = np.inf
    high: float = -np.inf
    whole: bool = True


def columns_above(frame: pd.DataFrame) -> list[Above]:
    """What the columns of the rows above the last ones hold; texts that are numbers count as numbers.

    Examples
    --------
    >>> columns_above(pd.DataFrame({"u1": [3, 4], "city": ["Bali", None]}))[0]
    Above(total=7.0, numbers=2, filled=2, low=3.0, high=4.0, whole=True)
    """
    labelled = labelled_rows(frame)
    rows = frame[~labelled] if labelled.any() else frame
    return [_above(rows.iloc[:, place]) for place in range(frame.shape[1])]


# ---------------------------------------------------------------- cells and labels


def _words(cell: Any) -> str:
    return "" if cell is None or cell is pd.NaT or (isinstance(cell, float) and cell != cell) else str(cell).strip(_BLANKS)


def _folded(text: str) -> str:
    return text.strip(_BLANKS + "*-.•").casefold()


def _is_label(text: str) -> bool:
    """Whether a text begins as totals or remarks do, and is short, or has no other words."""
    label = _folded(text)
    return heads_remarks(text) or is_plain(text) or (_LABEL.match(label) is not None and len(label) <= LONGEST)


def is_plain(text: str) -> bool:
    """Whether a text is a label of totals and has no other words."""
    label = _folded(text)
    return _LABEL.match(label) is not None and all(map(_OF_TOTALS.fullmatch, _WORD.findall(label)))


def heads_remarks(text: str) -> bool:
    """Whether a text begins remarks or names a source."""
    return _REMARKS.match(_folded(text)) is not None


def labelled_rows(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Rows whose first filled cell, in the first columns, is a label of totals."""
    found, empty = np.zeros(len(frame), dtype=bool), np.ones(len(frame), dtype=bool)
    for place in range(min(SURE, frame.shape[1])):
        column = frame.iloc[:, place]
        if column.dtype.kind not in "iufbmM":
            codes, texts = pd.factorize(column)
            labels = np.array([isinstance(text, str) and _is_label(text) for text in texts] + [False], dtype=bool)
            found |= empty & labels[codes]
        empty &= column.isna().to_numpy(dtype=bool)
    return found


def _readings(cell: Any) -> tuple[float, ...]:
    """What number a cell may be: one, or two where a comma and a point may be either sign."""
    if isinstance(cell, (bool, np.bool_)):
        return ()
    if isinstance(cell, (int, float, np.number)):
        return (float(cell),) if np.isfinite(cell) else ()
    text = "".join(_words(cell).split()) if isinstance(cell, str) else ""
    found = [text.replace(",", "")] if _POINT.fullmatch(text) else []
    found += [text.replace(".", "").replace(",", ".")] if _COMMA.fullmatch(text) else []
    return tuple(dict.fromkeys(float(one) for one in found))


def _above(column: pd.Series[Any]) -> Above:
    filled = column.dropna()
    if pd.api.types.is_bool_dtype(column.dtype) or not len(filled):
        return Above(filled=len(filled))
    if column.dtype.kind in "iuf":
        return Above(float(filled.sum()), len(filled), len(filled), float(filled.min()), float(filled.max()), not (filled % 1).any())
    counts = filled.astype(object).value_counts()
    numbers = [(readings[0], int(count)) for cell, count in counts.items() if (readings := _readings(cell))]
    if not numbers:
        return Above(filled=len(filled))
    values, times = (np.array(one, dtype=np.float64) for one in zip(*numbers, strict=True))
    return Above(float(values @ times), int(times.sum()), len(filled), float(values.min()), float(values.max()), not (values % 1).any())


# ---------------------------------------------------------------- the last rows


@dataclass(frozen=True)
class Rows:
    """Some rows of a table.

    Attributes
    ----------
    numbers : array of row x column x 2
        What a cell is under either decimal sign; NaN where it is no number.
    words, filled : array of row x column
        Cells that are words; cells that are not empty.
    first : array
        The column of the first filled cell of a row, -1 where all are empty.
    labels : list of str
        That cell.
    labelled : array
        Whether it is a label of totals or remarks.
    """

    numbers: NDArray[np.float64]
    words: NDArray[np.bool_]
    filled: NDArray[np.bool_]
    first: NDArray[np.intp]
    labels: list[str]
    labelled: NDArray[np.bool_]

    @classmethod
    def of(cls, rows: Sequence[Sequence[Any]], width: int | None = None) -> Rows:
        """Rows of cells of any type, as wide as the widest or as the table."""
        width = max(map(len, rows), default=0) if width is None else width
        cells = [[*row[:width], *[None] * (width - len(row))] for row in rows]
        texts = np.array([[_words(cell) for cell in row] for row in cells], dtype=object).reshape(len(cells), width)
        readings = [(found[0], found[-1]) for row in cells for cell in row for found in [_readings(cell) or (np.nan,)]]
        numbers = np.array(readings, dtype=np.float64).reshape(len(cells), width, 2)
        filled = texts != ""
        worded = [isinstance(cell, str) and _words(cell).casefold() not in _NOTHING for row in cells for cell in row]
        words = np.array(worded, dtype=bool).reshape(filled.shape) & filled & np.isnan(numbers[:, :, 0])
        first = np.where(filled.any(axis=1), filled.argmax(axis=1), -1) if width else np.full(len(cells), -1)
        labels = [str(row[place]) if place >= 0 else "" for row, place in zip(texts, first.tolist(), strict=True)]
        labelled = np.array([_is_label(label) and bool(words[row, first[row]]) for row, label in enumerate(labels)], dtype=bool)
        return cls(numbers, words, filled, first, labels, labelled)

    def is_odd(self, row: int, others: NDArray[np.intp]) -> bool:
        """Whether a row begins unlike other rows, in another column or with a word for a number, or fills far fewer cells."""
        begins, *usual = [(int(self.first[one]), bool(self.words[one, self.first[one]])) for one in (row, *others)]
        counts = self.filled.sum(axis=1)
        return 2 * usual.count(begins) < len(usual) or bool(3 * counts[row] <= np.median(counts[others]))


# ---------------------------------------------------------------- the rows above them


@dataclass(frozen=True)
class Body:
    """What the columns hold in the rows above those in question, as `Above` says it; arrays of one value a column."""

    sums: NDArray[np.float64]
    numbers: NDArray[np.float64]
    filled: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    whole: NDArray[np.bool_]

    @classmethod
    def of(cls, rows: Rows, end: int, above: Sequence[Above]) -> Body:
        """The rows above, and those of the rows in question that stand before one of them."""
        kept = np.flatnonzero(~rows.labelled[:end])
        numbers = rows.numbers[kept, :, 0]
        there = ~np.isnan(numbers)
        return cls(
            np.array([one.total for one in above]) + np.where(there, numbers, 0).sum(axis=0),
            np.array([one.numbers for one in above], dtype=np.float64) + there.sum(axis=0),
            np.array([one.filled for one in above], dtype=np.float64) + rows.filled[kept].sum(axis=0),
            np.minimum([one.low for one in above], np.where(there, numbers, np.inf).min(axis=0, initial=np.inf)),
            np.maximum([one.high for one in above], np.where(there, numbers, -np.inf).max(axis=0, initial=-np.inf)),
            np.array([one.whole for one in above], dtype=bool) & (np.where(there, numbers, 0) % 1 == 0).all(axis=0),
        )

    @property
    def rows(self) -> float:
        """How many cells the fullest column has."""
        return float(self.filled.max(initial=0))

    @property
    def usual(self) -> int:
        """How many columns most rows fill."""
        return int((2 * self.filled > self.rows).sum())

    @property
    def lead(self) -> int:
        """The first column that most rows fill."""
        return int((2 * self.filled >= self.rows).argmax())

    @property
    def means(self) -> NDArray[np.float64]:
        """Of the numbers of each column."""
        return self.sums / np.maximum(self.numbers, 1)

    @property
    def answers(self) -> NDArray[np.bool_]:
        """Columns whose cells are numbers."""
        return (self.numbers > 0) & (self.numbers >= 0.9 * self.filled)


# ---------------------------------------------------------------- a row held against them


@dataclass(frozen=True)
class Row:
    """A row held against the rows above it.

    Attributes
    ----------
    rows : Rows
    row : int
        Which of them.
    body : Body
    """

    rows: Rows
    row: int
    body: Body

    @property
    def place(self) -> int:
        """The column of its first filled cell."""
        return int(self.rows.first[self.row])

    @property
    def label(self) -> str:
        """That cell where it is a label of totals or remarks; else empty."""
        return self.rows.labels[self.row] if self.rows.labelled[self.row] else ""

    @property
    def words(self) -> NDArray[np.bool_]:
        """Columns in which it has words."""
        words: NDArray[np.bool_] = self.rows.words[self.row]
        return words

    @property
    def filled(self) -> NDArray[np.bool_]:
        """Columns that it fills."""
        filled: NDArray[np.bool_] = self.rows.filled[self.row]
        return filled

    @property
    def strange(self) -> bool:
        """Whether that is a word in a column of numbers."""
        place = self.place
        return bool(self.words[place] and self.body.answers[place] and self.body.numbers[place] > 1)

    @property
    def given(self) -> NDArray[np.bool_]:
        """Columns of numbers in which it has one."""
        return self.body.answers & ~np.isnan(self.rows.numbers[self.row, :, 0])

    @property
    def like(self) -> NDArray[np.bool_]:
        """Those of them whose number is like the others: not far outside them, and whole if they are."""
        numbers, some = self.rows.numbers[self.row], np.maximum((self.body.high - self.body.low) / 4, 1)
        near = (numbers >= (self.body.low - some)[:, None]) & (numbers <= (self.body.high + some)[:, None])
        if self.body.rows < SURE:
            return self.given
        like: NDArray[np.bool_] = (near & ((numbers % 1 == 0) | ~self.body.whole[:, None])).any(axis=1)
        return self.given & like

    @property
    def full(self) -> bool:
        """Whether it has half as many numbers as a row usually has."""
        usual = self.body.numbers[self.body.answers].sum() / self.body.rows
        return bool(2 * self.given.sum() >= usual > 0)

    @property
    def counted(self) -> bool:
        """Whether it has the next number in a leading column that counts rows."""
        numbers = self.rows.numbers[: self.row + 1, : self.body.lead + SURE, 0]
        last = (column[~np.isnan(column)][-SURE - 1 :] for column in numbers[:, ~np.isnan(numbers[-1])].T)
        return any(len(column) > SURE and bool((np.diff(column) == 1).all()) for column in last)

    @property
    def sparse(self) -> bool:
        """Whether it fills few columns of those that others fill."""
        return self.body.usual > SURE and bool(3 * self.filled.sum() <= self.body.usual)

    @property
    def chosen(self) -> bool:
        """Whether its label stands in its column of other rows too, with numbers like others, as an answer does."""
        same = [row for row, label in enumerate(self.rows.labels) if label == self.rows.labels[self.row] and row != self.row]
        others = [replace(self, row=row) for row in same if self.rows.first[row] == self.place]
        return not self.strange and any(not self.given.any() or 2 * one.like.sum() >= one.given.sum() for one in others)

    @property
    def worded(self) -> bool:
        """Whether it has words, or dates, in half of the other columns in which others have them, as no row of totals does."""
        usual = (2 * self.body.filled > self.body.rows) & ~self.body.answers & (np.arange(len(self.body.filled)) != self.place)
        return bool(2 * (self.filled & usual).sum() >= usual.sum() > 0)

    def hits(self) -> int:
        """How many of its numbers are sums other than 0, or how many are means, one of them at least no whole number."""
        found = np.flatnonzero(self.given & (self.body.numbers > 1) & (self.body.sums != 0))
        sums, means = ([_close(self.rows.numbers[self.row, place], exact[place]) for place in found] for exact in (self.body.sums, self.body.means))
        broken = bool((self.rows.numbers[self.row, found, 0] % 1 > 0)[means].any()) if len(found) else False
        return max(sum(sums), sum(means) if broken else 0)


def _close(values: NDArray[np.float64], exact: float) -> bool:
    """Whether a number is another one, rounded to the decimals it is written with, but to a tenth at least."""
    return any(abs(value - exact) <= 0.5 * 10.0 ** -min(_decimals(value), 6) + 1e-9 * abs(exact) for value in values.tolist())


def _decimals(value: float) -> int:
    text = repr(value)
    return len(text.partition(".")[2]) if value % 1 and "e" not in text else 2
