"""Answers put on a page: one tree of results, and the tables, figures and page made of it."""

from __future__ import annotations

from kepuasan.report.results import Request, ResultTree, gather
from kepuasan.report.sheet import publication_sheet
from kepuasan.report.writing import write_outputs

__all__ = ["Request", "ResultTree", "gather", "publication_sheet", "write_outputs"]
