"""Dates and clock times as people write them: the day before the month, in Indonesian, English or ISO, or as Excel counts days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Moments", "clock_times", "serial_days", "serial_times", "written_moments"]

_EMPTY = np.datetime64("NaT", "ms")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb peb pebruari",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu ags agt aug",
            "september sep sept",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAY = r"(?:[^\W\d_']+['’]?[^\W\d_]*\.?,\s*)?"
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?\s*(?P<half>[aApP]\.?[mM]\.?)?"
    r"\s*(?P<zone>Z|WIB|WITA|WIT|(?:GMT|UTC)?\s*[+-]\d{1,2}(?::?\d\d)?|GMT|UTC)?"
)
_LATER = rf"(?:(?:[T,]\s*|\s+|,\s+|\s+pukul\s+|\s+at\s+){_CLOCK})?"
_FORMS = tuple(
    re.compile(rf"\s*{form}{_LATER}\s*", re.IGNORECASE | re.ASCII)
    for form in (
        r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})(?P<sign>[-/. ])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[ .-]+(?P<name>[a-z]+)\.?,?[ -]+(?P<year>\d{{4}})",
        rf"{_WEEKDAY}(?P<name>[a-z]+)\.? (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})",
    )
)
_NUMBERED = 1
_TIME = re.compile(rf"\s*(?:pukul\s+)?{_CLOCK}\s*", re.IGNORECASE | re.ASCII)
#: days of the 1900 system of Excel: the first, those that people's dates have at most, and the 29 February 1900 that never was
_FIRST_DAY, _LAST_DAY, _NO_DAY = 10, 99999, 60
_DAY = 86_400_000


@dataclass(frozen=True)
class Moments:
    """Dates read from distinct texts.

    Attributes
    ----------
    cells : datetime64[ms] array
        NaT where a text is no date.
    timed : bool array
        Whether a text has a time of day.
    month_first : str
        A date that was read with the month first, because no other order fits them all; empty where none was.
    zoned : str
        A text that names a time zone, whose clock is kept as it is written; empty where none does.
    """

    cells: NDArray[np.datetime64]
    timed: NDArray[np.bool_]
    month_first: str = ""
    zoned: str = ""


def written_moments(words: Sequence[str]) -> Moments:
    """Distinct texts as dates with their time of day, if they have one.

    Years have four figures. The day stands before the month; the month first only where some text can be read no other way and all can be read so.

    Examples
    --------
    >>> [str(day)[:10] for day in written_moments(["31/12/2022", "5 Mei 2022", "2022-12-01"]).cells]
    ['2022-12-31', '2022-05-05', '2022-12-01']
    """
    fields = np.zeros((len(words), 3), dtype=np.int64)
    times = np.zeros(len(words), dtype=np.int64)
    numbered, timed, zoned = (np.zeros(len(words), dtype=bool) for _ in range(3))
    for place, word in enumerate(words):
        for form, pattern in enumerate(_FORMS):
            match = pattern.fullmatch(word)
            if match is None:
                continue
            parts = match.groupdict()
            month = int(parts["month"]) if parts.get("month") else _MONTHS.get(parts["name"].casefold(), 0)
            clock = _milliseconds(parts) if parts["hour"] else 0
            if clock is not None:
                fields[place] = int(parts["year"]), month, int(parts["day"])
                times[place], numbered[place], timed[place], zoned[place] = clock, form == _NUMBERED, bool(parts["hour"]), bool(parts["zone"])
            break
    month_first = bool((numbered & (fields[:, 1] > 12)).any()) and not (numbered & (fields[:, 2] > 12)).any()
    if month_first:
        fields[numbered] = fields[numbered][:, [0, 2, 1]]
    cells = _days(*fields.T) + times.astype("timedelta64[ms]")
    there = ~np.isnat(cells)
    return Moments(cells, timed, _first(words, numbered & there & month_first), _first(words, zoned & there))


def _first(words: Sequence[str], chosen: NDArray[np.bool_]) -> str:
    return words[int(np.argmax(chosen))] if chosen.any() else ""


def _milliseconds(parts: dict[str, str | None]) -> int | None:
    """The time of day that matched parts mean; None where there is no such time."""
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    half = (parts["half"] or "")[:1].casefold()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    part = round(float(f"0.{parts['part'] or 0}") * 1000)
    return ((hour * 60 + minute) * 60 + second) * 1000 + part


def _days(year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Days of the calendar; NaT where there is none."""
    there = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1)
    months = (np.where(there, (year - 1970) * 12 + month - 1, 0)).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    there &= days.astype("datetime64[M]") == months
    return np.where(there, days.astype("datetime64[ms]"), _EMPTY)


def clock_times(words: Sequence[str]) -> NDArray[np.timedelta64]:
    """Distinct texts such as ``23:59:59``, ``07.30`` or ``7:05 PM`` as times of day; NaT for what is none.

    Examples
    --------
    >>> clock_times(["07.30", "25:00"]).tolist()
    [datetime.timedelta(seconds=27000), None]
    """
    matches = [_TIME.fullmatch(word) for word in words]
    found = [None if match is None else _milliseconds(match.groupdict()) for match in matches]
    return np.array([np.timedelta64("NaT", "ms") if clock is None else np.timedelta64(clock, "ms") for clock in found], dtype="timedelta64[ms]")


def serial_days(numbers: NDArray[np.float64], kind: Literal["date", "datetime"]) -> NDArray[np.datetime64]:
    """Numbers as Excel counts days from 1900; NaT for what can be none, for columns of years, and for dates with a part of a day.

    Examples
    --------
    >>> [str(day)[:10] for day in serial_days(np.array([44927.0, 1e6]), "date")]
    ['2023-01-01', 'NaT']
    """
    days, part = np.divmod(np.where(np.isfinite(numbers), numbers, 0), 1)
    there = (days >= _FIRST_DAY) & (days <= _LAST_DAY) & (days != _NO_DAY)
    if kind == "date":
        there &= part == 0
    filled = days[there]
    if len(filled) and ((filled >= 1900) & (filled <= 2100)).all():
        there[:] = False
    zero = np.where(days > _NO_DAY, np.datetime64("1899-12-30", "ms"), np.datetime64("1899-12-31", "ms"))
    cells = zero + (days * _DAY + np.round(part * _DAY)).astype("timedelta64[ms]")
    return np.where(there, cells, _EMPTY)


def serial_times(numbers: NDArray[np.float64]) -> NDArray[np.timedelta64]:
    """Parts of a day, as Excel holds times; NaT for what is none."""
    there = np.isfinite(numbers) & (numbers >= 0) & (numbers < 1)
    milliseconds = np.round(np.where(there, numbers, 0) * _DAY).astype("timedelta64[ms]")
    return np.where(there, milliseconds, np.timedelta64("NaT", "ms"))
