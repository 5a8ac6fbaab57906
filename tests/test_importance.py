"""Driver importance: errors by brute force and by replicates, domains, factors, groups, limits, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kepuasan as kp
from kepuasan.errors import ChoiceError, DataError, DataWarning, EstimateError

DRIVERS = ["accuracy", "speed", "updates", "manner"]
#: small samples reach it often; one test looks at the warning itself
pytestmark = pytest.mark.filterwarnings("ignore:the limits of importance:kepuasan.errors.DataWarning")

METHODS = ["lmg", "relative-weights", "first", "last", "beta", "pratt"]


def rows(n=240, seed=0):
    stream = np.random.default_rng(seed)
    common = stream.normal(size=n)
    frame = pd.DataFrame({name: np.clip(np.round(3 + common + stream.normal(size=n)), 1, 5) for name in DRIVERS})
    latent = frame.to_numpy() @ np.array([0.5, 0.4, 0.3, 0.1]) + stream.normal(size=n)
    frame["overall"] = np.clip(np.round(latent - latent.mean() + 3), 1, 5)
    frame["region"] = stream.choice(["Bali", "Jawa", "Riau"], n)
    return frame.assign(wave=stream.choice(["2020", "2022"], n), h=np.arange(n) % 4, u=stream.integers(0, 6, n), w=stream.uniform(1, 3, n))


@pytest.fixture(scope="module")
def frame():
    return rows()


@pytest.fixture(scope="module")
def survey(frame):
    return kp.Survey(frame, design=kp.Design(weight="w", strata="h", psu="u"))


def importance_of(frame, weight, method="lmg", drivers=DRIVERS, **options):
    return kp.driver_importance(kp.Survey(frame.assign(w=weight), design=kp.Design(weight="w")), "overall", drivers, method=method, **options)


# ---------------------------------------------------------------- errors


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("shares", [False, True])
def test_standard_errors_are_those_of_brute_force_derivatives_by_every_weight(frame, survey, method, shares):
    few = frame.iloc[:120]
    design = kp.Design(weight="w", strata="h", psu="u")
    found = kp.driver_importance(kp.Survey(few, design=design), "overall", DRIVERS, method=method, shares=shares).importance
    influence = np.empty((len(few), len(DRIVERS)))
    for row in range(len(few)):
        up, down = few["w"].to_numpy(copy=True), few["w"].to_numpy(copy=True)
        up[row] += 1e-4
        down[row] -= 1e-4
        influence[row] = (
            importance_of(few, up, method, shares=shares).importance.value - importance_of(few, down, method, shares=shares).importance.value
        ) / 2e-4
    columns = [f"z{place}" for place in range(len(DRIVERS))]
    linear = pd.DataFrame(influence, columns=columns, index=few.index)
    totals = kp.total(kp.Survey(few.assign(**linear), design=design), columns)
    assert found.vcov == pytest.approx(totals.vcov, rel=1e-5, abs=1e-7 * np.abs(totals.vcov).max())


@pytest.mark.parametrize("method", METHODS)
def test_jackknife_replicates_are_what_each_sample_without_a_unit_gives(frame, survey, method):
    found = kp.driver_importance(kp.add_replicates(survey, "jkn"), "overall", DRIVERS, method=method, by="wave").importance
    gaps, scales = [], []
    for stratum, own in frame.groupby("h"):
        units = sorted(own["u"].unique())
        for unit in units:
            weight = np.where((frame["h"] == stratum) & (frame["u"] == unit), 0.0, frame["w"])
            weight = np.where((frame["h"] == stratum) & (frame["u"] != unit), weight * len(units) / (len(units) - 1), weight)
            gaps.append(importance_of(frame, weight, method, by="wave").importance.value)
            scales.append((len(units) - 1) / len(units))
    gaps = np.array(gaps) - np.mean(gaps, axis=0)
    expected = np.sqrt((np.array(scales)[:, None] * gaps**2).sum(axis=0))
    assert found.se == pytest.approx(expected, rel=1e-9)
    plain = kp.driver_importance(survey, "overall", DRIVERS, method=method, by="wave").importance
    assert plain.se == pytest.approx(expected, rel=0.25)


def test_calibration_is_credited_as_replicates_that_calibrate_again_say(frame, survey):
    totals = {"Intercept": 480.0, "overall": 1500.0}
    weighted = kp.calibrate(survey, "~ overall", totals)
    credited = kp.driver_importance(weighted, "overall", DRIVERS)
    again = kp.driver_importance(kp.add_replicates(weighted, "jkn"), "overall", DRIVERS)
    assert credited.importance.se == pytest.approx(again.importance.se, rel=0.1)
    assert credited.r_squared.se == pytest.approx(again.r_squared.se, rel=0.1)


def test_rows_that_lack_an_answer_leave_as_a_domain(frame, survey):
    holed = frame.assign(speed=frame["speed"].mask(np.arange(len(frame)) % 7 == 0))
    design = kp.Design(weight="w", strata="h", psu="u")
    found = kp.driver_importance(kp.Survey(holed, design=design), "overall", DRIVERS)
    complete = survey.where(np.arange(len(frame)) % 7 != 0)
    expected = kp.driver_importance(complete, "overall", DRIVERS)
    assert found.left_out == 35
    assert found.importance.value == pytest.approx(expected.importance.value, rel=1e-12)
    assert found.importance.se == pytest.approx(expected.importance.se, rel=1e-10)
    assert (found.importance.df == expected.importance.df).all()


# ---------------------------------------------------------------- domains


def test_domains_are_those_asked_for_one_by_one_and_waves_can_be_compared(survey, frame):
    together = kp.driver_importance(survey, "overall", DRIVERS, by="wave")
    for wave in ("2020", "2022"):
        alone = kp.driver_importance(survey.where(f"wave == '{wave}'"), "overall", DRIVERS)
        own = together.importance[{"wave": wave}]
        assert own.value == pytest.approx(alone.importance.value, rel=1e-12)
        assert own.vcov == pytest.approx(alone.importance.vcov, rel=1e-9, abs=1e-15)
        assert together.r_squared[{"wave": wave}].se == pytest.approx(alone.r_squared.se, rel=1e-10)
    change = together.importance.contrast({"wave": "2022"}, {"wave": "2020"})
    assert change.kind == "difference"
    assert change.value == pytest.approx(together.importance.value[4:] - together.importance.value[:4])
    joint = together.importance.vcov
    assert change.se**2 == pytest.approx(np.diag(joint)[:4] + np.diag(joint)[4:] - 2 * np.diag(joint[:4, 4:]), rel=1e-10)


def test_many_domains_of_rows_without_clusters_are_those_asked_for_one_by_one(frame):
    survey = kp.Survey(frame.assign(cell=np.arange(len(frame)) % 12), design=kp.Design(weight="w"))
    together = kp.driver_importance(survey, "overall", ["speed", "updates"], by="cell").importance
    for cell in (0, 5, 11):
        alone = kp.driver_importance(survey.where(f"cell == {cell}"), "overall", ["speed", "updates"]).importance
        assert together[{"cell": cell}].value == pytest.approx(alone.value, rel=1e-12)
        assert together[{"cell": cell}].se == pytest.approx(alone.se, rel=1e-10)


# ---------------------------------------------------------------- drivers of several columns


def test_a_factor_enters_whole_whatever_its_first_level(frame, survey):
    found = kp.driver_importance(survey, "overall", ["speed", "region"]).importance
    renamed = frame.assign(region=frame["region"].map({"Bali": "z", "Jawa": "m", "Riau": "a"}))
    other = kp.driver_importance(kp.Survey(renamed, design=kp.Design(weight="w", strata="h", psu="u")), "overall", ["speed", "region"]).importance
    coded = frame.assign(region=frame["region"].map({"Bali": 3, "Jawa": 1, "Riau": 2}))
    third = kp.driver_importance(kp.Survey(coded, design=kp.Design(weight="w", strata="h", psu="u")), "overall", ["speed", "C(region)"]).importance
    assert len(found) == 2
    for one in (other, third):
        assert one.value == pytest.approx(found.value, rel=1e-10)
        assert one.se == pytest.approx(found.se, rel=1e-9)


def test_groups_of_one_item_are_items_and_a_group_is_what_its_items_add_together(survey):
    single = kp.driver_importance(survey, "overall", {name: [name] for name in DRIVERS}).importance
    assert single.value == pytest.approx(kp.driver_importance(survey, "overall", DRIVERS).importance.value, rel=1e-12)
    pair = kp.driver_importance(survey, "overall", {"answer": ["speed", "updates"], "rest": ["accuracy", "manner"]}, method="last")
    without = kp.driver_importance(survey, "overall", ["accuracy", "manner"]).r_squared.value[0]
    assert pair.importance["answer"].value[0] == pytest.approx(pair.r_squared.value[0] - without, rel=1e-10)


def test_covariates_are_always_in(survey):
    found = kp.driver_importance(survey, "overall", ["speed", "updates"], always=["accuracy", "region"])
    base = kp.driver_importance(survey, "overall", {"both": ["accuracy", "region"]})
    assert found.always.value == pytest.approx(base.r_squared.value, rel=1e-11)
    assert found.importance.value.sum() == pytest.approx(found.r_squared.value[0] - found.always.value[0], rel=1e-10)
    assert kp.driver_importance(survey, "overall", ["speed"]).always is None


def test_more_than_25_drivers_are_sampled_and_say_how_sure_that_is(frame):
    stream = np.random.default_rng(4)
    names = [f"x{place}" for place in range(27)]
    wide = frame.assign(**dict(zip(names, stream.normal(size=(27, len(frame))) + frame["overall"].to_numpy() * 0.2, strict=True)))
    survey = kp.Survey(wide, design=kp.Design(weight="w", strata="h", psu="u"))
    with pytest.warns(DataWarning, match="reach 0"):
        found = kp.driver_importance(survey, "overall", names, orders=400)
    assert found.monte_carlo_error.shape == (1, 27)
    assert 0 < found.monte_carlo_error.max() < 0.2 * found.importance.se.max()
    assert found.importance.value.sum() == pytest.approx(found.r_squared.value[0], rel=1e-10)
    assert kp.driver_importance(survey, "overall", names[:1]).monte_carlo_error is None


# ---------------------------------------------------------------- limits


def test_limits_that_reach_zero_are_warned_of_and_a_bootstrap_gives_percentiles(frame):
    noisy = frame.assign(noise=np.random.default_rng(1).integers(1, 6, len(frame)))
    survey = kp.Survey(noisy, design=kp.Design(weight="w", strata="h", psu="u"))
    with pytest.warns(DataWarning, match=r"reach 0 \('noise'\).*add_replicates"):
        kp.driver_importance(survey, "overall", ["speed", "noise"])
    found = kp.driver_importance(kp.add_replicates(survey, "bootstrap", n=300, seed=2), "overall", ["speed", "noise"]).importance
    replicates = found.value + found.spread.gaps
    assert found.ci(0.9) == pytest.approx(np.quantile(replicates, [0.05, 0.95], axis=0).T)
    assert (found.ci()[:, 0] >= 0).all()


@pytest.mark.filterwarnings("ignore:.*replicates have no estimate:kepuasan.errors.DataWarning")
def test_replicates_without_any_variance_do_not_count():
    """A replicate whose rows all answer alike counted as an importance of 0, infinity or rounding: limits were -2e-16 and NaN."""
    frame = pd.DataFrame({"x": [1.0, 4, 5, 1, 1, 3, 3, 4], "y": [4.0, 4, 4, 4, 5, 4, 4, 4], "w": [1.9, 0.9, 1.3, 3.0, 2.6, 0.7, 2.9, 1.5]})
    survey = kp.add_replicates(kp.Survey(frame, design=kp.Design(weight="w")), "bootstrap", n=200, seed=1)
    found = kp.driver_importance(survey, "y", ["x"]).importance
    weights = kp.replicate_weights(survey).to_numpy()
    several = [weight for weight in weights.T if frame["y"][weight > 0].nunique() > 1 and frame["x"][weight > 0].nunique() > 1]
    replicates = [np.cov(frame["x"], frame["y"], aweights=weight) for weight in several]
    expected = [matrix[0, 1] ** 2 / (matrix[0, 0] * matrix[1, 1]) for matrix in replicates]
    assert 80 < len(expected) < 140
    assert found.ci()[0] == pytest.approx(np.quantile(expected, [0.025, 0.975]))


def test_percentiles_are_of_bootstraps_alone(frame, survey):
    """Percentiles of balanced and Fay's replicates, which vary less than estimates do, were given as limits; those of given bootstraps were not."""
    pairs = kp.Survey(frame[frame["u"] < 2], design=kp.Design(weight="w", strata="h", psu="u"))
    assert kp.driver_importance(kp.add_replicates(pairs, "fay", fay_rho=0.5), "overall", DRIVERS).importance.limits is None
    made = kp.replicate_weights(kp.add_replicates(survey, "bootstrap", n=100, seed=1))
    columns = [f"r{place}" for place in range(100)]
    given = frame.join(made.set_axis(columns, axis=1))
    design = kp.Design(weight="w", replicates=kp.Replicates(columns, "bootstrap", combined=True))
    found = kp.driver_importance(kp.Survey(given, design=design), "overall", DRIVERS).importance
    assert found.ci() == pytest.approx(np.quantile(found.value + found.spread.gaps, [0.025, 0.975], axis=0).T)


def test_pratt_may_be_negative_and_is_not_warned_of(frame):
    mixed = frame.assign(shadow=frame["speed"] - frame["overall"] * 0.2 + np.random.default_rng(1).normal(size=len(frame)))
    found = kp.driver_importance(kp.Survey(mixed), "overall", ["speed", "shadow"], method="pratt").importance
    assert found.value.min() < 0


# ---------------------------------------------------------------- performance, ranks, map


def test_performance_is_the_mean_of_the_items_of_each_driver(survey, frame):
    found = kp.driver_importance(survey, "overall", {"answer": ["speed", "updates"], "manner": ["manner"]}, by="wave")
    means = kp.mean(survey, ["speed", "updates", "manner"], by="wave")
    expected = [means[{"item": "speed", "wave": "2022"}].value[0], means[{"item": "updates", "wave": "2022"}].value[0]]
    assert found.performance[{"item": "answer", "wave": "2022"}].value[0] == pytest.approx(np.mean(expected), rel=1e-12)
    assert found.performance.key.equals(found.importance.key)
    assert found.performance[{"item": "manner", "wave": "2020"}].se == pytest.approx(means[{"item": "manner", "wave": "2020"}].se, rel=1e-10)
    assert found.performance.join(found.importance).vcov.shape == (8, 8)


def test_performance_is_on_0_to_100_where_the_codebook_has_scales():
    survey = kp.load_sample("users", wave="2022")
    drivers = ["disposition_accuracy", "response_speed", "ease_of_updates"]
    found = kp.driver_importance(survey, "overall", drivers)
    raw = kp.mean(survey, drivers)
    assert found.performance.value == pytest.approx((raw.value - 1) / 3 * 100, rel=1e-10)


def test_factors_have_no_performance(survey):
    found = kp.driver_importance(survey, "overall", ["speed", "region"])
    with pytest.raises(EstimateError, match="factors have no mean: 'region'"):
        found.to_frame("performance")


def test_ranks_say_how_sure_they_are(survey):
    found = kp.driver_importance(survey, "overall", DRIVERS, by="wave")
    table = found.ranks()
    assert table.columns.tolist() == ["item", "wave", "rank", "probability", "probability_first", "rank_low", "rank_high"]
    for _, own in table.groupby("wave"):
        assert sorted(own["rank"]) == [1, 2, 3, 4]
        assert own["probability_first"].sum() == pytest.approx(1.0)
        assert ((own["rank_low"] <= own["rank"]) & (own["rank"] <= own["rank_high"])).all()
    again = kp.driver_importance(kp.add_replicates(survey, "bootstrap", n=500, seed=1), "overall", DRIVERS, by="wave").ranks()
    assert np.abs(again["probability_first"] - table["probability_first"]).max() < 0.15
    assert found.to_frame("ranks").equals(table)


@pytest.mark.parametrize("crosshair", ["mean", "median", (3.0, 0.1)])
def test_the_map_says_where_each_driver_stands_and_how_sure_that_is(survey, crosshair):
    found = kp.driver_importance(survey, "overall", DRIVERS, by="wave")
    table = found.map(crosshair=crosshair)
    above = table["performance"] >= table["performance_crosshair"], table["importance"] >= table["importance_crosshair"]
    names = {(True, True): "keep", (False, True): "concentrate", (False, False): "low", (True, False): "overkill"}
    assert table["quadrant"].tolist() == [names[pair] for pair in zip(*above, strict=True)]
    assert table["probability"].between(0.0, 1.0).all()
    assert ((table["performance_low"] < table["performance"]) & (table["importance"] < table["importance_high"])).all()
    if crosshair == "mean":
        assert table.groupby("wave")["importance"].mean().tolist() == pytest.approx(table.groupby("wave")["importance_crosshair"].first().tolist())


def test_the_probability_of_a_quadrant_is_the_share_of_replicates_in_it(survey):
    found = kp.driver_importance(kp.add_replicates(survey, "bootstrap", n=2000, seed=3), "overall", DRIVERS)
    table = found.map()
    performance = found.performance.value + found.performance.spread.gaps
    importance = found.importance.value + found.importance.spread.gaps
    above = [part > part.mean(axis=1, keepdims=True) for part in (performance, importance)]
    inside = {"keep": above[0] & above[1], "concentrate": ~above[0] & above[1], "low": ~above[0] & ~above[1], "overkill": above[0] & ~above[1]}
    shares = [inside[quadrant][:, place].mean() for place, quadrant in enumerate(table["quadrant"])]
    assert table["probability"].tolist() == pytest.approx(shares, abs=0.05)


# ---------------------------------------------------------------- identities


@given(st.integers(0, 10**6), st.sampled_from(["lmg", "relative-weights", "first", "last", "pratt"]))
@settings(max_examples=20, deadline=None)
def test_order_scale_and_weights_times_a_constant_change_nothing(seed, method):
    frame = rows(80, seed)
    design = kp.Design(weight="w", strata="h")
    plain = kp.driver_importance(kp.Survey(frame, design=design), "overall", DRIVERS, method=method).importance
    changed = frame.assign(w=frame["w"] * 7, speed=100 - 5 * frame["speed"], overall=frame["overall"] / 3).sample(frac=1, random_state=1)
    other = kp.driver_importance(kp.Survey(changed.reset_index(drop=True), design=design), "overall", DRIVERS[::-1], method=method).importance
    place = [list(other.key["item"]).index(name) for name in DRIVERS]
    assert other.value[place] == pytest.approx(plain.value, rel=1e-8, abs=1e-12)
    assert other.se[place] == pytest.approx(plain.se, rel=1e-7, abs=1e-12)


# ---------------------------------------------------------------- what is refused


def test_every_bad_input_has_its_own_error(frame, survey):
    same = frame.assign(copy=frame["speed"] * 2 + frame["updates"], still=3.0, partly=np.where(frame["wave"] == "2020", 3.0, frame["speed"]))
    other = kp.Survey(same, design=kp.Design(weight="w"))
    cases = [
        ({"drivers": ["speed", "updates", "copy"]}, "^'copy' is determined by 'speed', 'updates'; leave out"),
        ({"drivers": ["speed", "still"]}, "'still' never varies"),
        ({"drivers": ["speed", "partly"], "by": "wave"}, "'partly' never varies in wave 2020"),
        ({"drivers": ["speed", "overall"]}, "'overall' is the outcome and stands among the drivers"),
        ({"drivers": []}, "drivers is empty"),
        ({"drivers": ["speed", "speed"]}, "'speed' twice"),
        ({"drivers": {"a": ["speed"], "b": ["speed"]}}, "'speed' belongs to the drivers 'a' and 'b'"),
        ({"drivers": {"a": []}}, "the driver 'a' is empty"),
        ({"drivers": ["sped"]}, "did you mean 'speed'"),
        ({"drivers": ["speed"], "always": ["speed"]}, "'speed' in always: named twice"),
        ({"drivers": ["speed", "region"], "method": "relative-weights"}, "depend on the level left out"),
        ({"drivers": {"a": ["speed", "updates"]}, "method": "beta"}, "no one standardised coefficient stands for several columns"),
    ]
    for arguments, text in cases:
        with pytest.raises(DataError, match=text):
            kp.driver_importance(other, "overall", **arguments)
    with pytest.raises(DataError, match="'still' has one value only"):
        kp.driver_importance(other, "still", ["speed"])
    with pytest.raises(ChoiceError, match="relative-weights"):
        kp.driver_importance(other, "overall", ["speed"], method="shapley")
    with pytest.raises(DataError, match="no row of '2020' has an answer"):
        kp.driver_importance(kp.Survey(frame.assign(speed=frame["speed"].mask(frame["wave"] == "2020"))), "overall", ["speed", "manner"], by="wave")
    with pytest.raises(DataError, match="complete rows are too few"):
        kp.driver_importance(survey.where(np.arange(len(frame)) < 4), "overall", DRIVERS)


def test_cross_products_that_are_no_covariance_have_no_importance():
    """Negative weights gave an R-squared of 1.507 in silence, and "'a' never varies" where its variance was negative."""
    frame = pd.DataFrame({"a": [0, 1, 2, 3, 4, 10.0], "y": [0, 1, 1, 3, 4, 4.0], "w": 1.0})
    survey = kp.Survey(frame, design=kp.Design(weight="w"))
    for total in (7.2, 9.6):
        with pytest.warns(DataWarning, match="negative"):
            weighted = kp.calibrate(survey, "~ a", {"Intercept": 6.0, "a": total})
        with pytest.raises(DataError, match="under negative weights variances and R² have no meaning"):
            kp.driver_importance(weighted, "y", ["a"])


def test_shares_of_nothing_and_orders_that_say_nothing_are_refused(frame):
    nothing = kp.Survey(pd.DataFrame({"x": [1, 2, 1, 2.0] * 3, "y": [1, 1, 2, 2.0] * 3}))
    with pytest.raises(DataError, match="account for nothing, so that there are no shares of it"):
        kp.driver_importance(nothing, "y", ["x"], shares=True)
    with pytest.raises(DataError, match="account for nothing"):
        kp.driver_importance(kp.Survey(frame.assign(y=frame["speed"])), "y", ["manner"], always=["speed"], shares=True)
    for orders in (0, -1, 2, 100.5, True):
        with pytest.raises(DataError, match="orders is"):
            kp.driver_importance(nothing, "y", ["x"], orders=orders)


def test_columns_that_all_but_determine_each_other_are_named_without_the_innocent(frame):
    """All drivers were named where elimination found none that others determine to the last digit."""
    noisy = frame.assign(copy=frame["speed"] + 1e-5 * np.random.default_rng(0).normal(size=len(frame)))
    with pytest.raises(DataError, match="^'speed', 'copy' all but determine each other"):
        kp.driver_importance(kp.Survey(noisy), "overall", ["speed", "copy", "manner"])


def test_results_read_well(survey):
    found = kp.driver_importance(survey, "overall", DRIVERS)
    assert "lmg" in repr(found)
    assert "R-squared" in repr(found)
    assert "<table" in found._repr_html_()
    assert found.to_frame("r_squared")["estimate"].tolist() == found.r_squared.value.tolist()
    with pytest.raises(ChoiceError, match="performance"):
        found.to_frame("parts")


@pytest.mark.parametrize("family", ["linear", "logit"])
@pytest.mark.parametrize("role", ["drivers", "always"])
def test_a_domain_may_lack_levels_of_a_factor(frame, role, family):
    """Regions asked in one wave only were refused as columns that never vary in the other."""
    partial = frame[(frame["wave"] == "2020") | (frame["region"] != "Bali")]
    partial = partial.assign(overall=(partial["overall"] > 2).astype(int) if family == "logit" else partial["overall"])
    survey = kp.Survey(partial, design=kp.Design(weight="w", strata="h", psu="u"))
    drivers = ["speed", "region"] if role == "drivers" else ["speed", "manner"]
    options = {"always": [] if role == "drivers" else ["region"], "family": family}
    together = kp.driver_importance(survey, "overall", drivers, by="wave", **options)
    for wave in ("2020", "2022"):
        alone = kp.driver_importance(survey.where(f"wave == '{wave}'"), "overall", drivers, **options)
        own = together.importance[{"wave": wave}]
        assert own.value == pytest.approx(alone.importance.value, rel=1e-8)
        assert own.se == pytest.approx(alone.importance.se, rel=1e-6)
    replicated = kp.driver_importance(kp.add_replicates(survey, "jkn"), "overall", drivers, by="wave", **options).importance
    assert replicated.value == pytest.approx(together.importance.value, rel=1e-9)
    assert replicated.se == pytest.approx(together.importance.se, rel=0.4)
    few = kp.Survey(partial[(partial["wave"] == "2020") | (partial["region"] == "Jawa")])
    with pytest.raises(DataError, match=r"'C\(region\)' has one level only in wave 2022"):
        kp.driver_importance(few, "overall", drivers, by="wave", **options)


def test_replicates_that_lose_a_level_of_a_factor_count(frame):
    """They were lost, and where no other replicate touched a domain its standard error was 0."""
    few = frame.assign(rare=np.where((frame["h"] == 0) & (frame["u"] == 0), "a rare level", frame["region"]))
    survey = kp.Survey(few, design=kp.Design(weight="w", strata="h", psu="u"))
    found = kp.driver_importance(kp.add_replicates(survey, "jkn"), "overall", ["speed", "rare"], by="wave").importance
    renamed = kp.Survey(few.replace({"rare": {"a rare level": "Z"}}), design=kp.Design(weight="w", strata="h", psu="u"))
    other = kp.driver_importance(kp.add_replicates(renamed, "jkn"), "overall", ["speed", "rare"], by="wave").importance
    assert np.isfinite(found.spread.gaps).all()
    assert other.se == pytest.approx(found.se, rel=1e-9)


def test_levels_nested_in_domains_are_few_in_each(frame):
    nested = frame.assign(place=frame["wave"] + frame["region"], cell=np.arange(len(frame)) % 12)
    nested = nested.assign(place=nested["cell"].astype(str) + np.where(nested["u"] > 2, "x", "y"))
    survey = kp.Survey(nested, design=kp.Design(weight="w"))
    together = kp.driver_importance(survey, "overall", ["speed", "place"], by="cell").importance
    alone = kp.driver_importance(survey.where("cell == 3"), "overall", ["speed", "place"]).importance
    assert together[{"cell": 3}].value == pytest.approx(alone.value, rel=1e-9)
