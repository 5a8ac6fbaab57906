"""What a run read, with what, and the numbers it gave in full: nothing of the machine it ran on."""

from __future__ import annotations

import math
import platform
from importlib import metadata
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any

import pandas as pd

from kepuasan.columns import WAVE
from kepuasan.display.numbers import NONE
from kepuasan.display.waterfall import part_label
from kepuasan.report.document import Block, Listing, Paragraph, Section, Table
from kepuasan.report.suppression import blanked, for_waves, marked, notes_of, suppressed
from kepuasan.report.voice import LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kepuasan.report.findings import ResultTree
    from kepuasan.report.voice import Voice

__all__ = ["record_part"]

_PACKAGES = ("numpy", "scipy", "pandas", "matplotlib")
#: digits that do not depend on the processor
_DIGITS = 10
_NUMBERS = ("estimate", "se", "ci_low", "ci_high")
_STEPS = ("read", "index", "importance")


def record_part(results: ResultTree, voice: Voice) -> Section:
    """Versions, inputs and their hashes, rows at each step, seeds, and the main numbers in full."""
    blocks: list[Block] = [Paragraph(voice.say("record.lead")), _listing(results, voice)]
    blocks.append(_inputs(results, voice) if results.inputs else Paragraph(voice.say("record.no_inputs")))
    if results.steps:
        blocks.append(_steps(results, voice))
    return Section("record", voice.say("heading.record"), (*blocks, _headline(results, voice)))


def _listing(results: ResultTree, voice: Voice) -> Listing:
    from kepuasan import __version__

    versions = [f"kepuasan {__version__}", f"Python {platform.python_version()}", *(f"{name} {metadata.version(name)}" for name in _PACKAGES)]
    seeds = [str(step["seed"]) for step in results.design.history if step.get("seed") is not None]
    terms = ((voice.say("record.versions"), ", ".join(versions)), (voice.say("record.seed"), ", ".join(seeds) or voice.say("record.no_seed")))
    return Listing(terms=terms)


def _inputs(results: ResultTree, voice: Voice) -> Table:
    rows = tuple((_without_machine(name), digest) for name, digest in results.inputs.items())
    frame = pd.DataFrame(rows, columns=["file", "sha256"])
    return Table("inputs", voice.say("caption.inputs"), (*voice.headers("file"), "SHA-256"), rows, frame, text=(1,))


def _without_machine(name: str) -> str:
    """A path as the recipe writes it; the name alone of one that begins at the root of a machine."""
    for path in (PurePosixPath(name), PureWindowsPath(name)):
        if path.is_absolute():
            return path.name
    return name


def _steps(results: ResultTree, voice: Voice) -> Table:
    named = [(voice.say(f"step.{step}") if step in _STEPS else step, wave, n) for step, wave, n in results.steps]
    rows = tuple((step, wave, voice.whole(n)) for step, wave, n in named)
    frame = pd.DataFrame(results.steps, columns=["step", "wave", "rows"])
    return Table("steps", voice.say("caption.steps"), voice.headers("step", "wave", "rows"), rows, frame, heads=2)


def _headline(results: ResultTree, voice: Voice) -> Table:
    """The main numbers; those of a wave of too few answers are hidden, and what is made of them with them."""
    found = list(_numbers(results, voice))
    why = [reason for _, _, reason in found]
    rows = tuple((marked(name, reason), *(NONE if reason else _full(row[column], voice) for column in _NUMBERS)) for name, row, reason in found)
    frame = pd.DataFrame([{"number": name, **{column: row[column] for column in _NUMBERS}} for name, row, _ in found])
    header = voice.headers("number", "estimate", "se", "low", "high")
    notes = notes_of(why, for_waves(results.request.suppression), voice)
    return Table("headline", voice.say("caption.headline"), header, rows, blanked(frame, why, keys=["number"]), notes=notes)


def _numbers(results: ResultTree, voice: Voice) -> Iterator[tuple[str, dict[Any, Any], str]]:
    """The index of each wave, the differences, and what drivers account for, each with the reason where it is not shown."""
    table = results.index.to_frame("score", LEVEL)
    waves = table[WAVE].astype(str).tolist() if WAVE in table.columns else [results.request.waves[0]]
    why = dict(zip(waves, map(str, suppressed(table["n"], for_waves(results.request.suppression), total=False)), strict=True))
    for wave, row in zip(waves, table.to_dict("records"), strict=True):
        yield voice.say("record.index", wave=wave), row, why[wave]
    for one in results.differences:
        name = voice.say("record.difference", base=one.base, current=one.current)
        yield name, one.estimate.to_frame(LEVEL).to_dict("records")[0], why[one.base] or why[one.current]
    if results.change is not None and results.change.drivers is not None:
        reason = why[str(results.base)] or why[results.current]
        labels = results.driver_labels(voice.language)
        for row in results.change.to_frame("drivers", LEVEL).to_dict("records"):
            yield voice.say("record.driver", driver=part_label(row, labels, voice.language)), row, reason


def _full(value: float, voice: Voice) -> str:
    """Ten digits in the writing of the language."""
    if not math.isfinite(value):
        return NONE
    text = f"{value:.{_DIGITS}g}"
    return (text.replace(".", ",") if voice.language == "id" else text).replace("-", voice.minus)
