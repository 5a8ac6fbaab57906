"""What the library refuses, told by a code of its own and in either language, where its message is of a kind that is known."""

from __future__ import annotations

import re
import string
from functools import cache
from typing import Any, TypeAlias

from kepuasan.problems import Problem
from kepuasan.refusals.kinds import AMOUNTS, EACH, KINDS, WITH
from kepuasan.refusals.system import with_reasons
from kepuasan.wording import say
from kepuasan.wording.problems import WORDS
from kepuasan.wording.run_refusals import FRAGMENTS

#: codes and the patterns of their messages
Kinds: TypeAlias = tuple[tuple[str, re.Pattern[str]], ...]

__all__ = ["Hint", "Plain", "told"]

#: how many more there are, as lists of values end, and a list of lines that ends so
_MORE = re.compile(r",? and (\d+) more\b")
#: a problem that a message of the library holds in full, its code at the end
_CODED = re.compile(r"^(?P<where>[^\n]*?)(?:, '(?P<column>[^\n]*?)')?(?:, rows (?P<rows>[\d, ]+)(?: \(\+(?P<more>\d+)\))?)?: $")
_CODE = re.compile(r"\[(KP\d{3})\]\s*$")
#: a number with thousands or decimals, and its signs in Indonesian
_NUMBER = re.compile(r"(?<![\w.,])-?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w.])|(?<![\w.,])-?\d+\.\d+(?![\w.])")
_SIGNS = str.maketrans(",.", ".,")
#: the file that a message begins with
_FILE = re.compile(r"^(?:codebook )?(?P<file>[^\n:'/\\]+\.\w{2,8}): ")
#: groups that tell rows of the file
_ROWS = ("rows", "row")


class Hint:
    """A hint at the name that is near, in the language that the words around it ask for; nothing where none is."""

    def __init__(self, name: str | None) -> None:
        self.name = name

    def __format__(self, language: str) -> str:
        return say("recipe.near", language or "en", name=self.name) if self.name is not None else ""


class Plain(str):
    """A value as the message has it, but for parts of it that are known in Indonesian."""

    __slots__ = ()

    def __format__(self, language: str) -> str:
        text = str(self)
        for english, local in FRAGMENTS if language == "id" else ():
            text = re.sub(english, local, text)
        return with_reasons(text, language) if language else text


class Amounts(Plain):
    """Text with numbers, in the form of the language.

    Examples
    --------
    >>> f"{Amounts('Jenis kelamin 2,100; Kabupaten 2,600.5'):id}"
    'Jenis kelamin 2.100; Kabupaten 2.600,5'
    """

    __slots__ = ()

    def __format__(self, language: str) -> str:
        text = super().__format__(language)
        return _NUMBER.sub(lambda found: found[0].translate(_SIGNS), text) if language == "id" else text


def told(text: str, file: str = "", sheet: str = "", *, kinds: Kinds = KINDS) -> list[Problem]:
    r"""The problems that a message of the library tells, of the file that it begins with unless another is given; none where its kind is not known.

    Examples
    --------
    >>> [(one.code, one.rows) for one in told("the header has 2 fields, but 1 rows have another number, the first 3 (rows 7); quote ...")]
    [('KP025', (7,))]
    >>> print(told("'sx' is not a column of the survey; did you mean 'sex'?\nThe columns are 'sex', 'age'")[0].said("en"))
    the data have no column 'sx'; did you mean 'sex'?
    """
    listed = [whole for line in text.splitlines() if (whole := _restated(line.strip())) is not None]
    if listed:
        return listed
    begins = _FILE.match(text)
    file = begins["file"] if begins is not None and not file else file
    found: list[Problem] = []
    for code, pattern in kinds:
        match = pattern.search(text)
        if match is not None and (not found or WITH.get(found[0].code) == code):
            groups = [match.groupdict()] if code not in EACH else [one.groupdict() for one in EACH[code].finditer(match[0])]
            found += [_problem(code, one, file, sheet) for one in groups]
    return found


def _problem(code: str, groups: dict[str, str | None], file: str, sheet: str) -> Problem:
    rows = tuple(int(row) for row in re.findall(r"\d+", groups.get("rows") or groups.get("row") or ""))
    count = int((groups.get("count") or "0").replace(",", ""))
    values: dict[str, Any] = {name: _listed(value, amounts=code in AMOUNTS) for name, value in groups.items() if name not in (*_ROWS, "near")}
    if "near" in groups:
        values["near"] = Hint(groups["near"])
    return Problem(code, values, file, sheet, rows=rows, count=max(count, len(rows)) if rows else 0)


def _listed(value: str | None, *, amounts: bool = False) -> Plain:
    """A value, or a list of them on one line, as both languages write it; `amounts` are numbers that are written in the form of a language."""
    text = "; ".join(line.strip().removesuffix("; make the codebooks agree") for line in (value or "-").splitlines())
    return (Amounts if amounts else Plain)(_MORE.sub(r" (+\1)", text))


# ---------------------------------------------------------------- problems that a message holds in full


def _restated(line: str) -> Problem | None:
    """The problem of a line such as ``a.csv, 'u1', rows 3: answers off the scale 1 to 4: 7; correct ... [KP175]``."""
    found = _CODE.search(line)
    if found is None or found[1] not in WORDS:
        return None
    for key in (found[1], f"{found[1]}.lone"):
        match = _said(key, found[1]).search(line) if key in WORDS else None
        before = None if match is None else _CODED.search(line[: match.start()])
        if match is not None and before is not None:
            rows = tuple(map(int, re.findall(r"\d+", before["rows"] or "")))
            values = {name: Plain(value) for name, value in match.groupdict().items()} | ({"nearest": "-"} if key != found[1] else {})
            file, _, sheet = before["where"].partition("#")
            return Problem(found[1], values, file, sheet, before["column"] or "", rows, len(rows) + int(before["more"] or 0))
    return None


@cache
def _said(key: str, code: str) -> re.Pattern[str]:
    """What the words of a code look like with their places filled."""
    names: set[str] = set()
    pattern = ""
    for literal, name, _, _ in string.Formatter().parse(f"{WORDS[key]['en']}; {WORDS[f'{code}.advice']['en']} [{code}]"):
        pattern += re.escape(literal)
        if name is not None:
            pattern += f"(?P={name})" if name in names else f"(?P<{name}>.*?)"
            names.add(name)
    return re.compile(f"{pattern}$")
