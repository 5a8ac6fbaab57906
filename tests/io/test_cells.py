"""Types of cells: what they suggest, what an item declares, and the dtype of each type."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from kepuasan.errors import DataError
from kepuasan.io.cells.dates import clock_times, serial_days, written_moments
from kepuasan.io.cells.types import converted, guessed, in_type

TEXT = pd.Series(["x"]).dtype


def days(texts, kind="date"):
    made = converted(pd.Series(texts, dtype=object), kind)
    return [None if pd.isna(cell) else str(cell) for cell in made.column], made.wrong.tolist(), [one.code for one in made.problems]


# ---------------------------------------------------------------- dtypes


@pytest.mark.parametrize(
    ("cells", "kind", "dtype"),
    [
        (pd.Series([1.0, 2.0]), "number", "int64"),
        (pd.Series([1.0, np.nan]), "number", "float64"),
        (pd.Series([1.5, 2.0]), "number", "float64"),
        (pd.Series([1, 2], dtype="int8"), "number", "int64"),
        (pd.Series([1, None], dtype="Int64"), "number", "float64"),
        (pd.Series([1, 2], dtype="Int16"), "number", "int64"),
        (pd.Series([2.0**60, 1.0]), "number", "float64"),
        (pd.Series([1.0, np.inf]), "number", "float64"),
        (pd.Series([np.nan, np.nan]), "number", "float64"),
        (pd.Series(pd.to_datetime(["2022-01-01", None])), "date", "datetime64[ms]"),
        (pd.Series(pd.to_datetime(["2022-01-01 10:00"])), "datetime", "datetime64[ms]"),
        (pd.Series(pd.to_timedelta(["10:00:00"])), "time", "timedelta64[ms]"),
    ],
)
def test_each_type_has_its_dtype(cells, kind, dtype):
    made = in_type(cells, kind)
    assert made.dtype == dtype
    assert made.isna().tolist() == cells.isna().tolist()


@pytest.mark.parametrize("dtype", [object, "string", TEXT])
def test_text_is_of_the_dtype_pandas_gives_text_with_empty_cells_as_nan(dtype):
    made = in_type(pd.Series(["a", None], dtype=dtype), "text")
    assert made.dtype == TEXT
    assert isinstance(made.iloc[1], float)


# ---------------------------------------------------------------- what cells suggest


@pytest.mark.parametrize(
    ("cells", "kind", "found"),
    [
        (["1", "2"], "number", [1, 2]),
        (["1.5", None], "number", [1.5, None]),
        (["TRUE", "false"], "number", [1, 0]),
        ([True, False], "number", [1, 0]),
        ([Decimal("1.5"), 2], "number", [1.5, 2]),
        (["007", "1"], "text", ["007", "1"]),
        (["a", 2.0, 3], "text", ["a", "2", "3"]),
        ([dt.date(2022, 1, 1), None], "date", [pd.Timestamp(2022, 1, 1), None]),
        ([dt.datetime(2022, 1, 1, 3), dt.date(2022, 1, 1)], "datetime", [pd.Timestamp(2022, 1, 1, 3), pd.Timestamp(2022, 1, 1)]),
        ([dt.datetime(2022, 1, 1), None], "date", [pd.Timestamp(2022, 1, 1), None]),
        ([dt.time(3, 4), None], "time", [pd.Timedelta(hours=3, minutes=4), None]),
        ([None, None], "number", [None, None]),
        (["", None], "number", [None, None]),
    ],
)
def test_the_type_that_cells_suggest(cells, kind, found):
    column, guess = guessed(pd.Series(cells, dtype=object), "a.csv")
    assert guess == kind
    assert [None if pd.isna(cell) else cell for cell in column] == found


def test_the_decimal_sign_of_the_file_rules_over_what_cells_suggest():
    assert guessed(pd.Series(["1.250", "3,5"]), "a.csv", ",")[0].tolist() == [1250, 3.5]
    assert guessed(pd.Series(["1.250", "3,5"]), "a.csv")[1] == "text"


def test_lists_in_cells_are_refused():
    with pytest.raises(DataError, match=r"a\.parquet: column 'x' holds lists or tables"):
        guessed(pd.Series([[1], [2]]), "a.parquet: column 'x'")


# ---------------------------------------------------------------- numbers and text that are declared


def test_cells_that_are_no_numbers_are_given_back_by_position_whatever_the_index():
    made = converted(pd.Series(["01", "x", None, "1.250", "", "TRUE"], index=list("abcdef")), "number")
    assert made.wrong.tolist() == [1]
    assert [None if np.isnan(cell) else cell for cell in made.column] == [1, None, None, 1.25, None, 1]
    assert list(made.column.index) == list("abcdef")


def test_declared_numbers_follow_the_decimal_sign_of_the_file():
    assert converted(pd.Series(["1.250", "3,5", "2.5"]), "number", ",").column.tolist()[:2] == [1250, 3.5]
    assert converted(pd.Series(["1.250", "3,5", "2.5"]), "number", ",").wrong.tolist() == [2]


@pytest.mark.parametrize("cells", [["1", "2"], [1, 2], [1.0, 2.0], [True, "2"]])
def test_declared_whole_numbers_are_integers(cells):
    assert converted(pd.Series(cells, dtype=object), "number").column.dtype == np.int64


def test_dates_are_no_numbers():
    made = converted(pd.Series(pd.to_datetime(["2022-01-01", None])), "number")
    assert made.wrong.tolist() == [0]


@pytest.mark.parametrize(("cells", "texts"), [([1.0, 2.5, None], ["1", "2.5", None]), (["a", "", None], ["a", None, None]), ([7, "07"], ["7", "07"])])
def test_declared_text_takes_every_cell(cells, texts):
    made = converted(pd.Series(cells, dtype=object), "text")
    assert [None if pd.isna(cell) else cell for cell in made.column] == texts
    assert made.column.dtype == TEXT
    assert made.wrong.size == 0


# ---------------------------------------------------------------- dates and times that are declared


@pytest.mark.parametrize(
    "text",
    [
        "2022-12-31",
        "2022/12/31",
        "31/12/2022",
        "31-12-2022",
        "31.12.2022",
        "31 12 2022",
        "31 Desember 2022",
        "31 December 2022",
        "31 Des 2022",
        "31-Dec-2022",
        "31 dec. 2022",
        "Sabtu, 31 Desember 2022",
        "Jum'at, 31 Desember 2022",
        "December 31, 2022",
        "2022-12-31 00:00:00",
        "2022-12-31T00:00",
    ],
)
def test_dates_in_the_forms_people_write(text):
    assert days([text]) == (["2022-12-31 00:00:00"], [], [])


@pytest.mark.parametrize(
    ("month", "number"),
    [("Mei", 5), ("Agustus", 8), ("Agt", 8), ("Okt", 10), ("Pebruari", 2), ("Nopember", 11), ("Maret", 3), ("July", 7), ("sept", 9), ("Jun", 6)],
)
def test_months_have_indonesian_and_english_names(month, number):
    assert days([f"5 {month} 2022"])[0] == [f"2022-{number:02d}-05 00:00:00"]


@pytest.mark.parametrize(
    "text", ["31/12/22", "30/02/2022", "00/01/2022", "2022", "32 Mei 2022", "5 Foo 2022", "2022-12-31 10:00", "today", "12/2022"]
)
def test_what_is_no_date_is_given_back(text):
    assert days([text, None]) == ([None, None], [0], [])


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("14/5/2026 13:25:52", "2026-05-14 13:25:52"),
        ("14/05/2026 13.25", "2026-05-14 13:25:00"),
        ("2026/05/14 1:25:52 PM", "2026-05-14 13:25:52"),
        ("2026-05-14T13:25:52.125", "2026-05-14 13:25:52.125000"),
        ("14 Mei 2026 pukul 13.25", "2026-05-14 13:25:00"),
        ("2026-05-14", "2026-05-14 00:00:00"),
    ],
)
def test_datetimes_in_the_forms_people_write(text, moment):
    assert days([text], "datetime") == ([moment], [], [])


@pytest.mark.parametrize("zone", ["+07:00", "Z", " WIB", " GMT+7", "+0700"])
def test_time_zones_are_left_out_and_told(zone):
    assert days([f"2026-05-14T13:25:52{zone}"], "datetime") == (["2026-05-14 13:25:52"], [], ["KP119"])


def test_what_is_said_of_dates_shows_a_date_of_which_it_is_true():
    zoned = converted(pd.Series(["14/5/2026 13:25:52", "2026-05-14T07:30:00Z"]), "datetime")
    swapped = converted(pd.Series(["2026-05-14", "12/31/2026"]), "date")
    assert [(one.code, one.values) for one in zoned.problems] == [
        ("KP119", {"example": "2026-05-14T07:30:00Z"})
    ]  # was the first date, without a zone
    assert [(one.code, one.values) for one in swapped.problems] == [("KP113", {"example": "12/31/2026"})]  # was the first date, which is ISO


def test_the_day_stands_before_the_month_unless_no_date_of_the_column_fits():
    assert days(["05/12/2022", "06/12/2022"])[0] == ["2022-12-05 00:00:00", "2022-12-06 00:00:00"]
    assert days(["05/12/2022", "12/31/2022"]) == (["2022-05-12 00:00:00", "2022-12-31 00:00:00"], [], ["KP113"])
    assert days(["13/12/2022", "12/31/2022"]) == (["2022-12-13 00:00:00", None], [1], [])


def test_numbers_are_days_as_excel_counts_them():
    assert days([44926, 59, 61, 44926.5, 3, 123456]) == (
        ["2022-12-31 00:00:00", "1900-02-28 00:00:00", "1900-03-01 00:00:00", None, None, None],
        [3, 4, 5],
        [],
    )
    made = converted(pd.Series([44926.5]), "datetime")
    assert made.column.tolist() == [pd.Timestamp(2022, 12, 31, 12)]


def test_the_day_that_never_was_and_years_are_no_dates():
    assert np.isnat(serial_days(np.array([60.0]), "date")).all()
    assert np.isnat(serial_days(np.array([2020.0, 2022.0, np.nan]), "date")).all()


def test_dates_of_python_are_dates_and_datetimes_only_at_midnight():
    cells = [dt.date(2022, 1, 1), dt.datetime(2022, 1, 2), dt.datetime(2022, 1, 3, 4), dt.time(1), "2022-01-05"]
    assert days(cells) == (["2022-01-01 00:00:00", "2022-01-02 00:00:00", None, None, "2022-01-05 00:00:00"], [2, 3], [])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("07.30", 27000), ("7:30", 27000), ("23:59:59", 86399), ("24:00", 86400), ("7:05 PM", 68700), ("12:00 am", 0), ("07.30 WIB", 27000)],
)
def test_clock_times_in_the_forms_people_write(text, seconds):
    assert clock_times([text]) == np.timedelta64(seconds, "s")


@pytest.mark.parametrize("text", ["24:01", "7", "07:60", "13:00 PM", "a"])
def test_what_is_no_clock_time_is_given_back(text):
    made = converted(pd.Series([text, "07:00"]), "time")
    assert made.wrong.tolist() == [0]
    assert made.column.dtype == "timedelta64[ms]"


def test_times_of_python_and_parts_of_a_day_are_times():
    made = converted(pd.Series([dt.time(6), dt.timedelta(hours=6), 0.25, 1.5], dtype=object), "time")
    assert made.column.tolist()[:3] == [pd.Timedelta(hours=6)] * 3
    assert made.wrong.tolist() == [3]


@pytest.mark.parametrize("kind", ["number", "text", "date", "datetime", "time"])
def test_an_empty_column_is_empty_in_every_type(kind):
    made = converted(pd.Series([None, np.nan], dtype=object), kind)
    assert made.column.isna().all()
    assert made.wrong.size == 0
    assert made.column.dtype == in_type(made.column, kind).dtype


def test_each_distinct_text_is_read_once_for_a_million_rows():
    made = converted(pd.Series(["5 Mei 2022", "06/05/2022"] * 500_000), "date")
    assert made.column.iloc[-1] == pd.Timestamp(2022, 5, 6)
    assert written_moments(["x"]).timed.tolist() == [False]
