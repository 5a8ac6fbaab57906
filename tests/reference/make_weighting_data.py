"""Make weighting.csv, the synthetic rows behind the reference numbers of weighting and replicates: ``python make_weighting_data.py``.

Three strata of six, five and four PSUs out of 40, 24 and 13, codes repeating, about nine rows each; sex, age group and region of every row are
known, some answers are missing, and young men have answered less than their share, so that calibration has something to mend. ``cluster``
names a PSU across strata; ``clusters`` and ``members`` count the population of clusters and of the rows of each.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
SIZES = {"A": (6, 40), "B": (5, 24), "C": (4, 13)}


def weighting() -> pd.DataFrame:
    """The rows, in no order."""
    rng = np.random.default_rng(83)
    psus = [(h, i + 1, units) for h, (taken, units) in SIZES.items() for i in range(taken) for _ in range(int(rng.integers(7, 12)))]
    rows = pd.DataFrame(psus, columns=["stratum", "psu", "units"])
    n = len(rows)
    level = rng.normal(0.0, 0.5, 60)[rows["psu"] + 10 * (rows["stratum"] == "B") + 20 * (rows["stratum"] == "C")]
    age = np.clip(np.round(rng.gamma(9.0, 4.6, n), 1), 18.0, 80.0)
    rows = rows.assign(
        w=np.round(rng.uniform(2.0, 9.0, n) * rows["stratum"].map({"A": 1.5, "B": 1.0, "C": 0.6}), 3),
        sex=rng.choice(["L", "P"], n, p=[0.42, 0.58]),
        age=age,
        age_group=pd.cut(age, [0.0, 30.0, 45.0, 100.0], labels=["young", "middle", "old"]).astype(str),
        region=rng.choice(["east", "north", "south"], n, p=[0.3, 0.45, 0.25]),
    )
    taste = 0.35 * (rows["sex"] == "P") + 0.012 * (age - 40.0) + level
    rows = rows.assign(
        speed=np.clip(np.round(rng.normal(3.3, 0.9, n) + taste), 1, 5),
        ease=np.clip(np.round(rng.normal(3.0, 1.0, n) + taste), 1, 5),
        received=rng.poisson(1.0 + age / 12.0, n).astype(float) + 1.0,
        channel=rng.choice(["app", "sms", "web"], n, p=[0.3, 0.5, 0.2]),
    )
    rows["resolved"] = rng.binomial(rows["received"].astype(int), 0.62).astype(float)
    for name, share in (("speed", 0.07), ("ease", 0.12), ("resolved", 0.05), ("channel", 0.06)):
        rows[name] = rows[name].mask(rng.random(n) < share)
    rows["cluster"], rows["clusters"] = rows["stratum"] + rows["psu"].astype(str), sum(units for _, units in SIZES.values())
    rows["members"] = rows.groupby("cluster")["w"].transform("size") + 17
    return rows.sample(frac=1.0, random_state=5)


if __name__ == "__main__":
    weighting().to_csv(HERE / "weighting.csv", index=False)
