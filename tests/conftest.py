"""Fixtures that several files share."""

from __future__ import annotations

import pandas as pd
import pytest
from reference.agreement import CASES, Reference, built, data, reference_of

from kepuasan import Estimates, Survey, mean


@pytest.fixture(params=CASES, ids=lambda case: case["name"])
def reference(request: pytest.FixtureRequest) -> Reference:
    return reference_of(request.param)


@pytest.fixture
def clustered() -> Survey:
    """Four strata with repeating PSU codes, some weights 0, some answers missing."""
    return built("strata")


@pytest.fixture
def clustered_frame() -> pd.DataFrame:
    """The rows of `clustered`, free to be changed."""
    return data("strata.csv").copy()


@pytest.fixture
def means(clustered: Survey) -> Estimates:
    """Two means in three regions."""
    return mean(clustered, ["speed", "ease"], by="region")
