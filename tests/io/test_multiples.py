"""Questions with several answers: columns of options in every spelling, joined cells, blanks, and both against each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kepuasan.codebook import Codebook, Item, Multiple
from kepuasan.io.multiple.splitting import drafted, split
from kepuasan.io.raw import Raw

NAN = np.nan


def raw(platform="", texts=None, **columns):
    frame = pd.DataFrame({name.replace("__", "/"): cells for name, cells in columns.items()})
    return Raw(frame, "a.csv, text", file="a.csv", first_row=2, platform=platform, texts=texts)


def book(options=("sms", "web"), joined="kanal", counted=1, separator=" ", items=None, **parts):
    multiple = Multiple("kanal", "Saluran", {option: f"kanal/{option}" for option in options}, counted, joined, separator)
    items = items or {f"kanal/{option}": Item(f"kanal/{option}", f"Saluran: {option}", **parts) for option in options}
    return Codebook(items, multiples={"kanal": multiple})


def cells(made, *names):
    return [made.frame[name].tolist() for name in names]


def check_same(found, expected):
    pd.testing.assert_frame_equal(pd.DataFrame(found), pd.DataFrame(expected), check_dtype=False)


def codes(made):
    return [problem.code for problem in made.problems]


# ---------------------------------------------------------------- columns of options


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        (1, 0),
        (1.0, 0.0),
        ("1", "0"),
        ("1.0", "0.0"),
        (True, False),
        ("TRUE", "FALSE"),
        ("True", "False"),
        ("Y", "N"),
        ("Yes", "No"),
        ("Ya", "Tidak"),
        ("Checked", "Unchecked"),
        ("x", "-"),
        ("sms", "0"),
    ],
)
def test_yes_and_no_are_read_however_they_are_written(yes, no):
    made = split(raw(kanal__sms=[yes, no, yes]), book(["sms"]))
    assert cells(made, "kanal/sms") == [[1, 0, 1]]
    assert made.frame["kanal/sms"].dtype == np.int64
    assert made.problems == ()


def test_a_blank_is_no_answer_and_not_a_no():
    made = split(raw("KoboToolbox", kanal__sms=["1", None, "0"], kanal__web=["0", None, "1"]), book())
    check_same(cells(made, "kanal/sms", "kanal/web"), [[1, NAN, 0], [0, NAN, 1]])
    assert made.problems == ()


@pytest.mark.parametrize("platform", ["LimeSurvey", "SurveyMonkey", "Google Forms", "Qualtrics", ""])
def test_a_blank_is_a_no_in_answered_rows_where_the_platform_writes_it_so(platform):
    made = split(raw(platform, kanal__sms=["Y", None, None, "Y"], kanal__web=["Y", "Y", "", None]), book())
    check_same(cells(made, "kanal/sms", "kanal/web"), [[1, 0, NAN, 1], [1, 1, NAN, 0]])
    (note,) = made.problems
    assert (note.code, note.count, note.values["empty"], note.severity) == ("KP158", 2, 1, "note")


@pytest.mark.parametrize("platform", ["KoboToolbox", "ODK", "SurveyCTO", "REDCap"])
def test_a_blank_stays_empty_where_the_platform_writes_every_no(platform):
    made = split(raw(platform, kanal__sms=["1", None, "1"], kanal__web=["1", "1", None]), book())
    check_same(cells(made, "kanal/sms", "kanal/web"), [[1, NAN, 1], [1, 1, NAN]])
    assert made.problems == ()


def test_a_blank_beside_written_answers_of_other_is_a_no_in_answered_rows():
    # it was no answer, so that everybody who answered had chosen "other"
    items = {"kanal/sms": Item("kanal/sms", "SMS"), "kanal/web": Item("kanal/web", "Lainnya")}
    made = split(raw("LimeSurvey", kanal__sms=["Ya", "Tidak", "Tidak", None], kanal__web=[None, "surat", None, None]), book(items=items))
    check_same(cells(made, "kanal/sms", "kanal/web"), [[1, 0, 0, NAN], [0, 1, 0, NAN]])
    assert [(one.code, one.count) for one in made.problems] == [("KP155", 1), ("KP158", 2)]


def test_rows_with_nothing_chosen_are_told_where_they_may_be_no_answer():
    made = split(raw("REDCap", kanal__sms=[1, 0, 0], kanal__web=[0, 0, 1]), book())
    (warning,) = made.problems
    assert (warning.code, warning.severity, warning.rows, warning.count) == ("KP160", "warning", (3,), 1)
    assert cells(made, "kanal/sms", "kanal/web") == [[1, 0, 0], [0, 0, 1]]


def test_a_blank_stays_empty_where_a_no_is_written_too():
    made = split(raw("LimeSurvey", kanal__sms=["Yes", "No", None], kanal__web=["No", None, "Yes"]), book())
    check_same(cells(made, "kanal/sms", "kanal/web"), [[1, 0, NAN], [0, NAN, 1]])


def test_the_option_itself_in_its_column_says_that_it_was_chosen():
    made = split(
        raw(kanal__sms=["Pesan sms", None], kanal__web=["Situs", "SITUS"]),
        book(
            items={
                "kanal/sms": Item("kanal/sms", "Saluran: Pesan SMS"),
                "kanal/web": Item("kanal/web", "Saluran: Situs"),
            }
        ),
    )
    assert cells(made, "kanal/sms", "kanal/web") == [[1, 0], [1, 1]]


def test_codes_of_the_item_stay_and_unknown_texts_are_left_for_the_answers():
    made = split(raw(kanal__sms=["1", "9", "0"], kanal__web=["1", "entah", "0"]), book(missing={9: "Menolak"}))
    assert cells(made, "kanal/sms", "kanal/web") == [[1, 9, 0], [1, "entah", 0]]


def test_the_code_for_a_no_is_the_items_other_one():
    made = split(
        raw(kanal__sms=["Ya", "Tidak", None], kanal=["sms", "sms", None]), book(["sms"], counted=2, values={2: "Ada", 1: "Tiada"}, joined=None)
    )
    check_same(cells(made, "kanal/sms"), [[2, 1, NAN]])


def test_text_codes_are_text():
    made = split(raw(kanal__sms=["Checked", "Unchecked", None]), book(["sms"], counted="Y", type="text", values={"Y": "Ya", "N": "Tidak"}))
    assert cells(made, "kanal/sms") == [["Y", "N", None]]


def test_items_that_are_recoded_and_lists_of_mentions_are_left_alone():
    given = raw(kanal__sms=["2", "1"], kanal__web=["1", "2"])
    assert split(given, book(recode={2: 0})).frame.equals(given.frame)
    assert split(given, book(counted=None)).frame.equals(given.frame)


# ---------------------------------------------------------------- joined cells


def test_joined_codes_become_columns_and_the_joined_one_stays():
    made = split(raw("KoboToolbox", kanal=["sms web", "web", None, "sms"]), book())
    check_same(cells(made, "kanal/sms", "kanal/web"), [[1, 0, NAN, 1], [1, 1, NAN, 0]])
    assert list(made.frame.columns) == ["kanal", "kanal/sms", "kanal/web"]
    assert made.frame["kanal"].tolist()[:2] == ["sms web", "web"]
    assert made.items["kanal/sms"] == book().items["kanal/sms"]
    assert codes(made) == ["KP159"]


def test_joined_codes_that_are_numbers_are_found_in_a_column_of_numbers():
    made = split(raw(kanal=[1.0, 2.0, NAN]), book([1, 2]))
    check_same(cells(made, "kanal/1", "kanal/2"), [[1, 0, NAN], [0, 1, NAN]])


def test_a_missing_code_of_the_joined_item_is_no_answer():
    items = {"kanal": Item("kanal", type="text", missing={"99": "Menolak"}), "kanal/sms": Item("kanal/sms"), "kanal/web": Item("kanal/web")}
    check_same(cells(split(raw(kanal=["sms", "99"]), book(items=items)), "kanal/sms"), [[1, NAN]])


def test_labels_of_a_form_are_told_apart_longest_first():
    items = {"kanal/a": Item("kanal/a", "Saluran: Telepon, WhatsApp"), "kanal/b": Item("kanal/b", "Saluran: WhatsApp")}
    made = split(raw("Google Forms", kanal=["Telepon, WhatsApp", "WhatsApp", "WhatsApp, Telepon, WhatsApp"]), book(["a", "b"], items=items))
    assert cells(made, "kanal/a", "kanal/b") == [[1, 0, 1], [0, 1, 1]]


def test_options_outside_the_codebook_are_reported_with_counts_and_rows():
    made = split(raw("Google Forms", kanal=["sms, surat", "web", "surat", "sms, pos, web"]), book())
    warning = made.problems[-1] if made.problems[-1].code == "KP152" else made.problems[0]
    assert (warning.code, warning.severity, warning.rows, warning.count) == ("KP152", "warning", (2, 4, 5), 3)
    assert "'surat' (2), 'pos' (1)" in warning.message()
    assert cells(made, "kanal/sms", "kanal/web") == [[1, 0, 0, 1], [0, 1, 0, 1]]


def test_free_text_counts_under_other_where_the_codebook_has_it():
    items = {"kanal/sms": Item("kanal/sms", "SMS"), "kanal/web": Item("kanal/web", "Lainnya")}
    made = split(raw("Google Forms", kanal=["SMS, lewat tetangga", "SMS", "Lainnya"]), book(items=items))
    assert cells(made, "kanal/sms", "kanal/web") == [[1, 1, 0], [1, 0, 1]]
    (note,) = [problem for problem in made.problems if problem.code == "KP155"]
    assert (note.count, note.severity, note.values["texts"]) == (1, "note", "'lewat tetangga' (1)")


def test_free_text_in_the_column_of_other_counts_as_chosen():
    items = {"kanal/sms": Item("kanal/sms", "SMS"), "kanal/web": Item("kanal/web", "Other (please specify)")}
    made = split(raw("SurveyMonkey", kanal__sms=["SMS", None, None], kanal__web=[None, "my neighbour", None]), book(items=items))
    check_same(cells(made, "kanal/sms", "kanal/web"), [[1, 0, NAN], [0, 1, NAN]])
    assert set(codes(made)) == {"KP155", "KP158"}


def test_a_joined_column_that_contradicts_the_columns_of_options_is_reported():
    made = split(raw(kanal=["sms web", "web", None, "sms"], kanal__sms=[1, 1, 0, 1], kanal__web=[1, 1, 0, 0]), book())
    (warning,) = made.problems
    assert (warning.code, warning.severity, warning.rows, warning.column) == ("KP153", "warning", (3,), "kanal")
    assert cells(made, "kanal/sms", "kanal/web") == [[1, 1, 0, 1], [1, 1, 0, 0]]


def test_options_without_a_column_are_read_from_the_joined_one():
    made = split(raw(kanal=["sms web", "web"], kanal__sms=[1, 0]), book())
    assert cells(made, "kanal/sms", "kanal/web") == [[1, 0], [1, 1]]


def test_a_question_of_which_nothing_is_there_is_left_to_the_matching():
    given = raw(speed=[1, 2])
    made = split(given, book())
    assert made.frame is given.frame
    assert made.problems == ()


# ---------------------------------------------------------------- what stands for no answer


def test_what_a_platform_writes_for_no_answer_is_empty():
    given = raw("KoboToolbox", speed=["4", "n/a", "3"], note=["n/a", "baik", "n/a"], own=["n/a", "x", "y"])
    codebook = Codebook({"speed": Item("speed"), "note": Item("note", type="text")})
    made = split(given, codebook)
    assert made.frame["speed"].isna().tolist() == [False, True, False]
    assert made.frame["note"].isna().tolist() == [True, False, True]
    assert made.frame["own"].tolist() == ["n/a", "x", "y"]
    (note,) = made.problems
    assert (note.code, note.count, note.severity) == ("KP157", 3, "note")


def test_what_is_an_answer_by_the_codebook_stays():
    given = raw("KoboToolbox", note=["n/a", "baik"])
    made = split(given, Codebook({"note": Item("note", type="text", missing={"n/a": "Tidak ditanya"})}))
    assert made.frame["note"].tolist() == ["n/a", "baik"]


def test_other_files_keep_such_texts():
    given = raw(note=["n/a", "baik"])
    assert split(given, Codebook({"note": Item("note", type="text")})).frame is given.frame


def test_cells_as_written_are_empty_too_and_columns_that_were_made_are_there():
    written = pd.DataFrame({"note": ["n/a", "3.50"], "kanal": ["sms", "web"]})
    given = raw("KoboToolbox", texts=lambda names: written[list(names)], note=["n/a", "3.5"], kanal=["sms", "web"])
    codebook = book()
    made = split(given, codebook.with_items([Item("note", type="text")]))
    found = made.texts(["kanal/web", "note"])
    assert list(found.columns) == ["kanal/web", "note"]
    assert found["note"].isna().tolist() == [True, False]
    assert found["note"].iloc[1] == "3.50"
    assert found["kanal/web"].tolist() == [0, 1]


# ---------------------------------------------------------------- without a codebook


def test_sets_that_columns_show_are_listed():
    made = drafted(raw(kanal=["a b", "b"], kanal__a=["1", "0"], kanal__b=["1", "1"], speed=["1", "2"]))
    assert made == {"kanal": Multiple("kanal", "kanal", {"a": "kanal/a", "b": "kanal/b"}, 1, "kanal")}


def test_sets_of_redcap_and_limesurvey_are_listed():
    frame = pd.DataFrame({"k___1": [0, 1], "k___2": [1, 1], "k____9": [0, 0], "Q3[SQ001]": ["Y", None], "Q3[SQ002]": ["Y", "Y"]})
    made = drafted(Raw(frame, "a.csv", labels={"k": "Saluran"}))
    assert made["k"] == Multiple("k", "Saluran", {"1": "k___1", "2": "k___2", "-9": "k____9"})
    assert made["Q3"] == Multiple("Q3", "Q3", {"SQ001": "Q3[SQ001]", "SQ002": "Q3[SQ002]"}, "Y")


@pytest.mark.parametrize(
    ("cells", "counted"),
    [
        (["True", "False"], 1),
        ([True, False], 1),
        (["True", "n/a"], "True"),
        (["1", "n/a"], "1"),
        ([1.0, NAN], 1),
        (["Checked", "Unchecked"], "Checked"),
    ],
)
def test_what_counts_is_what_the_columns_will_hold(cells, counted):
    assert drafted(raw(k=["a b", "b"], k__a=cells, k__b=cells))["k"].counted == counted


@pytest.mark.parametrize(
    "columns",
    [{"g__a": ["1", "0"], "g__b": ["0", "1"]}, {"g": ["x", "y"], "g__a": ["4", "2"], "g__b": ["1", "0"]}, {"g": ["a", "a"], "g__a": ["1", "0"]}],
)
def test_groups_grids_and_single_columns_are_no_sets(columns):
    assert drafted(raw(**columns)) == {}


def test_many_written_answers_are_read_in_little_time():
    # 300,000 different ones took 110 s
    texts = [f"SMS, cerita nomor {place} tentang petugas dan loket" for place in range(20_000)]
    items = {"kanal/sms": Item("kanal/sms", "SMS"), "kanal/web": Item("kanal/web", "Lainnya")}
    made = split(raw("Google Forms", kanal=texts), book(items=items))
    assert made.frame["kanal/sms"].sum() == made.frame["kanal/web"].sum() == 20_000


def test_many_rows_are_read_by_their_distinct_cells():
    rng = np.random.default_rng(6)
    frame = pd.DataFrame({"kanal": pd.Series(rng.choice(["sms", "web", "sms web", "surat, sms"], 300_000), dtype=object)})
    made = split(Raw(frame, "a.csv", first_row=2), book())
    assert made.frame["kanal/sms"].sum() == frame["kanal"].str.contains("sms").sum()


REFUSALS = {
    **{f"kanal/{option}": Item(f"kanal/{option}", f"Saluran: {option}") for option in ("sms", "web")},
    "kanal/refused": Item("kanal/refused", "Saluran: menolak", values={0: "Tidak"}, missing={1: "Ya"}),
}


@pytest.mark.parametrize(
    "columns",
    [
        {"kanal": ["sms", "refused", "sms refused", None]},
        {"kanal__sms": [1, 0, 1, NAN], "kanal__web": [0, 0, 0, NAN], "kanal__refused": [0, 1, 1, NAN]},
    ],
)
def test_a_refusal_is_no_answer_to_the_other_options(columns):
    made = split(raw(**columns), book(options=("sms", "web", "refused"), items=REFUSALS))
    # row 2 was 0 in sms and web, so that refusals counted as "no"
    check_same(cells(made, "kanal/sms", "kanal/web", "kanal/refused"), [[1, NAN, 1, NAN], [0, NAN, 0, NAN], [0, 1, 1, NAN]])
