"""Codes to scores: what an answer is worth under each way of scoring.

A scale is its declared bounds, never the observed ones, and a reverse item is declared, never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from kepuasan.errors import ScaleError, choose

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["SCORINGS", "Scale", "Scorer", "Scoring", "scorer"]

Scoring = Literal["minmax", "share-of-max", "top-box", "raw"]
SCORINGS: tuple[Scoring, ...] = ("minmax", "share-of-max", "top-box", "raw")


@dataclass(frozen=True)
class Scale:
    """The bounds of an answer scale, and the codes that may be given on it.

    Parameters
    ----------
    low, high : float
        Declared bounds, ``low < high``.
    codes : tuple of float, optional
        The codes allowed, in order; without them every number within the bounds is.

    Examples
    --------
    >>> Scale(1, 5).off(np.array([1.0, 6.0, np.nan]))
    array([False,  True, False])
    """

    low: float
    high: float
    codes: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        if not (np.isfinite(self.low) and np.isfinite(self.high) and self.low < self.high):
            raise ScaleError(f"a scale runs from low to high, not from {self.low} to {self.high}; give finite bounds with low < high")

    def off(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Where an answer, missing ones excepted, is not on the scale."""
        if self.codes is not None:
            on: NDArray[np.bool_] = np.isin(values, self.codes)
        else:
            on = (values >= self.low) & (values <= self.high)
        return ~on & ~np.isnan(values)

    def floor_of_top(self, top: int, *, reverse: bool = False) -> float:
        """The lowest of the `top` answers, after reversal.

        Raises
        ------
        ScaleError
            Where the scale has not more answers than `top`.
        """
        if self.codes is not None:
            codes = sorted(self.low + self.high - code if reverse else code for code in self.codes)
        else:
            codes = list(np.arange(self.low, self.high + 0.5))
        if not 1 <= top < len(codes):
            raise ScaleError(f"top={top} of the {len(codes)} answers from {self.low:g} to {self.high:g}; choose 1 to {len(codes) - 1}")
        return float(codes[-top])


@dataclass(frozen=True)
class Scorer:
    """Turns a block (rows, items) of answers into scores, missing ones staying missing.

    A score is ``offset + slope x answer``, or 100 where the answer, reversed if the item is, reaches ``floor`` and else 0.
    """

    offset: NDArray[np.float64]
    slope: NDArray[np.float64]
    floor: NDArray[np.float64] | None = None

    def __call__(self, answers: NDArray[np.float64]) -> NDArray[np.float64]:
        """Score the block; scores that are the answers themselves are the block given."""
        if self.floor is None and (self.slope == 1.0).all() and not self.offset.any():
            return answers
        scores = answers * self.slope
        scores += self.offset
        if self.floor is None:
            return scores
        box = np.multiply(scores >= self.floor, 100.0)
        np.copyto(box, np.nan, where=np.isnan(scores))
        return box


def scorer(scales: Sequence[Scale | None], reverse: Sequence[bool], scoring: Scoring, *, top: int = 2) -> Scorer:
    """The scorer of items.

    Parameters
    ----------
    scales : sequence of Scale
        The scale of each item; None is allowed for "raw" scores of items that are not reversed.
    reverse : sequence of bool
        Whether a high code is a bad answer: x is read as low + high - x.
    scoring : {"minmax", "share-of-max", "top-box", "raw"}
        100 (x - low) / (high - low); 100 x / high; 100 where x is one of the `top` answers, else 0; x itself.
    top : int
        How many of the highest answers count, for "top-box".

    Examples
    --------
    >>> scorer([Scale(1, 5)], [False], "minmax")(np.array([[1.0], [4.0], [np.nan]])).ravel()
    array([ 0., 75., nan])
    """
    choose("scoring", scoring, SCORINGS)
    low = np.array([np.nan if scale is None else scale.low for scale in scales])
    high = np.array([np.nan if scale is None else scale.high for scale in scales])
    turned = np.array(reverse, dtype=bool)
    slope, offset = np.where(turned, -1.0, 1.0), np.where(turned, low + high, 0.0)
    if scoring == "minmax":
        return Scorer(100.0 * (offset - low) / (high - low), 100.0 * slope / (high - low))
    if scoring == "share-of-max":
        return Scorer(100.0 * offset / high, 100.0 * slope / high)
    if scoring == "top-box":
        floor = [np.nan if scale is None else scale.floor_of_top(top, reverse=back) for scale, back in zip(scales, reverse, strict=True)]
        return Scorer(offset, slope, np.array(floor))
    return Scorer(offset, slope)
