"""Files of SPSS, Stata and SAS: labels in order, user-missing codes kept, dates right, nothing printed."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from kepuasan.errors import DataError, DataWarning
from kepuasan.io.reading import read_frame, read_survey
from kepuasan.io.statistical.moments import type_of_format

FRAME = pd.DataFrame(
    {
        "speed": [1.0, 4.0, 8.0, 9.0, np.nan],
        "city": ["BDG", "JKT   ", "XX", "", "SBY"],
        "day": [dt.date(2022, 3, 1), dt.date(1850, 1, 2), dt.date(1582, 10, 15), None, dt.date(2022, 12, 31)],
        "at": [dt.datetime(2022, 3, 1, 10, 11, 12), None, dt.datetime(1960, 1, 1), dt.datetime(1999, 12, 31, 23, 59, 59), None],
        "clock": [dt.time(7, 30), dt.time(0, 0), None, dt.time(23, 59, 59), dt.time(12)],
    }
)
LABELS = {"speed": {1.0: "Sangat lambat", 4.0: "Cepat sekali", 8.0: "Tidak tahu", 9.0: "Menolak"}}


@pytest.fixture
def sav(tmp_path):
    path = tmp_path / "users.sav"
    pyreadstat.write_sav(
        FRAME,
        path,
        file_label="uji coba",
        column_labels={"speed": "Kecepatan"},
        variable_value_labels={**LABELS, "city": {"JKT": "Jakarta", "BDG": "Bandung"}},
        missing_ranges={"speed": [8, 9], "city": ["XX"]},
        variable_format={"day": "EDATE10"},
    )
    return path


def test_user_missing_codes_of_spss_stay_in_the_cells_and_have_names(sav):
    survey = read_survey(sav)
    item = survey.codebook.items["speed"]
    assert survey.frame["speed"].tolist()[:4] == [1, 4, 8, 9]
    assert {code: label["id"] for code, label in item.missing.items()} == {8: "Tidak tahu", 9: "Menolak"}
    assert list(item.values) == [1, 4]
    assert survey.numbers("speed")[:2].tolist() == [1, 4]
    assert np.isnan(survey.numbers("speed")[2:]).all()


def test_named_missing_codes_of_a_file_are_counted(sav):
    frame, book = read_frame(sav)
    counts = book.missing_counts(frame).set_index(["item", "code"])["n"]
    assert counts["speed", 8] == 1
    assert counts["speed", 9] == 1
    assert counts["city", "XX"] == 1
    assert book.missing_counts(frame).query("item == 'city' and code.isna()")["n"].tolist() == [1]


def test_labels_keep_the_order_of_the_file_not_of_the_alphabet(sav):
    table = read_frame(sav)[1].to_frame().set_index("item")
    assert list(table.loc["speed", "values"].items()) == [(1, "Sangat lambat"), (4, "Cepat sekali"), (8, "Tidak tahu"), (9, "Menolak")]
    assert list(table.loc["city", "values"]) == ["JKT", "BDG"]
    assert table.loc["speed", "label"] == "Kecepatan"
    assert table.loc["speed", "missing"] == [8, 9]


def test_a_draft_claims_no_scale_and_keeps_the_label_of_the_file(sav):
    book = read_frame(sav)[1]
    assert book.scales == {}
    assert all(item.scale is None for item in book.items.values())
    assert book.source == "uji coba (users.sav, SPSS data file)"


def test_a_drafted_codebook_is_written_and_read_back(sav, tmp_path):
    book = read_frame(sav)[1]
    book.write(tmp_path / "draft.toml")
    assert read_survey(sav, tmp_path / "draft.toml").codebook == book


def test_text_loses_trailing_blanks_and_an_empty_text_is_an_empty_cell(sav):
    city = read_frame(sav)[0]["city"]
    assert city.iloc[1] == "JKT"
    assert city.isna().tolist() == [False, False, False, True, False]


def test_a_missing_range_is_kept_as_a_range_with_the_names_of_its_codes(tmp_path):
    path = tmp_path / "range.sav"
    pyreadstat.write_sav(FRAME[["speed"]], path, variable_value_labels=LABELS, missing_ranges={"speed": [{"lo": 8, "hi": 99}]})
    frame, book = read_frame(path)
    row = book.to_frame().iloc[0]
    assert row["missing"] == [(8, 99)]
    assert list(row["values"]) == [1, 4, 8, 9]
    assert book.missing_counts(frame)["n"].tolist() == [1, 1, 1]


DATES = {"day": ("date", 3), "at": ("datetime", 1), "clock": ("time", 2)}


@pytest.mark.parametrize("suffix", [".sav", ".zsav", ".dta", ".xpt"])
def test_dates_datetimes_and_times_are_told_apart_and_come_back(tmp_path, suffix):
    path = tmp_path / f"users{suffix}"
    writer = {".sav": pyreadstat.write_sav, ".zsav": pyreadstat.write_sav, ".dta": pyreadstat.write_dta, ".xpt": pyreadstat.write_xport}[suffix]
    formats = {".dta": {"clock": "%tcHH:MM:SS"}}.get(suffix)
    extra = {"compress": True} if suffix == ".zsav" else {"variable_format": formats} if formats else {}
    writer(FRAME[["day", "at", "clock"]], path, **extra)
    frame, book = read_frame(path)
    assert {name: item.type for name, item in book.items.items()} == {name: kind for name, (kind, _) in DATES.items()}
    assert [None if pd.isna(value) else value.date() for value in frame["day"]] == FRAME["day"].tolist()
    assert frame["at"].iloc[0] == pd.Timestamp("2022-03-01 10:11:12")
    assert frame["at"].isna().tolist() == [False, True, False, False, True]
    assert frame["clock"].iloc[0] == pd.Timedelta(hours=7, minutes=30)
    assert frame["clock"].isna().sum() == 1


def test_tagged_missing_of_stata_are_empty_cells_with_their_names_kept(tmp_path):
    path = tmp_path / "tagged.dta"
    frame = pd.DataFrame({"speed": [1, 5, "a", "z", np.nan]}, dtype=object)
    labels = {"speed": {1: "Lambat", 5: "Cepat", "a": "Menolak"}}
    pyreadstat.write_dta(frame, path, variable_value_labels=labels, missing_user_values={"speed": ["a", "z"]})
    survey = read_survey(path)
    assert survey.frame["speed"].isna().tolist() == [False, False, True, True, True]
    assert survey.codebook.value_labels("speed") == {1: "Lambat", 5: "Cepat", ".a": "Menolak"}
    assert survey.codebook.missing_counts(survey.frame)["n"].tolist() == [3]


def test_whole_numbers_of_stata_stay_whole(tmp_path):
    path = tmp_path / "whole.dta"
    pd.DataFrame({"a": [1, 2, 3]}, dtype="int8").to_stata(path, write_index=False, value_labels={"a": {1: "satu"}})
    frame, book = read_frame(path)
    assert frame["a"].dtype == np.int64
    assert list(book.items["a"].values) == [1]


def test_a_portable_file_keeps_names_labels_and_numbers(tmp_path):
    path = tmp_path / "users.por"
    pyreadstat.write_por(FRAME[["speed"]], path, column_labels=["Kecepatan"])
    frame, book = read_frame(path)
    assert frame["SPEED"].tolist()[:4] == [1, 4, 8, 9]
    assert book.label("SPEED") == "Kecepatan"
    assert book.source == "users.por, SPSS portable file"


def test_dates_beyond_the_calendar_stay_numbers_with_a_warning(tmp_path):
    path = tmp_path / "far.sav"
    pyreadstat.write_sav(pd.DataFrame({"day": [1e15, 13e9]}), path, variable_format={"day": "DATE11"})
    with pytest.warns(DataWarning, match=r"far\.sav, 'day', rows 1: .*has the date format DATE11, but cells lie outside .*KP103"):
        survey = read_survey(path)
    assert survey.frame["day"].tolist() == [1e15, 13e9]
    assert survey.codebook.items["day"].type == "number"


def test_user_missing_codes_in_a_column_of_dates_are_emptied_with_a_count(tmp_path):
    path = tmp_path / "dates.sav"
    pyreadstat.write_sav(pd.DataFrame({"day": [99.0, 13e9]}), path, variable_format={"day": "DATE11"}, missing_ranges={"day": [99]})
    with pytest.warns(DataWarning, match=r"dates\.sav, 'day', rows 1: .*holds dates and user-missing codes \(99\); .*KP104"):
        survey = read_survey(path)
    assert survey.frame["day"].isna().tolist() == [True, False]
    assert survey.codebook.items["day"].missing == {}


@pytest.mark.parametrize(
    ("form", "family", "kind"),
    [
        ("SDATE10", "spss", "date"),
        ("YMDHMS16", "spss", "datetime"),
        ("DTIME12.2", "spss", "time"),
        ("F8.2", "spss", "number"),
        ("%tdD_m_Y", "stata", "date"),
        ("%-td", "stata", "date"),
        ("%d", "stata", "date"),
        ("%tc", "stata", "datetime"),
        ("%tq", "stata", "number"),
        ("%9.0g", "stata", "number"),
        ("MMDDYY10.", "sas", "date"),
        ("E8601DA", "sas", "date"),
        ("DATETIME20.", "sas", "datetime"),
        ("MONYY7.", "sas", "number"),
        (None, "sas", "number"),
    ],
)
def test_display_formats_decide_what_is_a_date(form, family, kind):
    assert type_of_format(form, family) == kind


def test_a_truncated_file_is_refused_by_name_and_nothing_is_printed(sav, capfd):
    sav.write_bytes(sav.read_bytes()[:400])
    with pytest.raises(DataError, match=r"users\.sav cannot be read as a SPSS data file: .*damaged"):
        read_survey(sav)
    assert capfd.readouterr() == ("", "")


def test_codes_that_say_there_was_no_answer_are_pointed_out_where_nothing_declares_them_missing(tmp_path):
    # codes 8 and 9 of a Stata file went into the mean: 3.15 where it is 3.08
    frame = pd.DataFrame({"speed": [3.0, 4.0, 8.0, 9.0]})
    labels = {"speed": {3.0: "Puas", 4.0: "Sangat puas", 8.0: "Tidak tahu", 9.0: "Menolak menjawab"}}
    pyreadstat.write_dta(frame, tmp_path / "a.dta", variable_value_labels=labels)
    with pytest.warns(DataWarning, match="a.dta: 2 codes whose labels say that there was no answer are read as answers"):
        read_survey(tmp_path / "a.dta")
    pyreadstat.write_sav(frame, tmp_path / "a.sav", variable_value_labels=labels, missing_ranges={"speed": [8, 9]})
    assert len(read_survey(tmp_path / "a.sav")) == 4
