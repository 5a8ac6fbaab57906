"""Perception indices of integrity zones: means of item means, and their thresholds."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.errors import ClassWarning, DataError, ScaleError
from kepuasan.standards.perception import perception_index

ITEMS = ["a", "b", "c"]


def answers(mean, n=400):
    """Three items of the same mean to two decimals, spread over respondents."""
    fours = round((mean - 3) * n)
    column = np.array([4.0] * fours + [3.0] * (n - fours))
    return kp.Survey(pd.DataFrame({item: np.roll(column, 100 * place) for place, item in enumerate(ITEMS)}))


@pytest.mark.parametrize(
    ("kind", "mean", "code"),
    [("ipkp", 3.10, "-"), ("ipkp", 3.30, "WBK"), ("ipkp", 3.50, "WBK"), ("ipkp", 3.70, "WBBM"), ("ipak", 3.50, "-"), ("ipak", 3.70, "WBBM")],
)
def test_thresholds_are_those_of_the_kind(kind, mean, code):
    table = perception_index(answers(mean), kind, items=ITEMS).to_frame()
    assert table["estimate"].tolist() == pytest.approx([mean])
    assert table["mutu"].tolist() == ["WBK/WBBM" if kind == "ipak" and code != "-" else code]
    assert table["item"].tolist() == [kind]
    assert table["rule"].tolist() == [kind]


@pytest.mark.filterwarnings("ignore::kepuasan.errors.ClassWarning")
@pytest.mark.parametrize(("mean", "code"), [(3.1975, "WBK"), (3.195, "WBK"), (3.1925, "-"), (3.595, "WBBM")])
def test_a_threshold_is_reached_after_rounding_half_up(mean, code):
    assert perception_index(answers(mean), items=ITEMS).to_frame()["mutu"].tolist() == [code]


def test_an_interval_that_crosses_a_threshold_is_warned_of():
    with pytest.warns(ClassWarning, match=r"3.20 is class WBK, its interval .* reaches from class - to WBK") as caught:
        rating = perception_index(answers(3.2, 20), items=ITEMS)
    assert caught[0].filename == __file__
    assert 0.3 < rating.to_frame()["p_other"][0] < 0.7


def test_it_is_the_mean_of_item_means_with_their_joint_error(clustered_frame):
    frame = clustered_frame.assign(a=np.arange(len(clustered_frame)) % 4 + 1.0, b=np.arange(len(clustered_frame)) % 3 + 1.0)
    frame.loc[frame.index[::5], "b"] = np.nan
    survey = kp.Survey(frame, design=kp.Design(weight="w", strata="stratum", psu="psu"))
    found = perception_index(survey, items=["a", "b"], by="region").score
    means = kp.mean(survey, ["a", "b"], by="region")
    regions = found.key["region"].tolist()
    pairs = [means[{"region": region}].linear([[0.5, 0.5]], ["index"]) for region in regions]
    assert found.value == pytest.approx([pair.value[0] for pair in pairs], rel=1e-12)
    assert found.se == pytest.approx([pair.se[0] for pair in pairs], rel=1e-10)


def test_items_come_from_the_codebook_without_its_weights(tmp_path):
    path = tmp_path / "book.toml"
    path.write_text(
        '[scales.s]\nlow = 1\nhigh = 4\n[items.a]\nscale = "s"\n[items.b]\nscale = "s"\n[index]\nitems = ["a", "b"]\nweights = {a = 3, b = 1}\n',
        encoding="utf-8",
    )
    survey = kp.Survey(pd.DataFrame({"a": [1, 1, 1, 1], "b": [3, 3, 3, 3], "c": [9, 9, 9, 9]}), kp.Codebook.read(path))
    assert perception_index(survey).score.value.tolist() == [2.0]
    with pytest.raises(DataError, match="no spec is given and the codebook has no"):
        perception_index(kp.Survey(survey.frame))


def test_a_scale_of_1_to_5_is_refused(tmp_path):
    path = tmp_path / "book.toml"
    path.write_text('[scales.s]\nlow = 1\nhigh = 5\n[items.a]\nscale = "s"\n', encoding="utf-8")
    with pytest.raises(ScaleError, match=r"'a' \(1 to 5\): declared on another scale than 1 to 4"):
        perception_index(kp.Survey(pd.DataFrame({"a": [4, 3, 2]}), kp.Codebook.read(path)), items=["a"])


def test_answers_off_the_scale_are_refused_with_their_rows():
    frame = pd.DataFrame({"a": [4, 5, 3, 0]}, index=list("wxyz"))
    with pytest.raises(ScaleError, match=r"'a': 0, 5 in 2 rows \('x', 'z'\)"):
        perception_index(kp.Survey(frame), items=["a"])
    with pytest.raises(ScaleError, match="'a' is yes or no"):
        perception_index(kp.Survey(pd.DataFrame({"a": [True, True, False]})), items=["a"])


def test_what_it_cannot_know_is_refused():
    survey = answers(3.3)
    with pytest.raises(DataError, match="no standard 'spak'; did you mean 'ipak'"):
        perception_index(survey, "spak")
    with pytest.raises(DataError, match="'d' is not a column"):
        perception_index(survey, items=["a", "d"])
    with pytest.raises(DataError, match="items is empty"):
        perception_index(survey, items=[])
    with pytest.raises(DataError, match="first argument is DataFrame"):
        perception_index(survey.frame)


def test_a_certain_class_is_given_in_silence():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert perception_index(answers(3.4), items=ITEMS).to_frame()["p_other"][0] < 1e-6
