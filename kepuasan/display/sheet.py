"""The publication sheet of an index, drawn on one page of A4."""

from __future__ import annotations

import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle

from kepuasan.display.figures import INK, RASTER, Shown
from kepuasan.errors import DataError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Block", "Headline", "Sheet", "draw_sheet", "sheet_bytes"]

#: millimetres of the page, and of its empty border
_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 14.0
_POINT = 25.4 / 72
_LEADING = 1.3
#: the panel of the index is so wide; tables of respondents stand beside it, and labels of pairs are so wide
_PANEL, _GUTTER, _LABEL = 84.0, 8.0, 38.0
#: least and largest size of letters, as a share of the plain one, and what lies between two that are tried
_SMALLEST, _LARGEST, _STEP = 0.72, 1.28, 0.04
#: letters of the SVG are a little wider than those that are measured, which lie on dots
_ROOM = 1.03
#: room between parts of the page, and between columns of a table
_GAP, _WIDEST_GAP, _FREE = 4.0, 8.0, 3.0
_PLAIN, _SMALL = 9.5, 8.0
#: where a line may end; not at a space that holds words together
_BREAKS = re.compile(r"[ \t\r\n]+")
_DARK, _QUIET, _LINE, _SHADE = "#0B3D66", "#4B4B4B", "#C9C9C9", "#EAF1F8"

Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Block:
    """A table of plain texts: a caption, headers, and rows of which some are marked."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marked: tuple[int, ...] = ()


@dataclass(frozen=True)
class Headline:
    """The index as it is read first: its label and value, pairs of label and text, its limits, and what is said of its certainty."""

    label: str
    value: str
    facts: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """Everything a publication sheet says, as plain texts; an empty text is left out.

    ``details`` are pairs of label and text, ``respondents`` the tables beside the index, ``elements`` the table below it, ``remarks`` what stands
    under that table.
    """

    language: str
    title: str
    agency: str
    period: str
    headline: Headline
    details: tuple[tuple[str, str], ...]
    respondents: tuple[Block, ...]
    elements: Block
    follow_up: str
    thanks: str
    notes: tuple[str, ...]
    source: str
    description: str
    remarks: tuple[str, ...] = ()


def draw_sheet(sheet: Sheet) -> Axes:
    """The sheet on a page of A4, upright; letters are as large as the page allows.

    Parameters
    ----------
    sheet : Sheet

    Returns
    -------
    Axes
        The whole page in millimetres from its upper left corner; ``get_label()`` is the text for those who do not see it.

    Raises
    ------
    DataError
        More text than a page holds in letters that can be read.
    """
    return _drawn(sheet).axes[0]


def sheet_bytes(sheet: Sheet, kind: Literal["png", "svg"]) -> bytes:
    """The file of a drawn sheet, A4 with 150 dots an inch; the same sheet gives the same bytes."""
    file = io.BytesIO()
    names = {"Title": f"{sheet.title}, {sheet.agency}", "Description": sheet.description}
    own = {"Software": None} if kind == "png" else {"Date": None, "Creator": None}
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update({"svg.hashsalt": "kepuasan", "svg.fonttype": "path"})
        _drawn(sheet).savefig(file, format=kind, dpi=RASTER, metadata=names | own)
    return file.getvalue()


def _drawn(sheet: Sheet) -> Figure:
    """The figure of the page, which belongs to no window."""
    figure = Figure(figsize=(_WIDTH / 25.4, _HEIGHT / 25.4), dpi=RASTER, facecolor="white")
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0), axes_class=Shown)
    axes.set(xlim=(0.0, _WIDTH), ylim=(_HEIGHT, 0.0), label=sheet.description)
    axes.axis("off")
    for mark in _fitted(sheet, _Ruler(FigureCanvasAgg(figure))).marks:
        mark.put(axes)
    return figure


# ---------------------------------------------------------------- ink


@dataclass(frozen=True)
class _Text:
    """Text that stands on a line: `y` is the middle of it."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    colour: str = INK
    align: Align = "left"

    def put(self, axes: Axes) -> None:
        font = {"fontsize": self.size, "fontfamily": "DejaVu Sans", "fontweight": "bold" if self.bold else "normal"}
        axes.text(self.x, self.y, self.text, color=self.colour, ha=self.align, va="center_baseline", parse_math=False, **font)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Rule:
    """A horizontal line."""

    left: float
    right: float
    y: float
    width: float = 0.6
    colour: str = _LINE

    def put(self, axes: Axes) -> None:
        axes.plot([self.left, self.right], [self.y, self.y], color=self.colour, linewidth=self.width, solid_capstyle="butt")


@dataclass(frozen=True)
class _Ground:
    """A shaded area."""

    left: float
    top: float
    width: float
    height: float
    colour: str = _SHADE

    def put(self, axes: Axes) -> None:
        axes.add_patch(Rectangle((self.left, self.top), self.width, self.height, facecolor=self.colour, edgecolor="none", zorder=0.5))


_Mark: TypeAlias = _Text | _Rule | _Ground


class _Ruler:
    """How wide a text is, in millimetres."""

    def __init__(self, canvas: FigureCanvasAgg) -> None:
        renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]

        @cache
        def wide(text: str, size: float, bold: bool) -> float:
            font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
            return float(renderer.get_text_width_height_descent(text, font, ismath=False)[0]) * _ROOM * 25.4 / RASTER

        self.wide = wide

    def lines(self, text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
        """The text in lines that fit; a word longer than a line is broken."""
        done: list[str] = []
        line = ""
        for word in self._words(text, size, room, bold):
            longer = f"{line} {word}".strip()
            if line and self.wide(longer, size, bold) > room:
                done.append(line)
                longer = word
            line = longer
        return [*done, line] if line else done

    def _words(self, text: str, size: float, room: float, bold: bool) -> Iterator[str]:
        for word in _BREAKS.split(text.strip()):
            rest = word
            while self.wide(rest, size, bold) > room:
                cut = self._fitting(rest, size, room, bold)
                yield rest[:cut]
                rest = rest[cut:]
            yield rest

    def _fitting(self, word: str, size: float, room: float, bold: bool) -> int:
        """How many letters of a word fit, one at least."""
        return max(bisect_right(range(len(word)), room, key=lambda at: self.wide(word[:at], size, bold)) - 1, 1)


# ---------------------------------------------------------------- layout


@dataclass
class _Column:
    """A strip of the page that is filled from the top."""

    ruler: _Ruler
    left: float
    right: float
    y: float
    scale: float
    marks: list[_Mark] = field(default_factory=list)

    @property
    def room(self) -> float:
        return self.right - self.left

    def beside(self, left: float, right: float) -> _Column:
        """Another strip that begins at the same height and writes to the same page."""
        return replace(self, left=left, right=right)

    def write(self, text: str, size: float = _PLAIN, *, bold: bool = False, colour: str = INK, align: Align = "left") -> None:
        """Text in as many lines as it needs."""
        letters = size * self.scale
        at = {"left": self.left, "center": (self.left + self.right) / 2, "right": self.right}[align]
        for line in self.ruler.lines(text, letters, self.room, bold=bold):
            self._line(line, letters, at, bold, colour, align)

    def _line(self, text: str, letters: float, at: float, bold: bool, colour: str, align: Align) -> None:
        height = letters * _POINT * _LEADING
        self.marks.append(_Text(at, self.y + height / 2, text, letters, bold, colour, align))
        self.y += height

    def rule(self, width: float = 0.6, colour: str = _LINE) -> None:
        self.marks.append(_Rule(self.left, self.right, self.y, width, colour))

    def skip(self, millimetres: float) -> None:
        self.y += millimetres * self.scale

    def row(self, cells: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> None:
        """Cells side by side: the first from the left, the others to the right end of theirs."""
        top, bottom, right = self.y, self.y, self.left
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            inner = self.beside(right + (_FREE * self.scale if place else 0.0), right + width)
            inner.y = top
            inner.write(cell, bold=bold, align="right" if place else "left")
            bottom, right = max(bottom, inner.y), right + width
        self.y = bottom

    def table(self, block: Block) -> None:
        """A table: caption, headers, rows under thin lines."""
        widths = self._widths(block)
        self.write(block.caption, 10.0, bold=True, colour=_DARK)
        self.skip(0.6)
        self.row(block.header, widths)
        self.skip(0.5)
        self.rule(1.1, _QUIET)
        for place, cells in enumerate(block.rows):
            self.skip(0.5)
            self.row(cells, widths, bold=place in block.marked)
            self.skip(0.5)
            self.rule()

    def _widths(self, block: Block) -> list[float]:
        """Room for the widest cell of each column but the first, which has what is left; headers may be broken into words."""
        size, free = _PLAIN * self.scale, (_FREE + 0.2) * self.scale
        cells = [[row[place] for row in block.rows] + block.header[place].split() for place in range(1, len(block.header))]
        others = [max(self.ruler.wide(cell, size, True) for cell in column) + free for column in cells]
        return [max(self.room - sum(others), 0.3 * self.room), *others]


def _fitted(sheet: Sheet, ruler: _Ruler) -> _Column:
    """The page in the largest letters that fit, what is left spread over its gaps."""
    sizes = [_LARGEST - _STEP * step for step in range(round((_LARGEST - _SMALLEST) / _STEP) + 1)]
    most = _HEIGHT - _MARGIN
    place = bisect_left(sizes, x=True, key=lambda scale: _laid_out(sheet, ruler, scale, _GAP).y <= most)
    page = _laid_out(sheet, ruler, sizes[min(place, len(sizes) - 1)], _GAP)
    if place == len(sizes):
        raise DataError(
            f"the sheet takes {page.y + _MARGIN:.0f} mm, a page of A4 has {_HEIGHT:.0f}, with letters as small as can be read; "
            "shorten the agency, the service or the labels, or write .html"
        )
    return _laid_out(sheet, ruler, page.scale, min(_GAP + (most - page.y) / 6 / page.scale, _WIDEST_GAP))


def _laid_out(sheet: Sheet, ruler: _Ruler, scale: float, gap: float) -> _Column:
    page = _Column(ruler, _MARGIN, _WIDTH - _MARGIN, _MARGIN, scale)
    page.write(sheet.title, 17.0, bold=True, colour=_DARK, align="center")
    page.skip(0.8)
    page.write(sheet.agency, 13.0, bold=True, align="center")
    page.write(sheet.period, 11.0, align="center")
    page.skip(1.5)
    page.rule(2.0, _DARK)
    page.skip(gap)
    _panels(sheet, page)
    page.skip(gap)
    page.table(sheet.elements)
    for remark in sheet.remarks:
        page.skip(0.8)
        page.write(remark, _SMALL, colour=_QUIET)
    page.skip(gap)
    page.write(sheet.follow_up, bold=True)
    page.skip(gap)
    page.write(sheet.thanks, 10.5, bold=True, colour=_DARK, align="center")
    page.skip(gap)
    page.rule()
    page.skip(1.2)
    page.write(" ".join(sheet.notes), _SMALL, colour=_QUIET)
    page.skip(0.8)
    page.write(sheet.source, _SMALL, bold=True, colour=_QUIET)
    return page


def _panels(sheet: Sheet, page: _Column) -> None:
    """The index on its ground, and who answered beside it; without tables of respondents the index has the width of the page."""
    if not sheet.respondents:
        _ground(sheet.headline, page, page.right, 0.0)
        page.skip(_GAP)
        for label, text in sheet.details:
            _pair(page, label, text)
        return
    people = page.beside(page.left + _PANEL + _GUTTER, page.right)
    for label, text in sheet.details:
        _pair(people, label, text)
    for block in sheet.respondents:
        people.skip(2.5)
        people.table(block)
    _ground(sheet.headline, page, page.left + _PANEL, people.y - page.y)


def _ground(headline: Headline, page: _Column, right: float, least: float) -> None:
    """The index in the middle of a ground of some height at least."""
    tried = replace(page.beside(page.left + 4.0, right - 4.0), marks=[])
    _index(headline, tried)
    height = max(tried.y - page.y, least)
    index = page.beside(page.left + 4.0, right - 4.0)
    index.y += (height - (tried.y - page.y)) / 2
    _index(headline, index)
    page.marks.append(_Ground(page.left, page.y, right - page.left, height))
    page.y += height


def _index(headline: Headline, panel: _Column) -> None:
    panel.skip(3.5)
    panel.write(headline.label, 12.0, align="center")
    panel.write(headline.value, 46.0, bold=True, colour=_DARK, align="center")
    for label, text in headline.facts:
        panel.write(label, align="center")
        panel.write(text, 15.0, bold=True, align="center")
        panel.skip(0.8)
    panel.skip(1.5)
    for sentence in headline.sentences:
        panel.write(sentence, align="center")
        panel.skip(1.0)
    panel.skip(3.0)


def _pair(column: _Column, label: str, text: str) -> None:
    """A label, and its text from a common edge on."""
    edge = column.left + _LABEL
    first, second = column.beside(column.left, edge - 2.0), column.beside(edge, column.right)
    first.write(label, colour=_QUIET)
    second.write(text, bold=True)
    column.y = max(first.y, second.y)
    column.skip(0.8)
