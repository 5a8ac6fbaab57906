"""The workbook: cover, contents, notes, a sheet a table; numbers in full, text that is never a formula."""

import io
import re
import zipfile
from dataclasses import replace

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from kepuasan.report.cells import plain_text
from kepuasan.report.document import Document, Section, Table
from kepuasan.report.rendering.workbook import column_name, workbook_bytes
from report.made_documents import HOSTILE, bare_document, hostile_document, plain_document, tidy


def book_of(document):
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes(document)))


def part_of(document, name):
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(document))) as parts:
        return "".join(parts.read(one).decode() for one in parts.namelist() if re.fullmatch(name, one))


def texts_of(book):
    return [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row if isinstance(cell, str)]


@pytest.fixture(scope="module")
def plain():
    return book_of(plain_document())


def test_cover_contents_and_notes_come_first_then_a_sheet_a_table(plain):
    assert plain.sheet_names == ["Sampul", "Isi", "Catatan", "1 Nilai setiap butir", "2 Peringkat provinsi", "3 Indeks menurut jenis kelamin"]


def test_the_cover_holds_title_finding_notes_and_cards(plain):
    rows = [[cell for cell in row if cell != ""] for row in plain.get_sheet_by_name("Sampul").to_python()]
    assert rows[:3] == [["Survei contoh"], ["Indeks 2022 sebesar 75,7: turun 2,0 poin dari 2020"], ["Data karangan."]]
    assert rows[4:6] == [["Angka", "Nilai", "Rincian"], ["Indeks", "75,7", "selang kepercayaan 95 %\n73,1 s.d. 78,2"]]


def test_the_contents_link_to_each_sheet_and_name_the_parts_that_are_not_there(plain):
    rows = plain.get_sheet_by_name("Isi").to_python()
    assert ["1 Nilai setiap butir", "Perubahan", "Nilai setiap butir"] in rows
    assert ["Kelompok rentan", "beri kondisi kelompok", ""] in rows
    assert part_of(plain_document(), "xl/worksheets/sheet2.xml").count("<hyperlink ") == 3


def test_notes_hold_sentences_terms_and_code_line_by_line(plain):
    rows = plain.get_sheet_by_name("Catatan").to_python()
    assert ["Penimbang", "kolom w"] in rows
    assert [row[1] for row in rows if row[1].strip().startswith("svy")] == ['svydesign(ids = ~psu, data = "x")', "  svymean(~speed)"]


def test_numbers_stand_in_full_under_words_of_the_language(plain):
    rows = plain.get_sheet_by_name("1 Nilai setiap butir").to_python()
    assert rows[3] == ["Butir (kode)", "Nilai", "Galat baku", "Batas bawah", "Batas atas", "Tingkat kepercayaan", "n"]
    assert rows[4] == ["Butir 1", 70.123456789, 0.5, 69.0, 71.0, 0.95, 1000.0]
    assert rows[-1][0] == "* catatan"


def test_a_suppressed_row_has_empty_cells_and_its_reason_in_words(plain):
    rows = plain.get_sheet_by_name("3 Indeks menurut jenis kelamin").to_python()
    assert rows[3][-1] == "Tidak ditampilkan karena"
    assert rows[4][1] == 70.123456789
    assert rows[5] == ["P", "", "", "", "", 0.95, 1001.0, "n terlalu kecil untuk dipublikasikan"]


def test_a_table_without_more_is_written_as_it_is_read(plain):
    rows = plain.get_sheet_by_name("2 Peringkat provinsi").to_python()
    assert rows[4] == ["Provinsi 1", "75,7", "73,1 s.d. 78,2", "1.234", "987", "1", "1 s.d. 38", "+1,2", "0,034"]


def test_headers_stay_in_sight_and_can_be_filtered():
    sheet = part_of(plain_document(), "xl/worksheets/sheet4.xml")
    assert 'ySplit="4"' in sheet
    assert '<autoFilter ref="A4:G13"/>' in sheet


def test_chances_counts_and_levels_have_formats_of_their_own():
    frame = tidy(["a"]).assign(p_value=[0.0321], rank=[3])
    styles = part_of(Document("id", "", "x", (), (Section("s", "s", (Table("t", "t", ("a",), (("a",),), frame),)),)), "xl/styles.xml")
    assert {'formatCode="0.000"', 'formatCode="0 %"', 'formatCode="#,##0.00"', 'formatCode="0.0000"'} <= set(
        re.findall(r'formatCode="[^"]*"', styles)
    )


def test_no_hostile_text_becomes_a_formula_or_a_link_and_none_is_lost():
    document = hostile_document()
    sheets = part_of(document, r"xl/worksheets/sheet\d+\.xml")
    assert "<f>" not in sheets
    assert "http" not in part_of(document, r"xl/worksheets/_rels/.*")
    found = texts_of(book_of(document))
    assert not [text for text in HOSTILE if plain_text(text).strip() and plain_text(text) not in found]


def test_text_that_begins_like_a_formula_stays_text_when_it_is_edited():
    assert 'quotePrefix="1"' in part_of(hostile_document(), "xl/styles.xml")


def test_names_of_sheets_are_short_plain_and_all_different():
    names = book_of(hostile_document()).sheet_names
    assert len({name.casefold() for name in names}) == len(names) == 21
    assert all(len(name.encode("utf-16-le")) <= 62 and not set("[]:*?/\\'") & set(name) for name in names)


def test_two_tables_of_one_caption_have_sheets_of_their_own():
    document = plain_document()
    twice = replace(document, sections=(document.sections[0], document.sections[0]))
    assert book_of(twice).sheet_names[3:] == ["1 Nilai setiap butir", "2 Nilai setiap butir"]


@pytest.mark.parametrize("make", [plain_document, hostile_document, bare_document])
def test_the_same_report_gives_the_same_bytes(make):
    assert workbook_bytes(make()) == workbook_bytes(make())


def test_a_report_of_nothing_but_its_finding_is_a_workbook():
    book = book_of(bare_document("en"))
    assert book.sheet_names == ["Cover", "Contents", "Notes"]
    assert book.get_sheet_by_name("Cover").to_python()[0][0] == "Indeks kepuasan 75,0"


def test_odd_numbers_are_told_truly():
    frame = pd.DataFrame({"nik": [3171012345678901], "big": [float("inf")], "none": [None], "na": [pd.NA], "yes": [True]}, dtype=object)
    document = Document("en", "", "x", (), (Section("s", "s", (Table("t", "t", ("a",), (("a",),), frame),)),))
    assert book_of(document).get_sheet_by_name("1 t").to_python()[4] == ["3171012345678901", "inf", "", "", True]


def test_a_text_longer_than_a_cell_is_cut_off_with_a_mark():
    frame = pd.DataFrame({"long": ["y" * 40_000]})
    document = Document("en", "", "x", (), (Section("s", "s", (Table("t", "t", ("a",), (("a",),), frame),)),))
    cell = book_of(document).get_sheet_by_name("1 t").to_python()[4][0]
    assert (len(cell), cell[-1]) == (32_767, "\N{HORIZONTAL ELLIPSIS}")


def test_columns_without_words_keep_their_names():
    assert column_name("provinsi", "id") == "provinsi"
    assert column_name("ci_high", "en") == "Upper limit"
