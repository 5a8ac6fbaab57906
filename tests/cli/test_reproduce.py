"""`kepuasan reproduce`: published numbers, which conventions give them, and what contradicts them.

Figures in print: Bantul 2023 (skm.bantulkab.go.id), Serang 2025 and BMKG Amahai 2025 (a public code repository), complaints of January to June 2018.
"""

import json
import re
import textwrap
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import kepuasan as kp
from kepuasan.cli.published import read_published_file, tried
from kepuasan.errors import RecipeError
from kepuasan.reproducing import reproduce

NAMES = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
MEANS = dict(zip(NAMES, (3.31, 3.35, 3.49, 3.93, 3.45, 3.39, 3.39, 3.76, 3.35), strict=True))
SERANG = dict(zip(NAMES, (3.50, 3.50, 3.23, 3.77, 3.50, 3.73, 3.73, 3.27, 3.27), strict=True))
PARTS = "{selesai = 15061, proses = 3189, belum = 7542, pending = 1158, disposisi = 4876, dihapus = 24345}"


def table_of(means):
    return "{" + ", ".join(f"{name} = {mean:.2f}" for name, mean in means.items()) + "}"


IN_PRINT = f"means = {table_of(MEANS)}"


def entry(label="IKM Bantul 2023", value="87.28", source=IN_PRINT, more=""):
    return f'[[published]]\nlabel = "{label}"\nvalue = {value}\n{source}\n{more}\n'


BANTUL = entry()
WRONG = entry("Bukan itu", "80.00")
COMPLAINTS = entry("Pengaduan 2018", "57171", f"parts = {PARTS}")
#: few conventions, so that figures are small
FEW = """[published.known]
early_rounding = "none"
scoring = "share-of-max"
item_weights = ["1/9", "0.11"]
tariff = "in"
final_rounding = "half-up"
"""


@pytest.fixture
def run(tmp_path, monkeypatch, call):
    """Write a file of published numbers and call the command on it."""
    monkeypatch.chdir(tmp_path)

    def ran(text, *options, name="angka.toml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return call("reproduce", name, *options)

    ran.folder = tmp_path
    return ran


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}


def problems_of(tmp_path, text):
    (tmp_path / "f.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RecipeError) as caught:
        read_published_file(tmp_path / "f.toml", "en")
    return str(caught.value)


# ---------------------------------------------------------------- numbers


def test_a_number_that_a_convention_gives_ends_with_code_0(run):
    result = run(BANTUL)
    assert result.exit_code == 0, result.output + result.stderr
    lines = result.output.splitlines()
    assert lines[0] == "IKM Bantul 2023: tercetak 87,28"
    assert lines[1].startswith("  Dapat dihasilkan dengan ")
    assert lines[1].endswith(" cara hitung:")
    assert lines[2] == "    - bobot 1/9, persen dari nilai tertinggi"
    assert "Bila tidak disebut lain: tanpa pembulatan awal, dibulatkan ke atas bila tepat setengah, dengan unsur tarif." in " ".join(lines)
    assert lines[-1] == "1 dari 1 angka dapat dihasilkan kembali, tanpa temuan."


def test_a_number_that_no_convention_gives_ends_with_code_1_and_the_nearest_misses(run):
    result = run(WRONG)
    assert result.exit_code == 1
    assert "Tidak satu pun dari " in result.output
    after = result.output.split("Yang tidak cocok, mulai dari yang terdekat:\n")[1]
    gaps = [abs(float(gap.replace(",", "."))) for gap in re.findall(r"\(([+-][\d,]+)\)", after)]
    assert len(gaps) == 3
    assert gaps == sorted(gaps)


def test_complaints_of_2018_do_not_add_up(run):
    result = run(COMPLAINTS)
    assert result.exit_code == 1
    told = " ".join(result.output.split())
    assert "tercetak 57.171, padahal jumlah bagiannya 56.171: selisih 1.000; cukup satu digit yang berbeda: pada jumlahnya (menjadi 56.171)" in told
    english = run(COMPLAINTS, "--lang", "en").output
    assert "57,171 is printed, but the parts sum to 56,171" in english


def test_parts_that_add_up_are_a_number_reproduced(run):
    result = run(COMPLAINTS.replace("57171", "56171"), "--lang", "en")
    assert result.exit_code == 0
    assert "Given by the only convention:\n    - sum of the parts" in result.output


def test_the_weight_of_a_tenth_too_little_is_found(run):
    result = run(entry("Serang", "86.63", f"means = {table_of(SERANG)}"), "--lang", "en")
    assert result.exit_code == 0
    assert "- weight 0.11, share of the maximum" in result.output


def test_a_class_that_is_not_that_of_the_value_is_a_finding(run):
    result = run(entry(more='class = "A"'))
    assert result.exit_code == 1
    assert "IKM Bantul 2023: tercetak 87,28, mutu A" in result.output
    assert "tercetak mutu A, padahal 87,28 termasuk mutu B menurut 14/2017" in result.output
    assert run(entry(more='class = "B"')).exit_code == 0


def test_several_numbers_are_told_one_by_one_and_one_bad_one_is_enough(run):
    result = run(BANTUL + WRONG + COMPLAINTS, "--lang", "en")
    assert result.exit_code == 1
    heads = [line for line in result.output.splitlines() if line.endswith(" in print")]
    assert heads == ["IKM Bantul 2023: 87.28 in print", "Bukan itu: 80.00 in print", "Pengaduan 2018: 57,171 in print"]
    assert result.output.endswith("Reproduced without findings: 1 of 3 numbers.\n")


@pytest.mark.parametrize("value", ['"87,28"', '"87.28"', "87.28", "87.28\ndecimals = 2"])
def test_text_and_numbers_show_their_decimals(run, value):
    result = run(entry(value=value))
    assert result.exit_code == 0
    assert "tercetak 87,28\n" in result.output


def test_trailing_zeros_of_numbers_and_text_count(run):
    assert "tercetak 80,00\n" in run(WRONG).output
    assert "tercetak 80,00\n" in run(entry("Bukan itu", '"80,00"')).output
    assert "tercetak 87,3\n" in run(entry(value="87.3")).output
    assert "tercetak 87,30\n" in run(entry(value="87.3\ndecimals = 2")).output


def test_means_given_as_text_with_a_comma_are_the_same_means(run):
    texts = "{" + ", ".join(f'{name} = "{mean:.2f}"'.replace(".", ",") for name, mean in MEANS.items()) + "}"
    assert run(entry(source=f"means = {texts}")).output == run(BANTUL).output


def results_of(tmp_path, text):
    """What becomes of the numbers of a file, without the command."""
    (tmp_path / "f.toml").write_text(text, encoding="utf-8")
    return [tried(part, tmp_path).result for part in read_published_file(tmp_path / "f.toml").published]


def width(result):
    return float((result.conventions["high"] - result.conventions["low"]).iloc[0])


def test_zeros_at_the_end_of_a_mean_make_it_more_exact(tmp_path):
    exact = "means = {" + ", ".join(f"{name} = {mean:.3f}" for name, mean in MEANS.items()) + "}"
    fine, rounded = results_of(tmp_path, entry(value="80.00", source=exact) + entry("B", value="80.00"))
    assert width(fine) == pytest.approx(width(rounded) / 10)


def test_numbers_without_quotation_marks_have_the_decimals_of_the_one_that_shows_most(tmp_path):
    # U1 = 4 was 3.5 to 4.5 beside 3.23, so that everything was within its rounding
    bare = "means = {U1 = 4, U2 = 3.5, U3 = 3.23, U4 = 3.77, U5 = 3.5, U6 = 3.73, U7 = 3.73, U8 = 3.27, U9 = 3}"
    means = dict(zip([f"U{place}" for place in range(1, 10)], [4, 3.5, 3.23, 3.77, 3.5, 3.73, 3.73, 3.27, 3], strict=True))
    (result,) = results_of(tmp_path, entry(value="88.20", source=bare))
    assert width(result) == pytest.approx(width(kp.reproduce(means, "88,20")))
    quoted = bare.replace("= 3.5,", '= "3,5",')
    (wider,) = results_of(tmp_path, entry(value="88.20", source=quoted))
    assert width(wider) == pytest.approx((0.1 * 2 + 0.01 * 6 + 0.005) / 9 * 25)


def test_a_class_of_parts_and_means_without_numbers_are_refused(run, tmp_path):
    graded = run(entry("Pengaduan", "25792", f"parts = {PARTS}", 'class = "B"'))
    assert graded.exit_code == 2  # the class was not looked at
    assert "the class 'B' is given with parts" in graded.stderr
    assert 'published[1].means: is {}; give at least one number by its name, such as U1 = "3,31"' in problems_of(tmp_path, entry(source="means = {}"))


def test_a_row_of_a_table_without_a_name_is_a_total(run):
    (run.folder / "t.csv").write_text("Unit Kerja;IKM;Responden\nA;75,56;1.250\nB;86,29;900\n;80,05;2.150\n", encoding="utf-8")
    result = run(entry(value='"80,05"', source='table = "t.csv"'))
    assert result.exit_code == 0  # was a third unit
    assert "baris ke-4 tanpa nama" in " ".join(result.output.split())


@pytest.mark.parametrize("ending", [",", ";"])
def test_zeros_at_the_end_of_a_cell_count(tmp_path, ending):
    # "3.30" was read as 3.3, so that all means could be 0.05 lower or higher
    rows = [f"{name}{ending}3{'.' if ending == ',' else ','}30" for name in NAMES]
    (tmp_path / "t.csv").write_text("\n".join([f"Unsur{ending}NRR", *rows]), encoding="utf-8")
    (result,) = results_of(tmp_path, entry(value='"82,50"', source='table = "t.csv"'))
    assert width(result) == pytest.approx(0.01 * 25)


def test_thousands_of_respondents_in_a_table_are_thousands(tmp_path):
    (tmp_path / "u.csv").write_text("Unit Kerja;IKM;Responden\nA;75,56;1.250\nB;86,29;900\n", encoding="utf-8")
    (result,) = results_of(tmp_path, entry(value='"80,05"', source='table = "u.csv"'))
    assert result.best["pooling"] == "respondents"  # 1.25 respondents: 86.28


@pytest.mark.parametrize(
    ("value", "parts", "total"),
    [
        ("100", "{selesai = 26.344, proses = 5.578, lain = 68.078}", 100.0),  # was 100000, of 26344 and others
        ("57.171", "{a = 15.061, b = 42.110}", 57.171),
        ('"57.171"', '{a = "15.061", b = "42.110"}', 57171.0),
        ("57171", '{a = "15.061", b = 42110}', 57171.0),
    ],
)
def test_numbers_are_numbers_and_quoted_text_follows_the_writing_of_counts(tmp_path, value, parts, total):
    (result,) = results_of(tmp_path, entry(value=value, source=f"parts = {parts}"))
    assert result.reproduced
    assert result.conventions.loc[0, "value"] == pytest.approx(total)


def test_means_of_no_known_scale_are_tried_as_they_are_and_it_is_said(run):
    text = entry(value="3.0", source="means = {speed = 3.1, updates = 2.9}")
    assert "hanya rata-rata apa adanya yang dicoba" in " ".join(run(text).output.split())
    assert "scale = [1, 4]" in " ".join(run(text).output.split())
    scaled = run(entry(value="75.0", source="means = {speed = 3.1, updates = 2.9}", more="scale = [1, 4]"), "--lang", "en")
    assert "share of the maximum" in scaled.output
    assert "scale = [1, 4]" not in scaled.output


def test_what_is_known_leaves_fewer_conventions(run):
    known = '[published.known]\nitem_weights = "0.11"\n'
    result = run(BANTUL + known)
    assert result.exit_code == 1
    assert int(result.output.split("Tidak satu pun dari ")[1].split()[0]) < int(run(BANTUL).output.split(" dari ")[1].split()[0])
    assert run(BANTUL + "[published.known]\nitem_weights = [0.11, 'equal']\n").exit_code == 0


@pytest.mark.parametrize("text", [BANTUL, WRONG, COMPLAINTS])
@pytest.mark.parametrize("language", ["id", "en"])
def test_lines_fit_in_a_hundred_columns_and_the_file_may_say_the_language(run, text, language):
    said = run(f'language = "{language}"\n' + text).output
    assert said == run(text, "--lang", language).output
    assert max(len(line) for line in said.splitlines()) <= 100


# ---------------------------------------------------------------- sources in files


def answers(n=60, seed=1):
    rng = np.random.default_rng(seed)
    return pd.DataFrame({name: rng.integers(2, 5, n) for name in NAMES}).assign(unit=rng.choice(["a", "b"], n), w=rng.choice([1.0, 2.0], n))


def test_answers_in_a_file_beside_it_are_read(run):
    frame = answers()
    (run.folder / "deep").mkdir()
    frame.to_csv(run.folder / "deep" / "answers.csv", index=False)
    value = 25 * frame[list(NAMES)].mean().mean()
    text = entry(value=f'"{value:.2f}"', source='data = "answers.csv"')
    result = run(text, name="deep/angka.toml")
    assert result.exit_code == 0, result.output + result.stderr


def test_columns_of_the_data_are_named_in_the_file(run):
    frame = answers().rename(columns={name: f"q{place}" for place, name in enumerate(NAMES)})
    frame.to_csv(run.folder / "answers.csv", index=False)
    items = [f"q{place}" for place in range(9)]
    weighted = 25 * float(np.average(frame[items].mean(axis=1), weights=frame["w"]))
    source = f'data = "answers.csv"\nitems = {items}\nscale = [1, 4]\nweight = "w"\nunit = "unit"'
    result = run(entry(value=f'"{weighted:.2f}"', source=source), "--lang", "en")
    assert result.exit_code == 0, result.output + result.stderr
    assert "survey weights used" in result.output


def test_a_table_of_units_is_pooled(run):
    pd.DataFrame({"unit": ["a", "b", "c"], "ikm": [75.56, 86.29, 94.61]}).to_csv(run.folder / "units.csv", index=False)
    result = run(entry("Rata-rata", "85.49", 'table = "units.csv"') + entry("Bantul", "87.28", 'table = "units.csv"'))
    assert result.exit_code == 1
    first, second = result.output.split("\n\n")[:2]
    assert "Dapat dihasilkan dengan" in first
    assert "- rata-rata unit\n" in first
    assert "Tidak satu pun" in second


def test_warnings_of_the_data_are_said_on_the_error_stream(run):
    frame = answers().astype(dict.fromkeys(NAMES, float))
    frame.loc[:1, "waktu"] = np.nan
    frame.to_csv(run.folder / "answers.csv", index=False)
    result = run(entry(source='data = "answers.csv"'))
    assert result.exit_code in (0, 1)
    assert "Traceback" not in result.stderr


# ---------------------------------------------------------------- a folder of results


def test_the_folder_holds_conventions_figures_and_the_record(run):
    result = run(BANTUL + FEW + COMPLAINTS, "--out", "hasil")
    assert result.exit_code == 1
    files = contents(run.folder / "hasil")
    assert sorted(files) == [
        "figures/01-ikm-bantul-2023.png",
        "figures/01-ikm-bantul-2023.svg",
        "run.json",
        "tables/01-ikm-bantul-2023.csv",
        "tables/02-pengaduan-2018-findings.csv",
        "tables/02-pengaduan-2018.csv",
    ]
    record = json.loads(files["run.json"])
    assert sorted(record["outputs"]) == sorted(set(files) - {"run.json"})
    assert list(record["inputs"]) == ["angka.toml"]
    assert record["headline"]["IKM Bantul 2023"]["reproduced"] is True
    assert record["headline"]["Pengaduan 2018"]["findings"] == ["parts"]
    assert f"Hasil ditulis ke hasil ({len(files)} berkas)." in result.output
    table = pd.read_csv(run.folder / "hasil" / "tables" / "01-ikm-bantul-2023.csv")
    means = {name: f"{mean:.2f}" for name, mean in MEANS.items()}
    known = {"early_rounding": "none", "scoring": "share-of-max", "item_weights": ["1/9", "0.11"], "tariff": "in", "final_rounding": "half-up"}
    expected = reproduce(means, 87.28, decimals=2, known=known).to_frame()
    assert table["value"].tolist() == expected["value"].tolist()
    assert table["name"].tolist() == expected["name"].tolist()


def test_the_same_numbers_give_the_same_bytes_and_take_the_place_of_an_earlier_run(run):
    few = COMPLAINTS + BANTUL + FEW
    run(few, "--out", "a")
    run(few, "--out", "b")
    assert contents(run.folder / "a") == contents(run.folder / "b")
    assert run(COMPLAINTS, "--out", "a").exit_code == 1
    assert sorted(contents(run.folder / "a")) == ["run.json", "tables/01-pengaduan-2018-findings.csv", "tables/01-pengaduan-2018.csv"]


def test_a_folder_with_files_of_others_is_refused_before_anything_is_written(run):
    (run.folder / "out").mkdir()
    (run.folder / "out" / "mine.txt").write_text("mine")
    result = run(BANTUL, "--out", "out")
    assert result.exit_code == 2
    assert "'mine.txt'" in result.stderr
    assert contents(run.folder / "out") == {"mine.txt": b"mine"}


def test_a_write_that_fails_leaves_the_old_folder_whole(run, monkeypatch):
    run(COMPLAINTS, "--out", "out")
    before = contents(run.folder / "out")

    def fail(*_, **__):
        raise OSError(28, "No space left on device", "x.svg")

    monkeypatch.setattr("kepuasan.display.figures.save", fail)
    result = run(WRONG + FEW, "--out", "out")
    assert result.exit_code == 2
    assert "ruang penyimpanan habis" in result.stderr
    assert contents(run.folder / "out") == before
    assert not list(run.folder.glob(".out-*"))


def test_labels_make_plain_file_names_and_formulas_stay_text(run):
    parts = "parts = {a = 20, b = 30}"
    result = run(entry("=IKM/../..: Ünit <b>", "50", parts) + entry("***", "51", parts), "--out", "out")
    assert result.exit_code == 1
    assert {"tables/01-ikm-nit-b.csv", "tables/02.csv"} <= set(contents(run.folder / "out"))


# ---------------------------------------------------------------- a file that is wrong


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "published: is missing; give it"),
        ("published = []", "published: is []; give a list of at least 1"),
        ("publised = 1", "publised: unknown key; did you mean 'published'?"),
        ('language = "fr"\n' + BANTUL, "language: is 'fr'; choose one of 'id', 'en'"),
        (entry(more='clas = "B"'), "published[1].clas: unknown key; did you mean 'class'?"),
        (entry(more="class = 3"), "published[1].class: is 3; give a text"),
        (entry(more="decimals = -1"), "published[1].decimals: is -1; give a number of at least 0"),
        (entry(value="true"), "published[1].value: is True; give a number such as 87.28"),
        (entry(value="nan"), "published[1].value: is nan; give a number such as 87.28"),
        (entry(value='"87,28"', more="decimals = 2"), "published[1].decimals: the text '87,28' shows its decimals"),
        (entry(source=""), "published[1]: has no source; give one of means, table, parts, data"),
        (entry(more=f"parts = {PARTS}"), "published[1]: has means + parts; give one of means, table, parts, data"),
        (entry(more='items = ["u1"]'), "published[1].items: goes with data, not with means; leave it out"),
        (entry(source="means = {}"), "published[1].means: is {}; give"),
        (entry(source="means = {waktu = true}"), "published[1].means.waktu: is True; give a number"),
        (entry(source='data = "answer.csv"'), "published[1].data: there is no file 'answer.csv'; did you mean 'answers.csv'?"),
        (entry(source='data = "answers.csv"\ncodebook = "b.toml"'), "published[1].codebook: there is no file 'b.toml'"),
        (entry(source='table = "t.xlsx#Sheet"'), "published[1].table: there is no file 't.xlsx#Sheet'"),
        (entry(source='data = "answers.csv"\nscale = [1, 4]'), "published[1].scale: which items have it?"),
        (entry(source='data = "answers.csv"\nvolume = 3'), "published[1].volume: is 3; name a column, or give a number for each unit"),
        (BANTUL + BANTUL, "published: the label 'IKM Bantul 2023' is given 2 times"),
        (BANTUL + "[published.known]\nscoring = true\n", "published[1].known.scoring: is True; give a choice"),
        ("a = [", "is not valid TOML"),
        (entry(value="87,28"), "line 3, 'value = 87,28': write \"87,28\" in quotation marks"),
        (entry(value="57.171.000"), ': write "57.171.000" in quotation marks'),
        (entry(source='means = {waktu = "3,1", biaya = 3,31}'), ': write "3,31" in quotation marks'),
        ("[[waves]]\ndata = 'answers.csv'", "f.toml is a recipe: kepuasan run f.toml"),
        (entry(source="data = 'deep\\answers.csv'"), "use / between folders: 'deep/answers.csv'"),
    ],
)
def test_a_fault_of_the_file_is_named_by_its_key(text, said, tmp_path):
    (tmp_path / "answers.csv").write_text("u1\n1\n")
    assert said in problems_of(tmp_path, text)


def test_all_problems_are_listed_at_once(tmp_path):
    said = problems_of(tmp_path, entry(value="true", more="x = 1") + entry("B", source='data = "no.csv"') + entry("C", source=""))
    assert said.startswith("f.toml has 4 problems:\n")
    assert [line.split(":")[0].strip() for line in said.splitlines()[1:]] == [
        "published[1].value",
        "published[1].x",
        "published[2].data",
        "published[3]",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BANTUL + '[published.known]\nscorin = "raw"\n', "IKM Bantul 2023: tidak dapat dicoba: known has no dimension 'scorin'"),
        (BANTUL + '[published.known]\nscoring = "share"\n', "IKM Bantul 2023: tidak dapat dicoba: known['scoring'] is 'share'"),
        (BANTUL + '[published.known]\nitem_weights = "1/7"\n', "choose one of '1/9', '1/8', '0.1111'"),
        (entry(more='rule = "1/2017"'), "IKM Bantul 2023: "),
        (entry(value='"banyak"'), "IKM Bantul 2023: tidak dapat dicoba: published is 'banyak'"),
        (entry(value="87.284", more="decimals = 2"), "IKM Bantul 2023: "),
        (entry(source="means = {persyaratan = 9.0}"), "IKM Bantul 2023: "),
        (entry(source='data = "answers.csv"\nweight = "ww"'), "IKM Bantul 2023: "),
        (entry(source='data = "answers.csv"\nunit = "unt"'), "IKM Bantul 2023: "),
        (entry(more='class = "E"'), "IKM Bantul 2023: "),
    ],
)
def test_what_the_library_refuses_ends_with_code_2_and_the_label(run, text, said):
    answers().to_csv(run.folder / "answers.csv", index=False)
    result = run(text, "--out", "out")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert "Folder out tidak ditulis, karena 1 angka tidak dapat dicoba." in result.stderr
    assert not (run.folder / "out").exists()


def test_a_number_that_cannot_be_tried_does_not_keep_the_others_from_it(run):
    # the first refusal ended the command
    answers().assign(waktu=5).to_csv(run.folder / "answers.csv", index=False)
    result = run(entry("Lima", source='data = "answers.csv"') + BANTUL + entry("Unit", source='data = "answers.csv"\nunit = "desa"'))
    assert result.exit_code == 2
    assert "IKM Bantul 2023: tercetak 87,28\n  Dapat dihasilkan" in result.output
    assert "1 dari 3 angka dapat dihasilkan kembali, tanpa temuan." in result.output
    assert [line.split(":")[0] for line in result.stderr.splitlines() if not line.startswith(" ")] == ["Lima", "Unit"]
    assert "'waktu': 5 in 60 rows" in result.stderr


def test_what_was_taken_for_granted_is_said_in_the_language(run):
    answers().to_csv(run.folder / "answers.csv", index=False)
    text = entry(value='"75,00"', source='data = "answers.csv"')
    assert "  Catatan:\n    - butirnya adalah unsur 14/2017: persyaratan, prosedur" in run(text).output
    assert "  Notes:\n    - the items are those of 14/2017: persyaratan, prosedur" in run(text, "--lang", "en").output


def test_a_recipe_is_sent_to_its_command_and_published_numbers_to_theirs(run, call):
    run(BANTUL)
    for command in ("run", "check"):
        result = call(command, "angka.toml", "--lang", "en")
        assert result.exit_code == 2
        assert "angka.toml lists [[published]] numbers: kepuasan reproduce angka.toml" in result.stderr


def test_a_file_that_is_not_there_or_an_unknown_option_is_bad_usage(run, call):
    missing = call("reproduce", "nofile.toml", "--lang", "en")
    assert missing.exit_code == 2
    assert "there is no file 'nofile.toml'" in missing.stderr
    assert run(BANTUL, "--colour", "red").exit_code == 2


def test_the_command_stands_in_the_help():
    from kepuasan.cli import main

    result = CliRunner().invoke(main, ["--help"], prog_name="kepuasan")
    assert result.exit_code == 0
    assert "reproduce  Try every named convention on published numbers." in result.output


def test_the_file_in_the_help_is_one_that_runs(run, call):
    shown = textwrap.dedent(call("reproduce", "--help").output.split("quotation marks:")[1].split("Further keys")[0])
    assert "[published.means]" in shown
    (run.folder / "units.csv").write_text("Unit Kerja;IKM;Jumlah Responden\nA;75,56;40\nB;86,29;120\nC;94,61;77\n")
    answers().rename(columns=dict(zip(NAMES, [f"U{place}" for place in range(1, 10)], strict=True))).to_csv(run.folder / "answers.csv", index=False)
    result = run(shown)
    assert result.stderr == ""
    assert [line.split(":")[0] for line in result.output.splitlines() if ": tercetak " in line and not line.startswith(" ")] == [
        "IKM Dinas A, 2023",
        "IKM Kabupaten",
        "IKM Dinas B",
        "Pengaduan 2018",
    ]
