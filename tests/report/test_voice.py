"""How a report speaks: the library's messages in its language."""

import numpy as np
import pandas as pd
import pytest

from kepuasan import IndexSpec, Survey
from kepuasan.report import ReportRequest, gather_results
from kepuasan.report.composing import compose


@pytest.fixture(scope="module")
def refused():
    frame = pd.DataFrame({"u1": np.arange(40) % 4 + 1, "u2": np.arange(40) % 3 + 1, "jk": ["L", "P"] * 20})
    return gather_results(Survey(frame), ReportRequest(("2022",), spec=IndexSpec(["u1", "u2"], scale=(1, 4)), outcome="jk"))


CASES = [("id", "Tidak dapat dihitung: ", "values"), ("en", "It could not be computed: ", "berisi")]


@pytest.mark.parametrize(("language", "begins", "lacks"), CASES)
def test_why_a_part_is_absent_is_told_in_the_language_of_the_report(refused, language, begins, lacks):
    reason = next(one.reason for one in compose(refused, language).absent if one.key == "importance")
    assert reason.startswith(begins)
    assert "'jk'" in reason
    assert lacks not in reason  # Indonesian: "Tidak dapat dihitung: 'jk' holds str values; ..."
