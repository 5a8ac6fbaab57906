"""The SKM of ten thousand units with intervals and classes, and of fewer beside svy and R's survey in the same run.

    python benchmarks/standards.py [--units 10000] [--respondents 400] [--peer-units 100]

Prints processor seconds, memory and ratios; peers that are not installed are left out. Publish the ratios, never a bare time.
"""

from __future__ import annotations

import argparse
import resource
import time
import warnings

import numpy as np
import pandas as pd
from means import processor_seconds, with_r

import kepuasan as kp

NINE = [f"u{number}" for number in range(1, 10)]
R_SCRIPT = """
suppressMessages(library(survey))
frame <- read.csv(commandArgs(TRUE)[1])
design <- svydesign(id = ~1, strata = ~unit, fpc = ~users, data = frame)
clock <- function(work) { start <- proc.time(); work; sum((proc.time() - start)[c("user.self", "sys.self", "user.child", "sys.child")]) }
cat(sprintf('{"units": %.3f}', clock(svyby(~ikm, ~unit, design, svymean))))
"""


def made(units: int, respondents: int) -> pd.DataFrame:
    """Answers of 1 to 4 that vary by unit, and how many users each unit has."""
    stream = np.random.default_rng(14_2017)
    level = stream.normal(3.2, 0.25, units).repeat(respondents)
    frame = pd.DataFrame({name: np.clip(np.round(level + stream.normal(0, 0.7, len(level))), 1, 4).astype(np.int8) for name in NINE})
    frame["unit"] = np.arange(units, dtype=np.int32).repeat(respondents)
    frame["users"] = stream.integers(respondents, 10 * respondents, units).astype(np.int32).repeat(respondents)
    return frame


def with_svy(frame: pd.DataFrame) -> dict[str, float]:
    try:
        import polars as pl
        import svy
    except ImportError:
        return {}
    weighted = frame.assign(w=frame["users"] / frame.groupby("unit")["unit"].transform("size"))
    sample = svy.Sample(pl.from_pandas(weighted), svy.Design(stratum="unit", wgt="w"))
    return {"units": processor_seconds(lambda: sample.estimation.mean("ikm", by="unit"), repeats=1)}


def rated(survey: kp.Survey) -> pd.DataFrame:
    """The index of every unit, with its interval, its class and the probability of another."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", kp.KepuasanWarning)
        return kp.skm(survey, by="unit").to_frame()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=10_000)
    parser.add_argument("--respondents", type=int, default=400)
    parser.add_argument("--peer-units", type=int, default=100)
    options = parser.parse_args()
    design = kp.Design(strata="unit", fpc="users")

    frame = made(options.units, options.respondents)
    start = time.process_time()
    survey = kp.Survey(frame, design=design)
    stands = time.process_time() - start
    start = time.process_time()
    table = rated(survey)
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    shape = f"{len(table):,} units x 9 elements x {options.respondents} respondents"
    print(f"{shape}: {spent:.2f} s ({stands:.2f} s to bind the design), {peak:.2f} GB in all")

    few = made(options.peer_units, options.respondents)
    few["ikm"] = 25 * few[NINE].mean(axis=1)
    own = processor_seconds(lambda: rated(kp.Survey(few, design=design)))
    for name, peer in (("svy", with_svy(few)), ("R survey", with_r(few, R_SCRIPT))):
        if peer:
            print(f"{options.peer_units} units, the index alone and no class: {name} takes {peer['units'] / own:.0f} times as long")


if __name__ == "__main__":
    main()
