"""The index by wave, its change, what accounts for it, and whether the waves can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from kepuasan.columns import DRIVER, ITEM, PART, WAVE
from kepuasan.display.dots import dot_plot
from kepuasan.display.figures import text_of
from kepuasan.display.numbers import NONE, number, reconcile, rounded
from kepuasan.display.waterfall import part_label, waterfall
from kepuasan.report.document import Paragraph, Picture, Section, Table
from kepuasan.report.parts.comparable import comparable_blocks
from kepuasan.report.parts.moved import index_rows
from kepuasan.report.parts.waves import full, least, of_waves, shown_change, verdict
from kepuasan.report.suppression import SHOWN, blanked, for_waves, marked, notes_of

if TYPE_CHECKING:
    from kepuasan.change import Change
    from kepuasan.report.document import Absent, Block
    from kepuasan.report.findings import Difference, ResultTree
    from kepuasan.report.parts.waves import WaveIndex
    from kepuasan.report.voice import Voice

__all__ = ["change_part", "change_sentences", "change_tables", "difference_table", "index_table"]

#: names of parts in a sentence
_MOST_NAMES = 12
#: stands in the tidy frame for the sum of the parts
_TOTAL = "total"


def change_part(results: ResultTree, voice: Voice) -> Section | Absent:
    """What the change is, how sure, and what accounts for it; the index alone where there is one wave."""
    if not results.several:
        return Section("change", voice.say("heading.index"), (index_table(results, voice),))
    blocks: list[Block] = [Paragraph(text) for text in change_sentences(results, voice)]
    if results.change is not None and shown_change(results):
        blocks.append(_waterfall(results, results.change, voice))
        blocks.append(Paragraph(_parts_sentence(results, results.change, voice)))
    blocks += comparable_blocks(results, voice)
    if len(results.request.waves) > 2:
        blocks += _by_wave(results, voice)
    blocks += [index_table(results, voice), difference_table(results, voice), *change_tables(results, voice)]
    return Section("change", voice.say("heading.change"), tuple(blocks))


def change_sentences(results: ResultTree, voice: Voice) -> list[str]:
    """Whether the interval of the change includes 0, how the frames differ, and that parts name no cause."""
    if not results.differences:
        return []
    first = results.differences[0]
    said = {"base": first.base, "current": first.current}
    if not shown_change(results):
        return [voice.say("change.hidden", least=least(results, voice), **said)]
    row = full(first.estimate).iloc[0].to_dict()
    kind = {"beyond": "excludes", "within": "includes", "untested": "untested"}[verdict(row)]
    sentences = [voice.say(f"sentence.{kind}", level=voice.level, interval=voice.interval(row["ci_low"], row["ci_high"]), **said)]
    if results.gap is not None:
        gap = results.gap
        column = _named(results.item_labels(voice.language), gap.column)
        sentences.append(voice.say("sentence.frame", column=column, lost=gap.lost, new=gap.new, both=gap.both, **said))
    return [*sentences, voice.say("sentence.unsplit" if results.unsplit else "sentence.share")]


def _named(labels: Mapping[Any, str], code: Any) -> str:
    """The text of a code; the code where the text is empty."""
    text = text_of(code, labels)
    return text if text.strip() else str(code)


# ---------------------------------------------------------------- tables


def index_table(results: ResultTree, voice: Voice) -> Table:
    """The index by wave."""
    waves = of_waves(results)
    frame = full(results.index.score)
    if WAVE not in frame.columns:
        frame.insert(1, WAVE, list(results.request.waves))
    why = [waves[wave].why for wave in frame[WAVE].astype(str)]
    rows = index_rows([(marked(wave, waves[wave].why),) for wave in frame[WAVE].astype(str)], frame, why, voice)
    header = voice.headers("wave", "index", "se", "interval", "n", "n_eff")
    notes = notes_of(why, for_waves(results.request.suppression), voice)
    return Table("index", voice.say("caption.index"), header, rows, blanked(frame, why, keys=[ITEM, WAVE]), notes=notes)


def difference_table(results: ResultTree, voice: Voice) -> Table:
    """The differences between waves, each with n of both."""
    waves = of_waves(results)
    frames, rows, whys = [], [], []
    for one in results.differences:
        pair = waves[one.base], waves[one.current]
        why = pair[0].why or pair[1].why
        frame = _with_counts(full(one.estimate), pair).assign(base=one.base, current=one.current)
        frames.append(frame)
        whys.append(why)
        rows.append(_difference_row(one, frame.iloc[0].to_dict(), why, voice))
    header = voice.headers("wave", "difference", "se", "interval", "t", "p", "counts", "effective")
    notes = notes_of(whys, for_waves(results.request.suppression), voice)
    frame = blanked(pd.concat(frames, ignore_index=True), whys, keys=[ITEM, WAVE, "base", "current"])
    return Table("differences", voice.say("caption.differences"), header, tuple(rows), frame, notes=notes)


def _with_counts(frame: pd.DataFrame, pair: tuple[WaveIndex, WaveIndex]) -> pd.DataFrame:
    """A table of differences with n and effective n of both waves in place of those of none."""
    counts = {f"{name}_{side}": each.row[name] for name in ("n", "n_eff") for side, each in zip(("base", "current"), pair, strict=True)}
    return frame.drop(columns=["n", "n_eff", "deff"]).assign(**counts)


def _pair(results: ResultTree) -> tuple[WaveIndex, WaveIndex]:
    """The index of both waves of the change."""
    waves = of_waves(results)
    return waves[str(results.base)], waves[results.current]


def _difference_row(one: Difference, row: Mapping[Any, Any], why: str, voice: Voice) -> tuple[str, ...]:
    name = marked(voice.say("pair", base=one.base, current=one.current), why)
    counts = tuple(
        voice.say("counts.pair", first=voice.whole(row[f"{count}_base"]), second=voice.whole(row[f"{count}_current"])) for count in ("n", "n_eff")
    )
    if why != SHOWN:
        return (name, *(NONE,) * 5, *counts)
    t = number(row["t"], 2, voice.language, minus=voice.minus) if verdict(row) != "untested" else NONE
    limits = voice.interval(row["ci_low"], row["ci_high"])
    return (name, voice.number(row["estimate"], signed=True), voice.number(row["se"], extra=1), limits, t, voice.p_value(row["p_value"]), *counts)


def change_tables(results: ResultTree, voice: Voice) -> list[Table]:
    """The parts of the change by driver, where drivers are named, and by item; none where a wave is not shown."""
    change = results.change
    if change is None or not shown_change(results):
        return []
    tables = [] if change.drivers is None else [_parts_table("change_by_driver", results, change, voice)]
    return [*tables, _parts_table("change_by_item", results, change, voice)]


def _parts_of(results: ResultTree, change: Change, voice: Voice, *, by_driver: bool) -> tuple[pd.DataFrame, list[str]]:
    """The parts as a table, and what each is called."""
    if by_driver and change.drivers is not None:
        table, labels = full(change.drivers), results.driver_labels(voice.language)
    else:
        table, labels = full(change.parts).drop(columns=[DRIVER], errors="ignore"), results.item_labels(voice.language)
    known = {code: text for code, text in labels.items() if text.strip()}
    return table, [part_label(row, known, voice.language) for row in table.to_dict("records")]


def _parts_table(name: str, results: ResultTree, change: Change, voice: Voice) -> Table:
    """Parts and their total, whose shown decimals add up."""
    parts, names = _parts_of(results, change, voice, by_driver=name == "change_by_driver")
    whole = full(change.total).assign(**{PART: _TOTAL})
    points = reconcile(parts["estimate"].tolist(), float(whole["estimate"].iloc[0]), voice.decimals)
    names = [*names, voice.say("part.total")]
    whole = whole.assign(**{name: "" for name in parts.columns if name not in whole.columns})[list(parts.columns)]
    frame = pd.concat([_with_counts(one, _pair(results)) for one in (parts, whole)], ignore_index=True)
    rows = tuple(
        (
            text,
            voice.number(value, signed=True),
            voice.number(row["se"], extra=1) if verdict(row) != "untested" else NONE,
            voice.interval(row["ci_low"], row["ci_high"]),
            _tested(row, voice),
        )
        for text, value, row in zip(names, [*points, float(whole["estimate"].iloc[0])], frame.to_dict("records"), strict=True)
    )
    plain = [rounded(value, voice.decimals) for value in parts["estimate"]]
    moved = any(float(one) != shown for one, shown in zip(plain, points, strict=True))
    notes = [_counts(results, voice), voice.say("parts.alone"), *([voice.say("sentence.rounded")] if moved else [])]
    kind = "drivers" if name == "change_by_driver" else "parts"
    frame.insert(list(frame.columns).index("estimate"), "label", names)
    header = (*voice.headers("part", "points", "se", "interval"), voice.say("head.tested"))
    caption = voice.say(f"caption.{kind}", base=change.base, current=change.current)
    return Table(name, caption, header, rows, frame, total=True, notes=tuple(notes), text=(4,))


def _tested(row: Mapping[Any, Any], voice: Voice) -> str:
    kind = verdict(row)
    return voice.say("untested.no_se" if kind == "untested" else f"tested.{kind}")


def _counts(results: ResultTree, voice: Voice) -> str:
    """Counts of both waves, which all parts share."""
    base, current = _pair(results)
    sides = {"first": base, "second": current}
    values = {name + ending: each.row[column] for name, each in sides.items() for ending, column in (("", "n"), ("_eff", "n_eff"))}
    return voice.say("parts.counts", base=base.wave, current=current.wave, **{name: voice.whole(value) for name, value in values.items()})


# ---------------------------------------------------------------- sentences and pictures


def _parts_sentence(results: ResultTree, change: Change, voice: Voice) -> str:
    """Which parts are beyond sampling error and which are not, in one sentence."""
    table, names = _parts_of(results, change, voice, by_driver=change.drivers is not None)
    points = reconcile(table["estimate"].tolist(), float(change.total.value[0]), voice.decimals)
    found: dict[str, list[str]] = {"beyond": [], "within": [], "untested": []}
    for name, value, row in zip(names, points, table.to_dict("records"), strict=True):
        found[verdict(row)].append(voice.say("parts.name", name=name, points=voice.number(value, signed=True)))
    said = [voice.say(f"parts.{kind}", names=_listed(listed, voice)) for kind, listed in found.items() if listed]
    if not found["beyond"]:
        said.insert(0, voice.say("parts.none"))
    return voice.say("parts.said", level=voice.level, said="; ".join(said))


def _listed(names: Sequence[str], voice: Voice) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(names[:_MOST_NAMES])
    rest = len(names) - _MOST_NAMES
    return voice.say("names.more", names=shown, count=rest) if rest > 0 else shown


def _waterfall(results: ResultTree, change: Change, voice: Voice) -> Picture:
    """From the first index to the last, the frame first."""
    by_driver = change.drivers is not None
    table, _ = _parts_of(results, change, voice, by_driver=by_driver)
    labels = results.driver_labels(voice.language) if by_driver else results.item_labels(voice.language)
    outer = {"start": voice.say("bar.start", wave=change.base), "end": voice.say("bar.start", wave=change.current)}
    title = voice.say("figure.waterfall", base=change.base, current=change.current)
    named = {**{code: text for code, text in labels.items() if text.strip()}, **outer}
    unit = voice.say(f"unit.index.{results.spec.scoring}")
    look: dict[str, Any] = {"title": title, "labels": named, "language": voice.language, "unit": unit, "decimals": voice.decimals}
    axes = waterfall(table, start=_bar(full(change.start)), end=_bar(full(change.end)), **look)
    return Picture("waterfall", f"{title}. {voice.say('waterfall.limits', level=voice.level)}", str(axes.get_label()), axes)


def _bar(table: pd.DataFrame) -> tuple[float, float, float]:
    row = table.iloc[0]
    return float(row["estimate"]), float(row["ci_low"]), float(row["ci_high"])


def _by_wave(results: ResultTree, voice: Voice) -> list[Picture]:
    """The index of every wave that is shown as dots."""
    shown = [one.wave for one in of_waves(results).values() if one.why == SHOWN]
    table = full(results.index.score)
    table = table[table[WAVE].astype(str).isin(shown)]
    if table.empty:
        return []
    title = voice.say("figure.index")
    look: dict[str, Any] = {"unit": voice.say(f"unit.index.{results.spec.scoring}"), "language": voice.language, "decimals": voice.decimals}
    axes = dot_plot(table, title=title, **look)
    return [Picture("index", f"{title}. {voice.say('figure.limits', level=voice.level)}", str(axes.get_label()), axes)]
