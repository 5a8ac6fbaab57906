"""One invented survey of 300 respondents as each platform exports it: the index and the shares are those worked out by hand from the answers."""

from __future__ import annotations

import csv
import warnings
from dataclasses import replace

import numpy as np
import pytest

from kepuasan import proportion, satisfaction_index
from kepuasan.codebook import AnswerScale, Codebook, Item, Multiple
from kepuasan.errors import DataWarning
from kepuasan.io.reading import read_file, read_survey
from kepuasan.scales import Scale

N = 300
PUAS = {1: "Tidak puas", 2: "Kurang puas", 3: "Puas", 4: "Sangat puas"}
WORDS = {**PUAS, 9: "Tidak tahu", 0: ""}
ASKED = {
    "u1": "Seberapa puas Bapak/Ibu dengan kecepatan layanan?",
    "u2": "Seberapa puas Anda dengan petugas, loket, dan ruang tunggu?",
    "u3": "Seberapa puas Anda dengan kanal pengaduan (mis. aplikasi)?",
}
WHICH = "Saluran apa saja yang Anda pakai?"
CHANNELS = {"sms": "Pesan singkat (SMS)", "web": "Situs web", "telepon": "Telepon, WhatsApp, atau tatap muka", "lain": "Lainnya"}
WRITTEN = ("Surat", "Lewat teman, kantor desa", "Twitter")


def invented():
    """Answers by respondent: 0 is a question without an answer, and so is a question without any channel."""
    rng = np.random.default_rng(300)
    respondents = []
    for place in range(N):
        answers = {name: int(rng.choice([0, 1, 2, 3, 4, 9], p=[0.06, 0.06, 0.2, 0.4, 0.24, 0.04])) for name in ASKED}
        chosen = [code for code, share in zip(CHANNELS, (0.4, 0.5, 0.3, 0.12), strict=True) if rng.random() < share]
        written = str(rng.choice(WRITTEN)) if "lain" in chosen else ""
        respondents.append({"w": round(float(rng.uniform(0.3, 3)), 3), "chosen": chosen, "written": written, "place": place, **answers})
    return respondents


PEOPLE = invented()
WEIGHTS = np.array([one["w"] for one in PEOPLE])


def index_by_hand():
    scores = []
    for name in ASKED:
        answers = np.array([one[name] for one in PEOPLE])
        answered = (answers >= 1) & (answers <= 4)
        scores.append((WEIGHTS * (answers - 1) / 3)[answered].sum() / WEIGHTS[answered].sum())
    return 100 * np.mean(scores)


def share_by_hand(code, *, none_counts=False):
    answered = np.array([bool(one["chosen"]) or none_counts for one in PEOPLE])
    chosen = np.array([code in one["chosen"] for one in PEOPLE])
    return WEIGHTS[chosen].sum() / WEIGHTS[answered].sum()


def book(codes=tuple(CHANNELS), **changes):
    """The codebook: its items are called u1, u2, u3, kanal/sms ..., its texts are those of the form."""
    items = [Item(name, text, scale="puas4", missing={9: "Tidak tahu"}) for name, text in ASKED.items()]
    options = {code: f"kanal/{code}" for code in codes}
    items += [Item(item, f"{WHICH}: {text}") for item, text in zip(options.values(), CHANNELS.values(), strict=True)]
    made = [Item("start", type="datetime"), Item("deviceid", type="text"), Item("w", "Bobot")]
    return Codebook(
        {item.name: item for item in [*made, *items]},
        {"puas4": AnswerScale("puas4", Scale(1, 4, (1, 2, 3, 4)), PUAS)},
        index={"items": list(ASKED)},
        design={"weight": "w"},
        multiples={"kanal": replace(Multiple("kanal", WHICH, options, joined="kanal"), **changes)},
    )


def code(one, name):
    return str(one[name] or "")


def word(one, name):
    return WORDS[one[name]]


def picks(one, yes, no, blank=""):
    """A cell for each channel."""
    return [blank if not one["chosen"] else yes if channel in one["chosen"] else no for channel in CHANNELS]


def named(one):
    """The labels of what was chosen, the written answer in place of "other"."""
    return [CHANNELS[channel] for channel in one["chosen"] if channel != "lain"] + ([one["written"]] if one["written"] else [])


def kobo(one):
    channels = dict(zip((f"layanan/kanal/{channel}" for channel in CHANNELS), picks(one, "1", "0"), strict=True))
    answers = {f"layanan/{name}": code(one, name) for name in ASKED}
    return answers | {"layanan/kanal": " ".join(one["chosen"]), **channels, "w": one["w"], "_uuid": one["place"], "_index": one["place"]}


def kobo_labels(one):
    channels = dict(zip((f"A. Layanan/{WHICH}/{text}" for text in CHANNELS.values()), picks(one, "1", "0"), strict=True))
    answers = {f"A. Layanan/{text}": word(one, name) for name, text in ASKED.items()}
    joined = " ".join(CHANNELS[channel] for channel in one["chosen"])
    return answers | {f"A. Layanan/{WHICH}": joined, **channels, "Bobot": one["w"], "_uuid": one["place"], "_index": one["place"]}


def odk(one):
    answers = {f"layanan-{name}": code(one, name) for name in ASKED}
    return answers | {"layanan-kanal": " ".join(one["chosen"]), "w": one["w"], "meta-instanceID": one["place"], "KEY": one["place"]}


def google(one):
    answers = {f"{number}. {text}": word(one, name) for number, (name, text) in enumerate(ASKED.items(), 1)}
    return {"Stempel waktu": "14/5/2026 13:25:52", **answers, WHICH: ", ".join(named(one)), "Bobot": one["w"]}


def limesurvey(one):
    channels = dict(zip(("kanal[sms]", "kanal[web]", "kanal[telepon]", "kanal[other]"), [*picks(one, "Y", "")[:3], one["written"]], strict=True))
    said = {"id": one["place"], "submitdate": "2022-05-01 10:00:00", "lastpage": 2, "startlanguage": "id", "seed": 7}
    return said | {name: code(one, name) for name in ASKED} | channels | {"w": one["w"]}


def limesurvey_texts(one):
    channels = dict(zip((f"{WHICH} [{text}]" for text in CHANNELS.values()), [*picks(one, "Ya", "Tidak")[:3], one["written"]], strict=True))
    said = {"Response ID": one["place"], "Date submitted": "2022-05-01 10:00:00", "Last page": 2, "Start language": "id", "Seed": 7}
    return said | {text: word(one, name) for name, text in ASKED.items()} | channels | {"Bobot": one["w"]}


def qualtrics(one):
    channels = dict(zip((f"kanal_{number}" for number in range(1, 5)), picks(one, "1", ""), strict=True))
    said = {"StartDate": "2022-05-01 10:00:00", "EndDate": "2022-05-01 10:10:00", "RecordedDate": "2022-05-01 10:10:01", "ResponseId": one["place"]}
    return said | {name: code(one, name) for name in ASKED} | channels | {"w": one["w"]}


def redcap(one):
    channels = dict(zip((f"kanal___{channel}" for channel in CHANNELS), picks(one, "1", "0", "0"), strict=True))
    return {"record_id": one["place"], **{name: code(one, name) for name in ASKED}, **channels, "w": one["w"], "survei_complete": 2}


def microsoft(one):
    answers = {text: word(one, name) for name, text in ASKED.items()}
    said = {"ID": one["place"], "Start time": "5/1/22 10:00", "Completion time": "5/1/22 10:10"}
    return said | answers | {WHICH: "".join(f"{text};" for text in named(one)), "Bobot": one["w"]}


def no_platform(one):
    """A table kept by hand: a mark where a channel was used."""
    channels = dict(zip((f"kanal_{channel}" for channel in CHANNELS), picks(one, "x", ""), strict=True))
    return {f"{name} ({text})": word(one, name) for name, text in ASKED.items()} | channels | {"w": one["w"]}


EXPORTS = {
    "KoboToolbox": (kobo, ";"),
    "KoboToolbox, labels": (kobo_labels, ";"),
    "ODK": (odk, ","),
    "Google Forms": (google, ","),
    "LimeSurvey": (limesurvey, ","),
    "LimeSurvey, answers": (limesurvey_texts, ","),
    "REDCap": (redcap, ","),
    "Microsoft Forms": (microsoft, ","),
    "": (no_platform, ","),
}


def written(path, rows, separator):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


def check(path, codebook, platform, *, none_counts=False):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        survey = read_survey(path, codebook)
    assert survey.codebook.source.endswith(f", {platform} export" if platform else "UTF-8")
    assert satisfaction_index(survey).score.value[0] == pytest.approx(index_by_hand(), rel=1e-12)
    options = codebook.multiples["kanal"].items.values()
    for channel, item in zip(CHANNELS, options, strict=True):
        shares = proportion(survey, item)
        assert shares[{"category": 1}].value[0] == pytest.approx(share_by_hand(channel, none_counts=none_counts), rel=1e-12)


@pytest.mark.parametrize("export", EXPORTS)
def test_the_index_and_the_shares_are_those_of_the_answers(tmp_path, export):
    # Kobo labels and numbered questions found no column (KP170); of LimeSurvey's answers the share of "other" was 1, its blanks being no answers
    made, separator = EXPORTS[export]
    rows = [made(one) for one in PEOPLE]
    path = written(tmp_path / "a.csv", [list(rows[0]), *(row.values() for row in rows)], separator)
    check(path, book(), export.split(",")[0], none_counts=export == "REDCap")


def test_a_survey_of_qualtrics_has_them_too(tmp_path):
    rows = [qualtrics(one) for one in PEOPLE]
    texts = {f"kanal_{number}": f"{WHICH} - Selected Choice - {text}" for number, text in enumerate(CHANNELS.values(), 1)}
    second = [texts.get(name, ASKED.get(name, name)) for name in rows[0]]
    third = [f'{{"ImportId":"{name}"}}' for name in rows[0]]
    path = written(tmp_path / "a.csv", [list(rows[0]), second, third, *(row.values() for row in rows)], ",")
    check(path, book((1, 2, 3, 4)), "Qualtrics")
    # columns kanal_1 ... were not found by their texts, only by options called 1 ... 4
    check(path, book(), "Qualtrics")


def test_a_survey_of_surveymonkey_has_them_too(tmp_path):
    # the column "Lainnya (sebutkan)" was not found to be the option "Lainnya" (KP170)
    first = ["Respondent ID", "Collector ID", *ASKED.values(), WHICH, "", "", "", "Bobot"]
    second = ["", "", *["Response"] * 3, *list(CHANNELS.values())[:3], "Lainnya (sebutkan)", "Open-Ended Response"]
    rows = []
    for one in PEOPLE:
        chosen = [CHANNELS[channel] if channel in one["chosen"] else "" for channel in CHANNELS][:3]
        rows.append([one["place"], 77, *(word(one, name) for name in ASKED), *chosen, one["written"], one["w"]])
    check(written(tmp_path / "a.csv", [first, second, *rows], ","), book(), "SurveyMonkey")


def test_redcap_does_not_tell_no_answer_from_none_chosen_and_that_is_said(tmp_path):
    rows = [redcap(one) for one in PEOPLE]
    path = written(tmp_path / "a.csv", [list(rows[0]), *(row.values() for row in rows)], ",")
    (warning,) = [problem for problem in read_file(path, book()).problems if problem.code == "KP160"]
    assert warning.severity == "warning"
    assert warning.count == sum(not one["chosen"] for one in PEOPLE)


def test_what_forms_make_by_themselves_may_be_absent_and_questions_may_not(tmp_path):
    # start and deviceid of the form were asked for as columns (KP170)
    rows = [odk(one) for one in PEOPLE]
    path = written(tmp_path / "a.csv", [list(rows[0]), *(row.values() for row in rows)], ",")
    given = book().with_items([Item("umur", "Berapa umur Anda?"), Item("end", scale="puas4")])
    found = {problem.column: problem.code for problem in read_file(path, given).problems if problem.code in ("KP170", "KP178")}
    assert found == {"start": "KP178", "deviceid": "KP178", "umur": "KP170", "end": "KP170"}
