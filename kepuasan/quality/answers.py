"""Items that nobody answered, codes without a label, codes of no answer that are read as answers, ages that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.codebook.roles import AGE, GROUPED, kind_of, says_no_answer, words
from kepuasan.columns import spelled
from kepuasan.quality.dates import OLDEST
from kepuasan.quality.duplicates import is_identifier
from kepuasan.quality.findings import Finding, Number, listed, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kepuasan.codebook import Item
    from kepuasan.quality.subject import Subject
    from kepuasan.scales import Scale

__all__ = ["answers", "off_scale"]

#: codes that stand for no answer in many files, by how far the answers must stay away
_WIDE = (97, 98, 99, 997, 998, 999, 9997, 9998, 9999, 99999, 999999)
_NARROW = (7, 8, 9)
_BELOW = (-1, -2, -3, -7, -8, -9, -66, -77, -88, -97, -98, -99, -997, -998, -999, -9999)
#: a column with fewer answers says nothing about what is usual in it
_FEW = 10
#: respondents who hardly all give one answer, where no other item tells; a chance below which one answer is odd
_MANY, _CHANCE = 30, 0.01
#: numbers, what is none but a remark or a number with its unit, and how much of a column of numbers may be such
_NUMBER, _NO_NUMBER, _WORDS = r"[+-]?\d+(?:[.,]\d+)*", r"\D*|\d+(?:[.,]\d+)? ?[^\W\d_]{2,}\.?", 0.05
#: cells without a label that are worth a word are rare ones
_RARE = 0.1


def answers(subject: Subject) -> Iterator[Finding]:
    """Findings on the answers of single columns."""
    empty: list[str] = []
    for name in subject.frame.columns:
        item = subject.item(name)
        if subject.counted(name).answered == 0:
            yield from _unanswered(subject, name, item, empty)
            continue
        yield from _answered(subject, name, item)
        yield from _unlabelled(subject, name, item)
        yield from _refusals(subject, name, item)
        ages = list(_age(subject, name))
        yield from ages or _undeclared(subject, name, item)
        yield from _no_numbers(subject, name, item)
    if empty:
        yield Finding("KP215", {"count": Number(len(empty)), "columns": listed(empty, 8)}, "", count=len(empty))
    guessed = [name for name, item in subject.codebook.items.items() if item.guessed and name in subject.frame.columns]
    if guessed:
        yield Finding("KP240", {"count": Number(len(guessed)), "columns": listed(guessed, 8)}, "", count=len(guessed))


def off_scale(subject: Subject, name: str, scale: Scale) -> NDArray[np.intp]:
    """Rows whose answer, missing codes apart, is not on a scale."""
    column = subject.answers(name)
    numbers = pd.to_numeric(column, errors="coerce")
    off = scale.off(numbers.to_numpy(dtype=np.float64, na_value=np.nan)) | (numbers.isna() & column.notna()).to_numpy()
    return np.flatnonzero(off)


# ---------------------------------------------------------------- how many answered


def _unanswered(subject: Subject, name: str, item: Item, empty: list[str]) -> Iterator[Finding]:
    """An item without an answer; columns that were not asked are only gathered, those declared personal are not looked at."""
    if name in subject.index or item.scale is not None or item.values:
        yield Finding("KP207" if name in subject.index else "KP213", {}, name, count=len(subject))
    elif item.role != "personal" or "role" in item.guessed:
        empty.append(name)


def _answered(subject: Subject, name: str, item: Item) -> Iterator[Finding]:
    found, n = subject.counted(name), len(subject)
    if name in subject.index and 2 * found.answered < n:
        yield Finding("KP214", {"count": Number(found.answered), "share": share(found.answered, n)}, name, count=n - found.answered)
    asked = name in subject.index or item.scale is not None
    if found.distinct == 1 and found.values is not None and asked and _surprising(subject, name, found.values[0], found.answered):
        yield Finding("KP208", {"found": listed(found.values), "count": Number(found.answered)}, name, count=found.answered)


def _surprising(subject: Subject, name: str, answer: Any, n: int) -> bool:
    """Whether n respondents would hardly all give an answer, by how often it is given to the other items of the same scale."""
    scale = subject.scale(name)
    others = [one for one in subject.frame.columns if one != name and scale is not None and subject.scale(one) == scale]
    values = [subject.counted(one).numbers() for one in others]
    total, same = sum(int(counts.sum()) for _, counts in values), sum(int(counts[codes == answer].sum()) for codes, counts in values)
    return n >= _MANY if not total else float(((same + 1) / (total + 2)) ** n) < _CHANCE / len(others)


# ---------------------------------------------------------------- codes


def _unlabelled(subject: Subject, name: str, item: Item) -> Iterator[Finding]:
    """Codes without a label where nearly every answer has one; codes within a scale need none."""
    found = subject.counted(name)
    if len(item.values) < 2 or found.values is None or item.scale is not None:
        return
    known = {spelled(code) for code in item.values}
    bare = np.array([spelled(code) not in known for code in found.values], dtype=bool)
    if not bare.any() or found.counts[bare].sum() > _RARE * found.answered:
        return
    codes = found.values[bare]
    rows = np.flatnonzero(subject.frame[name].isin(codes).to_numpy())
    yield Finding("KP209", {"found": listed(codes), "count": Number(rows.size)}, name, rows, rows.size)


def _refusals(subject: Subject, name: str, item: Item) -> Iterator[Finding]:
    """Codes whose labels say that there was no answer, and which are read as answers."""
    found = subject.counted(name)
    named = {spelled(code): label for code, label in item.values.items() if any(says_no_answer(text) for text in label.values())}
    if not named or found.values is None:
        return
    codes = [code for code in found.values if spelled(code) in named]
    if codes:
        rows = np.flatnonzero(subject.frame[name].isin(codes).to_numpy())
        labels = ", ".join(f"{spelled(code)} '{named[spelled(code)]['id']}'" for code in codes)
        yield Finding("KP212", {"found": labels, "count": Number(rows.size)}, name, rows, rows.size)


def _undeclared(subject: Subject, name: str, item: Item) -> Iterator[Finding]:
    """Codes that look like no answer: far from all others, and neither labelled nor declared."""
    values, counts = subject.counted(name).numbers()
    if values.size < 3 or counts.sum() < _FEW or name in subject.survey.design.declaration.all_columns() or is_identifier(subject, name):
        return
    known = [float(code) for code in item.values if not isinstance(code, str)]
    bare = ~np.isin(values, known)
    high = np.isin(values, _WIDE if subject.scale(name) is not None or name not in subject.index else (*_WIDE, *_NARROW)) & bare
    low = np.isin(values, _BELOW) & bare
    rest = values[~high & ~low]
    if rest.size < 2:
        return
    reach = max(rest[-1] - rest[0], 4.0 if values[high | low].size and np.abs(values[high | low]).max() > 9 else 1.0)
    codes = [*(values[low] if rest[0] >= 0 and rest[-1] >= 3 else []), *values[high & (values > rest[-1] + reach * _distance(values))]]
    if not codes or counts[np.isin(values, codes)].sum() > 0.5 * counts.sum():
        return
    rows = np.flatnonzero(np.isin(subject.numbers(name), codes))
    yield Finding(
        "KP211", {"found": listed(codes), "count": Number(rows.size), "low": _plain(rest[0]), "high": _plain(rest[-1])}, name, rows, rows.size
    )


def _no_numbers(subject: Subject, name: Any, item: Item) -> Iterator[Finding]:
    """A few words among numbers, for which a column is read as text."""
    values, counts = subject.counted(name).values, subject.counted(name).counts
    if values is None or item.values or kind_of(subject.frame[name]) != "text" or not len(values) or is_identifier(subject, name):
        return
    texts = pd.Series(values).astype(str).str.strip()
    other = ~texts.str.fullmatch(_NUMBER).to_numpy(dtype=bool)
    if other.any() and counts[other].sum() <= _WORDS * counts.sum() and texts[other].str.fullmatch(_NO_NUMBER).all():
        rows = np.flatnonzero(subject.frame[name].isin(values[other]).to_numpy())
        yield Finding("KP219", {"found": listed(texts[other]), "count": Number(rows.size)}, name, rows, rows.size)


def _distance(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many times the reach of the answers a code must be away: codes of one digit less, since scales are short."""
    return np.where(values > 9, 2.0, 0.75)


def _plain(value: float) -> str:
    return spelled(float(value))


def _age(subject: Subject, name: Any) -> Iterator[Finding]:
    """Ages that nobody has, where the column holds ages in years."""
    parts = set(words(name))
    found = subject.counted(name)
    if not parts & AGE or parts & GROUPED or len(parts) > 3 or subject.item(name).values or found.values is None:
        return
    values, counts = found.numbers()
    wrong = (values < 0) | (values > OLDEST)
    if wrong.any() and counts[wrong].sum() <= 0.5 * counts.sum():
        rows = np.flatnonzero(np.isin(subject.numbers(name), values[wrong]))
        yield Finding("KP210", {"found": listed(values[wrong]), "count": Number(rows.size)}, name, rows, rows.size)
