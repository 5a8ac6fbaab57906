"""Every word the reader of a result sees, in Indonesian and in English.

One catalogue, a file for each kind of reading, so that a translator needs no other room. Words about change say what accounts for a difference, never
what caused it.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from kepuasan.wording import (
    drafting,
    figures,
    files,
    groups,
    method,
    page,
    pipeline,
    problems,
    publication,
    reasons,
    report,
    results,
    suppression,
    system,
    toml,
)

__all__ = ["CATALOGUE", "LANGUAGES", "Language", "incomplete", "say"]

Language: TypeAlias = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")

#: what a label or a sentence is called, and its text by language; placeholders in braces
CATALOGUE: dict[str, dict[str, str]] = {
    **report.WORDS,
    **pipeline.WORDS,
    **drafting.WORDS,
    **reasons.WORDS,
    **groups.WORDS,
    **method.WORDS,
    **files.WORDS,
    **results.WORDS,
    **figures.WORDS,
    **publication.WORDS,
    **problems.WORDS,
    **page.WORDS,
    **suppression.WORDS,
    **system.WORDS,
    **toml.WORDS,
}


def say(key: str, language: Language | str, **values: object) -> str:
    """The text of a key in a language, its placeholders filled.

    Parameters
    ----------
    key : str
        A key of `CATALOGUE`.
    language : {"id", "en"}
        Language of the text.
    **values
        What stands in the placeholders; numbers are formatted beforehand.

    Raises
    ------
    KeyError
        A key, a language or a placeholder that the catalogue does not have.

    Examples
    --------
    >>> say("interval", "id", low="1,2", high="3,4")
    '1,2 s.d. 3,4'
    >>> say("interval", "en", low="1.2", high="3.4")
    '1.2 to 3.4'
    """
    return CATALOGUE[key][language].format(**values)


def incomplete(n: int) -> str:
    """What the text of a result adds where rows were left out; nothing where none was.

    Examples
    --------
    >>> incomplete(113), incomplete(0)
    (' (113 rows lack an answer and are left out)', '')
    """
    return f" ({say('rows.incomplete.one' if n == 1 else 'rows.incomplete', 'en', n=f'{n:,}')})" if n else ""
