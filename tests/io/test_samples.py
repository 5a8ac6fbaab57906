"""The sample surveys: every kind and wave is found, and a wrong name is answered with the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from kepuasan.errors import ChoiceError
from kepuasan.io.columnar.parsing import by_duckdb, by_pyarrow
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


@pytest.mark.parametrize("kind", ["users", "admins"])
def test_without_a_wave_all_waves_are_stacked(kind):
    survey = load_sample(kind)
    assert tuple(survey.frame["wave"].unique()) == SAMPLES[kind]
    assert list(survey.codebook.drivers) == ["disposition_accuracy", "response_speed", "ease_of_updates"]


@pytest.mark.parametrize(("kind", "year", "rows"), [("skm", "2025", 2165), ("sekadau", 2019, 49)])
def test_a_kind_of_one_wave_comes_as_it_is(kind, year, rows):
    alone, named = load_sample(kind), load_sample(kind, year)
    assert len(alone) == rows
    assert "wave" not in alone.frame
    assert alone.frame.equals(named.frame)
    assert SAMPLES[kind] == (str(year),)


def test_the_agency_is_a_sample_of_finite_populations_whose_weights_follow_from_the_counts():
    survey = load_sample("skm")
    size = survey.frame.groupby("stratum")["stratum"].transform("size")
    assert survey.weights.to_numpy() == pytest.approx((survey.frame["population"] / size).to_numpy())
    assert survey.design.df == 2165 - 18
    assert "synthetic" in survey.codebook.source
    assert "invented" in survey.codebook.source


def test_the_answers_of_sekadau_are_named_as_real():
    book = load_sample("sekadau").codebook
    assert "real" in book.source
    assert "not synthetic" in book.source
    assert book.label("u7") == "Perilaku Pelaksana"
    for item in ("u8", "u9"):
        assert "tidak diketahui" in book.label(item)
        assert "urutan U8 dan U9" in book.item(item).question["id"]


def test_a_wrong_kind_or_wave_is_answered_with_the_list():
    with pytest.raises(ChoiceError, match="kind is 'ikm'; choose one of 'users', 'admins', 'skm', 'sekadau'"):
        load_sample("ikm")
    with pytest.raises(ChoiceError, match="wave is '2024'; choose one of '2025'"):
        load_sample("skm", 2024)
    with pytest.raises(ChoiceError, match="wave is '2021'; choose one of '2020', '2022'"):
        load_sample("admins", 2021)


@pytest.mark.parametrize("suffix", ["sav", "dta", "parquet"])
@pytest.mark.parametrize("wave", ["users_2020", "users_2021", "users_2022", "admins_2020", "admins_2022", "skm_2025"])
def test_a_file_of_the_sample_says_what_it_is_without_a_codebook(wave, suffix):
    source = read_frame(SAMPLE / f"{wave}.{suffix}")[1].source.lower()
    assert "synthetic" in source or "sintetis" in source


def test_what_a_parquet_file_says_of_itself_is_the_same_by_either_reader():
    path = SAMPLE / "users_2022.parquet"
    assert by_duckdb(path, "Parquet file").description == by_pyarrow(path, "Parquet file").description != ""
