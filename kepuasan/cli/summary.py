"""Results on a terminal: aligned tables and sentences within 100 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kepuasan.report.document import Table
from kepuasan.report.parts.change import change_sentences, change_tables, difference_table, index_table
from kepuasan.report.parts.headline import finding
from kepuasan.report.parts.weighting import plain_sample
from kepuasan.report.voice import Voice

if TYPE_CHECKING:
    from kepuasan.report.findings import ResultTree

__all__ = ["WIDTH", "aligned", "summary_lines"]

WIDTH = 100
#: columns at the right of a table that a terminal has no room for
_SPARED = {"differences": 2, "change_by_driver": 1, "change_by_item": 1}


def summary_lines(results: ResultTree, language: str) -> list[str]:
    """The finding, the index, its differences and their parts, then the sentences that belong to them."""
    voice = Voice(language, results.decimals)
    title = voice.text(results.request.title)
    lines = [*(_folded(title) if title else []), *_folded(finding(results, voice)), ""]
    tables = [index_table(results, voice), *([difference_table(results, voice)] if results.differences else [])]
    tables += change_tables(results, voice)[:1]
    for table in tables:
        lines += [*aligned(_narrow(table)), ""]
    said = [note for table in tables for note in table.notes]
    said += [] if results.design.declaration.all_columns() else [plain_sample(results, voice)]
    for sentence in dict.fromkeys([*said, *change_sentences(results, voice), *(note[language] for note in results.request.notes)]):
        lines += _folded(sentence)
    return lines if lines[-1] else lines[:-1]


def _narrow(table: Table) -> Table:
    """The table without the columns that a terminal has no room for."""
    kept = len(table.header) - _SPARED.get(table.name, 0)
    return replace(table, header=table.header[:kept], rows=tuple(row[:kept] for row in table.rows), text=())


def aligned(table: Table) -> list[str]:
    """A table as lines: names to the left, numbers to the right, long names cut unless two would become one.

    Examples
    --------
    >>> for line in aligned(Table("index", "Index", ("Wave", "Index"), (("2020", "75.7"), ("2022", "73.7")))):
    ...     print(line)
    Index
      Wave  Index
      2020   75.7
      2022   73.7
    """
    rows = [table.header, *table.rows]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.header))]
    spare = WIDTH - 2 - sum(widths[1:]) - 2 * (len(widths) - 1)
    cut = max(8, min(widths[0], spare))
    widths[0] = cut if len({row[0][: cut - 3] for row in rows}) == len({row[0] for row in rows}) else widths[0]
    lines = ["  " + _line(row, widths, table.heads) for row in rows]
    if table.total:
        lines.insert(len(lines) - 1, "  " + "-" * (sum(widths) + 2 * (len(widths) - 1)))
    return [*_folded(table.caption), *lines]


def _line(row: Sequence[str], widths: Sequence[int], heads: int) -> str:
    cells = []
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        text = cell if len(cell) <= width else cell[: width - 3] + "..."
        cells.append(text.ljust(width) if place < heads else text.rjust(width))
    return "  ".join(cells).rstrip()


def _folded(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH) or [""]
