"""A codebook from a first look at the data: scales, codes and roles as their columns suggest, each marked as a guess."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.codebook import AnswerScale, Code, Codebook, Item
from kepuasan.codebook.parts import Multiple, both
from kepuasan.codebook.personal import personal_kind
from kepuasan.codebook.roles import IDENTIFIERS, WEIGHTS, compact, says_no_answer
from kepuasan.codebook.spellings import folded
from kepuasan.io.cells.types import converted
from kepuasan.io.drafting import settled
from kepuasan.io.ladders import NO_ANSWER, Ladder, ladder_of, no_answer
from kepuasan.io.reading import read_raw
from kepuasan.scales import Scale

if TYPE_CHECKING:
    from pathlib import Path

    from kepuasan.codebook.parts import ItemType
    from kepuasan.io.raw import Raw

__all__ = ["draft_codebook"]

#: usual answer scales, the smallest first
_SCALES = ((1, 4), (1, 5), (1, 6), (1, 7), (1, 10), (0, 10))
#: codes far above every scale, and those above short ones, that are usually no answer
_FAR, _NEAR = (88, 97, 98, 99), (8, 9)
#: the kind of columns whose names are questions
_WRITTEN = "?"
#: labels, and texts of columns, looked at as answers at most
_MOST = 30

#: filled cells that show dates, and options joined, at least; options of a question at most
_DATES, _FILLED, _OPTIONS = 3, 30, 15
_MOMENTS: tuple[ItemType, ...] = ("date", "datetime")

_NOT_ANSWERS = re.compile(
    r"\b(sex|gender|jk|jenis kelamin|kelamin|umur|usia|age|pendidikan|education|pekerjaan|occupation|job|tahun|year|bulan|month|tanggal|day|week|"
    r"wave|gelombang|stratum|strata|psu|cluster|klaster|provinsi|province|kabupaten|kota|kecamatan|desa|region|wilayah|unit|anak|children|kode|code|id|no|"
    r"nomor|enumerator|surveyor|status|agama|religion|suku|interval|durasi|duration)\b"
)
_COUNTS = re.compile(r"\b(jumlah|banyak|banyaknya|count|number of|berapa|how (many|much|often|long))\b")
_STEM = re.compile(r"(.*?[^\d\W_])[\W_]*\d+\w?$")


@dataclass(frozen=True)
class _Guess:
    """What a column is taken for, and which attributes say so."""

    item: Item
    scale: AnswerScale | None = None


def draft_codebook(path: str | Path, *, catalog: str | Path | None = None, decimal: str | None = None) -> Codebook:
    r"""A codebook from a first look at a file, to be read, corrected and used.

    Beside types, labels and missing codes of the file it has what the data suggest: answer scales of columns that look like answers (the smallest
    usual one that holds what was observed, one for several columns alike), codes for answers in words in their natural order, codes that are
    usually no answer, dates in texts, options joined in cells, columns that tell respondents apart, that are personal, or that are weights.
    ``Item.guessed`` names every attribute that is a guess; a weight stands in ``design``.

    Parameters
    ----------
    path : str or Path
        As for `read_survey`.
    catalog, decimal
        As for `read_survey`.

    Returns
    -------
    Codebook
        Written with ``.write("book.toml")`` or ``.write("book.xlsx")`` it can be edited and given to `read_survey` with the same file.

    Raises
    ------
    DataError
        A file that cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.csv").write_text("u1,u2\nPuas,Sangat puas\nTidak puas,Puas\n")
    ...     book = draft_codebook(Path(folder, "a.csv"))
    >>> book.items["u1"].scale, book.items["u1"].guessed, book.scale_of("u1").high
    ('puas4', ('type', 'scale'), 4.0)
    """
    raw = read_raw(path, catalog=catalog, decimal=decimal)
    reading = settled(raw)
    frame, book = reading.frame, reading.codebook
    options = {item for multiple in book.multiples.values() for item in multiple.items.values()}
    typed = {name: item if name in raw.items else replace(item, guessed=("type",)) for name, item in book.items.items()}
    open_items = {name: item for name, item in typed.items() if name not in options}
    guesses = _of_words(frame, open_items) | _of_numbers(frame, open_items, raw)
    items = dict(typed)
    scales: dict[str, AnswerScale] = {}
    for name, guess in guesses.items():
        if guess.scale is not None:
            scale = _kept(guess.scale, scales)
            items[name] = replace(guess.item, scale=scale.name)
    items = {name: _with_role(_dated(item, raw) if name in open_items else item, frame[name]) for name, item in items.items()}
    weight = next((name for name, item in items.items() if _is_weight(item, frame[name])), None)
    joined = _joined_questions(frame, [item for item in items.values() if item.name in open_items], book)
    told = {name: Item(name, both(str(option)), guessed=("type",)) for one in joined.values() for option, name in one.items.items()}
    design = None if weight is None else {"weight": weight}
    return replace(book, items={**items, **told}, scales=scales, multiples={**book.multiples, **joined}, design=design)


def _kept(scale: AnswerScale, scales: dict[str, AnswerScale]) -> AnswerScale:
    """A scale among those that are there, under a name that no other one has."""
    name, number = scale.name, 1
    while scales.setdefault(name, replace(scale, name=name)) != replace(scale, name=name):
        number += 1
        name = f"{scale.name}_{number}"
    return scales[name]


# ---------------------------------------------------------------- answers in words


def _of_words(frame: pd.DataFrame, items: Mapping[str, Item]) -> dict[str, _Guess]:
    """Columns whose texts, or whose labels, stand on one ladder."""
    found: dict[str, tuple[set[str], set[Code]]] = {}
    labelled: dict[str, _Guess] = {}
    for name, item in items.items():
        if item.values:
            labelled |= _of_labels(item)
        elif item.type == "text":
            texts = {str(text) for text in frame[name].dropna().unique()[: _MOST + 1]}
            none = set() if ladder_of(texts) is not None else {text for text in texts if no_answer(text) is not None}
            if len(texts) <= _MOST and texts - none:
                found[name] = (texts - none, {code for code in map(no_answer, none) if code is not None})
    guesses: dict[str, _Guess] = {}
    for names, ladder in _shared_ladders({name: answers for name, (answers, _) in found.items()}):
        scale = _scale_of_ladder(ladder)
        for name in names:
            codes = sorted(found[name][1], key=str)
            missing = {code: NO_ANSWER[code][0] for code in codes}
            spelled = {code: NO_ANSWER[code][1] for code in codes}
            guessed = ("type", "scale", *(("missing", "spellings") if codes else ()))
            item = replace(items[name], type="number", values=scale.labels, scale=scale.name, missing=missing, spellings=spelled, guessed=guessed)
            guesses[name] = _Guess(item, scale)
    return guesses | labelled


def _shared_ladders(texts: Mapping[str, set[str]]) -> list[tuple[list[str], Ladder]]:
    """Columns whose texts together stand on one ladder: each column joins the first group that it fits."""
    groups: list[tuple[list[str], set[str]]] = []
    for name in sorted(texts, key=lambda name: -len(texts[name])):
        for names, seen in groups:
            if ladder_of(seen | texts[name]) is not None:
                names.append(name)
                seen |= texts[name]
                break
        else:
            if ladder_of(texts[name]) is not None:
                groups.append(([name], set(texts[name])))
    return [(names, ladder) for names, seen in groups if (ladder := ladder_of(seen)) is not None]


def _scale_of_ladder(ladder: Ladder) -> AnswerScale:
    labels: dict[Code, Any] = {place: both(text) for place, text in enumerate(ladder.rungs, 1)}
    codes = tuple(float(place) for place in range(1, len(ladder.rungs) + 1))
    return AnswerScale(ladder.name, Scale(1.0, float(len(ladder.rungs)), codes), labels, ladder.others)


def _of_labels(item: Item) -> dict[str, _Guess]:
    """A column of numbers whose labels stand on one ladder."""
    none = {code: label for code, label in item.values.items() if any(no_answer(text) or says_no_answer(text) for text in label.values())}
    answers = {code: label for code, label in item.values.items() if code not in none}
    numbers = sorted(code for code in answers if not isinstance(code, str))
    if item.type != "number" or len(numbers) < len(answers) or len(answers) > _MOST or ladder_of(label["id"] for label in answers.values()) is None:
        return {}
    low, high = float(numbers[0]), float(numbers[-1])
    if any(low <= code <= high for code in none if not isinstance(code, str)):
        return {}
    scale = AnswerScale(f"skala_{low:g}_{high:g}".replace("-", "m"), Scale(low, high))
    guessed = (*item.guessed, "scale", *(("values", "missing") if none else ()))
    missing = {**item.missing, **none}
    clear = not any(low <= code <= high for code in missing if not isinstance(code, str)) and not any(
        bottom <= high and top >= low for bottom, top in item.missing_ranges if not isinstance(bottom, str) and not isinstance(top, str)
    )
    return {item.name: _Guess(replace(item, values=answers, missing=missing, scale=scale.name, guessed=guessed), scale)} if clear else {}


# ---------------------------------------------------------------- answers in numbers


def _of_numbers(frame: pd.DataFrame, items: Mapping[str, Item], raw: Raw) -> dict[str, _Guess]:
    """Columns of few whole numbers that look like answers; columns alike share a scale."""
    groups: dict[tuple[str, bool, bool], dict[str, set[int]]] = {}
    for name, item in items.items():
        if item.type != "number" or item.values or item.missing or item.missing_ranges:
            continue
        found = _whole(frame[name])
        kind = _kind(name, raw.labels.get(name, ""))
        if found and kind is not None and max(found) > 2:
            high = max(found - set(_FAR), default=0) > max(_NEAR)
            groups.setdefault((kind, high, kind == _WRITTEN and 0 in found), {})[name] = found
    guesses: dict[str, _Guess] = {}
    for (kind, *_), columns in groups.items():
        if len(columns) > 1 or kind == _WRITTEN:
            guesses |= _scaled(columns, items)
    return guesses


def _whole(column: pd.Series[Any]) -> set[int]:
    """The values of a column where they are whole, few and such as answers have; else none."""
    values = column.dropna().unique()[: _MOST + 1].astype(np.float64)
    if not len(values) or len(values) > _MOST or (values != np.round(values)).any():
        return set()
    found = {int(value) for value in values}
    return found if found <= {*range(11), *_FAR} else set()


def _kind(name: str, label: str) -> str | None:
    """Columns alike have names alike but for a number; questions written out are alike; None for what is no answer by its name."""
    text, said = folded(name.rpartition("/")[2]), folded(label or name)
    stem = _STEM.match(text)
    if _COUNTS.search(said) or (_NOT_ANSWERS.search(stem[1] if stem else text) and len(text.split()) < 4):
        return None
    return _WRITTEN if len(said.split()) > 3 else stem[1] if stem else None


def _scaled(columns: Mapping[str, set[int]], items: Mapping[str, Item]) -> dict[str, _Guess]:
    """The smallest usual scale that holds the answers of all these columns, and their codes that are no answer."""
    seen = set().union(*columns.values())
    far, near = seen & set(_FAR), seen & set(_NEAR)
    answers = seen - far - near
    bounds = _bounds(answers)
    if not near or bounds is None or min(near) <= max(bounds[1], max(answers) + 1):
        answers = seen - far
        bounds = _bounds(answers)
    missing = seen - answers
    if bounds is None or len(answers) < 2:
        return {}
    scale = AnswerScale(f"skala_{bounds[0]}_{bounds[1]}", Scale(float(bounds[0]), float(bounds[1])))
    codes: dict[Code, Any] = {code: both("") for code in sorted(missing)}
    guessed = ("scale", *(("missing",) if codes else ()))
    return {name: _Guess(replace(items[name], scale=scale.name, missing=codes, guessed=(*items[name].guessed, *guessed)), scale) for name in columns}


def _bounds(answers: set[int]) -> tuple[int, int] | None:
    """The smallest usual scale that holds all answers."""
    return next(((low, high) for low, high in _SCALES if answers and low <= min(answers) and max(answers) <= high), None)


# ---------------------------------------------------------------- dates, and options joined in cells


def _dated(item: Item, raw: Raw) -> Item:
    """An item of text as one of dates, or of moments, where its cells, three at least, are nothing else."""
    if item.type != "text" or item.name in raw.items:
        return item
    column = raw.frame[item.name] if raw.texts is None else raw.texts([item.name])[item.name]
    few = converted(column.dropna().iloc[:_MOST], "datetime")
    if few.wrong.size or few.column.notna().sum() < _DATES:
        return item
    kind: ItemType | None = next((kind for kind in _MOMENTS if not converted(column, kind).wrong.size), None)
    return item if kind is None else replace(item, type=kind)


def _joined_questions(frame: pd.DataFrame, items: Sequence[Item], book: Codebook) -> dict[str, Multiple]:
    """Questions whose cells join options, each of which stands alone or in several combinations."""
    known = {one.joined for one in book.multiples.values()} | set(book.multiples)
    found = {}
    for item in items:
        if item.type != "text" or item.role or item.values or item.name in known or frame[item.name].count() < _FILLED:
            continue
        cells = {str(text) for text in frame[item.name].dropna().unique()}
        separator, options = next(((mark, options) for mark in (", ", ";") if (options := _options(cells, mark))), ("", []))
        names: dict[Code, str] = {option: f"{item.name}/{option}" for option in options}
        if names and not set(names.values()) & set(frame.columns):
            found[item.name] = Multiple(item.name, item.label, names, joined=item.name, separator=separator)
    return found


def _options(cells: Set[str], separator: str) -> list[str]:
    """The options that distinct cells join; none where they are too many, or one stands in a single combination only."""
    if len(cells) > 2**_OPTIONS or not any(separator in cell.strip(" ;") for cell in cells):
        return []
    combinations = [[part.strip() for part in cell.strip(" ;").split(separator)] for cell in cells]
    times = Counter(part for parts in combinations for part in parts)
    alone = {parts[0] for parts in combinations if len(parts) == 1}
    if not 2 <= len(times) <= _OPTIONS or any(len(set(parts)) < len(parts) for parts in combinations) or len(set(map(folded, times))) < len(times):
        return []
    clear = all(any(map(str.isalpha, part)) and separator.strip() not in part for part in times)
    return sorted(times) if clear and all(part in alone or count > 1 for part, count in times.items()) else []


# ---------------------------------------------------------------- roles


def _with_role(item: Item, column: pd.Series[Any]) -> Item:
    """An item with the role that its names and cells suggest."""
    asked = item.scale or item.values
    if not asked and any(personal_kind(one, column) for one in _names(item)):
        return replace(item, role="personal", guessed=(*item.guessed, "role"))
    if any(compact(one) in IDENTIFIERS for one in _names(item)) and len(column) > 1 and column.notna().all() and column.is_unique:
        return replace(item, role="identifier", guessed=(*item.guessed, "role"))
    return item


def _is_weight(item: Item, column: pd.Series[Any]) -> bool:
    """Whether a column has the name of a weight and could be one: positive, finite, not all alike."""
    if item.type != "number" or item.scale is not None or not any(compact(one) in WEIGHTS for one in _names(item)):
        return False
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    return bool(len(values)) and bool(np.isfinite(values).all() and (values > 0).all() and (values != values[0]).any())


def _names(item: Item) -> list[str]:
    """What an item is called: its name, and its labels."""
    return list(dict.fromkeys([item.name, *item.label.values()]))
