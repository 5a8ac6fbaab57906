"""Sample sizes against every entry of the published table."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepuasan.errors import DataError
from kepuasan.standards.sampling import skm_sample_size

#: Krejcie and Morgan (1970), table 1: population, then sample
TABLE = """
10 10 15 14 20 19 25 24 30 28 35 32 40 36 45 40 50 44 55 48 60 52 65 56 70 59 75 63 80 66 85 70 90 73 95 76 100 80 110 86 120 92 130 97 140 103
150 108 160 113 170 118 180 123 190 127 200 132 210 136 220 140 230 144 240 148 250 152 260 155 270 159 280 162 290 165 300 169 320 175 340 181
360 186 380 191 400 196 420 201 440 205 460 210 480 214 500 217 550 226 600 234 650 242 700 248 750 254 800 260 850 265 900 269 950 274 1000 278
1100 285 1200 291 1300 297 1400 302 1500 306 1600 310 1700 313 1800 317 1900 320 2000 322 2200 327 2400 331 2600 335 2800 338 3000 341 3500 346
4000 351 4500 354 5000 357 6000 361 7000 364 8000 367 9000 368 10000 370 15000 375 20000 377 30000 379 40000 380 50000 381 75000 382 1000000 384
"""
ENTRIES = np.array(TABLE.split(), dtype=np.int64).reshape(-1, 2)


def test_every_entry_of_the_published_table_is_the_nearest_whole_number():
    assert skm_sample_size(ENTRIES[:, 0]).tolist() == ENTRIES[:, 1].tolist()
    exact = 3.841 * 0.25 * ENTRIES[:, 0] / (0.0025 * (ENTRIES[:, 0] - 1) + 3.841 * 0.25)
    assert (np.ceil(exact) != ENTRIES[:, 1]).mean() > 0.4


def test_sixty_need_52_where_a_program_said_65():
    assert skm_sample_size(60) == 52
    assert isinstance(skm_sample_size(np.int64(60)), int)
    assert skm_sample_size(60.0) == skm_sample_size(Decimal(60)) == 52


@pytest.mark.parametrize(("population", "size"), [(1, 1), (2, 2), (100_000, 383), (10**15, 384)])
def test_the_ends(population, size):
    assert skm_sample_size(population) == size


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=5), st.floats(0.01, 0.2), st.floats(0.05, 0.95))
def test_a_size_grows_with_the_population_and_never_passes_it(populations, margin, share):
    sizes = skm_sample_size(sorted(populations), margin=margin, share=share)
    assert (sizes <= np.array(sorted(populations))).all()
    assert (sizes >= 1).all()
    assert (np.diff(sizes) >= 0).all()


def test_a_series_keeps_its_index_and_a_list_gives_an_array():
    sizes = skm_sample_size(pd.Series([60, 1000], index=["north", "south"], name="users"))
    assert sizes.to_dict() == {"north": 52, "south": 278}
    assert sizes.name == "users"
    assert isinstance(skm_sample_size([60]), np.ndarray)
    assert skm_sample_size([]).tolist() == []


def test_a_narrower_margin_needs_more_and_a_share_of_half_the_most():
    assert skm_sample_size(10_000, margin=0.03) == 964
    assert skm_sample_size(10_000, share=0.3) < skm_sample_size(10_000)


@pytest.mark.parametrize("wrong", [0, -5, 10.5, float("nan"), float("inf"), True, "60", None, pd.NA, [10, 0], pd.Series([5.0, np.nan])])
def test_what_is_no_population_is_refused(wrong):
    with pytest.raises(DataError, match="population is .*give whole numbers of persons, 1 or more"):
        skm_sample_size(wrong)


def test_a_table_is_refused():
    with pytest.raises(DataError, match="2 dimensions"):
        skm_sample_size(np.array([[10], [20]]))


@pytest.mark.parametrize(
    ("name", "value"), [("margin", 0), ("margin", 5), ("margin", True), ("share", 1.0), ("share", float("nan")), ("share", "0.5")]
)
def test_a_margin_or_share_off_0_to_1_is_refused(name, value):
    with pytest.raises(DataError, match=f"{name} is {value!r}; give a share between 0 and 1"):
        skm_sample_size(100, **{name: value})
