"""Texts of people as paper and word processors can hold them: what no line parts, words that can be parted, the direction they are read in."""

from __future__ import annotations

import re
import unicodedata

from kepuasan.display.fonts import text_width
from kepuasan.wording import say

__all__ = ["code_name", "held", "parted", "right_to_left", "words"]

#: after these a word may be parted first
_AFTER = re.compile(r"(?<=[_/.,;:@&=?-])(?=\w)")
#: what no line may part: a number and its percent sign, two limits
_HELD = re.compile(r"(?<=\d) (?:%|(?:s\.d\.|to) (?=[+\-\N{MINUS SIGN}]?\d))")
_WORD = re.compile(r"[^ \n\t]+")
_HOLD, _MAY, _JOINER = "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH JOINER}"


def held(text: str) -> str:
    r"""A text in which no line parts a number from its percent sign, nor one limit from the other.

    Examples
    --------
    >>> held("75,7 % (1,2 s.d. 3,4)")
    '75,7\xa0% (1,2\xa0s.d.\xa03,4)'
    """
    return _HELD.sub(lambda found: found[0].replace(" ", _HOLD), text)


def code_name(program: str, language: str) -> str:
    """What lines of a program are called, in a language.

    Examples
    --------
    >>> code_name("r", "id")
    'Kode R'
    """
    return say("page.code", language, program=program[:1].upper() + program[1:])


def words(text: str) -> list[str]:
    """What no line parts of itself."""
    return _WORD.findall(text)


def right_to_left(text: str) -> bool:
    """Whether a text is read from right to left, by its first letter that has a direction.

    Examples
    --------
    >>> right_to_left("1. \u05e9\u05dc\u05d5\u05dd"), right_to_left("speed \u05e9")
    (True, False)
    """
    return next((kind in ("R", "AL") for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), False)


def parted(text: str, room: float, *, bold: bool = False) -> str:
    """A text whose words that are wider than a line may go on in the next, by marks that nobody sees.

    Parameters
    ----------
    text : str
    room : float
        Width of a line, in heights of letters.
    bold : bool
        Whether it is written in bold letters.

    Examples
    --------
    >>> parted("short words", 9.0), parted("a" * 40, 9.0).count("\u200b")
    ('short words', 2)
    """
    return _WORD.sub(lambda found: _parted(found[0], room, bold), text)


def _parted(word: str, room: float, bold: bool) -> str:
    if text_width(word, bold=bold) <= room:
        return word
    if _HOLD in word:
        return " ".join(_parted(piece, room, bold) for piece in word.split(_HOLD))
    return _MAY.join(line for piece in _AFTER.split(word) for line in _lines(piece, room, bold))


def _lines(piece: str, room: float, bold: bool) -> list[str]:
    """A piece of a word in lines, none of which parts a letter from its marks."""
    lines, used = [""], 0.0
    for letter in piece:
        width = text_width(letter, bold=bold)
        if lines[-1] and used + width > room and width and lines[-1][-1] != _JOINER:
            lines.append("")
            used = 0.0
        lines[-1] += letter
        used += width
    return lines
