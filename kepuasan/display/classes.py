"""Values with their limits among the classes they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.display.dots import dot_plot
from kepuasan.display.figures import INK
from kepuasan.display.numbers import number
from kepuasan.wording import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["class_dots"]


def class_dots(
    table: pd.DataFrame,
    bounds: Sequence[tuple[str, float, float]],
    *,
    ax: Axes | None = None,
    title: str = "",
    unit: str = "",
    labels: Mapping[Any, str] | None = None,
    language: str = "id",
    decimals: int = 2,
) -> Axes:
    """Dots with their limits as `dot_plot` has them, and a line with its value where each class begins, letters of the classes above.

    Parameters
    ----------
    table : DataFrame
        Key columns, then ``estimate, ci_low, ci_high``.
    bounds : sequence of (code, low, high)
        The classes, from the lowest; those that no limits come near are left out.
    ax, title, unit, labels, language, decimals
        As in `dot_plot`.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"unit": ["a", "b"], "estimate": [75.7, 89.1], "ci_low": [73.5, 88.0], "ci_high": [77.9, 90.2]})
    >>> axes = class_dots(table, [("C", 65.0, 76.6), ("B", 76.61, 88.3), ("A", 88.31, 100.0)], language="en")
    >>> [text.get_text() for text in axes.texts[2:]]
    ['C', '76.61', 'B', '88.31', 'A']
    """
    axes = dot_plot(table, ax=ax, title=title, unit=unit, labels=labels, language=language, decimals=decimals)
    low, high = axes.get_xlim()
    known = table[["estimate", "ci_low", "ci_high"]].to_numpy(dtype=np.float64)
    least, most = float(np.nanmin(known)), float(np.nanmax(known))
    room = 0.08 * max(most - least, (bounds[-1][2] - bounds[0][1]) / 10.0)
    low, high = max(min(low, least - room), bounds[0][1] - 0.1 * room), min(max(high, most + room), bounds[-1][2] + 0.1 * room)
    axes.set_xlim(low, high)
    style: dict[str, Any] = {"transform": axes.get_xaxis_transform(), "ha": "center", "va": "bottom", "color": INK}
    for code, start, end in bounds:
        left, right = max(start, low), min(end, high)
        if low < start < high and start > bounds[0][1]:
            axes.axvline(start, color="#6E6E6E", linewidth=0.9, linestyle=(0, (4, 2)), zorder=0.5)
            axes.text(start, 1.0, number(start, decimals, language), fontsize=7, **style)
        if right - left > 0.04 * (high - low):
            axes.text((left + right) / 2, 1.0, code, fontsize=10, fontweight="bold", **style)
    if title:
        axes.set_title(axes.get_title(loc="left"), loc="left", fontsize=11, fontweight="bold", color=INK, pad=22.0)
    axes.set_label(f"{axes.get_label()} {say('figure.classes', language, classes=_said(bounds, decimals, language))}")
    return axes


def _said(bounds: Sequence[tuple[str, float, float]], decimals: int, language: str) -> str:
    return ", ".join(f"{code} {number(low, decimals, language)}" for code, low, _ in bounds)
