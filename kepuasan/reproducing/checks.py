"""Inner consistency of what is printed: class against value, value against its range, parts against their total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.errors import DataError, some
from kepuasan.reproducing.conventions import MISSES
from kepuasan.reproducing.printed import Printed, written

if TYPE_CHECKING:
    from kepuasan.reproducing.printed import Published
    from kepuasan.standards.standard import Standard

__all__ = ["FINDINGS", "Finding", "class_finding", "digit_apart", "findings_table", "parts_findings", "value_findings", "weighted_findings"]

FINDINGS = ("check", "printed", "found", "difference", "message")
#: departures of a convention up to which a slip of one digit is worth a word
_FEW = 2


@dataclass(frozen=True)
class Finding:
    """One inconsistency: what is printed, what was found in its place, their difference, and a sentence."""

    check: str
    printed: Any
    found: Any
    difference: float | None
    message: str


def findings_table(findings: Sequence[Finding]) -> pd.DataFrame:
    """Findings as a table, one row each."""
    table = pd.DataFrame([asdict(one) for one in findings], columns=list(FINDINGS), dtype=object)
    return table.astype({"difference": np.float64})


def class_finding(printed: Printed, grade: str, standard: Standard, where: str = "") -> list[Finding]:
    """Whether the class printed is that of the value.

    Raises
    ------
    DataError
        A class that the rule does not have.
    """
    classes = standard.require_classes()
    texts = {text.casefold(): one.code for one in classes.all for text in (one.code, *one.name.values())}
    code = texts.get(grade.casefold())
    if code is None:
        raise DataError(f"{grade!r} is no class of {standard.name}; its classes are {classes.text()}")
    low, high = classes.range
    if not low <= classes.rounded(printed.value) <= high:
        return []
    own = classes.codes(printed.value)[0]
    if own == code:
        return []
    text = written(printed.value, printed.decimals)
    return [Finding("class", code, own, None, f"{where}{text} is class {own} under {standard.name} ({classes.text()}), but {code} is printed")]


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
    value, half, decimals = published.value, published.half, published.decimals
    findings = []
    if value - half > possible[1] or value + half < possible[0]:
        bound = possible[1] if value > possible[1] else possible[0]
        hint = "; weights in percent may not have been divided by 100" if value > possible[1] else ""
        reach = f"the possible range {possible[0]:g} to {possible[1]:g}"
        findings.append(Finding("range", value, bound, value - bound, f"{published.text} lies outside {reach}{hint}"))
    if len(own) and (own["low"] != own["high"]).any():
        low, high = float(own["low"].min()), float(own["high"].max())
        if value + half < low or value - half > high:
            bound = low if value < low else high
            text = f"{written(low, decimals + 2)} to {written(high, decimals + 2)}"
            findings.append(
                Finding(
                    "inputs",
                    value,
                    bound,
                    value - bound,
                    f"{published.text} lies outside what the printed inputs allow by its own scoring: {text}",
                )
            )
    if (conventions["verdict"] == MISSES).all():
        near = conventions.iloc[int(np.argmin(conventions["gap"].abs()))]
        found = written(near["rounded"], decimals)
        message = f"no convention gives {published.text}; the nearest gives {found} ({near['name']}){_slip(published, own, near)}"
        findings.append(Finding("conventions", value, float(near["rounded"]), -float(near["gap"]), message))
    return findings


def _slip(published: Published, own: pd.DataFrame, near: pd.Series) -> str:
    """The first convention of few departures that gives a number of which the published one differs in a digit."""
    few = own[own["departures"] <= _FEW]
    slips = few[[digit_apart(published.value, float(rounded), published.decimals) for rounded in few["rounded"]]]
    if not len(slips):
        return ""
    first = slips.iloc[0]
    if first["rounded"] == near["rounded"]:
        return "; one digit differs"
    return f"; one digit makes it {written(first['rounded'], published.decimals)} ({first['name']})"


def digit_apart(one: float, other: float, decimals: int = 0) -> bool:
    """Whether two numbers of one length differ in a single digit.

    Examples
    --------
    >>> digit_apart(57171, 56171), digit_apart(88.40, 87.40, 2), digit_apart(99, 100)
    (True, True, False)
    """
    first, second = f"{one:.{decimals}f}", f"{other:.{decimals}f}"
    return len(first) == len(second) and sum(a != b for a, b in zip(first, second, strict=True)) == 1


def parts_findings(parts: Mapping[Any, Printed], published: Published, total: float) -> list[Finding]:
    """Whether the parts add up to the total, and which single part would explain it where they do not."""
    decimals = max(published.decimals, *(one.decimals for one in parts.values()))
    difference = round(published.value - total, decimals)
    if difference == 0:
        return []
    side = "more" if difference > 0 else "less"
    said = f"{written(published.value, published.decimals)} is printed, but the parts sum to {written(total, decimals)}: "
    causes = _explanations(parts, published.value, total, difference, decimals)
    tail = f"; alone would explain it: {', or '.join(causes[:3])}" if causes else "; no single part explains it"
    return [Finding("parts", published.value, total, difference, f"{said}{written(abs(difference), decimals)} {side}{tail}")]


def _explanations(parts: Mapping[Any, Printed], value: float, total: float, difference: float, decimals: int) -> list[str]:
    """What alone would explain a difference: a part left out or counted twice, a digit of the total, a digit of one part."""
    size = 10.0**-decimals * 0.5
    found = [f"{name!r} left out of the total" for name, part in parts.items() if difference < 0 and abs(part.value + difference) < size]
    found += [f"{name!r} counted twice" for name, part in parts.items() if difference > 0 and abs(part.value - difference) < size]
    if digit_apart(value, total, decimals):
        found.append(f"one digit of the total, for {written(total, decimals)}")
    slips = [name for name, part in parts.items() if digit_apart(part.value, part.value + difference, decimals)]
    if len(slips) == 1:
        only = parts[slips[0]].value
        found.append(f"one digit of {slips[0]!r}, for {written(only + difference, decimals)}")
    elif slips:
        found.append(f"one digit of one of {some(slips, 6)}")
    return found


def weighted_findings(
    means: Mapping[Any, Printed], weighted: Mapping[Any, Printed], weights: Mapping[str, float], published: Published, top: float
) -> list[Finding]:
    """Whether printed weighted means are the means times a weight, and whether their sum is the published index."""
    decimals = max(one.decimals for one in weighted.values())
    unit, half = 10.0**-decimals, 0.5 * 10.0 ** -max(one.decimals for one in means.values())
    near = {
        name: {
            item: (means[item].value - half) * weight < one.value + unit and (means[item].value + half) * weight > one.value - 0.5 * unit - 1e-9
            for item, one in weighted.items()
        }
        for name, weight in weights.items()
    }
    name = max(near, key=lambda one: sum(near[one].values()))
    findings = []
    for item, fits in near[name].items():
        if not fits:
            found, printed = means[item].value * weights[name], weighted[item].value
            text = f"{written(printed, decimals)} is printed as the weighted mean of {item!r}, but {name} of its mean is {found:.{decimals + 2}f}"
            findings.append(Finding("weighted means", printed, found, printed - found, text))
    total = sum(one.value for one in weighted.values())
    index, room = total * top, 0.5 * unit * len(weighted) * top
    if abs(index - published.value) > room + published.half:
        text = f"the printed weighted means sum to {total:.{decimals}f}, which makes {index:.2f}, but {published.text} is printed"
        hint = " (one digit differs)" if digit_apart(round(index, published.decimals), published.value, published.decimals) else ""
        findings.append(Finding("sum of weighted means", published.value, index, published.value - index, text + hint))
    return findings
