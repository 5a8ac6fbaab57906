"""Pages as people meet them: no barrier that axe-core knows, on a screen and on paper, on a telephone and on a desk, by keyboard, enlarged.

Nothing runs and nothing is loaded.
"""

import json
import re
from pathlib import Path

import pytest
from browser import surveys
from browser.documents import bare, hostile, small
from browser.driver import Browser, absent, axe

from kepuasan import Design, crosstab, driver_importance, load_sample, mean, satisfaction_index, skm
from kepuasan.report import publication_sheet
from kepuasan.report.rendering import rendered

pytestmark = pytest.mark.skipif(bool(absent()), reason=absent() or "all is there")

LANGUAGES = ("id", "en")
MADE = {"small": small, "hostile": hostile, "bare": bare, **surveys.REPORTS}
REPORTS = [*MADE]
PAGES = [*REPORTS, "sheet"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
#: dots between the margins of a sheet of A4
A4 = 688
#: what the page tells of itself: how much wider it is than the window
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    opened = Browser(tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The path of a page by its name and language; each is made once."""
    folder, made = tmp_path_factory.mktemp("pages"), {}

    def path(name, language):
        if (name, language) not in made:
            made[name, language] = written(name, language, folder / f"{name}.{language}.html")
        return made[name, language]

    return path


def written(name, language, path):
    if name == "sheet":
        return publication_sheet(skm(load_sample("skm")), path, agency="Dinas Contoh", period="2025", language=language)
    path.write_bytes(rendered(MADE[name](language), ".html"))
    return path


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """The path of a page with a result of every room, as a light or a dark notebook shows them."""
    survey = load_sample("users", 2022)
    index, estimates = satisfaction_index(survey), mean(survey, ["response_speed", "fairness"], by="sex")
    drivers = driver_importance(survey, "overall", ["response_speed", "answer_quality"])
    results = [survey, survey.codebook, Design(weight="weight"), index.spec, index, estimates, crosstab(survey, "sex", "education"), drivers]
    results += [skm(load_sample("skm")), surveys.labels_results()]
    folder = tmp_path_factory.mktemp("notebook")

    def path(colours):
        file = folder / f"{colours.replace('; ', '-').replace(': ', '-').replace('#', '')}.html"
        shown = "".join(f"<div>{one._repr_html_()}</div>" for one in results)
        head = f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Notebook</title></head><body style='{colours}'>"
        file.write_text(f"{head}<main><h1>Notebook</h1>{shown}</main></body></html>", encoding="utf-8")
        return file

    return path


@pytest.mark.parametrize("colours", ["color: #111; background: #fff", "color: #d4d4d4; background: #1e1e1e"])
@pytest.mark.parametrize("width", [360, 1280])
def test_results_in_a_notebook_break_no_rule_in_the_light_and_in_the_dark(browser, notebook, width, colours):
    browser.show(notebook(colours), width=width)
    assert browser.run("document.querySelectorAll('table').length") >= 10
    assert barriers(browser)["violations"] == []
    assert browser.run(BEYOND) == 0


def barriers(browser):
    """What axe-core finds: rules broken, and rules of which it cannot tell, with the first places."""
    browser.run(Path(axe()).read_text(encoding="utf-8"))
    found = browser.run(f"axe.run(document, {{runOnly: {{type: 'tag', values: {json.dumps(RULES)}}}, resultTypes: ['violations', 'incomplete']}})")
    return {kind: [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found[kind]] for kind in ("violations", "incomplete")}


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_no_rule_of_accessibility_is_broken(browser, page, name, language, width, media):
    browser.show(page(name, language), width=width, media=media)
    assert barriers(browser)["violations"] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["small", "bare"])
def test_where_all_is_in_sight_nothing_is_left_undecided(browser, page, name, language):
    browser.show(page(name, language))
    assert barriers(browser) == {"violations": [], "incomplete": []}


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_its_window(browser, page, name, width):
    browser.show(page(name, "id"), width=width)
    assert browser.run(BEYOND) == 0


@pytest.mark.parametrize("width", [360, 640, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_text_of_twice_the_size_and_wider_set_flows_anew(browser, page, name, width):
    browser.show(page(name, "id"), width=width)
    before = browser.run("document.body.offsetHeight")
    spaced = "* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important }"
    browser.run(f"document.documentElement.style.fontSize = '200%'; document.styleSheets[0].insertRule('{spaced}')")
    cut = "[...document.querySelectorAll('h1, h2, p, dt, dd, li, figcaption, caption')].filter(one => one.scrollWidth > one.clientWidth + 1).length"
    assert browser.run("document.body.offsetHeight") > before
    assert browser.run(BEYOND) == 0
    assert browser.run(cut) == 0


@pytest.mark.parametrize("name", PAGES)
def test_on_paper_no_table_is_cut_and_heads_are_repeated(browser, page, name):
    browser.show(page(name, "id"), width=A4, media="print")
    assert browser.run(BEYOND) == 0
    heads = browser.run("[...document.querySelectorAll('thead')].map(one => getComputedStyle(one).display)")
    assert set(heads) <= {"table-header-group"}
    assert browser.run("[...document.querySelectorAll('.wide, pre')].filter(one => getComputedStyle(one).overflowX != 'visible').length") == 0


FOCUSED = """(() => {
  const one = document.activeElement, place = one.getBoundingClientRect(), style = getComputedStyle(one);
  return {tag: one.tagName, href: one.getAttribute('href'), name: one.getAttribute('aria-labelledby'), order: everything.indexOf(one),
          seen: place.bottom > 0 && place.top < innerHeight && place.right > 0 && place.left < innerWidth,
          ring: style.outlineStyle != 'none' && parseFloat(style.outlineWidth) >= 2};
})()"""


@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_goes_from_the_skip_link_to_the_contents_and_on_through_every_region_in_order_and_is_always_seen(browser, page, width):
    browser.show(page("small", "id"), width=width)
    stops = browser.run("everything = [...document.querySelectorAll('*')]; document.querySelectorAll('a[href], [tabindex=\"0\"], summary').length")
    passed = []
    for _ in range(stops):
        browser.press("Tab")
        passed.append(browser.run(FOCUSED))
    assert [one["href"] for one in passed[:6]] == ["#report", "#change", "#answers", "#league", "#audit", "#absent"]
    assert [one["tag"] for one in passed[6:]] == ["DIV", "DIV", "DIV", "SUMMARY", "DIV", "DIV", "PRE"]
    assert [one["order"] for one in passed] == sorted({one["order"] for one in passed})
    assert all(one["seen"] and one["ring"] for one in passed)


def test_the_skip_link_leads_to_the_report(browser, page):
    browser.show(page("small", "id"))
    browser.press("Tab")
    browser.press("Enter")
    assert browser.run("document.activeElement.id") == "report"
    browser.press("Tab")
    assert browser.run("document.activeElement.closest('section').id") == "change"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_no_script_runs_and_no_request_leaves_the_page(browser, page, name, language):
    file = page(name, language)
    browser.show(file)
    assert browser.run("document.scripts.length") == 0
    assert {one for one in browser.requests() if not one.startswith("data:image/svg+xml,")} <= {file.as_uri(), "data:,"}
    assert browser.complaints() == []
    assert not [one for one in browser.events if one["method"] == "Page.javascriptDialogOpening"]
    assert browser.run("[...document.images].filter(one => !one.complete || one.naturalWidth == 0).length") == 0


def test_a_script_or_a_picture_that_got_in_would_be_held_back(browser, page):
    browser.show(page("small", "id"))
    browser.run("script = document.createElement('script'); script.textContent = 'window.ran = 1'; document.body.append(script)")
    browser.run("new Promise(end => { one = new Image(); one.onload = one.onerror = end; one.src = 'http://192.0.2.1/x.png' })")
    assert browser.run("window.ran === undefined")
    assert len(browser.complaints()) == 2
    assert all("Content Security Policy" in one for one in browser.complaints())


def test_the_page_stays_light_where_dark_pages_are_preferred(browser, page):
    browser.show(page("small", "id"), dark=True)
    assert browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert barriers(browser) == {"violations": [], "incomplete": []}


def test_the_page_is_printed_on_a4(browser, page, tmp_path):
    browser.show(page("small", "id"))
    browser.paper(tmp_path / "page.pdf")
    sizes = re.findall(rb"/MediaBox \[0 0 ([.\d]+) ([.\d]+)", (tmp_path / "page.pdf").read_bytes())
    assert sizes
    assert all((float(wide), float(high)) == pytest.approx((595.3, 841.9), abs=1) for wide, high in sizes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_whole_sample_is_below_a_megabyte(page, language):
    assert page("sample", language).stat().st_size < 1_000_000
