"""Weighting steps: what they do, what they keep, what they refuse."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kepuasan as kp
from kepuasan.errors import CalibrationError, ConvergenceError, DataError, DataWarning, DesignError, KepuasanError

SEX, AREA = {"L": 700.0, "P": 800.0}, {"city": 600.0, "rural": 900.0}


def made(seed=5, rows=240):
    stream = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "stratum": np.repeat(["A", "B", "C"], rows // 3),
            "psu": np.tile(np.arange(rows // 15) % 5, 15)[:rows],
            "w": stream.uniform(2.0, 9.0, rows).round(3),
            "sex": stream.choice(["L", "P"], rows, p=[0.6, 0.4]),
            "area": stream.choice(["city", "rural"], rows),
            "age": stream.integers(17, 70, rows).astype(float),
            "answered": (stream.random(rows) < 0.7).astype(int),
        }
    )
    for name in ("speed", "updates"):
        frame[name] = np.clip(np.round(stream.normal(3.0 + 0.5 * (frame["sex"] == "P") + 0.01 * frame["age"], 1.0)), 1, 5)
        frame.loc[stream.random(rows) < 0.1, name] = np.nan
    return frame


FRAME = made()
DESIGN = kp.Design(weight="w", strata="stratum", psu="psu")


@pytest.fixture
def survey():
    return kp.Survey(FRAME, design=DESIGN)


def sums(survey, column):
    return survey.weights.groupby(survey.frame[column].to_numpy()).sum().to_dict()


# ---------------------------------------------------------------- what steps do


def test_raking_meets_every_margin_and_keeps_the_ratios_within_cells(survey):
    raked = kp.rake(survey, {"sex": SEX, "area": AREA}, tolerance=1e-12)
    assert sums(raked, "sex") == pytest.approx(SEX, rel=1e-11)
    assert sums(raked, "area") == pytest.approx(AREA, rel=1e-11)
    ratio = (raked.weights / survey.weights).groupby([FRAME["sex"], FRAME["area"]])
    assert (ratio.max() - ratio.min()).max() < 1e-12
    odds = ratio.mean().unstack()
    assert odds.loc["L", "city"] * odds.loc["P", "rural"] == pytest.approx(odds.loc["L", "rural"] * odds.loc["P", "city"])


def test_margins_may_be_mappings_series_tidy_frames_and_crossed(survey):
    crossed = {("L", "city"): 300.0, ("L", "rural"): 400.0, ("P", "city"): 300.0, ("P", "rural"): 500.0}
    expected = kp.rake(survey, {("sex", "area"): crossed}).weights
    series = pd.Series(crossed, name="total").rename_axis(["sex", "area"])
    for margins in ({("sex", "area"): series}, series.reset_index(), [series.reset_index()], {("sex", "area"): series.reset_index()}):
        pd.testing.assert_series_equal(kp.rake(survey, margins).weights, expected)
    pd.testing.assert_series_equal(kp.poststratify(survey, ["sex", "area"], crossed).weights, expected)


def test_codes_and_targets_meet_as_text(survey):
    numbered = kp.Survey(FRAME.assign(sex=np.where(FRAME["sex"] == "L", 1.0, 2.0)), design=DESIGN)
    pd.testing.assert_series_equal(kp.poststratify(numbered, "sex", {"1": 700, 2: 800}).weights, kp.poststratify(survey, "sex", SEX).weights)


def test_bounds_hold_and_margins_are_still_met(survey):
    free = kp.rake(survey, {"sex": SEX, "area": AREA}).design.history[-1]
    bounds = (free["g_min"] * 1.005, 3.0)
    raked = kp.rake(survey, {"sex": SEX, "area": AREA}, bounds=bounds, tolerance=1e-11)
    step = raked.design.history[-1]
    assert free["g_min"] < bounds[0] <= step["g_min"] + 1e-12
    assert sums(raked, "sex") == pytest.approx(SEX, rel=1e-9)
    assert sums(raked, "area") == pytest.approx(AREA, rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from(["linear", "raking"]))
def test_poststratification_is_calibration_on_dummies(seed, distance):
    survey = kp.Survey(made(seed), design=DESIGN)
    post = kp.poststratify(survey, "sex", SEX)
    dummies = kp.calibrate(survey, "~ C(sex)", {"Intercept": 1500.0, "C(sex)[T.P]": 800.0}, distance=distance)
    assert dummies.weights.to_numpy() == pytest.approx(post.weights.to_numpy(), rel=1e-9)
    assert kp.mean(dummies, ["speed", "updates"]).vcov == pytest.approx(kp.mean(post, ["speed", "updates"]).vcov, rel=1e-8)
    assert kp.rake(survey, {"sex": SEX}).weights.to_numpy() == pytest.approx(post.weights.to_numpy(), rel=1e-8)


def test_calibrated_totals_are_exact_and_have_no_variance(survey):
    calibrated = kp.calibrate(survey, "~ age + C(sex)", {"Intercept": 1500.0, "age": 63000.0, "C(sex)[T.P]": 800.0})
    total = kp.total(calibrated, "age")
    assert total.value == pytest.approx([63000.0], rel=1e-12)
    assert total.se[0] < 1e-8
    assert kp.total(survey, "age").se[0] > 1000
    women = kp.total(calibrated.where("sex == 'P'"), "age")
    assert women.se[0] > 100


def test_a_difference_of_domains_has_the_credit_of_its_joint_covariance(survey):
    raked = kp.rake(survey, {"sex": SEX, "area": AREA})
    by = kp.mean(raked, ["speed", "updates"], by="area")
    gap = by.contrast({"area": "city"}, {"area": "rural"})
    one = kp.mean(raked, "speed", by="area")
    assert gap.se[0] == pytest.approx(one.contrast({"area": "city"}, {"area": "rural"}).se[0], rel=1e-12)
    parts = kp.mean(raked.where("area == 'city'"), "speed").join(kp.mean(raked.where("area == 'rural'"), "speed"))
    assert parts.linear([[1.0, -1.0]], ["gap"]).se[0] == pytest.approx(gap.se[0], rel=1e-12)


def test_the_history_says_what_was_done(survey):
    done = kp.trim_weights(kp.rake(survey, {"sex": SEX}), upper=11.0)
    assert [step["step"] for step in done.design.history] == ["rake", "trim_weights"]
    first, last = done.design.history
    assert list(first["targets"].columns) == ["margin", "level", "before", "target", "after"]
    assert first["targets"]["after"].to_list() == pytest.approx([700.0, 800.0], rel=1e-8)
    assert first["sum_after"] == pytest.approx(1500.0)
    assert first["g_min"] < first["g_max"]
    assert last["deff_after"] < last["deff_before"] == pytest.approx(first["deff_after"])
    assert last["cut"] == int((kp.rake(survey, {"sex": SEX}).weights > 11.0).sum()) > 0
    assert done.weights.max() <= 11.0
    assert done.weights.sum() == pytest.approx(1500.0)
    assert survey.design.history == ()


def test_weights_of_zero_stay_zero_and_need_no_level():
    frame = FRAME.assign(w=FRAME["w"].where(FRAME.index % 9 > 0, 0.0))
    frame.loc[frame["w"] == 0, "sex"] = None
    raked = kp.rake(kp.Survey(frame, design=DESIGN), {"sex": SEX, "area": AREA})
    assert (raked.weights[frame["w"] == 0] == 0).all()
    assert sums(raked, "area") == pytest.approx(AREA)


def test_cells_with_few_respondents_are_merged_on_request(survey):
    cell = np.where(FRAME.index == 3, "b", np.where(FRAME["sex"] == "L", "a", "c"))
    rare = FRAME.assign(cell=cell, answered=FRAME["answered"].where(FRAME.index != 3, 0))
    whole = kp.Survey(rare, design=DESIGN)
    with pytest.raises(CalibrationError, match="1 weighting cells have no respondent: cell 'b'.*min_respondents"):
        kp.adjust_nonresponse(whole, "answered", cells="cell")
    merged = kp.adjust_nonresponse(whole, "answered", cells="cell", min_respondents=5)
    assert merged.design.history[-1]["merged"] == 2
    assert merged.design.history[-1]["n_cells"] == 2
    assert merged.weights.sum() == pytest.approx(FRAME["w"].sum())
    assert (merged.weights[rare["answered"] == 0] == 0).all()
    assert kp.adjust_nonresponse(survey, FRAME["answered"] == 1).weights.sum() == pytest.approx(FRAME["w"].sum())


def test_negative_weights_of_a_linear_calibration_are_said_and_counted():
    survey = kp.Survey(pd.DataFrame({"x": [1.0, 2.0, 3.0, 20.0], "y": [1.0, 2.0, 4.0, 3.0]}))
    with pytest.warns(DataWarning, match="1 weights are negative"):
        calibrated = kp.calibrate(survey, "~ x", {"Intercept": 4.0, "x": 3.0})
    assert kp.total(calibrated, "x").value == pytest.approx([3.0])
    assert kp.total(calibrated, "x").n[0] == 4


def test_stacked_waves_keep_their_steps_each_on_its_own_rows(survey):
    other = kp.Survey(made(9, 150), design=DESIGN)
    one = kp.trim_weights(kp.rake(survey, {"sex": SEX, "area": AREA}), upper=14.0)
    two = kp.calibrate(other, "~ age", {"Intercept": 1500.0, "age": 63000.0})
    both = kp.stack_waves({"2020": one, "2022": two})
    assert [(step["wave"], step["step"]) for step in both.design.history] == [("2020", "rake"), ("2020", "trim_weights"), ("2022", "calibrate")]
    stacked = kp.mean(both, ["speed", "updates"], by="wave")
    for wave, single in (("2020", one), ("2022", two)):
        assert stacked[{"wave": wave}].vcov == pytest.approx(kp.mean(single, ["speed", "updates"]).vcov, rel=1e-10)
    plain = kp.stack_waves({"2020": survey, "2022": other})
    replicated = kp.add_replicates(both, "jkn")
    apart = [kp.mean(kp.add_replicates(wave, "jkn"), "speed").se[0] for wave in (one, two)]
    assert kp.mean(replicated, "speed", by="wave").se == pytest.approx(apart, rel=0.01)
    assert (kp.mean(plain, "speed", by="wave").se > stacked["speed"].se).any()


# ---------------------------------------------------------------- what is refused, the survey unchanged

X = {"Intercept": 1500.0, "age": 63000.0}
REFUSED = {
    "margins of different totals": (
        lambda s: kp.rake(s, {"sex": SEX, "area": {"city": 600, "rural": 950}}),
        CalibrationError,
        r"different totals: sex 1,500; area 1,550",
    ),
    "a level without a target": (lambda s: kp.rake(s, {"sex": {"L": 700}}), CalibrationError, r"'P' is in the sample but has no target"),
    "a target without a level": (
        lambda s: kp.poststratify(s, "sex", SEX | {"X": 5}),
        CalibrationError,
        r"'X' has the target 5 but no row with a weight",
    ),
    "a target of 0": (lambda s: kp.rake(s, {"sex": {"L": 0, "P": 800}}), CalibrationError, "'L' is in the sample but has the target 0"),
    "a negative target": (lambda s: kp.rake(s, {"sex": {"L": -1, "P": 800}}), CalibrationError, "'L' is -1; give a total of 0 or more"),
    "a target that is no number": (lambda s: kp.rake(s, {"sex": {"L": "many", "P": 800}}), CalibrationError, "'many', not a number"),
    "no margin": (lambda s: kp.rake(s, {}), CalibrationError, "margins are empty"),
    "margins of a wrong kind": (lambda s: kp.rake(s, 3), CalibrationError, "margins are int"),
    "an unknown column": (lambda s: kp.rake(s, {"sexx": SEX}), DataError, "did you mean 'sex'"),
    "bounds that cannot be met by raking": (
        lambda s: kp.rake(s, {"sex": {"L": 100, "P": 1400}}, bounds=(0.9, 1.1)),
        CalibrationError,
        r"the bounds \(0.9, 1.1\) make the targets unreachable: sex",
    ),
    "bounds that cannot be met by calibration": (
        lambda s: kp.calibrate(s, "~ age", {"Intercept": 1500, "age": 9000}, bounds=(0.5, 2)),
        CalibrationError,
        r"unreachable: .*age is at .* where the target is 9,000",
    ),
    "bounds of the wrong side": (lambda s: kp.rake(s, {"sex": SEX}, bounds=(1.2, 2)), CalibrationError, "low < 1 < high"),
    "logit without bounds": (lambda s: kp.calibrate(s, "~ age", X, distance="logit"), CalibrationError, "logit distance needs bounds"),
    "an unknown distance": (lambda s: kp.calibrate(s, "~ age", X, distance="chi"), KepuasanError, "distance is 'chi'"),
    "a singular matrix": (
        lambda s: kp.calibrate(kp.Survey(FRAME.assign(months=FRAME["age"] * 12), design=DESIGN), "~ age + months", X | {"months": 756000.0}),
        CalibrationError,
        "singular: 'months' follows from the columns before",
    ),
    "a total too few": (lambda s: kp.calibrate(s, "~ age", {"age": 63000}), CalibrationError, "no total is given for 'Intercept'"),
    "a total too many": (lambda s: kp.calibrate(s, "~ age", X | {"agee": 1}), CalibrationError, "there is no column 'agee'"),
    "a total that is missing": (lambda s: kp.calibrate(s, "~ age", X | {"age": np.nan}), CalibrationError, "the total of 'age' is nan"),
    "totals that positive weights cannot meet": (
        lambda s: kp.calibrate(s, "~ age", {"Intercept": 1500, "age": 1500 * 90.0}, distance="raking"),
        CalibrationError,
        "no weights of the raking distance",
    ),
    "missing auxiliaries": (lambda s: kp.calibrate(s, "~ speed", {"Intercept": 1, "speed": 1}), CalibrationError, "lack a value in '~ speed'"),
    "missing codes": (
        lambda s: kp.rake(kp.Survey(FRAME.assign(sex=FRAME["sex"].where(FRAME.index > 1)), design=DESIGN), {"sex": SEX}),
        CalibrationError,
        r"2 rows with a weight have no code in 'sex' \(rows 0, 1\)",
    ),
    "margins that never meet": (
        lambda s: kp.rake(
            kp.Survey(FRAME.assign(area=np.where(FRAME["sex"] == "L", "city", "rural")), design=DESIGN), {"sex": SEX, "area": AREA}, max_steps=50
        ),
        ConvergenceError,
        "after 50 rounds .* is at .* where the target is",
    ),
    "a domain": (lambda s: kp.rake(s.where("sex == 'L'"), {"sex": SEX}), DataError, "call rake before where"),
    "no survey": (lambda s: kp.rake(FRAME, {"sex": SEX}), DataError, "DataFrame, not a Survey"),
    "trimming without bounds": (lambda s: kp.trim_weights(s), CalibrationError, "needs a bound"),
    "bounds below the average": (lambda s: kp.trim_weights(s, upper=3.0), CalibrationError, "weights average"),
    "crossed bounds": (lambda s: kp.trim_weights(s, lower=5, upper=3), CalibrationError, "lower < upper"),
    "nobody responded": (lambda s: kp.adjust_nonresponse(s, np.zeros(len(FRAME))), CalibrationError, "nobody with a weight responded"),
    "an unclear response": (lambda s: kp.adjust_nonresponse(s, "age"), DataError, "neither 1 nor 0"),
    "cells and a formula": (lambda s: kp.adjust_nonresponse(s, "answered", cells="sex", formula="~ age"), CalibrationError, "not both"),
    "responses that are separated": (
        lambda s: kp.adjust_nonresponse(kp.Survey(FRAME.assign(late=1.0 - FRAME["answered"]), design=DESIGN), "answered", formula="~ late"),
        ConvergenceError,
        "predicts with certainty",
    ),
    "a replicate method that is none": (lambda s: kp.add_replicates(s, "jackknife"), KepuasanError, "method is 'jackknife'"),
    "jk1 with strata": (lambda s: kp.add_replicates(s, "jk1"), DesignError, '3 strata, which "jk1" knows nothing of'),
    "halves of five": (lambda s: kp.add_replicates(s, "brr"), DesignError, "3 of 3 strata have other than two sampled units: A; B; C"),
    "fay without rho": (lambda s: kp.add_replicates(s, "fay"), DesignError, "fay_rho is None"),
    "a seed for a jackknife": (lambda s: kp.add_replicates(s, "jkn", seed=1), DesignError, "draws nothing"),
    "replicates twice": (lambda s: kp.add_replicates(kp.add_replicates(s, "jkn"), "jkn"), DesignError, "has replicates already"),
    "waves with replicates": (lambda s: kp.stack_waves({"a": s, "b": kp.add_replicates(s, "jkn")}), DesignError, "stack the waves first"),
    "columns that are not there": (
        lambda s: kp.Survey(FRAME, design=kp.Design(weight="w", replicates=kp.Replicates(["w", "rw2", "rw3"], method="brr"))),
        DesignError,
        "2 of the 3 replicate columns declared are not in the data: 'rw2', 'rw3'",
    ),
    "rscales of another number": (
        lambda s: kp.Replicates(["a", "b"], method="jkn", rscales=[0.5]),
        DesignError,
        "2 replicate columns, but 1 rscales",
    ),
    "jkn columns without scales": (lambda s: kp.Replicates(["a", "b"], method="jkn"), DesignError, "give rscales"),
    "replicate columns with gaps": (
        lambda s: kp.Survey(FRAME, design=kp.Design(replicates=kp.Replicates(["w", "speed"]))),
        DesignError,
        "no finite numbers, the first in column 'speed'",
    ),
    "replicates beside strata": (
        lambda s: kp.Design(strata="stratum", replicates=kp.Replicates(["a", "b"])),
        DesignError,
        "strata are declared beside replicates",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_clear_message_and_the_survey_unchanged(survey, name):
    work, kind, words = REFUSED[name]
    before = survey.weights.copy()
    with pytest.raises(kind, match=re.compile(words, re.DOTALL)) as caught:
        work(survey)
    assert type(caught.value).__module__.startswith("kepuasan")
    pd.testing.assert_series_equal(survey.weights, before)
    assert survey.design.history == ()
