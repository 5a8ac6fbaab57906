"""The specification curve: every convention in order, the published number, and the choices below."""

import itertools

import numpy as np
import pandas as pd
import pytest
from display.extents import boxes_of, check_apart
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from kepuasan.display.figures import save
from kepuasan.display.specification import VERDICTS, specification_plot
from kepuasan.errors import DataError, KepuasanError
from kepuasan.wording import LANGUAGES

DIMENSIONS = {
    "survey_weights": ["weighted", "unweighted"],
    "item_weights": ["1/9", "0.1111", "0.111", "0.11"],
    "scoring": ["share-of-max", "min-max", "raw mean", "top-1-box", "top-2-box"],
    "level": ["items", "respondents"],
    "missing": ["available", "listwise", "counted as 0"],
    "early_rounding": ["none", "item means to 2", "weighted means to 2"],
    "final_rounding": ["half-up", "half-even", "cut off"],
    "tariff": ["in", "out"],
}
FACTORS = {"0.1111": 0.9999, "0.111": 0.999, "0.11": 0.99}


def made_up(names, published=87.28, half=0.0, most=5):
    """Conventions of these dimensions; each choice shifts the value by an amount of its own."""
    chosen = {name: DIMENSIONS[name][:most] for name in names}
    table = pd.DataFrame(list(itertools.product(*chosen.values())), columns=list(chosen))
    value = np.full(len(table), 87.28)
    for place, name in enumerate(names):
        shift = {choice: order * 0.07 * (place + 1) for order, choice in enumerate(chosen[name])}
        value = value * table[name].map(FACTORS).fillna(1.0) if name == "item_weights" else value - table[name].map(shift)
    scoring = table.get("scoring", pd.Series("share-of-max", index=table.index))
    value = np.where(scoring == "raw mean", value / 25, np.where(scoring == "min-max", (value - 25) / 0.75, value))
    low, high, rounded = value - half, value + half, np.round(value, 2)
    near = (low <= published + 0.005) & (high >= published - 0.005)
    verdict = np.where(np.isclose(rounded, published), "reproduces", np.where(near, "within rounding", "misses"))
    return table.assign(name=[", ".join(row) for row in table.to_numpy()], value=value, low=low, high=high, verdict=verdict)


def plot(table, published=87.28, **named):
    names = [name for name in DIMENSIONS if name in table]
    return specification_plot(table, published=published, decimals=2, dimensions=names, **named)


def panels(axes):
    return axes.child_axes


def rows_of(axes):
    return [label.get_text() for label in panels(axes)[1].get_yticklabels()]


def drawn(panel):
    """Points of a panel by verdict."""
    markers = {look[1]: verdict for verdict, look in VERDICTS.items()}
    return {
        verdict: [xy for line in panel.get_lines() if line.get_marker() == marker for xy in line.get_xydata()] for marker, verdict in markers.items()
    }


def check_texts_apart(axes):
    upper = panels(axes)[0]
    legend = axes.get_legend().get_texts()
    texts = [*legend, axes._left_title, *axes.texts, upper.yaxis.label]
    for panel in panels(axes):
        bottom, top = sorted(panel.get_ylim())
        texts += [label for label, at in zip(panel.get_yticklabels(), panel.get_yticks(), strict=True) if bottom <= at <= top]
        left, right = panel.get_xlim()
        texts += [label for label, at in zip(panel.get_xticklabels(), panel.get_xticks(), strict=True) if left <= at <= right]
    check_apart(axes, [text for text in texts if text.get_text().strip()])


CASES = {
    "one": (["final_rounding"], 87.28, 0.0, 1),
    "two": (["item_weights"], 87.28, 0.125, 2),
    "eight": (["item_weights", "level"], 87.28, 0.125, 4),
    "all miss": (["item_weights", "early_rounding"], 85.0, 0.0, 5),
    "some hundred": (["item_weights", "level", "missing", "early_rounding", "final_rounding"], 87.28, 0.0, 5),
    "thousands": (list(DIMENSIONS), 87.28, 0.0, 5),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_no_text_overlaps_or_leaves_the_figure(case, language):
    names, published, half, most = CASES[case]
    table = made_up(names, published, half, most)
    axes = plot(table, published, language=language, title="Indeks Kepuasan Masyarakat Kabupaten dengan nama yang panjang sekali, 2023")
    check_texts_apart(axes)
    sizes = [label.get_fontsize() for panel in panels(axes) for label in [*panel.get_yticklabels(), *panel.get_xticklabels()]]
    assert min(sizes) >= 7


@pytest.mark.parametrize("size", [(3.6, 5.0), (5.0, 3.0), (8.0, 6.0)])
def test_axes_of_the_caller_are_drawn_within(size):
    figure = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    assert plot(made_up(CASES["some hundred"][0]), ax=axes, title="Sempit") is axes
    assert len(figure.axes) == 1
    check_texts_apart(axes)


def test_a_dot_stands_for_each_value_in_order_with_the_look_of_its_verdict():
    table = made_up(["item_weights"], half=0.05)
    points = drawn(panels(plot(table))[0])
    assert {verdict: len(one) for verdict, one in points.items()} == {"reproduces": 1, "within rounding": 1, "misses": 2}
    heights = {x: y for one in points.values() for x, y in one}
    assert [heights[x] for x in sorted(heights)] == pytest.approx(sorted(table["value"]))


def test_the_ranges_of_values_are_bars():
    table = made_up(["item_weights"], half=0.125)
    segments = [segment for bars in panels(plot(table))[0].collections for segment in bars.get_segments()]
    assert sorted(float(y) for segment in segments for y in segment[:, 1]) == pytest.approx(sorted([*table["low"], *table["high"]]))


def test_the_line_and_the_band_of_the_published_number_are_in_the_figure():
    upper = panels(plot(made_up(["item_weights"])))[0]
    assert any(np.allclose(line.get_ydata(), 87.28) for line in upper.get_lines())
    band = upper.patches[0].get_extents().transformed(upper.transData.inverted())
    assert (band.y0, band.y1) == pytest.approx((87.275, 87.285))


def test_only_dimensions_in_which_conventions_differ_are_drawn():
    table = made_up(["item_weights", "level"]).assign(missing="available")
    assert rows_of(plot(table, language="en")) == [
        "Item weights",
        "weight 1/9",
        "weight 0.1111",
        "weight 0.111",
        "weight 0.11",
        "Level",
        "by items",
        "by respondents",
    ]
    assert len(panels(plot(made_up(["level"], most=1)))) == 1


def test_choices_of_a_column_are_filled_where_all_of_it_make_them_and_hollow_where_some_do():
    table = made_up(["item_weights", "final_rounding"]).assign(value=lambda one: one["item_weights"].map({"1/9": 87.28}).fillna(86.0))
    table = table.assign(low=table["value"], high=table["value"], verdict="misses")
    lower = panels(plot(table))[1]
    faces = {(x, y): line.get_markerfacecolor() for line in lower.get_lines() for x, y in line.get_xydata() if line.get_marker() == "v"}
    filled = {place for place, face in faces.items() if face != "white"}
    assert filled == {(1.0, 1.0)}
    assert {y for x, y in faces if x == 0.0} == {2.0, 3.0, 4.0, 6.0, 7.0, 8.0}


def test_conventions_of_one_value_and_different_verdicts_have_columns_of_their_own():
    table = made_up(["final_rounding"]).assign(value=86.625, low=86.625, high=86.625)
    table["verdict"] = ["reproduces", "misses", "misses"]
    assert {verdict: len(one) for verdict, one in drawn(panels(plot(table, 86.63))[0]).items() if one} == {"reproduces": 1, "misses": 1}


@pytest.mark.parametrize(("language", "said"), [("id", "dari"), ("en", "of")])
def test_of_many_values_the_nearest_are_drawn_and_the_note_counts_them_all(language, said):
    table = made_up(list(DIMENSIONS))
    axes = plot(table, language=language)
    points = [xy for one in drawn(panels(axes)[0]).values() for xy in one]
    different = len(table.assign(value=table["value"].round(9))[["value", "verdict"]].drop_duplicates())
    assert 50 <= len(points) <= 60 < different
    note = axes.texts[0].get_text().replace("\n", " ")
    assert f"{len(points)} {said} " in note
    assert f"{different:,}".replace(",", "." if language == "id" else ",") in note
    reproducing = table[table["verdict"] == "reproduces"]["value"].round(9).nunique()
    assert len(drawn(panels(axes)[0])["reproduces"]) == reproducing > 0


def test_a_wide_range_is_drawn_by_distance_so_that_near_misses_are_seen():
    table = made_up(["item_weights", "scoring"], most=4)
    upper = panels(plot(table, language="en"))[0]
    assert "log" in upper.get_ylabel()
    texts = [label.get_text() for label in upper.get_yticklabels()]
    assert texts[0] == "87.28"
    assert {"\N{MINUS SIGN}1", "\N{MINUS SIGN}10"} <= set(texts)
    heights = sorted(y for one in drawn(upper).values() for _, y in one)
    gaps = [abs(y) for y in heights if y != 0]
    assert min(gaps) > 0.05 * max(gaps)


def test_the_text_for_those_who_do_not_see_it_counts_verdicts_and_names_the_nearest():
    table = made_up(["item_weights", "level"], 87.2)
    assert plot(table, 87.2, language="en").get_label() == (
        "The number under every convention. Published: 87.20; Reproduces the number: 0; Within the rounding of the inputs: 0; Misses: 8; "
        "Range of all conventions: 86.27 to 87.28; Nearest convention: weight 0.111 (87.193)."
    )
    assert plot(table, 87.2, title="IKM").get_label().startswith("IKM. Angka tercetak: 87,20; ")


def test_names_that_are_given_come_before_the_catalogue():
    table = made_up(["item_weights", "level"])
    labels = {"level": "Tingkat", ("level", "items"): "butir demi butir", "0.11": "sebelas persen"}
    rows = rows_of(plot(table, labels=labels))
    assert {"Tingkat", "butir demi butir", "sebelas persen", "bobot 1/9"} <= set(rows)


def test_long_names_are_cut_so_that_the_values_keep_their_room():
    table = made_up(["level"])
    axes = plot(table, labels={"items": "rata-rata tertimbang seluruh butir " * 5, "respondents": "x" * 200})
    check_texts_apart(axes)
    boxes = boxes_of(axes, panels(axes)[1].get_yticklabels())
    assert max(box.width for box in boxes) < 0.5 * axes.figure.bbox.width


def test_the_same_table_gives_the_same_bytes(tmp_path):
    table = made_up(["item_weights", "level", "early_rounding"])
    first = [path.read_bytes() for path in save(plot(table), tmp_path / "a")]
    assert first == [path.read_bytes() for path in save(plot(table), tmp_path / "b")]


def test_counts_are_written_without_decimals():
    table = pd.DataFrame({"name": ["sum"], "value": [56171.0], "low": [56171.0], "high": [56171.0], "verdict": ["misses"]})
    axes = specification_plot(table, published=57171, decimals=0, dimensions=[], language="en")
    assert [label.get_text() for label in panels(axes)[0].get_xticklabels()] == ["56,171"]
    assert "Published: 57,171" in axes.get_label()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table.drop(columns="verdict"), "has no column 'verdict'"),
        (lambda table: table.drop(columns="low"), "has no column 'low'"),
        (lambda table: table.iloc[:0], "has no rows"),
        (lambda table: table.assign(verdict="reproduce"), "no verdict 'reproduce'; did you mean 'reproduces'"),
        (lambda table: table.assign(value=np.nan), "is missing or infinite"),
    ],
)
def test_a_table_that_cannot_be_drawn_is_refused(change, said):
    with pytest.raises(DataError, match=said):
        plot(change(made_up(["level"])))


def test_a_published_number_that_is_not_finite_or_an_unknown_language_is_refused():
    with pytest.raises(DataError, match="the published number nan"):
        plot(made_up(["level"]), float("nan"))
    with pytest.raises(KepuasanError, match="language is 'fr'"):
        plot(made_up(["level"]), language="fr")
