"""The matrix of a formula over the rows of a survey.

Plain columns and ``C(column)`` are read straight from the survey, in blocks; anything richer (interactions, splines, logarithms, contrasts of one's
own) is formulaic's to evaluate.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd

from kepuasan.errors import DataError, refuse_infinite, some
from kepuasan.formulas.terms import INTERCEPT, Factor, Formula, read_formula, reason, term_name
from kepuasan.numerics.totals import sliced

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.numerics.totals import Floats, Integers, Read

__all__ = ["Columns", "ModelMatrix", "design_matrix", "is_text", "outcome_values"]


class Columns(Protocol):
    """What reads columns by name, as a `Survey` does: user-missing codes are missing."""

    def column(self, name: Any) -> pd.Series[Any]:
        """A column as it is."""

    def numbers(self, name: Any) -> NDArray[Any]:
        """A column as numbers, missing ones as NaN."""

    def require(self, names: Iterable[Any]) -> None:
        """Refuse unknown columns."""


@dataclass(frozen=True, eq=False)
class ModelMatrix:
    """The matrix of a formula's right side.

    Attributes
    ----------
    names : tuple of str
        Its columns: ``Intercept``, ``x1``, ``C(x2)[T.level]``, with the first level in sorted order as the baseline.
    terms : dict of str to array
        The columns of each term, by position.
    complete : array of bool (rows,)
        Rows that were asked for and have a value in every column used; the others are rows of 0.
    code : array (rows,) or None
        Where every term is categorical: row i of the matrix is ``table[code[i]]``, and `table` holds each combination once.
    cells : callable
        ``cells(start, stop)`` gives those rows of `table`.
    n_cells : int
        Rows of `table`.
    """

    names: tuple[str, ...]
    terms: Mapping[str, Integers]
    complete: NDArray[np.bool_]
    code: Integers | None
    cells: Read
    n_cells: int

    @cached_property
    def table(self) -> Floats:
        """Distinct rows of the matrix where `code` says which is whose; all its rows elsewhere."""
        return self.cells(0, self.n_cells)

    def read(self, start: int, stop: int) -> Floats:
        """Rows start..stop of the matrix, which the caller may overwrite."""
        return self.cells(start, stop) if self.code is None else self.table[self.code[start:stop]]


@dataclass(frozen=True)
class _Column:
    """A column as numbers, as codes of its levels (-1 missing), or as both; and where it has a value (None: everywhere)."""

    numbers: NDArray[Any] | None
    code: Integers | None
    levels: pd.Index[Any]
    present: NDArray[np.bool_] | None


@dataclass(frozen=True)
class _Filled:
    """Reads rows from numbers and codes, each with its first place in the block; codes are 1 in the column of their level."""

    numbers: tuple[tuple[int, NDArray[Any]], ...]
    codes: tuple[tuple[int, Integers, int], ...]
    width: int
    complete: NDArray[np.bool_] | None

    def __call__(self, start: int, stop: int) -> Floats:
        block = np.ones((stop - start, self.width))
        for place, values in self.numbers:
            block[:, place] = values[start:stop]
        for place, code, n_levels in self.codes:
            block[:, place : place + n_levels - 1] = code[start:stop, None] == np.arange(1, n_levels)
        if self.complete is not None:
            block[~self.complete[start:stop]] = 0.0
        return block


def design_matrix(columns: Columns, formula: Formula | str, used: NDArray[np.bool_]) -> ModelMatrix:
    """The matrix of the right side of a formula over the rows of a survey.

    Parameters
    ----------
    columns : Survey
        What reads columns by name.
    formula : Formula or str
        Such as ``"~ C(sex) + age"``; a left side is not looked at.
    used : array of bool (rows,)
        Rows that count; levels that occur in no other are not columns of the matrix.

    Raises
    ------
    DataError
        Unknown columns, all named; a formula that cannot be read or evaluated; a categorical column with one level only; values that are infinite;
        no row with a value in every column.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> survey = Survey(pd.DataFrame({"sex": ["L", "P", None, "L"], "age": [30, 41, 22, 57]}))
    >>> matrix = design_matrix(survey, "~ C(sex) + age", np.ones(4, dtype=bool))
    >>> matrix.names, matrix.read(1, 3).tolist()
    (('Intercept', 'C(sex)[T.P]', 'age'), [[1.0, 1.0, 41.0], [0.0, 0.0, 0.0]])
    """
    formula = formula if isinstance(formula, Formula) else read_formula(formula)
    columns.require(formula.columns)
    factors = [factor for several in formula.terms.values() for factor in several]
    read = {name: _read(columns, name, [factor for factor in factors if name in factor.columns]) for name in formula.columns}
    complete = _complete(read, used)
    if not complete.any():
        raise DataError(f"no row with a weight has a value in every column that the formula {formula.text!r} uses ({some(formula.columns)})")
    read = {name: _seen(name, column, complete) for name, column in read.items()}
    crossed = all(column.numbers is None for column in read.values())
    first, code = _crossed(read.values(), complete) if crossed else (None, None)
    if _is_plain(formula, read):
        names, places, cells = _filled(formula, read, None if crossed or complete.all() else complete, first)
    else:
        rows = np.flatnonzero(complete) if first is None else first
        names, places, table = _evaluated(columns, formula, read, rows)
        if first is None and len(rows) < len(complete):
            whole = np.zeros((len(complete), len(names)))
            whole[rows] = table
            table = whole
        cells = partial(sliced, table)
    n_cells = len(complete) if first is None else len(first)
    if code is not None and not complete.all():
        cells, n_cells = partial(sliced, np.vstack([cells(0, n_cells), np.zeros(len(names))])), n_cells + 1
    return ModelMatrix(names, places, complete, code, cells, n_cells)


def outcome_values(columns: Columns, formula: Formula) -> pd.Series[Any]:
    """The left side of a formula, missing where it has no value; a bare column as it is, anything else as numbers.

    Raises
    ------
    DataError
        A formula without a left side; unknown columns; what cannot be evaluated, or is no single number a row.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> survey = Survey(pd.DataFrame({"speed": [3, 4, None], "age": [30, 41, 22]}))
    >>> outcome_values(survey, read_formula("I(speed > 3) ~ age")).tolist()
    [0.0, 1.0, nan]
    """
    outcome = formula.outcome
    if outcome is None:
        raise DataError(f"the formula {formula.text!r} has no outcome; write it as 'y ~ x1 + C(x2)'")
    columns.require(outcome.columns)
    if outcome.bare:
        return columns.column(outcome.columns[0])
    read = {name: _read(columns, name, [outcome]) for name in outcome.columns}
    n_rows = len(columns.column(outcome.columns[0])) if outcome.columns else 0
    complete = _complete(read, np.ones(n_rows, dtype=bool))
    rows = np.flatnonzero(complete)
    values = _materialised(formula.parsed.lhs, _frame(read, rows), formula.text)[1]
    if values.shape[1] != 1:
        raise DataError(f"the outcome {outcome.text!r} makes {values.shape[1]} columns, not one; name one column of numbers")
    whole = np.full(n_rows, np.nan)
    whole[rows] = values[:, 0]
    return pd.Series(whole, index=columns.column(outcome.columns[0]).index, name=outcome.text)


# ------------------------------------------------------------ columns


def _read(columns: Columns, name: str, uses: Iterable[Factor]) -> _Column:
    """A column in the forms that its uses need: text and C(column) as codes of its levels, else as numbers."""
    column = columns.column(name)
    as_levels = {factor.text.startswith("C(") for factor in uses}
    text = is_text(column)
    numbers = None if text or as_levels == {True} else columns.numbers(name)
    present = None if numbers is None else _finite(numbers, column)
    if not text and True not in as_levels:
        return _Column(numbers, None, pd.Index([]), present)
    code, found = pd.factorize(column, sort=True)
    levels = pd.Index(found)
    if pd.api.types.is_float_dtype(levels.dtype) and (np.mod(levels, 1) == 0).all():
        levels = levels.astype(np.int64)
    return _Column(numbers, code.astype(np.intp, copy=False), levels, None if (code >= 0).all() else code >= 0)


def is_text(column: pd.Series[Any]) -> bool:
    """Whether a column holds text or categories, so that it enters a model as a factor."""
    if column.dtype == object:
        return bool(column.map(lambda value: isinstance(value, str)).any())
    return isinstance(column.dtype, pd.CategoricalDtype) or pd.api.types.is_string_dtype(column.dtype)


def _finite(numbers: NDArray[Any], column: pd.Series[Any]) -> NDArray[np.bool_] | None:
    """Where there is a number; None where that is everywhere."""
    if numbers.dtype.kind != "f":
        return None
    finite: NDArray[np.bool_] = np.isfinite(numbers)
    if finite.all():
        return None
    refuse_infinite(column.name, column.index[np.isinf(numbers)])
    return finite


def _complete(read: Mapping[str, _Column], used: NDArray[np.bool_]) -> NDArray[np.bool_]:
    complete = used.copy()
    for column in read.values():
        if column.present is not None:
            complete &= column.present
    return complete


def _seen(name: str, column: _Column, complete: NDArray[np.bool_]) -> _Column:
    """The column with the levels that occur among the complete rows; other rows have any of them."""
    if column.code is None:
        return column
    seen = np.zeros(len(column.levels) + 1, dtype=bool)
    seen[column.code if complete.all() else column.code[complete]] = True
    if seen.sum() == 1:
        raise DataError(f"{name!r} has one level only ({column.levels[seen[:-1]][0]!r}) among the rows used; leave it out of the formula")
    place = np.cumsum(seen) - 1
    return _Column(column.numbers, place[column.code], column.levels[seen[:-1]], column.present)


def _crossed(columns: Iterable[_Column], complete: NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """A row of each combination of levels that occurs, and the combination of each row; incomplete rows come after the last."""
    code, n_codes = np.zeros(len(complete), dtype=np.intp), 1
    for column in columns:
        if column.code is not None:
            code = code * len(column.levels) + column.code
            n_codes *= len(column.levels)
            if n_codes > 4 * len(code) + 1_000_000:
                found, code = np.unique(code, return_inverse=True)
                n_codes = len(found)
    rows = np.flatnonzero(complete)
    first = np.full(n_codes + 1, -1, dtype=np.intp)
    first[code[rows[::-1]]] = rows[::-1]
    place = np.cumsum(first >= 0) - 1
    return first[first >= 0], np.where(complete, place[code], place[-1] + 1)


# ------------------------------------------------------------ matrices


def _is_plain(formula: Formula, read: Mapping[str, _Column]) -> bool:
    """Whether each term is one column, bare or as C(column), and an intercept leaves every set of levels its baseline."""
    factors = [factor for several in formula.terms.values() for factor in several]
    if any(len(several) > 1 for several in formula.terms.values()) or not all(factor.bare or factor.coded for factor in factors):
        return False
    return INTERCEPT in formula.terms or all(factor.bare and read[factor.columns[0]].numbers is not None for factor in factors)


def _filled(
    formula: Formula, read: Mapping[str, _Column], complete: NDArray[np.bool_] | None, rows: Integers | None
) -> tuple[tuple[str, ...], dict[str, Integers], Read]:
    """Names, terms and a reader of a matrix of bare columns and C(column); of some rows only, where these are given."""
    names: list[str] = []
    places, numbers, codes = {}, [], []
    for term, factors in formula.terms.items():
        first = len(names)
        if not factors:
            names.append(INTERCEPT)
        elif factors[0].coded or read[factors[0].columns[0]].numbers is None:
            column = read[factors[0].columns[0]]
            if column.code is not None:
                codes.append((first, column.code if rows is None else column.code[rows], len(column.levels)))
            names.extend(f"{term}[T.{level}]" for level in column.levels[1:])
        else:
            values = read[factors[0].columns[0]].numbers
            if values is not None:
                numbers.append((first, values))
            names.append(term)
        places[term] = np.arange(first, len(names))
    return tuple(names), places, _Filled(tuple(numbers), tuple(codes), len(names), complete)


def _evaluated(
    columns: Columns, formula: Formula, read: Mapping[str, _Column], rows: Integers
) -> tuple[tuple[str, ...], dict[str, Integers], Floats]:
    """Names, terms and values of a matrix as formulaic evaluates it over some rows."""
    right = getattr(formula.parsed, "rhs", formula.parsed)
    spec, values = _materialised(right, _frame(read, rows), formula.text)
    broken = ~np.isfinite(values)
    if broken.any():
        index = columns.column(formula.columns[0]).index
        at, name = rows[broken.any(axis=1)], spec.column_names[int(broken.any(axis=0).argmax())]
        raise DataError(f"{name!r} is no finite number in {len(at)} rows ({some(index[at])}); leave them out with survey.where, or change the term")
    places = {term_name(term): np.asarray(where, dtype=np.intp) for term, where in spec.term_indices.items()}
    return tuple(spec.column_names), places, values


def _frame(read: Mapping[str, _Column], rows: Integers) -> pd.DataFrame:
    """The columns of some rows as formulaic takes them; whole numbers that are also categories are integers."""
    frame = {}
    for name, column in read.items():
        if column.numbers is None and column.code is not None:
            frame[name] = pd.Series(pd.Categorical.from_codes(column.code[rows], column.levels))
        elif column.numbers is not None:
            values = column.numbers[rows]
            whole = column.code is not None and pd.api.types.is_integer_dtype(column.levels.dtype)
            frame[name] = pd.Series(values.astype(np.int64) if whole else values)
    return pd.DataFrame(frame, index=range(len(rows)))


def _materialised(part: Any, frame: pd.DataFrame, text: str) -> tuple[Any, Floats]:
    """Formulaic's description of a side of a formula, and its matrix."""
    from formulaic.errors import FormulaicError

    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            matrix = part.get_model_matrix(frame, context={}, na_action="ignore", output="numpy")
    except (FormulaicError, ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise DataError(f"the formula {text!r} cannot be evaluated: {reason(error)}") from error
    return matrix.model_spec, np.array(matrix, dtype=np.float64)
