"""Files in, without knowledge of surveys: a second process under limits, and the cells of workbooks."""

from __future__ import annotations
