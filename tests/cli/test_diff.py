"""`kepuasan diff`: every input, setting, version, number of rows and headline number that is not the same."""

import csv
import io
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from kepuasan.cli.comparing.changes import SECTIONS, compared
from kepuasan.report.folder import write_record

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
RECIPE = """
language = "en"
[[waves]]
label = "2020"
data = "users_2020.csv"
codebook = "users_2020.toml"
[[waves]]
label = "2022"
data = "users_2022.csv"
codebook = "users_2022.toml"
[domains]
by = ["sex"]
[output]
formats = ["xlsx"]
languages = ["en"]
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Two real runs of the sample: another wave's data, another label of a codebook, other settings."""
    from click.testing import CliRunner

    from kepuasan.cli import main

    place = tmp_path_factory.mktemp("runs")
    for year in ("lama", "baru"):
        folder = place / year
        folder.mkdir()
        for name in ("users_2020.csv", "users_2020.toml", "users_2022.csv", "users_2022.toml"):
            shutil.copy(SAMPLE / name, folder)
        (folder / "kepuasan.toml").write_text(RECIPE, encoding="utf-8")
    new = place / "baru"
    frame = pd.read_csv(new / "users_2022.csv")
    frame.iloc[: len(frame) // 2].to_csv(new / "users_2022.csv", index=False)
    book = (new / "users_2022.toml").read_text(encoding="utf-8")
    (new / "users_2022.toml").write_text(book.replace('"Wilayah survei"', '"Wilayah"'), encoding="utf-8")
    (new / "kepuasan.toml").write_text(RECIPE.replace('by = ["sex"]', 'by = ["disability"]\n[follow_up]\nlowest = 2'), encoding="utf-8")
    for year in ("lama", "baru"):
        result = CliRunner().invoke(main, ["run", str(place / year / "kepuasan.toml"), "--quiet"])
        assert result.exit_code == 0, result.output
    return place / "lama" / "out", place / "baru" / "out"


def changes(call, *arguments):
    return json.loads(call("diff", *arguments, "--format", "json").stdout)


def test_every_changed_input_setting_row_and_number_of_two_runs_is_named(runs, call):
    result = call("diff", *runs, "--lang", "en")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[lines.index("Input files:") + 1 : lines.index("Settings:") - 1] == [
        "  kepuasan.toml: its content changed",
        "  users_2022.csv: its content changed",
        "  users_2022.toml: its content changed",
    ]
    assert '  domains.by: ["sex"] -> ["disability"]' in lines
    assert "  follow_up.lowest: 3 -> 2 (-1)" in lines
    assert "  2022: 1,210 -> 605 (-605)" in lines
    assert "  tables/moved_sex.csv: no longer there" in lines
    assert "  tables/moved_disability.csv: new" in lines
    assert max(map(len, lines)) <= 100


def test_headline_numbers_are_those_of_the_records_with_their_difference(runs, call):
    old, new = (json.loads((folder / "run.json").read_text(encoding="utf-8"))["headline"]["index"]["2022"] for folder in runs)
    found = {one["name"]: one for one in changes(call, *runs) if one["section"] == "headline"}
    one = found["index.2022"]
    assert (one["old"], one["new"]) == (old["estimate"], new["estimate"])
    assert one["difference"] == pytest.approx(new["estimate"] - old["estimate"], abs=1e-9)
    outside = [
        not low <= value <= high
        for value, low, high in ((new["estimate"], old["ci_low"], old["ci_high"]), (old["estimate"], new["ci_low"], new["ci_high"]))
    ]
    assert one["beyond"] is all(outside)
    assert "index.2020" not in found


def test_the_same_run_has_changed_nothing(runs, call):
    result = call("diff", runs[0], runs[0] / "run.json")
    assert (result.exit_code, result.output) == (0, "Tidak ada yang berubah.\n")
    assert changes(call, runs[0], runs[0]) == []
    assert call("diff", runs[0], runs[0], "--format", "csv").output == "section,name,change,old,new,difference,beyond\n"


def test_machines_get_the_same_changes_as_json_and_csv(runs, call):
    found = changes(call, *runs)
    assert all(list(one) == ["section", "name", "change", "old", "new", "difference", "beyond"] for one in found)
    assert {one["section"] for one in found} <= set(SECTIONS)
    table = list(csv.DictReader(io.StringIO(call("diff", *runs, "--format", "csv").stdout)))
    assert [(one["section"], one["name"], one["change"]) for one in table] == [(one["section"], one["name"], one["change"]) for one in found]
    assert str(runs[0].parent) not in json.dumps(found)


def test_text_in_indonesian_has_numbers_in_its_form(runs, call):
    output = call("diff", *runs).output
    assert "2022: 1.210 -> 605 (-605)" in output
    assert "Angka utama:" in output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "tidak ada"),
        ("", "bukan catatan sebuah run"),
        ("[1]", "bukan catatan sebuah run"),
        ('{"made_by": "another"}', "bukan catatan sebuah run"),
        ("[" * 100_000, "bukan catatan sebuah run"),
    ],
)
def test_files_that_are_no_records_are_refused(tmp_path, runs, call, content, said):
    file = tmp_path / "run.json"
    if content is not None:
        file.write_text(content)
    result = call("diff", runs[0], file)
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_a_folder_without_a_record_is_refused(tmp_path, runs, call):
    result = call("diff", tmp_path, runs[0], "--lang", "en")
    assert (result.exit_code, "it holds no run.json" in result.stderr) == (2, True)
    assert call("diff", runs[0]).exit_code == 2


# ---------------------------------------------------------------- records made by hand


def test_records_of_older_versions_lack_sections_which_are_named_and_not_compared(tmp_path, call):
    old = {"made_by": "kepuasan", "versions": {"kepuasan": "0.0.9"}, "inputs": [], "headline": {"index": 75.5, "note": None}}
    new = {"made_by": "kepuasan", "versions": {"kepuasan": "0.1.0"}, "inputs": {}, "settings": {"language": "id"}, "headline": {"index": 76}}
    for name, record in (("a", old), ("b", new)):
        (tmp_path / f"{name}.json").write_text(json.dumps(record))
    result = call("diff", tmp_path / "a.json", tmp_path / "b.json", "--lang", "en")
    assert result.exit_code == 1
    assert "kepuasan: 0.0.9 -> 0.1.0" in result.output
    assert "The old record has no settings, which were not compared." in result.output
    assert "index: 75.50 -> 76.00 (+0.50)" in result.output


def test_waves_are_known_by_their_labels_and_files_by_their_content():
    old = {"inputs": {"a.csv": "1", "b.csv": "2"}, "settings": {"waves": [{"label": "2020", "data": "a.csv"}, {"label": "2022", "data": "b.csv"}]}}
    new = {"inputs": {"c.csv": "1", "d.csv": "3"}, "settings": {"waves": [{"label": "2022", "data": "d.csv"}]}}
    assert [(one.section, one.name, one.kind, one.old, one.new) for one in compared(old, new).changes] == [
        ("inputs", "a.csv", "renamed", "a.csv", "c.csv"),
        ("inputs", "b.csv", "removed", None, None),
        ("inputs", "d.csv", "added", None, None),
        ("settings", "waves[2020]", "removed", "a.csv", None),
        ("settings", "waves[2022]", "changed", "b.csv", "d.csv"),
    ]


def estimate(value, half):
    return {"headline": {"index": {"estimate": value, "se": half / 2, "ci_low": value - half, "ci_high": value + half}}}


@pytest.mark.parametrize(("new", "half", "beyond"), [(73.0, 1.0, True), (73.0, 3.0, False), (74.6, 0.1, False)])
def test_a_number_is_beyond_both_intervals_or_not(new, half, beyond):
    (one,) = compared(estimate(75.0, 1.0), estimate(new, half)).changes
    assert (one.beyond, one.difference) == (beyond, pytest.approx(new - 75.0))


def test_the_precision_of_an_equal_estimate_may_have_changed():
    assert [one.name for one in compared(estimate(75.0, 1.0), estimate(75.0, 2.0)).changes] == ["index.se", "index.ci_low", "index.ci_high"]


def test_small_differences_are_shown_with_the_decimals_they_need(tmp_path, call):
    for name, value in (("a", 75.00001), ("b", 75.00002)):
        (tmp_path / f"{name}.json").write_text(json.dumps({"made_by": "kepuasan", "headline": {"index": value}}))
    assert "index: 75.000010 -> 75.000020 (+0.000010)" in call("diff", tmp_path / "a.json", tmp_path / "b.json", "--lang", "en").output


def test_a_seed_that_comes_to_a_run_without_any_is_one_change(tmp_path, call):
    # was two, the first of them ": tidak ada lagi, dahulu {}"
    for name, seed in (("old", {}), ("new", {"add_replicates": 3})):
        (tmp_path / name).mkdir()
        write_record(tmp_path / name, inputs={}, headline={}, seed=seed)
    result = call("diff", tmp_path / "old", tmp_path / "new", "--format", "json")
    assert [(one["section"], one["name"]) for one in json.loads(result.output)] == [("seed", "add_replicates")]
