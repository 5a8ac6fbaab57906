"""Vulnerable groups against all other respondents, and how each group changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import WAVE
from kepuasan.numerics.multiplicity import holm
from kepuasan.report.document import Absent, Paragraph, Section, Table
from kepuasan.report.parts.differences import Differences, Side, listed, without_rounding
from kepuasan.report.parts.moved import frame_note, index_rows, partly_failed
from kepuasan.report.suppression import SHOWN, SIDES, blanked, group_key, marked, notes_of
from kepuasan.report.voice import LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kepuasan.estimates import Estimates
    from kepuasan.report.document import Block
    from kepuasan.report.findings import ResultTree
    from kepuasan.report.voice import Voice

__all__ = ["groups_part"]

_LEVELS = ("estimate", "se", "ci_low", "ci_high", "n", "n_eff")
_GAPS = ("estimate", "se", "ci_low", "ci_high", "df", "t", "p_value")
#: the column of a tidy frame that numbers groups in the order in which they are named
_KEY = "group"


def groups_part(results: ResultTree, voice: Voice) -> Section | Absent:
    """Each group beside the others in the current wave, and its change; every wave where there are more than two."""
    heading = voice.say("heading.groups")
    if not results.groups:
        failed = results.failed.get("groups")
        reason = voice.say("absent.failed", reason=voice.reason(failed)) if failed else voice.say("absent.groups")
        return Absent("groups", heading, reason)
    gaps = _gaps(results, voice)
    beyond = gaps.beyond()
    key = "some" if beyond else "none" if gaps.tested() else "untested"
    blocks: list[Block] = [
        gaps.table("groups", voice.say("caption.gaps", current=results.current), voice),
        Paragraph(voice.say(f"gaps.{key}", current=results.current, names=gaps.moved(beyond, voice))),
        Paragraph(voice.say("groups.meaning"), "small"),
        Paragraph(_conditions(results, voice), "small"),
    ]
    if results.base is not None:
        caption = voice.say("caption.group_changes", base=results.base, current=results.current)
        changes = _changes(results, voice)
        beyond = changes.beyond()
        key = "some" if beyond else "none" if changes.tested() else "untested"
        blocks += [*frame_note(results, voice), changes.table("group_changes", caption, voice)]
        blocks.append(Paragraph(voice.say(f"moved.{key}", column=heading, names=changes.moved(beyond, voice))))
    if len(results.request.waves) > 2:
        blocks.append(_waves(results, voice))
    return Section("groups", heading, (*blocks, *partly_failed(results, "groups", voice)))


def _labels(results: ResultTree, voice: Voice) -> list[str]:
    """What groups are called; one without a name by its condition."""
    texts = [voice.text(found.group.label) for found in results.groups]
    return [text if text.strip() else found.group.where for text, found in zip(texts, results.groups, strict=True)]


def _conditions(results: ResultTree, voice: Voice) -> str:
    """Who belongs to each group."""
    named = zip(_labels(results, voice), results.groups, strict=True)
    return voice.say(
        "groups.conditions", conditions=listed(voice.say("groups.condition", name=name, where=found.group.where) for name, found in named)
    )


def _row(estimates: Estimates, wave: str | None, columns: Sequence[str]) -> dict[str, float]:
    """The numbers of one wave, or of the single row there is; empty where there is none."""
    table = without_rounding(estimates.to_frame(LEVEL))
    if wave is not None and WAVE in table.columns:
        table = table[table[WAVE].astype(str) == wave]
    if not len(table):
        return dict.fromkeys(columns, np.nan)
    return {name: float(table[name].iloc[0]) if name in table.columns else np.nan for name in columns}


def _stacked(rows: Sequence[dict[str, float]], columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns), dtype=np.float64)


def _whys(results: ResultTree, wave: str | None) -> tuple[list[str], list[str], pd.DataFrame, pd.DataFrame]:
    """Why a group and its others are not shown in a wave, each pair two rows of one total; and the numbers of both."""
    inside = _stacked([_row(found.score, wave, _LEVELS) for found in results.groups], _LEVELS)
    outside = _stacked([_row(found.others, wave, _LEVELS) for found in results.groups], _LEVELS)
    whys: tuple[list[str], list[str]] = ([], [])
    label = results.current if wave is None else wave
    for one, *pair in zip(results.groups, inside["n"], outside["n"], strict=True):
        known = [n == n for n in pair]
        there = [side for side, here in zip(SIDES, known, strict=True) if here]
        found = iter(results.hiding.why([n for n in pair if n == n], there, wave=label, of=group_key(one.group.where)))
        for side, here in zip(whys, known, strict=True):
            side.append(str(next(found)) if here else SHOWN)
    return *whys, inside, outside


def _with_holm(rows: Sequence[dict[str, float]], shown: Sequence[bool]) -> pd.DataFrame:
    """Differences with their p-values adjusted for those that are shown."""
    table = _stacked(rows, _GAPS)
    tested = np.asarray(shown, dtype=bool) & np.isfinite(table["p_value"].to_numpy(np.float64))
    adjusted = np.full(len(table), np.nan)
    adjusted[tested] = holm(table["p_value"].to_numpy(np.float64)[tested])
    return table.assign(p_holm=adjusted)


def _gaps(results: ResultTree, voice: Voice) -> Differences:
    """Each group less its others in the current wave."""
    wave = results.current if results.several else None
    why, why_others, inside, outside = _whys(results, wave)
    return Differences(
        key=_KEY,
        heading=voice.say("head.group"),
        codes=list(range(1, len(results.groups) + 1)),
        names=_labels(results, voice),
        first=Side("group", voice.say("side.group"), voice.say("head.group"), inside, why),
        second=Side("others", voice.say("side.others"), voice.say("head.others"), outside, why_others),
        gap=_with_holm(
            [_row(found.gap, wave, _GAPS) for found in results.groups], [not (one or other) for one, other in zip(why, why_others, strict=True)]
        ),
        head=voice.say("head.gap"),
        rule=results.request.suppression,
        untested={},
    )


def _changes(results: ResultTree, voice: Voice) -> Differences:
    """The change of each group from the base to the current wave."""
    base, current = str(results.base), results.current
    why_base, _, before, _ = _whys(results, base)
    why_current, _, after, _ = _whys(results, current)
    empty: dict[str, float] = dict.fromkeys(_GAPS, np.nan)
    rows = [empty if found.change is None else _row(found.change, None, _GAPS) for found in results.groups]
    return Differences(
        key=_KEY,
        heading=voice.say("head.group"),
        codes=list(range(1, len(results.groups) + 1)),
        names=_labels(results, voice),
        first=Side("base", base, voice.say("head.index_of", name=base), before, why_base),
        second=Side("current", current, voice.say("head.index_of", name=current), after, why_current),
        gap=_with_holm(rows, [not (one or other) for one, other in zip(why_base, why_current, strict=True)]),
        head=voice.say("head.change"),
        rule=results.request.suppression,
        untested={},
    )


def _waves(results: ResultTree, voice: Voice) -> Table:
    """Each group and its others in every wave."""
    by_wave = {wave: _whys(results, wave) for wave in results.request.waves}
    keys: list[dict[str, Any]] = []
    whys: list[str] = []
    rows: list[dict[str, float]] = []
    for place, name in enumerate(_labels(results, voice)):
        for who in SIDES:
            for wave, (why, why_others, inside, outside) in by_wave.items():
                keys.append({_KEY: place + 1, "label": name, "who": who, WAVE: wave})
                whys.append((why if who == "group" else why_others)[place])
                rows.append({str(column): float(value) for column, value in (inside if who == "group" else outside).iloc[place].items()})
    table = _stacked(rows, _LEVELS)
    heads = [(marked(key["label"], why), voice.say(f"who.{key['who']}"), key[WAVE]) for key, why in zip(keys, whys, strict=True)]
    header = (voice.say("head.group"), voice.say("head.who"), *voice.headers("wave", "index", "se", "interval", "n", "n_eff"))
    frame = blanked(pd.concat([pd.DataFrame(keys), table.assign(level=LEVEL)], axis=1), whys)
    notes = notes_of(whys, results.request.suppression, voice)
    return Table("group_waves", voice.say("caption.group_waves"), header, index_rows(heads, table, whys, voice), frame, heads=3, notes=notes)
