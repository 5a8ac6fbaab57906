"""Results as they are read: tables of formatted cells and sentences, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kepuasan.columns import DRIVER, ITEM, WAVE
from kepuasan.display.figures import text_of
from kepuasan.display.numbers import NONE, interval, number, p_value, reconcile, rounded
from kepuasan.display.waterfall import part_label
from kepuasan.report.results import LEVEL
from kepuasan.wording import say

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.report.results import Difference, ResultTree

__all__ = ["Shown", "Voice", "finding", "shown_tables"]

#: a domain with fewer answers is marked and its numbers are not shown
FEW = 30


@dataclass(frozen=True)
class Shown:
    """A table as it is read: the first cells of a row are its header, the others formatted numbers.

    ``heads`` says how many columns are headers of their row; ``total`` whether the last row is the total.
    """

    name: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    heads: int = 1
    total: bool = False
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Voice:
    """How results are spoken: a language, decimals, and the minus sign of the medium."""

    language: str
    decimals: int = 1
    minus: str = "-"

    def say(self, key: str, **values: object) -> str:
        """A text of the catalogue."""
        return say(key, self.language, **values)

    def number(self, value: float, *, signed: bool = False, extra: int = 0) -> str:
        """A number, with more decimals where asked."""
        return number(value, self.decimals + extra, self.language, signed=signed, minus=self.minus)

    def interval(self, low: float, high: float) -> str:
        """Two limits."""
        return interval(low, high, self.decimals, self.language, minus=self.minus)

    @property
    def level(self) -> str:
        """The level of intervals, in percent."""
        return number(100 * LEVEL, 0, self.language)

    def headers(self, *keys: str) -> tuple[str, ...]:
        """Column headers."""
        return tuple(self.say(f"column.{key}", level=self.level) for key in keys)


def shown_tables(results: ResultTree, voice: Voice) -> list[Shown]:
    """Every table of the results, in the order in which they are read."""
    tables = [_index(results, voice)]
    if results.differences:
        tables.append(_differences(results.differences, voice))
    if results.change is not None:
        tables += _change(results, voice)
    if results.index.dimensions is not None:
        tables.append(_scores("dimensions", results.index.to_frame("dimensions", LEVEL), results.dimension_labels(voice.language), voice))
    tables.append(_scores("items", results.index.to_frame("items", LEVEL), results.item_labels(voice.language), voice))
    tables += [_domain(results, column, voice) for column in results.domains]
    return tables


def _cells(row: Mapping[Any, Any], voice: Voice) -> tuple[str, ...]:
    """Estimate, SE, interval, n and effective n of a row."""
    whole = [number(row[column], 0, voice.language) for column in ("n", "n_eff")]
    return (voice.number(row["estimate"]), voice.number(row["se"], extra=1), voice.interval(row["ci_low"], row["ci_high"]), *whole)


def _index(results: ResultTree, voice: Voice) -> Shown:
    table = results.index.to_frame("score", LEVEL).to_dict("records")
    names = [str(row[WAVE]) for row in table] if results.several else list(results.request.waves)
    rows = tuple((name, *_cells(row, voice)) for name, row in zip(names, table, strict=True))
    return Shown("index", voice.say("caption.index"), voice.headers("wave", "index", "se", "interval", "n", "n_eff"), rows)


def _scores(name: str, frame: pd.DataFrame, labels: Mapping[str, str], voice: Voice) -> Shown:
    """Items or dimensions, the waves of each one after another."""
    waves = [WAVE] if WAVE in frame.columns else []
    rows = tuple((text_of(row[ITEM], labels), *(str(row[wave]) for wave in waves), *_cells(row, voice)) for row in _grouped(frame, ITEM, ()))
    first = "item" if name == "items" else "dimension"
    header = voice.headers(first, *(["wave"] if waves else []), "estimate", "se", "interval", "n", "n_eff")
    return Shown(name, voice.say(f"caption.{name}"), header, rows, heads=1 + len(waves))


def _grouped(frame: pd.DataFrame, column: str, order: Iterable[Any]) -> list[dict[Any, Any]]:
    """The rows with equal codes of a column together, in the order given, then as they come."""
    place = {code: number for number, code in enumerate(dict.fromkeys([*order, *frame[column]]))}
    return sorted(frame.to_dict("records"), key=lambda row: place[row[column]])


def _domain(results: ResultTree, column: str, voice: Voice) -> Shown:
    """The index by a column; of rows with few answers only n is shown."""
    frame = results.domains[column].to_frame(LEVEL)
    labels = results.code_labels(column, voice.language)
    title = results.item_labels(voice.language).get(column, column)
    rows, few = [], False
    for row in _grouped(frame, column, labels):
        mark = "*" if row["n"] < FEW else ""
        few = few or bool(mark)
        cells = (NONE, NONE, NONE, number(row["n"], 0, voice.language), NONE) if mark else _cells(row, voice)
        rows.append((text_of(row[column], labels) + mark, *([str(row[WAVE])] if results.several else []), *cells))
    header = (title, *voice.headers(*(["wave"] if results.several else []), "index", "se", "interval", "n", "n_eff"))
    notes = (voice.say("sentence.few", least=FEW),) if few else ()
    caption = voice.say("caption.domain", domain=title[:1].lower() + title[1:])
    return Shown(f"index_by_{column}", caption, header, tuple(rows), 1 + int(results.several), notes=notes)


def _differences(differences: Sequence[Difference], voice: Voice) -> Shown:
    rows = []
    for one in differences:
        row = one.estimate.to_frame(LEVEL).iloc[0]
        rows.append(
            (
                voice.say("pair", base=one.base, current=one.current),
                voice.number(row["estimate"], signed=True),
                voice.number(row["se"], extra=1),
                voice.interval(row["ci_low"], row["ci_high"]),
                number(row["t"], 2, voice.language, minus=voice.minus),
                p_value(row["p_value"], voice.language),
            )
        )
    header = voice.headers("wave", "difference", "se", "interval", "t", "p")
    return Shown("differences", voice.say("caption.differences"), header, tuple(rows))


def _change(results: ResultTree, voice: Voice) -> list[Shown]:
    """The parts of the change by driver, where drivers are named, and by item."""
    change = results.change
    if change is None:
        return []
    tables = []
    total = change.total.to_frame(LEVEL)
    labels = {"parts": results.item_labels(voice.language), "drivers": results.driver_labels(voice.language)}
    for name in ("drivers", "parts") if change.drivers is not None else ("parts",):
        frame = change.to_frame(name, LEVEL)
        if name == "parts":
            frame = frame.drop(columns=[DRIVER], errors="ignore")
        caption = voice.say(f"caption.{name}", base=change.base, current=change.current)
        tables.append(_parts(name, caption, (frame, total), labels[name], voice))
    return tables


def _parts(name: str, caption: str, frames: tuple[pd.DataFrame, pd.DataFrame], labels: Mapping[str, str], voice: Voice) -> Shown:
    """Parts and their total, whose shown decimals add up."""
    parts, whole = (frame.to_dict("records") for frame in frames)
    points = reconcile([row["estimate"] for row in parts], whole[0]["estimate"], voice.decimals)
    names = [*(part_label(row, labels, voice.language) for row in parts), voice.say("part.total")]
    rows = tuple(
        (text, voice.number(value, signed=True), voice.number(row["se"], extra=1), voice.interval(row["ci_low"], row["ci_high"]))
        for text, value, row in zip(names, [*points, whole[0]["estimate"]], [*parts, *whole], strict=True)
    )
    plain = [rounded(row["estimate"], voice.decimals) for row in parts]
    moved = any(float(one) != shown for one, shown in zip(plain, points, strict=True))
    notes = (voice.say("sentence.rounded"),) if moved else ()
    return Shown(name, caption, voice.headers("part", "points", "se", "interval"), rows, total=True, notes=notes)


def finding(results: ResultTree, voice: Voice) -> str:
    """The finding in one line: the index, and whether its change exceeds sampling error."""
    table = results.index.to_frame("score", LEVEL)
    if not results.differences:
        row = table.iloc[-1]
        value, limits = voice.number(row["estimate"]), voice.interval(row["ci_low"], row["ci_high"])
        return voice.say("finding.single", value=value, level=voice.level, interval=limits)
    first = results.differences[0]
    row = first.estimate.to_frame(LEVEL).iloc[0]
    value = table.loc[table[WAVE].astype(str) == first.current, "estimate"].iloc[0]
    kind = "up" if row["ci_low"] > 0 else "down" if row["ci_high"] < 0 else "unclear"
    points = voice.number(row["estimate"], signed=True) if kind == "unclear" else voice.number(abs(row["estimate"]))
    return voice.say(f"finding.{kind}", base=first.base, current=first.current, value=voice.number(value), points=points)
