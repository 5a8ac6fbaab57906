"""What differs between two waves and bears on their comparison."""

from __future__ import annotations

from kepuasan.comparing.overview import comparability

__all__ = ["comparability"]
