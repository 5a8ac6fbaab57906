"""Answers: every convention against a slow witness that shares no code with it, and published numbers of real answers."""

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kepuasan as kp
from kepuasan.codebook import AnswerScale, Item
from kepuasan.errors import ChoiceError, DataError, ScaleError
from kepuasan.reproducing import reproduce
from kepuasan.scales import Scale

#: 49 answers to u1..u9, survey of an agency of Kabupaten Sekadau, 2019, as it published them: 78.74 by 1/9, 77.95 by 0.11
SEKADAU = (
    "223434443 332333323 333344334 224444343 332333323 333433334 333333324 343334434 333333333 323444443 234444443 333333323 343433324 344433444 "
    "323333323 333333323 333333432 224444444 333433334 113433332 333233323 334434443 333333323 233444342 312233333 333433334 444434344 333433334 "
    "332332222 224444433 333433333 333434443 333433334 223443332 333433334 333434334 333333334 332322323 333444323 333433333 223444433 332434323 "
    "344433434 333433334 334343434 334444443 321323312 334444443 333444323"
)
UNSUR = [f"u{place}" for place in range(1, 10)]


@pytest.fixture(scope="module")
def sekadau():
    return kp.Survey(pd.DataFrame([list(map(int, row)) for row in SEKADAU.split()], columns=UNSUR))


def answers(rows=60, seed=3, lost=0.15):
    stream = np.random.default_rng(seed)
    frame = pd.DataFrame({name: stream.integers(1, 5, rows).astype(float) for name in UNSUR})
    frame = frame.mask(stream.random(frame.shape) < lost)
    return frame.assign(w=stream.uniform(1, 3, rows), desa=stream.choice(["a", "b", "c"], rows))


VOLUME = {"a": 10, "b": 30, "c": 5}


def rounded_up(value, decimals):
    return np.floor(value * 10**decimals + 0.5 + 1e-7) / 10**decimals


def scored(answer, scoring):
    if scoring.startswith("top"):
        return 100.0 * (answer >= 5 - int(scoring[4]))
    return {"share-of-max": 25 * answer, "min-max": 100 * (answer - 1) / 3, "raw mean": answer}[scoring]


#: two early roundings in a row
TWICE = {
    "item and weighted means to 2": ("item means to 2", "weighted means to 2"),
    "item means to 2, weighted means to 3": ("item means to 2", "weighted means to 3"),
    "item and weighted means to 3": ("item means to 3", "weighted means to 3"),
}


def treated(rows, missing):
    """Answers of some rows and items under a missing rule."""
    if missing == "counted as 0":
        return rows.fillna(0)
    if missing == "listwise":
        return rows.dropna()
    return rows[rows.notna().mean(axis=1) >= 0.5] if missing == "half answered" else rows


def slow_unit(frame, choice, factor, items):
    """The index of one unit by loops."""
    rows = treated(frame[items], choice["missing"])
    weight = frame.loc[rows.index, "w"] if choice["survey_weights"] == "weighted" else pd.Series(1.0, index=rows.index)
    scoring, (first, then) = choice["scoring"], TWICE.get(choice["early_rounding"], (choice["early_rounding"], choice["early_rounding"]))
    what, _, decimals = then.rpartition(" to ")
    if choice["level"] == "respondents":
        own = {row: np.mean([scored(one, scoring) for one in rows.loc[row].dropna()]) for row in rows.index if rows.loc[row].notna().any()}
        return sum(weight[row] * value for row, value in own.items()) / sum(weight[row] for row in own) * factor * len(items)
    terms = []
    for item in items:
        there = rows[item].dropna()
        mean = (there * weight[there.index]).sum() / weight[there.index].sum()
        if first.startswith("item means"):
            mean = rounded_up(mean, int(first[-1]))
        if scoring.startswith("top"):
            box = pd.Series([scored(one, scoring) for one in there], index=there.index)
            terms.append((box * weight[there.index]).sum() / weight[there.index].sum() * factor)
        elif scoring == "min-max":
            terms.append(scored(mean, scoring) * factor)
        else:
            terms.append(rounded_up(mean * factor, int(decimals)) if what == "weighted means" else mean * factor)
    total = rounded_up(sum(terms), int(decimals)) if what == "sum" else sum(terms)
    return 25 * total if scoring == "share-of-max" else total


def slow(frame, choice):
    items = UNSUR if choice["tariff"] == "in" else [name for name in UNSUR if name != "u4"]
    factor = 1 / len(items) if "/" in choice["item_weights"] else float(choice["item_weights"])
    if choice["pooling"] == "respondents":
        return slow_unit(frame, choice, factor, items)
    units = {unit: slow_unit(rows, choice, factor, items) for unit, rows in frame.groupby("desa")}
    if choice["early_rounding"].startswith("unit values"):
        units = {unit: rounded_up(value, 2) for unit, value in units.items()}
    size = VOLUME if choice["pooling"] == "volume" else dict.fromkeys(units, 1)
    return sum(size[unit] * value for unit, value in units.items()) / sum(size[unit] for unit in units)


@pytest.mark.parametrize("part", range(4))
def test_every_convention_is_what_a_slow_witness_makes_of_the_answers(part):
    frame = answers()
    survey = kp.Survey(frame, design=kp.Design(weight="w"))
    table = reproduce(survey, 62.5, unit="desa", volume=VOLUME, known={"final_rounding": "half-up"}).conventions
    assert len(table) > 2000
    assert table["name"].is_unique
    chosen = table.iloc[part::16]
    expected = np.array([slow(frame, row) for row in chosen.to_dict("records")])
    assert np.allclose(chosen["value"], expected, rtol=1e-10)
    assert (chosen["low"] == chosen["value"]).all()
    assert np.allclose(chosen["rounded"], rounded_up(expected, 1))


@pytest.mark.parametrize(
    ("options", "choice"),
    [
        ({"scoring": "share-of-max"}, {"scoring": "share-of-max", "level": "items", "missing": "available"}),
        ({"scoring": "top-box", "missing": "listwise"}, {"scoring": "top-2-box", "missing": "listwise"}),
        ({"scoring": "top-box", "top": 3}, {"scoring": "top-3-box"}),
        ({"level": "respondents"}, {"scoring": "min-max", "level": "respondents", "missing": "half answered"}),
        ({"level": "respondents", "min_answered": 0.0}, {"level": "respondents", "missing": "available"}),
        ({"level": "respondents", "min_answered": 0.7}, {"level": "respondents", "missing": "70 % answered"}),
        ({"scoring": "raw", "weights": dict(zip(UNSUR, range(1, 10), strict=True))}, {"item_weights": "as given"}),
        ({"weights": {"u1": "u8", "u2": "u9", "u3": "u7"}}, {"item_weights": "stated importance"}),
        ({"weights": {"u1": "u8", "u2": "u9", "u3": "u7"}, "level": "respondents"}, {"item_weights": "stated importance"}),
        ({"weights": {"u1": "u8", "u2": "u9", "u3": "u7"}, "missing": "listwise"}, {"missing": "listwise"}),
    ],
)
def test_the_specification_is_the_rule_and_its_value_that_of_the_index(options, choice):
    survey = kp.Survey(answers(), design=kp.Design(weight="w")).where(answers()["desa"] != "c")
    items = UNSUR[:3] if isinstance(dict(options.get("weights", {})).get("u1"), str) else UNSUR
    spec = kp.IndexSpec(items, scale=(1, 4), **options)
    first = reproduce(survey, 60.0, spec=spec).conventions.iloc[0]
    assert first["departures"] == 0
    assert {name: first[name] for name in choice} == choice
    assert first["value"] == pytest.approx(kp.satisfaction_index(survey, spec).score.value[0], rel=1e-12)


def test_the_answers_of_sekadau_give_both_published_numbers(sekadau):
    exact, short = reproduce(sekadau, {"value": "78,74", "class": "B"}), reproduce(sekadau, {"value": "77,95", "class": "B"})
    assert (exact.best["item_weights"], exact.best["departures"]) == ("1/9", 0)
    assert (short.best["item_weights"], short.best["departures"]) == ("0.11", 1)
    assert exact.findings.empty
    assert short.findings.empty
    assert exact.kind == "microdata"


def test_dimensions_that_cannot_matter_are_not_crossed_and_said(sekadau):
    found = reproduce(sekadau, "78,74")
    assert {name: found.conventions[name].nunique() for name in ("survey_weights", "level", "missing")} == dict.fromkeys(
        ("survey_weights", "level", "missing"), 1
    )
    assert any("no answer is missing" in note for note in found.notes)
    assert any("weights are equal" in note for note in found.notes)
    assert reproduce(sekadau, "78,74", known={"missing": "listwise"}).best["missing"] == "listwise"


def test_the_sample_gives_its_index_by_its_own_convention():
    found = reproduce(kp.load_sample("users", wave="2022"), 73.7)
    assert found.best["departures"] == 0
    assert (found.best["scoring"], found.best["survey_weights"]) == ("top-2-box", "weighted")
    assert found.best["value"] == pytest.approx(73.700028, abs=1e-6)


def test_missing_codes_and_reversed_items_are_read_as_the_codebook_says():
    frame = pd.DataFrame({"ease": [1, 4, 9, 2, 3], "delay": [4, 1, 2, 9, 3]})
    book = kp.Codebook(
        {"ease": Item("ease", scale="s", missing={9: "?"}), "delay": Item("delay", scale="s", reverse=True, missing={9: "?"})},
        {"s": AnswerScale("s", Scale(1, 4, (1, 2, 3, 4)))},
    )
    spec = kp.IndexSpec(["ease", "delay"], scoring="share-of-max")
    table = reproduce(kp.Survey(frame, book), 60.0, spec=spec).conventions.set_index(
        ["scoring", "level", "missing", "early_rounding", "final_rounding"]
    )
    assert table.loc[("share-of-max", "items", "available", "none", "half-up"), "value"] == pytest.approx(12.5 * (10 / 4 + 10 / 4))
    assert table.loc[("raw mean", "items", "listwise", "none", "half-up"), "value"] == pytest.approx(((1 + 4 + 3) / 3 + (1 + 4 + 2) / 3) / 2)
    assert table.loc[("share-of-max", "items", "counted as 0", "none", "half-up"), "value"] == pytest.approx(12.5 * (10 / 5 + 10 / 5))


def test_a_scale_below_zero_has_no_share_of_its_maximum():
    survey = kp.Survey(pd.DataFrame({"loss": [-3, -1, 0, -2], "delay": [-2, -2, -1, -3]}))
    found = reproduce(survey, 45.8, spec=kp.IndexSpec(["loss", "delay"], scale=(-3, 0)))
    assert "share-of-max" not in set(found.conventions["scoring"])
    with pytest.raises(ScaleError, match="above 0"):
        reproduce(survey, 45.8, spec=kp.IndexSpec(["loss", "delay"], scale=(-3, 0), scoring="share-of-max"))


def test_a_unit_that_nobody_answered_is_left_out_of_the_mean_of_units():
    frame = answers(lost=0).assign(desa=lambda rows: np.where(rows.index < 5, "z", rows["desa"]))
    frame.loc[frame["desa"] == "z", UNSUR] = np.nan
    table = reproduce(kp.Survey(frame), 62.5, unit="desa", known={"pooling": "units", "scoring": "share-of-max"}).conventions
    expected = frame[frame["desa"] != "z"].groupby("desa")[UNSUR].mean().mean(axis=1).mean() * 25
    assert table.loc[0, "value"] == pytest.approx(expected)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from([0.0, 0.2]))
def test_a_number_computed_by_a_convention_is_reproduced_by_it_in_any_order_of_rows(seed, pick, lost):
    frame = answers(30, seed, lost)
    table = reproduce(kp.Survey(frame, design=kp.Design(weight="w")), 50.0, decimals=2, unit="desa").conventions
    row = table.iloc[pick % len(table)]
    mixed = kp.Survey(frame.sample(frac=1, random_state=seed), design=kp.Design(weight="w"))
    again = reproduce(mixed, f"{row['rounded']:.2f}", unit="desa").conventions
    assert again.set_index("name").loc[row["name"], "verdict"] == "reproduces"
    assert again["name"].tolist() == table["name"].tolist()
    assert np.allclose(again["value"], table["value"], rtol=1e-12)


def test_a_hundred_thousand_answers_are_tried_in_three_seconds():
    stream = np.random.default_rng(1)
    frame = pd.DataFrame(stream.integers(1, 5, (100_000, 9)).astype(float), columns=UNSUR).assign(w=stream.uniform(1, 3, 100_000))
    survey = kp.Survey(frame.assign(u1=frame["u1"].mask(stream.random(100_000) < 0.05)), design=kp.Design(weight="w"))
    start = time.process_time()
    found = reproduce(survey, 62.5)
    assert time.process_time() - start < 3
    assert len(found.conventions) > 1000


def bad():
    frame = answers(lost=0)
    return frame.assign(v=range(len(frame)), gap=frame["desa"].where(frame.index > 0))


@pytest.mark.parametrize(
    ("arguments", "error", "part"),
    [
        ({"unit": "dessa"}, DataError, "did you mean 'desa'"),
        ({"unit": "gap"}, DataError, "1 rows have no unit"),
        ({"volume": "v"}, DataError, "no unit"),
        ({"unit": "desa", "volume": "v"}, DataError, "varies"),
        ({"unit": "desa", "volume": {"a": 1}}, DataError, "none for unit 'b', 'c'"),
        ({"known": {"pooling": "units"}}, ChoiceError, "no dimension 'pooling'"),
        ({"spec": kp.IndexSpec(["u1", "u11"], scale=(1, 4))}, DataError, "'u11'"),
        ({"spec": kp.IndexSpec(["u1"], scale=(1, 3))}, ScaleError, "off the scale 1 to 3"),
        ({"spec": kp.IndexSpec(["u1"], scale=(1, 4), scoring="top-box", top=4)}, ScaleError, "top=4"),
        ({"kind": "means"}, DataError, "microdata"),
    ],
)
def test_bad_requests_are_refused(arguments, error, part):
    with pytest.raises(error, match=part):
        reproduce(kp.Survey(bad()), 60, **arguments)


def test_units_that_lack_an_item_or_every_answer_are_named():
    # they were left out of the mean of units in silence
    frame = answers(lost=0).assign(desa=lambda rows: np.where(rows.index < 5, "z", rows["desa"]))
    frame.loc[frame["desa"] == "z", UNSUR] = np.nan
    frame.loc[frame["desa"] == "a", "u3"] = np.nan
    found = reproduce(kp.Survey(frame), 62.5, unit="desa")
    assert any(note.startswith("units without answers, or whose answers have no weight: 'z'") for note in found.notes)
    assert any(note.startswith("units without an answer to some item: 'a'") for note in found.notes)
    assert all("'" not in note for note in reproduce(kp.Survey(answers(lost=0)), 62.5, unit="desa").notes)
    free = answers(lost=0).assign(w=lambda rows: np.where(rows["desa"] == "b", 0.0, 1.0))
    assert any("'b'" in note for note in reproduce(kp.Survey(free, design=kp.Design(weight="w")), 62.5, unit="desa").notes)


NAMED = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]


def named(**more):
    return kp.Survey(answers(lost=0)[UNSUR].set_axis(NAMED, axis=1).assign(**more))


@pytest.mark.parametrize(
    ("column", "part"),
    [
        (lambda rows: np.where(rows.index < 3, "4", "Baik"), "'prosedur' is the element 'prosedur' but holds '4' in row 0"),
        (lambda rows: pd.Categorical(np.where(rows.index < 3, "Kurang", "Baik")), "holds 'Kurang' in row 0"),
        (lambda rows: [3, 4, "Baik", *[2] * (len(rows) - 3)], "holds 'Baik' in row 2"),
        (lambda rows: pd.Timestamp("2025-01-01"), "'prosedur' is the element"),
    ],
)
def test_an_element_without_numbers_is_refused_and_not_passed_over(column, part):
    # the eight others were taken for "the items of 14/2017", each by 1/8
    with pytest.raises(DataError, match=part):
        reproduce(named(prosedur=column), 60)


def test_elements_that_are_missing_are_asked_for():
    whole = named()
    for kept, part in ((NAMED[1:], "missing is 'persyaratan'"), (NAMED[:2], "here are 2")):
        with pytest.raises(DataError, match=part):
            reproduce(kp.Survey(whole.frame[kept]), 60)
    assert set(reproduce(kp.Survey(whole.frame.drop(columns="biaya")), 60.0).conventions["item_weights"]) == {"1/8"}
    spec = kp.IndexSpec(NAMED[:2], scale=(1, 4), scoring="share-of-max")
    assert reproduce(whole, 60.0, spec=spec).conventions.loc[0, "item_weights"] == "1/2"


def test_whole_categories_are_numbers_and_other_text_is_no_matter():
    plain = reproduce(named(), 62.5).conventions
    coded = named(prosedur=lambda rows: pd.Categorical(rows["prosedur"].astype(int)), saran="baik sekali", waktu_isi="10:20")
    pd.testing.assert_frame_equal(reproduce(coded, 62.5).conventions, plain)
    numbers = kp.Survey(answers(lost=0)[UNSUR].assign(waktu="10:20", pengaduan="tidak ada"))
    assert reproduce(numbers, 62.5).notes[0].endswith("u8, u9")


def test_eight_numbered_columns_tell_no_tariff():
    # u4 was taken for the tariff
    found = reproduce(kp.Survey(answers(lost=0)[UNSUR[:8]]), 62.5)
    assert "tariff" not in found.dimensions
    assert set(found.conventions["item_weights"]) == {"1/8"}


def test_a_scale_that_is_taken_from_the_rule_is_said():
    frame = answers(lost=0)[UNSUR[:3]].set_axis(["speed", "ease", "waktu"], axis=1)
    found = reproduce(kp.Survey(frame), 62.5, spec=kp.IndexSpec(["speed", "ease", "waktu"], scoring="share-of-max"))
    assert "no scale is known of 'speed', 'ease'; that of 14/2017 is taken, 1 to 4" in found.notes
    scaled = reproduce(kp.Survey(frame), 62.5, spec=kp.IndexSpec(["speed", "ease", "waktu"], scoring="share-of-max", scale=(1, 4)))
    assert not any("scale" in note for note in scaled.notes)


def test_exact_answers_reproduce_or_miss():
    # values within half a unit were "within rounding", though answers are not rounded
    assert set(reproduce(kp.Survey(answers()), 62.5, unit="desa").conventions["verdict"]) <= {"reproduces", "misses"}


def test_a_spreadsheet_that_shows_each_column_rounded_is_reproduced():
    # 52 answers whose NRR to 2 decimals times 0.111 to 3 decimals were summed: "the nearest gives 78.40, off by 0.02"
    frame = pd.DataFrame({name: np.repeat([3, 4], [52 - count, count]) for name, count in zip(UNSUR, (3, 3, 13, 4, 8, 5, 9, 9, 10), strict=True)})
    means = [rounded_up(column.mean(), 2) for _, column in frame.items()]
    published = rounded_up(sum(rounded_up(mean * 0.111, 3) for mean in means) * 25, 2)
    found = reproduce(kp.Survey(frame), f"{published:.2f}", known={"item_weights": "0.111", "tariff": "in"})
    assert "item means to 2, weighted means to 3" in set(found.reproducing["early_rounding"])


def test_answers_off_the_scale_of_the_rule_are_refused():
    with pytest.raises(ScaleError, match="'u1': 5"):
        reproduce(kp.Survey(answers(lost=0).assign(u1=5)), 60)
