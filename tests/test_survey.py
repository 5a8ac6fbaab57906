"""The carrier: frames of any kind, domains, and answers read through the codebook."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from kepuasan import Codebook, Design, Survey, load_sample, mean, poststratify, proportion, total
from kepuasan.codebook import AnswerScale, Item
from kepuasan.errors import DataError, DataWarning, DesignError, ScaleError
from kepuasan.scales import Scale


def test_a_survey_does_not_change_with_the_frame_it_came_from(clustered_frame: pd.DataFrame) -> None:
    survey = Survey(clustered_frame, design=Design("w", "stratum", "psu"))
    before = mean(survey, "received").value[0]
    clustered_frame["received"] = 0.0
    assert mean(survey, "received").value[0] == before


@pytest.mark.parametrize("kind", [pl.from_pandas, pa.Table.from_pandas], ids=["polars", "pyarrow"])
def test_other_frames_give_the_numbers_of_pandas(clustered_frame: pd.DataFrame, clustered: Survey, kind: object) -> None:
    other = Survey(kind(clustered_frame.reset_index(drop=True)), design=Design("w", "stratum", "psu"))
    got, expected = mean(other, ["speed", "received"], by="region"), mean(clustered, ["speed", "received"], by="region")
    np.testing.assert_array_equal(got.value, expected.value)
    np.testing.assert_array_equal(got.se, expected.se)
    assert got.key.astype(str).equals(expected.key.astype(str))
    assert proportion(other, "channel").key["category"].tolist() == ["app", "sms", "web"]


@pytest.mark.parametrize("dtype", ["Int64", "Float64", "category", "object"])
def test_items_of_any_number_type_are_read_alike(clustered_frame: pd.DataFrame, clustered: Survey, dtype: str) -> None:
    survey = Survey(clustered_frame.assign(speed=clustered_frame["speed"].astype(dtype)), design=Design("w", "stratum", "psu"))
    assert mean(survey, "speed").value[0] == mean(clustered, "speed").value[0]


def test_whole_numbers_as_categories_may_have_gaps() -> None:
    # a category of whole numbers with a missing answer was refused as "Cannot convert float NaN to integer"
    frame = pd.DataFrame({"speed": pd.Categorical([1, 2, None, 3])})
    assert mean(Survey(frame), "speed").value[0] == 2.0


def test_answers_true_and_false_are_one_and_zero(clustered_frame: pd.DataFrame) -> None:
    survey = Survey(clustered_frame.assign(fast=clustered_frame["speed"] >= 4, fast_1=(clustered_frame["speed"] >= 4) * 1))
    assert mean(survey, "fast").value[0] == mean(survey, "fast_1").value[0]


def test_a_domain_keeps_the_rows_of_the_design(clustered: Survey) -> None:
    north = clustered.where("region == 'north'")
    assert len(north) == (clustered.frame["region"] == "north").sum()
    assert len(north.frame) == len(clustered.frame)
    assert north.weights.index.equals(clustered.frame.index[clustered.frame["region"] == "north"])
    assert len(clustered) == len(clustered.frame)


def test_a_domain_of_a_domain_is_where_both_hold(clustered: Survey) -> None:
    both = clustered.where("region == 'north'").where(clustered.frame["sex"] == "P")
    assert mean(both, "speed").value[0] == mean(clustered, "speed", by=["region", "sex"])[{"region": "north", "sex": "P"}].value[0]


def test_masks_may_be_series_arrays_lists_or_nullable(clustered: Survey) -> None:
    mask = clustered.frame["sex"] == "P"
    expected = total(clustered.where(mask), "received")
    for form in (mask.to_numpy(), mask.tolist(), mask.astype("boolean"), mask.astype(int).to_numpy(), "sex == 'P'"):
        got = total(clustered.where(form), "received")
        assert got.value[0] == expected.value[0]
        assert got.se[0] == expected.se[0]


def test_rows_without_a_code_belong_to_no_domain_and_are_counted(clustered: Survey) -> None:
    lost = int((clustered.frame["channel"].isna() & (clustered.frame["w"] > 0)).sum())
    with pytest.warns(DataWarning, match=f"^{lost} rows have no code in 'channel'"):
        got = mean(clustered, "received", by="channel")
    assert got.n.sum() == (clustered.frame["w"] > 0).sum() - lost


def test_a_domain_that_nobody_answered_is_empty_and_named(clustered_frame: pd.DataFrame) -> None:
    clustered_frame.loc[clustered_frame["region"] == "south", "speed"] = np.nan
    survey = Survey(clustered_frame, design=Design("w", "stratum", "psu"))
    with pytest.warns(DataWarning, match="1 estimates have no answer and are empty .*south: speed"):
        got = mean(survey, ["speed", "ease"], by="region")
    empty = got[{"region": "south", "item": "speed"}]
    assert np.isnan(empty.value[0])
    assert np.isfinite(got[{"region": "south", "item": "ease"}].se[0])


def test_user_missing_codes_are_no_answers(clustered_frame: pd.DataFrame, clustered: Survey) -> None:
    scale = AnswerScale("five", Scale(1, 5, (1, 2, 3, 4, 5)), {})
    book = Codebook({"speed": Item("speed", scale="five", missing={9: "refused"}, missing_ranges=((90, 99),))}, scales={"five": scale})
    coded = clustered_frame["speed"].fillna(9.0)
    coded.iloc[coded.to_numpy().argmax()] = 97.0
    survey = Survey(clustered_frame.assign(speed=coded), book, Design("w", "stratum", "psu"))
    assert mean(survey, "speed").value[0] == mean(clustered, "speed").value[0]
    assert survey.frame["speed"].max() == 97.0
    assert proportion(survey, "speed").key["category"].tolist() == proportion(clustered, "speed").key["category"].tolist()


def test_another_design_keeps_rows_and_domain(clustered: Survey) -> None:
    simple = clustered.where("sex == 'P'").with_design(Design("w"))
    assert len(simple) == len(clustered.where("sex == 'P'"))
    assert simple.design.df == (clustered.frame["w"] > 0).sum() - 1


def test_domains_by_two_columns_are_the_pairs_that_occur(clustered: Survey) -> None:
    got = mean(clustered, "received", by=["region", "sex"]).key
    assert list(got.columns) == ["item", "region", "sex"]
    assert not ((got["region"] == "south") & (got["sex"] == "P")).any()
    assert len(got) == 5


def test_a_survey_cannot_be_changed(clustered: Survey) -> None:
    with pytest.raises(AttributeError):
        clustered.frame = pd.DataFrame()  # type: ignore[misc]


def test_columns_are_added_and_design_weights_and_domain_stay() -> None:
    frame = pd.DataFrame({"age": [20, 40, 60, 30], "w": [1.0, 2.0, 1.0, 3.0], "sex": list("LPLP")})
    survey = poststratify(Survey(frame, design=Design(weight="w")), "sex", {"L": 10.0, "P": 20.0}).where("sex == 'P'")
    added = survey.assign(older=lambda rows: rows["age"] >= 40)
    assert "older" not in survey.frame
    assert added.design is survey.design
    assert len(added) == 2
    assert mean(added, "older").value[0] == pytest.approx(0.4)
    with pytest.raises(DesignError, match="'w' belong to the design"):
        survey.assign(w=1.0)
    with pytest.raises(ScaleError, match="codes off the scale"):
        load_sample("users", wave="2022").assign(overall=7)


def test_columns_of_other_rows_are_refused() -> None:
    survey = Survey(pd.DataFrame({"age": [20, 40, 60]}))
    with pytest.raises(DataError, match="'older' have another index"):
        survey.assign(older=pd.Series([1, 2, 3], index=[5, 6, 7]))
    with pytest.raises(DataError, match="'older' has 2 values, but the survey 3 rows"):
        survey.assign(older=[1, 2])
    with pytest.raises(DesignError, match="'wave' belong"):
        load_sample("users").assign(wave="2020")
