"""A folder put in the place of another at one stroke, so that who stops half-way leaves the old one or the new one whole."""

from __future__ import annotations

import ctypes
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["beside", "exclusive", "put_in_place", "recover", "settled"]

#: of a folder beside the results: what it is, the process that made it, and what keeps two of a process apart
_KINDS = ("new", "old")
_AT_FDCWD, _EXCHANGE_LINUX, _EXCHANGE_MAC = -100, 2, 2
#: folders of this process that are in use
_OWN: set[Path] = set()


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A new empty folder beside a folder, taken away at the end; its name tells the process, so that another knows it for a living one's.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with beside(Path(place, "out")) as fresh:
    ...         inside = fresh.is_dir()
    ...     inside, list(Path(place).iterdir())
    (True, [])
    """
    fresh = _named(folder, "new")
    fresh.mkdir()
    _OWN.add(fresh)
    with _held(fresh):
        try:
            yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
            _OWN.discard(fresh)


def put_in_place(folder: Path, fresh: Path) -> None:
    """Let a fresh folder, written to the disk, take the place of a folder at one stroke; what was there is where the fresh one was, or gone.

    Where the system cannot exchange two folders, the old one is moved aside first; `recover` puts it back if nothing follows.

    Raises
    ------
    OSError
        Where the system refuses; the folder is as it was.
    """
    if not folder.exists():
        fresh.rename(folder)
    elif not _exchanged(folder, fresh):
        _moved(folder, fresh)
    _settle_folder(folder.parent)


def recover(folder: Path) -> None:
    """Put back a folder that a process moved aside and did not replace before it ended, and clear away what such processes left.

    Folders of living processes stay.
    """
    places: list[Path] = []
    with suppress(OSError):
        places = sorted(folder.parent.iterdir())
    for place in places:
        kind = _left_behind(place, folder)
        if kind is None:
            continue
        if kind == "old" and not folder.exists():
            with suppress(OSError):
                place.rename(folder)
                continue
        shutil.rmtree(place, ignore_errors=True)


def settled(folder: Path) -> None:
    """Write all files of a folder from the memory of the system to the disk."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            _settle_folder(path)
        else:
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    _settle_folder(folder)


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """While inside, no other process of ours replaces folders beside this one; of no effect where the system knows no such lock."""
    with _held(folder.parent, wait=True):
        yield


# ---------------------------------------------------------------- names and locks


def _named(folder: Path, kind: str) -> Path:
    return folder.with_name(f".{folder.name}-kepuasan-{kind}-{os.getpid()}-{secrets.token_hex(4)}")


def _left_behind(place: Path, folder: Path) -> str | None:
    """What a folder beside the results is, where a process that has ended left it; None of all others."""
    found = re.fullmatch(rf"{re.escape(f'.{folder.name}-kepuasan-')}({'|'.join(_KINDS)})-(\d+)-[0-9a-f]{{8}}", place.name)
    if found is None or place in _OWN or place.is_symlink() or not place.is_dir():
        return None
    if int(found[2]) != os.getpid() and _alive(int(found[2])):
        return None
    return found[1] if _unheld(place) else None


def _alive(process: int) -> bool:
    """Whether a process of that number runs; true where the system does not tell."""
    if os.name != "posix":
        return _alive_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _alive_on_windows(process: int) -> bool:
    """Whether a process can be opened and has no exit code yet."""
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - known to ctypes on Windows only
    handle = kernel.OpenProcess(0x1000, 0, process)
    if not handle:
        return False
    code = ctypes.c_ulong()
    known = kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return not known or code.value == 259


@contextmanager
def _held(folder: Path, *, wait: bool = False) -> Iterator[bool]:
    """A lock on a folder, which ends with the process: whether it was had; true where the system has none."""
    if sys.platform == "win32":
        yield True
        return
    import fcntl

    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            had = True
        except BlockingIOError:
            had = False
        except OSError:
            had = True
        yield had
    finally:
        os.close(handle)


def _unheld(folder: Path) -> bool:
    """Whether no process holds a folder."""
    with _held(folder) as had:
        return had


# ---------------------------------------------------------------- the exchange


def _exchanged(folder: Path, fresh: Path) -> bool:
    """Whether the system exchanged the two at one stroke."""
    first, second = os.fsencode(folder), os.fsencode(fresh)
    try:
        if sys.platform.startswith("linux"):
            return bool(ctypes.CDLL(None).renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _EXCHANGE_LINUX) == 0)
        if sys.platform == "darwin":
            return bool(ctypes.CDLL(None).renamex_np(first, second, _EXCHANGE_MAC) == 0)
    except (AttributeError, OSError):
        return False
    return False


def _moved(folder: Path, fresh: Path) -> None:
    """Two renames, the old folder being moved back if the second fails; it is no longer called old while it is taken apart."""
    old = _named(folder, "old")
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    done = _named(folder, "new")
    old.rename(done)
    shutil.rmtree(done, ignore_errors=True)


def _settle_folder(folder: Path) -> None:
    """The names in a folder to the disk, where the system can do it."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
