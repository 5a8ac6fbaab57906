"""The sparse and the dense road, and blocks of any size, give the same covariances."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kepuasan import Design, Estimates, Survey, mean, ratio, total
from kepuasan.numerics import totals, variance

DESIGNS = {
    "rows": Design("w"),
    "strata of rows": Design("w", "stratum"),
    "clusters": Design("w", "stratum", "psu"),
    "population counts": Design("w", "stratum", "psu", "units"),
    "two stages": Design("w", "stratum", ["psu", "ssu"], ["units", "homes"]),
    "lone units uncentred": Design("w", "lone", "psu", single_psu="adjust"),
    "lone units averaged": Design("w", "lone", "psu", single_psu="average"),
}


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    """Eighty PSUs of six rows, each in one or two of forty places."""
    rng = np.random.default_rng(7)
    n = 480
    rows = pd.DataFrame({"psu": np.repeat(np.arange(80), 6), "ssu": np.tile([0, 0, 1, 1, 2, 2], 80), "w": rng.uniform(0.5, 3.0, n)})
    rows = rows.assign(stratum=rows["psu"] // 20, units=400, homes=9, place=rows["psu"] // 2, speed=rng.integers(1, 6, n).astype(float))
    rows["lone"] = np.where(rows["psu"] == 79, 9, rows["stratum"])
    rows["ease"] = rows["speed"] + rng.normal(0.0, 1.0, n)
    rows.loc[rng.random(n) < 0.1, "speed"] = np.nan
    return rows


def asked(survey: Survey) -> list[Estimates]:
    return [mean(survey, ["speed", "ease"], by="place"), total(survey, "ease", by=["place", "ssu"]), ratio(survey, "ease", "speed", by="place")]


def contrasts(estimates: Estimates) -> Estimates:
    return estimates.contrast({"place": 3}, {"place": 17})


@pytest.mark.parametrize("name", DESIGNS)
def test_sparse_influence_gives_the_errors_covariances_and_contrasts_of_dense_influence(
    frame: pd.DataFrame, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = Survey(frame, design=DESIGNS[name])
    dense = asked(survey)
    assert all(isinstance(one.spread.influence, np.ndarray) for one in dense)
    monkeypatch.setattr(variance, "_DENSE_LIMIT", 0)
    sparse = asked(survey)
    assert not any(isinstance(one.spread.influence, np.ndarray) for one in sparse)
    for got, expected in zip(sparse, dense, strict=True):
        size = np.outer(expected.se, expected.se)
        np.testing.assert_allclose(got.se, expected.se, rtol=1e-10)
        np.testing.assert_allclose((got.vcov - expected.vcov) / size, 0.0, atol=1e-10)
        np.testing.assert_allclose(contrasts(got).se, contrasts(expected).se, rtol=1e-10)
        np.testing.assert_allclose(contrasts(got).vcov, contrasts(expected).vcov, rtol=1e-9)


def test_selections_and_joins_of_sparse_influence_are_those_of_dense_influence(frame: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    survey = Survey(frame, design=DESIGNS["clusters"])
    dense = mean(survey, "speed", by="place").join(total(survey, "ease"))
    monkeypatch.setattr(variance, "_DENSE_LIMIT", 0)
    sparse = mean(survey, "speed", by="place").join(total(survey, "ease"))
    np.testing.assert_allclose(sparse.vcov, dense.vcov, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(sparse["speed"].se, dense["speed"].se, rtol=1e-10)
    matrix = np.random.default_rng(1).normal(size=(2, len(dense)))
    np.testing.assert_allclose(sparse.linear(matrix, ["p", "q"]).vcov, matrix @ dense.vcov @ matrix.T, rtol=1e-9)


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("size", [1, 7, 100])
def test_blocks_of_any_size_give_the_same_totals_and_errors(frame: pd.DataFrame, name: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    survey = Survey(frame, design=DESIGNS[name])
    whole = asked(survey)
    expected = [(one.value, one.se, one.deff, one.vcov) for one in whole]
    for module, constant in ((totals, "_SMALL_BLOCK"), (totals, "_LARGE_BLOCK"), (totals, "_BLOCK_CELLS"), (variance, "_BLOCK_VALUES")):
        monkeypatch.setattr(module, constant, size)
    for got, (value, se, deff, vcov) in zip(asked(survey), expected, strict=True):
        np.testing.assert_allclose(got.value, value, rtol=1e-12)
        np.testing.assert_allclose(got.se, se, rtol=1e-11)
        np.testing.assert_allclose(got.deff, deff, rtol=1e-10)
        np.testing.assert_allclose((got.vcov - vcov) / np.outer(se, se), 0.0, atol=1e-10)


def test_rows_taken_as_units_are_clusters_of_one_row(frame: pd.DataFrame) -> None:
    numbered = frame.assign(row=np.arange(len(frame)))
    rows = mean(Survey(numbered, design=Design("w", "stratum")), ["speed", "ease"], by="place")
    ones = mean(Survey(numbered, design=Design("w", "stratum", "row")), ["speed", "ease"], by="place")
    np.testing.assert_allclose(rows.vcov, ones.vcov, rtol=1e-9, atol=1e-15)
    assert rows.df.tolist() == ones.df.tolist()
