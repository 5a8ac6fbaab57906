"""Importance of drivers beside R: the models of tests/reference/drivers.R on every design, weighting step and kind of replicates.

R's formulas are written out there from the papers; its standard errors rest on numerical derivatives by every weight, which are good to about
1e-9 of an error, and on svyrecvar or withReplicates. Values are compared at 1e-8, standard errors and covariances at 1e-7.
"""

from __future__ import annotations

import json
import warnings
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from reference.agreement import CASES, HERE, build, data
from reference.weighting_steps import cases_of, check_close, check_close_covariance, of_stack, weighted

import kepuasan as kp
from kepuasan import Design, Drivers, Estimates, Survey
from kepuasan.errors import DataError
from kepuasan.numerics.spread import Replicated

R = json.loads((HERE / "drivers.json").read_text(encoding="utf-8"))
MODELS = R["models"]
DESIGNS = {"designs": {case["name"]: case for case in CASES}, "weighting": {case["name"]: case for case in cases_of("weighting")}}
DESIGNS["replicates"] = {case["name"]: case for case in cases_of("replicates")}
#: what R's script says of a model that has no answer, and what we say
REFUSED = {"constant": "only among the rows used", "few rows": "too few", "collinear": "never vary|determined by the other columns|too few"}

pytestmark = [pytest.mark.filterwarnings("ignore:.*weights are negative"), pytest.mark.filterwarnings("ignore:the limits of importance")]


def found_in(room: str, *, refused: bool = False) -> list[Any]:
    """Cases and models of a room, those that have numbers or those that have none."""
    pairs = [(name, model) for name, case in R[room].items() for model in case if model != "by" and ("error" in case[model]) == refused]
    return [pytest.param(*pair, id="-".join(pair)) for pair in pairs]


def domains_in(room: str, *, refused: bool = False) -> list[Any]:
    """Cases and domain columns of a room."""
    pairs = [(name, by) for name, case in R[room].items() for by, one in case.get("by", {}).items() if ("error" in one) == refused]
    return [pytest.param(*pair, id="-".join(pair)) for pair in pairs]


def roads() -> list[Any]:
    """Cases of replicates and models, by the replicates that add_replicates makes where it can, and by those of R."""
    return [
        pytest.param(*one.values, road, id=f"{one.id}-{road}")
        for one in found_in("replicates")
        for road in ("made", "given")
        if road == "given" or DESIGNS["replicates"][one.values[0]]["made"]
    ]


# ---------------------------------------------------------------- the surveys


def frame_of(case: dict[str, Any]) -> pd.DataFrame:
    frame = data(case["data"])
    return frame.query(case["keep"]) if "keep" in case else frame


@cache
def with_replicates(name: str, road: str) -> Survey:
    """Replicates that add_replicates makes, or the factors R made as columns; then the weighting steps, redone in each."""
    case = DESIGNS["replicates"][name]
    frame, first = frame_of(case), Survey(frame_of(case), design=Design(**case["design"]))
    if road == "made":
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", ".*finite populations of later stages count for nothing")
            return weighted(kp.add_replicates(first, case["method"]), case["steps"])
    given = json.loads((HERE / "replicates.json").read_text(encoding="utf-8"))[name]["replicates"]
    row = {pair: position for position, pair in enumerate(zip(given["stratum"], given["psu"], strict=True))}
    factor = np.array(given["factor"])[[row[pair] for pair in zip(frame["stratum"], frame["psu"], strict=True)]]
    columns = pd.DataFrame(factor, columns=[f"replicate_{number}" for number in range(factor.shape[1])], index=frame.index)
    asked = case["replicates"]
    replicates = kp.Replicates(
        list(columns),
        case["method"],
        scale=given["scale"],
        rscales=given["rscales"],
        mse=asked.get("mse", False),
        fay_rho=asked.get("fay.rho"),
        combined=False,
    )
    whole = pd.concat([frame, columns], axis=1).assign(first_weight=first.weights)
    return weighted(Survey(whole, design=Design(weight="first_weight", replicates=replicates)), case["steps"])


@cache
def surveyed(room: str, name: str) -> Survey:
    case = DESIGNS[room][name]
    if room == "designs":
        return build(case)
    lone = {"single_psu": case["lonely"]} if "lonely" in case else {}
    steps = map(of_stack, case["steps"]) if "waves" in case else case["steps"]
    return weighted(build({**case, "design": {**lone, **case["design"]}}), list(steps))


def drivers_of(survey: Survey, model: str, method: str, by: str | None = None) -> Drivers:
    """A method as R's script names it: "lmg shares" are shares of lmg."""
    asked, (name, _, shares) = MODELS[model], method.partition(" ")
    return kp.driver_importance(survey, asked["outcome"], asked["drivers"], method=name, shares=bool(shares), always=asked["always"], by=by)


# ---------------------------------------------------------------- the comparison


def together(found: Drivers) -> Estimates:
    """Importances, then R² and that of what is always in, domain by domain one after another."""
    return found.importance.join(found.r_squared) if found.always is None else found.importance.join(found.r_squared).join(found.always)


def expected_parts(numbers: list[float], found: Drivers) -> np.ndarray[Any, Any]:
    """Importance, R² and, where something is always in, its own: R's script has the last one also where it is 0."""
    return np.array(numbers, dtype=np.float64)[: len(numbers) if found.always is not None else -1]


def check_model(survey: Survey, model: str, expected: dict[str, Any], *, with_df: bool = True) -> None:
    for method, numbers in expected.items():
        found = drivers_of(survey, model, method)
        both = together(found)
        check_close(both.value, expected_parts(numbers["value"], found), 1e-8, np.abs(both.value) + 1e-6)
        check_close(both.se, expected_parts(numbers["se"], found), 1e-7)
        assert set(both.n) == {numbers["n"]}
        assert not with_df or set(both.df) == {numbers["df"]}
        if "vcov" in numbers:
            size = len(both)
            check_close_covariance(both.vcov, np.array(numbers["vcov"])[:size, :size], 1e-7)


def check_domains(survey: Survey, by: str, expected: dict[str, Any]) -> None:
    column = "wave" if by == "year" else by
    for method, numbers in expected.items():
        found = drivers_of(survey, "plain", method, column)
        k, codes = len(MODELS["plain"]["drivers"]), numbers["code"]
        assert found.r_squared.key[column].astype(str).tolist() == codes
        parts = [np.concatenate([getattr(found.importance, what).reshape(-1, k), getattr(found.r_squared, what)[:, None]], axis=1) for what in
                 ("value", "se", "n", "df")]  # fmt: skip
        check_close(parts[0], np.array(numbers["value"])[:, :-1], 1e-8, np.abs(parts[0]) + 1e-6)
        check_close(parts[1], np.array(numbers["se"])[:, :-1], 1e-7)
        for part, what in ((parts[2], "n"), (parts[3], "df")):
            assert part.tolist() == [[one] * (k + 1) for one in numbers[what]]
        if numbers.get("vcov") is not None:
            check_close_covariance(found.importance.vcov, numbers["vcov"], 1e-7)


# ---------------------------------------------------------------- designs, domains, waves


@pytest.mark.parametrize(("name", "model"), found_in("designs"))
def test_importance_and_its_errors_are_those_of_r_on_every_design(name: str, model: str) -> None:
    check_model(surveyed("designs", name), model, R["designs"][name][model])


@pytest.mark.parametrize(("name", "by"), domains_in("designs"))
def test_domains_have_rs_importance_errors_and_joint_covariance(name: str, by: str) -> None:
    check_domains(surveyed("designs", name), by, R["designs"][name]["by"][by])


@pytest.mark.parametrize(("name", "model"), found_in("designs", refused=True))
def test_what_r_cannot_answer_is_refused_in_words(name: str, model: str) -> None:
    with pytest.raises(DataError, match=REFUSED[R["designs"][name][model]["error"]]):
        drivers_of(surveyed("designs", name), model, "lmg")


@pytest.mark.parametrize(("name", "by"), domains_in("designs", refused=True))
def test_domains_that_r_cannot_answer_for_are_refused_by_name(name: str, by: str) -> None:
    with pytest.raises(DataError, match=f"{REFUSED[R['designs'][name]['by'][by]['error']]}|no row of"):
        drivers_of(surveyed("designs", name), "plain", "lmg", by)


@pytest.mark.parametrize("name", [name for name, case in DESIGNS["designs"].items() if "waves" in case])
def test_a_difference_of_two_waves_has_the_error_of_their_joint_covariance(name: str) -> None:
    numbers = R["designs"][name]["by"]["year"]["lmg"]
    found = drivers_of(surveyed("designs", name), "plain", "lmg", "wave").importance.contrast({"wave": "2022"}, {"wave": "2020"})
    first, second = (np.array(values)[:3] for values in numbers["value"])
    check_close(found.value, second - first, 1e-8, np.abs(first) + np.abs(second))
    change = np.hstack([-np.eye(3), np.eye(3)])
    check_close_covariance(found.vcov, change @ np.array(numbers["vcov"]) @ change.T, 1e-7)


# ---------------------------------------------------------------- weighting steps and replicates


@pytest.mark.parametrize(("name", "model"), found_in("weighting"))
def test_weighting_steps_are_credited_as_r_does(name: str, model: str) -> None:
    check_model(surveyed("weighting", name), model, R["weighting"][name][model])


@pytest.mark.parametrize(("name", "by"), domains_in("weighting"))
def test_domains_of_weighted_designs_are_those_of_r(name: str, by: str) -> None:
    check_domains(surveyed("weighting", name), by, R["weighting"][name]["by"][by])


@pytest.mark.parametrize(("name", "model", "road"), roads())
def test_replicates_redo_importance_as_r_does(name: str, model: str, road: str) -> None:
    check_model(with_replicates(name, road), model, R["replicates"][name][model], with_df=road == "made")


@pytest.mark.parametrize(("name", "model"), found_in("replicates", refused=True))
def test_replicates_that_lack_a_level_at_which_r_stops_do_without_it(name: str, model: str) -> None:
    assert R["replicates"][name][model] == {"error": "singular"}
    survey = with_replicates(name, "given")
    found = drivers_of(survey, model, "lmg").importance
    assert isinstance(found.spread, Replicated)
    for weights, gaps in zip(kp.replicate_weights(survey).to_numpy().T, found.spread.gaps, strict=True):
        alone = Survey(survey.frame.assign(replicate=weights), survey.codebook, Design(weight="replicate"))
        assert drivers_of(alone, model, "lmg").importance.value == pytest.approx(found.value + gaps, rel=1e-8, abs=1e-10)
