"""Recipes: every problem at once, each with its key."""

import pytest

from kepuasan.cli.opening import hashes, reading_of
from kepuasan.cli.recipe import parse_recipe, read_recipe
from kepuasan.errors import RecipeError

GOOD = {"waves": [{"label": "2020", "data": "a.csv"}], "index": {"items": ["u1", "u2"], "scale": [1, 4]}}
TWO = {"waves": [{"label": 2020, "data": "a.csv"}, {"label": "2022", "data": "a.csv"}]}


def refused(raw, folder):
    with pytest.raises(RecipeError) as caught:
        parse_recipe(raw, folder, "kepuasan.toml")
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
        ({"title": 3}, "title: is 3; give a text"),
        ({"waves": 3}, "waves: is 3; give a list"),
        ({"waves": []}, "waves: is []; give a list of at least 1"),
        ({"waves": [{"label": "x"}]}, "waves[1].data: is missing; give it"),
        ({"waves": [{"dta": "a.csv", "data": "a.csv"}]}, "waves[1].dta: unknown key; did you mean 'data'?"),
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
        read_recipe(tmp_path / "r.toml")
    assert "r.toml" in str(caught.value)


def test_a_recipe_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(RecipeError, match=r"there is no recipe 'r.toml'"):
        read_recipe(tmp_path / "r.toml")


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
