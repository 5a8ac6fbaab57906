"""Published tables of items and of units, and parts that should add up to their total."""

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.errors import DataError, ScaleError
from kepuasan.reproducing import reproduce

#: services of an agency of Bantul, 2023, which printed 87.28 for the whole (skm.bantulkab.go.id)
BANTUL = pd.DataFrame({"Unit Layanan": ["a", "b", "c"], "Nilai IKM": ["75,56", "86,29", "94,61"], "Mutu": ["C", "B", "A"]})
#: complaints of January to mid-June 2018 as published, total 57,171
COMPLAINTS = {"selesai": 15061, "proses": 3189, "belum": 7542, "pending": 1158, "disposisi": 4876, "dihapus": 24345}
#: a half-year report that printed 87.40 (A), with its weighted means
AMAHAI = pd.DataFrame(
    {
        "Unsur": [f"U{place}" for place in range(1, 10)],
        "NRR": [3.52, 3.48, 3.35, 3.60, 3.58, 3.72, 3.78, 3.40, 3.42],
        "NRR Tertimbang": [0.391, 0.386, 0.372, 0.400, 0.397, 0.413, 0.420, 0.377, 0.380],
    }
)


def units(**more):
    frame = pd.DataFrame({"unit": ["a", "b", "c"], "ikm": [80.00, 90.00, 70.00], "n": [10, 30, 60], "volume": [5, 1, 4]})
    return frame.assign(**more)


def test_the_services_of_an_agency_give_its_simple_mean_and_not_what_it_printed():
    mean, printed = reproduce(BANTUL, "85,49"), reproduce(BANTUL, "87,28")
    assert mean.kind == "units"
    assert mean.best["pooling"] == "units"
    assert not printed.reproduced
    assert printed.within.empty
    assert printed.findings["check"].tolist() == ["conventions"]
    assert any("pooling over respondents is not tried" in note for note in printed.notes)


@pytest.mark.parametrize(("value", "pooling"), [("77,00", "respondents"), ("80,00", "units"), ("77,0", "volume")])
def test_units_are_pooled_by_respondents_alike_or_by_volume(value, pooling):
    table = reproduce(units(), value).conventions.set_index(["pooling", "final_rounding"])["value"]
    expected = {"respondents": (800 + 2700 + 4200) / 100, "units": 80.0, "volume": (400 + 90 + 280) / 10}
    assert table[pooling, "half-up"] == pytest.approx(expected[pooling])


def test_volumes_may_be_a_mapping_and_columns_may_be_named():
    frame = units().rename(columns={"unit": "desa", "volume": "berkas"})
    by_column = reproduce(frame, "77,0", unit="desa", volume="berkas").conventions
    by_mapping = reproduce(frame.drop(columns="berkas"), "77,0", unit="desa", volume={"a": 5, "b": 1, "c": 4}).conventions
    pd.testing.assert_frame_equal(by_column, by_mapping)


def test_the_rounding_of_unit_values_bounds_their_mean():
    row = reproduce(units(ikm=["80,0", "90,0", "70,0"]), "80,00", known={"pooling": "units"}).conventions.iloc[0]
    assert (row["low"], row["high"]) == (pytest.approx(79.95), pytest.approx(80.05))


def test_a_unit_of_another_class_than_its_value_is_found():
    found = reproduce(units(mutu=["B", "A", "B"]), "80,00")
    assert found.findings[["check", "printed", "found"]].values.tolist() == [["class", "B", "C"]]
    assert "'c'" in found.findings["message"][0]


def test_units_with_the_means_of_their_unsur_cross_items_and_pooling():
    means = {f"u{place}": ["3,10", "3,50"] for place in range(1, 9)}
    frame = pd.DataFrame({"unit kerja": ["a", "b"], "jumlah responden": [30, 10], **means, "u9": ["3,20", "3,60"]})
    found = reproduce(frame, "80,28", known={"tariff": "in"})
    assert found.kind == "units"
    pooled = (0.75 * (8 * 3.10 + 3.20) + 0.25 * (8 * 3.50 + 3.60)) / 9 * 25
    table = found.conventions.set_index(["item_weights", "scoring", "early_rounding", "final_rounding", "pooling"])["value"]
    assert table["1/9", "share-of-max", "none", "half-up", "respondents"] == pytest.approx(pooled)
    unit = [(8 * 3.10 + 3.20) * 0.11 * 25, (8 * 3.50 + 3.60) * 0.11 * 25]
    assert table["0.11", "share-of-max", "none", "half-up", "units"] == pytest.approx(np.mean(unit))
    assert table["0.11", "share-of-max", "unit values to 2", "half-up", "units"] == pytest.approx(np.mean([77.00, 86.90]))
    assert found.best["pooling"] == "respondents"


def test_the_index_of_a_unit_that_its_means_do_not_make_is_found():
    means = {f"u{place}": ["3,10", "3,50"] for place in range(1, 10)}
    found = reproduce(pd.DataFrame({"unit": ["a", "b"], "n": [1, 1], **means, "ikm": ["77,50", "78,50"]}), "82,50")
    assert found.findings["check"].tolist() == ["unit index"]
    assert found.findings.loc[0, "difference"] == pytest.approx(78.5 - 87.5)


def test_a_table_of_items_is_read_by_its_headers_and_its_weighted_means_are_checked():
    found = reproduce(AMAHAI, {"value": "87,40", "class": "A"})
    assert found.kind == "means"
    assert not found.reproduced
    assert found.findings["check"].tolist() == ["sum of weighted means", "inputs", "conventions", "class"]
    assert found.findings.loc[0, "found"] == pytest.approx(88.4)


def test_a_weighted_mean_that_is_none_is_found():
    wrong = AMAHAI.assign(**{"NRR Tertimbang": [0.391, 0.386, 0.372, 0.400, 0.397, 0.413, 0.520, 0.377, 0.380]})
    found = reproduce(wrong, "90,90").findings
    assert found["check"].tolist()[0] == "weighted means"
    assert "'U7'" in found["message"][0]


def test_weights_of_a_table_are_those_of_the_index():
    frame = pd.DataFrame({"unsur": ["u1", "u2"], "nilai": ["3,00", "3,40"], "bobot": [1, 3]})
    found = reproduce(frame, "82,50")  # 25 (3.00 + 3 x 3.40) / 4
    assert (found.best["item_weights"], found.best["departures"]) == ("as given", 0)


def test_parts_that_do_not_add_up_are_found_with_what_would_explain_it():
    found = reproduce(COMPLAINTS, 57171)
    assert found.kind == "parts"
    assert not found.reproduced
    assert found.dimensions == ()
    assert found.findings.loc[0, ["printed", "found", "difference"]].tolist() == [57171.0, 56171.0, 1000.0]
    assert "one digit of the total" in found.findings["message"][0]
    assert reproduce(COMPLAINTS, 56171).reproduced
    assert reproduce(COMPLAINTS, "56.171", kind="parts").reproduced


@pytest.mark.parametrize(
    ("total", "cause"),
    [
        (28996, "'b' left out of the total"),
        (36992, "'b' counted twice"),
        (32222, "no single part explains it"),
        (32999, "one digit of 'c', for 1,005"),
    ],
)
def test_the_single_part_that_explains_a_difference_is_named(total, cause):
    parts = {"a": 27996, "b": 3998, "c": 1000}
    assert cause in reproduce(parts, total, kind="parts").findings["message"][0]


def test_parts_in_percent_may_miss_a_hundred_by_their_rounding():
    found = reproduce({"a": "33,3", "b": "33,3", "c": "33,3"}, "100,0", kind="parts")
    assert found.conventions["verdict"].tolist() == ["within rounding"]
    assert found.findings.empty


@pytest.mark.parametrize(
    ("frame", "arguments", "error", "part"),
    [
        (pd.DataFrame({"a": [1.0], "b": [2.0]}), {}, DataError, "a table must have"),
        (pd.DataFrame({"u1": [1.0, 2.0], "u2": [2.0, 4.0]}), {}, DataError, "microdata is given as a Survey"),
        (pd.DataFrame(), {}, DataError, "no rows"),
        (pd.DataFrame({"unsur": ["u1", "U1"], "nrr": [3.0, 3.1]}), {}, DataError, "'U1' occurs twice"),
        (pd.DataFrame({"unsur": ["u1", "u2"], "nrr": [3.0, 5.0]}), {}, ScaleError, "'u2' is 5"),
        (units(unit="a"), {}, DataError, "'a' occurs twice"),
        (units(ikm=[80, None, 90]), {}, DataError, "'ikm' in row 1"),
        (units(n=[0, 0, 0]), {}, DataError, "vanish"),
        (units(mutu=["A", "B", "Z"]), {}, DataError, "'Z' is no class"),
        (units(), {"unit": "desa"}, DataError, "'desa' is not a column"),
        (units(), {"volume": "berkas"}, DataError, "'berkas' is not a column"),
        (units(), {"volume": {"a": 1, "b": 2}}, DataError, "none for unit 'c'"),
        (units(), {"volume": {"a": 1, "b": 2, "c": -1}}, DataError, "0 or more"),
        (pd.DataFrame({"unsur": ["u1", "u2", "Jumlah"], "nrr": [3.0, 3.1, 6.1]}), {}, DataError, "'Jumlah' is a total"),
        (units(unit=["a", "b", "Rata-rata"]), {}, DataError, "not a unit"),
        (AMAHAI, {"unit": "Unsur"}, DataError, "belong to a table of units"),
        (pd.DataFrame([[1, 2]], columns=["ikm", "ikm"]), {}, DataError, "two columns"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(frame, arguments, error, part):
    with pytest.raises(error, match=part):
        reproduce(frame, 80, **arguments)


@pytest.mark.parametrize("parts", [{}, {"a": -1, "b": 20}, {"a": "x"}, {"a": float("nan")}, pd.Series([1, 2], index=["a", "a"]), [1, 2]])
def test_parts_that_cannot_be_read_are_refused(parts):
    with pytest.raises(DataError):
        reproduce(parts, 30, kind="parts")


def test_any_frame_is_read_as_pandas_is():
    import polars as pl

    ours, theirs = reproduce(units(), "77,0"), reproduce(pl.from_pandas(units()), "77,0")
    pd.testing.assert_frame_equal(ours.conventions, theirs.conventions)


def test_a_means_table_of_a_specification_keeps_its_scale():
    frame = pd.DataFrame({"item": ["speed", "ease"], "mean": [4.0, 3.0]})
    spec = kp.IndexSpec(["speed", "ease"], scale=(1, 5))
    assert reproduce(frame, 62.5, spec=spec).best["scoring"] == "min-max"
