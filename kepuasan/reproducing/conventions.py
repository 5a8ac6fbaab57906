"""Conventions crossed, valued, rounded and set against the published number."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from kepuasan.columns import MISSES, REPRODUCES, WITHIN
from kepuasan.errors import DataError
from kepuasan.numerics.grading import cut_off, half_even, half_up, steps
from kepuasan.reproducing.cells import Reach
from kepuasan.reproducing.dimensions import CUT_OFF, HALF_EVEN, HALF_UP, Dimension, phrase
from kepuasan.reproducing.remarks import Figure, Remark

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.numerics.totals import Floats
    from kepuasan.reproducing.printed import Published

__all__ = ["FINAL", "crossed", "verdicts"]

FINAL = "final_rounding"
#: dimensions that the name of a convention always tells
_SAID = ("item_weights", "scoring", "pooling")
#: of a step of the last decimal, and of the spacing of floats: nearer numbers are one
_TIE, _ULPS = 1e-7, 16

#: what a convention makes of its inputs; None where its choices cannot be made together
Valued = Callable[[Mapping[str, str]], Reach | None]
#: the choices of a convention as a table names them
Shown = Callable[[Mapping[str, str]], Mapping[str, str]]

_ROUND: dict[str, Callable[[Floats, int], Floats]] = {HALF_UP: half_up, HALF_EVEN: half_even, CUT_OFF: cut_off}


def crossed(dimensions: Sequence[Dimension], valued: Valued, published: Published, shown: Shown = dict) -> tuple[pd.DataFrame, list[Remark]]:
    """One row a convention, the fewest departures first, and what is to be noted.

    Parameters
    ----------
    dimensions : sequence of Dimension
        That of the final rounding among them.
    valued : callable
        What the choices of the others make of the inputs.
    published : Published
    shown : callable
        The choices as the table names them.

    Raises
    ------
    DataError
        Choices of which no two can be made together.
    """
    notes = [one.note for one in dimensions if one.note is not None]
    before = [one for one in dimensions if one.name != FINAL]
    recipes, reached = _values(before, valued, shown)
    known = np.asarray(np.isfinite(reached[:, :3]).all(axis=1))
    if not known.any():
        raise DataError("no convention is left: the choices that are known cannot be made together, or no item has an answer; give fewer of them")
    if not known.all():
        notes.append(Remark("note.no_value", {"count": Figure(int((~known).sum()), 0)}))
    recipes, reached = [one for one, kept in zip(recipes, known.tolist(), strict=True) if kept], reached[known]
    final = next(one for one in dimensions if one.name == FINAL)
    tied = _without_ties(final, reached, published)
    notes += [Remark("note.no_tie")] if tied is not final else []
    rows = [{**recipe, FINAL: choice} for recipe in recipes for choice in tied.choices]
    reached = np.repeat(reached, len(tied.choices), axis=0)
    table = _table([tied if one.name == FINAL else one for one in dimensions], rows, reached, published, shown)
    return table, notes


def _values(dimensions: Sequence[Dimension], valued: Valued, shown: Shown) -> tuple[list[dict[str, str]], Floats]:
    """The recipes that can be made, and the `Reach` of each as a row."""
    names = [one.name for one in dimensions]
    exact = [one for one in dimensions if one.exactly]
    recipes, reached = [], []
    for choices in itertools.product(*(one.choices for one in dimensions)):
        recipe = dict(zip(names, choices, strict=True))
        told = shown(recipe) if exact else recipe
        reach = valued(recipe) if all(told[one.name] in one.exactly for one in exact) else None
        if reach is not None:
            recipes.append(recipe)
            reached.append(reach)
    return recipes, np.array(reached, dtype=np.float64).reshape(-1, len(Reach._fields))


def _without_ties(final: Dimension, reached: Floats, published: Published) -> Dimension:
    """The final rounding without half-even, where it rounds every value as half-up does and allows no more."""
    if not {HALF_UP, HALF_EVEN} <= set(final.choices):
        return final
    values, decimals = reached[:, 0], published.decimals
    if (steps(half_even(values, decimals), decimals) != steps(values, decimals)).any():
        return final
    if (_allowed(reached, HALF_EVEN, published) & ~_allowed(reached, HALF_UP, published)).any():
        return final
    return replace(final, choices=tuple(one for one in final.choices if one != HALF_EVEN))


def _table(
    dimensions: Sequence[Dimension],
    rows: list[dict[str, str]],
    reached: Floats,
    published: Published,
    shown: Shown,
) -> pd.DataFrame:
    names = [one.name for one in dimensions]
    own = {one.name: one.own for one in dimensions}
    rounded, verdict = np.empty(len(rows)), np.empty(len(rows), dtype=object)
    final = np.array([row[FINAL] for row in rows])
    for choice, way in _ROUND.items():
        here = final == choice
        rounded[here] = way(reached[here, 0], published.decimals)
        verdict[here] = verdicts(rounded[here], reached[here], choice, published)
    told = [shown(row) for row in rows]
    varied = [name for name in names if len({row[name] for row in rows}) > 1 or name in _SAID]
    choices = pd.DataFrame({name: [row[name] for row in told] for name in names}, dtype=object)
    table = choices.assign(
        departures=[sum(row[name] != own[name] for name in names) for row in rows],
        value=reached[:, 0],
        rounded=rounded,
        low=reached[:, 1],
        high=reached[:, 2],
        gap=np.round(rounded - published.value, 12),
        verdict=verdict,
    )
    table.insert(0, "name", [", ".join(text for name in varied if (text := phrase(name, row[name]))) or "the rule's own" for row in told])
    return table.sort_values("departures", kind="stable", ignore_index=True)


def verdicts(rounded: Floats, reached: Floats, final: str, published: Published) -> NDArray[np.object_]:
    """Whether conventions of one final rounding give the published number, might give it by the rounding of their inputs, or neither.

    Parameters
    ----------
    rounded : array (conventions,)
        Their values, rounded.
    reached : array (conventions, 5)
        The `Reach` of each.
    final : str
        How they round at last.
    published : Published

    Notes
    -----
    The rounding of the inputs allows a number where some value that is reached rounds to it: half up those of [p - h, p + h), half to even those of
    (p - h, p + h) and both ends where the last digit of p is even, cut off those of [p, p + 2h). An end that is not reached does not count, and
    exact inputs reach their value only.
    """
    same = steps(rounded, published.decimals) == steps(np.array(published.value), published.decimals)
    return np.asarray(np.where(same, REPRODUCES, np.where(_allowed(reached, final, published), WITHIN, MISSES)), dtype=object)


class _Preimage(NamedTuple):
    """The numbers that round to the published one, and whether the ends are among them."""

    low: float
    high: float
    with_low: bool
    with_high: bool

    @classmethod
    def of(cls, final: str, published: Published) -> _Preimage:
        value, half = published.value, published.half
        if final == CUT_OFF:
            unit = 2.0 * half
            return cls(value - unit * (value <= 0), value + unit * (value >= 0), value > 0, value < 0)
        even = final == HALF_EVEN and float(steps(np.array(value), published.decimals)) % 2 == 0
        return cls(value - half, value + half, final == HALF_UP or even, even)


def _allowed(reached: Floats, final: str, published: Published) -> NDArray[np.bool_]:
    """Whether a value that is reached rounds to the published number; none of exact inputs, which reach their value only."""
    low, high, is_open, step = reached[:, 1], reached[:, 2], reached[:, 3] > 0, reached[:, 4]
    target = _Preimage.of(final, published)
    slack = np.maximum(2.0 * _TIE * published.half, _ULPS * np.spacing(np.maximum(np.abs(high), abs(published.value))))
    after = -slack if target.with_low else slack
    before = slack if target.with_high else -slack
    # values that lie close together: the two ranges have a point in common
    meets = low < target.high + before
    meets &= np.where(is_open, high > target.low + slack, high > target.low + after)
    # values on a grid that begins at `low`: its first point in the range, if it has one
    size = np.where(step > 0, step, 1.0)
    first = np.maximum(np.ceil((target.low + after - low) / size), 0.0)
    point = low + first * size
    on_grid = (point <= high + slack) & (point < target.high + before)
    return np.asarray((high - low > slack) & np.where(step > 0, on_grid, meets))
