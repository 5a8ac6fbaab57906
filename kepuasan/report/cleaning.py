"""Texts of others in a report: rid of what no file can hold, and of signs that would turn the texts and numbers beside them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from kepuasan.report.cells import plain_text

__all__ = ["cleaned"]

_Part = TypeVar("_Part")


def cleaned(part: _Part) -> _Part:
    r"""A report, or a part of one, with every text as files can hold it; tables in full and figures stay, for their files clean them.

    Examples
    --------
    >>> from kepuasan.report.document import Card
    >>> cleaned(Card("of\u202e 2022", "73.7\x00"))
    Card(label='of 2022', value='73.7', details=())
    """
    made: Any = part
    if isinstance(part, str):
        made = plain_text(part)
    elif isinstance(part, tuple):
        made = tuple(cleaned(one) for one in part)
    elif is_dataclass(part) and not isinstance(part, type):
        given = {one.name: getattr(part, one.name) for one in fields(part)}
        made = replace(part, **{name: cleaned(value) for name, value in given.items()})
    return made  # type: ignore[no-any-return]
