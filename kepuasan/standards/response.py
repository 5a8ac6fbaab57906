"""Outcome rates of a survey by the Standard Definitions of the American Association for Public Opinion Research."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.errors import DataError, DataWarning, nearest, some
from kepuasan.numerics.totals import divided

if TYPE_CHECKING:
    from kepuasan.numerics.totals import Floats

__all__ = ["DISPOSITIONS", "RATES", "response_rates"]

#: final dispositions of sampled cases
DISPOSITIONS = {
    "I": "complete interview",
    "P": "partial interview",
    "R": "refusal and break-off",
    "NC": "non-contact",
    "O": "other, eligible",
    "UH": "unknown whether there is a household",
    "UO": "unknown eligibility, other",
    "NE": "not eligible",
}

#: the code that may be left out; the column of groups without a name; the columns of the table
INELIGIBLE = "NE"
GROUP = "group"
COLUMNS = ("rate", "value", "formula", "numerator", "denominator", "e")

_CODE = re.compile("[A-Z]+")
_KNOWN = "(I + P) + (R + NC + O)"
_ALL = f"{_KNOWN} + (UH + UO)"
_ESTIMATED = f"{_KNOWN} + e (UH + UO)"
_REACHED = "(I + P) + R + O"

#: numerator and denominator of each rate
RATES = {
    "RR1": ("I", _ALL),
    "RR2": ("I + P", _ALL),
    "RR3": ("I", _ESTIMATED),
    "RR4": ("I + P", _ESTIMATED),
    "RR5": ("I", _KNOWN),
    "RR6": ("I + P", _KNOWN),
    "COOP1": ("I", _REACHED),
    "COOP2": ("I + P", _REACHED),
    "COOP3": ("I", "(I + P) + R"),
    "COOP4": ("I + P", "(I + P) + R"),
    "REF1": ("R", _ALL),
    "REF2": ("R", _ESTIMATED),
    "REF3": ("R", _KNOWN),
    "CON1": (_REACHED, _ALL),
    "CON2": (_REACHED, _ESTIMATED),
    "CON3": (_REACHED, _KNOWN),
}


def response_rates(dispositions: Any, *, e: float | None = None) -> pd.DataFrame:
    """Response, cooperation, refusal and contact rates, with their formulas.

    Parameters
    ----------
    dispositions : mapping, Series or DataFrame
        Counts of sampled cases by final disposition: I (complete interviews), P (partial ones), R (refusals and break-offs), NC (non-contacts), O
        (other eligible cases), UH and UO (unknown eligibility); NE (not eligible) where known. A DataFrame has a column for each and a row for each
        group, named by its index; a mapping of groups to counts is read alike. All but NE must be given, 0 where there was none.
    e : float, optional
        Share of the cases of unknown eligibility that are taken as eligible. Without it, it is the share of eligible cases among those whose
        eligibility is known, of each group; a warning says where NE is not given and that share therefore 1.

    Returns
    -------
    DataFrame
        One row a rate (and group): ``group`` or the names of the index, ``rate``, ``value`` between 0 and 1, ``formula``, ``numerator``,
        ``denominator``, ``e``. A rate whose denominator is 0 is empty.

    Raises
    ------
    DataError
        Unknown codes, codes that are not given, counts that are negative, fractional or missing; an `e` outside 0 to 1.

    Notes
    -----
    RR1, with all cases of unknown eligibility in the denominator, is the smallest response rate; RR5 and RR6, with none, are stated only where there
    are no such cases, or none of them can be eligible.

    References
    ----------
    American Association for Public Opinion Research (2023). *Standard Definitions: Final Dispositions of Case Codes and Outcome Rates for Surveys*.
    10th edition.
    Council of American Survey Research Organizations (1982). *On the Definition of Response Rates*. Port Jefferson, New York.

    Examples
    --------
    >>> rates = response_rates({"I": 600, "P": 50, "R": 150, "NC": 100, "O": 20, "UH": 60, "UO": 20, "NE": 230})
    >>> rates.set_index("rate").loc[["RR1", "RR3", "COOP1"], "value"].round(4).to_dict()
    {'RR1': 0.6, 'RR3': 0.6098, 'COOP1': 0.7317}
    """
    counts, grouped = _counted(dispositions)
    eligible = _eligible_share(counts, e)
    key = counts.index.to_frame(index=False)
    parts = [key.assign(**_rate(name, top, below, counts, eligible)) for name, (top, below) in RATES.items()]
    order = np.arange(len(parts) * len(key)).reshape(len(parts), len(key)).T.ravel()
    table = pd.concat(parts, ignore_index=True).iloc[order].reset_index(drop=True)
    return table if grouped else table.drop(columns=key.columns)


def _rate(name: str, top: str, below: str, counts: pd.DataFrame, eligible: Floats) -> dict[str, Any]:
    """The columns of one rate, one row a group."""
    numerator, denominator = (_sum(formula, counts, eligible) for formula in (top, below))
    formula = f"{top if top in DISPOSITIONS else f'({top})'} / ({below})"
    return {
        "rate": name,
        "value": divided(numerator, denominator),
        "formula": formula,
        "numerator": numerator,
        "denominator": denominator,
        "e": eligible,
    }


def _sum(formula: str, counts: pd.DataFrame, eligible: Floats) -> Floats:
    """The sum of the codes of a formula (groups,), those after ``e`` times the eligible share."""
    certain, _, unknown = (_CODE.findall(part) for part in formula.partition(" e "))
    total = counts[certain].to_numpy().sum(axis=1)
    return np.asarray(total + eligible * counts[unknown].to_numpy().sum(axis=1) if unknown else total)


def _counted(dispositions: Any) -> tuple[pd.DataFrame, bool]:
    """The counts as a table of floats, one row a group and one column a code, and whether groups were given."""
    if isinstance(dispositions, Mapping) and dispositions and all(isinstance(one, (Mapping, pd.Series)) for one in dispositions.values()):
        dispositions = pd.DataFrame({group: pd.Series(counts) for group, counts in dispositions.items()}).T
    grouped = isinstance(dispositions, pd.DataFrame)
    if not grouped and not isinstance(dispositions, (Mapping, pd.Series)):
        raise DataError(f"dispositions are {type(dispositions).__name__}; give counts by code, such as {{'I': 600, 'P': 50, ...}}")
    table = dispositions if grouped else pd.DataFrame([dict(dispositions)])
    _require_codes(list(table.columns))
    names = [name if name is not None else GROUP for name in table.index.names]
    taken = [name for name in names if name in COLUMNS or names.count(name) > 1]
    if taken:
        raise DataError(f"the index of the groups is called {some(taken)}, which the table of rates needs, or two levels share; rename it")
    numbers = table.apply(pd.to_numeric, errors="coerce").astype(np.float64).rename_axis(names)
    wrong = ~(np.isfinite(numbers) & (numbers >= 0) & (numbers == np.floor(numbers)))
    if wrong.to_numpy().any():
        row, column = np.argwhere(wrong.to_numpy())[0]
        where = f" in {some([numbers.index[row]])}" if grouped else ""
        raise DataError(
            f"the count of {table.columns[column]!r}{where} is {some([table.iloc[row, column]])}; give a whole number of cases, 0 or more"
        )
    return numbers, grouped


def _require_codes(given: list[Any]) -> None:
    unknown = [code for code in given if code not in DISPOSITIONS]
    known = "; ".join(f"{code} ({meaning})" for code, meaning in DISPOSITIONS.items())
    if unknown:
        raise DataError(f"{some(unknown)} is no disposition{nearest(unknown[0], DISPOSITIONS)}; the codes are {known}")
    twice = {code for code in given if given.count(code) > 1}
    if twice:
        raise DataError(f"dispositions hold {some(sorted(twice))} twice; give one count a code")
    lacking = [code for code in DISPOSITIONS if code not in given and code != INELIGIBLE]
    if lacking:
        raise DataError(f"dispositions lack {some(lacking, len(lacking))}; give 0 where there was no such case. The codes are {known}")


def _eligible_share(counts: pd.DataFrame, e: float | None) -> Floats:
    """The share (groups,) of cases of unknown eligibility that count as eligible."""
    if e is not None:
        if isinstance(e, (bool, str)) or not np.isscalar(e) or not 0 <= float(np.real(e)) <= 1:
            raise DataError(f"e is {e!r}; give the eligible share of unknown cases, between 0 and 1")
        return np.full(len(counts), float(np.real(e)))
    known = _sum(_KNOWN, counts, np.ones(len(counts)))
    if INELIGIBLE in counts.columns:
        return divided(known, known + counts[INELIGIBLE].to_numpy())
    if counts[["UH", "UO"]].to_numpy().any():
        text = "without the count of ineligible cases (NE) all cases of unknown eligibility are taken as eligible: e is 1, and RR3 is RR1"
        warnings.warn(f"{text}; give NE, or e", DataWarning, stacklevel=3)
    return np.ones(len(counts))
