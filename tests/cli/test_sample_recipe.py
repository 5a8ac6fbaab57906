"""The recipe that the sample brings, and README's, do what they say."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

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
