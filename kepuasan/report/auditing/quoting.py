"""Texts, names, numbers and remarks as R and Stata read them, so that nothing in a label or a name is run."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

__all__ = ["numbers_in_r", "plain_number", "r_number", "r_remark", "r_text", "r_vector", "stata_name", "stata_remark", "stata_text", "wrapped"]

_WIDTH, _LONGEST = 100, 120
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,31}")
#: what is neither a name nor safe as one in Stata
_VARIABLES = ("_all", "_b", "_coef", "_cons", "_n", "_N", "_pi", "_pred", "_rc", "_se", "_skip")
_TAKEN = frozenset((*_VARIABLES, "byte", "double", "float", "if", "in", "int", "long", "str", "strL", "using", "with"))
#: signs that Stata runs nothing for, in texts and remarks
_SAFE, _SAFE_REMARK = " .,:;()%?!-+=_<>#&@", " .,:;()%?!-+=_"


def plain_number(value: float) -> str:
    """A number in full, whole ones without a point.

    Examples
    --------
    >>> plain_number(3.0), plain_number(0.1)
    ('3', '0.1')
    """
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


# ---------------------------------------------------------------- R


def r_number(value: float | None) -> str:
    """A number as R reads it; None is NA.

    Examples
    --------
    >>> r_number(float("-inf")), r_number(2.0)
    ('-Inf', '2')
    """
    if value is None or math.isnan(value):
        return "NA"
    return plain_number(value) if math.isfinite(value) else "-Inf" if value < 0 else "Inf"


def r_text(text: str) -> str:
    r"""A text as R reads it: quotes, backslashes and everything that is not printed are escaped.

    Examples
    --------
    >>> print(r_text('a "b"\n`c`'))
    "a \"b\"\u000a`c`"
    """
    return '"' + "".join(_r_letter(letter) for letter in text) + '"'


def _r_letter(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    code = ord(letter)
    return "" if code == 0 or 0xD800 <= code < 0xE000 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def r_vector(values: Iterable[str], empty: str = "character(0)") -> str:
    """Values as a vector of R, several lines where they are many.

    Examples
    --------
    >>> r_vector(["1", "2"])
    'c(1, 2)'
    """
    parts = list(values)
    return f"c({wrapped(parts, ', ')})" if parts else empty


def numbers_in_r(values: Iterable[float]) -> str:
    """Numbers as a vector of R."""
    return r_vector(map(r_number, values), "numeric(0)")


def r_remark(text: str) -> str:
    r"""A text as it may stand after ``#``: one line of what can be printed.

    Examples
    --------
    >>> r_remark("a\nsystem('x')")
    "a system('x')"
    """
    return _short(" ".join("".join(letter if letter.isprintable() else " " for letter in text).split()))


# ---------------------------------------------------------------- Stata


def stata_name(name: str, taken: Sequence[str] = ()) -> str:
    """The name itself where Stata can hold it; else one made of it, which no other column has.

    Examples
    --------
    >>> stata_name("speed"), stata_name("bobot akhir"), stata_name("if")
    ('speed', 'v_bobot_akhir', 'v_if')
    """
    if _NAME.fullmatch(name) and name not in _TAKEN and not re.fullmatch(r"str\d+", name):
        return name
    made = ("v_" + re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_"))[:28] or "v_"
    free, number = made, 2
    while free in taken:
        free, number = f"{made}_{number}", number + 1
    return free


def stata_text(text: str) -> str:
    """A text as an expression of Stata: letters that begin macros, quotes and the like are named by their number.

    Examples
    --------
    >>> print(stata_text("a`b$"))
    ("a" + char(96) + "b" + char(36))
    """
    parts: list[str] = []
    for run in re.findall(r"[\w" + re.escape(_SAFE) + r"]+|[^\w" + re.escape(_SAFE) + "]", text):
        plain = all(letter.isalnum() or letter in _SAFE for letter in run)
        parts.append(f'"{run}"' if plain else " + ".join(f"uchar({ord(letter)})" if ord(letter) > 127 else f"char({ord(letter)})" for letter in run))
    return parts[0] if len(parts) == 1 else f"({' + '.join(parts)})" if parts else '""'


def stata_remark(text: str) -> str:
    """A text as it may stand after ``//``: letters, digits and signs that mean nothing to Stata.

    Examples
    --------
    >>> stata_remark("a /* `b' */ $c")
    'a b c'
    """
    return _short(" ".join("".join(letter if letter.isalnum() or letter in _SAFE_REMARK else " " for letter in text).split()))


# ---------------------------------------------------------------- lines


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def wrapped(parts: Sequence[str], between: str, *, indent: str = "  ", end: str = "") -> str:
    """Parts joined, with a new line where one grows long; `end` closes every line but the last."""
    lines, current = [], ""
    for place, part in enumerate(parts):
        piece = part if place == len(parts) - 1 else part + between
        if current and len(current) + len(piece) > _WIDTH:
            lines.append(current.rstrip())
            current = ""
        current += piece
    return f"{end}\n{indent}".join([*lines, current])
