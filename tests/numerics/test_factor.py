"""One factor in closed form: exact where the model holds, Spearman's triads where it does not."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepuasan.numerics.derivatives import jacobian
from kepuasan.numerics.factor import MeansAndCovariances, factor_change, factor_differences, squared_loadings

LOADINGS = np.array([0.5, 0.6, 0.7, 0.8, 0.65])


def one_factor(loadings, unique=0.4):
    return np.outer(loadings, loadings) + unique * np.eye(len(loadings))


def rough(p=5, seed=3):
    """A covariance that no single factor explains."""
    sample = np.random.default_rng(seed).normal(size=(40, p))
    return np.cov((sample + 0.8 * sample.mean(axis=1, keepdims=True) * p**0.5).T)


def triads(covariance):
    """The squares by adding up every ordered triad."""
    p = len(covariance)
    squares = np.empty(p)
    for j in range(p):
        pairs = list(permutations([k for k in range(p) if k != j], 2))
        squares[j] = sum(covariance[j, k] * covariance[j, m] for k, m in pairs) / sum(covariance[k, m] for k, m in pairs)
    return squares


def groups(first=LOADINGS, second=LOADINGS, factor_mean=0.0, intercepts=0.0, spread=1.0):
    """Means and covariances of two groups under one factor of mean and deviation of its own in the second."""
    start = np.array([2.0, 2.5, 3.0, 3.5, 2.8])
    means = np.stack([start, start + intercepts + second * factor_mean])
    return means, np.stack([one_factor(first), one_factor(spread * second)])


def test_loadings_are_exact_where_one_factor_holds():
    np.testing.assert_allclose(squared_loadings(one_factor(LOADINGS)), LOADINGS**2, rtol=1e-12)
    np.testing.assert_allclose(squared_loadings(one_factor(LOADINGS[:3])), LOADINGS[:3] ** 2, rtol=1e-12)


def test_elsewhere_they_are_the_triads_added_up():
    covariance = rough()
    np.testing.assert_allclose(squared_loadings(covariance), triads(covariance), rtol=1e-12)
    np.testing.assert_allclose(squared_loadings(np.stack([covariance, 2 * covariance]))[1], 2 * triads(covariance), rtol=1e-12)


def test_covariances_that_sum_to_nothing_determine_no_loading():
    assert np.isnan(squared_loadings(np.eye(4))).all()


def test_a_factor_with_another_mean_and_spread_changes_no_loading_and_no_intercept():
    means, covariances = groups(factor_mean=0.4, spread=1.3)
    found = factor_change(means, covariances)
    np.testing.assert_allclose(found.loading, 0.0, atol=1e-12)
    np.testing.assert_allclose(found.intercept, 0.0, atol=1e-12)
    np.testing.assert_allclose(found.loadings[0], found.loadings[1], rtol=1e-12)


def test_the_item_whose_loading_changed_has_the_largest_difference():
    second = LOADINGS + np.array([0.0, 0.0, -0.3, 0.0, 0.0])
    found = factor_change(*groups(second=second))
    assert np.abs(found.loading).argmax() == 2
    assert found.loading[2] < -0.15
    assert (found.loadings[1] ** 2).sum() == pytest.approx((found.loadings[0] ** 2).sum(), rel=1e-12)


def test_the_item_whose_intercept_changed_has_the_largest_difference():
    shift = np.array([0.0, 0.4, 0.0, 0.0, 0.0])
    found = factor_change(*groups(intercepts=shift, factor_mean=0.2))
    assert np.abs(found.intercept).argmax() == 1
    # 0.4 over its deviation, less its share in what the sum of all ascribes to the factor
    scaled, common = shift / found.deviation, found.loadings.mean(axis=0)
    np.testing.assert_allclose(found.intercept, scaled - common * scaled.sum() / common.sum(), rtol=1e-10)
    assert found.intercept.sum() == pytest.approx(0.0, abs=1e-12)


def test_swapped_groups_turn_every_sign():
    means, covariances = np.stack([np.arange(5.0), np.arange(5.0)[::-1]]), np.stack([rough(seed=3), rough(seed=8)])
    one, other = factor_change(means, covariances), factor_change(means[::-1], covariances[::-1])
    np.testing.assert_allclose(one.loading, -other.loading, atol=1e-12)
    np.testing.assert_allclose(one.intercept, -other.intercept, atol=1e-12)


@given(st.lists(st.floats(0.1, 10), min_size=5, max_size=5))
def test_units_of_the_items_change_nothing(units):
    scale = np.array(units)
    means, covariances = np.stack([np.arange(5.0), np.arange(5.0) + 0.3]), np.stack([rough(seed=3), rough(seed=8)])
    one, other = factor_change(means, covariances), factor_change(means * scale, covariances * np.outer(scale, scale))
    np.testing.assert_allclose(one.loading, other.loading, atol=1e-10)
    np.testing.assert_allclose(one.intercept, other.intercept, atol=1e-10)


def test_an_item_that_runs_against_the_others_has_a_negative_loading():
    signs = np.array([1.0, 1.0, -1.0, 1.0, 1.0])
    covariances = one_factor(LOADINGS * signs)
    found = factor_change(np.zeros((2, 5)), np.stack([covariances, covariances]))
    assert (np.sign(found.loadings) == signs).all()


@given(st.lists(st.sampled_from([1.0, -1.0]), min_size=5, max_size=5))
def test_which_way_an_item_is_worded_changes_no_size(signs):
    """Items worded the other way gave other intercepts to the other items too, and none at all where half of them were."""
    side, means = np.array(signs), np.stack([np.arange(5.0), np.arange(5.0) + np.linspace(0.1, 0.6, 5)])
    covariances = np.stack([one_factor(LOADINGS), one_factor(LOADINGS + np.array([0.0, 0.1, 0.0, -0.1, 0.0]))])
    plain, turned = factor_change(means, covariances), factor_change(means * side, covariances * np.outer(side, side))
    np.testing.assert_allclose(turned.intercept, plain.intercept * side, atol=1e-12)
    np.testing.assert_allclose(np.abs(turned.loading), np.abs(plain.loading), atol=1e-12)
    np.testing.assert_allclose(np.abs(turned.shift), np.abs(plain.shift), atol=1e-12)


def test_an_item_turned_in_one_group_alone_is_found_and_the_others_are_innocent():
    """The other items had loadings that differed by half as much."""
    signs = np.array([1.0, 1.0, 1.0, -1.0, 1.0])
    found = factor_change(np.zeros((2, 5)), np.stack([one_factor(LOADINGS), one_factor(LOADINGS * signs)]))
    np.testing.assert_allclose(np.delete(found.loading, 3), 0.0, atol=1e-12)
    assert found.loading[3] < -1.0


def test_no_common_factor_gives_no_number():
    with np.errstate(invalid="ignore"):
        found = factor_change(np.zeros((2, 5)), np.stack([one_factor(LOADINGS), np.eye(5)]))
    assert np.isnan(found.loading).all()


def stacked(means, covariances):
    """The values of both groups as `factor_differences` takes them."""
    return MeansAndCovariances().values(means, covariances).reshape(*means.shape[:-2], -1)


@pytest.mark.parametrize("p", [3, 4, 5, 9])
def test_differences_are_those_of_the_factor_for_any_number_of_items_and_sets_of_groups(p):
    stream = np.random.default_rng(p)
    means = stream.normal(size=(4, 2, p))
    covariances = np.array([[rough(p, seed) for seed in (2 * place, 2 * place + 1)] for place in range(4)])
    found = factor_differences(stacked(means, covariances))
    expected = factor_change(means, covariances)
    np.testing.assert_allclose(found, np.concatenate([expected.loading, expected.intercept], axis=-1), rtol=1e-12)


def test_differences_of_groups_without_moments_are_missing_and_the_others_stay():
    """An eigenvector of missing covariances was asked for, which ended in an error."""
    means, covariances = np.stack([np.stack([np.arange(5.0), np.ones(5)])] * 3), np.stack([np.stack([rough(seed=3), rough(seed=8)])] * 3)
    means[1, 0], covariances[1, 0] = np.nan, np.nan
    found = factor_differences(stacked(means, covariances))
    assert np.isnan(found[1]).all()
    np.testing.assert_allclose(found[[0, 2]], np.tile(factor_differences(stacked(means[:1], covariances[:1])), (2, 1)), rtol=1e-12)


def test_slopes_of_means_and_covariances_are_those_of_differences():
    stream, statistic = np.random.default_rng(1), MeansAndCovariances()
    mean, covariance = stream.normal(size=(2, 4)), np.stack([rough(4, 1), rough(4, 2)])
    by_mean, by_covariance = statistic.gradients(mean, covariance)
    assert (by_mean.shape, by_covariance.shape) == ((2, 14, 4), (2, 14, 4, 4))
    np.testing.assert_array_equal(by_covariance, by_covariance.swapaxes(-1, -2))
    step, bump = stream.normal(size=(2, 4)), stream.normal(size=(2, 4, 4))
    bump = bump + bump.swapaxes(-1, -2)
    slope = np.einsum("dkm,dm->dk", by_mean, step) + np.einsum("dkmn,dmn->dk", by_covariance, bump)
    np.testing.assert_allclose(statistic.values(mean + step, covariance + bump) - statistic.values(mean, covariance), slope, atol=1e-12)


def test_complex_steps_through_the_differences_are_those_of_finite_differences():
    means, covariances = np.stack([np.arange(5.0), np.arange(5.0) ** 0.5]), np.stack([rough(seed=3), rough(seed=8)])
    value = stacked(means, covariances)
    found = jacobian(factor_differences, value)
    for place in range(len(value)):
        step = 1e-6 * (np.arange(len(value)) == place)
        slope = (factor_differences(value + step) - factor_differences(value - step)) / 2e-6
        np.testing.assert_allclose(found[:, place], slope, atol=1e-7)
