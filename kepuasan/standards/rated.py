"""Estimates put into the classes of a standard, with the probability that the true class is another."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kepuasan.columns import CLASS, CLASS_NAME, OTHER_CLASS, P_OTHER, ROUNDED, RULE
from kepuasan.errors import ClassWarning, DataError, choose, some
from kepuasan.numerics.grading import grade_probabilities
from kepuasan.standards.lookup import find_standard
from kepuasan.standards.standard import Standard
from kepuasan.wording import LANGUAGES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kepuasan.design import BoundDesign
    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.survey import Domains

__all__ = ["COLUMNS", "Bools", "Rating", "complete_counts", "refuse_columns"]


Bools: TypeAlias = NDArray[np.bool_]
#: a probability below which no other class is named
_NEGLIGIBLE = 1e-6
#: columns of a table of classes
COLUMNS = (ROUNDED, CLASS, CLASS_NAME, RULE, P_OTHER, OTHER_CLASS)


def complete_counts(design: BoundDesign, domains: Domains) -> Bools:
    """Whether everyone of each domain was asked: rows are the units, none of a cluster, and all of their strata were taken."""
    if design.declaration.columns("psu"):
        return np.zeros(len(domains.key), dtype=bool)
    unit, domain = domains.rows(design).members()
    sampled = design.fractions[design.psu_stratum[design.unit_psu[unit]]] < 1.0
    return np.asarray(np.bincount(domain[sampled], minlength=len(domains.key)) == 0)


def refuse_columns(by: Iterable[Any], reserved: Iterable[str]) -> None:
    """Refuse domain columns that are called as columns of the results.

    Raises
    ------
    DataError
        With their names.
    """
    taken = [name for name in by if name in set(reserved)]
    if taken:
        raise DataError(f"by names {some(taken)}, which is a column of the table of results; rename the column of the data")


@dataclass(frozen=True, eq=False, repr=False)
class Rating:
    """Estimates of an index, and the class of each.

    Attributes
    ----------
    score : Estimates
        The index on the scale of its classes, not rounded.
    standards : tuple of Standard
        The rule of each row.
    counted : array of bool, optional
        Whether everyone of a row was asked. An error of 0 is none there, and the class certain; elsewhere answers were merely all alike, and
        nothing is known of it.

    Examples
    --------
    >>> from kepuasan import IndexSpec, load_sample, satisfaction_index, skm
    >>> sample = load_sample("skm").where("unit == 'melati'")
    >>> Rating.of(satisfaction_index(sample, IndexSpec(["waktu"], scoring="share-of-max")).score, "14/2017").classes()
    ['B']
    >>> rating = skm(load_sample("skm"), by="period").rating
    >>> rating.to_frame()[["period", "rounded", "mutu"]].values.tolist()
    [['2025-1', 84.55, 'B'], ['2025-2', 85.37, 'B']]
    >>> rating.probabilities().columns.tolist()
    ['item', 'period', 'D', 'C', 'B', 'A']
    """

    score: Estimates
    standards: tuple[Standard, ...]
    counted: Bools | None = None

    def __post_init__(self) -> None:
        if len(self.standards) != len(self.score):
            raise DataError(f"{len(self.standards)} standards for {len(self.score)} estimates; give one, or one for each row")
        if self.counted is not None and len(self.counted) != len(self.score):
            raise DataError(f"counted has {len(self.counted)} values for {len(self.score)} estimates; give one for each row")
        refuse_columns(self.score.key.columns, COLUMNS)

    @classmethod
    def of(cls, score: Estimates, standard: str | Standard | Sequence[str | Standard], counted: Bools | None = None) -> Rating:
        """A rating under one standard, or one for each row; the standards there are, by the names that `list_standards` gives."""
        given = [standard] * len(score) if isinstance(standard, (str, Standard)) else list(standard)
        return cls(score, tuple(find_standard(one) for one in given), counted)

    def __repr__(self) -> str:
        rules = ", ".join(dict.fromkeys(one.name for one in self.standards))
        return f"<Rating: {len(self.score)} by {rules}>\n{self._short().to_string(max_rows=20, index=False)}"

    def _repr_html_(self) -> str:
        from kepuasan.display.html_tables import html_table

        rules = ", ".join(dict.fromkeys(one.name for one in self.standards))
        return html_table(self._short(), f"Rating: {len(self.score):,} by {rules}", heads=len(self.score.key.columns))

    def _short(self) -> pd.DataFrame:
        table = self.to_frame()
        return table[[*self.score.key.columns, ROUNDED, CLASS, CLASS_NAME, "ci_low", "ci_high", P_OTHER]].round(
            {P_OTHER: 4, "ci_low": 2, "ci_high": 2}
        )

    def classes(self) -> list[str | None]:
        """The class of each row; None where there is no estimate."""
        found = np.full(len(self.score), None, dtype=object)
        for one in _distinct(self.standards):
            rows = _rows_of(one, self.standards)
            found[rows] = one.require_classes().codes(self.score.value[rows])
        return list(found)

    def probabilities(self) -> pd.DataFrame:
        """The probability of each class for the true value of each row, as t about the estimate.

        Returns
        -------
        DataFrame
            The key, then a column for each class; 1 and 0 for a complete count; NaN where no error can be estimated, as of a single respondent, or
            of a sample whose answers are all alike.
        """
        codes = list(dict.fromkeys(code for one in _distinct(self.standards) for code in one.require_classes().letters))
        table = pd.DataFrame(np.nan, index=range(len(self.score)), columns=codes)
        for one in _distinct(self.standards):
            rows = _rows_of(one, self.standards)
            table.loc[rows, one.require_classes().letters] = self._chances(one, rows)
        return pd.concat([self.score.key.reset_index(drop=True), table], axis=1)

    def to_frame(self, level: float = 0.95, *, language: str = "id") -> pd.DataFrame:
        """The rating as a tidy table.

        Returns
        -------
        DataFrame
            The key, then ``rounded`` (half up), ``mutu``, ``kinerja``, ``rule``, ``p_other`` (the probability that the true class is another),
            ``mutu_other`` (the likeliest of them, none below one in a million), then the columns of `Estimates.to_frame`, not rounded.
        """
        choose("language", language, LANGUAGES)
        table = self.score.to_frame(level)
        place = len(self.score.key.columns)
        for offset, (name, values) in enumerate(self._columns(language).items()):
            table.insert(place + offset, name, values)
        return table

    def _columns(self, language: str) -> dict[str, Any]:
        n, value = len(self.score), self.score.value
        rounded, p_other = np.full(n, np.nan), np.full(n, np.nan)
        name, other = (np.full(n, None, dtype=object) for _ in range(2))
        for one in _distinct(self.standards):
            rows, classes = _rows_of(one, self.standards), one.require_classes()
            rounded[rows] = classes.rounded(value[rows])
            name[rows] = classes.names(value[rows], language)
            p_other[rows], other[rows] = self._others(one, rows)
        rule = [one.name for one in self.standards]
        return {ROUNDED: rounded, CLASS: self.classes(), CLASS_NAME: name, RULE: rule, P_OTHER: p_other, OTHER_CLASS: other}

    def _others(self, one: Standard, rows: Integers) -> tuple[Floats, list[str | None]]:
        """The probability that the true class of these rows is another, and which is the likeliest."""
        chances, places, codes = self._chances(one, rows), one.require_classes().places(self.score.value[rows]), one.require_classes().letters
        own = np.arange(chances.shape[1]) == places[:, None]
        others = np.where(own, 0.0, chances)
        p_other = np.where(np.isnan(chances).any(axis=1), np.nan, others.sum(axis=1))
        likeliest = np.where(np.isnan(others), -1.0, others).argmax(axis=1)
        return p_other, [codes[place] if chance > _NEGLIGIBLE else None for place, chance in zip(likeliest, p_other, strict=True)]

    def crossings(self, level: float = 0.95) -> pd.DataFrame:
        """The rows whose interval crosses a bound between classes: their key, class, limits, and the classes at both ends."""
        limits, table = self.score.ci(level), self.score.key.reset_index(drop=True).copy()
        table[ROUNDED], table[CLASS] = np.nan, self.classes()
        ends = np.full((len(self.score), 2), None, dtype=object)
        for one in _distinct(self.standards):
            rows, classes = _rows_of(one, self.standards), one.require_classes()
            inside = limits[rows].clip(*classes.range)
            known = np.isfinite(inside).all(axis=1)
            table.loc[rows, ROUNDED] = classes.rounded(self.score.value[rows])
            for side in (0, 1):
                ends[rows[known], side] = classes.codes(inside[known, side])
        table = table.assign(ci_low=limits[:, 0], ci_high=limits[:, 1], mutu_low=ends[:, 0], mutu_high=ends[:, 1])
        crossed: pd.DataFrame = table.loc[ends[:, 0] != ends[:, 1]].reset_index(drop=True)
        return crossed

    def plot(self, ax: Axes | None = None, *, language: Literal["id", "en"] = "id", labels: Mapping[Any, str] | None = None, title: str = "") -> Axes:
        """The index of each row as a dot with its limits of 95 %, among the classes of the rule of the last row.

        Parameters
        ----------
        ax : Axes, optional
            Drawn into; without it a figure of its own, outside pyplot.
        language : {"id", "en"}
            Of words and numbers.
        labels : mapping of code to text, optional
            What codes of the key are called.
        title : str
            Above the axes.
        """
        from kepuasan.display.classes import class_dots

        standard, table = self.standards[-1], self.score.to_frame()
        bounds = [(grade.code, grade.low, grade.high) for grade in standard.require_classes().all]
        return class_dots(table, bounds, ax=ax, title=title, unit=standard.title[language], labels=labels, language=language)

    def warn_of_bounds(self, *, stacklevel: int) -> None:
        """Say in a warning which intervals cross a bound between classes."""
        crossed = self.crossings()
        if not len(crossed):
            return
        keys = [name for name in self.score.key.columns if len(self.score.key[name].unique()) > 1]
        first = crossed.iloc[0]
        where = f" ({', '.join(f'{name} {first[name]}' for name in keys)})" if keys else ""
        reach = f"its interval {first['ci_low']:.2f} to {first['ci_high']:.2f} reaches from class {first['mutu_low']} to {first['mutu_high']}"
        text = f"{first[ROUNDED]:.2f}{where} is class {first[CLASS]}, {reach}"
        count = f"{len(crossed):,} of {len(self.score):,} intervals cross a bound between classes; the first: " if len(self.score) > 1 else ""
        warnings.warn(
            f"{count}{text}; the column {P_OTHER!r} has the probability that the true class is another", ClassWarning, stacklevel=stacklevel + 1
        )

    def _chances(self, standard: Standard, rows: Integers) -> Floats:
        classes = standard.require_classes()
        e, counted = self.score, None if self.counted is None else self.counted[rows]
        return grade_probabilities(e.value[rows], e.se[rows], e.df[rows], classes.lows, classes.decimals, counted)


def _distinct(standards: Sequence[Standard]) -> tuple[Standard, ...]:
    """Each standard once."""
    return tuple({id(one): one for one in standards}.values())


def _rows_of(standard: Standard, standards: Sequence[Standard]) -> Integers:
    """The rows of one standard."""
    return np.flatnonzero([one is standard for one in standards])
