"""What the second process is asked to do in tests."""

import os
import sys
import time
import warnings

import numpy as np

from kepuasan.errors import DataWarning, ScaleError


class PanicException(BaseException):
    """Like the panics of extensions written in Rust, which are no Exception."""


def name_and_process(path):
    return path.name, os.getpid()


def echo(_path, value):
    return value


def exit_at_once(_path):
    os._exit(3)


def abort(_path):
    os.abort()


def sleep(_path):
    time.sleep(60)


def compute(_path):
    while True:
        pass


def fill_memory(_path):
    return bytearray(1 << 36)


def fill_memory_slowly(_path):
    return [bytearray(1 << 20) for _ in range(1 << 16)]


def chatter(_path):
    for stream in (sys.stdout, sys.stderr):
        stream.write("printed by Python\n" * 10_000)
        stream.flush()
    os.write(1, b"printed by C\n" * 10_000)
    os.write(2, b"printed by C\n" * 10_000)
    return sys.stdin.read()


def panic(_path):
    raise PanicException("called `Option::unwrap()` on a `None` value")


def leave(_path):
    raise SystemExit(1)


def refuse(_path):
    raise ScaleError("a.sav: 7 lies off the scale")


def fail(_path):
    raise KeyError("speed")


def many_numbers(_path, rows, columns):
    return [np.full(rows, column, dtype=np.float64) for column in range(columns)]


def no_pickle(_path):
    return lambda: None


def warn(_path):
    warnings.warn("seven cells", DataWarning, stacklevel=1)
    warnings.warn("old", FutureWarning, stacklevel=1)
    return 1


def nested(path):
    from kepuasan.files.confinement import confined

    return confined("files.tasks:name_and_process", path)[1], os.getpid()


def compute_for(_path, seconds):
    start = time.process_time()
    while time.process_time() - start < seconds:
        pass
    return time.process_time() - start


def size(path):
    return path.stat().st_size
