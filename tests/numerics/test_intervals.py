"""Limits of proportions at the edges, and by numbers that can be checked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from kepuasan.numerics import intervals

LIMITS = {"t": intervals.t_limits, "logit": intervals.logit_limits, "wilson": intervals.wilson_limits, "beta": intervals.beta_limits}


def limits(method: str, p: float, se: float, df: float = 30.0, n: float = 40.0, level: float = 0.95) -> np.ndarray:
    arrays = [np.array([x]) for x in (p, se, df)]
    if method == "t":
        return LIMITS["t"](*arrays, level)[0]
    return LIMITS[method](*arrays, np.array([n]), level)[0]


def test_exact_limits_of_eight_in_ten_are_those_of_the_binomial_table() -> None:
    se = np.sqrt(0.8 * 0.2 / 10)
    got = limits("beta", 0.8, se, df=9.0, n=10.0)
    np.testing.assert_allclose(got, stats.binomtest(8, 10).proportion_ci(0.95, method="exact"), rtol=1e-10)


def test_wilson_limits_with_many_degrees_of_freedom_are_those_of_wilson() -> None:
    got = limits("wilson", 0.3, np.sqrt(0.3 * 0.7 / 50), df=np.inf)
    np.testing.assert_allclose(got, stats.binomtest(15, 50).proportion_ci(0.95, method="wilson"), rtol=1e-10)


@pytest.mark.parametrize("method", ["logit", "wilson", "beta"])
@pytest.mark.parametrize("p", [0.0, 1.0])
def test_a_share_of_nothing_or_all_has_exact_limits(method: str, p: float) -> None:
    got = limits(method, p, 0.0)
    np.testing.assert_allclose(got, [0.0, 1 - 0.025 ** (1 / 40)] if p == 0 else [0.025 ** (1 / 40), 1.0], rtol=1e-10)


@pytest.mark.parametrize("method", LIMITS)
def test_a_share_of_a_whole_population_is_known_without_width(method: str) -> None:
    # Wilson's and the beta limits were those of Clopper and Pearson, 0.057 and 0.976 around a share of 0.564 without error
    np.testing.assert_allclose(limits(method, 0.3, 0.0), [0.3, 0.3], rtol=1e-12)


@pytest.mark.parametrize("method", LIMITS)
def test_a_wider_level_has_wider_limits_around_the_share(method: str) -> None:
    narrow, wide = limits(method, 0.3, 0.05, level=0.8), limits(method, 0.3, 0.05, level=0.99)
    assert wide[0] < narrow[0] < 0.3 < narrow[1] < wide[1]


@pytest.mark.parametrize("method", LIMITS)
def test_without_degrees_of_freedom_there_are_no_limits(method: str) -> None:
    assert np.isnan(limits(method, 0.3, 0.05, df=0.0)).all()


def test_p_values_are_two_sided() -> None:
    got = intervals.two_sided_p(np.array([-2.0, 0.0, 2.0]), np.array([10.0, 10.0, 10.0]))
    np.testing.assert_allclose(got, [2 * stats.t.sf(2, 10), 1.0, 2 * stats.t.sf(2, 10)])
