"""What a check finds in a survey."""

import pytest
from quality.surveys import DESIGN, book

from kepuasan import Survey
from kepuasan.quality import check_survey


@pytest.fixture
def found():
    """The codes of findings, each with its column, in a survey of these rows."""

    def check(frame, codebook=None, design=DESIGN, **named):
        table = check_survey(Survey(frame, book() if codebook is None else codebook, design), **named)
        return table.set_index("code")

    return check
