"""Tables of differences: two sides, what lies between them, and whether it is beyond sampling error."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import spelled
from kepuasan.display.figures import written
from kepuasan.display.numbers import MINUS, NONE, number
from kepuasan.report.document import Table
from kepuasan.report.gathering.testing import ROUNDING
from kepuasan.report.suppression import COMPLEMENT, DISCLOSURE, PUBLICATION, SHOWN, marked, notes_of
from kepuasan.report.voice import LEVEL

if TYPE_CHECKING:
    from kepuasan.report.request import Suppression
    from kepuasan.report.voice import Voice

__all__ = ["Differences", "Side", "aligned", "begun", "called", "listed", "table_name", "without_rounding"]

#: the level of tests
ALPHA = 1.0 - LEVEL
#: columns of a side in the tidy frame, and of the difference
_SIDE = ("estimate", "se", "ci_low", "ci_high", "n", "n_eff")
_GAP = ("estimate", "se", "ci_low", "ci_high", "level", "df", "t", "p_value", "p_holm")
#: what is empty where there is no standard error
_ERRORS = ("se", "ci_low", "ci_high", "t", "p_value", "n_eff", "deff", "cv")
#: whys by how much they hide
_STRENGTH = (SHOWN, PUBLICATION, COMPLEMENT, DISCLOSURE)


def aligned(table: pd.DataFrame, column: str, codes: Sequence[Any], wanted: Iterable[str]) -> pd.DataFrame:
    """Columns of a table of estimates, one row for each code in order; empty where the table has no row of the code.

    Limits of a standard error that is mere rounding are empty too.
    """
    place = {spelled(code): row for row, code in enumerate(table[column])}
    rows = [place.get(spelled(code), -1) for code in codes]
    absent = np.array(rows, dtype=np.intp) < 0
    found = {}
    for name in wanted:
        values = table[name].to_numpy(np.float64)[rows] if name in table.columns and len(table) else np.full(len(rows), np.nan)
        found[name] = np.where(absent, np.nan, values)
    return without_rounding(pd.DataFrame(found))


def without_rounding(table: pd.DataFrame) -> pd.DataFrame:
    """The table with no standard error and limits where the standard error is 0 but for rounding, as of a group within one sampled unit."""
    if not {"estimate", "se"} <= set(table.columns):
        return table
    none = ~(table["se"].to_numpy(np.float64) > ROUNDING * (1.0 + np.abs(table["estimate"].to_numpy(np.float64))))
    return table.assign(**{name: table[name].mask(none) for name in _ERRORS if name in table.columns})


def called(code: Any, labels: Mapping[Any, str]) -> str:
    """What a code is called: its label, or the code itself where it has none."""
    text = labels.get(code) or {spelled(one): label for one, label in labels.items()}.get(spelled(code), "")
    return text.strip() or spelled(code)


def begun(text: str) -> str:
    """A text as it stands at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def listed(names: Iterable[str]) -> str:
    """Names one after another; semicolons, as names may have commas."""
    return "; ".join(names)


def table_name(stem: str, column: str, others: Iterable[str]) -> str:
    """A name for the table of a column that no other has: letters, digits and lines of ASCII.

    Examples
    --------
    >>> table_name("moved", "sex", []), table_name("moved", "Jenis Kelamin?", []), table_name("moved", "SEX", ["moved_sex"])
    ('moved_sex', 'moved_jenis_kelamin', 'moved_sex_2')
    """
    plain = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in column.casefold())
    first = "_".join([stem, *plain.split()])[:60]
    name, count, known = first, 1, set(others)
    while name in known:
        count += 1
        name = f"{first}_{count}"
    return name


@dataclass(frozen=True, eq=False)
class Side:
    """What is compared: the prefix of its columns, its name, the head of its column, its estimates by row, and why a row of it is not shown."""

    prefix: str
    name: str
    head: str
    table: pd.DataFrame
    why: Sequence[str]

    def known(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Rows that have answers."""
        return np.asarray(self.table["n"].to_numpy(np.float64) > 0)

    def frame(self) -> pd.DataFrame:
        """The side's columns of the tidy frame, empty where they are not shown."""
        shown = self.table[list(_SIDE)].copy()
        why = np.asarray(self.why, dtype=object)
        shown.loc[why != SHOWN, list(_SIDE[:4])] = np.nan
        shown.loc[(why == DISCLOSURE) | (why == COMPLEMENT), ["n", "n_eff"]] = np.nan
        return shown.add_prefix(f"{self.prefix}_")


@dataclass(frozen=True, eq=False)
class Differences:
    """Rows of two sides and the first taken from the second, or the other way round; nothing is subtracted here.

    ``key`` is the column of the codes and ``heading`` what it is called; ``gap`` has the rows of the differences with ``p_holm``; ``untested``
    the key of a reason where a difference was not tested for another reason than the two sides tell. ``words`` are the heads of difference and name.
    """

    key: str
    heading: str
    codes: Sequence[Any]
    names: Sequence[str]
    first: Side
    second: Side
    gap: pd.DataFrame
    head: str
    rule: Suppression
    untested: Mapping[Any, str]

    # ------------------------------------------------------------ what is tested

    def why(self) -> list[str]:
        """Why a row is not shown in full: the stronger of the whys of both sides."""
        return [max(pair, key=_STRENGTH.index) for pair in zip(self.first.why, self.second.why, strict=True)]

    def reasons(self) -> list[str]:
        """The key of the reason for which a row is not tested; empty where it is."""
        given = {spelled(code): reason for code, reason in self.untested.items()}
        p_value = self.gap["p_holm"].to_numpy(np.float64)
        reasons = []
        for row, (code, why) in enumerate(zip(self.codes, self.why(), strict=True)):
            sides = self.first.known()[row], self.second.known()[row]
            own = "" if all(sides) else "lacking" if any(sides) else "nowhere"
            told = given.get(spelled(code), "")
            reasons.append(own or why or (told if told == "no_se" else "no_se" if told or math.isnan(p_value[row]) else ""))
        return reasons

    def beyond(self) -> list[int]:
        """Rows whose difference is beyond sampling error."""
        p_value = self.gap["p_holm"].to_numpy(np.float64)
        return [row for row, reason in enumerate(self.reasons()) if not reason and p_value[row] < ALPHA]

    def tested(self) -> list[int]:
        """Rows that are tested."""
        return [row for row, reason in enumerate(self.reasons()) if not reason]

    def moved(self, rows: Iterable[int], voice: Voice) -> str:
        """Names of rows with their differences."""
        values = self.gap["estimate"].to_numpy(np.float64)
        return listed(voice.say("moved.one", name=self.names[row], points=voice.number(values[row], signed=True)) for row in rows)

    # ------------------------------------------------------------ the table

    def table(self, name: str, caption: str, voice: Voice) -> Table:
        """The table as it is read, and its tidy frame."""
        why, reasons = self.why(), self.reasons()
        rows = tuple(
            (
                marked(self.names[row], why[row]),
                *(self._level(side, row, voice) for side in (self.first, self.second)),
                *self._difference(row, reasons[row], voice),
                self._said(row, reasons[row], voice),
                *(self._pair(column, row, voice) for column in ("n", "n_eff")),
            )
            for row in range(len(self.codes))
        )
        pair = {"first": self.first.name, "second": self.second.name}
        header = (
            self.heading,
            *(voice.say("head.side", name=side.head, level=voice.level) for side in (self.first, self.second)),
            self.head,
            *voice.headers("interval"),
            voice.say("head.p_holm"),
            voice.say("head.tested"),
            voice.say("head.counts", **pair),
            voice.say("head.effective", **pair),
        )
        notes = (*notes_of(why, self.rule, voice), *self._notes(voice))
        return Table(name, caption, header, rows, frame=self.frame(), notes=notes, text=(6,))

    def frame(self) -> pd.DataFrame:
        """The rows as a tidy frame: key, both sides, the difference, what was found of it, and why it is not shown."""
        reasons, why, beyond = self.reasons(), self.why(), set(self.beyond())
        gap = self.gap.reindex(columns=list(_GAP)).copy()
        gap.loc[[bool(reason) and reason != "no_se" for reason in reasons], :] = np.nan
        gap.loc[[reason == "no_se" for reason in reasons], list(_GAP[1:])] = np.nan
        found = ["untested" if reason else "beyond" if row in beyond else "within" for row, reason in enumerate(reasons)]
        parts = [pd.DataFrame({"label": list(self.names)}), self.first.frame(), self.second.frame(), gap.assign(level=LEVEL)]
        made = pd.concat(parts, axis=1).assign(tested=found, reason=reasons, suppressed=why)
        made.insert(0, f"{self.key}_code" if self.key in made.columns else self.key, list(self.codes))
        return made

    def _level(self, side: Side, row: int, voice: Voice) -> str:
        if side.why[row] != SHOWN:
            return NONE
        value, low, high = (float(side.table[name].iloc[row]) for name in ("estimate", "ci_low", "ci_high"))
        return written((value, low, high), voice.decimals, voice.language)

    def _difference(self, row: int, reason: str, voice: Voice) -> tuple[str, str, str]:
        """Difference, interval and p."""
        if reason and reason != "no_se":
            return NONE, NONE, NONE
        one = self.gap.iloc[row]
        tested = (NONE, NONE) if reason else (voice.interval(one["ci_low"], one["ci_high"]), voice.p_value(one["p_holm"]))
        return voice.number(one["estimate"], signed=True), *tested

    def _said(self, row: int, reason: str, voice: Voice) -> str:
        """What was found of a difference, or why it was not tested."""
        if not reason:
            return voice.say("tested.beyond" if row in self.beyond() else "tested.within")
        side = self.first if self.first.known()[row] else self.second
        least = {PUBLICATION: self.rule.publication, DISCLOSURE: self.rule.disclosure}.get(reason, 0)
        return voice.say(f"untested.{reason}", side=side.name, least=least)

    def _pair(self, column: str, row: int, voice: Voice) -> str:
        """A count of both sides."""
        cells = []
        for side in (self.first, self.second):
            hidden = side.why[row] in (DISCLOSURE, COMPLEMENT)
            cells.append(NONE if hidden else voice.whole(float(side.table[column].iloc[row])))
        return voice.say("counts.pair", first=cells[0], second=cells[1])

    def _notes(self, voice: Voice) -> list[str]:
        """How the verdict and the intervals beside it belong together."""
        tested, beyond = self.tested(), set(self.beyond())
        if not tested:
            return []
        alpha = number(100 * ALPHA, 0, voice.language, minus=MINUS)
        notes = [voice.say("holm.note" if len(tested) > 1 else "holm.single", count=len(tested), alpha=alpha)]
        low, high = (self.gap[name].to_numpy(np.float64) for name in ("ci_low", "ci_high"))
        apart = [self.names[row] for row in tested if row not in beyond and (low[row] > 0 or high[row] < 0)]
        return [*notes, voice.say("holm.apart", names=listed(apart))] if apart else notes
