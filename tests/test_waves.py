"""Waves as domains of one survey: independent, or sharing their PSUs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from reference.agreement import built, check, data, numbers

from kepuasan import Codebook, Design, IndexSpec, Survey, comparability, load_sample, mean, rake, satisfaction_index, stack_waves, total
from kepuasan.codebook import AnswerScale, Item
from kepuasan.errors import CodebookError, DataError, DesignError
from kepuasan.io import read_survey
from kepuasan.scales import Scale

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


def test_every_wave_keeps_its_codebook() -> None:
    books = [Codebook({"received": Item("received", label)}, mode=mode) for label, mode in (("Diterima", "telephone"), ("Sampai", "online"))]
    survey = stack_waves({year: Survey(wave(year).frame, one, CLUSTERS) for year, one in zip((2020, 2022), books, strict=True)})
    assert survey.wave_codebooks == {2020: books[0], 2022: books[1]}
    assert (survey.codebook.label("received"), survey.codebook.mode) == ("Diterima", "")


# ---------------------------------------------------------------- populations


ITEMS = ["registering", "disposition_accuracy", "response_speed", "overall"]


def populations() -> Survey:
    """Users and the officers who serve them, each with its waves."""
    return stack_waves({"users": load_sample("users"), "admins": load_sample("admins")}, column="population")


def test_users_and_admins_are_compared_on_the_same_questions_of_a_year() -> None:
    means = mean(populations(), ITEMS, by=["population", "wave"])
    gap = means.contrast({"population": "users", "wave": "2022"}, {"population": "admins", "wave": "2022"})
    alone = [mean(load_sample(kind, 2022), ITEMS) for kind in ("users", "admins")]
    assert gap.key["item"].tolist() == ITEMS
    np.testing.assert_allclose(gap.value, alone[0].value - alone[1].value, rtol=1e-12)
    np.testing.assert_allclose(gap.se, np.hypot(alone[0].se, alone[1].se), rtol=1e-12)


def test_a_gap_of_the_index_changes_between_waves_with_its_error() -> None:
    spec = IndexSpec(ITEMS, scoring="top-box")
    score = satisfaction_index(populations().where("wave != '2021'"), spec, by=["population", "wave"]).score
    gaps = score.contrast({"population": "users"}, {"population": "admins"})
    change = gaps.contrast({"wave": "2022"}, {"wave": "2020"})
    alone = {(kind, year): satisfaction_index(load_sample(kind, year), spec).score for kind in ("users", "admins") for year in ("2020", "2022")}
    assert change.value[0] == pytest.approx(sum(sign * alone[place].value[0] for place, sign in zip(alone, (-1, 1, 1, -1), strict=True)), rel=1e-9)
    assert change.se[0] == pytest.approx(np.sqrt(sum(one.se[0] ** 2 for one in alone.values())), rel=1e-9)


def test_populations_keep_the_codebook_of_each_wave_and_the_order_of_rows() -> None:
    both = populations()
    assert list(both.frame.columns[:2]) == ["population", "wave"]
    assert list(both.wave_codebooks) == ["2020", "2021", "2022"]
    assert {"keep_using", "pilot"} <= set(both.wave_codebooks["2020"].items)
    assert "pilot" not in both.wave_codebooks["2021"].items
    assert both.design.df == sum(load_sample(kind).design.df for kind in ("users", "admins"))


def test_a_population_with_waves_stacks_with_one_that_has_none() -> None:
    both = stack_waves({"users": load_sample("users"), "admins": load_sample("admins", 2022)}, column="population")
    alone = mean(load_sample("admins", 2022), "overall")
    got = mean(both, "overall", by="population")[{"population": "admins"}]
    assert got.se[0] == pytest.approx(alone.se[0], rel=1e-12)
    assert got.df[0] == alone.df[0]


def test_weighted_populations_keep_their_steps() -> None:
    users = rake(load_sample("users", 2022), {"sex": {"L": 8000.0, "P": 6000.0}})
    both = stack_waves({"users": users, "admins": load_sample("admins", 2022)}, column="population")
    assert [step["population"] for step in both.design.history] == ["users"]
    assert mean(both, "overall", by="population")[{"population": "users"}].se[0] == pytest.approx(mean(users, "overall").se[0], rel=1e-10)


def test_waves_stack_by_another_column_only() -> None:
    with pytest.raises(DataError, match='name another column: column="population"'):
        stack_waves({"users": load_sample("users"), "admins": load_sample("admins")})


@pytest.mark.parametrize(
    ("column", "message"), [("item", "a column of every table of results"), (7, "is no text"), ("stratum", "have a column 'stratum' already")]
)
def test_a_column_that_cannot_hold_the_labels_is_refused(column: object, message: str) -> None:
    with pytest.raises(DataError, match=message):
        stack_waves({2020: wave(2020), 2022: wave(2022)}, column=column)


def test_populations_with_replicates_are_refused_by_their_name() -> None:
    from kepuasan import add_replicates

    with pytest.raises(DesignError, match="population 'users' has replicates"):
        stack_waves({"users": add_replicates(wave(2020), "jkn"), "admins": wave(2022)}, column="population")


# ---------------------------------------------------------------- each wave with a file and a codebook of its own

FIVE = {1: "Sangat tidak puas", 2: "Tidak puas", 3: "Cukup puas", 4: "Puas", 5: "Sangat puas"}
PUAS5 = AnswerScale("puas5", Scale(1, 5, (1.0, 2.0, 3.0, 4.0, 5.0)), FIVE)


def harmonised(folder, year: int, text: str, *items: Item) -> Survey:
    """A wave from its own file and codebook: the codebook's items, whatever its columns are called."""
    path = folder / f"{year}.csv"
    path.write_text(text, encoding="utf-8")
    book = Codebook(
        {item.name: item for item in items}, {"puas5": PUAS5, "ten": AnswerScale("ten", Scale(1, 10))}, index={"items": ["speed", "ease"]}
    )
    book.write(folder / f"{year}.toml")
    return read_survey(path, folder / f"{year}.toml")


@pytest.fixture
def two_waves(tmp_path) -> dict[str, Survey]:
    """The same five answers to two items: as 1 to 10 and as recoded letters in one wave, as words and codes in the other."""
    first = harmonised(
        tmp_path,
        2020,
        "V1,V2,jk\n1,A,1\n10,E,2\n5.5,C,1\n99,X,2\n",
        Item("speed", "Kecepatan", scale="puas5", asked_scale="ten", missing={99: "Menolak"}, column="V1"),
        Item("ease", "Kemudahan", scale="puas5", missing={99: "Menolak"}, column="V2", recode={"A": 1, "C": 3, "E": 5, "X": 99}),
        Item("sex", type="text", values={"L": "Laki-laki", "P": "Perempuan"}, column="jk", recode={1: "L", 2: "P"}),
    )
    second = harmonised(
        tmp_path,
        2022,
        "sex,Kecepatan,Kemudahan\nLaki-laki,Sangat tidak puas,1\nPerempuan,SP,5\nL,cukup puas,3\nP,Menolak,99\n",
        Item("speed", "Kecepatan", scale="puas5", missing={99: "Menolak"}),
        Item("ease", "Kemudahan", scale="puas5", missing={99: "Menolak"}),
        Item("sex", type="text", values={"L": "Laki-laki", "P": "Perempuan"}),
    )
    return {"2020": first, "2022": second}


def test_codebooks_of_waves_bring_different_files_to_the_same_items(two_waves: dict[str, Survey]) -> None:
    for survey in two_waves.values():
        assert survey.frame["speed"].tolist() == survey.frame["ease"].tolist() == [1, 5, 3, 99]
        assert survey.frame["sex"].tolist() == ["L", "P", "L", "P"]


def test_harmonised_waves_stack_and_their_index_does_not_change(two_waves: dict[str, Survey]) -> None:
    stacked = stack_waves(two_waves)
    assert len(stacked.frame) == 8
    score = satisfaction_index(stacked, by="wave").score
    assert score.value == pytest.approx([50.0, 50.0], abs=1e-12)
    found = comparability(stacked, "2020", "2022")
    scale = found[found["aspect"] == "scale"].set_index("item")
    assert scale.loc["speed", "severity"] == "serious"
    assert "asked on 1 to 10 and moved to 1 to 5 in '2020'" in scale.loc["speed", "advice"]
    assert scale.loc["ease", "severity"] == scale.loc["sex", "severity"] == "minor"
    assert found[found["measure"] == "columns called otherwise"]["item"].tolist() == ["speed", "ease", "sex"]
