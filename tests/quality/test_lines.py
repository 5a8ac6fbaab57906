"""One answer to every item, against what the answers' own distribution makes."""

import numpy as np
import pytest
from quality.surveys import ITEMS, book, rows

from kepuasan import IndexSpec, load_sample
from kepuasan.codebook import Item
from kepuasan.quality import check_survey


def test_lines_beyond_what_the_answers_explain_are_found(found):
    frame = rows()
    assert "KP203" not in found(frame).index
    frame.loc[:99, ITEMS] = np.tile(np.tile([3, 4], 50)[:, None], 9)
    table = found(frame)
    assert table.index.tolist() == ["KP203"]
    alike = (frame[ITEMS].nunique(axis=1) == 1) & (frame[ITEMS] != 9).all(axis=1)
    assert table.loc["KP203", "count"] == alike.sum() >= 100
    assert table.loc["KP203", "rows"][:3] == [0, 1, 2]


@pytest.mark.parametrize("share", [0.6, 0.8, 0.95])
def test_answers_that_are_mostly_one_explain_lines(found, share):
    rng = np.random.default_rng(3)
    frame = rows()
    frame[ITEMS] = rng.choice([2, 3, 4], (400, 9), p=[(1 - share) / 2, share, (1 - share) / 2])
    assert "KP203" not in found(frame).index


def test_related_answers_explain_lines(found):
    rng = np.random.default_rng(4)
    frame = rows()
    normal = 0.9 * rng.standard_normal((400, 1)) + 0.43 * rng.standard_normal((400, 9))
    frame[ITEMS] = 1 + np.searchsorted([-1.5, -0.8, 0.2], normal)
    assert (frame[ITEMS].nunique(axis=1) == 1).mean() > 0.2
    assert "KP203" not in found(frame).index


def test_the_same_answer_to_items_asked_either_way_round_is_a_contradiction(found):
    turned = book(**{name: Item(name, scale="puas", missing={9: "Menolak"}, reverse=True) for name in ("u3", "u6", "u9")})
    frame = rows()
    frame[["u3", "u6", "u9"]] = (5 - frame[["u3", "u6", "u9"]]).replace(-4, 9)
    assert found(frame, turned).empty
    frame.loc[:39, ITEMS] = 4
    table = found(frame, turned)
    assert table.index.tolist() == ["KP204"]
    assert table.loc["KP204", "rows"][:2] == [0, 1]


def test_few_items_make_no_line(found):
    frame = rows()
    frame.loc[:199, ITEMS[:4]] = 3
    few = IndexSpec(ITEMS[:4], scale=(1, 4))
    assert "KP203" not in found(frame[[name for name in frame if name not in ITEMS[4:]]], book().__class__({}), spec=few).index


@pytest.mark.parametrize(
    ("kind", "wave"),
    [
        ("users", "2020"),
        ("users", "2021"),
        ("users", "2022"),
        ("admins", "2020"),
        ("admins", "2022"),
        ("skm", None),
        ("sekadau", None),
        ("users", None),
        ("admins", None),
    ],
)
def test_nothing_is_odd_in_the_sample_surveys(kind, wave):
    assert check_survey(load_sample(kind, wave)).empty
