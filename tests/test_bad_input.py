"""Planted faults: each is refused by one error that says what is wrong, the value, where it is and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

from kepuasan import Codebook, Design, Estimates, Survey, mean, proportion, ratio, stack_waves, total
from kepuasan.codebook import AnswerScale, Item
from kepuasan.errors import ChoiceError, DataError, DesignError, EstimateError, KepuasanError, ScaleError, SinglePSUError
from kepuasan.scales import Scale


class Fault(NamedTuple):
    """A fault, the class of its error, and what the message must hold: the thing, the value, the place, the way out."""

    name: str
    act: Callable[[], object]
    error: type[KepuasanError]
    says: tuple[str, ...]


ROWS = pd.DataFrame(
    {
        "w": [1.0, 2.0, 1.0, 3.0, 1.0, 2.0],
        "province": ["Bali", "Bali", "Bali", "NTB", "NTB", "NTB"],
        "office": [1, 1, 2, 1, 2, 3],
        "units": [8, 8, 8, 9, 9, 9],
        "speed": [3.0, 4.0, np.nan, 2.0, 5.0, 4.0],
        "ease": [1.0, 4.0, 2.0, 2.0, 3.0, 3.0],
        "sex": ["L", "P", "L", "P", "L", "P"],
        "nothing": [np.nan] * 6,
        "zero": [0.0] * 6,
    },
    index=[101, 102, 103, 104, 105, 106],
)
DESIGN = Design("w", "province", "office")
SURVEY = Survey(ROWS, design=DESIGN)


def with_cell(column: str, value: Any, row: int = 103, base: pd.DataFrame = ROWS) -> pd.DataFrame:
    changed = base.astype({column: object}) if isinstance(value, str) else base.astype({column: float}) if isinstance(value, float) else base.copy()
    changed.loc[row, column] = value
    return changed


def bound(frame: pd.DataFrame, **roles: Any) -> Callable[[], object]:
    return lambda: Survey(frame, design=Design(**roles))


def means() -> Estimates:
    return mean(SURVEY, ["speed", "ease"], by="sex")


def many() -> Estimates:
    frame = pd.DataFrame({"y": np.zeros(40_000), "g": np.arange(40_000)})
    return mean(Survey(frame), "y", by="g")


BOOK = Codebook(
    {"speed": Item("speed", scale="puas4", missing={9: "Menolak"})}, scales={"puas4": AnswerScale("puas4", Scale(1, 4, (1, 2, 3, 4)), {})}
)
CLUSTERS = {"weight": "w", "strata": "province", "psu": "office"}

DESIGNS = [
    Fault("weight column unknown", bound(ROWS, weight="W1"), DesignError, ("weight", "'W1'", "not in the data")),
    Fault("strata column misspelt", bound(ROWS, strata="provnce"), DesignError, ("strata", "'provnce'", "did you mean 'province'?")),
    Fault("psu column misspelt", bound(ROWS, psu="ofice"), DesignError, ("psu", "'ofice'", "did you mean 'office'?")),
    Fault("fpc column misspelt", bound(ROWS, fpc="unit"), DesignError, ("fpc", "'unit'", "did you mean 'units'?")),
    Fault("weight negative", bound(with_cell("w", -2.0), weight="w"), DesignError, ("'w'", "negative", "-2", "103", "0 or more")),
    Fault("weight missing", bound(with_cell("w", np.nan), weight="w"), DesignError, ("1 rows", "'w'", "103", "give them a weight")),
    Fault("weight infinite", bound(with_cell("w", np.inf), weight="w"), DesignError, ("1 rows", "'w'", "103", "finite")),
    Fault("weight text", bound(with_cell("w", "many"), weight="w"), DesignError, ("'w'", "'many'", "103", "give numbers")),
    Fault("weights all zero", bound(ROWS.assign(w=0.0), weight="w"), DesignError, ("'w'", "is 0", "at least one")),
    Fault("weight a list", lambda: Design(["w", "v"]), DesignError, ("weight", "['w', 'v']", "one column")),
    Fault("stratum missing", bound(with_cell("province", None), strata="province"), DesignError, ("1 rows", "'province'", "103", "give the codes")),
    Fault("psu missing", bound(with_cell("office", np.nan), psu="office"), DesignError, ("1 rows", "'office'", "103", "give the codes")),
    Fault("psu a number", lambda: Design(psu=3), DesignError, ("psu", "3", "name of a column")),
    Fault(
        "more stages of strata than of units",
        lambda: Design(strata=["a", "b"], psu="c"),
        DesignError,
        ("2 stages", "units of 1", "psu column a stage"),
    ),
    Fault(
        "more stages of fpc than of units",
        lambda: Design(psu="c", fpc=["a", "b", "d"]),
        DesignError,
        ("3 stages", "units of 1", "psu column a stage"),
    ),
    Fault(
        "psu in two strata", bound(ROWS, **CLUSTERS, nest=False), DesignError, ("2 PSU codes", "nest=False", "'Bali'", "'NTB'", "Correct the codes")
    ),
    Fault("fpc below the sample", bound(ROWS.assign(units=2), **CLUSTERS, fpc="units"), DesignError, ("'NTB'", "2 units", "3 were sampled")),
    Fault(
        "fpc both fraction and count",
        bound(with_cell("units", 0.25), **CLUSTERS, fpc="units"),
        DesignError,
        ("'units'", "0.25", "8", "one of the two"),
    ),
    Fault(
        "fpc uneven in a stratum",
        bound(with_cell("units", 7), **CLUSTERS, fpc="units"),
        DesignError,
        ("'Bali'", "8", "7", "103", "one population size"),
    ),
    Fault(
        "fpc zero",
        bound(with_cell("units", 0), **CLUSTERS, fpc="units"),
        DesignError,
        ("'units'", "0", "103", "counts of units or sampling fractions"),
    ),
    Fault("fpc missing", bound(with_cell("units", np.nan), **CLUSTERS, fpc="units"), DesignError, ("'units'", "nan", "103", "counts of units")),
    Fault("fpc text", bound(with_cell("units", "eight"), **CLUSTERS, fpc="units"), DesignError, ("'units'", "'eight'", "103", "give numbers")),
    Fault(
        "weights implied by fewer fpc than stages",
        bound(ROWS.assign(person=range(6), units=9), psu=["office", "person"], fpc="units"),
        DesignError,
        ("2 stages", "1 of fpc", "weight column"),
    ),
    Fault(
        "weights implied by an endless population",
        bound(ROWS.assign(units=np.inf), psu="office", fpc="units"),
        DesignError,
        ("infinite", "weight column"),
    ),
    Fault(
        "rule for single PSUs unknown",
        lambda: Design(single_psu="ajust"),
        ChoiceError,
        ("single_psu", "'ajust'", "'certainty'", "did you mean 'adjust'?"),
    ),
    Fault(
        "stratum with a single PSU",
        lambda: mean(Survey(ROWS.assign(office=[1, 1, 1, 1, 2, 3]), design=DESIGN), "ease"),
        SinglePSUError,
        ("(1)", "stratum 'Bali'", "one sampled unit", "Merge", '"adjust"'),
    ),
]

SURVEYS = [
    Fault("mapping given as codebook", lambda: Survey(ROWS, {"speed": 1}), DataError, ("codebook", "dict", "Codebook.read")),
    Fault("design given as codebook", lambda: Survey(ROWS, DESIGN), DataError, ("codebook", "Design", "design=Design(...)")),
    Fault("mapping given as design", lambda: Survey(ROWS, design={"weight": "w"}), DesignError, ("design", "dict", "Design(weight=...")),
    Fault("column twice", lambda: Survey(pd.concat([ROWS, ROWS[["ease"]]], axis=1)), DataError, ("'ease'", "twice", "rename or drop")),
    Fault("no rows", lambda: Survey(ROWS.iloc[:0]), DataError, ("no rows", "at least one")),
    Fault("series given as frame", lambda: Survey(ROWS["ease"]), DataError, ("Series", "frame")),
    Fault("list given as frame", lambda: Survey([1, 2, 3]), DataError, ("list", "frame")),
    Fault("lazy frame", lambda: Survey(lazy()), DataError, ("LazyFrame", "collect")),
    Fault("code off the scale", lambda: Survey(ROWS, BOOK), ScaleError, ("'speed'", "5", "105", "1 to 4", "Correct them")),
    Fault("code no number", lambda: Survey(with_cell("speed", "good"), BOOK), ScaleError, ("'speed'", "'good'", "103", "1 to 4")),
    Fault("empty domain by mask", lambda: SURVEY.where(np.zeros(6, bool)), DataError, ("the mask", "no row", "6", "empty domain")),
    Fault("empty domain by query", lambda: SURVEY.where("ease > 9"), DataError, ("'ease > 9'", "no row", "6", "empty domain")),
    Fault("empty domain of two", lambda: SURVEY.where("sex == 'L'").where("sex == 'P'"), DataError, ("\"sex == 'P'\"", "no row")),
    Fault("mask too short", lambda: SURVEY.where([True, False]), DataError, ("(2,)", "6 rows", "one True or False a row")),
    Fault("mask with another index", lambda: SURVEY.where(pd.Series([True] * 6)), DataError, ("index", "survey.frame")),
    Fault("mask of numbers", lambda: SURVEY.where(ROWS["ease"]), DataError, ("True and False", "compare")),
    Fault(
        "mask with gaps",
        lambda: SURVEY.where(pd.array([True, None, True, False, False, True], dtype="boolean")),
        DataError,
        ("True and False", "missing"),
    ),
    Fault("query unreadable", lambda: SURVEY.where("ease >"), DataError, ("'ease >'", "cannot be read", "'province'")),
    Fault("query of an unknown column", lambda: SURVEY.where("eas > 2"), DataError, ("'eas > 2'", "eas", "columns are", "'ease'")),
    Fault("query that is no condition", lambda: SURVEY.where("ease + 1"), DataError, ("'ease + 1'", "no condition", "compare")),
]

VERBS = [
    Fault("item unknown", lambda: mean(SURVEY, "sped"), DataError, ("'sped'", "not a column", "did you mean 'speed'?", "'province'")),
    Fault("two items unknown", lambda: mean(SURVEY, ["sped", "eese"]), DataError, ("'sped'", "'speed'", "'eese'", "'ease'")),
    Fault("no item", lambda: mean(SURVEY, []), DataError, ("items", "empty", "at least one column")),
    Fault("item twice", lambda: total(SURVEY, ["ease", "speed", "ease"]), DataError, ("'ease'", "twice", "once")),
    Fault("item nobody answered", lambda: mean(SURVEY, "nothing"), DataError, ("'nothing'", "nobody answered", "leave it out")),
    Fault(
        "item nobody of the domain answered",
        lambda: mean(SURVEY.where(ROWS["speed"].isna()), "speed"),
        DataError,
        ("'speed'", "nobody answered", "leave it out"),
    ),
    Fault(
        "share of an item nobody answered",
        lambda: proportion(SURVEY, "nothing"),
        DataError,
        ("'nothing'", "nobody answered", "6", "leave the item out"),
    ),
    Fault("mean of text", lambda: mean(SURVEY, "sex"), DataError, ("'sex'", "'L'", "not numbers", "kepuasan.proportion")),
    Fault(
        "mean of dates", lambda: mean(Survey(ROWS.assign(day=pd.Timestamp("2022-01-01"))), "day"), DataError, ("'day'", "datetime64", "not numbers")
    ),
    Fault("infinite answer", lambda: mean(Survey(with_cell("ease", np.inf)), "ease"), DataError, ("'ease'", "infinite", "103", "finite")),
    Fault(
        "missing= unknown",
        lambda: mean(SURVEY, "ease", missing="listwize"),
        ChoiceError,
        ("missing", "'listwize'", "'item'", "did you mean 'listwise'?"),
    ),
    Fault("by a column unknown", lambda: mean(SURVEY, "ease", by="sx"), DataError, ("'sx'", "not a column", "did you mean 'sex'?")),
    Fault("by a column twice", lambda: mean(SURVEY, "ease", by=["sex", "sex"]), DataError, ("by", "twice", "'sex'")),
    Fault("by a column without codes", lambda: quiet(lambda: mean(SURVEY, "ease", by="nothing")), DataError, ("'nothing'", "no domain")),
    Fault("ratio to nothing", lambda: ratio(SURVEY, "ease", "zero"), DataError, ("'ease / zero'", "total is 0", "choose a denominator")),
    Fault("ratio to a list without items", lambda: ratio(SURVEY, "ease", []), DataError, ("denominator", "empty")),
    Fault("proportion of a list", lambda: proportion(SURVEY, ["sex", "ease"]), DataError, ("one item", "2", "once for each")),
    Fault("proportion of a column unknown", lambda: proportion(SURVEY, "sexx"), DataError, ("'sexx'", "did you mean 'sex'?")),
]

ESTIMATES = [
    Fault("level above one", lambda: means().ci(95), EstimateError, ("level", "95", "between 0 and 1", "0.95")),
    Fault("level of nothing", lambda: means().to_frame(0.0), EstimateError, ("level", "0.0", "between 0 and 1")),
    Fault("level in words", lambda: means().ci("95%"), EstimateError, ("level", "'95%'", "between 0 and 1")),
    Fault("method unknown", lambda: means().ci(method="wilsn"), ChoiceError, ("method", "'wilsn'", "did you mean 'wilson'?")),
    Fault("limits of shares for means", lambda: means().ci(method="logit"), EstimateError, ("logit", "between 0 and 1", "4")),
    Fault("no such item", lambda: means()["sped"], EstimateError, ("'sped'", "did you mean 'speed'?", "'ease'")),
    Fault("no such key column", lambda: means()[{"sx": "L"}], EstimateError, ("'sx'", "did you mean 'sex'?", "'item'")),
    Fault("no such code", lambda: means()[{"sex": "M"}], EstimateError, ("sex", "'M'", "'L', 'P'")),
    Fault("codes that never meet", lambda: met_never()[{"sex": "L", "province": "NTB"}], EstimateError, ("'L'", "'NTB'", "together")),
    Fault("contrast of an unknown code", lambda: means().contrast({"sex": "L"}, {"sex": "M"}), EstimateError, ("'M'", "'L', 'P'")),
    Fault(
        "contrast of two and one",
        lambda: means().contrast({"sex": "L"}, {"sex": "P", "item": "ease"}),
        EstimateError,
        ("2 estimates minus 1", "name one row"),
    ),
    Fault("linear of wrong width", lambda: means().linear(np.eye(3), list("abc")), EstimateError, ("(3, 3)", "4 estimates")),
    Fault("linear of wrong labels", lambda: means().linear(np.eye(4), list("ab")), EstimateError, ("4 combinations", "2 labels", "one label a row")),
    Fault("linear of three dimensions", lambda: means().linear(np.zeros((1, 1, 4)), ["a"]), EstimateError, ("(1, 1, 4)", "4 estimates")),
    Fault(
        "join of two designs",
        lambda: means().join(mean(Survey(ROWS), "ease")),
        EstimateError,
        ("different designs", "stack_waves", "independent_designs=True"),
    ),
    Fault("covariance too large", lambda: many().vcov, EstimateError, ("40,000", "13 GB", ".contrast")),
]

WAVES = [
    Fault("waves in a list", lambda: stack_waves([SURVEY, SURVEY]), DataError, ("list", "label", "'2020'")),
    Fault(
        "shared PSUs that no other wave has",
        lambda: stack_waves({"2020": SURVEY, "2022": Survey(ROWS.assign(office=ROWS["office"].astype(str)), design=DESIGN)}, shared_psu=True),
        DesignError,
        ("shared_psu", "'2020'", "('Bali', 1)", "('Bali', '1')", "alike"),
    ),
    Fault("one wave", lambda: stack_waves({"2020": SURVEY}), DataError, ("1 waves", "two or more")),
    Fault("wave no survey", lambda: stack_waves({"2020": SURVEY, "2022": ROWS}), DataError, ("'2022'", "DataFrame", "Survey")),
    Fault(
        "column wave there already",
        lambda: stack_waves({"2020": SURVEY, "2022": Survey(ROWS.assign(wave=1))}),
        DataError,
        ("'2022'", "'wave'", "rename"),
    ),
    Fault(
        "waves with different rules",
        lambda: stack_waves({"2020": SURVEY, "2022": SURVEY.with_design(Design(**CLUSTERS, single_psu="adjust"))}),
        DesignError,
        ("'adjust', 'fail'", "same"),
    ),
    Fault(
        "waves with different stages",
        lambda: stack_waves({"2020": SURVEY, "2022": SURVEY.with_design(Design("w", "province", ["office", "sex"]))}),
        DesignError,
        ("stages", "1, 2", "same number"),
    ),
    Fault(
        "shared PSUs without a psu column",
        lambda: stack_waves({"a": Survey(ROWS), "b": Survey(ROWS)}, shared_psu=True),
        DesignError,
        ("'a'", "psu", "Design(psu=...)"),
    ),
    Fault(
        "fractions in one wave and counts in another", lambda: stack_waves(fractions_and_counts()), DesignError, ("fractions", "counts", "same kind")
    ),
]


def quiet(act: Callable[[], object]) -> object:
    with pytest.warns(UserWarning, match="no code"):
        return act()


def lazy() -> object:
    import polars as pl

    return pl.LazyFrame({"a": [1, 2]})


def met_never() -> Estimates:
    frame = ROWS.assign(sex=["L", "L", "L", "P", "P", "P"])
    return mean(Survey(frame, design=DESIGN), "ease", by=["sex", "province"])


def fractions_and_counts() -> dict[str, Survey]:
    counts, share = Design(**CLUSTERS, fpc="units"), ROWS.assign(units=0.25)
    return {"2020": Survey(ROWS, design=counts), "2022": Survey(share, design=counts)}


@pytest.mark.parametrize("fault", [*DESIGNS, *SURVEYS, *VERBS, *ESTIMATES, *WAVES], ids=lambda fault: fault.name)
def test_a_planted_fault_is_refused_with_its_value_its_place_and_a_way_out(fault: Fault) -> None:
    with pytest.raises(KepuasanError) as caught:
        fault.act()
    message = str(caught.value)
    assert type(caught.value) is fault.error, message
    lacking = [part for part in fault.says if part not in message]
    assert not lacking, f"{lacking} not in: {message}"
