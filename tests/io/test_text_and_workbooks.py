"""Delimited text, workbooks and Parquet: separators, encodings, types of cells, ragged rows."""

from __future__ import annotations

import datetime as dt
import importlib.util

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

from kepuasan.codebook import Codebook, Item
from kepuasan.errors import DataError
from kepuasan.io.reading import read_frame

# ---------------------------------------------------------------- text


def read(tmp_path, content, name="users.csv", given=None):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_frame(path, given)


@pytest.mark.parametrize(("separator", "word"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_the_separator_is_found_out(tmp_path, separator, word):
    text = f'a{separator}b\n1{separator}"x, y; z"\n2{separator}"p|q"\n'
    frame, book = read(tmp_path, text)
    assert frame["b"].tolist() == ["x, y; z", "p|q"]
    assert f"separated by {word}" in book.source


def test_a_tsv_file_with_commas_in_its_cells_is_split_at_tabs(tmp_path):
    frame, _ = read(tmp_path, "a\tb\n1,5\t2,5\n", "users.tsv")
    assert list(frame.columns) == ["a", "b"]
    assert frame["a"].tolist() == ["1,5"]


@pytest.mark.parametrize(("encoding", "word"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp1252", "CP1252"), ("utf-16", "UTF-16")])
def test_marks_and_encodings_are_told_apart(tmp_path, encoding, word):
    frame, book = read(tmp_path, "nama,kota\ncafé,São\n".encode(encoding))
    assert list(frame.columns) == ["nama", "kota"]
    assert frame["nama"].tolist() == ["café"]
    assert book.source.endswith(word)


def test_only_empty_fields_and_na_are_missing(tmp_path):
    frame, _ = read(tmp_path, "a,b\nNA,null\n,n/a\nx,nan\ny,None\n")
    assert frame["a"].isna().tolist() == [True, True, False, False]
    assert frame["b"].tolist() == ["null", "n/a", "nan", "None"]


def test_numbers_are_read_exactly_and_text_that_only_looks_like_them_stays_text(tmp_path):
    frame, book = read(tmp_path, "w,psu,nik,huge,mixed\n0.1,007,3201010101010001,12345678901234567890123,1\n-2.5e-3,12,3201010101010002,1,x\n")
    assert frame["w"].tolist() == [0.1, -0.0025]
    assert frame["psu"].tolist() == ["007", "12"]
    assert frame["nik"].tolist() == [3201010101010001, 3201010101010002]
    assert frame["huge"].tolist() == ["12345678901234567890123", "1"]
    assert [item.type for item in book.items.values()] == ["number", "text", "number", "text", "text"]


def test_words_true_and_false_are_one_and_zero(tmp_path):
    frame, book = read(tmp_path, "a,b\nTrue,TRUE\nFalse,\n")
    assert frame["a"].tolist() == [1, 0]
    assert frame["b"].iloc[0] == 1
    assert np.isnan(frame["b"].iloc[1])
    assert book.items["a"].type == "number"


def test_a_column_nobody_filled_is_empty_numbers(tmp_path):
    frame, book = read(tmp_path, "a,b\n1,\n2,NA\n")
    assert frame["b"].isna().all()
    assert book.items["b"].type == "number"


def test_leading_zeros_survive_where_the_codebook_declares_text(tmp_path):
    frame, _ = read(tmp_path, "psu,x\n01,1.0\n02,2\n", given=Codebook({"psu": Item("psu", type="text"), "x": Item("x", type="text")}))
    assert frame["psu"].tolist() == ["01", "02"]
    assert frame["x"].tolist() == ["1.0", "2"]


def test_leading_zeros_are_numbers_where_the_codebook_declares_them(tmp_path):
    frame, _ = read(tmp_path, "psu\n01\n12\n", given=Codebook({"psu": Item("psu")}))
    assert frame["psu"].tolist() == [1, 12]


def test_a_blank_line_is_an_empty_cell_of_a_single_column_and_no_row_of_several(tmp_path):
    assert read(tmp_path, "\na\n1\n\n2\n\n")[0]["a"].isna().tolist() == [False, True, False]
    assert len(read(tmp_path, "a,b\n1,2\n\n3,4\n\n")[0]) == 2


def test_fields_with_line_breaks_and_quotes_are_one_cell(tmp_path):
    frame, _ = read(tmp_path, 'a,b\n1,"baris satu\nbaris ""dua"""\n2,z\n')
    assert frame["b"].tolist() == ['baris satu\nbaris "dua"', "z"]


@pytest.mark.parametrize("row", ["1", "1,2,3", "1,2,"])
def test_a_ragged_row_is_refused_with_its_line(tmp_path, row):
    with pytest.raises(DataError, match=r"users\.csv: the header has 2 fields, but 1 rows have another number, the first . \(lines 3\)"):
        read(tmp_path, f"a,b\n1,2\n{row}\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b,a\n1,2,3\n", "1 column names occur twice: 'a'"),
        ("a,,\n1,2,3\n", r"2 columns have no name \(column 2, 3\)"),
        ('a,b\n1,"x\n', "cannot be read as delimited text"),
        ("  \n", "is empty"),
        (b"\x81\x8d\x8f\n", "neither UTF-8 nor Windows-1252"),
    ],
)
def test_text_that_is_no_table_is_refused_by_name(tmp_path, text, words):
    with pytest.raises(DataError, match=rf"users\.csv.*{words}"):
        read(tmp_path, text)


# ---------------------------------------------------------------- workbooks


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "users.xlsx"
    with xlsxwriter.Workbook(path) as book:
        form = {name: book.add_format({"num_format": name}) for name in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm")}
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["speed", "city", "told", "day", "at", "clock", "mixed", 2022, "kosong"])
        for row, (speed, city, told) in enumerate([(3, "Bali", True), (4.5, "", False), (None, "Aceh", True)], start=1):
            sheet.write_row(row, 0, [speed, city, told])
            sheet.write_datetime(row, 3, dt.date(2022, 1, row), form["yyyy-mm-dd"])
            sheet.write_datetime(row, 4, dt.datetime(2022, 1, row, 3, 4), form["yyyy-mm-dd hh:mm"])
            sheet.write_datetime(row, 5, dt.time(3, row), form["hh:mm"])
            sheet.write(row, 6, "a" if row == 1 else row)
            sheet.write(row, 7, row)
        other = book.add_worksheet("Lain")
        other.write_column(0, 0, ["x", 1])
        book.add_worksheet("Kosong")
    return path


def test_cells_of_a_workbook_keep_their_types(workbook):
    frame, book = read_frame(workbook)
    assert list(book.items) == ["speed", "city", "told", "day", "at", "clock", "mixed", "2022", "kosong"]
    assert [item.type for item in book.items.values()] == ["number", "text", "number", "date", "datetime", "time", "text", "number", "number"]
    assert frame["speed"].tolist()[:2] == [3, 4.5]
    assert frame["city"].isna().tolist() == [False, True, False]
    assert frame["told"].tolist() == [1, 0, 1]
    assert frame["day"].iloc[2] == pd.Timestamp("2022-01-03")
    assert frame["clock"].iloc[0] == pd.Timedelta(hours=3, minutes=1)
    assert frame["mixed"].tolist() == ["a", "2", "3"]
    assert frame["2022"].dtype == np.int64


def test_another_sheet_is_read_by_its_name_after_the_path(workbook):
    frame, book = read_frame(f"{workbook}#Lain")
    assert frame["x"].tolist() == [1]
    assert book.source == "users.xlsx, sheet 'Lain' of a workbook"


def test_an_unknown_or_empty_sheet_is_refused_with_the_sheets_there_are(workbook):
    with pytest.raises(DataError, match=r"users\.xlsx has no sheet 'Dta'; did you mean 'Data'\?; the sheets are 'Data', 'Lain', 'Kosong'"):
        read_frame(f"{workbook}#Dta")
    with pytest.raises(DataError, match="the sheet 'Kosong' is empty"):
        read_frame(f"{workbook}#Kosong")


def test_a_header_with_empty_cells_is_refused(tmp_path):
    path = tmp_path / "holes.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["a", "", "c"])
    with pytest.raises(DataError, match=r"holes\.xlsx: 1 columns have no name \(column 2\)"):
        read_frame(path)


# ---------------------------------------------------------------- Parquet


@pytest.fixture
def parquet(tmp_path):
    path = tmp_path / "users [1].parquet"
    pd.DataFrame(
        {
            "speed": [3, 4, 9],
            "city": ["Bali", "", None],
            "told": [True, False, None],
            "day": [dt.date(2022, 1, 1), None, dt.date(2022, 1, 3)],
            "at": pd.to_datetime(["2022-01-01 10:00", None, "2022-01-02 00:00"]),
        },
        index=[5, 6, 7],
    ).to_parquet(path, index=False)
    return path


@pytest.mark.parametrize("library", ["pyarrow", "duckdb"])
def test_parquet_is_read_the_same_by_either_library(parquet, library, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name == library or None)
    frame, book = read_frame(parquet)
    assert frame["speed"].tolist() == [3, 4, 9]
    assert frame["city"].isna().tolist() == [False, True, True]
    assert frame["told"].tolist()[:2] == [1, 0]
    assert frame["day"].iloc[2] == pd.Timestamp("2022-01-03")
    assert [item.type for item in book.items.values()] == ["number", "text", "number", "date", "datetime"]


def test_parquet_without_a_library_is_refused_with_what_to_install(parquet, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(DataError, match=r'pip install "kepuasan\[big\]"'):
        read_frame(parquet)


def test_lists_in_the_cells_of_parquet_are_refused_by_column(tmp_path):
    path = tmp_path / "lists.parquet"
    pd.DataFrame({"a": [[1, 2], [3]]}).to_parquet(path)
    with pytest.raises(DataError, match=r"lists\.parquet: column 'a' holds lists"):
        read_frame(path)
