"""Who answered apart from what they said: parts by hand, standard errors by brute force, identities, what is refused."""

import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kepuasan as kp
from kepuasan.display.waterfall import part_label
from kepuasan.errors import DataError, DataWarning, EstimateError

ITEMS = ["a", "b"]
FIRST, SECOND = {"a": 0.7, "b": 0.3}, {"a": 0.4, "b": 0.6}
SPEC = kp.IndexSpec(ITEMS, scale=(1, 5), weights=FIRST)
CHANGED = {"2020": SPEC, "2022": kp.IndexSpec(ITEMS, scale=(1, 5), weights=SECOND)}
STATED = {"2020": SPEC, "2022": kp.IndexSpec(ITEMS, scale=(1, 5), weights={"a": "ia", "b": "ib"})}
SPECS = {"fixed": SPEC, "changed": CHANGED, "stated": STATED}
DESIGN = kp.Design(weight="w", strata="h", psu="u")
METHODS = [("items", None), ("mix", ["sex", "region"]), ("shapley", None), ("shapley", ["sex", "region"])]


def answers(seed, rows=160, lost=0.1, regions=(1, 2)):
    """One wave: both sexes in every region, some answers missing."""
    stream = np.random.default_rng(seed)
    frame = pd.DataFrame({name: stream.integers(1, 6, rows).astype(float) for name in ITEMS})
    frame = frame.mask(stream.random(frame.shape) < lost)
    frame = frame.assign(**{f"i{name}": stream.integers(1, 11, rows).astype(float) for name in ITEMS})
    share = stream.uniform(0.3, 0.7)
    sex = np.where(stream.random(rows) < share, "L", "P")
    return frame.assign(sex=sex, region=stream.choice(regions, rows), w=stream.uniform(1, 3, rows), h=np.arange(rows) % 3, u=np.arange(rows) // 3 % 5)


def stacked(seed=1, shared=True, **options):
    return kp.stack_waves(
        {label: kp.Survey(answers(seed + k, **options), design=DESIGN) for k, label in enumerate(("2020", "2022"))}, shared_psu=shared
    )


def change_of(survey, method, mix, spec=SPEC, **options):
    return kp.attribute_change(survey, "2020", "2022", spec=spec, method=method, mix=mix, **options)


def means_and_shares(frame, weight, cell, wave, item):
    """Mean score and share of each cell among those who answered an item in a wave."""
    answer = frame[item].to_numpy()
    rows = (frame["wave"] == wave).to_numpy() & ~np.isnan(answer)
    share = np.bincount(cell[rows], weight[rows])
    return np.bincount(cell[rows], (weight * 25 * (answer - 1))[rows]) / share, share / share.sum()


def by_hand(frame, weight, weights=(FIRST, SECOND)):
    """The parts of Kitagawa by sex and region, as they are written down: mix and level by cell and item, then weights by item."""
    found, whole = {}, {}
    cell = pd.factorize(frame["sex"] + frame["region"].astype(str), sort=True)[0]
    names = [(sex, region) for sex in ("L", "P") for region in (1, 2)]
    for item in ITEMS:
        (m0, p0), (m1, p1) = (means_and_shares(frame, np.asarray(weight), cell, wave, item) for wave in ("2020", "2022"))
        a, whole[item] = (weights[0][item] + weights[1][item]) / 2, ((m0 * p0).sum() + (m1 * p1).sum()) / 2
        for place, name in enumerate(names):
            found["mix", item, *name] = a * (p1[place] - p0[place]) * ((m0[place] + m1[place]) / 2 - whole[item])
            found["level", item, *name] = a * (p0[place] + p1[place]) / 2 * (m1[place] - m0[place])
    centre = sum((weights[0][item] + weights[1][item]) / 2 * whole[item] for item in ITEMS)
    for item in ITEMS:
        found["weights", item, "", ""] = (weights[1][item] - weights[0][item]) * (whole[item] - centre)
    return found


def in_order(found, parts):
    """Numbers by hand in the order of the parts."""
    return np.array([found[tuple(row)] for row in parts.key[["part", "item", "sex", "region"]].itertuples(index=False, name=None)])


# ---------------------------------------------------------------- numbers and errors by hand


def test_parts_are_those_written_down():
    survey = stacked()
    parts = change_of(survey, "mix", ["sex", "region"], CHANGED).parts
    expected = by_hand(survey.frame, survey.weights)
    assert len(parts) == len(expected) == 18
    assert parts.value == pytest.approx(in_order(expected, parts), abs=1e-12)


@pytest.mark.parametrize("shared", [False, True], ids=["independent", "shared"])
def test_standard_errors_are_those_of_derivatives_by_each_weight(shared):
    survey = stacked(3, shared, rows=60, lost=0.05)
    parts = change_of(survey, "mix", ["sex", "region"], CHANGED).parts
    frame, weight = survey.frame, survey.weights
    influence = np.empty((len(frame), len(parts)))
    for row in range(len(frame)):
        moved = [weight.where(frame.index != row, weight * (1 + sign * 1e-4)) for sign in (1, -1)]
        one, other = (in_order(by_hand(frame, part), parts) for part in moved)
        influence[row] = (one - other) / 2e-4
    strata = frame["h"] if shared else frame["wave"] + frame["h"].astype(str)
    expected = np.zeros((len(parts), len(parts)))
    for stratum in strata.unique():
        here = strata == stratum
        units = np.array([influence[here & (frame["u"] == unit)].sum(axis=0) for unit in frame.loc[here, "u"].unique()])
        gap = units - units.mean(axis=0)
        expected += len(units) / (len(units) - 1) * gap.T @ gap
    assert parts.vcov == pytest.approx(expected, abs=1e-6 * expected.max())


def test_replicates_are_the_parts_of_every_jackknife_sample():
    survey = stacked(5, rows=120)
    frame, weight = survey.frame, survey.weights
    change = change_of(kp.add_replicates(survey, "jkn"), "mix", ["sex", "region"], CHANGED)
    replicates, scale = [], []
    for stratum in (0, 1, 2):
        for unit in range(5):
            same = frame["h"] == stratum
            jack = weight.where(~same, weight * 5 / 4).where(~(same & (frame["u"] == unit)), 0.0)
            kept = jack != 0
            replicates.append(in_order(by_hand(frame[kept], jack[kept]), change.parts))
            scale.append(4 / 5)
    gap = np.array(replicates) - np.mean(replicates, axis=0)
    expected = gap.T @ (np.array(scale)[:, None] * gap)
    assert change.parts.vcov == pytest.approx(expected, abs=1e-10 * expected.max())
    assert change.parts.vcov.sum() == pytest.approx(change.total.se[0] ** 2, rel=1e-9)


def test_replicates_without_a_cell_are_counted_and_leave_the_total_alone():
    survey = stacked(5, rows=120, lost=0)
    rare = (survey.frame["h"] == 0) & (survey.frame["u"] == 0) & (survey.frame["sex"] == "P")
    survey = kp.Survey(survey.frame.assign(rare=np.where(rare, "rare", "other")), survey.codebook, survey.design)
    replicated = kp.add_replicates(survey, "jkn")
    with pytest.warns(DataWarning, match="1 of 15 replicates have no estimate of every statistic .*merge codes of the mix"):
        change = change_of(replicated, "mix", "rare")
    assert change.total.se == pytest.approx(kp.compare_waves(replicated, "2020", "2022", spec=SPEC).se, rel=1e-10)
    assert np.isfinite(change.parts.se).all()


# ---------------------------------------------------------------- identities


@pytest.mark.parametrize("frame", [None, "region"])
@pytest.mark.parametrize("kind", SPECS)
@pytest.mark.parametrize(("method", "mix"), METHODS)
def test_parts_and_their_covariance_sum_to_the_change_of_compare_waves(method, mix, kind, frame):
    survey = stacked(7, shared=kind == "stated", regions=(1, 2)) if frame is None else uneven()
    spec = SPECS[kind]
    change = change_of(survey, method, mix, spec, frame=frame)
    compared = kp.compare_waves(survey, "2020", "2022", spec=spec)
    assert change.total.value == pytest.approx(compared.value, abs=1e-12)
    assert change.total.se == pytest.approx(compared.se, rel=1e-11)
    assert change.total.df == compared.df
    assert change.total.n == compared.n
    for parts in (change.parts, change.items):
        assert parts.value.sum() == pytest.approx(compared.value[0], abs=1e-12)
        assert parts.vcov.sum() == pytest.approx(compared.se[0] ** 2, rel=1e-9)
    back = kp.attribute_change(survey, "2022", "2020", spec=spec, method=method, mix=mix, frame=frame).parts
    assert change.parts.value == pytest.approx(-back.value, abs=1e-12)
    assert change.parts.se == pytest.approx(back.se, rel=1e-9, abs=1e-12)


def uneven():
    """Region 3 was asked in the first wave only, region 4 in the second only."""
    return kp.stack_waves(
        {
            label: kp.Survey(answers(11 + k, 240, regions=regions), design=DESIGN)
            for k, (label, regions) in enumerate({"2020": (1, 2, 3), "2022": (1, 2, 4)}.items())
        }
    )


def test_the_frame_part_is_the_same_whatever_splits_the_rest():
    survey = uneven()
    parts = [change_of(survey, method, mix, CHANGED, frame="region").parts[{"part": "frame"}] for method, mix in METHODS]
    within = kp.compare_waves(survey.where(survey.frame["region"] < 3), "2020", "2022", spec=CHANGED)
    expected = kp.compare_waves(survey, "2020", "2022", spec=CHANGED).value[0] - within.value[0]
    assert [part.value[0] for part in parts] == pytest.approx([expected] * 4, abs=1e-12)
    assert [part.se[0] for part in parts] == pytest.approx([parts[0].se[0]] * 4, rel=1e-10)


def test_within_the_frame_parts_are_those_of_the_groups_asked_in_both():
    survey = uneven()
    parts = change_of(survey, "shapley", "sex", CHANGED, frame="region").parts
    within = change_of(survey.where(survey.frame["region"] < 3), "shapley", "sex", CHANGED).parts
    assert parts.value[1:] == pytest.approx(within.value, abs=1e-12)
    assert parts.vcov[1:, 1:] == pytest.approx(within.vcov, rel=1e-9, abs=1e-12)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from(METHODS), st.sampled_from(sorted(SPECS)))
def test_parts_sum_to_the_change_on_any_data(seed, asked, kind):
    change = change_of(stacked(seed, rows=90), *asked, SPECS[kind])
    assert change.parts.value.sum() == pytest.approx(change.total.value[0], abs=1e-11)
    assert change.parts.vcov.sum() == pytest.approx(change.total.se[0] ** 2, rel=1e-8)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from(METHODS), st.floats(0.01, 1000))
def test_neither_the_order_of_rows_nor_the_scale_of_weights_changes_a_part(seed, asked, factor):
    survey = stacked(seed, rows=90)
    plain = change_of(survey, *asked, CHANGED).parts
    order = np.random.default_rng(seed).permutation(len(survey.frame))
    moved = survey.frame.iloc[order].reset_index(drop=True)
    parts = change_of(kp.Survey(moved.assign(w=moved["w"] * factor), design=DESIGN), *asked, CHANGED).parts
    assert parts.key.astype(str).equals(plain.key.astype(str))
    assert parts.value == pytest.approx(plain.value, abs=1e-10)
    assert parts.se == pytest.approx(plain.se, rel=1e-8, abs=1e-10)


@pytest.mark.parametrize(("method", "mix"), METHODS)
def test_a_wave_and_its_copy_change_by_nothing(method, mix):
    one = kp.Survey(answers(1).assign(a=lambda frame: frame["a"] + 1e8), design=DESIGN)
    spec = kp.IndexSpec(ITEMS, scoring="raw", weights=FIRST)
    change = kp.attribute_change(kp.stack_waves({"2020": one, "2022": one}, shared_psu=True), "2020", "2022", spec=spec, method=method, mix=mix)
    assert np.abs(change.parts.value).max() < 1e-12
    assert change.parts.se.max() < 1e-9
    assert change.total.value[0] == 0


def test_the_table_of_items_and_mix_adds_up_on_both_margins():
    survey = stacked(9, lost=0)
    parts = change_of(survey, "mix", "sex").parts
    alone = [change_of(survey, "mix", "sex", kp.IndexSpec([item], scale=(1, 5))).parts for item in ITEMS]
    for part in ("level", "mix"):
        table = parts[{"part": part}]
        for item, one in zip(ITEMS, alone, strict=True):
            assert table[{"item": item}].value.sum() == pytest.approx(FIRST[item] * one[{"part": part}].value.sum(), abs=1e-12)
        respondents = kp.IndexSpec(ITEMS, scale=(1, 5), weights=FIRST, level="respondents")
        index = change_of(survey, "mix", "sex", respondents).parts[{"part": part}]
        assert index.key["item"].tolist() == ["index", "index"]
        by_cell = [table[{"sex": sex}].value.sum() for sex in ("L", "P")]
        assert index.value == pytest.approx(by_cell, abs=1e-12)


def test_with_fixed_index_weights_shapley_is_kitagawa():
    survey = stacked()
    one, other = (change_of(survey, method, ["sex", "region"]).parts for method in ("mix", "shapley"))
    assert one.value == pytest.approx(other.value, abs=1e-12)
    assert one.se == pytest.approx(other.se, rel=1e-10)
    assert change_of(survey, "shapley", ["sex", "region"], CHANGED).items.key["part"].tolist() == ["mix", "weights", "level", "level"]


def test_shapley_without_a_mix_is_the_split_by_items():
    survey = stacked()
    one, other = (change_of(survey, method, None, STATED).parts for method in ("items", "shapley"))
    assert one.value == pytest.approx(other.value, abs=1e-12)
    assert one.se == pytest.approx(other.se, rel=1e-10)


# ---------------------------------------------------------------- designs


def test_weighting_steps_are_credited_to_every_part():
    survey = stacked(13, shared=False)
    raked = kp.rake(survey, {"sex": {"L": 300.0, "P": 340.0}, "region": {1: 250.0, 2: 390.0}})
    for frame in (raked, kp.add_replicates(raked, "jkn")):
        change = change_of(frame, "mix", ["sex", "region"], CHANGED)
        compared = kp.compare_waves(frame, "2020", "2022", spec=CHANGED)
        assert change.total.se == pytest.approx(compared.se, rel=1e-9)
        assert change.parts.vcov.sum() == pytest.approx(compared.se[0] ** 2, rel=1e-8)


@pytest.mark.parametrize("rule", ["certainty", "adjust", "average", "remove"])
def test_strata_with_one_unit_count_as_in_compare_waves(rule):
    design = kp.Design(weight="w", strata="h", psu="u", single_psu=rule)
    frames = [answers(k).assign(h=lambda frame: np.where(frame["u"] == 0, 9, frame["h"])) for k in (1, 2)]
    survey = kp.stack_waves({"2020": kp.Survey(frames[0], design=design), "2022": kp.Survey(frames[1], design=design)})
    change = change_of(survey, "mix", ["sex", "region"], CHANGED)
    compared = kp.compare_waves(survey, "2020", "2022", spec=CHANGED)
    assert change.total.se == pytest.approx(compared.se, rel=1e-10)
    assert change.parts.vcov.sum() == pytest.approx(compared.se[0] ** 2, rel=1e-8)


def test_rows_without_clusters_are_their_own_units():
    survey = kp.stack_waves({label: kp.Survey(answers(k), design=kp.Design(weight="w")) for k, label in enumerate(("2020", "2022"))})
    change = change_of(survey, "mix", ["sex", "region"])
    assert change.parts.vcov.sum() == pytest.approx(kp.compare_waves(survey, "2020", "2022", spec=SPEC).se[0] ** 2, rel=1e-9)


def test_other_waves_and_rows_outside_the_domain_count_nothing():
    three = kp.stack_waves({label: kp.Survey(answers(k), design=DESIGN) for k, label in enumerate(("2020", "2021", "2022"))})
    alone = kp.stack_waves({label: kp.Survey(answers(k), design=DESIGN) for k, label in ((0, "2020"), (2, "2022"))})
    one, other = (change_of(survey.where("region == 1"), "mix", "sex") for survey in (three, alone))
    assert one.parts.value == pytest.approx(other.parts.value, abs=1e-12)
    assert one.parts.se == pytest.approx(other.parts.se, rel=1e-10)
    assert one.start.df == other.start.df


# ---------------------------------------------------------------- the index of respondents


def test_the_index_of_respondents_is_split_as_a_whole_with_answers_missing():
    survey = stacked(15, lost=0.3)
    spec = kp.IndexSpec(ITEMS, scale=(1, 5), weights={"a": "ia", "b": "ib"}, level="respondents")
    change = change_of(survey, "mix", ["sex"], spec)
    compared = kp.compare_waves(survey, "2020", "2022", spec=spec)
    assert change.parts.value.sum() == pytest.approx(compared.value[0], abs=1e-12)
    assert change.total.se == pytest.approx(compared.se, rel=1e-10)
    assert change.total.n == compared.n
    with pytest.raises(EstimateError, match='or split the index as a whole: method="mix"'):
        change_of(survey, "shapley", ["sex"], spec)
    with pytest.raises(DataError, match="so that it has no drivers"):
        change_of(survey, "mix", ["sex"], spec, drivers={"x": ["a"]})


# ---------------------------------------------------------------- tables and plots


def test_the_key_has_the_codes_of_the_mix_and_empty_text_where_there_are_none():
    parts = change_of(uneven(), "mix", ["sex", "region"], CHANGED, frame="region").parts
    assert list(parts.key.columns) == ["part", "item", "sex", "region"]
    assert parts.key.iloc[0].tolist() == ["frame", "index", "", ""]
    assert len(parts[{"part": "mix", "region": 1, "sex": "L"}]) == 2
    assert parts[{"part": "weights", "item": "a"}].key[["sex", "region"]].to_numpy().tolist() == [["", ""]]
    assert parts.to_frame()["region"].tolist()[:2] == ["", 1]


def test_a_waterfall_has_the_frame_then_mix_and_weights_then_items():
    change = change_of(uneven(), "shapley", ["sex"], CHANGED, frame="region")
    labels = [tick.get_text() for tick in change.plot(language="en").get_yticklabels()]
    assert labels == ["2020", "Difference of frame", "Mix of respondents", "Weights of items", "a", "b", "2022"]
    assert len(repr(change).splitlines()) < 15
    assert "accounted for by" in change._repr_html_()


def test_a_change_of_a_mean_speaks_of_no_index():
    change = change_of(stacked(), "items", None)
    other = replace(change, what="overall", items=None, drivers=None, codebook=None)
    assert repr(other).startswith("<Change of overall, 2020 to 2022>")
    assert other.plot(language="en").get_xlabel() == "overall; the axis does not start at zero"
    assert change.plot(language="en").get_xlabel() == "Index; the axis does not start at zero"
    with pytest.raises(EstimateError, match=r"take to_frame\('parts'\)"):
        other.to_frame("items")


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"part": "mix", "item": "index"}, "Mix of respondents"),
        ({"part": "mix", "item": "a"}, "Mix of respondents: a"),
        ({"part": "weights", "driver": "weights"}, "Weights of items"),
        ({"part": "level", "dimension": "x", "item": "a"}, "a"),
        ({"part": "mix", "driver": "mix"}, "Mix of respondents"),
    ],
)
def test_parts_of_no_item_are_called_by_what_they_are(row, text):
    assert part_label(row, None, "en") == text


# ---------------------------------------------------------------- what is refused


def test_wrong_requests_are_refused_with_what_to_do():
    survey = stacked()
    for options, words in [
        ({"method": "mix"}, 'method="mix" needs the columns'),
        ({"method": "mix", "mix": []}, "mix is empty"),
        ({"method": "items", "mix": ["sex"]}, "mix names 'sex', but method \"items\" has no part for it"),
        ({"method": "mix", "mix": ["sexe"]}, "'sexe' is not a column of the survey; did you mean 'sex'"),
        ({"method": "mix", "mix": ["sex", "a"]}, "mix names 'a', which the index is made of"),
        ({"method": "shapley", "mix": "wave"}, "mix names 'wave', which is a column of every table of parts"),
        ({"method": "mix", "mix": ["sex", "sex"]}, "mix names 'sex' twice"),
    ]:
        with pytest.raises(DataError, match=words):
            kp.attribute_change(survey, "2020", "2022", spec=SPEC, **options)


def test_a_cell_answered_in_one_wave_only_is_named():
    survey = uneven()
    with pytest.raises(DataError, match=r"4 of 8 cells .* sex 'L', region 3 has answers in '2020' only; .* Merge codes of 'sex', 'region'"):
        change_of(survey, "mix", ["sex", "region"])
    gone = survey.frame["a"].mask((survey.frame["wave"] == "2022") & (survey.frame["sex"] == "P"))
    part = kp.Survey(survey.frame.assign(a=gone), survey.codebook, survey.design)
    with pytest.raises(DataError, match="sex 'P' has answers to 'a' in '2020' only"):
        change_of(part, "mix", ["sex"])


def test_rows_without_a_code_are_counted_and_refused_unless_the_frame_leaves_them_out():
    survey = uneven()
    blank = survey.frame["sex"].mask(survey.frame["region"] == 2)
    part = kp.Survey(survey.frame.assign(sex=blank), survey.codebook, survey.design)
    with pytest.raises(DataError, match=r"\d+ rows have no code in the mix column 'sex' \(\d+ in '2020' and \d+ in '2022'\)"):
        change_of(part, "mix", ["sex"])
    outside = kp.Survey(survey.frame.assign(sex=survey.frame["sex"].mask(survey.frame["region"] > 2)), survey.codebook, survey.design)
    change = change_of(outside, "mix", ["sex"], frame="region")
    assert change.parts.value == pytest.approx(change_of(survey, "mix", ["sex"], frame="region").parts.value, abs=1e-12)


def test_a_cell_where_nobody_was_asked_an_item_at_all_is_no_fault():
    survey = stacked()
    frame = survey.frame.assign(a=survey.frame["a"].mask(survey.frame["sex"] == "P"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        change = change_of(kp.Survey(frame, survey.codebook, survey.design), "mix", ["sex"])
    never = change.parts[{"item": "a", "sex": "P"}]
    assert never.value.tolist() == [0, 0]
    assert never.se.tolist() == [0, 0]
    assert change.parts.value.sum() == pytest.approx(change.total.value[0], abs=1e-12)


def test_an_item_nobody_answered_in_a_wave_and_infinite_answers_are_refused():
    survey = stacked()
    silent = survey.frame.assign(b=survey.frame["b"].mask(survey.frame["wave"] == "2022"))
    with pytest.raises(DataError, match="nobody answered 'b' in wave '2022'; leave it out"):
        change_of(kp.Survey(silent, survey.codebook, survey.design), "mix", ["sex"])
    endless = survey.frame.assign(b=survey.frame["b"].where(survey.frame.index != 3, np.inf))
    raw = kp.IndexSpec(ITEMS, scoring="raw")
    with pytest.raises(DataError, match=r"'b' is infinite in 1 rows \(3\)"):
        change_of(kp.Survey(endless, survey.codebook, survey.design), "mix", ["sex"], raw)
    nothing = survey.frame.assign(ia=0.0, ib=0.0)
    with pytest.raises(DataError, match="the importance of all items is 0 in wave '2022'"):
        change_of(kp.Survey(nothing, survey.codebook, survey.design), "items", None, STATED)
    with pytest.raises(DataError, match="wave '2022' has no row with a weight"):
        change_of(survey.where("wave == '2020'"), "items", None)
