"""Pictures in lines, smaller: no remarks, no digits that no eye sees."""

from __future__ import annotations

import re

__all__ = ["smaller"]

_REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
_BETWEEN = re.compile(r">\s+<")
_SPACES = re.compile(r"\s+")
#: attributes that hold places on the page
_PLACED = re.compile(r' (d|x|y|x1|x2|y1|y2|width|height|transform|points|style)="([^"]*)"')
_LONG = re.compile(r"-?\d+\.\d{3,}")
#: names of groups, which nothing refers to, and of letters, which are long
_GROUP, _LETTER = re.compile(r'<g id="[^"]*"'), re.compile(r'(?<=[#"])DejaVuSans[\w-]*(?=")')
#: a letter's place within its text
_MOVED = re.compile(r'(<use [^>]*?) transform="translate\((-?[\d.]+)(?:[ ,]+(-?[\d.]+))?\)"')
_DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>")
_SCALED = re.compile(r"scale\([^)]*\)|rotate\([^)]*\)|matrix\([^)]*\)")


def smaller(svg: str) -> str:
    r"""The same picture with places to a hundredth of a point and short names, without remarks and without space between its parts.

    Examples
    --------
    >>> smaller('<svg> <!-- one -->\n <path d="M 1.23456 2\nL 3 4.5000001" transform="scale(0.015625)"/></svg>').strip()
    '<svg><path d="M1.23 2L3 4.5" transform="scale(0.015625)"/></svg>'
    """
    plain = _GROUP.sub("<g", _BETWEEN.sub("><", _DOCTYPE.sub("", _REMARK.sub("", svg))))
    names: dict[str, str] = {}
    plain = _LETTER.sub(lambda found: names.setdefault(found[0], f"t{len(names)}"), plain)
    plain = _PLACED.sub(lambda found: f' {found[1]}="{_short(found[1], found[2])}"', plain)
    return _MOVED.sub(_moved, plain).strip() + "\n"


def _short(name: str, value: str) -> str:
    """The value of an attribute in fewer signs."""
    text = _SPACES.sub(" ", value).strip()
    if name == "style":
        return text.replace(": ", ":").replace("; ", ";")
    if name == "transform":
        return "".join(part if _SCALED.fullmatch(part) else _LONG.sub(_rounded, part) for part in re.split(rf"({_SCALED.pattern})", text))
    text = _LONG.sub(_rounded, text)
    return re.sub(r" ?([A-Za-z]) ?", r"\1", text) if name == "d" else text


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")


def _moved(found: re.Match[str]) -> str:
    """The place of a letter in whole hundredths of its size."""
    across, upwards = (round(float(one or 0)) for one in found.group(2, 3))
    return found[1] + (f' x="{across}"' if across else "") + (f' y="{upwards}"' if upwards else "")
