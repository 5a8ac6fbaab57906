"""All checks of a survey, as a table and as problems."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.errors import choose
from kepuasan.problems import Problem
from kepuasan.quality.answers import answers, off_scale
from kepuasan.quality.dates import dates
from kepuasan.quality.duplicates import duplicates
from kepuasan.quality.findings import Finding, listed
from kepuasan.quality.lines import straight_lines
from kepuasan.quality.personal import personal, recognised
from kepuasan.quality.spellings import spellings
from kepuasan.quality.subject import Subject
from kepuasan.quality.weighting import sampling
from kepuasan.survey import require_survey
from kepuasan.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kepuasan.quality.weighting import Population
    from kepuasan.specification import Specs
    from kepuasan.survey import Survey

__all__ = ["COLUMNS", "as_problem", "check_survey", "problems_of"]

COLUMNS = ("code", "severity", "column", "rows", "count", "message", "advice")
#: rows of a finding that are kept
_KEPT = 100
#: what stands for cells of personal columns; the places of words that cells fill, and those where the ends of other cells stand
_HIDDEN, _CELLS, _ENDS = "***", frozenset({"found", "first", "strata", "group"}), {"KP211": ("low", "high")}
_ORDER = ("error", "warning", "note")


def check_survey(survey: Survey, *, population: Population | None = None, spec: Specs | None = None, language: str = "en") -> pd.DataFrame:
    """What is wrong or odd in a survey's data: respondents twice, one answer to everything, impossible dates, weights, personal data.

    Parameters
    ----------
    survey : Survey
    population : float or {column: {code: total}}, optional
        What the weights should sum to, within 5 %.
    spec : IndexSpec, optional
        The index: answers off its scale are errors, and its items are looked at more closely. Without it the codebook's.
    language : {"id", "en"}
        Language of messages.

    Returns
    -------
    DataFrame
        One row a finding, errors first: code, severity ("error", "warning", "note"), column, rows (labels of the index of ``survey.frame``,
        the first 100), count (rows, cells or groups it is about), message (what is so), advice (what to do). No row where nothing was found.
        Cells of columns that look like personal data are not shown.

    Raises
    ------
    DataError
        What is no survey; a population that names no column of it.
    ChoiceError
        An unknown language.

    Examples
    --------
    >>> from kepuasan.survey import Survey
    >>> survey = Survey(pd.DataFrame({"nik": [3171, 3172, 3172, *range(4000, 4020)], "umur": [31, 45, 450, *range(20, 40)]}))
    >>> check_survey(survey)[["code", "column", "rows", "count"]]
        code column    rows  count
    0  KP200    nik  [1, 2]      2
    1  KP210   umur     [2]      1
    """
    require_survey(survey)
    choose("language", language, LANGUAGES)
    found = _sorted(survey, _findings(Subject(survey, spec), population))
    rows = []
    for one in found:
        problem = as_problem(one)
        labels = survey.frame.index[one.places[:_KEPT]].tolist()
        rows.append((one.code, problem.severity, one.column, labels, problem.count, problem.said(language), problem.advice(language)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def problems_of(
    survey: Survey,
    *,
    file: str = "",
    sheet: str = "",
    rows_of: Callable[[Any], Sequence[int]] | None = None,
    population: Population | None = None,
    spec: Specs | None = None,
) -> list[Problem]:
    """The findings of `check_survey` as problems of a file.

    Parameters
    ----------
    file, sheet : str
        Where the rows come from.
    rows_of : callable, optional
        Positions of rows in the frame -> rows of the file; without it they are counted from 1.
    """
    return [as_problem(one, file=file, sheet=sheet, rows_of=rows_of) for one in _sorted(survey, _findings(Subject(survey, spec), population))]


def as_problem(found: Finding, *, file: str = "", sheet: str = "", rows_of: Callable[[Any], Sequence[int]] | None = None) -> Problem:
    """A finding as a problem of a file."""
    places = found.places[:_KEPT]
    rows = tuple(int(row) for row in (places + 1 if rows_of is None else rows_of(places))) if places.size else ()
    return Problem(found.code, found.values, file, sheet, found.column, rows, len(found.places) or found.count)


def _findings(subject: Subject, population: Population | None) -> list[Finding]:
    """All findings, by positions in the survey's frame, and without the cells of personal columns."""
    kinds, off = recognised(subject), list(_off_scale(subject))
    columns = {one.column for one in off}
    rest = [*duplicates(subject), *straight_lines(subject), *dates(subject), *answers(subject), *spellings(subject), *sampling(subject, population)]
    found = [*off, *(one for one in rest if one.code != "KP211" or one.column not in columns), *personal(subject, kinds)]
    return [replace(one, places=subject.places[one.places], values=_shown(one, kinds)) for one in found]


def _shown(one: Finding, kinds: Mapping[str, str]) -> Mapping[str, Any]:
    """What fills the words of a finding; cells of personal columns are not shown, but impossible ages by dates of birth are."""
    kind = kinds.get(one.column, "")
    if not kind or (one.code == "KP210" and kind == "birth"):
        return one.values
    return {**one.values, **dict.fromkeys([*(_CELLS & one.values.keys()), *_ENDS.get(one.code, ())], _HIDDEN)}


def _off_scale(subject: Subject) -> Iterator[Finding]:
    """Answers off the scale of their item, of the specification's before the codebook's."""
    for name in subject.frame.columns:
        scale = subject.scale(name)
        rows = np.empty(0, dtype=np.intp) if scale is None else off_scale(subject, name, scale)
        if scale is not None and len(rows):
            values = {"low": f"{scale.low:g}", "high": f"{scale.high:g}", "found": listed(subject.frame[name].iloc[rows].unique())}
            yield Finding("KP012", values, name, rows, rows.size)


def _sorted(survey: Survey, found: Sequence[Finding]) -> list[Finding]:
    """Errors first, then by the order of the columns; findings on whole rows before them."""
    place = {name: number for number, name in enumerate(survey.frame.columns)}
    return sorted(found, key=lambda one: (_ORDER.index(as_problem(one).severity), place.get(one.column, -1), one.code))
