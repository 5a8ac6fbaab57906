"""What all figures share: a blank one, its dress, and files whose bytes depend on nothing but the picture."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from kepuasan.display.glyphs import drawable
from kepuasan.display.numbers import MINUS, NONE, interval, number
from kepuasan.display.svg import smaller
from kepuasan.errors import DataError, choose, nearest, some

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.legend import Legend
    from matplotlib.text import Annotation, Text

__all__ = [
    "COLOURS",
    "INK",
    "LIMITS",
    "MARKERS",
    "RASTER",
    "Shown",
    "blank",
    "cut",
    "describe",
    "dress",
    "picture_bytes",
    "require_columns",
    "require_once",
    "room_for",
    "save",
    "text_of",
    "wrapped",
    "written",
]

#: told apart by people who see colours differently, and dark enough on white
COLOURS = ("#0072B2", "#C04A00", "#007A5A", "#A0438A", "#4B4B4B", "#8A6100")
#: a series has its own marker too, so that colour never stands alone
MARKERS = ("o", "s", "D", "^", "v", "P")
INK = "#222222"
#: dots per inch of the PNG
RASTER = 150
#: of the picture that a notebook shows
_SHOWN = 110

_WIDTH = 8.0
#: letters of a label's line, the lines it may have, and inches of a line
_WRAP, _LINES, _LINE = 34, 3, 0.15

#: how texts are read: no sign begins a formula
_PLAIN: dict[str, Any] = {"parse_math": False}

#: columns of a table that is drawn: a value and its limits
LIMITS = ("estimate", "ci_low", "ci_high")


class Shown(Axes):
    """Axes that a notebook shows as their picture, though their figure belongs to no window; texts are drawn as they are, never as formulas."""

    def text(self, x: Any, y: Any, s: str, *args: Any, **kwargs: Any) -> Text:
        """A text in letters that the font has."""
        return super().text(x, y, drawable(s), *args, **(_PLAIN | kwargs))

    def annotate(self, text: str, *args: Any, **kwargs: Any) -> Annotation:
        """A text beside a point, in letters that the font has."""
        return super().annotate(drawable(text), *args, **(_PLAIN | kwargs))

    def set_title(self, label: str, *args: Any, **kwargs: Any) -> Text:
        """The title, in letters that the font has."""
        return super().set_title(drawable(label), *args, **(_PLAIN | kwargs))

    def set_xlabel(self, xlabel: str, *args: Any, **kwargs: Any) -> Text:
        """What is drawn from left to right, in letters that the font has."""
        return super().set_xlabel(drawable(xlabel), *args, **(_PLAIN | kwargs))

    def set_ylabel(self, ylabel: str, *args: Any, **kwargs: Any) -> Text:
        """What is drawn upwards, in letters that the font has."""
        return super().set_ylabel(drawable(ylabel), *args, **(_PLAIN | kwargs))

    def set_xticks(self, ticks: Any, labels: Any = None, **kwargs: Any) -> Any:
        """Places and their names, in letters that the font has."""
        return super().set_xticks(ticks) if labels is None else super().set_xticks(ticks, list(map(drawable, labels)), **(_PLAIN | kwargs))

    def set_yticks(self, ticks: Any, labels: Any = None, **kwargs: Any) -> Any:
        """Places and their names, in letters that the font has."""
        return super().set_yticks(ticks) if labels is None else super().set_yticks(ticks, list(map(drawable, labels)), **(_PLAIN | kwargs))

    def legend(self, *args: Any, **kwargs: Any) -> Legend:
        """The legend, in letters that the font has."""
        legend = super().legend(*args, **kwargs)
        for text in legend.get_texts():
            text.set(text=drawable(text.get_text()), **_PLAIN)
        return legend

    def _repr_png_(self) -> bytes:
        picture = io.BytesIO()
        _whole(self).savefig(picture, format="png", dpi=_SHOWN)
        return picture.getvalue()


def blank(height: float) -> Axes:
    """Axes of a new figure, of a height in inches, that belongs to no window."""
    figure = Figure(figsize=(_WIDTH, height), layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    return figure.add_subplot(axes_class=Shown)


def dress(axes: Axes, title: str, unit: str, *, above: float = 10.0) -> None:
    """Title, unit and quiet lines; `above` is the room in points between axes and title."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0, labelsize=9, labelcolor=INK)
    axes.tick_params(axis="x", labelsize=8, labelcolor=INK)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    if title:
        axes.set_title(textwrap.fill(title, 48, max_lines=4, placeholder="..."), loc="left", fontsize=11, fontweight="bold", color=INK, pad=above)
    if unit:
        axes.set_xlabel(unit, fontsize=8, color=INK)


def wrapped(label: str) -> str:
    """A row's label in at most three lines, short enough to stand beside the axes; a longer one is cut, an empty one is a dash.

    Examples
    --------
    >>> wrapped("one label " * 30).splitlines()[-1]
    'label one label one label one...'
    """
    return "\n".join(textwrap.wrap(label, _WRAP, max_lines=_LINES, placeholder="...")) or NONE


def cut(text: str, most: int) -> str:
    """A text of at most so many letters, cut between words; an empty one is a dash.

    Examples
    --------
    >>> cut("Users of the application", 16)
    'Users of the...'
    """
    return "".join(textwrap.wrap(text, most, max_lines=1, placeholder="...")) or NONE


def room_for(labels: Sequence[str], row: float) -> float:
    """Inches that the rows of a figure, each `row` inches high, need besides, so that their labels do not touch.

    Examples
    --------
    >>> room_for(["speed", "updates"], 0.4)
    0.0
    """
    lines = max((wrapped(label).count("\n") + 1 for label in labels), default=1)
    return len(labels) * max(0.0, _LINE * lines + 0.07 - row)


def text_of(code: object, labels: Mapping[Any, str] | None) -> str:
    """The text of a code, or the code itself."""
    return str(code) if labels is None else str(labels.get(code, code))


def written(limits: tuple[float, float, float], decimals: int, language: str, *, signed: bool = False) -> str:
    """A value and its limits (value, low, high) as figures show them; the value alone where it has none."""
    value, low, high = limits
    text = number(value, decimals, language, signed=signed, minus=MINUS)
    between = interval(low, high, decimals, language, minus=MINUS)
    return text if between == NONE else f"{text} ({between})"


def require_columns(table: pd.DataFrame, names: Sequence[str]) -> None:
    """Refuse a table that lacks columns of the figure, or has no rows."""
    lacking = [name for name in names if name not in table.columns]
    if lacking:
        hint = nearest(lacking[0], table.columns)
        raise DataError(f"the table has no column {lacking[0]!r}{hint}; it has {some(table.columns, 12)}. Give one made by to_frame()")
    if not len(table):
        raise DataError("the table has no rows; there is nothing to draw")


def require_once(table: pd.DataFrame, keys: Sequence[str]) -> None:
    """Refuse a table in which rows share a key."""
    again = table.loc[table.duplicated(list(keys)).to_numpy(), list(keys)]
    if len(again):
        rows = [", ".join(map(str, row)) for row in again.to_numpy().tolist()]
        others = [name for name in table.columns[: list(table.columns).index(LIMITS[0])] if name not in keys and len(table[name].unique()) > 1]
        hint = f"; choose one {others[0]} before: e[{{{others[0]!r}: code}}]" if others else ""
        raise DataError(f"the table has more than one row of {some(rows)}; give one row for each {' and '.join(keys)}{hint}")


def describe(title: str, rows: Sequence[tuple[str, str]]) -> str:
    """The text for those who do not see a figure: its title, then each label with its value.

    Examples
    --------
    >>> describe("Index", [("2020", "75.7"), ("2022", "73.7")])
    'Index. 2020: 75.7; 2022: 73.7.'
    """
    return f"{title}. {'; '.join(f'{label}: {value}' for label, value in rows)}."


def _whole(axes: Axes) -> Figure:
    """The figure the axes are in, of which a part may be theirs."""
    parent = axes.figure
    return parent if isinstance(parent, Figure) else parent.figure


def save(axes: Axes, stem: str | Path) -> tuple[Path, Path]:
    """Write the figure of the axes as SVG and as PNG; the same picture gives the same bytes.

    Parameters
    ----------
    axes : Axes
        Of the figure to write.
    stem : str or Path
        The files' path without suffix; its folder must exist.

    Returns
    -------
    tuple of Path
        The ``.svg`` and the ``.png``.
    """
    vector, raster = Path(f"{stem}.svg"), Path(f"{stem}.png")
    vector.write_bytes(picture_bytes(axes, "svg"))
    raster.write_bytes(picture_bytes(axes, "png"))
    return vector, raster


def picture_bytes(axes: Axes, kind: Literal["svg", "png"]) -> bytes:
    """The figure of the axes as a file's bytes; the same picture gives the same bytes.

    Parameters
    ----------
    axes : Axes
        Of the figure.
    kind : {"svg", "png"}
        Lines, with letters as paths so that no font is needed, or dots at 150 per inch.

    Examples
    --------
    >>> picture_bytes(blank(1.0), "png")[1:4]
    b'PNG'
    """
    choose("kind", kind, ("svg", "png"))
    picture, figure = io.BytesIO(), _whole(axes)
    _forget_layout(figure)
    with mpl.rc_context({"svg.hashsalt": "kepuasan", "svg.fonttype": "path", "hatch.linewidth": 1.0, "savefig.bbox": None}):
        if kind == "png":
            figure.savefig(picture, format="png", dpi=RASTER, metadata={"Software": None})
            return picture.getvalue()
        figure.savefig(picture, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return smaller(picture.getvalue().decode("utf-8")).encode("utf-8")


def _forget_layout(figure: Figure) -> None:
    """Axes back to where they stood before they were laid out, so that a picture does not depend on those made before."""
    if figure.get_layout_engine() is not None:
        for axes in figure.axes:
            place = axes.get_subplotspec()
            if place is not None:
                axes.set_subplotspec(place)
