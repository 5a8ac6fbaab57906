"""Who changed: the index of each group of respondents in both waves, and whether its change is beyond sampling error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import WAVE, spelled
from kepuasan.display.numbers import MINUS, NONE, number
from kepuasan.report.document import Absent, Paragraph, Section, Table
from kepuasan.report.parts.differences import Differences, Side, aligned, called, table_name, without_rounding
from kepuasan.report.suppression import PUBLICATION, SHOWN, blanked, marked, notes_of
from kepuasan.report.voice import LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kepuasan.report.document import Block
    from kepuasan.report.findings import Moved, ResultTree
    from kepuasan.report.voice import Voice

__all__ = ["column_label", "frame_note", "index_rows", "moved_part", "partly_failed"]

_LEVELS = ("estimate", "se", "ci_low", "ci_high", "n", "n_eff")
_GAPS = ("estimate", "se", "ci_low", "ci_high", "df", "t", "p_value")


def moved_part(results: ResultTree, voice: Voice) -> Section | Absent:
    """A banner table for each column asked for; the index alone where there is one wave."""
    heading = voice.say("heading.moved" if results.several else "heading.moved.single")
    if not results.domains:
        failed = results.failed.get("moved")
        reason = voice.say("absent.failed", reason=voice.reason(failed)) if failed else voice.say("absent.moved")
        return Absent("moved", heading, reason)
    blocks: list[Block] = frame_note(results, voice)
    for domain in results.domains:
        names = [block.name for block in blocks if isinstance(block, Table)]
        blocks += _column(results, domain, names, voice)
    blocks += partly_failed(results, "moved", voice)
    return Section("moved", heading, tuple(blocks))


def partly_failed(results: ResultTree, part: str, voice: Voice) -> list[Block]:
    """Why some of what a part was asked for is not there; nothing where all is."""
    reason = results.failed.get(part)
    return [Paragraph(voice.say("absent.failed", reason=voice.reason(reason)), "small")] if reason else []


def frame_note(results: ResultTree, voice: Voice) -> list[Block]:
    """That changes of groups contain what the frames differ in; nothing where they are the same."""
    if results.gap is None:
        return []
    column = column_label(results, results.gap.column, voice)
    return [Paragraph(voice.say("moved.frame", base=results.base, current=results.current, column=column), "note")]


def _column(results: ResultTree, domain: Moved, names: Sequence[str], voice: Voice) -> list[Block]:
    """What is shown of one column."""
    label = column_label(results, domain.column, voice)
    if domain.change is None or results.base is None:
        caption = voice.say("caption.by", column=_lower(label))
        return [_by_wave(results, domain, table_name("index_by", domain.column, names), caption, voice)]
    made = _differences(results, domain, voice)
    caption = voice.say("caption.moved", base=results.base, current=results.current, column=_lower(label))
    blocks: list[Block] = [made.table(table_name("moved", domain.column, names), caption, voice)]
    beyond = made.beyond()
    key = "some" if beyond else "none" if made.tested() else "untested"
    blocks.append(Paragraph(voice.say(f"moved.{key}", column=label, names=made.moved(beyond, voice))))
    blocks.append(Paragraph(_joint(domain, voice)))
    if len(results.request.waves) > 2:
        caption = voice.say("caption.by.waves", column=_lower(label))
        blocks.append(_by_wave(results, domain, table_name("index_by", domain.column, names), caption, voice))
    return blocks


def _differences(results: ResultTree, domain: Moved, voice: Voice) -> Differences:
    """Both waves of a column and their differences, a row each code, in the order of the codebook."""
    column, base, current = domain.column, str(results.base), results.current
    labels = results.code_labels(column, voice.language)
    score = domain.score.to_frame(LEVEL)
    codes = _ordered(score[column], labels)
    gap = pd.DataFrame() if domain.change is None else domain.change.to_frame(LEVEL)
    rows = aligned(gap, column, codes, _GAPS)
    tests = domain.tests if domain.tests is not None else pd.DataFrame({column: []})
    return Differences(
        key=column,
        heading=column_label(results, column, voice),
        codes=codes,
        names=[called(code, labels) for code in codes],
        first=_side(results, score, (column, codes, base), "base", voice),
        second=_side(results, score, (column, codes, current), "current", voice),
        gap=rows.assign(p_holm=aligned(tests, column, codes, ("p_holm",))["p_holm"]),
        head=voice.say("head.change"),
        rule=results.request.suppression,
        untested=domain.untested,
    )


def _side(results: ResultTree, score: pd.DataFrame, rows: tuple[str, Sequence[Any], str], prefix: str, voice: Voice) -> Side:
    """The index of one wave by code."""
    column, codes, wave = rows
    table = aligned(score[score[WAVE].astype(str) == wave], column, codes, _LEVELS)
    here = table["n"].notna().to_numpy(dtype=bool)
    why = np.full(len(codes), SHOWN, dtype=object)
    why[here] = results.hiding.why(table.loc[here, "n"], np.asarray(codes, dtype=object)[here], wave=wave, of=column)
    return Side(prefix, wave, voice.say("head.index_of", name=wave), table, why.tolist())


def _joint(domain: Moved, voice: Voice) -> str:
    """Whether all codes changed alike, in one sentence."""
    joint = domain.joint
    if not joint or joint["p_value"] != joint["p_value"]:
        return voice.say("joint.untested")
    values = {name: number(joint[name], decimals, voice.language, minus=MINUS) for name, decimals in (("statistic", 2), ("df", 0))}
    values["df_denominator"] = number(joint["df_denominator"], 0 if float(joint["df_denominator"]).is_integer() else 1, voice.language)
    key = "joint.beyond" if joint["p_value"] < 1.0 - LEVEL else "joint.within"
    return voice.say(key, count=voice.whole(joint["df"] + 1), p=voice.p_value(joint["p_value"]), **values)


# ---------------------------------------------------------------- the index alone


def _by_wave(results: ResultTree, domain: Moved, name: str, caption: str, voice: Voice) -> Table:
    """The index by code, the waves of each code one after another."""
    column, waves = domain.column, [WAVE] if results.several else []
    labels = results.code_labels(column, voice.language)
    score = without_rounding(domain.score.to_frame(LEVEL))
    place = {spelled(code): number for number, code in enumerate(_ordered(score[column], labels))}
    order = {wave: number for number, wave in enumerate(results.request.waves)}
    within = score[WAVE].astype(str) if waves else pd.Series([results.current] * len(score))
    ranked = sorted(range(len(score)), key=lambda row: (place[spelled(score[column].iloc[row])], order.get(within.iloc[row], 0)))
    score = score.iloc[ranked].reset_index(drop=True)
    why = _whys(results, column, score).tolist()
    names = [called(code, labels) for code in score[column]]
    heads = [(marked(one, reason), *(str(score[wave].iloc[row]) for wave in waves)) for row, (one, reason) in enumerate(zip(names, why, strict=True))]
    header = (column_label(results, column, voice), *voice.headers(*waves, "index", "se", "interval", "n", "n_eff"))
    rule = results.request.suppression
    frame = blanked(score, why, keys=["item", column, *waves])
    frame.insert(list(frame.columns).index("estimate"), "label" if "label" not in frame.columns else "label_text", names)
    return Table(name, caption, header, index_rows(heads, score, why, voice), frame, heads=1 + len(waves), notes=notes_of(why, rule, voice))


def _whys(results: ResultTree, column: str, score: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.object_]]:
    """Why the rows of the index by a column are not shown; the codes of each wave have a total of their own."""
    wave = score[WAVE].astype(str).to_numpy() if results.several else np.full(len(score), results.current, dtype=object)
    why = np.full(len(score), SHOWN, dtype=object)
    for label in results.request.waves:
        here = wave == label
        why[here] = results.hiding.why(score["n"][here], score[column][here], wave=label, of=column)
    return why


def index_rows(heads: Iterable[tuple[str, ...]], table: pd.DataFrame, why: Sequence[str], voice: Voice) -> tuple[tuple[str, ...], ...]:
    """Rows of estimates behind their heads: estimate, SE, interval, n and effective n, a dash for what is not shown."""
    rows = []
    for head, row, reason in zip(heads, table.to_dict("records"), why, strict=True):
        cells = voice.cells(row)
        if reason == PUBLICATION:
            cells = (NONE, NONE, NONE, *cells[3:])
        elif reason:
            cells = (NONE,) * len(cells)
        rows.append((*head, *cells))
    return tuple(rows)


def column_label(results: ResultTree, column: str, voice: Voice) -> str:
    """What a column is called."""
    text = results.item_labels(voice.language).get(column, "")
    return text if text.strip() else column


def _lower(label: str) -> str:
    """A label within a sentence: its first letter small, unless it begins with an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _ordered(codes: Iterable[Any], labels: Iterable[Any]) -> list[Any]:
    """Codes of the data once each, in the order of the codebook, then as they come."""
    found = {spelled(code): code for code in reversed(list(codes))}
    known = [spelled(code) for code in labels]
    rest = [spelled(code) for code in dict.fromkeys(codes) if spelled(code) not in known]
    return [found[code] for code in dict.fromkeys([*known, *rest]) if code in found]
