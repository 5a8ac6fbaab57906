"""What an .ods declares in its part of contents besides the values: extents, merged areas, cells that are errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from kepuasan.files.zipped import Area, Cell, Marks, Package, with_part

__all__ = ["marks_of_table", "tables_of", "with_plain_breaks"]

#: rows in which merged areas are looked for
_HEADS = 40
#: so many repetitions of a cell or row may be what people meant
_REPEATED = 1000

_TABLE = re.compile(rb'<table:table\s[^>]*?table:name="([^"]*)"[^>]*>')
_ROW = re.compile(rb"<table:table-row\b([^>]*)>")
_CELL = re.compile(rb"<table:(covered-)?table-cell\b([^>]*)>")
_REPEAT = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')
_WIDE = re.compile(rb'number-columns-repeated="(\d{4,})"')
_SPAN = re.compile(rb'number-(rows|columns)-spanned="(\d+)"')
_CONTENT = (b"<text:p", b"office:value-type", b"office:string-value")
_ERROR = re.compile(rb'<table:table-cell\b[^>]*value-type="error"')
_UNCOMPUTED = re.compile(rb"<table:table-cell\b(?=[^>]*table:formula=)(?![^>]*value-type)[^>]*>")
_HIDDEN = re.compile(rb'table:visibility="(?:collapse|filter)"')
_BREAKS = {re.compile(rb"<text:tab\b[^>]*?(?:/>|></text:tab>)"): b"\t", re.compile(rb"<text:line-break\b[^>]*?(?:/>|></text:line-break>)"): b"\n"}
_TEXT = re.compile(rb"<text:p[^>]*>([^<]*)<")


def tables_of(package: Package) -> dict[str, bytes]:
    """The contents of each sheet, as they are written."""
    data = package.archive.read(_content(package))
    found = list(_TABLE.finditer(data))
    ends = [*(after.start() for after in found[1:]), len(data)]
    return {unescape(table[1].decode("utf-8", "replace")): data[table.end() : end] for table, end in zip(found, ends, strict=False)}


def with_plain_breaks(package: Package) -> bytes | None:
    """The bytes of an .ods with tabs and line breaks within texts written out, which calamine leaves out; None where there are none."""
    data = package.archive.read(_content(package))
    if b"<text:tab" not in data and b"<text:line-break" not in data:
        return None
    for tag, text in _BREAKS.items():
        data = tag.sub(text, data)
    return with_part(package, _content(package), data)


def _content(package: Package) -> str:
    return next(name for name in package.archive.namelist() if name.lower() == "content.xml")


def marks_of_table(table: bytes) -> Marks:
    """What stands in a sheet besides the values."""
    filled = table.count(b"office:value-type") or table.count(b"<text:p")
    end = max(table.rfind(mark) for mark in _CONTENT)
    height = sum(repeat for _, repeat, start in _rows(table) if start < end)
    width = max([702, *(int(found[1]) for found in _WIDE.finditer(table) if _reaches(table, found.end()))])
    several = len(_ROW.findall(table, 0, 200_000)) > 1 and table.count(b"office:value-type", 0, 200_000) > 3
    hidden = tuple((first, min(end, height)) for first, end in _hidden(table) if first < height)
    return Marks(filled, (height, width), tuple(_merged(table)), tuple(_errors(table)), tuple(_uncomputed(table)), hidden, several)


def _rows(table: bytes) -> Iterator[tuple[int, int, int]]:
    """Number from 0, repetitions and place in the part of each row."""
    row = 0
    for found in _ROW.finditer(table):
        repeat = _repeated(found[1])
        yield row, repeat, found.start()
        row += repeat


def _repeated(attributes: bytes) -> int:
    found = _REPEAT.search(attributes)
    return int(found[1][:9]) if found else 1


def _reaches(table: bytes, place: int) -> bool:
    """Whether the repeated cell at a place holds something, or one after it in its row."""
    end = table.find(b"</table:table-row>", place)
    return any(table.find(mark, place, end) >= 0 for mark in _CONTENT) or table.rfind(b"value-type", table.rfind(b"<", 0, place), place) >= 0


def _merged(table: bytes) -> Iterator[Area]:
    if b"-spanned=" not in table:
        return
    for row, _, start in _rows(table):
        if row >= _HEADS:
            return
        for place, attributes in _cells(table, start):
            spans = {kind: int(number[:6]) for kind, number in _SPAN.findall(attributes)}
            rows, columns = spans.get(b"rows", 1), spans.get(b"columns", 1)
            if rows * columns > 1:
                yield ((row, place), (row + rows - 1, place + columns - 1))


def _cells(table: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Column from 0 and attributes of the cells of a row."""
    end = table.find(b"</table:table-row>", start)
    column = 0
    for found in _CELL.finditer(table, start, end if end >= 0 else len(table)):
        yield column, found[2]
        column += _repeated(found[2])


def _hidden(table: bytes) -> Iterator[tuple[int, int]]:
    """Hidden rows, from one to before another."""
    if _HIDDEN.search(table):
        yield from ((row, row + repeat) for row, repeat, start in _rows(table) if _HIDDEN.search(table, start, table.find(b">", start)))


def _errors(table: bytes) -> list[tuple[Cell, str]]:
    """Cells that hold an error, and what it is."""
    if _ERROR.search(table) is None:
        return []
    found = _cells_like(table, lambda cell: b'value-type="error"' in cell[2])
    texts = ((place, _TEXT.match(table, end)) for place, end in found)
    return [(place, unescape(text[1].decode("utf-8", "replace")) if text else "") for place, text in texts]


def _uncomputed(table: bytes) -> list[Cell]:
    """Cells with a formula whose result was not saved."""
    if _UNCOMPUTED.search(table) is None:
        return []
    return [place for place, _ in _cells_like(table, lambda cell: _UNCOMPUTED.fullmatch(cell[0]) is not None)]


def _cells_like(table: bytes, like: Callable[[re.Match[bytes]], bool]) -> Iterator[tuple[Cell, int]]:
    """Cells, repeated ones too unless they are repeated beyond reason, and where their tag ends."""
    for row, repeat, start in _rows(table):
        end = table.find(b"</table:table-row>", start)
        column = 0
        for found in _CELL.finditer(table, start, end if end >= 0 else len(table)):
            times = _repeated(found[2])
            if repeat <= _REPEATED and times <= _REPEATED and like(found):
                yield from (((row + down, column + right), found.end()) for down in range(repeat) for right in range(times))
            column += times
