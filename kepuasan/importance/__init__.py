"""What drivers carry: importance, performance, and where each driver stands."""

from kepuasan.importance.estimation import driver_importance
from kepuasan.importance.record import Drivers
from kepuasan.importance.standing import Crosshair

__all__ = ["Crosshair", "Drivers", "driver_importance"]
