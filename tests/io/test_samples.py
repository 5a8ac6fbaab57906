"""The sample surveys: every wave is found, and a wrong name is answered with the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from kepuasan.errors import ChoiceError
from kepuasan.io.parquet import _by_duckdb, _by_pyarrow
from kepuasan.io.reading import read_frame
from kepuasan.io.samples import SAMPLES, load_sample

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"

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


@pytest.mark.parametrize("suffix", ["sav", "dta", "parquet"])
@pytest.mark.parametrize("wave", ["users_2020", "users_2021", "users_2022", "admins_2020", "admins_2022"])
def test_a_file_of_the_sample_says_what_it_is_without_a_codebook(wave, suffix):
    source = read_frame(SAMPLE / f"{wave}.{suffix}")[1].source.lower()
    assert "synthetic" in source or "sintetis" in source


def test_what_a_parquet_file_says_of_itself_is_the_same_by_either_reader():
    path = SAMPLE / "users_2022.parquet"
    assert _by_duckdb(path)[1] == _by_pyarrow(path)[1] != ""
