"""The nouns of a codebook: labels in two languages, answer scales, items, questions with several answers, drivers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from kepuasan.errors import CodebookError, nearest

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from kepuasan.scales import Scale

__all__ = [
    "LANGUAGES",
    "ROLES",
    "TYPES",
    "AnswerScale",
    "Code",
    "Driver",
    "Item",
    "ItemType",
    "Label",
    "Multiple",
    "Role",
    "both",
    "is_tag",
    "label_of",
    "plain_code",
]

Code: TypeAlias = int | float | str
Label: TypeAlias = Mapping[str, str]
ItemType = Literal["number", "text", "date", "datetime", "time"]

Role = Literal["identifier", "personal"]

LANGUAGES: tuple[str, ...] = ("id", "en")
TYPES: tuple[ItemType, ...] = ("number", "text", "date", "datetime", "time")
ROLES: tuple[Role, ...] = ("identifier", "personal")

#: Stata and SAS tell empty cells apart by such tags; the cells themselves are empty
_TAG = re.compile(r"\.[a-z_]")
#: whole numbers up to here are exact as floating point
_EXACT = 2**53


def both(text: str) -> dict[str, str]:
    """One text as the label in every language.

    Examples
    --------
    >>> both("SMS")
    {'id': 'SMS', 'en': 'SMS'}
    """
    return dict.fromkeys(LANGUAGES, text)


def label_of(value: str | Mapping[str, str]) -> dict[str, str]:
    """A label in every language, from a text or from a mapping with at least one language.

    Raises
    ------
    CodebookError
        Another type, an unknown language, no text at all.
    """
    if isinstance(value, str):
        return both(value)
    if not isinstance(value, Mapping) or not value or not all(isinstance(text, str) for text in value.values()):
        raise CodebookError(f"a label is a text or texts by language such as {{id = ..., en = ...}}, not {value!r}")
    unknown = [language for language in value if language not in LANGUAGES]
    if unknown:
        raise CodebookError(f"the label has the language {unknown[0]!r}{nearest(unknown[0], LANGUAGES)}; the languages are {', '.join(LANGUAGES)}")
    first = next(iter(value.values()))
    return {language: value.get(language, first) for language in LANGUAGES}


def plain_code(code: Any) -> Code:
    """A code as Python writes it: text, or a number that is an int where it is whole.

    Examples
    --------
    >>> plain_code(4.0), plain_code(2.5), plain_code("L")
    (4, 2.5, 'L')
    """
    if isinstance(code, (str, int)):
        return code
    number = float(code)
    return int(number) if number.is_integer() and abs(number) < _EXACT else number


def is_tag(code: Code) -> bool:
    """Whether a code is a tag of empty cells, ``.a`` to ``.z`` or ``._``."""
    return isinstance(code, str) and _TAG.fullmatch(code) is not None


def _labelled(values: Mapping[Any, Any]) -> dict[Code, Label]:
    return {plain_code(code): label_of(label) for code, label in values.items()}


def _spelled(spellings: Mapping[Any, Any]) -> dict[Code, tuple[str, ...]]:
    return {plain_code(code): (texts,) if isinstance(texts, str) else tuple(texts) for code, texts in spellings.items()}


@dataclass(frozen=True)
class AnswerScale:
    """An answer scale: its declared bounds, the codes on it, and their labels.

    Parameters
    ----------
    name : str
        What items call it.
    scale : Scale
        Bounds and, where the scale is closed, its codes.
    labels : mapping of code to label
        In the order of the codes; end points alone may be labelled.
    spellings : mapping of code to texts
        How files write the answers otherwise than the labels do, such as ``{4: ("SP", "sgt puas")}``.

    Examples
    --------
    >>> from kepuasan.scales import Scale
    >>> AnswerScale("puas4", Scale(1, 4), {1: "Tidak puas", 4: {"id": "Sangat puas", "en": "Very satisfied"}}).labels[4]["en"]
    'Very satisfied'
    """

    name: str
    scale: Scale
    labels: Mapping[Code, Label] = field(default_factory=dict)
    spellings: Mapping[Code, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "labels", _labelled(self.labels))
        object.__setattr__(self, "spellings", _spelled(self.spellings))


@dataclass(frozen=True)
class Driver:
    """Items that are named together when a change is told apart.

    Examples
    --------
    >>> Driver("speed", "Kecepatan", ("response_speed",)).label["id"]
    'Kecepatan'
    """

    name: str
    label: Label
    items: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", label_of(self.label))
        object.__setattr__(self, "items", tuple(self.items))


@dataclass(frozen=True)
class Multiple:
    """A question with several answers, each option a column of its own.

    Parameters
    ----------
    name : str
    label : text or mapping of language to text
    items : mapping of option code to item name
        The option as the joined column writes it, and the item (a column of 0 and 1, or of `counted`) that says whether it was chosen.
    counted : code, optional
        The code of an item that says that its option was chosen; None where items hold the options themselves (first, second ... mention).
    joined : str, optional
        The column in which a file writes all chosen options in one cell.
    separator : str
        What stands between options there.

    Examples
    --------
    >>> Multiple("channel", "Saluran", {"sms": "channel/sms", "web": "channel/web"}, joined="channel").items["sms"]
    'channel/sms'
    """

    name: str
    label: Label
    items: Mapping[Code, str]
    counted: Code | None = 1
    joined: str | None = None
    separator: str = " "

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", label_of(self.label or self.name))
        object.__setattr__(self, "items", {plain_code(code): item for code, item in self.items.items()})


@dataclass(frozen=True)
class Item:
    """One column of a survey: what was asked and what its codes mean.

    Parameters
    ----------
    name : str
        The column.
    label : text or mapping of language to text
        Shown in tables; the name where none is given.
    type : {"number", "text", "date", "datetime", "time"}
        What its cells hold.
    values : mapping of code to label
        Answers, in order, without the missing codes.
    missing : mapping of code to label
        Codes that are no answer, such as refusals, each with its name. An empty name is a code that has none.
    missing_ranges : tuple of (low, high)
        Every code from low to high is no answer; an end may be infinite. Codes within a range may be named in `missing`.
    scale : str, optional
        Answer scale of the codebook; codes off it are refused.
    reverse : bool
        Whether a high code is a bad answer.
    dimension : str, optional
        Dimension of the codebook.
    question : text or mapping of language to text, optional
        The wording.
    column : str, optional
        The column of the data file, where it is called otherwise than the item.
    recode : mapping of code to code
        Codes of the data file (numbers or texts) that stand for other codes here, such as ``{5: 1, 1: 5}`` or ``{"A1": 1}``; codes not listed stay.
    asked_scale : str, optional
        Answer scale of the codebook on which the data file has the answers, where it is not `scale`: they are moved to `scale`, its ends to the ends.
    spellings : mapping of code to texts
        How files write the answers otherwise than the labels do; those of the scale hold too.
    role : {"identifier", "personal"}, optional
        A column that tells respondents apart; one that must not be published.
    guessed : tuple of str
        Names of the attributes above that were guessed from the data and await a reader.

    Examples
    --------
    >>> speed = Item("speed", {"id": "Kecepatan", "en": "Speed"}, values={1.0: "Lambat", 4.0: "Cepat"}, missing={9: "Menolak"})
    >>> speed.values[1]["id"], speed.label["en"]
    ('Lambat', 'Speed')
    """

    name: str
    label: Label = field(default_factory=dict)
    type: ItemType = "number"
    values: Mapping[Code, Label] = field(default_factory=dict)
    missing: Mapping[Code, Label] = field(default_factory=dict)
    missing_ranges: tuple[tuple[Code, Code], ...] = ()
    scale: str | None = None
    reverse: bool = False
    dimension: str | None = None
    question: Label | None = None
    column: str | None = None
    recode: Mapping[Code, Code] = field(default_factory=dict)
    asked_scale: str | None = None
    spellings: Mapping[Code, tuple[str, ...]] = field(default_factory=dict)
    role: Role | None = None
    guessed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        ranges = tuple((plain_code(low), plain_code(high)) for low, high in self.missing_ranges)
        plain = {
            "label": label_of(self.label or self.name),
            "values": _labelled(self.values),
            "missing": _labelled(self.missing),
            "missing_ranges": ranges,
            "question": None if self.question is None else label_of(self.question),
            "recode": {plain_code(code): plain_code(own) for code, own in self.recode.items()},
            "spellings": _spelled(self.spellings),
            "guessed": tuple(self.guessed),
        }
        for attribute, value in plain.items():
            object.__setattr__(self, attribute, value)

    def in_range(self, code: Code) -> bool:
        """Whether a code lies in one of the missing ranges."""
        if isinstance(code, str):
            return False
        return any(not isinstance(low, str) and not isinstance(high, str) and low <= code <= high for low, high in self.missing_ranges)

    def missing_mask(self, column: pd.Series[Any]) -> NDArray[np.bool_]:
        """Where the cells of a column hold a missing code; empty cells are not counted among them.

        Parameters
        ----------
        column : Series (rows,)
            The codes as they came.

        Returns
        -------
        array of bool (rows,)

        Examples
        --------
        >>> import pandas as pd
        >>> Item("speed", missing={9: "Menolak"}).missing_mask(pd.Series([4, 9, None])).tolist()
        [False, True, False]
        """
        import pandas as pd

        if self.type == "text":
            return column.isin([code for code in self.missing if isinstance(code, str)]).to_numpy(dtype=bool)
        mask = np.zeros(len(column), dtype=bool)
        if self.type != "number":
            return mask
        numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
        mask |= np.isin(numbers, [float(code) for code in self.missing if not isinstance(code, str)])
        for low, high in self.missing_ranges:
            mask |= (numbers >= float(low)) & (numbers <= float(high))
        return mask

    def all_labels(self) -> dict[Code, Label]:
        """The labels of answers and of named missing codes together, in code order."""
        named = {code: label for code, label in self.missing.items() if any(label.values())}
        merged = {**self.values, **named}
        numbers = [code for code in self.values if not isinstance(code, str)]
        if numbers != sorted(numbers) or len(numbers) < len(self.values):
            return merged
        return dict(sorted(merged.items(), key=_place))


def _place(entry: tuple[Code, Label]) -> tuple[bool, float]:
    """Numbers in order, tags after them in the order in which they stand."""
    code = entry[0]
    return (True, 0.0) if isinstance(code, str) else (False, code)
