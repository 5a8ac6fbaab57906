"""Dots with limits: one row an estimate, waves told apart by marker as well as colour."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.figure import Figure

from kepuasan.display.dots import dot_plot, row_labels
from kepuasan.errors import DataError


def scores(**key):
    size = len(next(iter(key.values())))
    return pd.DataFrame(
        {**key, "estimate": [70.0 + i for i in range(size)], "ci_low": [68.0 + i for i in range(size)], "ci_high": [72.0 + i for i in range(size)]}
    )


def texts(axes):
    return [one.get_text() for one in axes.texts]


def test_rows_run_from_the_top_with_their_values_beside_them():
    axes = dot_plot(scores(item=["index"] * 3, wave=["2020", "2021", "2022"]), unit="persen", title="Indeks")
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["2020", "2021", "2022"]
    assert list(axes.get_yticks()) == [0.0, -1.0, -2.0]
    assert texts(axes)[0] == "70,0 (68,0 s.d. 72,0)"
    assert axes.get_xlabel() == "persen"


def test_waves_share_a_row_and_differ_in_marker_and_colour():
    table = scores(item=["speed", "speed", "updates", "updates"], wave=["2020", "2022"] * 2)
    axes = dot_plot(table, labels={"speed": "Kecepatan"}, language="en")
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Kecepatan", "updates"]
    assert len({line.get_marker() for line in axes.get_lines()}) == len({line.get_color() for line in axes.get_lines()}) == 2
    assert [entry.get_text() for entry in axes.get_legend().get_texts()] == ["2020", "2022"]


def test_a_dot_stands_at_its_estimate_within_its_limits():
    axes = dot_plot(scores(item=["speed", "updates"]))
    assert list(axes.get_lines()[0].get_xdata()) == [70.0, 71.0]
    assert [segment[:, 0].tolist() for segment in axes.collections[0].get_segments()] == [[68.0, 72.0], [69.0, 73.0]]


def test_axes_that_are_given_are_drawn_into_and_pyplot_is_left_alone():
    figure = Figure()
    axes = figure.add_subplot()
    before = plt.get_fignums()
    assert dot_plot(scores(item=["speed"]), ax=axes) is axes
    assert dot_plot(scores(item=["speed"])).figure is not figure
    assert plt.get_fignums() == before


def test_no_two_texts_of_a_crowded_figure_overlap():
    items = [f"a rather long name of item number {i}" for i in range(12)]
    axes = dot_plot(scores(item=[name for name in items for _ in range(3)], wave=["2020", "2021", "2022"] * 12), title="A title " * 12)
    axes.figure.draw_without_rendering()
    renderer = axes.figure.canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for text in (*axes.texts, *axes.get_yticklabels(), *axes.get_legend().get_texts(), axes.title)]
    assert not [(i, j) for i, one in enumerate(boxes) for j, other in enumerate(boxes) if i < j and one.overlaps(other)]
    width, height = axes.figure.canvas.get_width_height()
    assert all(box.x0 >= -1 and box.x1 <= width + 1 and box.y0 >= -1 and box.y1 <= height + 1 for box in boxes)


def test_row_labels_leave_out_what_is_the_same_in_every_row():
    assert row_labels(scores(item=["index"] * 2, sex=["L", "P"]), {"L": "Laki-laki"}) == ["Laki-laki", "P"]
    assert row_labels(scores(item=["index"])) == ["index"]


def test_shares_are_written_with_three_decimals():
    table = pd.DataFrame({"category": ["1"], "estimate": [0.1234], "ci_low": [0.1], "ci_high": [0.2]})
    assert texts(dot_plot(table, language="en")) == ["0.123 (0.100 to 0.200)"]


def test_a_table_without_limits_or_rows_is_refused():
    with pytest.raises(DataError, match="no column 'ci_low'"):
        dot_plot(scores(item=["speed"]).drop(columns="ci_low"))
    with pytest.raises(DataError, match="no rows"):
        dot_plot(scores(item=["speed"]).iloc[:0])
