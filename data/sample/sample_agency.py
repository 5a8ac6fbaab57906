"""The synthetic agency: ten service units, four services and two semesters, asked the nine elements of the survey of public satisfaction.

Everything here is invented. Of a unit and semester the mean of each element is wanted; a latent satisfaction (respondent, service, element) says who
gives which answer, so that the wanted means are reached to the nearest answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sample_codebook import PEOPLE, Label, Values
from sample_respondents import category_draws, normal_draws

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

NAME = "skm_2025"
ENGLISH = "synthetic; no row describes a person or an agency"
INDONESIAN = "sintetis; tidak ada baris yang menggambarkan orang atau instansi"
SOURCE = f"{ENGLISH}; everything is invented ({INDONESIAN}; semuanya rekaan)"
REFUSED = 9
PERIODS = ("2025-1", "2025-2")
FREE = "administrasi"


@dataclass(frozen=True)
class Unit:
    """A service unit: users, respondents and index wanted by semester, services delivered in the year, and shares of the four services."""

    users: tuple[int, int]
    asked: tuple[int, int]
    wanted: tuple[float, float]
    volume: int
    services: tuple[float, ...] = (0.34, 0.26, 0.22, 0.18)
    #: what an element is above or below the usual profile
    bend: tuple[tuple[str, float], ...] = ()


UNITS = {
    "anggrek": Unit((150, 165), (108, 115), (84.1, 84.9), 620),
    "bugenvil": Unit((60, 66), (52, 56), (81.9, 82.7), 210),
    "cempaka": Unit((210, 190), (136, 127), (76.1, 76.8), 4100, bend=(("waktu", -0.25),)),
    "dahlia": Unit((88, 95), (70, 74), (78.6, 79.8), 900, bend=(("sarana", -0.30),)),
    "flamboyan": Unit((36, 41), (36, 41), (88.8, 89.2), 95, services=(1.0, 0.0, 0.0, 0.0)),
    "kenanga": Unit((640, 610), (180, 174), (89.2, 90.1), 1500),
    "mawar": Unit((420, 455), (201, 206), (80.4, 81.4), 3600),
    "melati": Unit((900, 960), (269, 268), (86.1, 87.0), 2250),
    "seroja": Unit((24, 28), (24, 28), (74.0, 72.1), 60, bend=(("pengaduan", -0.25),)),
}
STRATA = [(name, period) for name in UNITS for period in PERIODS]
SILENT = "teratai"  # exists, but sent no questionnaire back

ELEMENTS: dict[str, tuple[Label, str, str, float]] = {  # label, question in Indonesian and English, level about the unit's mean
    "persyaratan": ({"id": "Persyaratan", "en": "Requirements"}, "kesesuaian persyaratan pelayanan", "the requirements of the service", 0.02),
    "prosedur": (
        {"id": "Sistem, Mekanisme dan Prosedur", "en": "System, mechanism and procedure"},
        "kemudahan prosedur pelayanan",
        "how easy the procedure is",
        -0.02,
    ),
    "waktu": ({"id": "Waktu Penyelesaian", "en": "Completion time"}, "kecepatan waktu pelayanan", "how fast the service is given", -0.22),
    "biaya": ({"id": "Biaya/Tarif", "en": "Cost/tariff"}, "kewajaran biaya/tarif", "the cost or tariff", 0.05),
    "produk": (
        {"id": "Produk Spesifikasi Jenis Pelayanan", "en": "Product as specified"},
        "kesesuaian produk pelayanan dengan standar",
        "how far the product is what was specified",
        0.08,
    ),
    "kompetensi": ({"id": "Kompetensi Pelaksana", "en": "Competence of staff"}, "kemampuan petugas", "the competence of staff", 0.10),
    "perilaku": ({"id": "Perilaku Pelaksana", "en": "Conduct of staff"}, "kesopanan dan keramahan petugas", "the conduct of staff", 0.14),
    "pengaduan": (
        {"id": "Penanganan Pengaduan, Saran dan Masukan", "en": "Handling of complaints and suggestions"},
        "penanganan pengaduan pengguna layanan",
        "how complaints of users are handled",
        -0.08,
    ),
    "sarana": ({"id": "Sarana dan Prasarana", "en": "Facilities"}, "kualitas sarana dan prasarana", "the facilities", -0.12),
}
SERVICES: Values = {
    FREE: {"id": "Administrasi (gratis)", "en": "Administration (free of charge)"},
    "perizinan": {"id": "Perizinan", "en": "Licensing"},
    "pengujian": {"id": "Pengujian", "en": "Testing"},
    "rekomendasi": {"id": "Rekomendasi", "en": "Recommendation"},
}
_LIKED = {FREE: 0.15, "perizinan": -0.25, "pengujian": 0.0, "rekomendasi": 0.10}  # latent satisfaction by service
SCHOOLS: Values = {
    "SD": {"id": "SD", "en": "Primary school"},
    "SMP": {"id": "SMP", "en": "Lower secondary school"},
    "SMA": {"id": "SMA", "en": "Upper secondary school"},
    "D1-D4": {"id": "D1-D4", "en": "Diploma"},
    "S1": {"id": "S1", "en": "Bachelor's degree"},
    "S2": {"id": "S2", "en": "Master's degree"},
    "S3": {"id": "S3", "en": "Doctorate"},
}
_SCHOOL_SHARES = (0.06, 0.12, 0.44, 0.13, 0.21, 0.035, 0.005)
OCCUPATIONS: Values = {
    "PNS": {"id": "PNS", "en": "Civil servant"},
    "TNI": {"id": "TNI", "en": "Armed forces"},
    "POLRI": {"id": "POLRI", "en": "Police"},
    "Swasta": {"id": "Pegawai swasta", "en": "Private employee"},
    "Wirausaha": {"id": "Wirausaha", "en": "Self-employed"},
    "Lainnya": {"id": "Lainnya", "en": "Other"},
}
_OCCUPATION_SHARES = (0.12, 0.01, 0.01, 0.34, 0.24, 0.28)
_SERVANTS = ("PNS", "TNI", "POLRI")
ANSWERS: Values = {
    1: {"id": "Tidak baik", "en": "Not good"},
    2: {"id": "Kurang baik", "en": "Less good"},
    3: {"id": "Baik", "en": "Good"},
    4: {"id": "Sangat baik", "en": "Very good"},
}
PRICES: Values = {
    1: {"id": "Sangat mahal", "en": "Very expensive"},
    2: {"id": "Cukup mahal", "en": "Rather expensive"},
    3: {"id": "Murah", "en": "Cheap"},
    4: {"id": "Sangat murah atau gratis", "en": "Very cheap or free"},
}
MISSING: Values = {REFUSED: {"id": "Tidak berlaku atau tidak menjawab", "en": "Not applicable or refused"}}
_OPEN = 0.016  # share of answers left open
_NEVER_COMPLAINED = 0.11  # of respondents, who leave that element open
_NORMAL = NormalDist()


def draw_agency() -> pd.DataFrame:
    """The survey of the agency, one row a respondent; the same rows at every call."""
    rng = np.random.Generator(np.random.PCG64([1417, 2025]))
    frame = pd.concat([_stratum(name, unit, half, rng) for name, unit in UNITS.items() for half in range(len(PERIODS))], ignore_index=True)
    frame.insert(0, "respondent", [f"sintetis-{row:04d}" for row in range(1, len(frame) + 1)])
    return frame


def _stratum(name: str, unit: Unit, half: int, rng: np.random.Generator) -> pd.DataFrame:
    """The respondents of one unit in one semester."""
    n, period = unit.asked[half], PERIODS[half]
    service = np.array(list(SERVICES))[category_draws(rng, n, unit.services) - 1]
    people = _people(n, rng)
    liked = np.array([_LIKED[name] for name in service])
    mood = 0.62 * normal_draws(rng, n) + liked - 0.08 * people["education"].isin(["S1", "S2", "S3"]).to_numpy()
    answers = _answers(unit, half, service == FREE, mood, rng)
    place = {"unit": name, "service": service, "period": period, "stratum": 1 + STRATA.index((name, period))}
    return pd.concat([pd.DataFrame(place), people, answers], axis=1).assign(population=unit.users[half], volume=unit.volume)


def _people(n: int, rng: np.random.Generator) -> pd.DataFrame:
    """Sex, age, education and occupation."""
    sex = np.where(rng.random(n) < 0.47, "P", "L")
    age = 18 + np.floor(55 * rng.random(n) ** 1.4).astype(np.int64)
    education = np.array(list(SCHOOLS))[category_draws(rng, n, _SCHOOL_SHARES) - 1]
    occupation = np.array(list(OCCUPATIONS))[category_draws(rng, n, _OCCUPATION_SHARES) - 1]
    age = np.where(np.isin(occupation, _SERVANTS), np.clip(age, 21, 58), age)
    return pd.DataFrame({"sex": sex, "age": age, "education": education, "occupation": occupation})


def _answers(unit: Unit, half: int, free: Flags, mood: Floats, rng: np.random.Generator) -> pd.DataFrame:
    """The nine elements. The tariff of a free service is 4; the other elements make up for it, so that the index wanted is reached."""
    n, level = len(free), unit.wanted[half] / 25
    reluctant = rng.random(n)
    latent = {name: mood + 0.55 * normal_draws(rng, n) for name in ELEMENTS}
    closed = {name: rng.random(n) >= 2 * _OPEN * reluctant for name in ELEMENTS}
    closed["pengaduan"] &= rng.random(n) >= _NEVER_COMPLAINED
    bends = dict(unit.bend)
    spread = min(1.0, (4 - level) / 0.5)
    offset = {name: spread * (usual + bends.get(name, 0.0)) for name, (*_, usual) in ELEMENTS.items()}
    answers = {"biaya": _tariff(level + offset["biaya"], free, closed["biaya"], latent["biaya"])}
    others = [name for name in ELEMENTS if name != "biaya"]
    middle = (9 * level - _mean(answers["biaya"]) - sum(offset[name] for name in others)) / len(others)
    short = 0.0
    for name in others:
        wanted = middle + offset[name] + short
        answers[name] = np.full(n, REFUSED, dtype=np.int64)
        answers[name][closed[name]] = _ranked(latent[name][closed[name]], wanted)
        short = wanted - _mean(answers[name])
    return pd.DataFrame({name: answers[name] for name in ELEMENTS})


def _tariff(wanted: float, free: Flags, closed: Flags, latent: Floats) -> Ints:
    """The element of the tariff: 4 where the service is free."""
    tariff = np.where(free, 4, REFUSED).astype(np.int64)
    paid = ~free & closed
    if paid.any():
        tariff[paid] = _ranked(latent[paid], wanted - 0.15)
    return tariff


def _mean(answers: Ints) -> float:
    return float(answers[answers != REFUSED].mean())


def _ranked(latent: Floats, wanted: float) -> Ints:
    """Answers 1 to 4 in the order of the latent satisfaction, their mean as near to the one wanted as whole answers allow."""
    n = len(latent)
    low, high = -2.0, 8.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if 1 + sum(_above(middle)) < wanted else (low, middle)
    least = np.rint(n * np.array(_above(middle))).astype(np.int64)  # how many answer at least 2, 3, 4
    excess = int(least.sum() - np.rint(n * (wanted - 1)))
    least[1 if excess > 0 else 2] -= excess
    least = np.minimum.accumulate(np.clip(least, 0, n))
    place = np.empty(n, dtype=np.int64)
    place[np.argsort(-latent, kind="stable")] = np.arange(n)
    return 1 + (place[:, None] < least).sum(axis=1).astype(np.int64)


def _above(middle: float) -> list[float]:
    """The shares of answers of at least 2, 3 and 4 about a latent mean."""
    return [_NORMAL.cdf((middle - bound) / 0.66) for bound in (1.5, 2.5, 3.5)]


# ---- codebook ------------------------------------------------------------------------------------------------------------------------


def agency_codebook(columns: list[str]) -> dict[str, Any]:
    """The codebook of the agency's survey as nested mappings, its items in the order of the columns."""
    items = {**_coded_columns(), **_questions()}
    return {
        "source": SOURCE,
        "scales": {"skm4": {"low": 1, "high": 4, "labels": ANSWERS}},
        "items": {column: items[column] for column in columns},
        "index": {"items": list(ELEMENTS), "scoring": "share-of-max", "level": "items", "missing": "available"},
        "design": {"strata": "stratum", "fpc": "population"},
    }


def _questions() -> dict[str, dict[str, Any]]:
    """The nine elements, in the order of the regulation."""
    items: dict[str, dict[str, Any]] = {}
    for name, (label, indonesian, english, _) in ELEMENTS.items():
        question = {"id": f"Bagaimana pendapat Saudara tentang {indonesian}?", "en": f"What do you think of {english}?"}
        prices = {"values": PRICES} if name == "biaya" else {}
        items[name] = {"label": label, "scale": "skm4", "missing": MISSING, "question": question, **prices}
    return items


def _coded_columns() -> dict[str, dict[str, Any]]:
    """Identity, place, people and what the design needs."""
    units: Values = {name: {"id": f"UPT {name.title()}", "en": f"Service unit {name.title()}"} for name in sorted([*UNITS, SILENT])}
    periods: Values = {name: {"id": f"Semester {'I' * int(name[-1])} {name[:4]}", "en": f"Semester {name[-1]} of {name[:4]}"} for name in PERIODS}
    strata: Values = {
        number: {language: f"{units[name][language]}, {periods[period][language]}" for language in ("id", "en")}
        for number, (name, period) in enumerate(STRATA, start=1)
    }
    return {
        "respondent": {"label": {"id": "Responden", "en": "Respondent"}, "type": "text"},
        "unit": {"label": {"id": "Unit layanan", "en": "Service unit"}, "type": "text", "values": units},
        "service": {"label": {"id": "Jenis layanan", "en": "Service"}, "type": "text", "values": SERVICES},
        "period": {"label": {"id": "Periode survei", "en": "Survey period"}, "type": "text", "values": periods},
        "stratum": {"label": {"id": "Strata (unit dan periode)", "en": "Stratum (unit and period)"}, "values": strata},
        "sex": {"label": PEOPLE["sex"][0], "type": "text", "values": PEOPLE["sex"][1]},
        "age": {"label": PEOPLE["age"][0]},
        "education": {"label": PEOPLE["education"][0], "type": "text", "values": SCHOOLS},
        "occupation": {"label": {"id": "Pekerjaan", "en": "Occupation"}, "type": "text", "values": OCCUPATIONS},
        "population": {"label": {"id": "Pengguna layanan unit pada periode itu", "en": "Users of the unit in the period"}},
        "volume": {"label": {"id": "Layanan yang diberikan unit dalam setahun", "en": "Services delivered by the unit in the year"}},
    }


# ---- what was reached ----------------------------------------------------------------------------------------------------------------


def agency_table(frame: pd.DataFrame) -> str:
    """Users, respondents and index of each unit, and of the agency by three ways of pooling, as a Markdown table."""
    lines = ["| unit | users 2025-1, 2025-2 | respondents | volume | index (IKM) |", "|---|--:|--:|--:|--:|"]
    index = {}
    for name, part in frame.groupby("unit"):
        unit, index[name] = UNITS[str(name)], agency_index(part)
        users, asked = (", ".join(f"{one:,}" for one in pair) for pair in (unit.users, unit.asked))
        lines.append(f"| {name} | {users} | {asked} | {unit.volume:,} | {index[name]:.2f} |")
    volumes = {name: UNITS[str(name)].volume for name in index}
    pooled = {
        "respondents (each weighted by users / respondents)": agency_index(frame),
        "units alike": sum(index.values()) / len(index),
        "units by volume": sum(index[name] * volumes[name] for name in index) / sum(volumes.values()),
    }
    lines += [f"| agency, pooled over {how} | | {len(frame):,} | | {value:.2f} |" for how, value in pooled.items()]
    return "\n".join(lines) + "\n"


def agency_index(frame: pd.DataFrame) -> float:
    """The index of some rows: 25 times the mean of the weighted means of the nine elements."""
    weight = frame["population"] / frame.groupby("stratum")["stratum"].transform("size")
    means = []
    for name in ELEMENTS:
        given = frame[name] != REFUSED
        means.append(float((frame[name] * weight)[given].sum() / weight[given].sum()))
    return 25 * sum(means) / len(means)
