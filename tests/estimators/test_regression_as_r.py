"""Regressions beside R's survey package and statsmodels, identities that they keep, and what is refused."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.agreement import HERE, built, data
from scipy import special

from kepuasan import Codebook, Design, Estimates, Regression, Survey, add_replicates, calibrate, mean, proportion, regress
from kepuasan.codebook import Item
from kepuasan.errors import ConvergenceError, DataError, DataWarning, EstimateError

R = json.loads((HERE / "regression.json").read_text(encoding="utf-8"))
MODELS = R.pop("models")
CASES = [(case, model) for case, found in R.items() for model in found if "error" not in found[model]]
EMPTY = [(case, model) for case, found in R.items() for model in found if found[model].get("error") == "collinear" and "." not in case]
#: terms as R calls them and as the formula does
TERMS = {"sex": "C(sex)", "region": "C(region)", "region:sex": "C(region):C(sex)", "ease": "ease"}

fast = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 10_000)
CLUSTERS = Design("w", "stratum", "psu")


def fitted(case: str, model: str) -> Regression:
    name, _, replicates = case.partition(".")
    survey = add_replicates(built(name), replicates.lower()) if replicates else built(name)
    return regress(survey, MODELS[model]["formula"], family=MODELS[model]["family"])


@pytest.mark.parametrize(("case", "model"), CASES, ids=lambda part: part)
def test_coefficients_and_their_covariance_are_those_of_r(case: str, model: str) -> None:
    found, expected = fitted(case, model), R[case][model]
    covariance = np.array(expected["vcov"])
    errors = np.sqrt(np.diag(covariance))
    np.testing.assert_allclose(found.value, expected["value"], rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(found.vcov, covariance, rtol=0, atol=1e-9 * np.outer(errors, errors).max())
    np.testing.assert_allclose(found.se, errors, rtol=1e-9)
    assert found.r_squared == pytest.approx(expected["r_squared"], rel=1e-9, abs=1e-12)
    assert set(found.n) == {expected["n"]}
    if "." not in case:  # of replicates ours are those of the design's rows used; R's those of all its rows
        assert set(found.df) == {expected["df"]}
    if expected.get("test"):
        asked = MODELS[model]["test"]
        test = found.test([TERMS[term] for term in ([asked] if isinstance(asked, str) else asked)])
        assert test.statistic == pytest.approx(expected["test"]["statistic"], rel=1e-8)
        if "." not in case and expected["df"] > 0:
            assert list(test.df) == expected["test"]["df"]
            assert test.p_value == pytest.approx(expected["test"]["p_value"], rel=1e-7, abs=1e-14)


@pytest.mark.parametrize(("case", "model"), EMPTY, ids=lambda part: part)
def test_a_cell_without_rows_is_refused_by_name_where_r_leaves_it_out(case: str, model: str) -> None:
    with pytest.raises(DataError, match=r"never vary, or that the others determine: 'C\(region\)\[T.south\]:C\(sex\)\[T.P\]'"):
        fitted(case, model)


# ------------------------------------------------------------ other witnesses


def test_without_a_design_the_fits_are_those_of_statsmodels_with_robust_errors() -> None:
    frame = data("stages.csv").dropna(subset=["speed", "ease", "sex"]).assign(high=lambda rows: (rows["speed"] >= 4).astype(float))
    survey, n = Survey(frame), len(frame)
    for family, formula, model in (
        ("linear", "speed ~ ease + C(sex)", smf.ols("speed ~ ease + C(sex)", frame)),
        ("logit", "high ~ ease + C(sex)", smf.glm("high ~ ease + C(sex)", frame, family=sm.families.Binomial())),
    ):
        ours, theirs = regress(survey, formula, family=family), model.fit(cov_type="HC0")  # type: ignore[arg-type]
        np.testing.assert_allclose(ours.value, theirs.params[ours.key["item"]], rtol=1e-7)
        np.testing.assert_allclose(ours.se, theirs.bse[ours.key["item"]] * np.sqrt(n / (n - 1)), rtol=1e-6)


def test_an_ordinal_fit_is_that_of_statsmodels_where_weights_are_equal() -> None:
    from statsmodels.miscmodels.ordinal_model import OrderedModel
    from statsmodels.tools.sm_exceptions import ConvergenceWarning

    frame = data("stages.csv").dropna(subset=["speed", "ease"])
    with warnings.catch_warnings():  # older releases ask for a smaller gradient than their search can give
        warnings.simplefilter("ignore", ConvergenceWarning)
        theirs = OrderedModel(frame["speed"], frame[["ease", "received"]], distr="logit").fit(method="bfgs", disp=0, gtol=1e-9, maxiter=500)
    ours = regress(Survey(frame), "speed ~ ease + received", family="ordinal")
    thresholds = theirs.model.transform_threshold_params(theirs.params.to_numpy())[1:-1]
    np.testing.assert_allclose(ours.value, [*theirs.params[:2], *thresholds], rtol=1e-6)
    assert ours.key["item"].tolist() == ["ease", "received", "1|2", "2|3", "3|4", "4|5"]
    assert ours.r_squared == pytest.approx(1 - theirs.llf / theirs.llnull, rel=1e-8)


@pytest.mark.parametrize("family", ["linear", "logit", "ordinal"])
def test_replicates_are_the_fits_of_their_weights(family: Any) -> None:
    frame = data("stages.csv").dropna(subset=["speed", "ease"]).reset_index(drop=True)
    formula = "I(speed >= 4) ~ ease + received" if family == "logit" else "speed ~ ease + received"
    survey = add_replicates(Survey(frame, design=Design("w", "stratum", "psu")), "jkn")
    found = regress(survey, formula, family=family)
    units, redone, scale = frame.groupby(["stratum", "psu"]).ngroup(), [], []
    for unit in range(units.max() + 1):
        beside = frame["stratum"] == frame["stratum"][units == unit].iloc[0]
        count = units[beside].nunique()
        weights = frame["w"] * np.where(units == unit, 0.0, np.where(beside, count / (count - 1), 1.0))
        redone.append(regress(Survey(frame.assign(w=weights), design=Design("w")), formula, family=family).value)
        scale.append((count - 1) / count)
    gaps = np.array(redone) - np.mean(redone, axis=0)
    expected = (gaps * np.array(scale)[:, None]).T @ gaps
    np.testing.assert_allclose(found.vcov, expected, rtol=1e-6, atol=1e-9 * expected.max())


# ------------------------------------------------------------ identities


def rows_of(seed: int) -> pd.DataFrame:
    """Three strata of three PSUs, with weights, missing answers and domains."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame([(h, i) for h in range(3) for i in range(3) for _ in range(rng.integers(5, 9))], columns=["stratum", "psu"])
    n = len(frame)
    frame = frame.assign(w=rng.uniform(0.2, 5.0, n), x=rng.normal(3.0, 1.0, n), z=rng.normal(size=n), g=rng.choice(list("abc"), n))
    frame["y"] = np.clip(np.round(frame["x"] + rng.normal(size=n)), 1, 5)
    frame["high"] = (frame["y"] + rng.normal(size=n) > 3).astype(float)
    frame.loc[rng.random(n) < 0.1, "z"] = np.nan
    return frame


def check_same(left: Estimates, right: Estimates, times: Any = 1.0) -> None:
    np.testing.assert_allclose(left.value, right.value * times, rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(left.se, right.se * np.abs(times), rtol=1e-7, atol=1e-10)


@fast
@given(seeds, st.sampled_from([0.001, 12.0, 5e6]), st.sampled_from(["linear", "logit", "ordinal"]))
def test_the_scale_of_weights_and_the_order_of_rows_change_nothing(seed: int, times: float, family: Any) -> None:
    frame, formula = rows_of(seed), "high ~ x + C(g)" if family == "logit" else "y ~ x + C(g)"
    other = frame.sample(frac=1.0, random_state=seed).assign(w=lambda rows: rows["w"] * times)
    one, two = (regress(Survey(rows, design=CLUSTERS), formula, family=family) for rows in (frame, other))
    check_same(two, one)
    assert two.r_squared == pytest.approx(one.r_squared, rel=1e-9)
    assert two.test("C(g)").statistic == pytest.approx(one.test("C(g)").statistic, rel=1e-7)


@fast
@given(seeds, st.sampled_from([-3.0, 0.01, 1e6]), st.sampled_from(["linear", "logit", "ordinal"]))
def test_scaling_a_regressor_scales_its_coefficient_alone(seed: int, times: float, family: Any) -> None:
    frame, formula = rows_of(seed), "high ~ x + C(g)" if family == "logit" else "y ~ x + C(g)"
    one = regress(Survey(frame, design=CLUSTERS), formula, family=family)
    two = regress(Survey(frame.assign(x=frame["x"] * times), design=CLUSTERS), formula, family=family)
    check_same(two, one, np.where(one.key["item"] == "x", 1 / times, 1.0))


@fast
@given(seeds)
def test_coefficients_of_indicators_are_domain_means_with_their_covariance(seed: int) -> None:
    survey = Survey(rows_of(seed), design=CLUSTERS)
    found, means = regress(survey, "y ~ 0 + C(g)"), mean(survey, "y", by="g")
    check_same(found, means)
    np.testing.assert_allclose(found.vcov, means.vcov, rtol=1e-8, atol=1e-12)
    check_same(regress(survey, "y ~ C(g)")["C(g)[T.b]"], means.contrast({"g": "b"}, {"g": "a"}))


@fast
@given(seeds)
def test_a_coefficient_is_that_of_the_residual_on_the_other_regressors(seed: int) -> None:
    frame = rows_of(seed).dropna()
    survey = Survey(frame, design=CLUSTERS)
    whole, inner = regress(survey, "y ~ x + z + C(g)"), regress(survey, "x ~ z + C(g)")
    matrix = pd.get_dummies(frame["g"], dtype=float)
    fitted_x = inner.value[0] + matrix[["b", "c"]].to_numpy() @ inner.value[[2, 3] if inner.key["item"][1] == "z" else [1, 2]]
    fitted_x = fitted_x + frame["z"] * inner["z"].value[0]
    alone = regress(Survey(frame.assign(rest=frame["x"] - fitted_x), design=CLUSTERS), "y ~ 0 + rest")
    assert alone.value[0] == pytest.approx(whole["x"].value[0], rel=1e-8)


@fast
@given(seeds)
def test_models_without_regressors_are_log_odds_of_shares(seed: int) -> None:
    survey = Survey(rows_of(seed), design=CLUSTERS)
    share = proportion(survey, "high")["1"]
    p, fit = share.value[0], regress(survey, "high ~ 1", family="logit")
    assert fit.value[0] == pytest.approx(special.logit(p), rel=1e-9)
    assert fit.se[0] == pytest.approx(share.se[0] / (p * (1 - p)), rel=1e-9)
    cumulated = np.cumsum(proportion(survey, "y").value)[:-1]
    np.testing.assert_allclose(regress(survey, "y ~ 1", family="ordinal").value, special.logit(cumulated), rtol=1e-9)


@fast
@given(seeds, st.sampled_from(["linear", "logit", "ordinal"]))
def test_distinct_rows_give_what_all_rows_give(seed: int, family: Any) -> None:
    frame, outcome = rows_of(seed), "high" if family == "logit" else "y"
    frame = frame.assign(b=(frame["g"] == "b") * 1.0, c=(frame["g"] == "c") * 1.0)
    survey = Survey(frame, design=CLUSTERS)
    gathered, one_by_one = (regress(survey, f"{outcome} ~ {right}", family=family) for right in ("C(g)", "b + c"))
    check_same(gathered, one_by_one)
    assert gathered.r_squared == pytest.approx(one_by_one.r_squared, rel=1e-9)


def test_a_domain_is_a_mask_and_rows_that_lack_a_value_leave_as_one() -> None:
    frame = rows_of(3)
    survey = Survey(frame, design=CLUSTERS)
    inside = (frame["g"] != "c") & frame["z"].notna()
    check_same(regress(survey.where("g != 'c'"), "y ~ x + z"), regress(survey.where(inside), "y ~ x + z"))
    found = regress(survey.where("g != 'c'"), "y ~ x + z")
    assert set(found.n) == {float(inside.sum())}
    filtered = regress(Survey(frame[inside & (frame["stratum"] > 0)], design=CLUSTERS), "y ~ x + z")
    assert not np.allclose(filtered.se, found.se)


def test_negative_weights_count_in_linear_models_and_are_refused_in_others() -> None:
    frame = rows_of(11).assign(age=lambda rows: rows["x"] * 10)
    with pytest.warns(DataWarning, match="negative"):
        survey = calibrate(Survey(frame, design=CLUSTERS), "~ age", {"Intercept": frame["w"].sum(), "age": 40.0 * frame["w"].sum()})
    assert (survey.weights < 0).any()
    x, w = np.column_stack([np.ones(len(frame)), frame["x"]]), survey.weights.to_numpy()
    np.testing.assert_allclose(regress(survey, "y ~ x").value, np.linalg.solve((x * w[:, None]).T @ x, (x * w[:, None]).T @ frame["y"]), rtol=1e-9)
    check_same(regress(survey, "y ~ 0 + C(g)"), mean(survey, "y", by="g"))
    for family, outcome in (("logit", "high"), ("ordinal", "y")):
        with pytest.raises(DataError, match="rows have a negative weight, with which an .* has no likelihood"):
            regress(survey, f"{outcome} ~ x", family=family)  # type: ignore[arg-type]


def test_a_missing_code_is_no_answer_and_no_regressor() -> None:
    frame = rows_of(4).assign(y=lambda rows: rows["y"].where(rows.index % 7 != 0, 9), g=lambda rows: rows["g"].where(rows.index % 5 != 0, "?"))
    book = Codebook({"y": Item("y", missing={9: "refused"}), "g": Item("g", type="text", missing={"?": "unknown"})})
    found = regress(Survey(frame, book, CLUSTERS), "y ~ x + C(g)")
    clean = frame.assign(y=frame["y"].where(frame["y"] != 9), g=frame["g"].where(frame["g"] != "?"))
    check_same(found, regress(Survey(clean, design=CLUSTERS), "y ~ x + C(g)"))


# ------------------------------------------------------------ what a regression is


def test_a_regression_is_estimates_and_its_parts_are_plain_ones() -> None:
    survey = Survey(rows_of(5), design=CLUSTERS)
    found = regress(survey, "y ~ x + C(g)")
    assert isinstance(found, Estimates)
    assert found.key["item"].tolist() == ["Intercept", "x", "C(g)[T.b]", "C(g)[T.c]"]
    assert found.to_frame()["estimate"].tolist() == found.value.tolist()
    assert replace(found, formula="?").test("x").statistic == pytest.approx(float(found.t[1]) ** 2)
    parts = [found["x"], found.contrast("C(g)[T.b]", "C(g)[T.c]"), found.linear([1, 3, 0, 0], ["at 3"]), found.join(mean(survey, "y"))]
    assert [type(part) for part in parts] == [Estimates] * 4
    assert parts[2].value[0] == pytest.approx(found.value @ [1, 3, 0, 0])
    assert "R-squared" in repr(found)
    assert "x" in found._repr_html_()


@pytest.mark.parametrize(
    ("column", "event"),
    [([0, 1, 1, 0, 1, 0], 1), ([False, True, True, False, True, False], True), (list("NYYNYN"), "Y"), ([1, 2, 2, 1, 2, 1], 2)],
)
def test_the_event_of_a_logistic_model_is_the_later_answer(column: list[Any], event: object) -> None:
    frame = pd.DataFrame({"y": column, "x": [1.0, 1, 2, 2, 3, 3]})
    found = regress(Survey(frame), "y ~ x", family="logit")
    assert found.event == event
    assert f"logit of answer {event!r}" in repr(found)
    assert found.value[1] == pytest.approx(regress(Survey(frame.assign(y=[0, 1, 1, 0, 1, 0])), "y ~ x", family="logit").value[1])


def refused() -> pd.DataFrame:
    frame = rows_of(6)
    return frame.assign(
        twice=2 * frame["x"] - 1, still=5.0, when=frame["g"].map({"a": 1, "b": 0, "c": 0}), split=(frame["x"] > 3) * 1, level=frame["y"].map(str),
        top=np.where(frame["g"] == "c", 5.0, frame["y"].clip(upper=4)), none=np.nan, far=frame["x"].where(frame.index != 7, np.inf),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "family", "error", "said"),
    [
        ("y ~ x + twice", "linear", DataError, "the others determine: 'twice'; leave them out"),
        ("y ~ x + still", "linear", DataError, "never vary, or that the others determine: 'still'"),
        ("y ~ C(g) + I(g == 'b')", "linear", DataError, "the others determine: \"I\\(g == 'b'\\)\""),
        ("none ~ x", "linear", DataError, "nobody answered 'none'"),
        ("far ~ x", "linear", DataError, "'far' is infinite in 1 rows \\(7\\)"),
        ("level ~ x", "linear", DataError, "'level' holds .* values such as"),
        ("y ~ yy", "linear", DataError, "'yy' is not a column of the survey"),
        ("y ~ x", "probit", ValueError, "family is 'probit'; choose one of 'linear', 'logit', 'ordinal'"),
        ("y ~ x", "logit", DataError, "two values, but 'y' has 1, 2, 3, 4, 5 among the rows used; make it 1"),
        ("still ~ x", "logit", DataError, "two values, but 'still' has 5 among the rows used; there is nothing to model"),
        ("high ~ x", "ordinal", DataError, "three values or more, but 'high' has 0, 1 .* use family=\"logit\""),
        ("level ~ x", "ordinal", DataError, "'level' of an ordinal model holds .* which have no order"),
        ("y ~ 0 + x", "ordinal", DataError, "thresholds in the intercept's place"),
        ("split ~ z + x", "logit", ConvergenceError, "'split' has no finite solution: its answers are told apart by 'x'"),
        ("when ~ z + C(g)", "logit", ConvergenceError, "told apart by 'C\\(g\\)\\[T.b\\]', 'C\\(g\\)\\[T.c\\]'"),
        ("top ~ x + C(g)", "ordinal", ConvergenceError, "'top' has no finite solution: .* told apart by 'C\\(g\\)\\[T.c\\]'"),
    ],
)
def test_what_cannot_be_fitted_is_refused_in_words(formula: str, family: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        regress(Survey(refused(), design=CLUSTERS), formula, family=family)


def test_too_few_rows_are_refused_and_too_few_units_leave_no_limits() -> None:
    frame = rows_of(7)
    with pytest.raises(DataError, match="3 rows with a value in every column cannot determine 4 coefficients"):
        regress(Survey(frame.iloc[[0, 1, 2]].assign(g=list("abc")), design=Design("w")), "y ~ x + C(g)")
    found = regress(Survey(frame[frame["stratum"] == 0], design=CLUSTERS), "y ~ x + C(g)")
    assert set(found.df) == {-1.0}
    assert np.isfinite(found.se).all()
    assert np.isnan(found.ci()).all()


def test_a_test_names_terms_and_refuses_others() -> None:
    found = regress(Survey(rows_of(8), design=CLUSTERS), "y ~ x * C(g)")
    assert found.test("x:C(g)") == found.test(["x : C(g)"])
    assert found.test(["C(g)", "x"]).df[0] == 3
    with pytest.raises(EstimateError, match="'C\\(h\\)' is no term of 'y ~ x \\* C\\(g\\)'; did you mean 'C\\(g\\)'"):
        found.test("C(h)")
    with pytest.raises(EstimateError, match="no term is named"):
        found.test([])


def test_more_coefficients_than_units_have_no_joint_test() -> None:
    frame = rows_of(9).assign(stratum=0)
    found = regress(Survey(frame, design=CLUSTERS), "y ~ x + C(g)")
    with pytest.raises(EstimateError, match="the covariance of the 3 coefficients of 'x', 'C\\(g\\)' is singular"):
        found.test(["x", "C(g)"])


def test_replicates_that_cannot_be_fitted_are_counted() -> None:
    frame = rows_of(10).assign(lone=lambda rows: ((rows["stratum"] == 0) & (rows["psu"] == 0)) * 1.0)
    frame["lone"] *= np.arange(len(frame)) % 2
    survey = add_replicates(Survey(frame, design=CLUSTERS), "jkn")
    with pytest.warns(DataWarning, match="cannot be fitted in 1 of 9 replicates"):
        found = regress(survey, "y ~ x + lone")
    assert np.isfinite(found.se).all()
