"""The SKM: equal to R on the synthetic agency, to published numbers, and refused where it is none."""

import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kepuasan as kp
from kepuasan.errors import ChoiceError, ClassWarning, DataError, DataWarning, EstimateError, ScaleError
from kepuasan.standards.catalogue import STANDARDS

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
R = json.loads((REFERENCE / "standards.json").read_text(encoding="utf-8"))
NINE = [element.name for element in STANDARDS["14/2017"].elements]

pytestmark = pytest.mark.filterwarnings("ignore::kepuasan.errors.ClassWarning")


@pytest.fixture(scope="module")
def agency():
    return kp.load_sample("skm")


@pytest.fixture(scope="module")
def sekadau():
    return kp.load_sample("sekadau")


def answers(rows=40, seed=0, names=NINE):
    rng = np.random.default_rng(seed)
    return pd.DataFrame({name: rng.integers(1, 5, rows) for name in names})


def check(estimates, wanted):
    assert estimates.value == pytest.approx([one["value"] for one in wanted], rel=1e-10)
    assert estimates.se == pytest.approx([one["se"] for one in wanted], rel=1e-8, abs=1e-10)


# ---------------------------------------------------------------- beside R


def test_the_index_and_its_elements_by_period_equal_r(agency):
    found = kp.skm(agency, by="period")
    check(found.score, [one["ikm"] for one in R["agency"].values()])
    check(found.unsur, [one["unsur"][name] for one in R["agency"].values() for name in NINE])


def test_the_weight_of_0_11_and_the_index_without_the_tariff_equal_r(agency):
    check(kp.skm(agency, by="period", weight="0.11").score, R["0.11"].values())
    check(kp.skm(agency, by="period", exclude=["biaya"]).score, R["without_tariff"].values())
    table = kp.skm(agency, by="period").tariff()
    assert table["ikm_without"].tolist() == [round(one["value"], 2) for one in R["without_tariff"].values()]


def test_every_unit_and_the_three_poolings_equal_r(agency):
    every = [one for period in R["units"].values() for one in period.values()]
    check(kp.skm(agency, by="period", unit="unit").units, every)
    check(kp.skm(agency, by="period", unit="unit", pool="units").score, R["pooled_units"].values())
    check(kp.skm(agency, by="period", unit="unit", pool="volume", volume="volume").score, R["pooled_volume"].values())


def test_a_mapping_of_volumes_gives_what_the_column_gives(agency):
    first = agency.where("period == '2025-1'")
    volumes = agency.frame[agency.frame["period"] == "2025-1"].groupby("unit")["volume"].first().to_dict()
    by_column = kp.skm(first, unit="unit", pool="volume", volume="volume")
    by_mapping = kp.skm(first, unit="unit", pool="volume", volume=volumes | {"teratai": 900})
    assert by_mapping.score.value == pytest.approx(by_column.score.value, rel=1e-12)
    assert by_mapping.coverage["units_existing"].tolist() == [len(volumes) + 1]


# ---------------------------------------------------------------- published answers


def test_sekadau_2019_is_78_74_by_ninths_and_77_95_by_0_11_both_of_class_b(sekadau):
    exact, rounded = kp.skm(sekadau), kp.skm(sekadau, weight="0.11")
    assert exact.to_frame()[["ikm", "mutu", "kinerja"]].values.tolist() == [[78.74, "B", "Baik"]]
    assert rounded.to_frame()[["ikm", "mutu"]].values.tolist() == [[77.95, "B"]]
    assert rounded.score.se == pytest.approx(0.99 * exact.score.se, rel=1e-12)


def test_the_standard_error_is_that_of_the_mean_of_complete_answers(sekadau):
    rows = 25 * sekadau.frame[[f"u{number}" for number in range(1, 10)]].mean(axis=1)
    assert kp.skm(sekadau).score.se[0] == pytest.approx(rows.std() / math.sqrt(49), rel=1e-12)


def test_a_complete_count_has_no_error_and_a_certain_class(sekadau):
    counted = kp.Survey(sekadau.frame.assign(users=49), sekadau.codebook, kp.Design(fpc="users"))
    table = kp.skm(counted).to_frame()
    assert table[["se", "p_other"]].values.tolist() == [[0.0, 0.0]]
    assert table["mutu_other"].isna().all()


# ---------------------------------------------------------------- classes


def test_an_interval_across_a_bound_warns_and_says_how_likely_another_class_is(sekadau):
    with pytest.warns(ClassWarning, match=r"78\.74 is class B, its interval 76\.26 to 81\.23 reaches from class C to B"):
        found = kp.skm(sekadau)
    value, se = found.score.value[0], found.score.se[0]
    from scipy import stats

    below = stats.t.cdf((76.605 - value) / se, 48)
    assert found.rating.probabilities()["C"][0] == pytest.approx(below - stats.t.cdf((64.995 - value) / se, 48), rel=1e-9)
    assert found.to_frame()["p_other"][0] == pytest.approx(below + stats.t.sf((88.305 - value) / se, 48), rel=1e-9)


def test_a_series_across_2017_is_classed_by_the_rule_of_its_year():
    frame = pd.concat([answers(60, 1).assign(year=2016), answers(60, 1).assign(year=2018)], ignore_index=True)
    frame[NINE] = np.where(np.arange(120)[:, None] % 60 < 45, 3, frame[NINE].clip(3, 4))
    found = kp.skm(kp.Survey(frame), by="year", rule="year")
    table = found.to_frame()
    assert table["rule"].tolist() == ["16/2014", "14/2017"]
    assert table["ikm"].nunique() == 1
    assert (
        table["mutu"].tolist()
        == kp.classify(table["ikm"][:1], "16/2014")["mutu"].tolist() + kp.classify(table["ikm"][1:], "14/2017")["mutu"].tolist()
    )
    named = kp.skm(kp.Survey(frame), by="year", rule={2016: "16/2014", "2018": "14/2017"})
    assert named.to_frame()["mutu"].tolist() == table["mutu"].tolist()


def test_rules_by_year_need_a_dated_column_and_rules_by_period_every_period(agency):
    with pytest.raises(DataError, match="begin with a year"):
        kp.skm(agency, by="unit", rule="year")
    with pytest.raises(DataError, match="'2025-2'"):
        kp.skm(agency, by="period", rule={"2025-1": "14/2017"})
    with pytest.raises(DataError, match="empty mapping"):
        kp.skm(agency, rule={})


# ---------------------------------------------------------------- elements


def test_elements_are_told_by_name_in_any_order():
    frame = answers(30, 3)
    turned = frame[[*NINE[:7], "sarana", "pengaduan"]]
    one, other = kp.skm(kp.Survey(frame)), kp.skm(kp.Survey(turned))
    assert one.score.value == pytest.approx(other.score.value, rel=1e-14)
    assert one.unsur["sarana"].value == other.unsur["sarana"].value
    assert list(other.names.values())[-2:] == ["sarana", "pengaduan"]


def test_numbered_columns_tell_seven_elements_and_leave_the_last_two_open(sekadau):
    bare = kp.Survey(sekadau.frame)
    names = kp.skm(bare).names
    assert list(names.values()) == [*NINE[:7], None, None]
    assert kp.skm(bare, unsur={**dict(zip(NINE[:7], names, strict=False)), "sarana": "u8", "pengaduan": "u9"}).names["u8"] == "sarana"


def test_an_added_element_counts_alike():
    frame = answers(30, 4).assign(keamanan=3)
    found = kp.skm(kp.Survey(frame), unsur=[*NINE, "keamanan"])
    assert found.score.value[0] == pytest.approx(25 * frame.to_numpy().mean(), rel=1e-12)
    assert found.names["keamanan"] is None
    with pytest.raises(DataError, match=r"there are 10 elements: the index could reach 110"):
        kp.skm(kp.Survey(frame), unsur=[*NINE, "keamanan"], weight="0.11")


def test_a_missing_answer_leaves_the_mean_of_its_element_alone_and_listwise_takes_the_row(agency):
    frame = answers(20, 5).astype(float)
    frame.loc[0, "waktu"] = np.nan
    survey = kp.Survey(frame)
    assert kp.skm(survey).score.value[0] == pytest.approx(25 * frame.mean().mean(), rel=1e-12)
    listwise = kp.skm(survey, unsur=kp.IndexSpec(NINE, scale=(1, 4), missing="listwise"))
    assert listwise.score.value[0] == pytest.approx(25 * frame.dropna().mean().mean(), rel=1e-12)
    assert (agency.frame["pengaduan"] == 9).any()  # the codebook's missing code is no score
    assert kp.skm(agency).unsur["pengaduan"].value[0] < 4


def test_a_free_service_is_given_a_third_of_a_point_in_each_element(agency):
    table = kp.skm(agency, by="service").tariff().set_index("service")
    free = table[table["free"]]
    assert len(free) == 1
    assert free["nrr"].tolist() == [4.0]
    assert free["ikm_with"].iloc[0] - free["ikm_without"].iloc[0] == pytest.approx(free["difference"].iloc[0], abs=0.011)
    with pytest.raises(DataError, match="no tariff"):
        kp.skm(agency, exclude=["biaya"]).tariff()


def test_the_follow_up_begins_with_the_lowest_element_and_leaves_the_plan_open(agency):
    found = kp.skm(agency, by="period")
    plan = found.follow_up(2, language="en")
    assert plan["rank"].tolist() == [1, 2, 1, 2]
    assert plan["label"].iloc[0] == "Completion time"
    assert (plan[["programme", "time", "responsible"]] == "").all(axis=None)
    gap = found.unsur.contrast({"item": "pengaduan", "period": "2025-1"}, {"item": "waktu", "period": "2025-1"})
    assert plan["p_value"].isna().tolist() == [True, False, True, False]
    assert found.follow_up(9)["p_value"].dropna().between(0, 1).all()
    three = found.follow_up(9).query("period == '2025-1' and item == 'pengaduan'")["p_value"].iloc[0]
    assert three == pytest.approx(gap.p_value[0], rel=0.2, abs=1e-12)  # on the degrees of freedom of its domain
    with pytest.raises(DataError, match="1 to 9"):
        found.follow_up(10)


def test_tables_and_words_of_the_record(agency):
    found = kp.skm(agency, by="period", unit="unit")
    assert list(found.to_frame().columns[:8]) == ["item", "period", "ikm", "mutu", "kinerja", "rule", "p_other", "mutu_other"]
    assert list(found.to_frame("unsur").columns[:4]) == ["item", "period", "unsur", "label"]
    assert found.to_frame("unsur")["mutu"].tolist() == kp.classify(25 * found.unsur.value, "14/2017")["mutu"].tolist()
    assert len(found.to_frame("units")) == len(found.units)
    assert found.to_frame(language="en")["kinerja"].tolist() == ["Good", "Good"]
    assert "pooled over respondents, coverage of units 90%" in repr(found)
    assert "<table" in found._repr_html_()
    assert (
        found.plot(language="en")
        .get_label()
        .startswith("Mean score (NRR) of each element (unsur), scale 1 to 4. Requirements, Semester 1 of 2025: 3.40")
    )
    assert "no weights and no design" in repr(kp.skm(kp.load_sample("sekadau")))
    with pytest.raises(EstimateError, match="no units"):
        kp.skm(agency).to_frame("units")


def test_the_index_of_units_is_drawn_among_its_classes(agency):
    axes = kp.skm(agency, unit="unit").plot(kind="units", language="en")
    written = [text.get_text() for text in axes.texts]
    assert written[9:] == ["C", "76.61", "B", "88.31", "A"]
    assert [tick.get_text() for tick in axes.get_yticklabels()][2] == "Service unit Cempaka"
    assert axes.get_label().endswith("Classes begin at: D 25.00, C 65.00, B 76.61, A 88.31.")
    assert kp.skm(agency, by="period").plot(kind="score").get_title(loc="left") == "Nilai IKM dan mutunya"
    with pytest.raises(ChoiceError, match="'score'"):
        kp.skm(agency).plot(kind="unit")


def test_fewer_elements_than_the_rule_has_are_told():
    frame = answers(30, 6, names=[f"U{number}" for number in range(1, 9)])
    with pytest.warns(DataWarning, match="8 of the 9 elements of 14/2017 are there, and their numbers do not tell"):
        kp.skm(kp.Survey(frame))
    with pytest.warns(DataWarning, match="cannot exceed 88"):
        kp.skm(kp.Survey(answers()), exclude=["biaya"], weight="0.11")


def test_units_of_periods_under_two_rules_keep_theirs():
    frame = pd.concat([answers(40, seed).assign(year=year, unit=unit) for seed, (year, unit) in enumerate([(2016, 1), (2016, 2), (2018, 1)])])
    found = kp.skm(kp.Survey(frame.reset_index(drop=True)), by="year", unit="unit", rule="year")
    assert found.to_frame("units")["rule"].tolist() == ["16/2014", "16/2014", "14/2017"]


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("options", "error", "text"),
    [
        ({"unsur": NINE[:8]}, DataError, r"missing is 'sarana' \(Sarana dan Prasarana\)"),
        ({"unsur": [*NINE, "waktu"]}, DataError, "'waktu' twice"),
        ({"unsur": {"waktu": "waktu", "biaya": "waktu"}}, DataError, "'waktu' twice"),
        ({"unsur": [*NINE[:8], "sarana_2"]}, DataError, "not a column"),
        ({"exclude": ["sarama"]}, DataError, "did you mean 'sarana'"),
        ({"exclude": NINE}, DataError, "leaves no element"),
        ({"weight": "1/9"}, ChoiceError, "'0.11'"),
        ({"rule": "14/2018"}, DataError, "did you mean '14/2017'"),
        ({"pool": "unit"}, ChoiceError, "respondents"),
        ({"pool": "units"}, DataError, 'pool="units" needs the units; give unit='),
        ({"unit": "unit", "pool": "volume"}, DataError, "give volume="),
        ({"unit": "unit", "pool": "volume", "volume": {"a": 1}}, DataError, "none for unit 'b'"),
        ({"unit": "unit", "pool": "volume", "volume": {"a": 1, "b": -2}}, DataError, "'b' is missing, negative"),
        ({"unit": "unit", "pool": "volume", "volume": "waktu"}, DataError, "varies within"),
        ({"unit": "unit", "pool": "volume", "volume": {"a": 0, "b": 0}}, DataError, "nothing can be pooled"),
        ({"unit": "unit", "by": "unit"}, DataError, "leave it out there"),
        ({"unsur": kp.IndexSpec(NINE, weights=dict.fromkeys(NINE, 2.0))}, DataError, "weigh alike"),
    ],
)
def test_what_no_skm_can_be_made_of_is_refused(options, error, text):
    survey = kp.Survey(answers().assign(unit=["a", "b"] * 20))
    with pytest.raises(error, match=text):
        kp.skm(survey, **options)


def test_two_columns_of_one_element_are_refused_by_their_labels():
    frame = answers().assign(facilities=2)
    with pytest.raises(DataError, match=r"'sarana', 'facilities' are both the element 'sarana'"):
        kp.skm(kp.Survey(frame))


def test_a_survey_without_elements_is_told_how_to_name_them():
    with pytest.raises(DataError, match=r"unsur=\{'persyaratan'"):
        kp.skm(kp.Survey(pd.DataFrame({"q1": [1, 2], "q2": [3, 4]})))


def test_answers_off_the_scale_are_refused_with_their_rows():
    frame = answers()
    frame.loc[[3, 5], "waktu"] = 5
    with pytest.raises(ScaleError, match=r"(?s)'waktu': 5 in 2 rows \(3, 5\).*times 20 have none"):
        kp.skm(kp.Survey(frame))


def test_a_declared_scale_of_one_to_five_is_refused(tmp_path):
    book = tmp_path / "book.toml"
    book.write_text("[scales.five]\nlow = 1\nhigh = 5\n" + "".join(f'[items.{name}]\nscale = "five"\n' for name in NINE), encoding="utf-8")
    with pytest.raises(ScaleError, match="scale from 1 to 5"):
        kp.skm(kp.Survey(answers(), kp.Codebook.read(book)))


def test_what_is_no_survey_is_refused():
    with pytest.raises(DataError, match="not a Survey"):
        kp.skm(answers())


# ---------------------------------------------------------------- from means


@settings(max_examples=200)
@given(st.lists(st.integers(1000, 4000), min_size=9, max_size=9), st.sampled_from(["exact", "0.1111", "0.111", "0.11"]))
def test_means_are_added_as_decimals_and_rounded_half_up(thousandths, weight):
    means = dict(zip(NINE, [number / 1000 for number in thousandths], strict=True))
    share = Fraction(1, 9) if weight == "exact" else Fraction(weight)
    exact = 25 * share * Fraction(sum(thousandths), 1000)
    row = kp.skm_from_means(means, weight=weight)
    assert row["ikm"] == math.floor(100 * exact + Fraction(1, 2)) / 100
    assert kp.skm_from_means(dict(reversed(means.items())), weight=weight).tolist() == row.tolist()


@pytest.mark.parametrize(
    ("means", "error", "text"),
    [
        ({}, DataError, "give a mapping"),
        ([3.4] * 9, DataError, "give a mapping"),
        (dict.fromkeys(NINE, 85.0), ScaleError, "neither times 25"),
        (dict.fromkeys(NINE, 3.4) | {"waktu": 0.38}, ScaleError, "'waktu': 0.38"),
        (dict.fromkeys(NINE, 3.4) | {"waktu": "3,4"}, DataError, "no number"),
        (dict.fromkeys(NINE, 3.4) | {"waktu": float("nan")}, DataError, "no number"),
        (dict.fromkeys(NINE, 3.4) | {"waktu": True}, DataError, "no number"),
        (dict.fromkeys(NINE, 3.4) | {"Waktu Penyelesaian": 3.0}, DataError, "both the element 'waktu'"),
        (dict.fromkeys([*NINE[:8]], 3.4), DataError, "missing is 'sarana'"),
        (dict.fromkeys([f"u{number}" for number in range(1, 8)], 3.4), DataError, "missing is"),
    ],
)
def test_means_that_make_no_index_are_refused(means, error, text):
    with pytest.raises(error, match=text):
        kp.skm_from_means(means)


def test_a_series_that_names_an_element_twice_is_refused():
    means = pd.Series([3.4] * 10, index=[*NINE, "waktu"])
    with pytest.raises(DataError, match="'waktu' twice"):
        kp.skm_from_means(means)
    assert kp.skm_from_means(means[:9])["ikm"] == 85.0


def test_a_rounded_ninth_of_eight_elements_warns_that_it_lowers_the_index():
    with pytest.warns(DataWarning, match="cannot exceed 88"):
        row = kp.skm_from_means(dict.fromkeys([name for name in NINE if name != "biaya"], 4.0), weight="0.11")
    assert row.tolist() == [88.0, "B", "Baik"]
    assert kp.skm_from_means({f"u{number}": 3.4 for number in range(1, 9)})["ikm"] == 85.0
