"""`kepuasan explain`: every code in full, in both languages."""

import re

import pytest

from kepuasan.cli.checking.examples import EXAMPLES
from kepuasan.cli.checking.explaining import codes, explained
from kepuasan.problems import Problem
from kepuasan.wording import CATALOGUE
from kepuasan.wording.problems import ERRORS, WORDS


@pytest.mark.parametrize("written", ["KP132", "kp132", "132", "KP-132", " kp 132 "])
def test_a_code_is_explained_however_it_is_written(call, written):
    result = call("explain", written, "--lang", "en")
    assert result.exit_code == 0
    text = " ".join(result.output.split())
    assert text.startswith("KP132 (warning) What it means: ... rows at the end of the table are no respondents")
    assert "Why it matters: A row of totals or means that is read as a respondent moves every number." in text
    assert "An example: 2 rows at the end of the table are no respondents and are left out: 'Jumlah', 'NRR per unsur'." in text
    assert "To do: Delete them from the file" in text


def test_codes_are_explained_in_indonesian_unless_asked_otherwise(call):
    text = " ".join(call("explain", "KP055").output.split())
    assert text.startswith("KP055 (kesalahan) Artinya: Ada ... strata yang sampelnya hanya satu unit")
    assert 'Tindakan: Gabungkan dengan strata yang mirip, atau tulis single_psu = "adjust"' in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_code_has_words_that_a_terminal_has_room_for(language):
    for code in codes():
        lines = explained(code, language)
        assert lines[0].startswith(code)
        assert len(lines) > 2
        assert max(map(len, lines)) <= 100
        assert not any(re.search(r"\{\w*\}|\{\w+[:!]", line) for line in lines)


def test_every_error_says_why_it_matters():
    assert not [code for code in sorted(ERRORS) if f"{code}.why" not in CATALOGUE]
    assert not [key for key in CATALOGUE if key.endswith(".why") and key.startswith("KP") and key.removesuffix(".why") not in codes()]


def test_every_code_with_places_has_an_example_that_fills_them():
    places = {code: re.findall(r"\{(\w+)", WORDS[code]["en"] + WORDS[f"{code}.advice"]["en"]) for code in codes()}
    assert [code for code, names in places.items() if set(names) - {"text"} and set(EXAMPLES.get(code, ())) != set(names)] == []
    assert all(Problem(code, EXAMPLES[code]).said(language) for code in EXAMPLES for language in ("id", "en"))


def test_an_unknown_code_names_the_nearest(call):
    result = call("explain", "KP134x", "--lang", "en")
    assert (result.exit_code, "there is no code 'KP134x', they look like KP132" in result.stderr) == (2, True)
    result = call("explain", "137", "--lang", "en")
    assert (result.exit_code, "the nearest are KP135, KP136, KP138" in result.stderr) == (2, True)


def test_without_a_code_all_are_listed_as_check_does(call):
    assert call("explain", "--lang", "en").output == call("check", "--codes", "--lang", "en").output
