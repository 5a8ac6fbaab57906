"""Importance against performance: a map of four quadrants."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from matplotlib.collections import LineCollection
from numpy.typing import NDArray

from kepuasan.columns import ITEM, QUADRANTS
from kepuasan.display.figures import COLOURS, INK, LIMITS, blank, describe, dress, require_columns, require_once, text_of, written
from kepuasan.display.importance import SHARES
from kepuasan.display.labels import label_points
from kepuasan.display.numbers import MINUS, NONE, fitting_decimals, number, percent, tick
from kepuasan.errors import DataError, choose, nearest, some
from kepuasan.wording import LANGUAGES, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from kepuasan.display.importance import Measure

__all__ = ["Cross", "performance_map"]

Floats: TypeAlias = NDArray[np.float64]

_SURE = 0.9
_PALE = "#5F5F5F"
#: inches of axes in which names are broken sooner
_NARROW = 4.0
#: by importance above the crosshair, then performance above it
_QUADRANTS = {(bool(high), bool(far)): name for high, row in enumerate(QUADRANTS) for far, name in enumerate(row)}
_LOOKS = {"concentrate": (COLOURS[1], "^"), "keep": (COLOURS[0], "o"), "low": (COLOURS[4], "s"), "overkill": (COLOURS[5], "D")}


class Cross(NamedTuple):
    """Where quadrants meet, in the units of the tables, and the rule by which: "mean of the drivers"."""

    performance: float
    importance: float
    rule: str = ""


def performance_map(
    importance: pd.DataFrame,
    performance: pd.DataFrame,
    *,
    crosshair: Cross | tuple[float, float] | tuple[float, float, str],
    measure: Measure = "r_squared",
    ax: Axes | None = None,
    title: str = "",
    unit: str = "",
    labels: Mapping[Any, str] | None = None,
    language: str = "id",
) -> Axes:
    """The importance-performance map: performance across, importance upwards, limits on both axes, four named quadrants.

    Parameters
    ----------
    importance, performance : DataFrame
        Columns ``item, estimate, ci_low, ci_high``; the same items, one row each. Where one of them has a column ``quadrant`` ("concentrate",
        "keep", "low", "overkill"), items are drawn as of that one; where one has ``probability``, it is that of this quadrant: written in percent
        behind the item's name, and the marker is hollow below 0.9.
    crosshair : Cross, or tuple of performance, importance and rule
        Where quadrants meet, and the rule that is written on the lines. Where no table says the quadrant, an item on a line belongs to the one above
        or to the right.
    measure : {"r_squared", "mcfadden", "share", "share_of_sum"}
        What importance is, as for `importance_bars`; shares are drawn in percent.
    ax : Axes, optional
        Drawn into; without it a figure of its own, outside pyplot.
    title, unit : str
        Above the axes; of performance.
    labels : mapping of code to text, optional
        What items are called.
    language : {"id", "en"}
        Of words and numbers.

    Returns
    -------
    Axes
        ``get_label()`` is the text for those who do not see it. Quadrants differ in colour and marker; labels overlap nothing.

    Raises
    ------
    DataError
        Tables without those columns or without rows, an item twice, in one table only or with a missing estimate; an unknown quadrant; a
        crosshair that is not finite.

    References
    ----------
    Martilla, J. A., & James, J. C. (1977). Importance-performance analysis. *Journal of Marketing*, 41(1), 77-79.

    Examples
    --------
    >>> import pandas as pd
    >>> limits = {"ci_low": [float("nan")] * 2, "ci_high": [float("nan")] * 2}
    >>> importance = pd.DataFrame({"item": ["speed", "updates"], "estimate": [0.1, 0.2], **limits})
    >>> performance = pd.DataFrame({"item": ["speed", "updates"], "estimate": [80.0, 60.0], **limits})
    >>> axes = performance_map(importance, performance, crosshair=(70.0, 0.15, "mean"), language="en")
    >>> axes.get_label().split("; ")[2]
    'updates: performance 60.0, importance 0.200, quadrant Concentrate here.'
    """
    choose("language", language, LANGUAGES)
    shares = measure in SHARES
    drawn = _Map.of(importance, performance, Cross(*crosshair), 100.0 if shares else 1.0)
    axes = blank(6.6) if ax is None else ax
    _limit(axes, drawn)
    corners = _quarter(axes, drawn.crosshair, language)
    for quadrant in dict.fromkeys(drawn.quadrants):
        _draw_points(axes, drawn, quadrant)
    lines = _draw_limits(axes, drawn)
    names = [text_of(code, labels) for code in drawn.items]
    width = 16 if _narrow(axes) else 24
    chances = [_chance(chance, language) for chance in drawn.probability]
    short = [textwrap.fill(name, width, max_lines=4, placeholder="...") or NONE for name in names]
    texts = [name + (f" ({chance})" if chance else "") for name, chance in zip(short, chances, strict=True)]
    colours = [_PALE if chance < _SURE else INK for chance in drawn.probability]
    label_points(axes, drawn.values, texts, avoid=corners, lines=lines, colours=colours)
    _dress_map(axes, drawn, (title, unit), language, measure=measure)
    axes.set_label(describe(title or say("figure.map", language), drawn.rows(labels, language, shares=shares)))
    return axes


@dataclass(frozen=True, eq=False)
class _Map:
    """Points as they are drawn: performance and importance (n, 2), and the limits of each on each axis (n, 2, 2)."""

    items: list[Any]
    values: Floats
    limits: Floats
    quadrants: list[str]
    probability: Floats
    crosshair: Cross

    @classmethod
    def of(cls, importance: pd.DataFrame, performance: pd.DataFrame, crosshair: Cross, factor: float) -> _Map:
        for name, table in (("importance", importance), ("performance", performance)):
            require_columns(table, (ITEM, *LIMITS))
            require_once(table, [ITEM])
            missing = table.loc[~np.isfinite(table["estimate"].to_numpy(np.float64)), ITEM]
            if len(missing):
                raise DataError(f"the {name} of {some(missing)} is missing or infinite, so it has no place on the map; leave it out of both tables")
        if not np.isfinite(crosshair[:2]).all():
            raise DataError(f"the crosshair {tuple(crosshair[:2])} is not finite; give performance and importance where quadrants meet")
        items = importance[ITEM].tolist()
        alone = [code for code in [*items, *performance[ITEM]] if (code in items) != performance[ITEM].isin([code]).any()]
        if alone:
            hint = nearest(alone[0], performance[ITEM] if alone[0] in items else items)
            raise DataError(f"{some(alone)} in one table only{hint}; give importance and performance of the same items")
        across = performance.set_index(ITEM).loc[items]
        both = np.stack([across[list(LIMITS)].to_numpy(np.float64), factor * importance[list(LIMITS)].to_numpy(np.float64)], axis=1)
        centre = Cross(float(crosshair.performance), factor * float(crosshair.importance), crosshair.rule)
        values, limits = both[:, :, 0], both[:, :, 1:]
        chance = next((table["probability"] for table in (importance, across) if "probability" in table), np.full(len(items), np.nan))
        return cls(items, values, limits, _quadrants((importance, across), values, centre), np.asarray(chance, dtype=np.float64), centre)

    def rows(self, labels: Mapping[Any, str] | None, language: str, *, shares: bool) -> list[tuple[str, str]]:
        """What each item is called and where it lies, after the crosshair."""
        decimals = self.decimals(shares=shares)
        centre = [number(value, digits, language, minus=MINUS) for value, digits in zip(self.crosshair[:2], decimals, strict=True)]
        rule = [self.crosshair.rule] if self.crosshair.rule else []
        at = [f"{say('map.performance', language).lower()} {centre[0]}", f"{say('map.importance', language).lower()} {centre[1]}"]
        rows = [(say("map.crosshair", language), ", ".join([*rule, *at]))]
        for order, code in enumerate(self.items):
            x, y = (written((self.values[order, i], *self.limits[order, i]), digits, language) for i, digits in enumerate(decimals))
            place = say("map.place", language, performance=x, importance=y, quadrant=say(f"quadrant.{self.quadrants[order]}", language))
            chance = _chance(self.probability[order], language)
            rows.append((text_of(code, labels), f"{place}, {say('map.probability', language, value=chance)}" if chance else place))
        return rows

    def decimals(self, *, shares: bool) -> tuple[int, int]:
        """Digits of performance and of importance."""
        most = np.abs(self.values).max(axis=0)
        return fitting_decimals(float(most[0])), 1 if shares else fitting_decimals(float(most[1]))


def _quadrants(tables: Sequence[pd.DataFrame], values: Floats, centre: Cross) -> list[str]:
    """The quadrant of each item: as a table says, else by where it lies from the crosshair."""
    said = next((table["quadrant"].tolist() for table in tables if "quadrant" in table), None)
    if said is None:
        return [_QUADRANTS[bool(y >= centre.importance), bool(x >= centre.performance)] for x, y in values]
    unknown = sorted({str(one) for one in said} - set(_LOOKS))
    if unknown:
        raise DataError(f"the map has no quadrant {some(unknown)}{nearest(unknown[0], _LOOKS)}; name {some(_LOOKS)}")
    return said


def _chance(probability: float, language: str) -> str:
    """A probability in percent, never 0 and never 100, on one line; nothing where there is none."""
    if not np.isfinite(probability):
        return ""
    least, most = probability < 0.005, probability >= 0.995
    text = percent(1.0 if least else 99.0 if most else 100.0 * probability, 0, language)
    return f"{'< ' if least else '> ' if most else ''}{text}".replace(" ", "\N{NO-BREAK SPACE}")


def _narrow(axes: Axes) -> bool:
    return bool(axes.bbox.width / axes.figure.dpi < _NARROW)


def _limit(axes: Axes, drawn: _Map) -> None:
    """Limits of the axes: everything drawn and a fair part of each quadrant, with room for their names above and below."""
    for axis, room in ((0, 0.06), (1, 0.13)):
        values = np.append(drawn.values[:, axis], drawn.limits[:, axis])
        values = values[np.isfinite(values)]
        centre = float(drawn.crosshair[axis])
        low, high = min(float(values.min()), centre), max(float(values.max()), centre)
        span = (high - low) or 0.1 * abs(centre) or 1.0
        low, high = min(low, centre - 0.3 * span), max(high, centre + 0.3 * span)
        (axes.set_ylim if axis else axes.set_xlim)(low - room * (high - low), high + room * (high - low))


def _quarter(axes: Axes, centre: Cross, language: str) -> list[Text]:
    """The crosshair with its rule, and the tinted quadrants with their names in the outer corners."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    names = []
    for (high, far), quadrant in _QUADRANTS.items():
        x, y = sorted((centre.performance, right if far else left)), sorted((centre.importance, top if high else bottom))
        colour = _LOOKS[quadrant][0]
        axes.fill_between(x, y[0], y[1], color=colour, alpha=0.055, linewidth=0.0, zorder=0.1)
        name = say(f"quadrant.{quadrant}", language)
        style: dict[str, Any] = {
            "fontsize": 7.5 if _narrow(axes) else 9,
            "fontweight": "bold",
            "color": colour,
            "zorder": 5,
            "transform": axes.transAxes,
        }
        text = textwrap.fill(name, 11) if _narrow(axes) else name
        corner = (0.985 if far else 0.015, 0.985 if high else 0.015)
        names.append(axes.text(*corner, text, ha="right" if far else "left", va="top" if high else "bottom", **style))
    axes.axvline(centre.performance, color="#6E6E6E", linewidth=0.9, linestyle=(0, (4, 2)), zorder=1.2)
    axes.axhline(centre.importance, color="#6E6E6E", linewidth=0.9, linestyle=(0, (4, 2)), zorder=1.2)
    return names


def _rule(axes: Axes, drawn: _Map, language: str, *, shares: bool) -> int:
    """The rule and the value at the end of each line of the crosshair, the rule above only where there is little room; its lines of text."""
    centre, rule = drawn.crosshair, drawn.crosshair.rule
    x, y = (number(value, digits, language, minus=MINUS) for value, digits in zip(centre[:2], drawn.decimals(shares=shares), strict=True))
    style: dict[str, Any] = {"fontsize": 7.5, "color": "#4B4B4B"}
    above = textwrap.fill(f"{rule} {x}".strip(), 24 if _narrow(axes) else 40)
    axes.text(centre.performance, 1.01, above, transform=axes.get_xaxis_transform(), ha="center", va="bottom", **style)
    beside = y if _narrow(axes) else "\n".join([*textwrap.wrap(rule, 14), y])
    axes.text(1.01, centre.importance, beside, transform=axes.get_yaxis_transform(), ha="left", va="center", **style)
    return above.count("\n") + 1


def _draw_points(axes: Axes, drawn: _Map, quadrant: str) -> None:
    """Markers of one quadrant; hollow where it is not sure."""
    colour, marker = _LOOKS[quadrant]
    own = np.array([one == quadrant for one in drawn.quadrants])
    unsure = drawn.probability < _SURE
    for rows, face in ((own & ~unsure, colour), (own & unsure, "white")):
        style: dict[str, Any] = {"marker": marker, "markersize": 6.5, "color": colour, "markerfacecolor": face, "markeredgewidth": 1.2}
        if rows.any():
            axes.plot(*drawn.values[rows].T, linestyle="none", zorder=4, **style)


def _draw_limits(axes: Axes, drawn: _Map) -> Floats:
    """A line on each axis; what labels keep off (k, 2, 2)."""
    ends = np.broadcast_to(drawn.values[:, None, None], (len(drawn.items), 2, 2, 2)).copy()
    for axis in (0, 1):
        ends[:, axis, :, axis] = drawn.limits[:, axis]
    rows, axis_of = np.nonzero(np.isfinite(ends).all(axis=(2, 3)))
    lines: Floats = ends[rows, axis_of]
    colours = [_LOOKS[drawn.quadrants[row]][0] for row in rows]
    axes.add_collection(LineCollection(list(lines), colors=colours, linewidths=1.1, alpha=0.65, zorder=3), autolim=False)
    return lines


def _dress_map(axes: Axes, drawn: _Map, words: tuple[str, str], language: str, *, measure: Measure) -> None:
    """Names of the axes, the crosshair's rule, and a note where probabilities are written."""
    title, unit = words
    across = say("map.performance.unit", language, unit=unit) if unit else say("map.performance", language)
    if np.isfinite(drawn.probability).any():
        across += "\n" + textwrap.fill(say("map.note", language), max(24, int(15 * axes.bbox.width / axes.figure.dpi)))
    dress(axes, title, across, above=10.0 + 10.0 * _rule(axes, drawn, language, shares=measure in SHARES))
    axes.grid(axis="both", color="#E4E4E4", linewidth=0.5)
    axes.set_ylabel(say(f"importance.{measure}", language), fontsize=8, color=INK)
    axes.tick_params(axis="y", labelsize=8)
    axes.xaxis.set_major_formatter(lambda value, _: tick(value, language))
    drawn_to = np.append(drawn.values[:, 1], drawn.limits[:, 1])
    least = min(0.0, float(np.nanmin(drawn_to)))
    axes.yaxis.set_major_formatter(lambda value, _: "" if value < least else tick(value, language))
