"""The design bound to the rows of a survey."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import spelled
from kepuasan.design.codes import distinct, first_rows
from kepuasan.errors import SinglePSUError
from kepuasan.numerics.credit import Credit
from kepuasan.numerics.replication import ReplicatePlan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.design.declaration import Design
    from kepuasan.design.replicates import Replication
    from kepuasan.numerics.adjustments import Adjustment
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.numerics.variance import VarianceRule

__all__ = ["BoundDesign", "Labels"]


@dataclass(frozen=True)
class Labels:
    """The columns of a design taken out of their frame, by stage: strata (crossed columns), units, population sizes."""

    weight: Floats | None
    strata: tuple[tuple[pd.Series[Any], ...], ...]
    psu: tuple[pd.Series[Any], ...]
    fpc: tuple[Floats, ...]
    index: pd.Index[Any]
    nest: bool = True


@dataclass(frozen=True, eq=False)
class BoundDesign:
    """A design bound to the rows of a survey.

    Attributes
    ----------
    declaration : Design
        What was declared.
    weights : array (rows,)
        Weights as they now stand, after every step of `history`.
    unit : array (rows,) or None
        Variance unit of each row; None where rows are the units.
    unit_psu, psu_stratum : array
        First-stage unit of each variance unit, and stratum of each of those.
    rule : VarianceRule
        Turns unit influence into covariances.
    lone_strata : array of bool (strata,)
        Strata with one PSU that was not sampled with certainty.
    fractions : array (strata,)
        Sampled share of the first-stage units of each stratum, 0 without fpc.
    replication : Replication or None
        Replicates, where errors come from them.
    adjustments : tuple of Adjustment
        What weighting steps did, as variances see it, oldest first.
    base : array (rows,)
        Weights before them.
    history : tuple of dict
        Weighting steps in words and numbers, oldest first.
    token : str
        What estimates of one design have in common.
    """

    declaration: Design
    weights: Floats = field(repr=False)
    unit: Integers | None = field(repr=False)
    unit_psu: Integers = field(repr=False)
    psu_stratum: Integers = field(repr=False)
    rule: VarianceRule = field(repr=False)
    lone_strata: NDArray[np.bool_] = field(repr=False)
    lone_names: tuple[str, ...]
    fractions: Floats = field(repr=False)
    labels: Labels = field(repr=False)
    replication: Replication | None = field(default=None, repr=False)
    adjustments: tuple[Adjustment, ...] = field(default=(), repr=False)
    base: Floats | None = field(default=None, repr=False)
    history: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    token: str = field(default_factory=lambda: uuid.uuid4().hex, repr=False)

    def __post_init__(self) -> None:
        for name, array in (("weights", self.weights), ("base", self.weights if self.base is None else self.base)):
            still = array.view()
            still.flags.writeable = False
            object.__setattr__(self, name, still)

    @property
    def n_units(self) -> int:
        """Number of variance units."""
        return len(self.unit_psu)

    def row_psu(self) -> Integers:
        """First-stage unit of each row."""
        return self.unit_psu if self.unit is None else self.unit_psu[self.unit]

    def stratum_names(self, strata: Integers | None = None) -> list[str]:
        """What first-stage strata are called: those given, or all."""
        first = first_rows(self.psu_stratum[self.row_psu()])
        columns = self.labels.strata[0] if self.labels.strata else ()
        rows = first if strata is None else first[strata]
        return [", ".join(spelled(column.iloc[row]) for column in columns) or "the whole sample" for row in rows]

    @cached_property
    def df(self) -> int:
        """Degrees of freedom: PSUs minus strata, of rows with a weight."""
        rows = np.flatnonzero(self.weights != 0)
        return int(self.degrees(rows if self.unit is None else self.unit[rows], np.zeros(len(rows), dtype=np.intp), 1)[0])

    def degrees(self, unit: Integers, domain: Integers, n_domains: int) -> Floats:
        """PSUs minus strata among the pairs of unit and domain given, by domain; rank less 1 where replicates were given."""
        if self.replication is not None and self.replication.given:
            return self.replication.degrees(unit, domain, n_domains)
        psu = self.unit_psu[unit]
        stratum = self.psu_stratum[psu]
        return distinct(psu, len(self.psu_stratum), domain, n_domains) - distinct(stratum, len(self.lone_strata), domain, n_domains)

    def with_step(self, adjustment: Adjustment, weights: Floats, step: Mapping[str, Any]) -> BoundDesign:
        """The design after one more weighting step."""
        return replace(self, weights=weights, adjustments=(*self.adjustments, adjustment), history=(*self.history, step), token=uuid.uuid4().hex)

    def with_replication(self, replication: Replication, step: Mapping[str, Any]) -> BoundDesign:
        """The design with errors from replicates."""
        return replace(self, replication=replication, history=(*self.history, step), token=uuid.uuid4().hex)

    @cached_property
    def credit(self) -> Credit | None:
        """What the weighting steps take off every influence; None where there is no such step."""
        found = Credit(self.adjustments, self.unit, self.n_units)
        return found if found.steps else None

    @cached_property
    def plan(self) -> ReplicatePlan | None:
        """The replicates with the weighting steps that each does again; None without replicates."""
        if self.replication is None:
            return None
        made = self.replication
        return ReplicatePlan(made.factor, made.unit, self.weights if self.base is None else self.base, self.adjustments, made.rule)

    def require_variance(self) -> None:
        """Refuse where a variance is asked for and strata have a single PSU.

        Raises
        ------
        SinglePSUError
            Where the rule is "fail" and strata with one unit exist; they are named.
        """
        if self.replication is None and self.declaration.single_psu == "fail" and self.lone_names:
            shown = "; ".join(self.lone_names[:5]) + (" and more" if len(self.lone_names) > 5 else "")
            raise SinglePSUError(
                f"strata with one sampled unit only ({len(self.lone_names)}): {shown}; their variance cannot be estimated. "
                'Merge them with similar strata, or set Design(single_psu="certainty", "adjust", "average" or "remove")'
            )

    def average_scale(self, unit: Integers, domain: Integers, answered: NDArray[np.bool_], n_domains: int) -> Floats | None:
        """By domain and statistic, what the first stage's error grows by under single_psu="average"; None where nothing changes.

        The mean contribution of the strata that have one is given to those that have not, counted over the strata that hold
        answers in the domain.
        """
        if self.replication is not None or self.declaration.single_psu != "average" or not self.lone_strata.any():
            return None
        if self.credit is not None:  # weighting steps reach every stratum, whatever the domain
            counted = np.unique(self.psu_stratum[self.row_psu()[(self.weights if self.base is None else self.base) != 0]])
            growth = np.sqrt(len(counted) / (len(counted) - self.lone_strata[counted].sum()))
            return np.full((n_domains, answered.shape[1]), growth)
        stratum, n_strata = self.psu_stratum[self.unit_psu[unit]], len(self.lone_strata)
        present, alone = np.empty((2, n_domains, answered.shape[1]))
        for k, here in enumerate(answered.T):
            lone = here & self.lone_strata[stratum]
            present[:, k] = distinct(stratum[here], n_strata, domain[here], n_domains)
            alone[:, k] = distinct(stratum[lone], n_strata, domain[lone], n_domains)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.sqrt(present / (present - alone))
