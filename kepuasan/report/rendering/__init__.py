"""A report in a file: every kind of file by its suffix, each from the same document."""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kepuasan.report.document import Document

__all__ = ["NEEDS", "RENDERERS", "lacking", "rendered"]

#: what makes the bytes of a report, by the suffix of its file
RENDERERS = {".html": "page:page_bytes", ".xlsx": "workbook:workbook_bytes", ".docx": "word:word_bytes", ".pdf": "pdf:pdf_bytes"}

#: the module that a kind of report needs beyond what every run needs, and the package it is in
NEEDS = {".docx": ("docx", "python-docx"), ".pdf": ("typst", "typst")}


def lacking(suffixes: Iterable[str]) -> dict[str, str]:
    """The kinds of reports that cannot be written, and the package that each lacks."""
    wanted = set(suffixes)
    return {suffix: package for suffix, (module, package) in NEEDS.items() if suffix in wanted and importlib.util.find_spec(module) is None}


def rendered(document: Document, suffix: str) -> bytes:
    """The bytes of a report; the same document gives the same bytes."""
    module, function = RENDERERS[suffix].split(":")
    made: bytes = getattr(importlib.import_module(f"kepuasan.report.rendering.{module}"), function)(document)
    return made
