"""Workbooks: a sheet to columns."""

from __future__ import annotations
