"""Workbooks: cells of a sheet to columns, whatever stands above, below and beside the table; each odd shape with its frame."""

from __future__ import annotations

import datetime as dt
import warnings

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
from files.spreadsheets import cell, open_document, repacked

from kepuasan.codebook import Codebook, Item
from kepuasan.errors import DataError, DataWarning
from kepuasan.io.reading import read_cells, read_file, read_frame, read_survey
from kepuasan.io.workbook.reading import read_workbook

UNSUR = [f"U{place}" for place in range(1, 10)]


def written(path, rows, merged=(), name="Data"):
    """A workbook with these rows; merged areas keep the text of their first cell."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, value)
                elif value is not None:
                    sheet.write(number, place, value)
        for top, left, bottom, right in merged:
            text = rows[top][left]
            sheet.merge_range(top, left, bottom, right, "" if text is None else text)
    return path


def codes(raw):
    return [problem.code for problem in raw.problems]


def told(raw, code):
    return next(problem for problem in raw.problems if problem.code == code)


# ---------------------------------------------------------------- types of cells


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "users.xlsx"
    with xlsxwriter.Workbook(path) as book:
        form = {name: book.add_format({"num_format": name}) for name in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm")}
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["speed", "city", "told", "day", "at", "clock", "mixed", 2022, "kosong"])
        for row, (speed, city, told_) in enumerate([(3, "Bali", True), (4.5, "", False), (None, "Aceh", True)], start=1):
            sheet.write_row(row, 0, [speed, city, told_])
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
    with pytest.raises(DataError, match=r"the sheet 'Kosong' is empty; .*; other sheets hold tables: 'Data', give users\.xlsx#Data"):
        read_frame(f"{workbook}#Kosong")


def test_numbers_written_as_text_are_numbers_where_the_whole_column_is(tmp_path):
    rows = [
        ["a", "b", "c", "d", "e", "f"],
        ["4", "3,50", 4, "007", " 4", "4"],
        ["3", "2,05", "3", "012", "3 ", "tidak tahu"],
        [None, "4", "2\u00a0", "113", "2", 3],
    ]
    raw = read_workbook(written(tmp_path / "teks.xlsx", rows))
    assert raw.frame["a"].tolist()[:2] == [4, 3]
    assert np.isnan(raw.frame["a"].iloc[2])
    assert raw.frame["b"].tolist() == [3.5, 2.05, 4]
    assert raw.frame["c"].tolist() == [4, 3, 2]
    assert raw.frame["d"].tolist() == ["007", "012", "113"]
    assert raw.frame["e"].tolist() == [4, 3, 2]
    assert raw.frame["f"].tolist() == ["4", "tidak tahu", 3]
    assert raw.decimal == ","
    assert raw.texts(["b", "c", "f"]).to_numpy().tolist() == [["3,50", 4, "4"], ["2,05", "3", "tidak tahu"], ["4", "2", 3]]


def test_the_decimal_sign_given_by_the_caller_rules(tmp_path):
    path = written(tmp_path / "ribu.xlsx", [["biaya", "u"], ["1.250", 1], ["2.500", 2]])
    assert read_workbook(path, decimal=",").frame["biaya"].tolist() == [1250, 2500]
    assert read_workbook(path, decimal=".").frame["biaya"].tolist() == [1.25, 2.5]
    assert [(one.code, one.file, one.sheet, one.column) for one in read_workbook(path).problems] == [("KP111", "ribu.xlsx", "Data", "biaya")]


def test_items_declared_text_keep_their_zeros(tmp_path):
    path = written(tmp_path / "kode.xlsx", [["kode", "nilai"], ["01", "3.50"], ["2", "4"]])
    frame, _ = read_frame(path, Codebook({"kode": Item("kode", type="text"), "nilai": Item("nilai", type="text")}))
    assert frame["kode"].tolist() == ["01", "2"]
    assert frame["nilai"].tolist() == ["3.50", "4"]


def test_blanks_at_the_end_of_texts_go_and_texts_of_blanks_are_empty(tmp_path):
    raw = read_workbook(written(tmp_path / "spasi.xlsx", [["jk", "kota"], ["L ", "Bali\u00a0"], ["L", "  "], ["P\u00a0 ", "Aceh"]]))
    assert raw.frame["jk"].tolist() == ["L", "L", "P"]
    assert raw.frame["kota"].fillna("").tolist() == ["Bali", "", "Aceh"]


def test_serial_numbers_stay_numbers_until_an_item_declares_them_dates(tmp_path):
    path = written(tmp_path / "tanggal.xlsx", [["tgl", "u"], [44563, 1], [44564, 2]])
    assert read_workbook(path).frame["tgl"].tolist() == [44563, 44564]
    frame, _ = read_frame(path, Codebook({"tgl": Item("tgl", type="date")}))
    assert frame["tgl"].tolist() == [pd.Timestamp("2022-01-02"), pd.Timestamp("2022-01-03")]


# ---------------------------------------------------------------- rows and columns around the table


def test_rows_and_columns_around_a_table_are_no_part_of_it(tmp_path):
    rows = [[None] * 5, [None, "a", None, "b", None], [None, 1, None, "x", None], [None, 2, None, "y", None], [None, " ", None, None, None]]
    raw = read_workbook(written(tmp_path / "tepi.xlsx", rows))
    assert raw.frame.to_dict("list") == {"a": [1, 2], "b": ["x", "y"]}
    assert (raw.file, raw.sheet, raw.first_row, raw.skipped) == ("tepi.xlsx", "Data", 3, ())
    assert raw.rows_of([0, 1]) == (3, 4)


def test_empty_rows_within_a_table_are_skipped_and_rows_of_the_file_stay_right(tmp_path):
    raw = read_workbook(written(tmp_path / "kosong.xlsx", [["a", "b"], [1, 2], [None, " "], [3, None], [None, None], [None, None], [5, 6]]))
    assert raw.frame["a"].tolist() == [1, 3, 5]
    assert raw.frame["a"].dtype == np.int64
    assert raw.rows_of([0, 1, 2]) == (2, 4, 7)
    problem = told(raw, "KP135")
    assert (problem.severity, problem.rows, problem.count) == ("note", (3, 5, 6), 3)


def test_an_empty_cell_of_a_single_column_is_an_answer_not_given(tmp_path):
    raw = read_workbook(written(tmp_path / "satu.xlsx", [["a"], [1], [None], [3]]))
    assert raw.frame["a"].isna().tolist() == [False, True, False]


def test_cells_without_a_name_and_names_that_occur_twice_are_refused_at_once_with_their_columns(tmp_path):
    path = written(tmp_path / "ganda.xlsx", [["a", "b", None, "a", "b", None], [1, 2, 3, 4, 5, None], [1, 2, 3, 4, 5, None]])
    words = (
        r"ganda\.xlsx, sheet 'Data': 1 columns have cells but no name \(column C\); 2 column names occur twice: 'a' \(A, D\), 'b' \(B, E\); .*row 1"
    )
    with pytest.raises(DataError, match=words):
        read_workbook(path)


def test_a_sheet_with_a_header_alone_has_no_rows(tmp_path):
    raw = read_workbook(written(tmp_path / "kepala.xlsx", [["a", None, "c"]]))
    assert list(raw.frame.columns) == ["a", "c"]
    assert len(raw.frame) == 0


# ---------------------------------------------------------------- headers and totals


def template(rows_of_answers):
    """The table of a service unit, as ministries hand it out: titles, two header rows, numbers of columns, and totals below."""
    top = [
        ["PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT"] + [None] * 10,
        ["UNIT: DINAS KEPENDUDUKAN"] + [None] * 10,
        [None] * 11,
        ["No. Resp", "Nilai unsur pelayanan"] + [None] * 8 + ["Ket."],
        [None, *UNSUR, None],
        [str(place) for place in range(1, 12)],
    ]
    body = [[number, *answers, None] for number, answers in enumerate(rows_of_answers, start=1)]
    sums = np.sum(rows_of_answers, axis=0)
    means = sums / len(rows_of_answers)
    end = [
        ["Σ nilai/unsur", *sums.tolist(), None],
        ["NRR/unsur", *means.round(3).tolist(), None],
        ["NRR tertbg/unsur", *(means / 9).round(3).tolist(), round(float(means.sum() / 9), 3)],
        ["IKM unit pelayanan"] + [None] * 9 + [round(float(means.sum() / 9 * 25), 2)],
        [None] * 11,
        ["Keterangan:"] + [None] * 10,
        ["- U1 s.d. U9", "= unsur pelayanan"] + [None] * 9,
        [None] * 8 + ["Surabaya, 12 Mei 2024", None, None],
    ]
    merged = [(0, 0, 0, 10), (1, 0, 1, 10), (3, 0, 4, 0), (3, 1, 3, 9), (3, 10, 4, 10)]
    return [*top, *body, *end], merged


def test_the_table_of_a_service_unit_is_read_without_its_titles_numbers_and_totals(tmp_path):
    answers = np.random.default_rng(1).integers(1, 5, size=(60, 9)).tolist()
    rows, merged = template(answers)
    raw = read_workbook(written(tmp_path / "skm.xlsx", rows, merged))
    assert list(raw.frame.columns) == ["No. Resp", *UNSUR, "Ket."]
    assert raw.frame[UNSUR].to_numpy().tolist() == answers
    assert set(raw.frame.dtypes[:-1]) == {np.dtype(np.int64)}
    assert not raw.labels
    assert (raw.first_row, raw.rows_of([0, 59])) == (7, (7, 66))
    assert codes(raw) == ["KP136", "KP132"]
    problem = told(raw, "KP132")
    assert problem.rows == (67, 68, 69, 70, 72, 73, 74)
    assert problem.message("id").startswith("skm.xlsx#Data, baris 67, 68, 69, 70, 72, 73, 74: 7 baris di akhir tabel bukan responden")


def test_the_same_table_is_read_from_an_ods(tmp_path):
    answers = [[3, 4], [4, 4], [2, 3]]
    top = [[cell("HASIL SURVEI", span=3), cell(covered=2)], [cell("No"), cell("Unsur", span=2), cell(covered=1)], [cell(), cell("U1"), cell("U2")]]
    body = [[cell(number), *(cell(code) for code in one)] for number, one in enumerate(answers, start=1)]
    end = [[cell("Jumlah"), cell(9), cell(11)]]
    raw = read_workbook(open_document(tmp_path / "skm.ods", {"Data": [*top, *body, *end]}))
    assert raw.frame.to_dict("list") == {"No": [1, 2, 3], "U1": [3, 4, 2], "U2": [4, 4, 3]}
    assert not raw.labels
    assert told(raw, "KP132").rows == (7,)


def test_totals_are_kept_where_a_printed_table_is_read(tmp_path):
    path = written(tmp_path / "tabel.xlsx", [["unsur", "nilai"], ["U1", 3], ["U2", 4], ["Jumlah", 7]])
    assert read_workbook(path).frame["unsur"].tolist() == ["U1", "U2"]
    assert read_workbook(path, totals=True).frame["unsur"].tolist() == ["U1", "U2", "Jumlah"]
    assert read_workbook(path, totals=True).problems == ()


def test_a_respondent_called_total_stays(tmp_path):
    raw = read_workbook(written(tmp_path / "nama.xlsx", [["nama", "U1", "U2"], ["Ali", 3, 4], ["Budi", 4, 4], ["Total", 3, 3]]))
    assert raw.frame["nama"].tolist() == ["Ali", "Budi", "Total"]
    assert raw.problems == ()


def test_remarks_beside_the_totals_need_no_name(tmp_path):
    rows = [["No", "U1", "U2"], [1, 3, 4], [2, 4, 4], [None] * 3, ["Jumlah", 7, 8, None, "diperiksa oleh Ali"]]
    raw = read_workbook(written(tmp_path / "catatan.xlsx", rows))
    assert raw.frame.to_dict("list") == {"No": [1, 2], "U1": [3, 4], "U2": [4, 4]}
    assert told(raw, "KP132").rows == (5,)


# ---------------------------------------------------------------- what is said


def test_errors_are_empty_cells_and_told_by_column(tmp_path):
    path = tmp_path / "galat.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["u1", "u2", "kota"])
        for row, kota in enumerate(["Bali", "#N/A", "Aceh", "#REF! bukan galat"], start=1):
            sheet.write_row(row, 0, [row, row + 1, kota])
        sheet.write_formula(2, 0, "=NA()", None, "#N/A")
        sheet.write_formula(4, 0, "=1/0", None, "#DIV/0!")
    raw = read_workbook(path)
    assert raw.frame["u1"].tolist()[::2] == [1, 3]
    assert raw.frame["u1"].isna().tolist() == [False, True, False, True]
    assert raw.frame["kota"].fillna("").tolist() == ["Bali", "", "Aceh", "#REF! bukan galat"]
    found = {problem.column: problem for problem in raw.problems}
    assert {(problem.code, problem.severity) for problem in raw.problems} == {("KP133", "warning")}
    assert (found["u1"].rows, found["u1"].values["texts"]) == ((3, 5), "#DIV/0!, #N/A")
    assert (found["kota"].rows, found["kota"].count) == ((3,), 1)
    with pytest.warns(DataWarning) as warned:
        read_survey(path)
    said = sorted(str(warning.message).partition(";")[0] for warning in warned)
    assert said == [
        "galat.xlsx#Data, 'kota', rows 3: 1 cells hold an error (#N/A) and are read as empty",
        "galat.xlsx#Data, 'u1', rows 3, 5: 2 cells hold an error (#DIV/0!, #N/A) and are read as empty",
    ]


def test_formulas_without_a_result_are_told(tmp_path):
    path = tmp_path / "rumus.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_row(1, 0, [1, 2])
        sheet.write(2, 0, 3)
        sheet.write_formula(2, 1, "=A3*2", None, 12345)
    repacked(path, path, "xl/worksheets/sheet1.xml", lambda text: text.replace(b"<v>12345</v>", b""))
    raw = read_workbook(path)
    assert raw.frame["b"].isna().tolist() == [False, True]
    assert (told(raw, "KP134").column, told(raw, "KP134").rows) == ("b", (3,))


def test_merged_cells_among_the_data_are_told(tmp_path):
    raw = read_workbook(written(tmp_path / "gabung.xlsx", [["unit", "u1"], ["A", 3], [None, 4], ["B", 4]], [(1, 0, 2, 0)]))
    assert raw.frame["unit"].fillna("").tolist() == ["A", "", "B"]
    assert (told(raw, "KP138").rows, told(raw, "KP138").values["count"]) == ((2, 3), 1)


def test_other_sheets_and_hidden_ones_are_notes_with_the_way_to_read_them(tmp_path):
    path = tmp_path / "lembar.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Arsip", "Data", "2023", "Catatan"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["a", "b"])
            if name != "Catatan":
                sheet.write_row(1, 0, [1, 2])
        book.worksheets()[0].hide()
        book.worksheets()[1].activate()
        book.worksheets()[1].set_first_sheet()
    raw = read_workbook(path)
    assert raw.sheet == "Data"
    assert [(problem.code, problem.severity) for problem in raw.problems] == [("KP130", "note"), ("KP131", "note")]
    assert told(raw, "KP130").message().endswith("'2023'; to read one of them, give lembar.xlsx#2023 as the path [KP130]")
    assert "'Arsip'" in told(raw, "KP131").said("id")
    assert [problem.code for problem in read_workbook(path, "Data").problems] == ["KP131"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_survey(f"{path}#Arsip").frame["a"].tolist() == [1]


def test_problems_of_a_workbook_reach_the_reading(tmp_path):
    path = written(tmp_path / "skm.xlsx", [["No", "U1", "U2"], [1, 3, 4], [2, 4, 4], ["Jumlah", 7, 8]])
    assert "KP132" in [problem.code for problem in read_file(path).problems]
    assert read_file(path).raw.rows_of([0, 1]) == (2, 3)


def test_cells_of_a_printed_table_are_given_with_its_totals(tmp_path):
    path = written(tmp_path / "tabel.xlsx", [["unsur", "nilai"], ["U1", "3.30"], ["U2", 4], ["Jumlah", 7.3]])
    assert read_cells(path).to_dict("list") == {"unsur": ["U1", "U2", "Jumlah"], "nilai": ["3.30", 4, 7.3]}


def test_ods_and_xlsx_of_the_same_cells_give_the_same_frame(tmp_path):
    rows = [["no", "kota", "nilai", "tgl"], [1, "Bali", 3.5, dt.date(2022, 1, 2)], [2, "Aceh", None, dt.date(2022, 1, 3)], [3, None, 4, None]]
    with xlsxwriter.Workbook(tmp_path / "sama.xlsx", {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    open_document(tmp_path / "sama.ods", {"Data": [[cell(value) for value in row] for row in rows]})
    first, second = (read_frame(tmp_path / name)[0] for name in ("sama.xlsx", "sama.ods"))
    pd.testing.assert_frame_equal(first, second)
    assert [str(kind) for kind in first.dtypes.drop("kota")] == ["int64", "float64", "datetime64[ms]"]
