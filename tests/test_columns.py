"""One word per idea, one column per word: the columns of every table that is given out."""

import pytest

import kepuasan as kp
from kepuasan.columns import DRIVER, ESTIMATES, ITEM, PART, TESTED, WAVE


@pytest.fixture(scope="module")
def waves():
    return kp.load_sample("users")


def test_a_table_of_estimates_has_the_key_then_the_columns_of_the_contract(waves):
    table = kp.mean(waves, ["overall", "response_speed"], by=["wave", "sex"]).to_frame()
    assert list(table.columns) == [ITEM, WAVE, "sex", *ESTIMATES]
    assert list(ESTIMATES) == ["estimate", "se", "ci_low", "ci_high", "level", "df", "n", "n_eff", "deff", "cv"]


def test_a_proportion_has_its_category_after_the_domain(waves):
    assert list(kp.proportion(waves, "sex", by="wave").to_frame().columns) == [ITEM, WAVE, "category", *ESTIMATES]


def test_a_ratio_has_its_denominator(waves):
    assert list(kp.ratio(waves, "response_speed", "overall").to_frame().columns) == [ITEM, "denominator", *ESTIMATES]


def test_a_difference_has_t_and_p_besides(waves):
    assert list(kp.compare_waves(waves, "2020", "2022").to_frame().columns) == [ITEM, WAVE, *ESTIMATES, *TESTED]


def test_a_change_has_part_item_and_driver(waves):
    change = kp.attribute_change(waves, "2020", "2022", frame="region")
    assert list(change.to_frame().columns) == [PART, ITEM, DRIVER, *ESTIMATES, *TESTED]
    assert list(change.to_frame("drivers").columns) == [PART, DRIVER, *ESTIMATES, *TESTED]


def test_an_index_gives_its_score_items_and_dimensions(waves):
    index = kp.satisfaction_index(waves, by="wave")
    for part in ("score", "items", "dimensions"):
        assert list(index.to_frame(part).columns) == [ITEM, WAVE, *ESTIMATES]
    assert (index.to_frame(level=0.9)["level"] == 0.9).all()


def test_nothing_is_rounded_before_display(waves):
    table = kp.satisfaction_index(waves, by="wave").to_frame()
    assert (table["estimate"].round(4) != table["estimate"]).all()
