"""What every weighting step has in common: the survey it takes, the record it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kepuasan.errors import CalibrationError, DataError, some
from kepuasan.numerics.adjustments import Adjustment
from kepuasan.survey import Survey, require_survey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from kepuasan.formulas import Formula
    from kepuasan.numerics.adjustments import Correction, Reweighting
    from kepuasan.numerics.totals import Floats, Integers

__all__ = ["kish", "refuse_incomplete", "require_whole", "right_side", "stepped"]


def require_whole(survey: Survey, verb: str) -> Survey:
    """The survey, which must not be a domain.

    Raises
    ------
    DataError
        What is no survey, or only a part of one.
    """
    require_survey(survey)
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


def refuse_incomplete(survey: Survey, complete: NDArray[np.bool_], formula: str) -> None:
    """Refuse rows with a weight that lack a value of a formula's columns."""
    lost = np.flatnonzero(~complete & (survey.design.weights != 0))
    if lost.size:
        raise CalibrationError(
            f"{lost.size:,} rows with a weight lack a value in {formula!r} (rows {some(survey.frame.index[lost])}); "
            "every row that counts needs all of them: fill them in, or give missing a level of its own"
        )


def right_side(formula: Any) -> Formula:
    """A formula of auxiliaries, which has no left side.

    Raises
    ------
    DataError
        What is no formula, or one with an outcome.
    """
    from kepuasan.formulas import read_formula

    found = read_formula(formula)
    if found.outcome is not None:
        raise DataError(
            f"the formula {formula!r} has a left side, which weights know nothing of; give the right side alone, such as '~ C(sex) + age'"
        )
    return found


def stepped(
    survey: Survey,
    step: str,
    cells: tuple[Integers | None, int],
    ratio: Floats,
    correction: Correction | None,
    reweighting: Reweighting,
    record: Mapping[str, Any],
    bounds: tuple[float, float] = (-np.inf, np.inf),
) -> Survey:
    """The survey after a step that multiplies its weights by ratios (rows,), with one more entry in ``design.history``.

    `cells` holds the cell of each row (None: every row is one) and their number; `record` what the step alone knows; `bounds` what the weights
    that count may not pass by rounding.
    """
    before = survey.design.weights
    after = np.where(before == 0, 0.0, (before * ratio).clip(*bounds))
    adjustment = Adjustment(0, cells[0], cells[1], before, ratio, correction, reweighting)
    counted = ratio[before != 0]
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
    return Survey.assembled(survey.frame, survey.codebook, survey.design.with_step(adjustment, after, entry), None, survey.wave_codebooks)
