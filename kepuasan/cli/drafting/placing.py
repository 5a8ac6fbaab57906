"""Files put into a folder, all of them or none, and none in the place of another."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from kepuasan.cli.recipe.validation import SpokenError
from kepuasan.quality.findings import listed
from kepuasan.refusals.system import reason_of
from kepuasan.wording import say

__all__ = ["placed"]


def placed(folder: Path, files: Mapping[str, Callable[[Path], None]], language: str) -> list[Path]:
    """Write files into a folder, which is made where it is not there.

    Parameters
    ----------
    folder : Path
    files : mapping of name to callable
        What writes each file to the path that it is given.
    language : {"id", "en"}
        Of refusals.

    Returns
    -------
    list of Path
        The files, in order.

    Raises
    ------
    SpokenError
        Where one of them is there already, all of these named, or where the system refuses; the folder is left as it was.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as place:
    ...     [path.name for path in placed(Path(place, "new"), {"a.txt": lambda path: path.write_text("a") and None}, "en")]
    ['a.txt']
    """
    there = [name for name in files if (folder / name).exists()]
    if there:
        raise SpokenError(say("init.there", language, count=len(there), folder=folder.as_posix(), names=listed(there, 12)))
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    done: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=".kepuasan-", dir=folder))
        try:
            for name, write in files.items():
                write(fresh / name)
            for name in files:
                _put(fresh / name, folder / name)
                done.append(folder / name)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except BaseException as error:
        for path in done:
            path.unlink(missing_ok=True)
        for one in made:
            with suppress(OSError):
                one.rmdir()
        if isinstance(error, OSError):
            raise SpokenError(say("init.unwritable", language, folder=folder.as_posix(), error=reason_of(error, language))) from error
        raise
    return done


def _put(file: Path, place: Path) -> None:
    """Give a file its place, which must be free."""
    file.chmod(0o644)
    try:
        os.link(file, place)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if place.exists():
            raise FileExistsError(place.name) from None
        file.rename(place)
