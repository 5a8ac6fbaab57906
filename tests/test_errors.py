"""The tree of errors, and the words that messages are made of."""

from __future__ import annotations

import numpy as np
import pytest

from kepuasan import errors
from kepuasan.errors import KepuasanError, choose, nearest, some


def test_every_error_is_a_refusal_of_the_library() -> None:
    classes = [getattr(errors, name) for name in errors.__all__ if name.endswith("Error")]
    assert len(classes) >= 10
    assert all(issubclass(one, KepuasanError) for one in classes)


def test_bad_values_are_value_errors_too() -> None:
    for name in ("DataError", "DesignError", "SinglePSUError", "EstimateError", "ChoiceError", "CodebookError", "ScaleError", "RecipeError"):
        assert issubclass(getattr(errors, name), ValueError)


def test_warnings_have_a_tree_of_their_own() -> None:
    assert issubclass(errors.DataWarning, errors.KepuasanWarning)
    assert not issubclass(errors.KepuasanWarning, KepuasanError)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("sped", "; did you mean 'speed'?"), ("SPEED", "; did you mean 'speed'?"), ("zzz", ""), (2021, "; did you mean 2020?")],
)
def test_the_nearest_known_name_is_a_hint_and_a_far_one_is_none(name: object, hint: str) -> None:
    assert nearest(name, ["speed", "updates", 2020]) == hint


def test_long_lists_say_how_many_more_there_are() -> None:
    assert some(range(8)) == "0, 1, 2, 3, 4 and 3 more"
    assert some([]) == ""


def test_numbers_of_numpy_are_written_as_plain_numbers() -> None:
    assert some(np.array([1, 2])) == "1, 2"
    assert some([np.float64(0.5), np.str_("a")]) == "0.5, 'a'"


def test_a_wrong_choice_names_the_argument_the_value_and_the_list() -> None:
    with pytest.raises(errors.ChoiceError, match="missing is 'itm'; choose one of 'item', 'listwise'; did you mean 'item'?"):
        choose("missing", "itm", ("item", "listwise"))
    assert choose("missing", "item", ("item", "listwise")) is None


@pytest.mark.parametrize("value", [None, 3, ["item"], {"a": 1}])
def test_a_choice_of_another_type_is_a_wrong_choice(value: object) -> None:
    with pytest.raises(errors.ChoiceError, match="choose one of"):
        choose("missing", value, ("item", "listwise"))
