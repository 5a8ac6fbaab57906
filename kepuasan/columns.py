"""The columns of every table the library gives out: one word per idea, one column per word."""

from __future__ import annotations

from numbers import Integral, Real

__all__ = [
    "ADJUSTMENT",
    "CATEGORY",
    "CLASS",
    "CLASS_NAME",
    "DENOMINATOR",
    "DIMENSION",
    "DRIVER",
    "ESTIMATES",
    "FINDING",
    "ITEM",
    "MISSES",
    "OTHER_CLASS",
    "PART",
    "P_OTHER",
    "QUADRANTS",
    "QUANTILE",
    "REPRODUCES",
    "ROUNDED",
    "RULE",
    "TESTED",
    "TIER",
    "UNSAID",
    "VERDICTS",
    "WAVE",
    "WITHIN",
    "spelled",
]

ITEM = "item"
WAVE = "wave"
ADJUSTMENT = "adjustment"
CATEGORY = "category"
DENOMINATOR = "denominator"
DIMENSION = "dimension"
DRIVER = "driver"
PART = "part"
QUANTILE = "q"
TIER = "tier"

#: quadrants of importance and performance, by importance, then performance, below and above where they meet
QUADRANTS = (("low", "overkill"), ("concentrate", "keep"))

#: a published index, rounded as its rule says; its class and what that is called; the rule; the probability of another class, and which
ROUNDED, CLASS, CLASS_NAME, RULE, P_OTHER, OTHER_CLASS = "rounded", "mutu", "kinerja", "rule", "p_other", "mutu_other"

#: what a convention makes of a published number: it gives it, the rounding of its inputs allows it, or neither
VERDICTS = REPRODUCES, WITHIN, MISSES = ("reproduces", "within rounding", "misses")
#: dimensions of conventions, and the choice in each that goes without saying
UNSAID = {
    "survey_weights": "weighted",
    "level": "items",
    "missing": "available",
    "early_rounding": "none",
    "final_rounding": "half-up",
    "tariff": "in",
    "pooling": "respondents",
}

#: the columns of ``Estimates.to_frame()`` after those of its key
ESTIMATES = ("estimate", "se", "ci_low", "ci_high", "level", "df", "n", "n_eff", "deff", "cv")
#: the columns of a table of findings on two waves
FINDING = ("aspect", "severity", "item", "base", "current", "size", "measure", "p_value", "advice")
#: the columns a difference has besides
TESTED = ("t", "p_value")


def spelled(code: object) -> str:
    """A code of the data as text: 2, 2.0 and "2" are one code.

    Examples
    --------
    >>> spelled(2.0), spelled("2"), spelled(2.5)
    ('2', '2', '2.5')
    """
    if isinstance(code, bool) or not isinstance(code, Real):
        return str(code)
    if isinstance(code, Integral):
        return str(int(code))
    number = float(code)
    return str(int(number)) if number.is_integer() else f"{number:.15g}"
