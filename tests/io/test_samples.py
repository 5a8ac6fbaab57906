"""The sample surveys: every wave is found, and a wrong name is answered with the list."""

from __future__ import annotations

import pytest

from kepuasan.errors import ChoiceError
from kepuasan.io.samples import SAMPLES, load_sample

ROWS = [("users", 2020, 1329), ("users", "2021", 1210), ("users", "2022", 1210), ("admins", "2020", 480), ("admins", 2022, 520)]


@pytest.mark.parametrize(("kind", "wave", "rows"), ROWS)
def test_each_wave_comes_with_its_codebook_and_design(kind, wave, rows):
    survey = load_sample(kind, wave)
    assert len(survey) == rows
    assert survey.codebook.scale_of("response_speed").high == 4
    assert survey.design.df > 30
    assert "not the survey's microdata" in survey.codebook.source


@pytest.mark.parametrize("kind", list(SAMPLES))
def test_without_a_wave_all_waves_are_stacked(kind):
    survey = load_sample(kind)
    assert tuple(survey.frame["wave"].unique()) == SAMPLES[kind]
    assert list(survey.codebook.drivers) == ["disposition_accuracy", "response_speed", "ease_of_updates"]


def test_a_wrong_kind_or_wave_is_answered_with_the_list():
    with pytest.raises(ChoiceError, match="kind is 'skm'; choose one of 'users', 'admins'"):
        load_sample("skm")
    with pytest.raises(ChoiceError, match="wave is '2021'; choose one of '2020', '2022'"):
        load_sample("admins", 2021)
