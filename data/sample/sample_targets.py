"""What the synthetic waves are calibrated to, and the population they are drawn from.

The index, the margins and the order of the best and worst attributes are published; every other number here is invented
and only plausible. Shares are in percent.
"""

from __future__ import annotations

from dataclasses import dataclass

ENGLISH = "synthetic, calibrated to published figures; not the survey's microdata"
INDONESIAN = "sintetis, dikalibrasi pada angka yang diterbitkan; bukan data mikro survei"
ADMINS_NOTE = "nothing was published on administrators: these figures are invented"

DIMENSION_OF = {
    "registering": "access",
    "ease_of_use": "access",
    "confidentiality": "fairness",
    "verification": "process",
    "disposition_accuracy": "process",
    "response_speed": "response",
    "ease_of_updates": "response",
    "answer_quality": "response",
    "fairness": "fairness",
    "inclusiveness": "fairness",
}
ATTRIBUTES = tuple(DIMENSION_OF)
NAMED_DRIVERS = ("disposition_accuracy", "response_speed", "ease_of_updates")

# Region of the survey -> (province it lies in, its name in English, users in 2020). A pilot regency is told apart from the province around it.
REGIONS: dict[str, tuple[str, str, int]] = {
    "Aceh": ("Aceh", "Aceh", 1900),
    "Sumatera Utara": ("Sumatera Utara", "North Sumatra", 4200),
    "Sumatera Barat": ("Sumatera Barat", "West Sumatra", 2400),
    "Riau": ("Riau", "Riau", 2300),
    "Jambi": ("Jambi", "Jambi", 1400),
    "Sumatera Selatan": ("Sumatera Selatan", "South Sumatra", 2700),
    "Bengkulu": ("Bengkulu", "Bengkulu", 900),
    "Lampung": ("Lampung", "Lampung", 2800),
    "Kepulauan Bangka Belitung": ("Kepulauan Bangka Belitung", "Bangka Belitung Islands", 700),
    "Kepulauan Riau": ("Kepulauan Riau", "Riau Islands", 1000),
    "DKI Jakarta": ("DKI Jakarta", "Jakarta", 7200),
    "Jawa Barat": ("Jawa Barat", "West Java", 9800),
    "Jawa Tengah": ("Jawa Tengah", "Central Java", 8600),
    "D.I. Yogyakarta": ("D.I. Yogyakarta", "Special Region of Yogyakarta", 1700),
    "Kabupaten Sleman": ("D.I. Yogyakarta", "Sleman Regency", 1500),
    "Jawa Timur": ("Jawa Timur", "East Java", 8900),
    "Banten": ("Banten", "Banten", 3900),
    "Kabupaten Tangerang": ("Banten", "Tangerang Regency", 2300),
    "Bali": ("Bali", "Bali", 1900),
    "Kabupaten Badung": ("Bali", "Badung Regency", 1000),
    "Nusa Tenggara Barat": ("Nusa Tenggara Barat", "West Nusa Tenggara", 1700),
    "Nusa Tenggara Timur": ("Nusa Tenggara Timur", "East Nusa Tenggara", 1600),
    "Kalimantan Barat": ("Kalimantan Barat", "West Kalimantan", 1700),
    "Kalimantan Tengah": ("Kalimantan Tengah", "Central Kalimantan", 1000),
    "Kalimantan Selatan": ("Kalimantan Selatan", "South Kalimantan", 1500),
    "Kalimantan Timur": ("Kalimantan Timur", "East Kalimantan", 1600),
    "Kalimantan Utara": ("Kalimantan Utara", "North Kalimantan", 500),
    "Sulawesi Utara": ("Sulawesi Utara", "North Sulawesi", 1100),
    "Sulawesi Tengah": ("Sulawesi Tengah", "Central Sulawesi", 1100),
    "Sulawesi Selatan": ("Sulawesi Selatan", "South Sulawesi", 2900),
    "Sulawesi Tenggara": ("Sulawesi Tenggara", "Southeast Sulawesi", 1000),
    "Gorontalo": ("Gorontalo", "Gorontalo", 600),
    "Sulawesi Barat": ("Sulawesi Barat", "West Sulawesi", 600),
    "Maluku": ("Maluku", "Maluku", 800),
    "Maluku Utara": ("Maluku Utara", "North Maluku", 600),
    "Papua Barat": ("Papua Barat", "West Papua", 600),
    "Papua": ("Papua", "Papua", 1200),
}
SURROUNDED = {"D.I. Yogyakarta": "Kabupaten Sleman", "Bali": "Kabupaten Badung", "Banten": "Kabupaten Tangerang"}
PILOT_USERS = {  # region -> users in 2021, users in 2022
    "Sumatera Barat": (2900, 3100),
    "D.I. Yogyakarta": (2000, 2200),
    "Bali": (2200, 2400),
    "Kabupaten Tangerang": (2700, 2900),
    "Kabupaten Sleman": (1900, 2000),
    "Kabupaten Badung": (1300, 1300),
}
PILOT_REGIONS = tuple(PILOT_USERS)

# The fields of the agencies that users turn to, in Indonesian and in English.
OFFICE_FIELDS = {
    "Pendidikan": "Education",
    "Kesehatan": "Health",
    "Perhubungan": "Transport",
    "Pekerjaan umum": "Public works",
    "Kependudukan": "Civil registration",
    "Sosial": "Social affairs",
    "Lingkungan hidup": "Environment",
    "Tenaga kerja": "Manpower",
    "Perizinan": "Licensing",
    "Pertanahan": "Land affairs",
    "Perdagangan": "Trade",
    "Pertanian": "Agriculture",
    "Ketertiban umum": "Public order",
    "Energi dan air": "Energy and water",
}

# Stratum of administrators -> (agency_type, administrators, agencies drawn, regions its agencies belong to).
ADMIN_STRATA: dict[str, tuple[int, int, int, tuple[str, ...]]] = {
    "Kementerian": (1, 520, 10, ("Nasional",)),
    "Lembaga": (1, 380, 9, ("Nasional",)),
    "Percontohan Sumatera": (2, 340, 11, ("Sumatera Barat",)),
    "Percontohan Jawa": (2, 620, 15, ("D.I. Yogyakarta", "Kabupaten Sleman", "Kabupaten Tangerang")),
    "Percontohan Bali": (2, 340, 12, ("Bali", "Kabupaten Badung")),
    "Sumatera": (3, 560, 9, ("Aceh", "Sumatera Utara", "Riau", "Lampung")),
    "Jawa": (3, 780, 11, ("DKI Jakarta", "Jawa Barat", "Jawa Tengah", "Jawa Timur", "Banten")),
    "Nusa Tenggara": (3, 260, 8, ("Nusa Tenggara Barat", "Nusa Tenggara Timur")),
    "Kalimantan": (3, 360, 8, ("Kalimantan Barat", "Kalimantan Selatan", "Kalimantan Timur")),
    "Sulawesi": (3, 380, 8, ("Sulawesi Utara", "Sulawesi Tengah", "Sulawesi Selatan")),
    "Maluku dan Papua": (3, 240, 8, ("Maluku", "Maluku Utara", "Papua Barat", "Papua")),
}

_ADMIN_SHAPE = (8.2, 7.4, 9.0, 3.2, 0.6, -9.8, -6.4, -2.2, -4.6, -5.4)  # attributes about the level of an agency type; sums to 0
_ADMIN_LEVELS = {"admins_2020": {1: 78.2, 2: 76.4, 3: 74.6}, "admins_2022": {1: 79.7, 2: 80.9, 3: 76.1}}  # a programme effect of three points


@dataclass(frozen=True)
class Wave:
    """What one wave is drawn from and calibrated to.

    `shares` holds the top-two-box shares of the ten attributes and `overall` that of the overall item, one entry a calibration
    domain: the pilot regions, an agency type, or the whole wave ("all"). `binary` holds the shares of 1 over the whole wave.
    """

    name: str
    year: int
    n: int
    women: int
    women_share: float
    disabled: int
    shares: dict[int | str, tuple[float, ...]]
    overall: dict[int | str, float]
    binary: dict[str, float]

    @property
    def of_users(self) -> bool:
        """Whether users answered, not administrators."""
        return self.name.startswith("users")


def _admins(year: int, n: int, women: int) -> Wave:
    """A wave of administrators, calibrated within each agency type."""
    levels = _ADMIN_LEVELS[f"admins_{year}"]
    shares: dict[int | str, tuple[float, ...]] = {kind: tuple(level + part for part in _ADMIN_SHAPE) for kind, level in levels.items()}
    overall: dict[int | str, float] = {kind: level + 1.0 for kind, level in levels.items()}
    return Wave(f"admins_{year}", year, n, women, 100 * women / n, round(n / 100), shares, overall, {})


WAVES = {
    wave.name: wave
    for wave in (
        Wave(
            "users_2020", 2020, 1329, 263, 19.8, 14,
            {
                "pilot": (86.0, 85.3, 83.8, 75.4, 73.1, 64.0, 69.9, 69.4, 70.9, 71.2),
                "all": (87.0, 86.2, 84.5, 76.4, 72.9, 62.4, 69.8, 70.6, 73.0, 74.2),
            },
            {"all": 76.6}, {"keep_using": 89.0},
        ),
        Wave(
            "users_2021", 2021, 1210, 466, 38.5, 12,
            {"all": (86.2, 85.0, 83.6, 75.0, 64.0, 55.0, 61.8, 69.4, 71.2, 71.8)},
            {"all": 70.9}, {"keep_using": 80.9, "recommend": 80.9},
        ),
        Wave(
            "users_2022", 2022, 1210, 490, 40.5, 13,
            {"all": (87.2, 86.4, 84.9, 76.5, 65.4, 57.2, 63.4, 70.6, 72.4, 73.0)},
            {"all": 72.8}, {"keep_using": 84.0, "recommend": 82.9},
        ),
        _admins(2020, 480, 182),
        _admins(2022, 520, 214),
    )
}  # fmt: skip
