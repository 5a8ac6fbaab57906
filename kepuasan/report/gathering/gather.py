"""What a report is asked for, computed once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from kepuasan.change import attribute_change
from kepuasan.columns import WAVE
from kepuasan.errors import DataError, EstimateError, SinglePSUError
from kepuasan.estimators import proportion
from kepuasan.frames import frame_gap
from kepuasan.importance import driver_importance
from kepuasan.index import compare_waves, satisfaction_index, wave_mask
from kepuasan.report.findings import Difference, ResultTree
from kepuasan.report.gathering.fieldwork import comparability_of, rates_of, steps_of, weighting_of
from kepuasan.report.gathering.groups import group_found, sides_of
from kepuasan.report.gathering.league import league_of
from kepuasan.report.gathering.linked import hiding_of
from kepuasan.report.gathering.moved import moved_by
from kepuasan.report.gathering.populations import compared
from kepuasan.report.gathering.refusing import require_allowed
from kepuasan.report.gathering.scope import codebooks_of, scope_of
from kepuasan.specification import spec_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kepuasan.change import Change
    from kepuasan.estimates import Estimates
    from kepuasan.importance import Drivers
    from kepuasan.index import Index
    from kepuasan.report.findings import Comparison, League
    from kepuasan.report.gathering.scope import Scope
    from kepuasan.report.request import ReportRequest
    from kepuasan.report.suppression import Hiding
    from kepuasan.specification import IndexSpec
    from kepuasan.survey import Survey

__all__ = ["gather_results"]

Made = TypeVar("Made")


def gather_results(survey: Survey, request: ReportRequest, *, inputs: Mapping[str, str] | None = None) -> ResultTree:
    """The results asked for.

    Parameters
    ----------
    survey : Survey
        Stacked by `stack_waves` where the request has several waves. Of a stacked survey and a request for one wave, that wave is taken.
    request : ReportRequest
        What is asked for.
    inputs : {file: hash}, optional
        Kept for the run record.

    Returns
    -------
    ResultTree
        Parts that the data do not allow, such as a comparison with a sample that has a stratum with a single unit, are named in ``failed``.

    Raises
    ------
    DataError
        Unknown columns, all of them at once; unknown waves; whatever else the estimators of the index refuse.
    RecipeError
        A change of waves that the request does not name; conditions of groups that cannot be read or hold for nobody; results by columns of persons.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import IndexSpec, Survey
    >>> from kepuasan.report.request import ReportRequest
    >>> results = gather_results(Survey(pd.DataFrame({"speed": [3, 4, 2, 4]})), ReportRequest(("2022",), spec=IndexSpec(["speed"], scale=(1, 4))))
    >>> round(float(results.index.score.value[0]), 2)
    75.0
    """
    scope = scope_of(survey, request)
    spec = spec_of(scope.survey, request.spec, None if scope.pair else request.waves[0])
    require_allowed(survey, request, (*spec.items, *spec.importance))
    sides = sides_of(scope.survey, request.groups)
    hiding = hiding_of(scope, request, spec, sides)
    index, rows = _index(scope, spec), _rows(scope, survey, request.waves)
    degrees = _degrees(index)
    change, unsplit = _change(scope, request, spec)
    optional = _Optional()
    importance = optional("importance", partial(_importance, scope.current, request, spec))
    domains = [optional("moved", partial(moved_by, scope, name, spec, hiding)) for name in dict.fromkeys(request.domains)]
    groups = [optional("groups", partial(group_found, scope, one, spec, degrees)) for one in sides]
    return ResultTree(
        request=request,
        spec=spec,
        index=index,
        domains=tuple(one for one in domains if one is not None),
        differences=tuple(_differences(scope, request.waves, spec)),
        change=change,
        gap=None if scope.pair is None else frame_gap(scope.survey, *scope.pair, request.frame),
        rows=rows,
        codebook=survey.codebook,
        design=survey.design,
        answers={item: scope.ordered(proportion(scope.survey, item, by=scope.by or None)) for item in spec.items},
        league=optional("league", partial(_league, scope, request, spec, degrees[scope.pair[1] if scope.pair else ""], hiding)),
        provinces=optional("provinces", partial(_provinces, scope, request, spec)),
        importance=importance,
        groups=tuple(one for one in groups if one is not None),
        against=optional("against", partial(_against, scope, request, spec)),
        rates=rates_of(request),
        comparability=optional("comparability", partial(comparability_of, scope, request, spec)),
        weighting=weighting_of(scope.survey),
        wave_codebooks=codebooks_of(survey, request.waves),
        inputs=dict(inputs or {}),
        steps=tuple(steps_of(request, rows, index, importance)),
        unsplit=unsplit,
        linked=hiding.linked,
        failed=optional.failed,
    )


@dataclass
class _Optional:
    """Makes parts that a report can do without, and keeps why one could not be made."""

    failed: dict[str, str] = field(default_factory=dict)

    def __call__(self, part: str, make: Callable[[], Made]) -> Made | None:
        """Give the part, or nothing."""
        try:
            return make()
        except (DataError, EstimateError, SinglePSUError) as error:
            self.failed[part] = "; ".join(dict.fromkeys([*([self.failed[part]] if part in self.failed else []), str(error)]))
            return None


def _index(scope: Scope, spec: IndexSpec) -> Index:
    """The index of each wave, in the order in which they are asked for."""
    found = satisfaction_index(scope.survey, spec, by=scope.by or None)
    dimensions = None if found.dimensions is None else scope.ordered(found.dimensions)
    return replace(found, score=scope.ordered(found.score), items=scope.ordered(found.items), dimensions=dimensions)


def _rows(scope: Scope, survey: Survey, waves: Sequence[str]) -> dict[str, int]:
    """Respondents of each wave, of the domain where one was chosen."""
    if scope.pair is None:
        return {waves[0]: len(scope.current)}
    chosen = slice(None) if survey.domain is None else survey.domain
    return {wave: int(wave_mask(survey, wave)[chosen].sum()) for wave in waves}


def _change(scope: Scope, request: ReportRequest, spec: IndexSpec) -> tuple[Change | None, bool]:
    """The change told apart, and whether there is one that has no exact parts."""
    if scope.pair is None:
        return None, False
    try:
        return attribute_change(scope.survey, *scope.pair, spec=spec, drivers=request.drivers, frame=request.frame), False
    except EstimateError:
        return None, True


def _differences(scope: Scope, waves: Sequence[str], spec: IndexSpec) -> list[Difference]:
    """That of the change first, then those of neighbouring waves."""
    pairs = [] if scope.pair is None else [scope.pair, *pairwise(waves)]
    return [Difference(base, current, compare_waves(scope.survey, base, current, spec=spec)) for base, current in dict.fromkeys(pairs)]


def _degrees(index: Index) -> dict[str, float]:
    """Degrees of freedom of each wave; of "" where there is one."""
    key = index.score.key
    return dict(zip(key[WAVE].astype(str) if WAVE in key.columns else [""], index.score.df.tolist(), strict=True))


def _league(scope: Scope, request: ReportRequest, spec: IndexSpec, df: float, hiding: Hiding) -> League | None:
    wave = request.waves[0] if scope.pair is None else scope.pair[1]
    return None if request.league is None else league_of(scope.current, request.league, spec, df, hiding, wave)


def _provinces(scope: Scope, request: ReportRequest, spec: IndexSpec) -> Estimates | None:
    return None if request.provinces is None else satisfaction_index(scope.current, spec, by=request.provinces).score


def _importance(current: Survey, request: ReportRequest, spec: IndexSpec) -> Drivers | None:
    """What the drivers account for in the outcome; the outcome is none of its drivers."""
    if request.outcome is None:
        return None
    ranked = [item for item in spec.items if item != request.outcome] if request.ranked is None else request.ranked
    if not ranked:
        raise EstimateError(f"the outcome {request.outcome!r} is the only item, so that no driver is left; name drivers, or another outcome")
    return driver_importance(current, request.outcome, ranked)


def _against(scope: Scope, request: ReportRequest, spec: IndexSpec) -> Comparison | None:
    label = request.waves[0] if scope.pair is None else scope.pair[1]
    return None if request.against is None else compared(scope, label, request.against, spec)
