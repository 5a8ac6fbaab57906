"""Adjustment of weights for those who did not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from kepuasan.columns import spelled
from kepuasan.errors import CalibrationError, ConvergenceError, DataError, some
from kepuasan.numerics.adjustments import CellsAnswered, Correction, Propensity, cell_sums
from kepuasan.numerics.calibration import whitened
from kepuasan.numerics.totals import gathering
from kepuasan.weighting.steps import refuse_incomplete, require_whole, right_side, stepped
from kepuasan.weighting.targets import crossed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.survey import Survey
    from kepuasan.weighting.targets import Crossed

__all__ = ["adjust_nonresponse"]


def adjust_nonresponse(
    survey: Survey, responded: Any, *, cells: Any = None, formula: str | None = None, min_respondents: int | None = None
) -> Survey:
    """The survey in which those who answered carry the weight of those who did not.

    Parameters
    ----------
    survey : Survey
        The whole sample drawn, those who did not answer included.
    responded : str or mask
        Column of 1 and 0 (or True and False), or an array of as many rows.
    cells : str or list of str, optional
        Weighting cells: columns known of everybody, crossed. Without `cells` and `formula` the whole sample is one cell.
    formula : str, optional
        Response propensity: columns known of everybody, such as ``"~ C(region) + age"``, in a logistic regression weighted by the survey weights.
    min_respondents : int, optional
        Cells with fewer respondents are merged with the next cell in the order of their codes, the last with the one before. Without it a cell
        without respondents is an error.

    Returns
    -------
    Survey
        Weights of those who did not answer are 0; the others' grow by the inverse of their cell's weighted response rate, or of their propensity.

    Raises
    ------
    DataError
        A column that says neither 1 nor 0; a mask of other rows; unknown columns; a survey that is a domain.
    CalibrationError
        Cells without respondents; both `cells` and `formula`; rows without a code or value in these.
    ConvergenceError
        Answers that the formula predicts with certainty.

    Notes
    -----
    Variances know of both: the linearised variable of a total of y is r g (y - ybar) + ybar in a cell, and with propensities p it is
    r y / p - (r - p) x'H⁻¹ sum(d r y x (1 - p) / p), H = sum(d p (1 - p) x x'). Replicates adjust again.

    References
    ----------
    Kim, J. K. and Kim, J. J. (2007). Nonresponse weighting adjustment using estimated response probability. *Canadian Journal of
    Statistics* 35, 501-514.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> survey = Survey(pd.DataFrame({"area": ["city", "city", "rural", "rural"], "answered": [1, 0, 1, 1]}))
    >>> adjust_nonresponse(survey, "answered", cells="area").weights.to_list()
    [2.0, 0.0, 1.0, 1.0]
    """
    survey = require_whole(survey, "adjust_nonresponse")
    answered = _answered(survey, responded)
    if cells is not None and formula is not None:
        raise CalibrationError("give weighting cells or a propensity formula, not both")
    if min_respondents is not None and formula is not None:
        raise CalibrationError("min_respondents merges weighting cells; a propensity formula has none")
    if min_respondents is not None and (isinstance(min_respondents, bool) or not isinstance(min_respondents, int) or min_respondents < 1):
        raise CalibrationError(f"min_respondents is {min_respondents!r}; give a number of respondents, 1 or more")
    if not (answered & (survey.design.weights != 0)).any():
        raise CalibrationError("nobody with a weight responded; there is no one to carry the weights")
    title = responded if isinstance(responded, str) else None
    if formula is not None:
        return _by_propensity(survey, answered, formula, title)
    names = [] if cells is None else list(cells) if isinstance(cells, (list, tuple)) else [cells]
    return _by_cells(survey, answered, names, min_respondents, title)


def _answered(survey: Survey, responded: Any) -> NDArray[np.bool_]:
    if not isinstance(responded, (pd.Series, np.ndarray, list, tuple)):
        values: pd.Series[Any] = survey.column(responded)
    else:
        values = pd.Series(np.asarray(responded).ravel(), index=responded.index if isinstance(responded, pd.Series) else None)
        if len(values) != len(survey.frame):
            raise DataError(f"the mask of those who responded has {len(values)} rows, the survey {len(survey.frame)}; give one True or False a row")
        if isinstance(responded, pd.Series) and not values.index.equals(survey.frame.index):
            raise DataError("the mask of those who responded has another index than the survey's frame; build it from survey.frame")
    wrong = np.flatnonzero(~values.isin([0, 1]).to_numpy(dtype=bool))
    if wrong.size:
        raise DataError(
            f"{len(wrong):,} rows say neither 1 nor 0 of having responded, the first {some([values.iloc[wrong[0]]])} "
            f"(rows {some(survey.frame.index[wrong[:6]])}); code respondents 1 and the others 0"
        )
    return values.astype(np.float64).to_numpy() > 0


# ---------------------------------------------------------------- weighting cells


def _by_cells(survey: Survey, answered: NDArray[np.bool_], names: list[Any], least: int | None, title: str | None) -> Survey:
    weights = survey.design.weights
    found = crossed(survey, names)
    group, merged = np.arange(found.n_cells), 0
    respondents = np.bincount(found.code[answered & (weights != 0)], minlength=found.n_cells)
    used = np.bincount(found.code[weights != 0], minlength=found.n_cells) > 0
    if least is not None:
        group, merged = _merged(respondents, used, least)
    ids = np.unique(group[used])
    group = np.searchsorted(ids, group).clip(0, len(ids) - 1)
    have = np.bincount(group, weights=respondents, minlength=len(ids))
    bare = np.flatnonzero(used & (have[group] == 0))
    if bare.size:
        shown = "; ".join(_cell(found, int(cell)) for cell in bare[:6])
        raise CalibrationError(
            f"{bare.size} weighting cells have no respondent: {shown}; merge them with similar cells, or let min_respondents=... merge neighbours"
        )
    code = group[found.code] * 2 + answered
    n_cells = 2 * len(have)
    reweighting = CellsAnswered(np.arange(n_cells) // 2, np.arange(n_cells) % 2 == 1)
    ratio = reweighting.ratios(cell_sums(code, n_cells, weights)[None, :], np.empty(0))[0]
    part, whole = (cell_sums(group[found.code], len(have), one) for one in (weights * answered, weights))
    indicators = sparse.csr_array(gathering(np.arange(n_cells) // 2, len(have)).T)
    by_row = ratio[code]
    correction = Correction(indicators, part, by_row - 1.0, weights * answered)
    rate = float((weights * answered).sum() / weights.sum())
    targets = _totals(found, group, used, part, whole)
    record = {"responded": title, "cells": names, "n_cells": len(ids), "merged": merged, "response_rate": rate, "targets": targets, "steps": 1}
    return stepped(survey, "adjust_nonresponse", (code, n_cells), by_row, correction, reweighting, record)


def _totals(found: Crossed, group: Integers, used: NDArray[np.bool_], part: Floats, whole: Floats) -> pd.DataFrame:
    """What respondents of each cell, or of cells merged, stand for before and after."""
    cells = np.flatnonzero(used)
    ends = np.cumsum(np.bincount(group[cells], minlength=len(whole)))[:-1]
    texts = [[spelled(labels[code]) for code in own] for labels, own in zip(found.labels, found.level, strict=True)]
    level = [
        " + ".join(" x ".join(column[cell] for column in texts) for cell in own)
        for own in np.split(cells[np.argsort(group[cells], kind="stable")], ends)
    ]
    margin = " x ".join(str(name) for name in found.names) or "all"
    return pd.DataFrame({"margin": margin, "level": level, "before": part, "target": whole, "after": whole})


def _merged(respondents: Integers, used: NDArray[np.bool_], least: int) -> tuple[Integers, int]:
    """The group of each cell when cells in order are merged until each group has enough respondents, and how many cells were merged."""
    group, current, count = np.zeros(len(respondents), dtype=np.intp), 0, 0
    if respondents[used].sum() < least:
        raise CalibrationError(
            f"all cells together have {int(respondents[used].sum())} respondents, fewer than min_respondents={least}; ask for fewer"
        )
    for cell in np.flatnonzero(used):
        group[cell] = current
        count += int(respondents[cell])
        if count >= least:
            current, count = current + 1, 0
    if count or (group[used] == current).any():
        group[group == current] = max(current - 1, 0)
    sizes = np.bincount(group[used])
    return group, int(sizes[sizes > 1].sum())


def _cell(found: Crossed, cell: int) -> str:
    return ", ".join(f"{name} {some([labels[level[cell]]])}" for name, labels, level in zip(found.names, found.labels, found.level, strict=True))


# ---------------------------------------------------------------- response propensity


def _by_propensity(survey: Survey, answered: NDArray[np.bool_], formula: str, title: str | None) -> Survey:
    from kepuasan.formulas import design_matrix

    weights = survey.design.weights
    matrix = design_matrix(survey, right_side(formula), weights != 0)
    refuse_incomplete(survey, matrix.complete, formula)
    inner = np.arange(len(weights)) if matrix.code is None else matrix.code
    code = None if matrix.code is None else inner * 2 + answered
    table = matrix.table if code is None else np.repeat(matrix.table, 2, axis=0)
    responded = answered if code is None else np.arange(len(table)) % 2 == 1
    totals = cell_sums(code, len(table), weights)
    reweighting = Propensity(whitened(totals, table)[0], responded)
    chance, met, steps = reweighting.chances(totals[None, :])
    if not met[0]:
        raise ConvergenceError(
            f"the formula {formula!r} predicts with certainty who responds, so that no propensity can be fitted; "
            "leave out the columns that separate respondents from others, or merge their levels"
        )
    fitted = chance[0] if code is None else chance[0][code]
    ratio = np.where(answered, 1.0 / fitted, 0.0)
    information = reweighting.table.T @ (reweighting.table * (totals * chance[0] * (1 - chance[0]))[:, None])
    correction = Correction(reweighting.table, information, answered - fitted, weights * answered * (1 - fitted) / fitted)
    counted: Floats = fitted[weights != 0]
    record = {"responded": title, "formula": formula, "propensity_min": float(counted.min()), "propensity_max": float(counted.max())}
    record |= {"response_rate": float((weights * answered).sum() / weights.sum()), "steps": steps}
    return stepped(survey, "adjust_nonresponse", (code, len(table)), ratio, correction, reweighting, record)
