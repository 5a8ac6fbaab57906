"""The interval of an IKM covers as often as it says, and the probability of another class is how often the true class is another."""

import warnings

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.standards.catalogue import STANDARDS

pytestmark = pytest.mark.slow

NINE = [element.name for element in STANDARDS["14/2017"].elements]
USERS, ASKED, UNITS = 300, 60, 1500


def units(rng):
    """Users of many units whose true IKM lie about the bound of 76.61, and of each a simple random sample."""
    level = rng.uniform(2.9, 3.25, UNITS)[:, None, None] + rng.normal(0, 0.45, (UNITS, USERS, 1))
    answers = np.clip(np.round(level + rng.normal(0, 0.6, (UNITS, USERS, 9))), 1, 4)
    truth = 25 * answers.mean(axis=(1, 2))
    chosen = np.argsort(rng.random((UNITS, USERS)), axis=1)[:, :ASKED]
    asked = np.take_along_axis(answers, chosen[:, :, None], axis=1).reshape(-1, 9)
    return truth, pd.DataFrame(asked, columns=NINE).assign(unit=np.repeat(np.arange(UNITS), ASKED), users=USERS)


@pytest.fixture(scope="module")
def rated():
    truth, frame = units(np.random.default_rng(14_2017))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", kp.KepuasanWarning)
        return truth, kp.skm(kp.Survey(frame, design=kp.Design(strata="unit", fpc="users")), by="unit").to_frame()


def test_an_interval_of_95_percent_covers_95_percent_of_finite_populations(rated):
    truth, table = rated
    covered = ((table["ci_low"] <= truth) & (truth <= table["ci_high"])).mean()
    assert covered == pytest.approx(0.95, abs=0.015)


def test_the_probability_of_another_class_is_how_often_there_is_one(rated):
    truth, table = rated
    other = kp.classify(truth, "14/2017")["mutu"].to_numpy() != table["mutu"].to_numpy()
    assert other.mean() == pytest.approx(table["p_other"].mean(), abs=0.02)
    doubtful = (table["p_other"] > 0.25).to_numpy()
    assert doubtful.sum() > 150
    assert other[doubtful].mean() == pytest.approx(table["p_other"][doubtful].mean(), abs=0.06)
