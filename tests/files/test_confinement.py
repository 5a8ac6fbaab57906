"""A second process that reads: whatever a file does to it, the next file is read."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from kepuasan.errors import DataError, DataWarning, ScaleError
from kepuasan.files import confinement
from kepuasan.files.child import Limits
from kepuasan.files.confinement import confined

MEGABYTE = 1 << 20


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "answers.sav"
    path.write_bytes(b"x" * 1000)
    return path


@pytest.fixture
def brief(monkeypatch):
    """A second of computing, two in all, 300 MB."""
    monkeypatch.setattr(confinement, "limits_of", lambda size: Limits(1.0, 2.0, 300 * MEGABYTE))


@pytest.fixture
def second(monkeypatch):
    """A second process that is not yet started."""
    second = confinement._Second()
    monkeypatch.setattr(confinement, "_SECOND", second)
    yield second
    second.end()


def check_next_read(path):
    name, process = confined("files.tasks:name_and_process", path)
    assert name == "answers.sav"
    assert process != os.getpid()
    return process


def test_files_are_read_in_one_other_process(path):
    assert check_next_read(path) == check_next_read(path)


@pytest.mark.parametrize(
    ("task", "message"),
    [
        ("exit_at_once", r"answers\.sav ends the process that reads it \(exit code 3\); it is damaged"),
        ("abort", r"answers\.sav needs more than 0\.3 GB of memory to read; it is damaged or compressed beyond reason; save it in another format"),
        ("sleep", r"answers\.sav takes more than 2 seconds to read; it is damaged"),
        ("compute", r"answers\.sav takes more than \d seconds to read; it is damaged"),
        ("fill_memory", r"answers\.sav needs more than 0\.3 GB of memory to read"),
        ("fill_memory_slowly", r"answers\.sav needs more than 0\.3 GB of memory to read"),
        ("panic", r"answers\.sav cannot be read: PanicException: called `Option::unwrap\(\)` on a `None` value; the file is damaged or of another"),
        ("leave", r"answers\.sav cannot be read: SystemExit: 1"),
        ("fail", r"answers\.sav cannot be read: KeyError: 'speed'"),
        ("no_pickle", r"answers\.sav cannot be read: .*pickle"),
        ("unknown", r"answers\.sav cannot be read: AttributeError: "),
    ],
)
def test_whatever_happens_to_it_is_an_error_of_the_file_and_the_next_file_is_read(path, brief, task, message):
    with pytest.raises(DataError, match=message):
        confined(f"files.tasks:{task}", path)
    check_next_read(path)


def test_time_is_counted_for_each_file_anew(path, monkeypatch):
    monkeypatch.setattr(confinement, "limits_of", lambda size: Limits(1.0, 30.0, 300 * MEGABYTE))
    first = check_next_read(path)
    for _ in range(5):
        assert confined("files.tasks:compute_for", path, seconds=0.5) >= 0.5
    assert check_next_read(path) == first


def test_an_error_of_the_library_comes_back_as_it_is(path):
    with pytest.raises(ScaleError, match=r"^a\.sav: 7 lies off the scale$"):
        confined("files.tasks:refuse", path)
    check_next_read(path)


def test_what_is_printed_reaches_nobody_and_does_no_harm(path, capfd):
    assert confined("files.tasks:chatter", path) == ""
    check_next_read(path)
    assert capfd.readouterr() == ("", "")


def test_500_megabytes_come_back_whole_and_can_be_written_to(path):
    columns = confined("files.tasks:many_numbers", path, rows=1_000_000, columns=63)
    assert sum(column.nbytes for column in columns) > 500_000_000
    assert [column[-1] for column in columns] == list(range(63))
    columns[0][0] = 7
    assert columns[0][0] == 7
    check_next_read(path)


def test_warnings_come_back_in_their_categories(path):
    with pytest.warns(DataWarning, match="seven cells") as said, pytest.warns(FutureWarning, match="old"):
        assert confined("files.tasks:warn", path) == 1
    assert {warning.category for warning in said} >= {DataWarning}


@pytest.mark.parametrize("value", [None, "é€", np.arange(3), [np.zeros(0), np.ones((2, 3))], {"a": np.array(["x", None], dtype=object)}])
def test_what_goes_there_comes_back(path, value):
    back = confined("files.tasks:echo", path, value=value)
    np.testing.assert_equal(back, value)


def test_a_reader_that_is_called_by_a_reader_runs_in_the_same_process(path):
    inner, outer = confined("files.tasks:nested", path)
    assert inner == outer


def test_threads_take_turns(path):
    found = []
    threads = [threading.Thread(target=lambda: found.append(check_next_read(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_forked_process_starts_its_own(path):
    own = check_next_read(path)
    source, sink = os.pipe()
    forked = os.fork()
    if not forked:
        os.write(sink, str(confined("files.tasks:name_and_process", path)[1]).encode())
        os._exit(0)
    os.waitpid(forked, 0)
    assert int(os.read(source, 20)) != own
    assert check_next_read(path) == own
    os.close(source)
    os.close(sink)


def test_a_process_that_was_killed_is_replaced(path):
    first = check_next_read(path)
    os.kill(first, 9)
    time.sleep(0.1)
    assert check_next_read(path) != first


def test_where_no_process_can_be_started_files_are_read_here(path, second, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert confined("files.tasks:name_and_process", path) == ("answers.sav", os.getpid())
    assert not second.possible
    with pytest.raises(DataError, match=r"answers\.sav cannot be read: PanicException: called"):
        confined("files.tasks:panic", path)
    with pytest.raises(ScaleError, match=r"^a\.sav: 7"):
        confined("files.tasks:refuse", path)


def test_an_executable_that_is_no_python_is_not_waited_for(path, second, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/true")
    assert confined("files.tasks:name_and_process", path) == ("answers.sav", os.getpid())
    assert not second.possible


def test_what_python_prints_when_it_starts_is_passed_over(path, tmp_path, second, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text("print('Welcome!', flush=True)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    check_next_read(path)
    assert second.possible


def test_an_interrupted_read_leaves_nothing_for_the_next(path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    first = check_next_read(path)
    with monkeypatch.context() as patched:
        patched.setattr(confinement, "receive", interrupt)
        with pytest.raises(KeyboardInterrupt):
            confined("files.tasks:echo", path, value="left over")
    assert check_next_read(path) != first


def test_a_library_that_cannot_be_loaded_is_not_the_files_fault(path):
    with pytest.raises(DataError, match=r"answers\.sav cannot be read: ModuleNotFoundError: .*; a library that is needed cannot be loaded"):
        confined("files.no_such_module:read", path)
    check_next_read(path)


def test_it_ends_with_the_process_that_started_it_and_needs_no_main_guard(path):
    script = (
        "import sys; from pathlib import Path; from kepuasan.files.confinement import confined; "
        "print(confined('files.tasks:name_and_process', Path(sys.argv[1]))[1])"
    )
    folders = os.pathsep.join([str(Path(__file__).parents[1]), str(Path(confinement.__file__).parents[2])])
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, str(path)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": folders},
        timeout=60,
    )
    assert done.stderr == ""
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


def test_a_relative_path_is_found_after_the_folder_was_changed(path, monkeypatch):
    check_next_read(path)
    monkeypatch.chdir(path.parent)
    assert confined("files.tasks:size", Path("answers.sav")) == 1000
