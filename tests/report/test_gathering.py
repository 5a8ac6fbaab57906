"""The result tree holds what the library says, and nothing else."""

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kepuasan import (
    Codebook,
    Design,
    IndexSpec,
    Item,
    Survey,
    add_replicates,
    attribute_change,
    comparability,
    compare_waves,
    driver_importance,
    load_sample,
    poststratify,
    proportion,
    response_rates,
    satisfaction_index,
    stack_waves,
    weight_diagnostics,
)
from kepuasan.cli.summary import summary_lines
from kepuasan.errors import DataError, DataWarning, RecipeError
from kepuasan.report import Fieldwork, Group, ReportRequest, Suppression, gather_results
from kepuasan.report.composing import compose
from kepuasan.report.headlines import headline_numbers
from report.conftest import tiny_wave


def test_the_tree_holds_the_numbers_of_the_library(results, waves):
    survey = stack_waves(waves)
    assert results.index.score.value.tolist() == satisfaction_index(survey, by="wave").score.value.tolist()
    assert results.differences[0].estimate.se.tolist() == compare_waves(survey, "2020", "2022").se.tolist()
    assert results.change.parts.value.tolist() == attribute_change(survey, "2020", "2022", frame="region").parts.value.tolist()
    assert results.rows == {"2020": 60, "2022": 60}
    assert results.answers["speed"].value.tolist() == proportion(survey, "speed", by="wave").value.tolist()
    assert list(results.answers) == ["speed", "updates"]
    pd.testing.assert_frame_equal(results.comparability, comparability(survey, "2020", "2022", frame="region"))


def test_the_frame_gap_counts_groups_of_each_side(results):
    assert (results.gap.lost, results.gap.new, results.gap.both) == (1, 1, 2)


def test_a_single_wave_has_no_difference_and_no_change(single):
    assert (single.differences, single.change, single.gap, single.comparability) == ((), None, None, None)
    assert single.rows == {"2020": 60}
    assert single.current == "2020"


def test_what_is_not_asked_for_stays_empty(single):
    assert (single.league, single.provinces, single.importance, single.against, single.rates, single.weighting) == (None,) * 6
    assert (single.groups, single.domains, dict(single.failed)) == ((), (), {})


def test_three_waves_have_the_difference_of_the_change_first_then_those_of_neighbours(waves):
    survey = stack_waves({**waves, "2023": waves["2022"]})
    with pytest.warns(DataWarning, match="1 codes of 'region' were asked in '2020' only and 1 in '2023' only"):
        tree = gather_results(survey, ReportRequest(("2020", "2022", "2023")))
    assert (tree.gap.column, tree.gap.both) == ("region", 2)
    assert [(one.base, one.current) for one in tree.differences] == [("2020", "2023"), ("2020", "2022"), ("2022", "2023")]


def test_a_change_that_has_no_exact_split_leaves_the_rest_standing():
    frame = pd.DataFrame({"speed": [3, 4, 2, 4, None, 1], "updates": [2, None, 4, 4, 1, 2]})
    survey = stack_waves({"1": Survey(frame), "2": Survey(frame.iloc[::-1].head(5))})
    spec = IndexSpec(["speed", "updates"], scale=(1, 4), level="respondents", min_answered=0.5)
    tree = gather_results(survey, ReportRequest(("1", "2"), spec=spec))
    assert tree.change is None
    assert tree.unsplit
    assert len(tree.differences) == 1


# ---------------------------------------------------------------- waves


def test_waves_that_are_not_asked_for_are_left_out():
    users = load_sample("users")
    tree = gather_results(users, ReportRequest(("2020", "2022"), frame="region"))
    assert tree.index.score.key["wave"].astype(str).tolist() == ["2020", "2022"]
    assert tree.rows == {"2020": 1329, "2022": 1210}
    assert list(tree.wave_codebooks) == ["2020", "2022"]
    np.testing.assert_array_equal(tree.index.score.value, satisfaction_index(users, by="wave").score.value[[0, 2]])


def test_one_wave_of_a_stacked_survey_is_a_domain_and_no_sample_of_its_own(waves):
    tree = gather_results(stack_waves(waves), ReportRequest(("2022",), domains=("sex",)))
    alone = satisfaction_index(waves["2022"])
    np.testing.assert_allclose(tree.index.score.value, alone.score.value, rtol=1e-12)
    np.testing.assert_allclose(tree.index.score.se, alone.score.se, rtol=1e-12)
    assert tree.index.score.df.tolist() == alone.score.df.tolist()
    assert (tree.rows, tree.domains[0].change) == ({"2022": 60}, None)
    assert tree.wave_codebooks["2022"] is waves["2022"].codebook


def test_a_column_wave_that_nobody_stacked_is_read_where_it_has_the_label_and_said_aloud(waves):
    frame = waves["2020"].frame.assign(wave=np.repeat([1, 2], 30))
    survey = Survey(frame, waves["2020"].codebook)
    with pytest.warns(DataWarning, match="has the code '1' in 30 of 60 rows, which alone are the report's"):
        assert gather_results(survey, ReportRequest(("1",))).rows == {"1": 30}
    assert gather_results(survey, ReportRequest(("2022",))).rows == {"2022": 60}


def test_a_domain_is_counted_as_such(waves):
    survey = stack_waves(waves)
    tree = gather_results(survey.where("region != 'Bali'"), ReportRequest(("2020", "2022"), frame="region"))
    assert tree.rows == {"2020": 40, "2022": 40}


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (lambda: ReportRequest(("2020", "2022"), change=("2020", "2021")), "the change names wave '2021'; did you mean '2022'"),
        (lambda: ReportRequest(("2020", "2022", "2020")), "the waves '2020' more than once"),
        (lambda: ReportRequest(()), "names no wave"),
        (lambda: ReportRequest(("2020",), change=("2020", "2022")), "but the request has one wave, '2020'"),
        (lambda: ReportRequest("2020"), "waves is '2020'; give a list"),
        (lambda: ReportRequest(("2020",), domains="sex"), "domains is 'sex'; give a list"),
        (lambda: ReportRequest(("2020", "2022"), change="2020"), "change is '2020'; give the base and the current wave"),
        (lambda: ReportRequest(("2020", "2022"), fieldwork={"2021": Fieldwork()}), "the fieldwork names '2021'; did you mean '2022'"),
        (lambda: Suppression(publication=-1), "publication is -1"),
        (lambda: Suppression(disclosure=2.5), "disclosure is 2.5"),
    ],
)
def test_a_request_that_contradicts_itself_is_refused(waves, request_, message):
    with pytest.raises(RecipeError, match=message):
        gather_results(stack_waves(waves), request_())


def test_a_wave_that_the_survey_does_not_have_is_refused(waves):
    with pytest.raises(DataError, match="there is no wave '2021'; did you mean '2022'"):
        gather_results(stack_waves(waves), ReportRequest(("2020", "2021")))


def test_labels_of_waves_may_be_given_as_numbers(waves):
    assert gather_results(stack_waves(waves), ReportRequest((2020, 2022), change=(2020, 2022), frame="region")).rows == {"2020": 60, "2022": 60}


# ---------------------------------------------------------------- beside the numbers


def test_response_rates_stand_by_wave_for_the_waves_whose_dispositions_are_known(waves):
    counts = {"I": 60, "P": 2, "R": 30, "NC": 10, "O": 1, "UH": 4, "UO": 1, "NE": 9}
    request = ReportRequest(("2020", "2022"), frame="region", fieldwork={"2022": Fieldwork(counts), "2020": Fieldwork(dates="March")})
    rates = gather_results(stack_waves(waves), request).rates
    assert rates["wave"].unique().tolist() == ["2022"]
    pd.testing.assert_frame_equal(rates.drop(columns="wave"), response_rates(counts))


def test_weights_are_described_where_steps_changed_them(waves):
    weighted = poststratify(waves["2020"], "sex", {"L": 700.0, "P": 300.0})
    tree = gather_results(weighted, ReportRequest(("2020",)))
    pd.testing.assert_frame_equal(tree.weighting, weight_diagnostics(weighted))
    replicated = gather_results(add_replicates(waves["2020"], "jkn"), ReportRequest(("2020",), domains=("sex",), league="region"))
    assert replicated.weighting is None
    assert replicated.league.ranks["rank"].isna().all()


def test_rows_at_each_step_are_those_that_it_used(waves):
    frame = waves["2020"].frame.assign(overall=lambda rows: rows["speed"] + rows["updates"] % 3)
    frame["updates"] = frame["updates"].astype(float)
    frame.loc[:4, ["speed", "updates"]] = np.nan
    frame.loc[5:9, "updates"] = np.nan
    tree = gather_results(Survey(frame, waves["2020"].codebook), ReportRequest(("2020",), outcome="overall"))
    assert tree.steps == (("read", "2020", 60), ("index", "2020", 55), ("importance", "2020", 50))


def test_importance_is_of_the_current_wave_and_the_outcome_is_none_of_its_drivers(sample_results):
    users = load_sample("users")
    current = users.where(users.frame["wave"].astype(str) == "2022")
    items = list(users.codebook.index["items"])
    expected = driver_importance(current, "overall", items)
    assert sample_results.importance.importance.value.tolist() == expected.importance.value.tolist()
    request = ReportRequest(("2022",), outcome="fairness", ranked=None)
    tree = gather_results(users, request)
    assert list(tree.importance.items) == [item for item in items if item != "fairness"]
    named = gather_results(users, replace(request, ranked={"process": ["verification", "response_speed"], "access": ["ease_of_use"]}))
    assert named.importance.importance.key["item"].tolist() == ["process", "access"]


def test_an_outcome_without_any_driver_is_said_so_and_the_rest_stands(waves):
    tree = gather_results(waves["2020"], ReportRequest(("2020",), spec=IndexSpec(["speed"]), outcome="speed"))
    assert tree.importance is None
    assert "'speed' is the only item, so that no driver is left" in tree.failed["importance"]


def test_the_whole_sample_takes_less_than_three_seconds(sample_request):
    users, start = load_sample("users"), time.process_time()
    tree = gather_results(users, sample_request)
    assert time.process_time() - start < 3
    assert dict(tree.failed) == {}


def test_the_same_survey_gives_the_same_tree(sample_request, sample_results):
    again = gather_results(load_sample("users"), sample_request)
    assert again.league.ranks.equals(sample_results.league.ranks)
    assert again.importance.importance.value.tobytes() == sample_results.importance.importance.value.tobytes()
    assert again.against.gap.se.tobytes() == sample_results.against.gap.se.tobytes()
    assert again.steps == sample_results.steps


def test_a_column_of_persons_is_no_part_of_the_comparison_of_waves(waves):
    phones = {name: [628_110_000_000 + seed * 997 + row % 30 * 31 for row in range(60)] for seed, name in enumerate(waves)}
    stacked = stack_waves(
        {name: Survey(wave.frame.assign(hp=phones[name]), _with_phone(wave.codebook), wave.design.declaration) for name, wave in waves.items()}
    )
    assert "hp" in comparability(stacked, "2020", "2022", frame="region")["item"].tolist()
    tree = gather_results(stacked, ReportRequest(("2020", "2022"), frame="region"))
    assert "hp" not in tree.comparability["item"].tolist()
    assert "sex" in tree.comparability["item"].tolist()


def _with_phone(book):
    from kepuasan.codebook import Item

    return replace(book, items={**book.items, "hp": Item("hp", "Nomor HP", role="personal")})


def test_a_survey_of_one_item_without_design_works():
    survey = Survey(pd.DataFrame({"u1": [1, 2, 3, 4, 4, 2], "sex": list("LPLPLP")}), design=Design())
    tree = gather_results(survey, ReportRequest(("2025",), spec=IndexSpec(["u1"], scale=(1, 4)), domains=("sex",), league="sex"))
    assert round(float(tree.index.score.value[0]), 4) == round(100 * (16 / 6 - 1) / 3, 4)
    assert tree.league.ranks.isna().all(axis=None)


def test_waves_stand_in_the_order_of_the_request_in_every_table_and_figure():
    # "Januari 2023" stood before "Maret 2022", by its label
    labels = ("Maret 2022", "Januari 2023", "Agustus 2023")
    book = Codebook({name: Item(name, name, dimension=name) for name in ("speed", "updates")}, dimensions={"speed": "S", "updates": "U"})
    made = {label: Survey(tiny_wave(seed, ["Bali", "Aceh", "Riau"]), book) for seed, label in enumerate(labels)}
    request = ReportRequest(labels, spec=IndexSpec(["speed", "updates"], scale=(1, 4)), domains=("region",), groups=(Group("A", "region == 'Aceh'"),))
    results = gather_results(stack_waves(made), request)
    found, place = {}, {label: row for row, label in enumerate(labels)}
    document = compose(results, "en")
    for table in document.tables:
        if table.frame is not None and "wave" in table.frame.columns and table.name not in ("differences", "weighting"):
            keys = [name for name in ("item", "region", "group", "who") if name in table.frame.columns]
            found[table.name] = [[place[wave] for wave in rows] for _, rows in table.frame.groupby(keys)["wave"]] if keys else [[0, 1, 2]]
    assert {"index", "items", "dimensions", "index_by_region", "group_waves"} <= set(found)
    assert all(row == sorted(row) for rows in found.values() for row in rows)
    assert list(headline_numbers(results)["index"]) == list(labels)
    own = satisfaction_index(made["Maret 2022"], request.spec).score
    assert results.index.to_frame("score")["estimate"].iloc[0] == own.value[0]
    assert results.index.to_frame("score")["se"].iloc[0] == pytest.approx(own.se[0])
    text = "\n".join(summary_lines(results, "en"))
    assert text.index("  Maret 2022") < text.index("  Januari 2023") < text.index("  Agustus 2023")
    alt = next(one.alt for one in document.pictures if one.name == "index")
    assert alt.index("Maret 2022") < alt.index("Januari 2023") < alt.index("Agustus 2023")
