"""What a quantile and its interval are, whatever the data; and what is refused or warned of."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepuasan import Design, Estimates, Survey, add_replicates, poststratify, stack_waves
from kepuasan.errors import DataError, DataWarning, SinglePSUError
from kepuasan.estimators.proportions import proportion
from kepuasan.estimators.quantiles import quantile

fast = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 10_000)
CLUSTERS = Design("w", "stratum", "psu")


def rows_of(seed: int, n: int = 240) -> pd.DataFrame:
    """Four strata of five PSUs, a continuous item that shares a PSU effect, some answers missing."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"stratum": rng.integers(0, 4, n), "psu": rng.integers(0, 5, n), "w": rng.uniform(0.5, 4.0, n)})
    frame["g"] = rng.choice(list("abc"), n)
    frame["days"] = np.round(rng.gamma(2.0, 5.0, n) + rng.normal(0, 1, 20)[frame["stratum"] * 5 + frame["psu"]] + 10, 6)
    frame["hours"] = np.where(rng.random(n) < 0.1, np.nan, rng.normal(50, 9, n))
    return frame


@pytest.fixture(scope="module")
def survey() -> Survey:
    return Survey(rows_of(3), design=CLUSTERS)


def check_same(left: Estimates, right: Estimates) -> None:
    np.testing.assert_allclose(left.value, right.value, rtol=1e-12)
    np.testing.assert_allclose(left.ci(), right.ci(), rtol=1e-12)
    np.testing.assert_allclose(left.vcov, right.vcov, rtol=1e-8, atol=1e-10 * np.abs(left.vcov).max())


def test_the_key_is_item_domain_and_share_in_that_order(survey: Survey) -> None:
    got = quantile(survey, ["days", "hours"], [0.75, 0.5], by="g")
    assert list(got.key.columns) == ["item", "g", "q"]
    assert got.key.head(4).to_numpy().tolist() == [["days", "a", 0.75], ["days", "a", 0.5], ["hours", "a", 0.75], ["hours", "a", 0.5]]
    assert got[{"item": "hours", "g": "b", "q": 0.5}].value == quantile(survey.where("g == 'b'"), "hours", 0.5).value
    assert got.kind == "quantile"


@fast
@given(seeds, st.sampled_from([0.001, 12.0, 5e6]))
def test_neither_the_order_of_rows_nor_the_scale_of_weights_changes_a_quantile(seed: int, times: float) -> None:
    frame = rows_of(seed)
    shuffled = frame.sample(frac=1.0, random_state=seed).assign(w=lambda rows: rows["w"] * times)
    one, other = (quantile(Survey(rows, design=CLUSTERS), ["days", "hours"], [0.3, 0.5], by="g") for rows in (frame, shuffled))
    check_same(one, other)


@fast
@given(seeds)
def test_an_increasing_function_of_the_answers_moves_quantiles_and_limits_with_it(seed: int) -> None:
    frame = rows_of(seed)
    plain, squared = (quantile(Survey(rows, design=CLUSTERS), "days", [0.25, 0.5]) for rows in (frame, frame.assign(days=frame["days"] ** 2)))
    np.testing.assert_allclose(squared.value, plain.value**2, rtol=1e-12)
    np.testing.assert_allclose(squared.ci(0.9), plain.ci(0.9) ** 2, rtol=1e-12)


def test_the_standard_error_is_the_width_at_95_percent_over_twice_the_t_quantile(survey: Survey) -> None:
    got = quantile(survey, "days", [0.25, 0.5, 0.75], by="g")
    width = np.diff(got.ci(0.95)).ravel()
    quantile_of_t = np.repeat([2.1199052992, 2.1314495456, 2.1199052992], 3)  # of 16 and 15 df
    assert got.df.tolist() == [16.0] * 3 + [15.0] * 3 + [16.0] * 3
    np.testing.assert_allclose(got.se * 2 * quantile_of_t, width, rtol=1e-9)
    np.testing.assert_allclose(np.sqrt(np.diag(got.vcov)), got.se, rtol=1e-12)


def test_the_share_up_to_the_quantile_gives_the_interval_and_the_design_effect(survey: Survey) -> None:
    got = quantile(survey, "days", 0.4)
    frame = survey.frame.assign(below=(survey.frame["days"] <= got.value[0]).astype(int))
    share = proportion(Survey(frame, design=CLUSTERS), "below")[{"category": 1}]
    low, high = share.ci(method="t")[0]
    order = np.argsort(frame["days"].to_numpy())
    up_to = np.cumsum(frame["w"].to_numpy()[order]) / frame["w"].sum()
    days = frame["days"].to_numpy()[order]
    assert got.ci()[0].tolist() == [days[np.argmax(up_to >= low)], days[np.argmax(up_to >= high)]]
    np.testing.assert_allclose(got.deff, share.deff, rtol=1e-9)


def test_domains_covary_through_the_psus_they_share(survey: Survey) -> None:
    got = quantile(survey, "days", 0.5, by="g")
    gap = got.contrast({"g": "a"}, {"g": "b"})
    expected = got.vcov[0, 0] + got.vcov[1, 1] - 2 * got.vcov[0, 1]
    np.testing.assert_allclose(gap.se**2, expected, rtol=1e-10)
    assert abs(got.vcov[0, 1]) > 0.01 * got.vcov[0, 0]
    assert gap.kind == "difference"
    np.testing.assert_allclose(gap.ci(), gap.value[:, None] + np.array([-1, 1]) * 2.1199052992 * gap.se, rtol=1e-9)


def test_two_copies_of_a_wave_that_share_psus_differ_by_nothing_without_error() -> None:
    wave = Survey(rows_of(8), design=CLUSTERS)
    both = stack_waves({"2020": wave, "2022": wave}, shared_psu=True)
    gap = quantile(both, "days", 0.5, by="wave").contrast({"wave": "2022"}, {"wave": "2020"})
    assert gap.value[0] == 0
    assert gap.se[0] < 1e-9


def test_selected_rows_keep_their_own_limits(survey: Survey) -> None:
    got = quantile(survey, ["days", "hours"], [0.25, 0.5], by="g")
    chosen = got[{"item": "hours", "q": 0.5}]
    np.testing.assert_array_equal(chosen.ci(0.8), got.ci(0.8)[3::4])
    np.testing.assert_allclose(chosen.se, got.se[3::4], rtol=1e-12)
    table = got.to_frame(level=0.9)
    np.testing.assert_array_equal(table[["ci_low", "ci_high"]].to_numpy(), got.ci(0.9))


def test_rows_without_a_weight_outside_the_domain_or_without_an_answer_do_not_count(survey: Survey) -> None:
    frame = rows_of(3)
    more = pd.concat([frame, frame.head(30).assign(days=1e6, w=0.0), frame.head(9).assign(days=np.nan)], ignore_index=True)
    added = quantile(Survey(more, design=CLUSTERS), "days", [0.5, 0.95])
    plain = quantile(survey, "days", [0.5, 0.95])
    np.testing.assert_array_equal(added.value, plain.value)
    np.testing.assert_array_equal(added.ci(), plain.ci())
    assert added.n.tolist() == [240.0, 240.0]


def test_an_item_with_few_distinct_answers_is_warned_of_by_name_and_count() -> None:
    frame = rows_of(5).assign(speed=lambda rows: rows["days"].round() % 5 + 1)
    with pytest.warns(DataWarning, match=r"no useful standard error; use mean or proportion \(distinct answers of 'speed: 5'\)") as seen:
        quantile(Survey(frame, design=CLUSTERS), ["speed", "days"], 0.5)
    assert [one.filename for one in seen] == [__file__]


def test_an_interval_without_width_is_warned_of_with_its_key() -> None:
    frame = rows_of(5).assign(days=lambda rows: rows["days"].clip(upper=25.0))
    with pytest.warns(DataWarning, match=r"1 quantiles have an interval without width.*'days 0.99'"):
        got = quantile(Survey(frame, design=CLUSTERS), "days", [0.5, 0.99])
    assert got.value[1] == 25.0
    assert got.se[0] > 0
    assert got.se[1] == 0


def test_a_limit_beyond_the_answers_is_empty_and_the_error_with_it() -> None:
    frame = pd.DataFrame({"days": np.arange(40.0), "g": ["a"] * 36 + ["b"] * 4})
    with pytest.warns(DataWarning, match=r"1 quantiles lack a limit and a standard error.*'days b 0.75'"):
        got = quantile(Survey(frame), "days", 0.75, by="g")
    assert got.value.tolist() == [26.0, 38.0]
    assert np.isnan(got.se).tolist() == [False, True]
    assert np.isnan(got.ci()[1]).tolist() == [False, True]
    assert np.isfinite(got.vcov[0, 0])


def test_a_domain_nobody_answered_is_empty_and_named() -> None:
    frame = rows_of(4)
    frame.loc[frame["g"] == "b", "hours"] = np.nan
    with pytest.warns(DataWarning, match="1 estimates have no answer and are empty .'b: hours'.") as seen:
        got = quantile(Survey(frame, design=CLUSTERS), "hours", 0.5, by="g")
    assert np.isnan(got.value).tolist() == [False, True, False]
    assert len(seen) == 1
    gap = got.contrast({"g": "a"}, {"g": "c"})
    assert np.isfinite(gap.se).all()


@pytest.mark.parametrize(
    ("q", "message"),
    [
        (0, "q holds 0; give shares between 0 and 1, such as 0.5 for the median"),
        (1.0, "q holds 1.0"),
        (50, "q holds 50"),
        ([0.5, "0.9"], "q holds '0.9'"),
        ([0.5, float("nan")], "q holds nan"),
        ([], "q is empty"),
        ([0.5, 0.5], "q names a share twice: 0.5, 0.5"),
        (True, "q holds True"),
    ],
)
def test_what_is_no_share_is_refused(survey: Survey, q: Any, message: str) -> None:
    with pytest.raises(DataError, match=message):
        quantile(survey, "days", q)


def test_infinite_answers_are_refused_with_their_rows_unless_they_have_no_weight(survey: Survey) -> None:
    frame = rows_of(3)
    frame.loc[[5, 9], "days"] = np.inf
    with pytest.raises(DataError, match=r"'days' is infinite in 2 rows \(5, 9\)"):
        quantile(Survey(frame, design=CLUSTERS), "days", 0.5)
    frame.loc[[5, 9], "w"] = 0.0
    assert quantile(Survey(frame, design=CLUSTERS), "days", 0.5).n.tolist() == [238.0]


def test_a_domain_column_called_q_is_refused(survey: Survey) -> None:
    frame = rows_of(3).rename(columns={"g": "q"})
    with pytest.raises(DataError, match="'q', which is a column of every table"):
        quantile(Survey(frame, design=CLUSTERS), "days", 0.5, by="q")


def test_unknown_columns_text_and_lone_units_are_refused(survey: Survey) -> None:
    with pytest.raises(DataError, match="'dayz' is not a column of the survey; did you mean 'days'?"):
        quantile(survey, "dayz", 0.5)
    with pytest.raises(DataError, match="'g'"):
        quantile(survey, "g", 0.5)
    lone = Survey(rows_of(3).assign(stratum=lambda rows: rows.index), design=CLUSTERS)
    with pytest.raises(SinglePSUError, match="strata with one sampled unit only"):
        quantile(lone, "days", 0.5)


def test_whole_numbers_and_booleans_are_read_as_they_are() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        got = quantile(Survey(pd.DataFrame({"age": np.arange(30), "done": [True, False, True] * 10})), ["age", "done"], 0.5)
    assert got.value.tolist() == [14.0, 1.0]


def test_a_poststratified_quantile_is_credited_and_redone_in_replicates(survey: Survey) -> None:
    totals = survey.frame.groupby("g")["w"].sum().mul([1.1, 0.8, 1.2]).to_dict()
    near = survey.frame.assign(days=survey.frame["days"] + survey.frame["g"].map({"a": 0, "b": 40, "c": 80}))
    plain = Survey(near, design=CLUSTERS)
    after = poststratify(plain, "g", totals)
    redone = add_replicates(after, "jkn")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        errors = [quantile(one, "days", 0.5).se[0] for one in (plain, after, redone)]
    assert errors[1] < 0.7 * errors[0]  # the cell of a row nearly decides its answer, so known cells leave less to chance
    assert errors[2] == pytest.approx(errors[1], rel=0.3)
