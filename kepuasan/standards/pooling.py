"""From units to an agency: over respondents, over units, or by the volume of services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from scipy import sparse

from kepuasan.errors import DataError, nearest, some
from kepuasan.estimates import derived

if TYPE_CHECKING:
    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.survey import Survey

__all__ = ["POOLS", "Pool", "Pooling", "coverage_of", "unit_volumes"]

Pool = Literal["respondents", "units", "volume"]
POOLS: tuple[Pool, ...] = ("respondents", "units", "volume")


@dataclass(frozen=True)
class Pooling:
    """How estimates of units become those of groups of units: each unit's share in its group.

    ``group`` (units,): group of each unit; ``key``: what the groups are; ``share`` (units,): sums to 1 in each group.
    """

    group: Integers
    key: pd.DataFrame
    share: Floats

    @classmethod
    def of(cls, units: Estimates, by: list[Any], volume: Floats | None) -> Pooling:
        """The pooling of units, one row each, over the groups that `by` makes; alike, or by volume. Units without an estimate are left out."""
        code, key = _groups(units.key, by)
        size = np.where(np.isnan(units.value), 0.0, 1.0 if volume is None else volume)
        total = np.bincount(code, weights=size, minlength=len(key))
        if (total <= 0).any():
            where = key[total <= 0].astype(str).agg(", ".join, axis=1).tolist() if by else ["all units"]
            raise DataError(f"the volumes of {some(where)} sum to 0; give each unit its volume of services")
        return cls(code, key, size / total[code])

    def apply(self, units: Estimates, n_items: int = 1) -> Estimates:
        """The pooled estimates of `n_items` statistics of each unit, ordered by unit, then statistic."""
        n_units, n_groups = len(self.group), len(self.key)
        place, item = np.arange(n_units * n_items), np.tile(np.arange(n_items), n_units)
        share, row = np.repeat(self.share, n_items), np.repeat(self.group, n_items) * n_items + item
        used = share != 0
        matrix = sparse.csr_array((share[used], (row[used], place[used])), shape=(n_groups * n_items, n_units * n_items))
        items = units.key.iloc[:n_items, :1].reset_index(drop=True)
        key = pd.concat(
            [
                items.iloc[np.tile(np.arange(n_items), n_groups)].reset_index(drop=True),
                self.key.iloc[np.repeat(np.arange(n_groups), n_items)].reset_index(drop=True),
            ],
            axis=1,
        )
        n = np.bincount(row, weights=np.where(used, units.n, 0.0), minlength=n_groups * n_items)
        pooled = derived(units, None, matrix, key, kind=units.kind, n=n)
        return replace(pooled, value=matrix @ np.nan_to_num(units.value))


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
        given = dict(volume)
        unknown = [one for one in key[unit].unique() if one not in given]
        if unknown:
            raise DataError(f"volume has none for unit {some(unknown)}{nearest(unknown[0], given)}; give every unit its volume of services")
        return _checked(np.array([_number(given[one]) for one in key[unit]]), key[unit].tolist())
    by = list(key.columns[1:])
    inside = survey.domains(by).weight != 0
    table = survey.frame.loc[inside, by].assign(**{"volume of services": np.asarray(survey.numbers(volume), dtype=np.float64)[inside]})
    spans = table.groupby(by, sort=True, observed=True)["volume of services"].agg(["min", "max"])
    found = key[by].merge(spans.reset_index(), on=by, how="left")
    varied = (found["min"] != found["max"]) & found["max"].notna()
    if varied.any():
        first = found[varied].iloc[0]
        where = ", ".join(f"{name} {first[name]}" for name in by)
        raise DataError(
            f"the volume {volume!r} varies within {int(varied.sum())} units (first: {where}, from {first['min']:g} to {first['max']:g}); "
            "give one volume a unit"
        )
    return _checked(found["max"].to_numpy(dtype=np.float64), key[unit].tolist())


def _number(value: Any) -> float:
    try:
        return float("nan") if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        return float("nan")


def _checked(volumes: Floats, units: list[Any]) -> Floats:
    wrong = ~(np.isfinite(volumes) & (volumes >= 0))
    if wrong.any():
        names = [unit for unit, bad in zip(units, wrong, strict=True) if bad]
        raise DataError(f"the volume of unit {some(names)} is missing, negative or no number; give the number of services, 0 or more")
    return volumes


def coverage_of(survey: Survey, units: pd.DataFrame, by: list[Any], unit: Any, volume: Any) -> pd.DataFrame:
    """How many units reported in each group, and how many exist.

    Parameters
    ----------
    survey : Survey
    units : DataFrame
        The key of the units that reported, one row each.
    by : list
    unit : column
    volume : column, mapping of unit to volume, or None
        A mapping names every unit there is; else the codebook's values of the unit column do.

    Returns
    -------
    DataFrame
        `by`, then ``units_reported, units_existing, coverage``; the last two are empty where nothing says how many units exist.
    """
    code, key = _groups(units, by)
    item = survey.codebook.items.get(unit)
    listed = len(volume) if isinstance(volume, (Mapping, pd.Series)) else len(item.values) if item is not None and item.values else np.nan
    reported = np.bincount(code, minlength=len(key))
    existing = np.full(len(key), float(listed))
    return key.assign(units_reported=reported, units_existing=existing, coverage=reported / existing)
