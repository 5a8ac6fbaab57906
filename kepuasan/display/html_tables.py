"""Results as small tables of HTML for notebooks: escaped, with captions and headers, in the colours of the page they stand on."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from kepuasan.columns import spelled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["html_facts", "html_table"]

#: rows and columns shown at most; letters of a cell and of a line of text
MOST_ROWS, MOST_COLUMNS, LONGEST, LONGEST_LINE = 60, 16, 80, 600
#: bytes that a table of results stays below
MOST_BYTES = 30_000
_CLASS, _WIDE = "kepuasan-result", "max-width:100%;overflow-x:auto"
#: from here on numbers are whole
_WHOLE = 1000.0


def html_table(frame: pd.DataFrame, title: str, *, heads: int = 1, notes: Iterable[str] = (), total: int | None = None) -> str:
    """A tidy frame as a table of HTML.

    Parameters
    ----------
    frame : DataFrame
    title : str
        The caption.
    heads : int
        How many columns, from the first, say what a row is of; their numbers are codes.
    notes : list of str
        Sentences below the table.
    total : int, optional
        Rows there are, where the frame holds the first of them only.

    Notes
    -----
    Numbers have four significant digits. Rows after the sixtieth are counted in a line, as are columns after the sixteenth, and as many fewer rows
    are shown as keep the table below 30 kB. Nothing has a colour.

    Examples
    --------
    >>> import pandas as pd
    >>> table = html_table(pd.DataFrame({"item": ["<b>"], "estimate": [75.69993]}), "Estimates")
    >>> "&lt;b&gt;" in table, "<td>75.7</td>" in table
    (True, True)
    """
    shown, rows = frame.iloc[:, :MOST_COLUMNS], len(frame) if total is None else total
    columns = [_text(name) for name in shown.columns]
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    lines = [_row(cells, heads) for cells in shown.head(MOST_ROWS).itertuples(index=False, name=None)]
    said = list(notes)
    while len(lines) > 1 and sum(len(line.encode()) for line in lines) > MOST_BYTES - 2 * LONGEST_LINE * (len(said) + 2) - len(head.encode()):
        lines.pop()
    more = [f"{rows - len(lines):,} more rows" if rows - len(lines) > 1 else "1 more row"] if rows > len(lines) else []
    more += [f"{frame.shape[1] - MOST_COLUMNS:,} more columns"] if frame.shape[1] > MOST_COLUMNS else []
    caption = f'<caption style="text-align:left">{_text(title, LONGEST_LINE)}</caption>'
    table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    below = "".join(f'<p dir="auto">{_text(note, LONGEST_LINE)}</p>' for note in [*(["; ".join(more) + "; see to_frame()"] if more else []), *said])
    label = html.escape(_plain(title, LONGEST))
    return f'<div class="{_CLASS}" style="{_WIDE}" role="region" tabindex="0" aria-label="{label}">{table}{below}</div>'


def html_facts(facts: Mapping[str, Any] | Sequence[tuple[str, Any]], title: str, *, notes: Iterable[str] = ()) -> str:
    """Names and values, one a row.

    Examples
    --------
    >>> "<td>top-box</td>" in html_facts({"scoring": "top-box"}, "IndexSpec")
    True
    """
    import pandas as pd

    pairs = list(facts.items()) if isinstance(facts, Mapping) else list(facts)
    return html_table(
        pd.DataFrame({"what": [name for name, _ in pairs], "value": pd.Series([one for _, one in pairs], dtype=object)}), title, notes=notes
    )


def _row(cells: Sequence[Any], heads: int) -> str:
    """The row headers, then the cells."""
    parts = [f'<th scope="row" dir="auto">{_text(_code(cell))}</th>' for cell in cells[:heads]]
    return f"<tr>{''.join([*parts, *map(_cell, cells[heads:])])}</tr>"


def _cell(value: Any) -> str:
    text = _value(value)
    plain = isinstance(value, Real) and not isinstance(value, bool)
    return f"<td>{_text(text)}</td>" if plain or text.isascii() else f'<td dir="auto">{_text(text)}</td>'


def _code(value: Any) -> str:
    """A code or name as it is."""
    return _value(value) if _missing(value) or isinstance(value, (Mapping, list, tuple)) else spelled(value)


def _missing(value: Any) -> bool:
    """Whether there is no value."""
    try:
        return value is None or bool(value != value)
    except (TypeError, ValueError):
        return type(value).__name__ in ("NAType", "NaTType")


def _value(value: Any) -> str:
    """A value as it is read: four significant digits, thousands apart; collections as their parts."""
    if isinstance(value, Mapping):
        return "; ".join(f"{_code(key)} {_value(one)}" for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_value, value))
    if _missing(value):
        return ""
    if isinstance(value, bool) or not isinstance(value, Real):
        return str(value)
    if isinstance(value, Integral):
        return f"{int(value):,}"
    number = float(value)
    if not math.isfinite(number):
        return str(number)
    return f"{number:,.0f}" if _WHOLE <= abs(number) < 1e15 else f"{number:.4g}"


def _plain(text: Any, most: int) -> str:
    """A text of letters that can be seen, cut off where it is long."""
    seen = "".join(letter if letter.isprintable() else " " for letter in str(text)).strip()
    return seen if len(seen) <= most else f"{seen[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def _text(text: Any, most: int = LONGEST) -> str:
    """A text with everything escaped that HTML would read."""
    return html.escape(_plain(text, most))
