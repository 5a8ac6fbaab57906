"""The net promoter score: those who would recommend a service, less those who would not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import ITEM
from kepuasan.errors import DataError, ScaleError, some
from kepuasan.estimators.ratios import Request, estimate
from kepuasan.estimators.reading import read_items
from kepuasan.numerics.ratios import ANSWERED, Form

if TYPE_CHECKING:
    from kepuasan.estimates import Estimates
    from kepuasan.estimators.reading import Block
    from kepuasan.numerics.totals import Floats
    from kepuasan.survey import Survey

__all__ = ["net_promoter"]

#: the scale of the answers; promoters answer the first of these or more, detractors the second or less
_LOW, _HIGH = 0, 10
_PROMOTER, _DETRACTOR = 9, 6


def net_promoter(survey: Survey, item: str, *, by: Any = None) -> Estimates:
    """The net promoter score of each domain, in points from -100 to 100.

    Parameters
    ----------
    survey : Survey
    item : str
        Whole answers from 0 to 10 to "how likely are you to recommend ...".
    by : str or list of str, optional
        Domain columns.

    Returns
    -------
    Estimates
        One row a domain: 100 times the share of 9 and 10 less the share of 0 to 6, among those who answered.

    Raises
    ------
    DataError
        An unknown column; several items; an item nobody answered.
    ScaleError
        Answers off 0 to 10, or not whole, with their rows.

    References
    ----------
    Reichheld, F. F. (2003). The one number you need to grow. *Harvard Business Review* 81 (12), 46-54.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> net_promoter(Survey(pd.DataFrame({"recommend": [10, 9, 8, 3]})), "recommend").value
    array([25.])
    """
    if isinstance(item, (list, tuple)):
        raise DataError(f"net_promoter takes one item by its name, not {item!r}; call it once for each")
    read = read_items(survey, [item])
    answers = survey.numbers(item)
    _check_scale(survey, item)
    inside = survey.domains(None).weight != 0
    rows = np.flatnonzero(inside & ~np.isnan(answers) & ~((answers >= _LOW) & (answers <= _HIGH) & (np.floor(answers) == answers)))
    if rows.size:
        raise ScaleError(
            f"{item!r} has answers that are no whole number from {_LOW} to {_HIGH}: {some(np.unique(answers[rows]))} in {rows.size} rows "
            f"({some(survey.frame.index[rows])}); correct them, or declare them as missing codes in the codebook"
        )
    request = Request(_Balance(read), 1, Form(np.array([0]), np.array([ANSWERED])), pd.DataFrame({ITEM: [item]}), "index")
    return estimate(survey, survey.domains(by), request)


def _check_scale(survey: Survey, item: Any) -> None:
    """Refuse an item that is declared on another scale, or that is yes or no."""
    scale = survey.codebook.scale_of(item) if item in survey.codebook.items else None
    if scale is not None and (scale.low, scale.high) != (_LOW, _HIGH):
        raise ScaleError(f"{item!r} is on a scale from {scale.low:g} to {scale.high:g}; the net promoter score is of answers from {_LOW} to {_HIGH}")
    if pd.api.types.is_bool_dtype(survey.frame[item].dtype):
        raise ScaleError(f"{item!r} is yes or no; the net promoter score is of answers from {_LOW} to {_HIGH}")


@dataclass(frozen=True)
class _Balance:
    """Reads rows start..stop as 100 for promoters, -100 for detractors, 0 for the others; NaN without an answer."""

    answers: Block

    def __call__(self, start: int, stop: int) -> Floats:
        """Give the block (rows, 1)."""
        block = self.answers(start, stop)
        balance = 100.0 * (block >= _PROMOTER) - 100.0 * (block <= _DETRACTOR)
        return np.where(np.isnan(block), np.nan, balance)
