"""What pyarrow or DuckDB make of Parquet and Arrow files, run in the second process."""

from __future__ import annotations

import glob
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kepuasan.errors import DataError, some

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Table", "by_duckdb", "by_pyarrow"]

#: the key of a file's metadata under which it says what it is
_DESCRIPTION = b"description"
#: how a stream of Arrow begins
_STREAM = b"\xff\xff\xff\xff"
#: whole numbers up to here are exact as floating point, and the largest of 64 bits
_EXACT, _LARGEST = 2**53, 2**63 - 1


@dataclass(frozen=True)
class Table:
    """The columns of a file.

    Attributes
    ----------
    frame : DataFrame
        Numbers, text, naive dates, datetimes and spans of time.
    description : str
        What the file's metadata say it is; empty where they do not.
    zones : mapping of column to text
        Time zones of columns that had one.
    """

    frame: pd.DataFrame
    description: str
    zones: Mapping[str, str] = field(default_factory=dict)


def by_pyarrow(path: Path, kind: str) -> Table:
    """The columns of a Parquet or Arrow file.

    Raises
    ------
    DataError
        A damaged file; columns that are no single values.
    """
    import pyarrow as pa

    try:
        table = _parquet(path) if path.suffix.lower() == ".parquet" else _arrow(path)
        table.validate(full=True)
        return _plain_table(table, path)
    except (DataError, MemoryError):
        raise
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path.name} cannot be read as {_article(kind)}: {str(error).strip()}; the file is damaged or of another format") from error


def _article(kind: str) -> str:
    return f"{'an' if kind[0] == 'A' else 'a'} {kind}"


def _parquet(path: Path) -> Any:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        return file.read(use_threads=False)


def _arrow(path: Path) -> Any:
    """The table of an Arrow file, a Feather file of either version, or a stream."""
    import pyarrow as pa

    with path.open("rb") as file:
        mark = file.read(6)
        file.seek(0)
        if mark.startswith(b"FEA1"):
            from pyarrow import feather

            return feather.read_table(file, use_threads=False)
        if mark != b"ARROW1" and not mark.startswith(_STREAM):
            raise ValueError("it does not begin as one")
        options = pa.ipc.IpcReadOptions(use_threads=False)
        reader = pa.ipc.open_file(file, options=options) if mark == b"ARROW1" else pa.ipc.open_stream(file, options=options)
        return reader.read_all()


# ---------------------------------------------------------------- types of Arrow


def _plain_table(table: Any, path: Path) -> Table:
    import pyarrow as pa

    names = [str(name) for name in table.column_names]
    columns: list[Any] = []
    refused: list[str] = []
    zones: dict[str, str] = {}
    for name, column in zip(names, table.columns, strict=True):
        zone = getattr(column.type, "tz", None)
        plain = _plain(column)
        if plain is None:
            refused.append(name)
        elif zone:
            zones[name] = zone
        columns.append(plain)
    _refuse(refused, path)
    frame = pa.table(columns, names=names).to_pandas(ignore_metadata=True, use_threads=False)
    described = (table.schema.metadata or {}).get(_DESCRIPTION, b"")
    return Table(frame, described.decode("utf-8", "replace"), zones)


def _refuse(names: list[str], path: Path) -> None:
    if names:
        which = f"column {some(names)} holds" if len(names) == 1 else f"columns {some(names)} hold"
        raise DataError(f"{path.name}: {which} lists, tables or bytes, not single values; leave it out, or give each part a column of its own")


def _plain(column: Any) -> Any:
    """A column in a type that pandas has too; None where it holds no single values."""
    import pyarrow as pa
    from pyarrow import types

    kind = column.type
    if isinstance(kind, pa.BaseExtensionType):
        return _plain(pa.chunked_array([chunk.storage for chunk in column.chunks], type=kind.storage_type))
    if types.is_dictionary(kind):
        return _plain(column.cast(kind.value_type))
    if types.is_run_end_encoded(kind):
        from pyarrow import compute

        return _plain(pa.chunked_array([compute.run_end_decode(chunk) for chunk in column.chunks], type=kind.value_type))
    if types.is_null(kind) or types.is_decimal(kind) or types.is_floating(kind):
        return column.cast(pa.float64())
    if types.is_boolean(kind):
        return column.cast(pa.int8())
    if types.is_integer(kind):
        return column.cast(pa.string()) if _inexact(column) else column
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return column.cast(pa.large_string())
    return _plain_moments(column)


def _inexact(column: Any) -> bool:
    """Whether whole numbers would lose digits: beyond 64 bits, or with empty cells and so as floating point."""
    from pyarrow import compute

    bounds = compute.min_max(column).as_py()
    most = max((abs(bound) for bound in bounds.values() if bound is not None), default=0)
    return bool(most > (_EXACT if column.null_count else _LARGEST))


def _plain_moments(column: Any) -> Any:
    """Dates and times in milliseconds, of the clocks of their zone; None for anything else."""
    import pyarrow as pa
    from pyarrow import compute, types

    kind = column.type
    if types.is_timestamp(kind):
        local = column if kind.tz is None else compute.local_timestamp(column)
        return local.cast(pa.timestamp("ms"), safe=False)
    if types.is_date(kind):
        return column.cast(pa.timestamp("ms"))
    if types.is_duration(kind):
        return column.cast(pa.duration("ms"), safe=False)
    if types.is_time(kind):
        return column.cast(pa.time32("ms"), safe=False).cast(pa.int32()).cast(pa.int64()).cast(pa.duration("ms"))
    return None


# ---------------------------------------------------------------- DuckDB


def by_duckdb(path: Path, kind: str) -> Table:
    """The columns of a Parquet file; times of a zone are in UTC.

    Raises
    ------
    DataError
        A damaged file; columns that are no single values.
    """
    import duckdb

    name = glob.escape(str(path))
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            found = connection.read_parquet(name)
            kinds = {str(column): str(type_) for column, type_ in zip(found.columns, found.types, strict=True)}
            _refuse([column for column, one in kinds.items() if one.endswith("]") or one.startswith(("STRUCT", "MAP", "UNION", "BLOB"))], path)
            zones = {column: "UTC" for column, one in kinds.items() if one == "TIMESTAMP WITH TIME ZONE"}
            connection.execute("SET TimeZone = 'UTC'") if zones else None
            chosen = ", ".join(_quoted(column) + (f"::TIMESTAMP AS {_quoted(column)}" if column in zones else "") for column in kinds)
            frame: pd.DataFrame = found.project(chosen).df()
            described = dict(connection.execute("SELECT key, value FROM parquet_kv_metadata(?)", [name]).fetchall()).get(_DESCRIPTION, b"")
    except duckdb.OutOfMemoryException:
        raise MemoryError from None
    except duckdb.Error as error:
        raise DataError(f"{path.name} cannot be read as {_article(kind)}: {str(error).strip()}; the file is damaged or of another format") from error
    return Table(frame, described.decode("utf-8", "replace"), zones)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
