"""Stacked bars of answers: parts add up to 100, numbers are readable, order is from the worst to the best."""

import numpy as np
import pandas as pd
import pytest
from display.extents import check_apart
from matplotlib.colors import to_hex

from kepuasan.display.figures import picture_bytes
from kepuasan.display.likert import likert_bars
from kepuasan.display.shades import agreement, contrast
from kepuasan.errors import DataError

ANSWERS = {1: "Sangat tidak puas", 2: "Tidak puas", 3: "Puas", 4: "Sangat puas"}
HOSTILE = ["Nama " + "panjang sekali " * 20, "x" * 300, "", "مرحبا بالعالم", "\U0001f600 \U0001f468\u200d\U0001f4bb $x$ dan $y$", "<b>&amp;"]


def shares(items, count=4, seed=0):
    found = np.random.default_rng(seed).dirichlet(np.arange(1, count + 1), len(items))
    return pd.DataFrame({"item": np.repeat(items, count), "category": np.tile(range(1, count + 1), len(items)), "estimate": found.ravel()})


def widths(axes):
    """Widths of the parts (answers, items)."""
    return np.array([[bar.get_width() for bar in container] for container in axes.containers])


def test_parts_add_up_to_100_and_stand_in_the_order_of_the_answers():
    axes = likert_bars(shares(["a", "b", "c"]), answers=ANSWERS)
    assert widths(axes).sum(axis=0).tolist() == [100.0, 100.0, 100.0]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == list(ANSWERS.values())
    assert [to_hex(container[0].get_facecolor()).upper() for container in axes.containers] == agreement(4)


def test_percentages_are_rounded_so_that_they_add_up_to_100():
    """A third each is written 34, 33 and 33, not 33 three times."""
    table = pd.DataFrame({"item": ["a"] * 3, "category": [1, 2, 3], "estimate": [1 / 3] * 3})
    assert [text.get_text() for text in likert_bars(table).texts] == ["34", "33", "33"]


def test_only_parts_of_six_percent_and_more_carry_their_number():
    table = pd.DataFrame({"item": ["a"] * 4, "category": [1, 2, 3, 4], "estimate": [0.05, 0.06, 0.29, 0.60]})
    axes = likert_bars(table, answers=ANSWERS)
    assert [text.get_text() for text in axes.texts] == ["6", "29", "60"]
    assert axes.get_label() == "Jawaban untuk setiap butir. a: Sangat tidak puas 5 %, Tidak puas 6 %, Puas 29 %, Sangat puas 60 %."


@pytest.mark.parametrize("count", range(2, 12))
def test_numbers_stand_out_from_every_colour(count):
    axes = likert_bars(shares(["a", "b"], count))
    colours = {to_hex(bar.get_facecolor()): bar for container in axes.containers for bar in container}
    assert len(colours) == count
    for text in axes.texts:
        x, y = text.get_position()
        bars = [bar for container in axes.containers for bar in container]
        under = [bar for bar in bars if bar.get_x() < x < bar.get_x() + bar.get_width() and abs(y - bar.get_y()) < 0.6]
        assert max(contrast(to_hex(text.get_color()), to_hex(bar.get_facecolor())) for bar in under) >= 4.5


@pytest.mark.parametrize("items", [HOSTILE, HOSTILE[:1], [f"Butir nomor {i}" for i in range(20)]], ids=["hostile", "one", "twenty"])
def test_no_texts_overlap_whatever_items_are_called(items):
    axes = likert_bars(shares(range(len(items))), labels=dict(enumerate(items)), answers={**ANSWERS, 1: HOSTILE[0]}, title="Jawaban", language="en")
    check_apart(axes)
    assert items[0] in axes.get_label()


def test_an_answer_without_a_name_is_called_by_its_code():
    axes = likert_bars(shares(["a"], 3), answers={1: "low", 2: " "})
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["low", "2", "3"]


def test_bars_that_are_none_are_refused():
    with pytest.raises(DataError, match="12 answers, and bars tell 11 apart"):
        likert_bars(shares(["a"], 12))
    with pytest.raises(DataError, match="shares of 'a' add up to 0.5, not to 1"):
        likert_bars(pd.DataFrame({"item": ["a"], "category": [1], "estimate": [0.5]}))
    with pytest.raises(DataError, match="more than one row of 'a, 1'"):
        likert_bars(pd.DataFrame({"item": ["a", "a"], "category": [1, 1], "estimate": [0.5, 0.5]}))


def test_the_same_bars_give_the_same_small_file():
    made = [picture_bytes(likert_bars(shares([f"Butir nomor {i}" for i in range(12)]), answers=ANSWERS), "svg") for _ in range(2)]
    assert made[0] == made[1]
    assert len(made[0]) < 60_000
