"""What every weighting step has in common: the survey it takes, the record it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.errors import DataError
from kepuasan.numerics.adjustments import Adjustment
from kepuasan.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kepuasan.numerics.adjustments import Auxiliary, Reweighting
    from kepuasan.numerics.totals import Floats, Integers

__all__ = ["kish", "require_whole", "stepped"]


def require_whole(survey: Any, verb: str) -> Survey:
    """The survey, which must not be a domain.

    Raises
    ------
    DataError
        What is no survey, or only a part of one.
    """
    if not isinstance(survey, Survey):
        raise DataError(f"the first argument is {type(survey).__name__}, not a Survey; build one: Survey(frame, design=Design(...))")
    if survey.domain is not None:
        raise DataError(
            f"{verb} changes the weights of a whole sample, but this survey is the domain of {len(survey):,} of {len(survey.frame):,} rows; "
            f"call {verb} before where()"
        )
    return survey


def kish(weights: Floats) -> float:
    """Kish's design effect of unequal weights, n sum w² / (sum w)², over positive weights; NaN without any."""
    total = float(weights.sum())
    return float(np.count_nonzero(weights) * np.einsum("i,i->", weights, weights) / total**2) if total > 0 else float("nan")


def stepped(
    survey: Survey,
    step: str,
    cells: tuple[Integers | None, int],
    ratio: Floats,
    auxiliary: Auxiliary | None,
    reweighting: Reweighting,
    record: Mapping[str, Any],
) -> Survey:
    """The survey after a step that multiplies its weights by ratios (rows,), with one more entry in ``design.history``.

    `cells` holds the cell of each row (None: every row is one) and their number; `record` what the step alone knows.
    """
    before = survey.design.weights
    after = before * ratio
    adjustment = Adjustment(0, cells[0], cells[1], before, ratio, auxiliary, reweighting)
    counted = ratio[before > 0]
    entry = {
        "step": step,
        **record,
        "g_min": float(counted.min()),
        "g_max": float(counted.max()),
        "sum_before": float(before.sum()),
        "sum_after": float(after.sum()),
        "deff_before": kish(before),
        "deff_after": kish(after),
    }
    return Survey.assembled(survey.frame, survey.codebook, survey.design.with_step(adjustment, after, entry), None)
