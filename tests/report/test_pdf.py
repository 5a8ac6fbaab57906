"""The report on paper: tagged, in its language, its texts as data, the same bytes."""

import re
import shutil
import warnings
import zlib
from dataclasses import replace

import pytest

from kepuasan.display.fonts import text_width
from kepuasan.errors import DataWarning
from kepuasan.report.document import Document, Paragraph, Section
from kepuasan.report.rendering import pdf
from kepuasan.report.rendering.pdf import pdf_bytes
from kepuasan.report.rendering.texts import parted
from report.made_documents import HOSTILE, bare_document, hostile_document, plain_document


def unpacked(file):
    """The file with its packed parts after it."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", file, re.DOTALL)
    return file + b"".join(text for text in map(inflated, packed) if text)


def inflated(packed):
    try:
        return zlib.decompressobj().decompress(packed)
    except zlib.error:
        return b""


def count(file, tag):
    return len(re.findall(rb"/S\s*/" + tag + rb"\b", file))


@pytest.fixture(scope="module")
def plain():
    return unpacked(pdf_bytes(plain_document()))


def test_it_promises_and_keeps_the_standard_for_readers_who_do_not_see(plain):
    assert b"pdfuaid:part" in plain
    assert b"/Marked true" in plain
    assert b"/StructTreeRoot" in plain


def test_headings_tables_and_figures_are_tagged(plain):
    assert count(plain, b"Title") == 1
    assert count(plain, b"H1") == 7
    assert count(plain, b"Table") == 3
    assert count(plain, b"THead") == 3
    assert count(plain, b"TH") == 6 + 9 + 2
    assert count(plain, b"TR") == 3 + 9 + 38 + 2
    assert count(plain, b"Figure") == 1
    assert count(plain, b"TOC") == 1


def test_a_figure_has_its_text(plain):
    assert b"/Alt(Nilai. Butir 1: 70,1.)" in plain


@pytest.mark.parametrize("language", ["id", "en"])
def test_language_title_and_date_are_those_of_the_report(language):
    file = unpacked(pdf_bytes(plain_document(language)))
    assert f"/Lang({language})".encode() in file
    assert b"/Title(Survei contoh)" in file
    assert b"/CreationDate(D:20000101000000Z)" in file


@pytest.mark.parametrize("make", [plain_document, hostile_document, bare_document])
def test_the_same_report_gives_the_same_bytes(make):
    assert pdf_bytes(make()) == pdf_bytes(make())


def test_no_text_is_read_as_markup():
    # a label "#set page(width: 1pt)" would give pages of one point
    file = unpacked(pdf_bytes(hostile_document()))
    assert {(int(float(width)), int(float(height))) for width, height in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", file)} == {
        (595, 841),
        (841, 595),
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_every_hostile_text_can_stand_everywhere_under_the_standard(text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = pdf_bytes(Document("id", text, text, (), (Section("s", text, (Paragraph(text), Paragraph(text, "note"))),), (text,)))
    assert b"pdfuaid:part" in unpacked(made)


def test_a_report_that_cannot_keep_the_standard_is_written_with_a_warning(monkeypatch):
    monkeypatch.setattr(pdf, "plain_text", lambda text: text)
    with pytest.warns(DataWarning, match="the PDF is tagged but is not PDF/UA-1: "):
        made = pdf_bytes(Document("id", "a\ufffeb", "x", (), ()))
    assert made.startswith(b"%PDF")


def test_letters_that_no_font_has_are_squares_and_the_standard_holds(monkeypatch, tmp_path):
    for path in pdf.font_folder().glob("DejaVuSans*.ttf"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(pdf, "font_folder", lambda: tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = pdf_bytes(Document("id", "x", "puas \U0001f600", (), ()))
    assert b"pdfuaid" in unpacked(made)


def test_the_fonts_of_the_machine_are_not_used(plain):
    fonts = {name.decode() for name in re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([\w-]+)", plain)}
    assert fonts
    assert all(name.startswith("DejaVu") for name in fonts)


def test_a_report_without_name_is_called_by_its_finding():
    assert b"/Title(Indeks kepuasan 75,0)" in unpacked(pdf_bytes(bare_document()))
    assert b"/Title" in unpacked(pdf_bytes(replace(bare_document(), finding=" ")))


def test_long_words_go_on_in_the_next_line_and_short_ones_stay():
    assert parted("indeks kepuasan", 6.0) == "indeks kepuasan"
    assert parted("https://example.org/satu/dua", 6.0).replace("\u200b", "") == "https://example.org/satu/dua"
    assert max(map(text_width, parted("x" * 300, 9.0).split("\u200b"))) <= 9.0
    assert parted("\u0061\u0301" * 20, 6.0).count("\u200b\u0301") == 0
