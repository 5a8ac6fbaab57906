"""Gaps as dumbbells and changes as slopes: sorted, rounded as in tables, told apart by more than colour, nothing that overlaps."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from display.extents import boxes_of, check_apart
from matplotlib.figure import Figure

from kepuasan import load_sample, mean
from kepuasan.display.figures import save
from kepuasan.display.gaps import dumbbells, slopes
from kepuasan.errors import DataError

NAN = float("nan")
SHOWN = {"speed": "Kecepatan respons", "updates": "Kemudahan memantau perkembangan laporan", "users": "Pengguna", "admins": "Admin"}


def table(column, **groups):
    parts = [pd.DataFrame({"item": list(values), column: name.lstrip("w"), "estimate": list(values.values())}) for name, values in groups.items()]
    both = pd.concat(parts, ignore_index=True)
    return both.assign(ci_low=both["estimate"] - 2.0, ci_high=both["estimate"] + 2.0)


ROLES = table("role", users={"speed": 70.0, "updates": 60.0, "staff": 80.0}, admins={"speed": 75.0, "updates": 72.0, "staff": 78.0})
WAVES = table("wave", w2020={"speed": 70.0, "updates": 60.0, "staff": 80.0}, w2022={"speed": 75.0, "updates": 55.0, "staff": 80.0})


def gap_table(**gaps):
    return pd.DataFrame(
        {"item": list(gaps), "estimate": list(gaps.values()), "ci_low": [v - 1 for v in gaps.values()], "ci_high": [v + 1 for v in gaps.values()]}
    )


def random(column, count, codes, seed=0):
    rng = np.random.default_rng(seed)
    return table(column, **{code: {f"A rather long name of item number {i}": 70 + rng.normal(0, 5) for i in range(count)} for code in codes})


def labels_of(axes):
    return [tick.get_text() for tick in axes.get_yticklabels()]


def beside(axes):
    return [text.get_text() for text in axes.texts if text.get_position()[0] == 1.02]


def dots(axes):
    return [line for line in axes.get_lines() if line.get_linestyle() == "None"]


# ---------------------------------------------------------------- dumbbells


def test_the_largest_gap_is_on_top_and_gaps_are_written_beside():
    axes = dumbbells(ROLES, "role", labels=SHOWN, language="en")
    assert labels_of(axes) == ["Kemudahan memantau perkembangan\nlaporan", "Kecepatan respons", "staff"]
    assert beside(axes) == ["+12.0", "+5.0", "−2.0", "Admin minus Pengguna"]


def test_groups_differ_in_marker_and_colour_and_stand_at_their_values():
    axes = dumbbells(ROLES, "role", labels=SHOWN)
    users, admins = dots(axes)
    assert users.get_marker() != admins.get_marker()
    assert users.get_color() != admins.get_color()
    assert list(users.get_xdata()) == [60.0, 70.0, 80.0]
    assert list(admins.get_xdata()) == [72.0, 75.0, 78.0]
    assert [entry.get_text() for entry in axes.get_legend().get_texts()] == ["Pengguna", "Admin"]


def test_a_line_joins_the_dots_and_limits_stand_beside_it():
    joined, users, admins = (one.get_segments() for one in dumbbells(ROLES, "role").collections)
    assert [segment.tolist() for segment in joined] == [[[60, 0], [72, 0]], [[70, -1], [75, -1]], [[80, -2], [78, -2]]]
    assert users[0][:, 0].tolist() == [58, 62]
    assert admins[0][:, 0].tolist() == [70, 74]
    assert users[0][0, 1] > 0 > admins[0][0, 1]


def test_a_table_of_gaps_gives_limits_and_says_which_way_round():
    ahead = dumbbells(ROLES, "role", gaps=gap_table(speed=5.0, updates=12.0, staff=-2.0), language="en")
    assert beside(ahead) == ["+12.0 (11.0 to 13.0)", "+5.0 (4.0 to 6.0)", "−2.0 (−3.0 to −1.0)", "admins minus users"]
    back = dumbbells(ROLES, "role", gaps=gap_table(speed=-5.0, updates=-12.0, staff=2.0))
    assert beside(back)[0] == "+2,0 (1,0 s.d. 3,0)"
    assert beside(back)[-1] == "users dikurangi admins"


def test_each_number_is_rounded_by_itself_as_tables_have_it():
    # 67.137 and -1.5395 were written 67.2 and -1.6 so that they added up, beside a table with 67.1 and -1.5
    axes = dumbbells(table("role", users={"speed": 68.6765}, admins={"speed": 67.137}), "role", language="en")
    values = {text.get_text() for text in axes.texts if text.get_text().startswith("6")}
    assert (values, beside(axes)[0]) == ({"68.7", "67.1"}, "−1.5")
    assert "users 68.7 (66.7 to 70.7), admins 67.1 (65.1 to 69.1), gap −1.5" in axes.get_label()


def test_decimals_are_those_asked_for():
    # 60.31 of a table with two decimals was written 60.3
    axes = dumbbells(table("role", users={"speed": 60.314}, admins={"speed": 72.0}), "role", language="en", decimals=2)
    assert beside(axes)[0] == "+11.69"
    assert "users 60.31 (58.31 to 62.31), admins 72.00 (70.00 to 74.00)" in axes.get_label()


def test_gaps_have_the_decimals_of_their_level_or_more_where_they_are_small():
    small = table("role", users={"a": 70.0, "b": 60.0}, admins={"a": 70.12, "b": 60.004})
    assert beside(dumbbells(small, "role", language="en"))[:2] == ["+0.12", "0.00"]
    none = table("role", users={"a": 70.0, "b": 60.0}, admins={"a": 70.0, "b": 60.0})
    assert beside(dumbbells(none, "role"))[:2] == ["0,0", "0,0"]


def test_the_order_is_that_of_the_gaps_from_the_largest_rise_to_the_largest_fall():
    both = table("role", users={"a": 70.0, "b": 60.0, "c": 50.0}, admins={"a": 50.0, "b": 61.0, "c": 53.0})
    assert labels_of(dumbbells(both, "role")) == ["c", "b", "a"]


def test_what_is_missing_is_not_drawn_and_comes_last():
    holes = ROLES.drop(index=0).assign(ci_low=lambda rows: rows["ci_low"].where(rows["item"] != "staff"))
    axes = dumbbells(holes, "role")
    assert labels_of(axes) == ["updates", "staff", "speed"]
    assert beside(axes)[2] == "–"
    assert "speed: users –, admins 75,0 (73,0 s.d. 77,0), selisih –" in axes.get_label()
    assert "staff: users 80,0, admins 78,0, selisih −2,0" in axes.get_label()
    check_apart(axes)


def test_ties_keep_the_order_of_the_table_and_both_values_are_seen():
    axes = dumbbells(table("role", users={"b": 70.0, "a": 71.0}, admins={"b": 70.0, "a": 71.0}), "role")
    assert labels_of(axes) == ["b", "a"]
    assert beside(axes)[0] == "0,0"
    check_apart(axes)


def test_the_text_of_the_dumbbells_is_in_both_languages():
    one = ROLES[ROLES["item"] == "speed"]
    assert dumbbells(one, "role").get_label() == (
        "Kesenjangan users dan admins. speed: users 70,0 (68,0 s.d. 72,0), admins 75,0 (73,0 s.d. 77,0), selisih +5,0."
    )
    assert dumbbells(one, "role", language="en", title="Gaps").get_label() == (
        "Gaps. speed: users 70.0 (68.0 to 72.0), admins 75.0 (73.0 to 77.0), gap +5.0."
    )


def test_gaps_that_are_not_those_of_the_dots_are_refused():
    with pytest.raises(DataError, match="the gap of 'updates' is 3, but its groups differ by 12"):
        dumbbells(ROLES, "role", gaps=gap_table(speed=5.0, updates=3.0, staff=-2.0))
    with pytest.raises(DataError, match="the table or its gaps alone have 'staff'; give the gaps of the same items"):
        dumbbells(ROLES, "role", gaps=gap_table(speed=5.0, updates=12.0))


def test_other_than_two_groups_and_an_item_twice_are_refused():
    with pytest.raises(DataError, match=r"'role' has 1 values \('users'\); dumbbells are drawn of two groups"):
        dumbbells(ROLES[:3], "role")
    with pytest.raises(DataError, match="more than one row of 'speed, users'"):
        dumbbells(pd.concat([ROLES, ROLES[:1]]), "role")
    with pytest.raises(DataError, match="no column 'rol'; did you mean 'role'"):
        dumbbells(ROLES, "rol")


@pytest.mark.parametrize("count", [1, 9, 25])
def test_no_two_texts_of_the_dumbbells_overlap(count):
    check_apart(dumbbells(random("wave", count, ["w2020", "w2022"]), "wave", title="Gaps between waves", unit="percent"))


def test_a_contrast_of_a_survey_agrees_with_its_dots():
    means = mean(load_sample("users"), ["response_speed", "overall"], by="wave")
    gaps = means.contrast({"wave": "2022"}, {"wave": "2020"}).to_frame()
    both = means.to_frame().query("wave != '2021'")
    axes = dumbbells(both, "wave", gaps=gaps, language="en")
    assert beside(axes)[-1] == "2022 minus 2020"
    assert all("(" in text for text in beside(axes)[:-1])


# ---------------------------------------------------------------- slopes


def test_rises_and_falls_differ_in_line_and_colour_and_are_named():
    axes = slopes(WAVES, labels=SHOWN, language="en")
    rise, fall, same = (line for line in axes.get_lines() if line.get_linestyle() != "None")
    assert rise.get_ydata().tolist() == [70.0, 75.0]
    assert fall.get_ydata().tolist() == [60.0, 55.0]
    assert same.get_ydata().tolist() == [80.0, 80.0]
    assert len({line.get_color() for line in (rise, fall, same)}) == 3
    assert len({str(line._unscaled_dash_pattern) for line in (rise, fall, same)}) == 3
    assert [entry.get_text() for entry in axes.get_legend().get_texts()] == ["Rise", "Fall", "No change"]


def test_names_stand_at_the_last_value_and_first_values_at_the_left():
    axes = slopes(WAVES, labels=SHOWN)
    assert [text.get_text() for text in axes.texts] == [
        "75,0  Kecepatan respons",
        "55,0  Kemudahan memantau\n         perkembangan laporan",
        "80,0  staff",
        "70,0",
        "60,0",
        "80,0",
    ]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["2020", "2022"]


def test_close_ends_are_spread_and_keep_their_order():
    axes = slopes(table("wave", w2020={"a": 1.0, "b": 2.0, "c": 3.0, "d": 9.0}, w2022={"a": 5.0, "b": 5.0, "c": 5.01, "d": 9.0}))
    check_apart(axes)
    a, b, c, d = boxes_of(axes, axes.texts[:4])
    assert d.y0 > c.y0 > a.y0 > b.y0


def test_limits_are_drawn_only_when_asked_for():
    assert len(slopes(WAVES).collections) == 2
    bars = [one for one in slopes(WAVES, intervals=True).collections if one.get_zorder() == 2]
    ends = [segment[:, 1].tolist() for segment in bars[0].get_segments()]
    assert ends == [[68, 72], [73, 77], [58, 62], [53, 57], [78, 82], [78, 82]]


def test_with_limits_points_stand_apart_and_leaders_begin_at_them():
    axes = slopes(WAVES, intervals=True)
    (points,) = dots(axes)
    places = points.get_xdata().reshape(3, 2)
    assert len(set(places[:, 0])) == 3
    assert np.allclose(places[:, 1] - places[:, 0], 1.0)
    check_apart(axes)


def test_a_wave_that_is_missing_breaks_the_line():
    waves = table("wave", w2020={"a": 1.0, "b": 2.0}, w2021={"a": NAN, "b": 3.0}, w2022={"a": 4.0, "b": NAN})
    axes = slopes(waves, language="en")
    assert [line.get_ydata().tolist() for line in axes.get_lines() if line.get_linestyle() != "None"] == [[2.0, 3.0]]
    assert [text.get_text() for text in axes.texts] == ["4.00  a", "–  b", "1.00", "2.00"]
    assert "a: 2020 1.00 (−1.00 to 3.00), 2021 –, 2022 4.00 (2.00 to 6.00)" in axes.get_label()
    check_apart(axes)


def test_the_text_of_the_slopes_is_in_both_languages():
    one = WAVES[WAVES["item"] == "speed"]
    assert slopes(one).get_label() == "Perubahan 2020 ke 2022. speed: 2020 70,0 (68,0 s.d. 72,0), 2022 75,0 (73,0 s.d. 77,0)."
    assert slopes(one, language="en").get_label() == "Change from 2020 to 2022. speed: 2020 70.0 (68.0 to 72.0), 2022 75.0 (73.0 to 77.0)."


@pytest.mark.parametrize(("count", "waves"), [(1, 2), (9, 2), (25, 4)])
def test_no_two_texts_of_the_slopes_overlap(count, waves):
    check_apart(slopes(random("wave", count, [f"w202{i}" for i in range(waves)]), title="Scores by wave", unit="percent"))


def test_one_wave_five_waves_and_an_item_without_values_are_refused():
    with pytest.raises(DataError, match=r"there are 1 waves \('2020'\); a slope chart is drawn of 2 to 4"):
        slopes(WAVES[:3])
    with pytest.raises(DataError, match="there are 5 waves"):
        slopes(random("wave", 2, [f"w{i}" for i in range(5)]))
    with pytest.raises(DataError, match="no wave has a value of 'speed'"):
        slopes(WAVES.assign(estimate=[NAN, 60.0, 80.0, NAN, 55.0, 80.0]))


# ---------------------------------------------------------------- both


def test_both_figures_are_drawn_into_axes_that_are_given():
    figure, before = Figure(figsize=(8.0, 4.5), layout="constrained"), plt.get_fignums()
    left, right = figure.subplots(1, 2)
    assert dumbbells(ROLES, "role", ax=left, labels=SHOWN, title="Left") is left
    assert slopes(WAVES, ax=right, labels=SHOWN, title="Right") is right
    check_apart(left)
    check_apart(right)
    assert plt.get_fignums() == before


@pytest.mark.parametrize("draw", [lambda: dumbbells(ROLES, "role", labels=SHOWN), lambda: slopes(WAVES, labels=SHOWN, intervals=True)])
def test_the_same_picture_gives_the_same_bytes(draw, tmp_path):
    axes = draw()
    first, second = save(axes, tmp_path / "one"), save(draw(), tmp_path / "two")
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()
