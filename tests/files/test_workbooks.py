"""Cells of workbooks: positions as a spreadsheet shows them, what is no workbook refused by what it is, errors and extents."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter
from files.spreadsheets import cell, open_document, plain_workbook, repacked
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepuasan.errors import DataError
from kepuasan.files import zipped
from kepuasan.files.workbooks import TOP, cells_of, read_sheet, sheet_names


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "odd.xlsx"
    with xlsxwriter.Workbook(path) as book:
        form = {name: book.add_format({"num_format": name}) for name in ("yyyy-mm-dd", "hh:mm", "[h]:mm", "0%")}
        book.add_worksheet("Sembunyi").hide()
        sheet = book.add_worksheet("Data & hasil")
        sheet.activate()
        sheet.set_first_sheet()
        sheet.merge_range(2, 1, 2, 4, "Judul")
        sheet.write_row(3, 1, ["a", "b", "c", "d"])
        sheet.write_formula(4, 1, "=NA()", None, "#N/A")
        sheet.write_formula(4, 2, "=1/0", None, "#DIV/0!")
        sheet.write_string(4, 3, "#N/A")
        sheet.write(4, 4, True)
        sheet.write_datetime(5, 1, dt.date(2022, 1, 2), form["yyyy-mm-dd"])
        sheet.write_number(5, 2, 0.5, form["0%"])
        sheet.write_number(5, 3, 0.5, form["hh:mm"])
        sheet.write_number(5, 4, 1.5, form["[h]:mm"])
        sheet.write_blank(60, 20, None, form["0%"])
        book.add_chartsheet("Grafik")
        other = book.add_worksheet("Lain")
        other.write_row(0, 0, ["x", "y"])
        other.write_row(1, 0, [1, 2])
        book.add_worksheet("Catatan").write(0, 0, "satu sel")
        book.add_worksheet("Rahasia").very_hidden()
    return path


def test_cells_stand_where_a_spreadsheet_shows_them(workbook):
    sheet = read_sheet(workbook)
    assert sheet.name == "Data & hasil"
    assert sheet.rows == [
        [None] * 5,
        [None] * 5,
        [None, "Judul", None, None, None],
        [None, "a", "b", "c", "d"],
        [None, None, None, "#N/A", True],
        [None, dt.date(2022, 1, 2), 0.5, dt.time(12), dt.timedelta(hours=36)],
    ]
    assert sheet.merged == (((2, 1), (2, 4)),)


def test_sheets_are_named_hidden_ones_and_those_with_tables_too(workbook):
    sheet = read_sheet(workbook)
    assert sheet.names == sheet_names(workbook) == ("Sembunyi", "Data & hasil", "Lain", "Catatan", "Rahasia")
    assert sheet.hidden == ("Sembunyi", "Rahasia")
    assert sheet.tables == ("Lain",)
    assert read_sheet(workbook, "Lain").tables == ("Data & hasil",)


def test_error_cells_are_told_apart_from_text(workbook):
    assert read_sheet(workbook).errors == (((4, 1), "#N/A"), ((4, 2), "#DIV/0!"))


def test_rows_below_the_first_are_the_same_as_rows_and_as_columns(tmp_path):
    path = tmp_path / "long.xlsx"
    rows = [[float(row), None if row % 3 else float(row), f"t{row}" if row % 2 else None, row % 2 == 0] for row in range(TOP + 30)]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    read = read_sheet(path)
    assert read.rows == rows
    assert [column.dtype for column in read.below] == [float, float, object, object]
    assert [len(column) for column in read.below] == [30] * 4


def test_formulas_whose_result_was_not_saved_are_found(tmp_path):
    path = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(1, 1, "=2+2", None, 12345)
        sheet.write_formula(2, 1, '=""', None, "kosong")
    part = "xl/worksheets/sheet1.xml"
    repacked(path, path, part, lambda text: text.replace(b"<v>12345</v>", b"<v></v>").replace(b"<v>kosong</v>", b"<v></v>"))
    sheet = read_sheet(path)
    assert sheet.rows[1] == [2.0, None]
    assert sheet.uncomputed == ((1, 1),)


def test_one_error_of_a_newer_kind_does_not_end_the_reading_of_the_sheet(tmp_path):
    # "Unsupported cell error value '#SPILL!'; the file is damaged": all cells of the sheet were lost
    path = plain_workbook(tmp_path / "baru.xlsx", [["a", "b"], [1.0, "#SPILL!"], ["#ERROR!", 2.0], ["#N/A", ""]])
    sheet = read_sheet(path)
    assert sheet.rows == [["a", "b"], [1.0, None], [None, 2.0], [None, None]]
    assert sheet.errors == (((1, 1), "#SPILL!"), ((2, 0), "#ERROR!"), ((3, 0), "#N/A"))


def test_hidden_rows_are_read_and_named(tmp_path):
    path = plain_workbook(tmp_path / "filter.xlsx", [["a"], [1.0], [2.0], [3.0]], hidden=(1, 3))
    sheet = read_sheet(path)
    assert sheet.rows == [["a"], [1.0], [2.0], [3.0]]
    assert sheet.hidden_rows == ((1, 2), (3, 4))


cells = st.one_of(
    st.none(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), st.text("aé€ <&\"'#7_", min_size=1, max_size=5).map("x".__add__)
)


@given(
    rows=st.integers(1, 6).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=45)),
    text=st.sampled_from(["shared", "inline", "runs", "str"]),
    places=st.booleans(),
    hidden=st.sets(st.integers(0, 44)),
    before=st.sampled_from(["", '<dimension ref="A1"/>', '<dimension ref="A1:XFD1048576"/>', '<cols><col min="2" max="3" hidden="1"/></cols>']),
    below=st.sampled_from(["", '<row r="1048576"><c r="XFD1048576" s="0"/></row>', '<row r="900000" hidden="1"/>']),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cells_are_the_same_however_a_program_writes_them(tmp_path, rows, text, places, hidden, before, below):
    path = plain_workbook(tmp_path / "any.xlsx", rows, text=text, places=places, hidden=hidden, before=before, below=below)
    sheet = cells_of(path)
    width = max((place + 1 for row in rows for place, cell in enumerate(row) if cell is not None), default=0)
    height = max((number + 1 for number, row in enumerate(rows) if any(cell is not None for cell in row)), default=0)
    assert sheet.rows == [row[:width] for row in rows[:height]]
    assert sheet.errors == sheet.uncomputed == ()


# ---------------------------------------------------------------- what is no workbook


def test_a_workbook_with_a_password_is_refused_saying_so(tmp_path):
    path = tmp_path / "kunci.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    with pytest.raises(DataError, match=r"kunci\.xlsx has a password; open it with the password, save it without one"):
        read_sheet(path)


def test_an_ods_with_a_password_is_refused_saying_so(tmp_path):
    path = open_document(tmp_path / "kunci.ods", {"Data": [[cell("a")]]}, manifest="<manifest:encryption-data/>")
    with pytest.raises(DataError, match=r"kunci\.ods has a password"):
        read_sheet(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"old format \(\.xls\)"),
        (b"a,b\n1,2\n", r"is text, not a workbook; if it is delimited text, name it \.csv"),
        (b"\n<html><table><tr><td>1</td></tr></table></html>", r"is a web page \(HTML\)"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "Excel 2003"),
        (b"%PDF-1.7 \0", "is a PDF document"),
        (b"\x00\x01\x02", "no zip archive"),
        (b"PK\x03\x04 and then nothing", "the file is damaged"),
    ],
)
def test_other_files_named_as_workbooks_are_refused_by_what_they_are(tmp_path, content, words):
    path = tmp_path / "data.xlsx"
    path.write_bytes(content)
    for read in (read_sheet, sheet_names):
        with pytest.raises(DataError, match=rf"data\.xlsx.*{words}"):
            read(path)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"xl/workbook.bin": b"x"}, r"a binary Excel workbook \(\.xlsb\)"),
        ({"word/document.xml": b"x"}, "a Word document"),
        ({"Index/Document.iwa": b"x"}, "a Numbers document"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"x"}, "another OpenDocument file"),
        ({"foto.jpg": b"x"}, "a zip archive of other files"),
    ],
)
def test_other_archives_are_refused_by_what_they_are(tmp_path, members, words):
    path = tmp_path / "data.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(DataError, match=rf"data\.xlsx is {words}"):
        read_sheet(path)


def test_an_archive_that_unpacks_beyond_reason_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open("xl/sharedStrings.xml", "w") as member:
            for _ in range(120):
                member.write(bytes(1_000_000))
    with pytest.raises(DataError, match=r"bom\.xlsx has [\d,]+ bytes and would unpack to 120,000,011"):
        read_sheet(path)


def test_a_sheet_that_reaches_far_beyond_its_cells_is_refused_with_its_last_cell(tmp_path):
    path = tmp_path / "jauh.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write(1_048_575, 300, 1)
    with pytest.raises(DataError, match=r"jauh\.xlsx: the sheet 'Data' has 3 filled cells, but reaches to row 1,048,576 and column KO"):
        read_sheet(path)


def test_a_narrow_sheet_of_many_rows_is_read(tmp_path):
    path = tmp_path / "panjang.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        for row in range(40_000):
            sheet.write_number(row, 0, row)
    assert len(read_sheet(path).below[0]) == 40_000 - TOP


def test_unknown_sheets_are_refused_with_those_there_are(workbook):
    with pytest.raises(DataError, match=r"odd\.xlsx has no sheet 'Lan'; did you mean 'Lain'\?; the sheets are 'Sembunyi', 'Data & hasil', 'Lain'"):
        read_sheet(workbook, "Lan")


def test_a_damaged_part_is_refused_by_the_name_of_the_file(workbook, tmp_path):
    path = tmp_path / "rusak.xlsx"
    repacked(workbook, path, "xl/workbook.xml", lambda text: text[: len(text) // 2])
    with pytest.raises(DataError, match=r"rusak\.xlsx"):
        read_sheet(path)


def test_parts_in_other_places_and_prefixes_are_found(tmp_path):
    path = tmp_path / "lain.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.merge_range(0, 0, 0, 1, "Judul")
        sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
    for tag in (b"worksheet", b"sheetData", b"row", b"c", b"f", b"v", b"mergeCells", b"mergeCell"):
        repacked(path, path, "xl/worksheets/sheet1.xml", lambda text, tag=tag: _prefixed(text, tag))
    marks = zipped.marks_of(zipped.opened(path.read_bytes(), path.name), "Data")
    assert marks.errors == (((1, 0), "#DIV/0!"),)
    assert marks.merged == (((0, 0), (0, 1)),)
    assert marks.filled == 2


def _prefixed(text, tag):
    for end in (b" ", b">", b"/>"):
        text = text.replace(b"<" + tag + end, b"<x:" + tag + end)
    return text.replace(b"</" + tag + b">", b"</x:" + tag + b">")


# ---------------------------------------------------------------- OpenDocument


def test_cells_of_an_ods_are_read_the_same(tmp_path):
    path = open_document(
        tmp_path / "data.ods",
        {
            "Sembunyi": [[cell("x")]],
            "Data & hasil": [
                [cell("Judul", span=3), cell(covered=2)],
                [cell(repeat=16_384)],
                [cell(3), cell(dt.date(2022, 1, 3)), cell(dt.datetime(2022, 1, 3, 10, 11, 12)), cell(dt.time(12, 30)), cell(True), cell(0.5)],
                [cell(error="#DIV/0!"), cell("teks", repeat=2), cell(error="Err:502", value=False)],
                (1_048_572, [cell(repeat=16_384)]),
            ],
            "Lain": [[cell("x"), cell("y")], [cell(1), cell(2)]],
        },
        hidden=("Sembunyi",),
    )
    sheet = read_sheet(path)
    assert (sheet.name, sheet.names, sheet.hidden, sheet.tables) == ("Data & hasil", ("Sembunyi", "Data & hasil", "Lain"), ("Sembunyi",), ("Lain",))
    assert sheet.rows == [
        ["Judul", None, None, None, None, None],
        [None] * 6,
        [3.0, dt.date(2022, 1, 3), dt.datetime(2022, 1, 3, 10, 11, 12), dt.time(12, 30), True, 0.5],
        [None, "teks", "teks", None, None, None],
    ]
    assert sheet.merged == (((0, 0), (0, 2)),)
    assert sheet.errors == (((3, 0), "#DIV/0!"), ((3, 3), "Err:502"))


@pytest.mark.parametrize(
    "rows",
    [
        [[cell("x", repeat=2_000_000_000)]],
        [(1_000_000_000, [cell("x", repeat=30)])],
        [[cell("x")], (1_000_000, [cell(repeat=16_384)]), [cell(repeat=16_000), cell("jauh")]],
    ],
)
def test_an_ods_that_repeats_cells_beyond_reason_is_refused(tmp_path, rows):
    path = open_document(tmp_path / "bom.ods", {"Data": rows})
    with pytest.raises(DataError, match=r"bom\.ods: the sheet 'Data' has [\d,]+ filled cells, but reaches to row"):
        read_sheet(path)


def test_the_second_process_gives_what_this_one_does(workbook):
    here, there = cells_of(workbook), read_sheet(workbook)
    assert here.rows == there.rows
    assert (here.errors, here.merged, here.names, here.hidden) == (there.errors, there.merged, there.names, there.hidden)


def test_letters_over_columns_go_on_after_z():
    assert [zipped.column_letters(place) for place in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_a_workbook_of_charts_alone_has_no_cells(tmp_path):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("Data").hide()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Data!$A$1:$A$2"})
        book.add_chartsheet("Grafik").set_chart(chart)
        book.worksheets()[1].activate()
    path = tmp_path / "grafik.xlsx"
    path.write_bytes(buffer.getvalue())
    assert read_sheet(path).rows == []


def test_tabs_and_line_breaks_within_a_text_of_an_ods_are_kept(tmp_path):
    # "lamasekali" and "barisdua": the words ran together
    path = open_document(tmp_path / "teks.ods", {"Data": [[cell("@")]]})
    repacked(path, path, "content.xml", lambda text: text.replace(b"@", b"lama<text:tab/>sekali<text:line-break/>baris<text:s/>dua"))
    assert read_sheet(path).rows == [["lama\tsekali\nbaris dua"]]


def test_times_beyond_a_day_in_an_ods_are_spans_as_in_an_xlsx(tmp_path):
    # 'PT36H00M00S', as text
    path = open_document(tmp_path / "jam.ods", {"Data": [[cell(dt.time(1, 2, 3)), cell(dt.time(4, 5, 6)), cell("PT Maju")]]})
    repacked(path, path, "content.xml", lambda text: text.replace(b"PT01H02M03S", b"PT36H00M01.5S").replace(b"PT04H05M06S", b"-PT01H30M00S"))
    assert read_sheet(path).rows == [[dt.timedelta(hours=36, seconds=1.5), -dt.timedelta(hours=1.5), "PT Maju"]]


def test_formulas_without_a_result_and_hidden_rows_of_an_ods_are_found(tmp_path):
    path = open_document(tmp_path / "rumus.ods", {"Data": [[cell(1), cell(2)], ["@", cell(3)], [cell(4), cell(5)]]})
    bare = b'<table:table-cell table:formula="of:=1+1"/>'
    repacked(path, path, "content.xml", lambda text: text.replace(b"<table:table-row>@", b'<table:table-row table:visibility="filter">' + bare))
    sheet = read_sheet(path)
    assert sheet.rows == [[1.0, 2.0], [None, 3.0], [4.0, 5.0]]
    assert sheet.uncomputed == ((1, 0),)
    assert sheet.hidden_rows == ((1, 2),)
