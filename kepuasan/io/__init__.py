"""Files in: statistical packages, text, workbooks, Parquet and Arrow, exports of survey platforms; and the sample data."""

from __future__ import annotations

from kepuasan.io.reading import read_survey
from kepuasan.io.samples import load_sample

__all__ = ["load_sample", "read_survey"]
