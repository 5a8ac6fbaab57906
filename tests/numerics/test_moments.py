"""Moments by domain against numpy, scores of rows against differences by their weights, totals against moments of other weights."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray

from kepuasan.numerics import moments
from kepuasan.numerics.moments import DomainMoments, domain_moments, from_totals, row_scores, total_columns, without_columns
from kepuasan.numerics.totals import Rows, sliced, summed
from kepuasan.numerics.triangles import entries

Floats = NDArray[np.float64]

#: one domain, few of them, and so many that scores are formed another way
DOMAINS = [1, 3, 12]


class Slope:
    """The slope of the second column on the first, then the ratio of their means times the variance of the third, derived by hand."""

    def values(self, mean: Floats, covariance: Floats) -> Floats:
        slope = covariance[..., 0, 1] / covariance[..., 0, 0]
        return np.stack([slope, mean[..., 1] / mean[..., 0] * covariance[..., 2, 2]], axis=-1)

    def gradients(self, mean: Floats, covariance: Floats) -> tuple[Floats, Floats]:
        by_mean, by_covariance = np.zeros((len(mean), 2, 3)), np.zeros((len(mean), 2, 3, 3))
        by_mean[:, 1, 0] = -mean[:, 1] / mean[:, 0] ** 2 * covariance[:, 2, 2]
        by_mean[:, 1, 1] = covariance[:, 2, 2] / mean[:, 0]
        by_covariance[:, 0, 0, 0] = -covariance[:, 0, 1] / covariance[:, 0, 0] ** 2
        by_covariance[:, 0, 0, 1] = by_covariance[:, 0, 1, 0] = 0.5 / covariance[:, 0, 0]
        by_covariance[:, 1, 2, 2] = mean[:, 1] / mean[:, 0]
        return by_mean, by_covariance


def example(n_domains: int, n: int = 240, seed: int = 0) -> tuple[Rows, Floats]:
    """Rows of three columns that go together, far from 0; every ninth row has no weight and lacks an answer."""
    stream = np.random.default_rng(seed)
    table = stream.normal(size=(n, 1)) + stream.normal(size=(n, 3)) + [50.0, -20.0, 3.0]
    weight = stream.uniform(0.5, 3.0, n)
    weight[::9], table[::9, 1] = 0.0, np.nan
    domain = None if n_domains == 1 else stream.permutation(np.arange(n) % n_domains)
    return Rows(weight, None, n, domain, n_domains), table


def with_weight(rows: Rows, weight: Floats) -> Rows:
    return Rows(weight, rows.unit, rows.n_units, rows.domain, rows.n_domains)


def by_numpy(rows: Rows, table: Floats) -> tuple[Floats, Floats]:
    """Means and covariances by domain, one domain at a time."""
    own = [(rows.domains() == place) & (rows.weight > 0) for place in range(rows.n_domains)]
    means = [np.average(table[one], axis=0, weights=rows.weight[one]) for one in own]
    return np.array(means), np.array([np.cov(table[one].T, aweights=rows.weight[one], ddof=0) for one in own])


# ---------------------------------------------------------------- moments


@pytest.mark.parametrize("n_domains", DOMAINS)
def test_moments_of_a_domain_are_those_of_numpy(n_domains: int) -> None:
    rows, table = example(n_domains)
    found = domain_moments(rows, partial(sliced, table), 3)
    means, covariances = by_numpy(rows, table)
    np.testing.assert_allclose(found.mean, means, rtol=1e-13)
    np.testing.assert_allclose(found.covariance, covariances, rtol=1e-11)
    np.testing.assert_array_equal(found.covariance, found.covariance.swapaxes(-1, -2))
    np.testing.assert_allclose(found.weight, np.bincount(rows.domains(), weights=rows.weight), rtol=1e-13)
    assert found.n.tolist() == np.bincount(rows.domains(), weights=rows.weight > 0).tolist()


@pytest.mark.parametrize("n_domains", [1, 3])
def test_rows_of_many_blocks_are_all_counted(n_domains: int) -> None:
    rows, table = example(n_domains, n=70_001)
    found = domain_moments(rows, partial(sliced, table), 3)
    means, covariances = by_numpy(rows, table)
    np.testing.assert_allclose(found.mean, means, rtol=1e-12)
    np.testing.assert_allclose(found.covariance, covariances, rtol=1e-10)


def test_columns_far_from_zero_lose_no_digits() -> None:
    rows, table = example(3)
    near, far = (domain_moments(rows, partial(sliced, table + shift), 3) for shift in (0.0, 2.0**27))
    np.testing.assert_allclose(far.covariance, near.covariance, rtol=1e-6)


def test_a_domain_without_a_row_has_no_moments_and_the_others_keep_theirs() -> None:
    rows, table = example(3)
    whole = domain_moments(rows, partial(sliced, table), 3)
    found = domain_moments(with_weight(rows, np.where(rows.domains() == 1, 0.0, rows.weight)), partial(sliced, table), 3)
    assert found.n[1] == found.weight[1] == 0
    assert np.isnan(found.mean[1]).all()
    assert np.isnan(found.covariance[1]).all()
    np.testing.assert_allclose(found.covariance[[0, 2]], whole.covariance[[0, 2]], rtol=1e-13)


# ---------------------------------------------------------------- scores of rows


@pytest.mark.parametrize("cached", [40, 65_536])
@pytest.mark.parametrize("n_domains", DOMAINS)
def test_scores_are_the_derivatives_of_a_domain_s_functions_by_weights(n_domains: int, cached: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments, "_CACHED", cached)
    rows, table = example(n_domains)
    read, statistic = partial(sliced, table), Slope()
    found = domain_moments(rows, read, 3)
    scores = row_scores(rows, read, found, statistic.gradients(found.mean, found.covariance))(0, 240)
    domain = rows.domains()
    for row in (1, 44, 100, 239):
        step = 1e-5 * (np.arange(240) == row)
        ends = [domain_moments(with_weight(rows, rows.weight + sign * step), read, 3) for sign in (1, -1)]
        up, down = (statistic.values(end.mean, end.covariance) for end in ends)
        slope = (up - down) / 2e-5
        np.testing.assert_allclose(scores[row], slope[domain[row]], rtol=1e-6, atol=1e-8)
        assert not np.delete(slope, domain[row], axis=0).any()


@pytest.mark.parametrize("n_domains", DOMAINS)
def test_weighted_scores_of_a_domain_sum_to_nothing(n_domains: int) -> None:
    rows, table = example(n_domains)
    read, statistic = partial(sliced, table), Slope()
    found = domain_moments(rows, read, 3)
    scores = row_scores(rows, read, found, statistic.gradients(found.mean, found.covariance))(0, 240)
    assert np.isfinite(scores).all()
    np.testing.assert_allclose(summed((scores * rows.weight[:, None]).T, rows.domains(), n_domains), 0.0, atol=1e-11)


@pytest.mark.parametrize("n_domains", DOMAINS)
def test_scores_of_some_rows_are_a_part_of_all(n_domains: int) -> None:
    rows, table = example(n_domains)
    read, statistic = partial(sliced, table), Slope()
    found = domain_moments(rows, read, 3)
    scores = row_scores(rows, read, found, statistic.gradients(found.mean, found.covariance))
    np.testing.assert_allclose(scores(37, 160), scores(0, 240)[37:160], rtol=1e-12, atol=1e-14)


# ---------------------------------------------------------------- totals


def totals_of(rows: Rows, table: Floats, found: DomainMoments, weights: Floats) -> Floats:
    """Totals (sets, domains, columns) of the columns under sets of weights."""
    columns, k = total_columns(rows, partial(sliced, table), found)
    block = np.concatenate([columns(0, 100), columns(100, len(rows.weight))])
    assert k == block.shape[1] == 1 + 3 + entries(3)
    return np.array([summed((block * weight[:, None]).T, rows.domains(), rows.n_domains).T for weight in weights])


@pytest.mark.parametrize("n_domains", DOMAINS)
def test_totals_under_the_rows_own_weights_give_their_moments_back(n_domains: int) -> None:
    rows, table = example(n_domains)
    found = domain_moments(rows, partial(sliced, table), 3)
    totals = totals_of(rows, table, found, rows.weight[None])
    np.testing.assert_allclose(totals[0, :, 0], found.weight, rtol=1e-13)
    mean, covariance = from_totals(totals[0], found)
    np.testing.assert_allclose(mean, found.mean, rtol=1e-13)
    np.testing.assert_allclose(covariance, found.covariance, rtol=1e-11)


@pytest.mark.parametrize("n_domains", DOMAINS)
def test_totals_under_other_weights_give_the_moments_under_these(n_domains: int) -> None:
    rows, table = example(n_domains)
    found = domain_moments(rows, partial(sliced, table), 3)
    weights = rows.weight * np.random.default_rng(5).poisson(1.5, (4, 240))
    mean, covariance = from_totals(totals_of(rows, table, found, weights), found)
    assert (mean.shape, covariance.shape) == ((4, n_domains, 3), (4, n_domains, 3, 3))
    for weight, means, covariances in zip(weights, mean, covariance, strict=True):
        expected = by_numpy(with_weight(rows, weight), table)
        np.testing.assert_allclose(means, expected[0], rtol=1e-12)
        np.testing.assert_allclose(covariances, expected[1], rtol=1e-9, atol=1e-12)


def test_rows_without_a_weight_add_nothing_to_totals_whatever_they_hold() -> None:
    rows, table = example(3)
    found = domain_moments(rows, partial(sliced, table), 3)
    columns, _ = total_columns(rows, partial(sliced, table), found)
    assert not columns(0, 240)[rows.weight == 0].any()
    assert (columns(0, 240)[rows.weight > 0, 0] == 1.0).all()


def test_a_replicate_without_a_domain_has_no_moments_there() -> None:
    rows, table = example(3)
    found = domain_moments(rows, partial(sliced, table), 3)
    weights = np.stack([rows.weight, np.where(rows.domains() == 2, 0.0, rows.weight)])
    mean, covariance = from_totals(totals_of(rows, table, found, weights), found)
    assert np.isnan(mean).any(axis=-1).tolist() == [[False] * 3, [False, False, True]]
    assert np.isnan(covariance[1, 2]).all()
    np.testing.assert_allclose(covariance[1, :2], found.covariance[:2], rtol=1e-11)


# ---------------------------------------------------------------- columns left out


def test_columns_a_domain_drops_vary_on_their_own() -> None:
    rows, table = example(3)
    covariance = domain_moments(rows, partial(sliced, table), 3).covariance
    dropped = np.array([[False, False, False], [True, False, False], [True, True, False]])
    found = without_columns(covariance, dropped)
    np.testing.assert_array_equal(found[0], covariance[0])
    np.testing.assert_array_equal(found[1, 1:, 1:], covariance[1, 1:, 1:])
    np.testing.assert_array_equal(found[1, 0], [1.0, 0.0, 0.0])
    np.testing.assert_array_equal(found[2], np.diag([1.0, 1.0, covariance[2, 2, 2]]))
    stacked = without_columns(np.stack([covariance, 2 * covariance]), dropped)
    np.testing.assert_array_equal(stacked[0], found)
    np.testing.assert_array_equal(stacked[1, 0], 2 * covariance[0])


def test_a_dropped_column_explains_nothing_and_the_others_explain_what_they_do_alone() -> None:
    covariance = np.cov(np.random.default_rng(3).normal(size=(4, 60)) + np.random.default_rng(4).normal(size=60))
    found = without_columns(covariance[None], np.array([[False, True, False, False]]))[0]
    slopes = np.linalg.solve(found[:3, :3], found[:3, 3])
    alone = np.linalg.solve(covariance[np.ix_([0, 2], [0, 2])], covariance[[0, 2], 3])
    np.testing.assert_allclose(slopes, [alone[0], 0.0, alone[1]], rtol=1e-12)
