"""The record: its tables, its short form, its page and its figure; and numbers as they are printed."""

import dataclasses

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from kepuasan.errors import ChoiceError, DataError
from kepuasan.reproducing import reproduce
from kepuasan.reproducing.printed import Printed, read_printed

MEANS = {f"u{place}": value for place, value in enumerate(["3.31", "3.35", "3.49", "3.93", "3.45", "3.39", "3.39", "3.76", "3.35"], 1)}
COLUMNS = ["departures", "value", "rounded", "low", "high", "gap", "verdict"]


def test_the_tables_have_the_columns_of_the_interface():
    found = reproduce(MEANS, "87,28")
    assert list(found.to_frame().columns) == ["name", *found.dimensions, *COLUMNS]
    assert list(found.to_frame("findings").columns) == ["check", "printed", "found", "difference", "message"]
    assert all(isinstance(choice, str) for name in found.dimensions for choice in found.conventions[name])
    assert (found.conventions["gap"] - (found.conventions["rounded"] - 87.28)).abs().max() < 1e-9
    assert (found.published, found.decimals, found.kind) == (87.28, 2, "means")
    with pytest.raises(ChoiceError):
        found.to_frame("best")


def test_a_table_given_out_may_be_changed_without_harm():
    found = reproduce(MEANS, "87,28")
    table = found.to_frame()
    table.loc[0, "value"] = 0.0
    assert found.conventions.loc[0, "value"] > 87
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.published = 1.0


def test_the_short_form_says_what_gives_the_number():
    assert repr(reproduce(MEANS, "87,28")).splitlines()[:2] == [
        "<Reproduction: 87.28 from means>",
        "reproduced by 6 of 99 conventions; first: 1/9, share-of-max, half-up; 15 more within the rounding of the inputs",
    ]


def test_the_short_form_says_what_comes_nearest_where_nothing_does():
    text = repr(reproduce(MEANS, "60,00"))
    assert "reproduced by none of 99 conventions; the nearest: " in text
    assert "off by " in text
    assert "finding (inputs): 60.00 lies outside" in text


def test_the_page_shows_a_small_table():
    page = reproduce(MEANS, "87,28")._repr_html_()
    assert page.count("<table") == 1
    assert page.count("<tr") <= 14
    assert reproduce({"<b>": 20, "c": 30}, 70, kind="parts")._repr_html_().count("&lt;b&gt;") >= 1


def test_the_best_is_a_row_and_within_the_others():
    found = reproduce(MEANS, "87,28")
    assert isinstance(found.best, pd.Series)
    assert (found.within["verdict"] == "within rounding").all()
    assert found.nearest["gap"].abs().is_monotonic_increasing


def test_those_that_reproduce_stand_beside_those_within():
    found = reproduce(MEANS, "87,28")
    assert found.best.equals(found.reproducing.iloc[0])
    assert set(found.reproducing["verdict"]) == {"reproduces"}
    parts = [found.reproducing, found.within, found.conventions.query("verdict == 'misses'")]
    assert sum(map(len, parts)) == len(found.conventions)


def test_notes_and_findings_are_said_in_both_languages():
    found = reproduce({"speed": "3,10", "ease": "3,40"}, "7,5")
    assert found.notes == tuple(remark.said("en") for remark in found.remarks)
    assert found.findings["message"].tolist() == [remark.said("en") for remark in found.finding_remarks]
    assert all(remark.said("id") != remark.said("en") for remark in (*found.remarks, *found.finding_remarks))


def test_the_figure_takes_other_names():
    ordinary, renamed = (reproduce(MEANS, "87,28").plot(language="en", labels=labels) for labels in (None, {"scoring": "Way of scoring"}))
    texts = [{text.get_text() for text in axes.figure.findobj(Text)} for axes in (ordinary, renamed)]
    assert any("Way of scoring" in text for text in texts[1])
    assert not any("Way of scoring" in text for text in texts[0])


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_figure_draws_the_conventions(language):
    axes = reproduce(MEANS, "87,28").plot(language=language)
    assert isinstance(axes, Axes)
    assert axes.get_label()


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("87,28", 87.28, 2),
        ("87.280", 87.28, 3),
        (" 75,7 % ", 75.7, 1),
        ("1.234,5", 1234.5, 1),
        ("1,234.5", 1234.5, 1),
        ("1.234.567", 1234567.0, 0),
        ("-3", -3.0, 0),
        (3.31, 3.31, 2),
        (4.0, 4.0, 0),
        (57171, 57171.0, 0),
        (1e-7, 1e-7, 7),
    ],
)
def test_numbers_are_read_as_they_are_printed(text, value, decimals):
    assert read_printed(text, "it") == Printed(value, decimals)


def test_a_thousand_of_counts_is_a_thousand():
    assert read_printed("15.061", "it", counts=True).value == 15061
    assert read_printed("15.061", "it").value == 15.061


@pytest.mark.parametrize("text", ["", "1,2,3", "12.34.567", "1.2,3", "abc", None, True, float("inf"), "1e5", object()])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(DataError, match="it is"):
        read_printed(text, "it")
