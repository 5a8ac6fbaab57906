"""The waterfall: the frame first, parts end to end, printed parts that add up."""

from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.figure import Figure

from kepuasan.display.gaps import dumbbells
from kepuasan.display.waterfall import part_label, waterfall
from kepuasan.errors import DataError

PARTS = pd.DataFrame(
    {
        "part": ["level", "level", "frame", "level"],
        "driver": ["speed", "updates", "frame", "rest"],
        "estimate": [-0.7, -1.4, -0.8, 0.9],
        "ci_low": [-1.0, -2.0, -2.0, -1.0],
        "ci_high": [-0.4, -0.8, 0.4, 2.8],
    }
)
SHOWN = {"speed": "Kecepatan", "updates": "Kabar", "start": "Indeks 2020", "end": "Indeks 2022"}


def drawn(**more):
    return waterfall(PARTS, start=(75.7, 73.9, 77.5), end=73.7, labels=SHOWN, **more)


def test_the_frame_comes_first_and_the_other_parts_keep_their_order():
    labels = [tick.get_text() for tick in drawn().get_yticklabels()]
    assert labels == ["Indeks 2020", "Perbedaan kerangka sampel", "Kecepatan", "Kabar", "Butir lainnya", "Indeks 2022"]


def test_each_bar_begins_where_the_one_before_ends():
    bars = [bar for bar in drawn().patches if bar.get_height() == pytest.approx(0.6)][1:-1]
    ends = [75.7, 74.9, 74.2, 72.8, 73.7]
    for bar, (begin, end) in zip(bars, pairwise(ends), strict=True):
        assert sorted((bar.get_x(), bar.get_x() + bar.get_width())) == pytest.approx(sorted((begin, end)))


def test_rises_and_falls_differ_in_more_than_colour():
    fall, _, _, rise = [bar for bar in drawn().patches if bar.get_height() == pytest.approx(0.6)][1:-1]
    assert fall.get_hatch()
    assert not rise.get_hatch()
    written = [text.get_text() for text in drawn(language="en").texts]
    assert written[1] == "−0.8 (−2.0 to 0.4)"
    assert written[4] == "+0.9 (−1.0 to 2.8)"


def test_outer_bars_show_their_value_and_the_limits_they_have():
    written = [text.get_text() for text in drawn().texts]
    assert written[0] == "75,7 (73,9 s.d. 77,5)"
    assert written[-1] == "73,7"


def test_the_axis_says_that_it_does_not_start_at_zero():
    assert drawn().get_xlabel() == "Indeks; sumbu tidak mulai dari nol"
    assert drawn(language="en").get_xlabel() == "Index; the axis does not start at zero"


def test_axes_that_are_given_are_drawn_into():
    axes = Figure().add_subplot()
    assert drawn(ax=axes) is axes


def test_parts_that_do_not_add_up_are_refused_with_both_sums():
    with pytest.raises(DataError, match=r"add up to -2, but the index goes from 75.7 to 74.7, by -1"):
        waterfall(PARTS, start=75.7, end=74.7)


@pytest.mark.parametrize("fault", ["estimate", "ci_low"])
def test_a_table_without_its_columns_is_refused(fault):
    with pytest.raises(DataError, match=f"no column '{fault}'"):
        waterfall(PARTS.drop(columns=fault), start=75.7, end=73.7)


def test_a_missing_part_is_refused_not_drawn_as_nothing():
    with pytest.raises(DataError, match="add up to nan"):
        waterfall(PARTS.assign(estimate=float("nan")), start=75.7, end=73.7)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"part": "frame", "item": "index"}, "Difference of frame"),
        ({"part": "level", "item": "speed"}, "Speed"),
        ({"part": "weights", "item": "speed"}, "Weights of items: Speed"),
        ({"driver": "rest"}, "Other items"),
        ({"part": "mix"}, "Mix of respondents"),
        ({"part": "level", "item": "index"}, "What was answered"),
        ({"part": "level", "item": "speed", "category": ""}, "Speed"),
        ({"part": "explained", "item": "C(channel)", "category": 1}, "Explained by means: Channel: Website"),
        ({"part": "explained", "item": "C(channel)", "category": 2}, "Explained by means: Channel: 2"),
    ],
)
def test_a_part_is_called_by_its_own_name(row, text):
    assert part_label(row, {"speed": "Speed", "C(channel)": "Channel", ("C(channel)", 1): "Website"}, "en") == text


def test_zeros_and_limits_are_written_as_dumbbells_write_them():
    limits = {"ci_low": [-0.2, 1.0], "ci_high": [0.002, 3.0]}
    parts = pd.DataFrame({"item": ["a", "b"], "estimate": [0.0, 2.0], **limits})
    steps = [text.get_text() for text in waterfall(parts, start=70.0, end=72.0).texts][1:3]
    both = pd.DataFrame({"item": ["a", "b"] * 2, "wave": ["1", "1", "2", "2"], "estimate": [70.0, 70.0, 70.0, 72.0]})
    gaps = [text.get_text() for text in dumbbells(both.assign(ci_low=70.0, ci_high=70.0), "wave", gaps=parts).texts if "(" in text.get_text()]
    assert steps == gaps[::-1] == ["0,0 (−0,2 s.d. +0,0)", "+2,0 (1,0 s.d. 3,0)"]
