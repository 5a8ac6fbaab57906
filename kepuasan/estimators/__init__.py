"""Estimators: what is estimated, each by one small function on the one road."""

from kepuasan.estimators.crosstabs import Crosstab, crosstab
from kepuasan.estimators.imputation import combine_imputations, missing_information
from kepuasan.estimators.means import mean, ratio, total
from kepuasan.estimators.proportions import proportion
from kepuasan.estimators.quantiles import quantile
from kepuasan.estimators.regression import Regression, TermTest, regress

__all__ = [
    "Crosstab",
    "Regression",
    "TermTest",
    "combine_imputations",
    "crosstab",
    "mean",
    "missing_information",
    "proportion",
    "quantile",
    "ratio",
    "regress",
    "total",
]
