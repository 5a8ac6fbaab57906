"""Headers of several rows: which are a platform's for certain, and that no other table loses a row."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kepuasan.io.platforms import header_of

FILES = Path(__file__).parent / "files"
ID = '{"ImportId":"QID1"}'


def rows_of(name):
    with (FILES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_qualtrics_has_names_texts_and_identifiers_for_import():
    header = header_of(rows_of("qualtrics.csv"))
    assert (header.platform, header.first) == ("Qualtrics", 3)
    assert header.names[6:11] == ("ResponseId", "UserLanguage", "Q1", "Q2_1", "Q2_2")
    assert header.labels["Q2_1"] == "Seberapa puas Anda dengan layanan ini? - Kecepatan"
    assert "Progress" not in header.labels


def test_qualtrics_workbooks_have_no_row_of_identifiers():
    rows = rows_of("qualtrics.csv")
    header = header_of([rows[0], rows[1], *rows[3:]])
    assert (header.platform, header.first, header.names) == ("Qualtrics", 2, tuple(rows[0]))


def test_data_below_the_names_of_qualtrics_are_no_header():
    rows = rows_of("qualtrics.csv")
    assert header_of([rows[0], *rows[3:]]) is None


@pytest.mark.parametrize("third", [[ID, ID, ""], [ID, "4", ID], ["", "", ""]])
def test_a_row_that_is_not_all_identifiers_is_data(third):
    assert header_of([["a", "b", "c"], ["x", "y", "z"], third]) is None


def test_surveymonkey_has_questions_and_options():
    header = header_of(rows_of("surveymonkey.csv"))
    assert (header.platform, header.first) == ("SurveyMonkey", 2)
    assert header.names == (
        "Respondent ID",
        "Collector ID",
        "Start Date",
        "End Date",
        "IP Address",
        "Email Address",
        "First Name",
        "Last Name",
        "Custom Data 1",
        "Berapa umur Anda?",
        "Saluran apa yang Anda pakai? / Pesan singkat (SMS)",
        "Saluran apa yang Anda pakai? / Situs web",
        "Saluran apa yang Anda pakai? / Lainnya (sebutkan)",
        "Seberapa puas Anda dengan layanan ini? / Kecepatan",
        "Seberapa puas Anda dengan layanan ini? / Kejelasan",
    )
    assert header.labels["Saluran apa yang Anda pakai? / Situs web"] == "Saluran apa yang Anda pakai?: Situs web"
    assert header.labels["Berapa umur Anda?"] == "Berapa umur Anda?"
    assert "Respondent ID" not in header.labels


def test_an_unknown_word_below_several_questions_is_that_for_one_answer():
    rows = [["respondent_id", "collector_id", "Umur?", "Kota?", "Saluran?", ""], ["", "", "Vastaus", "Vastaus", "SMS", "Web"]]
    assert header_of(rows).names == ("respondent_id", "collector_id", "Umur?", "Kota?", "Saluran? / SMS", "Saluran? / Web")


def test_blanks_in_the_first_row_with_options_below_are_enough():
    rows = [["RespondentID", "Fan?", "Seen?", "", ""], ["", "Response", "One", "Two", "Three"], ["9", "Yes", "One", "", "Three"]]
    assert header_of(rows).names == ("RespondentID", "Fan?", "Seen? / One", "Seen? / Two", "Seen? / Three")


def test_names_that_come_twice_are_numbered():
    rows = [["Respondent ID", "Collector ID", "Umur?", "Umur?", "Q", "", "Q / A"], ["", "", "Response", "Response", "A", "A", "Response"]]
    names = header_of(rows).names
    assert names == ("Respondent ID", "Collector ID", "Umur?", "Umur? (2)", "Q / A", "Q / A (2)", "Q / A (3)")
    assert len(set(names)) == 7


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["a", "b", "c"]],
        [["RespondentID", "Fan?", "Seen?"], ["", "Response", "Response"], ["9", "Yes", "No"]],
        [["", "speed", "ease"], ["1", "4", "3"], ["2", "1", "2"]],
        [["name", "", "ease"], ["Ani", "x", "Puas"], ["Budi", "y", "Puas"]],
        [["id", "Fan?", ""], ["", "Response", "4"], ["9", "Yes", "3"]],
        [["Respondent ID", "Collector ID", "Umur?"], ["118", "5", "34"], ["119", "5", "51"]],
        [["StartDate", "EndDate", "RecordedDate", "ResponseId"], [None, None, None, None]],
        [["StartDate", "EndDate", "RecordedDate", "ResponseId"], ["2026-05-04", "2026-05-04", "2026-05-04", "R_1"]],
    ],
    ids=["nothing", "one row", "Response alone", "row numbers", "a nameless column", "an option that is a number", "ids are filled", "blank", "data"],
)
def test_other_tables_are_left_alone(rows):
    assert header_of(rows) is None


@pytest.mark.parametrize("name", ["kobo.csv", "odk.csv", "surveycto.csv", "limesurvey_codes.csv", "google.csv", "redcap.csv", "microsoft.csv"])
def test_exports_with_one_header_row_are_left_alone(name):
    assert header_of(rows_of(name)) is None
