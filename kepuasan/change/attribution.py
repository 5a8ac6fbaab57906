"""What accounts for the change of an index: exact parts with design-based standard errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from kepuasan.change.frames import common_groups, warn_of_frame
from kepuasan.change.record import FRAME, LEVEL, REST, WEIGHTS, Change
from kepuasan.columns import DRIVER, ITEM, PART
from kepuasan.errors import DataError, EstimateError, choose, nearest, some
from kepuasan.estimates import derived, taken
from kepuasan.index import INDEX, Index, difference, wave_index
from kepuasan.numerics.decomposition import ItemParts, stated_weights
from kepuasan.specification import IndexSpec, Specs, require_one_level, spec_for, spec_of

if TYPE_CHECKING:
    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats, Integers
    from kepuasan.survey import Survey

__all__ = ["attribute_change"]


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
        warn_of_frame(survey, base, current)
    else:
        common = survey.where(common_groups(survey, base, current, frame))
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
