"""The numbers that matter of a run, for its record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kepuasan.columns import DRIVER, WAVE
from kepuasan.report.suppression import SHOWN, for_waves, suppressed
from kepuasan.report.voice import LEVEL

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.report.findings import ResultTree

__all__ = ["headline_numbers", "seeds_of"]

_NUMBERS = ("estimate", "se", "ci_low", "ci_high")


def headline_numbers(results: ResultTree) -> dict[str, Any]:
    """The index of each wave, the differences, and what accounts for the change, each with its SE and limits.

    Numbers have ten digits, so that the last bits of a processor do not show. A wave of too few answers has the reason in their place, and neither
    its differences nor their parts are told.
    """
    table = results.index.to_frame("score", LEVEL)
    why = suppressed(table["n"], for_waves(results.request.suppression), total=False)
    table = table if results.several else table.assign(**{WAVE: results.current})
    names = table[WAVE].astype(str).tolist()
    hidden = {name: str(one) for name, one in zip(names, why, strict=True) if one != SHOWN}
    index = _numbers(table, WAVE)
    headline: dict[str, Any] = {"index": {name: {"suppressed": hidden[name]} if name in hidden else index[name] for name in names}}
    told = [one for one in results.differences if not {one.base, one.current} & hidden.keys()]
    if told:
        headline["differences"] = {f"{one.current} - {one.base}": _first(one.estimate.to_frame(LEVEL)) for one in told}
    change = results.change
    if change is not None and change.drivers is not None and not {results.base, results.current} & hidden.keys():
        headline["change_by_driver"] = _numbers(change.to_frame("drivers", LEVEL), DRIVER)
    return headline


def _numbers(table: pd.DataFrame, key: str) -> dict[str, dict[str, float]]:
    """Estimate, SE and limits of each row."""
    return {str(row[key]): {name: float(f"{row[name]:.10g}") for name in _NUMBERS if row[name] == row[name]} for row in table.to_dict("records")}


def _first(table: pd.DataFrame) -> dict[str, float]:
    return next(iter(_numbers(table, table.columns[0]).values()))


def seeds_of(results: ResultTree) -> dict[str, int]:
    """The seeds of what was drawn by chance, by step, or by wave where a step was taken in one; nothing where nothing was drawn."""
    steps = [step for step in results.design.history if step.get("seed") is not None]
    return {str(step.get(WAVE, step["step"])): int(step["seed"]) for step in steps}
