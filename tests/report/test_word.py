"""The document of a word processor: styles, repeated headers, texts of pictures, language, the same bytes."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from kepuasan.display.fonts import text_width
from kepuasan.report.cells import plain_text
from kepuasan.report.document import Document, Paragraph, Picture, Section, Table
from kepuasan.report.rendering.fitting import ACROSS, AROUND, UPRIGHT, fitted, placed
from kepuasan.report.rendering.word import word_bytes
from report.made_documents import HOSTILE, bare_document, hostile_document, picture, plain_document, table_of


def opened(document):
    return docx.Document(io.BytesIO(word_bytes(document)))


@pytest.fixture(scope="module")
def plain():
    return opened(plain_document())


def styled(file, style):
    return [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == style]


def test_the_finding_is_the_title_and_parts_are_headings(plain):
    assert styled(plain, "Title") == ["Indeks 2022 sebesar 75,7: turun 2,0 poin dari 2020"]
    assert styled(plain, "Subtitle") == ["Survei contoh"]
    assert styled(plain, "Heading 1") == ["Perubahan", "Jawaban", "Peringkat", "Metode", "Lampiran", "Bagian yang tidak tersedia"]
    assert styled(plain, "Heading 2") == ["Kelompok rentan"]
    assert styled(plain, "Caption")[:2] == ["Nilai setiap butir", "Peringkat provinsi"]
    assert styled(plain, "List Bullet") == ["satu", "dua"]


def test_the_contents_are_a_field_whose_lines_link_to_the_headings(plain):
    body = plain.element.body
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert links == marks == [f"_Toc{place:06d}" for place in range(1, 7)]
    assert [text.text.strip() for text in body.iter(qn("w:instrText"))] == [r"TOC \o 1-1 \n \h \z"]


def test_every_table_repeats_its_header_and_no_page_cuts_a_row(plain):
    assert len(plain.tables) == 4
    for table in plain.tables:
        rows = list(table._tbl.iter(qn("w:tr")))
        assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
        assert table._tbl.find(f".//{qn('w:tblCaption')}").get(qn("w:val"))


def test_cells_hold_what_is_read(plain):
    table = plain.tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["Butir", "Nilai", "Galat baku", "Selang kepercayaan 95\xa0%", "n", "n efektif"]
    assert [cell.text for cell in table.rows[1].cells] == ["Butir 1", "70,1", "0,50", "69,0\xa0s.d.\xa071,0", "1.000", "812"]


def test_every_picture_has_its_text(plain):
    pictures = list(plain.element.body.iter(qn("wp:docPr")))
    assert [(one.get("name"), one.get("descr")) for one in pictures] == [("items", "Nilai. Butir 1: 70,1.")]


@pytest.mark.parametrize(("language", "tag", "page"), [("id", "id-ID", "Halaman "), ("en", "en-US", "Page ")])
def test_language_pages_and_properties_are_those_of_the_report(language, tag, page):
    file = opened(plain_document(language))
    assert file.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == tag
    assert file.core_properties.language == tag
    assert (file.core_properties.title, file.core_properties.author, file.core_properties.created.year) == ("Survei contoh", "kepuasan", 2000)
    assert file.core_properties.comments == ""
    footer = file.sections[0].footer
    assert footer.paragraphs[0].text.startswith(page)
    assert [text.text.strip() for text in footer._element.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert (round(file.sections[0].page_width.mm), round(file.sections[0].page_height.mm)) == (210, 297)


@pytest.mark.parametrize("make", [plain_document, hostile_document, bare_document])
def test_the_same_report_gives_the_same_bytes_without_times(make):
    first = word_bytes(make())
    assert first == word_bytes(make())
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_texts_stand_as_they_are():
    file = opened(hostile_document())
    texts = {paragraph.text for paragraph in file.paragraphs} | {cell.text for table in file.tables for row in table.rows for cell in row.cells}
    assert not [text for text in HOSTILE if plain_text(text).strip() and plain_text(text) not in texts]
    assert not list(file.element.body.iter(qn("w:object")))


def test_text_from_right_to_left_is_set_so():
    paragraphs = [one for one in opened(hostile_document()).paragraphs if one.text.startswith(HOSTILE[8]) and one.style.name == "List"]
    assert paragraphs
    assert all(one._p.pPr.find(qn("w:bidi")) is not None for one in paragraphs)


def test_the_file_holds_no_preview_of_another_page():
    with zipfile.ZipFile(io.BytesIO(word_bytes(bare_document()))) as parts:
        assert not [name for name in parts.namelist() if "thumbnail" in name]


def test_a_report_of_nothing_but_its_finding_is_a_document():
    assert [paragraph.text for paragraph in opened(bare_document()).paragraphs] == ["Indeks kepuasan 75,0"]


# ---------------------------------------------------------------- how tables fit


def of(columns, rows=3, text="73,1 s.d. 78,2"):
    return Table("t", "t", ("Provinsi", *(f"Kolom {at}" for at in range(columns - 1))), (("Aceh", *[text] * (columns - 1)),) * rows)


def test_a_small_table_stands_upright_in_large_letters():
    (part,) = fitted(table_of(["a", "b"]))
    assert (part.across, part.size) == (False, 9.0)
    assert sum(part.widths) == pytest.approx(UPRIGHT, abs=0.1)


def test_a_wide_table_is_read_across_in_letters_that_can_be_read():
    (part,) = fitted(of(9))
    assert part.across
    assert part.size >= 7
    assert sum(part.widths) == pytest.approx(ACROSS, abs=0.1)


def test_a_table_that_is_too_wide_is_told_in_parts_that_repeat_its_names():
    parts = fitted(of(30))
    assert len(parts) > 1
    assert {part.table.header[0] for part in parts} == {"Provinsi"}
    assert [name for part in parts for name in part.table.header[1:]] == [f"Kolom {at}" for at in range(29)]
    assert all(sum(part.widths) < ACROSS + 0.1 for part in parts)


def test_a_header_is_as_wide_as_its_longest_word_and_numbers_have_what_cells_leave():
    # by letters counted "Gelombang" became "Gelomban|g", and names were wrapped while limits had room to spare
    rows = tuple(("Kemudahan menggunakan", "2020", "75,7", "73,9 s.d. 77,5", "1.329", "dalam batas galat sampling") for _ in range(3))
    (part,) = fitted(Table("t", "t", ("Butir", "Gelombang", "Nilai", "Selang kepercayaan 95 %", "n", "Diuji"), rows, heads=2, text=(5,)))
    rooms = [width - AROUND for width in part.widths]
    for room, header, cell in zip(rooms, part.table.header, rows[0], strict=True):
        assert all(part.size * text_width(word, bold=True) <= room + 0.01 for word in header.split())
        assert part.size * text_width(cell) <= room + 0.01


def test_a_low_table_stays_whole_with_the_words_before_it():
    low, tall = (Table("t", "t", ("a", "b"), (("x", "1"),) * rows) for rows in (8, 80))
    assert [fitted(one)[0].whole for one in (low, tall)] == [True, False]
    assert [one.kept for one in placed(Section("a", "A", (Paragraph("x"), Paragraph("y"), low, Paragraph("z"))))] == [True, True, False, False]
    assert [one.kept for one in placed(Section("a", "A", (Paragraph("x"), tall)))] == [False, False]


def test_what_follows_a_wide_table_stays_across_to_the_end_of_its_part():
    blocks = (Paragraph("first"), of(9), table_of(["a"]), Paragraph("between"), Picture("p", "p", "p", picture(["a"])), table_of(["b"], "two"))
    assert [one.across for one in placed(Section("a", "A", blocks))] == [True] * 6
    assert [one.across for one in placed(Section("a", "A", blocks[2:]))] == [False] * 4


def test_the_wide_table_has_pages_of_its_own_and_the_rest_stands_upright():
    document = Document("id", "", "x", (), (Section("a", "A", (of(9), table_of(["a"]))), Section("b", "B", (table_of(["b"], "two"),))))
    file = opened(document)
    assert [section.page_width > section.page_height for section in file.sections] == [False, True, False]


def test_parts_of_a_table_say_which_they_are():
    captions = styled(opened(Document("en", "", "x", (), (Section("a", "A", (of(30),)),))), "Caption")
    assert captions[0] == f"t (part 1 of {len(captions)})"
