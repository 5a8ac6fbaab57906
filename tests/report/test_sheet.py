"""The sheet that publishes an IKM: what it says, as HTML and as a picture, and what it refuses."""

import os
import re
import warnings
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from kepuasan import Classes, Codebook, Design, Standard, Survey, load_sample, read_survey, skm
from kepuasan.codebook import Item
from kepuasan.display.sheet import Block
from kepuasan.errors import ChoiceError, ClassWarning, DataError, DataWarning
from kepuasan.report.publication.respondents import respondents
from kepuasan.report.publication.row import PublishedRow
from kepuasan.report.publication.sheet import publication_sheet
from kepuasan.report.voice import Voice

NINE = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
LINE = "Terima kasih atas penilaian yang telah Anda berikan."


def answers():
    """Forty rows: every element has the mean 3.25 but `waktu`, 2.75, and `sarana`, 3.0; unit b has the first ten rows."""
    frame = pd.DataFrame({name: np.tile([3, 3, 3, 4], 10) for name in NINE})
    frame["waktu"] = np.tile([3, 3, 2, 3], 10)
    frame["sarana"] = np.tile([3, 2, 3, 4], 10)
    frame["unit"] = np.where(np.arange(40) < 10, "b", "a")
    frame["sex"] = np.where(np.arange(40) < 25, "P", "L")
    frame["education"] = [1.0] * 5 + [3.0] * 20 + [9.0] * 4 + [np.nan] * 3 + [2.0] * 8
    return frame


def codebook(**changed):
    items = {
        "unit": Item("unit", {"id": "Unit layanan", "en": "Service unit"}, type="text", values={"a": "UPT A", "b": "UPT B", "c": "UPT C"}),
        "sex": Item(
            "sex",
            {"id": "Jenis kelamin", "en": "Sex"},
            type="text",
            values={"L": {"id": "Laki-laki", "en": "Men"}, "P": {"id": "Perempuan", "en": "Women"}},
        ),
        "education": Item(
            "education", {"id": "Pendidikan", "en": "Education"}, values={1: "SD", 3: "SMA", 2: "SMP", 7: "S3"}, missing={9: "Menolak"}
        ),
    }
    return Codebook(items | changed, source="synthetic; made up for tests")


def quiet(survey, **choices):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ClassWarning)
        return skm(survey, **choices)


@pytest.fixture(scope="module")
def survey():
    return Survey(answers(), codebook())


@pytest.fixture(scope="module")
def result(survey):
    return quiet(survey)


@pytest.fixture(scope="module")
def by_unit(survey):
    return quiet(survey, by="unit")


class Page(HTMLParser):
    """Tags with their attributes, tables as rows of cells by caption, and all text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.tables, self.texts = [], [], {}, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        if "style" in self.open:
            return
        if self.open and self.open[-1] == "caption":
            self.rows = self.tables.setdefault(text, [])
        elif self.open and self.open[-1] in ("th", "td"):
            self.rows[-1][-1] += text
        self.texts.append(text)

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.texts))

    def count(self, tag):
        return sum(one == tag for one, _ in self.tags)


def page(result, folder, **choices):
    choices = {"agency": "Dinas Contoh", **choices}
    return Page(publication_sheet(result, Path(folder, "ikm.html"), **choices).read_text(encoding="utf-8"))


# ---------------------------------------------------------------- what it says


def test_the_published_index_of_a_known_table_stands_on_it_with_its_class(tmp_path):
    with pytest.warns(ClassWarning, match="78.74"):
        found = skm(load_sample("sekadau"))
    with pytest.warns(DataWarning, match="lacks the counts of respondents by sex and by education that the regulation asks for"):
        sheet = page(found, tmp_path, agency="Kabupaten Sekadau", period="Semester I 2019")
    for said in ("INDEKS KEPUASAN MASYARAKAT (IKM)", "Kabupaten Sekadau", "78,74", "Mutu pelayanan B", "Kinerja unit pelayanan Baik", LINE):
        assert said in sheet.text
    assert "Jumlah responden 49" in sheet.text
    assert "Nomor 14 Tahun 2017" in sheet.text
    assert "real, published answers" in sheet.text


def test_the_interval_and_the_probability_of_another_class_are_those_of_the_rating(result, tmp_path):
    row = result.to_frame().iloc[0]
    assert row["p_other"] > 0.005
    text = page(result, tmp_path, language="en").text
    assert f"95 % interval {row['ci_low']:.2f} to {row['ci_high']:.2f}" in text
    assert f"Probability that the true class is not {row['mutu']}: {100 * row['p_other']:.1f} % (most likely {row['mutu_other']}, " in text
    text = page(result, tmp_path).text
    p = f"{100 * row['p_other']:.1f} %".replace(".", ",")
    assert f"Peluang bahwa mutu sebenarnya bukan {row['mutu']}: {p} (paling mungkin C, Kurang Baik)." in text


def test_a_negligible_probability_of_another_class_is_not_spoken_of(tmp_path):
    frame = pd.concat([answers()] * 60, ignore_index=True)
    found = skm(Survey(frame, codebook()))
    assert found.to_frame().iloc[0]["p_other"] < 0.005
    text = page(found, tmp_path).text
    assert "Peluang" not in text
    assert "Selang kepercayaan 95 %" in text


def test_a_complete_count_has_no_interval_and_says_so(tmp_path):
    found = skm(Survey(answers().assign(users=40), codebook(), Design(fpc="users")))
    sheet = page(found, tmp_path, language="en")
    assert "No sampling error: every user was asked." in sheet.text
    assert "ntervals" not in sheet.text
    assert "Tanpa galat sampel: semua pengguna disurvei." in page(found, tmp_path).text


def test_the_interval_of_a_survey_without_weights_and_design_is_called_that_of_a_simple_random_sample(result, tmp_path):
    """Once a census without a design was published with an interval and no word of it."""
    said = "dari pengguna yang sangat banyak; bila semua pengguna disurvei, tidak ada galat sampel."
    assert f"Selang kepercayaan dihitung seperti untuk sampel acak sederhana {said}" in page(result, tmp_path).text
    for design in (Design(fpc="users"), Design(strata="unit"), Design(weight="users")):
        found = quiet(Survey(answers().assign(users=100), codebook(), design))
        assert "sampel acak sederhana" not in page(found, tmp_path).text
    alike = quiet(Survey(pd.DataFrame({name: [3, 3, 3] for name in NINE}), Codebook({})))
    text = page(alike, tmp_path, sex=None, education=None).text
    assert "Galat sampel tidak dapat diperkirakan: semua jawaban sama." in text  # it said that there was none
    assert "sampel acak sederhana" not in text


def test_respondents_are_counted_in_the_order_of_the_codebook_and_those_who_stated_nothing_too(result, tmp_path):
    tables = page(result, tmp_path).tables
    assert tables["Responden menurut jenis kelamin"][1:] == [["Laki-laki", "15"], ["Perempuan", "25"]]
    assert tables["Responden menurut pendidikan"][1:] == [["SD", "5"], ["SMA", "20"], ["SMP", "8"], ["S3", "0"], ["Tidak disebutkan", "7"]]


def test_counts_are_not_weighted_and_rows_without_a_weight_are_no_respondents(tmp_path):
    weight = np.where(np.arange(40) < 10, 0.0, np.where(np.arange(40) < 25, 5.0, 1.0))
    found = quiet(Survey(answers().assign(w=weight), codebook(), Design(weight="w")))
    sheet = page(found, tmp_path, language="en")
    assert "Respondents and answers are counted without weights; IKM and NRR use the survey weights" in sheet.text
    assert sheet.tables["Respondents by sex"][1:] == [["Men", "15"], ["Women", "15"]]
    assert "Respondents 30" in sheet.text


def test_codes_that_the_codebook_does_not_name_are_shown_as_they_are_in_order(tmp_path):
    frame = answers().drop(columns=["sex"]).assign(education=[10] * 20 + [2] * 15 + ["  "] * 5)
    found = quiet(Survey(frame))
    tables = page(found, tmp_path, sex=None).tables
    assert tables["Responden menurut pendidikan"][1:] == [["2", "15"], ["10", "20"], ["Tidak disebutkan", "5"]]
    assert "Responden menurut jenis kelamin" not in tables


def test_each_element_has_its_mean_and_class_and_the_lowest_is_marked_in_words(result, tmp_path):
    rows = page(result, tmp_path).tables["Nilai rata-rata (NRR) setiap unsur, skala 1 s.d. 4"][1:]
    assert len(rows) == 9
    assert [rows[2][0], rows[2][1], *rows[2][3:]] == ["Waktu Penyelesaian (terendah)", "2,750", "C", "40"]
    assert [rows[0][0], rows[0][1], *rows[0][3:]] == ["Persyaratan", "3,250", "B", "40"]
    assert sum("terendah" in row[0] for row in rows) == 1


def test_elements_that_share_the_lowest_mean_are_all_marked(tmp_path):
    found = quiet(Survey(answers().assign(sarana=np.tile([3, 3, 2, 3], 10)), codebook()))
    rows = page(found, tmp_path).tables["Nilai rata-rata (NRR) setiap unsur, skala 1 s.d. 4"][1:]
    assert [row[0] for row in rows if "terendah" in row[0]] == ["Waktu Penyelesaian (terendah)", "Sarana dan Prasarana (terendah)"]


def test_means_are_written_with_the_decimals_from_which_their_class_follows(tmp_path):
    """272 / 77 is 3.53247: 88.31 and so A, but 3.532 x 25 is 88.30, which is B."""
    frame = pd.DataFrame({name: np.repeat([3, 4], [36, 41]) for name in NINE})
    found = quiet(Survey(frame))
    first = page(found, tmp_path, sex=None, education=None).tables["Nilai rata-rata (NRR) setiap unsur, skala 1 s.d. 4"][1]
    assert (first[1], first[3]) == ("3,5325", "A")


def test_the_follow_up_begins_with_the_three_lowest_elements(result, tmp_path):
    plan = result.follow_up(3)["label"].tolist()
    text = page(result, tmp_path).text
    assert f"{plan[0]} (2,750); {plan[1]} (3,000); {plan[2]} (3,250)." in text
    assert "Rencana tindak lanjut" in text


@pytest.mark.parametrize(
    ("weight", "said"), [("exact", "1/9 (9 unsur)"), ("0.11", "0,11 (9 unsur). Dengan bobot itu IKM tertinggi yang mungkin adalah 99,00")]
)
def test_the_weight_is_named_with_the_largest_index_it_allows(survey, weight, said, tmp_path):
    assert said in page(quiet(survey, weight=weight), tmp_path).text


def test_pooling_and_coverage_are_named(survey, tmp_path):
    assert "IKM adalah rata-rata sederhana IKM unit. Unit yang melapor: 2 dari 3." in page(quiet(survey, unit="unit", pool="units"), tmp_path).text
    volume = {"a": 10, "b": 30}
    text = page(quiet(survey, unit="unit", pool="volume", volume=volume), tmp_path, language="en").text
    assert "weighted by their volume of services. Units that reported: 2 of 2." in text
    unlisted = Survey(answers(), Codebook({}))
    assert "how many there are is not known" in page(quiet(unlisted, unit="unit"), tmp_path, language="en").text


def test_an_element_left_out_and_an_unverified_rule_are_named(survey, tmp_path):
    assert "Sengaja tidak diikutkan: Biaya/Tarif." in page(quiet(survey, exclude=["biaya"]), tmp_path).text
    frame = answers().rename(columns={"sarana": "maklumat"})
    text = page(quiet(Survey(frame, codebook()), rule="16/2014"), tmp_path, language="en").text
    assert "Nomor 16 Tahun 2014" in text
    assert "Not checked against the text of the regulation: " in text
    assert "the names of its nine elements" in text
    assert "nama kesembilan unsur" in page(quiet(Survey(frame, codebook()), rule="16/2014"), tmp_path).text


def test_the_source_says_where_the_answers_come_from(result, tmp_path):
    assert "Source of the data: synthetic; made up for tests" in page(result, tmp_path, language="en").text


@pytest.mark.parametrize(
    ("file", "kept"),
    [("ikm.csv", "ikm.csv"), ("ikm (1).xlsx", "ikm (1).xlsx"), ("ikm.parquet", "ikm.parquet"), ("ikm.sav", "ikm.sav"), ("ikm.dta", "ikm.dta")],
)
def test_what_a_file_was_read_as_is_no_part_of_its_source(file, kept, tmp_path):
    """'text separated by commas' stood on a sheet in Indonesian."""
    frame = answers()[list(NINE)]
    writers = {".csv": frame.to_csv, ".xlsx": frame.to_excel, ".parquet": frame.to_parquet, ".dta": frame.to_stata}
    path = tmp_path / file
    if path.suffix == ".sav":
        pyreadstat.write_sav(frame, path)
    else:
        writers[path.suffix](path, **({"write_index": False} if path.suffix == ".dta" else {"index": False}))
    text = page(quiet(read_survey(path)), tmp_path, sex=None, education=None).text
    assert text.strip().endswith(f"Sumber data: {kept}")


# ---------------------------------------------------------------- elements that are not there, or not named


def test_elements_that_were_not_rated_are_named(survey, tmp_path):
    """Eight of nine elements were published as if they were all."""
    said = "Hanya 8 dari 9 unsur peraturan 14/2017 yang dinilai; yang tidak dinilai: Biaya/Tarif."
    assert said in page(quiet(survey, exclude=["biaya"]), tmp_path).text
    assert said in page(quiet(Survey(answers().drop(columns="biaya"), codebook())), tmp_path).text
    assert "Hanya" not in page(quiet(survey), tmp_path).text


def numbered(count, **names):
    """Columns U1, U2, ..., of which some are called otherwise."""
    return answers()[list(NINE[:count])].set_axis([f"U{i}" for i in range(1, count + 1)], axis=1).rename(columns=names)


def test_a_missing_element_that_numbers_do_not_tell_is_no_secret(tmp_path):
    with pytest.warns(DataWarning, match="do not tell which are missing"):
        found = quiet(Survey(numbered(8)))
    text = page(found, tmp_path, sex=None, education=None).text
    assert "Hanya 8 dari 9 unsur peraturan 14/2017 yang dinilai; unsur yang tidak ada tidak dapat dikenali dari nomornya." in text
    assert "U1, U2, U3, U4, U5, U6, U7 dan U8: isi unsur belum diberi nama." in text


def test_columns_of_which_only_a_number_is_known_are_named(tmp_path):
    """U8 and U9 are complaints and facilities here, facilities and complaints there."""
    found = quiet(Survey(numbered(9)))
    assert "U8 dan U9: isi unsur belum diberi nama." in page(found, tmp_path, sex=None, education=None).text
    assert "U8 and U9: these elements have not been named." in page(found, tmp_path, sex=None, education=None, language="en").text
    labelled = quiet(Survey(numbered(9), Codebook({"U8": Item("U8", "Penanganan pengaduan"), "U9": Item("U9", "Sarana")})))
    assert "belum diberi nama" not in page(labelled, tmp_path, sex=None, education=None).text
    added = quiet(Survey(answers().assign(keamanan=3)), unsur=[*NINE, "keamanan"])
    assert "belum diberi nama" not in page(added, tmp_path).text


def test_an_element_left_out_by_its_column_is_told_where_numbers_tell_it(tmp_path):
    text = page(quiet(Survey(numbered(9)), exclude=["U4"]), tmp_path, sex=None, education=None).text
    assert "Hanya 8 dari 9 unsur peraturan 14/2017 yang dinilai; yang tidak dinilai: Biaya/Tarif." in text
    assert "Sengaja tidak diikutkan: Biaya/Tarif." in text
    assert "U8 dan U9: isi unsur belum diberi nama." in text


def test_another_scale_has_its_own_factor(tmp_path):
    """The sheet of a rule of answers from 1 to 5 said that it was multiplied by 25."""
    own = Standard(
        name="kota 2025",
        family="skm",
        title={"id": "Survei kota", "en": "City survey"},
        citation="Keputusan wali kota 7/2025",
        standing="seen",
        scale=(1.0, 5.0),
        scoring="share-of-max",
        conversion="mean score times 20",
        classes=Classes({"low": (20.0, 74.9), "high": (75.0, 100.0)}, decimals=1),
        unverified={"id": "batas kelasnya", "en": "its class bounds"},
    )
    found = quiet(Survey(answers(), codebook()), rule=own, unsur=list(NINE))
    text = page(found, tmp_path).text
    assert "IKM = jumlah NRR × bobot, × 20; bobot setiap unsur 1/9 (9 unsur)." in text
    assert "tertinggi yang mungkin" not in text
    assert "Belum dicocokkan dengan naskah peraturan: batas kelasnya." in text


def test_rules_that_differ_between_rows_share_the_weight_in_use(tmp_path):
    """weight "0.11" is none of 25/2004, and its sheet was refused."""
    frame = answers().assign(year=np.repeat(["2010", "2018"], 20))
    found = quiet(Survey(frame, codebook()), by="year", rule={"2010": "25/2004", "2018": "14/2017"}, weight="0.11")
    text = page(found, tmp_path, of={"year": "2010"}).text
    assert "bobot setiap unsur 0,11 (9 unsur). Dengan bobot itu IKM tertinggi yang mungkin adalah 99,00" in text
    assert "Hanya 9 dari 14 unsur peraturan 25/2004 yang dinilai." in text


# ---------------------------------------------------------------- templates of agencies


def counts(frame, book=None, **roles):
    found = quiet(Survey(frame, book))
    roles = {"sex": "sex", "education": "education", **roles}
    return respondents(PublishedRow(found, None, Voice("id", 2)), **roles)


def plain():
    return answers().drop(columns=["sex", "education"])


@pytest.mark.parametrize("header", ["JENIS KELAMIN", "jenis_kelamin", "Gender", " Jenis  Kelamin ", "SEX"])
def test_sex_is_found_by_the_headers_of_templates(header):
    """A file of the agencies' template was published without its respondents."""
    blocks, lacking = counts(plain().assign(**{header: ["L", "P", "p ", None] * 10}), education=None)
    assert lacking == ()
    assert blocks == (
        Block(
            "Responden menurut jenis kelamin",
            ("Jenis kelamin", "Jumlah"),
            (("Laki-laki", "10"), ("Perempuan", "20"), ("Tidak disebutkan", "10")),
        ),
    )


@pytest.mark.parametrize("header", ["PENDIDIKAN", "Pendidikan Terakhir", "education_level", "Tingkat Pendidikan"])
def test_education_is_found_and_goes_from_primary_school_to_doctors(header):
    """S2 stood before SMA."""
    codes = ["S3", "S2", "SMA/SMK", "D-III", "S1", "SMP", "Lainnya", "SD", "D4", "Diploma 1"]
    (block,), lacking = counts(plain().assign(**{header: codes * 4}), sex=None)
    assert lacking == ()
    assert [row[0] for row in block.rows] == ["SD", "SMP", "SMA/SMK", "Diploma 1", "D-III", "D4", "S1", "S2", "S3", "Lainnya"]
    assert {row[1] for row in block.rows} == {"4"}


def test_labels_and_order_of_a_codebook_go_before_those_of_the_template():
    book = Codebook({"JENIS KELAMIN": Item("JENIS KELAMIN", "Gender", type="text", values={"P": "Puan", "L": "Tuan"})})
    (block,), _ = counts(plain().assign(**{"JENIS KELAMIN": ["L", "P"] * 20}), book, education=None)
    assert block.rows == (("Puan", "20"), ("Tuan", "20"))
    assert block.header[0] == "Gender"


def test_a_column_of_the_plain_name_goes_before_others():
    (block,), _ = counts(plain().assign(gender="L", sex="P"), education=None)
    assert block.rows == (("Perempuan", "40"),)


def test_what_the_regulation_asks_for_and_the_survey_lacks_is_said_unless_it_is_left_out_on_purpose(tmp_path):
    found = quiet(Survey(plain()))
    with pytest.warns(DataWarning, match=r'lacks the counts of respondents by education .* education="column", or .* education=None') as said:
        page(found, tmp_path, sex=None)
    assert said[0].filename == __file__
    many = plain().assign(PENDIDIKAN=[f"sekolah {i}" for i in range(40)])
    assert counts(many, sex=None) == ((), ("education",))
    assert counts(many, sex=None, education=None) == ((), ())


# ---------------------------------------------------------------- one row of several


def test_several_rows_are_refused_with_their_list(by_unit, tmp_path):
    with pytest.raises(DataError, match=r"has 2 rows.*as in of=\{'unit': 'a'\}\. The rows are unit a; unit b"):
        page(by_unit, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_chosen_row_is_published_with_its_own_respondents(by_unit, tmp_path):
    sheet = page(by_unit, tmp_path, of={"unit": "b"})
    row = by_unit.to_frame().set_index("unit").loc["b"]
    assert f"{row['ikm']:.2f}".replace(".", ",") in sheet.text
    assert "Unit layanan UPT B" in sheet.text
    assert sheet.tables["Responden menurut jenis kelamin"][1:] == [["Laki-laki", "0"], ["Perempuan", "10"]]
    assert sheet.tables["Nilai rata-rata (NRR) setiap unsur, skala 1 s.d. 4"][1][-1] == "10"


def test_a_code_is_found_however_it_is_spelled(tmp_path):
    frame = answers().assign(year=np.repeat([2024.0, 2025.0], 20))
    found = quiet(Survey(frame, codebook()), by=["unit", "year"])
    for year in (2025, 2025.0, "2025"):
        sheet = page(found, tmp_path, of={"unit": "a", "year": year})
        assert sheet.tables["Responden menurut jenis kelamin"][1:] == [["Laki-laki", "15"], ["Perempuan", "5"]]
        assert "year 2025 " in sheet.text


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ({"unti": "a"}, "by which the result was not computed; did you mean 'unit'"),
        ({"unit": "d"}, "there are 'a', 'b'"),
        ("a", "name a column and its code"),
    ],
)
def test_a_row_that_is_not_there_is_refused(by_unit, of, said, tmp_path):
    with pytest.raises(DataError, match=re.escape(said)):
        page(by_unit, tmp_path, of=of)


def test_a_pair_of_codes_without_a_row_is_refused_with_the_rows_there_are(tmp_path):
    frame = answers().assign(half=np.where(np.arange(40) < 10, 1, 2))
    found = quiet(Survey(frame, codebook()), by=["unit", "half"])
    with pytest.raises(DataError, match="unit b, half 2, which has no row; there are unit a, half 2; unit b, half 1"):
        page(found, tmp_path, of={"unit": "b", "half": 2})


def test_a_choice_of_rows_where_there_is_one_is_refused(result, tmp_path):
    with pytest.raises(DataError, match="computed for all rows together; leave out of="):
        page(result, tmp_path, of={"unit": "a"})


# ---------------------------------------------------------------- the page


def test_the_page_is_well_formed_with_its_language_one_heading_and_no_script(result, tmp_path):
    for language in ("id", "en"):
        sheet = page(result, tmp_path, language=language)
        assert sheet.open == []
        assert sheet.tags[0] == ("html", {"lang": language})
        assert sheet.count("h1") == 1
        assert sheet.count("script") == sheet.count("img") == sheet.count("link") == 0
        assert not [attrs for _, attrs in sheet.tags if "src" in attrs or "href" in attrs]


def test_every_table_has_a_caption_and_every_header_cell_a_scope(result, tmp_path):
    sheet = page(result, tmp_path)
    assert sheet.count("table") == sheet.count("caption") == 3
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in sheet.tags if tag == "th")
    assert all(len(row) == len(rows[0]) for rows in sheet.tables.values() for row in rows)


def test_text_from_outside_is_escaped(survey, tmp_path):
    evil = '<b>Dinas</b> & "Co" <script>alert(1)</script>'
    label = Item("sex", evil, type="text", values={"L": evil})
    found = quiet(Survey(survey.frame, replace(codebook(sex=label), source=evil)))
    file = publication_sheet(found, tmp_path / "ikm.html", agency=evil, service=evil, period=evil)
    text = file.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "<b>" not in text
    assert text.count("&lt;b&gt;Dinas&lt;/b&gt; &amp; ") >= 6
    assert evil in Page(text).text


def test_text_over_lines_becomes_one_line(result, tmp_path):
    assert "Dinas Contoh Utara" in page(result, tmp_path, agency=" Dinas\nContoh\x00\tUtara ").text


def test_an_empty_service_or_period_has_no_line(result, tmp_path):
    text = page(result, tmp_path).text
    assert "Layanan" not in text
    assert "Periode" not in text
    full = page(result, tmp_path, service="Perizinan", period="2025").text
    assert "Layanan Perizinan Periode survei 2025 Jumlah responden 40" in full


def test_the_same_result_gives_the_same_bytes(result, tmp_path):
    files = [publication_sheet(result, tmp_path / f"{name}.html", agency="Dinas Contoh", period="2025") for name in "ab"]
    assert files[0] == tmp_path / "a.html"
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize(("suffix", "start"), [("html", b"<!DOCTYPE html>"), ("svg", b"<?xml"), ("PNG", b"\x89PNG")])
def test_the_suffix_says_what_is_written(survey, suffix, start, tmp_path):
    small = quiet(survey, exclude=NINE[1:])
    file = publication_sheet(small, tmp_path / f"ikm.{suffix}", agency="Dinas", sex=None, education=None)
    assert file.read_bytes().startswith(start)


def test_the_order_of_rows_does_not_matter(survey, result, tmp_path):
    turned = quiet(Survey(survey.frame.iloc[::-1].reset_index(drop=True), codebook()))
    assert page(turned, tmp_path).text == page(result, tmp_path).text


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize("name", ["ikm.pdf", "ikm", "ikm.htm"])
def test_another_suffix_is_refused_with_those_there_are(result, name, tmp_path):
    with pytest.raises(DataError, match=r"\.html, \.png, \.svg"):
        publication_sheet(result, tmp_path / name, agency="Dinas")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_refused(result, tmp_path):
    with pytest.raises(DataError, match=r"folder '.*nowhere' of the sheet 'ikm.html' is not there"):
        publication_sheet(result, tmp_path / "nowhere" / "ikm.html", agency="Dinas")


def test_a_folder_in_the_place_of_the_file_is_refused(result, tmp_path):
    (tmp_path / "ikm.html").mkdir()
    with pytest.raises(DataError, match="is a folder; name a file"):
        publication_sheet(result, tmp_path / "ikm.html", agency="Dinas")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(result, tmp_path, monkeypatch):
    file = tmp_path / "ikm.html"
    file.write_text("old", encoding="utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DataError, match="cannot be written: No space left on device"):
        publication_sheet(result, file, agency="Dinas")
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_sheet_has_the_rights_that_new_files_have(result, tmp_path):
    """It was open to all whatever the umask."""
    before = os.umask(0o027)
    try:
        file = publication_sheet(result, tmp_path / "ikm.html", agency="Dinas")
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"agency": "  "}, "agency is empty"),
        ({"period": 2025}, "period is 2025, which is no text"),
        ({"sex": "gender"}, "'gender' is not a column of the survey"),
        ({"education": "educatoin"}, "did you mean 'education'"),
    ],
)
def test_wrong_texts_and_columns_are_refused(result, choices, said, tmp_path):
    with pytest.raises(DataError, match=re.escape(said)):
        page(result, tmp_path, **choices)


def test_a_column_of_many_codes_is_no_column_of_groups(survey, tmp_path):
    found = quiet(Survey(survey.frame.assign(name=[f"person {i}" for i in range(40)]), codebook()))
    with pytest.raises(DataError, match="sex='name' has 40 codes .* at most 24 groups"):
        page(found, tmp_path, sex="name")


def test_a_language_a_result_or_a_path_of_another_kind_is_refused(result, tmp_path):
    with pytest.raises(ChoiceError, match="language is 'fr'"):
        page(result, tmp_path, language="fr")
    with pytest.raises(DataError, match=r"is DataFrame, not the result of skm\(survey\)"):
        page(result.to_frame(), tmp_path)
    with pytest.raises(DataError, match="path is int"):
        publication_sheet(result, 3, agency="Dinas")


def test_none_leaves_a_table_of_respondents_out(result, tmp_path):
    assert list(page(result, tmp_path, sex=None, education=None).tables) == ["Nilai rata-rata (NRR) setiap unsur, skala 1 s.d. 4"]
