"""Drivers and changes as they are drawn and shown: factors and their levels by name, what importance is in, rows that are left out."""

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.codebook import labels_of
from kepuasan.errors import DataError, DataWarning, EstimateError

CHANNELS = {
    "id": ["Situs web", "Aplikasi ponsel", "SMS", "Media sosial", "Tatap muka", "Surat atau telepon"],
    "en": ["Website", "Mobile application", "Text message", "Social media", "In person", "Letter or telephone"],
}


@pytest.fixture(scope="module")
def users():
    return kp.load_sample("users")


@pytest.fixture(scope="module")
def folded(users):
    return kp.oaxaca_blinder(users, "overall", ["response_speed", "C(channel)"], group="wave", base="2021", current="2022")


@pytest.fixture(scope="module")
def holes():
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(rng.integers(1, 6, (90, 4)), columns=["overall", "a", "b", "c"]).astype(float)
    frame["overall"] = (frame["a"] + frame["b"] + frame["c"] + rng.normal(0, 1, 90)).round()
    frame.loc[:2, "a"] = np.nan
    return kp.Survey(frame.assign(sex=rng.choice(["L", "P"], 90)))


def names_of(axes):
    return [tick.get_text().replace("\n", " ") for tick in axes.get_yticklabels()]


# ---------------------------------------------------------------- factors by name


@pytest.mark.parametrize(
    ("language", "column", "parts"), [("id", "Saluran pengaduan", "Tidak dijelaskan"), ("en", "Complaint channel", "Unexplained")]
)
def test_every_level_of_a_factor_has_its_own_name_in_the_waterfall(folded, language, column, parts):
    names = names_of(folded.plot(language=language))
    assert [name for name in names if name.startswith(parts)][2:] == [f"{parts}: {column}: {level}" for level in CHANNELS[language]]
    assert len(set(names)) == len(names) == 17


def test_names_that_are_given_come_before_those_of_the_codebook(folded):
    names = names_of(folded.plot(labels={"C(channel)": "Kanal", ("C(channel)", 1): "Laman"}))
    assert "Tidak dijelaskan: Kanal: Laman" in names
    assert "Tidak dijelaskan: Kanal: SMS" in names


def test_levels_of_no_codebook_are_called_by_their_codes(holes):
    change = kp.oaxaca_blinder(holes, "overall", ["a", "C(b)"], group="sex", base="L", current="P")
    assert "Explained by means: C(b): 1" in names_of(change.plot(language="en"))


def test_a_factor_is_called_by_the_label_of_its_column_in_bars(users):
    found = kp.driver_importance(users, "overall", ["response_speed", "C(channel)"])
    assert names_of(found.plot()) == ["Kecepatan tanggapan", "Saluran pengaduan"]
    named = kp.driver_importance(users, "overall", {"kanal": ["C(channel)"], "cepat": ["response_speed"]})
    assert names_of(named.plot()) == ["cepat", "kanal"]


def test_labels_of_factors_take_one_spelling_of_a_code(users):
    levels = [("C(channel)", 1.0), ("C(channel)", "2"), ("C(channel)", 99), ("sex", "P"), ("overall", 1)]
    found = labels_of(users.codebook, [], "id", columns={"C(channel)": "channel", "sex": "sex", "x": "nowhere"}, levels=levels)
    assert {key: text for key, text in found.items() if isinstance(key, tuple)} == {
        ("C(channel)", 1.0): "Situs web",
        ("C(channel)", "2"): "Aplikasi ponsel",
        ("sex", "P"): "Perempuan",
    }
    assert (found["C(channel)"], found["sex"], "x" in found) == ("Saluran pengaduan", "Jenis kelamin", False)
    assert labels_of(None, ["a"], "id") == {}


# ---------------------------------------------------------------- what importance is in


@pytest.mark.parametrize(
    ("asked", "axis", "said"),
    [
        ({}, "in units of R²", "importance in units of R-squared; R-squared "),
        ({"shares": True}, "percent of what the drivers account for", "shares of what the drivers account for; R-squared "),
        ({"shares": True, "method": "relative-weights"}, "percent of what the drivers account for", "shares of what the drivers account for"),
        ({"shares": True, "method": "first"}, "percent of the sum of importances", "shares of the sum of importances; R-squared "),
        ({"shares": True, "method": "pratt"}, "percent of the sum of importances", "shares of the sum of importances"),
        ({"family": "ordinal"}, "in units of McFadden's R²", "importance in units of McFadden's R-squared; McFadden's R-squared "),
    ],
)
def test_axis_and_text_say_what_importance_is_in(holes, asked, axis, said):
    survey = holes.assign(overall=np.digitize(holes.column("overall"), [8.0, 11.0]).astype(float))
    found = kp.driver_importance(survey, "overall", ["a", "b"], always=["c"], **asked)
    assert found.plot(language="en").get_xlabel() == f"Importance, {axis}"
    assert said in repr(found)


def test_rows_that_lack_an_answer_are_counted_in_every_text(holes):
    drivers = kp.driver_importance(holes, "overall", ["a", "b"])
    change = kp.oaxaca_blinder(holes, "overall", ["a", "b"], group="sex", base="L", current="P")
    for one in (drivers, change):
        assert one.left_out == 3
        for text in (repr(one), one._repr_html_()):
            assert "(3 rows lack an answer and are left out)" in text
    assert "left out" not in repr(kp.driver_importance(holes, "overall", ["b", "c"]))


def test_the_error_of_sampling_orders_is_in_the_table_and_the_text(holes):
    rng = np.random.default_rng(1)
    many = {f"d{i}": rng.normal(size=90) for i in range(26)}
    with pytest.warns(DataWarning, match="the limits of importance reach 0"):
        found = kp.driver_importance(kp.Survey(holes.frame.assign(**many)), "overall", list(many), by="sex", orders=20)
    table = found.to_frame()
    assert table.columns[-1] == "monte_carlo_error"
    assert table["monte_carlo_error"].tolist() == found.monte_carlo_error.ravel().tolist()
    assert table.groupby("sex", sort=False)["monte_carlo_error"].max().tolist() == found.monte_carlo_error.max(axis=1).tolist()
    line = f"Orders of drivers are sampled: Monte Carlo errors up to {found.monte_carlo_error.max():.2g}, which se does not contain"
    assert line in repr(found)
    assert line in found._repr_html_()
    few = kp.driver_importance(holes, "overall", ["a", "b"])
    assert "monte_carlo_error" not in few.to_frame()
    assert "Monte Carlo" not in repr(few)


def test_factors_have_no_performance_and_are_named(holes):
    with pytest.raises(EstimateError, match=r"drivers that are factors have no mean: 'C\(b\)'; leave them out"):
        kp.driver_importance(holes, "overall", ["a", "C(b)"]).plot(kind="map")


def test_the_map_draws_the_quadrants_of_its_table():
    found = kp.driver_importance(kp.load_sample("users", wave="2022"), "overall", ["response_speed", "fairness"])
    table, drawn = found.map(), found.plot(kind="map", language="en").get_label()
    words = {"concentrate": "Concentrate here", "keep": "Keep up the good work", "low": "Low priority", "overkill": "Possible overkill"}
    assert [words[one] for one in table["quadrant"]] == [part.split("quadrant ")[1].split(",")[0] for part in drawn.split("; ")[1:]]


# ---------------------------------------------------------------- change


def test_what_was_answered_is_named_where_respondents_are_split_as_a_whole(users):
    spec = kp.IndexSpec(["response_speed", "fairness"], level="respondents", scale=(1, 4))
    change = kp.attribute_change(users, "2021", "2022", spec=spec, method="mix", mix="sex")
    assert names_of(change.plot(language="en")) == ["2021", "Mix of respondents", "What was answered", "2022"]
    assert names_of(change.plot()) == ["2021", "Komposisi responden", "Jawaban responden", "2022"]
    table = change.to_frame("mix")
    assert table[["part", "sex"]].values.tolist() == [["mix", "L"], ["mix", "P"], ["level", "L"], ["level", "P"]]
    assert table["estimate"].sum() == pytest.approx(change.total.value[0], rel=1e-9)


def test_the_table_of_the_mix_says_what_to_do_where_there_is_none(folded):
    assert folded.mix is None
    with pytest.raises(EstimateError, match="no mix was named; call attribute_change"):
        folded.to_frame("mix")


# ---------------------------------------------------------------- estimates


def test_estimates_pass_the_unit_on_to_every_kind(users):
    means = kp.mean(users, ["response_speed", "fairness"], by="wave")
    two = means[{"wave": ["2021", "2022"]}]
    assert two.plot(kind="gaps", group="wave", unit="1 to 4").get_xlabel() == "1 to 4"
    assert means.plot(unit="1 to 4").get_xlabel() == means.plot(kind="slopes", unit="1 to 4").get_xlabel() == "1 to 4"
    with pytest.raises(DataError, match=r"gaps are drawn between the two codes of a key column; name it: group=... \('item', 'wave'\)"):
        means.plot(kind="gaps", group="estimate")
    with pytest.raises(DataError, match="'wave' has '2020', '2021', '2022'; choose two"):
        means.plot(kind="gaps", group="wave")
    with pytest.raises(DataError, match="group='wave' is of kind=\"gaps\""):
        means.plot(group="wave")
