"""Reports of surveys, from the data on: the whole sample, one whose labels are as bad as labels can be, and the least there can be."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from browser.documents import HOSTILE

from kepuasan import Codebook, Design, IndexSpec, Survey, stack_waves
from kepuasan.cli.opening import open_against, open_waves, request_of, stacked
from kepuasan.cli.recipe.model import read_recipe
from kepuasan.codebook import AnswerScale, Item
from kepuasan.report import Group, ReportRequest, gather_results
from kepuasan.report.composing import compose
from kepuasan.scales import Scale

RECIPE = Path(__file__).parents[2] / "data" / "sample" / "kepuasan.toml"


@cache
def sample_results():
    recipe = read_recipe(RECIPE)
    survey = stacked(recipe, open_waves(recipe, RECIPE.parent))
    return gather_results(survey, request_of(recipe, against=open_against(recipe, RECIPE.parent)), inputs={"users_2020.sav": "00" * 32})


def both(text):
    """A label in both languages; an empty one is a space, for there is no label without a text."""
    return {"id": text or " ", "en": text or " "}


@cache
def labels_results():
    codes = [str(place) for place in range(len(HOSTILE))]
    items = [f"q{code}" for code in codes]
    answers = AnswerScale("s", Scale(1, 4), labels={place + 1: both(text) for place, text in enumerate(HOSTILE[:4])})
    book = {name: Item(name, both(text), scale="s", dimension="d") for name, text in zip(items, HOSTILE, strict=True)}
    book["place"] = Item("place", both(HOSTILE[2]), type="text", values={code: both(text) for code, text in zip(codes, HOSTILE, strict=True)})
    codebook = Codebook(book, scales={"s": answers}, dimensions={"d": both(HOSTILE[0])}, index={"items": items}, source=HOSTILE[0])
    waves = {HOSTILE[0]: 1, HOSTILE[4]: 2}
    surveys = {wave: Survey(hostile_frame(seed, items, codes), codebook, Design(weight="w", strata="place")) for wave, seed in waves.items()}
    groups = tuple(Group(both(text), "place == '1'") for text in HOSTILE[:5])
    asked = {"domains": ("place",), "league": "place", "provinces": "place", "outcome": "q0", "ranked": tuple(items[1:]), "groups": groups}
    request = ReportRequest(tuple(waves), title=HOSTILE[0], frame="place", notes=tuple(both(text) for text in HOSTILE), **asked)
    return gather_results(stack_waves(surveys), request, inputs={HOSTILE[0]: "00" * 32})


def hostile_frame(seed, items, codes):
    rng = np.random.default_rng(seed)
    rows = 40 * len(codes)
    content = rng.normal(2.5, 0.7, rows)
    answers = {name: np.clip(np.round(content + rng.normal(0, 0.7, rows)), 1, 4).astype(int) for name in items}
    return pd.DataFrame({"place": np.repeat(codes, 40), "w": rng.uniform(0.5, 2.0, rows).round(2), **answers})


@cache
def one_results():
    frame = pd.DataFrame({"speed": np.tile([1, 2, 3, 4, 4], 12)})
    return gather_results(Survey(frame), ReportRequest(("2022",), spec=IndexSpec(["speed"], scale=(1, 4))))


def of(results):
    """What makes the report of results in a language."""
    return lambda language: compose(results(), language)


REPORTS = {"sample": of(sample_results), "labels": of(labels_results), "one": of(one_results)}
