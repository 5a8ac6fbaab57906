"""Replicate weights: those that data bring as columns, and what a survey keeps of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from kepuasan.errors import DesignError, choose, nearest, some
from kepuasan.numerics.spread import ReplicateRule

if TYPE_CHECKING:
    from kepuasan.numerics.totals import Floats, Integers

__all__ = ["REPLICATE_METHODS", "ReplicateMethod", "Replicates", "Replication", "check_fay_rho", "given_replication"]

ReplicateMethod: TypeAlias = Literal["bootstrap", "jk1", "jkn", "brr", "fay", "sdr", "other"]
REPLICATE_METHODS: tuple[ReplicateMethod, ...] = ("bootstrap", "jk1", "jkn", "brr", "fay", "sdr", "other")

_DIGITS, _LARGE = 13, 1e5
_RANK = 1e-9
#: how far the scales of bootstrap replicates may sum to another number than 1 for them to vary as estimates do
_AS_ESTIMATES = 0.1


@dataclass(frozen=True)
class Replicates:
    """Replicate weights that the data bring, by the names of their columns.

    Parameters
    ----------
    columns : list of str
        One column a replicate.
    method : {"bootstrap", "jk1", "jkn", "brr", "fay", "sdr", "other"}
        How they were made; it decides the scale unless `scale` or `rscales` say so: 1 / (R - 1), (R - 1) / R, none, 1 / R,
        1 / (R (1 - rho)²), 4 / R, none.
    scale : float, optional
        What the sum of squared gaps is multiplied by.
    rscales : list of float, optional
        One more factor for each replicate.
    mse : bool
        Gaps are to the estimate; otherwise to the mean of the replicates.
    fay_rho : float, optional
        For "fay": between 0 and 1.
    combined : bool
        False: columns are factors, to be multiplied by the weight.

    Notes
    -----
    Degrees of freedom are the rank of the columns as given, less 1, also after weighting steps; of a domain the rank of its rows.

    Examples
    --------
    >>> Replicates([f"rw{number}" for number in range(1, 5)], method="brr").scales()
    array([0.25, 0.25, 0.25, 0.25])
    """

    columns: Sequence[str]
    method: ReplicateMethod = "bootstrap"
    scale: float | None = field(default=None, kw_only=True)
    rscales: Sequence[float] | None = field(default=None, kw_only=True)
    mse: bool = field(default=False, kw_only=True)
    fay_rho: float | None = field(default=None, kw_only=True)
    combined: bool = field(default=True, kw_only=True)

    def __post_init__(self) -> None:
        choose("method", self.method, REPLICATE_METHODS)
        if isinstance(self.columns, str) or not all(isinstance(name, str) for name in self.columns):
            raise DesignError(f'replicate columns are {self.columns!r}; give a list of names, such as [f"rw{{i}}" for i in range(1, 81)]')
        object.__setattr__(self, "columns", tuple(self.columns))
        if len(self.columns) < 2:
            raise DesignError(f"{len(self.columns)} replicate columns are given; a variance needs two or more")
        twice = sorted({name for name in self.columns if self.columns.count(name) > 1})
        if twice:
            raise DesignError(f"replicate columns are named twice: {some(twice)}")
        self._check_scales()

    def _check_scales(self) -> None:
        if self.rscales is not None:
            object.__setattr__(self, "rscales", tuple(float(scale) for scale in self.rscales))
            if len(self.rscales) != len(self.columns):
                raise DesignError(f"{len(self.columns)} replicate columns, but {len(self.rscales)} rscales; give one a replicate")
        values = [*(self.rscales or ()), 1.0 if self.scale is None else self.scale]
        wrong = [value for value in values if not (np.isfinite(value) and value >= 0)]
        if wrong:
            raise DesignError(f"scales of replicates are finite and 0 or more, not {wrong[0]!r}")
        check_fay_rho(self.method, self.fay_rho)
        if self.method in ("jkn", "other") and self.scale is None and self.rscales is None:
            what = "(n - 1) / n of its stratum for each replicate" if self.method == "jkn" else "the factor of each squared gap"
            raise DesignError(f"the method {self.method!r} does not say how replicates are scaled; give rscales=[...]: {what}")

    def scales(self) -> Floats:
        """What each squared gap is multiplied by (replicates,)."""
        n = len(self.columns)
        usual = {
            "bootstrap": 1.0 / (n - 1),
            "jk1": (n - 1) / n,
            "brr": 1.0 / n,
            "fay": 1.0 / (n * (1.0 - (self.fay_rho or 0.0)) ** 2),
            "sdr": 4.0 / n,
        }.get(self.method, 1.0)
        own = np.ones(n) if self.rscales is None else np.array(self.rscales, dtype=np.float64)
        return np.asarray(own * (usual if self.scale is None else self.scale))


def check_fay_rho(method: str, fay_rho: Any) -> None:
    """Refuse the method "fay" without its rho, and a rho without the method."""
    if method == "fay" and (not isinstance(fay_rho, (int, float)) or not 0 <= fay_rho < 1):
        raise DesignError(f'fay_rho is {fay_rho!r}; the method "fay" needs it, from 0 to below 1, such as 0.5')
    if method != "fay" and fay_rho is not None:
        raise DesignError(f'fay_rho is given, but the method is {method!r}; it belongs to "fay"')


@dataclass(frozen=True, eq=False)
class Replication:
    """Replicates of a bound design: factors (units, replicates), the unit of each row, and how they make a variance.

    ``unit`` is None where every row is a unit; ``given``: they came with the data, so that degrees of freedom are their rank - 1.
    """

    factor: Floats = field(repr=False)
    unit: Integers | None = field(repr=False)
    rule: ReplicateRule = field(repr=False)
    method: ReplicateMethod
    given: bool

    def degrees(self, unit: Integers, domain: Integers, n_domains: int) -> Floats:
        """Rank of the factors of the units in each domain, less 1; domains with the same units are looked at once."""
        pair = np.unique(domain * len(self.factor) + unit)
        domain, unit = pair // len(self.factor), pair % len(self.factor)
        marks = np.random.default_rng(0).integers(0, 2**63, (2, len(self.factor)), dtype=np.uint64)
        pattern = np.zeros((n_domains, 2), dtype=np.uint64)
        for place, mark in enumerate(marks):
            np.add.at(pattern[:, place], domain, mark[unit])
        first, which = np.unique(pattern, axis=0, return_index=True, return_inverse=True)[1:]
        starts, ends = np.searchsorted(domain, first), np.searchsorted(domain, first, side="right")
        ranks = [_rank(self.factor[unit[start:end]]) for start, end in zip(starts, ends, strict=True)]
        return np.array(ranks, dtype=np.float64)[which.ravel()] - 1.0


def _rank(factor: Floats) -> int:
    """The rank, singular values below a billionth of the largest counting as 0."""
    if not factor.size:
        return 0
    values = np.linalg.svd(factor, compute_uv=False)
    return int((values > _RANK * values[0]).sum())


def given_replication(declared: Replicates, frame: pd.DataFrame, weights: Floats) -> Replication:
    """The replicates of columns, kept as factors of groups of rows that share them.

    Raises
    ------
    DesignError
        Columns that are missing or hold what is no finite number; replicate weights of rows that have no weight.
    """
    lacking = [name for name in declared.columns if name not in frame.columns]
    if lacking:
        raise DesignError(
            f"{len(lacking)} of the {len(declared.columns)} replicate columns declared are not in the data: {some(lacking)}"
            f"{nearest(lacking[0], frame.columns)}"
        )
    table = frame[list(declared.columns)]
    values = np.column_stack([pd.to_numeric(table[name], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan) for name in table.columns])
    row, column = np.nonzero(~np.isfinite(values))
    if row.size:
        raise DesignError(
            f"{row.size} replicate weights are no finite numbers, the first in column {declared.columns[column[0]]!r} "
            f"(rows {some(frame.index[row[:5]])}); every replicate needs a weight of every row, 0 for rows left out"
        )
    if declared.combined:
        without = np.flatnonzero((weights == 0) & (values != 0).any(axis=1))
        if without.size:
            raise DesignError(
                f"{without.size} rows have replicate weights but the weight 0 (rows {some(frame.index[without])}); "
                "give them a weight, or 0 throughout"
            )
        values /= np.where(weights > 0, weights, 1.0)[:, None]
    unit, factor = _grouped(values)
    scales = declared.scales()
    rule = ReplicateRule(scales, declared.mse, drawn=declared.method == "bootstrap" and abs(scales.sum() - 1.0) < _AS_ESTIMATES)
    return Replication(factor, unit, rule, declared.method, given=True)


def _grouped(values: Floats) -> tuple[Integers | None, Floats]:
    """Rows with equal factors, to 13 digits, as one unit; None where most rows are their own."""
    if np.abs(values).max(initial=0.0) > _LARGE:
        return None, values
    mixed = np.zeros(len(values), dtype=np.uint64)
    digits = 10.0**_DIGITS
    for column in values.T:
        mixed = (
            mixed * np.uint64(6364136223846793005) + np.round(column * digits / 16).astype(np.int64).view(np.uint64) + np.uint64(1442695040888963407)
        )
    first, unit = np.unique(mixed, return_index=True, return_inverse=True)[1:]
    if len(first) > len(values) // 2 or not np.allclose(values[first][unit], values, rtol=0.0, atol=10.0 ** (1 - _DIGITS)):
        return None, values
    return unit.astype(np.intp, copy=False), values[first]
