"""Quantiles, crossed tables and combined imputations are those of R's survey and mitools packages."""

from __future__ import annotations

import json
import warnings
from functools import cache
from typing import Any

import numpy as np
import pytest
from reference.agreement import CASES, HERE, Reference, built, check, check_covariance, data

from kepuasan import Design, Estimates, Survey, mean
from kepuasan.errors import DataError, DataWarning
from kepuasan.estimators.crosstabs import crosstab
from kepuasan.estimators.imputation import combine_imputations, missing_information
from kepuasan.estimators.quantiles import quantile


@cache
def tables() -> dict[str, Any]:
    return json.loads((HERE / "tables.json").read_text(encoding="utf-8"))


def quantiles_of(survey: Survey, item: str, by: Any = None) -> Estimates:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        return quantile(survey, item, [0.2, 0.5, 0.75], by=by)


def check_quantiles(got: Estimates, expected: list[dict[str, Any]]) -> None:
    check(got.value, [one["value"] for one in expected])
    check(got.df, [one["df"] for one in expected])
    for place, one in enumerate(expected):
        if "limits" in one:
            check(got.ci()[place], one["limits"])
            check(got.se[place], one["se"])
        if "limits_80" in one:
            check(got.ci(0.8)[place], one["limits_80"])


@pytest.mark.parametrize("item", ["received", "speed", "w"])
def test_quantiles_and_their_limits_are_those_of_r(reference: Reference, item: str) -> None:
    check_quantiles(quantiles_of(reference.survey, item), tables()[reference.case["name"]]["quantile"][item])


def test_quantiles_of_domains_are_those_of_r(reference: Reference) -> None:
    expected = tables()[reference.case["name"]]["by"]
    got = quantiles_of(reference.survey, "received", by="region")
    assert list(got.key["region"].unique()) == sorted(expected)
    for region, numbers in expected.items():
        check_quantiles(got[{"region": region}], numbers)


@pytest.mark.parametrize("rows", ["sex", "region"])
def test_the_test_of_a_table_is_that_of_r(reference: Reference, rows: str) -> None:
    expected = tables()[reference.case["name"]]["crosstab"][f"{rows}_channel"]
    if "error" in expected:
        with pytest.raises(DataError, match="'(region|sex)' has the code '(north|south|L|P)' only"):
            crosstab(reference.survey, rows, "channel")
        return
    got = crosstab(reference.survey, rows, "channel")
    assert (got.n, got.left_out) == (expected["n"], expected["left_out"])
    check(got.statistic, expected["statistic"])
    check(got.df, expected["df"])
    check(got.p_value, expected["p_value"])
    check(got.chi_square, expected["chi_square"])
    if expected["own"]:
        check(got.p_value, expected["own_p"])


IMPUTED = [case["name"] for case in CASES if tables()[case["name"]]["imputed"]]


def filled(name: str, number: int) -> Survey:
    """The survey with its missing answers filled, in another way for each number, as tables.R does."""
    case = next(case for case in CASES if case["name"] == name)
    frame = data(case["data"]).copy()
    for item in ("speed", "ease"):
        gap = np.flatnonzero(frame[item].isna())
        frame.loc[gap, item] = 1.0 + ((gap + 1) * 7 + number * 3) % 5
    return Survey(frame, design=Design(**case["design"]))


@pytest.mark.parametrize("name", IMPUTED)
def test_combined_imputations_are_those_of_r(name: str) -> None:
    expected = tables()[name]["imputed"]
    parts = [mean(filled(name, number), ["speed", "ease"]) for number in range(1, 5)]
    got, told = combine_imputations(parts), missing_information(parts)
    check(got.value, expected["value"])
    check_covariance(got.vcov, expected["vcov"])
    check(got.df, expected["df"])
    check(3.0 / told["missing_share"] ** 2, expected["large_df"])
    increase, large = told["relative_increase"], np.array(expected["large_df"])
    check((increase + 2.0 / (large + 3.0)) / (increase + 1.0), expected["large_missing"])


def test_the_reference_covers_every_design_and_most_limits() -> None:
    assert set(tables()) == {case["name"] for case in CASES}
    given = ["limits" in one for case in tables().values() for item in case["quantile"].values() for one in item]
    assert np.mean(given) > 0.7
    assert len(IMPUTED) > 15
    assert built("strata").design.df == tables()["strata"]["imputed"]["complete"]
