"""Raking, poststratification and calibration."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from kepuasan.errors import CalibrationError, ConvergenceError, DataWarning, choose, nearest, some
from kepuasan.numerics.adjustments import Calibrated, Correction, Raked, cell_sums
from kepuasan.numerics.calibration import DISTANCES, cross_products, distance_of, fit_margins, solve, whitened
from kepuasan.weighting.steps import refuse_incomplete, require_whole, right_side, stepped
from kepuasan.weighting.targets import crossed, finite_target, margin_of, read_margins, read_targets, same_total

if TYPE_CHECKING:
    from kepuasan.numerics.adjustments import Reweighting
    from kepuasan.numerics.calibration import DistanceName, Solution
    from kepuasan.numerics.totals import Floats
    from kepuasan.survey import Survey
    from kepuasan.weighting.targets import Crossed, NamedMargin

__all__ = ["calibrate", "poststratify", "rake"]


def rake(survey: Survey, margins: Any, *, bounds: tuple[float, float] | None = None, tolerance: float = 1e-8, max_steps: int = 200) -> Survey:
    """The survey with weights that meet several margins at once.

    Parameters
    ----------
    survey : Survey
        The whole sample; the weights it has are kept as the start.
    margins : mapping or list of DataFrame
        ``{"sex": {"L": 1200.0, "P": 1100.0}, ("province", "sex"): {("Bali", "L"): 90.0, ...}}``: the population total of each level of a
        column, or of columns crossed. As tidy frames: columns of codes, then one of totals. Margins whose totals differ by less than a
        millionth are scaled to that of the first.
    bounds : (low, high), optional
        Limits of the ratio of new to old weights, low < 1 < high.
    tolerance : float
        Largest gap of a margin, over its target.
    max_steps : int
        Most rounds.

    Returns
    -------
    Survey
        ``design.history`` holds the step: margins before, after and aimed at, range of the ratios, rounds, design effect before and after.

    Raises
    ------
    CalibrationError
        Levels without a target or the reverse; margins of different totals; bounds that cannot be met; rows without a code.
    ConvergenceError
        Margins that are not all met after `max_steps`.
    DataError
        Unknown columns; a survey that is a domain.

    Notes
    -----
    Iterative proportional fitting on the table of crossed levels: w' = w prod_m a_m(level). Variances are those of calibration on the same margins
    (residuals of a regression weighted by the weights before), on every path; replicates rake again.

    References
    ----------
    Deville, J.-C., Särndal, C.-E. and Sautory, O. (1993). Generalized raking procedures in survey sampling. *JASA* 88, 1013-1020.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> survey = Survey(pd.DataFrame({"sex": list("LLPP"), "area": ["city", "rural", "city", "rural"]}))
    >>> rake(survey, {"sex": {"L": 60, "P": 40}, "area": {"city": 50, "rural": 50}}).weights.to_list()
    [30.0, 30.0, 20.0, 20.0]
    """
    survey = require_whole(survey, "rake")
    limits = _bounds(bounds)
    if not isinstance(tolerance, (int, float)) or not 0 < tolerance < 1 or not isinstance(max_steps, int) or max_steps < 1:
        raise CalibrationError(f"tolerance is {tolerance!r} and max_steps {max_steps!r}; give a share between 0 and 1, and 1 or more steps")
    wanted = read_margins(margins)
    cells = crossed(survey, list(dict.fromkeys(name for names, _ in wanted for name in names)))
    totals = cell_sums(cells.code, cells.n_cells, survey.design.weights)
    named = same_total([margin_of(cells, totals, names, targets) for names, targets in wanted], float(totals.sum()))
    if limits is None:
        return _raked(survey, "rake", cells, totals, Raked([margin.margin for margin in named], tolerance, max_steps), named)
    table, targets = _indicators(named).toarray(), np.concatenate([margin.margin.target for margin in named])
    distance = distance_of("raking", limits)
    turned, turn = whitened(totals, table)
    found = solve(totals[None, :], turned, targets @ turn, distance, tolerance=tolerance, max_steps=max_steps)
    labels = [f"{margin.title} {level}" for margin in named for level in margin.levels()]
    if not found.met[0]:
        _refuse_bounds(limits, labels, (totals * found.ratio[0]) @ table, targets)
    reweighting = Calibrated(turned, targets @ turn, distance, tolerance, max_steps)
    return _stepped(survey, "rake", cells, (totals, found), named, reweighting, {"bounds": limits})


def poststratify(survey: Survey, by: Any, totals: Any) -> Survey:
    """The survey with weights that sum to the known total of every poststratum.

    Parameters
    ----------
    survey : Survey
        The whole sample.
    by : str or list of str
        Columns whose crossed codes are the poststrata.
    totals : mapping, Series or DataFrame
        Population total of each poststratum: by code, by tuple of codes, or a frame with the columns of `by`, then one of totals.

    Returns
    -------
    Survey

    Raises
    ------
    CalibrationError
        Poststrata in the sample without a total, or the reverse.

    References
    ----------
    Holt, D. and Smith, T. M. F. (1979). Post stratification. *JRSS A* 142, 33-46.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> poststratify(Survey(pd.DataFrame({"sex": list("LLP")})), "sex", {"L": 50, "P": 60}).weights.to_list()
    [25.0, 25.0, 60.0]
    """
    survey = require_whole(survey, "poststratify")
    names = tuple(by) if isinstance(by, (list, tuple)) else (by,)
    cells = crossed(survey, names)
    sums = cell_sums(cells.code, cells.n_cells, survey.design.weights)
    named = same_total([margin_of(cells, sums, names, read_targets(names, totals))], float(sums.sum()))
    return _raked(survey, "poststratify", cells, sums, Raked([margin.margin for margin in named], tolerance=1e-8, max_steps=2), named)


def _raked(survey: Survey, step: str, cells: Crossed, totals: Floats, way: Raked, named: Sequence[NamedMargin]) -> Survey:
    found = fit_margins(totals[None, :], way.margins, tolerance=way.tolerance, max_steps=way.max_steps)
    if not found.met[0]:
        names = [f"{margin.title} {level}" for margin in named for level in margin.levels()]
        targets = np.concatenate([margin.margin.target for margin in named])
        worst = int(np.argmax(np.abs(found.gap[0] / targets)))
        raise ConvergenceError(
            f"after {found.steps} rounds {names[worst]} is at {targets[worst] - found.gap[0, worst]:,.8g} where the target is {targets[worst]:,.8g}; "
            "margins that contradict each other never meet: cross or merge levels with few rows, or allow more max_steps"
        )
    return _stepped(survey, step, cells, (totals, found), named, way, {})


def _stepped(
    survey: Survey,
    step: str,
    cells: Crossed,
    found: tuple[Floats, Solution],
    named: Sequence[NamedMargin],
    reweighting: Reweighting,
    record: Mapping[str, Any],
) -> Survey:
    """The survey after a step on margins."""
    totals, solution = found
    indicators = _indicators(named)
    gram = (indicators.T @ (sparse.diags_array(totals).tocsr() @ indicators)).toarray() if len(named) > 1 else totals @ indicators
    ratio = solution.ratio[0][cells.code]
    correction = Correction(indicators, gram, ratio, survey.design.weights)
    before, after = indicators.T @ totals, indicators.T @ (totals * solution.ratio[0])
    targets = pd.DataFrame(
        {
            "margin": [margin.title for margin in named for _ in margin.labels],
            "level": [level for margin in named for level in margin.levels()],
            "before": before,
            "target": np.concatenate([margin.margin.target for margin in named]),
            "after": after,
        }
    )
    return stepped(survey, step, (cells.code, cells.n_cells), ratio, correction, reweighting, {"targets": targets, **record, "steps": solution.steps})


def _indicators(named: Sequence[NamedMargin]) -> sparse.csr_array:
    """0/1 (cells, levels of all margins)."""
    return sparse.csr_array(sparse.hstack([margin.margin.indicator() for margin in named]))


# ---------------------------------------------------------------- calibration


def calibrate(survey: Survey, formula: str, totals: Any, *, distance: DistanceName = "linear", bounds: tuple[float, float] | None = None) -> Survey:
    """The survey with weights whose totals of auxiliary variables are the known ones.

    Parameters
    ----------
    survey : Survey
        The whole sample.
    formula : str
        The auxiliaries, such as ``"~ C(sex) + age"``; the matrix has columns ``Intercept``, ``C(sex)[T.P]``, ``age``.
    totals : mapping or Series
        Population total of each column of that matrix.
    distance : {"linear", "raking", "logit"}
        How ratios g may move: 1 + u, exp u, or a logistic curve between the bounds.
    bounds : (low, high), optional
        Limits of the ratios, low < 1 < high; "logit" needs them.

    Returns
    -------
    Survey
        Totals of the auxiliaries are exact and have no variance; residuals carry that of everything else.

    Raises
    ------
    CalibrationError
        Totals that do not fit the columns; columns that determine each other; bounds that make the totals unreachable; rows that lack a value.
    DataError
        Unknown columns, a formula that cannot be read, a survey that is a domain.
    ChoiceError
        An unknown distance.

    Notes
    -----
    Weights w = d g(x'lambda) with sum w x = T, lambda by Newton's method. Scores are g times the residuals of a regression on x weighted by d.

    References
    ----------
    Deville, J.-C. and Särndal, C.-E. (1992). Calibration estimators in survey sampling. *JASA* 87, 376-382.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> survey = calibrate(Survey(pd.DataFrame({"age": [20, 30, 40]})), "~ age", {"Intercept": 30, "age": 960})
    >>> [round(float(weight), 6) for weight in survey.weights]
    [7.0, 10.0, 13.0]
    """
    survey = require_whole(survey, "calibrate")
    choose("distance", distance, DISTANCES)
    limits = _bounds(bounds)
    if distance == "logit" and limits is None:
        raise CalibrationError("the logit distance needs bounds of the ratios: bounds=(0.5, 2.0)")
    from kepuasan.formulas import design_matrix

    weights = survey.design.weights
    matrix = design_matrix(survey, right_side(formula), weights != 0)
    refuse_incomplete(survey, matrix.complete, formula)
    wanted = _totals(matrix.names, totals)
    cell_totals = cell_sums(matrix.code, matrix.n_cells, weights)
    turned, turn = whitened(cell_totals, matrix.table)
    if turned.shape[1] < len(matrix.names):
        _refuse_singular(matrix.names, matrix.table, cell_totals)
    chosen = distance_of(distance, limits)
    found = solve(cell_totals[None, :], turned, wanted @ turn, chosen)
    reached = (cell_totals * found.ratio[0]) @ matrix.table
    if not found.met[0]:
        _refuse_negative(weights, distance, limits)
        if limits is not None:
            _refuse_bounds(limits, matrix.names, reached, wanted)
        _refuse_unreached(distance, matrix.names, reached, wanted)
    ratio = found.ratio[0] if matrix.code is None else found.ratio[0][matrix.code]
    correction = Correction(turned, cross_products(cell_totals[None, :], turned)[0], ratio, weights)
    reweighting = Calibrated(turned, wanted @ turn, chosen)
    negative = int(np.count_nonzero(weights * ratio < 0))
    if negative:
        warnings.warn(
            f"{negative:,} weights are negative after calibration on {formula!r}; bounds=(0.1, 5.0), or another distance, keep them positive",
            DataWarning,
            stacklevel=2,
        )
    targets = pd.DataFrame({"margin": formula, "level": matrix.names, "before": cell_totals @ matrix.table, "target": wanted, "after": reached})
    record = {"targets": targets, "distance": distance, "bounds": limits, "steps": found.steps}
    return stepped(survey, "calibrate", (matrix.code, matrix.n_cells), ratio, correction, reweighting, record)


def _bounds(bounds: Any) -> tuple[float, float] | None:
    if bounds is None:
        return None
    try:
        low, high = (float(bound) for bound in bounds)
    except (TypeError, ValueError) as error:
        raise CalibrationError(f"bounds are {bounds!r}; give the least and the largest ratio of new to old weights, such as (0.5, 2.0)") from error
    if not low < 1 < high:
        raise CalibrationError(f"bounds are ({low:g}, {high:g}); ratios of new to old weights lie around 1: low < 1 < high")
    return low, high


def _totals(names: Sequence[str], totals: Any) -> Floats:
    given = totals.to_dict() if isinstance(totals, pd.Series) else totals
    if not isinstance(given, Mapping):
        raise CalibrationError(f"totals are {type(totals).__name__}; give the population total of each column: {{{some(names, 3)}: ...}}")
    lacking, unknown = [name for name in names if name not in given], [name for name in given if name not in names]
    if lacking or unknown:
        parts = [f"no total is given for {some(lacking, 12)}"] if lacking else []
        parts += [f"there is no column {some(unknown, 12)}{nearest(unknown[0], lacking or names)}"] if unknown else []
        raise CalibrationError(f"{'; '.join(parts)}; the columns of the formula are {some(names, 30)}")
    return np.array([finite_target(f"the total of {name!r}", given[name]) for name in names])


def _refuse_singular(names: Sequence[str], table: Floats, totals: Floats) -> None:
    """Name the columns that the ones before them determine."""
    scaled = table * np.sqrt(totals.clip(0))[:, None]
    size = np.sqrt((scaled**2).sum(axis=0))
    scaled = scaled / np.where(size > 0, size, 1.0)
    redundant, basis = [], np.zeros((len(scaled), 0))
    for place, column in enumerate(scaled.T):
        rest = column - basis @ (basis.T @ column)
        rest -= basis @ (basis.T @ rest)
        length = np.sqrt(rest @ rest)
        if length < 1e-9:
            redundant.append(names[place])
        else:
            basis = np.column_stack([basis, rest / length])
    raise CalibrationError(
        f"the calibration matrix is singular: {some(redundant or names[-1:], 12)} follows from the columns before; leave it out of the formula"
    )


def _refuse_bounds(bounds: tuple[float, float], names: Sequence[str], reached: Floats, wanted: Floats) -> None:
    raise CalibrationError(
        f"the bounds ({bounds[0]:g}, {bounds[1]:g}) make the targets unreachable: {_worst(names, reached, wanted)}; "
        "widen the bounds, merge small levels, or leave a target out"
    )


def _refuse_negative(weights: Floats, distance: str, bounds: tuple[float, float] | None) -> None:
    negative = int(np.count_nonzero(weights < 0))
    if negative:
        raise CalibrationError(
            f"{negative:,} weights are negative, so that distance={distance!r}{'' if bounds is None else ' within bounds'} finds no solution; "
            "keep them positive in the step before, or use the linear distance without bounds"
        )


def _refuse_unreached(distance: str, names: Sequence[str], reached: Floats, wanted: Floats) -> None:
    raise CalibrationError(
        f"no weights of the {distance} distance meet the totals: {_worst(names, reached, wanted)}; "
        'check these totals, or use distance="linear", which allows negative weights'
    )


def _worst(names: Sequence[str], reached: Floats, wanted: Floats) -> str:
    """The targets that are missed by most, in words."""
    gap = np.abs(reached - wanted) / np.maximum(np.abs(wanted), 1e-300)
    order = [place for place in np.argsort(-gap)[:3] if gap[place] > 1e-6] or [int(np.argmax(gap))]
    return "; ".join(f"{names[place]} is at {reached[place]:,.8g} where the target is {wanted[place]:,.8g}" for place in order)
