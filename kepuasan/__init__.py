"""From survey microdata to a satisfaction index that can be defended, what accounts for its change, and the published result."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {
    "AnswerScale": "codebook",
    "Change": "change",
    "Classes": "standards",
    "Codebook": "codebook",
    "Crosstab": "estimators",
    "Design": "design",
    "Driver": "codebook",
    "Drivers": "drivers",
    "Element": "standards",
    "Estimates": "estimates",
    "Grade": "standards",
    "Index": "index",
    "IndexSpec": "specification",
    "Item": "codebook",
    "KepuasanError": "errors",
    "KepuasanWarning": "errors",
    "Multiple": "codebook",
    "Rating": "standards",
    "Regression": "estimators",
    "Replicates": "design",
    "Reproduction": "reproducing",
    "SKM": "standards",
    "Scale": "scales",
    "Standard": "standards",
    "Survey": "survey",
    "TermTest": "estimators",
    "acsi": "standards",
    "add_replicates": "weights",
    "adjust_nonresponse": "weights",
    "attribute_change": "drivers",
    "calibrate": "weights",
    "check_survey": "quality",
    "classify": "standards",
    "combine_imputations": "estimators",
    "comparability": "drivers",
    "compare_waves": "index",
    "crosstab": "estimators",
    "csi": "standards",
    "draft_codebook": "io.first_look",
    "driver_importance": "drivers",
    "importance_performance": "standards",
    "ipp": "standards",
    "ipp_aspects": "standards",
    "ipp_users": "standards",
    "list_standards": "standards",
    "load_sample": "io",
    "mean": "estimators",
    "missing_information": "estimators",
    "net_promoter": "standards",
    "oaxaca_blinder": "drivers",
    "perception_index": "standards",
    "personal_columns": "quality",
    "plot_importance_performance": "standards",
    "plot_weights": "weights",
    "poststratify": "weights",
    "programme_effect": "drivers",
    "proportion": "estimators",
    "publication_sheet": "report",
    "quantile": "estimators",
    "rake": "weights",
    "ratio": "estimators",
    "read_survey": "io",
    "regress": "estimators",
    "replicate_weights": "weights",
    "reproduce": "reproducing",
    "response_rates": "standards",
    "satisfaction_index": "index",
    "skm": "standards",
    "skm_from_means": "standards",
    "skm_sample_size": "standards",
    "skm_series": "standards",
    "stack_waves": "waves",
    "total": "estimators",
    "trim_weights": "weights",
    "weight_diagnostics": "weights",
    "weight_margins": "weights",
}

__all__ = [  # noqa: RUF022 - sorted as Python sorts
    "AnswerScale",
    "Change",
    "Classes",
    "Codebook",
    "Crosstab",
    "Design",
    "Driver",
    "Drivers",
    "Element",
    "Estimates",
    "Grade",
    "Index",
    "IndexSpec",
    "Item",
    "KepuasanError",
    "KepuasanWarning",
    "Multiple",
    "Rating",
    "Regression",
    "Replicates",
    "Reproduction",
    "SKM",
    "Scale",
    "Standard",
    "Survey",
    "TermTest",
    "acsi",
    "add_replicates",
    "adjust_nonresponse",
    "attribute_change",
    "calibrate",
    "check_survey",
    "classify",
    "combine_imputations",
    "comparability",
    "compare_waves",
    "crosstab",
    "csi",
    "draft_codebook",
    "driver_importance",
    "importance_performance",
    "ipp",
    "ipp_aspects",
    "ipp_users",
    "list_standards",
    "load_sample",
    "mean",
    "missing_information",
    "net_promoter",
    "oaxaca_blinder",
    "perception_index",
    "personal_columns",
    "plot_importance_performance",
    "plot_weights",
    "poststratify",
    "programme_effect",
    "proportion",
    "publication_sheet",
    "quantile",
    "rake",
    "ratio",
    "read_survey",
    "regress",
    "replicate_weights",
    "reproduce",
    "response_rates",
    "satisfaction_index",
    "skm",
    "skm_from_means",
    "skm_sample_size",
    "skm_series",
    "stack_waves",
    "total",
    "trim_weights",
    "weight_diagnostics",
    "weight_margins",
]

if TYPE_CHECKING:
    from kepuasan.change import Change
    from kepuasan.codebook import AnswerScale, Codebook, Driver, Item, Multiple
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
    from kepuasan.io.first_look import draft_codebook
    from kepuasan.quality import check_survey, personal_columns
    from kepuasan.report import publication_sheet
    from kepuasan.reproducing import Reproduction, reproduce
    from kepuasan.scales import Scale
    from kepuasan.standards import (
        SKM,
        Classes,
        Element,
        Grade,
        Rating,
        Standard,
        acsi,
        classify,
        csi,
        importance_performance,
        ipp,
        ipp_aspects,
        ipp_users,
        list_standards,
        net_promoter,
        perception_index,
        plot_importance_performance,
        response_rates,
        skm,
        skm_from_means,
        skm_sample_size,
        skm_series,
    )
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
