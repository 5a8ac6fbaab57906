"""Many domains of rows that are units: what the layers give equals what the sparse influence gives, on every design that may have them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

import kepuasan as kp
from kepuasan.estimates import derived, rescaled
from kepuasan.numerics import spread as spreads
from kepuasan.numerics.layers import layers_of
from kepuasan.numerics.spread import Layered, Linearised


@pytest.fixture(autouse=True)
def _never_small(monkeypatch):
    monkeypatch.setattr(spreads, "_DENSE_LIMIT", 0)


def survey_of(seed, design):
    rng = np.random.default_rng(seed)
    n = 240
    unit = rng.integers(0, 12, n)
    frame = pd.DataFrame(
        {
            "a": rng.integers(1, 5, n).astype(float),
            "b": rng.integers(1, 5, n).astype(float),
            "unit": unit,
            "province": unit // 3,
            "other": rng.integers(0, 5, n),
            "w": rng.uniform(0.5, 3.0, n) * (rng.random(n) > 0.1),
            "size": 400,
        }
    )
    frame.loc[rng.random(n) < 0.1, "a"] = np.nan
    return kp.Survey(frame, design=design)


DESIGNS = [
    kp.Design(weight="w"),
    kp.Design(weight="w", strata="unit", single_psu="adjust"),
    kp.Design(weight="w", strata="province", fpc="size"),
    kp.Design(weight="w", strata="other", fpc="size", single_psu="average"),
    kp.Design(strata=["province"], fpc=["size"]),
]


def check_same(estimates):
    spread = estimates.spread
    assert isinstance(spread, Layered)
    formed = spread.formed()
    assert isinstance(formed, Linearised)
    np.testing.assert_allclose(spread.variances(), formed.variances(), rtol=1e-10, atol=1e-16)
    np.testing.assert_allclose(np.diag(spread.covariance()), spread.variances(), rtol=1e-10, atol=1e-16)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), design=st.sampled_from(DESIGNS))
def test_variances_of_means_and_indices_by_domain_are_those_of_the_influence(seed, design):
    survey = survey_of(seed, design)
    check_same(kp.mean(survey, ["a", "b"], by="unit"))
    index = kp.satisfaction_index(survey, kp.IndexSpec(["a", "b"], scale=(1, 4)), by="unit")
    check_same(index.score)
    check_same(index.items)
    check_same(rescaled(index.score, 3.0))


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), design=st.sampled_from(DESIGNS))
def test_combinations_within_and_over_domains_and_joins_are_those_of_the_influence(seed, design):
    rng = np.random.default_rng(seed)
    means = kp.mean(survey_of(seed, design), ["a", "b"], by="unit")
    matrix = np.zeros((5, len(means)))
    matrix[0, 2:4] = 1.0, -1.0
    matrix[1] = rng.normal(size=len(means))
    matrix[2, [0, 7]] = 0.5
    matrix[4, 3] = 2.0
    mixed = derived(means, None, sparse.csr_array(matrix), pd.DataFrame({"item": list("pqrst")}), kind="combination")
    check_same(mixed)
    check_same(mixed.join(means))
    check_same(means["b"].join(mixed))
    assert mixed.se[3] == 0.0


def test_a_join_with_estimates_of_other_domains_forms_the_influence():
    survey = survey_of(1, DESIGNS[2])
    by_unit, whole = kp.mean(survey, ["a"], by="unit"), kp.mean(survey, ["a"])
    for joined in (by_unit.join(whole), whole.join(by_unit)):
        assert isinstance(joined.spread, Linearised)
    gap = by_unit.join(whole).linear(np.eye(13)[:1] - np.eye(13)[12:], ["gap"])
    both = kp.mean(survey, ["a"], by="unit").join(kp.mean(survey, ["a"])).vcov
    assert gap.se[0] == pytest.approx(np.sqrt(both[0, 0] + both[12, 12] - 2 * both[0, 12]), rel=1e-9)


def test_a_calibrated_survey_is_credited_as_before():
    survey = survey_of(3, kp.Design(weight="w"))
    positive = kp.Survey(survey.frame[survey.frame["w"] > 0].reset_index(drop=True), design=kp.Design(weight="w"))
    raked = kp.rake(positive, {"other": dict.fromkeys(range(5), 100.0)})
    by_unit, whole = kp.mean(raked, ["b"], by="unit"), kp.mean(raked, ["b"])
    assert not isinstance(by_unit.spread, Layered)
    assert np.isfinite(by_unit.join(whole).se).all()


def test_too_many_combinations_over_domains_form_the_influence():
    means = kp.mean(survey_of(2, DESIGNS[0]), ["a", "b"], by="unit")
    rng = np.random.default_rng(0)
    many = derived(means, None, sparse.csr_array(rng.normal(size=(60, len(means)))), pd.DataFrame({"item": range(60)}), kind="combination")
    assert layers_of(many.spread.coefficients, 2) is None
    np.testing.assert_allclose(many.se, np.sqrt(np.diag(many.vcov)), rtol=1e-9)


def test_the_layers_of_one_domain_count_up_and_combinations_of_several_domains_come_after():
    rows = sparse.csr_array(np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 2, 1], [1, 0, 0, 1], [0, 0, 0, 0]], dtype=float))
    assert layers_of(rows, 2).tolist() == [0, 1, 0, 2, -1]
