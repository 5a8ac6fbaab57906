"""Rounding as the rules say, and classes with their probabilities, against exact fractions and the t distribution."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kepuasan.numerics.grading import cut_off, grade_probabilities, graded, half_even, half_up, steps

LOWS = np.array([25.0, 65.0, 76.61, 88.31])
NAN = np.nan


def exact_half_up(value, decimals):
    """A fraction rounded with ties upwards."""
    return (value * 10**decimals + Fraction(1, 2)).__floor__() / 10**decimals


def check_probabilities(found):
    assert found.sum(axis=1) == pytest.approx(1.0, abs=1e-12)
    assert (found >= 0).all()


# ---------------------------------------------------------------- rounding


def test_a_tie_goes_up_where_programs_give_the_even_digit():
    # 95.325, a published IKM, is 95.33; round(95.325, 2) of floats gives 95.32 or 95.33 by chance
    assert half_up(np.array([95.325, 95.335, 2.675, 1.005, 0.125]), 2).tolist() == [95.33, 95.34, 2.68, 1.01, 0.13]
    assert half_even(np.array([95.325, 95.335, 2.675, 1.005, 0.125]), 2).tolist() == [95.32, 95.34, 2.68, 1.0, 0.12]


@given(st.integers(2500, 10_000), st.sampled_from([-1e-12, 0, 1e-12]))
def test_a_tie_that_floats_miss_is_still_a_tie(step, noise):
    value = np.array([step / 100 + 0.005 + noise])
    assert half_up(value, 2)[0] == pytest.approx((step + 1) / 100, abs=1e-12)
    assert half_even(value, 2)[0] == pytest.approx((step + step % 2) / 100, abs=1e-12)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.just(n), st.integers(9 * n, 36 * n))))
def test_the_ikm_of_whole_answers_is_rounded_as_fractions_are(row):
    n, total = row
    value, exact = 25 * (total / n) / 9, Fraction(25 * total, 9 * n)
    assert half_up(np.array([value]), 2)[0] == pytest.approx(float(exact_half_up(exact, 2)), abs=1e-12)


@given(st.decimals(25, 100, places=4), st.integers(0, 3))
def test_both_roundings_equal_decimal_arithmetic(value, decimals):
    unit = Decimal(1).scaleb(-decimals)
    for function, rule in ((half_up, ROUND_HALF_UP), (half_even, ROUND_HALF_EVEN)):
        assert function(np.array([float(value)]), decimals)[0] == pytest.approx(float(value.quantize(unit, rule)), abs=1e-12)


def test_digits_are_cut_off_but_not_those_that_floats_made():
    # 82.5 computed as 82.49999999999999 was cut to 82.49 at 2 decimals and to 82.499999999 at 9
    assert cut_off(np.array([95.329, -95.329, 0.0, 0.29]), 2).tolist() == [95.32, -95.32, 0.0, 0.29]
    computed = np.array([25 * (3.3 / 9) * 9, np.nextafter(82.5, 0), np.nextafter(np.nextafter(87.28, 0), 0)])
    for decimals in (2, 6, 9, 11):
        assert cut_off(computed, decimals) == pytest.approx([82.5, 82.5, 87.28], abs=1e-12)
    assert cut_off(np.array([87.2899999, 87.28999999]), 2).tolist() == [87.28, 87.28]


@given(st.decimals(25, 100, places=4), st.integers(0, 3))
def test_cutting_off_equals_decimal_arithmetic(value, decimals):
    expected = value.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)
    assert cut_off(np.array([float(value)]), decimals)[0] == pytest.approx(float(expected), abs=1e-12)


def test_what_is_nearly_a_tie_is_none():
    assert half_up(np.array([76.6049, 76.60499, 76.604999]), 2).tolist() == [76.6, 76.6, 76.6]
    assert half_even(np.array([76.6151, 76.61500001]), 2).tolist() == [76.62, 76.62]


def test_ties_of_negative_numbers_go_upwards_and_missing_stays_missing():
    assert half_up(np.array([-2.5, -0.5, 0.5]), 0).tolist() == [-2, 0, 1]
    assert np.isnan(half_up(np.array([NAN]), 2)).all()
    assert np.isnan(half_even(np.array([NAN, NAN]), 2)).all()
    assert steps(np.array([]), 2).tolist() == []


# ---------------------------------------------------------------- classes


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (25, 0),
        (64.99, 0),
        (64.994, 0),
        (64.995, 1),
        (65, 1),
        (76.6, 1),
        (76.604, 1),
        (76.605, 2),
        (76.61, 2),
        (88.3, 2),
        (88.305, 3),
        (88.31, 3),
        (100, 3),
    ],
)
def test_no_value_falls_between_two_classes(value, place):
    assert graded(np.array([float(value)]), LOWS, 2).tolist() == [place]


@given(st.integers(2500, 10_000), st.floats(-0.0049, 0.0049))
def test_the_class_is_that_of_the_rounded_value(step, off):
    rounded = graded(np.array([step / 100]), LOWS, 2)
    assert rounded.tolist() == graded(np.array([step / 100 + off]), LOWS, 2).tolist()
    assert rounded[0] == sum(step >= low for low in (2500, 6500, 7661, 8831)) - 1


def test_below_the_first_bound_and_without_a_value_there_is_no_class():
    assert graded(np.array([24.99, NAN, -np.inf]), LOWS, 2).tolist() == [-1, -1, -1]
    assert graded(np.array([]), LOWS, 2).tolist() == []


# ---------------------------------------------------------------- probabilities


@given(st.floats(25, 100), st.floats(1e-6, 50), st.floats(0.5, 1e6))
def test_probabilities_of_all_classes_sum_to_one(value, se, df):
    check_probabilities(grade_probabilities(np.array([value]), np.array([se]), np.array([df]), LOWS, 2))


def test_probabilities_are_those_of_t_between_the_bounds_half_a_step_below():
    found = grade_probabilities(np.array([80.0]), np.array([3.0]), np.array([11.0]), LOWS, 2)
    edges = np.array([-np.inf, 64.995, 76.605, 88.305, np.inf])
    assert found[0] == pytest.approx(np.diff(stats.t.cdf((edges - 80) / 3, 11)), rel=1e-12)


def test_probabilities_agree_with_classes_of_drawn_values():
    draws = 76.0 + 1.5 * stats.t.ppf((np.arange(200_000) + 0.5) / 200_000, 7)
    shares = np.bincount(graded(draws.clip(25, 100), LOWS, 2), minlength=4) / len(draws)
    assert grade_probabilities(np.array([76.0]), np.array([1.5]), np.array([7.0]), LOWS, 2)[0] == pytest.approx(shares, abs=2e-5)


def test_a_value_on_a_bound_is_a_toss_between_two_classes():
    found = grade_probabilities(np.array([76.605]), np.array([0.5]), np.array([1e9]), LOWS, 2)
    assert found[0, 1:3] == pytest.approx([0.5, 0.5], abs=1e-6)


@pytest.mark.parametrize("value", [64.9949, 64.995, 65.0, 76.6, 76.605, 88.305, 100.0])
def test_the_class_of_a_complete_count_is_certain_and_its_own(value):
    values = np.array([value])
    assert np.isnan(grade_probabilities(values, np.array([0.0]), np.array([30.0]), LOWS, 2)).all()  # answers merely all alike
    found = grade_probabilities(values, np.array([0.0]), np.array([30.0]), LOWS, 2, np.array([True]))
    assert found.tolist() == np.eye(4)[graded(values, LOWS, 2)].tolist()


@pytest.mark.parametrize(("value", "se", "df"), [(80, NAN, 5), (80, 2, 0), (80, 2, NAN), (NAN, 2, 5), (NAN, 0, 5), (NAN, NAN, NAN)])
def test_without_an_error_there_is_no_probability(value, se, df):
    found = grade_probabilities(*(np.array([float(one)]) for one in (value, se, df)), LOWS, 2)
    assert np.isnan(found).all()


def test_rows_do_not_touch_each_other():
    values, se, df = np.array([70.0, NAN, 90.0, 88.3]), np.array([1.0, 1.0, 0.0, 4.0]), np.array([9.0, 9.0, 9.0, 9.0])
    together = grade_probabilities(values, se, df, LOWS, 2)
    alone = np.vstack([grade_probabilities(values[[row]], se[[row]], df[[row]], LOWS, 2) for row in range(4)])
    assert np.array_equal(together, alone, equal_nan=True)


def test_one_class_is_certain():
    assert grade_probabilities(np.array([5.0]), np.array([1.0]), np.array([3.0]), np.array([0.0]), 2).tolist() == [[1.0]]
