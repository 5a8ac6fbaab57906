"""Counts that should add up to a published total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import MISSES, REPRODUCES, WITHIN
from kepuasan.errors import DataError, some
from kepuasan.given import as_mapping
from kepuasan.numerics.grading import half_up
from kepuasan.reproducing.checks import parts_findings
from kepuasan.reproducing.printed import Printed, decimal_sign, evened, plainly, read_printed, read_published
from kepuasan.standards.standard import decimal_text

if TYPE_CHECKING:
    from kepuasan.reproducing.checks import Finding
    from kepuasan.reproducing.printed import Published

__all__ = ["looks_like_parts", "parts_conventions", "read_parts"]

NAME = "sum of the parts"
#: whole numbers up to here may be answers on a scale; up to there scores
_ANSWERS, _SCORES = 10, 100


def looks_like_parts(source: Any, published: Any) -> bool:
    """Whether numbers are counts rather than means: whole, not negative, one beyond the answers of any scale, and a whole published number.

    Text such as "15.061" is read as a count where its decimals would lie beyond the answers of any scale, or where counts add up.

    Raises
    ------
    DataError
        Whole numbers up to 100 of which the published one is not above the largest: they may be scores, or counts.
    """
    if not isinstance(source, (Mapping, pd.Series)) or not len(source):
        return False
    given, value = list(source.values) if isinstance(source, pd.Series) else list(source.values()), _value(published)
    try:
        counts = [read_printed(one, "a part", counts=True) for one in given]
        plain = [read_printed(one, "a part") for one in given]
        total = read_printed(value, "published", counts=True)
    except DataError:
        return False
    numbers = [one.value for one in counts]
    if total.decimals or any(one.decimals or one.value < 0 for one in counts) or max(numbers) <= _ANSWERS:
        return False
    above = total.value > max(numbers)
    if any(one.decimals for one in plain):
        return above and (max(one.value for one in plain) > _ANSWERS or sum(numbers) == total.value)
    if not above and max(numbers) <= _SCORES:
        raise DataError(
            f"{some(source)} are {some(plainly(one) for one in given)}, and {plainly(value)!r} is published: are they means, or parts that should "
            'add up to it? Say it: kind="means" or kind="parts"'
        )
    return True


def _value(published: Any) -> Any:
    """The number in question without its class."""
    return published.get("value") if isinstance(published, Mapping) else published


def read_parts(source: Any, given: Any, decimals: Any) -> tuple[dict[Any, Printed], Published]:
    """Parts by name and their published total, which has the decimals that it or its parts show; texts of both are read alike.

    Raises
    ------
    DataError
        What is no mapping or Series; nothing in it; a name twice; what is no number; negative parts; a class.
    """
    found = as_mapping(source, "the source")
    if isinstance(given, Mapping) and given.get("class") is not None:
        raise DataError(f"the class {given['class']!r} is given with parts of a total; counts have no class: leave it out")
    plain = [str(name).strip().casefold() for name in found]
    twice = [name for place, name in enumerate(found) if plain[place] in plain[:place]]
    if twice:
        raise DataError(f"{some(dict.fromkeys(twice))} occurs twice as part; give each part once")
    value = _value(given)
    sign = decimal_sign([*found.values(), value])
    numbers = evened([read_printed(one, f"the part {name!r}", counts=True, sign=sign) for name, one in found.items()])
    parts = dict(zip(found, numbers, strict=True))
    negative = [name for name, one in parts.items() if one.value < 0]
    if negative:
        raise DataError(f"the part {negative[0]!r} is {parts[negative[0]].value:g}; parts of a total are 0 or more")
    published = read_published(given, decimals, counts=True, sign=sign)
    if not isinstance(value, str):
        shown = max(read_printed(value, "published").decimals, *(one.decimals for one in numbers))
        published = replace(published, decimals=shown)
    return parts, published


def parts_conventions(parts: Mapping[Any, Printed], published: Published) -> tuple[pd.DataFrame, list[Finding]]:
    """The one convention there is, that parts sum to their total, and what speaks against it.

    Parts that show decimals, such as percents, may miss the total by half a unit of the last decimal each.
    """
    decimals = max(one.decimals for one in parts.values())
    exact = sum((decimal_text(one.value) for one in parts.values()), Fraction(0))
    room = sum((_half(one.decimals) for one in parts.values()), Fraction(0)) if decimals else Fraction(0)
    total, printed, half = float(exact), decimal_text(published.value), _half(published.decimals)
    rounded = float(half_up(np.array([total]), published.decimals)[0])
    gap = float(decimal_text(rounded) - printed)
    near = exact - room < printed + half and exact + room > printed - half
    verdict = REPRODUCES if gap == 0 else WITHIN if decimals and near else MISSES
    row = {"name": NAME, "departures": 0, "value": total, "rounded": rounded, "low": float(exact - room), "high": float(exact + room), "gap": gap}
    findings = parts_findings(parts, published, total, max(decimals, published.decimals)) if verdict == MISSES else []
    return pd.DataFrame([{**row, "verdict": verdict}]), findings


def _half(decimals: int) -> Fraction:
    """Half a unit of the last decimal."""
    return Fraction(1, 2 * 10**decimals)
