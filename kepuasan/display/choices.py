"""What conventions are called: their dimensions, their choices, and a whole convention by the choices it makes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kepuasan.wording import CATALOGUE, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["UNSAID", "choice_text", "convention_text", "differing", "dimension_text"]

#: choices that go without saying where a convention is named
UNSAID = {
    "survey_weights": "weighted",
    "level": "items",
    "missing": "available",
    "early_rounding": "none",
    "final_rounding": "half-up",
    "tariff": "in",
    "pooling": "respondents",
}


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
    """
    for code in ((dimension, choice), choice):
        if labels is not None and code in labels:
            return labels[code]
    for key in (f"choice.{dimension}.{choice}", f"choice.{choice}"):
        if key in CATALOGUE:
            return say(key, language)
    text = re.sub(r"(?<=\d)\.(?=\d)", ",", choice) if language == "id" else choice
    key = f"choice.{dimension}"
    return say(key, language, choice=text) if key in CATALOGUE else text


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
    """A convention by its choices in these dimensions, without those that go without saying unless there are no others.

    Examples
    --------
    >>> convention_text({"level": "items", "item_weights": "0.11"}, ["item_weights", "level"], language="en")
    'weight 0.11'
    >>> convention_text({"level": "items"}, ["level"], {"items": "item by item"}, "en")
    'item by item'
    """
    said = [name for name in dimensions if row[name] != UNSAID.get(name)] or dimensions
    return ", ".join(choice_text(name, str(row[name]), labels, language) for name in said)
