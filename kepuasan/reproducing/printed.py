"""Numbers as they are printed: their value, the decimals they show, and which numbers round to them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from numbers import Integral
from typing import Any

from kepuasan.errors import DataError, nearest, some
from kepuasan.standards.given import real

__all__ = ["Printed", "Published", "read_printed", "read_published", "written"]

#: digits with separators; a whole number with its thousands apart
_DIGITS = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
_WHOLE = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
#: beyond which a float no longer tells units apart; decimals beyond which a float has none
_LARGEST, _FINEST = 1e15, 12
_KEYS = ("value", "class")


@dataclass(frozen=True)
class Printed:
    """A number and the decimals it shows."""

    value: float
    decimals: int

    @property
    def half(self) -> float:
        """Half a unit of its last decimal."""
        return 0.5 * 10.0**-self.decimals


@dataclass(frozen=True)
class Published(Printed):
    """The number in question, and the class printed beside it."""

    grade: str | None = None

    @property
    def text(self) -> str:
        """As it is printed, with a decimal point."""
        return written(self.value, self.decimals)


def written(value: float, decimals: int) -> str:
    """A number with its decimals, thousands apart.

    Examples
    --------
    >>> written(57171, 0), written(87.3, 2)
    ('57,171', '87.30')
    """
    return f"{value:,.{decimals}f}"


def read_printed(value: Any, where: str, *, counts: bool = False) -> Printed:
    """A number, or text of one with a decimal comma or point, as it is printed.

    Parameters
    ----------
    value : number or str
        Of text the trailing zeros count: "3,310" has three decimals.
    where : str
        What it is, for the message.
    counts : bool
        Whether "15.061" is fifteen thousand.

    Raises
    ------
    DataError
        Missing or infinite numbers, text that is no number.

    Examples
    --------
    >>> read_printed("87,30", "published"), read_printed(3.5, "a mean")
    (Printed(value=87.3, decimals=2), Printed(value=3.5, decimals=1))
    """
    exact = _of_text(value, counts) if isinstance(value, str) else _of_number(value)
    if exact is None or not exact.is_finite() or abs(exact) > _LARGEST:
        raise DataError(f'{where} is {value!r}; give a finite number such as 3.31, or text such as "3,31"')
    exponent = exact.as_tuple().exponent
    return Printed(float(exact), min(max(0, -exponent if isinstance(exponent, int) else 0), _FINEST))


def _of_text(text: str, counts: bool) -> Decimal | None:
    """A number out of text: the last of two kinds of separator is the decimal sign; one that comes twice sets thousands apart."""
    plain = re.sub(r"\s*%$", "", text.strip())
    if not _DIGITS.fullmatch(plain):
        return None
    signs = re.findall("[.,]", plain)
    if len(set(signs)) == 2:
        whole, _, rest = plain.rpartition(signs[-1])
        return Decimal(f"{whole.replace(signs[0], '')}.{rest}") if _WHOLE.fullmatch(whole) else None
    if len(signs) > 1 or (counts and signs and _WHOLE.fullmatch(plain)):
        return Decimal(plain.replace(signs[0], "")) if _WHOLE.fullmatch(plain) else None
    return Decimal(plain.replace(",", "."))


def _of_number(value: Any) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    if not real(value) or not math.isfinite(value):
        return None
    exact = Decimal(repr(float(value)))
    return Decimal(int(exact)) if exact == exact.to_integral_value() else exact


def read_published(published: Any, decimals: Any, *, counts: bool = False) -> Published:
    """The published number, with its decimals and class.

    Raises
    ------
    DataError
        What is no number; decimals that are no whole number of 0 or more; a number that shows more decimals than were said; unknown keys.
    """
    if isinstance(decimals, bool) or not isinstance(decimals, Integral) or not 0 <= int(decimals) <= _FINEST:
        raise DataError(f"decimals is {decimals!r}; give the number of digits after the decimal sign, 0 to {_FINEST}")
    value, grade = published, None
    if isinstance(published, Mapping):
        unknown = [key for key in published if key not in _KEYS]
        if unknown or "value" not in published:
            wrong = f"has the key {unknown[0]!r}{nearest(unknown[0], _KEYS)}" if unknown else f"has no key 'value' but {some(published)}"
            raise DataError(f'published {wrong}; give {{"value": 87.28, "class": "B"}}')
        value, grade = published["value"], published.get("class")
    read = read_printed(value, "published", counts=counts)
    if isinstance(value, str):
        return Published(read.value, read.decimals, _grade(grade))
    if read.decimals > decimals:
        raise DataError(
            f"published is {value!r}, which shows {read.decimals} decimals, but decimals is {decimals}; give decimals={read.decimals}, "
            f'or the number as text: "{value}"'
        )
    return Published(read.value, int(decimals), _grade(grade))


def _grade(grade: Any) -> str | None:
    if grade is None:
        return None
    if not isinstance(grade, str) or not grade.strip():
        raise DataError(f"the published class is {grade!r}; give its letter or name as text")
    return grade.strip()
