"""Numbers that were wrong once, found by setting the library against R and against brute force; the wrong ones stand in the comments."""

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.errors import CalibrationError, DataWarning, DesignError

DESIGN = kp.Design(weight="w", strata="s", psu="p")


def made():
    rng = np.random.default_rng(1)
    n = 60
    frame = pd.DataFrame(
        {
            "s": np.repeat(["a", "b"], 30),
            "p": np.repeat(np.arange(12), 5),
            "y": rng.normal(5, 1, n),
            "r": (rng.random(n) < 0.7) | (np.arange(n) % 5 == 0),
            "w": rng.uniform(1, 3, n),
            "x": rng.normal(50, 10, n),
        }
    )
    frame["g"] = rng.choice(list("LP"), n)
    return frame.assign(**{name: rng.integers(1, 5, n).astype(float) for name in ("u1", "u2", "i1", "i2")})


FRAME = made()
STATED = kp.IndexSpec(["u1", "u2"], weights={"u1": "i1", "u2": "i2"}, scale=(1, 4))


@pytest.fixture
def survey():
    return kp.Survey(FRAME, design=DESIGN)


@pytest.mark.parametrize("cells", ["p", "k"])
def test_a_response_cell_that_a_replicate_leaves_out_does_not_lose_the_replicate(cells):
    """The jackknife had half of its replicates NaN: 0.0906 instead of 0.143 with cells "k", nothing at all with "p"."""
    frame = FRAME.assign(k=np.where(FRAME["p"] < 6, FRAME["p"], 99))
    adjusted = kp.adjust_nonresponse(kp.Survey(frame, design=DESIGN), "r", cells=cells)
    linearised = kp.mean(adjusted, "y").se
    assert kp.mean(kp.add_replicates(adjusted, "jkn"), "y").se == pytest.approx(linearised, rel=0.05)
    assert kp.mean(kp.add_replicates(adjusted, "bootstrap", seed=1), "y").se == pytest.approx(linearised, rel=0.15)


def test_a_response_cell_of_weight_0_changes_nothing():
    frame = pd.DataFrame({"w": [1.0, 1, 2, 0, 0], "c": list("aabcc"), "r": [1, 0, 1, 1, 0], "y": [1.0, 2, 3, 4, 5]})
    survey = kp.adjust_nonresponse(kp.Survey(frame, design=kp.Design(weight="w")), "r", cells="c")
    assert survey.weights.to_list() == [2.0, 0.0, 2.0, 0.0, 0.0]
    assert np.isfinite(kp.mean(survey, "y").se).all()


def test_an_index_whose_importance_nobody_stated_is_empty_not_0():
    """It was 0.0 with limits 0 to 0."""
    frame = FRAME.assign(i1=FRAME["i1"].where(FRAME["g"] == "P"))
    with pytest.warns(DataWarning, match="no answer"):
        score = kp.satisfaction_index(kp.Survey(frame, design=DESIGN), STATED, by="g").score
    assert np.isnan(score[{"g": "L"}].value).all()
    assert np.isnan(score[{"g": "L"}].se).all()
    assert score[{"g": "P"}].se[0] > 0


def test_a_replicate_without_the_domain_has_no_index_rather_than_0():
    """The index of the domain in one PSU was 0 in the replicate that leaves it out: standard error 45.8."""
    frame = FRAME.assign(d=np.where(FRAME["p"] == 3, "k", "o"))
    survey = kp.add_replicates(kp.Survey(frame, design=DESIGN), "jkn")
    with pytest.warns(DataWarning, match="1 of 12 replicates"):
        score = kp.satisfaction_index(survey, STATED, by="d").score
    assert score[{"d": "k"}].se == pytest.approx([0.0], abs=1e-9)


def test_a_calibrated_domain_averages_over_the_strata_outside_it():
    """R's survey gives 0.487823 for subset(calibrate(d, ~g-1, c(60, 70)), h == 1) with lonely "average"; ours was 0.34494."""
    frame = pd.DataFrame(
        {"h": np.repeat([0, 1, 1], 4), "p": np.repeat([0, 1, 2], 4), "g": list("LLLPLPLPPLPL"), "y": [3.0, 4, 2, 5, 1, 4, 3, 2, 4, 1, 3, 5]}
    )
    survey = kp.poststratify(kp.Survey(frame, design=kp.Design(strata="h", psu="p", single_psu="average")), "g", {"L": 60, "P": 70})
    assert kp.mean(survey.where(frame["h"] == 1), "y").se[0] == pytest.approx(0.34494 * np.sqrt(2), abs=2e-5)


def test_codes_written_alike_are_not_two_levels_of_one_target():
    """The weights summed to 250 where the targets sum to 150."""
    survey = kp.Survey(pd.DataFrame({"c": pd.Series([1, "1", 1, 2, 2], dtype=object)}))
    with pytest.raises(CalibrationError, match="codes that are written alike: 1, '1'"):
        kp.poststratify(survey, "c", {1: 100, 2: 50})


def test_trimming_that_cannot_keep_the_sum_is_refused():
    """The sum was 12 after, 11 before."""
    survey = kp.Survey(pd.DataFrame({"w": [1.0, 1, 9]}), design=kp.Design(weight="w"))
    with pytest.raises(CalibrationError, match="does not come to an end"):
        kp.trim_weights(survey, lower=2, upper=8)


@pytest.mark.filterwarnings("ignore::kepuasan.errors.DataWarning")
def test_negative_weights_are_calibrated_linearly_and_refused_elsewhere():
    start = kp.calibrate(kp.Survey(pd.DataFrame({"x": [1.0, 2, 3, 4, 5, 6], "g": list("aabbbb")})), "~ x", {"Intercept": 6, "x": 34.0})
    assert start.weights.min() < 0
    again = kp.calibrate(start, "~ x", {"Intercept": 7, "x": 30})
    assert kp.total(again, "x").value == pytest.approx([30.0])
    assert again.weights.sum() == pytest.approx(7.0)
    with pytest.raises(CalibrationError, match="weights are negative, so that distance='raking' finds no solution|meet the totals"):
        kp.calibrate(start, "~ x", {"Intercept": 7, "x": 60.0}, distance="raking")
    with pytest.raises(CalibrationError, match="'a' has the weight -"):
        kp.poststratify(start, "g", {"a": 2, "b": 2})


def test_a_replicate_lost_to_one_wave_is_not_lost_to_another():
    """Raking wave A on a level in one PSU took that PSU's replicate from wave B too."""
    rare = FRAME.assign(k=np.where(FRAME["p"] == 0, "rare", "x"))
    first = kp.poststratify(kp.Survey(rare, design=DESIGN), "k", {"rare": 10, "x": 100})
    stacked = kp.stack_waves({"A": first, "B": kp.Survey(rare, design=DESIGN)})
    both = kp.add_replicates(stacked, "jkn")
    alone = kp.mean(
        kp.add_replicates(kp.stack_waves({"A": kp.Survey(rare, design=DESIGN), "B": kp.Survey(rare, design=DESIGN)}), "jkn"), "y", by="wave"
    )
    assert kp.mean(both.where("wave == 'B'"), "y").se == pytest.approx(alone[{"wave": "B"}].se, rel=1e-12)
    with pytest.warns(DataWarning, match="1 of 24 replicates"):
        kp.mean(both.where("wave == 'A'"), "y")


def test_a_regression_leaves_out_the_replicate_that_cannot_meet_its_targets():
    """numpy gave up on NaN: SVD did not converge."""
    rare = FRAME.assign(k=np.where(FRAME["p"] == 0, "rare", "x"))
    survey = kp.add_replicates(kp.poststratify(kp.Survey(rare, design=DESIGN), "k", {"rare": 10, "x": 100}), "jkn")
    with pytest.warns(DataWarning, match="cannot be fitted in 1 of 12 replicates"):
        assert np.isfinite(kp.regress(survey, "y ~ x").se).all()


def test_a_design_without_two_units_anywhere_has_no_replicates():
    alone = kp.Survey(FRAME, design=kp.Design(weight="w", strata="p", psu="p", single_psu="certainty"))
    for method in ("jkn", "bootstrap"):
        with pytest.raises(DesignError, match="nothing to replicate"):
            kp.add_replicates(alone, method)


def test_successive_differences_say_where_rows_are_shared_and_refuse_what_cannot_be_kept(survey):
    """Two replicates gave a standard error of 0."""
    with pytest.raises(DesignError, match="needs 4 replicates or more"):
        kp.add_replicates(survey, "sdr", n=2)
    with pytest.warns(DataWarning, match="no more than the 12 sampled units"):
        kp.add_replicates(survey, "sdr", n=8)
    with pytest.raises(DesignError, match="GB"):
        kp.add_replicates(survey, "sdr", n=1 << 20)


def test_many_levels_crossed_take_no_more_than_the_rows_there_are():
    """Five columns of 120 levels asked for 185 GB; with 8,000 levels their product overflowed."""
    rng = np.random.default_rng(3)
    for levels in (120, 700):
        frame = pd.DataFrame({name: rng.integers(0, levels, 3000) for name in "abcde"})
        margins = {name: frame[name].value_counts().astype(float) for name in "abcde"}
        assert kp.rake(kp.Survey(frame), margins).weights.to_numpy() == pytest.approx(np.ones(3000))
    crossed = frame[["a", "b", "c"]].astype(str).value_counts()
    assert kp.rake(kp.Survey(frame), {("a", "b", "c"): crossed}).weights.sum() == pytest.approx(3000)


def test_many_margins_are_solved_as_few_are(monkeypatch):
    from kepuasan.numerics import adjustments

    rng = np.random.default_rng(4)
    frame = pd.DataFrame({"a": rng.integers(0, 30, 900), "b": rng.integers(0, 25, 900), "y": rng.normal(size=900)})
    margins = {name: frame[name].value_counts() * rng.uniform(0.9, 1.1, frame[name].nunique()) for name in "ab"}
    margins["b"] *= margins["a"].sum() / margins["b"].sum()
    few = kp.mean(kp.rake(kp.Survey(frame), margins), "y").se
    monkeypatch.setattr(adjustments, "_MANY", 10)
    assert kp.mean(kp.rake(kp.Survey(frame), margins), "y").se == pytest.approx(few, rel=1e-10)


def test_large_replicate_factors_leak_no_warning():
    frame = pd.DataFrame({"w": [1e-9, 1.0, 1.0, 1.0], "r1": [2.0, 1, 1, 1], "r2": [1.0, 2, 1, 0], "y": [1.0, 2, 3, 4]})
    survey = kp.Survey(frame, design=kp.Design(weight="w", replicates=kp.Replicates(["r1", "r2"])))
    assert np.isfinite(kp.mean(survey, "y").se).all()


@pytest.mark.parametrize("centre", [1e6, 1e9])
def test_an_auxiliary_of_large_numbers_is_not_singular(survey, centre):
    large = kp.Survey(FRAME.assign(z=FRAME["x"] * 100 + centre), design=DESIGN)
    total = 120.0 * (centre + 5050.0)
    calibrated = kp.calibrate(large, "~ z", {"Intercept": 120.0, "z": total})
    small = kp.calibrate(survey, "~ x", {"Intercept": 120.0, "x": 120.0 * 50.5})
    assert calibrated.weights.to_numpy() == pytest.approx(small.weights.to_numpy(), rel=1e-7)
    assert kp.mean(calibrated, "y").se == pytest.approx(kp.mean(small, "y").se, rel=1e-6)


def test_small_targets_beside_large_ones_are_met_too():
    """A target of 0.6 in a population of 2e9 was missed by 4e-7."""
    frame = pd.DataFrame({"x": [1e-9, 2e-9, 0.0, 0.0, 1e-9], "y": [1.0, 2, 3, 4, 5]})
    survey = kp.calibrate(kp.Survey(frame), "~ x", {"Intercept": 2e9, "x": 1.7}, distance="raking")
    assert survey.weights.to_numpy() @ frame["x"].to_numpy() == pytest.approx(1.7, rel=1e-11)


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (lambda s: kp.add_replicates(s, "fay", fay_rho="x"), "fay_rho is 'x'"),
        (lambda s: kp.add_replicates(s, "bootstrap", seed=1.7), "seed is 1.7"),
        (lambda s: kp.rake(s, {"g": {"L": 5, "P": 5}}, tolerance="x"), "tolerance is 'x'"),
        (lambda s: kp.adjust_nonresponse(s, "r", cells="g", min_respondents="2"), "min_respondents is '2'"),
        (lambda s: kp.adjust_nonresponse(s, "r", formula="~ x", min_respondents=2), "a propensity formula has none"),
        (lambda s: kp.adjust_nonresponse(s, FRAME.sort_values("x")["r"]), "another index"),
        (lambda s: kp.adjust_nonresponse(s, "r", formula="r ~ x"), "has a left side"),
        (lambda s: kp.trim_weights(s, upper="9"), "upper is '9'"),
        (lambda s: kp.calibrate(s, None, {}), "formula"),
        (lambda s: kp.poststratify(s, ["g", ["s"]], {}), "list names no column"),
        (lambda s: kp.rake(s, [pd.DataFrame({"g": ["L", "P"]})]), "needs columns of codes, then one of totals"),
        (lambda s: kp.rake(s, [pd.DataFrame({"g": [], "n": []})]), "has no rows"),
        (lambda s: kp.rake(s, {"g": {"L": "1.200", "P": "800"}}), "not a number; read numbers as such"),
        (lambda s: kp.rake(s, {"g": pd.DataFrame({"g": ["L", "P"], "n": [60, 60], "pct": [50, 50]})}), "it needs 'g', then one of totals"),
    ],
)
def test_wrong_arguments_are_refused_in_words(survey, work, words):
    with pytest.raises(kp.KepuasanError, match=words):
        work(survey)


def test_margins_with_levels_in_the_index_and_in_another_order_are_read_rightly(survey):
    """Targets of a Series with its index levels in another order were swapped."""
    crossed = FRAME.groupby(["g", "s"])["w"].sum()
    expected = kp.rake(survey, {("g", "s"): crossed}).weights
    assert kp.rake(survey, {("g", "s"): crossed.reorder_levels(["s", "g"])}).weights.to_list() == expected.to_list()
    assert kp.rake(survey, [crossed.to_frame("n")]).weights.to_list() == expected.to_list()
    assert kp.poststratify(survey, ["g", "s"], crossed.to_frame("n")).weights.to_list() == pytest.approx(expected.to_list())


def test_percentages_are_asked_about(survey):
    with pytest.warns(DataWarning, match="if they are percentages, multiply them by the population"):
        kp.rake(kp.Survey(FRAME.assign(w=FRAME["w"] * 100), design=DESIGN), {"g": {"L": 50, "P": 50}})


def test_replicate_weights_go_to_a_file_and_come_back(survey):
    made = kp.add_replicates(kp.poststratify(survey, "g", {"L": 60, "P": 70}), "jkn")
    columns = kp.replicate_weights(made)
    scales = list(made.design.replication.rule.scale)
    given = kp.Replicates(list(columns.columns), method="other", rscales=scales)
    frame = pd.concat([FRAME.assign(w=made.weights), columns], axis=1)
    back = kp.Survey(frame, design=kp.Design(weight="w", replicates=given))
    assert kp.mean(back, ["y", "x"]).vcov == pytest.approx(kp.mean(made, ["y", "x"]).vcov, rel=1e-9)
    assert len(kp.replicate_weights(made.where("g == 'L'"))) == (FRAME["g"] == "L").sum()
    with pytest.raises(DesignError, match="no replicates"):
        kp.replicate_weights(survey)


def test_degrees_of_freedom_of_a_regression_on_replicates_do_not_fall_with_missing_answers():
    """R's svyglm on the replicate design has 7 + 1 - 2 where two of eight answers are missing; ours had 4. Linearised, R has 4 too."""
    frame = pd.DataFrame({"y": [3.0, 5, 4, 6, 8, np.nan, np.nan, 7], "x": [1.0, 2, 3, 4, 5, 6, 7, 8.5], "w": 1.0})
    columns = [f"r{number}" for number in range(8)]
    frame = frame.assign(**{name: np.where(np.arange(8) == place, 0.0, 8 / 7) for place, name in enumerate(columns)})
    given = kp.Survey(frame, design=kp.Design(weight="w", replicates=kp.Replicates(columns, method="jk1")))
    plain = kp.Survey(frame, design=kp.Design(weight="w"))
    assert kp.regress(given, "y ~ x").df.tolist() == [6.0, 6.0]
    assert kp.regress(kp.add_replicates(plain, "jk1"), "y ~ x").df.tolist() == [6.0, 6.0]
    assert kp.regress(plain, "y ~ x").df.tolist() == [4.0, 4.0]
    assert kp.regress(given, "y ~ x").n.tolist() == [6.0, 6.0]
