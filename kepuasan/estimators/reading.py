"""Columns of a survey as blocks of numbers, for the sums to read."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.errors import DataError, some
from kepuasan.survey import require_survey

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.numerics.totals import Floats
    from kepuasan.survey import Survey

__all__ = ["Block", "item_names", "read_items"]


@dataclass(frozen=True)
class Block:
    """Reads rows start..stop of some columns as (rows, columns), missing answers as NaN.

    With `listwise` a row that lacks one answer lacks all.
    """

    columns: tuple[NDArray[Any], ...]
    listwise: bool = False

    def __call__(self, start: int, stop: int) -> Floats:
        """Give the block, which the caller may overwrite."""
        block = np.empty((stop - start, len(self.columns)))
        for place, column in enumerate(self.columns):
            block[:, place] = column[start:stop]
        if self.listwise:
            block[np.isnan(block).any(axis=1)] = np.nan
        return block


def item_names(items: Any, argument: str = "items") -> list[Any]:
    """The items asked for as a list.

    Raises
    ------
    DataError
        No item; an item named twice.
    """
    names = list(items) if isinstance(items, (list, tuple, set, frozenset, dict, np.ndarray, pd.Index, pd.Series)) else [items]
    wrong = [name for name in names if not isinstance(name, Hashable)]
    if wrong:
        raise DataError(f"{argument} holds {wrong[0]!r}, which names no column; give a name or a list of names")
    if not names:
        raise DataError(f"{argument} is empty; name at least one column")
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise DataError(f"{argument} names {some(sorted(twice, key=str))} twice; name each once")
    return names


def read_items(survey: Survey, names: Sequence[Any], *, listwise: bool = False) -> Block:
    """A reader of these columns.

    Raises
    ------
    DataError
        Unknown columns, all named; columns that are not numbers.
    """
    require_survey(survey)
    survey.require(names)
    return Block(tuple(survey.numbers(name) for name in names), listwise)
