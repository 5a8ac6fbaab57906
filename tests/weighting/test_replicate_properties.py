"""What replicate weights must do whoever makes them: balance, expectation, seeds, order, and the weighting redone in each.

A total is linear in the weights, so each method that is balanced gives it the linearised variance exactly; a bootstrap gives it on average.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from reference.weighting_steps import check_close, check_close_covariance

import kepuasan as kp
from kepuasan import Design, Estimates, Survey
from kepuasan.numerics.spread import Replicated, ReplicateRule

ITEMS = ["y", "z"]
DESIGN = Design("w", "stratum", "psu")
FINITE = Design("w", "stratum", "psu", "units")


def rows_of(sizes: dict[str, int], seed: int = 3) -> pd.DataFrame:
    """Strata of so many PSUs of three to six rows; PSU codes repeat, a stratum's rows do not depend on the others."""
    parts = []
    for h, psus in sizes.items():
        rng = np.random.default_rng([seed, *h.encode()])
        part = pd.DataFrame([(h, i + 1) for i in range(psus) for _ in range(rng.integers(3, 7))], columns=["stratum", "psu"])
        n = len(part)
        level = rng.normal(0.0, 0.8, psus)[part["psu"] - 1]
        part = part.assign(w=rng.uniform(1.0, 5.0, n), g=rng.choice(list("ab"), n), units=float(3 * psus))
        parts.append(part.assign(y=rng.integers(1, 6, n) + level, z=np.clip(rng.normal(3.0, 1.0, n) + level, 0.0, 9.0)))
    return pd.concat(parts, ignore_index=True)


def paired(strata: int) -> pd.DataFrame:
    return rows_of({chr(ord("a") + number): 2 for number in range(strata)})


def replicated(frame: pd.DataFrame, method: str, design: Design = DESIGN, **arguments: Any) -> Survey:
    return kp.add_replicates(Survey(frame, design=design), method, **arguments)


def check_same(left: Estimates, right: Estimates, tolerance: float = 1e-9) -> None:
    check_close(left.value, right.value, tolerance)
    check_close_covariance(left.vcov, right.vcov, tolerance)


# ---------------------------------------------------------------- balance


@pytest.mark.parametrize("design", [DESIGN, FINITE], ids=["endless", "finite"])
@pytest.mark.parametrize("sizes", [{"a": 4, "b": 3, "c": 2}, {"a": 9}, {"a": 2, "b": 12}], ids=str)
def test_a_stratified_jackknife_of_totals_is_their_linearised_covariance(sizes: dict[str, int], design: Design) -> None:
    frame = rows_of(sizes)
    for by in (None, "g"):
        check_same(kp.total(replicated(frame, "jkn", design), ITEMS, by=by), kp.total(Survey(frame, design=design), ITEMS, by=by))


@pytest.mark.parametrize("fpc", [None, "clusters"])
def test_an_unstratified_jackknife_of_totals_is_their_linearised_covariance(fpc: str | None) -> None:
    frame = rows_of({"a": 7}).assign(clusters=30.0)
    design = Design("w", psu="psu", fpc=fpc)
    check_same(kp.total(replicated(frame, "jk1", design), ITEMS), kp.total(Survey(frame, design=design), ITEMS))


@pytest.mark.parametrize("strata", [1, 2, 3, 5, 7, 8])
def test_balanced_half_samples_give_totals_their_linearised_covariance(strata: int) -> None:
    frame = paired(strata)
    got, expected = kp.total(replicated(frame, "brr"), ITEMS, by="g"), kp.total(Survey(frame, design=DESIGN), ITEMS, by="g")
    check_same(got, expected)
    assert got.df.tolist() == expected.df.tolist()


@pytest.mark.parametrize("rho", [0.1, 0.3, 0.5, 0.9])
def test_fays_half_samples_give_totals_their_linearised_covariance(rho: float) -> None:
    frame = paired(6)
    check_same(kp.total(replicated(frame, "fay", fay_rho=rho), ITEMS), kp.total(Survey(frame, design=DESIGN), ITEMS))


def test_more_half_samples_than_balance_needs_give_the_same() -> None:
    frame = paired(5)
    check_same(kp.total(replicated(frame, "brr", n=32), ITEMS), kp.total(replicated(frame, "brr"), ITEMS))


def test_fays_method_nears_linearisation_of_a_ratio_as_rho_nears_one() -> None:
    frame = paired(6)
    expected = kp.ratio(Survey(frame, design=DESIGN), "y", "z").se[0]
    off = [abs(kp.ratio(replicated(frame, "fay", fay_rho=rho), "y", "z").se[0] / expected - 1.0) for rho in (0.1, 0.5, 0.99)]
    assert off[0] > off[1] > off[2]
    assert off[2] < 1e-3


@pytest.mark.parametrize("sizes", [{"a": 3, "b": 2}, {"a": 4}])
def test_half_samples_need_two_psus_in_every_stratum(sizes: dict[str, int]) -> None:
    with pytest.raises(kp.KepuasanError, match=r"(?i)two|2|pair"):
        replicated(rows_of(sizes), "brr")


@pytest.mark.parametrize("shared", [True, False])
def test_replicates_of_stacked_waves_know_which_psus_they_share(shared: bool) -> None:
    frame = rows_of({"a": 4, "b": 3})
    waves = {year: Survey(frame.iloc[start::2].drop(columns="units"), design=DESIGN) for start, year in enumerate(["2020", "2022"])}
    stacked = kp.stack_waves(waves, shared_psu=shared)
    got, expected = kp.total(kp.add_replicates(stacked, "jkn"), "y", by="wave"), kp.total(stacked, "y", by="wave")
    check_same(got, expected)
    change = [one.contrast({"wave": "2022"}, {"wave": "2020"}) for one in (got, expected)]
    check_close(change[0].se, change[1].se, 1e-9)
    assert (abs(expected.vcov[0, 1]) > 1e-6 * expected.vcov[0, 0]) == shared


# ---------------------------------------------------------------- successive differences


def successive(values: np.ndarray[Any, Any], fraction: float) -> float:
    """Half the sum of squared differences of neighbours on a circle, times the share not sampled."""
    return float((1.0 - fraction) / 2.0 * ((values - np.roll(values, 1)) ** 2).sum())


@pytest.mark.parametrize("taken", [5, 11, 14])
@pytest.mark.parametrize("fpc", [None, "units"])
def test_successive_difference_replicates_of_a_total_give_the_successive_difference_formula(taken: int, fpc: str | None) -> None:
    """With orthogonal rows a_1 .. a_n of a Hadamard matrix, unit i has the factor 1 + (a_i - a_i+1) / sqrt(8), the last the circle's first as
    its second. The replicate of a total deviates by the sum over rows of a_i (y_i - y_i-1) / sqrt(8); squares average to the formula, as
    4 / R x R / 8 = 1/2.
    """
    frame = rows_of({"a": taken})
    design = Design("w", None, "psu", fpc)
    totals = (frame["w"] * frame["y"]).groupby(frame["psu"]).sum().to_numpy()
    got = kp.total(replicated(frame, "sdr", design), "y")
    check_close(got.se**2, [successive(totals, taken / (3.0 * taken) if fpc else 0.0)], 1e-9)


def test_successive_differences_are_taken_within_strata() -> None:
    frame = rows_of({"a": 6, "b": 5})
    got = kp.total(replicated(frame, "sdr"), "y")
    parts = [(frame["w"] * frame["y"])[frame["stratum"] == h].groupby(frame["psu"]).sum().to_numpy() for h in "ab"]
    check_close(got.se**2, [sum(successive(part, 0.0) for part in parts)], 1e-9)


# ---------------------------------------------------------------- bootstrap


@pytest.mark.parametrize("design", [DESIGN, FINITE], ids=["endless", "finite"])
def test_a_bootstrap_of_totals_has_their_linearised_covariance_on_average(design: Design) -> None:
    frame = rows_of({"a": 4, "b": 3, "c": 9, "d": 2})
    got, expected = kp.total(replicated(frame, "bootstrap", design, n=4000, seed=11), ITEMS), kp.total(Survey(frame, design=design), ITEMS)
    check_close(got.se**2, expected.se**2, 0.05)
    check_close_covariance(got.vcov, expected.vcov, 0.05)


def test_a_bootstrap_of_each_stratum_has_its_variance_on_average() -> None:
    frame = rows_of({"a": 2, "b": 3, "c": 12})
    got = kp.total(replicated(frame, "bootstrap", FINITE, n=4000, seed=2), "y", by="stratum")
    expected = kp.total(Survey(frame, design=FINITE), "y", by="stratum")
    check_close(got.se**2, expected.se**2, 0.07)
    share = got.vcov / np.outer(got.se, got.se)
    assert abs(share - np.eye(3)).max() < 4.0 / np.sqrt(4000)


def test_the_same_seed_draws_the_same_whatever_the_order_of_rows() -> None:
    frame = rows_of({"a": 4, "b": 3})
    one = kp.mean(replicated(frame, "bootstrap", n=50, seed=5), ITEMS, by="g")
    other = kp.mean(replicated(frame.sample(frac=1.0, random_state=1), "bootstrap", n=50, seed=5), ITEMS, by="g")
    check_same(other, one, 1e-12)


def test_another_seed_draws_otherwise() -> None:
    frame = rows_of({"a": 4, "b": 3})
    one, other = (kp.mean(replicated(frame, "bootstrap", n=50, seed=seed), "y").se[0] for seed in (5, 6))
    assert abs(one / other - 1.0) > 1e-6


@pytest.mark.parametrize("others", [{"f": 5}, {"a": 5, "c": 2}], ids=["that come after", "that come before"])
def test_other_strata_do_not_change_the_draws_of_a_stratum(others: dict[str, int]) -> None:
    few, more = rows_of({"b": 3, "d": 4}), rows_of({"b": 3, "d": 4} | others)
    one = kp.total(replicated(few, "bootstrap", n=60, seed=9), "y", by="stratum")
    other = kp.total(replicated(more, "bootstrap", n=60, seed=9), "y", by="stratum")
    for stratum in "bd":
        check_close(other[{"stratum": stratum}].se, one[{"stratum": stratum}].se, 1e-12)


def test_a_stratum_taken_whole_adds_nothing() -> None:
    frame = rows_of({"a": 4, "b": 3})
    frame.loc[frame["stratum"] == "b", "units"] = 3.0
    for method, arguments in (("jkn", {}), ("bootstrap", {"n": 40, "seed": 1})):
        got = kp.total(replicated(frame, method, FINITE, **arguments), "y", by="stratum")
        assert got[{"stratum": "b"}].se[0] <= 1e-12 * got[{"stratum": "b"}].value[0]
        assert got[{"stratum": "a"}].se[0] > 0


@pytest.mark.parametrize(("method", "arguments", "lost"), [("jkn", {}, "1 of 7"), ("bootstrap", {"n": 50, "seed": 1}, r"\d+ of 50")])
def test_replicates_that_cannot_meet_the_targets_are_counted_in_a_warning(method: str, arguments: dict[str, Any], lost: str) -> None:
    """Only PSU 1 of stratum a has the code r: a replicate without that PSU cannot be poststratified."""
    frame = rows_of({"a": 4, "b": 3})
    frame["rare"] = np.where((frame["stratum"] == "a") & (frame["psu"] == 1) & (frame.index < 2), "r", "c")
    survey = kp.poststratify(replicated(frame, method, **arguments), "rare", {"r": 10.0, "c": 80.0})
    with pytest.warns(kp.KepuasanWarning, match=lost):
        got = kp.mean(survey, "y")
    assert got.se[0] > 0


# ---------------------------------------------------------------- any method

METHODS = [("jkn", {}), ("bootstrap", {"n": 30, "seed": 4}), ("brr", {}), ("fay", {"fay_rho": 0.4}), ("sdr", {})]
each_method = pytest.mark.parametrize(("method", "arguments"), METHODS, ids=[name for name, _ in METHODS])


@each_method
def test_weighting_before_or_after_the_replicates_is_redone_in_each(method: str, arguments: dict[str, Any]) -> None:
    frame = paired(5).assign(one=1.0)
    total = float(frame["w"].sum())

    def rake(survey: Survey) -> Survey:
        margins = {"g": dict.fromkeys("ab", 0.5 * total), "stratum": dict.fromkeys("abcde", 0.2 * total)}
        return kp.rake(survey, margins, tolerance=1e-12, max_steps=1000)

    before = kp.add_replicates(rake(Survey(frame, design=DESIGN)), method, **arguments)
    after = rake(replicated(frame, method, **arguments))
    check_same(kp.mean(before, ITEMS, by="g"), kp.mean(after, ITEMS, by="g"))
    totals = kp.total(after, ["one", "y"])
    assert totals.se[0] < 1e-8 * totals.value[0]
    assert totals.se[1] > 1e-3 * totals.value[1]


@each_method
def test_the_scale_of_weights_changes_no_mean(method: str, arguments: dict[str, Any]) -> None:
    frame = paired(4)
    one = kp.mean(replicated(frame, method, **arguments), ITEMS)
    other = kp.mean(replicated(frame.assign(w=frame["w"] * 1e-4), method, **arguments), ITEMS)
    check_same(other, one)


@each_method
def test_a_difference_and_a_mean_alone_are_those_of_the_joint_estimates(method: str, arguments: dict[str, Any]) -> None:
    survey = replicated(paired(4), method, **arguments)
    together = kp.mean(survey, ITEMS, by="g")
    check_same(kp.mean(survey, "z", by="g"), together["z"])
    change = together["y"].contrast({"g": "b"}, {"g": "a"})
    vcov = together["y"].vcov
    check_close(change.se, [np.sqrt(vcov[0, 0] + vcov[1, 1] - 2.0 * vcov[0, 1])], 1e-9)
    joined = kp.mean(survey, "y").join(kp.mean(survey, "z"))
    check_same(joined, kp.mean(survey, ITEMS))


@each_method
def test_an_index_is_replicated_as_the_mean_of_its_items_is(method: str, arguments: dict[str, Any]) -> None:
    survey = replicated(paired(4), method, **arguments)
    index = kp.satisfaction_index(survey, kp.IndexSpec(ITEMS, scale=(0, 10))).score
    combined = kp.mean(survey, ITEMS).linear([[5.0, 5.0]], ["index"])
    check_same(index, combined)


@pytest.mark.parametrize("method", ["jk2", "BRR ", "jacknife"])
def test_an_unknown_method_is_refused_with_the_list(method: str) -> None:
    with pytest.raises(kp.KepuasanError, match="bootstrap"):
        replicated(paired(3), method)


def test_bootstrap_replicates_that_are_there_stand_for_those_that_are_not():
    """A domain in one PSU of five is empty in some replicates: left out without more, its variance would be short of theirs."""
    rule = ReplicateRule(np.full(4, 1 / 3), mse=False, resampled=True)
    gaps = np.array([[1.0], [-1.0], [np.nan], [0.0]])
    assert Replicated(gaps, rule).variances() == pytest.approx([2.0 / 3.0 * 4.0 / 3.0])
    assert Replicated(gaps, ReplicateRule(np.full(4, 1 / 3), mse=False)).variances() == pytest.approx([2.0 / 3.0])
    assert Replicated(gaps, ReplicateRule(np.full(4, 1 / 3), mse=True)).variances() == pytest.approx([2.0 / 3.0])
    assert np.isnan(Replicated(np.full((4, 1), np.nan), rule).variances()).all()
