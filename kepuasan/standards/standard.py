"""What a public standard is made of: items, weights, scale, conversion, classes, rounding, citation, and how sure its text is."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from kepuasan.columns import CLASS, CLASS_NAME, ROUNDED
from kepuasan.errors import DataError, choose, some
from kepuasan.numerics.grading import graded, half_up

if TYPE_CHECKING:
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.scales import Scoring

__all__ = ["Classes", "Element", "Grade", "Standard", "Standing", "Words", "decimal_text"]

#: a text in Indonesian and in English
Words: TypeAlias = Mapping[str, str]
#: read in a source that is named, or from memory
Standing = Literal["seen", "unverified"]


@dataclass(frozen=True)
class Grade:
    """One class: its letter or short name, its bounds as printed, both inclusive, and what it is called.

    Examples
    --------
    >>> Classes([Grade("D", 25.0, 64.99, {"id": "Tidak Baik", "en": "Not good"}), Grade("C", 65.0, 100.0, {"id": "Lain", "en": "Other"})]).letters
    ['D', 'C']
    """

    code: str
    low: float
    high: float
    name: Words


def _grade(code: str, bounds: Any) -> Grade:
    """A class called by its code, from its bounds."""
    try:
        low, high = (float(bound) for bound in bounds if not isinstance(bound, str))
    except (TypeError, ValueError):
        raise DataError(f"class {code!r} has the bounds {bounds!r}; give two numbers (low, high)") from None
    return Grade(code, low, high, {"id": code, "en": code})


def _as_html(classes: Classes) -> str:
    """The classes, a row each."""
    import pandas as pd

    from kepuasan.display.html_tables import html_table

    rows = [(one.code, one.low, one.high, one.name["id"], one.name["en"]) for one in classes.all]
    return html_table(pd.DataFrame(rows, columns=["class", "low", "high", "id", "en"]), "Classes")


@dataclass(frozen=True)
class Classes:
    """The classes of an index, which must cover its range without a hole once values are rounded.

    Parameters
    ----------
    grades : sequence of Grade, or mapping of code to (low, high)
        From the lowest to the highest, bounds as printed: the next class begins one step of the last decimal above.
    decimals : int
        What values are rounded to, half up, before they are classed.
    low, high : float, optional
        The range they must cover; without it, from the first bound to the last.
    least : float, optional
        The least value there can be, where rounded weights reach below the range (24.75 by 0.11); it belongs to the first class.

    Raises
    ------
    DataError
        No class; a code twice; bounds that leave a hole, overlap, or do not cover the range: which, and where.

    Examples
    --------
    >>> import numpy as np
    >>> classes = Classes({"poor": (0, 49.9), "good": (50, 100)}, decimals=1)
    >>> classes.codes(np.array([49.94, 49.95]))
    ['poor', 'good']
    """

    grades: Sequence[Grade] | Mapping[str, tuple[float, float]]
    decimals: int = field(default=2, kw_only=True)
    low: float | None = field(default=None, kw_only=True)
    high: float | None = field(default=None, kw_only=True)
    least: float | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        if isinstance(self.decimals, bool) or not isinstance(self.decimals, int) or not 0 <= self.decimals <= 9:
            raise DataError(f"decimals is {self.decimals!r}; give how many decimals values are rounded to, 0 to 9")
        given: Any = self.grades
        grades = [_grade(code, bounds) for code, bounds in given.items()] if isinstance(given, Mapping) else list(given)
        wrong = [one for one in grades if not isinstance(one, Grade)]
        if wrong:
            raise DataError(f"{wrong[0]!r} is no class; give a mapping of code to (low, high), or a list of Grade")
        object.__setattr__(self, "grades", tuple(grades))
        self._check()

    def _check_bounds(self, grade: Grade) -> None:
        if not (np.isfinite(grade.low) and np.isfinite(grade.high) and grade.low <= grade.high):
            raise DataError(f"class {grade.code!r} runs from {grade.low:g} to {grade.high:g}; give finite bounds, the lower first")
        for bound in (grade.low, grade.high):
            if abs(float(half_up(np.array([bound]), self.decimals)[0]) - bound) > 0.01 * 10.0**-self.decimals:
                raise DataError(f"class {grade.code!r} has the bound {bound:g}, but values are rounded to {self.decimals} decimals; round it alike")

    def _check(self) -> None:
        grades, step = self.all, 10.0**-self.decimals
        if not grades:
            raise DataError("classes are empty; give at least one, with its bounds")
        codes = [grade.code for grade in grades]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise DataError(f"classes name {some(twice)} twice; give each class once")
        text = self._text
        for grade in grades:
            self._check_bounds(grade)
        for below, above in itertools.pairwise(grades):
            gap = above.low - below.high
            if abs(gap - step) > 0.01 * step:
                what = "overlap" if gap < step else "leave a hole"
                raise DataError(
                    f"classes {below.code!r} (to {text(below.high)}) and {above.code!r} (from {text(above.low)}) {what}; values are rounded to "
                    f"{self.decimals} decimals, so {above.code!r} must begin at {text(below.high + step)}; list classes from the lowest up"
                )
        for bound, own, side in ((self.low, grades[0].low, "begin"), (self.high, grades[-1].high, "end")):
            if bound is not None and abs(own - bound) > 0.01 * step:
                raise DataError(f"classes {side} at {text(own)}, but the range {side}s at {text(bound)}; cover the whole range")

    _repr_html_ = _as_html

    @property
    def all(self) -> tuple[Grade, ...]:
        """The classes, from the lowest to the highest."""
        return tuple(self.grades)  # type: ignore[arg-type]

    @property
    def letters(self) -> list[str]:
        """The codes of the classes, from the lowest."""
        return [grade.code for grade in self.all]

    def text(self) -> str:
        """The classes with their bounds, as printed."""
        return ", ".join(f"{grade.code} {self._text(grade.low)}-{self._text(grade.high)}" for grade in self.all)

    def _text(self, bound: float) -> str:
        return f"{bound:.{self.decimals}f}"

    @property
    def lows(self) -> Floats:
        """Lower bounds (classes,), ascending."""
        return np.array([grade.low for grade in self.all])

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest value there is."""
        return self.all[0].low, self.all[-1].high

    def rounded(self, values: Any) -> Floats:
        """Values rounded half up to the decimals of the classes."""
        return half_up(np.asarray(values, dtype=np.float64), self.decimals)

    def places(self, values: Any) -> Integers:
        """The class (n,) of each value, 0 the lowest; -1 where there is no value.

        Raises
        ------
        DataError
            Values that, rounded, lie outside the range.
        """
        numbers = np.atleast_1d(np.asarray(values, dtype=np.float64))
        rounded, (low, high), slack = self.rounded(numbers), self.range, 0.01 * 10.0**-self.decimals
        off = (rounded < (low if self.least is None else self.least) - slack) | (rounded > high + slack)
        if off.any():
            wrong = [float(number) for number in numbers[off]]
            raise DataError(f"{some(wrong)} lies outside the possible range {self._text(low)} to {self._text(high)}; check the scale and the weights")
        place = graded(numbers, self.lows, self.decimals)
        return np.where((place < 0) & ~np.isnan(numbers), 0, place)

    def codes(self, values: Any) -> list[str | None]:
        """The code of the class of each value; None where there is no value."""
        return [*np.array([*self.letters, None], dtype=object)[self.places(values)]]

    def names(self, values: Any, language: str = "id") -> list[str | None]:
        """What the class of each value is called."""
        return [*np.array([*(grade.name[language] for grade in self.all), None], dtype=object)[self.places(values)]]

    def row(self, value: float, language: str = "id") -> dict[str, Any]:
        """One value as results have it: rounded, its class, and what that is called."""
        return {ROUNDED: float(self.rounded(value)), CLASS: self.codes(value)[0], CLASS_NAME: self.names(value, language)[0]}


@dataclass(frozen=True)
class Element:
    """An item of a standard: its short name, its label, what else it is called, and its weight where weights differ.

    ``words`` are word beginnings that together tell it in a question or a column header, each a set of alternatives: ``(("biaya", "tarif"),)``.

    Examples
    --------
    >>> Element("digital", {"id": "Layanan digital", "en": "Digital service"}, (("digital", "daring"),)).label["en"]
    'Digital service'
    """

    name: str
    label: Words
    words: tuple[tuple[str, ...], ...] = ()
    weight: float | None = None
    #: weights within the element of what it is made of, where that is scored
    indicators: tuple[float, ...] = ()
    #: whether the item may be left out where it does not apply, as the tariff of a free service
    optional: bool = False


@dataclass(frozen=True)
class Standard:
    """A published rule for an index, as data.

    Attributes
    ----------
    name : str
        What it is asked for by, such as "14/2017".
    family : str
        What it measures: "skm", "ipp", "csi", ...
    title : mapping of language ("id", "en") to text
    elements : tuple of Element
        Empty where the rule leaves the items open.
    scale : (low, high)
        Of the answers.
    scoring : str
        How answers become scores; see `IndexSpec`. None where the index is no mean of scores.
    weights : mapping of name to Fraction or None
        Weights of an item in use; "exact" (None) is one over the number of items.
    conversion : str
        The formula, in words.
    classes : Classes or None
    numbered : int
        How many of the elements, from the first, every questionnaire numbers alike: u1, u2, ...
    shares, forms : mapping
        Of an index of several sources: what each weighs; how many questions of each form belong to each element.
    since : int or None
        The year from which it holds.
    citation : str
    standing : {"seen", "unverified"}
    unverified : mapping of language to text
        What of it was not seen in a source; empty where all was.

    Examples
    --------
    >>> own = Standard(
    ...     name="city 2025",
    ...     family="skm",
    ...     title={"id": "Survei kota", "en": "City survey"},
    ...     citation="Mayor's decree 7/2025",
    ...     standing="seen",
    ...     scale=(1.0, 4.0),
    ...     scoring="share-of-max",
    ...     conversion="mean score times 25",
    ...     classes=Classes({"low": (25.0, 74.9), "high": (75.0, 100.0)}, decimals=1),
    ... )
    >>> own.require_classes().codes([74.95])
    ['high']
    """

    name: str
    family: str
    title: Words
    citation: str
    standing: Standing
    scale: tuple[float, float]
    conversion: str
    classes: Classes | None = None
    elements: tuple[Element, ...] = ()
    scoring: Scoring | None = None
    weights: Mapping[str, Fraction | None] = field(default_factory=lambda: {"exact": None})
    numbered: int = 0
    shares: Mapping[str, float] = field(default_factory=dict)
    forms: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    since: int | None = None
    unverified: Words = field(default_factory=dict)

    def _repr_html_(self) -> str:
        """The rule, and its elements where it names them."""
        from kepuasan.display.html_tables import html_facts

        facts: dict[str, Any] = {"family": self.family, "elements": tuple(one.label["en"] for one in self.elements), "scale": self.scale}
        facts |= {"scoring": self.scoring, "conversion": self.conversion, "since": None if self.since is None else str(self.since)}
        facts |= {"classes": None if self.classes is None else self.classes.text(), "source": self.citation}
        return html_facts(facts, f"Standard {self.name}: {self.title['en']}")

    @property
    def conversion_factor(self) -> Fraction:
        """What makes the top of the scale 100: 25 on answers from 1 to 4."""
        return 100 / decimal_text(self.scale[1])

    def weight(self, name: str, count: int) -> Fraction:
        """The weight of each of `count` items under a named weight.

        Raises
        ------
        ChoiceError
            Another name, with the list.
        """
        choose("weight", name, tuple(self.weights))
        given = self.weights[name]
        return Fraction(1, count) if given is None else given

    def require_classes(self) -> Classes:
        """The classes.

        Raises
        ------
        DataError
            Where the standard has none.
        """
        if self.classes is None:
            raise DataError(f"{self.title['en']} has no classes")
        return self.classes


def decimal_text(value: Any) -> Fraction:
    """The number a float or text stands for, as it is written: 3.31 is 331/100.

    Examples
    --------
    >>> decimal_text(3.31)
    Fraction(331, 100)
    """
    return Fraction(str(value) if isinstance(value, np.floating) else repr(float(value)))
