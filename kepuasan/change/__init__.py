"""What accounts for a change: parts of an index, parts of a mean."""

from kepuasan.change.attribution import attribute_change
from kepuasan.change.oaxaca import oaxaca_blinder
from kepuasan.change.record import Change

__all__ = ["Change", "attribute_change", "oaxaca_blinder"]
