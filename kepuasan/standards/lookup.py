"""Standards by name, in a list, by year; and the class of a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from kepuasan.columns import CLASS, CLASS_NAME, ROUNDED
from kepuasan.errors import DataError, choose, nearest
from kepuasan.given import real
from kepuasan.standards.catalogue import STANDARDS
from kepuasan.standards.standard import Classes, Standard
from kepuasan.wording import LANGUAGES

__all__ = ["classify", "find_standard", "list_standards", "rule_of"]


def find_standard(standard: str | Standard, family: str | None = None) -> Standard:
    """A standard by its name, or the one given.

    Raises
    ------
    DataError
        An unknown name, with the list; a standard of another family than is asked for.
    """
    known = {name: one for name, one in STANDARDS.items() if family in (None, one.family)}
    if isinstance(standard, Standard):
        if family is not None and standard.family != family:
            raise DataError(
                f"{standard.name!r} is a standard of family {standard.family!r}, not {family!r}; give one of {', '.join(map(repr, known))}"
            )
        return standard
    if family is not None and f"{family} {standard}" in known:
        return known[f"{family} {standard}"]
    if not isinstance(standard, str) or standard not in known:
        other = next((name for name in known if isinstance(standard, str) and name.endswith(f" {standard}")), None)
        hint = nearest(standard, known) if other is None else f"; did you mean {other!r}?"
        raise DataError(f"there is no standard {standard!r}{hint}; the standards are {', '.join(map(repr, known))}")
    return known[standard]


def rule_of(year: int) -> Standard:
    """The rule of the SKM that held in a year.

    Raises
    ------
    DataError
        A year before the first of them.

    Examples
    --------
    >>> rule_of(2016).name, rule_of(2017).name
    ('16/2014', '14/2017')
    """
    if isinstance(year, bool) or not isinstance(year, (int, np.integer)):
        raise DataError(f"the year is {year!r}; give a whole number, such as 2016")
    rules = {one.since: one for one in STANDARDS.values() if one.family == "skm" and one.since is not None}
    held = [since for since in rules if since <= year]
    if not held:
        raise DataError(f"no rule of the SKM held in {year}; the first is {rules[min(rules)].name}, of {min(rules)}")
    return rules[max(held)]


def list_standards() -> pd.DataFrame:
    """Every standard there is: what it asks, its scale, conversion, classes and source, and what of it was not seen in a source.

    Returns
    -------
    DataFrame
        One row a standard: ``name, family, title, items, low, high, conversion, classes, decimals, since, citation, standing, unverified``.
        ``items`` is 0 where the rule leaves them open; ``standing`` is "seen" where its text, or a report by it, was read, else "unverified";
        ``unverified`` says what of it was not seen. ``family`` tells who takes it: "skm" `skm`, "ipp" `ipp`, "perception" `perception_index`, "csi"
        `csi`, "acsi" `acsi`, "nps" `net_promoter`; `classify` and `Rating.of` take all that have classes.

    Examples
    --------
    >>> list_standards().set_index("name").loc["14/2017", ["conversion", "classes", "standing"]].tolist()[1:]
    ['D 25.00-64.99, C 65.00-76.60, B 76.61-88.30, A 88.31-100.00', 'seen']
    """
    rows = [
        {
            "name": name,
            "family": one.family,
            "title": one.title["en"],
            "items": len(one.elements),
            "low": one.scale[0],
            "high": one.scale[1],
            "conversion": one.conversion,
            "classes": "" if one.classes is None else one.classes.text(),
            "decimals": None if one.classes is None else one.classes.decimals,
            "since": one.since,
            "citation": one.citation,
            "standing": one.standing,
            "unverified": one.unverified.get("en", ""),
        }
        for name, one in STANDARDS.items()
    ]
    return pd.DataFrame(rows).astype({"since": "Int64", "decimals": "Int64"})


def classify(values: object, standard: str | Standard | Classes, *, language: str = "id") -> pd.DataFrame:
    """The class of each value: rounded half up as the standard says, then compared with the lower bounds.

    Parameters
    ----------
    values : float, list, array, Series or mapping of name to float
        Numbers; a missing one among them has no class. Text such as "78,74" is refused.
    standard : str, Standard or Classes
        A name that `list_standards` gives, or classes of one's own.
    language : {"id", "en"}
        Of the names of the classes.

    Returns
    -------
    DataFrame
        One row a value: ``rounded``, ``mutu`` (the class), ``kinerja`` (its name); the index of a Series or the names of a mapping are kept.

    Raises
    ------
    DataError
        An unknown standard, one without classes, a value outside the possible range.

    Examples
    --------
    >>> classify([76.49, 76.605], "14/2017")["mutu"].tolist(), classify([76.49], "16/2014")["mutu"].tolist()
    (['C', 'B'], ['B'])
    """
    choose("language", language, LANGUAGES)
    classes = standard if isinstance(standard, Classes) else find_standard(standard).require_classes()
    series = _series(values)
    numbers = series.to_numpy()
    return pd.DataFrame(
        {ROUNDED: classes.rounded(numbers), CLASS: classes.codes(numbers), CLASS_NAME: classes.names(numbers, language)}, index=series.index
    )


def _series(values: Any) -> pd.Series[float]:
    """Values as a Series of floats.

    Raises
    ------
    DataError
        What is no number, nor a list of numbers; missing ones are allowed.
    """
    if real(values) or values is None:
        values = [values]
    flat = isinstance(values, (list, tuple, np.ndarray)) and np.ndim(np.asarray(values, dtype=object)) == 1
    listed = flat or isinstance(values, (Mapping, pd.Series, pd.Index))
    if not listed:
        raise DataError(f"values are {values!r}; give a number, a list, a Series or a mapping of name to number")
    series: pd.Series[Any] = pd.Series(values, dtype=object)
    wrong = [value for value in series if not (real(value) or value is None or value is pd.NA)]
    if wrong or series.isna().all():
        raise DataError(f"{(wrong or [None])[0]!r} is no number; give numbers, such as 76.61")
    return series.mask(series.isna(), np.nan).astype(np.float64)
