"""What R's survey package says of our synthetic data, as cases to compare with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kepuasan import Design, Survey, stack_waves

HERE = Path(__file__).parent
CASES = json.loads((HERE / "designs.json").read_text(encoding="utf-8"))


@cache
def numbers() -> dict[str, Any]:
    return json.loads((HERE / "numbers.json").read_text(encoding="utf-8"))


@cache
def data(name: str) -> pd.DataFrame:
    """A file of synthetic rows; callers must not change it."""
    return pd.read_csv(HERE / name)


def build(case: dict[str, Any]) -> Survey:
    """The survey of a case of designs.json."""
    frame = data(case["data"])
    if "keep" in case:
        frame = frame.query(case["keep"])
    design = Design(**case["design"])
    if "waves" in case:
        parts = {year: Survey(part.drop(columns="year"), design=design) for year, part in frame.groupby("year")}
        survey = stack_waves(parts, **case["waves"])
    else:
        survey = Survey(frame, design=design)
    return survey.where(case["where"]) if "where" in case else survey


@dataclass(frozen=True)
class Reference:
    """One case: the survey as we build it, and what R says of it."""

    case: dict[str, Any]
    survey: Survey
    numbers: dict[str, Any]

    @property
    def items(self) -> list[str]:
        return self.case["items"]

    @property
    def by(self) -> list[str]:
        """The domain columns; R's file calls the wave "year"."""
        return ["wave" if name == "year" else name for name in self.case["by"]]


def check(got: Any, expected: Any, scale: Any = None) -> None:
    """Equal to 1e-9 of the expected size, or of a scale that is given; what one lacks the other lacks."""
    got, expected = np.asarray(got, dtype=np.float64), np.array(expected, dtype=np.float64)
    bound = np.abs(expected) if scale is None else np.broadcast_to(np.asarray(scale, dtype=np.float64), expected.shape)
    assert np.array_equal(np.isnan(got), np.isnan(expected))
    off = np.flatnonzero((np.abs(got - expected) > 1e-9 * bound + 1e-300).ravel())
    assert not off.size, f"{got.ravel()[off[:3]]} instead of {expected.ravel()[off[:3]]}"


def check_covariance(got: Any, expected: Any) -> None:
    """Covariances equal to 1e-9 of the two standard errors that each joins."""
    expected = np.array(expected, dtype=np.float64)
    size = np.sqrt(np.diag(expected).clip(0.0))
    check(got, expected, np.outer(size, size))


@cache
def built(name: str) -> Survey:
    """The survey of the case of that name."""
    return build(next(case for case in CASES if case["name"] == name))


def reference_of(case: dict[str, Any]) -> Reference:
    return Reference(case, built(case["name"]), numbers()[case["name"]])
