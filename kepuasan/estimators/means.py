"""Means, totals and ratios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from kepuasan.columns import DENOMINATOR, ITEM
from kepuasan.errors import choose
from kepuasan.estimators.ratios import Request, estimate
from kepuasan.estimators.reading import item_names, read_items
from kepuasan.numerics.ratios import ANSWERED, NOTHING, Form

if TYPE_CHECKING:
    from kepuasan.estimates import Estimates
    from kepuasan.survey import Survey

__all__ = ["mean", "ratio", "total"]


def mean(survey: Survey, items: Any, *, by: Any = None, missing: Literal["item", "listwise"] = "item") -> Estimates:
    """Weighted means of items, with their joint covariance over items and domains.

    Parameters
    ----------
    survey : Survey
        The microdata.
    items : str or list of str
        Numeric columns.
    by : str or list of str, optional
        Domain columns; one estimate for each item in each combination of codes that occurs.
    missing : {"item", "listwise"}
        "item": each mean on its own answers. "listwise": on the rows that answered all of `items`.

    Returns
    -------
    Estimates
        Key columns ``item`` and those of `by`, ordered by domain, then item.

    Raises
    ------
    DataError
        Unknown columns, text columns, an item named twice, an item nobody answered.
    SinglePSUError
        A stratum with one unit, where the design says "fail".

    Notes
    -----
    The mean is (sum of w x) / (sum of w) over those who answered; its variance is by Taylor linearisation. A domain is not a subset: every PSU of the
    design counts, with 0 outside the domain.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Design, Survey
    >>> frame = pd.DataFrame({"speed": [3, 4, 2, 4], "w": [1.0, 2.0, 1.0, 1.0]})
    >>> float(mean(Survey(frame, design=Design(weight="w")), "speed").value[0])
    3.4
    """
    choose("missing", missing, ("item", "listwise"))
    names = item_names(items)
    read = read_items(survey, names, listwise=missing == "listwise")
    every = np.arange(len(names))
    form = Form(every, np.full(len(names), ANSWERED))
    return estimate(survey, survey.domains(by), Request(read, len(names), form, pd.DataFrame({ITEM: names}), "mean"))


def total(survey: Survey, items: Any, *, by: Any = None) -> Estimates:
    """Weighted totals of items, with their joint covariance over items and domains.

    Parameters
    ----------
    survey : Survey
        The microdata.
    items : str or list of str
        Numeric columns; a missing answer adds nothing.
    by : str or list of str, optional
        Domain columns.

    Returns
    -------
    Estimates
        Key columns ``item`` and those of `by`.

    Raises
    ------
    DataError
        As `mean`.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Design, Survey
    >>> frame = pd.DataFrame({"complaints": [1, 0, 2], "w": [10.0, 10.0, 20.0]})
    >>> float(total(Survey(frame, design=Design(weight="w")), "complaints").value[0])
    50.0
    """
    names = item_names(items)
    form = Form(np.arange(len(names)), np.full(len(names), NOTHING))
    request = Request(read_items(survey, names), len(names), form, pd.DataFrame({ITEM: names}), "total")
    return estimate(survey, survey.domains(by), request)


def ratio(survey: Survey, numerator: Any, denominator: Any, *, by: Any = None) -> Estimates:
    """Ratios of two totals, over the rows that have all of the columns named.

    Parameters
    ----------
    survey : Survey
        The microdata.
    numerator, denominator : str or list of str
        Numeric columns; of lists every numerator is divided by every denominator.
    by : str or list of str, optional
        Domain columns.

    Returns
    -------
    Estimates
        Key columns ``item`` (the numerator), those of `by`, ``denominator``.

    Raises
    ------
    DataError
        As `mean`; a denominator whose total is 0.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> frame = pd.DataFrame({"resolved": [1, 2, 4], "received": [2, 4, 4]})
    >>> float(ratio(Survey(frame), "resolved", "received").value[0])
    0.7
    """
    tops, belows = item_names(numerator, "numerator"), item_names(denominator, "denominator")
    names = list(dict.fromkeys([*tops, *belows]))
    pairs = [(top, below) for below in belows for top in tops]
    form = Form(np.array([names.index(top) for top, _ in pairs]), np.array([names.index(below) for _, below in pairs]))
    labels = pd.DataFrame(pairs, columns=[ITEM, DENOMINATOR])
    request = Request(read_items(survey, names, listwise=True), len(names), form, labels, "ratio")
    return estimate(survey, survey.domains(by), request)
