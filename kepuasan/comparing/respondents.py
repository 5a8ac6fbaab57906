"""Who was asked and who answered in two waves: the frame, the mix of respondents, missing answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import ITEM, WAVE, spelled
from kepuasan.comparing.findings import SIGNIFICANT, Finding, graded, quantity
from kepuasan.comparing.pairs import Pair, joint_test
from kepuasan.design import factorized
from kepuasan.errors import refuse_infinite
from kepuasan.estimates import taken
from kepuasan.estimators.moments import complete_rows
from kepuasan.estimators.proportions import Indicators, categories_of
from kepuasan.estimators.ratios import Request, estimate
from kepuasan.estimators.reading import read_items
from kepuasan.frames import groups_between
from kepuasan.numerics.balance import standardised_difference, standardised_shares
from kepuasan.numerics.factor import MeansAndCovariances
from kepuasan.numerics.ratios import ANSWERED, Form

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.codebook import Item
    from kepuasan.numerics.totals import Floats

__all__ = ["characteristics", "frame_findings", "missing_findings", "mix_findings"]

#: percent of a wave's weight in groups asked once; standardised differences; points of missing answers
_FRAME, _MIX, _MISSING = (1e-9, 5.0), (0.1, 0.25), (2.0, 5.0)
#: categories beyond which a column says who somebody is rather than what
_MOST_CATEGORIES = 100
_FRAME_MEASURE = "percent of a wave's weight in groups it alone asked"
_MIX_MEASURE = "standardised difference"


def frame_column(pair: Pair, frame: Any) -> Any:
    """The column of the groups asked: as named, else the first of the strata; None where there is neither."""
    return frame if frame is not None else next(iter(pair.survey.design.declaration.columns("strata")), None)


def frame_findings(pair: Pair, frame: Any) -> Iterator[Finding]:
    """Groups asked in one of the waves only, and the weight they have in it."""
    column = frame_column(pair, frame)
    if column is None:
        advice = "Nothing says which groups were asked; name the column that does: frame=."
        yield Finding("frame", "", "", "", np.nan, _FRAME_MEASURE, np.nan, "minor", advice)
        return
    gap = groups_between(pair.survey, pair.base, pair.current, column)
    counts, size = (gap.both + gap.lost, gap.both + gap.new), 100.0 * max(gap.lost_share, gap.new_share)
    severity = graded(size, *_FRAME)
    advice = f"The same {quantity(gap.both, 'group')} were asked in both waves."
    if severity != "none":
        alone = [
            f"{n} asked in {wave!r} only ({100 * share:.1f} % of its weight)"
            for n, wave, share in ((gap.lost, pair.base, gap.lost_share), (gap.new, pair.current, gap.new_share))
            if n
        ]
        rest = (
            f"Compare within the {quantity(gap.both, 'group')} asked in both: attribute_change(..., frame={column!r}) tells the frame's part first."
        )
        if not gap.both:
            rest = "No group is common: either the frames have nothing in common, or the groups are coded otherwise; look at the codes first."
        advice = f"Different frames: {quantity(counts[0], 'group')} of {column!r} against {counts[1]}; {' and '.join(alone)}. {rest}"
    if gap.uncoded:
        advice += (
            f" {quantity(gap.uncoded, 'row')} without a code in {column!r} belong to no group and are left out of these shares; code them first."
        )
        severity = "minor" if severity == "none" else severity
    yield Finding("frame", column, *counts, size, _FRAME_MEASURE, np.nan, severity, advice)


# ---------------------------------------------------------------- mix


def characteristics(pair: Pair, frame: Any) -> list[Any]:
    """The columns that describe respondents, as far as the codebook tells.

    Items of type number, or text with values, that are neither on a scale nor part of the index, the design or the frame, and that both waves
    asked. What each group of the frame has one code of, or each code one group of, says the same as the frame and is left out.
    """
    survey, column = pair.survey, frame_column(pair, frame)
    importance = {item for spec in pair.specs if spec is not None for item in spec.importance}
    skipped = {WAVE, column, *pair.items, *importance, *survey.design.declaration.all_columns()}
    group = None if column is None else factorized(survey.column(column))[0]
    return [
        name
        for name, item in survey.codebook.items.items()
        if name in survey.frame.columns
        and name not in skipped
        and item.scale is None
        and (item.type == "number" or (item.type == "text" and item.values))
        and (not pair.comparable or all(name in book.items for book in pair.codebooks))
        and not _same_as(survey.column(name), group, pair.rows[0] | pair.rows[1])
    ]


def _same_as(column: pd.Series[Any], group: NDArray[np.intp] | None, rows: NDArray[np.bool_]) -> bool:
    """Whether a column follows from the groups, or they from it; whole numbers of which each occurs once are names of rows."""
    code, levels = factorized(column)
    if pd.api.types.is_integer_dtype(column.dtype) and len(levels) == len(column):
        return True
    if group is None:
        return False
    known = rows & (code >= 0) & (group >= 0)
    n_groups, n_codes = len(np.unique(group[known])), len(np.unique(code[known]))
    n_pairs = len(np.unique(group[known] * len(levels) + code[known]))
    return n_groups > 1 and n_codes > 1 and n_pairs == max(n_groups, n_codes)


def mix_findings(pair: Pair, columns: Sequence[Any]) -> Iterator[Finding]:
    """How the respondents of the two waves differ in each column."""
    if not columns:
        advice = "Nothing says what describes respondents; name the columns: mix=[...]."
        yield Finding("mix", "", "", "", np.nan, _MIX_MEASURE, np.nan, "minor", advice)
    for name in columns:
        yield _mix(pair, name)


def _mix(pair: Pair, name: Any) -> Finding:
    item, column = pair.survey.codebook.items.get(name), pair.survey.column(name)
    if not pair.answered(name):
        return Finding("mix", name, "", "", np.nan, _MIX_MEASURE, np.nan, "minor", "Known in one wave only; respondents cannot be compared by it.")
    numbers = pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype)
    if numbers and (item is None or not item.values) and not column.dropna().isin([0, 1]).all():
        return _numeric(pair, name, item)
    return _categorical(pair, name, item)


def _mix_finding(item: Item | None, name: Any, values: Floats, found: tuple[float, float], what: str) -> Finding:
    """The finding of a size and its p-value; what may be chance is not serious, as the standard errors of the change hold it already."""
    size, p_value = found
    severity = graded(size, *_MIX)
    if severity == "serious" and p_value >= SIGNIFICANT:
        severity = "minor"
    said = f'Other respondents. attribute_change(..., method="mix", mix=[{name!r}]) tells what the mix accounts for; or calibrate both waves.'
    if severity == "none":
        said = "No more than a small difference."
    elif p_value >= SIGNIFICANT:
        said = "It may be chance, which the standard errors of the change hold already."
    elif item is not None and item.question is not None:
        said = f"{said} If it is an answer on the service, it is an outcome and no mix: name the others, mix=[...]."
    return Finding("mix", name, float(values[0]), float(values[1]), size, _MIX_MEASURE, p_value, severity, f"{what}. {said}")


def _numeric(pair: Pair, name: Any, item: Item | None) -> Finding:
    """The difference of means in standard deviations, with its test."""
    refuse_infinite(name, pair.survey.frame.index[np.isinf(pair.survey.numbers(name).astype(np.float64))])
    rows = complete_rows(pair.survey, pair.domains(), read_items(pair.survey, [name]), 1)
    moments = rows.estimates(MeansAndCovariances(), pd.DataFrame({ITEM: [name, f"variance of {name}"]}))
    means, variances = moments.value.reshape(2, 2).T
    size = standardised_difference(*means, *variances)
    return _mix_finding(item, name, means, (size, float(pair.difference(moments).p_value[0])), "Means shown")


def _categorical(pair: Pair, name: Any, item: Item | None) -> Finding:
    """The distance of the shares of categories, with the test that all are equal; shown is the category that differs most."""
    code, categories = categories_of(pair.survey, name)
    used = np.unique(code[(pair.rows[0] | pair.rows[1]) & (code >= 0)])
    if len(used) > _MOST_CATEGORIES:
        advice = f"Not compared: {len(used):,} categories; name a column with at most {_MOST_CATEGORIES}."
        return Finding("mix", name, "", "", np.nan, _MIX_MEASURE, np.nan, "minor", advice)
    place = np.full(len(categories) + 1, -1)
    place[used] = np.arange(len(used))
    k = len(used)
    labels = pd.DataFrame({ITEM: [str(categories[one]) for one in used]})
    request = Request(Indicators(place[code], k), k, Form(np.arange(k), np.full(k, ANSWERED)), labels, "proportion")
    shares = estimate(pair.survey, pair.domains(), request)
    found = shares.value.reshape(2, k)
    gaps = found[1] - found[0]
    most = k - 1 - int(np.abs(gaps[::-1]).argmax())
    size = standardised_shares(*found)
    p_value = joint_test(taken(pair.difference(shares), np.arange(k - 1)))[1]
    shown = categories[used[most]]
    label = item.values[shown]["en"] if item is not None and shown in item.values else spelled(shown)
    what = f"Percent of {label!r} shown" + (f", which differs most of {k} categories" if k > 2 else "")
    return _mix_finding(item, name, 100.0 * found[:, most], (float(np.copysign(size, gaps[most])) if k == 2 else size, p_value), what)


# ---------------------------------------------------------------- missing answers


def missing_findings(pair: Pair, columns: Collection[Any]) -> Iterator[Finding]:
    """Percent of missing answers of each item that both waves asked, and its difference in points."""
    names = [name for name in columns if pair.answered(name)]
    if not names:
        advice = "No item of an index was asked in both waves; name the items: spec=IndexSpec([...])."
        yield Finding("missingness", "", "", "", np.nan, "points", np.nan, "minor", advice)
        return
    lacking = [pair.survey.column(name).isna().to_numpy(dtype=bool) for name in names]

    def read(start: int, stop: int) -> Floats:
        return np.where(np.column_stack([column[start:stop] for column in lacking]), 100.0, 0.0)

    k = len(names)
    request = Request(read, k, Form(np.arange(k), np.full(k, ANSWERED)), pd.DataFrame({ITEM: names}), "mean")
    shares = estimate(pair.survey, pair.domains(), request)
    gaps = pair.difference(shares)
    for name, values, size, p_value in zip(names, shares.value.reshape(2, k).T, gaps.value, gaps.p_value, strict=True):
        severity = graded(size, *_MISSING)
        if severity == "minor" and not p_value < SIGNIFICANT:
            severity = "none"
        advice = "Percent of missing answers: no difference that counts."
        if severity != "none":
            advice = 'More answers are missing in one wave; look at who lacks them, and compare with missing="listwise" or after adjust_nonresponse.'
        yield Finding("missingness", name, float(values[0]), float(values[1]), float(size), "points", float(p_value), severity, advice)
