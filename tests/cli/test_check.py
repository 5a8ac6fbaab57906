"""`kepuasan check`: every problem of the data at once, nothing changed."""

import pandas as pd


def change(file, **columns):
    frame = pd.read_csv(file)
    for name, (row, value) in columns.items():
        frame.loc[row, name] = value
    frame.to_csv(file, index=False)


def test_a_recipe_without_problems_is_counted(place, call):
    before = sorted(path.name for path in place.iterdir())
    result = call("check")
    assert result.exit_code == 0
    assert result.output == "No problems. Waves: 2; rows: 120; items of the index: 2.\n"
    assert sorted(path.name for path in place.iterdir()) == before


def test_all_problems_of_all_files_are_listed_once_with_file_item_and_rows(place, call):
    change(place / "a.csv", speed=(4, 7), w=(5, -1.0))
    frame = pd.read_csv(place / "b.csv").drop(columns=["updates", "sex"])
    frame.iloc[:40].query("not (region == 'Riau' and unit > 1)").to_csv(place / "b.csv", index=False)
    result = call("check")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0].startswith("Problems: ")
    for said in ("a.csv: 1 weights in column 'w' are negative", "'speed': 7 in 1 rows (4), scale 1 to 4", "updates", "b.csv"):
        assert said in result.output
    numbered = [line for line in lines if line[:4].strip().rstrip(".").isdigit()]
    assert len(numbered) == len({line[5:] for line in numbered}) >= 3


def test_strata_with_one_unit_are_a_problem_until_a_rule_is_set(place, call):
    frame = pd.read_csv(place / "b.csv")
    frame[(frame["region"] == "Bali") | (frame["unit"] == 1)].to_csv(place / "b.csv", index=False)
    result = call("check")
    assert result.exit_code == 1
    assert "b.csv: strata with one sampled unit only: 1 (stratum 'Riau')" in result.output
    text = (place / "kepuasan.toml").read_text() + '[design]\nweight = "w"\nstrata = "region"\npsu = "unit"\nsingle_psu = "certainty"\n'
    (place / "kepuasan.toml").write_text(text)
    assert call("check").exit_code == 0


def test_a_column_that_domains_or_frame_need_is_missed_by_name(place, call):
    text = (place / "kepuasan.toml").read_text().replace('by = ["sex"]', 'by = ["sx"]').replace('frame = "region"', 'frame = "regon"')
    (place / "kepuasan.toml").write_text(text)
    result = call("check")
    assert result.exit_code == 1
    assert "a.csv: the column 'sx' of [domains] is not there; did you mean 'sex'?" in result.output
    assert "b.csv: the column 'regon' of [change.frame] is not there; did you mean 'region'?" in result.output


def test_a_codebook_that_contradicts_itself_is_a_finding(place, call):
    (place / "book.toml").write_text('[items.speed]\nscale = "puass"\n')
    result = call("check", "--lang", "id")
    assert result.exit_code == 1
    assert result.output.splitlines()[0] == "Masalah: 1"


def test_a_recipe_that_cannot_be_read_ends_with_code_2(place, call):
    (place / "kepuasan.toml").write_text("[[waves]]\nlabel = ")
    assert call("check").exit_code == 2
    (place / "kepuasan.toml").write_text("wave = 1\n")
    result = call("check")
    assert result.exit_code == 2
    assert "wave: unknown key; did you mean 'waves'?" in result.stderr


def test_a_data_file_with_options_is_checked_too(place, call):
    result = call("check", "a.csv", "--items", "speed,update", "--scale", "1,4")
    assert result.exit_code == 1
    assert "a.csv: the column 'update' of [index] is not there; did you mean 'updates'?" in result.output
