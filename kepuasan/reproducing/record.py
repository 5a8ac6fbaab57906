"""The record of a published number under every convention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import pandas as pd

from kepuasan.columns import MISSES, REPRODUCES, WITHIN
from kepuasan.errors import choose
from kepuasan.reproducing.printed import written

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kepuasan.reproducing.remarks import Remark

__all__ = ["Kind", "Reproduction"]

Kind: TypeAlias = Literal["microdata", "means", "units", "parts"]
_COLUMNS = ["name", "departures", "value", "rounded", "low", "high", "gap", "verdict"]
#: conventions that a page shows
_SHOWN = 12


@dataclass(frozen=True, eq=False, repr=False)
class Reproduction:
    """A published number, and what every convention makes of its source.

    Attributes
    ----------
    published : float
    decimals : int
        Digits after the decimal sign of the published number.
    kind : {"microdata", "means", "units", "parts"}
        What the source is.
    dimensions : tuple of str
        The columns of choices in `conventions`; none for parts.
    conventions : DataFrame
        One row a convention, the rule's own first: ``name``, the dimensions, ``departures`` (choices that differ from the rule's), ``value`` (not
        rounded), ``rounded`` (as the convention rounds), ``low`` and ``high`` (what the rounding of the inputs allows), ``gap`` (rounded less
        published), ``verdict`` ("reproduces", "within rounding", "misses").
    findings : DataFrame
        Inconsistencies within what is printed: ``check, printed, found, difference, message``; may be empty.
    remarks : tuple of Remark
        What was taken for granted, and which dimensions were not crossed, as the data cannot tell their choices apart: ``remark.said("id")``.
    finding_remarks : tuple of Remark
        What each row of `findings` says, in any language.

    Examples
    --------
    >>> from kepuasan.reproducing import reproduce
    >>> found = reproduce({"selesai": 15061, "proses": 3189}, 18250)
    >>> found.kind, found.reproduced
    ('parts', True)
    """

    published: float
    decimals: int
    kind: Kind
    dimensions: tuple[str, ...]
    conventions: pd.DataFrame
    findings: pd.DataFrame
    remarks: tuple[Remark, ...] = ()
    finding_remarks: tuple[Remark, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """The remarks in English."""
        return tuple(remark.said("en") for remark in self.remarks)

    @property
    def reproduced(self) -> bool:
        """Whether some convention gives the published number."""
        return bool((self.conventions["verdict"] == REPRODUCES).any())

    @property
    def best(self) -> pd.Series | None:
        """The reproducing convention with the fewest departures, the first of them in order; None where there is none."""
        rows = self.reproducing
        return rows.iloc[0] if len(rows) else None

    @property
    def reproducing(self) -> pd.DataFrame:
        """The conventions that give the published number."""
        return _of_verdict(self.conventions, REPRODUCES)

    @property
    def within(self) -> pd.DataFrame:
        """The conventions that come within the rounding of the inputs, but give another number."""
        return _of_verdict(self.conventions, WITHIN)

    @property
    def nearest(self) -> pd.DataFrame:
        """The conventions by how far they miss, the nearest first."""
        order = self.conventions["gap"].abs().sort_values(kind="stable").index
        return self.conventions.loc[order].reset_index(drop=True)

    def to_frame(self, part: Literal["conventions", "findings"] = "conventions") -> pd.DataFrame:
        """The conventions, or the findings, as a table."""
        choose("part", part, ("conventions", "findings"))
        chosen: pd.DataFrame = getattr(self, part)
        return chosen.copy()

    def plot(self, ax: Axes | None = None, *, title: str = "", language: Literal["id", "en"] = "id", labels: Mapping[Any, str] | None = None) -> Axes:
        """The number under every convention, in order of its value, with the choices of each below.

        Parameters
        ----------
        ax : Axes, optional
            Drawn into; without it a figure of its own, outside pyplot.
        title : str
            Above the axes.
        language : {"id", "en"}
            Of words and numbers.
        labels : mapping, optional
            Names for dimensions, choices, or pairs of dimension and choice, in place of their own.

        Returns
        -------
        Axes
            ``get_label()`` is the text for those who do not see it.

        Examples
        --------
        >>> from kepuasan.reproducing import reproduce
        >>> found = reproduce({"u1": 3.31, "u2": 3.45}, 84.5)
        >>> found.plot(language="en").get_label().partition("; ")[0]
        'The number under every convention. Published: 84.5'
        """
        from kepuasan.display.specification import specification_plot

        return specification_plot(
            self.conventions,
            published=self.published,
            decimals=self.decimals,
            dimensions=list(self.dimensions),
            ax=ax,
            title=title,
            language=language,
            labels=labels,
        )

    # ------------------------------------------------------------ as it is shown

    def __repr__(self) -> str:
        return "\n".join([f"<Reproduction: {self._printed} from {self.kind}>", *self._lines])

    def _repr_html_(self) -> str:
        from kepuasan.display.html_tables import html_table

        found = self.conventions[self.conventions["verdict"] != MISSES]
        table = (found.head(_SHOWN) if len(found) else self.nearest.head(3))[_COLUMNS]
        return html_table(table, f"Reproduction of {self._printed} from {self.kind}", notes=self._lines, total=max(len(found), len(table)))

    @property
    def _printed(self) -> str:
        return written(self.published, self.decimals)

    @property
    def _lines(self) -> list[str]:
        """The verdict, then what was found."""
        findings = [f"finding ({check}): {message}" for check, message in self.findings[["check", "message"]].itertuples(index=False)]
        return [self._verdict, *findings, *self.notes]

    @property
    def _verdict(self) -> str:
        count, best, within = len(self.conventions), self.best, len(self.within)
        of = f"of {count:,} conventions" if count > 1 else "of 1 convention"
        if best is not None:
            rest = f"; {within:,} more within the rounding of the inputs" if within else ""
            return f"reproduced by {len(self.reproducing):,} {of}; first: {best['name']}{rest}"
        if within:
            first = self.within.iloc[0]
            told = written(float(first["rounded"]), self.decimals)
            return f"reproduced by none {of}; {within:,} within the rounding of the inputs; first: {first['name']} ({told})"
        near = self.nearest.iloc[0]
        told = written(float(near["rounded"]), self.decimals)
        return f"reproduced by none {of}; the nearest: {near['name']} gives {told}, off by {near['gap']:+.{self.decimals}f}"


def _of_verdict(conventions: pd.DataFrame, verdict: str) -> pd.DataFrame:
    return conventions[conventions["verdict"] == verdict].reset_index(drop=True)
