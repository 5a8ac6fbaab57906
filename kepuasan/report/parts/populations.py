"""Two populations on the same questions: what each says, and whether they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import ITEM
from kepuasan.report.document import Absent, Paragraph, Picture, Section
from kepuasan.report.parts.differences import Differences, Side, aligned, begun, called, listed
from kepuasan.report.suppression import SHOWN, suppressed
from kepuasan.report.voice import LEVEL

if TYPE_CHECKING:
    from kepuasan.report.document import Block
    from kepuasan.report.findings import Comparison, ResultTree
    from kepuasan.report.voice import Voice

__all__ = ["populations_part"]

_LEVELS = ("estimate", "se", "ci_low", "ci_high", "n", "n_eff")
_GAPS = ("estimate", "se", "ci_low", "ci_high", "df", "t", "p_value")


def populations_part(results: ResultTree, voice: Voice) -> Section | Absent:
    """Scores of the items of both populations with their gaps, as a table and as a figure."""
    against, found = results.request.against, results.against
    if against is None or found is None:
        failed = results.failed.get("against")
        reason = voice.say("absent.failed", reason=voice.reason(failed)) if failed else voice.say("absent.populations")
        return Absent("populations", voice.say("heading.populations.absent"), reason)
    names = {"own": voice.text(against.own), "other": voice.text(against.label)}
    made = _differences(results, found, names, voice)
    beyond = made.beyond()
    key = "some" if beyond else "none" if made.tested() else "untested"
    blocks: list[Block] = [
        Paragraph(voice.say("populations.meaning", **names)),
        made.table("populations", voice.say("caption.populations", current=results.current, **names), voice),
        Paragraph(voice.say(f"gaps.{key}", current=results.current, names=made.moved(beyond, voice))),
    ]
    if found.wave not in ("", results.current):
        blocks.insert(1, Paragraph(voice.say("populations.wave", other=begun(names["other"]), current=results.current, wave=found.wave), "note"))
    blocks += [Paragraph(voice.say("populations.all_answers"), "small")] if results.spec.missing == "listwise" else []
    blocks += [Paragraph(text, "small") for text in _left_out(results, found, voice)]
    picture = _picture(made, voice.say("caption.figure.populations", current=results.current, level=voice.level, **names), results, voice)
    return Section("populations", begun(voice.say("heading.populations", **names)), (*blocks, *([picture] if picture is not None else [])))


def _differences(results: ResultTree, found: Comparison, names: dict[str, str], voice: Voice) -> Differences:
    """Own less other, a row each item, in the order of the questionnaire."""
    labels = results.item_labels(voice.language)
    means = found.means.to_frame(LEVEL)
    gap = found.gap.to_frame(LEVEL).assign(p_holm=list(found.p_holm))
    items = gap[ITEM].tolist()
    sides = {name: _side(results, means[means["population"] == name], items, (name, names[name])) for name in ("own", "other")}
    return Differences(
        key=ITEM,
        heading=voice.headers("item")[0],
        codes=items,
        names=[called(item, labels) for item in items],
        first=sides["own"],
        second=sides["other"],
        gap=aligned(gap, ITEM, items, (*_GAPS, "p_holm")),
        head=voice.say("head.gap"),
        rule=results.request.suppression,
        untested={},
    )


def _left_out(results: ResultTree, found: Comparison, voice: Voice) -> list[str]:
    """Items that are not compared, by the reason."""
    labels = results.item_labels(voice.language)
    reasons = dict.fromkeys(found.left_out.values())
    by_reason = {reason: listed(called(item, labels) for item, own in found.left_out.items() if own == reason) for reason in reasons}
    return [voice.say(f"populations.left_out.{reason}", names=names) for reason, names in by_reason.items()]


def _side(results: ResultTree, means: pd.DataFrame, items: list[Any], names: tuple[str, str]) -> Side:
    """The scores of one population; items add up to no total of respondents."""
    table = aligned(means, ITEM, items, _LEVELS)
    here = table["n"].notna().to_numpy()
    why = np.full(len(items), SHOWN, dtype=object)
    why[here] = suppressed(table.loc[here, "n"], results.request.suppression, total=False)
    return Side(names[0], names[1], begun(names[1]), table, why.tolist())


def _picture(made: Differences, caption: str, results: ResultTree, voice: Voice) -> Picture | None:
    """Dumbbells of the items of which both sides are shown; none where there is no such item."""
    from kepuasan.display.gaps import dumbbells

    frame, limits = made.frame(), ("estimate", "ci_low", "ci_high")
    shown = frame[np.isfinite(frame["estimate"].to_numpy(np.float64))]
    if shown.empty:
        return None
    sides = [
        pd.DataFrame({ITEM: shown.index, "side": side.prefix, **{name: shown[f"{side.prefix}_{name}"] for name in limits}})
        for side in (made.first, made.second)
    ]
    gaps, table = shown[list(limits)].assign(**{ITEM: shown.index}), pd.concat(sides, ignore_index=True)
    labels: dict[Any, str] = {**dict(enumerate(made.names)), made.first.prefix: made.first.name, made.second.prefix: made.second.name}
    axes = dumbbells(table, "side", gaps=gaps, unit=_unit(results, voice), labels=labels, language=voice.language, decimals=voice.decimals)
    return Picture("populations", caption, str(axes.get_label()), axes)


def _unit(results: ResultTree, voice: Voice) -> str:
    """What scores are in."""
    return voice.say({"raw": "unit.scale", "top-box": "unit.percent"}.get(results.spec.scoring, "unit.score"))
