"""The rows a report is about: the waves asked for, the pair that is compared, and the current wave as a domain."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kepuasan.columns import WAVE
from kepuasan.errors import DataWarning, RecipeError, nearest, some
from kepuasan.estimates import taken
from kepuasan.index import require_two_waves, wave_mask
from kepuasan.survey import require_survey

if TYPE_CHECKING:
    from kepuasan.codebook import Codebook
    from kepuasan.estimates import Estimates
    from kepuasan.report.request import ReportRequest
    from kepuasan.survey import Survey

__all__ = ["Scope", "codebooks_of", "scope_of", "wave_of"]


@dataclass(frozen=True)
class Scope:
    """What is looked at.

    ``survey``: the domain of the waves asked for; ``current``: that of the current wave; ``pair``: base and current wave where there are several;
    ``waves``: their labels in order.
    """

    survey: Survey
    current: Survey
    pair: tuple[str, str] | None
    waves: tuple[str, ...]

    @property
    def by(self) -> list[str]:
        """The domain columns that tell waves apart."""
        return [] if self.pair is None else [WAVE]

    def ordered(self, estimates: Estimates) -> Estimates:
        """The estimates with waves in the order in which they are asked for, which need not be that of their labels."""
        if WAVE not in estimates.key.columns:
            return estimates
        place = {wave: row for row, wave in enumerate(self.waves)}
        return taken(estimates, np.argsort([place[wave] for wave in estimates.key[WAVE].astype(str)], kind="stable"))


def scope_of(survey: Survey, request: ReportRequest) -> Scope:
    """The rows that a request is about.

    Raises
    ------
    DataError
        What is no survey; waves that the survey does not have.
    RecipeError
        No wave; labels given twice; a change of waves that the request does not name.
    """
    require_survey(survey)
    labels = request.waves
    if not labels:
        raise RecipeError("the request names no wave; give the labels of the waves, or one label for a single survey: ReportRequest(('2022',))")
    if len(set(labels)) < len(labels):
        twice = [label for label in dict.fromkeys(labels) if labels.count(label) > 1]
        raise RecipeError(f"the request names the waves {some(twice)} more than once; name each once")
    if len(labels) == 1:
        if request.change is not None:
            raise RecipeError(f"the change names {some(request.change)}, but the request has one wave, {labels[0]!r}; name both among its waves")
        only = wave_of(survey, labels[0])
        return Scope(only, only, None, labels)
    pair = request.change or (labels[0], labels[-1])
    for wave in pair:
        if wave not in labels:
            raise RecipeError(f"the change names wave {wave!r}{nearest(wave, labels)}; the waves are {some(labels, 12)}")
    require_two_waves(*pair)
    masks = {label: wave_mask(survey, label) for label in labels}
    asked = np.logical_or.reduce(list(masks.values()))
    return Scope(survey if asked.all() else survey.where(asked), survey.where(masks[pair[1]]), pair, labels)


def wave_of(survey: Survey, label: str) -> Survey:
    """The wave of that label, or all rows where the survey has no waves.

    A column "wave" of rows that nobody stacked may hold anything, so that its other codes are named in a warning.
    """
    column = survey.frame[WAVE].astype(str) if WAVE in survey.frame.columns else None
    if column is None or (not survey.wave_codebooks and not (column == label).any()):
        return survey
    mask = wave_mask(survey, label)
    if not survey.wave_codebooks and not mask.all():
        warnings.warn(
            f"the column {WAVE!r} has the code {label!r} in {int(mask.sum()):,} of {len(mask):,} rows, which alone are the report's; "
            "give the waves of stacked surveys, or call the column otherwise",
            DataWarning,
            stacklevel=4,
        )
    return survey if mask.all() else survey.where(mask)


def codebooks_of(survey: Survey, waves: tuple[str, ...]) -> dict[str, Codebook]:
    """The codebook of each wave; that of the survey where it keeps none of the wave."""
    kept = {str(label): book for label, book in survey.wave_codebooks.items()}
    return {wave: kept.get(wave, survey.codebook) for wave in waves}
