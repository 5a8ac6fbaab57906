"""One table of estimates, drawn in the way that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from kepuasan.display.dots import dot_plot
from kepuasan.display.gaps import dumbbells, slopes
from kepuasan.errors import DataError, choose, some

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["drawn"]


def drawn(
    table: pd.DataFrame, kind: Literal["dots", "gaps", "slopes"], group: str | None, gaps: Callable[[Any, Any], pd.DataFrame], **look: Any
) -> Axes:
    """Dots, gaps between the two codes of a key column, or slopes over waves; ``gaps(code, other)`` gives the table of their differences.

    Raises
    ------
    DataError
        A group where none is asked for; one that is no key column of two codes where gaps are.
    """
    choose("kind", kind, ("dots", "gaps", "slopes"))
    if kind != "gaps":
        if group is not None:
            raise DataError(f'group={group!r} is of kind="gaps"; leave it out, or choose rows before: e[{{{group!r}: code}}]')
        return dot_plot(table, **look) if kind == "dots" else slopes(table, **look)
    keys = table.columns[: list(table.columns).index("estimate")]
    if group not in keys:
        raise DataError(f"gaps are drawn between the two codes of a key column; name it: group=... ({some(keys)})")
    codes = list(table[group].unique())
    if len(codes) != 2:
        raise DataError(f"gaps are drawn between two codes, but {group!r} has {some(codes)}; choose two of them before")
    return dumbbells(table, str(group), gaps=gaps(codes[1], codes[0]), **look)
