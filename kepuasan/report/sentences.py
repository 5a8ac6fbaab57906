"""What a reader must know besides the numbers: whether a difference can be told from chance, and how all was reckoned."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kepuasan.report.results import LEVEL

if TYPE_CHECKING:
    from kepuasan.report.results import ResultTree
    from kepuasan.report.shown import Voice

__all__ = ["change_sentences", "method_sentences", "notes"]


def change_sentences(results: ResultTree, voice: Voice) -> list[str]:
    """Whether the interval of the change includes 0, how the frames differ, and that parts name no cause."""
    if not results.differences:
        return []
    first = results.differences[0]
    row = first.estimate.to_frame(LEVEL).iloc[0]
    waves = {"base": first.base, "current": first.current}
    if not math.isfinite(row["ci_low"]):
        return [voice.say("sentence.untested", **waves)]
    kind = "includes" if row["ci_low"] <= 0 <= row["ci_high"] else "excludes"
    said = [voice.say(f"sentence.{kind}", level=voice.level, interval=voice.interval(row["ci_low"], row["ci_high"]), **waves)]
    if results.gap is not None:
        gap = results.gap
        column = results.item_labels(voice.language).get(gap.column, gap.column)
        said.append(voice.say("sentence.frame", column=column, lost=gap.lost, new=gap.new, both=gap.both, **waves))
    return [*said, voice.say("sentence.unsplit" if results.unsplit else "sentence.share")]


def notes(results: ResultTree, voice: Voice) -> list[str]:
    """The sentences that the request asks to be seen."""
    return [note[voice.language] for note in results.request.notes]


def method_sentences(results: ResultTree, voice: Voice) -> list[str]:
    """How many answered, how they were drawn and weighted, what the index is, and where the data come from."""
    from kepuasan import __version__

    said = [voice.say("method.rows", rows=_rows(results, voice)), *_design(results, voice), *_index(results, voice)]
    said.append(voice.say("method.interval", level=voice.level))
    if results.codebook.origin:
        said.append(voice.say("method.source", source=results.codebook.origin.rstrip(".") + "."))
    return [*said, voice.say("method.software", version=__version__)]


def _rows(results: ResultTree, voice: Voice) -> str:
    from kepuasan.display.numbers import number

    counts = [(wave, number(n, 0, voice.language)) for wave, n in results.rows.items()]
    if len(counts) == 1:
        return voice.say("method.rows.all", n=counts[0][1])
    return "; ".join(voice.say("method.rows.wave", wave=wave, n=n) for wave, n in counts)


def _design(results: ResultTree, voice: Voice) -> list[str]:
    declared = results.design.declaration
    if not declared.all_columns():
        return [voice.say("method.srs")]
    roles = [] if declared.weight or declared.fpc else [voice.say("role.unweighted")]
    roles += [
        voice.say(f"role.{role}", columns=", ".join(declared.columns(role))) for role in ("weight", "strata", "psu", "fpc") if declared.columns(role)
    ]
    said = [voice.say("method.design", roles="; ".join(roles))]
    if declared.columns("strata") or declared.columns("psu"):
        said.append(voice.say(f"psu.{declared.single_psu}", count=len(results.design.lone_names)))
    return said


def _index(results: ResultTree, voice: Voice) -> list[str]:
    spec = results.spec
    scoring = voice.say(f"scoring.{spec.scoring}", top=spec.top)
    said = [voice.say(f"method.{spec.level}", count=len(spec.items), scoring=scoring)]
    if spec.weights != "equal":
        said.append(voice.say("method.weighted"))
    return [*said, voice.say(f"missing.{spec.missing}")]
