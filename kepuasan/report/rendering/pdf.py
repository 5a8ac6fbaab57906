"""A report on paper: tagged PDF, set by typst from a template that takes every text as data."""

from __future__ import annotations

import calendar
import json
import re
import warnings
from importlib import resources
from typing import TYPE_CHECKING, Any

from kepuasan.display.fonts import font_folder, text_width
from kepuasan.display.glyphs import squared
from kepuasan.display.numbers import NONE
from kepuasan.errors import DataWarning, KepuasanError
from kepuasan.report.cells import MADE, plain_text
from kepuasan.report.document import Code, Listing, Paragraph, Picture
from kepuasan.report.rendering.fitting import ACROSS, AROUND, DRAWN, UPRIGHT, placed
from kepuasan.report.rendering.texts import code_name, held, parted
from kepuasan.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kepuasan.report.document import Block, Card, Document, Section
    from kepuasan.report.rendering.fitting import Fitted

__all__ = ["pdf_bytes"]

#: points of the letters of a line, of the title, and of a card: its label, its value where it is short, another one, what belongs to it
_BODY, _TITLE, _LABEL, _SHORT, _VALUE, _DETAIL = 10.0, 19.0, 8.5, 18.0, 12.0, 8.0
#: points between cards and around their texts, and of the indents of notes and lists
_BETWEEN, _WITHIN, _INSET = 8.0, 16.0, 30.0
#: millimetres of the tallest figure, upright and across
_TALLEST = {False: 225, True: 140}
#: rows whose text is longer may be cut by the end of a page
_WHOLE = 900
#: how much a line may be fuller than its room, for widths are rounded
_SLACK = 0.02
#: what the file promises to readers who do not see it
_STANDARD = "ua-1"


def pdf_bytes(document: Document) -> bytes:
    """The report as the bytes of a .pdf file; the same report gives the same bytes."""
    import typst

    compiled: Any = typst.compile
    data = json.dumps(_Report(document).data(), ensure_ascii=False)
    template = resources.files("kepuasan.report.rendering").joinpath("pdf.typ").read_bytes()
    look: dict[str, Any] = {
        "font_paths": [str(font_folder())],
        "ignore_system_fonts": True,
        "format": "pdf",
        "timestamp": calendar.timegm(MADE.timetuple()),
    }
    for text in (data, squared(data)):
        try:
            made: bytes = compiled(template, sys_inputs={"report": text}, pdf_standards=[_STANDARD], **look)
        except typst.TypstError as error:
            refused: Exception = error
        else:
            return made
    return _unpromised(template, look | {"sys_inputs": {"report": data}}, refused)


def _unpromised(template: bytes, look: dict[str, Any], refused: Exception) -> bytes:
    """The report without the promise of the standard, where a text cannot be told under it."""
    import typst

    try:
        made: bytes = typst.compile(template, **look)
    except typst.TypstError as error:
        raise KepuasanError(f"the PDF cannot be set: {error}; write .docx or .html") from error
    warnings.warn(f"the PDF is tagged but is not PDF/UA-1: {refused}", DataWarning, stacklevel=4)
    return made


class _Report:
    """A report as the template takes it: texts, numbers and lists."""

    def __init__(self, document: Document) -> None:
        self.document, self.language = document, document.language

    def data(self) -> dict[str, Any]:
        """All of it."""
        document = self.document
        groups = list(self._groups())
        return {
            "language": self.language,
            "name": " ".join(plain_text(document.title or document.finding).split()) or NONE,
            "title": _text(document.title),
            "finding": _heading(document.finding),
            "notes": [_text(note) for note in document.notes],
            "cards": [_card(one, (UPRIGHT + _BETWEEN) / len(document.cards) - _BETWEEN - _WITHIN) for one in document.cards],
            "words": {
                "contents": say("file.contents", self.language),
                "page-before": say("file.page.before", self.language),
                "page-between": say("file.page.between", self.language),
            },
            "headings": len(document.sections) + bool(document.absent),
            "groups": groups,
        }

    def _groups(self) -> Iterator[dict[str, Any]]:
        """Blocks that follow each other on pages that stand one way."""
        across = False
        blocks: list[dict[str, Any]] = []
        for turned, block in self._turned():
            if turned != across and blocks:
                yield {"across": across, "blocks": blocks}
                blocks = []
            across = turned
            blocks.append(block)
        if blocks:
            yield {"across": across, "blocks": blocks}

    def _turned(self) -> Iterator[tuple[bool, dict[str, Any]]]:
        """Each block, and whether it is read across."""
        for section in self.document.sections:
            yield from self._section(section)
        if self.document.absent:
            yield False, {"kind": "heading", "level": 1, "text": say("file.absent", self.language)}
            for absent in self.document.absent:
                yield False, {"kind": "heading", "level": 2, "text": _heading(absent.heading)}
                yield False, {"kind": "plain", "text": _text(absent.reason), "kept": False}

    def _section(self, section: Section) -> Iterator[tuple[bool, dict[str, Any]]]:
        blocks = placed(section)
        yield bool(blocks) and blocks[0].across, {"kind": "heading", "level": 1, "text": _heading(section.heading)}
        for one in blocks:
            for place, part in enumerate(one.parts, start=1):
                yield one.across, self._table(part, place, len(one.parts))
            yield from (
                (one.across, {**told, "kept": one.kept, "tall": _TALLEST[one.across], "wide": DRAWN}) for told in self._plain_block(one.block)
            )

    def _table(self, part: Fitted, place: int, parts: int) -> dict[str, Any]:
        table, last = part.table, len(part.table.rows) - 1
        caption = table.caption
        if parts > 1:
            caption = say("file.table.part", self.language, caption=caption, part=place, parts=parts)
        rooms = [max((width - AROUND) / part.size, 1.0) + _SLACK for width in part.widths]
        line = (ACROSS if part.across else UPRIGHT) / _BODY
        return {
            "kind": "table",
            "caption": _heading(caption, line),
            "header": [_text(cell, room, bold=True) for cell, room in zip(table.header, rooms, strict=True)],
            "rows": [
                [_text(cell, room, bold=table.total and at == last) for cell, room in zip(row, rooms, strict=True)]
                for at, row in enumerate(table.rows)
            ],
            "whole": part.whole,
            "long": [at for at, row in enumerate(table.rows) if max(map(len, row), default=0) >= _WHOLE],
            "left": [at for at in range(len(table.header)) if at < table.heads or at in table.text],
            "widths": list(part.widths),
            "size": part.size,
            "total": table.total,
            "notes": [_text(note) for note in table.notes],
        }

    def _plain_block(self, block: Block) -> Iterator[dict[str, Any]]:
        """A block that is no table."""
        if isinstance(block, Paragraph):
            yield {"kind": block.kind, "text": _text(block.text)}
        elif isinstance(block, Listing):
            if block.items:
                yield {"kind": "items", "items": [_text(one) for one in block.items]}
            if block.terms:
                yield {"kind": "terms", "terms": [[_text(term), _text(text)] for term, text in block.terms]}
        elif isinstance(block, Code):
            yield {"kind": "code", "language": _text(code_name(block.language, self.language)), "text": plain_text(block.text)}
        elif isinstance(block, Picture):
            alt = plain_text(block.alt or block.caption).strip() or block.name
            yield {"kind": "picture", "caption": _text(block.caption), "alt": alt, "svg": block.svg.decode("utf-8"), "ratio": _ratio(block.svg)}


def _text(text: str, room: float = (UPRIGHT - _INSET) / _BODY, *, bold: bool = False) -> str:
    """A text as paper can hold it, in lines of so many heights of its letters."""
    return parted(held(plain_text(text).replace("\t", " ")), room, bold=bold)


def _card(card: Card, room: float) -> dict[str, Any]:
    """A number that is read first, in a card of so many points."""
    size = _SHORT if text_width(card.value, bold=True) * _SHORT <= room else _VALUE
    details = [_text(line, room / _DETAIL) for line in card.details]
    label, value = _text(card.label, room / _LABEL, bold=True), _text(card.value, room / size, bold=True)
    return {"label": label, "value": value, "size": size, "details": details}


def _heading(text: str, room: float = UPRIGHT / _TITLE) -> str:
    """A text that is never empty."""
    return _text(text, room, bold=True) if plain_text(text).strip() else NONE


def _ratio(svg: bytes) -> float:
    """Width over height of a figure."""
    found = re.search(rb'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"', svg[:4000])
    return float(found[1]) / float(found[2]) if found else 1.0
