"""All checks together: the table, the problems, the languages, the words."""

import re
import string

import numpy as np
import pandas as pd
import pytest
from quality.surveys import DESIGN, ITEMS, book, rows

from kepuasan import Codebook, IndexSpec, Survey, stack_waves
from kepuasan.errors import ChoiceError, DataError
from kepuasan.quality import check_survey, personal_columns, problems_of
from kepuasan.wording import LANGUAGES, quality


def odd():
    frame = rows()
    frame.loc[[3, 4], "age"] = 999
    frame.loc[5, "respondent"] = "r0000"
    return frame.assign(u2=np.nan, telepon=[f"0812{place:07}" for place in range(400)], kosong=np.nan)


def test_findings_are_a_table_errors_first():
    table = check_survey(Survey(odd(), book(), DESIGN))
    assert list(table.columns) == ["code", "severity", "column", "rows", "count", "message", "advice"]
    assert table["code"].tolist() == ["KP207", "KP200", "KP210", "KP230", "KP215"]
    assert table["severity"].tolist() == ["error", "warning", "warning", "warning", "note"]


def test_nothing_odd_is_an_empty_table():
    table = check_survey(Survey(rows(), book(), DESIGN))
    assert table.empty
    assert list(table.columns) == ["code", "severity", "column", "rows", "count", "message", "advice"]


def test_messages_come_in_both_languages():
    survey = Survey(odd(), book(), DESIGN)
    english, local = (check_survey(survey, language=language) for language in LANGUAGES[::-1])
    assert local["code"].tolist() == english["code"].tolist()
    assert not set(local["message"]) & set(english["message"])
    assert local.set_index("code").loc["KP210", "message"] == "umur yang tidak mungkin: 999 (2 baris)"
    assert local.set_index("code").loc["KP230", "message"] == "tampaknya berisi data pribadi: nomor telepon (400 sel terisi)"


def test_an_unknown_language_is_refused():
    # was a KeyError, and only where something was found
    for ask in (check_survey, personal_columns):
        with pytest.raises(ChoiceError, match="language is 'ind'; choose one of 'id', 'en'"):
            ask(Survey(rows(), book(), DESIGN), language="ind")


def test_problems_have_the_rows_of_the_file():
    survey = Survey(odd(), book(), DESIGN)
    found = {one.code: one for one in problems_of(survey, file="a.csv", rows_of=lambda places: [int(place) + 2 for place in places])}
    assert found["KP210"].rows == (5, 6)
    assert (found["KP210"].where, found["KP210"].column, found["KP210"].count) == ("a.csv", "age", 2)
    assert {one.code: one.rows for one in problems_of(survey)}["KP210"] == (4, 5)


def test_answers_off_the_scale_of_a_specification_are_errors(found):
    frame = rows()[ITEMS].replace(9, 4)
    assert found(frame, Codebook({}), None, spec=IndexSpec(ITEMS, scale=(1, 4))).empty
    table = found(frame, Codebook({}), None, spec=IndexSpec(ITEMS, scale=(1, 3)))
    assert table["severity"].to_dict() == {"KP012": "error"}
    assert table["column"].tolist() == ITEMS
    assert table["rows"].iloc[0] == np.flatnonzero(frame["u1"] > 3).tolist()[:100]


def test_a_code_off_the_scale_is_not_also_said_to_look_like_no_answer(found):
    # was KP012 and KP211 for one cell
    frame = rows()[ITEMS].replace(9, 4)
    frame.loc[3, "u2"] = 99
    table = found(frame, Codebook({}), None, spec=IndexSpec(ITEMS, scale=(1, 4)))
    assert table[["column", "rows"]].to_dict("index") == {"KP012": {"column": "u2", "rows": [3]}}


def test_cells_of_personal_columns_are_not_shown():
    # the message of a repeated NIK wrote the number out
    frame = rows().assign(nik=[f"31740{1 + k % 9}{10 + k % 19:02}0{1 + k % 9}85{k:04}" for k in range(400)])
    frame.loc[9, "nik"] = frame.loc[8, "nik"]
    table = check_survey(Survey(frame, book(), DESIGN)).set_index("code")
    assert table.loc["KP200", "rows"] == [8, 9]
    assert table.loc["KP200", "message"].endswith("numbers ***")
    assert not table["message"].str.contains(frame.loc[8, "nik"]).any()


def test_a_survey_without_a_codebook_and_stacked_waves_are_checked():
    assert check_survey(Survey(rows()), spec=IndexSpec(ITEMS, scale=(1, 9)))["code"].tolist() == ["KP229"]
    waves = stack_waves({"a": Survey(rows(), book(), DESIGN), "b": Survey(rows(8), book(), DESIGN)})
    assert check_survey(waves, spec={"a": IndexSpec(ITEMS), "b": IndexSpec(ITEMS[:5])}).empty


def test_odd_frames_are_checked_without_a_fault():
    frame = pd.DataFrame(
        {
            "list": [[1], [2]],
            "both": [1, "a"],
            "flag": [True, False],
            "kind": pd.Categorical(["a", "b"]),
            "u": pd.array([1, None], dtype="Int64"),
            7: [1, 2],
        }
    )
    assert check_survey(Survey(frame)).empty
    with pytest.raises(DataError, match="not a Survey"):
        check_survey(frame)


@pytest.mark.parametrize("code", [key for key in quality.WORDS if re.fullmatch(r"KP\d+", key)])
def test_every_code_says_what_to_do_and_numbers_are_written_in_the_language(code):
    assert f"{code}.advice" in quality.WORDS
    for key in (code, f"{code}.advice"):
        for language, text in quality.WORDS[key].items():
            assert {spec for _, name, spec, _ in string.Formatter().parse(text) if name is not None and spec} <= {language}


def test_severities_are_those_of_codes_that_exist():
    assert {*quality.ERRORS, *quality.NOTES} <= set(quality.WORDS)
    assert not quality.ERRORS & quality.NOTES
