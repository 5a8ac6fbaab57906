"""The record of an SKM: the index with its class, its elements, its units, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from scipy import sparse

from kepuasan.columns import CLASS, CLASS_NAME, ITEM, P_OTHER, ROUNDED
from kepuasan.design import Design
from kepuasan.errors import DataError, EstimateError, choose
from kepuasan.estimates import derived, rescaled, taken
from kepuasan.standards.rated import COLUMNS, Rating, complete_counts
from kepuasan.wording import LANGUAGES, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.standards.pooling import Pool
    from kepuasan.standards.rated import Bools
    from kepuasan.standards.standard import Standard
    from kepuasan.survey import Survey

__all__ = ["IKM", "RESERVED", "SKM"]

#: what the index is called in keys and tables
IKM = "ikm"
_PARTS = ("score", "unsur", "units")
#: values this near are one, but for the rounding of floats
_EQUAL = 1e-9
#: what those who follow up fill in
_PLAN = ("programme", "time", "responsible")
#: columns of its tables, so that no domain column may be called so
RESERVED = (IKM, *COLUMNS, "unsur", "label", "rank", "nrr", "free", "difference", *_PLAN, "units_reported", "units_existing", "coverage")


@dataclass(frozen=True, eq=False, repr=False)
class SKM:
    """An SKM by the rule of a regulation.

    Attributes
    ----------
    score : Estimates
        The IKM, from 25 to 100, one row a domain, not rounded; ``item`` is "ikm".
    unsur : Estimates
        Mean score of each element (NRR), from 1 to 4; ``item`` is its column.
    units : Estimates or None
        The IKM of every unit, where units are told.
    standards : tuple of Standard
        The rule of each row of `score`.
    pool : str
        What the units of a row were pooled over: "respondents", "units" or "volume".
    weight, share : str, Fraction
        The weight of an element in use: its name, and the exact fraction, such as 1/9.
    excluded : tuple
        The elements left out on purpose.
    names : dict of column to str or None
        Which element of the standard each column is; None where only its number is known, or where the unit added it.
    coverage : DataFrame or None
        Units that reported and units there are, where units are told.
    survey : Survey
        The microdata, for respondents and labels.
    rows : array of bool
        The rows of the survey that count: those with a weight, in units that are pooled.
    counted : array of bool
        Whether everyone behind a row of `score` was asked, so that an error of 0 is none.

    Examples
    --------
    >>> from kepuasan import load_sample, skm
    >>> found = skm(load_sample("skm"), by="period")
    >>> found.tariff()["ikm_without"].tolist()
    [84.14, 84.92]
    >>> found.follow_up(1, language="en")[["period", "label"]].values.tolist()
    [['2025-1', 'Completion time'], ['2025-2', 'Completion time']]
    """

    score: Estimates
    unsur: Estimates
    units: Estimates | None
    standards: tuple[Standard, ...]
    pool: Pool
    weight: str
    share: Fraction
    excluded: tuple[Any, ...]
    names: Mapping[Any, str | None]
    coverage: pd.DataFrame | None
    survey: Survey = field(repr=False)
    rows: Bools = field(repr=False)
    counted: Bools = field(repr=False)

    @property
    def rating(self) -> Rating:
        """The index with its classes."""
        return Rating(self.score, self.standards, self.counted)

    @cached_property
    def unit_rating(self) -> Rating:
        """The index of every unit with its class, by the rule of its domain.

        Raises
        ------
        EstimateError
            Where no units were told.
        """
        if self.units is None:
            raise EstimateError('no units are told; give skm(..., unit="column")')
        by = list(self.score.key.columns[1:])
        counted = complete_counts(self.survey.design, self.survey.domains(list(self.units.key.columns[1:]), warn=False))
        if not by:
            return Rating(self.units, self.standards * len(self.units), counted)
        places = pd.MultiIndex.from_frame(self.score.key[by]).get_indexer(pd.MultiIndex.from_frame(self.units.key[by]))
        return Rating(self.units, tuple(self.standards[place] for place in places), counted)

    def __repr__(self) -> str:
        return f"<{self._title}>\n{self._short().to_string(max_rows=20, index=False)}"

    def _repr_html_(self) -> str:
        from kepuasan.display.html_tables import html_table

        return html_table(self._short(), self._title, heads=len(self.score.key.columns) - 1)

    @property
    def _title(self) -> str:
        rules = ", ".join(dict.fromkeys(one.name for one in self.standards))
        covered = (
            "" if self.coverage is None or self.coverage["coverage"].isna().all() else f", coverage of units {self.coverage['coverage'].min():.0%}"
        )
        plain = self.survey.design.declaration == Design()
        drawn = ", no weights and no design: as of a simple random sample" if plain else ""
        optional = [one.name for one in self.standards[-1].elements if one.optional and one.name not in self.names.values()]
        gone = [*self.excluded, *(name for name in optional if any(self.names.values()) and name not in self.excluded)]
        left = f", without {', '.join(map(str, gone))}" if gone else ""
        return f"SKM by {rules}: {len(self.names)} elements{left}, weight {self.weight}, pooled over {self.pool}{covered}{drawn}"

    def _short(self) -> pd.DataFrame:
        table = self.to_frame().round({P_OTHER: 4, "ci_low": 2, "ci_high": 2})
        return table[[*self.score.key.columns[1:], IKM, CLASS, CLASS_NAME, "ci_low", "ci_high", P_OTHER, "n"]]

    def to_frame(self, part: Literal["score", "unsur", "units"] = "score", level: float = 0.95, *, language: str = "id") -> pd.DataFrame:
        """The index, its elements, or its units as a tidy table.

        Returns
        -------
        DataFrame
            "score" and "units": the key, ``ikm`` (rounded half up), ``mutu``, ``kinerja``, ``rule``, ``p_other`` (probability that the true class is
            another), ``mutu_other`` (the likeliest of them), and the columns of `Estimates.to_frame`, not rounded. "unsur": the key, ``unsur`` and
            ``label``, then those columns, of the NRR, and ``mutu`` of the NRR on the scale of the index.

        Raises
        ------
        EstimateError
            Units where none were told.
        """
        choose("part", part, _PARTS)
        if part == "score":
            return self.rating.to_frame(level, language=language).rename(columns={ROUNDED: IKM})
        if part == "units":
            return self.unit_rating.to_frame(level, language=language).rename(columns={ROUNDED: IKM})
        table = self.unsur.to_frame(level)
        place, labels = len(self.unsur.key.columns), self.labels(language)
        table.insert(place, "unsur", [self.names[column] for column in table[ITEM]])
        table.insert(place + 1, "label", [labels[column] for column in table[ITEM]])
        top, rules = float(self.standards[0].conversion_factor), [rule for rule in self.standards for _ in self.names]
        table[CLASS] = Rating(rescaled(self.unsur, top), tuple(rules)).classes()
        return table

    @property
    def factor(self) -> float:
        """What the mean of the elements is multiplied by."""
        return float(self.standards[0].conversion_factor * len(self.names) * self.share)

    def labels(self, language: str = "id") -> dict[Any, str]:
        """What each element is called: as the codebook has it, else as the regulation."""
        choose("language", language, LANGUAGES)
        own = {name: item.label.get(language, "") for name, item in self.survey.codebook.items.items()}
        ruled = {element.name: element.label[language] for rule in self.standards for element in rule.elements}
        found = {}
        for column, name in self.names.items():
            label = own.get(column, "")
            found[column] = label if label and label != str(column) else ruled.get(str(name), str(column))
        return found

    def follow_up(self, lowest: int = 3, *, language: Literal["id", "en"] = "id") -> pd.DataFrame:
        """The plan of follow-up (rencana tindak lanjut) from the lowest elements of each domain, for those who are responsible to fill in.

        Parameters
        ----------
        lowest : int
            How many elements of each domain, from the lowest NRR up.
        language : {"id", "en"}
            Of the labels.

        Returns
        -------
        DataFrame
            `by`, then ``rank, item, unsur, label, estimate, ci_low, ci_high, mutu`` of the NRR, ``p_value`` of its difference from the lowest element
            of the domain (a large one: which of them is lowest is not certain), and the empty columns ``programme, time, responsible``.

        Raises
        ------
        DataError
            A number of elements below 1 or above those there are.
        """
        m = len(self.names)
        if isinstance(lowest, bool) or not isinstance(lowest, (int, np.integer)) or not 1 <= lowest <= m:
            raise DataError(f"lowest is {lowest!r}; give how many of the {m} elements to follow up, 1 to {m}")
        order = np.argsort(self.unsur.value.reshape(-1, m), axis=1, kind="stable")[:, :lowest]
        rows = (np.arange(len(order))[:, None] * m + order).ravel()
        table = self.to_frame("unsur", language=language).iloc[rows].reset_index(drop=True)
        table["rank"] = np.tile(np.arange(1, lowest + 1), len(order))
        table["p_value"] = _differences(self.unsur, rows, np.repeat(rows[::lowest], lowest))
        by = list(self.unsur.key.columns[1:])
        shown = [*by, "rank", ITEM, "unsur", "label", "estimate", "ci_low", "ci_high", CLASS, "p_value"]
        return table[shown].assign(**dict.fromkeys(_PLAN, ""))

    def tariff(self) -> pd.DataFrame:
        """The index with and without the tariff element, whose 4.00 for "free" is a gift to a free service.

        Returns
        -------
        DataFrame
            `by`, then ``nrr`` of the tariff, ``free`` (every answer is 4), ``ikm_with``, ``mutu_with``, ``ikm_without``, ``mutu_without`` and
            ``difference`` with its standard error ``se``. A rounded weight is kept in proportion: 0.11 of nine is 0.12375 of eight.

        Raises
        ------
        DataError
            An index of respondents, which is no mean of the elements' means. No element that the rule lets go is among the columns, or all are.
        """
        optional = {element.name for rule in self.standards for element in rule.elements if element.optional}
        gone = np.array([name in optional for name in self.names.values()])
        if not gone.any() or gone.all():
            raise DataError(f"no tariff is among the elements {', '.join(map(str, self.names))}; name it: unsur={{'biaya': 'column', ...}}")
        m, n_domains = len(gone), len(self.score)
        means = self.factor * self.unsur.value.reshape(-1, m).mean(axis=1)
        if not np.allclose(means, self.score.value, rtol=0.0, atol=_EQUAL, equal_nan=True):
            raise DataError("the index is no mean of the elements' means, as of respondents; compare it with skm(..., exclude=[...]) instead")
        whole, others = self.factor * np.ones(m) / m, self.factor * ~gone / (~gone).sum()
        matrix = sparse.kron(sparse.eye_array(n_domains), np.vstack([whole, others, whole - others])).tocsr()
        key = self.score.key.iloc[np.repeat(np.arange(n_domains), 3)].reset_index(drop=True)
        three = derived(self.unsur, None, matrix, key, kind="combination")
        value, se = three.value.reshape(-1, 3), three.se.reshape(-1, 3)
        nrr = self.unsur.value.reshape(-1, m)[:, gone].mean(axis=1)
        table = self.score.key.iloc[:, 1:].reset_index(drop=True).assign(nrr=nrr, free=nrr >= self.standards[0].scale[1] - _EQUAL)
        for place, name in enumerate(("with", "without")):
            rated = Rating(taken(three, np.arange(place, len(three), 3)), self.standards).to_frame()
            table[f"ikm_{name}"], table[f"mutu_{name}"] = rated[ROUNDED], rated[CLASS]
        return table.assign(difference=value[:, 2], se=se[:, 2])

    def plot(self, ax: Axes | None = None, *, kind: Literal["unsur", "score", "units"] = "unsur", language: Literal["id", "en"] = "id") -> Axes:
        """The mean score of each element, or the index of each domain or unit among its classes, as dots with their limits.

        Parameters
        ----------
        ax : Axes, optional
            Drawn into; without it a figure of its own, outside pyplot.
        kind : {"unsur", "score", "units"}
        language : {"id", "en"}
            Of words, labels and numbers.
        """
        choose("kind", kind, ("unsur", "score", "units"))
        book, columns = self.survey.codebook, [*self.unsur.key.columns[1:], *([] if self.units is None else self.units.key.columns[1:])]
        labels = {code: label for column in columns if column in book.items for code, label in book.value_labels(column, language).items()}
        if kind != "unsur":
            rating = self.rating if kind == "score" else self.unit_rating
            return rating.plot(ax, language=language, labels=labels, title=say("figure.ikm", language))
        low, high = self.standards[0].scale
        title = say("sheet.elements", language, low=f"{low:g}", high=f"{high:g}")
        return self.unsur.plot(ax, title=title, unit=say("sheet.nrr", language), language=language, labels=labels | self.labels(language))


def _differences(unsur: Estimates, rows: Integers, least: Integers) -> Floats:
    """p-values of the differences between elements and the lowest of their domain; NaN of the lowest itself."""
    k, place = len(rows), np.arange(len(rows))
    matrix = sparse.csr_array((np.concatenate([np.ones(k), -np.ones(k)]), (np.tile(place, 2), np.concatenate([rows, least]))), (k, len(unsur)))
    gap = derived(unsur, None, matrix, unsur.key.iloc[rows].reset_index(drop=True), kind="difference", df=unsur.df[rows])
    return np.where(rows == least, np.nan, gap.p_value)
