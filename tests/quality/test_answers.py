"""Items without answers, codes without labels, codes that are no answers, ages."""

import numpy as np
import pytest
from quality.surveys import ITEMS, book, rows

from kepuasan.codebook import Item


def test_an_item_of_the_index_that_nobody_answered_is_an_error(found):
    for empty in (9, np.nan):
        table = found(rows().assign(u3=empty))
        assert table.loc["KP207", ["severity", "column", "count"]].tolist() == ["error", "u3", 400]


def test_another_item_that_nobody_answered_is_a_warning_and_an_empty_column_a_note(found):
    asked = book(jenis=Item("jenis", values={1: "A", 2: "B"}))
    assert found(rows().assign(jenis=1, catatan="x"), asked).empty
    table = found(rows().assign(jenis=np.nan, catatan=None, tambahan=np.nan), asked)
    assert table["severity"].to_dict() == {"KP213": "warning", "KP215": "note"}
    assert table.loc["KP215", "message"] == "2 columns are empty: 'catatan', 'tambahan'"


def test_an_item_of_the_index_that_less_than_half_answered_is_a_warning(found):
    frame = rows()
    frame.loc[:180, "u2"] = 9
    assert "KP214" not in found(frame).index
    frame.loc[:250, "u2"] = 9
    table = found(frame)
    assert table.loc["KP214", ["severity", "column"]].tolist() == ["warning", "u2"]


def test_an_item_with_one_answer_is_a_warning(found):
    table = found(rows().assign(u4=3))
    assert table.index.tolist() == ["KP208"]
    assert table.loc["KP208", ["column", "count"]].tolist() == ["u4", 400]
    assert found(rows().assign(negara="Indonesia", kode=1)).empty


def test_rare_codes_without_a_label_are_found(found):
    frame = rows()
    frame.loc[[1, 5], "sex"] = "X"
    table = found(frame)
    assert table.loc["KP209", ["column", "rows", "count"]].tolist() == ["sex", [1, 5], 2]
    assert table.loc["KP209", "message"] == "answers that the codebook does not list: 'X' (2 rows)"


def test_scales_and_amounts_with_a_few_labels_need_no_more(found):
    named = book(lama=Item("lama", values={0: "Tidak pernah", 96: "Lebih dari 95"}))
    assert found(rows().assign(lama=np.arange(400) % 90), named).empty


@pytest.mark.parametrize(("value", "reads"), [(-1, "-1"), (121, "121"), (999, "999")])
def test_ages_that_nobody_has_are_found(found, value, reads):
    frame = rows().rename(columns={"age": "Umur responden"})
    assert found(frame).empty
    frame.loc[[0, 9], "Umur responden"] = value
    table = found(frame)
    assert table.loc["KP210", ["column", "rows", "count"]].tolist() == ["Umur responden", [0, 9], 2]
    assert f"ages that cannot be: {reads}" in table.loc["KP210", "message"]


def test_groups_of_ages_years_of_birth_and_declared_codes_are_no_ages(found):
    frame = rows().assign(kelompok_umur=np.arange(400) % 5 * 100, usia_kode=1950 + np.arange(400) % 60)
    frame.loc[:5, "age"] = 999
    assert found(frame, book(age=Item("age", missing={999: "Menolak"}))).empty


@pytest.mark.parametrize("code", [99, 999, -1, -9, 98])
def test_codes_far_from_all_answers_are_found(found, code):
    frame = rows()
    frame.loc[[4, 6], "education"] = code
    table = found(frame)
    assert table.index.tolist() == ["KP211"]
    assert table.loc["KP211", ["column", "rows"]].tolist() == ["education", [4, 6]]
    assert f"{code} (2 rows), while all others are 1 to 5" in table.loc["KP211", "message"]
    assert found(frame, book(education=Item("education", missing={code: "Menolak"}))).empty
    assert "KP211" not in found(frame, book(education=Item("education", values={**dict.fromkeys(range(1, 6), "x"), code: "Lainnya"}))).index


def test_codes_among_the_answers_are_answers(found):
    rng = np.random.default_rng(1)
    frame = rows().assign(
        biaya=rng.integers(0, 200, 400), selisih=rng.integers(-2, 3, 400), tangga=rng.integers(1, 10, 400), setuju=rng.integers(-1, 2, 400)
    )
    frame.loc[0, ["biaya", "tangga"]] = [99, 9]
    assert found(frame).empty


def test_codes_whose_labels_say_that_there_was_no_answer_are_found(found):
    named = book(education=Item("education", values={**dict.fromkeys(range(1, 6), "x"), 8: {"id": "Tidak tahu", "en": "Do not know"}}))
    frame = rows()
    assert found(frame, named).empty
    frame.loc[[2, 3], "education"] = 8
    table = found(frame, named)
    assert table.index.tolist() == ["KP212"]
    assert table.loc["KP212", ["column", "rows"]].tolist() == ["education", [2, 3]]
    assert "8 'Tidak tahu'" in table.loc["KP212", "message"]


def test_guesses_that_await_a_reader_are_a_note(found):
    table = found(rows(), book(age=Item("age", guessed=("type",)), education=Item("education", guessed=("scale",))))
    assert table.loc["KP240", ["severity", "message"]].tolist() == [
        "note",
        "2 items of the codebook have attributes that were guessed: 'age', 'education'",
    ]


def test_the_items_of_a_specification_are_those_of_the_index(found):
    from kepuasan import IndexSpec

    table = found(rows().assign(u3=np.nan), spec=IndexSpec([name for name in ITEMS if name != "u3"]))
    assert table.index.tolist() == ["KP213"]


def test_one_answer_of_few_respondents_is_odd_only_where_the_other_items_make_it_so(found):
    # 15 honest answers of 4 on a scale where nearly all are 4 were a warning
    rng = np.random.default_rng(5)
    frame = rows().head(15).copy()
    frame[ITEMS] = np.where(rng.random((15, 9)) < 0.95, 4, 3)
    frame["u4"] = 4
    assert "KP208" not in found(frame).index
    frame[ITEMS] = np.where(rng.random((15, 9)) < 0.5, 4, 3)
    frame["u4"] = 4
    assert found(frame).loc["KP208", "column"] == "u4"


@pytest.mark.parametrize("word", ["tiga puluh", "-", "45 th", "45tahun", "tidak tahu"])
def test_words_among_numbers_are_named_since_the_column_is_text_for_them(found, word):
    # an age column with one such cell was read as text in silence
    ages = rows()["age"].astype(str)
    ages[[4, 9]] = word
    table = found(rows().assign(age=ages))
    assert table.loc["KP219", ["severity", "column", "rows"]].tolist() == ["warning", "age", [4, 9]]
    assert repr(word) in table.loc["KP219", "message"]


def test_numbers_of_houses_and_codes_with_letters_are_texts(found):
    houses = [f"{place}A" if place % 40 == 0 else str(place) for place in range(400)]
    codes = np.where(np.arange(400) % 50 == 0, "X1", (np.arange(400) % 20).astype(str))
    assert found(rows().assign(rumah=houses, kode=codes, ya=np.tile(["ya", "1"], 200))).empty
