"""What statistical files declare is held against their size before they are read."""

from __future__ import annotations

import struct

import pandas as pd
import pyreadstat
import pytest
from fuzz.writers import sas7bdat, sav

from kepuasan.errors import DataError
from kepuasan.io.statistical.headers import Declared, counted_values, declared
from kepuasan.io.statistical.reading import read_statistical

FRAME = pd.DataFrame({"a": [1.0, 2.0, 3.0], "city": ["Bandung dan sekitarnya", "b", ""]})


@pytest.mark.parametrize("order", ["<", ">"])
def test_an_spss_header_declares_rows_and_columns_of_eight_bytes(tmp_path, order):
    path = tmp_path / "a.sav"
    path.write_bytes(sav(order, columns=[("A", 0), ("B", 8)], rows=[(1.0, "x")] * 5, labels={"A": {1: "satu"}}))
    assert declared(path, "sav") == Declared(5, 2, 5 * 2 * 8)


def test_compressed_spss_takes_a_byte_a_cell_at_least(tmp_path):
    pyreadstat.write_sav(FRAME, tmp_path / "a.sav", row_compress=True)
    assert declared(tmp_path / "a.sav", "sav") == Declared(3, 4, 12)
    pyreadstat.write_sav(FRAME, tmp_path / "a.zsav", compress=True)
    assert declared(tmp_path / "a.zsav", "sav") == Declared(3, 4, 0)


@pytest.mark.parametrize("release", [114, 117, 118, 119])
@pytest.mark.parametrize("order", ["<", ">"])
def test_a_stata_header_declares_rows_and_their_width(tmp_path, release, order):
    path = tmp_path / "a.dta"
    frame = pd.DataFrame({"i": [1, 2], "d": [0.5, 1.5], "t": ["abc", "x"]}).astype({"i": "int8"})
    frame.to_stata(path, version=release, write_index=False, byteorder=order)
    assert declared(path, "dta") == Declared(2, 3, 2 * (1 + 8 + 3))


@pytest.mark.parametrize("version", [8, 10, 12, 13, 14, 15])
def test_headers_of_all_releases_agree_with_the_reader(tmp_path, version):
    path = tmp_path / "a.dta"
    pyreadstat.write_dta(FRAME, path, version=version)
    found = declared(path, "dta")
    assert (found.rows, found.columns) == (3, 2)
    assert found.least <= path.stat().st_size


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_sas_header_declares_rows_columns_and_their_width(tmp_path, order):
    path = tmp_path / "a.sas7bdat"
    path.write_bytes(sas7bdat([("a", 0, "", ""), ("b", 12, "", "")], [(1.0, "x")] * 7, order=order))
    assert declared(path, "sas7bdat") == Declared(7, 2, 7 * 20)


@pytest.mark.parametrize("form", ["sav", "dta", "sas7bdat", "por", "xport"])
@pytest.mark.parametrize("content", [b"", b"\0" * 400, b"$FL2", b"<stata_dta>" + b"x" * 300, b"s" * 2000])
def test_what_is_no_header_declares_nothing(tmp_path, form, content):
    path = tmp_path / "a"
    path.write_bytes(content)
    assert declared(path, form) is None


def test_an_spss_file_that_declares_more_than_it_holds_is_refused_with_both_sizes(tmp_path):
    path = tmp_path / "users.sav"
    content = bytearray(sav(columns=[("A", 0)], rows=[(1.0,)] * 3))
    content[80:84] = struct.pack("<i", 2**31 - 1)
    path.write_bytes(content)
    with pytest.raises(
        DataError, match=r"users\.sav cannot be read as a SPSS data file: it declares 2147483647 rows of 1 columns, which take 17179869176"
    ):
        read_statistical(path)


def test_a_stata_file_that_declares_more_than_it_holds_is_refused(tmp_path):
    path = tmp_path / "users.dta"
    pd.DataFrame({"a": [1.0]}).to_stata(path, version=118, write_index=False)
    path.write_bytes(path.read_bytes().replace(b"<N>" + struct.pack("<Q", 1), b"<N>" + struct.pack("<Q", 10**9)))
    with pytest.raises(DataError, match=r"users\.dta .* declares 1000000000 rows of 1 columns, which take 8000000000 bytes at least, but has"):
        read_statistical(path)


def test_a_sas_file_that_declares_more_than_it_holds_is_refused(tmp_path):
    path = tmp_path / "users.sas7bdat"
    content = sas7bdat([("a", 0, "", "")], [(1.0,)] * 1234)
    path.write_bytes(content.replace(struct.pack("<2i", 8, 1234), struct.pack("<2i", 8, 50_000_000)))
    with pytest.raises(DataError, match=r"users\.sas7bdat .* declares 50000000 rows of 1 columns, which take 400000000 bytes at least"):
        read_statistical(path)


def test_counted_values_are_found_by_name_of_the_set(tmp_path):
    path = tmp_path / "a.sav"
    sets = b"$Kanal=D3 Yes 5 Label A B \n$two=C 0  A B\n$n=D1 1 0  A B\n"
    path.write_bytes(sav(columns=[("A", 8), ("B", 8)], rows=[("Yes", "")], sets=sets, more_sets=b"$more=E 11 2 10 4 lagi A B\n"))
    assert counted_values(path, "utf-8") == {"kanal": "Yes", "n": "1", "more": "10"}
