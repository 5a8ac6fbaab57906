"""Where every row of two waves stands: its wave, its cell of the mix, the groups asked in one wave only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import DRIVER, PART, WAVE
from kepuasan.errors import DataError, some
from kepuasan.estimators.reading import item_names
from kepuasan.frames import common_groups
from kepuasan.index import wave_mask
from kepuasan.numerics.totals import compacted
from kepuasan.survey import RESERVED, Domains

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.design import BoundDesign
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.specification import IndexSpec
    from kepuasan.survey import Survey

__all__ = ["Cells", "change_cells", "mix_columns", "refuse_lopsided"]


@dataclass(frozen=True)
class Cells:
    """The domains of a change.

    Attributes
    ----------
    waves : tuple of label
        The base wave and the current one.
    masks : pair of array of bool (rows,)
        Rows of each.
    domains : Domains
        Those that hold rows, of the grid of wave x slot: the cells in order, then the groups asked in one wave only.
    place : array (domains,)
        Where each stands in that grid.
    key : DataFrame (cells)
        The codes of each cell; no column where there is no mix.
    frame : str or None
        The column of the groups asked.
    """

    waves: tuple[Any, Any]
    masks: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    domains: Domains
    place: Integers
    key: pd.DataFrame
    frame: str | None

    @property
    def n_slots(self) -> int:
        """Cells, and one more slot for groups asked in one wave only."""
        return len(self.key) + int(self.frame is not None)

    def members(self, design: BoundDesign) -> tuple[Integers, Integers]:
        """The variance unit and the wave (0 or 1) of every row with a weight."""
        rows = np.flatnonzero(self.domains.weight != 0)
        return rows if design.unit is None else design.unit[rows], self.masks[1][rows].astype(np.intp)

    def grid(self, by_domain: Floats) -> Floats:
        """What is known by domain (domains, columns) as a grid (2, slots, columns), 0 where there is no domain."""
        table = np.zeros((2 * self.n_slots, by_domain.shape[1]))
        table[self.place] = by_domain
        return table.reshape(2, self.n_slots, -1)


def change_cells(survey: Survey, base: Any, current: Any, frame: str | None, mix: Sequence[Any]) -> Cells:
    """The domains of the change of two waves.

    Raises
    ------
    DataError
        Unknown waves and columns; no group asked in both waves; rows without a code in a mix column.
    """
    masks = wave_mask(survey, base), wave_mask(survey, current)
    weight = survey.domains(None).weight
    for wave, mask in zip((base, current), masks, strict=True):
        if not weight[mask].any():
            raise DataError(f"wave {wave!r} has no row with a weight in the domain; a change needs answers in both waves")
    rows = (weight != 0) & (masks[0] | masks[1])
    inside = rows if frame is None else rows & common_groups(survey, base, current, frame)
    slot, key = np.where(inside, 0, -1), pd.DataFrame(index=range(1))
    if mix:
        _require_codes(survey, (base, current), masks, inside, mix)
        crossed = survey.where(inside).domains(list(mix))
        slot, key = np.where(inside, 0 if crossed.code is None else crossed.code, -1), crossed.key
    if frame is not None:
        slot[rows & ~inside] = len(key)
    n_slots = len(key) + int(frame is not None)
    used, code = compacted(np.where(slot < 0, -1, masks[1] * n_slots + slot))
    labels = pd.DataFrame({WAVE: np.array([str(base), str(current)])[used // n_slots], "slot": used % n_slots})
    domains = Domains(np.where(code < 0, 0, code), labels, np.where(slot < 0, 0.0, weight))
    return Cells((base, current), masks, domains, used, key, frame)


def mix_columns(mix: Any, specs: Sequence[IndexSpec]) -> list[Any]:
    """The columns of the mix as a list.

    Raises
    ------
    DataError
        A column named twice, one that the index is made of, one that every table of parts has.
    """
    if mix is None:
        return []
    names = item_names(mix, "mix")
    for spec in specs:
        own = [name for name in names if name in (*spec.items, *spec.importance)]
        if own:
            raise DataError(f"mix names {some(own)}, which the index is made of; name what tells respondents apart, such as sex or region")
    taken = [name for name in names if name in {*RESERVED, PART, DRIVER, WAVE}]
    if taken:
        raise DataError(f"mix names {some(taken)}, which is a column of every table of parts; name what tells respondents apart")
    return names


def _require_codes(survey: Survey, waves: tuple[Any, Any], masks: Sequence[NDArray[np.bool_]], inside: NDArray[np.bool_], mix: Sequence[Any]) -> None:
    """Refuse rows without a code in a mix column: parts of the others would not sum to the change."""
    for name in mix:
        lacking = survey.column(name).isna().to_numpy() & inside
        if lacking.any():
            counts = " and ".join(f"{int((lacking & mask).sum()):,} in {wave!r}" for wave, mask in zip(waves, masks, strict=True))
            raise DataError(
                f"{int(lacking.sum()):,} rows have no code in the mix column {name!r} ({counts}), so that parts would not sum to the change; "
                "give them a code of their own, such as 'unknown', or leave them out of the index too: survey.where(survey.column(...).notna())"
            )


def refuse_lopsided(cells: Cells, answered: NDArray[np.bool_], items: Sequence[str]) -> None:
    """Refuse cells in which an item was answered (2, cells, items) in one of the waves only.

    Raises
    ------
    DataError
        With the cells, the items where it is not all of them, and the wave that has the answers.
    """
    alone = answered[0] != answered[1]
    if not alone.any():
        return
    faults = []
    for cell in np.flatnonzero(alone.any(axis=1)):
        name = ", ".join(f"{column} {some([code])}" for column, code in cells.key.iloc[cell].items())
        for wave, label in enumerate(cells.waves):
            here = alone[cell] & answered[wave, cell]
            of_items = "" if here.all() else f" to {some([item for item, one in zip(items, here, strict=True) if one])}"
            faults += [f"{name} has answers{of_items} in {label!r} only"] if here.any() else []
        if len(faults) > 5:
            break
    n, columns = int(alone.any(axis=1).sum()), some(cells.key.columns)
    frame = f"frame={cells.key.columns[0]!r}" if len(cells.key.columns) == 1 else "frame=..."
    or_frame = "" if cells.frame is not None else f", or name the column of groups asked in one wave only: {frame}"
    raise DataError(
        f"{n} of {len(answered[0])} cells of the mix were answered in one wave only: {'; '.join(faults[:5])}{' and more' if n > 5 else ''}. "
        f"Merge codes of {columns} so that each cell has answers in both waves (ages as bands){or_frame}"
    )
