"""Results in a notebook: every result type has a small table of HTML that nothing in the data can break."""

import inspect
import re
import warnings
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.display.html_tables import MOST_ROWS, html_facts, html_table
from kepuasan.report.gathering import gather_results
from kepuasan.report.request import ReportRequest
from kepuasan.standards.lookup import find_standard

EVIL = "<script>alert('x')</script>\n=\"&\u202e"

#: public classes that are no results: what is given to the library, its errors, and what a report is asked for
GIVEN = {"AnswerScale", "Driver", "Element", "Grade", "Item", "KepuasanError", "KepuasanWarning", "Multiple", "Replicates", "Scale"}
ASKED = {"Against", "Fieldwork", "Group", "Plan", "ReportRequest", "Suppression"}


def frame(rows=60):
    rng = np.random.default_rng(5)
    made = {name: rng.integers(1, 5, rows).astype(float) for name in ("u1", "u2", "overall")}
    return pd.DataFrame({**made, EVIL: np.tile(["a", EVIL, "c"], rows // 3), "w": rng.uniform(1, 2, rows).round(3), "psu": np.arange(rows) // 3})


def survey(rows=60):
    items = [kp.Item(name, {"id": EVIL, "en": EVIL}, scale="four", values={1: EVIL}) for name in ("u1", "u2", "overall")]
    scales = {"four": kp.AnswerScale("four", kp.Scale(1, 4))}
    book = kp.Codebook({item.name: item for item in items}, scales=scales, source=EVIL)
    return kp.Survey(frame(rows), book, kp.Design(weight="w", psu="psu"))


def stacked():
    return kp.stack_waves({"2020": survey(), EVIL: survey()})


SPEC = kp.IndexSpec(["u1", "u2"])
#: one result of every type, with names and labels that are hostile
MADE = {
    "Change": lambda: kp.attribute_change(stacked(), "2020", EVIL, spec=SPEC, drivers={EVIL: ["u1"]}),
    "Classes": lambda: kp.Classes({EVIL: (0.0, 49.9), "good": (50.0, 100.0)}, decimals=1),
    "Codebook": lambda: survey().codebook,
    "Crosstab": lambda: kp.crosstab(survey(), EVIL, "u1"),
    "Design": lambda: kp.Design(weight=EVIL, psu=["a", "b"]),
    "Drivers": lambda: kp.driver_importance(survey(), "overall", {EVIL: ["u1"], "other": ["u2"]}),
    "Estimates": lambda: kp.mean(survey(), ["u1", "u2"], by=EVIL),
    "Index": lambda: kp.satisfaction_index(survey(), SPEC, by=EVIL),
    "IndexSpec": lambda: kp.IndexSpec([EVIL, "b"], scale=(1, 4)),
    "Rating": lambda: kp.Rating.of(kp.satisfaction_index(survey(), kp.IndexSpec(["u1"], scoring="share-of-max"), by=EVIL).score, "14/2017"),
    "Regression": lambda: kp.regress(survey(), "overall ~ u1 + u2"),
    "Reproduction": lambda: kp.reproduce({EVIL: 3.31, "u2": 3.45}, 84.5),
    "ResultTree": lambda: gather_results(stacked(), ReportRequest(("2020", EVIL), title=EVIL, spec=SPEC)),
    "SKM": lambda: kp.skm(kp.load_sample("skm"), by="period"),
    "Standard": lambda: find_standard("14/2017"),
    "Survey": lambda: survey().where("u1 > 1"),
    "TermTest": lambda: kp.regress(survey(), "overall ~ u1 + u2").test(["u1", "u2"]),
}


class Reader(HTMLParser):
    """What stands in a page: tags with attributes, and whether each is closed in order."""

    def __init__(self):
        super().__init__()
        self.tags, self.open = [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def check_table(page):
    """A whole table of HTML: captioned, its headers with scope, escaped, without script or colour, small."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    assert {tag for tag, _ in reader.tags} <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in reader.tags if tag == "th")
    assert page.count("<table>") == page.count("<caption") >= 1
    names = {name for _, attributes in reader.tags for name in attributes}
    assert names <= {"class", "style", "role", "tabindex", "aria-label", "scope", "dir"}
    assert not re.search(r"color|background|<script|\u202e", page)
    assert len(page.encode()) < 30_000


def public_classes():
    return {name for name in kp.__all__ if inspect.isclass(getattr(kp, name))}


def test_every_public_class_is_a_result_with_a_table_or_known_to_be_none():
    results = public_classes() - GIVEN - ASKED
    assert not results - set(MADE)
    assert all(callable(getattr(getattr(kp, name), "_repr_html_", None)) for name in results)


@pytest.mark.parametrize("name", MADE)
def test_a_result_is_a_small_table_that_its_labels_cannot_break(name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", kp.KepuasanWarning)
        made = MADE[name]()
    assert type(made).__name__ == name
    check_table(made._repr_html_())


def test_a_large_result_shows_its_first_rows_and_counts_the_others():
    large = survey(600).assign(unit=np.arange(600) % 300)
    found = kp.mean(large, ["u1", "u2"], by="unit")
    page = found._repr_html_()
    check_table(page)
    assert page.count("<tr>") == MOST_ROWS + 1
    assert "540 more rows; see to_frame()" in page


def test_a_codebook_of_many_long_items_stays_small():
    items = {f"q{number}": kp.Item(f"q{number}", "Sangat panjang " * 40, values=dict.fromkeys(range(9), EVIL * 5)) for number in range(400)}
    page = kp.Codebook(items)._repr_html_()
    check_table(page)
    assert "more rows" in page


def test_no_row_of_the_data_is_in_the_table_of_a_survey():
    page = kp.Survey(pd.DataFrame({"nik": ["3171234567890123"], "u1": [4]}))._repr_html_()
    assert "3171234567890123" not in page
    check_table(page)


def test_numbers_have_four_digits_codes_are_as_they_are():
    table = pd.DataFrame({"year": [2020.0, np.nan], "estimate": [75.69993, -0.000123456], "n": [1329.0, 12345.678], "whole": [10000, 2]})
    page = html_table(table, "Estimates")
    assert '<th scope="row" dir="auto">2020</th><td>75.7</td><td>1,329</td><td>10,000</td>' in page
    assert '<th scope="row" dir="auto"></th><td>-0.0001235</td><td>12,346</td><td>2</td>' in page


def test_facts_are_rows_of_names_and_values():
    page = html_facts({"items": ("a", "b"), "weights": {"a": 0.25}, "scale": None, "top": 2}, "IndexSpec", notes=["<i>"])
    assert "<td>a, b</td>" in page
    assert "<td>a 0.25</td>" in page
    assert "&lt;i&gt;" in page
    check_table(page)


def test_many_columns_are_cut_and_counted():
    page = html_table(pd.DataFrame([range(30)]), "Wide")
    assert "14 more columns; see to_frame()" in page
    check_table(page)
