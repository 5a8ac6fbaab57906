"""From units to an agency: over respondents, over units, or by the volume of services."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from scipy import sparse

from kepuasan.columns import spelled
from kepuasan.errors import DataError, DataWarning, nearest, some
from kepuasan.estimates import derived
from kepuasan.given import real
from kepuasan.numerics.totals import divided
from kepuasan.standards.rated import complete_counts

if TYPE_CHECKING:
    from kepuasan.codebook import Item
    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.standards.rated import Bools
    from kepuasan.survey import Survey

__all__ = ["POOLS", "Pool", "Pooling", "coverage_of", "unit_volumes"]

Pool = Literal["respondents", "units", "volume"]
POOLS: tuple[Pool, ...] = ("respondents", "units", "volume")


@dataclass(frozen=True)
class Pooling:
    """How estimates of units become those of groups of units.

    ``group`` (units,): group of each unit; ``key``: what the groups are; ``size`` (units,): what each unit counts; ``df`` (groups,): degrees of
    freedom of the rows of the units that count; ``rows`` (rows,): whether a row is of one of these; ``counted`` (groups,): whether everyone of
    them was asked.
    """

    group: Integers
    key: pd.DataFrame
    size: Floats
    df: Floats
    rows: Bools
    counted: Bools

    @classmethod
    def of(cls, survey: Survey, units: Estimates, by: list[Any], volume: Floats | None) -> Pooling:
        """The pooling of units, one row each, over the groups that `by` makes; alike, or by volume. Units without an estimate are left out.

        Raises
        ------
        DataError
            Groups of which no unit has an estimate and a volume, where these are all.
        """
        group, key = _groups(units.key, by)
        given = np.ones(len(units)) if volume is None else volume
        size = np.where(np.isnan(units.value), 0.0, given)
        total = np.bincount(group, weights=size, minlength=len(key))
        if (total <= 0).all():
            raise DataError(f"no unit has an index{' and a volume of services' if volume is not None else ''}; nothing can be pooled")
        _warn_of_lost(units, given, volume is not None)
        domains = survey.domains(list(units.key.columns[1:]), warn=False)
        unit, own = domains.rows(survey.design).members()
        used = size[own] > 0
        df = survey.design.degrees(unit[used], group[own[used]], len(key))
        code = np.zeros(len(domains.weight), dtype=np.intp) if domains.code is None else domains.code
        partly = (size > 0) & ~complete_counts(survey.design, domains)
        counted = (np.bincount(group[partly], minlength=len(key)) == 0) & (total > 0)
        return cls(group, key, size, df, (domains.weight != 0) & (size[code] > 0), counted)

    @property
    def used(self) -> Integers:
        """The units that count."""
        return np.flatnonzero(self.size > 0)

    def apply(self, units: Estimates, n_items: int = 1) -> Estimates:
        """The pooled estimates of `n_items` statistics of each unit, ordered by unit, then statistic; each over the units that have it."""
        n_units, n_groups = len(self.group), len(self.key)
        row = np.repeat(self.group, n_items) * n_items + np.tile(np.arange(n_items), n_units)
        size = np.where(np.isnan(units.value), 0.0, np.repeat(self.size, n_items))
        total = np.bincount(row, weights=size, minlength=n_groups * n_items)
        used = np.flatnonzero(size)
        share = size[used] / total[row[used]]
        matrix = sparse.csr_array((share, (row[used], used)), shape=(n_groups * n_items, n_units * n_items))
        items = units.key.iloc[np.tile(np.arange(n_items), n_groups), :1].reset_index(drop=True)
        key = pd.concat([items, self.key.iloc[np.repeat(np.arange(n_groups), n_items)].reset_index(drop=True)], axis=1)
        n = np.bincount(row[used], weights=units.n[used], minlength=n_groups * n_items)
        pooled = derived(units, None, matrix, key, kind=units.kind, n=n, df=np.repeat(self.df, n_items))
        return replace(pooled, value=divided(matrix @ np.nan_to_num(units.value), (total > 0).astype(np.float64)))


def _warn_of_lost(units: Estimates, given: Floats, by_volume: bool) -> None:
    """Say which units have no index and so are left out, and how much of the volume that is."""
    lost = np.isnan(units.value)
    if not lost.any():
        return
    names = units.key[lost].iloc[:, 1:].astype(str).agg(", ".join, axis=1).tolist()
    share = f", {given[lost].sum() / given.sum():.1%} of the volume," if by_volume else ""
    warnings.warn(
        f"{int(lost.sum())} of {len(units)} units have no index, as nobody there answered an element, and are left out{share}: {some(names)}; "
        'leave the element out (exclude=[...]), or pool="respondents"',
        DataWarning,
        stacklevel=5,
    )


def _groups(key: pd.DataFrame, by: list[Any]) -> tuple[Integers, pd.DataFrame]:
    """The group of each row of a key, and the groups in order."""
    if not by:
        return np.zeros(len(key), dtype=np.intp), pd.DataFrame(index=range(1))
    groups = key.groupby(by, sort=True, observed=True)
    return np.asarray(groups.ngroup(), dtype=np.intp), groups.size().index.to_frame(index=False)


def unit_volumes(survey: Survey, key: pd.DataFrame, unit: Any, volume: Any) -> Floats:
    """The volume of services of each row of a key of units: from a column that is constant within each, or from a mapping of unit to volume.

    Raises
    ------
    DataError
        No volume given; a column that varies within a unit; units without a volume; volumes that are negative or no numbers.
    """
    if volume is None:
        raise DataError('pool="volume" weights units by their volume of services; give volume= a column, or a mapping of unit to volume')
    if isinstance(volume, (Mapping, pd.Series)):
        given = _mapped(volume, key[unit])
        return _checked([given[one] for one in key[unit]], key[unit].tolist())
    domains = survey.domains(list(key.columns[1:]), warn=False)
    inside = domains.weight != 0
    own = np.zeros(int(inside.sum()), dtype=np.intp) if domains.code is None else domains.code[inside]
    each = pd.Series(np.asarray(survey.numbers(volume), dtype=np.float64)[inside]).groupby(own)
    least, most = (found.reindex(range(len(key))).to_numpy() for found in (each.min(), each.max()))
    varied = np.flatnonzero(least < most)
    if varied.size:
        first = key.iloc[varied[0], 1:]
        where = ", ".join(f"{name} {code}" for name, code in first.items())
        raise DataError(
            f"the volume {volume!r} varies within {varied.size} units (first: {where}, from {least[varied[0]]:g} to {most[varied[0]]:g}); "
            "give one volume a unit"
        )
    return _checked(most.tolist(), key[unit].tolist())


def _mapped(volume: Any, units: pd.Series[Any]) -> dict[Any, Any]:
    """Volumes by unit, of every unit there is."""
    given = dict(volume)
    unknown = [one for one in units.unique() if one not in given]
    if unknown:
        raise DataError(f"volume has none for unit {some(unknown)}{nearest(unknown[0], given)}; give every unit its volume of services")
    return given


def _checked(volumes: list[Any], units: list[Any]) -> Floats:
    """Volumes as numbers, 0 or more."""
    wrong = [unit for unit, volume in zip(units, volumes, strict=True) if not (real(volume) and np.isfinite(float(volume)) and volume >= 0)]
    if wrong:
        raise DataError(f"the volume of unit {some(wrong)} is missing, negative or no number; give the number of services, 0 or more")
    return np.array([float(volume) for volume in volumes], dtype=np.float64)


def coverage_of(survey: Survey, units: Estimates, groups: pd.DataFrame, unit: Any, volume: Any) -> pd.DataFrame:
    """How many units reported in each group, and how many exist.

    Parameters
    ----------
    survey : Survey
    units : Estimates
        Of the units that count.
    groups : DataFrame
        The codes of each group; without columns where there is but one.
    unit : column
    volume : column, mapping of unit to volume, or None
        A mapping names every unit there is; else the codebook's values of the unit column do.

    Returns
    -------
    DataFrame
        The groups, then ``units_reported, units_existing, coverage``; the last two are empty where nothing says how many units exist.

    Warns
    -----
    DataWarning
        Units that the codebook does not list, so that it does not say how many there are.
    """
    item = survey.codebook.items.get(unit)
    if isinstance(volume, (Mapping, pd.Series)):
        listed: float = len(_mapped(volume, units.key[unit]))
    else:
        listed = np.nan if item is None or not item.values else _listed(units.key[unit], item)
    by, place = list(groups.columns), np.zeros(len(units), dtype=np.intp)
    if by:
        place = pd.MultiIndex.from_frame(groups).get_indexer(pd.MultiIndex.from_frame(units.key[by]))
    reported = np.bincount(place[place >= 0], minlength=len(groups))
    existing = np.full(len(groups), float(listed))
    return groups.reset_index(drop=True).assign(units_reported=reported, units_existing=existing, coverage=reported / existing)


def _listed(units: pd.Series[Any], item: Item) -> float:
    """How many units the codebook lists; NaN where there are others."""
    known = {spelled(code) for code in item.values}
    others = [one for one in units.unique() if spelled(one) not in known]
    if not others:
        return float(len(item.values))
    warnings.warn(
        f"the codebook lists {len(item.values)} values of {item.name!r}, but not {some(others)}, so that coverage of units is not known; complete it",
        DataWarning,
        stacklevel=5,
    )
    return np.nan
