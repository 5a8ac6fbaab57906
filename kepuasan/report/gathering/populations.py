"""Two populations on the same questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kepuasan.columns import ITEM, WAVE
from kepuasan.errors import EstimateError, some
from kepuasan.index import satisfaction_index
from kepuasan.numerics.multiplicity import holm
from kepuasan.report.findings import Comparison
from kepuasan.report.gathering.testing import paired
from kepuasan.scales import Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kepuasan.report.gathering.scope import Scope
    from kepuasan.report.request import Against
    from kepuasan.specification import IndexSpec
    from kepuasan.survey import Survey

__all__ = ["compared"]

_POPULATION, _NAMES = "population", ("own", "other")


def compared(scope: Scope, label: str, against: Against, spec: IndexSpec) -> Comparison:
    """The items that both populations were asked, scored alike, and their gaps.

    ``label``: the current wave. The other population's wave is the one of the same label, else its last.

    Raises
    ------
    EstimateError
        No item that both were asked on one scale.
    """
    other, wave = _wave(against.survey, label)
    left_out = {item: why for item in against.items or spec.items if (why := _why_not(item, scope.current, other, spec))}
    items = [item for item in against.items or spec.items if item not in left_out]
    if not items:
        raise EstimateError(f"no item was asked of both populations on one scale; asked for were {some(against.items or spec.items, 12)}")
    of_both = replace(spec, items=items, weights="equal", dimensions=None, level="items", missing="available")
    found = [satisfaction_index(survey, of_both) for survey in (scope.current, other)]
    own, others = (
        replace(one.items, key=pd.DataFrame({ITEM: one.items.key[ITEM], _POPULATION: name})) for one, name in zip(found, _NAMES, strict=True)
    )
    means = own.join(others, independent_designs=True)
    df = np.full(len(items), sum(float(one.score.df[0]) for one in found))
    place = np.arange(len(items))
    gap = paired(means, place, place + len(items), means.key.iloc[place].drop(columns=_POPULATION), df)
    return Comparison(means, gap, tuple(float(p) for p in holm(gap.p_value)), wave=wave, left_out=left_out)


def _wave(survey: Survey, label: str) -> tuple[Survey, str]:
    """The wave of that label, else the last one, and its label; the whole where there are no waves."""
    if WAVE not in survey.frame.columns:
        return survey, ""
    column = survey.frame[WAVE]
    texts = column.astype(str)
    labels = [str(one) for one in survey.wave_codebooks] or sorted(texts[column.notna()].unique())
    wave = label if (texts == label).any() else labels[-1]
    return survey.where((texts == wave).to_numpy(dtype=bool)), wave


def _why_not(item: str, own: Survey, other: Survey, spec: IndexSpec) -> str:
    """Why an item cannot be compared: "not_asked" or "other_scale"; nothing where it can."""
    if not all(_answered(survey, item) for survey in (own, other)):
        return "not_asked"
    if spec.scale is not None:
        off = any(Scale(*spec.scale).off(_answers(survey, item)).any() for survey in (own, other))
        return "other_scale" if off else ""
    ends = {(scale.low, scale.high) if scale is not None else None for scale in _scales(item, (own, other))}
    return "" if len(ends) == 1 else "other_scale"


def _scales(item: str, surveys: Sequence[Survey]) -> list[Scale | None]:
    return [survey.codebook.scale_of(item) if item in survey.codebook.items else None for survey in surveys]


def _answered(survey: Survey, item: str) -> bool:
    """Whether any row with a weight answered an item."""
    return item in survey.frame.columns and bool(np.isfinite(_answers(survey, item)).any())


def _answers(survey: Survey, item: str) -> NDArray[np.float64]:
    """Answers of the rows with a weight as numbers."""
    counted = survey.design.weights != 0
    return np.asarray(survey.numbers(item)[counted if survey.domain is None else counted & survey.domain], dtype=np.float64)
