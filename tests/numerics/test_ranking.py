"""Ranks by counting, draws by their moments, quadrants beside scipy's normal pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kepuasan.numerics.ranking import normal_draws, positive_quadrant, rank_probabilities, rank_ranges, ranks

COVARIANCE = np.array([[2.0, 0.6, -0.3], [0.6, 0.5, 0.1], [-0.3, 0.1, 1.0]])


def test_ranks_count_from_the_largest_and_earlier_ones_win_ties() -> None:
    assert ranks(np.array([0.2, 0.5, 0.2, 0.1])).tolist() == [2, 1, 3, 4]


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=8))
def test_a_rank_is_one_more_than_what_comes_before(values: list[int]) -> None:
    before = [sum(other > one or (other == one and where < place) for where, other in enumerate(values)) for place, one in enumerate(values)]
    assert ranks(np.array(values, dtype=float)).tolist() == [count + 1 for count in before]


def test_ranks_of_many_rows_are_those_of_each() -> None:
    values = np.random.default_rng(0).normal(size=(2, 5, 4))
    expected = stats.rankdata(-values, axis=-1, method="ordinal")
    np.testing.assert_array_equal(ranks(values), expected)


def test_probabilities_of_ranks_are_shares_of_draws() -> None:
    assert rank_probabilities(np.array([[1.0, 2.0], [3.0, 2.0], [1.0, 2.0], [0.0, 1.0]])).tolist() == [[0.25, 0.75], [0.75, 0.25]]
    draws = np.random.default_rng(1).normal([0.0, 0.5, 0.2, 3.0], 1.0, size=(300, 4))
    found, place = rank_probabilities(draws), stats.rankdata(-draws, axis=1, method="ordinal")
    for value in range(4):
        for rank in range(4):
            assert found[value, rank] == np.mean(place[:, value] == rank + 1)
    np.testing.assert_allclose([found.sum(axis=0), found.sum(axis=1)], 1.0, rtol=1e-12)


def test_normal_draws_have_the_moments_asked_for_and_their_mirror_images() -> None:
    value = np.array([1.0, 2.0, 3.0])
    draws = normal_draws(value, COVARIANCE)
    assert draws.shape == (10_000, 3)
    np.testing.assert_allclose(draws[:5000] + draws[5000:], np.tile(2 * value, (5000, 1)), rtol=1e-12)
    np.testing.assert_allclose(np.cov(draws.T), COVARIANCE, rtol=0.1, atol=0.04)
    np.testing.assert_array_equal(draws, normal_draws(value, COVARIANCE))


def test_the_share_of_draws_in_an_order_is_its_probability() -> None:
    found = rank_probabilities(normal_draws(np.array([0.3, 0.0]), COVARIANCE[:2, :2]))
    ahead = stats.norm.cdf(0.3 / np.sqrt(2.0 + 0.5 - 1.2))
    np.testing.assert_allclose(found, [[ahead, 1 - ahead], [1 - ahead, ahead]], atol=0.015)


def test_values_that_do_not_vary_stay_and_those_that_sum_to_1_go_on_doing_so() -> None:
    assert (normal_draws(np.array([1.0, 2.0]), np.zeros((2, 2))) == [1.0, 2.0]).all()
    apart = np.eye(3) - 1 / 3
    np.testing.assert_allclose(normal_draws(np.array([0.2, 0.3, 0.5]), apart).sum(axis=1), 1.0, atol=1e-6)


# ---------------------------------------------------------------- quadrants


@pytest.mark.parametrize("correlation", [-0.95, -0.3, 0.0, 0.6, 0.999])
def test_the_probability_of_a_quadrant_is_that_of_a_normal_pair(correlation: float) -> None:
    values = np.array([(h, k) for h in (-2.0, 0.0, 0.5, 3.0) for k in (-1.0, 0.0, 2.0)])
    expected = [stats.multivariate_normal.cdf(pair, cov=[[1, correlation], [correlation, 1]]) for pair in values]
    found = positive_quadrant(values[:, 0], values[:, 1], np.full(len(values), correlation))
    np.testing.assert_allclose(found, expected, atol=1e-6)


#: means over standard deviations, on a grid that has 0
ENDS = st.integers(-5000, 5000).map(lambda number: number / 1000)


@given(ENDS, ENDS, st.floats(-0.99, 0.99))
def test_the_four_quadrants_share_everything_and_each_is_symmetric(first: float, second: float, correlation: float) -> None:
    h, k, rho = np.array([first, first, -first, -first]), np.array([second, -second, second, -second]), correlation * np.array([1, -1, -1, 1])
    found = positive_quadrant(h, k, rho)
    assert found.sum() == pytest.approx(1.0, abs=1e-12)
    np.testing.assert_allclose(found, positive_quadrant(k, h, rho), atol=1e-12)
    assert found[0] + found[1] == pytest.approx(stats.norm.cdf(first), abs=1e-12)


def test_without_correlation_it_is_the_product_and_at_zero_the_arcsine() -> None:
    h, k = np.array([-1.0, 0.4, 2.0]), np.array([0.7, -0.2, 1.0])
    np.testing.assert_allclose(positive_quadrant(h, k, np.zeros(3)), stats.norm.cdf(h) * stats.norm.cdf(k), atol=1e-15)
    rho = np.array([-0.9, 0.2, 0.8])
    np.testing.assert_allclose(positive_quadrant(np.zeros(3), np.zeros(3), rho), 0.25 + np.arcsin(rho) / (2 * np.pi), atol=1e-14)


def test_what_is_certain_or_perfectly_correlated_has_a_probability_too() -> None:
    found = positive_quadrant(np.array([np.inf, -np.inf, 0.5, 0.5]), np.array([0.3, 0.3, 1.0, -1.0]), np.array([0.2, 0.2, 1.0, -1.0]))
    np.testing.assert_allclose(found, [stats.norm.cdf(0.3), 0.0, stats.norm.cdf(0.5), 0.0], atol=1e-6)


# ---------------------------------------------------------------- ranges


def by_pairs(value: np.ndarray, covariance: np.ndarray, critical: float) -> list[list[int]]:
    """Rank, lowest and highest rank of each value, one pair after the other."""
    found = []
    for i, mine in enumerate(value):
        larger = above = below = 0
        for j, other in enumerate(value):
            square = covariance[i, i] + covariance[j, j] - 2 * covariance[i, j]
            t = (other - mine) / np.sqrt(square) if square > 1e-15 else 0.0
            larger, above, below = larger + (other > mine), above + (t > critical), below + (t < -critical)
        found.append([1 + larger, 1 + above, len(value) - below])
    return found


@pytest.mark.parametrize("block", [1, 3, 100])
@pytest.mark.parametrize("seed", range(3))
def test_ranges_of_ranks_are_those_of_every_pair_in_blocks_of_any_size(block: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kepuasan.numerics.ranking._BLOCK", block)
    rng = np.random.default_rng(seed)
    root, value = rng.normal(size=(7, 9)), rng.normal(0, 3, size=7).round(1)
    root[3], value[3] = root[2], value[2] + 1.0
    covariance = root @ root.T / 9
    found = rank_ranges(value, np.sqrt(np.diag(covariance)), lambda a, b: covariance[np.ix_(a, b)], 2.0)
    assert np.column_stack(found).tolist() == by_pairs(value, covariance, 2.0)


def test_values_that_know_each_other_are_told_apart_where_their_errors_alone_would_not() -> None:
    covariance = np.array([[1.0, 0.99], [0.99, 1.0]])
    apart = rank_ranges(np.array([1.0, 2.0]), np.ones(2), lambda a, b: covariance[np.ix_(a, b)], 2.0)
    alone = rank_ranges(np.array([1.0, 2.0]), np.ones(2), lambda a, b: np.eye(2)[np.ix_(a, b)], 2.0)
    assert [one.tolist() for one in apart] == [[2, 1], [2, 1], [2, 1]]
    assert [one.tolist() for one in alone] == [[2, 1], [1, 1], [2, 2]]


@pytest.mark.slow
def test_a_range_holds_the_rank_in_95_of_100_samples() -> None:
    rng, truth, critical = np.random.default_rng(2), np.array([0.0, 0.1, 0.1, 0.5, 2.0]), 2.4977
    held = np.zeros(5)
    for _ in range(4000):
        _, low, high = rank_ranges(rng.normal(truth, 0.4), np.full(5, 0.4), lambda a, b: 0.16 * (a[:, None] == b), critical)
        held += (low <= np.array([5, 3, 3, 2, 1])) & (np.array([5, 4, 4, 2, 1]) <= high)
    assert (held / 4000 > 0.95).all()
