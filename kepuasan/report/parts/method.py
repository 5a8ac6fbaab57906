"""How the survey was held, weighted and computed, written from the run alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from kepuasan.columns import WAVE
from kepuasan.display.numbers import number, percent
from kepuasan.report.document import Block, Paragraph, Section, Table
from kepuasan.report.parts.weighting import plain_sample, weighting_blocks, weighting_steps
from kepuasan.standards.response import DISPOSITIONS

if TYPE_CHECKING:
    from kepuasan.report.findings import ResultTree
    from kepuasan.report.voice import Voice

__all__ = ["method_part"]

_SAID = ("frame", "dates", "mode")
_ROLES = ("weight", "strata", "psu", "fpc")


def method_part(results: ResultTree, voice: Voice) -> Section:
    """Frame, dates, mode, n, response, weighting, variance, index, suppression, software and source."""
    blocks = [*_fieldwork(results, voice), *_response(results, voice)]
    blocks += _sentences(_design(results, voice))
    blocks += weighting_blocks(results, voice)
    for said in (_index(results, voice), _variance(results, voice), _closing(results, voice)):
        blocks += _sentences(said)
    return Section("method", voice.say("heading.method"), tuple(blocks))


def _sentences(said: list[str]) -> list[Block]:
    """Sentences of one subject as one paragraph."""
    return [Paragraph(" ".join(said))] if said else []


# ---------------------------------------------------------------- how the survey was held


def _fieldwork(results: ResultTree, voice: Voice) -> Iterator[Block]:
    """Respondents of each wave, and what is known of frame, dates and mode."""
    said = {wave: _said(results, wave, voice) for wave in results.request.waves}
    answered = {wave: n for step, wave, n in results.steps if step == "index"}
    stated = any(any(texts) for texts in said.values())
    if not stated:
        counts = "; ".join(voice.say("method.rows.wave", wave=wave, n=voice.whole(n)) for wave, n in results.rows.items())
        single = voice.say("method.rows.all", n=voice.whole(next(iter(results.rows.values()))))
        yield Paragraph(f"{voice.say('method.rows', rows=counts if results.several else single)} {voice.say('method.no_fieldwork')}")
        return
    unsaid = voice.say("method.unsaid")
    counts_of = [(results.rows[wave], answered.get(wave, results.rows[wave])) for wave in said]
    rows = [
        (wave, *(text or unsaid for text in texts), *map(voice.whole, counts)) for (wave, texts), counts in zip(said.items(), counts_of, strict=True)
    ]
    frame = pd.DataFrame([(wave, *texts, *counts) for (wave, texts), counts in zip(said.items(), counts_of, strict=True)])
    frame.columns = [WAVE, *_SAID, "rows", "n"]
    header = voice.headers("wave", *_SAID, "respondents", "answered")
    yield Table("fieldwork", voice.say("caption.fieldwork"), header, tuple(rows), frame, text=(1, 2, 3))


def _said(results: ResultTree, wave: str, voice: Voice) -> tuple[str, ...]:
    """Frame, dates and mode of a wave; the mode also where the codebook alone states it."""
    held = results.request.fieldwork.get(wave)
    texts = [voice.text(getattr(held, name)) if held is not None else "" for name in _SAID]
    book = next((book for label, book in results.wave_codebooks.items() if str(label) == wave), results.codebook)
    return (*texts[:2], texts[2] or book.mode)


def _response(results: ResultTree, voice: Voice) -> Iterator[Block]:
    """Dispositions and the rates that follow from them."""
    if results.rates is None:
        yield Paragraph(voice.say("method.no_rates"))
        return
    known = {wave: dict(results.request.fieldwork[wave].dispositions or {}) for wave in results.rates[WAVE].unique()}
    codes = [code for code in DISPOSITIONS if any(code in counts for counts in known.values())]
    meanings = [voice.say(f"disposition.{code}") for code in codes]
    counted = [[float(counts.get(code, float("nan"))) for counts in known.values()] for code in codes]
    header = (*voice.headers("code", "meaning"), *known)
    rows = tuple((code, text, *map(voice.whole, counts)) for code, text, counts in zip(codes, meanings, counted, strict=True))
    frame = pd.DataFrame([(row[0], row[1], *counts) for row, counts in zip(rows, counted, strict=True)], columns=["code", "meaning", *known])
    yield Table("dispositions", voice.say("caption.dispositions"), header, rows, frame, text=(1,))
    yield _rates(results.rates, list(known), voice)


def _rates(rates: pd.DataFrame, waves: list[str], voice: Voice) -> Table:
    """A row a rate, a column a wave."""
    formulas = dict(zip(rates["rate"], rates["formula"], strict=True))
    values = {(row[WAVE], row["rate"]): row["value"] for row in rates.to_dict("records")}
    rows = tuple((rate, *(percent(100 * values[wave, rate], 1, voice.language) for wave in waves), formula) for rate, formula in formulas.items())
    frame = pd.DataFrame([(rate, *(values[wave, rate] for wave in waves), formula) for rate, formula in formulas.items()])
    frame.columns = ["rate", *waves, "formula"]
    eligible = rates.groupby(WAVE, sort=False)["e"].first()
    shares = "; ".join(voice.say("method.rows.wave", wave=wave, n=number(float(e), 3, voice.language)) for wave, e in eligible.items())
    notes = (voice.say("method.rates"), voice.say("method.eligible", shares=shares))
    header = (*voice.headers("rate"), *waves, *voice.headers("formula"))
    return Table("rates", voice.say("caption.rates"), header, rows, frame, notes=notes, text=(len(waves) + 1,))


# ---------------------------------------------------------------- how it was computed


def _design(results: ResultTree, voice: Voice) -> list[str]:
    """The columns of the design, what waves share, and strata of a single unit."""
    declared = results.design.declaration
    apart = len(results.design.labels.strata[0] if results.design.labels.strata else ()) > 1
    if not declared.all_columns():
        return [plain_sample(results, voice), *([voice.say("method.srs_waves")] if results.several and apart else [])]
    roles = [] if declared.weight or declared.fpc else [voice.say("role.equal" if weighting_steps(results) else "role.unweighted")]
    roles += [voice.say(f"role.{role}", columns=", ".join(declared.columns(role))) for role in _ROLES if declared.columns(role)]
    said = [voice.say("method.design", roles="; ".join(roles))]
    if results.several:
        said.append(voice.say("method.apart" if apart else "method.shared"))
    if declared.columns("strata") or declared.columns("psu"):
        said.append(voice.say(f"psu.{declared.single_psu}", count=voice.whole(len(results.design.lone_names))))
    return said


def _variance(results: ResultTree, voice: Voice) -> list[str]:
    """Linearisation, or which replicates; how differences are tested."""
    made = results.design.replication
    tests = [voice.say("method.tests")] if results.differences else []
    if made is None:
        steps = "method.linearised.steps" if results.design.adjustments else "method.linearised"
        return [voice.say(steps, level=voice.level), *tests]
    count = voice.whole(len(made.rule.scale))
    values = {"count": count, "method": voice.say(f"replicates.{made.method}"), "level": voice.level}
    if made.given:
        return [voice.say("method.replicated.given", **values), *tests]
    seeds = [step["seed"] for step in results.design.history if step["step"] == "add_replicates" and step.get("seed") is not None]
    seed = voice.say("method.seed", seed=seeds[0]) if seeds else ""
    return [voice.say("method.replicated", seed=seed, **values), *tests]


def _index(results: ResultTree, voice: Voice) -> list[str]:
    """The formula of the index in words: scores, weights of items, what is done with missing answers."""
    spec, labels = results.spec, results.item_labels(voice.language)
    said = [voice.say(f"method.formula.{spec.level}", count=len(spec.items)), voice.say(f"score.{spec.scoring}", top=spec.top)]
    turned = [labels[item] for item in spec.items if item in results.codebook.items and results.codebook.items[item].reverse]
    said += [voice.say("method.reversed", items=", ".join(turned))] if turned else []
    said.append(_weights(results, labels, voice))
    said.append(voice.say(f"missing.{spec.missing}"))
    if spec.level == "respondents":
        said.append(voice.say("method.least", share=percent(100 * spec.min_answered, 0, voice.language)))
    return said


def _weights(results: ResultTree, labels: Mapping[str, str], voice: Voice) -> str:
    spec = results.spec
    if spec.importance:
        return voice.say("method.stated", items=", ".join(labels.get(item, item) for item in spec.importance))
    weights = spec.item_weights()
    if len(set(weights.tolist())) == 1:
        return voice.say("method.equal")
    shares = [
        voice.say("method.item_weight", item=labels.get(item, item), share=percent(100 * weight, 1, voice.language))
        for item, weight in zip(spec.items, weights, strict=True)
    ]
    return voice.say("method.item_weights", weights=", ".join(shares))


def _closing(results: ResultTree, voice: Voice) -> list[str]:
    """Suppression, source and software."""
    from kepuasan import __version__

    rule = results.request.suppression
    bounds: dict[str, Any] = {"publication": voice.whole(rule.publication), "disclosure": voice.whole(rule.disclosure)}
    said = [voice.say("method.suppression", **bounds)]
    if results.codebook.origin:
        said.append(voice.say("method.source", source=results.codebook.origin.rstrip(".") + "."))
    return [*said, voice.say("method.software", version=__version__)]
