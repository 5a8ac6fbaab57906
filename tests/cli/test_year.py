"""A year in an office: recipes saved by the wrong program, margins that do not fit, disks that are full, runs that are stopped."""

import codecs
import errno
import os

import pandas as pd
import pytest

from kepuasan.cli.recipe.model import read_recipe
from kepuasan.errors import RecipeError
from tests.cli.conftest import RECIPE, wave

LOCAL = RECIPE.replace('language = "en"', 'language = "id"')


def refused(place, text, **more):
    (place / "r.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(RecipeError) as caught:
        read_recipe(place / "r.toml", **more)
    return str(caught.value)


# ---------------------------------------------------------------- recipes that are no TOML


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        # each was "Expected newline or end of document after a statement (at line 3, column 9)" or as dark, in English
        ('title = "Users"', "title = 0,5", "baris 3, 'title = 0,5': angka dengan koma atau titik ribuan; tulis 0.5"),
        ('title = "Users"', "title = 1.200.000", "tulis 1200000"),
        ('title = "Users"', 'title = "Users', "baris 3, 'title = \"Users': tanda kutip dibuka dan tidak ditutup"),
        ('title = "Users"', "title = Users", "baris 3, 'title = Users': isi ini tidak dikenal; apit teks dengan tanda kutip lurus"),
        ('title = "Users"', "title = “Users”", "tanda kutip melengkung; pakai tanda kutip lurus"),
        ('title = "Users"', 'title = "a"\ntitle = "b"', "baris 4, 'title = \"b\"': isian atau bagian ini sudah ada di atas"),
        ('"a.csv"', '"C:\\Users\\a.csv"', "tanda \\ tidak dapat dipakai di antara tanda kutip; tulis / di antara folder"),
        ("[[waves]]\nlabel", "[[waves]\nlabel", "baris 4, '[[waves]': tanda kurung di baris ini"),
        ('by = ["sex"]', 'by = ["sex"', "tanda kurung di baris ini atau di atasnya tidak ditutup"),
        ('title = "Users"', "judul laporan", "baris 3, 'judul laporan': baris ini bukan isian"),
    ],
)
def test_a_line_that_is_no_toml_is_shown_with_what_to_write(place, old, new, said):
    found = refused(place, LOCAL.replace(old, new, 1))
    assert said in found
    assert not any(word in found for word in ("Expected", "Invalid", "Illegal", "Unescaped", "Cannot"))


@pytest.mark.parametrize(
    ("coding", "said"),
    [("cp1252", "huruf di baris 3 bukan UTF-8"), ("utf-16", "disimpan dalam UTF-16"), ("utf-16-le", "disimpan dalam UTF-16")],
)
def test_a_recipe_of_another_coding_is_told_in_its_language_with_the_way_to_save_it(place, coding, said):
    # was "'utf-8' codec can't decode byte 0x96 in position 325: invalid start byte"
    text = LOCAL.replace("Users", "Café – puas")
    found = refused(place, text.encode(coding))
    assert said in found
    assert "Pengodean UTF-8" in found
    assert "Encoding UTF-8" in refused(place, text.replace('"id"', '"en"').encode(coding))
    assert read_recipe_of(place, codecs.BOM_UTF8 + text.encode())


def read_recipe_of(place, content):
    (place / "r.toml").write_bytes(content)
    return read_recipe(place / "r.toml").labels() == ("2020", "2022")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            LOCAL.split("[change]")[0],
            '[waves]\nlabel = "2020"\ndata = "a.csv"\n',
            "waves: ditulis sekali dengan satu kurung; tulis dengan dua kurung: [[waves]]",
        ),
        ('"a.csv"', '"data\\tabel.csv"', "tulis / di antara folder: 'data/tabel.csv'"),
        ('"a.csv"', "'data\\a.csv'", "tulis / di antara folder: 'data/a.csv'"),
        ("[domains]", '[index]\nitems = ["speed"]\nscale = [4, 1]\n[domains]', "skala berjalan dari nilai terendah ke tertinggi; tulis [1, 4]"),
    ],
)
def test_slips_of_the_pen_are_told_with_what_to_write(place, old, new, said):
    text = LOCAL.replace(old, new, 1)
    assert said in refused(place, text)


def test_a_recipe_that_is_a_folder_and_a_folder_that_holds_a_recipe(place, call):
    (place / "kepuasan.toml").write_text(LOCAL)
    (place / "x.toml").mkdir()
    assert "(ini folder, bukan berkas)" in call("check", "x.toml").stderr
    # was "'.' is a folder; give the path of a file in it"
    assert call("check", ".").exit_code == 0
    (place / "kosong").mkdir()
    assert "tidak ada resep 'kepuasan.toml' di 'kosong'" in call("run", "kosong").stderr


# ---------------------------------------------------------------- margins


@pytest.mark.parametrize(
    ("rake", "said"),
    [
        ("{kelamin = {L = 1, P = 2}}", "gelombang '2022', b.csv: kolom 'kelamin' tidak ada dalam data"),
        ("{sex = {L = 1, W = 2}}", "'W' mempunyai jumlah populasi 2 tetapi tidak ada baris berbobot"),
        ("{sex = {L = 900, P = 300}, region = {Bali = 2000, Riau = 600.5}}", "margin-margin rake berbeda: sex 1.200; region 2.600,5"),
        ('{sex = "m.csv"}', "berkas margin 'm.csv' mempunyai kolom 'jk', 'n'; perlu kolom 'sex', lalu satu kolom jumlah populasi"),
    ],
)
def test_margins_that_do_not_fit_are_told_alike_by_run_and_check(place, call, rake, said):
    # `check` gave the English words of the library as "pesan asli", and neither said which wave
    (place / "m.csv").write_text("jk,n\nL,1\n")
    text = LOCAL.replace('data = "b.csv"', f'data = "b.csv"\nrake = {rake}')
    (place / "kepuasan.toml").write_text(text)
    run, check = call("run"), call("check")
    assert (run.exit_code, check.exit_code) == (2, 1)
    assert said in run.stderr
    assert " ".join(said.removeprefix("gelombang '2022', b.csv: ").split())[1:] in " ".join(check.stdout.split())
    assert not any(english in run.stderr + check.stdout for english in ("pesan asli", "the sample", "has the"))


def test_numbers_of_persons_are_no_margin_and_stand_in_no_message(place, call):
    # was "63000444958966 is in the sample but has no target", twelve of them
    frame = pd.read_csv(place / "b.csv").assign(nik=[f"3174{n:012}" for n in range(60)])
    frame.to_csv(place / "b.csv", index=False)
    (place / "kepuasan.toml").write_text(LOCAL.replace('data = "b.csv"', 'data = "b.csv"\nrake = {nik = {1 = 2}}'))
    for result in (call("run"), call("check")):
        assert "data pribadi" in result.output
        assert "3174" not in result.output


# ---------------------------------------------------------------- what nobody has confirmed


def test_codes_that_a_draft_takes_for_no_answer_are_told_until_confirmed(tmp_path, call, monkeypatch):
    # was silence: 47 of 800 answers left out, as 8 and 9 had been guessed to be none
    monkeypatch.chdir(tmp_path)
    answers = [1, 2, 3, 4, 8, 3, 2, 4, 9, 3] * 12
    pd.DataFrame({f"u{n}": answers[n:] + answers[:n] for n in range(1, 5)}).to_csv("data.csv", index=False)
    said = "kode 8, 9 dianggap tidak menjawab, dan itu masih dugaan: 96 sel pada 'u1', 'u2', 'u3', 'u4'"
    assert said in " ".join(call("init", ".").stdout.split())
    assert said in " ".join(call("check").stdout.split()).replace("Kode 8", "kode 8")
    with (tmp_path / "kepuasan.toml").open("a", encoding="utf-8") as recipe:
        recipe.write('formats = ["xlsx"]\nlanguages = ["id"]\n')
    assert said in call("run").stderr
    book = tmp_path / "codebook_data.toml"
    book.write_text(book.read_text().replace(', "missing"]', "]").replace('8 = "", 9 = ""', '8 = "Tidak tahu", 9 = "Menolak"'))
    assert "KP241" not in call("check").stdout
    assert call("run").stderr == ""


def test_questions_and_weights_of_one_wave_are_named_by_init(tmp_path, call, monkeypatch):
    # a question in other words left the index of both waves without a word
    monkeypatch.chdir(tmp_path)
    for year, asked, more in ((2025, "Kecepatan", {}), (2026, "Waktu tunggu", {"bobot": [0.8, 1.2] * 60})):
        one = wave(year, ["Bali", "Riau", "Aceh", "Papua"])
        answers = {"Syarat": one.speed, asked: one.updates.clip(1, 4), "Biaya": one.speed.to_numpy()[::-1], "Petugas": one.updates}
        words = dict(enumerate(["Tidak puas", "Kurang puas", "Puas", "Sangat puas"], start=1))
        pd.DataFrame({name: pd.Series(column).map(words) for name, column in answers.items()} | more).to_csv(f"survei_{year}.csv", index=False)
    said = " ".join(call("init", ".").stdout.split())
    assert "tidak masuk indeks karena tidak ada di semua gelombang: 2025: 'Kecepatan'; 2026: 'Waktu tunggu'" in said
    assert "kolom bobot 'bobot' hanya ada di gelombang 2026; bila memang bobot, tulis [design] weight = \"bobot\" di buku kode" in said


# ---------------------------------------------------------------- disks and stops


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, "ruang penyimpanan habis"), (errno.EACCES, "tidak ada izin")])
def test_a_disk_that_refuses_is_told_in_words_and_the_old_results_stay(place, call, monkeypatch, number, said):
    # was "sebuah berkas: No space left on device; periksa apakah berkas itu ada dan boleh ditulis"
    (place / "kepuasan.toml").write_text(LOCAL)
    assert call("run").exit_code == 0
    before = (place / "out" / "run.json").read_bytes()

    def full(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("kepuasan.report.writing.rendered", full)
    result = call("run")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert f"folder hasil 'out' tidak dapat ditulis ({said}" in result.stderr
    assert (place / "out" / "run.json").read_bytes() == before
    assert not list(place.glob(".out-*"))


def test_a_run_that_is_stopped_says_so_and_ends_with_code_130(place, call, monkeypatch):
    # was code 130 without a word
    def stopped(*_):
        raise KeyboardInterrupt

    (place / "kepuasan.toml").write_text(LOCAL)
    monkeypatch.setattr("kepuasan.cli.opening.open_waves", stopped)
    result = call("run")
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == "Dihentikan. Tidak ada hasil yang ditulis; hasil yang lama tidak berubah.\n"
