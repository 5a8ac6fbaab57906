"""Confidence limits: by t, and four ways for a proportion, which keep inside 0 and 1."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from scipy import special

from kepuasan.numerics.totals import Floats

__all__ = ["METHODS", "Method", "beta_limits", "logit_limits", "t_below", "t_limits", "t_quantile", "two_sided_p", "wilson_limits"]

Method: TypeAlias = Literal["t", "logit", "wilson", "beta"]
METHODS: tuple[Method, ...] = ("t", "logit", "wilson", "beta")


def t_quantile(level: float, df: Floats) -> Floats:
    """The t quantile of a two-sided interval; NaN without degrees of freedom, the normal one where they are infinite."""
    usable = np.where(df > 0, df, np.nan)
    return np.asarray(np.where(np.isinf(usable), special.ndtri(0.5 + level / 2), special.stdtrit(usable, 0.5 + level / 2)), dtype=np.float64)


def t_below(statistic: Floats, df: Floats) -> Floats:
    """P(T <= t) with `df` degrees of freedom; NaN without any, the normal one where they are infinite."""
    usable = np.where(df > 0, df, np.nan)
    return np.asarray(np.where(np.isinf(usable), special.ndtr(statistic), special.stdtr(usable, statistic)), dtype=np.float64)


def two_sided_p(statistic: Floats, df: Floats) -> Floats:
    """P(|T| >= |t|) with `df` degrees of freedom."""
    return 2.0 * t_below(-np.abs(statistic), df)


def t_limits(value: Floats, se: Floats, df: Floats, level: float) -> Floats:
    """Limits (k, 2): value -+ t x se."""
    half = t_quantile(level, df) * se
    return np.column_stack([value - half, value + half])


def logit_limits(p: Floats, se: Floats, df: Floats, n: Floats, level: float) -> Floats:
    """Limits (k, 2) by t on the log-odds: logit p -+ t se / (p (1 - p)); exact ones where p is 0 or 1."""
    inside = (p > 0) & (p < 1)
    q = np.where(inside, p, 0.5)
    half = t_quantile(level, df) * se / (q * (1 - q))
    limits = special.expit(np.column_stack([special.logit(q) - half, special.logit(q) + half]))
    return np.where(inside[:, None], limits, _clopper_pearson(p, n, level))


def wilson_limits(p: Floats, se: Floats, df: Floats, n: Floats, level: float) -> Floats:
    """Limits (k, 2) of Wilson with the effective size p (1 - p) / se² and the t quantile; exact ones where p is 0 or 1."""
    inside = (p > 0) & (p < 1)
    size = _effective_size(p, se)
    square = t_quantile(level, df) ** 2 / size
    middle, half = p + square / 2, np.sqrt(square * (p * (1 - p) + square / 4))
    limits = np.column_stack([middle - half, middle + half]) / (1 + square)[:, None]
    return np.where(inside[:, None], limits, _clopper_pearson(p, n, level))


def beta_limits(p: Floats, se: Floats, df: Floats, n: Floats, level: float) -> Floats:
    """Limits (k, 2) of Korn and Graubard (1998): Clopper and Pearson's with the effective size, adjusted for df.

    The effective size is p (1 - p) / se² x (t(n - 1) / t(df))²; where p is 0 or 1 no variance can be estimated and n is taken.
    """
    inside = (p > 0) & (p < 1)
    size = _effective_size(p, se) * (t_quantile(level, n - 1) / t_quantile(level, df)) ** 2
    known = np.isinf(size)[:, None]
    limits = np.where(known, p[:, None], _clopper_pearson(p, np.where(np.isinf(size), 1.0, size), level))
    return np.where(inside[:, None], limits, _clopper_pearson(p, n, level))


def _effective_size(p: Floats, se: Floats) -> Floats:
    """The size p (1 - p) / se² (k,) of a simple random sample as precise; infinite where there is no error."""
    return np.asarray(np.divide(p * (1 - p), se**2, out=np.full(p.shape, np.inf), where=se > 0))


def _clopper_pearson(p: Floats, n: Floats, level: float) -> Floats:
    """Limits (k, 2) from the beta distribution; 0 below p = 0 and 1 above p = 1."""
    tail = (1 - level) / 2
    low = np.where(p > 0, special.betaincinv(np.where(p > 0, n * p, 1.0), n * (1 - p) + 1, tail), 0.0)
    high = np.where(p < 1, special.betaincinv(n * p + 1, np.where(p < 1, n * (1 - p), 1.0), 1 - tail), 1.0)
    return np.column_stack([low, high])
