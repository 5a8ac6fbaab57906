"""`kepuasan init`: a recipe and codebooks that pass `check` and can be run, every guess marked, nothing overwritten."""

import json
import shutil
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kepuasan import Codebook, read_survey
from kepuasan.cli.drafting import placing
from kepuasan.cli.drafting.folder import alike, labels_of_waves
from kepuasan.cli.drafting.guesses import Guesses
from kepuasan.cli.drafting.recipe_text import LINES, DraftedWave, Plan, recipe_text
from kepuasan.cli.drafting.scales import Answers, batteries
from kepuasan.cli.recipe.model import read_recipe
from kepuasan.files.workbooks import sheet_names

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
WORDS = ["Tidak puas", "Kurang puas", "Puas", "Sangat puas"]


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "survei"
    made.mkdir()
    return made


def take(folder, *names):
    for name in names:
        shutil.copy(SAMPLE / name, folder)


def drafted(call, folder, *options):
    """The recipe that is drafted, which `check` finds no error in."""
    result = call("init", folder, *options)
    assert result.exit_code == 0, result.output
    recipe = folder / "kepuasan.toml"
    assert len(recipe.read_text(encoding="utf-8").splitlines()) <= LINES
    checked = call("check", recipe, "--format", "json")
    assert checked.exit_code == 0, checked.output
    assert {one["severity"] for one in json.loads(checked.stdout)} <= {"note", "warning"}
    return tomllib.loads(recipe.read_text(encoding="utf-8"))


def ran(call, folder, *options):
    """What `run` says right after, a workbook alone being written, which takes less time than all reports."""
    with (folder / "kepuasan.toml").open("a", encoding="utf-8") as recipe:
        recipe.write('formats = ["xlsx"]\nlanguages = ["id"]\n')
    result = call("run", folder / "kepuasan.toml", *options)
    assert result.exit_code == 0, result.output
    return result.output


def respondents(seed, n=120):
    rng = np.random.default_rng(seed)
    columns = {f"u{place}": rng.integers(1, 5, n) for place in range(1, 10)}
    return pd.DataFrame({"no": range(1, n + 1), "jenis_kelamin": rng.choice(["L", "P"], n), **columns})


# ---------------------------------------------------------------- what is guessed


def test_a_plain_file_alone_gives_a_recipe_that_is_whole(folder, call):
    take(folder, "users_2022.csv")
    raw = drafted(call, folder)
    assert raw["waves"] == [{"label": "2022", "data": "users_2022.csv", "codebook": "codebook_users_2022.toml"}]
    assert raw["design"] == {"weight": "weight", "strata": "stratum", "psu": "psu"}
    assert raw["index"]["items"] == read_recipe_items()
    assert (raw["importance"]["outcome"], raw["map"]["province"], raw["league"]["by"]) == ("overall", "province", "agency")
    assert raw["domains"]["by"] == ["sex", "disability", "education"]
    assert "Survei kepuasan\nIndeks kepuasan 62,9" in ran(call, folder)


def read_recipe_items():
    return list(Codebook.read(SAMPLE / "users_2022.toml").index["items"])


def test_scales_and_missing_codes_are_those_of_the_codebook_that_the_sample_has(folder, call):
    take(folder, "users_2022.csv")
    drafted(call, folder)
    book, known = (Codebook.read(place / name) for place, name in ((folder, "codebook_users_2022.toml"), (SAMPLE, "users_2022.toml")))
    for item in read_recipe_items():
        assert (book.scale_of(item).low, book.scale_of(item).high) == (known.scale_of(item).low, known.scale_of(item).high)
        assert set(book.items[item].missing) == set(known.items[item].missing)
        assert set(book.items[item].guessed) == {"type", "scale", "missing"}


def test_two_waves_and_those_who_serve_are_told_by_columns_and_names(folder, call):
    take(folder, "users_2020.sav", "users_2022.csv", "users_2022.dta", "admins_2020.csv", "admins_2022.csv", "sekadau_2019.csv")
    output = call("init", folder).output
    assert "tidak dipakai (tampaknya sama dengan berkas lain yang bernama sama): 'users_2022.csv'" in " ".join(output.split())
    assert "tidak dipakai (kolomnya lain daripada berkas yang dipakai): 'sekadau_2019.csv'" in " ".join(output.split())
    (folder / "kepuasan.toml").unlink()
    for path in folder.glob("codebook_*"):
        path.unlink()
    raw = drafted(call, folder)
    assert [(one["label"], one["data"]) for one in raw["waves"]] == [("2020", "users_2020.sav"), ("2022", "users_2022.dta")]
    assert [(one["label"], one["data"]) for one in raw["against"]["waves"]] == [("2020", "admins_2020.csv"), ("2022", "admins_2022.csv")]
    assert raw["against"]["design"] == raw["design"]


def test_an_skm_file_is_scored_as_its_rule_says(folder, call):
    respondents(1).to_csv(folder / "SKM Semester 1.csv", index=False)
    raw = drafted(call, folder)
    assert raw["index"] == {"items": [f"u{place}" for place in range(1, 10)], "scoring": "share-of-max"}
    assert raw["waves"][0]["label"] == "SKM Semester 1"
    expected = 25 * respondents(1)[raw["index"]["items"]].to_numpy().mean()
    assert f"index {expected:.2f}" in ran(call, folder, "--lang", "en")


def test_a_form_with_questions_as_headers_and_answers_in_words(folder, call):
    rng = np.random.default_rng(2)
    asked = ["Seberapa puas Anda dengan kecepatan?", 'Apakah Anda puas, dengan "keramahan" = petugas?', "Puaskah Anda\ndengan biaya [Rp]?"]
    frame = pd.DataFrame({question: rng.choice(WORDS, 60) for question in asked})
    frame.insert(0, "Timestamp", pd.date_range("2025-06-01 08:00", periods=60, freq="h").strftime("%m/%d/%Y %H:%M:%S"))
    frame["Nama lengkap"] = [f"Orang {chr(65 + n % 26)}{chr(97 + n // 26)}" for n in range(60)]
    frame["Nomor HP"] = [f"0812{n:07}" for n in range(60)]
    frame["Jenis kelamin"] = rng.choice(["Laki-laki", "Perempuan"], 60)
    frame.to_csv(folder / "Survei 2025.csv", index=False)
    raw = drafted(call, folder)
    assert len(raw["index"]["items"]) == 3
    assert raw["domains"]["by"] == ["Jenis kelamin"]
    book = Codebook.read(folder / "codebook_Survei 2025.toml")
    assert {name for name, item in book.items.items() if item.role == "personal"} == {"Nama lengkap", "Nomor HP"}
    ran(call, folder)
    written = b"".join(path.read_bytes() for path in (folder / "out").rglob("*.csv"))
    assert b"0812" not in written


def test_workbooks_are_data_and_forms_in_them_are_not(folder, call):
    respondents(3).to_excel(folder / "skm_2025.xlsx", index=False)
    Codebook.read(SAMPLE / "skm_2025.toml").write(folder / "formulir.xlsx")
    raw = drafted(call, folder, "--codebook", "xlsx", "--lang", "en")
    assert raw["waves"] == [{"label": "2025", "data": "skm_2025.xlsx", "codebook": "codebook_skm_2025.xlsx"}]
    assert raw["language"] == "en"
    assert "survey" in sheet_names(folder / "codebook_skm_2025.xlsx")
    assert ran(call, folder)


def test_waves_that_show_different_answers_are_put_on_one_scale(folder, call):
    old, new = respondents(4), respondents(5)
    old.loc[old["u2"] == 1, "u2"] = 2
    old.loc[:3, "u1"] = 9
    new.rename(columns=str.upper).to_csv(folder / "skm_2025.csv", index=False)
    old.to_csv(folder / "skm_2024.csv", index=False)
    drafted(call, folder)
    books = [Codebook.read(folder / f"codebook_skm_{year}.toml") for year in (2024, 2025)]
    assert [book.items["U1"].missing.keys() for book in books] == [{9}, {9}]
    assert [book.items["U1"].column for book in books] == ["u1", None]
    assert ran(call, folder)


def test_answers_in_words_of_two_waves_stand_on_one_ladder(folder, call):
    rng = np.random.default_rng(6)
    for year, words in ((2024, WORDS[1:3]), (2025, WORDS)):
        pd.DataFrame({f"q{n}": rng.choice(words, 60) for n in range(1, 5)}).to_csv(folder / f"s_{year}.csv", index=False)
    raw = drafted(call, folder)
    assert raw["index"]["items"] == ["q1", "q2", "q3", "q4"]
    surveys = [read_survey(folder / f"s_{year}.csv", folder / f"codebook_s_{year}.toml") for year in (2024, 2025)]
    assert [sorted(survey.frame["q1"].unique()) for survey in surveys] == [[2, 3], [1, 2, 3, 4]]


def test_a_stratum_with_one_unit_brings_a_rule_for_it(folder, call):
    frame = respondents(7).assign(strata=["Aceh"] * 60 + ["Bali"] * 60, psu=[1] * 60 + [1, 2] * 30)
    frame.to_csv(folder / "skm_2025.csv", index=False)
    assert drafted(call, folder)["design"] == {"strata": "strata", "psu": "psu", "single_psu": "adjust"}


def test_files_without_answers_leave_the_index_to_be_decided(folder, call):
    pd.DataFrame({"nama_unit": ["a", "b"], "jumlah": [120, 300]}).to_csv(folder / "rekap.csv", index=False)
    assert call("init", folder).exit_code == 0
    text = (folder / "kepuasan.toml").read_text(encoding="utf-8")
    assert '# items = ["..."]' in text
    assert [one["code"] for one in json.loads(call("check", folder / "kepuasan.toml", "--format", "json").stdout) if one["severity"] == "error"] == [
        "KP004"
    ]


def test_a_codebook_beside_the_data_stands_and_its_index_is_not_said_again(folder, call):
    take(folder, "users_2022.csv", "users_2022.toml")
    before = (folder / "users_2022.toml").read_bytes()
    raw = drafted(call, folder)
    assert raw["waves"][0]["codebook"] == "users_2022.toml"
    assert not raw.keys() & {"index", "design"}
    assert (folder / "users_2022.toml").read_bytes() == before


# ---------------------------------------------------------------- what is written


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("there", [True, False])
def test_a_folder_without_data_gets_a_recipe_to_fill_in(tmp_path, call, lang, there):
    place = tmp_path / "baru" / "sekali"
    if there:
        place.mkdir(parents=True)
    assert call("init", place, "--lang", lang).exit_code == 0
    assert [path.name for path in place.iterdir()] == ["kepuasan.toml"]
    respondents(8).to_csv(place / "survei_2025.csv", index=False)
    recipe = read_recipe(place / "kepuasan.toml")
    assert (recipe.language, recipe.waves[0].data) == (lang, "survei_2025.csv")
    assert ran(call, place)


def test_nothing_that_is_there_is_overwritten_and_nothing_else_is_written_then(folder, call):
    take(folder, "users_2022.csv")
    (folder / "codebook_users_2022.toml").write_text("[[mine", encoding="utf-8")
    result = call("init", folder)
    assert (result.exit_code, "codebook_users_2022.toml" in result.stderr) == (2, True)
    assert sorted(path.name for path in folder.iterdir()) == ["codebook_users_2022.toml", "users_2022.csv"]
    (folder / "codebook_users_2022.toml").unlink()
    (folder / "kepuasan.toml").write_text("", encoding="utf-8")
    result = call("init", folder, "--lang", "en")
    assert (result.exit_code, "nothing was written" in result.stderr) == (2, True)
    assert sorted(path.name for path in folder.iterdir()) == ["kepuasan.toml", "users_2022.csv"]


def test_files_are_written_all_or_none(folder, call, monkeypatch):
    take(folder, "users_2022.csv")
    put = placing._put

    def full(file, place):
        if place.name == "kepuasan.toml":
            raise OSError(28, "No space left on device")
        put(file, place)

    monkeypatch.setattr(placing, "_put", full)
    result = call("init", folder)
    assert (result.exit_code, "ruang penyimpanan habis" in result.stderr) == (2, True)
    assert [path.name for path in folder.iterdir()] == ["users_2022.csv"]
    assert call("init", folder / "a" / "b").exit_code == 2
    assert not (folder / "a").exists()


def test_a_file_that_cannot_be_read_is_left_out_and_named(folder, call):
    respondents(9).to_csv(folder / "skm_2025.csv", index=False)
    (folder / "rusak.sav").write_bytes(b"$FL2 not much of a file")
    result = call("init", folder)
    assert "tidak dipakai (berkas ini rusak atau tidak lengkap, sehingga tidak dapat dibaca): 'rusak.sav'" in " ".join(result.output.split())
    (folder / "skm_2025.csv").unlink()
    (folder / "kepuasan.toml").unlink()
    result = call("init", folder, "--lang", "en")
    assert (result.exit_code, "rusak.sav: the file is damaged" in result.stderr) == (2, True)
    assert call("init", folder / "rusak.sav").exit_code == 2


def test_the_same_folder_gives_the_same_bytes(tmp_path, call):
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        take(tmp_path / name, "users_2020.csv", "users_2022.csv", "admins_2022.csv")
        call("init", tmp_path / name)
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert made[0] == made[1]


def test_hostile_names_of_columns_stay_names(folder, call):
    frame = respondents(10).rename(columns={"jenis_kelamin": 'jenis kelamin "]\n[output]\ndir = "/'})
    frame.to_csv(folder / "x '#\"2025.csv", index=False)
    raw = drafted(call, folder)
    assert raw["output"] == {"dir": "out"}
    assert raw["waves"][0]["data"] == "x '#\"2025.csv"


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(("waves", "items"), [(1, 4), (3, 40), (12, 10), (40, 60)])
def test_a_recipe_has_at_most_forty_lines_and_can_be_read(lang, waves, items):
    listed = [DraftedWave(str(1980 + n), f"data_{n}.csv", f"codebook_data_{n}.toml") for n in range(waves)]
    groups = tuple((key, "sex == 'P'") for key in ("women", "youth", "disability"))
    design = {"weight": "w", "strata": "s", "psu": "p"}
    names = tuple(f"Seberapa puas Anda dengan unsur nomor {n} dari pelayanan ini?" for n in range(items))
    guesses = Guesses(names, (1.0, 4.0), "minmax", "overall", design, True, ("sex",), "province", "agency", "region", groups, ("nik",))
    text = recipe_text(Plan(listed, guesses, listed, design, ["lain.csv"] * 30), lang)
    raw = tomllib.loads(text)
    assert len(text.splitlines()) <= LINES
    assert (len(raw["waves"]), len(raw["against"]["waves"]), raw["index"]["items"]) == (waves, waves, list(names))


def test_lines_on_the_terminal_fit_in_a_hundred_columns(folder, call):
    take(folder, "users_2020.sav", "users_2022.csv", "admins_2022.csv")
    output = call("init", folder).output
    assert max(map(len, output.replace(str(folder), "survei").splitlines())) <= 100


# ---------------------------------------------------------------- pieces


def test_years_that_occur_twice_are_no_labels_of_waves():
    assert list(labels_of_waves(["skm 2025 tw2", "skm 2025 tw10", "skm 2025 tw1"]).values()) == ["2025 tw1", "2025 tw2", "2025 tw10"]


def test_files_are_alike_by_most_of_their_columns():
    assert alike([["a", "b", "c", "d"], ["x", "y", "z"], ["A ", "b", "c"]]) == [[0, 2], [1]]


def test_yes_and_no_are_no_scale_and_a_long_scale_needs_many_answers():
    columns = [Answers(f"q{n}", frozenset({0, 1, 9})) for n in range(5)]
    assert batteries(columns) == {}
    columns = [Answers(f"q{n}", frozenset(range(11))) for n in range(3)]
    assert {scale.name for scale, _ in batteries(columns).values()} == {"skala_0_10"}


def test_a_few_columns_without_the_highest_answer_belong_to_the_scale_of_the_others():
    columns = [Answers(f"q{n}", frozenset(range(1, 6))) for n in range(4)] + [Answers("q9", frozenset({1, 2, 4}))]
    assert {name: scale.name for name, (scale, _) in batteries(columns).items()}["q9"] == "skala_1_5"
