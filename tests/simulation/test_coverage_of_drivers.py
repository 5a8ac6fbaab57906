"""Coverage of 95 % t intervals of importance and of parts of a change, in 1,000 samples of 320 persons in 40 PSUs.

Measured: LMG 93.9 %, its change between two waves in the same PSUs 94.6 %, a part by item 93.9 %, the level of a mix 94.6 %, an explained part of
a gap between the sexes 94.5 %. They are curved functions of a small sample, so that a little less than 95 % is what linearisation gives.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
import pytest
from simulation.population import ITEMS, drawn_psus, population, sample

import kepuasan as kp
from kepuasan import Design, Estimates, IndexSpec, Survey, stack_waves

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:the limits of importance:kepuasan.errors.DataWarning")]

DESIGN = Design("w", "stratum", "psu")
SPEC = IndexSpec(ITEMS, scale=(1, 5))
LOW, HIGH = 0.925, 0.97


def waves(first: pd.DataFrame, second: pd.DataFrame) -> Survey:
    """Two waves in the same PSUs, the answers of the second in the columns of the first."""
    columns = ["stratum", "psu", "w", "sex", *ITEMS]
    later = second.assign(**{item: second[f"{item}_2022"] for item in ITEMS})
    return stack_waves({"2020": Survey(first[columns], design=DESIGN), "2022": Survey(later[columns], design=DESIGN)}, shared_psu=True)


@cache
def everybody() -> Survey:
    frame = population().frame.assign(w=1.0)
    return waves(frame, frame)


def drawn(rng: np.random.Generator) -> Survey:
    psus = drawn_psus(rng)
    return waves(sample(rng, psus), sample(rng, psus))


def importance(survey: Survey) -> Estimates:
    return kp.driver_importance(survey.where("wave == '2022'"), "clarity", ["speed", "ease"]).importance["speed"]


def change_of_importance(survey: Survey) -> Estimates:
    found = kp.driver_importance(survey, "clarity", ["speed", "ease"], by="wave").importance["speed"]
    return found.contrast({"wave": "2022"}, {"wave": "2020"})


def part_of_an_item(survey: Survey) -> Estimates:
    return kp.attribute_change(survey, "2020", "2022", spec=SPEC).parts["ease"]


def level_of_a_mix(survey: Survey) -> Estimates:
    parts = kp.attribute_change(survey, "2020", "2022", spec=SPEC, method="mix", mix="sex").mix
    return parts.linear([(parts.key["part"] == "level").astype(float)], ["level"])


def explained_gap(survey: Survey) -> Estimates:
    change = kp.oaxaca_blinder(survey.where("wave == '2022'"), "clarity", ["speed", "ease"], group="sex", base="L", current="P")
    return change.parts[{"part": "explained", "item": "speed"}]


@pytest.mark.parametrize("statistic", [importance, change_of_importance, part_of_an_item, level_of_a_mix, explained_gap])
def test_the_interval_covers(statistic: Callable[[Survey], Estimates]) -> None:
    true = statistic(everybody()).value[0]
    limits = np.array([statistic(drawn(np.random.default_rng([23, number]))).ci()[0] for number in range(1000)])
    share = float(((limits[:, 0] <= true) & (true <= limits[:, 1])).mean())
    assert LOW < share < HIGH
