"""What the library warns of, told by code and in Indonesian: each test makes the warning itself, so that a message that changes is noticed here."""

import re
import warnings

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.cli.options import warned
from kepuasan.codebook import Driver, Item
from kepuasan.design import Design
from kepuasan.errors import DataWarning, KepuasanWarning
from kepuasan.report import ReportRequest, gather_results
from kepuasan.waves import stack_waves
from kepuasan.wording.run_warnings import WORDS

SPEC = kp.IndexSpec(["u1", "u2"], scale=(1, 4))


def frame(n=40, **change):
    rng = np.random.default_rng(3)
    return pd.DataFrame(
        {
            "u1": rng.integers(1, 5, n),
            "u2": rng.integers(1, 5, n),
            "y": rng.integers(1, 5, n),
            "sex": ["L", "P"] * (n // 2),
            "region": ["Aceh"] * (n // 2) + ["Bali"] * (n // 2),
            "psu": list(range(4)) * (n // 4),
        }
    ).assign(**change)


def survey(book=None, design=None, **change):
    return kp.Survey(frame(**change), book, design=Design(**design) if design else None)


def waves(book=None, **change):
    design = Design(strata="region")
    return stack_waves({"2020": kp.Survey(frame(), book, design=design), "2022": kp.Survey(frame(**change), book, design=design)})


def of_drivers():
    book = kp.Codebook({name: Item(name) for name in ("u1", "u2", "y")}, drivers={"Lain": Driver("Lain", {"id": "Lain", "en": "Other"}, ("y",))})
    return kp.attribute_change(waves(book), "2020", "2022", spec=SPEC)


def labelled(path):
    (path / "a.csv").write_text("u1\n" + "1\n2\n9\n" * 5)
    item = Item("u1", values={1: {"id": "Ya", "en": "Yes"}, 2: {"id": "Tidak", "en": "No"}, 9: {"id": "Tidak tahu", "en": "Do not know"}})
    return kp.read_survey(path / "a.csv", kp.Codebook({"u1": item}))


def form(path, sheets):
    import xlsxwriter

    with xlsxwriter.Workbook(path / "b.xlsx") as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return kp.Codebook.read(path / "b.xlsx")


REPEATED = {
    "survey": [
        ["type", "name", "label"],
        ["begin_repeat", "r", "R"],
        ["integer", "anak", "Anak"],
        ["end_repeat", "", ""],
        ["integer", "umur", "Umur"],
    ],
    "choices": [["list_name", "name", "label"]],
}


def units():
    data = pd.DataFrame({f"u{n}": [3, 2, 4, 3] * 5 for n in range(1, 10)}).assign(unit=["A", "B"] * 10)
    data.loc[data.unit == "B", "u3"] = np.nan
    return kp.skm(kp.Survey(data), pool="units", unit="unit")


#: code, what makes it, and what its words in Indonesian must hold
MADE = {
    "KP300": (
        lambda _: kp.attribute_change(waves(region="Aceh"), "2020", "2022", spec=SPEC),
        "1 kode 'region' hanya ada di gelombang '2020' dan 0 hanya di gelombang '2022'",
    ),
    "KP301": (lambda _: kp.driver_importance(survey(), "y", ["u1", "u2"]), "selang kepentingan mencapai 0 ('u1', 'u2')"),
    "KP302": (lambda _: kp.mean(survey(sex=[None] + ["L"] * 39), ["u1"], by="sex"), "1 baris tidak mempunyai kode di 'sex'"),
    "KP303": (
        lambda _: kp.mean(survey(u1=[np.nan] * 20 + [2.0] * 20), ["u1"], by="region"),
        "1 angka kosong karena tidak ada yang menjawab: 'Aceh: u1'",
    ),
    "KP308": (
        lambda _: kp.rake(survey(weight=[50.0] * 40, design={"weight": "weight"}), {"sex": {"L": 49.0, "P": 51.0}}),
        "margin rake berjumlah 100, sedangkan bobot berjumlah 2.000",
    ),
    "KP309": (lambda _: of_drivers(), "faktor di buku kode yang memuat butir di luar indeks tidak dipakai: 'Lain'"),
    "KP310": (lambda path: form(path, REPEATED), "1 pertanyaan berulang di formulir tidak dipakai: 'anak'"),
    "KP311": (
        lambda path: form(path, {"butir": [["name", "label", "values", "warna"], ["u1", "Cepat", "1=Ya; 2=Tidak", "biru"]]}),
        "kolom 'warna' di lembar 'butir' buku kode tidak dibaca",
    ),
    "KP312": (labelled, "1 kode berlabel tidak menjawab dihitung sebagai jawaban: \"u1: 9 'Tidak tahu'\""),
    "KP313": (
        lambda _: gather_results(survey(wave=["1"] * 30 + ["2"] * 10), ReportRequest(("1",), spec=SPEC)),
        "kolom 'wave' berisi kode '1' di 30 dari 40 baris",
    ),
    "KP316": (lambda _: units(), "1 dari 2 unit tidak mempunyai indeks"),
    "KP318": (
        lambda _: kp.response_rates({"I": 10, "P": 1, "R": 2, "NC": 3, "O": 1, "UH": 4, "UO": 2}),
        "tanpa jumlah kasus di luar populasi (NE)",
    ),
    "KP322": (
        lambda _: gather_results(kp.Survey(frame(1200, place=range(1200)), None), ReportRequest(("1",), spec=SPEC, league="place", domains=("sex",))),
        "tabel menurut 'place' terlalu panjang (1.200 baris)",
    ),
    "KP320": (
        lambda _: kp.skm_from_means({f"u{n}": 3.0 for n in range(1, 9)}, weight="0.11"),
        "bobot 0,11 berlaku untuk 9 unsur, sedangkan di sini 8",
    ),
}


@pytest.mark.parametrize("code", MADE)
def test_a_warning_is_told_by_its_code_in_both_languages(code, tmp_path):
    make, said = MADE[code]
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        make(tmp_path)
    found = [one for warning in heard if issubclass(warning.category, KepuasanWarning) for one in warned(warning.message)]
    assert code in [one.code for one in found]
    one = next(one for one in found if one.code == code)
    assert said in one.said("id")
    assert one.severity == "warning"
    assert not re.search(r"\band \d+ more\b|\{", one.said("id") + one.advice("id"))


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("2 ratios have a denominator of 0 and are empty ('a')", "KP304", "2 rasio kosong"),
        ("3 of 500 replicates have no estimate of every statistic (why); the variance", "KP305", "3 dari 500 replikasi"),
        ("bootstrap replicates are of first-stage units, so that", "KP306", "replikasi bootstrap hanya"),
        ("80 replicates are no more than the 1,096 sampled units, so that", "KP307", "80 replikasi tidak lebih banyak daripada 1,096 unit"),
        ("the PDF is tagged but is not PDF/UA-1: a letter", "KP314", "tidak memenuhi seluruh baku"),
        ("the sheet lacks the counts of respondents by sex that the regulation asks for: no", "KP315", "menurut sex"),
        ("the codebook lists 8 values of 'unit', but not 'x', so that coverage of units is not known", "KP317", "memuat 8 unit 'unit'"),
        ("8 of the 9 elements of 14/2017 are there, and their numbers do not tell which are missing; name", "KP321", "hanya 8 dari 9 unsur 14/2017"),
        (
            "76.62 is class B, its interval 75.10 to 78.90 reaches from class C to B; the column",
            "KP319",
            "selang 75,10 s.d. 78,90 mencapai mutu C sampai B",
        ),
    ],
)
def test_warnings_that_are_long_to_make_are_told_by_their_text(text, code, said):
    (one,) = warned(DataWarning(text))
    assert one.code == code
    assert said in one.said("id")


def test_every_code_of_warnings_is_made_here():
    below = {"KP304", "KP305", "KP306", "KP307", "KP314", "KP315", "KP317", "KP319", "KP321"}
    assert {key for key in WORDS if re.fullmatch(r"KP\d{3}", key)} == set(MADE) | below


def test_a_run_in_indonesian_warns_in_indonesian_and_check_lists_it(place, call):
    # was "31 codes of 'stratum' were asked in '2020' only", in English, and in `check` above the list, where no machine could read it
    text = (place / "kepuasan.toml").read_text().replace('language = "en"', 'language = "id"').replace('[change]\nframe = "region"\n', "")
    (place / "kepuasan.toml").write_text(text)
    said = call("run").stderr
    assert said.startswith("Peringatan: 1 kode 'region' hanya ada di gelombang '2020' dan 1 hanya di gelombang '2022'")
    assert "were asked" not in said
    result = call("check")
    assert result.stderr == ""
    assert "KP300  kepuasan.toml" in result.stdout


def test_a_warning_of_no_known_kind_is_left_to_its_own_words():
    assert warned(DataWarning("something else")) == []
