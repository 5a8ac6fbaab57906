"""The 38 provinces: their codes, and what names and numbers are taken for them."""

import pytest

from kepuasan.display.provinces import PROVINCES, placed, province_of

#: numbers of the statistics office (BPS) since the provinces of 2022, and the codes of ISO 3166-2:ID
NUMBERS = {
    "11": "AC", "12": "SU", "13": "SB", "14": "RI", "15": "JA", "16": "SS", "17": "BE", "18": "LA", "19": "BB", "21": "KR",
    "31": "JK", "32": "JB", "33": "JT", "34": "YO", "35": "JI", "36": "BT", "51": "BA", "52": "NB", "53": "NT",
    "61": "KB", "62": "KT", "63": "KS", "64": "KI", "65": "KU", "71": "SA", "72": "ST", "73": "SN", "74": "SG", "75": "GO", "76": "SR",
    "81": "MA", "82": "MU", "91": "PB", "92": "PD", "94": "PA", "95": "PS", "96": "PT", "97": "PE",
}  # fmt: skip
#: those of the Ministry of Home Affairs that differ
MINISTRY = {"91": "PA", "92": "PB", "93": "PS", "94": "PT", "95": "PE", "96": "PD"}


def test_there_are_38_provinces_each_on_a_tile_of_its_own():
    assert len(PROVINCES) == 38
    assert len({one.tile for one in PROVINCES.values()}) == 38
    assert {one.number: one.code for one in PROVINCES.values()} == NUMBERS


def test_tiles_lie_to_each_other_as_provinces_do():
    tile = {code: one.tile for code, one in PROVINCES.items()}
    westward = ["AC", "SU", "RI", "KB", "KI", "ST", "MU", "PA"]
    assert [tile[code][1] for code in westward] == sorted(tile[code][1] for code in westward)
    for north, south in (("SU", "LA"), ("LA", "BT"), ("KU", "KS"), ("GO", "SN"), ("MU", "MA"), ("PA", "PS"), ("JT", "YO"), ("JK", "JB")):
        assert tile[north][0] < tile[south][0]


@pytest.mark.parametrize(
    ("code", "texts"),
    {
        "AC": ["Aceh", "Nanggroe Aceh Darussalam", "D.I. Aceh", "NAD", "ID-AC", "id-ac", "11", "1100"],
        "YO": ["DI Yogyakarta", "D.I. Yogyakarta", "Daerah Istimewa Yogyakarta", "DIY", "Yogyakarta", "Special Region of Yogyakarta"],
        "JK": ["DKI Jakarta", "D.K.I. Jakarta", "Daerah Khusus Ibu Kota Jakarta", "Daerah Khusus Jakarta", "PROV. DKI JAKARTA", "Jakarta"],
        "JB": ["Jawa Barat", "PROVINSI JAWA BARAT", "West Java", "Jabar", " jawa  barat "],
        "SU": ["Sumatra Utara", "North Sumatra", "Sumut"],
        "BB": ["Kep. Bangka Belitung", "Bangka-Belitung", "Babel"],
        "NT": ["Nusa Tenggara Timur", "East Nusa Tenggara", "NTT"],
        "PD": ["Papua Barat Daya", "Southwest Papua", "ID-PD"],
        "PE": ["Papua Pegunungan", "Highland Papua", "ID-PE"],
        "PS": ["Papua Selatan", "ID-PS"],
        "PT": ["Papua Tengah", "Central Papua", "ID-PT"],
    }.items(),
)
def test_a_province_is_known_by_names_old_and_new_and_by_codes(code, texts):
    assert {text: province_of(text) for text in texts} == dict.fromkeys(texts, code)


@pytest.mark.parametrize("text", ["", "Kabupaten Sleman", "Kota Yogyakarta", "Provinsi", "99", "91", "-", "nan", "Bali di luar Kabupaten Badung"])
def test_what_is_no_province_is_not_taken_for_one(text):
    assert province_of(text) is None


@pytest.mark.parametrize("numbers", [NUMBERS, {code: one for code, one in {**NUMBERS, **MINISTRY}.items() if code != "97"}])
def test_all_numbers_of_either_office_are_known(numbers):
    found = placed([int(number) for number in numbers])
    assert found.provinces == {int(number): code for number, code in numbers.items()}
    assert found.unknown == found.ambiguous == found.twice == ()


def test_numbers_that_the_offices_use_differently_are_not_guessed():
    found = placed([11, 91, 94])
    assert found.provinces == {11: "AC"}
    assert found.ambiguous == (91, 94)
    assert found.unknown == ()


def test_a_label_comes_before_a_number():
    assert placed([91, 94, 1], {91: "Papua Barat", 94: "Papua", 1: "Bali"}).provinces == {91: "PB", 94: "PA", 1: "BA"}


def test_two_codes_of_one_province_are_both_named_and_neither_is_placed():
    found = placed(["DIY", "DI Yogyakarta", "Bali", "Atlantis"])
    assert found.provinces == {"Bali": "BA"}
    assert found.twice == ("DIY", "DI Yogyakarta")
    assert found.unknown == ("Atlantis",)
