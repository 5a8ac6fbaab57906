"""Counts that should add up to a published total."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from kepuasan.errors import DataError
from kepuasan.reproducing.checks import parts_findings
from kepuasan.reproducing.conventions import MISSES, REPRODUCES, WITHIN
from kepuasan.reproducing.means import require_different
from kepuasan.reproducing.printed import Printed, read_printed
from kepuasan.standards.given import as_mapping

if TYPE_CHECKING:
    from kepuasan.reproducing.checks import Finding
    from kepuasan.reproducing.printed import Published

__all__ = ["looks_like_parts", "parts_conventions", "read_parts"]

NAME = "sum of the parts"
#: whole numbers up to here may be answers on a scale
_ANSWERS = 10


def looks_like_parts(source: Any, published: Published) -> bool:
    """Whether numbers are counts rather than means: whole, not negative, one above 10, and the published number above the largest."""
    if not isinstance(source, (Mapping, pd.Series)) or not len(source):
        return False
    try:
        values = [read_printed(value, "a part") for value in dict(source).values()]
    except DataError:
        return False
    numbers = [one.value for one in values]
    counts = all(one.decimals == 0 and one.value >= 0 for one in values)
    return counts and _ANSWERS < max(numbers) < published.value


def read_parts(source: Any) -> dict[Any, Printed]:
    """Parts by name.

    Raises
    ------
    DataError
        What is no mapping or Series; nothing in it; a name twice; what is no number; negative parts.
    """
    given = as_mapping(source, "the source")
    require_different(list(given), "part")
    parts = {name: read_printed(value, f"the part {name!r}", counts=True) for name, value in given.items()}
    negative = [name for name, one in parts.items() if one.value < 0]
    if negative:
        raise DataError(f"the part {negative[0]!r} is {parts[negative[0]].value:g}; parts of a total are 0 or more")
    return parts


def parts_conventions(parts: Mapping[Any, Printed], published: Published) -> tuple[pd.DataFrame, list[Finding]]:
    """The one convention there is, that parts sum to their total, and what speaks against it.

    Parts that show decimals, such as percents, may miss the total by half a unit of the last decimal each.
    """
    decimals = max(one.decimals for one in parts.values())
    total = round(sum(one.value for one in parts.values()), decimals)
    room = len(parts) * 0.5 * 10.0**-decimals if decimals else 0.0
    rounded = round(total, published.decimals) if decimals > published.decimals else total
    gap = round(rounded - published.value, max(decimals, published.decimals))
    near = abs(total - published.value) <= room + (published.half if decimals else 0.0)
    verdict = REPRODUCES if gap == 0 else WITHIN if near else MISSES
    row = {"name": NAME, "departures": 0, "value": total, "rounded": rounded, "low": total - room, "high": total + room, "gap": gap}
    findings = parts_findings(parts, published, total) if verdict == MISSES else []
    return pd.DataFrame([{**row, "verdict": verdict}]), findings
