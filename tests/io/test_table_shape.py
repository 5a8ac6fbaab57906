"""Sheets that are more than one table of respondents: what is left out, what is said, and that plain tables are neither cut nor accused."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
from files.spreadsheets import plain_workbook
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepuasan.io.reading import read_survey
from kepuasan.io.table.shape import about_rows, printed_again
from kepuasan.io.workbook.reading import read_workbook

ANSWERS = [[float(number), 2.0 + number % 3, 4.0 - number % 2] for number in range(1, 13)]
HEADER = ["No", "U1", "U2"]


def read(tmp_path, rows, **marks):
    return read_workbook(plain_workbook(tmp_path / "data.xlsx", rows, **marks))


def told(raw):
    return {problem.code: (problem.severity, problem.rows) for problem in raw.problems}


def test_the_recap_of_the_ministry_is_read_without_anything_below_it(tmp_path):
    # "NRR per unsur = Jumlah nilai per unsur : ..." was too long for a label: it and the row of sums above it were read as respondents 31 and 32
    unsur = [f"U{place}" for place in range(1, 10)]
    answers = np.random.default_rng(4).integers(2, 5, size=(30, 9))
    means = answers.mean(axis=0).round(3)
    rows = [
        ["PENGOLAHAN INDEKS KEPUASAN MASYARAKAT PER RESPONDEN", *[None] * 9],
        ["UNIT PELAYANAN", None, ": DINAS KEPENDUDUKAN", *[None] * 7],
        [None] * 10,
        ["NO. RESP", "NILAI UNSUR PELAYANAN", *[None] * 8],
        [None, *unsur],
        [f"({place})" for place in range(1, 11)],
        *([float(number), *map(float, one)] for number, one in enumerate(answers, start=1)),
        ["Jumlah Nilai Per Unsur", *map(float, answers.sum(axis=0))],
        ["NRR per unsur = Jumlah nilai per unsur : Jumlah kuesioner yang terisi", *map(float, means)],
        ["NRR tertimbang per unsur = NRR per unsur x 0,111", *map(float, (means * 0.111).round(3))],
        ["IKM Unit Pelayanan *)", *[None] * 8, "78,74"],
        [None] * 10,
        ["Keterangan :", None, None, "No.", "UNSUR PELAYANAN", None, None, "NILAI RATA-RATA", None, None],
        ["- U1 s.d. U9", None, "= unsur pelayanan", "U1", "Persyaratan", None, None, 3.2, None, None],
        ["IKM UNIT PELAYANAN : 78,74", *[None] * 9],
        ["A (Sangat Baik)", None, ": 88,31 - 100,00", *[None] * 7],
    ]
    raw = read(tmp_path, rows)
    assert raw.frame[unsur].to_numpy().tolist() == answers.tolist()
    assert raw.frame["NO. RESP"].tolist() == list(range(1, 31))
    assert told(raw)["KP132"] == ("warning", (37, 38, 39, 40, 42, 43, 44, 45))


def test_headers_and_titles_printed_on_every_page_are_left_out(tmp_path):
    # "No", "U1" and "U2" were answers of respondents, and all columns text
    top = [["REKAP", None, None], ["No", "Unsur", None], [None, "U1", "U2"], ["(1)", "(2)", "(3)"]]
    raw = read(tmp_path, [*top, *ANSWERS[:6], *top, *ANSWERS[6:]])
    assert raw.frame.to_numpy().tolist() == ANSWERS
    assert raw.rows_of([0, 5, 6, 11]) == (5, 10, 15, 20)
    assert told(raw)["KP139"] == ("note", (11, 12, 13, 14))


def test_only_whole_rows_like_the_header_are_left_out():
    columns = {0: np.array(["No", "No", 3.0, "No"], dtype=object), 1: np.array(["U1", "x", "U1", None], dtype=object)}
    assert printed_again([["No", "U1"]], columns).tolist() == [0]
    assert printed_again([[1.0, 2.0]], {0: np.array([1.0]), 1: np.array([2.0])}).tolist() == []
    assert printed_again([["a"]], {0: np.array(["a"], dtype=object)}).tolist() == []


def test_totals_of_groups_are_read_and_said(tmp_path):
    # in silence: 'Jumlah A' was a respondent with 12 and 13
    rows = [["Unit", *HEADER], *(["A", *row] for row in ANSWERS[:4]), ["Jumlah A", None, 12.0, 13.0], *(["B", *row] for row in ANSWERS[4:])]
    raw = read(tmp_path, rows)
    assert len(raw.frame) == 13
    assert told(raw) == {"KP140": ("warning", (6,))}
    assert "('Jumlah A')" in raw.problems[0].message()


def test_groups_named_in_their_first_row_alone_are_said(tmp_path):
    # in silence: all respondents but three had no district
    rows = [["Kecamatan", *HEADER], *([f"Kec {place}" if place % 4 == 0 else None, *row] for place, row in enumerate(ANSWERS))]
    raw = read(tmp_path, rows)
    assert raw.frame["Kecamatan"].notna().sum() == 3
    assert told(raw) == {"KP141": ("warning", (3, 4, 5, 7, 8, 9, 11, 12, 13))}
    assert raw.problems[0].column == "Kecamatan"


@pytest.mark.parametrize(
    "first",
    [
        ["Ali", None, "Budi", "Citra", None, None, "Dewi", None, None, None, None, None],
        ["A", None, None, None, "B", None, None, None, "A", None, None, None],
        [None, "A", None, None, "B", None, None, None, "C", None, None, None],
        ["A", *[None] * 11],
    ],
)
def test_a_column_that_few_fill_names_no_groups(first):
    frame = pd.DataFrame({"nama": first, "u1": range(12), "u2": range(12)})
    assert about_rows(frame, tuple) == []


def test_a_second_row_of_names_units_or_weights_is_said(tmp_path):
    for second in (["no", "kode 1", "kode 2"], [None, "tahun", "menit"], ["Bobot", 0.3, 0.7]):
        raw = read(tmp_path, [HEADER, second, *ANSWERS])
        assert len(raw.frame) == 13
        assert told(raw) == {"KP145": ("warning", (2,))}
    assert told(read(tmp_path, [HEADER, ["x", 3.0, 4.0], *ANSWERS])) == {}
    assert told(read(tmp_path, [HEADER, [1.0, "tidak tahu", 4.0], *ANSWERS])) == {}


def test_rows_beside_a_table_are_said(tmp_path):
    # in silence: the rows of the legend below the last respondent were respondents without answers
    legend = [["U1", "Syarat"], ["U2", "Waktu"], ["U3", "Biaya"], ["U4", "Hasil"]]
    rows = [[*HEADER, None, "Kode", "Unsur"], *([*row, None, *legend[place]] for place, row in enumerate(ANSWERS[:3])), [*[None] * 4, *legend[3]]]
    raw = read(tmp_path, rows)
    assert len(raw.frame) == 4
    assert told(raw)["KP144"] == ("warning", (5,))
    assert "KP144" not in told(read(tmp_path, rows[:-1]))


def test_hidden_rows_are_respondents_and_said(tmp_path):
    raw = read(tmp_path, [HEADER, *ANSWERS], hidden=(0, 2, 5))
    assert raw.frame.to_numpy().tolist() == ANSWERS
    assert told(raw) == {"KP142": ("note", (3, 6))}


def test_a_pivot_table_is_said_to_be_none_of_respondents(tmp_path):
    raw = read(tmp_path, [["Row Labels", "Average of U1"], ["Kec A", 3.2], ["Kec B", 3.1], ["Grand Total", 3.15]])
    assert {code: severity for code, (severity, _) in told(raw).items()} == {"KP143": "warning", "KP132": "warning"}


def test_merged_cells_are_told_by_column(tmp_path):
    path = tmp_path / "gabung.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["kec", "desa", "u1"])
        for number in range(8):
            sheet.write(number + 1, 2, number)
        for top in (1, 5):
            sheet.merge_range(top, 0, top + 3, 0, f"K{top}")
            sheet.merge_range(top, 1, top + 1, 1, f"D{top}")
            sheet.merge_range(top + 2, 1, top + 3, 1, f"D{top + 2}")
    problems = read_workbook(path).problems
    assert [(one.code, one.column, one.values["count"], one.rows) for one in problems] == [
        ("KP138", "kec", 2, tuple(range(2, 10))),
        ("KP138", "desa", 4, tuple(range(2, 10))),
    ]


cells = st.one_of(st.integers(1, 5).map(float), st.sampled_from(["L", "P", "baik", "Total", "Jumlah", "No", "Rata-rata", "Catatan"]), st.none())


@given(
    rows=st.integers(2, 6).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=50)),
    start=st.integers(0, 3),
    text=st.sampled_from(["shared", "inline", "str"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_respondent_with_a_number_is_lost_or_changed(tmp_path, rows, start, text):
    counted = [[float(number), *row] for number, row in enumerate(rows, start=1)]
    header = [f"kolom {place}" for place in range(len(counted[0]))]
    path = plain_workbook(tmp_path / "any.xlsx", [*[[None]] * start, header, *counted], text=text)
    raw = read_workbook(path)
    found = raw.frame.astype(object).where(raw.frame.notna(), None).to_numpy().tolist()
    assert found == [row[: len(found[0])] for row in counted]
    assert raw.rows_of([0, len(rows) - 1]) == (start + 2, start + 1 + len(rows))


def test_a_plain_workbook_has_nothing_to_be_said_of(tmp_path):
    path = plain_workbook(tmp_path / "biasa.xlsx", [[*HEADER, "saran"], *([*row, None] for row in ANSWERS[:-1]), [*ANSWERS[-1], "Total puas"]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(read_survey(path).frame) == 12
