"""No number of too few answers is shown, and no hidden number of answers follows from what is."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepuasan.report.request import Suppression
from kepuasan.report.suppression import COMPLEMENT, DISCLOSURE, MARKS, PUBLICATION, SHOWN, blanked, marked, notes_of, suppressed
from kepuasan.report.voice import Voice

RULE = Suppression()
COUNTS = st.lists(st.one_of(st.integers(0, 12), st.integers(0, 60), st.integers(0, 5000)), min_size=1, max_size=9)
RULES = st.builds(Suppression, publication=st.integers(0, 40), disclosure=st.integers(0, 12))


def why_of(n, rule=RULE, **rest):
    return suppressed(n, rule, **rest).tolist()


# ---------------------------------------------------------------- by hand


@pytest.mark.parametrize(
    ("n", "why"),
    [
        ([30, 100], [SHOWN, SHOWN]),
        ([29, 100], [PUBLICATION, SHOWN]),
        ([9, 10, 100], [DISCLOSURE, COMPLEMENT, SHOWN]),
        ([9, 200, 100], [DISCLOSURE, SHOWN, COMPLEMENT]),
        ([9, 29, 100], [DISCLOSURE, COMPLEMENT, SHOWN]),
        ([9, 8, 100, 120], [DISCLOSURE, DISCLOSURE, SHOWN, SHOWN]),
        ([2, 3, 100, 120], [DISCLOSURE, DISCLOSURE, COMPLEMENT, SHOWN]),
        ([9, 9, 100, 120], [DISCLOSURE, DISCLOSURE, COMPLEMENT, SHOWN]),  # 18 answers of two rows below 10: 9 each
        ([0, 10, 100], [DISCLOSURE, COMPLEMENT, COMPLEMENT]),  # 10 answers of one row below 10 and one not below: 0 and 10
        ([3], [DISCLOSURE]),
        ([3, 500], [DISCLOSURE, COMPLEMENT]),
        ([], []),
    ],
)
def test_rows_are_hidden_for_their_own_n_and_with_others(n, why):
    assert why_of(n) == why


def test_without_a_total_nothing_follows_and_nothing_more_is_hidden():
    assert why_of([9, 10, 100], total=False) == [DISCLOSURE, PUBLICATION, SHOWN]


def test_each_total_is_looked_at_by_itself():
    within = ["2020", "2020", "2022", "2022", "2022"]
    assert why_of([5, 90, 40, 80, 300], within=within) == [DISCLOSURE, COMPLEMENT, SHOWN, SHOWN, SHOWN]
    assert why_of([5, 90, 40, 80, 300], within=pd.Series([1, 1, 2.0, 2, 2])) == [DISCLOSURE, COMPLEMENT, SHOWN, SHOWN, SHOWN]


def test_an_n_that_is_not_known_counts_as_none():
    assert why_of([np.nan, 50, 60]) == [DISCLOSURE, COMPLEMENT, SHOWN]


def test_thresholds_can_be_set_and_switched_off():
    assert why_of([4, 9, 29, 50], Suppression(publication=40, disclosure=5)) == [DISCLOSURE, COMPLEMENT, PUBLICATION, SHOWN]
    assert why_of([0, 1, 2], Suppression(publication=0, disclosure=0)) == [SHOWN] * 3


# ---------------------------------------------------------------- properties


def possible(n, why, bound):
    """The least and the most that each n may be, by all that a reader sees: the total, the n that are shown, and the marks."""
    hidden = [place for place, one in enumerate(why) if one in (DISCLOSURE, COMPLEMENT)]
    left = sum(n[place] for place in hidden)
    shown = [n[place] for place in range(len(n)) if place not in hidden]
    choices = [range(min(bound, left + 1)) if why[place] == DISCLOSURE else range(bound, min([left, *shown]) + 1) for place in hidden]
    sums = [{0}]
    for one in choices:
        sums.append({total + value for total in sums[-1] for value in one if total + value <= left})
    after = [{0}]
    for one in reversed(choices):
        after.append({total + value for total in after[-1] for value in one if total + value <= left})
    after.reverse()
    ways = {}
    for order, place in enumerate(hidden):
        ways[place] = {value for value in choices[order] if any(left - value - before in after[order + 1] for before in sums[order])}
    return ways


@given(st.lists(st.integers(0, 40), min_size=1, max_size=5), st.integers(0, 12))
def test_no_hidden_n_follows_from_the_total_the_other_rows_and_the_marks(n, bound):
    why = why_of(n, Suppression(publication=15, disclosure=bound))
    ways = possible(n, why, bound)
    for place, one in ways.items():
        assert n[place] in one
        assert len(one) > 1 or all(other != SHOWN and other != PUBLICATION for other in why)


@given(COUNTS, RULES)
def test_hidden_rows_are_two_at_least_and_hold_as_many_answers_as_the_bound(n, rule):
    why = suppressed(n, rule)
    hidden = np.isin(why, (DISCLOSURE, COMPLEMENT))
    if hidden.any() and not hidden.all():
        assert hidden.sum() > 1
        assert np.array(n)[hidden].sum() >= rule.disclosure


@given(COUNTS, RULES)
def test_a_row_is_hidden_for_its_own_n_whatever_stands_beside_it(n, rule):
    why = suppressed(n, rule)
    for one, reason in zip(n, why, strict=True):
        assert (reason == DISCLOSURE) == (one < rule.disclosure)
        assert reason != SHOWN or one >= max(rule.publication, rule.disclosure)
        assert reason != PUBLICATION or rule.disclosure <= one < rule.publication
    if DISCLOSURE not in why:
        assert COMPLEMENT not in why


@given(COUNTS, RULES)
def test_the_smallest_rows_serve_as_complement(n, rule):
    why = suppressed(n, rule)
    served = [one for one, reason in zip(n, why, strict=True) if reason == COMPLEMENT]
    kept = [one for one, reason in zip(n, why, strict=True) if reason in (SHOWN, PUBLICATION)]
    assert not served or not kept or max(served) <= min(kept)


@given(COUNTS, COUNTS)
def test_totals_do_not_touch_each_other(one, other):
    both = suppressed([*one, *other], RULE, within=["a"] * len(one) + ["b"] * len(other)).tolist()
    assert both == why_of(one) + why_of(other)


# ---------------------------------------------------------------- what is written


def table():
    return pd.DataFrame(
        {
            "wave": ["2020", "2022", "2022", "2022"],
            "code": [1, 2, 3, 4],
            "estimate": [70.0, 71.5, 80.0, 60.0],
            "se": [1.0, 2.0, 3.0, 4.0],
            "level": [0.95] * 4,
            "df": [5, 6, 7, 8],
            "n": [40, 25, 5, 31],
            "n_eff": [35.5, 20.5, 4.0, 30.0],
            "n_base": [40, 25, 5, 31],
            "rank": pd.array([1, 2, 3, 4], dtype="Int64"),
            "beyond": [True, False, True, False],
            "verdict": list("abcd"),
        }
    )


def test_hidden_rows_are_empty_and_their_codes_and_texts_stay():
    made = blanked(table(), [SHOWN, PUBLICATION, DISCLOSURE, COMPLEMENT])
    assert made["suppressed"].tolist() == [SHOWN, PUBLICATION, DISCLOSURE, COMPLEMENT]
    for name in ("estimate", "se", "df", "rank", "beyond"):
        assert made[name].isna().tolist() == [False, True, True, True]
    for name in ("n", "n_eff", "n_base"):
        assert made[name].isna().tolist() == [False, False, True, True]
    for name in ("wave", "code", "level", "verdict"):
        assert made[name].tolist() == table()[name].tolist()
    assert (made["n"].dtype, made["beyond"].dtype) == ("Int64", "boolean")


def test_a_frame_without_hidden_rows_keeps_its_types_and_is_not_changed():
    before = table()
    made = blanked(before, [SHOWN] * 4)
    pd.testing.assert_frame_equal(made.drop(columns="suppressed"), before)
    assert "suppressed" not in before
    assert blanked(before, suppressed(before["n"], RULE))["estimate"].isna().any()
    pd.testing.assert_frame_equal(before, table())


def test_keys_may_be_named_where_a_frame_has_no_estimate():
    frame = pd.DataFrame({"code": [1, 2], "difference": [3.5, 4.5], "n_current": [9, 50]})
    assert blanked(frame, [DISCLOSURE, SHOWN], keys=["code"]).isna().sum().to_dict() == {"code": 0, "difference": 1, "n_current": 1, "suppressed": 0}
    assert blanked(frame, [DISCLOSURE, SHOWN])["code"].isna().tolist() == [True, False]


@given(COUNTS)
def test_no_hidden_n_stands_in_the_frame(n):
    why = suppressed(n, RULE)
    made = blanked(pd.DataFrame({"item": "x", "estimate": 1.0, "n": n, "n_eff": [one / 2 for one in n], "deff": 2.0}), why)
    hidden = made[np.isin(why, (DISCLOSURE, COMPLEMENT))]
    assert hidden[["estimate", "n", "n_eff", "deff"]].isna().all(axis=None)


@pytest.mark.parametrize("language", ["id", "en"])
def test_marks_are_explained_below_the_table_each_once(language):
    voice = Voice(language)
    assert notes_of([SHOWN, SHOWN], RULE, voice) == ()
    notes = notes_of([COMPLEMENT, DISCLOSURE, SHOWN, PUBLICATION, DISCLOSURE], RULE, voice)
    assert [note.split(" ")[0] for note in notes] == ["*", "**", "***"]
    assert "30" in notes[0]
    assert "10" in notes[1]
    assert [marked("Bali", one) for one in MARKS] == ["Bali", "Bali*", "Bali**", "Bali***"]
