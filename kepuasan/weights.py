"""The front room of weighting: what brings weights to known totals, what it did to them, and replicates."""

from kepuasan.weighting.calibrating import calibrate, poststratify, rake
from kepuasan.weighting.diagnostics import plot_weights, weight_diagnostics, weight_margins
from kepuasan.weighting.nonresponse import adjust_nonresponse
from kepuasan.weighting.replicating import add_replicates, replicate_weights
from kepuasan.weighting.trimming import trim_weights

__all__ = [
    "add_replicates",
    "adjust_nonresponse",
    "calibrate",
    "plot_weights",
    "poststratify",
    "rake",
    "replicate_weights",
    "trim_weights",
    "weight_diagnostics",
    "weight_margins",
]
