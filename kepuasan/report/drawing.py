"""The figures of a report, each with the text for those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kepuasan.columns import DRIVER
from kepuasan.display.dots import dot_plot, row_labels
from kepuasan.display.figures import describe, written
from kepuasan.display.numbers import reconcile
from kepuasan.display.waterfall import part_label, waterfall
from kepuasan.report.results import LEVEL

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from kepuasan.change import Change
    from kepuasan.report.results import ResultTree
    from kepuasan.report.shown import Voice

__all__ = ["Drawing", "draw"]


@dataclass(frozen=True)
class Drawing:
    """A figure: its file name, what it shows, and its text."""

    name: str
    caption: str
    axes: Axes
    alt: str


def draw(results: ResultTree, voice: Voice) -> list[Drawing]:
    """The waterfall of the change, the index by wave and the items, as far as there are any."""
    drawings = []
    if results.change is not None:
        drawings.append(_waterfall(results, results.change, voice))
    if results.several:
        drawings.append(_dots("index", results.index.to_frame("score", LEVEL), results, voice))
    drawings.append(_dots("items", results.index.to_frame("items", LEVEL), results, voice))
    return drawings


def _waterfall(results: ResultTree, change: Change, voice: Voice) -> Drawing:
    by_driver = change.drivers is not None
    table = change.to_frame("drivers" if by_driver else "parts", LEVEL)
    labels = results.driver_labels(voice.language) if by_driver else results.item_labels(voice.language)
    table = table if by_driver else table.drop(columns=[DRIVER], errors="ignore")
    outer = {"start": voice.say("bar.start", wave=change.base), "end": voice.say("bar.start", wave=change.current)}
    title = voice.say("figure.waterfall", base=change.base, current=change.current)
    start, end = _limits(change.start.to_frame(LEVEL)), _limits(change.end.to_frame(LEVEL))
    axes = waterfall(table, start=start, end=end, title=title, labels={**labels, **outer}, language=voice.language)
    parts = table.to_dict("records")
    shown = reconcile([row["estimate"] for row in parts], end[0] - start[0], voice.decimals)
    rows = [
        (outer["start"], _said(*start, voice)),
        *(
            (part_label(row, labels, voice.language), _said(value, row["ci_low"], row["ci_high"], voice, signed=True))
            for row, value in zip(parts, shown, strict=True)
        ),
        (outer["end"], _said(*end, voice)),
    ]
    return Drawing("waterfall", f"{title}. {voice.say('figure.limits', level=voice.level)}", axes, describe(title, rows))


def _limits(table: pd.DataFrame) -> tuple[float, float, float]:
    row = table.iloc[0]
    return float(row["estimate"]), float(row["ci_low"]), float(row["ci_high"])


def _said(value: float, low: float, high: float, voice: Voice, *, signed: bool = False) -> str:
    return written((value, low, high), voice.decimals, voice.language, signed=signed)


def _dots(name: str, table: pd.DataFrame, results: ResultTree, voice: Voice) -> Drawing:
    labels = results.item_labels(voice.language)
    title = voice.say(f"figure.{name}" if results.several else f"caption.{name}")
    unit = {"raw": "unit.scale", "top-box": "unit.percent"}.get(results.spec.scoring, "unit.score")
    axes = dot_plot(table, title=title, unit=voice.say(unit), labels=labels, language=voice.language, decimals=voice.decimals)
    names = row_labels(table, labels)
    rows = [(label, _said(row["estimate"], row["ci_low"], row["ci_high"], voice)) for label, row in zip(names, table.to_dict("records"), strict=True)]
    return Drawing(name, f"{title}. {voice.say('figure.limits', level=voice.level)}", axes, describe(title, rows))
