"""Series of the IKM across 2017, when the bounds of its classes were raised."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kepuasan as kp
from kepuasan.errors import ChoiceError, DataError
from kepuasan.standards.lookup import rule_of
from kepuasan.standards.series import skm_series
from kepuasan.standards.skm_index import skm

ELEMENTS = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]
pytestmark = pytest.mark.filterwarnings("ignore::kepuasan.errors.ClassWarning")


def rows(series, *columns):
    return series[list(columns)].values.tolist()


def answered(seed, n=80, low=2):
    generator = np.random.default_rng(seed)
    return pd.DataFrame(generator.integers(low, 5, (n, 9)), columns=ELEMENTS)


def test_a_class_that_only_the_rule_changed_is_told():
    found = skm_series({2016: 76.49, 2018: 76.49})
    assert rows(found, "period", "mutu", "kinerja", "rule", "mutu_before", "changed") == [
        ["2016", "B", "Baik", "16/2014", "", ""],
        ["2018", "C", "Kurang Baik", "14/2017", "B", "rule"],
    ]
    assert np.isnan(found["change"][0])
    assert found["change"][1] == 0


@pytest.mark.parametrize(
    ("before", "after", "classes", "kept", "changed"),
    [
        ((2016, 60.0), (2018, 90.0), "CA", "A", "value"),
        ((2016, 60.0), (2018, 77.0), "CB", "B", "value"),
        ((2016, 60.0), (2018, 63.0), "CD", "B", "both"),
        ((2016, 82.0), (2018, 82.0), "AB", "A", "rule"),
        ((2016, 81.0), (2018, 82.0), "BB", "A", ""),
        ((2018, 77.0), (2019, 76.0), "BC", "C", "value"),
        ((2005, 70.0), (2015, 70.0), "BB", "B", ""),
    ],
)
def test_value_and_rule_are_told_apart(before, after, classes, kept, changed):
    found = skm_series(dict([before, after]))
    assert "".join(found["mutu"]) == classes
    assert found["mutu_before"].tolist() == ["", kept]
    assert found["changed"].tolist() == ["", changed]


def test_the_rule_is_the_newest_that_held_in_the_year():
    years = [2004, 2013, 2014, 2016, 2017, 2025]
    assert skm_series(dict.fromkeys(years, 80))["rule"].tolist() == ["25/2004", "25/2004", "16/2014", "16/2014", "14/2017", "14/2017"]
    assert [rule_of(year).name for year in years] == skm_series(dict.fromkeys(years, 80))["rule"].tolist()


def test_periods_are_sorted_and_parts_of_a_year_come_in_order():
    found = skm_series({"2019-10": 80, "2019-2": 81, 2018: 79, "2019-1": 80.5, np.int64(2017): 78, 2016.0: 70})
    assert found["period"].tolist() == ["2016", "2017", "2018", "2019-1", "2019-2", "2019-10"]
    assert found["change"][1:].tolist() == [8, 1, 1.5, 0.5, -1]


@given(st.lists(st.tuples(st.integers(2004, 2030), st.floats(25, 100)), min_size=1, max_size=8, unique_by=lambda row: row[0]))
def test_each_row_has_a_cause_exactly_where_its_class_changed(pairs):
    found = skm_series(dict(pairs))
    assert found["period"].tolist() == sorted(str(year) for year, _ in pairs)
    moved = found["mutu"].ne(found["mutu"].shift()).to_numpy(copy=True)
    moved[0] = False
    assert (found["changed"].ne("").to_numpy() == moved).all()
    same_rule = found["rule"].eq(found["rule"].shift()).to_numpy()
    assert set(found["changed"][same_rule]) <= {"", "value"}


def test_the_index_is_rounded_half_up_then_classed():
    found = skm_series({2018: 76.605, 2019: 76.6049})
    assert rows(found, "ikm", "mutu", "estimate") == [[76.61, "B", 76.605], [76.6, "C", 76.6049]]


def test_a_series_of_pandas_and_english_names():
    assert skm_series(pd.Series([90.0], index=["2020"]), language="en")["kinerja"].tolist() == ["Very good"]


# ---------------------------------------------------------------- SKM records


def test_an_skm_by_period_is_a_series_with_joint_errors():
    frame = pd.concat([answered(1).assign(year=2016), answered(2, low=3).assign(year=2018)], ignore_index=True)
    result = skm(kp.Survey(frame), by="year")
    found = skm_series(result)
    change = result.score.contrast({"year": 2018}, {"year": 2016})
    assert found["period"].tolist() == ["2016", "2018"]
    assert found["estimate"].tolist() == pytest.approx(result.score.value.tolist())
    assert found["se"].tolist() == pytest.approx(result.score.se.tolist())
    assert found.loc[1, ["change", "change_se", "t", "p_value"]].tolist() == pytest.approx(
        [change.value[0], change.se[0], change.t[0], change.p_value[0]], rel=1e-10
    )
    assert np.isnan(found["p_value"][0])


def test_rows_of_one_survey_know_their_covariance():
    frame = pd.concat([answered(1).assign(year=2016, person=range(80)), answered(2, low=3).assign(year=2018, person=range(80))], ignore_index=True)
    result = skm(kp.Survey(frame, design=kp.Design(psu="person")), by="year")
    change = result.score.contrast({"year": 2018}, {"year": 2016})
    assert skm_series(result)["change_se"][1] == pytest.approx(change.se[0], rel=1e-10)
    assert change.se[0] != pytest.approx(np.hypot(*result.score.se), rel=1e-6)


def test_records_of_different_surveys_have_a_test_only_when_declared_independent():
    first, second = skm(kp.Survey(answered(1))), skm(kp.Survey(answered(2, low=3)))
    plain = skm_series({"2019": first, "2020": second})
    assert plain[["change_se", "t", "p_value"]].isna().all(axis=None)
    declared = skm_series({"2019": first, "2020": second}, independent_designs=True)
    assert declared["change_se"][1] == pytest.approx(np.hypot(first.score.se[0], second.score.se[0]), rel=1e-10)
    assert 0 <= declared["p_value"][1] <= 1
    assert declared["estimate"].tolist() == [first.score.value[0], second.score.value[0]]


def test_numbers_and_records_may_be_mixed_without_a_test():
    found = skm_series({2016: 78.2, 2018: skm(kp.Survey(answered(1))), 2019: skm(kp.Survey(answered(3))).rating}, independent_designs=True)
    assert np.isnan(found["se"][0])
    assert np.isnan(found["change_se"][1])
    assert found["change_se"][2] > 0


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize("wrong", ["2016/2", "16", "2016-0", "2016-I", 2016.5, True, None, float("nan"), "2016-123", "", ("2016",), 20166])
def test_a_period_that_cannot_be_read_is_refused(wrong):
    with pytest.raises(DataError, match="period .* cannot be read; give a year"):
        skm_series({wrong: 80})


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "values is empty"),
        ([80, 81], "values is list; give a mapping"),
        ({2003: 80}, "no rule of the SKM held in 2003; the first is 25/2004"),
        ({2016: 80, "2016": 81}, "2016, '2016' are one period"),
        ({"2016-1": 80, "2016-01": 81}, "are one period"),
        (pd.Series([80, 81], index=[2016, 2016]), "values names 2016 twice"),
        ({2016: float("nan")}, "the IKM of 2016 is nan"),
        ({2016: "80,1"}, "the IKM of 2016 is '80,1'"),
        ({2016: None}, "the IKM of 2016 is None"),
        ({2016: True}, "the IKM of 2016 is True"),
        ({2016: 3.2}, "the IKM of period 2016: 3.2 lies outside the possible range 25.00 to 100.00"),
        ({2016: 101}, "outside the possible range"),
    ],
)
def test_what_makes_no_series_is_refused(values, message):
    with pytest.raises(DataError, match=message):
        skm_series(values)


def test_a_record_of_several_rows_is_no_single_period():
    frame = answered(1).assign(office=np.repeat(["a", "b"], 40), half=np.tile([1, 2], 40))
    result = skm(kp.Survey(frame), by="office")
    with pytest.raises(DataError, match="the SKM of period 2019 has 2 rows"):
        skm_series({2019: result})
    with pytest.raises(DataError, match="period 'a' cannot be read"):
        skm_series(result)
    with pytest.raises(DataError, match="the SKM is by 'office', 'half'; give one by a single column"):
        skm_series(skm(kp.Survey(frame), by=["office", "half"]))
    with pytest.raises(DataError, match="the SKM is by nothing"):
        skm_series(skm(kp.Survey(frame)))


def test_an_unknown_language_is_refused():
    with pytest.raises(ChoiceError, match="language is 'jv'"):
        skm_series({2016: 80}, language="jv")
