"""Cells to types: numbers, dates and times, as people and programs write them."""

from __future__ import annotations
