"""A folder of results is written whole, replaces only earlier results, and is the same each time."""

import json

import pytest

from kepuasan.errors import DataError
from kepuasan.report import write_outputs
from kepuasan.report.folder import require_free, whole_folder


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def written(results, tmp_path_factory):
    folder = tmp_path_factory.mktemp("place") / "out"
    return folder, write_outputs(results, folder, language="en")


def test_a_run_writes_tables_figures_page_and_record(written):
    folder, files = written
    assert sorted(files) == sorted(contents(folder))
    assert {
        "report.html",
        "run.json",
        "tables.xlsx",
        "tables/index.csv",
        "figures/waterfall.svg",
        "figures/waterfall.png",
        "figures/items.png",
    } <= set(files)
    assert len((folder / "report.html").read_bytes()) < 1_000_000


def test_the_same_results_give_the_same_bytes(written, results, tmp_path):
    write_outputs(results, tmp_path / "again", language="en")
    assert contents(tmp_path / "again") == contents(written[0])


def test_the_record_holds_inputs_outputs_versions_and_headline_numbers(written, results):
    record = json.loads((written[0] / "run.json").read_text(encoding="utf-8"))
    assert record["inputs"] == {"a.csv": "00"}
    assert set(record["outputs"]) == set(contents(written[0])) - {"run.json"}
    assert {"kepuasan", "numpy", "pandas", "python"} <= set(record["versions"])
    assert record["headline"]["index"]["2020"]["estimate"] == pytest.approx(float(results.index.score.value[0]), rel=1e-9)
    assert list(record["headline"]["differences"]) == ["2022 - 2020"]


def test_results_of_an_earlier_run_are_replaced(results, single, tmp_path):
    write_outputs(results, tmp_path / "out")
    write_outputs(single, tmp_path / "out")
    assert not (tmp_path / "out" / "figures" / "waterfall.svg").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_files_of_others_is_refused_and_left_alone(results, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.docx").write_text("mine")
    with pytest.raises(DataError, match=r"holds files that no run of kepuasan wrote: 'thesis.docx'; move them"):
        write_outputs(results, out)
    assert contents(out) == {"thesis.docx": b"mine"}


def test_a_file_put_among_earlier_results_is_not_lost(single, tmp_path):
    write_outputs(single, tmp_path / "out")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    with pytest.raises(DataError, match="notes.txt"):
        require_free(tmp_path / "out")


def test_an_output_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(DataError, match="'out' is a file; name a folder"):
        require_free(tmp_path / "out")


@pytest.mark.parametrize("record", ["[]", "{}", "no json", '{"made_by": "kepuasan"}'])
def test_a_record_that_is_not_ours_protects_its_folder(record, tmp_path):
    (tmp_path / "run.json").write_text(record)
    with pytest.raises(DataError, match="no run of kepuasan wrote"):
        require_free(tmp_path)


def test_an_interrupted_run_leaves_the_old_results_whole(single, tmp_path):
    write_outputs(single, tmp_path / "out")
    before = contents(tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        stop_half_way(tmp_path / "out")
    assert contents(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def stop_half_way(folder):
    with whole_folder(folder) as fresh:
        (fresh / "half.txt").write_text("half")
        raise KeyboardInterrupt


def test_files_that_were_changed_since_are_not_replaced(results, tmp_path):
    # a plan filled in by hand was gone after the next run
    folder = tmp_path / "out"
    write_outputs(results, folder, language="en")
    table = folder / "tables" / "index.csv"
    table.write_text(table.read_text(encoding="utf-8") + "my plan", encoding="utf-8")
    with pytest.raises(DataError, match=r"changed since kepuasan wrote them: 'tables/index.csv'"):
        require_free(folder)
    assert table.read_text(encoding="utf-8").endswith("my plan")
