"""Reading in a second process, so that a damaged file can end, hang or fill that process only."""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from kepuasan.errors import DataError, KepuasanError, KepuasanWarning
from kepuasan.files.child import BEGUN, READY, Answer, Limits, Request, Said, read, receive, send, serving

__all__ = ["confined", "limits_of"]

_GIGABYTE = 1 << 30
#: what the child runs; the places of modules are those of this process
_START = "import os, sys; sys.path[:] = os.environ.pop('KEPUASAN_SYS_PATH').split(os.pathsep); from kepuasan.files.child import serve; serve()"
#: one thread is enough, and each would reserve addresses that count against the limit
_ENVIRONMENT = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "MALLOC_ARENA_MAX"), "1"),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
#: seconds within which a new process must be there and have loaded its reader
_PATIENCE = 60.0
#: bytes of a pipe, where it can be chosen
_PIPE = 1 << 20


def confined(task: str, path: Path, **options: Any) -> Any:
    """What a reader makes of a file, in a second process with limits of time and memory.

    The process is started at the first call and kept for later ones. Where none can be started the file is read in this one.

    Parameters
    ----------
    task : str
        ``"module:function"`` of this package; called as ``function(path, **options)``. What it takes and gives is pickled.
    path : Path
    **options
        Passed on.

    Raises
    ------
    KepuasanError
        What the function raises; DataError where it raises anything else, the process died, or it ran out of time or memory, with the
        file's name.
    """
    if serving() or not _SECOND.possible:
        return _here(task, path, options)
    files = [path, *(value for value in options.values() if isinstance(value, Path))]
    limits = limits_of(sum(_size(file) for file in files))
    options = {name: value.absolute() if isinstance(value, Path) else value for name, value in options.items()}
    try:
        answer = _SECOND.ask(Request(task, path.absolute(), options, limits))
    except _NotStartedError:
        return _here(task, path, options)
    except _EndedError as ended:
        raise DataError(_end(path, ended, limits)) from None
    except MemoryError:
        raise DataError(_too_large(path, limits)) from None
    for said in answer.said:
        _say(said)
    if answer.kind == "value":
        return answer.value
    if answer.kind == "refused":
        raise answer.value
    if answer.kind == "unloaded":
        raise DataError(f"{path.name} cannot be read: {answer.value}; a library that is needed cannot be loaded; install kepuasan anew")
    raise DataError(_too_large(path, limits) if answer.kind == "memory" else _failed(path, answer.value))


def limits_of(size: int) -> Limits:
    """What reading a file of so many bytes may take.

    Examples
    --------
    >>> limits_of(3_000_000).cpu
    15.0
    """
    cpu = 5.0 + size / 300_000
    return Limits(cpu, 8.0 + 3.0 * size / 300_000, 3 * _GIGABYTE // 4 + 60 * size)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _here(task: str, path: Path, options: dict[str, Any]) -> Any:
    """Read in this process."""
    module, _, name = task.partition(":")
    try:
        return getattr(import_module(module), name)(path, **options)
    except (KepuasanError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise DataError(_failed(path, f"{type(error).__name__}: {error}")) from error


# ---------------------------------------------------------------- what is said


def _failed(path: Path, reason: str) -> str:
    return f"{path.name} cannot be read: {reason}; the file is damaged or of another format"


def _too_large(path: Path, limits: Limits) -> str:
    return (
        f"{path.name} needs more than {limits.memory / _GIGABYTE:.1f} GB of memory to read; "
        "it is damaged or compressed beyond reason; save it in another format, such as .csv"
    )


def _end(path: Path, ended: _EndedError, limits: Limits) -> str:
    """Why a process ended, by its exit code: signals are negative there."""
    if ended.overdue or ended.code == -24:
        seconds = limits.wall if ended.overdue else limits.cpu
        return f"{path.name} takes more than {seconds:.0f} seconds to read; it is damaged; save it anew from the program it comes from, or as .csv"
    if ended.code in (-6, -9):
        return _too_large(path, limits)
    return f"{path.name} ends the process that reads it (exit code {ended.code}); it is damaged; save it anew from the program it comes from"


def _say(said: Said) -> None:
    """Raise a warning of the second process again: ours where the caller is, others where they arose."""
    if issubclass(said.category, KepuasanWarning):
        warnings.warn(said.text, said.category, stacklevel=3)
    else:
        warnings.warn_explicit(said.text, said.category, said.file, said.line, module=said.module or None)


# ---------------------------------------------------------------- the process


class _EndedError(Exception):
    """The process ended while it read a file."""

    def __init__(self, code: int, *, overdue: bool) -> None:
        super().__init__(code)
        self.code, self.overdue = code, overdue


class _NotStartedError(Exception):
    """No process could be started."""


class _Second:
    """The second process: started when it is first needed, and again after it ended."""

    def __init__(self) -> None:
        self.possible = bool(sys.executable) and not getattr(sys, "frozen", False)
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False

    def ask(self, request: Request) -> Answer:
        """The answer to a request; only one is under way at a time."""
        with self._lock:
            for _ in range(2):  # a process that went away since its last answer is replaced
                process = self._running()
                with contextlib.suppress(EOFError, OSError):
                    self._hand_over(process, request)
                    return self._answer(process, request.limits)
                self.end()
                if not self._ready:
                    break
            self.possible = False
            raise _NotStartedError

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, which need not have said yet that it is there."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.end()
        try:
            self._process = _started()
        except OSError:
            self.possible = False
            raise _NotStartedError from None
        self._ready = False
        return self._process

    def _hand_over(self, process: subprocess.Popen[bytes], request: Request) -> None:
        """Send a request and wait until the reading begins."""
        with _killed_after(process, _PATIENCE), self._ended_if_interrupted():
            source, sink = _streams(process)
            send(sink, request)
            if not self._ready:
                _wait_for(source, READY)
                self._ready = True
            _wait_for(source, BEGUN)

    def _answer(self, process: subprocess.Popen[bytes], limits: Limits) -> Answer:
        with _killed_after(process, limits.wall) as overdue, self._ended_if_interrupted():
            try:
                answer: Answer = receive(_streams(process)[0], lambda size: np.empty(size, dtype=np.uint8))
            except EOFError:
                code = process.wait()
                self.end()
                raise _EndedError(code, overdue=overdue.is_set()) from None
        if answer.last or overdue.is_set():
            self.end()
        return answer

    @contextlib.contextmanager
    def _ended_if_interrupted(self) -> Iterator[None]:
        """End the process where this one is interrupted: what it has left to say would be taken for the next answer."""
        try:
            yield
        except (EOFError, OSError, _EndedError):
            raise
        except BaseException:
            self.end()
            raise

    def end(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in _streams(process):
            stream.close()
        process.wait()

    def forget(self) -> None:
        """In a forked process: leave the process to the one that started it."""
        process, self._process = self._process, None
        self._lock = threading.RLock()
        if process is not None:
            for stream in _streams(process):
                stream.close()
            process.returncode = 0


def _started() -> subprocess.Popen[bytes]:
    places = [os.path.abspath(place) for place in sys.path if isinstance(place, str)]  # noqa: PTH100 - zip files are places too
    process = subprocess.Popen(  # noqa: S603 - this interpreter, with a text of our own
        [sys.executable, "-P", "-W", "ignore", "-c", _START],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **_ENVIRONMENT, "KEPUASAN_SYS_PATH": os.pathsep.join(places)},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(_streams(process)[0].fileno(), fcntl.F_SETPIPE_SZ, _PIPE)
    return process


def _wait_for(stream: io.RawIOBase, mark: bytes) -> None:
    """Pass over what a stream says until a mark; EOFError where it ends before."""
    said = b""
    while not said.endswith(mark):
        said += read(stream, bytearray(1))


def _streams(process: subprocess.Popen[bytes]) -> tuple[io.RawIOBase, io.RawIOBase]:
    """What the process writes, and what it reads; unbuffered."""
    return process.stdout, process.stdin  # type: ignore[return-value]


@contextlib.contextmanager
def _killed_after(process: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
    """Kill a process that is still at it after so many seconds; yields an event that says whether it was."""
    overdue = threading.Event()

    def kill() -> None:
        overdue.set()
        process.kill()

    timer = threading.Timer(seconds, kill)
    timer.daemon = True
    timer.start()
    try:
        yield overdue
    finally:
        timer.cancel()


_SECOND = _Second()
atexit.register(_SECOND.end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_SECOND.forget)
