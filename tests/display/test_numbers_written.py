"""Numbers as they are printed, and parts whose printed decimals add up."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepuasan.display.numbers import fitting_decimals, interval, number, p_value, percent, reconcile, rounded, tick
from kepuasan.errors import KepuasanError


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (1234567.891, 2, "1.234.567,89", "1,234,567.89"),
        (75.7, 1, "75,7", "75.7"),
        (-0.04, 1, "0,0", "0.0"),
        (-2.0, 1, "-2,0", "-2.0"),
        (78.745, 2, "78,75", "78.75"),
        (0.5, 0, "1", "1"),
        (1329, 0, "1.329", "1,329"),
    ],
)
def test_a_number_is_written_in_the_way_of_its_language(value, decimals, indonesian, english):
    assert number(value, decimals) == indonesian
    assert number(value, decimals, "en") == english


def test_a_signed_number_shows_its_sign_and_zero_shows_none():
    assert [number(value, signed=True) for value in (0.9, -0.9, 0.01)] == ["+0,9", "-0,9", "0,0"]
    assert number(-0.9, minus="\N{MINUS SIGN}") == "\N{MINUS SIGN}0,9"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_a_dash(value):
    assert number(value) == percent(value) == interval(value, 1.0) == "\N{EN DASH}"


def test_percentages_intervals_and_p_values_follow_the_language():
    assert (percent(75.7), percent(75.7, language="en")) == ("75,7 %", "75.7 %")
    assert (interval(-4.6, 0.6), interval(-4.6, 0.6, language="en")) == ("-4,6 s.d. 0,6", "-4.6 to 0.6")
    assert [p_value(value) for value in (0.1248, 0.0005, 0.00049, 0.0)] == ["0,125", "0,001", "< 0,001", "< 0,001"]


def test_a_limit_that_rounds_to_zero_keeps_its_sign_where_that_tells_whether_zero_is_between():
    assert [interval(-0.4, high, 2) for high in (0.003, -0.003, 0.0)] == ["-0,40 s.d. +0,00", "-0,40 s.d. -0,00", "-0,40 s.d. 0,00"]
    assert [interval(*both, 2) for both in ((0.001, 0.003), (-0.004, -0.001))] == ["+0,00 s.d. +0,00", "-0,00 s.d. -0,00"]
    assert interval(-0.004, 0.003, 2) == "0,00 s.d. 0,00"
    assert interval(0.0, 1e-16, 2) == interval(-1e-16, 0.0, 2) == "0,00 s.d. 0,00"


def test_an_unknown_language_is_refused_with_the_list():
    with pytest.raises(KepuasanError, match="language is 'fr'; choose one of 'id', 'en'"):
        number(1.0, language="fr")


def test_rounding_goes_away_from_zero_on_the_number_as_it_is_written():
    assert [str(rounded(value, 2)) for value in (2.675, -2.675, 1.005)] == ["2.68", "-2.68", "1.01"]


def test_decimals_and_ticks_suit_the_size_of_numbers():
    assert [fitting_decimals(value) for value in (0.5, 3.2, 75.7)] == [3, 2, 1]
    assert [fitting_decimals(75.7, part) for part in (0.6, 0.3, 0.04, 1e-9, 0.0, math.nan)] == [1, 2, 3, 4, 1, 1]
    assert [tick(value, "en") for value in (0.0, 2.5, 1000.0)] == ["0", "2.5", "1,000"]


def test_reconciled_parts_print_the_sum_of_the_waterfall():
    assert reconcile([-0.7998, -0.7700, -0.6800, -0.6500, 0.8998], -2.0, 1) == [-0.8, -0.8, -0.7, -0.6, 0.9]


@given(parts=st.lists(st.floats(-50, 50), min_size=1, max_size=12), decimals=st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_reconciled_parts_add_up_and_each_stays_within_one_unit(parts, decimals):
    total = math.fsum(parts)
    shown = reconcile(parts, total, decimals)
    assert math.isclose(math.fsum(shown), float(rounded(total, decimals)), abs_tol=1e-9)
    assert all(abs(one - part) < 10.0**-decimals + 1e-9 for one, part in zip(shown, parts, strict=True))


def test_parts_of_another_total_and_parts_that_are_no_numbers_are_refused():
    with pytest.raises(KepuasanError, match="add up to 3, not to the total 4"):
        reconcile([1.0, 2.0], 4.0)
    with pytest.raises(KepuasanError, match="not finite"):
        reconcile([1.0, math.nan], 1.0)
