"""What accounts for the change of an index: exact parts with design-based standard errors."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from kepuasan.columns import DRIVER, ITEM, PART
from kepuasan.errors import DataError, DataWarning, EstimateError, choose, nearest, some
from kepuasan.estimates import derived, taken
from kepuasan.index import INDEX, Index, difference, wave_index, wave_mask
from kepuasan.numerics.decomposition import ItemParts, stated_weights
from kepuasan.specification import IndexSpec, Specs, require_one_level, spec_for, spec_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from kepuasan.codebook import Codebook
    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.survey import Survey

__all__ = ["FRAME", "LEVEL", "REST", "WEIGHTS", "Change", "FrameGap", "attribute_change", "frame_gap"]

FRAME, LEVEL, WEIGHTS, REST = "frame", "level", "weights", "rest"


@dataclass(frozen=True, eq=False, repr=False)
class Change:
    """The change of an index between two waves and the parts that account for it.

    Attributes
    ----------
    total : Estimates
        Current minus base, one row.
    parts : Estimates
        They sum to `total` exactly. Key columns ``part`` ("frame": groups asked in one wave only; "level": what was answered;
        "weights": index weights that changed), ``item``, and ``driver`` where drivers are named.
    drivers : Estimates or None
        The same parts added up by named driver: the frame first, then the drivers in their order, then "rest".
    start, end : Estimates
        The index in the base and the current wave, one row each.
    base, current : str
        Labels of the waves.
    codebook : Codebook or None
        For the labels of plots.
    """

    total: Estimates
    parts: Estimates
    drivers: Estimates | None
    start: Estimates
    end: Estimates
    base: str
    current: str
    codebook: Codebook | None = None

    @property
    def _shown(self) -> Estimates:
        """What a reader sees first: the drivers, or the parts where none is named."""
        return self.parts if self.drivers is None else self.drivers

    def __repr__(self) -> str:
        return f"<Change of the index, {self.base} to {self.current}>\n{self.total!r}\naccounted for by\n{self._shown!r}"

    def _repr_html_(self) -> str:
        title = f"<p>Change of the index, {self.base} to {self.current}</p>"
        return f"{title}{self.total._repr_html_()}<p>accounted for by</p>{self._shown._repr_html_()}"

    def to_frame(self, part: Literal["parts", "drivers", "total"] = "parts", level: float = 0.95) -> pd.DataFrame:
        """The parts, the drivers or the total as a tidy table; see `Estimates.to_frame`."""
        choose("part", part, ("parts", "drivers", "total"))
        chosen: Estimates | None = getattr(self, part)
        if chosen is None:
            raise EstimateError("no drivers were named; call attribute_change(drivers={name: [items]})")
        return chosen.to_frame(level)

    def plot(self, ax: Axes | None = None, *, language: Literal["id", "en"] = "id") -> Axes:
        """A waterfall from the base wave's index to the current one's."""
        from kepuasan.display.waterfall import waterfall

        labels = {**(self.codebook.labels(language) if self.codebook else {}), "start": self.base, "end": self.current}
        start, end = _bar(self.start), _bar(self.end)
        return waterfall(self._shown.to_frame(), start=start, end=end, ax=ax, labels=labels, language=language)


@dataclass(frozen=True)
class FrameGap:
    """How many groups of a column were asked in the base wave only (lost), in the current one only (new), and in both."""

    column: str
    lost: int
    new: int
    both: int


def _bar(index: Estimates) -> tuple[float, float, float]:
    """The index with its limits."""
    low, high = index.ci()[0]
    return float(index.value[0]), float(low), float(high)


def attribute_change(
    survey: Survey,
    base: Any,
    current: Any,
    *,
    spec: Specs | None = None,
    drivers: Mapping[str, Sequence[str]] | None = None,
    method: Literal["items"] = "items",
    frame: str | None = None,
) -> Change:
    """The parts that account for the change of the index from the base wave to the current one.

    Parameters
    ----------
    survey : Survey
        Waves stacked by `stack_waves`.
    base, current : label
        Two different waves.
    spec : IndexSpec, or {wave: IndexSpec}, optional
        Without it, that of the codebook. One a wave where index weights changed: that is then a part of its own.
    drivers : {name: [items]}, optional
        Items gathered under a name; items under none are the "rest". Without it the codebook's ``[drivers]``.
    method : {"items"}
        Each item accounts for its index weight times the change of its mean.
    frame : str, optional
        A column of groups such as regions. What groups asked in one wave only account for becomes a part of its own, and the
        others are within the groups asked in both.

    Returns
    -------
    Change
        Parts sum to the total exactly; each has a standard error from the joint covariance of all that enters.

    Raises
    ------
    DataError
        Unknown waves, columns, items of drivers; no group asked in both waves.
    EstimateError
        An index of respondents with missing answers: a threshold of answers a person has no exact split by item.

    Notes
    -----
    With C the groups asked in both waves, the within part is I1C - I0C and the frame part (I1 - I1C) - (I0 - I0C). The within part is split by item
    as sum_j abar_j dm_j, and sum_j da_j (mbar_j - mbar) for weights that changed. "Accounts for" is arithmetic: it names no cause.

    References
    ----------
    Kitagawa, E. M. (1955). Components of a difference between two rates. *JASA* 50, 1168-1194.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import IndexSpec, Survey, stack_waves
    >>> first = Survey(pd.DataFrame({"speed": [3, 4, 2, 4], "updates": [2, 3, 4, 4]}))
    >>> second = Survey(pd.DataFrame({"speed": [2, 4, 2, 3], "updates": [3, 3, 4, 4]}))
    >>> waves = stack_waves({"2020": first, "2022": second})
    >>> change = attribute_change(waves, "2020", "2022", spec=IndexSpec(["speed", "updates"], scale=(1, 4)))
    >>> [round(float(value), 2) for value in change.parts.value]
    [-8.33, 4.17]
    """
    choose("method", method, ("items",))
    if str(base) == str(current):
        raise DataError(f"base and current are the same wave {base!r}; name two")
    specs = [spec_of(survey, spec_for(spec, wave)) for wave in (base, current)]
    _check_specs(specs)
    named = _drivers(survey, drivers, specs[0])
    whole = [wave_index(survey, wave, one) for wave, one in zip((base, current), specs, strict=True)]
    _check_exact(whole)
    total = difference(whole[0].score, whole[1].score, base, current)
    within, parts = whole, []
    if frame is None:
        _warn_of_frame(survey, base, current)
    else:
        common = survey.where(_common(survey, base, current, frame))
        within = [wave_index(common, wave, one) for wave, one in zip((base, current), specs, strict=True)]
        parts.append(_frame_part(whole, within))
    parts.extend(_item_parts(within, specs))
    joined = parts[0]
    for part in parts[1:]:
        joined = joined.join(part)
    if named:
        joined = replace(
            joined, key=joined.key.assign(**{DRIVER: [_driver_of(item, part, named) for part, item in joined.key.itertuples(index=False)]})
        )
    return Change(total, joined, _by_driver(joined, named), whole[0].score, whole[1].score, str(base), str(current), survey.codebook)


# ---------------------------------------------------------------- what was asked


def _check_specs(specs: Sequence[IndexSpec]) -> None:
    if set(specs[0].items) != set(specs[1].items):
        gone = sorted(set(specs[0].items) ^ set(specs[1].items))
        raise DataError(f"{some(gone, 12)} belong to the index of one wave only; a change by item needs the same items in both")
    require_one_level(specs)


def _check_exact(whole: Sequence[Index]) -> None:
    """Refuse to split an index of respondents by item where answers are missing."""
    for index in whole:
        if index.level == "respondents" and index.importance is not None:
            raise EstimateError(
                "the mean of respondents' indices has no exact split by item where respondents weight the items by what they stated; "
                'use IndexSpec(level="items")'
            )
        if index.level == "respondents" and (index.items.n != index.score.n[0]).any():
            raise EstimateError(
                "the mean of respondents' indices has no exact split by item where answers are missing; "
                'use IndexSpec(level="items"), or missing="listwise"'
            )


def _drivers(survey: Survey, drivers: Mapping[str, Sequence[str]] | None, spec: IndexSpec) -> dict[str, tuple[str, ...]]:
    """Named drivers and their items: those given, or the codebook's."""
    if drivers is None:
        named = {name: tuple(driver.items) for name, driver in survey.codebook.drivers.items()}
        named = {name: items for name, items in named.items() if set(items) <= set(spec.items)}
    else:
        named = {name: (items,) if isinstance(items, str) else tuple(items) for name, items in drivers.items()}
    seen: dict[str, str] = {}
    for name, items in named.items():
        if name in (FRAME, REST):
            raise DataError(f"a driver is called {name!r}, which names another part; call it something else")
        for item in items:
            if item not in spec.items:
                raise DataError(f"driver {name!r} names {item!r}, which is no item of the index{nearest(item, spec.items)}")
            if item in seen:
                raise DataError(f"{item!r} belongs to the drivers {seen[item]!r} and {name!r}; an item has one driver")
            seen[item] = name
    return named


def frame_gap(survey: Survey, base: Any, current: Any, frame: str | None) -> FrameGap | None:
    """How two waves differ in the groups asked; None where they do not.

    Parameters
    ----------
    survey : Survey
        Waves stacked by `stack_waves`.
    base, current : label
        Two waves.
    frame : str or None
        The column of the groups. Without it the strata are looked at, as far as the waves have some in common.
    """
    for column in [frame] if frame is not None else survey.design.declaration.columns("strata")[:1]:
        first, second = _asked(survey, base, column), _asked(survey, current, column)
        if first != second and (frame is not None or first & second):
            return FrameGap(column, len(first - second), len(second - first), len(first & second))
    return None


def _warn_of_frame(survey: Survey, base: Any, current: Any) -> None:
    """Say so where strata were asked in one of the waves only, so that items account for the frame too."""
    gap = frame_gap(survey, base, current, None)
    if gap is not None:
        warnings.warn(
            f"{gap.lost} codes of {gap.column!r} were asked in {base!r} only and {gap.new} in {current!r} only; "
            f"what they account for is spread over the items. Name the column of the frame to tell it apart: frame={gap.column!r}",
            DataWarning,
            stacklevel=3,
        )


def _asked(survey: Survey, wave: Any, column: str) -> set[Any]:
    """The codes of a column that rows with a weight have in a wave."""
    counted = survey.design.weights != 0
    if survey.domain is not None:
        counted = counted & survey.domain
    return set(survey.column(column)[wave_mask(survey, wave) & counted].dropna().unique())


def _common(survey: Survey, base: Any, current: Any, frame: str) -> NDArray[np.bool_]:
    """Rows of the groups asked in both waves."""
    asked = []
    for wave in (base, current):
        found = _asked(survey, wave, frame)
        if not found:
            raise DataError(f"the frame column {frame!r} has no code in wave {wave!r}; it must name the groups asked in both waves")
        asked.append(found)
    both = asked[0] & asked[1]
    if not both:
        raise DataError(
            f"no group of {frame!r} was asked in both waves: {some(sorted(asked[0], key=str))} in {base!r}, "
            f"{some(sorted(asked[1], key=str))} in {current!r}"
        )
    return survey.column(frame).isin(both).to_numpy(dtype=bool)


# ---------------------------------------------------------------- parts


def _frame_part(whole: Sequence[Index], within: Sequence[Index]) -> Estimates:
    """(I1 - I1C) - (I0 - I0C): what the groups asked in one wave only account for."""
    scores = whole[0].score.join(whole[1].score).join(within[0].score).join(within[1].score)
    part = scores.linear([[-1.0, 1.0, 1.0, -1.0]], pd.DataFrame({PART: [FRAME], ITEM: [INDEX]}))
    return replace(part, kind="difference")


def _item_parts(within: Sequence[Index], specs: Sequence[IndexSpec]) -> list[Estimates]:
    """Parts by item, and those of index weights that differ between the waves."""
    items = list(specs[0].items)
    place = [[spec.items.index(item) for item in items] for spec in specs]
    means = [taken(index.items, np.array(order)) for index, order in zip(within, place, strict=True)]
    weights = [spec.item_weights()[order] for spec, order in zip(specs, place, strict=True)]
    joint, jacobians, places = means[0].join(means[1]), [], []
    for spec, index, order in zip(specs, within, place, strict=True):
        jacobian = np.zeros((len(items), 0))
        if spec.importance and index.importance is not None:
            stated = taken(index.importance, np.array(order))
            jacobian = stated_weights(stated.value)[1]
            places.append(len(joint) + np.arange(len(items)))
            joint = joint.join(stated)
        else:
            places.append(np.arange(0))
        jacobians.append(jacobian)
    split = partial(_split, len(items), weights, places)
    found, chain = split(joint.value), _chain(len(items), jacobians)
    key = pd.DataFrame({PART: LEVEL, ITEM: items})
    parts = [derived(joint, lambda value: split(value).level, found.level_jacobian @ chain, key, kind="difference")]
    if (found.base_weights != found.current_weights).any():
        by_weight = key.assign(**{PART: WEIGHTS})
        parts.append(derived(joint, lambda value: split(value).weights, found.weights_jacobian @ chain, by_weight, kind="difference"))
    return parts


def _split(k: int, weights: Sequence[Floats], places: Sequence[Integers], value: Floats) -> ItemParts:
    """The parts out of item means of both waves and, where weights are stated, the importance at their places among the values (..., n)."""
    shares = []
    for known, place in zip(weights, places, strict=True):
        stated = value[..., place]
        shares.append(stated / stated.sum(axis=-1, keepdims=True) if len(place) else np.broadcast_to(known, value[..., :k].shape))
    return ItemParts(value[..., :k], value[..., k : 2 * k], shares[0], shares[1])


def _chain(k: int, jacobians: Sequence[Floats]) -> Floats:
    """From the parts' arguments (means and weights of both waves) to what was estimated: means, and importance where stated."""
    first, second = jacobians
    chain = np.zeros((4 * k, 2 * k + first.shape[1] + second.shape[1]))
    chain[: 2 * k, : 2 * k] = np.eye(2 * k)
    chain[2 * k : 3 * k, 2 * k : 2 * k + first.shape[1]] = first
    chain[3 * k :, 2 * k + first.shape[1] :] = second
    return chain


def _driver_of(item: str, part: str, named: Mapping[str, Sequence[str]]) -> str:
    if part == FRAME:
        return FRAME
    return next((name for name, items in named.items() if item in items), REST)


def _by_driver(parts: Estimates, named: Mapping[str, Sequence[str]]) -> Estimates | None:
    """Parts added up by driver, in the order of the drivers."""
    if not named:
        return None
    of = parts.key[DRIVER].to_numpy()
    present = [name for name in (FRAME, *named, REST) if (of == name).any()]
    matrix = np.array([of == name for name in present], dtype=np.float64)
    key = pd.DataFrame({PART: [FRAME if name == FRAME else LEVEL for name in present], DRIVER: present})
    return replace(parts.linear(matrix, key), kind="difference")
