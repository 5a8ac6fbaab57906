"""A survey as the checks see it: the rows of its domain, and the distinct cells of each column, counted once for all checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.codebook import Codebook, Item
from kepuasan.codebook.roles import kind_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.scales import Scale
    from kepuasan.specification import IndexSpec, Specs
    from kepuasan.survey import Survey

__all__ = ["Counted", "Subject"]

#: distinct cells up to which they are kept
_KEPT = 20_000


@dataclass(frozen=True)
class Counted:
    """The answers of a column, user-missing codes apart: distinct values with their counts, in no order.

    ``values`` is None where they are more than are kept; ``distinct`` and ``answered`` hold all the same.
    """

    values: pd.Index[Any] | None
    counts: NDArray[np.int64]
    distinct: int
    answered: int

    def numbers(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Values that are numbers, sorted, with their counts; none where values are not kept."""
        if self.values is None or not pd.api.types.is_numeric_dtype(self.values.dtype):
            return np.empty(0), np.empty(0, dtype=np.int64)
        values = self.values.to_numpy(dtype=np.float64, na_value=np.nan)
        order = np.argsort(values)
        return values[order], self.counts[order]


class Subject:
    """What is checked.

    Attributes
    ----------
    frame : DataFrame
        Rows of the domain, with an index of positions.
    places : array (rows,)
        Position of each in the survey's frame.
    index : tuple of str
        Items of the index that are columns.
    """

    def __init__(self, survey: Survey, specs: Specs | None = None) -> None:
        self.survey = survey
        self.codebook: Codebook = survey.codebook
        whole = survey.frame
        self.places: NDArray[np.intp] = np.arange(len(whole)) if survey.domain is None else np.flatnonzero(survey.domain)
        self.frame = (whole if survey.domain is None else whole.iloc[self.places]).reset_index(drop=True)
        self.specs = _specs(specs)
        self.index = _index_items(survey, self.specs, self.frame.columns)
        self._counted: dict[str, Counted | None] = {}

    def __len__(self) -> int:
        return len(self.frame)

    def item(self, name: Any) -> Item:
        """The item of a column; one that says nothing where the codebook has none."""
        known = self.codebook.items.get(name)
        return known if known is not None else Item(str(name))

    def scale(self, name: Any) -> Scale | None:
        """The answer scale of an item: that of the index, else that of the codebook."""
        from kepuasan.scales import Scale

        own = next((one.scale for one in self.specs if name in one.items and one.scale is not None), None)
        if own is not None:
            return Scale(*own)
        return self.codebook.scale_of(name) if name in self.codebook.items else None

    def columns(self, *kinds: str) -> list[str]:
        """Columns whose cells are of these kinds: number, text, date."""
        return [name for name in self.frame.columns if kind_of(self.frame[name]) in kinds]

    def answers(self, name: Any) -> pd.Series[Any]:
        """A column, user-missing codes read as missing."""
        item = self.item(name)
        column: pd.Series[Any] = self.frame[name]
        if not (item.missing or item.missing_ranges):
            return column
        return column.mask(item.missing_mask(column))

    def numbers(self, name: Any) -> NDArray[np.float64]:
        """A column as numbers, missing answers and text as NaN."""
        return pd.to_numeric(self.answers(name), errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)

    def counted(self, name: Any) -> Counted:
        """The answers of a column by their value."""
        if name not in self._counted:
            self._counted[name] = self._count(name)
        found = self._counted[name]
        return found if found is not None else Counted(None, np.empty(0, dtype=np.int64), 0, int(self.frame[name].notna().sum()))

    def _count(self, name: Any) -> Counted | None:
        try:
            counts = self.frame[name].value_counts(sort=False, dropna=True)
        except TypeError:  # cells that have no hash, such as lists
            return None
        item, values = self.item(name), counts.index
        n = counts.to_numpy(dtype=np.int64)
        if item.missing or item.missing_ranges:
            kept = ~item.missing_mask(pd.Series(values))
            values, n = values[kept], n[kept]
        kept_values = values if len(values) <= _KEPT else None
        return Counted(kept_values, n if kept_values is not None else np.empty(0, dtype=np.int64), len(values), int(n.sum()))

    def unique(self, name: Any, share: float = 0.9) -> bool:
        """Whether nearly every row has a value of its own."""
        found = self.counted(name)
        return found.answered > 1 and found.distinct >= share * found.answered


def _specs(specs: Specs | None) -> tuple[IndexSpec, ...]:
    if specs is None:
        return ()
    return tuple(specs.values()) if isinstance(specs, Mapping) else (specs,)


def _index_items(survey: Survey, specs: Iterable[IndexSpec], columns: pd.Index[Any]) -> tuple[str, ...]:
    """The items of the specification given, else of the codebook's index, else of the indices of the waves."""
    own = [survey.codebook.index] if survey.codebook.index is not None else [book.index or {} for book in survey.wave_codebooks.values()]
    listed = [item for one in specs for item in one.items] or [item for index in own for item in index.get("items", ())]
    return tuple(item for item in dict.fromkeys(listed) if item in columns)
