"""Headers of several rows, where they are certainly those of a platform's export."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from kepuasan.io.raw import Header

__all__ = ["RESPONSES", "qualtrics", "surveymonkey"]

#: what SurveyMonkey writes below a question that has one column
RESPONSES = frozenset(
    {"response", "open-ended response", "respons", "respons terbuka", "tanggapan", "tanggapan terbuka", "jawaban", "jawaban terbuka"}
)
_META = re.compile(
    r"(respondent|collector)[ _]?id|(start|end) date|date[ _](created|modified)|(ip|email)[ _]address|(first|last)[ _]name|custom[ _](data )?\d*",
    re.IGNORECASE,
)
_IDS = (frozenset({"respondent id", "collector id"}), frozenset({"respondent_id", "collector_id"}))
_DATES = ("StartDate", "EndDate", "RecordedDate")
_IMPORT = re.compile(r"\s*\{\s*[\"“]?ImportId", re.IGNORECASE)


def qualtrics(rows: Sequence[Sequence[Any]]) -> Header | None:
    """Names, question texts and, in delimited text, identifiers for import; None where the rows are not that."""
    if len(rows) < 2:
        return None
    names, texts = _cells(rows[0]), _cells(rows[1])
    third = _cells(rows[2]) if len(rows) > 2 else []
    if len(names) < 2 or len(texts) > len(names):
        return None
    if len(third) == len(names) and all(_IMPORT.match(cell) for cell in third):
        return Header(tuple(names), 3, _labels(names, texts), "Qualtrics")
    if _described(dict(zip(names, texts, strict=False))):
        return Header(tuple(names), 2, _labels(names, texts), "Qualtrics")
    return None


def _described(texts: dict[str, str]) -> bool:
    """Whether the cells below the columns that every export has are words instead of dates and identifiers."""
    below = [texts.get(name, "") for name in (*_DATES, "ResponseId")]
    return all(text and not any(sign.isdigit() for sign in text) and not text.startswith("R_") for text in below)


def surveymonkey(rows: Sequence[Sequence[Any]]) -> Header | None:
    """Questions, and below them options or "Response"; None where the rows are not that for certain."""
    if len(rows) < 2:
        return None
    upper, lower = _cells(rows[0]), _cells(rows[1])
    lower += [""] * (len(upper) - len(lower))
    if len(upper) < 3 or len(lower) > len(upper):
        return None
    known = any(ids <= {name.casefold() for name in upper} for ids in _IDS)
    groups = _groups(upper)
    if not (_below_ids_is_blank(upper, lower) if known else _options_below_blanks(upper, lower, groups)):
        return None
    single = _single_words(upper, lower, groups)
    names = [_name(upper[start], lower[place], single=lower[place].casefold() in single) for place, start in enumerate(groups)]
    labels = {
        name: f"{upper[start]}: {lower[place]}" if name != upper[start] else upper[start]
        for place, (name, start) in enumerate(zip(_unique(names), groups, strict=True))
        if not _META.fullmatch(upper[start])
    }
    return Header(tuple(_unique(names)), 2, labels, "SurveyMonkey")


def _cells(row: Sequence[Any]) -> list[str]:
    """Cells as text, without line breaks and blanks around."""
    return ["" if cell is None or str(cell) in ("nan", "NaT", "<NA>") else " ".join(str(cell).split()) for cell in row]


def _labels(names: list[str], texts: list[str]) -> dict[str, str]:
    return {name: text for name, text in zip(names, texts, strict=False) if text and text != name}


def _groups(upper: list[str]) -> list[int]:
    """Where the question of each column stands: in its own cell, or in the last filled one on its left."""
    start, groups = 0, []
    for place, text in enumerate(upper):
        start = place if text else start
        groups.append(start)
    return groups


def _below_ids_is_blank(upper: list[str], lower: list[str]) -> bool:
    """Whether the second row says nothing below the identifiers, and something elsewhere."""
    ids = [place for place, name in enumerate(upper) if name.casefold() in frozenset().union(*_IDS)]
    return not any(lower[place] for place in ids) and any(lower)


def _options_below_blanks(upper: list[str], lower: list[str], groups: list[int]) -> bool:
    """Whether every blank in the first row has an option below it, and every question that has one column "Response" or nothing."""
    blanks = [place for place, text in enumerate(upper) if not text]
    size = Counter(groups)
    lone = [lower[place].casefold() for place, start in enumerate(groups) if size[start] == 1]
    words = [text for text in lone if text]
    return bool(upper[0] and blanks and words) and all(_worded(lower[place]) for place in blanks) and all(text in RESPONSES for text in words)


def _worded(text: str) -> bool:
    return any(sign.isalpha() for sign in text)


def _single_words(upper: list[str], lower: list[str], groups: list[int]) -> frozenset[str]:
    """What stands below questions of one column: the known words, and in other languages the word that several of them share."""
    size = Counter(groups)
    lone = [(upper[start], lower[place].casefold()) for place, start in enumerate(groups) if size[start] == 1]
    counts = Counter(text for question, text in lone if text and not _META.fullmatch(question))
    return RESPONSES | {""} | {text for text, count in counts.items() if count > 1}


def _name(question: str, option: str, *, single: bool) -> str:
    return question if single else f"{question} / {option}" if question else option


def _unique(names: list[str]) -> list[str]:
    """Names that were used before get a number."""
    seen: Counter[str] = Counter()
    taken = set(names)
    unique = []
    for name in names:
        seen[name] += 1
        other = name
        while seen[name] > 1 and (other == name or other in taken):
            other = f"{name} ({seen[name]})"
            seen[name] += other in taken
        taken.add(other)
        unique.append(other)
    return unique
