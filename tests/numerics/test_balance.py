"""How far two groups lie apart, against the formulas written out."""

from __future__ import annotations

import numpy as np
import pytest

from kepuasan.numerics.balance import standardised_difference, standardised_shares


def by_hand(first, second, left_out):
    """The distance of Yang and Dalton, entry by entry, without one of the categories."""
    kept = [k for k in range(len(first)) if k != left_out]
    matrix = np.empty((len(kept), len(kept)))
    for row, k in enumerate(kept):
        for column, m in enumerate(kept):
            off = -(first[k] * first[m] + second[k] * second[m]) / 2
            matrix[row, column] = (first[k] * (1 - first[k]) + second[k] * (1 - second[k])) / 2 if k == m else off
    gap = (second - first)[kept]
    return np.sqrt(gap @ np.linalg.inv(matrix) @ gap)


@pytest.mark.parametrize("left_out", range(4))
def test_the_distance_of_categories_is_that_of_the_formula_whichever_is_left_out(left_out):
    first, second = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.25, 0.25, 0.3, 0.2])
    assert standardised_shares(first, second) == pytest.approx(by_hand(first, second, left_out), rel=1e-12)


def test_of_two_categories_it_is_the_standardised_difference_of_either():
    first, second = 0.802, 0.595
    expected = standardised_difference(first, second, first * (1 - first), second * (1 - second))
    assert standardised_shares(np.array([first, 1 - first]), np.array([second, 1 - second])) == pytest.approx(-expected, rel=1e-12)


def test_groups_without_a_common_category_lie_infinitely_far_apart():
    assert standardised_shares(np.array([0.5, 0.5, 0.0]), np.array([0.0, 0.0, 1.0])) == np.inf
    assert standardised_shares(np.array([1.0, 0.0]), np.array([0.0, 1.0])) == np.inf


def test_groups_with_a_common_category_do_not():
    assert standardised_shares(np.array([0.9, 0.1, 0.0]), np.array([0.9, 0.0, 0.1])) < 1


def test_constants_differ_infinitely_or_not_at_all():
    assert standardised_difference(3.0, 4.0, 0.0, 0.0) == np.inf
    assert standardised_difference(4.0, 3.0, 0.0, 0.0) == -np.inf
    assert standardised_difference(3.0, 3.0, 0.0, 0.0) == 0
    assert standardised_shares(np.array([1.0]), np.array([1.0])) == 0
