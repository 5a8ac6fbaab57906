"""A survey in which nothing is odd."""

import numpy as np
import pandas as pd

from kepuasan import Codebook, Design
from kepuasan.codebook import AnswerScale, Item
from kepuasan.scales import Scale

ITEMS = [f"u{place}" for place in range(1, 10)]
SCALES = {"puas": AnswerScale("puas", Scale(1, 4, (1, 2, 3, 4)), {1: "Tidak puas", 4: "Sangat puas"})}
N = 400


def rows(seed=7):
    """Answers of one factor, with refusals; who answered; weights of two strata."""
    rng = np.random.default_rng(seed)
    normal = 0.6 * rng.standard_normal((N, 1)) + 0.8 * rng.standard_normal((N, len(ITEMS)))
    answers = 1 + np.searchsorted([-1.5, -0.5, 0.8], normal)
    answers[rng.random(answers.shape) < 0.01] = 9
    frame = pd.DataFrame(answers, columns=ITEMS)
    frame["respondent"] = [f"r{place:04}" for place in range(N)]
    frame["stratum"] = np.repeat(["Aceh", "Bali"], N // 2)
    frame["unit"] = np.repeat(np.arange(40), N // 40)
    frame["w"] = rng.uniform(20.0, 60.0, N).round(1)
    frame["sex"] = rng.choice(["L", "P"], N)
    frame["age"] = rng.integers(17, 75, N)
    frame["education"] = rng.integers(1, 6, N)
    frame["interview"] = pd.to_datetime("2024-03-01") + pd.to_timedelta(rng.integers(0, 30, N), unit="D")
    return frame


def book(**changed):
    items = {name: Item(name, scale="puas", missing={9: "Menolak"}) for name in ITEMS}
    items |= {
        "sex": Item("sex", type="text", values={"L": "Laki-laki", "P": "Perempuan"}),
        "age": Item("age"),
        "interview": Item("interview", type="date"),
    }
    return Codebook(items | changed, scales=SCALES, index={"items": ITEMS})


DESIGN = Design(weight="w", strata="stratum", psu="unit")
