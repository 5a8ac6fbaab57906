"""Answers given as text: found by label, code, declared spelling and initials, never by likeness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepuasan.codebook import AnswerScale, Item
from kepuasan.codebook.spellings import answers_of, folded, spellings_of
from kepuasan.scales import Scale

PUAS = AnswerScale(
    "puas",
    Scale(1, 4),
    {
        1: {"id": "Sangat tidak puas", "en": "Very dissatisfied"},
        2: {"id": "Tidak puas", "en": "Dissatisfied"},
        3: {"id": "Puas", "en": "Satisfied"},
        4: {"id": "Sangat puas", "en": "Very satisfied"},
    },
    {4: ("mantap",)},
)
SPEED = Item("speed", scale="puas", missing={8: {"id": "Tidak tahu", "en": "Don't know"}, 9: "Menolak"}, spellings={1: ("jelek sekali", "0")})


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Sangat  PUAS", "sangat puas"),
        ("sangat\u00a0puas\n", "sangat puas"),
        ("sangat_puas", "sangat puas"),
        ("Sangat-puas!", "sangat puas"),
        ("\uff33angat\u200b puas", "sangat puas"),
        ("4 - Puas", "4 puas"),
        ("4. Puas", "4 puas"),
        ("4) Puas", "4 puas"),
        ("(4) Puas", "4 puas"),
        ("4=Puas", "4 puas"),
        ("4: Puas", "4 puas"),
        ("Puas (4)", "puas 4"),
        ("Don\u2019t know", "dont know"),
        ("-1", "-1"),
        ("(\u22121) Menolak", "-1 menolak"),
        ("1-2", "1-2"),
        ("1 \u2013 2 hari", "1-2 hari"),
        ("2026-05-14", "2026-05-14"),
        ("Rp 1.000 - 2.000", "rp 1.000-2.000"),
        ("Q1-2", "q1 2"),
        ("17-an", "17 an"),
        ("Rp1.000,50", "rp1.000,50"),
        ("< 5 %", "<5%"),
        ("<= 5", "<=5"),
        ("\u2264 5", "<=5"),
        ("Ya / Tidak", "ya/tidak"),
        ("---", "---"),
        ("  ", ""),
        ("😀", "😀"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
    ],
)
def test_a_text_is_folded_to_what_it_says(text, plain):
    assert folded(text) == plain


@given(st.text(max_size=12))
def test_blanks_around_a_text_and_its_case_make_no_difference(text):
    assert folded(f" {text}\t") == folded(text)
    assert folded(text).strip() == folded(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            ("sangat puas", 4),
            ("SANGAT PUAS", 4),
            ("Very satisfied", 4),
            ("4", 4),
            ("4 - Sangat puas", 4),
            ("Sangat puas (4)", 4),
            ("(4) sangat_puas", 4),
        ),
        *(
            ("SP", 4),
            ("tp", 2),
            ("STP", 1),
            ("P", 3),
            ("sgt puas", 4),
            ("sgt tdk puas", 1),
            ("sangatpuas", 4),
            ("mantap", 4),
            ("Jelek sekali!", 1),
            ("0", 1),
        ),
        *(("menolak", 9), ("9. Menolak", 9), ("TT", 8), ("dont know", 8), ("VS", 4), ("D", 2), ("S", 3)),
    ],
)
def test_an_answer_is_found_as_people_write_it(text, code):
    assert spellings_of(SPEED, PUAS)[folded(text)] == code


@pytest.mark.parametrize("text", ["sngat puas", "puass", "sangat", "5", "4 - Puas", "", "tidak"])
def test_what_is_only_alike_is_unknown(text):
    assert folded(text) not in spellings_of(SPEED, PUAS)


def test_initials_that_two_labels_share_are_left_out():
    item = Item("x", values={1: "Jawa Barat", 2: "Jawa Tengah", 3: "Jawa Timur", 4: "Bali"})
    found = spellings_of(item)
    assert (found["jb"], "jt" in found, "b" in found) == (1, False, False)


def test_letters_stand_for_single_words_only_on_a_ladder_or_for_yes_and_no():
    agree = spellings_of(Item("x", values={1: "Sangat tidak setuju", 2: "Tidak setuju", 3: "Netral", 4: "Setuju", 5: "Sangat setuju"}))
    assert [agree[text] for text in ("sts", "ts", "n", "s", "ss")] == [1, 2, 3, 4, 5]
    assert [spellings_of(Item("x", values={1: "Ya", 2: "Tidak"})).get(text) for text in "yt"] == [1, 2]
    assert "p" not in spellings_of(Item("x", values={1: "Pria", 2: "Wanita"}))


def test_repeated_words_may_be_written_with_a_two():
    assert spellings_of(Item("x", values={2: "Kadang-kadang", 3: "Sering"}))["kadang2"] == 2


def test_a_text_that_stands_for_two_codes_is_left_out():
    found = spellings_of(Item("x", values={1: "Sama", 2: "sama", 3: {"id": "Lain", "en": "Other"}, 4: {"id": "Other", "en": "Else"}}))
    assert {"sama", "other"} & set(found) == set()
    assert (found["lain"], found["else"], found["1 sama"]) == (3, 4, 1)


def test_a_declared_spelling_comes_before_initials():
    item = Item("x", values={1: "Sangat puas", 2: "Puas"}, spellings={2: ("SP",)})
    assert spellings_of(item)["sp"] == 2


def test_a_label_that_is_the_code_of_another_answer_is_left_out():
    found = spellings_of(Item("x", values={1: "5", 5: "1"}))
    assert "1" not in found
    assert "5" not in found


def test_answers_are_those_of_the_scale_on_which_it_was_asked():
    ten = AnswerScale("ten", Scale(1, 10), {1: "Buruk", 10: "Baik"})
    item = Item("x", scale="puas", values=PUAS.labels, asked_scale="ten", missing={99: "Menolak"})
    assert list(answers_of(item, ten)) == [1, 10]
    found = spellings_of(item, ten)
    assert (found["baik"], found["menolak"], "puas" in found) == (10, 99, False)


def test_codes_that_are_texts_or_broken_numbers_are_found():
    found = spellings_of(Item("x", type="text", values={"L": "Laki-laki", "P": "Perempuan"}))
    assert [found[folded(text)] for text in ("l", "laki laki", "LL", "perempuan")] == ["L", "L", "L", "P"]
    half = spellings_of(Item("x", values={2.5: "Setengah"}))
    assert half["2,5"] == half["2.5"] == 2.5


def test_tags_of_empty_cells_are_no_answers():
    assert spellings_of(Item("x", missing={".a": "Menolak"})) == {}


def test_a_range_in_an_answer_is_not_taken_for_a_code_and_its_label():
    # "1-3 hari" stood for both, and so for none: the label of 2, and code 1 with the label "3 hari"
    found = spellings_of(Item("x", values={1: "3 hari", 2: "1-3 hari", 3: "4-6 hari"}))
    assert [found.get(folded(text)) for text in ("1-3 hari", "1 \u2013 3 Hari", "1. 3 hari", "(1) 3 hari", "4-6", "3-4 hari")] == [
        2,
        2,
        1,
        1,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("values", "text", "code"),
    [
        ({1: "1 kali", 2: "2 kali", 3: "3 kali atau lebih"}, "2 kali", 2),
        ({1: "2 kali", 2: "3 kali"}, "2 kali", 1),
        ({4: "1 orang", 5: "5 orang atau lebih"}, "5 orang atau lebih", 5),
        ({5: "orang atau lebih", 6: "5 orang atau lebih"}, "5 orang atau lebih", 6),
        ({1: "Kurang", 3: "Cukup"}, "3. Cukup", 3),
        ({1: "Kurang", 2: "Cukup", 3: "Baik"}, "3. Cukup", None),
        ({1: "Puas", 2: "Puas"}, "Puas", None),
        ({1: "Puas", 2: "Puas"}, "2 = Puas", 2),
        ({1: "Café", 2: "Warung"}, "Cafe\u0301", 1),
        ({1: "Sangat setuju", 2: "Sering sekali"}, "SS", None),
        ({1: "Puas", 2: "Tidak puas"}, "Tidak  Puas", 2),
        ({1: "Puas", 2: "Sangat puas"}, "puas sekali", None),
    ],
)
def test_numbers_in_a_label_are_part_of_it(values, text, code):
    assert spellings_of(Item("x", values=values)).get(folded(text)) == code
