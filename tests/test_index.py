"""The index: its kinds, its weights, its missing rules, its domains and its waves."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.errors import ChoiceError, DataError, EstimateError, ScaleError

ITEMS = ["a", "b", "c"]
DESIGN = kp.Design(weight="w", strata="h", psu="u")


def answers(rows=240, seed=5, lost=0.1):
    stream = np.random.default_rng(seed)
    frame = pd.DataFrame({name: stream.integers(1, 6, rows).astype(float) for name in ITEMS})
    frame = frame.mask(stream.random(frame.shape) < lost)
    stated = pd.DataFrame({f"i{name}": stream.integers(1, 11, rows).astype(float) for name in ITEMS})
    design = pd.DataFrame({"w": stream.uniform(1, 3, rows), "h": stream.integers(0, 4, rows), "u": stream.integers(0, 6, rows)})
    return pd.concat([frame, stated, design, pd.DataFrame({"sex": stream.choice(["L", "P"], rows)})], axis=1)


@pytest.fixture(scope="module")
def survey():
    return kp.Survey(answers(), design=DESIGN)


def jackknife(survey, statistic):
    """Delete-one-PSU variance of a statistic of (frame, weights): a witness that shares no code with linearisation."""
    frame = survey.frame
    whole, total = statistic(frame, frame["w"]), 0.0
    for _, stratum in frame.groupby("h"):
        units = stratum["u"].unique()
        for unit in units:
            out = (frame["h"] == stratum["h"].iloc[0]) & (frame["u"] == unit)
            same = frame["h"] == stratum["h"].iloc[0]
            weight = frame["w"].where(~same, frame["w"] * len(units) / (len(units) - 1)).where(~out, 0.0)
            total += (len(units) - 1) / len(units) * (statistic(frame, weight) - whole) ** 2
    return whole, np.sqrt(total)


def of_item_means(frame, weight, scores=None, weights=None):
    means = [np.average(frame[i].dropna(), weights=weight[frame[i].notna()]) for i in ITEMS]
    return 25 * (np.average(means, weights=weights) - 1)


def of_respondents(frame, weight, least=0.5):
    scores = 25 * (frame[ITEMS] - 1)
    enough = frame[ITEMS].notna().mean(axis=1) >= least
    return np.average(scores.mean(axis=1)[enough], weights=weight[enough])


def of_complete(frame, weight):
    full = frame[ITEMS].notna().all(axis=1)
    return of_item_means(frame[full], weight[full])


def by_importance(frame, weight):
    means = np.array([np.average(frame[i].dropna(), weights=weight[frame[i].notna()]) for i in ITEMS])
    stated = np.array([np.average(frame[f"i{i}"], weights=weight) for i in ITEMS])
    return 25 * (stated @ means / stated.sum() - 1)


def by_own_importance(frame, weight):
    stated = frame[[f"i{i}" for i in ITEMS]].to_numpy()
    answered = frame[ITEMS].notna().to_numpy()
    index = np.nansum(stated * 25 * (frame[ITEMS].to_numpy() - 1), axis=1) / np.maximum((stated * answered).sum(axis=1), 1e-9)
    enough = answered.mean(axis=1) >= 0.5
    return np.average(index[enough], weights=weight[enough])


STATED = {item: f"i{item}" for item in ITEMS}


@pytest.mark.parametrize(
    ("options", "statistic"),
    [
        ({}, of_item_means),
        ({"weights": {"a": 3, "b": 2, "c": 1}}, lambda f, w: of_item_means(f, w, weights=[3, 2, 1])),
        ({"missing": "listwise"}, of_complete),
        ({"level": "respondents"}, of_respondents),
        ({"level": "respondents", "min_answered": 1.0}, lambda f, w: of_respondents(f, w, 1.0)),
        ({"level": "respondents", "missing": "listwise"}, of_complete),
        ({"weights": STATED}, by_importance),
        ({"weights": STATED, "level": "respondents"}, by_own_importance),
    ],
)
def test_each_kind_of_index_equals_its_definition_and_its_error_agrees_with_a_jackknife(survey, options, statistic):
    index = kp.satisfaction_index(survey, kp.IndexSpec(ITEMS, scale=(1, 5), **options)).score
    value, se = jackknife(survey, statistic)
    assert index.value[0] == pytest.approx(value, rel=1e-12)
    assert index.se[0] == pytest.approx(se, rel=0.03)


def test_the_three_indices_differ_once_answers_are_missing_and_agree_where_none_is():
    kinds = [{}, {"level": "respondents"}, {"missing": "listwise"}]

    def values(survey):
        return [kp.satisfaction_index(survey, kp.IndexSpec(ITEMS, scale=(1, 5), **one)).score.value[0] for one in kinds]

    holes, full = kp.Survey(answers(), design=DESIGN), kp.Survey(answers(lost=0.0), design=DESIGN)
    assert len({round(value, 6) for value in values(holes)}) == 3
    assert values(full) == pytest.approx([values(full)[0]] * 3, rel=1e-12)


def test_the_result_names_its_level(survey):
    spec = kp.IndexSpec(ITEMS, scale=(1, 5))
    by_items, by_people = kp.satisfaction_index(survey, spec), kp.satisfaction_index(survey, dataclasses.replace(spec, level="respondents"))
    assert (by_items.level, by_items.method) == ("items", "index of item means")
    assert (by_people.level, by_people.method) == ("respondents", "mean of respondents' indices")
    assert "level='respondents'" in repr(by_people)
    assert "index of item means" in by_items._repr_html_()


def test_a_domain_by_and_a_domain_by_where_are_the_same(survey):
    spec = kp.IndexSpec(ITEMS, scale=(1, 5))
    table = kp.satisfaction_index(survey, spec, by="sex").score
    for sex in ("L", "P"):
        alone = kp.satisfaction_index(survey.where(f"sex == '{sex}'"), spec).score
        row = table[{"sex": sex}]
        for name in ("value", "se", "df", "n", "deff"):
            assert getattr(row, name) == pytest.approx(getattr(alone, name), rel=1e-12)


def test_dimensions_average_to_the_index_by_the_weight_of_their_items(survey):
    spec = kp.IndexSpec(ITEMS, scale=(1, 5), weights={"a": 2, "b": 1, "c": 1}, dimensions={"first": ["a", "b"], "second": ["c"]})
    index = kp.satisfaction_index(survey, spec)
    assert index.dimensions.value @ [0.75, 0.25] == pytest.approx(index.score.value[0], rel=1e-12)
    assert index.dimensions["second"].se == pytest.approx(index.items["c"].se, rel=1e-12)
    assert len(index.to_frame("dimensions")) == 2


def test_dimensions_of_respondents_are_means_of_the_respondents_own(survey):
    groups = {"first": ["a", "b"], "second": ["c"]}
    index = kp.satisfaction_index(survey, kp.IndexSpec(ITEMS, scale=(1, 5), level="respondents", dimensions=groups), by="sex")
    alone = kp.satisfaction_index(survey, kp.IndexSpec(["a", "b"], scale=(1, 5), level="respondents"), by="sex").score
    for name in ("value", "se", "n", "deff"):
        assert getattr(index.dimensions["first"], name) == pytest.approx(getattr(alone, name), rel=1e-12)
    assert index.dimensions.key["item"].tolist() == ["first", "second"] * 2
    assert index.score.value == pytest.approx(
        kp.satisfaction_index(survey, kp.IndexSpec(ITEMS, scale=(1, 5), level="respondents"), by="sex").score.value
    )


def test_dimensions_by_stated_importance_weigh_their_own_items(survey):
    index = kp.satisfaction_index(survey, kp.IndexSpec(ITEMS, scale=(1, 5), weights=STATED, dimensions={"first": ["a", "b"], "second": ["c"]}))
    alone = kp.satisfaction_index(survey, kp.IndexSpec(["a", "b"], scale=(1, 5), weights={"a": "ia", "b": "ib"})).score
    assert index.dimensions["first"].value == pytest.approx(alone.value, rel=1e-12)
    assert index.dimensions["first"].se == pytest.approx(alone.se, rel=1e-12)


def test_negative_importance_is_refused_with_its_rows(survey):
    frame = survey.frame.assign(ia=survey.frame["ia"].where(survey.frame.index != 7, -1.0))
    with pytest.raises(DataError, match=r"'ia' is negative in 1 rows \(7\)"):
        kp.satisfaction_index(kp.Survey(frame), kp.IndexSpec(ITEMS, scale=(1, 5), weights=STATED))


def test_without_dimensions_the_table_of_dimensions_is_refused(survey):
    with pytest.raises(EstimateError, match="the index has no dimensions"):
        kp.satisfaction_index(survey, kp.IndexSpec(ITEMS, scale=(1, 5))).to_frame("dimensions")


def test_the_design_effect_of_one_item_is_that_of_its_mean(survey):
    index = kp.satisfaction_index(survey, kp.IndexSpec(["a"], scale=(1, 5))).score
    assert index.deff == pytest.approx(kp.mean(survey, "a").deff, rel=1e-12)
    assert index.n == kp.mean(survey, "a").n


def test_the_design_effect_of_several_items_is_that_of_the_respondents_index_where_all_answered():
    full = kp.Survey(answers(lost=0.0), design=DESIGN)
    by_items = kp.satisfaction_index(full, kp.IndexSpec(ITEMS, scale=(1, 5)), by="sex").score
    by_people = kp.satisfaction_index(full, kp.IndexSpec(ITEMS, scale=(1, 5), level="respondents"), by="sex").score
    assert by_items.deff == pytest.approx(by_people.deff, rel=1e-12)
    assert by_items.se == pytest.approx(by_people.se, rel=1e-12)


def test_an_index_with_a_specification_for_each_wave_uses_each():
    waves = kp.stack_waves({"2020": kp.Survey(answers(seed=1), design=DESIGN), "2022": kp.Survey(answers(seed=2), design=DESIGN)})
    specs = {"2020": kp.IndexSpec(ITEMS, scale=(1, 5)), "2022": kp.IndexSpec(ITEMS, scale=(1, 5), weights={"a": 1, "b": 0, "c": 0})}
    both = kp.satisfaction_index(waves, specs, by="wave").score
    assert both[{"wave": "2022"}].value[0] == pytest.approx(25 * (kp.mean(waves.where("wave == '2022'"), "a").value[0] - 1), rel=1e-12)
    difference = kp.compare_waves(waves, "2020", "2022", spec=specs)
    assert difference.value[0] == pytest.approx(both.value[1] - both.value[0], rel=1e-12)
    assert difference.se[0] == pytest.approx(np.sqrt((both.se**2).sum()), rel=1e-12)


def test_wrong_specifications_are_refused_with_what_to_do():
    for arguments, options, error, words in [
        ((["a", "a"],), {}, DataError, "names 'a' twice"),
        (([],), {}, DataError, "items is empty"),
        ((ITEMS,), {"scoring": "mean"}, ChoiceError, "choose one of 'minmax'"),
        ((ITEMS,), {"level": "persons"}, ChoiceError, "'items', 'respondents'"),
        ((ITEMS,), {"missing": "drop"}, ChoiceError, "'available', 'listwise'"),
        ((ITEMS,), {"min_answered": 50}, DataError, "a share of the items between 0 and 1"),
        ((ITEMS,), {"top": 0}, DataError, "1 or more"),
        ((ITEMS,), {"scale": (5, 1)}, ScaleError, "from low to high"),
        ((ITEMS,), {"weights": "importance"}, DataError, 'give "equal"'),
        ((ITEMS,), {"weights": {"a": 1, "b": 1}}, DataError, "weights leave out 'c'"),
        ((ITEMS,), {"weights": {"a": 1, "b": 1, "c": 1, "d": 1}}, DataError, "names 'd', which is no item"),
        ((ITEMS,), {"weights": {"a": -1, "b": 1, "c": 1}}, DataError, "finite weights of 0 or more"),
        ((ITEMS,), {"weights": {"a": 1, "b": "ib", "c": 1}}, DataError, "mix numbers with importance items"),
        ((ITEMS,), {"dimensions": {"x": ["z"]}}, DataError, "dimension 'x' names 'z'"),
    ]:
        with pytest.raises(error, match=words):
            kp.IndexSpec(*arguments, **options)


def test_wrong_requests_are_refused_with_what_to_do(survey):
    spec = kp.IndexSpec(ITEMS, scale=(1, 5))
    for call, error, words in [
        (lambda: kp.satisfaction_index(survey), DataError, r"no \[index\] section"),
        (lambda: kp.satisfaction_index(survey, "a"), DataError, "give an IndexSpec"),
        (lambda: kp.satisfaction_index(survey, kp.IndexSpec(ITEMS)), ScaleError, "no scale is declared for 'a', 'b', 'c'"),
        (lambda: kp.satisfaction_index(survey, kp.IndexSpec(ITEMS, scale=(1, 4))), ScaleError, "answers off the scale 1 to 4"),
        (lambda: kp.satisfaction_index(survey, kp.IndexSpec(["a", "bb"], scale=(1, 5))), DataError, "'bb' is not a column"),
        (lambda: kp.satisfaction_index(survey, kp.IndexSpec(ITEMS, scale=(1, 5), scoring="top-box", top=5)), ScaleError, "choose 1 to 4"),
        (lambda: kp.satisfaction_index(survey, {"2020": spec}), DataError, 'needs by="wave"'),
        (lambda: kp.compare_waves(survey, "2020", "2022", spec=spec), DataError, "stack its waves first"),
        (lambda: kp.compare_waves(survey, "2020", "2020", spec=spec), DataError, "the same wave"),
    ]:
        with pytest.raises(error, match=words):
            call()


def test_an_unknown_wave_is_refused_with_the_nearest():
    waves = kp.stack_waves({"2020": kp.Survey(answers(seed=1)), "2022": kp.Survey(answers(seed=2))})
    with pytest.raises(DataError, match="there is no wave '202'; did you mean '202[02]'"):
        kp.compare_waves(waves, "2020", "202", spec=kp.IndexSpec(ITEMS, scale=(1, 5)))


VERBS = [kp.satisfaction_index, lambda frame: kp.compare_waves(frame, "2020", "2022"), lambda frame: kp.attribute_change(frame, "a", "b")]


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_no_survey_is_refused(verb):
    with pytest.raises(DataError, match="DataFrame, not a Survey"):
        verb(pd.DataFrame({"x": [1, 2]}))
