"""Texts in the letters that a figure's font has, so that none is drawn as nothing."""

from __future__ import annotations

import unicodedata
from functools import cache

__all__ = ["LACKING", "drawable", "squared"]

#: stands for a letter that the font lacks
LACKING = "\N{WHITE SQUARE}"


def drawable(text: str) -> str:
    """A text as a figure draws it: letters that the font lacks as an empty square, signs that are not seen left out.

    Examples
    --------
    >>> drawable("puas"), drawable("puas \N{THAI CHARACTER KO KAI}")
    ('puas', 'puas □')
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(letter if letter in _known() else LACKING for letter in text if letter == "\n" or not _unseen(letter))


def squared(text: str) -> str:
    """A text whose letters that the font lacks are empty squares; signs that are not seen stay.

    Examples
    --------
    >>> squared("puas \N{THAI CHARACTER KO KAI}")
    'puas □'
    """
    return "".join(letter if letter in _known() or _unseen(letter) else LACKING for letter in text)


def _unseen(letter: str) -> bool:
    """Whether a sign only steers how others are shown: controls, joiners, marks of direction, selectors of variants."""
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") or "\N{VARIATION SELECTOR-1}" <= letter <= "\N{VARIATION SELECTOR-16}"


@cache
def _known() -> frozenset[str]:
    """The letters of the font that figures are drawn with."""
    from matplotlib import font_manager

    font = font_manager.get_font(font_manager.findfont("DejaVu Sans", fallback_to_default=True))
    return frozenset(map(chr, font.get_charmap())) | {"\n"}
