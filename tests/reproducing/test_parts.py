"""Counts that should add up to a published total."""

import pandas as pd
import pytest

from kepuasan.errors import DataError
from kepuasan.reproducing import reproduce
from kepuasan.reproducing.checks import digit_apart

#: complaints of January to mid-June 2018 as published, total 57,171
COMPLAINTS = {"selesai": 15061, "proses": 3189, "belum": 7542, "pending": 1158, "disposisi": 4876, "dihapus": 24345}


def test_parts_that_do_not_add_up_are_found_with_what_would_explain_it():
    found = reproduce(COMPLAINTS, 57171)
    assert found.kind == "parts"
    assert not found.reproduced
    assert found.dimensions == ()
    assert found.findings.loc[0, ["printed", "found", "difference"]].tolist() == [57171.0, 56171.0, 1000.0]
    assert "one digit would explain it: of the total, for 56,171" in found.findings["message"][0]
    assert reproduce(COMPLAINTS, 56171).reproduced
    assert reproduce(COMPLAINTS, "56.171", kind="parts").reproduced


@pytest.mark.parametrize(
    ("total", "cause"),
    [
        (28996, "'b' left out of the total"),
        (36992, "'b' counted twice"),
        (32222, "no single part explains it"),
        (32999, "one digit would explain it: of the total, for 32,994, or of 'c', for 1,005"),
    ],
)
def test_the_single_part_that_explains_a_difference_is_named(total, cause):
    parts = {"a": 27996, "b": 3998, "c": 1000}
    assert cause in reproduce(parts, total, kind="parts").findings["message"][0]


def test_no_part_is_said_to_be_negative():
    # "one digit of 'a', for -2": 12 and -2 are both two characters
    assert not digit_apart(12, -2)
    assert reproduce({"a": 12, "b": 100}, 98, kind="parts").findings["message"][0].endswith("14 less; no single part explains it")


def test_parts_in_percent_may_miss_a_hundred_by_their_rounding():
    found = reproduce({"a": "33,3", "b": "33,3", "c": "33,3"}, "100,0", kind="parts")
    assert found.conventions["verdict"].tolist() == ["within rounding"]
    assert found.findings.empty


@pytest.mark.parametrize(
    ("parts", "total", "verdict"),
    [
        ({"a": "10,3", "b": "10,2"}, "21", "reproduces"),  # 20.5 was rounded to 20
        ({"a": "10,15", "b": "20,10"}, "30,3", "reproduces"),  # 30.25 was 30.2
        ({"a": "10,35", "b": "20,10"}, "30,5", "reproduces"),
        ({"a": "33,3", "b": "33,3", "c": "33,3"}, "100,1", "misses"),  # less than 100.05, which is printed 100.0
        ({"a": "33,3", "b": "33,3", "c": "33,3"}, "99,8", "within rounding"),
        ({"a": "33,3", "b": "33,3", "c": "33,3"}, "99,6", "misses"),
        ({"a": 33, "b": 33, "c": 33}, "100", "misses"),
    ],
)
def test_totals_of_rounded_parts_are_rounded_half_up(parts, total, verdict):
    assert reproduce(parts, total, kind="parts").conventions["verdict"].tolist() == [verdict]


@pytest.mark.parametrize(
    ("parts", "total", "value"),
    [
        ({"a": "15.061", "b": "3.189"}, "18.250", 18250),  # was the mean of 15.061 and 3.189, and 18.250
        ({"a": "15,061", "b": "3,189"}, "18,250", 18250),
        ({"a": 15061, "b": "3.189"}, "18.250", 18250),
        ({"a": 15061, "b": 3189}, 18250, 18250),
        ({"a": 15061, "b": 3189}, 15000, 18250),  # below the largest part: was refused as means off the scale
        ({"a": 15061}, 15061, 15061),
        ({"a": "3.846", "b": "3.769"}, "7.615", 7615),
    ],
)
def test_counts_are_told_from_means(parts, total, value):
    found = reproduce(parts, total)
    assert (found.kind, found.conventions["value"].tolist()) == ("parts", [value])
    assert pd.Series(parts, dtype=object).pipe(reproduce, total).kind == "parts"


@pytest.mark.parametrize(
    ("means", "value"),
    [
        ({"u1": "3.846", "u2": "3.769"}, "95.19"),
        ({"u1": "3.846", "u2": "3.769"}, "95.188"),
        ({"u1": 3, "u2": 4}, 88),
        ({"a": 80.5, "b": 90}, 85),
        ({"a": 80, "b": 90}, "85,0"),
    ],
)
def test_means_are_told_from_counts(means, value):
    assert reproduce(means, value).kind == "means"


@pytest.mark.parametrize(("source", "value"), [({"a": 80, "b": 90}, 85), ({"a": 20}, 20), ({"a": 0, "b": 20}, "20")])
def test_what_may_be_scores_or_counts_must_be_said(source, value):
    with pytest.raises(DataError, match='kind="means" or kind="parts"'):
        reproduce(source, value)
    assert {reproduce(source, value, kind=kind).kind for kind in ("means", "parts")} == {"means", "parts"}


@pytest.mark.parametrize(
    ("parts", "total", "value"),
    [
        ({"a": 26.344, "b": 5.578, "c": 68.078}, 100, 100.0),
        ({"a": "26,344", "b": "5,58", "c": "68,078"}, "100,002", 100.002),  # "5,58" tells that the comma is the decimal sign
        ({"a": "26.344", "b": "5.578", "c": "1.068,5"}, "32.990,5", 32990.5),
        ({"a": "26.344", "b": "5.578"}, "31.922", 31922.0),
        ({"a": "0.500", "b": "0.500"}, "1.000", 1.0),
    ],
)
def test_texts_of_parts_and_total_are_read_alike_and_numbers_are_numbers(parts, total, value):
    found = reproduce(parts, total, kind="parts")
    assert found.conventions["value"].tolist() == pytest.approx([value])
    assert found.reproduced


@pytest.mark.parametrize(
    "parts", [{}, {"a": -1, "b": 20}, {"a": "x"}, {"a": float("nan")}, pd.Series([1, 2], index=["a", "a"]), [1, 2], {"a": 1, "A ": 2}]
)
def test_parts_that_cannot_be_read_are_refused(parts):
    with pytest.raises(DataError):
        reproduce(parts, 30, kind="parts")
