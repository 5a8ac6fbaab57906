"""A report as it is read, in one language: cards, and sections of paragraphs, tables, pictures and code. Renderers take nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["Absent", "Block", "Card", "Code", "Document", "Listing", "Paragraph", "Picture", "Section", "Table"]


@dataclass(frozen=True)
class Card:
    """A number that is read first: what it is, its value, and what belongs to it, such as its interval."""

    label: str
    value: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text; a "note" is something that the reader must have seen, "small" stands below a table."""

    text: str
    kind: Literal["plain", "note", "small"] = "plain"


@dataclass(frozen=True)
class Listing:
    """Plain texts, one under the other; where they have terms, pairs of term and text."""

    items: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """A table as it is read, and the same in full.

    The first `heads` cells of a row are its header, the others formatted texts; `total` says whether the last row is the total. `frame` holds the
    same rows as a tidy frame, nothing rounded, for workbooks and CSV files: suppressed values are empty there as well. `name` is that of
    the file, one word of English letters; no two tables of a report share one. `text` columns (by place) are to the left: sentences, not numbers.
    """

    name: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    frame: pd.DataFrame | None = field(default=None, repr=False, compare=False)
    heads: int = 1
    total: bool = False
    notes: tuple[str, ...] = ()
    text: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Picture:
    """A figure: its name, what stands below it, the text for those who do not see it, and the axes it is drawn in."""

    name: str
    caption: str
    alt: str
    axes: Axes = field(repr=False)

    @cached_property
    def svg(self) -> bytes:
        """The figure in lines; the same figure gives the same bytes."""
        from kepuasan.display.figures import picture_bytes

        return picture_bytes(self.axes, "svg")

    @cached_property
    def png(self) -> bytes:
        """The figure in dots; the same figure gives the same bytes."""
        from kepuasan.display.figures import picture_bytes

        return picture_bytes(self.axes, "png")


@dataclass(frozen=True)
class Code:
    """Lines of a program, and the language they are in."""

    language: str
    text: str


Block: TypeAlias = Paragraph | Listing | Table | Picture | Code


@dataclass(frozen=True)
class Section:
    """A part of the report; `key` is the same in every language and every year."""

    key: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Absent:
    """A part that the report cannot have, and why."""

    key: str
    heading: str
    reason: str


@dataclass(frozen=True)
class Document:
    """A whole report: `title` names the survey, `finding` is what was found and the title of the page; `notes` must have been seen."""

    language: str
    title: str
    finding: str
    cards: tuple[Card, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
    absent: tuple[Absent, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in order."""
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Table))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All figures, in order."""
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Picture))
