"""The design as it is declared: names of columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from kepuasan.design.replicates import Replicates
from kepuasan.errors import DesignError, choose

__all__ = ["SINGLE_PSU", "Columns", "Design", "SinglePSU"]

SinglePSU = Literal["fail", "certainty", "adjust", "average", "remove"]
SINGLE_PSU: tuple[SinglePSU, ...] = ("fail", "certainty", "adjust", "average", "remove")
Columns: TypeAlias = str | Sequence[str] | None


@dataclass(frozen=True)
class Design:
    """How the sample was drawn, by the names of columns.

    Parameters
    ----------
    weight : str, optional
        Column of sampling weights: finite, not negative, not all 0. Without it weights follow from `fpc`, or are all 1.
    strata, psu, fpc : str or list of str, optional
        Columns of strata, sampled units and population sizes, one entry a stage. Units are nested: a PSU code may
        repeat in another stratum, a second-stage code in another PSU. An fpc is a population count of units in the
        stratum, or a sampling fraction; one entry more than `psu` means that rows were sampled within the last units.
    single_psu : {"fail", "certainty", "adjust", "average", "remove"}
        What a stratum with one sampled unit contributes to the variance: an error; nothing; its total taken uncentred;
        the mean contribution of the other strata; nothing, being left out.
    replicates : Replicates, optional
        Replicate weights that the data bring; they carry strata and units, so that none of these is declared beside them.
    nest : bool
        False declares that PSU codes are unique, so that a code seen in two strata is an error.

    Examples
    --------
    >>> Design(weight="w", strata="province", psu="unit")
    Design(weight='w', strata='province', psu='unit', fpc=None, single_psu='fail', replicates=None, nest=True)

    References
    ----------
    Lumley, T. (2010). *Complex Surveys*. Wiley.
    """

    weight: str | None = None
    strata: Columns = None
    psu: Columns = None
    fpc: Columns = None
    single_psu: SinglePSU = field(default="fail", kw_only=True)
    replicates: Replicates | None = field(default=None, kw_only=True)
    nest: bool = field(default=True, kw_only=True)

    def __post_init__(self) -> None:
        choose("single_psu", self.single_psu, SINGLE_PSU)
        if self.weight is not None and not isinstance(self.weight, str):
            raise DesignError(f"weight is {self.weight!r}; give the name of one column")
        if self.replicates is not None and not isinstance(self.replicates, Replicates):
            raise DesignError(f"replicates is {type(self.replicates).__name__}; name their columns: Replicates([...], method=...)")
        beside = [role for role in ("strata", "psu", "fpc") if self.columns(role)]
        if self.replicates is not None and beside:
            raise DesignError(f"{' and '.join(beside)} are declared beside replicates, which carry the whole design; declare one or the other")
        for role in ("strata", "psu", "fpc"):
            if not all(isinstance(name, str) for name in self.columns(role)):
                raise DesignError(f"{role} is {getattr(self, role)!r}; give the name of a column, or a list of names, one a stage")
        stages = max(1, len(self.columns("psu")))
        if len(self.columns("strata")) > stages:
            raise DesignError(f"strata of {len(self.columns('strata'))} stages are given, but units of {stages}; give one psu column a stage")
        if len(self.columns("fpc")) > max(1, len(self.columns("psu")) + 1):
            raise DesignError(f"fpc of {len(self.columns('fpc'))} stages are given, but units of {stages}; give one psu column a stage")

    def _repr_html_(self) -> str:
        from kepuasan.display.html_tables import html_facts

        facts: dict[str, Any] = {role: self.columns(role) or None for role in ("weight", "strata", "psu", "fpc")}
        facts |= {"single_psu": self.single_psu, "nest": str(self.nest)}
        if self.replicates is not None:
            facts |= {"replicates": f"{len(self.replicates.columns)}, {self.replicates.method}"}
        return html_facts(facts, "Design")

    def columns(self, role: str) -> tuple[str, ...]:
        """The columns that play a role, one a stage."""
        given = getattr(self, role)
        if given is None:
            return ()
        return tuple(given) if isinstance(given, (list, tuple)) else (given,)

    def all_columns(self) -> tuple[str, ...]:
        """Every column the design names."""
        replicates = () if self.replicates is None else self.replicates.columns
        return tuple(dict.fromkeys([*(name for role in ("weight", "strata", "psu", "fpc") for name in self.columns(role)), *replicates]))
