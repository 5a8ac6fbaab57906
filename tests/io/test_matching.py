"""Columns to items: which name wins, what is refused, and that all that a file says follows the new names."""

from __future__ import annotations

import pandas as pd
import pytest

from kepuasan.codebook import Codebook, Item, Multiple
from kepuasan.design import Design
from kepuasan.io.drafting import settled
from kepuasan.io.matching import design_for, matched, names_for, renamed_columns
from kepuasan.io.raw import Raw


def raw(*columns, **parts):
    return Raw(pd.DataFrame({column: [place, place + 1] for place, column in enumerate(columns)}), "a.csv, text", file="a.csv", **parts)


def book(*items, **parts):
    return Codebook({item.name: item for item in items}, **parts)


def codes(made):
    return [(problem.code, problem.column) for problem in made.problems]


def test_columns_of_their_items_names_stay_and_nothing_is_noted():
    made = matched(raw("speed", "age", "w"), book(Item("age"), Item("speed")))
    assert list(made.frame.columns) == ["speed", "age", "w"]
    assert made.problems == ()


def test_the_column_that_an_item_states_takes_its_name():
    made = matched(raw("q1", "q2"), book(Item("speed", column="q2"), Item("ease", column="q1")))
    assert list(made.frame.columns) == ["ease", "speed"]
    assert made.frame["speed"].tolist() == [1, 2]
    assert made.problems == ()


def test_two_items_may_swap_their_columns():
    made = matched(raw("a", "b"), book(Item("a", column="b"), Item("b", column="a")))
    assert list(made.frame.columns) == ["b", "a"]
    assert made.frame["a"].tolist() == [1, 2]
    assert made.problems == ()


def test_an_item_whose_stated_column_is_absent_has_the_column_of_its_name():
    assert list(matched(raw("speed"), book(Item("speed", column="q1"))).frame.columns) == ["speed"]


def test_a_stated_column_beside_one_of_the_items_name_is_refused():
    made = matched(raw("q1", "speed"), book(Item("speed", column="q1")))
    assert codes(made) == [("KP171", "speed")]
    assert made.problems[0].values["columns"] == "'q1', 'speed'"
    assert made.problems[0].severity == "error"


def test_a_platforms_spelling_of_a_name_is_found_and_noted():
    made = matched(raw("layanan/speed", "layanan/staff/ease", platform="KoboToolbox"), book(Item("speed"), Item("ease")))
    assert list(made.frame.columns) == ["speed", "ease"]
    assert codes(made) == [("KP172", "speed"), ("KP172", "ease")]
    assert made.problems[0].severity == "note"


def test_two_groups_with_one_name_are_refused():
    made = matched(raw("loket/speed", "daring/speed", platform="KoboToolbox"), book(Item("speed")))
    assert codes(made) == [("KP171", "speed")]
    assert "'loket/speed', 'daring/speed'" in made.problems[0].message()


@pytest.mark.parametrize(
    "column", ["Seberapa cepat petugas?", "seberapa  CEPAT petugas", "How fast was the officer?", "Kecepatan", "Speed", "SPEED "]
)
def test_a_column_may_be_called_as_the_question_or_label_in_either_language(column):
    question = {"id": "Seberapa cepat petugas?", "en": "How fast was the officer?"}
    made = matched(raw("no", column), book(Item("u1", {"id": "Kecepatan", "en": "Speed"}, question=question)))
    assert list(made.frame.columns) == ["no", "u1"]
    assert codes(made) == [("KP172", "u1")]
    assert column in made.problems[0].message("id")


def test_case_and_blanks_in_a_name_make_no_difference_unless_another_column_has_the_name_itself():
    assert list(matched(raw("U1"), book(Item("u1"))).frame.columns) == ["u1"]
    assert list(matched(raw("U1", "u1"), book(Item("u1"))).frame.columns) == ["U1", "u1"]


def test_a_name_goes_before_a_label():
    made = matched(raw("SPEED", "Kecepatan"), book(Item("speed", "Kecepatan")))
    assert list(made.frame.columns) == ["speed", "Kecepatan"]


def test_the_second_header_row_may_hold_the_question():
    made = matched(raw("Q3", labels={"Q3": "Kecepatan petugas"}), book(Item("speed", "Kecepatan petugas")))
    assert list(made.frame.columns) == ["speed"]
    assert made.labels == {"speed": "Kecepatan petugas"}


def test_a_text_of_two_items_or_two_columns_finds_none():
    twice = matched(raw("Kecepatan"), book(Item("u1", "Kecepatan"), Item("u2", "Kecepatan")))
    assert codes(twice) == [("KP170", "u1"), ("KP170", "u2")]
    assert twice.problems[0].values["nearest"] == "'Kecepatan'"
    columns = matched(raw("Kecepatan", "kecepatan?"), book(Item("u1", "Kecepatan")))
    assert codes(columns) == [("KP170", "u1")]


@pytest.mark.parametrize(
    "column", ["4. Kecepatan petugas", "Q4) Kecepatan petugas", "(4) kecepatan petugas?", "u1 (Kecepatan petugas)", "U1 - Kecepatan petugas"]
)
def test_a_number_or_the_items_name_beside_a_question_makes_no_difference(column):
    # no column was found (KP170)
    made = matched(raw("no", column), book(Item("u1", "Kecepatan petugas")))
    assert list(made.frame.columns) == ["no", "u1"]
    assert list(matched(raw("Kecepatan petugas"), book(Item("u1", "7. Kecepatan petugas"))).frame.columns) == ["u1"]


def test_numbers_tell_questions_of_one_text_apart():
    numbered = matched(raw("1. Puas?", "2. Puas?"), book(Item("a", "2. Puas?"), Item("b", "1. Puas?")))
    assert list(numbered.frame.columns) == ["b", "a"]
    assert codes(matched(raw("1. Puas?", "2. Puas?"), book(Item("a", "Puas?")))) == [("KP170", "a")]


def test_a_question_is_found_below_its_groups_by_its_text():
    # exports with labels as headers ended in KP170
    label = "Bagaimana Bapak/Ibu menilai petugas?"
    made = matched(raw(f"A. Layanan/Loket/{label}", platform="KoboToolbox"), book(Item("u1", label)))
    assert list(made.frame.columns) == ["u1"]
    assert codes(made) == [("KP172", "u1")]


def test_options_are_found_behind_the_joined_column_by_code_or_label():
    # options of a question with a "/" in its text found no column and were read from the joined one
    question = "Saluran yang Bapak/Ibu pakai?"
    channel = Multiple("k", question, {"a": "k/a", "b": "k/b"}, joined="k")
    given = book(Item("k/a", f"{question}: Telepon/WA"), Item("k/b", f"{question}: Situs"), multiples={"k": channel})
    made = matched(raw(f"G/{question}", f"G/{question}/Telepon/WA", f"G/{question}/Situs", f"G/{question}/Pos", platform="KoboToolbox"), given)
    assert list(made.frame.columns) == ["k", "k/a", "k/b", f"G/{question}/Pos"]
    assert list(matched(raw("k_a", "k_b"), given).frame.columns) == ["k/a", "k/b"]


@pytest.mark.parametrize("column", ["Saluran? / Lainnya (sebutkan)", "k[other]", "k_other", "Saluran?: Other (please specify)"])
def test_the_column_of_other_answers_is_that_of_the_option_other(column):
    channel = Multiple("k", "Saluran?", {"a": "k/a", "x": "k/x"})
    given = book(Item("k/a"), Item("k/x", "Saluran?: Lainnya"), multiples={"k": channel})
    assert list(matched(raw("k/a", column), given).frame.columns) == ["k/a", "k/x"]
    assert "k/x" not in matched(raw("k/a", "k_otherwise"), given).frame.columns


def test_items_that_forms_make_by_themselves_need_no_column():
    # items such as deviceid of a form were refused where the file does not have them (KP170)
    made = matched(raw("speed"), book(Item("speed"), Item("deviceid", type="text"), Item("meta/_uuid", type="text"), Item("start", scale=None)))
    assert codes(made) == [("KP178", "deviceid"), ("KP178", "meta/_uuid"), ("KP178", "start")]
    assert {problem.severity for problem in made.problems} == {"note"}


def test_a_codebook_of_another_wide_file_is_refused_without_delay():
    # 3000 items against 3000 columns took 8 minutes, all for the nearest columns
    wide = Raw(pd.DataFrame([range(600)], columns=[f"Seberapa puas dengan hal nomor {one}?" for one in range(600)]), "a.csv")
    made = matched(wide, book(*(Item(f"x{one}", f"Pertanyaan lain {one}") for one in range(600))))
    assert len(made.problems) == 600
    assert {problem.code for problem in made.problems} == {"KP170"}


def test_items_without_a_column_are_all_named_with_the_nearest_one():
    made = matched(raw("speed", "ages"), book(Item("speed"), Item("age"), Item("zzz")))
    assert [(one.code, one.column, one.values["nearest"]) for one in made.problems] == [("KP170", "age", "'ages'"), ("KP170", "zzz", "-")]


def test_an_item_of_a_repeated_group_is_refused_with_that_reason():
    made = matched(raw("children[1]/name", "children[2]/name", platform="KoboToolbox"), book(Item("name")))
    assert codes(made) == [("KP176", "name")]
    assert "repeated group" in made.problems[0].message()


def test_options_of_a_question_need_no_column_where_the_joined_one_is_there():
    channel = Multiple("channel", "Saluran yang dipakai", {"sms": "channel/sms", "web": "channel/web"}, joined="channel")
    given = book(Item("channel/sms"), Item("channel/web"), multiples={"channel": channel})
    assert matched(raw("channel"), given).problems == ()
    by_question = matched(raw("Saluran yang dipakai?"), given)
    assert list(by_question.frame.columns) == ["channel"]
    assert codes(by_question) == [("KP172", "channel")]
    assert codes(matched(raw("age"), given)) == [("KP170", "channel/sms"), ("KP170", "channel/web")]


def test_what_the_file_says_of_a_column_follows_its_new_name():
    mentioned = Multiple("m", "Saluran", {1: "V1"}, counted=1)
    written = Raw(
        pd.DataFrame({"V1": [3.5], "V2": [1]}),
        "a.sav",
        items={"V1": Item("V1", "Kecepatan", values={1: "Lambat"})},
        multiples={"m": mentioned},
        texts=lambda names: pd.DataFrame({"V1": ["3.50"], "V2": ["1"]})[list(names)],
    )
    made = matched(written, book(Item("speed", column="V1")))
    assert made.items["speed"].name == "speed"
    assert made.multiples["m"].items == {1: "speed"}
    assert made.texts(["speed"])["speed"].tolist() == ["3.50"]
    assert made.texts(["V2", "speed"]).columns.tolist() == ["V2", "speed"]


def test_a_design_may_name_columns_as_the_file_or_as_the_codebook_does():
    given = book(Item("w", "Bobot"), Item("region", column="prov"), design={"weight": "Bobot", "strata": ["prov", "kind"]})
    reading = settled(matched(raw("Bobot", "prov", "kind"), given), given)
    assert reading.codebook.design == {"weight": "w", "strata": ["region", "kind"]}
    assert renamed_columns(reading) == {"Bobot": "w", "prov": "region"}
    assert design_for(Design("Bobot", "prov", single_psu="adjust"), reading) == Design("w", "region", single_psu="adjust")
    assert design_for(Design("w", "region"), reading) == Design("w", "region")


def test_a_column_that_only_the_design_names_is_found_under_its_group():
    given = book(Item("speed"), design={"weight": "bobot"})
    made = matched(raw("speed", "meta/bobot", platform="KoboToolbox"), given)
    assert list(made.frame.columns) == ["speed", "bobot"]


def test_a_name_that_is_still_a_column_is_that_column():
    assert names_for("b", {"b": "a", "a": "b"}, ["b", "a"]) == "b"
    assert names_for(None, {"b": "a"}, ["a"]) is None
