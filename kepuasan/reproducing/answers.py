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
from kepuasan.reproducing.cells import GIVEN, STATED, Cells, shares_of
from kepuasan.reproducing.dimensions import MIN_MAX, RAW, SHARE
from kepuasan.reproducing.remarks import Figure, Remark, listed
from kepuasan.scales import Scale, scorer
from kepuasan.specification import IndexSpec, check_scale, spec_of
from kepuasan.standards.pooling import unit_volumes
from kepuasan.standards.unsur import find_unsur, names_of, require_elements, texts_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.standards.standard import Standard
    from kepuasan.survey import Survey

__all__ = ["Answers", "Units", "asked_of", "read_units"]

#: missing rules
AVAILABLE, LISTWISE, ZERO, HALF = "available", "listwise", "counted as 0", "half answered"


@dataclass(frozen=True)
class Units:
    """The unit of each row (all 0 where none is named), how many there are, the volume of each, and their names."""

    code: Integers
    count: int
    volume: Floats | None = None
    names: Sequence[Any] = ()


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

    def empty_units(self) -> list[Remark]:
        """The units of which an item, or every item, has no answer with a weight: means of units leave them out."""
        if not self.units.names:
            return []
        empty = ~(self.cells("weighted", AVAILABLE, "in").amount > 0)
        units = np.array([*self.units.names, None], dtype=object)[:-1]
        found = {"note.empty_units": empty.all(axis=1), "note.lacking_units": empty.any(axis=1) & ~empty.all(axis=1)}
        return [Remark(key, {"units": listed(units[there])}) for key, there in found.items() if there.any()]

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
        return Cells(
            means[None, :, :k],
            amount[:, :k],
            rows.low,
            rows.high,
            shares,
            self.named,
            shares_of(self.spec.item_weights()[keep]),
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
        #: each linear scoring as a slope and what is taken off, by item
        span = 100.0 / (self.high - self.low)
        share = 100.0 / np.where(self.high > 0, self.high, np.nan)
        self.linear = {SHARE: (share, 0.0 * share), MIN_MAX: (span, span * self.low), RAW: (np.ones(len(items)), np.zeros(len(items)))}
        self.floors = {
            scoring: np.array([scale.floor_of_top(top, reverse=back) for scale, back in zip(scales, reverse, strict=True)])
            for scoring, top in answers.tops.items()
        }
        self.weights: dict[str, Floats | None] = {"equal": np.ones(len(items))}
        if importance:
            self.weights[STATED] = None
        elif spec.weights != "equal":
            self.weights[GIVEN] = spec.item_weights()[keep]
        self.respondents = [(scoring, kind) for kind in self.weights for scoring in (*self.linear, *self.floors)]
        self.width = len(items) * (1 + len(self.floors) + bool(importance)) + len(self.respondents)

    def __call__(self, start: int, stop: int) -> Floats:
        """Give the block of rows start..stop."""
        block, k = self.read(start, stop), len(self.low)
        answers, stated = self._treated(self.turn(block[:, :k]), block[:, k:])
        answered = ~np.isnan(answers)
        hits = [answered & (answers >= floor) for floor in self.floors.values()]
        tops = [np.where(answered, 100.0 * hit, np.nan) for hit in hits]
        filled = [one.astype(np.float64) for one in (np.where(answered, answers, 0.0), answered, *hits)]
        own = [self._respondents(filled, stated, kind) for kind in self.weights]
        return np.column_stack([answers, *tops, stated, *own])

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

    def _respondents(self, filled: Sequence[Floats], stated: Floats, kind: str) -> Floats:
        """The index of each respondent over the items answered, (rows, scorings).

        ``filled`` are answers, whether there is one, and whether it is in each top box, 0 where there is none.
        """
        own = self.weights[kind]
        if own is None:
            weight = np.where(np.isnan(stated), 0.0, stated)
            filled, own = [one * weight for one in filled], np.ones(stated.shape[1])
        answers, there, *hits = filled
        sums = [answers @ (slope * own) - there @ (off * own) for slope, off in self.linear.values()]
        sums += [hit @ (100.0 * own) for hit in hits]
        return divided(np.column_stack(sums), np.broadcast_to((there @ own)[:, None], (len(there), len(sums))))


def share_answered(missing: str) -> float:
    """The share of the items that a respondent must have answered."""
    return 0.5 if missing == HALF else float(missing.split()[0]) / 100.0


# ---------------------------------------------------------------- what is asked of a survey


def asked_of(survey: Survey, spec: IndexSpec | None, standard: Standard) -> tuple[IndexSpec, list[Scale], tuple[bool, ...], list[Remark]]:
    """The specification, the scale of each item, whether each is the tariff, and what was taken for granted.

    Raises
    ------
    DataError
        Neither a specification nor every element of the rule but the tariff; no answers.
    ScaleError
        Answers off the scale.
    """
    declared = spec is not None or survey.codebook.index is not None or any(book.index is not None for book in survey.wave_codebooks.values())
    chosen = spec_of(survey, spec) if declared else IndexSpec(_elements(survey, standard), scoring="share-of-max")
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
    names = names_of({item: texts_of(survey, item) for item in chosen.items}, standard)
    notes = [] if declared else [Remark("note.elements", {"rule": standard.name, "items": [str(item) for item in chosen.items]})]
    unknown = [item for item in bare if names[item] is None] if declared and whole is None else []
    if not declared and len(names) < len(standard.elements) and len(names) > 1 and not any(names.values()):
        counts = {"count": Figure(len(names), 0), "total": Figure(len(standard.elements), 0)}
        notes.append(Remark("note.unnumbered", {**counts, "rule": standard.name}))
    if unknown:
        low, high = (Figure(bound, 0) for bound in standard.scale)
        notes.append(Remark("note.scale", {"names": listed(unknown), "rule": standard.name, "low": low, "high": high}))
    return chosen, scales, _tariffs(names, standard), notes


def _tariffs(names: Mapping[Any, str | None], standard: Standard) -> tuple[bool, ...]:
    """Which items are elements that may be left out; none where fewer than half of the items are known to be elements of the rule."""
    may = {element.name for element in standard.elements if element.optional}
    optional = tuple(name in may for name in names.values())
    of_rule = 2 * sum(name is not None for name in names.values()) >= len(names)
    return optional if of_rule and not all(optional) else (False,) * len(names)


def _elements(survey: Survey, standard: Standard) -> list[Any]:
    """The columns of the elements of the rule; one that is named but holds no numbers is none to be passed over.

    Raises
    ------
    DataError
        Such a column, with its first value that is no number; elements that are missing, unless it is the tariff.
    """
    found = find_unsur(survey, standard)
    absent = {element.name for element in standard.elements} - set(found.values())
    if len(absent) > sum(name is None for name in found.values()):
        rest = names_of({column: texts_of(survey, column) for column in survey.frame.columns if column not in found}, standard)
        further = [column for column, name in rest.items() if name in absent]
        for column in further:
            _require_numbers(survey, column, str(rest[column]))
        found = find_unsur(survey, standard, [column for column in survey.frame.columns if column in found or column in further])
    require_elements(found, standard, (), "name the items: spec=IndexSpec(['column', ...], scale=(1, 4), scoring='share-of-max')")
    return list(found)


def _require_numbers(survey: Survey, column: Any, element: str) -> None:
    """Refuse a column of text or dates that is an element of the rule."""
    try:
        survey.numbers(column)
    except DataError as error:
        values = survey.column(column).astype(object)
        wrong = values[values.notna() & (pd.to_numeric(values, errors="coerce").isna() | values.map(lambda one: isinstance(one, str)))]
        row = f" in row {some(wrong.index[:1])}" if len(wrong) else ""
        raise DataError(
            f"{column!r} is the element {element!r} but holds {some((wrong if len(wrong) else values)[:1])}{row}, which is no number; "
            "code its answers as numbers, or name the items without it: spec=IndexSpec(['column', ...], scale=(1, 4), scoring='share-of-max')"
        ) from error


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
    volumes = None if volume is None else unit_volumes(survey, key, unit, volume)
    return Units(np.maximum(code - absent, 0), len(key), volumes, key[unit].tolist())
