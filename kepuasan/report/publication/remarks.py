"""What the reader of an SKM must know of it: elements without ratings or names, whose interval it is, and how it was computed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.design import Design
from kepuasan.display.numbers import tick
from kepuasan.standards.unsur import element_of

if TYPE_CHECKING:
    from kepuasan.report.publication.row import PublishedRow
    from kepuasan.standards.standard import Element

__all__ = ["EQUAL", "computing_notes", "remarks"]

#: what lies closer is equal: scores on the scale of the answers, weights over their mean
EQUAL = 1e-9

#: a label that tells a number alone
_NUMBER = re.compile(r"(u|unsur)[ _.]?\d+", re.IGNORECASE)


def remarks(row: PublishedRow) -> Iterator[str]:
    """Elements of the regulation that were not rated, columns of which only a number is known, and intervals that no design stands behind."""
    count, total = len(row.elements), len(row.standard.elements)
    if count < total:
        values = {"count": row.number(count, 0), "total": row.number(total, 0), "rule": row.standard.name}
        missing = _missing(row)
        if missing:
            yield row.voice.say("sheet.few.named", elements=", ".join(missing), **values)
        else:
            numbered = None in row.result.names.values()
            yield row.voice.say("sheet.few.numbered" if numbered else "sheet.few", **values)
    names = row.result.names
    unnamed = [str(one["label"]) for one in row.elements if names[one["item"]] is None and _NUMBER.fullmatch(str(one["label"]))]
    if unnamed:
        yield row.voice.say("sheet.unnamed", elements=_listed(row, unnamed))
    design, errors = row.result.survey.design, [row.index["se"], *(one["se"] for one in row.elements)]
    if design.declaration == Design() and not design.history and any(error > 0 for error in errors):
        yield row.voice.say("sheet.plain")


def _missing(row: PublishedRow) -> list[str]:
    """The elements of the regulation that are known to be missing, where these are all; else none."""
    known = set(row.result.names.values())
    lacking = [element for element in row.standard.elements if element.name not in known]
    spare = len(row.elements) - (len(row.standard.elements) - len(lacking))
    left_out = [_element(row, one) for one in row.result.excluded]
    sure = [element for element in lacking if element in left_out]
    told = lacking if not spare else sure if len(lacking) - len(sure) <= spare else []
    return [element.label[row.language] for element in told]


def _listed(row: PublishedRow, names: Sequence[str]) -> str:
    """Names as they are listed in a sentence."""
    if len(names) == 1:
        return names[0]
    return row.voice.say("sheet.and", first=", ".join(names[:-1]), last=names[-1])


def computing_notes(row: PublishedRow) -> list[str]:
    """How the index was computed: formula and weight, elements left out, pooling, units that reported, survey weights."""
    say, result, factor = row.voice.say, row.result, row.standard.conversion_factor
    weight = str(result.share) if result.share.numerator == 1 else tick(float(result.share), row.language)
    notes = [say("sheet.weights", factor=tick(float(factor), row.language), weight=weight, count=len(row.elements))]
    top = float(factor * len(row.elements) * result.share) * row.standard.scale[1]
    if abs(top - row.standard.require_classes().range[1]) > EQUAL:
        notes.append(say("sheet.highest", top=row.number(top, 2)))
    if result.excluded:
        notes.append(say("sheet.excluded", elements=", ".join(_excluded(row))))
    notes.append(say(f"sheet.pool.{result.pool}"))
    if row.coverage is not None:
        existing, reported = row.coverage["units_existing"], row.number(row.coverage["units_reported"], 0)
        known = bool(np.isfinite(existing))
        notes.append(
            say("sheet.coverage", reported=reported, existing=row.number(existing, 0)) if known else say("sheet.reported", reported=reported)
        )
    weights = result.survey.domains().weight[row.members]
    if np.ptp(weights) > EQUAL * abs(weights.mean()):
        notes.append(say("sheet.weighted"))
    return notes


def _excluded(row: PublishedRow) -> list[str]:
    """What the elements that were left out are called."""
    found = {one: _element(row, one) for one in row.result.excluded}
    return [row.label(one) if element is None else element.label[row.language] for one, element in found.items()]


def _element(row: PublishedRow, name: Any) -> Element | None:
    """The element of the regulation that was left out by this name or column; None of a number where numbers tell none."""
    told = any(row.result.names.values()) or not _NUMBER.fullmatch(str(name))
    return element_of(name, row.standard) if told else None
