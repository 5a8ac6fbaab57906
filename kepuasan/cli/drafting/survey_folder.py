"""What a folder of data files is taken for: waves, another population, files that are neither; and what `init` makes of it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kepuasan.cli.checking.unconfirmed import unconfirmed_codes
from kepuasan.cli.drafting.drafts import Draft, agreed, drafted
from kepuasan.cli.drafting.folder import alike, data_files, is_of_others, labels_of_waves, own_codebook
from kepuasan.cli.drafting.guesses import Guesses, guessed
from kepuasan.cli.drafting.recipe_text import DraftedWave, Plan, blank_recipe, recipe_text
from kepuasan.cli.drafting.toml_text import toml_value
from kepuasan.cli.recipe.validation import SpokenError
from kepuasan.display.numbers import number
from kepuasan.errors import KepuasanError
from kepuasan.quality.findings import Words, listed
from kepuasan.refusals.telling import told
from kepuasan.report.folder import read_record
from kepuasan.wording import say

if TYPE_CHECKING:
    from kepuasan.codebook import Codebook

__all__ = ["SurveyFolder", "look_at"]

_RECIPE = "kepuasan.toml"
#: items that are named on the terminal
_NAMED = 12
#: letters of a line
_WIDTH = 100


@dataclass(frozen=True)
class SurveyFolder:
    """A folder: the waves, those of the other population, files left out with the reason, and what the waves suggest."""

    folder: Path
    waves: Sequence[Draft] = ()
    against: Sequence[Draft] = ()
    left_out: Mapping[str, Words] = field(default_factory=dict)
    guesses: Guesses = field(default_factory=Guesses)
    design_against: Mapping[str, str] | None = None

    def files(self, kind: str, language: str) -> dict[str, Callable[[Path], None]]:
        """What is written, by name, the recipe last: a codebook of the kind for each file that has none, and the recipe."""
        names = self._codebooks(kind)
        found = {names[one.file]: _writer(one.book) for one in (*self.waves, *self.against) if one.own is None}
        text = recipe_text(self._plan(names), language) if self.waves else blank_recipe(language)
        return {**found, _RECIPE: lambda path: _write(path, text)}

    def _codebooks(self, kind: str) -> dict[Path, str]:
        """The name of the codebook of each data file."""
        return {one.file: one.own.name if one.own is not None else f"codebook_{one.file.stem}.{kind}" for one in (*self.waves, *self.against)}

    def _plan(self, names: Mapping[Path, str]) -> Plan:
        waves, against = (
            [DraftedWave(one.label, one.file.name, names[one.file], one.catalog.name if one.catalog else "", one.own is None) for one in drafts]
            for drafts in (self.waves, self.against)
        )
        return Plan(
            waves,
            self.guesses,
            against=against,
            design_against=self.design_against,
            left_out=list(self.left_out),
            out=_free(self.folder),
            declared=any(one.book.index for one in self.waves),
        )

    def told(self, written: Sequence[Path], language: str) -> list[str]:
        """What was read, guessed, left out and written, for people, in lines that a terminal has room for."""
        said = self._told(written, language)
        return [part for line in said for part in textwrap.wrap(line, _WIDTH, subsequent_indent="    ", break_long_words=False) or [""]]

    def _told(self, written: Sequence[Path], language: str) -> list[str]:
        folder, recipe = self.folder.as_posix(), (self.folder / _RECIPE).as_posix()
        names = say("init.written", language, names=", ".join(path.as_posix() for path in written))
        ending = [names, say("init.next", language, recipe=recipe)]
        if not self.waves:
            return [say("init.empty", language, folder=folder), *(f"  {line}" for line in self._skipped(language)), *ending]
        lines = [say("init.read", language, folder=folder)]
        lines += [f"  {_said(one, one.label, language)}" for one in self.waves]
        lines += [f"  {_said(one, say('init.of_against', language, label=one.label), language)}" for one in self.against]
        lines += [f"  {line}" for line in self._skipped(language)]
        return [*lines, "", say("init.guessed", language), *(f"  {line}" for line in self._guessed(language)), "", *ending]

    def _skipped(self, language: str) -> list[str]:
        reasons: dict[str, list[str]] = {}
        for name, reason in self.left_out.items():
            reasons.setdefault(format(reason, language), []).append(name)
        return [say("init.skipped", language, names=listed(names, _NAMED), reason=reason) for reason, names in reasons.items()]

    def _guessed(self, language: str) -> Iterator[str]:
        found = self.guesses
        if any(one.book.index for one in self.waves):
            yield say("init.guessed.declared", language)
        elif found.items:
            yield say("init.guessed.items", language, count=len(found.items), names=listed(found.items, _NAMED))
        else:
            yield say("init.guessed.none", language)
        if found.lone:
            yield say("init.guessed.lone", language, names="; ".join(f"{label}: {listed(names, _NAMED)}" for label, names in found.lone.items()))
        for label, name in found.weights.items():
            yield say("init.guessed.weight", language, label=label, column=name, text=toml_value(name))
        for draft in (*self.waves, *self.against):
            yield from (f"{draft.file.name}: {one.said(language)}" for one in unconfirmed_codes(draft.frame, draft.book))
        if found.design:
            yield say("init.guessed.design", language, names=", ".join(f"{role} = {column!r}" for role, column in found.design.items()))
        if found.frame and len(self.waves) > 1:
            yield say("init.guessed.frame", language, column=found.frame, text=toml_value(found.frame))
        if found.personal:
            yield say("init.guessed.personal", language, names=listed(found.personal, _NAMED))


def look_at(folder: Path, language: str) -> SurveyFolder:
    """What a folder holds.

    Raises
    ------
    SpokenError
        A folder that is a file or has a recipe already; data files none of which can be read, each with what is wrong with it.
    """
    if folder.exists() and not folder.is_dir():
        raise SpokenError(say("init.no_folder", language, name=folder.name))
    if (folder / _RECIPE).exists():
        raise SpokenError(say("init.there", language, count=1, folder=folder.as_posix(), names=repr(_RECIPE)))
    if not folder.exists():
        return SurveyFolder(folder)
    record = read_record(folder)
    files, twins = data_files(folder, frozenset(record["outputs"] if record else ()))
    left_out = {twin.name: Words("init.reason.twin") for twin in twins}
    drafts, unread = _drafts(files)
    if unread and not drafts:
        lines = [f"  {name}: {format(reason, language)}" for name, reason in unread.items()]
        raise SpokenError("\n".join([say("init.unreadable", language, folder=folder.as_posix()), *lines]))
    return _taken(folder, drafts, left_out | unread) if drafts else SurveyFolder(folder, left_out=left_out)


def _drafts(files: Sequence[Path]) -> tuple[list[Draft], dict[str, Words]]:
    """The drafts of files that can be read, and why others cannot."""
    drafts, unread = [], {}
    for file in files:
        try:
            drafts.append(drafted(file, own_codebook(file)))
        except KepuasanError as error:
            known = told(str(error))
            text = {"text": str(error).removeprefix(f"{file.name}: ")}
            unread[file.name] = Words(known[0].code, known[0].values) if known else Words("init.reason.text", text)
    return [one for one in drafts if len(one.frame)], unread | {one.file.name: Words("KP177") for one in drafts if not len(one.frame)}


def _taken(folder: Path, drafts: Sequence[Draft], left_out: Mapping[str, Words]) -> SurveyFolder:
    """The waves, the other population, and what is neither."""
    others = [one for one in drafts if is_of_others(one.file)]
    own = [one for one in drafts if one not in others] or others
    columns = [list(one.book.items) for one in own]
    main = [own[place] for place in alike(columns)[0]]
    rest = [one for one in others if own is not others and len(alike([list(one.book.items), list(main[0].book.items)])) == 1]
    labels = labels_of_waves([one.file.stem for one in main])
    main = sorted((replace(one, label=labels[one.file.stem]) for one in main), key=lambda one: list(labels).index(one.file.stem))
    theirs = labels_of_waves([one.file.stem for one in rest]) if rest else {}
    rest = sorted((replace(one, label=theirs[one.file.stem]) for one in rest), key=lambda one: list(theirs).index(one.file.stem))
    if len(rest) == 1 and len(main) == 1:
        rest = [replace(rest[0], label=main[0].label)]
    found = agreed([*rest, *main])
    used = {one.file for one in found}
    neither = {one.file.name: Words("init.reason.other") for one in drafts if one.file not in used}
    waves, against = found[len(rest) :], found[: len(rest)]
    stripped = [_without_design(one) for one in found]
    return SurveyFolder(
        folder,
        stripped[len(rest) :],
        stripped[: len(rest)],
        {**left_out, **neither},
        guessed(waves),
        guessed(against).design if against else None,
    )


def _without_design(draft: Draft) -> Draft:
    """A drafted codebook without its guess at weights, which stands in the recipe."""
    return draft if draft.own is not None else replace(draft, book=replace(draft.book, design=None))


def _free(folder: Path) -> str:
    """A folder of results that is not there, or that a run wrote."""
    names = ("out", "hasil", "kepuasan_out")
    return next((name for name in names if not (folder / name).exists() or read_record(folder / name) is not None), names[-1])


def _said(draft: Draft, label: str, language: str) -> str:
    from kepuasan.cli.checking.listing import taken_for

    rows, columns = (number(value, 0, language) for value in draft.frame.shape)
    return say("init.file", language, label=label, name=draft.file.name, taken_for=taken_for(draft.taken_for, language), rows=rows, columns=columns)


def _writer(book: Codebook) -> Callable[[Path], None]:
    return lambda path: book.write(path)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
