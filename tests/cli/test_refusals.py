"""What the library refuses, told by code and in Indonesian: each test raises the error itself, so that a message that changes is noticed here."""

import os
import re

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.cli.answers import with_users
from kepuasan.cli.recipe.margins import margins_of
from kepuasan.codebook import AnswerScale, Item
from kepuasan.design import Design
from kepuasan.errors import KepuasanError
from kepuasan.frames import common_groups
from kepuasan.io.columnar import reading as columnar
from kepuasan.problems import Problem
from kepuasan.refusals.telling import told
from kepuasan.report import Group, ReportRequest, gather_results
from kepuasan.report.folder import require_free, whole_file, whole_folder, write_record
from kepuasan.scales import Scale
from kepuasan.waves import stack_waves
from kepuasan.weighting.calibrating import calibrate
from kepuasan.wording.problems import WORDS
from kepuasan.wording.run_refusals import WORDS as RUN_WORDS

SPEC = kp.IndexSpec(["u1", "u2"], scale=(1, 4))


def frame(n=40):
    rng = np.random.default_rng(3)
    return pd.DataFrame(
        {
            "u1": rng.integers(1, 5, n),
            "u2": rng.integers(1, 5, n),
            "w": rng.uniform(0.5, 2, n).round(3),
            "sex": ["L", "P"] * (n // 2),
            "region": ["Aceh"] * (n // 2) + ["Bali"] * (n // 2),
            "psu": list(range(4)) * (n // 4),
            "size": 100.0,
        }
    )


def survey(change=None, **design):
    return kp.Survey(frame() if change is None else frame().assign(**change), design=Design(**design) if design else None)


def waves(*, book=None, **change):
    return stack_waves({"2020": kp.Survey(frame(), book), "2022": kp.Survey(frame().assign(**change), book)})


def report(**asked):
    return gather_results(survey(), ReportRequest(("1",), spec=SPEC, **asked))


def book(**missing):
    return kp.Codebook({"u1": Item("u1", scale="s", **missing)}, scales={"s": AnswerScale("s", Scale(1, 4))})


def of_waves(base="2020", current="2022", **asked):
    return kp.attribute_change(waves(), base, current, **{"spec": SPEC, **asked})


def in_folder(tmp_path, file, text, place="out"):
    folder = tmp_path / place
    folder.mkdir()
    (folder / "report.html").write_text("a")
    write_record(folder, inputs={}, headline={})
    (folder / file).write_text(text)
    require_free(folder)


def drivers(**change):
    return kp.driver_importance(survey(change), "u1", ["u2", "psu"])


def margin(path, text):
    (path / "m.csv").write_text(text)
    return margins_of({"sex": "m.csv"}, path)


def elements():
    return pd.DataFrame({f"u{n}": [1, 2, 3, 4] for n in range(1, 10)})


def unwritable(path):
    with whole_folder(path / "out"):
        raise OSError(28, os.strerror(28))


#: code, what raises it, and what its words in Indonesian must hold
RAISED = {
    "KP034": (lambda path: kp.read_survey(path / "survei.cvs.csv"), "tidak ada berkas 'survei.cvs.csv'"),
    "KP035": (lambda path: kp.Codebook.read(path / "book.toml"), "tidak ada buku kode 'book.toml'"),
    "KP036": (lambda path: kp.read_survey(path), "adalah folder"),
    "KP039": (lambda _: kp.mean(survey(), ["sex"]), "kolom 'sex' berisi teks ('L', 'P'), padahal perlu kode angka"),
    "KP040": (lambda _: kp.mean(survey(), ["u11"]), "kolom 'u11' tidak ada dalam data; mungkin maksudnya 'u1'?"),
    "KP041": (lambda _: survey(weight="ww"), "kolom 'ww' untuk weight di bagian [design] tidak ada dalam data; mungkin maksudnya 'w'?"),
    "KP042": (
        lambda _: kp.satisfaction_index(survey({"u1": 7}), SPEC),
        "'u1': 7 di 40 baris (0, 1, 2, 3, 4 (+35))",
    ),
    "KP043": (lambda _: kp.satisfaction_index(survey(), kp.IndexSpec(["u1"])), "skala jawaban belum dinyatakan untuk 'u1'"),
    "KP004": (lambda _: kp.satisfaction_index(survey()), "tidak mempunyai bagian [index]"),
    "KP045": (
        lambda _: kp.IndexSpec(["u1"], weights={"u1": 1, "u11": 2}),
        "weights menyebut 'u11', yang bukan butir indeks; mungkin maksudnya 'u1'?",
    ),
    "KP046": (lambda _: survey({"w": [np.nan] * 2 + [1.0] * 38}, weight="w"), "2 baris tidak mempunyai bobot di kolom 'w' (baris data 0, 1,"),
    "KP047": (lambda _: survey({"w": -1.5}, weight="w"), "40 bobot di kolom 'w' negatif, yang pertama -1.5 (baris data 0, 1, 2, 3, 4 (+35),"),
    "KP048": (lambda _: survey({"w": 0.0}, weight="w"), "semua bobot di kolom 'w' 0"),
    "KP049": (lambda _: survey({"w": "banyak"}, weight="w"), "kolom 'w' untuk weight berisi 40 sel yang bukan angka, yang pertama 'banyak'"),
    "KP050": (lambda _: survey({"region": None}, strata="region"), "40 baris tidak mempunyai kode di kolom 'region' untuk strata"),
    "KP051": (lambda _: survey({"size": -1.0}, psu="psu", fpc="size"), "kolom fpc 'size' tidak berisi ukuran populasi yang positif di 40 baris"),
    "KP052": (lambda _: survey({"size": [0.5, 100.0] * 20}, psu="psu", fpc="size"), "fpc mencampur"),
    "KP053": (lambda _: survey({"size": 2.0}, psu="psu", fpc="size"), "fpc tidak cocok"),
    "KP054": (lambda _: survey(strata="region", psu="psu", nest=False), "4 kode unit sampel ada di lebih dari satu strata: 0, 1, 2, 3"),
    "KP055": (
        lambda _: kp.mean(survey({"psu": [1] * 20 + [1, 2] * 10}, strata="region", psu="psu"), ["u1"]).se,
        "ada 1 strata yang sampelnya hanya satu unit, sehingga ketelitiannya tidak dapat dihitung",
    ),
    "KP056": (lambda _: kp.add_replicates(survey(strata="region", psu="psu"), "jk1"), "cara replikasi jk1 tidak cocok"),
    "KP057": (lambda _: kp.add_replicates(survey(strata="region", psu="psu"), "sdr", n=2), "cara sdr memerlukan sedikitnya 4"),
    "KP058": (lambda _: report(groups=(Group("a", "sex =< 'P'"),)), "kondisi \"sex =< 'P'\" tidak dapat dibaca"),
    "KP059": (lambda _: survey().where("psu > 30"), 'kondisi "psu > 30" tidak menyisakan satu baris pun'),
    "KP060": (lambda _: kp.mean(survey({"item": 1}), ["u1"], by="item"), "nama kolom 'item' dipakai tabel hasil"),
    "KP061": (lambda _: survey({"sex": None}).domains("sex", warn=False), "tidak ada baris berbobot dengan kode di 'sex'"),
    "KP062": (lambda _: of_waves(current="2202"), "tidak ada gelombang '2202'; mungkin maksudnya '2022'?; gelombangnya '2020', '2022'"),
    "KP063": (lambda _: of_waves(current="2020"), "gelombang yang sama, '2020'"),
    "KP064": (lambda _: waves(wave=1), "data gelombang '2022' sudah mempunyai kolom 'wave'"),
    "KP065": (
        lambda _: stack_waves({"2020": kp.Survey(frame(), book()), "2022": kp.Survey(frame(), book(missing={9: "x"}))}),
        "buku kode gelombang tidak sejalan: items.u1.missing: [9] di sini, [] sebelumnya",
    ),
    "KP066": (
        lambda _: stack_waves({"a": survey(psu="psu"), "b": survey(psu="psu", single_psu="adjust")}),
        "rancangan sampel gelombang tidak sejalan: 'adjust', 'fail'",
    ),
    "KP067": (lambda _: common_groups(waves(region=None), "2020", "2022", "region"), "ada baris tanpa kode di kolom kerangka 'region'"),
    "KP068": (lambda _: common_groups(waves(region="Riau"), "2020", "2022", "region"), "tidak ada kelompok 'region' yang ditanyai"),
    "KP069": (
        lambda _: of_waves(spec={"2020": SPEC, "2022": kp.IndexSpec(["u1"], scale=(1, 4))}),
        "'u2' hanya ada di indeks satu gelombang",
    ),
    "KP070": (lambda _: kp.mean(survey({"u1": np.nan}), ["u1"]), "tidak seorang pun menjawab 'u1'"),
    "KP071": (lambda _: drivers(u1=3), "butir 'u1' yang dijelaskan hanya berisi satu nilai"),
    "KP072": (lambda _: drivers(u2=3), "'u2' isinya sama di semua baris"),
    "KP073": (lambda _: drivers(u1=[1.0, 2.0] + [np.nan] * 38), "hanya 2 baris yang lengkap, terlalu sedikit untuk 2 kolom"),
    "KP074": (lambda _: drivers(u2=frame()["psu"] * 2), "butir ini mengatakan hal yang sama dengan butir lain: "),
    "KP076": (lambda _: with_users(survey({"size": 1.25}), "size", None, None), "jumlah pengguna 'size' berisi 1.25, bukan bilangan bulat"),
    "KP077": (
        lambda _: with_users(survey({"size": range(40)}), "size", "sex", None),
        "jumlah pengguna 'size' berbeda-beda di dalam satu kelompok ('sex')",
    ),
    "KP078": (lambda _: kp.skm(kp.Survey(elements()), exclude=[f"u{n}" for n in range(1, 10)]), "semua unsur dikeluarkan"),
    "KP079": (lambda _: kp.skm(kp.Survey(elements().iloc[:, :2].set_axis(["persyaratan", "PERSYARATAN"], axis=1))), "sama-sama unsur 'persyaratan'"),
    "KP080": (
        lambda _: kp.rake(survey(), {"sex": {"L": 100.0, "X": 10.0}}),
        "'P' ada dalam sampel tetapi tidak mempunyai jumlah populasi; 'X' mempunyai jumlah populasi 10 tetapi tidak ada baris berbobot",
    ),
    "KP081": (
        lambda _: kp.rake(survey(), {"sex": {"L": 100.0, "P": 100.0}, "region": {"Aceh": 50.0, "Bali": 50.0}}),
        "jumlah margin-margin rake berbeda: ",
    ),
    "KP082": (
        lambda _: kp.rake(survey({"sex": [None] + ["L", "P"] * 19 + ["L"]}), {"sex": {"L": 100.0, "P": 100.0}}),
        "1 baris berbobot tidak mempunyai kode di 'sex' (baris data 0,",
    ),
    "KP083": (
        lambda _: kp.rake(survey({"sex": frame()["region"]}), {"sex": {"Aceh": 90.0, "Bali": 10.0}, "region": {"Aceh": 10.0, "Bali": 90.0}}),
        "pembobotan (rake) tidak tercapai: setelah 200 putaran",
    ),
    "KP084": (lambda _: kp.trim_weights(survey(), upper=0.5), "batas trim tidak dapat dipenuhi; rata-rata bobot 1"),
    "KP085": (
        lambda _: kp.adjust_nonresponse(survey(), frame()["region"] == "Aceh", cells="region"),
        "1 sel pembobotan tidak mempunyai responden",
    ),
    "KP086": (lambda _: kp.rake(survey(), {"sex": {"L": -5.0, "P": 100.0}}), "jumlah populasi untuk sex 'L' tidak dapat dipakai: -5.0"),
    "KP087": (
        lambda _: calibrate(survey(), "~ C(sex)", {"Intercept": 400.0, "C(sex)[T.P]": 10.0}, distance="raking", bounds=(0.9, 1.1)),
        "batas (0.9, 1.1) membuat jumlah populasi tidak tercapai",
    ),
    "KP088": (lambda path: margin(path, "jk,n,x\nL,1,2\n"), "'m.csv' mempunyai kolom 'jk', 'n', 'x'; perlu kolom 'sex', lalu satu kolom jumlah"),
    "KP089": (lambda path: margin(path, "sex,n\nL,banyak\n"), "kolom 'n' harus berisi angka saja, 0 atau lebih; sel 'banyak' tidak demikian"),
    "KP090": (lambda path: ((path / "out").write_text("a"), require_free(path / "out")), "tempat hasil 'out' adalah berkas"),
    "KP091": (lambda path: in_folder(path, "catatan.txt", "b"), "berisi berkas lain: 'catatan.txt'"),
    "KP092": (lambda path: in_folder(path, "report.html", "b"), "diubah sejak ditulis: 'report.html'"),
    "KP093": (lambda path: whole_file(path / "none" / "a.txt", b"a"), "tidak dapat ditulis (berkas atau folder tidak ada)"),
    "KP094": (
        lambda _: gather_results(survey({"nik": [f"31740{n:011}" for n in range(40)]}), ReportRequest(("1",), spec=SPEC, domains=("nik",))),
        "hasil menurut data pribadi tidak pernah ditampilkan: 'nik' (nomor identitas)",
    ),
    "KP096": (lambda _: kp.skm(kp.Survey(pd.DataFrame({"a": [1], "b": [2]}))), "tidak ada kolom yang merupakan unsur SKM; kolomnya 'a', 'b'"),
    "KP098": (lambda path: unwritable(path), "out' tidak dapat ditulis (ruang penyimpanan habis); hasil yang lama tidak berubah"),
    "KP097": (lambda _: kp.skm(survey()), "SKM menurut 14/2017 mempunyai 9 unsur, di sini 2"),
}


@pytest.mark.parametrize("code", RAISED)
def test_a_refusal_is_told_by_its_code_in_both_languages(code, tmp_path):
    make, said = RAISED[code]
    with pytest.raises(KepuasanError) as caught:
        make(tmp_path)
    found = told(str(caught.value))
    assert [one.code for one in found] == [code]
    assert said in found[0].said("id")
    assert found[0].advice("id")
    assert not re.search(r"\band \d+ more\b|did you mean|in the sample|\{", found[0].said("id"))
    assert found[0].said("en") != found[0].said("id")


def test_every_code_of_runs_is_raised_here_or_below():
    below = {"KP037", "KP038", "KP044", "KP075", "KP095"}
    assert {code for code in RUN_WORDS if re.fullmatch(r"KP\d{3}", code)} == (set(RAISED) - {"KP004"}) | below


def test_a_file_that_may_not_be_opened_and_a_package_that_is_not_there(tmp_path, monkeypatch):
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    monkeypatch.setattr(columnar.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(KepuasanError) as caught:
        kp.read_survey(tmp_path / "a.parquet")
    (one,) = told(str(caught.value))
    assert (one.code, one.values["kind"], "pip install" in one.advice("id")) == ("KP038", "Parquet", True)
    (tmp_path / "a.csv").write_text("a\n1\n")

    def closed(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "open", closed)
    with pytest.raises(KepuasanError) as caught:
        kp.read_survey(tmp_path / "a.csv")
    (one,) = told(str(caught.value))
    assert (one.code, one.said("id")) == (
        "KP037",
        "berkas a.csv tidak dapat dibuka (tidak ada izin, atau berkas sedang dibuka program lain)",
    )


def test_codebooks_with_two_indices_items_on_another_scale_and_models_without_a_solution():
    books = [kp.Codebook({"u1": Item("u1")}, index={"items": ["u1"], "scoring": scoring}) for scoring in ("raw", "minmax")]
    both = stack_waves({"2020": kp.Survey(frame(), books[0]), "2022": kp.Survey(frame(), books[1])})
    with pytest.raises(KepuasanError) as caught:
        kp.satisfaction_index(both)
    assert [one.code for one in told(str(caught.value))] == ["KP044"]
    long = kp.Codebook({f"u{n}": Item(f"u{n}", scale="s") for n in range(1, 10)}, scales={"s": AnswerScale("s", Scale(1, 5))})
    with pytest.raises(KepuasanError) as caught:
        kp.skm(kp.Survey(pd.DataFrame({f"u{n}": [1, 5, 3] for n in range(1, 10)}), long))
    assert [one.code for one in told(str(caught.value))] == ["KP095"]
    with pytest.raises(KepuasanError) as caught:
        kp.regress(survey({"y": [0, 1] * 20, "x": [0, 1] * 20}), "y ~ x", family="logit")
    (one,) = told(str(caught.value))
    assert (one.code, one.values["names"]) == ("KP075", "'x'")


def test_columns_that_are_missed_are_told_one_by_one():
    with pytest.raises(KepuasanError) as caught:
        survey().require(["u11", "sx", "zzz"])
    assert [one.said("id") for one in told(str(caught.value))] == [
        "kolom 'u11' tidak ada dalam data; mungkin maksudnya 'u1'?",
        "kolom 'sx' tidak ada dalam data; mungkin maksudnya 'sex'?",
        "kolom 'zzz' tidak ada dalam data",
    ]


def test_problems_that_a_message_holds_in_full_are_told_with_their_place_and_rows(tmp_path):
    (tmp_path / "a.csv").write_text("u1,umur,x\n" + "7,30,1\n" * 12 + "3,tua,1\n")
    items = {"u1": Item("u1", scale="s"), "umur": Item("umur"), "u9": Item("u9"), "xx": Item("xx")}
    with pytest.raises(KepuasanError) as caught:
        kp.read_survey(tmp_path / "a.csv", kp.Codebook(items, scales={"s": AnswerScale("s", Scale(1, 4))}))
    found = {one.column: one for one in told(str(caught.value))}
    assert {name: one.code for name, one in found.items()} == {"u1": "KP175", "umur": "KP174", "u9": "KP170", "xx": "KP170"}
    assert (found["u1"].file, found["u1"].rows, found["u1"].count) == ("a.csv", (2, 3, 4, 5, 6, 7, 8, 9), 12)
    assert found["u1"].said("id") == "jawaban di luar skala 1 sampai 4: 7"
    assert found["umur"].rows == (14,)
    assert found["xx"].said("id").endswith("(kolom terdekat: 'x')")
    assert found["u9"].said("id").endswith("tidak ada kolom yang mirip")


def test_a_refusal_of_a_command_is_said_in_the_language_of_the_recipe(place, call):
    text = (place / "kepuasan.toml").read_text().replace('language = "en"', 'language = "id"')
    (place / "kepuasan.toml").write_text(text.replace('by = ["sex"]', 'by = ["sx"]'))
    result = call("run")
    assert result.exit_code == 2
    assert "kolom 'sx' tidak ada dalam data; mungkin maksudnya 'sex'?" in result.stderr


def test_words_where_no_column_is_near_have_no_dash():
    for language in ("id", "en"):
        said = Problem("KP170", {"item": "u9", "nearest": "-"}).said(language)
        assert "-" not in said.replace(" - ", "")
    assert "KP170.lone" in WORDS
