"""Questions with several answers: joined cells and check-box columns brought to items of 0 and 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.codebook.parts import plain_code
from kepuasan.errors import some
from kepuasan.io.multiple.joined import Cell, Options, cells_read, options_of
from kepuasan.io.platforms.known import platform_named
from kepuasan.io.platforms.visible_sets import CHOSEN, NOT_CHOSEN, drafted
from kepuasan.problems import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.codebook import Codebook, Item
    from kepuasan.codebook.parts import Code, Multiple
    from kepuasan.io.platforms.platform import Platform
    from kepuasan.io.raw import Raw

__all__ = ["drafted", "split"]

#: answers of an item in cells, as numbers
_NO, _YES, _EMPTY, _ELSE = 0, 1, -1, -2
#: texts of a message that are named
_NAMED = 8


def split(raw: Raw, given: Codebook) -> Raw:
    """The file with a column for every option of the codebook's questions with several answers; the joined columns stay.

    Columns are named as the items before. What a platform writes for no answer becomes an empty cell in all columns of the codebook.

    Parameters
    ----------
    raw : Raw
    given : Codebook

    Returns
    -------
    Raw
        Columns of options hold the code of `Multiple.counted`, another one (0 unless the item names it), or nothing.

    Notes
    -----
    Columns of options in the file are used as they are, whatever they write for yes and no. Options without a column are read from the joined one.
    A blank is no answer, not a no, save where files write only what was chosen: there the options of a row in which any is chosen are no, and
    those of other rows are empty. Where an option is all that was chosen and its item calls `Multiple.counted` missing, such as a refusal, the
    other options are empty too. What a joined cell names beside the options is reported with its counts, and counted under the option "other"
    where there is one.
    """
    platform = platform_named(raw.platform)
    raw = _without_fillers(raw, given, platform)
    columns: dict[str, pd.Series[Any]] = {}
    problems: list[Problem] = []
    for multiple in given.multiples.values():
        if multiple.counted is not None:
            one = _Question(raw, given, multiple, platform)
            columns |= one.columns()
            problems += one.problems
    if not columns:
        return replace(raw, problems=(*raw.problems, *problems))
    frame = raw.frame.copy(deep=False)
    new = [name for name in columns if name not in frame.columns]
    for name in columns.keys() - set(new):
        frame[name] = columns[name]
    frame = pd.concat([frame, pd.DataFrame({name: columns[name] for name in new}, index=frame.index)], axis=1) if new else frame
    items = {name: given.items[name] for name in columns if given.items[name].type == "number" and pd.api.types.is_numeric_dtype(columns[name].dtype)}
    return replace(raw, frame=frame, items={**raw.items, **items}, problems=(*raw.problems, *problems), texts=_texts(raw, frame, frozenset(columns)))


def _texts(raw: Raw, frame: pd.DataFrame, made: frozenset[str]) -> Callable[[Sequence[str]], pd.DataFrame] | None:
    """Columns as they are written; those that were made are as they were made."""
    written = raw.texts
    if written is None:
        return None

    def texts(names: Sequence[str]) -> pd.DataFrame:
        own = [name for name in names if name not in made]
        found = written(own) if own else frame[[]]
        return found.assign(**{name: frame[name] for name in names if name in made})[list(names)]

    return texts


# ---------------------------------------------------------------- what stands for no answer


def _without_fillers(raw: Raw, given: Codebook, platform: Platform) -> Raw:
    """Columns of the codebook with empty cells where the platform writes that there is no answer."""
    joined = {multiple.joined: given.items.get(str(multiple.joined)) for multiple in given.multiples.values() if multiple.joined is not None}
    declared = {name: item for name, item in {**joined, **given.items}.items() if name in raw.frame.columns}
    changed: dict[str, pd.Series[Any]] = {}
    counts: Counter[str] = Counter()
    for name, item in declared.items() if platform.empties else ():
        blanks = [text for text in platform.empties if item is None or not _says(item, text)]
        column = raw.frame[name]
        where = column.isin(blanks) if pd.api.types.is_object_dtype(column.dtype) or pd.api.types.is_string_dtype(column.dtype) else None
        if where is not None and where.any():
            counts.update(column[where].astype(str).tolist())
            changed[name] = column.mask(where)
    if not changed:
        return raw
    values = {"platform": platform.name, "texts": some(sorted(counts)), "columns": len(changed)}
    note = Problem("KP157", values, raw.file, raw.sheet, count=counts.total())
    frame, written = raw.frame.assign(**changed), raw.texts

    def texts(names: Sequence[str]) -> pd.DataFrame:
        found = written(names)  # type: ignore[misc]
        return found.assign(**{name: found[name].mask(changed[name].isna()) for name in names if name in changed})

    return replace(raw, frame=frame, problems=(*raw.problems, note), texts=None if written is None else texts)


def _says(item: Item, text: str) -> bool:
    """Whether a text is an answer of an item."""
    labels = [label for codes in (item.values, item.missing) for label in codes.values()]
    spelled = [one for texts in item.spellings.values() for one in texts]
    return text in {*map(str, (*item.values, *item.missing, *item.recode)), *spelled, *(one for label in labels for one in label.values())}


# ---------------------------------------------------------------- one question


@dataclass
class _Question:
    """A question with several answers in a file, and what was found in it."""

    raw: Raw
    given: Codebook
    multiple: Multiple
    platform: Platform
    problems: list[Problem] = field(default_factory=list)

    def columns(self) -> dict[str, pd.Series[Any]]:
        """The columns of its items: those that the file has brought to codes, and those read from the joined column."""
        options = options_of(self.multiple, self.given)
        own = {option: name for option, name in self.multiple.items.items() if name in self.raw.frame.columns and not self.given.items[name].recode}
        absent = [option for option, name in self.multiple.items.items() if name not in self.raw.frame.columns]
        joined = self._joined(options, absent) if self.multiple.joined in self.raw.frame.columns else None
        if not own and joined is None:
            return {}
        answers, foreign = self._answers(own, options)
        if joined is not None:
            self._compare(joined, answers)
            answers |= {option: joined[option] for option in absent}
        self._empty_refusals(answers)
        codes = {option: self._codes(option, found, foreign.get(option)) for option, found in answers.items()}
        return {self.multiple.items[option]: codes[option] for option in self.multiple.items if option in codes}

    def _note(self, code: str, column: str, rows: NDArray[np.int64] | None = None, count: int = 0, **values: Any) -> None:
        listed = () if rows is None else self.raw.rows_of(rows[:_NAMED])
        found = count or (0 if rows is None else len(rows))
        values = {"question": self.multiple.name, "count": found, **values}
        self.problems.append(Problem(code, values, self.raw.file, self.raw.sheet, column, listed, found))

    # -------------------------------------------------------- the joined column

    def _joined(self, options: Options, absent: Sequence[Code]) -> dict[Code, NDArray[np.int8]]:
        """For every option the answers that the joined column gives."""
        name = str(self.multiple.joined)
        place, distinct = pd.factorize(self.raw.frame[name])
        texts = [_written(cell) for cell in distinct.tolist()]
        blank = np.array([not text or text in self._no_answers(name, options) for text in texts], dtype=bool)
        separator = self.multiple.separator if self.multiple.separator != " " or not self.platform.name else self.platform.separator
        cells = cells_read(["" if empty else text for text, empty in zip(texts, blank, strict=True)], options, separator)
        self._report_rest(name, cells, options, place)
        if absent:
            self._note("KP159", name, count=int((place >= 0).sum()), options=len(absent))
        answers = {}
        for option in self.multiple.items:
            chosen = np.array([option in cell.options or (option == options.other and bool(cell.rest)) for cell in cells], dtype=bool)
            table = np.append(np.where(blank, _EMPTY, np.where(chosen, _YES, _NO)), _EMPTY).astype(np.int8)
            answers[option] = table[place]
        return answers

    def _no_answers(self, name: str, options: Options) -> frozenset[str]:
        """Cells of the joined column that say that there was no answer."""
        item = self.given.items.get(name)
        missing = () if item is None else (str(code) for code in item.missing if str(code) not in options.exact)
        return frozenset([*missing, *self.platform.empties]) - options.exact.keys()

    def _report_rest(self, name: str, cells: Sequence[Cell], options: Options, place: NDArray[np.intp]) -> None:
        """Name what is no option of the codebook, with its counts."""
        times = np.bincount(place[place >= 0], minlength=len(cells))
        counts: Counter[str] = Counter()
        for cell, count in zip(cells, times.tolist(), strict=True):
            counts.update(dict.fromkeys(cell.rest, count))
        if not counts:
            return
        odd = np.array([*(bool(cell.rest) for cell in cells), False])
        other = "" if options.other is None else self.multiple.items[options.other]
        self._note(
            "KP155" if other else "KP152",
            name,
            np.flatnonzero(odd[place]),
            texts=_listed(counts),
            distinct=len(counts),
            other=other,
        )

    # -------------------------------------------------------- columns of options

    def _answers(self, own: Mapping[Code, str], options: Options) -> tuple[dict[Code, NDArray[np.int8]], dict[Code, pd.Series[Any]]]:
        """For options that have a column its answers; the columns in which cells say something else."""
        answers: dict[Code, NDArray[np.int8]] = {}
        foreign: dict[Code, pd.Series[Any]] = {}
        written_out = False
        for option, name in own.items():
            column = self.raw.frame[name]
            place, distinct = pd.factorize(column)
            texts = [_written(cell) for cell in distinct.tolist()]
            table = np.array([*(self._read(text, option, options) for text in texts), _EMPTY], dtype=np.int8)
            if option == options.other:
                written_out = self._count_others(name, texts, table, place)
            elif _ELSE in table:
                foreign[option] = column
            answers[option] = table[place]
        self._fill(answers, options.other if written_out else None)
        self._report_none(answers)
        return answers, foreign

    def _count_others(self, name: str, texts: Sequence[str], table: NDArray[np.int8], place: NDArray[np.intp]) -> bool:
        """Count a text in the column of the option "other" as that option; whether there is any."""
        item = self.given.items[name]
        kept = {str(code) for code in (*item.values, *item.missing)}
        words = (table == _ELSE) & np.array([*(text not in kept for text in texts), False])
        if words.any():
            rows = np.flatnonzero(words[place])
            counts = Counter({texts[one]: times for one, times in enumerate(np.bincount(place[rows]).tolist()) if times})
            table[words] = _YES
            self._note("KP155", name, rows, texts=_listed(counts), distinct=len(counts), other=name)
        return bool(words.any())

    def _read(self, text: str, option: Code, options: Options) -> int:
        """The answer in a cell of an option."""
        yes, no = self._pair(option)
        if not text or text in self.platform.empties:
            return _EMPTY
        if text in (str(yes), str(no)):
            return _YES if text == str(yes) else _NO
        item = self.given.items[self.multiple.items[option]]
        if text in {str(code) for code in (*item.values, *item.missing)}:
            return _ELSE
        word = text.casefold()
        return _YES if options.named(text) == option or word in CHOSEN else _NO if word in NOT_CHOSEN else _ELSE

    def _fill(self, answers: Mapping[Code, NDArray[np.int8]], other: Code | None) -> None:
        """Read blanks as no in answered rows, where the file writes options only when they were chosen.

        That are all options where no column says no; else that of other answers, `other`, where its column holds what was written.
        """
        if not self.platform.writes_no and not any((found == _NO).any() for found in answers.values()):
            blanks, said = list(answers), [_YES]
        elif other is not None and not (answers[other] == _NO).any():
            blanks, said = [other], [_YES, _NO]
        else:
            return
        answered = np.logical_or.reduce([np.isin(found, said) for found in answers.values()])
        count = 0
        for option in blanks:
            blank = answered & (answers[option] == _EMPTY)
            count += int(blank.sum())
            answers[option][blank] = _NO
        if count:
            self._note("KP158", self.multiple.name, count=count, empty=int((~answered).sum()))

    def _report_none(self, answers: Mapping[Code, NDArray[np.int8]]) -> None:
        """Report rows with nothing chosen where the platform writes no answer so too."""
        if self.platform.none_is_no and answers:
            rows = np.flatnonzero(np.logical_and.reduce([found == _NO for found in answers.values()]))
            if len(rows):
                self._note("KP160", self.multiple.name, rows, platform=self.platform.name)

    def _compare(self, joined: Mapping[Code, NDArray[np.int8]], answers: Mapping[Code, NDArray[np.int8]]) -> None:
        """Report rows in which the joined cell and the columns of options say different things."""
        differs = np.zeros(len(self.raw.frame), dtype=bool)
        for option, found in answers.items():
            differs |= ((found == _YES) != (joined[option] == _YES)) & (found != _ELSE)
        rows = np.flatnonzero(differs)
        if len(rows):
            self._note("KP153", str(self.multiple.joined), rows)

    def _empty_refusals(self, answers: Mapping[Code, NDArray[np.int8]]) -> None:
        """Empty the options of rows in which nothing was chosen but what is no answer."""
        gone = [option for option in answers if self.multiple.counted in self.given.items[self.multiple.items[option]].missing]
        real = [option for option in answers if option not in gone]
        if gone and real:
            refused = np.logical_or.reduce([answers[option] == _YES for option in gone])
            refused &= np.logical_and.reduce([answers[option] <= _NO for option in real])
            for option in real:
                answers[option][refused & (answers[option] == _NO)] = _EMPTY

    # -------------------------------------------------------- codes

    def _pair(self, option: Code) -> tuple[Code, Code]:
        """The codes of an item for an option that was chosen and for one that was not."""
        yes: Code = 1 if self.multiple.counted is None else self.multiple.counted
        item = self.given.items[self.multiple.items[option]]
        others = [code for code in item.values if code != yes]
        return yes, others[0] if len(others) == 1 else "" if isinstance(yes, str) else 0

    def _codes(self, option: Code, answers: NDArray[np.int8], foreign: pd.Series[Any] | None) -> pd.Series[Any]:
        """The column of an option in the codes of its item; cells that say something else as they are."""
        yes, no = self._pair(option)
        name, index = self.multiple.items[option], self.raw.frame.index
        if isinstance(yes, str) or isinstance(no, str):
            table = np.array([None if no == "" else no, yes, None, None], dtype=object)
            made = pd.Series(table[answers], index=index, name=name, dtype=object)
            return made if foreign is None else made.where(answers != _ELSE, foreign.astype(object))
        numbers = np.array([no, yes, np.nan, np.nan])[answers]
        if foreign is not None:
            stay = pd.to_numeric(foreign, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
            if np.isnan(stay[answers == _ELSE]).any():
                return pd.Series(numbers, index=index, name=name).astype(object).where(answers != _ELSE, foreign.astype(object))
            numbers = np.where(answers == _ELSE, stay, numbers)
        whole = not np.isnan(numbers).any() and bool((numbers == np.round(numbers)).all())
        return pd.Series(numbers.astype(np.int64) if whole else numbers, index=index, name=name)


def _listed(counts: Counter[str]) -> str:
    """Texts with their counts, most frequent first."""
    return ", ".join(f"{text!r} ({count})" for text, count in counts.most_common(_NAMED)) + (" ..." if len(counts) > _NAMED else "")


def _written(cell: Any) -> str:
    """A cell as text: numbers as codes are written."""
    if isinstance(cell, str):
        text = cell.strip()
        return text[:-2] if text.endswith(".0") and text[:-2].lstrip("-").isdigit() else text
    if isinstance(cell, (bool, np.bool_)):
        return "true" if cell else "false"
    if cell is None or cell != cell:
        return ""
    return str(plain_code(cell)) if isinstance(cell, (int, float, np.number)) else str(cell).strip()
