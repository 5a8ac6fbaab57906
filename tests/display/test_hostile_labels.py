"""Every figure of a report with labels as nobody wants them: no texts overlap, nothing leaves the page, files stay small."""

import numpy as np
import pandas as pd
import pytest
from display.extents import check_apart
from display.test_likert import HOSTILE

from kepuasan.display.dots import dot_plot
from kepuasan.display.figures import picture_bytes
from kepuasan.display.gaps import dumbbells, slopes
from kepuasan.display.importance import importance_bars
from kepuasan.display.quadrants import performance_map
from kepuasan.display.waterfall import waterfall

ITEMS = [f"item{place}" for place in range(len(HOSTILE))]
LABELS = dict(zip(ITEMS, HOSTILE, strict=True))


def scores(low, high, half):
    values = np.random.default_rng(0).uniform(low, high, len(ITEMS))
    return pd.DataFrame({"item": ITEMS, "estimate": values, "ci_low": values - half, "ci_high": values + half})


def groups():
    first = scores(55, 85, 4).assign(population=HOSTILE[0])
    return pd.concat([first, first.assign(population=HOSTILE[3], estimate=first["estimate"] + 3)])


def waves():
    return pd.concat([scores(55, 85, 4).assign(wave=wave) for wave in ("2020", "2021", "2022")])


def parts():
    table = scores(0.05, 0.3, 0.05).assign(part="level")
    return waterfall(table, start=70.0, end=70.0 + float(table["estimate"].sum()), labels=LABELS)


FIGURES = {
    "dots": lambda: dot_plot(waves(), labels=LABELS),
    "bars": lambda: importance_bars(scores(0.05, 0.3, 0.05), labels=LABELS),
    "map": lambda: performance_map(scores(0.05, 0.3, 0.05), scores(55, 85, 4), crosshair=(70.0, 0.15, "mean"), labels=LABELS),
    "gaps": lambda: dumbbells(groups(), "population", labels=LABELS),
    "slopes": lambda: slopes(waves(), labels=LABELS),
    "waterfall": parts,
}


@pytest.mark.parametrize("figure", FIGURES)
def test_no_texts_overlap_and_the_file_is_small(figure):
    axes = FIGURES[figure]()
    check_apart(axes)
    assert len(picture_bytes(axes, "svg")) < 60_000
    assert HOSTILE[0] in axes.get_label()
