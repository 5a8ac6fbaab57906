"""Rubin's rules on numbers worked out by hand, and what cannot be combined."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepuasan import Estimates, Survey, mean, proportion, total
from kepuasan.errors import DataWarning, EstimateError
from kepuasan.estimators.imputation import combine_imputations, missing_information
from kepuasan.estimators.quantiles import quantile
from kepuasan.numerics.spread import Known

KEY = pd.DataFrame({"item": ["speed", "ease"]})


def estimates(value: Any, covariance: Any, df: Any = 20.0, **fields: Any) -> Estimates:
    k = len(value)
    given = {"key": KEY.iloc[:k], "n": np.full(k, 50.0), "kind": "mean", "design_df": 20.0, "token": "one"} | fields
    return Estimates(value=np.array(value), df=np.broadcast_to(df, k), spread=Known(np.array(covariance), np.eye(k)), **given)


def by_hand() -> list[Estimates]:
    """Three imputations: W = [[.04, .01], [.01, .09]], B = [[.01, .02], [.02, .04]]."""
    covariances = ([[0.03, 0.01], [0.01, 0.09]], [[0.04, 0.02], [0.02, 0.06]], [[0.05, 0.0], [0.0, 0.12]])
    return [estimates(value, covariance) for value, covariance in zip(([3.0, 2.0], [3.1, 2.2], [3.2, 2.4]), covariances, strict=True)]


def test_the_variance_is_the_mean_variance_and_four_thirds_of_that_between_three_imputations() -> None:
    got = combine_imputations(by_hand())
    np.testing.assert_allclose(got.value, [3.1, 2.2])
    np.testing.assert_allclose(got.vcov, [[0.04 + 0.04 / 3, 0.01 + 0.08 / 3], [0.01 + 0.08 / 3, 0.09 + 0.16 / 3]])
    assert got.n.tolist() == [50.0, 50.0]
    assert np.isnan(got.deff).all()


def test_degrees_of_freedom_are_those_of_barnard_and_rubin() -> None:
    told = missing_information(by_hand())
    np.testing.assert_allclose(told["missing_share"], [1 / 4, 0.16 / 0.43])
    # v_m = 2 x 16 = 32; v_o = 3/4 x 20 x 21/23 = 315/23; df = 1 / (1/32 + 23/315)
    np.testing.assert_allclose(told["df"].iloc[0], 10080 / 1051)
    np.testing.assert_allclose(combine_imputations(by_hand()).df, told["df"])
    np.testing.assert_allclose(told["relative_increase"].iloc[0], 1 / 3)
    np.testing.assert_allclose(told["missing_information"].iloc[0], (1 / 3 + 2 / (10080 / 1051 + 3)) / (4 / 3))
    np.testing.assert_allclose(told["efficiency"], 1 / (1 + told["missing_information"] / 3))
    assert list(told.columns[:4]) == ["item", "estimate", "within", "between"]


@settings(max_examples=50, deadline=None)
@given(st.floats(1, 500), st.floats(0, 5), st.integers(2, 30))
def test_combined_degrees_of_freedom_never_exceed_those_of_complete_data(complete: float, gap: float, m: int) -> None:
    values = np.linspace(-gap, gap, m)
    got = combine_imputations([estimates([value], [[1.0]], complete) for value in values])
    assert 0 < got.df[0] <= complete


def test_imputations_that_agree_leave_the_variance_as_it_is() -> None:
    got = combine_imputations([estimates([3.0], [[0.04]])] * 5)
    assert got.vcov.tolist() == [[0.04]]
    np.testing.assert_allclose(got.df, 20 * 21 / 23)
    assert missing_information([estimates([3.0], [[0.04]])] * 5)["missing_share"].tolist() == [0.0]


def test_a_known_number_stays_known_and_infinite_degrees_stay_infinite() -> None:
    got = combine_imputations([estimates([1.0], [[0.0]], np.inf), estimates([1.0], [[0.0]], np.inf)])
    assert got.se.tolist() == [0.0]
    assert got.df.tolist() == [np.inf]


def test_the_smallest_complete_degrees_of_freedom_count_and_none_stays_none() -> None:
    few = combine_imputations([estimates([3.0, 2.0], np.eye(2), [12.0, 0.0]), estimates([3.0, 2.0], np.eye(2), [9.0, 4.0])])
    np.testing.assert_allclose(few.df, [9 * 10 / 12, 0.0])
    assert np.isnan(few.ci()[1]).all()
    assert np.isfinite(few.ci()[0]).all()


def test_a_contrast_of_the_combination_takes_the_joint_covariance() -> None:
    got = combine_imputations(by_hand()).contrast("speed", "ease")
    np.testing.assert_allclose(got.se**2, 0.04 / 3 + 0.04 + 0.09 + 0.16 / 3 - 2 * (0.01 + 0.08 / 3))
    apart = combine_imputations([one.contrast("speed", "ease") for one in by_hand()])
    np.testing.assert_allclose(apart.se, got.se)
    assert apart.kind == "difference"
    assert np.isfinite(apart.p_value).all()


def test_a_combination_is_joined_with_nothing_but_what_is_independent() -> None:
    one, two = combine_imputations(by_hand()), combine_imputations(by_hand())
    with pytest.raises(EstimateError, match="different designs"):
        one.join(two)
    assert len(one.join(two, independent_designs=True)) == 4
    assert one["ease"].join(one["speed"]).vcov[0, 1] == pytest.approx(0.01 + 0.08 / 3)


def test_a_domain_without_answers_stays_empty_and_touches_no_other() -> None:
    parts = []
    for answer in (2.0, 3.0, 4.0):
        frame = pd.DataFrame({"g": list("aaabbc"), "speed": [3, answer, 4, 2, answer, None]})
        with pytest.warns(DataWarning, match="no answer and are empty"):
            parts.append(mean(Survey(frame), "speed", by="g"))
    got = combine_imputations(parts)
    assert np.isnan(got.value).tolist() == [False, False, True]
    assert np.isnan(got.se).tolist() == [False, False, True]
    assert np.isfinite(got.contrast({"g": "a"}, {"g": "b"}).se).all()


def test_every_kind_of_estimates_is_combined_with_its_own_limits() -> None:
    surveys = [Survey(pd.DataFrame({"days": np.arange(60) + gap, "sex": ["L", "P", "L"] * 20})) for gap in (0, 1, 3)]
    share = combine_imputations([proportion(survey, "sex") for survey in surveys])
    np.testing.assert_allclose(share.ci(), share.ci(method="logit"))
    median = combine_imputations([quantile(survey, "days", 0.5) for survey in surveys])
    np.testing.assert_allclose(median.ci().mean(), median.value[0])  # by t: Woodruff's limits are those of one data set
    assert median.kind == "quantile"


def test_what_cannot_be_combined_is_refused_by_name() -> None:
    frame = pd.DataFrame({"speed": [1.0, 2.0, 3.0], "ease": [1.0, 2.0, 2.0], "g": list("aab")})
    one = mean(Survey(frame), ["speed", "ease"])
    wrong = [
        (one, "Estimates is no list of estimates"),
        ([one], "1 imputation is given; what differs between imputations needs two or more"),
        ([], "0 imputation is given"),
        ([one, 3.0], "float cannot be combined"),
        ([one, one["speed"]], "imputation number 1 has rows that number 2 lacks: 'ease'"),
        ([one["ease"], one], "imputation number 2 has rows that number 1 lacks: 'speed'"),
        ([one, mean(Survey(frame), ["ease", "speed"])], "imputation number 2 has its rows in another order"),
        ([one, one, total(Survey(frame), ["speed", "ease"])], "imputation number 3 gives estimates of kind 'total', the first of kind 'mean'"),
        ([one, mean(Survey(frame), "speed", by="g")], "imputation number 2 has the key columns 'item', 'g', the first 'item'"),
    ]
    for given_, message in wrong:
        with pytest.raises(EstimateError, match=message):
            combine_imputations(given_)  # type: ignore[arg-type]
