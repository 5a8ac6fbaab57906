"""The tile-grid map: every value readable, hidden ones hatched, the text complete."""

import numpy as np
import pandas as pd
import pytest
from display.extents import check_apart
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from kepuasan.display.figures import picture_bytes
from kepuasan.display.provinces import PROVINCES
from kepuasan.display.shades import contrast
from kepuasan.display.tiles import tile_map
from kepuasan.errors import DataError

CODES = list(PROVINCES)


def table(count=38, **marks):
    values = np.random.default_rng(3).normal(73.0, 4.0, count)
    found = pd.DataFrame({"province": CODES[:count], "estimate": values, "ci_low": values - 3, "ci_high": values + 3})
    return found.assign(mark=[marks.get(code, "") for code in found["province"]])


def texts(axes):
    return [text.get_text() for text in axes.texts]


def tiles(axes):
    """Colour and hatch of the tile of each code."""
    squares = [patch for patch in axes.patches if isinstance(patch, Rectangle) and patch.get_width() > 0.9]
    return {code: (to_hex(square.get_facecolor()).upper(), square.get_hatch()) for code, square in zip(CODES, squares, strict=True)}


def test_every_tile_has_its_code_and_its_value_and_no_two_texts_overlap():
    axes = tile_map(table(), title="Indeks menurut provinsi, 2022", unit="Indeks")
    assert set(CODES) <= set(texts(axes))
    assert sum("," in text for text in texts(axes)) == 38
    check_apart(axes)


def test_letters_stand_out_from_their_tile_at_least_four_and_a_half_times():
    axes = tile_map(table())
    squares = tiles(axes)
    for code, text in zip([code for code in CODES for _ in range(2)], axes.texts, strict=True):
        assert contrast(to_hex(text.get_color()), squares[code][0]) >= 4.5


def test_hidden_tiles_are_hatched_with_their_mark_and_tell_no_value():
    axes = tile_map(table(RI="*", JB="**"), language="en")
    squares = tiles(axes)
    assert [code for code in CODES if squares[code][1]] == ["RI", "JB"]
    assert {"*", "**"} <= set(texts(axes))
    assert "Riau: not shown, too few answers" in axes.get_label()
    assert sum("." in text for text in texts(axes)) == 36


def test_provinces_without_data_are_outlines_and_named_in_the_text():
    axes = tile_map(table(36), language="en")
    assert {tiles(axes)[code][0] for code in CODES[36:]} == {"#FFFFFF"}
    assert axes.get_label().endswith("no data: Papua Pegunungan, Papua Selatan.")


def test_the_text_has_every_value_with_its_limits():
    rows = pd.DataFrame({"province": ["BA", "AC"], "estimate": [71.2, 64.0], "ci_low": [69.0, 60.0], "ci_high": [73.4, 68.0]})
    said = tile_map(rows, title="Indeks", decimals=1).get_label()
    assert said.startswith("Indeks. Aceh: 64,0 (60,0 s.d. 68,0); Bali: 71,2 (69,0 s.d. 73,4); tidak ada data: Sumatera Utara, ")


def test_a_value_belongs_to_the_class_of_what_is_written():
    """72.46 is written 72.5 and so is of the class that begins at 72.5."""
    rows = pd.DataFrame({"province": ["AC", "BA", "PA"], "estimate": [70.1, 72.46, 74.9], "ci_low": [0.0] * 3, "ci_high": [99.0] * 3})
    axes = tile_map(rows, decimals=1)
    entries = [text.get_text() for text in axes.get_legend().get_texts()]
    assert entries == [*(f"{low} sampai di bawah {low + 1}" for low in range(70, 74)), "74 ke atas", "tidak ada data"]
    wide = tile_map(rows.assign(estimate=[67.6, 72.46, 77.9]), decimals=1)
    handles = wide.get_legend().get_patches()
    names = [text.get_text() for text in wide.get_legend().get_texts()]
    assert names[2] == "72,5 sampai di bawah 75,0"
    assert to_hex(handles[2].get_facecolor()).upper() == tiles(wide)["BA"][0]


def test_one_province_is_enough_and_none_is_not():
    assert "AC" in texts(tile_map(table(1)))
    with pytest.raises(DataError, match="no rows"):
        tile_map(table().iloc[:0])


def test_unknown_provinces_and_one_twice_are_refused():
    with pytest.raises(DataError, match="no province 'XX'"):
        tile_map(table(2).assign(province=["AC", "XX"]))
    with pytest.raises(DataError, match="more than one row of 'AC'"):
        tile_map(table(2).assign(province=["AC", "AC"]))


def test_the_map_is_small_as_a_file():
    assert len(picture_bytes(tile_map(table(RI="*"), title="Indeks menurut provinsi, 2022"), "svg")) < 65_000
