"""Joined cells: options that contain the separator, codes, spellings, and what is left over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepuasan.codebook import Codebook, Item, Multiple
from kepuasan.codebook.spellings import folded
from kepuasan.io.multiple.joined import Options, cells_read, options_of


def options(**texts):
    return Options(texts, {folded(text): option for text, option in texts.items()})


def one(text, known, separator=", "):
    cell = cells_read([text], known, separator)[0]
    return sorted(cell.options), cell.rest


LABELS = Options({}, {folded(text): code for text, code in {"Telepon, WhatsApp, atau tatap muka": 1, "Situs web": 2, "Telepon": 3, "SMS": 4}.items()})


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        ("Situs web, SMS", [2, 4], ()),
        ("SMS,Situs web", [2, 4], ()),
        ("Telepon, WhatsApp, atau tatap muka", [1], ()),
        ("SMS, Telepon, WhatsApp, atau tatap muka, Telepon", [1, 3, 4], ()),
        ("Telepon, SMS", [3, 4], ()),
        ("situs WEB ;  sms", [2, 4], ()),
        ("Situs web, lewat tetangga, malam hari, SMS", [2, 4], ("lewat tetangga, malam hari",)),
        ("surat, SMS, faksimile", [4], ("surat", "faksimile")),
        ("surat", [], ("surat",)),
        ("", [], ()),
        (" , ", [], ()),
        ("SMS, SMS", [4], ()),
    ],
)
def test_a_cell_is_cut_into_the_options_of_the_codebook(text, found, rest):
    assert one(text, LABELS) == (found, rest)


def test_the_cut_that_leaves_least_over_wins_over_the_longest_option():
    known = Options({}, {"a b": 1, "b c": 2, "a": 3})
    assert one("a, b, c", known) == ([2, 3], ())


def test_an_option_that_holds_others_comes_before_them():
    known = Options({}, {"a b": 1, "a": 2, "b": 3})
    assert one("a, b", known) == ([1], ())


def test_codes_are_told_apart_by_case():
    known = Options({"a": 1, "A": 2}, {})
    assert one("A", known, " ") == ([2], ())


@given(st.lists(st.sampled_from(["sms", "web", "tatap_muka", "98", "-9"]), unique=True))
def test_codes_joined_by_blanks_are_all_found(chosen):
    known = options(**{code: code for code in ["sms", "web", "tatap_muka", "98", "-9"]})
    assert one(" ".join(chosen), known, " ") == (sorted(chosen), ())


@given(st.lists(st.sampled_from(["Ya, sering", "Ya", "Tidak, belum pernah", "Lupa; tidak ingat"]), unique=True, min_size=1))
def test_labels_with_separators_of_their_own_are_all_found(chosen):
    texts = ["Ya, sering", "Ya", "Tidak, belum pernah", "Lupa; tidak ingat"]
    known = Options({text: text for text in texts}, {})
    assert one(", ".join(chosen), known) == (sorted(chosen), ())


# ---------------------------------------------------------------- the options of a codebook


def channel(**parts):
    return Multiple("kanal", {"id": "Saluran", "en": "Channel"}, {"sms": "kanal/sms", "lain": "kanal/lain"}, joined="kanal", **parts)


def book(multiple, *items):
    return Codebook({item.name: item for item in items}, multiples={multiple.name: multiple})


def test_options_are_known_by_code_label_and_spelling_in_both_languages():
    sms = Item("kanal/sms", {"id": "Saluran: Pesan singkat", "en": "Channel: Text message"}, values={1: "Ya"}, spellings={1: ("WA/SMS",)})
    other = Item("kanal/lain", {"id": "Saluran: Lainnya (sebutkan)", "en": "Channel: Other"})
    found = options_of(channel(), book(channel(), sms, other))
    assert [found.named(text) for text in ("sms", "pesan singkat", "Text message", "wa/sms", "Saluran: Pesan singkat", "lain")] == ["sms"] * 5 + [
        "lain"
    ]
    assert found.named("Saluran") is None
    assert found.other == "lain"


def test_yes_and_no_are_the_labels_of_no_option():
    values = {0: {"id": "Tidak", "en": "No"}, 1: {"id": "Ya", "en": "Yes"}}
    found = options_of(channel(), book(channel(), Item("kanal/sms", "SMS", values=values), Item("kanal/lain", "Surat", values=values)))
    assert (found.named("Ya"), found.named("SMS"), found.other) == (None, "sms", None)


def test_a_label_of_its_own_code_is_the_label_of_an_option():
    items = [Item("kanal/sms", values={1: "Pesan singkat"}), Item("kanal/lain", values={1: "Surat pos"})]
    assert options_of(channel(), book(channel(), *items)).named("surat pos") == "lain"


def test_the_answers_of_the_joined_item_are_options():
    joined = Item("kanal", type="text", values={"sms": "Pesan singkat", "lain": "Yang lain"}, spellings={"sms": ("WA",)})
    found = options_of(channel(), book(channel(), joined, Item("kanal/sms"), Item("kanal/lain")))
    assert [found.named(text) for text in ("Pesan singkat", "wa", "yang lain")] == ["sms", "sms", "lain"]


def test_a_text_of_two_options_is_none():
    items = [Item("kanal/sms", "Saluran: Telepon"), Item("kanal/lain", "Saluran: telepon")]
    assert options_of(channel(), book(channel(), *items)).named("TELEPON") is None


@pytest.mark.parametrize(("label", "other"), [("Lainnya", True), ("Other, please specify", True), ("Other ministries", False), ("Lain kali", False)])
def test_only_an_option_for_any_other_answer_is_other(label, other):
    found = options_of(channel(), book(channel(), Item("kanal/sms", "SMS"), Item("kanal/lain", label)))
    assert (found.other == "lain") is other


_WORDS = ["Telepon", "WA", "a/b", "(lain)", "Jum'at", "1,5 juta", "12", "=", "x;y", "web | situs", "- 1", "atau, dan", "don’t know"]


@given(st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=4, unique_by=folded), st.data())
def test_words_that_rule_a_text_out_rule_out_no_option(labels, data):
    known = Options({}, {folded(label): place for place, label in enumerate(labels)})
    chosen = data.draw(st.lists(st.sampled_from([*labels, "bebas", *_WORDS]), min_size=1, max_size=4))
    cell = cells_read([", ".join(chosen)], known, ", ")[0]
    rest = sum(len(text.split(",")) for text in cell.rest)
    assert rest <= sum(len(text.split(",")) for text in chosen if known.named(text) is None)
