"""The codebook: TOML and back without loss, every contradiction found at once, labels and missing codes counted."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pandas as pd
import pytest

from kepuasan.codebook import AnswerScale, Codebook, Item
from kepuasan.errors import ChoiceError, CodebookError
from kepuasan.scales import Scale

BOOK = """
source = "uji coba"
[scales.puas4]
low = 1
high = 4
labels = {1 = {id = "Tidak puas", en = "Dissatisfied"}, 2 = "Kurang", 3 = "Puas", 4 = {id = "Sangat puas", en = "Very satisfied"}}
[scales.ends]
low = 0
high = 10
labels = {0 = "Tidak", 10 = "Ya"}
[dimensions.process]
label = {id = "Proses", en = "Process"}
[items.speed]
label = {id = "Kecepatan", en = "Speed"}
scale = "puas4"
reverse = true
dimension = "process"
missing = {8 = {id = "Tidak tahu", en = "Don't know"}, 9 = "Menolak"}
missing_range = [[90, inf]]
question = {id = "Seberapa cepat?", en = "How fast?"}
[items.advice]
label = "Anjuran"
scale = "ends"
[items.sex]
label = {id = "Jenis kelamin", en = "Sex"}
type = "text"
values = {P = {id = "Perempuan", en = "Women"}, L = {id = "Laki-laki", en = "Men"}}
[index]
items = ["speed"]
scoring = "top-box"
top = 2
[drivers.speed]
label = "Kecepatan"
items = ["speed"]
[design]
weight = "w"
strata = ["s1", "s2"]
"""


@pytest.fixture
def toml(tmp_path):
    """Writes a text as book.toml and gives its path."""

    def write(text, name="book.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def refused(path):
    with pytest.raises(CodebookError) as caught:
        Codebook.read(path)
    return str(caught.value)


# ---------------------------------------------------------------- reading what is right


def test_every_section_is_read(toml):
    book = Codebook.read(toml(BOOK))
    assert list(book.items) == ["speed", "advice", "sex"]
    assert book.source == "uji coba"
    assert book.items["speed"].question["en"] == "How fast?"
    assert book.dimensions["process"]["en"] == "Process"
    assert book.index == {"items": ["speed"], "scoring": "top-box", "top": 2}
    assert book.drivers["speed"].items == ("speed",)
    assert book.design == {"weight": "w", "strata": ["s1", "s2"]}


def test_the_mode_is_read_written_and_merged_where_it_is_the_same(toml, tmp_path):
    book = Codebook.read(toml('mode = "telepon"\n' + BOOK))
    book.write(tmp_path / "again.toml")
    assert book.mode == Codebook.read(tmp_path / "again.toml").mode == "telepon"
    assert book.merged(book).mode == "telepon"
    assert book.merged(Codebook.read(toml(BOOK))).mode == ""


def test_a_mode_that_is_no_text_is_refused(toml):
    assert "mode: is 3; it must be a text" in refused(toml("mode = 3\n" + BOOK))


def test_a_plain_label_is_the_same_in_both_languages(toml):
    book = Codebook.read(toml(BOOK))
    assert (book.label("advice", "id"), book.label("advice", "en")) == ("Anjuran", "Anjuran")


def test_an_item_inherits_the_labels_of_its_scale_and_keeps_its_own_missing_codes(toml):
    speed = Codebook.read(toml(BOOK)).items["speed"]
    assert list(speed.values) == [1, 2, 3, 4]
    assert list(speed.missing) == [8, 9]
    assert speed.missing_ranges == ((90, np.inf),)


def test_a_scale_is_closed_only_where_every_code_has_a_label(toml):
    book = Codebook.read(toml(BOOK))
    assert book.scale_of("speed") == Scale(1, 4, (1, 2, 3, 4))
    assert book.scale_of("advice") == Scale(0, 10)
    assert book.scale_of("sex") is None


def test_codes_of_a_text_item_stay_text_and_others_become_numbers(toml):
    text = '[items.a]\ntype = "text"\nvalues = {01 = "satu", 1 = "lain"}\n[items.b]\nvalues = {1 = "satu", "2.5" = "tengah", -1 = "kurang"}\n'
    book = Codebook.read(toml(text))
    assert list(book.items["a"].values) == ["01", "1"]
    assert list(book.items["b"].values) == [1, 2.5, -1]


def test_an_item_without_a_type_is_text_where_a_code_is(toml):
    book = Codebook.read(toml('[items.sex]\nvalues = {L = "Laki-laki", P = "Perempuan"}\n[items.x]\nmissing = {".a" = "Menolak"}\n'))
    assert book.items["sex"].type == "text"
    assert book.items["x"].type == "number"


def test_missing_codes_may_be_listed_without_names(toml):
    item = Codebook.read(toml("[items.x]\nmissing = [8, 9]\n")).items["x"]
    assert list(item.missing) == [8, 9]
    assert item.all_labels() == {}


def test_a_file_that_an_editor_of_windows_has_marked_as_utf_8_is_read(tmp_path):
    # "is no TOML: Invalid statement (at line 1, column 1)"
    path = tmp_path / "book.toml"
    path.write_text("[items.x]\n", encoding="utf-8-sig")
    assert list(Codebook.read(path).items) == ["x"]


def test_labels_of_dimensions_may_be_plain_texts():
    # labels() ended in a TypeError
    assert Codebook({"x": Item("x")}, dimensions={"d": "Proses"}).labels("en")["d"] == "Proses"


# ---------------------------------------------------------------- and back


def test_answers_keep_their_order_where_one_of_them_is_too_long_for_a_line(tmp_path):
    # the long answer came last: a, c, b
    values = {"a": "A", "b": {"id": "Sangat panjang " * 9, "en": "Very long"}, "c": "C"}
    Codebook({"x": Item("x", type="text", values=values)}).write(tmp_path / "book.toml")
    assert list(Codebook.read(tmp_path / "book.toml").items["x"].values) == ["a", "b", "c"]


def test_a_written_codebook_is_the_same_bytes_each_time(toml, tmp_path):
    book = Codebook.read(toml(BOOK))
    book.write(tmp_path / "one.toml")
    Codebook.read(tmp_path / "one.toml").write(tmp_path / "two.toml")
    assert (tmp_path / "one.toml").read_bytes() == (tmp_path / "two.toml").read_bytes()


def test_a_codebook_survives_pickling_and_copying(toml):
    book = Codebook.read(toml(BOOK))
    assert pickle.loads(pickle.dumps(book)) == book  # noqa: S301
    assert copy.deepcopy(book) == book


def test_a_value_that_toml_cannot_hold_is_refused_on_writing(tmp_path):
    book = Codebook({"x": Item("x")}, index={"items": ["x"], "top": None})
    with pytest.raises(CodebookError, match="cannot hold None"):
        book.write(tmp_path / "book.toml")


# ---------------------------------------------------------------- contradictions

CONTRADICTIONS = {
    'scale = "puas5"': "items.x.scale: 'puas5' is not declared under scales; did you mean 'puas4'?",
    'dimension = "proces"': "items.x.dimension: 'proces' is not declared under dimensions; did you mean 'process'?",
    'scale = "puas4"\nmissing = {4 = "Menolak"}': "items.x.missing: 4 lie on the scale 'puas4', 1 to 4",
    'scale = "puas4"\nmissing_range = [[3, 9]]': "items.x.missing_range: 3 to 9 overlaps the scale 'puas4'",
    'scale = "puas4"\nvalues = {1 = "a", 5 = "b"}': "items.x.values: 5 lie off the scale 'puas4'",
    'scale = "puas4"\ntype = "text"\nvalues = {}': "items.x.scale: an item of type text has no answer scale",
    "missing_range = [[9, 8]]": "items.x.missing_range: 9 to 8 is no range",
    "missing_range = [9]": "items.x.missing_range: is [9]; give pairs such as [[90, 99]]",
    'missing_range = [[1, 3]]\nvalues = {2 = "a"}': "items.x.missing_range: 2 are answers under values but lie in a missing range",
    'values = {1 = "a"}\nmissing = {1 = "b"}': "items.x.missing: 1 are answers under values and missing codes as well",
    'type = "number"\nvalues = {L = "Laki"}': "items.x.values: 'L' are no finite numbers",
    'type = "numbr"': "items.x.type: is 'numbr'; did you mean 'number'?; choose one of number, text, date, datetime, time",
    'type = "text"\nmissing_range = [[1, 2]]': "items.x.missing_range: ranges are for numbers",
    'lable = "Umur"': "items.x.lable: is not known; did you mean 'label'?",
    "label = 5": "items.x.label: a label is a text or texts by language",
    'label = {ind = "Umur"}': "items.x.label: has the language 'ind'",
    'values = {1.5 = "a"}': "items.x.values.1: has the language '5'; the languages are id, en; a code with a decimal point stands in quotes",
    'values = {1 = "a", "1.0" = "b"}': "items.x.values: the code 1.0 stands there twice",
    'reverse = "ya"': "items.x.reverse: is 'ya'; it must be true or false",
    "values = [1, 2]": 'items.x.values: is [1, 2]; give a table such as {1 = "Tidak puas"',
    "missing = [true]": "items.x.missing: holds True",
    '[index]\nitems = ["y"]': "index.items: 'y' is not an item",
    '[index]\nitems = ["x", "x"]': "index.items: 'x' are listed more than once",
    '[index]\nitems = ["x"]\nscorring = "raw"': "index.scorring: is not known; did you mean 'scoring'?",
    '[index]\nitems = ["x"]\nscoring = "topbox"': "index.scoring: is 'topbox'; did you mean 'top-box'?",
    '[index]\nitems = ["x"]\nweights = {z = 1}': "index.weights: 'z' is not among the items of the index",
    "[index]\ntop = 2": "index.items: is None; list the names of the items of the index",
    '[drivers.a]\nitems = ["y"]': "drivers.a.items: 'y' is not an item",
    '[drivers.a]\nitems = ["x"]\n[drivers.b]\nitems = ["x"]': "drivers.b.items: 'x' belongs to driver 'a' already",
    "[drivers.a]\nitems = []": "drivers.a.items: is empty",
    '[design]\nwieght = "w"': "design.wieght: is not known; did you mean 'weight'?",
    "[design]\nstrata = 3": "design.strata: is 3; give the name of a column",
    "[scales.s]\nlow = 4\nhigh = 1": "scales.s: a scale runs from low to high, not from 4.0 to 1.0",
    "[scales.s]\nlow = 1": "scales.s.high: is not given; it must be a number",
    '[scales.s]\nlow = 1\nhigh = 4\nlabels = {5 = "a"}': "scales.s.labels: 5 lie off the scale 1 to 4",
    "[skales]": "skales: is not known; did you mean 'scales'?",
}


@pytest.mark.parametrize("lines", CONTRADICTIONS)
def test_a_contradiction_is_refused_with_file_key_and_remedy(toml, lines):
    head = "[scales.puas4]\nlow = 1\nhigh = 4\n[dimensions.process]\n[items.x]\n"
    message = refused(toml(head + lines))
    assert message.startswith("codebook book.toml: ")
    assert CONTRADICTIONS[lines] in message


def test_all_contradictions_are_named_at_once(toml):
    message = refused(toml('[items.a]\nscale = "s"\nlable = "A"\n[items.b]\ndimension = "d"\n[drivers.d]\nitems = ["c"]\n'))
    assert "has 4 contradictions" in message
    for key in ("items.a.lable", "items.a.scale", "items.b.dimension", "drivers.d.items"):
        assert key in message


def test_a_broken_scale_is_not_also_reported_as_undeclared(toml):
    message = refused(toml('[scales.s]\nlow = 4\nhigh = 1\n[items.a]\nscale = "s"\n'))
    assert "not declared" not in message
    assert "contradictions" not in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[items.x", "is no TOML"),
        (b'[items.x]\nlabel = "a"\nlabel = "b"\n', "is no TOML"),
        (b"[items.x]\nlabel = Kepuasan", "(at line 2, column 9): label = Kepuasan; a line is key = value, and texts stand in quotes"),
        ("[items.x]\nlabel = \u201cPuas\u201d".encode(), "label = \u201cPuas\u201d; write straight quotes"),
        (
            b'[items.Nama lengkap]\nlabel = "a"',
            '[items.Nama lengkap]; a name with blanks, dots or slashes stands in quotes, as in [items."Nama lengkap"]',
        ),
        (b"[items.x]\nmissing = 9", 'items.x.missing: is 9; list codes as in [8, 9], or name them as in {9 = "Menolak"}'),
        (b'[items.x]\nlabel = "\xff"\n', "not in UTF-8"),
        (b"", "there are none; describe each column"),
        (b"items = 3", "items: is 3; it must be a table"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused_by_name(tmp_path, content, words):
    path = tmp_path / "rusak.toml"
    path.write_bytes(content)
    message = refused(path)
    assert "rusak.toml" in message
    assert words in message


def test_an_absent_file_or_a_folder_is_refused_as_codebook(tmp_path):
    assert "there is no codebook 'book.toml'" in refused(tmp_path / "book.toml")
    (tmp_path / "folder.toml").mkdir()
    assert "cannot be opened" in refused(tmp_path / "folder.toml")


def test_a_codebook_built_in_python_is_held_to_the_same_rules():
    with pytest.raises(CodebookError, match="listed as 'a' is named 'b'"):
        Codebook({"a": Item("b")})
    with pytest.raises(CodebookError, match="codes as text"):
        Codebook({"a": Item("a", type="text", values={1: "satu"})})
    with pytest.raises(CodebookError, match="a label is a text"):
        Item("a", label=3)


# ---------------------------------------------------------------- labels, tables, counts


def test_the_table_of_items_holds_labels_of_missing_codes_in_code_order(toml):
    table = Codebook.read(toml(BOOK)).to_frame(language="en")
    assert list(table.columns) == ["item", "label", "type", "values", "missing", "scale", "dimension"]
    row = table.iloc[0]
    assert list(row["values"]) == [1, 2, 3, 4, 8, 9]
    assert row["values"][8] == "Don't know"
    assert row["missing"] == [8, 9, (90, np.inf)]
    assert (row["scale"], row["dimension"], row["type"]) == ("puas4", "process", "number")
    assert list(table["values"].iloc[2]) == ["P", "L"]


def test_labels_of_codes_in_a_missing_range_are_listed_but_the_codes_are_not():
    item = Item("x", values={1: "satu", 4: "empat"}, missing={-1: "Menolak", -2: "Kosong"}, missing_ranges=((-3, -1),))
    row = Codebook({"x": item}).to_frame().iloc[0]
    assert list(row["values"]) == [-2, -1, 1, 4]
    assert row["missing"] == [(-3, -1)]


def test_codes_not_listed_in_order_stay_in_the_order_of_the_file():
    assert list(Item("x", values={222: "a", 13.22: "b"}, missing={5: "c"}).all_labels()) == [222, 13.22, 5]


def test_missing_cells_are_counted_by_name_and_empty_ones_apart(toml):
    book = Codebook.read(toml(BOOK))
    frame = pd.DataFrame({"speed": [1, 8, 8, 9, 95.0, np.nan], "sex": ["L", None, "P", "L", "L", "L"], "other": range(6)})
    counts = book.missing_counts(frame, "en")
    assert counts.values.tolist() == [
        ["speed", 8, "Don't know", 2],
        ["speed", 9, "Menolak", 1],
        ["speed", 95, "95", 1],
        ["speed", None, "empty", 1],
        ["sex", None, "empty", 1],
    ]


def test_missing_codes_of_text_and_tags_are_told_apart():
    text = Item("t", type="text", missing={"XX": "Menolak"})
    tagged = Item("n", missing={".a": "Menolak"})
    book = Codebook({"t": text, "n": tagged})
    counts = book.missing_counts(pd.DataFrame({"t": ["XX", "a", None], "n": [1.0, np.nan, np.nan]}))
    assert counts[["item", "code", "n"]].values.tolist() == [["t", "XX", 1], ["t", None, 1], ["n", None, 2]]


def test_an_unknown_item_or_language_is_refused_with_what_is_known(toml):
    book = Codebook.read(toml(BOOK))
    with pytest.raises(CodebookError, match="did you mean 'speed'"):
        book.label("sped")
    with pytest.raises(ChoiceError, match="'id', 'en'"):
        book.to_frame(language="jv")


# ---------------------------------------------------------------- two codebooks


def test_codebooks_of_two_waves_become_one(toml):
    book = Codebook.read(toml(BOOK))
    items, scales = {"speed": book.items["speed"], "age": Item("age")}, {"puas4": book.scales["puas4"]}
    later = Codebook(items, scales, {"process": "Proses"}, index=book.index, source="nanti")
    both = book.merged(later)
    assert list(both.items) == ["speed", "advice", "sex", "age"]
    assert both.index == book.index
    assert both.source == "uji coba; nanti"


def test_waves_that_read_an_item_differently_are_refused_with_every_difference():
    scale = {"s": AnswerScale("s", Scale(1, 5))}
    one = Codebook({"a": Item("a", scale="s"), "b": Item("b", missing={9: "x"})}, scale)
    two = Codebook({"a": Item("a", reverse=True), "b": Item("b")})
    with pytest.raises(CodebookError, match="wave '2022'") as caught:
        one.merged(two, where="wave '2022'")
    for key in ("items.a.scale", "items.a.reverse", "items.b.missing"):
        assert key in str(caught.value)


def test_answers_seen_in_either_wave_keep_code_order():
    one = Codebook({"a": Item("a", values={1: "a", 2: "b", 4: "d"})})
    two = Codebook({"a": Item("a", values={1: "A", 3: "c"})})
    assert list(one.merged(two).items["a"].values) == [1, 2, 3, 4]
    assert one.merged(two).items["a"].values[1]["id"] == "a"
