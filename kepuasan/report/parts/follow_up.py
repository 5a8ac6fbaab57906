"""The follow-up plan: the lowest elements of the current wave, each with programme, time and responsible unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import ITEM, WAVE
from kepuasan.display.numbers import NONE
from kepuasan.report.document import Absent, Paragraph, Section, Table
from kepuasan.report.parts.differences import aligned, called, listed
from kepuasan.report.suppression import PUBLICATION, SHOWN, blanked, marked, notes_of, suppressed
from kepuasan.report.voice import LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kepuasan.report.document import Block
    from kepuasan.report.findings import ResultTree
    from kepuasan.report.request import Plan
    from kepuasan.report.voice import Voice

__all__ = ["follow_up_part"]

_LEVELS = ("estimate", "se", "ci_low", "ci_high", "n", "n_eff")
_PLAN = ("programme", "time", "unit")


def follow_up_part(results: ResultTree, voice: Voice) -> Section | Absent:
    """The lowest elements with what is planned, then what is planned for other items."""
    heading = voice.say("heading.follow_up")
    scores = _scores(results)
    scores = scores.assign(why=suppressed(scores["n"], results.request.suppression, total=False))
    ranked = _ranked(results, scores)
    if not ranked:
        return Absent("follow_up", heading, voice.say("absent.follow_up", current=results.current))
    lowest = ranked[: max(results.request.lowest, 1)]
    measures = _measures(results, lowest)
    further = [(plan.item, plan) for plan in results.request.plan if plan.item not in lowest]
    caption = voice.say("caption.follow_up", current=results.current)
    blocks: list[Block] = [Paragraph(voice.say("follow_up.duty")), _table(results, ("follow_up", caption), measures, scores, voice)]
    if any(_open(plan, voice) for _, plan in measures):
        blocks.append(Paragraph(voice.say("follow_up.open", text=voice.say("follow_up.to_fill")), "small"))
    if further:
        blocks.append(_table(results, ("follow_up_further", voice.say("caption.follow_up_further")), further, scores, voice))
    return Section("follow_up", heading, tuple(blocks))


def _scores(results: ResultTree) -> pd.DataFrame:
    """Scores of the items of the index in the current wave."""
    table = results.index.to_frame("items", LEVEL)
    return (table[table[WAVE].astype(str) == results.current] if WAVE in table.columns else table).reset_index(drop=True)


def _ranked(results: ResultTree, scores: pd.DataFrame) -> list[str]:
    """Items that are shown, the lowest first."""
    place = _places(results, scores)
    order = [row for row in np.argsort(place, kind="stable").tolist() if scores["why"].iloc[row] == SHOWN and np.isfinite(place[row])]
    return [str(scores[ITEM].iloc[row]) for row in order]


def _places(results: ResultTree, scores: pd.DataFrame) -> NDArray[np.float64]:
    """Scores by which items are put in order: those in units of the answers by where they lie on each item's scale."""
    place = scores["estimate"].to_numpy(np.float64)
    ends = [_ends(results, item) for item in scores[ITEM]]
    known = [end for end in ends if end is not None]
    if results.spec.scoring != "raw" or len(known) < len(ends):
        return place
    low, high = np.array(known, dtype=np.float64).T
    return np.asarray((place - low) / (high - low))


def _ends(results: ResultTree, item: str) -> tuple[float, float] | None:
    """The ends of an item's answer scale."""
    if results.spec.scale is not None:
        low, high = results.spec.scale
        return float(low), float(high)
    scale = results.codebook.scale_of(item) if item in results.codebook.items else None
    return None if scale is None else (float(scale.low), float(scale.high))


def _measures(results: ResultTree, items: Sequence[str]) -> list[tuple[str, Plan | None]]:
    """What is planned for each item, or that nothing is."""
    found: list[tuple[str, Plan | None]] = []
    for item in items:
        plans: list[Plan | None] = [plan for plan in results.request.plan if plan.item == item]
        found += [(item, plan) for plan in plans or [None]]
    return found


def _text(plan: Plan | None, name: str, voice: Voice) -> str:
    return "" if plan is None else voice.text(getattr(plan, name)).strip()


def _open(plan: Plan | None, voice: Voice) -> bool:
    """Whether a measure lacks something."""
    return not all(_text(plan, name, voice) for name in _PLAN)


def _table(results: ResultTree, called_as: tuple[str, str], measures: Sequence[tuple[str, Plan | None]], scores: pd.DataFrame, voice: Voice) -> Table:
    """Elements with their scores and what is planned."""
    labels, rule = results.item_labels(voice.language), results.request.suppression
    items = [item for item, _ in measures]
    names = [called(item, labels) for item in items]
    numbers = aligned(scores, ITEM, items, _LEVELS)
    why = [str(scores.loc[scores[ITEM] == item, "why"].max()) if (scores[ITEM] == item).any() else SHOWN for item in items]
    texts = [tuple(_text(plan, part, voice) for part in _PLAN) for _, plan in measures]
    rows = tuple(
        (marked(name, reason), *_cells(row, reason, voice), *(text or voice.say("follow_up.to_fill") for text in planned))
        for name, reason, row, planned in zip(names, why, numbers.to_dict("records"), texts, strict=True)
    )
    header = (voice.say("head.element"), *voice.headers("estimate", "interval", "n", "n_eff"), *(voice.say(f"head.{part}") for part in _PLAN))
    shown = blanked(pd.concat([pd.DataFrame({ITEM: items, "label": names}), numbers.assign(level=LEVEL)], axis=1), why)
    frame = pd.concat([shown, pd.DataFrame(texts, columns=list(_PLAN), dtype=object)], axis=1)
    notes = [*notes_of(why, rule, voice), *(_notes(results, scores, voice) if called_as[0] == "follow_up" else [])]
    return Table(*called_as, header, rows, frame=frame, notes=tuple(notes), text=(5, 6, 7))


def _cells(row: dict[Any, Any], why: str, voice: Voice) -> tuple[str, ...]:
    """Score, interval, n and effective n."""
    estimate, _, limits, *counts = voice.cells(row)
    if why == SHOWN:
        return (estimate, limits, *counts)
    return (NONE, NONE, *(counts if why == PUBLICATION else [NONE, NONE]))


def _notes(results: ResultTree, scores: pd.DataFrame, voice: Voice) -> list[str]:
    """What the order is, and which elements are not in it."""
    labels = results.item_labels(voice.language)
    hidden = [called(item, labels) for item, reason in zip(scores[ITEM], scores["why"], strict=True) if reason]
    by_scale = results.spec.scoring == "raw" and not np.array_equal(_places(results, scores), scores["estimate"], equal_nan=True)
    notes = [*([voice.say("follow_up.raw")] if by_scale else []), voice.say("follow_up.order")]
    if hidden:
        least = voice.whole(results.request.suppression.publication)
        notes.append(voice.say("follow_up.hidden", least=least, names=listed(hidden)))
    return notes
