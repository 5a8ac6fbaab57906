"""`kepuasan demo`: the sample, end to end, and what is synthetic about it."""

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


def test_a_folder_receives_all_that_a_run_writes(tmp_path, call):
    result = call("demo", tmp_path / "demo", "--lang", "en")
    assert result.exit_code == 0
    assert {path.name for path in (tmp_path / "demo").iterdir()} == {"tables", "figures", "tables.xlsx", "report.html", "run.json"}
    assert "not the survey&#39;s microdata" in (tmp_path / "demo" / "report.html").read_text(encoding="utf-8")
    assert result.output.splitlines()[-1].startswith("Sample data: synthetic")


def test_nothing_is_written_without_a_folder(place, call):
    before = sorted(path.name for path in place.iterdir())
    assert call("demo").exit_code == 0
    assert sorted(path.name for path in place.iterdir()) == before


def test_help_loads_no_numerical_package_and_is_quick():
    program = "import sys, kepuasan.cli; print([m for m in ('numpy', 'pandas', 'scipy', 'matplotlib', 'pydantic', 'jinja2') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"
    seconds = []
    for _ in range(3):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", "from kepuasan.cli import main; main(['--help'])"], capture_output=True, check=True)
        seconds.append(time.perf_counter() - begin)
    assert min(seconds) < 0.3
