"""Survey files of a million rows and sixty columns read beside pandas, polars and pyreadstat, and a workbook beside pandas.

    python benchmarks/reading.py [--rows 1000000] [--sheet-rows 30000] [--alone]

Prints how long each peer takes as a multiple of our time, and the peak of memory as a multiple of the frame that comes out. Every reading
has a process of its own (two for formats that we read in a second one; both are counted), and what its imports hold is left out, as are
peers that are not installed. Publish the ratios, never a bare time.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import multiprocessing
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

PANDAS = "memory_usage(deep=True).sum()"
#: what a process imports first, then reads, and how many bytes its frame has
READERS = {
    "kepuasan": ("import kepuasan as kp; import kepuasan.survey, kepuasan.io.drafting", "kp.read_survey({path!r}).frame", PANDAS),
    "pandas csv": ("import pandas as pd", "pd.read_csv({path!r})", PANDAS),
    "pandas chunks": ("import pandas as pd", "pd.concat(pd.read_csv({path!r}, chunksize=50_000))", PANDAS),
    "polars": ("import polars as pl", "pl.read_csv({path!r}, infer_schema_length=None)", "estimated_size()"),
    "pyreadstat": ("import pyreadstat", "pyreadstat.read_sav({path!r}, user_missing=True)[0]", PANDAS),
    "pandas calamine": ("import pandas as pd, python_calamine", "pd.read_excel({path!r}, engine='calamine')", PANDAS),
}
PEERS = {"csv": ("pandas csv", "pandas chunks", "polars"), "sav": ("pyreadstat",), "xlsx": ("pandas calamine",)}
PROGRAM = """
import json, pathlib, resource, time
{imports}
def peak():
    children = pathlib.Path("/proc/self/task").glob("*/children")
    second = [pathlib.Path("/proc", one, "status").read_text() for found in children for one in found.read_text().split()]
    more = sum(int(line.split()[1]) for status in second for line in status.splitlines() if line.startswith("VmHWM"))
    return 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + more)
before, start = peak(), time.perf_counter()
frame = {reading}
wall = time.perf_counter() - start
print(json.dumps({{"wall": wall, "own": peak() - before, "frame": int(frame.{size}), "shape": list(frame.shape)}}))
"""


def made(rows: int) -> pd.DataFrame:
    """Answers on 1 to 5, some of them empty, weights, places, identifiers and dates."""
    stream = np.random.default_rng(20221231)
    columns: dict[str, object] = {f"q{number}": stream.integers(1, 6, rows) for number in range(45)}
    columns |= {f"w{number}": np.round(stream.random(rows) * 3, 4) for number in range(5)}
    columns |= {f"m{number}": np.where(stream.random(rows) < 0.1, np.nan, stream.integers(1, 6, rows)) for number in range(3)}
    places = np.array(["Jawa Barat", "Bali", "DKI Jakarta", "Sulawesi Selatan"])
    columns |= {f"t{number}": places[stream.integers(0, 4, rows)] for number in range(5)}
    return pd.DataFrame(columns | {"id": np.arange(rows), "date": np.array(["2022-03-01", "2022-04-02"])[stream.integers(0, 2, rows)]})


def write(files: dict[str, Path], rows: int, sheet_rows: int) -> None:
    """The files to be read."""
    import pyreadstat

    frame = made(rows)
    frame.to_csv(files["csv"], index=False)
    pyreadstat.write_sav(frame, files["sav"])
    sheet = made(sheet_rows)
    sheet[[*sheet.columns[:28], *sheet.columns[-12:]]].to_excel(files["xlsx"], index=False, engine="xlsxwriter")


def written(folder: Path, rows: int, sheet_rows: int) -> dict[str, Path]:
    """The files, written in another process: the peak of this one would count as that of the processes it starts."""
    files = {suffix: folder / f"survey.{suffix}" for suffix in PEERS}
    process = multiprocessing.get_context("spawn").Process(target=write, args=(files, rows, sheet_rows))
    process.start()
    process.join()
    return files


def measured(reader: str, path: Path) -> dict[str, float]:
    """Time and memory of one reading in a process of its own; nothing where it fails."""
    imports, reading, size = READERS[reader]
    program = PROGRAM.format(imports=imports, reading=reading.format(path=str(path)), size=size)
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else {}


def best(reader: str, path: Path, repeats: int) -> dict[str, float]:
    """The quickest of a few readings."""
    runs = [run for run in (measured(reader, path) for _ in range(repeats)) if run]
    return min(runs, key=lambda run: run["wall"]) if runs else {}


def installed(reader: str) -> bool:
    return importlib.util.find_spec({"polars": "polars"}.get(reader, "pandas")) is not None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--sheet-rows", type=int, default=30_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="leave the peers out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for suffix, path in written(Path(folder), options.rows, options.sheet_rows).items():
            mine = best("kepuasan", path, options.repeats)
            if not mine:
                print(f".{suffix}: our own reading failed")
                continue
            rows, columns = mine["shape"]
            print(
                f".{suffix}, {rows:,} rows x {columns} columns, {path.stat().st_size / 1e6:.0f} MB: a survey in {mine['wall']:.2f} s; "
                f"memory {mine['own'] / mine['frame']:.1f} times the frame of {mine['frame'] / 1e9:.2f} GB"
            )
            for peer in () if options.alone else filter(installed, PEERS[suffix]):
                theirs = best(peer, path, options.repeats)
                if not theirs:
                    print(f"  {peer}: not installed, or it failed")
                    continue
                print(
                    f"  {peer}: {theirs['wall'] / mine['wall']:.2f} times as long ({theirs['wall']:.2f} s); "
                    f"memory {theirs['own'] / theirs['frame']:.1f} times its frame of {theirs['frame'] / 1e9:.2f} GB"
                )


if __name__ == "__main__":
    main()
