"""What cannot be true at once in how data files have the answers: columns, recodes, asked scales, spellings, several answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.codes import fits, on, span
from kepuasan.codebook.parts import ROLES, AnswerScale, Code, Item, Multiple, is_tag
from kepuasan.codebook.spellings import answers_of, declared_texts, folded, written_texts
from kepuasan.errors import nearest, some

if TYPE_CHECKING:
    from kepuasan.codebook.book import Codebook

__all__ = ["GUESSABLE", "of_columns", "of_files", "of_multiples", "of_scale_spellings", "twice"]

#: attributes of an item that may be guessed
GUESSABLE = tuple(one.name for one in fields(Item) if one.name not in ("name", "guessed"))


# ---------------------------------------------------------------- columns


def of_columns(items: Mapping[str, Item]) -> Iterator[str]:
    """Items that are read from one column."""
    owner: dict[str, str] = {}
    for name, item in items.items():
        if item.column is not None and not item.column.strip():
            yield f"items.{name}.column: is empty; give the name of a column, or leave it out"
            continue
        column = name if item.column is None else item.column
        if column in owner:
            yield f"items.{name}.column: the column {column!r} is that of item {owner[column]!r} already; a column has one item"
        owner.setdefault(column, name)


# ---------------------------------------------------------------- one item


def of_files(item: Item, book: Codebook) -> Iterator[str]:
    """Contradictions of an item in how data files have it."""
    yield from _of_asked_scale(item, book)
    answers = _on_file(item, book)
    yield from _of_recode(item, answers)
    yield from _of_spellings(item, answers)
    if item.role is not None and item.role not in ROLES:
        yield f".role: is {item.role!r}{nearest(item.role, ROLES)}; choose one of {', '.join(ROLES)}"
    for name in item.guessed:
        if name not in GUESSABLE:
            yield f".guessed: {name!r} is no attribute of an item{nearest(name, GUESSABLE)}; the attributes are {', '.join(GUESSABLE)}"


def _on_file(item: Item, book: Codebook) -> AnswerScale | None:
    """The scale on which a data file has the answers."""
    name = item.scale if item.asked_scale is None else item.asked_scale
    return None if name is None else book.scales.get(name)


def _of_asked_scale(item: Item, book: Codebook) -> Iterator[str]:
    if item.asked_scale is None:
        return
    if item.scale is None:
        yield f".asked_scale: answers on {item.asked_scale!r} are moved to the item's scale, but it has none; give scale as well"
    elif item.asked_scale == item.scale:
        yield f".asked_scale: is {item.asked_scale!r}, the item's own scale; leave asked_scale out"
    if item.asked_scale not in book.scales:
        yield f".asked_scale: {item.asked_scale!r} is not declared under scales{nearest(item.asked_scale, book.scales)}"
        return
    asked = book.scales[item.asked_scale].scale
    remedy = "answers are told from missing codes before they are moved, so recode the other waves to missing codes off it"
    both = [code for code in item.missing if on(asked, code)]
    if both:
        yield f".missing: {some(both)} lie on the scale {item.asked_scale!r} on which it was asked, {span(asked)}; {remedy}"
    for low, high in item.missing_ranges:
        if not isinstance(low, str) and not isinstance(high, str) and low <= asked.high and high >= asked.low:
            yield f".missing_range: {low!r} to {high!r} overlaps the scale {item.asked_scale!r} on which it was asked, {span(asked)}; {remedy}"


def _of_recode(item: Item, answers: AnswerScale | None) -> Iterator[str]:
    wrong = [code for code in item.recode if not isinstance(code, str) and not fits(code, "number")]
    if wrong:
        yield f".recode: {some(wrong)} are no codes that a file can hold; give finite numbers or texts"
    unfit = [code for code in item.recode.values() if not fits(code, item.type) or (item.type != "text" and is_tag(code))]
    if unfit:
        kind = "texts" if item.type == "text" else "finite numbers"
        yield f".recode: {some(dict.fromkeys(unfit))} cannot be codes of an item of type {item.type}; recode to {kind}"
    if answers is None:
        return
    own = [code for code in dict.fromkeys(item.recode.values()) if code not in unfit and code not in item.missing and not item.in_range(code)]
    off = [code for code in own if not on(answers.scale, code)]
    if off:
        yield f".recode: {some(off)} lie off the scale {answers.name!r}, {span(answers.scale)}, and are no missing codes; correct the codes"


# ---------------------------------------------------------------- spellings


def _of_spellings(item: Item, answers: AnswerScale | None) -> Iterator[str]:
    known = [*(() if item.asked_scale else item.values), *item.missing, *(answers.labels if answers is not None else ())]
    none = [code for code in item.spellings if code not in known and not (answers is not None and on(answers.scale, code))]
    if none:
        hint = nearest(none[0], known)
        yield f".spellings: {some(none)} are no answers and no missing codes of the item{hint}; list them under values, or correct the codes"
    yield from (f".spellings{text}" for text in _unreadable(item.spellings))
    own = {} if answers is None else {text for text, _ in _alike({}, answers.labels, answers.spellings)}
    for text, codes in _alike(item.spellings, {**answers_of(item, answers), **item.missing}, {} if answers is None else answers.spellings):
        if text not in own:
            yield f".spellings: {text!r} stands for {some(codes)}; a spelling belongs to one code"


def of_scale_spellings(name: str, answers: AnswerScale) -> Iterator[str]:
    """Contradictions in the spellings of a scale."""
    off = [code for code in answers.spellings if not on(answers.scale, code)]
    if off:
        yield f"scales.{name}.spellings: {some(off)} lie off the scale {span(answers.scale)}; correct the codes or the bounds"
    yield from (f"scales.{name}.spellings{text}" for text in _unreadable(answers.spellings))
    for text, codes in _alike({}, answers.labels, answers.spellings):
        yield f"scales.{name}.spellings: {text!r} stands for {some(codes)}; a spelling belongs to one code"


def _unreadable(spellings: Mapping[Code, tuple[str, ...]]) -> Iterator[str]:
    """Spellings that are no texts, or hold nothing."""
    for code, texts in spellings.items():
        bad = [text for text in texts if not isinstance(text, str) or not text.strip()]
        if bad or not texts:
            yield f": {some([code])} has {some(bad) if bad else 'no texts'}; list the texts that stand for it"


def _alike(own: Mapping[Code, tuple[str, ...]], labels: Mapping[Code, Any], of_scale: Mapping[Code, tuple[str, ...]]) -> list[tuple[str, list[Code]]]:
    """Texts that are declared for one code and stand for another as well; labels that are alike are no fault."""
    declared: dict[str, list[Code]] = {}
    shown: dict[str, str] = {}
    for text, code in declared_texts(own, of_scale):
        declared.setdefault(folded(text), []).append(code)
        shown.setdefault(folded(text), text)
    for code, label in labels.items() if declared else ():
        for text in written_texts(code, label):
            if text in declared:
                declared[text].append(code)
    return [(shown[text], distinct) for text, codes in declared.items() if len(distinct := list(dict.fromkeys(codes))) > 1]


# ---------------------------------------------------------------- questions with several answers


def of_multiples(book: Codebook) -> Iterator[str]:
    """Contradictions of questions with several answers."""
    joined: dict[str, str] = {}
    filled: dict[str, str] = {}
    for name, multiple in book.multiples.items():
        yield from (f"multiples.{name}{text}" for text in _of_multiple(name, multiple, book))
        if multiple.joined is None:
            continue
        if multiple.joined in joined:
            owner = joined[multiple.joined]
            yield f"multiples.{name}.joined: the column {multiple.joined!r} is that of {owner!r} already; a column holds one question"
        joined.setdefault(multiple.joined, name)
        shared = [item for item in dict.fromkeys(multiple.items.values()) if item in filled]
        if shared:
            owner = filled[shared[0]]
            yield f"multiples.{name}.items: {some(shared)} belong to {owner!r} already; an item is for one option of one question"
        filled |= {item: name for item in multiple.items.values() if item not in filled}


def _of_multiple(name: str, multiple: Multiple, book: Codebook) -> Iterator[str]:
    if name != multiple.name:
        yield f": the question listed as {name!r} is named {multiple.name!r}; give both the same name"
    if not multiple.items:
        yield ".items: is empty; name the item of each option, as in {sms = 'channel/sms'}"
    for item in dict.fromkeys(multiple.items.values()):
        if item not in book.items:
            yield f".items: {item!r} is not an item{nearest(item, book.items)}"
    shared = twice(multiple.items.values())
    if shared:
        yield f".items: {some(shared)} stand for two options; give each option an item of its own"
    codes = [*multiple.items, *(() if multiple.counted is None else (multiple.counted,))]
    wrong = [code for code in codes if not isinstance(code, str) and not fits(code, "number")]
    if wrong:
        yield f".items: {some(wrong)} are no codes; give finite numbers or texts"
    if multiple.joined is not None and not multiple.joined.strip():
        yield ".joined: is empty; name the column that holds all chosen options, or leave it out"
    elif multiple.joined in {book.items[item].column or item for item in multiple.items.values() if item in book.items}:
        yield f".joined: the column {multiple.joined!r} is that of one of its items; name the column that holds all chosen options"
    if not multiple.separator:
        yield ".separator: is empty; give what stands between options, a blank where it is left out"


def twice(names: Iterable[str]) -> list[str]:
    """Names that are listed more than once."""
    listed = list(names)
    return [name for name in dict.fromkeys(listed) if listed.count(name) > 1]
