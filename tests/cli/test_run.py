"""`kepuasan run`: a recipe or a data file to a folder of results."""

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from cli.conftest import wave
from kepuasan import IndexSpec, add_replicates, compare_waves, rake, read_survey, stack_waves, trim_weights
from kepuasan.cli.opening import open_against, open_waves, request_of, stacked
from kepuasan.cli.progress import Progress
from kepuasan.cli.recipe.model import read_recipe


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


# ---------------------------------------------------------------- weights, replicates, another population


def recipe_with(place, *, of_waves="", more=""):
    """The recipe of the place, each wave saying more, and the whole."""
    text = (place / "kepuasan.toml").read_text(encoding="utf-8")
    (place / "kepuasan.toml").write_text(text.replace('codebook = "book.toml"\n', f'codebook = "book.toml"\n{of_waves}') + more, encoding="utf-8")
    return read_recipe(place / "kepuasan.toml")


def surveys(place):
    return {label: read_survey(place / file, place / "book.toml") for label, file in (("2020", "a.csv"), ("2022", "b.csv"))}


def test_each_wave_is_raked_to_its_margins_then_trimmed_before_waves_are_stacked(place, call):
    (place / "margins.csv").write_text("sex,unit,total\n" + "".join(f"{sex},{unit},{20 + unit}\n" for sex in "LP" for unit in (1, 2, 3)))
    recipe = recipe_with(place, of_waves="[waves.rake]\nunit = {1 = 40, 2 = 44, 3 = 48}\nsex = {L = 60, P = 72}\n[waves.trim]\nupper = 4\n")
    expected = stack_waves(
        {
            label: trim_weights(rake(survey, {"unit": {1: 40, 2: 44, 3: 48}, "sex": {"L": 60, "P": 72}}), upper=4)
            for label, survey in surveys(place).items()
        }
    )
    survey = stacked(recipe, open_waves(recipe, place))
    assert survey.weights.tolist() == expected.weights.tolist()
    assert [(step["step"], step["wave"]) for step in survey.design.history] == [
        (step, wave) for wave in ("2020", "2022") for step in ("rake", "trim_weights")
    ]
    assert call("run").exit_code == 0
    table = pd.read_csv(place / "out" / "tables" / "differences.csv")
    assert table["se"].tolist() == compare_waves(expected, "2020", "2022").se.tolist()


def test_margins_of_crossed_columns_are_read_from_a_file_which_counts_as_an_input(place, call):
    totals = {(sex, unit): 20.0 + unit for sex in "LP" for unit in (1, 2, 3)}
    (place / "margins.csv").write_text("sex,unit,total\n" + "".join(f"{sex},{unit},{total}\n" for (sex, unit), total in totals.items()))
    recipe = recipe_with(place, of_waves='rake = {"sex,unit" = "margins.csv"}\n')
    waves = open_waves(recipe, place)
    expected = rake(surveys(place)["2022"], {("sex", "unit"): totals})
    assert waves["2022"].weights.tolist() == expected.weights.tolist()
    assert call("run").exit_code == 0
    assert "margins.csv" in json.loads((place / "out" / "run.json").read_text())["inputs"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sex,total\nL,60\nP,72\n", "has the columns 'sex', 'total'; it needs 'sex', 'unit', then one of population totals"),
        ("sex,unit,total\nL,1,many\n", "the column 'total' must hold numbers of 0 or more; the cells 'many' are none"),
        ("sex,unit,total\nL,1,-3\n", "the column 'total' must hold numbers of 0 or more; the cells '-3' are none"),
        ("sex,unit,total\nL,1,3\n", "is in the sample but has no target"),
    ],
)
def test_margins_that_do_not_match_are_refused(place, call, text, said):
    (place / "margins.csv").write_text(text)
    recipe_with(place, of_waves='rake = {"sex,unit" = "margins.csv"}\n')
    result = call("run")
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_code_that_the_data_do_not_have_is_refused(place, call):
    recipe_with(place, of_waves="rake = {sex = {L = 60, W = 72}}\n")
    result = call("run")
    assert result.exit_code == 2
    assert "'W' has the target 72 but no row with a weight" in result.stderr


@pytest.mark.parametrize(("more", "seed"), [("", 1), ("seed = 7\n", 7)])
def test_replicates_are_made_of_all_waves_together_from_a_seed_that_is_recorded(place, call, more, seed):
    recipe = recipe_with(place, more=f'[replicates]\nmethod = "bootstrap"\nn = 50\n{more}')
    expected = compare_waves(add_replicates(stack_waves(surveys(place)), "bootstrap", n=50, seed=seed), "2020", "2022")
    assert compare_waves(stacked(recipe, open_waves(recipe, place)), "2020", "2022").se.tolist() == expected.se.tolist()
    assert call("run").exit_code == 0
    record = json.loads((place / "out" / "run.json").read_text())
    assert str(seed) in json.dumps(record["seed"])
    assert pd.read_csv(place / "out" / "tables" / "differences.csv")["se"].tolist() == expected.se.tolist()


def test_another_population_is_weighted_and_stacked_by_itself(place, call):
    wave(3, ["Bali"]).to_csv(place / "c.csv", index=False)
    waves = '[{label = "2022", data = "c.csv", codebook = "book.toml", rake = {sex = {L = 10, P = 30}}}]'
    recipe = recipe_with(place, more=f'[against]\nlabel = "Officers"\nown = "Users"\nwaves = {waves}\n')
    other = open_against(recipe, place)
    assert other.weights.tolist() == rake(read_survey(place / "c.csv", place / "book.toml"), {"sex": {"L": 10, "P": 30}}).weights.tolist()
    request = request_of(recipe, against=other)
    assert (request.against.label, request.against.own, request.against.survey is other) == ("Officers", "Users", True)
    assert call("run").exit_code == 0
    assert "c.csv" in json.loads((place / "out" / "run.json").read_text())["inputs"]


# ---------------------------------------------------------------- languages, progress, kinds of reports


def test_a_run_without_an_index_is_refused_with_one_sentence(place, call):
    book = (place / "book.toml").read_text().split("[index]")[0]
    (place / "book.toml").write_text(book)
    refusals = {language: call("run", "--lang", language) for language in ("id", "en")}
    assert all(result.exit_code == 2 for result in refusals.values())
    assert refusals["en"].stderr.startswith("Error: there is no index: neither the recipe kepuasan.toml nor the codebook has an [index] section")
    assert refusals["id"].stderr.startswith("Galat: tidak ada indeks: resep kepuasan.toml dan buku kode tidak mempunyai bagian [index]")


def test_a_refusal_of_the_library_is_told_in_the_language_of_the_recipe_with_wave_and_file(place, call):
    (place / "a.csv").write_text("")
    recipe = (place / "kepuasan.toml").read_text().replace('language = "en"', 'language = "id"')
    (place / "kepuasan.toml").write_text(recipe)
    (line,) = call("run").stderr.splitlines()
    assert line.startswith("Galat: gelombang '2020', a.csv: berkas atau lembar ini kosong; berikan berkas")
    assert line.endswith("[KP024]")


def test_a_file_that_is_not_there_while_it_is_read_is_told_in_the_language(place, call, monkeypatch):
    def gone(*_: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", "a.csv")

    monkeypatch.setattr("kepuasan.cli.opening.open_waves", gone)
    assert call("run", "--lang", "id").stderr.startswith("Galat: a.csv: berkas atau folder tidak ada; periksa tempat itu")
    assert call("run", "--lang", "en").stderr.startswith("Error: a.csv: no such file or folder; look at the place")


@pytest.mark.parametrize("named", [True, False])
def test_reports_whose_package_is_not_installed_are_refused_where_named_and_left_out_otherwise(place, call, monkeypatch, named):
    import importlib.util

    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name in ("typst", "docx") else find(name, *rest))
    text = (place / "kepuasan.toml").read_text()
    (place / "kepuasan.toml").write_text(text.replace('formats = ["html"]', 'formats = ["html", "pdf"]' if named else ""))
    result = call("run")
    assert result.exit_code == (2 if named else 0)
    assert 'pip install "kepuasan[report]"' in result.stderr
    assert ("the formats pdf of output.formats need packages that are not installed: typst" in result.stderr) is named
    assert ("Warning: no docx, pdf report is written, as the packages python-docx, typst are not installed" in result.stderr) is not named
    assert (place / "out").exists() is not named
    if not named:
        assert {path.suffix for path in (place / "out").glob("report.*")} == {".html", ".xlsx"}


def test_quiet_says_nothing(place, call):
    result = call("run", "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    assert (place / "out" / "run.json").exists()


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_steps_are_said_on_one_line_of_a_terminal_and_nowhere_else(monkeypatch):
    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr("sys.stderr", stream)
        with Progress("id", 4) as progress:
            progress.at(1, "run.read", "users_2022.sav")
            progress.at(3, "run.compute")
        first, second = "[1/4] membaca users_2022.sav", "[3/4] menghitung"
        assert stream.getvalue() == (f"\r{first}\r{second.ljust(len(first))}\r{' ' * len(second)}\r" if shown else "")


def test_the_record_holds_the_recipe_as_it_was_understood_and_rows_at_each_step(place, call):
    call("run")
    record = json.loads((place / "out" / "run.json").read_text())
    assert record["settings"]["waves"]["2022"]["data"] == "b.csv"
    assert record["settings"]["suppression"] == {"publication": 30, "disclosure": 10}
    assert {"step": "read", "wave": "2020", "rows": 60} in record["steps"]


# ---------------------------------------------------------------- a data file and options


def elements(path, n=9):
    columns = {f"u{i}": [3, 4, 2, 4, 3] * 8 for i in range(1, n + 1)}
    pd.DataFrame({"no": range(1, 41), **columns}).to_csv(path, index=False)


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
    from kepuasan import satisfaction_index

    expected = satisfaction_index(read_survey(place / "a.csv", place / "book.toml")).score
    assert expected.se[0] != pytest.approx(satisfaction_index(read_survey(place / "a.csv", place / "book.toml", weight="w")).score.se[0])
    assert pd.read_csv(place / "out" / "tables" / "index.csv")["se"].tolist() == expected.se.tolist()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nofile.csv"], "there is no file 'nofile.csv'"),
        (["nofile.toml"], "there is no recipe 'nofile.toml'"),
        (["a.csv"], "which columns of 'a.csv' make the index?"),
        (["a.csv", "--items", "speed"], "no scale is declared for 'speed'; give --scale"),
        (["a.csv", "--items", "sped", "--scale", "1,4"], "did you mean 'speed'?"),
        (["a.csv", "--items", "speed", "--scale", "1"], "--scale is '1'; give its two bounds"),
        (["a.csv", "--items", "speed", "--scale", "4,1"], "index.scale: a scale runs from its lowest answer to its highest; write [1.0, 4.0]"),
        (["a.csv", "--items", "speed", "--scale", "1,3"], "scale"),
        (["a.csv", "--items", "speed", "--scale", "1,4", "--scoring", "topbox"], "did you mean 'top-box'?"),
        (["a.csv", "--items", "speed", "--scale", "1,4", "--weight", "ww"], "did you mean 'w'?"),
        (["kepuasan.toml", "--items", "speed"], "--items is given beside the recipe"),
        (["a.csv", "--colour", "red"], "No such option"),
    ],
)
def test_bad_usage_ends_with_code_2_and_a_message(arguments, said, place, call):
    result = call("run", *arguments, "--lang", "en")
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
    assert "--decimal is given beside the recipe" in call("run", "kepuasan.toml", "--decimal", ",", "--lang", "en").stderr
