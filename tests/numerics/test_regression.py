"""Regression of arrays: moments that keep their digits, steps that arrive, and derivatives beside differences."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import optimize, special, stats

from kepuasan.numerics.odds import Categories, joined_cells, logit_start, maximised, ordinal_start
from kepuasan.numerics.regression import LeastSquares, dependent, least_squares, logistic, moments, narrow_blocks, scaled, wald

Floats = NDArray[np.float64]


def sliced(table: Floats, start: int, stop: int) -> Floats:
    return table[start:stop].copy()


def fit(x: Floats, y: Floats, w: Floats, intercept: int | None = 0) -> LeastSquares:
    read = partial(sliced, x)
    found = moments(w, read, x.shape[1], y)
    return least_squares(w, y, found, scaled(read, found, intercept))


def example(seed: int, n: int = 300) -> tuple[Floats, Floats, Floats]:
    """An intercept and three columns, an outcome, and weights of which some are 0."""
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(n), rng.normal(3.0, 2.0, n), rng.integers(1, 6, n), rng.random(n) < 0.3]).astype(float)
    w = rng.uniform(0.2, 4.0, n) * (rng.random(n) > 0.1)
    return x, x @ np.array([1.0, 0.5, -0.3, 2.0]) + rng.normal(size=n), w


# ------------------------------------------------------------ linear


@pytest.mark.parametrize("seed", range(3))
def test_moments_are_those_of_the_whole_table(seed: int) -> None:
    x, y, w = example(seed, 5000)
    found = moments(w, partial(sliced, x), 4, y)
    mean, top = w @ x / w.sum(), w @ y / w.sum()
    np.testing.assert_allclose(found.mean, mean, rtol=1e-13)
    np.testing.assert_allclose(found.product, ((x - mean) * w[:, None]).T @ (x - mean), rtol=1e-11, atol=1e-9)
    np.testing.assert_allclose(found.crossed, (w * (y - top)) @ (x - mean), rtol=1e-11, atol=1e-9)
    assert found.square == pytest.approx(w @ (y - top) ** 2, rel=1e-12)


@pytest.mark.parametrize("intercept", [0, None])
def test_least_squares_are_those_of_statsmodels(intercept: int | None) -> None:
    x, y, w = example(1)
    if intercept is None:
        x = x[:, 1:]
    ours, theirs = fit(x, y, w, intercept), sm.WLS(y, x, weights=w).fit()
    np.testing.assert_allclose(ours.value, theirs.params, rtol=1e-12)
    assert ours.r_squared == pytest.approx(theirs.rsquared, rel=1e-12)


def test_a_mean_of_a_billion_costs_no_digits() -> None:
    # sums of squares that are not centred give a slope of 0.4 here, or a singular matrix
    x, y, w = example(2)
    far = x.copy()
    far[:, 1] += 1e9
    near, moved = fit(x, y, w), fit(far, y + 1e9, w)
    np.testing.assert_allclose(moved.value[1:], near.value[1:], rtol=2e-7)  # x + 1e9 itself holds x to 1e-7
    exact = fit(np.column_stack([x[:, 0], far[:, 1] - 1e9, x[:, 2:]]), (y + 1e9) - 1e9, w)
    np.testing.assert_allclose(moved.value[1:], exact.value[1:], rtol=1e-12)
    assert moved.r_squared == pytest.approx(exact.r_squared, rel=1e-12)


def test_the_longley_data_give_the_certified_coefficients() -> None:
    """Certified values of the National Institute of Standards and Technology (Statistical Reference Datasets, Longley)."""
    data = sm.datasets.longley.load_pandas()
    x = np.column_stack([np.ones(16), data.exog.to_numpy()])
    ours = fit(x, data.endog.to_numpy(), np.ones(16))
    certified = [
        -3482258.63459582,
        15.0618722713733,
        -0.0358191792925910,
        -2.02022980381683,
        -1.03322686717359,
        -0.0511041056535807,
        1829.15146461355,
    ]
    np.testing.assert_allclose(ours.value, certified, rtol=1e-10)
    assert ours.r_squared == pytest.approx(0.995479004577296, rel=1e-12)


def test_scores_add_up_to_nothing_and_solve_to_the_influence_of_a_weight() -> None:
    x, y, w = example(3, 60)
    ours = fit(x, y, w)
    scores = ours.scores(0, 60)
    np.testing.assert_allclose(w @ scores, 0.0, atol=1e-9)
    step = 1e-6
    for row in (0, 17, 41):
        moved = w + step * (np.arange(60) == row)
        np.testing.assert_allclose((fit(x, y, moved).value - ours.value) / step, ours.solving @ scores[row], rtol=1e-4, atol=1e-7)


def test_cross_products_give_the_coefficients_of_other_weights() -> None:
    x, y, w = example(4, 80)
    ours = fit(x, y, w)
    others = np.random.default_rng(0).uniform(0.0, 3.0, (5, 80))
    again, singular = ours.refitted(others @ ours.cross_products(0, 80))
    assert not singular.any()
    assert ours.cross_products(0, 80).shape[1] == ours.n_products
    np.testing.assert_allclose(again, [fit(x, y, one).value for one in others], rtol=1e-10)
    without = np.vstack([others[0] * (x[:, 3] == 0), others[1]])
    assert ours.refitted(without @ ours.cross_products(0, 80))[1].tolist() == [True, False]


def test_columns_that_others_determine_are_found_in_order() -> None:
    x, _, w = example(5)
    x[:, 2] += 1e9
    table = np.column_stack([x, x[:, 1] + 2 * x[:, 3], np.full(len(x), 7.3e8), x[:, 1] ** 2, 3 - x[:, 2]])
    read = partial(sliced, table)
    assert dependent(scaled(read, moments(w, read, 8), 0).gram).tolist() == [4, 5, 7]
    assert dependent(scaled(partial(sliced, table[:, :4]), moments(w, partial(sliced, table[:, :4]), 4), 0).gram).tolist() == []


@pytest.mark.parametrize("width", [1, 12, 35, 60])
def test_narrow_blocks_cover_every_row_once(width: int) -> None:
    bounds = narrow_blocks(100_003, width)
    assert bounds[0][0] == 0
    assert bounds[-1][1] == 100_003
    assert all(left[1] == right[0] for left, right in pairwise(bounds))


def test_a_wald_test_is_f_whatever_the_scale_of_its_coefficients() -> None:
    value, covariance = np.array([1.0, 2e-4]), np.array([[2.0, 7e-5], [7e-5, 1e-8]])
    found = wald(value, covariance, 9.0)
    expected = value @ np.linalg.inv(covariance) @ value / 2
    assert found == pytest.approx((expected, stats.f.sf(expected, 2, 9)))


def test_a_wald_test_of_a_singular_covariance_is_none() -> None:
    assert wald(np.ones(2), np.array([[1.0, 2.0], [2.0, 4.0]]), 9.0) is None
    assert wald(np.ones(2), np.diag([1.0, 0.0]), 9.0) is None


# ------------------------------------------------------------ categories


def sample_of(seed: int, n: int, n_thresholds: int) -> tuple[Categories, Floats]:
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.normal(size=n), rng.integers(0, 2, n)])
    if not n_thresholds:
        x = np.column_stack([np.ones(n), x])
    latent = x[:, -2] - 0.7 * x[:, -1] + special.logit(rng.random(n))
    answer = np.searchsorted(np.linspace(-1.5, 1.5, max(n_thresholds, 1)), latent)
    return Categories(partial(sliced, x), answer.clip(0, max(n_thresholds, 1)), n_thresholds), rng.uniform(0.2, 3.0, n)


def start_of(sample: Categories, weight: Floats) -> Floats:
    if not sample.n_thresholds:
        return logit_start(sample, weight, 3)
    return ordinal_start(np.bincount(sample.answer, weights=weight) / weight.sum(), 2)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([0, 2, 4]))
def test_scores_and_information_are_the_derivatives_of_the_likelihood(seed: int, n_thresholds: int) -> None:
    sample, weight = sample_of(seed, 60, n_thresholds)
    start = np.array([0.2, -0.4, 0.3]) if not n_thresholds else np.concatenate([[0.2, -0.4], np.linspace(-1, 1, n_thresholds)])
    sums = sample.sums(weight[None], start[None])
    np.testing.assert_allclose(weight @ sample.scores(start, 0, 60), sums.gradient[0], rtol=1e-9, atol=1e-9)
    for place in range(len(start)):
        step = 1e-5 * (np.arange(len(start)) == place)
        up, down = sample.sums(weight[None], start[None] + step), sample.sums(weight[None], start[None] - step)
        assert (up.likelihood[0] - down.likelihood[0]) / 2e-5 == pytest.approx(sums.gradient[0, place], rel=1e-6, abs=1e-6)
        np.testing.assert_allclose((down.gradient[0] - up.gradient[0]) / 2e-5, sums.information[0, place], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("n_thresholds", [0, 2, 4])
def test_the_steps_arrive_where_a_general_search_does(n_thresholds: int) -> None:
    sample, weight = sample_of(7, 400, n_thresholds)
    start = start_of(sample, weight)
    found, _, arrived = maximised(sample, weight[None], start[None])
    assert arrived.all()
    searched = optimize.minimize(lambda b: -sample.sums(weight[None], b[None]).likelihood[0], start, method="BFGS", options={"gtol": 1e-8})
    np.testing.assert_allclose(found[0], searched.x, rtol=1e-4, atol=1e-5)
    assert np.abs(sample.sums(weight[None], found).gradient).max() < 1e-8


def test_many_sets_of_weights_are_fitted_as_each_alone() -> None:
    sample, weight = sample_of(8, 200, 3)
    sets = weight * np.random.default_rng(1).poisson(1.0, (6, 200))
    start = maximised(sample, weight[None], start_of(sample, weight)[None])[0]
    together, _, arrived = maximised(sample, sets, np.repeat(start, 6, axis=0))
    assert arrived.all()
    for one, expected in zip(sets, together, strict=True):
        np.testing.assert_allclose(maximised(sample, one[None], start_of(sample, one)[None])[0][0], expected, rtol=1e-9)


def test_a_start_far_away_comes_back_by_half_steps() -> None:
    sample, weight = sample_of(9, 300, 2)
    near = maximised(sample, weight[None], start_of(sample, weight)[None])[0]
    far, _, arrived = maximised(sample, weight[None], np.array([[4.0, -6.0, -3.0, 5.0]]))
    assert arrived.all()
    np.testing.assert_allclose(far, near, rtol=1e-9)


def test_a_logistic_fit_is_that_of_statsmodels() -> None:
    sample, weight = sample_of(10, 500, 0)
    found = maximised(sample, weight[None], np.zeros((1, 3)))[0][0]
    theirs = sm.GLM(sample.answer, sample.block(0, 500), family=sm.families.Binomial(), freq_weights=weight).fit(tol=1e-12)
    np.testing.assert_allclose(found, theirs.params, rtol=1e-9)
    np.testing.assert_allclose(logit_start(sample, weight, 3), theirs.params, rtol=1e-9)
    assert sample.sums(weight[None], found[None]).likelihood[0] == pytest.approx(theirs.llf, rel=1e-12)


def test_a_first_fit_looks_at_some_of_many_rows() -> None:
    sample, weight = sample_of(12, 25_000, 0)
    start = logit_start(sample, weight, 3)
    found, _, arrived = maximised(sample, weight[None], start[None])
    assert arrived.all()
    assert 1e-6 < np.abs(found[0] - start).max() < 0.2


@pytest.mark.parametrize("n_thresholds", [0, 2])
def test_answers_that_a_column_tells_apart_have_no_maximum(n_thresholds: int) -> None:
    sample, weight = sample_of(11, 120, n_thresholds)
    block = sample.block(0, 120)
    block[:, -1] = block[:, -2] > 0
    top = sample.answer.max()
    apart = Categories(partial(sliced, block), np.where(block[:, -1] == 1, top, sample.answer * (sample.answer < top)), n_thresholds)
    start = np.zeros(3) if not n_thresholds else start_of(apart, weight)
    found, step, arrived = maximised(apart, weight[None], start[None])
    assert not arrived[0]
    assert np.isfinite(found).all()
    assert apart.separated_by(step[0], weight)
    assert not sample.separated_by(step[0], weight)
    if not n_thresholds:
        assert logistic(block, apart.answer, weight) is None


def test_cells_gather_rows_that_are_alike_and_leave_the_others_out() -> None:
    code, answer = np.array([0, 1, 1, 0, 2, 2]), np.array([0, 1, 1, 1, 0, 0])
    used = np.array([True, True, True, True, False, True])
    first, cell = joined_cells(code, answer, used)
    assert first.tolist() == [0, 3, 1, 5]
    assert cell[used].tolist() == [0, 2, 2, 1, 3]
    assert ((cell >= 0) & (cell < len(first))).all()
