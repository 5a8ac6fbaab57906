"""Estimates in the classes of a standard, and how likely another class is."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import kepuasan as kp
from kepuasan.errors import ChoiceError, ClassWarning, DataError
from kepuasan.standards.catalogue import STANDARDS
from kepuasan.standards.lookup import classify, find_standard, list_standards
from kepuasan.standards.rated import Rating

NEW, OLD, OMBUDSMAN = STANDARDS["14/2017"], STANDARDS["16/2014"], STANDARDS["ombudsman 2022"]


def estimates(**rows):
    """Means of named groups of values, which are the IKM of each person."""
    frame = pd.DataFrame([(unit, value) for unit, values in rows.items() for value in values], columns=["unit", "ikm_of_person"])
    return kp.mean(kp.Survey(frame.astype({"ikm_of_person": float})), "ikm_of_person", by="unit")


@pytest.fixture
def three():
    generator = np.random.default_rng(3)
    return estimates(a=generator.normal(90, 4, 30).clip(25, 100), b=generator.normal(76.5, 4, 30), c=generator.normal(70, 4, 30))


# ---------------------------------------------------------------- tables


def test_a_table_has_the_key_the_class_and_the_estimates(three):
    table = Rating.of(three, NEW).to_frame()
    assert list(table.columns)[:9] == ["item", "unit", "rounded", "mutu", "kinerja", "rule", "p_other", "mutu_other", "estimate"]
    assert table["estimate"].tolist() == three.value.tolist()
    assert table["mutu"].tolist() == classify(three.value, NEW)["mutu"].tolist()
    assert table["rule"].tolist() == ["14/2017"] * 3
    assert Rating.of(three, NEW).to_frame(0.9, language="en")[["level", "kinerja"]].iloc[0].tolist() == [0.9, "Very good"]


def test_the_probability_of_another_class_is_what_its_own_leaves(three):
    rating = Rating.of(three, NEW)
    table, chances = rating.to_frame(), rating.probabilities()
    assert list(chances.columns) == ["item", "unit", "D", "C", "B", "A"]
    own = [chances.loc[row, code] for row, code in enumerate(table["mutu"])]
    assert chances[list("DCBA")].sum(axis=1).tolist() == pytest.approx([1, 1, 1])
    assert table["p_other"].tolist() == pytest.approx([1 - chance for chance in own])
    below = stats.t.cdf((76.605 - three.value[1]) / three.se[1], three.df[1])
    assert chances.loc[1, ["D", "C"]].sum() == pytest.approx(below)


def test_the_likeliest_other_class_is_named(three):
    table = Rating.of(three, NEW).to_frame()
    chances = Rating.of(three, NEW).probabilities().set_index("unit")[list("DCBA")]
    for unit, code, other in table[["unit", "mutu", "mutu_other"]].itertuples(index=False):
        assert other == chances.loc[unit].drop(code).idxmax()


def test_rules_may_differ_by_row(three):
    mixed = Rating.of(three, [NEW, OLD, OMBUDSMAN])
    table, chances = mixed.to_frame(), mixed.probabilities()
    for row, rule in enumerate([NEW, OLD, OMBUDSMAN]):
        alone = Rating.of(three, rule)
        assert table.loc[row, ["rounded", "mutu", "kinerja", "rule", "p_other"]].tolist() == (
            alone.to_frame().loc[row, ["rounded", "mutu", "kinerja", "rule", "p_other"]].tolist()
        )
        codes = [grade.code for grade in rule.require_classes().all]
        assert chances.loc[row, codes].tolist() == alone.probabilities().loc[row, codes].tolist()
    assert list(chances.columns[2:]) == ["D", "C", "B", "A", "E"]
    assert chances["E"].isna().tolist() == [True, True, False]
    assert "14/2017, 16/2014, ombudsman 2022" in repr(mixed)
    assert "<table" in mixed._repr_html_()


def test_a_complete_count_has_a_certain_class():
    frame = pd.DataFrame({"x": [76.0, 77.0, 76.8], "N": 3})
    rating = Rating.of(kp.mean(kp.Survey(frame, design=kp.Design(fpc="N")), "x"), NEW, np.array([True]))
    assert rating.to_frame()[["mutu", "p_other"]].to_numpy().tolist() == [["C", 0.0]]
    assert rating.to_frame()["mutu_other"].isna().all()
    assert rating.probabilities()[list("DCBA")].to_numpy().tolist() == [[0, 1, 0, 0]]
    assert len(rating.crossings()) == 0


def test_a_missing_estimate_has_neither_class_nor_probability(three):
    lacking = replace(three, value=np.array([three.value[0], np.nan, three.value[2]]))
    table = Rating.of(lacking, NEW).to_frame()
    assert table.loc[1, ["rounded", "mutu", "kinerja", "p_other", "mutu_other"]].isna().all()
    assert table["mutu"].notna().tolist() == [True, False, True]
    assert Rating.of(lacking, NEW).probabilities().loc[1, list("DCBA")].isna().all()
    assert len(Rating.of(lacking, NEW).crossings()) == 0


def test_estimates_on_another_scale_are_refused():
    with pytest.raises(DataError, match="lies outside the possible range 25.00 to 100.00; check the scale"):
        Rating.of(estimates(a=[3.2, 3.4]), NEW).to_frame()
    with pytest.raises(DataError, match="has no classes"):
        Rating.of(estimates(a=[50, 60]), STANDARDS["nps"]).to_frame()


# ---------------------------------------------------------------- bounds


def test_an_interval_that_crosses_a_bound_is_warned_of_with_its_classes(three):
    rating = Rating.of(three, NEW)
    crossed = rating.crossings()
    assert crossed["unit"].tolist() == ["b"]
    assert crossed[["mutu_low", "mutu_high"]].to_numpy().tolist() == [["C", "B"]]
    with pytest.warns(ClassWarning, match=r"1 of 3 intervals cross a bound .*; the first: .* \(unit b\) is class .*from class C to B.*'p_other'"):
        rating.warn_of_bounds(stacklevel=1)


def test_an_interval_within_one_class_is_silent():
    rating = Rating.of(estimates(a=[80, 81, 82, 83] * 10), NEW)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rating.warn_of_bounds(stacklevel=1)
    assert len(rating.crossings()) == 0


def test_limits_beyond_the_range_end_in_its_last_class():
    crossed = Rating.of(estimates(a=[60, 100]), NEW).crossings()
    assert crossed[["mutu_low", "mutu_high"]].to_numpy().tolist() == [["D", "A"]]


def test_a_narrower_interval_crosses_less(three):
    assert len(Rating.of(three, NEW).crossings(0.01)) == 0
    assert len(Rating.of(three, NEW).crossings(0.9999999)) == 3


# ---------------------------------------------------------------- values


def test_a_value_is_classed_by_the_rule_of_its_year():
    # 76.49 was "Baik" in 2016; the bounds of 14/2017 make it "Kurang Baik"
    assert classify(76.49, "16/2014")["kinerja"].tolist() == ["Baik"]
    assert classify(76.49, "14/2017")["kinerja"].tolist() == ["Kurang Baik"]


@pytest.mark.parametrize("values", [[80.0, 90.0], (80, 90), np.array([80, 90]), {"x": 80, "y": 90}, pd.Series([80, 90], index=["x", "y"])])
def test_values_come_in_any_shape(values):
    table = classify(values, "14/2017", language="en")
    assert table[["rounded", "mutu", "kinerja"]].to_numpy().tolist() == [[80, "B", "Good"], [90, "A", "Very good"]]
    assert list(table.index) == (["x", "y"] if hasattr(values, "keys") else [0, 1])


def test_values_are_classed_by_classes_of_ones_own():
    assert classify([49.94, 49.95], kp.standards.Classes({"poor": (0, 49.9), "good": (50, 100)}, decimals=1))["mutu"].tolist() == ["poor", "good"]


def test_a_missing_value_stays_without_a_class():
    assert classify([np.nan, 80], "14/2017")["mutu"].isna().tolist() == [True, False]


def test_values_outside_the_range_and_unknown_languages_are_refused():
    with pytest.raises(DataError, match="3.2 lies outside the possible range"):
        classify([80, 3.2], "14/2017")
    with pytest.raises(ChoiceError, match="language is 'jv'"):
        classify([80], "14/2017", language="jv")


# ---------------------------------------------------------------- names


def test_a_standard_is_found_by_its_name_and_family():
    assert find_standard("14/2017") is NEW
    assert find_standard(NEW, "skm") is NEW
    assert find_standard("29/2022", "ipp") is STANDARDS["ipp 29/2022"]
    assert find_standard("ipp 29/2022") is STANDARDS["ipp 29/2022"]


@pytest.mark.parametrize(
    ("name", "family", "message"),
    [
        ("14/2018", None, "there is no standard '14/2018'; did you mean '14/2017'"),
        ("csi", "skm", "there is no standard 'csi'.*the standards are '14/2017', '16/2014', '25/2004'"),
        (STANDARDS["csi"], "skm", "'csi' is a standard of family 'csi', not 'skm'"),
        (14, None, "there is no standard 14"),
        (None, "skm", "there is no standard None"),
        (["14/2017"], None, "there is no standard"),
    ],
)
def test_an_unknown_standard_is_refused_with_the_list(name, family, message):
    with pytest.raises(DataError, match=message):
        find_standard(name, family)


def test_the_list_of_standards_has_all_of_them_with_their_standing():
    table = list_standards()
    assert table["name"].tolist() == list(STANDARDS)
    assert set(table["standing"]) == {"seen", "unverified"}
    assert table.loc[table["standing"] == "unverified", "unverified"].str.len().gt(0).all()
    assert table.set_index("name").loc["14/2017", ["items", "low", "high", "since"]].tolist() == [9, 1, 4, 2017]
