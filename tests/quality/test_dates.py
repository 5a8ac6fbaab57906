"""Dates that cannot be, and interviews of seconds."""

import numpy as np
import pandas as pd
import pytest
from quality.surveys import rows

from kepuasan.quality import dates

DAY = pd.Timestamp("2024-03-31")


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(dates, "now", lambda: DAY)


def timed(minutes=20.0):
    """Rows with the beginning and the end of the interview, and when it was sent."""
    frame = rows()
    begin = frame["interview"] + pd.to_timedelta(np.arange(400) % 600 + 480, unit="min")
    return frame.assign(
        start=begin, end=begin + pd.to_timedelta(np.full(400, 60 * minutes), unit="s"), _submission_time=begin + pd.Timedelta(hours=1)
    )


@pytest.mark.parametrize(("value", "names"), [("1899-12-31", "1899-12-31"), ("2024-04-02", "2024-04-02")])
def test_interviews_before_1900_or_after_today_are_impossible(found, value, names):
    frame = rows().rename(columns={"interview": "tanggal_wawancara"})
    assert found(frame).empty
    frame.loc[[3, 8], "tanggal_wawancara"] = pd.Timestamp(value)
    table = found(frame)
    assert table.index.tolist() == ["KP205"]
    assert table.loc["KP205", ["column", "rows", "count"]].tolist() == ["tanggal_wawancara", [3, 8], 2]
    assert names in table.loc["KP205", "message"]
    assert "2024-04-01" in table.loc["KP205", "message"]


def test_the_last_form_sent_bounds_interviews_rather_than_today(found):
    frame = timed()
    frame["_submission_time"] -= pd.Timedelta(days=365)
    frame[["start", "end"]] = frame[["start", "end"]] - pd.Timedelta(days=365)
    assert found(frame).empty
    frame.loc[5, ["start", "end"]] += pd.Timedelta(days=100)
    assert set(found(frame).index) == {"KP205", "KP216"}


def test_a_plan_for_the_future_is_possible(found):
    assert found(rows().assign(jatuh_tempo=pd.Timestamp("2030-01-01"))).empty
    assert found(rows().assign(jatuh_tempo=np.array(["2999-01-01", *["2030-01-01"] * 399], dtype="datetime64[ms]"))).index.tolist() == ["KP205"]


def test_where_most_dates_lie_ahead_the_clock_of_the_machine_is_wrong(found):
    frame = rows().rename(columns={"interview": "tanggal"})
    frame["tanggal"] += pd.Timedelta(days=500)
    assert found(frame).empty


def test_an_end_before_its_beginning_is_impossible(found):
    assert found(timed()).empty
    frame = timed()
    frame.loc[[2, 4], "end"] = frame.loc[[2, 4], "start"] - pd.Timedelta(minutes=5)
    table = found(frame)
    assert table.index.tolist() == ["KP216"]
    assert table.loc["KP216", ["column", "rows"]].tolist() == ["end", [2, 4]]
    assert "'start'" in table.loc["KP216", "message"]


def test_times_with_zones_as_text_are_read_where_the_name_says_that_they_are_times(found):
    frame = timed()
    for name in ("start", "end"):
        frame[name] = frame[name].dt.strftime("%Y-%m-%dT%H:%M:%S.000+07:00")
    assert found(frame).empty
    frame.loc[9, "end"] = "2024-03-01T00:00:00.000+07:00"
    assert found(frame).loc["KP216", "rows"] == [9]


def test_a_form_sent_days_before_it_was_begun_is_impossible_but_not_hours_before_it(found):
    frame = timed()
    frame["_submission_time"] -= pd.Timedelta(hours=8)  # of another zone
    assert found(frame).empty
    frame.loc[0, "_submission_time"] = frame.loc[0, "start"] - pd.Timedelta(days=3)
    assert found(frame).loc["KP216", ["column", "rows"]].tolist() == ["_submission_time", [0]]


def test_births_that_make_impossible_ages_are_found(found):
    born = pd.to_datetime("1980-06-01") + pd.to_timedelta(np.arange(400) * 20, unit="D")
    frame = rows().rename(columns={"interview": "today"}).assign(tanggal_lahir=born)
    assert found(frame).index.tolist() == ["KP230"]
    frame.loc[1, "tanggal_lahir"] = pd.Timestamp("1901-01-01")
    frame.loc[2, "tanggal_lahir"] = pd.Timestamp("2024-03-30")
    frame.loc[2, "today"] = pd.Timestamp("2024-03-05")
    table = found(frame)
    assert table.loc["KP210", ["column", "rows"]].tolist() == ["tanggal_lahir", [1]]
    assert "123" in table.loc["KP210", "message"]
    assert table.loc["KP216", ["column", "rows"]].tolist() == ["today", [2]]


def test_interviews_of_seconds_are_found(found):
    frame = timed()
    frame.loc[[7, 70], "end"] = frame.loc[[7, 70], "start"] + pd.Timedelta(seconds=12)
    table = found(frame)
    assert table.index.tolist() == ["KP206"]
    assert table.loc["KP206", "rows"] == [7, 70]
    assert "less than 60 seconds, while half of all took 1,200" in table.loc["KP206", "message"]


def test_short_interviews_are_no_finding_where_all_are_short(found):
    assert found(timed(minutes=0.5)).empty


def test_seconds_that_a_platform_counted_are_read(found):
    frame = rows().assign(duration=np.r_[3.0, np.linspace(300, 900, 399)])
    assert found(frame).loc["KP206", ["column", "rows"]].tolist() == ["duration", [0]]


def test_dates_written_with_the_day_first_are_read_and_those_that_are_none_are_named(found):
    # text with one impossible day was passed over in silence
    frame = rows()
    frame["tanggal"] = frame.pop("interview").dt.strftime("%d/%m/%Y")
    assert found(frame).empty
    frame.loc[[7, 8], "tanggal"] = "31/02/2024"
    frame.loc[9, "tanggal"] = "05/06/2122"
    table = found(frame)
    assert table.loc["KP217", ["severity", "column", "rows"]].tolist() == ["warning", "tanggal", [7, 8]]
    assert table.loc["KP217", "message"] == "2 cells are no date of the calendar: '31/02/2024'"
    assert table.loc["KP205", "rows"] == [9]


def test_stamps_of_forms_are_read_and_the_month_may_stand_first(found):
    frame = timed()
    for name, form in (("start", "%d/%m/%Y %H:%M:%S"), ("end", "%m/%d/%Y %H.%M")):
        frame[name] = frame[name].dt.strftime(form)
    assert found(frame).empty
    frame.loc[3, "end"] = "03/01/2024 00.00"
    assert found(frame).loc["KP216", "rows"] == [3]


def test_durations_in_minutes_are_not_taken_for_seconds(found):
    frame = rows().assign(duration=np.r_[1, np.full(399, 15)])
    assert found(frame).empty
    assert found(frame.assign(duration=frame["duration"] * 60)).index.tolist() == []
    assert found(frame.assign(duration=np.r_[5, np.full(399, 900)])).index.tolist() == ["KP206"]
