"""Decimal signs and thousands marks: settled for a whole file, never changed in silence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import kepuasan.io.text.encoding
from kepuasan.io.cells.numbers import as_numbers, decimal_of, evidence_of, settled_numbers
from kepuasan.io.reading import read_file
from kepuasan.io.text.reading import read_text

NBSP, THIN = "\u00a0", "\u2009"


def read(folder, text, **arguments):
    path = folder / "costs.csv"
    path.write_text(text, encoding="utf-8")
    return read_text(path, **arguments)


def said(raw):
    return [(problem.code, problem.column) for problem in raw.problems]


@pytest.mark.parametrize(
    ("words", "decimal", "numbers"),
    [
        (["3,5", "1.250,75", "7"], ",", [3.5, 1250.75, 7]),
        (["1.250", "1.250.000"], ",", [1250, 1250000]),
        (["0.875", "1,250.5", "12,345,678"], ".", [0.875, 1250.5, 12345678]),
        ([f"1{NBSP}250", f"12{THIN}500,5"], ",", [1250, 12500.5]),
        (["1 250", "999"], ".", [1250, 999]),
        (["-1.250", "+3"], ",", [-1250, 3]),
        ([" 5 ", "1e3", ".5", "5."], ".", [5, 1000, 0.5, 5]),
    ],
)
def test_numbers_under_a_decimal_sign(words, decimal, numbers):
    assert as_numbers(words, decimal).tolist() == numbers


@pytest.mark.parametrize(
    ("words", "decimal"),
    [
        (["3,5"], "."),
        (["3.5"], ","),
        (["1.25.000"], ","),
        (["12.50,5"], ","),
        (["1,250 000"], "."),
        (["007", "1"], "."),
        (["75,7 %"], ","),
        (["Rp 1.250"], ","),
        (["1_000"], "."),
        (["inf"], "."),
        (["1e999"], "."),
        (["31.12.2022"], ","),
        (["0.875"], ","),
        (["9007199254740993", "1.5"], "."),
        (["99999999999999999999"], "."),
        ([], "."),
    ],
)
def test_what_is_no_number_under_a_decimal_sign(words, decimal):
    assert as_numbers(words, decimal) is None


@pytest.mark.parametrize(("words", "sure"), [(["101 102", "103"], ["101102", "103"]), (["1,3", "2,4", "1,2", "3,4"], ["1.3", "2.4", "1.2", "3.4"])])
def test_what_may_be_a_list_of_codes_is_a_number_only_where_the_caller_says_so(words, sure):
    assert as_numbers(words, ",") is None
    assert as_numbers(words, ",", sure=True).tolist() == [float(text) for text in sure]


@pytest.mark.parametrize(("words", "sign"), [(["0.875"], "."), (["3,5"], ","), (["1.250,75"], ","), (["1.250"], ""), (["7"], ""), (["x"], "")])
def test_what_a_column_says_of_the_sign(words, sign):
    assert evidence_of(words).decides == sign


@pytest.mark.parametrize(
    ("text", "cost", "decimal", "codes"),
    [
        ("no;cost;w\n1;1.250;0,875\n2;3.500;1,5\n", [1250, 3500], ",", [("KP112", "")]),
        ("no;cost;w\n1;1.250;0.875\n2;3.500;1.5\n", [1.25, 3.5], ".", []),
        ("no;cost\n1;1.250\n2;3.500,5\n", [1250, 3500.5], ",", [("KP112", "")]),
        ("no;cost\n1;1.250\n2;3.500\n", [1.25, 3.5], ".", [("KP111", "cost")]),
        ('no,cost\n1,"1,250"\n2,"4,250"\n', [1250, 4250], ".", [("KP111", "cost")]),
        ('no,cost,w\n1,"1,250",0.5\n2,"4,250",0.25\n', [1250, 4250], ".", []),
        ('no,cost\n1,"3,5"\n2,"4,25"\n', [3.5, 4.25], ",", [("KP114", "")]),
        ("no\tcost\n1\t3,5\n2\t4\n", [3.5, 4], ",", [("KP112", "")]),
        ("no;cost\n1;2.0\n2;3.0\n", [2, 3], ".", []),
        ("no;cost\n1;2,0\n2;3,0\n", [2, 3], ",", [("KP112", "")]),
    ],
)
def test_the_sign_is_settled_for_the_file_and_said(tmp_path, text, cost, decimal, codes):
    raw = read(tmp_path, text)
    assert raw.frame["cost"].tolist() == cost
    assert decimal_of(raw) == decimal
    assert said(raw) == codes


def test_a_cell_far_down_settles_the_sign_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(kepuasan.io.text.encoding, "_BLOCK", 256)
    raw = read(tmp_path, "no;cost;w\n" + "1;1.250;2\n" * 1000 + "2;3.500;0,5\n")
    assert raw.frame["cost"].iloc[[0, -1]].tolist() == [1250, 3500]
    assert raw.frame["w"].iloc[-1] == 0.5


def test_what_cannot_be_settled_is_said_with_count_example_and_both_meanings(tmp_path):
    (problem,) = read(tmp_path, "no;cost\n1;1.250\n2;\n3;3.500\n").problems
    assert problem.count == 2
    assert problem.said("en") == "2 cells such as '1.250' can mean 1.25 or 1250; they are read with the point as the decimal sign"
    assert 'decimal=","' in problem.advice("id")


@pytest.mark.parametrize(("decimal", "cost"), [(",", [1250, 3500]), (".", [1.25, 3.5])])
def test_the_callers_sign_rules(tmp_path, decimal, cost):
    raw = read(tmp_path, "no;cost\n1;1.250\n2;3.500\n", decimal=decimal)
    assert raw.frame["cost"].tolist() == cost
    assert raw.problems == ()


def test_a_column_with_the_other_sign_stays_text_and_is_named(tmp_path):
    raw = read(tmp_path, "no;cost;w;v\n1;1,5;0.5;0.25\n2;3,5;0.25;0.5\n")
    assert raw.frame["cost"].tolist() == ["1,5", "3,5"]
    assert said(raw) == [("KP115", "cost")]


def test_lists_of_codes_stay_text_and_are_named(tmp_path):
    text = "no;chosen\n1;1,3\n2;2,4\n3;1\n4;1,2\n5;3,4\n"
    raw = read(tmp_path, text)
    assert raw.frame["chosen"].tolist() == ["1,3", "2,4", "1", "1,2", "3,4"]
    assert said(raw) == [("KP116", "chosen")]
    assert read(tmp_path, text, decimal=",").frame["chosen"].tolist() == [1.3, 2.4, 1, 1.2, 3.4]


def test_cells_of_a_column_that_is_nearly_numbers_settle_the_sign(tmp_path):
    raw = read(tmp_path, "no;cost\n" + "".join(f"{row};{row},5\n" for row in range(20)) + "21;tidak tahu\n")
    assert raw.frame["cost"].iloc[-1] == "tidak tahu"
    assert decimal_of(raw) == ","


def test_percent_signs_and_currencies_stay_text(tmp_path):
    raw = read(tmp_path, "share;cost\n75,7 %;Rp 1.250\n80 %;Rp 500\n")
    assert raw.frame.loc[0].tolist() == ["75,7 %", "Rp 1.250"]


def test_columns_of_a_workbook_follow_the_same_rules():
    frame = pd.DataFrame(
        {
            "w": ["0,5", "1,25", None],
            "mixed": [3, "1.250", 2.5],
            "code": ["007", "012", "1"],
            "city": ["Bali", "Aceh", None],
            "n": [1, 2, 3],
            "whole": [1, "2", 3],
        }
    ).astype({"mixed": object})
    made = settled_numbers(frame)
    assert made.decimal == ","
    assert made.frame["w"].tolist()[:2] == [0.5, 1.25]
    assert np.isnan(made.frame["w"].iloc[2])
    assert made.frame["mixed"].tolist() == [3, 1250, 2.5]
    assert made.frame["code"].tolist() == ["007", "012", "1"]
    assert made.frame["city"].tolist()[:2] == ["Bali", "Aceh"]
    assert made.frame["whole"].dtype == np.int64
    assert made.problems == ()


def test_a_column_with_the_other_decimal_sign_stays_text_in_the_draft(tmp_path):
    (tmp_path / "a.csv").write_text("a;b;c\n0,5;0.5;1,25\n0,25;0.25;2,5\n1,5;0.75;3,75\n")
    reading = read_file(tmp_path / "a.csv", decimal=",")
    assert reading.codebook.items["b"].type == "text"  # was a number, though KP115 says that it stays text
    assert reading.frame["b"].tolist() == ["0.5", "0.25", "0.75"]
