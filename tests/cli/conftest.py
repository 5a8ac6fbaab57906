"""A folder with two tiny waves, their codebook and a recipe, and a way to call the commands in it."""

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

BOOK = """
source = "made up for tests"
[scales.puas]
low = 1
high = 4
[items.speed]
label = {id = "Kecepatan", en = "Speed"}
scale = "puas"
missing = {9 = {id = "Menolak", en = "Refused"}}
[items.updates]
label = {id = "Kabar", en = "Updates"}
scale = "puas"
[index]
items = ["speed", "updates"]
scoring = "top-box"
[design]
weight = "w"
strata = "region"
psu = "unit"
"""

RECIPE = """
language = "en"
title = "Users"
[[waves]]
label = "2020"
data = "a.csv"
codebook = "book.toml"
[[waves]]
label = "2022"
data = "b.csv"
codebook = "book.toml"
[change]
frame = "region"
[drivers]
"=speed <b>" = ["speed"]
[domains]
by = ["sex"]
[output]
formats = ["html"]
languages = ["en"]
"""


def wave(seed, regions):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "region": np.repeat(regions, 30),
            "unit": np.tile(np.repeat([1, 2, 3], 10), len(regions)),
            "w": rng.uniform(0.5, 2.0, 30 * len(regions)).round(2),
            "speed": rng.integers(1, 5, 30 * len(regions)),
            "updates": rng.integers(2, 5, 30 * len(regions)),
            "sex": np.tile(["L", "P"], 15 * len(regions)),
        }
    )


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The folder, which is also where the commands are called."""
    wave(1, ["Aceh", "Bali"]).to_csv(tmp_path / "a.csv", index=False)
    wave(2, ["Bali", "Riau"]).to_csv(tmp_path / "b.csv", index=False)
    (tmp_path / "book.toml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "kepuasan.toml").write_text(RECIPE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call():
    """Call a command: its exit code, what it printed, and what it said on the error stream."""
    from kepuasan.cli import main

    def called(*arguments):
        result = CliRunner().invoke(main, [str(one) for one in arguments], prog_name="kepuasan")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return called
