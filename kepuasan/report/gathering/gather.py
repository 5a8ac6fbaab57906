"""What a run finds, gathered once; every table, figure and page is made of this tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from kepuasan.change import Change, attribute_change
from kepuasan.columns import WAVE
from kepuasan.errors import EstimateError, RecipeError, nearest
from kepuasan.frames import FrameGap, frame_gap
from kepuasan.index import Index, compare_waves, satisfaction_index, wave_mask

if TYPE_CHECKING:
    from kepuasan.codebook import Codebook, Label
    from kepuasan.design import BoundDesign
    from kepuasan.estimates import Estimates
    from kepuasan.specification import IndexSpec
    from kepuasan.survey import Survey

__all__ = ["Difference", "Request", "ResultTree", "gather"]

#: the level of every interval of a report
LEVEL = 0.95


@dataclass(frozen=True)
class Request:
    """What a run is asked for.

    Parameters
    ----------
    waves : tuple of str
        Labels of the waves, in order; one for a single survey.
    title : str
        Above the finding.
    spec : IndexSpec, optional
        Without it the codebook's.
    change : (base, current), optional
        The waves between which the change is told apart; without it the first and the last, where there are several.
    frame : str, optional
        Column of the groups asked, such as regions.
    drivers : {name: [items]}, optional
        Without it the codebook's.
    domains : tuple of str
        Columns by which the index is shown too.
    notes : tuple of labels
        Sentences in both languages that the reader must have seen.
    """

    waves: tuple[str, ...]
    title: str = ""
    spec: IndexSpec | None = None
    change: tuple[str, str] | None = None
    frame: str | None = None
    drivers: Mapping[str, Sequence[str]] | None = None
    domains: tuple[str, ...] = ()
    notes: tuple[Label, ...] = ()


@dataclass(frozen=True)
class Difference:
    """The difference of the index between two waves."""

    base: str
    current: str
    estimate: Estimates


@dataclass(frozen=True)
class ResultTree:
    """The results of a run, without language and without rounding.

    Attributes
    ----------
    index : Index
        By wave, where there are several.
    domains : {column: Estimates}
        The index by the column (and wave).
    differences : tuple of Difference
        That of the change first, then those of neighbouring waves.
    change : Change or None
    gap : FrameGap or None
        Where a frame column was named and the waves differ in it.
    rows : {wave: int}
        Respondents of each wave.
    inputs : {file: hash}
        For the run record.
    unsplit : bool
        Whether there is a difference that has no exact parts.
    """

    request: Request
    spec: IndexSpec
    index: Index
    domains: Mapping[str, Estimates]
    differences: tuple[Difference, ...]
    change: Change | None
    gap: FrameGap | None
    rows: Mapping[str, int]
    codebook: Codebook
    design: BoundDesign
    inputs: Mapping[str, str] = field(default_factory=dict)
    unsplit: bool = False

    @property
    def several(self) -> bool:
        """Whether there is more than one wave."""
        return len(self.request.waves) > 1

    @property
    def decimals(self) -> int:
        """Decimals of the index: one for shares and scores of 100, two where it is in units of the answers or an SKM."""
        return 2 if self.spec.scoring in ("raw", "share-of-max") else 1

    def item_labels(self, language: str) -> dict[str, str]:
        """Texts of items by their names."""
        return {name: item.label[language] for name, item in self.codebook.items.items()}

    def dimension_labels(self, language: str) -> dict[str, str]:
        """Texts of dimensions by their names."""
        return {name: label[language] for name, label in self.codebook.dimensions.items()}

    def driver_labels(self, language: str) -> dict[str, str]:
        """Texts of drivers by their names; those of the recipe are called by their names."""
        if self.request.drivers is not None:
            return {name: name for name in self.request.drivers}
        return {name: driver.label[language] for name, driver in self.codebook.drivers.items()}

    def code_labels(self, column: str, language: str) -> dict[Any, str]:
        """Texts of the codes of a column."""
        return dict(self.codebook.value_labels(column, language)) if column in self.codebook.items else {}


def gather(survey: Survey, request: Request, *, inputs: Mapping[str, str] | None = None) -> ResultTree:
    """The results asked for.

    Parameters
    ----------
    survey : Survey
        Stacked by `stack_waves` where the request has several waves.
    request : Request
        What is asked for.
    inputs : {file: hash}, optional
        Kept for the run record.

    Raises
    ------
    KepuasanError
        Whatever the estimators refuse.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import IndexSpec, Survey
    >>> results = gather(Survey(pd.DataFrame({"speed": [3, 4, 2, 4]})), Request(("2022",), spec=IndexSpec(["speed"], scale=(1, 4))))
    >>> round(float(results.index.score.value[0]), 2)
    75.0
    """
    several = len(request.waves) > 1
    waves = [WAVE] if several else []
    pair = _pair(request)
    change, unsplit = None, False
    index = satisfaction_index(survey, request.spec, by=waves or None)
    spec = cast("IndexSpec", index.spec)
    if pair is not None:
        try:
            change = attribute_change(survey, *pair, spec=spec, drivers=request.drivers, frame=request.frame)
        except EstimateError:
            unsplit = True
    return ResultTree(
        request=request,
        spec=spec,
        index=index,
        domains={name: satisfaction_index(survey, spec, by=[*waves, name]).score for name in request.domains},
        differences=tuple(_differences(survey, request.waves, pair, spec)) if several else (),
        change=change,
        gap=None if pair is None else frame_gap(survey, *pair, request.frame),
        rows={wave: int(wave_mask(survey, wave).sum()) for wave in request.waves} if several else {request.waves[0]: len(survey)},
        codebook=survey.codebook,
        design=survey.design,
        inputs=dict(inputs or {}),
        unsplit=unsplit,
    )


def _pair(request: Request) -> tuple[str, str] | None:
    """Base and current wave of the change."""
    if len(request.waves) < 2:
        return None
    pair = request.change or (request.waves[0], request.waves[-1])
    for wave in pair:
        if wave not in request.waves:
            raise RecipeError(f"the change names wave {wave!r}{nearest(wave, request.waves)}; the waves are {', '.join(map(repr, request.waves))}")
    return pair


def _differences(survey: Survey, waves: Sequence[str], pair: tuple[str, str] | None, spec: IndexSpec) -> list[Difference]:
    pairs = [*([pair] if pair else []), *pairwise(waves)]
    return [Difference(base, current, compare_waves(survey, base, current, spec=spec)) for base, current in dict.fromkeys(pairs)]
