"""Personal data as findings, columns and cells not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kepuasan.codebook.personal import personal_kind
from kepuasan.errors import choose
from kepuasan.quality.findings import Finding, Number, Words
from kepuasan.quality.subject import Subject
from kepuasan.survey import require_survey
from kepuasan.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kepuasan.survey import Survey

__all__ = ["personal", "personal_columns", "recognised"]


def personal(subject: Subject, kinds: Mapping[str, str]) -> Iterator[Finding]:
    """One finding for each column that looks like personal data and is not declared as such."""
    for name, reason in kinds.items():
        if subject.item(name).role != "personal" or "role" in subject.item(name).guessed:
            n = subject.counted(name).answered
            yield Finding("KP230", {"reason": Words(f"problem.personal.{reason}"), "count": Number(n)}, name, count=n)


def personal_columns(survey: Survey, *, language: str = "en") -> dict[str, str]:
    """Columns that look like personal data, and what they were recognised as.

    Parameters
    ----------
    survey : Survey
    language : {"id", "en"}
        Language of what is said.

    Returns
    -------
    dict of column to str
        Columns that the codebook declares personal, columns whose name says so and whose cells do not speak against it, and columns whose cells look
        like it: national identity numbers, telephone numbers, e-mail addresses, coordinates, IP addresses. Of long columns some
        20,000 cells, spread over all rows, are looked at.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan.survey import Survey
    >>> personal_columns(Survey(pd.DataFrame({"kontak": ["ani@contoh.id", "budi@contoh.id"], "u1": [3, 4]})))
    {'kontak': 'e-mail address'}
    """
    require_survey(survey)
    choose("language", language, LANGUAGES)
    return {name: f"{Words(f'problem.personal.{reason}'):{language}}" for name, reason in recognised(Subject(survey)).items()}


def recognised(subject: Subject) -> dict[str, str]:
    """Columns that look like personal data or are declared so, and their kind."""
    found: dict[str, str] = {}
    design = subject.survey.design.declaration.all_columns()
    for name in subject.frame.columns:
        item = subject.item(name)
        if item.role == "personal" and "role" not in item.guessed:
            found[name] = "declared"
        elif not item.values and item.scale is None and name not in design:
            reason = personal_kind(name, subject.answers(name))
            if reason:
                found[name] = reason
    return found
