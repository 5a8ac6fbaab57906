"""Rows without a name, rows that sum up by their first words, and weights that are used as they are printed."""

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.errors import ChoiceError, DataError
from kepuasan.reproducing import reproduce

NAMES = [f"u{place}" for place in range(1, 10)]
MEANS = ["3,31", "3,35", "3,49", "3,93", "3,45", "3,39", "3,39", "3,76", "3,35"]


def items(rows=(), **more):
    return pd.DataFrame({"unsur": [*NAMES, *(name for name, _ in rows)], "nrr": [*MEANS, *(mean for _, mean in rows)]}).assign(**more)


def units(name, value, **more):
    return pd.DataFrame({"unit kerja": ["A", "B", "C", name], "ikm": ["75,56", "86,29", "94,61", value]}).assign(**more)


def said(found, language="en"):
    return " ".join(remark.said(language) for remark in found.remarks)


# ---------------------------------------------------------------- rows without a name


@pytest.mark.parametrize("blank", [None, "", np.nan, "-"])
def test_a_row_of_units_without_a_name_is_a_total(blank):
    frame = pd.DataFrame({"unit kerja": ["A", "B", blank], "ikm": ["75,56", "86,29", "80,93"], "n": [10, 30, 40]})
    found = reproduce(frame, "83,61")  # was a third unit: 82.27, nothing gave 83.61
    assert (found.best["pooling"], found.best["value"]) == ("respondents", pytest.approx((755.6 + 2588.7) / 40))
    assert found.findings.empty
    assert "row" in said(found)
    assert "2 without a name" in said(found)
    assert "nan" not in said(found, "id").lower()


@pytest.mark.parametrize("blank", [None, "", np.nan])
def test_a_row_of_items_without_a_name_is_a_total(blank):
    found = reproduce(items([(blank, "3,49")]), "87,28")  # was a tenth item: 1/10
    assert found.best["item_weights"] == "1/9"
    assert found.findings.empty
    assert reproduce(items([(blank, "3,94")]), "87,28").findings["check"].tolist() == ["total row"]


def test_two_rows_without_a_name_may_be_two_means():
    frame = pd.DataFrame({"unit": ["A", "B", None, ""], "ikm": ["75,56", "86,29", "80,93", "83,61"], "n": [10, 30, 40, 40]})
    found = reproduce(frame, "83,61")  # were two units more: 82.72
    assert found.best["pooling"] == "respondents"
    assert found.findings.empty


def test_rows_without_names_are_no_totals_where_most_have_none():
    with pytest.raises(DataError, match="occurs twice as unit"):
        reproduce(pd.DataFrame({"unit": ["A", None, None], "ikm": ["80,00", "90,00", "85,00"]}), "85,00")


# ---------------------------------------------------------------- rows by their first words

OF_UNITS = [
    *("Jumlah", "Total", "Grand Total", "Rata-rata", "Rerata", "Rata2", "Rata-rata Kabupaten", "Rata-rata Kota Serang", "Rata-rata IKM OPD"),
    *("IKM Kabupaten", "Nilai IKM Kabupaten", "IKM Kota Serang", "SKM OPD", "Total Keseluruhan", "Jumlah/Rata-rata", "Nilai Interval Konversi (NIK)"),
    *("Kabupaten", "Kota Serang", "Provinsi", "Hasil", "Rata-rata Perangkat Daerah Tahun 2023"),
]


@pytest.mark.parametrize("name", OF_UNITS)
def test_a_total_of_units_is_told_by_its_first_words(name):
    found = reproduce(units(name, "85,49"), "85,49")  # "Kabupaten" was a fourth unit: a mean with itself gives 85.49 too
    assert found.conventions["value"].iloc[0] == pytest.approx((75.56 + 86.29 + 94.61) / 3)
    assert repr(name) in said(found)
    assert reproduce(units(name, "85,49"), "87,28").within.empty


def test_an_area_is_a_unit_where_its_number_is_no_mean_of_the_others():
    assert reproduce(units("Kota Serang", "70,00"), "81,62").reproduced
    counted = units("Kabupaten", "84,00", n=[10, 20, 30, 60])
    assert "'Kabupaten'" in said(reproduce(counted, "85,49"))


def test_units_that_are_called_like_indices_of_areas_are_units():
    frame = pd.DataFrame({"unit": ["IKM Kota A", "IKM Kota B", "IKM Kabupaten C"], "ikm": ["75,56", "86,29", "94,61"]})
    assert reproduce(frame, "85,49").reproduced


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("Nilai Interval (NI)", "3,49"), ("Nilai Interval Konversi", "87,28"), ("NI", "3,49"), ("NIK", "87,28"), ("Nilai Persepsi", "3")),
        *(("Hasil", "3,49"), ("Nilai SKM", "87,28"), ("IKM x 25", "87,28"), ("SKM Kabupaten", "87,28"), ("Jumlah Nilai Seluruh Loket", "31,42")),
    ],
)
def test_a_total_of_items_is_told_by_its_first_words(name, value):
    found = reproduce(items([(name, value)]), "87,28")  # was a tenth item, or off the scale
    assert found.best["item_weights"] == "1/9"
    assert found.findings.empty


def test_a_row_of_respondents_is_left_out_and_not_checked():
    found = reproduce(items([("Jumlah Responden", "150")]), "87,28")  # 150 was held against the sum of the means
    assert found.best["item_weights"] == "1/9"
    assert found.findings.empty
    assert "'Jumlah Responden' count respondents" in said(found)


@pytest.mark.parametrize("rows", [[("IKM", "87,28"), ("Mutu Pelayanan", "A")], [("Mutu Pelayanan", "A")]])
def test_a_class_in_a_row_below_the_items_is_held_against_the_index(rows):
    findings = reproduce(items(rows), "87,28").findings  # 87.28 is B: nothing was found
    assert findings[["check", "printed", "found"]].values.tolist() == [["class", "A", "B"]]
    assert reproduce(items([(name, value.replace("A", "B")) for name, value in rows]), "87,28").findings.empty


def test_a_class_in_a_row_below_the_units_is_held_against_its_value():
    findings = reproduce(units("Rata-rata", "85,49", mutu=["C", "B", "A", "A"]), "85,49").findings
    assert findings[["check", "printed", "found"]].values.tolist() == [["class", "A", "B"]]
    assert "'Rata-rata'" in findings.loc[0, "message"]


# ---------------------------------------------------------------- weights as printed


@pytest.mark.parametrize(
    ("weights", "value"),
    [(["0,1"] * 9, "78,55"), (["0,12"] * 9, "94,26"), (["0,11"] * 8 + ["0,10"], "85,57")],
)
def test_printed_weights_may_be_used_as_they_are(weights, value):
    # 25 x 0.1 x 31.42 = 78.55: only 87.28 was tried
    found = reproduce(items(bobot=weights), value)
    assert (found.best["item_weights"], found.best["scoring"]) == ("as printed", "share-of-max")
    assert found.findings.empty
    exact = 25 * sum(float(one.replace(",", ".")) * float(mean.replace(",", ".")) for one, mean in zip(weights, MEANS, strict=True))
    assert found.best["value"] == pytest.approx(exact)


def test_printed_weights_that_do_not_make_the_number_are_found():
    found = reproduce(items(bobot=["0,11"] * 9), "87,28")
    assert found.best["item_weights"] == "1/9"
    assert found.findings[["check", "printed", "found"]].values.tolist() == [["weights", 87.28, 86.41]]
    assert reproduce(items(bobot=["0,11"] * 9), "86,41").findings.empty
    assert reproduce(items(bobot=["0,11"] * 9), "86,41", known={"item_weights": "as printed"}).best["item_weights"] == "0.11"


@pytest.mark.parametrize("weights", [["1"] * 9, ["11"] * 9])
def test_weights_that_are_no_shares_are_not_used_as_they_are(weights):
    found = reproduce(items(bobot=weights), "87,28")
    assert "as printed" not in set(found.conventions["item_weights"])
    assert found.findings.empty


def test_no_weights_and_means_within_their_rounding_leave_the_bounds_after_an_early_rounding():
    # bounds were those of the unrounded mean: terms that round up one by one lay above them
    rng = np.random.default_rng(101)
    places = rng.choice([1, 2, 2, 3], 9)
    means = [f"{min(3.9, max(1.2, rng.normal(3.3, 0.4))):.{place}f}" for place in places]
    weights = [f"{one:.2f}" for one in rng.choice([0.05, 0.1, 0.11, 0.12, 0.15, 0.2], 9)]
    frame = pd.DataFrame({"unsur": NAMES, "nrr": means, "bobot": weights})
    table = reproduce(frame, "85,25", known={"item_weights": "as given", "tariff": "in", "scoring": "share-of-max"}).conventions
    table = table.drop_duplicates("early_rounding").set_index("early_rounding")
    mean, weight = np.array(means, dtype=float), np.array(weights, dtype=float)
    half = 0.5 * 10.0**-places
    tried = np.minimum(mean + rng.uniform(-1, 1, (4000, 9)) * half, 4.0)
    shares = weight + rng.uniform(-1, 1, (4000, 9)) * 0.005
    shares /= shares.sum(axis=1, keepdims=True)
    for name, first, last in (("weighted means to 2", None, 2), ("weighted means to 3", None, 3), ("item and weighted means to 2", 2, 2)):
        answer = tried if first is None else np.floor(tried * 10**first + 0.5) / 10**first
        values = 25 * (np.floor(answer * shares * 10**last + 0.5) / 10**last).sum(axis=1)
        assert table.loc[name, "low"] - 1e-9 <= values.min()
        assert values.max() <= table.loc[name, "high"] + 1e-9


# ---------------------------------------------------------------- small things


def test_parts_have_no_class():
    with pytest.raises(DataError, match="the class 'B' is given with parts"):  # was not looked at
        reproduce({"a": 15061, "b": 30}, {"value": 15091, "class": "B"})


def test_elements_that_numbers_do_not_tell_are_said():
    found = reproduce(kp.Survey(pd.DataFrame({f"u{place}": [3, 4, 2, 3] for place in range(1, 9)})), "75,00")  # said nothing
    assert "8 of the 9 elements of 14/2017 are there, and their numbers do not tell which are missing; name the elements" in found.notes
    named = reproduce(kp.Survey(pd.DataFrame({f"u{place}": [3, 4, 2, 3] for place in range(1, 10)})), "75,00")
    assert not any("do not tell" in note for note in named.notes)


def test_a_note_of_half_even_is_true_of_ties_that_round_alike():
    found = reproduce(pd.DataFrame({"unit": ["a", "b"], "ikm": ["75,57", "75,58"]}), "75,58")  # 75.575 is a tie: "no value is a tie"
    assert "no value is rounded otherwise by half-even" in found.notes
    assert "tidak ada nilai yang dibulatkan lain oleh aturan setengah ke genap" in said(found, "id")


@pytest.mark.parametrize("index", [["75.56", "86.29"], [75.56, 86.29], ["75,56", "86,29"]])
def test_a_point_among_respondents_sets_thousands_apart(index):
    frame = pd.DataFrame({"unit": ["a", "b"], "ikm": index, "n": ["1.250", "900"]})
    found = reproduce(frame, "80,05", known={"pooling": "respondents"})  # 1.25 respondents: refused
    assert found.best["value"] == pytest.approx((75.56 * 1250 + 86.29 * 900) / 2150)
    with pytest.raises(DataError, match=r"'n' is 1\.25 in row 0, .* give 1250"):
        reproduce(frame.assign(n=["1.25", "900"]), "80,05")


@pytest.mark.parametrize("weight", ["0.110", "0,110", "0,11", 0.11])
def test_a_weight_is_known_by_its_value(weight):
    means = dict(zip(NAMES, MEANS, strict=True))
    assert reproduce(means, "86,41", known={"item_weights": weight}).best["item_weights"] == "0.11"
    assert set(reproduce(means, "86,41", known={"item_weights": ["1/9", weight]}).conventions["item_weights"]) == {"1/9", "0.11"}
    with pytest.raises(ChoiceError, match=r"is 0\.2;"):
        reproduce(means, "86,41", known={"item_weights": np.float64(0.2)})


def test_one_unit_is_not_pooled():
    frame = pd.DataFrame({**{name: ["3,50"] for name in NAMES}, "n": ["30"]})
    assert reproduce(frame, "87,50").conventions["pooling"].unique().tolist() == ["respondents"]  # each convention came twice
    answers = kp.Survey(pd.DataFrame({**{name: [3, 4, 2, 3] for name in NAMES}, "g": ["a"] * 4}))
    assert reproduce(answers, "75,00", unit="g").conventions["pooling"].nunique() == 1
    alone = reproduce(pd.DataFrame({"unit": ["a"], "ikm": ["80,00"]}), "80,00", known={"pooling": "units"})
    assert alone.reproduced


def test_numbers_in_messages_are_plain():
    with pytest.raises(DataError, match="is nan; give"):  # np.float64(nan)
        reproduce({"u1": np.float64("nan"), "u2": 3.1}, "80,00")
