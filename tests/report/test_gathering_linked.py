"""Rows that several tables tell together."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepuasan import IndexSpec, Survey, stack_waves
from kepuasan.report import Group, ReportRequest, gather_results
from kepuasan.report.composing import compose
from kepuasan.report.gathering.linked import Cells, _linkable, told_by_others
from kepuasan.report.request import Suppression
from kepuasan.report.suppression import COMPLEMENT, DISCLOSURE, suppressed

SPEC = IndexSpec(["speed"], scale=(1, 4))
#: 100 of the first school, 60, 17 and 5
SCHOOL = np.repeat([1, 2, 3, 4], [100, 60, 17, 5])


def cells(of, row, value=0):
    row = np.asarray(row)
    return Cells(of, tuple(str(code) for code in range(row.max() + 1)), row, value)


def gathered(frame, **asked):
    frame = frame.assign(speed=np.resize([1, 2, 3, 4, 4], len(frame)))
    return gather_results(Survey(frame), ReportRequest(("2022",), spec=SPEC, **asked))


def csv_of(results, name):
    document = compose(results, "en")
    return next(table.frame for table in document.tables if table.name == name)


def test_a_group_does_not_show_the_row_that_protects_another_in_a_table_by_column():
    # by column 4 is hidden with 3; the group of 3 was shown with n 17, so that 182 - 100 - 60 - 17 = 5 told the n of 4
    results = gathered(pd.DataFrame({"school": SCHOOL}), domains=("school",), groups=(Group("S2", "school == 3"), Group("SD", "school == 1")))
    table = csv_of(results, "groups")
    assert table["suppressed"].tolist() == ["complement", ""]
    assert table[["group_n", "others_n"]].iloc[0].isna().all()
    assert table[["group_n", "others_n"]].iloc[1].tolist() == [100, 82]
    assert csv_of(results, "index_by_school")["suppressed"].tolist() == ["", "", "complement", "disclosure"]


def test_groups_that_differ_by_few_are_not_both_shown():
    # 80 and 84 of 120: the index of the four of age 31 followed from both
    age = np.repeat([20, 31, 50], [80, 4, 36])
    results = gathered(pd.DataFrame({"age": age}), groups=(Group("30", "age <= 30"), Group("31", "age <= 31")))
    table = csv_of(results, "groups")
    assert table["suppressed"].tolist() == ["complement", ""]
    assert table[["group_n", "others_n"]].iloc[0].isna().all()
    assert table[["group_n", "others_n"]].iloc[1].tolist() == [84, 36]


def test_a_region_that_is_hidden_does_not_follow_from_its_province():
    # province 0 has 35 in region 0 and 5 in region 1; of the regions 1 and 2 are hidden, but 40 - 35 = 5
    region = np.repeat([0, 1, 2, 3, 4], [35, 5, 12, 50, 40])
    province = np.array([0, 0, 1, 1, 2])[region]
    found = told_by_others([cells("region", region), cells("province", province)], len(region), Suppression())
    assert suppressed(np.bincount(region), Suppression()).tolist() == ["", "disclosure", "complement", "", ""]
    assert found == {"region": frozenset("0")}


def test_the_league_and_the_map_do_not_tell_a_region_together():
    # the league showed 46 of Bali_a and the map 48 of Bali, so that Bali_b had 2
    region = np.repeat(["Bali_a", "Bali_b", "Aceh_a", "Riau_a", "Riau_b"], [46, 2, 40, 60, 12])
    province = pd.Series(region).str[:4].map({"Bali": 51, "Aceh": 11, "Riau": 14})
    results = gathered(pd.DataFrame({"region": region, "province": province}), league="region", provinces="province")
    league, provinces = csv_of(results, "league"), csv_of(results, "provinces")
    shown = {name: table.set_index(column)["n"].dropna().to_dict() for name, table, column in (("r", league, "region"), ("p", provinces, "province"))}
    assert "Bali_b" not in shown["r"]
    assert not ("Bali_a" in shown["r"] and 51 in shown["p"])
    assert "complement" in {*league["suppressed"], *provinces["suppressed"]}
    text = " ".join(block.alt for part in compose(results, "en").sections for block in part.blocks if hasattr(block, "alt"))
    hidden = provinces.loc[provinces["suppressed"] != "", "label"].tolist()
    assert all(f"{name}: not shown" in text for name in hidden)


def test_the_test_of_a_change_leaves_out_what_another_table_would_tell():
    frame = pd.DataFrame({"school": SCHOOL, "speed": np.resize([1, 2, 3, 4, 4], len(SCHOOL))})
    older = frame.assign(school=np.repeat([1, 2, 3, 4], [90, 40, 32, 20]))
    # 2 and (3 or 4) are groups: in 2022 the second is 22, and of the column 3 is hidden with 4, so nothing more follows
    request = ReportRequest(("2020", "2022"), spec=SPEC, domains=("school",), groups=(Group("a", "school <= 3"), Group("b", "school == 3")))
    results = gather_results(stack_waves({"2020": Survey(older), "2022": Survey(frame)}), request)
    assert {wave for wave, _ in results.linked} == {"2022"}
    assert results.domains[0].untested == {3: "few", 4: "few"}


def test_a_single_table_and_tables_that_hide_nothing_are_as_before():
    assert told_by_others([cells("school", SCHOOL - 1)], len(SCHOOL), Suppression()) == {}
    sexes = np.resize([0, 1], 182)
    assert told_by_others([cells("sex", sexes), cells("again", sexes)], 182, Suppression()) == {}


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 4), st.lists(st.integers(2, 5), min_size=2, max_size=4), st.integers(0, 2**32 - 1))
def test_no_hidden_n_is_a_sum_of_multiples_of_those_shown(kinds, sizes, seed):
    rng = np.random.default_rng(seed)
    kind = rng.choice(kinds * 3, 150, p=rng.dirichlet(np.full(kinds * 3, 0.5)))
    tables = [cells(str(place), np.append(rng.integers(-1, size, kinds * 3), size - 1)[kind]) for place, size in enumerate(sizes)]
    rule = Suppression(30, 10)
    found = told_by_others(tables, len(kind), rule)
    shown, hidden = [np.ones(len(kind))], []
    for one in tables:
        why = suppressed([(one.row == place).sum() for place in range(len(one.codes))], rule)
        why[[code in found.get(one.of, ()) for code in one.codes]] = COMPLEMENT
        members = [1.0 * (one.row == place) for place in range(len(one.codes))]
        shown += [own for own, reason in zip(members, why, strict=True) if reason not in (DISCLOSURE, COMPLEMENT)]
        hidden += [own for own, reason in zip(members, why, strict=True) if reason == DISCLOSURE and own.any()]
    rank = np.linalg.matrix_rank(np.array(shown))
    assert all(np.linalg.matrix_rank(np.array([*shown, own])) == rank + 1 for own in hidden)


def regencies(count):
    """A row of regencies within provinces: the last regency has 5 answers, all others 40."""
    row = np.repeat(np.arange(count), [40] * (count - 1) + [5])
    return [Cells("regency", tuple(map(str, range(count))), row, 2), Cells("province", tuple(map(str, range(38))), row % 38, 2)], len(row)


@pytest.mark.parametrize("count", [290, 514])
def test_a_small_regency_does_not_follow_from_its_province_however_many_there_are(count):
    tables, n = regencies(count)
    linked = told_by_others(tables, n, Suppression())
    beside = {str(code) for code in range(count) if code % 38 == (count - 1) % 38}  # 514: nothing was linked, and province less regencies gave the 5
    assert linked["regency"] & beside or str((count - 1) % 38) in linked.get("province", ())


def test_the_longest_table_is_not_compared_where_tables_have_too_many_rows_and_that_is_said():
    long, short = Cells("village", tuple(map(str, range(1200))), np.arange(1200)), Cells("sex", ("L", "P"), np.arange(1200) % 2)
    assert [one.of for one in _linkable([long, short])[1]] == ["village"]
    assert _linkable([short])[1] == []
