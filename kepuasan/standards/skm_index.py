"""The survey of the satisfaction of the public (SKM) and its index (IKM), as the regulations have it, with design-based errors."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pandas as pd

from kepuasan.columns import ROUNDED
from kepuasan.errors import DataError, DataWarning, ScaleError, choose, some
from kepuasan.estimates import rescaled, taken
from kepuasan.given import real
from kepuasan.index import satisfaction_index
from kepuasan.scales import Scale
from kepuasan.specification import IndexSpec, check_scale
from kepuasan.standards.lookup import find_standard
from kepuasan.standards.periods import naming_rule, rules_of
from kepuasan.standards.pooling import POOLS, Pool, Pooling, coverage_of, unit_volumes
from kepuasan.standards.rated import complete_counts, refuse_columns
from kepuasan.standards.skm_record import IKM, RESERVED, SKM
from kepuasan.standards.standard import Standard, decimal_text
from kepuasan.standards.unsur import find_unsur, left_out, names_of, refuse_twice, require_elements
from kepuasan.survey import require_survey

if TYPE_CHECKING:
    from kepuasan.estimates import Estimates
    from kepuasan.survey import Survey

__all__ = ["SKM", "skm", "skm_from_means"]


def skm(
    survey: Survey,
    *,
    unsur: Any = None,
    by: Any = None,
    rule: str | Standard | Mapping[Any, str] = "14/2017",
    weight: str = "exact",
    pool: Pool = "respondents",
    unit: Any = None,
    volume: Any = None,
    exclude: Iterable[Any] = (),
) -> SKM:
    """The index of the satisfaction of the public (IKM) by the rule of a regulation, with its class and how certain that is.

    Parameters
    ----------
    survey : Survey
        Answers from 1 to 4. Agencies mostly draw simple random samples of the users of each unit, or ask all of them: a design with
        ``strata=unit, fpc=number of users`` makes the interval as narrow as it is; of a complete count it has no width.
    unsur : list of columns, {element: column} or IndexSpec, optional
        The columns of all elements; an IndexSpec tells its items, its level and its rule for missing answers. Without it: the items of the codebook's
        index, else columns called u1, u2, ..., else those whose name or label speaks of an element. Elements are told by name, in any order;
        further ones count alike, each 1/X.
    by : str or list of str, optional
        Domain columns: unit, service, period.
    rule : {"14/2017", "16/2014", "25/2004"}, Standard, "year" or mapping of period to rule
        The regulation. "year": that of the year which each code of a `by` column begins with. The newest of several says what the elements are.
    weight : {"exact", "0.1111", "0.111", "0.11"}
        Of an element: one over their number, or that rounded, as many spreadsheets have it ("0.071" of fourteen).
    pool : {"respondents", "units", "volume"}
        How units make an agency: all respondents alike (under the survey's weights), all units alike, or units by their volume of services. No rule
        says which; the result names it.
    unit : column, optional
        Service unit of each respondent; its own IKM is in ``.units``, and how many of the units there are reported in ``.coverage``.
    volume : column or mapping of unit to volume, optional
        Services delivered; a mapping, or the codebook's values of `unit`, also says which units there are.
    exclude : list
        Elements left out on purpose, as the tariff of a free service: ``exclude=["biaya"]``. The tariff may also be absent; any other element must be
        left out by name.

    Returns
    -------
    SKM
        ``score``, ``unsur``, ``units``, ``rating``, ``coverage``, ``names``, ``to_frame``, ``follow_up``, ``tariff``, ``plot``.

    Raises
    ------
    ScaleError
        A scale other than 1 to 4, answers off it: with their rows. Answers from 1 to 5 times 20 are no IKM.
    DataError
        Elements that are missing, twice there or unknown; units without a volume.
    ChoiceError
        An unknown weight, rule or pool.

    Warns
    -----
    ClassWarning
        Where an interval, of a row or of a unit, crosses a bound between classes.
    DataWarning
        A rounded ninth for fewer than nine elements, which lowers the index; fewer elements than the rule's that only numbers tell.

    Notes
    -----
    NRR of an element is its mean score over those who answered it, SKM = sum of NRR x weight, IKM = 25 SKM: an index of item means, linearised with
    the covariance of all elements. It is rounded half up to two decimals, then compared with the lower bounds of the classes, so that nothing falls
    into the holes of 0.01 of the printed table. The probability of another class takes (true value - estimate) / se as t.

    References
    ----------
    Peraturan Menteri PANRB Nomor 14 Tahun 2017 tentang Pedoman Penyusunan Survei Kepuasan Masyarakat Unit Penyelenggara Pelayanan Publik.

    Examples
    --------
    >>> from kepuasan import load_sample
    >>> found = skm(load_sample("skm"), by="period", exclude=["biaya"])
    >>> found.to_frame()[["period", "ikm", "mutu", "rule"]].values.tolist()
    [['2025-1', 84.14, 'B', '14/2017'], ['2025-2', 84.92, 'B', '14/2017']]
    """
    require_survey(survey)
    choose("pool", pool, POOLS)
    groups, excluded = _listed(by), _listed(exclude)
    refuse_columns([*groups, *_listed(unit)], RESERVED)
    standard = naming_rule(rule, survey, groups)
    names = _elements(survey, standard, unsur, excluded)
    share = _weight(standard, weight, len(names))
    _warn_of_few(weight, standard, len(names))
    spec = _spec(names, unsur, standard)
    _check_answers(survey, spec, standard)
    score, elements, units, pooled = _estimated(survey, spec, (groups, unit), pool, volume)
    factor = float(standard.conversion_factor * len(names) * share)
    rated = rescaled(score, factor, IKM)
    found = SKM(
        score=rated,
        unsur=elements,
        units=None if units is None else rescaled(units, factor, IKM),
        standards=rules_of(rule, rated.key.iloc[:, 1:]),
        pool=pool,
        weight=weight,
        share=share,
        excluded=tuple(excluded),
        names=names,
        **pooled,
        survey=survey,
    )
    for rating in (found.rating, *(() if units is None else (found.unit_rating,))):
        rating.warn_of_bounds(stacklevel=2)
    return found


def _listed(names: Any) -> list[Any]:
    """Names as a list: one name, several, or none."""
    return [] if names is None else list(names) if isinstance(names, Iterable) and not isinstance(names, str) else [names]


def _elements(survey: Survey, standard: Standard, given: Any, excluded: list[Any]) -> dict[Any, str | None]:
    """The columns of the elements that count, and which element each is."""
    names = find_unsur(survey, standard, given)
    gone = left_out(names, excluded, standard)
    require_elements(names, standard, excluded, "name its column, unsur={'element': 'column', ...}, or leave it out on purpose, exclude=['element']")
    if not excluded:
        _warn_of_unnamed(names, standard)
    return {column: name for column, name in names.items() if column not in gone}


def _weight(standard: Standard, weight: str, count: int) -> Fraction:
    """The weight of an element.

    Raises
    ------
    DataError
        A rule whose elements weigh differently, or whose scores are no share of the maximum; a rounded weight with which the index could exceed 100.
    """
    weighed = [element.name for element in standard.elements if element.weight is not None]
    if weighed or standard.scoring != "share-of-max":
        what = f"gives {some(weighed)} a weight" if weighed else f"scores answers by {standard.scoring!r}"
        raise DataError(f'{standard.name} {what}; an SKM is the plain mean of its elements by scoring="share-of-max": use satisfaction_index')
    share = standard.weight(weight, count)
    if share * count > 1:
        raise DataError(
            f'weight="{weight}" stands for 1/{len(standard.elements)}, but there are {count} elements: the index could reach '
            f'{float(share * count * 100):g}; use weight="exact"'
        )
    return share


def _spec(names: Mapping[Any, str | None], given: Any, standard: Standard) -> IndexSpec:
    """The index of item means on the answers as they are."""
    items = list(names)
    if isinstance(given, IndexSpec):
        if given.weights != "equal":
            raise DataError("the elements of an SKM weigh alike, but the IndexSpec gives weights; leave them out, or use satisfaction_index")
        return IndexSpec(items, scoring="raw", scale=standard.scale, level=given.level, missing=given.missing, min_answered=given.min_answered)
    return IndexSpec(items, scoring="raw", scale=standard.scale)


def _check_answers(survey: Survey, spec: IndexSpec, standard: Standard) -> None:
    """Refuse a scale other than that of the standard, declared or seen."""
    low, high = standard.scale
    book = survey.codebook
    scales = {item: book.scale_of(item) for item in spec.items if item in book.items}
    other = {item: scale for item, scale in scales.items() if scale is not None and (scale.low, scale.high) != (low, high)}
    advice = f"the classes of {standard.name} are those of answers from {low:g} to {high:g}, and answers of 1 to 5 times 20 have none"
    if other:
        item, scale = next(iter(other.items()))
        raise ScaleError(f"{some(other)} are on a scale from {scale.low:g} to {scale.high:g} ({item!r}); {advice}. Use satisfaction_index or csi")
    try:
        check_scale(survey, spec.items, Scale(low, high))
    except ScaleError as error:
        raise ScaleError(f"{error}; {advice}") from error


def _estimated(
    survey: Survey, spec: IndexSpec, places: tuple[list[Any], Any], pool: Pool, volume: Any
) -> tuple[Estimates, Estimates, Estimates | None, dict[str, Any]]:
    """The mean score of all elements, that of each, that of each unit, and what is known of the pooling: coverage, rows, whether all were asked."""
    by, unit = places
    if unit is None:
        if pool != "respondents" or volume is not None:
            asked = f'pool="{pool}"' if pool != "respondents" else "volume="
            raise DataError(f"{asked} needs the units; give unit= the column that tells them")
        index = satisfaction_index(survey, spec, by=by or None)
        return index.score, index.items, None, {"coverage": None, **_of_respondents(survey, by)}
    if isinstance(unit, (list, tuple, set)):
        raise DataError(f"unit is {unit!r}; give the one column that tells the units, and others in by=")
    if unit in by:
        raise DataError(f"unit {unit!r} is in by= too; leave it out there: .units has every unit")
    each = satisfaction_index(survey, spec, by=[*by, unit])
    if pool == "respondents":
        whole = satisfaction_index(survey, spec, by=by or None)
        coverage = coverage_of(survey, each.score, whole.score.key[by], unit, volume)
        return whole.score, whole.items, each.score, {"coverage": coverage, **_of_respondents(survey, by)}
    pooling = Pooling.of(survey, each.score, by, unit_volumes(survey, each.score.key, unit, volume) if pool == "volume" else None)
    score, elements = pooling.apply(each.score), pooling.apply(each.items, len(each.items) // len(each.score))
    coverage = coverage_of(survey, taken(each.score, pooling.used), score.key[by], unit, volume)
    return score, elements, each.score, {"coverage": coverage, "rows": pooling.rows, "counted": pooling.counted}


def _of_respondents(survey: Survey, by: list[Any]) -> dict[str, Any]:
    """The rows that count where all respondents do, and whether everyone of a group was asked."""
    return {"rows": survey.domains().weight != 0, "counted": complete_counts(survey.design, survey.domains(by, warn=False))}


def skm_from_means(means: Mapping[Any, Any], *, rule: str | Standard = "14/2017", weight: str = "exact") -> pd.Series[Any]:
    """The IKM and its class from the mean scores (NRR) of the elements, in decimal arithmetic.

    Parameters
    ----------
    means : mapping of element to mean
        From 1 to 4, by name in any order, or u1, u2, ...; further elements count alike. A free service may lack the tariff.
    rule : {"14/2017", "16/2014", "25/2004"} or Standard
    weight : {"exact", "0.1111", "0.111", "0.11"}
        As in `skm`.

    Returns
    -------
    Series
        ``ikm`` (rounded half up), ``mutu``, ``kinerja``.

    Raises
    ------
    ScaleError
        Means off 1 to 4.
    DataError
        Means that are no numbers, elements that are missing or named twice.

    Warns
    -----
    DataWarning
        A rounded ninth for fewer than nine elements, which lowers the index.

    Examples
    --------
    >>> names = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]
    >>> means = [3.846, 3.769, 3.659, 3.956, 3.890, 3.846, 3.725, 3.857, 3.769]
    >>> skm_from_means(dict(zip(names, means))).tolist()
    [95.33, 'A', 'Sangat Baik']
    """
    standard = find_standard(rule, "skm")
    numbers = _means(means, standard)
    share = _weight(standard, weight, len(numbers))
    _warn_of_few(weight, standard, len(numbers))
    exact, classes = sum(numbers.values(), Fraction(0)) * share * standard.conversion_factor, standard.require_classes()
    places = 10**classes.decimals
    value = math.floor(exact * places + Fraction(1, 2)) / places
    return pd.Series(classes.row(value)).rename({ROUNDED: IKM})


def _means(means: Any, standard: Standard) -> dict[Any, Fraction]:
    """The means as exact decimals, after every check."""
    if not isinstance(means, (Mapping, pd.Series)) or not len(means):
        raise DataError(f"means are {type(means).__name__}; give a mapping of element to mean score, such as {{'persyaratan': 3.31, ...}}")
    given = dict(means.items())
    if isinstance(means, pd.Series) and len(given) < len(means):
        raise DataError(f"the means name {some(means.index[means.index.duplicated()])} twice; name each element once")
    names = names_of({name: [name] for name in given}, standard)
    refuse_twice(names, standard)
    numbers = {name: _number(name, value) for name, value in given.items()}
    low, high = standard.scale
    off = {name: float(value) for name, value in numbers.items() if not low <= value <= high}
    if off:
        listed = ", ".join(f"{name!r}: {value:g}" for name, value in off.items())
        raise ScaleError(f"means off the scale {low:g} to {high:g}: {listed}; give mean scores (NRR), neither times 25 nor times their weight")
    require_elements(names, standard, (), "give the mean of each, by its name")
    return numbers


def _number(name: Any, value: Any) -> Fraction:
    """A mean as the decimal it is written as."""
    try:
        if not real(value):
            raise TypeError
        return decimal_text(value)
    except (TypeError, ValueError, OverflowError):
        raise DataError(f"the mean of {name!r} is {value!r}, which is no number; give its mean score") from None


def _warn_of_few(weight: str, standard: Standard, count: int) -> None:
    """Say that a rounded weight of more elements lowers the index of fewer."""
    if weight == "exact" or count >= len(standard.elements):
        return
    warnings.warn(
        f'weight="{weight}" stands for 1/{len(standard.elements)}, but there are {count} elements: the index cannot exceed '
        f'{float(standard.weight(weight, count) * count * 100):g}; use weight="exact"',
        DataWarning,
        stacklevel=3,
    )


def _warn_of_unnamed(names: Mapping[Any, str | None], standard: Standard) -> None:
    """Say that elements are fewer than the rule's, and that their numbers do not tell which is missing."""
    lacking = len(standard.elements) - len(names)
    if lacking > 0 and len(names) > 1 and not any(names.values()):
        warnings.warn(
            f"{len(names)} of the {len(standard.elements)} elements of {standard.name} are there, and their numbers do not tell which are missing; "
            "name the columns: unsur={'element': 'column', ...}",
            DataWarning,
            stacklevel=3,
        )
