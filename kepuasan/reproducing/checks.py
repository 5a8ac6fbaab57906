"""Inner consistency of what is printed: class against value, value against its range, parts against their total."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import MISSES, REPRODUCES
from kepuasan.display.choices import convention_text
from kepuasan.errors import DataError, some
from kepuasan.numerics.grading import half_up
from kepuasan.reproducing.remarks import Figure, Remark, listed

if TYPE_CHECKING:
    from kepuasan.reproducing.printed import Printed, Published
    from kepuasan.standards.standard import Classes, Standard
    from kepuasan.wording import Language

__all__ = [
    "FINDINGS",
    "Finding",
    "class_finding",
    "class_of",
    "digit_apart",
    "figure",
    "findings_table",
    "parts_findings",
    "value_findings",
    "weights_finding",
]

FINDINGS = ("check", "printed", "found", "difference", "message")
#: departures of a convention up to which a slip of one digit is worth a word
_FEW = 2
#: decimals beyond those printed that near bounds are told with; causes and parts that are named at most
_FINER, _CAUSES, _PARTS = 2, 3, 6
#: texts for a class that is not given
_NO_CLASS = ("", "-", "\N{EN DASH}", "\N{EM DASH}")


@dataclass(frozen=True)
class Finding:
    """One inconsistency: what is printed, what was found in its place, their difference, and the sentence that tells it."""

    check: str
    printed: Any
    found: Any
    difference: float | None
    remark: Remark


@dataclass(frozen=True)
class _Named(Remark):
    """A convention by its choices, as the language calls them; ``values`` are its row of the table."""

    def said(self, language: Language) -> str:
        columns = list(self.values)
        return convention_text(self.values, columns[1 : columns.index("departures")], None, language) or str(self.values["name"])


def _named(row: pd.Series) -> Remark:
    return _Named("convention", {str(name): value for name, value in row.items()})


def figure(printed: Printed) -> Figure:
    """A number with the decimals it is printed with."""
    return Figure(printed.value, printed.decimals)


def findings_table(findings: Sequence[Finding]) -> pd.DataFrame:
    """Findings as a table, one row each, told in English."""
    rows = [(one.check, one.printed, one.found, one.difference, one.remark.said("en")) for one in findings]
    return pd.DataFrame(rows, columns=list(FINDINGS), dtype=object).astype({"difference": np.float64})


# ---------------------------------------------------------------- class


def class_finding(printed: Printed, grade: str, standard: Standard, unit: Any = None) -> list[Finding]:
    """Whether some value that is printed so has the class printed beside it; 88.3 may be 88.31 and of class A.

    Raises
    ------
    DataError
        A class that the rule does not have.
    """
    classes = standard.require_classes()
    code = _code(grade, classes)
    if code is None and grade.strip() not in _NO_CLASS:
        raise DataError(f"{grade!r} is no class of {standard.name}; its classes are {classes.text()}")
    low, high = classes.range
    own = _codes(printed, classes) if low <= classes.rounded(printed.value) <= high else []
    if code is None or not own or code in own:
        return []
    bounds = [Remark("check.class.bounds", {"code": one.code, **_bounds(one.low, one.high, classes.decimals)}) for one in classes.all]
    values = {"value": figure(printed), "found": own[0], "rule": standard.name, "classes": bounds, "printed": code}
    remark = Remark("check.class", values)
    return [Finding("class", code, own[0], None, remark if unit is None else Remark("check.unit", {"unit": some([unit]), "finding": remark}))]


def class_of(grade: str, standard: Standard) -> str | None:
    """The class of a rule that a text names; None where it names none, or two."""
    return _code(grade, standard.require_classes())


def _code(grade: str, classes: Classes) -> str | None:
    """The class of a text such as "B", "Baik" or "B (Baik)"; None where it names none, or two."""
    codes = {text.casefold(): one.code for one in classes.all for text in (one.code, *one.name.values())}
    words = [part.strip().casefold() for part in (grade, *re.split(r"[()/,:;=]| - ", grade)) if part.strip()]
    found = {codes[word] for word in words if word in codes}
    whole = words and (words[0] in codes or all(word in codes for word in words[1:]))
    return found.pop() if whole and len(found) == 1 else None


def _codes(printed: Printed, classes: Classes) -> list[str]:
    """The classes of the values that are printed so: that of the number itself first."""
    values = [printed.value]
    if printed.decimals < classes.decimals:
        low, high = classes.range
        step = 10.0**-classes.decimals
        values += [max(printed.value - printed.half, low), min(printed.value + printed.half - step, high)]
    places = classes.places(values).tolist()
    return [classes.letters[place] for place in dict.fromkeys([places[0], *range(min(places), max(places) + 1)])]


# ---------------------------------------------------------------- value


def value_findings(published: Published, conventions: pd.DataFrame, possible: tuple[float, float], own: pd.DataFrame) -> list[Finding]:
    """Whether the value lies inside its possible range, inside what the inputs allow, and is given by any convention.

    Parameters
    ----------
    published : Published
    conventions : DataFrame
        All conventions.
    possible : (low, high)
        The range of the index; NaN where none is known.
    own : DataFrame
        Those that score as the rule does.
    """
    findings = _range_finding(published, possible, own if len(own) else conventions)
    if (own["verdict"] == MISSES).all() and (own["low"] != own["high"]).any():
        findings += _inputs_finding(published, float(own["low"].min()), float(own["high"].max()))
    if (conventions["verdict"] == MISSES).all():
        near = conventions.iloc[int(np.argmin(conventions["gap"].abs()))]
        found = float(near["rounded"])
        slip = _slip(published, own, near)
        values = {"printed": figure(published), "found": Figure(found, published.decimals), "name": _named(near), "slip": slip}
        findings.append(Finding("conventions", published.value, found, -float(near["gap"]), Remark("check.conventions", values)))
    return findings


def weights_finding(published: Published, conventions: pd.DataFrame, choices: Sequence[str]) -> list[Finding]:
    """That a number is reproduced, but by no convention with the weights that are printed beside the means."""
    own = conventions[conventions["item_weights"].isin(choices)] if choices else conventions.iloc[:0]
    if own.empty or (own["verdict"] != MISSES).any() or not (conventions["verdict"] == REPRODUCES).any():
        return []
    found = float(own["rounded"].iloc[0])
    remark = Remark("check.weights", {"found": Figure(found, published.decimals), "printed": figure(published)})
    return [Finding("weights", published.value, found, published.value - found, remark)]


def _range_finding(published: Published, possible: tuple[float, float], own: pd.DataFrame) -> list[Finding]:
    """A value off the range of the index; weights in percent are thought of where a hundredth of it is what conventions give."""
    value, half = published.value, published.half
    if not (value - half > possible[1] or value + half < possible[0]):
        return []
    bound = possible[1] if value > possible[1] else possible[0]
    percent = float(own["low"].min()) - half <= value / 100 <= float(own["high"].max()) + half
    hint = Remark("check.range.percent") if percent else ""
    remark = Remark("check.range", {"printed": figure(published), **_bounds(*possible, digits=None), "hint": hint})
    return [Finding("range", value, bound, value - bound, remark)]


def _inputs_finding(published: Published, low: float, high: float) -> list[Finding]:
    """A value that the printed inputs cannot give, whatever they were before they were rounded."""
    value, half = published.value, published.half
    if low <= value + half and value - half <= high:
        return []
    side, bound = ("lowest", low) if value < low else ("highest", high)
    close = abs(bound - value) < 2 * published.half
    values = {"printed": figure(published), "bound": Figure(bound, published.decimals + (_FINER if close else 0))}
    return [Finding("inputs", value, bound, value - bound, Remark(f"check.inputs.{side}", values))]


def _slip(published: Published, own: pd.DataFrame, near: pd.Series) -> Remark | str:
    """The first convention of few departures that gives a number of which the published one differs in a digit."""
    few = own[own["departures"] <= _FEW]
    slips = few[[digit_apart(published.value, float(rounded), published.decimals) for rounded in few["rounded"]]]
    if not len(slips):
        return ""
    first = slips.iloc[0]
    if first["rounded"] == near["rounded"]:
        return Remark("check.digit")
    return Remark("check.slip", {"found": Figure(float(first["rounded"]), published.decimals), "name": _named(first)})


def _bounds(low: float, high: float, digits: int | None) -> dict[str, Figure]:
    """Two bounds, with the decimals they have where none are asked for."""
    return {name: Figure(bound, _decimals(bound) if digits is None else digits) for name, bound in (("low", low), ("high", high))}


def _decimals(bound: float) -> int:
    return len(f"{bound:.6g}".partition(".")[2])


def digit_apart(one: float, other: float, decimals: int = 0) -> bool:
    """Whether two numbers of one length differ in a single digit.

    Examples
    --------
    >>> digit_apart(57171, 56171), digit_apart(88.40, 87.40, 2), digit_apart(99, 100), digit_apart(12, -2)
    (True, True, False, False)
    """
    first, second = f"{one:.{decimals}f}", f"{other:.{decimals}f}"
    same = len(first) == len(second) and (one < 0) == (other < 0)
    return same and sum(a != b for a, b in zip(first, second, strict=True)) == 1


# ---------------------------------------------------------------- parts


def parts_findings(parts: Mapping[Any, Printed], published: Published, total: float, decimals: int) -> list[Finding]:
    """That the parts do not add up to the total, and which single part would explain it."""
    difference = float(half_up(np.array([published.value - total]), decimals)[0])
    if difference == 0:
        return []
    values = {"printed": figure(published), "found": Figure(total, decimals), "difference": Figure(abs(difference), decimals)}
    causes = _causes(parts, published.value, total, difference, decimals)
    remark = Remark("check.parts.more" if difference > 0 else "check.parts.less", {**values, "reasons": causes})
    return [Finding("parts", published.value, total, difference, remark)]


def _causes(parts: Mapping[Any, Printed], value: float, total: float, difference: float, decimals: int) -> Remark:
    """What alone would explain a difference: a part left out or counted twice, a digit of the total, a digit of one part."""
    half = 0.5 * 10.0**-decimals
    key, sign = ("check.parts.twice", 1) if difference > 0 else ("check.parts.left", -1)
    whole = [Remark(key, {"part": some([name])}) for name, part in parts.items() if abs(part.value - sign * difference) < half]
    digits = [Remark("check.parts.total", {"value": Figure(total, decimals)})] if digit_apart(value, total, decimals) else []
    slips = {name: part.value + difference for name, part in parts.items() if digit_apart(part.value, part.value + difference, decimals)}
    if len(slips) == 1:
        name, meant = next(iter(slips.items()))
        digits.append(Remark("check.parts.part", {"part": some([name]), "value": Figure(meant, decimals)}))
    elif slips:
        digits.append(Remark("check.parts.some", {"parts": listed(slips, _PARTS)}))
    told = [Remark("check.parts.explained", {"reasons": whole[:_CAUSES]})] if whole else []
    places = digits[:1] if len(digits) < 2 else [Remark("check.or", {"first": digits[0], "second": digits[1]})]
    told += [Remark("check.parts.digit", {"places": places})] if places else []
    if not told:
        return Remark("check.parts.none")
    return told[0] if len(told) == 1 else Remark("check.both", {"first": told[0], "second": told[1]})
