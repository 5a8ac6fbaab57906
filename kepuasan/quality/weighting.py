"""Weights that cannot be used, that are spread far, or that do not fit the population; strata and units of the sample."""

from __future__ import annotations

import re
from collections.abc import Mapping
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.codebook.roles import WEIGHTS, compact
from kepuasan.columns import spelled
from kepuasan.errors import DataError, nearest, some
from kepuasan.quality.findings import Finding, Number, Series, Words, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kepuasan.quality.subject import Subject

__all__ = ["Population", "sampling", "unusable_weights"]

Population = float | Mapping[str, Mapping[Any, float]]

#: Kish's design effect of the weights, and the largest weight in means, above which a word is due
_KISH, _LARGEST = 3.0, 25.0
#: how far a sum of weights may be from the population
_TOLERANCE = 0.05
#: how far the mean of weights that are relative may be from 1
_UNIT = 1e-3
#: cells of a column that are above 0 where it holds weights
_POSITIVE = 0.9
#: words in the names of strata and units
_WORDS = re.compile(r"\b(?:stratum|unit|stage) ")
#: a share of PSU codes in two strata up to which they look like slips; above it codes start anew in each stratum
_SLIPS = 0.1


def unusable_weights(column: pd.Series[Any]) -> Iterator[Finding]:
    """Weights that are empty, no numbers, negative or infinite; all of them 0."""
    name = str(column.name)
    numbers = pd.to_numeric(column, errors="coerce")
    values = numbers.to_numpy(dtype=np.float64, na_value=np.nan)
    empty, text = column.isna().to_numpy(), (numbers.isna() & column.notna()).to_numpy()
    kinds = {"empty": empty, "text": text, "negative": values < 0, "infinite": np.isinf(values) & (values > 0)}
    rows = np.flatnonzero(np.logical_or.reduce(list(kinds.values())))
    if rows.size:
        parts = [Words(f"problem.weight.{kind}", {"count": mask.sum()}) for kind, mask in kinds.items() if mask.any()]
        yield Finding("KP220", {"kinds": Series(parts)}, name, rows, rows.size)
    elif not values.any():
        yield Finding("KP228", {}, name, count=len(values))


def sampling(subject: Subject, population: Population | None = None) -> Iterator[Finding]:
    """Findings on weights, strata and units."""
    design = subject.survey.design
    weights = design.weights[subject.places]
    if design.declaration.weight is not None:
        yield from _spread(design.declaration.weight, weights)
        yield from _against_fpc(subject, weights)
    elif design.replication is None and not design.history:
        yield from _undeclared(subject)
    yield from _against_population(subject, weights, population)
    yield from _lone(subject)
    yield from _straddling(subject)


# ---------------------------------------------------------------- weights


def _spread(name: str, weights: NDArray[np.float64]) -> Iterator[Finding]:
    """Weights of 0, all alike, of percentages, and of a wide spread."""
    zero, used = np.flatnonzero(weights == 0), weights[weights > 0]
    if zero.size:
        yield Finding("KP225", {"count": Number(zero.size)}, name, zero, zero.size)
    if used.size < 2:
        return
    total, mean = used.sum(), used.mean()
    if used.min() == used.max():
        yield Finding("KP226", {"found": listed([float(used[0])])}, name, count=used.size)
    of = next((of for of in (1.0, 100.0) if abs(total / of - 1.0) < 1e-3 and abs(used.size / of - 1.0) > 0.01), None)
    if of is not None:
        yield Finding("KP227", {"total": Number(of)}, name, count=used.size)
    kish = used.size * (used**2).sum() / total**2
    if kish > _KISH or used.max() > _LARGEST * mean:
        top = np.flatnonzero(weights == used.max())
        values = {"kish": Number(kish, 1), "n": Number(used.size), "n_eff": Number(used.size / kish), "ratio": Number(used.max() / mean, 1)}
        yield Finding("KP221", values, name, top, used.size)


def _undeclared(subject: Subject) -> Iterator[Finding]:
    """A column that has the name of weights, and could be such, where none are declared; one letter says enough beside an index only."""
    for name in subject.columns("number"):
        if len(compact(name)) == 1 and not subject.index:
            continue
        values, asked = subject.numbers(name), name in subject.index or subject.scale(name) is not None
        if compact(name) in WEIGHTS and not asked and (values > 0).mean() >= _POSITIVE and (values != values[0]).any():
            yield Finding("KP229", {}, name, count=len(values))
            return


def _against_fpc(subject: Subject, weights: NDArray[np.float64]) -> Iterator[Finding]:
    """Sums of the weights of strata against their population, where rows themselves were drawn from strata of a known size.

    Weights whose mean is 1 say how strata stand to each other, and are held against the parts of the population.
    """
    design = subject.survey.design
    labels = design.labels
    if labels.psu or len(labels.fpc) != 1 or design.history or subject.survey.domain is not None:
        return
    stratum = design.psu_stratum[design.row_psu()]
    sums = np.bincount(stratum, weights=weights)
    sizes = np.bincount(stratum)
    size = np.zeros(len(sums))
    size[stratum] = labels.fpc[0]
    known = np.isfinite(size)
    with np.errstate(divide="ignore"):
        wanted = sizes / size if (size[known] <= 1).all() else size
    if known.all() and abs(weights.mean() - 1.0) < _UNIT:
        wanted = wanted * (sums.sum() / wanted.sum())
    wrong = np.flatnonzero(known & (np.abs(sums / wanted - 1.0) > _TOLERANCE))
    if wrong.size:
        names = design.stratum_names(wrong[:1])
        values = {"count": Number(wrong.size), "of": Number(known.sum()), "group": names[0], "sum": Number(sums[wrong[0]], 1)}
        rows = np.flatnonzero(np.isin(stratum, wrong))
        yield Finding("KP222", {**values, "size": Number(wanted[wrong[0]])}, str(design.declaration.weight), rows, wrong.size)


def _against_population(subject: Subject, weights: NDArray[np.float64], population: Population | None) -> Iterator[Finding]:
    """Sums of weights against a population given: a total, or totals by the codes of columns."""
    if population is None:
        return
    name = subject.survey.design.declaration.weight or ""
    for column, totals in _totals(subject, population).items():
        if column:
            sums = pd.Series(weights).groupby(subject.answers(column).map(spelled, na_action="ignore").to_numpy()).sum()
        else:
            sums = pd.Series({"": weights.sum()})
        held = np.array([float(sums.get(code, 0.0)) for code in totals])
        wanted = np.array(list(totals.values()))
        wrong = np.flatnonzero(np.abs(held - wanted) > _TOLERANCE * wanted)
        if wrong.size:
            group = f"{column} {list(totals)[wrong[0]]}".strip() or "-"
            values = {"count": Number(wrong.size), "of": Number(len(totals)), "group": group, "sum": Number(held[wrong[0]], 1)}
            yield Finding("KP222", {**values, "size": Number(wanted[wrong[0]])}, name or column, count=wrong.size)


def _totals(subject: Subject, population: Population) -> dict[str, dict[str, float]]:
    """Totals by column and code as text; a single total under no column.

    Raises
    ------
    DataError
        A column that is not there; totals that are no positive numbers.
    """
    given: Mapping[str, Mapping[Any, float]] = population if isinstance(population, Mapping) else {"": {"": population}}
    if not all(isinstance(totals, Mapping) for totals in given.values()):
        raise DataError(f'population is {population!r}; give a total, or totals by column and code: {{"sex": {{"L": 1200, "P": 1100}}}}')
    absent = [column for column in given if column and column not in subject.frame.columns]
    if absent:
        raise DataError(f"population has {some(absent)}, which is no column of the survey{nearest(absent[0], subject.frame.columns)}")
    wrong = [total for totals in given.values() for total in totals.values() if not isinstance(total, Real) or not 0 < float(total) < np.inf]
    if wrong:
        raise DataError(f"population has the total {wrong[0]!r}; give numbers above 0")
    return {column: {spelled(code): float(total) for code, total in totals.items()} for column, totals in given.items()}


# ---------------------------------------------------------------- strata and units


def _lone(subject: Subject) -> Iterator[Finding]:
    """Strata with one sampled unit, where the design has no rule for them."""
    design = subject.survey.design
    declared = design.declaration
    if not design.lone_names or declared.single_psu != "fail" or design.replication is not None or not (declared.columns("strata") or declared.psu):
        return
    names = [_WORDS.sub("", name).replace("the whole sample", "-") for name in design.lone_names]
    more = f" (+{len(names) - 5})" if len(names) > 5 else ""
    rows = np.flatnonzero(design.lone_strata[design.psu_stratum[design.row_psu()]][subject.places])
    column = (*declared.columns("strata"), *declared.columns("psu"))[0]
    yield Finding("KP223", {"count": Number(len(names)), "strata": "; ".join(names[:5]) + more}, column, rows, len(names))


def _straddling(subject: Subject) -> Iterator[Finding]:
    """A few PSU codes that lie in two strata, where nearly all lie in one."""
    labels = subject.survey.design.labels
    if not labels.psu or not labels.strata or subject.survey.wave_codebooks:
        return
    pairs = pd.DataFrame({"psu": labels.psu[0].to_numpy(), "stratum": labels.strata[0][0].to_numpy()})
    met = pairs.drop_duplicates()
    counts = met["psu"].value_counts()
    twice = counts.index[counts > 1]
    if 0 < len(twice) <= _SLIPS * len(counts):
        first = twice[0]
        rows = np.flatnonzero(pairs["psu"].isin(twice).to_numpy()[subject.places])
        values = {
            "found": listed(twice),
            "first": listed([first]),
            "strata": listed(met.loc[met["psu"] == first, "stratum"]),
        }
        yield Finding("KP224", values, str(labels.psu[0].name), rows, len(twice))
