"""What several tables tell together: a number that one of them hides may follow from what the others show."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from kepuasan.columns import WAVE, spelled
from kepuasan.design import factorized
from kepuasan.errors import DataWarning
from kepuasan.report.suppression import COMPLEMENT, DISCLOSURE, SIDES, Hiding, group_key, suppressed
from kepuasan.specification import ScoredRows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.numerics.totals import Integers
    from kepuasan.report.gathering.groups import Sides
    from kepuasan.report.gathering.scope import Scope
    from kepuasan.report.request import ReportRequest, Suppression
    from kepuasan.specification import IndexSpec
    from kepuasan.survey import Survey

__all__ = ["Cells", "hiding_of", "told_by_others"]

#: rows read at once; rows of all tables of a wave beyond which the longest are not linked
_BLOCK, _MOST_CELLS = 200_000, 1_000
#: answers by which two sets may differ and still be one; part of the largest share below which a set takes no part
_SAME, _NO_PART = 1e-6, 1e-6


@dataclass(frozen=True, eq=False)
class Cells:
    """The rows of a table that add up to a total, and whose respondents they are.

    ``of``: a column, or a `group_key`; ``codes``: of its rows as text; ``row``: the row of each respondent, -1 for none. Of several
    sets that tell the same, those of the lowest ``value`` are hidden first.
    """

    of: str
    codes: tuple[str, ...]
    row: Integers
    value: int = 0


def hiding_of(scope: Scope, request: ReportRequest, spec: IndexSpec, sides: Sequence[Sides]) -> Hiding:
    """What is hidden in each wave because tables of groups, columns, regions and provinces would tell it together."""
    survey, rule = scope.survey, request.suppression
    counted = _counted(survey, spec)
    wave = survey.frame[WAVE].astype(str).to_numpy() if scope.pair is not None else None
    found: dict[tuple[str, str], frozenset[str]] = {}
    alone: dict[str, int] = {}
    for label in request.waves:
        rows = np.flatnonzero(counted if wave is None else counted & (wave == label))
        current = scope.pair is None or label == scope.pair[1]
        tables, long = _linkable(list(_tables(survey, request, sides, rows, current=current)))
        alone |= {one.of: len(one.codes) for one in long}
        found |= {(label, of): codes for of, codes in told_by_others(tables, len(rows), rule).items()}
    if alone:
        warnings.warn(
            f"{', '.join(map(repr, alone))} has too many rows ({max(alone.values()):,}) to be compared with the other tables "
            f"({_MOST_CELLS:,} in a wave): a number hidden there may follow from the others; publish it apart, or by a column of fewer codes",
            DataWarning,
            stacklevel=2,
        )
    return Hiding(rule, found)


def _linkable(tables: Sequence[Cells]) -> tuple[list[Cells], list[Cells]]:
    """The tables that are compared, and the longest ones, which are too many rows together with them."""
    kept = sorted(tables, key=lambda one: len(one.codes))
    while len(kept) > 1 and sum(len(one.codes) for one in kept) > _MOST_CELLS:
        kept.pop()
    return [one for one in tables if one in kept], [one for one in tables if one not in kept]


def _counted(survey: Survey, spec: IndexSpec) -> NDArray[np.bool_]:
    """Respondents that the n of the index counts."""
    read, n = ScoredRows(survey, spec), len(survey.frame)
    place = len(spec.items) + len(spec.importance)
    answered = [~np.isnan(read(start, min(start + _BLOCK, n))[:, place]) for start in range(0, n, _BLOCK)]
    known = np.concatenate([np.zeros(0, dtype=bool), *answered]) & (survey.design.weights != 0)
    return np.asarray(known if survey.domain is None else known & survey.domain)


def _tables(survey: Survey, request: ReportRequest, sides: Sequence[Sides], rows: Integers, *, current: bool) -> Iterator[Cells]:
    """The tables of a wave; the league and the provinces are of the current one alone."""
    for one in sides:
        inside, outside = (np.asarray(side.domain)[rows] for side in (one.members, one.others))
        yield Cells(group_key(one.group.where), SIDES, np.where(inside, 0, np.where(outside, 1, -1)))
    regions = [name for name in (request.league, request.provinces) if name is not None and current]
    for name in dict.fromkeys([*request.domains, *regions]):
        code, levels = factorized(survey.column(name).iloc[rows])
        yield Cells(name, tuple(spelled(level) for level in levels), code, 2 if name in regions else 1)


def told_by_others(tables: Sequence[Cells], n: int, rule: Suppression) -> dict[str, frozenset[str]]:
    """The codes of each table that must be hidden besides those that its own total asks for.

    Parameters
    ----------
    tables : list of Cells
    n : int
        Respondents of all, which is shown.
    rule : Suppression

    Notes
    -----
    A set of respondents follows from others where its indicator is a sum of multiples of theirs, so that its n and, with the weights, its index are
    known. Protected are rows below the bound of disclosure, those of a table together where they are below it too, and what remains where one row
    that is shown lies within another of a different table and fewer remain than the bound. Of the sets from which one of these follows, the smallest
    of the lowest value is hidden, until none does.
    """
    if len(tables) < 2 or n < rule.disclosure:
        return {}
    own = np.concatenate([suppressed(_count(one), rule) for one in tables])
    shared, table = _shared(tables, n), np.repeat(np.arange(len(tables)), [len(one.codes) for one in tables])
    value = np.array([one.value for one in tables])[table]
    why = _without_links(own, table, value, shared, rule)
    cells = [(one.of, code) for one in tables for code in one.codes]
    more = [cell for cell, after, before in zip(cells, why.tolist(), own.tolist(), strict=True) if after != before]
    return {of: frozenset(code for other, code in more if other == of) for of in dict.fromkeys(of for of, _ in more)}


def _without_links(own: NDArray[np.object_], table: Integers, value: Integers, shared: NDArray[np.float64], rule: Suppression) -> NDArray[np.object_]:
    """Why each row is not shown, so that nothing protected follows; what need not be hidden after all is shown again, the largest first."""
    why, size = own.copy(), shared.diagonal()
    sets = _protected(own, table, shared, rule)
    while len(told := _told(sets, shared, why)):
        involved = np.flatnonzero(np.abs(told[:-1]) > _NO_PART * np.abs(told).max()).tolist()
        why[min(involved, key=lambda one: (value[one], size[one], one))] = COMPLEMENT
    hidden = np.flatnonzero(why != own).tolist()
    for row in sorted(hidden, key=lambda one: (-value[one], -size[one], one)):
        tried = why.copy()
        tried[row] = own[row]
        if not len(_told(sets, shared, tried)):
            why = tried
    return why


def _count(cells: Cells) -> Integers:
    return np.bincount(cells.row[cells.row >= 0], minlength=len(cells.codes))


def _shared(tables: Sequence[Cells], n: int) -> NDArray[np.float64]:
    """How many respondents each two sets share (cells + 1, cells + 1); the last set is all."""
    start, entries = 0, []
    for one in tables:
        known = np.flatnonzero(one.row >= 0)
        entries.append((one.row[known] + start, known))
        start += len(one.codes)
    entries.append((np.full(n, start), np.arange(n)))
    cell, respondent = (np.concatenate(side) for side in zip(*entries, strict=True))
    members = sparse.csr_array((np.ones(len(cell)), (cell, respondent)), shape=(start + 1, n))
    return np.asarray((members @ members.T).toarray(), dtype=np.float64)


def _protected(own: NDArray[np.object_], table: Integers, shared: NDArray[np.float64], rule: Suppression) -> NDArray[np.float64]:
    """What must not follow, as multiples of the sets (protected, cells + 1)."""
    count, size = len(shared), shared.diagonal()
    few = np.flatnonzero((own == DISCLOSURE) & (size[:-1] > 0))
    sets = [np.eye(count)[few]]
    for one in np.unique(table[few]):
        together = few[table[few] == one]
        if len(together) > 1 and size[together].sum() < rule.disclosure:
            sets.append(np.eye(count)[together].sum(axis=0, keepdims=True))
    shown = np.flatnonzero((own != DISCLOSURE) & (own != COMPLEMENT) & (size[:-1] > 0))
    inner, outer = np.meshgrid(shown, shown, indexing="ij")
    rest = size[outer] - size[inner]
    within = (shared[inner, outer] == size[inner]) & (rest > 0) & (rest < rule.disclosure) & (table[inner] != table[outer])
    sets.append(np.eye(count)[outer[within]] - np.eye(count)[inner[within]])
    return np.concatenate(sets)


def _told(sets: NDArray[np.float64], shared: NDArray[np.float64], why: NDArray[np.object_]) -> NDArray[np.float64]:
    """Multiples of the sets shown that make the first protected one that follows (cells + 1,); nothing where none follows."""
    shown = np.append(np.isin(why, (DISCLOSURE, COMPLEMENT), invert=True), True) & (shared.diagonal() > 0)
    part = shared[np.ix_(shown, shown)]
    root = np.sqrt(part.diagonal())
    share = np.linalg.lstsq(part / np.outer(root, root), (shared[shown] @ sets.T) / root[:, None], rcond=1e-10)[0] / root[:, None]
    gap = -sets
    gap[:, shown] += share.T
    missed = np.einsum("ij,jk,ik->i", gap, shared, gap)
    follows = np.flatnonzero(missed < _SAME)
    if not len(follows):
        return np.empty(0)
    made = np.zeros(len(shared))
    made[shown] = share[:, follows[0]]
    return made
