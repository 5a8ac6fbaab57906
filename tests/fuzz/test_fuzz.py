"""A small part of `make fuzz`: damaged files of every format give a survey or a refusal by name, nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest
from fuzz.mutation import Plan, bred
from fuzz.running import fuzzed, outcome
from fuzz.seeds import FORMATS, seeds

INPUTS = 30


@pytest.mark.parametrize("form", FORMATS)
def test_damaged_files_are_read_or_refused_by_name(form, tmp_path):
    result = fuzzed(form, INPUTS, 7, tmp_path)
    assert result.saved == []
    assert result.read + result.refused >= INPUTS // 2


@pytest.mark.parametrize("form", FORMATS)
def test_there_are_ten_seeds_and_most_of_them_are_sound(form, tmp_path):
    found = seeds(form)
    kinds = []
    for name, content in found:
        (tmp_path / name).write_bytes(content)
        kinds.append(outcome(tmp_path / name, form)[0])
    assert len(found) == 10
    assert kinds.count("read") >= 7


def test_a_plan_always_breeds_the_same_input_and_keeps_archives_whole():
    contents = [content for _, content in seeds("xlsx")]
    plan = Plan(2, 3, (("flip", True, 10, 3), ("digits", False, 40, 5)))
    assert bred(plan, contents) == bred(plan, contents)
    with zipfile.ZipFile(io.BytesIO(bred(plan, contents))) as made, zipfile.ZipFile(io.BytesIO(contents[2])) as own:
        changed = [name for name in own.namelist() if made.read(name) != own.read(name)]
    assert len(changed) == 1


def test_an_input_that_fails_is_kept(tmp_path, monkeypatch):
    def raise_key_error(path):
        raise KeyError(path)

    monkeypatch.setattr("fuzz.running.read_survey", raise_key_error)
    result = fuzzed("csv", 5, 1, tmp_path)
    assert result.failed >= 1
    assert len(list(tmp_path.iterdir())) == len(result.saved) > 0
