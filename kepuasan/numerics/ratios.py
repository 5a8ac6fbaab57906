"""Ratios of weighted totals by domain, with the influence of each variance unit on them.

A mean is the total of the answers over the weight of those who answered; a total is a ratio without a denominator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from kepuasan.numerics.layers import Members
from kepuasan.numerics.replication import ReplicatePlan
from kepuasan.numerics.totals import CellSums, Floats, Integers, Read, Rows, blocks, divided, sliced, sum_cells, unit_cells

__all__ = ["ANSWERED", "NOTHING", "ByDomain", "Form", "Ratios", "ratios", "replicate_gaps", "row_scores", "simple_random_variance"]

#: denominators that are no column: the weight of those who answered; none at all
ANSWERED, NOTHING = -1, -2

#: answers beyond this are read as differences from the first; rows looked at for the first
_LARGE, _LOOKED_AT = 1000.0, 4096


@dataclass(frozen=True)
class Form:
    """Which columns are divided by which.

    ``numerator`` (k,): column of each statistic; ``denominator`` (k,): column, ANSWERED (a mean) or NOTHING (a total).
    """

    numerator: Integers
    denominator: Integers

    def parts(self, sums: CellSums) -> tuple[Floats, Floats]:
        """Numerators and denominators by cell, each (cells, k); a total has the denominator 1."""
        top = sums.value[:, self.numerator]
        if (self.denominator == ANSWERED).all():
            return top, sums.answered_weight()[:, self.numerator]
        below = sums.value[:, self.denominator.clip(0)]
        below = np.where(self.denominator == ANSWERED, sums.answered_weight()[:, self.numerator], below)
        return top, np.where(self.denominator == NOTHING, 1.0, below)


@dataclass(frozen=True)
class ByDomain:
    """Statistics by domain, each (domains, k).

    ``value`` and ``n``: the ratios and the answers with a weight behind them; ``answered``: sum of their weights; ``below``: the denominators.
    """

    value: Floats
    n: Floats
    answered: Floats
    below: Floats


@dataclass(frozen=True)
class Ratios:
    """Statistics by domain, and what each unit has to do with them.

    ``member_unit`` and ``member_domain``: the pairs of unit and domain that hold rows; ``members``: their influence; ``parts``: of each pair, its
    influence and its denominators as a share of the whole (pairs, k), None where rows are the units; ``answered()`` gives whether they hold answers.
    """

    by_domain: ByDomain
    member_unit: Integers
    member_domain: Integers
    members: Members
    parts: tuple[Floats, Floats] | None
    answered: Callable[[], NDArray[np.bool_]]


def ratios(rows: Rows, read: Read, n_columns: int, form: Form) -> Ratios:
    """Ratios of totals in every domain.

    Parameters
    ----------
    rows : Rows
        Weights, units and domains of the rows.
    read : callable
        ``read(start, stop)`` gives the columns, missing answers as NaN.
    n_columns : int
        Number of those columns.
    form : Form
        The statistics.

    Notes
    -----
    With totals Y and X of a domain the statistic is R = Y / X, and unit u, with totals y_u and x_u, has the influence
    (y_u - R x_u) / X (Taylor linearisation; Särndal, Swensson and Wretman 1992, section 5.5).
    """
    shift = _shift(len(rows.weight), read, form)
    if shift is not None:
        read = partial(_shifted, read, shift)
    found = _of_rows if rows.unit is None else _of_cells
    return found(rows, read, n_columns, form, np.zeros(len(form.numerator)) if shift is None else shift[form.numerator])


def _of_rows(rows: Rows, read: Read, n_columns: int, form: Form, shift: Floats) -> Ratios:
    """Ratios whose units are the rows; their influence is read again when it is needed."""
    domain, shape = rows.domains(), (rows.n_units, rows.n_domains)
    by_domain = _by_domain(sum_cells(domain, rows.n_domains, rows.weight, read, n_columns), form)
    inside = rows.weight != 0
    member, every = np.flatnonzero(inside), bool(inside.all())
    influence = partial(_row_influence, rows, read, form, by_domain)
    members = Members(np.arange(len(domain)), domain, influence, len(form.numerator), shape, None if every else inside)
    answered = partial(_answered, read, form, len(domain))
    shown = replace(by_domain, value=by_domain.value + shift)
    return Ratios(shown, member, domain[member], members, None, lambda: answered()[member])


def _row_influence(rows: Rows, read: Read, form: Form, found: ByDomain, start: int, stop: int) -> Floats:
    """Influence (rows, k) of rows start..stop; 0 for rows without a weight."""
    weight = rows.weight[start:stop, None]
    with np.errstate(invalid="ignore"):  # infinite answers are refused by the caller, by name and row
        score = row_scores(rows, read, form, found, start, stop)
        score *= weight
    return score if weight.all() else np.where(weight != 0, score, 0.0)


def _of_cells(rows: Rows, read: Read, n_columns: int, form: Form, shift: Floats) -> Ratios:
    """Ratios whose units gather rows: the totals of the pairs of unit and domain are kept."""
    cells = unit_cells(rows)
    sums = sum_cells(cells.code, len(cells.unit), rows.weight, read, n_columns)
    by_domain = _by_domain(sums.gathered(cells.domain, rows.n_domains), form)
    member = np.flatnonzero(sums.count > 0)
    unit, domain = cells.unit[member], cells.domain[member]
    parts = _cell_scores(sums, member, domain, form, (by_domain.value, by_domain.below))
    members = Members(unit, domain, partial(sliced, parts[0]), len(form.numerator), (rows.n_units, rows.n_domains))
    shown = replace(by_domain, value=by_domain.value + shift)
    return Ratios(shown, unit, domain, members, parts, lambda: sums.answered_count()[member][:, form.numerator] > 0)


def _by_domain(sums: CellSums, form: Form) -> ByDomain:
    top, below = form.parts(sums)
    return ByDomain(divided(top, below), sums.answered_count()[:, form.numerator], sums.answered_weight()[:, form.numerator], below)


def _answered(read: Read, form: Form, n_rows: int) -> NDArray[np.bool_]:
    """Whether each row has an answer to each statistic (rows, k)."""
    answered = np.empty((n_rows, len(form.numerator)), dtype=bool)
    for start, stop in blocks(n_rows, answered.shape[1]):
        block = read(start, stop)
        below = np.where(form.denominator >= 0, block[:, form.denominator.clip(0)], 0.0)
        answered[start:stop] = ~np.isnan(block[:, form.numerator] + below)
    return answered


def _shift(n_rows: int, read: Read, form: Form) -> Floats | None:
    """The first answer to each column, where means of large numbers would lose their last digits; None elsewhere.

    A unit's influence is the difference y_u - R x_u of two totals; of numbers near 1e9 with a spread of 1 it keeps 7 digits.
    """
    if not (form.denominator == ANSWERED).all():
        return None
    for start in range(0, n_rows, _LOOKED_AT):
        block = read(start, min(start + _LOOKED_AT, n_rows))
        known = np.isfinite(block)
        if known.any(axis=0).all() or start + _LOOKED_AT >= n_rows:
            first = np.where(known.any(axis=0), block[known.argmax(axis=0), np.arange(block.shape[1])], 0.0)
            return first if (np.abs(first) > _LARGE).any() else None
    return None


def _shifted(read: Read, shift: Floats, start: int, stop: int) -> Floats:
    block = read(start, stop)
    block -= shift
    return block


def _cell_scores(sums: CellSums, member: Integers, domain: Integers, form: Form, whole: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Influence of each member cell, (members, k): (y_u - R x_u) / X, or y_u for a total; 0 where there is no estimate; and x_u / X."""
    value, below = whole
    top, part_below = form.parts(sums.taken(member))
    is_total = form.denominator == NOTHING
    scores = divided(top - np.where(is_total, 0.0, value)[domain] * part_below, below[domain])
    return np.where(np.isnan(scores), 0.0, scores), divided(part_below, below[domain])


def row_scores(rows: Rows, read: Read, form: Form, found: ByDomain, start: int, stop: int) -> Floats:
    """Influence (rows, k) of rows start..stop on the statistics of their own domain, per unit of weight; 0 where there is no answer."""
    here: Integers | int = 0 if rows.domain is None else rows.domain[start:stop]
    slope = np.where(form.denominator == NOTHING, 0.0, found.value)
    score = _residual(read(start, stop), form, slope[here])
    score *= divided(np.ones(found.below.shape), found.below)[here]
    score[np.isnan(score)] = 0.0
    return score


def replicate_gaps(plan: ReplicatePlan, unit_psu: Integers, rows: Rows, read: Read, form: Form, found: Ratios) -> Floats:
    """What every replicate's statistics differ from those of the sample by (replicates, domains x k); NaN where a replicate has none.

    The gap is the total of the residuals y - R x over that of x, both under the replicate's weights. Without weighting steps the totals of units are
    enough; `unit_psu` says which unit of the replicates each variance unit belongs to.
    """
    is_total, value = form.denominator == NOTHING, found.by_domain.value
    if found.parts is not None and not plan.adjustments:
        psu, n_domains = unit_psu[found.member_unit], len(value)
        top, below = (plan.sums(psu, found.member_domain, part, n_domains) for part in found.parts)
    else:
        top, below = _replicate_totals(plan, rows, read, form, found.by_domain)
    gaps = np.where(is_total, top - value, divided(top, np.broadcast_to(below, top.shape)))
    return np.asarray(gaps).reshape(len(gaps), -1)


def _replicate_totals(plan: ReplicatePlan, rows: Rows, read: Read, form: Form, found: ByDomain) -> tuple[Floats, Floats]:
    """Totals of the residuals (replicates, domains, k), and of the denominators, under the replicates' weights."""
    k = len(form.numerator)
    slope = np.where(form.denominator == NOTHING, 0.0, found.value)
    counted = np.bincount(rows.domains()[rows.weight != 0], minlength=rows.n_domains).astype(np.float64)
    complete = bool((form.denominator == ANSWERED).all() and (found.n == counted[:, None]).all())

    def columns(start: int, stop: int) -> Floats:
        block, here = read(start, stop), 0 if rows.domain is None else rows.domain[start:stop]
        both = np.ones((stop - start, k + 1 if complete else 2 * k))
        both[:, :k] = _residual(block, form, slope[here])
        if not complete:
            below = np.where(form.denominator >= 0, block[:, form.denominator.clip(0)], 1.0)
            both[:, k:] = np.where(np.isnan(both[:, :k]), 0.0, below)
        return both

    totals = plan.totals(rows, columns, k + 1 if complete else 2 * k)
    return totals[:, :, :k], totals[:, :, k:]


def _residual(columns: Floats, form: Form, slope: Floats) -> Floats:
    """The residual y - R x of a block, (rows, k); x is 1 where the denominator is no column."""
    top = columns[:, form.numerator]
    top -= slope if (form.denominator < 0).all() else slope * np.where(form.denominator >= 0, columns[:, form.denominator.clip(0)], 1.0)
    return top


def simple_random_variance(rows: Rows, read: Read, found: ByDomain, form: Form) -> Floats:
    """Variance (domains, k) that a simple random sample with replacement of as many answers would have.

    Notes
    -----
    With S² the weighted variance of the residual y - R x, scaled by n / (n - 1), it is S² / n for a mean, S² W² / n for a
    total (residuals from the mean, W the sum of weights) and S² / n over the squared mean of x for a ratio.
    """
    is_total = form.denominator == NOTHING
    mean = np.where(is_total, divided(found.value, found.answered), found.value)
    squares, n_columns = np.zeros(found.value.shape), len(form.numerator)
    domain = rows.domains()

    def residual(start: int, stop: int) -> Floats:
        return _residual(read(start, stop), form, mean[domain[start:stop]]) ** 2

    squares = sum_cells(domain, rows.n_domains, rows.weight, residual, n_columns).value
    variance = divided(squares, found.answered * (found.n - 1.0))
    scale = np.where(is_total, found.answered, divided(found.answered, found.below))
    return np.asarray(variance * scale**2)
