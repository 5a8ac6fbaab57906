"""Replicate weights against R's survey package: the cases of tests/reference/replicates_cases.json, numbers of replicates.json.

Each case is taken by up to two roads: "made", replicates that add_replicates makes; "given", the factors R made, handed over as columns.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from reference.agreement import HERE, data
from reference.weighting_steps import cases_of, check_close, check_close_covariance, weighted

import kepuasan as kp
from kepuasan import Design, Survey

pytestmark = pytest.mark.filterwarnings("ignore:.*weights are negative")

CASES = {case["name"]: case for case in cases_of("replicates")}
MADE = [(name, "made") for name, case in CASES.items() if case["made"]]
EVERY = [*MADE, *((name, "given") for name in CASES)]
POSITIVE = [(name, road) for name, road in EVERY if not CASES[name].get("signed")]
WITH_AGE = [(name, road) for name, road in POSITIVE if CASES[name]["data"] == "weighting.csv"]
ITERATED = {"rake", "logit", "raking"}

positive_case = pytest.mark.parametrize(("name", "road"), POSITIVE, ids=lambda one: str(one))
every_case = pytest.mark.parametrize(("name", "road"), EVERY, ids=lambda one: str(one))


@cache
def numbers() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "replicates.json").read_text(encoding="utf-8"))
    return found


def rows_of(name: str) -> pd.DataFrame:
    frame = data(CASES[name]["data"])
    frame = frame.query(CASES[name]["keep"]) if "keep" in CASES[name] else frame
    return frame.assign(happy=(frame["speed"] >= 4).astype(float).mask(frame["speed"].isna()))


def with_columns(name: str, *, combined: bool = False) -> Survey:
    """The rows with R's replicates as columns: factors, or whole weights where these are combined."""
    case, given = CASES[name], numbers()[name]["replicates"]
    frame = rows_of(name)
    weights = Survey(frame, design=Design(**case["design"])).weights
    place = {pair: position for position, pair in enumerate(zip(given["stratum"], given["psu"], strict=True))}
    factor = np.array(given["factor"])[[place[pair] for pair in zip(frame["stratum"], frame["psu"], strict=True)]]
    names = [f"replicate_{number}" for number in range(factor.shape[1])]
    columns = pd.DataFrame(factor * (weights.to_numpy()[:, None] if combined else 1.0), columns=names, index=frame.index)
    arguments = case["replicates"]
    replicates = kp.Replicates(
        names,
        case["method"],
        scale=given["scale"],
        rscales=given["rscales"],
        mse=arguments.get("mse", False),
        fay_rho=arguments.get("fay.rho"),
        combined=combined,
    )
    return Survey(pd.concat([frame, columns], axis=1).assign(first_weight=weights), design=Design(weight="first_weight", replicates=replicates))


@cache
def built(name: str, road: str) -> Survey:
    case = CASES[name]
    if road == "given":
        return weighted(with_columns(name), case["steps"])
    survey = Survey(rows_of(name), design=Design(**case["design"]))
    if len(case["design"].get("fpc") or "") > 1 and not isinstance(case["design"]["fpc"], str):
        with pytest.warns(kp.KepuasanWarning, match="finite populations of later stages count for nothing"):
            return weighted(kp.add_replicates(survey, case["method"]), case["steps"])
    return weighted(kp.add_replicates(survey, case["method"]), case["steps"])


def tolerance_of(name: str) -> float:
    """1e-9, and 1e-7 where the weights are those of an iteration."""
    steps = CASES[name]["steps"]
    return 1e-7 if any(step["step"] in ITERATED or step.get("distance") in ITERATED or "bounds" in step for step in steps) else 1e-9


def check(got: kp.Estimates, name: str, quantity: str) -> None:
    """Values and covariance are R's; an estimate that calibration has fixed has none."""
    expected, tolerance = numbers()[name][quantity], tolerance_of(name)
    check_close(got.value, np.ravel(expected["value"]), tolerance)
    fixed = np.sqrt(np.diag(np.atleast_2d(expected["vcov"]))) < 1e-6 * np.abs(got.value)
    check_close(got.se[fixed], np.zeros(fixed.sum()), 1e-6, np.abs(got.value[fixed]))
    free = np.ix_(~fixed, ~fixed)
    check_close_covariance(got.vcov[free], np.atleast_2d(expected["vcov"])[free], tolerance)


@every_case
def test_weights_are_those_of_r(name: str, road: str) -> None:
    weights, expected = built(name, road).weights.to_numpy(), numbers()[name]["weights"]
    check_close(weights[:20], expected["first"], tolerance_of(name), np.max(expected["first"]))
    check_close([weights.sum(), (weights**2).sum()], [expected["sum"], expected["squares"]], tolerance_of(name))


@every_case
def test_means_have_rs_covariance(name: str, road: str) -> None:
    check(kp.mean(built(name, road), ["speed", "ease"], missing="listwise"), name, "mean")


@every_case
def test_totals_have_rs_covariance(name: str, road: str) -> None:
    check(kp.total(built(name, road), ["received", "resolved"]), name, "total")


@every_case
def test_a_domain_and_means_by_domain_have_rs_covariance(name: str, road: str) -> None:
    survey = built(name, road)
    check(kp.mean(survey.where("region == 'north'"), "speed"), name, "domain")
    by = kp.mean(survey, "speed", by="region")
    assert by.key["region"].tolist() == numbers()[name]["by"]["code"]
    check(by, name, "by")


@every_case
def test_the_difference_of_two_domains_has_the_error_of_rs_covariance(name: str, road: str) -> None:
    by, vcov = kp.mean(built(name, road), "speed", by="region"), np.array(numbers()[name]["by"]["vcov"])
    change = by.contrast({"region": "north"}, {"region": "east"})
    check_close(change.se, [np.sqrt(vcov[0, 0] + vcov[1, 1] - 2 * vcov[0, 1])], tolerance_of(name))


@every_case
def test_ratios_and_shares_have_rs_covariance(name: str, road: str) -> None:
    check(kp.ratio(built(name, road), "resolved", "received"), name, "ratio")
    check(kp.proportion(built(name, road), "channel"), name, "proportion")


@every_case
def test_degrees_of_freedom_are_the_rank_less_one_or_the_designs(name: str, road: str) -> None:
    survey, expected = built(name, road), numbers()[name]
    df = expected["design_df"] if road == "made" else expected["rank_df"]
    assert survey.design.df == df
    assert kp.mean(survey, "received").df[0] == df


@pytest.mark.filterwarnings("ignore:.*lack a limit")
@pytest.mark.parametrize(("name", "road"), WITH_AGE)
def test_quantiles_have_rs_values_and_limits(name: str, road: str) -> None:
    expected = numbers()[name]["design_quantile" if road == "made" else "quantile"]
    got = kp.quantile(built(name, road), "age", [0.25, 0.5, 0.75])
    known = np.array([se is not None for se in expected["se"]])  # with 3 degrees of freedom the limits of a share may lie beyond 1
    assert known.sum() >= 2
    check_close(got.value, expected["value"], 1e-12)
    check_close(got.se[known], np.array(expected["se"], dtype=float)[known], 1e-9)
    check_close(got.ci()[known], np.array(expected["limits"], dtype=float)[known], 1e-12)


@positive_case
def test_a_linear_regression_has_rs_covariance(name: str, road: str) -> None:
    got, expected = kp.regress(built(name, road), "speed ~ received + C(sex)"), numbers()[name]["linear"]
    check_close(got.value, expected["value"], max(tolerance_of(name), 1e-8), np.sqrt(np.diag(expected["vcov"])))
    check_close_covariance(got.vcov, expected["vcov"], max(tolerance_of(name), 1e-8))
    df = numbers()[name]["design_df" if road == "made" else "rank_df"]
    assert set(got.df) == {df + 1 - 3}


def separated(name: str) -> bool:
    """Whether some replicate's answers are told apart by a regressor: R's coefficients there run off, until it stops."""
    return name.startswith("brr")


@pytest.mark.parametrize(("name", "road"), [pair for pair in POSITIVE if not separated(pair[0])])
def test_a_logistic_regression_has_rs_covariance(name: str, road: str) -> None:
    got, expected = kp.regress(built(name, road), "happy ~ received + C(sex)", family="logit"), numbers()[name]["logit"]
    check_close(got.value, expected["value"], 1e-6, np.sqrt(np.diag(expected["vcov"])))
    check_close_covariance(got.vcov, expected["vcov"], 1e-6)


@pytest.mark.parametrize("name", [name for name in CASES if separated(name)])
def test_replicates_whose_answers_are_separated_are_left_out_with_a_warning(name: str) -> None:
    expected = numbers()[name]["logit"]
    with pytest.warns(kp.KepuasanWarning, match="cannot be fitted in 1 of"):
        got = kp.regress(built(name, "given"), "happy ~ received + C(sex)", family="logit")
    check_close(got.value, expected["value"], 1e-6, np.sqrt(np.diag(expected["vcov"])))
    assert (got.se < 3.0).all()
    assert np.sqrt(np.diag(expected["vcov"])).max() > 10.0


@every_case
def test_independence_is_tested_as_r_tests_it(name: str, road: str) -> None:
    got, expected = kp.crosstab(built(name, road), "sex", "region"), numbers()[name]["independence"]
    df = numbers()[name]["design_df"] / numbers()[name]["rank_df"] if road == "made" else 1.0
    check_close(got.statistic, expected["statistic"], 10 * tolerance_of(name))
    check_close(got.df, [expected["df"][0], expected["df"][1] * df], 10 * tolerance_of(name))
    if road == "given":
        check_close(got.p_value, expected["p_value"], 100 * tolerance_of(name))


@pytest.mark.parametrize("name", ["jk1-finite", "jkn-mse", "fay", "subbootstrap", "jkn-linear"])
def test_columns_may_hold_whole_weights_or_factors_of_the_weight(name: str) -> None:
    whole = weighted(with_columns(name, combined=True), CASES[name]["steps"])
    factors = kp.mean(built(name, "given"), ["speed", "ease"], by="region")
    got = kp.mean(whole, ["speed", "ease"], by="region")
    check_close(got.value, factors.value, 1e-12)
    check_close_covariance(got.vcov, factors.vcov, 1e-11)


@pytest.mark.parametrize("name", ["jk1", "jkn-finite", "brr", "fay", "brr-four"])
def test_scales_that_follow_from_the_method_need_not_be_given(name: str) -> None:
    """JK1 has (R - 1) / R and BRR 1 / R; those of a stratified jackknife are given by replicate."""
    survey = with_columns(name)
    given = survey.design.declaration.replicates
    rscales = given.rscales if given.method == "jkn" else None
    short = kp.Replicates(given.columns, given.method, rscales=rscales, fay_rho=given.fay_rho, combined=False)
    again = Survey(survey.frame, design=Design(weight="first_weight", replicates=short))
    check_close(kp.mean(again, ["speed", "ease"]).se, kp.mean(survey, ["speed", "ease"]).se, 1e-12)
