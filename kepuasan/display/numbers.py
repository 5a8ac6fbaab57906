"""Numbers as they are printed: decimal comma in Indonesian, decimal point in English, rounded half away from zero."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from kepuasan.errors import KepuasanError, choose
from kepuasan.wording import LANGUAGES, say

__all__ = ["MINUS", "NONE", "fitting_decimals", "interval", "number", "p_value", "percent", "reconcile", "rounded", "tick"]

#: the minus sign of figures and pages; terminals get the hyphen
MINUS = "\N{MINUS SIGN}"
#: stands where there is no number
NONE = "\N{EN DASH}"
#: units of the last decimal that the largest part has at least; decimals that are written at most
_FEW, _MOST_DECIMALS = 5, 4
#: below which a limit is rounding
_NOTHING = 1e-12


def rounded(value: float, decimals: int) -> Decimal:
    """A number rounded half away from zero, read as it is written: 2.675 is 2.68.

    Examples
    --------
    >>> rounded(2.675, 2), rounded(-0.04, 1)
    (Decimal('2.68'), Decimal('0.0'))
    """
    result = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def number(value: float, decimals: int = 1, language: str = "id", *, signed: bool = False, minus: str = "-") -> str:
    """A number in the writing of a language.

    Parameters
    ----------
    value : float
        NaN and infinite values are written as a dash.
    decimals : int
        Digits after the decimal sign.
    language : {"id", "en"}
        ``1.234,5`` or ``1,234.5``.
    signed : bool
        Whether a positive number carries its sign; 0 carries none.
    minus : str
        What stands for the minus sign.

    Examples
    --------
    >>> number(1234.5), number(1234.5, language="en"), number(0.25, 1, signed=True)
    ('1.234,5', '1,234.5', '+0,3')
    """
    choose("language", language, LANGUAGES)
    if not math.isfinite(value):
        return NONE
    exact = rounded(value, decimals)
    text = f"{abs(exact):,.{decimals}f}"
    if language == "id":
        text = text.translate(str.maketrans(",.", ".,"))
    sign = minus if exact < 0 else "+" if signed and exact > 0 else ""
    return sign + text


def fitting_decimals(largest: float, part: float = 0.0) -> int:
    """How many decimals suit numbers of this size: three for shares of 1, two for answers on a scale, one from 10 on.

    More, up to four, where the largest `part` of them (a gap, a step) would be a few units of the last decimal.

    Examples
    --------
    >>> fitting_decimals(0.8), fitting_decimals(3.4), fitting_decimals(75.7), fitting_decimals(75.7, 0.3)
    (3, 2, 1, 2)
    """
    decimals = 3 if largest < 1.5 else 2 if largest < 10 else 1
    while 0 < part < _FEW * 10.0**-decimals and decimals < _MOST_DECIMALS:
        decimals += 1
    return decimals


def tick(value: float, language: str = "id") -> str:
    """A number on an axis, with the decimals it has.

    Examples
    --------
    >>> tick(70.0), tick(0.25), tick(-72.5)
    ('70', '0,25', '−72,5')
    """
    return number(value, len(f"{value:.6g}".partition(".")[2]), language, minus=MINUS)


def percent(value: float, decimals: int = 1, language: str = "id") -> str:
    """A percentage in the writing of a language.

    Examples
    --------
    >>> percent(75.7), percent(75.7, language="en")
    ('75,7 %', '75.7 %')
    """
    text = number(value, decimals, language)
    return text if text == NONE else f"{text} %"


def p_value(value: float, language: str = "id") -> str:
    """A p-value with three decimals, never 0.

    Examples
    --------
    >>> p_value(0.2371), p_value(0.0001, "en")
    ('0,237', '< 0.001')
    """
    return f"< {number(0.001, 3, language)}" if value < 0.0005 else number(value, 3, language)


def interval(low: float, high: float, decimals: int = 1, language: str = "id", *, minus: str = "-") -> str:
    """Two limits in the writing of a language; a dash where there are none.

    A limit that rounds to 0 keeps its sign, so that the reader sees on which side of 0 it lies; two that do and hold 0 between them have none.

    Examples
    --------
    >>> interval(-4.9, 0.9), interval(-1.3, 0.003, language="en")
    ('-4,9 s.d. 0,9', '-1.3 to +0.0')
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return NONE
    if low < 0 < high and rounded(low, decimals) == rounded(high, decimals) == 0:
        low = high = 0.0
    limits = [_limit(limit, decimals, language, minus) for limit in (low, high)]
    return say("interval", language, low=limits[0], high=limits[1])


def _limit(value: float, decimals: int, language: str, minus: str) -> str:
    """A limit; one that rounds to 0 keeps its sign."""
    text = number(value, decimals, language, minus=minus)
    if abs(value) < _NOTHING or rounded(value, decimals) != 0:
        return text
    return (minus if value < 0 else "+") + text


def reconcile(parts: Sequence[float], total: float, decimals: int = 1) -> list[float]:
    """The parts rounded so that they add up to the rounded total, by largest remainder.

    Parameters
    ----------
    parts : sequence of float
        Parts that add up to `total` before rounding.
    total : float
        What they add up to.
    decimals : int
        Digits after the decimal sign.

    Returns
    -------
    list of float
        Each less than one unit of the last digit from its part. Where remainders tie, the earlier part is rounded up.

    Raises
    ------
    KepuasanError
        Parts that do not add up to the total, or are not finite.

    Examples
    --------
    >>> reconcile([0.14, 0.14, 0.14], 0.42)
    [0.2, 0.1, 0.1]
    """
    if not all(map(math.isfinite, (*parts, total))):
        raise KepuasanError(f"the parts {list(parts)} or their total {total} are not finite; only finite parts can be reconciled")
    if not math.isclose(math.fsum(parts), total, rel_tol=1e-9, abs_tol=1e-9):
        raise KepuasanError(f"the parts add up to {math.fsum(parts):g}, not to the total {total:g}; reconcile parts of one total")
    unit = Decimal(1).scaleb(-decimals)
    exact = [Decimal(repr(float(part))) for part in parts]
    floors = [part.quantize(unit, rounding=ROUND_FLOOR) for part in exact]
    short = int((rounded(total, decimals) - sum(floors, Decimal(0))) / unit)
    order = sorted(range(len(exact)), key=lambda i: (floors[i] - exact[i], i))
    for i in order[:short]:
        floors[i] += unit
    return [float(one) + 0.0 for one in floors]
