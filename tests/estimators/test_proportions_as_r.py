"""Shares of categories and their limits against R's survey package, in every design of tests/reference/designs.json."""

from __future__ import annotations

import numpy as np
import pytest
from reference.agreement import Reference, check, check_covariance

from kepuasan import proportion


def test_shares_have_rs_values_covariance_and_design_effects(reference: Reference) -> None:
    got, expected = proportion(reference.survey, "channel"), reference.numbers["proportion"]
    assert got.key["category"].tolist() == expected["category"]
    check(got.value, expected["value"])
    check_covariance(got.vcov, expected["vcov"])
    check(got.deff, expected["deff"])


@pytest.mark.parametrize("method", ["t", "logit", "wilson", "beta"])
def test_limits_of_a_share_are_those_of_r(reference: Reference, method: str) -> None:
    limits = proportion(reference.survey, "channel").ci(method=method)
    expected = [one[method] if one else [np.nan, np.nan] for one in reference.numbers["proportion"]["limits"]]
    known = ~np.isnan(expected).any(axis=1)
    assert known.any()
    check(limits[known], np.array(expected)[known], 1.0)


def test_limits_are_logit_limits_unless_asked_otherwise(reference: Reference) -> None:
    shares = proportion(reference.survey, "channel")
    assert np.array_equal(shares.ci(), shares.ci(method="logit"))
    assert shares.ci().min() >= 0
    assert shares.ci().max() <= 1
