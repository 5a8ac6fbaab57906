"""The page: headings, tables and figures that every reader finds the way in, escaped text, nothing loaded and nothing run."""

import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote

import pytest
from browser.documents import HOSTILE, bare, hostile, small
from hypothesis import given
from hypothesis import strategies as st

from kepuasan.report.document import Code, Document, Paragraph, Section, Table
from kepuasan.report.rendering import rendered
from kepuasan.report.rendering.page import address, page_bytes

TEXT = {"title", "style", "p", "h1", "h2", "dl", "dt", "dd", "ol", "ul", "li", "span", "strong", "a", "details", "summary", "pre", "code"}
TABLES = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
OURS = {"html", "head", "meta", "link", "body", "header", "main", "nav", "section", "div", "figure", "figcaption", "img"} | TEXT | TABLES
EMPTY = {"meta", "link", "img"}


class Outline(HTMLParser):
    """Tags and their attributes in order, the text inside of each kind of tag, and the rows of tables with the place of each cell."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.open, self.texts = [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)
            self.texts.append((tag, []))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open:
            next(text for tag, text in reversed(self.texts) if tag == self.open[-1]).append(data)

    def all(self, *tags):
        return [attrs for tag, attrs in self.tags if tag in tags]

    def text(self, tag):
        return ["".join(parts) for one, parts in self.texts if one == tag]


def outline(document):
    return Outline(page_bytes(document).decode("utf-8"))


def of(*blocks):
    return Document("en", "A survey", "Index of 73.7", (), (Section("change", "The change", blocks),))


DOCUMENTS = [small, hostile, bare]


@pytest.fixture(scope="module", params=DOCUMENTS, ids=lambda make: make.__name__)
def whole(request):
    return outline(request.param("en"))


def test_the_page_is_well_formed_in_its_language_with_one_first_heading_and_none_left_out(whole):
    levels = [int(tag[1]) for tag, _ in whole.tags if re.fullmatch("h[1-6]", tag)]
    assert whole.open == []
    assert whole.tags[0] == ("html", {"lang": "en"})
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_no_tag_nor_attribute_comes_from_a_text(whole):
    assert {tag for tag, _ in whole.tags} <= OURS
    assert not [name for _, attrs in whole.tags for name in attrs if name.startswith("on") or name == "style"]


def test_every_name_of_an_element_is_its_own_and_every_reference_finds_one(whole):
    ids = Counter(attrs["id"] for _, attrs in whole.tags if "id" in attrs)
    named = [attrs["aria-labelledby"] for _, attrs in whole.tags if "aria-labelledby" in attrs]
    links = [attrs["href"] for attrs in whole.all("a")]
    assert set(ids.values()) == {1}
    assert set(named) <= set(ids)
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert links[0] == "#report"


def test_every_table_has_a_caption_every_header_a_scope_and_every_scrolling_region_a_name(whole):
    assert len(whole.all("table")) == len(whole.all("caption"))
    assert all(attrs.get("scope") in ("col", "row", "rowgroup") for attrs in whole.all("th"))
    regions = [attrs for attrs in whole.all("div", "pre") if "tabindex" in attrs]
    assert [attrs["role"] for attrs in regions].count("region") == len(whole.all("table"))
    assert len(regions) == len(whole.all("table", "pre", "img"))
    assert all(attrs["tabindex"] == "0" and attrs["role"] in ("region", "group") and attrs["aria-labelledby"] for attrs in regions)


def test_the_contents_name_every_section_and_the_parts_that_are_absent_come_last_with_their_reasons():
    page = outline(small("en"))
    assert page.text("a")[1:] == ["Perubahan indeks", "Jawaban", "Peringkat", "Kode untuk auditor", "Parts that are not available"]
    assert [attrs["id"] for attrs in page.all("section")] == ["change", "answers", "league", "audit", "absent"]
    assert page.text("dt")[-1] == "Kelompok rentan"
    assert page.text("dd")[-1] == "Resep tidak menyebut [[groups]]."


def test_a_report_without_parts_has_neither_contents_nor_a_list_of_absent_parts():
    page = outline(bare())
    assert [page.all(tag) for tag in ("nav", "section", "dl")] == [[], [], []]
    assert page.text("title") == ["Indeks kepuasan 73,7"]


def test_neighbouring_rows_that_share_their_first_header_have_it_once():
    rows = (("Speed", "2020", "1"), ("Speed", "2022", "2"), ("Ease", "2020", "3"))
    page = outline(of(Table("items", "Items", ("Item", "Wave", "Score"), rows, heads=2)))
    spans = [(attrs["scope"], attrs.get("rowspan")) for attrs in page.all("th")[3:]]
    assert spans == [("rowgroup", "2"), *[("row", None)] * 4]
    assert page.text("th")[3:] == ["Speed", "2020", "2022", "Ease", "2020"]
    assert page.text("td") == ["1", "2", "3"]


def test_items_of_the_same_name_are_not_run_together():
    rows = (("", "2020", "1"), ("", "2022", "2"), ("", "2020", "3"), ("", "2022", "4"))
    page = outline(of(Table("items", "Items", ("Item", "Wave", "Score"), rows, heads=2)))
    assert [attrs["rowspan"] for attrs in page.all("th") if "rowspan" in attrs] == ["2", "2"]


def test_the_last_row_is_the_total_where_there_is_one():
    rows = (("a", "1"), ("b", "2"), ("Total", "3"))
    pages = [outline(of(Table("t", "T", ("", "x"), rows, total=total))) for total in (True, False)]
    assert [[attrs.get("class") for attrs in page.all("tr")] for page in pages] == [[None, None, None, "total"], [None] * 4]


def test_a_short_text_of_a_figure_is_its_alternative_and_a_long_one_stands_below_it():
    pictures = small("en").pictures
    page = outline(small("en"))
    assert [len(one.alt) > 160 for one in pictures] == [False, True]
    assert [attrs["alt"] for attrs in page.all("img")] == [pictures[0].alt, "Nilai setiap butir. It is told in words below the figure."]
    assert pictures[1].alt in page.text("p")
    assert page.text("summary") == ["This figure in words"]


def test_a_figure_in_the_page_is_the_figure_itself():
    for picture, attrs in zip(small().pictures, outline(small()).all("img"), strict=True):
        assert unquote(attrs["src"].removeprefix("data:image/svg+xml,")) == " ".join(picture.svg.decode("utf-8").split())


@given(st.text())
def test_an_address_of_a_picture_never_ends_its_attribute_and_gives_the_picture_back(text):
    made = str(address(text.encode("utf-8", "replace")))
    assert re.fullmatch(r"[^\"<>&#\s]*( [^\"<>&#\s]+)*", made)
    assert unquote(made.removeprefix("data:image/svg+xml,")) == " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def test_the_page_allows_its_own_style_and_carried_pictures_alone(whole):
    style = whole.text("style")[0]
    policy = next(attrs["content"] for attrs in whole.all("meta") if attrs.get("http-equiv") == "Content-Security-Policy")
    known = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    assert policy == f"default-src 'none'; style-src 'sha256-{known}'; img-src data:; base-uri 'none'; form-action 'none'"
    assert "url(" not in style
    assert "@import" not in style
    assert all(attrs["src"].startswith("data:") for attrs in whole.all("img"))


def test_texts_that_look_like_code_are_shown_as_they_are():
    page = outline(hostile())
    shown = set(page.text("td") + page.text("th") + page.text("code") + page.text("dd"))
    assert set(HOSTILE) <= shown


def test_no_line_parts_a_number_from_its_percent_sign_nor_two_limits_and_code_is_left_alone():
    page = outline(of(Paragraph("75,7 % (\N{MINUS SIGN}1,2 s.d. +3,4; 2 to 3) of 5 towns, up to 9"), Code("R", "5 %in% x\n  y")))
    held = "75,7_% (\N{MINUS SIGN}1,2_s.d._+3,4; 2_to_3) of 5 towns, up to 9".replace("_", "\N{NO-BREAK SPACE}")
    assert held in page.text("p")
    assert page.text("code") == ["5 %in% x\n  y"]


def test_code_is_named_by_its_language_and_kept_from_translators():
    page = outline(of(Code("stata", "svy: mean x")))
    assert page.text("figcaption") == ["Stata code"]
    assert [(attrs["translate"], attrs["dir"]) for attrs in page.all("pre")] == [("no", "ltr")]


def test_a_letter_that_no_file_can_hold_is_shown_as_a_question_mark():
    assert "a?b" in outline(of(Paragraph("a\ud800b"))).text("p")


def test_the_same_document_gives_the_same_bytes():
    assert rendered(small("id"), ".html") == rendered(small("id"), ".html")
