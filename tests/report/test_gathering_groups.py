"""Who changed, groups against all others, leagues and populations, beside R's survey package and by hand.

The numbers of R are of the two tiny waves, with `half` = row number modulo 3 within a wave:

    d$s <- 100 * (d$speed >= 3); d$u <- 100 * (d$updates >= 3)
    des <- svydesign(ids = ~unit, strata = ~interaction(wave, region, drop = TRUE), weights = ~w, data = d, nest = TRUE)
    m <- svyby(~s + u, ~wave + half, des, svymean, covmat = TRUE)   # contrasts of coef(m) with vcov(m), degf(des) = 18
"""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kepuasan import Design, IndexSpec, Survey, load_sample, mean, satisfaction_index, stack_waves
from kepuasan.codebook import AnswerScale
from kepuasan.numerics.intervals import t_quantile
from kepuasan.report import Against, Group, ReportRequest, Suppression, gather_results
from kepuasan.report.gathering.testing import alike
from kepuasan.scales import Scale

NONE = Suppression(publication=0, disclosure=0)


@pytest.fixture(scope="module")
def halves(waves):
    """The tiny waves with a column of three codes."""
    return stack_waves({name: wave.assign(half=np.arange(60) % 3) for name, wave in waves.items()})


def gathered(survey, waves=("2020", "2022"), **asked):
    return gather_results(survey, ReportRequest(waves, frame="region" if len(waves) > 1 else None, **{"suppression": NONE, **asked}))


# ---------------------------------------------------------------- who changed


def test_changes_by_code_are_those_of_r(halves):
    moved = gathered(halves, domains=("half",)).domains[0]
    np.testing.assert_allclose(moved.change.value, [15.39715087511870, -1.37801441118977, -17.40452628472420], rtol=1e-12)
    np.testing.assert_allclose(moved.change.se, [9.82285418716809, 13.29263075355070, 10.32753706280684], rtol=1e-11)
    np.testing.assert_allclose(moved.tests["p_value"], [0.134413348224854, 0.918579500202450, 0.109197374409704], rtol=1e-10)
    np.testing.assert_allclose(moved.tests["p_holm"], [0.327592123229111, 0.918579500202450, 0.327592123229111], rtol=1e-10)
    assert moved.change.n.tolist() == [40, 40, 40]
    assert (moved.tests["half"].tolist(), dict(moved.untested)) == ([0, 1, 2], {})


def test_the_joint_test_is_the_adjusted_wald_test(halves):
    """W <- t(C %*% e) %*% solve(C %*% S %*% t(C)) %*% (C %*% e); F <- W * (18 - 2 + 1) / (18 * 2), on 2 and 17 df."""
    joint = gathered(halves, domains=("half",)).domains[0].joint
    assert (joint["df"], joint["df_denominator"]) == (2.0, 17.0)
    assert math.isclose(joint["statistic"], 2.050054189900001, rel_tol=1e-10)
    assert math.isclose(joint["p_value"], 0.159366120422731, rel_tol=1e-10)


def test_the_joint_test_does_not_depend_on_the_order_of_codes(halves):
    change = gathered(halves, domains=("half",)).domains[0].change
    back = change.linear(np.eye(3)[::-1], change.key.iloc[::-1])
    assert math.isclose(alike(change)["statistic"], alike(back)["statistic"], rel_tol=1e-9)


def test_two_codes_change_alike_by_the_square_of_t(halves):
    change = gathered(halves, domains=("sex",)).domains[0].change
    gap = change.contrast({"sex": "P"}, {"sex": "L"})
    assert math.isclose(alike(change)["statistic"], float(gap.t[0]) ** 2, rel_tol=1e-9)
    assert math.isclose(alike(change)["p_value"], float(gap.p_value[0]), rel_tol=1e-9)


def test_more_codes_than_degrees_of_freedom_have_no_joint_test(halves):
    assert alike(gathered(halves, domains=("half",)).domains[0].change.linear(np.ones((30, 3)), list(range(30)))) == {}


def test_codes_that_a_wave_lacks_or_that_are_few_have_no_test_but_a_reason(halves):
    moved = gathered(halves, domains=("region", "sex"), suppression=Suppression(20, 8))
    by_region, by_sex = moved.domains
    assert dict(by_region.untested) == {"Aceh": "lacking", "Riau": "lacking"}
    assert by_region.change.key["region"].tolist() == ["Bali", "Papua"]
    assert by_region.tests["p_holm"].notna().tolist() == [False, True, True, False]
    assert dict(by_sex.untested) == {"P": "few", "L": "few"}  # five women: the men beside them would tell their number
    assert by_sex.joint == {}


def test_a_code_without_an_error_has_no_test():
    frame = pd.DataFrame({"speed": [4, 4, 4, 4, 1, 2, 3, 4], "sex": list("LLLLPPPP")})
    other = frame.assign(speed=[4, 4, 4, 4, 4, 2, 3, 4])
    survey = stack_waves({"1": Survey(frame), "2": Survey(other)})
    tree = gather_results(survey, ReportRequest(("1", "2"), spec=IndexSpec(["speed"], scale=(1, 4)), domains=("sex",), suppression=NONE))
    assert dict(tree.domains[0].untested) == {"L": "no_se"}
    assert tree.domains[0].tests["p_holm"].tolist()[1] == tree.domains[0].tests["p_value"].tolist()[1]


def test_codes_of_numbers_that_one_wave_holds_as_decimals_are_one_code(waves):
    first = waves["2020"].assign(kind=np.arange(60) % 2)
    second = waves["2022"].assign(kind=np.where(np.arange(60) < 3, np.nan, np.arange(60) % 2))
    with pytest.warns(UserWarning, match="3 rows have no code"):
        moved = gathered(stack_waves({"2020": first, "2022": second}), domains=("kind",)).domains[0]
    assert [float(code) for code in moved.tests["kind"]] == [0.0, 1.0]
    assert not moved.untested


# ---------------------------------------------------------------- groups


def test_the_gap_of_a_group_to_the_others_is_that_of_r(halves):
    found = gathered(halves, groups=(Group("first", "half == 0"),)).groups[0]
    assert found.gap.key["wave"].tolist() == ["2020", "2022"]
    np.testing.assert_allclose(found.gap.value, [-20.1898935942742277, 4.544348574669570], rtol=1e-11)
    np.testing.assert_allclose(found.gap.se, [8.6969970245421440, 9.983601542689385], rtol=1e-11)
    # by degf(subset(design, wave == ...)) = 9; with the 18 of both waves the first p was 0.032, smaller than a wave alone allows
    np.testing.assert_allclose(found.gap.p_value, [0.04537582431878417, 0.65976047871089671], rtol=1e-10)
    assert found.gap.df.tolist() == [9, 9]
    np.testing.assert_allclose(found.change.value, [15.39715087511870], rtol=1e-12)
    np.testing.assert_allclose(found.change.se, [9.82285418716809], rtol=1e-11)
    assert (found.score.n.tolist(), found.others.n.tolist(), found.gap.n.tolist()) == ([20, 20], [40, 40], [60, 60])


def test_who_lacks_an_answer_that_the_condition_names_belongs_to_neither_side():
    frame = pd.DataFrame({"speed": [1, 2, 3, 4, 1, 4, 2, 3.0], "age": [20, 25, None, 40, 50, 60, None, 70], "sex": list("LPLPLPLP")})
    survey = Survey(frame)
    request = ReportRequest(
        ("1",),
        spec=IndexSpec(["speed"], scale=(1, 4)),
        groups=(Group("y", "age <= 30"), Group("o", "not age <= 30"), Group("x", "age <= 30 or sex == 'L'")),
    )
    young, older, either = gather_results(survey, request).groups
    assert (young.score.n.tolist(), young.others.n.tolist()) == ([2], [4])
    assert (older.score.n.tolist(), older.others.n.tolist()) == ([4], [2])
    assert math.isclose(float(young.gap.value[0]), -float(older.gap.value[0]))
    assert (either.score.n.tolist(), either.others.n.tolist()) == ([3], [3])
    assert young.change is None


def test_user_missing_codes_are_missing_in_conditions_too(waves):
    from kepuasan.codebook import Item

    book = waves["2020"].codebook
    asked = replace(book, items={**book.items, "able": Item("able", "Disabilitas", values={0: "Tidak", 1: "Ya"}, missing={9: "Menolak"})})
    survey = Survey(waves["2020"].frame.assign(able=[9, 0, 1] * 20), asked)
    found = gathered(survey, ("2020",), groups=(Group("able", "able != 0"),)).groups[0]
    assert (found.score.n.tolist(), found.others.n.tolist()) == ([20], [20])


def test_a_wave_in_which_nobody_belongs_to_a_group_has_no_row(halves):
    survey = halves.assign(asked=np.where(halves.frame["wave"].astype(str) == "2022", halves.frame["half"], np.nan))
    found = gathered(survey, groups=(Group("first", "asked == 0"),)).groups[0]
    assert found.gap.key["wave"].tolist() == ["2022"]
    assert (len(found.score), found.change) == (1, None)


# ---------------------------------------------------------------- league


def test_the_league_is_a_domain_of_the_current_wave_as_in_r(halves):
    tree = gathered(halves, league="half", provinces="half")
    np.testing.assert_allclose(tree.league.score.value, [60.4493429419245, 62.1764491432738, 49.2450638792102], rtol=1e-12)
    np.testing.assert_allclose(tree.league.score.se, [5.79056880871977, 7.33396222737660, 8.75387054735239], rtol=1e-11)
    assert tree.league.ranks.to_dict("list") == {"rank": [2, 1, 3], "rank_low": [1, 1, 1], "rank_high": [3, 3, 3]}
    assert tree.provinces.value.tolist() == tree.league.score.value.tolist()


def test_ranges_of_ranks_follow_from_tests_of_every_pair():
    rng = np.random.default_rng(11)
    frame = pd.DataFrame({"unit": rng.integers(0, 12, 1500), "office": rng.integers(0, 60, 1500), "w": rng.uniform(0.5, 2, 1500)})
    frame["u1"] = np.clip(np.round(2.5 + frame["unit"] % 4 / 5 + frame["office"] % 5 / 5 + rng.normal(0, 0.6, 1500)), 1, 4)
    frame.loc[frame["unit"] == 7, "u1"] = np.where(np.arange((frame["unit"] == 7).sum()) < 20, 2.0, np.nan)
    survey = Survey(frame, design=Design(weight="w", psu="office"))
    league = gather_results(survey, ReportRequest(("1",), spec=IndexSpec(["u1"], scale=(1, 4)), league="unit")).league
    value, cov, shown = league.score.value, league.score.vcov, [unit for unit in range(12) if unit != 7]
    critical = float(t_quantile(1 - 0.05 / 10, np.array([59.0]))[0])
    for i in range(12):
        t = [(value[j] - value[i]) / math.sqrt(cov[i, i] + cov[j, j] - 2 * cov[i, j]) for j in shown if j != i]
        expected = (1 + sum(one > 0 for one in t), 1 + sum(one > critical for one in t), 11 - sum(one < -critical for one in t))
        assert tuple(league.ranks.iloc[i].fillna(0)) == (expected if i != 7 else (0, 0, 0))
    assert league.ranks["rank_low"].max() > 3


def test_codes_that_are_not_shown_take_no_rank_and_count_for_none(halves):
    tree = gathered(halves, league="sex", suppression=Suppression(20, 4))
    assert tree.league.score.n.tolist() == [55, 5]
    assert tree.league.ranks.fillna(-1).to_numpy().tolist() == [[1, 1, 1], [-1, -1, -1]]


def test_equal_codes_share_a_rank():
    frame = pd.DataFrame({"u1": [1, 2, 3, 4] * 3, "unit": np.repeat(list("ABC"), 4)})
    tree = gather_results(Survey(frame), ReportRequest(("1",), spec=IndexSpec(["u1"], scale=(1, 4)), league="unit", suppression=NONE))
    assert tree.league.ranks.to_numpy().tolist() == [[1, 1, 3]] * 3


def test_units_far_apart_have_ranks_of_their_own():
    rng = np.random.default_rng(5)
    frame = pd.DataFrame(
        {"u1": np.concatenate([rng.choice(pair, 200) for pair in ([1, 1, 2], [2, 2, 3], [3, 4, 4])]), "unit": np.repeat(list("ABC"), 200)}
    )
    tree = gather_results(Survey(frame), ReportRequest(("1",), spec=IndexSpec(["u1"], scale=(1, 4)), league="unit"))
    assert tree.league.ranks.to_numpy().tolist() == [[3, 3, 3], [2, 2, 2], [1, 1, 1]]


def test_many_units_are_put_in_order_without_their_whole_covariance(monkeypatch):
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"unit": rng.integers(0, 900, 50_000)})
    frame["u1"] = np.clip(np.round(2.5 + (frame["unit"] % 7 - 3) / 4 + rng.normal(0, 0.7, len(frame))), 1, 4)
    request = ReportRequest(("1",), spec=IndexSpec(["u1"], scale=(1, 4)), league="unit")
    whole = gather_results(Survey(frame), request).league.ranks
    monkeypatch.setattr("kepuasan.numerics.ranking._BLOCK", 250)
    ranks = gather_results(Survey(frame), request).league.ranks
    assert ranks.equals(whole)
    assert ranks["rank_low"].max() > 300


# ---------------------------------------------------------------- two populations


def test_users_and_administrators_are_two_independent_samples(sample_results):
    users, admins = (load_sample(name, "2022") for name in ("users", "admins"))
    items = list(users.codebook.index["items"])
    own, other = (satisfaction_index(survey).items for survey in (users, admins))
    gap = sample_results.against.gap
    assert gap.key["item"].tolist() == items
    np.testing.assert_allclose(gap.value, own.value - other.value, rtol=1e-12)
    np.testing.assert_allclose(gap.se, np.hypot(own.se, other.se), rtol=1e-10)
    assert gap.n.tolist() == (own.n + other.n).tolist()
    # those of both current waves; with those of all waves it was 517, though 2020 has no part in the gap
    assert set(gap.df) == {users.design.df + admins.design.df}
    order = np.argsort(gap.p_value)
    adjusted = np.minimum(np.maximum.accumulate(np.arange(10, 0, -1) * gap.p_value[order]), 1)
    np.testing.assert_allclose(np.array(sample_results.against.p_holm)[order], adjusted, rtol=1e-12)
    assert (sample_results.against.wave, dict(sample_results.against.left_out)) == ("2022", {})
    assert sample_results.against.means.key["population"].tolist() == ["own"] * 10 + ["other"] * 10


def test_a_population_without_the_wave_is_compared_with_its_last_and_that_is_said():
    users = load_sample("users")
    against = Against(load_sample("admins"), "A", "U", items=("fairness",))
    found = gather_results(users, ReportRequest(("2020", "2021"), frame="region", against=against)).against
    assert found.wave == "2022"
    assert len(found.gap) == 1
    alone = gather_results(users, ReportRequest(("2021",), against=replace(against, survey=load_sample("admins", "2020")))).against
    assert alone.wave == ""


def test_items_that_one_population_was_not_asked_or_on_another_scale_are_left_out_with_the_reason(waves):
    users = waves["2020"]
    wider = replace(users.codebook, scales={"puas": AnswerScale("puas", Scale(1, 5))})
    other = Survey(users.frame.assign(updates=np.nan), users.codebook)
    found = gather_results(users, ReportRequest(("2020",), against=Against(other, "A", "U"))).against
    assert (dict(found.left_out), found.gap.key["item"].tolist()) == ({"updates": "not_asked"}, ["speed"])
    tree = gather_results(users, ReportRequest(("2020",), against=Against(Survey(users.frame, wider), "A", "U")))
    assert tree.against is None
    assert "no item was asked of both populations on one scale" in tree.failed["against"]


def test_an_item_that_the_other_population_answered_off_the_scale_of_the_index_is_left_out_alone(waves):
    # the whole part failed, and its reason listed the answers and rows of respondents in the report
    users = waves["2020"]
    other = Survey(users.frame.assign(updates=users.frame["updates"] * 2))
    spec = IndexSpec(["speed", "updates"], scale=(1, 4))
    found = gather_results(users, ReportRequest(("2020",), spec=spec, against=Against(other, "A", "U"))).against
    assert (dict(found.left_out), found.gap.key["item"].tolist()) == ({"updates": "other_scale"}, ["speed"])


def test_a_population_whose_stratum_has_a_single_unit_is_a_part_that_fails_alone(waves):
    lone = Survey(
        waves["2020"].frame.assign(w=1.0, alone=np.arange(60) // 15, unit=np.arange(60) // 15),
        waves["2020"].codebook,
        Design(strata="alone", psu="unit"),
    )
    tree = gather_results(waves["2020"], ReportRequest(("2020",), against=Against(lone, "A", "U")))
    assert tree.against is None
    assert "strata with one sampled unit only" in tree.failed["against"]
    assert float(tree.index.items.value[0]) == float(satisfaction_index(waves["2020"]).items.value[0])
    assert mean(waves["2020"], "speed").n.tolist() == [60]
