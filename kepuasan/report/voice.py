"""How results are spoken: a language, its numbers, and the minus sign of the medium."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kepuasan.display.numbers import NONE, interval, number, p_value
from kepuasan.refusals.telling import told
from kepuasan.wording import say

if TYPE_CHECKING:
    from kepuasan.codebook import Label

__all__ = ["LEVEL", "Voice"]

#: the level of every interval of a report
LEVEL = 0.95


@dataclass(frozen=True)
class Voice:
    """How results are spoken: a language, decimals, and the minus sign of the medium."""

    language: str
    decimals: int = 1
    minus: str = "-"

    def say(self, key: str, **values: object) -> str:
        """A text of the catalogue."""
        return say(key, self.language, **values)

    def text(self, label: Label | str) -> str:
        """A label in the language; a plain text as it is."""
        return label if isinstance(label, str) else label[self.language]

    def reason(self, message: str) -> str:
        """A message of the library in the language, where it is of a kind that is known; else as it is."""
        known = told(message) if self.language != "en" else []
        return "; ".join(one.said(self.language) for one in known) or message

    def number(self, value: float, *, signed: bool = False, extra: int = 0) -> str:
        """A number, with more decimals where asked."""
        return number(value, self.decimals + extra, self.language, signed=signed, minus=self.minus)

    def whole(self, value: float) -> str:
        """A count."""
        return number(value, 0, self.language)

    def interval(self, low: float, high: float) -> str:
        """Two limits."""
        return interval(low, high, self.decimals, self.language, minus=self.minus)

    def p_value(self, value: float) -> str:
        """A p-value, or a dash."""
        return p_value(value, self.language) if value == value else NONE

    @property
    def level(self) -> str:
        """The level of intervals, in percent."""
        return number(100 * LEVEL, 0, self.language)

    def headers(self, *keys: str) -> tuple[str, ...]:
        """Column headers."""
        return tuple(self.say(f"column.{key}", level=self.level) for key in keys)

    def cells(self, row: Mapping[Any, Any]) -> tuple[str, ...]:
        """Estimate, SE, interval, n and effective n of a row of `Estimates.to_frame`."""
        whole = [self.whole(row[column]) for column in ("n", "n_eff")]
        return (self.number(row["estimate"]), self.number(row["se"], extra=1), self.interval(row["ci_low"], row["ci_high"]), *whole)
