"""One report in a file, of whole results or of single ones; a folder of reports, tables, figures and record."""

import hashlib
import importlib.util
import json
import re
import warnings

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from kepuasan import (
    KepuasanError,
    Survey,
    attribute_change,
    crosstab,
    driver_importance,
    load_sample,
    mean,
    regress,
    reproduce,
    response_rates,
    satisfaction_index,
    skm,
    stack_waves,
)
from kepuasan.errors import DataError, DataWarning
from kepuasan.report.single.documents import document_of
from kepuasan.report.writing import write_outputs, write_report

SUFFIXES = ("html", "xlsx", "docx", "pdf")


@pytest.fixture(scope="module")
def stacked(waves):
    return stack_waves(waves)


@pytest.fixture(scope="module")
def every_kind(stacked):
    sample = load_sample("users", wave="2022")
    rated = skm(load_sample("skm"), by="period")
    return {
        "index": satisfaction_index(stacked, by="wave"),
        "change": attribute_change(stacked, "2020", "2022", frame="region"),
        "drivers": driver_importance(sample, "overall", ["registering", "verification", "response_speed"]),
        "crosstab": crosstab(sample, "sex", "disability"),
        "regression": regress(sample, "overall ~ verification"),
        "estimates": mean(stacked, ["speed", "updates"], by="sex"),
        "skm": rated,
        "rating": rated.rating,
        "reproduction": reproduce({"u1": 3.31, "u2": 3.45}, 84.5),
        "table": response_rates({"I": 100, "P": 2, "R": 10, "NC": 3, "O": 1, "UH": 0, "UO": 0, "NE": 0}),
    }


# ---------------------------------------------------------------- single results


def test_every_kind_of_result_gives_a_section_with_a_table(every_kind):
    for language in ("id", "en"):
        document = document_of(every_kind, language)
        assert [section.heading for section in document.sections] == list(every_kind)
        assert all(any(type(block).__name__ == "Table" for block in section.blocks) for section in document.sections)
        assert len({table.name for table in document.tables}) == len(document.tables)
        assert all(picture.alt for picture in document.pictures)
        assert len(document.pictures) == 8


def test_results_without_headings_are_called_by_what_they_are(every_kind):
    document = document_of(list(every_kind.values()), "id")
    assert [section.heading for section in document.sections[:4]] == [
        "Indeks kepuasan",
        "Selisih 2020 ke 2022 dan penyumbangnya",
        "Kepentingan faktor",
        "Tabel silang sex dan disability",
    ]
    assert document.finding == "Hasil analisis"
    assert document_of(every_kind["skm"], "en").finding == "Survey of the satisfaction of the public (SKM)"


def test_a_table_of_estimates_has_labels_limits_and_counts_and_the_numbers_in_full(every_kind):
    table = document_of(every_kind["index"], "en").tables[-1]
    assert table.header == ("Item", "Wave", "Estimate", "SE", "95 % interval", "n", "effective n")
    assert table.rows[0][:2] == ("Speed", "2020")
    assert table.frame["label"].tolist()[:2] == ["Speed", "Updates"]
    assert table.frame["estimate"].tolist() == every_kind["index"].items.value.tolist()


def test_a_published_index_is_written_with_two_decimals(every_kind):
    table = document_of(every_kind["skm"], "id").tables[0]
    assert table.header[:3] == ("Periode survei", "Nilai", "Galat baku")
    assert [row[1] for row in table.rows] == ["84,55", "85,37"]


def test_parts_of_a_change_are_called_as_in_its_figure(every_kind):
    parts = document_of(every_kind["change"], "en").tables[1]
    assert [row[0] for row in parts.rows] == ["Difference of frame", "Speed", "Other items"]


def test_estimates_of_many_domains_have_no_figure_and_say_so():
    frame = pd.DataFrame({"unit": np.repeat(np.arange(100), 3), "speed": np.tile([1, 2, 4], 100)})
    blocks = document_of(mean(Survey(frame), "speed", by="unit"), "en").sections[0].blocks
    assert blocks[-1].text == "There is no figure: 100 rows; a figure holds 80 at most."


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_single_result_is_written_as_a_report(every_kind, suffix, tmp_path):
    file = write_report(every_kind["index"], tmp_path / f"index.{suffix}", language="en")
    assert file == tmp_path / f"index.{suffix}"
    first = file.read_bytes()
    write_report(every_kind["index"], file, language="en")
    assert file.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_table_of_a_caller_keeps_its_index_and_joins_names_of_several_levels(tmp_path):
    table = pd.DataFrame({("speed", "mean"): [3.5], ("speed", "n"): [12]}, index=pd.Index(["Bali"], name="region"))
    write_report(table, tmp_path / "one.xlsx", language="en")
    rows = CalamineWorkbook.from_path(str(tmp_path / "one.xlsx")).get_sheet_by_name("1 Table 1").to_python()
    assert rows[3:5] == [["region", "speed / mean", "speed / n"], ["Bali", 3.5, 12.0]]


def test_personal_columns_of_a_table_are_left_out_with_a_warning(tmp_path):
    table = pd.DataFrame({"nik": ["3171012345670001", "3171012345670002"], "email": ["a@x.id", "b@y.id"], "n": [1, 2]})
    with pytest.warns(DataWarning, match="2 columns of table 1 look personal and are left out: 'nik', 'email'"):
        write_report(table, tmp_path / "one.html")
    page = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert "3171012345670001" not in page
    assert "a@x.id" not in page


def test_a_table_of_nothing_but_persons_is_refused():
    with pytest.warns(DataWarning, match="look personal"), pytest.raises(DataError, match="no columns to show"):
        document_of(pd.DataFrame({"email": ["a@x.id", "b@y.id"]}), "id")


def test_rows_of_persons_are_no_table():
    with pytest.raises(DataError, match=r"table 2 has 5,001 rows; a report shows results, not rows of persons"):
        document_of([pd.DataFrame({"n": [1]}), pd.DataFrame({"answer": range(5001)})], "id")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("index", r"no report can be made of str; give Index, Estimates"),
        ({"a": 3}, r"no report can be made of int \(number 1, 'a'\)"),
        ([], "there are no results"),
        (load_sample, "no report can be made of function"),
        (None, "no report can be made of NoneType"),
    ],
)
def test_what_is_no_result_is_refused_with_what_is_taken(given, said, tmp_path):
    with pytest.raises(DataError, match=said):
        write_report(given, tmp_path / "one.html")


def test_whole_results_stand_alone(single, every_kind, tmp_path):
    with pytest.raises(DataError, match="a whole report .* stands alone"):
        write_report([single, every_kind["index"]], tmp_path / "one.html")


def test_a_survey_is_no_result(stacked, tmp_path):
    with pytest.raises(DataError, match="no report can be made of Survey"):
        write_report(stacked, tmp_path / "one.html")


# ---------------------------------------------------------------- the file


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("report.htm", r"'report.htm' has the suffix '.htm'; did you mean '.html'\?; give one of .html, .xlsx, .docx, .pdf"),
        ("report", "has no suffix; give one of"),
        ("missing/report.html", r"the folder '.*missing' is not there; make it first"),
    ],
)
def test_a_file_that_cannot_be_is_refused(every_kind, name, said, tmp_path):
    with pytest.raises(DataError, match=said):
        write_report(every_kind["index"], tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_folder_is_no_file(every_kind, tmp_path):
    (tmp_path / "report.html").mkdir()
    with pytest.raises(DataError, match="is a folder; give a file in it, such as report.html"):
        write_report(every_kind["index"], tmp_path / "report.html")


def test_suffixes_are_known_in_capitals_and_languages_are_two(every_kind, tmp_path):
    assert write_report(every_kind["index"], tmp_path / "INDEX.XLSX").exists()
    with pytest.raises(KepuasanError, match=r"language is 'fr'; choose one of 'id', 'en'"):
        write_report(every_kind["index"], tmp_path / "one.html", language="fr")


@pytest.mark.parametrize(("suffix", "package"), [("docx", "python-docx"), ("pdf", "typst")])
def test_a_missing_package_is_named_with_the_command_that_installs_it(every_kind, suffix, package, tmp_path, monkeypatch):
    there = importlib.util.find_spec
    module = {"docx": "docx", "pdf": "typst"}[suffix]
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == module else there(name, *more))
    with pytest.raises(KepuasanError, match=rf'\.{suffix} needs {package}; install with: pip install "kepuasan\[report\]"'):
        write_report(every_kind["index"], tmp_path / f"one.{suffix}")
    with pytest.raises(KepuasanError, match=package):
        write_outputs(None, tmp_path / "out", formats=[suffix])


# ---------------------------------------------------------------- whole results


@pytest.fixture(scope="module")
def written(single, tmp_path_factory):
    folder = tmp_path_factory.mktemp("outputs") / "out"
    said = []
    files = write_outputs(single, folder, languages=("en", "id"), progress=said.append)
    return folder, files, said


@pytest.fixture(scope="module")
def recorded(results, tmp_path_factory):
    folder = tmp_path_factory.mktemp("recorded") / "out"
    write_outputs(results, folder, formats=("xlsx",), settings={"index": {"top": 2}})
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("fixture", ["results", "single"])
def test_whole_results_are_written_in_every_kind(fixture, suffix, request, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        file = write_report(request.getfixturevalue(fixture), tmp_path / f"report.{suffix}")
    assert file.stat().st_size > 5_000


def test_the_folder_holds_both_languages_tables_figures_and_the_record_last(written):
    folder, files, _ = written
    assert sorted(files) == sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert {f"report{language}.{suffix}" for language in ("", ".id") for suffix in SUFFIXES} <= set(files)
    assert files[-1] == "run.json"
    stems = [name[: -len(".svg")] for name in files if name.endswith(".svg")]
    assert stems
    assert {f"{stem}.png" for stem in stems} == {name for name in files if name.endswith(".png")}


def test_each_file_is_named_before_it_is_made(written):
    _, files, said = written
    assert sorted(said) == sorted(set(files) - {"run.json"})


def test_the_record_holds_hashes_of_all_files_and_versions_of_what_made_them(written):
    folder, files, _ = written
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert record["outputs"] == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files if name != "run.json"}
    assert {"typst", "python-docx", "pandas"} <= set(record["versions"])


def test_the_record_holds_inputs_headline_numbers_steps_and_settings(recorded, results):
    assert recorded["inputs"] == {"a.csv": "00"}
    assert recorded["headline"]["index"]["2020"]["estimate"] == pytest.approx(float(results.index.score.value[0]), rel=1e-9)
    assert set(recorded["headline"]["differences"]) == {"2022 - 2020"}
    assert recorded["headline"]["change_by_driver"].keys() == set(results.change.to_frame("drivers")["driver"])
    assert recorded["steps"][0] == {"step": "read", "wave": "2020", "rows": 60}
    assert (recorded["settings"], recorded["seed"]) == ({"index": {"top": 2}}, {})
    assert "typst" not in recorded["versions"]


def test_tables_of_the_folder_are_in_full(written, single):
    tables = {path.stem: pd.read_csv(path) for path in (written[0] / "tables").glob("*.csv")}
    assert tables["index"]["estimate"].tolist() == single.index.score.value.tolist()


def test_the_same_results_give_the_same_folder(written, single, tmp_path):
    write_outputs(single, tmp_path / "out", languages=("en", "id"))
    assert all((tmp_path / "out" / name).read_bytes() == (written[0] / name).read_bytes() for name in written[1])


def test_formats_and_languages_are_those_asked_for(single, tmp_path):
    files = write_outputs(single, tmp_path / "out", languages=("id", "id"), formats=("xlsx",))
    assert [name for name in files if name.startswith("report")] == ["report.xlsx"]


@pytest.mark.parametrize(
    ("more", "said"),
    [({"formats": ["odt"]}, "format is 'odt'"), ({"languages": ()}, "languages is empty"), ({"languages": ("fr",)}, "language is 'fr'")],
)
def test_unknown_formats_and_languages_are_refused_before_anything_is_made(single, more, said, tmp_path):
    with pytest.raises(KepuasanError, match=re.escape(said)):
        write_outputs(single, tmp_path / "out", **more)
    assert not list(tmp_path.iterdir())


def test_a_wave_of_too_few_answers_has_no_headline_numbers(waves):
    from kepuasan.report import ReportRequest, gather_results
    from kepuasan.report.headlines import headline_numbers

    few = stack_waves({"2020": waves["2020"], "2022": Survey(waves["2022"].frame.iloc[[0, 1, 20, 21]], waves["2022"].codebook)})
    headline = headline_numbers(gather_results(few, ReportRequest(("2020", "2022"), frame="region")))
    assert headline["index"]["2022"] == {"suppressed": "publication"}
    assert headline["index"]["2020"].keys() == {"estimate", "se", "ci_low", "ci_high"}
    assert headline.keys() == {"index"}


def test_no_path_of_the_machine_stands_in_any_file(written):
    folder = written[0]
    assert not [path for path in folder.rglob("*") if path.is_file() and str(folder.parent).encode() in path.read_bytes()]
