"""Methods of importance as functions of a covariance: their definitions, sums and derivatives."""

import itertools

import numpy as np
import pytest

from kepuasan.numerics.importance import METHODS, Importance, Layout
from kepuasan.numerics.orders import drawn_orders

LAYOUTS = [Layout(0, (1, 1, 1, 1)), Layout(2, (1, 1, 1)), Layout(1, (1, 2, 1))]


def covariances(layout, n=2):
    stream = np.random.default_rng(5)
    m = layout.width
    return np.array([np.cov((stream.normal(size=(60, m)) @ stream.normal(size=(m, m))).T) for _ in range(n)])


def cases():
    for layout, method, shares, sampled in itertools.product(LAYOUTS, METHODS, (False, True), (False, True)):
        if (method == "beta" and max(layout.sizes) > 1) or (sampled and method != "lmg"):
            continue
        yield Importance(method, layout, shares, drawn_orders(len(layout.sizes), 40, 1) if sampled else None)


@pytest.mark.parametrize("statistic", list(cases()), ids=lambda one: f"{one.method}-{one.layout.n_always}-{one.shares}-{one.orders is not None}")
def test_derivatives_are_those_of_differences_and_vanish_along_the_covariance(statistic):
    matrix = covariances(statistic.layout)
    by_mean, gradient = statistic.gradients(matrix[..., -1], matrix)
    step = np.random.default_rng(1).normal(size=matrix[0].shape)
    step = (step + step.T) * 1e-6
    change = (statistic.values(matrix[..., -1], matrix + step) - statistic.values(matrix[..., -1], matrix - step)) / 2
    assert np.einsum("djkl,kl->dj", gradient, step) == pytest.approx(change, rel=1e-5, abs=1e-13)
    assert np.einsum("djkl,dkl->dj", gradient, matrix) == pytest.approx(0.0, abs=1e-10)
    assert not by_mean.any()


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
@pytest.mark.parametrize("method", ["lmg", "relative-weights", "pratt"])
def test_parts_sum_to_what_drivers_add_to_r_squared(method, layout):
    matrix = covariances(layout)
    found = Importance(method, layout).values(matrix[..., -1], matrix)
    assert found[:, :-2].sum(axis=1) == pytest.approx(found[:, -2] - found[:, -1], rel=1e-10)
    shares = Importance(method, layout, shares=True).values(matrix[..., -1], matrix)
    assert shares[:, :-2].sum(axis=1) == pytest.approx(1.0, rel=1e-12)
    assert shares[:, -2:] == pytest.approx(found[:, -2:], rel=1e-12)


def test_two_drivers_have_one_answer():
    layout = Layout(0, (1, 1))
    matrix = covariances(layout)
    found = [Importance(method, layout).values(matrix[..., -1], matrix) for method in ("lmg", "relative-weights")]
    assert found[0] == pytest.approx(found[1], rel=1e-11)


def test_independent_drivers_have_one_answer_by_every_method():
    matrix = np.diag([4.0, 1.0, 9.0, 0.0])
    matrix[3, :3] = matrix[:3, 3] = [1.0, 0.2, 1.5]
    matrix[3, 3] = 2.0
    expected = np.array([1.0, 0.2, 1.5]) ** 2 / np.array([4.0, 1.0, 9.0]) / 2.0
    for method in METHODS:
        found = Importance(method, Layout(0, (1, 1, 1))).values(matrix[None, -1], matrix[None])[0]
        assert found[:3] == pytest.approx(expected, rel=1e-12)


def test_beta_and_pratt_are_those_of_the_standardised_regression():
    stream = np.random.default_rng(0)
    rows = stream.normal(size=(80, 4)) @ stream.normal(size=(4, 4))
    z = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    beta = np.linalg.lstsq(z[:, :3], z[:, 3], rcond=None)[0]
    matrix = np.cov(rows.T)[None]
    layout = Layout(0, (1, 1, 1))
    assert Importance("beta", layout).values(matrix[..., -1], matrix)[0, :3] == pytest.approx(beta**2, rel=1e-10)
    assert Importance("pratt", layout).values(matrix[..., -1], matrix)[0, :3] == pytest.approx(beta * (z[:, :3].T @ z[:, 3]) / 80, rel=1e-10)


def test_always_is_partialled_out_of_relative_weights():
    layout, matrix = Layout(2, (1, 1, 1)), covariances(Layout(2, (1, 1, 1)), 1)
    given = matrix[0, 2:, 2:] - matrix[0, 2:, :2] @ np.linalg.solve(matrix[0, :2, :2], matrix[0, :2, 2:])
    inner = Importance("relative-weights", Layout(0, (1, 1, 1))).values(given[None, -1], given[None])[0, :3]
    found = Importance("relative-weights", layout).values(matrix[..., -1], matrix)[0, :3]
    assert found == pytest.approx(inner * given[-1, -1] / matrix[0, -1, -1], rel=1e-10)
