"""Drafts of the codebooks of several files, made to agree: the same items under the same names, on the same scales, with the same missing codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kepuasan.cli.drafting.scales import Answers, batteries, says_overall
from kepuasan.codebook import AnswerScale, Codebook, Item
from kepuasan.codebook.merging import disagreements
from kepuasan.codebook.parts import both
from kepuasan.codebook.roles import WEIGHTS, compact
from kepuasan.codebook.spellings import folded
from kepuasan.io.first_look import draft_codebook
from kepuasan.io.ladders import ladder_of
from kepuasan.io.reading import read_file

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.codebook.parts import Code, Label
    from kepuasan.problems import Problem

__all__ = ["Draft", "agreed", "drafted"]

#: attributes that decide how codes are read, and what they are where nothing is said
_PLAIN: dict[str, Any] = {"scale": None, "values": {}, "missing": {}, "missing_ranges": (), "spellings": {}, "recode": {}, "reverse": False}
#: times that drafts are read again without what did not fit
_ROUNDS = 3


@dataclass(frozen=True)
class Draft:
    """A data file, the codebook drafted for it or found beside it (`own`), its columns as that reads them, and what was found on the way."""

    file: Path
    book: Codebook
    frame: pd.DataFrame
    taken_for: str
    own: Path | None = None
    catalog: Path | None = None
    label: str = ""
    problems: Sequence[Problem] = field(default_factory=tuple)

    def read_by(self, book: Codebook) -> Draft:
        """The file read by another codebook."""
        reading = read_file(self.file, book, catalog=self.catalog)
        return replace(self, book=book, frame=reading.frame, problems=reading.problems)


def drafted(file: Path, own: tuple[Path, Codebook] | None) -> Draft:
    """The draft of one file; its own codebook, where it has one.

    Raises
    ------
    KepuasanError
        A file that cannot be read.
    """
    catalog = file.with_suffix(".sas7bcat")
    formats = catalog if file.suffix.lower() == ".sas7bdat" and catalog.is_file() else None
    book = draft_codebook(file, catalog=formats) if own is None else own[1]
    reading = read_file(file, book, catalog=formats)
    taken_for = reading.raw.taken_for.removeprefix(f"{reading.raw.file}, ")
    return Draft(file, replace(book, source="") if own is None else book, reading.frame, taken_for, own and own[0], formats, "", reading.problems)


def agreed(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with codebooks that agree, and read their files without error; what cannot agree is read as text. Own codebooks stay as they are."""
    books = _called_alike([one.book for one in drafts], [one.own is None for one in drafts])
    books = _one_ladder(books, drafts)
    found = [one if one.own is not None else one.read_by(book) for one, book in zip(drafts, _on_scales(books, drafts), strict=True)]
    for _ in range(_ROUNDS):
        unfit = {problem.column for one in found if one.own is None for problem in one.problems if problem.severity == "error"} | _torn(found)
        if not unfit:
            break
        found = [one if one.own is not None or not unfit & set(one.book.items) else one.read_by(_as_text(one.book, unfit)) for one in found]
    return found


def _torn(drafts: Sequence[Draft]) -> set[str]:
    """Items that two drafts read in two ways."""
    found: set[str] = set()
    for one, other in ((one, other) for place, one in enumerate(drafts) for other in drafts[place + 1 :]):
        if disagreements(one.book, other.book):
            common = one.book.items.keys() & other.book.items.keys()
            found |= {name for name in common if disagreements(_only(one.book, name), _only(other.book, name))}
    return found


def _only(book: Codebook, name: str) -> Codebook:
    return Codebook({name: replace(book.items[name], dimension=None)}, scales=book.scales)


def _as_text(book: Codebook, names: Iterable[str]) -> Codebook:
    """The codebook with some items as plain text, which every cell can be."""
    plain = {name: replace(book.items[name], type="text", guessed=("type",), **_PLAIN) for name in names if name in book.items}
    return replace(book, items={**book.items, **plain})


# ---------------------------------------------------------------- names


def _called_alike(books: Sequence[Codebook], free: Sequence[bool]) -> list[Codebook]:
    """Codebooks whose items are called as in the last one, where their names differ in case, blanks or punctuation alone."""
    names = {folded(name): name for name in books[-1].items}
    return [_renamed(book, names) if mine else book for book, mine in zip(books, free, strict=True)]


def _renamed(book: Codebook, names: Mapping[str, str]) -> Codebook:
    fixed = {item for multiple in book.multiples.values() for item in multiple.items.values()}
    items = {}
    for name, item in book.items.items():
        wanted = names.get(folded(name), name)
        free = name not in fixed and wanted not in book.items and wanted not in items
        items[wanted if free else name] = replace(item, name=wanted, column=name) if free else item
    return replace(book, items=items)


# ---------------------------------------------------------------- answers in words


def _one_ladder(books: Sequence[Codebook], drafts: Sequence[Draft]) -> list[Codebook]:
    """Codebooks in which an item answered in words has one ladder, that of all answers of all files."""
    changed = list(books)
    for name in dict.fromkeys(name for book in books for name in book.items):
        having = [place for place, book in enumerate(changed) if name in book.items and drafts[place].own is None]
        scales = [_worded(changed[place], name) for place in having]
        if len({scale.name for scale in scales if scale is not None}) < 2 and None not in scales:
            continue
        if all(scale is None for scale in scales):
            continue
        texts = {text for place in having for text in _answers_in(drafts[place], changed[place], name)}
        ladder = ladder_of(texts)
        if ladder is None:
            continue
        labels: dict[Any, Any] = {place: both(text) for place, text in enumerate(ladder.rungs, 1)}
        made = AnswerScale(ladder.name, next(scale.scale for scale in scales if scale is not None), labels, ladder.others)
        made = replace(made, scale=replace(made.scale, low=1.0, high=float(len(labels)), codes=tuple(map(float, labels))))
        model = next(changed[place].items[name] for place, scale in zip(having, scales, strict=True) if scale is not None)
        for place in having:
            changed[place] = _with(changed[place], replace(model, name=name, column=changed[place].items[name].column, values=labels), made)
    return changed


def _worded(book: Codebook, name: str) -> AnswerScale | None:
    """The scale of an item that was answered in words."""
    item = book.items[name]
    scale = None if item.scale is None else book.scales[item.scale]
    return scale if scale is not None and scale.labels and "type" in item.guessed else None


def _answers_in(draft: Draft, book: Codebook, name: str) -> Iterator[str]:
    """The answers of an item as texts, without codes of no answer."""
    item = book.items[name]
    column = draft.frame.get(item.column or name)
    for cell in () if column is None else column.dropna().unique():
        if cell in item.values or cell not in item.missing:
            yield item.values[cell]["id"] if cell in item.values else str(cell)


def _with(book: Codebook, item: Item, scale: AnswerScale) -> Codebook:
    """The codebook with an item on a scale, under a name that no other scale has."""
    name = scale.name
    while book.scales.get(name, scale) != replace(scale, name=name):
        if name not in book.scales:
            break
        name += "_"
    return replace(book, items={**book.items, item.name: replace(item, scale=name)}, scales={**book.scales, name: replace(scale, name=name)})


# ---------------------------------------------------------------- answers in numbers


def _on_scales(books: Sequence[Codebook], drafts: Sequence[Draft]) -> list[Codebook]:
    """Codebooks whose items answered in numbers are on the smallest usual scales that hold the answers of all files."""
    bare = [_without_guessed_scales(book) if draft.own is None else book for book, draft in zip(books, drafts, strict=True)]
    seen: dict[str, Answers] = {}
    for old, book, draft in zip(books, bare, drafts, strict=True):
        for name, item in book.items.items() if draft.own is None else ():
            column = draft.frame.get(item.column or name)
            if column is not None and name not in _apart(book):
                forced = old.items[name].scale is not None or says_overall(name, *item.label.values())
                seen[name] = seen.get(name, Answers(name)).beside(column, item, forced=forced)
    order = list(dict.fromkeys(name for book in reversed(bare) for name in book.items))
    scaled = batteries([seen[name] for name in order if name in seen])
    return [_scaled(book, scaled) if draft.own is None else book for book, draft in zip(bare, drafts, strict=True)]


def _apart(book: Codebook) -> set[str]:
    """Items that hold no answers on a scale: options, weights, what tells respondents apart, what has an answer scale already."""
    options = {item for multiple in book.multiples.values() for item in multiple.items.values()}
    return options | {name for name, item in book.items.items() if item.scale is not None or item.role is not None or compact(name) in WEIGHTS}


def _without_guessed_scales(book: Codebook) -> Codebook:
    """The codebook without scales of numbers and missing codes that were guessed from this file alone."""
    items = {
        name: _bare(item) if item.scale is not None and not item.values and "scale" in item.guessed else item for name, item in book.items.items()
    }
    used = {item.scale for item in items.values()}
    return replace(book, items=items, scales={name: scale for name, scale in book.scales.items() if name in used})


def _bare(item: Item) -> Item:
    kept = tuple(name for name in item.guessed if name not in ("scale", "missing"))
    return replace(item, scale=None, missing={} if "missing" in item.guessed else item.missing, guessed=kept)


def _scaled(book: Codebook, found: Mapping[str, tuple[AnswerScale, tuple[int, ...]]]) -> Codebook:
    for name, (scale, missing) in found.items():
        if name in book.items:
            item = book.items[name]
            codes: dict[Code, Label] = {code: item.missing.get(code, both("")) for code in missing}
            guessed = dict.fromkeys([*item.guessed, "scale", *(("missing",) if codes else ())])
            book = _with(book, replace(item, missing={**item.missing, **codes}, guessed=tuple(guessed)), scale)
    return book
