"""Respondents who are there more than once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.codebook.roles import FORM, IDENTIFIERS, compact, kind_of
from kepuasan.columns import WAVE
from kepuasan.quality.findings import Finding, Number, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from kepuasan.quality.subject import Subject

__all__ = ["duplicates", "is_identifier"]

#: the share of values that are their row's own in a column that tells rows apart
_OWN = 0.9
#: written where there is no identifier
_FILLERS = frozenset({"", "-", "--", "0", "tidak ada", "n/a", "na"})
#: a chance above this explains rows that are alike
_CHANCE = 0.001
#: pairs alike may be this many times what unrelated blocks of answers make, since answers and characteristics are related
_RELATED = 5.0
#: items and other columns that rows alike must share, at least
_ITEMS, _OTHERS = 5, 3
_PRIME = np.uint64(0x9E3779B97F4A7C15)


def duplicates(subject: Subject) -> Iterator[Finding]:
    """Identifiers given twice, the declared ones first, then whole rows alike."""
    repeated = np.zeros(len(subject), dtype=bool)
    for name, declared in _identifiers(subject):
        rows = _repeated(subject, name, repeated)
        repeated[rows] = True
        if rows.size:
            values = subject.frame[name].iloc[rows].unique()
            again = rows.size - len(_with_wave(subject, subject.frame[name]).iloc[rows].drop_duplicates())
            yield Finding("KP201" if declared else "KP200", {"found": listed(values), "count": Number(again)}, name, rows, rows.size)
    yield from _rows_alike(subject, repeated)


def _identifiers(subject: Subject) -> list[tuple[Any, bool]]:
    """Columns that tell respondents apart, and whether the codebook says so; those first of which it does."""
    found = []
    for name in subject.frame.columns:
        item = subject.item(name)
        declared = item.role == "identifier" and "role" not in item.guessed
        named = item.role == "identifier" or compact(name) in IDENTIFIERS
        if declared or (named and _telling(subject, name)):
            found.append((name, declared))
    return sorted(found, key=lambda one: not one[1])


def is_identifier(subject: Subject, name: Any) -> bool:
    """Whether a column tells respondents apart, by its role or its name and cells."""
    return subject.item(name).role == "identifier" or (compact(name) in IDENTIFIERS and _telling(subject, name))


def _telling(subject: Subject, name: Any) -> bool:
    """Whether nearly every row has a value of its own, within its wave."""
    if not subject.survey.wave_codebooks:
        return subject.unique(name)
    known = _with_wave(subject, subject.answers(name)).dropna()
    return len(known) > 1 and len(known.drop_duplicates()) >= _OWN * len(known)


def _with_wave(subject: Subject, column: pd.Series[Any]) -> pd.DataFrame:
    """A column, beside the wave of each row where waves are stacked."""
    stacked = bool(subject.survey.wave_codebooks) and WAVE in subject.frame.columns and column.name != WAVE
    return pd.concat([column, subject.frame[WAVE]] if stacked else [column], axis=1)


def _repeated(subject: Subject, name: Any, known: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Rows whose identifier another row of the same wave has too, but for those that are all known to be repeated."""
    column = subject.answers(name)
    own = _with_wave(subject, column)
    rows = np.flatnonzero(own.duplicated(keep=False).to_numpy() & column.notna().to_numpy())
    rows = rows[~column.iloc[rows].astype(str).str.strip().str.casefold().isin(_FILLERS).to_numpy()]
    if not rows.size or not known[rows].any():
        return rows
    again = own.iloc[rows].groupby(list(own.columns), observed=True).ngroup().to_numpy()
    named: NDArray[np.bool_] = pd.Series(known[rows]).groupby(again).transform("all").to_numpy(dtype=bool)
    return rows[~named]


# ---------------------------------------------------------------- whole rows


def _rows_alike(subject: Subject, repeated: NDArray[np.bool_]) -> Iterator[Finding]:
    """Rows with the same answers and the same characteristics, more than chance makes.

    Notes
    -----
    Of N pairs of rows, N p q are alike where the answers of a share p and the characteristics of a share q of pairs are alike and the two are
    unrelated. Rows with one answer to all items say nothing and are left out, and so are those whose identifier is repeated, which are named already.
    """
    answers, others = _blocks(subject)
    if len(answers) < _ITEMS or len(others) < _OTHERS:
        return
    varied = _varied(subject, answers) & ~repeated
    rows = np.flatnonzero(varied)
    if rows.size < 2:
        return
    first, second = _mixed(subject, answers)[rows], _mixed(subject, others)[rows]
    both = first * _PRIME + second
    n_pairs = rows.size * (rows.size - 1) / 2.0
    found = _pairs(both)
    expected = _pairs(first) * (_pairs(second) / n_pairs)
    if found and _tail(found, _RELATED * expected) < _CHANCE:
        group = pd.Series(both).duplicated(keep=False).to_numpy()
        order = pd.factorize(both[group])[0].argsort(kind="stable")
        alike = rows[group][order]
        values = {"count": Number(found), "expected": Number(expected, 1 if expected >= 0.05 else 3), "columns": Number(len(answers) + len(others))}
        yield Finding("KP202", values, "", alike, alike.size)


def _blocks(subject: Subject) -> tuple[list[str], list[str]]:
    """Items, and the other columns that say who answered and when."""
    design = subject.survey.design.declaration
    apart = {design.weight, *design.columns("fpc")}
    answers = list(subject.index) or [name for name in subject.frame.columns if subject.scale(name) is not None]
    others = [
        name
        for name in subject.frame.columns
        if name not in answers
        and name not in apart
        and compact(name) not in FORM
        and subject.counted(name).distinct > 1
        and (kind_of(subject.frame[name]) == "date" or not subject.unique(name))
    ]
    return answers, others


def _varied(subject: Subject, answers: Iterable[str]) -> NDArray[np.bool_]:
    """Rows that gave more than one answer."""
    low, high = np.full(len(subject), np.inf), np.full(len(subject), -np.inf)
    for name in answers:
        numbers = subject.numbers(name)
        low, high = np.fmin(low, numbers), np.fmax(high, numbers)
    return np.asarray(high > low)


def _mixed(subject: Subject, names: Iterable[str]) -> NDArray[np.uint64]:
    """One number for the cells of several columns of each row; days of dates."""
    mixed = np.zeros(len(subject), dtype=np.uint64)
    for name in names:
        column = subject.frame[name]
        if kind_of(column) == "number":
            cells = column.to_numpy(dtype=np.float64, na_value=np.nan) + 0.0
        else:
            cells = pd.factorize(column.dt.floor("D") if kind_of(column) == "date" else column)[0].astype(np.float64)
        code = np.where(np.isnan(cells), -1e300, cells).view(np.uint64)
        code = (code ^ (code >> np.uint64(29))) * _PRIME
        mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9) + (code ^ (code >> np.uint64(32)))
    return mixed


def _pairs(code: NDArray[np.uint64]) -> float:
    """Pairs of rows with the same code."""
    counts = pd.Series(code).value_counts(sort=False).to_numpy(dtype=np.float64)
    return float((counts * (counts - 1.0) / 2.0).sum())


def _tail(found: float, expected: float) -> float:
    """The chance of so many or more where so many are expected."""
    from scipy.stats import poisson

    return float(poisson.sf(found - 1, expected))
