"""From columns of a frame to a bound design: what is refused at this door, and what the rows make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.design.bound import BoundDesign, Labels
from kepuasan.design.replicates import Replication, given_replication
from kepuasan.design.stages import contributing, implied_weights, levels_of, lone_names, variance_rule
from kepuasan.errors import DesignError, nearest, some

if TYPE_CHECKING:
    from kepuasan.design.declaration import Design
    from kepuasan.numerics.totals import Floats

__all__ = ["bind", "bind_labels"]


def bind(design: Design, frame: pd.DataFrame) -> BoundDesign:
    """The design bound to the rows of a frame.

    Raises
    ------
    DesignError
        Unknown columns, unusable weights, missing codes, fpc that contradict the sample, PSU codes in two strata.
    """
    for role in ("weight", "strata", "psu", "fpc"):
        for name in design.columns(role):
            if name not in frame.columns:
                columns = some(frame.columns, 20)
                raise DesignError(f"the {role} column {name!r} is not in the data{nearest(name, frame.columns)}; the columns are {columns}")
    weight = None if design.weight is None else _weights(frame[design.weight])
    strata = tuple((_filled(frame[name], "strata"),) for name in design.columns("strata"))
    psu = tuple(_filled(frame[name], "psu") for name in design.columns("psu"))
    fpc = tuple(_sizes(frame[name]) for name in design.columns("fpc"))
    replication = None
    if design.replicates is not None and len(frame):
        replication = given_replication(design.replicates, frame, np.ones(len(frame)) if weight is None else weight)
        psu = () if replication.unit is None else (pd.Series(replication.unit, index=frame.index),)
    return bind_labels(design, Labels(weight, strata, psu, fpc, frame.index, design.nest), len(frame), replication)


def bind_labels(design: Design, labels: Labels, n_rows: int, replication: Replication | None = None) -> BoundDesign:
    """The design bound to columns that have left their frame."""
    if n_rows == 0:
        raise DesignError("the survey has no rows; a design needs at least one")
    if labels.psu and labels.strata and not labels.nest:
        _refuse_straddling(labels.psu[0], labels.strata[0][0])
    levels = levels_of(labels, n_rows)
    weights = labels.weight if labels.weight is not None else implied_weights(levels, labels, n_rows)
    first, finest = levels[0], contributing(levels)[-1]
    return BoundDesign(
        declaration=design,
        weights=weights,
        unit=finest.row_cluster,
        unit_psu=first.of(finest),
        psu_stratum=first.cluster_stratum,
        rule=variance_rule(levels, design.single_psu),
        lone_strata=first.lone(),
        lone_names=lone_names(levels, labels),
        fractions=first.fraction,
        labels=labels,
        replication=replication,
    )


# ---------------------------------------------------------------- columns to arrays


def _weights(column: pd.Series[Any]) -> Floats:
    values = _numbers(column, "weight")
    missing, negative = np.flatnonzero(~np.isfinite(values)), np.flatnonzero(values < 0)
    if missing.size:
        raise DesignError(
            f"{missing.size} rows have no finite weight in column {column.name!r} (rows {some(column.index[missing])}); "
            "give them a weight, 0 for rows that must not count"
        )
    if negative.size:
        raise DesignError(
            f"{negative.size} weights in column {column.name!r} are negative, the first {values[negative[0]]:g} "
            f"(rows {some(column.index[negative])}); weights are 0 or more"
        )
    if not values.any():
        raise DesignError(f"every weight in column {column.name!r} is 0; at least one row must count")
    return values


def _numbers(column: pd.Series[Any], role: str) -> Floats:
    values = pd.to_numeric(column, errors="coerce")
    text = np.flatnonzero((values.isna() & column.notna()).to_numpy())
    if text.size:
        comma = "; decimals take a point, not a comma" if "," in str(column.iloc[text[0]]) else ""
        raise DesignError(
            f"the {role} column {column.name!r} is not a number in {text.size} rows, the first {some([column.iloc[text[0]]])} "
            f"(rows {some(column.index[text])}); give numbers{comma}"
        )
    return np.array(values, dtype=np.float64)


def _filled(column: pd.Series[Any], role: str) -> pd.Series[Any]:
    empty = np.flatnonzero(column.isna().to_numpy())
    if empty.size:
        raise DesignError(
            f"{empty.size} rows have no code in the {role} column {column.name!r} (rows {some(column.index[empty])}); "
            "every row belongs to a stratum and a unit: give the codes or leave the rows out"
        )
    return column


def _sizes(column: pd.Series[Any]) -> Floats:
    values = _numbers(column, "fpc")
    bad = np.flatnonzero(~(values > 0))
    if bad.size:
        raise DesignError(
            f"{bad.size} rows have no positive population size in the fpc column {column.name!r}, the first {some([column.iloc[bad[0]]])} "
            f"(rows {some(column.index[bad])}); give counts of units or sampling fractions"
        )
    if (values < 1).any() and (values > 1).any():
        raise DesignError(
            f"the fpc column {column.name!r} mixes sampling fractions (such as {values[values < 1][0]:g}) with counts "
            f"(such as {values[values > 1][0]:g}); give one of the two"
        )
    return values


def _refuse_straddling(psu: pd.Series[Any], strata: pd.Series[Any]) -> None:
    pairs = pd.DataFrame({"psu": psu.to_numpy(), "stratum": strata.to_numpy()}).drop_duplicates()
    twice = pairs[pairs.duplicated("psu", keep=False)].sort_values(["psu", "stratum"])
    if len(twice):
        first = twice["psu"].iloc[0]
        raise DesignError(
            f"{len(set(twice['psu']))} PSU codes lie in more than one stratum though nest=False says that codes are unique: "
            f"{some(twice['psu'].unique())}; "
            f"PSU {some([first])} lies in strata {some(twice.loc[twice['psu'] == first, 'stratum'])}. Correct the codes, or declare nest=True"
        )
