"""A report in a file: every kind of file by its suffix, each from the same document."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kepuasan.report.document import Document

__all__ = ["RENDERERS", "rendered"]

#: what makes the bytes of a report, by the suffix of its file
RENDERERS = {".html": "page:page_bytes", ".xlsx": "workbook:workbook_bytes", ".docx": "word:word_bytes", ".pdf": "pdf:pdf_bytes"}


def rendered(document: Document, suffix: str) -> bytes:
    """The bytes of a report; the same document gives the same bytes."""
    module, function = RENDERERS[suffix].split(":")
    made: bytes = getattr(importlib.import_module(f"kepuasan.report.rendering.{module}"), function)(document)
    return made
