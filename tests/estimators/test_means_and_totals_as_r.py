"""Means, totals and ratios against R's survey package, in every design of tests/reference/designs.json."""

from __future__ import annotations

import numpy as np
from reference.agreement import Reference, check, check_covariance

from kepuasan import mean, ratio, total


def test_weights_are_those_of_r(reference: Reference) -> None:
    check(reference.survey.weights.sum(), reference.numbers["weight_sum"])


def test_each_mean_has_rs_value_error_and_answers(reference: Reference) -> None:
    for item in reference.items:
        got, expected = mean(reference.survey, item), reference.numbers["mean"][item]
        check(got.value[0], expected["value"])
        check(got.se[0], expected["se"])
        check(got.deff[0], expected["deff"])
        assert got.n[0] == expected["n"]


def test_a_mean_in_a_list_is_the_mean_alone(reference: Reference) -> None:
    together = mean(reference.survey, reference.items)
    check(together.value, [reference.numbers["mean"][item]["value"] for item in reference.items])
    check(together.se, [reference.numbers["mean"][item]["se"] for item in reference.items])


def test_listwise_means_have_rs_covariance_and_design_effects(reference: Reference) -> None:
    got, expected = mean(reference.survey, reference.items, missing="listwise"), reference.numbers["listwise"]
    check(got.value, expected["value"])
    check_covariance(got.vcov, expected["vcov"])
    check(got.deff, expected["deff"])
    assert len(set(got.n)) == 1


def test_totals_have_rs_values_errors_and_covariance(reference: Reference) -> None:
    got, expected = total(reference.survey, reference.items), reference.numbers["total"]
    check(got.value, [expected[item]["value"] for item in reference.items])
    check(got.se, [expected[item]["se"] for item in reference.items])
    check(got.deff, [expected[item]["deff"] for item in reference.items])
    check_covariance(got.vcov, reference.numbers["total_vcov"])


def test_a_ratio_has_rs_value_error_and_design_effect(reference: Reference) -> None:
    got, expected = ratio(reference.survey, "resolved", "received"), reference.numbers["ratio"]
    check(got.value[0], expected["value"])
    check(got.se[0], expected["se"])
    check(got.deff[0], expected["deff"])
    assert got.n[0] == expected["n"]


def test_degrees_of_freedom_are_those_of_r(reference: Reference) -> None:
    got = mean(reference.survey, "received")
    assert got.df[0] == reference.numbers["df"]
    assert np.isfinite(got.ci()).all() == (reference.numbers["df"] > 0)
