"""What was answered: scores of items and dimensions, and the shares of the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import CATEGORY, ITEM, WAVE, spelled
from kepuasan.display.likert import MOST_ANSWERS, likert_bars
from kepuasan.display.numbers import NONE, interval, number
from kepuasan.report.document import Paragraph, Picture, Section, Table
from kepuasan.report.parts.differences import called, listed
from kepuasan.report.parts.moved import index_rows
from kepuasan.report.parts.waves import full
from kepuasan.report.suppression import PUBLICATION, SHOWN, blanked, marked, notes_of, suppressed
from kepuasan.report.voice import LEVEL

if TYPE_CHECKING:
    from kepuasan.report.document import Absent, Block
    from kepuasan.report.findings import ResultTree
    from kepuasan.report.voice import Voice

__all__ = ["answers_part", "items_table"]

#: items that one figure has
_MOST_ITEMS = 30
#: columns of shares, which are shown in percent
_SHARES = ("estimate", "se", "ci_low", "ci_high")


def answers_part(results: ResultTree, voice: Voice) -> Section | Absent:
    """Bars of the answers in the current wave, then the scores and the shares."""
    shares = _shares(results)
    items = items_table(results, voice)
    blocks: list[Block] = [*_pictures(results, shares, voice), items]
    if results.index.dimensions is not None:
        labels = results.dimension_labels(voice.language)
        blocks.append(_scores("dimensions", full(results.index.dimensions), labels, results, voice))
    if not shares.empty:
        blocks.append(_answers(results, shares, voice))
    return Section("answers", voice.say("heading.answers"), tuple(blocks))


# ---------------------------------------------------------------- scores


def items_table(results: ResultTree, voice: Voice) -> Table:
    """The scores of items, the waves of each one after another."""
    return _scores("items", full(results.index.items), results.item_labels(voice.language), results, voice)


def _scores(name: str, frame: pd.DataFrame, labels: Mapping[str, str], results: ResultTree, voice: Voice) -> Table:
    """Scores of items or dimensions; items are no parts of a total."""
    waves = [WAVE] if WAVE in frame.columns else []
    place = {code: row for row, code in enumerate(dict.fromkeys(frame[ITEM]))}
    order = {wave: row for row, wave in enumerate(results.request.waves)}
    ranked = sorted(range(len(frame)), key=lambda row: (place[frame[ITEM].iloc[row]], order.get(str(frame[WAVE].iloc[row]), 0) if waves else 0))
    frame = frame.iloc[ranked].reset_index(drop=True)
    why = suppressed(frame["n"], results.request.suppression, total=False).tolist()
    names = [called(code, labels) for code in frame[ITEM]]
    within = [(str(wave),) for wave in frame[WAVE]] if waves else [()] * len(frame)
    heads = [(marked(text, reason), *rest) for text, reason, rest in zip(names, why, within, strict=True)]
    header = voice.headers("item" if name == "items" else "dimension", *waves, "estimate", "se", "interval", "n", "n_eff")
    notes = notes_of(why, results.request.suppression, voice)
    tidy = blanked(frame, why, keys=[ITEM, *waves])
    tidy.insert(1, "label", names)
    return Table(name, voice.say(f"caption.{name}"), header, index_rows(heads, frame, why, voice), tidy, heads=1 + len(waves), notes=notes)


# ---------------------------------------------------------------- shares


def _shares(results: ResultTree) -> pd.DataFrame:
    """The shares of the answers in the current wave, items in order, answers of each from the worst to the best, and why they are not shown."""
    frames = []
    for estimates in results.answers.values():
        table = estimates.to_frame(LEVEL)
        if WAVE in table.columns:
            table = table[table[WAVE].astype(str) == results.current].drop(columns=WAVE)
        frames.append(table)
    if not frames:
        return pd.DataFrame()
    table = pd.concat([_from_worst(frame, results) for frame in frames], ignore_index=True)
    return table.assign(why=suppressed(table["n"], results.request.suppression, total=False))


def _from_worst(table: pd.DataFrame, results: ResultTree) -> pd.DataFrame:
    """The rows of an item with its best answer last; a reverse item's best answer is its lowest code."""
    item = results.codebook.items.get(table[ITEM].iloc[0]) if len(table) else None
    return table.iloc[::-1] if item is not None and item.reverse else table


def _answer_labels(results: ResultTree, item: str, voice: Voice) -> dict[Any, str]:
    """What the answers of an item are called, by itself or by its scale, as far as they have names."""
    found = results.codebook.items.get(item)
    scale = None if found is None or found.scale is None else results.codebook.scales.get(found.scale)
    shared = {} if scale is None else {code: label[voice.language] for code, label in scale.labels.items()}
    return {code: text for code, text in {**shared, **results.code_labels(item, voice.language)}.items() if text.strip()}


def _answers(results: ResultTree, shares: pd.DataFrame, voice: Voice) -> Table:
    """Every share with its interval and n; an item that is not shown has one row, as its answers tell on persons."""
    shares = shares[(shares["why"] == SHOWN) | ~shares.duplicated(ITEM)].reset_index(drop=True)
    shares = shares.assign(category=shares[CATEGORY].astype(object).where(shares["why"] == SHOWN, None))
    labels = results.item_labels(voice.language)
    names = [called(item, labels) for item in shares[ITEM]]
    answers = [_answer(row, results, voice) for row in shares.to_dict("records")]
    why = shares["why"].tolist()
    rows = tuple(
        (marked(name, row["why"]), answer, *_share_cells(row, voice))
        for name, answer, row in zip(names, answers, shares.to_dict("records"), strict=True)
    )
    tidy = blanked(shares.drop(columns="why"), why, keys=[ITEM, CATEGORY]).rename(columns={"estimate": "share"})
    tidy.insert(1, "label", names)
    tidy.insert(list(tidy.columns).index(CATEGORY) + 1, "answer", answers)
    header = voice.headers("item", "answer", "share", "share.se", "interval", "n", "n_eff")
    caption = voice.say("caption.answers", wave=results.current)
    return Table("answers", caption, header, rows, tidy, heads=2, notes=notes_of(why, results.request.suppression, voice))


def _answer(row: Mapping[Any, Any], results: ResultTree, voice: Voice) -> str:
    return called(row[CATEGORY], _answer_labels(results, row[ITEM], voice)) if row["why"] == SHOWN else NONE


def _share_cells(row: Mapping[Any, Any], voice: Voice) -> tuple[str, ...]:
    """A share in percent, its standard error and interval, n and effective n."""
    counts = voice.whole(row["n"]), voice.whole(row["n_eff"])
    if row["why"] != SHOWN:
        return (NONE, NONE, NONE, *(counts if row["why"] == PUBLICATION else (NONE, NONE)))
    share, se, low, high = (100.0 * float(row[name]) for name in _SHARES)
    limits = interval(low, high, 1, voice.language, minus=voice.minus)
    return (number(share, 1, voice.language), number(se, 2, voice.language), limits, *counts)


# ---------------------------------------------------------------- pictures


@dataclass(frozen=True)
class _Kind:
    """Items that are drawn together: their answers from the worst to the best, and what these are called, where all call them alike."""

    codes: tuple[Any, ...]
    labels: Mapping[Any, str]
    items: tuple[str, ...]


def _pictures(results: ResultTree, shares: pd.DataFrame, voice: Voice) -> list[Block]:
    """Bars of items with the same answers together, the lowest score on top; which items are not drawn."""
    kinds = _kinds(results, shares, voice)
    blocks: list[Block] = []
    for place, kind in enumerate(kinds):
        items = kind.items[:_MOST_ITEMS]
        rows = shares[shares[ITEM].isin(items)]
        rows = rows.assign(place=[items.index(item) for item in rows[ITEM]]).sort_values("place", kind="stable")
        title = voice.say("figure.answers", wave=results.current)
        names = {item: called(item, results.item_labels(voice.language)) for item in items}
        axes = likert_bars(rows, title=title, labels=names, answers=kind.labels, language=voice.language)
        caption = f"{title}. {voice.say('figure.answers.note')}"
        blocks.append(Picture("answers" if place == 0 else f"answers_{place + 1}", caption, str(axes.get_label()), axes))
        if not kind.labels and any(_named(results, item, kind.codes, voice) for item in items):
            blocks.append(Paragraph(voice.say("answers.coded"), "small"))
        if len(kind.items) > _MOST_ITEMS:
            blocks.append(Paragraph(voice.say("answers.first", count=_MOST_ITEMS), "small"))
    drawn = {item for kind in kinds for item in kind.items}
    left = [called(item, results.item_labels(voice.language)) for item in results.answers if item not in drawn]
    return [*blocks, *([Paragraph(voice.say("answers.left_out", most=MOST_ANSWERS, items=listed(left)), "small")] if left else [])]


def _kinds(results: ResultTree, shares: pd.DataFrame, voice: Voice) -> list[_Kind]:
    """The items that can be drawn, by their answers; those of one figure from the lowest score on."""
    if shares.empty:
        return []
    scores = _scores_now(results)
    groups: dict[tuple[str, ...], list[str]] = {}
    answers: dict[str, tuple[Any, ...]] = {}
    for item, rows in shares.groupby(ITEM, sort=False):
        known = np.isfinite(rows["estimate"]).all() and abs(float(rows["estimate"].sum()) - 1.0) < 1e-6
        if len(rows) <= MOST_ANSWERS and known and (rows["why"] == SHOWN).all():
            answers[str(item)] = tuple(rows[CATEGORY])
            groups.setdefault(tuple(map(spelled, rows[CATEGORY])), []).append(str(item))
    made = []
    for items in groups.values():
        ordered = sorted(items, key=lambda item: scores.get(item, np.inf))
        made.append(_Kind(answers[items[0]], _shared_labels(results, items, answers[items[0]], voice), tuple(ordered)))
    return made


def _scores_now(results: ResultTree) -> dict[str, float]:
    """The scores of items in the current wave."""
    table = full(results.index.items)
    if WAVE in table.columns:
        table = table[table[WAVE].astype(str) == results.current]
    return {str(item): float(score) for item, score in zip(table[ITEM], table["estimate"], strict=True)}


def _shared_labels(results: ResultTree, items: Sequence[str], codes: Sequence[Any], voice: Voice) -> Mapping[Any, str]:
    """What all items call their answers; nothing where they differ, so that codes stand for them."""
    named = [_named(results, item, codes, voice) for item in items]
    return named[0] if all(one == named[0] for one in named) else {}


def _named(results: ResultTree, item: str, codes: Sequence[Any], voice: Voice) -> dict[Any, str]:
    """What an item calls those of the codes that have names; codes of missing answers are not among them."""
    found = {spelled(code): text for code, text in _answer_labels(results, item, voice).items()}
    return {code: found[spelled(code)] for code in codes if spelled(code) in found}
