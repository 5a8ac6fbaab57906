"""One survey in every format that is read: the same Survey comes of all of them."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
import pyreadstat
import pytest
import xlsxwriter

from kepuasan import mean
from kepuasan.codebook import AnswerScale, Codebook, Item
from kepuasan.io import read_survey
from kepuasan.scales import Scale

PUAS = {1: "Tidak puas", 2: "Kurang puas", 3: "Puas", 4: "Sangat puas"}
NONE = {8: "Tidak tahu", 9: "Menolak"}
KINDS = ["sav", "zsav", "dta", "csv", "semicolons.csv", "tsv", "xlsx", "ods", "parquet", "arrow", "feather"]

#: one row a respondent; None is an empty cell
CELLS: dict[str, list] = {
    "nomor": [101, 102, 103, 104, 105],
    "cepat": [4, 1, 9, 8, 3],
    "mudah": [2, None, 4, 9, 1],
    "umur": [17, 35, 61, None, 40],
    "bobot": [1.25, 0.5, 1.0, 2.75, 1.5],
    "jk": ["L", "P", "P", "L", "P"],
    "kode_pos": ["00123", "40115", "08001", None, "10110"],
    "kota": ["Kupang", "Bāli", "Kab. Ciamis", "Depok", "São José"],
    "saran": ["cepat; ramah", 'kata "bagus"', "baris satu\nbaris dua", None, "1.000, terima kasih"],
    "tanggal": [dt.date(2022, 12, 31), dt.date(2023, 1, 2), None, dt.date(2023, 2, 28), dt.date(2023, 3, 1)],
    "masuk": [dt.datetime(2023, 1, 1, 8, 5, 9), dt.datetime(2023, 1, 2), dt.datetime(2023, 1, 3, 23, 59, 59), None, dt.datetime(2023, 1, 5, 12)],
    "mulai": [dt.time(7, 30), dt.time(8, 0, 5), dt.time(0), dt.time(23, 59, 59), None],
}
LABELS = {
    "nomor": "Nomor responden",
    "cepat": "Kecepatan layanan",
    "mudah": "Kemudahan layanan",
    "umur": "Umur (tahun)",
    "bobot": "Penimbang",
    "jk": "Jenis kelamin",
    "kode_pos": "Kode pos",
    "kota": "Kota asal",
    "saran": "Saran – bebas",
    "tanggal": "Tanggal wawancara",
    "masuk": "Waktu masuk",
    "mulai": "Jam mulai",
}
TYPES = {"jk": "text", "kode_pos": "text", "kota": "text", "saran": "text", "tanggal": "date", "masuk": "datetime", "mulai": "time"}
DTYPES = {"nomor": "int64", "cepat": "int64", "mudah": "float64", "umur": "float64", "bobot": "float64"}
DTYPES |= {"tanggal": "datetime64[ms]", "masuk": "datetime64[ms]", "mulai": "timedelta64[ms]"}


def book() -> Codebook:
    items = {name: Item(name, LABELS[name], TYPES.get(name, "number")) for name in CELLS}
    for name in ("cepat", "mudah"):
        items[name] = Item(name, LABELS[name], values=PUAS, missing=NONE, scale="puas")
    items["jk"] = Item("jk", LABELS["jk"], "text", values={"L": "Laki-laki", "P": "Perempuan"})
    return Codebook(items, {"puas": AnswerScale("puas", Scale(1, 4))}, design={"weight": "bobot"}, source="survei uji")


def expected() -> pd.DataFrame:
    """The frame that every file gives."""
    columns = {}
    for name, cells in CELLS.items():
        if name == "mulai":
            cells = [None if cell is None else dt.timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second) for cell in cells]
        columns[name] = pd.Series(cells).astype(DTYPES.get(name, pd.Series(["a"]).dtype))
    return pd.DataFrame(columns)


# ---------------------------------------------------------------- files


def as_objects() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in CELLS.items()})


def as_codes() -> pd.DataFrame:
    """Numbers in columns of numbers, moments as Python has them."""
    frame = as_objects()
    numbers = [name for name in CELLS if name not in TYPES]
    return frame.astype(dict.fromkeys(numbers, np.float64))


def write_statistical(path, kind):
    labels = {"cepat": PUAS | NONE, "mudah": PUAS | NONE, "jk": {"P": "Perempuan", "L": "Laki-laki"}}
    if kind == "dta":
        frame = as_codes().assign(**{name: as_objects()[name].map(lambda cell: cell or "") for name in ("kode_pos", "saran")})
        moments = {name: pd.to_datetime(frame[name]) for name in ("tanggal", "masuk")}
        since = [pd.NaT if cell is None else dt.datetime.combine(dt.date(1960, 1, 1), cell) for cell in CELLS["mulai"]]
        frame = frame.assign(**moments, mulai=pd.to_datetime(pd.Series(since)))
        formats = {"tanggal": "td", "masuk": "tc", "mulai": "tc"}
        numbers = {name: texts for name, texts in labels.items() if name != "jk"}
        frame.to_stata(path, write_index=False, convert_dates=formats, variable_labels=LABELS, value_labels=numbers, version=118)
        mark_clock(path)
        return
    missing = {"cepat": [8, 9], "mudah": [8, 9]}
    pyreadstat.write_sav(
        as_codes(), path, column_labels=LABELS, variable_value_labels=labels, missing_ranges=missing, compress=kind == "zsav", file_label="Uji"
    )


def mark_clock(path):
    """Give the last column of a Stata file the format of clock times, which pandas cannot write."""
    data = path.read_bytes()
    start = data.index(b"<formats>") + len(b"<formats>")
    place = start + 57 * list(CELLS).index("mulai")
    assert data[place : place + 3] == b"%tc"
    path.write_bytes(data[:place] + b"%tcHH:MM:SS".ljust(57, b"\0") + data[place + 57 :])


def write_text(path, separator, decimal, encoding):
    with path.open("w", encoding=encoding, newline="") as file:
        rows = csv.writer(file, delimiter=separator, lineterminator="\n")
        rows.writerow(CELLS)
        for row in zip(*CELLS.values(), strict=True):
            texts = [str(cell).replace(".", decimal) if isinstance(cell, float) else cell for cell in row]
            rows.writerow([text.replace("Bāli", "Bãli") if encoding == "cp1252" and isinstance(text, str) else text for text in texts])


def write_xlsx(path):
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Data")
        forms = {kind: workbook.add_format({"num_format": form}) for kind, form in ((dt.date, "yyyy-mm-dd"), (dt.datetime, "yyyy-mm-dd hh:mm:ss"))}
        clock = workbook.add_format({"num_format": "hh:mm:ss"})
        sheet.write_row(0, 0, list(CELLS))
        for column, cells in enumerate(CELLS.values()):
            for row, cell in enumerate(cells, start=1):
                if isinstance(cell, (dt.date, dt.time)):
                    sheet.write_datetime(row, column, cell, forms.get(type(cell), clock))
                elif isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif cell is not None:
                    sheet.write_number(row, column, cell)


def ods_cell(cell):
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, dt.time):
        return f'<table:table-cell office:value-type="time" office:time-value="PT{cell:%H}H{cell:%M}M{cell:%S}S"/>'
    if isinstance(cell, dt.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}"/>'
    if isinstance(cell, str):
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'


def write_ods(path):
    rows = [list(CELLS), *zip(*CELLS.values(), strict=True)]
    body = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}><office:body><office:spreadsheet>'
            f'<table:table table:name="Data">{body}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
        archive.writestr("META-INF/manifest.xml", manifest)


def write_columnar(path, kind):
    import pyarrow as pa
    from pyarrow import feather, parquet

    columns = {name: pa.array(cells) for name, cells in CELLS.items()}
    table = pa.table(columns)
    if kind == "parquet":
        parquet.write_table(table, path)
    elif kind == "feather":
        feather.write_feather(table, path)
    else:
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)


def written(folder, kind):
    path = folder / f"survei.{kind}"
    if kind in ("sav", "zsav", "dta"):
        write_statistical(path, kind)
    elif kind.endswith(("csv", "tsv")):
        write_text(path, *{"csv": (",", ".", "utf-8"), "semicolons.csv": (";", ",", "cp1252"), "tsv": ("\t", ".", "utf-16")}[kind])
    elif kind in ("xlsx", "ods"):
        {"xlsx": write_xlsx, "ods": write_ods}[kind](path)
    else:
        write_columnar(path, kind)
    return path


# ---------------------------------------------------------------- what comes of them


@pytest.fixture(scope="module", params=KINDS)
def read(request, tmp_path_factory):
    """A format, and the survey that comes of it with the codebook."""
    folder = tmp_path_factory.mktemp("formats")
    book().write(folder / "buku.toml")
    return request.param, read_survey(written(folder, request.param), folder / "buku.toml")


def test_every_format_gives_the_same_frame(read):
    kind, survey = read
    frame = expected()
    if kind == "semicolons.csv":
        frame["kota"] = frame["kota"].replace("Bāli", "Bãli")  # Windows-1252 has no long a
    pd.testing.assert_frame_equal(survey.frame, frame, check_exact=True)


def test_every_format_gives_the_same_codebook(read):
    _, survey = read
    pd.testing.assert_frame_equal(survey.codebook.to_frame(), book().to_frame())
    assert list(survey.codebook.items["cepat"].values) == [1, 2, 3, 4]
    assert survey.codebook.source.startswith("survei uji; ")


def test_every_format_gives_the_same_mean(read):
    _, survey = read
    # answers 4, 1 and 3 to the first item, 2, 4 and 1 to the second, each with its weight
    means = [(4 * 1.25 + 1 * 0.5 + 3 * 1.5) / 3.25, (2 * 1.25 + 4 * 1.0 + 1 * 1.5) / 3.75]
    assert mean(survey, ["cepat", "mudah"]).value == pytest.approx(means, rel=1e-14)


def test_a_labelled_file_says_the_same_without_a_codebook(tmp_path):
    own = read_survey(written(tmp_path, "sav"))
    pd.testing.assert_frame_equal(own.frame, expected(), check_exact=True)
    columns = ["item", "label", "type", "values", "missing"]
    pd.testing.assert_frame_equal(own.codebook.to_frame()[columns], book().to_frame()[columns])
