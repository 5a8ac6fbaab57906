"""What in a codebook cannot be true at once: every contradiction is found, none is raised before the last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.codes import fits, on, span
from kepuasan.codebook.contradictions_in_files import of_columns, of_files, of_multiples, of_scale_spellings, twice
from kepuasan.codebook.parts import TYPES, Item
from kepuasan.errors import CodebookError, nearest, some
from kepuasan.scales import SCORINGS

if TYPE_CHECKING:
    from kepuasan.codebook.book import Codebook

__all__ = ["DESIGN_KEYS", "INDEX_KEYS", "contradictions", "refusal"]

INDEX_KEYS = ("items", "weights", "dimensions", "scoring", "top", "level", "missing", "min_answered", "scale")
DESIGN_KEYS = ("weight", "strata", "psu", "fpc", "single_psu", "nest", "replicates")

#: findings that one error names
_NAMED = 100


def refusal(what: str, found: Iterable[str]) -> CodebookError:
    """The one error that names every finding, the first hundred of them.

    Examples
    --------
    >>> print(refusal("codebook book.toml", ["items.speed: a", "items.age: b"]))
    codebook book.toml has 2 contradictions:
      items.speed: a
      items.age: b
    """
    lines = list(found)
    if len(lines) == 1:
        return CodebookError(f"{what}: {lines[0]}")
    more = [f"and {len(lines) - _NAMED} more"] if len(lines) > _NAMED else []
    return CodebookError("\n  ".join([f"{what} has {len(lines)} contradictions:", *lines[:_NAMED], *more]))


def contradictions(book: Codebook) -> list[str]:
    """Every contradiction of a codebook, each with its key."""
    found: list[str] = []
    for name, answers in book.scales.items():
        off = [code for code in answers.labels if not on(answers.scale, code)]
        if off:
            found.append(f"scales.{name}.labels: {some(off)} lie off the scale {span(answers.scale)}; correct the codes or the bounds")
        found += of_scale_spellings(name, answers)
    for name, item in book.items.items():
        found += [f"items.{name}{text}" for text in (*_of_codes(name, item), *_of_references(item, book), *of_files(item, book))]
    return [*found, *of_columns(book.items), *of_multiples(book), *_of_drivers(book), *_of_index(book), *_of_design(book)]


# ---------------------------------------------------------------- items


def _of_codes(name: str, item: Item) -> Iterator[str]:
    """Contradictions within an item."""
    if name != item.name:
        yield f": the item listed as {name!r} is named {item.name!r}; give both the same name"
    if item.type not in TYPES:
        yield f".type: is {item.type!r}{nearest(item.type, TYPES)}; choose one of {', '.join(TYPES)}"
    for key, codes in (("values", item.values), ("missing", item.missing)):
        wrong = [code for code in codes if not fits(code, item.type)]
        if wrong and item.type == "text":
            yield f'.{key}: {some(wrong)} are numbers, but the item is text; write the codes as text, or set type = "number"'
        elif wrong:
            yield f'.{key}: {some(wrong)} are no finite numbers, but the item is of type {item.type}; set type = "text" if its codes are texts'
    twice = [code for code in item.missing if code in item.values]
    if twice:
        yield f".missing: {some(twice)} are answers under values and missing codes as well; list each code once"
    within = [code for code in item.values if item.in_range(code)]
    if within:
        yield f".missing_range: {some(within)} are answers under values but lie in a missing range; move them to missing, or narrow the range"
    yield from _of_ranges(item)


def _of_ranges(item: Item) -> Iterator[str]:
    if item.missing_ranges and item.type != "number":
        yield f".missing_range: ranges are for numbers, but the item is of type {item.type}; list its codes under missing"
        return
    for low, high in item.missing_ranges:
        if isinstance(low, str) or isinstance(high, str) or not low < high:
            yield f".missing_range: {low!r} to {high!r} is no range; give [low, high] with low < high, or list a single code under missing"


def _of_references(item: Item, book: Codebook) -> Iterator[str]:
    """Contradictions of an item with the scales and dimensions."""
    if item.dimension is not None and item.dimension not in book.dimensions:
        yield f".dimension: {item.dimension!r} is not declared under dimensions{nearest(item.dimension, book.dimensions)}"
    if item.scale is None:
        return
    if item.scale not in book.scales:
        yield f".scale: {item.scale!r} is not declared under scales{nearest(item.scale, book.scales)}"
        return
    scale = book.scales[item.scale].scale
    if item.type != "number":
        yield f'.scale: an item of type {item.type} has no answer scale; leave scale out, or set type = "number"'
    off = [code for code in item.values if not on(scale, code)]
    if off:
        yield f".values: {some(off)} lie off the scale {item.scale!r}, {span(scale)}; list codes that are no answer under missing"
    answers = [code for code in item.missing if on(scale, code)]
    if answers:
        yield f".missing: {some(answers)} lie on the scale {item.scale!r}, {span(scale)}; a code is an answer or missing, not both"
    for low, high in item.missing_ranges:
        if not isinstance(low, str) and not isinstance(high, str) and low <= scale.high and high >= scale.low:
            yield f".missing_range: {low!r} to {high!r} overlaps the scale {item.scale!r}, {span(scale)}; narrow the range"


# ---------------------------------------------------------------- index, drivers, design


def _of_drivers(book: Codebook) -> Iterator[str]:
    owner: dict[str, str] = {}
    for name, driver in book.drivers.items():
        if name != driver.name:
            yield f"drivers.{name}: the driver listed as {name!r} is named {driver.name!r}; give both the same name"
        if not driver.items:
            yield f"drivers.{name}.items: is empty; a driver has at least one item"
        for item in driver.items:
            if item not in book.items:
                yield f"drivers.{name}.items: {item!r} is not an item{nearest(item, book.items)}"
            if item in owner:
                yield f"drivers.{name}.items: {item!r} belongs to driver {owner[item]!r} already; an item has one driver"
            owner.setdefault(item, name)


def _of_index(book: Codebook) -> Iterator[str]:
    if book.index is None:
        return
    for key in book.index:
        if key not in INDEX_KEYS:
            yield f"index.{key}: is not known{nearest(key, INDEX_KEYS)}; the keys are {', '.join(INDEX_KEYS)}"
    items = book.index.get("items")
    if not isinstance(items, (list, tuple)) or not items or not all(isinstance(item, str) for item in items):
        yield f"index.items: is {items!r}; list the names of the items of the index"
        return
    for item in items:
        if item not in book.items:
            yield f"index.items: {item!r} is not an item{nearest(item, book.items)}"
    repeated = twice(items)
    if repeated:
        yield f"index.items: {some(repeated)} are listed more than once"
    scoring = book.index.get("scoring", SCORINGS[0])
    if scoring not in SCORINGS:
        yield f"index.scoring: is {scoring!r}{nearest(scoring, SCORINGS)}; choose one of {', '.join(SCORINGS)}"
    yield from _of_weights(book.index.get("weights"), items, book)


def _of_weights(weights: Any, items: Iterable[str], book: Codebook) -> Iterator[str]:
    if weights is None or weights == "equal":
        return
    if not isinstance(weights, Mapping):
        yield f'index.weights: is {weights!r}; give "equal", or a weight or importance item for each item'
        return
    for item, weight in weights.items():
        if item not in items:
            yield f"index.weights: {item!r} is not among the items of the index{nearest(item, items)}"
        if isinstance(weight, str) and weight not in book.items:
            yield f"index.weights.{item}: the importance item {weight!r} is not an item{nearest(weight, book.items)}"


def _of_design(book: Codebook) -> Iterator[str]:
    for key, value in (book.design or {}).items():
        if key not in DESIGN_KEYS:
            yield f"design.{key}: is not known{nearest(key, DESIGN_KEYS)}; the keys are {', '.join(DESIGN_KEYS)}"
        elif key in ("strata", "psu", "fpc") and not _names(value):
            yield f"design.{key}: is {value!r}; give the name of a column, or a list of names, one a stage"
        elif key in ("weight", "single_psu") and not isinstance(value, str):
            yield f"design.{key}: is {value!r}; give a text"
        elif key == "nest" and not isinstance(value, bool):
            yield f"design.nest: is {value!r}; give true or false"


def _names(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, (list, tuple)) and bool(value) and all(isinstance(name, str) for name in value))
