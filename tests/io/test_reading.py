"""The door: which files are taken, what becomes of a codebook and a design, and what is refused."""

from __future__ import annotations

import warnings
from dataclasses import replace

import pandas as pd
import pytest
import xlsxwriter

from kepuasan.codebook import AnswerScale, Codebook, Item, Multiple
from kepuasan.design import Design
from kepuasan.errors import CodebookError, DataError, DataWarning, DesignError, KepuasanError, ScaleError
from kepuasan.io.columnar.reading import COLUMNAR
from kepuasan.io.reading import SUFFIXES, read_cells, read_file, read_frame, read_survey
from kepuasan.scales import Scale

ROWS = "speed,sex,w,visited\n1,L,1.5,2022-03-01\n4,P,0.5,2022-03-02\n9,P,1,\n"


@pytest.fixture
def survey_csv(tmp_path):
    path = tmp_path / "users.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def book(**changes):
    speed = {"label": {"id": "Kecepatan", "en": "Speed"}, "scale": "puas4", "missing": {9: "Menolak"}} | changes
    return Codebook({"speed": Item("speed", **speed)}, {"puas4": AnswerScale("puas4", Scale(1, 4))}, design={"weight": "w"})


def test_a_file_without_a_codebook_gets_a_draft_that_says_what_it_was_taken_for(survey_csv):
    survey = read_survey(survey_csv)
    assert len(survey) == 3
    assert survey.codebook.source == "users.csv, text separated by commas, UTF-8"
    assert survey.codebook.to_frame()["type"].tolist() == ["number", "text", "number", "text"]
    assert survey.codebook.scale_of("speed") is None


def test_the_same_file_is_read_by_text_or_path(survey_csv):
    pd.testing.assert_frame_equal(read_survey(str(survey_csv)).frame, read_survey(survey_csv).frame)


def test_a_codebook_given_keeps_its_items_and_gains_the_other_columns(survey_csv):
    survey = read_survey(survey_csv, book())
    assert list(survey.codebook.items) == ["speed", "sex", "w", "visited"]
    assert survey.codebook.items["speed"].label["en"] == "Speed"
    assert survey.codebook.items["sex"].type == "text"
    assert survey.frame["speed"].tolist() == [1, 4, 9]


def test_a_codebook_may_be_given_as_a_path(survey_csv, tmp_path):
    book().write(tmp_path / "users.toml")
    assert read_survey(survey_csv, tmp_path / "users.toml").codebook.items["speed"] == book().items["speed"]


def test_items_that_are_no_column_are_named_all_with_the_nearest_column(survey_csv):
    given = Codebook({name: Item(name) for name in ("sped", "umur", "w")})
    with pytest.raises(CodebookError) as caught:
        read_survey(survey_csv, given)
    first, *lines = str(caught.value).split("\n  ")
    assert first == "users.csv has 2 problems:"
    assert [line[:17] for line in lines] == ["users.csv, 'sped'", "users.csv, 'umur'"]
    assert "nearest column: 'speed'" in lines[0]
    assert "no column for it, nor one like it" in lines[1]


def test_the_design_comes_from_the_codebook_given_unless_another_is(survey_csv):
    assert read_survey(survey_csv, book()).weights.tolist() == [1.5, 0.5, 1.0]
    assert read_survey(survey_csv, book(), design=Design()).weights.tolist() == [1.0, 1.0, 1.0]
    declared = read_survey(survey_csv, weight="w", psu="sex", single_psu="adjust").design.declaration
    assert declared == Design(weight="w", psu="sex", single_psu="adjust")


def test_a_design_and_roles_at_once_and_unknown_roles_are_refused(survey_csv):
    with pytest.raises(DesignError, match="design and weight are given at once"):
        read_survey(survey_csv, design=Design(), weight="w")
    with pytest.raises(DesignError, match="'wieght' is no role of a column; did you mean 'weight'"):
        read_survey(survey_csv, wieght="w")


def test_refusals_of_the_survey_name_the_file(survey_csv):
    with pytest.raises(ScaleError, match=r"users\.csv, 'speed', rows 4: answers off the scale 1 to 4: 9; correct"):
        read_survey(survey_csv, book(missing={}))
    with pytest.raises(DesignError, match=r"users\.csv: .*'weigth'"):
        read_survey(survey_csv, weight="weigth")


def test_cells_that_do_not_fit_the_declared_type_are_named_with_their_rows(survey_csv):
    with pytest.raises(DataError, match=r"users\.csv, 'sex', rows 2, 3, 4: declared as number, but these cells are not: 'L', 'P'; correct"):
        read_survey(survey_csv, Codebook({"sex": Item("sex")}))


def test_a_declared_type_decides_how_text_is_read(survey_csv):
    given = Codebook({"visited": Item("visited", type="date"), "speed": Item("speed", type="text")})
    frame, _ = read_frame(survey_csv, given)
    assert frame["visited"].iloc[1] == pd.Timestamp("2022-03-02")
    assert frame["visited"].isna().tolist() == [False, False, True]
    assert frame["speed"].tolist() == ["1", "4", "9"]


def test_times_and_datetimes_are_read_as_declared(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("at,clock\n2022-03-01 10:11:12,07:30\n2022-03-01T00:00:00,23:59:59\n", encoding="utf-8")
    frame, _ = read_frame(path, Codebook({"at": Item("at", type="datetime"), "clock": Item("clock", type="time")}))
    assert frame["at"].iloc[0] == pd.Timestamp("2022-03-01 10:11:12")
    assert frame["clock"].iloc[0] == pd.Timedelta(hours=7, minutes=30)
    with pytest.raises(DataError, match="dates as 2022-12-31"):
        read_frame(path, Codebook({"clock": Item("clock", type="date")}))


def test_a_number_is_never_read_as_a_date(survey_csv):
    with pytest.raises(DataError, match="rows 2, 3, 4: declared as date, but these cells are not: '1', '4', '9'"):
        read_frame(survey_csv, Codebook({"speed": Item("speed", type="date")}))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("user.csv", "there is no file 'user.csv'.*did you mean 'users.csv'"),
        ("users.cvs", r"has the suffix '.cvs'; did you mean '.csv'\?; known are .sav .zsav"),
        ("users", "has the suffix ''"),
        ("no/users.csv", "the folder is not there either"),
    ],
)
def test_an_absent_file_or_an_unknown_suffix_is_refused(survey_csv, name, words):
    with pytest.raises(DataError, match=words):
        read_survey(survey_csv.parent / name)


def test_a_folder_or_something_else_than_a_path_is_refused(tmp_path):
    with pytest.raises(DataError, match="is a folder"):
        read_survey(tmp_path)
    with pytest.raises(DataError, match="give the path of a file"):
        read_survey(3)
    with pytest.raises(CodebookError, match="codebook is a int"):
        read_survey(tmp_path / "x.csv", 3)


def test_a_file_with_a_header_but_no_rows_is_refused_by_name(tmp_path):
    path = tmp_path / "kosong.csv"
    path.write_text("a,b\n", encoding="utf-8")
    assert read_frame(path)[0].shape == (0, 2)
    with pytest.raises(DataError, match=r"kosong\.csv: there is a header but no rows"):
        read_survey(path)


# ---------------------------------------------------------------- all that is wrong, at once and by its rows


def test_all_problems_of_a_file_are_named_in_one_error_each_on_a_line(tmp_path):
    path = tmp_path / "users.csv"
    path.write_text("speed,age,visited\n1,30,2022-03-01\n7,tua,kemarin\npuas,40,2022-03-02\n", encoding="utf-8")
    given = Codebook({"speed": book().items["speed"], "age": Item("age"), "visited": Item("visited", type="date"), "sex": Item("sex")}, book().scales)
    with pytest.raises(CodebookError) as caught:
        read_survey(path, given)
    first, *lines = str(caught.value).split("\n  ")
    assert first == "users.csv has 5 problems:"
    assert sorted(line[line.rindex("[") :] for line in lines) == ["[KP170]", "[KP174]", "[KP174]", "[KP174]", "[KP175]"]
    assert any(line.startswith("users.csv, 'speed', rows 3: answers off the scale 1 to 4: 7;") for line in lines)
    assert any(line.startswith("users.csv, 'visited', rows 3: declared as date, but these cells are not: 'kemarin';") for line in lines)


def test_the_kind_of_error_says_what_is_wrong(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("speed,age\n7,30\n1,tua\n", encoding="utf-8")
    scales = book().scales
    with pytest.raises(ScaleError, match="KP175"):
        read_survey(path, Codebook({"speed": Item("speed", scale="puas4")}, scales))
    with pytest.raises(DataError) as caught:
        read_survey(path, Codebook({"speed": Item("speed", scale="puas4"), "age": Item("age")}, scales))
    assert not isinstance(caught.value, ScaleError)
    with pytest.raises(CodebookError, match="KP170"):
        read_survey(path, Codebook({"speed": Item("speed", scale="puas4"), "zzz": Item("zzz")}, scales))


def test_reading_a_file_raises_nothing_that_can_be_reported(survey_csv):
    reading = read_file(survey_csv, book(missing={}))
    assert [(one.code, one.column, one.rows, one.count, one.severity) for one in reading.problems] == [("KP175", "speed", (4,), 1, "error")]
    assert reading.frame["speed"].tolist() == [1, 4, 9]
    assert len(reading.raw.frame) == 0
    assert list(reading.raw.frame.columns) == list(reading.frame.columns)


def test_rows_of_many_faults_are_counted_and_the_first_ones_kept(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("speed\n" + "7\n" * 5000, encoding="utf-8")
    found = read_file(path, book()).problems[0]
    assert (found.count, found.rows[:3], len(found.rows)) == (5000, (2, 3, 4), 100)
    assert "(+4992)" in found.message()


def test_notes_are_said_by_the_problems_and_warn_nobody(survey_csv):
    given = Codebook({"kecepatan": Item("kecepatan", "Speed")})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        survey = read_survey(survey_csv, given)
    assert list(survey.frame.columns) == ["kecepatan", "sex", "w", "visited"]
    assert [one.code for one in read_file(survey_csv, given).problems] == ["KP172"]


def test_each_warning_is_given_once(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("q;n\n1;1.250\n2;2.500\n", encoding="utf-8")
    expected = [problem.message() for problem in read_file(path).problems if problem.severity == "warning"]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read_survey(path)
    assert [str(one.message) for one in caught] == expected
    assert len(expected) == 1
    assert "KP111" in expected[0]


def test_a_code_that_says_it_is_no_answer_but_is_read_as_one_is_warned_of(survey_csv):
    given = Codebook({"speed": Item("speed", values={1: "Buruk", 4: "Baik", 9: "Tidak menjawab"})})
    with pytest.warns(DataWarning, match=r"users\.csv: 1 codes whose labels say .*speed: 9 'Tidak menjawab'"):
        read_survey(survey_csv, given)


# ---------------------------------------------------------------- what goes with a file


def test_the_source_names_the_codebooks_and_then_the_file(survey_csv):
    given = replace(book(), source="survei 2022")
    assert read_survey(survey_csv, given).codebook.source == "survei 2022; users.csv, text separated by commas, UTF-8"
    again = replace(given, source=read_survey(survey_csv, given).codebook.source)
    assert read_survey(survey_csv, again).codebook.source == again.source


def test_a_design_names_columns_as_the_file_or_as_the_codebook_does(survey_csv):
    given = Codebook({"bobot": Item("bobot", column="w"), "speed": Item("speed")}, design={"weight": "w"})
    assert read_survey(survey_csv, given).weights.tolist() == [1.5, 0.5, 1.0]
    assert read_survey(survey_csv, given, weight="w").design.declaration.weight == "bobot"
    assert read_survey(survey_csv, given, design=Design("bobot")).weights.tolist() == [1.5, 0.5, 1.0]


def test_the_decimal_sign_may_be_stated(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("q;n\n1;1.250\n2;2.500\n", encoding="utf-8")
    assert read_survey(path, decimal=",").frame["n"].tolist() == [1250, 2500]
    assert read_survey(path, decimal=".").frame["n"].tolist() == [1.25, 2.5]
    with pytest.raises(KepuasanError, match="decimal is ';'; choose one of"):
        read_survey(path, decimal=";")


def test_a_catalog_goes_with_a_sas_file_only(survey_csv):
    with pytest.raises(DataError, match=r"a catalog goes with a file of the suffix \.sas7bdat"):
        read_survey(survey_csv, catalog="formats.sas7bcat")


def test_every_columnar_suffix_has_its_reader():
    assert set(COLUMNAR) <= set(SUFFIXES)


def test_cells_as_they_are_written_keep_their_zeros(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("unsur;nrr\nwaktu;3,30\n007;1.000\n", encoding="utf-8")
    assert read_cells(path)["nrr"].tolist() == ["3,30", "1.000"]
    assert read_cells(path)["unsur"].tolist() == ["waktu", "007"]


def test_rows_of_totals_are_cells_though_they_are_no_respondents(tmp_path):
    path = tmp_path / "t.xlsx"
    rows = [["Unit", "U1", "U2"], ["Loket A", 3, 4], ["Loket B", 4, 4], ["Loket C", 2, 3], ["Jumlah", 9, 11]]
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    assert read_cells(path)["Unit"].tolist() == ["Loket A", "Loket B", "Loket C", "Jumlah"]
    assert read_frame(path)[0]["Unit"].tolist() == ["Loket A", "Loket B", "Loket C"]


def test_an_export_of_a_platform_is_read_with_its_codebook(tmp_path):
    path = tmp_path / "kobo.csv"
    rows = ["start;layanan/speed;layanan/kanal;_uuid;_submission_time", "2022-03-01T10:00:00.000+07:00;4;sms web;aa;2022-03-01T10:05:00"]
    path.write_text("\n".join([*rows, "2022-03-01T11:00:00.000+07:00;9;web;bb;2022-03-01T11:05:00"]) + "\n", encoding="utf-8")
    options = {"sms": "kanal/sms", "web": "kanal/web"}
    items = {"speed": book().items["speed"], **{name: Item(name) for name in options.values()}}
    given = replace(book(), items=items, design=None, multiples={"kanal": Multiple("kanal", "Kanal", options, joined="kanal")})
    survey = read_survey(path, given)
    assert survey.frame["speed"].tolist() == [4, 9]
    assert survey.frame["kanal/sms"].tolist() == [1, 0]
    assert survey.frame["kanal/web"].tolist() == [1, 1]
    assert "KoboToolbox" in survey.codebook.source


@pytest.mark.parametrize("suffix", [".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt", ".csv", ".xlsx", ".ods", ".parquet", ".arrow", ".feather"])
@pytest.mark.parametrize("content", [b"", b"\x00\x01nonsense\xff" * 40])
def test_a_corrupt_file_is_refused_by_name(tmp_path, suffix, content, capfd):
    path = tmp_path / f"rusak{suffix}"
    path.write_bytes(content)
    with pytest.raises(DataError, match=rf"rusak\{suffix}"):
        read_survey(path)
    assert capfd.readouterr() == ("", "")
