"""The same five complaints as every platform exports them, read with one codebook."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

import kepuasan as kp
from kepuasan.codebook import AnswerScale, Codebook, Item, Multiple
from kepuasan.errors import CodebookError, DataError, DataWarning
from kepuasan.io.reading import read_file, read_survey
from kepuasan.scales import Scale

FILES = Path(__file__).parent / "files"
NAN = np.nan

SPEED = "Seberapa puas Anda dengan kecepatan layanan?"
PUAS = {1: "Tidak puas", 2: "Kurang puas", 3: "Puas", 4: "Sangat puas"}
SMS, WEB, TALK = "Pesan singkat (SMS)", "Situs web", "Telepon, WhatsApp, atau tatap muka"
AGE = [34, 51, 29, 40, 63]
SPEEDS = [4, 2, NAN, 3, 1]
SENT = [1, 0, NAN, 0, 1]
VISITED = [1, 0, NAN, 1, 1]


def book(options, speed="kecepatan", age="umur", joined=None, labels=None, **parts):
    """A codebook of three questions; options are items by code, labels their texts."""
    question = "Saluran apa yang Anda pakai?"
    multiple = Multiple("kanal", question, options, joined=joined)
    texts = labels or dict.fromkeys(options, "")
    items = [Item(age, "Berapa umur Anda?"), Item(speed, SPEED, scale="puas4", **parts)]
    items += [Item(name, f"{question}: {texts[code]}" if texts[code] else "") for code, name in options.items()]
    scales = {"puas4": AnswerScale("puas4", Scale(1, 4), PUAS)}
    return Codebook({item.name: item for item in items}, scales=scales, multiples={"kanal": multiple}, source="Survei pengaduan")


def read(name, codebook=None):
    """The survey, its source, and the codes of what was said on the way."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        survey = read_survey(FILES / name, codebook)
    return survey, [problem.code for problem in read_file(FILES / name, codebook).problems]


def check_columns(survey, **expected):
    for name, cells in expected.items():
        pd.testing.assert_series_equal(survey.frame[name.replace("__", "/")], pd.Series(cells), check_names=False, check_dtype=False)


@pytest.mark.parametrize(
    ("name", "platform", "rows"),
    [
        ("kobo.csv", "KoboToolbox", 5),
        ("odk.csv", "ODK", 5),
        ("surveycto.csv", "SurveyCTO", 5),
        ("limesurvey_codes.csv", "LimeSurvey", 5),
        ("limesurvey_texts.csv", "LimeSurvey", 5),
        ("google.csv", "Google Forms", 6),
        ("surveymonkey.csv", "SurveyMonkey", 5),
        ("qualtrics.csv", "Qualtrics", 5),
        ("redcap.csv", "REDCap", 5),
        ("redcap_labels.csv", "REDCap", 5),
        ("microsoft.csv", "Microsoft Forms", 5),
    ],
)
def test_without_a_codebook_the_rows_are_those_of_respondents_and_the_platform_is_said(name, platform, rows):
    survey, _ = read(name)
    assert len(survey) == rows
    assert survey.codebook.source.startswith(f"{name}, ")
    assert survey.codebook.source.endswith(f", {platform} export")


def test_kobotoolbox_groups_are_left_out_of_names_and_both_forms_of_a_choice_agree():
    options = {"sms": "kanal/sms", "web": "kanal/web", "telepon": "kanal/telepon"}
    survey, said = read("kobo.csv", book(options, joined="kanal"))
    check_columns(survey, umur=[34, 51, 29, NAN, 63], kecepatan=SPEEDS, kanal__sms=SENT, kanal__web=VISITED, kanal__telepon=[0, 1, NAN, 0, 1])
    assert set(said) == {"KP157", "KP172"}
    assert survey.frame["kanal"].tolist()[0] == "sms web"
    assert survey.codebook.source.startswith("Survei pengaduan; kobo.csv, text separated by semicolons")


def test_kobotoolbox_without_a_codebook_lists_the_choices():
    survey, _ = read("kobo.csv")
    assert survey.codebook.multiples["layanan/kanal"].items["web"] == "layanan/kanal/web"
    assert survey.frame["layanan/kecepatan"].tolist() == ["4", "2", "n/a", "3", "1"]


def form(path):
    """The XLSForm of the complaints, with a group, a choice of one and a choice of several."""
    sheets = {
        "survey": [
            ["type", "name", "label::Bahasa Indonesia (id)", "label::English (en)", "scale"],
            ["start", "start"],
            ["end", "end"],
            ["begin_group", "layanan", "Layanan", "Service"],
            ["select_one puas4", "kecepatan", SPEED, "How satisfied are you with the speed?", "1-4"],
            ["select_multiple kanal", "kanal", "Saluran apa yang Anda pakai?", "Which channels did you use?"],
            ["end_group"],
            ["integer", "umur", "Berapa umur Anda?", "How old are you?"],
        ],
        "choices": [
            ["list_name", "name", "label::Bahasa Indonesia (id)", "label::English (en)"],
            *(["puas4", str(code), label, label] for code, label in PUAS.items()),
            ["kanal", "sms", SMS, "Text message"],
            ["kanal", "web", WEB, "Website"],
            ["kanal", "telepon", TALK, "Telephone, WhatsApp, or in person"],
        ],
    }
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return Codebook.read(path)


def test_kobotoolbox_is_read_with_the_form_beside_it(tmp_path):
    survey, said = read("kobo.csv", form(tmp_path / "form.xlsx"))
    check_columns(survey, umur=[34, 51, 29, NAN, 63], kecepatan=SPEEDS, kanal__sms=SENT, kanal__web=VISITED, kanal__telepon=[0, 1, NAN, 0, 1])
    assert survey.codebook.label("kanal/web") == f"Saluran apa yang Anda pakai?: {WEB}"
    assert survey.frame["start"].iloc[1] == pd.Timestamp("2026-05-04 08:20:30")
    assert set(said) == {"KP119", "KP157", "KP172"}


def test_the_same_form_reads_answers_that_another_platform_writes_as_labels(tmp_path):
    rows = [
        "Cap waktu,Berapa umur Anda?,Seberapa puas Anda dengan kecepatan layanan?,Saluran apa yang Anda pakai?",
        '04/05/2026 8:09:40,34,Sangat puas,"Pesan singkat (SMS), Situs web"',
        '04/05/2026 8:31:00,51,KP,"Telepon, WhatsApp, atau tatap muka"',
        "04/05/2026 9:10:59,29,,",
    ]
    path = tmp_path / "google.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    given = form(tmp_path / "form.xlsx")
    given = replace(given, items={name: item for name, item in given.items.items() if name not in ("start", "end")})
    survey = read_survey(path, given)
    check_columns(survey, umur=AGE[:3], kecepatan=SPEEDS[:3], kanal__sms=SENT[:3], kanal__web=[1, 0, NAN], kanal__telepon=[0, 1, NAN])


def test_odk_central_has_dashes_between_groups_and_names():
    survey, _ = read("odk.csv", book({"sms": "kanal/sms", "web": "kanal/web"}, joined="kanal"))
    check_columns(survey, umur=[34, 51, 29, NAN, 63], kecepatan=SPEEDS, kanal__sms=[1, 1, NAN, 0, 1], kanal__web=[1, 0, NAN, 1, 1])


def test_surveycto_has_options_after_the_name():
    options = {1: "kanal/1", 2: "kanal/2", 3: "kanal/3"}
    survey, said = read("surveycto.csv", book(options, joined="kanal"))
    check_columns(survey, umur=AGE, kecepatan=SPEEDS, kanal__1=SENT, kanal__2=VISITED, kanal__3=[0, 1, NAN, 0, 1])
    assert set(said) == {"KP172"}


def test_limesurvey_codes_are_recoded_and_blanks_of_answered_choices_are_no():
    options = {"SQ001": "Q3_SQ001", "SQ002": "Q3_SQ002", "SQ003": "Q3/SQ003"}
    answers = {f"A{code}": code for code in PUAS}
    given = book(options, "Q2", "Q1", recode=answers).with_items([Item("Q4[SQ001]", scale="puas4", recode=answers)])
    survey, said = read("limesurvey_codes.csv", given)
    check_columns(survey, Q1=AGE, Q2=SPEEDS, Q3_SQ001=SENT, Q3_SQ002=VISITED, Q3__SQ003=[0, 1, NAN, 0, 1])
    assert survey.frame["Q4[SQ001]"].tolist()[3] == 2
    assert set(said) == {"KP158", "KP172"}


def test_limesurvey_questions_and_answers_are_found_by_their_texts():
    options = {"sms": "kanal/sms", "web": "kanal/web", "tel": "kanal/tel"}
    given = book(options, labels={"sms": SMS, "web": "Situs web \u2013 resmi", "tel": "Telepon"})
    survey, said = read("limesurvey_texts.csv", given)
    check_columns(survey, umur=AGE, kecepatan=SPEEDS, kanal__sms=SENT, kanal__web=VISITED, kanal__tel=[0, 1, NAN, 0, 1])
    assert set(said) == {"KP157", "KP172"}


def test_google_forms_are_split_against_the_codebook():
    options = {"sms": "kanal/sms", "web": "kanal/web", "tel": "kanal/tel"}
    given = book(options, labels={"sms": SMS, "web": WEB, "tel": TALK}, joined="Saluran apa yang Anda pakai?")
    grid = "Seberapa puas Anda dengan layanan ini?"
    given = replace(given, items={**given.items, "kecepatan": replace(given.items["kecepatan"], label=f"{grid}: Kecepatan")})
    survey, said = read("google.csv", given)
    check_columns(survey, umur=[*AGE, 27], kecepatan=[*SPEEDS, 3], kanal__sms=[*SENT, 0], kanal__web=[*VISITED, 0], kanal__tel=[0, 1, NAN, 0, 1, 0])
    (warning,) = [problem for problem in read_file(FILES / "google.csv", given).problems if problem.code == "KP152"]
    assert (warning.count, warning.rows) == (2, (5, 7))
    assert "'surat pos' (2)" in warning.message("id")
    assert set(said) == {"KP152", "KP159", "KP172"}


def test_surveymonkey_options_stand_in_the_second_row():
    options = {"sms": "kanal/sms", "web": "kanal/web", "lain": "kanal/lain"}
    given = book(options, labels={"sms": SMS, "web": WEB, "lain": "Lainnya (sebutkan)"})
    given = replace(
        given, items={**given.items, "kecepatan": replace(given.items["kecepatan"], label="Seberapa puas Anda dengan layanan ini?: Kecepatan")}
    )
    survey, said = read("surveymonkey.csv", given)
    check_columns(survey, umur=AGE, kecepatan=SPEEDS, kanal__sms=SENT, kanal__web=VISITED, kanal__lain=[0, 1, NAN, 0, 0])
    assert set(said) == {"KP150", "KP155", "KP158", "KP172"}


def test_surveymonkey_questions_are_labels_without_a_codebook():
    survey, said = read("surveymonkey.csv")
    assert survey.codebook.label("Saluran apa yang Anda pakai? / Situs web") == "Saluran apa yang Anda pakai?: Situs web"
    assert survey.frame["Berapa umur Anda?"].tolist() == AGE
    assert said == ["KP150"]


def test_qualtrics_has_three_rows_of_headers():
    options = {1: "Q3/1", 2: "Q3_2"}
    survey, said = read("qualtrics.csv", book(options, "Q2_1", "Q1"))
    check_columns(survey, Q1=AGE, Q2_1=SPEEDS, Q3__1=SENT, Q3_2=[1, 1, NAN, 1, 0])
    assert survey.codebook.label("Q2_2") == "Seberapa puas Anda dengan layanan ini? - Kejelasan"
    assert set(said) == {"KP150", "KP158", "KP172"}


def test_redcap_writes_zeros_for_choices_that_were_not_made():
    options = {1: "kanal/1", 2: "kanal___2", -9: "kanal/-9"}
    survey, _ = read("redcap.csv", book(options))
    check_columns(survey, umur=AGE, kecepatan=SPEEDS, kanal__1=[1, 0, 0, 0, 1])
    assert survey.frame["kanal___2"].tolist() == [1, 0, 0, 1, 1]
    assert survey.frame["kanal/-9"].tolist() == [0, 0, 1, 0, 0]


def test_redcap_labels_are_checked_and_unchecked():
    survey, _ = read("redcap_labels.csv", book({1: "Saluran (choice=SMS)", 2: "Saluran: Situs web"}, "Seberapa puas dengan kecepatan?", "Umur"))
    assert survey.frame["Saluran (choice=SMS)"].tolist() == [1, 0, 0, 0, 1]
    assert survey.frame["Saluran: Situs web"].tolist() == [1, 0, 0, 1, 1]
    check_columns(survey, **{"Seberapa puas dengan kecepatan?": SPEEDS})


def test_microsoft_forms_join_options_by_semicolons():
    options = {"sms": "kanal/sms", "web": "kanal/web", "tel": "kanal/tel"}
    survey, _ = read("microsoft.csv", book(options, labels={"sms": SMS, "web": WEB, "tel": TALK}, joined="Saluran apa yang Anda pakai?"))
    check_columns(survey, umur=AGE, kecepatan=SPEEDS, kanal__sms=SENT, kanal__web=[1, 0, NAN, 1, 0], kanal__tel=[0, 1, NAN, 0, 1])


# ---------------------------------------------------------------- repeated groups


def test_members_of_a_repeated_group_are_read_with_a_warning():
    with pytest.warns(DataWarning, match=r"member of a repeated group \(linked to pengaduan\).*KP154"):
        survey = kp.read_survey(FILES / "kobo_members.csv")
    assert survey.frame["anggota/usia"].tolist() == [12, 9, 41, 3, 17]


def workbook(path):
    with xlsxwriter.Workbook(path) as book:
        main = book.add_worksheet("pengaduan")
        main.write_row(0, 0, ["layanan/kecepatan", "_id", "_uuid", "_submission_time", "_index"])
        main.write_row(1, 0, [4, 7001, "0b0f-1", "2026-05-04T01:10:02", 1])
        main.write_row(2, 0, [2, 7002, "0b0f-2", "2026-05-04T01:33:15", 2])
        members = book.add_worksheet("anggota")
        members.write_row(0, 0, ["anggota/usia", "_index", "_parent_table_name", "_parent_index", "_submission__id"])
        members.write_row(1, 0, [12, 1, "pengaduan", 1, 7001])
        members.write_row(2, 0, [9, 2, "pengaduan", 1, 7001])
    return path


def test_the_sheet_of_members_is_refused_and_the_main_one_is_read(tmp_path):
    path = workbook(tmp_path / "kobo.xlsx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        assert read_survey(path).frame["layanan/kecepatan"].tolist() == [4, 2]
    with pytest.raises(DataError, match=r"kobo\.xlsx#anggota.*read the main sheet, or aggregate.*KP156"):
        read_survey(f"{path}#anggota")


def test_items_of_members_in_repeated_columns_are_refused_with_a_hint(tmp_path):
    path = tmp_path / "flat.csv"
    path.write_text("anggota[1]/usia,anggota[2]/usia,_uuid,_submission_time\n12,9,a,2026-05-04T01:10:02\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"usia"):
        read_survey(path, Codebook({"usia": Item("usia")}))
