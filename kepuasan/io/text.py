"""Delimited text: separator and encoding found out, every row held against the header."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd

from kepuasan.errors import DataError, some
from kepuasan.io.drafting import Raw, check_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["read_text"]

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ENCODINGS = ("utf-8", "cp1252")
#: records, and characters at most, looked at to find the separator
_SAMPLE = 200
_CHARACTERS = 1_000_000


def read_text(path: Path) -> Raw:
    """The cells of a delimited text file, as text; empty fields and NA are empty cells.

    Raises
    ------
    DataError
        No text, no rows, a ragged row, a quote that is not closed, columns without a name or of one name.
    """
    text, encoding = _decoded(path)
    separator = _separator(text, tabs_first=path.suffix.lower() == ".tsv")
    header = _checked_header(text, separator, path)
    try:
        frame = pd.read_csv(
            io.StringIO(text.lstrip("\r\n")),
            sep=separator,
            header=0,
            index_col=False,
            dtype=str,
            keep_default_na=False,
            na_values=["", "NA"],
            skip_blank_lines=len(header) > 1,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise DataError(f"{path.name} cannot be read as delimited text: {str(error).strip()}") from error
    frame.columns = pd.Index(header)
    return Raw(frame, f"{path.name}, text separated by {_SEPARATORS[separator]}, {encoding}")


def _decoded(path: Path) -> tuple[str, str]:
    """The text of a file and its encoding: as its mark says, else UTF-8, else Windows-1252."""
    data = path.read_bytes()
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise DataError(f"{path.name} is no text: it holds zero bytes; give a file of delimited text")
        if not text.strip():
            raise DataError(f"{path.name} is empty; give a file with a header and rows")
        return text.rstrip("\r\n"), "UTF-8" if encoding.startswith("utf-8") else encoding.upper()
    raise DataError(f"{path.name} is neither UTF-8 nor Windows-1252 text; save it as UTF-8")


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """Records of the text, blank lines left out."""
    return (record for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if record)


def _separator(text: str, *, tabs_first: bool) -> str:
    """The separator under which most rows have the header's fields; among equals the one with most fields."""
    order = sorted(_SEPARATORS, key=lambda separator: separator != "\t") if tabs_first else list(_SEPARATORS)
    return max(order, key=lambda separator: _agreement(text, separator))


def _agreement(text: str, separator: str) -> tuple[bool, float, int]:
    widths: list[int] = []
    try:
        widths += [len(record) for record in islice(_records(text[:_CHARACTERS], separator), _SAMPLE)]
    except csv.Error:
        return (False, 0.0, 0)
    return (widths[0] > 1, sum(width == widths[0] for width in widths) / len(widths), widths[0])


def _checked_header(text: str, separator: str, path: Path) -> list[str]:
    """The header, after every record was held against it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header: list[str] = []
    ragged: list[int] = []
    first = 0
    try:
        for record in reader:
            if not header:
                header = record
            elif record and len(record) != len(header):
                first = first or len(record)
                ragged.append(reader.line_num)
    except csv.Error as error:
        raise DataError(f"{path.name}, line {reader.line_num}: {error}") from error
    if ragged:
        raise DataError(
            f"{path.name}: the header has {len(header)} fields, but {len(ragged)} rows have another number, the first {first} "
            f"(lines {some(ragged)}); quote fields that contain {_SEPARATORS[separator]}, or complete the rows"
        )
    check_names(header, path)
    return header
