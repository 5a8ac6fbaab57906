"""Headers: a complete first row is never more than the header; titles, groups and merged cells above data are told apart from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepuasan.io.table.headers import found_header, header_problems, title

DATA = [["1", "L", "3", "4"], ["2", "P", "4", "4"], ["3", "P", "2", "3"]]


@pytest.mark.parametrize(
    "rows",
    [
        [["No", "JK", "U1", "U2"], *DATA],
        [["nama", "kota", "komentar"], ["Ali", "Bali", "baik"], ["Budi", "Aceh", "cukup"]],
        [["nama", "kota", "nilai", "umur"], ["Ali", "Bali", "n/a", "-"], ["Budi", "Aceh", "3", "30"], ["Citra", "Aceh", "4", "31"]],
        [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]],
        [
            ["a", "b", "c", "d", "e"],
            ["1", "2", "3", "4", "5"],
            ["6", "7", "8", "9", "10"],
            ["11", "12", "13", "14", "15"],
            ["16", "17", "18", "19", "20"],
        ],
        [["U1", "U2", "U3", "U4"], ["1", "2", "3", "4"], ["4", "4", "4", "4"], ["3", "3", "4", "4"], ["2", "1", "1", "4"]],
        [["a"], ["x"], ["y"]],
        [["2020", "2021"], ["x", "y"], ["1", "2"]],
        [["a", "b"]],
        [["id", "", "b"], ["1", "", "2"], ["3", "", "4"]],
    ],
)
def test_a_plain_table_keeps_every_row_below_its_first(rows):
    header = found_header(rows)
    assert header.names == tuple(rows[0])
    assert header.first == 1
    assert header.labels == {}
    assert header_problems(header, "a.csv") == ()


cells = st.text(st.characters(codec="ascii", exclude_characters="\0"), max_size=6)


@given(st.integers(1, 8).flatmap(lambda width: st.tuples(st.just(width), st.lists(st.lists(cells, min_size=width, max_size=width), max_size=20))))
def test_no_cells_below_distinct_names_are_taken_for_a_header(table):
    width, rows = table
    rows = [[cell.replace("(", "") for cell in row] for row in rows]
    header = found_header([[f"kolom {place}" for place in range(width)], *rows])
    assert header.names == tuple(f"kolom {place}" for place in range(width))
    assert header.first == 1


def test_numbers_of_columns_in_brackets_below_the_names_are_no_answers():
    header = found_header([["nama", "nilai"], ["(1)", "(2)"], ["Ali", "4"]])
    assert (header.names, header.first) == (("nama", "nilai"), 2)


@pytest.mark.parametrize(
    "rows",
    [
        [["", "a", "b"], ["1", "3", "4"], ["2", "3", "4"]],
        [["nama", "kota", ""], ["Ali", "Bali", "baik"], ["Budi", "Aceh", "cukup"]],
        [["id", "nilai", ""], ["x", "n/a", "ya"], ["y", "3", "tidak"], ["z", "4", "tidak"]],
        [["a", "b", "a"], ["x", "y", "z"], ["x", "y", "z"]],
        [["", "mpg", "cyl", "hp"], ["Mazda", "21", "6", "110"], ["Datsun", "22", "4", "93"]],
    ],
)
def test_a_header_that_lacks_names_is_left_to_be_refused_where_nothing_better_is_certain(rows):
    assert found_header(rows).names == tuple(rows[0])
    assert found_header(rows).first == 1


@pytest.mark.parametrize(
    ("above", "first"),
    [
        ([["HASIL SURVEI KEPUASAN", "", "", ""]], 2),
        ([["HASIL SURVEI", "", "", ""], ["Dinas Kependudukan", "", "", ""], ["", "", "", ""]], 4),
        ([["", "", "", ""], ["", "HASIL SURVEI", "", ""]], 3),
        ([["Unit: Dinas A", "", "", ""], ["Periode: 2024", "", "", ""]], 3),
    ],
)
def test_titles_and_empty_lines_above_the_header_are_passed(above, first):
    header = found_header([*above, ["No", "JK", "U1", "U2"], *DATA])
    assert header.names == ("No", "JK", "U1", "U2")
    assert header.first == first
    problem = header_problems(header, "a.xlsx", "Data")[0]
    assert (problem.code, problem.severity, problem.rows) == ("KP136", "note", tuple(range(1, first + 1)))
    assert f"row {first + 1} " in problem.message()


@pytest.mark.parametrize("above", [[["Unit", "Dinas A", "", ""], ["Tahun", "2024", "", ""]], [["UNIT", "", ": Dinas A", ""], ["", "", "", ""]]])
def test_titles_beside_what_they_say_are_passed_above_a_table_of_numbers(above):
    # "3 columns have cells but no name": the title was the header
    header = found_header([*above, ["No", "JK", "U1", "U2"], *DATA])
    assert header.names == ("No", "JK", "U1", "U2")
    assert header.first == len(above) + 1
    words = [["Ali", "L", "baik", "ya"], ["Budi", "L", "cukup", "ya"], ["Citra", "P", "baik", "ya"]]
    assert found_header([["nama", "", "kata", ""], *words]).first == 1
    assert found_header([["id", "", "", "nilai"], ["1", "3", "4", "x"], ["2", "4", "4", "y"]]).first == 1


def test_a_title_above_two_columns_is_passed_where_the_cells_tell():
    assert found_header([["Hasil", ""], ["Unsur", "Nilai"], ["U1", "3.2"], ["U2", "3.4"]]).first == 2
    assert found_header([["Hasil", None], ["Unsur", "Kata"], ["U1", "baik"]], [((0, 0), (0, 1))]).first == 2


GROUPS = [["No", "JK", "Unsur Pelayanan", "", ""], ["", "", "U1", "U2", "U3"], ["1", "L", "3", "4", "4"], ["2", "P", "3", "3", "4"]]
AREAS = [((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 4))]


@pytest.mark.parametrize("merged", [AREAS, []])
def test_names_under_a_group_are_combined_in_a_workbook_and_in_text_saved_from_it(merged):
    header = found_header(GROUPS, merged)
    assert header.names == ("No", "JK", "U1", "U2", "U3")
    assert header.first == 2
    # "Unsur Pelayanan / U1" became the label, which took the place of what the regulation calls the element
    assert header.labels == {}


def test_groups_below_a_title_are_combined():
    merged = [((0, 0), (0, 4)), *(((top + 2, left), (bottom + 2, right)) for (top, left), (bottom, right) in AREAS)]
    header = found_header([["HASIL SURVEI", "", "", "", ""], ["", "", "", "", ""], *GROUPS], merged)
    assert header.names == ("No", "JK", "U1", "U2", "U3")
    assert header.first == 4


def test_columns_whose_lowest_texts_are_alike_take_the_upper_text_too():
    rows = [["No", "Kepentingan", "", "Kepuasan", ""], ["", "U1", "U2", "U1", "U2"], ["1", "3", "4", "4", "3"], ["2", "3", "4", "4", "3"]]
    for merged in ([((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (0, 4))], []):
        header = found_header(rows, merged)
        assert header.names == ("No", "Kepentingan / U1", "Kepentingan / U2", "Kepuasan / U1", "Kepuasan / U2")
        assert header.first == 2


@pytest.mark.parametrize("merged", [[((0, 0), (2, 0)), ((0, 1), (0, 4)), ((1, 1), (1, 2)), ((1, 3), (1, 4))], []])
def test_three_header_rows_are_combined(merged):
    rows = [
        ["No", "Unsur Pelayanan", "", "", ""],
        ["", "Sarana", "", "Petugas", ""],
        ["", "U1", "U2", "U3", "U4"],
        ["1", "3", "4", "4", "3"],
        ["2", "3", "4", "4", "3"],
    ]
    header = found_header(rows, merged)
    assert header.names == ("No", "U1", "U2", "U3", "U4")
    assert header.first == 3


def test_two_complete_rows_are_a_group_row_and_the_header_where_numbers_stand_below():
    rows = [["Responden", "", "Unsur", "", ""], ["No", "Nama", "U1", "U2", "U3"], ["1", "Ali", "3", "4", "4"], ["2", "Budi", "3", "3", "4"]]
    header = found_header(rows)
    assert header.names == ("No", "Nama", "U1", "U2", "U3")
    assert header.first == 2
    merged = found_header(rows, [((0, 0), (0, 1)), ((0, 2), (0, 4))])
    assert merged.names == header.names


def test_numbers_under_a_merged_group_are_names():
    rows = [["No", "Unsur", None, None], [None, 1.0, 2.0, 3.0], [1.0, 3.0, 4.0, 4.0], [2.0, 3.0, 4.0, 4.0]]
    header = found_header(rows, [((0, 0), (1, 0)), ((0, 1), (0, 3))])
    assert header.names == ("No", "1", "2", "3")


def test_merged_names_over_rows_of_data_do_not_swallow_them():
    rows = [["No", "Nama", "U1"], [None, "Ali", 3.0], [2.0, "Budi", 4.0]]
    assert found_header(rows, [((0, 0), (1, 0))]).first == 1


NUMBERED = [
    [1.0, "Ali", "L", 3.0, 4.0, 4.0],
    [2.0, "Budi", "L", 3.0, 4.0, 4.0],
    [3.0, "Citra", "P", 2.0, 4.0, 4.0],
]


def test_a_row_of_column_numbers_below_the_header_is_no_data():
    names = ["No", "Nama", "JK", "U1", "U2", "U3"]
    header = found_header([names, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], *NUMBERED])
    assert header.names == tuple(names)
    assert header.first == 2
    assert found_header([names, [f"({one})" for one in range(1, 7)], *NUMBERED]).first == 2
    assert found_header([["No", "U1"], ["(1)", "(2)"], ["1", "3"]]).first == 2
    assert found_header([["No", "Unsur", ""], ["", "U1", "U2"], ["(1)", "(2)", "(3)"], ["1", "3", "4"]]).names == ("No", "U1", "U2")


def test_answers_that_count_up_are_data_where_the_rows_below_are_like_them():
    names = ["No", "U1", "U2", "U3", "U4"]
    rows = [["1", "2", "3", "4", "5"], ["2", "3", "5", "4", "5"], ["3", "2", "3", "5", "5"], ["4", "2", "3", "4", "1"]]
    assert found_header([names, *rows]).first == 1


def test_names_of_whole_numbers_lose_their_decimal_point():
    assert [title(cell) for cell in (2022.0, 2.5, " Nama ", None)] == ["2022", "2.5", " Nama ", ""]


def test_rows_without_cells_have_no_names():
    assert found_header([["", None], [None, " "]]).names == ()
    assert found_header([]).names == ()


def test_a_wording_above_one_column_alone_is_its_label_and_a_group_is_none():
    rows = [
        ["No", "Nilai unsur pelayanan", None, "Bobot"],
        [None, "Persyaratan", "Prosedur", None],
        [None, "U1", "U2", None],
        [1, 3, 4, 0.5],
        [2, 4, 4, 1.5],
    ]
    header = found_header(rows, (((0, 1), (0, 2)), ((0, 0), (2, 0)), ((0, 3), (2, 3))))
    assert (header.names, header.first) == (("No", "U1", "U2", "Bobot"), 3)
    assert dict(header.labels) == {"U1": "Persyaratan", "U2": "Prosedur"}
