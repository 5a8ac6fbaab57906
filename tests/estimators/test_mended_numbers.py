"""Wrong numbers that a review found, each with what it was before."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest

import kepuasan as kp
from kepuasan.codebook import Codebook, Item
from kepuasan.errors import DataError, DataWarning
from kepuasan.numerics import variance


def rows(n: int = 90, seed: int = 3) -> pd.DataFrame:
    stream = np.random.default_rng(seed)
    return pd.DataFrame({"x": np.ones(n), "w": stream.uniform(0.1, 9, n), "psu": np.arange(n) // 5}).assign(
        x=lambda f: f["x"].mask(stream.random(n) < 0.3)
    )


@pytest.mark.parametrize("method", ["logit", "wilson", "beta"])
def test_a_share_of_1_among_those_who_answered_has_exact_limits(method: str) -> None:
    # the weight of the answers was found by subtraction, p was 1 - 3e-16 and its limits (1, 1)
    frame = pd.concat([rows(), pd.DataFrame({"x": [0.0], "w": [1.0], "psu": [-1]})], ignore_index=True)
    share = kp.proportion(kp.Survey(frame, design=kp.Design(weight="w", psu="psu")).where("psu >= 0"), "x")[{"category": 1}]
    assert share.value[0] == 1.0
    assert share.ci(method=method)[0] == pytest.approx([0.025 ** (1 / share.n[0]), 1.0], rel=1e-12)


def test_a_domain_where_nobody_answered_has_no_mean_however_many_rows_there_are() -> None:
    # beyond one block of rows something was left over of the weights, and the mean was 0 with a standard error of 0
    frame = pd.DataFrame({"w": np.linspace(0.5, 2, 100_000), "g": ["a", "b"] * 50_000, "x": [np.nan, 1.0] * 50_000})
    with pytest.warns(DataWarning, match="1 estimates have no answer"):
        means = kp.mean(kp.Survey(frame, design=kp.Design(weight="w")), "x", by="g")
    assert np.isnan(means.value).tolist() == np.isnan(means.se).tolist() == [True, False]
    assert means.n.tolist() == [0, 50_000]
    assert means.value[1] == 1.0


def test_a_huge_weight_without_an_answer_moves_nothing() -> None:
    # 4.25 where the mean is 3.4
    frame = pd.DataFrame({"w": [1e16, 1, 2, 3, 4], "x": [np.nan, 1, 2, 3, 5]})
    assert kp.mean(kp.Survey(frame, design=kp.Design(weight="w")), "x").value[0] == pytest.approx(3.4, rel=1e-15)


def test_a_query_does_not_take_missing_codes_for_answers() -> None:
    # n was 4 with the codes 9 and 99
    book = Codebook({"sat": Item("sat", missing={9: "Menolak", 99: "Tidak tahu"}), "age": Item("age")})
    survey = kp.Survey(pd.DataFrame({"sat": [1, 3, 4, 9, 99], "age": [20, 30, 40, 50, 60]}), book)
    assert kp.mean(survey.where("sat >= 3"), "age").n[0] == 2
    assert kp.mean(survey.where(survey.column("sat") >= 3), "age").n[0] == 2


@pytest.mark.parametrize("size", [1e6, 1e9])
def test_numbers_far_from_0_keep_their_standard_errors(size: float) -> None:
    # at 1e9 the standard error was off by 8e-8
    stream = np.random.default_rng(5)
    near = pd.DataFrame(
        {"x": stream.integers(-3, 4, 400).astype(float), "h": np.arange(400) // 40, "u": np.arange(400) // 4, "w": stream.uniform(1, 2, 400)}
    )
    design = kp.Design(weight="w", strata="h", psu="u")
    one, far = kp.mean(kp.Survey(near, design=design), "x"), kp.mean(kp.Survey(near.assign(x=near["x"] + size), design=design), "x")
    assert far.se == pytest.approx(one.se, rel=1e-12)
    assert far.deff == pytest.approx(one.deff, rel=1e-9)
    assert far.value - size == pytest.approx(one.value, abs=1e-6)


def test_covariances_of_many_units_keep_their_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    # cross-products less those of means: off by 8e-4 for totals of numbers near 1e6
    stream = np.random.default_rng(7)
    frame = pd.DataFrame({"h": np.arange(1200) // 6, "x": 1e6 + stream.normal(size=1200), "y": 1e6 + stream.normal(size=1200)})
    survey = kp.Survey(frame, design=kp.Design(strata="h"))
    dense = kp.total(survey, ["x", "y"], by="h").vcov
    monkeypatch.setattr(variance, "_DENSE_LIMIT", 0)
    assert kp.total(survey, ["x", "y"], by="h").vcov == pytest.approx(dense, rel=1e-9, abs=1e-9)


def test_long_codes_are_not_merged() -> None:
    # 9007199254740992 and ...993 became one domain, and selections took 15 digits only
    codes = [9007199254740992, 9007199254740993, None, 9007199254740993]
    means = kp.mean(kp.Survey(pl.DataFrame({"id": codes, "x": [1.0, 2.0, 9.0, 4.0]})).where(np.array([True, True, False, True])), "x", by="id")
    assert means.value.tolist() == [1.0, 3.0]
    assert means[{"id": 9007199254740993}].value.tolist() == [3.0]
    assert means.contrast({"id": 9007199254740993}, {"id": 9007199254740992}).value.tolist() == [2.0]


def test_an_infinite_value_outside_the_domain_counts_for_nothing() -> None:
    survey = kp.Survey(pd.DataFrame({"x": [1.0, 2.0, np.inf], "u": [1, 2, 3]}), design=kp.Design(psu="u"))
    assert kp.mean(survey.where("u < 3"), "x").value[0] == 1.5


def test_a_comparison_with_a_missing_value_is_not_true() -> None:
    frame = pd.DataFrame({"x": pd.array([1, None, 3], dtype="Int64"), "y": [1.0, 2.0, 4.0]})
    assert kp.mean(kp.Survey(frame).where("x > 0"), "y").value[0] == 2.5
    assert kp.mean(kp.Survey(frame).where(frame["x"] > 0), "y").value[0] == 2.5


def test_a_domain_without_a_denominator_does_not_stop_the_others() -> None:
    frame = pd.DataFrame({"y": [1.0, 2.0, 3.0, 4.0], "x": [0.0, 0.0, 2.0, 1.0], "g": ["a", "a", "b", "b"]})
    with pytest.warns(DataWarning, match="1 ratios have a denominator of 0"):
        ratios = kp.ratio(kp.Survey(frame), "y", "x", by="g")
    assert np.isnan(ratios.value[0])
    assert ratios.value[1] == pytest.approx(7 / 3)


def test_numbers_and_texts_as_categories_are_listed_and_not_compared() -> None:
    # a bare TypeError of sorting
    book = Codebook({"q": Item("q", values={1: "Ya", 2: "Tidak"})})
    shares = kp.proportion(kp.Survey(pd.DataFrame({"q": ["1", "2", "1"]}), book), "q")
    assert shares.value.sum() == pytest.approx(1.0)


def test_a_domain_within_one_psu_has_no_effective_size() -> None:
    # se 1e-15 and n_eff 1e32, which broke the tables of a report
    frame = pd.DataFrame({"y": [1.0, 2.0, 4.0, 3.0, 1.0, 2.0], "u": [1, 1, 1, 2, 2, 2], "w": [0.3, 0.7, 1.1, 1.0, 2.0, 3.0]})
    table = kp.mean(kp.Survey(frame, design=kp.Design(weight="w", psu="u")), "y", by="u").to_frame()
    assert table["df"].tolist() == [0, 0]
    assert (table["deff"] == 0).all()
    assert table["n_eff"].isna().all()


def test_a_survey_is_asked_for_where_a_frame_is_given() -> None:
    with pytest.raises(DataError, match="the first argument is DataFrame, not a Survey"):
        kp.mean(pd.DataFrame({"y": [1]}), "y")
