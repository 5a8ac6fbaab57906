"""The index by a column, and who changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import WAVE
from kepuasan.design import factorized
from kepuasan.estimates import taken
from kepuasan.index import satisfaction_index
from kepuasan.numerics.multiplicity import holm
from kepuasan.report.findings import Moved
from kepuasan.report.gathering.testing import alike, has_error, paired
from kepuasan.report.suppression import SHOWN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.estimates import Estimates
    from kepuasan.report.gathering.scope import Scope
    from kepuasan.report.suppression import Hiding
    from kepuasan.specification import IndexSpec

__all__ = ["moved_by"]


def moved_by(scope: Scope, column: str, spec: IndexSpec, hiding: Hiding) -> Moved:
    """The index by a column, and, where there are several waves, the tests of its changes."""
    score = scope.ordered(satisfaction_index(scope.survey, spec, by=[*scope.by, column]).score)
    if scope.pair is None:
        return Moved(column, score)
    codes, place = _places(score, column, scope.pair)
    asked = (place >= 0).all(axis=1)
    change = paired(score, place[asked, 1], place[asked, 0], score.key.iloc[place[asked, 1]].drop(columns=WAVE))
    reason = np.full(len(codes), "lacking", dtype=object)
    reason[asked] = np.where(_hidden(score, column, place[asked], scope.pair, hiding), "few", np.where(has_error(change), "", "no_se"))
    tested = np.flatnonzero(reason[asked] == "")
    p_value, p_holm = np.full((2, len(codes)), np.nan)
    p_value[reason == ""] = change.p_value[tested]
    p_holm = holm(p_value)
    tests = pd.DataFrame({column: pd.Series(codes).infer_objects(), "p_value": p_value, "p_holm": p_holm, "untested": reason})
    untested = {code: why for code, why in zip(codes.tolist(), reason.tolist(), strict=True) if why}
    return Moved(column, score, change, tests, alike(taken(change, tested)), untested)


def _places(score: Estimates, column: str, pair: tuple[str, str]) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """The codes that either wave has, in order, and where each stands in `score` (codes, 2), -1 where the wave lacks it."""
    waves = score.key[WAVE].astype(str).to_numpy()
    rows = [np.flatnonzero(waves == wave) for wave in pair]
    code, levels = factorized(score.key[column].iloc[np.concatenate(rows)])
    place = np.full((len(levels), 2), -1, dtype=np.intp)
    for wave, (own, of) in enumerate(zip(rows, np.split(code, [len(rows[0])]), strict=True)):
        place[of, wave] = own
    return np.asarray(levels, dtype=object), place


def _hidden(score: Estimates, column: str, place: NDArray[np.intp], waves: tuple[str, str], hiding: Hiding) -> NDArray[np.bool_]:
    """Where either wave's number is not shown (codes,)."""
    of = score.key[WAVE].astype(str).to_numpy()
    why = np.full(len(score), SHOWN, dtype=object)
    for wave in waves:
        here = of == wave
        why[here] = hiding.why(score.n[here], score.key[column][here], wave=wave, of=column)
    return np.asarray((why[place] != SHOWN).any(axis=1))
