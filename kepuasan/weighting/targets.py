"""Targets as people give them, matched with the codes of a survey."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import spelled
from kepuasan.design import compacted, factorized
from kepuasan.errors import CalibrationError, DataWarning, some
from kepuasan.numerics.calibration import Margin

if TYPE_CHECKING:
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.survey import Survey

__all__ = ["Crossed", "NamedMargin", "crossed", "finite_target", "margin_of", "read_margins", "read_targets", "same_total"]

_SAME_TOTAL = 1e-6


@dataclass(frozen=True)
class Crossed:
    """Columns crossed: the cell of each row (0 for rows of weight 0 without a code), and for each cell the code and label of each column."""

    code: Integers
    n_cells: int
    names: tuple[Any, ...]
    level: tuple[Integers, ...]
    labels: tuple[pd.Index[Any], ...]


@dataclass(frozen=True)
class NamedMargin:
    """A margin with the columns it is of and the labels of its levels."""

    names: tuple[Any, ...]
    labels: tuple[tuple[Any, ...], ...]
    margin: Margin

    @property
    def title(self) -> str:
        """The columns it is of, in words."""
        return " x ".join(str(name) for name in self.names)

    def levels(self) -> list[str]:
        """The levels in words."""
        return [" x ".join(spelled(label) for label in labels) for labels in self.labels]


def crossed(survey: Survey, names: Sequence[Any]) -> Crossed:
    """The cells that columns make of the rows.

    Raises
    ------
    DataError
        Unknown columns.
    CalibrationError
        Rows with a weight that have no code in a column.
    """
    survey.require(names)
    code, n_cells = np.zeros(len(survey.frame), dtype=np.intp), 1
    level: list[Integers] = []
    labels: list[pd.Index[Any]] = []
    for name in names:
        own, found = _codes(survey, name)
        code = code * len(found) + own if labels else own
        cells = np.arange(n_cells * len(found))
        if len(cells) > len(code) + 100_000:
            cells, code = compacted(code)
        level = [*(one[cells // len(found)] for one in level), cells % len(found)]
        n_cells = len(cells)
        labels.append(found)
    return Crossed(code, n_cells, tuple(names), tuple(level), tuple(labels))


def _codes(survey: Survey, name: Any) -> tuple[Integers, pd.Index[Any]]:
    """Code of each row and the labels; rows of weight 0 without a code have the first."""
    own, found = factorized(survey.column(name))
    texts = [spelled(label) for label in found] if found.dtype == object else []
    if len(set(texts)) < len(texts):
        alike = [label for label, text in zip(found, texts, strict=True) if texts.count(text) > 1]
        raise CalibrationError(f"{name!r} has codes that are written alike: {some(alike)}; give each level one code, as numbers or as text")
    if own.min(initial=0) < 0:
        lost = np.flatnonzero((own < 0) & (survey.design.weights != 0))
        if lost.size:
            raise CalibrationError(
                f"{lost.size:,} rows with a weight have no code in {name!r} (rows {some(survey.frame.index[lost])}); "
                "give them a code, such as that of the likeliest level, or a level of their own with a target"
            )
        own = np.where(own < 0, 0, own)
    return own, found


# ---------------------------------------------------------------- what is given


def read_margins(margins: Any) -> list[tuple[tuple[Any, ...], dict[tuple[Any, ...], float]]]:
    """Margins as columns and their targets by level: ``{"sex": {"L": 1200.0}}``, ``{("province", "sex"): {("Bali", "L"): 90.0}}``, or tidy frames."""
    if isinstance(margins, pd.DataFrame):
        margins = [margins]
    if isinstance(margins, Mapping):
        if not margins:
            raise CalibrationError('margins are empty; give the target of each level: {"sex": {"L": 1200.0, "P": 1100.0}}')
        return [(columns := name if isinstance(name, tuple) else (name,), read_targets(columns, levels)) for name, levels in margins.items()]
    if isinstance(margins, (list, tuple)) and margins and all(isinstance(frame, (pd.DataFrame, pd.Series)) for frame in margins):
        frames = [_flat(frame) for frame in margins]
        return [(tuple(frame.columns[:-1]), read_targets(tuple(frame.columns[:-1]), frame)) for frame in frames]
    raise CalibrationError(
        f'margins are {type(margins).__name__}; give {{"sex": {{"L": 1200.0, "P": 1100.0}}}}, or tidy frames: columns of codes, then one of totals'
    )


def read_targets(names: tuple[Any, ...], given: Any) -> dict[tuple[Any, ...], float]:
    """Targets by level of these columns, from a mapping, a Series by level, or a frame whose last column holds them."""
    title = " x ".join(str(name) for name in names)
    if isinstance(given, pd.DataFrame):
        given = _flat(given)
        rest = [name for name in given.columns if name not in names]
        if len(rest) != 1 or len(given.columns) != len(names) + 1:
            raise CalibrationError(
                f"the frame of the margin {title} has the columns {some(given.columns)}; it needs {some(names)}, then one of totals"
            )
        given = given.set_index(list(names))[rest[0]]
    if isinstance(given, pd.Series):
        if given.index.nlevels > 1 and set(given.index.names) == set(names):
            given = given.reorder_levels(list(names))
        twice = given.index[given.index.duplicated()]
        if len(twice):
            raise CalibrationError(f"the margin {title} has more than one target for {some(twice)}; give one a level")
        given = given.to_dict()
    if not isinstance(given, Mapping) or not given:
        raise CalibrationError(f"the targets of {title} are {type(given).__name__}; give a target for each level: {{level: total}}")
    targets = {level if isinstance(level, tuple) else (level,): _target(title, len(names), level, total) for level, total in given.items()}
    texts = [_spelled(key) for key in targets]
    alike = [_shown(key) for key in targets if texts.count(_spelled(key)) > 1] if len(set(texts)) < len(texts) else []
    if alike:
        raise CalibrationError(f"the margin {title} has several targets for one code: {', '.join(alike[:6])} are written alike; give one")
    return targets


def _target(title: str, n_columns: int, level: Any, total: Any) -> float:
    if (len(level) if isinstance(level, tuple) else 1) != n_columns:
        raise CalibrationError(f"the margin {title} has a target for {level!r}; its levels are made of {n_columns} codes")
    target = finite_target(f"the target of {title} {level!r}", total)
    if target < 0:
        raise CalibrationError(f"the target of {title} {level!r} is {total!r}; give a total of 0 or more")
    return target


def finite_target(what: str, total: Any) -> float:
    """A target as a number.

    Raises
    ------
    CalibrationError
        Text, as "1.200" may mean a thousand; what is not finite.
    """
    if isinstance(total, (bool, np.bool_)) or not isinstance(total, Real):
        hint = (
            '; read numbers as such, with pandas.read_csv(..., thousands=".", decimal=",") where they are written so'
            if isinstance(total, str)
            else ""
        )
        raise CalibrationError(f"{what} is {total!r}, not a number{hint}")
    if not np.isfinite(float(total)):
        raise CalibrationError(f"{what} is {total!r}; give a finite number")
    return float(total)


def _flat(frame: pd.DataFrame | pd.Series[Any]) -> pd.DataFrame:
    """A tidy margin, its levels taken out of a named index."""
    if isinstance(frame, pd.Series):
        frame = frame.to_frame("total")
    if not len(frame):
        raise CalibrationError("a margin has no rows; give the target of each level")
    flat = frame.reset_index() if any(name is not None for name in frame.index.names) else frame
    if len(flat.columns) < 2:
        raise CalibrationError(f"a tidy margin has the columns {some(flat.columns)}; it needs columns of codes, then one of totals")
    return flat


# ---------------------------------------------------------------- targets and codes together


def margin_of(cells: Crossed, totals: Floats, names: tuple[Any, ...], targets: Mapping[tuple[Any, ...], float]) -> NamedMargin:
    """The margin on the cells.

    Raises
    ------
    CalibrationError
        Levels in the sample without a target, levels with a target without a row, a target of 0; all of them are named.
    """
    place = [cells.names.index(name) for name in names]
    level = np.zeros(cells.n_cells, dtype=np.intp)
    for column in place:
        level = compacted(level * len(cells.labels[column]) + cells.level[column])[1]
    used = np.flatnonzero(totals != 0)
    present, first = np.unique(level[used], return_index=True)
    found = [tuple(cells.labels[column][cells.level[column][cell]] for column in place) for cell in used[first]]
    wanted = {_spelled(key): (key, total) for key, total in targets.items()}
    title = " x ".join(str(name) for name in names)
    faults = [f"{_shown(key)} is in the sample but has no target" for key in found if _spelled(key) not in wanted]
    here = {_spelled(key) for key in found}
    faults += [
        f"{_shown(key)} has the target {total:g} but no row with a weight" for text, (key, total) in wanted.items() if text not in here and total
    ]
    faults += [f"{_shown(key)} is in the sample but has the target 0" for key in found if wanted.get(_spelled(key), (key, 1.0))[1] == 0]
    sums = np.bincount(level, weights=totals)[present]
    faults += [
        f"{_shown(key)} has the weight {total:g}, which no positive ratio brings to a target"
        for key, total in zip(found, sums, strict=True)
        if total < 0
    ]
    if faults:
        more = f"\n  and {len(faults) - 12} more" if len(faults) > 12 else ""
        raise CalibrationError(
            f"the levels of {title} and their targets do not match:\n  "
            + "\n  ".join(faults[:12])
            + more
            + "\nGive every level of the sample a target, merge levels that have none, and leave out those that nobody has"
        )
    compact = np.searchsorted(present, level).clip(0, len(present) - 1)
    target = np.array([wanted[_spelled(key)][1] for key in found])
    return NamedMargin(names, tuple(found), Margin(np.where(totals != 0, compact, 0), target))


def same_total(margins: Sequence[NamedMargin], whole: float) -> list[NamedMargin]:
    """The margins, scaled to the total of the first where they differ by rounding; `whole` is the sum of the weights.

    Raises
    ------
    CalibrationError
        Margins whose totals differ by more than a millionth.
    """
    sums = [float(margin.margin.target.sum()) for margin in margins]
    if max(sums) - min(sums) > _SAME_TOTAL * max(sums):
        listed = "; ".join(f"{margin.title} {total:,.10g}" for margin, total in zip(margins, sums, strict=True))
        raise CalibrationError(f"the margins sum to different totals: {listed}; scale them to one population total")
    _warn_of_percentages(sums[0], whole)
    return [
        NamedMargin(one.names, one.labels, Margin(one.margin.level, one.margin.target * (sums[0] / total)))
        for one, total in zip(margins, sums, strict=True)
    ]


def _warn_of_percentages(total: float, whole: float) -> None:
    for one, what in ((100.0, "percentages"), (1.0, "shares")):
        if abs(total / one - 1.0) < 0.01 and whole > 10.0 * one:
            warnings.warn(
                f"the targets sum to {total:g} where the weights sum to {whole:,.6g}, so that totals will be of {total:g}; "
                f"if they are {what}, multiply them by the population",
                DataWarning,
                stacklevel=4,
            )


def _spelled(key: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(spelled(code) for code in key)


def _shown(key: tuple[Any, ...]) -> str:
    return some(key) if len(key) == 1 else "(" + some(key) + ")"
