"""The fonts that come with the library that draws, for whoever sets type elsewhere: where they are, and how wide texts are in them."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl

__all__ = ["font_folder", "text_width"]

#: pixels of a letter by which widths are read
_SIZE = 1000
#: kinds of signs that take no room of their own: marks above letters, signs that steer others
_NARROW = ("Mn", "Me", "Cf", "Cc")


def font_folder() -> Path:
    """The folder of DejaVu Sans and its kin, the same on every machine."""
    return Path(mpl.get_data_path(), "fonts", "ttf")


def text_width(text: str, *, bold: bool = False) -> float:
    """How wide a line is in DejaVu Sans, in heights of its letters; a letter that the font lacks is as wide as it is high.

    Examples
    --------
    >>> round(text_width("n efektif"), 2), round(text_width("n efektif", bold=True), 2)
    (4.14, 4.77)
    """
    return sum(_width(letter, bold) for letter in text)


@cache
def _width(letter: str, bold: bool) -> float:
    font = _font(bold)
    if unicodedata.category(letter) in _NARROW:
        return 0.0
    if not font.get_char_index(ord(letter)):
        return 1.0
    return float(font.load_char(ord(letter)).linearHoriAdvance) / 65536 / _SIZE


@cache
def _font(bold: bool) -> Any:
    from matplotlib.ft2font import FT2Font

    font = FT2Font(str(font_folder() / f"DejaVuSans{'-Bold' if bold else ''}.ttf"))
    font.set_size(_SIZE, 72)
    return font
