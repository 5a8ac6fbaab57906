"""A folder of results is written whole, replaces only earlier results, and survives a kill at any moment."""

import hashlib
import json
import os
import subprocess
import sys
import textwrap

import pytest

from kepuasan.errors import DataError
from kepuasan.report import replacing
from kepuasan.report.folder import read_record, require_free, whole_folder, write_record

#: the module of folders without the rest of the report, so that a process starts in a blink
LIGHT = textwrap.dedent("""
    import pathlib, sys, types
    import kepuasan

    report = types.ModuleType("kepuasan.report")
    report.__path__ = [str(pathlib.Path(kepuasan.__file__).parent / "report")]
    sys.modules["kepuasan.report"] = report
    from kepuasan.report import replacing
    from kepuasan.report.folder import whole_folder, write_record
""")
#: writes "new" over an older folder of results and is killed at the given moment, moments being calls that touch names of folders or their files
KILLED = LIGHT + textwrap.dedent("""
    import os, signal

    moment, exchange = int(sys.argv[1]), sys.argv[2] == "exchange"
    if not exchange:
        replacing._exchanged = lambda *_: False
    passed = 0

    def watched(call):
        def calling(*arguments, **named):
            global passed
            for _ in range(2):
                passed += 1
                if passed == moment:
                    os.kill(os.getpid(), signal.SIGKILL)
                if _ == 0:
                    answer = call(*arguments, **named)
            return answer
        return calling

    for name in ("rename", "mkdir", "unlink", "rmdir", "fsync"):
        setattr(os, name, watched(getattr(os, name)))
    replacing._exchanged = watched(replacing._exchanged)
    with whole_folder(pathlib.Path("out")) as fresh:
        (fresh / "tables").mkdir()
        for name in ("a.txt", "tables/b.txt"):
            (fresh / name).write_text("new")
        write_record(fresh, inputs={}, headline={})
    print("done")
""")


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def write(folder, text="old", more=()):
    """Results of a run: two files of this text, and their record."""
    with whole_folder(folder) as fresh:
        (fresh / "tables").mkdir()
        for name in ("a.txt", "tables/b.txt", *more):
            (fresh / name).write_text(text)
        return write_record(fresh, inputs={"a.csv": "00"}, headline={"index": 75.7}, settings={"language": "id"}, seed=3)


def state(folder):
    """The text that all files of a folder of results hold, after its hashes were checked."""
    record = read_record(folder)
    found = contents(folder)
    assert set(found) == {"run.json", *record["outputs"]}
    assert all(hashlib.sha256(found[name]).hexdigest() == digest for name, digest in record["outputs"].items())
    (text,) = {found[name] for name in record["outputs"]}
    return text.decode()


def left(place):
    return sorted(path.name for path in place.iterdir())


# ---------------------------------------------------------------- the record


def test_the_record_holds_inputs_outputs_versions_headline_numbers_and_what_more_is_given(tmp_path):
    files = write(tmp_path / "out")
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert files == ["a.txt", "tables/b.txt", "run.json"]
    assert record["outputs"]["a.txt"] == hashlib.sha256(b"old").hexdigest()
    assert (record["inputs"], record["headline"], record["settings"], record["seed"]) == ({"a.csv": "00"}, {"index": 75.7}, {"language": "id"}, 3)
    assert {"kepuasan", "numpy", "pandas", "python"} <= set(record["versions"])


def test_packages_that_were_used_are_in_the_record(tmp_path):
    write_record(tmp_path, inputs={}, headline={}, packages=["xlsxwriter"])
    assert "xlsxwriter" in read_record(tmp_path)["versions"]


def test_the_same_results_give_the_same_bytes(tmp_path):
    write(tmp_path / "a")
    write(tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


# ---------------------------------------------------------------- what is replaced, and what is not


def test_results_of_an_earlier_run_are_replaced_whole(tmp_path):
    write(tmp_path / "out", "old", ["plan.txt"])
    write(tmp_path / "out", "new")
    assert state(tmp_path / "out") == "new"
    assert left(tmp_path) == ["out"]


def test_a_folder_with_files_of_others_is_refused_and_left_alone(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.docx").write_text("mine")
    with pytest.raises(DataError, match=r"holds files that no run of kepuasan wrote: 'thesis.docx'; move them"):
        write(out)
    assert contents(out) == {"thesis.docx": b"mine"}


def test_a_file_put_among_earlier_results_is_not_lost(tmp_path):
    write(tmp_path / "out")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    with pytest.raises(DataError, match="notes.txt"):
        require_free(tmp_path / "out")
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"


def write_while_another_writes(folder):
    with whole_folder(folder) as fresh:
        (fresh / "a.txt").write_text("new")
        (folder / "notes.txt").write_text("mine")


def test_a_file_that_appears_while_results_are_written_is_not_lost(tmp_path):
    write(tmp_path / "out")
    with pytest.raises(DataError, match="notes.txt"):
        write_while_another_writes(tmp_path / "out")
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"
    assert left(tmp_path) == ["out"]


def test_files_that_were_changed_since_are_not_replaced(tmp_path):
    # a plan filled in by hand was gone after the next run
    write(tmp_path / "out")
    (tmp_path / "out" / "tables" / "b.txt").write_text("my plan")
    with pytest.raises(DataError, match=r"changed since kepuasan wrote them: 'tables/b.txt'"):
        require_free(tmp_path / "out")
    assert (tmp_path / "out" / "tables" / "b.txt").read_text() == "my plan"


def test_an_output_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(DataError, match="'out' is a file; name a folder"):
        require_free(tmp_path / "out")


@pytest.mark.parametrize("record", ["[]", "{}", "no json", '{"made_by": "kepuasan"}'])
def test_a_record_that_is_not_ours_protects_its_folder(record, tmp_path):
    (tmp_path / "run.json").write_text(record)
    with pytest.raises(DataError, match="no run of kepuasan wrote"):
        require_free(tmp_path)


def test_a_link_to_a_folder_stays_a_link(tmp_path):
    (tmp_path / "disk").mkdir()
    write(tmp_path / "disk" / "results")
    (tmp_path / "out").symlink_to(tmp_path / "disk" / "results")
    write(tmp_path / "out", "new")
    assert (tmp_path / "out").is_symlink()
    assert state(tmp_path / "disk" / "results") == "new"


# ---------------------------------------------------------------- stopped, killed, two at once


def stop_half_way(folder):
    with whole_folder(folder) as fresh:
        (fresh / "half.txt").write_text("half")
        raise KeyboardInterrupt


def test_an_interrupted_run_leaves_the_old_results_whole(tmp_path):
    write(tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        stop_half_way(tmp_path / "out")
    assert state(tmp_path / "out") == "old"
    assert left(tmp_path) == ["out"]


def killed_at(moment, way, place):
    done = subprocess.run([sys.executable, "-c", KILLED, str(moment), way], cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode in (0, -9), done.stderr
    return done.returncode == -9


def check_a_kill(moment, way, place):
    """What is there after the kill: the old results or the new ones, the old ones perhaps aside; the next run clears all else away."""
    write(place / "out", "old")
    killed = killed_at(moment, way, place)
    if way == "exchange":
        assert state(place / "out") in ("old", "new")
    require_free(place / "out")
    assert state(place / "out") in ("old", "new")
    assert left(place) == ["out"]
    write(place / "out", "next")
    assert state(place / "out") == "next"
    return killed


@pytest.mark.parametrize("way", ["exchange", "renames"])
@pytest.mark.parametrize("first", range(1, 6))
def test_a_kill_around_any_call_of_the_system_leaves_the_old_results_or_the_new(way, first, tmp_path):
    moments = []
    for moment in range(first, 200, 5):
        place = tmp_path / str(moment)
        place.mkdir()
        moments.append(check_a_kill(moment, way, place))
        if not moments[-1]:
            break
    assert len(moments) > 4
    assert moments[-1] is False


def test_what_dead_processes_left_is_cleared_away_and_what_living_ones_hold_stays(tmp_path):
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True).stdout.strip()
    living = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    kept = [f".out-kepuasan-new-{living.pid}-0123abcd", ".out-kepuasan-new-x-0123abcd", ".out-mine", f".other-kepuasan-new-{dead}-0123abcd"]
    for name in [f".out-kepuasan-new-{dead}-0123abcd", f".out-kepuasan-new-{os.getpid()}-0123abcd", *kept]:
        (tmp_path / name).mkdir()
    write(tmp_path / "out")
    living.communicate(b"\n")
    assert left(tmp_path) == sorted([*kept, "out"])


def test_a_folder_that_a_process_of_another_machine_holds_stays(tmp_path):
    with replacing.beside(tmp_path / "out") as fresh:
        replacing._OWN.discard(fresh)
        require_free(tmp_path / "out")
        assert fresh.is_dir()


def test_two_runs_at_once_leave_the_results_of_one_of_them_whole(tmp_path):
    program = LIGHT + textwrap.dedent("""
        for turn in range(15):
            with whole_folder(pathlib.Path("out")) as fresh:
                for name in ("a.txt", "b.txt"):
                    (fresh / name).write_text(sys.argv[1])
                write_record(fresh, inputs={}, headline={})
    """)
    running = [subprocess.Popen([sys.executable, "-c", program, name], cwd=tmp_path, stderr=subprocess.PIPE) for name in ("one", "two")]
    said = [process.communicate()[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    assert state(tmp_path / "out") in ("one", "two")
    assert left(tmp_path) == ["out"]


def test_a_system_that_cannot_exchange_folders_moves_the_old_one_aside(tmp_path, monkeypatch):
    monkeypatch.setattr(replacing, "_exchanged", lambda *_: False)
    write(tmp_path / "out")
    write(tmp_path / "out", "new")
    assert state(tmp_path / "out") == "new"
    assert left(tmp_path) == ["out"]


def test_a_move_that_fails_half_way_is_taken_back(tmp_path, monkeypatch):
    write(tmp_path / "out")
    monkeypatch.setattr(replacing, "_exchanged", lambda *_: False)
    from pathlib import Path

    rename, calls = Path.rename, []

    def refusing(path, target):
        calls.append(path)
        if len(calls) == 2:
            raise PermissionError(13, "held by another program")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(DataError, match="held by another program; what was there is as it was"):
        write(tmp_path / "out", "new")
    monkeypatch.undo()
    assert state(tmp_path / "out") == "old"
    assert left(tmp_path) == ["out"]
