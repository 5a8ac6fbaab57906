"""Shares of the categories of an item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import CATEGORY, ITEM
from kepuasan.design import factorized
from kepuasan.errors import DataError
from kepuasan.estimators.ratios import Request, estimate
from kepuasan.numerics.ratios import ANSWERED, Form
from kepuasan.survey import require_survey

if TYPE_CHECKING:
    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.survey import Survey

__all__ = ["Indicators", "categories_of", "proportion"]


@dataclass(frozen=True)
class Indicators:
    """Reads rows start..stop as 0/1 columns, one a category; missing answers are NaN in all."""

    code: Integers
    n_categories: int

    def __call__(self, start: int, stop: int) -> Floats:
        """Give the block."""
        code = self.code[start:stop]
        block = np.asarray(code[:, None] == np.arange(self.n_categories), dtype=np.float64)
        block[code < 0] = np.nan
        return block


def proportion(survey: Survey, item: str, *, by: Any = None) -> Estimates:
    """Weighted shares of the categories of an item, with their joint covariance.

    Parameters
    ----------
    survey : Survey
        The microdata.
    item : str
        A column of codes, numbers or text. Its categories are the codes the codebook declares, in their order, and those that occur.
    by : str or list of str, optional
        Domain columns.

    Returns
    -------
    Estimates
        Key columns ``item``, those of `by`, ``category``; shares between 0 and 1. `ci` gives logit limits unless told otherwise.

    Raises
    ------
    DataError
        An unknown column; an item nobody answered.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> proportion(Survey(pd.DataFrame({"sex": ["L", "P", "L", "L"]})), "sex").value
    array([0.75, 0.25])
    """
    if isinstance(item, (list, tuple)):
        raise DataError(f"proportion takes one item, not {len(item)}; call it once for each")
    require_survey(survey)
    code, categories = categories_of(survey, item)
    every = np.arange(len(categories))
    labels = pd.DataFrame({ITEM: [item] * len(categories), CATEGORY: categories})
    request = Request(Indicators(code, len(categories)), len(categories), Form(every, np.full(len(categories), ANSWERED)), labels, "proportion")
    return estimate(survey, survey.domains(by), request)


def categories_of(survey: Survey, item: str) -> tuple[Integers, list[Any]]:
    """Code of each row, -1 where missing, and the categories: those the codebook declares, then others that occur."""
    column = survey.column(item)
    found, levels = factorized(column)
    if not len(levels):
        raise DataError(f"nobody answered {item!r}: all {len(column):,} values are missing; leave the item out")
    declared = survey.codebook.items[item].values if item in survey.codebook.items else {}
    categories = list(dict.fromkeys([*declared, *levels]))
    if declared and all(isinstance(one, (int, float, np.number)) for one in categories):
        categories = sorted(categories)
    place = np.array([categories.index(level) for level in levels], dtype=np.intp)
    return np.where(found < 0, -1, place[found]), categories
