"""The weighting steps of weighting_cases.json and replicates_cases.json, taken by kepuasan, and a looser measure of agreement."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from reference.agreement import HERE

import kepuasan as kp
from kepuasan import Survey

Step = Mapping[str, Any]


def cases_of(name: str) -> list[dict[str, Any]]:
    """The cases of a file such as weighting_cases.json."""
    cases: list[dict[str, Any]] = json.loads((HERE / f"{name}_cases.json").read_text(encoding="utf-8"))
    return cases


def margin_of(margin: Step) -> tuple[Any, dict[Any, float]]:
    """A margin as the library takes it: ("sex", {"L": 392.0, ...}) or (("sex", "age_group"), {("L", "old"): 140.0, ...})."""
    alone = len(margin["by"]) == 1
    totals = {row[0] if alone else tuple(row[:-1]): row[-1] for row in margin["rows"]}
    return margin["by"][0] if alone else tuple(margin["by"]), totals


def _calibrated(survey: Survey, step: Step) -> Survey:
    bounds = tuple(step["bounds"]) if "bounds" in step else None
    return kp.calibrate(survey, step["formula"], step["totals"], distance=step["distance"], bounds=bounds)


STEPS = {
    "rake": lambda survey, step: kp.rake(survey, dict(map(margin_of, step["margins"])), tolerance=1e-12, max_steps=2000),
    "calibrate": _calibrated,
    "poststratify": lambda survey, step: kp.poststratify(survey, *margin_of(step)),
    "trim": lambda survey, step: kp.trim_weights(survey, lower=step["lower"], upper=step["upper"]),
}


def weighted(survey: Survey, steps: Sequence[Step]) -> Survey:
    """The survey after these steps."""
    for step in steps:
        survey = STEPS[step["step"]](survey, step)
    return survey


def of_wave(step: Step, year: int) -> Step:
    """A step whose margins are by year and something else, as the one wave of that year takes it."""

    def margin(whole: Step) -> Step:
        assert whole["by"][0] == "year"
        return {**whole, "by": whole["by"][1:], "rows": [row[1:] for row in whole["rows"] if row[0] == year]}

    return {**step, "margins": [margin(one) for one in step["margins"]]} if step["step"] == "rake" else margin(step)


def of_stack(step: Step) -> Step:
    """The same step by the column that a stack of waves has."""

    def margin(whole: Step) -> Step:
        return {**whole, "by": ["wave", *whole["by"][1:]]}

    return {**step, "margins": [margin(one) for one in step["margins"]]} if step["step"] == "rake" else margin(step)


def check_close(got: Any, expected: Any, tolerance: float, scale: Any = None) -> None:
    """Equal to `tolerance` of the expected size, or of a scale that is given."""
    got, expected = np.asarray(got, dtype=np.float64), np.array(expected, dtype=np.float64)
    bound = np.abs(expected) if scale is None else np.broadcast_to(np.asarray(scale, dtype=np.float64), expected.shape)
    assert got.shape == expected.shape
    miss = np.abs(got - expected) / (bound + 1e-300)
    worst = int(miss.argmax()) if miss.size else 0
    assert (miss <= tolerance).all(), f"{got.ravel()[worst]} instead of {expected.ravel()[worst]}, off by {miss.ravel()[worst]:.2g}"


def check_close_covariance(got: Any, expected: Any, tolerance: float) -> None:
    """Covariances equal to `tolerance` of the two standard errors that each joins."""
    size = np.sqrt(np.diag(np.array(expected, dtype=np.float64)).clip(0.0))
    check_close(got, expected, tolerance, np.outer(size, size))
