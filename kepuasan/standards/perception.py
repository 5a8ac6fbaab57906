"""Perception indices of integrity zones: the quality of service, and the freedom from corruption."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from kepuasan.columns import ITEM
from kepuasan.errors import ScaleError, some
from kepuasan.estimators.reading import item_names
from kepuasan.index import satisfaction_index
from kepuasan.specification import IndexSpec, spec_of
from kepuasan.standards.lookup import find_standard
from kepuasan.standards.rated import Rating
from kepuasan.survey import require_survey

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kepuasan.standards.standard import Standard
    from kepuasan.survey import Survey

__all__ = ["perception_index", "require_scale"]


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
    rating = Rating.of(replace(score, key=score.key.assign(**{ITEM: standard.name})), standard)
    rating.warn_of_bounds(stacklevel=2)
    return rating


def require_scale(survey: Survey, items: Sequence[Any], *, lows: Collection[float], highs: Collection[float], where: str) -> None:
    """Refuse items that are declared on a scale with other ends than these, and items that are yes or no."""
    from pandas.api.types import is_bool_dtype

    survey.require(items)
    yes_no = [item for item in items if is_bool_dtype(survey.frame[item].dtype)]
    wanted = f"{' or '.join(f'{low:g}' for low in lows)} to {' or '.join(f'{high:g}' for high in highs)}"
    if yes_no:
        raise ScaleError(f"{some(yes_no)} is yes or no; {where} takes answers from {wanted}")
    declared = {item: survey.codebook.scale_of(item) for item in items if item in survey.codebook.items}
    wrong = [
        f"{item!r} ({scale.low:g} to {scale.high:g})" for item, scale in declared.items() if scale and not (scale.low in lows and scale.high in highs)
    ]
    if wrong:
        raise ScaleError(
            f"{', '.join(wrong)}: declared on another scale than {wanted}, which {where} takes; answers on another scale are not comparable "
            "and are not converted"
        )
