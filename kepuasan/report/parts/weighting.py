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
from kepuasan.report.suppression import DISCLOSURE, SHOWN, suppressed

if TYPE_CHECKING:
    from kepuasan.report.findings import ResultTree
    from kepuasan.report.voice import Voice

__all__ = ["weighting_blocks"]

#: how far a design effect of weights may be from 1 for these to be all equal
_EQUAL = 1e-9
_BETWEEN = " x "
_MARGIN_STEPS = ("rake", "poststratify", "calibrate")
_TIMES = " \N{MULTIPLICATION SIGN} "


def weighting_blocks(results: ResultTree, voice: Voice) -> list[Block]:
    """The steps in words, then the tables; a sentence where weights are used as they came."""
    steps = [step for step in results.design.history if "sum_after" in step and _requested(step, results)]
    if not steps:
        return [Paragraph(voice.say("method.weights_as_given"))] if results.design.declaration.weight else []
    blocks: list[Block] = [Paragraph(" ".join(_told(step, results, voice) for step in steps))]
    if results.weighting is not None and len(results.weighting):
        blocks.append(_diagnostics(results.weighting, voice))
    margins = list(_margins(steps, results, voice))
    return [*blocks, _margin_table(margins, results, voice)] if margins else blocks


def _requested(step: Mapping[str, Any], results: ResultTree) -> bool:
    return WAVE not in step or str(step[WAVE]) in results.request.waves


# ---------------------------------------------------------------- in words


def _told(step: Mapping[str, Any], results: ResultTree, voice: Voice) -> str:
    name, wave = step["step"], voice.say("method.of_wave", wave=step[WAVE]) if WAVE in step else ""
    if name in _MARGIN_STEPS:
        return voice.say(f"method.step.{name}", wave=wave, **_calibrated(step, results, voice))
    if name == "trim_weights":
        bounds = {side: _plain(step[side], voice) for side in ("lower", "upper") if step[side] is not None}
        limits = voice.say(f"method.trim.{'both' if len(bounds) == 2 else next(iter(bounds))}", **bounds)
        return voice.say(f"method.step.{name}", wave=wave, limits=limits, cut=voice.whole(step["cut"]), raised=voice.whole(step["raised"]))
    rate = percent(100 * step["response_rate"], 1, voice.language)
    if "formula" in step:
        return voice.say(f"method.step.{name}.formula", wave=wave, formula=step["formula"], rate=rate)
    cells = _TIMES.join(_label(str(one), results, voice) for one in step["cells"]) or voice.say(f"method.step.{name}.whole")
    return voice.say(f"method.step.{name}.cells", wave=wave, count=voice.whole(step["n_cells"]), cells=cells, rate=rate)


def _calibrated(step: Mapping[str, Any], results: ResultTree, voice: Voice) -> dict[str, str]:
    """The margins of a step, the range of its ratios, and their bounds."""
    limits = step.get("bounds")
    bounds = "" if limits is None else voice.say("method.bounds", low=_plain(limits[0], voice), high=_plain(limits[1], voice))
    titles = [_title(str(title), results, voice) for title in step["targets"]["margin"].unique()]
    low, high = (number(step[side], fitting_decimals(step["g_max"]), voice.language, minus=voice.minus) for side in ("g_min", "g_max"))
    return {"margins": ", ".join(titles), "low": low, "high": high, "bounds": bounds, "distance": str(step.get("distance", ""))}


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


def _diagnostics(table: pd.DataFrame, voice: Voice) -> Table:
    """The weights at the start and after each step."""
    waves = [WAVE] if WAVE in table.columns else []
    rows = []
    for row in table.to_dict("records"):
        decimals = fitting_decimals(row["max"])
        sizes = [number(row[name], decimals, voice.language, minus=voice.minus) for name in ("sum", "min", "max")]
        spread = [number(row[name], 3, voice.language) for name in ("cv", "deff")]
        own = [NONE if pd.isna(row[WAVE]) else str(row[WAVE])] if waves else []
        rows.append((voice.say(f"weighting.{row['step']}"), *own, voice.whole(row["n"]), *sizes, *spread, voice.whole(row["n_eff"])))
    header = voice.headers("step", *waves, "n", "sum", "least", "largest", "cv", "deff", "n_eff")
    return Table("weighting", voice.say("caption.weighting"), header, tuple(rows), table, heads=1 + len(waves))


def _margins(steps: list[Mapping[str, Any]], results: ResultTree, voice: Voice) -> Iterator[dict[str, Any]]:
    """Every level of every margin; ``hidden`` where the sum before would tell how few respondents a level has."""
    for place, step in enumerate(steps):
        if step["step"] not in _MARGIN_STEPS:
            continue
        targets = step["targets"]
        why = _hidden(step, targets, results)
        for row, reason in zip(targets.to_dict("records"), why, strict=True):
            margin, level = str(row["margin"]), str(row["level"])
            names = {"margin": _title(margin, results, voice), "level": _level(margin, level, results, voice)}
            sums = {name: float(row[name]) for name in ("before", "target", "after")}
            wave = str(step[WAVE]) if WAVE in step else ""
            yield {"number": place + 1, WAVE: wave, "step": step["step"], **names, **sums, "hidden": reason != SHOWN}


def _hidden(step: Mapping[str, Any], targets: pd.DataFrame, results: ResultTree) -> np.ndarray[Any, Any]:
    """Why sums before the step are not shown: with equal weights they are counts of respondents."""
    if abs(step["deff_before"] - 1.0) > _EQUAL or step["step"] == "calibrate":
        return np.full(len(targets), SHOWN, dtype=object)
    rows = results.rows.get(str(step[WAVE])) if WAVE in step else sum(results.rows.values())
    counts = targets["before"].to_numpy(dtype=np.float64) * (rows or 0) / step["sum_before"]
    bound = results.request.suppression.disclosure
    return np.where(suppressed(np.round(counts), Suppression(bound, bound), within=targets["margin"]) == SHOWN, SHOWN, DISCLOSURE)


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
    notes = (
        (voice.say("method.counted", disclosure=voice.whole(results.request.suppression.disclosure)),) if any(r["hidden"] for r in margins) else ()
    )
    return Table("margins", voice.say("caption.margins"), header, tuple(rows), frame, heads=3 + int(several), notes=notes)
