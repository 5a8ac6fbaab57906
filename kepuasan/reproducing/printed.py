"""Numbers as they are printed: their value, the decimals they show, and which numbers round to them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from numbers import Integral
from typing import Any

import numpy as np

from kepuasan.errors import DataError, nearest, some
from kepuasan.given import real

__all__ = ["Printed", "Published", "decimal_sign", "evened", "plainly", "printed_or_none", "read_printed", "read_published", "written"]

#: digits with separators; a whole number with its thousands apart
_DIGITS = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
_WHOLE = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
#: beyond which a float no longer tells units apart; decimals beyond which a float has none
_LARGEST, _FINEST = 1e15, 12
_KEYS = ("value", "class")


@dataclass(frozen=True)
class Printed:
    """A number and the decimals it shows; a float may have lost the zeros at its end, text and `Decimal` have not."""

    value: float
    decimals: int
    lossy: bool = field(default=False, kw_only=True, compare=False, repr=False)

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


def plainly(value: Any) -> Any:
    """A number as messages show it: without the name of its type.

    Examples
    --------
    >>> plainly(Decimal("3.310")), plainly(np.float64(3.5)), plainly("3,5")
    (3.31, 3.5, '3,5')
    """
    value = value.item() if isinstance(value, np.generic) else value
    return (int(value) if value == value.to_integral_value() else float(value)) if isinstance(value, Decimal) and value.is_finite() else value


def evened(numbers: Sequence[Printed]) -> list[Printed]:
    """Numbers of one column: floats have the decimals of the one that shows most, as 3.5 beside 3.23 is 3.50; text has its own.

    Examples
    --------
    >>> [one.decimals for one in evened([read_printed(value, "a mean") for value in (3.5, 3.23, "3,5")])]
    [2, 2, 1]
    """
    most = max((one.decimals for one in numbers if one.lossy), default=0)
    return [replace(one, decimals=most) if one.lossy else one for one in numbers]


def decimal_sign(texts: Iterable[Any]) -> str:
    """The decimal sign that texts of numbers show; nothing where none does, or where they contradict each other.

    Examples
    --------
    >>> decimal_sign(["75,56", "1.250", 3]), decimal_sign(["15.061", "3.189"])
    (',', '')
    """
    signs = {sign for text in texts if isinstance(text, str) and (sign := _shown_sign(_plain(text)))}
    return signs.pop() if len(signs) == 1 else ""


def _plain(text: str) -> str:
    """A number without blanks and percent sign."""
    return re.sub(r"\s*%$", "", text.strip())


def _shown_sign(plain: str) -> str:
    """The decimal sign of one number, where its digits leave no doubt."""
    signs = re.findall("[.,]", plain)
    if not signs or not _DIGITS.fullmatch(plain):
        return ""
    if len(set(signs)) == 2:
        return str(signs[-1])
    if len(signs) > 1:
        return "," if signs[0] == "." else "."
    return "" if _WHOLE.fullmatch(plain) else str(signs[0])


def read_printed(value: Any, where: str, *, counts: bool = False, sign: str = "") -> Printed:
    """A number, or text of one with a decimal comma or point, as it is printed.

    Parameters
    ----------
    value : number or str
        Of text and `Decimal` the trailing zeros count: "3,310" has three decimals.
    where : str
        What it is, for the message.
    counts : bool
        Whether "15.061" is fifteen thousand: what sets off three digits sets thousands apart, unless it is the decimal sign.
    sign : str
        The decimal sign that counts are printed with, where it is known.

    Raises
    ------
    DataError
        Missing or infinite numbers, text that is no number.

    Examples
    --------
    >>> read_printed("87,30", "published"), read_printed(3.5, "a mean")
    (Printed(value=87.3, decimals=2), Printed(value=3.5, decimals=1))
    """
    exact = _of_text(value, counts, sign) if isinstance(value, str) else _of_number(value)
    if exact is None or not exact.is_finite() or abs(exact) > _LARGEST:
        raise DataError(f'{where} is {plainly(value)!r}; give a finite number such as 3.31, or text such as "3,31"')
    exponent = exact.as_tuple().exponent
    decimals = min(max(0, -exponent if isinstance(exponent, int) else 0), _FINEST)
    return Printed(float(exact), decimals, lossy=not isinstance(value, (str, Decimal)))


def printed_or_none(value: Any, *, counts: bool = False, sign: str = "") -> Printed | None:
    """A cell as a number; None where it is none."""
    try:
        return read_printed(value, "a cell", counts=counts, sign=sign)
    except DataError:
        return None


def _of_text(text: str, counts: bool, sign: str) -> Decimal | None:
    """A number out of text: the last of two kinds of separator is the decimal sign; one that comes twice sets thousands apart."""
    plain = _plain(text)
    if not _DIGITS.fullmatch(plain):
        return None
    signs = re.findall("[.,]", plain)
    if len(set(signs)) == 2:
        whole, _, rest = plain.rpartition(signs[-1])
        return Decimal(f"{whole.replace(signs[0], '')}.{rest}") if _WHOLE.fullmatch(whole) else None
    if len(signs) > 1 or (counts and signs and signs[0] != sign and _WHOLE.fullmatch(plain)):
        return Decimal(plain.replace(signs[0], "")) if _WHOLE.fullmatch(plain) else None
    return Decimal(plain.replace(",", "."))


def _of_number(value: Any) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    if not real(value) or not math.isfinite(value):
        return None
    exact = Decimal(str(value) if isinstance(value, np.floating) else repr(float(value)))
    return Decimal(int(exact)) if exact == exact.to_integral_value() else exact


def read_published(published: Any, decimals: Any, *, counts: bool = False, sign: str = "") -> Published:
    """The published number, with its decimals and class; `counts` and `sign` as in `read_printed`.

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
    read = read_printed(value, "published", counts=counts, sign=sign)
    if isinstance(value, str):
        return Published(read.value, read.decimals, _grade(grade))
    if read.decimals > decimals:
        raise DataError(
            f"published is {plainly(value)!r}, which shows {read.decimals} decimals, but decimals is {decimals}; give decimals={read.decimals}, "
            f'or the number as text: "{value}"'
        )
    return Published(read.value, int(decimals), _grade(grade))


def _grade(grade: Any) -> str | None:
    if grade is None:
        return None
    if not isinstance(grade, str) or not grade.strip():
        raise DataError(f"the published class is {grade!r}; give its letter or name as text")
    return grade.strip()
