"""Drivers, the follow-up plan and the questionnaire: numbers, order, what is left open, and what no part shows."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kepuasan import Codebook, IndexSpec, Survey, driver_importance, stack_waves
from kepuasan.codebook import AnswerScale, Item
from kepuasan.errors import DataWarning
from kepuasan.report import Plan, ReportRequest, gather_results
from kepuasan.report.composing import compose
from kepuasan.report.document import Absent, Paragraph, Picture, Table
from kepuasan.report.parts.follow_up import follow_up_part
from kepuasan.report.parts.importance import importance_part
from kepuasan.report.parts.questionnaire import questionnaire_part
from kepuasan.report.voice import Voice
from kepuasan.scales import Scale

ENGLISH, INDONESIAN = Voice("en", 1, "\N{MINUS SIGN}"), Voice("id", 1, "\N{MINUS SIGN}")


def tables(section):
    return {block.name: block for block in section.blocks if isinstance(block, Table)}


def texts(section):
    return [block.text for block in section.blocks if isinstance(block, Paragraph)]


def asked(name, question=None, **more):
    return Item(name, {"id": f"butir {name}", "en": f"item {name}"}, scale="s4", question=question, **more)


def book_of(*items, index=("a", "b")):
    labels = {1: {"id": "buruk", "en": "bad"}, 2: "2", 3: "3", 4: {"id": "baik", "en": "good"}}
    scales = {"s4": AnswerScale("s4", Scale(1, 4), labels), "s5": AnswerScale("s5", Scale(1, 5), {1: "low", 5: "high"})}
    return Codebook({item.name: item for item in items}, scales=scales, dimensions={"d": {"id": "Dim", "en": "Dim"}}, index={"items": list(index)})


def answers(n=60, seed=0, **columns):
    rng = np.random.default_rng(seed)
    return pd.DataFrame({"a": rng.integers(1, 5, n), "b": rng.integers(1, 3, n)} | columns)


def driven(n=200, seed=3):
    """Answers of which the outcome "o" follows "a" and, less, "b"."""
    rng = np.random.default_rng(seed)
    a, b = rng.integers(1, 5, n), rng.integers(1, 5, n)
    return pd.DataFrame({"a": a, "b": b, "o": np.where(rng.random(n) < 0.7, a, b)})


def gathered(book, frame=None, waves=None, **request):
    if waves is None:
        return gather_results(Survey(answers() if frame is None else frame, book), ReportRequest(("2022",), **request))
    return gather_results(stack_waves(waves), ReportRequest(tuple(waves), **request))


# ---------------------------------------------------------------- importance


@pytest.fixture(scope="module")
def drivers(sample_results):
    return importance_part(sample_results, ENGLISH)


def test_drivers_stand_in_their_order_with_the_numbers_of_the_library(sample_results, drivers):
    found, frame = sample_results.importance, tables(drivers)["importance"].frame
    order = np.argsort(-found.importance.value)
    assert frame["item"].tolist() == found.importance.key["item"].iloc[order].tolist()
    assert frame["estimate"].tolist() == pytest.approx(found.importance.value[order].tolist())
    assert frame["share"].tolist() == pytest.approx((found.importance.value / found.r_squared.value[0])[order].tolist())
    assert frame["performance"].tolist() == pytest.approx(found.performance.value[order].tolist())
    assert frame["rank"].tolist() == list(range(1, 11))


def test_shares_add_up_as_they_are_written(drivers):
    shares = [row[3] for row in tables(drivers)["importance"].rows]
    assert sum(float(share.removesuffix(" %")) for share in shares) == pytest.approx(100.0, abs=1e-9)


def test_drivers_are_called_as_items_though_a_dimension_has_the_same_name(sample_results, drivers):
    names = [row[0] for row in tables(drivers)["importance"].rows]
    assert "Fairness" in names
    assert "fairness" in sample_results.codebook.dimensions
    assert "Protection and fairness" not in names
    assert all("Protection and fairness" not in block.alt for block in drivers.blocks if isinstance(block, Picture))


def test_sentences_say_how_much_is_accounted_for_and_that_no_reason_is_named(sample_results, drivers):
    value = float(sample_results.importance.r_squared.value[0])
    said = texts(drivers)
    assert f"account for {100 * value:.1f} % of the variance of Overall satisfaction (R² {value:.3f}" in said[0]
    assert said[2].endswith("It does not say why, and is no forecast of what changes where a driver is improved.")
    assert f"{sample_results.importance.left_out} rows are left out" in tables(drivers)["importance"].notes[0]


def test_the_first_driver_is_sure_only_where_its_range_of_ranks_is_1(sample_results, drivers):
    frame = tables(drivers)["importance"].frame
    first = frame.loc[frame["rank_low"] == 1, "label"].tolist()
    assert len(first) > 1
    assert (
        texts(drivers)[1] == f"The data do not settle which driver is the most important; 95 % ranges of ranks that hold rank 1: {'; '.join(first)}."
    )
    section = importance_part(gathered(book_of(asked("a"), asked("b"), asked("o")), driven(), outcome="o"), ENGLISH)
    assert texts(section)[1] == "The most important is item a; its 95 % range of ranks is 1 alone."


def test_both_figures_have_texts_for_those_who_do_not_see_them(drivers):
    pictures = [block for block in drivers.blocks if isinstance(block, Picture)]
    assert [one.name for one in pictures] == ["importance", "importance_map"]
    assert all("Response speed" in one.alt for one in pictures)


def test_named_drivers_of_several_items_keep_their_names():
    frame = driven().assign(c=lambda rows: rows["o"].clip(2, 4))
    results = gathered(book_of(asked("a"), asked("b"), asked("c"), asked("o")), frame, outcome="o", ranked={"A and B": ["a", "b"], "c": ["c"]})
    assert [row[0] for row in tables(importance_part(results, INDONESIAN))["importance"].rows] == ["butir c", "A and B"]


def test_a_single_driver_has_neither_an_order_nor_a_map():
    section = importance_part(gathered(book_of(asked("a"), asked("b"), asked("o")), driven(), outcome="o", ranked=("a",)), ENGLISH)
    assert [block.name for block in section.blocks if isinstance(block, Picture)] == ["importance"]
    assert "Quadrant (probability)" not in tables(section)["importance"].header
    assert len(texts(section)) == 2


def test_drivers_that_have_no_mean_have_no_performance():
    frame = driven().assign(kind=lambda rows: np.where(rows["b"] > 2, "x", "y"))
    book = book_of(asked("a"), asked("b"), asked("o"), Item("kind", {"id": "Jenis", "en": "Kind"}, type="text"))
    section = importance_part(gathered(book, frame, outcome="o", ranked=("a", "C(kind)")), ENGLISH)
    table = tables(section)["importance"]
    assert "Performance (95 % interval)" not in table.header
    assert {row[0] for row in table.rows} == {"item a", "Kind"}


def test_too_few_complete_answers_are_not_shown():
    frame = driven(29).assign(o=lambda rows: np.where(np.arange(29) < 25, rows["a"], rows["b"]))
    found = importance_part(gathered(book_of(asked("a"), asked("b"), asked("o")), frame, outcome="o", ranked=("a",)), ENGLISH)
    assert found == Absent("importance", "Importance of drivers", "Fewer than 30 respondents answered all of it, too few to be shown.")


def test_other_measures_of_importance_are_called_by_their_names():
    survey = Survey(driven().assign(kept=lambda rows: (rows["o"] > 2).astype(int)), book_of(asked("a"), asked("b"), asked("o")))
    results = gather_results(survey, ReportRequest(("2022",), outcome="o"))
    found = driver_importance(survey, "kept", ["a"], method="first", family="logit")
    section = importance_part(replace(results, importance=found), ENGLISH)
    assert texts(section)[0].startswith("McFadden's R² of all drivers together for item o: 0.")
    assert tables(section)["importance"].header[3] == "Share of the sum of importances"
    assert "Importance is computed by the method first." in tables(section)["importance"].notes


def test_limits_that_reach_0_are_told():
    frame = answers(100, o=np.tile([1, 2, 3, 4], 25))
    with pytest.warns(DataWarning, match="the limits of importance reach 0"):
        results = gathered(book_of(asked("a"), asked("b"), asked("o")), frame, outcome="o", ranked=("a",))
    notes = tables(importance_part(results, ENGLISH))["importance"].notes
    assert "Intervals that reach 0, below which importance cannot lie, are no more than rough: item a." in notes


def test_importance_that_was_not_asked_for_or_failed_says_so(single):
    assert importance_part(single, ENGLISH).reason.startswith("No item is named whose drivers are ranked")
    assert importance_part(replace(single, failed={"importance": "why"}), ENGLISH).reason == "It could not be computed: why"


# ---------------------------------------------------------------- follow-up


def test_the_lowest_elements_come_first_with_what_is_planned(sample_results):
    section = follow_up_part(sample_results, INDONESIAN)
    table = tables(section)["follow_up"]
    scores = sample_results.index.items[{"wave": "2022"}]
    lowest = scores.key["item"].iloc[np.argsort(scores.value)[:3]].tolist()
    assert table.frame["item"].tolist() == lowest
    assert table.frame["estimate"].tolist() == pytest.approx(np.sort(scores.value)[:3].tolist())
    assert table.rows[0][0] == "Kecepatan tanggapan"
    assert table.rows[0][5:] == ("Janji layanan lima hari", "2023", "Biro Humas")
    assert table.rows[1][5:] == ("diisi oleh instansi",) * 3
    assert table.frame["programme"].tolist() == ["Janji layanan lima hari", "", ""]


def test_the_duty_is_cited_and_open_cells_are_told(sample_results):
    said = texts(follow_up_part(sample_results, INDONESIAN))
    assert said[0].startswith("PermenPANRB 14/2017 meminta setiap unit pelayanan")
    # a public report told "([[follow_up.measures]])"
    assert said[1] == 'Sel bertuliskan "diisi oleh instansi" menunggu isian instansi.'


def test_no_report_holds_the_syntax_of_recipes(sample_results):
    bare = gathered(book_of(asked("a"), asked("b")))
    for results in (sample_results, bare):
        for language in ("id", "en"):
            document = compose(results, language)
            details = [text for card in document.cards for text in card.details]
            told = [*details, *(one.reason for one in document.absent), *(text for section in document.sections for text in texts(section))]
            assert not [text for text in told if re.search(r"\[\[?[a-z_.]+\]", text)]


def test_the_quadrant_is_a_text_column(drivers):
    # words were set to the right as numbers are
    table = tables(drivers)["importance"]
    assert [table.header[place] for place in table.text] == ["Quadrant (probability)"]


def test_measures_of_other_items_are_listed_after_and_several_of_one_item_too():
    plan = (Plan("b", {"id": "P1", "en": "Q1"}, "2023", "U"), Plan("b", "P2", "2024", "U"), Plan("a", "P3", "2025", "U"))
    section = follow_up_part(gathered(book_of(asked("a"), asked("b")), plan=plan, lowest=1), ENGLISH)
    assert [(row[0], row[5]) for row in tables(section)["follow_up"].rows] == [("item b", "Q1"), ("item b", "P2")]
    assert [(row[0], row[5]) for row in tables(section)["follow_up_further"].rows] == [("item a", "P3")]
    assert len(texts(section)) == 1


def test_elements_with_few_answers_are_not_put_in_order_and_their_measures_hide_the_score():
    frame = answers().assign(a=[1.0] * 20 + [np.nan] * 40)
    section = follow_up_part(gathered(book_of(asked("a"), asked("b")), frame, plan=(Plan("a", "P"),)), ENGLISH)
    assert [row[0] for row in tables(section)["follow_up"].rows] == ["item b"]
    assert tables(section)["follow_up"].notes[-1] == "Elements with n below 30 are not put in order: item a."
    further = tables(section)["follow_up_further"]
    assert further.rows[0][:4] == ("item a*", "–", "–", "20")
    assert further.frame["estimate"].isna().all()


def test_raw_scores_go_by_their_place_on_the_scale():
    frame = answers(40, a=np.tile([2, 3], 20), b=np.tile([2, 3, 3, 3], 10))
    book = book_of(asked("a"), Item("b", "b", scale="s5"))
    section = follow_up_part(gathered(book, frame, spec=IndexSpec(["a", "b"], scoring="raw")), Voice("en", 2))
    assert [(row[0], row[1]) for row in tables(section)["follow_up"].rows] == [("b", "2.75"), ("item a", "2.50")]
    assert tables(section)["follow_up"].notes[0].startswith("In order of where scores lie")


def test_no_element_that_can_be_shown_leaves_the_plan_out():
    found = follow_up_part(gathered(book_of(asked("a"), asked("b")), answers(12)), ENGLISH)
    assert found == Absent("follow_up", "Follow-up plan", "No element has a score that can be shown in 2022.")


# ---------------------------------------------------------------- questionnaire


def test_what_all_items_have_in_common_stands_above_their_table(sample_results):
    section = questionnaire_part(sample_results, INDONESIAN)
    assert texts(section)[0] == "Semua butir indeks dijawab dengan pilihan: 1 = Sangat tidak puas; 2 = Tidak puas; 3 = Puas; 4 = Sangat puas."
    assert texts(section)[1] == "Bukan jawaban, dan tidak dihitung: 8 = Tidak tahu; 9 = Menolak menjawab."
    table = tables(section)["questionnaire"]
    assert table.header == ("Dimensi", "Butir", "Pertanyaan")
    assert len(table.rows) == 10
    assert table.rows[0] == ("Akses", "Kemudahan mendaftar", "Seberapa puas Anda dengan kemudahan membuat akun dan mendaftar?")
    assert table.frame["answers"].nunique() == 1
    assert [row[0] for row in table.rows] == sorted(
        [row[0] for row in table.rows], key=["Akses", "Perlindungan dan keadilan", "Proses", "Tanggapan"].index
    )


def test_items_that_the_report_uses_are_told_and_others_are_named_in_short(sample_results):
    section = questionnaire_part(sample_results, ENGLISH)
    assert [row[0] for row in tables(section)["questionnaire_other"].rows] == [
        "Overall satisfaction",
        "Sex",
        "Highest education",
        "Survey region",
        "Province",
    ]
    assert tables(section)["questionnaire_other"].rows[3][2].endswith("and 25 more")
    rest = next(text for text in texts(section) if text.startswith("Other items in the data"))
    assert "Age (years)" in rest
    assert "Weight" not in rest
    assert "Respondent" not in rest


def test_columns_of_persons_are_never_listed():
    items = [
        asked("a", "Q"),
        asked("b", "Q"),
        Item("secret", {"id": "Catatan pribadi", "en": "Private note"}, type="text", role="personal"),
        Item("number", "Respondent number", role="identifier"),
        Item("nama_lengkap", "Nama lengkap", type="text"),
        Item("no_hp", "Nomor HP", type="text"),
        Item("nama_layanan", "Nama layanan", type="text"),
    ]
    frame = answers(**{name: ["x"] * 60 for name in ("secret", "nama_lengkap", "no_hp", "nama_layanan")}, number=range(60))
    section = questionnaire_part(gathered(book_of(*items), frame), INDONESIAN)
    assert texts(section)[-1] == "Butir lain dalam data, bukan bagian indeks: Nama layanan."
    shown = repr(section)
    assert not [word for word in ("Catatan pribadi", "Respondent number", "Nama lengkap", "Nomor HP") if word in shown]


def test_items_with_answers_of_their_own_have_them_beside_them():
    book = book_of(
        asked("a", {"id": "Tanya?", "en": "Ask?"}, missing={9: {"id": "Menolak", "en": "Refused"}}, missing_ranges=((90, float("inf")), (-5, -1))),
        Item("b", {"id": "b", "en": "b"}, scale="s5", reverse=True, question="How?"),
    )
    table = tables(questionnaire_part(gathered(book), ENGLISH))["questionnaire"]
    assert table.header == ("Item", "Question", "Answers", "Codes that are no answer")
    assert table.rows == (
        ("item a", "Ask?", "1 = bad; 2; 3; 4 = good", "9 = Refused; from 90; -5 to -1"),
        ("b", "How? (a high answer is a bad one; reversed)", "scale from 1 to 5; 1 = low; 5 = high", "–"),
    )


def test_a_codebook_without_wordings_has_labels_alone():
    section = questionnaire_part(gathered(book_of(asked("a"), asked("b"))), ENGLISH)
    assert tables(section)["questionnaire"].header == ("Item",)
    assert tables(section)["questionnaire"].notes == ("The codebook does not have the wording of these items: item a; item b.",)
    assert texts(section)[1] == "There are no codes for no answer."


def test_items_of_other_waves_that_differ_are_named_with_what_differs():
    now = book_of(asked("a", "Now?"), asked("b", "Same?"))
    old = book_of(asked("a", "Then?", missing={9: "Refused"}), asked("b", "Same?"), Item("gone", "Gone", values={1: "yes"}))
    results = gathered(now, waves={"2020": Survey(answers(), now), "2022": Survey(answers(seed=1), now)})
    section = questionnaire_part(replace(results, wave_codebooks={"2020": old, "2022": now}), ENGLISH)
    assert tables(section)["questionnaire_differences"].rows == (("item a", "2020", 'wording: "Then?"; codes that are no answer: 9 = Refused'),)
    assert texts(section)[-1] == "In 2020 alone, not in 2022: Gone."


def test_waves_that_asked_the_same_and_waves_that_are_not_known_are_told():
    now = book_of(asked("a", "Now?"), asked("b", "Same?"))
    results = gathered(now, waves={"2020": Survey(answers(), now), "2022": Survey(answers(seed=1), now)})
    assert texts(questionnaire_part(results, ENGLISH))[-1] == "Items of the index have the same wording and answers in all waves."
    unknown = questionnaire_part(replace(results, wave_codebooks={"2022": now}), ENGLISH)
    assert texts(unknown)[-1] == "Codebooks of other waves are not available, so their questions are not compared: 2020."


def test_an_item_that_another_wave_did_not_ask_and_one_that_turned_round_are_told():
    now = book_of(asked("a"), asked("b"))
    old = book_of(asked("a", reverse=True), index=("a",))
    results = gathered(now, waves={"2020": Survey(answers(), now), "2022": Survey(answers(seed=1), now)})
    rows = tables(questionnaire_part(replace(results, wave_codebooks={"2020": old, "2022": now}), INDONESIAN))["questionnaire_differences"].rows
    assert rows == (("butir a", "2020", "arah jawaban terbalik"), ("butir b", "2020", "tidak ditanyakan"))


def test_a_survey_without_a_codebook_has_no_questionnaire():
    results = gather_results(Survey(answers()), ReportRequest(("2022",), spec=IndexSpec(["a", "b"], scale=(1, 4))))
    assert questionnaire_part(results, ENGLISH).reason.startswith("The codebook has none of the items of the index")


@pytest.mark.parametrize("part", [importance_part, follow_up_part, questionnaire_part])
@pytest.mark.parametrize("voice", [ENGLISH, INDONESIAN], ids=["en", "id"])
def test_every_row_has_a_cell_for_each_column_and_a_row_of_the_tidy_frame(sample_results, part, voice):
    for table in tables(part(sample_results, voice)).values():
        assert {len(row) for row in table.rows} == {len(table.header)}
        assert len(table.frame) == len(table.rows)
        assert all(cell for row in table.rows for cell in row)
