"""A codebook from a first look at data: what is guessed, what is left alone, and that it can be used as it is written."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kepuasan.codebook import Codebook
from kepuasan.errors import DataWarning
from kepuasan.io.first_look import draft_codebook
from kepuasan.io.ladders import ladder_of, no_answer
from kepuasan.io.reading import read_survey

RNG = np.random.default_rng(6)


def looked(tmp_path, **columns):
    path = tmp_path / "data.csv"
    pd.DataFrame(columns).to_csv(path, index=False)
    return draft_codebook(path), path


def numbers(*values, n=40):
    """A column that holds all these values."""
    return [*values, *RNG.choice(values, n - len(values))]


def span(book, name):
    scale = book.scale_of(name)
    return None if scale is None else (scale.low, scale.high)


@pytest.mark.parametrize(
    ("values", "scale", "missing"),
    [
        ((1, 2, 3), (1, 4), []),
        ((1, 2, 3, 4), (1, 4), []),
        ((2, 3, 5), (1, 5), []),
        ((1, 6), (1, 6), []),
        ((1, 7), (1, 7), []),
        ((1, 3, 8, 10), (1, 10), []),
        ((0, 3, 10), (0, 10), []),
        ((1, 2, 4, 9), (1, 4), [9]),
        ((1, 5, 8, 9), (1, 5), [8, 9]),
        ((1, 7, 9), (1, 7), [9]),
        ((1, 7, 8, 9), (1, 10), []),
        ((1, 4, 88, 97, 98, 99), (1, 4), [88, 97, 98, 99]),
        ((0, 10, 99), (0, 10), [99]),
        ((0, 1, 5, 9), (0, 10), []),  # 9 was missing on a scale that holds it, and the draft was refused
        ((1, 4, 55), None, []),
        ((1, 2.5, 4), None, []),
    ],
)
def test_the_smallest_usual_scale_that_holds_the_answers_is_guessed(tmp_path, values, scale, missing):
    book, _ = looked(tmp_path, q1=numbers(*values), q2=numbers(*values))
    assert span(book, "q1") == span(book, "q2") == scale
    assert list(book.items["q1"].missing) == missing
    assert ("scale" in book.items["q1"].guessed) == (scale is not None)
    assert ("missing" in book.items["q1"].guessed) == bool(missing)


def test_columns_alike_share_the_scale_that_holds_all_of_them(tmp_path):
    book, _ = looked(tmp_path, u1=numbers(1, 2, 3), u2=numbers(3, 4), u3=numbers(2, 5, 9))
    assert [span(book, name) for name in ("u1", "u2", "u3")] == [(1, 5)] * 3
    assert list(book.scales) == ["skala_1_5"]


def test_characteristics_counts_and_lone_columns_get_no_scale(tmp_path):
    book, _ = looked(
        tmp_path, sex=numbers(1, 2), age=numbers(17, 30, 65), pendidikan1=numbers(1, 2, 3), pendidikan2=numbers(1, 2, 3), speed=numbers(1, 3, 4)
    )
    assert not any(item.scale for item in book.items.values())
    assert {item.guessed for item in book.items.values()} == {("type",)}


def test_questions_written_out_are_answers_and_counts_are_not(tmp_path):
    columns = {"Seberapa puas Anda dengan petugas?": numbers(1, 3), "Berapa kali Anda datang ke loket?": numbers(0, 1, 5)}
    book, _ = looked(tmp_path, **columns)
    assert [span(book, name) for name in columns] == [(1, 4), None]


@pytest.mark.parametrize(
    ("texts", "rungs"),
    [
        (("Puas", "Sangat puas"), ("Tidak puas", "Kurang puas", "Puas", "Sangat puas")),
        (("Sangat tidak setuju", "Setuju", "netral"), ("Sangat tidak setuju", "Tidak setuju", "Netral", "Setuju", "Sangat setuju")),
        (("TIDAK SESUAI", "Sangat sesuai"), ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai")),
        (("Kadang-kadang", "Selalu", "Jarang"), ("Tidak pernah", "Jarang", "Kadang-kadang", "Sering", "Selalu")),
        (("Strongly agree", "Disagree"), ("Strongly disagree", "Disagree", "Agree", "Strongly agree")),
        (("Very satisfied", "Neutral", "Dissatisfied"), ("Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied")),
        (("Never", "Always"), ("Never", "Sometimes", "Often", "Always")),
        (("Murah", "Gratis"), ("Sangat mahal", "Cukup mahal", "Murah", "Gratis")),
    ],
)
def test_words_have_their_natural_order(texts, rungs):
    assert ladder_of(texts).rungs == rungs


@pytest.mark.parametrize("texts", [("Bali", "Aceh"), ("Puas",), ("Ya", "Tidak"), ("Puas", "Sangat mudah"), ()])
def test_other_words_have_none(texts):
    assert ladder_of(texts) is None


def test_answers_in_words_become_codes_that_the_draft_reads(tmp_path):
    book, path = looked(
        tmp_path,
        u1=["Puas", "Sangat puas", "Tidak tahu", "Kurang puas"],
        u2=["Tidak puas", "puas", "Menolak", "Puas"],
        kota=["Bali", "Aceh", "Riau", "Bali"],
    )
    assert book.items["u1"].scale == book.items["u2"].scale == "puas4"
    assert book.items["u1"].guessed == ("type", "scale", "missing", "spellings")
    assert book.items["kota"].type == "text"
    frame = read_survey(path, book).frame
    assert frame["u1"].tolist() == [3, 4, 8, 2]
    assert frame["u2"].tolist() == [1, 3, 9, 3]


def test_an_answer_of_the_ladder_is_none_of_the_texts_that_are_no_answer(tmp_path):
    # "Tidak relevan" became the missing code 8, so that nobody had given the lowest answer
    book, path = looked(
        tmp_path, u1=["Relevan", "Sangat relevan", "Tidak relevan", "Kurang relevan"], u2=["Puas", "Sangat puas", "Tidak relevan", "Puas"]
    )
    assert not book.items["u1"].missing
    assert list(book.items["u2"].missing) == [8]
    assert read_survey(path, book).frame["u1"].tolist() == [3, 4, 1, 2]


def test_answers_in_words_are_no_weight(tmp_path):
    # a column "w" of words was looked at as numbers: ValueError
    book, _ = looked(tmp_path, w=["Puas", "Tidak puas", "Sangat puas"], bobot=[1, 2, 1])
    assert book.design == {"weight": "bobot"}


def test_personal_columns_are_told_by_their_cells_too_and_questions_are_none(tmp_path):
    # a question about mail and one about a telephone were personal, a column x1 of identity numbers was not
    book, _ = looked(
        tmp_path,
        **{
            "x1": [f"31740{1 + place}100{1 + place}850001" for place in range(8)],
            "Identitas/Nama lengkap": ["Ani Lestari", "Budi Santoso", "Citra Dewi", "Dewi Putri"] * 2,
            "Seberapa puas Anda dengan layanan telepon?": ["Puas", "Tidak puas"] * 4,
            "Punya email?": ["Ya", "Tidak"] * 4,
        },
    )
    assert [item.role for item in book.items.values()] == ["personal", "personal", None, None]


def test_two_ladders_of_one_name_are_kept_apart(tmp_path):
    book, path = looked(tmp_path, a=["Tidak puas", "Kurang puas", "Puas"], b=["Sangat tidak puas", "Tidak puas", "Puas"])
    assert [book.items[name].scale for name in "ab"] in (["puas4", "puas4_2"], ["puas4_2", "puas4"], ["puas5", "puas5"])
    frame = read_survey(path, book).frame
    assert frame["a"].is_monotonic_increasing
    assert frame["b"].is_monotonic_increasing


def test_identifiers_weights_and_personal_columns_are_told_by_their_names(tmp_path):
    book, path = looked(
        tmp_path,
        **{
            "No. Responden": [1, 2, 3],
            "Nama lengkap": list("abc"),
            "No HP": [81234567001, 81234567002, 81234567003],
            "Nama unit": list("xyz"),
            "bobot": [1.5, 0.5, 1],
            "no": [1, 1, 2],
        },
    )
    assert {name: item.role for name, item in book.items.items()} == {
        "No. Responden": "identifier", "Nama lengkap": "personal", "No HP": "personal", "Nama unit": None, "bobot": None, "no": None,
    }  # fmt: skip
    assert "role" in book.items["No HP"].guessed
    assert book.design == {"weight": "bobot"}
    assert read_survey(path, book).weights.tolist() == [1.5, 0.5, 1.0]


@pytest.mark.parametrize("weights", [[1, 1, 1], [0, 1, 2], [1, None, 2], ["a", "b", "c"]])
def test_what_cannot_be_a_weight_is_none(tmp_path, weights):
    assert looked(tmp_path, bobot=weights)[0].design is None


@pytest.mark.parametrize("suffix", [".toml", ".xlsx"])
def test_a_draft_that_is_written_can_be_used_at_once(tmp_path, suffix):
    book, path = looked(tmp_path, id=[1, 2, 3], q1=[1, 4, 9], q2=[2, 3, 4], u1=["Puas", "Sangat puas", "Tidak puas"], w=[1.5, 1, 2])
    book.write(tmp_path / f"book{suffix}")
    assert Codebook.read(tmp_path / f"book{suffix}") == book
    survey = read_survey(path, tmp_path / f"book{suffix}")
    assert survey.frame["u1"].tolist() == [3, 4, 1]
    assert survey.column("q1").tolist()[:2] == [1, 4]
    assert survey.column("q1").isna().tolist() == [False, False, True]
    assert survey.codebook.source == "data.csv, text separated by commas, UTF-8"


@pytest.mark.parametrize(
    ("cell", "kind", "moment"),
    [
        ("14/05/2026 13:25:52", "datetime", "2026-05-14 13:25:52"),
        ("2026/05/01 8:00:05 PM GMT+7", "datetime", "2026-05-01 20:00:05"),
        ("5 Mei 2026", "date", "2026-05-05"),
    ],
)
def test_texts_that_are_dates_are_drafted_as_such_and_read_so(tmp_path, cell, kind, moment):
    # all were text
    book, path = looked(tmp_path, waktu=[cell, None, cell, cell], lain=[cell, cell, cell, "besok"], dua=[cell, cell, None, None])
    assert [(item.type, item.guessed) for item in book.items.values()] == [(kind, ("type",)), ("text", ("type",)), ("text", ("type",))]
    assert read_survey(path, book).frame["waktu"].dropna().unique().tolist() == pd.Series([moment]).astype("datetime64[ms]").tolist()


def test_dates_with_the_month_first_are_drafted_and_said_when_they_are_read(tmp_path):
    book, path = looked(tmp_path, tanggal=["5/14/2026", "5/1/2026", "6/30/2026"])
    assert book.items["tanggal"].type == "date"
    with pytest.warns(DataWarning, match="KP113"):
        frame = read_survey(path, book).frame
    assert frame["tanggal"].dt.month.tolist() == [5, 5, 6]


@pytest.mark.parametrize("cells", [["SMS, Situs web", "SMS", "Situs web"], ["SMS;Situs web;", "SMS;", "Situs web;"]])
@pytest.mark.parametrize("suffix", [".toml", ".xlsx"])
def test_options_joined_in_cells_are_drafted_as_a_question_with_several_answers(tmp_path, cells, suffix):
    # the column was text, and nothing said that it was a question with several answers
    book, path = looked(tmp_path, kanal=cells * 10, u1=["Puas", "Tidak puas", "Sangat puas"] * 10)
    assert book.multiples["kanal"].items == {"SMS": "kanal/SMS", "Situs web": "kanal/Situs web"}
    assert book.items["kanal/SMS"].guessed == ("type",)
    book.write(tmp_path / f"book{suffix}")
    assert Codebook.read(tmp_path / f"book{suffix}") == book
    frame = read_survey(path, tmp_path / f"book{suffix}").frame
    assert [frame["kanal/SMS"].sum(), frame["kanal/Situs web"].sum()] == [20, 20]


@pytest.mark.parametrize(
    "cells",
    [
        ["Ya", "Tidak, terima kasih", "Ya"],
        ["Bandung, Jawa Barat", "Bogor, Jawa Barat", "Bali"],
        ["SMS, SMS", "SMS", "Situs"],
        ["1, 2", "1", "2"],
        ["SMS", "Situs", "Surat"],
    ],
)
def test_other_cells_with_commas_are_left_alone(tmp_path, cells):
    assert not looked(tmp_path, kanal=cells * 10)[0].multiples
    assert not looked(tmp_path, kanal=["SMS, Situs", "SMS", "Situs"] * 9)[0].multiples  # 27 rows are too few


def test_items_drafted_on_a_ladder_have_its_labels(tmp_path):
    # the written draft had "values = {}" in each of them
    book, _ = looked(tmp_path, u1=["Puas", "Sangat puas", "Tidak puas"])
    assert book.items["u1"].values == book.scales["puas4"].labels
    book.write(tmp_path / "book.toml")
    assert "values" not in (tmp_path / "book.toml").read_text(encoding="utf-8")


def test_the_draft_of_reading_stays_modest(tmp_path):
    _, path = looked(tmp_path, q1=[1, 4, 9], q2=[2, 3, 4], id=[1, 2, 3])
    book = read_survey(path).codebook
    assert not book.scales
    assert all(item.guessed == () and item.role is None and not item.missing for item in book.items.values())


def test_texts_that_are_no_answer_have_their_code():
    assert [no_answer(text) for text in ("Don’t know", "MENOLAK", "Puas")] == [8, 9, None]
