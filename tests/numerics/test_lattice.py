"""Shapley values of explained variance: against all orders, by depth and by breadth, with exact derivatives."""

import itertools
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepuasan.numerics import lattice
from kepuasan.numerics.lattice import shapley, shapley_gradients
from kepuasan.numerics.orders import drawn_orders, sampled_gradients, sampled_values

SHAPES = [((1, 1, 1, 1), 0), ((2, 1, 3), 0), ((1, 2, 1), 2), ((3,), 1), ((1, 1), 1)]


def covariance(m, seed=0):
    stream = np.random.default_rng(seed)
    return np.cov((stream.normal(size=(60, m)) @ stream.normal(size=(m, m))).T)


def residual(matrix, columns):
    y, x = len(matrix) - 1, list(columns)
    return matrix[y, y] - (matrix[y, x] @ np.linalg.solve(matrix[np.ix_(x, x)], matrix[x, y]) if x else 0.0)


def by_enumeration(matrix, sizes, n_always):
    """The mean over all orders, written as the textbook has it."""
    edges = np.cumsum([n_always, *sizes])
    columns = [list(range(low, high)) for low, high in itertools.pairwise(edges)]
    added = np.zeros(len(sizes))
    for order in itertools.permutations(range(len(sizes))):
        inside = list(range(n_always))
        for driver in order:
            before = residual(matrix, inside)
            inside = inside + columns[driver]
            added[driver] += before - residual(matrix, inside)
    return added / factorial(len(sizes))


@pytest.mark.parametrize(("sizes", "n_always"), SHAPES)
def test_values_are_the_mean_over_all_orders(sizes, n_always):
    matrices = np.array([covariance(sum(sizes) + n_always + 1, seed) for seed in range(3)])
    expected = [by_enumeration(matrix, sizes, n_always) for matrix in matrices]
    assert shapley(matrices, sizes, n_always) == pytest.approx(np.array(expected), rel=1e-10, abs=1e-12)


@pytest.mark.parametrize(("sizes", "n_always"), SHAPES)
def test_derivatives_are_those_of_differences(sizes, n_always):
    matrix = covariance(sum(sizes) + n_always + 1, 7)
    values, gradient = shapley_gradients(matrix[None], sizes, n_always)
    step = np.random.default_rng(1).normal(size=matrix.shape)
    step = (step + step.T) * 1e-6
    change = (by_enumeration(matrix + step, sizes, n_always) - by_enumeration(matrix - step, sizes, n_always)) / 2
    assert values[0] == pytest.approx(shapley(matrix, sizes, n_always), rel=1e-10)
    assert np.einsum("jkl,kl->j", gradient[0], step) == pytest.approx(change, rel=1e-5, abs=1e-12)


@pytest.mark.parametrize("breadth", [0, 2, 4])
def test_depth_first_gives_what_breadth_first_gives(monkeypatch, breadth):
    sizes, matrix = (1, 2, 1, 1, 2), covariance(9, 3)[None]
    whole = shapley_gradients(matrix, sizes, 1)
    batch = shapley(np.repeat(matrix, 3, axis=0), sizes, 1)
    monkeypatch.setattr(lattice, "_BREADTH", breadth)
    found = shapley_gradients(matrix, sizes, 1)
    assert found[0] == pytest.approx(whole[0], rel=1e-11)
    assert found[1] == pytest.approx(whole[1], rel=1e-9, abs=1e-12)
    assert shapley(np.repeat(matrix, 3, axis=0), sizes, 1) == pytest.approx(batch, rel=1e-11)


@given(st.integers(1, 6), st.integers(0, 2), st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_values_sum_to_what_all_drivers_add_and_shrink_with_the_matrix(p, n_always, seed):
    matrix = covariance(p + n_always + 1, seed)
    values, gradient = shapley_gradients(matrix[None], (1,) * p, n_always)
    whole = residual(matrix, range(n_always)) - residual(matrix, range(p + n_always))
    assert values[0].sum() == pytest.approx(whole, rel=1e-9, abs=1e-12)
    assert (values > -1e-12).all()
    assert np.einsum("jkl,kl->j", gradient[0], matrix) == pytest.approx(values[0], rel=1e-8, abs=1e-12)


def test_the_order_of_drivers_and_the_scale_of_columns_change_nothing():
    matrix, order = covariance(7, 5), np.array([3, 0, 5, 1, 4, 2, 6])
    scale = np.array([1e3, 1.0, 1e-3, 5.0, 0.1, 2.0, 1.0])
    plain = shapley(matrix, (1,) * 6)
    assert shapley(matrix[np.ix_(order, order)], (1,) * 6) == pytest.approx(plain[order[:-1]], rel=1e-10)
    assert shapley(matrix * np.outer(scale, scale), (1,) * 6) == pytest.approx(plain, rel=1e-9)


def test_equicorrelated_drivers_share_equally_also_beyond_twenty():
    p = 22
    matrix = np.full((p + 1, p + 1), 0.4) + 0.6 * np.eye(p + 1)
    values = shapley(matrix, (1,) * p)
    assert values == pytest.approx(np.full(p, (1 - residual(matrix, range(p))) / p), rel=1e-9)


# ---------------------------------------------------------------- sampled orders


@pytest.mark.parametrize(("sizes", "n_always"), SHAPES)
def test_all_orders_sampled_once_give_the_exact_values_and_derivatives(sizes, n_always):
    matrix = np.array([covariance(sum(sizes) + n_always + 1, seed) for seed in (1, 2)])
    orders = np.array(list(itertools.permutations(range(len(sizes)))) * (2 if len(sizes) == 1 else 1))
    exact = shapley_gradients(matrix, sizes, n_always)
    assert sampled_values(matrix, sizes, n_always, orders)[0] == pytest.approx(exact[0], rel=1e-9, abs=1e-12)
    found = sampled_gradients(matrix, sizes, n_always, orders)
    assert found[0] == pytest.approx(exact[0], rel=1e-9, abs=1e-12)
    assert found[1] == pytest.approx(exact[1], rel=1e-7, abs=1e-10)


def test_every_second_order_is_the_reverse_of_the_one_before():
    orders = drawn_orders(5, 9, 3)
    assert orders.shape == (10, 5)
    assert (orders[1::2] == orders[::2, ::-1]).all()
    assert (np.sort(orders, axis=1) == np.arange(5)).all()


def test_the_error_of_sampling_is_that_of_repeated_samples():
    matrix, sizes = covariance(7, 11), (1,) * 6
    exact = shapley(matrix, sizes)
    gaps, stated = [], []
    for seed in range(200):
        value, error = sampled_values(matrix[None], sizes, 0, drawn_orders(6, 60, seed))
        gaps.append(value[0] - exact)
        stated.append(error[0])
    assert np.sqrt(np.mean(np.square(gaps), axis=0)) == pytest.approx(np.mean(stated, axis=0), rel=0.15)
