"""Colours by amount and agreement, and classes with round bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepuasan.display.shades import AMOUNTS, agreement, contrast, letters_on, round_bounds


def test_contrast_is_that_of_wcag():
    """#767676 on white is 4.54 to 1, the example of WCAG's techniques."""
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)
    assert contrast("#FFFFFF", "#000000") == 21.0


@pytest.mark.parametrize("colour", [*AMOUNTS, *(colour for count in range(2, 12) for colour in agreement(count))])
def test_letters_can_be_read_on_every_colour(colour):
    assert contrast(letters_on(colour), colour) >= 4.5


def test_amounts_grow_darker():
    light = [contrast(colour, "#000000") for colour in AMOUNTS]
    assert light == sorted(light, reverse=True)


@given(st.lists(st.integers(-10_000, 10_000).map(lambda value: value / 10), min_size=1, max_size=40))
def test_bounds_hold_every_value_in_at_most_five_classes_of_one_width(values):
    bounds = round_bounds(values)
    assert bounds[0] <= min(values)
    assert max(values) < bounds[-1]
    assert 2 <= len(bounds) <= 6
    assert np.allclose(np.diff(bounds), bounds[1] - bounds[0])
