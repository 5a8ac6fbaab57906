"""The rows of two waves as scores, who answered, and the totals that a change is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kepuasan.columns import ITEM
from kepuasan.errors import DataError, refuse_infinite, some
from kepuasan.estimators.ratios import Request, estimate
from kepuasan.estimators.spreads import grown
from kepuasan.numerics.ratios import NOTHING, Form
from kepuasan.numerics.spread import Credited, Linearised
from kepuasan.numerics.totals import blocks, divided, sum_cells
from kepuasan.specification import INDEX, ScoredRows
from kepuasan.survey import Survey

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.change.cells import Cells
    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats
    from kepuasan.specification import IndexSpec

__all__ = ["Answers", "WaveScores", "answers_of", "totals_of", "wave_scores"]


@dataclass(frozen=True)
class WaveScores:
    """Reads rows as scores of items, then importance where some is stated, each wave by its own specification; NaN where there is none.

    ``readers``: that of the base wave and that of the current one, or one for both; ``current``: rows of the current wave; ``items``: what the scores
    are of; ``weights``: their index weights in each wave, None where they are in proportion to stated importance.
    """

    readers: tuple[_Columns, ...]
    current: NDArray[np.bool_]
    items: tuple[str, ...]
    weights: tuple[Floats | None, Floats | None]

    @property
    def stated(self) -> tuple[bool, bool]:
        """Which of the waves weights items by stated importance."""
        return self.weights[0] is None, self.weights[1] is None

    @property
    def n_columns(self) -> int:
        """Number of columns."""
        return len(self.items) * (2 if any(self.stated) else 1)

    @property
    def names(self) -> list[str]:
        """What the columns are called."""
        return [*self.items, *(f"importance of {item}" for item in self.items)][: self.n_columns]

    def __call__(self, start: int, stop: int) -> Floats:
        """Give the block of rows start..stop, which the caller may overwrite."""
        current = self.current[start:stop]
        if len(self.readers) == 1 or not current.any():
            return self.readers[0](start, stop)
        if current.all():
            return self.readers[1](start, stop)
        return np.where(current[:, None], self.readers[1](start, stop), self.readers[0](start, stop))


@dataclass(frozen=True)
class _Columns:
    """Some columns of `ScoredRows` in an order; NaN for the place -1."""

    rows: ScoredRows
    place: list[int]

    def __call__(self, start: int, stop: int) -> Floats:
        block = self.rows(start, stop)[:, self.place]
        if -1 in self.place:
            block[:, [place == -1 for place in self.place]] = np.nan
        return block


def wave_scores(survey: Survey, cells: Cells, specs: tuple[IndexSpec, IndexSpec], *, respondents: bool) -> WaveScores:
    """The reader of the scores of both waves: of the items in the order of the base wave's, or of the respondents' index alone.

    Raises
    ------
    ScaleError
        Items without a scale, answers off it.
    """
    items = (INDEX,) if respondents else tuple(specs[0].items)
    stated = not respondents and any(spec.importance for spec in specs)
    readers: list[_Columns] = []
    weights: list[Floats | None] = []
    for spec, mask in zip(specs, cells.masks, strict=True):
        rows = ScoredRows(survey.where(mask), spec)
        k, order = len(spec.items), [] if respondents else [spec.items.index(item) for item in items]
        place = [rows.columns.index(INDEX, k)] if respondents else order
        if stated:
            place = [*place, *(k + one if spec.importance else -1 for one in order)]
        readers.append(_Columns(rows, place))
        weights.append(np.ones(1) if respondents else None if spec.importance else spec.item_weights()[order])
    return WaveScores(tuple(readers[:1] if specs[0] == specs[1] else readers), cells.masks[1], items, (weights[0], weights[1]))


# ---------------------------------------------------------------- who answered


@dataclass(frozen=True)
class Answers:
    """How many answers there are.

    ``count`` (2, slots, columns): by wave and slot; ``anyone`` (2,): rows of each wave with any score; ``centre`` (items,): their means.
    """

    count: Floats
    anyone: Floats
    centre: Floats


def answers_of(survey: Survey, cells: Cells, scores: WaveScores) -> Answers:
    """Who answered what, in one pass over the rows.

    Raises
    ------
    DataError
        An item nobody answered in a wave, or nobody of the groups asked in both; infinite answers; importance that sums to 0.
    """
    domains, k = cells.domains, len(scores.items)

    def read(start: int, stop: int) -> Floats:
        block = scores(start, stop)
        nobody = np.isnan(block[:, :k]).all(axis=1)
        return np.column_stack([block, np.where(nobody, np.nan, 1.0)])

    with np.errstate(invalid="ignore", over="ignore"):
        sums = sum_cells(np.asarray(domains.code), len(domains.key), domains.weight, read, scores.n_columns + 1)
    _refuse_infinite(survey, scores, domains.weight, sums.value)
    count, value = cells.grid(sums.answered_count()), cells.grid(sums.value)
    groups = {"": count} if cells.frame is None else {"": count, f" in the groups of {cells.frame!r} asked in both waves": count[:, : len(cells.key)]}
    for where, counted in groups.items():
        for wave, label in enumerate(cells.waves):
            asked = scores.n_columns if scores.stated[wave] else k
            silent = np.flatnonzero(counted[wave, :, :asked].sum(axis=0) == 0)
            if silent.size:
                raise DataError(f"nobody answered {some(scores.names[place] for place in silent)} in wave {label!r}{where}; leave it out")
            if scores.stated[wave] and value[wave, : counted.shape[1], k : 2 * k].sum() <= 0:
                raise DataError(f"the importance of all items is 0 in wave {label!r}{where}; an index needs positive weights or importance")
    whole = sums.value[:, :k].sum(axis=0), sums.answered_weight()[:, :k].sum(axis=0)
    return Answers(count[:, :, :-1], count[:, :, -1].sum(axis=1), np.nan_to_num(divided(*whole)))


def _refuse_infinite(survey: Survey, scores: WaveScores, weight: Floats, value: Floats) -> None:
    if np.isfinite(value).all():
        return
    for name in dict.fromkeys(name for reader in scores.readers for name in (*reader.rows.spec.items, *reader.rows.importance)):
        refuse_infinite(name, survey.frame.index[np.isinf(survey.numbers(name).astype(np.float64)) & (weight != 0)])


# ---------------------------------------------------------------- totals


def totals_of(survey: Survey, cells: Cells, scores: WaveScores, centre: Floats) -> Estimates:
    """Totals by domain of the scores less their centre (and of importance), then of the weights of those who answered each."""
    taken = np.zeros(scores.n_columns)
    taken[: len(centre)] = centre

    def read(start: int, stop: int) -> Floats:
        block = scores(start, stop)
        known = ~np.isnan(block)
        return np.hstack([np.where(known, block - taken, 0.0), known])

    n = 2 * scores.n_columns
    labels = pd.DataFrame({ITEM: [*scores.names, *(f"answered {name}" for name in scores.names)]})
    request = Request(read, n, Form(np.arange(n), np.full(n, NOTHING)), labels, "total")
    design = survey.design
    if design.declaration.single_psu != "average":
        return estimate(survey, cells.domains, request)
    plain = replace(design, declaration=replace(design.declaration, single_psu="certainty"))
    totals = estimate(Survey.assembled(survey.frame, survey.codebook, plain, survey.domain), cells.domains, request)
    scale = _average_scale(survey, cells, scores)
    if scale is None or not isinstance(totals.spread, (Linearised, Credited)):
        return totals
    return replace(totals, spread=grown(design, totals.spread, scale[cells.place // cells.n_slots].ravel()))


def _average_scale(survey: Survey, cells: Cells, scores: WaveScores) -> Floats | None:
    """What the first stage's errors of totals (waves, totals) grow by under single_psu="average": by the strata of a wave that hold answers."""
    answered = np.empty((len(survey.frame), scores.n_columns), dtype=bool)
    for start, stop in blocks(len(answered), scores.n_columns):
        answered[start:stop] = ~np.isnan(scores(start, stop))
    unit, wave = cells.members(survey.design)
    scale = survey.design.average_scale(unit, wave, answered[cells.domains.weight != 0], 2)
    return None if scale is None else np.tile(scale, 2)
