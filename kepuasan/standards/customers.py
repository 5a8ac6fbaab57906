"""Indices of customers: satisfaction weighted by importance, the American index, and importance against performance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from kepuasan.columns import CLASS, CLASS_NAME, ITEM, QUADRANTS
from kepuasan.errors import DataError, choose, nearest, some
from kepuasan.estimators.reading import item_names
from kepuasan.given import as_mapping, finite, real
from kepuasan.index import satisfaction_index
from kepuasan.specification import IndexSpec, require_scale
from kepuasan.standards.lookup import find_standard
from kepuasan.survey import require_survey
from kepuasan.wording import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats
    from kepuasan.survey import Survey

__all__ = ["acsi", "csi", "importance_performance", "plot_importance_performance"]

#: by importance at or above its mean, then performance at or above its mean; the Roman number of each
#: what quadrants are numbered
_NUMERALS = {"concentrate": "I", "keep": "II", "low": "III", "overkill": "IV"}
#: of the spread of the values: nearer to an axis than this is on it
_ON_AXIS = 1e-9


def csi(
    importance: Any, satisfaction: Any, *, scale_max: float, classes: Literal["csi", "csi-quintiles"] = "csi", language: str = "id"
) -> pd.DataFrame:
    """The customer satisfaction index (CSI) as Indonesian reports compute it, with each step of the table.

    Parameters
    ----------
    importance : mapping or Series of item to mean importance
        0 or more. Only shares of the sum count, so that means on any scale, shares or percent give the same.
    satisfaction : mapping or Series of item to mean satisfaction
        Of the same items, on the scale that ends at `scale_max`.
    scale_max : float
        Top of the scale of satisfaction, such as 5.
    classes : {"csi", "csi-quintiles"}
        Classes as seen in several reports, or of 20 points each (unverified).
    language : {"id", "en"}
        Of the name of the class.

    Returns
    -------
    DataFrame
        One row an item, in the order of `importance`: ``item``, ``mis`` (mean importance), ``wf`` (weight, a share), ``mss`` (mean satisfaction),
        ``ws`` (wf x mss). The same in every row: ``csi`` in percent, not rounded, ``mutu`` (1 to 5, of the percent rounded half up), ``kinerja``.

    Raises
    ------
    DataError
        No items; items in one mapping only, or twice; numbers that are missing, negative or none; importance that is 0 throughout; satisfaction above
        the top of the scale, as of percent or of weighted scores: the index would pass 100 %.

    Notes
    -----
    CSI = sum of wf x mss / scale_max x 100 %, with wf = mis / sum of mis; it cannot pass 100 %. A published 153 % had its weights left in percent
    twice. From microdata, ``satisfaction_index(survey, IndexSpec(items, weights={item: importance_item}, scoring="share-of-max"))`` is the same
    number with a design-based error, in which importance is random too.

    References
    ----------
    No one source defines this index; formula and classes as several reports have them (seen). The classes of a fifth are unverified.

    Examples
    --------
    >>> table = csi({"speed": 4.5, "updates": 4.0, "ease": 3.5}, {"speed": 4.2, "updates": 3.8, "ease": 4.0}, scale_max=5)
    >>> table["ws"].round(4).tolist(), round(float(table["csi"].iloc[0]), 2), table["kinerja"].iloc[0]
    ([1.575, 1.2667, 1.1667], 80.17, 'Puas')
    """
    choose("language", language, LANGUAGES)
    if not (real(scale_max) and np.isfinite(float(scale_max)) and scale_max > 0):
        raise DataError(f"scale_max is {scale_max!r}; give the top of the scale of satisfaction, such as 5")
    items, mis, mss = _paired(importance, satisfaction)
    top = float(scale_max)
    above = {item: float(mean) for item, mean in zip(items, mss, strict=True) if mean > top}
    if above:
        raise DataError(
            f"the satisfaction of {some(above)} is {some(above.values())}, above the top of the scale, {top:g}, so that the index could pass 100 %; "
            "give means of the answers, neither percent nor weighted scores (weights left in percent twice made a published CSI of 153 %), or the "
            "right scale_max"
        )
    weight = mis / mis.sum()
    score = weight * mss
    index, graded = 100.0 * float(score.sum()) / top, find_standard(classes, "csi").require_classes()
    table = pd.DataFrame({ITEM: items, "mis": mis, "wf": weight, "mss": mss, "ws": score})
    return table.assign(csi=index, **{CLASS: graded.codes(index)[0], CLASS_NAME: graded.names(index, language)[0]})


def acsi(survey: Survey, items: Sequence[str], *, weights: Literal["equal"] | Mapping[str, float] = "equal", by: Any = None) -> Estimates:
    """The American Customer Satisfaction Index of each domain, from 0 to 100.

    Parameters
    ----------
    survey : Survey
    items : list of str
        Three items answered from 1 to 10: overall satisfaction, compared with expectations, compared with the ideal.
    weights : "equal" or {item: weight}
        Only their proportions count. The index's own weights come from a model of latent variables that is not fitted here.
    by : str or list of str, optional
        Domain columns.

    Returns
    -------
    Estimates
        One row a domain; ``item`` is "acsi".

    Raises
    ------
    DataError
        Another number of items than three; unknown columns; weights that are negative, no numbers, or leave an item out.
    ScaleError
        Items declared on another scale, or that are yes or no; answers off 1 to 10, with their rows.

    Notes
    -----
    100 (sum of w x - sum of w) / (9 sum of w), with x the mean of each item on its own answers.

    References
    ----------
    Fornell, C., Johnson, M. D., Anderson, E. W., Cha, J. and Bryant, B. E. (1996). The American Customer Satisfaction Index: nature, purpose, and
    findings. *Journal of Marketing* 60 (4), 7-18 (seen).

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> survey = Survey(pd.DataFrame({"overall": [10, 8, 9, 7], "expected": [9, 8, 8, 6], "ideal": [8, 7, 9, 5]}))
    >>> round(float(acsi(survey, ["overall", "expected", "ideal"]).value[0]), 2)
    75.93
    """
    require_survey(survey)
    standard = find_standard("acsi")
    names = item_names(items)
    if len(names) != len(standard.elements):
        raise DataError(f"items names {len(names)}; the index has three: overall satisfaction, compared with expectations, compared with the ideal")
    if not isinstance(weights, str):
        given = as_mapping(weights, "weights")
        finite(given.values(), given, "the weight")
    require_scale(survey, names, lows=standard.scale[:1], highs=standard.scale[1:], where="the ACSI")
    score = satisfaction_index(survey, IndexSpec(names, weights=weights, scoring="minmax", scale=standard.scale), by=by).score
    return replace(score, key=score.key.assign(**{ITEM: "acsi"}))


def importance_performance(importance: Any, satisfaction: Any, *, language: str = "id") -> pd.DataFrame:
    """The quadrant of each item by stated importance and performance, its axes at the means over the items.

    Parameters
    ----------
    importance, satisfaction : mapping or Series of item to mean
        Of the same items; any scale.
    language : {"id", "en"}
        Of the labels.

    Returns
    -------
    DataFrame
        One row an item: ``item``, ``importance``, ``performance``, ``quadrant`` ("concentrate", "keep", "low", "overkill"), ``label`` (I to IV with
        the name of the quadrant), ``on_axis`` (whether it lies on an axis).

    Raises
    ------
    DataError
        No items; items in one mapping only, or twice; numbers that are missing, negative or none; importance that is 0 throughout.

    Notes
    -----
    There is no convention for a point on an axis: here it belongs to the higher side, of more importance or more performance. Whether an item surely
    lies in its quadrant takes microdata: see `driver_importance`, whose plot has probabilities.

    References
    ----------
    Martilla, J. A. and James, J. C. (1977). Importance-performance analysis. *Journal of Marketing* 41 (1), 77-79 (seen).

    Examples
    --------
    >>> table = importance_performance({"speed": 4.5, "updates": 4.1, "ease": 3.5}, {"speed": 3.4, "updates": 3.9, "ease": 4.0})
    >>> table[["item", "label"]].values.tolist()
    [['speed', 'I Prioritas utama'], ['updates', 'II Pertahankan prestasi'], ['ease', 'IV Berlebihan']]
    """
    choose("language", language, LANGUAGES)
    items, upwards, across = _paired(importance, satisfaction)
    above, on_axis = zip(*(_sides(values) for values in (upwards, across)), strict=True)
    quadrants = [QUADRANTS[int(high)][int(far)] for high, far in zip(*above, strict=True)]
    return pd.DataFrame(
        {
            ITEM: items,
            "importance": upwards,
            "performance": across,
            "quadrant": quadrants,
            "label": [f"{_NUMERALS[name]} {say(f'quadrant.{name}', language)}" for name in quadrants],
            "on_axis": on_axis[0] | on_axis[1],
        }
    )


def plot_importance_performance(
    importance: Any, satisfaction: Any, ax: Axes | None = None, *, title: str = "", language: str = "id", labels: Mapping[Any, str] | None = None
) -> Axes:
    """The map of `importance_performance`: performance across, importance upwards, four named quadrants.

    Parameters
    ----------
    importance, satisfaction : mapping or Series of item to mean
    ax : Axes, optional
        Drawn into; without it a figure of its own, outside pyplot.
    title : str
    language : {"id", "en"}
    labels : mapping of item to text, optional
        What items are called.

    Returns
    -------
    Axes
        ``get_label()`` is the text for those who do not see it.

    Examples
    --------
    >>> axes = plot_importance_performance({"speed": 4.5, "ease": 3.5}, {"speed": 3.4, "ease": 4.0}, language="en")
    >>> axes.get_label().split("; ")[1]
    'speed: performance 3.40, importance 4.50, quadrant Concentrate here'
    """
    from kepuasan.display.quadrants import performance_map

    table = importance_performance(importance, satisfaction, language=language)
    crosshair = (float(table["performance"].mean()), float(table["importance"].mean()), say("map.means", language))
    upwards, across = (
        table.assign(estimate=table[name], ci_low=np.nan, ci_high=np.nan)[[ITEM, "quadrant", "estimate", "ci_low", "ci_high"]]
        for name in ("importance", "performance")
    )
    axes = performance_map(upwards, across, crosshair=crosshair, ax=ax, title=title, labels=labels, language=language)
    axes.set_ylabel(say("map.importance", language))
    return axes


def _paired(importance: Any, satisfaction: Any) -> tuple[list[Any], Floats, Floats]:
    """The items and both means of each, in the order of importance."""
    stated, answered = as_mapping(importance, "importance"), as_mapping(satisfaction, "satisfaction")
    alone = [item for item in [*stated, *answered] if not (item in stated and item in answered)]
    if alone:
        hint = nearest(alone[0], answered if alone[0] in stated else stated)
        raise DataError(f"{some(alone)} in one of importance and satisfaction only{hint}; give both of the same items")
    items = list(stated)
    both = [finite([given[item] for item in items], items, f"the {what}") for given, what in ((stated, "importance"), (answered, "satisfaction"))]
    for values, what in zip(both, ("importance", "satisfaction"), strict=True):
        negative = [item for item, value in zip(items, values, strict=True) if value < 0]
        if negative:
            raise DataError(f"the {what} of {some(negative)} is negative; give means of 0 or more")
    if not both[0].any():
        raise DataError("the importance of every item is 0, so that none has a weight; give mean importance")
    return items, both[0], both[1]


def _sides(values: Floats) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Whether each value is at or above the mean, and whether it is on it."""
    gap = values - values.mean()
    on_axis = np.abs(gap) <= _ON_AXIS * max(float(np.abs(values).max()), 1e-300)
    return (gap > 0) | on_axis, on_axis
