"""Chains of weighting steps against brute force: every base weight changed in turn, and every PSU left out in turn, the whole chain redone.

No other software serves as witness here: R credits only the last of two calibrations in full. The variance expected is that of the
design applied to base weight x derivative, written out by hand below; it is exact for linear calibration, poststratification and
nonresponse adjustment. Raking's variance takes its residuals from the weights before the step, as R does, so there the jackknife is the witness.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from reference.weighting_steps import check_close, check_close_covariance

import kepuasan as kp
from kepuasan import Design, Estimates, IndexSpec, Survey

pytestmark = pytest.mark.filterwarnings("ignore:.*weights are negative")

Chain = Callable[[Survey], Survey]
Floats = NDArray[np.float64]
DESIGN = Design("w", "stratum", "psu")
SPEC = IndexSpec(["y", "z"], scale=(1, 5))


def rows_of() -> pd.DataFrame:
    """Some forty rows in three strata of PSUs whose codes repeat; one in five did not respond, and some answers are missing besides."""
    rng = np.random.default_rng(7)
    sizes = {"A": 4, "B": 4, "C": 3}
    frame = pd.DataFrame([(h, i) for h, psus in sizes.items() for i in range(psus) for _ in range(rng.integers(3, 6))], columns=["stratum", "psu"])
    n = len(frame)
    level = rng.normal(0.0, 0.6, 12)[frame["psu"] + 4 * (frame["stratum"] == "B")]
    frame = frame.assign(w=rng.uniform(2.0, 6.0, n), g=rng.choice(list("ab"), n), h=rng.choice(list("pqr"), n), x=rng.gamma(4.0, 1.0, n))
    frame["v"] = frame["x"] + rng.normal(0.0, 1.0, n)
    for name in ("y", "z"):
        frame[name] = np.clip(np.round(2.6 + level + 0.2 * frame["x"] + rng.normal(0.0, 0.9, n)), 1, 5)
        frame.loc[rng.random(n) < 0.1, name] = np.nan
    frame["answered"] = (rng.random(n) < 0.8).astype(float)
    return frame


FRAME = rows_of()
N = float(FRAME["w"].sum())
BY_H = {"p": 0.36 * N, "q": 0.32 * N, "r": 0.32 * N}
BY_G = {"a": 0.55 * N, "b": 0.45 * N}
ON_X = {"Intercept": 1.04 * N, "x": 4.3 * N}
ON_V = {"Intercept": 1.04 * N, "C(g)[T.b]": 0.5 * N, "v": 4.1 * N}


def linear(formula: str, totals: dict[str, float]) -> Chain:
    return lambda survey: kp.calibrate(survey, formula, totals)


def chain_of(*steps: Chain) -> Chain:
    def whole(survey: Survey) -> Survey:
        for step in steps:
            survey = step(survey)
        return survey

    return whole


EXACT = {
    "linear": linear("~ x", ON_X),
    "linear, then linear": chain_of(linear("~ x", ON_X), linear("~ C(g) + v", ON_V)),
    "poststrata, then linear": chain_of(lambda s: kp.poststratify(s, "h", BY_H), linear("~ C(g) + v", ON_V)),
    "poststrata, then poststrata": chain_of(lambda s: kp.poststratify(s, "h", BY_H), lambda s: kp.poststratify(s, "g", BY_G)),
    "three steps": chain_of(linear("~ x", ON_X), lambda s: kp.poststratify(s, ["g", "h"], CROSSED), linear("~ C(g) + v", ON_V)),
    "response cells": lambda s: kp.adjust_nonresponse(s, "answered", cells="g"),
    "response cells, then poststrata": chain_of(
        lambda s: kp.adjust_nonresponse(s, "answered", cells=["g", "h"]), lambda s: kp.poststratify(s, "h", BY_H)
    ),
    "response propensity": lambda s: kp.adjust_nonresponse(s, "answered", formula="~ x + C(g)"),
    "response propensity, then linear": chain_of(lambda s: kp.adjust_nonresponse(s, "answered", formula="~ x"), linear("~ C(g) + v", ON_V)),
}
CROSSED = {(g, h): BY_G[g] * BY_H[h] / N for g in BY_G for h in BY_H}
NEAR = {
    "raking": lambda s: kp.rake(s, {"g": BY_G, "h": BY_H}),
    "response propensity, then raking": chain_of(
        lambda s: kp.adjust_nonresponse(s, "answered", formula="~ x"), lambda s: kp.rake(s, {"g": BY_G, "h": BY_H})
    ),
    "raking, then linear": chain_of(lambda s: kp.rake(s, {"g": BY_G, "h": BY_H}), linear("~ x", ON_X)),
    "logit, then poststrata": chain_of(
        lambda s: kp.calibrate(s, "~ x", ON_X, distance="logit", bounds=(0.4, 2.5)), lambda s: kp.poststratify(s, "g", BY_G)
    ),
}
TRIMMED = {
    "linear, then trimming": (linear("~ x", ON_X), chain_of()),
    "linear, then trimming, then linear": (linear("~ x", ON_X), linear("~ C(g) + v", ON_V)),
}


LOWEST, HIGHEST = 2.4, 5.6


def trim(survey: Survey) -> Survey:
    return kp.trim_weights(survey, lower=LOWEST, upper=HIGHEST)


def trimmed_by_hand(weight: Floats, factor: Floats) -> Floats:
    """Weights of a replicate, trimmed as they are without its factor, with an unchanged sum."""
    kept = (factor > 0) & (weight != 0)
    own, times = weight[kept] / factor[kept], factor[kept]
    while ((own < LOWEST) | (own > HIGHEST)).any():
        inside = (own >= LOWEST) & (own <= HIGHEST)
        cut = own - own.clip(LOWEST, HIGHEST)
        own = np.where(inside, own + (times * cut).sum() / times[inside].sum(), own.clip(LOWEST, HIGHEST))
    out = np.zeros(len(weight))
    out[kept] = own * times
    return out


# ---------------------------------------------------------------- statistics, by the library and by hand


def estimates(survey: Survey) -> Estimates:
    """A mean, a total, the mean of a domain and an index, with their joint covariance."""
    domain = kp.mean(survey.where("g == 'a'"), "y")
    return kp.mean(survey, "y").join(kp.total(survey, "z")).join(domain).join(kp.satisfaction_index(survey, SPEC).score)


def by_hand(frame: pd.DataFrame, weight: Floats) -> Floats:
    """The same four numbers."""

    def mean(y: pd.Series[float], w: Floats) -> float:
        known = y.notna().to_numpy()
        return float((w[known] * y.to_numpy()[known]).sum() / w[known].sum())

    in_a = np.where(frame["g"] == "a", weight, 0.0)
    means = [mean(frame[name], weight) for name in ("y", "z")]
    total = float((weight * frame["z"].fillna(0.0)).sum())
    return np.array([means[0], total, mean(frame["y"], in_a), 100.0 / 4.0 * (np.mean(means) - 1.0)])


def weights_after(chain: Chain, frame: pd.DataFrame) -> Floats:
    return chain(Survey(frame, design=DESIGN)).weights.to_numpy()


def derivatives(weighting: Callable[[pd.DataFrame], Floats]) -> Floats:
    """Derivative of the four numbers by each base weight, (rows, 4), by central differences."""
    found = np.empty((len(FRAME), 4))
    place = FRAME.columns.get_loc("w")
    for row in range(len(FRAME)):
        sides = []
        step = 1e-4 * FRAME["w"].iloc[row]
        for sign in (1.0, -1.0):
            changed = FRAME.copy()
            changed.iloc[row, place] += sign * step
            sides.append(by_hand(FRAME, weighting(changed)))
        found[row] = (sides[0] - sides[1]) / (2.0 * step)
    return found


def with_replacement(influence: Floats) -> Floats:
    """Covariance of PSUs drawn with replacement within strata, from the influence of rows."""
    totals = pd.DataFrame(influence).groupby([FRAME["stratum"], FRAME["psu"]]).sum()
    vcov = np.zeros((influence.shape[1],) * 2)
    for _, part in totals.groupby(level=0):
        deviation = part.to_numpy() - part.to_numpy().mean(axis=0)
        vcov += len(part) / (len(part) - 1.0) * deviation.T @ deviation
    return vcov


def jackknife(weighting: Callable[[pd.DataFrame, Floats], Floats]) -> Floats:
    """Covariance (4, 4) by leaving out one PSU at a time, centred at the mean of the replicates; weighting takes rows and their factors."""
    psus = FRAME[["stratum", "psu"]].drop_duplicates()
    sizes = psus.groupby("stratum")["psu"].size()
    thetas, scales = [], []
    for h, i in psus.itertuples(index=False):
        here, n_h = FRAME["stratum"] == h, sizes[h]
        factor = np.where(here, np.where(FRAME["psu"] == i, 0.0, n_h / (n_h - 1.0)), 1.0)
        thetas.append(by_hand(FRAME, weighting(FRAME.assign(w=FRAME["w"] * factor), factor)))
        scales.append((n_h - 1.0) / n_h)
    deviation = np.array(thetas) - np.mean(thetas, axis=0)
    return (deviation * np.array(scales)[:, None]).T @ deviation


# ---------------------------------------------------------------- tests


@pytest.mark.parametrize("name", [*EXACT, *NEAR])
def test_the_estimates_are_those_of_the_weights(name: str) -> None:
    chain = (EXACT | NEAR)[name]
    survey = chain(Survey(FRAME, design=DESIGN))
    check_close(estimates(survey).value, by_hand(FRAME, survey.weights.to_numpy()), 1e-12)
    assert len(survey.design.history) >= 1


@pytest.mark.parametrize("name", EXACT)
def test_every_step_of_a_chain_is_credited_exactly(name: str) -> None:
    chain = EXACT[name]
    got = estimates(chain(Survey(FRAME, design=DESIGN)))
    influence = FRAME["w"].to_numpy()[:, None] * derivatives(lambda frame: weights_after(chain, frame))
    check_close_covariance(got.vcov, with_replacement(influence), 1e-6)


@pytest.mark.parametrize("name", TRIMMED)
def test_trimming_is_credited_with_its_ratios_held_fixed(name: str) -> None:
    before, after = TRIMMED[name]
    first = before(Survey(FRAME, design=DESIGN))
    trimmed = trim(first)
    ratio = trimmed.weights.to_numpy() / first.weights.to_numpy()
    assert ratio.min() < 0.99
    assert ratio.max() > 1.01

    def weighting(frame: pd.DataFrame) -> Floats:
        return weights_after(after, FRAME.assign(w=ratio * weights_after(before, frame)))

    influence = FRAME["w"].to_numpy()[:, None] * derivatives(weighting)
    check_close_covariance(estimates(after(trimmed)).vcov, with_replacement(influence), 1e-6)


@pytest.mark.parametrize("name", [*EXACT, *NEAR])
def test_a_jackknife_redoes_the_whole_chain_in_every_replicate(name: str) -> None:
    chain = (EXACT | NEAR)[name]
    check_replicates(chain, jackknife(lambda frame, _: weights_after(chain, frame)))


@pytest.mark.parametrize("name", TRIMMED)
def test_a_jackknife_trims_the_weights_of_every_replicate_as_they_are_without_its_factors(name: str) -> None:
    before, after = TRIMMED[name]

    def weighting(frame: pd.DataFrame, factor: Floats) -> Floats:
        return weights_after(after, frame.assign(w=trimmed_by_hand(weights_after(before, frame), factor)))

    check_replicates(chain_of(before, trim, after), jackknife(weighting))


def check_replicates(chain: Chain, expected: Floats) -> None:
    """Replicates made before the chain and after it have the covariance expected."""
    survey = Survey(FRAME, design=DESIGN)
    before, after = estimates(chain(kp.add_replicates(survey, "jkn"))), estimates(kp.add_replicates(chain(survey), "jkn"))
    check_close_covariance(before.vcov, expected, 1e-6)
    check_close_covariance(after.vcov, before.vcov, 1e-9)
    check_close(after.value, by_hand(FRAME, weights_after(chain, FRAME)), 1e-9)


@pytest.mark.parametrize("name", [*EXACT, *NEAR])
def test_linearisation_and_jackknife_of_a_chain_differ_little(name: str) -> None:
    """Forty rows and up to three steps: by less than a third, and by less than where the weights are taken as given."""
    chain = (EXACT | NEAR)[name]
    linearised = estimates(chain(Survey(FRAME, design=DESIGN))).se
    replicated = np.sqrt(np.diag(jackknife(lambda frame, _: weights_after(chain, frame))))
    check_close(linearised, replicated, 0.3)
    uncredited = estimates(Survey(FRAME.assign(w=weights_after(chain, FRAME)), design=DESIGN)).se
    assert abs(np.log(linearised / replicated)).max() < abs(np.log(uncredited / replicated)).max()


def stacked(frame: pd.DataFrame) -> Survey:
    """Two waves in the same PSUs, each with a chain of its own, stacked, and calibrated together."""
    years = np.arange(len(frame)) % 2
    first, second = (Survey(frame[years == year], design=DESIGN) for year in (0, 1))
    first = kp.poststratify(kp.calibrate(first, "~ x", {"Intercept": 0.5 * N, "x": 2.1 * N}), "g", {"a": 0.25 * N, "b": 0.25 * N})
    second = kp.calibrate(second, "~ C(g)", {"Intercept": 0.5 * N, "C(g)[T.b]": 0.2 * N})
    both = kp.stack_waves({"2020": first, "2022": second}, shared_psu=True)
    return kp.calibrate(both, "~ v + C(wave)", {"Intercept": 1.04 * N, "v": 4.1 * N, "C(wave)[T.2022]": 0.52 * N})


def change_by_hand(survey: Survey, weight: Floats) -> Floats:
    """Change of the mean of y, of the index, and the total of z in all."""
    now = (survey.frame["wave"] == "2022").to_numpy()
    then, later = (by_hand(survey.frame, np.where(part, weight, 0.0)) for part in (~now, now))
    return np.array([later[0] - then[0], later[3] - then[3], then[1] + later[1]])


def test_waves_keep_the_credit_of_their_own_steps_and_of_those_after_stacking() -> None:
    survey = stacked(FRAME)
    change = kp.mean(survey, "y", by="wave").contrast({"wave": "2022"}, {"wave": "2020"})
    got = change.join(kp.compare_waves(survey, "2020", "2022", spec=SPEC)).join(kp.total(survey, "z"))
    check_close(got.value, change_by_hand(survey, survey.weights.to_numpy()), 1e-10)
    influence = np.empty((len(FRAME), 3))
    for row in range(len(FRAME)):
        sides = [FRAME.assign(w=FRAME["w"] * np.where(np.arange(len(FRAME)) == row, 1.0 + sign * 1e-4, 1.0)) for sign in (1.0, -1.0)]
        up, down = (change_by_hand(survey, stacked(side).weights.to_numpy()) for side in sides)
        influence[row] = (up - down) / 2e-4
    check_close_covariance(got.vcov, with_replacement(influence), 1e-6)


def test_totals_of_the_last_step_have_no_error_and_those_of_an_earlier_one_have() -> None:
    survey = EXACT["linear, then linear"](Survey(FRAME.assign(one=1.0), design=DESIGN))
    got = kp.total(survey, ["one", "v", "x"])
    check_close(got.value[:2], [ON_V["Intercept"], ON_V["v"]], 1e-12)
    assert (got.se[:2] < 1e-9 * got.value[:2]).all()
    assert got.se[2] > 1e-3 * got.value[2]


@pytest.mark.parametrize("by", ["h", ["g", "h"]])
def test_poststratification_is_calibration_on_dummies(by: str | list[str]) -> None:
    survey = Survey(FRAME.assign(cell=FRAME["g"] + FRAME["h"]), design=DESIGN)
    cells = BY_H if by == "h" else {g + h: total for (g, h), total in CROSSED.items()}
    column = by if isinstance(by, str) else "cell"
    base, *others = sorted(cells)
    totals = {"Intercept": sum(cells.values())} | {f"C({column})[T.{code}]": cells[code] for code in others}
    one = kp.poststratify(survey, by, BY_H if by == "h" else CROSSED)
    other = kp.calibrate(survey, f"~ C({column})", totals)
    check_close(one.weights, other.weights, 1e-10)
    check_close_covariance(estimates(one).vcov, estimates(other).vcov, 1e-9)
    assert one.where(f"{column} == {base!r}").weights.sum() == pytest.approx(cells[base], rel=1e-12)


def test_a_step_that_changes_nothing_still_takes_what_it_explains() -> None:
    """Calibrated twice on the same totals the weights stay, and so does the error."""
    once = EXACT["linear"](Survey(FRAME, design=DESIGN))
    twice = EXACT["linear"](once)
    check_close(twice.weights, once.weights, 1e-10)
    check_close_covariance(estimates(twice).vcov, estimates(once).vcov, 1e-9)


@pytest.mark.parametrize(("lower", "upper"), [(2.4, None), (None, 4.5), (2.4, 4.5)])
def test_trimming_keeps_the_sum_within_the_bounds_and_leaves_rows_without_weight_alone(lower: float | None, upper: float | None) -> None:
    frame = FRAME.assign(w=np.where(np.arange(len(FRAME)) % 10 == 0, 0.0, FRAME["w"]))
    weights = kp.trim_weights(Survey(frame, design=DESIGN), lower=lower, upper=upper).weights.to_numpy()
    kept = frame["w"].to_numpy() > 0
    assert (weights[~kept] == 0.0).all()
    assert weights.sum() == pytest.approx(frame["w"].sum(), rel=1e-12)
    assert weights[kept].min() >= (lower or 0.0) * (1 - 1e-12)
    assert weights.max() <= (upper or np.inf) * (1 + 1e-12)


@pytest.mark.parametrize("name", [*EXACT, *NEAR])
def test_a_weight_of_zero_is_the_limit_of_small_weights(name: str) -> None:
    """R's poststratification gives rows without weight a residual: 0.12309895 where the limit is 0.12303625 for one mean of strata.csv."""
    chain, none = (EXACT | NEAR)[name], np.arange(len(FRAME)) % 9 == 0
    got, limit = (estimates(chain(Survey(FRAME.assign(w=np.where(none, tiny, FRAME["w"])), design=DESIGN))) for tiny in (0.0, 1e-11))
    check_close(got.value, limit.value, 1e-8)
    check_close_covariance(got.vcov, limit.vcov, 1e-6)
