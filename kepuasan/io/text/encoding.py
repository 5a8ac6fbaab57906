"""Text files as bytes: what a file really is, how it is encoded, and its content as UTF-8, block by block."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kepuasan.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["TextFile", "opened"]

#: bytes read at once
_BLOCK = 8 * 2**20
#: bytes looked at to tell what a file is
_START = 4096
_LF = ord("\n")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WORDS = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "CP1252"}
_FOREIGN = (
    (b"PK\x03\x04", "a workbook or another zip file", "save it as .xlsx or .ods if it is a workbook"),
    (b"\xd0\xcf\x11\xe0", "an old or encrypted workbook (.xls)", "open it in a spreadsheet and save it as .xlsx or .csv"),
    (b"%PDF", "a PDF", "ask for the data as .csv or .xlsx"),
    (b"$FL", "an SPSS file", "give it the suffix .sav"),
    (b"PAR1", "a Parquet file", "give it the suffix .parquet"),
    (b"ARROW1", "an Arrow file", "give it the suffix .arrow"),
    (b"<stata_dta>", "a Stata file", "give it the suffix .dta"),
    (b"\x1f\x8b", "a gzip file", "unpack it first"),
    (b"Rar!", "a RAR file", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z file", "unpack it first"),
    (b"SQLite format 3", "an SQLite database", "export the table as .csv"),
    (b"{\\rtf", "an RTF document", "save the table as .csv"),
)
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|table|body|meta|\?xml|xml)", re.IGNORECASE)
_JSON = re.compile(rb'\s*(?:\{\s*"|\[\s*[\[{]|\{\s*\})')


@dataclass(frozen=True)
class TextFile:
    """A file of text.

    Attributes
    ----------
    path : Path
    codec : str
    mark : int
        Bytes of its byte order mark.
    ends : int
        So many rows it has at most.
    """

    path: Path
    codec: str
    mark: int
    ends: int

    @property
    def encoding(self) -> str:
        """The encoding, for people."""
        return _WORDS[self.codec]

    def blocks(self, skip: int = 0) -> Iterator[bytes]:
        """The text as UTF-8, without its mark and the first `skip` bytes."""
        if self.codec == "utf-8":
            yield from _bytes(self.path, self.mark + skip)
            return
        decoder = codecs.getincrementaldecoder(self.codec)()
        for block in _bytes(self.path, self.mark):
            text = decoder.decode(block).encode()
            yield text[skip:]
            skip = max(0, skip - len(text))

    def head(self, size: int = 2**20) -> bytes:
        """The first lines as UTF-8, whole lines only unless there is but one."""
        found = b""
        for block in self.blocks():
            found += block
            if len(found) > size:
                cut = max(found.rfind(b"\n", 0, size), found.rfind(b"\r", 0, size - 1)) + 1
                return found[:cut] if cut else found[:size]
        return found


def _bytes(path: Path, start: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while block := file.read(_BLOCK):
            yield block


def opened(path: Path) -> TextFile:
    """A file as text: encoded as its mark says, else UTF-16 or UTF-8, else Windows-1252.

    Raises
    ------
    DataError
        A file of another kind (it is said which), empty, with zero bytes, or in no known encoding.
    """
    with path.open("rb") as file:
        start = file.read(_START)
    _refuse_foreign(start, path)
    mark, codec = next(((mark, codec) for mark, codec in _MARKS if start.startswith(mark)), (b"", _without_mark(start)))
    for one in dict.fromkeys((codec, "utf-8" if mark else "cp1252")):
        doubled = 2 if mark and start.startswith(2 * mark) else 1
        file_of_text = _examined(path, one, doubled * len(mark))
        if file_of_text is not None:
            return file_of_text
        if codec != "utf-8" or mark:
            raise DataError(f"{path.name} says by its first bytes that it is {_WORDS[codec]}, but is not; it is damaged: save it as UTF-8")
    raise DataError(f"{path.name} is neither UTF-8 nor Windows-1252 text; save it as UTF-8")


def _refuse_foreign(start: bytes, path: Path) -> None:
    if not start.strip():
        raise DataError(f"{path.name} is empty; give a file with a header and rows")
    for mark, what, advice in _FOREIGN:
        if start.startswith(mark):
            raise DataError(f"{path.name} is no delimited text but {what}; {advice}")
    plain = start.removeprefix(_MARKS[0][0])
    if _MARKUP.match(plain):
        raise DataError(f"{path.name} is no delimited text but a web page or XML; open it in a spreadsheet and save it as .csv")
    if _JSON.match(plain):
        raise DataError(f"{path.name} is no delimited text but JSON; convert it to .csv first")


def _without_mark(start: bytes) -> str:
    """UTF-16 where every other byte is zero, as in Latin text, else UTF-8."""
    half = max(1, len(start) // 2)
    even, odd = start[0::2].count(0) / half, start[1::2].count(0) / half
    return "utf-16-le" if odd > 0.4 > 0.1 > even else "utf-16-be" if even > 0.4 > 0.1 > odd else "utf-8"


def _examined(path: Path, codec: str, mark: int) -> TextFile | None:
    """The file, if all of it is in this encoding."""
    decoder = codecs.getincrementaldecoder(codec)()
    ends, blank = 1, True
    try:
        for block in _bytes(path, mark):
            zero = block.find(b"\0") if not codec.startswith("utf-16") else -1
            if zero >= 0:
                row = ends + block.count(b"\n", 0, zero)
                raise DataError(f"{path.name} is no text, or damaged: it holds zero bytes, the first in row {row}; give a file of delimited text")
            if codec == "utf-8" and block.isascii() and not decoder.getstate()[0]:
                blank = blank and not block.strip()
            else:
                text = decoder.decode(block)
                blank = blank and not text.strip()
            ends += int(np.count_nonzero(np.frombuffer(block, dtype=np.uint8) == _LF)) + (block.count(b"\r") if b"\r" in block else 0)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    if blank:
        raise DataError(f"{path.name} is empty; give a file with a header and rows")
    return TextFile(path, codec, mark, ends)
