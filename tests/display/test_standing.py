"""The league as a figure: values and ranges of ranks beside their rows."""

import numpy as np
import pandas as pd
import pytest
from display.extents import check_apart
from display.test_likert import HOSTILE

from kepuasan.display.figures import picture_bytes
from kepuasan.display.provinces import PROVINCES
from kepuasan.display.standing import standing_plot
from kepuasan.errors import DataError


def league(names):
    rng = np.random.default_rng(1)
    k = len(names)
    values, width, place = np.sort(rng.normal(73, 4, k))[::-1], rng.uniform(2, 6, k), np.arange(k)
    ranks = {"rank": place + 1, "rank_low": np.maximum(1, place - 5), "rank_high": np.minimum(k, place + 8)}
    return pd.DataFrame({"label": names, "estimate": values, "ci_low": values - width, "ci_high": values + width, **ranks})


def texts(axes):
    return [text.get_text() for text in axes.texts]


@pytest.mark.parametrize("names", [[one.name for one in PROVINCES.values()], HOSTILE, ["Bali"]], ids=["provinces", "hostile", "one"])
def test_no_texts_overlap_whatever_rows_are_called(names):
    check_apart(standing_plot(league(names), whole=73.2, title="Indeks menurut provinsi, 2022", unit="Indeks"))


def test_rows_run_from_the_top_with_value_and_range_of_ranks():
    axes = standing_plot(league(["Bali", "Aceh"]), language="en", decimals=1)
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Bali", "Aceh"]
    assert list(axes.get_yticks()) == [0.0, -1.0]
    assert texts(axes)[1::2][:2] == ["1 to 2", "1 to 2"]
    assert axes.get_label().endswith("rank 2 (1 to 2).")


def test_rows_that_are_left_out_are_counted_in_a_gap_after_the_first_half():
    axes = standing_plot(league([f"Dinas {i}" for i in range(30)]), left_out=30)
    assert "30 baris di antaranya ada di tabel" in texts(axes)
    heights = np.diff(axes.get_yticks())
    assert np.flatnonzero(heights < -1.5).tolist() == [14]
    check_apart(axes)


def test_a_table_without_ranks_is_refused():
    with pytest.raises(DataError, match="no column 'rank_low'"):
        standing_plot(league(["Bali"]).drop(columns="rank_low"))


def test_forty_rows_are_a_file_below_ninety_thousand_bytes():
    assert len(picture_bytes(standing_plot(league([f"Provinsi Nomor {i}" for i in range(40)])), "svg")) < 90_000
