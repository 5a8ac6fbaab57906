"""The synthetic waves hold the published figures they are calibrated to, in every file, and the script makes them again as they are.

So it makes the synthetic agency; the answers of Sekadau alone are real, and stand as they were published.
"""

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


# ---- the synthetic agency ------------------------------------------------------------------------------------------------------------

AGENCY = "skm_2025"
ELEMENTS = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]
AGENCY_SENTENCE = "synthetic; no row describes a person or an agency"


def krejcie_morgan(users: pd.Series) -> pd.Series:
    """The table's sample size for so many users, by its formula, rounded to the nearest whole."""
    top = 3.841 * users * 0.25
    return (top / (0.05**2 * (users - 1) + 3.841 * 0.25)).round()


def index_of_agency(frame: pd.DataFrame) -> float:
    """25 times the mean of the nine weighted means, by hand."""
    weight = frame["population"] / frame.groupby("stratum")["stratum"].transform("size")
    given = frame[ELEMENTS].where(frame[ELEMENTS] != 9)
    answered = given.notna().mul(weight, axis=0).sum()
    return float(25 * (given.mul(weight, axis=0).sum() / answered).mean())


def units_of_agency() -> pd.Series:
    return pd.Series({unit: index_of_agency(part) for unit, part in wave(AGENCY).groupby("unit")})


def test_the_agency_answers_nine_elements_for_nine_of_its_ten_units_in_two_semesters():
    frame, units = wave(AGENCY), codebook(AGENCY)["items"]["unit"]["values"]
    assert len(units) == 10
    assert set(units) - set(frame["unit"]) == {"teratai"}
    assert set(frame["period"]) == {"2025-1", "2025-2"}
    assert codebook(AGENCY)["index"] == {"items": ELEMENTS, "scoring": "share-of-max", "level": "items", "missing": "available"}
    assert codebook(AGENCY)["design"] == {"strata": "stratum", "fpc": "population"}
    assert 1500 <= len(frame) <= 2500


def test_a_stratum_is_a_unit_in_its_semester_with_one_count_of_users_and_a_unit_has_one_volume():
    frame = wave(AGENCY)
    assert frame.groupby("stratum")[["unit", "period", "population"]].nunique().eq(1).all(axis=None)
    assert frame.groupby(["unit", "period"])["stratum"].nunique().eq(1).all()
    assert frame.groupby("unit")["volume"].nunique().eq(1).all()


def test_units_asked_at_most_what_the_table_asks_or_all_their_users():
    strata = wave(AGENCY).groupby("stratum").agg(n=("unit", "size"), users=("population", "first"), unit=("unit", "first"))
    complete = strata["n"] == strata["users"]
    assert set(strata.loc[complete, "unit"]) == {"flamboyan", "seroja"}
    assert (strata["n"] <= krejcie_morgan(strata["users"]))[~complete].all()
    assert krejcie_morgan(pd.Series([10, 60, 200, 1000])).tolist() == [10, 52, 132, 278]


def test_the_units_of_the_agency_are_of_class_a_b_and_c_and_one_lies_near_a_bound():
    units = units_of_agency().round(2)
    classes = pd.cut(units, [0, 64.995, 76.605, 88.305, 100], labels=list("DCBA"))
    assert classes.value_counts().to_dict() == {"B": 5, "C": 2, "A": 2, "D": 0}
    assert abs(units["cempaka"] - 76.605) < 0.3
    assert (units.drop("cempaka") - 76.605).abs().min() > 1


def test_the_agency_pooled_over_respondents_units_and_volume_gives_three_numbers_more_than_half_a_point_apart():
    units = units_of_agency()
    volume = wave(AGENCY).groupby("unit")["volume"].first()
    pooled = sorted([index_of_agency(wave(AGENCY)), units.mean(), float(np.average(units, weights=volume))])
    assert 83 <= pooled[-1] <= 86
    assert min(np.diff(pooled)) > 0.5


def test_the_tariff_of_the_free_service_is_always_4_and_one_unit_is_of_class_a_by_it_alone():
    frame = wave(AGENCY)
    free = frame["service"] == "administrasi"
    assert (frame.loc[free, "biaya"] == 4).all()
    assert frame.loc[~free, "biaya"].nunique() == 5
    only = frame[frame["unit"] == "flamboyan"]
    assert set(only["service"]) == {"administrasi"}
    others = only[[item for item in ELEMENTS if item != "biaya"]]
    assert index_of_agency(only) > 88.305 > 25 * others.where(others != 9).mean().mean()


def test_answers_to_the_agency_are_1_to_4_or_left_open_most_often_those_on_complaints():
    asked = wave(AGENCY)[ELEMENTS]
    left_open = asked.eq(9).mean()
    assert asked.isin([1, 2, 3, 4, 9]).all(axis=None)
    assert left_open.drop("pengaduan").between(0.01, 0.03).all()
    assert 0.10 < left_open["pengaduan"] < 0.20


def test_the_respondents_of_the_agency_are_coded_as_the_publication_sheet_asks():
    frame, items = wave(AGENCY), codebook(AGENCY)["items"]
    assert list(items["education"]["values"]) == ["SD", "SMP", "SMA", "D1-D4", "S1", "S2", "S3"]
    assert set(frame["education"]) == set(items["education"]["values"])
    assert set(frame["sex"]) == {"L", "P"}
    assert frame["age"].between(18, 75).all()
    assert set(frame["occupation"]) == set(items["occupation"]["values"])


def test_the_codebook_of_the_agency_describes_every_column_in_both_languages_and_every_code_in_it():
    book, frame = codebook(AGENCY), wave(AGENCY)
    assert list(book["items"]) == list(frame.columns)
    assert frame.notna().all(axis=None)
    assert frame["respondent"].is_unique
    assert frame["respondent"].str.startswith("sintetis-").all()
    for column, item in book["items"].items():
        assert set(item["label"]) == {"id", "en"}
        labels = item.get("values", book["scales"]["skm4"]["labels"] if "scale" in item else {})
        assert not labels or set(frame[column].astype(str)) <= set(labels) | set(item.get("missing", {}))
        assert all(set(label) == {"id", "en"} for label in labels.values())


def test_the_script_makes_the_agency_again_with_the_same_bytes(maker, tmp_path):
    frame = maker.draw_agency()
    assert maker.csv_text(frame) == (SAMPLE / f"{AGENCY}.csv").read_text(encoding="utf-8")
    written = []
    for folder in (tmp_path / "once", tmp_path / "twice"):
        folder.mkdir()
        maker.write_agency(frame, folder)
        written.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert written[0] == written[1]
    assert written[0][f"{AGENCY}.toml"] == (SAMPLE / f"{AGENCY}.toml").read_bytes()
    assert len(written[0]) == 5
    assert maker.agency_table(frame) in (SAMPLE / "README.md").read_text(encoding="utf-8")


def test_every_file_of_the_agency_holds_its_rows_and_says_that_it_is_synthetic():
    import pyarrow.parquet as pq
    import pyreadstat

    sav, in_sav = pyreadstat.read_sav(SAMPLE / f"{AGENCY}.sav", user_missing=True)
    dta, in_dta = pyreadstat.read_dta(SAMPLE / f"{AGENCY}.dta")
    for frame in (sav, dta, pd.read_parquet(SAMPLE / f"{AGENCY}.parquet")):
        pd.testing.assert_frame_equal(frame, wave(AGENCY), check_dtype=False)
    assert in_sav.notes == [AGENCY_SENTENCE]
    assert in_sav.file_label.startswith("sintetis")
    assert in_dta.file_label == AGENCY_SENTENCE
    assert in_sav.missing_ranges["waktu"] == [{"lo": 9, "hi": 9}]
    assert in_sav.variable_value_labels["biaya"][4] == "Sangat murah atau gratis"
    described = pq.read_schema(SAMPLE / f"{AGENCY}.parquet").metadata[b"description"].decode()
    assert described == codebook(AGENCY)["source"]
    assert AGENCY_SENTENCE in described


# ---- the published answers of Sekadau ------------------------------------------------------------------------------------------------


def test_the_answers_of_sekadau_give_the_published_indices_and_are_the_one_sample_that_is_not_synthetic():
    answers = wave("sekadau_2019")[[f"u{number}" for number in range(1, 10)]]
    assert answers.shape == (49, 9)
    assert answers.isin([1, 2, 3, 4]).all(axis=None)
    assert round(25 * answers.mean().mean(), 2) == 78.74
    assert round(25 * 0.11 * answers.mean().sum(), 2) == 77.95
    sources = {path.stem: codebook(path.stem)["source"] for path in SAMPLE.glob("*_20*.toml")}
    assert {name for name, source in sources.items() if not source.startswith("synthetic")} == {"sekadau_2019"}
    assert "real, published answers, not synthetic" in sources["sekadau_2019"]


def test_the_samples_stay_small():
    assert sum(path.stat().st_size for path in SAMPLE.iterdir() if path.is_file()) < 3_000_000
