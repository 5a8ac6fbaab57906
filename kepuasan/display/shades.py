"""Colours by amount and by agreement, each with letters that can be read on it; and classes with round bounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from kepuasan.display.figures import INK

__all__ = ["AMOUNTS", "agreement", "contrast", "letters_on", "round_bounds"]

#: from little to much, one hue, so that all eyes see the order
AMOUNTS = ("#DDEAF5", "#A9CBE6", "#6CA3CF", "#2B6AA6", "#0B3A66")
#: from the worst answer over neither to the best
_WORST, _BAD, _NEITHER, _GOOD, _BEST = "#9C3D00", "#F3B37C", "#E6E6E6", "#9CC7E4", "#0B5A92"
#: the contrast that letters need
_READ = 4.5
_STEPS = (1, 2, 2.5, 5, 10)


def letters_on(colour: str) -> str:
    """Letters that are read well on a colour: ink where that is enough, else white or black; never below a contrast of 4.5.

    Examples
    --------
    >>> letters_on("#FFFFFF"), letters_on("#0B3A66")
    ('#222222', '#FFFFFF')
    """
    if contrast(INK, colour) >= _READ:
        return INK
    return max(("#FFFFFF", "#000000"), key=lambda letters: contrast(letters, colour))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG 2.1 defines it.

    Examples
    --------
    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return round((light + 0.05) / (dark + 0.05), 9)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def agreement(count: int) -> list[str]:
    """Colours of answers from the worst to the best; the middle one of an odd number is grey.

    Examples
    --------
    >>> agreement(3)
    ['#9C3D00', '#E6E6E6', '#0B5A92']
    """
    half = count // 2
    worse = [_between(_WORST, _BAD, place / max(half - 1, 1)) for place in range(half)]
    better = [_between(_GOOD, _BEST, place / max(half - 1, 1)) for place in range(half)] if half > 1 else [_BEST] * half
    return [*worse, *([_NEITHER] if count % 2 else []), *better]


def _between(one: str, other: str, share: float) -> str:
    pairs = [(int(one[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(low + (high - low) * share):02X}" for low, high in pairs)


def round_bounds(values: Sequence[float], most: int = len(AMOUNTS)) -> list[float]:
    """Round bounds of at most so many classes of one width that hold all values; a value on a bound belongs to the class above.

    Examples
    --------
    >>> round_bounds([66.2, 71.0, 77.4]), round_bounds([3.0])
    ([65.0, 67.5, 70.0, 72.5, 75.0, 77.5], [3.0, 4.0])
    """
    low, high = min(values), max(values)
    scale = math.floor(math.log10((high - low) / most)) if high > low else -1
    for power in (scale, scale + 1):
        for step in _STEPS:
            width = Decimal(str(step)).scaleb(power) if high > low else Decimal(1)
            first = math.floor(Decimal(repr(low)) / width)
            count = math.floor(Decimal(repr(high)) / width) - first + 1
            if count <= most:
                return [float((first + place) * width) for place in range(count + 1)]
    return [low, high]
