"""Answers to items as bars of 100 percent, from the worst answer at the left to the best at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from matplotlib.patches import Patch
from numpy.typing import NDArray

from kepuasan.columns import CATEGORY, ITEM, spelled
from kepuasan.display.figures import blank, describe, dress, require_columns, require_once, room_for, text_of, wrapped
from kepuasan.display.numbers import number, percent, reconcile
from kepuasan.display.shades import agreement, letters_on
from kepuasan.errors import DataError, choose
from kepuasan.wording import LANGUAGES, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["MOST_ANSWERS", "likert_bars"]

Floats: TypeAlias = NDArray[np.float64]

#: more answers cannot be told apart by their colours
MOST_ANSWERS = 11
#: percent that a part has at least where its number is written in it
_WRITTEN = 6
#: inches of a row, and of what stands above and below all rows
_ROW, _AROUND, _LINE = 0.36, 1.0, 0.19
#: letters of a line of the legend
_LEGEND = 92


def likert_bars(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    title: str = "",
    labels: Mapping[Any, str] | None = None,
    answers: Mapping[Any, str] | None = None,
    language: str = "id",
) -> Axes:
    """A bar for each item, in the order of the table; its parts are the shares of the answers, in the order in which they first come.

    Parameters
    ----------
    table : DataFrame
        Columns ``item, category, estimate``: shares between 0 and 1, one row an item and answer, answers from the worst to the best.
    ax : Axes, optional
        Drawn into; without it a figure of its own, outside pyplot.
    title : str
        Above the axes.
    labels, answers : mapping of code to text, optional
        What items are called, and what answers are.
    language : {"id", "en"}
        Of words and numbers.

    Returns
    -------
    Axes
        Percentages of a bar add up to 100; they are written in parts of 6 percent and more. ``get_label()`` has all of them.

    Raises
    ------
    DataError
        A table without those columns or without rows, an item twice with an answer, more than 11 answers, an item without answers.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"item": ["speed"] * 3, "category": [1, 2, 3], "estimate": [0.125, 0.5, 0.375]})
    >>> likert_bars(table, answers={1: "bad", 2: "fair", 3: "good"}, language="en").get_label()
    'Answers to each item. speed: bad 13 %, fair 50 %, good 37 %.'
    """
    choose("language", language, LANGUAGES)
    require_columns(table, (ITEM, CATEGORY, "estimate"))
    require_once(table, [ITEM, CATEGORY])
    items, codes = table[ITEM].unique().tolist(), table[CATEGORY].unique().tolist()
    shares = _shares(table, items, codes)
    names, texts = [text_of(code, labels) for code in items], [_answer(code, answers) for code in codes]
    columns = _columns(texts)
    rows = len(items) * _ROW + room_for(names, _ROW)
    lines = sum(_tall(texts, columns))
    axes = blank(_AROUND + rows + _LINE * lines) if ax is None else ax
    colours = agreement(len(codes))
    _draw(axes, shares, colours, language)
    axes.set_yticks([-place for place in range(len(items))], [wrapped(name) for name in names])
    axes.set_xlim(0.0, 100.0)
    axes.set_ylim(0.55 - len(items), 0.55)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, 0, language))
    handles = [Patch(facecolor=colour, label=wrapped(text)) for colour, text in zip(colours, texts, strict=True)]
    style: dict[str, Any] = {"handlelength": 1.0, "handleheight": 1.0, "columnspacing": 1.2, "frameon": False, "borderaxespad": 0.2, "fontsize": 8}
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=columns, **style)
    dress(axes, title, say("likert.axis", language), above=12.0 + 12.5 * lines)
    said = [_said(texts, row, language) for row in shares.tolist()]
    axes.set_label(describe(title or say("figure.likert", language), list(zip(names, said, strict=True))))
    return axes


def _said(texts: Sequence[str], shares: Sequence[float], language: str) -> str:
    """The answers of an item with their percentages."""
    return ", ".join(f"{text} {percent(value, 0, language)}" for text, value in zip(texts, shares, strict=True) if value == value)


def _answer(code: Any, answers: Mapping[Any, str] | None) -> str:
    text = (answers or {}).get(code, "")
    return text if text.strip() else spelled(code)


def _columns(texts: Sequence[str]) -> int:
    """Entries of the legend beside each other: as many as have room."""
    longest = max(len(line) for text in texts for line in wrapped(text).splitlines())
    return max(1, min(len(texts), _LEGEND // (longest + 6)))


def _tall(texts: Sequence[str], columns: int) -> list[int]:
    """Lines of each row of the legend; matplotlib fills it column by column."""
    rows = -(-len(texts) // columns)
    return [max(wrapped(text).count("\n") + 1 for text in texts[row::rows]) for row in range(rows)]


def _shares(table: pd.DataFrame, items: Sequence[Any], codes: Sequence[Any]) -> Floats:
    """Whole percentages (items, answers) that add up to 100; NaN for an answer that an item does not have."""
    if len(codes) > MOST_ANSWERS:
        raise DataError(f"there are {len(codes)} answers, and bars tell {MOST_ANSWERS} apart; draw items with fewer answers")
    found = np.full((len(items), len(codes)), np.nan)
    found[[items.index(one) for one in table[ITEM]], [codes.index(one) for one in table[CATEGORY]]] = table["estimate"].to_numpy(np.float64)
    for item, row in zip(items, found, strict=True):
        known = np.isfinite(row)
        if not known.any() or abs(row[known].sum() - 1.0) > 1e-6:
            raise DataError(f"the shares of {item!r} add up to {row[known].sum():g}, not to 1; give all answers of an item")
        row[known] = reconcile((100.0 * row[known] / row[known].sum()).tolist(), 100.0, 0)
    return found


def _draw(axes: Axes, shares: Floats, colours: Sequence[str], language: str) -> None:
    """Bars from the top, parts from the left; numbers in those that are wide enough."""
    left = np.zeros(len(shares))
    place = -np.arange(len(shares), dtype=np.float64)
    for column, colour in enumerate(colours):
        width = np.nan_to_num(shares[:, column])
        axes.barh(place, width, left=left, height=0.68, color=colour, edgecolor="white", linewidth=0.8)
        for row in np.flatnonzero(width >= _WRITTEN).tolist():
            style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 8, "color": letters_on(colour)}
            axes.text(left[row] + width[row] / 2, place[row], number(width[row], 0, language), **style)
        left = left + width
