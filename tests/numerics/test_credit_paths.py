"""Every way of forming a credited or replicated covariance gives the same numbers."""

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.numerics import credit, replication, spread, totals, variance
from kepuasan.numerics.spread import Credited

ROWS = 900


def made():
    stream = np.random.default_rng(11)
    frame = pd.DataFrame(
        {
            "stratum": np.repeat([1, 2, 3], ROWS // 3),
            "psu": stream.integers(0, 12, ROWS),
            "w": stream.uniform(1, 4, ROWS),
            "sex": stream.choice(["L", "P"], ROWS),
            "region": stream.integers(0, 9, ROWS),
            "place": stream.integers(0, 60, ROWS),
            "age": stream.integers(17, 70, ROWS).astype(float),
        }
    )
    for name in ("a", "b"):
        frame[name] = np.round(stream.normal(3, 1, ROWS) + 0.02 * frame["age"])
        frame.loc[stream.random(ROWS) < 0.1, name] = np.nan
    return frame


FRAME = made()
REGIONS = dict.fromkeys(range(9), 250.0)


def weighted(survey):
    raked = kp.rake(survey, {"sex": {"L": 1100.0, "P": 1150.0}, "region": REGIONS})
    return kp.calibrate(raked, "~ age + C(sex)", {"Intercept": 2250.0, "age": 97000.0, "C(sex)[T.P]": 1150.0})


def clustered(steps=weighted):
    return steps(kp.Survey(FRAME, design=kp.Design(weight="w", strata="stratum", psu="psu")))


def persons(steps=weighted):
    return steps(kp.Survey(FRAME, design=kp.Design(weight="w", strata="stratum")))


def make_all_sparse(monkeypatch):
    monkeypatch.setattr(variance, "_DENSE_LIMIT", 0)
    monkeypatch.setattr(spread, "_DENSE_LIMIT", 0)


@pytest.mark.parametrize("wide", [0, 1000])
@pytest.mark.parametrize("survey", [clustered, persons])
@pytest.mark.parametrize("by", ["place", ["region", "sex"]])
def test_a_credit_that_is_not_formed_is_the_credit_that_is(survey, by, wide, monkeypatch):
    whole = kp.mean(survey(), ["a", "b"], by=by)
    chosen = np.arange(0, len(whole), 7)
    matrix = np.eye(len(whole))[:3] - np.eye(len(whole))[4:7]
    make_all_sparse(monkeypatch)
    monkeypatch.setattr(spread, "credited", Credited)
    monkeypatch.setattr(spread, "_WIDE", wide)
    lazy = kp.mean(survey(), ["a", "b"], by=by)
    spread_of = Credited(lazy.spread.influence, *empty(lazy)) if not isinstance(lazy.spread, Credited) else lazy.spread
    assert spread_of.size == len(whole)
    assert np.sqrt(spread_of.variances()) == pytest.approx(whole.se, rel=1e-9)
    size = np.outer(whole.se, whole.se)
    assert spread_of.covariance() / size == pytest.approx(whole.vcov / size, abs=1e-9)
    assert spread_of.take(chosen).variances() == pytest.approx(whole.se[chosen] ** 2, rel=1e-8)
    assert spread_of.combined(matrix).variances() == pytest.approx(np.diag(matrix @ whole.vcov @ matrix.T), rel=1e-8)
    joined = spread_of.take(chosen).joined(spread_of)
    assert joined.variances() == pytest.approx(np.concatenate([whole.se[chosen], whole.se]) ** 2, rel=1e-8)


def empty(estimates):
    return np.zeros((estimates.spread.influence.shape[0], 1)), np.zeros((1, len(estimates))), estimates.spread.rule


@pytest.mark.parametrize("survey", [clustered, persons])
def test_moments_by_pairs_that_occur_are_those_of_the_whole_grid(survey, monkeypatch):
    whole = kp.mean(survey(), ["a", "b"], by="place").vcov
    monkeypatch.setattr(totals, "_BLOCK_CELLS", 200)
    original = credit._Moments._pairs

    def by_pairs(self):
        found = original(self)
        if self.step.code is None or self.domain is None:
            return found
        return np.unique(self.domain[self.step.rows] * self.step.n_cells + self.step.code, return_inverse=True)

    monkeypatch.setattr(credit._Moments, "_pairs", by_pairs)
    assert kp.mean(survey(), ["a", "b"], by="place").vcov == pytest.approx(whole, rel=1e-9, abs=1e-15)


def raked(survey):
    return kp.rake(survey, {"sex": {"L": 1100.0, "P": 1150.0}, "region": REGIONS})


@pytest.mark.parametrize("by", [None, "sex", "region"])
@pytest.mark.parametrize("missing", ["item", "listwise"])
def test_replicates_by_cell_are_replicates_by_row(by, missing, monkeypatch):
    """Raking on the table of cells, and on rows, each a cell of its own."""
    survey = kp.add_replicates(clustered(raked), "bootstrap", n=40, seed=3)
    whole = kp.mean(survey, ["a", "b"], by=by, missing=missing)
    monkeypatch.setattr(replication.ReplicatePlan, "by_row", True)
    monkeypatch.setattr(replication, "_BLOCK_VALUES", 5000)
    again = kp.add_replicates(clustered(raked), "bootstrap", n=40, seed=3)
    assert kp.mean(again, ["a", "b"], by=by, missing=missing).vcov == pytest.approx(whole.vcov, rel=1e-7, abs=1e-12)
    assert kp.total(again, "a", by=by).vcov == pytest.approx(kp.total(survey, "a", by=by).vcov, rel=1e-7, abs=1e-6)


@pytest.mark.parametrize("by", [None, "sex"])
def test_linear_calibration_by_moments_of_units_is_that_by_rows(by, monkeypatch):
    def calibrated(survey):
        return kp.calibrate(survey, "~ age + C(sex)", {"Intercept": 2250.0, "age": 97000.0, "C(sex)[T.P]": 1150.0})

    whole = kp.mean(kp.add_replicates(clustered(calibrated), "jkn"), ["a", "b"], by=by)
    total = kp.total(kp.add_replicates(clustered(calibrated), "jkn"), ["a", "age"], by=by)
    assert (total["age"].se < 1e-6).all() or by is not None
    monkeypatch.setattr(replication.ReplicatePlan, "_linear", None)
    again = kp.add_replicates(clustered(calibrated), "jkn")
    assert kp.mean(again, ["a", "b"], by=by).vcov == pytest.approx(whole.vcov, rel=1e-8, abs=1e-14)
    assert kp.total(again, ["a", "age"], by=by).vcov == pytest.approx(total.vcov, rel=1e-8, abs=1e-6)


def test_replicates_in_passes_over_some_columns_are_replicates_of_all(monkeypatch):
    survey = kp.add_replicates(clustered(raked), "jkn")
    whole = kp.mean(survey, ["a", "b"], by="sex").vcov
    monkeypatch.setattr(replication, "_CELL_VALUES", 1)
    assert kp.mean(kp.add_replicates(clustered(raked), "jkn"), ["a", "b"], by="sex").vcov == pytest.approx(whole, rel=1e-12)


def test_unit_totals_of_auxiliaries_are_the_same_however_formed(monkeypatch):
    step = clustered(raked).design.adjustments[0]
    unit = clustered(raked).design.unit
    scale = step.correction.left * step.before
    grid = credit._unit_totals(step, scale, unit, int(unit.max()) + 1)
    big = replace_cells(step)
    sparse = credit._unit_totals(big, scale, unit, int(unit.max()) + 1)
    assert sparse.toarray() == pytest.approx(np.asarray(grid))


def replace_cells(step):
    """The step with so many cells that their grid with the units is not formed."""
    from dataclasses import replace

    from scipy import sparse

    more = sparse.csr_array(sparse.vstack([step.correction.table, sparse.csr_array((10**6, step.correction.table.shape[1]))]))
    return replace(step, n_cells=step.n_cells + 10**6, correction=replace(step.correction, table=more))


@pytest.mark.parametrize("spec", [kp.IndexSpec(["a", "b"], scale=(0, 8), weights={"a": "age", "b": "w2"}), kp.IndexSpec(["a", "b"], scale=(0, 8))])
def test_an_index_with_stated_importance_is_formed_in_every_replicate(spec):
    frame = FRAME.assign(w2=FRAME["age"] % 7 + 1, a=FRAME["a"].clip(0, 8), b=FRAME["b"].clip(0, 8))
    plain = kp.Survey(frame, design=kp.Design(weight="w", strata="stratum", psu="psu"))
    survey = kp.add_replicates(plain, "jkn")
    found = kp.satisfaction_index(survey, spec).score
    plan, value = survey.design.plan, []
    for weights in np.vstack(list(plan.weights(survey.design.weights))):
        again = kp.Survey(frame.assign(w=weights), design=kp.Design(weight="w"))
        value.append(kp.satisfaction_index(again, spec).score.value[0])
    gaps = np.array(value) - np.mean(value)
    assert found.se[0] == pytest.approx(np.sqrt((plan.rule.scale * gaps**2).sum()), rel=1e-9)
    assert found.se[0] == pytest.approx(kp.satisfaction_index(plain, spec).score.se[0], rel=0.05)
