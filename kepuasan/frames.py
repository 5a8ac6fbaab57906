"""Groups that were asked in one of two waves only, and how much of each wave they make up."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.design import factorized
from kepuasan.errors import DataError, DataWarning, some
from kepuasan.index import wave_mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.survey import Survey

__all__ = ["FrameGap", "common_groups", "frame_gap", "group_weights", "groups_between", "warn_of_frame"]


@dataclass(frozen=True)
class FrameGap:
    """How two waves differ in the groups of a column that were asked.

    ``lost``, ``new``, ``both``: number of groups asked in the base wave only, in the current one only, in both; ``lost_share``, ``new_share``: the
    share of the wave's weight, among rows with a group, that lies in groups asked in it alone; ``uncoded``: rows of either wave without a group.
    """

    column: str
    lost: int
    new: int
    both: int
    lost_share: float
    new_share: float
    uncoded: int


def frame_gap(survey: Survey, base: Any, current: Any, frame: str | None) -> FrameGap | None:
    """How two waves differ in the groups asked; None where they do not.

    Parameters
    ----------
    survey : Survey
        Waves stacked by `stack_waves`.
    base, current : label
        Two waves.
    frame : str or None
        The column of the groups. Without it the strata are looked at, as far as the waves have some in common.
    """
    for column in [frame] if frame is not None else survey.design.declaration.columns("strata")[:1]:
        found = groups_between(survey, base, current, column)
        if found.lost + found.new and (frame is not None or found.both):
            return found
    return None


def groups_between(survey: Survey, base: Any, current: Any, column: str) -> FrameGap:
    """The groups of a column that two waves asked, counted and weighed.

    Raises
    ------
    DataError
        An unknown column, with the nearest name; a wave without any code in it.
    """
    first, second = (group_weights(survey, wave, column) for wave in (base, current))
    lost, new = ~first.index.isin(second.index), ~second.index.isin(first.index)
    lost_share, new_share = (float(found[once].sum() / found.sum()) for found, once in ((first, lost), (second, new)))
    uncoded = _uncoded(survey, base, current, column)
    return FrameGap(column, int(lost.sum()), int(new.sum()), int((~lost).sum()), lost_share, new_share, uncoded)


def _uncoded(survey: Survey, base: Any, current: Any, column: str) -> int:
    """Rows with a weight, of the domain and of either wave, without a code in a column."""
    counted = (survey.design.weights != 0) & (wave_mask(survey, base) | wave_mask(survey, current))
    if survey.domain is not None:
        counted &= survey.domain
    return int((counted & survey.column(column).isna().to_numpy()).sum())


def group_weights(survey: Survey, wave: Any, column: str) -> pd.Series[float]:
    """The sum of weights of each group of a column that rows with a weight have in a wave, by code.

    Raises
    ------
    DataError
        An unknown column, with the nearest name; a wave without any code in it.
    """
    counted = (survey.design.weights != 0) & wave_mask(survey, wave)
    if survey.domain is not None:
        counted &= survey.domain
    code, levels = factorized(survey.column(column)[counted])
    known = code >= 0
    if not known.any():
        raise DataError(f"the frame column {column!r} has no code in wave {wave!r}; it must name the groups asked in both waves")
    sums = np.bincount(code[known], weights=survey.design.weights[counted][known], minlength=len(levels))
    return pd.Series(sums, index=pd.Index(levels), name=column)


def common_groups(survey: Survey, base: Any, current: Any, column: str) -> NDArray[np.bool_]:
    """Rows of the groups of a column that both waves asked.

    Raises
    ------
    DataError
        An unknown column, with the nearest name; a wave without any code in it; rows without a code, which belong to no group; no group asked in
        both.
    """
    uncoded = _uncoded(survey, base, current, column)
    first, second = (group_weights(survey, wave, column).index for wave in (base, current))
    if uncoded:
        raise DataError(
            f"{uncoded:,} rows have no code in the frame column {column!r}, so that nobody can say whether their group was asked in both waves; "
            "give them one, or leave them out of the index too: survey.where(survey.column(...).notna())"
        )
    both = first[first.isin(second)]
    if both.empty:
        raise DataError(f"no group of {column!r} was asked in both waves: {some(first)} in {base!r}, {some(second)} in {current!r}")
    return survey.column(column).isin(both).to_numpy(dtype=bool)


def warn_of_frame(survey: Survey, base: Any, current: Any, *, stacklevel: int) -> None:
    """Say so where strata were asked in one of the waves only, so that parts account for the frame too."""
    gap = frame_gap(survey, base, current, None)
    if gap is not None:
        warnings.warn(
            f"{gap.lost} codes of {gap.column!r} were asked in {base!r} only and {gap.new} in {current!r} only; "
            f"what they account for is spread over the other parts. Name the column of the frame to tell it apart: frame={gap.column!r}",
            DataWarning,
            stacklevel=stacklevel + 1,
        )
