"""Survey platforms: what an export is recognised by, what is said about it, and what its columns may be called."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from kepuasan.io.platforms import is_repeat, names_of, recognised
from kepuasan.io.platforms.known import PLATFORMS
from kepuasan.io.raw import Raw

FILES = Path(__file__).parent / "files"


def raw_of(name, **parts):
    data = (FILES / name).read_bytes()
    encoding = "cp1252" if b"\x96" in data else "utf-8-sig"
    first = data.decode(encoding).partition("\n")[0]
    frame = pd.read_csv(FILES / name, sep=";" if first.count(";") > first.count(",") else ",", dtype=str, encoding=encoding)
    return Raw(frame, f"{name}, text", file=name, first_row=2, **parts)


def raw(columns, *rows, **parts):
    return Raw(pd.DataFrame(list(rows), columns=columns, dtype=object), "a.csv, text", file="a.csv", **{"first_row": 2} | parts)


def codes(made):
    return [problem.code for problem in made.problems]


@pytest.mark.parametrize(
    ("name", "platform"),
    [
        ("kobo.csv", "KoboToolbox"),
        ("kobo_members.csv", "KoboToolbox"),
        ("odk.csv", "ODK"),
        ("surveycto.csv", "SurveyCTO"),
        ("limesurvey_codes.csv", "LimeSurvey"),
        ("limesurvey_texts.csv", "LimeSurvey"),
        ("google.csv", "Google Forms"),
        ("surveymonkey.csv", "SurveyMonkey"),
        ("qualtrics.csv", "Qualtrics"),
        ("redcap.csv", "REDCap"),
        ("redcap_labels.csv", "REDCap"),
        ("microsoft.csv", "Microsoft Forms"),
    ],
)
def test_an_export_is_recognised_and_its_cells_are_not_touched(name, platform):
    given = raw_of(name)
    made = recognised(given)
    assert (made.platform, made.taken_for) == (platform, f"{name}, text, {platform} export")
    assert made.frame is given.frame


def test_every_platform_has_a_file_here():
    recognised_here = {recognised(raw_of(path.name)).platform for path in FILES.glob("*.csv")}
    assert recognised_here == {platform.name for platform in PLATFORMS}


@pytest.mark.parametrize(
    "columns",
    [
        ["id", "speed", "ease"],
        ["_id", "name", "value"],
        ["Timestamp", "sensor", "value"],
        ["start", "end", "speed"],
        ["ID", "Name", "Start time"],
        ["id", "x[1]", "x[2]"],
        ["KEY", "value", "note"],
        ["record_id", "speed", "ease"],
        ["Status", "Edits", "note"],
        ["Seed", "height", "yield"],
    ],
)
def test_common_names_alone_are_no_platforms(columns):
    made = recognised(raw(columns, ["1", "2", "3"]))
    assert (made.platform, made.taken_for, made.problems) == ("", "a.csv, text", ())


@pytest.mark.parametrize("first", ["Timestamp", "Stempel waktu", "Cap waktu"])
@pytest.mark.parametrize("stamp", ["14/5/2026 13:25:52", "2026/05/14 1:25:52 PM GMT+7", "14/05/2026 13.25.52", dt.datetime(2026, 5, 14, 13, 25)])
def test_google_forms_are_told_by_their_first_column(first, stamp):
    made = recognised(raw([first, "Seberapa puas Anda?"], [stamp, "4"], [None, "3"]))
    assert made.platform == "Google Forms"


@pytest.mark.parametrize(
    ("columns", "cell"),
    [(["Timestamp", "Seberapa puas?"], "1715670000"), (["Timestamp", "speed"], "2026-05-14 13:25:52"), (["Timestamp", "Is it?"], None)],
)
def test_other_timestamps_are_not_google_forms(columns, cell):
    assert recognised(raw(columns, [cell, "4"])).platform == ""


@pytest.mark.parametrize(
    ("stamps", "platform"),
    [
        (["14/5/2026 13:25:52", None, "15/5/2026 8:00:01"], "Google Forms"),
        (["2026/05/14 1:25:52 PM GMT+7", "2026/05/14 1:25:53\u202fPM GMT+7"], "Google Forms"),
        (["14/5/2026 13:25:52"] * 30 + ["2026-05-15 08:00:01"], ""),
        (["14/5/2026 13:25"], ""),
    ],
)
def test_moments_written_as_forms_write_them_are_enough_under_questions_of_one_word(stamps, platform):
    # such a form was an unknown file, whose joined options were cut at blanks
    assert recognised(raw(["Stempel waktu", "Kecepatan"], *([stamp, "4"] for stamp in stamps))).platform == platform


def test_a_header_of_several_rows_is_told_by_its_reader_and_said():
    made = recognised(raw(["Q1", "Q2"], ["4", "3"], platform="Qualtrics", first_row=4))
    assert (made.platform, codes(made)) == ("Qualtrics", ["KP150"])
    assert made.problems[0].severity == "note"
    assert "first 3 rows are read as one header, as Qualtrics exports" in made.problems[0].message()


def test_a_second_row_of_headers_stays_a_row_and_is_warned_of():
    given = raw(["RespondentID", "Do you smoke?", "Gender"], [None, "Response", "Response"], ["32", "No", "Male"])
    made = recognised(given)
    assert (codes(made), made.problems[0].rows, made.problems[0].severity) == (["KP151"], (2,), "warning")
    assert len(made.frame) == 2
    assert "row" in made.problems[0].message()
    assert "baris" in made.problems[0].message("id")


def test_an_answer_response_is_no_second_header():
    made = recognised(raw(["id", "word", "city"], ["1", "Response", "Bali"], ["2", "Reply", "Bali"]))
    assert made.problems == ()


# ---------------------------------------------------------------- repeated groups


def test_members_of_a_repeated_group_are_warned_of():
    made = recognised(raw_of("kobo_members.csv"))
    problem = made.problems[0]
    assert (problem.code, problem.severity, problem.column, problem.count) == ("KP154", "warning", "_parent_index", 5)
    assert "linked to pengaduan" in problem.message()


def test_a_sheet_of_members_that_is_asked_for_is_refused():
    problem = recognised(raw_of("kobo_members.csv", sheet="anggota"), "anggota").problems[0]
    assert (problem.code, problem.severity, problem.where) == ("KP156", "error", "kobo_members.csv#anggota")
    assert "read the main sheet, or aggregate" in problem.message()


def test_the_main_table_has_a_parent_index_too():
    columns = ["speed", "_uuid", "_index", "_parent_table_name", "_parent_index"]
    assert recognised(raw(columns, ["4", "a", "1", None, "-1"], ["3", "b", "2", None, "-1"])).problems == ()


def test_members_are_told_by_the_keys_of_odk():
    made = recognised(raw(["name", "PARENT_KEY", "KEY"], ["A", "uuid:1", "uuid:1/member[1]"]))
    assert codes(made) == ["KP154"]
    assert recognised(raw(["name", "PARENT_KEY", "KEY"], ["A", "1", "11"])).problems == ()


@pytest.mark.parametrize(
    ("column", "repeated"),
    [
        ("children[1]/name", True),
        ("house/children[12]/age", True),
        ("a[1]/b[2]/c", True),
        ("Q3[SQ001]", False),
        ("children/name", False),
        ("x[1]", False),
    ],
)
def test_columns_of_members_are_known(column, repeated):
    assert is_repeat(column) is repeated


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("column", "platform", "names"),
    [
        ("layanan/kecepatan", "KoboToolbox", ("kecepatan", "layanan: kecepatan")),
        ("a/layanan/kanal/sms", "KoboToolbox", ("layanan/kanal/sms", "kanal: sms", "kanal/sms", "sms")),
        ("layanan-kecepatan", "ODK", ("kecepatan", "layanan/kecepatan")),
        ("kanal___2", "REDCap", ("kanal/2", "kanal_2")),
        ("kanal____9", "REDCap", ("kanal/-9",)),
        ("kecepatan", "KoboToolbox", ()),
        ("kanal_2", "SurveyCTO", ("kanal/2",)),
        ("Q2_1", "Qualtrics", ("Q2/1",)),
    ],
)
def test_a_codebook_may_list_a_column_by_other_names(column, platform, names):
    assert names_of(column, platform) == names


@pytest.mark.parametrize(
    ("column", "platform", "name"),
    [
        ("layanan-kanal/sms", "ODK", "kanal/sms"),
        ("layanan-kanal/sms", "ODK", "layanan/kanal/sms"),
        ("Q1[SQ001]", "LimeSurvey", "Q1_SQ001"),
        ("Q1[SQ001]", "LimeSurvey", "Q1SQ001"),
        ("Q1[SQ001]", "LimeSurvey", "Q1/SQ001"),
        ("Q1_SQ001", "LimeSurvey", "Q1[SQ001]"),
        ("Q1[SQ001][1]", "LimeSurvey", "Q1_SQ001_1"),
        ("Q1. Seberapa puas Anda?", "LimeSurvey", "Q1"),
        ("Q1. Seberapa puas Anda?", "LimeSurvey", "Seberapa puas Anda?"),
        ("Q3[SQ001]. Saluran? [SMS]", "LimeSurvey", "Q3_SQ001"),
        ("Q3[SQ001]. Saluran? [SMS]", "LimeSurvey", "Saluran?: SMS"),
        ("Seberapa puas?  [Kecepatan]", "Google Forms", "Seberapa puas?: Kecepatan"),
        ("Seberapa puas?  [Kecepatan]", "Google Forms", "Kecepatan"),
        ("4. Seberapa puas Anda? ", "Google Forms", "Seberapa puas Anda?"),
        ("Seberapa puas Anda?  ", "Google Forms", "Seberapa puas Anda?"),
        ("Saluran? / SMS", "SurveyMonkey", "Saluran?/SMS"),
        ("Saluran? / SMS", "SurveyMonkey", "Saluran?: SMS"),
        ("Saluran (choice=SMS)", "REDCap", "Saluran: SMS"),
        ("layanan/kanal/sms", "", "kanal/sms"),
        ("kanal___1", "", "kanal/1"),
        ("Q1[SQ001]", "", "Q1_SQ001"),
    ],
)
def test_names_of_a_platform_lead_to_those_of_a_codebook(column, platform, name):
    assert name in names_of(column, platform)


@pytest.mark.parametrize(
    ("name", "column", "label"),
    [
        ("limesurvey_texts.csv", "Saluran apa yang Anda pakai? [Telepon]", "Saluran apa yang Anda pakai?: Telepon"),
        ("google.csv", "Seberapa puas Anda dengan layanan ini? [Kejelasan]", "Seberapa puas Anda dengan layanan ini?: Kejelasan"),
        ("redcap_labels.csv", "Saluran (choice=SMS)", "Saluran: SMS"),
    ],
)
def test_names_that_hold_a_question_and_an_option_are_labels(name, column, label):
    assert recognised(raw_of(name)).labels[column] == label


def test_codes_and_texts_of_limesurvey_are_parted():
    columns = ["id. ID", "submitdate. Tanggal", "lastpage. Akhir", "Q1. Seberapa puas?", "Q3[SQ001]. Saluran? [SMS]", "Q4[SQ001]"]
    made = recognised(raw(columns, ["1"] * 6))
    assert made.platform == "LimeSurvey"
    assert [made.labels.get(column) for column in columns[3:]] == ["Seberapa puas?", "Saluran?: SMS", None]


def test_the_columns_own_name_is_never_among_the_others_and_they_are_few():
    column = "/".join("abcdefghijklmnopqrstuvwxyz") + " [x] [y]"
    for platform in ("", *(one.name for one in PLATFORMS)):
        others = names_of(column, platform)
        assert column not in others
        assert len(others) == len(set(others)) <= 24
