"""The page: one finding, tables with captions and scopes, escaped text, no script."""

import re
from html.parser import HTMLParser

import pytest

from kepuasan.report.page import render_page
from kepuasan.report.sentences import method_sentences
from kepuasan.report.shown import Voice, finding, shown_tables


class Outline(HTMLParser):
    """Tags and their attributes in order, and the text of each tag of interest."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def svg(tmp_path_factory):
    path = tmp_path_factory.mktemp("figures") / "one.svg"
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg'></svg>", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def page(results, svg):
    return render_page(results, Voice("en"), [("A <caption>", 'alt "text"', svg)])


def count(outline, tag):
    return sum(one == tag for one, _ in outline.tags)


def test_the_page_is_well_formed_with_one_heading_and_its_language(page):
    outline = Outline(page)
    assert outline.open == []
    assert count(outline, "h1") == 1
    assert outline.tags[0] == ("html", {"lang": "en"})
    assert count(outline, "script") == 0


def test_every_table_has_a_caption_and_every_header_cell_a_scope(page, results):
    outline = Outline(page)
    assert count(outline, "table") == count(outline, "caption") == len(shown_tables(results, Voice("en")))
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in outline.tags if tag == "th")


def test_figures_are_carried_by_the_page_with_their_text(page):
    images = [attrs for tag, attrs in Outline(page).tags if tag == "img"]
    assert [image["alt"] for image in images] == ['alt "text"']
    assert images[0]["src"].startswith("data:image/svg+xml;base64,")


def test_text_from_outside_is_escaped(page):
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "A &lt;caption&gt;" in page


def test_the_method_names_rows_weights_rule_scoring_interval_and_source(results):
    text = " ".join(method_sentences(results, Voice("en")))
    for said in (
        "2020: 60; 2022: 60",
        "weight: column w",
        "strata: column region",
        "sampling units: column unit",
        "rule fail",
        "top 2 answers",
        "t intervals of 95 %",
        "made up for tests",
        "kepuasan 0.",
    ):
        assert said in text


def test_a_survey_without_design_says_so(single):
    from dataclasses import replace

    from kepuasan import Design
    from kepuasan.design import bind

    plain = replace(single, design=bind(Design(), single_frame(single)))
    assert "simple random sample" in " ".join(method_sentences(plain, Voice("en")))


def single_frame(results):
    import pandas as pd

    return pd.DataFrame({"speed": range(results.rows["2020"])})


def test_the_finding_never_calls_an_unclear_difference_a_rise_or_a_fall(results):
    assert re.fullmatch(r"Index of 2022 is [\d.]+: a difference of [+-][\d.]+ points from 2020, within sampling error", finding(results, Voice("en")))


def test_the_finding_of_one_wave_is_its_index_with_two_decimals_where_it_is_an_skm(single):
    assert re.fullmatch(
        r"Indeks kepuasan \d\d,\d\d, selang kepercayaan 95 % \d\d,\d\d s\.d\. \d\d,\d\d", finding(single, Voice("id", single.decimals))
    )


def test_printed_parts_add_up_to_the_printed_total(results):
    table = next(one for one in shown_tables(results, Voice("en")) if one.name == "drivers")
    *parts, total = (round(10 * float(row[1])) for row in table.rows)
    assert sum(parts) == total


def test_domains_of_few_answers_carry_a_mark_and_its_meaning(results):
    table = next(one for one in shown_tables(results, Voice("en")) if one.name == "index_by_sex")
    marked = [row for row in table.rows if row[0].endswith("*")]
    assert [row[1] for row in marked] == ["2020", "2022"]
    assert {cell for row in marked for cell in (*row[2:5], row[6])} == {"\N{EN DASH}"}
    assert table.notes == ("* n below 30: not shown.",)
