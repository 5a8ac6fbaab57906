# ruff: noqa: T201 - a script that prints what it found
"""Read inputs bred from seeds and fail on anything but a survey or an error of the library.

python tests/fuzz/run.py --inputs 200000 --processes 2
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from fuzz.running import fuzzed, peak
from fuzz.seeds import FORMATS

#: bytes of memory that reading any of these small files may take, in this process or in the second
MOST = 10**9


def main() -> int:
    """Run the formats asked for, in several processes; 1 where an input failed or memory was too much."""
    asked = _arguments()
    folder = Path(asked.save or tempfile.mkdtemp(prefix="fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    if asked.worker is not None:
        return _worker(asked, folder)
    workers = [
        subprocess.Popen([sys.executable, __file__, *sys.argv[1:], "--save", str(folder), "--worker", str(number)], stdout=subprocess.PIPE, text=True)
        for number in range(asked.processes)
    ]
    rows: dict[str, list[float]] = {}
    failures: list[str] = []
    memory = 0
    for worker in workers:
        for line in worker.stdout or ():
            told = json.loads(line)
            row = rows.setdefault(told["form"], [0, 0, 0, 0.0])
            row[:] = [row[0] + told["read"], row[1] + told["refused"], row[2] + told["failed"], max(row[3], told["slowest"])]
            memory = max(memory, told["memory"])
            failures += told["saved"]
            print(
                f"{told['form']:14} {told['inputs']:7} inputs in {told['seconds']:.0f} s, {told['memory'] / 1e6:.0f} MB", file=sys.stderr, flush=True
            )
    ended = [worker.wait() for worker in workers]
    return _said(rows, failures, memory) or int(any(ended))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--formats", nargs="*", default=list(FORMATS), choices=list(FORMATS))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--start", type=int, default=1, help="another number draws other inputs")
    parser.add_argument("--seeds", type=Path, help="a folder with more seeds")
    parser.add_argument("--save", help="a folder for inputs that fail")
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def _worker(asked: argparse.Namespace, folder: Path) -> int:
    """The share of one process, each format told in a line of JSON."""
    each = -(-asked.inputs // len(asked.formats) // asked.processes)
    for form in asked.formats:
        began, most, held = time.monotonic(), 0, None
        for first in range(0, each, 2000):
            count = min(2000, each - first)
            found = fuzzed(form, count, asked.start * 10_000_000 + asked.worker * 1_000_000 + first, folder, asked.seeds)
            most = max(most, peak())
            held = found if held is None else _added(held, found)
        if held is not None:
            told = {name: getattr(held, name) for name in ("read", "refused", "failed", "slowest", "saved")}
            seconds = time.monotonic() - began
            print(json.dumps({"form": form, "inputs": each, "seconds": seconds, "memory": most, **told}), flush=True)
    return 0


def _added(held, found):
    """Two outcomes as one."""
    for name in ("read", "refused", "failed", "kinds", "saved"):
        setattr(held, name, getattr(held, name) + getattr(found, name))
    held.slowest = max(held.slowest, found.slowest)
    return held


def _said(rows: dict[str, list[float]], failures: list[str], memory: int) -> int:
    """Print what became of the inputs; 1 where one failed."""
    print(f"{'format':14} {'read':>8} {'refused':>8} {'failed':>8} {'slowest':>8}")
    for form, (read, refused, failed, slowest) in rows.items():
        print(f"{form:14} {read:8.0f} {refused:8.0f} {failed:8.0f} {slowest:7.1f}s")
    total = sum(sum(row[:3]) for row in rows.values())
    print(f"{total:.0f} inputs, {len(failures)} failures kept, {memory / 1e6:.0f} MB of memory at most")
    for failure in failures:
        print(failure)
    return int(bool(failures) or memory > MOST)


if __name__ == "__main__":
    sys.exit(main())
