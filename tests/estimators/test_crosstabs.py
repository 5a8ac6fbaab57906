"""What a crossed table and its test are, whatever the data; and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kepuasan import Codebook, Design, Survey, add_replicates, poststratify
from kepuasan.codebook import Item
from kepuasan.columns import ESTIMATES
from kepuasan.errors import ChoiceError, DataError, DataWarning, SinglePSUError
from kepuasan.estimators.crosstabs import crosstab, rao_scott
from kepuasan.estimators.proportions import proportion

fast = settings(max_examples=20, deadline=None)
seeds = st.integers(0, 10_000)
CLUSTERS = Design("w", "stratum", "psu")


def rows_of(seed: int, n: int = 180) -> pd.DataFrame:
    """Three strata of four PSUs, two items that share a PSU effect."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"stratum": rng.integers(0, 3, n), "psu": rng.integers(0, 4, n), "w": rng.uniform(0.5, 4.0, n)})
    level = rng.normal(0, 0.8, 12)[frame["stratum"] * 4 + frame["psu"]]
    frame["sex"] = np.where(rng.normal(size=n) + level > 0, "L", "P")
    frame["channel"] = np.array(["app", "sms", "web"])[np.clip(np.round(rng.normal(1, 0.8, n) + level), 0, 2).astype(int)]
    return frame


@pytest.fixture(scope="module")
def survey() -> Survey:
    return Survey(rows_of(3), design=CLUSTERS)


def test_cells_are_shares_of_the_crossed_codes(survey: Survey) -> None:
    got = crosstab(survey, "sex", "channel")
    crossed = survey.frame["sex"] + survey.frame["channel"]
    expected = proportion(Survey(survey.frame.assign(crossed=crossed), design=CLUSTERS), "crossed")
    assert list(got.shares.key.columns) == ["sex", "channel"]
    assert got.shares.key.agg("".join, axis=1).tolist() == expected.key["category"].tolist()
    np.testing.assert_allclose(got.shares.vcov, expected.vcov, rtol=1e-12, atol=1e-18)
    np.testing.assert_array_equal(got.counts.ravel(), pd.crosstab(survey.frame["sex"], survey.frame["channel"]).to_numpy().ravel())
    assert got.shares.kind == "proportion"


@pytest.mark.parametrize(("part", "item", "by"), [("row_shares", "channel", "sex"), ("column_shares", "sex", "channel")])
def test_shares_within_a_margin_are_proportions_by_it(survey: Survey, part: str, item: str, by: str) -> None:
    got = getattr(crosstab(survey, "sex", "channel"), part)
    expected = proportion(survey, item, by=by)
    place = [int(np.flatnonzero((expected.key[by] == row[by]) & (expected.key["category"] == row[item]))[0]) for row in got.key.to_dict("records")]
    for name in ("value", "se", "df", "n", "deff"):
        np.testing.assert_allclose(getattr(got, name), getattr(expected, name)[place], rtol=1e-10)
    np.testing.assert_allclose(got.vcov, expected.vcov[np.ix_(place, place)], rtol=1e-9, atol=1e-18)
    np.testing.assert_allclose(got.ci(), expected.ci()[place], rtol=1e-10)


def test_shares_know_each_other(survey: Survey) -> None:
    got = crosstab(survey, "sex", "channel")
    joint = got.shares.join(got.row_shares)
    assert joint.vcov.shape == (12, 12)
    within = got.row_shares.linear(np.kron(np.eye(2), np.ones(3)), ["L", "P"])
    np.testing.assert_allclose(within.value, [1.0, 1.0], rtol=1e-12)
    np.testing.assert_allclose(within.se, [0.0, 0.0], atol=1e-12)


@fast
@given(seeds)
def test_a_simple_sample_gives_the_pearson_statistic_with_n_minus_1_for_n(seed: int) -> None:
    frame = rows_of(seed)
    got = crosstab(Survey(frame), "sex", "channel")
    pearson = stats.chi2_contingency(pd.crosstab(frame["sex"], frame["channel"]), correction=False).statistic
    n = len(frame)
    np.testing.assert_allclose(got.chi_square, pearson, rtol=1e-9)
    np.testing.assert_allclose(got.statistic, pearson * (n - 1) / n / 2, rtol=1e-9)
    np.testing.assert_allclose(got.df, (2.0, 2.0 * (n - 1)), rtol=1e-9)
    np.testing.assert_allclose(got.design_effect, n / (n - 1), rtol=1e-9)
    np.testing.assert_allclose(got.p_value, stats.f.sf(got.statistic, *got.df), rtol=1e-9)


@fast
@given(seeds, st.sampled_from([0.001, 37.0, 5e6]))
def test_neither_row_order_nor_the_scale_of_weights_nor_turning_the_table_changes_the_test(seed: int, times: float) -> None:
    frame = rows_of(seed)
    other = frame.sample(frac=1.0, random_state=seed).assign(w=lambda rows: rows["w"] * times)
    one, two = crosstab(Survey(frame, design=CLUSTERS), "sex", "channel"), crosstab(Survey(other, design=CLUSTERS), "channel", "sex")
    numbers = [[table.statistic, *table.df, table.p_value, table.chi_square, table.design_effect] for table in (one, two)]
    np.testing.assert_allclose(numbers[0], numbers[1], rtol=1e-8)


def test_the_correction_is_that_of_the_generalised_design_effects_written_out(survey: Survey) -> None:
    got = crosstab(survey, "sex", "channel")
    p, n = got.shares.value, got.n
    helmert = [np.array([[1.0], [-1.0]]), np.array([[1.0, 1.0], [-1.0, 1.0], [0.0, -2.0]])]
    contrasts = np.kron(*helmert)
    weighted = contrasts / p[:, None]
    effects = np.linalg.eigvals(np.linalg.solve(contrasts.T @ weighted / n, weighted.T @ got.shares.vcov @ weighted)).real
    np.testing.assert_allclose(got.design_effect, effects.mean(), rtol=1e-9)
    np.testing.assert_allclose(got.statistic, got.chi_square / effects.sum(), rtol=1e-9)
    np.testing.assert_allclose(got.df, np.array([1.0, 9.0]) * effects.sum() ** 2 / (effects**2).sum(), rtol=1e-9)


def test_rows_that_lack_a_code_are_counted_and_leave_as_a_domain_does(survey: Survey) -> None:
    frame = survey.frame.copy()
    frame.loc[frame.index[::9], "channel"] = None
    frame.loc[frame.index[5], "w"] = 0.0
    got = crosstab(Survey(frame, design=CLUSTERS), "sex", "channel")
    complete = Survey(frame, design=CLUSTERS).where(frame["channel"].notna())
    expected = crosstab(complete, "sex", "channel")
    assert (got.n, got.left_out) == (159, 20)
    assert (expected.n, expected.left_out) == (159, 0)
    assert got.statistic == pytest.approx(expected.statistic, rel=1e-12)
    np.testing.assert_allclose(got.shares.se, expected.shares.se, rtol=1e-12)


def test_codes_that_no_complete_row_has_are_no_rows_or_columns(survey: Survey) -> None:
    book = Codebook({"sex": Item("sex", type="text", values={"L": "Laki-laki", "P": "Perempuan", "X": "Lain"})})
    frame = survey.frame.copy()
    frame.loc[frame["channel"] == "web", "w"] = 0.0
    got = crosstab(Survey(frame, book, CLUSTERS), "sex", "channel")
    assert got.shares.key.to_numpy().tolist() == [["L", "app"], ["L", "sms"], ["P", "app"], ["P", "sms"]]
    domain = crosstab(survey.where("channel != 'web'"), "sex", "channel")
    assert domain.counts.shape == (2, 2)


def test_empty_cells_leave_the_interactions_that_can_be_seen() -> None:
    frame = rows_of(11).query("not (sex == 'L' and channel == 'web')")
    got = crosstab(Survey(frame, design=CLUSTERS), "sex", "channel")
    assert got.shares.value[2] == 0
    assert 0 < got.p_value < 1
    diagonal = np.array([[0.3, 0.0, 0.0], [0.0, 0.3, 0.0], [0.0, 0.0, 0.4]])
    p = diagonal.ravel()
    statistic, df, p_value, chi_square, _ = rao_scott(diagonal, (np.diag(p) - np.outer(p, p)) / 99, 100, 99)
    assert chi_square == pytest.approx(200.0)
    assert np.isfinite([statistic, *df]).all()
    assert p_value < 1e-12


@pytest.mark.parametrize(
    ("rows", "columns", "message"),
    [
        ("sex", "sex", "rows and columns are both 'sex'; name two items"),
        ("sexx", "channel", "'sexx' is not a column of the survey; did you mean 'sex'?"),
        (["sex", "psu"], "channel", "rows takes one item, not 2"),
        ("sex", "all", "'all' has the code 1 only, where both items are answered; a table needs two codes or more of each"),
        ("sex", "none", "nobody answered 'none'"),
        ("sex", "n", "columns names 'n', which is a column of every table of results"),
        ("left", "right", "no row with a weight has a code of both 'left' and 'right'"),
    ],
)
def test_what_makes_no_table_is_refused(survey: Survey, rows: Any, columns: Any, message: str) -> None:
    half = np.where(np.arange(180) < 90, 1.0, np.nan)
    frame = survey.frame.assign(all=1, none=np.nan, n=1, left=half, right=half[::-1])
    with pytest.raises(DataError, match=message.replace("?", r"\?")):
        crosstab(Survey(frame, design=CLUSTERS), rows, columns)


def test_a_lone_unit_is_refused(survey: Survey) -> None:
    with pytest.raises(SinglePSUError, match="strata with one sampled unit only"):
        crosstab(Survey(survey.frame.assign(stratum=range(180)), design=CLUSTERS), "sex", "channel")


def test_a_census_has_shares_but_no_test(survey: Survey) -> None:
    whole = Survey(survey.frame.assign(all=1.0), design=Design("w", "stratum", "psu", fpc="all"))
    with pytest.warns(DataWarning, match="the table has no test: its shares have no sampling variance"):
        got = crosstab(whole, "sex", "channel")
    assert np.isnan([got.statistic, *got.df, got.p_value]).all()
    assert got.shares.se.max() == 0
    assert got.chi_square > 0


def test_every_part_is_a_tidy_table(survey: Survey) -> None:
    got = crosstab(survey, "sex", "channel")
    for part in ("shares", "row_shares", "column_shares"):
        table = got.to_frame(part, level=0.9)
        assert list(table.columns) == ["sex", "channel", *ESTIMATES]
        assert table["level"].eq(0.9).all()
        assert table["n_eff"].notna().all()
    test = got.to_frame("test")
    assert list(test.columns) == ["rows", "columns", "statistic", "df", "df_denominator", "p_value", "chi_square", "deff", "n", "left_out"]
    assert test.loc[0, ["df", "df_denominator"]].tolist() == list(got.df)
    with pytest.raises(ChoiceError, match="part is 'rows'; choose one of 'shares', 'row_shares', 'column_shares', 'test'"):
        got.to_frame("rows")  # type: ignore[arg-type]


def test_the_table_is_shown_in_percent_with_its_test_and_its_names_escaped(survey: Survey) -> None:
    frame = survey.frame.rename(columns={"sex": "<b>"})
    frame.loc[0, "channel"] = None
    got = crosstab(Survey(frame, design=CLUSTERS), "<b>", "channel")
    assert "100.0%" in repr(got)
    assert "n 179; 1 rows lack a code" in repr(got)
    assert "&lt;b&gt;" in got._repr_html_()
    assert "<b>" not in got._repr_html_()
    assert f"p {got.p_value:.3g}" in got._repr_html_()


def test_a_margin_that_was_poststratified_is_known_without_error(survey: Survey) -> None:
    after = poststratify(survey, "sex", {"L": 300.0, "P": 200.0})
    shares = crosstab(after, "sex", "channel").shares
    sexes = shares.linear(np.kron(np.eye(2), np.ones(3)), ["L", "P"])
    np.testing.assert_allclose(sexes.value, [0.6, 0.4], rtol=1e-9)
    np.testing.assert_allclose(sexes.se, [0.0, 0.0], atol=1e-9)
    assert crosstab(after, "sex", "channel").row_shares.se == pytest.approx(proportion(after, "channel", by="sex").se, rel=1e-8)


@pytest.mark.parametrize(("method", "drawn"), [("jkn", {}), ("bootstrap", {"n": 400, "seed": 7})])
def test_replicates_give_the_margins_the_errors_of_proportions_and_a_test_near_the_linearised_one(survey: Survey, method: Any, drawn: Any) -> None:
    redone = add_replicates(poststratify(survey, "sex", {"L": 300.0, "P": 200.0}), method, **drawn)
    got, plain = crosstab(redone, "sex", "channel"), crosstab(survey, "sex", "channel")
    np.testing.assert_allclose(got.row_shares.se, proportion(redone, "channel", by="sex").se, rtol=1e-9)
    np.testing.assert_allclose(got.shares.linear(np.kron(np.eye(2), np.ones(3)), ["L", "P"]).se, [0.0, 0.0], atol=1e-9)
    assert got.statistic == pytest.approx(plain.statistic, rel=0.4)
    assert got.df[1] / got.df[0] == pytest.approx(survey.design.df)
