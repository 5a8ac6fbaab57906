"""The second process: answers requests to read files, one after the other, until nobody asks any more."""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import signal
import struct
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

__all__ = ["BEGUN", "READY", "Answer", "Limits", "Request", "Said", "receive", "send", "serve", "serving"]

#: said when the process is there, after whatever was printed while Python started; and when the reader is loaded
READY, BEGUN = b"\nkepuasan reads now\n", b"B"
#: bytes a process may have held at once before it is replaced: it does not give all of them back
_WORN = 1 << 30
_STATE = {"serving": False}

Buffer: TypeAlias = Any
Kind: TypeAlias = Literal["value", "refused", "failed", "memory", "unloaded"]


class Said(NamedTuple):
    """A warning raised while reading, and where."""

    category: type[Warning]
    text: str
    file: str
    line: int
    module: str


@dataclass(frozen=True)
class Limits:
    """What reading one file may take.

    Attributes
    ----------
    cpu, wall : float
        Seconds of computing, and seconds.
    memory : int
        Bytes of addresses beyond those the process has.
    """

    cpu: float
    wall: float
    memory: int


@dataclass(frozen=True)
class Request:
    """A function ``module:name``, what it is called with, and within what limits."""

    task: str
    path: Path
    options: dict[str, Any]
    limits: Limits


@dataclass(frozen=True)
class Answer:
    """What became of a request.

    Attributes
    ----------
    kind : {"value", "refused", "failed", "memory", "unloaded"}
        `value` is the result; an error of the library; what went wrong, as text; nothing; why there is no reader, as text.
    said : tuple of Said
    last : bool
        Whether the process leaves after this answer.
    """

    kind: Kind
    value: Any = None
    said: tuple[Said, ...] = ()
    last: bool = False


# ---------------------------------------------------------------- messages


def send(stream: io.RawIOBase, message: object) -> None:
    """Write a message: lengths, the pickle, and large buffers after it as they are."""
    buffers: list[memoryview] = []
    body = pickle.dumps(message, protocol=5, buffer_callback=lambda buffer: buffers.append(buffer.raw()))
    parts = [memoryview(body), *buffers]
    _write(stream, struct.pack(f">I{len(parts)}Q", len(parts), *(part.nbytes for part in parts)))
    for part in parts:
        _write(stream, part)


def receive(stream: io.RawIOBase, blank: Callable[[int], Buffer] = bytearray) -> Any:
    """Read a message.

    Parameters
    ----------
    stream : raw stream
    blank : callable
        A number of bytes -> a writable buffer of that size.

    Raises
    ------
    EOFError
        Where the stream ends before the message does.
    """
    count = struct.unpack(">I", read(stream, bytearray(4)))[0]
    sizes = struct.unpack(f">{count}Q", read(stream, bytearray(8 * count)))
    body, *buffers = [read(stream, blank(size)) for size in sizes]
    return pickle.loads(body, buffers=buffers)  # noqa: S301 - our own process wrote it


def read(stream: io.RawIOBase, buffer: Buffer) -> Buffer:
    """Fill a buffer from a stream; EOFError where it ends before."""
    view = memoryview(buffer)
    while view.nbytes:
        count = stream.readinto(view)
        if not count:
            raise EOFError
        view = view[count:]
    return buffer


def _write(stream: io.RawIOBase, data: bytes | memoryview) -> None:
    view = memoryview(data)
    while view.nbytes:
        view = view[stream.write(view) or 0 :]


# ---------------------------------------------------------------- the process


def serving() -> bool:
    """Whether this is the second process."""
    return _STATE["serving"]


def serve() -> None:
    """Answer requests on what were standard input and output, until the input ends."""
    _STATE["serving"] = True
    requests, answers = _private_streams()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _write(answers, READY)
    while True:
        try:
            request: Request = receive(requests)
        except EOFError:
            return
        answer = _answered(request, answers)
        with contextlib.suppress(BrokenPipeError):
            _send_answer(answers, answer)
        if answer.last:
            return
        del request, answer


def _private_streams() -> tuple[io.FileIO, io.FileIO]:
    """Copies of standard input and output; whatever a library reads or prints from now on is nobody's."""
    streams = io.FileIO(os.dup(0), "rb"), io.FileIO(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    return streams


def _send_answer(stream: io.RawIOBase, answer: Answer) -> None:
    """Write an answer; what cannot be pickled, or does not fit into memory, is an answer of its own."""
    try:
        send(stream, answer)
    except MemoryError:
        send(stream, Answer("memory", said=answer.said, last=True))
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        send(stream, Answer("failed", f"{type(error).__name__}: {error}", answer.said, answer.last))


def _answered(request: Request, stream: io.RawIOBase) -> Answer:
    """The answer to a request, with the warnings raised on the way."""
    function, reason = _function(request.task)
    _write(stream, BEGUN)
    if function is None:
        return Answer("unloaded", reason)
    with warnings.catch_warnings(record=True) as recorded:
        warnings.simplefilter("always")
        _limit(request.limits)
        kind, value = _outcome(function, request)
        _limit(None)
    return Answer(kind, value, tuple(_said(warning) for warning in recorded), last=kind == "memory" or _peak() > _WORN)


def _function(task: str) -> tuple[Callable[..., Any] | None, str]:
    """The function of a task, or why there is none."""
    module, _, name = task.partition(":")
    try:
        return getattr(import_module(module), name), ""
    except Exception as error:  # noqa: BLE001 - a module may fail in any way
        return None, _reason(error)


def _outcome(function: Callable[..., Any], request: Request) -> tuple[Kind, Any]:
    from kepuasan.errors import KepuasanError

    try:
        return "value", function(request.path, **request.options)
    except KepuasanError as error:
        return "refused", error.with_traceback(None)
    except MemoryError:
        return "memory", None
    except BaseException as error:  # noqa: BLE001 - panics of Rust are no Exception
        return "failed", _reason(error)


def _reason(error: BaseException) -> str:
    text = str(error).strip()
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _said(warning: warnings.WarningMessage) -> Said:
    module = next((name for name, one in list(sys.modules.items()) if getattr(one, "__file__", None) == warning.filename), "")
    return Said(warning.category, str(warning.message), warning.filename, warning.lineno, module)


# ---------------------------------------------------------------- limits


def _limit(limits: Limits | None) -> None:
    """Set the limits of one file, counted from what the process has used so far; without one, those the process was started with."""
    with contextlib.suppress(ImportError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = used.ru_utime + used.ru_stime
        _soften(resource.RLIMIT_CORE, 0)
        _soften(resource.RLIMIT_CPU, None if limits is None else int(seconds + limits.cpu) + 1)
        with contextlib.suppress(OSError):
            held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
            _soften(resource.RLIMIT_AS, None if limits is None else held + limits.memory)


def _soften(kind: int, value: int | None) -> None:
    """Set a soft limit, never above the one the process was started with."""
    import resource

    soft, hard = resource.getrlimit(kind)
    first = _FIRST.setdefault(kind, soft)
    bounds = [bound for bound in (value, first, hard) if bound not in (None, resource.RLIM_INFINITY)]
    resource.setrlimit(kind, (min(bounds, default=resource.RLIM_INFINITY), hard))


#: soft limits the process was started with
_FIRST: dict[int, int] = {}


def _peak() -> int:
    """The most bytes of memory this process has held at once; 0 where that is not known."""
    # getrusage would count the process that started this one, too
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("VmHWM:")).split()[1])
    return 0
