"""Weights as outlines of how they spread, one strip for each moment."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from kepuasan.display.figures import COLOURS, INK, MARKERS, blank, dress, wrapped
from kepuasan.display.numbers import MINUS, number, tick
from kepuasan.errors import DataError
from kepuasan.wording import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Outline", "outline_rows", "weight_outlines"]

_STRIP = 1.0
_PEAK = 0.66
_FAR_APART = 10.0
_SAME = 1e-9
_MOST_BINS = 60
_MOST_TICKS = 9


@dataclass(frozen=True, eq=False)
class Outline:
    """Weights of one moment: what is drawn as one strip.

    Parameters
    ----------
    moment : {"start", "now", "only"}
        Before all weighting steps, after them, or weights that no step has changed.
    wave : object
        The wave they are of; None where there is one sample.
    weights : array (rows,)
        Those of 0 are counted, not drawn.
    """

    moment: Literal["start", "now", "only"]
    wave: Any
    weights: NDArray[np.float64]

    @cached_property
    def relative(self) -> NDArray[np.float64]:
        """Weights other than 0, over their mean."""
        counted = self.weights[self.weights != 0]
        if not counted.sum() > 0:
            raise DataError(f"the {len(counted):,} weights sum to {counted.sum():g}; weights are drawn over their mean, which must be positive")
        return np.asarray(counted / counted.mean())

    @property
    def same(self) -> bool:
        """Whether all weights other than 0 are one."""
        return bool(np.ptp(self.relative) < _SAME)

    @property
    def mean(self) -> float:
        """The mean of the weights other than 0."""
        return float(self.weights.sum()) / len(self.relative)


def weight_outlines(outlines: Sequence[Outline], *, ax: Axes | None = None, language: str = "id") -> Axes:
    """Outlines one above the other on one axis of weights over their mean, the first on top, extremes and design effect written beside them.

    Parameters
    ----------
    outlines : sequence of Outline
        One or more.
    ax : Axes, optional
        Drawn into; without it a figure of its own, outside pyplot.
    language : {"id", "en"}
        Of words and numbers.

    Returns
    -------
    Axes
        Below each outline a line from the least to the largest weight with a mark at the median. The axis is logarithmic where all weights are
        positive and the largest is more than ten times the least.

    Raises
    ------
    DataError
        Weights whose sum is not positive.

    Examples
    --------
    >>> import numpy as np
    >>> axes = weight_outlines([Outline("only", None, np.array([1.0, 1.0, 2.0, 0.0]))], language="en")
    >>> axes.texts[0].get_text().splitlines()
    ['min 1.00', 'median 1.00', 'max 2.00', 'design effect (Kish) 1.13', 'rows of weight 0: 1']
    """
    axes = blank(0.95 + _STRIP * len(outlines)) if ax is None else ax
    low, high = (limit(float(limit(outline.relative)) for outline in outlines) for limit in (min, max))
    logarithmic = low > 0 and high > _FAR_APART * low
    edges = _edges(low, high, max(len(outline.relative) for outline in outlines), logarithmic=logarithmic)
    for place, outline in enumerate(outlines):
        _draw(axes, -float(place), outline, edges)
    rows = outline_rows(outlines, language)
    for place, (_, lines) in enumerate(rows):
        style: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center", "ha": "left", "fontsize": 8, "color": INK}
        axes.text(1.02, _PEAK / 2 - place, lines.replace("; ", "\n"), linespacing=1.15, **style)
    axes.set_yticks([_PEAK / 2 - place for place in range(len(rows))], [wrapped(name) for name, _ in rows])
    axes.set_ylim(_PEAK / 2 - len(rows) + 0.46, _PEAK + 0.12)
    _scale(axes, low, high, language, logarithmic=logarithmic)
    dress(axes, say("weights.title", language), say("weights.axis.log" if logarithmic else "weights.axis", language))
    return axes


def outline_rows(outlines: Sequence[Outline], language: str = "id") -> list[tuple[str, str]]:
    """What each strip is called, and its numbers in words: for those who do not see the figure.

    Examples
    --------
    >>> import numpy as np
    >>> outline_rows([Outline("start", "2020", np.ones(3)), Outline("now", "2020", np.array([0.5, 0.5, 3.0]))])
    [('Awal 2020', 'semua 1,00'), ('Sekarang 2020', 'min 0,500; median 0,500; maks 3,00; efek rancangan (Kish) 1,78')]
    """
    return [(_name(outline, language), "; ".join(_words(outline, language))) for outline in outlines]


def _name(outline: Outline, language: str) -> str:
    moment = say(f"weights.{outline.moment}", language)
    return moment if outline.wave is None else say("weights.wave", language, moment=moment, wave=outline.wave)


def _words(outline: Outline, language: str) -> list[str]:
    shares = outline.relative
    low, middle, high = (_written(outline.mean * float(value), language) for value in (shares.min(), np.median(shares), shares.max()))
    if outline.same:
        lines = [say("weights.same", language, value=low)]
    else:
        lines = [say(f"weights.{key}", language, value=value) for key, value in (("low", low), ("median", middle), ("high", high))]
        lines.append(say("weights.deff", language, value=number(float(np.mean(shares**2)), 2, language)))
    counts = {"zero": len(outline.weights) - len(shares), "negative": int(np.count_nonzero(shares < 0))}
    return lines + [say(f"weights.{key}", language, n=number(count, 0, language)) for key, count in counts.items() if count]


def _written(value: float, language: str) -> str:
    """A weight with three significant digits or more."""
    size = abs(value)
    return number(value, max(0, 2 - math.floor(math.log10(size))) if size > 0 else 0, language, minus=MINUS)


def _edges(low: float, high: float, most: int, *, logarithmic: bool) -> NDArray[np.float64]:
    """Edges of the bins that all outlines share."""
    if high - low < _SAME:
        return np.linspace(low - 0.05, high + 0.05, 12)
    bins = min(_MOST_BINS, max(12, math.ceil(2 * most ** (1 / 3))))
    edges = np.geomspace(low, high, bins + 1) if logarithmic else np.linspace(low, high, bins + 1)
    edges[0], edges[-1] = low, high
    return edges


def _draw(axes: Axes, base: float, outline: Outline, edges: NDArray[np.float64]) -> None:
    """The outline, from its first bin to its last or as a spike where all weights are one, and the line of its extremes below."""
    now, shares = outline.moment == "now", outline.relative
    colour, dashes = COLOURS[int(now)], (0, (4, 1.5)) if outline.moment == "start" else "-"
    if outline.same:
        axes.vlines(1.0, base, base + _PEAK, color=colour, linewidth=3.0)
    else:
        count = np.histogram(shares.clip(edges[0], edges[-1]), edges)[0]
        first, last = np.flatnonzero(count)[[0, -1]]
        height, own = base + _PEAK * count[first : last + 1] / count.max(), edges[first : last + 2]
        axes.stairs(height, own, baseline=base, fill=True, color=colour, alpha=0.18, linewidth=0)
        axes.stairs(height, own, baseline=base, color=colour, linewidth=1.4, linestyle=dashes)
    line = base - 0.12
    limits = [float(shares.min()), float(shares.max())]
    axes.plot(limits, [line, line], color=colour, linewidth=1.2, marker="|", markersize=7)
    axes.plot([float(np.median(shares))], [line], marker=MARKERS[2 * now], markersize=6, color=colour, markeredgecolor="white")


def _scale(axes: Axes, low: float, high: float, language: str, *, logarithmic: bool) -> None:
    """The axis with some room, a line at the mean, and numbers in the writing of the language."""
    axes.axvline(1.0, color="#888888", linewidth=0.9, linestyle=":", zorder=0.5)
    if not logarithmic:
        axes.margins(x=0.04)
        axes.xaxis.set_major_formatter(lambda value, _: tick(value, language))
        return
    axes.set_xscale("log")
    room = (high / low) ** 0.04
    axes.set_xlim(low / room, high * room)
    places = _decades(low / room, high * room)
    axes.set_xticks(places, [number(value, max(0, -math.floor(math.log10(value) + 1e-9)), language) for value in places])
    axes.minorticks_off()


def _decades(low: float, high: float) -> list[float]:
    """Places of ticks between two positive numbers: 1, 2 and 5 of each decade, or decades, as many as have room."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    fine = [digit * 10.0**power for power in range(first, last + 1) for digit in (1, 2, 5)]
    within = [value for value in fine if low <= value <= high]
    if len(within) <= _MOST_TICKS:
        return within
    whole = [power for power in range(first, last + 1) if low <= 10.0**power <= high]
    step = math.ceil(len(whole) / _MOST_TICKS)
    return [10.0**power for power in whole if power % step == 0]
