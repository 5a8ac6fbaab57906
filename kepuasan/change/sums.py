"""Parts of a change added up: by item, by driver, by dimension, and all of these in one."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.change.record import FRAME, LEVEL, MIX, REST, WEIGHTS
from kepuasan.columns import DIMENSION, DRIVER, ITEM, PART, TIER
from kepuasan.errors import DataError, DataWarning, nearest, some
from kepuasan.estimators.predictors import grouped
from kepuasan.specification import INDEX, dimensions_of

if TYPE_CHECKING:
    from kepuasan.estimates import Estimates
    from kepuasan.numerics.totals import Floats
    from kepuasan.specification import IndexSpec
    from kepuasan.survey import Survey

__all__ = ["Tree", "by_cell", "tree_of", "tree_of_respondents"]

#: the parts that are of no item, in the order in which they are shown
_WHOLE = (FRAME, MIX, WEIGHTS)


@dataclass(frozen=True)
class Tree:
    """What items belong to: ``drivers`` and ``dimensions`` by item; empty where none are named."""

    items: tuple[str, ...]
    drivers: Mapping[str, str]
    dimensions: Mapping[str, str]

    def driver_column(self, parts: Sequence[str], items: Sequence[str]) -> list[str]:
        """The driver of each part: the part itself where it is of no item."""
        return [self.drivers[item] if part == LEVEL else part for part, item in zip(parts, items, strict=True)]

    def by_item(self, key: pd.DataFrame) -> tuple[Floats, pd.DataFrame]:
        """The matrix (items, parts) that adds parts of this key up by item, and the key of the sums."""
        return _added(key, {item: item for item in self.items}, ITEM)

    def by_driver(self, items: Estimates) -> Estimates | None:
        """The parts by item added up by driver; None where none is named."""
        return _combined(items, *_added(items.key, self.drivers, DRIVER)) if self.drivers else None

    def by_dimension(self, items: Estimates) -> Estimates | None:
        """The parts by item added up by dimension; None where there are none."""
        return _combined(items, *_added(items.key, self.dimensions, DIMENSION)) if self.dimensions else None

    def hierarchy(self, items: Estimates) -> Estimates:
        """Every tier of the tree, each row the sum of those below it."""
        code, item = items.key[PART].to_numpy(), items.key[ITEM].to_numpy()
        place = {name: (self.dimensions.get(name, ""), self.drivers.get(name, "")) for name in self.items}
        tiers: dict[str, list[tuple[str, ...]]] = {ITEM: [(*place[name], name) for name in self.items]}
        if self.drivers:
            tiers[DRIVER] = _once([(dimension, driver, "") for dimension, driver in place.values()])
        if self.dimensions:
            tiers[DIMENSION] = _once([(dimension, "", "") for dimension, _ in place.values()])
        whole = [part for part in _WHOLE if (code == part).any()]
        rows: list[tuple[str, ...]] = []
        members: list[Any] = []
        for tier, nodes in tiers.items():
            rows += [(tier, part, "", "", "") for part in whole]
            members += [code == part for part in whole]
            for node in nodes:
                below = [name for name in self.items if all(wanted in ("", own) for wanted, own in zip(node, (*place[name], name), strict=True))]
                rows.append((tier, LEVEL, *node))
                members.append((code == LEVEL) & np.array([name in below for name in item]))
        rows.append(("total", "total", "", "", ""))
        members.append(np.ones(len(code), dtype=bool))
        return _combined(items, np.array(members, dtype=np.float64), pd.DataFrame(rows, columns=[TIER, PART, DIMENSION, DRIVER, ITEM]))


def _once(nodes: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(nodes))


def _added(key: pd.DataFrame, of: Mapping[str, str], column: str) -> tuple[Floats, pd.DataFrame]:
    """Sums of the parts of no item, then of those of the level by what their items belong to, in the order in which that comes."""
    code, item = key[PART].to_numpy(), key[ITEM].to_numpy()
    whole, group = [part for part in _WHOLE if (code == part).any()], np.array([of.get(name, "") for name in item], dtype=object)
    names = list(dict.fromkeys(of.values()))
    members = [*(code == part for part in whole), *((code == LEVEL) & (group == name) for name in names)]
    labels = [*([INDEX] * len(whole) if column == ITEM else whole), *names]
    return np.array(members, dtype=np.float64), pd.DataFrame({PART: [*whole, *[LEVEL] * len(names)], column: labels})


def by_cell(parts: Estimates, columns: Sequence[Any]) -> Estimates:
    """The parts by mix and by level of each cell, over all items: one margin of the table of items x mix, of which the parts are the inside."""
    inside = parts.key[parts.key[PART].isin([MIX, LEVEL])]
    labels = inside[[PART, *columns]].drop_duplicates().reset_index(drop=True)
    place = pd.MultiIndex.from_frame(labels).get_indexer(pd.MultiIndex.from_frame(parts.key[[PART, *columns]]))
    return _combined(parts, (place == np.arange(len(labels))[:, None]).astype(np.float64), labels)


def _combined(parts: Estimates, matrix: Floats, key: pd.DataFrame) -> Estimates:
    """Sums of parts, whose n is that of the whole change."""
    return replace(parts.linear(matrix, key), kind="difference", n=np.full(len(key), parts.n[0]))


# ---------------------------------------------------------------- what belongs to what


def tree_of(survey: Survey, drivers: Mapping[str, Sequence[str]] | None, specs: tuple[IndexSpec, IndexSpec]) -> Tree:
    """The drivers and dimensions of the items of a change.

    Raises
    ------
    DataError
        Drivers that share an item, name none of the index or are called as another part.
    """
    items, named = tuple(specs[0].items), _drivers(survey, drivers, specs[0])
    of = {item: name for name, members in named.items() for item in members}
    order = [*of, *(item for item in items if item not in of)] if named else []
    dimensions = [{name: tuple(members) for name, members in dimensions_of(survey, spec).items()} for spec in specs]
    return Tree(items, {item: of.get(item, REST) for item in order}, _dimensions(dimensions[0], items) if dimensions[0] == dimensions[1] else {})


def tree_of_respondents(drivers: Mapping[str, Sequence[str]] | None) -> Tree:
    """The index of respondents as the only item.

    Raises
    ------
    DataError
        Drivers, as nothing is split by item.
    """
    if drivers:
        raise DataError(
            'the mean of respondents\' indices is not split by item under method="mix", so that it has no drivers; leave them out, '
            'or use IndexSpec(level="items")'
        )
    return Tree((INDEX,), {}, {})


def _dimensions(dimensions: Mapping[str, Sequence[str]], items: Sequence[str]) -> dict[str, str]:
    """The dimension of each item; none where an item has several."""
    members = [item for names in dimensions.values() for item in names]
    if not members or len(set(members)) < len(members):
        return {}
    _refuse_names("dimension", dimensions)
    of = {item: name for name, names in dimensions.items() for item in names}
    return {item: of.get(item, REST) for item in [*members, *(item for item in items if item not in of)]}


def _drivers(survey: Survey, drivers: Any, spec: IndexSpec) -> dict[str, tuple[str, ...]]:
    """Named drivers and their items: those given, or the codebook's, of which those are left out, in a warning, that lie outside of the index."""
    if drivers is None:
        named = {name: tuple(driver.items) for name, driver in survey.codebook.drivers.items()}
        _refuse_names("driver", named)
        outside = [name for name, items in named.items() if not set(items) <= set(spec.items)]
        if outside:
            warnings.warn(
                f"the codebook's drivers {some(outside)} hold items outside of the index and are left out; name others: drivers={{name: [items]}}",
                DataWarning,
                stacklevel=5,
            )
        return {name: items for name, items in named.items() if name not in outside}
    named = grouped(drivers)
    for name, items in named.items():
        _refuse_names("driver", [name])
        for item in items:
            if item not in spec.items:
                raise DataError(f"driver {name!r} names {item!r}, which is no item of the index{nearest(item, spec.items)}")
    return named


def _refuse_names(what: str, names: Iterable[str]) -> None:
    """Refuse what is called as a part that is of no item, whose sums would be added to its own."""
    taken = [name for name in names if name in (*_WHOLE, REST)]
    if taken:
        raise DataError(f"a {what} is called {taken[0]!r}, which names another part; call it something else")
