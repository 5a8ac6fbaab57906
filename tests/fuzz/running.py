"""Reading inputs, and what a reader may do with them: a survey, or an error of the library that names the file. Nothing else."""

from __future__ import annotations

import tempfile
import time
import traceback
import warnings
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from fuzz.mutation import Plan, bred, plans
from fuzz.seeds import seeds
from hypothesis import HealthCheck, Phase, given, seed, settings

from kepuasan import Codebook, KepuasanError, read_survey
from kepuasan.files import confinement

__all__ = ["LIMIT", "Outcome", "fuzzed", "outcome", "peak"]

#: seconds a file may take
LIMIT = 10.0
#: inputs drawn by one run of Hypothesis, which slows down with every input it remembers
BATCH = 500
#: failures of one kind that are kept
KEPT = 3


@dataclass
class Outcome:
    """What became of the inputs of a format.

    Attributes
    ----------
    read, refused, failed : int
    kinds : counter of text
        Failures by where they arose.
    saved : list of text
        Inputs that failed.
    slowest : float
        Seconds.
    """

    read: int = 0
    refused: int = 0
    failed: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    saved: list[str] = field(default_factory=list)
    slowest: float = 0.0


def outcome(path: Path, form: str) -> tuple[str, str]:
    """`read`, `refused` or `failed`, and for the last where and why."""
    began = time.monotonic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if form.startswith("codebook"):
                Codebook.read(path).to_frame()
            else:
                survey = read_survey(path)
                survey.codebook.to_frame()
                len(survey)
    except KepuasanError as error:
        if path.name not in str(error):
            return "failed", f"no name of the file: {str(error)[:200]}"
        kind = "refused"
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "kepuasan" in frame.filename]
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
        return "failed", f"{type(error).__name__} at {where}: {str(error)[:200]}"
    else:
        kind = "read"
    taken = time.monotonic() - began
    return ("failed", f"{taken:.1f} s") if taken > LIMIT else (kind, "")


def fuzzed(form: str, inputs: int, start: int, folder: Path, given_seeds: Path | None = None) -> Outcome:
    """Read so many inputs of a format; those that fail are kept in a folder."""
    contents = seeds(form)
    if given_seeds is not None:
        contents += [(path.name, path.read_bytes()) for path in sorted(given_seeds.glob(f"*.{form}"))]
    name, result = contents[0][0], Outcome()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, name)

        def look(plan: Plan) -> None:
            path.write_bytes(bred(plan, [content for _, content in contents]))
            began = time.monotonic()
            _count(result, *outcome(path, form), path, form, folder)
            result.slowest = max(result.slowest, time.monotonic() - began)

        archive = form.endswith(("xlsx", "ods"))
        for batch in range(0, inputs, BATCH):
            _drawn(look, archive, min(BATCH, inputs - batch), start + batch)
    return result


def _drawn(look, archive: bool, count: int, start: int) -> None:
    """Have Hypothesis draw so many plans."""
    test = given(plans(archive))(look)
    rules = settings(max_examples=count, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    seed(start)(rules(test))()


def _count(result: Outcome, kind: str, reason: str, path: Path, form: str, folder: Path) -> None:
    setattr(result, kind, getattr(result, kind) + 1)
    if kind != "failed":
        return
    result.kinds[reason] += 1
    if result.kinds[reason] <= KEPT:
        content = path.read_bytes()
        kept = folder / f"{form}-{zlib.crc32(content):08x}{path.suffix}"
        kept.write_bytes(content)
        result.saved.append(f"{kept}: {reason}")


def peak() -> int:
    """The most memory, in bytes, that this process or a second one has held at once, so far as the system tells."""
    second = confinement._SECOND._process
    held = [_peak_of("self"), _peak_of(str(second.pid)) if second is not None else 0]
    try:
        import resource
    except ImportError:
        return max(held)
    return max(*held, 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def _peak_of(process: str) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
