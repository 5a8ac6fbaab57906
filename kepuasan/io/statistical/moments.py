"""Dates and times of statistical packages: numbers counted from the package's day zero, told apart by display formats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.codebook.parts import ItemType

__all__ = ["Family", "Moments", "as_moments", "type_of_format"]

Family = Literal["spss", "stata", "sas"]

_DAY = 86_400.0
#: seconds from each package's day zero to 1 January 1970: 14 October 1582, 1 January 1960
_ZERO = {"spss": 141_428 * _DAY, "stata": 3_653 * _DAY, "sas": 3_653 * _DAY}
#: 1 January of year 1 and 31 December of year 9999, in seconds from 1970
_YEARS = (-62_135_596_800.0, 253_402_300_799.0)

_SPSS: dict[str, ItemType] = {
    **dict.fromkeys(("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "QYR", "MOYR", "WKYR"), "date"),
    **dict.fromkeys(("DATETIME", "YMDHMS"), "datetime"),
    **dict.fromkeys(("TIME", "DTIME", "MTIME"), "time"),
}
_SAS: dict[str, ItemType] = {
    **dict.fromkeys(("DATE", "WEEKDATE", "WEEKDATX", "WORDDATE", "WORDDATX", "IS8601DA", "E8601DA", "B8601DA"), "date"),
    **{f"{order}{mark}": "date" for order in ("YYMMDD", "DDMMYY", "MMDDYY") for mark in ("", "B", "C", "D", "N", "P", "S")},
    **dict.fromkeys(("DTDATE", "E8601DN", "B8601DN"), "date"),
    **dict.fromkeys(("DATETIME", "DATEAMPM", "MDYAMPM", "IS8601DT", "E8601DT", "B8601DT", "E8601DZ", "B8601DZ"), "datetime"),
    **dict.fromkeys(("TIME", "HHMM", "TOD", "TIMEAMPM", "IS8601TM", "E8601TM", "B8601TM"), "time"),
}
#: formats that show the date of a count of seconds, where others of type date count days
_SAS_SECONDS = ("DTDATE", "E8601DN", "B8601DN")
_STATA_CLOCK = re.compile(r"%-?t[cC][Hh]{2}:?MM(:?SS(\.s+)?)?( ?(AM|am|A\.M\.|a\.m\.))?")


def type_of_format(form: str | None, family: Family) -> ItemType:
    """The type of numbers shown in a display format.

    Examples
    --------
    >>> type_of_format("EDATE10", "spss"), type_of_format("%tcHH:MM", "stata"), type_of_format("E8601DT19.", "sas"), type_of_format("F8.2", "spss")
    ('date', 'time', 'datetime', 'number')
    """
    if form is None:
        return "number"
    if family != "stata":
        return (_SPSS if family == "spss" else _SAS).get(_bare(form), "number")
    if _STATA_CLOCK.fullmatch(form):
        return "time"
    if re.match(r"%-?t[cC]", form):
        return "datetime"
    return "date" if re.match(r"%-?t?d", form) else "number"


def _bare(form: str) -> str:
    """A format's name without its width."""
    return re.sub(r"\d*(\.\d*)?$", "", form.upper())


class Moments(NamedTuple):
    """Dates, datetimes or times.

    Attributes
    ----------
    cells : array (rows,)
        datetime64[ms], timedelta64[ms], or numbers where `outside` is not empty.
    kind : {"date", "datetime", "time", "number"}
    outside : array of int
        Positions of dates outside the years 1 to 9999.
    """

    cells: NDArray[Any]
    kind: ItemType
    outside: NDArray[np.intp]


def as_moments(cells: NDArray[np.float64], form: str, family: Family) -> Moments:
    """Numbers as dates, datetimes or times by their display format.

    Parameters
    ----------
    cells : array of float (rows,)
        Counts of days, seconds or milliseconds, as the package has them.
    form : str
        Display format.
    family : {"spss", "stata", "sas"}

    Returns
    -------
    Moments
        Numbers as they are where a date lies outside the years 1 to 9999.
    """
    kind = type_of_format(form, family)
    seconds = cells * _unit(form, family, kind)
    none = np.empty(0, dtype=np.intp)
    if kind == "time":
        return Moments(_milliseconds(seconds % _DAY if family == "stata" else seconds, "timedelta64[ms]"), kind, none)
    seconds = seconds - _ZERO[family]
    outside = np.flatnonzero((seconds < _YEARS[0]) | (seconds > _YEARS[1]))
    if outside.size:
        return Moments(cells, "number", outside)
    return Moments(_milliseconds(np.floor(seconds / _DAY) * _DAY if kind == "date" else seconds, "datetime64[ms]"), kind, none)


def _unit(form: str, family: Family, kind: ItemType) -> float:
    """Seconds in one unit of the count."""
    if family == "spss":
        return 1.0
    if kind == "date" and _bare(form) not in _SAS_SECONDS:
        return _DAY
    return 1e-3 if family == "stata" else 1.0


def _milliseconds(seconds: NDArray[np.float64], dtype: str) -> NDArray[Any]:
    empty = ~np.isfinite(seconds)
    values: NDArray[Any] = np.where(empty, 0.0, np.round(seconds * 1000.0)).astype(np.int64).astype(dtype)
    values[empty] = np.array("NaT", dtype=dtype)
    return values
