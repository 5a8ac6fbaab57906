"""The algebra on estimates, and the table they give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from kepuasan import Design, Estimates, Survey, mean, proportion, total
from kepuasan.columns import ESTIMATES, TESTED
from kepuasan.errors import EstimateError


def test_the_table_has_the_key_and_the_columns_of_the_contract(means: Estimates) -> None:
    table = means.to_frame()
    assert list(table.columns) == ["item", "region", *ESTIMATES]
    assert list(means.contrast("speed", "ease").to_frame().columns) == ["item", "region", *ESTIMATES, *TESTED]
    assert len(table) == len(means) == 6


def test_the_table_holds_the_numbers_of_the_estimates_unrounded(means: Estimates) -> None:
    table = means.to_frame(level=0.9)
    np.testing.assert_array_equal(table["estimate"], means.value)
    np.testing.assert_array_equal(table["se"], means.se)
    np.testing.assert_array_equal(table[["ci_low", "ci_high"]], means.ci(0.9))
    np.testing.assert_allclose(table["n_eff"], means.n / means.deff)
    np.testing.assert_allclose(table["cv"], means.se / means.value)
    assert set(table["level"]) == {0.9}


def test_limits_use_t_with_the_degrees_of_freedom_of_the_row(means: Estimates) -> None:
    half = stats.t.ppf(0.975, means.df) * means.se
    np.testing.assert_allclose(means.ci(), np.column_stack([means.value - half, means.value + half]))


def test_rows_are_chosen_by_item_by_code_or_by_both(means: Estimates) -> None:
    assert means["speed"].key["region"].tolist() == ["east", "north", "south"]
    assert len(means["north"]) == 2
    one = means[{"region": "north", "item": "ease"}]
    assert len(one) == 1
    assert one.value[0] == means.value[means.key["region"].eq("north") & means.key["item"].eq("ease")][0]


def test_chosen_rows_keep_covariance_design_effect_and_answers(means: Estimates) -> None:
    chosen = means["speed"]
    rows = np.flatnonzero(means.key["item"] == "speed")
    np.testing.assert_allclose(chosen.vcov, means.vcov[np.ix_(rows, rows)], rtol=1e-12)
    np.testing.assert_allclose(chosen.deff, means.deff[rows])
    np.testing.assert_array_equal(chosen.n, means.n[rows])


def test_codes_may_be_written_as_numbers_or_text() -> None:
    frame = pd.DataFrame({"y": [1.0, 2.0, 3.0, 4.0], "g": [1.0, 1.0, 2.0, 2.0]})
    by = mean(Survey(frame), "y", by="g")
    assert [by[{"g": code}].value[0] for code in (2, 2.0, "2", np.int64(2))] == [3.5] * 4


def test_a_contrast_pairs_rows_by_the_rest_of_their_key(means: Estimates) -> None:
    difference = means.contrast({"region": "north"}, {"region": "east"})
    assert difference.key["region"].tolist() == ["north - east"] * 2
    assert difference.key["item"].tolist() == ["speed", "ease"]
    expected = [means[{"region": "north", "item": item}].value[0] - means[{"region": "east", "item": item}].value[0] for item in ("speed", "ease")]
    np.testing.assert_allclose(difference.value, expected)
    table = difference.to_frame()
    np.testing.assert_allclose(table["t"], difference.value / difference.se)
    np.testing.assert_allclose(table["p_value"], 2 * stats.t.sf(np.abs(table["t"]), difference.df))
    assert difference.kind == "difference"


def test_a_contrast_across_domains_has_the_degrees_of_freedom_of_the_design(clustered: Survey, means: Estimates) -> None:
    assert set(means.contrast("speed", "ease").df) == {clustered.design.df}
    assert means[{"region": "south"}].df[0] < clustered.design.df


def test_the_other_way_round_a_contrast_changes_its_sign_only(means: Estimates) -> None:
    one, other = means.contrast("speed", "ease"), means.contrast("ease", "speed")
    np.testing.assert_allclose(one.value, -other.value)
    np.testing.assert_allclose(one.se, other.se)


def test_a_row_minus_itself_is_nothing_without_error(means: Estimates) -> None:
    nothing = means.contrast("speed", "speed")
    np.testing.assert_array_equal(nothing.value, 0.0)
    np.testing.assert_array_equal(nothing.se, 0.0)
    assert nothing.to_frame()[["t", "p_value"]].isna().all(axis=None)


def test_combinations_of_combinations_are_one_combination(means: Estimates) -> None:
    rng = np.random.default_rng(5)
    first, second = rng.normal(size=(4, 6)), rng.normal(size=(2, 4))
    chained = means.linear(first, list("abcd")).linear(second, list("pq"))
    np.testing.assert_allclose(chained.vcov, means.linear(second @ first, list("pq")).vcov, rtol=1e-9)


def test_a_vector_is_one_combination_and_its_key_may_be_a_frame(means: Estimates) -> None:
    got = means.linear(np.ones(6) / 6, pd.DataFrame({"item": ["index"], "wave": ["2022"]}))
    assert got.value[0] == pytest.approx(means.value.mean())
    assert got.key.to_dict("records") == [{"item": "index", "wave": "2022"}]


def test_estimates_of_a_domain_and_of_the_whole_covary_when_joined(clustered: Survey) -> None:
    joined = mean(clustered.where("region == 'north'"), "speed").join(mean(clustered, "speed"))
    together = mean(clustered, "speed", by="region").join(mean(clustered, "speed"))
    np.testing.assert_allclose(joined.vcov, together.vcov[np.ix_([1, 3], [1, 3])], rtol=1e-10)
    assert abs(joined.vcov[0, 1]) > 0


def test_joined_estimates_keep_values_degrees_and_design_effects(clustered: Survey, means: Estimates) -> None:
    joined = means.join(total(clustered, "received"))
    assert joined.key["item"].tolist()[-1] == "received"
    np.testing.assert_allclose(joined.deff, [*means.deff, *total(clustered, "received").deff])
    assert joined.kind == "combination"


def test_independent_samples_have_no_covariance(clustered: Survey, means: Estimates) -> None:
    other = mean(Survey(clustered.frame, design=Design("w")), "speed")
    joined = means.join(other, independent_designs=True)
    np.testing.assert_array_equal(joined.vcov[-1, :-1], 0.0)
    assert joined.se[-1] == pytest.approx(other.se[0], rel=1e-14)
    assert joined.design_df == means.design_df + other.design_df


def test_an_independent_sample_joined_hides_no_covariance_of_the_first(clustered: Survey) -> None:
    # joined once more with its own survey, speed and ease had a covariance of 0 where it is -0.0073
    joined = mean(clustered, "speed").join(mean(Survey(clustered.frame), "speed"), independent_designs=True)
    with pytest.raises(EstimateError, match="different designs"):
        joined.join(mean(clustered, "ease"))
    with pytest.raises(EstimateError, match="different designs"):
        mean(clustered, "ease").join(joined)


def test_selections_of_independent_samples_keep_their_covariance(clustered: Survey) -> None:
    # parts of one joined set, joined again, had a covariance of 0 even with themselves
    both = mean(clustered, ["speed", "ease"]).join(mean(Survey(clustered.frame), "speed"), independent_designs=True)
    again = both["ease"].join(both["speed"])
    order = [1, 0, 2]
    np.testing.assert_allclose(again.vcov, both.vcov[np.ix_(order, order)], rtol=1e-12)
    doubled = both["ease"].join(both.linear([0, 2, 0], ["twice ease"]))
    np.testing.assert_allclose(doubled.vcov, both.vcov[1, 1] * np.array([[1, 2], [2, 4]]), rtol=1e-12)


def test_a_number_without_error_has_no_test_and_no_relative_error() -> None:
    frame = pd.DataFrame({"y": [2.0, 2.0, 2.0], "zero": [0.0, 0.0, 0.0]})
    table = mean(Survey(frame), ["y", "zero"]).to_frame()
    assert table["se"].tolist() == [0.0, 0.0]
    assert table["deff"].isna().all()
    assert table["cv"].isna().tolist() == [False, True]


def test_estimates_show_themselves_as_a_short_table(means: Estimates) -> None:
    assert repr(means).startswith("<Estimates: 6 of kind 'mean'>")
    assert "<table" in means._repr_html_()
    assert "p_value" in repr(means.contrast("speed", "ease"))


def test_the_covariance_of_shares_is_singular_and_symmetric(clustered: Survey) -> None:
    vcov = proportion(clustered, "channel").vcov
    np.testing.assert_array_equal(vcov, vcov.T)
    assert np.linalg.matrix_rank(vcov, tol=1e-12) == 2
