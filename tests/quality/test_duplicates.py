"""Respondents who are there more than once."""

import numpy as np
import pandas as pd
import pytest
from quality.surveys import DESIGN, ITEMS, book, rows

from kepuasan import Survey, stack_waves
from kepuasan.codebook import Item
from kepuasan.quality import check_survey


def with_cells(frame, **columns):
    for name, (places, value) in columns.items():
        frame.loc[places, name] = value
    return frame


def test_an_undeclared_number_of_respondents_that_is_repeated_is_a_warning(found):
    assert found(rows()).empty
    table = found(with_cells(rows(), respondent=([10, 300], "r0003")))
    assert table.index.tolist() == ["KP200"]
    assert table.loc["KP200", ["severity", "column", "rows", "count"]].tolist() == ["warning", "respondent", [3, 10, 300], 3]
    assert "rows too many: 2; numbers 'r0003'" in table.loc["KP200", "message"]


def test_a_declared_identifier_that_is_repeated_is_an_error(found):
    declared = book(kode=Item("kode", role="identifier", type="text"))
    assert found(rows().assign(kode=[f"k{n}" for n in range(400)]), declared).empty
    table = found(rows().assign(kode=["k0", "k0", *(f"k{n}" for n in range(2, 400))]), declared)
    assert table.loc["KP201", ["severity", "column", "rows", "count"]].tolist() == ["error", "kode", [0, 1], 2]
    guessed = book(kode=Item("kode", role="identifier", type="text", guessed=("role",)))
    assert found(rows().assign(kode=["k0", "k0", *(f"k{n}" for n in range(2, 400))]), guessed).index.tolist() == ["KP200", "KP240"]


@pytest.mark.parametrize("name", ["no", "_uuid", "KEY", "meta/instanceID", "Respondent ID", "NIK", "Nomor Responden"])
def test_columns_that_number_respondents_are_known_by_their_names(found, name):
    frame = rows().rename(columns={"respondent": name})
    assert "KP200" not in found(frame).index
    frame.loc[5, name] = frame.loc[4, name]
    assert found(frame).loc["KP200", "rows"] == [4, 5]


def test_a_number_that_many_rows_share_and_fillers_are_no_identifiers(found):
    assert found(rows().assign(no=np.repeat(np.arange(40), 10))).empty
    assert found(with_cells(rows(), respondent=([1, 2, 3], "-"))).empty


def test_an_identifier_may_come_back_in_another_wave():
    one, two = (Survey(rows(seed), book(), DESIGN) for seed in (7, 8))
    assert check_survey(stack_waves({"2020": one, "2022": two})).empty
    twice = Survey(with_cells(rows(), respondent=([1], "r0000")), book(), DESIGN)
    assert check_survey(stack_waves({"2020": twice, "2022": two}))[["code", "count"]].values.tolist() == [["KP200", 2]]


def test_rows_alike_beyond_chance_are_found_with_what_chance_would_give(found):
    frame = rows()
    varied = frame[frame[ITEMS].nunique(axis=1) > 3].index[:3]
    copies = frame.loc[varied].assign(respondent=["x1", "x2", "x3"])
    table = found(pd.concat([frame, copies], ignore_index=True))
    assert table.index.tolist() == ["KP202"]
    assert sorted(table.loc["KP202", "rows"]) == sorted([*varied, 400, 401, 402])
    assert table.loc["KP202", "message"].startswith("3 pairs of rows are the same in 15 columns")


def test_short_questionnaires_whose_answers_are_all_alike_are_no_duplicates(found):
    frame = rows()
    frame.loc[:120, ITEMS] = 4
    frame.loc[:120, ["age", "education"]] = [30, 3]
    frame.loc[:120, "sex"] = "L"
    assert "KP202" not in found(frame).index


def test_few_characteristics_say_too_little(found):
    frame = rows()[[*ITEMS, "sex", "w", "stratum", "unit"]].drop(columns=[]).assign(stratum="A", unit=np.arange(400))
    frame = pd.concat([frame, frame.iloc[:3]], ignore_index=True)
    assert "KP202" not in found(frame).index


def test_a_respondent_who_is_there_twice_is_named_once_though_two_identifiers_say_so(found):
    # was KP200 for each identifier
    frame = rows().assign(nik=[f"31740{1 + k % 9}{10 + k % 19:02}0{1 + k % 9}85{k:04}" for k in range(400)])
    frame.loc[5, ["respondent", "nik"]] = frame.loc[4, ["respondent", "nik"]]
    table = found(frame)
    assert table.loc[["KP200"], "rows"].tolist() == [[4, 5]]
    assert table.loc["KP200", "column"] == "respondent"
    frame.loc[11, "nik"] = frame.loc[10, "nik"]
    assert found(frame).loc["KP200", ["column", "rows"]].values.tolist() == [["respondent", [4, 5]], ["nik", [10, 11]]]
