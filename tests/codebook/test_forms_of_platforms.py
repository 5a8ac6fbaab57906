"""Forms as KoboToolbox, ODK and SurveyCTO write them: their own groups, columns and types."""

import pytest
from codebook.workbooks import book_of, faults_of

from kepuasan.io.reading import read_file

CHOICES = [
    ["list_name", "name", "label::Bahasa Indonesia (id)", "label::English (en)", "$kuid"],
    ["puas", 1, "Tidak puas", "Dissatisfied", "a"],
    ["puas", 2, "Puas", None, "b"],
    ["kota", "jkt", "Jakarta", None, "c"],
    ["kota", "bdg", "Bandung", None, "d"],
]
HEAD = [
    "type",
    "name",
    "label::Bahasa Indonesia (id)",
    "label::English (en)",
    "kobo--score-choices",
    "kobo--rank-items",
    "kobo--matrix_list",
    "$kuid",
]
SCORE = [["begin_score", "skor", "Nilai", None, "puas"], ["score__row", "s1", "Cepat", "Fast"], ["score__row", "s2", "Murah"], ["end_score"]]
RANK = [["begin_rank", "urut", "Urutkan", None, None, "kota"], ["rank__level", "ke1", "Pertama"], ["rank__level", "ke2", "Kedua"], ["end_rank"]]
MATRIX = [["begin_kobomatrix", "m1", "Kota", None, None, None, "kota"], ["select_one puas", "q1", "Puas?"], ["integer", "q2", "Berapa?"]]


def test_scores_rankings_and_matrices_of_kobotoolbox_are_the_columns_that_its_exports_have(tmp_path):
    # each of these rows was refused as "no type of question"
    book = book_of(tmp_path, survey=[HEAD, *SCORE, *RANK, *MATRIX, ["end_kobomatrix"]], choices=CHOICES)
    matrix = ["m1_jkt_q1", "m1_jkt_q2", "m1_bdg_q1", "m1_bdg_q2"]
    assert list(book.items) == ["s1", "s2", "ke1", "ke2", *matrix]
    assert (list(book.items["s1"].values), list(book.items["ke1"].values)) == ([1, 2], ["jkt", "bdg"])
    assert (book.label("s1", "en"), book.label("m1_bdg_q1", "id")) == ("Fast", "Bandung: Puas?")
    data = tmp_path / "data.csv"
    data.write_text(
        "skor/skor_header,skor/s1,skor/s2,urut/ke1,urut/ke2,m1_jkt/m1_jkt_q1,m1_jkt/m1_jkt_q2,m1_bdg/m1_bdg_q1,m1_bdg/m1_bdg_q2,_uuid,_id\n"
    )
    with data.open("a") as file:
        file.write(",1,2,jkt,bdg,1,5,2,7,aa,1\n")
    assert read_file(data, book).frame[["s2", "ke2", *matrix]].iloc[0].tolist() == [2, "bdg", 1, 5, 2, 7]


def test_a_matrix_in_a_repeat_is_asked_repeatedly(tmp_path):
    rows = [["integer", "umur"], ["begin_repeat", "anak"], *MATRIX, ["end_kobomatrix"], ["end_repeat"]]
    with pytest.warns(UserWarning, match=r"2 questions are asked repeatedly and are left out \('q1', 'q2'\)"):
        assert list(book_of(tmp_path, survey=[HEAD, *rows], choices=CHOICES).items) == ["umur"]


FAULTS = {
    "no list": (
        [["begin_score", "skor"], SCORE[1], SCORE[3]],
        "survey row 2, column kobo--score-choices: is empty; name the list of choices of the score",
    ),
    "unknown list": (
        [[*RANK[0][:5], "kotaa"], *RANK[1:]],
        "survey row 2, column kobo--rank-items: there is no list 'kotaa' in choices; did you mean 'kota'?",
    ),
    "outside": ([SCORE[1]], "survey row 2, column type: 'score__row' stands in no score; add a row with the type begin_score above"),
    "other end": ([*SCORE[:3], ["end_rank"]], "survey row 5, column type: ends a rank that was not begun"),
    "no end": (MATRIX, "survey row 2, column type: the kobomatrix 'm1' has no end; add a row with the type end_kobomatrix"),
}


@pytest.mark.parametrize("which", FAULTS)
def test_faults_of_groups_of_kobotoolbox_are_named_where_they_are(tmp_path, which):
    rows, message = FAULTS[which]
    lines = faults_of(tmp_path, survey=[HEAD, *rows], choices=CHOICES)
    assert any(line.startswith(message) for line in lines)


def test_a_form_of_surveycto_is_read(tmp_path):
    # its choices have a column `value`, not `name`: every choice was refused, and so were its audits and sensors
    audits = [
        "text audit",
        "audio audit",
        "speed violations count",
        "speed violations list",
        "comments",
        "sensor_statistic light_level",
        "calculate_here",
    ]
    head = ["type", "name", "label:english", "label:bahasa", "hint:bahasa", "relevance", "calculation", "choice_filter", "disabled", "publishable"]
    rows = [["start", "starttime"], *([kind, kind[:3]] for kind in audits), ["begin group", "g"], ["select_one yn", "x", "Served?", "Dilayani?"]]
    choices = [["list_name", "value", "label:english", "label:bahasa", "image", "filter"], ["yn", 1, "Yes", "Ya"], ["yn", 0, "No", "Tidak"]]
    book = book_of(
        tmp_path, survey=[head, *rows, ["end group", "g"]], choices=choices, settings=[["form_title", "default_language"], ["A", "english"]]
    )
    assert list(book.items) == ["starttime", "x"]
    assert (book.label("x", "id"), book.value_labels("x", "id"), book.value_labels("x", "en")) == (
        "Dilayani?",
        {0: "Tidak", 1: "Ya"},
        {0: "No", 1: "Yes"},
    )


@pytest.mark.parametrize(
    "row",
    [
        ["select_one ${anak}", "x", None],
        ["select_one desa", "x", "minimal search('desa.csv')"],
        ["select_multiple desa", "x", "search('desa.csv')"],
        ["select_one_external desa", "x", None],
        ["select_multiple_from_file desa.csv", "x", None],
    ],
)
def test_choices_that_the_form_does_not_hold_are_texts(tmp_path, row):
    # choices out of other answers were refused as a list that is not there; those of search() took the names of two columns for answers
    choices = [["list_name", "name", "label"], ["desa", "id_desa", "nama_desa"]]
    item = book_of(tmp_path, survey=[["type", "name", "appearance"], row], choices=choices).items["x"]
    assert (item.type, dict(item.values)) == ("text", {})


def test_choices_that_a_cascade_repeats_with_other_labels_are_called_by_their_names(tmp_path):
    form = {
        "survey": [["type", "name"], ["select_one desa", "x"]],
        "choices": [["list_name", "name", "label", "kec"], ["desa", 1, "Sukamaju", "a"], ["desa", 1, "Sukajadi", "b"], ["desa", 2, "Melati", "a"]],
    }
    assert "write yes under allow_choice_duplicates in settings" in faults_of(tmp_path, **form)[0]
    book = book_of(tmp_path, **form, settings=[["allow_choice_duplicates"], ["yes"]])
    assert book.value_labels("x") == {1: "1", 2: "Melati"}


def test_a_question_of_choices_without_a_list_is_told_so(tmp_path):
    # "'select_one' is no type of question; did you mean 'select_one'?"
    lines = faults_of(tmp_path, survey=[["type", "name"], ["select_one", "x"]], choices=CHOICES)
    assert lines == ["survey row 2, column type: names no list of choices; write such as select_one puas"]


def test_rows_of_remarks_are_passed_over(tmp_path):
    rows = [["type", "name", "label"], ["# bagian A"], [None, None, "Bagian B"], ["note", None, "Bacakan"], ["integer", "x"]]
    assert list(book_of(tmp_path, survey=rows, choices=[["list_name", "name"], ["", ""], []]).items) == ["x"]


def test_a_scale_that_is_a_list_of_texts_is_refused_once(tmp_path):
    lines = faults_of(tmp_path, survey=[["type", "name", "scale"], ["select_one kota", "x", "kota"]], choices=CHOICES)
    assert lines == ["choices: the list 'kota' is a scale, but its codes are no numbers; give numbers in the column code"]
