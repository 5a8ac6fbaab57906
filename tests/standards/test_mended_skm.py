"""Wrong numbers that an SKM once gave, each with the number in a comment."""

import pickle

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.errors import DataError, DataWarning
from kepuasan.numerics import spread as spreads
from kepuasan.standards.catalogue import STANDARDS

NINE = [element.name for element in STANDARDS["14/2017"].elements]

pytestmark = pytest.mark.filterwarnings("ignore::kepuasan.errors.ClassWarning")


def answers(units="ABCD", rows=20, seed=1):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(rng.integers(2, 5, (rows * len(units), 9)).astype(float), columns=NINE)
    return frame.assign(unit=np.repeat(list(units), rows))


def test_an_element_that_only_a_number_may_tell_cannot_be_excluded_by_name():
    # 76.667 under the title "without sarana", with all nine in it
    numbered = answers()[NINE].set_axis([f"u{number}" for number in range(1, 10)], axis=1)
    with pytest.raises(DataError, match=r"'sarana', which may be one of 'u8', 'u9'"):
        kp.skm(kp.Survey(numbered), exclude=["sarana"])
    named = kp.skm(kp.Survey(numbered), unsur=dict(zip(NINE, numbered, strict=True)), exclude=["sarana"])
    assert list(named.names) == list(numbered)[:8]
    oldest = answers()[NINE].assign(**dict.fromkeys("vwxyz", 3.0)).set_axis([f"u{number}" for number in range(1, 15)], axis=1)
    with pytest.raises(DataError, match="kewajaran_biaya"):
        kp.skm(kp.Survey(oldest), rule="25/2004", exclude=["kewajaran_biaya", "kepastian_biaya"])


def test_eight_numbers_without_the_tariff_are_eight_on_purpose():
    eight = answers()[NINE[:8]].set_axis([f"u{number}" for number in range(1, 9)], axis=1)
    assert len(kp.skm(kp.Survey(eight), exclude=["biaya"]).names) == 8


def test_a_unit_that_did_not_answer_an_element_does_not_count_there():
    # the pooled mean of sarana was 1.525 where that of unit A alone is 3.05: the other counted as 0
    frame = answers("AB")
    frame.loc[frame["unit"] == "B", "sarana"] = np.nan
    spec = kp.IndexSpec(NINE, level="respondents", scale=(1, 4))
    with pytest.warns(DataWarning, match="1 estimates have no answer"):
        found = kp.skm(kp.Survey(frame), unsur=spec, unit="unit", pool="units")
    assert found.unsur["sarana"].value[0] == pytest.approx(frame.loc[frame["unit"] == "A", "sarana"].mean(), rel=1e-12)
    assert found.follow_up(9)["estimate"].between(1, 4).all()
    with pytest.raises(DataError, match="no mean of the elements' means"):
        found.tariff()  # 76.60 beside an index of 72.29


def test_a_unit_without_an_index_is_named_with_its_volume_and_covers_nothing():
    # unit D has 1000 of 1003 services and left the tariff blank: it dropped out of the agency, coverage 4 of 4
    frame = answers()
    frame.loc[frame["unit"] == "D", "biaya"] = np.nan
    volumes = {"A": 1, "B": 1, "C": 1, "D": 1000}
    with pytest.warns(DataWarning) as caught:
        found = kp.skm(kp.Survey(frame), unit="unit", pool="volume", volume=volumes)
    assert any("1 of 4 units have no index" in str(one.message) and "99.7% of the volume, are" not in str(one.message) for one in caught)
    assert any("99.7% of the volume" in str(one.message) and "'D'" in str(one.message) for one in caught)
    assert found.coverage[["units_reported", "units_existing"]].values.tolist() == [[3, 4]]


def test_pooled_rows_have_the_degrees_of_freedom_of_their_own_units():
    # df 405 instead of 5, and limits 59.8 to 86.5 instead of 55.7 to 90.6
    frame = pd.concat([answers("A", 6), answers("B", 400)], ignore_index=True)
    survey = kp.Survey(frame)
    one = survey.where("unit == 'A'")
    whole, units = kp.skm(one, unit="unit"), kp.skm(one, unit="unit", pool="units")
    assert whole.score.df[0] == 5
    assert units.score.df[0] == 5
    assert units.score.ci() == pytest.approx(whole.score.ci(), rel=1e-12)
    assert units.unsur.df.tolist() == [5.0] * 9
    both = kp.skm(survey, unit="unit", pool="volume", volume={"A": 0, "B": 7})
    assert both.score.df[0] == 399


def test_answers_that_are_all_alike_make_no_class_certain_unless_everybody_was_asked():
    # a sample of ten threes said "C, certain" of a population of class B, in 43 of 100 samples
    frame = pd.DataFrame({name: [3] * 10 for name in NINE}).assign(users=10)
    assert kp.skm(kp.Survey(frame)).to_frame()["p_other"].isna().all()
    assert kp.skm(kp.Survey(frame)).rating.probabilities()[list("DCBA")].isna().all(axis=None)
    counted = kp.skm(kp.Survey(frame, design=kp.Design(fpc="users")))
    assert counted.to_frame()["p_other"].tolist() == [0.0]
    part = kp.skm(kp.Survey(frame.assign(users=[10] * 10), design=kp.Design(fpc="users")), unit=None)
    assert part.counted.tolist() == [True]


def test_a_column_of_any_name_may_tell_domains():
    # place 0 of 2018 was classed by the rule of 2016, and the other way round
    frame = pd.concat([answers("AB", 30, seed).assign(place=seed % 2, year=year) for seed, year in enumerate([2016, 2018, 2018, 2016])])
    found = kp.skm(kp.Survey(frame.reset_index(drop=True)), by=["place", "year"], unit="unit", rule="year").to_frame("units")
    assert (found["rule"] == np.where(found["year"] == 2016, "16/2014", "14/2017")).all()
    volumes = answers().assign(min=lambda rows: rows["unit"], vol=5.0)
    assert kp.skm(kp.Survey(volumes), unit="min", pool="volume", volume="vol").score.value.size == 1


def test_volumes_are_numbers_of_every_unit():
    survey = kp.Survey(answers())
    with pytest.raises(DataError, match="none for unit 'C', 'D'"):
        kp.skm(survey, unit="unit", volume={"A": 1, "B": 2})  # coverage 4 of 2
    with pytest.raises(DataError, match="unit 'A', 'B', 'C', 'D' is missing, negative or no number"):
        kp.skm(survey, unit="unit", pool="volume", volume={"A": "1.000", "B": "300", "C": "1", "D": "2"})  # 1.000 was 1


def test_a_service_that_is_free_in_every_unit_is_free():
    # a mean of 4 - 4e-16 over seven units was not
    found = kp.skm(kp.Survey(answers("ABCDEFG").assign(biaya=4.0)), unit="unit", pool="units")
    assert found.tariff()["free"].tolist() == [True]


def test_estimates_of_rows_in_many_domains_can_be_sent_to_another_process(monkeypatch):
    # "Can't pickle local object"
    monkeypatch.setattr(spreads, "_DENSE_LIMIT", 0)
    means = kp.mean(kp.Survey(answers()), NINE, by="unit")
    again = pickle.loads(pickle.dumps(means))  # noqa: S301 - our own
    assert again.se.tolist() == means.se.tolist()


def test_periods_may_be_floats_and_years_must_be_told_apart():
    frame = answers().assign(year=np.repeat([2016.0, 2018.0], 40), kode=2001)
    survey = kp.Survey(frame)
    assert kp.skm(survey, by="year", rule={2016: "16/2014", 2018: "14/2017"}).to_frame()["rule"].tolist() == ["16/2014", "14/2017"]
    with pytest.raises(DataError, match="finds years in 'kode', 'year'"):
        kp.skm(survey, by=["kode", "year"], rule="year")
    with pytest.raises(DataError, match="2019 is there as a whole and in parts"):
        kp.skm_series({"2019": 80.0, "2019-2": 81.0})


def test_what_is_left_out_may_come_from_anywhere_and_a_unit_is_one_column():
    survey = kp.Survey(answers())
    assert kp.skm(survey, exclude=(name for name in ["biaya"])).excluded == ("biaya",)
    assert len(kp.skm(survey).follow_up(np.int64(2))) == 2
    with pytest.raises(DataError, match="the one column that tells the units"):
        kp.skm(survey, unit=["unit"])


def test_missing_values_have_no_class():
    found = kp.classify(pd.Series([pd.NA, 76.6], dtype="Float64"), "14/2017")
    assert found["mutu"].tolist()[1] == "C"
    assert found["mutu"].isna().tolist() == [True, False]


def test_whether_everyone_was_asked_is_told_of_the_rows_that_are_there():
    # [True, False, False] for two rows: ten threes of 500 users were "C, certain"
    frame = answers("ABC", 10).assign(st=lambda rows: rows["unit"])
    frame["year"] = frame["unit"].map({"A": "2016", "B": "2017", "C": "2018"})
    frame["users"] = frame["unit"].map({"A": 10, "B": 500, "C": 500})
    frame.loc[frame["st"] == "A", "unit"] = None
    frame.loc[frame["st"] == "B", NINE] = 3.0
    with pytest.warns(DataWarning, match="no code in 'year', 'unit'"):
        found = kp.skm(kp.Survey(frame, design=kp.Design(strata="st", fpc="users")), unit="unit", by="year", pool="units")
    assert found.counted.tolist() == [False, False]
    assert np.isnan(found.to_frame()["p_other"][0])
    assert found.rows.sum() == 20
    with pytest.raises(DataError, match="counted has 3 values for 2"):
        kp.Rating(found.score, found.standards, np.array([True, False, False]))


def test_a_sample_within_units_is_no_complete_count_though_every_unit_was_drawn():
    # 20 threes of 4,000 users were "C, certain"
    frame = pd.DataFrame({name: [3.0] * 20 for name in NINE}).assign(unit=np.repeat(range(4), 5), row=range(20), units=4, users=1000)
    found = kp.skm(kp.Survey(frame, design=kp.Design(psu=["unit", "row"], fpc=["units", "users"])))
    assert found.to_frame()["p_other"].isna().all()
    alone = kp.skm(kp.Survey(frame, design=kp.Design(psu="unit", fpc="units")))
    assert alone.counted.tolist() == [False]


def test_only_units_that_count_say_whether_everyone_was_asked():
    frame = pd.concat([answers("A", 10).assign(users=10), answers("B", 10).assign(users=500, **dict.fromkeys(NINE, 3.0))], ignore_index=True)
    survey = kp.Survey(frame, design=kp.Design(strata="unit", fpc="users"))
    found = kp.skm(survey, unit="unit", pool="volume", volume={"A": 5, "B": 0})
    assert found.to_frame()["p_other"].tolist() == [0.0]
    assert found.rows.tolist() == [True] * 10 + [False] * 10


def test_a_name_that_is_an_element_and_the_column_of_another_cannot_be_excluded():
    # the column went, the element of that name stayed in the index
    turned = {**dict(zip(NINE[:7], NINE[:7], strict=True)), "pengaduan": "sarana", "sarana": "pengaduan"}
    with pytest.raises(DataError, match="is an element and the column of another"):
        kp.skm(kp.Survey(answers()), unsur=turned, exclude=["sarana"])


def test_units_that_the_codebook_does_not_list_leave_coverage_unknown(tmp_path):
    # 4 of 2, coverage 200 %
    book = tmp_path / "book.toml"
    book.write_text('[items.unit]\ntype = "text"\n[items.unit.values]\nA = "A"\nB = "B"\n', encoding="utf-8")
    with pytest.warns(DataWarning, match="not 'C', 'D', so that coverage"):
        found = kp.skm(kp.Survey(answers(), kp.Codebook.read(book)), unit="unit")
    assert found.coverage["coverage"].isna().all()


def test_a_group_without_units_is_covered_by_none_and_pooled_as_empty():
    # the sheet and the command ended in an IndexError
    frame = answers("AB").assign(year=np.repeat(["2016", "2017"], 20))
    frame.loc[frame["year"] == "2017", "unit"] = None
    with pytest.warns(DataWarning, match="no code in 'year', 'unit'"):
        found = kp.skm(kp.Survey(frame), unit="unit", by="year")
    assert found.coverage["units_reported"].tolist() == [1, 0]


def test_volumes_may_be_exact_decimals():
    from decimal import Decimal

    found = kp.skm(kp.Survey(answers("AB")), unit="unit", pool="volume", volume={"A": Decimal(2), "B": Decimal(1)})
    assert found.score.value == pytest.approx(found.units.value @ [2 / 3, 1 / 3], rel=1e-12)


def test_a_column_is_found_whatever_its_case_and_a_misspelt_element_is_hinted_at():
    upper = kp.Survey(answers().rename(columns=str.upper))
    assert kp.skm(upper, unsur={name: name for name in NINE}).names["SARANA"] == "sarana"
    with pytest.raises(DataError, match="'waktoo', which is no element of 14/2017; did you mean 'waktu'"):
        kp.skm(upper, unsur={**{name: name for name in NINE if name != "waktu"}, "waktoo": "WAKTU"})
    assert "without biaya" in repr(kp.skm(upper, unsur=[name.upper() for name in NINE if name != "biaya"]))


def test_a_rating_takes_the_name_of_a_standard():
    score = kp.satisfaction_index(kp.Survey(answers()), kp.IndexSpec(NINE, scoring="share-of-max", scale=(1, 4))).score
    assert kp.Rating.of(score, "14/2017").classes() == kp.classify(score.value, "14/2017")["mutu"].tolist()
