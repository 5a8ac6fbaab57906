"""Codebooks typed in a spreadsheet by people who know no XLSForm: one sheet, Indonesian heads, titles, merged cells, days out of "1-3"."""

import datetime as dt

import pytest
import xlsxwriter
from codebook.workbooks import book_of, faults_of

from kepuasan.codebook import Codebook
from kepuasan.errors import DataWarning

PUAS = {1: "Tidak puas", 2: "Puas"}


def labels(item):
    return {code: label["id"] for code, label in item.values.items()}


@pytest.mark.parametrize("sheet", ["Sheet1", "Kamus Data", "buku kode", "SURVEY", "Lembar1"])
def test_a_sheet_of_names_labels_and_values_is_a_codebook(tmp_path, sheet):
    rows = [
        ["Nama", "LABEL", "Nilai "],
        ["u1", "Kecepatan", "1=Tidak puas; 2=Puas"],
        ["sex", "Kelamin", "L=Laki-laki, P=Perempuan"],
        ["umur", "Umur"],
    ]
    book = book_of(tmp_path, **{sheet: rows})
    assert [(item.name, item.type, labels(item)) for item in book.items.values()] == [
        ("u1", "number", PUAS),
        ("sex", "text", {"L": "Laki-laki", "P": "Perempuan"}),
        ("umur", "number", {}),
    ]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        *((cell, PUAS) for cell in ("1=Tidak puas; 2=Puas", "1 = Tidak puas\n2 = Puas", "1=Tidak puas, 2=Puas", "1=Tidak puas | 2=Puas")),
        *((cell, PUAS) for cell in ("1. Tidak puas; 2. Puas", "1) Tidak puas\r\n2) Puas", "(1) Tidak puas, (2) Puas", "1: Tidak puas; 2: Puas")),
        ("1 - Tidak puas; 2 \u2013 Puas", PUAS),
        ("1=1-3 hari; 2=4-6 hari", {1: "1-3 hari", 2: "4-6 hari"}),
        ("1=Ya, cepat; 2=Ya, lambat", {1: "Ya, cepat", 2: "Ya, lambat"}),
        ("1=< Rp 1.000,00; 2=Rp 1.000,00 - 2.000", {1: "< Rp 1.000,00", 2: "Rp 1.000,00 - 2.000"}),
        ('1="a; b"; 2=b', {1: "a; b", 2: "b"}),
        ("-1=Menolak; 2.5=Setengah", {-1: "Menolak", 2.5: "Setengah"}),
        ("01=Aceh; 02=Bali", {"01": "Aceh", "02": "Bali"}),
    ],
)
def test_values_of_a_cell_are_read_as_people_write_them(tmp_path, cell, codes):
    assert labels(book_of(tmp_path, survey=[["name", "values"], ["x", cell]]).items["x"]) == codes


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("1-3 hari; 4-6 hari", "survey row 2, column values: '1-3 hari' is no code with its label; write such as 1=Tidak puas; 2=Puas"),
        ("1.5 jam", "survey row 2, column values: '1.5 jam' is no code with its label"),
        ("Puas; Tidak puas", "survey row 2, column values: 'Puas' is no code with its label"),
        ("1=; 2=Puas", "survey row 2, column values: '1=' is no code with its label"),
        ("1=a; 1.0=b", "survey row 2, column values: the code 1.0 stands there twice"),
    ],
)
def test_values_that_are_no_codes_with_labels_are_refused(tmp_path, cell, message):
    assert faults_of(tmp_path, survey=[["name", "values"], ["x", cell]])[0].startswith(message)


def test_values_go_with_types_scales_and_missing_codes(tmp_path):
    head = ["type", "name", "values", "scale", "missing"]
    cell = "1=Tidak puas; 2=Puas; 9=Tidak tahu"
    rows = [[None, "a", cell, "1-2", 9], ["select_one", "b", cell, None, "9"], ["select_multiple", "k", "sms=SMS; web=Situs"], ["date", "t"]]
    book = book_of(tmp_path, survey=[head, *rows])
    assert (labels(book.items["a"]), book.items["a"].missing[9]["id"], book.scale_of("a").codes) == (PUAS, "Tidak tahu", (1, 2))
    assert (labels(book.items["b"]), book.items["t"].type) == (PUAS, "date")
    assert book.multiples["k"].items == {"sms": "k/sms", "web": "k/web"}
    lines = faults_of(tmp_path, survey=[head, ["select_one p", "a", "1=a"], ["integer", "b", "L=a"]], choices=[["list_name", "name"], ["p", 1]])
    assert lines[0] == "survey row 2, column values: are given beside the list 'p'; leave one of the two out"
    assert lines[1].startswith("survey row 3, column values (b): 'L' are no finite numbers")


def test_sheets_and_columns_may_have_indonesian_names(tmp_path):
    book = book_of(
        tmp_path,
        Survei=[["Jenis", "Variabel", "Label", "Skala", "Terbalik", "Dimensi"], ["select_one puas", "a", "A", "1-2", "ya", "proses"]],
        Pilihan=[["nama daftar", "nama", "label"], ["puas", 1, "Tidak puas"], ["puas", 2, "Puas"]],
        Dimensi=[["nama", "label"], ["proses", "Proses"]],
        Indeks=[["kunci", "nilai"], ["items", "a"]],
    )
    item = book.items["a"]
    assert (labels(item), item.scale, item.reverse, item.dimension, book.index) == (PUAS, "1-2", True, "proses", {"items": ["a"]})


def test_a_column_by_another_name_is_none_of_ours_where_the_column_itself_is_there(tmp_path):
    rows = [["type", "name", "label", "jenis", "nama"], ["integer", "a", "A", "unsur", "Persyaratan"]]
    assert list(book_of(tmp_path, survey=rows).items) == ["a"]
    assert faults_of(tmp_path, survey=[["tipe", "jenis", "name"], ["integer", "x", "a"]]) == [
        "survey row 1, column jenis: stands there twice; keep one of the two"
    ]


@pytest.mark.parametrize(
    "head", [["label_id", "label_en"], ["Label (ID)", "Label (EN)"], ["label Indonesia", "label English"], ["label(id)", "label: en"]]
)
def test_labels_by_language_are_read_in_other_spellings(tmp_path, head):
    # these columns were passed over in silence, and items were called by their names
    assert book_of(tmp_path, survey=[["name", *head], ["a", "Umur", "Age"]]).items["a"].label == {"id": "Umur", "en": "Age"}


def test_columns_that_are_not_read_are_named_where_the_sheet_is_no_form(tmp_path):
    # the column of missing codes was passed over in silence, and 99 counted as an answer
    with pytest.warns(
        DataWarning, match="form.xlsx: the columns 'Kode hilang', 'Catatan' of the sheet 'Lembar1' are not read; a codebook has the columns"
    ):
        book_of(tmp_path, Lembar1=[["Nama", "Label", "Kode hilang", "Catatan"], ["umur", "Umur", 99, "x"]])
    assert list(book_of(tmp_path, Lembar1=[["Nama", "Label", "Kosong"], ["umur", "Umur", 99]]).items["umur"].missing) == [99]
    assert list(book_of(tmp_path, survey=[["type", "name", "catatan"], ["integer", "umur", "x"]]).items) == ["umur"]


def test_titles_above_the_header_are_passed_over(tmp_path):
    rows = [["Buku kode survei 2026"], [], ["name", "label", "values"], ["a", "A", "1"]]
    lines = faults_of(tmp_path, survey=rows)
    assert lines == ["survey row 4, column values: '1' is no code with its label; write such as 1=Tidak puas; 2=Puas"]


def test_a_cell_merged_down_stands_in_each_of_its_rows(tmp_path):
    # the choices below the first were refused as empty
    with xlsxwriter.Workbook(str(tmp_path / "form.xlsx")) as book:
        survey, choices = book.add_worksheet("survey"), book.add_worksheet("choices")
        for number, row in enumerate(
            [["type", "name", "dimension"], ["select_one p", "a", ""], ["select_one p", "b", ""], ["integer", "c", "biaya"]]
        ):
            survey.write_row(number, 0, row)
        survey.merge_range(1, 2, 2, 2, "proses")
        for number, row in enumerate([["list_name", "name", "label"], ["", 1, "Tidak"], ["", 2, "Ya"]]):
            choices.write_row(number, 0, row)
        choices.merge_range(1, 0, 2, 0, "p")
    read = Codebook.read(tmp_path / "form.xlsx")
    assert [item.dimension for item in read.items.values()] == ["proses", "proses", "biaya"]
    assert labels(read.items["b"]) == {1: "Tidak", 2: "Ya"}


def test_days_and_times_that_a_spreadsheet_made_of_texts_are_refused(tmp_path):
    # the label 1-3 became "2026-03-01", and the code 4-6 "2026-06-04"
    choices = [["list_name", "name", "label"], ["lama", 1, dt.date(2026, 3, 1)], ["lama", dt.date(2026, 6, 4), "4-6"], ["lama", dt.time(7, 30), "x"]]
    lines = faults_of(tmp_path, survey=[["type", "name"], ["select_one lama", "a"]], choices=choices)
    remedy = "such as spreadsheets make of texts like 1-3; format the cell as text, and write it again"
    assert sorted(lines) == [
        f"choices row 2, column label: the cell holds the day 01/03/2026, {remedy}",
        f"choices row 3, column name: the cell holds the day 04/06/2026, {remedy}",
        f"choices row 4, column name: the cell holds the time 07:30:00, {remedy}",
    ]


def test_a_sheet_without_a_column_that_it_needs_is_refused_once(tmp_path):
    lines = faults_of(tmp_path, survey=[["type", "name"], ["integer", "a"]], choices=[["daftar pilihan", "label"], *([["p", "x"]] * 5000)])
    assert lines == [
        "choices: there is no column 'list_name' and no column 'name'; its header names the columns list_name, name, label, code, spellings, missing"
    ]


def test_an_error_names_a_hundred_findings_and_counts_the_rest(tmp_path):
    lines = faults_of(tmp_path, survey=[["type", "name"], *(["angkaa", f"q{number}"] for number in range(500))])
    assert (len(lines), lines[-1]) == (101, "and 400 more")


def test_missing_codes_of_texts_are_several_where_all_are_numbers(tmp_path):
    # "98 99" was one code that no cell has
    book = book_of(tmp_path, survey=[["type", "name", "missing"], ["text", "a", "98 99"], ["text", "b", "tidak tahu; 99"]])
    assert [list(item.missing) for item in book.items.values()] == [["98", "99"], ["tidak tahu", "99"]]


def test_truths_of_a_spreadsheet_are_yes_and_no_and_codes_written_with_decimals_are_whole(tmp_path):
    survey = [["type", "name", "reverse"], ["select_one p", "a", True], ["integer", "b", False]]
    book = book_of(tmp_path, survey=survey, choices=[["list_name", "name", "label"], ["p", "1.0", "Ya"], ["p", 2.0, "Tidak"]])
    assert ([item.reverse for item in book.items.values()], list(book.items["a"].values)) == ([True, False], [1, 2])
