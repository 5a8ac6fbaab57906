"""A finding on two waves, how severe it is, and the table of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from kepuasan.columns import FINDING

__all__ = ["ASPECTS", "SIGNIFICANT", "Aspect", "Finding", "Severity", "graded", "quantity", "table"]

Aspect = Literal["frame", "mode", "scale", "wording", "mix", "missingness", "invariance"]
Severity = Literal["none", "minor", "serious"]

ASPECTS: tuple[Aspect, ...] = ("frame", "mode", "scale", "wording", "mix", "missingness", "invariance")
SEVERITIES: tuple[Severity, ...] = ("none", "minor", "serious")
#: the p-value below which a difference is taken for one
SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Finding:
    """One row of the table; `base` and `current` are what each wave has, `size` the difference on the measure that `measure` names."""

    aspect: Aspect
    item: Any
    base: Any
    current: Any
    size: float
    measure: str
    p_value: float
    severity: Severity
    advice: str


def graded(size: float, minor: float, serious: float) -> Severity:
    """How severe a difference of some size is, whatever its sign.

    Examples
    --------
    >>> graded(-0.3, 0.1, 0.25), graded(0.05, 0.1, 0.25), graded(float("nan"), 0.1, 0.25)
    ('serious', 'none', 'none')
    """
    return "serious" if abs(size) >= serious else "minor" if abs(size) >= minor else "none"


def quantity(number: int, noun: str) -> str:
    """A number of things: ``1 item``, ``2 items``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def table(findings: Iterable[Finding]) -> pd.DataFrame:
    """The findings, the worst first; of equals in the order of their aspects, that of the whole before those of items."""
    ordered = sorted(findings, key=_place)
    frame = pd.DataFrame([asdict(one) for one in ordered], columns=list(FINDING), dtype=object)
    return frame.astype({"size": np.float64, "p_value": np.float64, "severity": pd.CategoricalDtype(list(SEVERITIES), ordered=True)})


def _place(one: Finding) -> tuple[int, int, bool, float]:
    size = 0.0 if np.isnan(one.size) else abs(one.size)
    return -SEVERITIES.index(one.severity), ASPECTS.index(one.aspect), one.item != "", -size
