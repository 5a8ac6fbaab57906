"""What names and labels tell."""

from __future__ import annotations

import pytest

from kepuasan.codebook import Item
from kepuasan.codebook.roles import IDENTIFIERS, WEIGHTS, compact, is_made_by_form, says_no_answer


@pytest.mark.parametrize(
    "label",
    [
        "Tidak tahu",
        "TIDAK MENJAWAB",
        "Menolak menjawab",
        "(-2) Don't know",
        "[TIDAK DIBACAKAN] Tidak tahu",
        "DK/refused",
        "Not applicable",
        "(Tidak tahu)",
        "Tidak tahu/tidak menjawab",
        "Tidak bersedia menjawab",
        "Prefer not to say",
    ],
)
def test_labels_of_no_answer_are_known(label):
    assert says_no_answer(label)


@pytest.mark.parametrize(
    "label",
    [
        "Tidak tahu cara melapor",
        "Petugas tidak menjawab",
        "SURPRISED -- DON'T KNOW WHY",
        "Menolak membayar",
        "Puas",
        "",
        "Tidak",
        "Ragu-ragu",  # the middle of many scales; it was taken for no answer
    ],
)
def test_labels_that_are_answers_are_told_apart(label):
    assert not says_no_answer(label)


@pytest.mark.parametrize("name", ["No. Responden", "meta/instanceID", "Respondent ID", "_uuid", "ResponseId", "id", "nomor_urut"])
def test_names_of_identifiers_are_known(name):
    assert compact(name) in IDENTIFIERS


@pytest.mark.parametrize(
    ("name", "is_one"), [("Bobot akhir", True), ("w", True), ("final_weight", True), ("berat badan", False), ("bobot jawaban", False)]
)
def test_names_of_weights_are_known(name, is_one):
    assert (compact(name) in WEIGHTS) is is_one


@pytest.mark.parametrize(
    ("item", "made"),
    [
        (Item("start", type="datetime"), True),
        (Item("meta/instanceID", type="text"), True),
        (Item("_validation_status", type="text"), True),
        (Item("submitdate", type="datetime"), True),
        (Item("end", values={1: "Awal", 2: "Akhir"}), False),
        (Item("start", question="Kapan Anda mulai bekerja?"), False),
        (Item("tanggal", type="date"), False),
        (Item("status"), False),
    ],
)
def test_what_forms_make_by_themselves_is_told_from_what_was_asked(item, made):
    assert is_made_by_form(item) is made


def test_numbers_of_respondents_written_short_are_identifiers():
    assert {compact("NO. RESP"), compact("nomor_resp")} <= IDENTIFIERS
