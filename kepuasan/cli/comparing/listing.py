"""Changes between two runs as they are listed: for people by section, for machines as JSON or CSV."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kepuasan.cli.checking.listing import csv_of, folded
from kepuasan.cli.comparing.changes import SECTIONS, Change, Comparison
from kepuasan.display.numbers import number
from kepuasan.quality.findings import Words
from kepuasan.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["KEYS", "changes_as"]

#: what a machine is told of each change
KEYS = ("section", "name", "change", "old", "new", "difference", "beyond")
_FILES = ("inputs", "outputs")
#: decimals of numbers, as many of these as they need to differ
_DECIMALS = (2, 4, 6, 10)
#: letters of a value that is shown
_LONG = 120


def changes_as(written: str, found: Comparison, language: str) -> str:
    """The changes as text, JSON or CSV."""
    if written == "json":
        return json.dumps([dict(zip(KEYS, _row(one), strict=True)) for one in found.changes], ensure_ascii=False, indent=2)
    if written == "csv":
        return csv_of([KEYS, *([_cell(value) for value in _row(one)] for one in found.changes)])
    return "\n".join(_lines(found, language))


def _row(one: Change) -> tuple[Any, ...]:
    return (one.section, one.name, one.kind, one.old, one.new, one.difference, one.beyond)


def _cell(value: Any) -> Any:
    """A value in a table: empty where there is none, lists and truth values as JSON writes them."""
    return "" if value is None else json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict, bool)) else value


# ---------------------------------------------------------------- for people


def _lines(found: Comparison, language: str) -> Iterator[str]:
    told = {(one.section, one.name, one.kind) if one.section != "outputs" or one.kind != "changed" else (one.section,) for one in found.changes}
    yield say("diff.count", language, count=len(told)) if told else say("diff.none", language)
    for section, changes in groupby(sorted(found.changes, key=lambda one: SECTIONS.index(one.section)), key=lambda one: one.section):
        yield ""
        yield f"{say(f'diff.{section}', language)}:"
        for text in _of_outputs(list(changes), language) if section == "outputs" else (_said(one, language) for one in changes):
            yield from folded(text, "      ", "  ")
    lacking = [(f"diff.lacking.{'old' if old else 'new'}", section) for section, old in found.lacking.items()]
    if lacking:
        yield ""
    for key, section in lacking:
        yield from folded(say(key, language, section=_Lower(section)), "")


class _Lower:
    """The name of a section within a sentence."""

    def __init__(self, section: str) -> None:
        self.section = section

    def __format__(self, language: str) -> str:
        text = format(Words(f"diff.{self.section}"), language)
        return text[0].lower() + text[1:]


def _of_outputs(changes: Sequence[Change], language: str) -> Iterator[str]:
    """Files that came and went by name, those of another content by their number."""
    yield from (_said(one, language) for one in changes if one.kind != "changed")
    count = sum(one.kind == "changed" for one in changes)
    if count:
        yield say("diff.files.changed", language, count=count)


def _said(one: Change, language: str) -> str:
    """One change in words."""
    if one.section in _FILES:
        return say(f"diff.file.{one.kind}", language, name=one.name, **({"new": one.new} if one.kind == "renamed" else {}))
    if one.difference is not None and one.kind == "changed":
        places = _places(one, whole=all(isinstance(value, int) for value in (one.old, one.new)))
        shown = {name: number(value, places, language) for name, value in (("old", one.old), ("new", one.new))}
        key = "diff.number.changed" if one.beyond is None else "diff.beyond" if one.beyond else "diff.within"
        return say(key, language, name=one.name, **shown, difference=number(one.difference, places, language, signed=True))
    shown = {name: _text(value, language) for name, value in (("old", one.old), ("new", one.new))}
    return say(
        f"diff.value.{one.kind}", language, name=one.name, **{"added": {"new": shown["new"]}, "removed": {"old": shown["old"]}}.get(one.kind, shown)
    )


def _places(one: Change, *, whole: bool) -> int:
    """The decimals at which the numbers differ."""
    return 0 if whole else next((places for places in _DECIMALS if round(one.old, places) != round(one.new, places)), _DECIMALS[-1])


def _text(value: Any, language: str) -> str:
    """A value as text; numbers in the language, the rest as the record has it."""
    if isinstance(value, float):
        return number(value, 2, language)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONG else f"{text[: _LONG - 3]}..."
