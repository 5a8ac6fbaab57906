"""`kepuasan skm`: the answers of an agency to its IKM, sheet and tables, without a line of Python."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kepuasan import Design, Survey, load_sample, skm
from kepuasan.report.publication.sheet import KINDS

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
NAMES = [f"Orang Rahasia {i}" for i in range(60)]


def template(**changed):
    """Sixty rows under the headers of agencies' templates; U3 is the lowest element, U2 the next."""
    row = np.arange(60)
    columns = {
        "NO. RESPONDEN": row + 1,
        "NAMA": NAMES,
        "JENIS KELAMIN": np.where(row < 25, "L", "P"),
        "USIA": 20 + row,
        "PENDIDIKAN": np.tile(["SMA", "S1", "D3", "S2"], 15),
        "PEKERJAAN": "PNS",
        "JENIS LAYANAN": np.tile(["KTP-el", "=Kartu Keluarga", "Akta"], 20),
    }
    answers = {f"U{i}": np.tile([3, 3, 4, 3], 15) for i in range(1, 10)}
    answers |= {"U2": np.tile([3, 3, 3, 3, 4], 12), "U3": np.tile([3, 3, 2, 3], 15), "U4": 4}
    return pd.DataFrame(columns | answers | changed)


@pytest.fixture
def place(tmp_path, monkeypatch):
    template().to_csv(tmp_path / "skm.csv", index=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def undrawn(monkeypatch):
    """Sheets without their picture, which takes a second."""
    monkeypatch.setitem(KINDS, ".png", lambda sheet: b"picture")


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}


def words(result):
    return " ".join(result.output.split())


# ---------------------------------------------------------------- what it says


def test_the_published_answers_of_sekadau_give_their_published_index(place, call):
    """78.74, mutu B, by the 49 published questionnaires."""
    result = call("skm", SAMPLE / "sekadau_2019.csv", "--codebook", SAMPLE / "sekadau_2019.toml")
    assert result.exit_code == 0
    row = next(line for line in result.output.splitlines() if line.startswith("  78,74"))
    found = skm_quiet(load_sample("sekadau")).to_frame().iloc[0]
    limits = f"{found['ci_low']:.2f} s.d. {found['ci_high']:.2f}".replace(".", ",").replace("s,d,", "s.d.")
    p = f"{100 * found['p_other']:.1f} %".replace(".", ",")
    assert row.split() == ["78,74", "B", "Baik", *limits.split(), *p.split(), "49"]
    assert f"Peluang bahwa mutu sebenarnya bukan B: {p} (paling mungkin C, Kurang Baik)." in words(result)
    assert "Unsur terendah: Persyaratan (2,816); Sistem, Mekanisme dan Prosedur (2,837); " in words(result)
    assert result.stderr == ""


def skm_quiet(survey, **choices):
    from kepuasan.errors import ClassWarning

    with pytest.warns(ClassWarning):
        return skm(survey, **choices)


def test_the_template_of_agencies_just_works(place, call):
    result = call("skm", "skm.csv", "--agency", "Dinas Contoh", "--service", "KTP", "--period", "Semester I 2025")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert sorted(contents("skm")) == [
        "run.json",
        "sheet.html",
        "sheet.png",
        "skm.xlsx",
        "tables/follow_up.csv",
        "tables/ikm.csv",
        "tables/unsur.csv",
    ]
    page = Path("skm/sheet.html").read_text(encoding="utf-8")
    for said in ("Dinas Contoh", "Semester I 2025", "Laki-laki", "Waktu Penyelesaian (terendah)", "Responden menurut pendidikan"):
        assert said in page
    assert page.index("SMA") < page.index("D3") < page.index("S1") < page.index("S2")
    assert result.output.startswith("INDEKS KEPUASAN MASYARAKAT (IKM), Dinas Contoh, KTP, Semester I 2025\n")
    for said in ("U8 dan U9: isi unsur belum diberi nama.", "seperti untuk sampel acak sederhana", "Hasil ditulis ke skm (7 berkas)."):
        assert said in words(result)
    assert "Peringatan" not in result.output


def test_a_group_above_the_elements_does_not_take_the_place_of_their_names(place, call):
    # "NILAI UNSUR PELAYANAN / U2" was printed for it
    import xlsxwriter

    table = template()
    first, last = table.columns.get_loc("U1"), table.columns.get_loc("U9")
    with xlsxwriter.Workbook("skm.xlsx") as book:
        sheet = book.add_worksheet()
        for column, name in enumerate(table.columns):
            if first <= column <= last:
                sheet.write(1, column, name)
            else:
                sheet.merge_range(0, column, 1, column, name)
            sheet.write_column(2, column, table[name].tolist(), book.add_format())
        sheet.merge_range(0, first, 0, last, "NILAI UNSUR PELAYANAN")
    result = call("skm", "skm.xlsx", "--agency", "Dinas Contoh")
    assert result.exit_code == 0
    assert "Sistem, Mekanisme dan Prosedur" in words(result)
    assert "NILAI UNSUR" not in result.output


def test_names_of_respondents_reach_no_output(place, call):
    call("skm", "skm.csv", "--agency", "Dinas", "--unit", "JENIS LAYANAN")
    everything = b"".join(contents("skm").values()) + b"".join(workbook_text(Path("skm/skm.xlsx")))
    assert b"Rahasia" not in everything
    assert b"KTP-el" in everything
    for option in ("--by", "--unit"):
        result = call("skm", "skm.csv", option, "NAMA", "--out", "other")
        assert (result.exit_code, Path("other").exists()) == (2, False)
        assert f"{option} berisi kolom 'NAMA', yang menunjuk orang" in result.stderr


def workbook_text(path):
    """The parts of a workbook, in which all its text stands."""
    with zipfile.ZipFile(path) as book:
        return [book.read(name) for name in book.namelist()]


def test_lines_fit_in_a_hundred_columns_and_english_has_no_indonesian(place, call):
    result = call("skm", "skm.csv", "--by", "JENIS LAYANAN", "--lang", "en", "--rule", "16/2014")
    assert result.exit_code == 0
    assert max(len(line) for line in result.output.splitlines()) <= 100
    for said in ("Lowest", "lowest elements (unsur)", "Warning: no sheet was written", "Not checked against the text"):
        assert said.casefold() in words(result).casefold()
    for word in ("Peringatan", "unsur terendah", "dari", "mutu lain"):
        assert word not in result.output


def test_without_an_agency_all_but_the_sheet_is_written_and_it_is_said(place, call):
    result = call("skm", "skm.csv")
    assert result.exit_code == 0
    assert sorted(contents("skm")) == ["run.json", "skm.xlsx", "tables/follow_up.csv", "tables/ikm.csv", "tables/unsur.csv"]
    assert '--agency "Nama unit, instansi"' in words(result)


def test_counts_that_the_sheet_lacks_are_told_in_plain_words(place, call, undrawn):
    template().drop(columns=["JENIS KELAMIN", "PENDIDIKAN"]).to_csv("plain.csv", index=False)
    result = call("skm", "plain.csv", "--agency", "Dinas")
    assert "Peringatan: lembar publikasi belum memuat jumlah responden menurut jenis kelamin" in words(result)
    assert "menurut pendidikan: data tidak punya kolom PENDIDIKAN." in words(result)
    assert result.stderr == ""


def test_a_missing_element_is_told_in_words_and_not_twice(place, call):
    """English warnings of the library stood beside them."""
    template().drop(columns="U9").to_csv("eight.csv", index=False)
    result = call("skm", "eight.csv", "--weight", "0,11")
    assert result.exit_code == 0
    assert "unsur yang tidak ada tidak dapat dikenali dari nomornya." in words(result)
    assert "Dengan bobot itu IKM tertinggi yang mungkin adalah 88,00." in words(result)
    assert result.stderr == ""


# ---------------------------------------------------------------- files


def test_tables_hold_the_numbers_of_the_library(place, call):
    call("skm", "skm.csv", "--by", "JENIS LAYANAN", "--unit", "PEKERJAAN")
    found = skm(Survey(template()), by="JENIS LAYANAN", unit="PEKERJAAN")
    for name, part in (("ikm", "score"), ("unsur", "unsur"), ("units", "units")):
        table = pd.read_csv(f"skm/tables/{name}.csv")
        assert table["estimate"].tolist() == found.to_frame(part)["estimate"].tolist()
    plan = pd.read_csv("skm/tables/follow_up.csv")
    assert plan["label"].tolist()[:2] == ["Waktu Penyelesaian", "Sistem, Mekanisme dan Prosedur"]
    assert len(plan) == 9


def test_a_text_that_begins_like_a_formula_is_text(place, call):
    call("skm", "skm.csv", "--by", "JENIS LAYANAN")
    assert ",'=Kartu Keluarga," in Path("skm/tables/ikm.csv").read_text(encoding="utf-8")
    parts = b"".join(workbook_text("skm/skm.xlsx"))
    assert b"=Kartu Keluarga" in parts
    assert b"<f>" not in parts


def test_each_group_has_its_own_sheet_under_a_plain_name(place, call, undrawn):
    template(**{"JENIS LAYANAN": np.tile(["KTP-el", "../KTP-EL"], 30)}).to_csv("codes.csv", index=False)
    result = call("skm", "codes.csv", "--by", "JENIS LAYANAN", "--agency", "Dinas")
    assert result.exit_code == 0
    pages = [name for name in contents("skm") if name.endswith(".html")]
    assert pages == ["sheet-KTP-EL~1.html", "sheet-KTP-el~2.html"]
    assert "../KTP-EL" in Path("skm/sheet-KTP-EL~1.html").read_text(encoding="utf-8")


def test_the_record_has_hashes_versions_and_the_headline_without_folders_of_this_machine(place, call):
    call("skm", place / "skm.csv", "--by", "JENIS LAYANAN")
    record = json.loads(Path("skm/run.json").read_text(encoding="utf-8"))
    assert list(record["inputs"]) == ["skm.csv"]
    assert set(record["outputs"]) == set(contents("skm")) - {"run.json"}
    assert {"kepuasan", "pandas", "python"} <= set(record["versions"])
    assert sorted(record["headline"]) == ["=Kartu Keluarga", "Akta", "KTP-el"]
    assert record["headline"]["Akta"]["respondents"] == 20
    assert str(place) not in json.dumps(record)


def test_the_same_answers_give_the_same_bytes(place, call):
    little = [word for name in ("persyaratan", "prosedur", "biaya", "produk", "kompetensi", "perilaku", "U8", "U9") for word in ("--exclude", name)]
    call("skm", "skm.csv", "--agency", "Dinas", *little)
    before = contents("skm")
    assert call("skm", "skm.csv", "--agency", "Dinas", *little).exit_code == 0
    assert contents("skm") == before


def test_a_folder_of_earlier_results_is_replaced_one_of_others_is_not(place, call):
    assert call("skm", "skm.csv").exit_code == 0
    assert call("skm", "skm.csv", "--unit", "JENIS LAYANAN").exit_code == 0
    assert "tables/units.csv" in contents("skm")
    (place / "skm" / "skripsi.docx").write_text("mine")
    before = contents("skm")
    result = call("skm", "skm.csv")
    assert result.exit_code == 2
    assert "'skripsi.docx'" in result.stderr
    assert contents("skm") == before


def test_a_refused_run_leaves_the_old_results(place, call):
    call("skm", "skm.csv")
    before = contents("skm")
    assert call("skm", "skm.csv", "--by", "NOWHERE").exit_code == 2
    assert contents("skm") == before


# ---------------------------------------------------------------- units, users, names


def test_units_are_counted_and_pooled_as_asked(place, call):
    volume = template()["JENIS LAYANAN"].map({"KTP-el": 10, "=Kartu Keluarga": 20, "Akta": 70})
    template(volume=volume).to_csv("volume.csv", index=False)
    result = call("skm", "volume.csv", "--unit", "JENIS LAYANAN", "--pool", "volume", "--volume", "volume")
    assert "ditimbang menurut volume layanan. Unit yang melapor: 3; jumlah unit seluruhnya tidak diketahui." in words(result)
    assert result.output.splitlines()[2].split()[-1] == "3"
    expected = skm(Survey(template(volume=volume)), unit="JENIS LAYANAN", pool="volume", volume="volume").score.value
    assert pd.read_csv("skm/tables/ikm.csv")["estimate"].tolist() == expected.tolist()
    refused = call("skm", "skm.csv", "--pool", "volume")
    assert refused.exit_code == 2
    assert "unit= ditulis --unit" in refused.stderr


def estimates(part="ikm"):
    return pd.read_csv(f"skm/tables/{part}.csv")[["estimate", "se"]].to_numpy()


def test_users_of_each_unit_weight_its_respondents_and_narrow_the_interval(place, call):
    users = template()["JENIS LAYANAN"].map({"KTP-el": 40, "=Kartu Keluarga": 100, "Akta": 20})
    frame = template(users=users)
    frame.to_csv("users.csv", index=False)
    result = call("skm", "users.csv", "--unit", "JENIS LAYANAN", "--users", "users")
    found = skm(Survey(frame, design=Design(strata="JENIS LAYANAN", fpc="users")), unit="JENIS LAYANAN")
    assert estimates() == pytest.approx(found.to_frame()[["estimate", "se"]].to_numpy(), rel=1e-12)
    assert "sampel acak sederhana" not in words(result)
    assert "jumlah pengguna dibagi jumlah responden" in words(result)
    assert "IKM dan NRR memakai penimbang survei" in words(result)


def test_a_number_of_users_written_once_is_that_of_all(place, call):
    template(users=[60, *[None] * 59]).to_csv("census.csv", index=False)
    result = call("skm", "census.csv", "--users", "users")
    assert "Tanpa galat sampel: semua pengguna disurvei." in words(result)
    assert estimates()[0, 1] == 0


def test_users_of_a_unit_may_differ_between_periods(place, call):
    frame = template(period=np.repeat(["2025-1", "2025-2"], 30))
    frame["users"] = 50 + 10 * (frame["period"] == "2025-2") + 5 * (frame["JENIS LAYANAN"] == "Akta")
    frame.to_csv("users.csv", index=False)
    assert call("skm", "users.csv", "--unit", "JENIS LAYANAN", "--by", "period", "--users", "users").exit_code == 0
    frame["cell"] = frame["JENIS LAYANAN"] + frame["period"]
    found = skm(Survey(frame, design=Design(strata="cell", fpc="users")), by="period", unit="JENIS LAYANAN")
    assert estimates() == pytest.approx(found.to_frame()[["estimate", "se"]].to_numpy(), rel=1e-12)
    result = call("skm", "users.csv", "--unit", "JENIS LAYANAN", "--users", "users")
    assert result.exit_code == 2
    assert "jumlah pengguna 'users' berbeda-beda di dalam satu kelompok ('JENIS LAYANAN')" in result.stderr


def test_users_beside_a_declared_design_are_refused(place, call):
    result = call("skm", SAMPLE / "skm_2025.csv", "--codebook", SAMPLE / "skm_2025.toml", "--users", "population")
    assert result.exit_code == 2
    assert "declares a design already" in result.stderr


def test_columns_are_named_by_an_option(place, call):
    result = call("skm", "skm.csv", "--unsur", "pengaduan=U9, sarana = U8", "--out", "named")
    assert result.exit_code == 0
    assert "belum diberi nama" not in result.output
    table = pd.read_csv("named/tables/unsur.csv").set_index("item")
    assert table.loc["U8", ["unsur", "label"]].tolist() == ["sarana", "Sarana dan Prasarana"]
    assert table.loc["U9", "unsur"] == "pengaduan"


def test_a_column_of_the_units_own_is_added_by_its_name(place, call):
    template(aman=np.tile([4, 3], 30)).to_csv("ten.csv", index=False)
    assert call("skm", "ten.csv", "--unsur", "keamanan=aman").exit_code == 0
    table = pd.read_csv("skm/tables/unsur.csv").set_index("item")
    assert (len(table), table.loc["aman", "label"]) == (10, "keamanan")


def test_an_element_is_left_out_however_it_is_spoken_of(place, call):
    for name in ("biaya", "Biaya/Tarif", "tarif", "U4"):
        result = call("skm", "skm.csv", "--exclude", name)
        assert result.exit_code == 0
        assert "yang tidak dinilai: Biaya/Tarif." in words(result)
        assert "bobot setiap unsur 1/8 (8 unsur). Sengaja tidak diikutkan: Biaya/Tarif." in words(result)


# ---------------------------------------------------------------- other files, and refusals


def test_a_workbook_gives_what_its_text_gives(place, call):
    template().to_excel("skm.xlsx", index=False)
    first = call("skm", "skm.csv", "--out", "a")
    second = call("skm", "skm.xlsx", "--out", "b")
    assert second.output.replace("ke b", "ke a") == first.output
    assert contents("a/tables") == contents("b/tables")


@pytest.mark.parametrize(
    ("column", "cells", "said"),
    [
        ("U3", {4: 5}, "1 jawaban bukan angka 1 s.d. 4: U3 '5' (baris data ke-5). Betulkan"),
        ("U3", {4: 0, 9: 0}, "2 jawaban bukan angka 1 s.d. 4: U3 '0' (2 kali, mulai baris data ke-5)."),
        ("U8", {0: "Sangat Baik"}, "U8 'Sangat Baik' (baris data ke-1)."),
    ],
)
def test_answers_that_are_none_are_told_with_their_column_and_row(place, call, column, cells, said):
    frame = template().astype({column: object})
    for row, cell in cells.items():
        frame.loc[row, column] = cell
    frame.to_csv("bad.csv", index=False)
    result = call("skm", "bad.csv")
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert not Path("skm").exists()


def test_wrong_answers_of_an_element_that_is_left_out_do_not_matter(place, call):
    template(U3=5).to_csv("bad.csv", index=False)
    assert call("skm", "bad.csv", "--exclude", "waktu").exit_code == 0


def test_missing_elements_are_told_with_the_options_that_help(place, call):
    named = {f"U{i}": name for i, name in enumerate(("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku"), start=1)}
    template().drop(columns=["U8", "U9"]).rename(columns=named).to_csv("seven.csv", index=False)
    result = call("skm", "seven.csv")
    assert result.exit_code == 2
    assert "yang tidak ada 'pengaduan' (Penanganan Pengaduan, Saran dan Masukan), 'sarana'" in result.stderr
    assert 'unsur= ditulis --unsur "pengaduan=U8,sarana=U9"; exclude= ditulis --exclude biaya.' in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["skm.csv", "--unsur", "u8"],
            "pilihan --unsur berisi 'u8'; bentuknya unsur=kolom, setiap kolom sekali; tulis seperti \"pengaduan=U8,sarana=U9\"",
        ),
        (["skm.csv", "--unsur", "sarana=U8,pengaduan=U8"], "setiap kolom sekali"),
        (["skm.csv", "--unsur", "pengadua=U8"], "'pengadua' bukan unsur 14/2017; mungkin maksudnya 'pengaduan'?"),
        (["skm.csv", "--unsur", "sarana=U88"], "kolom 'U88' tidak ada dalam data; mungkin maksudnya 'U8'?"),
        (["skm.csv", "--by", "JENIS LAYANA"], "mungkin maksudnya 'JENIS LAYANAN'?"),
        (["skm.csv", "--rule", "14/2018"], "tidak ada peraturan '14/2018'; mungkin maksudnya '14/2017'?"),
        (["skm.csv", "--weight", "0.12"], "weight berisi '0.12'; pilihannya 'exact', '0.1111', '0.111', '0.11'"),
        (["skm.csv", "--pool", "rata"], "pool berisi 'rata'; pilihannya 'respondents', 'units', 'volume'"),
        (["nowhere.csv"], "tidak ada berkas 'nowhere.csv'"),
        (["kepuasan.toml"], "'kepuasan.toml' bukan berkas jawaban"),
    ],
)
def test_wrong_options_are_refused_with_what_to_give(place, call, options, said):
    result = call("skm", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not Path("skm").exists()


def test_a_unit_with_one_respondent_is_told_in_words(place, call):
    frame = template(users=100)
    frame.loc[0, "JENIS LAYANAN"] = "Legalisir"
    frame.to_csv("lone.csv", index=False)
    result = call("skm", "lone.csv", "--unit", "JENIS LAYANAN", "--users", "users")
    assert result.exit_code == 2
    assert "Ada unit dengan satu responden saja" in result.stderr


def test_the_help_of_the_house_names_the_command(call):
    assert 'kepuasan skm data.csv --agency "Dinas Contoh"' in call("--help").output
    assert "PENDIDIKAN" not in call("skm", "--help").output


def test_units_near_a_bound_of_their_class_are_told(place, call):
    result = call("skm", SAMPLE / "skm_2025.csv", "--codebook", SAMPLE / "skm_2025.toml", "--unit", "unit")
    told = "1 dari 9 unit dekat batas mutu (peluang mutu lain 5 % atau lebih): UPT Cempaka 76,43 (C; 35,2 %); semua unit ada di tables/units.csv."
    assert told in words(result)


def test_rows_are_told_apart_however_long_their_names(place, call):
    # "Semes..." twice
    result = call("skm", SAMPLE / "skm_2025.csv", "--codebook", SAMPLE / "skm_2025.toml", "--by", "period", "--unit", "unit")
    rows = [line for line in result.output.splitlines() if line.startswith("  Semester")]
    assert len({row[:24] for row in rows}) == 2


def test_users_are_those_of_the_group(place, call):
    # 400 answers of two semesters were taken as drawn from 500 users, not 200 from 500 twice
    rng = np.random.default_rng(7)
    frame = pd.DataFrame({f"U{place}": rng.integers(2, 5, 400) for place in range(1, 10)}).assign(per=["a"] * 200 + ["b"] * 200, N=500)
    frame.to_csv("two.csv", index=False)
    call("skm", "two.csv", "--by", "per", "--users", "N")
    found = pd.read_csv("skm/tables/ikm.csv")["se"]
    wanted = skm_of(frame, Design(strata="per", fpc="N"))
    assert found.tolist() == pytest.approx(wanted, rel=1e-9)
    frame.assign(N=1.25).to_csv("odd.csv", index=False)
    assert "bukan bilangan bulat; tulis 1250, bukan 1.250" in call("skm", "odd.csv", "--users", "N").stderr


def skm_of(frame, design):
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return skm(Survey(frame, design=design), by="per").score.se.tolist()
