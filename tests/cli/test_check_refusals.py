"""`kepuasan check` on what cannot be used: codes of their own and words in the reader's language."""

import csv
import io
import json
import re
import zipfile

import pandas as pd
import pytest

from kepuasan.refusals.telling import told
from kepuasan.wording.problems import ERRORS, NOTES, WORDS

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def workbook(path):
    pd.DataFrame({"a": range(300), "b": range(300)}).to_excel(path, sheet_name="Data", index=False, engine="xlsxwriter")
    return path.read_bytes()


def listed(call, *arguments):
    return json.loads(call("check", "--format", "json", *arguments).stdout)


FILES = {
    "rusak.xlsx": (lambda path: workbook(path)[:3000], "KP020", []),
    "rusak.sav": (lambda _: b"$FL2 not much of a file", "KP020", []),
    "terkunci.xlsx": (lambda _: OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 3000, "KP021", []),
    "halaman.xlsx": (lambda _: b"<html><table><tr><td>a</td></tr></table></html>", "KP022", []),
    "lama.xlsx": (lambda _: OLE + b"\0" * 3000, "KP022", []),
    "buku.csv": (workbook, "KP022", []),
    "lama.xls": (lambda _: OLE + b"\0" * 3000, "KP023", []),
    "kosong.csv": (lambda _: b"", "KP024", []),
    "kurang.csv": (lambda _: b"a,b\n1,2\n1,2,3\n4,5\n1\n", "KP025", [3, 5]),
    "kutip.csv": (lambda _: b'a,b\n1,"2\n3,4\n', "KP026", [2]),
    "tanpa_nama.csv": (lambda _: b"a,,c\n1,2,3\n", "KP027", []),
    "kembar.csv": (lambda _: b"a,a,c\n1,2,3\n", "KP028", []),
    "huruf.csv": (lambda _: b"a,b\n1,\x81\x8d\x8f\x90\x9d\n", "KP030", []),
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_cannot_be_read_have_a_code_of_their_own_and_no_english_words_in_indonesian(place, call, name):
    # all of these were KP001 with the library's English message
    make, code, rows = FILES[name]
    data = make(place / name)
    (place / name).write_bytes(data)
    (one,) = listed(call, name, "--lang", "id")
    assert (one["code"], one["severity"], one["file"], one["rows"]) == (code, "error", name, rows)
    assert "bahasa Inggris" not in one["message"] + one["advice"]
    assert call("check", name).exit_code == 1


def test_a_sheet_that_is_not_there_is_missed_with_those_that_are(place, call):
    (place / "c.xlsx").write_bytes(workbook(place / "c.xlsx"))
    (one,) = listed(call, "c.xlsx#Datta")
    assert one["code"] == "KP029"
    assert "lembarnya 'Data'" in one["message"]


def test_an_archive_of_other_files_is_no_workbook(place, call):
    with zipfile.ZipFile(place / "c.xlsx", "w") as archive:
        archive.writestr("a.txt", "a")
    assert [one["code"] for one in listed(call, "c.xlsx")] == ["KP022"]


@pytest.mark.parametrize(
    ("text", "codes", "said"),
    [
        ('[items.speed]\nlabel = "a\n', [("KP031", [2])], "baris ini tidak mengikuti tata tulis"),
        ('[items.speed]\nscal = "a"\n', [("KP032", [])], "isian 'items.speed.scal' tidak dikenal; mungkin maksudnya 'scale'?"),
        ('[items.speed]\nscale = "puass"\n[scales.puas]\nlow = 1\nhigh = 4\n', [("KP033", [])], "menyebut 'puass'"),
    ],
)
def test_faults_of_codebooks_are_told_in_the_readers_language(place, call, text, codes, said):
    (place / "book.toml").write_text(text)
    found = [one for one in listed(call, "--lang", "id") if one["file"] == "book.toml"]
    assert [(one["code"], one["rows"]) for one in found] == codes
    assert said in found[0]["message"]


def test_messages_of_no_known_kind_are_left_to_their_own_words():
    assert told("something else went wrong") == []
    assert [one.code for one in told("a.csv: 1 columns have no name (column 2); name it; 2 column names occur twice: 'a'; rename")] == [
        "KP027",
        "KP028",
    ]


def test_a_file_that_is_not_there_is_said_in_the_language_asked_for(place, call):
    # was "waves[1].data: there is no file", of a recipe that nobody had written
    result = call("check", "c.csv")
    assert (result.exit_code, "tidak ada berkas 'c.csv'" in result.stderr) == (2, True)
    assert "there is no file 'c.csv'" in call("check", "c.csv", "--lang", "en").stderr


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_code_is_listed_with_its_severity_and_advice(call, language):
    found = json.loads(call("check", "--codes", "--format", "json", "--lang", language).stdout)
    codes = [one["code"] for one in found]
    assert codes == sorted(key for key in WORDS if re.fullmatch(r"KP\d{3}", key))
    assert {one["code"] for one in found if one["severity"] == "error"} == ERRORS
    assert {one["code"] for one in found if one["severity"] == "note"} == NOTES
    assert all(one["message"] and one["advice"] and "{" not in one["message"] + one["advice"] for one in found)
    table = list(csv.DictReader(io.StringIO(call("check", "--codes", "--format", "csv", "--lang", language).stdout)))
    assert table == found
    kind = {"id": "kesalahan", "en": "error"}[language]
    assert call("check", "--codes", "--lang", language).output.startswith(f"KP001  {kind}: ")


def test_codes_stand_in_order_and_each_has_both_languages_and_advice():
    codes = [key for key in WORDS if re.fullmatch(r"KP\d{3}", key)]
    assert codes == sorted(codes)
    assert all(set(WORDS[key]) == {"id", "en"} for code in codes for key in (code, f"{code}.advice"))
    assert not ERRORS & NOTES
    assert set(codes) >= ERRORS | NOTES
