"""Delimited text: encodings, separators, quotes, rows and headers, and what is refused by name."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kepuasan.io.text.encoding
from kepuasan.codebook import Codebook, Item
from kepuasan.errors import DataError
from kepuasan.io.reading import read_cells, read_frame
from kepuasan.io.text.reading import read_text


@pytest.fixture
def made(tmp_path):
    def write(content, name="users.csv", **arguments):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_text(path, **arguments)

    return write


@pytest.fixture
def framed(tmp_path):
    def write(content, name="users.csv", given=None):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_frame(path, given)

    return write


def codes(raw):
    return [problem.code for problem in raw.problems]


# ---------------------------------------------------------------- separators and encodings


@pytest.mark.parametrize(("separator", "word"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_the_separator_is_found_out(made, separator, word):
    raw = made(f'a{separator}b\n1{separator}"x, y; z"\n2{separator}"p|q"\n')
    assert raw.frame["b"].tolist() == ["x, y; z", "p|q"]
    assert raw.taken_for == f"users.csv, text separated by {word}, UTF-8"


def test_a_tsv_file_with_commas_in_its_cells_is_split_at_tabs(made):
    raw = made("a\tb\n1,5\t2,5\n", "users.tsv")
    assert list(raw.frame.columns) == ["a", "b"]
    assert raw.frame["a"].tolist() == [1.5]


@pytest.mark.parametrize(("line", "separator", "word"), [("sep=;\n", ";", "semicolons"), ('"sep=|"\r\n', "|", "bars"), ("SEP=^\n", "^", "'^'")])
def test_the_separator_a_first_line_states_is_taken_and_that_line_is_no_row(made, line, separator, word):
    raw = made(f"{line}a,x{separator}b\n1{separator}2\n")
    assert list(raw.frame.columns) == ["a,x", "b"]
    assert f"separated by {word}" in raw.taken_for
    assert raw.first_row == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_first_line_that_states_no_separator_is_no_row(made, end):
    raw = made(f"sep={end}a;b{end}1;2{end}")  # was ValueError of pandas: the carriage return was the separator
    assert list(raw.frame.columns) == ["a", "b"]
    assert raw.frame.loc[0].tolist() == [1, 2]


@pytest.mark.parametrize("content", ["sep=,\n", "sep=\t\n\n", "sep=;\n;;\n;;\n"])
def test_a_file_without_a_filled_cell_is_refused_as_empty(made, content):
    with pytest.raises(DataError, match="users.csv is empty"):  # was IndexError
        made(content)


def test_a_mark_at_the_beginning_of_a_block_is_part_of_its_cell(made, monkeypatch):
    monkeypatch.setattr(kepuasan.io.text.encoding, "_BLOCK", 4)
    raw = made("a,b\n\ufeff7,1\n\ufeff8,2\n\ufeff9,3\n")
    assert raw.frame["a"].tolist() == ["\ufeff7", "\ufeff8", "\ufeff9"]  # was the numbers 7, 8 and 9, or text without the mark


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("nama;kota\ncafé;São\n".encode(), "UTF-8"),
        ("nama;kota\ncafé;São\n".encode("utf-8-sig"), "UTF-8"),
        (b"\xef\xbb\xbf" + "nama;kota\ncafé;São\n".encode("utf-8-sig"), "UTF-8"),
        ("nama;kota\ncafé;São\n".encode("cp1252"), "CP1252"),
        ("nama;kota\ncafé;São\n".encode("utf-16"), "UTF-16"),
        ("nama;kota\ncafé;São\n".encode("utf-16-le"), "UTF-16"),
        ("nama;kota\ncafé;São\n".encode("utf-16-be"), "UTF-16"),
        (b"\xfe\xff" + "nama;kota\ncafé;São\n".encode("utf-16-be"), "UTF-16"),
    ],
)
def test_marks_and_encodings_are_told_apart(made, content, word):
    raw = made(content)
    assert list(raw.frame.columns) == ["nama", "kota"]
    assert raw.frame.loc[0].tolist() == ["café", "São"]
    assert raw.taken_for.endswith(word)


def test_a_letter_far_down_decides_the_encoding_of_the_whole_file(made, monkeypatch):
    monkeypatch.setattr(kepuasan.io.text.encoding, "_BLOCK", 64)
    raw = made(("nama,n\n" + "abc,1\n" * 100 + "café,2\n").encode("cp1252"))
    assert raw.taken_for.endswith("CP1252")
    assert raw.frame["nama"].iloc[-1] == "café"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_end_with_line_feeds_carriage_returns_or_both(made, end):
    raw = made(end.join(["a,b", "1,x", "", "2,y"]))
    assert raw.frame["a"].tolist() == [1, 2]
    assert raw.rows_of([0, 1]) == (2, 4)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04rest", "a workbook or another zip file"),
        (b"\xd0\xcf\x11\xe0rest", "an old or encrypted workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"<!DOCTYPE html><table>", "a web page or XML"),
        (b'\xef\xbb\xbf {"a": 1}', "JSON"),
        (b'[{"a": 1}]', "JSON"),
        (b"PAR1rest", "a Parquet file"),
        (b"$FL2rest", "an SPSS file"),
        (b"a,b\n1,2\n3,\x00\n", "zero bytes, the first in row 3"),
        (b"  \n", "is empty"),
        (b"", "is empty"),
        (b"\x81\x8d\x8f\n", "neither UTF-8 nor Windows-1252"),
        (b"\xef\xbb\xbfa\n\xff\n", "says by its first bytes that it is UTF-8"),
        ("a;b\n1;2\n".encode("utf-16") + b"x", "says by its first bytes that it is UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_and_it_is_said_what_it_is(made, content, words):
    with pytest.raises(DataError, match=rf"users\.csv.*{words}"):
        made(content)


# ---------------------------------------------------------------- rows


def test_blank_lines_are_no_rows_of_several_columns_and_are_told(made):
    raw = made("\n\na,b\n\n1,2\n   \n3,4\n\n5,6\n\n\n")
    assert raw.frame["a"].tolist() == [1, 3, 5]
    assert raw.rows_of([0, 1, 2]) == (5, 7, 9)
    assert [(problem.code, problem.rows) for problem in raw.problems] == [("KP118", (6, 8))]


def test_a_blank_line_is_an_empty_cell_of_a_single_column(made):
    assert made("\na\n1\n\n2\n\n").frame["a"].isna().tolist() == [False, True, False]


@pytest.mark.parametrize("row", [";;", '"";"";""', '"";;'])
def test_rows_of_separators_stay_rows_and_are_told(made, row):
    raw = made(f'a;b;c\n1;2;"x"\n{row}\n3;4;y\n{row}\n')
    assert raw.frame["a"].isna().tolist() == [False, True, False, True]
    assert [(problem.code, problem.rows) for problem in raw.problems] == [("KP117", (3, 5))]


def test_fields_with_line_breaks_and_quotes_are_one_cell_and_one_row(made):
    raw = made('a,b\n1,"baris satu\nbaris ""dua"""\n2,z\n')
    assert raw.frame["b"].tolist() == ['baris satu\nbaris "dua"', "z"]
    assert raw.rows_of([1]) == (3,)


def test_a_quote_within_a_field_is_an_inch_mark(made):
    assert made('a,b\n1,5" pipa\n2,6" pipa\n').frame["b"].tolist() == ['5" pipa', '6" pipa']


@pytest.mark.parametrize("rest", ["4,5\n", '4,"y"\n5,6\n'])
def test_a_quote_never_closed_is_refused_with_the_row_where_it_opens(made, rest):
    with pytest.raises(DataError, match=r"users\.csv: a quote opened in row 3 is"):
        made(f'a,b\n1,2\n3,"x\n{rest}')


def test_a_cell_beyond_all_measure_behind_an_odd_quote_is_refused_with_its_row(made):
    with pytest.raises(DataError, match=r"users\.csv, row 3: .*a quote opened there is probably not closed"):
        made('a,b\n1,5"\n2,"' + "x" * 140_000 + '"\n')


@pytest.mark.parametrize("row", ["1", "1,2,3", "1,2,"])
def test_a_ragged_row_is_refused_with_its_row(made, row):
    with pytest.raises(DataError, match=r"users\.csv: the header has 2 fields, but 1 rows have another number, the first . \(rows 4\)"):
        made(f'a,b\n1,"2\n2"\n3,4\n{row}\n')


def test_ragged_rows_are_all_counted_and_the_first_named(made, monkeypatch):
    monkeypatch.setattr(kepuasan.io.text.encoding, "_BLOCK", 64)
    with pytest.raises(DataError, match=r"300 rows have another number, the first 1 \(rows 3, 5, 7, 9, 11 and 295 more\)"):
        made("a,b\n" + "1,2\n1\n" * 300)


# ---------------------------------------------------------------- headers


@pytest.mark.parametrize("rows", ["a,b,\n1,2,\n3,4,\n", "a,b\n1,2,\n3,4,\n"])
def test_an_empty_column_without_a_name_is_left_out_and_told(made, rows):
    raw = made(rows)
    assert list(raw.frame.columns) == ["a", "b"]
    assert [problem.said("en") for problem in raw.problems] == ["column 3 (C) has no name and no cell; left out"]


def test_names_that_lack_or_occur_twice_are_refused_in_one_message_with_letters(made):
    with pytest.raises(DataError) as caught:
        made("a,b,a,,c,b\n1,2,3,4,5,6\n")
    assert "1 columns have no name (column 4 (D))" in str(caught.value)
    assert "2 column names occur twice: 'a' (column 1 (A), 3 (C)); 'b' (column 2 (B), 6 (F))" in str(caught.value)


@pytest.mark.parametrize("title", ["Laporan Survei;;\n;;\n", "Laporan Survei\n\n"])
def test_titles_above_the_header_are_no_data(made, title):
    raw = made(f"{title}no;u1;u2\n1;3;4\n2;4;4\n3;4;3\n")
    assert list(raw.frame.columns) == ["no", "u1", "u2"]
    assert raw.rows_of([0]) == (4,)


def test_a_header_without_rows_is_a_table_of_no_rows(made):
    raw = made("a,b\n")
    assert raw.frame.shape == (0, 2)
    assert list(raw.texts(["b"]).columns) == ["b"]


def test_totals_at_the_end_are_left_out_of_numbers_and_of_texts(made):
    raw = made('no,u1,u2\n1,3,4\n2,4,4\n3,3,4\n4,4,4\n\nJumlah,14,16\nRata-rata,"3,5","4,0"\nSumber: survei,,\n')
    assert raw.frame["u1"].tolist() == [3, 4, 3, 4]
    assert raw.frame["no"].dtype == np.int64
    assert len(raw.texts(["u1"])) == 4
    assert [(problem.code, problem.rows) for problem in raw.problems] == [("KP132", (7, 8, 9))]


# ---------------------------------------------------------------- cells


def test_only_empty_fields_and_na_are_missing(framed):
    frame, _ = framed("a,b\nNA,null\n,n/a\nx,nan\ny,None\n")
    assert frame["a"].isna().tolist() == [True, True, False, False]
    assert frame["b"].tolist() == ["null", "n/a", "nan", "None"]


def test_numbers_are_read_exactly_and_text_that_only_looks_like_them_stays_text(framed):
    frame, book = framed("w,psu,nik,huge,mixed\n0.1,007,3201010101010001,12345678901234567890123,1\n-2.5e-3,12,3201010101010002,1,x\n")
    assert frame["w"].tolist() == [0.1, -0.0025]
    assert frame["psu"].tolist() == ["007", "12"]
    assert frame["nik"].tolist() == [3201010101010001, 3201010101010002]
    assert frame["huge"].tolist() == ["12345678901234567890123", "1"]
    assert [item.type for item in book.items.values()] == ["number", "text", "number", "text", "text"]


@pytest.mark.parametrize("cell", ["007", "-01", '"012"', " 05", "1_000", "0x1F", "inf", "nan", "1e999", "9007199254740993", "18446744073709551616"])
def test_a_single_cell_that_is_no_number_far_down_leaves_the_column_text(made, cell, monkeypatch):
    monkeypatch.setattr(kepuasan.io.text.encoding, "_BLOCK", 64)
    raw = made("a,b\n" + "1,2.5\n" * 100 + f"3,{cell}\n" + "2,3.5\n" * 100)
    assert raw.frame["b"].iloc[[0, 100, -1]].tolist() == ["2.5", cell.strip('"'), "3.5"]


def test_whole_numbers_become_floats_where_a_cell_far_down_is_empty_or_has_decimals(made, monkeypatch):
    monkeypatch.setattr(kepuasan.io.text.encoding, "_BLOCK", 64)
    raw = made("a,b,c\n" + "1,2,3\n" * 100 + ",2.5,3\n")
    assert [dtype.name for dtype in raw.frame.dtypes] == ["float64", "float64", "int64"]
    assert raw.frame["a"].iloc[:2].tolist() == [1, 1]
    assert np.isnan(raw.frame["a"].iloc[-1])


def test_numbers_are_correctly_rounded_under_either_decimal_sign(made):
    texts = ["0.30000000000000004", "2.2250738585072011e-308", "123456789.12345679", "8.41", "5e-324", "0.1", "4.35", "17.000000000000004"]
    values = [float(text) for text in texts]
    assert made("\n".join(["a;b", *(f"{text};1" for text in texts)])).frame["a"].tolist() == values
    assert made("\n".join(["a;b", *(f"{text.replace('.', ',')};1" for text in texts)])).frame["a"].tolist() == values


def test_words_true_and_false_are_one_and_zero(framed):
    frame, book = framed("a,b\nTrue,TRUE\nFalse,\n")
    assert frame["a"].tolist() == [1, 0]
    assert frame["b"].iloc[0] == 1
    assert np.isnan(frame["b"].iloc[1])
    assert book.items["a"].type == "number"


def test_a_column_nobody_filled_is_empty_numbers(framed):
    frame, book = framed("a,b\n1,\n2,NA\n")
    assert frame["b"].isna().all()
    assert book.items["b"].type == "number"


def test_leading_zeros_and_decimals_survive_where_the_codebook_declares_text(framed):
    frame, _ = framed("psu,x\n01,3.50\n02,2\n", given=Codebook({"psu": Item("psu", type="text"), "x": Item("x", type="text")}))
    assert frame["psu"].tolist() == ["01", "02"]
    assert frame["x"].tolist() == ["3.50", "2"]


def test_leading_zeros_are_numbers_where_the_codebook_declares_them(framed):
    frame, _ = framed("psu\n01\n12\n", given=Codebook({"psu": Item("psu")}))
    assert frame["psu"].tolist() == [1, 12]


def test_cells_as_written_keep_their_zeros(tmp_path):
    (tmp_path / "table.csv").write_text("unsur;nrr\nwaktu;3,30\n\nbiaya;3,10\n")
    assert read_cells(tmp_path / "table.csv")["nrr"].tolist() == ["3,30", "3,10"]


# ---------------------------------------------------------------- against the csv module and float()

CELL = st.one_of(
    st.integers(-99, 99).map(str),
    st.floats(0.01, 1000).map(repr),
    st.sampled_from(["", "NA", "007", "x", "1e3", "Bali, kota", 'kata "dua"', "baris\nbaru", " 7 ", "nan", ".5"]),
)


def plain(column):
    """Cells of a column: numbers where every filled one is a number as Python writes them, else texts."""
    filled = [cell for cell in column if cell not in ("", "NA")]
    numbers = bool(filled) and all(number(cell) for cell in filled)
    return [None if cell in ("", "NA") else float(cell) if numbers else cell for cell in column]


def number(cell):
    cell = cell.strip()
    return cell not in ("nan", "x", "007") and not any(mark in cell for mark in ',"\n') and not cell[:1].isalpha()


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=30),
    separator=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    block=st.sampled_from([16, 50, 1000]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_is_read_as_the_csv_module_and_float_read_it(tmp_path, rows, separator, end, block, quoting):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerows([("a", "b", "c"), *rows])
    path = tmp_path / "any.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kepuasan.io.text.encoding, "_BLOCK", block)
        raw = read_text(path, decimal=".")
    found = [[None if cell != cell else cell for cell in raw.frame[name].tolist()] for name in "abc"]
    assert found == [plain(column) for column in zip(*rows, strict=True)]
