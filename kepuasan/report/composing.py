"""From results to a report in one language: title, cards, and the parts in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from kepuasan.report.cleaning import cleaned
from kepuasan.report.document import Absent, Document, Section
from kepuasan.report.parts.answers import answers_part
from kepuasan.report.parts.audit import audit_part
from kepuasan.report.parts.change import change_part
from kepuasan.report.parts.follow_up import follow_up_part
from kepuasan.report.parts.groups import groups_part
from kepuasan.report.parts.headline import cards, finding
from kepuasan.report.parts.importance import importance_part
from kepuasan.report.parts.league import league_part
from kepuasan.report.parts.method import method_part
from kepuasan.report.parts.moved import moved_part
from kepuasan.report.parts.populations import populations_part
from kepuasan.report.parts.questionnaire import questionnaire_part
from kepuasan.report.parts.record import record_part
from kepuasan.report.voice import Voice

if TYPE_CHECKING:
    from kepuasan.report.findings import ResultTree

__all__ = ["PARTS", "compose"]

Part: TypeAlias = Callable[["ResultTree", Voice], Section | Absent]

#: the parts in order, by the key of each
PARTS: Mapping[str, Part] = {
    "change": change_part,
    "answers": answers_part,
    "league": league_part,
    "importance": importance_part,
    "moved": moved_part,
    "groups": groups_part,
    "populations": populations_part,
    "follow_up": follow_up_part,
    "method": method_part,
    "questionnaire": questionnaire_part,
    "record": record_part,
    "audit": audit_part,
}


def compose(results: ResultTree, language: str) -> Document:
    """The report of the results in a language.

    Parameters
    ----------
    results : ResultTree
        From `gather_results`.
    language : {"id", "en"}

    Returns
    -------
    Document
        What every renderer takes; parts without data are in its ``absent``.
    """
    voice = Voice(language, results.decimals, "\N{MINUS SIGN}")
    made = [part(results, voice) for part in PARTS.values()]
    document = Document(
        language=language,
        title=voice.text(results.request.title),
        finding=finding(results, voice),
        cards=cards(results, voice),
        sections=tuple(one for one in made if isinstance(one, Section)),
        notes=tuple(note[language] for note in results.request.notes),
        absent=tuple(one for one in made if isinstance(one, Absent)),
    )
    return cleaned(document)
