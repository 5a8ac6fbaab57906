"""What careless callers give to standards: one clear error, or a right answer."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.errors import DataError, KepuasanError
from kepuasan.numerics.grading import grade_probabilities, half_even
from kepuasan.standards.catalogue import STANDARDS
from kepuasan.standards.lookup import classify, find_standard, rule_of
from kepuasan.standards.rated import Rating
from kepuasan.standards.skm_index import skm, skm_from_means
from kepuasan.standards.standard import Classes, decimal_text

NEW = STANDARDS["14/2017"]
ELEMENTS = [element.name for element in NEW.elements]
LOWS = np.array([25.0, 65.0, 76.61, 88.31])


# a domain of one respondent has se 0 and df 0; its class was called certain (p_other 0.0)
def test_one_respondent_makes_no_class_certain():
    assert np.isnan(grade_probabilities(np.array([90.0]), np.array([0.0]), np.array([0.0]), LOWS, 2)).all()
    survey = kp.Survey(pd.DataFrame({"x": [90.0, 80, 81], "unit": list("abb")}))
    assert np.isnan(Rating.of(kp.mean(survey, "x", by="unit"), NEW).to_frame()["p_other"][0])


# all answers 1 under the weight 0.11 make 24.75, below the range of the classes: refused, where a published sheet would print 24.75, D
@pytest.mark.parametrize("weight", ["0.1111", "0.111", "0.11"])
def test_the_lowest_index_of_a_rounded_ninth_has_its_class(weight):
    assert skm_from_means(dict.fromkeys(ELEMENTS, 1.0), weight=weight)["mutu"] == "D"
    rows = pd.DataFrame(1.0, index=range(5), columns=ELEMENTS)
    assert skm(kp.Survey(rows), weight=weight).to_frame()["mutu"].tolist() == ["D"]


# bounds off the grid of the decimals pass, and a value is put into a class whose printed bounds exclude it: 1.05 -> b (from 1.14)
def test_bounds_off_the_grid_are_refused():
    with pytest.raises(DataError, match="1.04|1.14|decimals"):
        Classes({"a": (0, 1.04), "b": (1.14, 2)}, decimals=1)


# by= columns called as columns of the rating: pandas' "cannot insert rule, already exists"; by="ikm" gave a table with ikm twice
@pytest.mark.parametrize("name", ["rule", "mutu", "kinerja", "rounded", "p_other", "mutu_other", "ikm"])
def test_a_domain_column_called_as_a_column_of_the_rating_is_refused_or_kept_apart(name):
    frame = pd.DataFrame(np.random.default_rng(0).integers(1, 5, (40, 9)), columns=ELEMENTS).assign(**{name: list("ab") * 20})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            table = skm(kp.Survey(frame), by=name).to_frame()
        except KepuasanError:
            return
    assert table.columns.is_unique


# raw errors of pandas, numpy and Python at public doors
@pytest.mark.parametrize("values", ["abc", "76,49", ["x"], [[76, 77]], pd.DataFrame({"a": [76.0]}), {76, 77}, 76 + 0j, None, [True], True])
def test_classify_refuses_what_are_no_numbers_by_a_clear_error(values):
    with pytest.raises(DataError, match="give"):  # None gave an empty table, True was 1.0
        classify(values, "14/2017")


@pytest.mark.parametrize("grades", [{"a": (0, 1, 2)}, {"a": 5}, {"a": ("0", "1")}, "AB"])
def test_classes_refuse_malformed_bounds_by_a_clear_error(grades):
    with pytest.raises(DataError):
        Classes(grades)


@pytest.mark.parametrize("decimals", [1.5, -1, True, None])
def test_classes_refuse_decimals_that_are_none(decimals):
    with pytest.raises(DataError):
        Classes({"a": (0, 40), "b": (50, 100)}, decimals=decimals)


def test_a_table_in_an_unknown_language_is_refused():
    rating = Rating.of(kp.mean(kp.Survey(pd.DataFrame({"x": [90.0, 91]})), "x"), NEW)
    with pytest.raises(KepuasanError, match="language is 'fr'"):  # KeyError: 'fr'
        rating.to_frame(language="fr")


def test_another_number_of_standards_than_rows_is_refused():
    score = kp.mean(kp.Survey(pd.DataFrame({"x": [90.0, 91, 80, 81], "u": list("aabb")})), "x", by="u")
    with pytest.raises(KepuasanError):  # ValueError of pandas, later
        Rating.of(score, [NEW])


@pytest.mark.parametrize("year", ["2016", 2016.5, float("nan"), None])
def test_rule_of_refuses_what_is_no_year(year):
    with pytest.raises(DataError, match="year"):  # "2016": TypeError; 2016.5: 16/2014
        rule_of(year)


# a single class is certain even where there is no value
def test_one_class_of_no_value_has_no_probability():
    assert np.isnan(grade_probabilities(np.array([np.nan]), np.array([np.nan]), np.array([3.0]), np.array([0.0]), 2)).all()


# half_even of an infinite value warns (an error in the tests)
def test_half_even_of_an_infinite_value_is_silent():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isinf(half_even(np.array([np.inf]), 2)).all()


# float32 means (Parquet, SPSS) are not the decimals they print as: 3309999942779541/10**15
def test_a_float32_is_the_decimal_it_prints_as():
    assert decimal_text(np.float32(3.31)) == decimal_text(3.31)


# the hint for a number of another family
def test_a_number_of_another_family_is_hinted_at():
    with pytest.raises(DataError, match="did you mean 'ipp 17/2017'"):  # said '14/2017'
        find_standard("17/2017")
