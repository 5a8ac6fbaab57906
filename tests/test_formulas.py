"""Formulas: what formulaic reads, our own reading of plain columns beside its, and what is refused."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from formulaic import Formula

from kepuasan import Codebook, Survey
from kepuasan.codebook import Item
from kepuasan.errors import DataError
from kepuasan.formulas import ModelMatrix, design_matrix, outcome_values, read_formula

FRAME = pd.DataFrame(
    {
        "speed": [3.0, 4, 2, 4, 5, 1, 2, 3],
        "age": [30, 41, 22, 57, 33, 62, 45, 18],
        "income": [1.5, 2.25, 0.5, 8.0, 3.75, 2.0, 6.5, 1.0],
        "sex": ["L", "P", "P", "L", "L", "P", "L", "P"],
        "region": [3, 1, 2, 3, 3, 1, 2, 1],
        "flag": [True, False, True, True, False, False, True, False],
        "house type": [1, 2, 2, 1, 2, 1, 1, 2],
    }
)


def matrix_of(frame: pd.DataFrame, formula: str, used: list[bool] | None = None) -> ModelMatrix:
    return design_matrix(Survey(frame), formula, np.ones(len(frame), dtype=bool) if used is None else np.array(used))


@pytest.mark.parametrize(
    "formula",
    [
        "~ age",
        "~ age + income",
        "~ C(region) + age",
        "~ sex + C(region)",
        "~ flag + age",
        "~ C(flag)",
        "~ 0 + age + income",
        "~ 0 + C(region) + sex",
        "~ C(region) * C(sex)",
        "~ age:C(sex)",
        "~ log(income) + poly(age, 2)",
        "~ bs(age, df=4)",
        "~ C(region, contr.sum)",
        "~ C(region, levels=[2, 1, 3]) + region",
        "~ `house type` + C(`house type`):age",
        "~ I(age ** 2) + {age > 40}",
        "~ np.sqrt(income) + center(age)",
        "~ 1",
    ],
)
def test_the_matrix_is_the_one_that_formulaic_makes(formula: str) -> None:
    matrix, expected = matrix_of(FRAME, formula), Formula(formula).get_model_matrix(FRAME, context={})
    assert matrix.names == tuple(expected.columns)
    np.testing.assert_allclose(matrix.read(0, len(FRAME)), expected.to_numpy(dtype=float), rtol=1e-14)
    assert {name: list(place) for name, place in matrix.terms.items()} == {
        "Intercept" if str(term) == "1" else str(term): place for term, place in expected.model_spec.term_indices.items()
    }


@pytest.mark.parametrize("formula", ["~ C(region) + sex", "~ C(region) * sex", "~ 0 + C(region):C(sex)", "~ 1"])
def test_categorical_terms_make_one_row_for_each_combination(formula: str) -> None:
    many = pd.concat([FRAME] * 50, ignore_index=True)
    matrix = matrix_of(many, formula)
    assert matrix.code is not None
    assert len(matrix.table) == len(np.unique(matrix.read(0, len(many)), axis=0)) <= 6
    np.testing.assert_array_equal(matrix.table[matrix.code], Formula(formula).get_model_matrix(many, context={}).to_numpy(dtype=float))


@pytest.mark.parametrize("formula", ["~ age + C(region)", "~ C(region) + sex", "~ C(region) * sex", "~ log(age) + sex"])
def test_rows_that_lack_a_value_are_rows_of_nothing(formula: str) -> None:
    frame = FRAME.assign(
        age=FRAME["age"].where(FRAME["age"] > 20), sex=FRAME["sex"].where(FRAME.index != 1), region=FRAME["region"].where(FRAME.index != 4)
    )
    used = [True] * 6 + [False, True]
    matrix, spec = matrix_of(frame, formula, used), read_formula(formula)
    complete = frame[list(spec.columns)].notna().all(axis=1).to_numpy() & np.array(used)
    np.testing.assert_array_equal(matrix.complete, complete)
    whole = matrix.read(0, len(frame))
    assert (whole[~complete] == 0).all()
    kept = FRAME[complete]
    np.testing.assert_allclose(whole[complete], Formula(formula).get_model_matrix(kept, context={}).to_numpy(dtype=float))
    np.testing.assert_array_equal(whole[2:5], matrix.read(2, 5))


def test_a_level_outside_the_rows_used_is_no_column() -> None:
    assert matrix_of(FRAME, "~ C(region)", [region != 1 for region in FRAME["region"]]).names == ("Intercept", "C(region)[T.3]")


def test_whole_numbers_are_spelled_alike_whatever_their_type() -> None:
    types = {"integers": "int64", "floats": "float64", "nullable": "Int64", "objects": "object"}
    for type_ in types.values():
        frame = FRAME.assign(region=FRAME["region"].astype(type_))
        assert matrix_of(frame, "~ C(region)").names == ("Intercept", "C(region)[T.2]", "C(region)[T.3]"), type_
        assert matrix_of(frame, "~ C(region):age").names == ("Intercept", *(f"C(region)[{level}]:age" for level in (1, 2, 3))), type_
        assert matrix_of(frame, "~ region").names == ("Intercept", "region"), type_
    gaps = FRAME.assign(region=FRAME["region"].where(FRAME["region"] != 2))
    assert matrix_of(gaps, "~ C(region)").names == ("Intercept", "C(region)[T.3]")


def test_codes_that_mean_missing_are_missing() -> None:
    book = Codebook({"region": Item("region", missing={3: "refused"})})
    matrix = design_matrix(Survey(FRAME, book), "~ C(region) + age", np.ones(len(FRAME), dtype=bool))
    assert matrix.names == ("Intercept", "C(region)[T.2]", "age")
    np.testing.assert_array_equal(matrix.complete, FRAME["region"] != 3)


def test_columns_of_numbers_are_not_copied() -> None:
    survey = Survey(FRAME)
    matrix = design_matrix(survey, "~ age + income", np.ones(len(FRAME), dtype=bool))
    held = [values for _, values in matrix.cells.numbers]  # type: ignore[attr-defined]
    assert all(np.shares_memory(values, survey.frame[name].to_numpy()) for values, name in zip(held, ["age", "income"], strict=True))
    assert matrix.code is None


def test_a_category_keeps_its_own_order_of_levels() -> None:
    frame = FRAME.assign(sex=pd.Categorical(FRAME["sex"], categories=["P", "X", "L"]))
    assert matrix_of(frame, "~ sex").names == ("Intercept", "sex[T.L]")


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("~ aeg + C(sx)", "'aeg' is not a column of the survey; did you mean 'age'.*\n.*'sx'; did you mean 'sex'"),
        ("~ log(agee)", "'agee' is not a column of the survey; did you mean 'age'"),
        ("~ age +", "'~ age \\+' cannot be read: Operator `\\+`"),
        ("~ ", "has nothing on its right side"),
        ("~ 0", "has nothing on its right side"),
        ("~ age | sex", "several parts"),
        ("~ .", "every column by '.'"),
        ("speed + age ~ sex", "more than one outcome"),
        ("~ unknown(age)", "cannot be evaluated: .*'unknown' is not defined"),
        ("~ log(age - 30)", "'log\\(age - 30\\)' is no finite number in 3 rows \\(0, 2, 7\\)"),
        ("~ C(one)", "'one' has one level only \\('x'\\)"),
        ("~ endless", "'endless' is infinite in 1 rows \\(2\\)"),
        ("~ nothing", "no row with a weight has a value in every column"),
        ("~ age + when", "'when' holds datetime64.* values"),
    ],
)
def test_a_formula_that_cannot_be_is_refused_in_words(formula: str, said: str) -> None:
    endless = FRAME["income"].where(FRAME.index != 2, np.inf)
    frame = FRAME.assign(one="x", endless=endless, nothing=np.nan, when=pd.Timestamp("2022-01-01"))
    with pytest.raises(DataError, match=said):
        matrix_of(frame, formula)


def test_a_formula_that_is_no_text_is_refused() -> None:
    with pytest.raises(DataError, match="the formula is int, not text"):
        read_formula(3)  # type: ignore[arg-type]


def test_the_outcome_is_a_column_or_what_its_expression_says() -> None:
    frame = FRAME.assign(speed=FRAME["speed"].where(FRAME.index != 1))
    survey = Survey(frame)
    pd.testing.assert_series_equal(outcome_values(survey, read_formula("speed ~ age")), survey.column("speed"))
    logs = outcome_values(survey, read_formula("log(speed) ~ age"))
    np.testing.assert_allclose(logs, np.log(frame["speed"]))
    assert np.isnan(logs[1])
    assert outcome_values(survey, read_formula("{sex == 'P'} ~ age")).tolist() == [0, 1, 1, 0, 0, 1, 0, 1]
    with pytest.raises(DataError, match="has no outcome"):
        outcome_values(survey, read_formula("~ age"))
    with pytest.raises(DataError, match="makes 3 columns, not one"):
        outcome_values(survey, read_formula("C(region) ~ age"))


def test_formulaic_loads_when_a_formula_is_read_and_not_before() -> None:
    lines = (
        "import sys, kepuasan.formulas; print('formulaic' in sys.modules); kepuasan.formulas.read_formula('y ~ x'); print('formulaic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
