"""The front room of what drives satisfaction: importance, change and effect."""

from __future__ import annotations

from kepuasan.change import Change, attribute_change

__all__ = ["Change", "attribute_change"]
