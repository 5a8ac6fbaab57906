"""Texts with half of a character, which no table, file or screen can hold."""

import pandas as pd
import pytest

from kepuasan import Codebook, Design, Survey, mean, read_survey
from kepuasan.codebook import Driver, Item, Multiple
from kepuasan.errors import CodebookError, DataError

HALF = "Am\ud800bon"


def frame():
    """Twenty rows of two places, one of which is broken, as objects, which alone can hold it."""
    columns = {"u": [1, 2, 3, 4] * 5, "g": pd.Series(["Bali", HALF] * 10, dtype=object)}
    return pd.DataFrame(columns).set_axis(range(100, 120))


def test_a_group_whose_code_is_broken_is_refused_with_column_row_and_code():
    # the report ended in UnicodeEncodeError
    with pytest.raises(DataError, match=r"^'g' holds 'Am\\ud800bon' in 10 rows \(101, 103, .*half of a character .*correct the cells$") as refused:
        mean(Survey(frame()), "u", by="g")
    assert str(refused.value).isascii()


@pytest.mark.parametrize("design", [Design(strata="g"), Design(psu="g")])
def test_a_design_whose_codes_are_broken_is_refused(design):
    with pytest.raises(DataError, match="'g' holds .* in 10 rows"):
        Survey(frame(), design=design)


def test_a_broken_text_that_no_result_shows_is_no_fault():
    assert mean(Survey(frame()), "u").value == 2.5


def test_a_broken_name_of_a_column_is_refused():
    with pytest.raises(DataError, match=r"1 column names hold half of a character .*'Am\\ud800bon'"):
        Survey(frame().set_axis(pd.Index([HALF, "g"], dtype=object), axis=1))


@pytest.mark.parametrize(
    ("book", "key"),
    [
        (Codebook({"u": Item("u", HALF)}), "items.u.label"),
        (Codebook({"u": Item("u", question={"id": "Baik", "en": HALF})}), "items.u.question"),
        (Codebook({"u": Item("u", values={1: HALF})}), "items.u.values"),
        (Codebook({"u": Item("u", missing={9: HALF})}), "items.u.missing"),
        (Codebook({"g": Item("g", type="text", values={HALF: "Ambon"})}), "items.g.values"),
        (Codebook({"u": Item("u", dimension="d")}, dimensions={"d": HALF}), "dimensions.d"),
        (Codebook({"u": Item("u")}, drivers={"d": Driver("d", HALF, ("u",))}), "drivers.d.label"),
        (Codebook({"u": Item("u"), "v": Item("v")}, multiples={"m": Multiple("m", HALF, {1: "u", 2: "v"})}), "multiples.m.label"),
    ],
)
def test_a_codebook_with_a_broken_label_is_refused_by_its_key_where_a_survey_is_made(tmp_path, book, key):
    said = rf"^the codebook: {key}: 'Am\\ud800bon' holds half of a character"
    with pytest.raises(CodebookError, match=said):
        Survey(frame(), book)
    with pytest.raises(CodebookError, match=said):
        Survey(frame()[["u"]], wave_codebooks={"2022": book})
    (tmp_path / "a.csv").write_text("u,g\n1,a\n")
    with pytest.raises(CodebookError, match=said):
        read_survey(tmp_path / "a.csv", book)


def test_a_broken_key_can_be_printed():
    with pytest.raises(CodebookError) as refused:
        Survey(frame(), Codebook({HALF: Item(HALF)}))
    assert str(refused.value).isascii()
