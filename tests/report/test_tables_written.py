"""Tables as files: full numbers, text that is never a formula, the same bytes."""

import io
import zipfile
from dataclasses import replace

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from kepuasan.report.document import Table
from kepuasan.report.tables import table_frame, write_csv, write_workbook

DANGEROUS = ["=1+1", "+1", "-x", "@SUM(A1)", "\tx", "plain"]


@pytest.fixture
def risky():
    return pd.DataFrame({"item": DANGEROUS, "estimate": [1.5, -2.0, 3.25, float("nan"), 0.0, 1e-3]})


def test_csv_numbers_come_back_exactly(results, tmp_path):
    table = results.index.to_frame()
    write_csv(table, tmp_path / "index.csv")
    back = pd.read_csv(tmp_path / "index.csv", dtype={"wave": str})
    assert back["se"].tolist() == table["se"].tolist()


def test_csv_text_that_begins_like_a_formula_gets_an_apostrophe_and_numbers_do_not(risky, tmp_path):
    write_csv(risky, tmp_path / "risky.csv")
    lines = (tmp_path / "risky.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:4] == ["'=1+1,1.5", "'+1,-2.0", "'-x,3.25"]
    assert lines[-1] == "plain,0.001"


@pytest.mark.parametrize("text", ["\x00=1+1", "\ufeff=1+1", "\u202e=1+1", "\r=1+1", "\x00-1+1"])
def test_a_formula_behind_signs_that_files_leave_out_gets_an_apostrophe(text, tmp_path):
    # the sign was taken out after the test for formulas, so that =1+1 stood in the file
    write_csv(pd.DataFrame({"item": [text], "estimate": [1.0]}), tmp_path / "one.csv")
    cell = pd.read_csv(tmp_path / "one.csv")["item"][0]
    assert cell.startswith("'")


def test_names_of_columns_that_begin_like_formulas_get_an_apostrophe_too(tmp_path):
    write_csv(pd.DataFrame([[1, 2]], columns=["=1+1", "n"]), tmp_path / "one.csv")
    assert (tmp_path / "one.csv").read_text(encoding="utf-8") == "'=1+1,n\n1,2\n"


def test_csv_holds_no_controls_and_columns_of_one_name_are_kept(tmp_path):
    write_csv(pd.DataFrame([["a\x00b", "c\r\nd"]], columns=["x", "x"]), tmp_path / "one.csv")
    assert (tmp_path / "one.csv").read_text(encoding="utf-8") == 'x,x\nab,"c\nd"\n'


def test_a_table_without_more_is_written_as_it_is_read():
    table = Table("t", "Caption", ("Item", "Value"), (("speed", "75,1"),))
    assert table_frame(table).to_dict("list") == {"Item": ["speed"], "Value": ["75,1"]}
    assert table_frame(replace(table, frame=pd.DataFrame({"item": [1]})))["item"].tolist() == [1]


def test_workbook_cells_are_text_or_numbers_never_formulas(risky, tmp_path):
    path = tmp_path / "book.xlsx"
    write_workbook({"risky": risky}, path, title="=title", sentences=["@sentence"])
    with zipfile.ZipFile(path) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 2
    assert not [sheet for sheet in sheets if "<f>" in sheet]
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("risky").to_python()
    assert [row[0] for row in rows[1:]] == DANGEROUS
    assert [row[1] for row in rows[1:]] == [1.5, -2.0, 3.25, "", 0.0, 0.001]


def test_the_same_tables_give_the_same_workbook(results, tmp_path):
    for name in ("one", "two"):
        write_workbook({"index": results.index.to_frame()}, tmp_path / f"{name}.xlsx", title="Indeks", sentences=["a"])
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_sheet_names_are_short_plain_and_all_different(tmp_path):
    names = ["index_by_" + "x" * 40, "index_by_" + "x" * 41, "a/b", "kepuasan"]
    buffer = tmp_path / "names.xlsx"
    write_workbook({name: pd.DataFrame({"n": [1]}) for name in names}, buffer, title="t", sentences=[])
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(buffer.read_bytes())).sheet_names
    assert len({name.casefold() for name in sheets}) == 5
    assert all(len(name) <= 31 for name in sheets)
