"""Who answered, as a publication sheet shows it: respondents by sex and by education."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kepuasan.columns import spelled
from kepuasan.display.sheet import Block
from kepuasan.errors import DataError, some

if TYPE_CHECKING:
    from kepuasan.report.publication.row import PublishedRow
    from kepuasan.survey import Survey

__all__ = ["ROLES", "respondents"]

#: what is asked of respondents, and what its column is called in templates of agencies; letters and digits alone count
ROLES = {
    "sex": ("sex", "jeniskelamin", "gender", "kelamin", "jk"),
    "education": ("education", "pendidikan", "pendidikanterakhir", "educationlevel", "tingkatpendidikan"),
}
#: a column of respondents has no more codes
_MOST_CODES = 24
#: what men and women are called where no codebook says so
_SEXES = {"L": ("l", "lk", "lakilaki", "pria"), "P": ("p", "pr", "perempuan", "wanita")}
#: schools, the first first
_SCHOOLS = (
    ("sd", "mi"),
    ("smp", "mts", "sltp"),
    ("sma", "smk", "ma", "slta", "smu", "stm"),
    *((f"d{n}",) for n in "1234"),
    *((f"s{n}",) for n in "123"),
)
_DEGREE = re.compile(r"\b(d|s|diploma|strata)\W*(iv|i{1,3}|[1-4])\b")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def respondents(row: PublishedRow, sex: str | None, education: str | None) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Counts by sex and by education, and which of them the survey has no column for.

    A column that is called as its role may go by another name of `ROLES`; None leaves the counts out on purpose.

    Raises
    ------
    DataError
        A column that is not there, or of more codes than a table of groups has.
    """
    blocks, lacking = [], []
    for role, asked in (("sex", sex), ("education", education)):
        if asked is None:
            continue
        column = _column(row.result.survey, role, asked)
        block = None if column is None else _counts(row, column, role, named=asked != role)
        if block is None:
            lacking.append(role)
        else:
            blocks.append(block)
    return tuple(blocks), tuple(lacking)


def _column(survey: Survey, role: str, asked: str) -> Any:
    """The column asked for; one of another name in its stead, or None, where it is called as its role and is not there."""
    if asked == role and asked not in survey.frame.columns:
        by_name = {_plain(name): name for name in reversed(survey.frame.columns)}
        return next((by_name[name] for name in ROLES[role] if name in by_name), None)
    survey.require([asked])
    return asked


def _plain(text: object) -> str:
    """The letters and digits of a text."""
    return re.sub(r"[\W_]", "", str(text).casefold())


def _counts(row: PublishedRow, column: Any, role: str, *, named: bool) -> Block | None:
    """How many respondents have each code, those who stated none last; None of a column that was not named and has too many codes."""
    say = row.voice.say
    cells = row.result.survey.column(column)[row.members]
    found = cells.dropna().map(lambda code: spelled(code).strip()).value_counts()
    stated = {str(code): int(count) for code, count in found.items() if str(code)}
    labels = row.code_labels(column)
    others = sorted((code for code in stated if code not in labels), key=_ORDERS[role])
    if len(others) > _MOST_CODES:
        if not named:
            return None
        raise DataError(f"{role}={column!r} has {len(others)} codes ({some(others)}); give a column of at most {_MOST_CODES} groups")
    counts: dict[str, int] = {}
    for code in (*labels, *others):
        sign = _sex(code) if role == "sex" else None
        label = labels.get(code, code if sign is None else say(f"sheet.{sign}"))
        counts[label] = counts.get(label, 0) + stated.get(code, 0)
    unstated = len(cells) - sum(stated.values())
    if unstated:
        counts[say("sheet.unstated")] = counts.get(say("sheet.unstated"), 0) + unstated
    own = row.label(column)
    name = say(f"sheet.{role}") if own == str(column) else own
    rows = tuple((label, row.number(count, 0)) for label, count in counts.items())
    return Block(say("sheet.by", column=name[:1].lower() + name[1:]), (name, say("sheet.count")), rows)


def _sex(code: str) -> str | None:
    """L or P; None of another code."""
    return next((sign for sign, words in _SEXES.items() if _plain(code) in words), None)


def _school(code: str) -> int | None:
    """The place of the first school that a code names."""
    text = _DEGREE.sub(lambda found: found[1][0] + _ROMAN.get(found[2], found[2]), code.casefold())
    places = (place for word in re.findall(r"[a-z]+\d?", text) for place, names in enumerate(_SCHOOLS) if word in names)
    return next(places, None)


def _order(code: str) -> tuple[bool, float, str]:
    """Numbers by size, then texts."""
    try:
        return False, float(code), code
    except ValueError:
        return True, 0.0, code


def _by_sex(code: str) -> tuple[Any, ...]:
    return (_sex(code) or "Z", *_order(code))


def _by_school(code: str) -> tuple[Any, ...]:
    place = _school(code)
    return (len(_SCHOOLS) if place is None else place, *_order(code))


#: codes that no codebook lists: men, women, others; schools, then others
_ORDERS: dict[str, Callable[[str], tuple[Any, ...]]] = {"sex": _by_sex, "education": _by_school}
