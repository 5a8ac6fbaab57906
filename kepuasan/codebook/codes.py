"""Codes: read out of texts, and where they lie: in an item of a type, on a scale."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from kepuasan.codebook.parts import Code, is_tag, plain_code
from kepuasan.scales import Scale

__all__ = ["closed_codes", "code_of", "file_code", "fits", "is_number", "on", "reads_as_number", "span"]

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_PADDED = re.compile(r"[+-]?0\d", re.ASCII)
#: more digits than any number that a computer calculates with
_LONGEST = 400

# ---------------------------------------------------------------- out of texts


def is_number(value: Any) -> bool:
    """Whether a value is a number, an infinite one included, that floating point can hold."""
    return isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool) and abs(value) <= sys.float_info.max)


def reads_as_number(text: str, *, padded: bool = False) -> bool:
    """Whether a text writes a finite number; with leading zeros only where `padded`.

    Examples
    --------
    >>> reads_as_number("2.5"), reads_as_number("01"), reads_as_number("1e999")
    (True, False, False)
    """
    if len(text) > _LONGEST or _NUMBER.fullmatch(text) is None or (_PADDED.match(text) and not padded):
        return False
    return abs(float(text)) <= sys.float_info.max


def code_of(text: str) -> Code:
    """A key as the number it writes, or as it stands."""
    if not reads_as_number(text, padded=True):
        return text
    return int(text) if text.lstrip("+-").isdigit() else plain_code(float(text))


def file_code(text: str) -> Code:
    """A code of a data file as the number it writes; with leading zeros it is a text."""
    return code_of(text) if reads_as_number(text) else text


# ---------------------------------------------------------------- where they lie


def fits(code: Code, kind: str) -> bool:
    """Whether an item of a type can have a code: texts for text, finite numbers and tags of empty cells for the others.

    Examples
    --------
    >>> fits("L", "text"), fits("L", "number"), fits(".a", "number"), fits(10**400, "number")
    (True, False, True, False)
    """
    if kind == "text" or isinstance(code, str):
        return isinstance(code, str) and (kind == "text" or is_tag(code))
    return bool(abs(code) <= sys.float_info.max)


def on(scale: Scale, code: Code) -> bool:
    """Whether a code is an answer on a scale.

    Examples
    --------
    >>> on(Scale(1, 5), 4), on(Scale(1, 5), 9), on(Scale(1, 5), "4")
    (True, False, False)
    """
    return not isinstance(code, str) and fits(code, "number") and not bool(scale.off(np.array([float(code)]))[0])


def span(scale: Scale) -> str:
    """The bounds, as messages give them."""
    return f"{scale.low:g} to {scale.high:g}"


def closed_codes(low: float, high: float, labels: Mapping[Code, Any]) -> tuple[float, ...] | None:
    """The codes of a scale whose labels name every whole number from low to high; None where they do not.

    Examples
    --------
    >>> closed_codes(1, 3, {1: "a", 2: "b", 3: "c"}), closed_codes(1, 5, {1: "a", 5: "b"})
    ((1, 2, 3), None)
    """
    codes = sorted(code for code in labels if not isinstance(code, str))
    if len(codes) == high - low + 1 and all(code == low + place for place, code in enumerate(codes)):
        return tuple(codes)
    return None
