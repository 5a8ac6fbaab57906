"""What must be read before waves are compared: in what they differ seriously."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kepuasan.columns import ITEM
from kepuasan.display.numbers import number
from kepuasan.report.document import Listing, Paragraph
from kepuasan.report.parts.differences import called

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.report.document import Block
    from kepuasan.report.findings import ResultTree
    from kepuasan.report.voice import Voice

__all__ = ["comparable_blocks"]

#: aspects whose findings are told with their size, the factor that it is shown with, its decimals, and whether with its sign
_SIZED = {"mix": (2, False), "missingness": (1, True)}


def comparable_blocks(results: ResultTree, voice: Voice) -> list[Block]:
    """The serious findings on the waves of the change, an aspect each; that there is none; or why they were not looked for."""
    found = results.comparability
    if found is None:
        failed = results.failed.get("comparability")
        return [Paragraph(voice.say("comparable.failed", reason=voice.reason(failed)), "note")] if failed else []
    serious = found[found["severity"] == "serious"]
    if serious.empty:
        return [Paragraph(voice.say("comparable.none"))]
    said = {"base": results.base, "current": results.current}
    terms = tuple(
        (voice.say(f"aspect.{aspect}"), " ".join(_told(str(aspect), rows, results, voice))) for aspect, rows in serious.groupby("aspect", sort=False)
    )
    return [Paragraph(voice.say("comparable.lead", **said), "note"), Listing(terms=terms)]


def _told(aspect: str, findings: pd.DataFrame, results: ResultTree, voice: Voice) -> list[str]:
    """The findings of one aspect in sentences: those of single items together, those of all items each by itself."""
    said = {"base": results.base, "current": results.current}
    rows = findings.to_dict("records")
    if aspect in ("frame", "mode"):
        return [voice.say(f"comparable.{aspect}", items=_called(row, results, voice), **_sides(row, voice), **said) for row in rows]
    whole = [row for row in rows if row[ITEM] == ""]
    single = [_item(aspect, row, results, voice) for row in rows if row[ITEM] != ""]
    sentences = [voice.say("comparable.scale.index", **_sides(row, voice), **said) for row in whole if aspect == "scale"]
    if aspect == "invariance" and whole and not single:
        single = [voice.say("comparable.invariance.all")]
    return [*sentences, *([voice.say(f"comparable.{aspect}", items="; ".join(dict.fromkeys(single)))] if single else [])]


def _item(aspect: str, row: Mapping[Any, Any], results: ResultTree, voice: Voice) -> str:
    """What an item is called, with the size of the difference where that is told."""
    name = _called(row, results, voice)
    if aspect not in _SIZED:
        return name
    decimals, signed = _SIZED[aspect]
    size = number(row["size"] if signed else abs(row["size"]), decimals, voice.language, signed=signed, minus=voice.minus)
    return voice.say("comparable.item", name=name, size=size)


def _called(row: Mapping[Any, Any], results: ResultTree, voice: Voice) -> str:
    return called(row[ITEM], results.item_labels(voice.language))


def _sides(row: Mapping[Any, Any], voice: Voice) -> dict[str, str]:
    """What each wave has, and the size of the difference, as read."""
    whole = {side: row[name] for side, name in (("first", "base"), ("second", "current"))}
    texts = {side: voice.whole(value) if isinstance(value, (int, float)) else str(value) for side, value in whole.items()}
    return {**texts, "size": number(row["size"], 1, voice.language)}
