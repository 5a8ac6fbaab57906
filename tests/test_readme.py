"""What README.md shows runs, with the codebook it shows beside it."""

import re
import shutil
from pathlib import Path

import pytest

import kepuasan as kp

README = Path(__file__).resolve().parents[1] / "README.md"
#: an invented export of KoboToolbox
EXPORT = Path(__file__).resolve().parent / "io" / "platforms" / "files" / "kobo.csv"


def fenced(language):
    return re.findall(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.filterwarnings("ignore::kepuasan.errors.ClassWarning")  # which README speaks of
@pytest.mark.parametrize("number", range(len(fenced("python"))))
def test_every_python_example_runs(number, tmp_path, monkeypatch, capsys):
    codebook = next(text for text in fenced("toml") if "[items." in text)
    (tmp_path / "codebook.toml").write_text(codebook, encoding="utf-8")
    shutil.copy(EXPORT, tmp_path / "export.csv")
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(compile(fenced("python")[number], f"README example {number}", "exec"), names)  # noqa: S102
    assert "kp" in names
    capsys.readouterr()


@pytest.mark.parametrize("number", [number for number, text in enumerate(fenced("toml")) if "[items." in text])
def test_every_codebook_shown_is_one(number, tmp_path):
    (tmp_path / "codebook.toml").write_text(fenced("toml")[number], encoding="utf-8")
    assert kp.Codebook.read(tmp_path / "codebook.toml").items["speed"].scale == "puas"


def test_the_two_commands_are_there():
    text = README.read_text(encoding="utf-8")
    assert "python -m pip install . && kepuasan demo" in text
    assert 'python -m pip install -e ".[test]" && python -m pytest' in text
