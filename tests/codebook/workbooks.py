"""Workbooks for tests, from rows of cells."""

import datetime as dt

import pytest
import xlsxwriter

from kepuasan.codebook import Codebook
from kepuasan.errors import CodebookError


def written(path, **sheets):
    """A workbook with these sheets, each a list of rows; the path."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        date, time = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "hh:mm"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(number, place, cell, date)
                    elif isinstance(cell, dt.time):
                        sheet.write_datetime(number, place, cell, time)
                    elif isinstance(cell, str) and cell.startswith("=#"):
                        sheet.write_formula(number, place, "=NA()", value=cell[1:])
                    elif isinstance(cell, str):
                        sheet.write_string(number, place, cell)
                    elif cell is not None:
                        sheet.write(number, place, cell)
    return path


def book_of(folder, **sheets):
    """The codebook in a workbook with these sheets."""
    return Codebook.read(written(folder / "form.xlsx", **sheets))


def faults_of(folder, **sheets):
    """The lines of the refusal of a workbook with these sheets."""
    with pytest.raises(CodebookError) as caught:
        book_of(folder, **sheets)
    message = str(caught.value)
    assert message.startswith("codebook form.xlsx")
    head, *lines = message.split("\n  ")
    return lines or [head.removeprefix("codebook form.xlsx: ")]
