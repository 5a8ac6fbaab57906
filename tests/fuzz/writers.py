"""Bytes of files that no installed library writes: SPSS of either byte order, portable with labels, SAS data and catalogs."""

from __future__ import annotations

import struct

SYSMIS = -1.7976931348623157e308


# ---------------------------------------------------------------- SPSS


def sav(order="<", *, columns=(), rows=(), labels=None, sets=b"", more_sets=b"", missing=None, encoding=b"UTF-8", label=b""):
    """An uncompressed SPSS data file.

    `columns` are (name, width) with width 0 for numbers, up to 8 for text; `labels` of columns by name; `missing` lists of codes by name.
    """
    pack = struct.Struct
    whole = pack(f"{order}i").pack
    head = b"$FL2" + b"@(#) SPSS DATA FILE".ljust(60) + whole(2) + whole(len(columns)) + whole(0) + whole(0) + whole(len(rows))
    head += pack(f"{order}d").pack(100.0) + b"01 Jan 26" + b"10:00:00" + label.ljust(64) + b"\0" * 3
    body = b"".join(_sav_variable(pack, order, name, width, (missing or {}).get(name, ())) for name, width in columns)
    for name, codes in (labels or {}).items():
        body += _sav_labels(pack, order, codes, [place for place, (one, _) in enumerate(columns, start=1) if one == name], dict(columns)[name])
    floating = {"<": 2, ">": 1}[order]
    body += _extension(whole, 3, 4, pack(f"{order}8i").pack(20, 0, 0, -1, 1, 1, floating, 65001))
    body += _extension(whole, 4, 8, pack(f"{order}3d").pack(SYSMIS, 1.7976931348623157e308, -1.797693134862315e308))
    for subtype, text in ((7, sets), (19, more_sets), (20, encoding)):
        body += _extension(whole, subtype, 1, text) if text else b""
    data = b"".join(_sav_cell(pack, order, cell) for row in rows for cell in row)
    return head + body + whole(999) + whole(0) + data


def _sav_variable(pack, order, name, width, missing):
    form = (1 << 16 | width << 8) if width else (5 << 16 | 8 << 8 | 2)
    record = pack(f"{order}6i").pack(2, width, 0, len(missing), form, form) + name.encode().ljust(8)
    return record + b"".join(_sav_cell(pack, order, code) for code in missing)


def _sav_labels(pack, order, codes, places, width):
    record = pack(f"{order}2i").pack(3, len(codes))
    for code, text in codes.items():
        written = text.encode()
        record += _sav_cell(pack, order, code if width else float(code)) + bytes([len(written)]) + written.ljust((len(written) // 8 + 1) * 8 - 1)
    return record + pack(f"{order}{2 + len(places)}i").pack(4, len(places), *places)


def _extension(whole, subtype, size, content):
    return whole(7) + whole(subtype) + whole(size) + whole(len(content) // size) + content


def _sav_cell(pack, order, cell):
    if isinstance(cell, str):
        return cell.encode().ljust(8)
    return pack(f"{order}d").pack(SYSMIS if cell is None else cell)


# ---------------------------------------------------------------- SAS

_MAGIC = bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011")
_PAGE = 4096


def sas7bdat(columns, rows, *, order="<", label=""):
    """An uncompressed SAS data file of 32 bits.

    `columns` are (name, width, format, label) with width 0 for numbers; `rows` lists of numbers, None (.), texts, or letters of tagged missing as
    bytes.
    """
    widths = [width or 8 for _, width, *_ in columns]
    length = sum(widths)
    texts, places = _sas_texts(columns, label, order)
    subheaders = [
        _sas_row_size(order, length, len(rows), len(columns), places.get(("label", "file"), (0, 0))),
        b"\xf6\xf6\xf6\xf6" + struct.pack(f"{order}2i", len(columns), 0),
        _sized(order, b"\xff\xff\xff\xfd" if order == ">" else b"\xfd\xff\xff\xff", texts),
        _sized(
            order, b"\xff\xff\xff\xff", b"\0" * 6 + b"".join(_reference(order, places["name", name]) + b"\0\0" for name, *_ in columns) + b"\0" * 8
        ),
        _sized(order, b"\xff\xff\xff\xfc" if order == ">" else b"\xfc\xff\xff\xff", _sas_attributes(order, columns, widths)),
        *(_sas_format(order, places.get(("format", name), (0, 0)), places.get(("label", name), (0, 0))) for name, *_ in columns),
    ]
    per_page = (_PAGE - 24) // length
    cells = [b"".join(_sas_cell(order, cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    pages = [_sas_meta(order, subheaders)]
    pages += [_sas_page(order, 0x100, cells[first : first + per_page]) for first in range(0, len(cells), per_page)]
    return _sas_head(order, len(pages)) + b"".join(pages)


def _sas_head(order, pages):
    head = bytearray(1024)
    head[0:32] = _MAGIC
    head[32], head[35], head[37], head[39], head[70] = 0x22, 0x22, 1 if order == "<" else 0, ord("1"), 20
    head[84:92] = b"SAS FILE"
    head[92:156] = b"SURVEY".ljust(64)
    head[156:164] = b"DATA    "
    head[164:180] = struct.pack(f"{order}2d", 2.0e9, 2.0e9)
    head[196:208] = struct.pack(f"{order}3i", 1024, _PAGE, pages)
    head[216:224] = b"9.0401M6"
    head[224:240] = b"Linux".ljust(16)
    return bytes(head)


def _sas_texts(columns, label, order):
    """The text block, of which the first bytes are its size, and the place of each text in it."""
    block, places = b"\0" * 26, {}
    wanted = [(("name", name), name) for name, *_ in columns]
    wanted += [(("format", name), form) for name, _, form, _ in columns if form] + [(("label", name), text) for name, *_, text in columns if text]
    for key, text in [*wanted, *([(("label", "file"), label)] if label else [])]:
        written = text.encode()
        places[key] = (len(block) + 2, len(written))
        block += written.ljust((len(written) + 3) // 4 * 4, b"\0")
    return block + b"\0" * (8 - (len(block) + 6) % 8), places


def _reference(order, place):
    return struct.pack(f"{order}3H", 0, *place)


def _sized(order, signature, content):
    """A subheader that states its own size after the signature."""
    return signature + struct.pack(f"{order}H", len(content) + 6 - 12) + content


def _sas_row_size(order, length, rows, columns, label):
    record = bytearray(480)
    record[0:4] = b"\xf7" * 4
    for place, number in ((20, length), (24, rows), (36, columns), (52, _PAGE), (60, 0)):
        record[place : place + 4] = struct.pack(f"{order}i", number)
    record[350:356] = _reference(order, label)
    return bytes(record)


def _sas_attributes(order, columns, widths):
    content, offset = b"\0" * 6, 0
    for (_, width, *_), held in zip(columns, widths, strict=True):
        content += struct.pack(f"{order}2iH2B", offset, held, 1024, 2 if width else 1, 0)
        offset += held
    return content + b"\0" * 8


def _sas_format(order, form, label):
    record = bytearray(52)
    record[0:4] = b"\xff\xff\xfb\xfe" if order == ">" else b"\xfe\xfb\xff\xff"
    record[34:40] = _reference(order, form)
    record[40:46] = _reference(order, label)
    return bytes(record)


def _sas_meta(order, subheaders):
    place = _PAGE
    pointers, parts = b"", b""
    for subheader in subheaders:
        place -= len(subheader)
        pointers += struct.pack(f"{order}2i2BH", place, len(subheader), 0, 0, 0)
        parts = subheader + parts
    front = b"\0" * 16 + struct.pack(f"{order}4H", 0, len(subheaders), len(subheaders), 0) + pointers
    return front + b"\0" * (_PAGE - len(front) - len(parts)) + parts


def _sas_page(order, kind, cells):
    return (b"\0" * 16 + struct.pack(f"{order}4H", kind, len(cells), 0, 0) + b"".join(cells)).ljust(_PAGE, b"\0")


def _sas_cell(order, cell, width):
    if isinstance(cell, str):
        return cell.encode().ljust(width)
    if cell is None or isinstance(cell, bytes):
        tag = (~ord(cell or b".")) & 0xFF
        return struct.pack(f"{order}Q", 0xFFFF_0000_0000_0000 | tag << 40)
    return struct.pack(f"{order}d", cell)


def sas7bcat(formats):
    """A SAS catalog of formats of 32 bits: by name of up to 8 letters, labels of numbers, or of texts where the name begins with $."""
    index, blocks = b"", b"\0" * 16
    for name, labels in formats.items():
        entry = bytearray(212)
        entry[0:12] = b"XLSR" + struct.pack("<2I", 4, len(blocks))
        entry[50:51] = b"O"
        index += bytes(entry)
        data = _catalog_block(name, labels)
        blocks += struct.pack("<I2H8x", 0, 0, len(data)) + data
    empty = b"\0" * _PAGE
    head = bytearray(_sas_head("<", 4))
    head[156:164] = b"CATALOG "
    return bytes(head) + empty + (b"\0" * 856 + index).ljust(_PAGE, b"\0") + empty + blocks.ljust(_PAGE, b"\0")


def _catalog_block(name, labels):
    front = bytearray(106)
    front[8:16] = name.encode().ljust(8)
    front[38:46] = struct.pack("<2I", len(labels), len(labels))
    values = texts = b""
    for place, (code, label) in enumerate(labels.items()):
        cell = code.encode().ljust(16) if isinstance(code, str) else struct.pack(">d", -code)
        values += struct.pack("<2H6xI8x", 4, 16 + len(cell), place) + cell
        written = label.encode()
        texts += struct.pack("<8xH", len(written)) + written + b"\0"
    return bytes(front) + values + texts


# ---------------------------------------------------------------- SPSS portable

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CHARACTERS = (
    " " * 64 + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .<(+|&[]!$*);^-/|,%_>?`:$@'=\"" + " " * 6 + "~" + " " * 18 + "{}\\"
).ljust(256)


def por(columns, rows, *, labels=None, missing=None, low=None):
    """An SPSS portable file; arguments are those of `sav`, `low` numbers below which codes are missing."""
    text = "".join(line.ljust(40) for line in ("ASCII SPSS PORT FILE",) * 5) + _CHARACTERS + "SPSSPORT"
    text += "A" + _por_text("20260101") + _por_text("100000") + "1" + _por_text("by hand") + "4" + _por_number(len(columns)) + "5" + _por_number(0)
    for name, width in columns:
        form = f"{_por_number(1)}{_por_number(width)}{_por_number(0)}" if width else f"{_por_number(5)}{_por_number(8)}{_por_number(2)}"
        text += "7" + _por_number(width) + _por_text(name) + form + form
        text += "".join("8" + _por_cell(code) for code in (missing or {}).get(name, ()))
        text += "9" + _por_number((low or {})[name]) if name in (low or {}) else ""
        text += "C" + _por_text(f"Label {name}")
    for name, codes in (labels or {}).items():
        text += "D" + _por_number(1) + _por_text(name) + _por_number(len(codes))
        text += "".join(_por_cell(code) + _por_text(label) for code, label in codes.items())
    text += "F" + "".join(_por_cell(cell) for row in rows for cell in row)
    text = text + "Z" * (80 - len(text) % 80)
    return "".join(text[first : first + 80] + "\r\n" for first in range(0, len(text), 80)).encode("ascii")


def _por_cell(cell):
    if isinstance(cell, str):
        return _por_text(cell or " ")
    return "*." if cell is None else _por_number(cell)


def _por_text(text):
    return _por_number(len(text)) + text


def _por_number(number):
    """A number in base 30, fractions with four digits."""
    whole, rest = divmod(abs(round(number * 30**4)), 30**4)
    digits = ""
    while whole or not digits:
        whole, digit = divmod(whole, 30)
        digits = _DIGITS[digit] + digits
    fraction = "".join(_DIGITS[rest // 30**power % 30] for power in (3, 2, 1, 0)).rstrip("0")
    return ("-" if number < 0 else "") + digits + ("." + fraction if fraction else "") + "/"


# ---------------------------------------------------------------- Stata in two languages


def with_characteristics(content: bytes, characteristics):
    """A .dta of release 118, little-endian, with characteristics (variable, name, text) put in."""
    block = b""
    for variable, name, text in characteristics:
        part = variable.encode().ljust(129, b"\0") + name.encode().ljust(129, b"\0") + text.encode() + b"\0"
        block += b"<ch>" + struct.pack("<I", len(part)) + part + b"</ch>"
    start = content.index(b"<map>") + 5
    places = struct.unpack("<14Q", content[start : start + 112])
    at = places[8] + len(b"<characteristics>")
    moved = struct.pack("<14Q", *(place + (len(block) if place > places[8] else 0) for place in places))
    return content[:start] + moved + content[start + 112 : at] + block + content[at:]
