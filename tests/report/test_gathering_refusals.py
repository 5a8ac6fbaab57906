"""What a request may not ask for is refused at the door, all of it at once."""

import numpy as np
import pytest

from kepuasan import Design, Survey, stack_waves
from kepuasan.errors import DataError, RecipeError
from kepuasan.report import Against, Group, Plan, ReportRequest, gather_results
from kepuasan.report.gathering.refusing import columns_of_condition


def refused(survey, error=RecipeError, waves=("2020",), **asked):
    with pytest.raises(error) as caught:
        gather_results(survey, ReportRequest(waves, **asked))
    return str(caught.value)


def test_all_unknown_columns_are_named_with_the_nearest(waves):
    message = refused(
        stack_waves(waves),
        DataError,
        ("2020", "2022"),
        domains=("sx",),
        league="regin",
        provinces="units",
        outcome="spead",
        ranked=("update",),
        groups=(Group("W", "sexx == 'P'"),),
    )
    for wrong, near in {"sx": "sex", "regin": "region", "units": "unit", "spead": "speed", "update": "updates", "sexx": "sex"}.items():
        assert f"{wrong!r}; did you mean {near!r}?" in message or f"{wrong!r} is not a column of the survey; did you mean {near!r}" in message


def test_items_of_the_other_population_are_named_as_its_own(waves):
    against = Against(Survey(waves["2020"].frame.drop(columns="speed")), "A", "U", items=("speed", "updates"))
    message = refused(waves["2020"], DataError, against=against)
    assert message.startswith("the other population: 'speed' is not a column")


def test_an_item_of_the_plan_that_nobody_knows_is_refused_with_the_nearest(waves):
    assert "the plan names 'sped'; did you mean 'speed'?" in refused(waves["2020"], plan=(Plan("sped"),))


@pytest.mark.parametrize(
    "asked", [{"domains": ("kontak",)}, {"league": "kontak"}, {"provinces": "kontak"}, {"groups": (Group("x", "kontak == 'a@b.id'"),)}]
)
def test_results_by_a_column_of_persons_are_refused(waves, asked):
    frame = waves["2020"].frame.assign(kontak=[f"orang{row}@contoh.id" for row in range(60)])
    message = refused(Survey(frame, waves["2020"].codebook), **asked)
    assert "personal data are shown by no result: 'kontak' (e-mail address)" in message
    assert "orang" not in message


def test_a_column_that_the_codebook_calls_personal_is_refused(waves):
    from dataclasses import replace

    from kepuasan.codebook import Item

    book = waves["2020"].codebook
    declared = replace(book, items={**book.items, "region": Item("region", "Wilayah", type="text", role="personal")})
    assert "'region' (declared personal by the codebook)" in refused(Survey(waves["2020"].frame, declared), league="region")


@pytest.mark.parametrize("asked", [{"domains": ("kk",)}, {"outcome": "kk"}, {"outcome": "speed", "ranked": ("updates", "kk")}, {"frame": "kk"}])
def test_numbers_of_persons_are_refused_though_they_are_the_units_of_the_design(waves, asked):
    # the domain of a column that was also the sampled unit listed every NIK as a row of the table
    frame = waves["2020"].frame.assign(kk=[f"32010112030{row % 20:05d}" for row in range(60)])
    survey = Survey(frame, waves["2020"].codebook, Design(psu="kk"))
    assert "'kk' (identity number)" in refused(survey, **asked)


def test_strata_and_columns_with_values_are_no_persons(waves):
    frame = waves["2020"].frame.assign(nama=np.where(np.arange(60) % 2, "Loket A", "Loket B"))
    tree = gather_results(Survey(frame, waves["2020"].codebook), ReportRequest(("2020",), domains=("nama",)))
    assert tree.domains[0].score.key["nama"].tolist() == ["Loket A", "Loket B"]


# ---------------------------------------------------------------- conditions


@pytest.mark.parametrize(
    ("condition", "columns"),
    [
        ("sex == 'P'", ["sex"]),
        ("age >= 15 and age < 25", ["age"]),
        ("age < 25 & sex in ['P', 'X'] | not (old == 1)", ["age", "sex", "old"]),
        ('`Home town` == "Ambon" or `usia (th)` < -1', ["Home town", "usia (th)"]),
        ("18 < age <= 30", ["age"]),
        (" birth + 18 <= year ", ["birth", "year"]),
    ],
)
def test_the_columns_of_a_condition_are_read(condition, columns):
    assert sorted(columns_of_condition(condition)) == sorted(columns)


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("sex = 'P'", "cannot be read"),
        ("sex ==", "cannot be read"),
        ("", "cannot be read"),
        ("@survey", "cannot be read"),
        ("1 == 1", "names no column"),
        ("sex.to_csv('x')", "compare columns with values"),
        ("__import__('os')", "compare columns with values"),
        ("age ** 9 ** 9 ** 9 > 1", "compare columns with values"),
        ("[age for age in (1, 2)]", "compare columns with values"),
        ("\x00", "cannot be read"),
    ],
)
def test_what_is_no_comparison_of_columns_with_values_is_refused(condition, why):
    with pytest.raises(RecipeError, match=why):
        columns_of_condition(condition)


def test_all_conditions_that_hold_for_nobody_or_everybody_are_named(waves):
    groups = (Group("A", "sex == 'F'"), Group("B", "speed >= 1"), Group("C", "sex == 'P'"), Group("D", "speed < 'x'"))
    message = refused(waves["2020"], groups=groups)
    assert "the group of \"sex == 'F'\"" in message
    assert "the group of 'speed >= 1': the condition holds for everybody" in message
    assert "the group of \"speed < 'x'\"" in message
    assert "'P'" not in message
