"""The carrier: rows, codebook and design together."""

from __future__ import annotations

import warnings
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import NoneType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import CATEGORY, DENOMINATOR, ESTIMATES, ITEM, TESTED, WAVE
from kepuasan.design import BoundDesign, Design, bind, compacted, factorized
from kepuasan.errors import DataError, DataWarning, DesignError, ScaleError, nearest, some
from kepuasan.numerics.totals import Rows
from kepuasan.tabular import as_pandas, to_numbers, with_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.codebook import Codebook
    from kepuasan.numerics.totals import Floats, Integers

__all__ = ["Domains", "Survey", "require_survey"]


#: columns that results have, so that no domain column may be called so
RESERVED = {ITEM, CATEGORY, DENOMINATOR, *ESTIMATES, *TESTED}


@dataclass(frozen=True)
class Domains:
    """The domains of a request: a code for each row (-1 outside), and a row of labels for each domain."""

    code: Integers | None
    key: pd.DataFrame
    weight: Floats

    def rows(self, design: BoundDesign) -> Rows:
        """The rows as the sums see them."""
        return Rows(self.weight, design.unit, design.n_units, self.code, len(self.key))


def _as_html(survey: Survey) -> str:
    """What `repr` says, as a table; no row of the data is shown."""
    from kepuasan.display.html_tables import html_facts

    declared, design = survey.design.declaration, survey.design
    facts: dict[str, Any] = {"rows": len(survey), "columns": survey.frame.shape[1]}
    facts |= {} if survey.domain is None else {"rows in all": len(survey.frame)}
    facts |= {"waves": tuple(map(str, survey.wave_codebooks))} if survey.wave_codebooks else {}
    facts |= {role: declared.columns(role) for role in ("weight", "strata", "psu", "fpc") if declared.columns(role)}
    facts |= {"replicates": len(design.replication.rule.scale)} if design.replication is not None else {}
    facts |= {"design": "simple random sample"} if not declared.all_columns() else {"single PSU": declared.single_psu}
    facts |= {"weighting steps": tuple(str(step["step"]) for step in design.history)} if design.history else {}
    return html_facts({**facts, "df": design.df}, "Survey")


@dataclass(frozen=True, init=False, eq=False, repr=False)
class Survey:
    """Survey microdata with what was asked and how the sample was drawn.

    Parameters
    ----------
    frame : DataFrame
        One row a respondent. pandas, or any eager frame narwhals reads (polars, pyarrow, modin, ...).
    codebook : Codebook, optional
        What was asked: scales, missing codes, labels. Without one every number is an answer.
    design : Design, optional
        How the sample was drawn. Without one: equal weights, a simple random sample. The ``design`` of another survey of the same rows keeps its
        weighting steps and replicates: ``Survey(s.frame.assign(...), s.codebook, s.design)`` adds columns after weighting.
    wave_codebooks : mapping of wave to Codebook, optional
        What each wave asked, as `stack_waves` keeps it; give that of a stacked survey on where columns are added to it.

    Attributes
    ----------
    frame : DataFrame
        The rows as they came, user-missing codes included.
    codebook : Codebook
    design : BoundDesign
        The design bound to the rows; ``survey.design.df`` are its degrees of freedom.
    domain : array of bool or None
        Rows of the domain chosen by `where`; the others still count towards variances.
    wave_codebooks : mapping of wave to Codebook
        The codebook of each wave, in order; empty unless waves were stacked.

    Raises
    ------
    DataError
        Two columns of one name; a frame that is none; no rows.
    ScaleError
        Codes off the scale that the codebook declares, with item, code and rows.
    DesignError
        See `Design`.
    CodebookError
        Labels with half of a character.

    Examples
    --------
    >>> import pandas as pd
    >>> survey = Survey(pd.DataFrame({"speed": [3, 4, 2, 4], "w": [1.0, 2.0, 1.0, 1.0]}), design=Design(weight="w"))
    >>> survey.design.df
    3
    """

    frame: pd.DataFrame
    codebook: Codebook
    design: BoundDesign
    domain: NDArray[np.bool_] | None
    wave_codebooks: Mapping[Any, Codebook]

    def __init__(
        self, frame: Any, codebook: Codebook | None = None, design: Design | None = None, *, wave_codebooks: Mapping[Any, Codebook] | None = None
    ) -> None:
        from kepuasan.codebook import Codebook as Book
        from kepuasan.codebook.labels import require_whole_labels

        plain = as_pandas(frame)
        twice = plain.columns[plain.columns.duplicated()].unique()
        if len(twice):
            raise DataError(f"{len(twice)} column names occur twice: {some(twice)}; rename or drop all but one of each")
        if not len(plain):
            raise DataError("the frame has no rows; a survey needs at least one")
        book = Book({}) if codebook is None else codebook
        if not isinstance(book, Book):
            hint = "; name the argument: design=Design(...)" if isinstance(book, Design) else "; read one with Codebook.read(path)"
            raise DataError(f"the codebook is {type(book).__name__}, not a Codebook{hint}")
        if not all(isinstance(one, Book) for one in dict(wave_codebooks or {}).values()):
            raise DataError("wave_codebooks holds what is no Codebook; give the wave_codebooks of the stacked survey")
        if not isinstance(design, (Design, BoundDesign, NoneType)):
            raise DesignError(f"the design is {type(design).__name__}, not a Design; declare it as Design(weight=..., strata=..., psu=...)")
        require_whole_labels(book, *dict(wave_codebooks or {}).values())
        _check_scales(plain, book, wave_codebooks or {})
        bound = design if isinstance(design, BoundDesign) else bind(design or Design(), plain)
        if not bound.labels.index.equals(plain.index):
            raise DesignError(
                f"the design is that of a survey with other rows ({len(bound.labels.index):,}, here {len(plain):,}, or in another order or index); "
                "give it the same rows in the same order, or declare the design anew"
            )
        self._set(plain, book, bound, None, wave_codebooks)

    def _set(
        self, frame: pd.DataFrame, codebook: Codebook, design: BoundDesign, domain: NDArray[np.bool_] | None, books: Mapping[Any, Codebook] | None
    ) -> None:
        parts = {"frame": frame, "codebook": codebook, "design": design, "domain": domain, "wave_codebooks": dict(books or {})}
        for name, value in parts.items():
            object.__setattr__(self, name, value)

    @classmethod
    def assembled(
        cls,
        frame: pd.DataFrame,
        codebook: Codebook,
        design: BoundDesign,
        domain: NDArray[np.bool_] | None,
        wave_codebooks: Mapping[Any, Codebook] | None = None,
    ) -> Survey:
        """A survey of parts that were checked before."""
        survey = object.__new__(cls)
        survey._set(frame, codebook, design, domain, wave_codebooks)
        return survey

    def _changed(self, *, design: BoundDesign | None = None, domain: NDArray[np.bool_] | None = None) -> Survey:
        """The same survey with another design or domain."""
        return Survey.assembled(self.frame, self.codebook, design or self.design, self.domain if domain is None else domain, self.wave_codebooks)

    def __len__(self) -> int:
        """Number of rows, of the domain where one was chosen."""
        return len(self.frame) if self.domain is None else int(self.domain.sum())

    def __repr__(self) -> str:
        """One line: rows, columns, design, weighting steps."""
        d = self.design.declaration
        steps = "".join(f", {step['step']}" for step in self.design.history)
        parts = [f"{role} {'/'.join(d.columns(role))}" for role in ("weight", "strata", "psu", "fpc") if d.columns(role)]
        of = "" if self.domain is None else f" of {len(self.frame):,}"
        parts += [f"{len(d.replicates.columns)} replicates"] if d.replicates is not None else []
        drawn = ", ".join(parts) or "simple random sample"
        return f"<Survey: {len(self):,}{of} rows, {self.frame.shape[1]} columns; {drawn}{steps}; df {self.design.df}>"

    _repr_html_ = _as_html

    @property
    def weights(self) -> pd.Series[float]:
        """Weights of the rows (of the domain where one was chosen), after every weighting step."""
        weights = pd.Series(self.design.weights, index=self.frame.index, name=self.design.declaration.weight or "weight")
        return weights if self.domain is None else weights[self.domain]

    def where(self, mask: Any) -> Survey:
        """The domain of the rows for which the condition holds; the design keeps all its rows.

        Parameters
        ----------
        mask : array or Series of bool (rows,), or str
            A mask aligned with `frame`, or a query over its columns such as ``"age < 30 and sex == 'P'"``. A comparison with a missing value is not
            true. A query reads user-missing codes as missing; in a mask of your own, build it from ``survey.column(name)``, as `frame` keeps them.

        Returns
        -------
        Survey
            Its estimates are those of the domain, their errors those of the whole design.

        Raises
        ------
        DataError
            A mask of another length or type, a query that cannot be read, a domain without any row of positive weight.
        """
        chosen = _mask(self.frame, _asked(self, mask) if isinstance(mask, str) else mask)
        domain = chosen if self.domain is None else self.domain & chosen
        if not (self.design.weights[domain] != 0).any():
            what = f"the query {mask!r}" if isinstance(mask, str) else "the mask"
            raise DataError(f"{what} leaves no row with a weight among {len(self.frame):,}; an empty domain has no estimate")
        return self._changed(domain=domain)

    def with_design(self, design: Design) -> Survey:
        """The same rows under another design.

        Raises
        ------
        DesignError
            Where weights were adjusted or replicates added, which belong to the design they were made under.
        """
        if self.design.history:
            done = ", ".join(str(step["step"]) for step in self.design.history)
            raise DesignError(f"the survey's weights went through {done} under its design; declare the design first, then weight")
        return self._changed(design=bind(design, self.frame))

    def assign(self, **columns: Any) -> Survey:
        """The same survey with further columns, or with others in the place of some, as of ``DataFrame.assign``; design, weights and domain stay.

        Raises
        ------
        DesignError
            A column of the design, or that of stacked waves, to which the rows are bound already.
        DataError
            Another number of values than there are rows; a Series with another index.
        ScaleError
            Codes off the scale that the codebook declares.

        Examples
        --------
        >>> import pandas as pd
        >>> Survey(pd.DataFrame({"age": [25, 41, 60]})).assign(older=lambda rows: rows["age"] > 40).frame["older"].tolist()
        [False, True, True]
        """
        declared, stacked = self.design.declaration, {WAVE} if self.wave_codebooks else set()
        own = {name for role in ("weight", "strata", "psu", "fpc") for name in declared.columns(role)} | stacked
        taken = [name for name in columns if name in own or (declared.replicates is not None and name in declared.replicates.columns)]
        if taken:
            raise DesignError(f"{some(taken)} belong to the design, which is bound to the rows already; build a new Survey(frame, codebook, design)")
        frame = self.frame
        for name, value in columns.items():
            frame = with_column(frame, name, value(frame) if callable(value) else value)
        _check_scales(frame[list(columns)], self.codebook, self.wave_codebooks)
        return Survey.assembled(frame, self.codebook, self.design, self.domain, self.wave_codebooks)

    # ------------------------------------------------------------ what verbs read

    def column(self, name: Any) -> pd.Series[Any]:
        """A column, user-missing codes read as missing.

        Raises
        ------
        DataError
            An unknown column, with the nearest name.
        """
        self.require([name])
        item = self.codebook.items.get(name)
        column: pd.Series[Any] = self.frame[name]
        if item is None or not (item.missing or item.missing_ranges):
            return column
        return column.mask(item.missing_mask(column))

    def require(self, names: Iterable[Any]) -> None:
        """Refuse columns that the survey does not have; all of them are named."""
        names = list(names)
        wrong = [name for name in names if not isinstance(name, Hashable)]
        if wrong:
            raise DataError(f"{type(wrong[0]).__name__} names no column; give the name of one, or a list of names")
        unknown = [name for name in names if name not in self.frame.columns]
        if unknown:
            hint = "".join(f"\n  {name!r}{nearest(name, self.frame.columns)}" for name in unknown[1:])
            raise DataError(
                f"{unknown[0]!r} is not a column of the survey{nearest(unknown[0], self.frame.columns)}{hint}"
                f"\nThe columns are {some(self.frame.columns, 20)}"
            )

    def numbers(self, name: Any) -> NDArray[Any]:
        """A column as numbers (rows,), missing answers as NaN; not copied where it is numbers already.

        Raises
        ------
        DataError
            A column of text or dates.
        """
        column = self.column(name)
        if isinstance(column.dtype, pd.CategoricalDtype):
            numeric = pd.api.types.is_numeric_dtype(column.cat.categories.dtype)
            column = column.astype(np.float64 if numeric else column.cat.categories.dtype)
        if pd.api.types.is_bool_dtype(column.dtype) or pd.api.types.is_complex_dtype(column.dtype) or not pd.api.types.is_numeric_dtype(column.dtype):
            column = to_numbers(column)
        if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iuf":
            return column.to_numpy()
        return column.to_numpy(dtype=np.float64, na_value=np.nan)

    def domains(self, by: Any = None, *, warn: bool = True) -> Domains:
        """The domains that `by` makes of the rows: one column, a list, or None for the whole.

        Rows outside the domain of `where`, and rows without a code in a `by` column, have weight 0; the latter are counted in a
        warning, unless `warn` says that they were.
        """
        names = _names(by)
        weight = self.design.weights if self.domain is None else np.where(self.domain, self.design.weights, 0.0)
        if not names:
            return Domains(None, pd.DataFrame(index=range(1)), weight)
        self.require(names)
        code, key = _crossed([self.column(name) for name in names], weight)
        lost = (code < 0) & (weight != 0)
        if warn and lost.any():
            warnings.warn(f"{int(lost.sum()):,} rows have no code in {some(names)} and belong to no domain", DataWarning, stacklevel=3)
        if not len(key):
            raise DataError(f"no row with a weight has a code in {some(names)}; there is no domain to estimate")
        outside = code < 0
        return Domains(np.where(outside, 0, code), key, np.where(outside, 0.0, weight) if outside.any() else weight)


def require_survey(survey: Any) -> None:
    """Refuse what is no survey where one is asked for."""
    if not isinstance(survey, Survey):
        raise DataError(f"the first argument is {type(survey).__name__}, not a Survey; build one: Survey(frame, design=Design(...))")


def _asked(survey: Survey, query: str) -> pd.Series[bool]:
    """The mask a query makes, user-missing codes read as missing."""
    named = [name for name, item in survey.codebook.items.items() if (item.missing or item.missing_ranges) and str(name) in query]
    frame = survey.frame.assign(**{name: survey.column(name) for name in named if name in survey.frame.columns})
    try:
        mask = frame.eval(query)
    except Exception as error:
        raise DataError(f"the query {query!r} cannot be read: {error}; the columns are {some(frame.columns, 12)}") from error
    if not isinstance(mask, pd.Series) or not pd.api.types.is_bool_dtype(mask.dtype):
        raise DataError(f'the query {query!r} is no condition; compare a column with a value, such as "age < 30"')
    return mask


def _mask(frame: pd.DataFrame, mask: Any) -> NDArray[np.bool_]:
    """One True or False a row; what is neither, being missing, is not true."""
    if isinstance(mask, pd.Series) and isinstance(mask.dtype, pd.BooleanDtype):
        mask = mask.fillna(value=False)
    values = np.asarray(mask)
    if values.shape != (len(frame),):
        raise DataError(f"the mask has shape {values.shape}, but the survey {len(frame)} rows; give one True or False a row")
    if isinstance(mask, pd.Series) and not mask.index.equals(frame.index):
        raise DataError("the mask has another index than the survey's frame; build it from survey.frame")
    if values.dtype != np.bool_:
        if pd.isna(values).any() or not np.isin(values, (0, 1, True, False)).all():
            raise DataError("the mask holds values other than True and False (or missing ones); compare a column with a value")
        values = values.astype(bool)
    return np.asarray(values, dtype=np.bool_)


def _names(by: Any) -> list[Any]:
    if by is None:
        return []
    names = list(by) if isinstance(by, (list, tuple, set, np.ndarray, pd.Index)) else [by]
    wrong = [name for name in names if not isinstance(name, Hashable)]
    if wrong:
        raise DataError(f"by holds {wrong[0]!r}, which names no column; give a name or a list of names")
    taken = [name for name in names if name in RESERVED]
    if taken:
        raise DataError(f"by names {some(taken)}, which is a column of every table of results; rename the column of the data")
    if len(set(names)) < len(names):
        raise DataError(f"by names a column twice: {some(names)}")
    return names


def _crossed(columns: Sequence[pd.Series[Any]], weight: Floats) -> tuple[Integers, pd.DataFrame]:
    """Codes of the crossed columns that rows with a weight have, in sorted order, and their labels; -1 for other rows."""
    code = np.where(weight != 0, 0, -1)
    key = pd.DataFrame(index=range(1))
    for column in columns:
        inner, levels = factorized(column)
        used, code = compacted(np.where((code < 0) | (inner < 0), -1, code * len(levels) + inner))
        key = key.iloc[used // max(len(levels), 1)].reset_index(drop=True)
        key[column.name] = levels[used % max(len(levels), 1)]
    return code, key


def _check_scales(frame: pd.DataFrame, codebook: Codebook, waves: Mapping[Any, Codebook]) -> None:
    """Refuse codes off a declared scale; every item at fault is named. Answers that a wave moved from another scale may lie between its codes."""
    faults = []
    for name, item in codebook.items.items():
        scale = codebook.scale_of(name)
        if scale is None or name not in frame.columns:
            continue
        if any(name in book.items and book.items[name].asked_scale is not None for book in waves.values()):
            scale = replace(scale, codes=None)
        column = frame[name]
        numbers = pd.to_numeric(column, errors="coerce")
        off = (scale.off(numbers.to_numpy(dtype=np.float64, na_value=np.nan)) | (numbers.isna() & column.notna()).to_numpy()) & ~item.missing_mask(
            column
        )
        rows = np.flatnonzero(off)
        if rows.size:
            faults.append(
                f"{name!r}: {some(column.iloc[rows].unique())} in {rows.size} rows ({some(frame.index[rows])}), scale {scale.low:g} to {scale.high:g}"
            )
    if faults:
        raise ScaleError(
            "codes off the scale of their item:\n  " + "\n  ".join(faults) + "\nCorrect them, or declare them as missing codes in the codebook"
        )
