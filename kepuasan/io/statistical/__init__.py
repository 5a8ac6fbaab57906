"""Files of SPSS, Stata and SAS."""

from __future__ import annotations
