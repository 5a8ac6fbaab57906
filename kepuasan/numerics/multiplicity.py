"""p-values of several tests that are read together."""

from __future__ import annotations

import numpy as np

from kepuasan.numerics.totals import Floats

__all__ = ["holm"]


def holm(p: Floats) -> Floats:
    """p-values (k,) adjusted by Holm's method, so that all verdicts hold together; those that are NaN are no tests and stay so.

    Notes
    -----
    The i-th smallest of m is the largest of (m - j + 1) p_j over j up to i, and 1 at most.

    References
    ----------
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. *Scandinavian Journal of Statistics* 6, 65-70.
    """
    adjusted = np.full(len(p), np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    adjusted[order] = np.minimum(np.maximum.accumulate(np.arange(len(order), 0, -1) * p[order]), 1.0)
    return adjusted
