"""What differs between two waves, each measure against a brute force or a wave in which one thing was changed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from kepuasan import Codebook, Design, IndexSpec, Survey, add_replicates, load_sample, proportion, rake, replicate_weights, stack_waves
from kepuasan.codebook import AnswerScale, Item, Multiple
from kepuasan.columns import FINDING
from kepuasan.comparing import comparability
from kepuasan.comparing.findings import ASPECTS
from kepuasan.comparing.harmonising import merged_codes
from kepuasan.comparing.invariance import invariance_findings
from kepuasan.comparing.pairs import paired
from kepuasan.errors import DataError, DataWarning
from kepuasan.numerics.factor import factor_change
from kepuasan.scales import Scale

ITEMS = [f"q{j}" for j in range(1, 7)]
DESIGN = Design("w", "stratum", "psu")
LOADINGS = np.array([0.6, 0.65, 0.7, 0.75, 0.8, 0.7])
PUAS = {1: "Tidak puas", 2: "Kurang puas", 3: "Puas", 4: "Sangat puas"}


def book(**changes):
    """A codebook of six items on one scale and two characteristics."""
    items = {name: Item(name, name.upper(), scale="puas", values=PUAS, question=f"Seberapa puas Anda dengan {name}?") for name in ITEMS}
    items |= {"sex": Item("sex", type="text", values={"L": "Laki-laki", "P": "Perempuan"}), "age": Item("age", "Umur")}
    parts = {"items": items, "scales": {"puas": AnswerScale("puas", Scale(1, 4), PUAS)}, "index": {"items": ITEMS}, "mode": "telephone"}
    return Codebook(**(parts | changes))


def drawn(seed, n=1500, *, loadings=LOADINGS, intercepts=0.0, factor_mean=0.0, women=0.4, age=40.0, lost=0.02):
    """Answers 1 to 4 to six items under one factor, in 5 strata of 8 units."""
    rng = np.random.default_rng(seed)
    psu = rng.integers(0, 40, n)
    factor = factor_mean + rng.normal(size=n) * 0.95 + rng.normal(size=40)[psu] * 0.3
    latent = factor[:, None] * loadings + intercepts + rng.normal(size=(n, 6)) * 0.6
    answers = pd.DataFrame(np.digitize(latent, [-1.4, -0.4, 0.8]) + 1.0, columns=ITEMS)
    answers = answers.mask(rng.random((n, 6)) < lost)
    people = {"sex": np.where(rng.random(n) < women, "P", "L"), "age": rng.normal(age, 12, n).round()}
    return answers.assign(**people, psu=psu % 8, stratum=psu // 8, w=rng.uniform(0.5, 2.0, n))


def waves(second=None, first=None, books=None):
    first, second = drawn(1) if first is None else first, drawn(2) if second is None else second
    books = (book(), book()) if books is None else books
    return stack_waves({"2020": Survey(first, books[0], DESIGN), "2022": Survey(second, books[1], DESIGN)})


def compared(survey, **arguments):
    return comparability(survey, "2020", "2022", **arguments)


def of(table, aspect, item=""):
    """The first row of an aspect and item."""
    return table[(table["aspect"] == aspect) & (table["item"] == item)].iloc[0]


@pytest.fixture(scope="module")
def users():
    return load_sample("users")


@pytest.fixture(scope="module")
def alike():
    return waves()


# ---------------------------------------------------------------- the table


def test_the_table_opens_with_what_is_serious_and_has_every_aspect(users):
    table = compared(users)
    assert list(table.columns) == list(FINDING)
    assert list(table.columns[:3]) == ["aspect", "severity", "item"]
    assert set(table["aspect"]) == set(ASPECTS)
    assert table["severity"].drop_duplicates().tolist() == ["serious", "minor", "none"]
    places = table["aspect"].map(list(ASPECTS).index).groupby(table["severity"], observed=True)
    assert all(place.is_monotonic_increasing for _, place in places)
    assert (table["advice"].str.len() > 0).all()


def test_of_equals_the_whole_comes_before_items_and_these_by_size(users):
    for (_, aspect), rows in compared(users).groupby(["severity", "aspect"], observed=True):
        whole = (rows["item"] == "").to_numpy()
        assert not (np.diff(whole.astype(int)) > 0).any(), aspect
        assert rows["size"][~whole].abs().fillna(0.0).is_monotonic_decreasing, aspect


def test_waves_that_are_alike_show_what_was_looked_at(alike):
    table = compared(alike)
    assert (table["severity"] == "none").all()
    assert set(table["aspect"]) == set(ASPECTS)


def test_the_sample_says_loudly_that_the_frames_differ(users):
    row = compared(users).iloc[0]
    assert row["severity"] == "serious"
    assert (row["aspect"], row["base"], row["current"]) == ("frame", 37, 6)
    assert row["advice"].startswith("Different frames: 37 groups of 'stratum' against 6; 31 asked in '2020' only")
    provinces = of(compared(users, frame="province"), "frame", "province")
    assert (provinces["base"], provinces["current"]) == (34, 4)


def test_labels_of_waves_work_as_numbers(users):
    assert comparability(users, 2021, 2022).equals(comparability(users, "2021", "2022"))


def test_swapped_waves_have_the_other_sign(alike):
    one, other = compared(alike), comparability(alike, "2022", "2020")
    for aspect, item in (("mix", "age"), ("missingness", "q1"), ("invariance", "q3")):
        assert of(one, aspect, item)["size"] == pytest.approx(-of(other, aspect, item)["size"], abs=1e-9)


# ---------------------------------------------------------------- frame


def test_the_frame_is_weighed_by_hand():
    first = drawn(1)
    second = drawn(2).query("stratum != 3")
    row = of(compared(waves(second, first)), "frame", "stratum")
    expected = 100 * first["w"][first["stratum"] == 3].sum() / first["w"].sum()
    assert row["size"] == pytest.approx(expected, rel=1e-12)
    assert (row["base"], row["current"], row["severity"]) == (5, 4, "serious")


def test_a_small_group_asked_once_is_minor():
    second = drawn(2).assign(stratum=lambda frame: frame["stratum"].where(frame.index > 20, 9))
    second.loc[:9, "psu"] = 0
    second.loc[10:20, "psu"] = 1
    row = of(compared(waves(second)), "frame", "stratum")
    assert row["severity"] == "minor"
    assert 0 < row["size"] < 5


def test_groups_without_anything_in_common_may_be_coded_otherwise():
    row = of(compared(waves(drawn(2).assign(stratum=lambda frame: "s" + frame["stratum"].astype(str)))), "frame", "stratum")
    assert (row["size"], row["severity"]) == (100.0, "serious")
    assert "coded otherwise" in row["advice"]


def test_without_strata_the_frame_is_not_known():
    survey = stack_waves({"2020": Survey(drawn(1), book()), "2022": Survey(drawn(2), book())})
    row = of(compared(survey), "frame")
    assert row["severity"] == "minor"
    assert "frame=" in row["advice"]


# ---------------------------------------------------------------- mode, scale, wording


@pytest.mark.parametrize(
    ("modes", "severity"), [(("telephone", " Telephone"), "none"), (("telephone", "online"), "serious"), (("", "online"), "minor")]
)
def test_modes_are_compared_as_the_codebooks_state_them(modes, severity):
    row = of(compared(waves(books=[book(mode=mode) for mode in modes])), "mode")
    assert row["severity"] == severity
    assert (row["base"], row["current"]) == modes
    assert ("'2020' is not stated" in row["advice"]) == (severity == "minor")


def relabelled(label):
    items = dict(book().items)
    items["q2"] = replace(items["q2"], values={**PUAS, 3: label})
    return book(items=items)


def test_other_labels_of_answers_are_serious_in_the_index():
    row = of(compared(waves(books=(book(), relabelled("Cukup puas")))), "scale", "q2")
    assert (row["size"], row["base"], row["current"], row["severity"]) == (1.0, 4, 4, "serious")
    assert "code 3 is 'Puas' in one wave and 'Cukup puas' in the other" in row["advice"]


def test_spacing_and_case_are_no_difference():
    table = compared(waves(books=(book(), relabelled("  PUAS "))))
    assert of(table, "scale")["severity"] == "none"


def test_one_codebook_read_for_both_waves_is_a_codebook_of_each():
    one = book()
    assert of(compared(waves(books=(one, one))), "wording")["severity"] == "none"


def test_more_points_are_counted():
    items = dict(book().items)
    items["q2"] = replace(items["q2"], values={**PUAS, 2.5: "Tengah"})
    row = of(compared(waves(books=(book(), book(items=items)))), "scale", "q2")
    assert (row["size"], row["base"], row["current"], row["measure"]) == (1.0, 4, 5, "points of the scale that differ")


def test_another_wording_is_found_and_measured():
    items = dict(book().items)
    items["q4"] = replace(items["q4"], question="Seberapa puas Anda dengan layanan q4?")
    table = compared(waves(books=(book(), book(items=items))))
    row = of(table, "wording", "q4")
    assert row["size"] == pytest.approx(1 - 2 * 5 / (5 + 6))  # five words of the five stand among the six
    assert (row["severity"], row["current"]) == ("serious", "Seberapa puas Anda dengan layanan q4?")
    assert (table["aspect"] == "wording").sum() == 1


def test_items_asked_once_and_dropped_from_the_index_are_named():
    items = {name: item for name, item in book().items.items() if name != "q6"}
    later = book(items=items, index={"items": ITEMS[:5]})
    table = compared(waves(drawn(2).drop(columns="q6"), books=(book(), later)))
    rows = table[(table["aspect"] == "wording") & (table["item"] == "q6")]
    assert rows["measure"].tolist() == ["items of one wave's index only", "asked in one wave only"]
    assert (rows["severity"] == "serious").all()
    assert "q6" not in set(table[table["aspect"] == "invariance"]["item"])


def with_item(name, parts=None, **changes):
    """The codebook with an item changed."""
    given = book()
    items = {**given.items, name: replace(given.items[name], **changes)}
    return replace(given, items=items, **(parts or {}))


def test_a_column_called_otherwise_is_named_and_worries_only_where_no_question_is_stated():
    table = compared(waves(books=(with_item("q1", column="V01"), book())))
    row = of(table, "wording", "q1")
    assert (row["base"], row["current"], row["severity"], row["measure"]) == ("V01", "q1", "none", "columns called otherwise")
    unsaid = with_item("q1", question=None, column="V01"), with_item("q1", question=None)
    assert of(compared(waves(books=unsaid)), "wording", "q1")["severity"] == "minor"


def test_a_recode_is_minor_unless_it_merges_answers_of_an_item_of_the_index():
    turned = {1: 4, 2: 3, 3: 2, 4: 1}
    row = of(compared(waves(books=(with_item("q1", recode=turned), book()))), "scale", "q1")
    assert (row["severity"], row["size"], row["base"], row["current"]) == ("minor", 4.0, "1 = 4, 2 = 3, 3 = 2, 4 = 1", "")
    row = of(compared(waves(books=(book(), with_item("q1", recode={5: 4})))), "scale", "q1")
    assert (row["severity"], row["size"], row["current"]) == ("serious", 1.0, "5 = 4")
    assert "several answers into one (code 4)" in row["advice"]
    outside = compared(waves(books=(with_item("sex", recode={"M": "L", "X": "L"}), book())))
    assert of(outside, "scale", "sex")["severity"] == "minor"


@pytest.mark.parametrize(
    ("recode", "merged"),
    [
        ({5: 4}, [4]),
        ({0: 1, 1: 2, 2: 3, 3: 4}, []),
        ({1: 4, 4: 1}, []),
        ({"A": 1, "B": 1, "C": 2}, [1]),
        ({"A": 1}, []),
        ({99: 9, 98: 9}, []),
        ({}, []),
    ],
)
def test_a_recode_merges_where_two_answers_get_one_code(recode, merged):
    given = with_item("q1", recode=recode, missing={9: "Menolak"})
    assert merged_codes(given.items["q1"], given) == merged


def test_the_same_recode_in_both_waves_is_no_difference():
    both = with_item("q1", recode={5: 4}, column="V01")
    table = compared(waves(books=(both, both)))
    assert of(table, "scale")["severity"] == of(table, "wording")["severity"] == "none"


def test_answers_moved_from_another_scale_are_serious_in_the_index():
    scales = {"scales": {**book().scales, "ten": AnswerScale("ten", Scale(1, 10))}}
    row = of(compared(waves(books=(with_item("q1", scales, asked_scale="ten"), book()))), "scale", "q1")
    assert (row["severity"], row["base"], row["current"], row["size"]) == ("serious", "1 to 10", "1 to 4", -6.0)
    assert "asked on 1 to 10 and moved to 1 to 4 in '2020'" in row["advice"]


def test_other_options_of_a_question_with_several_answers_are_counted():
    asked = [{"sms": "sex"}, {"sms": "sex", "web": "age"}]
    books = [book(multiples={"channel": Multiple("channel", "Saluran", options)}) for options in asked]
    row = of(compared(waves(books=books)), "scale", "channel")
    assert (row["severity"], row["base"], row["current"], row["size"]) == ("minor", 1, 2, 1.0)
    assert "'web' in one wave only" in row["advice"]


def test_another_scoring_is_serious_and_other_weights_are_minor():
    specs = {"2020": IndexSpec(ITEMS), "2022": IndexSpec(ITEMS, scoring="top-box", weights=dict.fromkeys(ITEMS[1:], 1.0) | {"q1": 2.0})}
    rows = compared(waves(), spec=specs).query("aspect == 'scale' and size == 1")
    assert rows["severity"].tolist() == ["serious", "minor"]
    assert rows["current"].iloc[0] == "scoring = top-box"


def test_weights_that_are_equal_by_word_or_number_are_the_same():
    specs = {"2020": IndexSpec(ITEMS), "2022": IndexSpec(ITEMS, weights=dict.fromkeys(ITEMS, 7.0))}
    assert (compared(waves(), spec=specs).query("aspect == 'scale'")["severity"] == "none").all()


def test_without_codebooks_nothing_is_compared_and_the_table_says_so():
    survey = stack_waves({"2020": Survey(drawn(1), design=DESIGN), "2022": Survey(drawn(2), design=DESIGN)})
    table = compared(survey)
    for aspect in ("scale", "wording", "mix", "missingness", "invariance"):
        assert of(table, aspect)["severity"] == "minor"
    assert "Not compared" in of(table, "wording")["advice"]
    assert of(compared(survey, spec=IndexSpec(ITEMS, scale=(1, 4)), mix="sex"), "mix", "sex")["severity"] == "none"


# ---------------------------------------------------------------- mix


def halves(survey):
    """The frames of the two waves, user-missing codes aside."""
    frame = survey.frame.assign(w=survey.design.weights)
    return [frame[frame["wave"] == wave] for wave in ("2020", "2022")]


def test_a_difference_of_means_is_that_of_the_formula():
    survey = waves(drawn(2, age=44.0))
    row = of(compared(survey), "mix", "age")
    means = [np.average(half["age"], weights=half["w"]) for half in halves(survey)]
    spreads = [np.average((half["age"] - one) ** 2, weights=half["w"]) for half, one in zip(halves(survey), means, strict=True)]
    assert row["size"] == pytest.approx((means[1] - means[0]) / np.sqrt(np.mean(spreads)), rel=1e-10)
    assert [row["base"], row["current"]] == pytest.approx(means, rel=1e-12)
    assert row["severity"] == "serious"


def test_shares_of_two_categories_have_a_signed_difference_and_the_test_of_their_contrast():
    survey = waves(drawn(2, women=0.5))
    row = of(compared(survey), "mix", "sex")
    shares = [np.average(half["sex"] == "P", weights=half["w"]) for half in halves(survey)]
    assert [row["base"], row["current"]] == pytest.approx([100 * share for share in shares], rel=1e-12)
    assert row["size"] == pytest.approx((shares[1] - shares[0]) / np.sqrt(np.mean([share * (1 - share) for share in shares])), rel=1e-10)
    contrast = proportion(survey, "sex", by="wave").contrast({"wave": "2022", "category": "P"}, {"wave": "2020", "category": "P"})
    assert row["p_value"] == pytest.approx(contrast.p_value[0], rel=1e-9)


def test_many_categories_are_tested_by_one_joint_f(users):
    row = of(compared(users, mix=["channel"]), "mix", "channel")
    gaps = proportion(users, "channel", by="wave").contrast({"wave": "2022"}, {"wave": "2020"})
    df = users.design.df
    statistic = gaps.value[:5] @ np.linalg.inv(gaps.vcov[:5, :5]) @ gaps.value[:5] * (df - 4) / (5 * df)
    assert row["p_value"] == pytest.approx(stats.f.sf(statistic, 5, df - 4), rel=1e-7)
    assert row["severity"] == "serious"
    assert "'Website'" in row["advice"]


def test_what_may_be_chance_is_not_serious(users):
    row = of(compared(users), "mix", "agency")
    assert row["size"] > 0.25
    assert row["p_value"] > 0.05
    assert row["severity"] == "minor"


def test_characteristics_are_taken_from_the_codebook_but_not_what_follows_from_the_frame(users):
    found = set(compared(users).query("aspect == 'mix'")["item"])
    assert found == {"agency", "sex", "age", "disability", "education", "channel", "keep_using"}
    assert "region" in set(compared(users, mix=["region", "sex"]).query("aspect == 'mix'")["item"])


def test_a_column_of_one_wave_cannot_tell_respondents_apart():
    row = of(compared(waves(drawn(2).drop(columns="age")), mix=["age"]), "mix", "age")
    assert row["severity"] == "minor"
    assert np.isnan(row["size"])


# ---------------------------------------------------------------- missing answers


def test_missing_answers_are_counted_by_weight():
    survey = waves(drawn(2, lost=0.06))
    row = of(compared(survey), "missingness", "q3")
    percent = [100 * np.average(half["q3"].isna(), weights=half["w"]) for half in halves(survey)]
    assert [row["base"], row["current"]] == pytest.approx(percent, rel=1e-12)
    assert row["size"] == pytest.approx(percent[1] - percent[0], rel=1e-10)
    assert row["p_value"] < 0.05
    assert row["severity"] == ("serious" if row["size"] >= 5 else "minor")


def test_user_missing_codes_are_missing_answers(users):
    row = of(compared(users), "missingness", "ease_of_updates")
    half = halves(users)[0]
    assert row["base"] == pytest.approx(100 * np.average(half["ease_of_updates"].isin([8, 9]), weights=half["w"]), rel=1e-12)


# ---------------------------------------------------------------- invariance


def test_equal_loadings_and_intercepts_stay_unnamed_whatever_the_factor_does():
    table = compared(waves(drawn(2, factor_mean=0.5))).query("aspect == 'invariance'")
    assert (table["severity"] == "none").all()
    assert "loadings equal after rescaling the factor" in of(table, "invariance")["advice"] + table["advice"].iloc[1]
    assert len(table) == 2 * (len(ITEMS) + 1)


@pytest.mark.parametrize(("change", "measure"), [("loadings", "loadings"), ("intercepts", "intercepts")])
def test_the_one_item_that_changed_is_named(change, measure):
    changed = {"loadings": LOADINGS - [0, 0, 0.45, 0, 0, 0], "intercepts": np.array([0, 0, 0.6, 0, 0, 0])}
    table = compared(waves(drawn(2, n=4000, **{change: changed[change]}), drawn(1, n=4000))).query("aspect == 'invariance'")
    rows = table[table["measure"].str.contains(measure)]
    assert rows.iloc[0]["item"] == ""
    assert rows.iloc[0]["p_value"] < 0.001
    assert rows.iloc[0]["severity"] == "serious"
    assert rows.iloc[1]["item"] == "q3"
    assert rows.iloc[1]["severity"] == "serious"
    assert "q3" in rows.iloc[0]["advice"]


def differences(values, second, weight):
    """Differences of loadings and intercepts of two groups of rows, by numpy alone."""
    means, covariances = [], []
    for rows in (~second, second):
        means.append(np.average(values[rows], axis=0, weights=weight[rows]))
        covariances.append(np.cov(values[rows].T, aweights=weight[rows], bias=True))
    found = factor_change(np.stack(means), np.stack(covariances))
    return np.concatenate([found.loading, found.intercept])


def test_sizes_and_errors_of_invariance_are_those_of_brute_force():
    """The influence of every row by a derivative of its weight, added up by unit, and its variance between units."""
    survey = waves(drawn(2, n=160), drawn(1, n=160))
    rows = compared(survey).query("aspect == 'invariance' and item != ''")
    frame, weight = survey.frame, survey.design.weights
    full, second = frame[ITEMS].notna().all(axis=1).to_numpy(), (frame["wave"] == "2022").to_numpy()
    values, second, weight = frame.loc[full, ITEMS].to_numpy(), second[full], weight[full]
    value, influence = differences(values, second, weight), np.zeros((len(frame), 2 * len(ITEMS)))
    for place, row in enumerate(np.flatnonzero(full)):
        step = np.where(np.arange(len(weight)) == place, 1e-5, 0.0)
        influence[row] = (differences(values, second, weight + step) - differences(values, second, weight - step)) / 2e-5 * weight[place]
    units = pd.DataFrame(influence).groupby([frame["wave"], frame["stratum"], frame["psu"]]).sum()
    variance = sum(len(one) * one.var(ddof=1) for _, one in units.groupby(level=[0, 1]))
    p_value = 2 * stats.t.sf(np.abs(value / np.sqrt(variance)), survey.design.df)
    for place, (part, item) in enumerate([(part, item) for part in ("loadings", "intercepts") for item in ITEMS]):
        row = rows[(rows["item"] == item) & rows["measure"].str.contains(part)].iloc[0]
        assert row["size"] == pytest.approx(value[place], abs=1e-10)
        assert row["p_value"] == pytest.approx(p_value[place], abs=1e-5)


@pytest.mark.parametrize("method", ["jkn", "bootstrap"])
def test_replicates_are_compared_each_by_itself(method):
    survey = add_replicates(waves(drawn(2, n=300), drawn(1, n=300)), method, **({"n": 40, "seed": 3} if method == "bootstrap" else {}))
    full, second = survey.frame[ITEMS].notna().all(axis=1).to_numpy(), (survey.frame["wave"] == "2022").to_numpy()
    values, weights = survey.frame.loc[full, ITEMS].to_numpy(), replicate_weights(survey).to_numpy()[full]
    value = differences(values, second[full], survey.design.weights[full])
    gaps = np.array([differences(values, second[full], weight) for weight in weights.T]) - value
    se = np.sqrt((survey.design.plan.rule.deviations(gaps) ** 2).sum(axis=0))
    rows = compared(survey).query("aspect == 'invariance' and item != ''")
    for place, (part, item) in enumerate([(part, item) for part in ("loadings", "intercepts") for item in ITEMS]):
        row = rows[(rows["item"] == item) & rows["measure"].str.contains(part)].iloc[0]
        assert row["p_value"] == pytest.approx(2 * stats.t.sf(abs(value[place] / se[place]), survey.design.df), rel=1e-7)


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_replicates_without_a_factor_are_counted_and_the_others_speak():
    survey = add_replicates(waves(drawn(2, n=60), drawn(1, n=60)), "bootstrap", n=60, seed=1)
    with pytest.warns(DataWarning, match="of 60 replicates have no estimate of every statistic"):
        rows = compared(survey).query("aspect == 'invariance' and item != ''")
    assert rows["p_value"].notna().all()


def test_replicates_take_the_same_road():
    survey = waves()
    plain, again = (compared(one).query("aspect == 'invariance' and item != ''") for one in (survey, add_replicates(survey, "jkn")))
    both = plain.merge(again, on=["item", "measure"])
    np.testing.assert_allclose(both["size_x"], both["size_y"], rtol=1e-10)
    np.testing.assert_allclose(both["p_value_x"], both["p_value_y"], atol=0.03)


def test_a_reversed_item_is_turned():
    items = dict(book().items)
    items["q2"] = replace(items["q2"], reverse=True)
    turned = [drawn(seed).assign(q2=lambda frame: 5 - frame["q2"]) for seed in (1, 2)]
    got = compared(waves(turned[1], turned[0], books=(book(items=items), book(items=items))))
    expected = compared(waves())
    for item in ("q1", "q2"):
        assert of(got, "invariance", item)["size"] == pytest.approx(of(expected, "invariance", item)["size"], abs=1e-10)


@pytest.mark.parametrize(
    ("items", "why"),
    [(ITEMS[:2], "2 items asked in both waves"), (["q1", "q2", "apart"], "as one factor has it"), (["q1", "q2", "flat"], "all answers to 'flat'")],
)
def test_items_that_have_no_factor_say_why(items, why):
    frames = [drawn(seed, lost=0.0) for seed in (1, 2)]
    for frame in frames:
        frame["apart"], frame["flat"] = frame["q2"] - frame["q1"] + 0.1 * frame["age"], 3.1
    (row,) = list(invariance_findings(paired(waves(frames[1], frames[0]), "2020", "2022", IndexSpec(items, scoring="raw"))))
    assert (row.severity, row.measure) == ("minor", "not tested")
    assert why in row.advice


def test_too_few_complete_answers_are_not_tested():
    second = drawn(2)
    second.loc[3:, "q1"] = np.nan
    row = of(compared(waves(second)), "invariance")
    assert "respondents answered all 6 items" in row["advice"]


# ---------------------------------------------------------------- what goes with the survey, and what is refused


def test_codebooks_of_waves_stay_with_the_survey_through_every_step():
    survey = waves()
    steps = [
        survey.where("sex == 'P'"),
        survey.with_design(Design("w", "stratum")),
        rake(survey, {"sex": {"L": 600.0, "P": 400.0}}),
        add_replicates(survey, "jkn"),
        Survey(survey.frame.assign(new=1), survey.codebook, survey.design, wave_codebooks=survey.wave_codebooks),
    ]
    assert all(step.wave_codebooks == survey.wave_codebooks for step in steps)
    assert list(survey.wave_codebooks) == ["2020", "2022"]
    assert Survey(survey.frame, survey.codebook).wave_codebooks == {}


def test_a_domain_is_compared_as_one(alike):
    women = compared(alike.where("sex == 'P'"), mix=["age"])
    half = halves(alike)[0].query("sex == 'P'")
    assert of(women, "mix", "age")["base"] == pytest.approx(np.average(half["age"], weights=half["w"]), rel=1e-12)


def test_what_is_one_category_in_a_domain_does_not_differ(alike):
    row = of(compared(alike.where("sex == 'P'")), "mix", "sex")
    assert (row["base"], row["current"], row["size"], row["severity"]) == (100.0, 100.0, 0.0, "none")


def test_with_too_few_units_items_are_not_judged():
    few = [drawn(seed).assign(stratum=0, psu=lambda frame: frame["psu"] % 3) for seed in (1, 2)]
    row = of(compared(waves(few[1], few[0])), "invariance")
    assert (row["severity"], np.isnan(row["p_value"])) == ("minor", True)
    assert "too few degrees of freedom" in row["advice"]


@pytest.mark.parametrize("kind", ["jkn", "shared", "raked"])
def test_any_design_is_compared(kind):
    first, second = (Survey(drawn(seed), book(), DESIGN) for seed in (1, 2))
    survey = stack_waves({"2020": first, "2022": second}, shared_psu=kind == "shared")
    survey = rake(survey, {"sex": {"L": 6000.0, "P": 4000.0}}) if kind == "raked" else add_replicates(survey, "jkn") if kind == "jkn" else survey
    table = compared(survey)
    assert (table["severity"] == "none").all()
    assert table.query("aspect == 'invariance'")["p_value"].notna().all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"base": "2022"}, "same wave"),
        ({"base": "2019"}, "there is no wave '2019'"),
        ({"mix": ["sexx"]}, "did you mean 'sex'"),
        ({"frame": "region"}, "'region' is not a column"),
        ({"spec": IndexSpec(["q1", "q99"])}, "'q99' is not a column"),
        ({"spec": "q1"}, "spec is str"),
        ({"mix": []}, "mix is empty"),
    ],
)
def test_what_is_wrong_is_refused(alike, arguments, message):
    with pytest.raises(DataError, match=message):
        comparability(alike, **({"base": "2020", "current": "2022"} | arguments))


def test_a_survey_without_waves_is_refused():
    with pytest.raises(DataError, match="stack its waves first"):
        comparability(Survey(drawn(1)), "2020", "2022")


def test_a_frame_column_without_codes_in_a_wave_is_refused():
    with pytest.raises(DataError, match="no code in wave '2022'"):
        compared(waves(first=drawn(1).assign(region="a")), frame="region")


def test_a_domain_without_one_of_the_waves_is_refused(alike):
    with pytest.raises(DataError, match="wave '2022' has no row with a weight"):
        compared(alike.where("wave == '2020'"))


def test_codebooks_of_waves_that_are_none_are_refused():
    with pytest.raises(DataError, match="wave_codebooks"):
        Survey(drawn(1), wave_codebooks={"2020": "book.toml"})


def test_what_forms_make_by_themselves_and_columns_of_the_design_are_no_questions():
    made = {"deviceid": Item("deviceid", type="text"), "w": Item("w", "Bobot")}
    first, later = drawn(1).assign(deviceid="a"), book(items={**book().items, "w": Item("w", "Penimbang", column="bobot")})
    rows = compared(waves(first=first, books=(book(items={**book().items, **made}), later))).query("aspect == 'wording'")
    assert rows[["severity", "item", "base", "current"]].to_numpy().tolist() == [["none", "", 8, 8]]  # was "deviceid: asked in one wave only"
