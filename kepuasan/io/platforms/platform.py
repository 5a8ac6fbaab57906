"""What is known of a survey platform's exports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Mark", "Platform", "Rename", "alternatives", "heads"]

#: steps of renaming, and names given at most
_STEPS, _NAMES = 4, 24
_CODE_AND_TEXT = re.compile(r"([A-Za-z_]\w*(?:\[\w+\])*)\. .+", re.DOTALL)


@dataclass(frozen=True)
class Mark:
    """Columns of which at least so many are in every export."""

    names: frozenset[str]
    least: int = 2

    @classmethod
    def of(cls, names: str, least: int = 2) -> Mark:
        """A mark from names that stand between bars.

        Examples
        --------
        >>> sorted(Mark.of("KEY|SubmissionDate").names)
        ['KEY', 'SubmissionDate']
        """
        return cls(frozenset(names.split("|")), least)


@dataclass(frozen=True)
class Rename:
    """Other names of a column whose whole name fits a pattern."""

    pattern: str
    templates: tuple[str, ...]

    def names(self, column: str) -> list[str]:
        """The other names, none where the column does not fit."""
        found = re.fullmatch(self.pattern, column, re.DOTALL)
        return [found.expand(template).strip() for template in self.templates] if found else []


@dataclass(frozen=True)
class Platform:
    """A survey platform, as its exports show it.

    Attributes
    ----------
    name : str
    marks : tuple of Mark
        Any of them tells an export.
    patterns : tuple of (required columns, pattern)
        An export has all of these columns, and one whose whole name fits the pattern.
    first : frozenset of str
        Names of the first column, folded to lower case, where these and its cells tell the export.
    renames : tuple of Rename
        How a codebook may call a column.
    texts : tuple of Rename
        What a column asks, where its name says it; one after the other.
    separator : str
        What stands between the options of a joined cell.
    writes_no : bool
        Whether every option that was not chosen is written as such, so that a blank is no answer.
    none_is_no : bool
        Whether options are written as not chosen where the question was not answered.
    empties : tuple of str
        What is written for no answer.
    """

    name: str
    marks: tuple[Mark, ...] = ()
    patterns: tuple[tuple[frozenset[str], str], ...] = ()
    first: frozenset[str] = frozenset()
    renames: tuple[Rename, ...] = ()
    texts: tuple[Rename, ...] = ()
    separator: str = " "
    writes_no: bool = False
    none_is_no: bool = False
    empties: tuple[str, ...] = ()

    def fits(self, columns: frozenset[str]) -> bool:
        """Whether columns, by their heads, are those of an export."""
        if any(len(mark.names & columns) >= mark.least for mark in self.marks):
            return True
        return any(needed <= columns and any(re.fullmatch(pattern, name) for name in columns) for needed, pattern in self.patterns)

    def text(self, column: str) -> str:
        """What a column asks, where its name says more than that; else nothing."""
        plain = " ".join(column.split())
        for rename in self.texts:
            plain = next(iter(rename.names(plain)), plain)
        return plain if plain != " ".join(column.split()) else ""


def heads(columns: Iterable[object]) -> frozenset[str]:
    """Names of columns without blanks around them, and the codes of those written as ``code. text``.

    Examples
    --------
    >>> sorted(heads(["id. Response ID", " seed"]))
    ['id', 'id. Response ID', 'seed']
    """
    names = [str(column).strip() for column in columns]
    codes = [found[1] for found in map(_CODE_AND_TEXT.fullmatch, names) if found]
    return frozenset([*names, *codes])


def alternatives(column: str, renames: Iterable[Rename]) -> tuple[str, ...]:
    """Names that renames lead to from a column, nearest first, without the column itself."""
    plain = " ".join(column.split())
    rules = tuple(renames)
    found: dict[str, None] = {plain: None}
    latest = [plain]
    for _ in range(_STEPS):
        others = dict.fromkeys(other for own in latest for rule in rules for other in rule.names(own))
        latest = [name for name in others if name and name not in found]
        found.update(dict.fromkeys(latest))
        if not latest or len(found) > _NAMES:
            break
    return tuple(name for name in found if name != column)[:_NAMES]
