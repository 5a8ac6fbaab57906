"""What a check found, and values that are written in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.columns import spelled
from kepuasan.display.numbers import number
from kepuasan.wording import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Finding", "Number", "Series", "Words", "listed", "share"]


@dataclass(frozen=True)
class Finding:
    """One finding: a code, what fills its words, the column, and the rows by their position in the survey's frame."""

    code: str
    values: Mapping[str, Any]
    column: str = ""
    places: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    count: int = 0


@dataclass(frozen=True)
class Number:
    """A number in the writing of the language that the words ask for.

    Examples
    --------
    >>> "{n:id} {n:en}".format(n=Number(1234.5, 1))
    '1.234,5 1,234.5'
    """

    value: float
    decimals: int = 0

    def __format__(self, language: str) -> str:
        return number(self.value, self.decimals, language or "en")


@dataclass(frozen=True)
class Words:
    """Words of the catalogue, and what fills their places, in the language that the words around them ask for.

    Examples
    --------
    >>> "{reason:id}".format(reason=Words("problem.personal.phone"))
    'nomor telepon'
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __format__(self, language: str) -> str:
        return say(self.key, language or "en", **self.values)


@dataclass(frozen=True)
class Series:
    """Several of these, one after the other."""

    parts: Sequence[Words]

    def __format__(self, language: str) -> str:
        return ", ".join(format(part, language) for part in self.parts)


def listed(values: Iterable[object], limit: int = 5) -> str:
    """The first values, texts quoted, and how many more there are.

    Examples
    --------
    >>> listed([1.0, "a", 2.5], limit=2)
    "1, 'a' (+1)"
    """
    plain = [repr(str(value)) if isinstance(value, str) else spelled(value) for value in values]
    return ", ".join(plain[:limit]) + (f" (+{len(plain) - limit})" if len(plain) > limit else "")


def share(part: float, whole: float) -> Number:
    """A part in percent of the whole.

    Examples
    --------
    >>> f"{share(1, 8):en}"
    '12.5'
    """
    return Number(100.0 * part / whole, 1)
