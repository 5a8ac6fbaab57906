"""Questions with several answers: one column an option."""

from __future__ import annotations
