"""Figures as files: the same picture, the same bytes."""

import io
import re
from xml.parsers import expat

import matplotlib as mpl
import pandas as pd
import pytest
from display.extents import check_apart

from kepuasan.display.dots import dot_plot
from kepuasan.display.figures import blank, describe, picture_bytes, save
from kepuasan.errors import ChoiceError

TABLE = pd.DataFrame({"wave": ["2020", "2022"], "estimate": [75.7, 73.7], "ci_low": [73.9, 71.9], "ci_high": [77.5, 75.5]})


def test_a_figure_is_saved_as_svg_and_png_with_the_same_bytes_each_time(tmp_path):
    first = save(dot_plot(TABLE, title="Indeks"), tmp_path / "one")
    second = save(dot_plot(TABLE, title="Indeks"), tmp_path / "two")
    assert [path.name for path in first] == ["one.svg", "one.png"]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_files_carry_no_date_and_no_software(tmp_path):
    vector, raster = save(dot_plot(TABLE), tmp_path / "one.two")
    assert vector.name == "one.two.svg"
    assert "<dc:date>" not in vector.read_text(encoding="utf-8")
    assert b"Software" not in raster.read_bytes()


def test_the_text_of_a_figure_names_every_row():
    assert describe("Index", [("2020", "75.7"), ("2022", "73.7")]) == "Index. 2020: 75.7; 2022: 73.7."


def test_axes_of_a_new_figure_are_shown_by_notebooks_as_a_picture():
    picture = blank(2.0)._repr_png_()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 1000


EMOJI, THAI, ARABIC = "\U0001f600 \U0001f468\u200d\U0001f4bb", "\u0e23\u0e32\u0e04\u0e32", "مرحبا بالعالم 12"
HOSTILE = [EMOJI, THAI, "Rp5 = $1 dan $2", "\u202egnp.exe", ARABIC, "", "x" * 300, "<script>"]


def hostile():
    return pd.DataFrame({"item": HOSTILE, "estimate": range(8), "ci_low": range(8), "ci_high": range(8)})


def test_letters_that_the_font_lacks_are_squares_and_none_is_a_formula():
    axes = dot_plot(hostile(), title="Rp5 = $1 dan $2 \u0e23")
    labels = [tick.get_text() for tick in axes.get_yticklabels()]
    assert labels[1] == "\u25a1" * 4
    assert labels[2] == "Rp5 = $1 dan $2"
    assert labels[3] == "gnp.exe"
    assert labels[5] == "\u2013"
    assert labels[6].count("\n") == 2
    assert b"PNG" in picture_bytes(axes, "png")


def test_a_picture_in_lines_is_well_formed_small_and_carries_no_text_of_others():
    picture = picture_bytes(dot_plot(hostile()), "svg")
    parser = expat.ParserCreate()
    parser.Parse(picture, True)
    assert b"script" not in picture
    assert b"<!--" not in picture
    assert b"DOCTYPE" not in picture
    assert len(picture) < 45_000


def test_a_smaller_picture_moves_nothing_by_more_than_a_hundredth_of_a_point():
    """Of all places in paths; letters are whole hundredths of their size."""
    whole = io.BytesIO()
    axes = dot_plot(TABLE)
    with mpl.rc_context({"svg.hashsalt": "kepuasan"}):
        axes.figure.savefig(whole, format="svg")
    texts = whole.getvalue().decode(), picture_bytes(axes, "svg").decode()
    before, after = ([float(one) for d in re.findall(r' d="([^"]*)"', text) for one in re.findall(r"-?\d+\.?\d*", d)] for text in texts)
    assert len(before) == len(after)
    assert max(abs(one - other) for one, other in zip(before, after, strict=True)) <= 0.00501


def test_an_unknown_kind_of_picture_is_refused():
    with pytest.raises(ChoiceError, match="kind is 'pdf'"):
        picture_bytes(dot_plot(TABLE), "pdf")


def test_rows_have_room_for_labels_of_three_lines():
    names = [f"{i} " + "kata " * 40 for i in range(6)]
    check_apart(dot_plot(pd.DataFrame({"item": names, "estimate": range(6), "ci_low": range(6), "ci_high": range(6)})))


def test_a_picture_does_not_depend_on_those_made_before():
    axes, other = dot_plot(hostile()), dot_plot(hostile())
    first = picture_bytes(axes, "svg"), picture_bytes(axes, "png"), picture_bytes(axes, "svg")
    other._repr_png_()
    later = picture_bytes(other, "png"), picture_bytes(other, "svg")
    assert first[0] == first[2] == later[1]
    assert first[1] == later[0]
