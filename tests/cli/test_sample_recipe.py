"""The recipe that the sample brings, and README's, do what they say."""

from __future__ import annotations

import importlib
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from kepuasan.cli import main
from kepuasan.cli.recipe.model import parse_recipe

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"


def run(*arguments: str) -> str:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


def test_the_recipe_of_the_sample_is_checked_and_run(tmp_path: Path) -> None:
    text = (SAMPLE / "kepuasan.toml").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 90
    for name in re.findall(r'"(\w+\.(?:sav|toml))"', text):
        shutil.copy(SAMPLE / name, tmp_path)
    quick = text.replace("# languages = [", "languages = [").replace('# formats = ["html", "xlsx"]', 'formats = ["html"]')
    assert quick.count("#") == text.count("#") - 2
    (tmp_path / "kepuasan.toml").write_text(quick, encoding="utf-8")
    assert "Tidak ada masalah" in run("check", str(tmp_path / "kepuasan.toml"))
    said = run("run", str(tmp_path / "kepuasan.toml"))
    assert "75,7" in said
    assert "73,7" in said
    assert sorted(path.name for path in (tmp_path / "out").glob("report*")) == ["report.html"]


def test_remarks_of_the_sample_recipe_are_keys_that_a_recipe_has() -> None:
    text = (SAMPLE / "kepuasan.toml").read_text(encoding="utf-8")
    written = re.sub(r"^# (?=\[|\w+ = |\"[\w,]+\" = )", "", text.split("# Without codebooks")[0], flags=re.MULTILINE)
    recipe = parse_recipe(tomllib.loads(written.replace('"margins.csv"', '"users_2022.csv"')), SAMPLE, "kepuasan.toml")
    assert recipe.replicates is not None
    assert recipe.replicates.seed == 2022
    assert recipe.waves[2].rake is not None
    assert recipe.waves[2].trim is not None
    assert recipe.output.formats == ["html", "xlsx"]


def test_the_recipe_of_the_readme_is_that_of_the_sample_in_short() -> None:
    shown = next(
        text for text in re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL) if "[[waves]]" in text
    )
    short, long = tomllib.loads(shown), tomllib.loads((SAMPLE / "kepuasan.toml").read_text(encoding="utf-8"))
    files = {wave["label"]: {key: wave[key] for key in ("label", "data", "codebook")} for wave in long["waves"]}
    assert all(wave == files[wave["label"]] for wave in short["waves"])
    assert short["change"]["frame"] == long["change"]["frame"]
    assert set(short["domains"]["by"]) <= set(long["domains"]["by"])


def test_a_fault_of_ours_is_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("made for the test")

    monkeypatch.setattr(importlib.import_module("kepuasan.cli.demo"), "demo_results", broken)
    done = CliRunner().invoke(main, ["demo"])
    assert done.exit_code == 2
    assert "ini kesalahan kepuasan, bukan kesalahan data Anda" in done.stderr
    assert "ZeroDivisionError" in done.stderr


def test_an_interrupted_command_ends_with_code_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importlib.import_module("kepuasan.cli.demo"), "demo_results", interrupted)
    assert CliRunner().invoke(main, ["demo"]).exit_code == 130
