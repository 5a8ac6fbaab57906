"""Answers put on a page: one tree of results, and the tables, figures and files made of it."""

from __future__ import annotations

from kepuasan.report.findings import ResultTree
from kepuasan.report.gathering import gather_results
from kepuasan.report.publication.sheet import publication_sheet
from kepuasan.report.request import Against, Fieldwork, Group, Plan, ReportRequest, Suppression
from kepuasan.report.writing import write_outputs, write_report

__all__ = [
    "Against",
    "Fieldwork",
    "Group",
    "Plan",
    "ReportRequest",
    "ResultTree",
    "Suppression",
    "gather_results",
    "publication_sheet",
    "write_outputs",
    "write_report",
]
