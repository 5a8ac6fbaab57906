"""Recipes: every problem at once, each with its key."""

import pytest

from kepuasan.cli.opening import hashes, reading_of, request_of
from kepuasan.cli.recipe.model import parse_recipe, read_recipe, settings_of
from kepuasan.errors import RecipeError

GOOD = {"waves": [{"label": "2020", "data": "a.csv"}], "index": {"items": ["u1", "u2"], "scale": [1, 4]}}


def wave(**more):
    """A recipe whose only wave says more."""
    return {"waves": [{"label": "2020", "data": "a.csv", **more}]}


TWO = {"waves": [{"label": 2020, "data": "a.csv"}, {"label": "2022", "data": "a.csv"}]}


def refused(raw, folder, lang="en"):
    with pytest.raises(RecipeError) as caught:
        parse_recipe(raw, folder, "kepuasan.toml", lang)
    return str(caught.value)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.csv").write_text("u1,u2\n1,2\n")
    return tmp_path


def test_a_recipe_is_read_with_its_defaults(folder):
    recipe = parse_recipe({**GOOD, "design": {"psu": "unit"}}, folder, "kepuasan.toml")
    assert (recipe.language, recipe.output.dir, recipe.labels()) == ("id", "out", ("2020",))
    assert recipe.design is not None
    assert recipe.design.psu == ["unit"]


def test_a_wave_may_be_called_by_a_number(folder):
    assert parse_recipe({**TWO, "change": {"base": 2020, "current": 2022}}, folder, "r").labels() == ("2020", "2022")


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"langauge": "id"}, "langauge: unknown key; did you mean 'language'?"),
        ({"language": "fr"}, "language: is 'fr'; choose one of 'id', 'en'"),
        ({"title": 3}, 'title: is 3; give a text, or texts in both languages: {id = "...", en = "..."}'),
        ({"waves": 3}, "waves: is 3; give a list"),
        ({"waves": []}, "waves: is []; give a list of at least 1"),
        ({"waves": [{"label": "x"}]}, "waves[1].data: is missing; give it"),
        ({"waves": [{"dta": "a.csv", "data": "a.csv"}]}, "waves[1].dta: unknown key; did you mean 'data'?"),
        ({"title": {"fr": "x"}}, "title: is {'fr': 'x'}; give a text, or texts in both languages"),
        ({"waves": [{"data": "aa.csv"}]}, "waves[1].data: there is no file 'aa.csv'; did you mean 'a.csv'?"),
        ({"waves": [{"data": "a.csv", "codebook": "b.toml"}]}, "waves[1].codebook: there is no file 'b.toml'"),
        ({"waves": TWO["waves"][:1] * 2}, "waves: the label '2020' is given 2 times"),
        ({"design": {"weigth": "w"}}, "design.weigth: unknown key; did you mean 'weight'?"),
        ({"design": {"single_psu": "adjst"}}, "design.single_psu: is 'adjst'; choose one of"),
        ({"index": "x"}, "index: is 'x'; give a section of keys"),
        ({"index": {"items": []}}, "index.items: is []; give a list of at least 1"),
        ({"index": {"items": ["u1"], "scorin": "raw"}}, "index.scorin: unknown key; did you mean 'scoring'?"),
        ({"index": {"items": ["u1"], "scoring": "topbox"}}, "did you mean 'top-box'?"),
        ({"index": {"items": ["u1"], "top": "two"}}, "index.top: is 'two'; give a whole number"),
        ({"index": {"items": ["u1"], "min_answered": 3}}, "index.min_answered: is 3; give a number of at most 1"),
        ({"index": {"items": ["u1"], "scale": [1]}}, "index.scale: is [1]; give a list of at least 2"),
        ({"index": {"items": ["u1"], "weights": {"u1": "x", "u2": 1}}}, 'give "equal", a number for each item, or the importance item of each'),
        ({**TWO, "change": {"base": "220"}}, "change.base: there is no wave '220'; the waves are '2020', '2022'"),
        ({**TWO, "change": {"base": "2020", "current": "2020"}}, "change: base and current are the same wave '2020'"),
        ({"change": {"frame": "region"}}, "change.frame: there is one wave only"),
        ({"change": {"shared_psu": 1}}, "change.shared_psu: is 1; give true or false"),
        ({"drivers": {"rest": ["u1"]}}, "drivers.rest: this name stands for another part"),
        ({"drivers": {"speed": ["u11"]}}, "drivers.speed: 'u11' is no item of the index; did you mean 'u1'?"),
        ({"drivers": {"a": ["u1"], "b": ["u1"]}}, "drivers.b: 'u1' belongs to 'a' already"),
        ({"domains": {"buy": ["sex"]}}, "domains.buy: unknown key; did you mean 'by'?"),
        ({"output": {"dir": ""}}, "output.dir: is ''; give a text that is not empty"),
        (wave(dispositions={"I": -1}), "waves[1].dispositions.I: is -1; give a whole number, 0 or more"),
        (wave(dispositions={"I": 1, "NEE": 2}), "waves[1].dispositions.NEE: is no disposition; did you mean 'NE'?; the codes are I, P, R, NC"),
        (wave(dispositions={"I": 1, "P": 0, "R": 2}), "waves[1].dispositions: lack NC, O, UH, UO; give 0 where there was no such case"),
        (wave(rake={}), "waves[1].rake: is {}; give a list of at least 1"),
        (wave(rake={"sex": {"L": -1}}), "waves[1].rake.sex: is {'L': -1}; give the population total of each code, such as {L = 1200, P = 1100}"),
        (wave(rake={"sex": {"L": float("nan")}}), "waves[1].rake.sex: is {'L': nan}; give the population total"),
        (wave(rake={"sex": "b.csv"}), "waves[1].rake.sex: there is no file 'b.csv'; did you mean 'a.csv'?"),
        (wave(rake={"a,b": {"x": 1}}), "waves[1].rake.a,b: margins of crossed columns stand in a file"),
        (wave(trim={}), "waves[1].trim: has no bound; give lower, upper or both"),
        (wave(trim={"lower": 3, "upper": 2}), "waves[1].trim: lower 3 is not below upper 2; exchange them"),
        ({"replicates": {"method": "jack"}}, "replicates.method: is 'jack'; choose one of 'jk1', 'jkn'"),
        ({"replicates": {"method": "jkn", "seed": 1}}, "replicates.seed: a seed belongs to the bootstrap; 'jkn' draws nothing"),
        ({"replicates": {"method": "jkn", "n": 9}}, "replicates.n: 'jkn' has one replicate a unit; leave it out"),
        ({"replicates": {"method": "brr", "fay_rho": 0.5}}, "replicates.fay_rho: fay_rho belongs to the method 'fay'"),
        ({"replicates": {"method": "fay"}}, "replicates.fay_rho: the method 'fay' needs fay_rho, such as 0.5"),
        ({"replicates": {"method": "fay", "fay_rho": 1}}, "replicates.fay_rho: is 1; give a number below 1"),
        ({"league": {}}, "league.by: is missing; give it"),
        ({"map": {"provinces": "p"}}, "map.provinces: unknown key; did you mean 'province'?"),
        ({"importance": {"outcome": "o", "drivers": {}}}, "importance.drivers: is {}; give a list of items, or groups of them"),
        ({"importance": {"outcome": "u1", "drivers": ["u1", "u2"]}}, "importance.drivers: 'u1' is the outcome itself; leave it out"),
        ({"importance": {"outcome": "o", "drivers": ["u1", "u1"]}}, "importance.drivers: 'u1' is given more than once"),
        ({"importance": {"outcome": "o", "drivers": {"a": ["u1"], "b": "u1"}}}, "importance.drivers.b: 'u1' belongs to 'a' already"),
        ({"groups": [{"label": "x", "where": ""}]}, "groups[1].where: is ''; give a text that is not empty"),
        ({"groups": [{"label": "x", "where": "a"}, {"label": "x", "where": "b"}]}, "groups: 'x' is given more than once"),
        ({"against": {"label": "b", "own": "a", "waves": []}}, "against.waves: is []; give a list of at least 1"),
        ({"against": {"label": "b", "own": "a", "waves": [{"data": "b.csv"}]}}, "against.waves[1].data: there is no file 'b.csv'"),
        ({"against": {"label": "b", "own": "a", "waves": TWO["waves"][:1] * 2}}, "against.waves: the label '2020' is given 2 times"),
        ({"follow_up": {"lowest": 0}}, "follow_up.lowest: is 0; give a number of at least 1"),
        ({"follow_up": {"measures": [{"item": "u11"}]}}, "follow_up.measures[1].item: 'u11' is no item of the index; did you mean 'u1'?"),
        ({"follow_up": {"measures": [{"item": "u1"}] * 2}}, "follow_up.measures: 'u1' is given more than once"),
        ({"suppression": {"publication": 5}}, "suppression: disclosure 10 is above publication 5; the bound of disclosure is the lower one"),
        ({"output": {"languages": ["fr"]}}, "output.languages[1]: is 'fr'; choose one of 'id', 'en'"),
        ({"output": {"formats": ["htm"]}}, "output.formats[1]: is 'htm'; choose one of 'html', 'xlsx', 'docx', 'pdf'; did you mean 'html'?"),
        ({"output": {"formats": ["pdf", "pdf"]}}, "output.formats: 'pdf' is given more than once; give it once"),
    ],
)
def test_a_fault_is_named_by_its_key_with_what_to_do(section, said, folder):
    assert said in refused({**GOOD, **section}, folder)


def test_all_problems_are_listed_at_once(folder):
    raw = {"titel": "x", "waves": [{"data": "aa.csv"}], "index": {"items": ["u1"], "top": 0}, "drivers": {"frame": ["u2"]}}
    said = refused(raw, folder)
    assert said.startswith("kepuasan.toml has 5 problems:\n")
    assert [line.split(":")[0].strip() for line in said.splitlines()[1:]] == ["index.top", "titel", "waves[1].data", "drivers.frame", "drivers.frame"]


def test_a_hundred_problems_are_counted_not_all_printed(folder):
    said = refused({**GOOD, **{f"key{i}": i for i in range(100)}}, folder)
    assert "has 100 problems" in said
    assert said.endswith("and 50 more")


@pytest.mark.parametrize(("text", "said"), [(b"a = [", "is not valid TOML"), (b"\xff\xfe", "cannot be read"), (b"", "waves: is missing")])
def test_a_file_that_is_no_recipe_is_refused_by_name(text, said, tmp_path):
    (tmp_path / "r.toml").write_bytes(text)
    with pytest.raises(RecipeError, match=said) as caught:
        read_recipe(tmp_path / "r.toml", "en")
    assert "r.toml" in str(caught.value)


def test_a_recipe_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(RecipeError, match=r"there is no recipe 'r.toml'"):
        read_recipe(tmp_path / "r.toml", "en")


def test_a_recipe_saved_with_a_byte_order_mark_is_read(folder):
    (folder / "r.toml").write_bytes(b'\xef\xbb\xbf[[waves]]\ndata = "a.csv"\n')
    assert read_recipe(folder / "r.toml").waves[0].data == "a.csv"


def test_a_wave_names_its_decimal_sign_and_catalog_which_must_be_there(folder):
    (folder / "formats.sas7bcat").write_bytes(b"x")
    wave = {"data": "a.csv", "decimal": ",", "catalog": "formats.sas7bcat"}
    recipe = parse_recipe({**GOOD, "waves": [wave]}, folder, "r")
    assert (recipe.waves[0].decimal, recipe.waves[0].catalog) == (",", "formats.sas7bcat")
    assert sorted(hashes(recipe, folder, None)) == ["a.csv", "formats.sas7bcat"]
    assert reading_of(recipe.waves[0], folder) == {"catalog": folder / "formats.sas7bcat", "decimal": ","}
    said = refused({**GOOD, "waves": [{**wave, "decimal": ";", "catalog": "format.sas7bcat"}]}, folder)
    assert "waves[1].decimal: is ';'; choose one of '.', ','" in said
    assert "waves[1].catalog: there is no file 'format.sas7bcat'" in said


# ---------------------------------------------------------------- the whole recipe, its languages, and its record


WHOLE = """
language = "en"
title = {id = "Pengguna", en = "Users"}
notes = ["Made up."]
[[waves]]
label = "2020"
data = "a.csv"
dates = 2020-03-01
mode = {id = "Telepon"}
dispositions = {I = 2, P = 0, R = 1, NC = 3, O = 0, UH = 0, UO = 1}
[waves.rake]
u1 = {1 = 30, 2 = 10}
"u1,u2" = "a.csv"
[waves.trim]
upper = 20
[replicates]
method = "bootstrap"
n = 20
[index]
items = "u1"
[importance]
outcome = "u2"
drivers = {"Speed" = "u1"}
[[groups]]
label = {id = "Perempuan", en = "Women"}
where = "u1 == 1"
[follow_up]
measures = [{item = "u1", programme = "Training", unit = {id = "Dinas", en = "Agency"}}]
[suppression]
publication = 20
[output]
languages = "en"
formats = ["html"]
"""


def test_a_whole_recipe_asks_for_all_that_it_says(folder):
    (folder / "r.toml").write_text(WHOLE)
    request = request_of(read_recipe(folder / "r.toml"))
    assert request.title == {"id": "Pengguna", "en": "Users"}
    assert request.notes == ({"id": "Made up.", "en": "Made up."},)
    held = request.fieldwork["2020"]
    assert (held.dates, held.mode, held.dispositions["NC"]) == ("2020-03-01", {"id": "Telepon", "en": "Telepon"}, 3)
    assert (request.outcome, request.ranked) == ("u2", {"Speed": ["u1"]})
    assert [(group.label["en"], group.where) for group in request.groups] == [("Women", "u1 == 1")]
    assert [(plan.item, plan.programme, plan.unit["id"]) for plan in request.plan] == [("u1", "Training", "Dinas")]
    assert (request.suppression.publication, request.suppression.disclosure, request.lowest) == (20, 10, 3)


@pytest.mark.parametrize(("raw", "languages"), [({}, ("id", "en")), ({"language": "en"}, ("en", "id")), ({"output": {"languages": "en"}}, ("en",))])
def test_reports_are_in_the_language_of_the_recipe_and_the_other_unless_it_names_them(raw, languages, folder):
    assert parse_recipe({**GOOD, **raw}, folder, "r").languages() == languages


@pytest.mark.parametrize(
    ("declared", "lang", "said"),
    [
        ({}, None, "titel: isian tidak dikenal; mungkin maksudnya 'title'?"),
        ({"language": "en"}, None, "titel: unknown key; did you mean 'title'?"),
        ({"language": "en"}, "id", "titel: isian tidak dikenal"),
        ({"language": "fr"}, None, "language: berisi 'fr'; pilih salah satu: 'id', 'en'"),
    ],
)
def test_problems_are_told_in_the_language_asked_for_else_in_that_of_the_recipe(declared, lang, said, folder):
    assert said in refused({**GOOD, "titel": "x", **declared}, folder, lang)


@pytest.mark.parametrize("text", ['language = "en"\nx = 1,5', 'title = "a"\nx = 1,5'])
def test_a_file_that_is_no_toml_is_told_in_its_language_with_a_hint(text, tmp_path):
    (tmp_path / "r.toml").write_text(text)
    with pytest.raises(RecipeError) as caught:
        read_recipe(tmp_path / "r.toml")
    english = text.startswith("language")
    assert ("is not valid TOML" in str(caught.value)) is english
    assert (
        "line 2, 'x = 1,5': a number with a comma; write 1.5" if english else "baris 2, 'x = 1,5': angka dengan koma atau titik ribuan; tulis 1.5"
    ) in str(caught.value)


def test_the_settings_of_a_record_name_waves_groups_and_measures_and_no_folders(folder):
    (folder / "r.toml").write_text(WHOLE.replace('data = "a.csv"', f'data = "{folder.as_posix()}/a.csv"'))
    settings = settings_of(read_recipe(folder / "r.toml"))
    assert settings["waves"]["2020"]["data"] == "a.csv"
    assert settings["waves"]["2020"]["rake"] == {"u1": {"1": 30.0, "2": 10.0}, "u1,u2": "a.csv"}
    assert settings["groups"] == {"Perempuan": "u1 == 1"}
    assert settings["follow_up"]["measures"]["u1"]["programme"] == "Training"
    assert settings["suppression"] == {"publication": 20, "disclosure": 10}
    assert str(folder) not in str(settings)
    assert "dir" not in settings["output"]
