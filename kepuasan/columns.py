"""The columns of every table the library gives out: one word per idea, one column per word."""

from __future__ import annotations

from numbers import Integral, Real

__all__ = ["CATEGORY", "DENOMINATOR", "DRIVER", "ESTIMATES", "ITEM", "PART", "QUANTILE", "TESTED", "WAVE", "spelled"]

ITEM = "item"
WAVE = "wave"
CATEGORY = "category"
DENOMINATOR = "denominator"
DRIVER = "driver"
PART = "part"
QUANTILE = "q"

#: the columns of ``Estimates.to_frame()`` after those of its key
ESTIMATES = ("estimate", "se", "ci_low", "ci_high", "level", "df", "n", "n_eff", "deff", "cv")
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
