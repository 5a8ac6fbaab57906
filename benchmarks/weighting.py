"""Raking four margins of two million rows, twelve means after it, and five hundred bootstrap replicates, beside svy, weightipy and R's survey.

    python benchmarks/weighting.py [--rows 2000000] [--alone]

Prints processor seconds and ratios; peers that are not installed are left out. Replicates of peers are weights by row, so that svy makes them of a
tenth of the rows and R of a hundredth; ours are timed again on as many rows. Publish the ratios, never a bare time.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import shutil
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from means import ITEMS, made

import kepuasan as kp

REPLICATES, SEED, TOLERANCE = 500, 20221231, 1e-8
LEVELS = {"sex": 2, "age": 6, "domain": 34, "education": 5}
#: processor seconds to hold with two million rows, and megabytes
HOLD = {"rake": 0.15, "means": 0.6, "bootstrap": 0.3, "reraked": 4.0, "peak": 200.0}
SAID = {"rake": "rake", "means": "12 means after", "bootstrap": "500 replicates and 12 means", "reraked": "500 re-raked replicates and 12 means"}
Margins = dict[str, dict[int, float]]

R_SCRIPT = """
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]; jobs <- commandArgs(TRUE)[2]
frame <- read.csv(file.path(folder, "frame.csv"))
names <- c("sex", "age", "domain", "education")
margins <- lapply(names, function(name) read.csv(file.path(folder, paste0(name, ".csv"))))
formulas <- lapply(names, reformulate)
items <- reformulate(paste0("item", 1:12))
design <- svydesign(id = ~psu, strata = ~stratum, weights = ~w, data = frame, nest = TRUE)
clock <- function(work) { start <- proc.time(); work; sum((proc.time() - start)[c("user.self", "sys.self", "user.child", "sys.child")]) }
raking <- function(design) rake(design, formulas, margins, control = list(maxit = 200, epsilon = 1e-8))
found <- list()
if (jobs == "weights") {
  found$rake <- clock(raked <- raking(design))
  found$means <- clock(svymean(items, raked))
  gap <- function(name, margin) max(abs(svytable(reformulate(name), raked)[as.character(margin[[1]])] / margin$Freq - 1))
  found$gap <- max(mapply(gap, names, margins))
}
if (jobs == "replicates") {
  made <- NULL
  found$bootstrap <- clock({ made <- as.svrepdesign(design, type = "subbootstrap", replicates = 500); svymean(items, made) })
  found$reraked <- found$bootstrap + clock(svymean(items, raking(made)))
}
cat(jsonlite::toJSON(found, auto_unbox = TRUE, digits = 8))
"""


def framed(rows: int) -> pd.DataFrame:
    """The frame of benchmarks/means.py with three more columns to rake by."""
    stream = np.random.default_rng(SEED)
    return made(rows).assign(**{name: stream.integers(0, size, rows) for name, size in LEVELS.items() if name != "domain"})


def targets(frame: pd.DataFrame) -> Margins:
    """Totals of each level that differ from the weighted ones by a tenth or so, alike in sum."""
    stream, total = np.random.default_rng(SEED), float(frame["w"].sum())
    shares = {name: frame.groupby(name)["w"].sum() * np.exp(stream.normal(0.0, 0.1, size)) for name, size in LEVELS.items()}
    return {name: (share * (total / share.sum())).to_dict() for name, share in shares.items()}


def largest_gap(weights: Any, frame: pd.DataFrame, margins: Margins) -> float:
    """The largest gap of a margin over its target, once weights are scaled to the targets' sum."""
    scaled = np.asarray(weights, dtype=np.float64)
    scaled = scaled * (sum(margins["sex"].values()) / scaled.sum())
    return max(
        float(np.abs(np.bincount(frame[name], weights=scaled) / np.array(list(levels.values())) - 1).max()) for name, levels in margins.items()
    )


def seconds(prepare: Callable[[], Any], work: Callable[[Any], object], repeats: int = 3) -> float:
    """The best of a few runs of `work` on what `prepare` makes anew each time, in processor seconds of all threads."""
    best = np.inf
    for _ in range(repeats):
        ready = prepare()
        start = time.process_time()
        work(ready)
        best = min(best, time.process_time() - start)
    return float(best)


# ---------------------------------------------------------------- ours


def survey_of(frame: pd.DataFrame) -> kp.Survey:
    return kp.Survey(frame, design=kp.Design(weight="w", strata="stratum", psu="psu"))


def replicates(survey: kp.Survey) -> Any:
    return kp.mean(kp.add_replicates(survey, "bootstrap", n=REPLICATES, seed=1), ITEMS).se


def ours(frame: pd.DataFrame, margins: Margins, repeats: int = 3) -> dict[str, float]:
    survey = survey_of(frame)

    def raked() -> kp.Survey:
        return kp.rake(survey, margins, tolerance=TOLERANCE)

    found = {
        "rake": seconds(lambda: survey, lambda one: kp.rake(one, margins, tolerance=TOLERANCE), repeats),
        "means": seconds(raked, lambda one: kp.mean(one, ITEMS).se, repeats),
        "bootstrap": seconds(lambda: survey, replicates, repeats),
        "reraked": seconds(raked, replicates, repeats),
        "gap": largest_gap(raked().weights, frame, margins),
    }
    found |= {f"{job} peak": megabytes(lambda one=one: replicates(one)) for job, one in (("bootstrap", survey), ("reraked", raked()))}
    return found


def megabytes(work: Callable[[], object]) -> float:
    """Peak of what `work` takes on top of what stands."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


# ---------------------------------------------------------------- peers


def with_svy(frame: pd.DataFrame, margins: Margins, jobs: str) -> dict[str, float]:
    try:
        import polars as pl
        import svy
    except ImportError:
        return {}
    design = svy.Design(stratum="stratum", psu="psu", wgt="w")
    controls = {name: dict(levels) for name, levels in margins.items()}

    def sample() -> Any:
        return svy.Sample(pl.from_pandas(frame), design)

    def raked(one: Any) -> Any:
        return one.weighting.rake(controls=controls, tol=TOLERANCE, max_iter=200)

    def means(one: Any) -> None:
        for name in ITEMS:
            one.estimation.mean(name)

    def repeated(one: Any) -> Any:
        return one.weighting.create_bs_wgts(REPLICATES, rstate=1)

    def replicated(one: Any) -> None:
        for name in ITEMS:
            one.estimation.mean(name, method="replication")

    if jobs == "weights":
        weights = raked(sample()).data.get_column("rk_wgt").to_numpy()
        found = {"rake": seconds(sample, raked, 2), "means": seconds(lambda: raked(sample()), means, 2)}
        return found | {"gap": largest_gap(weights, frame, margins)}
    return {
        "bootstrap": seconds(sample, lambda one: replicated(repeated(one)), 1),
        "reraked": seconds(sample, lambda one: replicated(raked(repeated(one))), 1),
    }


def with_weightipy(frame: pd.DataFrame, margins: Margins, jobs: str) -> dict[str, float]:
    """Raking only, from weights of 1 and by a criterion of its own: it takes no weights to start from."""
    try:
        import weightipy
    except ImportError:
        return {}
    if jobs != "weights":
        return {}
    total = sum(margins["sex"].values())
    scheme = {name: {level: 100 * value / total for level, value in levels.items()} for name, levels in margins.items()}
    columns = frame[list(LEVELS)]

    def raked(_: Any = None) -> Any:
        with contextlib.redirect_stdout(io.StringIO()):
            return weightipy.weight_dataframe(columns, weightipy.scheme_from_dict(scheme))

    return {"rake": seconds(lambda: None, raked, 2), "gap": largest_gap(raked()["weights"], frame, margins)}


def with_r(frame: pd.DataFrame, margins: Margins, jobs: str) -> dict[str, float]:
    if shutil.which("Rscript") is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        frame.to_csv(Path(folder) / "frame.csv", index=False)
        for name, levels in margins.items():
            pd.DataFrame({name: list(levels), "Freq": list(levels.values())}).to_csv(Path(folder) / f"{name}.csv", index=False)
        script = Path(folder) / "weighting.R"
        script.write_text(R_SCRIPT, encoding="utf-8")
        done = subprocess.run(["Rscript", str(script), folder, jobs], capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else {}


PEERS = {"svy": (with_svy, 10), "weightipy": (with_weightipy, 10), "R survey": (with_r, 100)}

# ---------------------------------------------------------------- what is printed


def compared(name: str, frame: pd.DataFrame, margins: Margins, mine: dict[str, float]) -> None:
    """A line of ratios for the weights on all rows, and one for replicates on as many rows as the peer can hold."""
    run, part = PEERS[name]
    weights = run(frame, margins, "weights")
    if not weights:
        print(f"{name}: not installed, or it failed")
        return
    print(f"{name}: {ratios(weights, mine)}; largest gap of a margin {weights['gap']:.0e}")
    less = frame.iloc[: len(frame) // part]
    fewer = targets(less)
    theirs = run(less, fewer, "replicates")
    if theirs:
        print(f"{name}, {len(less):,} rows: {ratios(theirs, ours(less, fewer))}")


def ratios(theirs: dict[str, float], mine: dict[str, float]) -> str:
    return ", ".join(f"{SAID[job]} {theirs[job] / mine[job]:.1f} times as long ({theirs[job]:.2f})" for job in SAID if job in theirs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--alone", action="store_true", help="leave the peers out")
    options = parser.parse_args()
    frame = framed(options.rows)
    margins = targets(frame)
    mine = ours(frame, margins)
    print(f"{options.rows:,} rows, 50 strata x 20 PSUs, margins of {', '.join(map(str, LEVELS.values()))} levels, 12 items; processor seconds")
    for job, text in SAID.items():
        print(f"  {text}: {mine[job]:.3f} (to hold with 2,000,000 rows: {HOLD[job]:g})")
    print(
        f"  largest gap of a margin {mine['gap']:.0e}; peak of the replicates {mine['bootstrap peak']:.0f} MB (to hold: {HOLD['peak']:g}), ", end=""
    )
    print(f"re-raked {mine['reraked peak']:.0f} MB")
    for name in () if options.alone else PEERS:
        compared(name, frame, margins, mine)


if __name__ == "__main__":
    main()
