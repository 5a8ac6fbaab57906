"""Net promoter scores on answers that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.errors import DataError, ScaleError
from kepuasan.standards.promoters import net_promoter

#: 25 promoters, 45 passives, 30 detractors
ANSWERS = [10] * 15 + [9] * 10 + [8] * 20 + [7] * 25 + [6] * 12 + [3] * 10 + [0] * 8


def test_it_is_the_share_of_promoters_less_that_of_detractors():
    found = net_promoter(kp.Survey(pd.DataFrame({"score": ANSWERS})), "score")
    balance = np.array([100.0] * 25 + [0.0] * 45 + [-100.0] * 30)
    assert found.value.tolist() == [-5.0]
    assert found.se[0] == pytest.approx(balance.std(ddof=1) / 10, rel=1e-12)
    assert found.n.tolist() == [100]
    assert found.key.to_dict("list") == {"item": ["score"]}


def test_it_equals_the_shares_of_a_design_by_domain(clustered_frame):
    frame = clustered_frame.assign(score=np.arange(len(clustered_frame)) % 11.0)
    frame.loc[frame.index[::7], "score"] = np.nan
    frame["kind"] = pd.cut(frame["score"], [-1, 6, 8, 10], labels=["detractor", "passive", "promoter"]).astype(object)
    survey = kp.Survey(frame, design=kp.Design(weight="w", strata="stratum", psu="psu"))
    found, shares = net_promoter(survey, "score", by="region"), kp.proportion(survey, "kind", by="region")
    gap = shares.contrast({"category": "promoter"}, {"category": "detractor"})
    assert found.value == pytest.approx(100 * gap.value, rel=1e-12)
    assert found.se == pytest.approx(100 * gap.se, rel=1e-10)
    assert found.key["region"].tolist() == gap.key["region"].tolist()


def test_replicates_are_followed(clustered_frame):
    survey = kp.Survey(clustered_frame.assign(score=np.arange(len(clustered_frame)) % 11), design=kp.Design(weight="w", strata="stratum", psu="psu"))
    replicated = kp.add_replicates(survey, "jkn")
    assert net_promoter(replicated, "score").se == pytest.approx(net_promoter(survey, "score").se, rel=0.2)


@pytest.mark.parametrize("everyone", [10, 0, 7])
def test_its_ends_are_a_hundred(everyone):
    found = net_promoter(kp.Survey(pd.DataFrame({"score": [everyone] * 4})), "score")
    assert found.value.tolist() == [{10: 100.0, 0: -100.0, 7: 0.0}[everyone]]
    assert found.se.tolist() == [0.0]


@pytest.mark.parametrize("wrong", [11, -1, 8.5, np.inf])
def test_answers_off_the_scale_are_refused_with_their_rows(wrong):
    frame = pd.DataFrame({"score": [10.0, 9.0, wrong, 3.0]}, index=list("abcd"))
    with pytest.raises(ScaleError, match=rf"'score' has answers that are no whole number from 0 to 10: {wrong:g}.* in 1 rows \('c'\)"):
        net_promoter(kp.Survey(frame), "score")


def test_missing_codes_of_the_codebook_are_no_answers(tmp_path):
    path = tmp_path / "book.toml"
    path.write_text("[items.score]\nmissing = [99]\n", encoding="utf-8")
    survey = kp.Survey(pd.DataFrame({"score": [10, 99, 0, 10]}), kp.Codebook.read(path))
    assert net_promoter(survey, "score").value[0] == pytest.approx(100 / 3)


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("scor", "'scor' is not a column of the survey; did you mean 'score'"),
        (["score", "other"], "takes one item by its name"),
        ("text", "not numbers"),
    ],
)
def test_what_is_no_item_is_refused(item, message):
    survey = kp.Survey(pd.DataFrame({"score": [10, 3], "other": [9, 1], "text": ["a", "b"]}))
    with pytest.raises(DataError, match=message):
        net_promoter(survey, item)
