"""The waterfall of a change: from the first index to the last, part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from kepuasan.columns import CATEGORY, DRIVER, ITEM, PART, spelled
from kepuasan.display.figures import COLOURS, INK, blank, describe, dress, require_columns, room_for, text_of, wrapped, written
from kepuasan.display.numbers import fitting_decimals, reconcile, tick
from kepuasan.errors import DataError
from kepuasan.wording import CATALOGUE, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["Bar", "part_label", "waterfall"]

#: an index alone, or with its limits (value, low, high)
Bar: TypeAlias = "float | tuple[float, float, float]"

FRAME, LEVEL, INDEX = "frame", "level", "index"
#: parts that may be of no item
WHOLE = ("mix", "weights", LEVEL)
_RISE, _FALL, _WHOLE = COLOURS[0], COLOURS[1], "#A3A3A3"


def waterfall(
    table: pd.DataFrame,
    *,
    start: Bar,
    end: Bar,
    ax: Axes | None = None,
    title: str = "",
    labels: Mapping[Any, str] | None = None,
    language: str = "id",
    unit: str | None = None,
    decimals: int | None = None,
) -> Axes:
    """A horizontal waterfall: the first index, the parts in order with the frame first, the last index.

    Parameters
    ----------
    table : DataFrame
        Columns ``part`` and ``driver`` or ``item`` (or just one of them), ``category`` where items are factors, ``estimate, ci_low, ci_high``.
    start, end : float, or tuple of value, low and high
        The index before and after; the parts must add up to their difference.
    ax : Axes, optional
        Drawn into; without it a figure of its own, outside pyplot.
    title : str
        Above the axes.
    labels : mapping of code to text, optional
        What parts, drivers and items are called, and by (item, category) the levels of a factor; ``"start"`` and ``"end"`` name the outer bars.
    language : {"id", "en"}
        Of numbers and of the words that `labels` does not give.
    unit : str, optional
        What is drawn; without it the index.
    decimals : int, optional
        Of the values written; without it as many as suit their size.

    Returns
    -------
    Axes
        Rises and falls differ in colour, hatching and sign. Lines are the limits of each part, drawn from where its bar begins.

    Raises
    ------
    DataError
        A table without those columns or without rows; parts that are not finite or do not add up.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"driver": ["frame", "rest"], "estimate": [-0.8, -1.2], "ci_low": [-1.5, -3.0], "ci_high": [-0.1, 0.6]})
    >>> [tick.get_text() for tick in waterfall(table, start=75.7, end=73.7, language="en").get_yticklabels()]
    ['Start', 'Difference of frame', 'Other items', 'End']
    """
    require_columns(table, ("estimate", "ci_low", "ci_high"))
    first, last = _bar(start), _bar(end)
    if decimals is None:
        decimals = fitting_decimals(max(abs(first[0]), abs(last[0])), float(np.abs(table["estimate"]).max()))
    steps = _steps(_frame_first(table), first[0], last[0], decimals, partial(part_label, labels=labels, language=language))
    outer = {"start": say("bar.base", language), "end": say("bar.end", language), **(labels or {})}
    names = [outer["start"], *(step.label for step in steps), outer["end"]]
    axes = blank(1.25 + 0.44 * len(names) + room_for(names, 0.44)) if ax is None else ax
    left, right = _span([first, last], steps)
    _draw_whole(axes, 0, first, left, written(first, decimals, language))
    for row, step in enumerate(steps, start=1):
        _draw_step(axes, row, step, written((step.shown, step.low, step.high), decimals, language, signed=True))
    _draw_whole(axes, len(steps) + 1, last, left, written(last, decimals, language))
    axes.set_yticks(range(len(names)), [wrapped(name) for name in names])
    axes.set_xlim(left, right)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.xaxis.set_major_formatter(lambda value, _: tick(value, language))
    dress(axes, title, say("axis.truncated", language, unit=say("column.index", language) if unit is None else unit))
    rows = [written(first, decimals, language), *(written((s.shown, s.low, s.high), decimals, language, signed=True) for s in steps)]
    alt = describe(title or say("figure.change", language), list(zip(names, [*rows, written(last, decimals, language)], strict=True)))
    axes.set_label(alt)
    return axes


def part_label(row: Mapping[Any, Any], labels: Mapping[Any, str] | None = None, language: str = "id") -> str:
    """What a part is called: the frame, mix, weights and level as a whole by their own names, otherwise its driver, or its item and category.

    Examples
    --------
    >>> part_label({"part": "level", "driver": "rest"}, None, "en"), part_label({"part": "frame", "driver": ""}, None, "en")
    ('Other items', 'Difference of frame')
    """
    if row.get(PART) == FRAME or FRAME in (row.get(DRIVER), row.get(ITEM)):
        return _named(FRAME, labels, language)
    part, code = row.get(PART, LEVEL), next((row[column] for column in (ITEM, DRIVER, PART) if column in row), "")
    if part in WHOLE and code in (part, INDEX):
        return _named(part, labels, language)
    text, category = _named(code, labels, language), row.get(CATEGORY, "")
    if category != "" and ITEM in row:
        text = f"{text}: {text_of((code, category), labels) if (code, category) in (labels or {}) else spelled(category)}"
    return text if part in (LEVEL, code) else f"{_named(part, labels, language)}: {text}"


def _named(code: Any, labels: Mapping[Any, str] | None, language: str) -> str:
    """The text of a code: the caller's, else that of the catalogue, else the code."""
    if labels is not None and code in labels:
        return str(labels[code])
    return say(f"part.{code}", language) if f"part.{code}" in CATALOGUE else text_of(code, labels)


@dataclass(frozen=True)
class _Step:
    """One part: where its bar begins, how far it goes, its limits, and what is written beside it."""

    label: str
    begin: float
    value: float
    low: float
    high: float
    shown: float


def _frame_first(table: pd.DataFrame) -> pd.DataFrame:
    is_frame = [any(row.get(column) == FRAME for column in (PART, DRIVER, ITEM)) for row in table.to_dict("records")]
    order = sorted(range(len(table)), key=lambda position: not is_frame[position])
    return table.iloc[order]


def _bar(bar: Bar) -> tuple[float, float, float]:
    return bar if isinstance(bar, tuple) else (float(bar), float("nan"), float("nan"))


def _steps(table: pd.DataFrame, start: float, end: float, decimals: int, name: Callable[[Mapping[Any, Any]], str]) -> list[_Step]:
    values = [float(value) for value in table["estimate"]]
    total = end - start
    if not abs(sum(values) - total) <= 1e-6 * max(1.0, abs(start), abs(end)):
        gap = f"the parts add up to {sum(values):g}, but the index goes from {start:g} to {end:g}, by {total:g}"
        raise DataError(f"{gap}; give all parts of one change")
    shown = reconcile(values, sum(values), decimals)
    steps, begin = [], start
    for row, value, text in zip(table.to_dict("records"), values, shown, strict=True):
        steps.append(_Step(name(row), begin, value, float(row["ci_low"]), float(row["ci_high"]), text))
        begin += value
    return steps


def _span(wholes: list[tuple[float, float, float]], steps: list[_Step]) -> tuple[float, float]:
    """Limits of the axis: everything drawn, with room on both sides."""
    points = [x for whole in wholes for x in whole if x == x]
    points += [step.begin + x for step in steps for x in (0.0, step.value, step.low, step.high) if x == x]
    room = 0.12 * ((max(points) - min(points)) or 1.0)
    return min(points) - room, max(points) + room


def _draw_whole(axes: Axes, row: int, bar: tuple[float, float, float], left: float, text: str) -> None:
    axes.barh(row, bar[0] - left, left=left, height=0.6, color=_WHOLE, edgecolor="white")
    _limits(axes, row, bar[1], bar[2])
    _write(axes, row, text, bold=True)


def _draw_step(axes: Axes, row: int, step: _Step, text: str) -> None:
    fall = step.value < 0
    look: dict[str, Any] = {"color": _FALL, "hatch": "////"} if fall else {"color": _RISE}
    axes.barh(row, step.value, left=step.begin, height=0.6, edgecolor="white", linewidth=0.0, **look)
    joints = [step.begin, step.begin + step.value]
    axes.vlines(joints, [row - 0.7, row - 0.3], [row + 0.3, row + 0.7], color="#888888", linewidth=0.8, linestyle=":")
    _limits(axes, row, step.begin + step.low, step.begin + step.high)
    _write(axes, row, text, bold=False)


def _limits(axes: Axes, row: int, low: float, high: float) -> None:
    if np.isfinite([low, high]).all():
        axes.errorbar([(low + high) / 2], [row], xerr=[[(high - low) / 2]], fmt="none", ecolor=INK, elinewidth=1.2, capsize=3)


def _write(axes: Axes, row: int, text: str, *, bold: bool) -> None:
    weight = "bold" if bold else "normal"
    axes.text(1.02, row, text, transform=axes.get_yaxis_transform(), va="center", ha="left", fontsize=8.5, fontweight=weight, color=INK)
