"""The synthetic waves hold the published figures they are calibrated to, in every file, and the script makes them again as they are."""

from __future__ import annotations

import importlib
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

if TYPE_CHECKING:
    from types import ModuleType

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
USERS = ("users_2020", "users_2021", "users_2022")
ADMINS = ("admins_2020", "admins_2022")
WAVES = USERS + ADMINS
ATTRIBUTES = [
    "registering",
    "ease_of_use",
    "confidentiality",
    "verification",
    "disposition_accuracy",
    "response_speed",
    "ease_of_updates",
    "answer_quality",
    "fairness",
    "inclusiveness",
]
NAMED = ["disposition_accuracy", "response_speed", "ease_of_updates"]
PILOT = ["Sumatera Barat", "D.I. Yogyakarta", "Bali", "Kabupaten Tangerang", "Kabupaten Sleman", "Kabupaten Badung"]
SENTENCE = "synthetic, calibrated to published figures; not the survey's microdata"
SENTENCE_ID = "sintetis, dikalibrasi pada angka yang diterbitkan; bukan data mikro survei"


@cache
def wave(name: str) -> pd.DataFrame:
    return pd.read_csv(SAMPLE / f"{name}.csv")


@cache
def codebook(name: str) -> dict:
    return tomllib.loads((SAMPLE / f"{name}.toml").read_text(encoding="utf-8"))


def pilot_2020() -> pd.DataFrame:
    return wave("users_2020")[lambda frame: frame["region"].isin(PILOT)]


def share(frame: pd.DataFrame, item: str, least: int) -> float:
    given = frame[frame[item] < 8]
    return 100 * float(np.average(given[item] >= least, weights=given["weight"]))


def top_two(frame: pd.DataFrame) -> pd.Series:
    return pd.Series({item: share(frame, item, 3) for item in ATTRIBUTES})


def women(frame: pd.DataFrame) -> float:
    return 100 * float(np.average(frame["sex"] == "P", weights=frame["weight"]))


def index_influence(frame: pd.DataFrame) -> pd.Series:
    """The linearised influence of each row on the index, by hand."""
    answers = frame[ATTRIBUTES]
    given = answers < 8
    weight = given.mul(frame["weight"], axis=0)
    residual = (100.0 * (answers >= 3) - top_two(frame)).where(given, 0.0)
    return (weight * residual / weight.sum()).mean(axis=1)


def index_se(frame: pd.DataFrame) -> float:
    totals = frame.assign(z=index_influence(frame)).groupby(["stratum", "psu"])["z"].sum()
    variances = [len(part) * part.var(ddof=1) for _, part in totals.groupby(level=0)]
    return float(np.sqrt(np.sum(variances)))


def intraclass_correlation(frame: pd.DataFrame) -> float:
    """Of the respondents' scores within service units, strata taken out, from the analysis of variance."""
    scored = frame.assign(score=(100.0 * (frame[ATTRIBUTES] >= 3)).where(frame[ATTRIBUTES] < 8).mean(axis=1)).dropna(subset=["score"])
    score, unit = scored["score"], scored.groupby(["stratum", "psu"])["score"]
    strata = scored.groupby("stratum")["score"]
    within_df, between_df = len(scored) - unit.ngroups, unit.ngroups - strata.ngroups
    within = ((score - unit.transform("mean")) ** 2).sum() / within_df
    between = ((unit.transform("mean") - strata.transform("mean")) ** 2).sum() / between_df
    size = (len(scored) - ((unit.size() ** 2).groupby(level=0).sum() / strata.size()).sum()) / between_df
    return float((between - within) / (between + (size - 1) * within))


# ---- the published figures -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "index"), [("users_2020", 75.7), ("users_2021", 72.3), ("users_2022", 73.7)])
def test_the_index_of_each_wave_is_the_published_one(name, index):
    assert top_two(wave(name)).mean() == pytest.approx(index, abs=0.004)


def test_the_waves_have_the_published_numbers_of_respondents():
    assert [len(wave(name)) for name in USERS] == [1329, 1210, 1210]


def test_women_are_19_8_percent_in_2020_and_39_5_percent_later_weighted_or_not():
    later = pd.concat([wave("users_2021"), wave("users_2022")], ignore_index=True)
    assert (wave("users_2020")["sex"] == "P").sum() == 263
    assert (later["sex"] == "P").sum() == 956
    assert round(women(wave("users_2020")), 1) == 19.8
    assert round(women(later), 1) == 39.5


@pytest.mark.parametrize(
    ("name", "item", "percent"),
    [
        ("users_2020", "keep_using", 89.0),
        ("users_2021", "keep_using", 80.9),
        ("users_2022", "keep_using", 84.0),
        ("users_2021", "recommend", 80.9),
        ("users_2022", "recommend", 82.9),
    ],
)
def test_keep_using_and_recommend_print_as_published(name, item, percent):
    assert round(share(wave(name), item, 1), 1) == percent


def test_recommend_is_absent_from_the_wave_that_did_not_publish_it():
    assert "recommend" not in wave("users_2020")
    assert "recommend" in wave("users_2021")


def test_the_best_and_the_worst_attributes_of_2020_are_the_published_ones():
    order = top_two(wave("users_2020")).sort_values()
    assert order.index[0] == "response_speed"
    assert set(order.index[-3:]) == {"registering", "ease_of_use", "confidentiality"}
    assert order.between(61.5, 88.5).all()


@pytest.mark.parametrize("name", ["users_2021", "users_2022"])
def test_the_three_causes_named_are_the_worst_attributes_of_the_later_waves(name):
    assert set(top_two(wave(name)).nsmallest(3).index) == set(NAMED)


def test_one_percent_of_the_later_respondents_have_a_disability():
    later = pd.concat([wave("users_2021"), wave("users_2022")], ignore_index=True)
    assert later["disability"].mean() == pytest.approx(0.01, abs=0.001)
    assert np.average(later["disability"], weights=later["weight"]) == pytest.approx(0.01, abs=0.003)


# ---- frame and drivers ---------------------------------------------------------------------------------------------------------------


def test_the_change_is_a_frame_part_of_minus_0_8_and_minus_1_2_within_the_frame():
    within = top_two(pilot_2020()).mean()
    assert within == pytest.approx(74.9, abs=0.004)
    assert within - top_two(wave("users_2020")).mean() == pytest.approx(-0.8, abs=0.008)
    assert top_two(wave("users_2022")).mean() - within == pytest.approx(-1.2, abs=0.008)


def test_within_the_frame_the_three_named_attributes_fall_by_2_1_and_the_others_rise_by_0_9():
    parts = (top_two(wave("users_2022")) - top_two(pilot_2020())) / 10
    assert -2.15 <= parts[NAMED].sum() <= -2.05
    assert (parts[NAMED] < 0).all()
    assert 0.85 <= parts.drop(NAMED).sum() <= 0.95


def test_the_fall_from_2020_to_2022_is_not_significant():
    se = np.hypot(index_se(wave("users_2020")), index_se(wave("users_2022")))
    z = (top_two(wave("users_2020")).mean() - top_two(wave("users_2022")).mean()) / se
    assert 1.2 <= z <= 1.6


@pytest.mark.parametrize("name", USERS)
def test_overall_satisfaction_follows_the_named_drivers_and_the_quality_of_the_answer(name):
    full = wave(name)[lambda frame: (frame[[*ATTRIBUTES, "overall"]] < 8).all(axis=1)]
    design = np.column_stack([np.ones(len(full)), full[ATTRIBUTES]])
    slopes = pd.Series(np.linalg.lstsq(design, full["overall"], rcond=None)[0][1:], ATTRIBUTES)
    assert set(slopes.nlargest(4).index) == {*NAMED, "answer_quality"}
    assert len(full) > 0.85 * len(wave(name))


# ---- the design ----------------------------------------------------------------------------------------------------------------------


def test_2020_covers_34_provinces_and_tells_the_pilot_regencies_from_the_provinces_around_them():
    frame = wave("users_2020")
    assert frame["province"].nunique() == 34
    assert frame["region"].nunique() == 37
    around = frame[["region", "province"]].drop_duplicates().query("region != province")
    assert dict(around.to_numpy().tolist()) == {"Kabupaten Sleman": "D.I. Yogyakarta", "Kabupaten Tangerang": "Banten", "Kabupaten Badung": "Bali"}
    assert {"Banten", "Bali", "D.I. Yogyakarta"} <= set(frame["region"])


@pytest.mark.parametrize("name", ["users_2021", "users_2022"])
def test_the_later_waves_cover_the_six_pilot_regions_alone(name):
    assert set(wave(name)["region"]) == set(PILOT)


@pytest.mark.parametrize("name", USERS)
def test_every_stratum_of_users_is_a_region_with_two_service_units_and_eight_in_the_pilot_regions(name):
    frame = wave(name)
    units = frame.groupby("stratum")["psu"].nunique()
    assert (frame["stratum"] == frame["region"]).all()
    assert units.min() >= 2
    assert units[PILOT].min() >= 8


@pytest.mark.parametrize("name", WAVES)
def test_service_unit_codes_repeat_across_strata_so_that_they_must_be_nested(name):
    strata = wave(name).groupby("psu")["stratum"].nunique()
    assert strata.max() > 1


@pytest.mark.parametrize("name", WAVES)
def test_weights_are_positive_vary_in_every_stratum_and_cost_a_tenth_to_four_tenths_of_the_variance(name):
    frame = wave(name)
    relative = frame["weight"] / frame["weight"].mean()
    assert frame["weight"].gt(0).all()
    assert frame.groupby("stratum")["weight"].nunique().gt(1).all()
    assert 1.1 <= (relative**2).mean() <= 1.4


@pytest.mark.parametrize("name", WAVES)
def test_the_weights_of_a_stratum_add_up_to_a_whole_population(name):
    populations = wave(name).groupby("stratum")["weight"].sum()
    assert np.allclose(populations, populations.round(-1), atol=1e-6)
    assert populations.between(200, 10_000).all()


@pytest.mark.parametrize("name", USERS)
def test_the_standard_error_of_the_index_is_about_one_point(name):
    assert 0.9 <= index_se(wave(name)) <= 1.3


@pytest.mark.parametrize("name", USERS)
def test_users_of_one_service_unit_are_a_little_alike(name):
    assert 0.02 <= intraclass_correlation(wave(name)) <= 0.05


# ---- answers and people --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WAVES)
def test_answers_lie_on_their_scale_or_are_named_missings_of_one_to_three_percent(name):
    frame = wave(name)
    asked = frame[[*ATTRIBUTES, "overall"]]
    assert asked.isin([1, 2, 3, 4, 8, 9]).all(axis=None)
    assert asked[ATTRIBUTES].isin([8, 9]).mean().between(0.01, 0.03).all()
    assert {8, 9} <= set(asked.to_numpy().ravel())
    for item in {"keep_using", "recommend"} & set(frame.columns):
        assert set(frame[item]) == {0, 1, 8, 9}


@pytest.mark.parametrize("name", WAVES)
def test_no_cell_is_empty_and_no_respondent_occurs_twice(name):
    assert wave(name).notna().all(axis=None)
    assert wave(name)["respondent"].is_unique
    assert wave(name)["respondent"].str.startswith("sintetis-").all()


@pytest.mark.parametrize("name", WAVES)
def test_youth_are_enough_to_be_reported_and_persons_with_disabilities_are_there(name):
    frame = wave(name)
    assert frame["age"].between(16, 80).all()
    assert (frame["age"] <= 30).sum() >= 100
    assert frame["disability"].sum() >= 4
    assert set(frame["education"]) <= set(range(1, 8))


# ---- administrators ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "n"), [("admins_2020", 480), ("admins_2022", 520)])
def test_administrators_answer_for_national_pilot_and_other_agencies_eight_agencies_a_stratum(name, n):
    frame = wave(name)
    assert len(frame) == n
    assert set(frame["agency_type"]) == {1, 2, 3}
    assert (frame["pilot"] == (frame["agency_type"] == 2)).all()
    assert set(frame.loc[frame["pilot"] == 1, "region"]) == set(PILOT)
    assert frame.groupby("stratum")["psu"].nunique().min() >= 8
    assert frame.groupby(["stratum", "psu"])["agency"].nunique().eq(1).all()
    assert not {"keep_using", "recommend", "channel"} & set(frame.columns)


def test_pilot_agencies_gain_three_points_more_than_the_others():
    index = {(name, pilot): top_two(part).mean() for name in ADMINS for pilot, part in wave(name).groupby("pilot")}
    gain = {pilot: index["admins_2022", pilot] - index["admins_2020", pilot] for pilot in (0, 1)}
    assert gain[1] - gain[0] == pytest.approx(3.0, abs=0.05)


# ---- files ---------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def maker(monkeypatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SAMPLE))
    return importlib.import_module("make_sample")


@pytest.mark.parametrize("name", WAVES)
def test_the_script_makes_the_committed_rows_and_codebook_again(maker, name):
    frame = maker.draw_wave(name)
    assert maker.csv_text(frame) == (SAMPLE / f"{name}.csv").read_text(encoding="utf-8")
    made = maker.to_toml(maker.codebook_of(maker.WAVES[name], list(frame.columns)))
    assert made == (SAMPLE / f"{name}.toml").read_text(encoding="utf-8")


def test_the_script_writes_the_same_bytes_twice(maker, tmp_path):
    frame = maker.draw_wave("users_2022")
    written = []
    for folder in (tmp_path / "once", tmp_path / "twice"):
        folder.mkdir()
        maker.write_wave(maker.WAVES["users_2022"], frame, folder)
        written.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert written[0] == written[1]
    assert len(written[0]) == 5
    assert b"31 Dec 2200:00:00" in written[0]["users_2022.sav"][92:109]


def test_the_readme_prints_the_reached_values(maker):
    table = maker.reached_table({name: wave(name) for name in WAVES})
    assert table in (SAMPLE / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WAVES)
def test_the_four_formats_hold_the_same_rows(name):
    import pyreadstat

    expected = wave(name)
    sav, _ = pyreadstat.read_sav(SAMPLE / f"{name}.sav", user_missing=True)
    dta, _ = pyreadstat.read_dta(SAMPLE / f"{name}.dta")
    parquet = pd.read_parquet(SAMPLE / f"{name}.parquet")
    for frame in (sav, dta, parquet):
        pd.testing.assert_frame_equal(frame, expected, check_dtype=False)


@pytest.mark.parametrize("name", WAVES)
def test_the_spss_file_declares_8_and_9_missing_and_labels_its_codes(name):
    import pyreadstat

    _, meta = pyreadstat.read_sav(SAMPLE / f"{name}.sav", user_missing=True)
    for item in [*ATTRIBUTES, "overall"]:
        assert meta.missing_ranges[item] == [{"lo": 8, "hi": 8}, {"lo": 9, "hi": 9}]
        assert meta.variable_value_labels[item][4] == "Sangat puas"
        assert meta.variable_value_labels[item][9] == "Menolak menjawab"
    assert meta.variable_value_labels["sex"] == {"L": "Laki-laki", "P": "Perempuan"}
    assert meta.column_names_to_labels["ease_of_updates"] == "Kemudahan memantau perkembangan"


@pytest.mark.parametrize("name", WAVES)
def test_every_file_says_that_it_is_synthetic(name):
    import pyarrow.parquet as pq
    import pyreadstat

    _, sav = pyreadstat.read_sav(SAMPLE / f"{name}.sav", metadataonly=True)
    _, dta = pyreadstat.read_dta(SAMPLE / f"{name}.dta", metadataonly=True)
    described = pq.read_schema(SAMPLE / f"{name}.parquet").metadata[b"description"].decode()
    assert sav.notes == [SENTENCE]
    assert sav.file_label.startswith("sintetis")
    assert dta.file_label == SENTENCE
    assert described == codebook(name)["source"]
    assert SENTENCE in described
    assert SENTENCE_ID in described
    assert ("invented" in described) == (name in ADMINS)


@pytest.mark.parametrize("name", WAVES)
def test_the_codebook_describes_every_column_in_both_languages_and_every_code_in_it(name):
    book, frame = codebook(name), wave(name)
    assert list(book["items"]) == list(frame.columns)
    for column, item in book["items"].items():
        assert set(item["label"]) == {"id", "en"}
        labels = item.get("values", book["scales"]["puas4"]["labels"] if "scale" in item else {})
        named = set(labels) | set(item.get("missing", {}))
        if labels:
            assert set(frame[column].astype(str)) <= named
            assert all(set(label) == {"id", "en"} for label in labels.values())


@pytest.mark.parametrize("name", WAVES)
def test_the_codebook_names_the_index_its_dimensions_three_drivers_and_the_design(name):
    book = codebook(name)
    assert book["index"] == {"items": ATTRIBUTES, "scoring": "top-box", "top": 2, "level": "items", "missing": "available"}
    assert {item: driver["items"] for item, driver in book["drivers"].items()} == {item: [item] for item in NAMED}
    assert book["design"] == {"weight": "weight", "strata": "stratum", "psu": "psu"}
    assert {book["items"][item]["dimension"] for item in ATTRIBUTES} == set(book["dimensions"])


def test_region_labels_say_which_provinces_leave_out_a_pilot_regency():
    regions = codebook("users_2020")["items"]["region"]["values"]
    assert regions["Bali"] == {"id": "Bali di luar Kabupaten Badung", "en": "Bali outside Badung Regency"}
    assert regions["Banten"]["id"] == "Banten di luar Kabupaten Tangerang"


def test_the_sample_stays_small():
    assert sum(path.stat().st_size for path in SAMPLE.iterdir() if path.is_file()) < 3_000_000
