"""Problems as they are listed: for people, one under the other with what to do; for machines, as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from typing import TYPE_CHECKING, Any

from kepuasan.display.numbers import number
from kepuasan.problems import Problem
from kepuasan.wording import say
from kepuasan.wording.problems import READ_AS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kepuasan.cli.checking.inspection import FileSeen, Inspection

__all__ = ["BLANK", "CODE_KEYS", "KEYS", "as_csv", "as_json", "as_text", "codes_as", "csv_of", "folded", "sentence", "taken_for"]

#: what a machine is told of each problem
KEYS = ("code", "severity", "file", "sheet", "column", "rows", "count", "message", "advice")
#: what is told of a code
CODE_KEYS = ("code", "severity", "message", "advice")
#: a place in the words of a code
BLANK = re.compile(r"\{[^}]*\}")
#: says at the top what a file was taken for
_TAKEN = "KP100"
_MARGIN = " " * 6
#: letters of a line on a terminal
_WIDTH = 100


def as_text(found: Inspection, language: str) -> str:
    """The files and what they were taken for, how many problems there are, and the problems by severity, numbered."""
    problems = [one for one in found.problems if one.code != _TAKEN]
    lines = [line for seen in found.files for line in _file(seen, language)]
    lines += ["", *folded(_summary(found, problems, language), "")]
    if not found.indexed and all(one.code != "KP004" for one in problems):
        lines += folded(say("problem.bare", language), "")
    count = 0
    for severity in ("error", "warning", "note"):
        group = [one for one in problems if one.severity == severity]
        if group:
            lines += ["", say(f"problem.{severity}", language), *_listed(group, count, language)]
            count += len(group)
    return "\n".join(lines)


def as_json(found: Inspection, language: str) -> str:
    """A list of objects, one a problem."""
    return json.dumps([dict(zip(KEYS, _values(one, language), strict=True)) for one in found.problems], ensure_ascii=False, indent=2)


def as_csv(found: Inspection, language: str) -> str:
    """A header and a line a problem; rows are separated by blanks."""
    lines = (_values(one, language) for one in found.problems)
    return csv_of([KEYS, *([" ".join(map(str, cell)) if isinstance(cell, list) else cell for cell in line] for line in lines)])


def codes_as(written: str, language: str) -> str:
    """Every code that a problem may have, in order: its severity, what is so, what to do; ``...`` stands for what the data fill in."""
    found = [Problem(code) for code in sorted(WORDS) if re.fullmatch(r"KP\d{3}", code)]
    lines = [(one.code, one.severity, *(BLANK.sub("...", WORDS[key][language]) for key in (one.code, f"{one.code}.advice"))) for one in found]
    if written == "json":
        return json.dumps([dict(zip(CODE_KEYS, line, strict=True)) for line in lines], ensure_ascii=False, indent=2)
    if written == "csv":
        return csv_of([CODE_KEYS, *lines])
    return "\n".join(line for code, severity, said, advice in lines for line in folded(_line(code, severity, said, advice, language), _MARGIN))


def _line(code: str, severity: str, said: str, advice: str, language: str) -> str:
    return f"{code}  {say(f'problem.kind.{severity}', language)}: {said}; {advice}"


def csv_of(lines: Iterable[Iterable[Any]]) -> str:
    """Lines of cells as CSV; no text of data is a formula for the spreadsheet that opens it."""
    from kepuasan.report.cells import looks_run

    stream = io.StringIO()
    safe = ([f"'{cell}" if isinstance(cell, str) and looks_run(cell) else cell for cell in line] for line in lines)
    csv.writer(stream, lineterminator="\n").writerows(safe)
    return stream.getvalue()


def _values(one: Problem, language: str) -> tuple[Any, ...]:
    words = one.said(language)
    said = (taken_for(words, language) if one.code == _TAKEN else words, one.advice(language))
    return (one.code, one.severity, one.file, one.sheet, one.column, list(one.rows), max(one.count, len(one.rows)), *said)


# ---------------------------------------------------------------- for people


def _file(seen: FileSeen, language: str) -> list[str]:
    """What a file was taken for, and its size."""
    head = seen.where if re.sub(r"\.\w+(#.*)?$", "", seen.where) == seen.label else f"{seen.label}: {seen.where}"
    if not seen.taken_for:
        return [f"{head}: {say('problem.unread', language)}"]
    bad = "" if seen.usable else ".bad"
    book = say(f"problem.codebook{bad}", language, name=seen.codebook) if seen.codebook else say("problem.codebook.none", language)
    rows, columns = (number(value, 0, language) for value in (seen.rows, len(seen.columns)))
    size = say("problem.size", language, taken_for=taken_for(seen.taken_for, language), rows=rows, columns=columns, codebook=book)
    return folded(f"{head}: {size}", "  ")


def taken_for(text: str, language: str) -> str:
    """What a file was taken for, in a language; parts that are not known stay as they are."""
    if language == "en":
        return text
    for english, local in READ_AS:
        text = re.sub(english, local, text)
    return text


def _summary(found: Inspection, problems: Sequence[Problem], language: str) -> str:
    whole = {"waves": found.waves, "rows": found.rows, "items": found.items}
    if not problems:
        return say("check.none", language, **whole)
    counts = {f"{severity}s": sum(one.severity == severity for one in problems) for severity in ("error", "warning", "note")}
    return say("problem.counts" if found.errors else "problem.counts.fit", language, **counts)


def _listed(group: Sequence[Problem], count: int, language: str) -> list[str]:
    """Number, code, file, column and rows of each problem, then what is so and what to do."""
    widths = [max(len(text) for text in texts) for texts in zip(*(_place(one, language) for one in group), strict=True)]
    lines: list[str] = []
    for place, one in enumerate(group, start=count + 1):
        cells = [text.ljust(width) for text, width in zip(_place(one, language), widths, strict=True) if width]
        lines.append(f"{place:3}.  {one.code}  " + "  ".join(cells).rstrip())
        lines += folded(sentence(one.said(language)), _MARGIN, _MARGIN)
        advice = one.advice(language)
        if advice != say(f"{_TAKEN}.advice", language):
            lines += folded(sentence(say("problem.advice", language, text=advice)), _MARGIN, _MARGIN)
    return lines


def _place(one: Problem, language: str) -> tuple[str, str, str]:
    column = say("problem.column", language, column=one.column) if one.column else ""
    rows = say("problem.row" if one.listed_rows().isdigit() else "problem.rows", language, rows=one.listed_rows()) if one.rows else ""
    return one.where, column, rows


def sentence(text: str) -> str:
    """A text with a capital where it begins with a plain word, and a full stop."""
    capital = text[:1].upper() + text[1:] if text.split(" ")[0].isalpha() and text.split(" ")[0].islower() else text
    return capital if capital.endswith(".") else f"{capital}."


def folded(text: str, then: str, first: str = "") -> list[str]:
    """A text as lines that a terminal has room for; what stands before the first line, and before the others."""
    return textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=then, break_long_words=False, break_on_hyphens=False) or [""]
