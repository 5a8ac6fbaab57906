"""What a file's problems say of cells of personal columns: how many and where, never what."""

import pandas as pd
import pytest

from kepuasan import Codebook, read_survey
from kepuasan.codebook import AnswerScale, Item
from kepuasan.errors import DataError
from kepuasan.io.reading import read_file
from kepuasan.scales import Scale

NAMES = ["Budi Santoso 0", "Siti Rahma 1", "Ahmad Wijaya 2"]


def read(tmp_path, items, suffix=".csv", **columns):
    path = tmp_path / f"a{suffix}"
    frame = pd.DataFrame(columns)
    frame.to_csv(path, index=False) if suffix == ".csv" else frame.to_excel(path, index=False)
    scale = AnswerScale("p", Scale(1, 4, (1, 2, 3, 4)), {1: "Buruk", 4: "Baik"})
    return path, Codebook({item.name: item for item in items}, scales={"p": scale})


@pytest.mark.parametrize("item", [Item("x", role="personal"), Item("petugas"), Item("x", type="date", role="personal"), Item("x", {"id": "Petugas"})])
def test_cells_of_personal_columns_of_another_type_are_counted_and_not_shown(tmp_path, item):
    path, book = read(tmp_path, [item], **{item.name: NAMES})
    reading = read_file(path, book)
    (one,) = reading.problems
    assert (one.code, one.rows, one.count) == ("KP174", (2, 3, 4), 3)
    assert not any(word in one.message(language) for word in ("Budi", "Siti") for language in ("id", "en"))  # was 'Budi Santoso 0', ...
    assert "***" in one.said("id")
    with pytest.raises(DataError, match=r"\*\*\*") as refused:
        read_survey(path, book)
    assert "Budi" not in str(refused.value)


def test_a_column_declared_personal_keeps_its_cells_where_they_are_not_of_its_type(tmp_path):
    path, book = read(tmp_path, [Item("x", role="personal")], x=NAMES)
    assert read_file(path, book).frame["x"].tolist() == NAMES  # was empty, and called so by KP215


def test_unknown_answers_that_hold_personal_data_are_not_shown_and_others_are(tmp_path):
    items = [Item("u1", scale="p"), Item("u2", scale="p"), Item("u3", scale="p", role="personal")]
    path, book = read(tmp_path, items, u1=["1", "hubungi 0812 3456 7890"], u2=["2", "entah"], u3=["3", "Budi"])
    said = {one.column: one.said("en") for one in read_file(path, book).problems}
    assert said["u1"].endswith(": ***")
    assert "entah" in said["u2"]
    assert said["u3"].endswith(": ***")


def test_examples_of_personal_numbers_are_not_shown(tmp_path):
    path, book = read(tmp_path, [Item("nilai", role="personal"), Item("biaya")], nilai=["1.234", "5.678"], biaya=["1.234", "5.678"])
    said = {one.column: one.said("en") for one in read_file(path, book).problems if one.code == "KP111"}
    assert said["nilai"] == "2 cells such as '***' can mean *** or ***; they are read with the point as the decimal sign"
    assert "'1.234'" in said["biaya"]


def test_a_problem_under_the_name_that_the_file_has_is_held_against_its_item(tmp_path):
    path, book = read(tmp_path, [Item("gaji", role="personal", column="Kolom A")], **{"Kolom A": ["1.234", "5.678"]})
    assert [one.values["example"] for one in read_file(path, book).problems if one.code == "KP111"] == ["***"]
