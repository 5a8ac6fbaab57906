"""What other software and spreadsheets get wrong about the SKM: one test each, with the wrong number they print."""

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.errors import DataError, ScaleError
from kepuasan.standards.catalogue import STANDARDS

NINE = [element.name for element in STANDARDS["14/2017"].elements]


def all_at(mean):
    return dict.fromkeys(NINE, mean)


def test_no_value_falls_between_two_classes():
    # closed intervals 25-64.99, 65-76.60, 76.61-88.30, 88.31-100 leave 64.995, 76.605 and 88.305 without a class
    values = np.arange(25_000, 100_001) / 1000
    found = kp.classify(values, "14/2017")["mutu"]
    assert found.notna().all()
    assert kp.classify([64.994, 64.995, 76.604, 76.605, 88.304, 88.305], "14/2017")["mutu"].tolist() == ["D", "C", "C", "B", "B", "A"]


def test_a_bound_belongs_to_the_class_that_it_begins():
    # a strict "<" puts 65.00, 76.61 and 88.31 a class too low
    assert kp.classify([65.00, 76.61, 88.31], "14/2017")["mutu"].tolist() == ["C", "B", "A"]
    assert kp.classify([64.99, 76.60, 88.30], "14/2017")["mutu"].tolist() == ["D", "C", "B"]


def test_the_weight_is_a_ninth_unless_another_is_asked_for_by_name():
    # 0.11 prints 99.00 for a perfect service, and moves 88.31 to 87.43 (B), 76.61 to 75.84 (C), 65.00 to 64.35 (D)
    assert kp.skm_from_means(all_at(4.0))["ikm"] == 100.0
    moved = [kp.skm_from_means(all_at(mean), weight="0.11").tolist()[:2] for mean in (4.0, 3.5324, 3.0644, 2.6)]
    assert moved == [[99.0, "A"], [87.43, "B"], [75.84, "C"], [64.35, "D"]]


@pytest.mark.filterwarnings("ignore::kepuasan.errors.ClassWarning")
def test_means_are_not_rounded_before_they_are_added():
    # nine means of 3.135 rounded to 3.14 give 78.50; of 3.1349 to 3.13 give 78.25: the index is off by up to 0.125
    assert kp.skm_from_means(all_at(3.1349))["ikm"] == 78.37
    frame = pd.DataFrame({name: [3, 3, 4] for name in NINE})
    assert kp.skm(kp.Survey(frame)).score.value[0] == pytest.approx(250 / 3, rel=1e-14)
    assert kp.skm_from_means(all_at(3.33))["ikm"] == 83.25  # what early rounding prints, instead of 83.33


def test_a_ninth_is_not_applied_twice():
    # means times 1/9 already (0.3778) times 1/9 again print 9.44 instead of 85.00
    with pytest.raises(ScaleError, match="nor times their weight"):
        kp.skm_from_means(all_at(3.4 / 9))
    assert kp.skm_from_means(all_at(3.4))["ikm"] == 85.0


def test_the_sample_of_sixty_is_fifty_two():
    # a table in circulation prints 65, more than there are
    assert int(kp.skm_sample_size(60)) == 52
    assert int(kp.skm_sample_size(100_000)) == 383  # and not rounded up to 384


def test_data_of_2018_are_not_classed_by_the_bounds_of_2004():
    # 76.49 is "Baik" by 62.51-81.25 and "Kurang Baik" by 65.00-76.60
    assert kp.skm_from_means(all_at(3.0596)).tolist() == [76.49, "C", "Kurang Baik"]
    assert kp.skm_from_means(all_at(3.0596), rule="16/2014").tolist() == [76.49, "B", "Baik"]
    table = kp.skm_series({2016: 76.49, 2018: 76.49})
    assert table["mutu"].tolist() == ["B", "C"]


def test_answers_of_one_to_five_times_twenty_get_no_class():
    # a mean of 4.2 times 20 prints 84.00 (B); on 1 to 4 the same share of the scale is 3.4, 85.00
    with pytest.raises(ScaleError, match="4.2"):
        kp.skm_from_means(all_at(4.2))
    with pytest.raises(ScaleError, match="times 20 have none"):
        kp.skm(kp.Survey(pd.DataFrame({name: [3, 4, 5] for name in NINE})))


def test_the_index_comes_with_its_interval_weights_and_rule_for_missing_answers():
    frame = pd.DataFrame({name: [2.0, 3.0, 4.0, np.nan] for name in NINE}).assign(w=[1.0, 2.0, 1.0, 1.0])
    with pytest.warns(kp.KepuasanWarning, match="crosses|reaches"):
        table = kp.skm(kp.Survey(frame, design=kp.Design(weight="w"))).to_frame()
    assert table["ikm"].tolist() == [75.0]
    assert (table["ci_low"] < 75).all()
    assert table["n"].tolist() == [3.0]


def test_classes_of_ones_own_must_cover_their_range():
    with pytest.raises(DataError, match=r"'D' \(to 64.99\) and 'C' \(from 65.01\) leave a hole"):
        kp.Classes({"D": (25.0, 64.99), "C": (65.01, 100.0)})
    with pytest.raises(DataError, match="overlap"):
        kp.Classes({"D": (25.0, 65.0), "C": (65.0, 100.0)})
    with pytest.raises(DataError, match="begin at 25.00, but the range begins at 0.00"):
        kp.Classes({"D": (25.0, 64.99), "C": (65.0, 100.0)}, low=0.0)
