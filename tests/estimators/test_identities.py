"""Identities that hold whatever the data: each says what a mean, a total, a domain or a covariance is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepuasan import Design, Estimates, Survey, mean, proportion, ratio, stack_waves, total

fast = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 10_000)
sizes = st.sampled_from([0.001, 0.37, 12.0, 5e6])
CLUSTERS = Design("w", "stratum", "psu")


def rows_of(seed: int) -> pd.DataFrame:
    """Two or three strata of two to four PSUs, with weights, missing answers and domains."""
    rng = np.random.default_rng(seed)
    units = [(h, i) for h in range(rng.integers(2, 4)) for i in range(rng.integers(2, 5)) for _ in range(rng.integers(2, 6))]
    frame = pd.DataFrame(units, columns=["stratum", "psu"])
    n = len(frame)
    frame = frame.assign(w=rng.uniform(0.2, 5.0, n), y=rng.integers(1, 6, n).astype(float), z=rng.normal(3.0, 1.0, n), g=rng.choice(list("abc"), n))
    frame["one"] = 1.0
    frame.loc[rng.random(n) < 0.15, "y"] = np.nan
    frame.loc[:2, "y"], frame.loc[:2, "g"] = 3.0, list("abc")
    return frame


def check_same(left: Estimates, right: Estimates, *, times: float = 1.0) -> None:
    np.testing.assert_allclose(left.value, right.value * times, rtol=1e-10)
    np.testing.assert_allclose(left.se, right.se * abs(times), rtol=1e-8, atol=1e-12 * abs(left.value).max())


@fast
@given(seeds)
def test_a_domain_mean_is_the_ratio_of_two_totals(seed: int) -> None:
    survey = Survey(rows_of(seed), design=CLUSTERS)
    check_same(mean(survey, "z", by="g"), ratio(survey, "z", "one", by="g"))
    totals = total(survey, ["z", "one"], by="g")
    np.testing.assert_allclose(mean(survey, "z", by="g").value, totals["z"].value / totals["one"].value, rtol=1e-12)


@fast
@given(seeds, sizes)
def test_the_order_of_rows_and_the_scale_of_weights_change_no_mean(seed: int, times: float) -> None:
    frame = rows_of(seed)
    shuffled = frame.sample(frac=1.0, random_state=seed).assign(w=lambda rows: rows["w"] * times)
    one, other = Survey(frame, design=CLUSTERS), Survey(shuffled, design=CLUSTERS)
    check_same(mean(one, ["y", "z"], by="g"), mean(other, ["y", "z"], by="g"))
    check_same(ratio(one, "y", "z"), ratio(other, "y", "z"))
    check_same(total(other, "z"), total(one, "z"), times=times)


@fast
@given(seeds, st.sampled_from([-3.0, 0.01, 1e6]))
def test_scaling_an_item_scales_its_mean_and_its_error(seed: int, times: float) -> None:
    frame = rows_of(seed)
    survey = Survey(frame.assign(scaled=frame["y"] * times), design=CLUSTERS)
    check_same(mean(survey, "scaled", by="g"), mean(survey, "y", by="g"), times=times)


@fast
@given(seeds)
def test_two_copies_of_a_wave_change_by_nothing(seed: int) -> None:
    survey = Survey(rows_of(seed), design=CLUSTERS)
    alone = mean(survey, ["y", "z"])
    for shared, growth in ((False, np.sqrt(2.0)), (True, 0.0)):
        both = mean(stack_waves({"2020": survey, "2022": survey}, shared_psu=shared), ["y", "z"], by="wave")
        change = both.contrast({"wave": "2022"}, {"wave": "2020"})
        np.testing.assert_allclose(change.value, 0.0, atol=1e-12)
        np.testing.assert_allclose(change.se, growth * alone.se, rtol=1e-9, atol=1e-12)


@fast
@given(seeds)
def test_a_mean_alone_is_its_row_among_others(seed: int) -> None:
    survey = Survey(rows_of(seed), design=CLUSTERS)
    together = mean(survey, ["y", "z"], by="g")
    for item in ("y", "z"):
        check_same(together[item], mean(survey, item, by="g"))


@fast
@given(seeds)
def test_the_variance_of_a_contrast_is_that_through_the_covariance(seed: int) -> None:
    means = mean(Survey(rows_of(seed), design=CLUSTERS), ["y", "z"], by="g")
    matrix = np.random.default_rng(seed).normal(size=(3, len(means)))
    combined = means.linear(matrix, ["p", "q", "r"])
    np.testing.assert_allclose(combined.vcov, matrix @ means.vcov @ matrix.T, rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(combined.value, matrix @ means.value, rtol=1e-12)


@fast
@given(seeds)
def test_a_domain_by_where_is_the_same_domain_by_a_column(seed: int) -> None:
    survey = Survey(rows_of(seed), design=CLUSTERS)
    by = mean(survey, ["y", "z"], by="g")
    chosen, expected = mean(survey.where("g == 'a'"), ["y", "z"]), by[{"g": "a"}]
    check_same(chosen, expected)
    assert chosen.df.tolist() == expected.df.tolist()
    assert chosen.n.tolist() == expected.n.tolist()
    np.testing.assert_allclose(chosen.vcov, expected.vcov, rtol=1e-9, atol=1e-15)


@fast
@given(seeds)
def test_the_rows_of_a_psu_may_be_added_up(seed: int) -> None:
    frame = rows_of(seed)
    frame["wz"] = frame["w"] * frame["z"]
    added = frame.groupby(["stratum", "psu"], as_index=False)["wz"].sum()
    check_same(total(Survey(frame, design=CLUSTERS), "z"), total(Survey(added, design=Design(None, "stratum", "psu")), "wz"))


@fast
@given(seeds)
def test_shares_sum_to_one_and_their_covariances_to_nothing(seed: int) -> None:
    shares = proportion(Survey(rows_of(seed), design=CLUSTERS), "g")
    assert shares.value.sum() == pytest.approx(1.0, abs=1e-12)
    np.testing.assert_allclose(shares.vcov.sum(axis=1), 0.0, atol=1e-14)


@fast
@given(seeds)
def test_a_share_is_the_mean_of_its_indicator(seed: int) -> None:
    frame = rows_of(seed)
    survey = Survey(frame.assign(is_a=(frame["g"] == "a").astype(float)), design=CLUSTERS)
    check_same(proportion(survey, "g")["a"], mean(survey, "is_a"))


@fast
@given(seeds)
def test_estimates_joined_covary_as_if_estimated_together(seed: int) -> None:
    survey = Survey(rows_of(seed), design=CLUSTERS)
    joined = mean(survey, "y", by="g").join(total(survey, "z"))
    apart = mean(survey, "y").join(mean(survey, "z"))
    np.testing.assert_allclose(apart.vcov, mean(survey, ["y", "z"]).vcov, rtol=1e-9)
    assert len(joined) == len(mean(survey, "y", by="g")) + 1
    np.testing.assert_allclose(np.sqrt(np.diag(joined.vcov)), joined.se, rtol=1e-12)


@fast
@given(seeds)
def test_a_whole_population_has_no_error(seed: int) -> None:
    frame = rows_of(seed)
    frame["units"] = frame.groupby("stratum")["psu"].transform("nunique").astype(float)
    got = mean(Survey(frame, design=Design("w", "stratum", "psu", "units")), ["y", "z"], by="g")
    np.testing.assert_array_equal(got.se, 0.0)


@fast
@given(seeds)
def test_an_endless_population_is_none_declared(seed: int) -> None:
    frame = rows_of(seed).assign(units=np.inf)
    check_same(mean(Survey(frame, design=Design("w", "stratum", "psu", "units")), "y", by="g"), mean(Survey(frame, design=CLUSTERS), "y", by="g"))


@fast
@given(seeds)
def test_rows_of_weight_zero_change_no_value_and_no_degree_of_freedom(seed: int) -> None:
    frame = rows_of(seed)
    more = pd.concat([frame, frame.iloc[:5].assign(w=0.0, y=99.0, g="z")], ignore_index=True)
    got, expected = mean(Survey(more, design=CLUSTERS), ["y", "z"], by="g"), mean(Survey(frame, design=CLUSTERS), ["y", "z"], by="g")
    check_same(got, expected)
    assert got.key.equals(expected.key)
    assert got.df.tolist() == expected.df.tolist()
