"""What accounts for a change: exact sums, swapped waves, the frame, drivers, weights that changed."""

import numpy as np
import pandas as pd
import pytest

import kepuasan as kp
from kepuasan.errors import ChoiceError, DataError, DataWarning, EstimateError

ITEMS = ["a", "b", "c"]
SPEC = kp.IndexSpec(ITEMS, scale=(1, 5), weights={"a": 0.5, "b": 0.3, "c": 0.2})


def wave(seed, regions, lost=0.05, rows=200):
    stream = np.random.default_rng(seed)
    frame = pd.DataFrame({name: stream.integers(1, 6, rows).astype(float) for name in ITEMS}).mask(stream.random((rows, 3)) < lost)
    stated = {f"i{name}": stream.integers(1, 11, rows).astype(float) for name in ITEMS}
    frame = frame.assign(w=stream.uniform(1, 3, rows), h=stream.integers(0, 4, rows), u=stream.integers(0, 5, rows), **stated)
    return kp.Survey(frame.assign(region=stream.choice(regions, rows)), design=kp.Design(weight="w", strata="h", psu="u"))


@pytest.fixture(scope="module", params=[False, True], ids=["independent", "shared"])
def waves(request):
    return kp.stack_waves({"2020": wave(1, list("NESW")), "2022": wave(2, list("SWX"))}, shared_psu=request.param)


WEIGHTED = {"2020": SPEC, "2022": kp.IndexSpec(ITEMS, scale=(1, 5), weights={"a": 0.2, "b": 0.3, "c": 0.5})}
STATED = kp.IndexSpec(ITEMS, scale=(1, 5), weights={item: f"i{item}" for item in ITEMS})
DRIVERS = {"first": ["a"], "second": ["b"]}


@pytest.mark.parametrize("spec", [SPEC, WEIGHTED, STATED], ids=["fixed weights", "weights changed", "stated importance"])
@pytest.mark.parametrize("frame", [None, "region"])
def test_parts_sum_to_the_change_and_their_covariance_to_its_variance(waves, spec, frame):
    change = kp.attribute_change(waves, "2020", "2022", spec=spec, frame=frame, drivers=DRIVERS)
    compared = kp.compare_waves(waves, "2020", "2022", spec=spec)
    for parts in (change.parts, change.drivers):
        assert parts.value.sum() == pytest.approx(change.total.value[0], abs=1e-12)
        assert parts.vcov.sum() == pytest.approx(change.total.se[0] ** 2, rel=1e-10)
    assert change.total.value == pytest.approx(compared.value, abs=1e-12)
    assert change.total.se == pytest.approx(compared.se, rel=1e-12)
    assert change.end.value[0] - change.start.value[0] == pytest.approx(change.total.value[0], abs=1e-12)


@pytest.mark.parametrize("spec", [SPEC, WEIGHTED, STATED], ids=["fixed weights", "weights changed", "stated importance"])
def test_swapping_the_waves_turns_every_sign_and_no_error(waves, spec):
    there = kp.attribute_change(waves, "2020", "2022", spec=spec, frame="region", drivers=DRIVERS).parts
    back = kp.attribute_change(waves, "2022", "2020", spec=spec, frame="region", drivers=DRIVERS).parts
    assert there.value == pytest.approx(-back.value, abs=1e-12)
    assert there.se == pytest.approx(back.se, rel=1e-10)


def test_each_item_accounts_for_its_weight_times_the_change_of_its_mean(waves):
    means = kp.mean(waves, ITEMS, by="wave")
    parts = kp.attribute_change(waves, "2020", "2022", spec=SPEC).parts
    for item, weight in zip(ITEMS, SPEC.item_weights(), strict=True):
        step = means.contrast({"item": item, "wave": "2022"}, {"item": item, "wave": "2020"})
        assert parts[item].value[0] == pytest.approx(25 * weight * step.value[0], rel=1e-11)
        assert parts[item].se[0] == pytest.approx(25 * weight * step.se[0], rel=1e-11)


def test_the_frame_part_is_what_regions_asked_once_account_for(waves):
    change = kp.attribute_change(waves, "2020", "2022", spec=SPEC, frame="region", drivers=DRIVERS)
    common = waves.where(waves.frame["region"].isin(["S", "W"]))
    within = kp.compare_waves(common, "2020", "2022", spec=SPEC)
    assert change.parts.key["part"].tolist() == ["frame", "level", "level", "level"]
    assert change.parts.value[0] == pytest.approx(change.total.value[0] - within.value[0], abs=1e-12)
    assert change.parts.value[1:].sum() == pytest.approx(within.value[0], abs=1e-12)
    rows = change.parts.linear([0, 1, 1, 1], ["within"])
    assert rows.se == pytest.approx(within.se, rel=1e-11)


def test_a_frame_that_is_the_same_in_both_waves_accounts_for_nothing():
    same = kp.stack_waves({"2020": wave(1, ["S"]), "2022": wave(2, ["S"])})
    part = kp.attribute_change(same, "2020", "2022", spec=SPEC, frame="region").parts[{"part": "frame"}]
    assert part.value[0] == pytest.approx(0, abs=1e-12)
    assert part.se[0] == pytest.approx(0, abs=1e-9)


def test_strata_asked_in_one_wave_only_are_said_where_no_frame_is_named():
    design = kp.Design(weight="w", strata="region")
    waves = {"2020": wave(1, list("NESW")), "2022": wave(2, list("SWX"))}
    survey = kp.stack_waves({label: kp.Survey(one.frame, design=design) for label, one in waves.items()})
    with pytest.warns(DataWarning, match="2 codes of 'region' were asked in '2020' only and 1 in '2022' only; .* frame='region'"):
        kp.attribute_change(survey, "2020", "2022", spec=SPEC)


def test_drivers_come_frame_first_then_in_order_then_the_rest(waves):
    change = kp.attribute_change(waves, "2020", "2022", spec=SPEC, frame="region", drivers={"second": ["b"], "first": "a"})
    assert change.drivers.key["driver"].tolist() == ["frame", "second", "first", "rest"]
    assert change.parts.key["driver"].tolist() == ["frame", "first", "second", "rest"]


def test_weights_that_changed_are_a_driver_of_their_own(waves):
    change = kp.attribute_change(waves, "2020", "2022", spec=WEIGHTED, drivers=DRIVERS)
    assert change.drivers.key["driver"].tolist() == ["weights", "first", "second", "rest"]
    assert change.parts.key["part"].tolist() == ["weights"] * 3 + ["level"] * 3
    assert change.parts.key["driver"].tolist() == ["weights"] * 3 + ["first", "second", "rest"]
    assert change.drivers["weights"].value[0] == pytest.approx(change.parts[{"part": "weights"}].value.sum(), abs=1e-12)


def test_waves_may_order_and_scale_their_items_differently():
    first, second = wave(1, ["S"]), wave(2, ["S"])
    tens = kp.Survey(second.frame.assign(**{item: 2 * second.frame[item] for item in ITEMS}), design=second.design.declaration)
    specs = {
        "2020": kp.IndexSpec(ITEMS, scale=(1, 5), weights={"a": 0.5, "b": 0.3, "c": 0.2}, scoring="share-of-max"),
        "2022": kp.IndexSpec(["c", "a", "b"], scale=(1, 10), weights={"a": 0.5, "b": 0.3, "c": 0.2}, scoring="share-of-max"),
    }
    changed = kp.attribute_change(kp.stack_waves({"2020": first, "2022": tens}), "2020", "2022", spec=specs)
    plain = kp.attribute_change(kp.stack_waves({"2020": first, "2022": second}), "2020", "2022", spec=specs["2020"])
    assert changed.parts.key["item"].tolist() == ITEMS
    assert changed.parts.value == pytest.approx(plain.parts.value, abs=1e-12)
    assert changed.parts.se == pytest.approx(plain.parts.se, rel=1e-10)


def test_scoring_may_differ_by_wave():
    both = kp.stack_waves({"2020": wave(1, ["S"]), "2022": wave(2, ["S"])})
    specs = {"2020": SPEC, "2022": kp.IndexSpec(ITEMS, scale=(1, 5), weights={"a": 0.5, "b": 0.3, "c": 0.2}, scoring="top-box")}
    change = kp.attribute_change(both, "2020", "2022", spec=specs)
    whole = kp.compare_waves(both, "2020", "2022", spec=specs)
    assert change.parts.value.sum() == pytest.approx(whole.value[0], abs=1e-12)
    assert change.total.se == pytest.approx(whole.se, rel=1e-10)


LAYERS = kp.IndexSpec(ITEMS, scale=(1, 5), dimensions={"service": ["a", "c"], "product": ["b"]})


@pytest.mark.parametrize("options", [{}, {"method": "mix", "mix": "sex"}, {"frame": "region"}], ids=["items", "mix", "frame"])
def test_every_tier_of_the_hierarchy_sums_to_the_change(waves, options):
    survey = kp.Survey(waves.frame.assign(sex=waves.frame["u"] % 2), waves.codebook, waves.design)
    change = kp.attribute_change(survey, "2020", "2022", spec=LAYERS, drivers={"x": ["a", "b"]}, **options)
    key = change.hierarchy.key
    assert list(key.columns) == ["tier", "part", "dimension", "driver", "item"]
    assert list(dict.fromkeys(key["tier"])) == ["item", "driver", "dimension", "total"]
    total, se = change.total.value[0], change.total.se[0]
    for tier in ("item", "driver", "dimension", "total"):
        rows = change.hierarchy[{"tier": tier}]
        assert rows.value.sum() == pytest.approx(total, abs=1e-12)
        assert rows.vcov.sum() == pytest.approx(se**2, rel=1e-9)
    service = change.hierarchy[{"tier": "dimension", "dimension": "service"}]
    below = [change.hierarchy[{"tier": tier, "part": "level", "dimension": "service"}].value.sum() for tier in ("item", "driver")]
    assert below == pytest.approx([service.value[0]] * 2, abs=1e-12)
    assert change.dimensions["service"].value == pytest.approx(service.value, abs=1e-12)
    assert change.drivers["x"].value[0] == pytest.approx(change.items[{"item": ["a", "b"]}].value.sum(), abs=1e-12)


def test_each_sum_of_the_parts_is_a_table(waves):
    change = kp.attribute_change(waves, "2020", "2022", spec=LAYERS, frame="region", drivers={"x": ["a", "b"]})
    for part, name in (("items", "item"), ("drivers", "driver"), ("dimensions", "dimension")):
        table = change.to_frame(part)
        assert list(table.columns[:2]) == ["part", name]
        assert table["part"].iloc[0] == "frame"
        assert table["estimate"].sum() == pytest.approx(change.total.value[0], abs=1e-12)
    assert change.to_frame("hierarchy", level=0.9)["level"].eq(0.9).all()
    with pytest.raises(EstimateError, match="the items have no dimensions, or some have several"):
        kp.attribute_change(waves, "2020", "2022", spec=SPEC).to_frame("dimensions")


def test_an_item_of_two_dimensions_leaves_none_that_add_up(waves):
    twice = kp.IndexSpec(ITEMS, scale=(1, 5), dimensions={"service": ["a", "c"], "product": ["a", "b"]})
    change = kp.attribute_change(waves, "2020", "2022", spec=twice)
    assert change.dimensions is None
    assert change.hierarchy.key["dimension"].eq("").all()


def test_the_published_story_of_the_sample():
    users = kp.load_sample("users")
    change = kp.attribute_change(users, "2020", "2022", frame="region")
    parts = dict(zip(change.drivers.key["driver"], change.drivers.value, strict=True))
    assert change.start.value[0] == pytest.approx(75.7, abs=0.05)
    assert change.end.value[0] == pytest.approx(73.7, abs=0.05)
    assert parts["frame"] == pytest.approx(-0.8, abs=0.05)
    assert sum(parts[name] for name in ("disposition_accuracy", "response_speed", "ease_of_updates")) == pytest.approx(-2.1, abs=0.05)
    assert parts["rest"] == pytest.approx(0.9, abs=0.05)
    assert kp.satisfaction_index(users, by="wave").score.value == pytest.approx([75.7, 72.3, 73.7], abs=0.05)


def test_an_index_of_respondents_has_parts_only_where_everyone_answered():
    spec = kp.IndexSpec(ITEMS, scale=(1, 5), level="respondents")
    holes = kp.stack_waves({"2020": wave(1, ["S"]), "2022": wave(2, ["S"])})
    with pytest.raises(EstimateError, match="no exact split by item where answers are missing"):
        kp.attribute_change(holes, "2020", "2022", spec=spec)
    full = kp.stack_waves({"2020": wave(1, ["S"], lost=0), "2022": wave(2, ["S"], lost=0)})
    change = kp.attribute_change(full, "2020", "2022", spec=spec)
    assert change.parts.value.sum() == pytest.approx(change.total.value[0], abs=1e-12)


def test_wrong_requests_are_refused_with_what_to_do(waves):
    elsewhere = kp.stack_waves({"2020": wave(1, ["N"]), "2022": wave(2, ["S"])})
    empty = kp.stack_waves({"2020": wave(1, ["N"]), "2022": kp.Survey(wave(2, ["N"]).frame.assign(region=None), design=kp.Design(weight="w"))})
    other = {"2020": SPEC, "2022": kp.IndexSpec(["a", "b"], scale=(1, 5))}
    for survey, options, error, words in [
        (waves, {"base": "2022"}, DataError, "the same wave '2022'"),
        (waves, {"base": "2019"}, DataError, "there is no wave '2019'; the waves are '2020', '2022'"),
        (waves, {"method": "causes"}, ChoiceError, "method is 'causes'"),
        (waves, {"drivers": {"mix": ["a"]}}, DataError, "a driver is called 'mix', which names another part"),
        (waves, {"drivers": {"x": ["d"]}}, DataError, "driver 'x' names 'd', which is no item"),
        (waves, {"drivers": {"x": ["a"], "y": ["a"]}}, DataError, "belongs to the drivers 'x' and 'y'"),
        (waves, {"drivers": {"rest": ["a"]}}, DataError, "names another part"),
        (waves, {"frame": "regions"}, DataError, "'regions' is not a column of the survey; did you mean 'region'"),
        (waves, {"spec": other}, DataError, "'c' belong to the index of one wave only"),
        (elsewhere, {"frame": "region"}, DataError, "no group of 'region' was asked in both waves: 'N' in '2020', 'S' in '2022'"),
        (empty, {"frame": "region"}, DataError, "the frame column 'region' has no code in wave '2022'"),
    ]:
        arguments = {"base": "2020", "current": "2022", "spec": SPEC, **options}
        with pytest.raises(error, match=words):
            kp.attribute_change(survey, **arguments)


def test_a_change_shows_itself(waves):
    change = kp.attribute_change(waves, "2020", "2022", spec=SPEC, frame="region", drivers=DRIVERS)
    assert "accounted for by" in repr(change)
    assert "caused" not in repr(change) + change._repr_html_()
    assert len(change.plot(language="en").get_yticklabels()) == 6
    with pytest.raises(EstimateError, match="no drivers were named"):
        kp.attribute_change(waves, "2020", "2022", spec=SPEC).to_frame("drivers")


def test_equal_counts_of_answers_do_not_make_respondents_complete() -> None:
    # three items, each missed by one of two rows, one of them above the threshold: the parts summed to another number
    rows = pd.DataFrame({"a": [1.0, 2, 4, np.nan], "b": [2.0, 3, 4, np.nan], "c": [3.0, 5, np.nan, 4]})
    both = kp.stack_waves({"1": kp.Survey(rows), "2": kp.Survey(rows[["c", "a", "b"]].set_axis(ITEMS, axis=1))})
    with pytest.raises(EstimateError, match="no exact split by item where answers are missing"):
        kp.attribute_change(both, "1", "2", spec=kp.IndexSpec(ITEMS, scale=(1, 5), level="respondents"))


def test_respondents_who_weigh_items_by_what_they_stated_have_no_exact_parts() -> None:
    # the parts summed to 2.32, the total was -0.65
    stream = np.random.default_rng(1)
    frames = [pd.DataFrame(stream.integers(1, 6, (40, 4)), columns=["a", "b", "ia", "ib"]) for _ in range(2)]
    waves = kp.stack_waves({"1": kp.Survey(frames[0]), "2": kp.Survey(frames[1])})
    spec = kp.IndexSpec(["a", "b"], scale=(1, 5), level="respondents", weights={"a": "ia", "b": "ib"})
    with pytest.raises(EstimateError, match="no exact split by item where respondents weight the items"):
        kp.attribute_change(waves, "1", "2", spec=spec)


def test_codebook_drivers_that_are_called_as_another_part_are_refused(waves):
    from kepuasan.codebook import Driver

    book = kp.Codebook({name: kp.codebook.Item(name) for name in ITEMS}, drivers={"rest": Driver("rest", "sisa", ("a",))})
    with pytest.raises(DataError, match="a driver is called 'rest'"):
        kp.attribute_change(kp.Survey.assembled(waves.frame, book, waves.design, None), "2020", "2022", spec=SPEC)
