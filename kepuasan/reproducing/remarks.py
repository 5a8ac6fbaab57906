"""What is to be said beside numbers, in whatever language it is read: a key of the catalogue and what stands in its places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from kepuasan.display.numbers import number
from kepuasan.wording import say

if TYPE_CHECKING:
    from kepuasan.wording import Language

__all__ = ["Figure", "Remark", "listed"]


class Figure(NamedTuple):
    """A number and the decimals it is written with."""

    value: float
    decimals: int


@dataclass(frozen=True)
class Remark:
    """A sentence of the catalogue.

    ``values`` fill its places: a `Figure` is written as the language writes numbers, a `Remark` is said in its place, a list of either is joined by
    commas, all else is written as it is.

    Examples
    --------
    >>> Remark("interval", {"low": Figure(1234.5, 1), "high": "?"}).said("id")
    '1.234,5 s.d. ?'
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def said(self, language: Language) -> str:
        """The sentence in a language."""
        return say(self.key, language, **{place: _written(value, language) for place, value in self.values.items()})


def listed(names: Iterable[Any], limit: int = 9) -> Remark | list[Remark | str]:
    """Names in quotation marks; of many the first, and how many more there are.

    Examples
    --------
    >>> listed(["a", "b"]), listed(range(4), 2).said("en")
    (["'a'", "'b'"], '0, 1 and 2 more')
    """
    quoted = [name if isinstance(name, Remark) else repr(getattr(name, "item", lambda name=name: name)()) for name in names]
    return quoted if len(quoted) <= limit else Remark("note.more", {"names": quoted[:limit], "count": Figure(len(quoted) - limit, 0)})


def _written(value: Any, language: Language) -> str:
    if isinstance(value, Figure):
        return number(value.value, value.decimals, language)
    if isinstance(value, Remark):
        return value.said(language)
    if isinstance(value, (list, tuple)):
        return ", ".join(_written(one, language) for one in value)
    return str(value)
