"""Groups that were asked in one of two waves only."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kepuasan.errors import DataError, DataWarning, some
from kepuasan.index import wave_mask

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kepuasan.survey import Survey

__all__ = ["FrameGap", "common_groups", "frame_gap", "warn_of_frame"]


@dataclass(frozen=True)
class FrameGap:
    """How many groups of a column were asked in the base wave only (lost), in the current one only (new), and in both."""

    column: str
    lost: int
    new: int
    both: int


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
        first, second = _asked(survey, base, column), _asked(survey, current, column)
        if first != second and (frame is not None or first & second):
            return FrameGap(column, len(first - second), len(second - first), len(first & second))
    return None


def warn_of_frame(survey: Survey, base: Any, current: Any) -> None:
    """Say so where strata were asked in one of the waves only, so that items account for the frame too."""
    gap = frame_gap(survey, base, current, None)
    if gap is not None:
        warnings.warn(
            f"{gap.lost} codes of {gap.column!r} were asked in {base!r} only and {gap.new} in {current!r} only; "
            f"what they account for is spread over the items. Name the column of the frame to tell it apart: frame={gap.column!r}",
            DataWarning,
            stacklevel=3,
        )


def _asked(survey: Survey, wave: Any, column: str) -> set[Any]:
    """The codes of a column that rows with a weight have in a wave."""
    counted = survey.design.weights != 0
    if survey.domain is not None:
        counted = counted & survey.domain
    return set(survey.column(column)[wave_mask(survey, wave) & counted].dropna().unique())


def common_groups(survey: Survey, base: Any, current: Any, frame: str) -> NDArray[np.bool_]:
    """Rows of the groups asked in both waves."""
    asked = []
    for wave in (base, current):
        found = _asked(survey, wave, frame)
        if not found:
            raise DataError(f"the frame column {frame!r} has no code in wave {wave!r}; it must name the groups asked in both waves")
        asked.append(found)
    both = asked[0] & asked[1]
    if not both:
        raise DataError(
            f"no group of {frame!r} was asked in both waves: {some(sorted(asked[0], key=str))} in {base!r}, "
            f"{some(sorted(asked[1], key=str))} in {current!r}"
        )
    return survey.column(frame).isin(both).to_numpy(dtype=bool)
