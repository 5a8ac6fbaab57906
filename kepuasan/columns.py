"""The columns of every table the library gives out: one word per idea, one column per word."""

from __future__ import annotations

from numbers import Integral, Real

__all__ = ["CATEGORY", "DENOMINATOR", "DRIVER", "ESTIMATES", "ITEM", "PART", "TESTED", "WAVE", "spelled"]

ITEM = "item"
WAVE = "wave"
CATEGORY = "category"
DENOMINATOR = "denominator"
DRIVER = "driver"
PART = "part"

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
    if isinstance(code, Real) and not isinstance(code, bool):
        whole = isinstance(code, Integral) or float(code).is_integer()
        return str(int(code)) if whole else f"{float(code):.15g}"
    return str(code)
