"""The models of a regression, fitted to the rows of a survey."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from kepuasan.errors import ConvergenceError, DataError, refuse_infinite, some
from kepuasan.estimators.spreads import replicate_totals, replicate_weight_blocks
from kepuasan.formulas import INTERCEPT, outcome_values
from kepuasan.numerics.odds import Categories, joined_cells, logit_start, maximised, ordinal_start
from kepuasan.numerics.regression import dependent, kept_columns, least_squares, moments, scaled
from kepuasan.numerics.totals import sliced, summed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.design import BoundDesign
    from kepuasan.formulas import Formula, ModelMatrix
    from kepuasan.numerics.regression import Moments, Scaled
    from kepuasan.numerics.totals import Floats, Integers, Read, Rows
    from kepuasan.survey import Survey

__all__ = ["FAMILIES", "Answers", "Family", "Model", "fitted", "read_answers", "read_categories"]

Family: TypeAlias = Literal["linear", "logit", "ordinal"]
FAMILIES: tuple[Family, ...] = ("linear", "logit", "ordinal")

_MOST_COLUMNS = 5000
#: share of the largest coefficient of a separating direction from which a column is named
_NAMED = 1e-2


@dataclass(frozen=True)
class Answers:
    """The outcome of a regression.

    ``present`` (rows,): rows asked for that have one; ``numbers`` (rows,): of a linear model, 0 where there is none; ``code`` (rows,): of the others,
    the place among ``levels``.
    """

    name: str
    family: Family
    present: NDArray[np.bool_]
    numbers: Floats
    code: Integers
    levels: tuple[Any, ...] = ()

    def among(self, rows: NDArray[np.bool_]) -> Answers:
        """The answers of some of the rows, with the levels that occur there.

        Raises
        ------
        DataError
            A number of levels that the family has no model for; they are named.
        """
        if self.family == "linear":
            return replace(self, present=rows, numbers=np.where(rows, self.numbers, 0.0))
        seen = np.bincount(self.code[rows], minlength=len(self.levels)) > 0
        levels = tuple(level for level, here in zip(self.levels, seen, strict=True) if here)
        if self.family == "logit" and len(levels) != 2:
            raise DataError(f"a logistic outcome has two values, but {self.name!r} has {some(levels)} among the rows used; {_two(levels)}")
        if self.family == "ordinal" and len(levels) < 3:
            hint = '; use family="logit" for two' if len(levels) == 2 else ""
            raise DataError(f"an ordinal outcome has three values or more, but {self.name!r} has {some(levels)} among the rows used{hint}")
        return replace(self, present=rows, code=np.where(rows, (np.cumsum(seen) - 1)[self.code], 0), levels=levels)


@dataclass(frozen=True)
class Model:
    """A fitted model.

    ``names``, ``value`` (k,): its coefficients; ``terms``: their places by term; ``scores``: reads the scores (rows, k) of rows by unit of weight,
    and ``solving`` (k, k) leads from their sums to the influence on the coefficients; ``again``: gives their replicates (replicates, k), NaN where
    one has none.
    """

    names: tuple[str, ...]
    value: Floats
    terms: Mapping[str, Integers]
    scores: Read
    solving: Floats
    again: Callable[[], Floats]
    r_squared: float


def read_answers(survey: Survey, formula: Formula, family: Family, used: NDArray[np.bool_]) -> Answers:
    """The outcome of a formula over the rows used.

    Raises
    ------
    DataError
        An outcome that nobody answered, that is infinite or that is of another kind than the family takes.
    """
    column = outcome_values(survey, formula)
    if family != "linear":
        return read_categories(column, family, used)
    name, bare = str(column.name), formula.outcome is not None and formula.outcome.bare
    numbers = np.asarray(survey.numbers(column.name) if bare else column, dtype=np.float64)
    refuse_infinite(name, column.index[np.isinf(numbers) & used])
    present = np.isfinite(numbers) & used
    _check_answered(name, present)
    return Answers(name, family, present, numbers, np.empty(0, dtype=np.intp))


def read_categories(column: pd.Series[Any], family: Family, used: NDArray[np.bool_]) -> Answers:
    """A column as the outcome of a model of categories, over the rows used.

    Raises
    ------
    DataError
        A column that nobody answered, or whose answers have no order where an ordinal model needs one.
    """
    code, levels = _levels(column, ordered=family == "ordinal")
    _check_answered(str(column.name), (code >= 0) & used)
    return Answers(str(column.name), family, (code >= 0) & used, np.empty(0), code, tuple(levels))


def _check_answered(name: str, present: NDArray[np.bool_]) -> None:
    if not present.any():
        raise DataError(f"nobody answered {name!r}: no answer with a weight; name another outcome")


def fitted(design: BoundDesign, rows: Rows, matrix: ModelMatrix, answers: Answers) -> Model:
    """The model of the answers' family, fitted to the rows that have a weight.

    Raises
    ------
    DataError
        Fewer rows than coefficients; columns that determine each other.
    ConvergenceError
        Answers that a column tells apart.
    """
    width, n = len(matrix.names), int(matrix.complete.sum())
    if n < width:
        raise DataError(f"{n} rows with a value in every column cannot determine {width} coefficients; leave terms out")
    if width > _MOST_COLUMNS:
        raise DataError(f"the formula makes {width:,} columns; a column of numbers needs no C(), and one of names cannot be a regressor")
    found = _moments(rows.weight, matrix, answers.numbers if answers.family == "linear" else None)
    columns = scaled(matrix.read, found, matrix.names.index(INTERCEPT) if INTERCEPT in matrix.names else None)
    again = dependent(columns.gram)
    if again.size:
        signed = "; some weights are negative, which can bring it about" if (rows.weight < 0).any() else ""
        raise DataError(
            f"columns of the matrix that never vary, or that the others determine: {some([matrix.names[place] for place in again], 8)}{signed}; "
            "leave them out of the formula, or merge levels"
        )
    if answers.family == "linear":
        return _linear(design, rows, matrix, (columns, found), answers.numbers)
    return _categories(design, rows, matrix, columns, answers)


# ------------------------------------------------------------ outcomes


def _levels(column: pd.Series[Any], *, ordered: bool) -> tuple[Integers, pd.Index[Any]]:
    """Codes and levels of an outcome; numbers 2.0 are 2."""
    in_order = isinstance(column.dtype, pd.CategoricalDtype) and column.cat.ordered
    if ordered and not in_order and not pd.api.types.is_numeric_dtype(column.dtype):
        raise DataError(
            f"the outcome {column.name!r} of an ordinal model holds {some(column.dropna().unique(), 3)}, which have no order; give it as "
            "numbers, or as an ordered category"
        )
    try:
        code, found = pd.factorize(column, sort=True)
    except TypeError as error:
        raise DataError(f"the outcome {column.name!r} mixes numbers and text; give one or the other") from error
    levels = pd.Index(found)
    if pd.api.types.is_float_dtype(levels.dtype) and (np.mod(levels, 1) == 0).all():
        levels = levels.astype(np.int64)
    return code.astype(np.intp, copy=False), levels


def _two(levels: tuple[Any, ...]) -> str:
    return (
        "there is nothing to model"
        if len(levels) < 2
        else 'make it 1 for one of them and 0 for the others (survey.assign(...), or in a formula "I(y == 1) ~ x"), or use another family'
    )


# ------------------------------------------------------------ linear


def _moments(weight: Floats, matrix: ModelMatrix, outcome: Floats | None) -> Moments:
    """The moments of the matrix and the outcome, from the distinct rows where there are such."""
    width, code = len(matrix.names), matrix.code
    if code is None or weight.min() < 0:
        return moments(weight, matrix.read, width, outcome)
    cells = np.asarray(np.bincount(code, weights=weight, minlength=matrix.n_cells), dtype=np.float64)
    if outcome is None:
        return moments(cells, matrix.cells, width)
    centre = float(weight @ outcome) / float(weight.sum())
    above = np.bincount(code, weights=weight * (outcome - centre), minlength=matrix.n_cells)
    mean = centre + np.divide(above, cells, out=np.zeros(len(cells)), where=cells > 0)
    within = float(weight @ (outcome - mean[code]) ** 2)
    found = moments(cells, matrix.cells, width, mean)
    return replace(found, square=found.square + within)


def _linear(design: BoundDesign, rows: Rows, matrix: ModelMatrix, moments_of: tuple[Scaled, Moments], outcome: Floats) -> Model:
    columns, found = moments_of
    fit = least_squares(rows.weight, outcome, found, columns)

    def again() -> Floats:
        totals = replicate_totals(design, rows, fit.cross_products, fit.n_products)
        replicates, singular = fit.refitted(totals[:, 0])
        replicates[singular] = np.nan
        return replicates

    return Model(matrix.names, fit.value, matrix.terms, fit.scores, fit.solving, again, fit.r_squared)


# ------------------------------------------------------------ categories


@dataclass(frozen=True)
class _Sample:
    """Rows of a model of categories, or the distinct ones of them: `cell` (rows,) says which is whose, where they were gathered."""

    categories: Categories
    cell: Integers | None
    n_cells: int

    def weights(self, weights: Floats) -> Floats:
        """Sets of weights (r, rows) as those of the distinct rows."""
        return weights if self.cell is None else summed(weights, self.cell, self.n_cells)

    def scores(self, parameters: Floats) -> Read:
        """A reader of the derivatives of the rows' log-likelihood by the parameters."""
        if self.cell is None:
            return partial(self.categories.scores, parameters)
        return partial(_cell_scores, self.categories.scores(parameters, 0, self.n_cells), self.cell)


def _cell_scores(scores: Floats, cell: Integers, start: int, stop: int) -> Floats:
    return scores[cell[start:stop]]


def _categories(design: BoundDesign, rows: Rows, matrix: ModelMatrix, columns: Scaled, answers: Answers) -> Model:
    """A logistic or an ordinal model, by Newton's steps from a first fit; distinct rows are gathered where every term is categorical."""
    if answers.family == "ordinal" and columns.intercept is None:
        raise DataError("an ordinal model has thresholds in the intercept's place; leave '0 +' and '- 1' out of the formula")
    negative = int(np.count_nonzero(rows.weight < 0))
    if negative:
        raise DataError(
            f"{negative:,} rows have a negative weight, with which an {answers.family} model has no likelihood; "
            'calibrate with bounds=(0.1, 5.0) or distance="raking", which keep weights positive'
        )
    sample, back = _sampled(matrix, columns, answers)
    weight = sample.weights(rows.weight[None])
    shares = np.bincount(answers.code, weights=rows.weight) / rows.weight.sum()
    n_slopes = len(back) - sample.categories.n_thresholds
    first = ordinal_start(shares, n_slopes) if sample.categories.n_thresholds else logit_start(sample.categories, weight[0], n_slopes)
    parameters, step, arrived = maximised(sample.categories, weight, first[None])
    names, terms = _named(matrix, answers)
    if not arrived[0]:
        _refuse(sample, step[0], weight[0], names, answers)
    sums = sample.categories.sums(weight, parameters)

    def again() -> Floats:
        found = []
        for block in replicate_weight_blocks(design, rows):
            redone, _, done = maximised(sample.categories, sample.weights(block), np.repeat(parameters, len(block), axis=0))
            found.append(np.where(done[:, None], redone @ back.T, np.nan))
        return np.vstack(found)

    solving = back @ np.linalg.inv(sums.information[0])
    none = float(rows.weight.sum() * (shares * np.log(shares)).sum())
    return Model(names, back @ parameters[0], terms, sample.scores(parameters[0]), solving, again, 1.0 - float(sums.likelihood[0]) / none)


def _sampled(matrix: ModelMatrix, columns: Scaled, answers: Answers) -> tuple[_Sample, Floats]:
    """The rows as their model takes them, and the way back (k, k) from its parameters to coefficients."""
    code, cell, n_cells = answers.code, None, len(answers.code)
    if matrix.code is not None:
        first, cell = joined_cells(matrix.code, code, matrix.complete)
        columns = replace(columns, read=partial(sliced, matrix.table[matrix.code[first]]))
        code, n_cells = code[first], len(first)
    if answers.family == "logit":
        return _Sample(Categories(columns.block, code, 0), cell, n_cells), columns.back
    block, back = columns.without_intercept()
    n_thresholds = len(answers.levels) - 1
    whole = np.eye(len(back) + n_thresholds)
    whole[: len(back), : len(back)] = back
    whole[len(back) :, : len(back)] = np.delete(columns.shift, columns.intercept or 0) @ back
    return _Sample(Categories(block, code, n_thresholds), cell, n_cells), whole


def _named(matrix: ModelMatrix, answers: Answers) -> tuple[tuple[str, ...], Mapping[str, Integers]]:
    """Names of the coefficients, and their places by term; thresholds are named by the answers on either side."""
    if answers.family == "logit":
        return matrix.names, matrix.terms
    levels = answers.levels
    place = matrix.names.index(INTERCEPT)
    names = [name for name in matrix.names if name != INTERCEPT]
    terms = {term: where - (where > place) for term, where in matrix.terms.items() if term != INTERCEPT}
    return (*names, *(f"{low}|{high}" for low, high in pairwise(levels))), terms


def _refuse(sample: _Sample, step: Floats, weight: Floats, names: tuple[str, ...], answers: Answers) -> None:
    """Refuse a model that did not arrive, with the columns that tell the answers apart."""
    model = f"the {answers.family} model of {answers.name!r}"
    categories, n_slopes = sample.categories, len(step) - sample.categories.n_thresholds
    if not categories.separated_by(step, weight):
        raise ConvergenceError(f"{model} did not converge; leave out terms with few rows or with extreme values")
    held = [place for place in range(n_slopes) if names[place] != INTERCEPT]
    named = [place for place in held if abs(step[place]) > _NAMED * np.abs(step).max()] or held
    alone = [place for place in named if _tells_apart(categories, weight, [*(set(range(n_slopes)) - set(held)), place])]
    raise ConvergenceError(
        f"{model} has no finite solution: its answers are told apart by {some([names[place] for place in alone or named], 8)}; "
        "leave that out, or merge levels"
    )


def _tells_apart(categories: Categories, weight: Floats, columns: list[int]) -> bool:
    """Whether a model of some of the columns alone has no finite solution."""
    few = replace(categories, block=partial(kept_columns, categories.block, np.array(columns)))
    shares = np.bincount(categories.answer, weights=weight) / weight.sum()
    start = ordinal_start(shares, len(columns)) if categories.n_thresholds else np.zeros(len(columns))
    _, step, arrived = maximised(few, weight[None], start[None])
    return not arrived[0] and few.separated_by(step[0], weight)
