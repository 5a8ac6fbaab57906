"""Run every notebook of this folder in a fresh kernel, and refuse those stored with outputs, or that warn.

    python notebooks/execute.py [NAME ...]

Prints one line a notebook; the exit status is 1 where a cell failed or warned, or an output was stored.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HERE = Path(__file__).resolve().parent


def problem(path: Path) -> str:
    """What is wrong with a notebook; nothing where all is right."""
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    if any(cell.get("outputs") or cell.get("execution_count") for cell in book.cells):
        return "is stored with outputs; clear them before committing"
    try:
        NotebookClient(book, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(HERE)}}).execute()
    except CellExecutionError as error:
        return f"failed:\n{error}"
    said = [output["text"] for cell in book.cells for output in cell.get("outputs", []) if output.get("name") == "stderr"]
    return f"warned:\n{''.join(said)}" if said else ""


def main() -> int:
    """Run the notebooks named, or all."""
    wanted = [HERE / name for name in sys.argv[1:]] or sorted(HERE.glob("*.ipynb"))
    failed = 0
    for path in wanted:
        start = time.monotonic()
        found = problem(path)
        failed += bool(found)
        print(f"{path.name}: {found or f'ran in {time.monotonic() - start:.1f} s'}")
    return 1 if failed or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
