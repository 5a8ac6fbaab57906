"""Parquet and Arrow files."""

from __future__ import annotations
