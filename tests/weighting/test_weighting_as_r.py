"""Weighting against R's survey package: the cases of tests/reference/weighting_cases.json, numbers of weighting.json.

After raking R's variance is that of its calibrate(calfun="raking"), as METHODS has it; weighting.R says more.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest
from reference.agreement import HERE, data
from reference.weighting_steps import cases_of, check_close, check_close_covariance, of_stack, of_wave, weighted

import kepuasan as kp
from kepuasan import Design, Survey, stack_waves

pytestmark = pytest.mark.filterwarnings("ignore:.*weights are negative")

CASES = {case["name"]: case for case in cases_of("weighting")}
ESTIMATED = [name for name, case in CASES.items() if not case.get("weights_only")]
POSITIVE = [name for name in ESTIMATED if not CASES[name].get("signed")]
WITH_AGE = [name for name in POSITIVE if CASES[name]["data"] == "weighting.csv"]
WAVES = [name for name in ESTIMATED if "waves" in CASES[name]]
ITERATED = {"rake", "logit", "raking"}


@cache
def numbers() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "weighting.json").read_text(encoding="utf-8"))
    return found


@cache
def built(name: str) -> Survey:
    """The weighted survey of a case; waves are stacked first, then weighted."""
    case = CASES[name]
    frame = data(case["data"])
    frame = frame.query(case["keep"]) if "keep" in case else frame
    frame = frame.assign(happy=(frame["speed"] >= 4).astype(float).mask(frame["speed"].isna()))
    design = Design(**case["design"])
    if "waves" not in case:
        return weighted(Survey(frame, design=design), case["steps"])
    parts = {year: Survey(part.drop(columns="year"), design=design) for year, part in frame.groupby("year")}
    return weighted(stack_waves(parts, **case["waves"]), [of_stack(step) for step in case["steps"]])


def by_of(name: str) -> str:
    return "wave" if "waves" in CASES[name] else "region"


def tolerance_of(name: str) -> float:
    """1e-9, and 1e-7 where the weights are those of an iteration."""
    steps = CASES[name]["steps"]
    return 1e-7 if any(step["step"] in ITERATED or step.get("distance") in ITERATED or "bounds" in step for step in steps) else 1e-9


@pytest.mark.parametrize("name", CASES)
def test_weights_are_those_of_r(name: str) -> None:
    weights, expected = built(name).weights.to_numpy(), numbers()[name]["weights"]
    if "waves" not in CASES[name]:
        check_close(weights[:20], expected["first"], tolerance_of(name), np.max(expected["first"]))
    check_close([weights.sum(), (weights**2).sum()], [expected["sum"], expected["squares"]], tolerance_of(name))
    check_close([weights.min(), weights.max()], [expected["min"], expected["max"]], tolerance_of(name), expected["max"])


@pytest.mark.parametrize("name", ESTIMATED)
def test_a_mean_has_rs_value_error_design_effect_and_answers(name: str) -> None:
    got, expected = kp.mean(built(name), "speed"), numbers()[name]["mean"]
    check_close([got.value[0], got.se[0], got.deff[0]], [expected["value"], expected["se"], expected["deff"]], tolerance_of(name))
    assert got.n[0] == expected["n"]
    assert got.df[0] == numbers()[name]["df"] == built(name).design.df


@pytest.mark.parametrize("name", ESTIMATED)
def test_listwise_means_have_rs_covariance(name: str) -> None:
    got, expected = kp.mean(built(name), ["speed", "ease"], missing="listwise"), numbers()[name]["listwise"]
    check_close(got.value, expected["value"], tolerance_of(name))
    check_close_covariance(got.vcov, expected["vcov"], tolerance_of(name))


@pytest.mark.parametrize("name", ESTIMATED)
def test_totals_have_rs_covariance_and_those_calibrated_on_no_error(name: str) -> None:
    got, expected = kp.total(built(name), ["received", "resolved"]), numbers()[name]["total"]
    check_close(got.value, expected["value"], tolerance_of(name))
    calibrated = [any("received" in step.get("totals", {}) for step in CASES[name]["steps"]), False]
    check_close(got.se[calibrated], np.zeros(sum(calibrated)), 1e-6, got.value[calibrated] * 1e-3)
    free = np.ix_(*[~np.array(calibrated)] * 2)
    check_close_covariance(got.vcov[free], np.array(expected["vcov"])[free], tolerance_of(name))


@pytest.mark.parametrize("name", ESTIMATED)
def test_a_domain_keeps_the_credit_of_all_rows(name: str) -> None:
    survey, expected = built(name), numbers()[name]["domain"]
    got = kp.mean(survey.where("region == 'north'"), "speed")
    check_close([got.value[0], got.se[0], got.deff[0]], [expected["value"], expected["se"], expected["deff"]], tolerance_of(name))
    assert (got.n[0], got.df[0]) == (expected["n"], expected["df"])


@pytest.mark.parametrize("name", ESTIMATED)
def test_means_by_domain_are_those_of_r_and_covary_as_rs_linearised_totals(name: str) -> None:
    expected = numbers()[name]
    got = kp.mean(built(name), "speed", by=by_of(name))
    assert got.key[by_of(name)].astype(str).tolist() == expected["by"]["code"]
    check_close(got.value, expected["by"]["value"], tolerance_of(name))
    check_close(got.se, expected["by"]["se"], tolerance_of(name))
    check_close_covariance(kp.mean(built(name), ["speed", "ease"], by=by_of(name)).vcov, expected["joint"], tolerance_of(name))


@pytest.mark.parametrize("name", ESTIMATED)
def test_the_difference_of_two_domains_has_the_error_of_rs_covariance(name: str) -> None:
    got = kp.mean(built(name), "speed", by=by_of(name))
    codes, vcov = got.key[by_of(name)].tolist(), np.array(numbers()[name]["joint"])
    change = got.contrast({by_of(name): codes[1]}, {by_of(name): codes[0]})
    check_close(change.se, [np.sqrt(vcov[0, 0] + vcov[2, 2] - 2 * vcov[0, 2])], tolerance_of(name))


@pytest.mark.parametrize("name", ESTIMATED)
def test_ratios_and_shares_have_rs_covariance(name: str) -> None:
    quotient, expected = kp.ratio(built(name), "resolved", "received"), numbers()[name]["ratio"]
    check_close(quotient.value, np.ravel(expected["value"]), tolerance_of(name))
    check_close_covariance(quotient.vcov, expected["vcov"], tolerance_of(name))
    shares, expected = kp.proportion(built(name), "channel"), numbers()[name]["proportion"]
    check_close(shares.value, expected["value"], tolerance_of(name))
    check_close_covariance(shares.vcov, expected["vcov"], tolerance_of(name))


@pytest.mark.parametrize("name", WITH_AGE)
def test_quantiles_have_rs_values_and_limits(name: str) -> None:
    got, expected = kp.quantile(built(name), "age", [0.25, 0.5, 0.75]), numbers()[name]["quantile"]
    check_close(got.value, expected["value"], 1e-12)
    check_close(got.se, expected["se"], 1e-9)
    check_close(got.ci(), expected["limits"], 1e-12)


@pytest.mark.parametrize(("outcome", "family"), [("speed", "linear"), ("happy", "logit")])
@pytest.mark.parametrize("name", POSITIVE)
def test_regressions_have_rs_coefficients_and_covariance(name: str, outcome: str, family: str) -> None:
    got, expected = kp.regress(built(name), f"{outcome} ~ received + C(sex)", family=family), numbers()[name][family]
    tolerance = max(tolerance_of(name), 1e-9 if family == "linear" else 1e-7)
    assert list(got.key["item"]) == ["Intercept", "received", "C(sex)[T.P]"]
    check_close(got.value, expected["value"], tolerance, np.sqrt(np.diag(expected["vcov"])))
    check_close_covariance(got.vcov, expected["vcov"], tolerance)
    assert set(got.df) == {expected["df"]}


@pytest.mark.parametrize("name", WAVES)
def test_waves_weighted_first_and_stacked_then_are_waves_stacked_first(name: str) -> None:
    case = CASES[name]
    frame = data(case["data"])
    design = Design(**case["design"])
    parts = {
        year: weighted(Survey(part.drop(columns="year"), design=design), [of_wave(step, int(year)) for step in case["steps"]])
        for year, part in frame.groupby("year")
    }
    stacked = stack_waves(parts, **case["waves"])
    check_close(np.sort(stacked.weights), np.sort(built(name).weights), 1e-9)
    check_close_covariance(kp.mean(stacked, ["speed", "ease"], by="wave").vcov, numbers()[name]["joint"], tolerance_of(name))
    assert len(stacked.design.history) == 2 * len(case["steps"])


@pytest.mark.parametrize("name", ["rake-two", "rake-three", "rake-persons"])
def test_raking_is_calibration_with_the_raking_distance(name: str) -> None:
    survey, margins = built(name), CASES[name]["steps"][0]["margins"]
    totals = {"Intercept": sum(row[-1] for row in margins[0]["rows"])}
    for margin in margins:
        totals |= {f"C({margin['by'][0]})[T.{code}]": total for code, total in margin["rows"][1:]}
    formula = "~ " + " + ".join(f"C({margin['by'][0]})" for margin in margins)
    again = kp.calibrate(Survey(survey.frame, design=survey.design.declaration), formula, totals, distance="raking")
    check_close(again.weights, survey.weights, 1e-8)
    check_close(kp.mean(again, ["speed", "ease"]).se, kp.mean(survey, ["speed", "ease"]).se, 1e-7)


@pytest.mark.parametrize("name", ["linear", "linear-bounded", "rake-two", "post", "logit"])
def test_a_weighted_survey_keeps_its_design(name: str) -> None:
    survey = built(name)
    with pytest.raises(kp.KepuasanError, match="declare the design first, then weight"):
        survey.with_design(survey.design.declaration)
    more = Survey(survey.frame.assign(fast=survey.frame["speed"] > 3), survey.codebook, survey.design)
    check_close(kp.mean(more, "speed").se, kp.mean(survey, "speed").se, 0.0)
    with pytest.raises(kp.KepuasanError, match="a survey with other rows"):
        Survey(survey.frame.iloc[::-1], survey.codebook, survey.design)


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name].get("signed")])
def test_weights_that_calibration_makes_negative_are_warned_of(name: str) -> None:
    case = CASES[name]
    with pytest.warns(kp.KepuasanWarning, match="negative"):
        again = weighted(Survey(data(case["data"]), design=Design(**case["design"])), case["steps"])
    assert again.weights.min() < 0


@pytest.mark.parametrize("name", [name for name in ESTIMATED if CASES[name].get("signed")])
def test_negative_weights_count_in_a_regression_as_they_do_in_a_mean(name: str) -> None:
    """Coefficients of a category are differences of domain means, and so are their errors."""
    survey = built(name)
    by = kp.mean(survey, "speed", by="sex")
    got, change = kp.regress(survey, "speed ~ C(sex)"), by.contrast({"sex": "P"}, {"sex": "L"})
    check_close(got.value, [by.value[0], change.value[0]], 1e-9)
    check_close(got.se, [by.se[0], change.se[0]], 1e-9)


@pytest.mark.parametrize("name", [name for name in ESTIMATED if CASES[name].get("signed")])
def test_answers_and_missing_answers_of_negative_weight_are_counted(name: str) -> None:
    survey = built(name)
    negative = survey.frame.index[survey.weights < 0]
    frame = survey.frame.assign(speed=survey.frame["speed"].mask(survey.frame.index.isin(negative[:2])))
    again = weighted(Survey(frame, design=survey.design.declaration), CASES[name]["steps"])
    assert kp.mean(again, "speed").n[0] == frame["speed"].notna().sum()
    assert kp.mean(again, "received", by="sex").n.tolist() == frame.groupby("sex").size().tolist()
