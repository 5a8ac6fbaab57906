"""Importance as bars, and against performance as a map: sorted, told apart by more than colour, with a text for those who do not see it."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from display.extents import boxes_of, check_apart
from matplotlib.figure import Figure

from kepuasan.display.figures import save
from kepuasan.display.importance import importance_bars
from kepuasan.display.quadrants import Cross, performance_map
from kepuasan.errors import ChoiceError, DataError

NAN = float("nan")
SHOWN = {
    "speed": "Kecepatan respons",
    "updates": "Kemudahan memantau perkembangan laporan",
    "staff": "Sikap petugas",
    "L": "Laki-laki",
    "P": "Perempuan",
}


def table(items, values, half=0.05, **key):
    values = np.array(values, dtype=float)
    return pd.DataFrame({"item": items, **key, "estimate": values, "se": half / 2, "ci_low": values - half, "ci_high": values + half, "level": 0.95})


THREE = table(["speed", "updates", "staff"], [0.2, 0.5, 0.3])
SCORES = table(["staff", "speed", "updates"], [80.0, 70.0, 60.0], 2.0)


def many(count, seed=0):
    rng = np.random.default_rng(seed)
    items = [f"A rather long name of item number {i}" for i in range(count)]
    share = rng.dirichlet(np.ones(count))
    return table(items, share, 0.3 / count), table(items, rng.normal(74, 4, count), 2.0)


def bars_of(axes):
    return [bar for bar in axes.patches if bar.get_height() > 0.5]


def labels_of(axes):
    return [tick.get_text() for tick in axes.get_yticklabels()]


def texts_of(axes):
    return [text.get_text() for text in axes.texts]


def mapped(**more):
    return performance_map(THREE, SCORES, **{"crosshair": (70.0, 0.3, "mean of the drivers"), "language": "en", **more})


# ---------------------------------------------------------------- bars


def test_the_largest_bar_is_on_top_and_begins_at_zero():
    axes = importance_bars(THREE, labels=SHOWN)
    assert labels_of(axes) == ["Kemudahan memantau perkembangan\nlaporan", "Sikap petugas", "Kecepatan respons"]
    assert [bar.get_width() for bar in bars_of(axes)] == [0.5, 0.3, 0.2]
    assert {bar.get_x() for bar in bars_of(axes)} == {0.0}
    assert list(axes.get_yticks()) == sorted(axes.get_yticks(), reverse=True)
    assert texts_of(axes)[0] == "0,500 (0,450 s.d. 0,550)"


def test_limits_are_drawn_where_there_are_any():
    axes = importance_bars(THREE.assign(ci_low=[0.1, NAN, 0.2]))
    dark = axes.collections[-1].get_segments()
    assert [segment[:, 0].tolist() for segment in dark] == [pytest.approx([0.2, 0.35]), pytest.approx([0.1, 0.25])]
    assert texts_of(axes)[0] == "0,500"


def test_ties_keep_the_order_of_the_table():
    axes = importance_bars(table(["c", "a", "b"], [0.1, 0.1, 0.1]))
    assert labels_of(axes) == ["c", "a", "b"]


def test_a_missing_estimate_has_no_bar_and_comes_last():
    axes = importance_bars(table(["speed", "updates"], [NAN, -0.1]), language="en")
    assert labels_of(axes) == ["updates", "speed"]
    assert texts_of(axes) == ["−0.100 (−0.150 to −0.050)", "–"]
    assert [bar.get_width() for bar in bars_of(axes)] == [-0.1, 0.0]
    assert axes.get_xlim()[0] < -0.15


def test_shares_are_written_so_that_they_add_up_to_a_hundred():
    axes = importance_bars(table(["a", "b", "c"], [1 / 3, 1 / 3, 1 / 3]), measure="share", language="en")
    assert [text.split(" ")[0] for text in texts_of(axes)] == ["33.4", "33.3", "33.3"]
    assert axes.get_xlabel() == "Importance, percent of what the drivers account for"


def test_what_does_not_add_up_is_rounded_by_itself():
    axes = importance_bars(table(["a", "b"], [0.33333, 0.33333]), measure="share")
    assert [text.split(" ")[0] for text in texts_of(axes)] == ["33,3", "33,3"]
    assert importance_bars(THREE).get_xlabel() == "Kepentingan, dalam satuan R²"


@pytest.mark.parametrize(
    ("measure", "indonesian", "english"),
    [
        ("share", "Kepentingan, persen dari sumbangan semua faktor", "Importance, percent of what the drivers account for"),
        ("share_of_sum", "Kepentingan, persen dari jumlah kepentingan", "Importance, percent of the sum of importances"),
        ("r_squared", "Kepentingan, dalam satuan R²", "Importance, in units of R²"),
        ("mcfadden", "Kepentingan, dalam satuan R² McFadden", "Importance, in units of McFadden's R²"),
    ],
)
def test_the_axis_says_what_importance_is_in(measure, indonesian, english):
    assert importance_bars(THREE, measure=measure).get_xlabel() == indonesian
    assert mapped(measure=measure).get_ylabel() == english


def test_domains_share_an_item_and_differ_in_colour_and_hatching():
    women, men = table(["speed", "updates"], [0.6, 0.4], sex="P"), table(["speed", "updates"], [0.1, 0.9], sex="L")
    axes = importance_bars(pd.concat([women, men]), measure="share", labels=SHOWN)
    assert [tick.split("\n")[0] for tick in labels_of(axes)] == ["Kemudahan memantau perkembangan", "Kecepatan respons"]
    assert len(bars_of(axes)) == 4
    assert len({(bar.get_hatch(), bar.get_facecolor()) for bar in bars_of(axes)}) == len({bar.get_hatch() for bar in bars_of(axes)}) == 2
    assert [entry.get_text() for entry in axes.get_legend().get_texts()] == ["Perempuan", "Laki-laki"]
    assert "Kecepatan respons, Laki-laki: 10,0 (5,0 s.d. 15,0)" in axes.get_label()
    assert bars_of(importance_bars(women))[0].get_hatch() != bars_of(axes)[-1].get_hatch()


def test_seven_domains_and_an_item_twice_are_refused():
    with pytest.raises(DataError, match=r"there are 7 domains \('0', '1', '2', '3', '4' and 2 more\), and bars tell 6 apart"):
        importance_bars(pd.concat([table(["speed"], [0.1], wave=str(i)) for i in range(7)]))
    with pytest.raises(DataError, match="more than one row of 'speed'; give one row for each item"):
        importance_bars(pd.concat([THREE, THREE[:1]]))


def test_the_text_of_the_bars_says_every_value_in_both_languages():
    assert importance_bars(THREE[:1]).get_label() == "Kepentingan setiap faktor. speed: 0,200 (0,150 s.d. 0,250)."
    assert importance_bars(THREE[:1], language="en", title="Drivers").get_label() == "Drivers. speed: 0.200 (0.150 to 0.250)."
    with pytest.raises(ChoiceError, match="language is 'fr'"):
        importance_bars(THREE, language="fr")


@pytest.mark.parametrize("count", [1, 9, 25])
def test_no_two_texts_of_the_bars_overlap(count):
    check_apart(importance_bars(many(count)[0], measure="share", title="Importance of each driver"))


def test_no_two_texts_of_grouped_bars_overlap():
    names = ["Perempuan muda", "Laki-laki muda", "Perempuan dewasa", "Laki-laki dewasa", "Perempuan lansia", "Laki-laki lansia"]
    tables = [many(4, seed)[0].assign(group=name) for seed, name in enumerate(names)]
    grouped = pd.concat([one[["item", "group", "estimate", "ci_low", "ci_high"]] for one in tables])
    axes = importance_bars(grouped, measure="share", title="Kepentingan menurut kelompok")
    assert len(bars_of(axes)) == 24
    check_apart(axes)


# ---------------------------------------------------------------- the map


def test_performance_is_across_and_importance_upwards():
    axes = mapped()
    points = sorted(tuple(point) for line in axes.get_lines() if line.get_linestyle() == "None" for point in line.get_xydata())
    assert points == [(60.0, 0.5), (70.0, 0.2), (80.0, 0.3)]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("Performance", "Importance, in units of R²")


def test_quadrants_are_named_in_their_corners_in_both_languages():
    corners = {
        (0.015, 0.985): "Concentrate here",
        (0.985, 0.985): "Keep up the good work",
        (0.015, 0.015): "Low priority",
        (0.985, 0.015): "Possible overkill",
    }
    named = {text.get_position(): text.get_text() for text in mapped().texts if text.get_fontweight() == "bold"}
    assert named == corners
    assert {"Prioritas utama", "Pertahankan prestasi", "Prioritas rendah", "Berlebihan"} <= set(texts_of(mapped(language="id")))


def test_quadrants_differ_in_marker_and_an_item_on_the_crosshair_lies_above_and_to_the_right():
    dots = [line for line in mapped().get_lines() if line.get_linestyle() == "None"]
    assert len({line.get_marker() for line in dots}) == len({line.get_color() for line in dots}) == 3
    assert "staff: performance 80.0 (78.0 to 82.0), importance 0.300 (0.250 to 0.350), quadrant Keep up the good work" in mapped().get_label()
    assert "quadrant Possible overkill" in mapped().get_label()


def test_the_rule_of_the_crosshair_is_written_on_both_lines():
    texts = texts_of(mapped())
    assert "mean of the drivers 70.0" in texts
    assert "mean of the\ndrivers\n0.300" in texts
    assert mapped().get_label().startswith("Importance-performance map. Crosshair: mean of the drivers, performance 70.0, importance 0.300; ")
    assert "70.0" in texts_of(mapped(crosshair=Cross(70.0, 0.3)))


def test_both_limits_of_each_item_are_drawn():
    (lines,) = [one for one in mapped().collections if one.get_zorder() == 3]
    segments = [segment.tolist() for segment in lines.get_segments()]
    assert len(segments) == 6
    assert [pytest.approx([78.0, 0.3]), pytest.approx([82.0, 0.3])] in segments
    assert [pytest.approx([80.0, 0.25]), pytest.approx([80.0, 0.35])] in segments


def test_a_missing_limit_is_not_drawn():
    axes = performance_map(THREE.assign(ci_low=NAN), SCORES, crosshair=(70.0, 0.3))
    (lines,) = [one for one in axes.collections if one.get_zorder() == 3]
    assert len(lines.get_segments()) == 3


def test_a_column_of_quadrants_stands_before_what_the_crosshair_says():
    said = THREE.assign(quadrant=["low", "concentrate", "overkill"])
    axes = performance_map(said, SCORES, crosshair=(70.0, 0.3), language="en")
    assert "importance 0.300 (0.250 to 0.350), quadrant Possible overkill" in axes.get_label()
    assert "speed: performance 70.0 (68.0 to 72.0), importance 0.200 (0.150 to 0.250), quadrant Low priority" in axes.get_label()
    markers = {line.get_marker(): line.get_xydata().tolist() for line in axes.get_lines() if line.get_linestyle() == "None"}
    assert markers == {"s": [[70.0, 0.2]], "^": [[60.0, 0.5]], "D": [[80.0, 0.3]]}
    with pytest.raises(DataError, match="the map has no quadrant 'lo'; did you mean 'low'"):
        performance_map(said.replace("low", "lo"), SCORES, crosshair=(70.0, 0.3))


def test_the_probability_of_a_quadrant_is_written_and_its_marker_hollow_where_it_is_low():
    axes = performance_map(THREE.assign(probability=[0.62, 0.9999, 0.95]), SCORES, crosshair=(70.0, 0.3), language="en", unit="percent")
    assert {"speed (62\N{NO-BREAK SPACE}%)", "updates (>\N{NO-BREAK SPACE}99\N{NO-BREAK SPACE}%)", "staff (95\N{NO-BREAK SPACE}%)"} <= set(
        texts_of(axes)
    )
    hollow = [line for line in axes.get_lines() if line.get_linestyle() == "None" and line.get_markerfacecolor() == "white"]
    assert [line.get_xydata().tolist() for line in hollow] == [[[70.0, 0.2]]]
    assert (
        axes.get_xlabel()
        .replace("\n", " ")
        .endswith("In brackets: probability that a driver lies in its quadrant; hollow where below 90\N{NO-BREAK SPACE}%")
    )
    assert "probability of the quadrant 62\N{NO-BREAK SPACE}%" in axes.get_label()


def test_shares_and_their_crosshair_are_drawn_in_percent():
    axes = mapped(measure="share")
    assert axes.get_ylabel() == "Importance, percent of what the drivers account for"
    assert "mean of the\ndrivers\n30.0" in texts_of(axes)
    assert "importance 50.0 (45.0 to 55.0)" in axes.get_label()


@pytest.mark.parametrize("count", [1, 9, 25])
def test_labels_of_the_map_overlap_neither_each_other_nor_points_nor_names(count):
    importance, performance = many(count)
    importance["probability"] = np.linspace(0.4, 1.0, count)
    centre = (float(performance["estimate"].mean()), 1 / count, "rata-rata faktor")
    axes = performance_map(importance, performance, crosshair=centre, measure="share", title="Kepentingan dan kinerja", unit="persen")
    check_apart(axes)
    dots = axes.transData.transform(np.concatenate([line.get_xydata() for line in axes.get_lines() if line.get_linestyle() == "None"]))
    assert len(dots) == count
    assert not [dot for box in boxes_of(axes, axes.texts) for dot in dots if box.contains(*dot)]


def test_labels_of_a_map_in_half_a_figure_are_broken_and_still_apart():
    figure = Figure(figsize=(8.0, 4.2), layout="constrained")
    left, right = figure.subplots(1, 2)
    importance, performance = many(6)
    centre = (float(performance["estimate"].mean()), 1 / 6, "rata-rata faktor")
    performance_map(
        importance.assign(probability=0.7), performance, crosshair=centre, ax=left, labels=dict.fromkeys(importance["item"], SHOWN["updates"])
    )
    importance_bars(importance, ax=right)
    assert "Prioritas\nutama" in texts_of(left)
    assert f"Kemudahan\nmemantau\nperkembangan\nlaporan (70{chr(0xA0)}%)" in texts_of(left)
    check_apart(left)


def test_a_point_at_the_edge_and_a_crosshair_far_off_leave_room_for_all_names():
    check_apart(mapped(crosshair=(95.0, 0.01, "targets set by the ministry for the coming year")))


def test_both_figures_are_drawn_into_axes_that_are_given():
    figure, before = Figure(figsize=(8.0, 4.5), layout="constrained"), plt.get_fignums()
    left, right = figure.subplots(1, 2)
    assert importance_bars(THREE, ax=left, labels=SHOWN, title="Left") is left
    assert mapped(ax=right, labels=SHOWN, title="Right") is right
    check_apart(left)
    check_apart(right)
    assert plt.get_fignums() == before


@pytest.mark.parametrize("draw", [lambda: importance_bars(THREE, labels=SHOWN), mapped])
def test_the_same_picture_gives_the_same_bytes(draw, tmp_path):
    axes = draw()
    first, second = save(axes, tmp_path / "one"), save(draw(), tmp_path / "two")
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_tables_that_do_not_match_are_refused():
    with pytest.raises(DataError, match="'staff' in one table only"):
        performance_map(THREE[:2], SCORES, crosshair=(70.0, 0.3))
    with pytest.raises(DataError, match="the performance of 'speed' is missing or infinite"):
        performance_map(THREE, SCORES.assign(estimate=[80.0, NAN, 60.0]), crosshair=(70.0, 0.3))
    with pytest.raises(DataError, match=r"the crosshair \(nan, 0.3\) is not finite"):
        mapped(crosshair=(NAN, 0.3))
    with pytest.raises(DataError, match="no column 'ci_low'"):
        performance_map(THREE.drop(columns="ci_low"), SCORES, crosshair=(70.0, 0.3))
