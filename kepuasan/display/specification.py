"""One number under many conventions: the values in order, and below them the choices that each convention makes."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kepuasan.columns import MISSES, REPRODUCES, WITHIN
from kepuasan.display.choices import choice_text, convention_text, differing, dimension_text
from kepuasan.display.figures import COLOURS, INK, blank, describe, require_columns
from kepuasan.display.numbers import MINUS, number, tick
from kepuasan.errors import DataError, choose, nearest, some
from kepuasan.wording import LANGUAGES, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["VERDICTS", "specification_plot"]

Floats: TypeAlias = NDArray[np.float64]

#: from the best to the worst, with the look of each
VERDICTS = {REPRODUCES: (COLOURS[0], "o"), WITHIN: (COLOURS[1], "D"), MISSES: (COLOURS[4], "v")}
_COLUMNS = ("name", "value", "low", "high", "verdict")
_PALE, _BAND = "#E9E9E9", "#BBD7E8"
#: columns drawn at most, and how many an inch holds; part of them kept for values nearest the published one
_MOST, _DENSE, _NEAR = 60, 10.5, 2 / 3
#: inches: of the values, of a row of choices, of the space between that holds values upright or lying, of what stands above
_VALUES, _ROW, _UPRIGHT, _LYING, _HEAD = 2.5, 0.185, 0.5, 0.26, 0.95
#: inches of a letter beside the axes; the part of the width that names take at most; the least height of a row of choices
_LETTER, _BESIDE, _LOW_ROW = 0.064, 0.42, 0.115
#: letters of an inch in title, legend and note
_TITLE, _LEGEND, _NOTE = 9.0, 15.5, 16.0
#: inches from which the legend has two columns
_TWO = 4.6
#: points: between columns that have their value written lying, and upright; between ticks
_WIDE, _SLIM, _TICKS = 36.0, 9.5, 12.0
#: a range of more than this many units of the last decimal is drawn on a logarithmic scale of distances
_LINEAR = 150.0
#: values nearer than this are one
_SAME = 9


def specification_plot(
    conventions: pd.DataFrame,
    *,
    published: float,
    decimals: int,
    dimensions: Sequence[str],
    ax: Axes | None = None,
    title: str = "",
    language: str = "id",
    labels: Mapping[Any, str] | None = None,
) -> Axes:
    """The specification curve: the value under every convention in order, a line at the published number, and the choices made below.

    Parameters
    ----------
    conventions : DataFrame
        One row a convention: ``name``, the columns of `dimensions`, ``value``, ``low`` and ``high`` (its range where inputs are rounded), and
        ``verdict`` ("reproduces", "within rounding", "misses"). Conventions of the same value and verdict share a column of the figure. Of more
        columns than there is room for, those nearest the published number are drawn and others spread evenly; the note says how many there are.
    published : float
        The number in print; the band about it is what rounds to it.
    decimals : int
        Its digits after the decimal sign.
    dimensions : sequence of str
        Columns of choices; those in which conventions differ are drawn.
    ax : Axes, optional
        Drawn into; without it a figure of its own, outside pyplot.
    title : str
        Above the axes.
    language : {"id", "en"}
        Of words and numbers.
    labels : mapping of code to text, optional
        What dimensions and choices are called; a choice also by (dimension, choice).

    Returns
    -------
    Axes
        ``get_label()`` is the text for those who do not see it; ``child_axes`` are the values and, where conventions differ, the choices. Verdicts
        differ in colour and marker. A choice is filled where all conventions of a column make it, hollow where some do. A range too wide for
        the rounding to be seen is drawn by the distance from the published number, on a logarithmic scale.

    Raises
    ------
    DataError
        A table without those columns or without rows, an unknown verdict, a value or a published number that is not finite.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"name": ["1/9", "0.11"], "weight": ["1/9", "0.11"], "value": [87.5, 86.625], "verdict": ["misses", "reproduces"]})
    >>> table = table.assign(low=table["value"], high=table["value"])
    >>> axes = specification_plot(table, published=86.63, decimals=2, dimensions=["weight"], language="en")
    >>> axes.get_label().partition("; ")[0]
    'The number under every convention. Published: 86.63'
    """
    choose("language", language, LANGUAGES)
    curve = _Curve.of(conventions, float(published), decimals, dimensions)
    rows = len(curve.dimensions) + sum(len(conventions[name].unique()) for name in curve.dimensions)
    axes = blank(_HEAD + _VALUES + (_UPRIGHT + _ROW * rows if rows else 0.3)) if ax is None else ax
    (width, height), fitted = _cell(axes)
    names = _named_rows(conventions, curve.dimensions, labels, language, most=max(12, int(_BESIDE * width / _LETTER)))
    room = max(1.0, width - _LETTER * max((len(text) for text, _ in names), default=8) - 0.2) if fitted else width
    height -= _above_and_below(room, title) if fitted and ax is not None else 0.0
    shown = curve.columns(int(np.clip(room * _DENSE, 6, _MOST)))
    spacing = 72.0 * room / max(len(shown), 8)
    between = _LYING if spacing >= _WIDE else _UPRIGHT if spacing >= _SLIM else 0.1
    share, kept = _shares(height, names, between, own=ax is None)
    axes.set_axis_off()
    upper = axes.inset_axes((0.0, 1.0 - share, 1.0, share))
    _draw_values(upper, shown, curve, spacing, 72.0 * share * height, language)
    if kept:
        row = 72.0 * (height * (1.0 - share) - between) / kept
        lower = axes.inset_axes((0.0, 0.0, 1.0, row * kept / 72.0 / height))
        _draw_choices(lower, shown, names[:kept], spacing, row)
    _dress(axes, curve, room, title, language)
    _note(axes, curve, (room, 0.0 if kept else between), (len(shown), rows - kept), language)
    axes.set_label(describe(title or say("figure.specification", language), curve.told(conventions, labels, language)))
    return axes


@dataclass(frozen=True)
class _Column:
    """Conventions of one value and verdict: the range of all of them, and which part of them makes each choice."""

    value: float
    low: float
    high: float
    verdict: str
    made: Floats


@dataclass(frozen=True, eq=False)
class _Curve:
    """All columns in the order of their values; the number of conventions by verdict; the dimensions in which they differ."""

    groups: list[_Column]
    counts: dict[str, int]
    dimensions: list[str]
    published: float
    decimals: int

    @classmethod
    def of(cls, table: pd.DataFrame, published: float, decimals: int, dimensions: Sequence[str]) -> _Curve:
        require_columns(table, (*_COLUMNS, *dimensions))
        unknown = sorted(set(map(str, table["verdict"].unique())) - set(VERDICTS))
        if unknown:
            raise DataError(f"there is no verdict {some(unknown)}{nearest(unknown[0], VERDICTS)}; name {some(VERDICTS)}")
        numbers = table[["value", "low", "high"]].to_numpy(np.float64)
        lost = table.loc[~np.isfinite(numbers).all(axis=1), "name"]
        if len(lost) or not math.isfinite(published):
            what = f"the value of {some(lost)}" if len(lost) else f"the published number {published}"
            raise DataError(f"{what} is missing or infinite, so it has no place in the figure; leave it out")
        differ = differing(table, dimensions)
        verdict = _ranks(table)
        made = [(table[name] == choice).to_numpy(np.float64) for name in differ for choice in table[name].unique()]
        marks = np.stack(made, axis=1) if made else np.empty((len(table), 0))
        counts = {one: int((verdict == order).sum()) for order, one in enumerate(VERDICTS)}
        return cls(_grouped(numbers, verdict, marks), counts, differ, published, decimals)

    def columns(self, most: int) -> list[_Column]:
        """At most so many: the reproducing and the nearest first, then others spread evenly over the rest."""
        if len(self.groups) <= most:
            return self.groups
        order = sorted(range(len(self.groups)), key=lambda i: (self._rank(self.groups[i]), i))
        near = order[: int(_NEAR * most)]
        rest = sorted(set(order) - set(near))
        spread = np.linspace(0, len(rest) - 1, most - len(near)).round().astype(int)
        return [self.groups[i] for i in sorted({*near, *(rest[place] for place in spread)})]

    def _rank(self, column: _Column) -> tuple[int, float]:
        return list(VERDICTS).index(column.verdict), abs(column.value - self.published)

    def told(self, table: pd.DataFrame, labels: Mapping[Any, str] | None, language: str) -> list[tuple[str, str]]:
        """For those who do not see it: the published number, how many conventions there are of each verdict, the range, the best of them."""
        values = table["value"].to_numpy(np.float64)
        low, high = (number(one, self.decimals, language) for one in (values.min(), values.max()))
        order = np.lexsort((np.abs(values - self.published), _ranks(table)))
        best = table.iloc[int(order[0])]
        name = convention_text(best.to_dict(), self.dimensions, labels, language) or best["name"]
        return [
            (say("specification.published", language), number(self.published, self.decimals, language)),
            *((say(f"verdict.{one}", language), number(count, 0, language)) for one, count in self.counts.items()),
            (say("specification.range", language), say("interval", language, low=low, high=high)),
            (say("specification.first", language), f"{name} ({number(float(best['value']), self.decimals + 1, language)})"),
        ]


def _ranks(table: pd.DataFrame) -> NDArray[np.intp]:
    """Verdicts by their places in `VERDICTS`."""
    return np.asarray(table["verdict"].map({one: order for order, one in enumerate(VERDICTS)}), dtype=np.intp)


def _grouped(numbers: Floats, verdict: NDArray[np.intp], marks: Floats) -> list[_Column]:
    keys = np.stack([numbers[:, 0].round(_SAME), verdict], axis=1)
    _, first, group = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    count = len(first)
    group = group.reshape(-1)
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, group, numbers[:, 1])
    np.maximum.at(high, group, numbers[:, 2])
    made = np.zeros((count, marks.shape[1]))
    np.add.at(made, group, marks)
    made /= np.bincount(group, minlength=count)[:, None]
    names = list(VERDICTS)
    return [_Column(float(numbers[first[i], 0]), float(low[i]), float(high[i]), names[verdict[first[i]]], made[i]) for i in range(count)]


#: a row below: its text, and which choice it is; None for the name of a dimension
_Row: TypeAlias = "tuple[str, int | None]"


def _named_rows(table: pd.DataFrame, dimensions: Sequence[str], labels: Mapping[Any, str] | None, language: str, *, most: int) -> list[_Row]:
    """The rows below, dimension by dimension, names cut at so many letters."""
    rows: list[_Row] = []
    choices = 0
    for dimension in dimensions:
        rows.append((textwrap.shorten(dimension_text(dimension, labels, language), most, placeholder="..."), None))
        for choice in table[dimension].unique():
            rows.append((textwrap.shorten(choice_text(dimension, str(choice), labels, language), most, placeholder="..."), choices))
            choices += 1
    return rows


def _cell(axes: Axes) -> tuple[tuple[float, float], bool]:
    """Width and height in inches that the axes may use, and whether that holds all that stands about them, as their figure makes room for it."""
    figure, spec = axes.figure, axes.get_subplotspec()
    if figure.get_layout_engine() is None or spec is None:
        return (axes.bbox.width / figure.dpi, axes.bbox.height / figure.dpi), False
    down, across = spec.get_gridspec().get_geometry()
    parts = (len(spec.colspan) / across, len(spec.rowspan) / down)
    return (figure.bbox.width / figure.dpi * parts[0], figure.bbox.height / figure.dpi * parts[1]), True


def _above_and_below(room: float, title: str) -> float:
    """About how many inches legend, title and note take off axes whose figure makes room for them."""
    legend, note = (2 if room > _TWO else 5), math.ceil(190 / (_NOTE * room))
    return 0.19 * legend + 0.2 * math.ceil(len(title) / (_TITLE * room)) + 0.15 * note


def _shares(height: float, names: Sequence[_Row], between: float, *, own: bool) -> tuple[float, int]:
    """The share of the height that values take, and how many rows of choices the rest has room for."""
    rows = len(names)
    if not rows:
        return 1.0, 0
    if own:
        return _VALUES / (_VALUES + between + _ROW * rows), rows
    left = max(0.0, height - max(0.4 * height, 0.9) - between)
    kept = min(rows, int(left / _LOW_ROW))
    kept -= 1 if kept and names[kept - 1][1] is None else 0
    below = max(0.0, min(left, _ROW * kept)) + between if kept else 0.0
    return 1.0 - below / height, kept


def _draw_values(axes: Axes, shown: Sequence[_Column], curve: _Curve, spacing: float, height: float, language: str) -> None:
    """Dots in order with their ranges, the published line and the band of its rounding."""
    published, half = curve.published, 0.5 * 10.0**-curve.decimals
    ends = np.array([[one.low, one.value, one.high] for one in shown])
    bent = float(max(ends.max(), published) - min(ends.min(), published)) > _LINEAR * 2.0 * half
    place = partial(_bent, published, half) if bent else np.asarray
    low, line, high = place(published + half * np.array([-1.0, 0.0, 1.0])).tolist()
    axes.axhspan(low, high, color=_BAND, linewidth=0.0, zorder=0.5)
    axes.axhline(line, color=INK, linewidth=0.9, zorder=1)
    at = place(ends)
    size = float(np.clip(0.72 * spacing, 2.4, 6.0))
    for verdict, (colour, marker) in VERDICTS.items():
        own = np.array([one.verdict == verdict for one in shown])
        axes.vlines(np.flatnonzero(own), at[own, 0], at[own, 2], color=colour, linewidth=1.0, alpha=0.75, zorder=2)
        axes.plot(np.flatnonzero(own), at[own, 1], linestyle="none", marker=marker, markersize=size, color=colour, zorder=3)
    _limit(axes, len(shown))
    drawn = np.append(at, place(published + half * np.array([-4.0, 4.0])))
    room = 0.07 * float(drawn.max() - drawn.min())
    axes.set_ylim(float(drawn.min()) - room, float(drawn.max()) + room)
    if bent:
        _distances(axes, curve, height, language)
    else:
        axes.yaxis.set_major_formatter(lambda value, _: tick(round(value, 10), language))
    unit = say("specification.distance" if bent else "specification.value", language)
    axes.set_ylabel(textwrap.fill(unit, max(10, int(height / 4.2))), fontsize=8, color=INK)
    _write_values(axes, shown, curve, spacing, language)
    axes.tick_params(axis="y", length=0, labelsize=8, labelcolor=INK)
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


def _bent(published: float, half: float, values: Floats) -> Floats:
    """The distance from the published number in half units of its last decimal, on a logarithmic scale, with its sign."""
    distance = values - published
    return np.sign(distance) * np.log10(1.0 + np.abs(distance) / half)


def _limit(axes: Axes, count: int) -> None:
    """Few columns stand in the middle, as far apart as eight would."""
    spare = max(0.0, (8 - count) / 2)
    axes.set_xlim(-0.6 - spare, count - 0.4 + spare)


def _distances(axes: Axes, curve: _Curve, height: float, language: str) -> None:
    """Ticks at the published number and at tenfold distances from it that do not crowd each other."""
    bottom, top = axes.get_ylim()
    least = _TICKS * (top - bottom) / height
    ticks, texts = [0.0], [number(curve.published, curve.decimals, language)]
    for sign in (1.0, -1.0):
        last = 0.0
        for power in range(-curve.decimals, 16):
            spot = sign * math.log10(1.0 + 2.0 * 10.0 ** (power + curve.decimals))
            if bottom <= spot <= top and abs(spot - last) >= least:
                ticks, last = [*ticks, spot], spot
                texts.append(number(sign * 10.0**power, max(0, -power), language, signed=True, minus=MINUS))
    axes.set_yticks(ticks, texts)


def _write_values(axes: Axes, shown: Sequence[_Column], curve: _Curve, spacing: float, language: str) -> None:
    """The value of each column below it, upright where columns are close, none where they are too close."""
    if spacing < _SLIM:
        axes.set_xticks([])
        return
    exact = all(abs(round(one.value, curve.decimals) - one.value) < 10.0**-_SAME for one in shown)
    texts = [number(one.value, curve.decimals + (0 if exact else 1), language, minus=MINUS) for one in shown]
    axes.set_xticks(range(len(shown)), texts, rotation=0 if spacing >= _WIDE else 90)
    axes.tick_params(axis="x", length=0, labelsize=7.5 if spacing >= _WIDE else 7, labelcolor=INK, pad=3)


def _draw_choices(axes: Axes, shown: Sequence[_Column], names: Sequence[_Row], spacing: float, row: float) -> None:
    """A row a choice, dots where conventions of a column make it: filled for all of them, hollow for some; stripes by dimension."""
    size = float(np.clip(0.62 * min(spacing, row), 2.2, 5.5))
    for height, (_, choice) in enumerate(names):
        if choice is None:
            axes.axhline(height - 0.5, color="#BDBDBD", linewidth=0.6, zorder=0.5)
            continue
        axes.axhline(height, color=_PALE, linewidth=0.6, zorder=0.4)
        for verdict, (colour, marker) in VERDICTS.items():
            made = np.array([one.made[choice] if one.verdict == verdict else 0.0 for one in shown])
            style: dict[str, Any] = {"linestyle": "none", "marker": marker, "markersize": size, "color": colour, "markeredgewidth": 0.8}
            whole, some_of = np.flatnonzero(made == 1.0), np.flatnonzero((made > 0.0) & (made < 1.0))
            axes.plot(whole, np.full(len(whole), height), zorder=3, **style)
            axes.plot(some_of, np.full(len(some_of), height), markerfacecolor="white", zorder=3, **style)
    _limit(axes, len(shown))
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xticks([])
    axes.set_yticks(range(len(names)), [text for text, _ in names])
    axes.tick_params(axis="y", length=0, labelsize=float(np.clip(0.72 * row, 5.5, 8.0)), labelcolor=INK)
    for label, (_, choice) in zip(axes.get_yticklabels(), names, strict=True):
        label.set_fontweight("bold" if choice is None else "normal")
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


def _dress(axes: Axes, curve: _Curve, room: float, title: str, language: str) -> None:
    """The legend of verdicts with their counts, and the title above it, within so many inches."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    columns = 2 if room > _TWO else 1
    most = max(18, int(_LEGEND * room * (0.52 if columns > 1 else 1.0)) - 4)
    handles: list[Any] = []
    for one, count in curve.counts.items():
        text = textwrap.fill(f"{say(f'verdict.{one}', language)}: {number(count, 0, language)}", most)
        look: dict[str, Any] = {"color": VERDICTS[one][0], "marker": VERDICTS[one][1], "markersize": 5.5, "linestyle": "none"}
        handles += [Line2D([], [], label=text, **look)] if count else []
    published = textwrap.fill(say("specification.band", language, value=number(curve.published, curve.decimals, language)), most)
    handles.append(Patch(facecolor=_BAND, edgecolor=INK, linewidth=0.6, label=published))
    style: dict[str, Any] = {"ncols": columns, "frameon": False, "fontsize": 8, "labelcolor": INK, "borderaxespad": 0.2, "columnspacing": 1.4}
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.0, 1.0), handlelength=1.3, **style)
    if title:
        lines = [handle.get_label().count("\n") + 1 for handle in handles]
        tall = math.ceil(len(lines) / columns)
        above = 14.0 * max(sum(lines[start : start + tall]) for start in range(0, len(lines), tall)) + 9.0
        text = textwrap.fill(title, max(12, int(_TITLE * room)))
        axes.set_title(text, loc="left", fontsize=11, fontweight="bold", color=INK, pad=above)


def _note(axes: Axes, curve: _Curve, place: tuple[float, float], shown: tuple[int, int], language: str) -> None:
    """Within so many inches, and so many below the axes: how many columns are drawn, what hollow markers mean, how many rows found no room."""
    (room, below), (drawn, hidden) = place, shown
    notes = []
    if drawn < len(curve.groups):
        count = number(len(curve.groups), 0, language)
        notes.append(say("specification.columns", language, drawn=drawn, count=count))
    if not below and any(((one.made > 0.0) & (one.made < 1.0)).any() for one in curve.groups):
        notes.append(say("specification.hollow", language))
    if hidden:
        notes.append(say("specification.hidden", language, count=hidden))
    if notes:
        text = textwrap.fill(" ".join(notes), max(20, int(_NOTE * room)))
        axes.annotate(
            text, (0.0, 0.0), (0.0, -6.0 - 72.0 * below), "axes fraction", "offset points", ha="left", va="top", fontsize=7.5, color="#4B4B4B"
        )
