"""Who changed, vulnerable groups, two populations: numbers, verdicts and suppression, each against what was put in."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kepuasan import Design, IndexSpec, Survey, load_sample, stack_waves
from kepuasan.report import Against, Group, ReportRequest, Suppression, gather_results
from kepuasan.report.document import Absent, Paragraph, Picture, Section, Table
from kepuasan.report.parts.differences import Differences, Side, called, table_name, without_rounding
from kepuasan.report.parts.groups import groups_part
from kepuasan.report.parts.moved import moved_part
from kepuasan.report.parts.populations import populations_part
from kepuasan.report.voice import Voice

ENGLISH, INDONESIAN = Voice("en", 1, "\N{MINUS SIGN}"), Voice("id", 1, "\N{MINUS SIGN}")
SPEC = IndexSpec(["speed"], scale=(1, 4))
TESTED = 6


def tables(section):
    return {block.name: block for block in section.blocks if isinstance(block, Table)}


def texts(section):
    return [block.text for block in section.blocks if isinstance(block, Paragraph)]


def frame_of(sizes, seed=0, low=1):
    """Rows of codes, as many of each as is said, with answers of 1 to 4."""
    codes = np.repeat(list(sizes), list(sizes.values()))
    return pd.DataFrame({"code": codes, "speed": np.random.default_rng(seed).integers(low, 5, len(codes))})


def two_waves(first, second):
    return stack_waves({"2020": Survey(first), "2022": Survey(second)})


def moved_of(first, second, rule=None):
    request = ReportRequest(("2020", "2022"), spec=SPEC, domains=("code",), suppression=rule or Suppression())
    return moved_part(gather_results(two_waves(first, second), request), ENGLISH)


def side(prefix, values, n, why=None):
    """A side of differences with an error of 1 and limits two to either side."""
    value = np.array(values, dtype=float)
    table = pd.DataFrame({"estimate": value, "se": 1.0, "ci_low": value - 2, "ci_high": value + 2, "n": n, "n_eff": n})
    return Side(prefix, prefix, prefix, table, why or [""] * len(values))


def differences_of(gaps, p_holm, first=None, second=None, untested=None):
    """Differences with an error of 1 and limits two to either side."""
    count = len(gaps)
    gap = np.array(gaps, dtype=float)
    table = pd.DataFrame(
        {"estimate": gap, "se": 1.0, "ci_low": gap - 2, "ci_high": gap + 2, "df": 50.0, "t": gap, "p_value": p_holm, "p_holm": p_holm}
    )
    names = [f"row {number}" for number in range(1, count + 1)]
    return Differences(
        key="code",
        heading="Code",
        codes=list(range(1, count + 1)),
        names=names,
        first=first or side("base", [70.0] * count, [100] * count),
        second=second or side("current", (70 + gap).tolist(), [120] * count),
        gap=table,
        head="Change",
        rule=Suppression(),
        untested=untested or {},
    )


# ---------------------------------------------------------------- differences


def test_the_verdict_follows_the_adjusted_p_value_and_a_note_names_the_rows_where_the_interval_says_otherwise():
    made = differences_of([-5.0, -2.5, 0.5], [0.003, 0.07, 0.6])
    table = made.table("t", "c", ENGLISH)
    assert [row[TESTED] for row in table.rows] == ["beyond sampling error", "within sampling error", "within sampling error"]
    assert table.rows[1][4] == "−4.5 to −0.5"
    assert table.notes == (
        "The column Tested goes by the p-value, adjusted by Holm for the 3 tests of this table, at the level of 5 %; "
        "the interval of each row is not adjusted.",
        "By that adjustment these rows are within sampling error though their intervals do not include 0: row 2.",
    )
    assert made.frame()["tested"].tolist() == ["beyond", "within", "within"]


def test_a_row_is_as_it_was_put_in():
    table = differences_of([-5.0], [0.003]).table("t", "c", ENGLISH)
    assert table.rows == (
        ("row 1", "70.0 (68.0 to 72.0)", "65.0 (63.0 to 67.0)", "−5.0", "−7.0 to −3.0", "0.003", "beyond sampling error", "100 / 120", "100 / 120"),
    )
    assert table.header == (
        "Code",
        "base (95 % interval)",
        "current (95 % interval)",
        "Change",
        "95 % interval",
        "p-value (Holm)",
        "Tested",
        "n base / current",
        "effective n base / current",
    )


def test_a_difference_with_a_hidden_side_is_hidden_and_says_why():
    first = side("base", [70.0, 70.0, 70.0, 70.0], [100, 20, 5, 40], ["", "publication", "disclosure", "complement"])
    made = differences_of([1.0, 1.0, 1.0, 1.0], [0.5] * 4, first=first)
    table = made.table("t", "c", ENGLISH)
    assert [row[0] for row in table.rows] == ["row 1", "row 2*", "row 3**", "row 4***"]
    assert [row[TESTED] for row in table.rows[1:]] == [
        "not tested because n is below 30",
        "not tested because n is below 10",
        "not tested because it is hidden to protect another row",
    ]
    assert [row[3:6] for row in table.rows[1:]] == [("–", "–", "–")] * 3
    assert [row[7] for row in table.rows] == ["100 / 120", "20 / 120", "– / 120", "– / 120"]
    frame = made.frame()
    assert frame["suppressed"].tolist() == ["", "publication", "disclosure", "complement"]
    assert frame[["base_estimate", "base_ci_low", "estimate", "ci_low", "t", "p_holm"]].notna().sum(axis=1).tolist() == [6, 0, 0, 0]
    assert frame["base_n"].isna().tolist() == [False, False, True, True]
    assert frame["current_estimate"].notna().all()


def test_what_one_side_lacks_and_what_has_no_error_is_not_tested():
    first, second = side("base", [70.0, np.nan, 70.0], [100, np.nan, 50]), side("current", [71.0, 72.0, 71.0], [120, 130, 60])
    made = differences_of([1.0, np.nan, 1.0], [0.4, np.nan, np.nan], first, second, {2: "lacking", 3: "no_se"})
    table = made.table("t", "c", ENGLISH)
    assert table.rows[1][TESTED] == "not tested because there are answers from current only"
    assert table.rows[1][7] == "– / 130"
    assert table.rows[2][3:7] == ("+1.0", "–", "–", "not tested because its standard error cannot be computed")
    assert made.frame()["reason"].tolist() == ["", "lacking", "no_se"]
    assert table.notes[-1].endswith("one row alone is tested, so nothing is adjusted.")


def test_a_side_without_any_answer_says_so():
    none = side("base", [np.nan], [np.nan])
    assert differences_of([np.nan], [np.nan], none, none).table("t", "c", INDONESIAN).rows[0][TESTED] == "tidak diuji karena tidak ada jawaban"


def test_an_error_that_is_rounding_is_none():
    table = without_rounding(pd.DataFrame({"estimate": [70.0, 70.0], "se": [1e-14, 1.0], "ci_low": [70.0, 68.0], "n": [9.0, 9.0]}))
    assert table["ci_low"].isna().tolist() == [True, False]
    assert table["n"].tolist() == [9.0, 9.0]


def test_names_of_tables_are_plain_and_one_of_a_kind():
    assert table_name("moved", "Jenis Kelamin (L/P)?", []) == "moved_jenis_kelamin_l_p"
    assert table_name("moved", "جنس", ["moved"]) == "moved_2"


def test_a_code_without_a_label_is_called_by_its_code():
    assert [called(code, {1: "Men", 2: " "}) for code in (1.0, 2, 3.5)] == ["Men", "2", "3.5"]


def test_a_key_that_is_called_as_another_column_is_kept_apart():
    frame = replace(differences_of([1.0], [0.5]), key="label").frame()
    assert frame[["label_code", "label"]].values.tolist() == [[1, "row 1"]]


# ---------------------------------------------------------------- who changed


def test_the_banner_table_has_the_numbers_of_the_tree():
    first, second = frame_of({"a": 60, "b": 80}), frame_of({"a": 70, "b": 50}, 1, low=3)
    request = ReportRequest(("2020", "2022"), spec=SPEC, domains=("code",))
    results = gather_results(two_waves(first, second), request)
    frame = tables(moved_part(results, ENGLISH))["moved_code"].frame
    score = {
        (wave, code): part["speed"].sub(1).div(3).mul(100).mean()
        for wave, rows in (("2020", first), ("2022", second))
        for code, part in rows.groupby("code")
    }
    assert frame["base_estimate"].tolist() == pytest.approx([score["2020", "a"], score["2020", "b"]])
    assert frame["estimate"].tolist() == pytest.approx([score["2022", code] - score["2020", code] for code in "ab"])
    assert frame[["base_n", "current_n"]].values.tolist() == [[60, 70], [80, 50]]
    assert frame["p_holm"].tolist() == pytest.approx(results.domains[0].tests["p_holm"].tolist())
    assert frame["tested"].tolist() == ["beyond", "beyond"]


def test_the_sentences_name_what_changed_and_tell_the_joint_test():
    section = moved_of(frame_of({"a": 60, "b": 80}), frame_of({"a": 70, "b": 50}, 1, low=3))
    said = texts(section)
    assert said[0].startswith("code: changes beyond sampling error: a (+")
    assert said[1].startswith("Joint test of 2 groups: how differently they changed is within sampling error (F = ")


def test_a_joint_test_that_finds_a_difference_says_so():
    same = frame_of({"a": 60, "b": 80})
    moved = same.assign(speed=np.where(same["code"] == "a", 4, same["speed"]))
    moved.loc[0, "speed"] = 3
    assert "did not change alike, and that difference is beyond sampling error" in texts(moved_of(same, moved))[1]


def test_a_small_code_hides_itself_and_the_next_in_its_wave_and_neither_is_tested():
    section = moved_of(frame_of({"a": 60, "b": 80, "c": 4}), frame_of({"a": 70, "b": 50, "c": 40}, 1))
    table = tables(section)["moved_code"]
    assert [row[0] for row in table.rows] == ["a***", "b", "c**"]
    assert [row[7] for row in table.rows] == ["– / 70", "80 / 50", "– / 40"]
    assert table.rows[0][2] != "–"
    assert table.frame["base_n"].isna().tolist() == [True, False, True]
    assert [note[:3] for note in table.notes[:2]] == ["** ", "***"]
    assert texts(section)[1].startswith("Whether all groups changed alike is not tested because")


def test_a_code_that_one_wave_lacks_is_named_with_the_wave_that_has_it():
    table = tables(moved_of(frame_of({"a": 60, "b": 80}), frame_of({"a": 70, "c": 50}, 1)))["moved_code"]
    assert [(row[0], row[TESTED]) for row in table.rows[1:]] == [
        ("b", "not tested because there are answers from 2020 only"),
        ("c", "not tested because there are answers from 2022 only"),
    ]


def test_one_wave_has_the_index_with_its_counts():
    frame = frame_of({"a": 60, "b": 12, "c": 40})
    section = moved_part(gather_results(Survey(frame), ReportRequest(("2020",), spec=SPEC, domains=("code",))), ENGLISH)
    table = tables(section)["index_by_code"]
    assert section.heading == "Index by group of respondents"
    assert table.header == ("code", "Index", "SE", "95 % interval", "n", "effective n")
    assert [row[0] for row in table.rows] == ["a", "b*", "c"]
    assert table.rows[1][1:5] == ("–", "–", "–", "12")
    assert table.frame["estimate"].isna().tolist() == [False, True, False]
    assert texts(section) == []


def test_three_waves_have_the_index_of_each_besides():
    survey = stack_waves({wave: Survey(frame_of({"a": 60, "b": 80}, seed)) for seed, wave in enumerate(("2020", "2021", "2022"))})
    section = moved_part(gather_results(survey, ReportRequest(("2020", "2021", "2022"), spec=SPEC, domains=("code",))), ENGLISH)
    assert [row[:2] for row in tables(section)["index_by_code"].rows] == [(code, wave) for code in "ab" for wave in ("2020", "2021", "2022")]
    assert tables(section)["index_by_code"].heads == 2


def test_waves_of_different_frames_are_told(results):
    note = moved_part(results, ENGLISH).blocks[0]
    assert note.kind == "note"
    assert note.text == "The frames of 2020 and 2022 are not the same (region); the change of each group here contains that difference of frame."


def test_nothing_asked_for_and_nothing_computed_are_told_apart(single):
    assert moved_part(single, ENGLISH).reason == "No column that groups respondents is named, such as sex."
    assert moved_part(replace(single, failed={"moved": "why"}), INDONESIAN).reason == "Tidak dapat dihitung: why"
    assert groups_part(single, ENGLISH).reason.startswith("No vulnerable groups are named")
    assert populations_part(single, ENGLISH).heading == "Two populations, the same questions"


# ---------------------------------------------------------------- vulnerable groups


def groups_of(first, second, *wheres, voice=ENGLISH):
    request = ReportRequest(("2020", "2022"), spec=SPEC, groups=tuple(Group({"id": f"K {where}", "en": f"G {where}"}, where) for where in wheres))
    return groups_part(gather_results(two_waves(first, second), request), voice)


def test_a_group_stands_beside_all_others_of_the_current_wave():
    second = frame_of({"a": 70, "b": 50}, 1)
    table = tables(groups_of(frame_of({"a": 60, "b": 80}), second, "code == 'a'"))["groups"]
    score = second.groupby("code")["speed"].mean().sub(1).div(3).mul(100)
    assert table.frame[["group_estimate", "others_estimate", "estimate"]].iloc[0].tolist() == pytest.approx(
        [score["a"], score["b"], score["a"] - score["b"]]
    )
    assert table.rows[0][7] == "70 / 50"
    assert table.rows[0][0] == "G code == 'a'"


def test_the_condition_of_a_group_is_told():
    section = groups_of(frame_of({"a": 60, "b": 80}), frame_of({"a": 70, "b": 50}, 1), "code == 'a'", "code == 'b'")
    assert "Condition of each group: G code == 'a': code == 'a'; G code == 'b': code == 'b'." in texts(section)


def test_the_change_of_a_group_is_of_its_own_waves():
    first, second = frame_of({"a": 60, "b": 80}), frame_of({"a": 70, "b": 50}, 1, low=3)
    table = tables(groups_of(first, second, "code == 'a'"))["group_changes"]
    means = [rows.loc[rows["code"] == "a", "speed"].mean() for rows in (first, second)]
    assert table.frame["estimate"].tolist() == pytest.approx([(means[1] - means[0]) / 3 * 100])
    assert table.rows[0][TESTED] == "beyond sampling error"


def test_p_values_of_groups_are_adjusted_over_those_that_are_shown():
    waves = frame_of({"a": 60, "b": 80, "c": 12}), frame_of({"a": 70, "b": 50, "c": 12}, 1)
    frame = tables(groups_of(*waves, "code == 'a'", "code == 'b'", "code == 'c'"))["groups"].frame
    p = np.sort(frame["p_value"].to_numpy()[:2])
    assert np.sort(frame["p_holm"].to_numpy()[:2]) == pytest.approx([min(2 * p[0], 1), max(min(2 * p[0], 1), p[1])])
    assert frame["p_holm"].isna().tolist() == [False, False, True]


def test_a_group_that_may_not_be_told_hides_its_others_with_it():
    table = tables(groups_of(frame_of({"a": 60, "b": 80}), frame_of({"a": 4, "b": 90}, 1), "code == 'a'"))["groups"]
    assert table.rows[0][0].endswith("**")
    assert table.rows[0][1:] == ("–", "–", "–", "–", "–", "not tested because n is below 10", "– / –", "– / –")
    hidden = table.frame.filter(regex="^(group_|others_|estimate|ci_|p_)")
    assert hidden.isna().all(axis=None)


def test_others_that_may_not_be_told_hide_the_group():
    table = tables(groups_of(frame_of({"a": 60, "b": 80}), frame_of({"a": 90, "b": 4}, 1), "code == 'a'"))["groups"]
    assert table.rows[0][1:4] == ("–", "–", "–")


def test_a_small_group_shows_its_n_and_its_others():
    table = tables(groups_of(frame_of({"a": 60, "b": 80}), frame_of({"a": 13, "b": 90}, 1), "code == 'a'"))["groups"]
    assert table.rows[0][0].endswith("'a'*")
    assert table.rows[0][1] == "–" != table.rows[0][2]
    assert table.rows[0][TESTED:8] == ("not tested because n is below 30", "13 / 90")


def test_a_group_that_the_current_wave_lacks_is_told():
    table = tables(groups_of(frame_of({"a": 60, "b": 80}), frame_of({"b": 90}, 1), "code == 'a'"))["groups"]
    assert table.rows[0][TESTED] == "not tested because there are answers from others only"


def test_a_group_within_one_unit_has_no_error_and_is_not_tested():
    frame = pd.DataFrame({"unit": np.repeat([1, 2, 3], 40), "speed": np.tile([1, 2, 3, 4], 30)})
    request = ReportRequest(("1",), spec=SPEC, groups=(Group("one unit", "unit == 1"),))
    table = tables(groups_part(gather_results(Survey(frame, None, Design(psu="unit")), request), ENGLISH))["groups"]
    assert table.rows[0][1] == "50.0"
    assert table.frame["group_se"].isna().all()


def test_every_wave_of_a_group_is_there_where_there_are_three(sample_results):
    section = groups_part(sample_results, INDONESIAN)
    table = tables(section)["group_waves"]
    assert len(table.rows) == 3 * 2 * 3
    assert table.rows[0][:3] == ("Perempuan", "kelompok ini", "2020")
    assert table.frame["suppressed"].value_counts().to_dict() == {"": 15, "publication": 3}
    assert "Pada 2022 tidak ada selisih yang melampaui galat sampling." in texts(section)


# ---------------------------------------------------------------- two populations


def test_two_populations_have_the_numbers_of_the_tree(sample_results):
    section = populations_part(sample_results, ENGLISH)
    table, found = tables(section)["populations"], sample_results.against
    assert section.heading == "Users and Administrators: the same questions"
    assert table.frame["estimate"].tolist() == pytest.approx(found.gap.value.tolist())
    assert table.frame["own_estimate"].sub(table.frame["other_estimate"]).tolist() == pytest.approx(found.gap.value.tolist())
    assert table.frame["p_holm"].tolist() == pytest.approx(list(found.p_holm))
    assert [row[TESTED] == "beyond sampling error" for row in table.rows] == [p < 0.05 for p in found.p_holm]


def test_the_figure_says_what_the_table_says(sample_results):
    section = populations_part(sample_results, ENGLISH)
    picture = next(block for block in section.blocks if isinstance(block, Picture))
    table = tables(section)["populations"]
    row = next(row for row in table.rows if row[0] == "Response speed")
    assert f"Response speed: Users {row[1]}, Administrators {row[2]}, gap {row[3]} ({row[4]})" in picture.alt
    assert picture.svg.startswith(b"<")


def test_items_with_few_answers_are_hidden_in_table_and_figure():
    own = pd.DataFrame({"speed": np.tile([1, 2, 3, 4], 20), "ease": np.tile([1, 3, 4, 4], 20)})
    other = own.assign(ease=[4.0, 3.0, 2.0] + [np.nan] * 77)
    spec = IndexSpec(["speed", "ease"], scale=(1, 4))
    results = gather_results(Survey(own), ReportRequest(("1",), spec=spec, against=Against(Survey(other), "staff", "public")))
    section = populations_part(results, ENGLISH)
    table = tables(section)["populations"]
    assert [row[0] for row in table.rows] == ["speed", "ease**"]
    assert table.rows[1][2:6] == ("–", "–", "–", "–")
    assert table.rows[1][7] == "80 / –"
    picture = next(block for block in section.blocks if isinstance(block, Picture))
    assert "ease" not in picture.alt


def test_another_wave_of_the_other_population_is_told(sample_results):
    found = replace(sample_results.against, wave="2020", left_out={"overall": "other_scale", "recommend": "not_asked"})
    section = populations_part(replace(sample_results, against=found), ENGLISH)
    assert section.blocks[1].kind == "note"
    assert section.blocks[1].text == "Administrators were not surveyed in 2022; 2020 is used instead."
    assert "Not compared because answers are on different scales: Overall satisfaction." in texts(section)
    assert "Not compared because one of the two alone was asked: Will recommend." in texts(section)


def test_scores_that_differ_from_those_of_the_index_are_told(sample_results):
    # of a listwise index the same item had two scores in one report, and nothing said why
    listwise = replace(sample_results, spec=replace(sample_results.spec, missing="listwise"))
    said = [any("uses all of its answers" in text for text in texts(populations_part(one, ENGLISH))) for one in (sample_results, listwise)]
    assert said == [False, True]


# ---------------------------------------------------------------- all of them


@pytest.mark.parametrize("part", [moved_part, groups_part, populations_part])
@pytest.mark.parametrize("voice", [ENGLISH, INDONESIAN], ids=["en", "id"])
def test_every_row_has_a_cell_for_each_column_and_a_row_of_the_tidy_frame(sample_results, part, voice):
    section = part(sample_results, voice)
    assert isinstance(section, Section)
    for table in tables(section).values():
        assert {len(row) for row in table.rows} == {len(table.header)}
        assert len(table.frame) == len(table.rows)
        assert table.frame.columns.is_unique
        assert all(cell for row in table.rows for cell in row)


def test_the_same_results_give_the_same_tables(sample_results):
    first, second = (moved_part(sample_results, INDONESIAN) for _ in range(2))
    assert first.blocks == second.blocks


def test_absent_parts_are_called_in_the_language(single):
    found = [part(single, INDONESIAN) for part in (moved_part, groups_part, populations_part)]
    assert all(isinstance(one, Absent) for one in found)
    assert [one.key for one in found] == ["moved", "groups", "populations"]


def test_the_sample_of_administrators_can_be_compared_in_one_wave():
    request = ReportRequest(("2022",), against=Against(load_sample("admins", wave="2022"), "Admin", "Pengguna"))
    section = populations_part(gather_results(load_sample("users", wave="2022"), request), INDONESIAN)
    assert len(tables(section)["populations"].rows) == 10


def test_the_figure_of_two_populations_has_the_numbers_of_their_table():
    # beside 67.1 and -1.5 of the table it had 67.2 and -1.6, so that they added up; of a share of the maximum 60.3 beside 60.31
    rng = np.random.default_rng(8)
    for scoring, decimals in (("minmax", 1), ("share-of-max", 2)):
        own, other = (Survey(pd.DataFrame(rng.integers(1, 5, (400, 12)), columns=list("abcdefghijkl"))) for _ in range(2))
        spec = IndexSpec(list("abcdefghijkl"), scale=(1, 4), scoring=scoring)
        results = gather_results(own, ReportRequest(("2022",), spec=spec, against=Against(other, "Other", "Own")))
        section = populations_part(results, Voice("en", decimals, "\N{MINUS SIGN}"))
        alt = next(block.alt for block in section.blocks if isinstance(block, Picture))
        for row in tables(section)["populations"].rows:
            assert f"{row[0]}: own {row[1]}, other {row[2]}, gap {row[3]} ({row[4]})".lower() in alt.lower()
