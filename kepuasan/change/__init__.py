"""What accounts for a change: parts of an index, parts of a mean."""

from kepuasan.change.attribution import attribute_change
from kepuasan.change.frames import FrameGap, frame_gap
from kepuasan.change.record import Change

__all__ = ["Change", "FrameGap", "attribute_change", "frame_gap"]
