"""Differences of many pairs of estimates at once, and which of them can be tested."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse, special

from kepuasan.estimates import derived
from kepuasan.numerics.regression import wald

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Integers

__all__ = ["ROUNDING", "alike", "has_error", "paired"]

#: of the value: a standard error below this share is rounding, as of a group within one sampled unit
ROUNDING = 1e-9
#: hypotheses beyond which no joint test is made
_MOST_TESTED = 500


def has_error(estimates: Estimates) -> NDArray[np.bool_]:
    """Where there is an estimate with a standard error that is more than rounding (k,)."""
    known = np.isfinite(estimates.value) & np.isfinite(estimates.se)
    return np.asarray(known & (np.nan_to_num(estimates.se) > ROUNDING * (1.0 + np.abs(np.nan_to_num(estimates.value)))))


def paired(estimates: Estimates, plus: Integers, minus: Integers, key: pd.DataFrame, df: NDArray[np.float64] | None = None) -> Estimates:
    """Differences of the estimates in two lists of places, with their joint covariance and the n of both.

    ``df``: degrees of freedom of each, where not those of the whole design.
    """
    k, row = len(plus), np.arange(len(plus))
    entries = np.concatenate([np.ones(k), -np.ones(k)])
    matrix = sparse.csr_array((entries, (np.concatenate([row, row]), np.concatenate([plus, minus]))), shape=(k, len(estimates)))
    found = derived(estimates, None, matrix, key.reset_index(drop=True), kind="difference")
    n, value = estimates.n[plus] + estimates.n[minus], estimates.value[plus] - estimates.value[minus]
    return replace(found, value=value, n=n, df=found.df if df is None else df)


def alike(change: Estimates) -> dict[str, float]:
    """Whether all estimates are equal, by the adjusted Wald test; nothing where it cannot be made.

    Notes
    -----
    With W the Wald statistic of the q = k - 1 differences from the first and d degrees of freedom of the design, F = W (d - q + 1) / (d q) on q and
    d - q + 1 degrees of freedom (Korn and Graubard 1990).

    References
    ----------
    Korn, E. L. and Graubard, B. I. (1990). Simultaneous testing of regression coefficients with complex survey data: use of Bonferroni t statistics.
    *The American Statistician* 44, 270-276.
    """
    q, d = len(change) - 1, change.design_df
    below = d - q + 1
    if not 1 <= q <= _MOST_TESTED or below <= 0:
        return {}
    others = np.arange(1, q + 1)
    gaps = paired(change, others, np.zeros(q, dtype=np.intp), change.key.iloc[1:])
    found = wald(gaps.value, gaps.vcov, d)
    if found is None:
        return {}
    statistic = found[0] * below / d
    return {"statistic": statistic, "df": float(q), "df_denominator": float(below), "p_value": float(special.fdtrc(q, below, statistic))}
