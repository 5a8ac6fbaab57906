"""Weighted quantiles by domain against their definition, written out."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepuasan.numerics.quantiles import Woodruff, distribution

WANTED = [0.1, 0.25, 0.5, 0.8, 1.0]


def by_definition(value: np.ndarray, weight: np.ndarray, q: float) -> float:
    """The smallest answer whose cumulated weight reaches q of the whole, in exact arithmetic; NaN without answers."""
    pairs = sorted((x, Fraction(w)) for x, w in zip(value, weight, strict=True) if w > 0 and not np.isnan(x))
    whole, up_to = sum(w for _, w in pairs), Fraction(0)
    for x, w in pairs:
        up_to += w
        if up_to >= Fraction(q) * whole - Fraction(1e-12) * whole:
            return float(x)
    return float("nan")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_the_quantile_is_the_first_answer_whose_cumulated_weight_reaches_the_share(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, n_domains = int(rng.integers(1, 40)), int(rng.integers(1, 5))
    value = rng.choice([rng.normal(size=n), rng.integers(0, 4, n).astype(float)])
    value[rng.random(n) < 0.2] = np.nan
    weight = np.where(rng.random(n) < 0.2, 0.0, rng.uniform(0.1, 5.0, n))
    domain = rng.integers(0, n_domains, n)
    got = distribution(value, weight, domain, n_domains).reaching(np.tile(WANTED, (n_domains, 1)))
    expected = [[by_definition(value[domain == d], weight[domain == d], q) for q in WANTED] for d in range(n_domains)]
    np.testing.assert_array_equal(got, expected)


@pytest.mark.parametrize("weight", [1.0, 0.1, 30.97, 1e-9])
def test_a_share_that_is_reached_but_for_rounding_is_reached(weight: float) -> None:
    found = distribution(np.arange(1.0, 11.0), np.full(10, weight), None, 1)
    got = found.reaching(np.arange(1, 11)[None] / 10)
    assert got.tolist() == [list(range(1, 11))]


def test_rows_far_down_a_long_column_lose_no_share_to_rounding() -> None:
    n = 900_000
    found = distribution(np.tile(np.arange(1.0, 4.0), n // 3), np.full(n, 0.1), np.repeat(np.arange(3), n // 3), 3)
    assert found.reaching(np.full((3, 1), 1 / 3)).ravel().tolist() == [1.0, 1.0, 1.0]
    np.testing.assert_allclose(found.share, np.tile([1 / 3, 2 / 3, 1.0], 3), rtol=1e-14)


def test_a_domain_without_answers_has_no_quantile_wherever_it_stands() -> None:
    found = distribution(np.array([2.0, 1.0, np.nan]), np.array([1.0, 1.0, 1.0]), np.array([1, 1, 2]), 4)
    assert np.isnan(found.reaching(np.full((4, 1), 0.5)).ravel()).tolist() == [True, False, True, True]
    nobody = distribution(np.array([np.nan]), np.array([1.0]), None, 1)
    assert np.isnan(nobody.reaching(np.full((1, 2), 0.5))).all()


def test_shares_outside_0_and_1_have_no_answer_and_the_bounds_have_the_first_and_last() -> None:
    found = distribution(np.array([5.0, 7.0]), np.array([1.0, 1.0]), None, 1)
    got = found.reaching(np.array([[-0.01, 0.0, 1.0, 1.01, np.nan]]))[0]
    np.testing.assert_array_equal(got, [np.nan, 5.0, 7.0, np.nan, np.nan])


def test_distinct_answers_are_counted_over_all_domains_with_a_weight() -> None:
    value, weight = np.array([1.0, 2.0, 2.0, 3.0, 9.0]), np.array([1.0, 1.0, 1.0, 1.0, 0.0])
    assert distribution(value, weight, np.array([0, 1, 0, 1, 1]), 2).n_distinct == 3


def test_limits_widen_with_the_level_and_meet_the_quantile_without_error() -> None:
    found = distribution(np.arange(1.0, 101.0), np.ones(100), None, 1)
    limits = Woodruff([found], np.array([0.5, 0.5]), np.array([0.05, 0.0]), np.array([30.0, 30.0]))
    np.testing.assert_array_equal(limits(0.95), [[40.0, 61.0], [50.0, 50.0]])
    np.testing.assert_array_equal(limits(0.5), [[47.0, 54.0], [50.0, 50.0]])
