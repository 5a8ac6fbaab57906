"""Codes to scores."""

import numpy as np
import pytest

from kepuasan.errors import ChoiceError, ScaleError
from kepuasan.scales import Scale, scorer

ANSWERS = np.array([[1.0], [2.0], [4.0], [5.0], [np.nan]])


@pytest.mark.parametrize(
    ("scoring", "expected"),
    [
        ("minmax", [0, 25, 75, 100, np.nan]),
        ("share-of-max", [20, 40, 80, 100, np.nan]),
        ("top-box", [0, 0, 100, 100, np.nan]),
        ("raw", [1, 2, 4, 5, np.nan]),
    ],
)
def test_each_scoring_of_a_scale_from_1_to_5(scoring, expected):
    assert np.allclose(scorer([Scale(1, 5)], [False], scoring)(ANSWERS).ravel(), expected, equal_nan=True)


@pytest.mark.parametrize("scoring", ["minmax", "share-of-max", "top-box", "raw"])
def test_a_reversed_item_scores_as_its_mirror_image(scoring):
    turned, straight = scorer([Scale(1, 5)], [True], scoring), scorer([Scale(1, 5)], [False], scoring)
    assert np.allclose(turned(ANSWERS), straight(6.0 - ANSWERS), equal_nan=True)


def test_top_box_counts_answers_not_distance():
    assert Scale(1, 10).floor_of_top(3) == 8
    assert Scale(0, 100, codes=(0, 50, 75, 100)).floor_of_top(2) == 75
    assert Scale(0, 100, codes=(0, 50, 75, 100)).floor_of_top(2, reverse=True) == 50


@pytest.mark.parametrize("top", [0, 5, 9])
def test_a_top_that_is_no_part_of_the_scale_is_refused(top):
    with pytest.raises(ScaleError, match=f"top={top} of the 5 answers from 1 to 5; choose 1 to 4"):
        Scale(1, 5).floor_of_top(top)


@pytest.mark.parametrize("bounds", [(5, 1), (1, 1), (1, np.inf), (np.nan, 5)])
def test_a_scale_without_a_span_is_refused(bounds):
    with pytest.raises(ScaleError, match="a scale runs from low to high"):
        Scale(*bounds)


def test_codes_off_the_scale_are_found_and_missing_ones_are_not():
    assert Scale(1, 5).off(np.array([0.0, 1, 5, 5.5, np.nan])).tolist() == [True, False, False, True, False]
    assert Scale(1, 5, codes=(1, 3, 5)).off(np.array([1.0, 2, np.nan])).tolist() == [False, True, False]


def test_an_unknown_scoring_is_refused_with_the_list():
    with pytest.raises(ChoiceError, match="scoring is 'minimax'; choose one of 'minmax', 'share-of-max', 'top-box', 'raw'; did you mean 'minmax'?"):
        scorer([Scale(1, 5)], [False], "minimax")
