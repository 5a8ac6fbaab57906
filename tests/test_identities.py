"""What must hold on any data, tried on random surveys of two waves: every identity that needs no reference number."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import kepuasan as kp

ITEMS = ["a", "b", "c"]
DESIGN = kp.Design(weight="w", strata="h", psu="u")
SPEC = kp.IndexSpec(ITEMS, scale=(1, 5), weights={"a": 0.5, "b": 0.3, "c": 0.2})
LATER = kp.IndexSpec(ITEMS, scale=(1, 5), weights={"a": 0.2, "b": 0.3, "c": 0.5})
REFERENCES = ["half", "base", "current", "pooled", "neumark", "cotton", "gelbach"]

identity = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
seeds = st.integers(0, 2**32 - 1)
pytestmark = pytest.mark.filterwarnings("ignore:the limits of importance:kepuasan.errors.DataWarning")


def rows(stream, n=90, lost=0.0):
    """Answers that hang together, an outcome, who answered, three strata of four PSUs."""
    halo = stream.normal(size=n)
    frame = pd.DataFrame({item: np.clip(np.round(3 + halo + stream.normal(size=n)), 1, 5) for item in ITEMS})
    frame["overall"] = frame[ITEMS].to_numpy() @ stream.uniform(0.1, 0.6, 3) + stream.normal(size=n)
    frame[ITEMS] = frame[ITEMS].mask(stream.random((n, 3)) < lost)
    place = np.arange(n)
    return frame.assign(
        sex=np.where(stream.random(n) < 0.5, "L", "P"), region=stream.integers(1, 4, n), h=place % 3, u=place // 3 % 4, w=stream.uniform(1, 4, n)
    )


def two_waves(seed, lost=0.0, shared=None):
    stream = np.random.default_rng(seed)
    frames = {"2020": rows(stream, lost=lost), "2022": rows(stream, lost=lost)}
    return kp.stack_waves(
        {label: kp.Survey(frame, design=DESIGN) for label, frame in frames.items()}, shared_psu=bool(seed % 2) if shared is None else shared
    )


def one_wave(seed, lost=0.0):
    return kp.Survey(rows(np.random.default_rng(seed), lost=lost), design=DESIGN)


def check_same(one, other, rel=1e-9):
    """Two estimates with the same values and errors."""
    scale = np.abs(other.value).max()
    assert one.value == pytest.approx(other.value, rel=rel, abs=rel * scale)
    assert one.se == pytest.approx(other.se, rel=10 * rel, abs=10 * rel * np.abs(other.se).max())


def check_adds_up(change):
    """Parts that sum to the total, as their covariance does to its variance."""
    assert change.parts.value.sum() == pytest.approx(change.total.value[0], abs=1e-10 * max(1.0, np.abs(change.parts.value).max()))
    assert change.parts.vcov.sum() == pytest.approx(change.total.se[0] ** 2, rel=1e-8)


CHANGES = {"items": {}, "mix": {"mix": ["sex", "region"]}, "shapley": {"mix": ["sex"]}, "shapley without mix": {}}
changes = st.sampled_from(list(CHANGES))
specs = st.sampled_from([SPEC, {"2020": SPEC, "2022": LATER}])


def attributed(survey, kind, base="2020", current="2022", spec=SPEC):
    return kp.attribute_change(survey, base, current, spec=spec, method=kind.split()[0], **CHANGES[kind])


# ---------------------------------------------------------------- change


@identity
@given(seeds, changes, specs, st.sampled_from([0.0, 0.1]))
def test_parts_and_their_covariance_sum_to_the_change(seed, kind, spec, lost):
    survey = two_waves(seed, lost)
    change = attributed(survey, kind, spec=spec)
    check_adds_up(change)
    check_same(change.total, kp.compare_waves(survey, "2020", "2022", spec=spec))
    for sums in (change.items, change.hierarchy[{"tier": "item"}], change.hierarchy[{"tier": "total"}]):
        assert sums.value.sum() == pytest.approx(change.total.value[0], abs=1e-9)


@identity
@given(seeds, st.sampled_from([0.0, 0.1]))
def test_mix_and_level_are_the_whole_change(seed, lost):
    change = attributed(two_waves(seed, lost), "mix")
    sums = [change.parts[{"part": part}].value.sum() for part in ("mix", "level")]
    assert sum(sums) == pytest.approx(change.total.value[0], abs=1e-10)


@identity
@given(seeds, changes, specs)
def test_swapped_waves_turn_every_sign(seed, kind, spec):
    survey = two_waves(seed)
    there, back = attributed(survey, kind, spec=spec).parts, attributed(survey, kind, "2022", "2020", spec).parts
    assert there.value == pytest.approx(-back.value, abs=1e-10)
    assert there.se == pytest.approx(back.se, rel=1e-7, abs=1e-9)


@identity
@given(seeds, changes)
def test_two_copies_of_a_wave_change_by_nothing(seed, kind):
    survey = one_wave(seed, 0.05)
    change = attributed(kp.stack_waves({"2020": survey, "2022": survey}, shared_psu=True), kind)
    assert np.abs(change.parts.value).max() < 1e-10
    assert np.nanmax(change.parts.se) < 1e-8


@identity
@given(seeds, changes)
def test_weights_times_a_constant_and_the_order_of_rows_change_no_part(seed, kind):
    stream = np.random.default_rng(seed)
    frames = {"2020": rows(stream), "2022": rows(stream)}
    survey = kp.stack_waves({label: kp.Survey(frame, design=DESIGN) for label, frame in frames.items()}, shared_psu=True)
    other = {label: frame.assign(w=frame["w"] * 7).iloc[::-1].reset_index(drop=True) for label, frame in frames.items()}
    turned = kp.stack_waves({label: kp.Survey(frame, design=DESIGN) for label, frame in other.items()}, shared_psu=True)
    check_same(attributed(turned, kind).parts, attributed(survey, kind).parts)


# ---------------------------------------------------------------- Oaxaca-Blinder


def blinder(survey, drivers=(*ITEMS, "sex"), base="2020", current="2022", **options):
    return kp.oaxaca_blinder(survey, "overall", list(drivers), group="wave", base=base, current=current, **options)


@identity
@given(seeds, st.sampled_from(REFERENCES))
def test_two_folds_sum_to_the_gap(seed, reference):
    check_adds_up(blinder(two_waves(seed, 0.05), reference=reference))


@identity
@given(seeds)
def test_three_folds_sum_to_the_gap_and_the_half_reference_shares_the_interaction(seed):
    survey = two_waves(seed)
    three, half = blinder(survey, fold=3), blinder(survey)
    check_adds_up(three)
    endowments, interaction = (three.parts[{"part": part}].value for part in ("endowments", "interaction"))
    assert half.parts[{"part": "explained"}].value == pytest.approx(endowments + interaction / 2, abs=1e-11)


@identity
@given(seeds)
def test_gelbach_explains_what_the_pooled_reference_with_the_indicator_explains(seed):
    survey = two_waves(seed)
    check_same(blinder(survey, reference="gelbach").parts[{"part": "explained"}], blinder(survey, reference="pooled").parts[{"part": "explained"}])


@identity
@given(seeds, st.sampled_from(REFERENCES))
def test_swapped_groups_turn_every_sign(seed, reference):
    survey = two_waves(seed)
    mirror = {"base": "current", "current": "base"}.get(reference, reference)
    there, back = blinder(survey, reference=reference), blinder(survey, base="2022", current="2020", reference=mirror)
    assert there.parts.value == pytest.approx(-back.parts.value, abs=1e-9)
    assert there.parts.se == pytest.approx(back.parts.se, rel=1e-7, abs=1e-10)


@identity
@given(seeds, st.sampled_from(REFERENCES))
def test_the_omitted_level_of_a_factor_changes_no_part(seed, reference):
    survey = two_waves(seed)
    turned = kp.Survey(survey.frame.assign(region=4 - survey.frame["region"]), None, survey.design)
    one, other = (blinder(each, ["a", "C(region)"], reference=reference).parts for each in (survey, turned))
    check_same(other[{"item": "a"}], one[{"item": "a"}], 1e-8)
    if reference != "gelbach":
        check_same(other[{"part": "unexplained", "item": "Intercept"}], one[{"part": "unexplained", "item": "Intercept"}], 1e-7)
    for level in (1, 2, 3):
        check_same(other[{"part": "explained", "category": 4 - level}], one[{"part": "explained", "category": level}], 1e-7)


# ---------------------------------------------------------------- importance


def important(survey, drivers=tuple(ITEMS), **options):
    return kp.driver_importance(survey, "overall", drivers if isinstance(drivers, dict) else list(drivers), **options)


@identity
@given(seeds)
def test_lmg_and_relative_weights_sum_to_r_squared(seed):
    survey = one_wave(seed, 0.05)
    found = [important(survey, method=method) for method in ("lmg", "relative-weights")]
    fit = kp.regress(survey, "overall ~ a + b + c")
    for one in found:
        assert one.importance.value.sum() == pytest.approx(fit.r_squared, rel=1e-10)
        assert one.importance.vcov.sum() == pytest.approx(one.r_squared.se[0] ** 2, rel=1e-8)


@identity
@given(seeds)
def test_two_drivers_have_one_importance_by_both_methods(seed):
    survey = one_wave(seed)
    check_same(important(survey, ITEMS[:2]).importance, important(survey, ITEMS[:2], method="relative-weights").importance)


@identity
@given(seeds, st.sampled_from(["lmg", "first", "last"]))
def test_groups_of_one_item_are_the_items(seed, method):
    survey = one_wave(seed)
    check_same(important(survey, {item: [item] for item in ITEMS}, method=method).importance, important(survey, method=method).importance)


@identity
@given(seeds, st.sampled_from(["lmg", "relative-weights", "first", "last", "beta", "pratt"]))
def test_order_of_drivers_scale_of_items_and_of_weights_change_no_importance(seed, method):
    frame = rows(np.random.default_rng(seed))
    plain = important(kp.Survey(frame, design=DESIGN), method=method).importance
    changed = frame.assign(w=frame["w"] * 3, a=7 - 4 * frame["a"], overall=frame["overall"] / 9 + 1)
    other = important(kp.Survey(changed, design=DESIGN), ITEMS[::-1], method=method).importance
    check_same(kp.Estimates.linear(other, np.eye(3)[::-1], ITEMS), plain, 1e-8)


@identity
@given(seeds, st.sampled_from(["linear", "logit"]))
def test_the_omitted_level_of_a_factor_changes_no_importance(seed, family):
    frame = rows(np.random.default_rng(seed), n=150)
    frame = frame.assign(overall=(frame["overall"] > frame["overall"].median()).astype(int)) if family == "logit" else frame
    one, other = (
        important(kp.Survey(each, design=DESIGN), ["a", "C(region)"], family=family).importance
        for each in (frame, frame.assign(region=4 - frame["region"]))
    )
    check_same(other, one, 1e-7)


# ---------------------------------------------------------------- means, totals, calibration


@identity
@given(seeds)
def test_a_mean_of_a_domain_is_a_ratio_of_totals_and_one_row_of_many(seed):
    survey = one_wave(seed, 0.1)
    frame = survey.frame.assign(
        top=survey.frame["a"].fillna(0.0) * (survey.frame["sex"] == "P"), below=1.0 * ((survey.frame["sex"] == "P") & survey.frame["a"].notna())
    )
    mean = kp.mean(survey.where("sex == 'P'"), "a")
    check_same(kp.ratio(kp.Survey(frame, design=DESIGN), "top", "below"), mean)
    check_same(kp.mean(survey.where("sex == 'P'"), ITEMS)["a"], mean)
    check_same(kp.mean(survey, ITEMS, by="sex")[{"item": "a", "sex": "P"}], mean)


@identity
@given(seeds)
def test_poststratification_is_calibration_on_dummies_and_calibrated_totals_do_not_vary(seed):
    survey = one_wave(seed)
    totals = {1: 100.0, 2: 120.0, 3: 90.0}
    assume(set(survey.frame["region"]) == set(totals))
    post = kp.poststratify(survey, "region", totals)
    calibrated = kp.calibrate(survey, "~ 0 + C(region)", {f"C(region)[{level}]": total for level, total in totals.items()})
    check_same(kp.total(post, "overall"), kp.total(calibrated, "overall"))
    one = kp.Survey(survey.frame.assign(one=1.0), None, post.design)
    counts = kp.total(one, "one", by="region")
    assert counts.value == pytest.approx(list(totals.values()), rel=1e-12)
    assert counts.se == pytest.approx(0.0, abs=1e-9)


@identity
@given(seeds)
def test_the_jackknife_of_a_total_is_its_linearised_variance(seed):
    survey = one_wave(seed)
    assert kp.total(kp.add_replicates(survey, "jkn"), ["a", "overall"]).vcov == pytest.approx(kp.total(survey, ["a", "overall"]).vcov, rel=1e-9)


@identity
@given(seeds)
def test_rows_of_a_unit_may_be_added_up(seed):
    frame = rows(np.random.default_rng(seed))
    weighted = frame.assign(x=frame["overall"] * frame["w"])
    units = weighted.groupby(["h", "u"], as_index=False)[["x", "w"]].sum().assign(one=1.0)
    added = kp.ratio(kp.Survey(units, design=kp.Design(weight="one", strata="h")), "x", "w")
    check_same(added, kp.mean(kp.Survey(frame, design=DESIGN), "overall"))
