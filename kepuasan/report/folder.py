"""Results that are written whole or not at all: a file, or a folder that replaces only what an earlier run wrote."""

from __future__ import annotations

import hashlib
import json
import platform
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import metadata
from pathlib import Path
from typing import Any

from kepuasan.errors import DataError, some
from kepuasan.report.replacing import beside, exclusive, put_in_place, recover, settled

__all__ = ["RECORD", "read_record", "require_free", "whole_file", "whole_folder", "write_record"]

#: the record of a run, by which its folder is known
RECORD = "run.json"
_MAKER = "kepuasan"
_PACKAGES = ("numpy", "scipy", "pandas", "matplotlib")


def read_record(folder: Path) -> dict[str, Any] | None:
    """The record of the run that wrote a folder; None where no run did."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) and record.get("made_by") == _MAKER and isinstance(record.get("outputs"), dict) else None


def write_record(folder: Path, *, inputs: Mapping[str, str], headline: Mapping[str, Any], packages: Iterable[str] = (), **more: Any) -> list[str]:
    """Write the record of a run into its folder: versions, SHA-256 of what went in and came out, the numbers that matter; no times.

    Parameters
    ----------
    folder : Path
    inputs : {file: SHA-256}
    headline : mapping
        The numbers that matter, by what they are.
    packages : names of packages
        That were used beside those that every run uses.
    **more
        Further sections: ``settings``, the recipe as it was understood; ``steps``, rows at each step; ``seed``; ``rows``.

    Returns
    -------
    list of str
        Every file of the folder, relative to it, the record last.
    """
    from kepuasan import __version__

    versions = {name: metadata.version(name) for name in (*_PACKAGES, *packages)}
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    record = {
        "made_by": _MAKER,
        "versions": {"kepuasan": __version__, "python": platform.python_version(), **versions},
        "inputs": dict(inputs),
        "outputs": {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
        "headline": dict(headline),
        **more,
    }
    with (folder / RECORD).open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(record, indent=2, ensure_ascii=False, sort_keys=True) + "\n")
    return [*record["outputs"], RECORD]


def require_free(folder: Path) -> None:
    """Refuse a place for results that holds anything but the results of an earlier run.

    What a run that was stopped left behind is cleared away first, and results that it had moved aside are put back.

    Raises
    ------
    DataError
        A file of that name; a folder with files that no run wrote, or that were changed since, which are named.
    """
    place = folder.resolve()
    with exclusive(place):
        recover(place)
        _check(place, str(folder))


def _check(folder: Path, called: str) -> None:
    """Refuse a folder that holds what no run wrote; messages call it as the caller does."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise DataError(f"the output {folder.name!r} is a file; name a folder")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    record = read_record(folder)
    foreign = sorted(there - {RECORD, *(record["outputs"] if record else ())} if record else there)
    if foreign:
        raise DataError(f"the output folder {called!r} holds files that no run of kepuasan wrote: {some(foreign)}; move them, or name another folder")
    written = record["outputs"] if record else {}
    changed = sorted(name for name in there & written.keys() if hashlib.sha256((folder / name).read_bytes()).hexdigest() != written[name])
    if changed:
        raise DataError(
            f"the output folder {called!r} holds files that were changed since kepuasan wrote them: {some(changed)}; "
            "move them, or name another folder"
        )


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """An empty folder to write into, which takes the place of `folder` when all is written, and leaves it as it was otherwise.

    Raises
    ------
    DataError
        A place that `require_free` refuses; where the system refuses to write.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with whole_folder(Path(place, "out")) as fresh:
    ...         _ = (fresh / "note.txt").write_text("done")
    ...     sorted(path.name for path in Path(place).rglob("*"))
    ['note.txt', 'out']
    """
    place = folder.resolve()
    require_free(folder)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with beside(place) as fresh:
            yield fresh
            settled(fresh)
            with exclusive(place):
                _check(place, str(folder))
                put_in_place(place, fresh)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(f"the output folder {str(folder)!r} cannot be written: {reason}; what was there is as it was") from error


def whole_file(file: Path, content: bytes) -> None:
    """Put the content in place of a file at once, with the rights that new files have; another file of that name is replaced.

    Raises
    ------
    DataError
        Where the system refuses; the file is left as it was.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     whole_file(Path(place, "note.txt"), b"done")
    ...     [path.name for path in Path(place).iterdir()]
    ['note.txt']
    """
    place = file.resolve()
    fresh = place.with_name(f".kepuasan-{secrets.token_hex(8)}")
    try:
        with fresh.open("xb") as target:
            target.write(content)
        fresh.replace(place)
    except OSError as error:
        raise DataError(f"the file {str(file)!r} cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
