"""Printed item means: published numbers of agencies, each matched to the convention it was computed by."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kepuasan as kp
from kepuasan.errors import ChoiceError, DataError, ScaleError
from kepuasan.reproducing import reproduce

#: agency: means of u1..u9, published index and class, item weights that give it, as printed by the agencies (skm.bantulkab.go.id; a quarterly
#: report of Kota Serang; two websites; a worked example; a half-year report of a meteorological station; e-smile.tubaba.go.id)
PUBLISHED = {
    "Bantul 2023": ("3.31 3.35 3.49 3.93 3.45 3.39 3.39 3.76 3.35", "87.28", "B", "1/9"),
    "Serang 2025": ("3.50 3.50 3.23 3.77 3.50 3.73 3.73 3.27 3.27", "86.63", "B", "0.11"),
    "T3": ("3.846 3.769 3.659 3.956 3.890 3.846 3.725 3.857 3.769", "95.33", "A", "1/9"),
    "T4": ("3.91 3.92 3.92 3.93 3.91 3.94 3.96 3.86 3.93", "97.99", "A", "0.1111"),
    "worked example": ("3.6207 3.4828 3.4483 4.0000 3.5172 3.6207 3.6552 3.9655 3.6207", "91.48", "A", "1/9"),
    "Tulang Bawang Barat": ("4 4 4 4 4 4 4 4 4", "100.00", "A", "1/9"),
}
AMAHAI = "3.52 3.48 3.35 3.60 3.58 3.72 3.78 3.40 3.42"
OWN = {"scoring": "share-of-max", "early_rounding": "none", "final_rounding": "half-up", "tariff": "in"}


def means(text):
    return {f"u{place}": value for place, value in enumerate(text.split(), 1)}


BANTUL = means(PUBLISHED["Bantul 2023"][0])
NAMED = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]


@pytest.mark.parametrize("agency", PUBLISHED)
def test_a_published_index_is_matched_to_the_weights_it_was_computed_by(agency):
    text, printed, grade, weights = PUBLISHED[agency]
    found = reproduce(means(text), {"value": printed, "class": grade})
    assert found.reproduced
    assert found.best["item_weights"] == weights
    assert {name: found.best[name] for name in OWN} == OWN
    assert found.findings.empty


@pytest.mark.parametrize("agency", PUBLISHED)
def test_numbers_match_as_text_does(agency):
    text, printed, _, weights = PUBLISHED[agency]
    found = reproduce(pd.Series(means(text)).astype(float), float(printed), decimals=2)
    assert found.best["item_weights"] == weights


def test_a_placeholder_is_reproduced_by_nothing_and_its_class_contradicts_its_value():
    found = reproduce(means(AMAHAI), {"value": "87.40", "class": "A"})
    assert not found.reproduced
    assert found.best is None
    assert found.within.empty
    assert found.findings["check"].tolist() == ["inputs", "conventions", "class"]
    assert "88.40" in found.findings["message"][1]  # one digit differs from what 0.111 and early rounding give
    assert found.findings.loc[2, ["printed", "found"]].tolist() == ["A", "B"]


def test_a_tie_tells_half_up_from_half_even():
    found = reproduce(means(PUBLISHED["T3"][0]), "95.33").conventions
    exact = found[
        (found["item_weights"] == "1/9") & (found["scoring"] == "share-of-max") & (found["early_rounding"] == "none") & (found["tariff"] == "in")
    ]
    assert dict(zip(exact["final_rounding"], exact["rounded"], strict=True)) == {"half-up": 95.33, "half-even": 95.32, "cut off": 95.32}


def test_half_even_is_not_crossed_where_no_value_is_a_tie():
    tenths = dict.fromkeys(BANTUL, "4.00")
    found = reproduce(tenths, "100,00")
    assert set(found.conventions["final_rounding"]) == {"half-up", "cut off"}
    assert any("half-even" in note for note in found.notes)
    assert reproduce(tenths, "100,00", known={"final_rounding": "half-even"}).best["final_rounding"] == "half-even"


def test_the_rule_comes_first_and_departures_count_what_differs():
    table = reproduce(BANTUL, "87,28").conventions
    assert table["departures"].is_monotonic_increasing
    assert table.loc[0, "departures"] == 0
    own = {"item_weights": ("1/9", "1/8"), **{name: (choice,) for name, choice in OWN.items()}}
    counted = sum((~table[name].isin(choices)).astype(int) for name, choices in own.items())
    assert (counted == table["departures"]).all()
    assert table["name"].is_unique


@pytest.mark.parametrize("weight", [("1/9", 1 / 9), ("0.1111", 0.1111), ("0.111", 0.111), ("0.11", 0.11)])
def test_every_fixed_weight_is_the_sum_times_itself(weight):
    name, factor = weight
    table = reproduce(BANTUL, "87,28", known={"item_weights": name, "scoring": "share-of-max", "early_rounding": "none", "tariff": "in"}).conventions
    total = sum(float(value) for value in BANTUL.values())
    assert np.allclose(table["value"], total * factor * 25, rtol=1e-12)
    assert np.allclose(table["low"], (total - 9 * 0.005) * factor * 25, rtol=1e-12)
    assert np.allclose(table["high"], (total + 9 * 0.005) * factor * 25, rtol=1e-12)


def test_early_roundings_are_those_of_a_spreadsheet():
    numbers = [float(value) for value in means(PUBLISHED["T3"][0]).values()]
    known = {"item_weights": "0.11", "scoring": "share-of-max", "final_rounding": "half-up", "tariff": "in"}
    table = reproduce(means(PUBLISHED["T3"][0]), "95.33", known=known).conventions.set_index("early_rounding")["value"]

    def up(value, decimals):
        return np.floor(value * 10**decimals + 0.5 + 1e-9) / 10**decimals

    total = sum(value * 0.11 for value in numbers)
    expected = {
        "none": total * 25,
        "item means to 2": sum(up(value, 2) for value in numbers) * 0.11 * 25,
        "weighted means to 2": sum(up(value * 0.11, 2) for value in numbers) * 25,
        "weighted means to 3": sum(up(value * 0.11, 3) for value in numbers) * 25,
        "sum to 2": up(total, 2) * 25,
        "sum to 3": up(total, 3) * 25,
        "item and weighted means to 2": sum(up(up(value, 2) * 0.11, 2) for value in numbers) * 25,
        "item means to 2, weighted means to 3": sum(up(up(value, 2) * 0.11, 3) for value in numbers) * 25,
    }
    assert set(table.index) == set(expected)
    assert {name: pytest.approx(value, abs=1e-9) for name, value in expected.items()} == table.to_dict()


def test_the_tariff_of_a_free_service_may_be_left_out():
    free = means("3.40 3.40 3.40 4.00 3.40 3.40 3.40 3.40 3.40")
    assert reproduce(free, "86,67").best["tariff"] == "in"
    without = reproduce(free, "85,00").best
    assert (without["tariff"], without["item_weights"], without["departures"]) == ("out", "1/8", 1)


def test_means_at_the_end_of_the_scale_are_not_moved_off_it():
    table = reproduce(dict.fromkeys(BANTUL, "4.00"), "100,00", known={"item_weights": "1/9", "scoring": "share-of-max"}).conventions
    assert table["high"].max() == pytest.approx(100, abs=1e-12)
    assert table.loc[0, "low"] == pytest.approx(99.875)


def test_elements_are_told_by_name_in_either_language():
    names = ["Persyaratan", "Prosedur", "Waktu Penyelesaian", "Biaya/Tarif", "Produk", "Kompetensi", "Perilaku", "Sarana", "Penanganan Pengaduan"]
    found = reproduce(dict(zip(names, BANTUL.values(), strict=True)), "87,28")
    assert found.best["item_weights"] == "1/9"
    assert "tariff" in found.dimensions


def test_the_fourteen_elements_of_2004_have_their_own_weight():
    fourteen = {f"u{place}": 3.0 + place / 100 for place in range(1, 15)}
    found = reproduce(fourteen, 25 * 0.071 * sum(fourteen.values()), decimals=12, rule="25/2004", known={"item_weights": ["0.071"]})
    assert set(found.conventions["item_weights"]) == {"0.071"}


def test_items_of_no_rule_are_tried_as_raw_means_until_a_scale_is_given():
    plain = {"speed": "3,10", "ease": "3,40"}
    assert reproduce(plain, "3,25").conventions["scoring"].unique().tolist() == ["raw mean"]
    assert "no element of 14/2017: 'ease', 'speed'; so no scale is known" in reproduce(plain, "3,25").notes[0]
    assert "inputs" not in set(reproduce(plain, "77,50").findings["check"])
    spec = kp.IndexSpec(["speed", "ease"], scale=(1, 4), weights={"speed": 1, "ease": 3})
    found = reproduce(plain, "77,5", spec=spec)  # 100 (3.325 - 1) / 3
    assert found.best["departures"] == 0
    assert (found.best["item_weights"], found.best["scoring"]) == ("as given", "min-max")
    assert reproduce(plain, "81,25", spec=spec).best["item_weights"] == "1/2"


def test_what_is_known_fixes_a_dimension():
    table = reproduce(BANTUL, "87,28", known={"scoring": "share-of-max", "item_weights": ["1/9", 0.11], "tariff": "in"}).conventions
    assert set(table["scoring"]) == {"share-of-max"}
    assert set(table["item_weights"]) == {"1/9", "0.11"}
    assert set(reproduce(BANTUL, "87,28", known={"item_weights": "1/8"}).conventions["tariff"]) == {"out"}
    assert set(reproduce(BANTUL, "87,28", known={"item_weights": "exact"}).conventions["item_weights"]) == {"1/9", "1/8"}


def test_a_value_above_its_range_is_found():
    found = reproduce(BANTUL, 153.2)
    assert found.findings["check"].tolist() == ["range", "inputs", "conventions"]
    assert found.findings.loc[0, "difference"] == pytest.approx(53.2)


def test_the_index_of_the_publication_may_stand_within_the_rounding_of_its_means():
    found = reproduce(means("3.35 3.35 3.35 3.35 3.35 3.35 3.35 3.35 3.35"), "83.80", known={"scoring": "share-of-max", "tariff": "in"})
    assert not found.reproduced
    assert "1/9" in set(found.within["item_weights"])
    assert found.findings.empty


def bounds(source, published="80,00", **more):
    known = {"scoring": "share-of-max", "early_rounding": "none", "final_rounding": "half-up", **more.pop("known", {})}
    row = reproduce(source, published, known=known, **more).conventions.iloc[0]
    return row["low"], row["value"], row["high"]


def test_every_mean_has_the_decimals_it_is_printed_with():
    # 3,35 moved by 0.00005 like the others: low 83.7488, high 83.7513
    low, _, high = bounds({"u1": "3,3500", "u2": "3,35", "u3": "3,3500"})
    assert (low, high) == (pytest.approx(83.75 - 25 * 0.0051 / 3), pytest.approx(83.75 + 25 * 0.0051 / 3))


def test_floats_show_the_decimals_of_the_one_that_shows_most():
    low, _, high = bounds({"u1": 3.5, "u2": 3.23})
    assert (low, high) == (pytest.approx(25 * (3.365 - 0.005)), pytest.approx(25 * (3.365 + 0.005)))


@pytest.mark.parametrize("dtype", ["float32", "Float32", "float16"])
def test_numbers_of_single_precision_are_those_they_print(dtype):
    # 3.309999942779541 had 12 decimals: 87.30 was missed, though the means were printed to two
    series = pd.Series([float(value) for value in BANTUL.values()], index=list(BANTUL), dtype=dtype)
    exact = reproduce(BANTUL, "87,30").conventions
    pd.testing.assert_frame_equal(reproduce(series, "87,30").conventions, exact)
    pd.testing.assert_frame_equal(reproduce(dict(zip(BANTUL, series.array, strict=True)), "87,30").conventions, exact)


def test_early_rounding_goes_up_only_where_the_rounding_of_the_input_reaches_the_tie():
    # 3.995 printed as 3.99 or 4.00 is never below 3.995: high of 3.99 was 4.00 x 25
    known = {"early_rounding": "item means to 2"}
    assert bounds({"u1": "3,985", "u2": "3,985"}, known=known) == (pytest.approx(99.5), pytest.approx(99.75), pytest.approx(99.75))
    known = {"early_rounding": "sum to 2", "item_weights": "1/2"}
    # the sum lies below 3.995 and was rounded up to 4.00, which made 100
    assert bounds({"u1": "3,99", "u2": "3,99"}, known=known) == (pytest.approx(99.75), pytest.approx(99.75), pytest.approx(99.75))


def test_a_value_cut_off_may_be_any_of_the_unit_above_the_published_one():
    # from 87.28875: 87.28 was missed, as it was taken for the rounding of 87.275 to 87.285, and found to lie outside what the inputs allow
    known = {"final_rounding": "cut off", "early_rounding": "none", "scoring": "share-of-max"}
    found = {text: reproduce({"u1": "3,4921", "u2": "3,4911"}, text, known=known) for text in ("87,27", "87,28", "87,29", "87,30")}
    assert [one.conventions.loc[0, "verdict"] for one in found.values()] == ["misses", "within rounding", "reproduces", "misses"]
    assert [len(one.findings) > 0 for one in found.values()] == [True, False, False, True]


def test_sums_rounded_first_lie_on_a_grid():
    # 25 x 3.49 = 87.25 and 25 x 3.50 = 87.50 are all that the sum to 2 decimals gives; 12 of 27 such rows were "within rounding" of 87.28
    within = reproduce(BANTUL, "87,28").within
    assert len(within) == 15
    assert not within["early_rounding"].isin(["sum to 2"]).any()
    known = {"early_rounding": "sum to 2", "scoring": "share-of-max", "tariff": "in", "item_weights": "1/9", "final_rounding": "half-up"}
    verdicts = [reproduce(BANTUL, text, known=known).conventions.loc[0, "verdict"] for text in ("87,25", "87,40", "87,50", "87,51")]
    assert verdicts == ["reproduces", "misses", "within rounding", "misses"]


def test_one_name_that_is_no_element_among_nine_is_taken_as_one_more():
    # no scale was known, only raw means were tried, and 87.28 was found "outside what the printed inputs allow"
    renamed = {"Kenyamanan" if name == "u9" else name: value for name, value in BANTUL.items()}
    found = reproduce(renamed, "87,28")
    assert (found.best["item_weights"], found.best["departures"]) == ("1/9", 0)
    assert found.findings.empty
    assert "no element of 14/2017: 'Kenyamanan'; taken as one more" in found.notes[0]
    assert "bukan unsur 14/2017: 'Kenyamanan'" in found.remarks[0].said("id")
    weighted = [f"{float(value) / 9:.3f}" for value in renamed.values()]
    table = pd.DataFrame({"unsur": list(renamed), "nrr": list(renamed.values()), "nrr tertimbang": weighted})
    assert reproduce(table, "87,28").findings.empty
    assert set(reproduce(table.assign(bobot=["0,12", *["0,11"] * 8]), "87,08").conventions["scoring"]) == {"share-of-max", "min-max", "raw mean"}
    assert set(reproduce({**renamed, "Kenyamanan": "87,3"}, "87,28").conventions["scoring"]) == {"raw mean"}
    assert set(reproduce({**renamed, "u8b": "3,20"}, "87,28").conventions["scoring"]) == {"raw mean"}


def test_eight_numbers_tell_no_element_and_so_no_tariff():
    # u4 was taken as the tariff, though eight elements are numbered anew where the tariff is left out
    found = reproduce({name: value for name, value in BANTUL.items() if name != "u9"}, "87,90")
    assert "tariff" not in found.dimensions
    assert set(found.conventions["item_weights"]) == {"1/8"}


@pytest.mark.filterwarnings("error")
def test_weights_on_the_tariff_alone_leave_nothing_without_it():
    # divided by 0, and "conventions have no value, as nobody answered as they ask"
    spec = kp.IndexSpec(NAMED, weights={name: float(name == "biaya") for name in NAMED}, scale=(1, 4), scoring="share-of-max")
    found = reproduce(dict(zip(NAMED, BANTUL.values(), strict=True)), "98,25", spec=spec)
    assert found.best["item_weights"] == "as given"
    assert set(found.conventions.query("tariff == 'out'")["item_weights"]) == {"1/8"}
    assert not any("without a value" in note for note in found.notes)


def test_weights_that_are_printed_are_rounded_too():
    # 0,3 and 0,7 were exact: low 81.875, high 82.125
    table = pd.DataFrame({"unsur": ["u1", "u2"], "nilai": ["3,00", "3,40"], "bobot": ["0,3", "0,7"]})
    low, value, high = bounds(table, known={"item_weights": "as given"})
    assert value == pytest.approx(82)
    least = min(25 * (2.995 * w + 3.395 * v) / (w + v) for w in (0.25, 0.35) for v in (0.65, 0.75))
    most = max(25 * (3.005 * w + 3.405 * v) / (w + v) for w in (0.25, 0.35) for v in (0.65, 0.75))
    assert (low, high) == (pytest.approx(least), pytest.approx(most))
    whole = bounds(table.assign(bobot=["3", "7"]), known={"item_weights": "as given"})
    assert whole == (pytest.approx(81.875), pytest.approx(82), pytest.approx(82.125))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(100, 400), st.integers(1, 30)), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_no_weights_within_their_rounding_leave_the_bounds(rows, stream):
    names = [f"q{place}" for place in range(len(rows))]
    table = pd.DataFrame({"unsur": names, "nilai": [f"{mean / 100:.2f}" for mean, _ in rows], "bobot": [f"{one / 100:.2f}" for _, one in rows]})
    if len(set(table["bobot"])) == 1:
        return
    low, value, high = bounds(table, "3,00", decimals=2, known={"scoring": "raw mean", "item_weights": "as given"})
    assert low <= value <= high
    for _ in range(20):
        drawn = [(mean / 100 + stream.uniform(-0.005, 0.005), one / 100 + stream.uniform(-0.005, 0.005)) for mean, one in rows]
        assert low - 1e-9 <= sum(mean * one for mean, one in drawn) / sum(one for _, one in drawn) <= high + 1e-9


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(100, 400), min_size=9, max_size=9), st.integers(0, 10_000), st.sampled_from([1, 2, 3]))
def test_a_number_computed_by_a_convention_is_reproduced_by_it(hundredths, pick, decimals):
    given_means = {f"u{place}": f"{value / 100:.2f}" for place, value in enumerate(hundredths, 1)}
    table = reproduce(given_means, 80.0, decimals=decimals).conventions
    row = table.iloc[pick % len(table)]
    again = reproduce(given_means, f"{row['rounded']:.{decimals}f}").conventions.set_index("name")
    assert again.loc[row["name"], "verdict"] == "reproduces"
    assert again.loc[row["name"], "value"] == row["value"]
    assert (again["low"] <= again["value"]).all()
    assert (again["value"] <= again["high"]).all()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(100, 400), min_size=9, max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_items_changes_nothing(hundredths, stream):
    given_means = {f"u{place}": value / 100 for place, value in enumerate(hundredths, 1)}
    shuffled = list(given_means)
    stream.shuffle(shuffled)
    one, other = reproduce(given_means, 80.0), reproduce({name: given_means[name] for name in shuffled}, 80.0)
    pd.testing.assert_frame_equal(one.conventions, other.conventions)


@pytest.mark.parametrize(
    ("source", "published", "error", "part"),
    [
        ({}, 80, DataError, "empty"),
        ({**BANTUL, "u1": float("nan")}, 80, DataError, "'u1' is nan"),
        ({**BANTUL, "u1": "baik"}, 80, DataError, "'baik'"),
        ({**BANTUL, "u1": 4.5}, 80, ScaleError, "'u1' is 4.5"),
        (BANTUL, float("inf"), DataError, "published is inf"),
        (BANTUL, 1e300, DataError, "1e\\+300"),
        (BANTUL, "87,2x", DataError, "'87,2x'"),
        (BANTUL, True, DataError, "True"),
        (BANTUL, 87.28, DataError, "decimals=2"),
        (BANTUL, {"val": 87}, DataError, "did you mean 'value'"),
        (BANTUL, {"value": 87, "class": "Z"}, DataError, "'Z' is no class"),
        (pd.Series([3.0, 4.0], index=["u1", "u1"]), 80, DataError, "'u1' twice"),
        ({"u1": 3.0, "U1 ": 3.0}, 80, DataError, "twice"),
        ({"u1": 3.0, "persyaratan": 3.0}, 80, DataError, "one element"),
        ([3.0, 4.0], 80, DataError, "list"),
    ],
)
def test_a_bad_source_or_number_is_refused(source, published, error, part):
    with pytest.raises(error, match=part):
        reproduce(source, published)


@pytest.mark.parametrize(
    ("arguments", "error", "part"),
    [
        ({"decimals": -1}, DataError, "decimals is -1"),
        ({"decimals": "2"}, DataError, "decimals is '2'"),
        ({"known": {"scorin": "raw"}}, ChoiceError, "did you mean 'scoring'"),
        ({"known": {"scoring": "top-2-box"}}, ChoiceError, "'share-of-max', 'min-max', 'raw mean'"),
        ({"known": {"scoring": []}}, ChoiceError, "empty"),
        ({"known": "raw"}, DataError, "mapping"),
        ({"known": {"item_weights": "0.11", "scoring": "min-max"}}, DataError, "no convention is left"),
        ({"kind": "mean"}, ChoiceError, "'means'"),
        ({"kind": "units"}, DataError, "a row a unit"),
        ({"unit": "desa"}, DataError, "table of units"),
        ({"rule": "14/2018"}, DataError, "14/2017"),
        ({"rule": "nps"}, DataError, "14/2017"),
        ({"known": {"item_weights": "1/7"}}, ChoiceError, "choose one of '1/9', '1/8', '0.1111'"),
        ({"spec": kp.IndexSpec(["u1"], scale=(1, 4))}, DataError, "no item of the spec"),
        ({"spec": kp.IndexSpec([*BANTUL, "u10"], scale=(1, 4))}, DataError, "no mean of 'u10'"),
        ({"spec": kp.IndexSpec(list(BANTUL), scale=(1, 4), scoring="top-box")}, DataError, "top answers"),
        ({"spec": ["u1"]}, DataError, "list"),
    ],
)
def test_bad_arguments_are_refused(arguments, error, part):
    with pytest.raises(error, match=part):
        reproduce(BANTUL, 80, **arguments)


def test_an_unknown_scale_is_asked_for():
    with pytest.raises(ScaleError, match="no scale is known"):
        reproduce({"speed": 3.1}, 80, spec=kp.IndexSpec(["speed"]))
