"""A series of IKM across regulations: each period in the classes of its own year, and what changed a class."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import CLASS, ROUNDED, RULE, TESTED
from kepuasan.errors import DataError, choose, some
from kepuasan.estimates import Estimates, taken
from kepuasan.given import as_mapping, finite, real
from kepuasan.standards.lookup import rule_of
from kepuasan.standards.rated import Rating
from kepuasan.standards.skm_record import IKM, SKM
from kepuasan.wording import LANGUAGES

if TYPE_CHECKING:
    from kepuasan.standards.standard import Standard

__all__ = ["skm_series"]

_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2}))?")


def skm_series(values: Any, *, independent_designs: bool = False, language: str = "id") -> pd.DataFrame:
    """The IKM of each period in the classes of its year, and whether a class changed by the value, by the rule, or by both.

    Parameters
    ----------
    values : mapping or Series of period to IKM, or SKM
        A period is a year, 2016 or "2016", or a part of it by its number, "2016-2". Its IKM is a number from 25 to 100, or an `SKM` of one row. In
        the place of a mapping, an SKM with one domain column, whose codes are periods, has a row for each.
    independent_designs : bool
        Declares that SKM of different surveys come from independent samples, so that their changes have standard errors.
    language : {"id", "en"}
        Of the names of the classes.

    Returns
    -------
    DataFrame
        One row a period, in order: ``period``; ``ikm``, rounded half up; ``mutu`` and ``kinerja``, under ``rule``, that of its year; ``mutu_before``,
        the class of the same value under the rule of the period before; ``changed``; then, not rounded, ``estimate``, ``se``, ``change`` from the
        period before, ``change_se``, ``t`` and ``p_value``. Errors are NaN where an IKM is a plain number, or where designs differ and are not
        declared independent. ``changed`` is "" where the class is that of the period before, "value" where the new value has another class under the
        old rule and keeps it under the new, "rule" where it has the old class under the old rule, else "both".

    Raises
    ------
    DataError
        No period; one that cannot be read, is named twice, or lies before the first rule, of 2004; an IKM that is missing, is no number or lies
        outside 25 to 100; an SKM of several rows for one period.

    Notes
    -----
    The rule of a year is the newest that held in it. All of them have the same conversion, 25 x SKM, so that the index itself is comparable; the
    bounds of its classes were raised in 2017: 76.49 is class B in 2016 and class C in 2018.

    References
    ----------
    Peraturan Menteri PANRB Nomor 14 Tahun 2017 (seen); Peraturan Menteri PANRB Nomor 16 Tahun 2014 (its bounds are unverified); Keputusan Menteri PAN
    Nomor KEP/25/M.PAN/2/2004 (seen).

    Examples
    --------
    >>> skm_series({2016: 76.49, 2018: 76.49, "2019": 80.2})[["period", "mutu", "rule", "mutu_before", "changed"]].values.tolist()
    [['2016', 'B', '16/2014', '', ''], ['2018', 'C', '14/2017', 'B', 'rule'], ['2019', 'B', '14/2017', 'B', 'value']]
    """
    choose("language", language, LANGUAGES)
    series = _Series.read(_periods_of(values))
    rated = [rule.require_classes() for rule in series.rules]
    before = ["", *(classes.codes(value)[0] for classes, value in zip(rated, series.value[1:], strict=False))]
    table = pd.DataFrame([classes.row(value, language) for classes, value in zip(rated, series.value, strict=True)]).rename(columns={ROUNDED: IKM})
    table.insert(0, "period", series.periods)
    table[RULE] = [rule.name for rule in series.rules]
    table["mutu_before"] = before
    table["changed"] = ["", *map(_cause, table[CLASS], before[1:], table[CLASS][1:])]
    return table.assign(estimate=series.value, se=series.se, **series.changes(independent=independent_designs))


def _cause(old: str | None, kept: str | None, new: str | None) -> str:
    """What changed a class: `old` before, `kept` the new value under the old rule, `new` under the new rule."""
    if old == new:
        return ""
    return "rule" if kept == old else "value" if kept == new else "both"


def _periods_of(values: Any) -> dict[Any, Any]:
    """The IKM of each period; an SKM by period is taken apart."""
    if not isinstance(values, SKM):
        return as_mapping(values, "values")
    columns = list(values.score.key.columns[1:])
    if len(columns) != 1:
        raise DataError(f"the SKM is by {some(columns) or 'nothing'}; give one by a single column of periods, or a mapping of period to SKM")
    codes = values.score.key[columns[0]].tolist()
    return {code: taken(values.score, np.array([place])) for place, code in enumerate(codes)}


@dataclass(frozen=True)
class _Series:
    """Periods in order, with their rules, their values, and the estimates where there are any."""

    periods: list[str]
    rules: list[Standard]
    value: np.ndarray[Any, np.dtype[np.float64]]
    scores: list[Estimates | None]

    @classmethod
    def read(cls, given: Mapping[Any, Any]) -> _Series:
        """The series, every period and IKM checked."""
        parsed = {period: _parsed(period) for period in given}
        order = sorted(parsed, key=lambda period: parsed[period])
        places = [parsed[period] for period in order]
        twice = [period for period, place in parsed.items() if places.count(place) > 1]
        if twice:
            raise DataError(f"{some(twice)} are one period; give each period one IKM")
        whole = {year for year, part in places if not part} & {year for year, part in places if part}
        if whole:
            raise DataError(f"{some(sorted(whole))} is there as a whole and in parts; give one or the other")
        rules = [rule_of(year) for year, _ in places]
        scores = [_estimate(period, given[period]) for period in order]
        plain = [given[period] if score is None else float(score.value[0]) for period, score in zip(order, scores, strict=True)]
        value = finite(plain, order, "the IKM")
        for period, rule, one in zip(order, rules, value, strict=True):
            _require_range(period, rule, one)
        return cls([f"{year}-{part}" if part else f"{year}" for year, part in places], rules, value, scores)

    @property
    def se(self) -> list[float]:
        """Standard errors, NaN for plain numbers."""
        return [np.nan if score is None else float(score.se[0]) for score in self.scores]

    def changes(self, *, independent: bool) -> dict[str, Any]:
        """Differences from the period before, with their errors where these are known."""
        pairs = zip(self.scores, self.scores[1:], strict=False)
        tested = [(np.nan, np.nan, np.nan), *(_tested(old, new, independent=independent) for old, new in pairs)]
        se, t, p_value = np.array(tested).T
        return {"change": np.append(np.nan, np.diff(self.value)), "change_se": se, **dict(zip(TESTED, (t, p_value), strict=True))}


def _parsed(period: Any) -> tuple[int, int]:
    """The year and the number of the part of it, 0 for the whole."""
    text = str(int(period)) if real(period) and float(period).is_integer() else period
    found = _PERIOD.fullmatch(text) if isinstance(text, str) else None
    if found is None or (found[2] is not None and int(found[2]) == 0):
        raise DataError(f'period {period!r} cannot be read; give a year, 2016 or "2016", or a part of it by its number, "2016-2"')
    return int(found[1]), int(found[2] or 0)


def _estimate(period: Any, value: Any) -> Estimates | None:
    """The estimate behind an IKM, where it is one."""
    score = value.score if isinstance(value, (SKM, Rating)) else value
    if not isinstance(score, Estimates):
        return None
    if len(score) != 1:
        raise DataError(f"the SKM of period {period!r} has {len(score)} rows; give one of a single row, such as skm(survey.where(...))")
    return score


def _require_range(period: Any, rule: Standard, value: float) -> None:
    try:
        rule.require_classes().places(value)
    except DataError as error:
        raise DataError(f"the IKM of period {period!r}: {error}") from error


def _tested(old: Estimates | None, new: Estimates | None, *, independent: bool) -> tuple[float, float, float]:
    """Standard error, t and p-value of new less old; NaN where the covariance is unknown."""
    if old is None or new is None or not (independent or old.token == new.token):
        return np.nan, np.nan, np.nan
    both = old.join(new, independent_designs=independent)
    change = both.linear([[-1.0, 1.0]], ["change"])
    return float(change.se[0]), float(change.t[0]), float(change.p_value[0])
