"""Answers to codes: recoded, read by label and spelling, moved from the scale they were asked on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.codebook.spellings import answers_of, folded, spellings_of
from kepuasan.columns import spelled
from kepuasan.io.cells.types import converted, in_type

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kepuasan.codebook import AnswerScale, Code, Codebook, Item
    from kepuasan.scales import Scale

__all__ = ["Answers", "coded", "has_answers", "read_two_ways", "unknown_texts"]

#: numbers, and whole ones written with decimals
_NUMBER, _WHOLE = re.compile(r"[+-]?\d+(?:[.,]\d+)?"), re.compile(r"\s*([+-]?\d+)[.,]0+\s*")


def _nothing() -> NDArray[np.int64]:
    return np.array([], dtype=np.int64)


@dataclass(frozen=True)
class Answers:
    """The cells of an item as its codes.

    Attributes
    ----------
    column : Series
        Cells that no code has are empty where the item is a number.
    unknown : integer array
        Positions of filled cells that are no code and the label or spelling of none.
    off : integer array
        Positions of answers off the scale on which they were given.
    """

    column: pd.Series[Any]
    unknown: NDArray[np.int64] = field(default_factory=_nothing)
    off: NDArray[np.int64] = field(default_factory=_nothing)


def has_answers(item: Item, book: Codebook, *, missing: bool = True) -> bool:
    """Whether an item says more of its answers than their type; missing codes count where `missing` says so."""
    scale = _file_scale(item, book)
    known = item.recode or item.spellings or answers_of(item, scale) or (scale is not None and scale.spellings) or (missing and item.missing)
    return bool(known or item.asked_scale)


def coded(column: pd.Series[Any], item: Item, book: Codebook, decimal: str = ".") -> Answers:
    """The codes of an item in the cells of its column.

    Parameters
    ----------
    column : Series
        As a reader leaves it; of items declared text, as it is written.
    item : Item
        A number or a text.
    book : Codebook
        Its answer scales.
    decimal : {".", ","}
        The decimal sign of numbers written as text.

    Notes
    -----
    A cell is, in this order: a code that `recode` names; a number, or a code of a text item, as it is; a text that `spellings_of` knows.
    Each distinct cell is looked at once. Answers x on the `asked_scale`, recoded ones among them, are moved to the scale of the item,
    low + (x - asked low) x range / asked range; missing codes stay.

    Examples
    --------
    >>> from kepuasan.codebook import Codebook, Item
    >>> book = Codebook({"speed": Item("speed", values={1: "Tidak puas", 2: "Puas"}, missing={9: "Menolak"})})
    >>> coded(pd.Series(["Puas", "TP", "9", "1.0", "?"]), book.items["speed"], book).column.tolist()
    [2.0, 1.0, 9.0, 1.0, nan]
    """
    if item.type == "text":
        return Answers(_text_codes(column, item, book))
    return _number_codes(column, item, book, decimal)


def unknown_texts(column: pd.Series[Any], item: Item, book: Codebook, most: int) -> tuple[list[tuple[str, int, str]], int]:
    """The texts of cells that no code has, and how many they are.

    Of the most frequent ones, `most` of them: the text, how often it is there, and the label nearest to it (empty where none is near).
    """
    import difflib

    labels = {folded(text): text for label in answers_of(item, _file_scale(item, book)).values() for text in label.values() if text}
    counts = column.astype(object).value_counts()
    found = []
    for text, count in counts.iloc[:most].items():
        close = difflib.get_close_matches(folded(str(text)), labels, n=1, cutoff=0.6)
        found.append((str(text), int(count), labels[close[0]] if close else ""))
    return found, len(counts)


def read_two_ways(column: pd.Series[Any], item: Item, book: Codebook) -> NDArray[np.intp]:
    """Positions of cells that would be taken for one code and are the label of another, in a column that may hold labels.

    That is one in which a cell is a label and no code, or in which all cells are labels. What `recode` names is settled.

    Examples
    --------
    >>> from kepuasan.codebook import Codebook, Item
    >>> book = Codebook({"visits": Item("visits", values={1: "0", 2: "1", 3: "2", 4: "3+"})})
    >>> [read_two_ways(pd.Series(cells), book.items["visits"], book).tolist() for cells in (["0", "1", "3+"], [1, 2], [1, 2, 3])]
    [[0, 1], [0, 1], []]
    """
    scale = _file_scale(item, book)
    labels = {_plain(text): code for code, label in answers_of(item, scale).items() for text in label.values()}
    codes = {spelled(code) for code in (*item.values, *item.missing, *({} if scale is None else scale.labels))}
    twofold = {
        text for text, code in labels.items() if text != spelled(code) and (text in codes or (item.type == "number" and _NUMBER.fullmatch(text)))
    }
    if not twofold:
        return np.array([], dtype=np.intp)
    place, cells = pd.factorize(column)
    recode, texts = _recode_of(item), spellings_of(item, scale)
    written = ["" if recode(cell) is not None else _plain(spelled(cell)) for cell in cells.tolist()]
    filled = [text for text in written if text]
    of_labels = [text in labels or (text not in codes and folded(text) in texts) for text in filled]
    holds_labels = all(of_labels) or any(label and text not in codes for text, label in zip(filled, of_labels, strict=True))
    told = np.array([*(holds_labels and text in twofold for text in written), False], dtype=bool)
    return np.flatnonzero(told[place])


def _file_scale(item: Item, book: Codebook) -> AnswerScale | None:
    """The scale on which the file has the answers."""
    name = item.asked_scale or item.scale
    return None if name is None else book.scales[name]


# ---------------------------------------------------------------- texts


def _text_codes(column: pd.Series[Any], item: Item, book: Codebook) -> pd.Series[Any]:
    """Texts as the codes they spell; other texts stay."""
    text = converted(column, "text").column
    if not (item.recode or item.values or item.missing or item.spellings):
        return text
    place, cells = pd.factorize(text)
    recode, texts = _recode_of(item), spellings_of(item, _file_scale(item, book))
    own = {spelled(code): code for code in (*item.values, *item.missing)}
    codes = [_text_code(str(cell), own, recode, texts) for cell in cells]
    if codes == [str(cell) for cell in cells]:
        return text
    table = np.array([*codes, np.nan], dtype=object)
    made = pd.Series(table[place], index=column.index, name=column.name, dtype=object)
    return in_type(made.astype(text.dtype), "text")


def _text_code(cell: str, own: Mapping[str, Code], recode: Callable[[Any], Code | None], texts: Mapping[str, Code]) -> str:
    new = recode(cell)
    if new is not None:
        return str(new)
    plain = _plain(cell)
    return str(own.get(cell.strip(), own.get(plain, texts.get(folded(cell), cell))))


def _plain(cell: str) -> str:
    """A text without the decimals of a whole number: ``3.0`` is 3."""
    whole = _WHOLE.fullmatch(cell)
    return whole[1] if whole else cell.strip()


def _recode_of(item: Item) -> Callable[[Any], Code | None]:
    """What a cell of the file stands for, None where it is not recoded."""
    exact = {spelled(code): new for code, new in item.recode.items()}
    alike = {folded(code): new for code, new in reversed(list(item.recode.items())) if isinstance(code, str)}

    def recoded(cell: Any) -> Code | None:
        """The code a cell stands for."""
        if not exact:
            return None
        if not isinstance(cell, str):
            return exact.get(spelled(cell))
        for text in (cell.strip(), _plain(cell)):
            if text in exact:
                return exact[text]
        return alike.get(folded(cell))

    return recoded


# ---------------------------------------------------------------- numbers


def _number_codes(column: pd.Series[Any], item: Item, book: Codebook, decimal: str) -> Answers:
    own, asked = book.scale_of(item.name), None if item.asked_scale is None else book.scales[item.asked_scale].scale
    numeric = pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype)
    if numeric and not item.recode:
        codes, unknown = column.to_numpy(dtype=np.float64, na_value=np.nan), _nothing()
    else:
        codes, unknown = _looked_up(column, item, book, decimal)
    off = _off(codes, item, asked or own)
    if asked is not None and own is not None:
        codes = _moved(codes, item, asked, own, off)
    elif numeric and not item.recode:
        return Answers(in_type(column, "number"), off=off)
    made = pd.Series(codes, index=column.index, name=column.name)
    return Answers(in_type(made, "number"), unknown, off)


def _looked_up(column: pd.Series[Any], item: Item, book: Codebook, decimal: str) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Codes, and the positions of cells that no code has."""
    place, cells = pd.factorize(column)
    distinct = pd.Series(np.asarray(cells, dtype=object), dtype=object)
    recode, texts = _recode_of(item), spellings_of(item, _file_scale(item, book))
    numbers = converted(distinct, "number", decimal)
    codes = numbers.column.to_numpy(dtype=np.float64, na_value=np.nan).copy()
    codes[numbers.wrong] = [_spelled_code(distinct.iloc[position], texts) for position in numbers.wrong]
    for position, new in enumerate(map(recode, distinct)):
        if new is not None and not isinstance(new, str):
            codes[position] = float(new)
    unknown = np.isnan(codes) & ~_blank(distinct)
    codes, unknown = np.append(codes, np.nan), np.append(unknown, False)
    return codes[place], np.flatnonzero(unknown[place])


def _spelled_code(cell: Any, texts: Mapping[str, Code]) -> float:
    code = texts.get(folded(cell)) if isinstance(cell, str) else None
    return np.nan if code is None or isinstance(code, str) else float(code)


def _blank(cells: pd.Series[Any]) -> NDArray[np.bool_]:
    return np.array([isinstance(cell, str) and not cell.strip() for cell in cells], dtype=bool)


def _off(codes: NDArray[np.float64], item: Item, scale: Scale | None) -> NDArray[np.int64]:
    """Positions of answers off a scale, missing codes excepted."""
    if scale is None:
        return _nothing()
    off = scale.off(codes)
    if off.any():
        off &= ~item.missing_mask(pd.Series(codes))
    return np.flatnonzero(off)


def _moved(codes: NDArray[np.float64], item: Item, asked: Scale, own: Scale, off: NDArray[np.int64]) -> NDArray[np.float64]:
    """Answers moved from one scale to another, ends to ends."""
    stay = item.missing_mask(pd.Series(codes))
    stay[off] = True
    return np.where(stay, codes, own.low + (codes - asked.low) * (own.high - own.low) / (asked.high - asked.low))
