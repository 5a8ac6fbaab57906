"""Questions with several answers that the columns of a file show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kepuasan.codebook.parts import Code, Multiple, both

if TYPE_CHECKING:
    from kepuasan.io.raw import Raw

__all__ = ["CHOSEN", "NOT_CHOSEN", "drafted"]

#: what a check-box that was chosen, or was not, is written as
CHOSEN = frozenset({"1", "1.0", "true", "y", "yes", "ya", "x", "v", "✓", "✔", "checked", "selected", "benar", "dipilih", "dicentang"})
NOT_CHOSEN = frozenset({"0", "0.0", "false", "n", "no", "tidak", "unchecked", "not selected", "salah", "tidak dipilih", "tidak dicentang", "-"})
#: cells that are read as numbers where a column has no others
_DIGITS, _TRUTHS = frozenset({"1", "1.0", "0", "0.0"}), frozenset({"true", "false"})
_NOTHING = frozenset({"n/a", "na", "---"})
#: set and option, tried in this order; the set must be a column itself where it is written so
_SHAPES = (
    (re.compile(r"(?P<set>.+)/(?P<option>[^/\[\]]+)"), True),
    (re.compile(r"(?P<set>[A-Za-z](?:\w*?[^\W_])?)___(?P<option>_?[^_]\w*)"), False),
    (re.compile(r"(?P<set>[A-Za-z]\w*)\[(?P<option>[A-Za-z]\w*)\]"), False),
)


def drafted(raw: Raw) -> Mapping[str, Multiple]:
    """Questions with several answers that the columns of a file show, without a codebook; cells stay as they are.

    They are ``q/option`` beside a column ``q``, ``q___option``, and ``q[SQ001]``, where all cells of two columns at least are those of check-boxes.
    """
    columns = [str(name) for name in raw.frame.columns]
    found: dict[str, Multiple] = {}
    for shape, beside in _SHAPES:
        sets: dict[str, dict[str, str]] = {}
        for place in map(shape.fullmatch, columns):
            if place and (place["set"] in columns) is beside:
                sets.setdefault(place["set"], {})[place["option"]] = place[0]
        for name, options in sets.items():
            counted = _counted(raw, list(options.values())) if len(options) > 1 and name not in found else None
            if counted is not None:
                items: dict[Code, str] = {_code(option): item for option, item in options.items()}
                found[name] = Multiple(name, both(raw.labels.get(name, name)), items, counted, joined=name if beside else None)
    return found


def _code(option: str) -> Code:
    """An option as its code: the sign of a negative one is written as a further ``_``."""
    return f"-{option[1:]}" if option.startswith("_") else option


def _counted(raw: Raw, columns: list[str]) -> Code | None:
    """What the columns will hold for an option that was chosen; None where they are no check-boxes, or write it in several ways."""
    found: set[Code] = set()
    for name in columns:
        texts = {str(cell).strip() for cell in raw.frame[name].dropna().unique().tolist()} - {""}
        words = {text.casefold() for text in texts}
        if not words <= CHOSEN | NOT_CHOSEN | _NOTHING:
            return None
        numbers = words <= _DIGITS or words <= _TRUTHS
        found |= {1} if numbers and words & CHOSEN else {text for text in texts if text.casefold() in CHOSEN}
    return next(iter(found)) if len(found) == 1 else None
