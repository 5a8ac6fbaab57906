"""Trimming of weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kepuasan.errors import CalibrationError
from kepuasan.numerics.adjustments import Trimmed
from kepuasan.weighting.steps import require_whole, stepped

if TYPE_CHECKING:
    from kepuasan.survey import Survey

__all__ = ["trim_weights"]


def trim_weights(survey: Survey, *, lower: float | None = None, upper: float | None = None) -> Survey:
    """The survey with weights within bounds and an unchanged sum.

    What is cut off is spread evenly over the weights inside the bounds, again and again until all lie inside.

    Parameters
    ----------
    survey : Survey
        The whole sample. Weights of 0 stay 0.
    lower, upper : float, optional
        Bounds of the weights; at least one.

    Returns
    -------
    Survey
        Margins met before are no longer met exactly; rake or calibrate again where they must be. Variances take the trimming as given.

    Raises
    ------
    CalibrationError
        No bound, or bounds between which the weights cannot keep their sum.

    Notes
    -----
    In replicates the bounds hold for the weight of a row without its unit's replicate factor.

    References
    ----------
    Potter, F. J. (1990). A study of procedures to identify and trim extreme sampling weights. *Proceedings of the Survey Research Methods Section*,
    American Statistical Association, 225-230.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Design, Survey
    >>> survey = Survey(pd.DataFrame({"w": [1.0, 1.0, 1.0, 9.0]}), design=Design(weight="w"))
    >>> trim_weights(survey, upper=6.0).weights.to_list()
    [2.0, 2.0, 2.0, 6.0]
    """
    survey = require_whole(survey, "trim_weights")
    if lower is None and upper is None:
        raise CalibrationError("trim_weights needs a bound: lower=..., upper=... or both")
    for name, bound in (("lower", lower), ("upper", upper)):
        if bound is not None and (isinstance(bound, bool) or not isinstance(bound, (int, float, np.number)) or np.isnan(bound)):
            raise CalibrationError(f"{name} is {bound!r}; give a weight, a number")
    low, high = -np.inf if lower is None else float(lower), np.inf if upper is None else float(upper)
    within = f"at most {high:g}" if lower is None else f"at least {low:g}" if upper is None else f"between {low:g} and {high:g}"
    if not low < high or high <= 0:
        raise CalibrationError(f"weights cannot be {within}; give lower < upper, and a positive upper")
    weights = survey.design.weights
    counted = weights[weights != 0]
    if not low <= counted.mean() <= high:
        raise CalibrationError(
            f"the weights average {counted.mean():,.6g}, so that they cannot keep their sum and all be {within}; choose bounds around the average"
        )
    reweighting = Trimmed(low, high)
    ratios, rounds = reweighting.trimmed(weights[None, :], weights[None, :])
    ratio = ratios[0]
    if np.isnan(ratio).any():
        raise CalibrationError(f"trimming to {within} does not come to an end; choose bounds farther apart")
    cut = int(((weights < low) & (weights != 0)).sum()), int((weights > high).sum())
    limits = {name: None if bound is None else float(bound) for name, bound in (("lower", lower), ("upper", upper))}
    record = {**limits, "raised": cut[0], "cut": cut[1], "steps": rounds}
    return stepped(survey, "trim_weights", (None, len(weights)), ratio, None, reweighting, record, (low, high))
