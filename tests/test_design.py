"""What rows make of a declared design: codes, fractions, weights, degrees of freedom."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kepuasan import Design, Survey, mean


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "province": ["Bali"] * 5 + ["NTB"] * 4,
            "office": [1, 1, 2, 2, 3, 1, 1, 2, 2],
            "person": [1, 2, 1, 2, 1, 1, 2, 1, 2],
            "offices": [12] * 5 + [4] * 4,
            "people": [4, 4, 10, 10, 1, 4, 4, 2, 2],
            "w": [1.0, 2.0, 1.0, 2.0, 1.5, 3.0, 1.0, 1.0, 2.0],
            "speed": [3.0, 4.0, 2.0, 5.0, 3.0, 1.0, 2.0, 4.0, 4.0],
        }
    )


def test_without_a_design_rows_weigh_the_same_and_are_a_simple_random_sample(frame: pd.DataFrame) -> None:
    survey = Survey(frame)
    assert survey.weights.tolist() == [1.0] * 9
    assert survey.design.df == 8
    assert mean(survey, "speed").se[0] == pytest.approx(frame["speed"].std() / 3)


def test_psu_codes_are_nested_in_strata(frame: pd.DataFrame) -> None:
    assert Survey(frame, design=Design("w", "province", "office")).design.df == 5 - 2
    assert Survey(frame, design=Design("w", None, "office")).design.df == 3 - 1


def test_unique_codes_give_the_same_errors_as_repeating_ones(frame: pd.DataFrame) -> None:
    unique = frame.assign(office=frame["province"] + frame["office"].astype(str))
    nested = mean(Survey(frame, design=Design("w", "province", "office")), "speed")
    for nest in (True, False):
        assert mean(Survey(unique, design=Design("w", "province", "office", nest=nest)), "speed").se[0] == pytest.approx(nested.se[0], rel=1e-12)


def test_weights_follow_from_the_population_counts_of_all_stages(frame: pd.DataFrame) -> None:
    survey = Survey(frame, design=Design(None, "province", ["office", "person"], ["offices", "people"]))
    assert survey.weights.tolist() == pytest.approx([8, 8, 20, 20, 4, 4, 4, 2, 2])


def test_fractions_and_counts_of_one_design_give_one_answer(frame: pd.DataFrame) -> None:
    frame["share"] = np.where(frame["province"] == "Bali", 3 / 12, 2 / 4)
    counts = mean(Survey(frame, design=Design("w", "province", "office", "offices")), "speed")
    shares = mean(Survey(frame, design=Design("w", "province", "office", "share")), "speed")
    assert shares.se[0] == pytest.approx(counts.se[0], rel=1e-12)


def test_an_fpc_without_psu_says_that_rows_were_sampled(frame: pd.DataFrame) -> None:
    with_counts = mean(Survey(frame.assign(size=18), design=Design(fpc="size")), "speed")
    assert with_counts.se[0] == pytest.approx(mean(Survey(frame), "speed").se[0] * np.sqrt(0.5), rel=1e-12)
    assert Survey(frame.assign(size=18), design=Design(fpc="size")).weights.tolist() == [2.0] * 9


def test_rows_of_weight_zero_leave_the_degrees_of_freedom(frame: pd.DataFrame) -> None:
    frame.loc[frame["office"] == 2, "w"] = 0.0
    assert Survey(frame, design=Design("w", "province", "office")).design.df == 3 - 2


def test_a_stratum_with_a_single_psu_taken_with_certainty_is_no_error(frame: pd.DataFrame) -> None:
    one = frame[(frame["province"] == "Bali") | (frame["office"] == 1)].assign(offices=lambda rows: np.where(rows["province"] == "Bali", 12, 1))
    got = mean(Survey(one, design=Design("w", "province", "office", "offices")), "speed")
    lone = mean(
        Survey(
            one.assign(offices=np.where(one["province"] == "Bali", 12, 9)),
            design=Design("w", "province", "office", "offices", single_psu="certainty"),
        ),
        "speed",
    )
    assert got.se[0] == pytest.approx(lone.se[0], rel=1e-12)


def test_the_only_psu_of_a_stratum_is_needed_for_a_variance_and_not_before(frame: pd.DataFrame) -> None:
    survey = Survey(frame[frame["province"].eq("Bali") | frame["office"].eq(1)], design=Design("w", "province", "office"))
    assert survey.design.df == 4 - 2
    assert len(survey.where("speed > 2")) == 4


def test_a_unit_of_one_member_may_have_an_fpc_of_one_person(frame: pd.DataFrame) -> None:
    survey = Survey(frame, design=Design("w", "province", ["office", "person"], ["offices", "people"]))
    assert np.isfinite(mean(survey, "speed").se).all()


def test_a_design_is_shown_as_it_was_declared(frame: pd.DataFrame) -> None:
    text = repr(Survey(frame, design=Design("w", "province", ["office", "person"])))
    assert text == "<Survey: 9 rows, 7 columns; weight w, strata province, psu office/person; df 3>"


def test_a_design_cannot_be_changed() -> None:
    design = Design("w")
    with pytest.raises(AttributeError):
        design.weight = "v"  # type: ignore[misc]
