"""Conventions crossed, valued, rounded and set against the published number."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kepuasan.errors import DataError
from kepuasan.numerics.grading import half_even, half_up, steps
from kepuasan.reproducing.dimensions import CUT_OFF, HALF_EVEN, HALF_UP, Dimension, phrase

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.numerics.totals import Floats
    from kepuasan.reproducing.printed import Published

__all__ = ["FINAL", "MISSES", "REPRODUCES", "WITHIN", "crossed", "verdicts"]

FINAL = "final_rounding"
REPRODUCES, WITHIN, MISSES = "reproduces", "within rounding", "misses"
#: dimensions that the name of a convention always tells
_SAID = ("item_weights", "scoring", "pooling")
#: of a step of the last decimal: nearer numbers are one
_TIE = 1e-7

#: gives the value of a convention, or value, low and high; None where its choices cannot be made together
Valued = Callable[[Mapping[str, str]], "Floats | None"]
#: the choices of a convention as a table names them
Shown = Callable[[Mapping[str, str]], Mapping[str, str]]


def cut_off(values: Floats, decimals: int) -> Floats:
    """Values without the digits beyond the decimals."""
    scaled = values * 10.0**decimals
    return np.asarray(np.trunc(scaled + np.copysign(_TIE, scaled)) / 10.0**decimals)


_ROUND: dict[str, Callable[[Floats, int], Floats]] = {HALF_UP: half_up, HALF_EVEN: half_even, CUT_OFF: cut_off}


def crossed(dimensions: Sequence[Dimension], valued: Valued, published: Published, shown: Shown = dict) -> tuple[pd.DataFrame, list[str]]:
    """One row a convention, the fewest departures first, and what is to be noted.

    Parameters
    ----------
    dimensions : sequence of Dimension
        That of the final rounding among them.
    valued : callable
        The value of the choices of the others.
    published : Published
    shown : callable
        The choices as the table names them.

    Raises
    ------
    DataError
        Choices of which no two can be made together.
    """
    notes = [one.note for one in dimensions if one.note]
    before = [one for one in dimensions if one.name != FINAL]
    recipes, ends = _values(before, valued, shown)
    known = np.asarray(np.isfinite(ends).all(axis=1))
    if not known.any():
        raise DataError("no convention is left: the choices that are known cannot be made together, or no item has an answer; give fewer of them")
    if not known.all():
        notes.append(f"{int((~known).sum())} conventions have no value, as nobody answered as they ask")
    recipes, ends = [one for one, kept in zip(recipes, known.tolist(), strict=True) if kept], ends[known]
    final = next(one for one in dimensions if one.name == FINAL)
    final, untied = _without_ties(final, ends[:, 0], published.decimals)
    notes += [untied] if untied else []
    rows = [{**recipe, FINAL: choice} for recipe in recipes for choice in final.choices]
    values = np.repeat(ends, len(final.choices), axis=0)
    table = _table([final if one.name == FINAL else one for one in dimensions], rows, values, published, shown)
    return table, notes


def _values(dimensions: Sequence[Dimension], valued: Valued, shown: Shown) -> tuple[list[dict[str, str]], Floats]:
    """The recipes that can be made, and the value, low and high of each."""
    names = [one.name for one in dimensions]
    exact = [one for one in dimensions if one.exactly]
    recipes, values = [], []
    for choices in itertools.product(*(one.choices for one in dimensions)):
        recipe = dict(zip(names, choices, strict=True))
        told = shown(recipe) if exact else recipe
        value = valued(recipe) if all(told[one.name] in one.exactly for one in exact) else None
        if value is not None:
            recipes.append(recipe)
            values.append(value if len(value) == 3 else np.repeat(value, 3))
    return recipes, np.array(values, dtype=np.float64).reshape(-1, 3)


def _without_ties(final: Dimension, values: Floats, decimals: int) -> tuple[Dimension, str]:
    """The final rounding without half-even, where it is half-up for every value."""
    both = {HALF_UP, HALF_EVEN} <= set(final.choices)
    if not both or (steps(half_even(values, decimals), decimals) != steps(values, decimals)).any():
        return final, ""
    return replace(final, choices=tuple(one for one in final.choices if one != HALF_EVEN)), "no value is a tie: half-even rounds as half-up"


def _table(
    dimensions: Sequence[Dimension],
    rows: list[dict[str, str]],
    ends: Floats,
    published: Published,
    shown: Shown,
) -> pd.DataFrame:
    names = [one.name for one in dimensions]
    own = {one.name: one.own for one in dimensions}
    rounded = np.empty(len(rows))
    final = np.array([row[FINAL] for row in rows])
    for choice, way in _ROUND.items():
        here = final == choice
        rounded[here] = way(ends[here, 0], published.decimals)
    told = [shown(row) for row in rows]
    varied = [name for name in names if len({row[name] for row in rows}) > 1 or name in _SAID]
    choices = pd.DataFrame({name: [row[name] for row in told] for name in names}, dtype=object)
    table = choices.assign(
        departures=[sum(row[name] != own[name] for name in names) for row in rows],
        value=ends[:, 0],
        rounded=rounded,
        low=ends[:, 1],
        high=ends[:, 2],
        gap=np.round(rounded - published.value, 12),
        verdict=verdicts(rounded, ends[:, 1], ends[:, 2], published),
    )
    table.insert(0, "name", [", ".join(text for name in varied if (text := phrase(name, row[name]))) or "the rule's own" for row in told])
    return table.sort_values("departures", kind="stable", ignore_index=True)


def verdicts(rounded: Floats, low: Floats, high: Floats, published: Published) -> NDArray[np.object_]:
    """Whether each rounded value is the published one, or the rounding of its inputs allows it."""
    same = steps(rounded, published.decimals) == steps(np.array(published.value), published.decimals)
    slack = 2.0 * _TIE * published.half
    meets = (low <= published.value + published.half + slack) & (high >= published.value - published.half - slack)
    return np.asarray(np.where(same, REPRODUCES, np.where(meets, WITHIN, MISSES)), dtype=object)
