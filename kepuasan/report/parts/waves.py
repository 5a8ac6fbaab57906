"""The index of each wave, whether it is shown, and whether a difference can be told from chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from kepuasan.columns import WAVE
from kepuasan.report.parts.differences import without_rounding
from kepuasan.report.suppression import SHOWN, for_waves, suppressed
from kepuasan.report.voice import LEVEL

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.estimates import Estimates
    from kepuasan.report.findings import ResultTree
    from kepuasan.report.voice import Voice

__all__ = ["Verdict", "WaveIndex", "full", "least", "of_waves", "shown_change", "verdict"]

Verdict: TypeAlias = Literal["beyond", "within", "untested"]


@dataclass(frozen=True)
class WaveIndex:
    """The index of one wave as a row of its table, and why it is not shown."""

    wave: str
    row: Mapping[Any, Any]
    why: str


def full(estimates: Estimates) -> pd.DataFrame:
    """The table of estimates, without limits where a standard error is mere rounding."""
    return without_rounding(estimates.to_frame(LEVEL))


def of_waves(results: ResultTree) -> dict[str, WaveIndex]:
    """The index by wave, in the order of the request; waves are no parts of a total."""
    table = full(results.index.score)
    waves = table[WAVE].astype(str) if WAVE in table.columns else list(results.request.waves)
    whys = suppressed(table["n"], for_waves(results.request.suppression), total=False)
    found = {wave: WaveIndex(wave, row, why) for wave, row, why in zip(waves, table.to_dict("records"), whys, strict=True)}
    return {wave: found[wave] for wave in results.request.waves if wave in found}


def shown_change(results: ResultTree) -> bool:
    """Whether there is a change, and both of its waves are shown."""
    waves = of_waves(results)
    return bool(results.differences) and all(waves[str(wave)].why == SHOWN for wave in (results.base, results.current))


def least(results: ResultTree, voice: Voice) -> str:
    """The number of answers below which a wave is not shown."""
    return voice.whole(for_waves(results.request.suppression).publication)


def verdict(row: Mapping[Any, Any]) -> Verdict:
    """Whether an interval leaves 0 out.

    Examples
    --------
    >>> [verdict({"ci_low": low, "ci_high": 2.0}) for low in (0.5, -0.5, float("nan"))]
    ['beyond', 'within', 'untested']
    """
    low, high = float(row["ci_low"]), float(row["ci_high"])
    if not (np.isfinite(low) and np.isfinite(high)):
        return "untested"
    return "within" if low <= 0.0 <= high else "beyond"
