"""One item on eleven others over two million rows, linear and logistic, beside svy and R's survey in the same run.

    python benchmarks/regression.py [--rows 2000000] [--r-rows 200000]

Prints processor seconds and ratios; peers that are not installed are left out. R takes a fit of its own number of rows, and its time is scaled to
ours. Publish the ratios, never a bare time.
"""

from __future__ import annotations

import argparse
import resource

import numpy as np
import pandas as pd
from means import ITEMS, made, processor_seconds, with_r

import kepuasan as kp

OTHERS = ITEMS[1:]
R_SCRIPT = """
suppressMessages(library(survey))
frame <- read.csv(commandArgs(TRUE)[1])
design <- svydesign(id = ~psu, strata = ~stratum, weights = ~w, data = frame, nest = TRUE)
clock <- function(work) { start <- proc.time(); work; sum((proc.time() - start)[c("user.self", "sys.self", "user.child", "sys.child")]) }
others <- paste0("item", 2:12)
linear <- clock(fit <- svyglm(reformulate(others, "item1"), design))
logit <- clock(svyglm(reformulate(others, "high"), design, family = quasibinomial()))
cat(sprintf('{"linear": %.3f, "logit": %.3f, "slope": %.15g, "se": %.15g}', linear, logit, coef(fit)[[2]], SE(fit)[[2]]))
"""


def ours(frame: pd.DataFrame) -> dict[str, float]:
    survey = kp.Survey(frame, design=kp.Design(weight="w", strata="stratum", psu="psu"))
    right = " + ".join(OTHERS)
    fit = kp.regress(survey, f"item1 ~ {right}")
    return {
        "linear": processor_seconds(lambda: kp.regress(survey, f"item1 ~ {right}").se),
        "logit": processor_seconds(lambda: kp.regress(survey, f"high ~ {right}", family="logit").se),
        "ordinal": processor_seconds(lambda: kp.regress(survey, f"item1 ~ {right}", family="ordinal").se, repeats=1),
        "slope": float(fit.value[1]),
        "se": float(fit.se[1]),
    }


def with_svy(frame: pd.DataFrame) -> dict[str, float]:
    try:
        import polars as pl
        import svy
    except ImportError:
        return {}
    sample = svy.Sample(pl.from_pandas(frame), svy.Design(stratum="stratum", psu="psu", wgt="w"))
    linear = processor_seconds(lambda: sample.glm.fit("item1", x=OTHERS), repeats=2)
    logit = processor_seconds(lambda: sample.glm.fit("high", x=OTHERS, family="binomial"), repeats=1)
    return {"linear": linear, "logit": logit}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--r-rows", type=int, default=200_000, help="rows that R is given")
    parser.add_argument("--alone", action="store_true", help="leave the peers out")
    options = parser.parse_args()
    frame = made(options.rows).assign(high=lambda rows: (rows["item1"] >= 4).astype(float))
    mine = ours(frame)
    print(f"{options.rows:,} rows, 50 strata x 20 PSUs, item1 on 11 items; processor seconds")
    print(f"kepuasan: linear {mine['linear']:.3f}; logit {mine['logit']:.3f}; ordinal {mine['ordinal']:.3f}; ", end="")
    print(f"peak of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
    if options.alone:
        return
    theirs = with_svy(frame)
    if theirs:
        ratios = ", ".join(f"{what} {theirs[what] / mine[what]:.1f} times as long" for what in ("linear", "logit"))
        print(f"svy: {ratios} (processor seconds {theirs['linear']:.2f} and {theirs['logit']:.2f})")
    part = frame.iloc[: options.r_rows]
    theirs = with_r(part, R_SCRIPT)
    if theirs:
        scale, again = len(frame) / len(part), ours(part)
        agree = np.allclose([again["slope"], again["se"]], [theirs["slope"], theirs["se"]], rtol=1e-9)
        ratios = ", ".join(f"{what} {scale * theirs[what] / mine[what]:.0f} times as long" for what in ("linear", "logit"))
        print(f"R survey, scaled from {len(part):,} rows: {ratios}; its slope and error {'are ours' if agree else 'differ'}")


if __name__ == "__main__":
    main()
