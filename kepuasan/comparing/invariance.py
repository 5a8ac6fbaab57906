"""Whether the items of the index measure one factor alike in two waves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import ITEM
from kepuasan.comparing.findings import SIGNIFICANT, Finding, graded, quantity
from kepuasan.comparing.pairs import Pair, joint_test
from kepuasan.errors import refuse_infinite, some
from kepuasan.estimates import derived, taken
from kepuasan.estimators.moments import complete_rows
from kepuasan.estimators.reading import read_items
from kepuasan.estimators.spreads import warn_of_lost
from kepuasan.numerics.derivatives import jacobian
from kepuasan.numerics.factor import MeansAndCovariances, factor_change, factor_differences
from kepuasan.numerics.spread import Replicated

if TYPE_CHECKING:
    from kepuasan.comparing.findings import Severity
    from kepuasan.estimates import Estimates
    from kepuasan.estimators.moments import CompleteRows
    from kepuasan.estimators.reading import Block
    from kepuasan.numerics.factor import FactorChange
    from kepuasan.numerics.totals import Floats

__all__ = ["invariance_findings"]

_FEWEST = 3
_LOADING, _INTERCEPT = (0.1, 0.2), (0.1, 0.25)
_LOADING_MEASURE, _INTERCEPT_MEASURE = "difference of standardised loadings", "difference of intercepts in pooled standard deviations"
_MODEL = "one-factor model by Spearman's triads"
_APART = (
    "The item moved apart from the others: it was understood otherwise, or what it asks about changed more than they did. Answers alone cannot tell "
    "the two apart; compare wording and place of the question."
)
_LOOSE = "The item goes with the others to another degree than before; compare wording and place of the question, and see the change without it."
_SAME = "No difference that counts."


@dataclass(frozen=True)
class _Answers:
    """Reads rows as answers, that to a reversed item as `turn` less the answer given."""

    read: Block
    turn: Floats

    def __call__(self, start: int, stop: int) -> Floats:
        """Give the block."""
        answers = self.read(start, stop)
        return np.where(np.isnan(self.turn), answers, self.turn - answers)


def invariance_findings(pair: Pair) -> Iterator[Finding]:
    """The test of equal loadings and that of equal intercepts, each for all items together and for every item."""
    first, second = pair.specs
    common = [] if first is None or second is None else [item for item in first.items if item in second.items and pair.answered(item)]
    if len(common) < _FEWEST:
        yield _untested(f"the index has {quantity(len(common), 'item')} asked in both waves, and one factor needs {_FEWEST}")
        return
    for item in common:
        refuse_infinite(item, pair.survey.frame.index[np.isinf(pair.survey.numbers(item).astype(np.float64))])
    read = read_items(pair.survey, common)
    complete = ~np.any([np.isnan(column) for column in read.columns], axis=0)
    n = [int((rows & complete).sum()) for rows in pair.rows]
    if min(n) <= len(common):
        yield _untested(f"{n[0]:,} and {n[1]:,} respondents answered all {len(common)} items")
        return
    flat = [item for item, column in zip(common, read.columns, strict=True) for rows in pair.rows if not np.ptp(column[rows & complete])]
    if flat:
        yield _untested(f"all answers to {some(dict.fromkeys(flat))} in one of the waves are the same")
        return
    rows = complete_rows(pair.survey, pair.domains(), _Answers(read, _turns(pair, common)), len(common))
    with np.errstate(invalid="ignore", divide="ignore"):
        change = factor_change(rows.moments.mean, rows.moments.covariance)
    if not np.isfinite(change.loadings).all():
        yield _untested("in one of the waves the items do not go together as one factor has it (a squared loading is not positive)")
        return
    yield from _findings(rows.moments.mean, change, _differences(rows, common), n)


def _differences(rows: CompleteRows, items: Sequence[Any]) -> Estimates:
    """The differences of loadings, then of intercepts, of the items."""
    labels = [*items, *(f"{one} with {other}" for one, other in combinations_with_replacement(items, 2))]
    moments = rows.estimates(MeansAndCovariances(), pd.DataFrame({ITEM: labels}))
    with np.errstate(invalid="ignore", divide="ignore"):
        slopes = jacobian(factor_differences, moments.value)
        found = derived(moments, factor_differences, slopes, pd.DataFrame({ITEM: [*items, *items]}), kind="difference")
    if isinstance(found.spread, Replicated):
        warn_of_lost(found.spread.gaps, "in them the items do not go together as one factor has it", stacklevel=6)
    return found


def _untested(why: str) -> Finding:
    advice = f"Not tested: {why}. Whether the items measure the same in both waves is not known."
    return Finding("invariance", "", "", "", np.nan, "not tested", np.nan, "minor", advice)


def _turns(pair: Pair, items: Sequence[Any]) -> Floats:
    """The sum of the bounds of reversed items, NaN for others."""
    book, bounds = pair.survey.codebook, next((spec.scale for spec in pair.specs if spec is not None and spec.scale is not None), None)
    turns = np.full(len(items), np.nan)
    for place, item in enumerate(items):
        if item in book.items and book.items[item].reverse:
            scale = book.scale_of(item)
            low, high = bounds or ((scale.low, scale.high) if scale is not None else (0.0, 0.0))
            turns[place] = low + high
    return turns


def _findings(means: Floats, change: FactorChange, found: Estimates, n: Sequence[int]) -> Iterator[Finding]:
    """Rows of all items together and of each, for loadings and for intercepts."""
    p = means.shape[1]
    shift = float(change.shift)
    share = 100.0 * change.share
    loadings, intercepts = taken(found, np.arange(p)), taken(found, np.arange(p, 2 * p))
    said = (
        f"Tested: {_MODEL}, loadings equal after rescaling the factor ({n[0]:,} and {n[1]:,} complete answers). The factor carries {share[0]:.0f} "
        f"and {share[1]:.0f} % of the items' variance; much of it may be a halo, one overall feeling that colours every answer."
    )
    yield from _part(loadings, share, change.loadings, _LOADING, (_LOADING_MEASURE, "F of equal loadings"), said, _LOOSE)
    said = (
        f"Tested: {_MODEL}, intercepts equal given the loadings, up to the factor's mean, which moved by {shift:+.2f} of its standard deviations. "
        "What differs from it is the items' own change, in what they measure or in how they are understood."
    )
    beyond = np.stack([means[0], means[0] + change.intercept * change.deviation])
    yield from _part(intercepts, (0.0, shift), beyond, _INTERCEPT, (_INTERCEPT_MEASURE, "F of equal intercepts"), said, _APART)


def _part(
    differences: Estimates,
    whole: Sequence[float] | Floats,
    values: Floats,
    bounds: tuple[float, float],
    measures: tuple[str, str],
    said: str,
    advice: str,
) -> Iterator[Finding]:
    """The row of all items together, then one an item; an item counts where the test of all rejects, and its own."""
    statistic, p_all = joint_test(taken(differences, np.arange(len(differences) - 1)))
    rejected = p_all < SIGNIFICANT
    grades: list[Severity] = [
        graded(size, *bounds) if rejected and p_value < SIGNIFICANT else "none"
        for size, p_value in zip(differences.value, differences.p_value, strict=True)
    ]
    worst: Severity = "serious" if "serious" in grades else "minor" if "minor" in grades else "none"
    named = [str(item) for item, grade in zip(differences.key[ITEM], grades, strict=True) if grade != "none"]
    tail = f" Beyond chance and size: {', '.join(named)}." if named else " No item differs beyond chance by a size that counts."
    if np.isnan(p_all):
        worst, tail = "minor", " The design has too few degrees of freedom for the joint test, so that items are not judged."
    yield Finding("invariance", "", float(whole[0]), float(whole[1]), statistic, measures[1], p_all, worst, said + tail)
    for item, pair, size, p_value, grade in zip(differences.key[ITEM], values.T, differences.value, differences.p_value, grades, strict=True):
        text = _SAME if grade == "none" else advice
        yield Finding("invariance", item, float(pair[0]), float(pair[1]), float(size), measures[0], float(p_value), grade, text)
