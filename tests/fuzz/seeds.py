"""Ten small files of each format, made by our own code, from which inputs are bred."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import xlsxwriter
from fuzz.writers import por, sas7bdat, sav

from kepuasan.codebook import AnswerScale, Codebook, Item, Multiple
from kepuasan.scales import Scale

__all__ = ["FORMATS", "seeds"]

LABELS = {1: "Tidak puas", 2: "Kurang puas", 3: "Puas", 4: "Sangat puas", 8: "Tidak tahu", 9: "Menolak"}
FULL = pd.DataFrame(
    {
        "speed": [1.0, 4.0, 8.0, 9.0, np.nan, 3.0],
        "ease": [1, 2, 3, 4, 4, 1],
        "weight": [0.5, 1.25, 1e-9, 2e10, -1.0, 1 / 3],
        "city": ["BDG", "JKT", "Ünö", "", "SBY", "日本"],
        "told": ["a" * 20, "b", "c d e", "", "f" * 300, "g"],
        "day": [dt.date(2022, 3, 1), dt.date(1850, 1, 2), dt.date(1990, 10, 15), None, dt.date(2022, 12, 31), dt.date(2024, 2, 29)],
        "at": [dt.datetime(2022, 3, 1, 10, 11, 12), None, dt.datetime(1960, 1, 1), dt.datetime(1999, 12, 31, 23, 59, 59), None, None],
        "clock": [dt.time(7, 30), dt.time(0, 0), None, dt.time(23, 59, 59), dt.time(12), None],
    }
)
PLAIN = FULL[["speed", "ease", "weight", "city"]]
NUMBERS = FULL[["speed", "ease", "weight"]]
WIDE = pd.DataFrame({f"q{place}": [1, 2, 3] for place in range(40)})
LONG = pd.concat([PLAIN] * 40, ignore_index=True)
EMPTY = pd.DataFrame({"speed": [np.nan] * 3, "city": [None] * 3})
ONE = pd.DataFrame({"a": [1]})
TEXTS = pd.DataFrame({"a": ["3,5", "1.250", "007", "x"], "b": ["=1", "a;b", 'q"uote', "two\nlines"]})
FRAMES = [FULL, PLAIN, NUMBERS, WIDE, LONG, EMPTY, ONE, TEXTS, FULL[["day", "at", "clock"]], FULL[["told"]]]


def seeds(form: str) -> list[tuple[str, bytes]]:
    """Names and contents of the seeds of a format."""
    return [(name, content) for name, content in FORMATS[form]() if content]


def _written(suffix, write):
    """The bytes that a writer of files writes."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"seed{suffix}")
        write(path)
        return path.read_bytes()


# ---------------------------------------------------------------- statistical files


def _labels(frame):
    return {"variable_value_labels": {"speed": LABELS}, "column_labels": {"speed": "Kecepatan"}} if "speed" in frame else {}


def _sav_seeds(suffix=".sav", **options):
    for frame in FRAMES:
        missing = {"speed": [8, {"lo": 9, "hi": 99}], "city": ["JKT"]} if "city" in frame else {}
        extra = {**_labels(frame), "missing_ranges": {name: codes for name, codes in missing.items() if name in frame}, **options}
        yield f"seed{suffix}", _written(suffix, lambda path, frame=frame, extra=extra: pyreadstat.write_sav(frame, path, **extra))


def _plain_sav_seeds():
    yield from list(_sav_seeds(row_compress=True))[:4]
    yield from list(_sav_seeds())[:3]
    columns = [("A", 0), ("B", 0), ("C", 8), ("D", 0)]
    for order in "<>":
        content = sav(
            order,
            columns=columns,
            rows=[(1.0, 2.0, "abc", None), (1.0, 9.0, "", 3.0)] * 4,
            labels={"A": {1: "satu", 2: "dua"}, "C": {"abc": "huruf"}},
            missing={"B": [9.0, 8.0], "C": ["xyz"]},
            sets=b"$m=D1 1 5 Kanal A B \n$c=C 3 two A D\n",
            more_sets=b"$e=E 11 1 1 5 Lagi A D\n",
            label=b"Survei",
        )
        yield "seed.sav", content
    yield "seed.sav", sav(columns=columns[:1], rows=[(1.0,)], encoding=b"windows-1252")


def _dta_seeds():
    for frame, release in zip([FULL, PLAIN, NUMBERS, WIDE, ONE], [15, 14, 13, 12, 10], strict=True):
        kept = frame.assign(told="x") if "told" in frame else frame
        extra = {**_labels(frame), "version": release}
        yield "seed.dta", _written(".dta", lambda path, kept=kept, extra=extra: pyreadstat.write_dta(kept, path, **extra))
    texts = FULL[["told", "ease"]].assign(told=FULL["told"] * 10)
    for frame, release in zip([PLAIN, NUMBERS, LONG, WIDE, texts], [114, 117, 118, 119, 118], strict=True):
        strings = {"convert_strl": ["told"]} if "told" in frame else {}
        plain = frame.assign(city="x") if release < 118 and "city" in frame else frame
        yield (
            "seed.dta",
            _written(
                ".dta",
                lambda path, frame=plain, release=release, strings=strings: frame.to_stata(path, version=release, write_index=False, **strings),
            ),
        )


def _por_seeds():
    for frame in FRAMES[1:7]:
        ascii_only = frame.assign(**{name: "x" for name in ("city", "told") if name in frame})
        yield "seed.por", _written(".por", lambda path, frame=ascii_only: pyreadstat.write_por(frame, path))
    columns, labels = [("A", 0), ("B", 0), ("C", 12)], {"A": {1.0: "satu", 2.0: "dua"}, "C": {"abc": "huruf"}}
    for rows in ([(1.0, 9.0, "abc")], [(None, -1.5, ""), (2.0, 1e6, "Kota A")] * 20, []):
        yield "seed.por", por(columns, rows, labels=labels, missing={"B": [9.0], "C": ["xyz"]}, low={"B": 0})
    yield "seed.por", por(columns[:1], [(1.0,), (2.25,)] * 100)


def _xpt_seeds():
    for place, frame in enumerate(FRAMES):
        short = frame.assign(told="x") if "told" in frame else frame
        version = 8 if place % 2 else 5
        yield (
            "seed.xpt",
            _written(".xpt", lambda path, frame=short, version=version: pyreadstat.write_xport(frame, path, file_format_version=version)),
        )


def _sas_seeds():
    columns = [("speed", 0, "SATIS", "Kecepatan"), ("city", 12, "$CITY", "Kota"), ("day", 0, "DATE", "Hari"), ("note", 3, "", "")]
    row, other = (1.0, "Bali", 22000.0, "a"), (None, "Ünö", b"A", "")
    for count in (1, 2, 5, 200):
        for order in "<>":
            yield "seed.sas7bdat", sas7bdat(columns, [row, other][: min(count, 2)] * max(count // 2, 1), order=order, label="Survei")
    yield "seed.sas7bdat", sas7bdat(columns[:1], [(3.0,)])
    yield "seed.sas7bdat", sas7bdat([(f"q{place}", 0, "", "") for place in range(20)], [(2.0,) * 20] * 30)


# ---------------------------------------------------------------- text


def _csv_seeds(suffix=".csv", separators=",;|"):
    for place, frame in enumerate(FRAMES[:6]):
        text = frame.to_csv(
            index=False, sep=separators[place % len(separators)], decimal=",."[place % 2] if separators[place % len(separators)] != "," else "."
        )
        yield f"seed{suffix}", text.encode(("utf-8", "utf-8-sig", "utf-16", "utf-8")[place % 4])
    mark = separators[0]
    yield f"seed{suffix}", f'U1{mark}U2{mark}kota\r\n4{mark}3{mark}"Kota ""A""\r\nB"\r\n1{mark}2{mark}Jember\r\n'.encode("cp1252")
    yield f"seed{suffix}", f'sep={mark}\nStempel waktu{mark}Puas?\n14/5/2026 13:25:52{mark}"Ya, sekali"\n'.encode()
    yield f"seed{suffix}", f"Judul laporan\n\nNo{mark}U1{mark}U2\n1{mark}3,5{mark}4\n2{mark}1.250{mark}2\nJumlah{mark}4{mark}6\n".encode()
    names = f"StartDate{mark}Q1{mark}Q1_2\nStart{mark}Apakah puas?{mark}Pilihan\n"
    identities = mark.join(f'"{{""ImportId"":""{name}""}}"' for name in ("startDate", "QID1", "QID2"))
    yield f"seed{suffix}", f"{names}{identities}\n2026-01-01 10:00:00{mark}1{mark}2\n".encode()


# ---------------------------------------------------------------- workbooks


def _xlsx(write) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        write(book)
    return buffer.getvalue()


def _sheet(frame, book, name=None, first=0):
    sheet = book.add_worksheet(name)
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, title in enumerate(frame.columns):
        sheet.write_string(first, column, title)
        for row, cell in enumerate(frame[title], start=first + 1):
            if isinstance(cell, (dt.date, dt.time)) and not pd.isna(cell):
                sheet.write_datetime(row, column, cell, date) if not isinstance(cell, pd.Timestamp) else sheet.write_datetime(
                    row, column, cell.to_pydatetime(), date
                )
            elif isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif not pd.isna(cell):
                sheet.write_number(row, column, float(cell))
    return sheet


def _xlsx_seeds():
    recent = FULL.assign(day=dt.date(2022, 3, 1), at=dt.datetime(2022, 3, 1, 10, 11, 12))
    for frame in (recent, PLAIN, NUMBERS, WIDE, LONG, TEXTS):
        yield "seed.xlsx", _xlsx(lambda book, frame=frame: _sheet(frame, book))
    yield "seed.xlsx", _xlsx(lambda book: (_sheet(NUMBERS, book, "Satu"), _sheet(TEXTS, book, "Dua").hide()))
    yield "seed.xlsx", _xlsx(_merged)
    yield "seed.xlsx", _xlsx(_errors)
    yield "seed.xlsx", _xlsx(lambda book: book.add_worksheet())


def _merged(book):
    sheet = _sheet(NUMBERS, book, first=3)
    sheet.merge_range(0, 0, 0, 2, "Laporan")
    sheet.merge_range(2, 0, 2, 2, "Unsur Pelayanan")


def _errors(book):
    sheet = _sheet(NUMBERS, book)
    sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(3, 0, "=A2+1", None, 3)
    sheet.write_boolean(4, 1, True)
    sheet.write_string(8, 0, "Jumlah")


def _ods(rows) -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
            if isinstance(cell, (int, float))
            else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Data">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _ods_seeds():
    for count in (1, 2, 10, 100):
        yield "seed.ods", _ods([["U1", "U2", "kota"], *[[1, 4, "Bali"]] * count])
    yield "seed.ods", _ods([["Laporan"], [""], ["U1", "U2"], [1, 2], ["Jumlah", 2]])
    yield "seed.ods", _ods([["a"], ["3,5"], ["1.250"]])
    yield "seed.ods", _ods([[f"q{place}" for place in range(30)], list(range(30))])
    yield "seed.ods", _ods([["a", "b"], [1.5, ""], ["", 2]]).replace(b"Data", b"Daya")
    yield "seed.ods", _ods([])
    repeated = _ods([["a", "b"], [1, 2]])
    yield "seed.ods", _repeated(repeated)


def _repeated(content: bytes) -> bytes:
    """A sheet whose cells and rows are repeated."""
    source, buffer = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            part = source.read(name)
            part = part.replace(
                b'<table:table-cell office:value-type="float"', b'<table:table-cell table:number-columns-repeated="1" office:value-type="float"'
            )
            archive.writestr(name, part.replace(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="3">', 1))
    return buffer.getvalue()


# ---------------------------------------------------------------- columnar files


def _tables():
    for frame in (FULL, PLAIN, NUMBERS, WIDE, LONG, EMPTY, ONE, TEXTS):
        yield pa.Table.from_pandas(frame, preserve_index=False)
    yield pa.table({"a": pa.array(["x", "y", "x"] * 50).dictionary_encode(), "b": pa.array([1, None, 3] * 50)})
    yield pa.table({"a": [[1], [2, 3]], "b": [{"x": 1}, {"x": 2}], "at": pa.array([0, 1], pa.timestamp("us", "Asia/Jakarta"))})


def _parquet_seeds():
    for place, table in enumerate(_tables()):
        buffer = io.BytesIO()
        pq.write_table(table, buffer, compression=("none", "snappy", "gzip", "zstd")[place % 4])
        yield "seed.parquet", buffer.getvalue()


def _arrow_seeds():
    for place, table in enumerate(_tables()):
        buffer = io.BytesIO()
        options = pa.ipc.IpcWriteOptions(compression=(None, "lz4", "zstd")[place % 3])
        make = pa.ipc.new_file if place % 2 else pa.ipc.new_stream
        with make(buffer, table.schema, options=options) as writer:
            writer.write_table(table)
        yield "seed.arrow", buffer.getvalue()


# ---------------------------------------------------------------- codebooks


def _books():
    scale = AnswerScale("puas4", Scale(1, 4), {1: "Tidak puas", 4: {"id": "Sangat puas", "en": "Very satisfied"}}, {4: ("SP", "sgt puas")})
    speed = Item("speed", {"id": "Kecepatan", "en": "Speed"}, scale="puas4", missing={8: "Tidak tahu", 9: "Menolak"}, question="Puas?", recode={5: 4})
    city = Item("city", "Kota", "text", {"BDG": "Bandung", "JKT": "Jakarta"}, missing={"XX": ""}, column="kota", role="personal", guessed=("type",))
    ages = Item("age", "Umur", missing_ranges=((90, 99), (-float("inf"), 0)), reverse=False)
    options = [Item(f"channel/{name}", name, values={0: "Tidak", 1: "Ya"}) for name in ("sms", "web")]
    multiple = Multiple("channel", "Saluran", {"sms": "channel/sms", "web": "channel/web"}, joined="channel")
    days = [Item("day", "Hari", "date"), Item("at", "Waktu", "datetime"), Item("clock", "Jam", "time")]
    for count in range(1, 8):
        items = [speed, city, ages, *days][:count]
        yield Codebook({item.name: item for item in items}, scales={"puas4": scale}, source="survei")
    yield Codebook({item.name: item for item in options}, multiples={"channel": multiple}, mode="telephone")
    yield Codebook({"speed": speed}, scales={"puas4": scale}, design={"weight": "w"})
    yield Codebook({"a": Item("a", "=1+1\n\"'")})


def _toml_seeds():
    for book in _books():
        yield "codebook.toml", _written(".toml", book.write)


def _book_xlsx_seeds():
    for book in _books():
        yield "codebook.xlsx", _written(".xlsx", book.write)


#: by name of the format: what makes its seeds; those that are codebooks begin with "codebook"
FORMATS = {
    "sav": _plain_sav_seeds,
    "zsav": lambda: _sav_seeds(".zsav", compress=True),
    "por": _por_seeds,
    "dta": _dta_seeds,
    "xpt": _xpt_seeds,
    "sas7bdat": _sas_seeds,
    "csv": _csv_seeds,
    "tsv": lambda: _csv_seeds(".tsv", "\t"),
    "xlsx": _xlsx_seeds,
    "ods": _ods_seeds,
    "parquet": _parquet_seeds,
    "arrow": _arrow_seeds,
    "codebook.toml": _toml_seeds,
    "codebook.xlsx": _book_xlsx_seeds,
}
