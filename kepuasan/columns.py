"""The columns of every table the library gives out: one word per idea, one column per word."""

from __future__ import annotations

__all__ = ["CATEGORY", "DENOMINATOR", "DRIVER", "ESTIMATES", "ITEM", "PART", "TESTED", "WAVE"]

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
