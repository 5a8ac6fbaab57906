"""The finding in one line, and the numbers that are read first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kepuasan.columns import WAVE
from kepuasan.display.numbers import NONE, percent
from kepuasan.report.document import Card
from kepuasan.report.parts.waves import full, least, of_waves, shown_change, verdict
from kepuasan.report.suppression import SHOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kepuasan.report.findings import ResultTree
    from kepuasan.report.parts.waves import WaveIndex
    from kepuasan.report.voice import Voice

__all__ = ["cards", "finding"]

#: the response rate that is shown, and the one beside it
_RATE, _BESIDE = "RR1", "RR3"


def finding(results: ResultTree, voice: Voice) -> str:
    """The finding in one line: the index, and whether its change exceeds sampling error; or why it is not published."""
    waves = of_waves(results)
    now = waves[results.current]
    if now.why != SHOWN:
        return voice.say("finding.hidden", wave=now.wave, least=least(results, voice))
    value = voice.number(now.row["estimate"])
    if not results.differences:
        limits = voice.interval(now.row["ci_low"], now.row["ci_high"])
        return voice.say("finding.bare" if limits == NONE else "finding.single", value=value, level=voice.level, interval=limits)
    base = waves[str(results.base)]
    said = {"base": base.wave, "current": now.wave, "value": value}
    if base.why != SHOWN:
        return voice.say("finding.hidden.base", least=least(results, voice), **said)
    row = _change(results)
    if verdict(row) == "beyond":
        return voice.say("finding.up" if row["estimate"] > 0 else "finding.down", points=voice.number(abs(row["estimate"])), **said)
    key = "finding.unclear" if verdict(row) == "within" else "finding.untested"
    return voice.say(key, points=voice.number(row["estimate"], signed=True), **said)


def cards(results: ResultTree, voice: Voice) -> tuple[Card, ...]:
    """Index with its interval; change; n and effective n; response rate."""
    now = of_waves(results)[results.current]
    return _index_card(now, results, voice), _change_card(results, voice), _count_card(now, voice), _response_card(results, voice)


def _change(results: ResultTree) -> Mapping[Any, Any]:
    """The row of the difference that the change is."""
    return dict(full(results.differences[0].estimate).iloc[0])


def _interval(row: Mapping[Any, Any], voice: Voice) -> str:
    limits = voice.interval(row["ci_low"], row["ci_high"])
    return voice.say("card.no_interval") if limits == NONE else voice.say("card.interval", level=voice.level, interval=limits)


def _index_card(now: WaveIndex, results: ResultTree, voice: Voice) -> Card:
    label = voice.say("card.index", wave=now.wave)
    if now.why != SHOWN:
        return Card(label, NONE, (voice.say("card.hidden", least=least(results, voice)),))
    return Card(label, voice.number(now.row["estimate"]), (_interval(now.row, voice),))


def _change_card(results: ResultTree, voice: Voice) -> Card:
    if not results.differences:
        return Card(voice.say("card.change.absent"), NONE, (voice.say("card.one_wave"),))
    label = voice.say("card.change", base=results.base, current=results.current)
    if not shown_change(results):
        return Card(label, NONE, (voice.say("card.hidden", least=least(results, voice)),))
    row = _change(results)
    value = voice.say("card.points", value=voice.number(row["estimate"], signed=True))
    kind = verdict(row)
    details = (voice.say("card.untested"),) if kind == "untested" else (_interval(row, voice), voice.say(f"card.{kind}"))
    return Card(label, value, details)


def _count_card(now: WaveIndex, voice: Voice) -> Card:
    label = voice.say("card.n", wave=now.wave)
    return Card(label, voice.whole(now.row["n"]), (voice.say("card.n_eff", n_eff=voice.whole(now.row["n_eff"])),))


def _response_card(results: ResultTree, voice: Voice) -> Card:
    """The response rate of the current wave, with the name of its definition."""
    label = voice.say("card.response", wave=results.current)
    table = results.rates
    rows = [] if table is None else table[table[WAVE].astype(str) == results.current].to_dict("records")
    own = {row["rate"]: row for row in rows}
    if _RATE not in own:
        return Card(label, NONE, (voice.say("card.response.absent"),))
    shown = {rate: percent(100.0 * own[rate]["value"], 1, voice.language) for rate in (_RATE, _BESIDE) if rate in own}
    details = [voice.say("card.rate", rate=_RATE)]
    if _BESIDE in shown and shown[_BESIDE] != NONE:
        eligible = percent(100.0 * own[_BESIDE]["e"], 0, voice.language)
        key = "card.rate.value" if eligible == NONE else "card.rate.eligible"
        details.append(voice.say(key, rate=_BESIDE, value=shown[_BESIDE], e=eligible))
    return Card(label, shown[_RATE], tuple(details))
