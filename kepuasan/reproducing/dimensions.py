"""The choices that make a convention: what they are called, which is the rule's own, and which are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from kepuasan.columns import UNSAID
from kepuasan.errors import ChoiceError, DataError, nearest
from kepuasan.reproducing.printed import plainly

if TYPE_CHECKING:
    from kepuasan.reproducing.remarks import Remark

__all__ = [
    "CUT_OFF",
    "EARLY",
    "HALF_EVEN",
    "HALF_UP",
    "MIN_MAX",
    "NO_EARLY",
    "RAW",
    "ROUNDINGS",
    "SHARE",
    "UNIT_VALUES",
    "Dimension",
    "Early",
    "fixed",
    "phrase",
    "top_box",
]

SHARE, MIN_MAX, RAW = "share-of-max", "min-max", "raw mean"
HALF_UP, HALF_EVEN, CUT_OFF = "half-up", "half-even", "cut off"
ROUNDINGS = (HALF_UP, HALF_EVEN, CUT_OFF)

#: what else a choice may be called in `known`
_ALIASES = {
    "minmax": MIN_MAX,
    "raw": RAW,
    "mean": RAW,
    "half up": HALF_UP,
    "half even": HALF_EVEN,
    "cut-off": CUT_OFF,
    "truncated": CUT_OFF,
}


@dataclass(frozen=True)
class Early:
    """Decimals to which item means, weighted item means, their sum, or the values of units are rounded before the end; None where they are not."""

    items: int | None = None
    weighted: int | None = None
    total: int | None = None
    units: int | None = None


NO_EARLY, UNIT_VALUES = "none", "unit values to 2"
#: every early rounding by its name, the rule's own first; two in a row are those of spreadsheets that show each column rounded
EARLY: dict[str, Early] = {
    NO_EARLY: Early(),
    **{f"item means to {decimals}": Early(items=decimals) for decimals in (2, 3)},
    **{f"weighted means to {decimals}": Early(weighted=decimals) for decimals in (2, 3)},
    **{f"sum to {decimals}": Early(total=decimals) for decimals in (2, 3)},
    "item and weighted means to 2": Early(items=2, weighted=2),
    "item means to 2, weighted means to 3": Early(items=2, weighted=3),
    "item and weighted means to 3": Early(items=3, weighted=3),
    UNIT_VALUES: Early(units=2),
}


def top_box(top: int) -> str:
    """The scoring that counts the `top` highest answers."""
    return f"top-{top}-box"


@dataclass(frozen=True)
class Dimension:
    """A question to which a convention gives one answer.

    ``choices`` in order, ``own`` that of the rule or of the codebook; where data cannot tell choices apart, one of them, and ``note`` says why.
    """

    name: str
    choices: tuple[str, ...]
    own: str
    #: choices that make no difference here, and are not crossed
    alike: tuple[str, ...] = ()
    note: Remark | None = None
    #: what else choices are called in `known`
    also: Mapping[str, str] = field(default_factory=dict)
    #: what tables call the choices that are known, where that says more than the choice: 1/9 and 1/8 are both equal weights
    exactly: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, choices: Sequence[str], own: str | None = None, **also: str) -> Dimension:
        """A dimension with its own choice first."""
        chosen = choices[0] if own is None else own
        return cls(name, (chosen, *(one for one in choices if one != chosen)), chosen, also=also)

    def settled(self, note: Remark | None = None) -> Dimension:
        """The dimension where its choices cannot differ: its own choice alone."""
        return replace(self, choices=(self.own,), alike=self.choices, note=note)


def fixed(dimensions: Sequence[Dimension], known: Any) -> tuple[Dimension, ...]:
    """The dimensions with what is known of them.

    Raises
    ------
    DataError
        A `known` that is no mapping.
    ChoiceError
        Unknown dimensions or choices, with the list.
    """
    if known is None:
        return tuple(dimensions)
    if not isinstance(known, Mapping):
        raise DataError(f'known is {type(known).__name__}; give a mapping of dimension to choice, such as {{"scoring": "share-of-max"}}')
    names = [one.name for one in dimensions]
    unknown = [name for name in known if name not in names]
    if unknown:
        raise ChoiceError(f"known has no dimension {unknown[0]!r} here{nearest(unknown[0], names)}; the dimensions are {', '.join(map(repr, names))}")
    return tuple(_narrowed(one, known[one.name]) if one.name in known else one for one in dimensions)


def _narrowed(dimension: Dimension, wanted: Any) -> Dimension:
    """A dimension with the choices that are known."""
    listed = [wanted] if isinstance(wanted, str) else list(wanted) if isinstance(wanted, (list, tuple, set, frozenset)) else [wanted]
    possible = tuple(dict.fromkeys((*dimension.choices, *dimension.alike)))
    chosen = [_choice(dimension, one, possible) for one in listed]
    if not chosen:
        raise ChoiceError(f"known[{dimension.name!r}] is empty; choose one or more of {_listed(dimension, possible)}")
    kept = tuple(one for one in possible if one in chosen)
    spoken = tuple(map(str, listed))
    told = tuple(text if "/" in text else one for text, one in zip(spoken, chosen, strict=True))
    exactly = told if any("/" in one for one in told) and not {"equal", "exact"} & set(spoken) else ()
    return replace(dimension, choices=kept[:1] if dimension.alike else kept, exactly=exactly)


def _choice(dimension: Dimension, wanted: Any, possible: tuple[str, ...]) -> str:
    text = str(wanted)
    for one in (text, text.replace(",", "."), dimension.also.get(text), _ALIASES.get(text)):
        if one in possible:
            return str(one)
    same = [one for one in possible if _decimal(text) is not None and _decimal(one) == _decimal(text)]
    if same:
        return same[0]
    raise ChoiceError(f"known[{dimension.name!r}] is {plainly(wanted)!r}{nearest(text, possible)}; choose one of {_listed(dimension, possible)}")


def _decimal(text: str) -> Decimal | None:
    """A weight as the number it stands for, so that 0.110 is 0.11; None for what is no number."""
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def _listed(dimension: Dimension, possible: Sequence[str]) -> str:
    """The choices as tables name them: equal weights are 1/9 and 1/8."""
    shown = {choice: [other for other, one in dimension.also.items() if one == choice and "/" in other] or [choice] for choice in possible}
    return ", ".join(repr(one) for names in shown.values() for one in names)


def phrase(dimension: str, choice: str) -> str:
    """A choice as the name of a convention says it; nothing for an early rounding that is none, and for the tariff that is there."""
    if dimension == "early_rounding":
        return "" if choice == UNSAID[dimension] else f"{choice} decimals first"
    if dimension == "level":
        return f"by {choice}"
    if dimension == "pooling":
        return {"respondents": "over respondents", "units": "mean of units"}.get(choice, "units by volume")
    if dimension == "tariff":
        return "" if choice == UNSAID[dimension] else "without tariff"
    if dimension == "missing":
        return {"counted as 0": "missing as 0"}.get(choice, choice)
    return choice
