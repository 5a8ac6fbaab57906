"""Figures as files: the same picture, the same bytes."""

import pandas as pd

from kepuasan.display.dots import dot_plot
from kepuasan.display.figures import blank, describe, save

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
