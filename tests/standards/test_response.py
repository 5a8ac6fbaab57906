"""Outcome rates on counts that can be worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from kepuasan.errors import DataError, DataWarning
from kepuasan.standards import response_rates

#: 1,000 eligible cases; 80 of unknown eligibility; 250 not eligible, so that e is 1,000 / 1,250 = 0.8
COUNTS = {"I": 600, "P": 40, "R": 200, "NC": 120, "O": 40, "UH": 50, "UO": 30, "NE": 250}

#: numerator and denominator of each rate, by hand
BY_HAND = {
    "RR1": (600, 1080),
    "RR2": (640, 1080),
    "RR3": (600, 1064),
    "RR4": (640, 1064),
    "RR5": (600, 1000),
    "RR6": (640, 1000),
    "COOP1": (600, 880),
    "COOP2": (640, 880),
    "COOP3": (600, 840),
    "COOP4": (640, 840),
    "REF1": (200, 1080),
    "REF2": (200, 1064),
    "REF3": (200, 1000),
    "CON1": (880, 1080),
    "CON2": (880, 1064),
    "CON3": (880, 1000),
}


def test_every_rate_is_that_worked_out_by_hand() -> None:
    got = response_rates(COUNTS)
    assert list(got.columns) == ["rate", "value", "formula", "numerator", "denominator", "e"]
    assert got["rate"].tolist() == list(BY_HAND)
    np.testing.assert_allclose(got[["numerator", "denominator"]].to_numpy(), list(BY_HAND.values()))
    np.testing.assert_allclose(got["value"], [top / below for top, below in BY_HAND.values()])
    np.testing.assert_allclose(got["e"], 0.8)


def test_formulas_say_what_was_divided() -> None:
    formulas = response_rates(COUNTS).set_index("rate")["formula"]
    assert formulas["RR1"] == "I / ((I + P) + (R + NC + O) + (UH + UO))"
    assert formulas["RR4"] == "(I + P) / ((I + P) + (R + NC + O) + e (UH + UO))"
    assert formulas["COOP1"] == "I / ((I + P) + R + O)"
    assert formulas["CON3"] == "((I + P) + R + O) / ((I + P) + (R + NC + O))"


@pytest.mark.parametrize("e", [0, 0.5, 1.0])
def test_an_eligible_share_that_is_given_is_taken(e: float) -> None:
    got = response_rates(COUNTS, e=e).set_index("rate")["value"]
    assert got["RR3"] == pytest.approx(600 / (1000 + 80 * e))
    assert (got["RR3"] == got["RR5"]) == (e == 0)
    assert (got["RR3"] == got["RR1"]) == (e == 1)


def test_without_ineligible_cases_all_unknown_ones_are_eligible_and_a_warning_says_so() -> None:
    plain = {code: count for code, count in COUNTS.items() if code != "NE"}
    with pytest.warns(DataWarning, match="without the count of ineligible cases .NE.*give NE, or e") as seen:
        got = response_rates(plain).set_index("rate")
    assert got.loc["RR3", "value"] == got.loc["RR1", "value"]
    assert got["e"].eq(1.0).all()
    assert seen[0].filename == __file__
    assert response_rates({**plain, "UH": 0, "UO": 0})["e"].eq(1.0).all()  # nothing is unknown: no warning


def test_each_group_has_its_own_rates_and_its_own_eligible_share() -> None:
    other = {**COUNTS, "I": 300, "NE": 0}
    table = pd.DataFrame([COUNTS, other], index=pd.Index(["2020", "2022"], name="wave"))
    got = response_rates(table)
    assert list(got.columns) == ["wave", "rate", "value", "formula", "numerator", "denominator", "e"]
    assert got["wave"].tolist() == ["2020"] * 16 + ["2022"] * 16
    for wave, counts in (("2020", COUNTS), ("2022", other)):
        alone = got[got["wave"] == wave].drop(columns="wave").reset_index(drop=True)
        pd.testing.assert_frame_equal(alone, response_rates(counts))
    nested = response_rates({"2020": COUNTS, "2022": pd.Series(other)})
    pd.testing.assert_frame_equal(nested.rename(columns={"group": "wave"}), got)


def test_a_series_and_a_table_by_two_columns_are_read() -> None:
    pd.testing.assert_frame_equal(response_rates(pd.Series(COUNTS)), response_rates(COUNTS))
    index = pd.MultiIndex.from_tuples([("2020", "web"), ("2020", "visit")], names=["wave", "mode"])
    got = response_rates(pd.DataFrame([COUNTS, COUNTS], index=index))
    assert got[["wave", "mode"]].drop_duplicates().to_numpy().tolist() == [["2020", "web"], ["2020", "visit"]]


def test_a_rate_of_nobody_is_empty() -> None:
    got = response_rates(dict.fromkeys(COUNTS, 0) | {"UH": 5}).set_index("rate")["value"]
    assert got["RR1"] == 0
    assert np.isnan(got[["RR3", "RR5", "COOP1", "REF3", "CON3"]]).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"XX": 3}, "'XX' is no disposition; the codes are I .complete interview.; P "),
        ({"nc": 3}, "'nc' is no disposition; did you mean 'NC'"),
        ({"R": -1}, "the count of 'R' is -1; give a whole number of cases, 0 or more"),
        ({"R": 3.5}, "the count of 'R' is 3.5"),
        ({"R": None}, "the count of 'R' is "),
        ({"R": "many"}, "the count of 'R' is 'many'"),
        ({"R": float("inf")}, "the count of 'R' is inf"),
    ],
)
def test_counts_that_are_none_are_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message):
        response_rates(COUNTS | change)


def test_codes_that_are_not_given_are_named_and_none_is_read_as_0() -> None:
    with pytest.raises(DataError, match="dispositions lack 'P', 'O', 'UH', 'UO'; give 0 where there was no such case"):
        response_rates({"I": 600, "R": 200, "NC": 120})
    with pytest.raises(DataError, match="dispositions lack 'I'"):
        response_rates({})


def test_a_wrong_count_in_a_group_is_named_with_it() -> None:
    table = pd.DataFrame([COUNTS, {**COUNTS, "O": -2}], index=["north", "south"])
    with pytest.raises(DataError, match="the count of 'O' in 'south' is -2"):
        response_rates(table)


@pytest.mark.parametrize("e", [-0.1, 1.01, float("nan"), "0.5", True])
def test_an_eligible_share_outside_0_to_1_is_refused(e: Any) -> None:
    with pytest.raises(DataError, match="e is .*; give the eligible share of unknown cases, between 0 and 1"):
        response_rates(COUNTS, e=e)


def test_what_holds_no_counts_is_refused() -> None:
    with pytest.raises(DataError, match="dispositions are list; give counts by code"):
        response_rates([600, 40])
    table = pd.DataFrame([COUNTS], index=pd.Index(["x"], name="rate"))
    with pytest.raises(DataError, match="the index of the groups is called 'rate'"):
        response_rates(table)
    twice = pd.DataFrame([[1] * 9], columns=[*COUNTS, "I"])
    with pytest.raises(DataError, match="dispositions hold 'I' twice"):
        response_rates(twice)
