"""Dates that cannot be, and interviews that took seconds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.codebook.roles import BEGIN, DAY, END, SENT, TOOK, compact, kind_of, words
from kepuasan.quality.findings import Finding, Number, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kepuasan.quality.subject import Subject

__all__ = ["OLDEST", "dates", "now"]

#: nobody is older, in years
OLDEST = 120
_FIRST, _LAST = pd.Timestamp("1900-01-01"), pd.Timestamp("2100-01-01")
#: clocks of zones and of devices differ by this at most
_SLACK = pd.Timedelta(days=1)
#: an interview is one of seconds below this, and below this part of the median
_SHORT, _PART = 60.0, 1 / 6
#: cells of text that must read as dates, and cells that are tried first
_READ, _LOOKED_AT = 0.8, 1000
_DAY_FIRST = r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[ T,]+(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?)?$"


@dataclass
class _Moments:
    """The columns of dates, by what they hold, and their cells that are none."""

    begin: dict[str, pd.Series[Any]] = field(default_factory=dict)
    end: dict[str, pd.Series[Any]] = field(default_factory=dict)
    sent: dict[str, pd.Series[Any]] = field(default_factory=dict)
    day: dict[str, pd.Series[Any]] = field(default_factory=dict)
    birth: dict[str, pd.Series[Any]] = field(default_factory=dict)
    other: dict[str, pd.Series[Any]] = field(default_factory=dict)
    unread: dict[str, pd.Series[Any]] = field(default_factory=dict)


def now() -> pd.Timestamp:
    """The present."""
    return pd.Timestamp.now()


def dates(subject: Subject) -> Iterator[Finding]:
    """Cells that are no dates, dates outside what can be, in the wrong order, of impossible ages; interviews of seconds."""
    moments = _moments(subject)
    for name, cells in moments.unread.items():
        if len(cells):
            yield Finding("KP217", {"count": Number(len(cells)), "found": listed(cells.unique())}, name, cells.index.to_numpy(), len(cells))
    latest = _latest(moments)
    for group in (moments.begin, moments.end, moments.sent, moments.day, moments.birth):
        for name, column in group.items():
            yield from _outside(name, column, latest)
    for name, column in moments.other.items():
        yield from _outside(name, column, _LAST)
    yield from _order(moments)
    yield from _ages(moments, latest)
    yield from _short(subject, moments)


def _moments(subject: Subject) -> _Moments:
    found = _Moments()
    names = {"begin": BEGIN, "end": END, "sent": SENT, "day": DAY}
    for name in subject.frame.columns:
        short, parts = compact(name), set(words(name))
        place = next((place for place, known in names.items() if short in known), "birth" if _of_birth(parts, short) else "other")
        column = subject.answers(name)
        moments = _as_moments(column, named=place != "other")
        if moments is not None:
            getattr(found, place)[name] = moments
            found.unread[name] = column[moments.isna() & column.notna()]
    return found


def _of_birth(parts: set[str], short: str) -> bool:
    return bool(parts & {"lahir", "birth", "dob"}) or short in ("birthdate", "birthday", "tgllahir", "tanggallahir")


def _as_moments(column: pd.Series[Any], *, named: bool) -> pd.Series[Any] | None:
    """A column of dates without zones; text only where its name says that it holds dates, and nearly all of it reads so."""
    kind = kind_of(column)
    if kind == "date":
        return column.dt.tz_convert("UTC").dt.tz_localize(None) if getattr(column.dtype, "tz", None) is not None else column
    if kind != "text" or not named or not column.notna().any():
        return None
    code, texts = pd.factorize(column)
    written = pd.Series(texts).astype(str).str.strip()
    read = pd.to_datetime(written, errors="coerce", utc=True, format="ISO8601").dt.tz_localize(None)
    if read[:_LOOKED_AT].notna().mean() < _READ and written[:_LOOKED_AT].str.match(_DAY_FIRST).mean() >= _READ:
        read = _days_first(written)
    if read.notna().mean() < _READ:
        return None
    return pd.Series(read.array.take(code, allow_fill=True), index=column.index, name=column.name)


def _days_first(written: pd.Series[Any]) -> pd.Series[Any]:
    """Texts such as 31/12/2022 13:45 as moments; the month stands first where more of them can be read so."""
    parts = written.str.extract(_DAY_FIRST).fillna("0")
    clock = parts[3] + ":" + parts[4] + ":" + parts[5]
    orders = [pd.to_datetime(parts[2] + "-" + parts[month] + "-" + parts[day], errors="coerce", format="%Y-%m-%d") for day, month in ((0, 1), (1, 0))]
    read = max(orders, key=lambda days: int(days.notna().sum()))
    return read + pd.to_timedelta(clock, errors="coerce")


def _latest(moments: _Moments) -> pd.Timestamp:
    """The last moment that a date of an interview may have: the last one sent, else the present."""
    present = now() + _SLACK
    sent = [column[column <= present].max() for column in moments.sent.values()]
    known = [one for one in sent if not pd.isna(one)]
    return max(known) + _SLACK if known else present


def _outside(name: str, column: pd.Series[Any], latest: pd.Timestamp) -> Iterator[Finding]:
    """Dates before 1900 or after the last possible; none after it where most are, since then the clock of this machine is wrong."""
    late = (column > latest).to_numpy()
    late = late & bool(late.sum() <= 0.5 * column.notna().sum())
    rows = np.flatnonzero((column < _FIRST).to_numpy() | late)
    if rows.size:
        values = {"count": Number(rows.size), "found": _written(column.iloc[rows]), "low": f"{_FIRST:%Y-%m-%d}", "high": f"{latest:%Y-%m-%d}"}
        yield Finding("KP205", values, name, rows, rows.size)


def _order(moments: _Moments) -> Iterator[Finding]:
    """Ends before their beginning; forms sent before they were begun; births after the interview."""
    pairs = [
        *((later, early, pd.Timedelta(0)) for later in moments.end.items() for early in moments.begin.items()),
        *((later, early, _SLACK) for later in moments.sent.items() for early in moments.begin.items()),
        *((later, early, _SLACK) for later in moments.day.items() for early in moments.birth.items()),
    ]
    for (name, column), (other, before), slack in pairs:
        rows = np.flatnonzero((column + slack < before).to_numpy())
        if rows.size:
            yield Finding("KP216", {"count": Number(rows.size), "other": other, "found": _written(column.iloc[rows])}, name, rows, rows.size)


def _ages(moments: _Moments, latest: pd.Timestamp) -> Iterator[Finding]:
    """Dates of birth that make somebody older than anybody, on the day of the interview where it is known."""
    days = next(iter([*moments.day.values(), *moments.begin.values(), *moments.sent.values()]), None)
    for name, column in moments.birth.items():
        ages = ((latest if days is None else days.fillna(latest)) - column).dt.total_seconds().to_numpy() / (365.25 * 86_400)
        rows = np.flatnonzero((ages > OLDEST + 1) & (column >= _FIRST).to_numpy())
        if rows.size:
            yield Finding("KP210", {"count": Number(rows.size), "found": listed(np.unique(ages[rows].astype(int)))}, name, rows, rows.size)


def _short(subject: Subject, moments: _Moments) -> Iterator[Finding]:
    """Interviews of seconds: far shorter than half of them."""
    took: dict[str, NDArray[np.float64]] = {name: subject.numbers(name) for name in subject.columns("number") if compact(name) in TOOK}
    if len(moments.begin) == len(moments.end) == 1 and not took:
        (begin,), ((name, end),) = moments.begin.values(), moments.end.items()
        took[name] = np.asarray((end - begin).dt.total_seconds(), dtype=np.float64)
    for name, seconds in took.items():
        known = seconds[seconds >= 0]
        if known.size < 2:
            continue
        median = float(np.median(known))
        if median < _SHORT:  # minutes, or a form of a few taps
            continue
        limit = min(_SHORT, _PART * median)
        rows = np.flatnonzero((seconds >= 0) & (seconds < limit))
        if rows.size:
            values = {"count": Number(rows.size), "limit": Number(limit), "median": Number(median)}
            yield Finding("KP206", values, name, rows, rows.size)


def _written(column: pd.Series[Any]) -> str:
    days = list(dict.fromkeys(f"{moment:%Y-%m-%d}" for moment in column.iloc[:50]))
    return ", ".join(days[:3])
