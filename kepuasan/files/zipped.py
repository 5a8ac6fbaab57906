"""What a zipped workbook is and declares, found in its parts before a reader unpacks it: kind, sizes, extents, cells that are errors."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import PurePosixPath

from kepuasan.errors import DataError

__all__ = [
    "Area",
    "Cell",
    "Marks",
    "Package",
    "check_extent",
    "column_letters",
    "holds_table",
    "marks_of",
    "opened",
    "with_known_errors",
    "with_part",
]

Cell = tuple[int, int]
Area = tuple[Cell, Cell]

#: a package may unpack to so many bytes, or to so many times its own size
_UNPACKED = 100_000_000
_RATIO = 200
#: a sheet may reach over so many cells, or over so many times its filled ones
_REACH = 20_000_000
_SPARSE = 50
#: bytes of a part that are looked at together, and of another sheet to see whether it holds a table
_PIECE = 8_000_000
_GLANCE = 200_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHERS = {
    "xl/workbook.bin": "a binary Excel workbook (.xlsb)",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "index/document.iwa": "a Numbers document",
}

_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)>")
_FAR = re.compile(rb'r="[A-Z]{3}')
_FILLED = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)(\d+)"[^>]*(?<!/)>(?!</)')
_ERROR = re.compile(rb'<(?:\w+:)?c\s([^>]*\bt="e"[^>]*)(?<!/)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_HIDDEN = re.compile(rb'<(?:\w+:)?row\s([^>]*\bhidden="(?:1|true)"[^>]*)>')
_ERROR_TEXT = re.compile(rb"(<(?:\w+:)?v>)([^<]*)")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)(?<!/)><(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True)
class Package:
    """An open workbook: its archive, and the part in which each sheet stands.

    Attributes
    ----------
    archive : ZipFile
    open_document : bool
        Whether it is an .ods.
    parts : dict
        Sheet -> part; the same part for all sheets of an .ods.
    """

    archive: zipfile.ZipFile
    open_document: bool
    parts: dict[str, str]


@dataclass(frozen=True)
class Marks:
    """What stands in a sheet's part besides the values.

    Attributes
    ----------
    filled : int
        Cells with a value, about.
    last : (int, int)
        Row and column that its cells do not exceed, counted from 1.
    merged : tuple of areas
        First and last cell, counted from 0.
    errors : tuple of (cell, text)
        Cells that hold an error such as ``#DIV/0!``.
    uncomputed : tuple of cells
        Cells with a formula whose result was not saved.
    hidden : tuple of (int, int)
        Rows that are hidden, from one to before another, counted from 0.
    table : bool
        Whether an .ods sheet holds something of several rows and columns.
    """

    filled: int = 0
    last: Cell = (0, 0)
    merged: tuple[Area, ...] = ()
    errors: tuple[tuple[Cell, str], ...] = ()
    uncomputed: tuple[Cell, ...] = ()
    hidden: tuple[tuple[int, int], ...] = ()
    table: bool = False


# ---------------------------------------------------------------- what the file is


def opened(data: bytes, file: str) -> Package:
    """A workbook from its bytes.

    Raises
    ------
    DataError
        What is no .xlsx or .ods, saying what it is; a workbook with a password; a damaged archive; one that unpacks beyond reason.
    """
    if not data.startswith(b"PK"):
        raise DataError(f"{file} {_what_it_is(data)}")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_members(archive, len(data), file)
        return _recognised(archive, file)
    except DataError:
        raise
    except Exception as error:
        raise DataError(f"{file} cannot be read as a workbook: {error}; the file is damaged, save it again as .xlsx") from error


def _what_it_is(data: bytes) -> str:
    head = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not data.strip():
        return "is empty; give a workbook with data"
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "has a password; open it with the password, save it without one, and read that copy"
        return "is an Excel workbook of the old format (.xls), whatever its suffix; open it and save it as .xlsx"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "is an XML spreadsheet of Excel 2003, not a zipped workbook; open it and save it as .xlsx"
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<body")):
        return "is a web page (HTML), not a workbook; open it in a spreadsheet program and save it as .xlsx"
    if head.startswith(b"%pdf"):
        return "is a PDF document, not a workbook; give the workbook it was printed from"
    if b"\0" not in data[:2000]:
        return "is text, not a workbook; if it is delimited text, name it .csv"
    return "cannot be read as a workbook: it is no zip archive; the file is damaged or of another format, save it as .xlsx"


def _check_members(archive: zipfile.ZipFile, size: int, file: str) -> None:
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise DataError(f"{file} is an archive with a password; save the workbook without one")
    unpacked = sum(member.file_size for member in members)
    if unpacked > max(_UNPACKED, _RATIO * size):
        raise DataError(
            f"{file} has {size:,} bytes and would unpack to {unpacked:,}, more than a workbook does; "
            "it is damaged or made to exhaust the memory; save the data as a new workbook"
        )


def _recognised(archive: zipfile.ZipFile, file: str) -> Package:
    names = {_plain(name): name for name in archive.namelist()}
    if "content.xml" in names and ("mimetype" not in names or archive.read(names["mimetype"]).strip().startswith(_SPREADSHEET)):
        manifest = names.get("meta-inf/manifest.xml")
        if manifest and b"encryption-data" in archive.read(manifest):
            raise DataError(f"{file} has a password; open it with the password, save it without one, and read that copy")
        return Package(archive, True, {})
    if "xl/workbook.xml" in names or any(name.endswith("workbook.xml") for name in names):
        return Package(archive, False, _worksheets(archive, names))
    for name, words in _OTHERS.items():
        if name in names:
            raise DataError(f"{file} is {words}, not an .xlsx workbook, whatever its suffix; open it and save it as .xlsx")
    what = "another OpenDocument file" if "content.xml" in names else "a zip archive of other files"
    raise DataError(f"{file} is {what}, not a workbook; give an .xlsx or .ods workbook")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _worksheets(archive: zipfile.ZipFile, names: dict[str, str]) -> dict[str, str]:
    """The part of each sheet, as the workbook and its relations say."""
    workbook = "xl/workbook.xml" if "xl/workbook.xml" in names else next(name for name in names if name.endswith("workbook.xml"))
    folder = PurePosixPath(workbook).parent
    relations = names.get(f"{folder}/_rels/{PurePosixPath(workbook).name}.rels")
    if relations is None:
        return {}
    targets = {found.get("Id", ""): found.get("Target", "") for found in map(_attributes, _RELATION.findall(archive.read(relations)))}
    parts = {}
    for sheet in map(_attributes, _SHEET.findall(archive.read(names[workbook]))):
        target = targets.get(next((value for key, value in sheet.items() if key.endswith(":id")), ""), "")
        part = names.get(_plain(target if target.startswith("/") else f"{folder}/{target}"))
        if part:
            parts[sheet.get("name", "")] = part
    return parts


def _attributes(tag: bytes) -> dict[str, str]:
    found = _ATTRIBUTE.findall(tag)
    return {name.decode("utf-8", "replace"): unescape((double or single).decode("utf-8", "replace")) for name, double, single in found}


# ---------------------------------------------------------------- what a sheet's part declares


def marks_of(package: Package, sheet: str) -> Marks:
    """What stands in the part of an .xlsx sheet besides the values; nothing where the part is not found."""
    part = package.parts.get(sheet)
    if part is None:
        return Marks()
    filled, height, far, end = 0, 0, False, b""
    errors: list[tuple[Cell, str]] = []
    uncomputed: list[Cell] = []
    hidden: list[int] = []
    for piece in _pieces(package.archive, part):
        filled += _values(piece)
        height = max(height, _last_row(piece))
        far = far or _FAR.search(piece) is not None
        if b't="e"' in piece:
            errors += _errors(piece)
        if b' hidden="' in piece:
            hidden += [int(number[1]) - 1 for attributes in _HIDDEN.findall(piece) if (number := _ROW_NUMBER.search(attributes))]
        if b"<f" in piece or b":f" in piece:
            uncomputed += [cell for attributes in _FORMULA.findall(piece) if b't="str"' not in attributes and (cell := _place(attributes))]
        end = piece
    merged = [((int(top) - 1, _column(left)), (int(bottom) - 1, _column(right))) for left, top, right, bottom in _MERGED.findall(end)]
    last = (height, 16_384 if far else 702)
    if not _reasonable(last, filled):
        last = _true_last(package.archive, part)
    return Marks(filled, last, tuple(merged), tuple(errors), tuple(uncomputed), tuple((row, row + 1) for row in hidden))


def _values(piece: bytes) -> int:
    """Cells with a value."""
    return len(_VALUE.findall(piece)) if piece.find(b":v>", 0, 100_000) >= 0 else piece.count(b"<v>") + piece.count(b"<is>")


def with_known_errors(package: Package, sheet: str) -> bytes:
    """The bytes of an .xlsx whose cells with an error hold one that every reader knows: newer ones, such as ``#SPILL!``, are not."""
    part = package.parts[sheet]
    return with_part(package, part, _ERROR.sub(lambda cell: _ERROR_TEXT.sub(rb"\1#VALUE!", cell[0]), package.archive.read(part)))


def with_part(package: Package, part: str, content: bytes) -> bytes:
    """The bytes of a workbook with another content of one part."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in package.archive.namelist():
            archive.writestr(name, content if name == part else package.archive.read(name))
    return target.getvalue()


def check_extent(marks: Marks, file: str, sheet: str) -> None:
    """Refuse a sheet that reaches far beyond its cells.

    Raises
    ------
    DataError
        With the number of cells and the last one.
    """
    if not _reasonable(marks.last, marks.filled):
        row, column = marks.last
        raise DataError(
            f"{file}: the sheet {sheet!r} has {marks.filled:,} filled cells, but reaches to row {row:,} and column {column_letters(column - 1)}; "
            "delete what stands far below or beside the table, or copy the table to a new sheet"
        )


def holds_table(package: Package, sheet: str) -> bool:
    """Whether another sheet of an .xlsx begins with something of several rows and columns."""
    part = package.parts.get(sheet)
    if part is None:
        return False
    with package.archive.open(part) as stream:
        head = stream.read(_GLANCE)
    return len(_ROW.findall(head)) > 1 and len(_VALUE.findall(head)) > 3


def column_letters(place: int) -> str:
    """The letters over a column, counted from 0.

    Examples
    --------
    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    place += 1
    while place > 0:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part in pieces that end with a row; the last one is what follows the rows."""
    kept = b""
    with archive.open(part) as stream:
        while block := stream.read(_PIECE):
            kept += block
            end = kept.rfind(b"row>")
            if end >= 0:
                yield kept[: end + 4]
                kept = kept[end + 4 :]
    yield kept


def _last_row(piece: bytes) -> int:
    start = max(piece.rfind(b"<row "), piece.rfind(b":row "))
    number = _ROW_NUMBER.search(piece, start, piece.find(b">", start)) if start >= 0 else None
    return int(number[1]) if number else 0


def _reasonable(last: Cell, filled: int) -> bool:
    return last[0] * last[1] <= max(_REACH, _SPARSE * filled)


def _true_last(archive: zipfile.ZipFile, part: str) -> Cell:
    """Row and column of the last cells with a value, where a cheaper bound did not do."""
    row = column = 0
    for piece in _pieces(archive, part):
        for letters, number in _FILLED.findall(piece):
            row, column = max(row, int(number)), max(column, _column(letters) + 1)
    return row, column


def _errors(piece: bytes) -> list[tuple[Cell, str]]:
    found = []
    for attributes, content in _ERROR.findall(piece):
        place, text = _place(attributes), _ERROR_TEXT.search(content)
        if place is not None:
            found.append((place, unescape(text[2].decode("utf-8", "replace")) if text else ""))
    return found


def _place(attributes: bytes) -> Cell | None:
    reference = _REFERENCE.fullmatch(_attributes(attributes).get("r", ""))
    return (int(reference[2]) - 1, _column(reference[1].encode())) if reference else None


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters[:8]:
        place = place * 26 + letter - 64
    return place - 1
