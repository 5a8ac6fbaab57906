"""Rows at the end of a table: totals and remarks are told apart from respondents."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepuasan.io.table.totals import LAST, Above, columns_above, suspected, totals_at_end, totals_problem, totals_within

ROWS = [["1", "Ali", "3", "4"], ["2", "Budi", "4", "4"], ["3", "Citra", "3", "2"]]


def left_out(*end, rows=ROWS):
    found = totals_at_end([*rows, *end], [Above()] * 4)
    return None if found is None else (found.first, found.labels)


@pytest.mark.parametrize(
    "row",
    [
        ["Jumlah", "", "10", "10"],
        ["", "TOTAL", "10", "10"],
        ["Rata-rata", "", "3.33", "3.33"],
        ["Rata - rata", "", "3,33", "3,33"],
        ["Mean", "", "3.3333333333", "3.3333333333"],
        ["NRR per unsur", "", "3,333", "3,333"],
        ["Nilai/Unsur", "", "10", "10"],
        ["IKM", "", "83,3", ""],
        ["Sum", "", "", ""],
        ["Keterangan: U1 = Persyaratan", "", "", ""],
        ["Sumber: survei 2024", "", "", ""],
        ["Total", "3 orang", "", ""],
        ["Total", "", "3", "4"],
        ["Rata-rata", "", "3", "3"],
        ["NRR per unsur = Jumlah nilai per unsur : Jumlah kuesioner yang terisi", "", "3,333", "3,333"],
    ],
)
def test_a_labelled_row_at_the_end_is_no_respondent(row):
    assert left_out(row) == (3, (next(cell for cell in row if cell),))


def test_everything_below_the_first_total_is_left_out():
    end = [
        ["Jumlah", "", "10", "10"],
        ["NRR per unsur", "", "3.33", "3.33"],
        ["NRR tertimbang", "", "0.37", "0.37"],
        ["", "", "", "0.74"],
        ["", "", "", ""],
        ["Mutu pelayanan:", "", "", ""],
        ["A (Sangat baik)", "88,31 - 100", "", ""],
    ]
    assert left_out(*end) == (3, ("Jumlah", "NRR per unsur", "NRR tertimbang", "0.74", "Mutu pelayanan:", "A (Sangat baik)"))


@pytest.mark.parametrize(
    "rows",
    [
        [["4", "Total", "3", "4"]],
        [["Total Abadi", "", "3", "4"]],
        [["4", "Dewi", "3", "4"]],
        [["4", "", "3", "4"]],
        [["Total", "", "3", "3"], ["5", "Eka", "3", "4"]],
        [["4", "Dewi", "Jumlah", "4"]],
    ],
)
def test_a_respondent_called_total_with_ordinary_answers_stays(rows):
    assert left_out(*rows) is None


def test_a_total_in_the_first_column_of_names_is_told_by_its_numbers():
    rows = [["Ali", "3", "4"], ["Budi", "4", "4"]]
    assert totals_at_end([*rows, ["Total", "7", "8"]], [Above()] * 3) is not None
    assert totals_at_end([*rows, ["Total", "3.5", "4"]], [Above()] * 3) is not None
    assert totals_at_end([*rows, ["Total", "4", "4"]], [Above()] * 3) is None


def test_sums_and_means_that_are_not_quite_right_are_none_the_less_no_answers():
    assert left_out(["Jumlah", "", "40", "38"], rows=[*ROWS, *ROWS, *ROWS, *ROWS]) == (12, ("Jumlah",))
    assert left_out(["Rata-rata", "", "3.1", "3.9"]) == (3, ("Rata-rata",))


def test_a_word_that_is_an_answer_in_its_column_is_no_label():
    rows = [["Good", "1.25", "4"], ["Average", "0.75", "3"], ["Average", "1.25", "3"]]
    assert totals_at_end(rows, [Above()] * 3) is None
    assert totals_at_end([["Total", "1", "3"], ["Sebagian", "0", "4"], ["Total", "1", "7"]], [Above()] * 3) is None


def test_a_row_below_an_empty_one_needs_its_label_only():
    assert left_out(["", "", "", ""], ["Total", "", "3", "4"]) == (4, ("Total",))
    assert left_out(["", "", "", ""], ["4", "Dewi", "3", "4"]) is None


def test_totals_in_the_middle_are_rows():
    assert totals_at_end([ROWS[0], ["Jumlah", "", "3", "4"], *ROWS[1:]], [Above()] * 4) is None


def test_a_table_of_words_alone_keeps_its_last_row():
    assert totals_at_end([["baik"], ["cukup"], ["Total memuaskan"]], [Above()]) is None
    assert totals_at_end([["baik", "ya"], ["cukup", "ya"], ["Total", "ya"]], [Above()] * 2) is None


def test_rows_above_the_last_ones_count_in_sums_and_means():
    above = columns_above(pd.DataFrame({"no": [1, 2], "u1": ["3,5", "4"], "kota": ["Bali", None]}))
    assert above == [Above(3.0, 2, 2, 1.0, 2.0), Above(7.5, 2, 2, 3.5, 4.0, whole=False), Above(0.0, 0, 1)]
    assert totals_at_end([["3", "4", "Aceh"], ["Jumlah", "11,5", ""]], above).first == 1
    named = columns_above(pd.DataFrame({"nama": ["Ali", "Budi"], "u1": ["3,5", "4"], "u2": [3, 4]}))
    assert totals_at_end([["Citra", "4", "3"], ["Total", "4", "4"]], named) is None


def test_a_label_is_looked_for_in_the_first_filled_cell_alone():
    assert suspected([["", "JUMLAH :", "3"]])
    assert not suspected([["1", "Jumlah", "3"], [1, 2, 3], []])
    assert LAST == 40


def test_what_is_left_out_is_told_with_its_rows_and_labels():
    found = totals_at_end([*ROWS, ["Jumlah", "", "10", "10"]], [Above()] * 4)
    problem = totals_problem(found, (5,), "a.csv")
    assert (problem.code, problem.severity, problem.rows) == ("KP132", "warning", (5,))
    assert problem.message().startswith("a.csv, rows 5: 1 rows at the end of the table are no respondents and are left out: 'Jumlah'; ")


def table(rows, end):
    above = columns_above(pd.DataFrame(rows[:-5]))
    found = totals_at_end([*rows[-5:], *end], above)
    return None if found is None else (found.first - 5, found.labels)


LIKERT = [[number, f"Orang {number}", 2 + number % 3, 4 - number % 2, 3 + number % 2] for number in range(1, 31)]
NAMED = [row[1:] for row in LIKERT]


@pytest.mark.parametrize(
    ("rows", "end", "labels"),
    [
        # a label that is not known, below a known one, ended the search: three rows of sums were read as respondents
        (
            LIKERT,
            [["Jumlah", None, 90, 105, 105], ["Rata-rata", None, 3.0, 3.5, 3.5], ["Indeks", None, 75, 87.5, 87.5], ["Kategori", None, "B", "A", "A"]],
            ("Jumlah", "Rata-rata", "Indeks", "Kategori"),
        ),
        (NAMED, [["Jumlah", 90, 105, 105], ["Nilai huruf", "B", "A", "A"]], ("Jumlah", "Nilai huruf")),
        # without a label: sums, or means, below columns whose first cells are empty
        (LIKERT, [[None, None, 90, 105, 105]], ("90",)),
        (NAMED, [[None, 3.0, 3.5, 3.5]], ("3.0",)),
        (LIKERT, [["Simpangan baku", None, 0.83, 0.51, 0.51]], ("Simpangan baku",)),
        # signatures and remarks below an empty row were respondents without answers
        (
            [row[:2] + row[2:] + [1] for row in LIKERT],
            [[None] * 6, [None] * 4 + ["Bandung, 2 Mei 2024", None], [None] * 4 + ["Kepala Dinas", None]],
            None,
        ),
        (LIKERT, [[None] * 5, ["*) data sementara", None, None, None, None]], ("*) data sementara",)),
        # another table below was read as respondents
        (LIKERT, [[None] * 5, ["Unit", "Mutu", "Nilai", None, None], ["Loket A", "B", 3.2, None, None]], ("Unit", "Loket A")),
    ],
)
def test_what_stands_below_the_respondents_is_left_out_whatever_it_is_called(rows, end, labels):
    assert table(rows, end) == ((0 if labels and end[0][-1] != end[0][0] else 1), labels or ("Bandung, 2 Mei 2024", "Kepala Dinas"))


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        # comments and options in the first column, with answers like all others
        (NAMED, ["Mutu pelayanan baik", 3, 4, 4]),
        (NAMED, ["Rata-rata petugas ramah", 4, 4, 4]),
        (NAMED, ["Total sudah baik", None, None, None]),
        (NAMED, ["Total Bangun Persada", 2, 4, 3]),
        ([[*row, "L", "SMA"] for row in NAMED], ["Jumlah", None, None, None, "P", "SD"]),
        ([[row[0], number] for number, row in enumerate(NAMED)], ["Total", 30]),
        # no answers, or answers of nought, are no sums
        ([[number, "x", 0, 0, 0] for number in range(1, 31)], [None, None, 0, 0, 0]),
        (LIKERT, [None, None, 3, 4, 4]),
        (LIKERT, [None, "Ali", None, None, None]),
    ],
)
def test_respondents_at_the_end_stay_whatever_they_say(rows, last):
    assert table(rows, [last]) is None


def test_totals_of_groups_are_found_within_a_table_and_do_not_count_in_sums():
    rows = [[kec, number, answer, 5 - answer] for kec in "ABC" for number, answer in enumerate((2, 3, 4, 3), start=1)]
    sums = [["Jumlah A", None, 12, 8], ["Jumlah B", None, 12, 8], ["Jumlah", None, 36, 24]]
    frame = pd.DataFrame([*rows[:4], sums[0], *rows[4:8], sums[1], *rows[8:]], columns=["kec", "no", "u1", "u2"])
    assert totals_within(frame) == (4, 9)
    assert totals_within(frame.drop(index=[4, 9]).assign(kec="Total")) == ()
    assert columns_above(frame)[2] == Above(36.0, 12, 12, 2.0, 4.0)
    found = totals_at_end([*frame.iloc[5:].astype(object).to_numpy().tolist(), sums[2]], columns_above(frame.iloc[:5]))
    assert found.labels == ("Jumlah",)


words = st.sampled_from(["Total", "Jumlah", "Rata-rata", "Catatan: antre", "Mutu pelayanan baik", "IKM tinggi", "baik", "Ali", "Sebagian", "Ya"])


@given(
    lead=st.lists(words, min_size=8, max_size=50),
    city=st.sampled_from(["Bali", "Aceh"]),
    codes=st.lists(st.lists(st.integers(1, 4), min_size=3, max_size=3), min_size=8, max_size=50),
)
def test_no_row_of_a_plain_table_is_left_out(lead, city, codes):
    rows = [[word, *answers, city] for word, answers in zip(lead, codes, strict=False)]
    above = columns_above(pd.DataFrame(rows[:-LAST], columns=list("abcde")))
    assert totals_at_end(rows[-LAST:], above) is None
    assert totals_within(pd.DataFrame(rows)) == ()
    counted = [[number, *row] for number, row in enumerate(rows, start=1)]
    assert not suspected(counted[-LAST:])
