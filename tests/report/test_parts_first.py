"""The first page of a report: finding, cards, change, answers, league and map."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from display.extents import check_apart

from kepuasan import Codebook, Design, IndexSpec, Survey, load_sample, proportion, rake, satisfaction_index, stack_waves
from kepuasan.cli.summary import WIDTH, summary_lines
from kepuasan.codebook import AnswerScale, Driver, Item
from kepuasan.display.numbers import NONE
from kepuasan.report import Fieldwork, ReportRequest, Suppression, gather_results
from kepuasan.report.document import Absent, Listing, Paragraph, Picture, Table
from kepuasan.report.parts.answers import answers_part
from kepuasan.report.parts.change import change_part
from kepuasan.report.parts.headline import cards, finding
from kepuasan.report.parts.league import league_part
from kepuasan.report.voice import Voice
from kepuasan.scales import Scale

LONG = "Pertanyaan " + "sangat panjang " * 20
LABELS = {"a": "<script>alert(1)</script>", "b": '=HYPERLINK("x")', "c": LONG, "d": "مرحبا بالعالم", "e": "\U0001f600 $x$ $y$", "f": ""}
AGENCIES = {"A0": LABELS["d"], "A1": LONG, "A2": "", "A3": LABELS["e"]}
#: indices of the sample, by users and wave
SAMPLE = {"2020": "75.7", "2021": "72.3", "2022": "73.7"}


def voice(language="en", decimals=1):
    return Voice(language, decimals, "\N{MINUS SIGN}")


def blocks(section, kind):
    return [block for block in section.blocks if isinstance(block, kind)]


def table(section, name):
    return next(block for block in blocks(section, Table) if block.name == name)


def picture(section, name):
    return next(block for block in blocks(section, Picture) if block.name == name)


def said(section):
    return " ".join(block.text for block in blocks(section, Paragraph))


def answers(n, seed, agencies):
    """Answers to six items, the last of them from 0 to 13, of people of some agencies and provinces."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({item: rng.integers(1, 5, n) for item in "abcde"})
    places = {"agency": rng.choice(agencies, n), "province": rng.choice([91, 94, 11, 51, 34, 99], n)}
    return frame.assign(f=rng.integers(0, 14, n), **places)


@pytest.fixture(scope="module")
def hostile_book():
    items = {name: Item(name, label, scale="long" if name == "f" else "four", dimension="d") for name, label in LABELS.items()}
    items["agency"] = Item("agency", LONG, type="text", values=AGENCIES)
    scales = {
        "four": AnswerScale("four", Scale(1, 4, (1, 2, 3, 4)), {1: "<b>", 2: LONG, 3: "", 4: LABELS["d"]}),
        "long": AnswerScale("long", Scale(0, 13)),
    }
    drivers = {"x": Driver("x", LONG, ("a", "b")), "y": Driver("y", "", ("c",))}
    index = {"items": list(LABELS), "scoring": "minmax"}
    return Codebook(items, scales=scales, dimensions={"d": LONG}, index=index, drivers=drivers)


@pytest.fixture(scope="module")
def hostile(hostile_book):
    agencies = [f"A{place}" for place in range(60)]
    waves = {f"w{seed}": Survey(answers(4000, seed, agencies), hostile_book) for seed in (1, 2)}
    return gather_results(stack_waves(waves), ReportRequest(("w1", "w2"), title=LONG, league="agency", provinces="province"))


def small(n, **more):
    """One wave of few people, asked two items."""
    survey = Survey(answers(n, 1, ["A0", "A1", "A2"])[["a", "b", "agency"]])
    return gather_results(survey, ReportRequest(("2024",), spec=IndexSpec(["a", "b"], scale=(1, 4)), league="agency", **more))


# ---------------------------------------------------------------- finding and cards


def test_the_finding_never_calls_an_unclear_difference_a_rise_or_a_fall(results):
    text = finding(results, voice())
    assert re.fullmatch(r"Index of 2022 is [\d.]+: a difference of [+\N{MINUS SIGN}][\d.]+ points from 2020, within sampling error", text)


def test_a_difference_beyond_sampling_error_is_a_rise_or_a_fall(sample_results):
    """75.7 to 72.3 has an interval of -6.2 to -0.6; the other way round it is a rise."""
    survey = load_sample("users")
    for change, expected in {("2020", "2021"): "down 3.4 points from 2020", ("2021", "2020"): "up 3.4 points from 2021"}.items():
        tree = gather_results(survey, ReportRequest(("2020", "2021", "2022"), change=change, frame="region"))
        assert expected in finding(tree, voice())
        assert finding(tree, voice()).endswith("beyond sampling error")
        assert cards(tree, voice())[1].details[-1] == "Beyond sampling error"


def test_the_finding_of_one_wave_is_its_index_with_two_decimals_where_it_is_an_skm(single):
    text = finding(single, voice("id", single.decimals))
    assert re.fullmatch(r"Indeks kepuasan \d\d,\d\d, selang kepercayaan 95 % \d\d,\d\d s\.d\. \d\d,\d\d", text)


@pytest.mark.parametrize(("n", "counted"), [(25, "25"), (8, "8")])
def test_an_index_of_few_answers_is_not_published_but_its_n_is_and_the_finding_says_so(n, counted):
    # n 8 was a dash in cards and table, while fieldwork and the rows at each step told it
    tree = small(n)
    assert finding(tree, voice()) == "The index of 2024 is not published: fewer than 30 answers"
    index, change, count, response = cards(tree, voice())
    assert (index.value, index.details) == (NONE, ("Not published: fewer than 30 answers",))
    assert (change.value, change.details) == (NONE, ("Not available: there is one wave only",))
    assert count.value == counted
    shown = table(change_part(tree, voice()), "index")
    assert shown.rows[0][:5] == ("2024*", NONE, NONE, NONE, counted)
    assert shown.frame["n"].tolist() == [n]
    assert shown.notes == ("* Fewer than 30 answers: too few for a reliable number. Only n is shown.",)
    assert (response.value, response.details[0][:14]) == (NONE, "Not available:")


def test_a_base_of_few_answers_hides_the_change_in_every_place(hostile_book):
    waves = {"w1": Survey(answers(20, 1, ["A0"]), hostile_book), "w2": Survey(answers(300, 2, ["A0"]), hostile_book)}
    tree = gather_results(stack_waves(waves), ReportRequest(("w1", "w2")))
    assert "not published, as w1 has fewer than 30 answers" in finding(tree, voice())
    assert cards(tree, voice())[1].value == NONE
    section = change_part(tree, voice())
    assert [one.name for one in blocks(section, Table)] == ["index", "differences"]
    assert not blocks(section, Picture)
    row = table(section, "differences").rows[0]
    assert row == ("w1 to w2*", *(NONE,) * 5, "20 / 300", "20 / 300")
    assert table(section, "differences").frame["estimate"].isna().all()


def test_a_difference_without_a_standard_error_is_not_tested():
    """Everybody gives the same answer, so that no standard error is left."""
    frame = pd.DataFrame({"a": [3] * 40})
    waves = {"1": Survey(frame), "2": Survey(frame + 1)}
    tree = gather_results(stack_waves(waves), ReportRequest(("1", "2"), spec=IndexSpec(["a"], scale=(1, 4))))
    assert finding(tree, voice()) == (
        "Index of 2 is 100.0: the difference of +33.3 points from 1 is not tested, as its standard error cannot be computed"
    )
    assert cards(tree, voice())[1].details == ("Not tested: its standard error cannot be computed",)
    section = change_part(tree, voice())
    assert "is not tested because its standard error cannot be computed" in said(section)
    assert table(section, "change_by_item").rows[-1] == ("Total", "+33.3", NONE, NONE, "not tested because its standard error cannot be computed")
    assert table(section, "differences").rows[0][2:6] == (NONE,) * 4


def test_the_cards_are_index_change_counts_and_response(sample_results):
    index, change, count, response = cards(sample_results, voice())
    assert (index.label, index.value, index.details) == ("Index 2022", "73.7", ("95 % interval: 71.9 to 75.5",))
    assert (change.label, change.value) == ("Change 2020 to 2022", "\N{MINUS SIGN}2.0 points")
    assert change.details == ("95 % interval: \N{MINUS SIGN}4.6 to 0.6", "Within sampling error")
    assert (count.value, count.details) == ("1,210", ("Effective n: 875",))
    assert (response.label, response.value, response.details[0]) == ("Response rate 2022", "58.9 %", "AAPOR RR1")


def test_the_response_rate_is_that_of_the_current_wave_with_its_definition(sample_results):
    """600 of 1,000 cases; of 1,150 whose eligibility is known 920 are eligible, so RR3 = 600 / (920 + 0.8 x 80) = 0.6098."""
    counts = {"I": 600, "P": 50, "R": 150, "NC": 100, "O": 20, "UH": 60, "UO": 20, "NE": 230}
    request = ReportRequest(("2020", "2022"), frame="region", fieldwork={"2022": Fieldwork(counts), "2020": Fieldwork({**counts, "I": 1})})
    card = cards(gather_results(load_sample("users"), request), voice())[3]
    assert card.value == "60.0 %"
    assert card.details == ("AAPOR RR1", "RR3: 61.0 %, where 80 % of the unknown cases are taken as eligible")


# ---------------------------------------------------------------- the change


def test_the_index_of_every_wave_stands_in_its_table_with_n_and_interval(sample_results):
    rows = table(change_part(sample_results, voice()), "index").rows
    assert {row[0]: row[1] for row in rows} == SAMPLE
    assert rows[0] == ("2020", "75.7", "0.91", "73.9 to 77.5", "1,329", "896")


def test_one_wave_has_the_index_table_alone(single):
    section = change_part(single, voice())
    assert section.heading == "Index"
    assert [type(block).__name__ for block in section.blocks] == ["Table"]
    assert table(section, "index").rows[0][0] == "2020"


@pytest.mark.parametrize("name", ["change_by_driver", "change_by_item"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_printed_parts_add_up_to_the_printed_total(sample_results, name, language):
    shown = table(change_part(sample_results, voice(language)), name)
    *parts, total = (round(10 * float(row[1].replace(",", ".").replace("\N{MINUS SIGN}", "-"))) for row in shown.rows)
    assert sum(parts) == total == -20
    assert shown.frame["estimate"].iloc[:-1].sum() == pytest.approx(shown.frame["estimate"].iloc[-1])
    assert len(shown.frame) == len(shown.rows)


def test_the_frame_part_comes_first_and_every_part_is_said_to_be_beyond_or_within_sampling_error(sample_results):
    section = change_part(sample_results, voice())
    shown = table(section, "change_by_driver")
    assert shown.rows[0][0] == "Difference of frame"
    for row, frame in zip(shown.rows, shown.frame.to_dict("records"), strict=True):
        beyond = frame["ci_low"] > 0 or frame["ci_high"] < 0
        assert row[4] == ("beyond sampling error" if beyond else "within sampling error")
        assert beyond == (frame["p_value"] < 0.05)
    sentence = next(block.text for block in blocks(section, Paragraph) if block.text.startswith("By the 95 %"))
    beyond, within = sentence.removesuffix(".").split("; ")
    assert beyond.endswith("beyond sampling error: Disposition accuracy (\N{MINUS SIGN}0.8)")
    assert "Response speed" in within
    assert "Difference of frame" in within
    assert picture(section, "waterfall").alt.index("Difference of frame") < picture(section, "waterfall").alt.index("Disposition accuracy")


def test_serious_findings_on_comparability_are_told_in_both_languages(sample_results):
    for language, terms in {"en": ["Frame", "Mix of respondents"], "id": ["Kerangka sampel", "Susunan responden"]}.items():
        listing = blocks(change_part(sample_results, voice(language)), Listing)[0]
        assert [term for term, _ in listing.terms] == terms
    frame, mix = (text for _, text in blocks(change_part(sample_results, voice()), Listing)[0].terms)
    assert frame.startswith("Survey region: 37 groups were asked in 2020, 6 in 2022; 87.6 % of one wave's weight")
    assert "Sex (0.46)" in mix


def findings(*rows):
    names = ("aspect", "severity", "item", "base", "current", "size")
    return pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows])


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_aspect_of_comparability_has_its_words(results, language):
    found = findings(
        ("frame", "serious", "region", 4, 6, 12.5),
        ("mode", "serious", "", "telepon", "daring", 1.0),
        ("scale", "serious", "", "top = 1", "top = 2", 1.0),
        ("scale", "serious", "speed", 4, 5, 1.0),
        ("wording", "serious", "speed", "a", "b", 0.4),
        ("wording", "serious", "updates", "a", "b", 0.4),
        ("mix", "serious", "sex", 80.2, 59.5, -0.463),
        ("missingness", "serious", "speed", 1.0, 8.5, 7.5),
        ("invariance", "serious", "", 1.0, 2.0, 9.0),
        ("invariance", "serious", "updates", 0.5, 0.8, 0.3),
        ("mix", "minor", "region", 1.0, 2.0, 0.1),
    )
    section = change_part(replace(results, comparability=found), voice(language))
    texts = dict(blocks(section, Listing)[0].terms)
    assert len(texts) == 7
    joined = " ".join(texts.values())
    numbers = {"id": ("12,5", "(0,46)", "(+7,5)"), "en": ("12.5", "(0.46)", "(+7.5)")}[language]
    for part in (*numbers, "telepon", "daring", "top = 1", {"id": "Kecepatan; Kabar", "en": "Speed; Updates"}[language]):
        assert part in joined
    assert "{" not in joined


def test_no_serious_finding_and_no_examination_are_said_so(results):
    none = findings(("mix", "minor", "sex", 1.0, 2.0, 0.1))
    assert "no serious difference was found" in said(change_part(replace(results, comparability=none), voice()))
    failed = replace(results, comparability=None, failed={"comparability": "a lone unit"})
    assert "could not be examined: a lone unit" in said(change_part(failed, voice()))


# ---------------------------------------------------------------- answers


def test_shares_are_those_of_the_library_in_percent(sample_results):
    shown = table(answers_part(sample_results, voice()), "answers")
    expected = proportion(load_sample("users"), "response_speed", by="wave").to_frame()
    expected = expected[expected["wave"] == "2022"]
    own = shown.frame[shown.frame["item"] == "response_speed"]
    # the caption said percent above cells such as 0.0234 of the sheet
    assert own["share"].tolist() == pytest.approx(expected["estimate"].tolist())
    assert shown.caption == "Answers to each item, 2022"
    assert shown.header[2] == "Percent"
    assert own["answer"].tolist() == ["Very dissatisfied", "Dissatisfied", "Satisfied", "Very satisfied"]
    cells = [row for row in shown.rows if row[0] == "Response speed"]
    assert [row[2] for row in cells] == [f"{100 * share:.1f}" for share in expected["estimate"]]
    assert {row[5] for row in cells} == {f"{expected['n'].iloc[0]:,.0f}"}


def test_bars_begin_with_the_item_of_the_lowest_score(sample_results):
    drawn = picture(answers_part(sample_results, voice()), "answers")
    names = [tick.get_text() for tick in drawn.axes.get_yticklabels()]
    items = sample_results.index.items[{"wave": "2022"}].to_frame().sort_values("estimate")["item"]
    assert names == [sample_results.item_labels("en")[item] for item in items]


def test_a_reverse_item_ends_with_its_best_answer():
    items = {name: Item(name, name, scale="s", reverse=name == "b") for name in "ab"}
    book = Codebook(items, scales={"s": AnswerScale("s", Scale(1, 4, (1, 2, 3, 4)), {1: "never", 2: "seldom", 3: "often", 4: "always"})})
    tree = gather_results(Survey(answers(60, 1, ["A0"])[["a", "b"]], book), ReportRequest(("1",), spec=IndexSpec(["a", "b"])))
    section = answers_part(tree, voice())
    legends = [[text.get_text() for text in one.axes.get_legend().get_texts()] for one in blocks(section, Picture)]
    assert sorted(legends) == [["always", "often", "seldom", "never"], ["never", "seldom", "often", "always"]]


def test_items_whose_answers_have_other_names_share_a_figure_of_codes():
    items = {name: Item(name, name, scale=name) for name in "ab"}
    scales = {name: AnswerScale(name, Scale(1, 4, (1, 2, 3, 4)), {1: f"{name} bad", 4: f"{name} good"}) for name in "ab"}
    tree = gather_results(
        Survey(answers(60, 1, ["A0"])[["a", "b"]], Codebook(items, scales=scales)), ReportRequest(("1",), spec=IndexSpec(["a", "b"]))
    )
    section = answers_part(tree, voice())
    assert [text.get_text() for text in picture(section, "answers").axes.get_legend().get_texts()] == ["1", "2", "3", "4"]
    assert "the figure shows codes" in said(section)
    assert table(section, "answers").rows[0][1] == "a bad"


def test_labels_of_missing_answers_alone_are_no_other_names():
    # "Items have answers of other names" was said of answers 1 to 4 without names, as 9 was called "refused"
    items = {name: Item(name, name, scale="s", missing={9: "a refused" if name == "a" else "b refused"}) for name in "ab"}
    book = Codebook(items, scales={"s": AnswerScale("s", Scale(1, 4, (1, 2, 3, 4)))})
    frame = answers(60, 1, ["A0"])[["a", "b"]]
    frame.loc[0, "a"] = 9
    section = answers_part(gather_results(Survey(frame, book), ReportRequest(("1",), spec=IndexSpec(["a", "b"]))), voice())
    assert [text.get_text() for text in picture(section, "answers").axes.get_legend().get_texts()] == ["1", "2", "3", "4"]
    assert "the figure shows codes" not in said(section)


@pytest.mark.parametrize(("n", "count"), [(25, "25"), (8, NONE)])
def test_shares_of_few_answers_are_not_shown_nor_which_answers_there_are(n, count):
    section = answers_part(small(n), voice())
    shown = table(section, "answers")
    mark = "*" if n == 25 else "**"
    assert shown.rows == tuple((f"{item}{mark}", *(NONE,) * 4, count, count) for item in "ab")
    assert shown.frame["category"].isna().all()
    assert shown.frame["share"].isna().all()
    assert len(shown.notes) == 1
    assert not blocks(section, Picture)


def test_items_with_many_answers_are_named_and_not_drawn(hostile):
    section = answers_part(hostile, voice())
    assert "more than 11 answers" in said(section)
    assert said(section).endswith(": f.")
    assert len(picture(section, "answers").axes.get_yticks()) == 5


# ---------------------------------------------------------------- league and map


def test_the_league_is_in_the_order_of_ranks_with_their_ranges(sample_results):
    section = league_part(sample_results, voice())
    shown = table(section, "league")
    score = satisfaction_index(load_sample("users").where("wave == '2022'"), by="region").score
    assert [row[1] for row in shown.rows] == [f"{value:.1f}" for value in sorted(score.value, reverse=True)]
    assert [row[6] for row in shown.rows] == ["1", "2", "3", "4", "5", "6"]
    assert {row[7] for row in shown.rows} == {"1 to 6"}
    assert said(section).startswith("Which is of rank 1 is not certain: 6 of the 6 may hold it.")
    assert shown.frame["rank"].tolist() == [1, 2, 3, 4, 5, 6]
    assert picture(section, "league").alt.count("rank") == 6


def test_a_long_league_is_drawn_by_its_two_ends_and_says_so(hostile):
    section = league_part(hostile, voice())
    drawn = picture(section, "league")
    assert len(table(section, "league").rows) == 60
    assert len(drawn.axes.get_yticks()) == 30
    assert "The figure has the first 15 and the last 15 of 60 rows." in drawn.caption
    assert "30 rows in between are in the table" in [text.get_text() for text in drawn.axes.texts]


def test_rows_of_few_answers_have_no_rank_and_no_tile(sample_request):
    survey = load_sample("users").where("wave == '2022'")
    request = replace(sample_request, waves=("2022",), suppression=Suppression(publication=240, disclosure=150), against=None, groups=(), domains=())
    section = league_part(gather_results(survey, request), voice())
    shown = {row[0]: row for row in table(section, "league").rows}
    hidden = {name: row for name, row in shown.items() if name.endswith("*")}
    assert len(hidden) == 5
    assert {row[6:] for row in hidden.values()} == {(NONE, NONE)}
    assert shown["Badung Regency**"][1:] == (NONE,) * 7
    assert shown["West Sumatra"][6] == "1"
    assert "not shown, too few answers" in picture(section, "provinces").alt


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_tile_that_protects_another_is_not_said_to_have_too_few_answers(language):
    # Bali with 46 was said to have too few answers, as is true of Aceh with 4 alone
    frame = pd.DataFrame({"a": np.resize([1, 2, 3, 4, 4], 150), "province": np.repeat([51, 11, 34], [46, 4, 100])})
    tree = gather_results(Survey(frame), ReportRequest(("1",), spec=IndexSpec(["a"], scale=(1, 4)), provinces="province"))
    drawn = picture(league_part(tree, voice(language)), "provinces")
    few, protects = {
        "id": ("tidak ditampilkan, jawaban terlalu sedikit", "tidak ditampilkan, melindungi angka lain"),
        "en": ("not shown, too few answers", "not shown, protects another number"),
    }[language]
    assert f"Aceh: {few}" in drawn.alt
    assert f"Bali: {protects}" in drawn.alt
    legend = [text.get_text() for text in drawn.axes.get_legend().get_texts()]
    assert legend[-3:-1] == [f"** {few}", f"*** {protects}"]
    check_apart(drawn.axes)


def test_the_map_has_every_province_that_is_known_and_names_the_others(hostile):
    section = league_part(hostile, voice())
    alt = picture(section, "provinces").alt
    for name in ("Aceh", "Bali", "DI Yogyakarta"):
        assert re.search(rf"{name}: \d\d\.\d \(", alt)
    assert "Not known as provinces and not on the map: 99." in said(section)
    assert "The codes 91; 94 are other provinces by BPS" in said(section)
    assert {row[0]: row[1] for row in table(section, "provinces").rows} == {"11": "AC", "34": "YO", "51": "BA", "91": NONE, "94": NONE, "99": NONE}


def test_a_league_of_provinces_has_one_table(sample_request):
    survey = load_sample("users").where("wave == '2020'")
    request = ReportRequest(("2020",), league="province", provinces="province")
    section = league_part(gather_results(survey, request), voice("id"))
    assert [one.name for one in blocks(section, Table)] == ["league"]
    assert [one.name for one in blocks(section, Picture)] == ["league", "provinces"]
    assert "Papua dan Papua Barat: dengan batas yang dipakai data" in said(section)


def test_a_map_of_no_province_is_not_drawn_and_why_is_said():
    frame = answers(80, 1, ["Sleman", "Badung"])[["a", "agency"]]
    tree = gather_results(Survey(frame), ReportRequest(("1",), spec=IndexSpec(["a"], scale=(1, 4)), provinces="agency"))
    section = league_part(tree, voice())
    assert not blocks(section, Picture)
    assert "There is no map" in said(section)
    assert "not on the map: Badung; Sleman" in said(section)


def test_what_is_not_asked_for_is_absent_with_what_to_give(single, results):
    absent = league_part(single, voice("id"))
    assert isinstance(absent, Absent)
    assert absent.reason == "Kolom wilayah atau instansi yang diperingkat dan kolom provinsi untuk peta belum ditetapkan."
    failed = league_part(replace(single, failed={"league": "a lone unit"}), voice())
    assert failed.reason == "It could not be computed: a lone unit"


# ---------------------------------------------------------------- all parts


@pytest.mark.parametrize("language", ["id", "en"])
def test_tables_are_whole_and_carry_n_effective_n_and_interval(sample_results, hostile, language):
    for tree in (sample_results, hostile):
        sections = [part(tree, voice(language)) for part in (change_part, answers_part, league_part)]
        tables = [one for section in sections for one in blocks(section, Table)]
        assert len({one.name for one in tables}) == len(tables) >= 8
        for one in tables:
            assert {len(row) for row in one.rows} == {len(one.header)}
            assert len(one.frame) == len(one.rows)
            assert {"ci_low", "ci_high"} <= set(one.frame.columns)
            assert {"n", "n_eff"} <= set(one.frame.columns) or {"n_base", "n_current", "n_eff_base", "n_eff_current"} <= set(one.frame.columns)
            assert all(cell.strip() for row in one.rows for cell in row)


@pytest.mark.parametrize("part", [change_part, answers_part, league_part])
@pytest.mark.parametrize(("tree", "language"), [("sample_results", "id"), ("sample_results", "en"), ("hostile", "id")])
def test_no_texts_of_a_figure_overlap_and_every_figure_is_small(request, tree, language, part):
    pictures = blocks(part(request.getfixturevalue(tree), voice(language)), Picture)
    assert pictures
    for one in pictures:
        check_apart(one.axes)
        assert len(one.svg) < 90_000
        assert one.alt.strip()
        assert one.caption.strip()


def test_one_item_without_design_is_a_report_too():
    survey = Survey(answers(200, 1, ["A0"])[["a"]])
    tree = gather_results(survey, ReportRequest(("2024",), spec=IndexSpec(["a"], scale=(1, 4))))
    assert table(change_part(tree, voice()), "index").rows[0][-1] == "200"
    section = answers_part(tree, voice())
    assert len(table(section, "items").rows) == 1
    check_apart(picture(section, "answers").axes)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_summary_of_a_terminal_has_index_differences_and_parts_within_its_width(sample_results, language):
    lines = summary_lines(sample_results, language)
    assert max(map(len, lines)) <= WIDTH
    text = "\n".join(lines)
    for value in SAMPLE.values():
        assert value.replace(".", "," if language == "id" else ".") in text
    assert {"id": "Ketepatan disposisi", "en": "Disposition accuracy"}[language] in text
    assert "\N{MINUS SIGN}" not in text


def test_a_survey_with_a_design_does_not_say_it_has_none(waves, single):
    assert not any("No weights and no design" in line for line in summary_lines(single, "en"))
    plain = Survey(waves["2020"].frame, waves["2020"].codebook, Design())
    assert any("No weights and no design" in line for line in summary_lines(gather_results(plain, ReportRequest(("2020",))), "en"))
    # "every row counts the same" stood below numbers with raked weights
    raked = gather_results(rake(plain, {"sex": {"L": 30.0, "P": 30.0}}), ReportRequest(("2020",)))
    text = " ".join(summary_lines(raked, "en"))
    assert "every row counts the same" not in text
    assert "the weight of each row is made by weighting steps" in text
