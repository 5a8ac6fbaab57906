"""Two tiny waves, and the results gathered from them."""

import numpy as np
import pandas as pd
import pytest

from kepuasan import Codebook, Design, IndexSpec, Survey, stack_waves
from kepuasan.codebook import AnswerScale, Driver, Item
from kepuasan.report import Request, gather
from kepuasan.scales import Scale

EVIL = "=cmd <script>alert(1)</script>"


def tiny_wave(seed, regions):
    """Sixty rows in strata of the regions, four units in each."""
    rng = np.random.default_rng(seed)
    region = np.repeat(regions, 60 // len(regions))
    return pd.DataFrame(
        {
            "region": region,
            "unit": np.tile(np.repeat([1, 2, 3, 4], 60 // len(regions) // 4), len(regions)),
            "w": rng.uniform(0.5, 2.0, 60).round(2),
            "speed": rng.integers(1, 5, 60),
            "updates": rng.integers(2, 5, 60),
            "sex": np.where(np.arange(60) % 12 == 0, "P", "L"),
        }
    )


@pytest.fixture(scope="session")
def codebook():
    items = {
        "speed": Item("speed", {"id": "Kecepatan", "en": "Speed"}, scale="puas", dimension="service"),
        "updates": Item("updates", {"id": "Kabar", "en": "Updates"}, scale="puas", dimension="service"),
        "sex": Item("sex", {"id": "Jenis kelamin", "en": "Sex"}, type="text", values={"P": EVIL, "L": {"id": "Laki-laki", "en": "Men"}}),
    }
    return Codebook(
        items,
        scales={"puas": AnswerScale("puas", Scale(1, 4))},
        dimensions={"service": {"id": "Layanan", "en": "Service"}},
        index={"items": ["speed", "updates"], "scoring": "top-box", "top": 2},
        drivers={"speed": Driver("speed", {"id": "Kecepatan", "en": "Speed"}, ("speed",))},
        source="made up for tests",
    )


@pytest.fixture(scope="session")
def waves(codebook):
    design = Design(weight="w", strata="region", psu="unit")
    first = Survey(tiny_wave(1, ["Aceh", "Bali", "Papua"]), codebook, design)
    second = Survey(tiny_wave(2, ["Bali", "Papua", "Riau"]), codebook, design)
    return {"2020": first, "2022": second}


@pytest.fixture(scope="session")
def results(waves):
    note = {"id": "Data karangan.", "en": "Made-up data."}
    request = Request(("2020", "2022"), title=EVIL, frame="region", domains=("sex",), notes=(note,))
    return gather(stack_waves(waves), request, inputs={"a.csv": "00"})


@pytest.fixture(scope="session")
def single(waves):
    return gather(waves["2020"], Request(("2020",), spec=IndexSpec(["speed", "updates"], scoring="share-of-max")))
