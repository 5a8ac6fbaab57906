"""Draws one synthetic wave: its design, its people and their answers.

Answers follow a latent satisfaction (respondent, service unit, dimension, item). The share wanted is reached by the threshold that turns
it into answers, and then by changing the few answers nearest the threshold; weights are never bent to reach a share.
Only the stream of uniform numbers is asked of numpy, since that of other distributions may change between its releases; weights
are whole hundredths, so that their sums are exact.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sample_targets import (
    ADMIN_STRATA,
    ATTRIBUTES,
    DIMENSION_OF,
    NAMED_DRIVERS,
    OFFICE_FIELDS,
    PILOT_REGIONS,
    PILOT_USERS,
    REGIONS,
    WAVES,
    Wave,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

UNITS_IN_A_STRATUM = 42
DONT_KNOW, REFUSED = 8, 9
CHANNELS = {2020: (0.46, 0.31, 0.14, 0.04, 0.03, 0.02), 2021: (0.41, 0.36, 0.08, 0.08, 0.05, 0.02), 2022: (0.37, 0.41, 0.06, 0.09, 0.05, 0.02)}
SCHOOLING = {True: (0.03, 0.07, 0.37, 0.13, 0.33, 0.06, 0.01), False: (0.0, 0.0, 0.10, 0.17, 0.56, 0.16, 0.01)}
NEAR = 45  # answers on each side of a threshold that may be changed
_NORMAL = NormalDist()


def draw_wave(name: str) -> pd.DataFrame:
    """One wave, one row a respondent, drawn and calibrated; the same rows at every call."""
    wave = WAVES[name]
    rng = np.random.Generator(np.random.PCG64([1329, sorted(WAVES).index(name)]))
    frame, cents = _design(wave, rng)
    people = _people(wave, cents, rng)
    latent = _latent(frame, people, rng)
    answers = _answers(wave, frame, cents, latent, rng)
    ids = [f"sintetis-{'u' if wave.of_users else 'a'}{wave.year}-{row:04d}" for row in range(1, wave.n + 1)]
    frame.insert(0, "respondent", ids)
    frame["weight"] = cents / 100
    if not wave.of_users:
        people = people.drop(columns="channel")
    return pd.concat([frame, answers, people], axis=1)


def normal_draws(rng: np.random.Generator, n: int) -> Floats:
    """Standard normal numbers, made from uniform ones."""
    uniform = np.clip(rng.random(n), 1e-12, 1 - 1e-12)
    return np.array([_NORMAL.inv_cdf(one) for one in uniform.tolist()])


def category_draws(rng: np.random.Generator, n: int, shares: tuple[float, ...]) -> Ints:
    """Codes 1, 2, ... with the shares given."""
    return 1 + np.searchsorted(np.cumsum(shares)[:-1], rng.random(n), side="right").astype(np.int64)


def _allot(n: int, sizes: Floats, least: int) -> Ints:
    """n persons over parts in proportion to their sizes, at least so many each, by largest remainders."""
    exact = least + (n - least * len(sizes)) * sizes / sizes.sum()
    whole: Ints = np.floor(exact).astype(np.int64)
    whole[np.argsort(whole - exact, kind="stable")[: n - whole.sum()]] += 1
    return whole


def _strata(wave: Wave) -> list[tuple[str, int, int, int]]:
    """Stratum, its population, its respondents and its service units, for every stratum of a wave."""
    if not wave.of_users:
        counts = _allot(wave.n, np.array([float(row[1]) ** 0.7 for row in ADMIN_STRATA.values()]), 28)
        return [(name, row[1], int(n), row[2]) for (name, row), n in zip(ADMIN_STRATA.items(), counts, strict=True)]
    if wave.year == 2020:
        others = [name for name in REGIONS if name not in PILOT_REGIONS]
        counts = _allot(wave.n - 48 * len(PILOT_REGIONS), np.array([float(REGIONS[name][2]) ** 0.9 for name in others]), 9)
        sampled = dict(zip(others, counts.tolist(), strict=True)) | dict.fromkeys(PILOT_REGIONS, 48)
        return [(name, REGIONS[name][2], sampled[name], 9 if name in PILOT_REGIONS else max(2, sampled[name] // 6)) for name in REGIONS]
    users = {name: PILOT_USERS[name][wave.year - 2021] for name in PILOT_REGIONS}
    counts = _allot(wave.n, np.array(list(users.values())) ** 0.7, 0)
    return [(name, users[name], int(n), 12 + i % 3) for i, (name, n) in enumerate(zip(PILOT_REGIONS, counts, strict=True))]


def _design(wave: Wave, rng: np.random.Generator) -> tuple[pd.DataFrame, Ints]:
    """Place and design columns, and the weights in hundredths."""
    parts, cents = [], []
    for stratum, population, n, units in _strata(wave):
        drawn = np.sort(np.argsort(rng.random(UNITS_IN_A_STRATUM), kind="stable")[:units]) + 1
        counts = _allot(n, 0.6 + rng.random(units), min(3, n // units))
        psu = np.repeat(drawn, counts)
        spread = np.repeat(np.exp(0.18 * normal_draws(rng, units)), counts) * np.exp(0.27 * normal_draws(rng, n))
        share = np.rint(spread / spread.sum() * population * 100).astype(np.int64)
        share[np.argmax(share)] += population * 100 - share.sum()
        cents.append(share)
        parts.append(_places(wave, stratum, psu))
    return pd.concat(parts, ignore_index=True), np.concatenate(cents)


def _places(wave: Wave, stratum: str, psu: Ints) -> pd.DataFrame:
    """Region, province, agency, stratum and service unit of the respondents of one stratum."""
    if wave.of_users:
        fields = list(OFFICE_FIELDS)
        agency = [fields[(code - 1) % len(fields)] for code in psu.tolist()]
        return pd.DataFrame({"region": stratum, "province": REGIONS[stratum][0], "agency": agency, "stratum": stratum, "psu": psu})
    kind, _, _, regions = ADMIN_STRATA[stratum]
    region = [regions[code % len(regions)] for code in psu.tolist()]
    place = [stratum if name == "Nasional" else name for name in region]
    return pd.DataFrame(
        {
            "region": region,
            "province": ["DKI Jakarta" if name == "Nasional" else REGIONS[name][0] for name in region],
            "agency": [f"{name}, instansi {code:02d}" for name, code in zip(place, psu.tolist(), strict=True)],
            "agency_type": kind,
            "pilot": int(kind == 2),
            "stratum": stratum,
            "psu": psu,
        }
    )


def _people(wave: Wave, cents: Ints, rng: np.random.Generator) -> pd.DataFrame:
    """Sex, age, disability, education and channel."""
    n = wave.n
    women = _women(wave, cents, rng)
    ages = ((16, 30), (31, 50), (51, 76)) if wave.of_users else ((22, 30), (31, 45), (46, 58))
    band = category_draws(rng, n, (0.36, 0.47, 0.17))
    low, high = (np.array([ages[code - 1][end] for code in band.tolist()]) for end in (0, 1))
    age = low + np.floor(rng.random(n) * (high - low + 1)).astype(np.int64)
    disabled = np.zeros(n, dtype=np.int64)
    disabled[np.argsort(rng.random(n), kind="stable")[: wave.disabled]] = 1
    education = category_draws(rng, n, SCHOOLING[wave.of_users])
    education = np.where((age < 22) & (education > 4), 3, education)
    channel = category_draws(rng, n, CHANNELS[wave.year])
    return pd.DataFrame({"sex": np.where(women, "P", "L"), "age": age, "disability": disabled, "education": education, "channel": channel})


def _women(wave: Wave, cents: Ints, rng: np.random.Generator) -> Flags:
    """Who is a woman: their number and their weighted share as wanted, by exchanging a few persons of unlike weight."""
    women = np.zeros(wave.n, dtype=np.bool_)
    women[np.argsort(rng.random(wave.n), kind="stable")[: wave.women]] = True
    goal = round(wave.women_share / 100 * int(cents.sum()))
    for _ in range(20):
        lacking = goal - int(cents[women].sum())
        if abs(lacking) < 100:
            break
        inside, outside = np.flatnonzero(women), np.flatnonzero(~women)
        miss = np.abs(lacking - (cents[outside][None, :] - cents[inside][:, None]))
        leaver, joiner = np.unravel_index(int(np.argmin(miss)), miss.shape)
        women[inside[leaver]], women[outside[joiner]] = False, True
    return women


def _latent(frame: pd.DataFrame, people: pd.DataFrame, rng: np.random.Generator) -> dict[str, Floats]:
    """A continuous satisfaction for every question: person and service unit in common, then dimension, then item."""
    n = len(frame)
    of_units = 0.34 if "agency_type" in frame else 0.22
    common = normal_draws(rng, n) + _shared(frame, ["stratum"], 0.12, rng) + _shared(frame, ["stratum", "psu"], of_units, rng)
    common += -0.12 * (people["sex"] == "P") - 0.12 * (people["age"] <= 30) - 0.35 * people["disability"]
    common += 0.10 * (people["channel"] == 2) - 0.15 * (people["channel"] == 3)
    common = np.asarray(common, dtype=np.float64)
    dimensions = {name: normal_draws(rng, n) for name in dict.fromkeys(DIMENSION_OF.values())}
    latent = {item: 0.80 * common + 0.28 * dimensions[DIMENSION_OF[item]] + 0.66 * normal_draws(rng, n) for item in ATTRIBUTES}
    strength = dict.fromkeys(ATTRIBUTES, 0.05) | dict.fromkeys(NAMED_DRIVERS, 0.26) | {"response_speed": 0.30, "answer_quality": 0.24}
    latent["overall"] = np.sum([weight * latent[item] for item, weight in strength.items()], axis=0) + 0.50 * normal_draws(rng, n)
    for item in ("keep_using", "recommend"):
        latent[item] = 0.8 * latent["overall"] + 0.5 * normal_draws(rng, n)
    return latent


def _shared(frame: pd.DataFrame, by: list[str], spread: float, rng: np.random.Generator) -> Floats:
    """One normal effect for every group of rows."""
    groups = frame.groupby(by, sort=False).ngroup().to_numpy()
    return spread * normal_draws(rng, int(groups.max()) + 1)[groups]


def _answers(wave: Wave, frame: pd.DataFrame, cents: Ints, latent: dict[str, Floats], rng: np.random.Generator) -> pd.DataFrame:
    """The coded answers to every question of the wave, calibrated, with their user-missing codes."""
    reluctance = 1.7 * normal_draws(rng, wave.n)
    goals = {item: {domain: shares[i] for domain, shares in wave.shares.items()} for i, item in enumerate(ATTRIBUTES)}
    goals |= {"overall": wave.overall} | {item: {"all": share} for item, share in wave.binary.items()}
    columns: dict[str, Ints] = {}
    for i, (item, goal) in enumerate(goals.items()):
        answered, missing = _missing(reluctance, 0.014 + 0.002 * ((i * 3) % 5), rng)
        top = _in_top_two(goal, _domains(wave, frame), cents * answered, latent[item])
        codes = top.astype(np.int64) if item in wave.binary else _on_scale(latent[item], top, cents)
        columns[item] = np.where(answered, codes, missing)
    return pd.DataFrame(columns)


def _domains(wave: Wave, frame: pd.DataFrame) -> dict[int | str, Flags]:
    """The rows of each calibration domain, the smaller ones first."""
    rows: dict[int | str, Flags] = {"pilot": frame["region"].isin(PILOT_REGIONS).to_numpy()}
    if not wave.of_users:
        rows = {kind: frame["agency_type"].eq(kind).to_numpy() for kind in (1, 2, 3)}
    return rows | {"all": np.ones(len(frame), dtype=np.bool_)}


def _missing(reluctance: Floats, rate: float, rng: np.random.Generator) -> tuple[Flags, Ints]:
    """Who answers, and the code of those who do not; the reluctant leave more questions open."""
    n = len(reluctance)
    order = reluctance - np.log(-np.log(np.clip(rng.random(n), 1e-12, 1 - 1e-12)))
    answered = np.ones(n, dtype=np.bool_)
    answered[np.argsort(-order, kind="stable")[: round(rate * n)]] = False
    return answered, np.where(rng.random(n) < 0.7, DONT_KNOW, REFUSED).astype(np.int64)


def _in_top_two(goal: dict[int | str, float], domains: dict[int | str, Flags], cents: Ints, latent: Floats) -> Flags:
    """Who answers in the top two boxes, so that each domain has the share wanted among the weights of those who answer."""
    top = np.zeros(len(latent), dtype=np.bool_)
    settled = np.zeros(len(latent), dtype=np.bool_)
    for domain, share in goal.items():
        rows = domains[domain]
        wanted = round(share / 100 * int(cents[rows].sum())) - int(cents[settled & top].sum() if domain == "all" else 0)
        free = np.flatnonzero(rows & ~settled)
        top[free] = _reach(latent[free], cents[free], wanted)
        settled |= rows
    return top


def _reach(latent: Floats, cents: Ints, wanted: int) -> Flags:
    """The highest latent values that weigh as much as wanted, and then the change of at most two answers near the threshold that misses least."""
    order = np.argsort(-latent, kind="stable")
    cut = int(np.searchsorted(np.cumsum(cents[order]), wanted))
    top = np.zeros(len(latent), dtype=np.bool_)
    top[order[:cut]] = True
    near = order[max(0, cut - NEAR) : cut + NEAR]
    change = np.append(np.where(top[near], -cents[near], cents[near]), 0)
    both = change[:, None] + change[None, :]
    np.fill_diagonal(both, change)
    miss = np.abs(wanted - int(cents[top].sum()) - both)
    for place in {int(one) for one in np.unravel_index(int(np.argmin(miss)), miss.shape)}:
        if place < len(near):
            top[near[place]] = ~top[near[place]]
    return top


def _on_scale(latent: Floats, top: Flags, cents: Ints) -> Ints:
    """Answers 1 to 4: about 27 percent of the satisfied are very satisfied, 18 percent of the dissatisfied very dissatisfied."""
    codes = np.where(top, 3, 2).astype(np.int64)
    for rows, code, share, sign in ((top, 4, 0.27, -1), (~top, 1, 0.18, 1)):
        chosen = np.flatnonzero(rows)
        order = chosen[np.argsort(sign * latent[chosen], kind="stable")]
        codes[order[: np.searchsorted(np.cumsum(cents[order]), share * int(cents[order].sum()))]] = code
    return codes
