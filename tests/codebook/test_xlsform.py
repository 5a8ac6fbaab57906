"""XLSForms as codebooks: types of questions, lists of choices, languages, groups and repeats, and the columns of ours."""

import datetime as dt
import warnings

import numpy as np
import pytest
from codebook.workbooks import book_of, faults_of, written
from files.spreadsheets import cell, open_document

from kepuasan.codebook import Codebook, Item
from kepuasan.errors import CodebookError, DataWarning
from kepuasan.scales import Scale

LABELS = ["label::Bahasa Indonesia (id)", "label::English (en)"]
PUAS = [
    ["list_name", "name", *LABELS],
    ["puas", 1, "Tidak puas", "Dissatisfied"],
    ["puas", 2, "Kurang puas", "Less satisfied"],
    ["puas", 3, "Puas", "Satisfied"],
    ["puas", 4, "Sangat puas", "Very satisfied"],
    ["kelamin", "L", "Laki-laki", "Male"],
    ["kelamin", "P", "Perempuan", "Female"],
    ["saluran", "sms", "SMS", "Text message"],
    ["saluran", "web", "Situs web", "Website"],
]


def survey(*rows, head=("type", "name", *LABELS)):
    return [list(head), *map(list, rows)]


def one(tmp_path, kind, *, choices=PUAS, **columns):
    """The only question of a form."""
    book = book_of(tmp_path, survey=[["type", "name", *columns], [kind, "x", *columns.values()]], choices=choices)
    return book.items["x"]


# ---------------------------------------------------------------- types


@pytest.mark.parametrize(
    ("kind", "held"),
    [
        *(("integer", "number"), ("int", "number"), ("decimal", "number"), ("range", "number"), ("Integer", "number")),
        *(
            ("text", "text"),
            ("string", "text"),
            ("barcode", "text"),
            ("image", "text"),
            ("acknowledge", "text"),
            ("username", "text"),
            ("rank puas", "text"),
        ),
        *(("date", "date"), ("today", "date"), ("dateTime", "datetime"), ("start", "datetime"), ("end", "datetime"), ("time", "time")),
        *(("select_one puas", "number"), ("select one puas", "number"), ("select_one kelamin", "text"), ("select_one puas or_other", "text")),
        ("select_one_from_file desa.csv", "text"),
    ],
)
def test_a_type_of_question_becomes_a_type_of_item(tmp_path, kind, held):
    assert one(tmp_path, kind).type == held


@pytest.mark.parametrize("kind", ["note", "audit", "calculate", "hidden", "xml-external"])
def test_what_is_no_column_or_tells_itself_in_the_data_is_no_item(tmp_path, kind):
    book = book_of(tmp_path, survey=survey(["integer", "umur"], [kind, "x"]))
    assert list(book.items) == ["umur"]


def test_a_calculated_column_with_a_role_is_an_item_of_its_use(tmp_path):
    rows = survey(
        ["calculate", "bobot", None, None, "weight"], ["calculate", "kode", None, None, "identifier"], head=("type", "name", *LABELS, "role")
    )
    book = book_of(tmp_path, survey=rows)
    assert (book.items["bobot"].type, book.items["kode"].type) == ("number", "text")
    assert book.design == {"weight": "bobot"}
    assert book.items["kode"].role == "identifier"


def test_places_and_telephones_are_personal(tmp_path):
    book = book_of(tmp_path, survey=survey(["geopoint", "lokasi"], ["phonenumber", "hp"], ["text", "saran"]))
    assert [item.role for item in book.items.values()] == ["personal", "personal", None]


def test_an_answer_of_ones_own_is_a_further_code_and_a_further_text(tmp_path):
    book = book_of(tmp_path, survey=survey(["select_one kelamin or_other", "x", "Kelamin", "Sex"]), choices=PUAS)
    assert list(book.items["x"].values) == ["L", "P", "other"]
    assert book.items["x"].values["other"]["id"] == "Lainnya"
    assert book.items["x_other"].label["en"] == "Sex: Specify other"


# ---------------------------------------------------------------- choices


def test_choices_become_codes_with_labels_in_both_languages(tmp_path):
    book = book_of(tmp_path, survey=survey(["select_one puas", "x", "Kepuasan", "Satisfaction"]), choices=PUAS)
    assert book.value_labels("x", "en") == {1: "Dissatisfied", 2: "Less satisfied", 3: "Satisfied", 4: "Very satisfied"}
    assert book.label("x", "id") == "Kepuasan"


def test_names_of_choices_that_are_texts_of_numbers_are_numbers_unless_they_are_padded_or_quoted(tmp_path):
    choices = [
        ["list_name", "name", "label"],
        *(["a", text, "x"] for text in ("1", "2")),
        *(["b", text, "x"] for text in ("01", "2")),
        ["c", '"1"', "x"],
    ]
    book = book_of(tmp_path, survey=survey(*(["select_one " + name, name] for name in "abc")), choices=choices)
    assert [list(book.items[name].values) for name in "abc"] == [[1, 2], ["01", "2"], ["1"]]
    assert [book.items[name].type for name in "abc"] == ["number", "text", "text"]


def test_a_choice_may_be_missing_may_have_a_number_for_its_name_and_spellings(tmp_path):
    choices = [
        ["list_name", "name", "label", "code", "spellings", "missing"],
        ["puas", "tidak_puas", "Tidak puas", 1, "TP; tdk", None],
        ["puas", "puas_sekali", "Sangat puas", 4, None, None],
        ["puas", "menolak", "Menolak", 9, None, "ya"],
    ]
    item = one(tmp_path, "select_one puas", choices=choices)
    assert (list(item.values), list(item.missing)) == ([1, 4], [9])
    assert item.spellings == {1: ("TP", "tdk"), 4: ("puas_sekali",)}


def test_a_choice_without_a_label_is_called_by_its_name(tmp_path):
    choices = [["list_name", "name", "label"], ["a", "sms", None], ["a", "web", '""']]
    assert one(tmp_path, "select_one a", choices=choices).values == {"sms": {"id": "sms", "en": "sms"}, "web": {"id": "", "en": ""}}


def test_a_choice_repeated_for_a_cascade_counts_once(tmp_path):
    choices = [["list_name", "name", "label", "provinsi"], ["a", "lain", "Lain", "Bali"], ["a", "lain", "Lain", "Riau"]]
    assert list(one(tmp_path, "select_one a", choices=choices).values) == ["lain"]


def test_several_answers_become_columns_of_0_and_1(tmp_path):
    book = book_of(tmp_path, survey=survey(["select_multiple saluran", "kanal", "Saluran", "Channel"]), choices=PUAS)
    assert list(book.items) == ["kanal/sms", "kanal/web"]
    assert book.items["kanal/web"].label == {"id": "Saluran: Situs web", "en": "Channel: Website"}
    assert list(book.items["kanal/web"].values) == [0, 1]
    multiple = book.multiples["kanal"]
    assert (multiple.items, multiple.counted, multiple.joined, multiple.separator) == ({"sms": "kanal/sms", "web": "kanal/web"}, 1, "kanal", " ")
    assert repr(book) == "<Codebook: 2 items, 0 scales, 0 dimensions, 1 question with several answers>"


def test_options_that_are_numbers_stay_numbers(tmp_path):
    book = book_of(tmp_path, survey=survey(["select_multiple puas or_other", "x"], ["select_multiple puas", "y"]), choices=PUAS)
    assert next(iter(book.multiples["y"].items.items())) == (1, "y/1")
    assert list(book.multiples["x"].items) == ["1", "2", "3", "4", "other"]
    assert book.items["x_other"].type == "text"


# ---------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("head", "labels"),
    [
        (["label"], {"id": "a", "en": "a"}),
        (["label::Indonesian"], {"id": "a", "en": "a"}),
        (["label::English (en)", "label::Bahasa Indonesia (id)"], {"id": "b", "en": "a"}),
        (["label:English", "LABEL :: bahasa indonesia"], {"id": "b", "en": "a"}),
        (["label", "label::English"], {"id": "a", "en": "b"}),
        (["label::Basa Jawa (jv)", "label::id"], {"id": "b", "en": "b"}),
        (["label::Basa Jawa (jv)", "label::Sunda"], {"id": "a", "en": "a"}),
    ],
)
def test_labels_are_taken_by_language(tmp_path, head, labels):
    book = book_of(tmp_path, survey=[["type", "name", *head], ["text", "x", "a", "b"]])
    assert book.items["x"].label == labels


def test_a_question_without_a_label_is_called_by_its_name(tmp_path):
    assert one(tmp_path, "integer").label == {"id": "x", "en": "x"}


# ---------------------------------------------------------------- groups, repeats, settings


def test_groups_give_way_to_bare_names_unless_two_are_the_same(tmp_path):
    rows = survey(["begin_group", "a"], ["begin group", "b"], ["integer", "x"], ["end group"], ["integer", "y"], ["end_group"], ["begin_group", "c"])
    book = book_of(tmp_path, survey=[*rows, ["integer", "x"], ["end_group"]])
    assert list(book.items) == ["x", "y", "c/x"]


def test_questions_that_are_asked_repeatedly_are_left_out_with_a_warning(tmp_path):
    rows = survey(["integer", "umur"], ["begin_repeat", "anak"], ["begin_group", "g"], ["text", "nama"], ["note", "n"], ["end_group"], ["end_repeat"])
    with pytest.warns(DataWarning, match=r"form.xlsx: 1 questions are asked repeatedly and are left out \('nama'\)") as caught:
        book = book_of(tmp_path, survey=rows)
    assert list(book.items) == ["umur"]
    assert len(caught) == 1


def test_the_title_is_the_source_unless_one_is_stated(tmp_path):
    rows = survey(["integer", "x"])
    assert book_of(tmp_path, survey=rows, settings=[["form_title", "form_id"], ["Survei 2026", "s26"]]).source == "Survei 2026"
    book = book_of(tmp_path, survey=rows, settings=[["form_title", "source", "mode"], ["Survei 2026", "BPS", "telepon"]])
    assert (book.source, book.mode) == ("BPS", "telepon")


def test_rows_without_type_and_name_and_disabled_ones_are_passed_over(tmp_path):
    rows = [["type", "name", "label", "disabled"], ["integer", "x"], [None, None, "catatan"], [], ["integer", "y", None, "yes"]]
    assert list(book_of(tmp_path, survey=rows).items) == ["x"]


def test_columns_of_forms_that_are_none_of_ours_are_passed_over(tmp_path):
    head = [
        "type",
        "name",
        "hint::English (en)",
        "relevant",
        "constraint",
        "appearance",
        "media::image",
        "columns",
        "media::image::English (en)",
        "catatan saya",
    ]
    book = book_of(tmp_path, survey=[head, ["integer", "x", *"abcdefgh"]], external_choices=[["list_name"]], Lembar1=[["x"]])
    assert list(book.items) == ["x"]


# ---------------------------------------------------------------- our columns


def test_our_columns_are_read(tmp_path):
    head = [
        "type",
        "name",
        "scale",
        "reverse",
        "dimension",
        "missing",
        "question::English (en)",
        "column",
        "recode",
        "asked_scale",
        "spellings",
        "guessed",
        "role",
    ]
    row = [
        "integer",
        "x",
        "1-4",
        "ya",
        "proses",
        "88, 89=Menolak; 90:99",
        "How?",
        "Q1",
        "5=1; A1 = 2",
        "0 to 10",
        "10 = SP, sgt; 0=P",
        "scale, missing",
        "personal",
    ]
    book = book_of(tmp_path, survey=[head, row])
    assert book.items["x"] == Item(
        "x",
        scale="1-4",
        reverse=True,
        dimension="proses",
        missing={88: "", 89: "Menolak"},
        missing_ranges=((90, 99),),
        question="How?",
        column="Q1",
        recode={5: 1, "A1": 2},
        asked_scale="0-10",
        spellings={10: ("SP", "sgt"), 0: ("P",)},
        guessed=("scale", "missing"),
        role="personal",
    )


def test_missing_codes_are_codes_ranges_and_names(tmp_path):
    item = one(tmp_path, "integer", missing="8 9 -1=Kosong sekali, 90-99; 500:; -9:-5")
    assert item.missing == {8: {"id": "", "en": ""}, 9: {"id": "", "en": ""}, -1: {"id": "Kosong sekali", "en": "Kosong sekali"}}
    assert item.missing_ranges == ((90, 99), (500, np.inf), (-9, -5))
    assert list(one(tmp_path, "text", missing="tidak tahu=TT; 99").missing) == ["tidak tahu", "99"]


def test_a_code_of_the_list_that_the_question_calls_missing_is_no_answer(tmp_path):
    item = one(tmp_path, "select_one puas", missing=4)
    assert (list(item.values), item.missing[4]["id"]) == ([1, 2, 3], "Sangat puas")


@pytest.mark.parametrize("cell", ["1-4", "1:4", "1 s.d. 4", "1 – 4", dt.time(1, 4), dt.date(2026, 4, 1), dt.date(2026, 1, 4)])
def test_a_scale_may_be_written_as_its_bounds_even_where_the_spreadsheet_made_a_day_of_them(tmp_path, cell):
    book = book_of(tmp_path, survey=[["type", "name", "scale"], ["select_one puas", "x", cell], ["select_one puas", "y", "1-4"]], choices=PUAS)
    assert book.scale_of("x") == book.scale_of("y") == Scale(1, 4, (1, 2, 3, 4))
    assert list(book.scales) == ["1-4"]


def test_a_list_of_numbers_may_be_the_scale(tmp_path):
    head = ["list_name", "name", "label", "missing", "spellings"]
    choices = [head, *(["puas", code, f"p{code}", None, f"S{code}"] for code in (1, 2, 3)), ["puas", 9, "Menolak", "yes"]]
    book = book_of(tmp_path, survey=[["type", "name", "scale"], ["select_one puas", "x", "puas"], ["integer", "y", "puas"]], choices=choices)
    assert book.scale_of("x") == Scale(1, 3, (1, 2, 3))
    assert book.scales["puas"].spellings[2] == ("S2",)
    assert (list(book.items["x"].missing), list(book.items["y"].missing)) == ([9], [])
    assert book.items["x"].values == book.items["y"].values
    assert book.items["x"].spellings == {}


def test_a_scale_of_the_sheet_scales_takes_its_labels_from_the_list_of_its_name(tmp_path):
    scales = [["name", "low", "high", "codes", "spellings"], ["puas", 1, 4, None, "4 = SP"], ["bebas", 0, 100, "any", None]]
    rows = [["type", "name", "scale"], ["select_one puas", "x", "puas"], ["integer", "y", "puas"], ["integer", "z", "bebas"]]
    book = book_of(tmp_path, survey=rows, choices=PUAS, scales=scales)
    assert book.scale_of("y") == Scale(1, 4, (1, 2, 3, 4))
    assert book.scale_of("z") == Scale(0, 100)
    assert book.value_labels("y") == book.value_labels("x")
    assert book.scales["puas"].spellings == {4: ("SP",)}


def test_a_form_alone_declares_index_and_design(tmp_path):
    head = ["type", "name", "role", "dimension"]
    rows = [
        ["select_one puas", "u1", "index", "proses"],
        ["select_one puas", "u2", "index personal"],
        ["integer", "w", "weight"],
        ["text", "s", "strata"],
    ]
    rows += [["text", "p1", "psu"], ["text", "p2", "PSU"], ["integer", "N", "fpc"]]
    book = book_of(tmp_path, survey=[head, *rows], choices=PUAS, index=[["key", "value"], ["scoring", "minmax"]])
    assert book.index == {"scoring": "minmax", "items": ["u1", "u2"]}
    assert book.design == {"weight": "w", "strata": "s", "psu": ["p1", "p2"], "fpc": "N"}
    assert book.items["u2"].role == "personal"
    assert list(book.dimensions) == ["proses"]


def test_the_other_sheets_are_read(tmp_path):
    book = book_of(
        tmp_path,
        survey=survey(["integer", "a"], ["integer", "b"], ["text", "m1"], ["text", "m2"]),
        dimensions=[["name", *LABELS], ["proses", "Proses", "Process"]],
        drivers=[["name", "label", "items"], ["cepat", "Kecepatan", "a, b"]],
        index=[
            ["key", "name", "no", "value"],
            ["items", None, None, "a"],
            ["weights", "a", None, "0.5"],
            ["scale", None, 1, 1],
            ["scale", None, 2, 4],
        ],
        design=[["key", "value"], ["strata", "s1"], ["strata", "s2"], ["nest", True]],
        multiples=[["name", "label", "option", "item", "mentions"], ["sebut", "Sebutan", 1, "m1", "yes"], ["sebut", None, 2, "m2", None]],
    )
    assert book.dimensions["proses"]["en"] == "Process"
    assert book.drivers["cepat"].items == ("a", "b")
    assert book.index == {"items": ["a"], "weights": {"a": 0.5}, "scale": [1, 4]}
    assert book.design == {"strata": ["s1", "s2"], "nest": True}
    assert (book.multiples["sebut"].items, book.multiples["sebut"].counted) == ({1: "m1", 2: "m2"}, None)


# ---------------------------------------------------------------- faults

FAULTS = {
    "type": (["intger", "x"], "survey row 2, column type: 'intger' is no type of question; did you mean 'integer'?"),
    "no type": ([None, "x"], "survey row 2, column type: is empty; say what 'x' holds"),
    "no name": (["integer", None], "survey row 2, column name: is empty; give the question of type integer a name"),
    "list": (["select_one pua", "x"], "survey row 2, column type: there is no list 'pua' in choices; did you mean 'puas'?"),
    "end": (["end_group", None], "survey row 2, column type: ends a group that was not begun"),
    "begin": (["begin_group", "g"], "survey row 2, column type: the group 'g' has no end; add a row with the type end_group"),
}


@pytest.mark.parametrize("which", FAULTS)
def test_a_fault_is_refused_with_sheet_row_and_column(tmp_path, which):
    row, message = FAULTS[which]
    assert faults_of(tmp_path, survey=survey(row, ["integer", "z"]) if which != "begin" else survey(row), choices=PUAS)[0].startswith(message)


CELLS = {
    ("scale", "puas5"): "survey row 2, column scale (x): 'puas5' is not declared under scales; did you mean 'puas'?",
    ("reverse", "kadang"): "survey row 2, column reverse: is 'kadang'; write yes or no",
    ("role", "wieght"): "survey row 2, column role: is 'wieght'; did you mean 'weight'?; choose of identifier, personal, weight",
    ("recode", "5"): "survey row 2, column recode: '5' is no pair; write such as 5 = 1; A1 = 2",
    ("recode", "1 = 2; 1 = 3"): "survey row 2, column recode: the code 1 stands there twice",
    ("recode", "A = B"): "survey row 2, column recode (x): 'B' cannot be codes of an item of type number; recode to finite numbers",
    ("spellings", "SP"): "survey row 2, column spellings: 'SP' is no pair",
    ("guessed", "scael"): "survey row 2, column guessed (x): 'scael' is no attribute of an item; did you mean 'scale'?",
    ("missing", "99:90"): "survey row 2, column missing (x): 99 to 90 is no range",
    ("missing", "=Menolak"): "survey row 2, column missing: '=Menolak' names no code; write such as 9=Menolak",
    ("asked_scale", "1-10"): "survey row 2, column asked_scale (x): answers on '1-10' are moved to the item's scale, but it has none",
    ("dimensio", "proses"): "survey row 1, column dimensio: is not known; did you mean 'dimension'?",
    ("Revers", "ya"): "survey row 1, column Revers: is not known; did you mean 'reverse'?",
}


@pytest.mark.parametrize("cell", CELLS)
def test_a_wrong_cell_of_our_columns_is_refused_with_its_place(tmp_path, cell):
    column, value = cell
    lines = faults_of(
        tmp_path, survey=[["type", "name", column], ["integer", "x", value]], choices=PUAS, scales=[["name", "low", "high"], ["puas", 1, 4]]
    )
    assert lines[0].startswith(CELLS[cell])


def test_all_faults_of_all_sheets_are_named_at_once(tmp_path):
    lines = faults_of(
        tmp_path,
        survey=[["type", "name", "scale", "dimension"], ["integer", "a", "s", "d"], ["integer", "a"], ["select_one c", "b", "t"]],
        choices=[["list_name", "name", "label", "code"], ["c", "x", "X", 1], ["c", "y", "Y", 1], ["c", None, "Z"], [None, "z"], ["c", "x", "lain"]],
        scales=[["name", "low", "high", "codes", "hihg"], ["s", 4, 1], [None, 1, 4], ["t", "a", None], ["t", 1, 2], ["u", 1, 2, "x"]],
        dimensions=[["name", "lable"], ["e", None]],
        drivers=[["name", "items"], ["f", "a; q"]],
        index=[["key", "name", "no", "value"], ["items", None, None, "q"], ["top", None, None, None], ["top", "a", None, 1], ["top", None, None, 2]],
        design=[["key", "value"], ["wieght", "w"]],
        multiples=[["name", "option", "item"], ["g", 1, "q"], ["g", 1, "b"], ["g", None, "b"]],
        sacles=[["name"]],
    )
    expected = [
        "survey row 3, column name: 'a' stands there twice",
        "survey row 2, column dimension (a): 'd' is not declared under dimensions",
        "choices row 3, column code: the code 1 stands in its list twice",
        "choices row 4, column name: is empty; each choice has a list and a name",
        "choices row 5, column list_name: is empty",
        "choices row 6, column name: 'x' stands in its list twice, with two labels",
        "scales row 1, column hihg: is not known; did you mean 'high'?",
        "scales row 2: a scale runs from low to high",
        "scales row 3, column name: is empty",
        "scales row 4, column low: is 'a'; give a number",
        "scales row 4, column high: is empty; give a number",
        "scales row 5, column name: 't' stands there twice",
        "scales row 6, column codes: 'x' are no numbers",
        "dimensions row 1, column lable: is not known; did you mean 'label'?",
        "drivers row 2, column items (f): 'q' is not an item",
        "index row 3, column value: is empty",
        "index row 5, column name: 'top' has values by name above and one without a name here",
        "index.items: 'q' is not an item",
        "design.wieght: is not known; did you mean 'weight'?",
        "multiples row 3, column option: the option 1 stands there twice",
        "multiples row 4, column option: is empty; each option has its item",
        "multiples row 2, column items (g): 'q' is not an item",
    ]
    missed = [text for text in expected if not any(line.startswith(text) for line in lines)]
    assert missed == []
    assert len(lines) == len(set(lines))


def test_a_role_and_a_sheet_that_say_the_same_twice_are_refused(tmp_path):
    rows = [["type", "name", "role"], ["integer", "w", "weight"], ["integer", "v", "weight"], ["text", "s", "strata"]]
    lines = faults_of(tmp_path, survey=rows, design=[["key", "value"], ["strata", "s"]])
    assert any("design: strata is given there and by the role strata of 's' as well; give it once" in line for line in lines)
    assert any("survey, column role: 'w', 'v' have the role weight; one column has it" in line for line in lines)


def test_a_column_that_stands_twice_is_refused(tmp_path):
    lines = faults_of(tmp_path, survey=[["type", "name", "label::Indonesian", "label::Bahasa Indonesia (id)"], ["integer", "x", "a", "b"]])
    assert lines == ["survey row 1, column label::Bahasa Indonesia (id): stands there twice; keep one of the two"]


def test_a_cell_that_holds_an_error_is_refused_where_it_is_read(tmp_path):
    rows = [["type", "name", "scale", "hint"], ["integer", "x", "=#N/A", "=#N/A"]]
    assert faults_of(tmp_path, survey=rows) == ["survey row 2, column scale: the cell holds #N/A; write the value itself"]


def test_a_form_may_be_an_ods(tmp_path):
    sheets = {"survey": [[cell("type"), cell("name"), cell("label")], [cell("select_one a"), cell("x"), cell("Puas?")]]}
    sheets["choices"] = [[cell("list_name"), cell("name"), cell("label")], [cell("a"), cell(1), cell("Ya")], [cell("a"), cell(2), cell("Tidak")]]
    book = Codebook.read(open_document(tmp_path / "form.ods", sheets))
    assert book.value_labels("x") == {1: "Ya", 2: "Tidak"}


def test_a_workbook_that_is_no_form_is_refused_by_its_sheets(tmp_path):
    path = written(tmp_path / "data.xlsx", Lembar1=[["a"], [1]])
    with pytest.raises(
        CodebookError, match="'data.xlsx' has no sheet 'survey': its sheets are 'Lembar1', and none of them lists items; a codebook is"
    ):
        Codebook.read(path)
    (tmp_path / "rusak.xlsx").write_bytes(b"PK\x03\x04rusak")
    with pytest.raises(CodebookError, match=r"rusak\.xlsx"):
        Codebook.read(tmp_path / "rusak.xlsx")
    assert faults_of(tmp_path, survey=[["type", "name"], ["note", "n"]]) == ["survey: there are no questions; describe each column in a row"]


def test_a_form_with_ten_thousand_choices_is_read_whole(tmp_path):
    choices = [["list_name", "name", "label"], *(["desa", 1_000_000 + number, f"Desa {number}"] for number in range(10_000))]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = book_of(tmp_path, survey=survey(["select_one desa", "x"], ["select_one desa", "y"]), choices=choices)
    assert len(book.items["y"].values) == 10_000


def test_a_missing_choice_of_a_question_with_several_answers_is_no_answer(tmp_path):
    choices = [["list_name", "name", "label", "missing"], ["a", "sms", "SMS", None], ["a", "menolak", "Menolak", "ya"]]
    book = book_of(tmp_path, survey=survey(["select_multiple a", "x"]), choices=choices)
    assert [(list(book.items[name].values), list(book.items[name].missing)) for name in ("x/sms", "x/menolak")] == [([0, 1], []), ([0], [1])]
