"""`kepuasan demo`: the sample, end to end, and what is synthetic about it."""

import json
import re
import subprocess
import sys
import time

import pytest


@pytest.fixture(scope="module")
def printed():
    from click.testing import CliRunner

    from kepuasan.cli import main

    return {language: CliRunner().invoke(main, ["demo", "--lang", language]).output for language in ("id", "en")}


def test_the_three_waves_are_printed_with_their_intervals(printed):
    assert re.search(r"2020 +75,7 +0,\d\d +\d\d,\d s\.d\. \d\d,\d +1\.329", printed["id"])
    assert re.search(r"2021 +72\.3 ", printed["en"])
    assert re.search(r"2022 +73\.7 ", printed["en"])


def test_the_difference_is_printed_with_se_t_and_p_and_its_parts_the_frame_first(printed):
    assert re.search(r"2020 to 2022 +-2\.0 +\d\.\d\d +-\d\.\d to \d\.\d +-\d\.\d\d +0\.\d{3}", printed["en"])
    body = printed["en"].split("What accounts for the difference")[1].splitlines()
    assert [line.split("  ")[1] for line in body[2:7]] == [
        "Difference of frame",
        "Disposition accuracy",
        "Response speed",
        "Ease of updates",
        "Other items",
    ]
    points = [float(re.search(r"[+-]\d\.\d", line).group()) for line in (*body[2:7], body[8])]
    assert sum(points[:5]) == pytest.approx(points[5])
    assert points[0] == -0.8


def test_it_says_that_the_interval_includes_zero_and_how_the_frames_differ(printed):
    text = " ".join(printed["en"].split())
    assert "includes 0: it cannot be told from sampling error." in text
    assert "The 2020 wave covers 34 provinces; 2021 and 2022 only six pilot regions." in text


@pytest.mark.parametrize(
    ("language", "last"),
    [("id", "sintetis, dikalibrasi pada angka yang diterbitkan; bukan data mikro survei."), ("en", "not the survey's microdata.")],
)
def test_the_last_line_says_what_is_synthetic(printed, language, last):
    assert printed[language].splitlines()[-1].endswith(last)


@pytest.mark.parametrize("language", ["id", "en"])
def test_lines_fit_in_a_hundred_columns_and_claim_no_cause(printed, language):
    assert max(map(len, printed[language].splitlines())) <= 100
    assert not re.search(r"caus|sebab", printed[language], re.IGNORECASE)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The sample run into a folder in both languages, as pages alone."""
    from click.testing import CliRunner

    from kepuasan.cli import formats, main

    folder = tmp_path_factory.mktemp("demo") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formats, "FORMATS", ("html",))
        return folder, CliRunner().invoke(main, ["demo", str(folder), "--lang", "en"])


def test_a_folder_receives_all_that_a_run_of_the_sample_recipe_writes(written):
    folder, result = written
    assert result.exit_code == 0, result.stderr
    assert {path.name for path in folder.iterdir()} == {"tables", "figures", "report.html", "report.id.html", "run.json"}
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert {"kepuasan.toml", "users_2021.sav", "admins_2022.toml"} <= set(record["inputs"])
    assert record["headline"]["index"]["2020"]["estimate"] == pytest.approx(75.7, abs=0.001)
    assert result.output.splitlines()[-1].startswith("Sample data: synthetic")


def test_pages_of_the_demonstration_are_in_two_languages_below_a_megabyte_and_say_what_is_invented(written):
    folder, _ = written
    pages = {language: (folder / name).read_text(encoding="utf-8") for language, name in (("en", "report.html"), ("id", "report.id.html"))}
    assert all(f'<html lang="{language}"' in page for language, page in pages.items())
    assert max(len(page.encode()) for page in pages.values()) < 1_000_000
    assert "not the survey&#39;s microdata. Dispositions and follow-up plan are invented." in pages["en"]
    assert "bukan data mikro survei. Disposisi dan rencana tindak lanjut adalah rekaan." in pages["id"]


def test_every_part_of_the_report_has_data_in_the_demonstration(written):
    folder, _ = written
    tables = {path.stem for path in (folder / "tables").iterdir()}
    assert {"league", "provinces", "importance", "groups", "populations", "follow_up", "answers", "moved_sex", "moved_education"} <= tables
    figures = {path.stem for path in (folder / "figures").iterdir()}
    assert {"waterfall", "league", "provinces", "importance", "importance_map", "populations", "answers"} <= figures


def test_nothing_is_written_without_a_folder(place, call):
    before = sorted(path.name for path in place.iterdir())
    assert call("demo").exit_code == 0
    assert sorted(path.name for path in place.iterdir()) == before


def test_help_loads_no_numerical_package_and_is_quick():
    program = "import sys; from kepuasan.cli import main; main(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    loaded = set(re.findall(r"'(\w+)'", said.splitlines()[-1]))
    assert not loaded & {"numpy", "pandas", "scipy", "matplotlib", "pydantic", "jinja2", "narwhals", "xlsxwriter"}
    assert all(f"\n  {name} " in said for name in ("init", "check", "run", "diff", "demo", "skm", "reproduce", "explain"))
    assert quickest("from kepuasan.cli import main; main(['--help'])") - quickest("import json, tomllib") < 0.25


def quickest(program):
    """The least of three times of a process."""
    seconds = []
    for _ in range(3):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def test_the_list_of_commands_names_every_command_and_each_has_a_help(call):
    from kepuasan.cli import _COMMANDS, main

    assert {name: main.get_command(None, name).name for name in _COMMANDS} == {name: name for name in _COMMANDS}
    assert all(call(name, "--help").exit_code == 0 for name in _COMMANDS)
    assert call("rn").exit_code == 2
