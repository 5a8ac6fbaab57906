"""`kepuasan check`: every problem of the data at once, nothing changed."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"


def change(file, **columns):
    frame = pd.read_csv(file)
    for name, (row, value) in columns.items():
        frame.loc[row, name] = value
    frame.to_csv(file, index=False)


def entries(output):
    """The first line of every numbered problem."""
    return [line for line in output.splitlines() if line[:3].strip().isdigit() and line[3:6] == ".  "]


def listed(call, *arguments):
    """The problems as a machine reads them."""
    return json.loads(call("check", "--format", "json", *arguments).output)


def test_a_recipe_without_problems_is_counted_and_files_are_named_with_what_they_were_taken_for(place, call):
    before = sorted(path.name for path in place.iterdir())
    result = call("check")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "2020: a.csv: text separated by commas, UTF-8; 60 rows x 6 columns; codebook book.toml",
        "2022: b.csv: text separated by commas, UTF-8; 60 rows x 6 columns; codebook book.toml",
        "",
        "No problems. Waves: 2; rows: 120; items of the index: 2.",
    ]
    assert sorted(path.name for path in place.iterdir()) == before


def test_all_problems_of_all_files_are_listed_once_with_file_column_and_rows_of_the_file(place, call):
    change(place / "a.csv", speed=(4, 7), w=(5, -1.0))
    frame = pd.read_csv(place / "b.csv").drop(columns=["updates", "sex"])
    frame.iloc[:40].query("not (region == 'Riau' and unit > 1)").to_csv(place / "b.csv", index=False)
    result = call("check")
    assert result.exit_code == 1
    assert "Errors: 5; warnings: 0; notes: 0." in result.output
    assert [" ".join(line.split()) for line in entries(result.output)] == [
        "1. KP220 a.csv column w row 7",
        "2. KP175 a.csv column speed row 6",
        "3. KP223 b.csv column region rows 32, 33, 34, 35, 36, 37, 38, 39 (+2)",
        "4. KP170 b.csv column updates",
        "5. KP010 b.csv column sex",
    ]
    assert "Weights that cannot be used: 1 negative." in result.output
    assert "To do: give every row a number as its weight" in result.output


def test_a_broken_file_of_one_wave_does_not_hide_the_problems_of_the_others(place, call):
    (place / "a.csv").write_text("a,b\n1,2,3\n")
    change(place / "b.csv", speed=(0, 7))
    result = call("check")
    assert result.exit_code == 1
    assert "2020: a.csv: cannot be read" in result.output
    found = listed(call)
    assert {(one["file"], one["severity"]) for one in found if one["severity"] == "error"} == {("a.csv", "error"), ("b.csv", "error")}
    assert [one["rows"] for one in found if one["code"] == "KP175"] == [[2]]


def test_strata_with_one_unit_are_a_problem_until_a_rule_is_set(place, call):
    frame = pd.read_csv(place / "b.csv")
    frame[(frame["region"] == "Bali") | (frame["unit"] == 1)].to_csv(place / "b.csv", index=False)
    result = call("check")
    assert result.exit_code == 1
    assert "KP223  b.csv  column region" in result.output
    assert "precision cannot be computed: 1 ('Riau')." in result.output
    text = (place / "kepuasan.toml").read_text() + '[design]\nweight = "w"\nstrata = "region"\npsu = "unit"\nsingle_psu = "certainty"\n'
    (place / "kepuasan.toml").write_text(text)
    assert call("check").exit_code == 0


def test_a_column_that_domains_or_frame_need_is_missed_by_name(place, call):
    text = (place / "kepuasan.toml").read_text().replace('by = ["sex"]', 'by = ["sx"]').replace('frame = "region"', 'frame = "regon"')
    (place / "kepuasan.toml").write_text(text)
    found = listed(call)
    assert [(one["code"], one["file"], one["column"]) for one in found if one["severity"] == "error"] == [
        ("KP010", "a.csv", "sx"),
        ("KP010", "a.csv", "regon"),
        ("KP010", "b.csv", "sx"),
        ("KP010", "b.csv", "regon"),
    ]
    assert found[0]["message"] == "the column 'sx' of [domains] is not there; one like it is 'sex'"
    assert call("check").exit_code == 1


def test_every_contradiction_of_a_codebook_is_a_finding(place, call):
    (place / "book.toml").write_text('[items.speed]\nscale = "puass"\n[items.updates]\ndimension = "x"\n')
    result = call("check", "--lang", "id")
    assert result.exit_code == 1
    assert "Kesalahan: 2; peringatan: 0; catatan: 0." in result.output
    assert [line.split()[1:3] for line in entries(result.output)] == [["KP033", "book.toml"]] * 2
    assert "Isian 'items.speed.scale' menyebut 'puass', yang tidak ada di buku kode" in " ".join(result.output.split())
    assert "buku kode book.toml tidak dapat dipakai" in " ".join(result.output.split())


def test_designs_and_indices_that_cannot_be_used_are_findings(place, call):
    text = (place / "kepuasan.toml").read_text()
    (place / "kepuasan.toml").write_text(text + '[design]\nweight = "w"\nstrata = "regio"\n')
    assert [one["code"] for one in listed(call) if one["severity"] == "error"] == ["KP010", "KP010"]
    (place / "kepuasan.toml").write_text(text + '[index]\nitems = ["speed", "updates"]\nlevel = "respondents"\nscoring = "raw"\nscale = [1.0, 1.0]\n')
    assert [(one["code"], one["file"]) for one in listed(call) if one["severity"] == "error"] == [("KP003", "kepuasan.toml")]
    (place / "book.toml").write_text((place / "book.toml").read_text().split("[index]")[0])
    (place / "kepuasan.toml").write_text(text)
    assert "KP004" in {one["code"] for one in listed(call)}


def test_answers_off_the_scale_of_the_recipe_are_named_with_their_rows(place, call):
    text = (place / "kepuasan.toml").read_text() + '[index]\nitems = ["speed", "updates"]\nscale = [1.0, 3.0]\n'
    (place / "kepuasan.toml").write_text(text)
    found = [one for one in listed(call) if one["code"] == "KP012"]
    assert [(one["file"], one["column"]) for one in found] == [("a.csv", "speed"), ("a.csv", "updates"), ("b.csv", "speed"), ("b.csv", "updates")]
    assert found[0]["rows"] == (np.flatnonzero(pd.read_csv(place / "a.csv")["speed"] == 4) + 2).tolist()


def test_what_a_run_would_refuse_is_a_finding(place, call):
    change(place / "b.csv", region=(slice(None), "Riau"))
    text = (place / "kepuasan.toml").read_text()
    (place / "kepuasan.toml").write_text(text)
    frame = pd.read_csv(place / "a.csv").assign(region="Aceh")
    frame.to_csv(place / "a.csv", index=False)
    found = [one for one in listed(call) if one["severity"] == "error"]
    assert [(one["code"], one["file"]) for one in found] == [("KP068", "kepuasan.toml")]
    assert found[0]["message"] == "no group of 'region' was asked in both waves"


def test_warnings_and_notes_alone_end_with_code_0(place, call):
    frame = pd.read_csv(place / "a.csv")
    frame.assign(telepon=[f"0812{n:07}" for n in range(60)], kosong=np.nan).to_csv(place / "a.csv", index=False)
    result = call("check")
    assert result.exit_code == 0
    assert "No errors. Warnings: 1; notes: 1." in result.output
    assert "WARNINGS (to be looked at)\n  1.  KP230  a.csv  column telepon" in result.output
    assert "NOTES\n  2.  KP215  a.csv" in result.output


def test_machines_get_stable_keys_as_json_and_csv(place, call):
    change(place / "a.csv", w=([5, 7], -1.0))
    keys = ["code", "severity", "file", "sheet", "column", "rows", "count", "message", "advice"]
    found = listed(call, "--lang", "id")
    assert all(list(one) == keys for one in found)
    first = found[0]
    assert [first[key] for key in keys[:7]] == ["KP220", "error", "a.csv", "", "w", [7, 9], 2]
    assert first["message"] == "bobot yang tidak dapat dipakai: 2 negatif"
    assert [one["file"] for one in found if one["code"] == "KP100"] == ["a.csv", "b.csv"]
    result = call("check", "--format", "csv", "--lang", "id")
    assert result.exit_code == 1
    table = list(csv.DictReader(io.StringIO(result.stdout)))
    assert list(table[0]) == keys
    assert table[0] == {**{key: str(value) for key, value in first.items()}, "rows": "7 9"}
    assert len(table) == len(found)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_lines_for_people_stay_within_the_terminal(place, call, lang):
    change(place / "a.csv", speed=(slice(0, 50), 7), w=(5, -1.0))
    output = call("check", "--lang", lang).output
    assert max(map(len, output.splitlines())) <= 100
    assert ("KESALAHAN" in output) == (lang == "id")


def test_a_recipe_that_cannot_be_read_ends_with_code_2(place, call):
    (place / "kepuasan.toml").write_text("[[waves]]\nlabel = ")
    assert call("check").exit_code == 2
    (place / "kepuasan.toml").write_text("wave = 1\n")
    result = call("check")
    assert result.exit_code == 2
    assert "wave: isian tidak dikenal; mungkin maksudnya 'waves'?" in result.stderr
    assert "wave: unknown key; did you mean 'waves'?" in call("check", "--lang", "en").stderr


def test_a_data_file_with_options_is_checked_too(place, call):
    result = call("check", "a.csv", "--items", "speed,update", "--scale", "1,4", "--lang", "en")
    assert result.exit_code == 1
    assert "KP010  a.csv  column update" in result.output
    assert "The column 'update' of [index] is not there; one like it is 'updates'." in result.output


def test_a_data_file_alone_is_checked_without_an_index(place, call):
    frame = pd.read_csv(place / "a.csv").assign(nik=[f"31740{n:011}" for n in range(60)])
    frame.loc[1, "nik"] = frame.loc[0, "nik"]
    frame.to_csv(place / "a.csv", index=False)
    result = call("check", "a.csv")
    assert result.exit_code == 0
    assert "a.csv: teks dengan pemisah koma, UTF-8; 60 baris x 7 kolom; tanpa buku kode" in result.output
    assert "KP200  a.csv  kolom nik  baris 2, 3" in result.output
    (place / "c.csv").write_text("a,b\n1,2,3\n")
    assert call("check", "c.csv").exit_code == 1
    assert "butir indeks: 2" in call("check", "b.csv", "--codebook", "book.toml").output
    (place / "book.toml").write_text((place / "book.toml").read_text().split("[index]")[0])
    assert call("check", "b.csv", "--codebook", "book.toml").exit_code == 0
    assert call("check", "nowhere.csv").exit_code == 2


def test_the_recipe_of_the_sample_is_clean(call):
    result = call("check", SAMPLE / "kepuasan.toml", "--format", "json")
    assert result.exit_code == 0
    assert {one["severity"] for one in json.loads(result.stdout)} <= {"note"}


def test_files_of_one_name_in_two_folders_are_told_apart(place, call):
    for folder, file in (("x", "a.csv"), ("y", "b.csv")):
        (place / folder).mkdir()
        (place / file).rename(place / folder / "data.csv")
        change(place / folder / "data.csv", speed=(4, 7))
    text = (place / "kepuasan.toml").read_text().replace('"a.csv"', '"x/data.csv"').replace('"b.csv"', '"y/data.csv"')
    (place / "kepuasan.toml").write_text(text)
    found = [one for one in listed(call) if one["severity"] == "error"]
    assert [(one["code"], one["file"]) for one in found] == [("KP175", "x/data.csv"), ("KP175", "y/data.csv")]


def test_sheets_of_a_workbook_are_named(place, call):
    with pd.ExcelWriter(place / "c.xlsx", engine="xlsxwriter") as book:
        for sheet, file in (("lama", "a.csv"), ("baru", "b.csv")):
            change(place / file, w=(4, -2.0))
            pd.read_csv(place / file).to_excel(book, sheet_name=sheet, index=False)
    text = (place / "kepuasan.toml").read_text().replace('"a.csv"', '"c.xlsx#lama"').replace('"b.csv"', '"c.xlsx#baru"')
    (place / "kepuasan.toml").write_text(text)
    found = [one for one in listed(call) if one["severity"] == "error"]
    assert [(one["code"], one["file"], one["sheet"], one["rows"]) for one in found] == [
        ("KP220", "c.xlsx", "lama", [6]),
        ("KP220", "c.xlsx", "baru", [6]),
    ]
    assert "KP220  c.xlsx#lama  column w  row 6" in call("check").output


def test_problems_of_a_file_follow_its_columns(place, call):
    frame = pd.read_csv(place / "a.csv").assign(telepon=[f"0812{n:07}" for n in range(60)])
    frame = frame[["telepon", *frame.columns[:-1]]].assign(umur=[*range(20, 79), 300], kosong=np.nan)
    frame.loc[2, "updates"] = 1.0
    frame.to_csv(place / "a.csv", index=False)
    found = [one["column"] for one in listed(call) if one["severity"] == "warning"]
    assert found == ["telepon", "umur"]


def test_what_follows_from_a_problem_of_a_column_is_not_listed_beside_it(place, call):
    frame = pd.read_csv(place / "a.csv").assign(updates="bagus sekali")
    frame.to_csv(place / "a.csv", index=False)
    found = [one for one in listed(call) if one["file"] == "a.csv" and one["column"] == "updates"]
    assert [one["code"] for one in found] in (["KP173"], ["KP174"])


def test_dates_that_cannot_be_are_listed_beside_cells_that_are_no_dates(place, call):
    # 2122 appeared only when 31/02 had been mended
    days = ["31/02/2022", "05/06/2122", *["30/06/2022"] * 58]
    pd.read_csv(place / "a.csv").assign(tanggal=days).to_csv(place / "a.csv", index=False)
    (place / "book.toml").write_text((place / "book.toml").read_text().replace("[index]", '[items.tanggal]\ntype = "date"\n[index]'))
    pd.read_csv(place / "b.csv").assign(tanggal="2022-06-30").to_csv(place / "b.csv", index=False)
    assert [(one["code"], one["rows"]) for one in listed(call) if one["column"] == "tanggal"] == [("KP174", [2]), ("KP205", [3])]


def test_weights_that_cannot_be_used_are_not_also_said_to_be_undeclared(place, call):
    frame = pd.read_csv(place / "a.csv")
    for value in (-1.0, "banyak"):
        frame.assign(w=frame["w"].astype(object).where(frame.index != 5, value)).to_csv(place / "a.csv", index=False)
        assert [one["code"] for one in listed(call) if one["column"] == "w"] == ["KP220"]


def test_weights_that_cannot_be_used_are_listed_beside_columns_of_the_design_that_are_absent(place, call):
    change(place / "a.csv", w=(5, -1.0))
    assert {one["code"] for one in listed(call, "a.csv", "--items", "speed", "--scale", "1,4", "--weight", "w", "--psu", "unt")} >= {"KP010", "KP220"}


def test_the_other_sheets_are_no_note_where_a_sheet_was_chosen(place, call):
    with pd.ExcelWriter(place / "c.xlsx", engine="xlsxwriter") as book:
        for sheet, file in (("lama", "a.csv"), ("baru", "b.csv")):
            pd.read_csv(place / file).to_excel(book, sheet_name=sheet, index=False)
    assert "KP130" in {one["code"] for one in listed(call, "c.xlsx")}
    assert "KP130" not in {one["code"] for one in listed(call, "c.xlsx#baru")}


def test_what_needs_no_action_says_none_and_a_single_row_is_a_row(place, call):
    frame = pd.read_csv(place / "a.csv").assign(kosong=np.nan, umur=[*range(20, 79), 300])
    frame.to_csv(place / "a.csv", index=False)
    output = call("check").output
    assert "1 columns are empty: 'kosong'.\n" in output
    assert "nothing to do" not in output.casefold()
    assert "column umur  row 61" in output


def test_a_data_file_alone_says_that_no_index_was_checked_and_elements_of_the_skm_are_one(place, call):
    result = call("check", "a.csv")
    assert "Indeks tidak diperiksa" in result.output
    assert "Indeks tidak diperiksa" not in call("check", "kepuasan.toml", "--lang", "id").output
    pd.DataFrame({"U1": [1, 2, 3, 4] * 9, "U2": [2, 3, 4, 99] * 9}).to_csv(place / "c.csv", index=False)
    found = listed(call, "c.csv")
    assert [(one["code"], one["column"], one["rows"][:2]) for one in found if one["severity"] == "error"] == [("KP012", "U2", [5, 9])]
    pd.DataFrame({"U1": [1, 2, 3, 4] * 9, "U2": [2, 3, 4, 4] * 9}).to_csv(place / "c.csv", index=False)
    assert "butir indeks: 2" in call("check", "c.csv").output


def test_what_a_file_was_taken_for_is_said_to_machines_in_their_language(place, call):
    found = [one["message"] for one in listed(call, "a.csv", "--lang", "id") if one["code"] == "KP100"]
    assert found == ["dibaca sebagai a.csv, teks dengan pemisah koma, UTF-8"]


def test_a_codebook_of_another_file_is_one_problem_that_lists_its_items(place, call):
    items = "".join(f'[items.q{place}_lama]\nlabel = "{place}"\n' for place in range(9))
    (place / "book.toml").write_text(items + '[items.sex]\ntype = "text"\n')
    found = [one for one in listed(call, "b.csv", "--codebook", "book.toml") if one["severity"] == "error"]
    assert [(one["code"], one["file"], one["column"], one["count"]) for one in found] == [("KP180", "b.csv", "", 9)]
    assert "9 dari 10 butir buku kode book.toml" in found[0]["message"]
    assert "'q0_lama', 'q1_lama'" in found[0]["message"]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_an_item_that_no_column_is_like_is_missed_without_a_dash(place, call, lang):
    (place / "book.toml").write_text((place / "book.toml").read_text().replace("[index]", '[items.zzz]\nlabel = "zzz"\n[index]'))
    (one,) = [one for one in listed(call, "a.csv", "--codebook", "book.toml", "--lang", lang) if one["severity"] == "error"]
    assert (one["code"], one["column"], "-" in one["message"]) == ("KP170", "zzz", False)


def test_personal_columns_are_named_and_said_to_enter_no_output(place, call):
    frame = pd.read_csv(place / "a.csv").assign(telepon=[f"0812{n:07}" for n in range(60)], nik=[f"31740{n:011}" for n in range(60)])
    frame.to_csv(place / "a.csv", index=False)
    (place / "book.toml").write_text((place / "book.toml").read_text().replace("[index]", '[items.nik]\ntype = "text"\nrole = "personal"\n[index]'))
    found = {one["code"]: one for one in listed(call, "a.csv", "--codebook", "book.toml", "--lang", "en")}
    assert (found["KP230"]["column"], "dropped from every output" in found["KP230"]["advice"]) == ("telepon", True)
    assert found["KP231"]["message"] == "1 columns that the codebook declares personal are dropped from every output: 'nik'"
    assert found["KP231"]["severity"] == "note"


def test_the_other_population_is_checked_by_its_own_design_and_named(place, call):
    frame = pd.read_csv(place / "b.csv").rename(columns={"w": "bobot"})
    frame.assign(bobot=frame["bobot"].where(frame.index != 4, -1.0)).to_csv(place / "petugas.csv", index=False)
    (place / "book2.toml").write_text((place / "book.toml").read_text().split("[index]")[0])
    wave = '{label = "2022", data = "petugas.csv", codebook = "book2.toml"}'
    text = f'[against]\nlabel = {{id = "Petugas", en = "Staff"}}\nown = "Pengguna"\nwaves = [{wave}]\n'
    (place / "kepuasan.toml").write_text((place / "kepuasan.toml").read_text() + text + '[against.design]\nweight = "bobot"\nstrata = "reg"\n')
    found = [one for one in listed(call) if one["severity"] == "error"]
    assert [(one["code"], one["file"], one["column"], one["rows"]) for one in found] == [
        ("KP220", "petugas.csv", "bobot", [6]),
        ("KP010", "petugas.csv", "reg", []),
    ]
    frame.to_csv(place / "petugas.csv", index=False)
    (place / "kepuasan.toml").write_text((place / "kepuasan.toml").read_text().replace('strata = "reg"', 'strata = "region"\npsu = "unit"'))
    result = call("check")
    assert result.exit_code == 0
    assert "2022 (Staff): petugas.csv: text separated by commas" in result.output
    assert "Waves: 2; rows: 180; items of the index: 2." in " ".join(result.output.split())


def test_columns_of_every_section_are_missed_by_name_and_conditions_are_read(place, call):
    sections = '[league]\nby = "regon"\n[map]\nprovince = "prov"\n[importance]\noutcome = "speeed"\n[[groups]]\nlabel = "x"\nwhere = "sx == 1"\n'
    (place / "kepuasan.toml").write_text((place / "kepuasan.toml").read_text() + sections)
    found = [(one["code"], one["file"], one["column"]) for one in listed(call) if one["severity"] == "error"]
    assert sorted(found) == [("KP010", "a.csv", "sx"), *(("KP010", "b.csv", name) for name in ("prov", "regon", "speeed", "sx"))]
    (place / "kepuasan.toml").write_text((place / "kepuasan.toml").read_text().replace("sx == 1", "sex =< 1"))
    assert ("KP058", "kepuasan.toml") in {(one["code"], one["file"]) for one in listed(call)}
