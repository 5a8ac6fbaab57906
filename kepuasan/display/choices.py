"""What conventions are called: their dimensions, their choices, and a whole convention by the choices it makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kepuasan.columns import UNSAID
from kepuasan.wording import CATALOGUE, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["choice_text", "convention_text", "differing", "dimension_text", "element_labels"]

#: choices with a number in them, what the number is, and the key of their words
_NUMBERED = (
    (re.compile(r"top-(?P<count>\d+)-box"), "choice.top-box"),
    (re.compile(r"(?P<share>[\d.]+) % answered"), "choice.answered"),
    (re.compile(r"(?P<what>[a-z ]+) to (?P<decimals>\d+)"), "choice.early"),
)


def dimension_text(dimension: str, labels: Mapping[Any, str] | None = None, language: str = "id") -> str:
    """What a dimension of choices is called.

    Examples
    --------
    >>> dimension_text("scoring", language="en"), dimension_text("colour")
    ('Scoring', 'colour')
    """
    if labels is not None and dimension in labels:
        return labels[dimension]
    key = f"dimension.{dimension}"
    return say(key, language) if key in CATALOGUE else dimension.replace("_", " ")


def choice_text(dimension: str, choice: str, labels: Mapping[Any, str] | None = None, language: str = "id") -> str:
    """What a choice in a dimension is called; a number is written as the language does.

    Examples
    --------
    >>> choice_text("item_weights", "0.11"), choice_text("scoring", "raw", {("scoring", "raw"): "apa adanya"})
    ('bobot 0,11', 'apa adanya')
    >>> choice_text("scoring", "top-3-box", language="en"), choice_text("early_rounding", "sum to 3")
    ('top 3 boxes', 'jumlah dibulatkan 3 desimal')
    """
    for code in ((dimension, choice), choice):
        if labels is not None and code in labels:
            return labels[code]
    for key in (f"choice.{dimension}.{choice}", f"choice.{choice}"):
        if key in CATALOGUE:
            return say(key, language)
    parts = [_numbered(part, language) for part in choice.split(", ")]
    if all(parts):
        return say("choice.then", language, first=parts[0], second=parts[1]) if len(parts) == 2 else ", ".join(parts)
    text = _localised(choice, language)
    key = f"choice.{dimension}"
    return say(key, language, choice=text) if key in CATALOGUE else text


def _numbered(choice: str, language: str) -> str:
    """A choice with a number in it, such as "sum to 2"; nothing where it is none that the catalogue has."""
    for pattern, key in _NUMBERED:
        found = pattern.fullmatch(choice)
        if found is not None:
            values = {name: _localised(text, language) for name, text in found.groupdict().items()}
            key = f"{key}.{values.pop('what')}" if "what" in values else key
            return say(key, language, **values) if key in CATALOGUE else ""
    return ""


def _localised(text: str, language: str) -> str:
    return re.sub(r"(?<=\d)\.(?=\d)", ",", text) if language == "id" else text


def element_labels(choices: Iterable[str], language: str = "id") -> dict[str, str]:
    """Labels of early roundings where items are the elements (unsur) of an SKM, whose means are called NRR.

    Examples
    --------
    >>> element_labels(["none", "item means to 2"])
    {'item means to 2': 'NRR setiap unsur dibulatkan 2 desimal'}
    """
    return {one: choice_text("", re.sub(r"\bitem\b", "unsur", one), None, language) for one in choices if one.startswith("item ")}


def differing(table: pd.DataFrame, dimensions: Sequence[str]) -> list[str]:
    """The dimensions in which the conventions of a table differ.

    Examples
    --------
    >>> import pandas as pd
    >>> differing(pd.DataFrame({"level": ["items", "items"], "scoring": ["raw mean", "min-max"]}), ["level", "scoring"])
    ['scoring']
    """
    return [name for name in dimensions if len(table[name].unique()) > 1]


def convention_text(row: Mapping[Any, Any], dimensions: Sequence[str], labels: Mapping[Any, str] | None = None, language: str = "id") -> str:
    """A convention by its choices in these dimensions, without those that go without saying; the first of them where there are no others.

    Examples
    --------
    >>> convention_text({"level": "items", "item_weights": "0.11"}, ["item_weights", "level"], language="en")
    'weight 0.11'
    >>> convention_text({"level": "items"}, ["level"], {"items": "item by item"}, "en")
    'item by item'
    """
    said = [name for name in dimensions if row[name] != UNSAID.get(name)] or dimensions[:1]
    return ", ".join(choice_text(name, str(row[name]), labels, language) for name in said)
