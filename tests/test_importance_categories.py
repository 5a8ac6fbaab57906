"""Importance for outcomes that are categories: McFadden's R² of every subset, its errors, and what is refused."""

import itertools
from math import factorial

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.errors import ConvergenceError, DataError
from kepuasan.importance import categories
from kepuasan.numerics.subsets import subset_plan

DRIVERS = ["accuracy", "speed", "updates"]
pytestmark = pytest.mark.filterwarnings("ignore:the limits of importance:kepuasan.errors.DataWarning")


def rows(n=160, seed=3):
    stream = np.random.default_rng(seed)
    common = stream.normal(size=n)
    frame = pd.DataFrame({name: np.clip(np.round(3 + common + stream.normal(size=n)), 1, 5) for name in DRIVERS})
    latent = frame.to_numpy() @ np.array([0.6, 0.4, 0.3]) + stream.logistic(size=n) * 1.5
    frame["overall"] = np.digitize(latent, np.quantile(latent, [0.2, 0.5, 0.8])) + 1
    frame["satisfied"] = np.where(frame["overall"] >= 3, "puas", "tidak")
    frame["region"] = stream.choice(["Bali", "Jawa", "Riau"], n)
    return frame.assign(wave=stream.choice(["2020", "2022"], n), h=np.arange(n) % 4, u=stream.integers(0, 5, n), w=stream.uniform(1, 3, n))


OUTCOMES = {"logit": "satisfied", "ordinal": "overall"}


@pytest.fixture(scope="module")
def frame():
    return rows()


@pytest.fixture(scope="module")
def survey(frame):
    return kp.Survey(frame, design=kp.Design(weight="w", strata="h", psu="u"))


def r_squared(survey, family, inside):
    if not inside:
        return 0.0
    return kp.regress(survey, f"{OUTCOMES[family]} ~ {' + '.join(inside)}", family=family).r_squared


def by_enumeration(survey, family, drivers, method, always=()):
    """Importance from one regression a subset."""
    p, found = len(drivers), []
    for driver in drivers:
        others = [name for name in drivers if name != driver]
        if method == "first":
            found.append(r_squared(survey, family, [*always, driver]) - r_squared(survey, family, always))
        elif method == "last":
            found.append(r_squared(survey, family, [*always, *drivers]) - r_squared(survey, family, [*always, *others]))
        else:
            shares = []
            for size in range(p):
                share = factorial(size) * factorial(p - size - 1) / factorial(p)
                for inside in itertools.combinations(others, size):
                    before = r_squared(survey, family, [*always, *inside])
                    shares.append(share * (r_squared(survey, family, [*always, *inside, driver]) - before))
            found.append(sum(shares))
    return np.array(found)


@pytest.mark.parametrize("family", ["logit", "ordinal"])
@pytest.mark.parametrize("method", ["lmg", "first", "last"])
def test_importance_is_what_a_regression_of_every_subset_gives(survey, family, method):
    found = kp.driver_importance(survey, OUTCOMES[family], DRIVERS, family=family, method=method)
    assert found.importance.value == pytest.approx(by_enumeration(survey, family, DRIVERS, method), rel=1e-7)
    assert found.r_squared.value[0] == pytest.approx(r_squared(survey, family, DRIVERS), rel=1e-9)
    if method == "lmg":
        assert found.importance.value.sum() == pytest.approx(found.r_squared.value[0], rel=1e-9)


@pytest.mark.parametrize("family", ["logit", "ordinal"])
def test_factors_groups_and_covariates_enter_whole(survey, family):
    found = kp.driver_importance(survey, OUTCOMES[family], {"answer": ["speed", "updates"], "place": ["region"]}, family=family, always=["accuracy"])
    with_all = r_squared(survey, family, ["accuracy", "speed", "updates", "C(region)"])
    assert found.r_squared.value[0] == pytest.approx(with_all, rel=1e-8)
    assert found.always.value[0] == pytest.approx(r_squared(survey, family, ["accuracy"]), rel=1e-8)
    added = [
        (r_squared(survey, family, ["accuracy", *one]) - found.always.value[0] + with_all - r_squared(survey, family, ["accuracy", *other])) / 2
        for one, other in ((["speed", "updates"], ["C(region)"]), (["C(region)"], ["speed", "updates"]))
    ]
    assert found.importance.value == pytest.approx(added, rel=1e-6)


@pytest.mark.parametrize("family", ["logit", "ordinal"])
@pytest.mark.parametrize("shares", [False, True])
def test_standard_errors_are_those_of_brute_force_derivatives_by_every_weight(family, shares):
    frame = rows(70)
    survey = kp.Survey(frame, design=kp.Design(weight="w", strata="h", psu="u"))
    found = kp.driver_importance(survey, OUTCOMES[family], DRIVERS[:2], family=family, shares=shares).importance
    influence = np.zeros((len(frame), len(found)))
    for row in range(len(frame)):
        ends = []
        for step in (1e-3, -1e-3):
            weight = frame["w"].to_numpy(copy=True)
            weight[row] += step
            moved = kp.Survey(frame.assign(w=weight), design=kp.Design(weight="w"))
            ends.append(kp.driver_importance(moved, OUTCOMES[family], DRIVERS[:2], family=family, shares=shares).importance.value)
        influence[row] = (ends[0] - ends[1]) / 2e-3
    columns = [f"z{place}" for place in range(len(found))]
    linear = frame.assign(**dict(zip(columns, influence.T, strict=True)))
    totals = kp.total(kp.Survey(linear, design=kp.Design(weight="w", strata="h", psu="u")), columns)
    assert found.vcov == pytest.approx(totals.vcov, rel=1e-4, abs=1e-5 * np.abs(totals.vcov).max())


def test_domains_are_those_asked_for_one_by_one(survey):
    together = kp.driver_importance(survey, "satisfied", DRIVERS[:2], family="logit", by="wave").importance
    alone = kp.driver_importance(survey.where("wave == '2022'"), "satisfied", DRIVERS[:2], family="logit").importance
    own = together[{"wave": "2022"}]
    assert own.value == pytest.approx(alone.value, rel=1e-10)
    assert own.vcov == pytest.approx(alone.vcov, rel=1e-8)
    assert (own.df == alone.df).all()


@pytest.mark.parametrize("family", ["logit", "ordinal"])
def test_replicates_are_what_fits_to_each_of_them_give(frame, survey, family, monkeypatch):
    replicated = kp.add_replicates(survey, "jkn")
    found = kp.driver_importance(replicated, OUTCOMES[family], DRIVERS[:2], family=family).importance
    gaps, scales = [], []
    for stratum, own in frame.groupby("h"):
        units = sorted(own["u"].unique())
        for unit in units:
            left_out = (frame["h"] == stratum) & (frame["u"] == unit)
            weight = np.where(frame["h"] == stratum, frame["w"] * len(units) / (len(units) - 1), frame["w"])
            moved = kp.Survey(frame.assign(w=np.where(left_out, 0.0, weight)), design=kp.Design(weight="w"))
            gaps.append(kp.driver_importance(moved, OUTCOMES[family], DRIVERS[:2], family=family).importance.value)
            scales.append((len(units) - 1) / len(units))
    gaps = np.array(gaps) - np.mean(gaps, axis=0)
    expected = np.sqrt((np.array(scales)[:, None] * gaps**2).sum(axis=0))
    assert found.se == pytest.approx(expected, rel=1e-6)
    monkeypatch.setattr(categories, "_MOST_REFITTED", 0)
    by_step = kp.driver_importance(replicated, OUTCOMES[family], DRIVERS[:2], family=family).importance
    assert by_step.se == pytest.approx(expected, rel=0.01)


@pytest.mark.filterwarnings("ignore:.*replicates have no estimate:kepuasan.errors.DataWarning")
@pytest.mark.parametrize("method", ["first", "last"])
def test_percentile_limits_of_a_small_sample_do_not_fall_below_zero(method):
    """One step from the sample's fit gave limits of -.0022 where every replicate fitted anew is above 0."""
    survey = kp.add_replicates(kp.Survey(rows(60, 5), design=kp.Design(weight="w")), "bootstrap", n=100, seed=1)
    found = kp.driver_importance(survey, "overall", DRIVERS, family="ordinal", method=method).importance
    assert (found.ci()[:, 0] >= -1e-12).all()


def test_distinct_rows_and_rows_as_they_are_give_the_same(frame):
    design = kp.Design(weight="w", strata="h", psu="u")
    plain = kp.driver_importance(kp.Survey(frame, design=design), "satisfied", ["speed"], family="logit").importance
    jittered = frame.assign(speed=frame["speed"] + np.random.default_rng(0).uniform(-1e-9, 1e-9, len(frame)))
    other = kp.driver_importance(kp.Survey(jittered, design=design), "satisfied", ["speed"], family="logit").importance
    assert other.value == pytest.approx(plain.value, rel=1e-6)
    assert other.se == pytest.approx(plain.se, rel=1e-6)


def test_more_than_12_drivers_are_sampled(frame):
    stream = np.random.default_rng(4)
    names = [f"x{place}" for place in range(13)]
    wide = frame.assign(**dict(zip(names, stream.normal(size=(13, len(frame))) + frame["overall"].to_numpy() * 0.1, strict=True)))
    found = kp.driver_importance(kp.Survey(wide, design=kp.Design(weight="w")), "satisfied", names, family="logit")
    assert found.monte_carlo_error.shape == (1, 13)
    assert (found.monte_carlo_error > 0).all()
    assert found.importance.value.sum() == pytest.approx(found.r_squared.value[0], rel=1e-9)


def test_sampled_orders_come_near_to_all_of_them():
    stream = np.random.default_rng(1)
    worth = stream.normal(size=13).cumsum()
    plan = subset_plan(13, "lmg")
    values = np.sqrt((plan.members * np.abs(worth)).sum(axis=1))
    found = values @ plan.mixing
    assert found.sum() == pytest.approx(values[plan.full] - values[plan.none])
    every = subset_plan(8, "lmg")
    exact = np.sqrt((every.members * np.abs(worth[:8])).sum(axis=1)) @ every.mixing
    by_orders = np.zeros(8)
    for order in itertools.islice(itertools.permutations(range(8)), 0, None, 40):
        sums = np.sqrt(np.concatenate([[0.0], np.cumsum(np.abs(worth[list(order)]))]))
        by_orders[list(order)] += np.diff(sums)
    assert by_orders / 1008 == pytest.approx(exact, rel=0.1)
    assert (plan.monte_carlo_error(values) < 0.05 * found.max()).all()


def test_bad_input_is_refused_by_name(frame, survey):
    with pytest.raises(DataError, match="made of correlations"):
        kp.driver_importance(survey, "overall", DRIVERS, family="ordinal", method="pratt")
    with pytest.raises(DataError, match="a logistic outcome has two values"):
        kp.driver_importance(survey, "overall", DRIVERS, family="logit")
    with pytest.raises(DataError, match="is the outcome and stands among the drivers"):
        kp.driver_importance(survey, "satisfied", ["speed", "satisfied"], family="logit")
    told = frame.assign(telling=(frame["satisfied"] == "puas").astype(float))
    with pytest.raises(ConvergenceError, match="told apart by 'telling'"):
        kp.driver_importance(kp.Survey(told), "satisfied", ["speed", "telling"], family="logit")
    with pytest.raises(DataError, match="'still' never varies"):
        kp.driver_importance(kp.Survey(frame.assign(still=1.0)), "satisfied", ["speed", "still"], family="logit")


@pytest.mark.parametrize("family", ["logit", "ordinal"])
def test_replicates_that_lose_a_level_count_whatever_it_is_called(frame, family):
    """A replicate without the first level of a factor was lost or not by rounding; without a later one it was not."""
    found = []
    for name in ("a rare level", "Z"):
        few = frame.assign(rare=np.where((frame["h"] == 0) & (frame["u"] == 0), name, frame["region"]))
        survey = kp.add_replicates(kp.Survey(few, design=kp.Design(weight="w", strata="h", psu="u")), "jkn")
        found.append(kp.driver_importance(survey, OUTCOMES[family], ["speed", "rare"], family=family).importance)
    assert np.isfinite(found[0].spread.gaps).all()
    assert found[1].se == pytest.approx(found[0].se, rel=1e-6)
