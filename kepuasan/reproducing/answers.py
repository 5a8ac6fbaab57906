"""Survey answers as item means by unit, for every choice of rows, weights and missing rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import ITEM
from kepuasan.design import factorized
from kepuasan.errors import DataError, some
from kepuasan.estimators.reading import read_items
from kepuasan.numerics.totals import divided, sum_cells
from kepuasan.reproducing.cells import GIVEN, STATED, Cells
from kepuasan.reproducing.dimensions import MIN_MAX, RAW, SHARE
from kepuasan.scales import Scale, scorer
from kepuasan.specification import IndexSpec, check_scale, spec_of
from kepuasan.standards.pooling import unit_volumes
from kepuasan.standards.unsur import element_of, find_unsur

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.standards.standard import Element, Standard
    from kepuasan.survey import Survey

__all__ = ["Answers", "Units", "asked_of", "read_units"]

#: missing rules
AVAILABLE, LISTWISE, ZERO, HALF = "available", "listwise", "counted as 0", "half answered"


@dataclass(frozen=True)
class Units:
    """The unit of each row (all 0 where none is named), how many there are, and the volume of each."""

    code: Integers
    count: int
    volume: Floats | None = None


@dataclass(frozen=True)
class Answers:
    """A survey, the items asked for, and how they may be scored.

    Parameters
    ----------
    survey : Survey
    spec : IndexSpec
    scales : list of Scale
        One an item, from the specification, the codebook or the rule.
    units : Units
    tops : mapping of scoring to int
        How many answers each top box counts.
    named : mapping of name to float
        Fixed item weights of the rule.
    optional : tuple of bool
        Whether an item is the tariff.
    """

    survey: Survey
    spec: IndexSpec
    scales: Sequence[Scale]
    units: Units
    tops: Mapping[str, int]
    named: Mapping[str, float]
    optional: tuple[bool, ...]
    _made: dict[tuple[str, str, str], Cells] = field(default_factory=dict, init=False, repr=False)

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Rows of the domain."""
        domain = self.survey.domain
        return np.ones(len(self.survey.frame), dtype=bool) if domain is None else domain

    @cached_property
    def missing(self) -> bool:
        """Whether an answer of the domain is missing."""
        inside = self.inside
        names = dict.fromkeys([*self.spec.items, *self.spec.importance])
        return any(bool((np.isnan(self.survey.numbers(name)) & inside).any()) for name in names)

    @property
    def weighted(self) -> bool:
        """Whether the weights of the domain's rows differ."""
        weights = self.survey.design.weights[self.inside]
        return bool(weights.min() != weights.max())

    def cells(self, survey_weights: str, missing: str, tariff: str) -> Cells:
        """The sums of a choice of weights, rows and items; made once."""
        key = (survey_weights, missing, tariff)
        if key not in self._made:
            self._made[key] = self._summed(*key)
        return self._made[key]

    def _summed(self, survey_weights: str, missing: str, tariff: str) -> Cells:
        keep = np.array([tariff == "in" or not optional for optional in self.optional])
        rows, k = _Rows(self, keep, missing), int(keep.sum())
        weight = np.where(self.inside, self.survey.design.weights if survey_weights == "weighted" else 1.0, 0.0)
        sums = sum_cells(self.units.code, self.units.count, weight, rows, rows.width)
        value, amount = sums.value, np.array(sums.answered_weight())
        means = divided(value, amount)
        parts = iter(range(k, rows.width, k))
        shares = {scoring: means[None, :, start : start + k] for scoring, start in zip(self.tops, parts, strict=False)}
        stated = next(parts) if self.spec.importance else None
        first = rows.width - len(rows.respondents)
        respondents = {key: (value[:, first + place], amount[:, first + place]) for place, key in enumerate(rows.respondents)}
        weights = self.spec.item_weights()[keep]
        return Cells(
            means[None, :, :k],
            amount[:, :k],
            rows.low,
            rows.high,
            shares,
            self.named,
            weights / weights.sum(),
            None if stated is None else means[:, stated : stated + k],
            None if stated is None else amount[:, stated : stated + k],
            respondents,
        )


class _Rows:
    """Reads rows as turned answers, percents in the top boxes, stated importance, and the indices of respondents."""

    def __init__(self, answers: Answers, keep: NDArray[np.bool_], missing: str) -> None:
        spec, book = answers.spec, answers.survey.codebook
        self.missing, self.spec = missing, spec
        items = [item for item, kept in zip(spec.items, keep, strict=True) if kept]
        scales = [scale for scale, kept in zip(answers.scales, keep, strict=True) if kept]
        reverse = [item in book.items and book.items[item].reverse for item in items]
        importance = [name for name, kept in zip(spec.importance, keep, strict=True) if kept] if spec.importance else []
        self.read = read_items(answers.survey, [*items, *importance])
        self.turn = scorer(scales, reverse, "raw")
        self.low, self.high = np.array([scale.low for scale in scales]), np.array([scale.high for scale in scales])
        self.top = np.where(self.high > 0, self.high, np.nan)
        self.floors = {
            scoring: np.array([scale.floor_of_top(top, reverse=back) for scale, back in zip(scales, reverse, strict=True)])
            for scoring, top in answers.tops.items()
        }
        self.weights: dict[str, Floats | None] = {"equal": np.ones(len(items))}
        if importance:
            self.weights[STATED] = None
        elif spec.weights != "equal":
            self.weights[GIVEN] = spec.item_weights()[keep]
        self.respondents = [(scoring, kind) for scoring in (SHARE, MIN_MAX, RAW, *self.floors) for kind in self.weights]
        self.width = len(items) * (1 + len(self.floors) + bool(importance)) + len(self.respondents)

    def __call__(self, start: int, stop: int) -> Floats:
        """Give the block of rows start..stop."""
        block, k = self.read(start, stop), len(self.low)
        answers, stated = self._treated(self.turn(block[:, :k]), block[:, k:])
        empty = np.isnan(answers)
        tops = {scoring: np.where(empty, np.nan, 100.0 * (answers >= floor)) for scoring, floor in self.floors.items()}
        linear = {SHARE: 100.0 * answers / self.top, MIN_MAX: 100.0 * (answers - self.low) / (self.high - self.low), RAW: answers}
        scores = {**linear, **tops}
        own = [self._respondents(scores[scoring], stated, kind) for scoring, kind in self.respondents]
        return np.column_stack([answers, *tops.values(), stated, *own])

    def _treated(self, answers: Floats, stated: Floats) -> tuple[Floats, Floats]:
        """Answers and stated importance under the missing rule."""
        if self.missing == ZERO:
            return np.nan_to_num(answers, nan=0.0), stated
        if self.missing == AVAILABLE:
            return answers, stated
        answered = ~np.isnan(answers)
        if stated.size:
            answered &= ~np.isnan(stated)
        least = 1.0 if self.missing == LISTWISE else share_answered(self.missing)
        out = answered.sum(axis=1) < least * answered.shape[1] - 1e-9
        answers[out] = np.nan
        stated[out] = np.nan
        return answers, stated

    def _respondents(self, scores: Floats, stated: Floats, kind: str) -> Floats:
        """The index of each respondent over the items answered."""
        own = self.weights[kind]
        weights = stated if own is None else np.broadcast_to(own, scores.shape)
        answered = ~(np.isnan(scores) | np.isnan(weights))
        share = np.where(answered, weights, 0.0)
        return divided(np.where(answered, share * scores, 0.0).sum(axis=1), share.sum(axis=1))


def share_answered(missing: str) -> float:
    """The share of the items that a respondent must have answered."""
    return 0.5 if missing == HALF else float(missing.split()[0]) / 100.0


# ---------------------------------------------------------------- what is asked of a survey


def asked_of(survey: Survey, spec: IndexSpec | None, standard: Standard) -> tuple[IndexSpec, list[Scale], tuple[bool, ...], bool]:
    """The specification, the scale of each item, whether each is the tariff, and whether the specification is the rule's.

    Raises
    ------
    DataError
        Neither a specification nor elements of the rule; no answers.
    ScaleError
        Answers off the scale.
    """
    declared = spec is not None or survey.codebook.index is not None or any(book.index is not None for book in survey.wave_codebooks.values())
    chosen = spec_of(survey, spec) if declared else IndexSpec(list(find_unsur(survey, standard)), scoring="share-of-max")
    survey.require([*chosen.items, *chosen.importance])
    book, whole = survey.codebook, Scale(*chosen.scale) if chosen.scale is not None else None
    scales, bare = [], []
    for item in chosen.items:
        own = whole or (book.scale_of(item) if item in book.items else None)
        bare += [item] if own is None else []
        scales.append(own or Scale(*standard.scale))
    if whole is not None:
        check_scale(survey, chosen.items, whole)
    elif bare:
        check_scale(survey, bare, Scale(*standard.scale))
    return chosen, scales, _tariffs(survey, chosen.items, standard), not declared


def _tariffs(survey: Survey, items: Sequence[Any], standard: Standard) -> tuple[bool, ...]:
    """Which items are elements that may be left out; none where fewer than half of the items are elements of the rule."""
    found = [_element(survey, item, standard) for item in items]
    optional = tuple(element is not None and element.optional for element in found)
    of_rule = 2 * sum(element is not None for element in found) >= len(found)
    return optional if of_rule and not all(optional) else (False,) * len(found)


def _element(survey: Survey, item: Any, standard: Standard) -> Element | None:
    """The element that an item is, by its label, then by its name."""
    labels = survey.codebook.items[item].label.values() if item in survey.codebook.items else ()
    return next((found for text in (*labels, item) if (found := element_of(text, standard)) is not None), None)


def read_units(survey: Survey, unit: Any, volume: Any) -> Units:
    """The units of the rows, and their volumes where they are given.

    Raises
    ------
    DataError
        An unknown column; rows without a unit; volumes without units, or of some units only.
    """
    inside = np.ones(len(survey.frame), dtype=bool) if survey.domain is None else survey.domain
    if unit is None:
        if volume is not None:
            raise DataError("volume is given, but no unit it is of; give unit= the column of units")
        return Units(np.zeros(len(inside), dtype=np.intp), 1)
    survey.require([unit])
    code, levels = factorized(survey.column(unit))
    lost = np.flatnonzero((code < 0) & inside)
    if lost.size:
        raise DataError(
            f"{lost.size} rows have no unit in {unit!r} ({some(survey.frame.index[lost])}); fill them in, or leave them out: "
            f"survey.where(survey.column({unit!r}).notna())"
        )
    used, code = np.unique(np.where(inside, code, -1), return_inverse=True)
    absent = int(used[0] == -1)
    key = pd.DataFrame({ITEM: "", unit: levels[used[absent:]]})
    return Units(np.maximum(code - absent, 0), len(key), None if volume is None else unit_volumes(survey, key, unit, volume))
