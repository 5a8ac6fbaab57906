"""Holm's p-values beside R's p.adjust and by counting."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kepuasan.numerics.multiplicity import holm

P = st.lists(st.floats(0, 1), min_size=1, max_size=8)


def test_holm_is_that_of_r() -> None:
    """p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"); p.adjust(c(0.2, 0.9, 0.5), "holm")."""
    np.testing.assert_allclose(holm(np.array([0.01, 0.04, 0.03, 0.005])), [0.03, 0.06, 0.06, 0.02], rtol=1e-12)
    np.testing.assert_allclose(holm(np.array([0.2, 0.9, 0.5])), [0.6, 1.0, 1.0], rtol=1e-12)


def test_what_is_not_tested_counts_for_nothing() -> None:
    np.testing.assert_allclose(holm(np.array([np.nan, 0.02, np.nan, 0.03])), [np.nan, 0.04, np.nan, 0.04])
    assert np.isnan(holm(np.array([np.nan]))).all()
    assert holm(np.array([])).size == 0


@given(P)
def test_each_is_the_largest_multiple_of_those_up_to_it(values: list[float]) -> None:
    p = np.array(values)
    ordered, m = sorted(values), len(values)
    for one, adjusted in zip(values, holm(p), strict=True):
        expected = max((m - place) * other for place, other in enumerate(ordered) if other <= one)
        assert abs(adjusted - min(1.0, expected)) < 1e-12


@given(P)
def test_no_p_value_falls_and_their_order_stays(values: list[float]) -> None:
    p, adjusted = np.array(values), holm(np.array(values))
    assert (adjusted >= p).all()
    assert (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0).all()
