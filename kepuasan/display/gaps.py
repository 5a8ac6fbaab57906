"""Gaps between two groups as dumbbells, and change over waves as a slope chart."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation
from numpy.typing import NDArray

from kepuasan.columns import ITEM, WAVE
from kepuasan.display.figures import (
    COLOURS,
    INK,
    LIMITS,
    MARKERS,
    blank,
    cut,
    describe,
    dress,
    require_columns,
    require_once,
    room_for,
    text_of,
    wrapped,
    written,
)
from kepuasan.display.labels import end_labels
from kepuasan.display.numbers import MINUS, NONE, fitting_decimals, number, tick
from kepuasan.errors import DataError, choose, some
from kepuasan.wording import LANGUAGES, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["dumbbells", "slopes"]

Floats: TypeAlias = NDArray[np.float64]

#: inches of a row, and of axes in which values are not written; the part of a row between a dot and its limits
_ROW, _NARROW, _ASIDE = 0.40, 4.0, 0.25
#: letters of a group's name in the heading, and in the legend
_HEADED, _KEYED = 32, 24
_MOST_WAVES = 4
#: by the sign of a change: colour, line and name
_WAYS: dict[int, tuple[str, Any, str]] = {
    1: (COLOURS[0], "-", "slope.rise"),
    -1: (COLOURS[1], (0, (4, 1.6)), "slope.fall"),
    0: (COLOURS[4], (0, (1, 1.4)), "slope.same"),
}


# ---------------------------------------------------------------- dumbbells


def dumbbells(
    table: pd.DataFrame,
    group: str,
    *,
    gaps: pd.DataFrame | None = None,
    ax: Axes | None = None,
    title: str = "",
    unit: str = "",
    labels: Mapping[Any, str] | None = None,
    language: str = "id",
    decimals: int | None = None,
) -> Axes:
    """Two groups on each item: two dots joined by a line, gaps beside them, in the order of the gaps, from the largest rise to the largest fall.

    Parameters
    ----------
    table : DataFrame
        Columns ``item``, `group` with two values, and ``estimate, ci_low, ci_high``; one row an item and group.
    group : str
        The column that tells the groups apart. The gap is the second that comes minus the first, or the other way round where `gaps` is so.
    gaps : DataFrame, optional
        Of ``contrast(...).to_frame()``: ``item, estimate, ci_low, ci_high``. It gives the gaps their limits; without it they have none.
    ax : Axes, optional
        Drawn into; without it a figure of its own, outside pyplot.
    title, unit : str
        Above the axes, and below them.
    labels : mapping of code to text, optional
        What items and groups are called.
    language : {"id", "en"}
        Of words and numbers.
    decimals : int, optional
        Of the numbers written; without it as many as suit their size.

    Returns
    -------
    Axes
        ``get_label()`` is the text for those who do not see it. Groups differ in colour and marker; limits of each are drawn above and below
        the line that joins them. Values and gap are each rounded by itself, as in a table. What is missing is not drawn, and its gap is a dash.

    Raises
    ------
    DataError
        A table without those columns or without rows, other than two groups, an item twice in a group; gaps that are not the differences.

    Examples
    --------
    >>> import pandas as pd
    >>> limits = {"ci_low": [68.0, 72.0], "ci_high": [72.0, 78.0]}
    >>> table = pd.DataFrame({"item": ["speed"] * 2, "role": ["users", "admins"], "estimate": [70.0, 75.0], **limits})
    >>> dumbbells(table, "role", language="en").get_label()
    'Gaps between users and admins. speed: users 70.0 (68.0 to 72.0), admins 75.0 (72.0 to 78.0), gap +5.0.'
    """
    choose("language", language, LANGUAGES)
    require_columns(table, (ITEM, group, *LIMITS))
    drawn = _Gaps.of(table, group, gaps, decimals)
    names, groups = [text_of(code, labels) for code in drawn.items], [text_of(code, labels) for code in drawn.groups]
    axes = blank(1.35 + _ROW * len(names) + room_for(names, _ROW)) if ax is None else ax
    place = -np.arange(len(names), dtype=np.float64)
    axes.hlines(place, drawn.limits[:, 0, 0], drawn.limits[:, 1, 0], color="#9A9A9A", linewidth=2.2, zorder=2)
    for order, name in enumerate(groups):
        _draw_group(axes, drawn.limits[:, order], place, order, name)
    texts = [written((gap, low, high), drawn.decimals, language, signed=True) for gap, low, high in drawn.beside.tolist()]
    _write_gaps(axes, texts, place)
    _widen(axes, drawn.limits[np.isfinite(drawn.limits)])
    if axes.bbox.width / axes.figure.dpi >= _NARROW:
        _write_values(axes, drawn, place, language)
    above = _head(axes, groups if drawn.ahead else groups[::-1], language)
    axes.set_yticks(place, [wrapped(name) for name in names])
    axes.set_ylim(float(place.min()) - 0.6, 0.6)
    axes.xaxis.set_major_formatter(lambda value, _: tick(value, language))
    dress(axes, title, unit, above=above)
    said = [say("gap.row", language, values=values, gap=gap) for values, gap in zip(drawn.said(groups, language), texts, strict=True)]
    heading = title or say("figure.gaps", language, first=groups[0], second=groups[1])
    axes.set_label(describe(heading, list(zip(names, said, strict=True))))
    return axes


@dataclass(frozen=True, eq=False)
class _Gaps:
    """Items from the top: limits (items, 2 groups, 3), gaps with theirs (items, 3), and whether these are second minus first."""

    items: list[Any]
    groups: list[Any]
    limits: Floats
    beside: Floats
    ahead: bool
    decimals: int

    @classmethod
    def of(cls, table: pd.DataFrame, group: str, gaps: pd.DataFrame | None, decimals: int | None) -> _Gaps:
        groups = table[group].unique().tolist()
        if len(groups) != 2:
            raise DataError(f"{group!r} has {len(groups)} values ({some(groups)}); dumbbells are drawn of two groups")
        items = table[ITEM].unique().tolist()
        limits = _cells(table, items, group, groups)
        difference = limits[:, 1, 0] - limits[:, 0, 0]
        beside, ahead = _beside(gaps, items, difference)
        order = np.argsort(-beside[:, 0], kind="stable")
        limits, beside, items = limits[order], beside[order], [items[row] for row in order]
        digits = fitting_decimals(_largest(limits[..., 0]), _largest(beside[:, 0])) if decimals is None else decimals
        return cls(items, groups, limits, beside, ahead, digits)

    def said(self, groups: Sequence[str], language: str) -> list[str]:
        """The values of each item with their limits, in words."""
        rows = []
        for limits in self.limits.tolist():
            texts = [written((value, low, high), self.decimals, language) for value, low, high in limits]
            rows.append(", ".join(say("gap.group", language, group=name, value=text) for name, text in zip(groups, texts, strict=True)))
        return rows


def _largest(values: Floats) -> float:
    """The largest of the numbers there are, whatever their sign."""
    return float(np.nanmax(np.abs(values), initial=0.0))


def _cells(table: pd.DataFrame, items: Sequence[Any], column: str, codes: Sequence[Any]) -> Floats:
    """Value, low and high by item and code of a column (items, codes, 3); NaN where the table has no row."""
    require_once(table, [ITEM, column])
    rows = [items.index(code) for code in table[ITEM]]
    result = np.full((len(items), len(codes), 3), np.nan)
    result[rows, [codes.index(code) for code in table[column]]] = table[list(LIMITS)].to_numpy(np.float64)
    return result


def _beside(gaps: pd.DataFrame | None, items: Sequence[Any], difference: Floats) -> tuple[Floats, bool]:
    """Gaps with their limits (items, 3), and whether they are second minus first: by the table of gaps, which must agree with the dots."""
    if gaps is None:
        return np.column_stack([difference, np.full((len(items), 2), np.nan)]), True
    require_columns(gaps, (ITEM, *LIMITS))
    require_once(gaps, [ITEM])
    apart = sorted(map(str, set(items) ^ set(gaps[ITEM])))
    if apart:
        raise DataError(f"the table or its gaps alone have {some(apart)}; give the gaps of the same items")
    beside = gaps.set_index(ITEM).loc[list(items), list(LIMITS)].to_numpy(np.float64)
    for sign in (1.0, -1.0):
        off = np.abs(beside[:, 0] - sign * difference) > 1e-6 * np.maximum(1.0, np.abs(difference))
        if not off.any():
            return np.column_stack([sign * difference, beside[:, 1:]]), sign > 0
    row = int(np.nanargmax(np.abs(np.abs(beside[:, 0]) - np.abs(difference))))
    found = f"the gap of {items[row]!r} is {beside[row, 0]:g}, but its groups differ by {difference[row]:g}"
    raise DataError(f"{found}; give the contrast of these groups, the same way round for all items")


def _draw_group(axes: Axes, limits: Floats, place: Floats, order: int, name: str) -> None:
    """Dots of one group on the line, their limits beside it."""
    style: dict[str, Any] = {"marker": MARKERS[order], "markersize": 9.5 - 4.0 * order, "markeredgecolor": "white", "markeredgewidth": 0.8}
    axes.hlines(place + (-_ASIDE if order else _ASIDE), limits[:, 1], limits[:, 2], color=COLOURS[order], linewidth=1.3, alpha=0.75, zorder=2.5)
    axes.plot(limits[:, 0], place, linestyle="none", color=COLOURS[order], label=cut(name, _KEYED), zorder=3 + order, **style)


def _write_values(axes: Axes, drawn: _Gaps, place: Floats, language: str) -> None:
    """Values outside of their dots."""
    style: dict[str, Any] = {"fontsize": 7.5, "va": "center", "textcoords": "offset points", "color": INK, "zorder": 5, "annotation_clip": False}
    for row, height in enumerate(place.tolist()):
        values = drawn.limits[row, :, 0]
        for order in np.flatnonzero(np.isfinite(values)):
            left = bool(values[order] < values[1 - order]) or (order == 0 and values[0] == values[1])
            text = number(values[order], drawn.decimals, language, minus=MINUS)
            axes.annotate(text, (values[order], height), (-7 if left else 7, 0), ha="right" if left else "left", **style)


def _write_gaps(axes: Axes, texts: Sequence[str], place: Floats) -> None:
    """Gaps beside the axes."""
    for height, text in zip(place.tolist(), texts, strict=True):
        axes.text(1.02, height, text, transform=axes.get_yaxis_transform(), va="center", ha="left", fontsize=8, color=INK)


def _widen(axes: Axes, values: Floats) -> None:
    """Limits of the axis with room for a number on both sides."""
    if not len(values):
        return
    low, high = float(values.min()), float(values.max())
    span = (high - low) or 0.1 * abs(low) or 1.0
    inches = 0.55 * axes.bbox.width / axes.figure.dpi
    room = span * min(0.45, 0.5 / inches)
    axes.set_xlim(low - room, high + room)


def _head(axes: Axes, names: Sequence[str], language: str) -> float:
    """The groups above the dots, and what is subtracted from what above the gaps; the room both take, in points."""
    short = [cut(name, _HEADED) for name in names]
    text = textwrap.fill(say("gap.heading", language, minuend=short[1], subtrahend=short[0]), 24)
    style: dict[str, Any] = {"transform": axes.transAxes, "fontsize": 8, "color": INK, "fontweight": "bold"}
    axes.text(1.02, 1.012, text, va="bottom", ha="left", linespacing=1.1, **style)
    heading = 4.0 + 10.5 * (text.count("\n") + 1)
    narrow = axes.bbox.width / axes.figure.dpi < _NARROW
    lift = ScaledTranslation(0.0, (heading if narrow else 0.0) / 72.0, axes.figure.dpi_scale_trans)
    look: dict[str, Any] = {"bbox_to_anchor": (0.0, 1.0), "bbox_transform": axes.transAxes + lift, "borderaxespad": 0.2, "frameon": False}
    axes.legend(loc="lower left", ncols=2, fontsize=8, handletextpad=0.2, **look)
    return 8.0 + (heading + 16.0 if narrow else max(heading, 16.0))


# ---------------------------------------------------------------- slopes


def slopes(
    table: pd.DataFrame,
    *,
    intervals: bool = False,
    ax: Axes | None = None,
    title: str = "",
    unit: str = "",
    labels: Mapping[Any, str] | None = None,
    language: str = "id",
) -> Axes:
    """A line for each item over two to four waves, with its name and last value at the right and its first value at the left.

    Parameters
    ----------
    table : DataFrame
        Columns ``item, wave, estimate, ci_low, ci_high``; one row an item and wave, waves in the order in which they come.
    intervals : bool
        Whether limits are drawn too; lines then stand a little apart.
    ax : Axes, optional
        Drawn into; without it a figure of its own, outside pyplot.
    title, unit : str
        Above the axes, and below them.
    labels : mapping of code to text, optional
        What items and waves are called.
    language : {"id", "en"}
        Of words and numbers.

    Returns
    -------
    Axes
        ``get_label()`` is the text for those who do not see it. From wave to wave rises and falls differ in colour and line. A value that is
        missing has no point, and no line to or from it.

    Raises
    ------
    DataError
        A table without those columns or without rows, fewer than two or more than four waves, an item twice in a wave or without any value.

    Examples
    --------
    >>> import pandas as pd
    >>> limits = {"ci_low": [68.0, 72.0], "ci_high": [72.0, 78.0]}
    >>> table = pd.DataFrame({"item": ["speed"] * 2, "wave": ["2020", "2022"], "estimate": [70.0, 75.0], **limits})
    >>> slopes(table, language="en").get_label()
    'Change from 2020 to 2022. speed: 2020 70.0 (68.0 to 72.0), 2022 75.0 (72.0 to 78.0).'
    """
    choose("language", language, LANGUAGES)
    require_columns(table, (ITEM, WAVE, *LIMITS))
    items, waves = table[ITEM].unique().tolist(), table[WAVE].unique().tolist()
    if not 2 <= len(waves) <= _MOST_WAVES:
        raise DataError(f"there are {len(waves)} waves ({some(waves)}); a slope chart is drawn of 2 to {_MOST_WAVES}")
    limits = _cells(table, items, WAVE, waves)
    empty = [code for code, values in zip(items, limits[:, :, 0], strict=True) if not np.isfinite(values).any()]
    if empty:
        raise DataError(f"no wave has a value of {some(empty)}; leave out what has none")
    decimals = fitting_decimals(float(np.nanmax(np.abs(limits[..., 0]))))
    names, shown = [text_of(code, labels) for code in items], [text_of(code, labels) for code in waves]
    ends = _ends(names, limits[:, :, 0], decimals, language)
    axes = blank(max(3.4, 1.4 + 0.165 * sum(text.count("\n") + 1.25 for text in ends))) if ax is None else ax
    _draw_slopes(axes, limits, intervals=intervals)
    _frame(axes, limits, shown, intervals=intervals)
    _label_ends(axes, limits[:, :, 0], ends, [number(value, decimals, language, minus=MINUS) for value in limits[:, 0, 0]], intervals=intervals)
    _legend(axes, limits[:, :, 0], language)
    dress(axes, title, unit, above=24.0)
    said = [[written(tuple(one), decimals, language) for one in row] for row in limits.tolist()]
    rows = [", ".join(say("slope.point", language, wave=wave, value=text) for wave, text in zip(shown, row, strict=True)) for row in said]
    axes.set_label(describe(title or say("figure.slopes", language, base=shown[0], current=shown[-1]), list(zip(names, rows, strict=True))))
    return axes


def _ends(names: Sequence[str], values: Floats, decimals: int, language: str) -> list[str]:
    """Last value and name of each item, in lines short enough to stand beside the axes."""
    texts = [number(value, decimals, language, minus=MINUS) for value in values[:, -1]]
    indents = ["".join(" " if sign in ",." else "  " for sign in text) + "  " for text in texts]
    lines = [textwrap.wrap(name, 28, max_lines=3, placeholder="...") or [NONE] for name in names]
    return [f"{text}  " + f"\n{indent}".join(parts) for text, indent, parts in zip(texts, indents, lines, strict=True)]


def _apart(count: int, *, intervals: bool) -> Floats:
    """How far to the side the points of each item stand, so that limits do not lie on each other."""
    return np.linspace(-0.07, 0.07, count) if intervals and count > 1 else np.zeros(count)


def _ways(values: Floats) -> Floats:
    """Whether lines (items, waves - 1) rise, fall or stay, as the values are written; NaN where there is none."""
    decimals = fitting_decimals(float(np.nanmax(np.abs(values))))
    return np.asarray(np.sign(np.diff(np.round(values, decimals), axis=1).round(decimals)))


def _draw_slopes(axes: Axes, limits: Floats, *, intervals: bool) -> None:
    """Lines between waves by their direction, points, and limits if asked for."""
    values = limits[:, :, 0]
    aside = _apart(len(values), intervals=intervals)
    x, ways = np.arange(values.shape[1]) + aside[:, None], _ways(values)
    for row, column in np.argwhere(np.isfinite(values[:, 1:]) & np.isfinite(values[:, :-1])):
        colour, line, _ = _WAYS[int(ways[row, column])]
        axes.plot(x[row, column : column + 2], values[row, column : column + 2], color=colour, linestyle=line, linewidth=1.7, zorder=3)
    if intervals:
        axes.vlines(x.ravel(), limits[:, :, 1].ravel(), limits[:, :, 2].ravel(), color="#7A7A7A", linewidth=1.0, zorder=2)
    style: dict[str, Any] = {"marker": "o", "markersize": 5.5, "color": INK, "markeredgecolor": "white", "markeredgewidth": 0.8}
    axes.plot(x.ravel(), values.ravel(), linestyle="none", zorder=4, **style)


def _frame(axes: Axes, limits: Floats, waves: Sequence[str], *, intervals: bool) -> None:
    """Waves across, and heights with a little room."""
    drawn = limits if intervals else limits[:, :, 0]
    drawn = drawn[np.isfinite(drawn)]
    room = 0.05 * (float(np.ptp(drawn)) or 0.1 * abs(float(drawn[0])) or 1.0)
    axes.set_ylim(float(drawn.min()) - room, float(drawn.max()) + room)
    axes.set_xlim(-0.12, len(waves) - 0.88)
    axes.set_xticks(range(len(waves)), waves)
    axes.set_yticks([])


def _label_ends(axes: Axes, values: Floats, ends: Sequence[str], starts: Sequence[str], *, intervals: bool) -> None:
    """Names at the right beside the last value an item has, first values at the left."""
    known, aside = np.isfinite(values), _apart(len(values), intervals=intervals)
    last = values.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    end_labels(axes, last + aside, values[np.arange(len(values)), last], ends)
    first = np.flatnonzero(known[:, 0])
    end_labels(axes, aside[first], values[first, 0], [starts[row] for row in first.tolist()], side="left")


def _legend(axes: Axes, values: Floats, language: str) -> None:
    """The lines that occur, above the axes."""
    present = [sign for sign in _WAYS if (_ways(values) == sign).any()]
    handles = [Line2D([], [], color=_WAYS[sign][0], linestyle=_WAYS[sign][1], linewidth=1.7, label=say(_WAYS[sign][2], language)) for sign in present]
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3, frameon=False, fontsize=8, handlelength=2.6, borderaxespad=0.2)
