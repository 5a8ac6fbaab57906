"""Styles of a document of a word processor: those it knows, in our dress, and a few of our own."""

from __future__ import annotations

from typing import Any

__all__ = ["TABLE_STYLE", "set_styles"]

#: the id of the style of tables
TABLE_STYLE = "KepuasanTable"
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FONT, _MONO = "Calibri", "Consolas"
_INK, _DARK, _QUIET = "1F1F1F", "0B3D66", "4A4A4A"


def _space(before: int, after: int) -> str:
    return f'<w:spacing w:before="{20 * before}" w:after="{20 * after}" w:line="259" w:lineRule="auto"/>'


def _letters(size: float, *, bold: bool = False, colour: str = _INK, italic: bool = False, font: str = _FONT) -> str:
    weight = "<w:b/><w:bCs/>" if bold else ""
    slope = "<w:i/><w:iCs/>" if italic else ""
    half = int(2 * size)
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    return f'{fonts}{weight}{slope}<w:color w:val="{colour}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


_KEPT = "<w:keepNext/><w:keepLines/>"
_BAR = '<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="8A6100"/></w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="FBF6EA"/>'
_CODE = '<w:shd w:val="clear" w:color="auto" w:fill="F3F3F3"/><w:spacing w:before="0" w:after="160" w:line="240" w:lineRule="auto"/>'

#: name of a style: its paragraphs and its letters
_STYLES: dict[str, tuple[str, str]] = {
    "Normal": (_space(0, 7), _letters(10.5)),
    "Title": (_KEPT + _space(0, 10), _letters(20, bold=True, colour=_DARK)),
    "Subtitle": (_KEPT + _space(0, 2), _letters(11, colour=_QUIET)),
    "Heading 1": (_KEPT + _space(18, 6) + '<w:outlineLvl w:val="0"/>', _letters(15, bold=True, colour=_DARK)),
    "Heading 2": (_KEPT + _space(10, 3) + '<w:outlineLvl w:val="1"/>', _letters(12, bold=True, colour=_DARK)),
    "Caption": (_KEPT + _space(10, 4), _letters(10, bold=True)),
    "Contents Heading": (_KEPT + _space(12, 4), _letters(12, bold=True, colour=_DARK)),
    "Figure": (_KEPT + _space(8, 2), _letters(10.5)),
    "Figure Caption": (_space(0, 12), _letters(9.5, colour=_QUIET)),
    "Note": (_BAR + _space(4, 8), _letters(10.5)),
    "Small": ("<w:keepLines/>" + _space(2, 2), _letters(9, colour=_QUIET)),
    "Code": (_CODE, _letters(8, font=_MONO)),
    "Cell": (_space(0, 0), _letters(9)),
    "toc 1": (_space(0, 3), _letters(10.5, colour=_DARK)),
    "List": ('<w:spacing w:before="0" w:after="60"/><w:ind w:left="284" w:hanging="284"/>', _letters(10.5)),
}


def set_styles(file: Any, tag: str) -> None:
    """Dress a new document; its texts are in the language of a tag such as "id-ID"."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn

    known = {style.name for style in file.styles}
    for name, (paragraph, letters) in _STYLES.items():
        style = file.styles[name] if name in known else file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name[0].islower())
        if name not in known:
            style.base_style = file.styles["Normal"]
        for part in ("w:pPr", "w:rPr"):
            for old in style.element.findall(qn(part)):
                style.element.remove(old)
        style.element.append(_parsed(f"<w:pPr {_NAMESPACE}>{paragraph}</w:pPr>"))
        style.element.append(_parsed(f"<w:rPr {_NAMESPACE}>{letters}</w:rPr>"))
        style.hidden = style.unhide_when_used = False
        style.quick_style = True
    file.styles.element.append(_parsed(_table_style()))
    language = file.styles.element.find(f".//{qn('w:lang')}")
    for key in ("val", "eastAsia"):
        language.set(qn(f"w:{key}"), tag)
    file.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), tag)


def _parsed(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(xml)


def _table_style() -> str:
    """Lines between rows; a header on a quiet ground."""
    thin, thick = (f'w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"' for size, colour in ((4, "C9C9C9"), (8, "555555")))
    borders = f"<w:top {thick}/><w:bottom {thick}/><w:insideH {thin}/>"
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in (("top", 30), ("left", 80), ("bottom", 30), ("right", 80)))
    return (
        f'<w:style {_NAMESPACE} w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}"><w:name w:val="Kepuasan Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
    )
