"""What the library refuses, told by a code of its own and in either language, where its message is of a kind that is known."""

from __future__ import annotations

import re

from kepuasan.problems import Problem

__all__ = ["told"]

_NEAR = r"(?:; did you mean '(?P<near>[^']*)'\?)?"
#: the kinds of messages about files and codebooks, the first that fits being the one; groups fill the words, `rows` are rows of the file
_KINDS = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("KP021", r"\b(?:has|with) a password\b"),
        ("KP022", r"\bis (?:no delimited text but|text, not a workbook|an? .*, not an?(?: zipped| \.xlsx)? workbook|.* of the old format)"),
        ("KP022", r"\bis (?:another OpenDocument file|a zip archive of other files)"),
        ("KP023", r"\bhas the suffix '(?P<suffix>[^']*)'"),
        ("KP024", r"\bis empty; give|\bhas no sheets of cells"),
        (
            "KP025",
            r"header has (?P<width>\d+) fields, but (?P<count>\d+) rows have another number, the first (?P<first>\d+) \(rows (?P<rows>[\d, ]+)",
        ),
        ("KP026", r"quote opened in row (?P<rows>\d+)|row (?P<row>\d+): .*a quote opened there"),
        ("KP027", r"(?P<count>\d+) columns have no name \(column (?P<columns>[^)]*)\)"),
        ("KP028", r"(?P<count>\d+) column names occur twice: (?P<columns>.*?); rename"),
        ("KP029", r"has no sheet '(?P<sheet>[^']*)'.*the sheets are (?P<sheets>.*)$"),
        ("KP030", r"neither UTF-8 nor Windows-1252|\bis not in UTF-8\b"),
        ("KP031", r"\bis no TOML: .*\(at line (?P<rows>\d+),"),
        ("KP032", rf"^(?P<entry>[^:\s]+): (?:is not known|unknown key){_NEAR}"),
        ("KP033", rf"^(?P<entry>[^:\s]+): '(?P<name>[^']*)' is not (?:declared under \w+|an item){_NEAR}"),
        ("KP020", r"\bdamaged\b|\bcut off\b"),
    )
)
#: a message that has the first may have the second too
_WITH = {"KP027": "KP028"}


def told(text: str, file: str = "", sheet: str = "") -> list[Problem]:
    """The problems that a message of the library tells; none where its kind is not known.

    Examples
    --------
    >>> [(one.code, one.rows) for one in told("the header has 2 fields, but 1 rows have another number, the first 3 (rows 7); quote ...")]
    [('KP025', (7,))]
    """
    found: list[Problem] = []
    for code, pattern in _KINDS:
        match = pattern.search(text)
        if match is not None and (not found or _WITH.get(found[0].code) == code):
            found.append(_problem(code, match.groupdict(), file, sheet))
    return found


def _problem(code: str, groups: dict[str, str | None], file: str, sheet: str) -> Problem:
    rows = tuple(int(row) for row in re.findall(r"\d+", groups.get("rows") or groups.get("row") or ""))
    count = int(groups.get("count") or 0)
    values = {name: value if value is not None else "-" for name, value in groups.items() if name not in ("rows", "row")}
    if values.get("near", "-") != "-":
        values["near"] = repr(values["near"])
    return Problem(code, values, file, sheet, rows=rows, count=max(count, len(rows)) if rows else 0)
