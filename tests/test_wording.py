"""The catalogue of words: complete in both languages, and careful about causes."""

import re
import string

import pytest

from kepuasan.wording import CATALOGUE, LANGUAGES, incomplete, say


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_text_stands_in_both_languages_with_the_same_placeholders(key):
    texts = CATALOGUE[key]
    assert set(texts) == set(LANGUAGES)
    assert all(text.strip() for text in texts.values())
    assert placeholders(texts["id"]) == placeholders(texts["en"])


def test_no_text_claims_a_cause():
    claims = re.compile(r"\b(caus\w*|because of|due to|menyebabkan|penyebab\w*|disebabkan|akibat\w*|berkat)\b", re.IGNORECASE)
    texts = [text for one in CATALOGUE.values() for text in one.values()]
    assert not [text for text in texts if claims.search(text)]
    assert any("accounts for" in text for text in texts)
    assert any("menyumbang" in text for text in texts)


def test_a_text_is_filled_with_its_values():
    assert say("pair", "id", base="2020", current="2022") == "2020 ke 2022"
    assert say("pair", "en", base="2020", current="2022") == "2020 to 2022"


def test_rows_left_out_are_counted_and_none_is_not_mentioned():
    assert [incomplete(n) for n in (0, 1)] == ["", " (1 row lacks an answer and is left out)"]
    assert incomplete(1130) == " (1,130 rows lack an answer and are left out)"


@pytest.mark.parametrize(
    ("key", "language", "values"), [("no.such.key", "id", {}), ("pair", "fr", {"base": 1, "current": 2}), ("pair", "id", {"base": 1})]
)
def test_an_unknown_key_language_or_placeholder_is_an_error(key, language, values):
    with pytest.raises(KeyError):
        say(key, language, **values)


def test_every_text_can_be_written_on_an_old_windows_terminal():
    assert all(text.encode("cp1252") for one in CATALOGUE.values() for text in one.values())
