"""The front room of what carries satisfaction and accounts for its change: importance, comparability, change, effect."""

from __future__ import annotations

from kepuasan.change import Change, attribute_change, oaxaca_blinder
from kepuasan.comparing import comparability
from kepuasan.effect import programme_effect
from kepuasan.importance import Drivers, driver_importance

__all__ = ["Change", "Drivers", "attribute_change", "comparability", "driver_importance", "oaxaca_blinder", "programme_effect"]
