"""The door for codebooks in files: TOML or a workbook, by suffix."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kepuasan.errors import CodebookError, nearest

if TYPE_CHECKING:
    from pathlib import Path

    from kepuasan.codebook.book import Codebook

__all__ = ["read_codebook", "write_codebook"]

_READERS = {".toml": "toml.reading:read_toml", ".xlsx": "xlsform.reading:read_workbook", ".ods": "xlsform.reading:read_workbook"}
_WRITERS = {".toml": "toml.writing:write_toml", ".xlsx": "xlsform.writing:write_workbook"}


def read_codebook(path: Path) -> Codebook:
    """The codebook in a file; one CodebookError with all that is wrong in it."""
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        remedy = f"{nearest(suffix, _READERS)}; give a file that ends with {', '.join(_READERS)}"
        raise CodebookError(f"the codebook {path.name!r} has the suffix {path.suffix!r}{remedy}")
    if not path.exists():
        raise CodebookError(f"there is no codebook {path.name!r} in {str(path.parent)!r}; correct the path")
    book: Codebook = _named(_READERS[suffix])(path)
    return book


def write_codebook(book: Codebook, path: Path) -> None:
    """Write a codebook such that reading the file gives the same codebook."""
    suffix = path.suffix.lower()
    if suffix not in _WRITERS:
        raise CodebookError(f"a codebook is written as .toml or .xlsx, not as {path.suffix!r}; give a path such as {path.stem + '.toml'!r}")
    _named(_WRITERS[suffix])(book, path)


def _named(task: str) -> Callable[..., Any]:
    module, _, function = task.partition(":")
    named: Callable[..., Any] = getattr(import_module(f"kepuasan.codebook.{module}"), function)
    return named
