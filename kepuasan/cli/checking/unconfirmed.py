"""Codes that a drafted codebook takes for no answer though nothing says so: told until somebody has confirmed them."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from kepuasan.columns import spelled
from kepuasan.errors import DataWarning
from kepuasan.problems import Problem
from kepuasan.quality.findings import Number, listed

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.codebook import Codebook

__all__ = ["unconfirmed_codes", "warn_of_unconfirmed"]

#: items that are named
_NAMED = 8


def unconfirmed_codes(frame: pd.DataFrame, book: Codebook, file: str = "", sheet: str = "") -> list[Problem]:
    """One problem where cells hold codes without a label that were guessed to be no answers; none otherwise."""
    codes: set[str] = set()
    cells: dict[str, int] = {}
    for name, item in book.items.items():
        bare = [code for code, label in item.missing.items() if not any(label.values())] if "missing" in item.guessed else []
        hit = frame[name].isin(bare) if bare and name in frame.columns else None
        if hit is not None and hit.any():
            cells[name] = int(hit.sum())
            codes |= {spelled(code) for code in frame.loc[hit, name].unique()}
    values = {"codes": ", ".join(sorted(codes)), "count": Number(sum(cells.values())), "columns": listed(cells, _NAMED)}
    return [Problem("KP241", values, file, sheet)] if cells else []


def warn_of_unconfirmed(frame: pd.DataFrame, book: Codebook, file: str) -> None:
    """Warn of what `unconfirmed_codes` finds."""
    for one in unconfirmed_codes(frame, book, file):
        warnings.warn(DataWarning(one.message(), one), stacklevel=3)
