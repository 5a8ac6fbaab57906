"""Classes that cover their range without a hole, and every standard of the catalogue as it was read in its source."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepuasan.errors import ChoiceError, DataError
from kepuasan.standards.catalogue import STANDARDS
from kepuasan.standards.standard import Classes, Grade, Standard, decimal_text

CLASSED = {name: one for name, one in STANDARDS.items() if one.classes is not None}


# ---------------------------------------------------------------- bounds


@pytest.mark.parametrize(
    ("grades", "message"),
    [
        ({}, "classes are empty"),
        ({"low": (0, 49), "high": (50, 100)}, r"'low' \(to 49.00\) and 'high' \(from 50.00\) leave a hole.*'high' must begin at 49.01"),
        ({"low": (0, 50), "high": (50, 100)}, r"'low' \(to 50.00\) and 'high' \(from 50.00\) overlap"),
        ({"low": (0, 50.02), "high": (50.01, 100)}, "overlap"),
        ({"high": (50, 100), "low": (0, 49.99)}, "overlap.*list classes from the lowest up"),
        ({"low": (50, 0)}, "class 'low' runs from 50 to 0; give finite bounds, the lower first"),
        ({"low": (0, float("inf"))}, "class 'low' runs from 0 to inf"),
        ({"low": (float("nan"), 5)}, "class 'low' runs from nan to 5"),
        ([Grade("A", 0, 49.99, {}), Grade("A", 50, 100, {})], "classes name 'A' twice"),
    ],
)
def test_bounds_that_do_not_fit_are_refused(grades, message):
    with pytest.raises(DataError, match=message):
        Classes(grades)


@pytest.mark.parametrize(("low", "high", "message"), [(25, 100, "begin at 30.00, but the range begins at 25.00"), (30, 101, "end at 100.00")])
def test_bounds_that_do_not_cover_the_range_are_refused(low, high, message):
    with pytest.raises(DataError, match=f"classes {message}.*cover the whole range"):
        Classes({"D": (30, 64.99), "C": (65, 100)}, low=low, high=high)


def test_one_class_and_whole_numbers_are_fine():
    assert Classes({"all": (0, 100)}).codes([0, 50.005, 100]) == ["all"] * 3
    assert Classes({"poor": (0, 34), "good": (35, 100)}, decimals=0).codes([34.49, 34.5]) == ["poor", "good"]


@given(st.lists(st.integers(1, 9999), min_size=1, max_size=6, unique=True), st.integers(0, 10_000), st.integers(0, 3))
def test_any_classes_without_a_hole_class_every_value(cuts, step, decimals):
    unit = 10**decimals
    starts = [0, *sorted(cuts)]
    ends = [cut - 1 for cut in starts[1:]] + [10_000]
    classes = Classes(
        {str(place): (start / unit, end / unit) for place, (start, end) in enumerate(zip(starts, ends, strict=True))}, decimals=decimals
    )
    place = classes.places(step / unit)[0]
    assert starts[place] <= step <= ends[place]


# ---------------------------------------------------------------- values


@pytest.mark.parametrize("wrong", [24.74, 100.01, 3.2, -1.0, np.inf, -np.inf])
def test_a_value_outside_the_range_is_refused(wrong):
    classes = STANDARDS["14/2017"].require_classes()
    with pytest.raises(DataError, match=rf"{wrong} lies outside the possible range 25.00 to 100.00; check the scale and the weights"):
        classes.codes([80, wrong])


def test_a_value_that_rounds_into_the_range_is_in_it():
    classes = STANDARDS["14/2017"].require_classes()
    assert classes.codes([24.745, 100.004]) == ["D", "A"]


def test_a_missing_value_has_no_class():
    classes = STANDARDS["14/2017"].require_classes()
    assert classes.codes([np.nan, 80]) == [None, "B"]
    assert classes.names([np.nan, 80], "en") == [None, "Good"]
    assert classes.codes([]) == []


# ---------------------------------------------------------------- the catalogue


@pytest.mark.parametrize("name", list(CLASSED))
def test_every_step_of_every_standard_has_the_class_that_prints_it(name):
    classes = CLASSED[name].require_classes()
    low, high = classes.range
    unit = 10**classes.decimals
    grid = np.arange(round(low * unit), round(high * unit) + 1) / unit
    places = classes.places(grid)
    assert (np.diff(places) >= 0).all()
    for place, grade in enumerate(classes.all):
        own = grid[places == place]
        assert (own.min(), own.max()) == (pytest.approx(grade.low), pytest.approx(grade.high))


@pytest.mark.parametrize("name", list(STANDARDS))
def test_every_standard_names_its_source_and_what_of_it_is_unverified(name):
    one = STANDARDS[name]
    assert one.standing in ("seen", "unverified")
    assert one.citation
    assert one.unverified or one.standing == "seen"
    assert set(one.title) == {"id", "en"}
    for element in one.elements:
        assert set(element.label) == {"id", "en"}
    for grade in one.classes.all if one.classes else ():
        assert set(grade.name) == {"id", "en"}
    assert len({element.name for element in one.elements}) == len(one.elements)


def test_the_rules_of_the_skm_have_their_printed_bounds():
    assert STANDARDS["14/2017"].require_classes().text() == "D 25.00-64.99, C 65.00-76.60, B 76.61-88.30, A 88.31-100.00"
    for name in ("16/2014", "25/2004"):
        assert STANDARDS[name].require_classes().text() == "D 25.00-43.75, C 43.76-62.50, B 62.51-81.25, A 81.26-100.00"
    assert [len(STANDARDS[name].elements) for name in ("14/2017", "16/2014", "25/2004")] == [9, 9, 14]
    assert [element.name for element in STANDARDS["14/2017"].elements if element.optional] == ["biaya"]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("14/2017", {65: "C", 76.61: "B", 88.31: "A", 76.605: "B", 88.304: "B", 64.994: "D", 95.325: "A"}),
        ("25/2004", {43.75: "D", 43.755: "C", 62.5: "C", 62.51: "B", 81.25: "B", 81.26: "A"}),
        ("ombudsman 2021", {50.99: "red", 51: "yellow", 80.99: "yellow", 80.995: "green"}),
        ("ombudsman 2022", {31.99: "E", 32: "D", 54: "C", 78: "B", 87.99: "B", 88: "A"}),
        ("ipkp", {3.19: "-", 3.195: "WBK", 3.2: "WBK", 3.6: "WBBM"}),
        ("csi", {34: "1", 34.5: "2", 50: "2", 51: "3", 66: "4", 81: "5"}),
    ],
)
def test_bounds_between_classes_are_those_of_the_source(name, values):
    assert STANDARDS[name].require_classes().codes(list(values)) == list(values.values())


def test_ties_are_classed_half_up_whatever_floats_make_of_them():
    # 76.605 less one rounding of floats
    value = float(np.nextafter(76.605, 0))
    assert round(value, 2) == 76.6
    assert STANDARDS["14/2017"].require_classes().codes([value]) == ["B"]


@pytest.mark.parametrize(("weight", "largest"), [("exact", 100), ("0.1111", 99.99), ("0.111", 99.9), ("0.11", 99)])
def test_the_weights_in_use_allow_their_largest_index(weight, largest):
    assert float(25 * 4 * 9 * STANDARDS["14/2017"].weight(weight, 9)) == largest


def test_an_unknown_weight_is_refused_with_the_list():
    with pytest.raises(ChoiceError, match="weight is '0.1'; choose one of 'exact', '0.1111', '0.111', '0.11'"):
        STANDARDS["14/2017"].weight("0.1", 9)


def test_a_standard_without_classes_says_so():
    with pytest.raises(DataError, match=r"Net promoter score \(NPS\) has no classes"):
        STANDARDS["nps"].require_classes()


def test_a_standard_may_be_added_as_one_entry():
    classes = Classes({"poor": (0, 49.9), "good": (50, 100)}, decimals=1, low=0, high=100)
    own = Standard("ours", "own", {"id": "Kami", "en": "Ours"}, "a circular", "seen", (0, 100), "a mean", classes)
    assert own.require_classes().names([49.95], "en") == ["good"]
    assert own.weight("exact", 7) == Fraction(1, 7)


@given(st.integers(100, 400_000), st.integers(0, 5))
def test_a_decimal_is_the_number_it_is_written_as(digits, places):
    assert decimal_text(digits / 10**places) == Fraction(digits, 10**places)
    assert decimal_text(f"{digits / 10**places:.6f}") == Fraction(digits, 10**places)
