"""The provinces of Indonesia as tiles of one size, each about where the province lies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Patch, Rectangle

from kepuasan.display.figures import INK, LIMITS, blank, describe, dress, require_columns, require_once, written
from kepuasan.display.numbers import MINUS, fitting_decimals, number, rounded
from kepuasan.display.provinces import PROVINCES
from kepuasan.display.shades import AMOUNTS, letters_on, round_bounds
from kepuasan.errors import DataError, choose, some
from kepuasan.wording import LANGUAGES, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["tile_map"]

PROVINCE, MARK, WHY = "province", "mark", "hidden"
_COLUMNS = 1 + max(one.tile[1] for one in PROVINCES.values())
_ROWS = 1 + max(one.tile[0] for one in PROVINCES.values())
_SIDE, _EDGE, _HATCH = 0.94, "#8A8A8A", "#B4B4B4"
#: inches of a tile, of what stands above and below all of them, and of a line of the legend
_TILE, _AROUND, _LINE = 0.452, 0.75, 0.19


def tile_map(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    title: str = "",
    unit: str = "",
    language: str = "id",
    decimals: int | None = None,
) -> Axes:
    """A tile for each of the 38 provinces, with its code and its value, coloured by classes with round bounds.

    Parameters
    ----------
    table : DataFrame
        Columns ``province`` (ISO 3166-2 without "ID-"), ``estimate, ci_low, ci_high`` and, where values are hidden, ``mark``: what stands in place of
        the value, empty where it is shown; then ``hidden`` may say why, in words, or else too few answers are the reason.
    ax : Axes, optional
        Drawn into; without it a figure of its own, outside pyplot.
    title, unit : str
        Above the tiles, and in front of the legend.
    language : {"id", "en"}
        Of words and numbers.
    decimals : int, optional
        Of the values written; without it as many as suit their size.

    Returns
    -------
    Axes
        ``get_label()`` is the text for those who do not see it, with all values. Hidden tiles are hatched, provinces without data are outlines.

    Raises
    ------
    DataError
        A table without those columns or without rows, an unknown province or one twice, no value to show.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"province": ["AC", "PS"], "estimate": [71.2, 64.0], "ci_low": [69.0, 60.0], "ci_high": [73.4, 68.0]})
    >>> tile_map(table, title="Index", language="en").get_label()[:72]
    'Index. Aceh: 71.2 (69.0 to 73.4); Papua Selatan: 64.0 (60.0 to 68.0); no'
    """
    choose("language", language, LANGUAGES)
    tiles = _Tiles.of(table, decimals)
    handles = tiles.legend(language)
    lines = max(len(tiles.bounds) // 3 + 1, -(-len(handles) // 3))
    axes = blank(_TILE * _ROWS + _AROUND + _LINE * lines) if ax is None else ax
    for code in PROVINCES:
        tiles.draw(axes, code, language)
    axes.set_xlim(-0.55, _COLUMNS - 0.45)
    axes.set_ylim(_ROWS - 0.45, -0.55)
    axes.set_aspect("equal", anchor="NW")
    dress(axes, title, "")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    look: dict[str, Any] = {"fontsize": 8, "title_fontsize": 8, "handlelength": 1.4, "handleheight": 1.2, "borderaxespad": 0.0, "frameon": False}
    place: dict[str, Any] = {"loc": "upper left", "bbox_to_anchor": (0.0, -0.02), "ncols": 3, "columnspacing": 2.0, "alignment": "left"}
    axes.legend(handles=handles, title=unit, **look, **place)
    axes.set_label(tiles.described(title or say("figure.tiles", language), language))
    return axes


@dataclass(frozen=True, eq=False)
class _Tiles:
    """What stands in the tiles: limits (value, low, high) by province, marks of hidden ones and why they are, bounds of classes, decimals."""

    limits: dict[str, tuple[float, float, float]]
    marks: dict[str, str]
    why: dict[str, str]
    bounds: list[float]
    decimals: int

    @classmethod
    def of(cls, table: pd.DataFrame, decimals: int | None) -> _Tiles:
        require_columns(table, (PROVINCE, *LIMITS))
        require_once(table, [PROVINCE])
        unknown = [code for code in table[PROVINCE] if code not in PROVINCES]
        if unknown:
            raise DataError(f"there is no province {some(unknown)}; give ISO 3166-2 codes without 'ID-', such as 'AC'")
        rows = table.to_dict("records")
        marks = {row[PROVINCE]: str(row[MARK]) for row in rows if row.get(MARK)}
        limits = {row[PROVINCE]: (row[LIMITS[0]], row[LIMITS[1]], row[LIMITS[2]]) for row in rows if not row.get(MARK)}
        limits = {code: one for code, one in limits.items() if one[0] == one[0]}
        values = [one[0] for one in limits.values()]
        digits = fitting_decimals(max(map(abs, values), default=0.0)) if decimals is None else decimals
        shown = [float(rounded(value, digits)) for value in values]
        why = {code: str(row[WHY]) for row in rows if (code := row[PROVINCE]) in marks and row.get(WHY)}
        return cls(limits, marks, why, round_bounds(shown) if shown else [], digits)

    def colour(self, code: str) -> str:
        """The colour of the class that the value belongs to as it is written."""
        place = bisect_right(self.bounds, float(rounded(self.limits[code][0], self.decimals))) - 1
        return self.colours()[place]

    def colours(self) -> Sequence[str]:
        """A colour for each class, from light to dark."""
        return {0: (), 1: AMOUNTS[1:2], 2: AMOUNTS[1:4:2], 3: AMOUNTS[0:5:2], 4: AMOUNTS[1:]}.get(len(self.bounds) - 1, AMOUNTS)

    def draw(self, axes: Axes, code: str, language: str) -> None:
        """One tile."""
        row, column = PROVINCES[code].tile
        look: dict[str, Any] = {"facecolor": "white", "edgecolor": _EDGE, "linewidth": 0.7}
        text, letters = "", "#5A5A5A"
        if code in self.limits:
            look["facecolor"] = self.colour(code)
            text, letters = number(self.limits[code][0], self.decimals, language, minus=MINUS), letters_on(look["facecolor"])
        elif code in self.marks:
            look |= {"hatch": "//////", "edgecolor": _HATCH}
            text, letters = self.marks[code], INK
        axes.add_patch(Rectangle((column - _SIDE / 2, row - _SIDE / 2), _SIDE, _SIDE, **look))
        style: dict[str, Any] = {"ha": "center", "va": "center", "color": letters}
        if code in self.marks:
            axes.add_patch(Rectangle((column - 0.3, row - 0.36), 0.6, 0.72, facecolor="white", linewidth=0.0))
        axes.text(column, row - (0.19 if text else 0.0), code, fontsize=7.5, fontweight="bold" if text else "normal", **style)
        if text:
            axes.text(column, row + 0.2, text, fontsize=7.5, **style)

    def reason(self, code: str, language: str) -> str:
        """Why a tile is hidden, in words."""
        return self.why.get(code) or say("tiles.hidden", language)

    def legend(self, language: str) -> list[Patch]:
        """The classes from low to high, then what is hidden and what has no data, as far as they occur."""
        digits = max((len(f"{bound:.6g}".partition(".")[2]) for bound in self.bounds), default=0)
        texts = [number(bound, digits, language, minus=MINUS) for bound in self.bounds]
        names = [say("tiles.class", language, low=low, high=high) for low, high in pairwise(texts[:-1])]
        names += [say("tiles.top", language, low=low) for low in texts[-2:-1]]
        shown = [Patch(facecolor=colour, edgecolor=_EDGE, label=name) for name, colour in zip(names, self.colours(), strict=True)]
        reasons: dict[str, set[str]] = {}
        for code, mark in sorted(self.marks.items(), key=lambda one: one[1]):
            reasons.setdefault(self.reason(code, language), set()).add(mark)
        names = [f"{', '.join(sorted(marks))} {reason}" if len(reasons) > 1 else reason for reason, marks in reasons.items()]
        shown += [Patch(facecolor="white", edgecolor=_HATCH, hatch="//////", label=name) for name in names]
        if len(self.limits) + len(self.marks) < len(PROVINCES):
            shown.append(Patch(facecolor="white", edgecolor=_EDGE, label=say("tiles.empty", language)))
        return shown

    def described(self, title: str, language: str) -> str:
        """The text for those who do not see the tiles: every value, what is hidden, and how many provinces have no data."""
        values = [(PROVINCES[code].name, written(self.limits[code], self.decimals, language)) for code in PROVINCES if code in self.limits]
        hidden = [(PROVINCES[code].name, self.reason(code, language)) for code in PROVINCES if code in self.marks]
        empty = [PROVINCES[code].name for code in PROVINCES if code not in self.limits and code not in self.marks]
        rest = [(say("tiles.empty", language), ", ".join(empty))] if empty else []
        return describe(title, [*values, *hidden, *rest])
