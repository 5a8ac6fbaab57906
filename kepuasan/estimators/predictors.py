"""Columns that explain an outcome: items as they are, factors as dummies, read in blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import spelled
from kepuasan.design import factorized
from kepuasan.errors import DataError, refuse_infinite, some
from kepuasan.estimators.reading import item_names
from kepuasan.formulas import is_text
from kepuasan.numerics.regression import dependent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.estimators.moments import CompleteRows
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.survey import Survey

__all__ = ["Factor", "Predictors", "column_of", "grouped", "is_factor", "read_predictors", "refuse_dependent"]

_CATEGORICAL = re.compile(r"\s*C\((.+)\)\s*")


@dataclass(frozen=True)
class Factor:
    """A column of categories: the level of each row (-1: none), and the levels, of which the first has no dummy."""

    name: str
    code: Integers
    levels: tuple[Any, ...]


@dataclass(frozen=True)
class Predictors:
    """Reads rows as columns of numbers: those of each item in turn, then the outcome.

    ``items``: what was asked for; ``parts``: each as numbers or as a factor, the outcome last.
    """

    items: tuple[str, ...]
    parts: tuple[NDArray[Any] | Factor, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        """Columns of each item."""
        return tuple(len(part.levels) - 1 if isinstance(part, Factor) else 1 for part in self.parts[:-1])

    @property
    def factors(self) -> list[str]:
        """The items that are factors."""
        return [item for item, part in zip(self.items, self.parts, strict=False) if isinstance(part, Factor)]

    @property
    def dummies(self) -> tuple[slice, ...]:
        """Where the dummies of each factor stand."""
        ends = np.cumsum((0, *self.sizes))
        return tuple(slice(int(ends[place]), int(ends[place + 1])) for place, part in enumerate(self.parts[:-1]) if isinstance(part, Factor))

    @property
    def width(self) -> int:
        """Number of columns, the outcome's included."""
        return sum(self.sizes) + 1

    @property
    def names(self) -> list[str]:
        """What each column but the outcome is called: the item, and the level of a factor as ``C(region)[T.Bali]``."""
        found: list[str] = []
        for item, part in zip(self.items, self.parts, strict=False):
            found += [f"C({part.name})[T.{spelled(level)}]" for level in part.levels[1:]] if isinstance(part, Factor) else [item]
        return found

    def __call__(self, start: int, stop: int) -> Floats:
        """Give the block of rows start..stop, which the caller may overwrite; what is missing is NaN."""
        block = np.empty((self.width, stop - start))
        place = 0
        for part in self.parts:
            if not isinstance(part, Factor):
                block[place] = part[start:stop]
                place += 1
                continue
            code = part.code[start:stop]
            for level in range(1, len(part.levels)):
                block[place] = np.where(code < 0, np.nan, code == level)
                place += 1
        return block.T


def grouped(drivers: Any) -> dict[str, tuple[str, ...]]:
    """Drivers by name: those of a mapping, or each item as its own.

    Raises
    ------
    DataError
        No driver; a driver without items; an item in two drivers; what names no column.
    """
    if isinstance(drivers, Mapping):
        named = {str(name): tuple(item_names(items, f"the driver {name!r}")) for name, items in drivers.items()}
    else:
        named = {name: (name,) for name in item_names(() if drivers is None else drivers, "drivers")}
    if not named:
        raise DataError("drivers is empty; name at least one")
    seen: dict[str, str] = {}
    for name, items in named.items():
        for item in items:
            if item in seen:
                raise DataError(f"{item!r} belongs to the drivers {seen[item]!r} and {name!r}; an item has one driver")
            seen[item] = name
    return named


def column_of(item: str) -> str:
    """The column of an item: ``region`` of ``C(region)``."""
    found = _CATEGORICAL.fullmatch(str(item))
    return found.group(1).strip() if found else item


def read_predictors(survey: Survey, items: Sequence[str], outcome: str, used: Floats, answers: Floats | None = None) -> Predictors:
    """A reader of items and an outcome.

    Parameters
    ----------
    survey : Survey
    items : sequence of str
        Columns of numbers; ``C(column)``, and columns of text or categories, are factors with a dummy for each level but the first.
    outcome : str
        A column of numbers.
    used : array (rows,)
        Weights; levels are those of rows with a weight that lack nothing.
    answers : array (rows,), optional
        The outcome, where it is not the numbers of its column.

    Raises
    ------
    DataError
        Unknown columns; an outcome among the items; infinite numbers; a factor with a single level.
    """
    columns = {item: column_of(item) for item in items}
    survey.require([*columns.values(), outcome])
    if outcome in columns.values():
        raise DataError(f"{outcome!r} is the outcome and stands among the drivers too; leave it out of the drivers")
    read = {item: _values(survey, item) for item in columns}
    answers = survey.numbers(outcome) if answers is None else answers
    present = np.isfinite(answers) & (used != 0)
    for part in read.values():
        present &= (part[0] >= 0) if isinstance(part, tuple) else np.isfinite(part)
    for name, numbers in [(outcome, answers), *((columns[item], part) for item, part in read.items() if not isinstance(part, tuple))]:
        refuse_infinite(name, survey.frame.index[np.isinf(numbers) & (used != 0)])
    parts = [_factor(columns[item], part, present) if isinstance(part, tuple) else part for item, part in read.items()]
    return Predictors(tuple(items), (*parts, answers))


def is_factor(survey: Survey, item: str) -> bool:
    """Whether an item enters as a factor: ``C(column)``, text, categories that are no numbers."""
    name = column_of(item)
    column = survey.column(name)
    numeric = isinstance(column.dtype, pd.CategoricalDtype) and pd.api.types.is_numeric_dtype(column.cat.categories.dtype)
    return item != name or (is_text(column) and not numeric)


def _values(survey: Survey, item: str) -> NDArray[Any] | tuple[Integers, pd.Index[Any]]:
    """A column as numbers, or the codes and levels of a factor."""
    return factorized(survey.column(column_of(item))) if is_factor(survey, item) else survey.numbers(item)


def _factor(name: str, part: tuple[Integers, pd.Index[Any]], present: NDArray[np.bool_]) -> Factor:
    """The factor with the levels that occur among the rows used."""
    code, levels = part
    seen = np.bincount(code[present], minlength=len(levels)) > 0
    if seen.sum() < 2:
        raise DataError(f"the factor {name!r} has {some(levels[seen])} only among the rows used; leave it out")
    place = np.where(seen, np.cumsum(seen) - 1, -1)
    return Factor(name, np.where(code < 0, -1, place[code]), tuple(level for level, here in zip(levels, seen, strict=True) if here))


#: least eigenvalue of a correlation matrix, and least share of a mean that a standard deviation may be
_DEPENDENT, _CONSTANT = 1e-10, 1e-12
#: share of the largest of its coefficients from which on a column belongs to a combination that hardly varies
_NAMED = 0.1


def refuse_dependent(complete: CompleteRows, names: Sequence[str], outcome: str) -> None:
    """Refuse columns that do not vary in a domain, or that others determine there, and an outcome that does not vary.

    Parameters
    ----------
    complete : CompleteRows
        Of the columns named, then the outcome.
    names : sequence of str
        What columns are called.
    outcome : str

    Raises
    ------
    DataError
        All columns at fault in the first domain that has some, by name.
    """
    moments = complete.moments
    _refuse_no_covariance(complete)
    _refuse_one_level(complete, names)
    size = np.sqrt(np.einsum("dii->di", moments.covariance).clip(0.0))
    constant = size <= _CONSTANT * np.abs(moments.mean)
    n_columns = np.full(len(moments.n), len(names)) if complete.dropped is None else len(names) - complete.dropped.sum(axis=1)
    few = moments.n <= n_columns + 1
    scale = np.where(constant, 1.0, size)
    correlation = moments.covariance[:, :-1, :-1] / (scale[:, :-1, None] * scale[:, None, :-1])
    rough = constant[:, :-1].any(axis=1) | constant[:, -1] | few
    rough[~rough] = np.linalg.eigvalsh(correlation[~rough])[:, 0] < _DEPENDENT
    for place in np.flatnonzero(rough)[:1]:
        where = complete.where(place)
        if constant[place, -1]:
            raise DataError(f"the outcome {outcome!r} has one value only{where}; there is nothing to explain")
        still = [name for name, one in zip(names, constant[place], strict=False) if one]
        if still:
            raise DataError(f"{some(still, 8)} never var{'y' if len(still) > 1 else 'ies'}{where}; leave out what does not vary, or merge levels")
        if few[place]:
            raise DataError(
                f"{int(moments.n[place])} complete rows{where} are too few for {n_columns[place]} columns; leave some out, or merge domains"
            )
        raise DataError(f"{_alike(correlation[place], names)}{where}; leave out what says the same")


def _alike(correlation: Floats, names: Sequence[str]) -> str:
    """Which columns others determine, each with those that do."""
    said = []
    for column in dependent(correlation):
        others = np.setdiff1d(np.arange(len(names)), column)
        slopes = np.linalg.lstsq(correlation[np.ix_(others, others)], correlation[others, column], rcond=_DEPENDENT)[0]
        said.append(f"{names[column]!r} is determined by {some([names[one] for one in others[np.abs(slopes) > _NAMED * np.abs(slopes).max()]], 8)}")
    if said:
        return "; ".join(said[:5]) + (f" and {len(said) - 5} more" if len(said) > 5 else "")
    together = np.abs(np.linalg.eigh(correlation)[1][:, 0])
    alike = [name for name, share in zip(names, together, strict=True) if share > _NAMED * together.max()]
    return f"{some(alike, 8)} all but determine each other"


def _refuse_one_level(complete: CompleteRows, names: Sequence[str]) -> None:
    """Refuse a factor of which a domain has one level only, and so no dummy."""
    if complete.dropped is None:
        return
    for part in complete.factors:
        alone = np.flatnonzero(complete.dropped[:, part.start : part.stop].all(axis=1))
        if alone.size:
            factor = names[part.start].partition("[T.")[0]
            raise DataError(f"{factor!r} has one level only{complete.where(int(alone[0]))}; leave it out, or merge levels")


def _refuse_no_covariance(complete: CompleteRows) -> None:
    """Refuse weighted cross-products that are no covariance, which negative weights can bring about."""
    if not (complete.rows.weight < 0).any():
        return
    covariance = complete.moments.covariance
    variance = np.einsum("dii->di", covariance)
    size = np.sqrt(np.where(variance > 0, variance, 1.0))
    least = np.linalg.eigvalsh(covariance / (size[:, :, None] * size[:, None, :]))[:, 0]
    lost = np.flatnonzero((variance < 0).any(axis=1) | (least < -_DEPENDENT))
    if lost.size:
        raise DataError(
            f"under negative weights variances and R² have no meaning{complete.where(int(lost[0]))} (some would be below 0); "
            'calibrate with bounds=(0.1, 5.0) or distance="raking", which keep weights positive'
        )
