"""What weighting did: the weights after every step, the margins aimed at, and a picture of both ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from kepuasan.columns import WAVE
from kepuasan.errors import DataError, choose
from kepuasan.numerics.adjustments import cell_sums
from kepuasan.numerics.totals import blocks, divided
from kepuasan.survey import Survey, require_survey
from kepuasan.weighting.steps import kish
from kepuasan.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from kepuasan.numerics.adjustments import Adjustment
    from kepuasan.numerics.totals import Floats, Integers

__all__ = ["plot_weights", "weight_diagnostics", "weight_margins"]

START, STACKED = "start", "stacked"
WEIGHTS = ("n", "zero", "sum", "mean", "min", "max", "cv", "deff", "n_eff", "largest_share", "g_min", "g_max")
MARGINS = ("margin", "level", "before", "target", "after", "now", "gap")
_LARGEST = 0.01
_SAME = 1e-6


def weight_diagnostics(survey: Survey) -> pd.DataFrame:
    """The weights at the start and after every weighting step, one row a stage.

    Parameters
    ----------
    survey : Survey
        Of a domain, only its rows are described.

    Returns
    -------
    DataFrame
        ``number``: place of the step in ``design.history``, counted from 1, 0 for the start (`add_replicates` changes no weight and has no row);
        ``step``; ``n`` rows with a weight and those of weight ``zero``; over the rows with a weight ``sum``, ``mean``, ``min``, ``max``, ``cv``,
        Kish's design effect ``deff`` = 1 + cv², ``n_eff`` = n / deff, ``largest_share`` = share of the sum that the largest hundredth of the
        weights holds; ``g_min`` and ``g_max``: range of the ratios to the weights before the step.

        Where waves were weighted before they were stacked there is a column ``wave``: each wave has its own start and steps, of its own rows;
        steps taken after stacking follow the row ``stacked``, of all rows.

    Raises
    ------
    DataError
        What is no survey.

    References
    ----------
    Kish, L. (1992). Weighting for unequal P_i. *Journal of Official Statistics* 8, 183-200.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan.weights import poststratify
    >>> survey = poststratify(Survey(pd.DataFrame({"sex": list("LLP")})), "sex", {"L": 50, "P": 60})
    >>> weight_diagnostics(survey)[["number", "step", "n", "sum", "max", "g_max"]]
       number          step  n    sum   max  g_max
    0       0         start     3    3.0   1.0    NaN
    1       1  poststratify     3  110.0  60.0   60.0
    """
    stages = _shown(survey)
    table = pd.DataFrame([{"number": stage.number, "step": stage.step, **_described(stage)} for stage in stages])
    if _by_wave(survey):
        table.insert(1, WAVE, pd.Series([stage.wave for stage in stages], dtype=object))
    return table


def weight_margins(survey: Survey) -> pd.DataFrame:
    """The margins and totals that weighting steps aimed at, and where today's weights are.

    Parameters
    ----------
    survey : Survey
        The whole sample.

    Returns
    -------
    DataFrame
        ``number``: place of the step in ``design.history``, counted from 1; ``wave`` where waves were weighted before they were stacked; ``step``,
        ``margin``, ``level``; the total ``before`` the step, its ``target``, the total ``after`` the step and ``now``, after all steps; ``gap`` =
        now / target - 1. ``now`` is missing where the auxiliaries of a calibration can no longer be read from the frame.

    Raises
    ------
    DataError
        What is no survey, or only a domain of one.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan.weights import rake, trim_weights
    >>> survey = rake(Survey(pd.DataFrame({"sex": list("LLPP")})), {"sex": {"L": 10, "P": 30}})
    >>> weight_margins(trim_weights(survey, upper=12))[["number", "margin", "level", "target", "after", "now", "gap"]]
       number margin level  target  after   now  gap
    0       1    sex     L    10.0   10.0  16.0  0.6
    1       1    sex     P    30.0   30.0  24.0 -0.2
    """
    require_survey(survey)
    if survey.domain is not None:
        raise DataError(
            f"targets are those of the whole sample, but this survey is the domain of {len(survey):,} of {len(survey.frame):,} rows; "
            "call weight_margins before where()"
        )
    aimed = [one for one in _recorded(survey) if "targets" in one[1]]
    if not aimed:
        return pd.DataFrame(columns=["number", "step", *MARGINS])
    table = pd.concat([_margins(survey, *one) for one in aimed], ignore_index=True)
    return table if _by_wave(survey) else table.drop(columns=WAVE)


def plot_weights(survey: Survey, ax: Axes | None = None, *, language: Literal["id", "en"] = "id") -> Axes:
    """How weights spread now and at the start, as outlines with their extremes, median and design effect beside them.

    Parameters
    ----------
    survey : Survey
        Of a domain, only its rows are drawn.
    ax : Axes, optional
        Drawn into; without it a figure of its own, outside pyplot.
    language : {"id", "en"}
        Of words and numbers.

    Returns
    -------
    Axes
        Weights over their mean, so that steps that change their sum can be compared; logarithmic where they are all positive and far apart. Waves
        that were weighted before they were stacked have outlines of their own.

    Raises
    ------
    ChoiceError
        Another language.
    DataError
        What is no survey; weights whose sum is not positive.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan.weights import poststratify
    >>> survey = poststratify(Survey(pd.DataFrame({"sex": list("LLP")})), "sex", {"L": 50, "P": 60})
    >>> [label.get_text() for label in plot_weights(survey, language="en").get_yticklabels()]
    ['Start', 'Now']
    """
    from kepuasan.display.weights import Outline, weight_outlines

    choose("language", language, LANGUAGES)
    outlines = []
    for start in (stage for stage in _shown(survey) if stage.step == START and stage.weights.any()):
        now = _of_domain(survey, start.rows, survey.design.weights[start.rows])
        if not survey.design.adjustments:
            outlines.append(Outline("only", start.wave, now))
        elif now.any():
            outlines += [Outline("start", start.wave, start.weights), Outline("now", start.wave, now)]
    return weight_outlines(outlines, ax=ax, language=language)


# ---------------------------------------------------------------- stages


@dataclass(frozen=True)
class _Stage:
    """The rows a step touched, and of those in the domain the weights after it and the ratios to those before."""

    number: int
    step: str
    wave: Any
    rows: slice | Integers
    weights: Floats
    ratio: Floats


def _recorded(survey: Survey) -> list[tuple[int, Mapping[str, Any], Adjustment]]:
    """The steps that changed weights: place in the history, entry, adjustment."""
    entries = [(number, entry) for number, entry in enumerate(survey.design.history, start=1) if "sum_after" in entry]
    return [(number, entry, adjustment) for (number, entry), adjustment in zip(entries, survey.design.adjustments, strict=True)]


def _by_wave(survey: Survey) -> bool:
    """Whether waves were weighted before they were stacked."""
    return any(WAVE in entry for entry in survey.design.history)


def _of_domain(survey: Survey, rows: slice | Integers, values: Floats) -> Floats:
    return values if survey.domain is None else values[survey.domain[rows]]


def _shown(survey: Survey) -> list[_Stage]:
    """The stages that have rows in the domain."""
    require_survey(survey)
    return [stage for stage in _stages(survey) if len(stage.weights)]


def _stages(survey: Survey) -> Iterator[_Stage]:
    recorded = _recorded(survey)
    whole = [one for one in recorded if WAVE not in one[1]]
    if not _by_wave(survey):
        yield _opening(survey, START, None, slice(0, len(survey.frame)), survey.design.base)
    else:
        labels = survey.frame[WAVE]
        for wave in labels.unique():
            own = [one for one in recorded if one[1].get(WAVE) == wave]
            rows = own[0][2].rows if own else np.flatnonzero((labels == wave).to_numpy())
            yield _opening(survey, START, wave, rows, survey.design.base)
            yield from (_stage(survey, *one) for one in own)
        if whole:
            first = whole[0][2]
            yield _Stage(0, STACKED, None, first.rows, _of_domain(survey, first.rows, first.before), np.empty(0))
    yield from (_stage(survey, *one) for one in whole)


def _opening(survey: Survey, step: str, wave: Any, rows: slice | Integers, base: Floats | None) -> _Stage:
    start = survey.design.weights if base is None else base
    return _Stage(0, step, wave, rows, _of_domain(survey, rows, start[rows]), np.empty(0))


def _stage(survey: Survey, number: int, entry: Mapping[str, Any], step: Adjustment) -> _Stage:
    before, ratio = (_of_domain(survey, step.rows, values) for values in (step.before, step.ratio))
    return _Stage(number, entry["step"], entry.get(WAVE), step.rows, before * ratio, ratio[before != 0])


def _described(stage: _Stage) -> dict[str, float]:
    """The columns `WEIGHTS` of a stage."""
    weights = stage.weights[stage.weights != 0]
    n, total, deff = len(weights), float(weights.sum()), kish(weights)
    nothing = float("nan")
    largest = max(1, int(np.ceil(_LARGEST * n))) if n else 0
    held = float(np.partition(weights, n - largest)[n - largest :].sum()) if n else nothing
    mean = total / n if n else nothing
    values = (
        n,
        len(stage.weights) - n,
        total,
        mean,
        float(weights.min()) if n else nothing,
        float(weights.max()) if n else nothing,
        float(weights.std()) / mean if total > 0 else nothing,
        deff,
        n / deff if n else nothing,
        held / total if total > 0 else nothing,
        float(stage.ratio.min()) if len(stage.ratio) else nothing,
        float(stage.ratio.max()) if len(stage.ratio) else nothing,
    )
    return dict(zip(WEIGHTS, values, strict=True))


# ---------------------------------------------------------------- margins


def _margins(survey: Survey, number: int, entry: Mapping[str, Any], step: Adjustment) -> pd.DataFrame:
    targets: pd.DataFrame = entry["targets"]
    now = _by_formula(survey, targets, step) if entry["step"] == "calibrate" else _by_level(survey, step)
    gap = divided(now, targets["target"].to_numpy(dtype=np.float64)) - 1.0
    wave = pd.Series([entry.get(WAVE)] * len(targets), dtype=object)
    table = targets.assign(number=number, step=entry["step"], now=now, gap=gap, **{WAVE: wave})
    return table[["number", WAVE, "step", *MARGINS]]


def _by_level(survey: Survey, step: Adjustment) -> Floats:
    """Today's totals of the levels of a step's margins."""
    if step.correction is None:
        return np.empty(0)
    return np.asarray(step.correction.table.T @ cell_sums(step.code, step.n_cells, survey.design.weights[step.rows]))


def _by_formula(survey: Survey, targets: pd.DataFrame, step: Adjustment) -> Floats:
    """Today's totals of a formula's columns, NaN where the frame no longer gives those from before the step."""
    from kepuasan.formulas import design_matrix

    before, now = np.zeros((2, len(survey.frame)))
    before[step.rows], now[step.rows] = step.before, survey.design.weights[step.rows]
    unknown = np.full(len(targets), np.nan)
    try:
        matrix = design_matrix(survey, str(targets["margin"].iloc[0]), before != 0)
    except DataError:
        return unknown
    if len(matrix.names) != len(targets):
        return unknown
    sums, size = np.zeros((2, len(matrix.names))), np.zeros(len(matrix.names))
    for start, stop in blocks(len(before), len(matrix.names)):
        block = matrix.read(start, stop)
        sums += np.stack([before[start:stop], now[start:stop]]) @ block
        size += np.abs(before[start:stop]) @ np.abs(block)
    same = np.abs(sums[0] - targets["before"].to_numpy(dtype=np.float64)) <= _SAME * size
    return sums[1] if same.all() else unknown
