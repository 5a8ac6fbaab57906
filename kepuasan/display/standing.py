"""A league table as dots with their limits, the best on top, and the ranks that each may have beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.display.figures import COLOURS, INK, LIMITS, blank, describe, dress, require_columns, room_for, wrapped, written
from kepuasan.display.numbers import MINUS, NONE, fitting_decimals, number, tick
from kepuasan.errors import choose
from kepuasan.wording import LANGUAGES, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["standing_plot"]

LABEL, RANKS = "label", ("rank", "rank_low", "rank_high")
#: inches of a row, and of what stands above and below; points between the columns at the right
_ROW, _AROUND, _APART = 0.265, 1.35, 44


def standing_plot(
    table: pd.DataFrame,
    *,
    whole: float | None = None,
    left_out: int = 0,
    ax: Axes | None = None,
    title: str = "",
    unit: str = "",
    language: str = "id",
    decimals: int | None = None,
) -> Axes:
    """Rows in the order of the table, each with its dot, its limits, its value, its rank and the range of ranks that the data do not rule out.

    Parameters
    ----------
    table : DataFrame
        Columns ``label, estimate, ci_low, ci_high, rank, rank_low, rank_high``.
    whole : float, optional
        The value of all together, drawn as a line.
    left_out : int
        Rows that are not in the table: they belong after its first half, where a gap says so.
    ax : Axes, optional
        Drawn into; without it a figure of its own, outside pyplot.
    title, unit : str
        Above the axes, and below them.
    language : {"id", "en"}
        Of words and numbers.
    decimals : int, optional
        Of the values written; without it as many as suit their size.

    Returns
    -------
    Axes
        ``get_label()`` is the text for those who do not see it.

    Raises
    ------
    DataError
        A table without those columns or without rows.

    Examples
    --------
    >>> import pandas as pd
    >>> limits = {"estimate": [75.0, 71.0], "ci_low": [72.0, 66.0], "ci_high": [78.0, 76.0]}
    >>> table = pd.DataFrame({"label": ["Bali", "Aceh"], **limits, "rank": [1, 2], "rank_low": [1, 1], "rank_high": [2, 2]})
    >>> standing_plot(table, title="Index", language="en").get_label()
    'Index. Bali: 75.0 (72.0 to 78.0), rank 1 (1 to 2); Aceh: 71.0 (66.0 to 76.0), rank 2 (1 to 2).'
    """
    choose("language", language, LANGUAGES)
    require_columns(table, (LABEL, *LIMITS, *RANKS))
    rows = table.to_dict("records")
    digits = fitting_decimals(float(table["estimate"].abs().max())) if decimals is None else decimals
    place = -np.arange(len(rows), dtype=np.float64)
    place[(len(rows) + 1) // 2 :] -= 1.0 if left_out else 0.0
    names = [str(row[LABEL]) for row in rows]
    axes = blank(_AROUND + _ROW * (len(rows) + bool(left_out)) + room_for(names, _ROW)) if ax is None else ax
    axes.hlines(place, table["ci_low"], table["ci_high"], color=COLOURS[0], linewidth=1.6, alpha=0.75)
    axes.plot(table["estimate"], place, linestyle="none", marker="o", markersize=6, color=COLOURS[0], markeredgecolor="white", markeredgewidth=0.6)
    if whole is not None:
        text = say("standing.whole", language, value=number(whole, digits, language, minus=MINUS))
        axes.axvline(whole, color="#6E6E6E", linewidth=1.0, linestyle=(0, (4, 2)), zorder=1.2, label=text)
        axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), frameon=False, fontsize=8, borderaxespad=0.2)
    _write(axes, rows, place, digits, language)
    if left_out:
        text = say("standing.gap", language, count=number(left_out, 0, language))
        style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 8, "color": INK, "backgroundcolor": "white"}
        axes.text(0.5, place[(len(rows) + 1) // 2 - 1] - 1.0, text, transform=axes.get_yaxis_transform(), **style)
    axes.set_yticks(place.tolist(), [wrapped(name) for name in names])
    axes.set_ylim(float(place.min()) - 0.7, 0.7)
    axes.margins(x=0.06)
    axes.xaxis.set_major_formatter(lambda value, _: tick(value, language))
    dress(axes, title, unit, above=26.0)
    said = [(str(row[LABEL]), _said(row, digits, language)) for row in rows]
    axes.set_label(describe(title or say("figure.standing", language), said))
    return axes


def _range(row: Mapping[Any, Any], language: str) -> str:
    """The range of ranks, or a dash."""
    low, high = row["rank_low"], row["rank_high"]
    return NONE if low != low or high != high else say("interval", language, low=number(low, 0, language), high=number(high, 0, language))


def _said(row: Mapping[Any, Any], decimals: int, language: str) -> str:
    """Value, limits, rank and range of a row in words."""
    value = written((row["estimate"], row["ci_low"], row["ci_high"]), decimals, language)
    return say("standing.row", language, value=value, rank=number(row["rank"], 0, language), range=_range(row, language))


def _write(axes: Axes, rows: list[Any], place: np.ndarray[Any, Any], decimals: int, language: str) -> None:
    """Values and ranges of ranks in two columns at the right, with their headings."""
    beside: dict[str, Any] = {"textcoords": "offset points", "ha": "left", "color": INK, "annotation_clip": False, "fontsize": 8}
    for row, height in zip(rows, place.tolist(), strict=True):
        texts = number(row["estimate"], decimals, language, minus=MINUS), _range(row, language)
        for text, offset in zip(texts, (8, 8 + _APART), strict=True):
            axes.annotate(text, (1.0, height), (offset, 0), xycoords=axes.get_yaxis_transform(), va="center", **beside)
    heads = say("column.index", language), say("standing.ranks", language)
    for text, offset in zip(heads, (8, 8 + _APART), strict=True):
        axes.annotate(text, (1.0, 1.0), (offset, 3), xycoords="axes fraction", va="bottom", fontweight="bold", **beside)
