"""Codebooks written and read again, as TOML and as a workbook: nothing is lost, nothing is added."""

import math
import re
import zipfile
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace

import pytest
from codebook.whole_books import codebooks
from hypothesis import HealthCheck, given, settings

from kepuasan.codebook import AnswerScale, Codebook, Item, Multiple
from kepuasan.errors import CodebookError
from kepuasan.scales import Scale


def check_same(again, book):
    """Equal, also in the order of all that is listed, arguments excepted; numbers stay numbers, truths truths and texts texts."""
    assert again == book
    assert in_order(arguments_sorted(again)) == in_order(arguments_sorted(book))


def arguments_sorted(book):
    """A codebook whose arguments of index and design, which may stand in any order, are sorted."""
    return replace(book, **{key: given and dict(sorted(given.items())) for key, given in (("index", book.index), ("design", book.design))})


def in_order(value):
    """A value with every mapping as a list of pairs, and beside every code what it is."""
    if is_dataclass(value):
        return [(one.name, in_order(getattr(value, one.name))) for one in fields(value) if one.compare]
    if isinstance(value, Mapping):
        return [(in_order(key), in_order(inner)) for key, inner in value.items()]
    if isinstance(value, (list, tuple)):
        return [in_order(one) for one in value]
    kind = "truth" if isinstance(value, bool) else "number" if isinstance(value, (int, float)) else type(value).__name__
    return value, kind


@pytest.mark.parametrize("suffix", [".toml", ".xlsx"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(book=codebooks())
def test_reading_what_was_written_gives_the_same_codebook(tmp_path, suffix, book):
    book.write(tmp_path / f"book{suffix}")
    check_same(Codebook.read(tmp_path / f"book{suffix}"), book)


# ---------------------------------------------------------------- what is written


def test_the_same_codebook_gives_the_same_bytes(tmp_path):
    scale = {"s": AnswerScale("s", Scale(1, 2), {1: "a", 2: "b"}, {1: ("A",)})}
    book = Codebook({"x": Item("x", scale="s", values=scale["s"].labels), "y": Item("y", values={1: "=1+1"})}, scale, source="uji")
    for suffix in (".toml", ".xlsx"):
        book.write(tmp_path / f"one{suffix}")
        Codebook.read(tmp_path / f"one{suffix}").write(tmp_path / f"two{suffix}")
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def test_a_workbook_shows_an_official_what_a_form_shows(tmp_path):
    from kepuasan.files.workbooks import read_sheet

    labels = {1: {"id": "Tidak", "en": "No"}, 2: {"id": "Ya", "en": "Yes"}}
    items = {
        "x": Item("x", {"id": "Cepat", "en": "Fast"}, scale="s", values=labels),
        "y": Item("y", values=labels, missing={9: "Menolak"}, missing_ranges=((90, 99), (500, math.inf))),
        "z": Item("z", type="date", column="Q 1", recode={"1": 2, 1: 3}),
    }
    Codebook(items, {"s": AnswerScale("s", Scale(1, 2, (1, 2)), labels)}).write(tmp_path / "book.xlsx")
    survey = read_sheet(tmp_path / "book.xlsx", "survey").rows
    head = ["type", "name", "label::Bahasa Indonesia (id)", "label::English (en)", "scale", "missing", "column", "recode"]
    assert survey == [
        head,
        ["select_one s", "x", "Cepat", "Fast", "s", None, None, None],
        ["select_one y", "y", "y", "y", None, "90:99; 500:inf", None, None],
        ["date", "z", "z", "z", None, None, "Q 1", '"1" = 2; 1 = 3'],
    ]
    choices = read_sheet(tmp_path / "book.xlsx", "choices").rows
    assert choices[1:3] == [["s", 1, "Tidak", "No", None], ["s", 2, "Ya", "Yes", None]]
    assert choices[5] == ["y", 9, "Menolak", "Menolak", "yes"]


def test_items_of_a_scale_share_its_list_with_its_missing_codes(tmp_path):
    # every item with missing codes repeated the labels of its scale in a list of its own
    from kepuasan.files.workbooks import read_sheet

    labels = {1: "Tidak", 2: "Ya"}
    items = {name: Item(name, scale="s", values=labels, missing={9: "Menolak"}) for name in ("a", "b")}
    items |= {"c": Item("c", scale="s", values=labels), "d": Item("d", scale="s", values=labels, missing={8: "Lupa"})}
    book = Codebook(items, {"s": AnswerScale("s", Scale(1, 2, (1, 2)), labels)})
    book.write(tmp_path / "book.xlsx")
    check_same(Codebook.read(tmp_path / "book.xlsx"), book)
    assert [row[0] for row in read_sheet(tmp_path / "book.xlsx", "survey").rows[1:]] == ["select_one s", "select_one s", "decimal", "select_one d"]
    assert [row[:2] for row in read_sheet(tmp_path / "book.xlsx", "choices").rows[1:4]] == [["s", 1], ["s", 2], ["s", 9]]


def test_a_workbook_is_readable_as_it_opens(tmp_path):
    # long texts ran under the next column, and the names went out of sight
    Codebook({"x": Item("x", "Bagaimana pendapat Saudara? " * 20)}).write(tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "book.xlsx") as package:
        sheet, styles = package.read("xl/worksheets/sheet1.xml").decode(), package.read("xl/styles.xml").decode()
    assert '<pane xSplit="2" ySplit="1"' in sheet
    assert re.search(r'<col min="3" max="4" width="50\.\d+" style="1"', sheet)
    assert 'wrapText="1"' in styles
    assert "<b/>" in styles


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\x00b", r"survey, 'x', column label::Bahasa Indonesia \(id\): a workbook cannot hold the character '\\x00'"),
        ("a\x1b", r"a workbook cannot hold the character '\\x1b'; change the text"),
        ("\ud800", r"a workbook cannot hold the character '\\ud800'"),
        ("a" * 32_768, "32768 characters, and a cell holds 32767"),
        ("😀" * 16_384, "16384 characters, and a cell holds 32767"),
    ],
)
def test_what_a_workbook_cannot_hold_is_refused_by_item(tmp_path, text, words):
    with pytest.raises(CodebookError, match=words):
        Codebook({"x": Item("x", text)}).write(tmp_path / "book.xlsx")
    assert not (tmp_path / "book.xlsx").exists()


def test_the_longest_text_that_a_cell_holds_comes_back(tmp_path):
    book = Codebook({"x": Item("x", "a" * 32_767)})
    book.write(tmp_path / "book.xlsx")
    assert Codebook.read(tmp_path / "book.xlsx") == book


@pytest.mark.parametrize("value", [None, [], {}, [[1]], {"a": {"b": 1}}, math.nan])
def test_a_value_that_a_workbook_cannot_hold_is_refused(tmp_path, value):
    book = Codebook({"x": Item("x")}, index={"items": ["x"], "dimensions": value})
    with pytest.raises(CodebookError, match=r"index.dimensions: a workbook cannot hold .*write a .toml file"):
        book.write(tmp_path / "book.xlsx")


def test_another_suffix_or_folder_is_refused_for_writing(tmp_path):
    book = Codebook({"x": Item("x")})
    with pytest.raises(CodebookError, match=r"written as .toml or .xlsx, not as '.xls'; give a path such as 'book.toml'"):
        book.write(tmp_path / "book.xls")
    for suffix in (".toml", ".xlsx"):
        with pytest.raises(CodebookError, match="cannot be written"):
            book.write(tmp_path / "tidak" / f"book{suffix}")


def test_another_suffix_is_refused_for_reading(tmp_path):
    with pytest.raises(CodebookError, match=r"has the suffix '.xls'; did you mean '.xlsx'\?; give a file that ends with .toml, .xlsx, .ods"):
        Codebook.read(tmp_path / "book.xls")
    with pytest.raises(CodebookError, match="there is no codebook 'book.xlsx'"):
        Codebook.read(tmp_path / "book.xlsx")


def test_a_question_with_several_answers_comes_back_whole(tmp_path):
    items = {name: Item(name) for name in "abc"}
    sets = {"m": Multiple("m", {"id": "Saluran", "en": "Channel"}, {"1": "a", 1: "b", "01": "c"}, None, "m", ", ")}
    book = Codebook(items, multiples=sets)
    for suffix in (".toml", ".xlsx"):
        book.write(tmp_path / f"book{suffix}")
        check_same(Codebook.read(tmp_path / f"book{suffix}"), book)
