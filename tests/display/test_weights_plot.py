"""The outlines of weights: both ends told apart by more than colour, numbers beside them, nothing that overlaps."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from kepuasan import Design, Survey, add_replicates, rake, stack_waves, trim_weights
from kepuasan.display.figures import describe, save
from kepuasan.display.weights import Outline, outline_rows, weight_outlines
from kepuasan.errors import ChoiceError, DataError
from kepuasan.weighting.diagnostics import plot_weights

RNG = np.random.default_rng(5)
PLAIN, SPREAD = RNG.uniform(1.0, 3.0, 400), RNG.lognormal(3.0, 1.0, 400)
CASES = {
    "one weight": [Outline("only", None, np.full(30, 7.0))],
    "one row": [Outline("only", None, np.array([2.0]))],
    "one weight at the start": [Outline("start", None, np.ones(400)), Outline("now", None, SPREAD)],
    "zeros": [Outline("start", None, PLAIN), Outline("now", None, np.where(PLAIN > 2.5, 0.0, 1e6 * PLAIN))],
    "negative": [Outline("start", None, np.ones(300)), Outline("now", None, RNG.normal(1.0, 0.6, 300))],
    "extreme": [Outline("start", None, PLAIN), Outline("now", None, RNG.lognormal(0.0, 4.0, 5000))],
    "extreme and negative": [Outline("start", None, PLAIN), Outline("now", None, np.append(RNG.lognormal(0.0, 2.0, 5000), -0.5))],
    "tiny": [Outline("start", None, 1e-7 * PLAIN), Outline("now", None, 1e-7 * SPREAD)],
    "waves": [Outline(moment, wave, SPREAD) for wave in ("2020", "2021", "2022") for moment in ("start", "now")],
}


def weighted():
    frame = pd.DataFrame({"w": PLAIN, "sex": np.where(np.arange(400) % 3 > 0, "L", "P"), "psu": np.arange(400) // 10})
    start = Survey(frame, design=Design(weight="w", psu="psu"))
    return start, trim_weights(rake(start, {"sex": {"L": 1000.0, "P": 1000.0}}), upper=10.0)


def bars(axes):
    return [bar for bar in axes.patches if not bar.get_fill()]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", CASES)
def test_no_two_texts_overlap_and_all_lie_inside_the_figure(name, language):
    axes = weight_outlines(CASES[name], language=language)
    axes.figure.draw_without_rendering()
    renderer = axes.figure.canvas.get_renderer()
    texts = [*axes.texts, *axes.get_yticklabels(), *axes.get_xticklabels(), axes.xaxis.label, axes._left_title]
    low, high = axes.get_xlim()
    ticks = [label for label, place in zip(axes.get_xticklabels(), axes.get_xticks(), strict=True) if low <= place <= high]
    assert 2 <= len(ticks) <= 12
    shown = [text for text in texts if text.get_text() and (text not in axes.get_xticklabels() or text in ticks)]
    boxes = [text.get_window_extent(renderer) for text in shown]
    assert not [(i, j) for i, one in enumerate(boxes) for j, other in enumerate(boxes) if i < j and one.overlaps(other)]
    width, height = axes.figure.canvas.get_width_height()
    assert all(box.x0 >= -1 and box.x1 <= width + 1 and box.y0 >= -1 and box.y1 <= height + 1 for box in boxes)


def test_start_and_now_differ_in_line_marker_and_colour():
    axes = weight_outlines(CASES["zeros"])
    start, now = bars(axes)
    assert start.get_linestyle() != now.get_linestyle()
    assert start.get_edgecolor() != now.get_edgecolor()
    markers = {line.get_marker() for line in axes.get_lines()} - {"None", "|"}
    assert len(markers) == 2


def test_extremes_median_and_design_effect_stand_beside_each_outline():
    start, now = (text.get_text().splitlines() for text in weight_outlines(CASES["zeros"], language="id").texts)
    assert start == [
        f"min {PLAIN.min():.2f}".replace(".", ","),
        f"median {np.median(PLAIN):.2f}".replace(".", ","),
        f"maks {PLAIN.max():.2f}".replace(".", ","),
        f"efek rancangan (Kish) {1 + (PLAIN.std() / PLAIN.mean()) ** 2:.2f}".replace(".", ","),
    ]
    assert now[0] == f"min {1e6 * PLAIN.min():,.0f}".replace(",", ".")
    assert now[-1] == f"baris berpenimbang 0: {(PLAIN > 2.5).sum()}"


def test_the_line_below_runs_from_the_least_to_the_largest_weight_over_the_mean():
    axes = weight_outlines([Outline("only", None, PLAIN)])
    extremes = next(line for line in axes.get_lines() if line.get_marker() == "|")
    assert list(extremes.get_xdata()) == pytest.approx([PLAIN.min() / PLAIN.mean(), PLAIN.max() / PLAIN.mean()])
    values, edges, _ = bars(axes)[0].get_data()
    assert (edges[0], edges[-1]) == pytest.approx(extremes.get_xdata())
    count = np.histogram(PLAIN / PLAIN.mean(), edges)[0]
    assert values == pytest.approx(values.max() * count / count.max())


@pytest.mark.parametrize(
    ("name", "scale"), [("zeros", "linear"), ("one weight", "linear"), ("negative", "linear"), ("extreme", "log"), ("tiny", "log")]
)
def test_the_axis_is_logarithmic_where_positive_weights_are_far_apart(name, scale):
    axes = weight_outlines(CASES[name], language="en")
    assert axes.get_xscale() == scale
    assert ("logarithmic" in axes.get_xlabel()) == (scale == "log")


def test_ticks_of_a_logarithmic_axis_are_plain_numbers_in_the_language():
    axes = weight_outlines([Outline("only", None, np.geomspace(0.02, 3.0, 50) * 40)], language="id")
    assert [label.get_text() for label in axes.get_xticklabels()] == ["0,05", "0,1", "0,2", "0,5", "1", "2", "5"]


def test_one_weight_is_a_spike_at_the_mean():
    axes = weight_outlines(CASES["one weight"], language="en")
    assert axes.texts[0].get_text() == "all 7.00"
    assert not bars(axes)
    assert [segment[:, 0].tolist() for segment in axes.collections[0].get_segments()] == [[1.0, 1.0]]


def test_negative_weights_are_counted_in_words():
    name, words = outline_rows(CASES["negative"], "en")[1]
    assert name == "Now"
    assert words.startswith("min \N{MINUS SIGN}0.")
    assert words.endswith(f"negative weights: {(CASES['negative'][1].weights < 0).sum()}")


def test_the_rows_make_the_text_for_those_who_do_not_see_the_figure():
    rows = outline_rows([Outline("start", "2020", np.ones(3)), Outline("now", "2020", np.array([0.5, 0.5, 3.0]))], "en")
    assert describe("Weights", rows) == "Weights. Start 2020: all 1.00; Now 2020: min 0.500; median 0.500; max 3.00; design effect (Kish) 1.78."


def test_weights_that_sum_to_nothing_are_refused():
    with pytest.raises(DataError, match="the 2 weights sum to -1; weights are drawn over their mean"):
        weight_outlines([Outline("only", None, np.array([1.0, -2.0]))])


# ---------------------------------------------------------------- of a survey


def test_a_weighted_survey_is_drawn_at_the_start_and_now():
    start, now = weighted()
    axes = plot_weights(now, language="en")
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Start", "Now"]
    assert axes.texts[1].get_text().splitlines()[2] == "max 10.0"
    assert [label.get_text() for label in plot_weights(add_replicates(start, "jk1")).get_yticklabels()] == ["Penimbang"]


def test_a_domain_is_drawn_by_its_own_rows():
    women = weighted()[1].where("sex == 'P'")
    words = plot_weights(women, language="en").texts[1].get_text()
    assert f"median {women.weights.median():.2f}" in words


def test_waves_weighted_before_they_were_stacked_have_outlines_of_their_own():
    start, now = weighted()
    stacked = stack_waves({"2020": start, "2022": now})
    assert [label.get_text() for label in plot_weights(stacked).get_yticklabels()] == ["Awal 2020", "Sekarang 2020", "Awal 2022", "Sekarang 2022"]
    assert len(plot_weights(stacked.where("wave == '2022'")).texts) == 2


def test_axes_that_are_given_are_drawn_into_and_pyplot_is_left_alone():
    axes, before = Figure().add_subplot(), plt.get_fignums()
    assert plot_weights(weighted()[1], axes) is axes
    assert plot_weights(weighted()[1]).figure is not axes.figure
    assert plt.get_fignums() == before


def test_the_same_weights_give_the_same_bytes(tmp_path):
    first, second = (save(plot_weights(weighted()[1]), tmp_path / name) for name in ("one", "two"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_another_language_and_what_is_no_survey_are_refused():
    with pytest.raises(ChoiceError, match="language is 'fr'"):
        plot_weights(weighted()[0], language="fr")
    with pytest.raises(DataError, match="not a Survey"):
        plot_weights(PLAIN)
