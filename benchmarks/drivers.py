"""Driver importance and Oaxaca-Blinder parts, beside relaimpo (R), dominance-analysis and statsmodels in the same run.

    python benchmarks/drivers.py [--alone]

Prints seconds and ratios; peers that are not installed are left out (dominance-analysis is on PyPI, relaimpo on CRAN). Each is given what it can do:
relaimpo and dominance-analysis point estimates alone, statsmodels' OaxacaBlinder totals with bootstrap errors, of which some draws are timed and
scaled to its default of 5,000. Publish the ratios, never a bare time.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import resource
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from means import processor_seconds, with_r

import kepuasan as kp
from kepuasan.numerics.lattice import shapley

R_SCRIPT = """
suppressMessages(library(relaimpo))
frame <- read.csv(commandArgs(TRUE)[1])
clock <- function(work) { start <- proc.time()[["elapsed"]]; work; proc.time()[["elapsed"]] - start }
times <- sapply(c(9, 15), function(p) clock(found <<- calc.relimp(reformulate(paste0("x", 1:p), "y"), frame, weights = frame$w, type = "lmg")))
cat(sprintf('{"lmg_9": %.4f, "lmg_15": %.4f, "first": %.15g}', times[1], times[2], found@lmg[[1]]))
"""
DRAWS, DEFAULT_DRAWS = 20, 5000


def made(n: int, p: int, *, groups: int = 1, seed: int = 0) -> pd.DataFrame:
    """Answers on 1 to 5 that share a halo, an outcome, weights, 50 strata of 20 PSUs."""
    stream = np.random.default_rng(seed)
    halo = stream.normal(size=n)
    answers = np.clip(np.round(3 + 0.8 * halo[:, None] + stream.normal(size=(n, p))), 1, 5)
    outcome = answers @ np.linspace(0.1, 0.3, p) / 2 + stream.normal(size=n)
    frame = pd.DataFrame(answers, columns=[f"x{place + 1}" for place in range(p)])
    psu = stream.integers(0, 1000, n)
    return frame.assign(y=np.round(outcome), w=stream.uniform(1, 3, n), stratum=psu // 20, psu=psu, group=stream.integers(0, groups, n))


def seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """The least wall time of some runs, after one to warm up."""
    work()
    found = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def names(p: int) -> list[str]:
    return [f"x{place + 1}" for place in range(p)]


def lmg(frame: pd.DataFrame, p: int) -> np.ndarray:
    """LMG of plain numbers, from rows to parts of R²: what relaimpo and dominance-analysis give."""
    rows, weight = frame[[*names(p), "y"]].to_numpy(), frame["w"].to_numpy()
    centred = rows - weight @ rows / weight.sum()
    covariance = (centred * weight[:, None]).T @ centred
    return shapley(covariance, (1,) * p) / covariance[-1, -1]


def importance(alone: bool) -> None:
    frame = made(5000, 25)
    survey = kp.Survey(frame, design=kp.Design(weight="w", strata="stratum", psu="psu"))
    print("LMG, 5,000 rows")
    mine = {}
    for p in (9, 15, 20, 25):
        repeats = 5 if p <= 20 else 1
        mine[p] = seconds(lambda p=p: lmg(frame, p), repeats)
        whole = seconds(lambda p=p: kp.driver_importance(survey, "y", names(p)).importance.se, repeats)
        print(f"  p = {p}: {1e3 * mine[p]:.1f} ms; driver_importance with standard errors {1e3 * whole:.0f} ms")
    if alone:
        return
    theirs = with_r(frame, R_SCRIPT)
    if theirs:
        agree = np.isclose(lmg(frame, 15)[0], theirs["first"], rtol=1e-8)
        ratios = ", ".join(f"p = {p} {theirs[f'lmg_{p}'] / mine[p]:.0f} times as long" for p in (9, 15))
        print(f"  relaimpo: {ratios}; its importance {'is ours' if agree else 'differs'}")
    try:
        from dominance_analysis import Dominance
    except ImportError:
        return
    plain = frame[[*names(9), "y"]]
    start = time.perf_counter()
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        found = Dominance(data=plain, target="y", top_k=9, objective=1).incremental_rsquare()
    taken = time.perf_counter() - start
    agree = np.allclose([found[name] for name in names(9)], lmg(frame.assign(w=1.0), 9), rtol=1e-6)
    print(f"  dominance-analysis: p = 9 {taken / mine[9]:.0f} times as long; its importance {'is ours' if agree else 'differs'}")


def large() -> None:
    survey = kp.Survey(made(500_000, 9), design=kp.Design(weight="w", strata="stratum", psu="psu"))
    rows = survey.with_design(kp.Design(weight="w"))
    print("LMG of 9 drivers, 500,000 rows, processor seconds")
    for name, one in (("1,000 PSUs", survey), ("rows as units", rows)):
        print(f"  with standard errors, {name}: {processor_seconds(lambda one=one: kp.driver_importance(one, 'y', names(9)).importance.se):.2f}")
    replicated = kp.add_replicates(survey, "bootstrap", n=1000, seed=1)
    print(f"  1,000 replicates of 1,000 PSUs: {processor_seconds(lambda: kp.driver_importance(replicated, 'y', names(9)).importance.se):.2f}")


def blinder(alone: bool) -> None:
    frame = made(100_000, 12, groups=2)
    print("Oaxaca-Blinder, 2 x 50,000 rows, 12 drivers, all details with standard errors, processor seconds")
    mine = {}
    for name, design in (("1,000 PSUs", kp.Design(weight="w", strata="stratum", psu="psu")), ("rows as units", kp.Design(weight="w"))):
        survey = kp.Survey(frame, design=design)
        mine[name] = processor_seconds(lambda survey=survey: kp.oaxaca_blinder(survey, "y", names(12), group="group", base=0, current=1).parts.se)
        print(f"  {name}: {mine[name]:.2f}")
    if alone:
        return
    from statsmodels.stats.oaxaca import OaxacaBlinder

    model = OaxacaBlinder(frame["y"].to_numpy(), frame[["group", *names(12)]].to_numpy(), 0, hasconst=False)
    start = time.process_time()
    model.two_fold(std=True, n=DRAWS, two_fold_type="pooled")
    taken = (time.process_time() - start) * DEFAULT_DRAWS / DRAWS
    print(f"  statsmodels, two totals, scaled from {DRAWS} draws: {taken / mine['rows as units']:.0f} times as long")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--alone", action="store_true", help="leave the peers out")
    options = parser.parse_args()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", kp.KepuasanWarning)
        importance(options.alone)
        large()
        blinder(options.alone)
    print(f"peak of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main()
