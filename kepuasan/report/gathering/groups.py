"""Groups that a condition makes, against all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kepuasan.columns import WAVE
from kepuasan.errors import DataError, RecipeError
from kepuasan.index import satisfaction_index
from kepuasan.report.findings import GroupFound
from kepuasan.report.gathering.refusing import columns_of_condition
from kepuasan.report.gathering.testing import paired

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from kepuasan.estimates import Estimates
    from kepuasan.report.gathering.scope import Scope
    from kepuasan.report.request import Group
    from kepuasan.specification import IndexSpec
    from kepuasan.survey import Survey

__all__ = ["Sides", "group_found", "sides_of"]


@dataclass(frozen=True)
class Sides:
    """A group and all others, as domains."""

    group: Group
    members: Survey
    others: Survey


def sides_of(survey: Survey, groups: Sequence[Group]) -> list[Sides]:
    """Both sides of each group.

    A row that lacks the answer to any question that the condition names belongs to neither side, whatever else the condition says of it: of a
    respondent whose age is not known nobody can say that "age <= 30" is untrue.

    Raises
    ------
    RecipeError
        Conditions that cannot be read, that hold for nobody or for everybody; all of them.
    """
    found, problems = [], []
    for group in groups:
        try:
            found.append(_sides(survey, group))
        except DataError as error:
            problems.append(f"the group of {group.where!r}: {error}")
    if problems:
        raise RecipeError("; ".join(problems))
    return found


def _sides(survey: Survey, group: Group) -> Sides:
    known = np.ones(len(survey.frame), dtype=bool)
    for name in columns_of_condition(group.where):
        known &= survey.column(name).notna().to_numpy(dtype=bool)
    asked = survey.where(known)
    members = asked.where(group.where)
    if members.domain is None or (asked.domain is not None and (asked.design.weights[asked.domain & ~members.domain] == 0).all()):
        raise DataError("the condition holds for everybody, so that there are no others to compare with; change it")
    return Sides(group, members, asked.where(~members.domain))


def group_found(scope: Scope, sides: Sides, spec: IndexSpec, df: Mapping[str, float]) -> GroupFound:
    """The index of a group and of the others, their gap and the group's change; waves that lack either side have no row.

    ``df``: degrees of freedom of each wave, by which its gap is tested, as it is of that wave alone.
    """
    by = scope.by or None
    score, others = (scope.ordered(satisfaction_index(side, spec, by=by).score) for side in (sides.members, sides.others))
    both = score.join(others)
    own, other = (_by_wave(one.key) for one in (score, others))
    shared = [wave for wave in own if wave in other]
    plus = np.array([own[wave] for wave in shared], dtype=np.intp)
    minus = np.array([other[wave] for wave in shared], dtype=np.intp) + len(score)
    gap = paired(both, plus, minus, score.key.iloc[plus], np.array([df[wave] for wave in shared], dtype=np.float64))
    return GroupFound(sides.group, score, others, gap, _change(score, own, scope.pair))


def _change(score: Estimates, own: dict[str, int], pair: tuple[str, str] | None) -> Estimates | None:
    """The change of a group between the waves of the pair, where it is in both."""
    if pair is None or not all(wave in own for wave in pair):
        return None
    base, current = (np.array([own[wave]], dtype=np.intp) for wave in pair)
    return paired(score, current, base, score.key.iloc[current].drop(columns=WAVE))


def _by_wave(key: pd.DataFrame) -> dict[str, int]:
    """The row of each wave; of no wave where there are none."""
    waves = key[WAVE].astype(str) if WAVE in key.columns else [""] * len(key)
    return {wave: row for row, wave in enumerate(waves)}
