"""A report as a document of a word processor: styles, tables whose headers repeat, pictures with their texts."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from kepuasan.report.cells import MADE, plain_text
from kepuasan.report.document import Code, Listing, Paragraph, Picture
from kepuasan.report.rendering.fitting import DRAWN, UPRIGHT, placed
from kepuasan.report.rendering.texts import code_name, held, right_to_left
from kepuasan.report.rendering.word_styles import set_styles
from kepuasan.report.rendering.word_tables import cards_xml, table_xml
from kepuasan.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kepuasan.report.document import Block, Document, Section
    from kepuasan.report.rendering.fitting import Fitted

__all__ = ["word_bytes"]

#: millimetres of A4, of its border, and of the tallest picture, upright and across
_SHORT, _LONG, _BORDER, _TALLEST = 210, 297, 20, {False: 225, True: 140}
#: dates of parts within the file
_DATE = (1980, 1, 1, 0, 0, 0)
#: tags of the language of texts
TAGS = {"id": "id-ID", "en": "en-US"}
_STYLES = {"plain": "Normal", "note": "Note", "small": "Small"}


def word_bytes(document: Document) -> bytes:
    """The report as the bytes of a .docx file; the same report gives the same bytes."""
    return _Writer(document).written()


class _Writer:
    """A report on its way to a file."""

    def __init__(self, document: Document) -> None:
        import docx

        self.document, self.language = document, document.language
        self.file = docx.Document()
        _drop_preview(self.file)
        self.across = False
        self.places = 0
        set_styles(self.file, TAGS[self.language])
        self._set_page()
        self._set_properties()

    def written(self) -> bytes:
        """All of it."""
        self._front()
        for section in self.document.sections:
            self._section(section)
        if self.document.absent:
            self._turn(across=False)
            self._heading(say("file.absent", self.language))
            for absent in self.document.absent:
                self._paragraph(absent.heading, "Heading 2")
                self._paragraph(absent.reason)
        target = io.BytesIO()
        self.file.save(target)
        return _repacked(target.getvalue())

    # ------------------------------------------------------------ page and properties

    def _set_page(self) -> None:
        from docx.shared import Mm

        page = self.file.sections[0]
        page.page_width, page.page_height = Mm(_SHORT), Mm(_LONG)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_BORDER)
        footer = page.footer.paragraphs[0]
        footer.alignment = 2
        for text, field in (("before", "PAGE"), ("between", "NUMPAGES")):
            footer.add_run(say(f"file.page.{text}", self.language))
            _field(footer, field, "1")

    def _set_properties(self) -> None:
        about = self.file.core_properties
        about.title = plain_text(self.document.title or self.document.finding)[:255]
        about.author = about.last_modified_by = "kepuasan"
        about.language = TAGS[self.language]
        about.comments = about.keywords = about.subject = about.category = ""
        about.created = about.modified = MADE
        about.revision = 1

    def _turn(self, *, across: bool) -> None:
        """Go on upright or across, on a new page where that changes."""
        from docx.enum.section import WD_ORIENT, WD_SECTION
        from docx.shared import Mm

        if across == self.across:
            return
        self.across = across
        page = self.file.add_section(WD_SECTION.NEW_PAGE)
        page.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
        page.page_width, page.page_height = (Mm(_LONG), Mm(_SHORT)) if across else (Mm(_SHORT), Mm(_LONG))

    # ------------------------------------------------------------ parts

    def _front(self) -> None:
        """Title, notes, the numbers that are read first, contents."""
        document = self.document
        if document.title:
            self._paragraph(document.title, "Subtitle")
        self._paragraph(document.finding, "Title")
        for note in document.notes:
            self._paragraph(note, "Note")
        if document.cards:
            self._put(cards_xml(document.cards, say("file.cards", self.language), UPRIGHT))
            self._paragraph("", "Small")
        headings = [section.heading for section in document.sections]
        headings += [say("file.absent", self.language)] if document.absent else []
        if len(headings) > 1:
            self._paragraph(say("file.contents", self.language), "Contents Heading")
            self._contents(headings)

    def _contents(self, headings: Sequence[str]) -> None:
        """A table of contents as the processor would make it, with links and without numbers of pages, which it alone knows."""
        lines = [self.file.add_paragraph(style="toc 1") for _ in headings]
        _begin_field(lines[0], r"TOC \o 1-1 \n \h \z")
        for place, (line, heading) in enumerate(zip(lines, headings, strict=True), start=1):
            _link(line, f"_Toc{place:06d}", plain_text(heading))
        _end_field(lines[-1])

    def _section(self, section: Section) -> None:
        blocks = placed(section)
        self._turn(across=bool(blocks) and blocks[0].across)
        self._heading(section.heading)
        for one in blocks:
            self._turn(across=one.across)
            for place, part in enumerate(one.parts, start=1):
                self._table(part, place, len(one.parts))
            self._block(one.block, kept=one.kept)

    def _block(self, block: Block, *, kept: bool) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block.text, _STYLES[block.kind]).paragraph_format.keep_with_next = kept or None
        elif isinstance(block, Listing):
            for text in block.items:
                self._paragraph(text, "List Bullet")
            for term, text in block.terms:
                self._paragraph(text, "List", term=term)
        elif isinstance(block, Code):
            self._paragraph(code_name(block.language, self.language), "Caption")
            self._paragraph(block.text, "Code")
        elif isinstance(block, Picture):
            self._picture(block)

    def _heading(self, text: str) -> None:
        """A heading that the contents lead to."""
        from docx.oxml.ns import qn

        self.places += 1
        paragraph = self._paragraph(text, "Heading 1")
        start, end = (_element(f"w:bookmark{kind}", {"id": str(self.places)}) for kind in ("Start", "End"))
        start.set(qn("w:name"), f"_Toc{self.places:06d}")
        paragraph._p.insert(1, start)
        paragraph._p.append(end)

    def _paragraph(self, text: str, style: str = "Normal", *, term: str = "") -> Any:
        paragraph = self.file.add_paragraph(style=style)
        shown = plain_text(text) if style == "Code" else held(plain_text(text))
        if term:
            paragraph.add_run(f"{plain_text(term)}: ").bold = True
        run = paragraph.add_run(shown)
        if right_to_left(shown):
            paragraph._p.get_or_add_pPr().append(_element("w:bidi"))
            run._r.get_or_add_rPr().append(_element("w:rtl"))
        return paragraph

    def _table(self, part: Fitted, place: int, parts: int) -> None:
        caption = part.table.caption
        if parts > 1:
            caption = say("file.table.part", self.language, caption=caption, part=place, parts=parts)
        self._paragraph(caption, "Caption")
        self._put(table_xml(part, plain_text(caption)))
        for note in part.table.notes:
            self._paragraph(note, "Small")
        self._paragraph("", "Small")

    def _put(self, xml: str) -> None:
        """Put a table at the end of the text."""
        from docx.oxml import parse_xml

        self.file.element.body._insert_tbl(parse_xml(xml))

    def _picture(self, picture: Picture) -> None:
        from docx.shared import Emu, Mm, Pt

        paragraph = self.file.add_paragraph(style="Figure")
        shape = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=Pt(DRAWN if self.across else UPRIGHT))
        tallest = Mm(_TALLEST[self.across])
        if shape.height > tallest:
            shape.width, shape.height = Emu(int(shape.width * tallest / shape.height)), tallest
        about = shape._inline.docPr
        about.set("name", plain_text(picture.name))
        about.set("descr", plain_text(picture.alt))
        self._paragraph(picture.caption, "Figure Caption")


# ---------------------------------------------------------------- elements


def _drop_preview(file: Any) -> None:
    """Take out the small picture of an empty page that a new document carries."""
    parts = file.part.package.rels
    for key in [key for key, one in parts.items() if one.reltype.endswith("/thumbnail")]:
        del parts[key]


def _element(name: str, values: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in (values or {}).items():
        element.set(qn(f"w:{key}"), value)
    return element


def _begin_field(paragraph: Any, code: str) -> None:
    for kind in ("begin", "", "separate"):
        run = paragraph.add_run()._r
        if kind:
            run.append(_element("w:fldChar", {"fldCharType": kind}))
        else:
            text = _element("w:instrText")
            text.text = f" {code} "
            run.append(text)


def _end_field(paragraph: Any) -> None:
    paragraph.add_run()._r.append(_element("w:fldChar", {"fldCharType": "end"}))


def _field(paragraph: Any, code: str, shown: str) -> None:
    """A field with what it shows until the processor fills it."""
    _begin_field(paragraph, code)
    paragraph.add_run(shown)
    _end_field(paragraph)


def _link(paragraph: Any, place: str, text: str) -> None:
    """A link to a place of the document."""
    link = _element("w:hyperlink", {"anchor": place, "history": "1"})
    run = paragraph.add_run(text)._r
    paragraph._p.append(link)
    link.append(run)


def _repacked(file: bytes) -> bytes:
    """The same file with fixed dates of its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            about = zipfile.ZipInfo(name, _DATE)
            about.compress_type, about.create_system, about.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            new.writestr(about, old.read(name))
    return target.getvalue()
