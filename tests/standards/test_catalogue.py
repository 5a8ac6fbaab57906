"""The catalogue: every entry holds together, and a rule of tomorrow is one entry more."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.errors import DataError
from kepuasan.standards import catalogue, lookup
from kepuasan.standards.catalogue import STANDARDS
from kepuasan.standards.unsur import element_of

pytestmark = pytest.mark.filterwarnings("ignore::kepuasan.errors.ClassWarning")
ENTRIES = [one for group in (catalogue._SKM, catalogue._IPP, catalogue._PERCEPTION, catalogue._NEIGHBOURS, catalogue._OMBUDSMAN) for one in group]


def test_no_entry_hides_another_of_its_name():
    assert [one.name for one in ENTRIES] == list(STANDARDS)
    assert {one.family for one in ENTRIES} == {"skm", "ipp", "perception", "csi", "acsi", "nps", "ombudsman"}


@pytest.mark.parametrize("name", STANDARDS)
def test_an_entry_holds_together(name):
    one = STANDARDS[name]
    for words in (one.title, *(element.label for element in one.elements), *([one.unverified] if one.unverified else [])):
        assert words["id"]
        assert words["en"]
    names, labels = [element.name for element in one.elements], [element.label["id"] for element in one.elements]
    assert len(set(names)) == len(names)
    assert len(set(labels)) == len(labels)
    assert all(share is None or share * len(one.elements) <= 1 for share in one.weights.values())
    assert all(element_of(element.label["id"], one).name == element.name for element in one.elements)
    assert one.conversion
    assert one.citation
    weights = [element.weight for element in one.elements if element.weight is not None]
    assert not weights or sum(weights) == pytest.approx(1.0)
    assert not one.shares or sum(one.shares.values()) == 1.0


TEN = [*(element.name for element in STANDARDS["14/2017"].elements), "digital"]
TOMORROW = kp.Standard(
    name="9/2030",
    family="skm",
    title={"id": "SKM", "en": "SKM"},
    citation="Peraturan 9/2030 (rekaan)",
    standing="seen",
    scale=(1.0, 4.0),
    scoring="share-of-max",
    conversion="mean score times 25",
    classes=kp.Classes({"E": (25.0, 69.99), "B": (70.0, 89.99), "A": (90.0, 100.0)}, low=25.0, high=100.0),
    elements=(*STANDARDS["14/2017"].elements, kp.Element("digital", {"id": "Layanan digital", "en": "Digital service"}, (("digital",),))),
    weights={"exact": None, "0.1": Fraction(1, 10)},
    numbered=10,
    since=2030,
)


@pytest.fixture
def tomorrow(monkeypatch):
    rules = {**STANDARDS, "9/2030": TOMORROW}
    monkeypatch.setattr(lookup, "STANDARDS", rules)


def answers(names, years):
    rng = np.random.default_rng(5)
    return pd.DataFrame({name: rng.integers(2, 5, 60) for name in names}).assign(year=np.repeat(years, 60 // len(years)))


def test_a_rule_of_tomorrow_is_one_entry(tomorrow):
    numbered = answers([f"u{number}" for number in range(1, 11)], [2031])
    found = kp.skm(kp.Survey(numbered), rule="9/2030", weight="0.1")
    assert list(found.names.values()) == TEN
    assert found.labels("en")["u10"] == "Digital service"
    assert found.to_frame()["mutu"].isin(["E", "B", "A"]).all()
    assert found.tariff()["ikm_with"].tolist() == found.to_frame()["ikm"].tolist()
    assert kp.skm_from_means(dict.fromkeys(TEN, 3.6), rule="9/2030").tolist() == [90.0, "A", "A"]
    assert kp.skm_series({2029: 89.0, 2031: 89.0})["rule"].tolist() == ["14/2017", "9/2030"]
    assert "9/2030" in kp.list_standards()["name"].tolist()


def test_years_before_a_new_rule_are_asked_for_the_elements_they_had(tomorrow):
    frame = answers(TEN[:9], [2018, 2020])
    assert kp.skm(kp.Survey(frame), by="year", rule="year").to_frame()["rule"].tolist() == ["14/2017", "14/2017"]
    older = answers([element.name for element in STANDARDS["16/2014"].elements], [2015, 2016])
    assert kp.skm(kp.Survey(older), by="year", rule="year").to_frame()["rule"].tolist() == ["16/2014", "16/2014"]
    with pytest.raises(DataError, match="missing is 'digital'"):
        kp.skm(kp.Survey(answers(TEN[:9], [2018, 2031])), by="year", rule="year")


def test_rules_of_several_periods_share_one_weight():
    frame = answers([f"u{number}" for number in range(1, 15)], [2010, 2018])
    found = kp.skm(kp.Survey(frame), unsur=[f"u{number}" for number in range(1, 15)], by="year", rule={2010: "25/2004", 2018: "14/2017"})
    assert found.share == Fraction(1, 14)
    assert found.tariff()["ikm_with"].tolist() == found.to_frame()["ikm"].tolist()


def test_a_rule_whose_elements_weigh_differently_is_no_skm():
    heavy = kp.Element("waktu", {"id": "Waktu", "en": "Time"}, (("waktu",),), weight=1.0)
    own = kp.Standard(**{**vars(TOMORROW), "name": "own", "elements": (heavy, *TOMORROW.elements[:2])})
    with pytest.raises(DataError, match="gives 'waktu' a weight"):
        kp.skm(kp.Survey(answers(["waktu", "persyaratan", "prosedur"], [2031])), rule=own)
    scored = kp.Standard(**{**vars(TOMORROW), "scoring": "minmax"})
    with pytest.raises(DataError, match="scores answers by 'minmax'"):
        kp.skm_from_means(dict.fromkeys(TEN, 3.0), rule=scored)


def test_an_index_of_an_own_scale_is_converted_by_its_own_factor():
    own = kp.Standard(**{**vars(TOMORROW), "scale": (1.0, 5.0), "classes": kp.Classes({"low": (20.0, 79.99), "high": (80.0, 100.0)})})
    found = kp.skm(kp.Survey(answers(TEN, [2031])), rule=own)
    assert found.factor == 20.0
    assert found.to_frame()["mutu"].tolist() == ["low"]


def test_a_perception_index_of_another_kind_is_one_entry():
    own = kp.Standard(**{**vars(STANDARDS["ipkp"]), "name": "ipkp 2030"})
    rating = kp.perception_index(kp.Survey(answers(["a", "b"], [2031])), own, items=["a", "b"])
    assert rating.score.key["item"].tolist() == ["ipkp 2030"]
    with pytest.raises(DataError, match="'ipak'"):
        kp.perception_index(kp.Survey(answers(["a"], [2031])), "ipq", items=["a"])
