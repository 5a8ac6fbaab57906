"""Parquet files, by pyarrow or DuckDB, whichever is installed."""

from __future__ import annotations

import glob
import importlib.util
from typing import TYPE_CHECKING

from kepuasan.errors import DataError
from kepuasan.io.drafting import Raw, check_names

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["read_parquet"]

#: the key of a file's metadata under which it says what it is
_DESCRIPTION = b"description"


def read_parquet(path: Path) -> Raw:
    """The columns of a Parquet file.

    Raises
    ------
    DataError
        Neither library is installed, a damaged file, columns of one name.
    """
    try:
        if importlib.util.find_spec("pyarrow") is not None:
            frame, description = _by_pyarrow(path)
        elif importlib.util.find_spec("duckdb") is not None:
            frame, description = _by_duckdb(path)
        else:
            raise DataError(f'{path.name}: reading Parquet needs DuckDB or pyarrow; install them by: pip install "kepuasan[big]"')
    except DataError:
        raise
    except Exception as error:
        raise DataError(f"{path.name} cannot be read as a Parquet file: {str(error).strip()}; the file is damaged or of another format") from error
    taken_for = f"{path.name}, Parquet file"
    return Raw(frame, f"{description} ({taken_for})" if description else taken_for)


def _by_pyarrow(path: Path) -> tuple[pd.DataFrame, str]:
    """The frame, and what the file's metadata say it is."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        table = file.read()
    check_names([str(name) for name in table.column_names], path)
    described = (table.schema.metadata or {}).get(_DESCRIPTION, b"")
    return table.to_pandas(ignore_metadata=True), described.decode("utf-8", "replace")


def _by_duckdb(path: Path) -> tuple[pd.DataFrame, str]:
    """The frame, and what the file's metadata say it is."""
    import duckdb

    name = glob.escape(str(path))
    with duckdb.connect() as connection:
        frame: pd.DataFrame = connection.read_parquet(name).df()
        described = dict(connection.execute("SELECT key, value FROM parquet_kv_metadata(?)", [name]).fetchall()).get(_DESCRIPTION, b"")
    check_names([str(name) for name in frame.columns], path)
    return frame, described.decode("utf-8", "replace")
