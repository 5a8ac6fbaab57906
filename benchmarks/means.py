"""Twelve means over two million rows, whole and by 34 domains, beside svy and R's survey in the same run.

    python benchmarks/means.py [--rows 2000000]

Prints processor seconds and ratios; peers that are not installed are left out. Publish the ratios, never a bare time.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

import kepuasan as kp

ITEMS = [f"item{number}" for number in range(1, 13)]
R_SCRIPT = """
suppressMessages(library(survey))
frame <- read.csv(commandArgs(TRUE)[1])
design <- svydesign(id = ~psu, strata = ~stratum, weights = ~w, data = frame, nest = TRUE)
items <- reformulate(paste0("item", 1:12))
clock <- function(work) { start <- proc.time(); work; sum((proc.time() - start)[c("user.self", "sys.self", "user.child", "sys.child")]) }
whole <- clock(svymean(items, design))
domains <- clock(svyby(items, ~domain, design, svymean))
cat(sprintf('{"whole": %.3f, "domains": %.3f}', whole, domains))
"""


def made(rows: int) -> pd.DataFrame:
    """50 strata x 20 PSUs, 34 domains, items on 1 to 5 that share a PSU effect."""
    stream = np.random.default_rng(20221231)
    stratum, psu = stream.integers(0, 50, rows), stream.integers(0, 20, rows)
    effect = stream.normal(0, 0.4, 1000)[stratum * 20 + psu]
    frame = pd.DataFrame({"stratum": stratum, "psu": psu, "domain": stream.integers(0, 34, rows), "w": stream.uniform(0.5, 2.0, rows)})
    items = {name: np.clip(np.round(3.5 + effect + stream.normal(0, 1, rows)), 1, 5) for name in ITEMS}
    return frame.assign(**items)


def processor_seconds(work: Callable[[], object], repeats: int = 3) -> float:
    """The best of a few runs, in processor seconds of all threads."""
    best = np.inf
    for _ in range(repeats):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return float(best)


def ours(frame: pd.DataFrame) -> dict[str, float]:
    start = time.process_time()
    survey = kp.Survey(frame, design=kp.Design(weight="w", strata="stratum", psu="psu"))
    stands = time.process_time() - start
    whole = processor_seconds(lambda: kp.mean(survey, ITEMS).se)
    domains = processor_seconds(lambda: kp.mean(survey, ITEMS, by="domain").vcov)
    tracemalloc.start()
    shape = kp.mean(survey, ITEMS, by="domain").vcov.shape
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    share = peak / frame.memory_usage(deep=True).sum()
    return {"survey stands": stands, "whole": whole, "domains": domains, "covariance": float(shape[0]), "memory": float(share)}


def with_svy(frame: pd.DataFrame) -> dict[str, float]:
    try:
        import polars as pl
        import svy
    except ImportError:
        return {}
    sample = svy.Sample(pl.from_pandas(frame), svy.Design(stratum="stratum", psu="psu", wgt="w"))
    # item by item is its fastest way for the whole, the list for domains; neither gives the covariance between items
    one = processor_seconds(lambda: [sample.estimation.mean(name) for name in ITEMS], repeats=2)
    many = min(
        processor_seconds(lambda: [sample.estimation.mean(name, by="domain") for name in ITEMS], repeats=1),
        processor_seconds(lambda: sample.estimation.mean(ITEMS, by="domain"), repeats=1),
    )
    return {"whole": one, "domains": many}


def with_r(frame: pd.DataFrame, r_script: str = R_SCRIPT) -> dict[str, float]:
    if shutil.which("Rscript") is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        data, script = Path(folder) / "frame.csv", Path(folder) / "script.R"
        frame.to_csv(data, index=False)
        script.write_text(r_script, encoding="utf-8")
        done = subprocess.run(["Rscript", str(script), str(data)], capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else {}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--alone", action="store_true", help="leave the peers out")
    options = parser.parse_args()
    frame = made(options.rows)
    mine = ours(frame)
    print(f"{options.rows:,} rows, 50 strata x 20 PSUs, 12 items, 34 domains; processor seconds")
    print(
        f"kepuasan: survey stands {mine['survey stands']:.3f}; 12 means {mine['whole']:.3f}; by 34 domains with the covariance {mine['domains']:.3f}"
    )
    print(f"covariance {mine['covariance']:.0f} x {mine['covariance']:.0f}; memory grew by {mine['memory']:.0%} of the frame; ", end="")
    print(f"peak of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
    for name, peer in () if options.alone else (("svy", with_svy), ("R survey", with_r)):
        theirs = peer(frame)
        if not theirs:
            print(f"{name}: not installed, or it failed")
            continue
        ratios = ", ".join(f"{what} {theirs[what] / mine[what]:.1f} times as long" for what in ("whole", "domains"))
        print(f"{name}: {ratios} (processor seconds {theirs['whole']:.2f} and {theirs['domains']:.2f})")


if __name__ == "__main__":
    main()
