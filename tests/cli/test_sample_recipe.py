"""The recipe that the sample brings, and README's, do what they say."""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from kepuasan.cli import main

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"


def run(*arguments: str) -> str:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


def test_the_recipe_of_the_sample_is_checked_and_run(tmp_path: Path) -> None:
    for name in ("kepuasan.toml", *(f"users_{wave}.{suffix}" for wave in (2020, 2022) for suffix in ("sav", "toml"))):
        shutil.copy(SAMPLE / name, tmp_path)
    assert "Tidak ada masalah" in run("check", str(tmp_path / "kepuasan.toml"))
    said = run("run", str(tmp_path / "kepuasan.toml"))
    assert "75,7" in said
    assert "73,7" in said
    assert (tmp_path / "out" / "report.html").exists()


def test_the_recipe_of_the_readme_is_that_of_the_sample_in_short() -> None:
    shown = next(
        text for text in re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL) if "[[waves]]" in text
    )
    short, long = tomllib.loads(shown), tomllib.loads((SAMPLE / "kepuasan.toml").read_text(encoding="utf-8"))
    assert short["waves"] == long["waves"]
    assert short["change"]["frame"] == long["change"]["frame"]
    assert short["domains"] == long["domains"]


def test_a_fault_of_ours_is_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("made for the test")

    monkeypatch.setattr(sys.modules["kepuasan.cli.demo"], "demo_results", broken)
    done = CliRunner().invoke(main, ["demo"])
    assert done.exit_code == 2
    assert "this is a fault of kepuasan" in done.stderr
    assert "ZeroDivisionError" in done.stderr


def test_an_interrupted_command_ends_with_code_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["kepuasan.cli.demo"], "demo_results", interrupted)
    assert CliRunner().invoke(main, ["demo"]).exit_code == 130
