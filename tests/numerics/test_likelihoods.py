"""Subsets of the columns of a model of categories, all at once: beside fits one by one, R, differences by weights, and refits of replicates."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from functools import partial
from itertools import product

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import special

from kepuasan.numerics.likelihoods import SubsetFits, by_cell, distinct, replicate_likelihoods, row_likelihoods, subset_fits
from kepuasan.numerics.odds import Categories, maximised, newton, ordinal_start, product_by_slices

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def sliced(table: Floats, start: int, stop: int) -> Floats:
    return table[start:stop].copy()


def table_of(sample: Categories) -> Floats:
    return sample.block(0, len(sample.answer))


def example(seed: int, n: int, p: int, n_thresholds: int) -> tuple[Categories, Floats]:
    """Items of 1 to 5 that go together, scaled; an intercept where there are no thresholds; an answer that most of them tell something about."""
    rng = np.random.default_rng(seed)
    items = np.clip(np.round(rng.normal(3.3, 0.8, (n, 1)) + rng.normal(0.0, 0.9, (n, p))), 1, 5)
    x = (items - items.mean(axis=0)) / items.std(axis=0)
    latent = x @ np.linspace(0.9, -0.2, p) + special.logit(rng.random(n))
    if n_thresholds:
        answer = np.searchsorted(np.quantile(latent, np.linspace(0.15, 0.8, n_thresholds)), latent)
    else:
        x, answer = np.column_stack([np.ones(n), x]), (latent > 0).astype(int)
    return Categories(partial(sliced, x), answer, n_thresholds), rng.uniform(0.3, 3.0, n)


def masks_of(p: int, n_thresholds: int) -> Bools:
    """All subsets of p columns, with the intercept before or the thresholds behind."""
    free = np.array(list(product([False, True], repeat=p)))
    always = np.ones((len(free), max(n_thresholds, 1)), dtype=bool)
    return np.hstack([free, always]) if n_thresholds else np.hstack([always, free])


def start_of(sample: Categories, weight: Floats) -> Floats:
    """The parameters of the whole model."""
    shares = np.bincount(sample.answer, weights=weight) / weight.sum()
    width = table_of(sample).shape[1]
    first = ordinal_start(shares, width) if sample.n_thresholds else np.zeros(width)
    return maximised(sample, weight[None], first[None])[0][0]


def fits_of(sample: Categories, weight: Floats, masks: Bools) -> SubsetFits:
    return subset_fits(sample, weight, masks, start_of(sample, weight))


def alone(sample: Categories, mask: Bools) -> Categories:
    """The model of a subset's columns."""
    return replace(sample, block=partial(sliced, table_of(sample)[:, mask[: table_of(sample).shape[1]]]))


# ------------------------------------------------------------ fits


@pytest.mark.parametrize("n_thresholds", [0, 1, 3])
def test_every_subset_is_fitted_as_it_is_alone(n_thresholds: int) -> None:
    sample, weight = example(1, 400, 4, n_thresholds)
    masks = masks_of(4, n_thresholds)
    found = fits_of(sample, weight, masks)
    assert found.arrived.all()
    for mask, likelihood, parameters in zip(masks, found.likelihood, found.parameters, strict=True):
        one = alone(sample, mask)
        expected = start_of(one, weight)
        np.testing.assert_allclose(parameters[mask], expected, rtol=1e-9, atol=1e-10)
        assert likelihood == pytest.approx(one.sums(weight[None], expected[None]).likelihood[0], rel=1e-12)
        assert not parameters[~mask].any()


def test_subsets_of_a_logistic_model_are_those_of_statsmodels() -> None:
    sample, weight = example(2, 500, 4, 0)
    masks = masks_of(4, 0)
    found = fits_of(sample, weight, masks)
    for mask, likelihood, parameters in zip(masks, found.likelihood, found.parameters, strict=True):
        theirs = sm.GLM(sample.answer, table_of(sample)[:, mask], family=sm.families.Binomial(), freq_weights=weight).fit(tol=1e-13)
        np.testing.assert_allclose(parameters[mask], theirs.params, rtol=1e-9, atol=1e-10)
        assert likelihood == pytest.approx(theirs.llf, rel=1e-11)


def numbered(ordinal: bool) -> tuple[Categories, Floats]:
    """The rows i = 0 .. 239 of the R script below."""
    i = np.arange(240)
    a, b, c = (i * 7) % 5 + 1.0, (i * i) % 4 * 1.0, (i * 11) % 7 * 1.0
    latent, weight = a - 0.5 * b + (i * 37) % 11 * 0.6, 0.5 + (i % 9) / 4
    if ordinal:
        return Categories(partial(sliced, np.column_stack([a, b, c])), np.searchsorted([3, 4.5, 6], latent, side="right"), 3), weight
    return Categories(partial(sliced, np.column_stack([np.ones(240), a, b, c])), (latent > 4.5).astype(int), 0), weight


# i <- 0:239; d <- data.frame(a = (i * 7) %% 5 + 1, b = (i * i) %% 4, c = (i * 11) %% 7, w = 0.5 + (i %% 9) / 4)
# s <- d$a - 0.5 * d$b + ((i * 37) %% 11) * 0.6; d$high <- as.integer(s > 4.5); d$level <- factor(findInterval(s, c(3, 4.5, 6)))
# g <- glm(reformulate(v, "high"), binomial, d, weights = w, control = list(epsilon = 1e-14))
# c(sum(d$w * plogis((2 * d$high - 1) * predict(g), log.p = TRUE)), coef(g))
# p <- MASS::polr(reformulate(v, "level"), d, weights = w, control = list(reltol = 1e-15, maxit = 1000, abstol = -Inf)); c(logLik(p), coef(p), p$zeta)
GLM = {
    "a": (-187.672046376362, [-1.3310958121, 0.7659089848]),
    "b": (-219.853506062221, [1.0948809411, -0.6203421566]),
    "ac": (-187.639231470738, [-1.2846295939, 0.7665868852, -0.0161645514]),
    "abc": (-184.009518595354, [-0.9507716743, 0.7751624500, -0.6877627765, -0.0137995518]),
}
POLR = {
    "a": (-401.881327498258, [0.72987309, 0.04769877, 1.19121961, 2.37204925]),
    "b": (-446.236008678376, [-0.49045308, -2.09551638, -1.12295891, -0.14570788]),
    "bc": (-446.154786448603, [-0.48815872, -0.01952758, -2.15325121, -1.18104697, -0.20378348]),
    "abc": (-398.567932926415, [0.73414604, -0.49329799, -0.04874535, -0.36101426, 0.79494835, 1.99078759]),
}


@pytest.mark.parametrize("ordinal", [False, True], ids=["glm", "polr"])
def test_subsets_are_those_of_r(ordinal: bool) -> None:
    sample, weight = numbered(ordinal)
    expected = POLR if ordinal else GLM
    always = [True] * (3 if ordinal else 1)
    masks = np.array([[name in subset for name in "abc"] + always if ordinal else always + [name in subset for name in "abc"] for subset in expected])
    found = fits_of(sample, weight, masks)
    assert found.arrived.all()
    for mask, likelihood, parameters, (theirs, coefficients) in zip(masks, found.likelihood, found.parameters, expected.values(), strict=True):
        assert likelihood == pytest.approx(theirs, rel=1e-12)
        np.testing.assert_allclose(parameters[mask], coefficients, atol=1e-6 if ordinal else 2e-10)


@pytest.mark.parametrize("n_thresholds", [0, 3])
def test_all_subsets_of_many_columns_arrive_and_grow(n_thresholds: int) -> None:
    sample, weight = example(3, 1000, 9, n_thresholds)
    masks = masks_of(9, n_thresholds)
    found = fits_of(sample, weight, masks)
    assert found.arrived.all()
    assert len(found.likelihood) == 512
    for column in range(9):  # subsets without a column, and the same with it: 2^p places apart
        apart = 2 ** (8 - column)
        without = np.flatnonzero(~masks[:, column + (n_thresholds == 0)])
        assert (found.likelihood[without + apart] >= found.likelihood[without]).all()


@pytest.mark.parametrize("n_thresholds", [0, 3])
def test_a_list_of_subsets_in_any_order_is_fitted_as_among_all(n_thresholds: int) -> None:
    sample, weight = example(4, 300, 5, n_thresholds)
    masks = masks_of(5, n_thresholds)
    some = np.array([31, 3, 17, 3, 0])
    found, every = fits_of(sample, weight, masks[some]), fits_of(sample, weight, masks)
    np.testing.assert_allclose(found.likelihood, every.likelihood[some], rtol=1e-13)
    np.testing.assert_allclose(found.parameters, every.parameters[some], rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("n_thresholds", [0, 3])
def test_a_start_far_away_comes_back(n_thresholds: int) -> None:
    sample, weight = example(5, 300, 3, n_thresholds)
    masks, start = masks_of(3, n_thresholds), start_of(sample, weight)
    near = subset_fits(sample, weight, masks, start)
    far = start + np.array([4.0, -9.0, 12.0, -5.0]) if not n_thresholds else np.concatenate([[9.0, -9.0, 12.0], start[3:]])
    found = subset_fits(sample, weight, masks, far)
    assert found.arrived.all()
    np.testing.assert_allclose(found.likelihood, near.likelihood, rtol=1e-12)


@pytest.mark.parametrize("n_thresholds", [0, 3])
def test_rows_of_weight_0_are_as_if_left_out(n_thresholds: int) -> None:
    sample, weight = example(6, 300, 3, n_thresholds)
    masks, gone = masks_of(3, n_thresholds), np.arange(300) % 4 == 1
    kept = replace(sample, block=partial(sliced, table_of(sample)[~gone]), answer=sample.answer[~gone])
    found, expected = fits_of(sample, np.where(gone, 0.0, weight), masks), fits_of(kept, weight[~gone], masks)
    np.testing.assert_allclose(found.likelihood, expected.likelihood, rtol=1e-13)


@pytest.mark.parametrize("n_thresholds", [0, 2])
def test_a_subset_whose_answers_are_told_apart_says_so_and_the_others_arrive(n_thresholds: int) -> None:
    sample, weight = example(7, 200, 3, n_thresholds)
    table = table_of(sample)
    table[:, -1] = (sample.answer == sample.answer.max()) - 0.5
    apart = replace(sample, block=partial(sliced, table))
    masks = masks_of(3, n_thresholds)
    shares = np.bincount(sample.answer, weights=weight) / weight.sum()
    start = ordinal_start(shares, 3) if n_thresholds else np.zeros(4)
    found = subset_fits(apart, weight, masks, start)
    with_it = masks[:, 2 if n_thresholds else 3]
    np.testing.assert_array_equal(found.arrived, ~with_it)
    np.testing.assert_allclose(found.likelihood[~with_it], fits_of(sample, weight, masks[~with_it]).likelihood, rtol=1e-12)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([0, 2]), st.floats(0.01, 100.0))
def test_the_scale_of_weights_and_the_order_of_columns_change_no_fit(seed: int, n_thresholds: int, scale: float) -> None:
    sample, weight = example(seed, 150, 3, n_thresholds)
    masks = masks_of(3, n_thresholds)
    place = np.concatenate([[2, 0, 1], [3, 4]]) if n_thresholds else np.array([0, 3, 1, 2])
    turned = replace(sample, block=partial(sliced, table_of(sample)[:, place[: table_of(sample).shape[1]]]))
    found, again = fits_of(sample, weight, masks), fits_of(turned, scale * weight, masks[:, place])
    np.testing.assert_allclose(again.likelihood, scale * found.likelihood, rtol=1e-11)
    np.testing.assert_allclose(again.parameters, found.parameters[:, place], rtol=1e-7, atol=1e-8)


def test_one_set_of_weights_for_all_is_as_one_for_each() -> None:
    sample, weight = example(8, 300, 4, 3)
    parameters = fits_of(sample, weight, masks_of(4, 3)).parameters
    one, each = sample.sums(weight[None], parameters), sample.sums(np.tile(weight, (16, 1)), parameters)
    np.testing.assert_allclose(one.likelihood, each.likelihood, rtol=1e-13)
    np.testing.assert_allclose(one.gradient, each.gradient, atol=1e-10)
    for place in (0, 7):  # few sets form their information in another way
        few = sample.sums(weight[None], parameters[place : place + 1])
        np.testing.assert_allclose(one.information[place], few.information[0], rtol=1e-11, atol=1e-10)


@pytest.mark.parametrize("shape", [(1, 5, 3), (256, 180, 91), (101, 300, 40), (7, 2000, 200), (3, 4, 0)])
def test_a_product_by_slices_is_the_product(shape: tuple[int, int, int]) -> None:
    r, n, m = shape
    left, right = np.random.default_rng(0).normal(size=(r, n)), np.random.default_rng(1).normal(size=(n, m))
    np.testing.assert_allclose(product_by_slices(left, right), left @ right, atol=1e-11)


def test_parameters_that_are_not_free_stay_where_they_start() -> None:
    sample, weight = example(9, 200, 3, 0)
    start = np.array([[0.0, 0.5, 0.0, -0.3]])
    found = newton(sample, weight[None], start, free=np.array([[True, False, True, False]]))
    np.testing.assert_array_equal(found.parameters[0, [1, 3]], [0.5, -0.3])
    assert np.abs(sample.sums(weight[None], found.parameters).gradient[0, [0, 2]]).max() < 1e-8


# ------------------------------------------------------------ distinct rows


@pytest.mark.parametrize("n_thresholds", [0, 3])
def test_distinct_rows_hold_all_rows_and_give_the_same_fits(n_thresholds: int) -> None:
    sample, weight = example(10, 2000, 3, n_thresholds)
    weight[::7] = 0.0
    table, width = table_of(sample), table_of(sample).shape[1]
    few, cells, cell = distinct(sample, weight, width)
    used = weight > 0
    assert len(cells) == len(np.unique(np.column_stack([table, sample.answer])[used], axis=0)) < 1000
    np.testing.assert_array_equal(table_of(few)[cell[used]], table[used])
    np.testing.assert_array_equal(few.answer[cell[used]], sample.answer[used])
    assert cells.sum() == pytest.approx(weight.sum(), rel=1e-13)
    masks = masks_of(3, n_thresholds)
    np.testing.assert_allclose(fits_of(few, cells, masks).likelihood, fits_of(sample, weight, masks).likelihood, rtol=1e-12)


def test_what_rows_without_a_weight_hold_is_not_looked_at() -> None:
    sample, weight = example(11, 100, 2, 0)
    table = table_of(sample)
    table[::3], weight[::3] = np.nan, 0.0
    few, cells, cell = distinct(replace(sample, block=partial(sliced, table)), weight, 3)
    assert np.isfinite(table_of(few)).all()
    assert cells.min() > 0
    assert cell.min() == 0


def test_rows_are_read_from_their_distinct_ones() -> None:
    table, cell = np.arange(6.0).reshape(3, 2), np.array([2, 0, 0, 1])
    read = by_cell(partial(sliced, table), cell, 3)
    np.testing.assert_array_equal(read(1, 4), table[[0, 0, 1]])


# ------------------------------------------------------------ rows


@pytest.mark.parametrize("n_thresholds", [0, 3])
def test_row_likelihoods_are_the_derivatives_of_mixed_likelihoods_by_weights(n_thresholds: int) -> None:
    sample, weight = example(12, 80, 3, n_thresholds)
    masks = masks_of(3, n_thresholds)
    mixing = np.random.default_rng(0).normal(size=(8, 2))
    found = row_likelihoods(sample, fits_of(sample, weight, masks).parameters, mixing)(0, 80)
    for row in (0, 33, 79):
        step = 1e-4 * (np.arange(80) == row)
        up, down = (fits_of(sample, weight + sign * step, masks).likelihood for sign in (1, -1))
        np.testing.assert_allclose(found[row], (up - down) @ mixing / 2e-4, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("n_thresholds", [0, 2])
def test_row_likelihoods_add_up_to_the_likelihood_of_any_part_of_the_rows(n_thresholds: int) -> None:
    sample, weight = example(13, 500, 9, n_thresholds)
    found = fits_of(sample, weight, masks_of(9, n_thresholds))
    read = row_likelihoods(sample, found.parameters, np.eye(512)[:, [0, 300, 511]])
    np.testing.assert_allclose(weight[:200] @ read(0, 200) + weight[200:] @ read(200, 500), found.likelihood[[0, 300, 511]], rtol=1e-11)


def test_row_likelihoods_never_hold_rows_by_subsets() -> None:
    sample, weight = example(14, 20_000, 9, 0)
    parameters = np.where(masks_of(9, 0), start_of(sample, weight), 0.0)
    read = row_likelihoods(sample, parameters, np.ones((512, 9)))
    tracemalloc.start()
    found = read(0, 20_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.shape == (20_000, 9)
    assert peak < 20_000 * 512 * 8 / 4


# ------------------------------------------------------------ replicates


def jackknifed(n: int, n_units: int) -> Floats:
    """Weights (units, rows) by which a jackknife multiplies those of rows, one unit left out at a time."""
    unit = np.arange(n) * n_units // n
    return np.where(unit == np.arange(n_units)[:, None], 0.0, n_units / (n_units - 1))


def totals_of(weights: Floats, read, n_columns: int) -> Floats:
    block = read(0, weights.shape[1])
    assert block.shape == (weights.shape[1], n_columns)
    return weights @ block


@pytest.mark.parametrize("n_thresholds", [0, 3])
def test_a_jackknife_by_one_step_has_the_standard_error_of_refits(n_thresholds: int) -> None:
    # without the step the standard errors of gains in likelihood are off by 1 % here
    sample, weight = example(15, 3000, 3, n_thresholds)
    masks, factors = masks_of(3, n_thresholds), jackknifed(3000, 100)
    fits = fits_of(sample, weight, masks)
    found = replicate_likelihoods(sample, weight, masks, fits, partial(totals_of, factors * weight))
    redone = np.array([subset_fits(sample, one * weight, masks, fits.parameters[-1]).likelihood for one in factors])
    shares, expected = 1 - found[:, 1:] / found[:, :1], 1 - redone[:, 1:] / redone[:, :1]
    np.testing.assert_allclose(shares.std(axis=0), expected.std(axis=0), rtol=2e-4)
    assert (np.abs(shares - expected).max(axis=0) < 1e-3 * expected.std(axis=0)).all()


def test_a_replicate_with_the_sample_s_weights_times_any_number_has_its_likelihood() -> None:
    sample, weight = example(16, 300, 7, 2)
    masks = masks_of(7, 2)  # more subsets than are added up at once
    fits = fits_of(sample, weight, masks)
    found = replicate_likelihoods(sample, weight, masks, fits, partial(totals_of, np.array([[1.0], [2.5]]) * weight))
    np.testing.assert_allclose(found, np.array([[1.0], [2.5]]) * fits.likelihood, rtol=1e-12)


def test_what_the_step_leaves_out_is_of_the_third_order() -> None:
    sample, weight = example(17, 400, 3, 0)
    masks = masks_of(3, 0)
    fits, way = fits_of(sample, weight, masks), np.random.default_rng(5).normal(size=400)
    missed = []
    for size in (0.08, 0.04):
        moved = weight * (1 + size * way).clip(0)
        one_step = replicate_likelihoods(sample, weight, masks, fits, partial(totals_of, moved[None]))[0]
        missed.append(np.abs(one_step - fits_of(sample, moved, masks).likelihood)[-1])
    assert 5 < missed[0] / missed[1] < 12
