"""Tables as files: one CSV each, and one workbook of them all; nothing in them is rounded."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kepuasan.columns import DRIVER, ITEM, PART
from kepuasan.display.waterfall import part_label
from kepuasan.report.results import LEVEL

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.report.results import ResultTree

__all__ = ["tidy_tables", "write_csv", "write_workbook"]

#: a cell of text that begins with one of these would be run as a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: stands for the time of writing, so that the same results give the same bytes
MADE = dt.datetime(2000, 1, 1)
#: the longest name of a sheet
_SHEET = 31


def tidy_tables(results: ResultTree, language: str) -> dict[str, pd.DataFrame]:
    """Every table of the results as a tidy frame, codes and labels side by side.

    Parameters
    ----------
    results : ResultTree
    language : {"id", "en"}
        Of the labels.

    Returns
    -------
    dict of name to DataFrame
        The columns of `Estimates.to_frame`, with ``label`` after the code that it is the label of.
    """
    items, drivers = results.item_labels(language), results.driver_labels(language)
    tables = {"index": results.index.to_frame("score", LEVEL)}
    if results.differences:
        tables["differences"] = _stacked([one.estimate.to_frame(LEVEL) for one in results.differences])
    if results.change is not None:
        if results.change.drivers is not None:
            tables["change_by_driver"] = _named_parts(results.change.to_frame("drivers", LEVEL), drivers, DRIVER, language)
        tables["change_by_item"] = _named_parts(results.change.to_frame("parts", LEVEL), items, ITEM, language)
    if results.index.dimensions is not None:
        tables["dimensions"] = _labelled(results.index.to_frame("dimensions", LEVEL), ITEM, results.dimension_labels(language))
    tables["items"] = _labelled(results.index.to_frame("items", LEVEL), ITEM, items)
    for column, estimates in results.domains.items():
        tables[_free_name(f"index_by_{column}", tables)] = _labelled(estimates.to_frame(LEVEL), column, results.code_labels(column, language))
    return tables


def _free_name(name: str, taken: Iterable[str]) -> str:
    """A name that every file system takes, and that no other table has."""
    plain = re.sub(r"[^\w.-]+", "_", name)
    others = {one.casefold() for one in taken}
    numbered = (f"{plain}_{number}" for number in itertools.count(2))
    return next(one for one in itertools.chain([plain], numbered) if one.casefold() not in others)


def _stacked(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    return pd.concat(list(frames), ignore_index=True)


def _labelled(frame: pd.DataFrame, column: str, labels: Mapping[Any, str]) -> pd.DataFrame:
    frame = frame.copy()
    frame.insert(list(frame.columns).index(column) + 1, "label", [str(labels.get(code, code)) for code in frame[column]])
    return frame


def _named_parts(frame: pd.DataFrame, labels: Mapping[str, str], column: str, language: str) -> pd.DataFrame:
    wanted = [name for name in (PART, column) if name in frame.columns]
    texts = [part_label(row, labels, language) for row in frame[wanted].to_dict("records")]
    frame = frame.copy()
    frame.insert(list(frame.columns).index(column) + 1, "label", texts)
    return frame


# ---------------------------------------------------------------- files


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV in UTF-8, numbers in full; text that would be run as a formula gets an apostrophe."""
    safe = table.copy()
    for name in safe.columns:
        safe[name] = [f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell for cell in safe[name]]
    safe.columns = [f"'{name}" if str(name).startswith(FORMULA) else name for name in safe.columns]
    safe.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def write_workbook(tables: Mapping[str, pd.DataFrame], path: Path, *, title: str, sentences: Iterable[str]) -> None:
    """Write tables as a workbook: a cover with the sentences, then one sheet a table.

    Numbers are numbers, text is text (never a formula), and the same tables give the same bytes.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": title, "created": MADE, "author": "kepuasan"})
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        cover = book.add_worksheet("kepuasan")
        cover.set_column(0, 0, 100)
        cover.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14, "text_wrap": True}))
        for row, sentence in enumerate(sentences, start=2):
            cover.write_string(row, 0, sentence, wrap)
        names = _sheet_names(tables)
        for name, table in tables.items():
            _write_sheet(book.add_worksheet(names[name]), table, head)


def _write_sheet(sheet: Any, table: pd.DataFrame, head: Any) -> None:
    for place, name in enumerate(table.columns):
        sheet.write_string(0, place, str(name), head)
        longest = max([len(str(name)), *(len(cell) for cell in table[name] if isinstance(cell, str))])
        sheet.set_column(place, place, min(max(longest + 2, 10), 60))
        for row, cell in enumerate(table[name], start=1):
            _write_cell(sheet, row, place, cell)
    sheet.freeze_panes(1, 0)


def _write_cell(sheet: Any, row: int, place: int, cell: Any) -> None:
    """A number as a number, an empty cell where there is none, anything else as text."""
    if isinstance(cell, bool) or not hasattr(cell, "__float__"):
        if cell is not None and cell == cell:
            sheet.write_string(row, place, str(cell))
        return
    if math.isfinite(float(cell)):
        sheet.write_number(row, place, float(cell))


def _sheet_names(tables: Iterable[str]) -> dict[str, str]:
    """A name for each sheet: short enough, without forbidden characters, no two alike."""
    names: dict[str, str] = {}
    taken = {"kepuasan"}
    for name in tables:
        plain = "".join("_" if letter in "[]:*?/\\'" else letter for letter in name)[:_SHEET]
        short, number = plain, 2
        while short.casefold() in taken:
            short, number = f"{plain[: _SHEET - 3]}_{number}", number + 1
        taken.add(short.casefold())
        names[name] = short
    return names
