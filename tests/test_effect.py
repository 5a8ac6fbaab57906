"""Differences in differences of the index: R's numbers, derivatives by each weight, and what is refused."""

import json

import numpy as np
import pytest
from reference.agreement import HERE, built, check, check_covariance

import kepuasan as kp
from kepuasan.effect import programme_effect
from kepuasan.errors import DataError, DataWarning

R = json.loads((HERE / "oaxaca.json").read_text(encoding="utf-8"))["effects"]
WEIGHTS = {"speed": 0.7, "ease": 0.3}
YEARS = {"base": "2020", "current": "2022"}


def spec_of(level="items", **fields):
    return kp.IndexSpec(list(WEIGHTS), weights=WEIGHTS, scale=(1, 5), level=level, **fields)


def with_pilot(survey, pilot=None):
    """The survey with a column of who was treated: women, unless told."""
    frame = survey.frame
    return kp.Survey(frame.assign(pilot=(frame["sex"] == "P").astype(int) if pilot is None else pilot), survey.codebook, survey.design)


@pytest.fixture(scope="module")
def waves():
    return with_pilot(built("waves-shared"))


def effect(survey, **asked):
    return programme_effect(survey, **({"treated": "pilot", "spec": spec_of()} | YEARS | asked))


# ---------------------------------------------------------------- R, and by hand


@pytest.mark.parametrize("level", ["respondents", "items"])
@pytest.mark.parametrize("name", R)
def test_both_forms_and_their_covariance_are_those_of_r(name, level):
    expected, survey = R[name][level], with_pilot(built(name))
    found = effect(survey, spec=spec_of(level), mix="region")
    assert found.key["adjustment"].tolist() == ["raw", "mix-adjusted"]
    assert found.key["item"].tolist() == ["index"] * 2
    check(found.value, expected["value"])
    check_covariance(found.vcov, expected["vcov"])
    raw = effect(survey, spec=spec_of(level))
    assert list(raw.key.columns) == ["item", "wave", "pilot"]
    check([raw.value[0], raw.se[0]], [expected["value"][0], np.sqrt(expected["vcov"][0][0])])
    if "svyglm" in expected:
        check([raw.value[0], raw.se[0]], list(expected["svyglm"].values()))


def test_raw_is_the_difference_of_two_differences(waves):
    by_group = [kp.compare_waves(waves.where(f"pilot == {flag}"), "2020", "2022", spec=spec_of()) for flag in (1, 0)]
    raw = effect(waves)
    assert raw.value[0] == pytest.approx(by_group[0].value[0] - by_group[1].value[0], abs=1e-12)
    assert raw.n[0] == by_group[0].n[0] + by_group[1].n[0]
    assert raw.kind == "difference"
    assert {"t", "p_value"} <= set(raw.to_frame())


def plain(frame, weight, mix, level):
    """Raw and mix-adjusted (..., 2) under weights (..., rows), by sums alone."""
    score, share = (frame[list(WEIGHTS)].to_numpy() - 1) * 25, np.array(list(WEIGHTS.values()))
    there = ~np.isnan(score)
    filled = np.where(there, score, 0.0)
    wave, pilot, cells = frame["wave"].astype(str).to_numpy(), frame["pilot"].to_numpy(), frame[mix].to_numpy()
    answered = there.any(axis=1)

    def index(rows):
        w = weight * rows
        if level == "items":
            return ((w @ filled) / (w @ there)) @ share
        own = (filled @ share) / np.where(answered, there @ share, 1.0)
        return (w * answered) @ own / (w @ answered)

    def effect_of(cell):
        at = {(t, year): index(cell & (pilot == t) & (wave == year)) for t in (0, 1) for year in YEARS.values()}
        return at[1, "2022"] - at[1, "2020"] - at[0, "2022"] + at[0, "2020"]

    adjusted = 0.0
    for cell in np.unique(cells):
        of = [answered & (pilot == 1) & (wave == year) for year in YEARS.values()]
        shares = [weight @ (one & (cells == cell)) / (weight @ one) for one in of]
        adjusted = adjusted + (shares[0] + shares[1]) / 2 * effect_of(cells == cell)
    return np.stack([effect_of(answered), adjusted], axis=-1)


@pytest.mark.parametrize("level", ["items", "respondents"])
def test_errors_follow_from_the_derivative_by_every_weight(level):
    frame = with_pilot(built("waves-shared")).frame[["wave", "speed", "ease", "pilot", "region", "w"]]
    parts = {wave: kp.Survey(rows.drop(columns="wave"), design=kp.Design(weight="w")) for wave, rows in frame.groupby("wave")}
    found = effect(kp.stack_waves(parts), spec=spec_of(level), mix="region")
    weight, brute = frame["w"].to_numpy(), 0.0
    assert found.value == pytest.approx(plain(frame, weight, "region", level), abs=1e-11)
    sides = [plain(frame, weight + sign * np.diag(1e-5 * weight), "region", level) for sign in (1, -1)]
    influence = (sides[0] - sides[1]) / 2e-5
    for wave in YEARS.values():
        one = influence[frame["wave"].astype(str) == wave]
        centred = one - one.mean(axis=0)
        brute = brute + len(one) / (len(one) - 1) * centred.T @ centred
    assert found.vcov == pytest.approx(brute, rel=1e-6)


def test_replicates_do_both_again(waves):
    frame = waves.frame.assign(north=waves.frame["region"] == "north")
    replicated = kp.add_replicates(kp.Survey(frame, waves.codebook, waves.design), "jkn")
    found = effect(replicated, mix="north")
    redone = plain(frame, kp.replicate_weights(replicated).to_numpy().T, "north", "items")
    scale = replicated.design.replication.rule.scale
    brute = (scale[:, None] * (redone - redone.mean(axis=0)) ** 2).sum(axis=0)
    assert found.se == pytest.approx(np.sqrt(brute), rel=1e-9)


# ---------------------------------------------------------------- identities


def test_swapped_waves_turn_the_sign(waves):
    there, back = effect(waves, mix="region"), effect(waves, mix="region", base="2022", current="2020")
    assert there.value == pytest.approx(-back.value, abs=1e-11)
    assert there.se == pytest.approx(back.se, rel=1e-9)


def test_one_cell_adjusts_nothing(waves):
    frame = waves.frame.assign(all="one")
    found = effect(kp.Survey(frame, waves.codebook, waves.design), mix=["all"])
    assert found.value[1] == pytest.approx(found.value[0], abs=1e-11)
    assert found.se[1] == pytest.approx(found.se[0], rel=1e-9)
    assert found.n[0] == found.n[1]


def test_weights_have_no_scale():
    frame = built("waves-shared").frame
    found = []
    for factor in (1.0, 9.0):
        parts = {
            wave: kp.Survey(rows.drop(columns="wave").assign(w=rows["w"] * factor), design=kp.Design(weight="w", strata="stratum", psu="psu"))
            for wave, rows in frame.groupby("wave")
        }
        found.append(effect(with_pilot(kp.stack_waves(parts)), mix="region"))
    assert found[0].value == pytest.approx(found[1].value, rel=1e-10)
    assert found[0].se == pytest.approx(found[1].se, rel=1e-10)


def test_each_wave_may_have_its_own_specification(waves):
    one = {"2020": spec_of(), "2022": spec_of()}
    assert effect(waves, spec=one, mix="region").value == pytest.approx(effect(waves, mix="region").value, abs=1e-12)
    other = one | {"2022": kp.IndexSpec(["speed"], scale=(1, 5))}
    assert effect(waves, spec=other).value[0] != pytest.approx(effect(waves).value[0], abs=0.1)


@pytest.mark.parametrize("codes", [{0: False, 1: True}, {0: "0", 1: "1"}, {0: 0.0, 1: 1.0}], ids=["bool", "text", "float"])
def test_the_treated_may_be_coded_in_several_ways(waves, codes):
    coded = with_pilot(waves, waves.frame["pilot"].map(codes))
    assert effect(coded, mix="region").value == pytest.approx(effect(waves, mix="region").value, abs=1e-12)


def test_stated_importance_is_that_of_each_cell(waves):
    stream = np.random.default_rng(4)
    stated = {f"i_{item}": stream.integers(1, 6, len(waves.frame)) for item in WEIGHTS}
    survey = kp.Survey(waves.frame.assign(**stated), waves.codebook, waves.design)
    found = effect(survey, spec=kp.IndexSpec(list(WEIGHTS), weights={item: f"i_{item}" for item in WEIGHTS}, scale=(1, 5)), mix="region")
    assert np.isfinite(found.se).all()
    assert (found.se > 0).all()


@pytest.mark.parametrize("level", ["items", "respondents"])
def test_the_sample_of_admins_has_an_effect(level):
    admins = kp.load_sample("admins")
    spec = kp.IndexSpec(**(dict(admins.codebook.index) | {"level": level}))
    found = effect(admins, spec=spec, mix="sex")
    assert np.isfinite(found.value).all()
    assert (found.se > 0).all()
    assert np.isfinite(found.to_frame()["p_value"]).all()


# ---------------------------------------------------------------- what is left out, and refused


def test_rows_without_a_cell_are_counted(waves):
    frame = waves.frame.copy()
    rows = frame.index[frame["region"] == "north"][:3]
    frame.loc[rows, "region"] = None
    with pytest.warns(DataWarning, match="3 rows have no code in 'region'"):
        found = effect(kp.Survey(frame, waves.codebook, waves.design), mix="region")
    assert found.value[0] == effect(waves).value[0]


def test_cells_where_nobody_was_treated_are_counted(waves):
    frame = waves.frame.copy()
    rows = frame.index[frame["pilot"] == 0][:4]
    frame.loc[rows, "region"] = "isle"
    with pytest.warns(DataWarning, match="4 rows lie in cells of the mix without treated members"):
        found = effect(kp.Survey(frame, waves.codebook, waves.design), mix="region")
    inside = waves.where(~waves.frame.index.isin(rows))
    assert found.value[1] == pytest.approx(effect(inside, mix="region").value[1], abs=1e-12)


def test_an_empty_cell_is_named(waves):
    gone = (waves.frame["pilot"] == 0) & (waves.frame["wave"].astype(str) == "2022") & (waves.frame["region"] == "south")
    with pytest.raises(DataError, match="empty cells of the mix: 'region south' among the untreated of '2022'; merge"):
        effect(waves.where(~gone), mix="region")


@pytest.mark.filterwarnings("ignore:.*have no answer and are empty")
def test_a_cell_without_an_index_is_named(waves):
    frame = waves.frame.copy()
    frame.loc[(frame["pilot"] == 0) & (frame["wave"].astype(str) == "2022") & (frame["region"] == "south"), "ease"] = np.nan
    with pytest.raises(DataError, match="nobody has an index in cells of the mix of '2022': 'south'"):
        effect(kp.Survey(frame, waves.codebook, waves.design), mix="region")


def test_a_wave_without_untreated_members_says_what_that_means(waves):
    """Every region of the users' 2022 wave is a pilot region."""
    users = kp.load_sample("users")
    pilots = set(users.frame.loc[users.frame["wave"] == "2022", "region"])
    asked = {"treated": "pilot", **YEARS}
    with pytest.raises(DataError, match="wave '2022' has no untreated member.*difference in differences does not exist"):
        programme_effect(with_pilot(users, users.frame["region"].isin(pilots)), **asked)
    late = with_pilot(waves, (waves.frame["pilot"] == 1) & (waves.frame["wave"].astype(str) == "2022"))
    with pytest.raises(DataError, match="wave '2020' has no treated member"):
        effect(late)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"current": 2020}, "base and current are the same wave"),
        ({"treated": "pilt"}, "'pilt' is not a column.*did you mean 'pilot'"),
        ({"treated": "region"}, "'region' tells the treated .* but is 'east' in .* rows, 'north' in .* rows"),
        ({"treated": "holes"}, "'holes' tells the treated .* but is missing in 5 rows"),
        ({"mix": "pilot"}, "the column of the treated"),
        ({"mix": ["region", "wave"]}, "the column of the waves"),
        ({"mix": "speed"}, "'speed', which are items of the index"),
        ({"mix": "regin"}, "'regin' is not a column"),
        ({"base": "2019"}, "2019"),
        ({"spec": {"2020": spec_of("items"), "2022": spec_of("respondents")}}, "different levels"),
    ],
)
def test_what_cannot_be_compared_is_refused(waves, asked, message):
    holes = waves.frame["pilot"].astype(float).where(waves.frame.index >= 5)
    survey = kp.Survey(waves.frame.assign(holes=holes), waves.codebook, waves.design)
    with pytest.raises(DataError, match=message):
        effect(survey, **asked)
