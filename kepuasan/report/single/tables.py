"""Tidy tables as they are read: codes by their labels, numbers with the decimals that suit them, limits together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.codebook.book import labels_of
from kepuasan.columns import CLASS, CLASS_NAME, DIMENSION, DRIVER, ESTIMATES, ITEM, OTHER_CLASS, PART, ROUNDED, RULE, TESTED, spelled
from kepuasan.display.numbers import NONE, fitting_decimals, interval, number
from kepuasan.display.waterfall import part_label
from kepuasan.report.document import Table
from kepuasan.report.rendering.workbook import column_name

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.codebook import Codebook
    from kepuasan.report.voice import Voice

__all__ = ["Spoken", "free_table", "keyed_table"]

#: columns whose codes are called as items, dimensions and drivers are
_CALLED = (ITEM, DIMENSION, DRIVER)
#: columns of chances
_CHANCES = ("p_value", "p_holm", "p_other")
_LABEL = "label"
#: columns before the estimate that say something of it, and not what it is of
_SAID = {PART, _LABEL, CLASS, CLASS_NAME, RULE, OTHER_CLASS, ROUNDED, "ikm", "unsur", "p_other"}


@dataclass(frozen=True)
class Spoken:
    """How codes and numbers of a result are spoken: its codebook, labels of its own, a voice, and the decimals that it has at least."""

    codebook: Codebook | None
    voice: Voice
    labels: Mapping[Any, str] = field(default_factory=dict)
    drivers: Iterable[str] = ()
    least: int = 0

    def texts(self, frame: pd.DataFrame, column: str) -> list[str]:
        """What the codes of a column are called."""
        book, language = self.codebook, self.voice.language
        codes = frame[column].tolist()
        if column in _CALLED:
            named: dict[Any, str] = {**labels_of(book, self.drivers, language), **self.labels}
            if PART in frame.columns and column != DIMENSION:
                rows = frame[[PART, column]].to_dict("records")
                return [part_label(row, named, language) for row in rows]
            return [named.get(code) or spelled(code) for code in codes]
        if book is not None and column in book.items:
            known = {spelled(code): text for code, text in book.value_labels(column, language).items() if text}
            return [known.get(spelled(code), spelled(code)) for code in codes]
        return [spelled(code) for code in codes]

    def name(self, column: str) -> str:
        """What a column is called."""
        if self.codebook is not None and column in self.codebook.items and column not in _CALLED:
            return self.codebook.label(column, self.voice.language) or column
        return column_name(column, self.voice.language).removesuffix(" (kode)").removesuffix(" (code)")


def keyed_table(frame: pd.DataFrame, spoken: Spoken, *, name: str, caption: str) -> Table:
    """A table of estimates: what each is of, the estimate with SE and limits, n and effective n, and what else the result says of it."""
    voice, columns = spoken.voice, list(frame.columns)
    known = {*ESTIMATES, *TESTED}
    keys = [one for one in columns[: columns.index("estimate")] if frame[one].dtype.kind not in "f" and one not in _SAID]
    alone = [one for one in keys if len(set(frame[one])) > 1] or keys[:1]
    texts = {one: spoken.texts(frame, one) for one in alone}
    others = [one for one in columns if one not in known and one not in keys and one not in (PART, _LABEL)]
    others += [one for one in TESTED if one in columns]
    shown = [_numbers(frame[one], one, voice, spoken.least) for one in others]
    decimals = max(_decimals(frame["estimate"]), spoken.least)
    rows = []
    for place, row in enumerate(frame.to_dict("records")):
        limits = interval(row["ci_low"], row["ci_high"], decimals, voice.language, minus=voice.minus)
        numbers = [number(row["estimate"], decimals, voice.language, minus=voice.minus), number(row["se"], decimals + 1, voice.language), limits]
        counts = [voice.whole(row["n"]), voice.whole(row["n_eff"])]
        rows.append((*(texts[one][place] for one in alone), *numbers, *counts, *(column[place] for column in shown)))
    header = (*map(spoken.name, alone), *voice.headers("estimate", "se", "interval", "n", "n_eff"), *(spoken.name(one) for one in others))
    wordy = tuple(len(alone) + 5 + at for at, one in enumerate(others) if frame[one].dtype.kind not in "iufb")
    return Table(name, caption, header, tuple(rows), _labelled(frame, texts), heads=len(alone), text=wordy)


def _labelled(frame: pd.DataFrame, texts: Mapping[str, list[str]]) -> pd.DataFrame:
    """The table in full with labels beside codes that have others than themselves."""
    made = frame.copy()
    for column, labels in texts.items():
        if labels != [str(code) for code in frame[column]]:
            called = _LABEL if _LABEL not in made.columns else f"{_LABEL}_{column}"
            if called not in made.columns:
                made.insert(list(made.columns).index(column) + 1, called, labels)
    return made


def free_table(frame: pd.DataFrame, voice: Voice, *, name: str, caption: str) -> Table:
    """Any table: numbers in the writing of the language, texts as they are."""
    columns = [_numbers(frame.iloc[:, at], str(one), voice) for at, one in enumerate(frame.columns)]
    wordy = tuple(at for at in range(len(columns)) if frame.dtypes.iloc[at].kind not in "iufb")
    header = tuple(column_name(one, voice.language) for one in frame.columns)
    return Table(name, caption, header, tuple(zip(*columns, strict=True)), frame, heads=1, text=wordy)


def _decimals(values: pd.Series[Any]) -> int:
    """Decimals that suit the estimates of a column."""
    finite = np.abs(values.to_numpy(dtype=np.float64))
    return fitting_decimals(float(np.nanmax(finite[np.isfinite(finite)], initial=0.0)))


def _numbers(column: pd.Series[Any], name: str, voice: Voice, least: int = 0) -> list[str]:
    """The cells of a column as texts."""
    cells = column.tolist()
    finite = [abs(float(cell)) for cell in cells if isinstance(cell, Real) and not isinstance(cell, bool) and math.isfinite(cell)]
    whole = all(cell == int(cell) for cell in finite)
    decimals = 0 if whole else max(fitting_decimals(max(finite, default=0.0)), least)
    return [_cell(cell, name, decimals, voice) for cell in cells]


def _cell(cell: Any, name: str, decimals: int, voice: Voice) -> str:
    if isinstance(cell, bool):
        return voice.say("loose.yes" if cell else "loose.no")
    if isinstance(cell, Real):
        return voice.p_value(float(cell)) if name in _CHANCES else number(float(cell), decimals, voice.language, minus=voice.minus)
    lacks = cell is None or cell != cell or str(cell) in ("<NA>", "NaT")
    return NONE if lacks else str(cell)
