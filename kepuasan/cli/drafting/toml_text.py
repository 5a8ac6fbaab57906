"""Text of TOML files: names, values and remarks, whatever characters they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["toml_key", "toml_remark", "toml_value"]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHORT = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
#: what a remark may hold of what texts escape
_WRITTEN = '"\\'
#: quotes, backslashes, controls, and what some editors take for the end of a line
_ESCAPED = re.compile('[\\x00-\\x1f\\x7f-\\x9f\\\\"\u2028\u2029\ufeff]')


def toml_value(value: Any) -> str:
    r"""A text, a number, a truth value, or a list or mapping of them, as TOML writes it on one line.

    Raises
    ------
    TypeError
        Anything else.

    Examples
    --------
    >>> print(toml_value('say "hi"\n'), toml_value({"a b": [1, 2.5, True]}))
    "say \"hi\"\n" { "a b" = [1, 2.5, true] }
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + _ESCAPED.sub(lambda found: _SHORT.get(found[0], f"\\u{ord(found[0]):04X}"), value) + '"'
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{toml_key(key)} = {toml_value(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    raise TypeError(f"TOML cannot hold {type(value).__name__}; give texts, numbers, lists and mappings")


def toml_key(name: str) -> str:
    """A name left of the equals sign or in a heading, in quotes where it needs them.

    Examples
    --------
    >>> print(toml_key("u1"), toml_key("a.b"), toml_key(""))
    u1 "a.b" ""
    """
    return name if _BARE.fullmatch(name) else toml_value(name)


def toml_remark(text: str) -> str:
    r"""A remark that stays one, on one line.

    Examples
    --------
    >>> print(toml_remark("a column\ncalled = so"))
    # a column called = so
    """
    return f"# {_ESCAPED.sub(lambda found: found[0] if found[0] in _WRITTEN else ' ', text)}".rstrip()
