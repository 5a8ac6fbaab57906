"""How long `import kepuasan` and `kepuasan --help` take, the best of a few fresh processes, beside an empty interpreter.

python benchmarks/imports.py
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path


def seconds(*command: str, repeats: int = 7) -> float:
    """Wall time of a fresh process, the best of a few."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    empty = seconds(sys.executable, "-c", "pass")
    imported = seconds(sys.executable, "-c", "import kepuasan")
    helped = seconds(str(Path(sys.executable).with_name("kepuasan")), "--help")
    print(f"an empty interpreter {empty:.3f} s; import kepuasan {imported - empty:.3f} s on top; kepuasan --help {helped:.3f} s in all")


if __name__ == "__main__":
    main()
