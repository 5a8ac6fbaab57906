"""Answers to codes: each way a file may write an answer, against the code it stands for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kepuasan.codebook import AnswerScale, Codebook, Item
from kepuasan.errors import DataError
from kepuasan.io.answers import coded, read_two_ways, unknown_texts
from kepuasan.io.reading import read_file, read_survey
from kepuasan.scales import Scale

PUAS = {1: "Tidak puas", 2: "Kurang puas", 3: {"id": "Puas", "en": "Satisfied"}, 4: {"id": "Sangat puas", "en": "Very satisfied"}}


def book(**changes):
    item = Item("speed", **({"scale": "puas", "missing": {8: "", 9: "Tidak menjawab"}} | changes))
    scales = {
        "puas": AnswerScale("puas", Scale(1, 4), PUAS, {4: ("mantap",)}),
        "ten": AnswerScale("ten", Scale(1, 10), {1: "Buruk", 10: "Sempurna"}),
        "five": AnswerScale("five", Scale(1, 5)),
    }
    return Codebook({"speed": item}, scales)


def answers(cells, decimal=".", dtype=None, **changes):
    given = book(**changes)
    return coded(pd.Series(cells, name="speed", dtype=dtype), given.items["speed"], given, decimal)


def plain(made):
    return [None if pd.isna(cell) else cell for cell in made.column]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Sangat puas", 4), ("sangat  PUAS", 4), ("SP", 4), ("Very satisfied", 4), ("4 - Sangat puas", 4), ("mantap", 4), ("Mantap!", 4),
        ("3", 3), ("3.0", 3), (" 3 ", 3), ("tidak menjawab", 9), ("9", 9), ("8", 8), (3, 3), (3.0, 3),
    ],
)  # fmt: skip
def test_an_answer_is_read_by_code_label_or_spelling(cell, code):
    made = answers([cell, "Puas"], dtype=object)
    assert made.column.tolist() == [code, 3]
    assert made.column.dtype == np.int64
    assert made.unknown.size == made.off.size == 0


def test_cells_that_no_code_has_are_reported_with_their_places_and_never_guessed():
    made = answers(["Puas", "Sangat pusa", "entah", None, "entah"])
    assert plain(made) == [3, None, None, None, None]
    assert made.unknown.tolist() == [1, 2, 4]
    found = unknown_texts(pd.Series(["Sangat pusa", "entah", "entah", "x"]), book().items["speed"], book(), 2)
    assert found == ([("entah", 2, ""), ("Sangat pusa", 1, "Sangat puas")], 3)


def test_answers_off_the_scale_are_reported_with_their_places():
    made = answers([1, 5, 9, 0, 8])
    assert made.off.tolist() == [1, 3]
    assert plain(made) == [1, 5, 9, 0, 8]


def test_whole_numbers_stay_whole_where_no_cell_is_empty():
    assert answers(["Puas", "SP"]).column.dtype == np.int64
    assert answers(["Puas", None]).column.dtype == np.float64
    assert answers([3.0, 1.0]).column.dtype == np.int64
    assert answers([3.0, np.nan]).column.dtype == np.float64


def test_codes_of_the_file_are_recoded_by_number_or_by_text():
    assert answers([1, 4, 2, 9], recode={4: 1, 1: 4}).column.tolist() == [4, 1, 2, 9]
    assert answers(["A1", "a4", "2", "99"], recode={"A1": 1, "A4": 4, 99: 9}).column.tolist() == [1, 4, 2, 9]
    assert answers(["1.0", "1"], recode={1: 2}).column.tolist() == [2, 2]


def test_a_recoded_answer_that_lies_off_the_scale_is_reported():
    assert answers([5, 1, 3], recode={1: 3}).off.tolist() == [0]


def test_answers_on_another_scale_are_moved_ends_to_ends_and_missing_codes_stay():
    made = answers([1, 10, 5.5, 4, 99, None], scale="five", asked_scale="ten", missing={99: "Menolak"})
    assert plain(made) == [1.0, 5.0, 3.0, pytest.approx(1 + 3 * 4 / 9, abs=1e-15), 99.0, None]
    assert made.off.size == 0


def test_recoded_answers_are_answers_on_the_scale_that_was_asked():
    made = answers(["A1", "A10", "99"], scale="five", asked_scale="ten", missing={99: ""}, recode={"A1": 1, "A10": 10})
    assert made.column.tolist() == [1, 5, 99]


def test_the_ends_of_a_moved_scale_are_exact():
    scales = {"a": AnswerScale("a", Scale(0, 10)), "b": AnswerScale("b", Scale(1, 7))}
    given = Codebook({"q": Item("q", scale="b", asked_scale="a")}, scales)
    assert coded(pd.Series([0.0, 10.0, 5.0]), given.items["q"], given).column.tolist() == [1, 7, 4]


def test_answers_off_the_scale_that_was_asked_are_reported_though_they_lie_on_the_other():
    scales = {"a": AnswerScale("a", Scale(1, 5)), "b": AnswerScale("b", Scale(1, 10))}
    given = Codebook({"q": Item("q", scale="b", asked_scale="a")}, scales)
    made = coded(pd.Series([1, 7, 5]), given.items["q"], given)
    assert made.off.tolist() == [1]
    assert made.column.tolist() == [1, 7, 10]


def test_labels_of_the_scale_that_was_asked_are_read_and_moved():
    made = answers(["Sempurna", "buruk", "5,5"], decimal=",", scale="five", asked_scale="ten", missing={})
    assert made.column.tolist() == [5, 1, 3]


def test_a_text_item_keeps_texts_that_are_no_answer_and_codes_those_that_are():
    sex = Item(
        "sex", type="text", values={"L": "Laki-laki", "P": {"id": "Perempuan", "en": "Female"}}, missing={"9": "Menolak"}, recode={1: "L", 2: "P"}
    )
    made = coded(pd.Series(["L", "perempuan", "FEMALE", "1", "2.0", "9", "menolak", "lainnya", None]), sex, Codebook({"sex": sex}))
    assert plain(made) == ["L", "P", "P", "L", "P", "9", "9", "lainnya", None]
    assert made.unknown.size == 0


def test_a_text_item_over_numbers_has_the_codes_without_decimals():
    sex = Item("sex", type="text", values={"1": "Laki-laki", "2": "Perempuan"})
    assert plain(coded(pd.Series([1.0, 2.0, None]), sex, Codebook({"sex": sex}))) == ["1", "2", None]


def test_truth_values_are_codes_0_and_1():
    asked = Item("asked", values={0: "Tidak", 1: "Ya"})
    assert coded(pd.Series([True, False]), asked, Codebook({"asked": asked})).column.tolist() == [1, 0]


def test_the_direction_of_an_item_is_not_turned_here():
    assert answers([1, 4], reverse=True).column.tolist() == [1, 4]


# ---------------------------------------------------------------- through the door


@pytest.fixture
def spelled_csv(tmp_path):
    path = tmp_path / "jawaban.csv"
    path.write_text("Kecepatan,umur\nPuas,30\nSP,40\nsangat pusa,tua\nTidak menjawab,20\nsangat pusa,21\n", encoding="utf-8")
    return path


def test_unknown_spellings_are_named_with_count_rows_and_nearest_label(spelled_csv):
    given = Codebook({"speed": book(label="Kecepatan").items["speed"], "age": Item("age", "Umur")}, book().scales)
    found = {problem.code: problem for problem in read_file(spelled_csv, given).problems}
    assert found["KP173"].values["texts"] == "'sangat pusa' 2x (~ 'Sangat puas')"
    assert (found["KP173"].rows, found["KP173"].count) == ((4, 6), 2)
    assert (found["KP174"].rows, found["KP174"].values["cells"]) == ((4,), "'tua'")
    assert found["KP173"].message("id").startswith("jawaban.csv, 'speed', baris 4, 6: jawaban yang tidak dikenal buku kode")


def test_a_spelling_that_is_added_to_the_codebook_is_read(spelled_csv):
    given = Codebook({"speed": book(label="Kecepatan", spellings={4: "sangat pusa"}).items["speed"]}, book().scales)
    assert read_survey(spelled_csv, given).frame["speed"].tolist() == [3, 4, 4, 9, 4]


def test_a_number_column_of_many_rows_is_read_through_its_distinct_cells():
    cells = pd.Series(np.tile(np.array(["Puas", "SP", "1", "9"], dtype=object), 50_000))
    made = coded(cells, book().items["speed"], book())
    assert made.column.value_counts().to_dict() == {3: 50_000, 4: 50_000, 1: 50_000, 9: 50_000}


VISITS = {1: "0", 2: "1", 3: "2", 4: "3+"}


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["0", "1", "3+"], [0, 1]),  # were codes 0, 1 and 4
        ([1, 2], [0, 1]),
        (["1", "2", "Tidak tahu"], [0, 1]),
        ([0, 0], [0, 1]),
        ([1, 2, 3, 9], []),
        (["1", "4"], []),
        (["1", None, "3+"], [0]),
    ],
)
def test_numbers_that_may_be_codes_or_labels_are_told(cells, told):
    given = Codebook({"visits": Item("visits", values=VISITS, missing={9: "Tidak tahu"})})
    assert read_two_ways(pd.Series(cells), given.items["visits"], given).tolist() == told


def test_text_codes_may_be_labels_of_others_too():
    given = Codebook({"visits": Item("visits", type="text", values={str(code): label for code, label in VISITS.items()})})
    assert read_two_ways(pd.Series(["0", "1", "3+"]), given.items["visits"], given).tolist() == [1]


@pytest.mark.parametrize(
    ("cells", "recode", "codes"),
    [("0 1 2 3+", {0: 1, 1: 2, 2: 3}, [1, 2, 3, 4]), ("1 2 2", {1: 1, 2: 2}, [1, 2, 2])],
)
def test_a_file_of_labels_that_are_codes_is_refused_until_recode_says_what_they_mean(tmp_path, cells, recode, codes):
    (tmp_path / "a.csv").write_text("\n".join(["no,visits", *(f"{row},{cell}" for row, cell in enumerate(cells.split()))]))
    with pytest.raises(DataError, match=r"labels of other codes.*\[KP179\]"):
        read_survey(tmp_path / "a.csv", Codebook({"visits": Item("visits", values=VISITS)}))
    settled = read_survey(tmp_path / "a.csv", Codebook({"visits": Item("visits", values=VISITS, recode=recode)}))
    assert settled.frame["visits"].tolist() == codes


def test_unknown_answers_that_say_no_answer_are_not_sent_to_a_label(tmp_path):
    (tmp_path / "a.csv").write_text("no,speed\n1,Tidak tahu\n2,Puass\n")
    problem = next(iter(read_file(tmp_path / "a.csv", Codebook({"speed": Item("speed", values={1: "Tidak puas", 2: "Puas"})})).problems))
    assert problem.values["texts"] == "'Tidak tahu' 1x (missing?), 'Puass' 1x (~ 'Puas')"  # was ~ 'Tidak puas'
