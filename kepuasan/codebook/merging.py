"""Two codebooks: where they disagree, and one made of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.codes import span
from kepuasan.codebook.parts import AnswerScale, Code, Item, Label, Multiple, is_tag

if TYPE_CHECKING:
    from kepuasan.codebook.book import Codebook
    from kepuasan.scales import Scale

__all__ = ["disagreements", "merged_items", "merged_multiples", "merged_scales"]

#: how a data file has an item, and what it holds there when nothing is said
_IN_FILES: dict[str, Any] = {"column": None, "recode": {}, "asked_scale": None, "spellings": {}}


def disagreements(one: Codebook, other: Codebook) -> list[str]:
    """Where two codebooks read the same item in two ways."""
    found = []
    for name, item in one.items.items():
        if name not in other.items:
            continue
        twin = other.items[name]
        for key, mine, theirs in (
            ("type", item.type, twin.type),
            ("scale", _declared_scale(one, item), _declared_scale(other, twin)),
            ("reverse", item.reverse, twin.reverse),
            ("missing", _codes(item), _codes(twin)),
            ("missing_range", sorted(item.missing_ranges, key=str), sorted(twin.missing_ranges, key=str)),
        ):
            if mine != theirs:
                found.append(f"items.{name}.{key}: {theirs!r} there, {mine!r} before; make the codebooks agree")
    for name, answers in one.scales.items():
        if name in other.scales and other.scales[name].scale != answers.scale:
            found.append(f"scales.{name}: {span(other.scales[name].scale)} there, {span(answers.scale)} before; give the scales different names")
    for name in one.multiples:
        if name in other.multiples:
            found += _of_twins(name, one.multiples[name], other.multiples[name])
    return found


def _declared_scale(book: Codebook, item: Item) -> Scale | None:
    return None if item.scale is None else book.scales[item.scale].scale


def _of_twins(name: str, one: Multiple, other: Multiple) -> Iterator[str]:
    """Where two codebooks read the same question with several answers in two ways."""
    for option, item in one.items.items():
        if other.items.get(option, item) != item:
            yield f"multiples.{name}.items.{option}: {other.items[option]!r} there, {item!r} before; make the codebooks agree"
    if one.counted != other.counted:
        yield f"multiples.{name}.counted: {other.counted!r} there, {one.counted!r} before; make the codebooks agree"


def _codes(item: Item) -> list[Code]:
    return sorted((code for code in item.missing if not is_tag(code)), key=lambda code: (isinstance(code, str), code))


# ---------------------------------------------------------------- made of both


def merged_items(one: Mapping[str, Item], other: Mapping[str, Item]) -> dict[str, Item]:
    """The items of either, those of the first first.

    What the two do not both say of how data files have an item is left out; the columns of all, where two items would be left with one column.
    """
    items = {
        **{name: _merged(item, other[name]) if name in other else replace(item, **_IN_FILES) for name, item in one.items()},
        **{name: replace(item, **_IN_FILES) for name, item in other.items() if name not in one},
    }
    columns = [item.column or name for name, item in items.items()]
    return items if len(set(columns)) == len(columns) else {name: replace(item, column=None) for name, item in items.items()}


def _merged(item: Item, twin: Item) -> Item:
    agreed = all(getattr(item, name) == getattr(twin, name) for name in ("recode", "asked_scale", "spellings"))
    in_files = {**_IN_FILES, "column": item.column if item.column == twin.column else None}
    return replace(
        item,
        values=_agreed_values(item, twin),
        role=item.role if item.role is not None else twin.role,
        guessed=tuple(name for name in item.guessed if name in twin.guessed),
        **({"column": in_files["column"]} if agreed else in_files),
    )


def merged_scales(one: Mapping[str, AnswerScale], other: Mapping[str, AnswerScale]) -> dict[str, AnswerScale]:
    """The answer scales of either; spellings where both say the same."""
    differ = [name for name, scale in one.items() if name in other and scale.spellings != other[name].spellings]
    return {**other, **one, **{name: replace(one[name], spellings={}) for name in differ}}


def merged_multiples(one: Mapping[str, Multiple], other: Mapping[str, Multiple]) -> dict[str, Multiple]:
    """The questions with several answers of either, each with the options of both."""
    both = {name: replace(multiple, items={**multiple.items, **other[name].items}) for name, multiple in one.items() if name in other}
    return {**other, **one, **both}


def _agreed_values(item: Item, other: Item) -> Mapping[Code, Label]:
    """The answers of an item in either codebook, in code order where both are."""
    union = {**other.values, **item.values}
    numbers = [code for code in union if not isinstance(code, str)]
    ordered = len(numbers) == len(union) and all(list(one.values) == sorted(one.values, key=float) for one in (item, other))
    order = sorted(numbers) if ordered else [*item.values, *(code for code in other.values if code not in item.values)]
    return {code: union[code] for code in order}
