"""The index of public services (IPP): evaluators' indicators and users' answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from kepuasan.columns import CATEGORY, CLASS, CLASS_NAME, ITEM, RULE, spelled
from kepuasan.errors import DataError, ScaleError, choose, nearest, some
from kepuasan.estimators.reading import item_names
from kepuasan.given import as_mapping, finite
from kepuasan.index import satisfaction_index
from kepuasan.specification import IndexSpec, require_scale
from kepuasan.standards.lookup import find_standard
from kepuasan.survey import require_survey
from kepuasan.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kepuasan.index import Index
    from kepuasan.numerics.totals import Floats
    from kepuasan.standards.standard import Standard
    from kepuasan.survey import Survey

__all__ = ["ipp", "ipp_aspects", "ipp_users"]

#: aspects, from the first, that users answer for
_USER_ASPECTS = 5


def ipp(
    f02: Any,
    f03: Any,
    *,
    inner: Literal["simple", "weighted"] = "simple",
    rule: Literal["29/2022", "17/2017"] | Standard = "29/2022",
    language: str = "id",
) -> pd.Series[Any]:
    """The index of public services from 30 indicator scores and five means of users, with its category.

    Parameters
    ----------
    f02 : sequence, Series, or mapping of 1..30
        Scores of the indicators by the evaluator, 0 to 5, in order.
    f03 : sequence, Series, or mapping of aspect or 1..5
        Means of the users' five aspects, 0 to 5; see `ipp_users`.
    inner : {"simple", "weighted"}
        Whether indicators count alike within their aspect, or by inner weights.
    rule : {"29/2022", "17/2017"}
        The weights of the aspects.
    language : {"id", "en"}
        Of the name of the category.

    Returns
    -------
    Series
        ``f02``, ``f03`` and ``ipp``, not rounded; ``category``, of the index rounded half up to two decimals; ``kinerja``, what it is called;
        ``rule``.

    Raises
    ------
    DataError
        Another number of scores or means; names that are none of theirs; values that are missing, no numbers, or yes or no.
    ScaleError
        Values off 0 to 5.

    Notes
    -----
    F02 = sum over the six aspects of weight x score, F03 = mean of the five means, IPP = 0.75 F02 + 0.25 F03. The self-assessment (F01) is not
    scored. Both ways within an aspect are in use, and which one is official is unverified; see `ipp_aspects`.

    References
    ----------
    Peraturan Menteri PANRB Nomor 29 Tahun 2022, diubah dengan Nomor 4 Tahun 2023 (seen; inner weights and names of categories are unverified).
    Peraturan Menteri PANRB Nomor 17 Tahun 2017 (unverified).

    Examples
    --------
    >>> scores = [5, 4, 3, 4, 5, 4, 2, 3, 5, 4, 4, 3, 5, 4, 5, 5, 4, 3, 2, 4, 4, 5, 3, 4, 3, 4, 5, 4, 2, 5]
    >>> found = ipp(scores, [3.8, 4.1, 3.9, 4.4, 4.0])
    >>> round(float(found["f02"]), 4), round(float(found["ipp"]), 4), found["category"], found["kinerja"]
    (3.8833, 3.9225, 'B', 'Baik')
    """
    choose("language", language, LANGUAGES)
    standard = find_standard(rule, "ipp")
    aspects = ipp_aspects(f02, inner=inner, rule=rule)
    evaluators = float((aspects["weight"] * aspects["score"]).sum())
    names = [element.name for element in standard.elements[:_USER_ASPECTS]]
    users = float(_numbers(f03, names, "f03", standard.scale).mean())
    index = standard.shares["f02"] * evaluators + standard.shares["f03"] * users
    graded = standard.require_classes().row(index, language)
    named = {CATEGORY: graded[CLASS], CLASS_NAME: graded[CLASS_NAME], RULE: standard.name}
    return pd.Series({"f02": evaluators, "f03": users, "ipp": index, **named}, dtype=object)


def ipp_aspects(
    f02: Any, *, inner: Literal["simple", "weighted"] = "simple", rule: Literal["29/2022", "17/2017"] | Standard = "29/2022", language: str = "id"
) -> pd.DataFrame:
    """The score of each of the six aspects from 30 indicator scores.

    Parameters
    ----------
    f02, inner, rule
        As in `ipp`.
    language : {"id", "en"}
        Of the labels.

    Returns
    -------
    DataFrame
        One row an aspect: ``aspect``, ``label``, ``indicators`` (how many), ``weight`` (a share), ``score`` from 0 to 5. The sum of weight x score
        is F02.

    Raises
    ------
    DataError, ScaleError
        As in `ipp`.

    Examples
    --------
    >>> ipp_aspects([4] * 28 + [5, 2])[["aspect", "weight", "score"]].values.tolist()[-1]
    ['inovasi', 0.12, 3.5]
    """
    choose("inner", inner, ("simple", "weighted"))
    choose("language", language, LANGUAGES)
    standard = find_standard(rule, "ipp")
    counts = [len(element.indicators) for element in standard.elements]
    scores = _numbers(f02, [f"{place}" for place in range(1, sum(counts) + 1)], "f02", standard.scale)
    starts = np.cumsum((0, *counts[:-1]))
    weights = np.concatenate([element.indicators for element in standard.elements]).astype(np.float64)
    within = weights if inner == "weighted" else np.ones(len(weights))
    score = np.add.reduceat(within * scores, starts) / np.add.reduceat(within, starts)
    return pd.DataFrame(
        {
            "aspect": [element.name for element in standard.elements],
            "label": [element.label[language] for element in standard.elements],
            "indicators": counts,
            "weight": [element.weight for element in standard.elements],
            "score": score,
        }
    )


def ipp_users(
    survey: Survey,
    items: Sequence[str],
    *,
    form: Literal["walk-in", "online"] = "walk-in",
    by: Any = None,
    rule: Literal["29/2022", "17/2017"] | Standard = "29/2022",
) -> Index:
    """The users' part of the index of public services (F03) of each domain, with design-based errors.

    Parameters
    ----------
    survey : Survey
    items : list of str
        The questions of the form in its order, answers up to 5: 14 for walk-in services, 11 for online ones.
    form : {"walk-in", "online"}
        How questions belong to the five aspects: 4, 3, 4, 2 and 1, or 4, 1, 4, 1 and 1.
    by : str or list of str, optional
        Domain columns.
    rule : {"29/2022", "17/2017"} or Standard
        Its forms, aspects and scale.

    Returns
    -------
    Index
        ``score`` is F03 (``item`` is "f03"), ``dimensions`` the means of the five aspects, ``items`` those of the questions. The values of
        ``dimensions`` without `by` are what `ipp` takes.

    Raises
    ------
    DataError
        Another number of items than the form has; unknown columns.
    ScaleError
        Items declared on a scale that does not end at 5, or that are yes or no; answers off 0 to 5, with their rows.

    Notes
    -----
    F03 is the simple mean of the five aspect means; an item of an aspect of k items therefore weighs 1 / (5 k). The five are taken as the first five
    aspects of the evaluators' form.

    References
    ----------
    Peraturan Menteri PANRB Nomor 29 Tahun 2022, diubah dengan Nomor 4 Tahun 2023 (seen; which five aspects users answer for is unverified).

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> rows = pd.DataFrame({f"q{place}": [4, 5, 3, 4] for place in range(1, 15)}).assign(q14=[5, 5, 5, 5])
    >>> users = ipp_users(Survey(rows), list(rows.columns))
    >>> users.dimensions.value.tolist(), round(float(users.score.value[0]), 4)
    ([4.0, 4.0, 4.0, 4.0, 5.0], 4.2)
    """
    require_survey(survey)
    standard = find_standard(rule, "ipp")
    choose("form", form, tuple(standard.forms))
    names, counts = item_names(items), standard.forms[form]
    if len(names) != sum(counts):
        raise DataError(f"the {form} form has {sum(counts)} questions, but items names {len(names)}; name all of them in the order of the form")
    require_scale(survey, names, lows=(0.0, 1.0), highs=standard.scale[1:], where="F03")
    aspects = [element.name for element in standard.elements[: len(counts)]]
    starts = np.cumsum((0, *counts))
    dimensions = {aspect: names[start:stop] for aspect, start, stop in zip(aspects, starts, starts[1:], strict=False)}
    weights = {item: 1.0 / (len(counts) * len(own)) for own in dimensions.values() for item in own}
    index = satisfaction_index(survey, IndexSpec(names, weights=weights, dimensions=dimensions, scoring="raw", scale=standard.scale), by=by)
    return replace(index, score=replace(index.score, key=index.score.key.assign(**{ITEM: "f03"})))


def _numbers(given: Any, names: Sequence[str], what: str, scale: tuple[float, float]) -> Floats:
    """Scores on the scale in the order of their names, which are places from 1 on besides."""
    if isinstance(given, pd.Series) and isinstance(given.index, pd.RangeIndex) and given.index.start == 0:
        given = given.tolist()
    if isinstance(given, (Mapping, pd.Series)):
        given = _ordered(as_mapping(given, what), names, what)
    if not isinstance(given, (list, tuple, np.ndarray)) or np.ndim(given) != 1:
        raise DataError(f"{what} is {type(given).__name__}; give a list of {len(names)} numbers in order, or a mapping of {names[0]} to {names[-1]}")
    if len(given) != len(names):
        raise DataError(f"{what} has {len(given)} values; give {len(names)}")
    values = finite(given, names, what)
    low, high = scale
    off = {name: float(value) for name, value in zip(names, values, strict=True) if not low <= value <= high}
    if off:
        raise ScaleError(f"{what} of {some(off)} is {some(off.values())}, off the scale {low:g} to {high:g}; give scores on it, not percent")
    return values


def _ordered(given: Mapping[Any, Any], names: Sequence[str], what: str) -> list[Any]:
    """The values of a mapping in the order of the names, or of the places 1, 2, ..."""
    spelt = {spelled(name): value for name, value in given.items()}
    if len(spelt) < len(given):
        raise DataError(f"{what} names one of {some(given, 3)} twice; give each once")
    places = [f"{place}" for place in range(1, len(names) + 1)]
    wanted = places if set(spelt) & set(places) else names
    unknown, lacking = [name for name in spelt if name not in wanted], [name for name in wanted if name not in spelt]
    if unknown:
        raise DataError(f"{what} has no {some(unknown)}{nearest(unknown[0], wanted)}; give {wanted[0]} to {wanted[-1]}")
    if lacking:
        raise DataError(f"{what} lacks {some(lacking)}; give all {len(names)}")
    return [spelt[name] for name in wanted]
