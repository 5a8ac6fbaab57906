"""The index of public services, on numbers worked out in exact fractions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kepuasan as kp
from kepuasan.errors import ChoiceError, DataError, ScaleError
from kepuasan.standards.catalogue import STANDARDS
from kepuasan.standards.public_services import ipp, ipp_aspects, ipp_users

SCORES = [5, 4, 3, 4, 5, 4, 2, 3, 5, 4, 4, 3, 5, 4, 5, 5, 4, 3, 2, 4, 4, 5, 3, 4, 3, 4, 5, 4, 2, 5]
USERS = [3.8, 4.1, 3.9, 4.4, 4.0]
ASPECTS = ["kebijakan", "sdm", "sarana", "sipp", "pengaduan", "inovasi"]
INNER_WEIGHTS = [element.indicators for element in STANDARDS["ipp 29/2022"].elements]
GROUPS = [slice(0, 9), slice(9, 14), slice(14, 20), slice(20, 24), slice(24, 28), slice(28, 30)]
WEIGHTS = {"29/2022": (24, 25, 18, 11, 10, 12), "17/2017": (30, 18, 15, 15, 15, 7)}


def by_hand(scores, inner, rule):
    """F02 in fractions."""
    given_weights = [[1] * len(scores[group]) for group in GROUPS] if inner == "simple" else INNER_WEIGHTS
    means = [
        sum(Fraction(w) * Fraction(str(x)) for w, x in zip(weights, scores[group], strict=True)) / sum(weights)
        for weights, group in zip(given_weights, GROUPS, strict=True)
    ]
    return sum(Fraction(weight, 100) * mean for weight, mean in zip(WEIGHTS[rule], means, strict=True))


def test_weights_of_aspects_and_within_them_sum_to_one_and_forms_have_their_counts():
    for name in ("ipp 29/2022", "ipp 17/2017"):
        assert sum(round(100 * one.weight) for one in STANDARDS[name].elements) == 100
    assert [sum(weights) for weights in INNER_WEIGHTS] == [100] * 6
    assert [len(weights) for weights in INNER_WEIGHTS] == [9, 5, 6, 4, 4, 2]
    assert {form: sum(counts) for form, counts in STANDARDS["ipp 29/2022"].forms.items()} == {"walk-in": 14, "online": 11}


@pytest.mark.parametrize(("inner", "f02", "index"), [("simple", 3.8833333333333333, 3.9225), ("weighted", 3.9522, 3.97415)])
def test_both_ways_within_an_aspect_give_the_numbers_worked_out_by_hand(inner, f02, index):
    found = ipp(SCORES, USERS, inner=inner)
    assert found["f02"] == pytest.approx(f02, rel=1e-13)
    assert found["f03"] == pytest.approx(4.04, rel=1e-13)
    assert found["ipp"] == pytest.approx(index, rel=1e-13)
    assert (found["category"], found["kinerja"], found["rule"]) == ("B", "Baik", "ipp 29/2022")


@pytest.mark.parametrize("rule", list(WEIGHTS))
@pytest.mark.parametrize("inner", ["simple", "weighted"])
def test_every_rule_equals_fractions(rule, inner):
    assert ipp(SCORES, USERS, inner=inner, rule=rule)["f02"] == pytest.approx(float(by_hand(SCORES, inner, rule)), rel=1e-13)


@given(st.lists(st.integers(0, 5), min_size=30, max_size=30), st.sampled_from(["simple", "weighted"]))
def test_aspects_add_up_to_f02_and_all_alike_is_itself(scores, inner):
    table = ipp_aspects(scores, inner=inner)
    assert (table["weight"] * table["score"]).sum() == pytest.approx(float(by_hand(scores, inner, "29/2022")), abs=1e-12)
    assert table["score"].between(min(scores) - 1e-12, max(scores) + 1e-12).all()
    assert ipp([scores[0]] * 30, [scores[0]] * 5, inner=inner)["ipp"] == pytest.approx(scores[0], abs=1e-12)


BOUNDS = {"F": (0, 1, 1.004), "E": (1.005, 1.01, 1.5), "D": (1.505, 2), "C-": (2.5,), "C": (3,), "B-": (3.01, 3.5), "B": (3.51, 4)}
BOUNDS |= {"A-": (4.005, 4.28, 4.35, 4.45, 4.504), "A": (4.505, 4.62, 5)}


@pytest.mark.parametrize(("value", "category"), [(value, category) for category, values in BOUNDS.items() for value in values])
def test_upper_bounds_belong_to_their_category_after_rounding(value, category):
    assert ipp([value] * 30, [value] * 5)["category"] == category


def test_the_table_of_aspects_says_what_it_is_made_of():
    table = ipp_aspects([4] * 28 + [5, 2])
    assert table["aspect"].tolist() == ASPECTS
    assert table["indicators"].tolist() == [9, 5, 6, 4, 4, 2]
    assert table["score"].tolist() == [4, 4, 4, 4, 4, 3.5]
    assert ipp_aspects(SCORES, language="en")["label"].tolist()[0] == "Service policy"


@pytest.mark.parametrize(
    "given_scores",
    [
        tuple(SCORES),
        np.array(SCORES),
        pd.Series(SCORES),
        dict(enumerate(SCORES, 1)),
        {str(place): score for place, score in reversed(list(enumerate(SCORES, 1)))},
        pd.Series(SCORES, index=range(1, 31)),
    ],
)
def test_scores_come_in_any_order_of_their_numbers(given_scores):
    assert ipp(given_scores, USERS)["ipp"] == ipp(SCORES, USERS)["ipp"]


def test_users_come_by_aspect_or_by_number():
    by_name = dict(zip(ASPECTS, USERS, strict=False))
    assert ipp(SCORES, dict(reversed(by_name.items())))["f03"] == pytest.approx(4.04)
    assert ipp(SCORES, dict(enumerate(USERS, 1)))["f03"] == pytest.approx(4.04)


@pytest.mark.parametrize(
    ("f02", "message"),
    [
        (SCORES[:29], "f02 has 29 values; give 30"),
        ([], "f02 has 0 values; give 30"),
        ({}, "f02 is empty"),
        ([*SCORES[:29], None], r"f02 of '30' is None; give a finite number"),
        ([*SCORES[:29], float("nan")], r"f02 of '30' is nan"),
        ([*SCORES[:29], True], r"f02 of '30' is True"),
        ([*SCORES[:29], "4"], r"f02 of '30' is '4'"),
        ({**dict(enumerate(SCORES, 1)), 31: 4}, "f02 has no '31'"),
        (dict.fromkeys(range(1, 30), 4), "f02 lacks '30'; give all 30"),
        ({**dict(enumerate(SCORES, 1)), "1": 4}, "names one of .* twice"),
        (pd.Series(SCORES, index=[1, 1, *range(3, 31)]), "f02 names 1 twice"),
        (np.array([SCORES]), "give a list of 30 numbers in order"),
        ("45", "f02 is str; give a list of 30"),
        (4, "f02 is int"),
    ],
)
def test_other_counts_and_what_are_no_scores_are_refused(f02, message):
    with pytest.raises(DataError, match=message):
        ipp(f02, USERS)


@pytest.mark.parametrize("wrong", [5.01, -0.1, 80])
def test_scores_off_the_scale_are_refused_with_their_place(wrong):
    with pytest.raises(ScaleError, match=rf"f02 of '3' is {wrong:.3g}.*, off the scale 0 to 5"):
        ipp([4, 4, wrong, *[4] * 27], USERS)
    with pytest.raises(ScaleError, match="f03 of 'sarana'"):
        ipp(SCORES, [4, 4, wrong, 4, 4])


def test_wrong_means_of_users_are_refused():
    with pytest.raises(DataError, match="f03 has 6 values; give 5"):
        ipp(SCORES, [4] * 6)
    with pytest.raises(DataError, match=r"f03 has no 'inovasi'"):
        ipp(SCORES, dict.fromkeys(ASPECTS, 4))
    with pytest.raises(DataError, match=r"f03 has no 'sarna'; did you mean 'sarana'"):
        ipp(SCORES, dict(zip(["kebijakan", "sdm", "sarna", "sipp", "pengaduan"], USERS, strict=True)))


def test_unknown_choices_are_refused_with_the_list():
    with pytest.raises(ChoiceError, match="inner is 'equal'; choose one of 'simple', 'weighted'"):
        ipp(SCORES, USERS, inner="equal")
    with pytest.raises(DataError, match="there is no standard '14/2017'.*'ipp 29/2022'"):
        ipp(SCORES, USERS, rule="14/2017")
    with pytest.raises(ChoiceError, match="language is 'fr'"):
        ipp(SCORES, USERS, language="fr")


# ---------------------------------------------------------------- users


@pytest.fixture
def users():
    generator = np.random.default_rng(5)
    frame = pd.DataFrame({f"q{place}": generator.integers(1, 6, 60).astype(float) for place in range(1, 15)})
    frame.loc[::9, "q3"] = np.nan
    return kp.Survey(frame.assign(office=np.repeat(["a", "b"], 30), w=generator.uniform(1, 3, 60)), design=kp.Design(weight="w"))


@pytest.mark.parametrize(("form", "counts"), [("walk-in", (4, 3, 4, 2, 1)), ("online", (4, 1, 4, 1, 1))])
def test_f03_is_the_mean_of_five_means_with_a_design_based_error(users, form, counts):
    items = [f"q{place}" for place in range(1, sum(counts) + 1)]
    found, means = ipp_users(users, items, form=form), kp.mean(users, items)
    starts = np.cumsum((0, *counts))
    spans = list(zip(starts, counts, strict=False))
    rows = np.array([[1 / count if start <= place < start + count else 0 for place in range(len(items))] for start, count in spans])
    aspects = means.linear(rows, ASPECTS[:5])
    whole = means.linear([rows.mean(axis=0)], ["f03"])
    assert found.dimensions.key["item"].tolist() == ASPECTS[:5]
    assert found.dimensions.value == pytest.approx(aspects.value, rel=1e-12)
    assert found.dimensions.se == pytest.approx(aspects.se, rel=1e-10)
    assert found.score.value == pytest.approx(whole.value, rel=1e-12)
    assert found.score.se == pytest.approx(whole.se, rel=1e-10)
    assert found.score.key["item"].tolist() == ["f03"]


def test_its_dimensions_are_what_the_index_takes(users):
    found = ipp_users(users, [f"q{place}" for place in range(1, 15)])
    assert ipp(SCORES, found.dimensions.value)["f03"] == pytest.approx(found.score.value[0], rel=1e-13)


def test_it_is_given_by_domain(users):
    found = ipp_users(users, [f"q{place}" for place in range(1, 15)], by="office")
    one = ipp_users(users.where("office == 'b'"), [f"q{place}" for place in range(1, 15)])
    assert found.score.key["office"].tolist() == ["a", "b"]
    assert found.score.value[1] == pytest.approx(one.score.value[0])
    assert found.score.se[1] == pytest.approx(one.score.se[0])


def test_another_number_of_questions_is_refused(users):
    with pytest.raises(DataError, match="the online form has 11 questions, but items names 14"):
        ipp_users(users, [f"q{place}" for place in range(1, 15)], form="online")
    with pytest.raises(ChoiceError, match="form is 'web'"):
        ipp_users(users, ["q1"], form="web")
    with pytest.raises(DataError, match="first argument is DataFrame, not a Survey"):
        ipp_users(users.frame, ["q1"])


def test_another_scale_is_refused(users, tmp_path):
    items = [f"q{place}" for place in range(1, 15)]
    high = users.assign(q2=np.where(np.arange(60) == 7, 9.0, users.frame["q2"]))
    with pytest.raises(ScaleError, match=r"'q2': 9.0 in 1 rows \(7\)"):
        ipp_users(high, items)
    book = tmp_path / "book.toml"
    book.write_text('[scales.s]\nlow = 1\nhigh = 4\n[items.q1]\nscale = "s"\n', encoding="utf-8")
    four = kp.Survey(users.frame.assign(q1=4.0), kp.Codebook.read(book))
    with pytest.raises(ScaleError, match=r"'q1' \(1 to 4\): declared on another scale than 0 or 1 to 5"):
        ipp_users(four, items)
    with pytest.raises(ScaleError, match="'q4' is yes or no"):
        ipp_users(users.assign(q4=True), items)
