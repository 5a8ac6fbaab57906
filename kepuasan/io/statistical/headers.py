"""What the headers of statistical files declare, held against their size before anything is read."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kepuasan.errors import DataError

__all__ = ["Declared", "check_declared", "counted_values", "declared"]

#: zlib makes a byte of no more than so many
_ZLIB = 1040
#: bytes of a SAS file in which its first page with the row size stands
_SAS_HEAD = 1 << 22
_ROW_SIZE = b"\xf7\xf7\xf7\xf7"


class Declared(NamedTuple):
    """Rows and columns that a header declares, and the bytes their cells need at least."""

    rows: int
    columns: int
    least: int


def check_declared(path: Path, form: str, name: str) -> None:
    """Refuse a file that declares more cells than it can hold.

    Parameters
    ----------
    path : Path
    form : str
        pyreadstat's name of the format.
    name : str
        What people call it.

    Raises
    ------
    DataError
        With rows, columns and bytes.
    """
    found = declared(path, form)
    size = path.stat().st_size
    if found is not None and found.least > size:
        raise DataError(
            f"{path.name} cannot be read as a {name}: it declares {found.rows} rows of {found.columns} columns, which take {found.least} bytes at "
            f"least, but has {size}; the file is damaged or cut off; copy it anew"
        )


def declared(path: Path, form: str) -> Declared | None:
    """What a file's header declares; None where it declares nothing or is no header of this format."""
    look = _LOOKS.get(form)
    if look is None:
        return None
    with path.open("rb") as file:
        try:
            return look(file)
        except (struct.error, ValueError, IndexError, KeyError, OSError, OverflowError):
            return None


def _of(file: BinaryIO, form: str) -> tuple[int, ...]:
    """Numbers from where a file stands."""
    return struct.unpack(form, file.read(struct.calcsize(form)))


# ---------------------------------------------------------------- SPSS


def _sav(file: BinaryIO) -> Declared | None:
    order = _sav_order(file)
    file.seek(72)
    compression, _, rows = _of(file, f"{order}3i")
    columns = sum(1 for _, kind in _sav_records(file, order) if kind == 2)
    elements = rows * columns
    return Declared(rows, columns, {0: 8 * elements, 1: elements, 2: elements // _ZLIB}[compression]) if rows > 0 else None


def _sav_order(file: BinaryIO) -> str:
    """The byte order, of a file that is one of SPSS."""
    if file.read(4) not in (b"$FL2", b"$FL3"):
        raise ValueError
    file.seek(64)
    return {2: "<", 3: "<", 2 << 24: ">", 3 << 24: ">"}[_of(file, "<i")[0]]


def _sav_records(file: BinaryIO, order: str) -> Iterator[tuple[int, int]]:
    """The records of a dictionary, each by the place of its content and its kind, 100 + subtype for extensions."""
    place = 176
    while True:
        file.seek(place)
        (kind,) = _of(file, f"{order}i")
        start = place + 4
        if kind == 999:
            return
        if kind == 7:
            subtype, size, count = _of(file, f"{order}3i")
            yield start + 12, 100 + subtype
            place = start + 12 + size * count
        else:
            yield start, kind
            place = start + _SAV_SIZES[kind](file, order)
        if place <= start:
            raise ValueError


def _variable(file: BinaryIO, order: str) -> int:
    """Bytes of a variable record."""
    _, labelled, missing = _of(file, f"{order}3i")
    size = 28
    if labelled:
        file.seek(16, 1)
        size += 4 + (_of(file, f"{order}i")[0] + 3) // 4 * 4
    return size + 8 * abs(missing)


def _labels(file: BinaryIO, order: str) -> int:
    """Bytes of a value-label record."""
    (count,) = _of(file, f"{order}i")
    size = 4
    for _ in range(count):
        file.seek(8, 1)
        length = (file.read(1)[0] // 8 + 1) * 8
        file.seek(length - 1, 1)
        size += 8 + length
    return size


_SAV_SIZES: Mapping[int, Callable[[BinaryIO, str], int]] = {
    2: _variable,
    3: _labels,
    4: lambda file, order: 4 + 4 * _of(file, f"{order}i")[0],
    6: lambda file, order: 4 + 80 * _of(file, f"{order}i")[0],
}
#: name, and length of the counted value that follows, of a set of dichotomies
_DICHOTOMIES = re.compile(rb"\$([^=\s]+)=(?:D|E 1 |E 11 )(\d+) ")


def counted_values(path: Path, encoding: str) -> dict[str, str]:
    """By name of a multiple-response set of dichotomies, in small letters: the text that counts as chosen.

    Parameters
    ----------
    path : Path
    encoding : str
        Of names and values; UTF-8 where Python does not know it.
    """
    found: dict[str, str] = {}
    try:
        with path.open("rb") as file:
            order = _sav_order(file)
            for start, kind in _sav_records(file, order):
                if kind in (107, 119):
                    file.seek(start - 8)
                    size, count = _of(file, f"{order}2i")
                    found |= _counted(file.read(size * count), encoding)
    except (struct.error, ValueError, IndexError, KeyError, OSError, OverflowError):
        return found
    return found


def _counted(record: bytes, encoding: str) -> dict[str, str]:
    try:
        "".encode(encoding)
    except LookupError:
        encoding = "utf-8"
    return {
        match[1].decode(encoding, "replace").casefold(): record[match.end() : match.end() + int(match[2])].decode(encoding, "replace").rstrip(" ")
        for match in _DICHOTOMIES.finditer(record)
    }


# ---------------------------------------------------------------- Stata

_NEW_STATA = re.compile(
    rb"<stata_dta><header><release>(\d{3})</release><byteorder>(MSF|LSF)</byteorder><K>(.{2}|.{4})</K><N>(.{4}|.{8})</N>", re.DOTALL
)
_OLD_WIDTHS = {ord("b"): 1, ord("i"): 2, ord("l"): 4, ord("f"): 4, ord("d"): 8}
_WIDTHS = {251: 1, 252: 2, 253: 4, 254: 4, 255: 8}
_NEW_WIDTHS = {32768: 8, 65526: 8, 65527: 4, 65528: 4, 65529: 2, 65530: 1}


def _dta(file: BinaryIO) -> Declared | None:
    head = file.read(200)
    if head.startswith(b"<stata_dta>"):
        return _new_dta(file, head)
    release, order = head[0], {1: ">", 2: "<"}[head[1]]
    if release < 104 or release > 115:
        return None
    columns, rows = struct.unpack(f"{order}HI", head[4:10])
    file.seek(10 + (32 if release < 108 else 81) + (18 if release > 104 else 0))
    types = file.read(columns)
    if release < 111:
        widths = [_OLD_WIDTHS[kind] if kind in _OLD_WIDTHS else kind - 127 for kind in types]
    else:
        widths = [_WIDTHS.get(kind, kind) for kind in types]
    return Declared(rows, columns, rows * sum(widths))


def _new_dta(file: BinaryIO, head: bytes) -> Declared | None:
    match = _NEW_STATA.match(head)
    if match is None:
        return None
    order = ">" if match[2] == b"MSF" else "<"
    columns, rows = (int.from_bytes(part, "big" if order == ">" else "little") for part in (match[3], match[4]))
    file.seek(0)
    start = file.read(4096).find(b"<variable_types>")
    if start < 0:
        return None
    file.seek(start + 16)
    types = struct.unpack(f"{order}{columns}H", file.read(2 * columns)) if columns < 1 << 20 else ()
    return Declared(rows, columns, rows * sum(_NEW_WIDTHS.get(kind, kind) for kind in types))


# ---------------------------------------------------------------- SAS


def _sas(file: BinaryIO) -> Declared | None:
    """From the subheader of row sizes, which stands on one of the first pages."""
    head = file.read(288)
    wide, shift = head[32] == 0x33, 4 if head[35] == 0x33 else 0
    order = "<" if head[37] == 1 else ">"
    start, page = struct.unpack(f"{order}2i", head[196 + shift : 204 + shift])
    if start < 288 or page < 1024:
        return None
    file.seek(start)
    rest = file.read(_SAS_HEAD)
    packed = b"SASYZCRL" in rest or b"SASYZCR2" in rest
    sizes = next(
        (found for first in range(0, len(rest) - page + 1, page) if (found := _row_sizes(rest[first : first + page], order, wide=wide))), None
    )
    if sizes is None:
        return None
    length, rows, columns = sizes
    return Declared(rows, columns, rows * (24 if wide else 12) if packed else rows * length)


def _row_sizes(page: bytes, order: str, *, wide: bool) -> tuple[int, int, int] | None:
    """Bytes of a row, rows and columns, where the page has the subheader that states them."""
    first, step, word = (32, 24, "q") if wide else (16, 12, "i")
    pointers = struct.unpack(f"{order}H", page[first + 4 : first + 6])[0]
    place = first + 8
    width = struct.calcsize(f"{order}{word}")
    for _ in range(pointers):
        offset, length = struct.unpack(f"{order}2{word}", page[place : place + 2 * width])
        place += step
        part = page[offset : offset + length]
        if offset > 0 and len(part) > 16 * width and part[:8].strip(b"\0")[:4] == _ROW_SIZE:
            numbers = struct.unpack(f"{order}11{word}", part[: 11 * width])
            return numbers[5], numbers[6], numbers[9] + numbers[10]
    return None


_LOOKS: Mapping[str, Callable[[BinaryIO], Declared | None]] = {"sav": _sav, "dta": _dta, "sas7bdat": _sas}
