"""Item means by unit, and the index that each way of scoring, weighting and early rounding makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kepuasan.numerics.grading import half_up
from kepuasan.numerics.totals import Floats, divided
from kepuasan.reproducing.dimensions import EARLY, MIN_MAX, NO_EARLY, RAW, SHARE, Early

__all__ = ["GIVEN", "PRINTED", "STATED", "Cells", "Reach", "Recipe", "shares_of", "spread_over_units"]

#: item weights of a specification: numbers over their sum, those of a table as they are, or stated importance
GIVEN, PRINTED, STATED = "as given", "as printed", "stated importance"

#: of a unit of the last decimal: what differences of floats may be
_NOTHING = 1e-6

Marks: TypeAlias = NDArray[np.bool_]


class Reach(NamedTuple):
    """The value of a convention, and every value that it makes of inputs within their rounding.

    They are those from ``low``, which is reached, to ``high``, which is not where it is ``open``; with a ``step`` those of them that lie whole steps
    above ``low``. Exact inputs have ``low`` and ``high`` at the value.
    """

    value: float
    low: float
    high: float
    open: bool = False
    step: float = 0.0

    @classmethod
    def of(cls, ends: Floats, open_end: bool, step: float = 0.0) -> Reach:
        """From the value alone (1,), or from the value, the least and the largest (3,)."""
        if len(ends) == 1:
            return cls(float(ends[0]), float(ends[0]), float(ends[0]))
        return cls(float(ends[0]), float(ends[1]), float(ends[2]), bool(open_end), step)


@dataclass(frozen=True)
class Recipe:
    """The choices that make a value before its last rounding; those that a source does not offer are the rule's own."""

    item_weights: str = "equal"
    scoring: str = SHARE
    level: str = "items"
    early_rounding: str = NO_EARLY
    pooling: str = "respondents"
    survey_weights: str = ""
    missing: str = ""
    tariff: str = "in"

    @property
    def early(self) -> Early:
        """What is rounded first."""
        return EARLY[self.early_rounding]

    def applies(self, *, one_scale: bool, named: Mapping[str, float]) -> bool:
        """Whether the choices can be made together."""
        if self.item_weights in named and (self.scoring != SHARE or self.tariff != "in"):
            return False
        if self.item_weights == PRINTED and (self.scoring not in (SHARE, RAW) or self.tariff != "in"):
            return False
        early = self.early
        if self.early_rounding == NO_EARLY:
            return True
        if early.units is not None:
            return self.pooling != "respondents"
        if self.level != "items":
            return False
        if early.total is not None:
            return self.scoring == SHARE and one_scale
        if early.weighted is not None:
            return self.scoring == RAW or (self.scoring == SHARE and one_scale)
        return self.scoring in (SHARE, MIN_MAX, RAW)


@dataclass(frozen=True)
class Cells:
    """What the conventions of one choice of rows and items are computed from.

    Parameters
    ----------
    means : array (ends, units, items)
        Mean answers, reversed items turned; ends are the value alone, or the value and what its rounding allows below and above.
    amount : array (units, items)
        What a mean stands for when units are pooled: answers, or their weights.
    low, high : array (items,)
        Bounds of the scales; NaN where there is none.
    shares : mapping of scoring to array (ends, units, items)
        Percent of answers in the top boxes.
    named : mapping of name to float
        Weights of an item that do not sum to 1 over the items.
    given : array (items,), optional
        Item weights that sum to 1. None where none is left.
    span : array (3, items), optional
        Of weights that are printed with decimals: the numbers, and the least and the largest that are printed so, none of which sums to 1 yet.
    printed : array (items,), optional
        Item weights that are used as they are printed, whatever they sum to.
    same : str, optional
        The named weight that those in print are, if they are one.
    stated, stated_amount : array (units, items), optional
        Mean stated importance, and what the mean stands for.
    respondents : mapping of (scoring, item weights) to (array (units,), array (units,))
        Sums of the indices of respondents, and of their weights.
    above : array (units, items), optional
        Whether the mean above is not reached itself; without it all that are not the end of their scale.
    """

    means: Floats
    amount: Floats
    low: Floats
    high: Floats
    shares: Mapping[str, Floats] = field(default_factory=dict)
    named: Mapping[str, float] = field(default_factory=dict)
    given: Floats | None = None
    stated: Floats | None = None
    stated_amount: Floats | None = None
    respondents: Mapping[tuple[str, str], tuple[Floats, Floats]] = field(default_factory=dict)
    above: Marks | None = None
    span: Floats | None = None
    printed: Floats | None = None
    same: str | None = None

    def reach(self, recipe: Recipe, volume: Floats | None = None) -> Reach | None:
        """The index under a recipe, NaN where there is none, and the values that its inputs allow; None where its weights vanish.

        Where item weights differ, or units weigh by their volume, values after an early rounding of parts are taken as lying close together.
        """
        if recipe.item_weights == GIVEN and self.given is None:
            return None
        pooled = recipe.pooling == "respondents"
        over = self._pooled if pooled else self
        if recipe.level == "respondents":
            values = self._mean_of_respondents(recipe, pooled)
            above = np.zeros(values.shape[1:], dtype=bool)
        else:
            values, above = over._indexed(recipe)
        step = over._step(recipe)
        if pooled:
            return Reach.of(values[..., 0], above[0], step)
        if recipe.early.units is not None:
            values, above = _rounded(values, recipe.early.units, above)
        by_volume = recipe.pooling == "volume"
        there = ~np.isnan(values[0])
        step = 0.0 if by_volume else step / max(int(there.sum()), 1)
        size = there if volume is None or not by_volume else there * volume
        return Reach.of(spread_over_units(values, volume if by_volume else None), bool((above & (size > 0)).any()), step)

    @cached_property
    def _above(self) -> Marks:
        """Where the mean above is not reached: everywhere but at the end of the scale."""
        with np.errstate(invalid="ignore"):
            return np.asarray(~(self.means[-1] >= self.high)) if self.above is None else self.above

    @cached_property
    def _pooled(self) -> Cells:
        """The same as one unit, every answer counting alike."""
        if self.amount.shape[0] == 1:
            return self
        stated = None if self.stated is None or self.stated_amount is None else _merged(self.stated, self.stated_amount)
        shares = {scoring: _merged(share, self.amount) for scoring, share in self.shares.items()}
        amount = self.amount.sum(axis=0, keepdims=True)
        above = np.asarray((self._above & (self.amount > 0)).any(axis=0, keepdims=True))
        means = _merged(self.means, self.amount)
        return replace(self, means=means, amount=amount, shares=shares, stated=stated, stated_amount=None, respondents={}, above=above)

    def _weights(self, name: str, means: Floats) -> Floats:
        """Item weights, (items,), (units, items) or (ends, 1, items)."""
        items = self.means.shape[-1]
        if name == GIVEN and self.span is not None and len(means) == 3:
            return extreme_shares(means[:, 0], self.span)[:, None]
        if name == GIVEN and self.given is not None:
            return self.given
        if name == PRINTED and self.printed is not None:
            return self.printed
        if name == STATED and self.stated is not None:
            return divided(self.stated, np.broadcast_to(self.stated.sum(axis=-1, keepdims=True), self.stated.shape))
        return np.full(items, self.named.get(name, 1.0 / items))

    def index(self, recipe: Recipe) -> Floats:
        """The index of item means (ends, units), without pooling."""
        return self._indexed(recipe)[0]

    def _indexed(self, recipe: Recipe) -> tuple[Floats, Marks]:
        """The index of item means (ends, units), and where what is above is not reached (units,)."""
        early, means, above = recipe.early, self.means, self._above
        if early.items is not None and recipe.scoring not in self.shares:
            means, above = _rounded(means, early.items, above)
        weights = self._weights(recipe.item_weights, means)
        above = above & ((weights[0] if weights.ndim == 3 else weights) != 0)
        if recipe.scoring in self.shares:
            return _total(self.shares[recipe.scoring] * weights), _any(above)
        if recipe.scoring == MIN_MAX:
            return _total(100.0 * (means - self.low) / (self.high - self.low) * weights), _any(above)
        terms = means * weights
        if early.weighted is not None and weights.ndim == 3 and self.span is not None:
            total = _bounded(means, terms, self.span, early.weighted)
            return total * (1.0 if recipe.scoring == RAW else 100.0 / self.high[0]), np.zeros(total.shape[1:], dtype=bool)
        if early.weighted is not None:
            terms, above = _rounded(terms, early.weighted, above)
        if recipe.scoring == RAW:
            return _total(terms), _any(above)
        if early.total is None:
            return _total(terms * (100.0 / self.high)), _any(above)
        total, above = _rounded(_total(terms), early.total, _any(above))
        return total * (100.0 / self.high[0]), above

    def _step(self, recipe: Recipe) -> float:
        """By how much the values of a unit differ after its early rounding; 0 where they lie close together."""
        early, last = recipe.early, recipe.early.weighted if recipe.early.total is None else recipe.early.total
        if early.units is not None:
            return float(10.0**-early.units)
        if last is None and early.items is None:
            return 0.0
        size = {SHARE: self.high[0], MIN_MAX: self.high[0] - self.low[0]}.get(recipe.scoring, 100.0)
        if last is not None:
            return float(100.0 / size * 10.0**-last)
        weights = self._weights(recipe.item_weights, self.means)
        alike = weights.ndim == 1 and bool((weights == weights[0]).all())
        return float(100.0 / size * weights[0] * 10.0 ** -(early.items or 0)) if alike else 0.0

    def _mean_of_respondents(self, recipe: Recipe, pooled: bool) -> Floats:
        """The mean of the respondents' indices, (1, units) or (1, 1) where pooled."""
        kind = "equal" if recipe.item_weights in self.named else recipe.item_weights
        sums, weights = self.respondents[recipe.scoring, kind]
        if pooled:
            sums, weights = sums.sum(keepdims=True), weights.sum(keepdims=True)
        factor = self.named[recipe.item_weights] * self.means.shape[-1] if recipe.item_weights in self.named else 1.0
        return factor * divided(sums, weights)[None, :]


def extreme_shares(means: Floats, span: Floats) -> Floats:
    """Shares of the items (3, items): as printed, and those that make the least of the lower means (3, items) and the most of the upper ones.

    A weighted mean is least where every weight is as large as its rounding allows up to some mean, and as small above it.
    """
    value, low, high = span
    found = [value]
    for mean, sign in ((means[1], 1.0), (means[2], -1.0)):
        order = np.argsort(sign * mean, kind="stable")
        heavy = np.zeros((len(value) + 1, len(value)))
        heavy[:, order] = np.tri(len(value) + 1, len(value), -1)
        tried = low + (high - low) * heavy
        found.append(tried[np.nanargmin(sign * divided(tried @ mean, tried.sum(axis=1)))])
    return np.stack([one / one.sum() for one in found])


def _bounded(means: Floats, terms: Floats, span: Floats, decimals: int) -> Floats:
    """The sum of weighted means that are rounded, (3, 1), where the weights are rounded too: wide enough for all that they allow.

    No term lies beyond its own least and largest weight, nor the sum beyond the least and the largest that it is unrounded by more than half a unit
    of each term.
    """
    value, low, high = span
    least, most = (one / (one + other.sum() - other) for one, other in ((low, high), (high, low)))
    ends = np.stack([one * weight for one in means[1:, 0] for weight in (least, most)])
    total = _total(np.stack([half_up(terms[0, 0], decimals), half_up(ends.min(axis=0), decimals), half_up(ends.max(axis=0), decimals)]))
    room, whole, unit = 0.5 * np.count_nonzero(value) + _NOTHING, _total(terms[:, 0]), 10.0**decimals
    total[1] = max(total[1], np.ceil(whole[1] * unit - room) / unit)
    total[2] = min(total[2], np.floor(whole[2] * unit + room) / unit)
    return total[:, None]


def shares_of(weights: Floats) -> Floats | None:
    """Weights as shares of their sum; None where they vanish."""
    total = float(weights.sum())
    return weights / total if total > 0 else None


def spread_over_units(values: Floats, volume: Floats | None) -> Floats:
    """The mean of unit values (ends, units), alike or by volume; units without a value are left out."""
    size = np.where(np.isnan(values), 0.0, 1.0 if volume is None else volume)
    return divided((size * np.nan_to_num(values)).sum(axis=-1), size.sum(axis=-1))


def _rounded(values: Floats, decimals: int, above: Marks) -> tuple[Floats, Marks]:
    """Values (ends, ...) rounded half up, the largest from below where it is not reached itself; all of them are reached then."""
    found = half_up(values, decimals)
    if len(values) == 3:
        found[2] = np.where(above, -half_up(-values[2], decimals), found[2])
    return found, np.zeros_like(above)


def _merged(means: Floats, amount: Floats) -> Floats:
    """Means (..., units, items) of all units together, (..., 1, items)."""
    total = amount.sum(axis=0, keepdims=True)
    top = np.where(amount > 0, np.nan_to_num(means) * amount, 0.0).sum(axis=-2, keepdims=True)
    return divided(top, np.broadcast_to(total, top.shape))


def _total(terms: Floats) -> Floats:
    """Terms added up over items."""
    return np.asarray(terms.sum(axis=-1))


def _any(marks: Marks) -> Marks:
    """Whether one of the items is marked."""
    return np.asarray(marks.any(axis=-1))
