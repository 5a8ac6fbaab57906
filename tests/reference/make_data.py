"""Make the synthetic data behind the reference numbers: ``python make_data.py`` writes four CSV files beside itself.

strata.csv   one stage: PSU codes repeat across strata, a stratum taken whole, a PSU without weights, domains empty of a stratum
stages.csv   three stages with strata at the second, population counts and sampling fractions, a PSU and an SSU taken with certainty
lonely.csv   strata with a single PSU, one of them with certainty; PSUs with a single SSU
waves.csv    two waves; two strata keep their PSUs, one draws new ones under old codes
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent


def answers(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The rows with items, some answers missing, and domain codes."""
    n = len(rows)
    level = rng.normal(0.0, 0.5, 100)[rows["psu"] % 100]
    rows = rows.assign(
        speed=np.clip(np.round(rng.normal(3.4, 1.0, n) + level), 1, 5),
        ease=np.clip(np.round(rng.normal(3.1, 1.1, n) + level), 1, 5),
        received=rng.integers(2, 12, n).astype(float),
        region=rng.choice(["east", "north", "south"], n, p=[0.3, 0.5, 0.2]),
        sex=rng.choice(["L", "P"], n),
        channel=rng.choice(["app", "sms", "web"], n, p=[0.25, 0.6, 0.15]),
    )
    rows["resolved"] = np.minimum(rows["received"], rng.integers(0, 12, n))
    for name, share in (("speed", 0.12), ("ease", 0.2), ("resolved", 0.05)):
        rows.loc[rng.random(n) < share, name] = np.nan
    rows.loc[rng.random(n) < 0.1, "channel"] = None
    return rows.sample(frac=1.0, random_state=int(rng.integers(1 << 30)))


def strata() -> pd.DataFrame:
    """Four strata of 3 to 5 PSUs; in the last, all 3 units of the population were taken."""
    rng = np.random.default_rng(17)
    sizes = {"A": (5, 40), "B": (4, 12), "C": (4, 9), "D": (3, 3)}
    rows = pd.DataFrame(
        [(h, i + 1, units, taken / units) for h, (taken, units) in sizes.items() for i in range(taken) for _ in range(int(rng.integers(5, 10)))],
        columns=["stratum", "psu", "units", "share"],
    )
    rows = answers(rows.assign(w=np.round(rng.uniform(0.5, 9.0, len(rows)), 3)), rng)
    rows.loc[rng.random(len(rows)) < 0.08, "w"] = 0.0
    rows.loc[(rows["stratum"] == "B") & (rows["psu"] == 2), "w"] = 0.0
    rows.loc[(rows["stratum"] == "C") & (rows["region"] == "south"), "region"] = "north"
    rows.loc[(rows["region"] == "south") & (rows["sex"] == "P"), "sex"] = "L"
    return rows.assign(residents=rows.groupby(["stratum", "psu"])["w"].transform("size") + 6)


def stages() -> pd.DataFrame:
    """Two strata, PSUs with one or two blocks (second-stage strata), SSUs, and third-stage units of one to three persons."""
    rng = np.random.default_rng(29)
    rows: list[tuple[object, ...]] = []
    for h, (taken, units) in {"A": (4, 15), "B": (3, 3)}.items():
        for i in range(taken):
            for block in ["old", "new"][: 1 + i % 2]:
                m = int(rng.integers(2, 4))
                villages = m + int(rng.integers(0, 5))
                for j in range(m):
                    q = int(rng.integers(2, 4))
                    homes = q + 4 * (j % 2)
                    persons = [int(rng.integers(1, 4)) for _ in range(q)]
                    rows += [
                        (h, i + 1, block, j + 1, k + 1, units, villages, homes, taken / units, m / villages, q / homes)
                        for k in range(q)
                        for _ in range(persons[k])
                    ]
    columns = ["stratum", "psu", "block", "ssu", "tsu", "units", "villages", "homes", "share_1", "share_2", "share_3"]
    table = pd.DataFrame(rows, columns=columns)
    return answers(table.assign(w=np.round(rng.uniform(1.0, 6.0, len(table)), 3)), rng)


def lonely() -> pd.DataFrame:
    """Five strata: B has one PSU of eight, D its only PSU; some PSUs have one SSU, of several or of one."""
    rng = np.random.default_rng(43)
    rows: list[tuple[object, ...]] = []
    for h, (taken, units) in {"A": (4, 20), "B": (1, 8), "C": (3, 10), "D": (1, 1), "E": (2, 9)}.items():
        for i in range(taken):
            m = 1 if (h, i) in {("A", 0), ("E", 1)} else int(rng.integers(2, 4))
            villages = 1 if (h, i) == ("E", 1) else m + 3
            rows += [(h, i + 1, j + 1, units, villages) for j in range(m) for _ in range(int(rng.integers(2, 5)))]
    table = pd.DataFrame(rows, columns=["stratum", "psu", "ssu", "units", "villages"])
    table = answers(table.assign(w=np.round(rng.uniform(1.0, 6.0, len(table)), 3)), rng)
    table.loc[(table["stratum"] == "B"), "region"] = "north"
    return table


def waves() -> pd.DataFrame:
    """Two waves of three strata; strata A and B keep most PSUs, C draws new ones."""
    rng = np.random.default_rng(61)
    rows: list[tuple[object, ...]] = []
    for year, psus in {2020: {"A": [1, 2, 3, 4], "B": [1, 2, 3], "C": [1, 2]}, 2022: {"A": [1, 2, 3, 5], "B": [1, 2, 3], "C": [11, 12, 13]}}.items():
        rows += [(year, h, i) for h, codes in psus.items() for i in codes for _ in range(int(rng.integers(4, 9)))]
    table = pd.DataFrame(rows, columns=["year", "stratum", "psu"])
    table["units"] = table["stratum"].map({"A": 30, "B": 12, "C": 50})
    return answers(table.assign(w=np.round(rng.uniform(0.5, 4.0, len(table)), 3)), rng)


if __name__ == "__main__":
    for make in (strata, stages, lonely, waves):
        make().to_csv(HERE / f"{make.__name__}.csv", index=False)
