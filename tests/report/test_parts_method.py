"""The parts on method and run record: every sentence from the run, nothing of the machine."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan import Codebook, Design, IndexSpec, Item, Survey
from kepuasan.report.document import Listing, Paragraph, Table
from kepuasan.report.gathering import gather_results
from kepuasan.report.parts.method import method_part
from kepuasan.report.parts.record import record_part
from kepuasan.report.request import Fieldwork, ReportRequest, Suppression
from kepuasan.report.voice import Voice

COUNTS = {"I": 600, "P": 50, "R": 150, "NC": 100, "O": 20, "UH": 60, "UO": 20, "NE": 230}
VOICES = {language: Voice(language, 1, "\N{MINUS SIGN}") for language in ("id", "en")}
MARGINS = {"sex": {"L": 500.0, "P": 700.0}}


def frame():
    rng = np.random.default_rng(7)
    answers = {name: rng.integers(1, 5, 120).astype(float) for name in ("speed", "care", "stated")}
    return pd.DataFrame(
        {**answers, "sex": np.where(np.arange(120) < 4, "P", "L"), "stratum": np.arange(120) // 60, "psu": np.arange(120) // 10, "w": 2.0}
    )


def book():
    four = {"four": kp.AnswerScale("four", kp.Scale(1, 4))}
    sex = Item("sex", {"id": "Jenis kelamin", "en": "Sex"}, type="text", values={"L": "Laki-laki", "P": {"id": "Perempuan", "en": "Women"}})
    items = [Item("speed", {"id": "Kecepatan", "en": "Speed"}, scale="four"), Item("care", "Care", scale="four", reverse=True), Item("stated"), sex]
    return Codebook({item.name: item for item in items}, scales=four, source="made up for tests", mode="telephone")


def survey(design=None):
    return Survey(frame(), book(), design)


def results(made=None, inputs=None, **asked):
    request = ReportRequest(("2022",), **{"spec": IndexSpec(["speed", "care"]), **asked})
    return gather_results(survey() if made is None else made, request, inputs=inputs)


def texts(part):
    return " ".join(block.text for block in part.blocks if isinstance(block, Paragraph))


def table(part, name):
    return next(block for block in part.blocks if isinstance(block, Table) and block.name == name)


def method(found, language="en"):
    return method_part(found, VOICES[language])


# ---------------------------------------------------------------- how the survey was held


def test_frame_dates_and_mode_are_those_of_the_recipe_and_the_mode_else_the_codebooks():
    held = Fieldwork(frame={"id": "Daftar pelapor", "en": "List of reporters"}, dates="1-9 May 2022")
    found = table(method(results(fieldwork={"2022": held})), "fieldwork")
    assert found.rows == (("2022", "List of reporters", "1-9 May 2022", "telephone", "120", "120"),)
    assert found.header == ("Wave", "Frame", "Dates", "Mode", "Respondents", "With an answer to the index")
    assert table(method(results(fieldwork={"2022": held}), "id"), "fieldwork").rows[0][1] == "Daftar pelapor"
    unsaid = table(method(results(fieldwork={"2022": Fieldwork()})), "fieldwork")
    assert unsaid.rows[0][1:4] == ("not stated", "not stated", "telephone")


def test_what_nobody_stated_is_said_to_be_so():
    bare = Survey(frame()[["speed", "care"]])
    said = texts(method(results(bare, spec=IndexSpec(["speed", "care"], scale=(1, 4)))))
    assert said.startswith("Respondents: 120. Frame, dates and mode of the survey are not stated in the recipe. Response rates are not available")
    assert "every row counts the same" in said


def test_response_rates_stand_with_their_formulas_and_what_they_are_made_of():
    found = method(results(fieldwork={"2022": Fieldwork(dispositions=COUNTS)}))
    rates = table(found, "rates")
    assert {row[0]: row[1] for row in rates.rows}["RR3"] == "61.0 %"
    assert rates.rows[0] == ("RR1", "60.0 %", "I / ((I + P) + (R + NC + O) + (UH + UO))")
    assert len(rates.rows) == len(rates.frame) == 16
    assert rates.frame.loc[2, "2022"] == pytest.approx(600 / 984)
    assert "2022: 0.800" in rates.notes[1]
    assert table(found, "dispositions").rows[0] == ("I", "complete interviews", "600")


# ---------------------------------------------------------------- weighting


def weighted(*steps, design=None):
    made = survey(design or Design(weight="w", strata="stratum", psu="psu"))
    for step in steps:
        made = step(made)
    return results(made)


def test_weights_that_nothing_changed_are_said_to_be_those_of_the_data():
    assert "Weights are used as they are in the data" in texts(method(weighted()))
    assert "Weights" not in texts(method(results()))


def test_raking_is_told_with_its_margins_before_and_after():
    found = method(weighted(lambda s: kp.rake(s, {"sex": {"L": 500.0, "P": 700.0}}, bounds=(0.1, 200))))
    assert "Weights are raked to the margins Sex, ratios bounded to 0.1 to 200." in texts(found)
    margins = table(found, "margins")
    assert [row[:3] for row in margins.rows] == [("raking", "Sex", "Laki-laki"), ("raking", "Sex", "Women")]
    assert [row[4:] for row in margins.rows] == [("500.0", "500.0"), ("700.0", "700.0")]
    assert [row[0] for row in table(found, "weighting").rows] == ["start", "raking"]


def test_a_target_and_the_ratio_or_the_weights_beside_it_do_not_tell_a_small_level():
    # 700 / 87.5 = 8 and 8 / 2.0 each: four women, whose sum before is hidden; sum of squared weights and the 120 tell them too, as does "4 cut"
    found = method(weighted(lambda s: kp.rake(s, MARGINS), lambda s: kp.trim_weights(s, upper=120.0), lambda s: kp.rake(s, MARGINS)))
    said, weights = texts(found), table(found, "weighting")
    assert "87.5" not in said
    assert "4 cut" not in said
    assert [row[3:5] for row in weights.rows] == [("2.00", "2.00"), *[("\N{EN DASH}",) * 2] * 3]
    hidden = weights.frame[["min", "max", "cv", "deff", "n_eff", "largest_share", "g_min", "g_max"]].iloc[1:]
    assert hidden.isna().all(axis=None)
    assert weights.frame["sum"].notna().all()
    assert "fewer than 10 respondents" in weights.notes[0]
    assert table(found, "margins").frame["before"].isna().all()


def test_ratios_and_weights_stand_where_every_level_has_enough():
    two = {"stratum": {0: 500.0, 1: 700.0}}
    found = method(weighted(lambda s: kp.rake(s, two), lambda s: kp.trim_weights(s, upper=10.0)))
    assert "Weights are raked to the margins stratum; ratios of weights from 4.17 to 5.83." in texts(found)
    assert table(found, "weighting").rows[1][3:5] == ("8.3", "11.7")
    assert "Weights are trimmed to at most 10: 60 cut, 0 raised; their sum is kept." in texts(found)


def test_total_of_a_calibration_that_counts_few_respondents_is_not_shown():
    # before C(sex)[T.P] stood 8.0: with weights of 2.0 four women
    totals = {"Intercept": 300, "C(sex)[T.P]": 20}
    found = method(weighted(lambda s: kp.calibrate(s, "~ C(sex)", totals)))
    assert [row[3] for row in table(found, "margins").rows] == ["240.0", "\N{EN DASH}*"]
    assert "(linear distance)." in texts(found)


def test_only_the_wave_with_a_hidden_sum_keeps_its_weights_back():
    large = frame().assign(sex=np.where(np.arange(120) < 40, "P", "L"))
    two = {
        "Maret 2022": kp.rake(Survey(frame(), book(), Design(weight="w")), MARGINS),
        "Januari 2023": kp.rake(Survey(large, book(), Design(weight="w")), MARGINS),
    }
    request = ReportRequest(("Maret 2022", "Januari 2023"), spec=IndexSpec(["speed", "care"]))
    found = method(gather_results(kp.stack_waves(dict(reversed(two.items()))), request))
    assert [(row[0], row[1], row[4] == "\N{EN DASH}") for row in table(found, "weighting").rows] == [
        ("start", "Maret 2022", False),
        ("raking", "Maret 2022", True),
        ("start", "Januari 2023", False),
        ("raking", "Januari 2023", False),
    ]
    assert texts(found).index("Maret 2022: Weights are raked") < texts(found).index("Januari 2023: Weights are raked")


def test_weights_made_by_steps_alone_are_not_said_to_be_none():
    # "No weights and no design are declared: every row counts the same" stood above "Weights are raked"
    raked = results(kp.rake(Survey(frame(), book()), MARGINS))
    for language, every, made in (
        ("en", "every row counts", "is made by weighting steps"),
        ("id", "setiap baris dihitung sama", "langkah penimbangan."),
    ):
        said = texts(method(raked, language))
        assert every not in said
        assert made in said
    strata = texts(method(results(kp.rake(survey(Design(strata="stratum")), MARGINS))))
    assert "no starting weights" in strata
    assert "no weights" not in strata


def test_a_sum_of_equal_weights_that_counts_few_respondents_is_not_shown_nor_what_it_follows_from():
    margins = table(method(weighted(lambda s: kp.rake(s, MARGINS))), "margins")
    assert [row[3] for row in margins.rows] == ["\N{EN DASH}*"] * 2
    assert margins.frame["before"].isna().all()
    assert "fewer than 10 respondents" in margins.notes[0]
    uneven = survey(Design(weight="w")).frame.assign(w=np.linspace(1, 2, 120))
    shown = table(method(results(kp.rake(Survey(uneven, book(), Design(weight="w")), MARGINS))), "margins")
    assert "\N{EN DASH}*" not in {row[3] for row in shown.rows}


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (lambda s: kp.poststratify(s, "stratum", {0: 500.0, 1: 700.0}), "Weights are poststratified by stratum; ratios of weights from"),
        (
            lambda s: kp.calibrate(s, "~ C(stratum)", {"Intercept": 300, "C(stratum)[T.1]": 160}),
            "Weights are calibrated to the totals of ~ C(stratum) (linear distance); ratios of weights from",
        ),
        (lambda s: kp.trim_weights(kp.rake(s, MARGINS), upper=120.0), "Weights are trimmed to at most 120; their sum is kept."),
        (
            lambda s: kp.adjust_nonresponse(s, np.arange(120) % 4 > 0, cells="stratum"),
            "Weights are adjusted for nonresponse in 2 cells (stratum); weighted response rate 75.0 %.",
        ),
        (
            lambda s: kp.adjust_nonresponse(s, np.arange(120) % 4 > 0, formula="~ stratum"),
            "Weights are adjusted for nonresponse by response propensities from ~ stratum; weighted response rate 75.0 %.",
        ),
        (lambda s: kp.adjust_nonresponse(s, np.arange(120) % 4 > 0), "in 1 cells (the whole sample)"),
    ],
)
def test_every_step_is_told_in_words(step, said):
    found = weighted(step)
    assert said in texts(method(found))
    assert "{" not in texts(method(found, "id"))


def test_steps_of_waves_are_told_by_wave():
    two = {wave: kp.rake(survey(Design(weight="w", strata="stratum", psu="psu")), MARGINS) for wave in ("2020", "2022")}
    found = gather_results(kp.stack_waves(two), ReportRequest(("2020", "2022"), spec=IndexSpec(["speed", "care"])))
    said = texts(method(found))
    assert "2020: Weights are raked" in said
    assert "2022: Weights are raked" in said
    assert "The waves are independent samples: each has strata and units of its own." in said
    assert table(method(found), "margins").heads == 4
    assert "Differences are tested by two-sided t tests" in said


# ---------------------------------------------------------------- how it was computed


def test_errors_from_linearisation_and_from_replicates_are_told_apart():
    assert "by Taylor linearisation under the sampling design; intervals" in texts(method(weighted()))
    assert "the sampling design and the weighting steps; intervals" in texts(method(weighted(lambda s: kp.rake(s, MARGINS))))
    drawn = texts(method(weighted(lambda s: kp.add_replicates(s, "bootstrap", n=20, seed=11))))
    assert "Standard errors are from 20 replicates (bootstrap of Rao and Wu), seed 11, in each of which" in drawn
    assert "replicates (jackknife within strata), in each" in texts(method(weighted(lambda s: kp.add_replicates(s, "jkn"))))
    given = frame().assign(r1=1.0, r2=3.0)
    brought = results(Survey(given, book(), Design(weight="w", replicates=kp.Replicates(["r1", "r2"]))))
    assert "from the 2 replicates that came with the data" in texts(method(brought))


def test_lone_strata_are_counted_with_their_rule():
    lone = Survey(frame().assign(stratum=np.where(np.arange(120) < 10, 9, 1)), book(), Design("w", "stratum", "psu", single_psu="adjust"))
    assert "taken uncentred (rule adjust): 1 strata." in texts(method(results(lone)))


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (IndexSpec(["speed", "care"]), "Index = mean of 2 item scores"),
        (IndexSpec(["speed", "care"]), "Score = 100 × (answer - lowest) / (highest - lowest)"),
        (IndexSpec(["speed", "care"]), "Items whose high codes are bad answers are reversed: Care. All items have equal weights."),
        (IndexSpec(["speed", "care"], weights={"speed": 3, "care": 1}), "Weights of items: Speed 75.0 %, Care 25.0 %."),
        (IndexSpec(["speed", "care"], weights={"speed": "stated", "care": "stated"}), "importance that respondents state: stated, stated."),
        (IndexSpec(["speed"], level="respondents", min_answered=0.5), "less than 50 % of the items have no index."),
        (IndexSpec(["speed"], scoring="top-box", top=1), "Score = 100 for one of the 1 highest answers"),
        (IndexSpec(["speed"], missing="listwise"), "Only respondents who answered every item are used."),
    ],
)
def test_the_index_is_told_in_words(spec, said):
    assert said in texts(method(results(spec=spec)))


def test_thresholds_source_and_software_close_the_part():
    said = texts(method(results(suppression=Suppression(50, 5))))
    assert "Numbers from fewer than 50 answers are not published; with fewer than 5 answers n is not shown either" in said
    assert said.endswith(f"Source of the data: made up for tests. Computed with kepuasan {kp.__version__}.")


# ---------------------------------------------------------------- run record


def test_the_record_names_versions_inputs_rows_and_seeds():
    drawn = kp.add_replicates(survey(Design(weight="w", strata="stratum", psu="psu")), "bootstrap", n=20, seed=11)
    found = record_part(results(drawn, inputs={"data/users.csv": "ab" * 32, "/home/me/x.toml": "cd" * 32, "C:\\me\\y.csv": "ef" * 32}), VOICES["en"])
    listing = next(block for block in found.blocks if isinstance(block, Listing))
    assert listing.terms[0][1].startswith(f"kepuasan {kp.__version__}, Python 3.")
    assert listing.terms[1] == ("Seed", "11")
    assert [row[0] for row in table(found, "inputs").rows] == ["data/users.csv", "x.toml", "y.csv"]
    assert table(found, "steps").rows == (("read", "2022", "120"), ("with an answer to the index", "2022", "120"))


def test_headline_numbers_have_ten_digits_in_the_writing_of_the_language():
    found = results()
    value = float(found.index.score.value[0])
    headline = table(record_part(found, VOICES["en"]), "headline")
    assert headline.rows[0][:2] == ("Index 2022", f"{value:.10g}")
    assert headline.frame.loc[0, "estimate"] == value
    assert table(record_part(found, VOICES["id"]), "headline").rows[0][:2] == ("Indeks 2022", f"{value:.10g}".replace(".", ","))


def test_numbers_of_a_wave_of_too_few_answers_are_not_recorded():
    few = Survey(frame().iloc[:20], book())
    made = kp.stack_waves({"2020": survey(), "2022": few})
    found = gather_results(made, ReportRequest(("2020", "2022"), spec=IndexSpec(["speed", "care"])))
    headline = table(record_part(found, VOICES["en"]), "headline")
    assert [row[0] for row in headline.rows][:3] == ["Index 2020", "Index 2022*", "Difference 2020 to 2022*"]
    assert [row[1] == "\N{EN DASH}" for row in headline.rows][:3] == [False, True, True]
    assert headline.frame["estimate"].isna().tolist()[:3] == [False, True, True]
    assert "Fewer than 30 answers" in headline.notes[0]


def test_the_sample_is_recorded_with_its_differences_and_parts():
    users = kp.load_sample("users")
    found = gather_results(users, ReportRequest(("2020", "2022"), frame="region"))
    rows = table(record_part(found, VOICES["en"]), "headline").rows
    names = [row[0] for row in rows]
    assert names[:3] == ["Index 2020", "Index 2022", "Difference 2020 to 2022"]
    assert "Part of the difference: Difference of frame" in names
    assert rows[2][1].startswith("\N{MINUS SIGN}")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_parts_are_the_same_every_time_and_name_nothing_of_the_machine(language):
    found = weighted(lambda s: kp.rake(s, MARGINS))
    first, again = (str([part(found, VOICES[language]) for part in (method_part, record_part)]) for _ in range(2))
    assert first == again
    assert str(Path.cwd()) not in first
    assert str(dt.datetime.now(tz=dt.UTC).date()) not in first
