"""A finite population of forty thousand persons, and stratified two-stage samples of it.

Four strata of sixty PSUs of unequal size. PSUs are drawn with replacement, with chances in proportion to their size, and the same number of
persons in each, so that the usual estimator treats the design as it is; a PSU drawn twice counts as two. Where two waves
share the PSUs that were drawn, each draws its own persons in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

STRATA, PSUS, PERSONS = 4, 60, 40_000
TAKEN, PER_PSU = 10, 8
ITEMS = ["speed", "ease", "clarity"]


@dataclass(frozen=True)
class Population:
    """The persons, sorted by PSU; `first` and `size` (PSUs,) say where those of a PSU lie."""

    frame: pd.DataFrame
    first: NDArray[np.intp]
    size: NDArray[np.intp]


@cache
def population() -> Population:
    """Items of 1 to 5 with effects of stratum, PSU, sex and age; ``speed_2022`` and so on are the answers of the second wave."""
    rng = np.random.default_rng(2024)
    share = rng.gamma(6.0, 1.0, STRATA * PSUS)
    size = np.maximum(40, np.round(PERSONS * share / share.sum())).astype(np.intp)
    size[-1] += PERSONS - size.sum()
    psu = np.repeat(np.arange(STRATA * PSUS), size)
    stratum, n = psu // PSUS, PERSONS
    woman, age = rng.random(n) < 0.45 + 0.1 * rng.random(STRATA * PSUS)[psu], rng.integers(18, 70, n)
    frame = pd.DataFrame({"psu": psu, "stratum": stratum, "sex": np.where(woman, "P", "L"), "age_group": np.digitize(age, [30, 45])})
    person = rng.normal(0.0, 0.6, n)
    for year, drift in (("", 0.0), ("_2022", 0.15)):
        place = rng.normal(0.0, 0.25, STRATA * PSUS) if year else np.zeros(STRATA * PSUS)
        for number, item in enumerate(ITEMS):
            effect = np.random.default_rng(number).normal(0.0, 0.35, STRATA * PSUS) + place
            level = 3.0 + drift + 0.2 * stratum + effect[psu] + person + 0.25 * woman + 0.01 * (age - 40)
            frame[f"{item}{year}"] = np.clip(np.round(level + rng.normal(0.0, 0.8, n)), 1.0, 5.0)
    return Population(frame, np.concatenate([[0], np.cumsum(size)[:-1]]), size)


def drawn_psus(rng: np.random.Generator) -> NDArray[np.intp]:
    """PSUs drawn with replacement and in proportion to size, TAKEN in each stratum."""
    size = population().size.reshape(STRATA, PSUS)
    ends = np.cumsum(size / size.sum(axis=1, keepdims=True), axis=1)
    uniform = rng.random((STRATA, TAKEN))
    within = np.stack([np.searchsorted(ends[h], uniform[h]) for h in range(STRATA)]).clip(0, PSUS - 1)
    return (within + PSUS * np.arange(STRATA)[:, None]).ravel()


def distinct_psus(rng: np.random.Generator, taken: int) -> NDArray[np.intp]:
    """PSUs drawn without replacement and with equal chances, `taken` in each stratum."""
    return (np.argsort(rng.random((STRATA, PSUS)), axis=1)[:, :taken] + PSUS * np.arange(STRATA)[:, None]).ravel()


def sample(rng: np.random.Generator, psus: NDArray[np.intp] | None = None) -> pd.DataFrame:
    """PER_PSU persons of each drawn PSU, without replacement, with the number of the draw as PSU code.

    The weights ``w`` are those of `drawn_psus`; for `distinct_psus` they follow from the population counts ``psus`` and ``persons``.
    """
    people = population()
    psus = drawn_psus(rng) if psus is None else psus
    order = np.argsort(np.where(np.arange(people.size.max()) < people.size[psus][:, None], rng.random((len(psus), people.size.max())), 2.0), axis=1)
    rows = people.first[psus][:, None] + order[:, :PER_PSU]
    frame = people.frame.iloc[rows.ravel()].reset_index(drop=True)
    in_stratum = people.size.reshape(STRATA, PSUS).sum(axis=1)
    frame["persons"], frame["psus"] = np.repeat(people.size[psus], PER_PSU), PSUS
    return frame.assign(psu=np.repeat(np.arange(len(psus)), PER_PSU), w=in_stratum[frame["stratum"]] / (TAKEN * PER_PSU))
