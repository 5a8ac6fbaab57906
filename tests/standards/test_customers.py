"""Indices of customers, against a published table and numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kepuasan as kp
from kepuasan.errors import ChoiceError, DataError, ScaleError
from kepuasan.standards.customers import acsi, csi, importance_performance, plot_importance_performance

NAN = float("nan")
#: attribute: mean importance, weight in percent, mean satisfaction, weighted score in percent; n = 79, importance sums to 98.0157.
#: A thesis of Universitas Sumatera Utara, table 5.14, its first eight rows; satisfaction on 1 to 5
PUBLISHED = {
    1: (3.865, 3.9433, 3.977, 15.6823),
    2: (3.9201, 3.9995, 4.2449, 16.9774),
    3: (4.0118, 4.093, 4.0327, 16.5057),
    4: (3.9516, 4.0316, 4.1732, 16.8244),
    5: (3.9472, 4.0271, 3.9929, 16.0798),
    6: (4.0694, 4.1518, 4.0989, 17.0178),
    7: (3.939, 4.0187, 3.5631, 14.3191),
    8: (3.7432, 3.819, 4.0312, 15.3953),
}
IMPORTANCE = {"speed": 4.5, "updates": 4.0, "ease": 3.5}
SATISFACTION = {"speed": 4.2, "updates": 3.8, "ease": 4.0}


def test_a_published_table_is_computed_again():
    importance = {name: row[0] for name, row in PUBLISHED.items()}
    importance["rest"] = 98.0157 - sum(importance.values())
    satisfaction = {**{name: row[2] for name, row in PUBLISHED.items()}, "rest": 4.0}
    table = csi(importance, satisfaction, scale_max=5).set_index("item")
    assert table.loc[list(PUBLISHED), "wf"].tolist() == pytest.approx([row[1] / 100 for row in PUBLISHED.values()], abs=2e-6)
    assert table.loc[list(PUBLISHED), "ws"].tolist() == pytest.approx([row[3] / 100 for row in PUBLISHED.values()], abs=1e-5)


def test_each_step_is_in_the_table():
    table = csi(IMPORTANCE, SATISFACTION, scale_max=5)
    assert list(table.columns) == ["item", "mis", "wf", "mss", "ws", "csi", "mutu", "kinerja"]
    assert table["item"].tolist() == list(IMPORTANCE)
    assert table["wf"].tolist() == pytest.approx([0.375, 1 / 3, 7 / 24], rel=1e-14)
    assert table["ws"].tolist() == pytest.approx([1.575, 1.2666666666666666, 1.1666666666666667], rel=1e-14)
    assert table["csi"].tolist() == pytest.approx([80.16666666666666] * 3, rel=1e-14)
    assert set(table["mutu"]) == {"4"}
    assert set(table["kinerja"]) == {"Puas"}


@pytest.mark.parametrize("factor", [1, 100 / 12, 1 / 12])
def test_importance_may_be_means_percent_or_shares(factor):
    scaled = {item: factor * value for item, value in IMPORTANCE.items()}
    assert csi(scaled, SATISFACTION, scale_max=5)["csi"][0] == pytest.approx(80.16666666666666, rel=1e-13)


@pytest.mark.parametrize(
    ("mean", "seen", "fifth"), [(1.7, "1", "2"), (1.724, "1", "2"), (1.725, "2", "2"), (3.25, "3", "4"), (4.02, "4", "4"), (4.025, "5", "5")]
)
def test_its_class_is_that_of_the_percent_rounded_half_up(mean, seen, fifth):
    assert csi({"a": 1}, {"a": mean}, scale_max=5)["mutu"].tolist() == [seen]
    assert csi({"a": 1}, {"a": mean}, scale_max=5, classes="csi-quintiles")["mutu"].tolist() == [fifth]


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 5)), min_size=1, max_size=12).filter(lambda rows: sum(row[0] for row in rows) > 1e-3))
def test_it_lies_between_its_items_and_never_passes_a_hundred(rows):
    table = csi(pd.Series([row[0] for row in rows]), pd.Series([row[1] for row in rows]), scale_max=5)
    assert table["wf"].sum() == pytest.approx(1)
    assert 20 * min(row[1] for row in rows) - 1e-9 <= table["csi"][0] <= 20 * max(row[1] for row in rows) + 1e-9
    assert table["csi"][0] <= 100 + 1e-9


def test_order_of_the_items_is_that_of_importance_and_changes_nothing():
    table = csi(IMPORTANCE, dict(reversed(SATISFACTION.items())), scale_max=5)
    assert table.equals(csi(IMPORTANCE, SATISFACTION, scale_max=5))


def test_from_microdata_it_is_the_satisfaction_index_with_stated_importance():
    generator = np.random.default_rng(11)
    frame = pd.DataFrame(generator.integers(1, 6, (80, 6)), columns=[*"abc", "ia", "ib", "ic"]).assign(w=generator.uniform(1, 4, 80))
    survey = kp.Survey(frame, design=kp.Design(weight="w"))
    spec = kp.IndexSpec([*"abc"], weights={"a": "ia", "b": "ib", "c": "ic"}, scoring="share-of-max", scale=(1, 5))
    found = kp.satisfaction_index(survey, spec).score
    means = dict(zip([*"abc", "ia", "ib", "ic"], kp.mean(survey, [*"abc", "ia", "ib", "ic"]).value, strict=True))
    table = csi({item: means[f"i{item}"] for item in "abc"}, {item: means[item] for item in "abc"}, scale_max=5)
    assert found.value[0] == pytest.approx(table["csi"][0], rel=1e-13)
    assert found.se[0] > 0


@pytest.mark.parametrize(
    ("importance", "satisfaction", "message"),
    [
        ({}, {}, "importance is empty"),
        ([4, 5], SATISFACTION, "importance is list; give a mapping or Series"),
        (IMPORTANCE, {"speed": 4.2, "updates": 3.8}, "'ease' in one of importance and satisfaction only"),
        (IMPORTANCE, {**SATISFACTION, "eas": 3}, "'eas' in one of .*; did you mean 'ease'"),
        (pd.Series([4, 5], index=["a", "a"]), {"a": 3}, "importance names 'a' twice"),
        (IMPORTANCE, {**SATISFACTION, "ease": NAN}, "the satisfaction of 'ease' is nan; give a finite number"),
        ({**IMPORTANCE, "ease": None}, SATISFACTION, "the importance of 'ease' is None"),
        ({**IMPORTANCE, "ease": "3,5"}, SATISFACTION, "the importance of 'ease' is '3,5'"),
        ({**IMPORTANCE, "ease": True}, SATISFACTION, "the importance of 'ease' is True"),
        ({**IMPORTANCE, "ease": -1}, SATISFACTION, "the importance of 'ease' is negative"),
        (IMPORTANCE, {**SATISFACTION, "ease": -0.1}, "the satisfaction of 'ease' is negative"),
        (dict.fromkeys(IMPORTANCE, 0), SATISFACTION, "the importance of every item is 0"),
    ],
)
def test_what_makes_no_index_is_refused(importance, satisfaction, message):
    with pytest.raises(DataError, match=message):
        csi(importance, satisfaction, scale_max=5)


@pytest.mark.parametrize("factor", [20, 100 / 12])
def test_percent_taken_for_means_is_refused_as_the_error_behind_a_published_153_percent(factor):
    percent = {item: factor * value for item, value in SATISFACTION.items()}
    with pytest.raises(DataError, match=r"above the top of the scale, 5, so that the index could pass 100 %.*neither percent.*153 %.*scale_max"):
        csi(IMPORTANCE, percent, scale_max=5)


@pytest.mark.parametrize("wrong", [0, -5, NAN, float("inf"), "5", True, None, (1, 5)])
def test_a_top_of_the_scale_that_is_none_is_refused(wrong):
    with pytest.raises(DataError, match="scale_max is .*; give the top of the scale"):
        csi(IMPORTANCE, SATISFACTION, scale_max=wrong)


def test_unknown_choices_are_refused():
    with pytest.raises(DataError, match="no standard 'quintiles'; did you mean 'csi-quintiles'"):
        csi(IMPORTANCE, SATISFACTION, scale_max=5, classes="quintiles")
    with pytest.raises(ChoiceError, match="language is 'jv'"):
        csi(IMPORTANCE, SATISFACTION, scale_max=5, language="jv")


# ---------------------------------------------------------------- the American index

THREE = ["overall", "expected", "ideal"]
ROWS = pd.DataFrame({"overall": [10, 8, 9, 7], "expected": [9, 8, 8, 6], "ideal": [8, 7, 9, 5], "office": list("xxyy")})


@pytest.mark.parametrize("weights", ["equal", {"overall": 0.38, "expected": 0.36, "ideal": 0.26}])
def test_the_american_index_is_its_formula(weights):
    w = np.ones(3) if weights == "equal" else np.array(list(weights.values()))
    x = ROWS[THREE].mean().to_numpy()
    found = acsi(kp.Survey(ROWS), THREE, weights=weights)
    assert found.value[0] == pytest.approx(100 * ((w * x).sum() - w.sum()) / (9 * w.sum()), rel=1e-13)
    each = 100 * (ROWS[THREE].to_numpy() @ w - w.sum()) / (9 * w.sum())
    assert found.se[0] == pytest.approx(each.std(ddof=1) / 2, rel=1e-12)
    assert found.key.to_dict("list") == {"item": ["acsi"]}


def test_the_american_index_runs_from_0_to_100_by_domain():
    rows = pd.DataFrame({item: [1, 1, 10, 10] for item in THREE}).assign(office=list("xxyy"))
    assert acsi(kp.Survey(rows), THREE, by="office").value.tolist() == pytest.approx([0.0, 100.0], abs=1e-12)


def test_what_is_not_the_american_index_is_refused(tmp_path):
    survey = kp.Survey(ROWS)
    with pytest.raises(DataError, match="items names 2; the index has three"):
        acsi(survey, THREE[:2])
    with pytest.raises(DataError, match="'idea' is not a column.*did you mean 'ideal'"):
        acsi(survey, ["overall", "expected", "idea"])
    with pytest.raises(DataError, match="weights leave out 'ideal'"):
        acsi(survey, THREE, weights={"overall": 1, "expected": 1})
    with pytest.raises(DataError, match="the weight of 'overall', .* is 'ideal', .*; give a finite number"):
        acsi(survey, THREE, weights=dict.fromkeys(THREE, "ideal"))
    with pytest.raises(DataError, match="weights is list; give a mapping"):
        acsi(survey, THREE, weights=[1, 1, 1])
    with pytest.raises(DataError, match="weights are"):
        acsi(survey, THREE, weights={"overall": 1, "expected": -1, "ideal": 1})
    with pytest.raises(ScaleError, match=r"'overall': 11 in 1 rows \(2\)"):
        acsi(kp.Survey(ROWS.assign(overall=[10, 9, 11, 8])), THREE)
    with pytest.raises(ScaleError, match="'ideal' is yes or no"):
        acsi(kp.Survey(ROWS.assign(ideal=True)), THREE)
    book = tmp_path / "book.toml"
    book.write_text('[scales.s]\nlow = 1\nhigh = 5\n[items.ideal]\nscale = "s"\n', encoding="utf-8")
    with pytest.raises(ScaleError, match=r"'ideal' \(1 to 5\): declared on another scale than 1 to 10"):
        acsi(kp.Survey(ROWS.assign(ideal=3), kp.Codebook.read(book)), THREE)


# ---------------------------------------------------------------- importance against performance


def test_quadrants_have_their_indonesian_names():
    importance, performance = {"a": 5, "b": 5, "c": 1, "d": 1}, {"a": 1, "b": 5, "c": 1, "d": 5}
    table = importance_performance(importance, performance)
    assert table["quadrant"].tolist() == ["concentrate", "keep", "low", "overkill"]
    assert table["label"].tolist() == ["I Prioritas utama", "II Pertahankan prestasi", "III Prioritas rendah", "IV Berlebihan"]
    assert not table["on_axis"].any()
    assert importance_performance(importance, performance, language="en")["label"].tolist()[0] == "I Concentrate here"


def test_a_point_on_an_axis_belongs_to_the_higher_side():
    table = importance_performance({"a": 1, "b": 2, "c": 3}, {"a": 3, "b": 2, "c": 1}).set_index("item")
    assert table.loc["b", ["quadrant", "on_axis"]].tolist() == ["keep", True]
    assert table["on_axis"].sum() == 1
    assert importance_performance({"a": 4.0}, {"a": 3.0})[["quadrant", "on_axis"]].to_numpy().tolist() == [["keep", True]]


def test_rounding_of_floats_moves_no_point_off_its_axis():
    thirds = {"a": 0.1, "b": 0.2, "c": 0.3}
    table = importance_performance(thirds, {"a": 0.3, "b": 0.2, "c": 0.1}).set_index("item")
    assert table.loc["b", ["quadrant", "on_axis"]].tolist() == ["keep", True]
    same = importance_performance(dict.fromkeys("abc", 0.7), dict.fromkeys("abc", 0.1))
    assert same["on_axis"].all()


@given(st.lists(st.tuples(st.floats(1, 5), st.floats(1, 5)), min_size=1, max_size=9), st.floats(0.1, 30))
def test_quadrants_do_not_depend_on_the_scale(rows, factor):
    one = importance_performance(pd.Series([row[0] for row in rows]), pd.Series([row[1] for row in rows]))
    other = importance_performance(pd.Series([factor * row[0] for row in rows]), pd.Series([row[1] for row in rows]))
    far = (one["importance"] - one["importance"].mean()).abs() > 1e-6
    assert (one["quadrant"] == other["quadrant"])[far].all()


def test_the_map_has_the_same_quadrants_and_no_unit_of_variance():
    axes = plot_importance_performance({"a": 1, "b": 2, "c": 3}, {"a": 3, "b": 2, "c": 1}, labels={"b": "Biaya"}, title="Peta")
    assert axes.get_ylabel() == "Kepentingan"
    assert "Biaya: kinerja 2,00, kepentingan 2,00, kuadran Pertahankan prestasi" in axes.get_label()
    assert "rata-rata butir" in axes.get_label()
    assert plot_importance_performance({"a": 1, "b": 3}, {"a": 3, "b": 1}, language="en").get_ylabel() == "Importance"


def test_bad_maps_are_refused():
    with pytest.raises(DataError, match="'b' in one of importance and satisfaction only"):
        importance_performance({"a": 1, "b": 2}, {"a": 1})
    with pytest.raises(ChoiceError, match="language is 'jv'"):
        importance_performance({"a": 1}, {"a": 1}, language="jv")
