"""The report of hostile surveys and of almost nothing, in every kind of file: texts stay texts, none is lost or cut, and nothing runs."""

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from kepuasan.errors import DataError, SinglePSUError
from kepuasan.report.cells import plain_text
from kepuasan.report.composing import compose
from kepuasan.report.rendering import RENDERERS, rendered
from kepuasan.report.tables import table_frame, write_csv
from report.hostile_surveys import ITEMS, PLACE, SAME, TEXTS, WAVES, answered, hostile_results, many_domains, one_item, one_stratum, told

#: which bad texts are used as what: items, questions, names of no answer, answers, the column, its values, dimensions, factors, notes, fieldwork,
#: ranked factors, groups, populations, plans, titles
USED = {"I": (0, 3, 4, 5, 6, 7), "Q": (0, 3, 4, 5, 6, 7), "M": (0, 3), "A": range(1, 5), "P": (13,), "V": range(len(TEXTS)), "D": (1, 2, 3)}
USED |= {"F": range(9, 13), "N": range(len(TEXTS)), "W": (0, 1, 13), "R": range(1, 6), "G": range(4), "O": (4, 8), "K": range(24), "T": (0,)}
TAGS = {"html", "head", "meta", "link", "body", "header", "main", "nav", "section", "div", "figure", "figcaption", "img", "title", "style", "p"}
TAGS |= {"h1", "h2", "h3", "dl", "dt", "dd", "ol", "ul", "li", "span", "strong", "a", "details", "summary", "pre", "code"}
TAGS |= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
NAMES = {
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "rel",
    "href",
    "class",
    "dir",
    "id",
    "role",
    "tabindex",
    "scope",
    "rowspan",
    "src",
    "alt",
}
NAMES |= {"aria-labelledby", "translate"}
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def bare(text):
    """A text without what lines and files do to it: blanks, marks where words may be parted, signs that no file holds."""
    return re.sub(r"[\s\u200b]+", "", plain_text(text))


def lost(text, language):
    """Bad texts that do not stand in full in the text of a file."""
    there = bare(text)
    return [f"{kind}{place}" for kind, places in USED.items() for place in places if bare(told(kind, place)[language]) not in there]


@pytest.fixture(scope="module", params=["id", "en"])
def document(request):
    return compose(hostile_results(), request.param)


class Page(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def parts_of(file):
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


# ---------------------------------------------------------------- hostile labels


def test_the_survey_asks_for_every_part_so_that_none_is_left_untried(document):
    assert document.absent == ()
    assert len(document.sections) == 12


def test_no_tag_nor_attribute_of_the_page_comes_from_a_text_and_its_policy_allows_no_script(document):
    page = Page(rendered(document, ".html").decode("utf-8"))
    assert {tag for tag, _ in page.tags} <= TAGS
    assert {name for _, attrs in page.tags for name in attrs} <= NAMES
    policy = next(attrs["content"] for _, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    assert {attrs["href"][:1] for tag, attrs in page.tags if tag == "a"} == {"#"}


def test_no_text_is_lost_in_the_page_and_none_turns_what_follows(document):
    page = rendered(document, ".html").decode("utf-8")
    assert lost(Page(page).text, document.language) == []
    # a label that ends in U+202E showed the index 49,3 as 3,94
    assert not TURNING.search(page)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", page)


def test_the_workbook_holds_no_formula_and_no_link_to_elsewhere(document):
    parts = parts_of(rendered(document, ".xlsx"))
    xml = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    assert not [name for name, root in xml.items() for one in root.iter() if one.tag.endswith(("}f", "}definedFunction", "}ddeLink"))]
    assert not [name for name, part in parts.items() if b'TargetMode="External"' in part or "externalLink" in name]
    assert {name.rpartition(".")[2] for name in parts} == {"xml", "rels"}


def test_every_name_of_a_sheet_is_valid_and_its_own(document):
    names = CalamineWorkbook.from_filelike(io.BytesIO(rendered(document, ".xlsx"))).sheet_names
    assert len({name.casefold() for name in names}) == len(names) == 3 + len(document.tables)
    assert all(0 < len(name.encode("utf-16-le")) <= 62 and not re.search(r"[\[\]:*?/\\]|^'|'$", name) for name in names)


def test_no_text_is_lost_in_the_workbook(document):
    book = CalamineWorkbook.from_filelike(io.BytesIO(rendered(document, ".xlsx")))
    cells = [str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert lost("\n".join(cells), document.language) == []
    assert cells.count(SAME) >= 4
    assert not TURNING.search("".join(cells))


def test_every_part_of_the_document_is_well_formed_and_its_fields_are_our_own(document):
    parts = parts_of(rendered(document, ".docx"))
    roots = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    fields = [one.text.split()[0] for root in roots.values() for one in root.iter() if one.tag.endswith("}instrText")]
    assert set(fields) == {"TOC", "PAGE", "NUMPAGES"}
    assert not [name for name, part in parts.items() if b'TargetMode="External"' in part]


def test_no_text_is_lost_in_the_document(document):
    root = etree.fromstring(parts_of(rendered(document, ".docx"))["word/document.xml"])
    text = "".join(root.itertext())
    assert lost(text, document.language) == []
    assert not TURNING.search(text)


def test_paper_is_set_under_the_standard_on_pages_of_its_own_size(document):
    made = rendered(document, ".pdf")
    sizes = {tuple(int(float(one)) for one in size) for size in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", made)}
    assert sizes == {(595, 841), (841, 595)}


def test_cells_of_csv_files_are_no_formulas_and_hold_every_code_and_label(document, tmp_path):
    cells = []
    for table in document.tables:
        write_csv(table_frame(table), tmp_path / "one.csv")
        with (tmp_path / "one.csv").open(encoding="utf-8", newline="") as lines:
            cells += [cell for row in csv.reader(lines) for cell in row]
    numbers = re.compile(r"-?[\d.]+(e[+-]?\d+)?$")
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@")) and not numbers.match(cell)]
    held = {bare(one) for cell in cells for one in (cell, cell.removeprefix("'"))}
    assert {bare(told("V", place)[document.language]) for place in range(len(TEXTS))} <= held
    assert {bare(name) for name in ITEMS} <= held
    assert {bare(wave) for wave in WAVES} <= held
    assert bare(PLACE) in held


def test_a_figure_that_cuts_a_long_label_has_it_in_full_in_its_words(document):
    spoken = bare("".join(picture.alt for picture in document.pictures))
    assert bare(told("I", 5)[document.language]) in spoken
    assert bare(told("I", 6)[document.language]) in spoken


# ---------------------------------------------------------------- almost nothing

SMALL = {
    "one item, one wave, no strata, no weights": lambda: one_item(answered(40)),
    "too few to be published": lambda: one_item(answered(12)),
    "too few to be told": lambda: one_item(answered(4)),
    "all answers the same": lambda: one_item(answered(40, same=True)),
    "two waves of one stratum": one_stratum,
}


@pytest.mark.parametrize("make", SMALL.values(), ids=SMALL)
def test_a_small_survey_has_a_report_of_every_kind_in_both_languages(make):
    results = make()
    for language in ("id", "en"):
        document = compose(results, language)
        made = {suffix: rendered(document, suffix) for suffix in RENDERERS}
        assert made[".html"].startswith(b"<!DOCTYPE html>")
        assert made[".pdf"].startswith(b"%PDF-1.7")
        assert {"[Content_Types].xml"} <= set(parts_of(made[".docx"])) & set(parts_of(made[".xlsx"]))
        assert not re.search(r"\bnan\b|\bNone\b|\binf\b", Page(made[".html"].decode("utf-8")).text)


def test_sixty_domains_stand_in_every_kind_of_file_none_left_out():
    document = compose(many_domains(), "id")
    league = next(table for table in document.tables if table.name == "league")
    assert len(league.rows) == 60
    text = Page(rendered(document, ".html").decode("utf-8")).text
    assert all(text.count(f"Kabupaten dengan nama panjang {at:02}") >= 2 for at in range(60))
    assert all(rendered(document, suffix) for suffix in (".xlsx", ".docx", ".pdf"))


def test_what_has_no_report_is_refused_in_words():
    with pytest.raises(SinglePSUError, match="one sampled unit only"):
        one_item(answered(1))
    with pytest.raises(DataError, match="nobody answered 'speed'"):
        one_item(answered(40).assign(speed=np.nan))


# ---------------------------------------------------------------- the same bytes elsewhere

HASHES = """
import hashlib, json, sys
sys.path.insert(0, sys.argv[1])
from kepuasan.report.composing import compose
from kepuasan.report.rendering import RENDERERS, rendered
from report.hostile_surveys import one_stratum
document = compose(one_stratum(), "id")
print(json.dumps({suffix: hashlib.sha256(rendered(document, suffix)).hexdigest() for suffix in RENDERERS}))
"""


def test_another_machine_gives_the_same_bytes(tmp_path):
    document = compose(one_stratum(), "id")
    here = {suffix: hashlib.sha256(rendered(document, suffix)).hexdigest() for suffix in RENDERERS}
    other = {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Jayapura",
        "LC_ALL": "C",
        "LANG": "id_ID.UTF-8",
        "HOME": str(tmp_path),
        "USER": "siti",
        "COLUMNS": "40",
    }
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", HASHES, str(root / "tests")],
        env={**os.environ, **other, "PYTHONPATH": str(root)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ran.stdout) == here
