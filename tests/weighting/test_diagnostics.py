"""Weights after every step, and the margins that steps aimed at: by hand, against the history, in domains and stacked waves."""

import numpy as np
import pandas as pd
import pytest

from kepuasan import Design, Survey, add_replicates, adjust_nonresponse, calibrate, poststratify, rake, stack_waves, trim_weights
from kepuasan.errors import DataError
from kepuasan.weighting.diagnostics import MARGINS, WEIGHTS, weight_diagnostics, weight_margins

N = 240


def made(seed=7):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "stratum": np.arange(N) % 4,
            "psu": np.arange(N) // 4 % 6,
            "w": rng.uniform(1.0, 4.0, N),
            "sex": rng.choice(list("LP"), N),
            "area": rng.choice(["city", "coast", "hill"], N),
            "age": rng.integers(18, 70, N),
            "answered": (rng.random(N) < 0.8).astype(int),
            "speed": rng.integers(1, 6, N),
        }
    )
    frame.loc[:2, "w"] = 0.0
    return Survey(frame, design=Design(weight="w", strata="stratum", psu="psu"))


def sexes(total):
    return {"sex": {"L": 0.45 * total, "P": 0.55 * total}}


def margins(total):
    return {**sexes(total), "area": {"city": 0.5 * total, "coast": 0.3 * total, "hill": 0.2 * total}}


@pytest.fixture
def steps():
    """The surveys after each step: nonresponse, raking, replicates, trimming, calibration."""
    start = made()
    answering = adjust_nonresponse(start, "answered", cells="area")
    total = float(answering.weights.sum())
    raked = rake(answering, margins(total))
    repeated = add_replicates(raked, "jkn")
    trimmed = trim_weights(repeated, upper=5.0)
    totals = {"Intercept": total, "C(sex)[T.P]": 0.55 * total, "age": 44.0 * total}
    return [start, answering, raked, trimmed, calibrate(trimmed, "~ C(sex) + age", totals)]


def test_there_is_a_row_for_the_start_and_for_each_step_that_changes_weights(steps):
    table = weight_diagnostics(steps[-1])
    assert list(table.columns) == ["number", "step", *WEIGHTS]
    assert table["step"].to_list() == ["start", "adjust_nonresponse", "rake", "trim_weights", "calibrate"]
    history = steps[-1].design.history
    assert table["number"].to_list() == [0, 1, 2, 4, 5]
    assert [history[number - 1]["step"] for number in table["number"][1:]] == table["step"].to_list()[1:]


def test_each_row_describes_the_weights_as_they_stood_then(steps):
    table = weight_diagnostics(steps[-1])
    for survey, row in zip(steps, table.to_dict("records"), strict=True):
        every = survey.weights.to_numpy()
        weights = every[every != 0]
        largest = np.sort(weights)[-int(np.ceil(len(weights) / 100)) :]
        assert (row["n"], row["zero"]) == (len(weights), len(every) - len(weights))
        wanted = [weights.sum(), weights.mean(), weights.min(), weights.max(), weights.std() / weights.mean()]
        assert [row[name] for name in ("sum", "mean", "min", "max", "cv")] == pytest.approx(wanted, rel=1e-12)
        assert row["deff"] == pytest.approx(1 + row["cv"] ** 2, rel=1e-12)
        assert row["n_eff"] == pytest.approx(weights.sum() ** 2 / (weights**2).sum(), rel=1e-12)
        assert row["largest_share"] == pytest.approx(largest.sum() / weights.sum(), rel=1e-12)


def test_the_rows_agree_with_the_history(steps):
    table = weight_diagnostics(steps[-1]).set_index("number")
    for number, entry in enumerate(steps[-1].design.history, start=1):
        if entry["step"] == "add_replicates":
            assert number not in table.index
            continue
        row = table.loc[number]
        assert [row["sum"], row["deff"]] == pytest.approx([entry["sum_after"], entry["deff_after"]], rel=1e-12)
        assert (row["g_min"], row["g_max"]) == (entry["g_min"], entry["g_max"])


def test_weights_that_no_step_changed_have_one_row_without_ratios():
    table = weight_diagnostics(Survey(pd.DataFrame({"speed": [3, 4, 2]})))
    assert len(table) == 1
    assert table.loc[0, ["n", "zero", "sum", "cv", "deff", "n_eff"]].to_list() == [3, 0, 3.0, 0.0, 1.0, 3.0]
    assert table.loc[0, ["g_min", "g_max"]].isna().all()


def test_the_largest_hundredth_of_two_hundred_weights_are_two():
    survey = Survey(pd.DataFrame({"w": np.r_[np.ones(198), 10.0, 10.0]}), design=Design(weight="w"))
    assert weight_diagnostics(survey).loc[0, "largest_share"] == pytest.approx(20 / 218)


def test_a_domain_is_described_by_its_own_rows(steps):
    whole = steps[-1]
    women = whole.where("sex == 'P'")
    last = weight_diagnostics(women).iloc[-1]
    weights = women.weights[women.weights != 0]
    assert last["n"] == len(weights)
    assert [last["sum"], last["max"]] == pytest.approx([weights.sum(), weights.max()])
    parts = [weight_diagnostics(whole.where(f"sex == '{sex}'")) for sex in "LP"]
    assert (parts[0]["sum"] + parts[1]["sum"]).to_numpy() == pytest.approx(weight_diagnostics(whole)["sum"].to_numpy())
    assert np.minimum(parts[0]["g_min"], parts[1]["g_min"]).to_numpy() == pytest.approx(weight_diagnostics(whole)["g_min"].to_numpy(), nan_ok=True)


def test_negative_weights_count_as_weights():
    frame = pd.DataFrame({"age": [20.0, 30.0, 40.0, 80.0]})
    with pytest.warns(UserWarning, match="1 weights are negative"):
        survey = calibrate(Survey(frame), "~ age", {"Intercept": 4.0, "age": 100.0})
    last = weight_diagnostics(survey).iloc[-1]
    assert last["min"] == pytest.approx(survey.weights.min())
    assert last["min"] < 0
    assert (last["n"], last["zero"]) == (4, 0)
    assert last["sum"] == pytest.approx(4.0)


# ---------------------------------------------------------------- stacked waves


@pytest.fixture
def waves():
    one, two = made(1), made(2)
    return {"2020": one, "2022": trim_weights(rake(two, margins(1000.0)), upper=8.0)}


def test_each_stacked_wave_keeps_the_start_and_the_steps_that_it_had(waves):
    table = weight_diagnostics(stack_waves(waves))
    assert table["wave"].to_list() == ["2020", "2022", "2022", "2022"]
    assert table["step"].to_list() == ["start", "start", "rake", "trim_weights"]
    for wave, survey in waves.items():
        own = table[table["wave"] == wave].drop(columns=["wave", "number"]).reset_index(drop=True)
        pd.testing.assert_frame_equal(own, weight_diagnostics(survey).drop(columns="number"))


def test_steps_after_stacking_follow_the_stacked_weights_of_all_rows(waves):
    stacked = stack_waves(waves)
    later = poststratify(stacked, "wave", {"2020": 500.0, "2022": 500.0})
    table = weight_diagnostics(later)
    assert table["step"].to_list() == ["start", "start", "rake", "trim_weights", "stacked", "poststratify"]
    assert table["wave"].isna().to_list() == [False] * 4 + [True] * 2
    assert table["sum"].iloc[-2] == pytest.approx(stacked.weights.sum())
    assert table["sum"].iloc[-1] == pytest.approx(1000.0)
    assert table["g_max"].iloc[-1] == pytest.approx((later.weights / stacked.weights).max())


def test_labels_of_waves_stay_the_numbers_they_are(waves):
    later = poststratify(stack_waves({int(wave): survey for wave, survey in waves.items()}), "wave", {2020: 500.0, 2022: 500.0})
    assert weight_diagnostics(later)["wave"].to_list() == [2020, 2022, 2022, 2022, None, None]
    assert weight_margins(later)["wave"].to_list() == [2022] * 5 + [None] * 2


def test_a_wave_that_the_domain_leaves_out_has_no_row(waves):
    assert weight_diagnostics(stack_waves(waves).where("wave == '2022'"))["wave"].unique().tolist() == ["2022"]


def test_waves_without_steps_are_one_sample():
    table = weight_diagnostics(poststratify(stack_waves({"2020": made(1), "2022": made(2)}), "wave", {"2020": 500.0, "2022": 500.0}))
    assert "wave" not in table.columns
    assert table["step"].to_list() == ["start", "poststratify"]


# ---------------------------------------------------------------- margins


def test_margins_show_what_later_steps_did_to_them():
    survey = rake(made(), margins(1000.0))
    trimmed = trim_weights(survey, upper=6.0)
    table = weight_margins(trimmed)
    assert list(table.columns) == ["number", "step", *MARGINS]
    assert table["level"].to_list() == ["L", "P", "city", "coast", "hill"]
    assert table["after"].to_numpy() == pytest.approx(table["target"].to_numpy(), rel=1e-8)
    now = [trimmed.weights.groupby(trimmed.frame[column]).sum() for column in ("sex", "area")]
    assert table["now"].to_numpy() == pytest.approx(np.concatenate(now))
    assert table["gap"].to_numpy() == pytest.approx(table["now"].to_numpy() / table["target"].to_numpy() - 1, abs=1e-15)
    assert table["gap"].abs().max() > 0.01
    assert weight_margins(rake(trimmed, margins(1000.0)))["gap"].abs().max() < 1e-8


@pytest.mark.parametrize("way", ["bounded", "poststratify"])
def test_margins_of_every_way_of_raking_are_recounted(way):
    start = made()
    crossed = {("L", area): 100.0 for area in ("city", "coast", "hill")} | {("P", area): 120.0 for area in ("city", "coast", "hill")}
    survey = rake(start, margins(600.0), bounds=(0.3, 3.0)) if way == "bounded" else poststratify(start, ["sex", "area"], crossed)
    table = weight_margins(trim_weights(survey, upper=4.0))
    columns = {"sex": ["sex"], "area": ["area"], "sex x area": ["sex", "area"]}
    weights = trim_weights(survey, upper=4.0).weights
    now = [weights.groupby([start.frame[one] for one in columns[margin]]).sum() for margin in table["margin"].unique()]
    assert table["now"].to_numpy() == pytest.approx(np.concatenate(now))
    assert table["before"].sum() == pytest.approx(table["margin"].nunique() * start.weights.sum())


@pytest.mark.parametrize("formula", ["~ C(sex) + C(area)", "~ C(sex) + age", "~ C(sex) : age"])
def test_totals_of_a_calibration_are_recounted_from_its_formula(formula):
    start = made()
    sex = (start.frame["sex"] == "P").to_numpy(dtype=float)
    area = [(start.frame["area"] == name).to_numpy(dtype=float) for name in ("coast", "hill")]
    age = start.frame["age"].to_numpy(dtype=float)
    columns = {
        "~ C(sex) + C(area)": [np.ones(N), sex, *area],
        "~ C(sex) + age": [np.ones(N), sex, age],
        "~ C(sex) : age": [np.ones(N), (1 - sex) * age, sex * age],
    }
    x = np.column_stack(columns[formula])
    names = {"~ C(sex) : age": ["Intercept", "C(sex)[L]:age", "C(sex)[P]:age"]}
    labels = names.get(formula, ["Intercept", "C(sex)[T.P]", *(["age"] if "age" in formula else ["C(area)[T.coast]", "C(area)[T.hill]"])])
    survey = trim_weights(calibrate(start, formula, dict(zip(labels, 1.05 * start.weights.to_numpy() @ x, strict=True))), upper=3.5)
    table = weight_margins(survey)
    assert table["level"].to_list() == labels
    assert table["now"].to_numpy() == pytest.approx(survey.weights.to_numpy() @ x)


def test_a_calibration_whose_columns_changed_has_no_totals_today():
    start = made()
    total = float(start.weights.sum())
    survey = calibrate(start, "~ age", {"Intercept": total, "age": 45 * total})
    survey.frame["age"] = survey.frame["age"] + 1
    assert weight_margins(survey)[["now", "gap"]].isna().all(axis=None)
    del survey.frame["age"]
    assert weight_margins(survey)["now"].isna().all()


def test_a_target_of_0_has_no_gap():
    frame = pd.DataFrame({"age": [-10.0, 0.0, 5.0, 20.0]})
    table = weight_margins(calibrate(Survey(frame), "~ age", {"Intercept": 4.0, "age": 0.0}))
    assert table["gap"].isna().to_list() == [False, True]
    assert table["now"].to_numpy() == pytest.approx([4.0, 0.0], abs=1e-9)


def test_margins_of_stacked_waves_count_the_rows_of_their_wave(waves):
    table = weight_margins(stack_waves(waves))
    assert table["wave"].unique().tolist() == ["2022"]
    pd.testing.assert_frame_equal(table.drop(columns="wave"), weight_margins(waves["2022"]))
    later = weight_margins(poststratify(stack_waves(waves), "wave", {"2020": 500.0, "2022": 500.0}))
    assert later["wave"].isna().to_list() == [False] * 5 + [True] * 2
    assert later["now"].iloc[:2].sum() == pytest.approx(500.0)


def test_without_targets_the_table_is_empty_and_the_history_stays_as_it_was(steps):
    trimmed = trim_weights(Survey(pd.DataFrame({"w": [1.0, 2.0, 9.0]}), design=Design(weight="w")), upper=6.0)
    assert list(weight_margins(trimmed).columns) == ["number", "step", *MARGINS]
    assert len(weight_margins(trimmed)) == 0
    assert trimmed.design.history[-1]["steps"] == 1
    targets = steps[-1].design.history[-1]["targets"]
    table = weight_margins(steps[-1])
    table["target"] = 0.0
    assert list(targets.columns) == ["margin", "level", "before", "target", "after"]
    assert (targets["target"] != 0).all()


def test_what_is_no_survey_and_margins_of_a_domain_are_refused(steps):
    for verb in (weight_diagnostics, weight_margins):
        with pytest.raises(DataError, match="the first argument is DataFrame, not a Survey"):
            verb(steps[0].frame)
    with pytest.raises(
        DataError, match=r"targets are those of the whole sample, but this survey is the domain of \d+ of 240 rows; call weight_margins"
    ):
        weight_margins(steps[-1].where("age < 40"))


def test_response_cells_say_whom_respondents_stand_for():
    frame = pd.DataFrame({"a": list("xxyyzz"), "b": [1.0, 2, 1, 2, 1, 2], "r": [1, 0, 1, 1, 0, 1]})
    table = weight_margins(adjust_nonresponse(Survey(frame), "r", cells=["a", "b"], min_respondents=2))
    assert table["margin"].unique().tolist() == ["a x b"]
    assert table["level"].to_list() == ["x x 1 + x x 2 + y x 1", "y x 2 + z x 1 + z x 2"]
    assert table[["before", "target", "after", "now"]].to_numpy().tolist() == [[2.0, 3.0, 3.0, 3.0], [2.0, 3.0, 3.0, 3.0]]
