"""Columns to items: by name, by the name a codebook gives them, by a platform's spelling of it, by the text of the question."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kepuasan.codebook.roles import is_made_by_form
from kepuasan.codebook.spellings import folded
from kepuasan.io.multiple.joined import options_of, says_other
from kepuasan.io.platforms import is_repeat, names_of, unnumbered
from kepuasan.problems import Problem

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.codebook import Codebook, Item
    from kepuasan.design import Design
    from kepuasan.io.raw import Raw, Reading

__all__ = ["design_for", "matched", "names_for", "renamed_columns"]

#: what stands for the nearest column where none is near
_NONE = "-"
#: how alike a column must be to be shown as the nearest
_ALIKE = 0.5
#: items times columns that are compared for that
_COMPARED = 20_000


@dataclass(frozen=True)
class _Wanted:
    """What the codebook looks for among the columns: an item, or the joined column of a question with several answers."""

    name: str
    column: str | None = None
    texts: tuple[str, ...] = ()
    required: bool = True
    made_by_form: bool = False

    @property
    def names(self) -> list[str]:
        """The names to go by, that of the file first."""
        return [self.name] if self.column is None else [self.column, self.name]


@dataclass
class _Search:
    """Columns that are free, items that have found theirs, and what was noted."""

    raw: Raw
    free: list[str]
    found: dict[str, str] = field(default_factory=dict)
    torn: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def claim(self, wanted: _Wanted, column: str) -> None:
        """Give an item its column."""
        self.found[wanted.name] = column
        self.free.remove(column)

    def note(self, code: str, wanted: _Wanted, **values: Any) -> None:
        """A problem of an item."""
        self.problems.append(Problem(code, {"item": wanted.name, **values}, self.raw.file, self.raw.sheet, wanted.name))

    def open(self, wanted: Iterable[_Wanted]) -> list[_Wanted]:
        """Those that have no column yet."""
        return [one for one in wanted if one.name not in self.found and one.name not in self.torn]


def matched(raw: Raw, given: Codebook) -> Raw:
    """The file with its columns called as the items of a codebook are.

    A column is an item's where it has, in this order, the item's ``column`` or name; a platform's spelling of them; the same name but for case,
    blanks and punctuation; the text of its label or question; that text within a group or behind a number. Columns of no item stay as they are.

    Problems
    --------
    KP170 items without a column, KP171 items with two, KP172 (note) columns found otherwise than by name, KP176 items in repeated groups,
    KP178 (note) items that forms make by themselves, without a column.
    """
    wanted = _all_wanted(given)
    search = _Search(raw, [str(column) for column in raw.frame.columns])
    _by_name(search, wanted)
    search.free = [column for column in search.free if not is_repeat(column)]
    _by_platform(search, wanted)
    _by_text(search, wanted, lambda one: one.names, lambda column: [column])
    _by_text(search, wanted, lambda one: one.texts, lambda column: _texts_of_column(raw, column))
    _by_text(
        search,
        wanted,
        lambda one: _bare([*one.names, one.name.replace("/", "_"), *one.texts]),
        lambda column: _bare(_all_texts_of_column(raw, column)),
    )
    _by_joined(search, given)
    _by_text(search, _other_answers(given), lambda one: one.texts, lambda column: _other_answer(raw, column))
    _by_platform(search, _wanted_by_design(given, raw))
    _report_absent(search, wanted, given)
    return _renamed(raw, {column: name for name, column in search.found.items() if name != column}, search.problems)


def _all_wanted(given: Codebook) -> list[_Wanted]:
    options = {item for multiple in given.multiples.values() for item in multiple.items.values()}
    items = [
        _Wanted(name, item.column, tuple(_texts_of_item(item)), name not in options, is_made_by_form(item)) for name, item in given.items.items()
    ]
    joined = [
        _Wanted(multiple.joined, None, tuple(multiple.label.values()), required=False)
        for multiple in given.multiples.values()
        if multiple.joined is not None and multiple.joined not in given.items
    ]
    return [*items, *joined]


def _wanted_by_design(given: Codebook, raw: Raw) -> list[_Wanted]:
    """Columns that the design names and the file calls otherwise."""
    known = {*given.items, *(item.column for item in given.items.values()), *map(str, raw.frame.columns)}
    return [_Wanted(name, required=False) for name in dict.fromkeys(_design_names(given.design)) if name not in known]


def _texts_of_item(item: Item) -> Iterator[str]:
    """The labels and questions of an item, and each beside its name."""
    for text in dict.fromkeys([*item.label.values(), *(item.question or {}).values()]):
        yield from (text, f"{item.name} {text}", f"{text} {item.name}")


def _texts_of_column(raw: Raw, column: str) -> list[str]:
    """A column's name and what the file says that it holds."""
    known = raw.items.get(column)
    return [column, *([raw.labels[column]] if column in raw.labels else []), *(known.label.values() if known is not None else ())]


def _all_texts_of_column(raw: Raw, column: str) -> list[str]:
    """What a column says, also as its platform may have made it of something else."""
    said = _texts_of_column(raw, column)
    return [*said, *(name for text in said for name in names_of(text, raw.platform))]


def _other_answers(given: Codebook) -> list[_Wanted]:
    """Options that stand for any other answer, by the names of their question."""
    found = []
    for multiple in given.multiples.values():
        option = options_of(multiple, given).other
        if option is not None:
            called = (multiple.name, *([multiple.joined] if multiple.joined is not None else []), *multiple.label.values())
            found.append(_Wanted(multiple.items[option], texts=called))
    return found


def _other_answer(raw: Raw, column: str) -> list[str]:
    """The question of a column that holds what else was answered, such as "Channel: Other (please specify)"; nothing for other columns."""
    parts = [text.rpartition(mark) for text in _all_texts_of_column(raw, column) for mark in (": ", "/", "_")]
    return [question for question, _, option in parts if option and says_other(option)]


def _bare(texts: Iterable[str]) -> list[str]:
    """Texts as they are, and without the number of a question before them."""
    return [form for text in texts for form in (text, unnumbered(text))]


# ---------------------------------------------------------------- the search


def _by_name(search: _Search, wanted: Sequence[_Wanted]) -> None:
    """Columns that are called as the codebook says; an item's name is another's column where that says so."""
    owned = {one.column: one.name for one in wanted if one.column is not None}
    present = set(search.free)
    for one in wanted:
        own = [name for name in dict.fromkeys(one.names) if name in present and owned.get(name, one.name) == one.name]
        if len(own) > 1:
            search.note("KP171", one, columns=_listed(own))
            search.torn.add(one.name)
        elif own:
            search.claim(one, own[0])


def _by_platform(search: _Search, wanted: Sequence[_Wanted]) -> None:
    """Columns whose name a platform made of the item's."""
    spelled: dict[str, list[str]] = {}
    for column in search.free:
        for name in names_of(column, search.raw.platform):
            spelled.setdefault(name, []).append(column)
    candidates = {one.name: list(dict.fromkeys(column for name in one.names for column in spelled.get(name, ()))) for one in search.open(wanted)}
    for one in search.open(wanted):
        columns = candidates[one.name]
        if len(columns) > 1:
            search.note("KP171", one, columns=_listed(columns))
            search.torn.add(one.name)
        elif columns and sum(columns == others for others in candidates.values()) == 1:
            search.note("KP172", one, column=columns[0])
            search.claim(one, columns[0])


def _by_text(search: _Search, wanted: Sequence[_Wanted], texts: Callable[[_Wanted], Iterable[str]], said: Callable[[str], Iterable[str]]) -> None:
    """Columns that say the same as one item and no other, whatever their case, blanks and punctuation."""
    saying: dict[str, list[str]] = {}
    for column in search.free:
        for text in {folded(one) for one in said(column)} - {""}:
            saying.setdefault(text, []).append(column)
    candidates = {one.name: {column for text in texts(one) for column in saying.get(folded(text), ())} for one in search.open(wanted)}
    claims: dict[str, int] = {}
    for columns in candidates.values():
        for column in columns:
            claims[column] = claims.get(column, 0) + 1
    for one in search.open(wanted):
        columns = candidates[one.name]
        if len(columns) == 1 and claims[next(iter(columns))] == 1:
            column = next(iter(columns))
            search.note("KP172", one, column=column)
            search.claim(one, column)


def _by_joined(search: _Search, given: Codebook) -> None:
    """Columns of options that are called as the joined column of their question, and then as the option."""
    for multiple in given.multiples.values():
        joined = search.found.get(str(multiple.joined))
        if joined is None:
            continue
        options = options_of(multiple, given)
        for column in [column for column in search.free if column.startswith(f"{joined}/")]:
            option = options.named(column.removeprefix(f"{joined}/"))
            for one in search.open([] if option is None else [_Wanted(multiple.items[option])]):
                search.note("KP172", one, column=column)
                search.claim(one, column)


def _report_absent(search: _Search, wanted: Sequence[_Wanted], given: Codebook) -> None:
    """Items that have found no column; options of a question only where neither its joined column nor any other option is there."""
    absent = [one for one in search.open(wanted) if one.required]
    for multiple in given.multiples.values():
        parts = [multiple.joined, *multiple.items.values()]
        if not any(part in search.found for part in parts):
            absent += [one for one in search.open(wanted) if one.name in multiple.items.values()]
    repeated = [str(column) for column in search.raw.frame.columns if is_repeat(str(column))]
    for place, one in enumerate({one.name: one for one in absent}.values()):
        members = [column for column in repeated if column.rpartition("/")[2] in one.names]
        if members:
            search.note("KP176", one, columns=_listed(members[:2]))
        elif one.made_by_form:
            search.note("KP178", one)
        else:
            compared = place * len(search.free) < _COMPARED
            search.note("KP170", one, nearest=_nearest(one, search) if compared else _NONE)


def _nearest(one: _Wanted, search: _Search) -> str:
    """The free column that is most like the item by name, else by what it says."""
    by_text = {folded(column): column for column in search.free}
    for text in map(folded, (*one.names, *one.texts)):
        close = difflib.get_close_matches(text, by_text, n=1, cutoff=_ALIKE)
        if close:
            return repr(by_text[close[0]])
    return _NONE


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(map(repr, columns))


# ---------------------------------------------------------------- new names


def _renamed(raw: Raw, names: Mapping[str, str], problems: Sequence[Problem]) -> Raw:
    """The file with other names of columns, and further problems."""
    if not names:
        return replace(raw, problems=(*raw.problems, *problems))
    back = {new: old for old, new in names.items()}
    texts = raw.texts

    def written(columns: Sequence[str]) -> pd.DataFrame:
        """Columns as they are written, by their new names."""
        frame = texts([back.get(column, column) for column in columns])  # type: ignore[misc]
        return frame.rename(columns=names)

    return replace(
        raw,
        frame=raw.frame.rename(columns=names),
        items={names.get(name, name): replace(item, name=names.get(name, name)) for name, item in raw.items.items()},
        labels={names.get(name, name): label for name, label in raw.labels.items()},
        multiples={
            name: replace(one, items={code: names.get(item, item) for code, item in one.items.items()}) for name, one in raw.multiples.items()
        },
        problems=(*raw.problems, *problems),
        texts=None if texts is None else written,
    )


def renamed_columns(reading: Reading) -> dict[str, str]:
    """The items of a file by the names that their columns have in it, where these are others."""
    declared = {item.column: name for name, item in reading.codebook.items.items() if item.column is not None}
    return declared | {problem.values["column"]: problem.column for problem in reading.problems if problem.code == "KP172"}


# ---------------------------------------------------------------- designs


def design_for(design: Design, reading: Reading) -> Design:
    """A design whose columns are named as in the file or as in the codebook, by the names of the frame."""
    names = renamed_columns(reading)
    parts: dict[str, Any] = {role: names_for(getattr(design, role), names, reading.frame.columns) for role in ("weight", "strata", "psu", "fpc")}
    if design.replicates is not None:
        columns = names_for(tuple(design.replicates.columns), names, reading.frame.columns)
        parts["replicates"] = replace(design.replicates, columns=columns)
    return replace(design, **parts)


def names_for(given: Any, names: Mapping[str, str], columns: Iterable[Any]) -> Any:
    """A name or names of columns, those that are no column of the frame by the item they became.

    Examples
    --------
    >>> names_for(["Bobot", "prov"], {"Bobot": "w"}, ["w", "prov"])
    ['w', 'prov']
    """
    if isinstance(given, (list, tuple)):
        return type(given)(names_for(one, names, columns) for one in given)
    return names[given] if isinstance(given, str) and given in names and given not in columns else given


def _design_names(design: Mapping[str, Any] | None) -> list[str]:
    """The columns that a codebook's design names."""
    given = [value for key, value in (design or {}).items() if key in ("weight", "strata", "psu", "fpc")]
    return [name for value in given for name in ([value] if isinstance(value, str) else value)]
