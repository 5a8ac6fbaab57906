"""The current wave by region or agency: where each stands, and between which ranks it may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kepuasan.estimates import taken
from kepuasan.index import satisfaction_index
from kepuasan.numerics.intervals import t_quantile
from kepuasan.numerics.ranking import rank_ranges
from kepuasan.report.findings import League
from kepuasan.report.gathering.testing import has_error
from kepuasan.report.suppression import SHOWN
from kepuasan.report.voice import LEVEL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.report.suppression import Hiding
    from kepuasan.specification import IndexSpec
    from kepuasan.survey import Survey

__all__ = ["league_of", "rank_table"]


def league_of(current: Survey, column: str, spec: IndexSpec, df: float, hiding: Hiding, wave: str) -> League:
    """The index of the current wave by a column, and its ranks.

    ``df``: degrees of freedom of the current wave, by which differences are tested.
    """
    score = satisfaction_index(current, spec, by=column).score
    why = hiding.why(score.n, score.key[column], wave=wave, of=column)
    return League(column, score, rank_table(score, df, why))


def rank_table(score: Estimates, df: float, why: NDArray[np.object_]) -> pd.DataFrame:
    """The rank of each row and the range of ranks that the data do not rule out; ``why``: of each row, why it is not shown.

    Returns
    -------
    DataFrame
        ``rank`` (1 the highest; equal ones share it), ``rank_low``, ``rank_high``: whole numbers, empty in rows without an estimate or a standard
        error, and in those not shown. These count for no other row either.

    Notes
    -----
    Row i is compared with each of the k - 1 others by a two-sided t-test of the difference, with its joint standard error, at 5 percent over k - 1
    (Bonferroni). ``rank_low`` is 1 + the number of rows significantly above, ``rank_high`` k less the number significantly below: for each row a set
    that holds its rank with 95 percent probability.

    References
    ----------
    Klein, M., Wright, T. and Wieczorek, J. (2020). A joint confidence region for an overall ranking of populations. *Journal of the Royal Statistical
    Society, Series C* 69, 589-606.
    Mogstad, M., Romano, J. P., Shaikh, A. M. and Wilhelm, D. (2024). Inference for ranks with applications to mobility across neighbourhoods and
    academic achievement across countries. *Review of Economic Studies* 91, 476-518.
    """
    kept = np.flatnonzero(has_error(score) & (why == SHOWN))
    names = ("rank", "rank_low", "rank_high")
    table = np.full((len(score), len(names)), np.nan)
    if len(kept):
        ranked = taken(score, kept)
        others = max(len(kept) - 1, 1)
        critical = float(t_quantile(1 - (1 - LEVEL) / others, np.array([df]))[0]) if df > 0 else np.inf
        table[kept] = np.column_stack(rank_ranges(ranked.value, ranked.se, _Pairs(ranked), critical))
    return pd.DataFrame(table, columns=list(names)).astype("Int64")


class _Pairs:
    """Covariances (a, b) between two blocks of estimates, so that those of all are never formed at once."""

    def __init__(self, estimates: Estimates) -> None:
        self.spread = estimates.spread

    def __call__(self, a: Integers, b: Integers) -> Floats:
        """Give the block."""
        both = self.spread.take(np.concatenate([a, b])).covariance()
        return both[: len(a), len(a) :]
