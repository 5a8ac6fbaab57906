"""Elements of the SKM are told by what questionnaires call them."""

import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.errors import DataError
from kepuasan.standards.catalogue import STANDARDS
from kepuasan.standards.unsur import element_of, find_unsur, left_out, names_of, require_elements

NEW, OLD, OLDEST = STANDARDS["14/2017"], STANDARDS["16/2014"], STANDARDS["25/2004"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kesesuaian persyaratan pelayanan dengan jenis pelayanannya", "persyaratan"),
        ("Kemudahan prosedur pelayanan di unit ini", "prosedur"),
        ("Sistem, Mekanisme dan Prosedur", "prosedur"),
        ("Kecepatan waktu dalam memberikan pelayanan", "waktu"),
        ("Kewajaran biaya/tarif dalam pelayanan", "biaya"),
        ("Kesesuaian produk pelayanan antara yang tercantum dalam standar dengan hasil yang diberikan", "produk"),
        ("Kompetensi/kemampuan petugas dalam pelayanan", "kompetensi"),
        ("Perilaku petugas terkait kesopanan dan keramahan", "perilaku"),
        ("Penanganan Pengaduan, Saran dan Masukan", "pengaduan"),
        ("Kualitas sarana dan prasarana", "sarana"),
        ("U1", "persyaratan"),
        ("u07", "perilaku"),
        ("SARANA", "sarana"),
        ("Facilities", "sarana"),
        ("u8", None),
        ("u9", None),
        ("saran", None),
        ("umur", None),
    ],
)
def test_a_question_a_header_or_a_number_tells_its_element(text, name):
    found = element_of(text, NEW)
    assert (None if found is None else found.name) == name


@pytest.mark.parametrize(
    ("standard", "text", "name"),
    [
        (OLDEST, "Kepastian biaya pelayanan", "kepastian_biaya"),
        (OLDEST, "Kepastian jadwal pelayanan", "kepastian_jadwal"),
        (OLDEST, "Kewajaran biaya pelayanan", "kewajaran_biaya"),
        (OLDEST, "Kesopanan dan keramahan petugas", "kesopanan"),
        (OLDEST, "u1", None),
        (OLD, "Maklumat pelayanan", "maklumat"),
        (OLD, "Sarana", None),
    ],
)
def test_older_rules_have_elements_of_their_own(standard, text, name):
    found = element_of(text, standard)
    assert (None if found is None else found.name) == name


def test_every_label_of_every_rule_tells_its_own_element():
    for standard in (NEW, OLD, OLDEST):
        for element in standard.elements:
            assert {element_of(label, standard).name for label in element.label.values()} == {element.name}
            assert element_of(element.label["id"].replace(" ", "_"), standard) is not None


def test_eight_numbers_were_numbered_anew_and_tell_nothing():
    assert set(names_of({f"u{number}": [f"u{number}"] for number in range(1, 9)}, NEW).values()) == {None}
    some = {f"u{number}": [f"u{number}"] for number in (1, 2, 3, 5, 6, 7, 8, 9)}
    assert names_of(some, NEW)["u5"] == "produk"


def test_numbered_columns_are_found_in_the_order_of_their_numbers():
    frame = pd.DataFrame({f"U{number}": [1, 2] for number in (10, 9, 8, 7, 6, 5, 4, 3, 2, 1)} | {"nama": ["a", "b"]})
    assert list(find_unsur(kp.Survey(frame), NEW)) == [f"U{number}" for number in range(1, 11)]


def test_columns_of_text_are_no_elements_whatever_they_are_called():
    frame = pd.DataFrame({element.name: [1, 2] for element in NEW.elements} | {"waktu": ["pagi", "sore"], "kecepatan": [3, 3]})
    found = find_unsur(kp.Survey(frame), NEW)
    assert found["kecepatan"] == "waktu"
    assert "waktu" not in found


def test_an_element_that_the_tariff_is_not_must_be_there_or_be_left_out_on_purpose():
    names = {element.name: element.name for element in NEW.elements if element.name not in ("biaya", "sarana")}
    with pytest.raises(DataError, match="missing is 'sarana'"):
        require_elements(names, NEW, (), "give it")
    require_elements(names, NEW, ["sarana"], "give it")
    assert left_out(names, ["sarana", "waktu"], NEW) == {"waktu"}
    assert left_out(names, ["produk"], NEW) == {"produk"}
