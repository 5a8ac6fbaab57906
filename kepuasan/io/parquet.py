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


def read_parquet(path: Path) -> Raw:
    """The columns of a Parquet file.

    Raises
    ------
    DataError
        Neither library is installed, a damaged file, columns of one name.
    """
    try:
        if importlib.util.find_spec("pyarrow") is not None:
            frame = _by_pyarrow(path)
        elif importlib.util.find_spec("duckdb") is not None:
            frame = _by_duckdb(path)
        else:
            raise DataError(f'{path.name}: reading Parquet needs DuckDB or pyarrow; install them by: pip install "kepuasan[big]"')
    except DataError:
        raise
    except Exception as error:
        raise DataError(f"{path.name} cannot be read as a Parquet file: {str(error).strip()}; the file is damaged or of another format") from error
    return Raw(frame, f"{path.name}, Parquet file")


def _by_pyarrow(path: Path) -> pd.DataFrame:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        table = file.read()
    check_names([str(name) for name in table.column_names], path)
    frame: pd.DataFrame = table.to_pandas(ignore_metadata=True)
    return frame


def _by_duckdb(path: Path) -> pd.DataFrame:
    import duckdb

    with duckdb.connect() as connection:
        frame: pd.DataFrame = connection.read_parquet(glob.escape(str(path))).df()
    check_names([str(name) for name in frame.columns], path)
    return frame
