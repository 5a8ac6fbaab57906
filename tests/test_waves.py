"""Waves as domains of one survey: independent, or sharing their PSUs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from reference.agreement import built, check, data, numbers

from kepuasan import Codebook, Design, Survey, mean, stack_waves, total
from kepuasan.codebook import Item
from kepuasan.errors import CodebookError, DesignError

CLUSTERS = Design("w", "stratum", "psu")


def wave(year: int, design: Design = CLUSTERS) -> Survey:
    return Survey(data("waves.csv").query(f"year == {year}"), design=design)


def change(survey: Survey) -> tuple[float, float]:
    difference = mean(survey, "received", by="wave").contrast({"wave": 2022}, {"wave": 2020})
    return float(difference.value[0]), float(difference.se[0])


@pytest.mark.parametrize("name", ["waves-apart", "waves-apart-fpc", "waves-shared", "waves-shared-fpc"])
def test_the_change_between_waves_has_the_error_of_rs_covariance(name: str) -> None:
    means = mean(built(name), ["speed", "ease", "received"], by="wave")
    vcov = np.array(numbers()[name]["joint"])
    got = means.contrast({"wave": 2022}, {"wave": 2020})
    check(got.se, np.sqrt([vcov[i, i] + vcov[i + 3, i + 3] - 2 * vcov[i, i + 3] for i in range(3)]))


def test_independent_waves_have_the_error_of_each_in_quadrature() -> None:
    apart = stack_waves({2020: wave(2020), 2022: wave(2022)})
    errors = [mean(wave(year), "received").se[0] for year in (2020, 2022)]
    assert change(apart)[1] == pytest.approx(np.hypot(*errors), rel=1e-12)
    assert mean(apart, "received", by="wave").vcov[0, 1] == pytest.approx(0.0, abs=1e-15)


def test_each_wave_has_the_numbers_it_has_alone() -> None:
    apart = mean(stack_waves({2020: wave(2020), 2022: wave(2022)}), ["speed", "received"], by="wave")
    for year in (2020, 2022):
        alone = mean(wave(year), ["speed", "received"])
        np.testing.assert_allclose(apart[{"wave": year}].value, alone.value, rtol=1e-14)
        np.testing.assert_allclose(apart[{"wave": year}].se, alone.se, rtol=1e-12)
        assert apart[{"wave": year}].df.tolist() == alone.df.tolist()


def test_shared_psus_make_waves_covary() -> None:
    waves = {2020: wave(2020), 2022: wave(2022)}
    shared = mean(stack_waves(waves, shared_psu=True), "received", by="wave")
    assert shared.vcov[0, 1] != 0
    assert change(stack_waves(waves, shared_psu=True))[0] == change(stack_waves(waves))[0]


@pytest.mark.parametrize("kind", [float, "category", "Int64"])
def test_shared_psu_codes_are_the_same_in_any_number_type(kind: object) -> None:
    other = data("waves.csv").query("year == 2022")
    waves = {2020: wave(2020), 2022: Survey(other.assign(psu=other["psu"].astype(kind)), design=CLUSTERS)}
    expected = change(stack_waves({2020: wave(2020), 2022: wave(2022)}, shared_psu=True))
    assert change(stack_waves(waves, shared_psu=True)) == pytest.approx(expected, rel=1e-12)


def test_shared_psu_codes_of_number_and_text_are_refused() -> None:
    # codes 1 and "1" made every PSU a different one, and the waves independent without a word: an error of 0.473 for 0.414
    other = data("waves.csv").query("year == 2022")
    waves = {2020: wave(2020), 2022: Survey(other.assign(psu=other["psu"].astype(str)), design=CLUSTERS)}
    with pytest.raises(DesignError, match="no stratum and PSU of another wave"):
        stack_waves(waves, shared_psu=True)


def test_domains_of_waves_stay_domains() -> None:
    part = stack_waves({2020: wave(2020).where("sex == 'P'"), 2022: wave(2022)})
    got = mean(part, "received", by="wave")
    assert got[{"wave": 2020}].value[0] == mean(wave(2020).where("sex == 'P'"), "received").value[0]
    assert len(part) == (data("waves.csv").query("year == 2020")["sex"] == "P").sum() + len(wave(2022))


def test_a_wave_with_counts_and_one_without_keep_their_own_errors() -> None:
    counts = Design("w", "stratum", "psu", "units")
    mixed = mean(stack_waves({2020: wave(2020, counts), 2022: wave(2022)}), "received", by="wave")
    expected = [mean(wave(2020, counts), "received").se[0], mean(wave(2022), "received").se[0]]
    np.testing.assert_allclose(mixed.se, expected, rtol=1e-12)


def test_an_item_of_one_wave_is_missing_in_the_other() -> None:
    second = Survey(wave(2022).frame.assign(new=1.0), design=CLUSTERS)
    got = total(stack_waves({2020: wave(2020), 2022: second}), "new")
    assert got.value[0] == pytest.approx(second.weights.sum())


def test_three_waves_stack_in_their_order() -> None:
    survey = stack_waves({"b": wave(2020), "a": wave(2022), "c": wave(2020)})
    assert survey.frame["wave"].unique().tolist() == ["b", "a", "c"]
    assert survey.frame.columns[0] == "wave"
    assert survey.design.df == 2 * wave(2020).design.df + wave(2022).design.df


def test_waves_that_read_a_code_differently_are_refused() -> None:
    books = [Codebook({"received": Item("received", missing={code: "refused"})}) for code in (98, 99)]
    surveys = [Survey(wave(2020).frame, book, CLUSTERS) for book in books]
    with pytest.raises(CodebookError, match="received.missing: .99. there, .98. before"):
        stack_waves(dict(zip(("2020", "2022"), surveys, strict=True)))


def test_rows_are_numbered_anew(clustered_frame: pd.DataFrame) -> None:
    survey = Survey(clustered_frame.set_axis(range(900, 900 + len(clustered_frame))), design=CLUSTERS)
    stacked = stack_waves({"x": survey, "y": survey})
    assert stacked.frame.index.equals(pd.RangeIndex(2 * len(clustered_frame)))
