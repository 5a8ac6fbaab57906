"""From survey microdata to a satisfaction index that can be defended, what accounts for its change, and the published result."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {
    "Change": "change",
    "Codebook": "codebook",
    "Crosstab": "estimators",
    "Design": "design",
    "Drivers": "drivers",
    "Estimates": "estimates",
    "Index": "index",
    "IndexSpec": "specification",
    "KepuasanError": "errors",
    "KepuasanWarning": "errors",
    "Regression": "estimators",
    "Replicates": "design",
    "Survey": "survey",
    "TermTest": "estimators",
    "add_replicates": "weights",
    "adjust_nonresponse": "weights",
    "attribute_change": "drivers",
    "calibrate": "weights",
    "combine_imputations": "estimators",
    "comparability": "drivers",
    "compare_waves": "index",
    "crosstab": "estimators",
    "driver_importance": "drivers",
    "load_sample": "io",
    "mean": "estimators",
    "missing_information": "estimators",
    "net_promoter": "standards",
    "oaxaca_blinder": "drivers",
    "plot_weights": "weights",
    "poststratify": "weights",
    "programme_effect": "drivers",
    "proportion": "estimators",
    "quantile": "estimators",
    "rake": "weights",
    "ratio": "estimators",
    "read_survey": "io",
    "regress": "estimators",
    "replicate_weights": "weights",
    "response_rates": "standards",
    "satisfaction_index": "index",
    "stack_waves": "waves",
    "total": "estimators",
    "trim_weights": "weights",
    "weight_diagnostics": "weights",
    "weight_margins": "weights",
}

__all__ = [
    "Change",
    "Codebook",
    "Crosstab",
    "Design",
    "Drivers",
    "Estimates",
    "Index",
    "IndexSpec",
    "KepuasanError",
    "KepuasanWarning",
    "Regression",
    "Replicates",
    "Survey",
    "TermTest",
    "add_replicates",
    "adjust_nonresponse",
    "attribute_change",
    "calibrate",
    "combine_imputations",
    "comparability",
    "compare_waves",
    "crosstab",
    "driver_importance",
    "load_sample",
    "mean",
    "missing_information",
    "net_promoter",
    "oaxaca_blinder",
    "plot_weights",
    "poststratify",
    "programme_effect",
    "proportion",
    "quantile",
    "rake",
    "ratio",
    "read_survey",
    "regress",
    "replicate_weights",
    "response_rates",
    "satisfaction_index",
    "stack_waves",
    "total",
    "trim_weights",
    "weight_diagnostics",
    "weight_margins",
]

if TYPE_CHECKING:
    from kepuasan.change import Change
    from kepuasan.codebook import Codebook
    from kepuasan.design import Design, Replicates
    from kepuasan.drivers import Drivers, attribute_change, comparability, driver_importance, oaxaca_blinder, programme_effect
    from kepuasan.errors import KepuasanError, KepuasanWarning
    from kepuasan.estimates import Estimates
    from kepuasan.estimators import (
        Crosstab,
        Regression,
        TermTest,
        combine_imputations,
        crosstab,
        mean,
        missing_information,
        proportion,
        quantile,
        ratio,
        regress,
        total,
    )
    from kepuasan.index import Index, IndexSpec, compare_waves, satisfaction_index
    from kepuasan.io import load_sample, read_survey
    from kepuasan.standards import net_promoter, response_rates
    from kepuasan.survey import Survey
    from kepuasan.waves import stack_waves
    from kepuasan.weights import (
        add_replicates,
        adjust_nonresponse,
        calibrate,
        plot_weights,
        poststratify,
        rake,
        replicate_weights,
        trim_weights,
        weight_diagnostics,
        weight_margins,
    )


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module 'kepuasan' has no attribute {name!r}", name=name, obj=sys.modules[__name__])
    value = getattr(importlib.import_module(f"kepuasan.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Every public name, loaded or not."""
    return sorted({*globals(), *_HOME})
