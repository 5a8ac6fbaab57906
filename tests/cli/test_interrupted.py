"""A run that is killed leaves the results of the run before, or its own, whole; never half of them."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from cli.conftest import BOOK, RECIPE, wave

#: moments at which a run is killed, each a random one within its part of the whole duration
MOMENTS = 10


def verified(folder):
    """The record of a folder all of whose files are as their hashes say, and no others."""
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert set(there) == {"run.json", *record["outputs"]}
    assert all(hashlib.sha256(there[name].read_bytes()).hexdigest() == digest for name, digest in record["outputs"].items())
    return record


def title_of(place):
    return verified(place / "out")["settings"]["title"]


def called(place, title):
    """Change the title of the recipe, so that results of each run differ."""
    (place / "kepuasan.toml").write_text(RECIPE.replace('"Users"', f'"{title}"'), encoding="utf-8")


def started(place):
    """A run in a process of its own, with all that it starts."""
    command = [sys.executable, "-m", "kepuasan", "run", "--quiet"]
    return subprocess.Popen(command, cwd=place, stderr=subprocess.DEVNULL, start_new_session=True)


def left(place):
    return sorted(path.name for path in place.iterdir())


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The folder of a recipe that was run once, and how long that took."""
    folder = tmp_path_factory.mktemp("year")
    wave(1, ["Aceh", "Bali"]).to_csv(folder / "a.csv", index=False)
    wave(2, ["Bali", "Riau"]).to_csv(folder / "b.csv", index=False)
    (folder / "book.toml").write_text(BOOK, encoding="utf-8")
    called(folder, "first")
    begin = time.perf_counter()
    assert started(folder).wait() == 0
    return folder, time.perf_counter() - begin


@pytest.mark.parametrize("part", range(MOMENTS))
def test_a_run_killed_at_any_moment_leaves_results_that_verify_and_the_next_run_works(part, place, call):
    folder, duration = place
    before = title_of(folder)
    called(folder, f"part {part}")
    process = started(folder)
    time.sleep(duration * (part + random.Random(part).random()) / MOMENTS)  # noqa: S311 - a moment, no secret
    os.killpg(process.pid, signal.SIGKILL)
    killed = process.wait() == -signal.SIGKILL
    assert killed or part
    assert title_of(folder) in (before, f"part {part}")
    assert call("run", folder / "kepuasan.toml", "--quiet").exit_code == 0
    assert title_of(folder) == f"part {part}"
    assert left(folder) == ["a.csv", "b.csv", "book.toml", "kepuasan.toml", "out"]


def test_two_runs_at_once_leave_the_results_of_one_whole(place):
    folder, _ = place
    called(folder, "both")
    running = [started(folder) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert title_of(folder) == "both"
    assert left(folder) == ["a.csv", "b.csv", "book.toml", "kepuasan.toml", "out"]


def test_a_second_run_gives_the_same_bytes(place):
    folder, _ = place
    found = []
    for _ in range(2):
        assert started(folder).wait() == 0
        found.append({path.name: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()})
    assert found[0] == found[1]
