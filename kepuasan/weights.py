"""The front room of weighting: what brings weights to known totals, and replicates of them."""

from kepuasan.weighting.calibrating import calibrate, poststratify, rake
from kepuasan.weighting.nonresponse import adjust_nonresponse
from kepuasan.weighting.replicating import add_replicates
from kepuasan.weighting.trimming import trim_weights

__all__ = ["add_replicates", "adjust_nonresponse", "calibrate", "poststratify", "rake", "trim_weights"]
