"""How a table fits on a page of A4: the size of its letters, the widths of its columns, upright or across; one that is too wide is told in parts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from kepuasan.display.fonts import text_width
from kepuasan.report.document import Paragraph, Picture, Table
from kepuasan.report.rendering.texts import held, words

if TYPE_CHECKING:
    from kepuasan.report.document import Block, Section

__all__ = ["ACROSS", "AROUND", "DRAWN", "UPRIGHT", "Fitted", "Placed", "fitted", "placed"]

#: points of a line of the page, upright and across, and of its height
UPRIGHT, ACROSS = 170 * 72 / 25.4, 257 * 72 / 25.4
_TALL, _LOW = 250 * 72 / 25.4, 165 * 72 / 25.4
#: points of a figure's width as it is drawn, so that its letters are no larger than those of the text
DRAWN = 8 * 72
#: sizes of letters that are tried in points, upright, then across
_UPRIGHT_SIZES, _ACROSS_SIZES = (9.0, 8.5, 8.0, 7.5), (8.5, 8.0, 7.5, 7.0)
#: points around the text of a cell, and those above and below it
AROUND, _ABOVE = 9.5, 6.5
#: height of a line, in heights of letters
_LINE = 1.3
#: share of a page that a table takes at most without being parted, upright and across
_UPRIGHT_MOST, _ACROSS_MOST = 0.35, 0.75
#: paragraphs at the head of a section that stay with what follows
_LEADING = 4
#: in heights of letters: a word that is not parted at most; a sentence's column, least and most; lines that a sentence takes
_WORD, _TEXT, _TEXT_MOST, _LINES = 11.5, 9.0, 21.0, 4


@dataclass(frozen=True)
class Fitted:
    """A table, or a part of one, as it stands on a page: letters in points, columns in points."""

    table: Table
    size: float
    widths: tuple[float, ...]
    across: bool

    @property
    def whole(self) -> bool:
        """Whether it is low enough to stand on one page."""
        return self._height() <= (_ACROSS_MOST * _LOW if self.across else _UPRIGHT_MOST * _TALL)

    def _height(self) -> float:
        """About how many points it is high."""
        rooms = [(width - AROUND) / self.size for width in self.widths]
        rows = [self.table.header, *self.table.rows]
        lines = [max((_lines(cell, room) for cell, room in zip(row, rooms, strict=True)), default=1) for row in rows]
        return sum(lines) * _LINE * self.size + len(rows) * _ABOVE


@dataclass(frozen=True)
class Placed:
    """A block, or a table with the parts it stands in, whether its page is read across, and whether it stays on the page of what follows."""

    block: Block
    parts: tuple[Fitted, ...]
    across: bool
    kept: bool = False


class _Column(NamedTuple):
    """Widths of a column, in heights of letters: what it must have, what its cells would take in one line, what its header would."""

    least: float
    cells: float
    header: float


def placed(section: Section) -> list[Placed]:
    """The blocks of a section as they stand on pages.

    A table that is too wide turns the page, and what follows stays on it to the end of the section, so that pages turn seldom. What stands before
    the first such table turns with it, unless it is a picture or a table of its own. Paragraphs at the head stay with a picture or a low table.
    """
    found: list[Placed] = []
    across = False
    for block in section.blocks:
        parts = tuple(fitted(block, across=across)) if isinstance(block, Table) else ()
        across = parts[0].across if parts else across
        found.append(Placed(block, parts, across))
    before = list(takewhile(lambda one: isinstance(one.block, Paragraph), found))
    after = found[len(before) :]
    turned = bool(after) and after[0].across
    kept = len(before) <= _LEADING and bool(after) and (isinstance(after[0].block, Picture) or any(part.whole for part in after[0].parts[:1]))
    return [*(replace(one, across=turned, kept=kept) for one in before), *after]


def fitted(table: Table, *, across: bool = False) -> list[Fitted]:
    """The table as it stands on pages: whole where it can be, else in parts that repeat its first columns.

    Parameters
    ----------
    table : Table
    across : bool
        Whether the page is read across already.
    """
    columns = [_column(table, place) for place in range(len(table.header))]
    for turned, sizes in ((False, _UPRIGHT_SIZES), (True, _ACROSS_SIZES)):
        for size in sizes:
            widths = _widths(columns, size, ACROSS if turned else UPRIGHT)
            if widths is not None and turned >= across:
                return [Fitted(table, size, widths, turned)]
    parts = []
    for places in _parts([one.least for one in columns], table.heads, _ACROSS_SIZES[-1]):
        widths = _widths([columns[place] for place in places], _ACROSS_SIZES[-1], ACROSS)
        even = tuple(ACROSS / len(places) for _ in places)
        parts.append(Fitted(_columns(table, places), _ACROSS_SIZES[-1], widths or even, across=True))
    return parts


def _lines(text: str, room: float) -> int:
    """About how many lines a text takes."""
    return sum(max(math.ceil(text_width(line) / max(room, 1.0)), 1) for line in text.split("\n"))


def _column(table: Table, place: int) -> _Column:
    """Numbers and limits stay whole, and so do words up to a length; sentences stand in a few lines."""
    last = len(table.rows) - 1
    cells = [(held(row[place]), table.total and at == last) for at, row in enumerate(table.rows)]
    header = held(table.header[place])
    longest = max((text_width(line, bold=bold) for text, bold in cells for line in text.split("\n")), default=0.0)
    said = max((text_width(word, bold=bold) for text, bold in cells for word in words(text)), default=0.0)
    word = min(max(said, *(text_width(one, bold=True) for one in words(header)), 1.0), _WORD)
    if place < table.heads or place in table.text:
        least = max(word, min(longest, _TEXT), min(longest / _LINES, _TEXT_MOST))
    else:
        least = max(word, min(longest, _TEXT_MOST))
    return _Column(least, longest, text_width(header, bold=True))


def _widths(columns: Sequence[_Column], size: float, room: float) -> tuple[float, ...] | None:
    """Widths in points that fill the room; None where the least do not fit. What is left goes to cells first, then to headers, then to all."""
    widths = [size * one.least + AROUND for one in columns]
    if sum(widths) > room:
        return None
    for most in ([one.cells for one in columns], [one.header for one in columns]):
        widths = _filled(widths, [size * letters + AROUND for letters in most], room - sum(widths))
    rest = (room - sum(widths)) / len(widths)
    return tuple(round(one + rest, 2) for one in widths)


def _filled(widths: Sequence[float], most: Sequence[float], spare: float) -> list[float]:
    """Widths after those that lack least have had what they lack, and the others an equal share of what is left."""
    made = list(widths)
    lacking = sorted((max(wanted - width, 0.0), place) for place, (width, wanted) in enumerate(zip(widths, most, strict=True)))
    for at, (lack, place) in enumerate(lacking):
        more = min(lack, spare / (len(lacking) - at))
        made[place] += more
        spare -= more
    return made


def _parts(least: Sequence[float], heads: int, size: float) -> Iterator[list[int]]:
    """Columns of each part: the heads, then as many as fit."""
    width = [size * letters + AROUND for letters in least]
    heads = heads if sum(width[:heads]) < ACROSS / 2 else min(heads, 1)
    first = list(range(heads))
    part, used = list(first), sum(width[:heads])
    for place in range(heads, len(least)):
        if len(part) > heads and used + width[place] > ACROSS:
            yield part
            part, used = list(first), sum(width[:heads])
        part.append(place)
        used += width[place]
    yield part


def _columns(table: Table, places: Sequence[int]) -> Table:
    """The table with these columns alone; notes stand below the last part."""
    last = places[-1] == len(table.header) - 1
    return replace(
        table,
        header=tuple(table.header[place] for place in places),
        rows=tuple(tuple(row[place] for place in places) for row in table.rows),
        heads=sum(place < table.heads for place in places),
        text=tuple(at for at, place in enumerate(places) if place in table.text),
        notes=table.notes if last else (),
    )
