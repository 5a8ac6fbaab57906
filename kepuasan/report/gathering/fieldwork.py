"""What stands beside the numbers: response rates, comparability of waves, weights, rows at each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kepuasan.columns import ITEM, WAVE
from kepuasan.comparing import comparability
from kepuasan.comparing.pairs import paired
from kepuasan.comparing.respondents import characteristics
from kepuasan.report.gathering.refusing import is_personal
from kepuasan.standards.response import response_rates
from kepuasan.weighting.diagnostics import weight_diagnostics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kepuasan.importance import Drivers
    from kepuasan.index import Index
    from kepuasan.report.gathering.scope import Scope
    from kepuasan.report.request import ReportRequest
    from kepuasan.specification import IndexSpec
    from kepuasan.survey import Survey

__all__ = ["comparability_of", "rates_of", "steps_of", "weighting_of"]

#: columns that describe respondents, beyond which those of the request alone are looked at
_MOST_COLUMNS = 40


def rates_of(request: ReportRequest) -> pd.DataFrame | None:
    """Response rates of the waves whose dispositions are known, by wave."""
    known = {wave: request.fieldwork[wave].dispositions for wave in request.waves if wave in request.fieldwork}
    tables = [response_rates(counts).assign(**{WAVE: wave}) for wave, counts in known.items() if counts]
    if not tables:
        return None
    table = pd.concat(tables, ignore_index=True)
    return table[[WAVE, *(name for name in table.columns if name != WAVE)]]


def comparability_of(scope: Scope, request: ReportRequest, spec: IndexSpec) -> pd.DataFrame | None:
    """What differs between the waves of the change and bears on it; columns of persons are left out."""
    if scope.pair is None:
        return None
    described = characteristics(paired(scope.survey, *scope.pair, spec), request.frame)
    mix = [name for name in described if not is_personal(scope.survey, name)]
    if len(mix) > _MOST_COLUMNS and request.domains:
        mix = list(dict.fromkeys(request.domains))
    found = comparability(scope.survey, *scope.pair, spec=spec, mix=mix or None, frame=request.frame)
    persons = [name for name in found[ITEM].unique() if name in scope.survey.frame.columns and is_personal(scope.survey, name)]
    return found[~found[ITEM].isin(persons)].reset_index(drop=True)


def weighting_of(survey: Survey) -> pd.DataFrame | None:
    """The weights at the start and after each step, where there are steps that change them."""
    return weight_diagnostics(survey) if survey.design.adjustments else None


def steps_of(request: ReportRequest, rows: dict[str, int], index: Index, importance: Drivers | None) -> Iterator[tuple[str, str, int]]:
    """Step, wave and rows: those read, those with an answer to the index, those complete enough for importance."""
    answered = dict(zip(_waves(index, request), np.nan_to_num(index.score.n).astype(int).tolist(), strict=True))
    for wave in request.waves:
        yield "read", wave, rows[wave]
        yield "index", wave, answered.get(wave, 0)
    if importance is not None:
        yield "importance", request.change[1] if request.change else request.waves[-1], int(importance.r_squared.n[0])


def _waves(index: Index, request: ReportRequest) -> list[str]:
    """The wave of each row of the index."""
    key = index.score.key
    return key[WAVE].astype(str).tolist() if WAVE in key.columns else [request.waves[0]]
