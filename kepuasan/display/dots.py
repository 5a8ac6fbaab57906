"""Estimates as dots with their limits, one row each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.columns import ESTIMATES, TESTED, WAVE
from kepuasan.display.figures import COLOURS, INK, MARKERS, blank, cut, describe, dress, require_columns, room_for, text_of, wrapped, written
from kepuasan.display.numbers import fitting_decimals, tick
from kepuasan.wording import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["dot_plot", "row_labels"]

_ROW = 0.26
_GAP = 0.55


def dot_plot(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    title: str = "",
    unit: str = "",
    labels: Mapping[Any, str] | None = None,
    language: str = "id",
    decimals: int | None = None,
) -> Axes:
    """Dots with their limits, the first row on top, values written beside them.

    Parameters
    ----------
    table : DataFrame
        Of `Estimates.to_frame`: key columns, then ``estimate, ci_low, ci_high``. Where a key column ``wave`` and another one vary,
        waves share a row's label and are told apart by marker and colour.
    ax : Axes, optional
        Drawn into; without it a figure of its own, outside pyplot.
    title, unit : str
        Above the axes, and below them.
    labels : mapping of code to text, optional
        What the codes of the key are called.
    language : {"id", "en"}
        Writing of numbers.
    decimals : int, optional
        Of the values written; without it as many as suit their size.

    Returns
    -------
    Axes

    Raises
    ------
    DataError
        A table without those columns or without rows.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"wave": ["2020", "2022"], "estimate": [75.7, 73.7], "ci_low": [73.5, 71.4], "ci_high": [77.9, 76.0]})
    >>> [tick.get_text() for tick in dot_plot(table).get_yticklabels()]
    ['2020', '2022']
    """
    require_columns(table, ("estimate", "ci_low", "ci_high"))
    series = _series(table)
    names = row_labels(table, labels, skip=() if series is None else (WAVE,))
    kinds = [] if series is None else list(dict.fromkeys(table[series].tolist()))
    groups = list(dict.fromkeys(names))
    place = _places(names, None if series is None else table[series].tolist(), groups, kinds)
    high = _ROW * len(table) + 0.14 * len(groups)
    axes = blank(1.2 + (0.25 if kinds else 0.0) + high + room_for(groups, high / len(groups))) if ax is None else ax
    for order, kind in enumerate(kinds or [None]):
        rows = np.flatnonzero([True] * len(table) if kind is None else [value == kind for value in table[series]])
        _draw(axes, table.iloc[rows], place[rows], order, "" if kind is None else text_of(kind, labels))
    _write_values(axes, table, place, language, decimals)
    if kinds:
        axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=len(kinds), frameon=False, fontsize=8, handletextpad=0.2, borderaxespad=0.2)
    _arrange(axes, groups, names, place, language)
    dress(axes, title, unit, above=26.0 if kinds else 10.0)
    said = _texts(table, language, decimals)
    axes.set_label(describe(title or say("figure.dots", language), list(zip(row_labels(table, labels), said, strict=True))))
    return axes


def row_labels(table: pd.DataFrame, labels: Mapping[Any, str] | None = None, *, skip: tuple[str, ...] = ()) -> list[str]:
    """What each row is called: the texts of its key, without the columns that are the same in every row.

    Examples
    --------
    >>> import pandas as pd
    >>> row_labels(pd.DataFrame({"item": ["index", "index"], "sex": ["L", "P"], "estimate": [1.0, 2.0]}), {"P": "Perempuan"})
    ['L', 'Perempuan']
    """
    keys = [name for name in _keys(table) if name not in skip]
    varying = _varying(table, keys) or keys[-1:]
    return [", ".join(text_of(table[name].iloc[row], labels) for name in varying) for row in range(len(table))]


def _keys(table: pd.DataFrame) -> list[str]:
    statistics = {*ESTIMATES, *TESTED, "label"}
    return [str(name) for name in table.columns if name not in statistics]


def _varying(table: pd.DataFrame, keys: list[str]) -> list[str]:
    """The key columns that are not the same in every row."""
    return [name for name in keys if len(table[name].unique()) > 1]


def _series(table: pd.DataFrame) -> str | None:
    """The column that tells series apart: waves, where something else varies too."""
    varying = _varying(table, _keys(table))
    usable = WAVE in varying and len(varying) > 1 and table[WAVE].nunique() <= len(MARKERS)
    return WAVE if usable else None


def _places(names: list[str], kinds: list[Any] | None, groups: list[str], order: list[Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Height of each row: groups one after another, the series of a group close together."""
    if kinds is None:
        return -np.arange(len(names), dtype=np.float64)
    step = 1.0
    span = step * (len(order) - 1) + step + _GAP
    top = {name: -span * position for position, name in enumerate(groups)}
    return np.array([top[name] - step * order.index(kind) for name, kind in zip(names, kinds, strict=True)])


def _draw(axes: Axes, table: pd.DataFrame, place: np.ndarray[Any, Any], order: int, name: str) -> None:
    colour, marker = COLOURS[order % len(COLOURS)], MARKERS[order % len(MARKERS)]
    axes.hlines(place, table["ci_low"], table["ci_high"], color=colour, linewidth=1.6, alpha=0.75)
    style: dict[str, Any] = {
        "linestyle": "none",
        "marker": marker,
        "markersize": 6,
        "color": colour,
        "markeredgecolor": "white",
        "markeredgewidth": 0.6,
    }
    axes.plot(table["estimate"], place, label=cut(name, 30) if name else "", **style)


def _texts(table: pd.DataFrame, language: str, decimals: int | None) -> list[str]:
    """Each value with its limits, as written."""
    if decimals is None:
        decimals = fitting_decimals(float(table["estimate"].abs().max()))
    limits = table[["estimate", "ci_low", "ci_high"]].to_numpy(dtype=np.float64)
    return [written((value, low, high), decimals, language) for value, low, high in limits.tolist()]


def _write_values(axes: Axes, table: pd.DataFrame, place: np.ndarray[Any, Any], language: str, decimals: int | None) -> None:
    for text, height in zip(_texts(table, language, decimals), place, strict=True):
        axes.text(1.02, height, text, transform=axes.get_yaxis_transform(), va="center", ha="left", fontsize=8, color=INK)


def _arrange(axes: Axes, groups: list[str], names: list[str], place: np.ndarray[Any, Any], language: str) -> None:
    """Labels at the middle of their rows, limits with room, numbers in the writing of the language."""
    middle = [float(np.mean([height for name, height in zip(names, place, strict=True) if name == group])) for group in groups]
    axes.set_yticks(middle if len(groups) < len(names) else list(place), [wrapped(name) for name in (groups if len(groups) < len(names) else names)])
    axes.set_ylim(float(place.min()) - 0.7, float(place.max()) + 0.7)
    axes.margins(x=0.06)
    axes.xaxis.set_major_formatter(lambda value, _: tick(value, language))
