"""What weighting did: its steps in words, the weights after each, and the margins before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import WAVE, spelled
from kepuasan.display.numbers import NONE, fitting_decimals, number, percent, tick
from kepuasan.report.document import Block, Paragraph, Table
from kepuasan.report.request import Suppression
from kepuasan.report.suppression import SHOWN, suppressed

if TYPE_CHECKING:
    from kepuasan.report.findings import ResultTree
    from kepuasan.report.voice import Voice

__all__ = ["plain_sample", "weighting_blocks", "weighting_steps"]

#: how far a design effect of weights may be from 1 for these to be all equal
_EQUAL = 1e-9
#: what the row of the weights of all waves together is called
_STACKED = "stacked"
_BETWEEN = " x "
_MARGIN_STEPS = ("rake", "poststratify", "calibrate")
_TIMES = " \N{MULTIPLICATION SIGN} "
#: of the weights after a step, and of their ratios: from them and its target follows how few respondents a level has
_TELLING = ("min", "max", "cv", "deff", "n_eff", "largest_share", "g_min", "g_max")


def weighting_blocks(results: ResultTree, voice: Voice) -> list[Block]:
    """The steps in words, then the tables; a sentence where weights are used as they came."""
    steps = weighting_steps(results)
    if not steps:
        return [Paragraph(voice.say("method.weights_as_given"))] if results.design.declaration.weight else []
    margins = list(_margins(steps, results, voice))
    hidden = {row["number"]: row[WAVE] for row in margins if row["hidden"]}
    said = [_told(step, results, voice, hidden=_follows(hidden, number, _wave(step))) for number, step in steps.items()]
    blocks: list[Block] = [Paragraph(" ".join(said))]
    if results.weighting is not None and len(results.weighting):
        blocks.append(_diagnostics(results.weighting, hidden, results, voice))
    return [*blocks, _margin_table(margins, results, voice)] if margins else blocks


def weighting_steps(results: ResultTree) -> dict[int, Mapping[str, Any]]:
    """The steps that changed weights of the waves asked for, by their place in the history; those of all waves together come last."""
    waves = results.request.waves
    found = [(number, step) for number, step in enumerate(results.design.history, start=1) if "sum_after" in step]
    asked = [(number, step) for number, step in found if _wave(step) in ("", *waves)]
    return dict(sorted(asked, key=lambda one: _place(_wave(one[1]), results)))


def plain_sample(results: ResultTree, voice: Voice) -> str:
    """What a survey without a declared design is taken for."""
    return voice.say("method.srs.weighted" if weighting_steps(results) else "method.srs")


def _wave(step: Mapping[str, Any]) -> str:
    """The wave that a step was taken in; empty where it was taken of all rows."""
    return str(step[WAVE]) if WAVE in step else ""


def _place(wave: str, results: ResultTree) -> int:
    """Where a wave stands in the order of the request; last what is of all waves."""
    waves = results.request.waves
    return waves.index(wave) if wave in waves else len(waves)


def _follows(hidden: Mapping[int, str], number: int, wave: str) -> bool:
    """Whether a step is, or comes after, one that has a sum which is not shown: its weights would tell that sum."""
    return any(first <= number and (not own or not wave or own == wave) for first, own in hidden.items())


# ---------------------------------------------------------------- in words


def _told(step: Mapping[str, Any], results: ResultTree, voice: Voice, *, hidden: bool) -> str:
    name, wave = step["step"], voice.say("method.of_wave", wave=step[WAVE]) if WAVE in step else ""
    if name in _MARGIN_STEPS:
        return voice.say(f"method.step.{name}", wave=wave, **_calibrated(step, results, voice, hidden=hidden))
    if name == "trim_weights":
        bounds = {side: _plain(step[side], voice) for side in ("lower", "upper") if step[side] is not None}
        limits = voice.say(f"method.trim.{'both' if len(bounds) == 2 else next(iter(bounds))}", **bounds)
        counts = "" if hidden else voice.say("method.trim.counts", cut=voice.whole(step["cut"]), raised=voice.whole(step["raised"]))
        return voice.say(f"method.step.{name}", wave=wave, limits=limits, counts=counts)
    rate = percent(100 * step["response_rate"], 1, voice.language)
    if "formula" in step:
        return voice.say(f"method.step.{name}.formula", wave=wave, formula=step["formula"], rate=rate)
    cells = _TIMES.join(_label(str(one), results, voice) for one in step["cells"]) or voice.say(f"method.step.{name}.whole")
    return voice.say(f"method.step.{name}.cells", wave=wave, count=voice.whole(step["n_cells"]), cells=cells, rate=rate)


def _calibrated(step: Mapping[str, Any], results: ResultTree, voice: Voice, *, hidden: bool) -> dict[str, str]:
    """The margins of a step, the range of its ratios where it may be shown, and their bounds."""
    limits = step.get("bounds")
    bounds = "" if limits is None else voice.say("method.bounds", low=_plain(limits[0], voice), high=_plain(limits[1], voice))
    titles = [_title(str(title), results, voice) for title in step["targets"]["margin"].unique()]
    low, high = (number(step[side], fitting_decimals(step["g_max"]), voice.language, minus=voice.minus) for side in ("g_min", "g_max"))
    ratios = "" if hidden else voice.say("method.ratios", low=low, high=high)
    return {"margins": ", ".join(titles), "ratios": ratios, "bounds": bounds, "distance": str(step.get("distance", ""))}


def _plain(value: float, voice: Voice) -> str:
    """A limit with the decimals it has."""
    return tick(value, voice.language)


def _label(column: str, results: ResultTree, voice: Voice) -> str:
    return results.item_labels(voice.language).get(column, column)


def _title(title: str, results: ResultTree, voice: Voice) -> str:
    """A margin by the labels of its columns."""
    if title in results.codebook.items:
        return _label(title, results, voice)
    return _TIMES.join(_label(column, results, voice) for column in title.split(_BETWEEN))


# ---------------------------------------------------------------- tables


def _diagnostics(table: pd.DataFrame, hidden: Mapping[int, str], results: ResultTree, voice: Voice) -> Table:
    """The weights at the start and after each step."""
    waves = [WAVE] if WAVE in table.columns else []
    own = [str(wave) if wave == wave and wave is not None else "" for wave in table[WAVE]] if waves else [""] * len(table)
    veiled = _veiled(table, own, hidden)
    table = table.assign(**{name: table[name].mask(veiled) for name in _TELLING})
    table = table.iloc[sorted(range(len(table)), key=lambda row: _place(own[row], results))].reset_index(drop=True)
    rows = []
    for row in table.to_dict("records"):
        decimals = fitting_decimals(row["max"] if row["max"] == row["max"] else row["mean"])
        sizes = [number(row[name], decimals, voice.language, minus=voice.minus) for name in ("sum", "min", "max")]
        spread = [number(row[name], 3, voice.language) for name in ("cv", "deff")]
        within = [NONE if pd.isna(row[WAVE]) else str(row[WAVE])] if waves else []
        rows.append((voice.say(f"weighting.{row['step']}"), *within, voice.whole(row["n"]), *sizes, *spread, voice.whole(row["n_eff"])))
    header = voice.headers("step", *waves, "n", "sum", "least", "largest", "cv", "deff", "n_eff")
    notes = (_why(results, voice),) if veiled.any() else ()
    return Table("weighting", voice.say("caption.weighting"), header, tuple(rows), table, heads=1 + len(waves), notes=notes)


def _veiled(table: pd.DataFrame, waves: list[str], hidden: Mapping[int, str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Rows of weights that would tell a sum which is not shown; that of all waves together follows the steps of each."""
    last = max(hidden, default=0)
    places = [last if step == _STACKED else number for step, number in zip(table["step"], table["number"], strict=True)]
    return np.array([_follows(hidden, number, wave) for number, wave in zip(places, waves, strict=True)], dtype=bool)


def _margins(steps: Mapping[int, Mapping[str, Any]], results: ResultTree, voice: Voice) -> Iterator[dict[str, Any]]:
    """Every level of every margin; ``hidden`` where the sum before would tell how few respondents a level has, and in the steps after it."""
    before: dict[int, str] = {}
    for place, step in steps.items():
        if step["step"] not in _MARGIN_STEPS:
            continue
        targets = step["targets"]
        hidden = _hidden(step, targets, results) | _follows(before, place, _wave(step))
        before |= {place: _wave(step)} if hidden.any() else {}
        for row, own in zip(targets.to_dict("records"), hidden.tolist(), strict=True):
            margin, level = str(row["margin"]), str(row["level"])
            names = {"margin": _title(margin, results, voice), "level": _level(margin, level, results, voice)}
            sums = {name: float(row[name]) for name in ("before", "target", "after")}
            yield {"number": place, WAVE: _wave(step), "step": step["step"], **names, **sums, "hidden": own}


def _hidden(step: Mapping[str, Any], targets: pd.DataFrame, results: ResultTree) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Where sums before the step are not shown: with equal weights they are counts of respondents, as totals of a calibration can be."""
    if abs(step["deff_before"] - 1.0) > _EQUAL:
        return np.zeros(len(targets), dtype=bool)
    rows = results.rows.get(str(step[WAVE]), 0) if WAVE in step else sum(results.rows.values())
    counts = np.round(targets["before"].to_numpy(dtype=np.float64) * rows / step["sum_before"])
    bound = results.request.suppression.disclosure
    if step["step"] == "calibrate":
        rest = rows - counts
        return np.asarray(((counts > 0) & (counts < bound)) | ((rest > 0) & (rest < bound)))
    return np.asarray(suppressed(counts, Suppression(bound, bound), within=targets["margin"]) != SHOWN)


def _level(margin: str, level: str, results: ResultTree, voice: Voice) -> str:
    """A level by the labels of its codes."""
    columns = [margin] if margin in results.codebook.items else margin.split(_BETWEEN)
    codes = [level] if len(columns) == 1 else level.split(_BETWEEN)
    if len(codes) != len(columns):
        return level
    texts = [{spelled(code): text for code, text in results.code_labels(column, voice.language).items() if text} for column in columns]
    return _TIMES.join(own.get(code, code) for own, code in zip(texts, codes, strict=True))


def _margin_table(margins: list[dict[str, Any]], results: ResultTree, voice: Voice) -> Table:
    several = any(row[WAVE] for row in margins)
    rows = []
    for row in margins:
        sums = [number(row[name], 1, voice.language, minus=voice.minus) for name in ("before", "target", "after")]
        if row["hidden"]:
            sums[0] = f"{NONE}*"
        own = [row[WAVE] or NONE] if several else []
        rows.append((voice.say(f"weighting.{row['step']}"), *own, row["margin"], row["level"], *sums))
    header = voice.headers("step", *([WAVE] if several else []), "margin", "level", "before", "target", "after")
    frame = pd.DataFrame(margins).assign(before=lambda table: table["before"].mask(table["hidden"]))
    frame = frame.drop(columns=[*(() if several else (WAVE,)), "hidden"])
    notes = (f"* {_why(results, voice)}",) if any(row["hidden"] for row in margins) else ()
    return Table("margins", voice.say("caption.margins"), header, tuple(rows), frame, heads=3 + int(several), notes=notes)


def _why(results: ResultTree, voice: Voice) -> str:
    """Why what tells how few respondents a level has is not shown."""
    return voice.say("method.counted", disclosure=voice.whole(results.request.suppression.disclosure))
