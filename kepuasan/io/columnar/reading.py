"""What is made of a Parquet or Arrow file."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from kepuasan.errors import DataError
from kepuasan.files.confinement import confined
from kepuasan.io.raw import Raw, check_names
from kepuasan.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from kepuasan.io.columnar.parsing import Table

__all__ = ["COLUMNAR", "read_columnar"]

COLUMNAR = (".parquet", ".arrow", ".feather")


def read_columnar(path: Path) -> Raw:
    """The columns of a Parquet or Arrow file: Parquet by pyarrow or DuckDB, whichever is installed, Arrow by pyarrow.

    Times of a zone are those its clocks show.

    Raises
    ------
    DataError
        No library is installed, a damaged file, columns of one name, columns of lists, tables or bytes.
    """
    parquet = path.suffix.lower() == ".parquet"
    kind = "Parquet file" if parquet else "Arrow file"
    if importlib.util.find_spec("pyarrow") is not None:
        reader = "by_pyarrow"
    elif parquet and importlib.util.find_spec("duckdb") is not None:
        reader = "by_duckdb"
    else:
        library, extra = ("DuckDB or pyarrow", '"kepuasan[big]"') if parquet else ("pyarrow", "pyarrow")
        raise DataError(f"{path.name}: reading {kind.removesuffix(' file')} needs {library}; install it by: pip install {extra}")
    table: Table = confined(f"kepuasan.io.columnar.parsing:{reader}", path, kind=kind)
    check_names([str(name) for name in table.frame.columns], path)
    taken_for = f"{path.name}, {kind}"
    return Raw(
        table.frame,
        f"{table.description} ({taken_for})" if table.description else taken_for,
        file=path.name,
        problems=tuple(Problem("KP107", {"zone": zone}, path.name, column=column) for column, zone in table.zones.items()),
    )
