"""Estimators: what is estimated, each by one small function on the one road."""

from kepuasan.estimators.means import mean, ratio, total
from kepuasan.estimators.proportions import proportion

__all__ = ["mean", "proportion", "ratio", "total"]
