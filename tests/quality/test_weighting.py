"""Weights that cannot be used, that are spread far or do not fit the population; strata and units."""

import numpy as np
import pandas as pd
import pytest
from quality.surveys import DESIGN, book, rows

from kepuasan import Design, Survey, load_sample
from kepuasan.errors import DataError
from kepuasan.quality import as_problem, check_survey, unusable_weights


@pytest.mark.parametrize(
    ("values", "said", "places"),
    [
        ([1.0, np.nan, 2.0], ": 1 empty", [1]),
        ([1.0, -1.0, -2.0], ": 2 negative", [1, 2]),
        ([np.inf, 1.0, 2.0], ": 1 infinite", [0]),
        (["1,5", "2.0", None], ": 1 empty, 1 no numbers", [0, 2]),
    ],
)
def test_weights_that_cannot_be_used_are_errors(values, said, places):
    (one,) = unusable_weights(pd.Series(values, name="w"))
    problem = as_problem(one)
    assert (problem.code, problem.severity, problem.column, problem.count) == ("KP220", "error", "w", len(places))
    assert problem.said("en").endswith(said)
    assert problem.rows == tuple(place + 1 for place in places)


def test_weights_that_are_all_0_are_an_error_and_good_ones_nothing():
    assert [one.code for one in unusable_weights(pd.Series([0.0, 0.0], name="w"))] == ["KP228"]
    assert list(unusable_weights(pd.Series([0.0, 1.5], name="w"))) == []


def test_weights_of_0_are_a_note(found):
    frame = rows()
    frame.loc[[3, 9], "w"] = 0.0
    table = found(frame)
    assert table.loc["KP225", ["severity", "rows", "count"]].tolist() == ["note", [3, 9], 2]


def test_a_wide_spread_is_found_with_what_it_costs(found):
    frame = rows()
    frame.loc[:9, "w"] = 4000.0
    weights = frame["w"]
    kish = 400 * (weights**2).sum() / weights.sum() ** 2
    table = found(frame)
    assert table.index.tolist() == ["KP221"]
    assert table.loc["KP221", "rows"] == list(range(10))
    assert f"400 rows are worth {400 / kish:.0f} of equal weight (design effect {kish:.1f})" in table.loc["KP221", "message"]


def test_weights_that_are_all_alike_are_a_note_and_percentages_a_warning(found):
    assert found(rows().assign(w=2.5)).loc["KP226", ["severity", "message"]].tolist() == ["note", "all weights are alike: 2.5"]
    for total in (1.0, 100.0):
        frame = rows()
        frame["w"] *= total / frame["w"].sum()
        assert found(frame).index.tolist() == ["KP227"]
    frame = rows()
    frame["w"] *= 400 / frame["w"].sum()
    assert found(frame).empty


def test_sums_are_held_against_the_population_of_strata(found):
    design = Design(weight="w", strata="stratum", fpc="size")
    frame = rows()
    frame["size"] = frame.groupby("stratum")["w"].transform("sum").round()
    assert found(frame, design=design).empty
    frame.loc[frame["stratum"] == "Bali", "w"] *= 1.2
    table = found(frame, design=design)
    assert table.index.tolist() == ["KP222"]
    assert "in 1 of 2 groups, such as Bali" in table.loc["KP222", "message"]
    assert table.loc["KP222", "rows"][:2] == [200, 201]


def test_sampled_shares_are_populations_too(found):
    design = Design(weight="w", strata="stratum", fpc="share")
    assert found(rows().assign(w=40.0, share=1 / 40), design=design).index.tolist() == ["KP226"]
    assert found(rows().assign(w=40.0, share=1 / 50), design=design).index.tolist() == ["KP226", "KP222"][::-1]


def test_populations_of_units_are_not_those_of_rows(found):
    assert found(rows().assign(size=500.0), design=Design(weight="w", strata="stratum", psu="unit", fpc="size")).empty


def test_sums_are_held_against_a_population_given(found):
    frame = rows()
    sums = frame.groupby("sex")["w"].sum()
    assert found(frame, population=sums.sum()).empty
    assert found(frame, population={"sex": sums.to_dict()}).empty
    assert found(frame, population=1.04 * sums.sum()).empty
    wrong = found(frame, population={"sex": {"L": sums["L"], "P": 2 * sums["P"]}})
    assert "in 1 of 2 groups, such as sex P" in wrong.loc["KP222", "message"]
    assert found(frame, population=10 * sums.sum()).index.tolist() == ["KP222"]
    codes = frame.groupby("education")["w"].sum()
    assert found(frame, population={"education": {float(code): total for code, total in codes.items()}}).empty


@pytest.mark.parametrize("population", [{"sx": {"L": 1.0}}, -5.0, {"sex": {"L": 0.0}}, {"sex": 5.0}, "many"])
def test_a_population_that_cannot_be_is_refused(population):
    with pytest.raises(DataError, match="population"):
        check_survey(Survey(rows()), population=population)


def test_strata_with_one_unit_are_an_error_until_a_rule_is_set(found):
    frame = rows()
    frame.loc[:4, ["stratum", "unit"]] = ["Riau", 99]
    table = found(frame)
    assert table.loc["KP223", ["severity", "column", "rows"]].tolist() == ["error", "stratum", [0, 1, 2, 3, 4]]
    assert table.loc["KP223", "message"] == "strata with one sampled unit only, so that their precision cannot be computed: 1 ('Riau')"
    assert found(frame, design=Design(weight="w", strata="stratum", psu="unit", single_psu="adjust")).empty
    assert check_survey(Survey(pd.DataFrame({"a": [1]}))).empty


def test_a_few_codes_of_units_in_two_strata_look_like_slips(found):
    frame = rows()
    frame.loc[0, "unit"] = 25
    table = found(frame)
    assert table.index.tolist() == ["KP224"]
    assert table.loc["KP224", ["column", "rows"]].tolist() == ["unit", [0, *range(250, 260)]]
    assert "such as 25 in 'Aceh', 'Bali'" in table.loc["KP224", "message"]
    assert found(rows().assign(unit=np.tile(np.repeat(np.arange(20), 10), 2))).empty


def test_rows_of_a_domain_are_checked_alone_and_named_by_their_own_labels():
    frame = rows().set_index(pd.Index(range(1000, 1400)))
    frame.loc[[1001, 1301], "age"] = 999
    survey = Survey(frame, book(), DESIGN).where(frame["stratum"] == "Bali")
    assert check_survey(survey)[["code", "rows"]].values.tolist() == [["KP210", [1301]]]


def test_a_sample_with_trimmed_weights_stays_clean():
    from kepuasan import trim_weights

    assert check_survey(trim_weights(load_sample("users", 2022), upper=400.0)).empty


def test_columns_that_look_like_weights_are_named_where_none_are_declared():
    # a forgotten weight was used by nobody, in silence
    frame = rows().rename(columns={"w": "Bobot"})
    table = check_survey(Survey(frame, book())).set_index("code")
    assert table.loc["KP229", ["severity", "column"]].tolist() == ["warning", "Bobot"]
    assert check_survey(Survey(frame, book(), Design(weight="Bobot"))).empty
    assert check_survey(Survey(frame.assign(Bobot=1.0), book())).empty
    assert check_survey(Survey(frame.rename(columns={"Bobot": "berat_badan"}), book())).empty
    assert check_survey(Survey(frame.rename(columns={"Bobot": "W"}))).empty  # wages of airlines


def test_weights_of_mean_1_are_held_against_the_parts_of_the_population(found):
    # relative weights were said not to sum to a population that they do not stand for
    frame = pd.DataFrame({"h": np.repeat(["a", "b"], 50), "N": np.repeat([1000, 500], 50), "w": np.repeat([20.0, 10.0], 50)})
    design = Design(weight="w", strata="h", fpc="N")
    relative = frame.assign(w=frame["w"] / frame["w"].mean())
    assert check_survey(Survey(frame, design=design)).empty
    assert check_survey(Survey(relative, design=design)).empty
    wrong = frame.assign(w=np.repeat([1.0, 1.0], 50))
    assert set(check_survey(Survey(wrong, design=design))["code"]) == {"KP222", "KP226"}


def test_strata_that_were_asked_whole_keep_their_sampling_fraction_of_1():
    # a fraction of 1 was taken for a population of one
    frame = pd.DataFrame({"h": np.repeat(["a", "b"], 50), "f": np.repeat([0.1, 1.0], 50), "w": np.repeat([10.0, 1.0], 50)})
    assert check_survey(Survey(frame, design=Design(weight="w", strata="h", fpc="f"))).empty
