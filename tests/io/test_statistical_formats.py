"""What the formats of statistical packages can hold beyond numbers and labels: sets, catalogs, encodings, second languages, wide tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from fuzz.writers import por, sas7bcat, sas7bdat, sav, with_characteristics

from kepuasan.codebook import Multiple, both
from kepuasan.errors import DataError
from kepuasan.io.reading import read_frame, read_survey
from kepuasan.io.statistical.reading import read_statistical


def written(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


# ---------------------------------------------------------------- SPSS


@pytest.mark.parametrize("order", ["<", ">"])
def test_both_byte_orders_of_spss_give_the_same(tmp_path, order):
    columns = [("A", 0), ("B", 0), ("C", 8)]
    rows = [(1.0, 9.0, "abc"), (2.0, None, ""), (2.5, -1e300, "x y")]
    labels = {"A": {1: "satu", 2: "dua"}, "C": {"abc": "huruf"}}
    path = written(tmp_path, "a.sav", sav(order, columns=columns, rows=rows, labels=labels, missing={"B": [9.0], "C": ["abc"]}, label=b"Survei"))
    raw = read_statistical(path)
    assert raw.frame["A"].tolist() == [1, 2, 2.5]
    assert raw.frame["B"].iloc[[0, 2]].tolist() == [9, -1e300]
    assert raw.frame.isna().sum().tolist() == [0, 1, 1]
    assert raw.items["A"].values == {1: both("satu"), 2: both("dua")}
    assert raw.items["C"].missing == {"abc": both("huruf")}
    assert raw.items["B"].missing == {9: both("")}
    assert raw.taken_for == "Survei (a.sav, SPSS data file)"
    assert (raw.file, raw.first_row) == ("a.sav", 1)


def test_multiple_response_sets_become_questions_with_several_answers(tmp_path):
    columns = [("A", 0), ("B", 0), ("C", 8), ("D", 8), ("E", 0), ("F", 0)]
    sets = b"$kanal=D1 1 18 Kanal yang dipakai A B \n$kata=D3 Yes 0  C D\n$sebut=C 6 Alasan E F\n$satu=C 0  A\n$lagi=D1 1 0  A E\n"
    path = written(tmp_path, "a.sav", sav(columns=columns, rows=[(1.0, 0.0, "Yes", "", 3.0, None)], sets=sets))
    raw = read_statistical(path)
    assert raw.multiples == {
        "kanal": Multiple("kanal", "Kanal yang dipakai", {"A": "A", "B": "B"}, 1),
        "kata": Multiple("kata", "kata", {"C": "C", "D": "D"}, "Yes"),
        "sebut": Multiple("sebut", "Alasan", {1: "E", 2: "F"}, None),
    }
    assert [(problem.code, problem.values["set"]) for problem in raw.problems] == [("KP105", "satu"), ("KP105", "lagi")]
    assert read_survey(path).codebook.multiples == raw.multiples


@pytest.mark.parametrize("options", [{}, {"row_compress": True}, {"compress": True}])
def test_long_texts_keep_every_letter_and_their_missing_codes(tmp_path, options):
    path = tmp_path / ("a.zsav" if "compress" in options else "a.sav")
    frame = pd.DataFrame({"long": ["TT", "Jawa Barat sekali", "menolak"], "very": ["a" * 300, "ü" * 1000, ""], "short": ["XX", "ok", ""]})
    pyreadstat.write_sav(
        frame, path, missing_ranges={"long": ["TT", "menolak"], "short": ["XX"]}, variable_value_labels={"long": {"TT": "Tidak tahu"}}, **options
    )
    raw = read_statistical(path)
    assert raw.frame["very"].tolist()[:2] == ["a" * 300, "ü" * 1000]
    assert raw.frame["very"].isna().tolist() == [False, False, True]
    assert raw.items["long"].missing == {"TT": both("Tidak tahu"), "menolak": both("")}
    assert raw.items["long"].missing_mask(raw.frame["long"]).tolist() == [True, False, True]
    assert list(raw.items["short"].missing) == ["XX"]


def test_a_portable_file_keeps_labels_codes_and_ranges_that_are_missing(tmp_path):
    labels = {"A": {1.0: "satu", 2.0: "dua"}, "C": {"abc": "huruf"}}
    rows = [(None, -1.5, ""), (2.0, 1e6, "Kota A"), (0.3, 9.0, "abc")]
    content = por([("A", 0), ("B", 0), ("C", 12)], rows, labels=labels, missing={"B": [9.0], "C": ["xyz"]}, low={"A": -3})
    raw = read_statistical(written(tmp_path, "a.por", content))
    assert raw.frame["B"].tolist() == [-1.5, 1e6, 9]
    assert raw.frame["C"].tolist()[1:] == ["Kota A", "abc"]
    assert raw.items["A"].missing_ranges == ((-np.inf, -3),)
    assert raw.items["C"].missing == {"xyz": both("")}
    assert raw.items["C"].values == {"abc": both("huruf")}


@pytest.mark.parametrize("suffix", [".por", ".xpt"])
def test_wide_files_of_formats_that_do_not_state_their_rows_take_little_memory(tmp_path, suffix):
    # pyreadstat sets aside 100,000 rows of each column: 1,200 columns would take 1 GB
    path = tmp_path / f"wide{suffix}"
    frame = pd.DataFrame({f"Q{place}": [place, None, 2.5] for place in range(1200)})
    (pyreadstat.write_por if suffix == ".por" else pyreadstat.write_xport)(frame, path)
    raw = read_statistical(path)
    assert raw.frame.columns.tolist() == frame.columns.tolist()
    assert raw.frame.iloc[0].tolist() == list(range(1200))
    assert raw.frame.iloc[1].isna().all()


# ---------------------------------------------------------------- SAS

SURVEY = [("speed", 0, "SATIS4.", "Kecepatan"), ("city", 3, "$CITY3.", "Kota"), ("day", 0, "DATE9.", ""), ("free", 0, "", "")]
ROWS = [(1.0, "BDG", 22000.0, 0.5), (4.0, "XX", None, b"A"), (None, "", -21914.0, 3.0)]
FORMATS = {"SATIS": {1: "Tidak puas", 4: "Sangat puas"}, "$CITY": {"BDG": "Bandung"}, "OTHER": {1: "x"}}


@pytest.fixture
def survey(tmp_path):
    return written(tmp_path, "users.sas7bdat", sas7bdat(SURVEY, ROWS, label="Survei 2026"))


def test_a_sas_file_has_its_numbers_dates_and_labels(survey):
    raw = read_statistical(survey)
    assert raw.taken_for == "Survei 2026 (users.sas7bdat, SAS data file)"
    assert raw.frame["speed"].tolist()[:2] == [1, 4]
    assert raw.frame["day"].iloc[0] == pd.Timestamp("2020-03-26")
    assert raw.frame["day"].iloc[2] == pd.Timestamp("1900-01-01")
    assert raw.frame.isna().sum().tolist() == [1, 1, 1, 1]
    assert raw.items["speed"].label["id"] == "Kecepatan"
    assert raw.items["speed"].values == {}


def test_a_catalog_gives_the_labels_of_the_formats(survey, tmp_path):
    catalog = written(tmp_path, "formats.sas7bcat", sas7bcat(FORMATS))
    book = read_survey(survey, catalog=catalog).codebook
    assert book.value_labels("speed") == {1: "Tidak puas", 4: "Sangat puas"}
    assert book.value_labels("city") == {"BDG": "Bandung"}
    assert book.items["free"].values == {}
    assert read_statistical(survey, str(catalog)).items == read_statistical(survey, catalog).items


def test_a_catalog_that_does_not_fit_is_refused_by_its_own_name(survey, tmp_path):
    other = written(tmp_path, "other.sas7bcat", sas7bcat({"OTHER": {1: "x"}}))
    with pytest.raises(
        DataError, match=r"other\.sas7bcat has no format of a column of users\.sas7bdat: it has 'OTHER', the file 'SATIS', '\$CITY', 'DATE';"
    ):
        read_survey(survey, catalog=other)


@pytest.mark.parametrize("content", [b"", b"not a catalog", sas7bcat(FORMATS)[:3000], sas7bcat({})])
def test_a_damaged_catalog_is_refused_by_its_own_name(survey, tmp_path, content):
    with pytest.raises(
        DataError, match=r"cut\.sas7bcat cannot be read as a SAS catalog of formats: .*; give the \.sas7bcat that was made with the data"
    ):
        read_survey(survey, catalog=written(tmp_path, "cut.sas7bcat", content))


def test_a_catalog_that_is_not_there_is_named(survey, tmp_path):
    with pytest.raises(DataError, match=r"there is no catalog 'none\.sas7bcat'"):
        read_survey(survey, catalog=tmp_path / "none.sas7bcat")


@pytest.mark.parametrize("version", [5, 8])
def test_transport_files_of_either_version_hold_the_same(tmp_path, version):
    path = tmp_path / "a.xpt"
    frame = pd.DataFrame({"SPEED": [1.0, 1 / 3, np.nan], "CITY": ["Bali", "", "Aceh"]})
    pyreadstat.write_xport(frame, path, file_format_version=version, column_labels={"SPEED": "Kecepatan"})
    raw = read_statistical(path)
    np.testing.assert_allclose(raw.frame["SPEED"].to_numpy(), [1, 1 / 3, np.nan], rtol=1e-15)
    assert raw.frame["CITY"].isna().tolist() == [False, True, False]
    assert raw.items["SPEED"].label["id"] == "Kecepatan"


# ---------------------------------------------------------------- Stata


@pytest.mark.parametrize("version", [114, 117, 118, 119])
@pytest.mark.parametrize("order", ["<", ">"])
def test_every_release_of_stata_gives_the_same_cells(tmp_path, version, order):
    path = tmp_path / "a.dta"
    rng = np.random.default_rng(5)
    frame = pd.DataFrame(
        {
            "i": rng.integers(-127, 100, 300).astype("int8"),
            "l": rng.integers(-(2**30), 2**30, 300).astype("int32"),
            "f": rng.normal(size=300).astype("float32"),
            "d": rng.normal(size=300) * 10.0 ** rng.integers(-30, 30, 300),
            "gap": np.where(rng.random(300) < 0.3, np.nan, rng.integers(0, 9, 300)),
            "t": ["abc", "x" * 100, ""] * 100,
        }
    )
    frame.to_stata(path, version=version, write_index=False, byteorder=order)
    read = read_frame(path)[0]
    for name in ("i", "l", "f", "d", "gap"):
        np.testing.assert_array_equal(read[name].to_numpy(dtype=np.float64), frame[name].to_numpy(dtype=np.float64))
    assert [str(dtype) for dtype in read.dtypes[:5]] == ["int64", "int64", "float64", "float64", "float64"]
    assert read["t"].fillna("").tolist() == frame["t"].tolist()


def test_long_strings_of_stata_are_read_whole(tmp_path):
    path = tmp_path / "a.dta"
    texts = ["a" * 5000, "", "ünï\nbaris dua"]
    pd.DataFrame({"t": texts}).to_stata(path, version=118, write_index=False, convert_strl=["t"])
    assert read_frame(path)[0]["t"].fillna("").tolist() == texts


def stata_in_two_languages(tmp_path, names, current):
    path = tmp_path / "a.dta"
    frame = pd.DataFrame({"speed": [1, 2], "other": [1, 2]})
    labels = {"speed": {1: "Tidak puas", 2: "Puas"}, "other": {1: "Dissatisfied", 2: "Satisfied"}}
    frame.to_stata(path, version=118, write_index=False, value_labels=labels, variable_labels={"speed": "Kecepatan"})
    other = next(name for name in names if name != current)
    notes = [("_dta", "_lang_list", " ".join(names)), ("_dta", "_lang_c", current)]
    notes += [("speed", f"_lang_v_{other}", "Speed"), ("speed", f"_lang_l_{other}", "other")]
    path.write_bytes(with_characteristics(path.read_bytes(), notes))
    return read_statistical(path).items["speed"]


@pytest.mark.parametrize(("names", "current"), [(["id", "en"], "id"), (["default", "en"], "default"), (["indonesia", "english"], "indonesia")])
def test_labels_in_the_second_language_of_a_stata_file_are_read_too(tmp_path, names, current):
    item = stata_in_two_languages(tmp_path, names, current)
    assert item.label == {"id": "Kecepatan", "en": "Speed"}
    assert item.values == {1: {"id": "Tidak puas", "en": "Dissatisfied"}, 2: {"id": "Puas", "en": "Satisfied"}}


@pytest.mark.parametrize(("names", "current"), [(["default", "fr"], "default"), (["fr", "en"], "fr"), (["en_uk", "en_us"], "en_uk")])
def test_a_second_language_that_is_not_known_is_left_alone(tmp_path, names, current):
    item = stata_in_two_languages(tmp_path, names, current)
    assert item.label == both("Kecepatan")
    assert item.values == {1: both("Tidak puas"), 2: both("Puas")}


# ---------------------------------------------------------------- encodings

ACCENTS = {"columns": [("A", 0), ("C", 8)], "rows": [(1.0, "#fe")], "labels": {"A": {1: "Caf# A"}}}


def accents(encoding, letter):
    content = sav(encoding=encoding, **{**ACCENTS, "rows": [(1.0, "#" * len(letter) + "fe")], "labels": {"A": {1: "Caf" + "#" * len(letter) + " A"}}})
    return content.replace(b"#" * len(letter), letter)


@pytest.mark.parametrize(
    ("encoding", "letter", "used"),
    [
        (b"UTF-8", "é".encode(), None),
        (b"windows-1252", b"\xe9", None),
        (b"", "é".encode(), None),
        (b"UTF-8", b"\xe9", "WINDOWS-1252"),
        (b"", b"\xe9", "WINDOWS-1252"),
        (b"klingon", b"\xe9", "WINDOWS-1252"),
        (b"ASCII", b"\xe9", "WINDOWS-1252"),
        (b"ASCII", "é".encode(), "UTF-8"),
        (b"windows-1252", "é".encode(), "UTF-8"),
    ],
)
def test_letters_are_right_whatever_encoding_a_file_states(tmp_path, encoding, letter, used):
    raw = read_statistical(written(tmp_path, "a.sav", accents(encoding, letter)))
    assert raw.frame["C"].tolist() == ["éfe"]
    assert raw.items["A"].values == {1: both("Café A")}
    assert [(problem.code, problem.values["used"]) for problem in raw.problems] == ([("KP101", used)] if used else [])


def test_texts_of_which_only_some_look_like_utf8_are_kept_and_pointed_out(tmp_path):
    content = accents(b"windows-1252", "é".encode()).replace(b"\xc3\xa9fe", b"\xe9fe ")
    raw = read_statistical(written(tmp_path, "a.sav", content))
    assert raw.frame["C"].tolist() == ["éfe"]
    assert [problem.code for problem in raw.problems] == ["KP102"]
    assert "CafÃ© A" in raw.problems[0].message()


def test_old_stata_files_with_utf8_in_them_are_read_as_utf8(tmp_path):
    path = tmp_path / "a.dta"
    pd.DataFrame({"t": ["Caf## A"]}).to_stata(path, version=114, write_index=False)
    path.write_bytes(path.read_bytes().replace(b"##", "é".encode()))
    raw = read_statistical(path)
    assert raw.frame["t"].tolist() == ["Café A"]
    assert [problem.code for problem in raw.problems] == ["KP101"]


@pytest.mark.parametrize("suffix", [".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + b"\0" * 100, b"%PDF-1.7\n", b"a,b\n1,2\n"])
def test_a_file_of_another_kind_is_refused_by_name(tmp_path, suffix, content):
    with pytest.raises(DataError, match=rf"other\{suffix} cannot be read as a .*; the file is damaged or of another format"):
        read_statistical(written(tmp_path, f"other{suffix}", content))
