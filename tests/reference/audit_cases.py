"""Surveys whose code for auditors R has run: designs, weighting steps, waves, ways of scoring; and what the code is called by."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from reference.agreement import HERE, data

import kepuasan as kp
from kepuasan import Codebook, Design, IndexSpec, Item, Replicates, Survey
from kepuasan.report.auditing.plan import audit_of
from kepuasan.report.auditing.r_code import r_code
from kepuasan.report.findings import ResultTree
from kepuasan.report.gathering import gather_results
from kepuasan.report.request import ReportRequest
from kepuasan.wording import say

__all__ = ["CASES", "STORED", "code_of", "digest", "files_of", "ours", "results_of"]

SPEC = IndexSpec(["speed", "ease"])
STAGES = {"strata": ["stratum", "block"], "psu": ["psu", "ssu"], "fpc": ["units", "villages"]}
CLUSTERS = Design(weight="w", strata="stratum", psu="psu")
FINITE = Design(weight="w", strata="stratum", psu="psu", fpc="units")
LONE = Design(weight="w", strata="stratum", psu="psu", single_psu="certainty")
MARGINS = {"sex": {"L": 392.0, "P": 428.0}, "age_group": {"middle": 340.0, "old": 290.0, "young": 190.0}}
TOTALS = {"Intercept": 820.0, "C(sex)[T.P]": 428.0, "age": 33000.0}
REGIONS = {"north": 300.0, "south": 320.0, "east": 200.0}
#: a name and a label by which code could be run that is none of ours
EVIL = 'a "b"`; stop("x") # \\ $c\n'

Step = Callable[[Survey], Survey]


def book_of(file: str, **more: Item) -> Codebook:
    """Two items from 1 to 5, one of them reversed, that were read from a file."""
    items = {"speed": Item("speed", "Speed", scale="five"), "ease": Item("ease", "Ease", scale="five", reverse=True), **more}
    scales = {"five": kp.AnswerScale("five", kp.Scale(1, 5))}
    return Codebook(items, scales=scales, read_as={f"{file}, text separated by commas, UTF-8": file})


def rows_of(name: str) -> pd.DataFrame:
    """A file of synthetic rows, free to be changed."""
    return data(f"{name}.csv").copy()


def one(source: str, design: Design | None, spec: IndexSpec = SPEC, step: Step | None = None) -> Callable[[], ResultTree]:
    """A single survey."""

    def made() -> ResultTree:
        survey = Survey(rows_of(source), book_of(f"{source}.csv"), design)
        return gather_results(survey if step is None else step(survey), ReportRequest(("2022",), spec=spec))

    return made


def several(
    source: str,
    design: Design | None,
    *,
    spec: IndexSpec = SPEC,
    shared: bool = False,
    step: Mapping[str, Step] | None = None,
    after: Step | None = None,
) -> Callable[[], ResultTree]:
    """Two waves, each of its own file."""

    def made() -> ResultTree:
        found = {}
        for year, part in waves_of(source).items():
            survey = Survey(part, book_of(f"{source}_{year}.csv"), design)
            found[year] = (step or {}).get(year, lambda same: same)(survey)
        stacked = kp.stack_waves(found, shared_psu=shared)
        return gather_results(stacked, ReportRequest(tuple(found), spec=spec))

    return made


@cache
def waves_of(source: str) -> dict[str, pd.DataFrame]:
    """The rows of a file as two waves: by year, or the second in another order with other answers."""
    rows = rows_of(source)
    if "year" in rows:
        return {str(year): part.drop(columns="year").reset_index(drop=True) for year, part in rows.groupby("year")}
    return {"2020": rows, "2022": rows.assign(speed=rows["speed"] % 5 + 1).iloc[::-1].reset_index(drop=True)}


def sample(waves: tuple[str, ...], **spec: Any) -> Callable[[], ResultTree]:
    """Waves of the sample."""

    def made() -> ResultTree:
        survey = kp.load_sample("users") if len(waves) > 1 else kp.load_sample("users", wave=waves[0])
        chosen = IndexSpec(list(survey.codebook.index["items"]), **spec) if spec and survey.codebook.index else None
        return gather_results(survey, ReportRequest(waves, spec=chosen, frame="region" if len(waves) > 1 else None))

    return made


def hostile() -> ResultTree:
    """Names, labels and a wave that are code, columns called otherwise in the file, recoded answers, missing codes."""
    rows = hostile_rows()
    codes = {8: "Don't know", 9: EVIL}
    items = {
        "speed": Item("speed", EVIL, scale="five", column=EVIL, missing=codes, missing_ranges=((20, 30),)),
        "ease": Item("ease", "Ease", scale="five", column="E1", recode={5: 1, 4: 2, 2: 4, 1: 5}),
    }
    book = Codebook(items, scales={"five": kp.AnswerScale("five", kp.Scale(1, 5))}, read_as={"hostile.csv, text separated by commas": "hostile.csv"})
    survey = Survey(rows, book, Design(weight=EVIL + "w", strata="stra tum", psu="psu"))
    return gather_results(survey, ReportRequest((EVIL,), spec=SPEC))


def hostile_rows() -> pd.DataFrame:
    rows = rows_of("weighting").rename(columns={"w": EVIL + "w", "stratum": "stra tum"})
    rows["speed"] = rows["speed"].fillna(9)
    rows.loc[[3, 5], "speed"] = [8, 25]
    return rows


def raked(times: float = 1.0, **more: Any) -> Step:
    """A step that rakes to the margins, or to a multiple of them."""
    margins = {name: {level: times * total for level, total in levels.items()} for name, levels in MARGINS.items()}
    return lambda survey: kp.rake(survey, margins, tolerance=1e-12, max_steps=2000, **more)


def given(**more: Any) -> Callable[[], ResultTree]:
    """Replicate weights that came with the data."""

    def made() -> ResultTree:
        rows, columns = given_rows()
        survey = Survey(rows, book_of("given.csv"), Design(weight="w", replicates=Replicates(columns, **more)))
        return gather_results(survey, ReportRequest(("2022",), spec=SPEC))

    return made


@cache
def given_rows() -> tuple[pd.DataFrame, list[str]]:
    rows = rows_of("weighting")
    weights = kp.replicate_weights(kp.add_replicates(Survey(rows, None, CLUSTERS), "jkn"))
    return pd.concat([rows, weights], axis=1), list(weights.columns)


CASES: dict[str, Callable[[], ResultTree]] = {
    "sample-three": sample(("2020", "2021", "2022")),
    "sample-one": sample(("2022",)),
    "sample-respondents": sample(("2020", "2022"), level="respondents", scoring="minmax"),
    "sample-listwise": sample(("2020", "2022"), missing="listwise", scoring="share-of-max"),
    "plain": one("strata", None),
    "weights": one("strata", Design(weight="w")),
    "counts": one("strata", Design(weight="w", strata="stratum", psu="psu", fpc="units", single_psu="certainty")),
    "shares": one("strata", Design(strata="stratum", psu="psu", fpc="share")),
    "residents": one("strata", Design(weight="w", strata="stratum", psu="psu", fpc=["units", "residents"])),
    "stages": one("stages", Design(weight="w", **STAGES)),
    "stages-top-box": one("stages", Design(weight="w", **STAGES), IndexSpec(["speed", "ease"], scoring="top-box", missing="listwise")),
    "stages-raw": one("stages", Design(weight="w", strata="stratum", psu=["psu", "ssu"]), IndexSpec(["speed"], scoring="raw")),
    "unequal": one("stages", CLUSTERS, IndexSpec(["speed", "ease"], weights={"speed": 3, "ease": 1}, scale=(1, 5))),
    "stated": one("stages", CLUSTERS, IndexSpec(["speed", "ease"], weights={"speed": "received", "ease": "resolved"})),
    "stated-respondents": one(
        "stages", CLUSTERS, IndexSpec(["speed", "ease"], weights={"speed": "received", "ease": "resolved"}, level="respondents", min_answered=1.0)
    ),
    **{f"lone-{rule}": one("lonely", Design("w", "stratum", "psu", single_psu=rule)) for rule in ("certainty", "adjust", "average", "remove")},
    "waves-apart": several("waves", LONE),
    "waves-shared": several("waves", LONE, shared=True),
    "waves-plain": several("waves", None, spec=IndexSpec(["speed", "ease"], level="respondents")),
    "waves-average": several("lonely", Design("w", "stratum", "psu", single_psu="average")),
    "waves-raked": several("weighting", CLUSTERS, step={"2020": raked(), "2022": raked(2.0)}),
    "waves-one-raked": several("weighting", CLUSTERS, step={"2022": lambda survey: kp.trim_weights(raked(2.0)(survey), upper=20.0)}),
    "raked": one("weighting", FINITE, step=raked()),
    "raked-bounded": one("weighting", FINITE, step=raked(bounds=(0.7, 2.0))),
    "poststratified": one("weighting", FINITE, step=lambda survey: kp.poststratify(survey, "sex", MARGINS["sex"])),
    "calibrated": one("weighting", FINITE, step=lambda survey: kp.calibrate(survey, "~ C(sex) + age", TOTALS)),
    "calibrated-logit": one(
        "weighting", FINITE, step=lambda survey: kp.calibrate(survey, "~ C(sex) + age", TOTALS, distance="logit", bounds=(0.3, 3.0))
    ),
    "chain": one("weighting", CLUSTERS, step=lambda survey: raked()(kp.trim_weights(kp.poststratify(survey, "region", REGIONS), upper=12.0))),
    "no-weight": one("strata", LONE, step=lambda survey: kp.poststratify(survey, "sex", {"L": 300.0, "P": 310.0})),
    "jackknife": one("weighting", FINITE, step=lambda survey: kp.add_replicates(raked()(survey), "jkn")),
    "given": given(method="bootstrap", mse=True),
    "hostile": hostile,
}

#: cases whose code is stored as it is; of the others its SHA-256
STORED = ("sample-three", "waves-raked", "jackknife", "hostile")


@cache
def results_of(name: str) -> ResultTree:
    """The results of a case."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", kp.KepuasanWarning)
        return CASES[name]()


def code_of(name: str, language: str = "en") -> str:
    """The code in R of a case."""
    return r_code(audit_of(results_of(name), language), lambda key, **values: say(key, language, **values))


def digest(code: str) -> str:
    """What tells the code of a case."""
    return hashlib.sha256(code.encode()).hexdigest()


def ours(name: str) -> pd.DataFrame:
    """Estimates and standard errors as the code of a case lists them: index by wave, differences, items by wave."""
    results = results_of(name)
    items = results.index.items.to_frame()
    if results.several:
        order = {wave: place for place, wave in enumerate(results.request.waves)}
        items = items.iloc[np.argsort(items["wave"].astype(str).map(order), kind="stable")]
    tables = [results.index.score.to_frame(), *(one.estimate.to_frame() for one in results.differences), items]
    return pd.concat([table[["estimate", "se"]] for table in tables], ignore_index=True)


def files_of() -> dict[str, pd.DataFrame]:
    """The data files that the code of all cases reads."""
    found = {f"{name}.csv": data(f"{name}.csv") for name in ("strata", "stages", "lonely", "weighting")}
    for source in ("waves", "lonely", "weighting"):
        found |= {f"{source}_{year}.csv": rows for year, rows in waves_of(source).items()}
    found["given.csv"] = given_rows()[0]
    back = hostile_rows()
    asked = back["ease"].map({5: 1, 4: 2, 3: 3, 2: 4, 1: 5})
    found["hostile.csv"] = back.assign(**{EVIL: back["speed"], "E1": asked}).drop(columns=["speed", "ease"])
    sample_files = sorted((HERE.parent.parent / "data" / "sample").glob("users_*.csv"))
    return found | {path.name: pd.read_csv(path, dtype=str, keep_default_na=False) for path in sample_files}
