"""Exports of survey platforms: recognised by their headers and columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kepuasan.io.platforms.header_rows import RESPONSES, qualtrics, surveymonkey
from kepuasan.io.platforms.known import NUMBERED, PLATFORMS, platform_named
from kepuasan.io.platforms.platform import alternatives, heads
from kepuasan.problems import Problem

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.io.raw import Header, Raw

__all__ = ["header_of", "is_repeat", "names_of", "recognised", "unnumbered"]

#: cells looked at
_FEW = 20
_STAMP = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[ ,T]+\d{1,2}[:.]\d{2}.*")
#: moments as forms of Google write them, with a time zone or without
_FORM_STAMP = r"\d{4}/\d{1,2}/\d{1,2}\s+\d{1,2}:\d\d:\d\d\s+[AP]M\s+GMT(?:[+-]\d{1,2}(?::?\d\d)?)?|\d{1,2}/\d{1,2}/\d{4} \d{1,2}[:.]\d\d[:.]\d\d"
_REPEAT = re.compile(r"\[\d+\]/")


def header_of(rows: Sequence[Sequence[Any]]) -> Header | None:
    """The header of a platform whose exports have several header rows, where the first rows of a table are certainly that; else None.

    Examples
    --------
    >>> rows = [["ResponseId", "Q1"], ["Response ID", "How fast?"], ['{"ImportId":"_recordId"}', '{"ImportId":"QID1"}'], ["R_1", "4"]]
    >>> header = header_of(rows)
    >>> header.names, header.first, header.labels["Q1"]
    (('ResponseId', 'Q1'), 3, 'How fast?')
    """
    return qualtrics(rows) or surveymonkey(rows)


def recognised(raw: Raw, sheet: str | None = None) -> Raw:
    """The same cells, with the platform whose export they are, what it says of its columns, and what is to be minded.

    Parameters
    ----------
    raw : Raw
    sheet : str, optional
        The sheet that was asked for by name.

    Returns
    -------
    Raw
        Cells, rows and names of columns are those of `raw`.
    """
    name = raw.platform or _platform(raw.frame)
    texts = {str(column): platform_named(name).text(str(column)) for column in raw.frame.columns}
    problems = [*_header_rows(raw, name), *_second_line(raw), *_members(raw, sheet)]
    return replace(
        raw,
        platform=name,
        taken_for=f"{raw.taken_for}, {name} export" if name else raw.taken_for,
        labels={**{column: text for column, text in texts.items() if text}, **raw.labels},
        problems=(*raw.problems, *problems),
    )


def names_of(column: str, platform: str = "") -> tuple[str, ...]:
    """Other names under which a codebook may list a column of a file, nearest first; the column's own name is not among them.

    `platform` is `Raw.platform`; where it is empty, what is usual on any platform is tried. Some names are questions or labels
    (``"Q1. How fast?"`` gives ``"Q1"`` and ``"How fast?"``; ``"Channels [SMS]"`` gives ``"Channels: SMS"``).

    Examples
    --------
    >>> names_of("service/channel/sms", "KoboToolbox")
    ('channel/sms', 'channel: sms', 'sms')
    >>> names_of("channel___1", "REDCap")
    ('channel/1', 'channel_1')
    """
    return alternatives(column, platform_named(platform).renames)


def unnumbered(text: str) -> str:
    """A question without the number before it.

    Examples
    --------
    >>> unnumbered("4. How fast?"), unnumbered("B2) How fast?"), unnumbered("24 hours")
    ('How fast?', 'How fast?', '24 hours')
    """
    plain = " ".join(text.split())
    return next(iter(NUMBERED.names(plain)), plain)


def is_repeat(column: str) -> bool:
    """Whether a column is one member's in a repeated group.

    Examples
    --------
    >>> is_repeat("children[2]/name"), is_repeat("Q3[SQ001]")
    (True, False)
    """
    return _REPEAT.search(column) is not None


def _platform(frame: pd.DataFrame) -> str:
    """The platform whose export has these columns; empty where none is certain."""
    columns = heads(frame.columns)
    named = next((platform.name for platform in PLATFORMS if platform.fits(columns)), "")
    first = str(frame.columns[0]).strip().casefold() if len(frame.columns) else ""
    stamped = next((platform.name for platform in PLATFORMS if first in platform.first), "")
    return named or (stamped if stamped and _is_form(frame) else "")


def _is_form(frame: pd.DataFrame) -> bool:
    """Whether the first column holds moments, and another one is headed by words or all moments are written as those of forms."""
    cells = [cell for cell in frame.iloc[:_FEW, 0].tolist() if not _blank(cell)]
    worded = any(" " in str(name).strip() or "?" in str(name) for name in frame.columns[1:])
    if not cells or not all(hasattr(cell, "year") or _STAMP.fullmatch(str(cell).strip()) for cell in cells):
        return False
    stamps = frame.iloc[:, 0].dropna().astype(str).str.strip()
    return worded or bool(stamps[stamps != ""].str.fullmatch(_FORM_STAMP).all())


def _blank(cell: Any) -> bool:
    return cell is None or str(cell).strip() in ("", "nan", "NaT", "<NA>")


def _header_rows(raw: Raw, platform: str) -> list[Problem]:
    """That several rows were read as the header."""
    if not raw.platform or raw.first_row < 3:
        return []
    return [Problem("KP150", {"rows": raw.first_row - 1, "platform": platform}, raw.file, raw.sheet)]


def _second_line(raw: Raw) -> list[Problem]:
    """That the first row of data looks like a second row of headers."""
    if raw.platform or raw.first_row != 2 or raw.frame.empty:
        return []
    words = [str(cell).strip().casefold() for cell in raw.frame.iloc[0].tolist() if not _blank(cell)]
    if len(words) < 2 or sum(word in RESPONSES for word in words) * 2 < len(words):
        return []
    return [Problem("KP151", {}, raw.file, raw.sheet, rows=raw.rows_of([0]))]


def _members(raw: Raw, sheet: str | None) -> list[Problem]:
    """That rows are members of a repeated group."""
    parent = _parent(raw.frame)
    if not parent:
        return []
    column = "_parent_index" if "_parent_index" in raw.frame.columns else "PARENT_KEY"
    return [Problem("KP156" if sheet else "KP154", {"parent": parent}, raw.file, raw.sheet or sheet or "", column, count=len(raw.frame))]


def _parent(frame: pd.DataFrame) -> str:
    """The table, or the column, by which rows belong to respondents; empty where they are respondents."""
    columns = set(map(str, frame.columns))
    if "_parent_index" in columns:
        tables = _first_texts(frame, "_parent_table_name") if "_parent_table_name" in columns else []
        places = _first_texts(frame, "_parent_index")
        if columns & {"_submission__id", "_submission__uuid"} or (tables and any(not place.startswith("-") for place in places)):
            return ", ".join(dict.fromkeys(tables)) or "_parent_index"
    if {"PARENT_KEY", "KEY"} <= columns:
        keys = _first_texts(frame, "PARENT_KEY")
        return "PARENT_KEY" if keys and all(key.startswith("uuid:") for key in keys) else ""
    return ""


def _first_texts(frame: pd.DataFrame, column: str) -> list[str]:
    return [str(cell).strip() for cell in frame[column].iloc[:_FEW].tolist() if not _blank(cell)]
