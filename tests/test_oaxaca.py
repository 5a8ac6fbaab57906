"""Oaxaca-Blinder parts: R's numbers, identities, derivatives by each weight, and what is refused."""

import json
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.agreement import HERE, built, check, check_covariance

import kepuasan as kp
from kepuasan.change.oaxaca import REFERENCES, oaxaca_blinder
from kepuasan.errors import ChoiceError, DataError
from kepuasan.numerics.blinder import MeansAndSlopes
from kepuasan.numerics.derivatives import jacobian

R = json.loads((HERE / "oaxaca.json").read_text(encoding="utf-8"))["parts"]
FORMS = [{"reference": reference} for reference in REFERENCES] + [{"fold": 3}]
NAMES = [*REFERENCES, "threefold"]
DRIVERS = ["x", "z", "area"]


def rows(seed, n=160, levels=("east", "north", "south")):
    """Two groups in strata with PSUs, a factor, weights, a few answers missing."""
    stream = np.random.default_rng(seed)
    group, area = stream.choice(["L", "P"], n), stream.choice(levels, n)
    x = stream.normal(2.0, 1.0, n) + (group == "P")
    z = np.round(stream.normal(3.0, 1.0, n) + 0.3 * x)
    y = 1.0 + 0.5 * x + (0.2 + 0.3 * (group == "P")) * z + (area == levels[0]) + stream.normal(0.0, 0.7, n)
    frame = pd.DataFrame({"y": y, "x": x, "z": z}).mask(stream.random((n, 3)) < 0.03)
    design = {"w": stream.uniform(1.0, 4.0, n), "h": stream.integers(0, 4, n), "u": stream.integers(0, 5, n)}
    return frame.assign(group=group, area=area, **design)


def surveyed(frame):
    return kp.Survey(frame, design=kp.Design(weight="w", strata="h", psu="u"))


def parts_of(survey, drivers=DRIVERS, base="L", current="P", **form):
    return oaxaca_blinder(survey, "y", drivers, group="group", base=base, current=current, **form).parts


def by_key(estimates, numbers=None):
    values = estimates.value if numbers is None else numbers
    return dict(zip(map(tuple, estimates.key.astype(str).to_numpy()), values, strict=True))


@pytest.fixture(scope="module")
def survey():
    return surveyed(rows(1))


# ---------------------------------------------------------------- R


@pytest.mark.parametrize("form", NAMES)
@pytest.mark.parametrize("name", R)
def test_parts_and_their_covariance_are_those_of_r(name, form):
    case, expected = R[name]["case"], R[name]["forms"][form]
    survey = built(case["design"])
    if R[name]["replicates"]:
        survey = kp.add_replicates(survey, "jkn")
    asked = {"fold": 3} if form == "threefold" else {"reference": form}
    group = "wave" if case["group"] == "year" else case["group"]
    drivers = case["drivers"]
    change = oaxaca_blinder(survey, case["outcome"], drivers, group=group, base=case["base"], current=case["current"], **asked)
    key = pd.DataFrame(expected["key"])
    columns = list(change.parts.key.columns)
    assert columns == (["part", "item", "category"] if (key["category"] != "").any() else ["part", "item"])
    assert change.parts.key.astype(str).to_numpy().tolist() == key[columns].to_numpy().tolist()
    check(change.parts.value, expected["value"], scale=max(np.abs(expected["value"])))
    check_covariance(change.parts.vcov, expected["vcov"])
    assert [change.start.n[0], change.end.n[0]] == R[name]["n"]


# ---------------------------------------------------------------- identities


@pytest.mark.parametrize("form", FORMS, ids=NAMES)
@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_parts_sum_to_the_gap_and_their_covariance_to_its_variance(form, seed):
    survey = surveyed(rows(seed))
    change = oaxaca_blinder(survey, "y", DRIVERS, group="group", base="L", current="P", **form)
    assert change.parts.value.sum() == pytest.approx(change.total.value[0], abs=1e-12)
    assert change.parts.vcov.sum() == pytest.approx(change.total.se[0] ** 2, rel=1e-9)
    assert change.end.value[0] - change.start.value[0] == pytest.approx(change.total.value[0], abs=1e-13)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_half_is_endowments_and_half_the_interaction(seed):
    survey = surveyed(rows(seed))
    half, three = by_key(parts_of(survey)), by_key(parts_of(survey, fold=3))
    explained = {key[1:]: value for key, value in half.items() if key[0] == "explained"}
    assert len(explained) == 5
    for key, value in explained.items():
        assert value == pytest.approx(three["endowments", *key] + three["interaction", *key] / 2, abs=1e-12)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_gelbach_is_the_reference_with_the_indicator(seed):
    survey = surveyed(rows(seed))
    gelbach, pooled = parts_of(survey, reference="gelbach"), parts_of(survey, reference="pooled")
    assert gelbach.key["item"].tolist()[-1] == "Intercept"
    assert gelbach[{"part": "explained"}].value == pytest.approx(pooled[{"part": "explained"}].value, abs=1e-13)
    assert gelbach[{"part": "explained"}].se == pytest.approx(pooled[{"part": "explained"}].se, rel=1e-10)
    rest = pooled[{"part": "unexplained"}]
    assert gelbach[{"part": "unexplained"}].value == pytest.approx([rest.value.sum()], abs=1e-12)
    assert gelbach[{"part": "unexplained"}].se == pytest.approx([np.sqrt(rest.vcov.sum())], rel=1e-9)


@pytest.mark.parametrize("form", FORMS, ids=NAMES)
def test_no_part_depends_on_the_level_left_out(survey, form):
    renamed = {"east": "c", "north": "a", "south": "b"}
    other = surveyed(survey.frame.assign(area=survey.frame["area"].map(renamed)))
    one, two = parts_of(survey, **form), parts_of(other, **form)
    for numbers in (lambda estimates: estimates.value, lambda estimates: estimates.se):
        expected = {(*key[:2], renamed.get(key[2], "")): value for key, value in by_key(one, numbers(one)).items()}
        assert by_key(two, numbers(two)) == pytest.approx(expected, abs=1e-11)


@pytest.mark.parametrize("reference", REFERENCES)
@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_swapping_the_groups_turns_every_sign_and_no_error(reference, seed):
    survey = surveyed(rows(seed))
    mirror = {"base": "current", "current": "base"}.get(reference, reference)
    there, back = parts_of(survey, reference=reference), parts_of(survey, base="P", current="L", reference=mirror)
    assert there.value == pytest.approx(-back.value, abs=1e-11)
    assert there.se == pytest.approx(back.se, rel=1e-8)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), factor=st.floats(1e-4, 1e6))
def test_weights_have_no_scale(seed, factor):
    frame = rows(seed)
    one, two = parts_of(surveyed(frame)), parts_of(surveyed(frame.assign(w=frame["w"] * factor)))
    assert two.value == pytest.approx(one.value, abs=1e-10)
    assert two.se == pytest.approx(one.se, rel=1e-8)


def test_neither_the_order_of_rows_nor_of_drivers_matters(survey):
    other = surveyed(survey.frame.sample(frac=1.0, random_state=3))
    one, two = parts_of(survey), parts_of(other, DRIVERS[::-1])
    assert by_key(two) == pytest.approx(by_key(one), abs=1e-11)
    assert by_key(two, two.se) == pytest.approx(by_key(one, one.se), rel=1e-8)


def test_columns_with_large_means_lose_no_digits(survey):
    """Moments about 0 would leave half the digits of numbers near 1e6 with a spread of 1."""
    far = surveyed(survey.frame.assign(x=survey.frame["x"] * 1e-3 + 1e6))
    one, two = parts_of(survey, fold=3), parts_of(far, fold=3)
    for item in ("z", "x"):
        assert two[{"part": "endowments", "item": item}].value == pytest.approx(one[{"part": "endowments", "item": item}].value, rel=1e-6)
    assert two[{"part": "interaction", "item": "z"}].se == pytest.approx(one[{"part": "interaction", "item": "z"}].se, rel=1e-6)


def test_a_fall_is_negative(survey):
    """Another tool gives the gap without its sign."""
    fall = oaxaca_blinder(survey, "y", ["x"], group="group", base="P", current="L")
    assert fall.total.value[0] < -0.5
    assert fall.parts["x"].value[0] < 0


# ---------------------------------------------------------------- brute force


def influence_by_differences(frame, weighted, compute):
    """What each row's base weight changes, times that weight."""
    found = []
    for place in range(len(frame)):
        step = 1e-5 * frame["w"].iloc[place]
        sides = []
        for sign in (1, -1):
            weight = frame["w"].to_numpy().copy()
            weight[place] += sign * step
            sides.append(compute(weighted(frame.assign(w=weight))))
        found.append((sides[0] - sides[1]) / (2 * step) * frame["w"].iloc[place])
    return np.array(found)


def covariance_of_rows(influence):
    centred = influence - influence.mean(axis=0)
    return len(influence) / (len(influence) - 1) * centred.T @ centred


@pytest.mark.parametrize("form", FORMS, ids=NAMES)
def test_errors_follow_from_the_derivative_by_every_weight(form):
    frame = rows(5, 32, ("east", "north")).dropna()
    share = frame.loc[frame["group"] == "P", "w"].sum() / frame["w"].sum()

    def weighted(data):
        return kp.Survey(data, design=kp.Design(weight="w"))

    def compute(survey):
        if form.get("reference") != "cotton":
            return parts_of(survey, **form).value
        base, current = parts_of(survey, reference="base"), parts_of(survey, reference="current")  # the shares are held fixed
        return (1 - share) * base.value + share * current.value

    parts = parts_of(weighted(frame), **form)
    assert parts.value == pytest.approx(compute(weighted(frame)), abs=1e-12)
    brute = covariance_of_rows(influence_by_differences(frame, weighted, compute))
    assert parts.vcov == pytest.approx(brute, abs=1e-6 * parts.se.max() ** 2)


@pytest.mark.parametrize("form", [{"reference": "pooled"}, {"fold": 3}], ids=["pooled", "threefold"])
def test_weighting_steps_are_credited(form):
    frame = rows(6, 32, ("east", "north")).dropna()
    totals = {"east": 60.0, "north": 50.0}

    def weighted(data):
        return kp.poststratify(kp.Survey(data, design=kp.Design(weight="w")), "area", totals)

    def compute(survey):
        return parts_of(survey, ["x", "z"], **form).value

    parts = parts_of(weighted(frame), ["x", "z"], **form)
    brute = covariance_of_rows(influence_by_differences(frame, weighted, compute))
    assert parts.vcov == pytest.approx(brute, abs=1e-6 * parts.se.max() ** 2)


def test_replicates_do_every_part_again(survey):
    replicated = kp.add_replicates(survey, "jkn")
    parts = parts_of(replicated, reference="pooled")
    weights = kp.replicate_weights(replicated).to_numpy()
    again = [kp.Survey(survey.frame.assign(w=weight), design=kp.Design(weight="w")) for weight in weights.T]
    redone = np.array([parts_of(one, reference="pooled").value for one in again])
    psus = survey.frame.drop_duplicates(["h", "u"]).groupby("h")["u"].size()
    assert len(redone) == psus.sum()
    stratum = np.repeat(np.arange(4), psus)
    scale = ((psus - 1) / psus).to_numpy()[stratum]
    assert parts.se == pytest.approx(np.sqrt((scale[:, None] * (redone - redone.mean(axis=0)) ** 2).sum(axis=0)), rel=1e-9)


def test_gradients_of_means_and_slopes_are_exact():
    stream = np.random.default_rng(8)
    root = stream.normal(size=(3, 5, 9))
    mean, covariance = stream.normal(size=(3, 5)), root @ root.swapaxes(-1, -2)

    def plain(both):
        covariance = both[..., 5:].reshape(*both.shape[:-1], 5, 5)
        slopes = np.linalg.solve(covariance[..., :3, :3], covariance[..., :3, 4:])[..., 0]
        return np.concatenate([both[..., :5], slopes], axis=-1)

    ours = MeansAndSlopes(3)
    by_mean, by_covariance = ours.gradients(mean, covariance)
    for place in range(3):
        both = np.concatenate([mean[place], covariance[place].ravel()])
        expected = jacobian(plain, both)
        assert ours.values(mean, covariance)[place] == pytest.approx(plain(both), rel=1e-12)
        assert by_mean[place] == pytest.approx(expected[:, :5], abs=1e-12)
        square = expected[:, 5:].reshape(-1, 5, 5)
        assert by_covariance[place] == pytest.approx((square + square.swapaxes(1, 2)) / 2, abs=1e-12)


# ---------------------------------------------------------------- the record


def test_start_and_end_are_means_of_the_complete_rows(survey):
    change = oaxaca_blinder(survey, "y", ["x", "z"], group="group", base="L", current="P")
    complete = survey.where(survey.frame[["y", "x", "z"]].notna().all(axis=1))
    means = kp.mean(complete, "y", by="group")
    joined = change.start.join(change.end)
    for numbers in ("value", "se", "n", "df", "deff"):
        assert getattr(joined, numbers) == pytest.approx(getattr(means, numbers), rel=1e-10)
    assert joined.key["group"].tolist() == ["L", "P"]
    assert change.total.se == pytest.approx(means.contrast({"group": "P"}, {"group": "L"}).se, rel=1e-10)
    assert set(change.parts.n) == {means.n.sum()}
    assert (change.base, change.current, change.what, change.total.kind, change.start.kind) == ("L", "P", "y", "difference", "mean")


def test_named_drivers_are_added_up_by_part(survey):
    change = oaxaca_blinder(survey, "y", {"first": ["x", "area"], "second": "z"}, group="group", base="L", current="P")
    assert change.drivers.key.to_numpy().tolist() == [
        ["explained", "first"],
        ["explained", "second"],
        ["unexplained", "Intercept"],
        ["unexplained", "first"],
        ["unexplained", "second"],
    ]
    first = change.parts[{"part": "explained", "driver": "first"}]
    assert len(first) == 4
    assert change.drivers.value[0] == pytest.approx(first.value.sum(), abs=1e-12)
    assert change.drivers.se[0] == pytest.approx(np.sqrt(first.vcov.sum()), rel=1e-10)
    assert change.drivers.value.sum() == pytest.approx(change.total.value[0], abs=1e-12)


def test_two_spellings_of_a_code_are_one_group():
    frame = rows(2).assign(group=lambda data: data["group"].map({"L": 1, "P": 2}))
    mixed = frame.assign(group=frame["group"].astype(object).where(frame.index % 2 == 0, frame["group"].astype(str)))
    plain = parts_of(surveyed(frame), base=1, current=2)
    for data, base, current in ((frame, "1", 2.0), (frame.assign(group=frame["group"].astype(float)), 1, "2"), (mixed, 1.0, 2)):
        assert parts_of(surveyed(data), base=base, current=current).value == pytest.approx(plain.value, abs=1e-12)


def test_numbers_asked_for_as_levels_are_a_factor(survey):
    frame = survey.frame.assign(zone=survey.frame["area"].map({"east": 1, "north": 2, "south": 3}))
    text, coded = parts_of(survey), parts_of(surveyed(frame), ["x", "z", "C(zone)"])
    assert coded.value == pytest.approx(text.value, abs=1e-12)
    assert coded[{"part": "explained", "item": "C(zone)"}].key["category"].tolist() == [1, 2, 3]


def test_a_domain_keeps_the_design(survey):
    inside = survey.where("x > 1")
    alone = parts_of(inside, ["x", "z"])
    assert alone.n[0] < parts_of(survey, ["x", "z"]).n[0]
    assert alone.design_df == survey.design.df
    third = surveyed(survey.frame.assign(group=survey.frame["group"].where(survey.frame["x"] > 1, "other")))
    assert parts_of(third, ["x", "z"]).se == pytest.approx(alone.se, rel=1e-10)


# ---------------------------------------------------------------- refusals


REFUSED = {
    "base and current are the same code 'L' of 'group'": {"current": "L"},
    "no row with a weight has 'group' 'M'.*its codes are 'L', 'P'": {"current": "M"},
    "the outcome 'y' is among the drivers": {"drivers": ["x", "y"]},
    "the group 'group' is among the drivers": {"drivers": ["x", "group"]},
    "'y' is both the outcome and the group": {"group": "y"},
    "'flat' never varies in group P": {"drivers": ["x", "flat"]},
    "'sum' is determined by 'x', 'z' in group L": {"drivers": ["x", "z", "sum"]},
    "'wrong' is not a column": {"drivers": ["x", "wrong"]},
    "the outcome 'area' holds text": {"outcome": "area", "drivers": ["x"]},
    "reference='pooled' is for two folds": {"fold": 3, "reference": "pooled"},
    "levels of 'lone' that one group lacks: 'b' in 'L'": {"drivers": ["x", "lone"]},
    "'area' twice, as numbers and as a factor": {"drivers": ["area", "C(area)"]},
    "names the constant": {"drivers": {"Intercept": ["x"]}},
    "no row of 'P' has an answer to every column": {"drivers": ["x", "unasked"]},
    "'n', which is a column of every table": {"group": "n"},
}


@pytest.mark.parametrize("message", REFUSED)
def test_what_cannot_be_decomposed_is_refused(survey, message):
    frame = survey.frame
    in_p = frame["group"] == "P"
    odd = {
        "flat": np.where(in_p, 2.0, frame["z"] ** 2),
        "sum": frame["x"] + 2 * frame["z"],
        "lone": np.where(in_p & (frame.index % 2 == 0), "b", "a"),
    }
    data = surveyed(frame.assign(**odd, unasked=frame["x"].mask(in_p), n=frame["group"]))
    asked = {"outcome": "y", "drivers": ["x"], "group": "group", "base": "L", "current": "P"} | REFUSED[message]
    with pytest.raises(DataError, match=message):
        oaxaca_blinder(data, asked.pop("outcome"), asked.pop("drivers"), **asked)


@pytest.mark.parametrize("asked", [{"fold": 4}, {"reference": "neumrk"}], ids=["fold", "reference"])
def test_an_unknown_form_is_refused_with_the_list(survey, asked):
    with pytest.raises(ChoiceError, match="choose one of"):
        parts_of(survey, **asked)


def test_a_complete_survey_raises_no_warning(survey):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        change = oaxaca_blinder(survey, "y", DRIVERS, group="group", base="L", current="P", reference="gelbach")
    assert np.isfinite(change.parts.se).all()
