"""Parts of a change: all orders of replacement, derivatives, large means, empty cells."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepuasan.numerics.decomposition import KITAGAWA, SHAPLEY, ChangeOfTotals, IndexParts
from kepuasan.numerics.derivatives import jacobian

CELLS, ITEMS = 3, 2
SEEDS = st.integers(0, 2**32 - 1)


def drawn(seed):
    """Means, shares and index weights of two waves."""
    stream = np.random.default_rng(seed)
    means, shares = stream.uniform(0, 100, (2, CELLS, ITEMS)), stream.dirichlet(np.ones(CELLS), (2, ITEMS)).swapaxes(1, 2)
    return means, shares, stream.dirichlet(np.ones(ITEMS), 2)


def by_all_orders(means, shares, weights):
    """What each factor adds by cell and item when the factors pass to the second wave one after another, averaged over the orders."""
    added = np.zeros((3, CELLS, ITEMS))
    orders = list(permutations(range(3)))
    for order in orders:
        at = [0, 0, 0]
        for factor in order:
            before = means[at[0]] * shares[at[1]] * weights[at[2]]
            at[factor] = 1
            added[factor] += means[at[0]] * shares[at[1]] * weights[at[2]] - before
    return added / len(orders)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_shapley_parts_are_the_average_over_all_orders_of_replacement(seed):
    means, shares, weights = drawn(seed)
    level, mix, weight = by_all_orders(means, shares, weights)
    parts = IndexParts(tuple(means), tuple(shares), tuple(weights), SHAPLEY)
    assert parts.level() == pytest.approx(level, abs=1e-12)
    assert parts.mix().sum(axis=0) == pytest.approx(mix.sum(axis=0), abs=1e-11)
    assert parts.weights(np.zeros(ITEMS)).sum() == pytest.approx(weight.sum(), abs=1e-11)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_with_fixed_index_weights_shapley_is_kitagawa(seed):
    means, shares, weights = drawn(seed)
    fixed = (weights[0], weights[0])
    one, other = (IndexParts(tuple(means), tuple(shares), fixed, rule) for rule in (SHAPLEY, KITAGAWA))
    assert one.level() == pytest.approx(other.level(), abs=1e-12)
    assert one.mix() == pytest.approx(other.mix(), abs=1e-12)
    assert np.abs(one.weights(np.zeros(ITEMS))).max() == 0


def of_kitagawa(means, shares, weights):
    """The three parts as they are written down, and the change."""
    whole = (shares * means).sum(axis=1)
    level = weights.mean(axis=0) * shares.mean(axis=0) * (means[1] - means[0])
    mix = weights.mean(axis=0) * (shares[1] - shares[0]) * (means.mean(axis=0) - whole.mean(axis=0))
    centre = weights.mean(axis=0) @ whole.mean(axis=0)
    return level, mix, (weights[1] - weights[0]) * (whole.mean(axis=0) - centre), weights[1] @ whole[1] - weights[0] @ whole[0]


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_kitagawas_parts_are_as_written_down_and_sum_to_the_change(seed):
    means, shares, weights = drawn(seed)
    level, mix, weight, change = of_kitagawa(means, shares, weights)
    parts = IndexParts(tuple(means), tuple(shares), tuple(weights), KITAGAWA)
    assert parts.level() == pytest.approx(level, abs=1e-12)
    assert parts.mix() == pytest.approx(mix, abs=1e-12)
    assert parts.weights(np.zeros(ITEMS)) == pytest.approx(weight, abs=1e-12)
    assert parts.level().sum() + parts.mix().sum() + parts.weights(np.zeros(ITEMS)).sum() == pytest.approx(change, abs=1e-11)


def function(averages=KITAGAWA, **changed):
    """Two waves of three cells and the groups asked once, importance stated in the second wave."""
    fields = {
        "place": np.arange(8),
        "n_cells": CELLS,
        "n_items": ITEMS,
        "weights": (np.array([0.7, 0.3]), None),
        "centre": np.array([50.0, 20.0]),
        "answered": np.ones((CELLS, ITEMS), dtype=bool),
        "averages": averages,
        "frame": True,
        "mix": True,
        "changed": True,
    }
    return ChangeOfTotals(**{**fields, **changed})


def totals(seed):
    """Totals of scores less their centre and of importance, and of the weights of those who answered, by wave and slot."""
    stream = np.random.default_rng(seed)
    answered = stream.uniform(1, 9, (8, 2 * ITEMS))
    means = np.hstack([stream.uniform(-20, 20, (8, ITEMS)), stream.uniform(1, 10, (8, ITEMS))])
    return np.stack([answered * means, answered], axis=1).ravel()


@pytest.mark.parametrize("averages", [KITAGAWA, SHAPLEY])
@pytest.mark.parametrize("seed", range(5))
def test_parts_sum_to_the_change_whatever_the_totals(averages, seed):
    change, values = function(averages), totals(seed)
    first, second, total = change.whole(values)
    assert total == pytest.approx(second - first, abs=1e-11)
    assert change.parts(values).sum() == pytest.approx(total, abs=1e-11)


@pytest.mark.parametrize("averages", [KITAGAWA, SHAPLEY])
@pytest.mark.parametrize("seed", range(5))
def test_the_jacobian_of_the_parts_is_their_derivative(averages, seed):
    change, values = function(averages), totals(seed)
    found = np.vstack([jacobian(change.whole, values), jacobian(change.parts, values)])
    step = 1e-6 * np.eye(len(values))
    both = [np.hstack([change.whole(values + sign * step), change.parts(values + sign * step)]) for sign in (1, -1)]
    assert found == pytest.approx(((both[0] - both[1]) / 2e-6).T, abs=2e-7)


def test_small_changes_of_large_means_keep_their_digits():
    fixed = np.array([0.6, 0.4])
    change = function(weights=(fixed, fixed), centre=np.array([1e9, 3e9]), frame=False, changed=False, place=np.arange(6))
    answered = np.full((2, CELLS, ITEMS), 4.0)
    means = np.zeros((2, CELLS, ITEMS))
    means[1] = 1e-7
    values = np.stack([answered * means, answered], axis=2).ravel()
    assert change.whole(values)[2] == pytest.approx(1e-7, rel=1e-12)
    assert change.parts(values).sum() == pytest.approx(1e-7, rel=1e-12)


def test_a_replicate_with_an_empty_cell_has_no_parts_and_has_its_change():
    change = function()
    both = np.stack([totals(1), totals(2)])
    both[1].reshape(8, 2, 2 * ITEMS)[1, :, 0] = 0.0
    parts, whole = change.parts(both), change.whole(both)
    assert np.isfinite(parts[0]).all()
    assert np.isnan(parts[1]).all()
    assert np.isfinite(whole).all()


def test_a_cell_where_an_item_was_not_asked_at_all_accounts_for_nothing():
    answered = np.ones((CELLS, ITEMS), dtype=bool)
    answered[1, 0] = False
    change, values = function(answered=answered), totals(3)
    values.reshape(2, 4, 2, 2 * ITEMS)[:, 1, :, 0] = 0.0
    parts = change.parts(values)
    mix, level = parts[1 : 1 + CELLS * ITEMS].reshape(CELLS, ITEMS), parts[-CELLS * ITEMS :].reshape(CELLS, ITEMS)
    assert mix[1, 0] == level[1, 0] == 0
    assert parts.sum() == pytest.approx(change.whole(values)[2], abs=1e-11)


def test_a_frame_without_groups_asked_once_accounts_for_nothing():
    change, values = function(), totals(4)
    values.reshape(2, 4, 2, 2 * ITEMS)[:, 3] = 0.0
    assert change.parts(values)[0] == pytest.approx(0, abs=1e-12)
    without = replace(change, frame=False, place=np.array([0, 1, 2, 3, 4, 5]))
    assert change.parts(values)[1:] == pytest.approx(without.parts(values.reshape(2, 4, -1)[:, :3].ravel()), abs=1e-12)
