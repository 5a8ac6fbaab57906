"""The sampling design: what is declared, and what the rows make of it.

`Design` names columns. Bound to a frame it becomes a `BoundDesign`: codes of strata and units, weights, sampling
fractions, checked once, and the rule that turns the influence of variance units into a covariance.
"""

from kepuasan.design.binding import bind, bind_labels
from kepuasan.design.bound import BoundDesign, Labels
from kepuasan.design.codes import compacted, factorized
from kepuasan.design.declaration import SINGLE_PSU, Design, SinglePSU
from kepuasan.design.replicates import ReplicateMethod, Replicates, Replication, check_fay_rho

__all__ = [
    "SINGLE_PSU",
    "BoundDesign",
    "Design",
    "Labels",
    "ReplicateMethod",
    "Replicates",
    "Replication",
    "SinglePSU",
    "bind",
    "bind_labels",
    "check_fay_rho",
    "compacted",
    "factorized",
]
