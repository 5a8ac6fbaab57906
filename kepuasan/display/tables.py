"""What figures ask of the tables they draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kepuasan.errors import DataError, some

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LIMITS", "require_once"]

#: a value and its limits
LIMITS = ("estimate", "ci_low", "ci_high")


def require_once(table: pd.DataFrame, keys: Sequence[str]) -> None:
    """Refuse a table in which rows share a key."""
    again = table.loc[table.duplicated(list(keys)).to_numpy(), list(keys)]
    if len(again):
        rows = [", ".join(map(str, row)) for row in again.to_numpy().tolist()]
        others = [name for name in table.columns[: list(table.columns).index(LIMITS[0])] if name not in keys and len(table[name].unique()) > 1]
        hint = f"; choose one {others[0]} before: e[{{{others[0]!r}: code}}]" if others else ""
        raise DataError(f"the table has more than one row of {some(rows)}; give one row for each {' and '.join(keys)}{hint}")
