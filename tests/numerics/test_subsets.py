"""Plans of subsets against enumeration: every order, every driver alone, every driver last."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kepuasan.numerics.subsets import MOST_FITTED, SubsetPlan, subset_plan

Floats = NDArray[np.float64]


def game(members: NDArray[np.bool_], seed: int = 0) -> Floats:
    """The worth of subsets, of which nothing is simple: a number of its own for each."""
    place = members @ (1 << np.arange(members.shape[1]))
    return np.random.default_rng(seed).normal(size=1 << members.shape[1])[place]


def worth(n: int, inside: tuple[int, ...], seed: int = 0) -> float:
    return float(game(np.isin(np.arange(n), inside)[None], seed)[0])


def by_orders(n: int, seed: int) -> Floats:
    """What each driver adds where it enters, averaged over every order."""
    added = np.zeros(n)
    orders = list(permutations(range(n)))
    for order in orders:
        for place, driver in enumerate(order):
            added[driver] += worth(n, order[: place + 1], seed) - worth(n, order[:place], seed)
    return added / len(orders)


def check_plan(plan: SubsetPlan, n: int) -> None:
    assert plan.members.shape == plan.mixing.shape == (len(np.unique(plan.members, axis=0)), n)
    assert plan.members[plan.full].all()
    assert not plan.members[plan.none].any()


@pytest.mark.parametrize("n", [1, 2, 3, 5, 6])
def test_lmg_is_the_average_over_all_orders(n: int) -> None:
    plan = subset_plan(n, "lmg")
    check_plan(plan, n)
    assert sorted(map(tuple, plan.members)) == list(product([False, True], repeat=n))
    np.testing.assert_allclose(game(plan.members, n) @ plan.mixing, by_orders(n, n), atol=1e-13)


@pytest.mark.parametrize("n", [2, 3, 7, 20])
def test_first_and_last_are_what_a_driver_adds_to_none_and_to_all_others(n: int) -> None:
    # a sum of weights plus its square: the worth of 20 drivers cannot be listed
    weights = np.random.default_rng(n).uniform(1, 2, n)

    def total(members: NDArray[np.bool_]) -> Floats:
        return np.asarray(members @ weights + (members @ weights) ** 2)

    expected = {"first": weights + weights**2, "last": weights + weights.sum() ** 2 - (weights.sum() - weights) ** 2}
    for method, values in expected.items():
        plan = subset_plan(n, method)
        check_plan(plan, n)
        assert len(plan.members) == n + 2
        np.testing.assert_allclose(total(plan.members) @ plan.mixing, values, rtol=1e-11)


@pytest.mark.parametrize("method", ["first", "last"])
def test_the_only_driver_adds_everything_by_every_method(method: str) -> None:
    for plan in (subset_plan(1, method), subset_plan(1, "lmg")):
        values = 3.0 * plan.members.any(axis=1) + 0.5
        assert values @ plan.mixing == pytest.approx([3.0])


@pytest.mark.parametrize("n", [2, 12])
def test_where_every_subset_is_visited_nothing_is_left_to_chance(n: int) -> None:
    for method in ("lmg", "first", "last"):
        plan = subset_plan(n, method)
        assert plan.steps is None
        assert not plan.monte_carlo_error(game(plan.members)).any()


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 8), st.integers(0, 100))
def test_parts_sum_to_what_all_drivers_add(n: int, seed: int) -> None:
    plan = subset_plan(n, "lmg")
    values = game(plan.members, seed)
    assert (values @ plan.mixing).sum() == pytest.approx(values[plan.full] - values[plan.none], abs=1e-12)


def test_beyond_12_drivers_parts_are_those_of_the_orders_drawn() -> None:
    n = MOST_FITTED + 1
    plan = subset_plan(n, "lmg")
    check_plan(plan, n)
    assert plan.steps is not None
    assert plan.entered is not None
    values = game(plan.members, 4)
    worth_of = {tuple(np.flatnonzero(inside)): one for inside, one in zip(plan.members, values, strict=True)}
    added = np.zeros((len(plan.entered), n))
    for row, order in enumerate(plan.entered):
        for place, driver in enumerate(order):
            added[row, driver] = worth_of[tuple(sorted(order[: place + 1]))] - worth_of[tuple(sorted(order[:place]))]
    np.testing.assert_allclose(values @ plan.mixing, added.mean(axis=0), atol=1e-12)
    assert (plan.entered[1::2] == plan.entered[::2, ::-1]).all()
    pairs = (added[::2] + added[1::2]) / 2
    np.testing.assert_allclose(plan.monte_carlo_error(values), pairs.std(axis=0, ddof=1) / np.sqrt(len(pairs)), rtol=1e-10)


def test_drivers_that_only_add_up_are_exact_in_any_order() -> None:
    n = MOST_FITTED + 2
    plan, weights = subset_plan(n, "lmg"), np.arange(1.0, MOST_FITTED + 3)
    values = plan.members @ weights
    np.testing.assert_allclose(values @ plan.mixing, weights, rtol=1e-11)
    np.testing.assert_allclose(plan.monte_carlo_error(values), 0.0, atol=1e-12)
