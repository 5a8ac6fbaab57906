"""What is said of a published number: every finding and note in both languages, with the same facts."""

import re

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.display.choices import choice_text, convention_text, element_labels
from kepuasan.reproducing import reproduce
from kepuasan.reproducing.dimensions import EARLY, ROUNDINGS
from kepuasan.reproducing.remarks import Figure, Remark
from kepuasan.wording import CATALOGUE, LANGUAGES

ENGLISH = re.compile(
    r"\b(the|is|are|of|and|but|by|no|not|to|in|as|with|printed|class|means?|weights?|weighted|rows?|items?|units?|lies|range|gives|parts|digit"
    r" one|conventions?|half|decimals?|rounding|answers?|scale|taken|left|first)\b"
)
#: words of both languages
SHARED = {"unit"}
#: keys that put others together, and words that are the same
FRAMES = {"check.unit", "check.both", "check.class.bounds", "reproduce.off"}

NAMES = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]
MEANS = {f"u{place}": mean for place, mean in enumerate(("3.31", "3.35", "3.49", "3.93", "3.45", "3.39", "3.39", "3.76", "3.35"), 1)}
AMAHAI = pd.DataFrame({"Unsur": list(MEANS), "NRR": [3.52, 3.48, 3.35, 3.60, 3.58, 3.72, 3.78, 3.40, 3.42]})
WEIGHTED = ["0.391", "0.386", "0.372", "0.400", "0.397", "0.413", "0.520", "0.377", "0.380"]
UNITS = pd.DataFrame({"unit": ["a", "b", "c"], "ikm": ["80,00", "90,00", "70,00"], "n": ["10", "30", "60"]})


def answers(**more):
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({name: rng.integers(2, 5, 30) for name in NAMES}).assign(unit=["a", "b", "c"] * 10)
    return kp.Survey(frame.assign(**more))


CASES = {
    "class": (MEANS, {"value": "87,28", "class": "A"}, {}),
    "class of a unit": (UNITS.assign(mutu=["B", "A", "B"]), "80,00", {}),
    "range": (MEANS, "8.727,8", {}),
    "inputs, low": (MEANS, "60,00", {}),
    "inputs, high": (MEANS, "87,99", {}),
    "a digit of a convention": (AMAHAI, "87,40", {}),
    "parts": ({"selesai": 15061, "proses": 3189, "belum": 7542}, 25793, {"kind": "parts"}),
    "a digit of parts": ({"a": 27996, "b": 3998, "c": 1000}, 32999, {"kind": "parts"}),
    "parts of which none explains it": ({"a": 27996, "b": 3998, "c": 1000}, 32222, {"kind": "parts"}),
    "a part left out or a digit": ({"a": 300, "b": 30, "c": 4}, 304, {"kind": "parts"}),
    "parts left out": ({"a": 27996, "b": 3998, "c": 1000}, 28996, {"kind": "parts"}),
    "parts twice": ({"a": 27996, "b": 3998, "c": 1000}, 36992, {"kind": "parts"}),
    "weighted means": (AMAHAI.assign(nrrt=WEIGHTED), "90,90", {}),
    "unit index": (pd.DataFrame({"unit": ["a", "b"], **{name: ["3,10", "3,50"] for name in MEANS}, "ikm": ["77,50", "78,50"]}), "82,50", {}),
    "total row": (pd.concat([AMAHAI, pd.DataFrame({"Unsur": ["Jumlah"], "NRR": [30.0]})]), "88,47", {}),
    "total row of units": (pd.concat([UNITS, pd.DataFrame({"unit": ["Total"], "ikm": ["77,00"], "n": ["100"]})]), "77,00", {}),
    "a digit of the sum of weighted means": (AMAHAI.assign(nrrt=[*WEIGHTED[:6], "0.420", *WEIGHTED[7:]]), "87,40", {}),
    "idle units": (UNITS.assign(ikm=["80,00", "90,00", "-"], n=["10", "30", "0"]), "85,00", {}),
    "empty rows": (pd.concat([UNITS, pd.DataFrame({"unit": [None], "ikm": [None], "n": [None]})]), "75,00", {}),
    "a row without a name": (pd.concat([UNITS, pd.DataFrame({"unit": [None], "ikm": ["77,00"], "n": ["100"]})]), "77,00", {}),
    "a row of respondents": (pd.concat([AMAHAI, pd.DataFrame({"Unsur": ["Jumlah Responden"], "NRR": [150.0]})]), "88,47", {}),
    "weights that are not those in use": (AMAHAI.assign(bobot="0,11"), "88,47", {}),
    "elements that numbers do not tell": (kp.Survey(pd.DataFrame({f"u{place}": [3, 4, 2] for place in range(1, 9)})), "75,00", {}),
    "no sizes": (UNITS.drop(columns="n"), "80,00", {}),
    "no scale": ({"speed": 3.1, "ease": 2.9}, "3,0", {}),
    "answers": (answers(), "75,00", {}),
    "answers of units": (answers(waktu=[None] * 15 + [3.0] * 15, unit=["a"] * 15 + ["b"] * 15), "75,00", {"unit": "unit"}),
    "an empty unit": (answers(unit=["a"] * 29 + ["b"], **{name: [3.0] * 29 + [None] for name in NAMES}), "75,00", {"unit": "unit"}),
}


def plain(text):
    """What stands in a text besides names in quotation marks and proper names."""
    return re.sub(r"'[^']*'", "", re.sub(r"\b[\w-]+ \(NRR\)|scale = \[1, 4\]", "", text))


def numbers(text, language):
    found = re.findall(r"\d+(?:[.,]\d+)*", re.sub(r"\d+/\d+|\[\d, \d\]|\(scale=\(1, 4\)\)|\(\d, \d\)", "", text))
    return sorted(one.translate(str.maketrans(",.", ".,")) if language == "id" else one for one in found)


@pytest.mark.parametrize("case", CASES)
def test_findings_and_notes_say_the_same_in_both_languages(case):
    source, published, named = CASES[case]
    found = reproduce(source, published, **named)
    remarks = [*found.finding_remarks, *found.remarks]
    assert remarks
    assert [remark.said("en") for remark in found.finding_remarks] == found.findings["message"].tolist()
    for remark in remarks:
        english, indonesian = remark.said("en"), remark.said("id")
        assert not set(ENGLISH.findall(plain(indonesian))) - SHARED
        assert numbers(english, "en") == numbers(indonesian, "id") or remark.key in ("note.no_scale", "check.conventions")
        assert re.findall("'[^']*'", english) == re.findall("'[^']*'", indonesian)


def test_the_cases_say_all_that_the_catalogue_has_of_findings():
    said = set()

    def gather(remark):
        said.add(remark.key)
        for value in remark.values.values():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, Remark):
                    gather(one)

    for source, published, named in CASES.values():
        found = reproduce(source, published, **named)
        for remark in (*found.finding_remarks, *found.remarks):
            gather(remark)
    rare = {
        "check.parts.some",
        "note.more",
        "note.further",
        "note.scale",
        "note.no_value",
        "note.none_missing.stated",
        "check.none",
    }
    assert sorted({key for key in CATALOGUE if key.startswith(("check.", "note."))} - said - rare) == []


@pytest.mark.parametrize("key", [key for key in CATALOGUE if key.startswith(("check.", "note.", "reproduce.", "choice.", "verdict.", "dimension."))])
def test_no_english_is_left_in_the_indonesian_words_of_published_numbers(key):
    words = CATALOGUE[key]
    bare = re.sub(r"\{\w+\}", "", plain(words["id"]))
    assert not set(ENGLISH.findall(bare)) - SHARED
    assert words["id"] != words["en"] or key in FRAMES


def test_numbers_in_remarks_are_written_as_the_language_does():
    remark = Remark("check.range", {"printed": Figure(1234.5, 1), "low": Figure(25, 0), "high": Figure(100, 0), "hint": ""})
    assert remark.said("id") == "1.234,5 berada di luar rentang yang mungkin, 25 s.d. 100"
    assert remark.said("en") == "1,234.5 lies outside the possible range 25 to 100"


def test_weights_in_percent_are_thought_of_only_where_a_hundredth_is_what_conventions_give():
    assert "weights in percent" in reproduce(MEANS, "8.727,8").findings["message"][0]
    assert "weights in percent" not in reproduce(MEANS, "153").findings["message"][0]  # it was, though 1.53 is nothing either


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("choice", [*EARLY, *ROUNDINGS, "top-1-box", "top-3-box", "66 % answered", "66.5 % answered", "half answered"])
def test_every_choice_has_words(choice, language):
    text = choice_text("early_rounding" if choice in EARLY else "", choice, None, language)
    # "top-3-box" and "66 % answered" were said as they are coded
    assert text != choice or language == "en"
    assert not (language == "id" and set(ENGLISH.findall(text)) - SHARED)
    assert re.findall(r"\d+", text) == re.findall(r"\d+", choice) or choice in ("top-1-box", "half answered")


def test_the_means_of_elements_are_called_nrr():
    assert element_labels(EARLY)["item means to 2"] == "NRR setiap unsur dibulatkan 2 desimal"
    assert convention_text({"early_rounding": "item means to 2"}, ["early_rounding"]) == "rata-rata butir dibulatkan 2 desimal"
