"""Weighting steps as another program takes them: auxiliaries with their totals, bounds of weights, cells of respondents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from kepuasan.columns import WAVE

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.codebook import Codebook

__all__ = ["Auxiliary", "Round", "rounds_of"]

_LEVEL = re.compile(r"C\((?P<column>[^()\[\]]+)\)\[T\.(?P<level>.*)\]", re.DOTALL)
_INTERCEPT = "Intercept"
_BETWEEN = " x "
_MARGINS = ("rake", "poststratify")


@dataclass(frozen=True)
class Auxiliary:
    """A column whose total is known: 1 where the rows of some waves have a level of crossed columns, or a number. Without columns it is 1.

    ``waves`` holds places of waves; empty: all rows. ``others``: rows of all other waves, whose total is what their weights sum to.
    """

    waves: tuple[int, ...]
    columns: tuple[str, ...] = ()
    level: str | None = None
    total: float = 0.0
    others: bool = False


@dataclass(frozen=True)
class Round:
    """One step: "calibrate", "trim", "cells", or "untold", which cannot be said in another program's language; ``name`` is that of the step here."""

    kind: str
    name: str
    waves: tuple[int, ...] = ()
    auxiliaries: tuple[Auxiliary, ...] = ()
    distance: str = "raking"
    bounds: tuple[float | None, float | None] | None = None
    responded: str | None = None
    cells: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the data that the step reads."""
        own = [name for one in self.auxiliaries for name in one.columns]
        return tuple(dict.fromkeys([*own, *([self.responded] if self.responded else []), *self.cells]))


def rounds_of(history: Sequence[Mapping[str, Any]], waves: Sequence[str], codebook: Codebook) -> Iterator[Round]:
    """The weighting steps in order; steps of different waves that can be taken at once are one."""
    steps = [step for step in history if "sum_after" in step]
    own = [[step for step in steps if str(step.get(WAVE)) == wave and WAVE in step] for wave in waves]
    for step_of_each in zip_longest(*own):
        alike: dict[tuple[Any, ...], list[Round]] = {}
        for place, step in enumerate(step_of_each):
            if step is not None:
                made = _round(step, (place,), codebook)
                alike.setdefault((made.kind, made.distance, made.bounds) if made.kind == "calibrate" else (place,), []).append(made)
        yield from (_together(rounds, len(waves)) for rounds in alike.values())
    yield from (_round(step, (), codebook) for step in steps if WAVE not in step)


def _together(rounds: Sequence[Round], n_waves: int) -> Round:
    """Steps of several waves as one; the weights of waves that are not among them stay."""
    first = rounds[0]
    if first.kind != "calibrate":
        return first
    waves = tuple(place for one in rounds for place in one.waves)
    auxiliaries = [one for step in rounds for one in step.auxiliaries]
    if len(waves) < n_waves:
        auxiliaries.append(Auxiliary(waves, others=True))
    return Round(first.kind, first.name, waves, tuple(auxiliaries), first.distance, first.bounds)


def _round(step: Mapping[str, Any], waves: tuple[int, ...], codebook: Codebook) -> Round:
    name = str(step["step"])
    if name in _MARGINS:
        return Round("calibrate", name, waves, tuple(_margins(step["targets"], waves, codebook)), "raking", step.get("bounds"))
    if name == "calibrate":
        found = [_auxiliary(str(row["level"]), float(row["target"]), waves) for row in step["targets"].to_dict("records")]
        known = [one for one in found if one is not None]
        return Round("calibrate", name, waves, tuple(known), step["distance"], step["bounds"]) if len(known) == len(found) else Round("untold", name)
    if name == "trim_weights":
        return Round("trim", name, waves, bounds=(step["lower"], step["upper"]))
    if name == "adjust_nonresponse" and step.get("responded") and not step.get("formula") and not step.get("merged"):
        return Round("cells", name, waves, responded=str(step["responded"]), cells=tuple(str(one) for one in step["cells"]))
    return Round("untold", name)


def _margins(targets: pd.DataFrame, waves: tuple[int, ...], codebook: Codebook) -> Iterator[Auxiliary]:
    """A column for each level of the first margin and, of the others, for each but the first, which follows from the rest."""
    for place, (title, table) in enumerate(targets.groupby("margin", sort=False)):
        columns = (str(title),) if title in codebook.items else tuple(str(title).split(_BETWEEN))
        for row in table.to_dict("records")[place > 0 :]:
            yield Auxiliary(waves, columns, str(row["level"]), float(row["target"]))


def _auxiliary(name: str, total: float, waves: tuple[int, ...]) -> Auxiliary | None:
    """A column of a formula; None where it is more than a column or a factor."""
    if name == _INTERCEPT:
        return Auxiliary(waves, total=total)
    level = _LEVEL.fullmatch(name)
    if level is not None and "]:" not in level["level"]:
        return Auxiliary(waves, (level["column"],), level["level"], total)
    return Auxiliary(waves, (name,), None, total) if name.isidentifier() else None
