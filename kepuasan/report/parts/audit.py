"""Code by which auditors find the same numbers with other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kepuasan.report.auditing.plan import audit_of
from kepuasan.report.auditing.r_code import r_code
from kepuasan.report.auditing.stata_code import stata_code
from kepuasan.report.document import Code, Paragraph, Section

if TYPE_CHECKING:
    from kepuasan.report.findings import ResultTree
    from kepuasan.report.voice import Voice

__all__ = ["audit_part"]


def audit_part(results: ResultTree, voice: Voice) -> Section:
    """The run in R, whose numbers equal those of the report, and in Stata, which was not run."""
    plan = audit_of(results, voice.language)
    return Section(
        "audit",
        voice.say("heading.audit"),
        (
            Paragraph(voice.say("audit.lead")),
            Paragraph(voice.say("audit.lead.r")),
            Code("r", r_code(plan, voice.say)),
            Paragraph(voice.say("audit.lead.stata")),
            Code("stata", stata_code(plan, voice.say)),
        ),
    )
