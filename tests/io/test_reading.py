"""The door: which files are taken, what becomes of a codebook and a design, and what is refused."""

from __future__ import annotations

import pandas as pd
import pytest

from kepuasan.codebook import AnswerScale, Codebook, Item
from kepuasan.design import Design
from kepuasan.errors import CodebookError, DataError, DesignError, ScaleError
from kepuasan.io.reading import read_frame, read_survey
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
    assert "users.csv: 2 items" in str(caught.value)
    assert "'sped'; did you mean 'speed'?" in str(caught.value)
    assert "'umur'" in str(caught.value)


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
    with pytest.raises(ScaleError, match=r"(?s)users\.csv: .*'speed': 9"):
        read_survey(survey_csv, book(missing={}))
    with pytest.raises(DesignError, match=r"users\.csv: .*'weigth'"):
        read_survey(survey_csv, weight="weigth")


def test_cells_that_do_not_fit_the_declared_type_are_named_with_their_rows(survey_csv):
    with pytest.raises(DataError, match=r"users\.csv: item 'sex' is declared as number, but 3 cells are not: 'L', 'P' \(rows 0, 1, 2\)"):
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
    with pytest.raises(DataError, match="write dates as 2022-12-31"):
        read_frame(path, Codebook({"clock": Item("clock", type="date")}))


def test_a_number_is_never_read_as_a_date(survey_csv):
    with pytest.raises(DataError, match="declared as date, but 3 cells are not"):
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
    with pytest.raises(DataError, match=r"kosong\.csv has a header but no rows"):
        read_survey(path)


@pytest.mark.parametrize("suffix", [".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt", ".csv", ".xlsx", ".ods", ".parquet"])
@pytest.mark.parametrize("content", [b"", b"\x00\x01nonsense\xff" * 40])
def test_a_corrupt_file_is_refused_by_name(tmp_path, suffix, content, capfd):
    path = tmp_path / f"rusak{suffix}"
    path.write_bytes(content)
    with pytest.raises(DataError, match=rf"rusak\{suffix}"):
        read_survey(path)
    assert capfd.readouterr() == ("", "")
