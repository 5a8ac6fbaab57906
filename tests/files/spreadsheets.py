"""Workbooks for tests: .ods written part by part, and parts of .xlsx changed."""

from __future__ import annotations

import datetime as dt
import zipfile
from html import escape

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def cell(value=None, *, repeat=1, span=1, covered=0, error=""):
    """A cell of an .ods: text, number, truth, date, datetime, time of day, an error, or nothing."""
    if covered:
        return f'<table:covered-table-cell table:number-columns-repeated="{covered}"/>'
    marks = f' table:number-columns-repeated="{repeat}"' if repeat > 1 else ""
    marks += f' table:number-columns-spanned="{span}" table:number-rows-spanned="1"' if span > 1 else ""
    if error:
        shown = ' office:string-value=""' if value is None else ""
        kind = f'office:value-type="string"{shown} calcext:value-type="error"'
        return f"<table:table-cell{marks} {kind}><text:p>{escape(error)}</text:p></table:table-cell>"
    if value is None:
        return f"<table:table-cell{marks}/>"
    return f"<table:table-cell{marks} {_typed(value)}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def _typed(value):
    if isinstance(value, bool):
        return f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    if isinstance(value, (int, float)):
        return f'office:value-type="float" office:value="{value}"'
    if isinstance(value, (dt.date, dt.datetime)):
        return f'office:value-type="date" office:date-value="{value.isoformat()}"'
    if isinstance(value, dt.time):
        return f'office:value-type="time" office:time-value="PT{value.hour:02}H{value.minute:02}M{value.second:02}S"'
    return 'office:value-type="string"'


def open_document(path, sheets, hidden=(), manifest=""):
    """An .ods with these rows of cells by sheet; a row may be a pair of repetitions and cells."""
    tables = []
    for name, rows in sheets.items():
        lines = [
            f'<table:table-row table:number-rows-repeated="{row[0]}">{"".join(row[1])}</table:table-row>'
            if isinstance(row, tuple)
            else f"<table:table-row>{''.join(row)}</table:table-row>"
            for row in rows
        ]
        style = "t2" if name in hidden else "t1"
        tables.append(f'<table:table table:name="{escape(name)}" table:style-name="{style}">{"".join(lines)}</table:table>')
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _SPACES.items())
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("t1", "true"), ("t2", "false"))
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _KIND)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}">{manifest}</manifest:file-entry></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>'
            f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def repacked(source, target, part, change):
    """A zipped workbook with one of its parts changed."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[part] = change(members[part])
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def plain_workbook(path, rows, *, text="shared", places=True, hidden=(), before="", start=0, below=""):
    """An .xlsx with these rows as other programs than Excel write them.

    Texts are `shared`, `inline`, in `runs` of formats, or results of formulas (`str`); without `places` cells and rows do not say where they
    are. `hidden` rows count from 0; `start` empty rows stand above.
    """
    shared = {}
    lines = []
    for number, row in enumerate(rows, start=start + 1):
        cells = [_xml_cell(value, f' r="{_letters(place)}{number}"' if places else "", text, shared) for place, value in enumerate(row)]
        marks = (f' r="{number}"' if places else "") + (' hidden="1"' if number - start - 1 in hidden else "")
        lines.append(f"<row{marks}>{''.join(cells)}</row>")
    strings = "".join(f'<si><t xml:space="preserve">{escape(one)}</t></si>' for one in shared)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations({"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("sharedStrings", "sharedStrings.xml")}),
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{"".join(lines)}{below}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _relations(targets):
    lines = (f'<Relationship Id="{one}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for one, (kind, target) in targets.items())
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _xml_cell(value, place, text, shared):
    if value is None:
        return f"<c{place}/>"
    if isinstance(value, bool):
        return f'<c{place} t="b"><v>{int(value)}</v></c>'
    if not isinstance(value, str):
        return f"<c{place}><v>{value!r}</v></c>"
    if value.startswith("#"):
        return f'<c{place} t="e"><v>{value}</v></c>'
    if text == "shared":
        return f'<c{place} t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'
    if text == "str":
        return f'<c{place} t="str"><f>A1</f><v>{escape(value)}</v></c>'
    parts = [value] if text == "inline" else [value[:1], value[1:]]
    runs = "".join(f'<r><rPr><b/></rPr><t xml:space="preserve">{escape(part)}</t></r>' for part in parts)
    return f'<c{place} t="inlineStr"><is>{runs if text == "runs" else runs.removeprefix("<r><rPr><b/></rPr>").removesuffix("</r>")}</is></c>'


def _letters(place):
    return chr(65 + place) if place < 26 else _letters(place // 26 - 1) + chr(65 + place % 26)
