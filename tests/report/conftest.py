"""Two tiny waves and the sample, and the results gathered from them."""

import numpy as np
import pandas as pd
import pytest

from kepuasan import Codebook, Design, IndexSpec, Survey, load_sample, stack_waves
from kepuasan.codebook import AnswerScale, Driver, Item
from kepuasan.report import Against, Fieldwork, Group, Plan, ReportRequest, gather_results
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
    request = ReportRequest(("2020", "2022"), title=EVIL, frame="region", domains=("sex",), notes=(note,))
    return gather_results(stack_waves(waves), request, inputs={"a.csv": "00"})


@pytest.fixture(scope="session")
def single(waves):
    return gather_results(waves["2020"], ReportRequest(("2020",), spec=IndexSpec(["speed", "updates"], scoring="share-of-max")))


@pytest.fixture(scope="session")
def sample_request():
    """All that can be asked of the sample: three waves of users, and administrators beside them."""
    counts = {"I": 1210, "P": 12, "R": 310, "NC": 402, "O": 15, "UH": 80, "UO": 25, "NE": 60}
    return ReportRequest(
        ("2020", "2021", "2022"),
        title="SP4N-LAPOR!",
        frame="region",
        domains=("sex", "education"),
        fieldwork={"2022": Fieldwork(counts, dates="2022", frame={"id": "Pengguna aplikasi", "en": "Users of the application"}, mode="telephone")},
        league="region",
        provinces="province",
        outcome="overall",
        groups=(
            Group({"id": "Perempuan", "en": "Women"}, "sex == 'P'"),
            Group({"id": "Pemuda", "en": "Youth"}, "age <= 30"),
            Group({"id": "Penyandang disabilitas", "en": "Persons with disability"}, "disability == 1"),
        ),
        against=Against(load_sample("admins"), {"id": "Admin", "en": "Administrators"}, {"id": "Pengguna", "en": "Users"}),
        plan=(Plan("response_speed", "Janji layanan lima hari", "2023", "Biro Humas"),),
    )


@pytest.fixture(scope="session")
def sample_results(sample_request):
    return gather_results(load_sample("users"), sample_request, inputs={"users_2022.csv": "00"})
