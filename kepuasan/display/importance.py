"""Importance of drivers as bars with their limits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kepuasan.columns import ITEM
from kepuasan.display.figures import (
    COLOURS,
    INK,
    LIMITS,
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
from kepuasan.display.numbers import fitting_decimals, reconcile, tick
from kepuasan.errors import DataError, choose, some
from kepuasan.wording import LANGUAGES, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["SHARES", "Measure", "importance_bars"]

Floats: TypeAlias = NDArray[np.float64]

#: what importance is written in: parts of what all drivers account for, or of the sum of their importances; units of R² or of McFadden's
Measure: TypeAlias = Literal["share", "share_of_sum", "r_squared", "mcfadden"]
#: measures that sum to 1, drawn in percent
SHARES: tuple[Measure, ...] = ("share", "share_of_sum")
_HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "++++")
#: inches: of a bar, and between items
_BAR, _APART = 0.21, 0.13


def importance_bars(
    table: pd.DataFrame,
    *,
    measure: Measure = "r_squared",
    ax: Axes | None = None,
    title: str = "",
    unit: str = "",
    labels: Mapping[Any, str] | None = None,
    language: str = "id",
) -> Axes:
    """Horizontal bars of importance with their limits, the largest on top, values written beside them.

    Parameters
    ----------
    table : DataFrame
        Columns ``item``, those of a domain if there is one, then ``estimate, ci_low, ci_high``. Up to six domains share an item's place and
        differ in colour and hatching; items are then in the order of their mean over domains.
    measure : {"r_squared", "mcfadden", "share", "share_of_sum"}
        What estimates are: in units of R² or of McFadden's; shares of what the drivers account for, or of the sum of importances. Shares are drawn
        in percent; those of a domain that add up to 1 are written so that they add up to 100.
    ax : Axes, optional
        Drawn into; without it a figure of its own, outside pyplot.
    title, unit : str
        Above the axes, and below them; without a unit it is that of `measure`.
    labels : mapping of code to text, optional
        What items and domains are called.
    language : {"id", "en"}
        Of words and numbers.

    Returns
    -------
    Axes
        ``get_label()`` is the text for those who do not see it. An estimate that is missing has no bar and a dash; its item comes last.

    Raises
    ------
    DataError
        A table without those columns or without rows, an item twice in a domain, more than six domains.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"item": ["speed", "updates"], "estimate": [0.1, 0.2], "ci_low": [0.0, 0.1], "ci_high": [0.2, 0.3]})
    >>> importance_bars(table, language="en").get_label()
    'Importance of each driver. updates: 0.200 (0.100 to 0.300); speed: 0.100 (0.000 to 0.200).'
    """
    choose("language", language, LANGUAGES)
    require_columns(table, (ITEM, *LIMITS))
    shares = measure in SHARES
    bars = _Bars.of(table, labels, 100.0 if shares else 1.0)
    decimals = 1 if shares else fitting_decimals(float(np.nanmax(np.abs(bars.limits[:, 0]), initial=0.0)))
    texts = bars.texts(decimals, language, shares=shares)
    legend = math.ceil(len(bars.domains) / 3) if len(bars.domains) > 1 else 0
    rows = _BAR * len(table) + _APART * len(bars.items)
    axes = blank(1.05 + 0.2 * legend + rows + room_for(bars.items, rows / len(bars.items))) if ax is None else ax
    place = bars.places()
    for order, domain in enumerate(bars.domains):
        _draw_bars(axes, bars.limits[bars.domain == order], place[bars.domain == order], order, domain if legend else "")
    for height, text in zip(place, texts, strict=True):
        axes.text(1.02, height, text, transform=axes.get_yaxis_transform(), va="center", ha="left", fontsize=8, color=INK)
    if legend:
        axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=min(len(bars.domains), 3), frameon=False, fontsize=8, borderaxespad=0.2)
    middles = [float(place[bars.item == order].mean()) for order in range(len(bars.items))]
    axes.set_yticks(middles, [wrapped(name) for name in bars.items])
    axes.set_ylim(float(place.min()) - 0.75, float(place.max()) + 0.75)
    _from_zero(axes, bars.limits)
    axes.xaxis.set_major_formatter(lambda value, _: tick(value, language))
    dress(axes, title, unit or say(f"importance.{measure}", language), above=14.0 * legend + 10.0)
    axes.set_label(describe(title or say("figure.importance", language), list(zip(bars.names(), texts, strict=True))))
    return axes


@dataclass(frozen=True, eq=False)
class _Bars:
    """Bars from the top: names of items and domains, which of them each bar is of, and its value, low and high (bars, 3)."""

    items: list[str]
    domains: list[str]
    item: NDArray[np.intp]
    domain: NDArray[np.intp]
    limits: Floats

    @classmethod
    def of(cls, table: pd.DataFrame, labels: Mapping[Any, str] | None, factor: float) -> _Bars:
        keys = [name for name in table.columns[: list(table.columns).index("estimate")] if name != ITEM and len(table[name].unique()) > 1]
        domains = [tuple(row) for row in table[keys].astype(object).to_numpy().tolist()]
        known = list(dict.fromkeys(domains))
        if len(known) > len(_HATCHES):
            listed = some([", ".join(map(str, one)) for one in known])
            raise DataError(f"there are {len(known)} domains ({listed}), and bars tell {len(_HATCHES)} apart; draw fewer of them")
        require_once(table, [ITEM, *keys])
        mean = table.groupby(ITEM, sort=False)["estimate"].mean()
        ranked = mean.sort_values(ascending=False, kind="stable", na_position="last").index.tolist()
        item = np.array([ranked.index(code) for code in table[ITEM]], dtype=np.intp)
        domain = np.array([known.index(one) for one in domains], dtype=np.intp)
        order = np.lexsort((domain, item))
        names = [", ".join(text_of(code, labels) for code in one) for one in known]
        limits = factor * table[list(LIMITS)].to_numpy(np.float64)[order]
        return cls([text_of(code, labels) for code in ranked], names, item[order], domain[order], limits)

    def names(self) -> list[str]:
        """What each bar is called, with its domain where there are several."""
        several = len(self.domains) > 1
        return [self.items[i] + (f", {self.domains[j]}" if several else "") for i, j in zip(self.item, self.domain, strict=True)]

    def places(self) -> Floats:
        """Height of each bar: those of an item close together, items apart."""
        return -(np.arange(len(self.item)) + self.item * _APART / _BAR)

    def texts(self, decimals: int, language: str, *, shares: bool) -> list[str]:
        """What is written beside each bar; shares that add up to 100 do so as written."""
        values = self.limits[:, 0].copy()
        for order in range(len(self.domains)):
            own = self.domain == order
            if shares and np.isfinite(values[own]).all() and abs(values[own].sum() - 100.0) < 1e-7:
                values[own] = reconcile(values[own].tolist(), float(values[own].sum()), decimals)
        return [written((value, low, high), decimals, language) for value, (_, low, high) in zip(values.tolist(), self.limits.tolist(), strict=True)]


def _draw_bars(axes: Axes, limits: Floats, place: Floats, order: int, name: str) -> None:
    value, low, high = limits.T
    look: dict[str, Any] = {
        "color": COLOURS[order],
        "hatch": _HATCHES[order],
        "edgecolor": "white",
        "linewidth": 0.0,
        "label": cut(name, 24) if name else "",
    }
    axes.barh(place, np.nan_to_num(value), height=0.8 if name else 1.1, **look)
    known = np.isfinite(limits).all(axis=1)
    if known.any():
        middle, half = (low + high)[known] / 2, (high - low)[known] / 2
        style: dict[str, Any] = {"fmt": "none", "capsize": 2.5}
        axes.errorbar(middle, place[known], xerr=half, ecolor="white", elinewidth=2.6, capthick=2.6, zorder=3, **style)
        axes.errorbar(middle, place[known], xerr=half, ecolor=INK, elinewidth=1.1, capthick=1.1, zorder=3.1, **style)


def _from_zero(axes: Axes, limits: Floats) -> None:
    """Limits of the axis: 0 and everything drawn, with room where something is drawn."""
    drawn = limits[np.isfinite(limits)]
    low, high = min(0.0, drawn.min(initial=0.0)), max(0.0, drawn.max(initial=0.0))
    room = 0.04 * ((high - low) or 1.0)
    axes.set_xlim(low - room if low < 0 else 0.0, high + room)
    axes.axvline(0.0, color=INK, linewidth=0.8, zorder=3)
