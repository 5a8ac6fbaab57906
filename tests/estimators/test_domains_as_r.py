"""Domains and their joint covariance against R's survey package, in every design of tests/reference/designs.json."""

from __future__ import annotations

import numpy as np
from reference.agreement import Reference, check, check_covariance

from kepuasan import mean


def test_means_by_one_column_are_those_of_rs_subsets(reference: Reference) -> None:
    _check_domains(reference, reference.by[:1], reference.numbers["by"])


def test_means_by_two_columns_have_a_row_for_each_pair_of_codes_that_occurs(reference: Reference) -> None:
    _check_domains(reference, reference.by, reference.numbers["crossed"])


def _check_domains(reference: Reference, by: list[str], cells: list[dict[str, object]]) -> None:
    got = mean(reference.survey, reference.items[0], by=by)
    assert [tuple(row) for row in got.key[by].to_numpy()] == [tuple(cell["key"].values()) for cell in cells]
    assert got.df.tolist() == [cell["df"] for cell in cells]
    assert got.n.tolist() == [cell["n"] for cell in cells]
    check(got.value, [cell["value"] for cell in cells])
    check(got.se, [cell["se"] for cell in cells], [max(cell["se"], 1e-9 * cell["value"]) for cell in cells])
    known = np.array([cell["deff"] is not None for cell in cells]) & (got.se > 1e-9)
    check(got.deff[known], [cell["deff"] for cell, take in zip(cells, known, strict=True) if take])


def test_items_and_domains_have_the_covariance_of_rs_linearised_totals(reference: Reference) -> None:
    expected = reference.numbers["joint"]
    got = mean(reference.survey, reference.items, by=reference.by[0])
    if expected is None:  # "average" has a factor for each domain, so R has no joint covariance to compare with
        assert reference.case["lonely"] == "average"
        assert np.allclose(np.sqrt(np.diag(got.vcov)), got.se, rtol=1e-12)
        return
    check_covariance(got.vcov, expected)


def test_the_difference_of_two_domains_has_the_error_of_rs_covariance(reference: Reference) -> None:
    expected = reference.numbers["joint"]
    got = mean(reference.survey, reference.items, by=reference.by[0])
    codes = got.key[reference.by[0]].unique()
    if expected is None or len(codes) < 2:
        assert reference.case["lonely"] == "average" or len(codes) == 1
        return
    vcov, k = np.array(expected), len(reference.items)
    difference = got.contrast({reference.by[0]: codes[1]}, {reference.by[0]: codes[0]})
    step = np.zeros((k, len(got)))
    step[np.arange(k), np.arange(k) + k], step[np.arange(k), np.arange(k)] = 1.0, -1.0
    check(difference.value, step @ got.value)
    check(difference.se, np.sqrt(np.diag(step @ vcov @ step.T)))
    assert set(difference.df) == {reference.survey.design.df}
