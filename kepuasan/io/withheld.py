"""Problems of a file without the cells of personal columns: how many there are and in which rows is said, not what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kepuasan.codebook.personal import personal_kind, shows_personal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kepuasan.codebook import Codebook
    from kepuasan.io.raw import Raw
    from kepuasan.problems import Problem

__all__ = ["HIDDEN", "without_personal_cells"]

#: what stands for cells that are not shown
HIDDEN = "***"
#: the places of a problem's words that cells fill
_CELLS = {
    "KP104": ("codes",),
    "KP111": ("example", "point", "comma"),
    "KP113": ("example",),
    "KP115": ("example",),
    "KP116": ("example",),
    "KP119": ("example",),
    "KP145": ("cells",),
    "KP152": ("texts",),
    "KP155": ("texts",),
    "KP173": ("texts",),
    "KP174": ("cells",),
    "KP175": ("codes",),
    "KP179": ("cells",),
}


def without_personal_cells(problems: Iterable[Problem], raw: Raw, given: Codebook | None) -> Iterator[Problem]:
    """The problems, with ``***`` for cells of columns that are declared personal or look so, and for cells that hold personal data elsewhere.

    Parameters
    ----------
    raw : Raw
        Its cells as the file has them.
    given : Codebook, optional
        Columns with the role ``personal`` are personal; those with values or a scale are not, whatever they are called.
    """
    problems = list(problems)
    items = {} if given is None else {item.column: name for name, item in given.items.items() if item.column is not None}
    items |= {one.values["column"]: one.column for one in problems if one.code == "KP172"}
    known: dict[str, bool] = {}
    for one in problems:
        places = _CELLS.get(one.code, ())
        if places:
            name = items.get(one.column, one.column)
            if name not in known:
                known[name] = _is_personal(name, raw, given)
            if known[name] or any(shows_personal(str(one.values[place])) for place in places):
                one = replace(one, values={**one.values, **dict.fromkeys(places, HIDDEN)})
        yield one


def _is_personal(name: str, raw: Raw, given: Codebook | None) -> bool:
    """Whether a column is declared personal, or looks so and has no answers to choose from."""
    item = None if given is None else given.items.get(name)
    if item is not None and item.role == "personal":
        return True
    if name not in raw.frame.columns or (item is not None and (item.values or item.scale is not None)):
        return False
    names = [name, *({} if item is None else item.label).values(), raw.labels.get(name, "")]
    return any(personal_kind(one, raw.frame[name]) for one in dict.fromkeys(names) if one)
