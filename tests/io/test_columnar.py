"""Parquet and Arrow: types, time zones, what is refused, either library."""

from __future__ import annotations

import datetime as dt
import decimal
import importlib.util

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather

from kepuasan.errors import DataError
from kepuasan.io.columnar.reading import COLUMNAR, read_columnar
from kepuasan.io.reading import SUFFIXES, read_frame

USERS = pa.table(
    {
        "speed": pa.array([3, 4, 9], pa.int8()),
        "asked": pa.array([3, None, 9], pa.int32()),
        "city": pa.array(["Bali", "", None]),
        "kind": pa.array(["a", "b", None]).dictionary_encode(),
        "told": pa.array([True, False, None]),
        "weight": pa.array([decimal.Decimal("1.25"), decimal.Decimal("0.50"), None]),
        "day": pa.array([dt.date(2022, 1, 1), None, dt.date(2022, 1, 3)]),
        "at": pa.array([dt.datetime(2022, 1, 1, 10, 0), None, dt.datetime(2022, 1, 2)]),
        "clock": pa.array([dt.time(7, 30), None, dt.time(23, 59, 59)]),
        "nothing": pa.nulls(3),
    }
)
TYPES = ["number", "number", "text", "text", "number", "number", "date", "datetime", "time", "number"]


@pytest.fixture
def parquet(tmp_path):
    path = tmp_path / "users [1].parquet"
    pq.write_table(USERS, path)
    return path


def check_users(path):
    frame, book = read_frame(path)
    assert [item.type for item in book.items.values()] == TYPES
    assert frame["speed"].tolist() == [3, 4, 9]
    assert frame["asked"].iloc[[0, 2]].tolist() == [3, 9]
    assert frame["city"].isna().tolist() == [False, True, True]
    assert frame["kind"].tolist()[:2] == ["a", "b"]
    assert frame["told"].tolist()[:2] == [1, 0]
    assert frame["weight"].tolist()[:2] == [1.25, 0.5]
    assert frame["day"].iloc[2] == pd.Timestamp("2022-01-03")
    assert frame["at"].iloc[0] == pd.Timestamp("2022-01-01 10:00")
    assert frame["clock"].iloc[0] == pd.Timedelta(hours=7, minutes=30)
    assert frame["nothing"].isna().all()
    return frame


@pytest.mark.parametrize("library", ["pyarrow", "duckdb"])
def test_parquet_is_read_the_same_by_either_library(parquet, library, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name == library or None)
    check_users(parquet)


def test_arrow_files_streams_and_feather_hold_the_same(parquet, tmp_path):
    whole, stream, old = (tmp_path / name for name in ("users.arrow", "stream.arrow", "users.feather"))
    with pa.OSFile(str(whole), "wb") as sink, pa.ipc.new_file(sink, USERS.schema) as writer:
        writer.write_table(USERS)
    with pa.OSFile(str(stream), "wb") as sink, pa.ipc.new_stream(sink, USERS.schema) as writer:
        writer.write_table(USERS)
    feather.write_feather(USERS, old)
    expected = check_users(parquet)
    for path in (whole, stream, old):
        pd.testing.assert_frame_equal(check_users(path), expected)
    assert read_columnar(whole).taken_for == "users.arrow, Arrow file"


def test_suffixes_of_the_door_are_those_of_the_reader():
    assert set(COLUMNAR) <= set(SUFFIXES)


def test_a_library_is_asked_for_by_name_where_there_is_none(parquet, tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(DataError, match=r'users \[1\]\.parquet: reading Parquet needs DuckDB or pyarrow; .*pip install "kepuasan\[big\]"'):
        read_columnar(parquet)
    with pytest.raises(DataError, match=r"a\.arrow: reading Arrow needs pyarrow; install it by: pip install pyarrow"):
        read_columnar(tmp_path / "a.arrow")


@pytest.mark.parametrize("library", ["pyarrow", "duckdb"])
@pytest.mark.parametrize("values", [[[1, 2], [3]], [{"a": 1}, {"a": 2}], [b"\xff\xfe", b"1"]])
def test_cells_that_are_no_single_values_are_refused_by_column(tmp_path, values, library, monkeypatch):
    path = tmp_path / "lists.parquet"
    pq.write_table(pa.table({"a": values, "b": [1, 2], "c": values}), path)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name == library or None)
    with pytest.raises(DataError, match=r"lists\.parquet: columns 'a', 'c' hold lists, tables or bytes, not single values; leave"):
        read_columnar(path)


def test_times_of_a_zone_are_what_its_clocks_show_and_that_is_said(tmp_path):
    path = tmp_path / "zone.parquet"
    moments = pa.array([dt.datetime(2026, 5, 14, 6, 25, 52), None], pa.timestamp("us", "UTC")).cast(pa.timestamp("us", "Asia/Jakarta"))
    pq.write_table(pa.table({"at": moments}), path)
    raw = read_columnar(path)
    assert raw.frame["at"].iloc[0] == pd.Timestamp("2026-05-14 13:25:52")
    assert [(problem.code, problem.column, problem.severity) for problem in raw.problems] == [("KP107", "at", "note")]
    assert "Asia/Jakarta" in raw.problems[0].message("id")


def test_whole_numbers_keep_all_their_digits(tmp_path):
    path = tmp_path / "long.parquet"
    long = 3171_0101_0190_0001_123
    pq.write_table(pa.table({"full": [long, 2], "gaps": pa.array([long, None], pa.int64()), "huge": pa.array([2**64 - 1, 1], pa.uint64())}), path)
    frame = read_columnar(path).frame
    assert frame["full"].tolist() == [long, 2]
    assert frame["gaps"].iloc[0] == str(long)
    assert frame["huge"].iloc[0] == str(2**64 - 1)


def test_extension_and_run_end_columns_are_what_they_stand_for(tmp_path):
    path = tmp_path / "odd.arrow"
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["x", "y"]))
    flags = pa.array([True, False, None]).cast(pa.bool8()) if hasattr(pa, "bool8") else pa.array([1, 0, None], pa.int8())
    table = pa.table({"runs": runs, "flags": flags, "half": pa.array(np.array([1, 2, 0.5], dtype=np.float16))})
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    frame = read_columnar(path).frame
    assert frame["runs"].tolist() == ["x", "x", "y"]
    assert frame["flags"].tolist()[:2] == [1, 0]
    assert frame["half"].tolist() == [1, 2, 0.5]


@pytest.mark.parametrize("suffix", COLUMNAR)
@pytest.mark.parametrize("length", [0, 5, 300, 1000])
def test_a_file_that_was_cut_off_is_refused_by_name(tmp_path, suffix, length):
    path = tmp_path / f"cut{suffix}"
    pq.write_table(USERS, path) if suffix == ".parquet" else feather.write_feather(USERS, path)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(DataError, match=rf"cut\{suffix} cannot be read as an? (Parquet|Arrow) file: .*; the file is damaged or of another format"):
        read_columnar(path)


def test_parquet_under_the_suffix_of_arrow_is_refused(parquet, tmp_path):
    with pytest.raises(DataError, match=r"wrong\.arrow cannot be read as an Arrow file: it does not begin as one; the file is damaged or of another"):
        read_columnar(parquet.rename(tmp_path / "wrong.arrow"))


def test_columns_of_one_name_are_refused(tmp_path):
    path = tmp_path / "twice.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]), path)
    with pytest.raises(DataError, match=r"twice\.parquet: 1 column names occur twice: 'a'"):
        read_columnar(path)


def test_offsets_beyond_a_column_are_found_before_they_are_followed(tmp_path):
    path = tmp_path / "offsets.arrow"
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, pa.schema({"a": pa.string(), "b": pa.int64()})) as writer:
        writer.write_batch(pa.record_batch([pa.array(["ab", "cd"]), pa.array([1, 2])], names=["a", "b"]))
    offsets, beyond = (np.array(ends, dtype=np.int32).tobytes() for ends in ([0, 2, 4], [0, 2, 2_000_000_000]))
    path.write_bytes(path.read_bytes().replace(offsets, beyond))
    with pytest.raises(DataError, match=r"offsets\.arrow cannot be read as an Arrow file"):
        read_columnar(path)
