"""Item means by unit, and the index that each way of scoring, weighting and early rounding makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from kepuasan.numerics.grading import half_up
from kepuasan.numerics.totals import Floats, divided
from kepuasan.reproducing.dimensions import EARLY, MIN_MAX, NO_EARLY, RAW, SHARE, UNIT_VALUES, Early

__all__ = ["GIVEN", "STATED", "Cells", "Recipe", "spread_over_units"]

#: item weights of a specification: numbers, or stated importance
GIVEN, STATED = "as given", "stated importance"


@dataclass(frozen=True)
class Recipe:
    """The choices that make a value before its last rounding; those that a source does not offer are the rule's own."""

    item_weights: str = "equal"
    scoring: str = SHARE
    level: str = "items"
    early_rounding: str = NO_EARLY.text
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
        what = self.early.what
        if what == "none":
            return True
        if what == UNIT_VALUES.what:
            return self.pooling != "respondents"
        if self.level != "items":
            return False
        linear = {"item means": (SHARE, MIN_MAX, RAW), "weighted means": (SHARE, RAW), "sum": (SHARE,)}[what]
        return self.scoring in linear and (one_scale or what == "item means" or self.scoring == RAW)


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
        Item weights that sum to 1.
    stated, stated_amount : array (units, items), optional
        Mean stated importance, and what the mean stands for.
    respondents : mapping of (scoring, item weights) to (array (units,), array (units,))
        Sums of the indices of respondents, and of their weights.
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

    def value(self, recipe: Recipe, volume: Floats | None = None) -> Floats:
        """The index (ends,) under a recipe; NaN where there is none."""
        pooled = recipe.pooling == "respondents"
        over = self._pooled if pooled else self
        values = self._mean_of_respondents(recipe, pooled) if recipe.level == "respondents" else over.index(recipe)
        if pooled:
            return np.asarray(values[..., 0])
        if recipe.early == UNIT_VALUES:
            values = half_up(values, UNIT_VALUES.decimals)
        return spread_over_units(values, volume if recipe.pooling == "volume" else None)

    @cached_property
    def _pooled(self) -> Cells:
        """The same as one unit, every answer counting alike."""
        if self.amount.shape[0] == 1:
            return self
        stated = None if self.stated is None or self.stated_amount is None else _merged(self.stated, self.stated_amount)
        shares = {scoring: _merged(share, self.amount) for scoring, share in self.shares.items()}
        amount = self.amount.sum(axis=0, keepdims=True)
        return Cells(_merged(self.means, self.amount), amount, self.low, self.high, shares, self.named, self.given, stated, None)

    def _weights(self, name: str) -> Floats:
        """Item weights, (items,) or (units, items)."""
        items = self.means.shape[-1]
        if name == GIVEN and self.given is not None:
            return self.given
        if name == STATED and self.stated is not None:
            return divided(self.stated, np.broadcast_to(self.stated.sum(axis=-1, keepdims=True), self.stated.shape))
        return np.full(items, self.named.get(name, 1.0 / items))

    def index(self, recipe: Recipe) -> Floats:
        """The index of item means (ends, units), without pooling."""
        weights, early = self._weights(recipe.item_weights), recipe.early
        if recipe.scoring in self.shares:
            return _total(self.shares[recipe.scoring] * weights)
        means = half_up(self.means, early.decimals) if early.what == "item means" else self.means
        if recipe.scoring == MIN_MAX:
            return _total(100.0 * (means - self.low) / (self.high - self.low) * weights)
        terms = means * weights
        terms = half_up(terms, early.decimals) if early.what == "weighted means" else terms
        if recipe.scoring == RAW:
            return _total(terms)
        if early.what == "sum":
            return np.asarray(half_up(_total(terms), early.decimals) * 100.0 / self.high[0])
        return _total(terms * (100.0 / self.high))

    def _mean_of_respondents(self, recipe: Recipe, pooled: bool) -> Floats:
        """The mean of the respondents' indices, (units,) or (1,) where pooled."""
        kind = "equal" if recipe.item_weights in self.named else recipe.item_weights
        sums, weights = self.respondents[recipe.scoring, kind]
        if pooled:
            sums, weights = sums.sum(keepdims=True), weights.sum(keepdims=True)
        factor = self.named[recipe.item_weights] * self.means.shape[-1] if recipe.item_weights in self.named else 1.0
        return factor * divided(sums, weights)[None, :]


def spread_over_units(values: Floats, volume: Floats | None) -> Floats:
    """The mean of unit values (ends, units), alike or by volume; units without a value are left out."""
    size = np.where(np.isnan(values), 0.0, 1.0 if volume is None else volume)
    return divided((size * np.nan_to_num(values)).sum(axis=-1), size.sum(axis=-1))


def _merged(means: Floats, amount: Floats) -> Floats:
    """Means (..., units, items) of all units together, (..., 1, items)."""
    total = amount.sum(axis=0, keepdims=True)
    top = np.where(amount > 0, np.nan_to_num(means) * amount, 0.0).sum(axis=-2, keepdims=True)
    return divided(top, np.broadcast_to(total, top.shape))


def _total(terms: Floats) -> Floats:
    """Terms added up over items."""
    return np.asarray(terms.sum(axis=-1))
