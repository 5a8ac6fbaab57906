"""Perception indices of integrity zones: the quality of service, and the freedom from corruption."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from kepuasan.columns import ITEM
from kepuasan.estimators.reading import item_names
from kepuasan.index import satisfaction_index
from kepuasan.specification import IndexSpec, require_scale, spec_of
from kepuasan.standards.lookup import find_standard
from kepuasan.standards.rated import Rating, complete_counts
from kepuasan.survey import require_survey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kepuasan.standards.standard import Standard
    from kepuasan.survey import Survey

__all__ = ["perception_index"]


def perception_index(
    survey: Survey, kind: Literal["ipkp", "ipak"] | Standard = "ipkp", *, items: Sequence[str] | None = None, by: Any = None
) -> Rating:
    """The perception index of each domain from 1 to 4, and whether it reaches the thresholds of an integrity zone.

    Parameters
    ----------
    survey : Survey
    kind : {"ipkp", "ipak"} or Standard
        Perceived quality of service, or perceived freedom from corruption.
    items : list of str, optional
        Answers from 1 to 4. Without it, those of the codebook's ``[index]`` section; its weights and scoring are not used.
    by : str or list of str, optional
        Domain columns.

    Returns
    -------
    Rating
        ``.score`` is the mean of the item means, each item on its own answers; ``item`` is the kind.

    Warns
    -----
    ClassWarning
        Where an interval crosses a threshold.

    Raises
    ------
    ScaleError
        Items declared on another scale than 1 to 4, or that are yes or no; answers off it, with their rows.
    DataError
        Unknown items; no items, and a codebook without any.

    References
    ----------
    Peraturan Menteri PANRB Nomor 90 Tahun 2021 tentang Pembangunan dan Evaluasi Zona Integritas (its thresholds are unverified). The index of the
    statistics office that is also called IPAK, from 0 to 5 and of conduct, is another one.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> survey = Survey(pd.DataFrame({"speed": [4, 4, 4, 4, 4], "updates": [4, 4, 4, 4, 3]}))
    >>> perception_index(survey, items=["speed", "updates"]).to_frame()[["rounded", "mutu"]].values.tolist()
    [[3.9, 'WBBM']]
    """
    require_survey(survey)
    standard = find_standard(kind, "perception")
    names = list(spec_of(survey, None).items) if items is None else item_names(items)
    require_scale(survey, names, highs=standard.scale[1:], lows=standard.scale[:1], where=standard.title["en"])
    score = satisfaction_index(survey, IndexSpec(names, scoring="raw", scale=standard.scale), by=by).score
    counted = complete_counts(survey.design, survey.domains(by, warn=False))
    rating = Rating.of(replace(score, key=score.key.assign(**{ITEM: standard.name})), standard, counted)
    rating.warn_of_bounds(stacklevel=2)
    return rating
