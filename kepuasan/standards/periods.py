"""Which rule of the SKM holds for each row: one for all, one for each period, or that of its year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from kepuasan.columns import spelled
from kepuasan.errors import DataError, nearest, some
from kepuasan.standards.lookup import find_standard, rule_of
from kepuasan.standards.standard import Standard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kepuasan.survey import Survey

__all__ = ["BY_YEAR", "naming_rule", "rules_of"]

#: asks for the rule of each row's year
BY_YEAR = "year"
_YEAR = re.compile(r"((?:19|20)\d\d)(?!\d)")


def rules_of(rule: str | Standard | Mapping[Any, str], domains: pd.DataFrame) -> tuple[Standard, ...]:
    """The rule of each domain.

    Parameters
    ----------
    rule : str, Standard or mapping of period to rule
        "year" is that of the year which the codes of a domain column begin with.
    domains : DataFrame
        A row of codes for each domain; without columns where there is but one.

    Raises
    ------
    DataError
        An unknown rule; periods without a rule; no column of periods or years.
    """
    if isinstance(rule, Mapping):
        return _of_periods(rule, domains)
    if isinstance(rule, str) and rule == BY_YEAR:
        return _of_years(domains)
    return (find_standard(rule, "skm"),) * len(domains)


def naming_rule(rule: Any, survey: Survey, by: Sequence[Any]) -> Standard:
    """The rule that says what the elements are: the one given, or the newest of those that the rows have."""
    if isinstance(rule, Standard) or (isinstance(rule, str) and rule != BY_YEAR):
        return find_standard(rule, "skm")
    found = rules_of(rule, survey.domains(by, warn=False).key)
    scales = {one.scale for one in found}
    if len(scales) > 1:
        raise DataError(f"the rules {some({one.name for one in found})} have different scales; look at the periods of each apart")
    return max(found, key=lambda one: one.since or 0)


def _of_periods(rule: Mapping[Any, str], domains: pd.DataFrame) -> tuple[Standard, ...]:
    if not rule:
        raise DataError("rule is an empty mapping; give each period its rule, such as {'2016': '16/2014', '2018': '14/2017'}")
    given = {spelled(period): find_standard(one, "skm") for period, one in rule.items()}
    codes = {name: [spelled(code) for code in domains[name]] for name in domains.columns}
    fitting = [name for name, texts in codes.items() if all(text in given for text in texts)]
    if not fitting:
        best = max(codes, key=lambda name: sum(text in given for text in codes[name]), default=None)
        lacking = [] if best is None else [text for text in dict.fromkeys(codes[best]) if text not in given]
        what = f"period {some(lacking)} of {best!r}" if best is not None else "a period; give by= its column"
        raise DataError(f"rule has none for {what}; it has those of {some(given)}{nearest(lacking[0], given) if lacking else ''}")
    return tuple(given[text] for text in codes[fitting[0]])


def _of_years(domains: pd.DataFrame) -> tuple[Standard, ...]:
    codes = {name: [spelled(code) for code in domains[name]] for name in domains.columns}
    dated = [name for name, texts in codes.items() if all(_YEAR.match(text) for text in texts)]
    if not dated:
        raise DataError(f'rule="year" needs a column in by= whose codes begin with a year, such as 2016 or 2016-2; by names {some(codes) or "none"}')
    if len(dated) > 1:
        raise DataError(f'rule="year" finds years in {some(dated)}; give rule= a mapping of period to rule')
    return tuple(rule_of(int(text[:4])) for text in codes[dated[0]])
