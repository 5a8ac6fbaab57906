"""`kepuasan run`: a recipe or a data file to a folder of results."""

import json
from pathlib import Path

import pandas as pd
import pytest

from kepuasan import IndexSpec, compare_waves, read_survey, stack_waves


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}


def test_a_recipe_gives_the_numbers_of_the_library(place, call):
    result = call("run")
    assert result.exit_code == 0
    assert result.output.startswith("Users\nIndex of 2022 is ")
    surveys = {label: read_survey(place / file, place / "book.toml") for label, file in (("2020", "a.csv"), ("2022", "b.csv"))}
    expected = compare_waves(stack_waves(surveys), "2020", "2022")
    table = pd.read_csv(place / "out" / "tables" / "differences.csv")
    assert table["estimate"].tolist() == expected.value.tolist()
    assert table["se"].tolist() == expected.se.tolist()


def test_lines_of_the_summary_fit_in_a_hundred_columns(place, call):
    assert max(len(line) for line in call("run", "--lang", "id").output.splitlines()) <= 100


def test_drivers_of_the_recipe_are_escaped_on_the_page_and_text_in_the_csv(place, call):
    call("run")
    page = (place / "out" / "report.html").read_text(encoding="utf-8")
    assert "=speed &lt;b&gt;" in page
    assert "<b>" not in page
    assert "'=speed <b>" in (place / "out" / "tables" / "change_by_driver.csv").read_text(encoding="utf-8")


def test_the_same_run_twice_gives_the_same_bytes(place, call):
    call("run")
    before = contents(place / "out")
    assert call("run").exit_code == 0
    assert contents(place / "out") == before


def test_the_record_names_inputs_without_the_folders_of_this_machine(place, call):
    (place / "kepuasan.toml").write_text((place / "kepuasan.toml").read_text().replace('"b.csv"', json.dumps(str(place / "b.csv"))))
    call("run")
    record = json.loads((place / "out" / "run.json").read_text())
    assert sorted(record["inputs"]) == ["a.csv", "b.csv", "book.toml", "kepuasan.toml"]
    assert str(place) not in json.dumps(record)


def test_paths_are_relative_to_the_recipe_not_to_the_caller(place, call, monkeypatch):
    (place / "elsewhere").mkdir()
    monkeypatch.chdir(place / "elsewhere")
    assert call("run", "../kepuasan.toml").exit_code == 0
    assert (place / "out" / "run.json").exists()


def test_an_output_folder_with_other_files_is_refused_before_anything_is_written(place, call):
    (place / "out").mkdir()
    (place / "out" / "mine.txt").write_text("mine")
    result = call("run")
    assert result.exit_code == 2
    assert "'mine.txt'" in result.stderr
    assert contents(place / "out") == {"mine.txt": b"mine"}


# ---------------------------------------------------------------- a data file and options


def elements(path, n=9):
    columns = {f"u{i}": [3, 4, 2, 4, 3] for i in range(1, n + 1)}
    pd.DataFrame({"no": range(1, 6), **columns}).to_csv(path, index=False)


def test_columns_u1_to_u9_are_taken_for_the_elements_of_the_skm_and_it_is_said(place, call):
    elements(place / "skm.csv")
    result = call("run", "skm.csv", "--out", "skm")
    assert result.output.startswith("Indeks kepuasan 80,00, selang kepercayaan 95 %")
    assert "dibaca sebagai unsur SKM: skala 1 s.d. 4, persen dari nilai tertinggi, bobot sama." in " ".join(result.output.split())


def test_options_stand_for_a_recipe(place, call):
    result = call(
        "run",
        "a.csv",
        "--items",
        "speed, updates",
        "--scale",
        "1,4",
        "--scoring",
        "minmax",
        "--weight",
        "w",
        "--strata",
        "region",
        "--psu",
        "unit",
        "--lang",
        "en",
    )
    assert result.exit_code == 0, result.stderr
    survey = read_survey(place / "a.csv", weight="w", strata="region", psu="unit")
    from kepuasan import satisfaction_index

    expected = satisfaction_index(survey, IndexSpec(["speed", "updates"], scale=(1, 4)))
    assert f"Satisfaction index {expected.score.value[0]:.1f}," in result.output


def test_a_codebook_beside_a_data_file_brings_its_index_and_design(place, call):
    result = call("run", "a.csv", "--codebook", "book.toml", "--lang", "en")
    assert result.exit_code == 0
    assert "strata: column region" in (place / "out" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nofile.csv"], "there is no file 'nofile.csv'"),
        (["nofile.toml"], "there is no recipe 'nofile.toml'"),
        (["a.csv"], "which columns of 'a.csv' make the index?"),
        (["a.csv", "--items", "speed"], "no scale is declared for 'speed'; give --scale"),
        (["a.csv", "--items", "sped", "--scale", "1,4"], "did you mean 'speed'?"),
        (["a.csv", "--items", "speed", "--scale", "1"], "--scale is '1'; give its two bounds"),
        (["a.csv", "--items", "speed", "--scale", "4,1"], "a scale runs from low to high"),
        (["a.csv", "--items", "speed", "--scale", "1,3"], "scale"),
        (["a.csv", "--items", "speed", "--scale", "1,4", "--scoring", "topbox"], "did you mean 'top-box'?"),
        (["a.csv", "--items", "speed", "--scale", "1,4", "--weight", "ww"], "did you mean 'w'?"),
        (["kepuasan.toml", "--items", "speed"], "--items is given beside the recipe"),
        (["a.csv", "--colour", "red"], "No such option"),
    ],
)
def test_bad_usage_ends_with_code_2_and_a_message(arguments, said, place, call):
    result = call("run", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert not (place / "out").exists()


def test_warnings_of_the_library_are_said_in_plain_words(place, call):
    frame = pd.read_csv(place / "a.csv")
    frame.loc[:2, "sex"] = None
    frame.to_csv(place / "a.csv", index=False)
    result = call("run")
    assert result.exit_code == 0
    assert result.stderr.startswith("Warning: 3 rows have no code in ")
    assert result.stderr.count("3 rows") == 1


@pytest.mark.parametrize("command", ["run", "check"])
@pytest.mark.parametrize(
    ("arguments", "open_sign"),
    [
        (("c.csv", "--items", "u1", "--scale", "1,4", "--weight", "w"), True),
        (("c.csv", "--items", "u1", "--scale", "1,4", "--weight", "w", "--decimal", ","), False),
        (("c.toml",), False),
    ],
)
def test_a_decimal_sign_may_be_given_in_the_recipe_or_beside_a_data_file(place, call, command, arguments, open_sign):
    (place / "c.csv").write_text("no;u1;w\n" + "".join(f"{row};{1 + row % 4};1,{100 + row}\n" for row in range(1, 31)))
    recipe = 'language = "en"\n[[waves]]\ndata = "c.csv"\ndecimal = ","\n[design]\nweight = "w"\n[index]\nitems = ["u1"]\nscale = [1, 4]\n'
    (place / "c.toml").write_text(recipe)
    result = call(command, *arguments, "--lang", "en")
    assert ("such as '1,101' can mean" in result.output) is open_sign
    assert open_sign or result.exit_code == 0


def test_a_decimal_sign_beside_a_recipe_is_refused(place, call):
    assert "--decimal is given beside the recipe" in call("run", "kepuasan.toml", "--decimal", ",").stderr
