"""The result tree holds what the library says, and nothing else."""

import pandas as pd
import pytest

from kepuasan import IndexSpec, Survey, attribute_change, compare_waves, satisfaction_index, stack_waves
from kepuasan.errors import DataError, DataWarning, RecipeError
from kepuasan.report import Request, gather


def test_the_tree_holds_the_numbers_of_the_library(results, waves):
    survey = stack_waves(waves)
    assert results.index.score.value.tolist() == satisfaction_index(survey, by="wave").score.value.tolist()
    assert results.differences[0].estimate.se.tolist() == compare_waves(survey, "2020", "2022").se.tolist()
    assert results.change.parts.value.tolist() == attribute_change(survey, "2020", "2022", frame="region").parts.value.tolist()
    assert results.rows == {"2020": 60, "2022": 60}


def test_the_frame_gap_counts_groups_of_each_side(results):
    assert (results.gap.lost, results.gap.new, results.gap.both) == (1, 1, 2)


def test_a_single_wave_has_no_difference_and_no_change(single):
    assert (single.differences, single.change, single.gap) == ((), None, None)
    assert single.rows == {"2020": 60}


def test_three_waves_have_the_difference_of_the_change_first_then_those_of_neighbours(waves):
    survey = stack_waves({**waves, "2023": waves["2022"]})
    with pytest.warns(DataWarning, match="1 codes of 'region' were asked in '2020' only and 1 in '2023' only"):
        tree = gather(survey, Request(("2020", "2022", "2023")))
    assert (tree.gap.column, tree.gap.both) == ("region", 2)
    assert [(one.base, one.current) for one in tree.differences] == [("2020", "2023"), ("2020", "2022"), ("2022", "2023")]


def test_a_change_that_has_no_exact_split_leaves_the_rest_standing():
    frame = pd.DataFrame({"speed": [3, 4, 2, 4, None, 1], "updates": [2, None, 4, 4, 1, 2]})
    survey = stack_waves({"1": Survey(frame), "2": Survey(frame.iloc[::-1].head(5))})
    spec = IndexSpec(["speed", "updates"], scale=(1, 4), level="respondents", min_answered=0.5)
    tree = gather(survey, Request(("1", "2"), spec=spec))
    assert tree.change is None
    assert tree.unsplit
    assert len(tree.differences) == 1


def test_a_wave_that_is_not_there_and_a_column_that_is_not_there_are_refused(waves):
    with pytest.raises(RecipeError, match="the change names wave '2021'; did you mean '2022'"):
        gather(stack_waves(waves), Request(("2020", "2022"), change=("2020", "2021")))
    with pytest.raises(DataError, match="'sx' is not a column of the survey; did you mean 'sex'"):
        gather(stack_waves(waves), Request(("2020", "2022"), frame="region", domains=("sx",)))
