"""Tables as files: one CSV each, and one workbook of them all; nothing in them is rounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kepuasan.report.cells import free_names, looks_run, open_book, plain_text, write_cell, write_text

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from kepuasan.report.document import Table

__all__ = ["table_frame", "write_csv", "write_workbook"]

#: the sheet that comes first
_COVER = "kepuasan"


def table_frame(table: Table) -> pd.DataFrame:
    """The rows of a table in full; as they are read, where there is no more."""
    if table.frame is not None:
        return table.frame
    import pandas as pd

    return pd.DataFrame(list(table.rows), columns=pd.Index(table.header, dtype=object), dtype=object)


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV in UTF-8, numbers in full; text that would be run as a formula gets an apostrophe.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> with tempfile.TemporaryDirectory() as place:
    ...     write_csv(pd.DataFrame({"item": ["=1+1"], "estimate": [0.1]}), Path(place, "one.csv"))
    ...     Path(place, "one.csv").read_text(encoding="utf-8").splitlines()
    ['item,estimate', "'=1+1,0.1"]
    """
    safe = table.copy()
    for place in range(len(table.columns)):
        if table.dtypes.iloc[place].kind not in "iufb":
            safe.isetitem(place, [_safe(cell) for cell in table.iloc[:, place]])
    safe.columns = [_safe(name) for name in table.columns]
    safe.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _safe(cell: Any) -> Any:
    """A text that is no formula; anything else as it is."""
    if not isinstance(cell, str):
        return cell
    return f"'{plain_text(cell)}" if looks_run(cell) else plain_text(cell)


def write_workbook(tables: Mapping[str, pd.DataFrame], path: Path, *, title: str, sentences: Iterable[str]) -> None:
    """Write tables as a workbook: a cover with the sentences, then one sheet a table.

    Numbers are numbers, text is text (never a formula), and the same tables give the same bytes.
    """
    with open_book(str(path), title) as book:
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        cover = book.add_worksheet(_COVER)
        cover.set_column(0, 0, 100)
        write_text(cover, 0, 0, title, book.add_format({"bold": True, "font_size": 14, "text_wrap": True}))
        for row, sentence in enumerate(sentences, start=2):
            write_text(cover, row, 0, sentence, wrap)
        for name, table in zip(free_names(tables, [_COVER]), tables.values(), strict=True):
            _write_sheet(book.add_worksheet(name), table, head)


def _write_sheet(sheet: Any, table: pd.DataFrame, head: Any) -> None:
    for place, name in enumerate(table.columns):
        write_text(sheet, 0, place, str(name), head)
        cells = list(table.iloc[:, place])
        longest = max([len(str(name)), *(len(cell) for cell in cells if isinstance(cell, str))])
        sheet.set_column(place, place, min(max(longest + 2, 10), 60))
        for row, cell in enumerate(cells, start=1):
            write_cell(sheet, row, place, cell)
    sheet.freeze_panes(1, 0)
